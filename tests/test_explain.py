"""What became of a topic: every way in which people write one."""

import re
from typing import Any

import pytest

from qmsr_lint import explain as explaining
from qmsr_lint import rules
from qmsr_lint.errors import UsageError
from qmsr_lint.explain import INDUSTRY_NOTE, Explanation, explain
from qmsr_lint.rules import RuleSet, Settings


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(Settings(gap=True))


def said(explanation: Explanation) -> str:
    return " ".join(explaining.text(explanation, 1000))


@pytest.mark.parametrize(
    "topic", ["DHF", "DHFs", "design history file", "Design-History Files", "term-dhf", "  TERM-DHF "]
)
def test_a_term_is_known_by_its_rule_and_in_every_form(topic: str, ruleset: RuleSet) -> None:
    [entry] = explain(topic, ruleset).entries
    assert (entry.status, entry.rule, entry.severity) == ("legacy", "term-dhf", "warning")
    assert entry.now is not None
    assert entry.now.startswith("design and development file")
    assert entry.basis
    assert entry.flag
    assert entry.keep


def test_every_rule_and_every_legacy_phrase_explains_itself(ruleset: RuleSet) -> None:
    for rule in ruleset.rules.values():
        for topic in (rule.id, *rule.legacy):
            explanation = explain(topic, ruleset)
            assert explanation.nearest is None, topic
            assert rule.id in [entry.rule for entry in explanation.entries], topic
            assert INDUSTRY_NOTE in said(explanation)
            assert "{" not in explanation.entries[0].why, topic


def test_a_term_that_stays_says_so_and_why(ruleset: RuleSet) -> None:
    for row in ruleset.facts["retained"]:
        for topic in (row["term"], *row["phrases"]):
            kept = [entry for entry in explain(topic, ruleset).entries if entry.status == "retained"]
            assert kept, topic
            assert kept[0].rule is None
            assert row["why"] in kept[0].why
    assert "It stays, and no rule takes it for legacy." in explain("CAPA", ruleset).entries[0].why


@pytest.mark.parametrize(
    "topic",
    [
        "820.30(j)",
        "21 CFR 820.30 j",
        "21 CFR 820.30.j",
        "820.30j",
        "§ 820.30 (j)",
        "21 CFR Part 820.30(j)",
        "820.30(J)",
    ],
)
def test_a_citation_is_known_however_it_is_written(topic: str, ruleset: RuleSet) -> None:
    [entry] = explain(topic, ruleset).entries
    assert (entry.topic, entry.status, entry.rule) == ("21 CFR 820.30(j)", "removed", "cite-removed")
    assert entry.now == "ISO 13485:2016, Clause 7.3.10, and 21 CFR 820.10(c)"
    assert entry.confidence == "high"
    assert {source.code for source in entry.sources} >= {"S1"}
    assert all(source.title for source in entry.sources)


def test_every_designation_of_the_tables_is_known(ruleset: RuleSet) -> None:
    for name, row in ruleset.tables.legacy.items():
        entries = explain(name, ruleset).entries
        assert [entry for entry in entries if entry.topic.endswith(name)], name
        if row.status in ("removed", "reserved") and not name.startswith("Subpart"):
            assert entries[0].status in ("removed", "definition"), name
    for name in ruleset.tables.current:
        assert "in force" in [entry.status for entry in explain(name, ruleset).entries], name


def test_a_list_is_taken_apart(ruleset: RuleSet) -> None:
    entries = explain("820.20, .22 and .25", ruleset).entries
    assert [entry.topic for entry in entries] == ["21 CFR 820.20", "21 CFR 820.22", "21 CFR 820.25"]


def test_what_the_words_decide_is_offered_with_the_words(ruleset: RuleSet) -> None:
    [entry] = explain("820.70(i)", ruleset).entries
    assert [words.partition(" beside")[0].rpartition(" ")[2] for words in entry.alternatives] == [
        "4.1.6",
        "7.5.6",
        "7.6",
    ]


@pytest.mark.parametrize("number", ["820.1(a)(1)", "820.1(c)", "820.3(b)", "Subpart B", "21 CFR Part 820, Subpart B"])
def test_a_number_with_two_meanings_shows_both(number: str, ruleset: RuleSet) -> None:
    former, today = explain(number, ruleset).entries
    assert (former.status, today.status, today.rule) == ("collision", "in force", None)
    assert former.was != today.now


@pytest.mark.parametrize(
    ("topic", "near"), [("820.31", "820.30"), ("820.30(z)", "820.30"), ("820.15", "820.3(b)"), ("820.400", "820.250")]
)
def test_what_never_existed_names_the_nearest(topic: str, near: str, ruleset: RuleSet) -> None:
    [entry] = explain(topic, ruleset).entries
    assert entry.status == "never existed"
    assert f"The nearest real one is {near} (" in entry.why


@pytest.mark.parametrize(
    ("topic", "statuses"),
    [
        ("Subpart A", ["in force"]),
        ("Subpart C", ["subpart"]),
        ("subpart j of 21 cfr 820", ["subpart"]),
        ("Subpart Q", ["never existed"]),
        ("21 CFR Part 820", ["in force"]),
        ("21 CFR 820.35(a)(6)", ["in force"]),
        ("21 CFR 801.45", ["amended"]),
        ("4.4(b)(1)", ["amended"]),
        ("ISO 13485:2003 4.2.3 Control of documents", ["renumbered"]),
        ("ISO 13485 4.2.3", ["renumbered", "in force"]),
        ("ISO 13485:2016 4.2.3", ["in force"]),
        ("4.2.3 Medical device file", ["in force"]),
        ("Clause 7.3.10", ["in force"]),
        ("design and development file", ["current"]),
        ("DDF", ["current"]),
        ("QMSR", ["current"]),
        ("cite-removed", ["rule"]),
        ("claim-records-exempt", ["false"]),
    ],
)
def test_other_topics(topic: str, statuses: list[str], ruleset: RuleSet) -> None:
    explanation = explain(topic, ruleset)
    assert list(dict.fromkeys(entry.status for entry in explanation.entries)) == statuses
    assert explanation.nearest is None


def test_a_clause_names_the_sections_it_took_over(ruleset: RuleSet) -> None:
    [entry] = explain("ISO 13485:2016 8.2.4", ruleset).entries
    assert "820.22" in entry.was


def test_of_many_sections_that_a_clause_took_over_eight_are_named_and_the_others_counted(ruleset: RuleSet) -> None:
    [entry] = explain("clause 8.5.2", ruleset).entries
    sections = (
        "820.100, 820.100(a), 820.100(a)(1), 820.100(a)(2), 820.100(a)(3), 820.100(a)(4), 820.100(a)(5), 820.100(b)"
    )
    assert entry.was == f"21 CFR {sections}; Part 820 Subpart J"
    *_, entry = explain("ISO 13485:2016 7.5.4", ruleset).entries
    assert entry.was.endswith("820.200(d)(2), 820.200(d)(3) and 3 more; Part 820 Subpart N")


@pytest.mark.parametrize(
    ("topic", "nearest"),
    [
        ("desing histroy file", "design history file"),
        ("term-dhff", "term-dhf"),
        ("managment review", "management review"),
        ("DFH", "DHF"),
        ("DRM", "DMR"),
    ],
)
def test_a_misspelt_topic_is_taken_for_the_nearest_and_says_so(topic: str, nearest: str, ruleset: RuleSet) -> None:
    explanation = explain(topic, ruleset)
    assert explanation.nearest == nearest
    assert said(explanation).startswith(f"Nothing is known about {topic!r}; the nearest known topic is {nearest!r}.")


@pytest.mark.parametrize(
    "topic", ["banana split", "", "820", "1234.5", "21 CFR 11.10", "ISO 9001 4.1", "risk", "HFD", "DXF", "FDA"]
)
def test_where_nothing_is_near_nothing_is_made_up(topic: str, ruleset: RuleSet) -> None:
    if topic == "820":
        assert explain(topic, ruleset).entries[0].status == "in force"
        return
    with pytest.raises(UsageError, match="nothing is known about"):
        explain(topic, ruleset)


@pytest.mark.parametrize("topic", ["MDR", "MDRs", "medical device reporting"])
def test_a_current_acronym_is_no_slip_for_a_legacy_one(topic: str, ruleset: RuleSet) -> None:
    explanation = explain(topic, ruleset)
    assert ([entry.status for entry in explanation.entries], explanation.nearest) == (["retained"], None)


RESEARCH = re.compile(r"\b(?:S\d{1,2}|MEM|COLLISION|TRAP|NOT)\b|as above|->|from memory|workbook|apparent slip")


def test_notes_are_sentences_for_a_reader(ruleset: RuleSet) -> None:
    rows = [row for rows in ruleset.facts.values() for row in _rows(rows)]
    notes = [str(row["notes"]) for row in rows if row.get("notes")]
    notes += [rule.notes for rule in ruleset.rules.values() if rule.notes]
    assert len(notes) > 100
    assert [note for note in notes if RESEARCH.search(note) or not note.endswith(".")] == []
    assert [rule.id for rule in ruleset.rules.values() if RESEARCH.search(rule.message + rule.basis)] == []


def _rows(value: Any) -> list[dict[str, Any]]:
    """Every mapping in a table."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return ([value] if isinstance(value, dict) else []) + [row for each in inside for row in _rows(each)]


@pytest.mark.parametrize(
    ("topic", "line"),
    [
        ("820.46", "no source was read"),
        ("ISO 13485:2003 8.2.2", "no source was read for the rest"),
    ],
)
def test_what_no_source_was_read_for_is_said_without_a_code(topic: str, line: str, ruleset: RuleSet) -> None:
    lines = list(explaining.text(explain(topic, ruleset), 1000))
    assert f"  source      {line}" in lines
    assert "MEM" not in said(explain(topic, ruleset))


def test_sections_and_subparts_are_listed_as_they_are_cited(ruleset: RuleSet) -> None:
    assert explain("ISO 13485:2016 4.2.3", ruleset).entries[0].was.startswith("21 CFR 820.3(g), 820.3(j), 820.181, ")
    assert explain("ISO 13485:2016 4.2.3", ruleset).entries[0].was.endswith("; Part 820 Subpart M")
    for row in ruleset.facts["iso_clauses"]["iso13485"]:
        for entry in explain(f"ISO 13485:2016 {row}", ruleset).entries:
            assert "21 CFR Subpart" not in said(explain(f"ISO 13485:2016 {row}", ruleset)), entry


def test_a_companys_own_words_are_explained() -> None:
    ruleset = rules.load(Settings(terms={"DHF": "Design and Development File (DDF)"}))
    assert explain("DHF", ruleset).entries[0].now == "Design and Development File (DDF)"


def test_data_is_plain_and_complete(ruleset: RuleSet) -> None:
    found: dict[str, Any] = explaining.data(explain("820.198(e)(7)", ruleset))
    assert found["topic"] == "820.198(e)(7)"
    assert found["nearest"] is None
    assert found["note"] == INDUSTRY_NOTE
    [entry] = found["entries"]
    assert "820.35(a)(6)" in entry["now"]
    wanted = {
        "topic",
        "status",
        "was",
        "now",
        "why",
        "basis",
        "confidence",
        "sources",
        "alternatives",
        "rule",
        "severity",
    }
    assert set(entry) == wanted | {"notes", "examples"}
    assert set(entry["sources"][0]) == {"code", "kind", "title"}
    assert set(entry["examples"]) == {"flag", "keep"}


def test_lines_fit_the_terminal(ruleset: RuleSet) -> None:
    for topic in ("term-dhr", "820.70(i)", "Subpart B", "desing histroy file"):
        assert max(map(len, explaining.text(explain(topic, ruleset), 72))) <= 72
