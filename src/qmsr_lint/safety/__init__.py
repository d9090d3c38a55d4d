"""How far a fix can be trusted where it stands: words that are right by themselves may make a false statement there.

"The QS regulation, 820.198" is out of date; "the QMSR, 820.198" would be false, and so would be "the QMSR requires a
DHR", or "ISO 13485:2016, Clause 4.2.3, asks for a DMR". What belongs together changes together, or is left to a person.
"""

from collections.abc import Sequence

from qmsr_lint.context.judge import Judgement
from qmsr_lint.model import Fix
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety import alone
from qmsr_lint.safety.misplaced import is_misplaced
from qmsr_lint.safety.reference import only_refers
from qmsr_lint.safety.shortforms import pairs_of, with_their_short_forms
from qmsr_lint.safety.together import left_beside, left_in_claims
from qmsr_lint.safety.torn import says_otherwise, untorn
from qmsr_lint.safety.whole import whole

_PASSES = 4
"""How often the candidates are looked through for those beside others that have come to stay; where that has no end by
then, none of them is trusted."""


def lowered(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with less trust in the fixes of those that belong together with something that stays."""
    found = left_in_claims(reading, candidates)
    found = [
        each.left(why) if each.edit is not None and (why := alone.reason(reading, each)) else each for each in found
    ]
    found = left_beside(reading, found)
    if not any(each.safety == "safe" for each in found):
        return found
    found = [each.doubted() if each.safety == "safe" and _is_doubtful(reading, each) else each for each in found]
    pairs = pairs_of(reading, found)
    for _ in range(_PASSES):
        found, before = with_their_short_forms(reading, untorn(reading, whole(reading, found), pairs)), found
        if found == before:
            return found
    return [each.doubted() for each in found]


def _is_doubtful(reading: Reading, candidate: Candidate) -> bool:
    """Whether a fix by itself would say something else than what stands there."""
    return (
        _stands_doubtfully(reading, candidate)
        or says_otherwise(reading, candidate)
        or is_misplaced(reading, candidate)
        or (candidate.rule.kind == "citation" and not only_refers(reading, candidate))
    )


def fix(reading: Reading, candidate: Candidate, judgement: Judgement) -> Fix | None:
    """What a fix would write for a candidate in its context, and how far that can be trusted; None for nothing."""
    if candidate.edit is None or judgement.effect != "finding" or candidate.safety == "none":
        return None
    return Fix(candidate.edit, "safe" if candidate.safety == "safe" else "unsafe")


def _stands_doubtfully(reading: Reading, candidate: Candidate) -> bool:
    """Whether the place by itself asks for a person's look."""
    block = reading.block(candidate.start)
    return (
        reading.contexts.is_doubtful(*candidate.folded)
        or _touches_a_letter(reading.text, *candidate.folded)
        or block.quoted  # it may be a quotation after all
        or block.kind == "verbatim"  # its columns and frames may have been set by hand
    )


def _touches_a_letter(text: str, start: int, end: int) -> bool:
    """Whether a letter stands at a range, as one of Chinese or Korean may: English is not put there unasked."""
    return text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()
