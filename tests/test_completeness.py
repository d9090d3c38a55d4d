"""The whole migration: every designation that went is flagged with its replacement, every one that stands is silent."""

import csv
import re

import pytest
from shared import SHARED

from qmsr_lint import formats, proof, rules, successor
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding
from qmsr_lint.rules import RuleSet

FACTS = SHARED / "regulatory"
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the regulatory fact base is not beside the repository")


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load()


def findings(text: str, ruleset: RuleSet, family: str = "cite") -> list[Finding]:
    found = proof.live(lint(proof.document(text), ruleset))
    return [finding for finding in found if finding.rule.startswith(family)]


def surface_forms(designation: str) -> list[str]:
    """Four ways to write a section or paragraph of part 820."""
    dotted = designation.replace(")(", ".").replace("(", ".").replace(")", "")
    return [f"21 CFR {designation}", f"§ {designation}", f"21 CFR Part {designation}", f"21.CFR.{dotted}"]


def gone(ruleset: RuleSet) -> dict[str, successor.Section]:
    """The designations that are no longer there, or there with another meaning; 1978 numbers and 820.15 apart."""
    return {
        name: row
        for name, row in ruleset.tables.legacy.items()
        if name.startswith("820.") and row.status in ("removed", "reserved")
    }


def test_every_removed_designation_is_flagged_in_four_forms_with_its_replacement(ruleset: RuleSet) -> None:
    wrong = []
    for designation, row in gone(ruleset).items():
        expected = successor.replacement(row)
        for form in surface_forms(designation):
            found = findings(f"This is done as required by {form}.", ruleset)
            if [finding.replacement for finding in found] != [expected] or found[0].text != form:
                wrong.append((form, [(finding.text, finding.replacement) for finding in found], expected))
    assert wrong == []
    assert len(gone(ruleset)) == 221


def test_every_live_designation_is_silent_in_four_forms(ruleset: RuleSet) -> None:
    loud = [
        form
        for designation in ruleset.tables.current
        for form in surface_forms(designation)
        if findings(f"This is done as required by {form}.", ruleset)
    ]
    assert loud == []
    assert len(ruleset.tables.current) == 56


@pytest.mark.parametrize(
    "part", ["21 CFR Part 820 Subpart {}", "Subpart {} of Part 820", "Part 820, Subpart {0} – {1}", "SUBPART {0} — {1}"]
)
def test_every_subpart_that_went_is_flagged(part: str, ruleset: RuleSet) -> None:
    for letter in "CDEFGHIJKLMNO":
        row = ruleset.tables.legacy[f"Subpart {letter}"]
        found = findings(f"{part.format(letter, row.heading)} applies.", ruleset)
        assert [finding.replacement for finding in found] == [successor.replacement(row)], letter


def test_subpart_a_and_the_new_subpart_b_are_silent(ruleset: RuleSet) -> None:
    for text in ("21 CFR Part 820 Subpart A", "Part 820 Subpart B", "Part 820, Subpart B - Supplemental Provisions"):
        assert findings(text, ruleset) == []


FIXES = {"safe": "safe", "suggest": "unsafe", "none": "none", "keep": "keep", "check_paragraph": "keep"}
COLLISIONS = {
    "820.1(a)(1)": (
        "The partial operations rule of 21 CFR 820.1(a)(1) is met.",
        "Finished devices (21 CFR 820.1(a)(1)) are in scope.",
    ),
    "820.1(a)(2)": (
        "Finished devices intended for human use and imported are covered, see 21 CFR 820.1(a)(2).",
        "Component manufacturers are encouraged to consider 21 CFR 820.1(a)(2).",
    ),
    "820.1(a)(3)": (
        "A requirement qualified by where appropriate is deemed to be appropriate under 21 CFR 820.1(a)(3).",
        "Blood and blood components are outside the part, 21 CFR 820.1(a)(3).",
    ),
    "820.1(c)": (
        "Failure to comply renders the device adulterated under 21 CFR 820.1(c), section 501(h).",
        "Foreign manufacturers may be refused admission under 21 CFR 820.1(c).",
    ),
    "820.1(d)": (
        "Foreign manufacturers that refuse an inspection fall under 21 CFR 820.1(d).",
        "A petition for an exemption or variance is filed under 21 CFR 820.1(d).",
    ),
    "820.3(a)": (
        "All definitions in section 201 of the act apply, see 21 CFR 820.3(a).",
        "Component and finished device are defined in 21 CFR 820.3(a).",
    ),
    "820.3(b)": (
        "Complaint is any written communication as defined in 21 CFR 820.3(b).",
        "Rework and organization are defined in 21 CFR 820.3(b).",
    ),
    "Subpart B": (
        "Management responsibility is in 21 CFR Part 820 Subpart B, Quality System Requirements.",
        "Control of records is in 21 CFR Part 820 Subpart B, Supplemental Provisions.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("designation", COLLISIONS)
def test_a_number_with_a_new_meaning_is_decided_by_the_words_around_it(designation: str, ruleset: RuleSet) -> None:
    legacy, current = COLLISIONS[designation]
    [finding] = findings(legacy, ruleset)
    chosen = "820.3(b)" if designation == "820.3(a)" else None  # where section 201 is today
    assert finding.replacement == successor.replacement(ruleset.tables.legacy[designation], chosen)
    assert findings(current, ruleset) == []


def test_there_is_a_case_for_each_collision(ruleset: RuleSet) -> None:
    assert set(COLLISIONS) == set(ruleset.tables.collisions)


@pytest.mark.parametrize("designation", ["820.30(z)", "820.31", "820.35(z)", "820.198(h)", "820.15", "820.70(2)"])
def test_what_never_existed_is_said_so_with_the_nearest(designation: str, ruleset: RuleSet) -> None:
    [finding] = findings(f"See 21 CFR {designation}.", ruleset)
    assert finding.rule == "cite-unknown"
    assert finding.fix is None
    assert re.search(r"820\.\d+", finding.message.replace(designation, ""))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Management review is held per 820.20.", "Clause 5.6"),
        ("The quality policy is set per 820.20.", "Clause 5.3"),
        ("Duties are listed per 820.20.", "Clauses 5 and 6.1"),
        ("The quality policy and management review follow 820.20.", "Clauses 5 and 6.1"),
        ("Corrective actions follow 820.100.", "Clause 8.5.2"),
        ("Preventive action follows 820.100.", "Clause 8.5.3"),
        ("Corrective and preventive actions follow 820.100.", "Clauses 8.5.2 and 8.5.3"),
        ("Corrective action or preventive action follows 820.100.", "Clauses 8.5.2 and 8.5.3"),
        ("CAPA follows 820.100.", "Clauses 8.5.2 and 8.5.3"),
    ],
)
def test_words_for_one_part_of_a_section_leave_its_clause(text: str, clauses: str, ruleset: RuleSet) -> None:
    [finding] = [finding for finding in findings(text, ruleset) if finding.rule == "cite-removed"]
    assert finding.replacement == f"ISO 13485:2016, {clauses}"
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"


def test_the_topic_decides_between_the_clauses_of_software_validation(ruleset: RuleSet) -> None:
    chosen = {
        words: [f.replacement for f in findings(f"{words} is validated under 21 CFR 820.70(i).", ruleset)]
        for words in ("QMS software", "Production software", "Monitoring software", "Software")
    }
    assert chosen["QMS software"] == ["ISO 13485:2016, Clause 4.1.6"]
    assert chosen["Production software"] == ["ISO 13485:2016, Clause 7.5.6"]
    assert chosen["Software"] == ["ISO 13485:2016, Clauses 4.1.6, 7.5.6 and 7.6"]


def test_a_citation_that_disagrees_with_its_topic_says_so_and_offers_both(ruleset: RuleSet) -> None:
    [finding] = findings("Keep the CAPA records (820.184).", ruleset)
    assert "820.100" in finding.message
    assert "8.5.2" in " ".join(finding.alternatives)
    assert finding.fix is None
    [agreeing] = findings("Keep the device history record (820.184).", ruleset)
    assert "820.100" not in agreeing.message


def test_every_retained_term_is_silent(ruleset: RuleSet) -> None:
    loud = []
    for row in ruleset.facts["retained"]:
        texts = [*row["keep"], *(f"The {phrase} is described here." for phrase in row["phrases"])]
        for text in texts:
            live = [f for f in proof.live(lint(proof.document(text), ruleset)) if f.severity != "note"]
            loud += [(row["term"], text, finding.rule) for finding in live]
    assert loud == []


def test_what_is_cited_though_nothing_corresponds_is_called_the_nearest(ruleset: RuleSet) -> None:
    for section in ruleset.tables.legacy.values():
        if section.partly and (section.iso or section.qmsr):
            # "In its place: Clause 6.3. There is no explicit counterpart." would contradict itself.
            assert not re.match("There is no|It is not carried", section.notes), section.designation


@needs_facts
def test_the_tables_hold_what_the_fact_base_holds(ruleset: RuleSet) -> None:
    with (FACTS / "legacy_sections.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            own = ruleset.tables.legacy[row["citation"]]
            assert set(re.findall(r"\d+(?:\.\d+)*", row["iso_clauses"])) >= set(own.iso), row["citation"]
            assert FIXES[row["autofix"]] == own.fix, row["citation"]
            assert own.confidence == row["confidence"], row["citation"]
            dropped = row["relation"].startswith(("dropped", "partly", "no definition")) and own.status == "removed"
            assert own.partly or not dropped, row["citation"]
            assert own.notes or not own.partly, row["citation"]
    with (FACTS / "qmsr_sections.csv").open(encoding="utf-8", newline="") as file:
        live = {row["citation"] for row in csv.DictReader(file) if not row["unit"].endswith("reserved")}
    assert set(ruleset.tables.current) == live


@needs_facts
def test_every_retained_row_of_the_fact_base_is_here(ruleset: RuleSet) -> None:
    with (FACTS / "legacy_terms.csv").open(encoding="utf-8", newline="") as file:
        off = [row["id"] for row in csv.DictReader(file) if row["default_severity"] == "off"]
    assert len(off) == 45
    assert len(ruleset.facts["retained"]) >= 45


@needs_facts
def test_the_legacy_text_is_handled_to_the_last_designation(ruleset: RuleSet) -> None:
    text = (FACTS / "text" / "legacy-part-820.md").read_text(encoding="utf-8").split("Effective Date Note")[1]
    sections = set(re.findall(r"§\s*(820\.\d+)\s", text))
    assert len(sections) > 25
    unhandled = [s for s in sections if s not in ruleset.tables.current and not findings(f"See 21 CFR {s}.", ruleset)]
    assert unhandled == []


@needs_facts
def test_the_revised_text_raises_nothing(ruleset: RuleSet) -> None:
    data = (FACTS / "text" / "qmsr-part-820.md").read_bytes()
    found = proof.live(lint(formats.read(data, "qmsr.md", Limits()), ruleset))
    assert [(finding.rule, finding.excerpt) for finding in found] == []


@needs_facts
def test_the_legacy_text_as_a_quotation_raises_no_more_than_notes(ruleset: RuleSet) -> None:
    lines = (FACTS / "text" / "legacy-part-820.md").read_text(encoding="utf-8").splitlines()
    quoted = "\n".join(f"> {line}" for line in lines).encode()
    found = proof.live(lint(formats.read(quoted, "legacy.md", Limits()), ruleset))
    assert found
    assert [finding for finding in found if finding.severity != "note"] == []
