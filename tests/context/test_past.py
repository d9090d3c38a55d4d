"""The time before the QMSR: what was required then is history; a date excuses nothing that is required today."""

import pytest
from linted import found

from qmsr_lint import proof
from qmsr_lint.context import past

AFTER = [
    *("2026", "2027", "february 2026", "feb. 2026", "2 february 2026", "february 2nd, 2026", "february 2 2026"),
    *("2026-02-02", "2026-2-2", "2026-10-01", "02/02/2026", "2.2.2026", "01/03/2026", "03/01/2026", "15/02/2026"),
    *("02/15/2026", "15.02.2026", "1 march 2026", "march 1st 2026", "15-dec-2026", "99/99/2026", "31 june 2026"),
    *("01/15/2027", "15.01.2027", "january 2027"),
]


@pytest.mark.parametrize("date", AFTER)
def test_a_day_that_may_be_one_of_the_qmsr_is_not_before_it(date: str) -> None:
    assert not past.is_before(date)


BEFORE = [
    *("1996", "2025", "1 february 2026", "february 1, 2026", "feb 1st 2026", "1st of february 2026", "01-feb-2026"),
    *("2026-02-01", "2026-2-1", "2026-01-31", "2026-1-5", "january 2026", "jan. 15, 2026", "15. januar 2026"),
    *("15 january 2026", "january 15 2026", "15th january, 2026", "01/15/2026", "15/01/2026", "15.01.2026"),
    *("01/02/2026", "02/01/2026", "12/31/2025", "31.12.2025", "99/99/2025", "december 2025"),
]


@pytest.mark.parametrize("date", BEFORE)
def test_a_day_is_before_the_qmsr_however_it_is_written(date: str) -> None:
    assert past.is_before(date)


OWN_DATES = ["15.01.2026", "01/15/2026", "1 February 2026", "January 15 2026", "15th January 2026", "2026-1-15"]


@pytest.mark.parametrize("date", OWN_DATES)
def test_minutes_of_a_day_before_the_qmsr_are_a_record(date: str) -> None:
    [finding] = found(f"# Minutes of the quality meeting\n\nDate: {date}\n\nThe DHF of the device is closed.")
    assert (finding.severity, finding.context) == ("note", "record")


@pytest.mark.parametrize("date", ["15.02.2026", "01/03/2026", "2 February 2026", "February 15 2026", "2026"])
def test_minutes_of_a_later_day_are_none(date: str) -> None:
    [finding] = found(f"# Minutes of the quality meeting\n\nDate: {date}\n\nThe DHF of the device is closed.")
    assert (finding.severity, finding.context) == ("warning", "prose")


PAST = [
    "FDA inspected us under QSIT in 2023.",
    "In 2024 the agency inspected our site per 820.198.",
    "Internal audit audited the plant in 2022 under 820.22.",
    "The NCRs of 2018\u20132025 cite 820.90.",
    'The old rule said, in 820.25(a): "Each manufacturer shall have sufficient personnel".',
    "In 1996 FDA published the Quality System Regulation.",
    "On October 7, 1996 the agency issued the Quality System Regulation.",
    "The 2019 FDA inspection followed QSIT and found nothing.",
    "During our 2021 audit one observation cited 21 CFR 820.22.",
    "The 483 of 3 May 2022 lists 820.100(a) and 820.198(c).",
    "A warning letter dated 2018-06-11 cites 21 CFR 820.75(a).",
    "AUD-2025-02: audited against 21 CFR 820.22 and found conforming",
    "Prior audit (May 2023) cited 820.70(c); it is closed.",
    "From 1997 to 2026 manufacturers had a DHF under 820.30(j).",
    "Historically, FDA inspected under QSIT.",
    "In 1997, the Quality System Regulation replaced the GMP regulation of 1978.",
    "In 1997 the QSR (21 CFR Part 820) superseded the GMP rule.",
    "As FDA stated in 1996, the Quality System Regulation requires reviews.",
    "At that time, 820.30 required design controls and a DHF.",
    "Under the former Quality System Regulation, the DMR was required by 820.181.",
    "The old QSR allowed this under 820.180(c).",
    "Earlier revisions of this procedure used the term device master record.",
    "The terms DMR and DHF were used in revisions A to F.",
    "820.22 used to require quality audits.",
    "The DHF was formerly required by 820.30(j).",
    "The preamble to the Quality System Regulation discusses 820.72.",
    "Until then the QSR applies.",
    "Under the QSR the DHF was required by 820.30(j).",
    "820.35(a) has seven elements where 820.198(e) had eight.",
    "Investigators used the QSIT sampling tables until January 2026.",
    "Its design history file was closed on 12 April 2019 and is kept as it was.",
    "Form history: 2 (2018) reference to 820.30(e) added.",
    "The 483 of 15.01.2026 lists 820.100(a).",
    "A warning letter dated 01/15/2026 cites 21 CFR 820.75(a).",
    "Its design history file was closed on April 12 2019 and is kept as it was.",
    "The design history file was closed on 1 February 2026.",
    "Before February 2, 2026, 820.30(j) read: Each manufacturer shall establish and maintain a DHF.",
    "Until February 2026, 820.181 read as follows: each manufacturer shall maintain DMRs.",
]


@pytest.mark.parametrize("text", PAST)
def test_the_past_is_kept(text: str) -> None:
    findings = found(text)
    assert findings
    assert [finding.text for finding in proof.live(findings)] == []


PRESENT = [
    "Suppliers that audited us in 2023 are judged per 820.50.",
    "QA audited the lines in 2024 and signs per 820.80.",
    "FDA inspected us in 2023; QSIT is what the investigators use.",
    "Earlier versions of ISO 13485 exist; we follow ISO 13485:2003.",
    "The previous version was wrong: we follow ISO 13485:2003.",
    "Was 820.90 followed?",
    "Documents (formerly in the vault, 820.40) are kept in the eQMS.",
    "The validation of 2009 is repeated under 820.75.",
    "The NCRs of 2025 are closed per 820.90.",
    "The old rule said so, but suppliers are judged per 820.50.",
    "A batch of 2000 units was made under 820.70.",
    "The DHFs of 2019 shall be reviewed.",
    "Operators follow the DMR of 2023.",
    "The DMR (2024) lists all specifications.",
    "Management with executive responsibility of 2024 is listed in the annex.",
    "The DHRs from 2019 to present are in the eQMS.",
    "The DHRs of 2024, 2025 and 2026 are stored in the vault.",
    "DHRs from 2024 until 2030 are stored in the vault.",
    "DHRs from 2020 forward are electronic.",
    "A DHF of the 2015 model of the device is kept current.",
    "The DHF of 2026 is approved for the device.",
    "This procedure was written in 2018 and meets 21 CFR 820.198.",
    "This SOP was revised on 2024-03-01 and implements 820.50.",
    "The company was founded in 1998, and its manual follows the Quality System Regulation.",
    "First issued in 2012, it was extended in 2015 and complies with 820.20.",
    "The former regulation is replaced; the DHF shall be kept under 820.30(j).",
    "In 2027, the Quality System Regulation replaced our rule.",
    "In 1997 the plan was replaced, and the Quality System Regulation requires it.",
    "As FDA stated in March 2026, the Quality System Regulation requires reviews.",
    "The Quality System Regulation replaced the GMP rule, and we follow it.",
    "As FDA explained in 2014, this procedure follows 21 CFR 820.50.",
    "Our quality manual, as FDA noted in 2011, cites 21 CFR 820.20.",
    "As FDA said in 1996, manufacturers are to follow 820.100, and we still comply with 21 CFR 820.22.",
    "Under the QSR, a DHF is required by 820.30(j).",
    "After the 2019 inspection the DHF shall be reviewed yearly.",
    "The DHF of the device is checked before the 2019 audit plan is closed.",
    "The DMR was released by QA.",
    "Lots made before 2 February 2026 are archived, but new lots get a DHR under 820.184.",
    "Lots made before 2 February 2026 and lots made after it are reviewed as 820.80(d) asks.",
    "Paper records were replaced by an electronic DHR in 2024, and operators sign the DHR on the tablet.",
    "Prior to February 2, 2026, DHFs of the device shall be reviewed.",
    "The warning letter of 3 May 2022 lists the DHF of the device.",
    "The 2019 audit found that the DHF of the device is missing.",
    "CAPA-2025-02 is open until 820.100 is met.",
    "AUD-2027-02: audited against 820.22 and found conforming",
    "The DMR had errors.",
    "In 2022 FDA cited missing DHRs, so the line lead completes every DHR within 24 hours.",
    "If FDA cited the site in 2024, the CAPA under 820.100 gets priority.",
    "The 2018 revision was approved, so use 820.40 for documents.",
    "If the previous validation required by 820.75 was incomplete, stop production.",
    "Check that the prior report required by 820.100 was closed.",
    "Verify whether earlier reports required under 820.198 were filed.",
    "Documents cited in this procedure follow 820.40.",
    "The 2016 edition is followed and the DHF was built to it.",
    "The DHF was opened on 12 April 2019 and is kept by Engineering.",
    "The regulation (21 CFR 820.30) used to design devices is trained.",
    "An audit in 2023 covers 820.22.",
    "Our 2024 audit plan covers 820.22 and 820.100.",
    "The 2025 audits follow QSIT.",
    "FDA 483 observations most often cite 820.100(a) and 820.198(a).",
    "FDA issued the QSR in 1996 and it applies to us.",
    "In 2018 the company adopted the Quality System Regulation and still uses it.",
    "The preamble of this manual names the QSR.",
    "The process is validated in June; until then 820.75 applies to each lot.",
    "Under the QSR, each manufacturer was and is required to keep a DMR.",
    "Complaint files shall be kept as 820.198 asks; they were reviewed in 2019.",
    "From 2015 to 2026 the DHF of the device is stored in Boston.",
    "The Quality System Regulation, 21 CFR Part 820, issued on October 7, 1996, applies to us.",
    "Form 483 observations are answered as 820.100 requires.",
    "The 2026 inspection followed QSIT.",
    "The 483 of 3 May 2026 lists 820.100(a).",
    "Versions of the DMR were used in revision control of the device.",
    "The 483 of 15.02.2026 lists 820.100(a).",
    "The inspection on 01/03/2026 followed QSIT.",
    "The design history file was closed on 2 February 2026.",
    "The DHF was opened on January 15 2026 and is kept by Engineering.",
    "Since 15.01.2026 the DHR shall be signed by the line lead.",
    "This procedure was approved on 01/15/2026 and meets 21 CFR 820.198.",
    "Before release, the label reads: the DHR shall be kept.",
    "The label of the lot read 820.181 in 2025: it shall be kept.",
    "Until February 2026 training was required: since then each operator shall sign the DHR.",
    "The label said: kept until 2026, the DHR shall be signed.",
    "Until February 2026 the label read: none; but now each operator shall sign the DHR.",
    "Before February 2026 training was planned; it is now required: operators sign the DHR.",
    "The DMR was revised on 15th January 2026, and operators sign the DHR on the tablet.",
]


@pytest.mark.parametrize("text", PRESENT)
def test_a_past_date_does_not_excuse_what_is_said_of_today(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.severity != "note"] != []


LINES = [
    'Supersedes: SOP-011 Rev C "Quality Audits (21 CFR 820.22)"',
    "Document history: rev 4 removed the Quality System Regulation and 820.30.",
    "Changes from the previous revision: DHF added.",
    "Form history: 2 (2018) reference to 820.30(e) added.",
]


@pytest.mark.parametrize("text", LINES)
def test_a_line_of_history_has_a_label(text: str) -> None:
    assert found(text)
    assert proof.live(found(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Change control: the DMR is updated.",
        "Replacement: see the DHF of the device.",
        "History: the DHF of the device is kept.",
        "Document history is recorded in the DHF of the device.",
    ],
)
def test_another_label_makes_no_history(text: str) -> None:
    assert proof.live(found(text)) != []


def safety(text: str) -> list[str | None]:
    return [finding.fix and finding.fix.safety for finding in proof.live(found(text))]


@pytest.mark.parametrize(
    "text",
    [
        "The audit was planned as 820.22 requires.",
        "Quality System Regulation, printed in 1996",
        "Comment 12 names 820.72.",
        "Never mix up 820.72 with the clause.",
    ],
)
def test_a_sentence_that_may_speak_of_the_past_has_no_safe_fix(text: str) -> None:
    assert safety(text) == ["unsafe"]


@pytest.mark.parametrize(
    "text",
    [
        "Audits are planned as 820.22 requires.",
        "ISO 13485:2016 and 820.22 are met.",
        "The internal audit of SOP-2019 follows 820.22.",
    ],
)
def test_another_sentence_has(text: str) -> None:
    assert safety(text) == ["safe"]


IN_USE = [
    "# Packaging Validation Report\n\nPer ISO 13485:2016, 7.5.11, and 21 CFR 820.130.",
    "# PV-XXX Packaging Validation Report\n\n12 May 2021\n\nPer 21 CFR 820.130.",
    "# [Product Name] Validation Report\n\n12 May 2021\n\nPer 21 CFR 820.130.",
    "# SOP\n\n## Revision history\n\n| Rev | Date | Change |\n|---|---|---|\n| A | 2020-01-02 | New |\n\n"
    "This document is controlled per ISO 13485:2016 and 21 CFR 820.130.",
]


@pytest.mark.parametrize("text", IN_USE)
def test_the_edition_of_a_standard_dates_nothing_and_a_report_to_fill_in_is_no_record(text: str) -> None:
    assert [finding.severity for finding in proof.live(found(text)) if "820.130" in finding.text] == ["error"]


def test_a_report_with_a_date_of_its_own_is_a_record() -> None:
    text = "# Packaging Validation Report\n\n12 May 2021\n\nPer ISO 13485:2016, 7.5.11, and 21 CFR 820.130."
    assert [finding.severity for finding in proof.live(found(text)) if "820.130" in finding.text] == ["note"]


RECORDED_TODAY = [
    "Finding NC-13 (2026-04-11): labels without a status, 21 CFR 820.86.",
    "Finding NC-14 (2025-11-04): procedures shall cite 21 CFR 820.86.",
    "Finding NC-15 (2025-11-04): 21 CFR 820.86; the correction is due on 2026-06-30.",
    "Effective date: 2024-05-10. Labels follow 21 CFR 820.86.",
    "Training record (effective 2024-05-10): 21 CFR 820.25(b).",
    "Finding: nonconformity against 21 CFR 820.86.",
    "Audit reports of 2025: kept in the archive per 820.180.",
    "Complaint records (2020-2026): 820.198.",
    "Content: 21 CFR 820.25(b).",
    "As of January 2024 the plan complies with 21 CFR 820.30(b).",
    "# Procedure for labels\n\n| Number | SOP-1 |\n|---|---|\n| Effective date | 2024-05-10 |\n\nLabels follow 820.86.",
    "# Labels\n\nEffective date: 2024-05-10\n\nLabels follow 21 CFR 820.86.",
    "# Procedure for labels\n\nDate: 2024-05-10\n\nContent: labels and 21 CFR 820.86.",
    "# Training record procedure\n\nDate: 2024-05-10\n\nContent: 21 CFR 820.25(b).",
    "# Binder\n\n## Audit report of 14 October 2026\n\nFinding 1: the gauge had no label (820.72(b)(2)).",
    "# Binder\n\n## Audit report of 14 October 2025\n\nLabels are applied per 820.86.",
    "| Document | Title | Section | Date |\n|---|---|---|---|\n| SOP-1 | Labels | 820.86 | 2024-03-12 |",
    "| Finding | Requirement | Date |\n|---|---|---|\n| Status | 820.86 | 2026-03-12 |",
    "# SOP\n\n## Audit Report\n\n| Document | Type | Date |\n|---|---|---|\n| QSR 820.30 | Regulation | 1997 |",
    "| Finding | Requirement | Due date |\n|---|---|---|\n| Status | 820.86 | 2025-03-12 |",
]


@pytest.mark.parametrize("text", RECORDED_TODAY)
def test_what_holds_today_is_no_record_of_the_past(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.severity != "note"] != []


RECORDED_THEN = [
    "Audit finding NC-12 (2025-11-04): 21 CFR 820.86.",
    "NC-2025-014 (2025-06-12): labels not controlled, 21 CFR 820.86.",
    "Audit date: 2025-11-04. Finding: nonconformity against 21 CFR 820.86.",
    "As of January 2026 the plan complied with 21 CFR 820.30(b).",
    "Observation 1 (2023): the process was not validated, 820.75(a).",
    "Training record dated 10 May 2024: 820.25(b).",
    "FDA 483 observations from 2023 referred to QSIT subsystems.",
    "# Training record\n\nDate: 2024-05-10\n\nContent: 21 CFR 820.25(b) and the Quality System Regulation.",
    "# Binder\n\n## Audit Report of 14 October 2025\n\nFinding 1: the gauge had no label (21 CFR 820.72(b)(2)).",
    "# Binder\n\n## Finding 12\n\nAudit date: 2025-11-04\n\nFinding: nonconformity against 21 CFR 820.86.",
    "# Log\n\n## Nonconformance log\n\n| Date | Issue | Section |\n|---|---|---|\n| 12-Mar-2024 | No label | 820.86 |",
    "| Date | Finding | Clause |\n|---|---|---|\n| 12-Mar-2024 | No status label | 820.86 |",
]


@pytest.mark.parametrize("text", RECORDED_THEN)
def test_the_record_of_an_event_before_the_qmsr_is_only_noted(text: str) -> None:
    assert {(finding.severity, finding.fix) for finding in proof.live(found(text))} <= {("note", None)}


@pytest.mark.parametrize(
    "text",
    [
        "Complaint log, 2024: QA evaluates each complaint per 820.198.",
        "Audit report of 2025-11-12: file it per 820.180(b).",
        "| Date | Finding | Instruction |\n|---|---|---|\n| 2024-01-01 | Burr | Complaints are evaluated per 820.198 |",
    ],
)
def test_what_may_be_a_record_or_an_instruction_is_not_hidden(text: str) -> None:
    assert proof.live(found(text))


@pytest.mark.parametrize(
    "text",
    [
        "Devices made before 2 February 2026 are serviced per 820.200.",
        "Products released before February 2026 are now handled per 820.140.",
    ],
)
def test_what_is_done_today_with_things_of_that_time_is_found(text: str) -> None:
    assert [finding.severity for finding in proof.live(found(text))] == ["error"]


def test_what_a_revision_puts_in_today_is_found_and_its_history_stays() -> None:
    rows = "| A | 2019-05-01 | Updated to cite 820.22 |\n| B | 2026-05-01 | Updated to cite 820.22 |"
    [finding] = proof.live(found(f"## Revision history\n\n| Rev | Date | Change |\n|---|---|---|\n{rows}"))
    assert (finding.severity, finding.context, finding.fix) == ("error", "history", None)
    assert finding.message.endswith("correct the text, not its history.")


@pytest.mark.parametrize(
    "text",
    [
        "A DHF of 2015 is kept under its old name.",
        "Archived DHFs (2009 to 2025) are not renamed.",
        "DHFs from 2019 stay in the vault of the device.",
    ],
)
def test_records_of_a_year_before_the_qmsr_are_only_noted(text: str) -> None:
    assert [finding.severity for finding in proof.live(found(text))] == ["note"]
