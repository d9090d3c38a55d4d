"""What stands beside a citation: words that name another topic, its paragraph, or the clause that would be written."""

import pytest
from linted import found, table

from qmsr_lint.model import Finding


def citations(text: str) -> list[Finding]:
    return [finding for finding in found(text) if finding.rule.startswith("cite-")]


# The designation before the bar is fixed safely: the words beside it are its own, of many topics, or of none.
SAFE = [
    "820.30(c) | §820.30(c) — Design input",
    "820.22 | " + table("| 820.22 | Audits of the site |", "| 820.72 | Gauges |"),
    "820.72 | " + table("| Topic | Section |", "| Calibration after a CAPA | 820.72 |"),
    "820.90 | Nonconforming product (820.90) may lead to a CAPA.",
    "820.90 | Rejects are kept apart as 820.90 asks, and CAPA is opened where needed.",
    "820.72 | " + table("| Section | Stored in |", "| 820.72 | DHR |"),
    "820.90 | " + table("| Section | SOP | Owner | Next step |", "| 820.90 | SOP-9 | QA | CAPA |"),
    "820.22 | The results required by 820.22 are kept.",
    "820.72 | 820.72 (see the CAPA procedure as well)",
]


@pytest.mark.parametrize("line", SAFE)
def test_words_that_agree_or_say_nothing_change_nothing(line: str) -> None:
    designation, _, text = line.partition(" | ")
    [finding] = [each for each in citations(text) if each.text.endswith(designation)]
    assert "check which is meant" not in finding.message
    assert finding.fix is not None
    assert finding.fix.safety == "safe"


@pytest.mark.parametrize("text", ["820.22: Quality audits", "820.30(j) - Design history file (DHF)"])
def test_its_own_old_title_is_no_other_topic(text: str) -> None:
    [finding] = citations(text)
    assert "check which is meant" not in finding.message
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"  # its title is a term that stays


# The designation before the first bar, the section that the words belong to before the second.
OTHER = [
    "820.22 | 820.25 | Training (820.22)",
    "820.30(i) | 820.30(j) | 820.30(i): Design history file",
    "820.30(b) | 820.30(c) | ### §820.30(b) - Design Input",
    "820.30(f) | 820.30(g) | 820.30(f) Design Validation",
    "820.90 | 820.100 | Rejects are handled by 820.90 (CAPA).",
    "820.40 | 820.50 | - 820.40: Purchasing controls",
    "820.30(a) | 820.30(b) | - 820.30(a): Design and development planning",
    "820.72 | 820.75 | Process validation: 21 CFR 820.72",
    "820.181 | 820.184 | The device history record required by 21 CFR 820.181 is signed.",
    "820.72 | 820.22 | Keep the internal audit reports. Internal audit records specified in 820.72 are kept.",
    "820.200 | 820.250 | " + table("| Section | Topic |", "| 820.200 | Statistical techniques |"),
    "820.181 | 820.184 | " + table("| Record | Basis | Owner |", "| DHR | 21 CFR 820.181 | QA |"),
    "820.184 | 820.30(j) | " + table("| Section | Kept in |", "| 820.184 (DHF) | Vault |"),
    "820.184 | 820.30(j) | " + table("| Sections |", "| 820.180 (records); 820.184 (DHF); 820.198 (complaints) |"),
]


@pytest.mark.parametrize("line", OTHER)
def test_a_number_with_the_words_of_another_is_not_edited(line: str) -> None:
    designation, other, text = line.split(" | ", 2)
    [finding] = [each for each in citations(text) if each.text.endswith(designation)]
    assert f"belong to {other}, now " in finding.message
    assert finding.fix is None
    assert len(finding.alternatives) >= 1


def test_what_a_section_was_about_too_is_its_own() -> None:
    for text in ("820.30(g): Software validation", "Software validation and risk analysis (820.30(g))"):
        [finding] = citations(text)
        assert "check which is meant" not in finding.message


def test_what_its_text_named_of_another_is_no_disagreement() -> None:
    for text in ("DHR review: 820.80(d)(2)", "820.80(e) (DHR)", "820.30(f) - DHF", "820.100(a)(1): Complaints"):
        [finding] = citations(text)
        assert "check which is meant" not in finding.message


def test_the_words_behind_two_numbers_may_belong_to_the_first() -> None:
    for finding in citations("See 820.100 and 820.90 (CAPA)."):
        assert "check which is meant" not in finding.message


@pytest.mark.parametrize("cell", ["§(b)", "(b)", "(c) Design input", "paragraph (d)"])
def test_a_section_whose_paragraph_stands_in_the_next_cell_is_not_edited_safely(cell: str) -> None:
    [finding] = citations(table("| Section | Paragraph |", f"| Part 820.30 | {cell} |"))
    assert finding.fix is not None
    assert finding.fix.safety == "unsafe"


@pytest.mark.parametrize("cell", ["Designs (b) and (c)", "b", "A plan"])
def test_other_cells_hold_no_paragraph(cell: str) -> None:
    [finding] = citations(table("| Section | Note |", f"| Part 820.30 | {cell} |"))
    assert finding.fix is not None
    assert finding.fix.safety == "safe"


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("- ISO 13485:2016 §7.3.8\n- 21 CFR 820.30(h)", None),
        ("- 21 CFR 820.30(h)\n- ISO 14971:2019\n- ISO 13485:2016, Clauses 7.3.7 and 7.3.8", None),
        ("- ISO 13485:2016 §7.3.7\u2013§7.3.8\n- 21 CFR 820.30(h)", None),
        ("- ISO 13485:2016 §7.4.1\n- 820.50(b) and §820.50(a)(3)", "safe"),
        ("- ISO 13485:2016 §7.6.1\n- 820.72", None),
        ("- ISO 13485:2016 §7.3\n- 21 CFR 820.30(h)", "safe"),
        ("- ISO 13485:2016 §7.3.9\n- 21 CFR 820.30(h)", "safe"),
        ("- ISO 13485:2016\n- 21 CFR 820.30(h)", "safe"),
        ("- ISO 13485:2016 §7.3.8 covers it.\n- The transfer follows 21 CFR 820.30(h) as planned.", "unsafe"),
        ("- 21 CFR 820.30(h)\n\nTransfer follows ISO 13485:2016, Clause 7.3.8.", "safe"),
        ("- ISO 14971:2019, Clause 7.3.8, as ISO 13485 has it\n- 21 CFR 820.30(h)", "safe"),
    ],
)
def test_a_clause_that_another_item_of_the_list_cites_is_not_written_again(text: str, safety: str) -> None:
    finding = citations(text)[0]
    assert (finding.fix and finding.fix.safety) == safety
    assert ("became is cited beside it" in finding.message) == (safety is None)


# The letter of the definition of its term, or beside no term at all.
OWN_TERM = [
    "820.3(i) | Device History Record (DHR): what tells how a finished device was made (820.3(i)).",
    "820.3(f) | Design input \u2014 what a device is designed from (\u00a7820.3(f)).",
    "820.3(j) | " + table("| DMR | Device Master Record (820.3(j)) |", "| DHR | Device History Record |"),
    "820.3(f) | What a finished device is designed from (820.3(f)) is reviewed.",
    "820.3(h) | The DHF index lists each design review held (820.3(h)).",
    "820.3(z)(2) | Design validation: see 820.3(z)(2).",
    "820.3(i) | " + table("| Term | Kept in | Source |", "| DHR | DHF | 820.3(i) |"),
    "820.3(q) | Rejects are nonconforming product (820.3(q)).",
    "820.3(o) | The manufacturer is defined in 820.3(o) and the component in 820.3(c).",
    "820.3(c) | The manufacturer is defined in 820.3(o) and the component in 820.3(c).",
    "820.3(z)(2) | Process validation is defined in 820.3(z)(1) and design validation in 820.3(z)(2).",
    "820.3(f) | The history of a finished device (820.3(f)) is told.",
    "820.3(h) | Reviews: minutes are kept in the DHF as each design review (820.3(h)) wants.",
]


@pytest.mark.parametrize("line", OWN_TERM)
def test_a_letter_with_its_own_term_is_edited(line: str) -> None:
    designation, _, text = line.partition(" | ")
    [finding] = [each for each in citations(text) if designation in each.text]
    assert "check which is meant" not in finding.message
    assert finding.fix is not None


# The letter, and the letter that the headword belongs to.
OTHER_TERM = [
    "820.3(f) | 820.3(i) | **Device History Record (DHR):** what tells how a finished device was made (820.3(f)).",
    "820.3(f) | 820.3(i) | **Device history record (DHR):**\n\nWhat tells how a device was made (820.3(f)).",
    "820.3(e) | 820.3(i) | " + table("| Short | Long |", "| DHR | Device History Record (820.3(e)) |"),
    "820.3(e) | 820.3(j) | " + table("| Term | Meaning | Source |", "| DMR | How a device is made | 820.3(e) |"),
    "820.3(e) | 820.3(j) | Specifications are in the device master record (820.3(e)).",
    "820.3(z) | 820.3(aa) | Verification: a test of design input against output (820.3(z)).",
    "820.3(g) | 820.3(e) | DHF means the design output and more, see 820.3(g).",
]


@pytest.mark.parametrize("line", OTHER_TERM)
def test_a_letter_beside_another_term_is_not_edited(line: str) -> None:
    designation, other, text = line.split(" | ", 2)
    [finding] = [each for each in citations(text) if each.text.endswith(designation)]
    assert f"belong to {other}, now " in finding.message
    assert finding.fix is None


WIDE = "| Number | Title | ISO 13485 | FDA | Owner |"


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("| S-10 | Corrective and preventive action (CAPA) | 8.5.2 | 820.90 | QA |", True),
        ("| S-10 | CAPA | 8.5.2 | 820.90(a), 820.90(b) | QA |", True),
        ("| S-10 | Rejects | 8.3 | 820.90(a), 820.90(b) | CAPA |", False),
        ("| S-10 | Nonconforming product and CAPA | 8.3 | 820.90(a) | QA |", False),
        ("| S-10 | CAPA | 8.5.2 | 820.90, 820.100 | QA |", False),
    ],
)
def test_the_title_of_a_row_is_held_against_its_citations(row: str, named: bool) -> None:
    found = [each for each in citations(table(WIDE, row)) if "820.90" in each.text or each.text == "820.90(b)"]
    assert found
    assert {"check which is meant" in each.message for each in found} == {named}


@pytest.mark.parametrize(
    ("rows", "safety"),
    [
        (("| Section | Topic |", "| 820.22 | Audits |"), "safe"),
        (("| 21 CFR | Topic |", "| 820.22 | Audits |"), None),
        (("| 21 CFR 820 | Topic |", "| 820.22 | Audits |"), None),
        (("| Topic | 21 CFR 820 Reference | Owner |", "| Audits | 820.22 | QA |"), None),
        (("| 21 CFR §820 Clause | Topic |", "| §820.22 | Audits |"), None),
        (("| What 21 CFR 820 wants of the plant | Topic |", "| 820.22 | Audits |"), "safe"),
        (("| Topic | Source |", "| Audits | 21 CFR 820.22 |"), "safe"),
    ],
)
def test_a_column_that_is_headed_for_the_regulation_is_left_to_a_person(
    rows: tuple[str, ...], safety: str | None
) -> None:
    [finding] = citations(table(*rows))
    assert (finding.fix and finding.fix.safety) == safety
    assert ("head of its column" in finding.message) == (safety is None)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Audits follow 820.22 to 820.25.", []),
        ("Audits follow 820.22-820.25.", []),
        ("See 820.50(a)(1)-(3).", []),
        ("See 820.22, 820.25 and 820.100.", []),
        ("See 21 CFR 820.22, 820.100.", []),
        ("See 820.22 and 820.25.", ["820.22", "820.25"]),
        ("See 21 CFR 820.22 and 21 CFR 820.100.", []),
        ("See 820.22 (audits) and 820.100 (CAPA).", []),
    ],
)
def test_a_citation_is_not_safe_to_change_where_another_of_its_list_stays(text: str, safe: list[str]) -> None:
    assert [each.text for each in citations(text) if each.fix and each.fix.safety == "safe"] == safe


@pytest.mark.parametrize(
    ("beside", "enough"),
    [
        ("ISO 13485:2016, 8.2.2", False),
        ("ISO 13485:2016, 8.2.2 and 21 CFR 820.35(a)", True),
        ("21 CFR 820.35(a)", False),
    ],
)
def test_a_citation_may_go_only_where_all_that_it_became_is_cited_beside_it(beside: str, enough: bool) -> None:
    [finding] = citations(f"- {beside}\n- 21 CFR 820.198")
    assert ("it may be enough to take this citation out" in finding.message) is enough


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ("820.198(g)", "That is the nearest: the paragraph is not carried over explicitly"),
        ("820.180(c)", "records should be readily available upon inspection"),
        ("820.25(b)(1)", "has no explicit sentence on the awareness of defects"),
        ("820.3(z)(1)", "The QMSR does not define process validation"),
        ("820.182", "As far as we know"),
    ],
)
def test_the_message_says_what_was_not_carried_over(cited: str, said: str) -> None:
    [finding] = citations(f"This is done as 21 CFR {cited} says.")
    assert said in finding.message


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Section 820.30 of the building specification: floor drains.", 0),
        ("§ 820.30 of the specification", 1),
        ("21 CFR section 820.50 of the supplier agreement", 1),
        ("Section 820.22 of the QSR handbook", 1),
        ("Section 820.22 of the regulation", 1),
        ("Part 820.30-A is not affected.", 0),
        ("Part 820.30-a applies.", 1),
        ("21 CFR part 820.30-A", 1),
    ],
)
def test_a_section_of_another_text_is_none_of_the_regulation(text: str, number: int) -> None:
    live = [finding for finding in citations(text) if finding.suppressed is None]
    assert (len(live), len(citations(text))) == (number, 1)


def test_what_stays_a_section_of_the_regulation_may_stand_in_its_column() -> None:
    [finding] = citations(table("| 21 CFR 820 | Topic |", "| 820.3(l) | Finished devices |"))
    assert finding.fix is not None


@pytest.mark.parametrize(
    ("rows", "safety"),
    [
        (("| ISO 13485 | Rule | Topic |", "| 8.3 | 820.90 | Rejects |"), None),
        (("| ISO 13485 | Rule | Topic |", "| 8.3.1, 8.3.2 | 820.90 | Rejects |"), None),
        (("| ISO 13485 | Rule | Topic |", "| 8.2.4 | 820.90 | Rejects |"), "safe"),
        (("| ISO 9001 | Rule | Topic |", "| 8.3 | 820.90 | Rejects |"), "safe"),
        (("| Step | Rule | ISO 13485 topic |", "| 8.3 | 820.90 | Rejects |"), "safe"),
        (("| Standard | Rule |", "| ISO 13485 §8.3 | 820.90 |"), None),
    ],
)
def test_a_clause_in_the_next_column_is_not_written_again(rows: tuple[str, ...], safety: str | None) -> None:
    [finding] = citations(table(*rows))
    assert (finding.fix and finding.fix.safety) == safety


@pytest.mark.parametrize(
    ("text", "safety", "clause"),
    [
        ("Welding is validated as 820.75 asks.", "safe", "7.5.6"),
        ("Welding is validated as 820.75 asks.\n\nThe sterilizer is not ours.", "unsafe", "7.5.6"),
        ("Welding of the sterile pack is validated as 820.75 asks.", None, "7.5.6"),
        ("The dose of gamma rays is validated as 820.75 asks.", None, "7.5.6"),
        ("Pouches are closed as validated by 820.75. The dose is checked.", None, "7.5.6"),
        ("The FMEA is done as 820.30(g) asks.", None, "7.3.7"),
        ("Air is filtered as 820.70(e) asks.", "safe", "6.4.2"),
        ("Parts are washed as 820.70(e) asks.", None, "6.4.2"),
        ("Sterilization is validated as 820.75 asks.", None, "7.5.7"),
        ("Moulding is validated as 820.75 asks.", "safe", "7.5.6"),
        ("Moulding and sterilization are validated as 820.75 asks.", None, "Clauses 7.5.6 and 7.5.7"),
        ("Processes other than sterilization are validated as 820.75 asks.", None, "7.5.6"),
        ("Revalidation of the sterilization is done by 820.75(c).", None, "7.5.7"),
        ("Revalidation is done by 820.75(c).", "safe", "7.5.6"),
        ("Rejects are tagged as 820.90(a) asks.", "safe", "8.3.1"),
        ("Rework is documented as 820.90(a) asks.", None, "8.3.1"),
        ("Rejects found after delivery are handled by 820.90(a).", None, "8.3.1"),
        ("Changes to records are signed by 820.40(b).", None, "4.2.5"),
        ("Record changes on form F-12 as 820.40(b) asks.", None, "4.2.4"),
        ("Pouch sealing and injection molding are validated as 820.75 asks.", None, "7.5.6"),
        ("Cleaning before autoclaving is validated as 820.75 asks.", None, "7.5.6"),
        ("The device is validated, with risk analysis, as 820.30(g) asks.", None, "7.3.7"),
        ("Outsourced processes and suppliers follow 820.50.", None, "Clauses 7.4 and 4.1.5"),
        ("Contract manufacturers and outsourced processes follow 820.50.", None, "Clauses 7.4 and 4.1.5"),
        ("The work is validated as 820.30(g) asks.", "safe", "7.3.7"),
        ("The hazards are looked at as 820.30(g) asks.", None, "7.3.7"),
        ("The work follows 820.50.", None, "7.4"),
    ],
)
def test_a_section_means_its_clause_where_nothing_names_another(text: str, safety: str | None, clause: str) -> None:
    [finding] = citations(text)
    assert (finding.fix and finding.fix.safety) == safety
    assert str(finding.replacement).startswith(f"ISO 13485:2016, {'' if ' ' in clause else 'Clause '}{clause}")


@pytest.mark.parametrize(
    ("row", "clause"),
    [
        ("| 820.40 | Document Controls |", "4.2.4"),
        ("| 820.50 | Purchasing controls | SOP-4 |", "7.4"),
        ("| Purchasing Control | 820.50 | SOP-4: Supplier evaluation |", "7.4"),
        ("| 820.30(g) | Design validation |", "7.3.7, and 21 CFR 820.10(c)"),
    ],
)
def test_the_heading_in_the_next_cell_chooses_the_clause(row: str, clause: str) -> None:
    [finding] = citations(table("| One | Two | Three |", row))
    assert finding.replacement == f"ISO 13485:2016, Clause {clause}"
    assert finding.fix is not None


@pytest.mark.parametrize(
    "row",
    [
        "| 820.40 | Document Controls | SOP-1: Records control |",
        "| 820.50 | Purchasing controls | SOP-4: Outsourced work |",
        "| 820.50 | Purchasing controls | SOP-4: Acceptance activities |",
        "| 820.50 | SOP-4 | Purchasing controls |",
        "| 820.50 | Controls | SOP-4 |",
        "| 820.50 and more | Purchasing controls | SOP-4 |",
        "| 820.70 | Production and process controls | Contamination control |",
        "| 820.80 | Receiving, in-process, and finished device acceptance | SOP-6 |",
    ],
)
def test_other_words_in_the_row_choose_no_clause(row: str) -> None:
    [finding] = citations(table("| One | Two | Three |", row))
    assert finding.fix is None


@pytest.mark.parametrize(
    ("text", "replacement", "basis"),
    [
        (
            "Risk analysis is done as 820.30(g) asks.",
            "ISO 13485:2016, Clauses 7.1 and 7.3.3",
            "ISO 13485:2016 7.1, 7.3.3",
        ),
        ("Sterilization is validated as 820.75 asks.", "ISO 13485:2016, Clause 7.5.7", "ISO 13485:2016 7.5.7"),
        ("Welding is validated as 820.75 asks.", "ISO 13485:2016, Clause 7.5.6", "ISO 13485:2016 7.5.6"),
        (
            "Whether an event is an MDR is decided as 820.198 asks.",
            "ISO 13485:2016, Clause 8.2.3, and 21 CFR 820.10(b)(3)",
            "ISO 13485:2016 8.2.3; 21 CFR 820.10(b)(3)",
        ),
        (
            "Human tissue and blood are excluded by 820.1(a)(1).",
            "21 CFR 820.1(a)(3) and 820.1(a)(4)",
            "21 CFR 820.1(a)(3), 21 CFR 820.1(a)(4)",
        ),
    ],
)
def test_replacement_and_basis_are_what_the_words_choose(text: str, replacement: str, basis: str) -> None:
    [finding] = citations(text)
    assert (finding.replacement, finding.basis) == (replacement, basis)


@pytest.mark.parametrize(
    "text",
    [
        "It fulfills 21 CFR 820.198 and 21 CFR Part 803.",
        "It fulfills 21 CFR Part 803 and 21 CFR 820.198.",
        "It fulfills 820.198, part 803 and part 806.",
        "21 CFR 820.198/Part 803",
        "Complaints are handled as 820.198 asks, and reports are sent as 21 CFR Part 803 asks.",
        "A complaint is reviewed for MDR as 820.198 asks.",
        "Feedback that holds a complaint is handled as 820.198 asks.",
    ],
)
def test_a_part_cited_beside_it_and_complaints_leave_the_section_on_complaints(text: str) -> None:
    [finding] = citations(text)
    assert finding.replacement == "ISO 13485:2016, Clause 8.2.2, and 21 CFR 820.35(a)"
    assert finding.fix is None or finding.fix.safety != "safe"


@pytest.mark.parametrize(
    "text",
    [
        "Corrective action (820.22) is taken for audit findings.",
        "CAPA (820.200(b))",
        "Statistical techniques (820.100(a)(1))",
        "Identification and Traceability (820.60, .65)",
        "Identification and Traceability (820.60/.65)",
        "Resources (820.20(b)(2))",
        "Resources for internal quality audits (820.20)",
    ],
)
def test_what_the_text_of_a_section_named_is_no_disagreement(text: str) -> None:
    assert not any("check which is meant" in each.message for each in citations(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quality audit (820.20)", "(quality audit) belong to 820.22"),
        ("Management review (820.20(b))", "(management review) belong to 820.20(c)"),
        ("CAPA records (820.184)", "(CAPA) belong to 820.100"),
        ("CAPA records (820.184), tolerance .100 mm.", "(CAPA) belong to 820.100"),
        ("CAPA (820.22)", "(CAPA) belong to 820.100"),
        ("Corrective and preventive action (820.22)", "(corrective and preventive action) belong to 820.100"),
        ("Training (820.20)", "(training) belong to 820.25"),
        ("DMRs (820.22)", "(DMRs) belong to 820.181"),
    ],
)
def test_the_topic_of_another_section_is_named_as_it_is_written(text: str, said: str) -> None:
    assert any(said in each.message for each in citations(text))
