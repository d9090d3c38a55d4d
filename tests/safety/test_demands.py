"""What a sentence says of how much a section demands is not written of the clause in its place."""

import pytest
from linted import fixes, found

MEASURED = [
    "Beyond what 820.25(b) requires, the effectiveness of training is evaluated.",
    "Going beyond 820.25(b), we evaluate the effectiveness of each training.",
    "In addition to the requirements of 820.25(b), the effectiveness of training is checked.",
    "Our training procedure is stricter than 21 CFR 820.25(b): effectiveness is evaluated.",
    "820.25(b) is silent on the effectiveness of training.",
    "820.25(b) only asks for documented training.",
    "820.25(b) merely requires that training is documented.",
    "Effectiveness checks of training are voluntary under 820.25(b).",
    "Effectiveness checks of training are optional (820.25(b)).",
    "The minimum under 820.25(b) is documented training; effectiveness checks are voluntary.",
    "Nothing in 820.50 obliges us to re-evaluate suppliers.",
    "820.50 nowhere mentions re-evaluation of suppliers.",
    "820.181 asks for no description of the intended use.",
    "820.72 covers no software.",
    "Neither 820.72 nor our procedure requires validation of software.",
    "Unlike 820.72, this procedure also covers the validation of measurement software.",
    "820.72 goes further than ISO 13485.",
    "820.140 is limited to handling.",
    "Compared with 820.25, our procedure asks for competence.",
    "There is no requirement in 820.30(c) for usability inputs.",
    "820.30(c) lacks usability.",
    "The sample size is a company rule that 820.30(f) does not know.",
    "820.40 leaves open how external documents are controlled.",
    "No sentence of 820.40 deals with external documents.",
    "820.50 does not require us to re-evaluate suppliers, but we do so every year.",
    "820.25 does not mention competence.",
    "We do not train beyond 820.25.",
    "Maintenance records are not required by 820.70(g), but are kept.",
]
PLAIN = [
    "Training is documented as 820.25(b) requires.",
    "Only trained staff work on the line (820.25(b)).",
    "No device is released without the tests of 820.80(d).",
    "In addition to the plan, gauges are calibrated per 820.72.",
    "Nothing leaves the site before the checks of 820.80(d) are done.",
    "Records are kept for more than three years, see 820.72.",
    "Gauges that do not meet 820.72 are locked away.",
    "Persons without training per 820.25(b) do not work on the line.",
    "Neither the plan of 820.22 nor the report is signed.",
]


@pytest.mark.parametrize("text", MEASURED)
def test_what_a_section_demands_is_not_said_of_a_clause(text: str) -> None:
    [cited] = [finding for finding in found(text) if finding.rule.startswith("cite-")]
    assert cited.fix is None
    assert "how much it demands" in cited.message


@pytest.mark.parametrize("text", PLAIN)
def test_what_a_section_is_cited_for_is(text: str) -> None:
    assert list(fixes(text).values()) == ["safe"]


@pytest.mark.parametrize(
    "text",
    [
        "It is enough for 820.25(b) that training is recorded.",
        "For 820.25(b) a record of attendance suffices.",
        "The check of effectiveness is our own addition to 820.25(b).",
    ],
)
def test_what_may_be_said_of_how_much_it_demands_is_not_safe(text: str) -> None:
    assert "safe" not in fixes(text).values()


def test_what_is_contrary_to_a_section_is_no_statement_of_its_demands() -> None:
    assert "demands" not in found("Contrary to 820.86, the status was not identified.")[0].message
