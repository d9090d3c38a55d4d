"""Citations whose paragraphs are cited behind them by letters, which a clause would leave without their section."""

import pytest
from linted import fixes


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Receiving is done under 21 CFR 820.80(b); final acceptance under (c) and (d).", "21 CFR 820.80(b)"),
        ("Training meets 21 CFR 820.25(b), including items (1) and (2).", "21 CFR 820.25(b)"),
        ("Suppliers are judged per 21 CFR 820.50. Paragraphs (a)(1) to (a)(3) apply.", "21 CFR 820.50"),
        ("Stock is kept per 21 CFR 820.150(a), and goes out per para. (b).", "21 CFR 820.150(a)"),
        ("Records are kept (21 CFR 820.170(a)); the installer tests ((b)).", "21 CFR 820.170(a)"),
        ("Purchasing follows 21 CFR 820.50(a), ibid. (b) for the data.", "21 CFR 820.50(a)"),
        ("Stock is kept per 21 CFR 820.150(a). Subsection (b) holds for what goes out.", "21 CFR 820.150(a)"),
        ("Stock is kept per 21 CFR 820.150(a), and goes out as section (b) says.", "21 CFR 820.150(a)"),
        ("Stock is kept per 21 CFR 820.150(a), and goes out per \u00b6 (b).", "21 CFR 820.150(a)"),
        ("It is described (21 CFR 820.70(a)); monitoring is done too; (a)(2) names both.", "21 CFR 820.70(a)"),
    ],
)
def test_a_section_is_left_to_a_person_where_its_paragraphs_are_cited_by_letters(text: str, cited: str) -> None:
    assert fixes(text)[cited] is None


@pytest.mark.parametrize(
    "rest",
    [
        "; the report names (a) the date, (b) the auditor and (c) the findings.",
        " (see 806.10(b)(1) for removals).",
        "; see 21 CFR 803.3(a)(2) and (3).",
        ". Records include: (1) the plan; (2) the report.",
        " by the auditor(s) that form A(b)(1) names.",
        ".\n\nSamples are drawn under (c).",
    ],
)
def test_letters_of_other_things_leave_its_fix_safe(rest: str) -> None:
    assert fixes(f"Audits are done per 21 CFR 820.22{rest}")["21 CFR 820.22"] == "safe"


def test_letters_that_are_found_with_the_section_change_with_it() -> None:
    assert fixes("See 21 CFR 820.80(b), (c) and (d).") == {"21 CFR 820.80(b)": "safe", "(c)": "safe", "(d)": "safe"}
    assert None not in fixes("Production follows 21 CFR 820.70(a)(1), (a)(2) and (b).").values()
