"""A fix is not safe where new words would say something else: in an exclusion, beside another topic, in old text."""

import pytest
from linted import fixes


def rows(head: str, *cells: str) -> str:
    rule = "|".join(["---"] * (head.count("|") + 1))
    return f"| {head} |\n|{rule}|\n" + "".join(f"| {row} |\n" for row in cells)


EXCLUDED = [
    "We exclude 820.30 from the scope of the manual.",
    "The exclusion of 820.90 is justified in annex A.",
    "Section 820.72 does not apply to our site.",
    "820.75 is not applicable.",
    "Accessories are excluded from 820.30.",
    "Our class I gloves are exempt from 820.30.",
    "Exempt devices need no design controls (820.30).",
    "820.25 does not apply to visitors.",
    "# Conformance exclusions\n\n- 820.72",
    "# Exclusions\n\n" + rows("Section | Reason", "820.86 | No stock is kept"),
    rows("Section | Reason for exclusion", "820.86 | No stock is kept"),
    rows("Section | State", "820.86 | N/A"),
    "820.72 does not pertain to this site.",
    "Section 820.72 is inapplicable to software.",
    "820.72 is out of scope.",
    "820.72 is not within our scope.",
    "Visitors need not follow 820.25.",
    "All sections other than 820.72 are met.",
    "With the exception of 820.72 all is met.",
    "We are not subject to 820.72.",
    "A variance from 820.72 is on file.",
    "820.72 was left out of the manual.",
    "The following sections are excluded:\n\n- 820.72\n- 820.86",
    "# Not applicable\n\n## Calibration\n\n820.72",
    rows("Section | Applicable?", "820.86 | No"),
    rows("Section | In scope", "820.86 | N"),
]
OF_ANOTHER = [
    "Internal audits are planned per 820.25.",
    "Lots are numbered. CAPA is opened as required by 820.90.",
    "Statistical techniques are chosen in accordance with 820.200.",
    "Process validation is done under 820.72.",
    "Design changes are approved per 820.30(j).",
    "Design inputs are listed per 820.30(d).",
    "Incoming inspection follows the plan, and servicing is done by 820.170.",
    "Training of auditors follows 820.72.",
    "Management review follows 820.22.",
    "Per 820.25, internal audits are planned.",
    "820.25 governs internal audits.",
    "Audits go well. Under 820.72, CAPA is opened.",
    rows("Observation | Section | Count", "CAPA procedures inadequate | 820.90 | 4"),
    rows("Section | Topic | Count", "820.200 | Statistical techniques | 4"),
]
IN_A_TEXT = [
    "Subpart E, specifically 820.50, defines purchasing.",
    "Design controls are in 21 CFR Part 820 Subpart C (820.30).",
    "See 21 CFR 820.75, 29 CFR 1910.1200.",
    "820.30 Design controls. (a) General",
    "Print 820.22 from the eCFR and file it.",
    "820.22, second sentence, asks for independence.",
    "QSIT questions 1 to 8 cover 820.22.",
    "ISO 9001 9.2 is like 820.22.",
    "820.22 (Quality System Regulation for medical devices) wants audits.",
    "Audits are done under 820.22 \u5be9\u67fb.",
    "DELETE:\nSee 820.25 for training.",
    "DELETE: See 820.25 for training.",
    "Reaudits of deficient matters are done per 820.22.",
]
OLD_NAMES = [
    "PART 820\u2014QUALITY SYSTEM REGULATION",
    "Requirements are set forth in this quality system regulation.",
    "The 510(k) declares conformity with the Quality System Regulation.",
    "A supplier certificate states compliance with the Quality System Regulation.",
    "Training course: Introduction to the Quality System Regulation.",
    "Validation: evidence that needs are met. [FDA Quality System Regulation]",
    rows("Quality System Regulation | SOP", "820.198 | SOP-9"),
    "\u54c1\u8cea Quality System Regulation \u9069\u7528",
]
PROGRAMS = [
    "CP 7382.845 is the old one, CP 7382.850 that of today.",
    rows("Program | Title", "7382.845 | CP 7382.850"),
    "The draft compliance program 7382.845 is being revised.",
    "7382.845, Inspections of Licensed Biological Products",
    "Compliance program 7382.845 part II is obsolete.",
    "7382.845 \ud3d0\uc9c0",
]


@pytest.mark.parametrize("text", [*EXCLUDED, *OF_ANOTHER, *IN_A_TEXT])
def test_a_citation_is_left_to_a_person(text: str) -> None:
    found = {name: safety for name, safety in fixes(text).items() if "820" in name}
    assert found
    assert "safe" not in found.values()


@pytest.mark.parametrize("text", OLD_NAMES)
def test_the_name_of_the_old_text_is_left_to_a_person(text: str) -> None:
    found = {name: safety for name, safety in fixes(text).items() if "egulation" in name.lower()}
    assert found
    assert "safe" not in found.values()


@pytest.mark.parametrize("text", PROGRAMS)
def test_a_program_beside_another_is_left_to_a_person(text: str) -> None:
    assert "safe" not in fixes(text).values()


def test_a_role_of_drug_law_is_left_to_a_person() -> None:
    role = "Management with executive responsibility reviews the results."
    assert fixes(role) == {"Management with executive responsibility": "safe"}
    assert fixes(f"{role}\n\nThe drug product is released.") == {"Management with executive responsibility": "unsafe"}
    assert fixes(f"# ICH Q10\n\n{role}") == {}


NEW_WORDS_THERE = {
    "What ISO 13485 calls top management is, for FDA, management with executive responsibility.":
        "management with executive responsibility",
    "The medical device file is an index; the device master record holds the drawings.": "device master record",
    "Device master records and medical device files are kept for ten years.": "Device master records",
    rows("Role | Also called", "Management with executive responsibility | Top management"):
        "Management with executive responsibility",
}  # fmt: skip


@pytest.mark.parametrize("text", NEW_WORDS_THERE)
def test_a_term_is_left_to_a_person_where_the_new_words_stand_already(text: str) -> None:
    found = fixes(text)
    assert found.get(NEW_WORDS_THERE[text], "none") != "safe"


def test_new_words_in_another_sentence_leave_a_fix_safe() -> None:
    role = "management with executive responsibility"
    assert fixes(f"Top management signs. The report goes to {role}.") == {role: "safe"}


SAFE = [
    "Audits are planned per 820.22.",
    "Internal audits are planned per 820.22.",
    "Rejects are kept apart as 820.90 asks; CAPA has its own procedure.",
    "Calibration is done per 820.72, and training per 820.25.",
    "Design changes are approved per 820.30(i).",
    "IDE devices remain subject to 820.30.",
    "# Exceptional gauges\n\nGauges are kept as 820.72 asks.",
    rows("Section | Stored in", "820.72 | DHR"),
    rows("Section | Applicable?", "820.86 | Yes"),
    "The following sections are met:\n\n- 820.72\n- 820.86",
    "Per 820.22, audits are planned, and training is given.",
    "Internal audits follow 820.22; training has its own procedure.",
    "Gauges are kept as 820.72 asks (training: see SOP-3).",
    rows("Section | Topic | Count", "820.86 | Acceptance status | 4", "820.72 | Calibration | 2"),
    "ADD: See 820.25 for training.",
    "Trained staff follow 820.25 \u00e0 la lettre.",
]


@pytest.mark.parametrize("text", SAFE)
def test_a_citation_in_its_place_is_safe(text: str) -> None:
    found = {name: safety for name, safety in fixes(text).items() if "820" in name and "250" not in name}
    assert found
    assert set(found.values()) == {"safe"}


@pytest.mark.parametrize(
    "text", ["FDA inspects under CP 7382.845.", "See compliance program 7382.845 for PMA devices."]
)
def test_a_program_alone_is_safe(text: str) -> None:
    assert set(fixes(text).values()) == {"safe"}
