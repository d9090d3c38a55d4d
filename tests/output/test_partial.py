"""Reports of a run that was cut short, or of a part of a sweep, say so."""

import json

import pytest
from builders import RUN, finding, result, unreadable
from outputs import PEOPLE, render, text

SHORT = RUN._replace(planned=10)
PART = RUN._replace(planned=1, shard="2/8")
FORMS = ("text", "concise", "github", "azure", *PEOPLE)


@pytest.mark.parametrize("form", FORMS)
def test_an_interrupted_run_says_so(form: str) -> None:
    words = text(form, result(finding()), run=SHORT)
    assert "interrupted after 1 of 10 documents: nothing is known about the others" in words
    assert "Every document in scope was read" not in words
    assert "interrupted" not in text(form, result(finding()), run=SHORT._replace(planned=1))


@pytest.mark.parametrize("form", FORMS)
def test_a_part_of_a_sweep_says_so(form: str) -> None:
    words = text(form, result(finding()), run=PART)
    assert "part 2/8 of a sweep" in words
    assert "Every document in scope was read" not in words


def test_a_quiet_run_says_so_as_well() -> None:
    assert "interrupted after 1 of 10" in text("text", result(finding()), run=SHORT._replace(quiet=True))


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("github", "::error title=qmsr-lint::The run was "),
        ("azure", "##vso[task.logissue type=error]qmsr-lint: The run "),
    ],
)
def test_an_interruption_is_the_first_error_of_a_build(form: str, begins: str) -> None:
    found = result(*[finding(severity="error")] * 30)
    lines = text(form, unreadable(), found, run=SHORT).splitlines()
    assert lines[0].startswith(begins)
    assert sum("error" in line[:30] for line in lines) == 10
    assert text(form, found, run=PART).splitlines()[0].startswith("This is part 2/8")


def test_gitlab_does_not_take_for_resolved_what_was_not_looked_at() -> None:
    *_, last = json.loads(render("gitlab", result(finding()), run=SHORT))
    assert (last["check_name"], last["severity"]) == ("run-interrupted", "critical")
    assert "interrupted after 1 of 10" in last["description"]
    assert len(json.loads(render("gitlab", result(finding()), run=PART))) == 1


def test_rows_are_all_there_is_in_csv() -> None:
    assert render("csv", result(finding()), run=SHORT) == render("csv", result(finding()), run=RUN)


def test_programs_are_told() -> None:
    short, part = (json.loads(render("json", result(finding()), run=run)) for run in (SHORT, PART))
    assert (short["interrupted"], "shard" in short) == (True, False)
    assert (part["shard"], "interrupted" in part) == ("2/8", False)
    [log] = json.loads(render("sarif", result(finding()), run=SHORT))["runs"]
    assert log["invocations"][0]["executionSuccessful"] is False
    assert "interrupted" in log["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert log["properties"]["interrupted"] is True
    [log] = json.loads(render("sarif", result(finding()), run=PART))["runs"]
    assert log["invocations"][0]["executionSuccessful"] is True
    assert log["properties"]["shard"] == "2/8"
