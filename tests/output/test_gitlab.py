"""GitLab's code quality report: the fields it needs, and fingerprints that differ."""

import json
from typing import Any

import pytest
from builders import finding, result, unreadable, word
from hostile import TEXTS
from hostile import results as hostile_results
from outputs import render

from qmsr_lint.model import DocumentResult, Suppression


def report(*results: DocumentResult) -> Any:
    return json.loads(render("gitlab", *results))


@pytest.mark.parametrize("text", TEXTS)
def test_every_entry_has_what_gitlab_needs(text: str) -> None:
    entries = report(*hostile_results(text))
    assert len(entries) == 3
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
    assert len({entry["fingerprint"] for entry in entries}) == 3


def test_an_empty_run_is_an_empty_report() -> None:
    assert report() == []
    assert report(result(finding(suppressed=Suppression("inline", "kept")))) == []


def test_severities_places_and_lines() -> None:
    line, place, unread = report(result(finding(severity="error")), word(finding(severity="note")), unreadable())
    assert (line["severity"], line["location"]["lines"]["begin"]) == ("major", 3)
    assert place["severity"] == "info"
    assert place["description"].startswith(
        "5.2 Design transfer; paragraph 14 of the document: “DHF” → design and development file."
    )
    assert (unread["severity"], unread["check_name"]) == ("critical", "document-unreadable")


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    twice = finding()
    entries = report(result(twice, twice), result(twice, path="sops/copy.md"))
    assert len({entry["fingerprint"] for entry in entries}) == 3
    moved = twice._replace(start=500, end=503, excerpt_start=90)
    assert report(result(moved))[0]["fingerprint"] == entries[0]["fingerprint"]
