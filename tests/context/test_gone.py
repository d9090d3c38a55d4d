"""Lists and ranges of sections that are said to be gone, reserved or moved, and what is only done by them."""

import pytest
from linted import found, table

from qmsr_lint import proof

# What is said is said of other things than the sections: each citation stays a finding.
FOUND = [
    "FDA removed 820.100 observations from the list.",
    "FDA removed the 820.100 citation after our answer.",
    "| Cited | What became of it |\n|---|---|\n| 820.25 | Removed by the author |",
    "820.30 is reserved for the design team.",
    "820.30 and 820.40 are reserved for the second day of the course.",
    "Room 4 is reserved to 820.22 audits.",
    "Retained samples are reserved as 820.86 requires.",
    "Withdrawn forms are removed from the 820.40 binders.",
    "An obsolete drawing is removed per 820.40.",
    "The closed file is moved to the archive per 820.180.",
    "Rejects under 820.90 are removed from the line.",
    "Goods that were rejected by 820.90 were removed.",
    "The 820.86 tags are removed.",
    "820.90 (rejects) and 820.86 tags are removed from stock.",
    "The removal of 820.86 tags is recorded.",
    "Files of 820.184 are moved to 820.35 folders.",
    "Records by 820.184 and 820.180 are transferred to the archive.",
    "The room is reserved: 820.30 meeting on Monday.",
    "Anybody citing 820.30 in a report is trained.",
    "Deletion of 820.184 and 820.181 files by users is prohibited.",
    "Deletion of 820.184, 820.181 and 820.198 by users is prohibited.",
    "Removal of 820.72 from the audit plan requires approval.",
    "820.30 is moved to clause 7 of this SOP.",
    "Go to 820.75 -> 7.5.6 tab and complete the form.",
    "820.30 -> 7.3.1 of our design SOP",
    "SOPs citing 820.198 as authority are superseded by the next revision each year.",
    "820.22 audits, and 820.20(c) reviews, no longer exist as separate meetings.",
    "820.40 documents no longer in effect are withdrawn.",
    "820.40 documents that are no longer in force under FDA rules are withdrawn.",
    "820.72 gauges do not exist in this site.",
    "820.72 gauges and 820.75 machines no longer exist.",
    "820.180 records were deleted.",
    "820.50 suppliers that do not exist any more are taken from the list.",
    "820.22 reviews no longer exist as separate meetings.",
    table("| Requirement | Applicability |", "| 820.170 | Removed |"),
    table("| Section | Stock status |", "| 820.160 | Reserved |"),
    "820.140 storage racks (reserved) are labelled.",
    "820.22 was moved to clause 7.3.2.",
    "820.22 and 820.198 moved to 820.35(d).",
    "820.40 is reserved, and Clause 4.2.3 takes its place.",
    table("| Section | Room |", "| 820.22 | Reserved for QA |"),
    table("| Section | Lot |", "| 820.90 Nonconforming product | Removed |"),
    table("| Section | Lot |", "| Rejects by 820.90 | Removed |"),
    table("| Section | Lot |", "| 820.90 | Removed from the line |"),
    "Removed sections are filed per 820.40.",
    "The removed lots are reviewed under 820.90.",
    "820.180 was not kept by the site.",
    "820.72 records are not retained in the lab.",
    "The 820.80 check was not carried over to the next shift.",
    "Results of 820.75 runs were not carried over.",
    "Results by 820.75 were not carried over.",
    "820.198 records were not kept in part 2 of the file.",
    "820.72 calibrations were not maintained by code 7.",
    "820.20 was not incorporated in the rule of the site.",
    "820.184 was not repeated in the text.",
    "820.22 is covered in section 8.2.4.",
    "820.22 is addressed in 8.2.4 below.",
    "820.75 is implemented in 7.5.6 of SOP-12 and is mandatory.",
    "820.75 corresponds to 7.5.6 of SOP-12.",
    "Design controls (820.30) are addressed in 7.3 of QP-07.",
    "820.180(c), which was not carried over, still protects our audit reports from FDA.",
    "820.180(c) was not carried over and is therefore still binding for old records.",
    "820.180(c) has no counterpart in ISO 13485 and exempts audit reports.",
    "There is no counterpart to 820.180(c) in the QMSR, so reports stay closed to FDA.",
    "The standard has no equivalent to 820.180(c) and we keep reports secret.",
    "Withdrawn sections of the manual were reviewed under 820.40.",
]


@pytest.mark.parametrize("text", FOUND)
def test_what_is_done_by_a_section_says_nothing_of_it(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule.startswith("cite-")]
    assert findings
    assert [finding.text for finding in findings if finding.suppressed] == []


KEPT = [
    "FDA removed 820.30.",
    "FDA removed Subparts C through O of Part 820.",
    "| Cited | What became of it |\n|---|---|\n| 820.25 | Removed by the QMSR |",
    "Part 820 has two subparts, with \u00a7\u00a7 820.20\u2013820.30, \u00a7 820.40, and the rest [Reserved].",
    "Since then \u00a7820.22 (audits) and \u00a7820.100 (CAPA) are [Reserved].",
    "Sections 820.20 to 820.30 are reserved.",
    "Sections 820.20-820.30 are reserved, and Clause 7.3 is what counts for designs.",
    "The final rule reserved \u00a7\u00a7 820.20\u2013820.30 and took in ISO 13485 Clause 7.3.",
    "All other sections (e.g., \u00a7\u00a7820.5, 820.20\u2013820.30, 820.40) are reserved.",
    "- Confirmed: 820.22, 820.86 and 820.90 are all gone from the current text.",
    "820.20-820.30 and 820.40 are both reserved for future use.",
    "The QMSR reserved \u00a7\u00a7 820.20-820.30 and took in the standard.",
    "820.72 (calibration), 820.75 (process validation) and 820.86 are no longer in the current rule.",
    "Old numbers - \u00a7 820.40 document controls, \u00a7 820.86 acceptance status, and so on - no longer exist.",
    "It has 820.40 and Subparts C-O [Reserved].",
    "820.40 is no longer in effect.",
    "The removed sections are 820.20 to 820.250, and Part 820 is short now.",
    "Reserved sections: 820.20, 820.22 and 820.25.",
    "This rule removed the majority of the current requirements in Part 820, including 21 CFR 820.70.",
    "The QMSR eliminates most sections of part 820, such as 820.22 and 820.100.",
    "\u00a7 820.180 (\ud3d0\uc9c0) \u2192 \u00a7 820.35",
    table("| Section | Now |", "| \u00a7820.20 \u2013 \u00a7820.30 | [Reserved] \u2014 ISO 13485 |"),
    "The sections that were removed are §§ 820.20–820.30 and 820.40.",
    "820.72 (calibration of gauges) does not exist any more.",
    "820.198 complaint files no longer exist.",
    "820.100 CAPA and 820.90 nonconforming product no longer exist.",
    "820.40 document requirements are no longer in force.",
    "820.184 records no longer exist in the regulation.",
    "The 820.180(c) exemption is removed.",
    "The 820.180(c) exemption for audit reports and reviews is now repealed by the QMSR.",
    "820.22 and 820.25 are all gone from today's regulation.",
    "820.72, 820.75 and 820.90 were deleted with effect in 2026.",
    "The final rule shows the deletion of \u00a7\u00a7820.70(i), 820.72 and 820.86.",
    "The repeal of 820.181 (device master record) is known.",
    "The content of \u00a7 820.198 moved to 820.35(a).",
    "820.184 and 820.198 moved to 820.35.",
    "Anything citing 820.22 as current law is stale.",
    "Texts citing 820.22 and 820.25 are outdated.",
    table(
        "| Section | Today |",
        "| \u00a7 820.5 | [Reserved] |",
        "| Subparts C\u2013O | [Reserved] |",
        "| Subparts C, D and E | [Reserved] |",
        "| \u00a7\u00a7 820.20\u2013820.30, 820.40 | [Reserved] |",
    ),
    table(
        "| Section | Today | Note |", "| 820.90 Nonconforming product | [Reserved] | - |", "| 820.22 | repealed | - |"
    ),
]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_said_of_a_list_or_a_range_holds_for_each_member(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule.startswith("cite-")]
    assert findings
    assert [finding.text for finding in proof.live(findings)] == []
