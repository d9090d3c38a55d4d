"""Counts over the documents of a run: only what is live is counted, and each document once."""

import pytest
from builders import finding, result

from qmsr_lint import tally
from qmsr_lint.model import DocumentResult, ElementVerdict, Place, Profile, Recognition, Suppression

LIVE, NOTE = finding(), finding(rule="cite-removed", severity="note")
SILENT = finding(suppressed=Suppression("config", "kept for the archive"))


def of_types(path: str, types: tuple[str, ...], *states: str) -> DocumentResult:
    verdicts = tuple(ElementVerdict("gap-x", state, "", 0, 0, Place(), ()) for state in states)  # type: ignore[arg-type]
    evidence = tuple((name, f"title {name!r}") for name in types)
    return result(path=path, profile=Profile(Recognition(types, evidence), verdicts))


def test_what_is_suppressed_is_counted_nowhere() -> None:
    results = [result(LIVE, SILENT, NOTE, site="Lyon"), result(SILENT, site="Fargo")]
    assert tally.heat(results) == [tally.Cell("Lyon", "cite", 0, 0, 1), tally.Cell("Lyon", "term", 0, 1, 0)]
    assert tally.counts(results) == [tally.Count("Lyon", "cite", "", 1), tally.Count("Lyon", "term", "", 1)]


def test_a_document_of_two_types_counts_its_elements_at_the_first() -> None:
    both = of_types("a.md", ("capa", "audit"), "present", "missing", "not-applicable")
    audit, capa = tally.types([both], {"audit": "internal audits", "capa": "CAPA"})
    assert (capa.documents, capa.covered, capa.total) == ((("a.md", "title 'capa'"),), 2, 3)
    assert (audit.documents, audit.covered, audit.total) == ((("a.md", "title 'audit'"),), 0, 0)
    assert [capa.number(state) for state in ("missing", "partly")] == [1, 0]


def test_findings_are_counted_by_the_first_type_of_their_document() -> None:
    found = of_types("a.md", ("capa", "audit"))._replace(findings=(LIVE, LIVE))
    assert tally.counts([found]) == [tally.Count("", "term", "capa", 2)]


@pytest.mark.parametrize("words", [["Annex", "0", "1"], ["", "Annex"], ["7 b", "7.0", "7.5"], ["0x", "1"]])
def test_what_begins_with_a_number_stands_behind_what_begins_with_words(words: list[str]) -> None:
    backwards = words[::-1]
    assert sorted(backwards, key=tally.natural) == words
