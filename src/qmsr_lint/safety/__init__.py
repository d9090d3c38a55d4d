"""How far a fix can be trusted where it stands: words that are right by themselves may make a false statement there.

"The QS regulation, 820.198" is out of date; "the QMSR, 820.198" would be false, and so would be "the QMSR requires a
DHR", or "ISO 13485:2016, Clause 4.2.3, asks for a DMR". What belongs together changes together, or is left to a person.
"""

from collections.abc import Sequence

from qmsr_lint.context.judge import Judgement
from qmsr_lint.expression import Expression
from qmsr_lint.model import Fix
from qmsr_lint.pack import STATEMENTS
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety.demands import without_claims
from qmsr_lint.safety.misplaced import is_misplaced
from qmsr_lint.safety.shortforms import IN_QUOTES, is_live, pairs_of, with_their_short_forms
from qmsr_lint.safety.torn import begins, places_of, says_otherwise, sentence_of, untorn

_PASSES = 4
"""How often the candidates are looked through for those beside others that have come to stay; where that has no end by
then, none of them is trusted."""
_OF_THE_PAST = Expression(
    r"[\"')]{0,2},? ?\(?(?:of |effective |dated |issued |from |in )?(?:[a-z]{3,9}\.? \d{1,2},? )?"
    r"(?:19\d\d|20[01]\d|202[0-5])(?!\d)|[\"')]{0,2},? ?\((?:the )?(?:fda )?quality management system",
    needs=("19", "20", "quality management system"),
)
"""Stands behind a name of the old regulation: its year, or today's name beside it."""
_PUBLISHED = Expression(r"(?<!\d)\d{2} fr \d{4,6}(?!\d)", needs=(" fr ",))
"""The page of the Federal Register on which a rule was published, whose title stays what it was."""
_RENAMED = Expression(
    r"s?[\"')]{0,2} (?:(?:is|are|was|were|has|have|had|will|be|been|being|must|shall|should|now|also) ){1,3}"
    r"(?:called(?! (?:up|on|for|off|in|by))|renamed|known as|become|turned into)(?![a-z])",
    needs=("called", "renamed", "known", "become", "turned"),
)
"""Says of a term what it is called now."""
_FORMER = Expression(
    r"(?<![a-z])(?:former(?:ly)?|previously|once|aka|a\.k\.a\.)(?: (?:called|named|known as|the))? [\"']?$",
    needs=("former", "previously", "once", "aka", "a.k"),
)
"""Says that a term was the name before."""
_SUBSYSTEMS = Expression(
    r"(?<![a-z])sub-?systems?(?![a-z])|(?<![a-z])(?:management|design) controls?,|p ?& ?pc(?![a-z])",
    needs=("system", "controls", "control,", "pc"),
)
"""What the old inspection technique was divided into."""
_DIVIDED = " The technique was divided into subsystems, which the compliance program is not: rewrite the sentence."
_TELLS_OF_ITS_NAME = " The sentence tells what became of it: look whether that is so, and rewrite it."
_OLD_DEFINITIONS = frozenset({"term-complaint-definition", "term-old-definitions", "term-product-definition"})
"""Rules that find the words of a definition of the former 820.3."""
_DEFINITIONS = "820.3"
_HEADING = Expression(r"[ .:;()]*(?:\([a-z ]{2,20}\)[ .:;]*)?(?:requirements?[ .:;]*)?")
"""What a cell or a line holds besides the heading of a section."""
_HEADED = Expression(r"[ :,(\u2014-]{1,4}$")
_KEEPS_ITS_SECTION = " The citation beside it is out of date as well: change both together."
_KEEPS_ITS_TERM = " The term beside it is what the section was about: change both or none."
_KEEPS_ITS_SOURCE = " The words beside it are the old definition, which is not that of today: change both or none."


def lowered(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with less trust in the fixes of those that belong together with something that stays."""
    found = [
        without_claims(reading, _undivided(reading, _unnamed(reading, _whole(reading, _undated(reading, each)))))
        for each in _untouched_in_claims(reading, candidates)
    ]
    found = _with_their_terms(reading, _with_their_headings(reading, _with_their_source(reading, found)))
    if not any(each.safety == "safe" for each in found):
        return found
    found = [
        each._replace(safety="unsafe")
        if each.safety == "safe" and (says_otherwise(reading, each) or is_misplaced(reading, each))
        else each
        for each in found
    ]
    pairs = pairs_of(reading, found)
    for _ in range(_PASSES):
        found, before = with_their_short_forms(reading, untorn(reading, found, pairs)), found
        if found == before:
            return found
    return [each._replace(safety="unsafe") if each.safety == "safe" else each for each in found]


def _whole(reading: Reading, candidate: Candidate) -> Candidate:
    """A candidate without a fix where the figure of a note stands between its words."""
    if candidate.edit is None or not reading.holds_figure(candidate.start, candidate.end):
        return candidate
    return candidate._replace(edit=None, safety="none")


def _undated(reading: Reading, candidate: Candidate) -> Candidate:
    """A name of the old regulation without a fix, where its year or today's name stands behind it."""
    if candidate.rule.family != "name" or candidate.edit is None:
        return candidate
    end = candidate.folded[1]
    published = _PUBLISHED.search(reading.nearby(*candidate.folded))
    if published is None and _OF_THE_PAST.match(reading.text, end, end + IN_QUOTES) is None:
        return candidate
    return candidate._replace(edit=None, safety="none")


def _undivided(reading: Reading, candidate: Candidate) -> Candidate:
    """The old inspection technique without a fix, where its subsystems stand behind it."""
    if candidate.rule.family != "program" or candidate.edit is None:
        return candidate
    first, last = reading.contexts.sentence(*candidate.folded)
    if _SUBSYSTEMS.search(reading.text, first, last) is None:
        return candidate
    return candidate._replace(edit=None, safety="none", message=candidate.message + _DIVIDED)


def _unnamed(reading: Reading, candidate: Candidate) -> Candidate:
    """A term without a fix, where the sentence tells what became of it: "the DHR is now called the ..."."""
    if candidate.rule.family != "term" or candidate.edit is None:
        return candidate
    text, (start, end) = reading.text, candidate.folded
    if (
        _RENAMED.match(text, end, end + IN_QUOTES) is None
        and _FORMER.search(text, max(0, start - IN_QUOTES), start) is None
    ):
        return candidate
    return candidate._replace(edit=None, safety="none", message=candidate.message + _TELLS_OF_ITS_NAME)


def _untouched_in_claims(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for those in a false statement: new words would make it one of today."""
    claims = [each for each in candidates if each.rule.family in STATEMENTS and each.rule.severity != "note"]
    sentences = {reading.contexts.sentence_at(each.folded[1] - 1) for each in claims}
    if not sentences:
        return [*candidates]
    return [
        each._replace(edit=None, safety="none", message=f"{each.message} The statement around it is to be rewritten.")
        if each.edit is not None and each.rule.family not in STATEMENTS and sentence_of(reading, each) in sentences
        else each
        for each in candidates
    ]


def _with_their_source(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for the citations that are the source of an old definition.

    A citation in its sentence is taken for one, and one of the definitions anywhere in its block or its row as well.
    """
    defining = [each for each in candidates if each.rule.id in _OLD_DEFINITIONS and each.silenced is None]
    if not defining:
        return [*candidates]
    sentences = {sentence_of(reading, each) for each in defining}
    around = {place for each in defining for place in (*places_of(reading, each), _block(reading, each))}

    def is_source(cited: Candidate) -> bool:
        if cited.rule.kind != "citation" or cited.edit is None:
            return False
        if sentence_of(reading, cited) in sentences:
            return True
        places = (*places_of(reading, cited), _block(reading, cited))
        return _names_definitions(reading, cited) and not around.isdisjoint(places)

    return [
        each._replace(edit=None, safety="none", message=each.message + _KEEPS_ITS_SOURCE) if is_source(each) else each
        for each in candidates
    ]


def _with_their_headings(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for a term that is the heading of a section beside it which has none."""
    staying = [each for each in candidates if each.rule.kind == "citation" and each.edit is None and is_live(each)]
    if not staying:
        return [*candidates]
    cells = {_cell(reading, each) for each in staying} - {None}
    ends = {each.folded[1] for each in staying}

    def is_heading(term: Candidate) -> bool:
        if term.rule.family != "term" or term.edit is None:
            return False
        text, (start, end) = reading.text, term.folded
        first, last = reading.contexts.segment_around(start)
        if _HEADING.fullmatch(text, end, last) is None and not (
            text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        ):
            return False
        joint = _HEADED.search(text, max(first, start - 4), start)
        if joint is not None and joint.start() in ends:
            return True
        cell = _cell(reading, term)
        if cell is None or not begins(text, first, start):
            return False
        *row, number = cell
        return bool({(*row, number - 1), (*row, number + 1)} & cells)

    return [
        each._replace(edit=None, safety="none", message=each.message + _KEEPS_ITS_SECTION) if is_heading(each) else each
        for each in candidates
    ]


def _with_their_terms(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for the citation of a section by which a term that stays is known for what it is."""
    known = {
        (sentence_of(reading, each), designation)
        for each in candidates
        if each.rule.family == "term" and (each.edit is None or each.safety == "none") and is_live(each)
        for designation in each.rule.sense
        if designation.startswith("820.")
    }
    return [
        each._replace(edit=None, safety="none", message=each.message + _KEEPS_ITS_TERM)
        if each.edit is not None and each.cited and (sentence_of(reading, each), each.cited) in known
        else each
        for each in candidates
    ]


def _cell(reading: Reading, candidate: Candidate) -> tuple[str, int, int, int] | None:
    place = reading.block(candidate.start).place
    if place.table is None:
        return None
    return place.part, place.table, place.row or 0, place.cell or 0


def _names_definitions(reading: Reading, cited: Candidate) -> bool:
    """Whether a citation is one of the former definitions."""
    words = reading.text[slice(*cited.folded)]
    return cited.rule.of == "definition" or f"{_DEFINITIONS}(" in words


def _block(reading: Reading, candidate: Candidate) -> tuple[str, int]:
    return "block", reading.block(candidate.start).start


def fix(reading: Reading, candidate: Candidate, judgement: Judgement) -> Fix | None:
    """What a fix would write for a candidate in its context, and how far that can be trusted; None for nothing."""
    if candidate.edit is None or judgement.effect != "finding" or candidate.safety not in ("safe", "unsafe"):
        return None
    safe = (
        candidate.safety == "safe"
        and not reading.contexts.is_doubtful(*candidate.folded)
        and not _touches_a_letter(reading.text, *candidate.folded)
        and not reading.block(candidate.start).quoted  # it may be a quotation after all
    )
    return Fix(candidate.edit, "safe" if safe else "unsafe")


def _touches_a_letter(text: str, start: int, end: int) -> bool:
    """Whether a letter stands at a range, as one of Chinese or Korean may: English is not put there unasked."""
    return text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()
