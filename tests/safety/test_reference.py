"""Citations of which something is said first, which no fix changes unasked; then those that only refer."""

import pytest
from linted import fixes

SAID_OF_IT = {
    "that the CFR says it": "The CFR (820.22) requires internal audits.",
    "that it is law": "21 CFR 820.72 is a federal regulation.",
    "that it became another": "21 CFR 820.22 is now Clause 8.2.2 of ISO 13485:2016.",
    "that another took its place": "Clause 7.5.6 replaces 21 CFR 820.72.",
    "where it is found": "21 CFR 820.22 is found in part 820 between 820.20 and 820.25.",
    "that it has gone": "21 CFR 820.25(b) has been dropped from our list.",
    "its parts": "21 CFR 820.25(b) has two subparagraphs.",
    "who made it": "Congress did not write 21 CFR 820.72.",
    "its words": 'The term "acceptance status" comes from 21 CFR 820.86.',
    "its heading": 'The heading of 21 CFR 820.86 is "Acceptance status".',
    "its title": "21 CFR 820.86, entitled Acceptance status, applies.",
    "what it demands": "21 CFR 820.72 requires calibration.",
    "what it does not demand": "No audit is required by 21 CFR 820.22 for contract sterilizers.",
    "to whom alone it applies": "21 CFR 820.22 applies only to finished device manufacturers.",
    "what is held against the standard": "21 CFR 820.72 rather than ISO 13485 applies to the U.S. market.",
    "where the standard is silent": "Where ISO 13485 is silent, calibration follows 21 CFR 820.72.",
    "what a certificate covers": "The certificate covers calibration under 21 CFR 820.72.",
    "where it is published": "Calibration follows 21 CFR 820.72 (see eCFR).",
    "when it was published": "21 CFR 820.72 [61 FR 52654, Oct. 7, 1996] applies.",
    "in the CFR": "In the Code of Federal Regulations, see 21 CFR 820.72.",
    "a label of the law": "CFR reference: 21 CFR 820.72",
    "a regulation by its label": "Regulation: 21 CFR 820.72",
    "whose it is": "Gauges are calibrated per FDA 21 CFR 820.72.",
    "that it is one of several rules": "Both regulations are followed (21 CFR 820.72 and 21 CFR 803.50).",
    "what was found against it": "A violation was found of calibration under 21 CFR 820.72.",
    "that it has no like": "Comply with 820.22, which has no counterpart in ISO 13485.",
    "that it goes further": "The requirements of 820.22 go further than ISO 13485.",
    "that it is met besides": "In addition to ISO 13485, audits meet 820.22.",
    "of what it is part": "Audits are held per 820.22 of this chapter.",
    "what it is": "Follow 820.22, a short section on audits.",
    "whose it is, behind it": "Follow 820.22 (FDA).",
    "how it stands": "Gauges are calibrated per 820.72, as amended.",
    "by what was done then": "Meeting of 2024-06-20: suppliers are controlled per 820.50.",
    "what became of its definition": "Look up the definition (21 CFR 820.86).",
}
REFERS = {
    "in brackets": "Gauges are calibrated (21 CFR 820.72).",
    "in brackets behind another": "Gauges are calibrated (SOP-12; 21 CFR 820.72).",
    "behind per": "Gauges are calibrated per 21 CFR 820.72.",
    "behind its requirements": "Gauges meet the requirements of 21 CFR 820.72.",
    "in a list": "Gauges are calibrated in accordance with ISO 10012, 21 CFR 820.72.",
    "as it asks": "Gauges are calibrated as 21 CFR 820.72 requires.",
    "alone": "21 CFR 820.72",
    "with a title": "21 CFR 820.72 \u2013 Gauges",
    "with its heading": "820.40 Document controls",
    "in a list of references": "References: 21 CFR 820.72",
    "beside other rules of the house": "No gauge leaves the store without calibration (21 CFR 820.72).",
}


@pytest.mark.parametrize("text", SAID_OF_IT.values(), ids=SAID_OF_IT)
def test_what_is_said_of_a_section_is_not_said_of_a_clause_unasked(text: str) -> None:
    assert "safe" not in fixes(f"# 5 Procedure\n\n{text}\n").values()


@pytest.mark.parametrize("text", REFERS.values(), ids=REFERS)
def test_a_reference_is_changed(text: str) -> None:
    assert "safe" in fixes(f"# 5 Procedure\n\n{text}\n").values()


@pytest.mark.parametrize(
    "text",
    [
        "Training follows 820.25. 820.22 requires audits.",
        "Staff are trained (see 820.25. 820.22 is a short section).",
    ],
)
def test_what_refers_to_one_section_does_not_refer_to_that_of_the_next_sentence(text: str) -> None:
    assert fixes(text)["820.22"] == "unsafe"


@pytest.mark.parametrize("text", ["Training per 820.25(b) is enough.", "Training per 820.25(b) suffices."])
def test_how_much_is_enough_is_not_said_of_a_clause_unasked(text: str) -> None:
    assert fixes(text) == {"820.25(b)": "unsafe"}


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("The UDI is recorded", "820.198(e)(4)"),
        ("Nature and details of what happened", "820.198(e)(3)"),
        ("Date of service", "820.200(d)(1)"),
        ("Results of tests", "820.200(d)(5)"),
        ("Record retention", "820.180(a)"),
        ("Installation", "820.200"),
    ],
)
def test_a_slip_in_a_number_is_not_carried_into_the_law_of_today(said: str, cited: str) -> None:
    assert fixes(f"{said} ({cited}).").get(cited) != "safe"


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("The complainant's address is recorded", "820.198(e)(4)"),
        ("Nature and details of what happened", "820.198(e)(5)"),
        ("Date of service", "820.200(d)(3)"),
        ("Confidentiality of records", "820.180(a)"),
        ("See", "820.180(a)"),
    ],
)
def test_a_number_that_agrees_is_changed(said: str, cited: str) -> None:
    assert fixes(f"{said} ({cited}).") == {cited: "safe"}


@pytest.mark.parametrize(
    "text",
    [
        "Employees are made aware of device defects (21 CFR 820.25(b)).",
        "Adjustment limits are visibly posted (820.70(g)).",
        "Supplier audits follow 820.22.",
        "Final acceptance follows 820.80(b).",
        "Suppliers are evaluated under 820.50(b).",
        "Buildings follow 820.70(e).",
        "CP 7382.845, Attachment A, lists the sampling tables.",
        'The Quality System Regulation\'s definition of "establish" applies.',
        "The gap between the Quality System Regulation and ISO 13485:2016 is closed.",
    ],
)
def test_what_the_successor_does_not_say_is_not_said_of_it_unasked(text: str) -> None:
    assert "safe" not in fixes(f"# 5 Procedure\n\n{text}\n").values()
