"""The citation grammar: every form people write, each number as a finding of its own, and what is no citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linted import fixes, live

from qmsr_lint import citation, formats, proof, rules
from qmsr_lint.citation import Citation, find, find_subparts
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.match import fold
from qmsr_lint.successor import Tables, edit, replacement


@pytest.fixture(scope="module")
def tables() -> Tables:
    return rules.load().tables


def cited(text: str, tables: Tables) -> list[tuple[str, str]]:
    folded = fold(text)
    return [(text[slice(*folded.span(c.start, c.end))], c.designation) for c in find(folded.text, tables.known)]


@pytest.mark.parametrize(
    "text",
    [
        "The tank holds 820.30 mL.",
        "Peak at 820.30 nm",
        "cut to 820.30 mm",
        "a load of 820.30 g of resin",
        "costs $820.30 a month",
        "costs 820.30 EUR",
        "the price is € 820.30",
        "a total of 1,820.30",
        "99 Stat. 820",
        "52 Fed. Reg. 820.",
        "21 CFR 1020.30",
        "21 CFR 820",
        "21 CFR Part 820.",
        "21 CFR Part 820, which applies.",
        "host 10.820.30.1",
        "820.30.1.1",
        "Part number 820.30-A rev C",
        "drawing QSP-820.30",
        "see QP_820.30",
        "firmware version 820.30",
        "v820.30 of the driver",
        "Rev. 820.30",
        "torque = 820.30",
        "about ±820.30",
        "820.30%",
        "820.30 %",
        "open 820.30.pdf",
        "in docs/820.30.md",
        "figure 820.30",
        "Firmware 820.72 is the minimum.",
        "Serial numbers 820.100 to 820.250",
        "Project code 820.20 is closed.",
        "Part no 820.30 is stocked.",
        "see no. 820.30 of the list",
        "travel 820.25 GBP at most",
        "Ill. Adm. Code 77, 820.250 governs schools",
        "820.9912",
        "820.31 widgets",
        "3.820.30",
        "the number 820",
        "",
        # another title of the CFR
        "See 45 CFR 820.30.",
        "10 CFR 820.20",
        "40 CFR/820.30",
        "45 CFR-820.30",
        "40 C.F.R. § 820.30",
        "Title 10 CFR 820.30",
        "Title 40 of the Code of Federal Regulations, Part 820.30",
        "CFR Title 45, Part 820.30",
        "29 CFR Part 820 Section 820.22",
        "10 CFR Part 820, Section 20",
        "Section 22 of 10 CFR 820",
        "Section 820.30 of 40 CFR",
        "Section 820.30 of Title 40 of the CFR",
        "10 CFR 820.20 and 820.40",
        "49 CFR 820.20, .22 and .25",
        "10 CFR 820.20 (management), .22 (audit), 820.25 (personnel)",
        "10 CFR 820.20 through 820.25",
        "Sections 820.20 and 820.40 of 10 CFR",
        # numbers of other things
        "Room 820.22 is the calibration lab",
        "Rooms 820.22, 820.25 and 820.30 are locked.",
        "Building 820.40 houses the warehouse.",
        "Tubes of type 820.60 are tested.",
        "Asset 820.180 was calibrated.",
        "Account 820.50 is charged.",
        "Cabinet 820.22, bin 820.25 and shelf 820.30",
        "Call extension 820.30.",
        "Our procedure 820.22 applies.",
        "See SOP 820.22 and 820.25.",
        "SOP: 820.22",
        "Form No. 820.50",
        "WI 820.75",
        "Work instruction 820.75",
        "Document 820.100 describes it.",
        "820.75/each",
        "a rate of 820.22/unit",
        "billed at 820.50/hour",
        "820.30/kg",
        "drawing 12/820.30",
        "docs/820.30-notes",
        "mydoc/820.30",
        "P-820.30-A",
        "820.22-27.5",
        "820.50-65 kg",
        "803/820.30",
        # sections of a document, and other parts
        "21 CFR Part 820. Section 30 of this manual",
        "21 CFR Part 820, Section 30 of this manual",
        "21 CFR Part 820, Section 5: Responsibilities",
        "Cut to part 820, .20 inch thick",
        "Part 820: .25 mm gap",
        "Part 820: .250 thick, .75 wide",
        "Tolerance on part 820, .20 max.",
        "21 CFR Part 820, Section 7.3",
        "21 CFR 820 section 12 of this manual",
        "21 CFR Part 820 (2016)",
        "21 CFR Part 820 (30)",
        "21 CFR Part 820 (20 and 30 employees)",
        "21 CFR 820, 30 days",
        "Table 22 of Part 820",
        "Section 4 of Part 820",
        "Section 30 of ISO 820",
        "section 30 of 820",
        "820 section 30",
        "21 CFR 820 section 9",
        "820.50-30",
        "820.20-20",
        "a total of 21,820.30",
        "Invoiced: 21.820,30 and 21,820.30",
    ],
)
def test_is_no_citation(text: str, tables: Tables) -> None:
    assert cited(text, tables) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21 CFR 820.30(j)", [("21 CFR 820.30(j)", "820.30(j)")]),
        ("21 CFR Part 820.30.", [("21 CFR Part 820.30", "820.30")]),
        ("21 CFR Part 820 section 12 applies", [("21 CFR Part 820 section 12", "820.12")]),
        ("820.198e(1)(i)(A)", [("820.198e(1)(i)", "820.198(e)(1)(i)")]),
        ("§ 820.30 (j)", [("§ 820.30 (j)", "820.30(j)")]),
        ("§§ 820.30(a)–(j)", [("§§ 820.30(a)", "820.30(a)"), ("(j)", "820.30(j)")]),
        ("820.20, .22 and .25", [("820.20", "820.20"), (".22", "820.22"), (".25", "820.25")]),
        (
            "820.180,181,184,186",
            [("820.180", "820.180"), ("181", "820.181"), ("184", "820.184"), ("186", "820.186")],
        ),
        ("820.60-65", [("820.60", "820.60"), ("65", "820.65")]),
        ("820.60-65 in our plant", [("820.60", "820.60"), ("65", "820.65")]),
        ("820.20, 22 and 25 are met", [("820.20", "820.20"), ("22", "820.22"), ("25", "820.25")]),
        ("820.20 through 820.25", [("820.20", "820.20"), ("820.25", "820.25")]),
        ("820.20 up to 820.25", [("820.20", "820.20"), ("820.25", "820.25")]),
        ("820.20 up to and including .25", [("820.20", "820.20"), (".25", "820.25")]),
        ("820.198(e)(1)-(8)", [("820.198(e)(1)", "820.198(e)(1)"), ("(8)", "820.198(e)(8)")]),
        ("820.30(c), (d) and (e)", [("820.30(c)", "820.30(c)"), ("(d)", "820.30(d)"), ("(e)", "820.30(e)")]),
        ("21.CFR.820.20.b.3.i", [("21.CFR.820.20.b.3.i", "820.20(b)(3)(i)")]),
        ("820.30c", [("820.30c", "820.30(c)")]),
        ("21CRF820.181", [("21CRF820.181", "820.181")]),
        ("FDA CFR 21 Part 820.30", [("CFR 21 Part 820.30", "820.30")]),
        ("Sec. 820.25", [("Sec. 820.25", "820.25")]),
        ("QSR 820.30 (j) Design", [("820.30 (j)", "820.30(j)")]),
        ("820.75", [("820.75", "820.75")]),
        ("820.30/820.40", [("820.30", "820.30"), ("820.40", "820.40")]),
        ("820.80, .184, 250", [("820.80", "820.80"), (".184", "820.184"), ("250", "820.250")]),
        ("820.30 and 100 units", [("820.30", "820.30")]),
        ("820.20 and 30 days later", [("820.20", "820.20")]),
        ("21 C.F.R. § 820.198", [("21 C.F.R. § 820.198", "820.198")]),
        ("21\u00a0CFR\u2009§\u2009820.30(c)", [("21\u00a0CFR\u2009§\u2009820.30(c)", "820.30(c)")]),
        ("８２０.３０(j)", [("８２０.３０(j)", "820.30(j)")]),
        ("820.3(z)(1)", [("820.3(z)(1)", "820.3(z)(1)")]),
        ("820.20(b)(3)(ii)", [("820.20(b)(3)(ii)", "820.20(b)(3)(ii)")]),
        ("(see 820.20).", [("820.20", "820.20")]),
        ("Title 21 of the Code of Federal Regulations, Part 820.30",
         [("Title 21 of the Code of Federal Regulations, Part 820.30", "820.30")]),
        ("21 CFR 820.31", [("21 CFR 820.31", "820.31")]),
        # paragraphs before their section
        ("paragraph (c) of 820.180", [("paragraph (c) of 820.180", "820.180(c)")]),
        ("paragraph (j) of section 820.30", [("paragraph (j) of section 820.30", "820.30(j)")]),
        ("Paragraph j of 21 CFR § 820.30", [("Paragraph j of 21 CFR § 820.30", "820.30(j)")]),
        ("subparagraph (a)(4) of § 820.100", [("subparagraph (a)(4) of § 820.100", "820.100(a)(4)")]),
        ("Sub-section (j) in 820.30", [("Sub-section (j) in 820.30", "820.30(j)")]),
        ("the para. (j) of 820.30", [("the para. (j) of 820.30", "820.30(j)")]),
        ("(c) of § 820.180", [("(c) of § 820.180", "820.180(c)")]),
        ("item (2) of 820.70(a)", [("item (2) of 820.70(a)", "820.70(a)(2)")]),
        ("item (2) of paragraph (a) of section 820.70",
         [("item (2) of paragraph (a) of section 820.70", "820.70(a)(2)")]),
        ("paragraphs (c), (d), and (e) of 820.30",
         [("paragraphs (c)", "820.30(c)"), ("(d)", "820.30(d)"), ("(e) of 820.30", "820.30(e)")]),
        ("paragraphs (e)(6) and (7) of 820.198",
         [("paragraphs (e)(6)", "820.198(e)(6)"), ("(7) of 820.198", "820.198(e)(7)")]),
        ("paragraph (a) of 820.50 and (b) of 820.40",
         [("paragraph (a) of 820.50", "820.50(a)"), ("(b) of 820.40", "820.40(b)")]),
        ("paragraph (a) of this section and 820.22", [("820.22", "820.22")]),
        # paragraphs apart from their section
        ("820.30, (g).", [("820.30, (g)", "820.30(g)")]),
        ("820.30: (a), (b)", [("820.30: (a)", "820.30(a)"), ("(b)", "820.30(b)")]),
        ("820.30, (a) the plan is made", [("820.30", "820.30")]),
        ("820.30, paragraph (j)", [("820.30, paragraph (j)", "820.30(j)")]),
        ("820.30 paragraphs (f) and (g)", [("820.30 paragraphs (f)", "820.30(f)"), ("(g)", "820.30(g)")]),
        ("820.30, paragraph (j) of this SOP", [("820.30", "820.30")]),
        ("820.30(a-j) and .50", [("820.30(a", "820.30(a)"), ("j)", "820.30(j)"), (".50", "820.50")]),
        ("820.30(a, b & c)", [("820.30(a", "820.30(a)"), ("b", "820.30(b)"), ("c)", "820.30(c)")]),
        ("820.198(e)(1-8)", [("820.198(e)(1", "820.198(e)(1)"), ("8)", "820.198(e)(8)")]),
        ("820.184 (a thru f)", [("820.184 (a", "820.184(a)"), ("f)", "820.184(f)")]),
        ("820.30, a-j", [("820.30, a", "820.30(a)"), ("j", "820.30(j)")]),
        ("820.184 a-f.", [("820.184 a", "820.184(a)"), ("f", "820.184(f)")]),
        ("820.70a, b.", [("820.70a", "820.70(a)"), ("b", "820.70(b)")]),
        ("820.70 a, b and c apply", [("820.70 a", "820.70(a)"), ("b", "820.70(b)"), ("c", "820.70(c)")]),
        ("820.20 a), b) and c)", [("820.20 a)", "820.20(a)"), ("b)", "820.20(b)"), ("c)", "820.20(c)")]),
        ("(see 820.30j) and more", [("820.30j", "820.30(j)")]),
        ("820.22, a procedure", [("820.22", "820.22")]),
        ("21 CFR 820.22 for audits", [("21 CFR 820.22", "820.22")]),
        ("(a) 820.22, (b) 820.25", [("820.22", "820.22"), ("820.25", "820.25")]),
        # the title behind
        ("Section 820.30 of Title 21 of the Code of Federal Regulations applies",
         [("Section 820.30 of Title 21 of the Code of Federal Regulations", "820.30")]),
        ("Section 820.72 of 21 CFR.", [("Section 820.72 of 21 CFR", "820.72")]),
        ("820.30 of 21 CFR Part 820 applies", [("820.30 of 21 CFR Part 820", "820.30")]),
        ("820.22 of the Code of Federal Regulations (CFR)",
         [("820.22 of the Code of Federal Regulations (CFR)", "820.22")]),
        ("820.22, Title 21 of the CFR", [("820.22, Title 21 of the CFR", "820.22")]),
        ("820.22 and 820.25 of Part 820", [("820.22", "820.22"), ("820.25 of Part 820", "820.25")]),
        ("820.22 of 21 CFR 820.25", [("820.22", "820.22"), ("21 CFR 820.25", "820.25")]),
        ("820.22 in 21 CFR part 11", [("820.22", "820.22")]),
        # another title beside
        ("45 CFR 46, 21 CFR 820.30", [("21 CFR 820.30", "820.30")]),
        ("21 CFR 820.30 and 45 CFR 820.40", [("21 CFR 820.30", "820.30")]),
        ("10 CFR 820.20 and 21 CFR 820.22", [("21 CFR 820.22", "820.22")]),
        ("40 CFR 261.4 and 820.22", [("820.22", "820.22")]),
        ("5.4 CFR 820.30", [("CFR 820.30", "820.30")]),
        # what a section is about, in brackets
        ("21 CFR 820.20 (management), .22 (audit), .25 (personnel)",
         [("21 CFR 820.20", "820.20"), (".22", "820.22"), (".25", "820.25")]),
        ("21 CFR 820.3 (definitions), .20, .22",
         [("21 CFR 820.3", "820.3"), (".20", "820.20"), (".22", "820.22")]),
        ("820.20 (management responsibility), 22 (quality audit) and 25 (personnel)",
         [("820.20", "820.20"), ("22", "820.22"), ("25", "820.25")]),
        ("820.30(f) (verification), (j) (file)", [("820.30(f)", "820.30(f)"), ("(j)", "820.30(j)")]),
        ("820.25 (training), 30 days", [("820.25", "820.25")]),
        ("820.22 (8.2.4), .25 (6.2)", [("820.22", "820.22")]),
        # sections beside the part
        ("21 CFR part 820 section 100(a)", [("21 CFR part 820 section 100(a)", "820.100(a)")]),
        ("21 CFR Part 820 § 100", [("21 CFR Part 820 § 100", "820.100")]),
        ("21 CFR 820 §30(j)", [("21 CFR 820 §30(j)", "820.30(j)")]),
        ("21 CFR 820, section 198", [("21 CFR 820, section 198", "820.198")]),
        ("21 CFR 820 § 5", [("21 CFR 820 § 5", "820.5")]),
        ("21 CFR part 820 section 31", [("21 CFR part 820 section 31", "820.31")]),
        ("Part 820, §§ 22, 25 and 30 apply",
         [("Part 820, §§ 22", "820.22"), ("25", "820.25"), ("30", "820.30")]),
        ("21 CFR 820 (20, 22, 25)", [("21 CFR 820 (20", "820.20"), ("22", "820.22"), ("25", "820.25")]),
        ("21 CFR 820 (.30)", [("21 CFR 820 (.30", "820.30")]),
        ("21CFR820: .20, .22", [("21CFR820: .20", "820.20"), (".22", "820.22")]),
        ("sections 30, 50 and 100 of 21 CFR 820",
         [("sections 30", "820.30"), ("50", "820.50"), ("100 of 21 CFR 820", "820.100")]),
        ("Sec. 100 of Part 820", [("Sec. 100 of Part 820", "820.100")]),
        ("§ 30(j) of part 820 of Title 21", [("§ 30(j) of part 820 of Title 21", "820.30(j)")]),
        ("820.22 and 25 apply", [("820.22", "820.22"), ("25", "820.25")]),
        # words before a number that is a section's all the same
        ("per 820.22", [("820.22", "820.22")]),
        ("clause 820.22", [("820.22", "820.22")]),
        ("requirement 820.30(j)", [("820.30(j)", "820.30(j)")]),
        ("QSR 820.22", [("820.22", "820.22")]),
        ("into account 820.22", [("820.22", "820.22")]),
        ("procedure required by 820.22", [("820.22", "820.22")]),
        ("SOPs per 820.22", [("820.22", "820.22")]),
        ("SOP (820.22)", [("820.22", "820.22")]),
        ("SOP\u2029820.22", [("820.22", "820.22")]),
        ("SOP § 820.22", [("§ 820.22", "820.22")]),
        ("SOP 820.22 and 21 CFR 820.25", [("21 CFR 820.25", "820.25")]),
        ("form 820.50(a)", [("820.50(a)", "820.50(a)")]),
        ("21 CFR 820.50-30", [("21 CFR 820.50", "820.50")]),
        ("45 CFR 820.20 and 820.30(a)", [("820.30(a)", "820.30(a)")]),
        ("there is no 820.100 procedure", [("820.100", "820.100")]),
        ("section numbers 820.30", [("820.30", "820.30")]),
        ("the dress code 820.30", [("820.30", "820.30")]),
        ("test equipment 820.72", [("820.72", "820.72")]),
        # what a slash or a hyphen ties a section to
        ("820.184/DHR", [("820.184", "820.184")]),
        ("820.30-DHF review", [("820.30", "820.30")]),
        ("820.70(i)/CSA", [("820.70(i)", "820.70(i)")]),
        ("820.70(i)/Part 11", [("820.70(i)", "820.70(i)")]),
        ("820.30/ISO 13485", [("820.30", "820.30")]),
        ("820.30/Design Controls", [("820.30", "820.30")]),
        ("820.198(a)/MDR files", [("820.198(a)", "820.198(a)")]),
        ("820.100/8.5.2", [("820.100", "820.100")]),
        ("ISO 13485/820.30", [("820.30", "820.30")]),
        ("ISO 13485:2016/820.30", [("820.30", "820.30")]),
        ("CAPA/820.100", [("820.100", "820.100")]),
        ("FDA/820.22", [("820.22", "820.22")]),
        ("QSR-820.22", [("820.22", "820.22")]),
        ("Reg.820.22", [("820.22", "820.22")]),
        ("21 CFR/820.30", [("21 CFR/820.30", "820.30")]),
        ("21CFR-820.30", [("21CFR-820.30", "820.30")]),
        ("CFR21-820.198", [("CFR21-820.198", "820.198")]),
        ("21 CFR 803/820.198", [("820.198", "820.198")]),
        ("21 CFR 803.17/820.198", [("820.198", "820.198")]),
        ("CFR 21.820.30", [("CFR 21.820.30", "820.30")]),
        ("CFR Title 21,820.30", [("CFR Title 21,820.30", "820.30")]),
        ("820.30 of 21 CFR, 820.22", [("820.30 of 21 CFR", "820.30"), ("820.22", "820.22")]),
        ("21 CFR 820.20, 820.31 and .22", [("21 CFR 820.20", "820.20"), ("820.31", "820.31"), (".22", "820.22")]),
        ("paragraphs (1) and (b) of 820.198(a)", [("820.198(a)", "820.198(a)")]),
        ("820.198(a)(1 and b)", [("820.198(a)", "820.198(a)")]),
        ("820.30(a, 2)", [("820.30", "820.30")]),
        ("820.20, .030", [("820.20", "820.20")]),
        ("820.20, .31", [("820.20", "820.20")]),
        ("820.20 through .20", [("820.20", "820.20")]),
        ("820.30b, b and c", [("820.30b", "820.30(b)")]),
        ("820.20 + 820.5 = 1640.70", [("820.20", "820.20")]),
    ],
)  # fmt: skip
def test_is_a_citation(text: str, expected: list[tuple[str, str]], tables: Tables) -> None:
    assert cited(text, tables) == expected
    assert cited(f"As {text}", tables) == expected  # and behind other words


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Part 820 Subpart C", ["c"]),
        ("Subpart C of 21 CFR Part 820", ["c"]),
        ("Subparts C through O of part 820", ["c", "o"]),
        ("21 CFR Part 820, Subpart C - Design Controls", ["c"]),
        ("21 CFR part 7, Subpart C", []),
        ("21 CFR Part 801 Subpart B and 21 CFR Part 820 Subpart J", ["j"]),
        ("Subpart C", []),
        ("subpart class", []),
        ("Sub-part K of 21 CFR 820", ["k"]),
        ("Sub-parts C and J of part 820", ["c", "j"]),
        ("Subpart-C of part 820", ["c"]),
        ("Subpt. J of 21 CFR Part 820", ["j"]),
        ("21 CFR Part 820, Subpts. C-E", ["c", "e"]),
        ("10 CFR Part 820 Subpart C", []),
        ("Subpart C of 10 CFR Part 820", []),
        ("Subpt. C of part 7", []),
        ("the sub-part class of part 820", []),
        ("21 CFR 820 subpart C, subpart D and subpart E", ["c", "d", "e"]),
        ("Subpart C, and, as the sponsor was told in May, subpart J and K of part 820", ["j", "k"]),
        ("21 CFR part 820 subpart C, 21 CFR part 801 subpart D", ["c"]),
        ("820 Subpart M", ["m"]),
        ("820, Subparts C and J", ["c", "j"]),
        ("Subpart C of 820", ["c"]),
        ("Subpart M of the QSR", ["m"]),
        ("QSR Subpart M", ["m"]),
        ("Subparts C and J of FDA's Quality System Regulation", ["c", "j"]),
        ("the Quality System Regulation (Subpart G)", ["g"]),
        ("1,820 Subpart M", []),
        ("Subparts B and Subpart C of part 820", ["b", "c"]),
        ("Subpart C of 10 CFR part 820", []),
        ("the QSR and Subpart J of the agreement", []),
        ("Subpart J of the agreement and the QSR", []),
        ("Our Quality Manual, subpart C, beside 21 CFR Part 820", []),
        ("We follow 21 CFR Part 820 and the contract. Subpart O of the master contract", []),
        ("21 CFR Part 820 applies. NFPA 99 subpart D", []),
        ("21 U.S.C. chapter 9 subpart C and 21 CFR part 820", []),
        ("Subparts B and C of this quality manual, and part 820", []),
        ("our procedure, Subpart C of 21 CFR Part 820", ["c"]),
        ("our manual follows 21 CFR 820 subpart C", ["c"]),
        ("This SOP implements part 820, subpart J", ["j"]),
        ("Subparts C through O in the Code of Federal Regulations part 820", ["c", "o"]),
        ("Subpart C of the Code of Federal Regulations, Title 21, Part 820", ["c"]),
        ("This policy implements Subpart M, Records, of 21 CFR Part 820", ["m"]),
        ("Per procedure, Subpart C of the Quality System Regulation", ["c"]),
        ("The procedure meets Subpart C of the QSR", ["c"]),
        ("NEC subpart G and 21 CFR Part 820", []),
    ],
)
def test_subparts_of_part_820(text: str, letters: list[str]) -> None:
    assert [s.letter for s in find_subparts(fold(text).text) if s.part == 820] == letters


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("820.30 and others", []),
        ("820.22, a procedure, applies", []),
        ("820.22, i.e. audits", []),
        ("820.22, I audit", []),
        ("(a) 820.22, (b) our own", []),
        ("a) 820.22 b) 820.75 c) 820.100", []),
        ("820.22 and 25 days", []),
        ("820.30, (a) the plan", ["820.30"]),
        ("820.70 c.", ["820.70"]),
        ("(see 820.20 a)", ["820.20"]),
        ("820.30(a)(b)(c)", ["820.30(a)"]),
        ("820.30(a-j)", ["820.30(a)", "820.30(j)"]),
        ("21 CFR 820 (20, 22)", ["820.20", "820.22"]),
        ("820.22 and 25 for each", ["820.22"]),
        ("820.22 (8.2.4), .25 (6.2)", ["820.22"]),
        ("Paragraph (j) of the control section (820.30)", ["820.30"]),
        ("820.30(j), paragraph (b) of this SOP", ["820.30(j)"]),
        ("(a) 820.22 (b)(c)", ["820.22(b)"]),
        ("21 CFR 820 (sections 20, 22, 25)", ["820.20", "820.22", "820.25"]),
    ],
)
def test_what_may_belong_to_a_citation_and_is_not_in_its_range(text: str, loose: list[str], tables: Tables) -> None:
    assert [each.designation for each in find(fold(text).text, tables.known) if each.loose] == loose


def test_the_most_specific_row_wins(tables: Tables) -> None:
    shown = {d: replacement(s) for d in ("820.30(j)", "820.198(e)(7)") if (s := tables.verdict(d).section)}
    assert shown == {
        "820.30(j)": "ISO 13485:2016, Clause 7.3.10, and 21 CFR 820.10(c)",
        "820.198(e)(7)": "ISO 13485:2016, Clause 8.2.2, and 21 CFR 820.35(a)(6)",
    }


def test_an_edit_names_the_clause_without_the_section_that_only_applies_it(tables: Tables) -> None:
    assert edit(tables.legacy["820.30(j)"]) == "ISO 13485:2016, Clause 7.3.10"


def test_a_paragraph_that_never_existed_has_a_nearest_real_one(tables: Tables) -> None:
    assert [(tables.verdict(d).outcome, tables.verdict(d).nearest) for d in ("820.30(z)", "820.31", "820.70(2)")] == [
        ("unknown", "820.30"),
        ("unknown", "820.30"),
        ("unknown", "820.70"),
    ]


def test_a_paragraph_of_what_is_live_or_was_never_in_force_has_no_other_in_its_place(tables: Tables) -> None:
    for designation, nearest in {"820.1(d)(3)": "820.1(d)", "820.15(a)": "820.3(b)", "820.35(z)": "820.35"}.items():
        assert tables.verdict(designation) == ("unknown", None, nearest)


def test_of_two_sections_equally_near_the_lower_one_is_the_nearest(tables: Tables) -> None:
    assert {d: tables.nearest(d) for d in ("820.6", "820.21", "820.32")} == {
        "820.6": "820.5",
        "820.21": "820.20",
        "820.32": "820.30",
    }


def test_a_section_of_today_may_be_the_nearest(tables: Tables) -> None:
    assert {d: tables.nearest(d) for d in ("820.11", "820.34")} == {"820.11": "820.10", "820.34": "820.35"}


def test_live_designations_are_live(tables: Tables) -> None:
    assert len(tables.current) == 56
    assert {tables.verdict(d).outcome for d in tables.current} <= {"live", "collision"}


WORDS = (
    "820.30 820.22 820.198 820. 820 .22 .181 22 (j) 21.CFR 21 CFR 10 § §§ Subpart C (a) (1) , and or to - – ; / mm $ ("
    " ) . paragraph section sections of the part Title a b (audit) SOP"
)
PIECES = st.sampled_from(WORDS.split())
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\u00a0", "\u2029"])), max_size=14).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)
KNOWN = rules.load().tables.known


def written(text: str, found: Citation) -> str:
    return text[found.core : found.end]


@given(TEXTS)
def test_citations_follow_each_other_and_name_what_stands_there(text: str) -> None:
    folded = fold(text).text
    last = 0
    for found in find(folded, KNOWN):
        assert last <= found.start <= found.core < found.end <= len(folded)
        last = found.end
        section = found.designation.partition("(")[0].removeprefix("820.")
        if written(folded, found)[0].isdigit() and found.core + 1 < found.end:  # no further paragraph of a section
            assert section in written(folded, found)


@given(TEXTS)
def test_other_paragraphs_change_no_citation(text: str) -> None:
    alone = fold(text).text
    before = fold("Another paragraph.\u2029").text
    moved = [(each.start - len(before), each.designation) for each in find(before + alone + "\u2029Others.", KNOWN)]
    assert moved == [(each.start, each.designation) for each in find(alone, KNOWN)]


BEHIND = "and |or |to |(|)|a|b|i|(a)|.|,|;|/|-|&| |paragraph |section |items |clause |the |requires |60 |are |820|.30"
BEHIND += "|or|and|.40|of |in |under |from |21 |cfr |title |part |45 |fda |through "


@given(st.lists(st.sampled_from(BEHIND.split("|")), max_size=7).map("".join))
def test_a_glance_misses_nothing(behind: str) -> None:
    if behind[:1] not in citation._STOP and citation._UNREAD_BELOW.match(behind):
        assert citation._may_go_on(behind)
    if citation._TITLE_BEHIND.match(behind):
        assert behind.startswith(citation._OF_TITLE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("820.20 (Management responsibility) + 820.5 (QMS)", ["820.20", "820.5"]),
        ("820.20+820.5", ["820.20", "820.5"]),
        ("820.22 (Audits) & 820.25 (Personnel)", ["820.22", "820.25"]),
        ("820.22 (Audits) plus 820.25", ["820.22", "820.25"]),
        ("21 CFR 820.30(a) plus (j)", ["820.30(a)", "820.30(j)"]),
        ("21 CFR 820.20 plus 22", ["820.20", "820.22"]),
        ("820.20 + 820.22 + 820.25", ["820.20", "820.22", "820.25"]),
        ("1 + 820.5", []),
        ("a total of A + 820.5", []),
        ("820.20 + 820.5 = 1640.7", ["820.20"]),
        ("21 CFR 820.30 plus 40 hours", ["820.30"]),
        ("21 CFR 820.20 plus 25 persons", ["820.20"]),
        ("\u6839\u636e820.30\u6761", ["820.30"]),
        ("820.30-\u8bbe\u8ba1", ["820.30"]),
        ("820.30-\u00e9t\u00e9", []),
        ("\u00e9820.30", []),
    ],
)
def test_signs_and_letters_beside_a_citation(text: str, expected: list[str], tables: Tables) -> None:
    assert [designation for _, designation in cited(text, tables)] == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('DOE rules: 10 CFR Part 820, "Procedural Rules for DOE Nuclear Activities", \u00a7 820.30 Conclusion.', []),
        ("45 CFR 820 and 21 CFR 820.30 differ.", ["21 CFR 820.30"]),
        ("10 CFR Part 820 is nuclear, FDA's \u00a7 820.30 is on design.", ["\u00a7 820.30"]),
        ("Fla. Stat. \u00a7 820.30 does not apply to the lease.", []),
        ("Ill. Adm. Code tit. 77, \u00a7 820.200 governs schools.", []),
        ("The dress code of \u00a7 820.70(e) is kept.", ["\u00a7 820.70(e)"]),
    ],
)
def test_the_laws_of_others(text: str, found: list[str]) -> None:
    document = formats.read(text.encode(), "a.md", DEFAULT)
    assert [
        finding.text for finding in proof.live(lint(document, rules.load())) if finding.rule.startswith("cite")
    ] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Title 10: Energy\n\nPart 820 - Procedural Rules\n\n\u00a7 820.20 Purpose.\n\nSubpart C - Orders",
            [],
        ),
        ("# 10 CFR Part 820\n\nSubpart C - Compliance Orders\n\n\u00a7 820.40 Purpose and scope.", []),
        ("Title 21: Food\n\nPart 820 - Quality\n\n\u00a7 820.20 Management.", ["\u00a7 820.20"]),
        (
            "Title 10: Energy\n\nPart 820\n\nOur audits follow 21 CFR 820.22 and \u00a7 820.20.",
            ["21 CFR 820.22", "\u00a7 820.20"],
        ),
        ("Title 10: Energy\n\nPart 820\n\nOur medical devices are designed by \u00a7 820.30.", ["\u00a7 820.30"]),
        ("Job title 3\n\nPart 820\n\nAudits follow \u00a7 820.22.", ["\u00a7 820.22"]),
        ("Title 10: Energy\n\nPart 708\n\nAudits follow \u00a7 820.22.", ["\u00a7 820.22"]),
    ],
)
def test_a_document_of_another_title(text: str, found: list[str]) -> None:
    document = formats.read(text.encode(), "a.md", DEFAULT)
    assert [
        finding.text for finding in proof.live(lint(document, rules.load())) if finding.rule.startswith("cite")
    ] == found


def test_a_list_is_as_sure_as_its_first_citation(tables: Tables) -> None:
    for text, prefixed in (("21 CFR 820.20, 820.22 and .25", True), ("820.20, 820.22 and .25", False)):
        assert {each.prefixed for each in find(fold(text).text, tables.known)} == {prefixed}


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("Audits follow 820.22.", {"820.22": "safe"}),
        ("Audits to people follow 820.22 to 820.25.", {"820.22": "unsafe", "820.25": "unsafe"}),
        ("The part 820.90 applies.", {"part 820.90": "unsafe"}),
        ("The parts 820.90 are kept.", {"parts 820.90": "unsafe"}),
        ("820.30(j) keeps files of class III devices.", {"820.30(j)": "unsafe"}),
        ("It is filed as 21.CFR.820.30.i", {"21.CFR.820.30.i": "unsafe"}),
        ("Values: 820.20, 812.55, 798.10. Nobody cites a law.", {}),
        (
            "Values: 820.22, 812.55, 798.10. Training follows 21 CFR 820.25.",
            {"820.22": "unsafe", "21 CFR 820.25": "safe"},
        ),
        ("Exempt devices follow 820.180 and 820.198(a).", {"820.180": "unsafe", "820.198(a)": "unsafe"}),
        ("Exempt devices follow 820.180 and 820.198.", {"820.180": None, "820.198": None}),
        ("See 820.3(b).", {}),
    ],
)
def test_what_is_offered_for_a_citation_is_trusted_where_nothing_beside_it_speaks_against_it(
    text: str, safety: dict[str, str | None]
) -> None:
    assert {found: each for found, each in fixes(text).items() if "820" in found} == safety


def test_the_devices_a_section_applies_to_may_be_named_behind_a_semicolon() -> None:
    """820.10(c) says which devices design controls apply to, and Clause 7.3 does not."""
    rest = ("the rest does not apply to IDE devices", "the rest is painted")
    found = [live(f"The product is built under 820.30; {words}.")[0] for words in rest]
    assert [each.fix and each.fix.text for each in found] == [
        "ISO 13485:2016, Clause 7.3, and 21 CFR 820.10(c)",
        "ISO 13485:2016, Clause 7.3",
    ]


def test_words_of_a_quoted_sentence_with_the_citation_in_it_choose_its_clause() -> None:
    first, second = live('The "records of 820.50 suppliers and their approval" say 820.50 distribution.')
    assert first.replacement == second.replacement == "ISO 13485:2016, Clause 7.4"
    assert first.alternatives == second.alternatives == ()
