"""Texts that tell of the change from one regulation to the other: what they tell is kept.

What they prescribe is not.
"""

import pytest
from linted import found

from qmsr_lint import proof

LAW = ("name-", "program-", "cite-")

TOLD_OF_THE_LAW = [
    "The Quality System Regulation was issued in 1996.",
    "The QSR was first published in 1996 and was amended twice.",
    "The Quality System Regulation (QSR), codified at 21 CFR part 820, was first established in 1996.",
    "In 1996, the QSR defined how devices were made.",
    "The QSR was published on 7 October 1996.",
    "The QSR came into effect in June 1997.",
    "The Quality System Regulation took effect on 1 June 1997.",
    "QSIT was built around four subsystems.",
    "Identify documents citing QSR sections (820.30, 820.181).",
    "QSIT (the inspection technique) was first implemented for all firms.",
    "FDA sunset the longstanding Quality System Regulation (QSR).",
    "The agency published a final rule that modifies the device GMP requirements of the QSR.",
    "The final rule, which took effect this year, amends the Quality System Regulation (QSR) and aligns it.",
    "New text published by FDA to revise the CGMP requirements of the Quality System Regulation (QSR) is in force.",
    "For nearly thirty years, device makers have followed the QSR.",
    "For over two decades the QSR governed the industry.",
    "For almost 30 years, manufacturers managed a QSR that differed from practice elsewhere.",
    "From QSIT to the CPG: how inspections change",
    "QSIT \u5ec3\u6b62 \u2192 \u65b0 7382.850",
    "If any QSR or 21 CFR 820.30 references are present, update them by the table above.",
    'Update the list of abbreviations where "QSR" is listed.',
    "Read each form and identify QSR references in it.",
    "Check all templates for QSIT references and correct them.",
    "The draft's section on design controls cites 21 CFR 820.30 in a footnote.",
]
TOLD_OF_TERMS = [
    "Terms: DHF/DMR/DHR \u2192 ISO terms",
    "DHF and DMR -> ISO 13485 terminology",
    "FDA explained that the elements that made up the DMR, DHF and DHR are now included in ISO 13485.",
    "FDA explained that the elements that comprise DMR, DHF, and DHR are now included in the ISO 13485.",
    "FDA agreed that ISO 13485 has no separate requirements for a DHF.",
    "Some commenters said that terms such as DMR, DHF and DHR should be retained.",
    "The old text has terms such as device master record (DMR), design history file (DHF) and DHR (device history "
    "record).",
    "The rule does away with terms like DMR and DHR.",
]


@pytest.mark.parametrize("text", TOLD_OF_THE_LAW)
def test_what_is_told_of_the_law_is_kept(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule.startswith(LAW)]
    assert findings
    assert {finding.severity for finding in proof.live(findings)} <= {"note"}


@pytest.mark.parametrize("text", TOLD_OF_TERMS)
def test_what_is_told_of_terms_is_kept(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule.startswith("term-d")]
    assert findings
    assert {finding.severity for finding in proof.live(findings)} <= {"note"}


STILL_LAW = [
    "The QSR, which was issued in 1996, governs our plant.",
    "Suppliers follow the QSR that was issued in 1996.",
    "The QSR was issued in 1996 and must be followed.",
    "The QSR was issued in 1996 and we follow it.",
    "After the final rule we revised our procedures under the QSR.",
    "FDA published a final rule; procedures are revised to meet the QSR.",
    "The agency asked us to revise the procedures required by the QSR.",
    "Since the final rule, management amends the plan and follows the QSR.",
    "For nearly thirty years, we have followed the QSR.",
    "Records are kept for over two years under the Quality System Regulation.",
    "For 20 years the QSR has been and still is our basis.",
    "For two years after release, records shall be kept as the Quality System Regulation requires.",
    "For five years records are kept by the Quality System Regulation.",
    "Take the goods from QSIT to compliance.",
    "The QSR was published on 7 October 2026.",
    "QA updates the manual under 820.40 and checks all references.",
    "Change control follows 820.40 and covers drawings, labels and references.",
    "Remove the batch from stock under 820.90 and close all citations.",
    "For two decades the plant has run under the Quality System Regulation.",
    "Samples stay for 20 years in the room that 820.150 asks for.",
    "FDA wants a harmonized quality system documented in the Quality System Regulation.",
    "QSIT was issued by FDA and guides every inspection of the plant.",
    "The site was inspected under QSIT and QSIT is our guide.",
    "QSIT was developed by FDA and is used in our mock inspections.",
    "Per 820.30 we plan. Per 820.30 we review. Per 820.30 we verify.",
    "QSR references are listed in section 2.",
    "References: QSR, 21 CFR 820.30.",
    "If a nonconformity is present, follow 21 CFR 820.90 and update the log.",
    "Update the DHF where the QSR is listed as an input.",
    "Correct the record as the Quality System Regulation requires.",
    "Identify each input that 820.30 references.",
    "The draft is reviewed as 21 CFR 820.40 asks.",
]
STILL_TERMS = [
    "Use terms such as DMR and DHR in all records.",
    "Comments from design review are filed in the DHF (ISO 13485:2016 7.3.5).",
    "QA comments on the DMR are resolved within five days under ISO 13485 4.2.4.",
    "If FDA has determined that the DMR lacks ISO 13485 content, QA opens a CAPA.",
    "FDA acknowledged receipt of the ISO 13485 certificate and of the DHF.",
    "A multi-device master record covers the whole family.",
    "This procedure uses terms such as DHF and DMR.",
    "Records such as the DHR and the DMR are kept.",
    "Our forms have terms like DHR in the title.",
    "FDA noted that our DHR was incomplete; we follow ISO 13485.",
    "FDA stated that the firm must correct its DHF under ISO 13485.",
    "The investigator explained that the DHR of the firm lacks labels, as ISO 13485 asks.",
    "DHF \u2192 review \u2192 ISO audit",
    "Each release: DMR -> DHR -> ISO 13485 file",
]


@pytest.mark.parametrize("text", STILL_LAW)
def test_what_is_said_of_the_law_as_in_force_is_found(text: str) -> None:
    live = [finding for finding in proof.live(found(text)) if finding.severity != "note"]
    assert [finding for finding in live if finding.rule.startswith(LAW)] != []


@pytest.mark.parametrize("text", STILL_TERMS)
def test_terms_in_use_are_found(text: str) -> None:
    live = [finding for finding in proof.live(found(text)) if finding.severity != "note"]
    assert [finding for finding in live if finding.rule.startswith("term-d")] != []


SECTIONS = [
    "# Quality manual\n\n## Why did FDA replace the QSR with the QMSR?\n\nThere was a QSR unlike the rules elsewhere.",
    "# Quality manual\n\n## QSR to QMSR: what differs\n\nThe QSR knows no risk-based approach.",
    "# Quality manual\n\n## From the QSR to the QMSR\n\nInvestigators knew QSIT by heart.",
]


@pytest.mark.parametrize("text", SECTIONS)
def test_the_law_in_a_section_about_the_transition_is_a_note(text: str) -> None:
    findings = [finding for finding in proof.live(found(text)) if finding.rule.startswith(LAW)]
    assert {finding.severity for finding in findings} <= {"note"}


LIVE_SECTIONS = [
    "# Quality manual\n\n## QSR to QMSR transition\n\nUntil it is complete we comply with the QSR.",
    "# Quality manual\n\n## QSR to QMSR transition\n\nComplaints shall be handled as 820.198 requires.",
    "# Quality manual\n\n## QSR to QMSR transition\n\nOperators fill in the DHR.",
    "# Quality manual\n\n## QSR and QMSR compliance\n\nAudits are carried out under 820.22.",
    "# Quality manual\n\n## Transition to production\n\nDesign transfer follows 820.30(h).",
]


@pytest.mark.parametrize("text", LIVE_SECTIONS)
def test_what_is_done_in_such_a_section_is_found(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.severity != "note"] != []


LIVE_BESIDE_TIME = [
    "Operators who were trained in 2024 sign the DHR.",
    "Suppliers that were approved in 2019 follow 820.50.",
    "Do not use the DMR until QA approves the medical device file.",
    "Never use the DHF unless the design and development file is open.",
    "The old QSR is our law; the QMSR is not.",
    "It is not true that the QSR was replaced.",
    "820.40 binders no longer in use are destroyed.",
    "820.184 travelers no longer valid are archived.",
]


@pytest.mark.parametrize("text", LIVE_BESIDE_TIME)
def test_a_word_of_the_past_in_passing_excuses_nothing(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.severity != "note"] != []


PAST_ALL_THE_SAME = [
    "The complaint that was received in 2019 was handled under the QSR.",
    "820.180 exemptions no longer in force are named in annex A.",
    "It is not true that the QSR still applies.",
    "The old QSR is our law no longer.",
    "The warning letter of 30JAN2026 cited 820.75(a).",
]


@pytest.mark.parametrize("text", PAST_ALL_THE_SAME)
def test_what_is_over_is_kept_all_the_same(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule.startswith(LAW)]
    assert findings
    assert proof.live(findings) == []


KNOWS = "The QMSR took effect in 2026. The site follows the QMSR.\n\n"
MAY_BE_TOLD = [
    "The QSR subpart structure was dropped altogether.",
    "The vocabulary of QSIT is familiar to every inspector.",
    "The design rules of the regulation sat in 820.30 for a generation.",
    "The DMR definitions went away with the rule in favour of the vocabulary of the standard.",
    "A table of the draft cites the removed 820.40 and 820.180.",
    "Once the QSR disappeared, many firms had to learn a new language.",
    "QSIT \u5df2\u88ab\u53d6\u4ee3.",
]
IS_DONE = [
    # a word of change about something else
    "Obsolete pages are removed from the DMR (see section 5.3).",
    "Superseded drawings are removed from the DMR before release; see clause 4.3.",
    "FDA now inspects with QSIT.",
    "QSIT is now the standard inspection technique.",
    "The Quality System Regulation now requires a quality manual.",
    "The Quality System Regulation requires that obsolete documents are removed.",
    "The audit scope covers the QSR and previous audit findings.",
    "Legacy equipment is qualified following the QSR.",
    "Complaints deemed reportable are investigated under 820.198(d), as FDA wants.",
    "Auditors are familiar with the QSR and the product line.",
    "FDA requires a DHR for each lot, even for lots that were scrapped.",
    # no word of change
    "Auditors know the QSR and the product line.",
    "The DHR of each lot goes to QA with the FDA form.",
    # words of what is prescribed
    "Obsolete pages must leave the DMR, as the regulation says.",
    "Remove obsolete pages per the DMR clause.",
    "Legacy devices comply with the QSR.",
    "Legacy devices conform to the QSR.",
    "We retire the DHR of a legacy lot with its clause.",
    "Obsolete documents are removed from use (820.40).",
    "Obsolete documents are removed per 820.40.",
    "The old DMR is kept in the cabinet.",
    "The former supplier was audited by QA; the DHR was signed.",
    "Quality audits are carried out as the old 820.22 requires.",
    "This procedure follows the legacy QSR.",
    "820.40 is now ISO 13485:2016 clause 4.2.3.",
    "The medical device file replaces the DHF.",
    "Use the new vocabulary (QMSR 820.30).",
    "The DHR shall be signed under the amended regulation.",
    "Our DHF terminology is the one of the regulation.",
]


def test_a_change_that_names_no_successor_of_a_term_leaves_a_note() -> None:
    [finding] = proof.live(found("The transition to the QMSR changes the DHF of the device."))
    assert (finding.text, finding.severity, finding.context) == ("DHF", "note", "transition")


@pytest.mark.parametrize("text", MAY_BE_TOLD)
def test_what_may_be_told_in_a_document_that_knows_the_qmsr_is_a_note(text: str) -> None:
    findings = proof.live(found(KNOWS + text))
    assert findings
    assert {(finding.severity, finding.context) for finding in findings} == {("note", "transition")}
    assert {finding.severity for finding in proof.live(found(text))} & {"error", "warning"}


@pytest.mark.parametrize("text", IS_DONE)
def test_what_is_done_in_a_document_that_knows_the_qmsr_is_found(text: str) -> None:
    assert [finding for finding in proof.live(found(KNOWS + text)) if finding.severity != "note"] != []


@pytest.mark.parametrize(
    "heading", ["What 820.180(c) used to protect", "The legacy QSR", "The former FDA QS Regulation"]
)
def test_the_law_in_a_section_about_the_former_law_is_a_note(heading: str) -> None:
    text = f"# Inspections\n\n## {heading}\n\nReports of audits under 820.22 were not shown to investigators."
    findings = [finding for finding in proof.live(found(text)) if finding.context != "heading"]
    assert {finding.severity for finding in findings} <= {"note"}


OTHER_HEADINGS = [
    *("Equipment used to measure product", "Forms used to record complaints", "Systems used to automate the QMS"),
    *(
        "Old devices",
        "Former suppliers",
        "Previous rule-based alarms",
        "Old rule binder",
        "Preparation before QMSR inspections",
    ),
]


@pytest.mark.parametrize("heading", OTHER_HEADINGS)
def test_another_section_changes_nothing(heading: str) -> None:
    text = f"# Inspections\n\n## {heading}\n\nCalibration follows 820.72."
    assert {finding.severity for finding in proof.live(found(text))} == {"error"}


def test_a_false_statement_is_one_in_a_section_about_the_former_law() -> None:
    text = "# Inspections\n\n## The legacy QSR\n\nAudit reports are not subject to inspection by FDA."
    assert "error" in {finding.severity for finding in proof.live(found(text))}


def test_what_we_do_is_found_in_a_section_about_the_former_law() -> None:
    text = "# Inspections\n\n## The legacy QSR\n\nOur audits follow 820.22."
    assert "error" in {finding.severity for finding in proof.live(found(text))}
