"""Why the fix of a finding cannot be trusted beside others: it goes with something that has come to stay."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from qmsr_lint.expression import Expression
from qmsr_lint.pack import STATEMENTS
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety.shortforms import is_live
from qmsr_lint.safety.torn import begins, places_of, sentence_of

_DEFINITIONS = "820.3"
_HEADING = Expression(r"[ .:;()]*(?:\([a-z ]{2,20}\)[ .:;]*)?(?:requirements?[ .:;]*)?")
"""What a cell or a line holds besides the heading of a section."""
_HEADED = Expression(r"[ :,(\u2014-]{1,4}$")
_KEEPS_ITS_SECTION = " The citation beside it is out of date as well: change both together."
_KEEPS_ITS_TERM = " The term beside it is what the section was about: change both or none."
_KEEPS_ITS_SOURCE = " The words beside it are the old definition, which is not that of today: change both or none."
_LEADS_A_SECTION = " The section behind it is not one of the QMSR: change both together."
_KEEPS_ITS_LETTERS = " Paragraphs are cited behind it by their letters alone: change them together."
_LETTERED = Expression(
    r"[\u00b6\u00a7]{1,2} ?\([a-z]\)"
    r"|(?<![a-z0-9])(?:(?:(?:sub-?)?(?:paragraph|para|section|item|element)s?\.?|under|per|ibid\.?,?) "
    r"\((?:[a-z]|\d{1,2}|[ivx]{2,4})\)|\(\([a-z]\)(?:\(\d{1,2}\))?\)|(?<!\d )(?<![a-z0-9)\]])\([a-z]\)\(\d{1,2}\))",
    needs=("(",),
    within=30,
)
"""A paragraph that is cited without its section: "acceptance under (c)", "items (1) and (2)", "(a)(2)"."""
_LETTERS_REACH = 600
"""How far behind a citation, in characters of its block, its paragraphs may be cited by their letters."""
_KEEPS_ITS_STATEMENT = " The statement around it is to be rewritten."

_Asks = Callable[[Candidate], bool]


def left_in_claims(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for those in a false statement: new words would make it one of today."""
    return _left(candidates, _is_in_claim(reading, candidates), _KEEPS_ITS_STATEMENT)


def left_beside(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for those that go with one which has none."""
    found = _left(candidates, _is_source(reading, candidates), _KEEPS_ITS_SOURCE)
    found = _left(found, _is_heading(reading, found), _KEEPS_ITS_SECTION)
    found = _left(found, _leads(found), _LEADS_A_SECTION)
    found = _left(found, _is_lettered(reading, found), _KEEPS_ITS_LETTERS)
    return _left(found, _is_known_by(reading, found), _KEEPS_ITS_TERM)


def _left(candidates: Sequence[Candidate], asks: _Asks | None, why: str) -> list[Candidate]:
    if asks is None:
        return [*candidates]
    return [each.left(why) if each.edit is not None and asks(each) else each for each in candidates]


def _is_in_claim(reading: Reading, candidates: Sequence[Candidate]) -> _Asks | None:
    """Whether a candidate stands in the sentence of a false statement; None where there is no such statement."""
    claims = [each for each in candidates if each.rule.family in STATEMENTS and each.rule.severity != "note"]
    sentences = {reading.sentences.at(each.folded[1] - 1) for each in claims}
    if not sentences:
        return None
    return lambda each: each.rule.family not in STATEMENTS and sentence_of(reading, each) in sentences


def _is_source(reading: Reading, candidates: Sequence[Candidate]) -> _Asks | None:
    """Whether a citation is the source of an old definition; None where none is found.

    A citation in its sentence is taken for one, and one of the definitions anywhere in its block or its row as well.
    """
    defining = [each for each in candidates if each.rule.of == "old-definition" and each.silenced is None]
    if not defining:
        return None
    sentences = {sentence_of(reading, each) for each in defining}
    around = {place for each in defining for place in (*places_of(reading, each), _block(reading, each))}

    def asks(cited: Candidate) -> bool:
        if cited.rule.kind != "citation":
            return False
        if sentence_of(reading, cited) in sentences:
            return True
        places = (*places_of(reading, cited), _block(reading, cited))
        return _names_definitions(reading, cited) and not around.isdisjoint(places)

    return asks


def _is_heading(reading: Reading, candidates: Sequence[Candidate]) -> _Asks | None:
    """Whether a term is the heading of a section beside it whose citation has no fix; None where all have one."""
    staying = [each for each in candidates if each.rule.kind == "citation" and each.edit is None and is_live(each)]
    if not staying:
        return None
    cells = {_cell(reading, each) for each in staying} - {None}
    ends = {each.folded[1] for each in staying}

    def asks(term: Candidate) -> bool:
        if term.rule.family != "term":
            return False
        text, (start, end) = reading.text, term.folded
        first, last = reading.sentences.segment_around(start)
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

    return asks


def _leads(candidates: Sequence[Candidate]) -> _Asks:
    """Whether the name of the regulation stands right before a section of it that stays: "QSR 820.80"."""
    staying = {
        each.start
        for each in candidates
        if each.rule.kind == "citation" and (each.edit is None or each.safety == "none") and is_live(each)
    }
    return lambda each: each.rule.family == "name" and any(each.end + gap in staying for gap in (1, 2))


def _is_lettered(reading: Reading, candidates: Sequence[Candidate]) -> _Asks | None:
    """Whether a citation has one of its paragraphs cited behind it by a letter; None where there is no citation."""
    cited = sorted(each.folded for each in candidates if each.rule.kind == "citation")
    if not cited:
        return None
    starts = [start for start, _ in cited]

    def is_found(at: int) -> bool:
        number = bisect_right(starts, at) - 1
        return number >= 0 and at < cited[number][1]

    def asks(each: Candidate) -> bool:
        if each.rule.kind != "citation":
            return False
        text, end = reading.text, each.folded[1]
        last = min(reading.sentences.segment_around(end - 1)[1], end + _LETTERS_REACH)
        return any(not is_found(match.end() - 1) for match in _LETTERED.finditer(text, end, last))

    return asks


def _is_known_by(reading: Reading, candidates: Sequence[Candidate]) -> _Asks:
    """Whether a citation is of the section by which a term that stays in its sentence is known for what it is."""
    known = {
        (sentence_of(reading, each), designation)
        for each in candidates
        if each.rule.family == "term" and (each.edit is None or each.safety == "none") and is_live(each)
        for designation in each.rule.sense
        if designation.startswith("820.")
    }
    return lambda each: bool(each.cited) and (sentence_of(reading, each), each.cited) in known


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
