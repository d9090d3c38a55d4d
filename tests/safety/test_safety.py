"""A fix is safe only where it leaves a true and whole statement: what stands beside it decides as well."""

import pytest
from linted import fixes, found

from qmsr_lint import safety


def table(*rows: str) -> str:
    return "| Reference | Subject |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)


def test_the_title_of_a_published_rule_is_not_changed() -> None:
    title = "61 FR 52602, October 7, 1996: Final Rule; Quality System Regulation"
    assert fixes(title)["Quality System Regulation"] is None


# --- what stays safe


@pytest.mark.parametrize(
    "text",
    [
        "We follow the Quality System Regulation.",
        "We follow the Quality System Regulation (QSR).",
        "21 CFR Part 820, Quality System Regulation",
        "The Quality System Regulation Part 820 applies to the site.",
        "The Quality System Regulation Requires little of us.",
        'The "gold" copies are kept as the Quality System Regulation wants it, not the "blue" ones.',
        "The Quality System Regulation applies to the plant. A device history record must be kept for each lot.",
        "The device history record lies in the plant, to which the Quality System Regulation applies.",
    ],
)
def test_a_name_alone_is_changed(text: str) -> None:
    found = fixes(text)
    assert {found[name] for name in found if "egulation" in name} == {"safe"}


@pytest.mark.parametrize(
    "text",
    [
        "Records are kept as 820.181 asks.",
        table("820.181 | Records of the device", "820.22 | Audits"),
        table("820.30(i) | Binder 3"),
        table("820.30 | Design controls"),
        table("ISO 13485:2016, Clause 4.2.3 | File", "820.22 | Audits"),
        'The "master" list is kept under 820.22, and the "copy" is not.',
        'A 3" pipe is inspected under 820.22 with a 4" gauge.',
        "Audits under 820.22 follow these steps:\n\n- plan them\n- do them",
        'What we call the "audit plan" follows 820.22.',
        "Each area says in its plan how 820.22 is met.",
    ],
)
def test_a_citation_alone_is_changed(text: str) -> None:
    assert {safety for name, safety in fixes(text).items() if "820" in name} == {"safe"}


def test_a_term_beside_a_citation_that_changes_is_changed() -> None:
    assert fixes("Management with executive responsibility reviews what 820.22 asks for.") == {
        "Management with executive responsibility": "safe",
        "820.22": "safe",
    }


# --- what is torn from its sentence or row


def test_a_regulation_is_not_renamed_where_it_is_said_to_require_a_record_that_stays() -> None:
    found = fixes("The Quality System Regulation requires a device history record for each lot.")
    assert found == {"Quality System Regulation": "unsafe", "device history record": "unsafe"}


def test_a_term_is_not_changed_beside_a_citation_that_stays() -> None:
    found = fixes("As 21 CFR 820.20(c) says, management with executive responsibility meets once a year.")
    assert found == {"21 CFR 820.20(c)": "unsafe", "management with executive responsibility": "unsafe"}


@pytest.mark.parametrize(
    "text",
    [
        "As 820.181 asks, the device master record lies in the plant.",
        "Device Master Record (820.181)",
        "820.22: Quality audit",
    ],
)
def test_a_citation_is_not_changed_beside_a_term_that_stays(text: str) -> None:
    assert set(fixes(text).values()) == {"unsafe"}


@pytest.mark.parametrize(
    "row",
    [
        "820.181 | Device master record",
        "820.181 | Device Master Records.",
        "820.181 | Device Master Record (DMR)",
        "820.181 | DMR",
        "820.181 | DMR, released",
        "820.30(j) | DHF",
        "820.22 | Quality Audit Program",
    ],
)
def test_a_citation_is_not_changed_beside_its_old_heading(row: str) -> None:
    assert fixes(table(row))[row.split(" | ")[0]] == "unsafe"


@pytest.mark.parametrize("row", ["820.22 | The quality audit of a year", "820.72 | Dummy", "820.25 | Personnel files"])
def test_a_citation_is_changed_beside_other_words(row: str) -> None:
    assert fixes(table(row))[row.split(" | ")[0]] == "safe"


@pytest.mark.parametrize(
    "text", ["820.40 Document Controls applies.", "820.40 (Document Controls of the plant) applies."]
)
def test_a_citation_is_not_changed_before_a_heading_that_goes_on(text: str) -> None:
    assert fixes(text) == {"820.40": "unsafe"}


@pytest.mark.parametrize(
    "text", ["## 820.40 Document Controls", "820.40 document controls apply.", "See 820.40 (Document Controls)."]
)
def test_a_citation_is_changed_with_its_heading(text: str) -> None:
    assert fixes(text) == {"820.40": "safe"}


def test_the_second_of_two_clauses_is_seen_in_the_row_as_well() -> None:
    rows = "| Section | ISO 13485 |\n|---|---|\n| 820.20(e) | 4.2.2 |\n"
    assert fixes(rows) == {"820.20(e)": None}


def test_a_clause_is_not_written_twice_in_a_column() -> None:
    rows = table("ISO 13485:2016 Section 8.2.4 | Internal audit", "21 CFR 820.22 | Audits of ours")
    assert fixes(rows) == {"21 CFR 820.22": None}


@pytest.mark.parametrize(
    "text",
    [
        "The lot book (DHR) lies where QSR 820.30(j) wants it.",
        "We follow the QSR. It mandates a DHF per 820.30(j).",
        "Each plant follows QSR \u00a7820.25 and QSR \u00a7820.180.",
        "The Quality System Regulation (QSR): 820.25, 820.180",
        "The duties of the QSR, such as 820.25 and 820.180, are ours.",
        "Training follows the QSR's \u00a7 820.25.",
        "Training follows QSR/820.25 here.",
        table("DHR | Quality System Regulation"),
        table("Quality System Regulation | 820.25; 820.180"),
        table("Quality System Regulation | Subpart C"),
        "The Quality System Regulation has no word for management with executive responsibility in its definitions.",
    ],
)
def test_a_name_is_not_changed_beside_what_stays_nor_the_other_way_round(text: str) -> None:
    assert "safe" not in fixes(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "The QS regulation (21 CFR 820.25) wants training.",
        "Training under the QS regulation follows 820.25 and 820.72.",
        "We follow the Quality System Regulation. The DHR lies in the plant.",
        table("Quality System Regulation | Applies to the plant", "DHR | Binder 3"),
        table("Quality System Regulation | 21 CFR 820.25"),
    ],
)
def test_a_name_and_a_section_change_together(text: str) -> None:
    found = fixes(text)
    assert {found[name] for name in found if "QSR" in name or "Reg" in name or "820" in name} == {"safe"}


@pytest.mark.parametrize(
    "text", ["Use 7382.845 (QSIT).", "In 7382.845, Part III, QSIT is met.", table("7382.845 | QSIT")]
)
def test_a_program_is_not_changed_beside_its_technique_that_stays(text: str) -> None:
    assert set(fixes(text).values()) == {"unsafe"}


def test_a_program_alone_is_changed() -> None:
    assert fixes("Inspections follow 7382.845. The team once called that QSIT.")["7382.845"] == "safe"


# --- what is true of the old regulation alone


@pytest.mark.parametrize(
    "behind",
    [
        "does not mention a standard.",
        "doesn't ask for risk management.",
        "never speaks of outsourcing.",
        "exempts some reports from inspection.",
        'defines "lot" in its own way.',
        "calls it a binder.",
        'uses the word "establish" a lot.',
        "is loosely based on ISO 9001:1994.",
        "(21 CFR 820) is harmonized with no standard.",
        "has fifteen subparts.",
        "consists of seven subsystems.",
        "(61 FR 52602) applies.",
        "differs from the standard.",
        "requires no file of risks.",
        "requires a file of lots, unlike ISO 13485.",
    ],
)
@pytest.mark.parametrize("name", ["Quality System Regulation", "FDA QS regulation"])
def test_what_is_said_of_the_old_regulation_keeps_its_name(name: str, behind: str) -> None:
    assert "safe" not in fixes(f"The {name} {behind}").values()


@pytest.mark.parametrize(
    "text",
    [
        "Compliance with the Quality System Regulation does not relieve us of other duties.",
        "The plant complies with the Quality System Regulation.",
        "Records that are required by the Quality System Regulation are kept.",
        "The Quality System Regulation applies. It is not the only law.",
        "Comply with 21 CFR Part 820, Quality System Regulation.",
        "The Quality System Regulation calls for training.",
        "The plant complies with ISO 13485 and the Quality System Regulation.",
        "The terms of sale name the Quality System Regulation.",
        "The Quality System Regulation has its say in each plant.",
    ],
)
def test_what_is_true_of_both_takes_the_new_name(text: str) -> None:
    assert fixes(text)["Quality System Regulation"] == "safe"


@pytest.mark.parametrize(
    "text",
    [
        "820.25 has not been moved to clause 6.2.",
        "The final rule hasn't removed 820.25.",
        "FDA did not delete the requirements of 21 CFR 820.25.",
        "The final rule has not removed the Quality System Regulation.",
        "21 CFR 820.25 is titled Personnel.",
        "820.25 remains in force.",
        "The Quality System Regulation, as set out in Part 820, does not cover tissues.",
        "820.25 is unchanged.",
        "FDA retains 820.25.",
        "820.25 has two paragraphs.",
        "820.25 is a section of the Quality System Regulation.",
        "The definition of a lot in the Quality System Regulation is short.",
        "ISO 13485 differs from the Quality System Regulation.",
        "820.150 - reserved for returned goods.",
    ],
)
def test_what_is_said_not_to_have_gone_is_left_to_a_person(text: str) -> None:
    assert set(fixes(text).values()) == {"unsafe"}


@pytest.mark.parametrize(
    "text",
    [
        "Our procedure does not change what 820.25 asks for.",
        "Rooms that are not reserved follow 820.25.",
        "Training under 820.25 remains our duty.",
        "Each plant keeps the records of 820.25.",
    ],
)
def test_another_denial_leaves_a_citation_safe(text: str) -> None:
    assert fixes(text) == {"820.25": "safe"}


# --- what a citation hangs on


@pytest.mark.parametrize(
    "text",
    [
        "Follow Part 820 Subpart B 820.25.",
        "Follow 820.25 (Subpart B).",
        "Follow 21 CFR 803, 820.25, 821.",
        "Follow 21 CFR 820.25 and 11.10.",
        "Follow 21 CFR Part 11 and 820.25.",
        "See 820.25, 6.2.",
        "See 6.2 / 820.25.",
        "Plan as 21 CFR 820.30 / 7.3 asks.",
    ],
)
def test_a_citation_that_hangs_on_a_number_beside_it_is_left_to_a_person(text: str) -> None:
    assert "safe" not in fixes(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "Follow 21 CFR Part 11 and 21 CFR 820.72.",
        "Store it under 820.150, 5.5 C at most.",
        "Follow 820.72 and 50 mm of space.",
        "Train per 820.25 and our manual 6.2.",
        "See 820.25, 820.72.",
    ],
)
def test_a_citation_beside_another_number_is_changed(text: str) -> None:
    found = fixes(text)
    assert {found[name] for name in found if "820" in name} == {"safe"}


# --- a short form and its definition


@pytest.mark.parametrize(
    "text",
    [
        '"QSR" means the FDA Quality System Regulation.',
        "QSR means the US Quality System Regulation.",
        "\u201cQSR\u201d: FDA\u2019s Quality System Regulation",
        'We follow FDA\'s Quality System Regulation ("QSR") and more.\n\nOur supplier complies with the QSR.',
        "The Quality System Regulation (hereinafter, the \u201cQSR\u201d) applies.\n\nWe comply with the QSR.",
    ],
)
def test_a_short_form_changes_with_its_definition(text: str) -> None:
    findings = found(text)
    assert [finding.fix and finding.fix.safety for finding in findings] == ["safe"] * len(findings)


@pytest.mark.parametrize(
    "text",
    [
        '"QSR" means 21 CFR Part 820.\n\nOur supplier complies with the QSR.',  # nor is it spelt out
        '"QSR" means what the contract says.\n\nOur supplier complies with the QSR.',
        '"Quality System Regulation" ("QSR") means 21 CFR Part 820.\n\nOur supplier complies with the QSR.',
        'The Quality System Regulation ("QSR") applies.\n\nWe comply with the QSR. The QSR does not ask for more.',
        "| Short | Long |\n|---|---|\n| QSR | FDA Quality System Regulation |\n",
        "| Short | Long |\n|---|---|\n| QSR | FDA Quality System Regulation |\n\nOur supplier complies with the QSR.",
        'The Quality System Regulation ("QSR") is based on ISO 9001:1994.\n\nOur supplier complies with the QSR.',
    ],
)
def test_a_short_form_stays_with_its_definition(text: str) -> None:
    findings = found(text)
    assert findings
    assert "safe" not in [finding.fix and finding.fix.safety for finding in findings]


# --- what is a title, a quotation, or of its time


@pytest.mark.parametrize(
    "text",
    [
        'FDA guidance: "Quality System Regulation - Process Validation"',
        "*Quality System Regulation: A Guide for the Plant*, 3rd printing",
        "[Quality System Regulation Overview](https://example.com/overview)",
        "Read the Quality System Regulation Training Handbook first.",
        "Our form is called \u201cQuality System Regulation and us\u201d here.",
    ],
)
def test_a_name_in_a_title_is_left_to_a_person(text: str) -> None:
    assert fixes(text)["Quality System Regulation"] == "unsafe"


@pytest.mark.parametrize(
    "text",
    [
        'The index shows "820.22" in its header.',
        "The label reads \u201c21 CFR 820.22\u201d on each binder.",
        'Label each binder "Audits, 820.22".',
        'The pages "820.75" and "820.22" are missing.',
    ],
)
def test_a_citation_in_quotation_marks_is_left_to_a_person(text: str) -> None:
    assert fixes(text).keys() and "safe" not in fixes(text).values()


@pytest.mark.parametrize(
    "behind",
    [
        ", 1996",
        " (1996)",
        " of October 7, 1996",
        ", effective June 1, 1997",
        " (Quality Management System Requirements)",
    ],
)
def test_a_name_with_its_year_or_its_new_name_has_no_fix(behind: str) -> None:
    found = fixes(f"- FDA Quality System Regulation{behind}")
    assert found["Quality System Regulation"] is None


@pytest.mark.parametrize(
    "text",
    [
        "21 CFR 820.22 states:\n\n> Each manufacturer shall establish procedures for audits of its own.",
        'Under 820.22, "each manufacturer shall establish procedures for audits and conduct such audits of its own".',
        "> Each manufacturer shall establish procedures for audits of its own.\n\n\u2014 21 CFR 820.22",
        "## 21 CFR 820.22 text\n\n> Each manufacturer shall establish procedures for audits of its own.",
        "820.22 says that audits are planned.",
        "The wording of 21 CFR 820.22 is printed below.",
    ],
)
def test_the_source_of_a_quotation_is_left_to_a_person(text: str) -> None:
    assert [safety for name, safety in fixes(text).items() if "820.22" in name] == ["unsafe"]


# --- words of an old definition keep their source

_OLD = (
    "a message that alleges deficiencies related to the identity, quality, durability, reliability, safety,"
    " effectiveness or performance of a device"
)


@pytest.mark.parametrize(
    "text",
    [
        "A complaint is a message from a customer about a device we sold, see 820.3(b) for complaints.",
        f"A complaint is {_OLD}.\n\nComplaints as 820.3(b) has them are logged.",
        table(f"Complaint | {_OLD}", "Complaints | 820.3(b) for complaints"),
    ],
)
def test_a_definition_elsewhere_changes_no_source(text: str) -> None:
    assert fixes(text)["820.3(b)"] == "unsafe"


def test_a_section_that_is_no_source_changes_in_another_sentence() -> None:
    text = f"A complaint (820.3(b)) is {_OLD}. Audits follow 820.22."
    assert fixes(text)["820.22"] == "safe"


@pytest.mark.parametrize(
    "text",
    [
        f"A complaint is {_OLD}. Those are the words of 820.3(b).",
        f"Complaint (820.3(b)): {_OLD}.",
        f"The files of 820.198 hold each complaint: {_OLD}.",
        "Product (820.3(r)): components, manufacturing materials, in-process devices, finished devices, and returned"
        " devices.",
        "Nonconformity means the nonfulfillment of a specified requirement. Source: 820.3(q).",
        f"| Term | Meaning | Source |\n|---|---|---|\n| Complaint | {_OLD} | 820.3(b) |\n",
    ],
)
def test_the_source_of_an_old_definition_has_no_fix(text: str) -> None:
    findings = found(text)
    [cited] = [finding for finding in findings if finding.rule.startswith("cite-")]
    assert cited.fix is None
    assert "the old definition" in cited.message


# --- a section that stays keeps its heading


@pytest.mark.parametrize(
    "text",
    [
        table("820.22 | Quality audit"),
        table("Quality audit | D-22", "ISO 14971 | Device master record"),
        "| 21 CFR 820 | Topic | Kept in |\n|---|---|---|\n| 820.22 | Audits | Device master record |\n",
        "| 21 CFR 820 | Topic |\n|---|---|\n| 820.22 | A quality audit a year |\n",
        "- ISO 13485:2016 \u00a78.2.4\n- 21 CFR 820.22 wants a quality audit.",
    ],
)
def test_a_term_that_is_no_heading_of_a_section_is_changed(text: str) -> None:
    assert None not in [safety for name, safety in fixes(text).items() if "820" not in name]


@pytest.mark.parametrize(
    "text",
    [
        "| 21 CFR 820 | Topic |\n|---|---|\n| 820.22 | Quality audit |\n| 820.181 | Device master record (DMR) |\n",
        "| Topic | 21 CFR 820 |\n|---|---|\n| Quality audits | 820.22 |\n",
        "- ISO 13485:2016 \u00a78.2.4\n- 21 CFR 820.22 Quality audit",
        "- ISO 13485:2016 \u00a78.2.4\n- 21 CFR 820.22 (Quality audit)",
        "- ISO 13485:2016 \u00a78.2.4\n- **21 CFR 820.22** - Quality audit requirements",
    ],
)
def test_the_heading_of_a_section_that_stays_has_no_fix(text: str) -> None:
    assert set(fixes(text).values()) == {None}


@pytest.mark.parametrize(
    "text",
    [
        "The site trains its people for the Quality System Regulation and for the QMSR.",
        "The site moves its forms under the Quality System Regulation (QSR; 21 CFR 820) to forms of the QMSR.",
    ],
)
def test_the_old_regulation_is_not_renamed_beside_the_new_one(text: str) -> None:
    assert "safe" not in fixes(text).values()


def test_what_does_not_settle_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "Audits are planned under 820.22.\n\nTraining follows 820.25, and the device master record lies in the plant."
    )
    assert fixes(text)["820.22"] == "safe"
    monkeypatch.setattr(safety, "_PASSES", 1)
    assert "safe" not in fixes(text).values()


def test_a_short_name_with_its_full_stop_is_not_replaced_unasked() -> None:
    assert fixes("The QS Reg. applies to our site.") == {"QS Reg": "unsafe"}
    assert fixes("The QS regulation applies to our site.") == {"QS regulation": "safe"}


def test_the_figure_of_a_note_between_words_is_not_lost() -> None:
    assert fixes("The device<sup>3</sup> master record is kept.") == {"device3 master record": None}
    assert fixes("The device master record<sup>3</sup> is kept.") == {"device master record": "unsafe"}
    assert fixes("Audits follow 820.22<sup>3</sup>.") == {"820.22": "safe"}
    assert fixes("The Quality\u00b3 System Regulation applies.") == {"Quality\u00b3 System Regulation": None}


@pytest.mark.parametrize(
    "text",
    [
        "Per 21 CFR 820.30(j):\nEach manufacturer shall establish and maintain a DHF for each type of device.",
        "21 CFR 820.30(j)\n\nEach manufacturer shall establish and maintain a DHF for each type of device.",
    ],
)
def test_no_citation_is_changed_unasked_beside_the_words_of_the_old_law(text: str) -> None:
    assert [each.fix and each.fix.safety for each in found(text) if each.rule == "cite-removed"] == ["unsafe"]


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("Training and CAPA follow 21 CFR 820.25 and 820.100.", "unsafe"),
        ("Calibration and maintenance follow 21 CFR 820.72 and 820.70(g)(2).", "unsafe"),
        ("CAPA and training follow 820.100 and 21 CFR 820.25.", "unsafe"),
        ("Training and CAPA follow 21 CFR 820.25 and 21 CFR 820.100.", "unsafe"),
        ("Training and calibration follow 21 CFR 820.25 and 820.72.", "safe"),
    ],
)
def test_a_list_under_one_title_changes_whole_or_not_at_all(text: str, safety: str) -> None:
    assert ("safe" in fixes(text).values()) is (safety == "safe")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("The DHR is now called the medical device file.", None),
        ("The DHR has been renamed the lot record.", None),
        ("Lot record (former DHR)", None),
        ("The DHR is called up in the ERP.", "unsafe"),
        ("The DHR is filed with the former drawings.", "unsafe"),
        ("The DHR shall be named by product family.", "unsafe"),
        ("Each DHR is replaced by a scanned copy after two years.", "unsafe"),
    ],
)
def test_a_term_is_not_edited_where_the_sentence_tells_its_new_name(text: str, fix: str | None) -> None:
    assert fixes(f"The device history record (DHR) is kept.\n\n{text}\n")["DHR"] == fix


def test_a_section_stays_beside_the_term_it_was_about() -> None:
    assert fixes("The quality system record is described in 21 CFR 820.186.")["21 CFR 820.186"] is None
    assert fixes("The index is described in 21 CFR 820.186.")["21 CFR 820.186"] is not None
