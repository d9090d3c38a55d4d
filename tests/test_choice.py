"""What the words around a citation choose of what a section became, and that nothing of it is lost."""

import pytest
from linted import found, table

from qmsr_lint.model import Finding

COMPLAINTS = "ISO 13485:2016, Clause 8.2.2, and 21 CFR 820.35(a)"
CAPA = "ISO 13485:2016, Clauses 8.5.2 and 8.5.3"
PRODUCTION = "ISO 13485:2016, Clauses 7.5.1, 6.3, 6.4, 7.5.2, 7.5.6 and 4.1.6"
ACCEPTANCE = "ISO 13485:2016, Clauses 7.4.3 and 8.2.6"
MANAGEMENT = "ISO 13485:2016, Clauses 5 and 6.1"


def cited(text: str, words: str = "") -> Finding:
    """The finding of the one citation in a text, or of that which reads as `words`."""
    [finding] = [each for each in found(text) if each.rule.startswith("cite-") and each.text.endswith(words)]
    return finding


def offered(finding: Finding) -> set[str | None]:
    return {finding.replacement, *finding.alternatives}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Corrective and/or preventive action follows 820.100.", CAPA),
        ("Corrective and preventative action: 820.100.", CAPA),
        ("Corrective & preventative actions follow 820.100.", CAPA),
        ("Correction and preventive action follow 820.100.", CAPA),
        ("Corrections, corrective actions and prevention follow 820.100.", CAPA),
        ("Corrections follow 820.100.", CAPA),
        ("Prevention of recurrence is required by 820.100.", CAPA),
        ("Preventive maintenance findings enter 820.100.", CAPA),
        ("Corrective actions and the prevention of more follow 820.100.", CAPA),
        ("Nothing is shipped without final inspection, and incoming goods are inspected per 820.80.", ACCEPTANCE),
        ("No purchased part enters unchecked, and finished devices are tested per 820.80.", ACCEPTANCE),
        ("Production and Process Controls (820.70)", PRODUCTION),
        ("Production and process control follows 820.70.", PRODUCTION),
        (table("| Section | Title |", "| 820.70 | Production and process controls |"), PRODUCTION),
        ("Our facilities comply with 820.70.", PRODUCTION),
        ("Health care products are manufactured in accordance with 820.70.", PRODUCTION),
        ("Equipment, buildings and personnel follow 820.70.", PRODUCTION),
        ("Equipment and processes are controlled per 820.70.", PRODUCTION),
        ("Nonconformity review and disposition (820.90(b))", "ISO 13485:2016, Clauses 8.3.2, 8.3.3 and 8.3.4"),
        ("Disposition of nonconforming product follows 820.90(b).", "ISO 13485:2016, Clauses 8.3.2, 8.3.3 and 8.3.4"),
        ("All processes are validated per 820.75(a).", "ISO 13485:2016, Clauses 7.5.6 and 7.5.7"),
        ("Special processes such as sealing are validated per 820.75(a).", "ISO 13485:2016, Clauses 7.5.6 and 7.5.7"),
        (
            "Records of software validation per 820.70(i) are kept under document control.",
            "ISO 13485:2016, Clauses 4.1.6, 7.5.6 and 7.6",
        ),
        ("The audit's final report cites 820.80 as a gap.", ACCEPTANCE),
        ("The form supplied by QA covers 820.80.", ACCEPTANCE),
        ("Results are presented at management review and resources are provided per 820.20.", MANAGEMENT),
        ("We comply with 820.198 and the EU MDR.", COMPLAINTS),
        ("MDR (EU) 2017/745 and 820.198 are met.", COMPLAINTS),
        ("Contamination control follows 820.70(e), product cleaning is in SOP-9.", "ISO 13485:2016, Clause 6.4.2"),
    ],
)
def test_words_that_speak_of_more_or_of_other_things_leave_the_whole(text: str, whole: str) -> None:
    finding = cited(text)
    assert finding.replacement == whole
    assert finding.fix is None or finding.fix.safety == "unsafe"


@pytest.mark.parametrize(
    ("text", "clause", "whole"),
    [
        ("Customer feedback is processed per 820.198.", "ISO 13485:2016, Clause 8.2.1", COMPLAINTS),
        ("Sterilization is validated per 820.75.", "ISO 13485:2016, Clause 7.5.7", "ISO 13485:2016, Clause 7.5.6"),
        ("Bonding and sterilization follow 820.75.", "ISO 13485:2016, Clause 7.5.7", "ISO 13485:2016, Clause 7.5.6"),
        ("Outsourced work follows 820.50.", "ISO 13485:2016, Clause 4.1.5", "ISO 13485:2016, Clause 7.4"),
    ],
)
def test_what_a_section_sends_elsewhere_is_offered_beside_its_own_clause(text: str, clause: str, whole: str) -> None:
    finding = cited(text)
    assert finding.replacement == clause
    assert whole in finding.alternatives
    assert finding.fix is None


@pytest.mark.parametrize(
    ("text", "clause", "whole"),
    [
        ("Buildings follow 820.70.", "ISO 13485:2016, Clause 6.3", PRODUCTION),
        ("Corrective actions follow 820.100.", "ISO 13485:2016, Clause 8.5.2", CAPA),
        ("Preventive actions follow 820.100.", "ISO 13485:2016, Clause 8.5.3", CAPA),
        ("Management reviews are held as 820.20 asks.", "ISO 13485:2016, Clause 5.6", MANAGEMENT),
    ],
)
def test_what_is_narrowed_offers_the_whole_as_well(text: str, clause: str, whole: str) -> None:
    finding = cited(text)
    assert (finding.replacement, finding.alternatives) == (clause, (whole,))
    assert finding.fix is not None
    assert (finding.fix.text, finding.fix.safety) == (clause, "unsafe")


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Documents and records are controlled per 820.40.", "ISO 13485:2016, Clauses 4.2.4 and 4.2.5"),
        ("Injection molding and sterilization follow 820.75.", "ISO 13485:2016, Clauses 7.5.6 and 7.5.7"),
        ("Suppliers and outsourced processes follow 820.50.", "ISO 13485:2016, Clauses 7.4 and 4.1.5"),
    ],
)
def test_two_matters_that_are_named_take_both_clauses(text: str, both: str) -> None:
    finding = cited(text)
    assert finding.replacement == both
    assert finding.fix is None


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("The quality planning of 820.20 is done each year.", "5.4.2"),
        ("Quality system procedures are listed as 820.20 asks.", "4.2.1"),
        ("Sampling plans are written as 820.250 asks.", "8.2.6"),
    ],
)
def test_a_matter_of_a_paragraph_with_clauses_of_its_own_is_offered(text: str, clauses: str) -> None:
    finding = cited(text)
    assert any(clauses in (each or "") for each in offered(finding))
    assert finding.fix is None


@pytest.mark.parametrize(
    ("text", "words", "replacement"),
    [
        ("21 CFR 864.4010 and 820.180(c) apply.", "820.180(c)", None),
        (
            "Exceptions under 21 CFR 801.30 stand in the record of 820.198(e)(7).",
            "820.198(e)(7)",
            "ISO 13485:2016, Clause 8.2.2, and 21 CFR 820.35(a)(6)",
        ),
        (
            "Investigational devices (21 CFR 812.1) follow 820.30(c).",
            "820.30(c)",
            "ISO 13485:2016, Clause 7.3.3, and 21 CFR 820.10(c)",
        ),
        (
            "Direct marking under 21 CFR 801.45 is part of design control per 820.30.",
            "820.30",
            "ISO 13485:2016, Clause 7.3, and 21 CFR 820.10(c)",
        ),
    ],
)
def test_another_section_cited_only_what_its_row_names(text: str, words: str, replacement: str | None) -> None:
    finding = cited(text, words)
    assert finding.replacement == replacement
    assert "no longer cited in" not in finding.message


@pytest.mark.parametrize("number", ["4.4(b)(1)", "4.4(b)(1)(i)"])
def test_a_call_out_of_a_combination_product_offers_the_clauses_of_the_section(number: str) -> None:
    finding = cited(f"Under 21 CFR {number}, CAPA follows 21 CFR 820.100.", "820.100")
    assert finding.rule == "cite-other-cfr"
    assert CAPA in finding.alternatives


ONE_END = "It is one end of a range: name the clauses of what lies between as well."


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Sections 820.30(b)-(d), (f) and (i) apply.", ["820.30(b)", "(d)"]),
        ("21 CFR 820.25, 820.30(b)-(d), and 820.75 apply.", ["820.30(b)", "(d)"]),
        ("See 820.198(a) to (g).", ["820.198(a)", "(g)"]),
        ("21 CFR 820.180 through 820.198 apply to records.", ["820.180", "820.198"]),
        ("The definitions of 820.3(a)-(dd) apply.", ["(dd)"]),
        ("820.30(c) and (d) apply.", []),
        ("21 CFR 820 Subparts C through O apply.", ["Subparts C", "O"]),
        ("21 CFR 820 Subparts C, G and J apply.", []),
        ("Apply 21 CFR 820 Subpart G to a line.", []),
        ("820.198(a)-(b) apply.", []),
        ("820.22-820.25 apply.", []),
    ],
)
def test_the_ends_of_a_range_say_so_and_no_others(text: str, ends: list[str]) -> None:
    told = [each for each in found(text) if each.rule.startswith("cite-")]
    assert [each.text for each in told if ONE_END in each.message] == [
        each.text for each in told if each.text.endswith(tuple(ends))
    ]
    assert len(told) >= len(ends)


@pytest.mark.parametrize(
    "text",
    [
        "A service report of an MDR-reportable event is treated as a complaint under 21 CFR 820.200.",
        "Service reports are analyzed with statistical methods per 21 CFR 820.200.",
        "The type and extent of control of suppliers is set per 21 CFR 820.50(a).",
        "Processes and process equipment are approved per 21 CFR 820.70(a).",
        "Process parameters are monitored during production per 21 CFR 820.70(a).",
        "Workmanship criteria are set per 21 CFR 820.70(a).",
        "Operators of validated processes are qualified individuals as 21 CFR 820.75 requires.",
        "Receipt from and dispatch to storage areas are authorized per 21 CFR 820.150.",
        "Equipment tolerances are stated at the machine per 21 CFR 820.70(g).",
    ],
)
def test_what_only_a_paragraph_said_is_not_changed_safely(text: str) -> None:
    finding = cited(text)
    assert finding.fix is None or finding.fix.safety == "unsafe"
    assert finding.fix is None or "check which is meant" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Document changes are recorded per 820.40.",
        "Documents are approved and the approval is recorded per 820.40.",
        "Servicing is completed and documented per 21 CFR 820.200.",
        "Equipment is maintained per 21 CFR 820.70(g).",
        "Storage areas are controlled per 21 CFR 820.150.",
        "Personnel are qualified and trained as 21 CFR 820.25 requires.",
        "The process is validated and documented per 21 CFR 820.75.",
        "Suppliers are evaluated per 21 CFR 820.50(a).",
    ],
)
def test_what_the_section_itself_said_is(text: str) -> None:
    finding = cited(text)
    assert finding.fix is not None
    assert finding.fix.safety == "safe"


def test_a_section_that_leans_on_the_end_of_a_range_is_not_changed_safely() -> None:
    first = cited("See 21 CFR 820.22 and 820.30(b)-(d).", "820.22")
    assert first.fix is not None
    assert first.fix.safety == "unsafe"
    assert "must change together" in first.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Statutory authority: see old 820.1(c), under which failure renders a device adulterated.",
            "authority is gone",
        ),
        ('"Where appropriate" is explained in 21 CFR 820.1(a)(3).', '(Meaning of "where appropriate")'),
        ('"Where appropriate" is explained in 21 CFR 820.1(a)(3).', "the text of the standard was not read"),
        ("The name of the consignee is recorded as 820.160(b)(1) asks.", "apply to implantable devices"),
        ("Standards are followed as 820.70(a)(3) asks.", "no explicit counterpart"),
        ("Direct marking under 21 CFR 801.45(e) is recorded as 820.30(j) asks.", "the amended wording was not read"),
    ],
)
def test_what_was_carried_over_in_part_or_not_read_is_said_so(text: str, said: str) -> None:
    assert said in cited(text).message


def test_a_section_of_1978_has_the_basis_of_its_rule() -> None:
    assert cited("Finished devices are inspected under 21 CFR 820.161.").basis.startswith("the 1978 GMP regulation")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan follows 21 CFR 820.75. Subpart G applies to all lines.", ["Subpart G"]),
        ("Part 820 has subparts:\n\n- Subpart J: done\n", ["Subpart J"]),
        ("The system follows 21 CFR Part 11. Subpart B applies to records.", []),
        ("Reports follow 21 CFR 803. Subpart C tells when; part 820 has no say.", []),
        ("Part 820 requires CAPA. See 21 CFR 806; Subpart C applies.", []),
        ("Subpart C of the contract applies.", []),
        ("21 CFR 820.10 applies. SOP 12 meets Subpart J (CAPA) of the regulation.", ["Subpart J"]),
        ("21 CFR 820.10 applies. The IDE regulation, Subpart C, sets duties.", []),
    ],
)
def test_a_subpart_belongs_to_the_part_that_was_named_last(text: str, expected: list[str]) -> None:
    subparts = [finding for finding in found(text) if finding.rule == "cite-subpart"]
    assert [(finding.text, finding.certainty) for finding in subparts] == [(words, "likely") for words in expected]
