"""What fixes become in their sentence."""

import re

import pytest
from docxmaker import docx, p

from qmsr_lint import formats, rules, wording
from qmsr_lint.edits import Planned, changed, plan
from qmsr_lint.formats.markdown import read
from qmsr_lint.lexicon import plural
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.model import Document
from qmsr_lint.rules import RuleSet
from qmsr_lint.wording import singular


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load()


def planned(text: str, ruleset: RuleSet, *, unsafe: bool = True) -> tuple[Document, list[Planned]]:
    document = read(text.encode(), "a.md", DEFAULT)
    return document, plan(document, lint(document, ruleset), ruleset, unsafe=unsafe)


def fixed(text: str, ruleset: RuleSet) -> str:
    document, edits = planned(text, ruleset)
    return changed(document.text, sorted(change for each in edits for change in each.edit.changes))


STAYS = [
    "We have been ISO 13485:2003 certified since 2008.",
    "The medical device file is kept.",
    "Appendix A lists an internal audit and a design and development file.",
    "See ISO 13485:2016, Clause 7.3.10 and 21 CFR 820.35.",
    "The inspector wrote:\n\n> The design history file stands in a quotation.",
    "`DHF` and https://example.com/DHF stay.",
]


GLOSSARIES = [
    (
        "DHF | Design History File (21 CFR 820.3(e))",
        "DDF | Design and Development File (ISO 13485:2016, Clause 7.3.10)",
    ),
    ("DMR | Device Master Record: how the device is made", "MDF | Medical Device File: how the device is made"),
    ("DMR | Device Master Record", "MDF | Medical Device File"),
    ("DHR | Device History Record, of each lot", "DHR | Device History Record, of each lot"),
    ("DMR | Device Master Record Index", "Medical device file | Medical Device File Index"),
]


@pytest.mark.parametrize(("row", "expected"), GLOSSARIES)
def test_a_row_of_a_glossary_changes_whole(row: str, expected: str, ruleset: RuleSet) -> None:
    text = fixed(f"| Short | Long |\n|---|---|\n| {row} |\n", ruleset)
    assert " | ".join(re.split("[\u2028\u2029]", text)[-2:]) == expected


def test_an_entry_that_stays_says_that_its_uses_do_not(ruleset: RuleSet) -> None:
    text = "| Short | Long |\n|---|---|\n| DHR | Device History Record |\n\nThe DHR is kept."
    document, edits = planned(text, ruleset)
    assert changed(document.text, sorted(change for each in edits for change in each.edit.changes)).endswith(
        "The medical device or batch record is kept."
    )
    stays = [each for each in edits if not each.edit.changes]
    assert len(stays) == 2
    assert all("is written out elsewhere" in each.reason and each.reason in each.edit.comment for each in stays)


@pytest.mark.parametrize("text", STAYS)
def test_what_is_not_to_be_edited_stays(text: str, ruleset: RuleSet) -> None:
    _, edits = planned(text, ruleset)
    assert not any(each.edit.changes for each in edits)


SENTENCES = {
    # case
    "THE DESIGN HISTORY FILE IS KEPT.": "THE DESIGN AND DEVELOPMENT FILE IS KEPT.",
    "The Design History File is kept.": "The Design and Development File is kept.",
    "The design history file is kept.": "The design and development file is kept.",
    # number and possession
    "The DHFs are kept.": "The design and development files are kept.",
    "The DHF\u2019s index is kept.": "The design and development file\u2019s index is kept.",
    "The design history files' index is kept.": "The design and development files' index is kept.",
    # articles
    "Each year a quality audit is done.": "Each year an internal audit is done.",
    "A quality audit is done.": "An internal audit is done.",
    "Plan an DMR review.": "Plan a medical device file review.",
    "A DESIGN HISTORY FILE IS KEPT.": "A DESIGN AND DEVELOPMENT FILE IS KEPT.",
    "A QUALITY AUDIT IS DONE.": "AN INTERNAL AUDIT IS DONE.",
    "See Appendix A DHF template.": "See Appendix A design and development file template.",
    # abbreviations
    "The Design History File (DHF) is kept. A DHF and the DHFs are kept.":
        "The Design and Development File (DDF) is kept. A DDF and the DDFs are kept.",
    "The DHF (design history file) is kept.": "The DDF (design and development file) is kept.",
    "The Device Master Record (\u201cDMR\u201d) and a DMR are kept.":
        "The Medical Device File (\u201cMDF\u201d) and an MDF are kept.",
    "Keep the Device History Record (DHR). The DHR is kept.":
        "Keep the Medical Device or Batch Record. The medical device or batch record is kept.",
    "DHF: Design History File": "DDF: Design and Development File",
    "DHR: Device History Record": "DHR: Device History Record",
    "The quality audit (QA) is done.": "The quality audit (QA) is done.",
    "A DHR build record is signed.": "A DHR build record is signed.",
    "A DHR\nbuild record is signed.": "A DHR\nbuild record is signed.",
    "The DHR index is a record.": "The medical device or batch record index is a record.",
    "Each DHR contains records.": "Each medical device or batch record contains records.",
    # nothing twice
    "The device master record or DMR is kept.": "The medical device file is kept.",
    "The medical device file (DMR) is kept.": "The medical device file is kept.",
    "Management with executive responsibility (top management) decides.": "Top management decides.",
    "Management with executive responsibility (i.e., top management) decides.": "Top management decides.",
    "Management with executive responsibility (the owners) decides.": "Top management (the owners) decides.",
    "The DMR (medical device file, Annex 2) is kept.":
        "The medical device file (medical device file, Annex 2) is kept.",
    "The medical device master record is kept.": "The medical device file is kept.",
    "The DHF file is kept.": "The design and development file is kept.",
    "The DHR records are kept.": "The medical device or batch records are kept.",
    "Top management and management with executive responsibility decide.": "Top management decide.",
    "The device master record (DMR) is kept. The DMR file and all DMR files are kept.":
        "The medical device file (MDF) is kept. The MDF and all MDFs are kept.",
    "The \u201cDesign History File\u201d or \u201cDHF\u201d is kept.":
        "The \u201cDesign and Development File\u201d or \u201cDDF\u201d is kept.",
    "The design history file (hereinafter \u201cDHF\u201d) is kept. The DHF is kept.":
        "The design and development file (hereinafter \u201cDDF\u201d) is kept. The DDF is kept.",
    "An MWER decides.": "Top management decides.",
    # capitals
    "The EDHR is kept by the plant.": "The electronic medical device or batch record is kept by the plant.",
    "EDHR for each lot of the plant": "Electronic medical device or batch record for each lot of the plant",
    "THE EDHR OF EVERY BATCH IS KEPT.":
        "THE ELECTRONIC MEDICAL DEVICE OR BATCH RECORD OF EVERY BATCH IS KEPT.",
    "Phase 2 DHF Index (this part)": "Phase 2 Design and Development File Index (this part)",
    "Phase 2 DHF index (This Part)": "Phase 2 design and development file index (This Part)",
    "DHF; DMR; Checked product": "Design and development file; Medical device file; Checked product",
    "DHF; DMR; checked product": "Design and development file; medical device file; checked product",
    "It holds plans; DMR; Checks of product": "It holds plans; Medical device file; Checks of product",
    "The plan is kept; DMR pages are signed": "The plan is kept; medical device file pages are signed",
    # the end of a sentence
    "It is in the D.M.R. The next is the D.M.R. of it.":
        "It is in the medical device file. The next is the medical device file of it.",
    # citations
    "See 21 CFR 820.30(j).": "See ISO 13485:2016, Clause 7.3.10.",
    "See 21 CFR \u00a7 820.22 and \u00a7820.25.": "See ISO 13485:2016, Clauses 8.2.4 and 6.2.",
    "See 21 CFR 820.22, 820.25 or 820.30(j).": "See ISO 13485:2016, Clauses 8.2.4, 6.2 or 7.3.10.",
    "See 21 CFR 820.22 and 820.35.": "See ISO 13485:2016, Clause 8.2.4 and 21 CFR 820.35.",
    "See 21 CFR 820.20, .22 and .35.": "See ISO 13485:2016, Clauses 5, 6.1 and 8.2.4, and 21 CFR 820.35.",
    "See 21 CFR 820.35 and 820.22.": "See 21 CFR 820.35 and ISO 13485:2016, Clause 8.2.4.",
    "See 21 CFR Part 820, Section 820.30(j).": "See ISO 13485:2016, Clause 7.3.10.",
    "See 21 CFR Part 820 and 820.30(j).": "See 21 CFR Part 820 and ISO 13485:2016, Clause 7.3.10.",
    "See 21 CFR 820.20 through 820.25.": "See 21 CFR 820.20 through 820.25.",
    "See 21 CFR 820.72 up to 820.90.": "See 21 CFR 820.72 up to 820.90.",
    "See 21 CFR 820.72 through and including 820.90.": "See 21 CFR 820.72 through and including 820.90.",
    "See 21 CFR 820.20 et seq.": "See 21 CFR 820.20 et seq.",
    "Sections 820.30(j), 820.181 and 820.184 apply.":
        "ISO 13485:2016, Clauses 7.3.10, 4.2.3 and 7.5.1, and 21 CFR 820.35(c) apply.",
    "As Section 820.22 of the QSR requires.": "As ISO 13485:2016, Clause 8.2.4 requires.",
    "As 820.22 of the Quality System Regulation requires.": "As ISO 13485:2016, Clause 8.2.4 requires.",
    "As Section 820.22 of the QSMR requires.": "As ISO 13485:2016, Clause 8.2.4 requires.",
    "As 820.22 of the QMS Regulation requires.": "As ISO 13485:2016, Clause 8.2.4 requires.",
    "As 820.22 of the device GMP regulation requires.": "As ISO 13485:2016, Clause 8.2.4 requires.",
    "Audits follow 21 CFR 820.22 (QSR).": "Audits follow ISO 13485:2016, Clause 8.2.4.",
    "Audits follow 21 CFR 820.22 (the QMSR) here.": "Audits follow ISO 13485:2016, Clause 8.2.4 here.",
    "Audits follow 21 CFR 820.22 (FDA's QSMR).": "Audits follow ISO 13485:2016, Clause 8.2.4.",
    "Audits follow 21 CFR 820.22 (QMSR audits).": "Audits follow ISO 13485:2016, Clause 8.2.4 (QMSR audits).",
    "As QSR 820.22 requires.": "As ISO 13485:2016, Clause 8.2.4 requires.",
    "As 820.22 QSR 820.30(j) requires.":
        "As ISO 13485:2016, Clause 8.2.4 ISO 13485:2016, Clause 7.3.10 requires.",
    "As FDA's Quality System Regulation, Section 820.22, requires.": "As ISO 13485:2016, Clause 8.2.4, requires.",
    "As Section 820.22 of 21 CFR Part 820 requires.": "As ISO 13485:2016, Clause 8.2.4 requires.",
    "As 820.22 of the Quality System Regulation (QSR) requires. The QSR applies.":
        "As 820.22 of the Quality Management System Regulation (QMSR) requires. The QMSR applies.",
    "As QMSR \u00a7820.22 requires.": "As ISO 13485:2016, Clause 8.2.4 requires.",
    "Use the terms of the FDA QMSR 21 CFR 820.22 (and ISO 14971).":
        "Use the terms of ISO 13485:2016, Clause 8.2.4 (and ISO 14971).",
    "Audit by the Quality Management System Regulation Section 820.22.": "Audit by ISO 13485:2016, Clause 8.2.4.",
    "Audits by cGMP 820.22 are planned.": "Audits by ISO 13485:2016, Clause 8.2.4 are planned.",
    "Under the QMSR, 820.22 is gone over.": "Under the QMSR, ISO 13485:2016, Clause 8.2.4 is gone over.",
    "Audit by the QSR's \u00a7820.22.": "Audit by the QSR's \u00a7820.22.",
    "Audit by the Quality System Regulation\u2019s 820.22.": "Audit by the Quality System Regulation\u2019s 820.22.",
    "Audit by Title 21, Code of Federal Regulations, Section 820.22.": "Audit by ISO 13485:2016, Clause 8.2.4.",
    "Audit by Title 21 of the U.S. Code of Federal Regulations (CFR), 820.22.":
        "Audit by ISO 13485:2016, Clause 8.2.4.",
    "Audit by the QMSR's \u00a7820.22.": "Audit by the QMSR's \u00a7820.22.",
    "The Quality Management System Regulation (QMSR) \u00a7820.22 asks it.":
        "The Quality Management System Regulation (QMSR) \u00a7820.22 asks it.",
    "The FDA regulation 21 CFR 820.22 requires it.": "ISO 13485:2016, Clause 8.2.4 requires it.",
    "FDA 21 CFR 820.22 and U.S. 21 CFR 820.22.": "ISO 13485:2016, Clause 8.2.4.",
    "Reviews the DHF": "Reviews the design and development file",
    "# Updating the DMR": "Updating the medical device file",
    "# DMR Index": "Medical Device File Index",
    "# Keeping of the DMR Index": "Keeping of the Medical Device File Index",
    # what was said on two lines, or twice, is said twice afterwards
    "Approval: management with executive responsibility\\\nManagement with executive responsibility signs too.":
        "Approval: top management\nTop management signs too.",
    "Reviewed per the QSR\\\nQSR training complete.": "Reviewed per the QMSR\nQMSR training complete.",
    "We keep the device master record or\nDMR here.": "We keep the medical device file here.",
    "Topics: the DMR, DMR audits.": "Topics: the medical device file, medical device file audits.",
    "DMR / DMR": "Medical device file / medical device file",
    "DMR\\\nDevice master record review": "Medical device file\nMedical device file review",
    "Code of Federal Regulations, Title 21, Part 820.22": "ISO 13485:2016, Clause 8.2.4",
    "See Clause 820.22.": "See ISO 13485:2016, Clause 8.2.4.",
    "The 21 CFR 820.22 requirement": "The ISO 13485:2016, Clause 8.2.4 requirement",
    "Audits (ISO 13485 8.2.4; 21 CFR 820.22) are done.": "Audits (ISO 13485 8.2.4) are done.",
    "Audits (21 CFR 820.22, ISO 13485:2016, Clause 8.2.4) are done.":
        "Audits (ISO 13485:2016, Clause 8.2.4) are done.",
    "Per ISO 13485 clause 8.2.4 & 21 CFR 820.22.": "Per ISO 13485 clause 8.2.4.",
    "21 CFR 820.22 (ISO 13485:2016, 8.2.4)": "ISO 13485:2016, Clause 8.2.4",
    "ISO 13485:2016 8.2.4 [21 CFR 820.22]": "ISO 13485:2016 8.2.4",
    "See 21 CFR 820.22, ISO 13485:2016, Clauses 8.2.4 and 8.2.5.":
        "See 21 CFR 820.22, ISO 13485:2016, Clauses 8.2.4 and 8.2.5.",
    "ISO 13485:2016, Clause 8.2.4 and 21 CFR 820.22 apply.": "ISO 13485:2016, Clause 8.2.4 and 21 CFR 820.22 apply.",
    "For risks see 21 CFR 820.30(g), (h) & (i).": "For risks see 21 CFR 820.30(g), (h) & (i).",
    "For risks see 21 CFR 820.30(g) and (h).": "For risks see 21 CFR 820.30(g) and (h).",
    "See 21 CFR 820.30(g) and (h).": "See ISO 13485:2016, Clauses 7.3.7 and 7.3.8.",
    "See 21 CFR 820.75.": "See ISO 13485:2016, Clause 7.5.6.",
    "See the file (of the plant).\n21 CFR 820.22 asks for it.":
        "See the file (of the plant).\nISO 13485:2016, Clause 8.2.4 asks for it.",
    "The device history records (DHR\u2019s) are kept. The DHR\u2019s are filed.":
        "The medical device or batch records are kept. The medical device or batch records are filed.",
    "The DHR's and DMR's contents are reviewed.":
        "The medical device or batch record's and medical device file's contents are reviewed.",
    "EN ISO 13485:2012 is a harmonised standard.": "EN ISO 13485:2012 is a harmonised standard.",
    "The DHR's index is kept.": "The medical device or batch record's index is kept.",
    "FDA inspections follow QSIT: Management Controls, Design Controls, CAPA.":
        "FDA inspections follow QSIT: Management Controls, Design Controls, CAPA.",
    "EN ISO 13485:2012 is applied for the MDD.": "EN ISO 13485:2012 is applied for the MDD.",
    # the same clause elsewhere in the sentence
    "By ISO 13485:2016 (Sec 8.2.4), the plan of the site, and 21 CFR 820.22.":
        "By ISO 13485:2016 (Sec 8.2.4), the plan of the site, and 21 CFR 820.22.",
    "By ISO 13485:2016 \u00a78.5.2\u2013\u00a78.5.3 and 21 CFR 820.100.":
        "By ISO 13485:2016 \u00a78.5.2\u2013\u00a78.5.3 and 21 CFR 820.100.",
    "By ISO 13485:2016 \u00a77.4.1 and 21 CFR 820.50, suppliers are chosen.":
        "By ISO 13485:2016 \u00a77.4.1 and 21 CFR 820.50, suppliers are chosen.",
    "Gauges: ISO 13485 \u00a77.6, ISO 9001 \u00a77.1.5.2, 21 CFR 820.72":
        "Gauges: ISO 13485 \u00a77.6, ISO 9001 \u00a77.1.5.2, 21 CFR 820.72",
    "Compare 21 CFR Part 820/ISO 13485 \u00a77.6/820.72.": "Compare 21 CFR Part 820/ISO 13485 \u00a77.6/820.72.",
    "By 21 CFR 820.22, ISO 14971 and Clause 8.2.4 of ISO 13485.":
        "By 21 CFR 820.22, ISO 14971 and Clause 8.2.4 of ISO 13485.",
    "By ISO 13485 \u00a78.2.4. The rest is by 21 CFR 820.22.":
        "By ISO 13485 \u00a78.2.4. The rest is by ISO 13485:2016, Clause 8.2.4.",
    "By ISO 13485 \u00a78.2.5, the plan, and 21 CFR 820.22.":
        "By ISO 13485 \u00a78.2.5, the plan, and ISO 13485:2016, Clause 8.2.4.",
    "By ISO 13485 \u00a77.3, the plan, and 21 CFR 820.30(j).":
        "By ISO 13485 \u00a77.3, the plan, and ISO 13485:2016, Clause 7.3.10.",
    "By ISO 13485 and, of ISO 9001, \u00a78.2.4, see 21 CFR 820.22.":
        "By ISO 13485 and, of ISO 9001, \u00a78.2.4, see ISO 13485:2016, Clause 8.2.4.",
    # lists that must change together
    "By 21 CFR 820.60, 820.65 each lot is known.":
        "By ISO 13485:2016, Clauses 7.5.8 and 7.5.9, and 21 CFR 820.10(b)(1), 820.10(b)(2), 820.10(d) and 820.35(c)"
        " each lot is known.",
    "Checks of parts (820.80, 820.22)": "Checks of parts (820.80, 820.22)",
    "Checks of parts: 820.22, 820.80": "Checks of parts: 820.22, 820.80",
    "Checks of parts: 21 CFR 820.80, 820.22": "Checks of parts: 21 CFR 820.80, 820.22",
    "Checks of parts: 820.80 (all); 820.22 (audits)":
        "Checks of parts: 820.80 (all); ISO 13485:2016, Clause 8.2.4 (audits)",
    "Checks of parts: 21 CFR 820.80, 21 CFR 820.22":
        "Checks of parts: 21 CFR 820.80, ISO 13485:2016, Clause 8.2.4",
    "Checks of parts: 820.22 and 820.35": "Checks of parts: ISO 13485:2016, Clause 8.2.4 and 21 CFR 820.35",
    "Checks of parts: 820.22, 820.25": "Checks of parts: ISO 13485:2016, Clauses 8.2.4 and 6.2",
    # paragraphs before their section
    "Paragraph (c) of 820.180 exempts internal audits.": "Paragraph (c) of 820.180 exempts internal audits.",
    "Paragraph (j) of section 820.30 requires it.": "ISO 13485:2016, Clause 7.3.10 requires it.",
    "As paragraph (j) of 820.30 of 21 CFR Part 820 requires.": "As ISO 13485:2016, Clause 7.3.10 requires.",
    "As the paragraph (j) of 820.30 of the QSR requires.": "As ISO 13485:2016, Clause 7.3.10 requires.",
    "Paragraphs (c), (d) and (e) of 21 CFR 820.30 apply.": "ISO 13485:2016, Clauses 7.3.3, 7.3.4 and 7.3.5 apply.",
    "On risks, paragraphs (f), (g) and (j) of 820.30 apply.": "On risks, paragraphs (f), (g) and (j) of 820.30 apply.",
    "Paragraphs (c) through (e) of 820.30 apply.": "Paragraphs (c) through (e) of 820.30 apply.",
    "Paragraph (j) of the control section (820.30) applies.":
        "Paragraph (j) of the control section (820.30) applies.",
    # paragraphs apart from their section
    "See 820.30, (j).": "See ISO 13485:2016, Clause 7.3.10.",
    "See 820.30, paragraph (j).": "See ISO 13485:2016, Clause 7.3.10.",
    "See 820.30, paragraphs (c) and (d).": "See ISO 13485:2016, Clauses 7.3.3 and 7.3.4.",
    "See 820.70 a, c and g.": "See ISO 13485:2016, Clauses 7.5.1, 6.4.1 and 6.3.",
    "See 820.70a, c.": "See ISO 13485:2016, Clauses 7.5.1 and 6.4.1.",
    "See 820.30(a-j) and .22.": "See 820.30(a-j) and .22.",
    "See 820.22, .30(a, b) and .25.": "See 820.22, .30(a, b) and .25.",
    "See 820.30(a)-(j).": "See 820.30(a)-(j).",
    "See 820.30, a-j.": "See 820.30, a-j.",
    "See 21 CFR 820.70 c.": "See 21 CFR 820.70 c.",
    "See (820.30 j).": "See (820.30 j).",
    "Per 820.30, (a) plans are made.": "Per 820.30, (a) plans are made.",
    "As in 820.22, a procedure is kept.": "As in ISO 13485:2016, Clause 8.2.4, a procedure is kept.",
    # the title behind
    "Section 820.30 of Title 21 of the Code of Federal Regulations applies.": "ISO 13485:2016, Clause 7.3 applies.",
    "820.30(c) Design Input / 820.30(e) Design Review":
        "ISO 13485:2016, Clause 7.3.3 Design and Development Inputs / ISO 13485:2016, Clause 7.3.5 Design and"
        " Development Review",
    "We follow Section 820.72 of 21 CFR.": "We follow ISO 13485:2016, Clause 7.6.",
    "We follow 820.72 of 21 C.F.R. It applies.": "We follow ISO 13485:2016, Clause 7.6. It applies.",
    "820.30 of 21 CFR Part 820 applies.": "ISO 13485:2016, Clause 7.3 applies.",
    "Sections 820.22 and 820.25 of Title 21 CFR apply.": "ISO 13485:2016, Clauses 8.2.4 and 6.2 apply.",
    "Sections 820.22 and 820.35 of 21 CFR apply.": "ISO 13485:2016, Clause 8.2.4 and 820.35 of 21 CFR apply.",
    "See 45 CFR 820.30.": "See 45 CFR 820.30.",
    # what a section is about stays
    "See 21 CFR 820.22 (audit), .25 (people), .80 (papers).":
        "See ISO 13485:2016, Clause 8.2.4 (audit), ISO 13485:2016, Clause 6.2 (people), 21 CFR 820.80 (papers).",
    "See 820.22 (8.2.4), .25 (6.2).": "See 820.22 (8.2.4), .25 (6.2).",
    # sections beside the part
    "See 21 CFR part 820 section 22.": "See ISO 13485:2016, Clause 8.2.4.",
    "See 21 CFR 820 §30(j).": "See ISO 13485:2016, Clause 7.3.10.",
    "21 CFR 820, sections 22, 25 and 35 apply.":
        "ISO 13485:2016, Clauses 8.2.4 and 6.2, and 21 CFR 820.35 apply.",
    "Sections 22 and 25 of 21 CFR 820 apply.": "ISO 13485:2016, Clauses 8.2.4 and 6.2 apply.",
    "Sections 22 and 80 of 21 CFR 820 apply.": "Sections 22 and 80 of 21 CFR 820 apply.",
    "See 21 CFR 820 (20, 22, 25).": "See 21 CFR 820 (20, 22, 25).",
    # numbers of other things
    "Room 820.22 is the lab of SOP 820.25.": "Room 820.22 is the lab of SOP 820.25.",
    "The procedure required by 820.22 is kept.": "The procedure required by ISO 13485:2016, Clause 8.2.4 is kept.",
    # headings that are cited with their number
    "21 CFR 820.30 Design Controls": "ISO 13485:2016, Clause 7.3 Design and Development",
    "See 21 CFR 820.30 (Design controls).": "See ISO 13485:2016, Clause 7.3 (Design and development).",
    "21 CFR 820.22, Quality Audit": "ISO 13485:2016, Clause 8.2.4, Internal Audit",
    "21 CFR 820.25 Personnel records are kept.": "ISO 13485:2016, Clause 6.2 Personnel records are kept.",
    # words that go without an article
    "The management with executive responsibility decides.": "Top management decides.",
    "It is for the management with executive responsibility\u2019s review.": "It is for top management\u2019s review.",
    "A management with executive responsibility representative and a QS regulation audit.":
        "A top management representative and a QMSR audit.",
    "Each management with executive responsibility signs.": "Each management with executive responsibility signs.",
    "Our management with executive responsibility decides.": "Our top management decides.",
    "Pre-DHF work is done.": "Pre-DHF work is done.",
    "DHF-related records are kept.": "DHF-related records are kept.",
    "QS regulation-compliant records are kept.": "QMSR-compliant records are kept.",
    # the part of the regulation before a section
    "Follow 21 CFR Part 820, Section 820.22.": "Follow ISO 13485:2016, Clause 8.2.4.",
    "Follow 21 CFR Part 820 (QSR) section 820.22.": "Follow 21 CFR Part 820 (QMSR) section 820.22.",
    "Follow 21 CFR 820 Section 820.22.": "Follow 21 CFR 820 Section 820.22.",
    # capitals around an acronym
    "THE DMR SHALL BE APPROVED.": "THE MEDICAL DEVICE FILE SHALL BE APPROVED.",
    "DMR/DHR": "Medical device file/medical device or batch record",
    # further ways to define an abbreviation
    "The Device History Record, or DHR, is kept.": "The Medical Device or Batch Record is kept.",
    "The Device History Record (herein referred to as the DHR) is kept.":
        "The Medical Device or Batch Record is kept.",
    "The medical device file and the device master record are kept.":
        "The medical device file and the device master record are kept.",
    # the clause is cited beside it already
    "ISO 13485:2016 7.5.4 and 21 CFR 820.200 apply.": "ISO 13485:2016 7.5.4 and 21 CFR 820.35(b) apply.",
    "Clause 7.5.4 of ISO 13485:2016 and 820.200 apply.": "Clause 7.5.4 of ISO 13485:2016 and 21 CFR 820.35(b) apply.",
    "Service is as in 21 CFR 820.200 (ISO 13485 clause 7.5.4).":
        "Service is as in 21 CFR 820.35(b) (ISO 13485 clause 7.5.4).",
    "ISO 13485:2016 7.5.1, 7.5.4 and 820.200 apply.": "ISO 13485:2016 7.5.1, 7.5.4 and 21 CFR 820.35(b) apply.",
    "ISO 13485:2016 7.5.1 and 21 CFR 820.200 apply.":
        "ISO 13485:2016 7.5.1 and ISO 13485:2016, Clause 7.5.4, and 21 CFR 820.35(b) apply.",
    "ISO 9001:2015 7.5.4 and 21 CFR 820.200.":
        "ISO 9001:2015 7.5.4 and ISO 13485:2016, Clause 7.5.4, and 21 CFR 820.35(b).",
    "See 8.2.4 of ISO 13485:2016 and 21 CFR 820.22.": "See 8.2.4 of ISO 13485:2016 and 21 CFR 820.22.",
    "See ISO 13485:2016, 8.2.4 and 8.2.5, and 21 CFR 820.22.":
        "See ISO 13485:2016, 8.2.4 and 8.2.5, and 21 CFR 820.22.",
    # what is said of several sections at once
    "Sections 820.35 and 820.22 apply.": "Sections 820.35 and 820.22 apply.",
    "Sections 820.22 and 820.35 apply.": "ISO 13485:2016, Clause 8.2.4 and 21 CFR 820.35 apply.",
    "See \u00a7\u00a7 820.7, 820.22 and 820.25.": "See \u00a7\u00a7 820.7, 820.22 and 820.25.",
    "See \u00a7\u00a7 820.22 and 820.25.": "See ISO 13485:2016, Clauses 8.2.4 and 6.2.",
    "See 820.7, 820.22 and 820.25.": "See 820.7 and ISO 13485:2016, Clauses 8.2.4 and 6.2.",
}  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_reads_right(text: str, ruleset: RuleSet) -> None:
    assert fixed(text, ruleset) == SENTENCES[text]


def test_the_source_of_a_definition_stays_with_its_term(ruleset: RuleSet) -> None:
    entry = "| DHR | Device History Record (21 CFR 820.3(i)) |"
    text = f"# Definitions\n\n| Term | Meaning |\n|---|---|\n{entry}\n\nSign the DHR."
    assert "Device History Record (21 CFR 820.3(i))" in fixed(text, ruleset)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_fixed_sentence_needs_no_further_fix(text: str, ruleset: RuleSet) -> None:
    once = fixed(text, ruleset)
    assert fixed(once, ruleset) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FDA Quality System Regulations", "FDA Quality Management System Regulation"),
        ("FDA inspects against the QSRs.", "FDA inspects against the QSRs."),  # not spelt out
        ("Audits cover the Quality System Regulations.", "Audits cover the Quality Management System Regulation."),
        ("We work to the FDA Quality System Regulations (21 CFR Part 820).",
         "We work to the FDA Quality Management System Regulation (21 CFR Part 820)."),
        # what is said of several is left to a person
        ("The Quality System Regulations require audits.", "The Quality System Regulations require audits."),
        ("The Quality System Regulations (21 CFR Part 820) are met.",
         "The Quality System Regulations (21 CFR Part 820) are met."),
        ("Both FDA Quality System Regulations and ISO 13485 are met.",
         "Both FDA Quality System Regulations and ISO 13485 are met."),
        ("The FDA Quality System Regulations generally form the basis.",
         "The FDA Quality System Regulations generally form the basis."),
        ("Are the FDA Quality System Regulations met?", "Are the FDA Quality System Regulations met?"),
        ("Each of the Quality System Regulations.", "Each of the Quality System Regulations."),
        ("A list of the Quality System Regulations follows.", "A list of the Quality System Regulations follows."),
        ("The Quality System Regulations' scope covers all.", "The Quality System Regulations' scope covers all."),
        ("The Quality System Regulation is law.\n\nCompliance with the QSRs of FDA is checked.",
         "The Quality Management System Regulation is law.\u2029Compliance with the QMSR of FDA is checked."),
        # a section that stays
        ("Complaints are handled in accordance with QS regulation, 820.198.",
         "Complaints are handled in accordance with QS regulation, 820.198."),
        ("FDA works by ISO 13485:2003 and the QS regulation.", "FDA works by ISO 13485:2003 and the QMSR."),
        ("The QS regulation applies. It has section 820.198.", "The QS regulation applies. It has section 820.198."),
        ("The QS regulation applies! In this regulation, 820.198 covers complaints.",
         "The QS regulation applies! In this regulation, 820.198 covers complaints."),
        ("The QS regulation is law; its 820.198 covers complaints.",
         "The QS regulation is law; its 820.198 covers complaints."),
        ("The QS regulation applies. It has subpart M.", "The QS regulation applies. It has subpart M."),
        ("The QS regulation applies. Complaints are handled under 820.198.",
         "The QMSR applies. Complaints are handled under 820.198."),
        ("The QS regulation applies. It is law. We follow 820.198.", "The QMSR applies. It is law. We follow 820.198."),
        ("The QS regulation applies. It asks for internal audits under 820.22.",
         "The QMSR applies. It asks for internal audits under ISO 13485:2016, Clause 8.2.4."),
        ("The QS regulation, 820.22, asks for audits.", "The QS regulation, 820.22, asks for audits."),
        # the name of the regulation belongs to more words, or the standard is named as a whole
        ("The GMP 820.22 requirement is met.", "The GMP 820.22 requirement is met."),
        *((text, text) for text in (
            "Two of the Quality System Regulations.",
            "We work in compliance with Quality System Regulations.",
            "Subpart J of the QSR requires CAPA.",
            "| Law | Section |\n|---|---|\n| QSR | 820.198 |",
            "Audits under 820.22 as well as ISO 13485.",
            "Audits: ISO 13485 (820.22)",
            "Audits: 820.22, and ISO 13485:2016",
            "The cGMP 820.22 Audit is yearly.",
            "Parts 820.90 are stored.",
            "EU GMP 820.22",
        )),
        ("Scrap of parts 820.90 is recorded.", "Scrap of parts 820.90 is recorded."),
        ("Part 820.22 applies.", "ISO 13485:2016, Clause 8.2.4 applies."),
        ("Standards: ISO 13485:2016, 21 CFR 820.22", "Standards: ISO 13485:2016, 21 CFR 820.22"),
        ("Standards: 21 CFR 820.22 and ISO 13485:2016", "Standards: 21 CFR 820.22 and ISO 13485:2016"),
        # whose regulations they are is not said
        ("We follow quality system regulations.", "We follow quality system regulations."),
    ],
)  # fmt: skip
def test_the_one_regulation_takes_the_place_of_its_plural(text: str, expected: str, ruleset: RuleSet) -> None:
    document, edits = planned(text, ruleset, unsafe=False)
    changes = sorted(change for each in edits for change in each.edit.changes)
    assert changed(document.text, changes) == (expected if expected != text else document.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an entry of a list of abbreviations keeps its shape
        ("# Abbreviations\n\nDMR \u2013 Device Master Record", "MDF \u2013 Medical Device File"),
        ("# Abbreviations\n\nDMR Device Master Record", "MDF Medical Device File"),
        ("# Abbreviations\n\nDHF, Design History File", "DDF, Design and Development File"),
        ("# Abbreviations\n\nDevice Master Record \u2013 DMR", "Medical Device File \u2013 MDF"),
        ("# Abbreviations\n\nDMR -Device Master Record", "MDF -Medical Device File"),
        ("# Abbreviations\n\nDMR: Device Master Record; DHF: Design History File",
         "MDF: Medical Device File; DDF: Design and Development File"),
        ("# Abbreviations\n\nDHR Device History Record", "DHR Device History Record"),
        # outside of one the words are written once
        ("The DMR, device master record, is kept.", "The medical device file is kept."),
        # a title is left as a whole
        ("See SOP-012 Device Master Record (DMR) first.", "See SOP-012 Device Master Record (DMR) first."),
        ("See SOP-012 DMR (Device Master Record) Index.", "See SOP-012 DMR (Device Master Record) Index."),
        ("See SOP-001 Quality System Regulation (QSR).", "See SOP-001 Quality System Regulation (QSR)."),
        ("See SOP-012. The Device Master Record (DMR) is kept.", "See SOP-012. The Medical Device File (MDF) is kept."),
    ],
)  # fmt: skip
def test_a_name_and_its_short_form_are_changed_together(text: str, expected: str, ruleset: RuleSet) -> None:
    document, edits = planned(f"{text}\n\nThis is about a medical device.", ruleset)
    new = changed(document.text, sorted(change for each in edits for change in each.edit.changes))
    assert expected in new.split("\u2029")


def test_an_entry_with_a_tab_keeps_its_shape(ruleset: RuleSet) -> None:
    entry = "<w:r><w:t>DMR</w:t><w:tab/><w:t>Device Master Record</w:t></w:r>"
    document = formats.read(docx(p(entry)), "a.docx", DEFAULT)
    edits = plan(document, lint(document, ruleset), ruleset, unsafe=True)
    new = changed(document.text, sorted(change for each in edits for change in each.edit.changes))
    assert new == "MDF\tMedical Device File"


def test_only_safe_fixes_are_made_unless_asked(ruleset: RuleSet) -> None:
    _, edits = planned("The plant, to which the QS regulation applies, keeps the DHF.", ruleset, unsafe=False)
    assert [(each.action, each.findings[0].text) for each in edits] == [("edit", "QS regulation"), ("comment", "DHF")]
    assert "judgement" in edits[1].reason


def _edited(text: str, ruleset: RuleSet) -> str:
    """A text with the safe fixes made."""
    document, edits = planned(text, ruleset, unsafe=False)
    return changed(document.text, sorted(change for each in edits for change in each.edit.changes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The design is planned per 820.30(b).", "The design is planned per ISO 13485:2016, Clause 7.3.2."),
        ("Changes go to review per 820.30(i).", "Changes go to review per ISO 13485:2016, Clause 7.3.9."),
        ("It applies to changes per 820.30(i).", "It applies to changes per ISO 13485:2016, Clause 7.3.9."),
        ("Inputs, as applicable, follow 820.30(c).", "Inputs, as applicable, follow ISO 13485:2016, Clause 7.3.3."),
        ("Design inputs follow 820.30. Exempt employees do not sign.",
         "Design inputs follow ISO 13485:2016, Clause 7.3. Exempt employees do not sign."),
        ("Work to 820.30 and applicable standards.", "Work to ISO 13485:2016, Clause 7.3 and applicable standards."),
        ("Changes are subject to review (820.30(i)).", "Changes are subject to review (ISO 13485:2016, Clause 7.3.9)."),
        ("820.30 applies.", "ISO 13485:2016, Clause 7.3 applies."),
    ],
)  # fmt: skip
def test_what_is_done_by_design_controls_is_cited_by_the_clause(text: str, expected: str, ruleset: RuleSet) -> None:
    assert _edited(text, ruleset) == expected


@pytest.mark.parametrize(
    "text",
    [
        "IDE devices remain subject to 21 CFR 820.30.",
        "Class II devices are subject to 820.30.",
        "The applicability of 820.30 is decided by Regulatory Affairs.",
        "The study device is built under 820.30; the rest does not apply to it.",
        "Build it under 820.30; the rest does not apply to IDE devices.",
    ],
)
def test_which_devices_it_applies_to_is_cited_with_its_section(text: str, ruleset: RuleSet) -> None:
    whole = "ISO 13485:2016, Clause 7.3, and 21 CFR 820.10(c)"
    assert _edited(text, ruleset) == text.replace("21 CFR ", "").replace("820.30", whole)


@pytest.mark.parametrize(
    "text",
    [
        "21 CFR 820.30 does not apply to class I devices.",
        "820.200 requires service reports.",
        "820.30 applies to all software devices.",
        "An individual without direct responsibility for the stage takes part (21 CFR 820.30(e)).",
        "Is an independent reviewer present (21 CFR 820.30(e))?",
        "The independence of the reviewer is recorded per 820.30(e).",
        "One reviewer is not involved in the design (820.30(e)).",
        "An independent reviewer takes part as 820.30 asks.",
        "| Check | Section |\n|---|---|\n| Independent reviewer present | 820.30(e) |",
        "| Topic | 21 CFR 820 |\n|---|---|\n| Audit | 820.22 |",
        "| Topic | 21 CFR Part 820 |\n|---|---|\n| Audit | § 820.22 |",
        "| Topic | QMSR (21 CFR 820) |\n|---|---|\n| Audit | 820.22 |",
        "See §§ 820.20, 820.22 and 820.25.",
        "Sections 820.20, 820.22 and 820.25 of the regulation apply.",
        "See 21 CFR paragraphs 820.30(a) and 820.22.",
        "| Topic | CFR |\n|---|---|\n| Audit | 820.22 |",
        "| Topic | FDA QSR Reference |\n|---|---|\n| Audit | 820.22 |",
        "| Topic | FDA |\n|---|---|\n| Audit | 820.22 |",
        "Audits follow ISO 8.2.4 / 820.22.",
        "[[IMDRF.N23:8.2, 21.CFR.820.22]]",
        "Audits follow [820.22](21cfr-820-22.md).",
        "Audits follow 820.22 to 820.25.",
        "See 21 CFR 820.22, 820.100.",
        "| FDA 21 CFR 820 section | Topic |\n|---|---|\n| 820.22, 820.25 | Audit |",
        "| 21 CFR reference | 820.22 |\n|---|---|\n| Owner | Quality |",
    ],
)
def test_what_the_clause_would_not_say_is_left_to_a_person(text: str, ruleset: RuleSet) -> None:
    document, edits = planned(text, ruleset, unsafe=False)
    assert edits
    assert not any(each.edit.changes for each in edits), document.text


@pytest.mark.parametrize(
    "text",
    [
        "| Topic | Requirement |\n|---|---|\n| Audit | 820.22 |",
        "| Topic | ISO 13485 or 21 CFR 820 |\n|---|---|\n| Audit | 820.22 |",
        "| Topic | Training on 21 CFR 820 of all employees |\n|---|---|\n| Audit | 820.22 |",
        "| Check | Section |\n|---|---|\n| Design review recorded | 820.30(e) |",
        "An independent auditor works per 820.22.",
        "The design review is recorded per 820.30(e).",
    ],
)
def test_a_clause_is_written_where_it_says_the_same(text: str, ruleset: RuleSet) -> None:
    assert "ISO 13485:2016, Clause" in _edited(text, ruleset)


GUIDANCE = "Computer Software Assurance for Production and Quality System Software"


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (f'Software used for production is validated (820.70(i)); see the guidance "{GUIDANCE}".', "7.5.6"),
        (f"The PLC is validated under 820.70(i) and FDA's {GUIDANCE}.", "7.5.6"),
        ("The eQMS software is validated per 820.70(i).", "4.1.6"),
        ("The vision system is validated per 820.70(i).", "7.6"),
        ("Software used in production or in the quality system is validated as 820.70(i) asks.", "4.1.6 7.5.6"),
        ("Production and quality system software is validated (820.70(i)).", "4.1.6 7.5.6"),
        ("Computers used as part of production or the quality system (820.70(i)) are validated.", "4.1.6 7.5.6"),
        ("The spreadsheet for calibration results is validated under 820.70(i).", "4.1.6 7.6"),
        ("The PLC and the vision system are validated per 820.70(i).", "7.5.6 7.6"),
        ("Software is validated per 820.70(i).", "4.1.6 7.5.6 7.6"),
    ],
)
def test_topics_choose_a_clause_or_offer_those_that_fit(text: str, clauses: str, ruleset: RuleSet) -> None:
    [finding] = [f for f in lint(read(text.encode(), "a.md", DEFAULT), ruleset) if f.text.startswith("820.70(i)")]
    first, *others = (f"ISO 13485:2016, Clause {clause}" for clause in clauses.split())
    if others:
        assert finding.fix is None
        assert finding.alternatives == (first, *others)
    else:
        whole = "ISO 13485:2016, Clauses 4.1.6, 7.5.6 and 7.6"
        assert (finding.replacement, finding.alternatives) == (first, (whole,))


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("Documents are controlled per 21 CFR 820.40.", "safe"),
        ("Suppliers are evaluated under 21 CFR 820.50.", "safe"),
        ("Control of records follows 21 CFR 820.40.", None),
        ("Control of records and documents follows 21 CFR 820.40.", None),
        ("Records and other documents are retained per 820.40.", None),
        ("Suppliers of outsourced processes are evaluated under 21 CFR 820.50.", None),
        ("We follow 21 CFR 820.40.", "safe"),
        ("We follow 21 CFR 820.40.\n\nRecords are kept.", "unsafe"),
    ],
)
def test_a_topic_of_its_own_makes_the_only_clause_safe(text: str, safety: str | None, ruleset: RuleSet) -> None:
    [finding] = lint(read(text.encode(), "a.md", DEFAULT), ruleset)
    assert (finding.fix and finding.fix.safety) == safety
    if safety is not None:
        assert finding.replacement in ("ISO 13485:2016, Clause 4.2.4", "ISO 13485:2016, Clause 7.4")


@pytest.mark.parametrize(
    "text",
    [
        "Audits follow 21 CFR 820.22 and ISO 13485:2016 clause 8.2.4.",
        "Training (ISO 13485:2016 6.2; 21 CFR 820.25)",
        "Sources: ISO 13485:2016 Clause 8.2.4 / 21 CFR 820.22",
        "| Audit | Sources |\n|---|---|\n| 820.22 | ISO 13485:2016 Clause 6.2 |",
    ],
)
def test_a_clause_that_stands_there_already_is_not_written_again_unasked(text: str, ruleset: RuleSet) -> None:
    [finding] = lint(read(text.encode(), "a.md", DEFAULT), ruleset)
    assert finding.fix is not None and finding.fix.safety == "unsafe"
    [alone] = lint(read(text.replace("ISO 13485:2016", "the manual").encode(), "a.md", DEFAULT), ruleset)
    assert alone.fix is not None and alone.fix.safety == "safe"


@pytest.mark.parametrize("clause", [", Clause 4.2.3", " 8.2.2", " (section 7.5.5)"])
def test_an_edition_is_not_changed_without_the_number_of_its_clause(clause: str, ruleset: RuleSet) -> None:
    found = lint(read(f"The system meets ISO 13485:2003{clause}.".encode(), "a.md", DEFAULT), ruleset)
    [finding] = [each for each in found if each.text == "ISO 13485:2003"]
    assert finding.fix is None
    assert "other numbers" in finding.message
    [finding] = lint(read(b"The system meets ISO 13485:2003.", "a.md", DEFAULT), ruleset)
    assert finding.fix is not None


@pytest.mark.parametrize(
    "text",
    [
        "The exemption of 820.180(c) applies, except for supplier audits.",
        "Minutes are exempt from inspection under 820.180(c).",
        "Class I devices are exempt under 820.180.",
        "All employees, except those exempted by QA, follow 820.180.",
        "A device that is not exempted must follow 820.198, except custom devices.",
        "Class I devices exempt from GMP still follow 820.198, other than sterile devices.",
        "Suppliers with a certificate are exempt from audits, records follow 820.180, and complaints 820.198.",
        "Minutes were exempt under 820.180(c), and complaint files of exempt devices follow 820.198.",
        "Our device is not an exempt device, so 820.180 and 820.198 apply.",
        "Our 510(k)-exempt devices are recorded by 820.180, and complaints follow 820.198.",
    ],
)
def test_no_other_exemption_is_taken_for_that_from_cgmp(text: str, ruleset: RuleSet) -> None:
    assert "cite-other-cfr" not in {f.rule for f in lint(read(text.encode(), "a.md", DEFAULT), ruleset)}


def test_a_requirement_that_was_not_carried_over_is_not_moved_unasked(ruleset: RuleSet) -> None:
    text = "The control number as listed in 820.198(e)(3) is entered."
    [finding] = lint(read(text.encode(), "a.md", DEFAULT), ruleset)
    assert finding.fix is not None and finding.fix.safety == "unsafe"


@pytest.mark.parametrize("designation", ["820.180", "820.198"])
def test_an_exemption_from_cgmp_points_to_records_today(designation: str, ruleset: RuleSet) -> None:
    text = f"Class I devices are exempt from the QSR except for the requirements of {designation}."
    findings = lint(read(text.encode(), "a.md", DEFAULT), ruleset)
    assert {f.text: (f.replacement, f.fix and f.fix.safety) for f in findings} == {
        "QSR": ("QMSR", None),
        designation: ("21 CFR 820.35", None),
    }


def test_a_list_whose_section_would_be_lost_says_why(ruleset: RuleSet) -> None:
    _, edits = planned("On risks, paragraphs (f) and (g) of 820.30 apply.", ruleset)
    assert [each.reason for each in edits] == [
        "what is cited with it would be left without its section: rewrite both",
        "several replacements are possible",
    ]


def test_what_stands_around_a_citation_is_the_reason_why_it_stays(ruleset: RuleSet) -> None:
    _, [one] = planned("- ISO 13485:2016 \u00a78.2.4\n- 21 CFR 820.22", ruleset)
    assert (one.action, one.edit.changes) == ("comment", ())
    assert one.reason == "what stands around it decides whether it can change: see its message"


def test_several_replacements_are_a_comment(ruleset: RuleSet) -> None:
    _, [one] = planned("Follow 21 CFR 820.80.", ruleset)
    assert (one.action, one.edit.changes) == ("comment", ())
    assert one.edit.comment.startswith("[qmsr-lint cite-removed] ")
    for words in one.findings[0].alternatives:
        assert words in one.edit.comment
    assert one.findings[0].basis in one.edit.comment


def test_equal_edits_are_of_one_kind(ruleset: RuleSet) -> None:
    _, edits = planned("The QS reg applies.\n\nThe DHF is kept, and the QS reg applies again.", ruleset)
    first, other, second = (each.edit.kind for each in edits)
    assert first == second != other


def test_a_configured_abbreviation_is_used_without_a_definition() -> None:
    ruleset = rules.load(rules.Settings(terms={"DHF": "development dossier (DD)"}))
    assert fixed("The DHF is kept.", ruleset) == "The DD is kept."
    assert fixed("The design history file is kept.", ruleset) == "The development dossier is kept."


def test_a_preferred_word_takes_the_article_it_needs() -> None:
    ruleset = rules.load(rules.Settings(terms={"DHF": "engineering file"}))
    assert fixed("A DHF is kept.", ruleset) == "An engineering file is kept."


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("internal audit", "an"), ("medical device file", "a"), ("MDF", "an"), ("DDF", "a"), ("QMSR", "a"),
        ("ISO 13485:2016, Clause 7.3", "an"), ("21 CFR 820.35", "a"), ("8.2.4", "an"), ("18", "an"), ("180 days", "a"),
        ("unit", "a"), ("unique record", "a"), ("uninspected lot", "an"), ("user", "a"), ("hourly check", "an"),
        ("European file", "a"), ("one-off", "a"), ("INTERNAL AUDIT", "an"), ("umbrella", "an"), ("SOP", "an"),
    ],
)  # fmt: skip
def test_articles(words: str, article: str) -> None:
    assert wording.article(words) == article


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("key", "keys"),
        ("survey", "surveys"),
        ("inquiry", "inquiries"),
        ("tie", "ties"),
        ("process", "processes"),
        ("box", "boxes"),
        ("batch", "batches"),
        ("dish", "dishes"),
        ("medical device file", "medical device files"),
    ],
)
def test_a_plural_is_formed_at_the_last_word_and_taken_back(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == one


@pytest.mark.parametrize("words", ["process", "status", "analysis"])
def test_a_word_that_only_ends_like_a_plural_is_none(words: str) -> None:
    assert singular(words) == words


def test_what_is_a_plural_already_stays() -> None:
    assert plural("quality records") == "quality records"


def test_every_example_becomes_what_its_rule_says(ruleset: RuleSet) -> None:
    """`becomes` is the text after the fixes of the rule alone."""
    wrong = []
    for rule in ruleset.rules.values():
        for example in rule.flag:
            if example.becomes is None or rule.fix == "none":
                continue
            document = read(example.text.encode(), "a.md", DEFAULT)
            own = [finding for finding in lint(document, ruleset) if finding.rule == rule.id]
            edits = plan(document, own, ruleset, unsafe=True)
            text = changed(document.text, sorted(change for each in edits for change in each.edit.changes))
            expected = read(example.becomes.encode(), "a.md", DEFAULT).text
            wrong += [(rule.id, example.text, text)] if text != expected else []
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("820.100 requires a record.", "ISO 13485:2016, Clauses 8.5.2 and 8.5.3 require a record."),
        ("As 21 CFR 820.100 states, QA asks.", "As ISO 13485:2016, Clauses 8.5.2 and 8.5.3 state, QA asks."),
        ("QA knows that 820.100 applies.", "QA knows that ISO 13485:2016, Clauses 8.5.2 and 8.5.3 apply."),
        ("820.180 is met.", "ISO 13485:2016, Clause 4.2.5, and 21 CFR 820.35 are met."),
        ("820.22 requires audits.", "ISO 13485:2016, Clause 8.2.4 requires audits."),
        ("The form per 820.100 requires ink.", "The form per ISO 13485:2016, Clauses 8.5.2 and 8.5.3 requires ink."),
        ("QA, as 820.100 says, asks.", "QA, as ISO 13485:2016, Clauses 8.5.2 and 8.5.3 say, asks."),
        ("820.100 records are kept.", "ISO 13485:2016, Clauses 8.5.2 and 8.5.3 records are kept."),
    ],
)
def test_the_verb_goes_with_several_clauses(text: str, expected: str, ruleset: RuleSet) -> None:
    assert fixed(text, ruleset) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is filed in DHF.", "It is filed in the design and development file."),
        ("It goes from DMR to DHF.", "It goes from the medical device file to the design and development file."),
        ("The transfer to DHF index is done.", "The transfer to design and development file index is done."),
        ("It is filed in the DHF.", "It is filed in the design and development file."),
        ("# Transfer to DHF", "Transfer to design and development file"),
        ("| Filed in DHF |\n|---|", "Filed in design and development file"),
    ],
)
def test_a_record_gets_the_article_that_its_acronym_went_without(text: str, expected: str, ruleset: RuleSet) -> None:
    assert fixed(text, ruleset) == expected


def test_no_article_is_fitted_in_another_language(ruleset: RuleSet) -> None:
    assert fixed("El informe se conserva conforme a 820.30(j).", ruleset).endswith(
        "conforme a ISO 13485:2016, Clause 7.3.10."
    )
