"""What is said of a regulation, a program, a role or a record itself is left to a person."""

import pytest
from linted import fixes

LEFT = [
    ("Taiwan has its own quality system regulation.", "quality system regulation"),
    ("Canada's quality system regulation is the CMDR.", "quality system regulation"),
    ("We follow every applicable quality system regulation.", "quality system regulation"),
    ("A quality system regulation exists for blood banks, too.", "quality system regulation"),
    ("Visit FDA's Quality System Regulation / Medical Device Good Manufacturing Practices website.", None),
    ("The Quality System Regulation web page of FDA lists it.", "Quality System Regulation"),
    ("The QSR does not require preventive action to be separate, 21 CFR 820.", "QSR"),
    ("The Quality System Regulation consists of 15 subparts.", "Quality System Regulation"),
    ("Findings cite the QSR section, 21 CFR 820.", "QSR"),
    ("Makers exempt from the QSR (21 CFR 820) register all the same.", "QSR"),
    ("Level 2 inspections follow CP 7382.845.", "7382.845"),
    ("The 2018 EIR was written under CP 7382.845.", "7382.845"),
    ("The term management with executive responsibility is used for the CEO.", None),
    ("Management with executive responsibility, as the regulation calls it, is the CEO.", None),
    ("The DMR should not be confused with the drawing of a lot.", "DMR"),
    ("Observation: contrary to 820.25, training records were missing.", "820.25"),
    ("The audit was not in compliance with 820.22.", "820.22"),
    ("We follow the draft guidance Computer Software Assurance for Production and Quality System Software.", None),
    ("See [820.22](https://www.ecfr.gov/current/title-21/section-820.22) for audits.", "820.22"),
]


@pytest.mark.parametrize(("text", "words"), LEFT)
def test_what_is_said_of_the_old_one_is_left(text: str, words: str | None) -> None:
    found = fixes(text)
    assert found
    assert (found[words] if words else next(iter(found.values()))) is None


SAFE = [
    "We comply with the Quality System Regulation.",
    "We comply with the FDA quality system regulation.",
    "The plant follows the quality system regulation, 21 CFR Part 820, and the rules of Canada.",
    "Compliance with the Quality System Regulation does not relieve us of other duties.",
    "Inspections follow CP 7382.845.",
    "Management with executive responsibility appoints a representative.",
    "Gauges that do not meet 820.72 are locked away.",
    "Audits are planned (820.22).",
    "See [820.22](https://intranet.example.com/audits) for audits.",
]


@pytest.mark.parametrize("text", SAFE)
def test_what_holds_for_its_successor_as_well_is_changed(text: str) -> None:
    assert "safe" in fixes(text).values()


def test_a_row_with_the_old_definition_keeps_its_term_and_its_source() -> None:
    head = "| Term | Definition | Source |\n|---|---|---|\n"
    words = "Those senior employees who have the authority to make changes to the policy"
    row = f"| Management with executive responsibility | {words} | 21 CFR 820.3(n) |\n"
    assert set(fixes(head + row).values()) == {None}
