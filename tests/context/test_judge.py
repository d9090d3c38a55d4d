"""Contexts by rules: where each kind of legacy word is a finding, a note, or kept, and why."""

import pytest
from docxmaker import docx, heading_styles, p, r, tbl, tc, tr
from hypothesis import given, settings
from hypothesis import strategies as st
from linted import RULES, found, table

from qmsr_lint import formats, proof, rules
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding

KINDS = {
    "term": ("Device Master Record", "DHF", "quality audit"),
    "name": ("Quality System Regulation",),
    "cite": ("21 CFR 820.30(j)", "21 CFR 820.198"),
    "program": ("QSIT",),
}

CURRENT = {
    "Device Master Record": "medical device file",
    "DHF": "design and development file",
    "quality audit": "internal audit, as in the medical device file",
    "Quality System Regulation": "QMSR",
    "21 CFR 820.30(j)": "ISO 13485:2016 Clause 7.3.10",
    "21 CFR 820.198": "ISO 13485:2016 Clause 8.2.2",
    "QSIT": "Compliance Program 7382.850",
}

# context: the sentence (or lines of Markdown) with {} where the word stands, and {new} where what took its place does;
# what becomes of it in each family
FINDING, NOTE, KEPT = "finding", "note", "kept"
TABLE = {
    "prose": ("The {} is used in this medical device procedure.", FINDING),
    "heading": ("# The {} of the medical device", FINDING),
    "cell": ("| Item | Owner |\n|---|---|\n| The {} of the medical device | QA |", FINDING),
    "list": ("- the {} of the medical device", FINDING),
    "definition": ("# Definitions\n\n{}: see the medical device procedure.", FINDING),
    "short quotation marks": ('The "{}" is used for the medical device.', FINDING),
    "slash in prose": ("The {}/Technical File of the medical device is kept.", FINDING),
    "supersedes another document": ("This medical device procedure supersedes SOP-12. Use the {} as before.", FINDING),
    "process arrow": ("Plan the medical device -> review -> update the {}.", FINDING),
    "dated requirement": ("Since 2012-05-01 each site shall keep the {} of the medical device.", FINDING),
    "quotation": ("The regulation states:\n\n> The {} of the medical device.", NOTE),
    "wording like that of the law": (
        "As a manufacturer we shall keep a {} for this part number of the device.",
        FINDING,
    ),
    "block quote with its source": ("> The {} of the medical device.\n>\n> (21 CFR 820.30)", NOTE),
    "block quote": ("> The {} of the medical device.", FINDING),
    "long quoted passage": (
        'The letter said "each manufacturer of a medical device shall keep {} at all of its sites at all times".',
        NOTE,
    ),
    "row of what it replaces": ("| Replaces | SOP-5 (The {}) |\n|---|---|\n| Owner | the medical device group |", KEPT),
    "list of forms that were withdrawn": (
        "The following forms were withdrawn on 2026-01-31:\n\n- FRM-1 {} of the medical device",
        NOTE,
    ),
    "list of forms that are used": ("The following forms are used:\n\n- FRM-1 {} of the medical device", FINDING),
    "section about old words": ("## Obsolete definitions\n\n{}: of the medical device", NOTE),
    "section of words not to use": ("## Do not use these terms\n\n- {}", NOTE),
    "section of words not to use any more": ("## 3.2 Terms we no longer use\n\n- {}", NOTE),
    "sentence in backticks": (
        "`(b) If the change touches any part of the medical device, the {} shall be assessed by the design team.`",
        FINDING,
    ),
    "text of a few words in backticks": ("`{} of the medical device index`", KEPT),
    "section about definitions": ("## Obsolete stock and definitions\n\n{}: of the medical device", FINDING),
    "dated event": ("The {} of the medical device was compared on 4 February 2021.", KEPT),
    "dated event in short": ("Deviation 31 (closed 30 Oct 2020): {} of the medical device reviewed.", NOTE),
    "dated document": ("Approved 30 Oct 2020: {} of the medical device reviewed.", FINDING),
    "dated event and what follows": ("The lot was closed on 30 Oct 2020, and operators sign the {} of it.", FINDING),
    "row of what it replaces, with more cells": (
        "| Replaces | SOP-5 (The {}) | QA |\n|---|---|---|\n| Owner | the medical device group | x |",
        FINDING,
    ),
    "below a title of a form": ("# Design Change Record\n\n- the {} of the medical device", FINDING),
    "below a text behind a history": (
        "Revision history\n\n" + "The medical device is described at length. " * 12 + "\n\n- the {} of it",
        FINDING,
    ),
    "struck through": ("The ~~{}~~ index of the medical device is kept.", NOTE),
    "half struck through": ("The ~~medical device and~~ {} index is kept.", FINDING),
    "row with more cells": (
        "| Previous | {} | medical device |\n|---|---|---|\n| a | b | c |",
        FINDING,
    ),
    "long passage that nobody is said to have said": (
        'The letter: "each manufacturer of a medical device shall keep {} at all of its sites at all times".',
        NOTE,
    ),
    "reported words": ('The auditor said "each {} of a medical device".', NOTE),
    "own words in quotation marks": ('The label says "each {} of a medical device".', FINDING),
    "transition document": ("# QSR to QMSR gap analysis\n\nThe {} of the medical device.", NOTE),
    "old record": ("# Minutes of the quality meeting\n\nDate: 2019-03-04\n\nThe {} of the medical device.", NOTE),
    "formerly": ("The new wording (formerly {}) is used for the medical device.", KEPT),
    "previously known as": ("The {new}, previously known as the {}, is kept.", KEPT),
    "now": ("The {} (now the {new}) is kept.", KEPT),
    "was replaced": ("The {} was replaced on 2 February 2026 for every medical device.", KEPT),
    "arrow to current": ("{} → {new}", KEPT),
    "former and current column": ("| Former | Current |\n|---|---|\n| {} | see ISO 13485:2016 |", KEPT),
    "old and new column": ("| Old term | New term |\n|---|---|\n| the {} | see ISO 13485:2016 |", KEPT),
    "revision table": (
        "| Rev | Date | Description of change |\n|---|---|---|\n| B | 2019-03-04 | Added the {} |",
        KEPT,
    ),
    "revision section": ("# Revision history\n\n- Rev B, 2019-03-04: added the {}", KEPT),
    "indented revision line": ("&emsp;Rev. C, 2019-04-01: the {} was added for the medical device.", KEPT),
    "German revision table": (
        "| V | Datum | \u00c4nderung |\n|---|---|---|\n| B | 2019-03-04 | {} erg\u00e4nzt |",
        KEPT,
    ),
    "bilingual revision section": (
        "# \u00c4nderungshistorie / Revision history\n\n- Rev B, 2019-03-04: {} erg\u00e4nzt",
        KEPT,
    ),
    "approval history": ("# Approval history\n\n| Rev | Date | |\n|---|---|---|\n| 2 | 2015-12-01 | the {} |", KEPT),
    "section with a slash": ("# Document control / Revisions\n\n- The {} of the medical device is updated.", FINDING),
    "release history": ("# Release history\n\n- Each medical device is filed in the {}.", FINDING),
    "table of issues": (
        "| Issue | Data | Comments |\n|---|---|---|\n| Missing | {} | of the medical device |",
        FINDING,
    ),
    "old test report": ("# Test report of the pump\n\nDate: 2019-03-04\n\nThe {} of the medical device.", NOTE),
    "test report of today": ("# Test report\n\nDate: 2026-03-04\n\nThe {} of the medical device.", FINDING),
    "template of a test report": (
        "# Test report template\n\nDate: 2019-03-04\n\nThe {} of the medical device.",
        FINDING,
    ),
    "superseded record": ("| Status | Rule |\n|---|---|\n| Superseded | kept in the {} of the device |", FINDING),
    "superseded documents": ("| Documents | Rule |\n|---|---|\n| Replaces | kept in the {} of the device |", FINDING),
    "column of documents": ("| From | Document | Clause |\n|---|---|---|\n| Engineering | {} | 4.2.1 |", FINDING),
    "minutes of a period": (
        "# Minutes of the review\n\nPeriod: 2025-04-01 through 2026-03-31\n\nThe {} of the medical device.",
        FINDING,
    ),
    "memo as of a day": ("# Memo\n\nAs of 2026-05-01, former memo: 2024-05-01\n\nUse the {} of the device.", FINDING),
    "minutes that look ahead": (
        "# Minutes of the committee, 2025-09-18\n\nThe QMSR takes effect on 2 February 2026.\n\nThe {} is discussed.",
        NOTE,
    ),
    "revision line, spelt out": ("Revision B, 2019-04-01: the {} was added for the medical device.", KEPT),
    "revision line": ("Rev. C, 2019-04-01: the {} was added for the medical device.", KEPT),
    "before the QMSR": ("Prior to February 2, 2026, the {} applied to the medical device.", KEPT),
    "until": ("Until 2026-02-01 the {} applied to the medical device.", KEPT),
    "dated statement": ("In March 2019 the {} was audited for the medical device.", KEPT),
    "inline code": ("The field `{}` of the medical device.", KEPT),
    "code block": ("```sh\nThe {} of the medical device\n```", KEPT),
    "block of words": ("```\nThe {} of the medical device\n```", FINDING),
}
FAMILIES = [(family, word) for family, words in KINDS.items() for word in words]


def outcome(findings: list[Finding]) -> str:
    live = proof.live(findings)
    if not live:
        return KEPT if findings else "nothing"
    return NOTE if all(finding.severity == "note" for finding in live) else FINDING


@pytest.mark.parametrize("context", TABLE)
@pytest.mark.parametrize(("family", "word"), FAMILIES)
def test_context(context: str, family: str, word: str) -> None:
    template, expected = TABLE[context]
    own = [
        f
        for f in found(template.format(word, new=CURRENT[word]))
        if f.rule.startswith(family) and f.text.endswith(word[-3:])
    ]
    assert outcome(own) == expected, [(f.text, f.context, f.suppressed) for f in own]
    for finding in own:
        assert finding.suppressed is None or finding.suppressed.reason


@pytest.mark.parametrize(
    "text",
    [
        "Each manufacturer shall establish and maintain a {} for each type of device.",
        "The {} shall show that it was developed by the approved design plan and the requirements of this part.",
        "Each manufacturer shall maintain it. The date and the individual(s) performing the review, shall be documented"
        " in the {}.",
    ],
)
def test_a_term_in_the_words_of_the_old_law_is_a_note(text: str) -> None:
    findings = proof.live(found(text.format("DHF") + " The device is safe."))
    assert [(finding.severity, finding.context) for finding in findings] == [("note", "quotation")]
    assert [f.severity for f in proof.live(found("Each manufacturer shall audit by 820.22."))] == ["error"]


def test_a_procedure_that_took_its_words_over_is_to_be_kept_up_to_date() -> None:
    taken_over = "The date, and the individual(s) performing the review, shall be documented in the DHF of the device."
    assert [finding.severity for finding in proof.live(found(taken_over))] == ["warning"]


ORDINARY = [
    "A superseded DMR shall be removed from the point of use.",
    "Obsolete device master records are stamped and archived.",
    "Old DHFs are stored for the life of the device.",
    "Previously approved DMR documents shall be approved again.",
    "This procedure replaces the DHF procedure SOP-018.",
    "Rather than the DHR, a traveler may be used for the device.",
    "Once the product has been withdrawn from the market, DHRs are retained.",
    "The DHR is no longer needed after the retention period of the device.",
    "Documents no longer in use are removed from all points of use (820.40(a)).",
    "Material that has been removed from the line is held as 820.90 asks.",
    "Training records of employees who no longer work here are kept (820.180).",
    "Complaint → DHR review → CAPA of the device",
    "Changes to the DMR under the QMSR are reviewed by RA.",
    "Align all DHR forms with the QMSR.",
    "Design reviews are approved per ISO 13485 (2016) and recorded in the DHF.",
    "A lot of 2000 devices was released with one DHR.",
    "The Quality System Regulation was issued by FDA in 1996 and is codified at 21 CFR Part 820.",
    "Since 2012 our DHFs have been stored electronically.",
    "The device was cleared in 2018 and its DHF is held in Boston.",
    "Verify that ISO 13485:2016 and 21 CFR 820.30 are met.",
    "Review of 2023 DHR error trends of the device.",
    "Rev C of the DMR dated 2021-03-04 shall be used for lots 100 to 200.",
    "Update DMR/labeling/training as needed for the device.",
    "The drawings/specifications/DMR of the device are released.",
    "QSR/ISO-13485 audits of the device are planned.",
    'Print the 4" label for the DHR pouch of the device and then print the 6" label for the carton.',
    "# 3-DEVICE HISTORY RECORD",
    "# Design Change Record\n\n- The DMR of the device is affected: yes or no",
    "# 5 Document Records\n\n- The DMR of the device is controlled.",
    "# Management review minutes template\n\nEffective date: 2021-04-01\n\nDHF of the device: ____",
    "# ISO 13485 / QSR cross-reference\n\nThe DHF of the device.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_of_document_control_excuse_nothing(text: str) -> None:
    assert [f for f in proof.live(found(text)) if f.severity != "note"] != []


TABLES = [
    table("| Item | Doc No. | Description | Rev |", "| 2 | D-1 | Device master record index | B |"),
    table("| SOP | Rev | Description |", "| SOP-014 | C | Device master record |"),
    table("| Doc | Revision | Title | Date | Change |", "| 22 | E | Complaints (21 CFR 820.198) | 2020 | none |"),
    table("| Date | Complaint | Description | DHR reviewed? |", "| 2020 | 7 | The DHR was late | yes |"),
    table("| No | Issue | Date | Description | Owner |", "| 1 | late | 2020-01-01 | DHR missing | QA |"),
    table("| Reason for change | Affected |", "| Is the DMR of the device affected? | yes |"),
    table("| From | To | Item |", "| R&D | Manufacturing | DMR |"),
    table("| Step | Before release | After release |", "| 1 | DMR in draft | DMR locked |"),
    table("| Course | New employee | Previous employee |", "| QSR overview of FDA | x | x |"),
    table("| No | Action | Owner |", "| 1 | Obtain DHF number from QA | Assigned to PM |"),
    table("| Topic | Previous section | ISO 13485:2016 | FDA |", "| Audit | 8 | 8.2.4 | 820.22 |"),
    table("| ISO 13485 | FDA | Procedure |", "| 7.3 | 820.30/7.3 | SOP-1 |"),
    table("| Subpart C | Design Controls | SOP-1 |", "| Subpart D | Document Controls (21 CFR 820) | SOP-2 |"),
]


@pytest.mark.parametrize("text", TABLES)
def test_ordinary_tables_excuse_nothing(text: str) -> None:
    assert [f for f in proof.live(found(f"The FDA procedure.\n\n{text}\n")) if f.severity != "note"] != []


@pytest.mark.parametrize(
    ("text", "context"),
    [
        (table("| Number | Title |", "| QM.SLQ029 | DHR Review and Approval |"), "title"),
        (table("| Number | Title |", "| SOP-029 | Device History Record Review |"), "title"),
        ("See FRM-066 DHF Checklist.", "title"),
        (table("| ID | Requirement |", "| REQ-012 | The DMR shall be approved |"), "cell"),
        (table("| Standard | Record |", "| ISO 13485 | DHR |"), "cell"),
        (table("| Step | Record |", "| 12 | DHR Review |"), "cell"),
        ("In Form 12 DHR numbers are written.", "prose"),
        ("As SOP-029 says, DHR Review is done by QA.", "prose"),
    ],
)
def test_a_title_may_begin_with_the_acronym(text: str, context: str) -> None:
    above = "Procedure of the device.\n\n" + "Words.\n\n" * 10
    [finding] = found(f"{above}{text}\n")
    assert finding.context == context


def test_a_table_at_the_beginning_holds_the_documents_own_title() -> None:
    [finding] = found(table("| Number | Title |", "| SOP-029 | DHR Review |"))
    assert finding.context == "cell"


def test_a_timeline_tells_of_the_years_before_the_qmsr() -> None:
    rows = table(
        "| Year | What happened |",
        "| 1997 | The QSR takes the place of the GMP rule |",
        "| 2003 | ISO 13485:2003 |",
        "| 2026 | Audits by 820.22 |",
        "| 1999 | The DMR is a device record |",
    )
    live = [finding.text for finding in proof.live(found(f"The FDA procedure.\n\n{rows}\n"))]
    assert live == ["820.22", "DMR"]
    for head, cell in (("Item", "2010"), ("Room", "2004"), ("Since", "since 2019"), ("Year established", "2015")):
        other = table(f"| {head} | Requirement |", f"| {cell} | Complaint files per 820.198 |")
        assert len(proof.live(found(f"The FDA procedure.\n\n{other}\n"))) == 1
    obliging = table("| Year | Requirement |", "| 2025 | Records shall be reviewed per 820.184 |")
    assert len(proof.live(found(f"The FDA procedure.\n\n{obliging}\n"))) == 1
    dated = table("| Issued | Procedure |", "| 2019-05-01 | Complaints (21 CFR 820.198) |")
    assert len(proof.live(found(f"The FDA procedure.\n\n{dated}\n"))) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["2009: founded", "2011: certified to ISO 13485:2003", "2014: QMS built on 21 CFR 820.30"],
        ["2014 \u2013 first CE mark", "2012 \u2013 QMS built on 21 CFR 820.30", "2011 \u2013 ISO 13485:2003"],
        ["March 2018: internal audit of 820.22", "June 2018: QSIT inspection", "2019: site moved"],
        ["1978: GMP regulation", "1996: FDA issues the Quality System Regulation", "2024: FDA publishes the QMSR"],
    ],
)
def test_lines_with_dates_in_order_are_a_timeline(lines: list[str]) -> None:
    items = "".join(f"- {line}\n" for line in lines)
    assert proof.live(found(f"The company.\n\n{items}")) == []
    paragraphs = "\n\n".join(lines)
    assert proof.live(found(f"The company.\n\n{paragraphs}\n")) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["2009: founded", "2014: complaints are handled per 820.198", "2019: moved"],
        ["2009: founded", "2014: complaints shall be handled per 820.198", "2019: moved"],
        ["2024: founded", "2025: moved", "2027: complaints per 820.198"],
        ["2019: moved", "2009: founded", "2014: complaints per 820.198"],
        ["2019: moved", "2019: complaints per 820.198", "2019: founded"],
        ["2009: founded", "2014: complaints per 820.198"],
        ["2009: founded", "Complaints per 820.198", "2019: moved", "2020: closed"],
        ["2009-001 Design", "2010-002 Complaints per 820.198", "2011-003 Labels"],
        ["2009 units", "2010 complaints per 820.198", "2011 labels"],
        ["2009: founded", "2014: complaint put into the DHR", "2019: moved"],
        ["2001 - Design controls 820.30", "2002 - Purchasing", "2003 - Audits"],
        ["2018: SOP-002", "2019: SOP-003, audited per 820.22", "2020: SOP-004"],
        ["3 March 2025: update SOP-12 to cite 820.30", "10 March 2025: move", "17 March 2025: close"],
        ["2021: moved.", "2022: certified. Complaints are kept per 820.198.", "2023: moved again."],
        ["2021, moved", "2022, certified under 820.22", "2023, moved again"],
    ],
)
def test_lines_with_dates_that_are_no_timeline_excuse_nothing(lines: list[str]) -> None:
    items = "".join(f"- {line}\n" for line in lines)
    assert len(proof.live(found(f"The company.\n\n{items}"))) == 1


def test_a_company_before_an_acronym_makes_no_product_of_it() -> None:
    text = "".join(
        f"Ulm {word} DHF is part {number} of the device file.\n\n" for number, word in enumerate(["Medtech"] * 4)
    )
    assert len(proof.live(found(text))) == 4
    assert proof.live(found(text.replace("Medtech", "Pocket"))) == []


def test_a_title_in_quotation_marks_is_no_passage_that_somebody_else_wrote() -> None:
    title = "Computer Software Assurance for Production and Quality System Software"
    [finding] = [f for f in found(f'We follow the FDA guidance "{title}".') if f.text == title]
    assert finding.severity == "error"
    passage = f'The letter said "each site shall by then follow the {title} at all of its lines and in all labs".'
    assert [f.severity for f in found(passage) if f.text == title] == ["note"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Internal audit reports (820.22) are exempt from FDA inspection.", "820.22"),
        ("The medical device file (MDF) replaces the DHF and the DMR.", "DHF"),
    ],
)
def test_nothing_is_edited_in_a_false_statement(text: str, word: str) -> None:
    [finding] = [f for f in found(text) if f.text == word]
    assert finding.fix is None
    assert "to be rewritten" in finding.message


def test_a_sentence_with_a_mere_note_is_edited() -> None:
    document = formats.read(b"Records marked confidential (820.180) may be withheld from FDA.", "a.md", Limits())
    fixed: dict[str, list[bool]] = {}
    for severity in ("note", "warning"):
        findings = lint(document, rules.load(rules.Settings(severity={"claim-confidential-records": severity})))
        assert severity in [f.severity for f in findings if f.rule == "claim-confidential-records"]
        fixed[severity] = [f.fix is not None for f in findings if f.text == "820.180"]
    assert fixed == {"note": [True], "warning": [False]}


def test_the_next_sentence_is_edited() -> None:
    text = "Internal audit reports are exempt from FDA inspection. Audits are planned as 820.22 asks."
    [finding] = [f for f in found(text) if f.text == "820.22"]
    assert finding.fix is not None
    assert "to be rewritten" not in finding.message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("> The DHR shall be kept, says the rule.\n", ""),
        ("~~The DHR is kept.~~\n", "Only a note, because it is struck through."),
        (
            "# Transition to the QMSR\n\nThe DHR is kept.\n",
            "Only a note, because the document is about the transition to the QMSR.",
        ),
        ("The DHR is kept.\n", ""),
    ],
)
def test_a_note_says_why_it_is_only_one(text: str, reason: str) -> None:
    [finding] = found(text)
    assert finding.message.endswith(reason)
    assert ("Only a note" in finding.message) == bool(reason)


@pytest.mark.parametrize("word", ["The", "Each", "Under", "Supplier", "Per"])
def test_a_word_that_only_begins_sentences_makes_no_name(word: str) -> None:
    text = f"{word} DHF goes to QA. {word} DHF goes to RA. {word} DHF goes to files. {word} DHF stays."
    assert len(proof.live(found(text))) == 4


NO_MORE_IN_USE = [
    "Status: Obsolete\n\n# SOP-1\n\n{}",
    "OBSOLETE \u2013 for reference only\n\n# SOP-1\n\n{}",
    "# SOP-100 (superseded)\n\n{}",
    "# Supply contract\n\nSigned 12 September 2019. Archived. Superseded by SQA-2026-003.\n\n{}",
    "# Internal Audit Report\n\nDate: 2024-11-06\n\n{} The system was effective.\n\nSignature: ____\n",
    "# Installation Qualification IQ-112\n\nExecuted 2021-06-01\n\n{}",
    "# Common mistakes\n\n- {}",
    "# SOP-3\n\n| Status: | Obsolete |\n|---|---|\n| Owner | QA |\n\n{}",
]


@pytest.mark.parametrize("text", NO_MORE_IN_USE)
def test_what_is_no_more_in_use_is_noted_and_not_edited(text: str) -> None:
    [finding] = [f for f in found(text.format("The process meets 820.75.")) if f.rule.startswith("cite")]
    assert (finding.severity, finding.fix, finding.suppressed) == ("note", None, None)


IN_USE = [
    "# Audit report template\n\nDate: 2024-11-06\n\n{}",
    "# Audit report\n\nDate: 2019-01-01\n\n{}\n\nName ____ Date ____ Result ____",
    "# Minutes\n\nEffective date: 2021-01-01\n\n{}",
    "# Obsolete documents\n\n{}",
    "# SOP-9 Control of superseded documents\n\nObsolete copies are removed.\n\n{}",
    "# Change control after the QMSR transition\n\n{}",
    "# Archiving\n\nArchived records are kept.\n\n{}",
    "# Withdrawn products\n\nRetired devices are listed.\n\n{}",
    "# Reviewer\n\nExperience: 22 years at the agency (retired)\n\n{}",
    "# Error handling\n\n{}",
    "# SOP-3\n\n| Copy | Superseded |\n|---|---|\n| A | Obsolete |\n\n{}",
]


@pytest.mark.parametrize("text", IN_USE)
def test_what_is_in_use_is_a_finding(text: str) -> None:
    [finding] = [f for f in found(text.format("The process meets 820.75.")) if f.rule.startswith("cite")]
    assert (finding.severity, finding.suppressed) == ("error", None)


HISTORIES = [
    table("| Rev | Date | Description | Author |", "| A | 2019-01-01 | Added the DHF | JD |"),
    table("| Version | Effective Date | Summary of changes | Approved by |", "| 2 | 2019 | DMR added | JD |"),
    table("| REV | ECO # | DESCRIPTION OF CHANGE | DATE | ORIGINATOR |", "| B | 12 | DMR updated | 2012 | X |"),
    table("| DOCUMENT REVISION HISTORY | | |", "| Rev | Reason for change | Date |", "| B | Add DMR | 2012-02-02 |"),
    table("| Date | Change |", "| 2019-01-01 | Added the DHR |"),
    "CHANGE HISTORY\n\n- added DMR table\n- removed 820.30(j)",
    "Version history:\n\n" + table("| Ver | What | When | Who |", "| 2 | 820.198 added | 2014 | JD |"),
    "# 9 Revision history\n\n" + table("| A | first issue of the DHR |", "| B | DHR added |"),
]


@pytest.mark.parametrize("title", [p(r("Revision history"), style="Heading1"), p(r("Revision history"))])
def test_a_header_stands_in_no_history_that_ends_the_body(title: str) -> None:
    data = docx(
        p(r("Scope"), style="Heading1")
        + p(r("The medical device."))
        + title
        + tbl(tr(tc(p(r("Rev"))), tc(p(r("Change")))), tr(tc(p(r("A"))), tc(p(r("Added 820.22"))))),
        styles=heading_styles("Heading1"),
        header=tbl(tr(tc(p(r("SOP-1"))), tc(p(r("Required by 21 CFR 820.198"))))),
        footer=p(r("This procedure is Rev. C and meets 21 CFR 820.22.")),
    )
    live = proof.live(lint(formats.read(data, "a.docx", Limits()), RULES))
    assert [finding.text for finding in live] == ["21 CFR 820.198", "21 CFR 820.22"]


def test_a_note_stands_where_it_is_referred_to() -> None:
    note = r(raw='<w:footnoteReference w:id="1"/>')
    data = docx(
        p(r("Revision history"), style="Heading1") + p(r("Rev. A"), note) + p(r("Scope"), style="Heading1"),
        styles=heading_styles("Heading1"),
        footnotes=[p(r("Rev. A named 820.25."))],
    )
    findings = lint(formats.read(data, "a.docx", Limits()), RULES)
    assert [(finding.text, finding.context) for finding in findings] == [("820.25", "history")]


@pytest.mark.parametrize("text", HISTORIES)
def test_revision_histories_of_many_shapes_are_kept(text: str) -> None:
    findings = found(f"The procedure of the medical device.\n\n{text}\n")
    assert findings
    assert proof.live(findings) == []


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ('Use SOP-14 "DHF Index" for the medical device.', "title"),
        ("It is controlled by SOP-820. DHRs of the medical device are kept.", "prose"),
        ('The medical device is released. "DHF Index" is filled in.', "prose"),
        ('The auditor said "DHF" of the medical device.', "prose"),
        ('The system still prints "DHF reviewed by" for the medical device.', "prose"),
    ],
)
def test_an_acronym_in_quotation_marks_is_a_title_behind_a_number_only(text: str, context: str) -> None:
    [finding] = found(text)
    assert finding.suppressed is None
    assert finding.context == context
    assert (finding.fix is None) == (context == "title")


IDENTIFIERS = [
    "ACME-DHF-001.docx", "FRM-DMR-003.pdf", r"Quality\DHR\2023", '"FRM-044 DMR Index.xlsx"', "DMR-XXXXX",
    "DHF-0012", "DHF-1.0", "FRM-DMR-003", "SOP-DHF", "DHF_v2.docx", "DHF.docx", "docs/DHF/index.md", "./DHF/plan",
    "https://qms.example.com/DHF/1", r"\\server\DHF\plan", "DMR-A-12", "dhf@example.com", "QSR-2024-07",
    "DMR-nnn", "DHF-yyyy-nnn",
    "ABC-DHF-PL-001-RevA", "ABC-DMR-004-Rev.B", "DHR-0012_R2", "DHR-0012-v1.2", "SOP-DHR-rev3", "DHF-0012-A01",
    "SOP-DHF-Index", "WI-DHR-Review", "FRM-DMR-LOG", "RC-DHR-SITE",
    "DHF-001\u2013DHF-004", "ABC-DHF\u2013001",
    "SOP\u2011DHF\u2011001", "SOP\u2010DHF\u2010001", "FRM\u2013DHR\u2013003", "SOP\u2011DMR\u2011Index",
]  # fmt: skip


@pytest.mark.parametrize("token", IDENTIFIERS)
def test_identifier(token: str) -> None:
    assert proof.live(found(f"See {token} for the medical device.")) == []


WORDS = [
    "DHF/Technical File",
    "DMR/DHR/DHF",
    "DHF-related",
    "QSR-compliant",
    "(DHF)",
    "DHF.",
    "DHF,",
    "DHF\u2019s",
    "pre-DHF",
    "DHF-mm-sized",
    "DHF-nn",
    "DHF\u2011related",
    "DHR\u2011Release",
    "DMR-based",
    "DHF\u2013DMR\u2013DHR",
    "DHF-DMR-DHR",
    "DEVICE-HISTORY-RECORD",
    "Device\u2011History\u2011Record",
    "DHF - the file -",
    "DHF \u2013 the file \u2013",
    "lot 12345\u2013DHR",
    "CAPA-12\u2013DHR",
    "DHR\u2013SOP-12",
    "DHR-Release",
    "DHF-v",
    "DHF-Rev.B",
    "SOP-DHF-related",
    "PRE-DHF-REVIEW",
    "QA-DHR-REVIEW",
    "21 CFR 820.5\u2013DHF",
]


@pytest.mark.parametrize("token", WORDS)
def test_no_identifier(token: str) -> None:
    assert proof.live(found(f"The medical device has a {token} today"))


COLUMN = "| Title | {head} |\n|---|---|\n| Drawings of the medical device | {cell} |"


@pytest.mark.parametrize("head", ["Document ID", "Doc #", "Doc. No.", "Document number", "Number", "File name", "ID"])
@pytest.mark.parametrize("cell", ["DMR-BOM", "DHR-Index", "XY\u2011DHR\u2011ITEM"])
def test_a_column_of_document_numbers_holds_identifiers(head: str, cell: str) -> None:
    [finding] = found(COLUMN.format(head=head, cell=cell))
    assert (finding.context, finding.fix) == ("identifier", None)


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("Document ID", "DHF"),
        ("Number", "2 DHFs"),
        ("Document ID", "DHF-related"),
        ("ID", "DHF-DMR"),
        ("ID", "DHF - the file"),
        ("Doc No", "see the DHR"),
        ("Identification", "DMR-BOM"),
        ("Notes", "DMR-BOM"),
        ("Record", "DHR-Index"),
    ],
)
def test_what_is_no_number_is_found_in_any_column(head: str, cell: str) -> None:
    assert proof.live(found(COLUMN.format(head=head, cell=cell)))


def test_a_number_in_word_may_have_hyphens_that_do_not_break() -> None:
    run = "<w:r><w:t>SOP</w:t><w:noBreakHyphen/><w:t>DHF</w:t><w:noBreakHyphen/><w:t>Plan of the device</w:t></w:r>"
    document = formats.read(docx(p(run)), "a.docx", Limits())
    assert [f.context for f in lint(document, RULES)] == ["identifier"]
    related = "<w:r><w:t>The DHF</w:t><w:noBreakHyphen/><w:t>related device</w:t></w:r>"
    assert proof.live(lint(formats.read(docx(p(related)), "a.docx", Limits()), RULES))


@pytest.mark.parametrize("number", ["QP-0015", "QP\u20110015", "QP\u2011AU\u20110015"])
def test_the_title_of_another_document_is_found_and_never_edited(number: str) -> None:
    [finding] = proof.live(found(f"See {number} Quality Audit Process for details."))
    assert (finding.context, finding.fix) == ("title", None)
    assert "retitle" in finding.message


@pytest.mark.parametrize(
    ("text", "contexts"),
    [
        ("See SOP-012 Device Master Record (DMR) of the device.", ["title", "title"]),
        ("See SOP-012 (Device Master Record) of the device.", ["title"]),
        ("See SOP-012 (DMR) of the device.", ["prose"]),
        ("See SOP-012 for the records (DMR) of the device.", ["prose"]),
        ("DMR (Device Master Record) of the device, as in SOP-12", ["prose", "prose"]),
    ],
)
def test_a_short_form_behind_a_title_is_a_part_of_it(text: str, contexts: list[str]) -> None:
    assert [finding.context for finding in proof.live(found(text))] == contexts


@pytest.mark.parametrize("text", ["# SOP-019 Quality Audit", "SOP-019 Quality Audit\n\nThe purpose is stated."])
def test_its_own_title_is_the_document_s_to_edit(text: str) -> None:
    [finding] = proof.live(found(text))
    assert finding.context != "title"
    assert finding.fix is not None


def test_a_product_name_is_kept_and_a_qualified_term_is_not() -> None:
    name = "# Pocket DHF\n\nPocket DHF stores medical device files.\n\nInstall Pocket DHF first.\n"
    assert proof.live(found(name)) == []
    term = "# Project DHF\n\nThe Project DHF of the medical device.\n\nOpen the Project DHF.\n\nA Project DHF.\n"
    assert len(proof.live(found(term))) == 4


def test_a_document_that_only_has_a_revision_table_above_is_still_read() -> None:
    table = "| Rev | Date |\n|---|---|\n| A | 2020-01-01 |"
    text = f"# Revision history\n\n{table}\n\nThe DHF of the medical device is kept.\n"
    assert len(proof.live(found(text))) == 1


def test_a_history_ends_where_other_text_begins() -> None:
    text = "Change history\n\n- added the DHF\n\nThe records of the medical device:\n\n- the DHF\n"
    kept, live = found(text)
    assert (kept.context, live.context) == ("history", "prose")


def test_a_claim_is_not_excused_by_a_word_about_the_past_elsewhere_in_it() -> None:
    text = "Until the QMSR takes effect, internal audit reports are exempt from FDA inspection.\n"
    assert "claim-qmsr-future" in [f.rule for f in proof.live(found(text))]


def test_a_claim_is_read_over_a_list() -> None:
    text = (
        "Records that FDA may not inspect:\n\n- internal audit reports\n- management review minutes\n- the org chart\n"
    )
    assert [f.text for f in proof.live(found(text)) if f.rule == "claim-records-exempt"] == [
        "internal audit",
        "management review",
    ]


BASE = """# 5 Design control

The DHF of the medical device is kept per 21 CFR 820.30(j).

| Item | Basis |
|---|---|
| DMR | 820.181 |
| DMR | 820.181 |

## 5.1 Records

Internal audit reports are exempt from FDA inspection. The quality audit is yearly.

The DHF is approved.
"""
ADDED = [
    "The weather is fine.",
    "# A new heading",
    "The QSR is named.",
    "- an item",
    "See 21 CFR 820.22.",
    "The DHF again.",
]


@settings(max_examples=60)
@given(st.integers(0, 6), st.sampled_from(ADDED))
def test_a_paragraph_added_anywhere_leaves_other_fingerprints_unchanged(gap: int, added: str) -> None:
    before = {f.fingerprint for f in found(BASE)}
    gaps = [at + 2 for at in range(len(BASE)) if BASE.startswith("\n\n", at)]
    at = [0, *gaps, len(BASE)][gap]
    after = {f.fingerprint for f in found(BASE[:at] + added + "\n\n" + BASE[at:])}
    assert before <= after


def test_fingerprints_are_unique_in_a_document() -> None:
    prints = [f.fingerprint for f in found(BASE)]
    assert len(prints) == len(set(prints)) > 8


@pytest.mark.parametrize("text", ["QS Regulation\u5408\u89c4\u6027", "\u4f9d\u636eQS Regulation"])
def test_words_are_not_put_into_a_script_without_spaces_unasked(text: str) -> None:
    [finding] = proof.live(found(text))
    assert finding.fix is None or finding.fix.safety == "unsafe"


@pytest.mark.parametrize(
    "text", ["DHF\u6587\u4ef6", "DHR\ub294", "\u4f9d\u636eDMR", "QSR\u5408\u89c4\u6027", "\u6839\u636e820.30\u6761"]
)
def test_a_term_is_found_beside_letters_of_a_script_without_spaces(text: str) -> None:
    assert proof.live(found(f"# 21 CFR 820 medical device\n\n{text}"))


@pytest.mark.parametrize("text", ["DHF\u00e9", "\u00e9DHF", "DHFx", "DHF_\u6587"])
def test_no_term_is_found_in_a_longer_latin_word(text: str) -> None:
    assert found(f"The medical device {text}") == ()


# --- excuses that reached too far

LIVE_ALL_THE_SAME = [
    "820.184 (DHR) does not exist yet for this lot.",
    "820.30 (DHF) does not exist for class I devices.",
    "The original QSR was issued in 1996; QA follows it.",
    "The original QSR was published in 1996, QA trains to it.",
    "Gauges are moved from 820.72 to ISO 13485 clause 7.6 racks.",
    "This deviation from 820.22 is valid until 2026-12-31.",
    "DHRs are kept until 2026-12-31.",
    "QA conducts internal audits per 820.22 through 2026.",
    "We audit to the QSR through 2026.",
    "Complete the DHR before the QMSR audit.",
    "Read the DMR prior to the QMSR training.",
    "All CAPAs per 820.100 are closed before the QMSR inspection.",
    "For pre-2026 devices, QA maintains the DMR and the DHR per 820.184.",
    "Revised documents are approved per 820.40 (QMSR).",
    "Document revisions follow 820.40 and the QMSR.",
    "Changes of suppliers follow 820.50 and the QMSR.",
    "Revised per QMSR: audits are done per 820.22 each year.",
    "The company complies with the QSR and the QMSR.",
    "Our QMS complies with FDA QSR/QMSR requirements.",
    "We comply with the QMSR (formerly QSR), 820.22 and 820.100.",
    "Applicable: QMSR (formerly QSR) 21 CFR 820.22, ISO 13485.",
    "This SOP was approved on 01/15/2026: each lot gets a DHR before release.",
    "QA keeps each DHR in the vault, which was decided in 2019.",
    "# Test Report Requirements\n\nVersion 2, 1 February 2024\n\nThe report is filed in the DHR.",
    "# How to Complete a Validation Report\n\nApproved 2024-05-01\n\nThe report is filed in the DHR.",
    "# Validation Report (blank)\n\nRevision date: 2024-03-01\n\nThe report is filed in the DHR.",
    "# Test Report\n\nRev 3, 2024-03-01\n\nUse this form for every lot. File the report in the DHR.",
    "> Records. The DHR is kept per 820.184.",
    "Do not use suppliers that are not approved per 820.50.",
    "Superseded documents per 820.40 are archived.",
    "Previous audits per 820.22 are reviewed.",
    "In lieu of a batch record the DHR is signed.",
    "Complaints under 820.72 gauges used by QA are filed.",
    "We keep no more DMRs than needed.",
    "The DHF, which is no longer defined in the project plan, is kept.",
    "The DHF is no longer defined but shall be kept.",
    "The line eliminates DHRs as separate records.",
    "Words such as DMR are printed on the label and do not appear on the box.",
    "Do not keep copies of the DMR on the line.",
    "QA phases out suppliers per 820.50.",
    'Replace with: "21 CFR Part 820 Quality Management System Regulation (QMSR) (820.100, corrective action)"',
    'Add: "The reviewer lists the outputs in the DHF per 820.30(j) before transfer to production begins at the site."',
    "> Training. The DHR is kept per 820.184.",
    "The standard has no DHF copies that are not signed.",
    "The lot has no DHR.",
    "The QMSR does not mention it, but a DHR is kept.",
    "Superseded versions (820.40) shall be removed.",
    "Retain prior versions per 820.180.",
    "The former version, ISO 13485:2003, is used by the plant.",
    "| If the lot | Then | ISO clauses |\n|---|---|---|\n| fails | Reject it per 820.90 | 8.3 |",
    "| Prior rule | Present rule | How we comply |\n|---|---|---|\n| x | 8.2.2 | Complaints are judged per 820.198 |",
    "This SOP of 3 May 2025 was approved by QA to comply with 21 CFR 820.198.",
    "Procedures of 2024 cite 820.198 and remain in force.",
    "DHRs from 2019 on are kept electronically and reviewed by QA.",
    "The DMR of 2025 is the current master.",
    "Previous versions like ISO 13485:2003 apply to our system.",
    "Reports of 2024 cite 820.198 that we follow.",
    "The records of 2023 cite 820.22, which still applies.",
    "At that time, it was stated: complaints must be handled per 820.198.",
]


@pytest.mark.parametrize("text", LIVE_ALL_THE_SAME)
def test_what_is_done_today_is_not_excused_by_the_words_beside_it(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.severity != "note"] != []


EXCUSED_ALL_THE_SAME = [
    "Until 2026 the DHR was kept per 820.184.",
    "Do not use the old 21 CFR 820.22.",
    "Do not use QSR.",
    "No More DMR, DHF and DHR",
    "The DHR, DMR and DHF are no longer defined.",
    "The DHF is no longer defined in the QMSR.",
    "The QMSR eliminates DMR, DHF, and DHR as defined terms.",
    "FDA decided not to retain separate requirements for DMR, DHF, and DHR in the new QMSR.",
    "Terms like Device Master Record (DMR) will be replaced with their ISO equivalents.",
    "The FDA is retiring the Quality System Regulation (QSR) and brings in the Quality Management System Regulation.",
    "A new inspection model that retires QSIT.",
    "An inspection change (QSIT retired) follows.",
    "Map all existing QSR SOPs to ISO 13485 clause numbers.",
    "Gaps between QSR, QMSR and ISO 13485",
    "What 820.180(c) Used to Protect",
    "Design History File (DHF) \u2192 Design & Development File (DDF)",
    "| Aspect | Pre-QMSR (dual) | Post-QMSR (single) |\n|---|---|---|\n| Law | QSR | QMSR |",
    "The superseded 820.22 is gone.",
    "The medical device file replaces the DMR.",
    "Before the QMSR the DHR was kept.",
    "Before the QMSR, 820.22 applied.",
    "Prior to 2026-02-02 the QSR applied.",
    "The QSR was replaced by the QMSR on 2 February 2026.",
    "The QMSR replaced the QSR, and 820.22 is now clause 8.2.4 of ISO 13485.",
    "The QMSR (formerly QSR) incorporates ISO 13485.",
    "The original QSR was issued in 1996.",
    "Sections 820.20 and 820.22 do not exist in the QMSR.",
    "820.198 does not exist any more.",
    "820.22 does not exist.",
    "QSR and QMSR compared",
    "The differences between the QSR and the QMSR are listed below.",
    "DMR, DHR and DHF: these words were removed when the QMSR took effect.",
    "DMR, DHR and DHF: these terms have been removed in favour of one file.",
    "ISO 13485:2016 has no DHF.",
    'The QMSR knows no "device master record".',
    "The standard does not mention a DHF.",
    "There is no longer a requirement for a DMR.",
    "820.40 documents no longer exist as a section.",
    "# Validation Report\n\n2024-05-01\n\nThe report is filed in the DHR.",
    "# Audit Report\n\nDate: 15 January 2024\n\nThe audit followed 820.22 and the DHR of lot 3 was seen.",
    "The records were sent to FDA in 2019 and the DHR was reviewed.",
]


@pytest.mark.parametrize("text", EXCUSED_ALL_THE_SAME)
def test_what_was_or_went_stays_excused(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.severity != "note"] == []


@pytest.mark.parametrize("head", ["Myth | Fact", "Do not write | Write", "Misconception | Truth"])
@pytest.mark.parametrize("claim", ["FDA cannot see internal audits", "DHF = medical device file"])
def test_what_stands_in_a_column_of_mistakes_is_only_noted(head: str, claim: str) -> None:
    findings = proof.live(found(table(f"| {head} |", f"| {claim} | See below |")))
    assert findings
    assert {finding.severity for finding in findings} == {"note"}


@pytest.mark.parametrize(
    "head", ["Step | False", "Topic | Fact", "Wrong parts | Count", "Errors | Fact", "Wrong | Right", "False | True"]
)
def test_another_column_excuses_no_claim(head: str) -> None:
    findings = proof.live(found(table(f"| {head} |", "| FDA cannot see internal audits | no |")))
    assert "error" in {finding.severity for finding in findings}
