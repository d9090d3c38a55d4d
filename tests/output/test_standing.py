"""What reports for people say of findings that are not live: open ones that are known, decisions, contexts."""

import re
from typing import Literal

import pytest
from builders import finding, result, summary
from outputs import PEOPLE, text

from qmsr_lint.model import DocumentResult, Suppression
from qmsr_lint.output import status_line

FALSE = (
    "No outdated citation was found",
    "no error, no warning",
    "No change needed",
    "nothing was found",
    "need no change",
    "1 of 1 document",
)
"""What may not be said where all that was found stands in a baseline."""


def found(by: Literal["context", "inline", "config", "baseline"], reason: str = "kept") -> DocumentResult:
    silent = Suppression(by, reason)
    cited = finding(rule="cite-removed", severity="error", text="820.30(j)", replacement="Clause 7.3.10")
    return result(cited._replace(suppressed=silent), finding(suppressed=silent))


@pytest.mark.parametrize("form", PEOPLE)
def test_known_findings_are_open(form: str) -> None:
    words = text(form, found("baseline"))
    assert [false for false in FALSE if false in words] == []
    assert "nown (baseline)" in words
    assert "21 CFR 820.30(j)" in words, "the crosswalk keeps what is known"


@pytest.mark.parametrize("form", PEOPLE)
@pytest.mark.parametrize("by", ["inline", "config"])
def test_what_is_accepted_is_a_decision(form: str, by: Literal["inline", "config"]) -> None:
    words = text(form, found(by, "the archive keeps it"))
    assert re.search(r"2 accepted by decision|accepted by decision\s+2", words)
    assert "No outdated citation was found" not in words
    assert "aseline" not in words.replace("Known (baseline)", "")  # a column of the workbook
    if form != "markdown":
        assert "the archive keeps it" in words
        assert f"accepted in the {'document' if by == 'inline' else 'configuration'}" in words


@pytest.mark.parametrize("form", PEOPLE)
def test_a_context_is_no_decision(form: str) -> None:
    words = text(form, found("context", "a revision history"))
    assert "no change needed in their context" in words
    assert "accepted by decision" not in words or form == "xlsx"  # which counts 0


def test_the_counts_name_what_is_known() -> None:
    counts = summary(found("baseline"), found("config"))
    assert status_line(counts) == "2 documents: 2 checked; no new findings; 2 known (baseline); 2 suppressed"


def test_the_text_counts_what_is_known_for_each_document() -> None:
    words = text("text", found("baseline"))
    assert "2 known" in words
    assert "suppressed" not in words
