"""Azure Pipelines: what its agent makes of the log."""

import re
from typing import NamedTuple

import pytest
from builders import finding, result, unreadable, word
from hostile import TEXTS
from hostile import results as hostile_results
from outputs import render

from qmsr_lint.model import DocumentResult, Suppression

UNESCAPED = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%AZP25": "%"}


class Issue(NamedTuple):
    """A command as the agent takes it."""

    command: str
    properties: dict[str, str]
    message: str


def unescaped(text: str) -> str:
    for code, character in UNESCAPED.items():
        text = text.replace(code, character)
    return text


def agent(log: str) -> list[Issue]:
    """The agent's parser: a command may begin anywhere in a line; properties end at ; and at the first bracket."""
    issues = []
    for line in re.split("\r\n?|\n", log):
        at = line.lower().find("##vso[")
        if at < 0:
            continue
        head, _, message = line[at + 6 :].partition("]")
        command, _, properties = head.partition(" ")
        pairs = (each.partition("=") for each in properties.split(";") if each.strip())
        issues.append(Issue(command, {name.strip(): unescaped(value) for name, _, value in pairs}, unescaped(message)))
    return issues


def log(*results: DocumentResult) -> str:
    return render("azure", *results).decode()


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_adds_no_command_and_no_property(text: str) -> None:
    issues = agent(log(*hostile_results(text)))
    assert len(issues) == 3
    for issue in issues:
        assert issue.command == "task.logissue"
        assert set(issue.properties) <= {"type", "sourcepath", "linenumber", "columnnumber", "code"}


def test_errors_and_warnings_are_issues_and_notes_are_lines() -> None:
    written = log(result(finding(), finding(severity="note")), word(finding(severity="error")), unreadable(error="old"))
    assert [issue.properties for issue in agent(written)] == [
        {"type": "error", "sourcepath": "sops/c.doc"},
        {"type": "error", "sourcepath": "sops/b.docx", "code": "term-dhf"},
        {"type": "warning", "sourcepath": "sops/a.md", "linenumber": "3", "columnnumber": "5", "code": "term-dhf"},
    ]
    assert agent(written)[1].message.startswith(
        "5.2 Design transfer; paragraph 14 of the document: “DHF” → design and development file"
    )
    assert [line[:16] for line in written.splitlines() if not line.startswith("##")] == ["note: sops/a.md:"]


def test_suppressed_findings_are_no_issues() -> None:
    assert log(result(finding(suppressed=Suppression("inline", "kept")))) == ""


def test_ten_of_a_type_and_the_last_counts_the_others() -> None:
    certain = finding(severity="error", text="worst")
    doubtful = [finding(severity="error", certainty="possible", text=f"{number}") for number in range(30)]
    issues = agent(log(result(*doubtful, certain, finding())))
    errors = [issue for issue in issues if issue.properties["type"] == "error"]
    assert len(errors) == 10
    assert "worst" in errors[0].message
    assert errors[-1].message == "qmsr-lint: and 22 more; other outputs have them all"
    assert len(issues) == 11


def test_ten_fit_without_a_remainder() -> None:
    errors = agent(log(result(*[finding(severity="error")] * 10)))
    assert len(errors) == 10
    assert all("more;" not in issue.message for issue in errors)
