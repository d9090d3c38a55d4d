"""Reports of a run that was cut short, or of a part of a sweep, say so."""

import json

import pytest
from builders import RUN, finding, result
from outputs import PEOPLE, render, text

SHORT = RUN._replace(planned=10)
PART = RUN._replace(planned=1, shard="2/8")
FORMS = ("text", *PEOPLE)


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
