"""Fixes that are trusted only where all of their kind are: in a column, a list, a document, or a sentence."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from qmsr_lint.match import contains
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety.shortforms import is_live
from qmsr_lint.safety.torn import sentence_of

_SHORT_NAME = "qsr"
_TIED = "; "


def whole(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with none trusted of those that would change in part: half a column, half the uses of a name."""
    found = [*candidates]
    for group in (_sentence, _list, _column, _name):
        doubtful = {group(reading, each) for each in found if each.safety != "safe" and is_live(each)} - {None}
        found = _lowered(found, (each for each in found if group(reading, each) in doubtful))
    found = _lowered(found, (each for each in found if _is_head(reading, each)))
    found = _lowered(found, _of_records(reading, found))
    found = _lowered(found, _leaning(reading, found))
    return _lowered(found, _doubled(reading, found))


def _lowered(candidates: Sequence[Candidate], doubtful: Iterable[Candidate]) -> list[Candidate]:
    doubted = {id(each) for each in doubtful}
    return [each.doubted() if id(each) in doubted else each for each in candidates]


def _column(reading: Reading, candidate: Candidate) -> Hashable | None:
    """The column of a table in which a citation stands."""
    place = reading.block(candidate.start).place
    return None if candidate.rule.kind != "citation" or place.table is None else (place.part, place.table, place.cell)


def _sentence(reading: Reading, candidate: Candidate) -> Hashable | None:
    """The sentence in which a section is cited, with those that a semicolon ties to it: where it begins."""
    if candidate.rule.kind != "citation":
        return None
    start, _ = reading.sentences.at(candidate.folded[0])
    while reading.text[start - len(_TIED) : start] == _TIED:
        start, _ = reading.sentences.at(start - len(_TIED) - 1)
    return start


def _list(reading: Reading, candidate: Candidate) -> Hashable | None:
    """The line that leads in the list in whose items a section is cited, or in which one is, or a record is named."""
    if candidate.rule.kind != "citation" and candidate.rule.family != "term":
        return None
    structure = reading.contexts.structure
    number, _ = reading.contexts.block(candidate.start)
    if structure.leads_in(number):
        return number
    lead = structure.lead(number) if candidate.rule.kind == "citation" else -1
    return lead if lead >= 0 else None


def _name(reading: Reading, candidate: Candidate) -> Hashable | None:
    """The short name of the regulation, or the role of management, whose uses change together."""
    if candidate.rule.of == "management":
        return candidate.rule.of
    return _SHORT_NAME if reading.text[slice(*candidate.folded)] == _SHORT_NAME else None


def _is_head(reading: Reading, candidate: Candidate) -> bool:
    """Whether a citation stands in the head of a column: what is below it would be of another text."""
    block = reading.block(candidate.start)
    if candidate.rule.kind != "citation" or block.place.table is None:
        return False
    rows = [*reading.contexts.structure.rows(block)]
    return len(rows) > 2 and block.place.row == rows[0]


def _of_records(reading: Reading, candidates: Sequence[Candidate]) -> Iterable[Candidate]:
    """The citations of the section on a record that keeps its old name in their paragraph."""
    named = [
        (reading.block(each.start).start, each.rule.basis)
        for each in candidates
        if each.rule.family == "term" and each.safety != "safe" and is_live(each)
    ]
    for each in candidates if named else ():
        block = reading.block(each.start).start if each.cited else None
        if any(block == paragraph and contains(basis, each.cited) for paragraph, basis in named):
            yield each


def _leaning(reading: Reading, candidates: Sequence[Candidate]) -> Iterable[Candidate]:
    """The citations that say "21 CFR" for another one behind them in their paragraph, which stays."""
    cited = defaultdict(list)
    for each in candidates:
        if each.rule.kind == "citation" and is_live(each):
            cited[reading.block(each.start).start].append(each)
    for paragraph in cited.values():
        leans = False
        for each in sorted(paragraph, key=lambda one: one.start, reverse=True):
            says = "cfr" in reading.text[slice(*each.folded)]
            if says and leans:
                yield each
            leans = not says and (leans or each.safety != "safe")


def _doubled(reading: Reading, candidates: Sequence[Candidate]) -> Iterable[Candidate]:
    """The programs of a sentence that would all get one name."""
    named = defaultdict(list)
    for each in candidates:
        if each.rule.family == "program" and each.replacement and is_live(each):
            named[sentence_of(reading, each), each.replacement.split()[-1]].append(each)
    for group in named.values():
        if len(group) > 1:
            yield from group
