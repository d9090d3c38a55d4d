"""What must not excuse a legacy word: sentences of procedures in use with words that also tell of the past."""

import pytest
from linted import live

# the text, and how many findings it must have at least
IN_USE = {
    # participles that are not the verb of the sentence; other meanings; what is assumed or denied
    "Components obtained in 2025 go through acceptance per 820.80.": 1,
    "Goals achieved in 2024 serve in the management review per 820.20(c).": 1,
    "Each DHR lists the yield achieved in 2025 as reference.": 1,
    "The wheelchair tire is inspected and the result is recorded in the DHR.": 1,
    "The DHF holds drawings of the tire and rim of our medical device.": 1,
    "A quorum of five members is needed. The CAPA board works under the QS Regulation.": 1,
    "The device reduces biofilm. We comply with the QS regulation.": 1,
    "The QMSR removed subparts, and 820.180 applies to all records.": 1,
    "It is not true that FDA removed 820.198.": 1,
    "Until FDA has removed 820.180, records are kept per 820.180.": 2,
    "If FDA removed 820.100, in part, we would comply.": 1,
    "Design reviews follow Section 820.30-e.": 1,
    "Inspect per 820.80 of the component drawings.": 1,
    # what takes the place of a document, and what is done besides
    "Replaces pump 3 and records the change in the DHR per 820.184": 2,
    "Replaces lot 5 labels and files the old ones in the DHR": 1,
    "Cancels WO 12 and updates the DHR": 1,
    "This SOP supersedes QP-820 Rev C and describes how the DHR is reviewed under 820.184": 2,
    "This document cancels and replaces MAN-001 and applies to all DHFs kept under 21 CFR 820.30(j)": 2,
    "Supersedes DR-12: QA shall review the DMR and DHR under 820.181 and 820.184": 4,
    "Obsolete documents: SOP-040 requires that they be removed from the DMR as required by 820.40(b)": 2,
    "Cancelled forms: QA-7 shall be used to record the cancellation in the DHR, in line with 820.184": 2,
    "Withdrawn forms: F-12 must be removed from every DMR by the controller, who keeps it under 820.181": 2,
    # words and terms of other things
    "The term is discontinued by suppliers, so QA shall keep the DMR": 1,
    "The expression has been withdrawn from the label, and the DHF and DMR shall be updated": 2,
    "The acronym is obsolete on labels, while the DHR is used": 1,
    "The abbreviation is retired when the DHR is closed": 1,
    "There is no requirement in the regulation for DHR review by two persons": 1,
    "There is no requirement of the regulation for DHF signatures; QA signs the DHF": 2,
    "There is no separate requirement in the standard for the DHR but QA shall keep the DHR": 1,
    "The DHF is a historical expression of the design and shall be kept": 1,
    "DHR is a legacy abbreviation that production still uses": 1,
    # the former law as what is followed
    "All suppliers shall comply with 820.50 of the former QSR": 1,
    "We comply with 820.100 of the former 21 CFR part 820": 1,
    "Suppliers shall meet 820.50 of the pre-2026 regulation": 1,
    "Reviews per 820.30(e) of the old part 820 are mandatory": 1,
    "Maintain the DMR under the superseded QSR": 1,
    "Design history files from the withdrawn regulation are updated by QA with each change": 1,
    "QSR-era procedures must be followed": 1,
    # numbers
    "The following sections apply in this order: 820.20, 820.22, 820.30 and 820.100": 3,
    "The audit covers the QSR in numeric order: 820.20, 820.22, 820.30": 2,
    "See the table: 820.20, 820.22, 820.30 and 820.40": 3,
    "The CFR numbers 820.20 and 820.100 apply to us": 1,
    "The 820.40 revision is signed by QA": 1,
    "Perform the 820.40 revision at each change": 1,
    "The 820.30 rev of the design is done": 1,
    "Our nuclear lab is under 10 CFR 820, and complaints are handled per 820.198": 1,
    "Our site follows 10 CFR Part 820 for nuclear safety and 820.30 for design control": 1,
    # what is removed is a thing
    "Labels are inspected per 820.120 (removed, inspected and destroyed)": 1,
    "Parts are controlled under 820.90 (removed, replaced or reworked)": 1,
    "Product is segregated under 820.86 (deleted, reworked or scrapped)": 1,
    "Samples under 820.250 are empty numbers in the log": 1,
    # called, deemed, replaced
    "820.30 shall be called out in the design plan": 1,
    "The QSR will be called out in quality agreements": 1,
    "21 CFR 820.198 will be called upon when needed": 1,
    "820.100 is deemed as met when the CAPA is closed": 1,
    "The requirement of 820.30 shall be construed as covering software": 1,
    "820.181 and 820.184 are deemed as satisfied by the traveler": 2,
    "820.75 = now required for all processes": 1,
    "Steps in 820.80 are deleted and replaced by supplier data": 1,
    "QA renames the DHR to the batch record number": 1,
    "Rename the scanned DHR to batch record 1234 and upload it": 1,
    "Retitle each DHF as design and development file when the project closes": 1,
    "Obsolete: 820.40 documents must be removed from all points of use": 1,
    "Eliminated: 820.90 nonconforming product must be discarded": 1,
    "Legacy: the DHR of each batch record is reviewed": 1,
    "Do not use: 820.50 suppliers without approval": 1,
    "Never use: QSR suppliers which are not approved under 820.50": 2,
    "Was 820.100, now 8.5 hours": 1,
    "In previous versions: DHR shall be kept": 1,
    "Ex-DHR boxes are stored in Room 4": 1,
    "The complaint record under 820.198 and the device are history": 1,
    "The amendments removed sections 820.50 from our scope": 1,
    # histories and change orders
    "Document history. The DHR shall be reviewed under 820.184.": 2,
    "Revision history. Each change to the DMR is listed there per 820.40.": 2,
    "Historique: the complaint shall be evaluated under 820.198.": 1,
    "Amendment record: an amendment to the DHR shall be signed by QA under 820.184.": 2,
    "NEW: Assign the DMR number. OLD: Keep the DMR and the medical device file number.": 2,
    "Was: The DHR is reviewed by QA on each lot. Is: The DHR of each lot is reviewed by production.": 2,
    # other meanings
    "The DMR is a documented manufacturing record kept by Engineering.\n\nThe DMR shall be approved under 820.181.": 3,
    "The DHR is a documented history report for each lot": 1,
    "The DMR is a dynamic multi-level repository of specifications": 1,
    "Drawings, manuals and recipes list (DMR) is kept.\n\nThe DMR shall be approved.": 1,
    "The DHR packet (done here regularly) is reviewed under 820.184": 2,
    # documents and sections that are in use
    "# Historical document control procedure\n\nDocuments are approved under 820.40.": 1,
    "[Superseded revisions are archived] Document control.\n\nRecords are kept under 820.180.": 1,
    "## Do not use\n\n- damaged labels: note them in the DHR": 1,
    "## Do not use these forms\n\n- F-12 for the DHR": 1,
    "## Do not use these terms\n\n- QA shall keep the DHR": 1,
    "## Obsolete terms and documents\n\nQA removes obsolete labels from the DMR under 820.40": 2,
    "## 3 Definitions and former terms\n\nDMR: Device Master Record": 2,
    "## Handling of superseded definitions of the DMR\n\nQA must keep the DMR current": 2,
    "These documents are retired as described:\n\n- QA shall sign the DHR per 820.184.": 2,
    "The following forms are withdrawn at the end of each lot:\n\n- F-1 DHR cover": 1,
    # dates of what goes on
    "The ERP, which was validated on 2 June 2023, stores the DHR and DMR": 2,
    "The system was validated by the supplier (12 May 2025) to store DHRs and DMRs": 2,
    "The complaint form, which was reviewed on 12 May 2025, feeds 820.198 files": 1,
    "Management with executive responsibility signed this policy on 12 May 2025": 1,
    "- Test report of 9 December 2025, see the index\n- Confirm the completeness of the DHF": 1,
    # columns of other things
    "|Anterior diameter|Actual diameter|Record|\n|---|---|---|\n|5.2|5.3|DHR of the lot per 820.184|": 2,
    "|Anterior|Actual|Standard|\n|---|---|---|\n|DHR of the medical device per 820.184|pass|ISO 13485|": 2,
    "|Alt|Actual temperature|\n|---|---|\n|DHR of the medical device 820.184|7.5.1|": 2,
    "|Alte Revision|Neue Revision|Was|\n|---|---|---|\n|4.1|5.0|DHF nach 820.30(j), Medizinprodukt|": 2,
    "|Alter Lieferant|Neuer Lieferant|Norm|\n|---|---|---|\n|Acme: DMR nach 820.181|Beta|ISO 13485|": 2,
    "|Legacy wording (do not change)|Owner|\n|---|---|\n|R&D must keep the DHF of the device per 820.30|R&D|": 2,
    "|Outdated term|Form|\n|---|---|\n|DHR of the medical device per 820.184 (still used)|F-1|": 2,
    "|Previous words|Next step|\n|---|---|\n|Sign DHR of medical device|Sign DMR|": 2,
    "|Section|State|\n|---|---|\n|820.184 record|(reserved) - QA shall keep the DHR of the medical device there|": 2,
    # headings of other things
    "## Revisions (labels)\n\n- QA updates the DMR of the medical device per 820.181.": 2,
    "## Change log (DHF)\n\n- The DHF of the medical device shall have a change log per 820.30(i).": 2,
    "## Evolution history\n\n- The DHF of the medical device shall be updated per 820.30(i).": 2,
    # lists of sections and words in use
    "The auditor may not delete all of the requirements of the QSR, such as 820.22, from the list": 1,
    "The deleted sections: 820.22 audits of the medical device remain required": 1,
    "Reserved sections: 820.198 files of the medical device are stored in the archive": 1,
    "Do not delete DHF wording from the approved label of the medical device": 1,
    "Never eliminate DHF terms from the label of the medical device": 1,
    "Search for DHR terms in the eQMS of the medical device": 1,
    "Purge DMR terms and artwork of the medical device": 1,
    "If the DMR acronym is withdrawn, R&D informs the plant": 1,
    "QSR terms are gone through with the supplier of the medical device": 1,
    "\u4f9d\u65e7820.184\u4fdd\u5b58\u533b\u7597\u5668\u68b0DHR\u3002": 1,
    "820.184 (\uc0ad\uc81c \uae30\ub85d) \uc758\ub8cc\uae30\uae30 DHR": 1,
    # other things with the same letters
    "Put the drawing in the DMR slot of the cabinet; the DMR of the medical device is approved": 2,
    "The P25 percentile is recorded in the DMR of the medical device": 1,
    # the wording of the former law, and wording like it
    "The individual(s) performing the inspection sign the DHR of the medical device": 1,
    "Each manufacturer shall send us the DHR of the medical device with every lot": 1,
    "Our contract manufacturers: each manufacturer shall maintain a DMR and give us access": 1,
    "QA checks that the requirements of this part are met, then closes the DHR of the medical device": 1,
    "As the manufacturer we shall keep a DHF for each type of device": 1,
    "Each manufacturer of ours sends us the DHR with the lot": 1,
    "The records of this part are in the DMR": 1,
    "The individual(s) who perform the test sign the DHR": 1,
    # what is removed, old or to be taken out is a thing
    "This rule removed all samples, including 820.70 lots": 1,
    "We removed pages from the DMR, including those that 820.181 asks for": 2,
    "The DMR definitions were reviewed": 1,
    "The DMR and DHR labels were removed from the lot": 2,
    "Scrub the DMR shelf weekly": 1,
    "Old forms (820.40) are archived": 1,
    "The old section of the building (820.70) is cleaned": 1,
    # what is said of something beside it
    "Anchors: 21 CFR 820.30 (design control), ISO 13485 7.3, FDA QMSR (2026 harmonization with ISO 13485)": 1,
    "We follow 820.22 and the QMSR (amended in 2026)": 1,
    "The removed parts are 820.30 samples": 1,
    "The removed sections of the pipe are marked per 820.86": 1,
    "The DMR and DHR terms of payment are gone": 2,
    "The DHF words are reviewed": 1,
    "The formerly manual review is now in the system, as 21 CFR 820.30 and the QSR require": 2,
}


@pytest.mark.parametrize("text", IN_USE)
def test_what_is_in_use_is_found(text: str) -> None:
    findings = live(text)
    assert len(findings) >= IN_USE[text], [(finding.rule, finding.text) for finding in findings]


OTHER_NUMBERS = [
    "Cost for the FDA audit: 820.75/vial",
    "A fee of 820.50/visit",
    "820.80/gallon of buffer",
    "QMS/820.30/Design",
    "DMR_files/820.30/Plan/v2",
    "CAPA/820.100/closed/2026",
    "Tube 820.30-8.5 of the rack",
    "820.75-7.5 mm",
    "Building 820: Subpart D is the lab",
    "Order 820, Subpart C of the catalog",
    "Chapter 820, Subpart J of the lease",
    "Readings 820.30-90 were taken",
    "Weights 820.22-25 grams",
    "Valve 820.30-75 is stocked",
    "Tolerance 820.30-40 microns",
]


@pytest.mark.parametrize("text", OTHER_NUMBERS)
def test_other_numbers_are_no_citations(text: str) -> None:
    assert [finding.text for finding in live(text) if finding.rule.startswith("cite")] == []
