"""SARIF: valid against the official schema, worst first, with places, fixes, fingerprints and suppressions."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import RUN, finding, result, unreadable, word
from hostile import TEXTS
from hostile import results as hostile_results
from outputs import render

from qmsr_lint.model import DocumentResult, Fix, Place, Suppression
from qmsr_lint.output import RunInfo
from qmsr_lint.rules import load

SCHEMA = Path(__file__).parent / "browser/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
RULES = tuple(load().rules.values())


def log(*results: DocumentResult, run: RunInfo = RUN) -> Any:
    return json.loads(render("sarif", *results, run=run))


def run_of(*results: DocumentResult, run: RunInfo = RUN) -> Any:
    [one] = log(*results, run=run)["runs"]
    return one


@pytest.fixture(scope="module")
def valid() -> Any:
    """Checks a log against the official schema."""
    if not SCHEMA.exists():
        pytest.skip("needs: npm install --prefix tests/output/browser --ignore-scripts --no-package-lock")
    from jsonschema import Draft4Validator

    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate


def test_logs_are_valid(valid: Any) -> None:
    places = [Place(), Place("header", "2 Scope", 3), Place("body", "5.2 Transfer", None, 2, 3, 1)]
    silent = [finding(suppressed=Suppression(by, "why")) for by in ("context", "inline", "baseline", "config")]
    mixed = (result(finding(), *silent), word(*[finding(place=each) for each in places]), unreadable())
    for run in (RUN, RUN._replace(rules=RULES), RUN._replace(planned=100, shard="1/2")):
        valid(log(run=run))
        valid(log(*mixed, run=run))


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_stays_valid(valid: Any, text: str) -> None:
    written = log(*hostile_results(text))
    valid(written)
    for each in written["runs"][0]["results"]:
        assert " " not in each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_a_markdown_finding_has_its_lines_and_its_fix() -> None:
    [found] = run_of(result(finding()))["results"]
    physical = found["locations"][0]["physicalLocation"]
    region = {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 8}
    assert physical["artifactLocation"] == {"uri": "sops/a.md"}
    assert physical["region"] == {**region, "snippet": {"text": "DHF"}}
    [change] = found["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "design and development file"}}
    ]
    assert (found["ruleId"], found["level"]) == ("term-dhf", "warning")


def test_a_finding_without_a_fix_has_none() -> None:
    assert "fixes" not in run_of(result(finding(fix=None)))["results"][0]
    assert "fixes" not in run_of(word(finding(fix=Fix("x", "safe"))))["results"][0]


def test_a_word_finding_says_where_a_person_would_look() -> None:
    run = run_of(word(finding(place=Place("body", "5.2 Transfer", None, 2, 3, 1))))
    [reference] = run["results"][0]["locations"][0]["logicalLocations"]
    assert reference["fullyQualifiedName"] == "sops/b.docx › body › 5.2 Transfer › table 2 › row 3 › cell 1"
    kinds = []
    index = reference["index"]
    while index is not None:
        kinds.append(run["logicalLocations"][index]["kind"])
        index = run["logicalLocations"][index].get("parentIndex")
    assert kinds == ["cell", "row", "table", "section", "part", "document"]


def test_fingerprints_do_not_move_with_the_place() -> None:
    before = run_of(word(finding()))["results"][0]["partialFingerprints"]
    moved = finding(start=999, end=1002, place=Place("body", "6 Records", 99), excerpt_start=40)
    assert run_of(word(moved))["results"][0]["partialFingerprints"] == before
    assert before["qmsrLint/v1"] == "f1"
    other = run_of(word(finding(), path="sops/copy.docx"))["results"][0]["partialFingerprints"]
    assert other["primaryLocationLineHash"] != before["primaryLocationLineHash"]


def test_suppressions_say_by_whom_and_why() -> None:
    inline, config = run_of(
        result(
            finding(suppressed=Suppression("inline", "kept")), finding(suppressed=Suppression("config", "legacy site"))
        )
    )["results"]
    assert inline["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "inline: kept"}]
    assert config["suppressions"][0]["kind"] == "external"


def test_what_a_baseline_knows_is_unchanged_and_not_accepted() -> None:
    known, live = finding(suppressed=Suppression("baseline", "b.json")), finding()
    accepted = finding(suppressed=Suppression("inline", "kept"))
    results = run_of(result(live, known, accepted))["results"]
    assert [each["baselineState"] for each in results] == ["new", "unchanged", "unchanged"]
    assert [len(each["suppressions"]) for each in results] == [0, 0, 1]
    [first] = run_of(result(live), run=RUN._replace(baseline=True))["results"]
    assert first["baselineState"] == "new"


def test_a_run_says_of_all_results_whether_they_are_suppressed_or_of_none() -> None:
    [live] = run_of(result(finding()))["results"]
    assert not {"suppressions", "baselineState"} & set(live)
    live, silent = run_of(result(finding(), finding(suppressed=Suppression("inline", "kept"))))["results"]
    assert (live["suppressions"], len(silent["suppressions"])) == ([], 1)


def test_the_worst_come_first_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsr_lint.output.sarif.LARGEST", 3)
    silent = finding(severity="error", suppressed=Suppression("inline", "x"))
    notes = [finding(severity="note")] * 2
    run = run_of(result(*notes, silent, finding(), finding(severity="error", certainty="possible")), word(*notes))
    assert [each["level"] for each in run["results"]] == ["error", "warning", "note"]
    assert run["properties"]["resultsLeftOut"] == 4
    [notice] = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "and 4 more findings, none worse than those listed"


def test_an_unread_document_makes_the_run_unsuccessful() -> None:
    assert run_of(result())["invocations"][0]["executionSuccessful"] is True
    invocation = run_of(unreadable("a b.doc", "old format"))["invocations"][0]
    assert invocation["executionSuccessful"] is False
    [notice] = invocation["toolExecutionNotifications"]
    assert notice["message"]["text"] == "unreadable: old format"
    assert notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.doc"


def test_rules_come_with_help_from_their_packs() -> None:
    run = run_of(result(finding()), run=RUN._replace(rules=RULES))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule.id for rule in RULES)
    rule = rules[run["results"][0]["ruleIndex"]]
    assert rule["id"] == "term-dhf"
    for words in (
        "design history file",
        "design and development file",
        "**Basis:**",
        "**Found in**",
        "**Left alone in**",
    ):
        assert words in rule["help"]["markdown"]
    assert run["automationDetails"]["id"] == "qmsr-lint/"


def test_a_rule_of_another_configuration_is_listed_by_its_id() -> None:
    run = run_of(result(finding(rule="term-own")), run=RUN._replace(rules=RULES))
    assert run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]["id"] == "term-own"
