"""Complete procedures of every type, with each element taken out in turn, and documents that are none."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qmsr_lint import formats, proof, rules
from qmsr_lint.documents import gap
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Document, ElementVerdict, Finding, Recognition
from qmsr_lint.reading import Reading
from qmsr_lint.rules import RuleSet, Settings

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "gaps"
COMPLETE = sorted(FIXTURES.glob("*.md"))
UNRELATED = sorted((FIXTURES / "unrelated").glob("*.md"))
COMPLAINTS = (FIXTURES / "complaint-handling.md").read_text(encoding="utf-8")
ELEMENT = re.compile(r"<!-- ((?:gap-[\w-]+ ?)+)-->")
ADDED = re.compile(r"<!-- added (gap-[\w-]+): (.*?) -->")


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(Settings(gap=True))


def read(text: str, name: str = "SOP-1.md") -> Document:
    return formats.read(text.encode(), name, Limits())


def gaps(text: str, ruleset: RuleSet, name: str = "SOP-1.md") -> list[Finding]:
    return [finding for finding in lint(read(text, name), ruleset) if finding.rule.startswith("gap-")]


def judged(text: str, ruleset: RuleSet, name: str = "SOP-1.md") -> tuple[Recognition, dict[str, ElementVerdict]]:
    recognition, verdicts = gap.judge(Reading(read(text, name), ruleset))
    return recognition, {each.rule.id: each.verdict for each in verdicts}


def without_elements(text: str) -> Iterator[tuple[set[str], str]]:
    """Each element that is taken out, or outdated one that is put in, with the text that is left."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if found := ELEMENT.search(line):
            yield set(found[1].split()), "\n".join(lines[:number] + lines[number + 1 :])
        if added := ADDED.search(line):
            yield {added[1]}, "\n".join([*lines[:number], added[2], *lines[number + 1 :]])


def test_there_is_a_complete_document_of_every_type(ruleset: RuleSet) -> None:
    assert {path.stem for path in COMPLETE} == set(ruleset.types.types)


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
def test_a_complete_document_has_no_finding(path: Path, ruleset: RuleSet) -> None:
    found = lint(read(path.read_text(encoding="utf-8"), f"{path.stem}.md"), ruleset)
    assert [(finding.rule, finding.message, finding.text) for finding in found] == []


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
def test_a_complete_document_is_of_its_type_and_marks_every_element(path: Path, ruleset: RuleSet) -> None:
    text = path.read_text(encoding="utf-8")
    recognition, _ = judged(text, ruleset, "untitled.md")
    assert recognition.types == (path.stem,)
    assert any(name == path.stem and words.startswith("title") for name, words in recognition.evidence)
    expected = {rule.id for rule in ruleset.rules.values() if path.stem in rule.documents}
    assert set().union(*(ids for ids, _ in without_elements(text))) == expected


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
def test_each_element_that_is_taken_out_is_found_missing_and_nothing_else(path: Path, ruleset: RuleSet) -> None:
    wrong = []
    for ids, left in without_elements(path.read_text(encoding="utf-8")):
        found = gaps(left, ruleset, f"{path.stem}.md")
        if {finding.rule for finding in found} != ids or len(found) != len(ids):
            wrong.append((ids, [(finding.rule, finding.text) for finding in found]))
    assert wrong == []


def test_what_is_set_off_as_a_quotation_is_no_evidence(ruleset: RuleSet) -> None:
    [line] = [line for line in COMPLAINTS.splitlines() if "gap-complaint-date-received" in line]
    others = "Words.\n\n> We work.\n\n" * 4
    for mark, missing in (("", False), ("> ", True)):
        own = f"\n\n{mark}The record holds the date the complaint was received.\n\n{others}"
        found = {finding.rule for finding in gaps(COMPLAINTS.replace(line, "") + own, ruleset)}
        assert ("gap-complaint-date-received" in found) is missing


@pytest.mark.parametrize("path", UNRELATED, ids=lambda path: path.stem)
def test_a_document_of_no_type_has_no_gap(path: Path, ruleset: RuleSet) -> None:
    text = path.read_text(encoding="utf-8")
    assert judged(text, ruleset, path.name)[0].types == ()
    assert gaps(text, ruleset, path.name) == []


def test_there_are_ten_unrelated_documents() -> None:
    assert len(UNRELATED) >= 10


def test_gap_rules_are_off_unless_asked_for() -> None:
    assert not [rule for rule in rules.load().rules if rule.startswith("gap-")]
    chosen = rules.load(Settings(select=("gap",))).rules
    assert chosen and all(rule.startswith("gap-") for rule in chosen)
    assert "term-dhf" in rules.load(Settings(gap=True)).rules
    assert list(rules.load(Settings(select=("gap-complaint-reply",))).rules) == ["gap-complaint-reply"]


def test_the_examples_of_gap_rules_hold() -> None:
    ruleset = rules.load(Settings(gap=True, select=("gap",)))
    own = list(ruleset.rules.values())
    assert list(proof.check(own, ruleset)) == []
    assert list(proof.faults(own, ruleset)) == []


def test_what_the_regulation_does_not_require_is_a_note(ruleset: RuleSet) -> None:
    own = [rule for rule in ruleset.rules.values() if rule.kind == "gap"]
    assert {rule.severity for rule in own} == {"warning", "note"}
    assert [rule.id for rule in own if rule.severity == "warning" and not {"S1", "S5", "S7"} & set(rule.sources)] == []
    assert [rule.id for rule in own if rule.severity == "warning" and " must" not in rule.message] == [
        "gap-combination-former-list",
        "gap-design-class-i",
        "gap-inspection-subsystems",
    ]


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        ("[to be filled in]", True),
        ("([ name of the site ]).", True),
        ("[][]", True),
        ("[site] and [date]", True),
        ("the [site]", False),
        ("[site] the", False),
        ("] [", False),
        ("[", False),
        ("", False),
    ],
)
def test_words_between_brackets_are_still_to_be_filled_in(words: str, is_open: bool) -> None:
    assert gap._is_in_brackets(words) is is_open


BLOCK = """# Management Review

| Document | SOP-306 |
|---|---|
| Approved by | Top management |
| Planned review interval | At planned intervals |
| Risk class | Risk-based approach |
| Competence centre | Fargo |
"""
PURPOSE = "\n## 1 Purpose\n\nThis procedure describes the review of Larkfield Devices.\n"


@pytest.mark.parametrize("rule", ["gap-review-top-management", "gap-review-intervals"])
def test_a_document_block_is_no_evidence(rule: str, ruleset: RuleSet) -> None:
    _, verdicts = judged(BLOCK + PURPOSE, ruleset)
    assert verdicts[rule].state == "missing"
    _, verdicts = judged(f"# Management Review\n{PURPOSE}\n{BLOCK.partition('review interval')[0]}", ruleset)
    assert verdicts["gap-review-top-management"].state == "missing", "the block may stand at the end as well"


def test_lines_with_labels_are_no_evidence_at_the_top(ruleset: RuleSet) -> None:
    lines = "Approved by: Top management\\\nReview: at planned intervals\n"
    _, verdicts = judged(f"# Management Review\n\n{lines}{PURPOSE}", ruleset)
    assert verdicts["gap-review-top-management"].state == "missing"
    assert verdicts["gap-review-intervals"].state == "missing"


def test_sentences_at_the_top_and_cells_of_a_section_are_evidence(ruleset: RuleSet) -> None:
    sentence = "Top management takes part in person, at planned intervals."
    _, verdicts = judged(f"# Management Review\n\n{sentence}\n{PURPOSE}", ruleset)
    assert verdicts["gap-review-top-management"].state == "present"
    table = "\n## 2 Participants\n\n| Role | Who |\n|---|---|\n| Chair | Top management |\n"
    _, verdicts = judged(f"# Management Review\n{PURPOSE}{table}", ruleset)
    assert verdicts["gap-review-top-management"].state == "present"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Effective date: 2024-01-01", "missing"),
        ("This procedure is effective from 1 May 2026.", "missing"),
        ("It becomes effective upon approval.", "missing"),
        ("It is effective on the date of its release.", "missing"),
        ("The date it becomes effective is set by the owner.", "missing"),
        ("An action is closed when it has proven effective.", "present"),
        ("The action has been effective on three lots.", "present"),
        ("The effectiveness of each action is reviewed.", "present"),
    ],
)
def test_what_is_in_force_is_not_effective(words: str, state: str, ruleset: RuleSet) -> None:
    text = f"# Corrective and Preventive Action\n\n## 1 Purpose\n\nActions are taken.\n\n{words}\n"
    _, verdicts = judged(text, ruleset)
    assert verdicts["gap-capa-effectiveness"].state == state


def review(words: str, ruleset: RuleSet) -> ElementVerdict:
    """The verdict on top management in a procedure on management review with these words."""
    return judged(f"# Management Review\n{PURPOSE}\n{words}\n", ruleset)[1]["gap-review-top-management"]


def test_what_stands_anywhere_under_a_list_of_references_is_no_evidence(ruleset: RuleSet) -> None:
    words = "Top management takes part in person."
    assert review(f"## 2 References\n\n### 2.1 Internal\n\n{words}", ruleset).state == "missing"
    assert review(f"## 2 References\n\nSOP-2\n\n## 3 Participants\n\n{words}", ruleset).state == "present"


def test_a_heading_states_something_where_a_reference_stands_under_it_alone(ruleset: RuleSet) -> None:
    heading = "## 2 Participation of top management"
    assert review(f"{heading}\n\nRefer to SOP-2.", ruleset).state == "present"
    assert review(f"{heading}\n\nThey meet.", ruleset).state == "missing"
    assert review(f"{heading}\n\n## 3 Records\n\nRefer to SOP-2.", ruleset).state == "missing"


@pytest.mark.parametrize(("longer", "is_cut"), [(0, False), (1, True)])
def test_a_long_sentence_is_shown_by_its_beginning(longer: int, is_cut: bool, ruleset: RuleSet) -> None:
    sentence = "Top management takes part in person".ljust(239 + longer, "x") + "."
    shown = review(f"## 2 Participants\n\n{sentence}", ruleset).sentence
    assert shown == (sentence[:239] + "…" if is_cut else sentence)


@pytest.mark.parametrize(("words", "state"), [(12, "missing"), (13, "present")])
def test_a_cell_as_long_as_a_sentence_states_something_at_the_top_too(words: int, state: str, ruleset: RuleSet) -> None:
    cell = " ".join(["Top management", *["word"] * (words - 2)])
    text = f"# Management Review\n\n| Document | SOP-306 |\n|---|---|\n| Chair | {cell} |\n{PURPOSE}"
    assert judged(text, ruleset)[1]["gap-review-top-management"].state == state
