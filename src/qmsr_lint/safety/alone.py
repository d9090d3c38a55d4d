"""Why the fix of a finding cannot be trusted by itself: what stands around it would be false with other words in it."""

from collections.abc import Callable

from qmsr_lint.expression import Expression
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety.demands import is_measured
from qmsr_lint.safety.shortforms import IN_QUOTES

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
_DATED = " What stands behind it belongs to the old name: rewrite both together."
_HOLDS_A_FIGURE = " The figure of a note stands between its words: change them by hand."
_DIVIDED = " The technique was divided into subsystems, which the compliance program is not: rewrite the sentence."
_TELLS_OF_ITS_NAME = " The sentence tells what became of it: look whether that is so, and rewrite it."
_FURTHER = (
    " What the sentence says of how much it demands was said of the section, and may be untrue of what takes its place."
)


def reason(reading: Reading, candidate: Candidate) -> str | None:
    """Why a candidate is left to a person, in words for the end of its message; None if it is not."""
    return next((why for asks in _REASONS if (why := asks(reading, candidate))), None)


def _by_figure(reading: Reading, candidate: Candidate) -> str | None:
    """The figure of a note stands between its words."""
    return _HOLDS_A_FIGURE if reading.holds_figure(candidate.start, candidate.end) else None


def _by_date(reading: Reading, candidate: Candidate) -> str | None:
    """The year of an old regulation or today's name stands behind its name."""
    if candidate.rule.family != "name":
        return None
    end = candidate.folded[1]
    published = _PUBLISHED.search(reading.nearby(*candidate.folded))
    return _DATED if published or _OF_THE_PAST.match(reading.text, end, end + IN_QUOTES) else None


def _by_new_name(reading: Reading, candidate: Candidate) -> str | None:
    """The sentence tells what became of a term: "the DHR is now called the ..."."""
    if candidate.rule.family != "term":
        return None
    text, (start, end) = reading.text, candidate.folded
    told = _RENAMED.match(text, end, end + IN_QUOTES) or _FORMER.search(text, max(0, start - IN_QUOTES), start)
    return _TELLS_OF_ITS_NAME if told else None


def _by_division(reading: Reading, candidate: Candidate) -> str | None:
    """The sentence names the subsystems of the old inspection technique."""
    if candidate.rule.family != "program":
        return None
    first, last = reading.contexts.sentence(*candidate.folded)
    return _DIVIDED if _SUBSYSTEMS.search(reading.text, first, last) else None


def _by_measure(reading: Reading, candidate: Candidate) -> str | None:
    """The sentence says how much a section demands."""
    return _FURTHER if candidate.rule.kind == "citation" and is_measured(reading, candidate) else None


_REASONS: tuple[Callable[[Reading, Candidate], str | None], ...] = (
    _by_date,
    _by_figure,
    _by_new_name,
    _by_division,
    _by_measure,
)
