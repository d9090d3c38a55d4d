"""What became of a legacy word: a right successor excuses it, a wrong one and mere document control do not."""

import pytest
from linted import fixes, found, live, table

from qmsr_lint import formats, proof
from qmsr_lint.context import mapping
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.rules import Settings, load

# The words after the bar are what stays a finding.
WRONG = [
    "820.40 is now ISO 13485:2016 clause 4.2.3. | 820.40",
    "820.75 was replaced by clause 7.5.2 of ISO 13485:2016. | 820.75",
    "820.198 has become 820.45. | 820.198",
    "820.22 → ISO 13485:2016, Clause 8.2.2 | 820.22",
    "Complaint handling (820.35(a)(6), formerly 820.198(e)(6)) | 820.198(e)(6)",
    "820.180(c) became 820.35(d). | 820.180(c)",
    "Audits (820.22 \u2192 \u00a78.2.2) | 820.22",
    "820.30, 820.40 \u2192 4.2.4 | 820.30",
    "820.40 \u2192 4.2.3 | 820.40",
    "820.75 -> step 7.5.6 of the plan | 820.75",
    "820.22 \u2192 7 | 820.22",
    "820.30 and 820.198 (now 820.35) | 820.30",
    "The medical device file, formerly the DHF, is kept. | DHF",
    "DHR → medical device file | DHR",
    "The DMR was replaced by the design and development file. | DMR",
    "Both the DHF and the DMR were replaced by the medical device file. | DHF",
    "QSIT was replaced by CP 7382.845. | QSIT",
    "The MDF (formerly DMR) and DHR of the device are kept. | DHR",
]


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_successor_excuses_nothing(line: str) -> None:
    text, _, word = line.partition(" | ")
    assert word in [finding.text for finding in proof.live(found(text)) if finding.severity != "note"]


ORDINARY_ROWS = [
    table("| Old term | New term |", "| DHR | Still used |", "| DMR | do not change |"),
    table("| Old text | New text |", "| The medical device file is kept | The DMR is kept per 820.181 |"),
    table("| Old citation | New citation |", "| 820.30(j) | 820.181 |"),
    table("| Old term | New term |", "| DHF | DHR |"),
    table("| Old term | New term |", "| medical device file | DMR |"),
    table("| Previous name | New name |", "| Batch record | Device history record |"),
    table("| Current text | Updated |", "| DHR per 820.184 | 2025-03-01 |"),
    table("| Current | New |", "| CAPA under 820.100 | Owner: J. Smith |"),
    table("| Before | Now |", "| Review the DHR per 820.184 | Release lot |"),
    table("| Gone from stock | Now |", "| 820.86 labels | Label B |"),
    table("| Legacy reference | Owner |", "| DHF of the pump | QA |"),
    table("| Old document title | Citation |", "| Audits | 820.22 |"),
    table("| Document | Citation |", "| SOP-1 | 820.40 Document Controls |"),
    table("| Alt | Step |", "| DHR review | Release |"),
    table("| Altersgruppe | Neu |", "| DHR review | Release |"),
]


@pytest.mark.parametrize("text", ORDINARY_ROWS)
def test_a_row_that_tells_no_successor_excuses_nothing(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.severity != "note"] != []


WRONG_ROWS = [
    (table("| Step | Record |", "| The DHR shall be signed before release | Batch record |"), "DHR"),
    (table("| Record | Use |", "| DHR | the batch record is filled in with it |"), "DHR"),
    (table("| Old | New |", "| DHF | Medical device file |"), "DHF"),
    (table("| Former | Current |", "| 820.40 | ISO 13485:2016 4.2.3 |"), "820.40"),
    (table("| Old section | New section |", "| 820.22 | 8.2.2 |"), "820.22"),
    (table("| QSR | QMSR |", "| 820.198 | 820.45 |"), "820.198"),
    (table("| Current citation | Updated reference |", "| 820.40 | Clause 4.2.3 |"), "820.40"),
    (table("| Current term | Proposed term |", "| DHF | Medical device file |"), "DHF"),
    (table("| Current text | Revised text |", "| Keep the DHF | Keep the DHF in the vault |"), "DHF"),
    (table("| Current text | Revised text |", "| Audits follow 820.22 | No change |"), "820.22"),
    (table("| Was | Is now |", "| 820.90 | - |"), "820.90"),
    (table("| Was | Is now |", "| Vault | DMR room |"), "DMR"),
    (table("| Retired | Replacement |", "| Pump of the DHR printer | |"), "DHR"),
    (table("| Document | As-is | To-be |", "| DHF | on paper | in the eQMS |"), "DHF"),
    (table("| Current controls | New controls |", "| DHR review | Two reviewers |"), "DHR"),
    (table("| Current status | New status |", "| DHR open | Closed |"), "DHR"),
    (table("| Former name | Site | Current owner |", "| DHR room | Cork | QA |"), "DHR"),
    (table("| Old form field | New address |", "| DHR reviewed? | Cork |"), "DHR"),
    (table("| From | To |", "| DMR store | Vault |"), "DMR"),
    (table("| Old part number | Section |", "| P-1 | 820.72 |"), "820.72"),
    (table("| Old part number | New part number |", "| DMR-pump DHR | P-2 |"), "DHR"),
    (table("| Old number | Number now |", "| 820.198(e)(6) | 820.35(a)(6) |"), "820.198(e)(6)"),
    (table("| Rule in force | Clause |", "| 820.72 | see below |"), "820.72"),
    (table("| Section | Clause |", "| 820.20 | 5; 6.1 |"), "820.20"),
    (table("| Before | After |", "| DHR review | Release |"), "DHR"),
]


@pytest.mark.parametrize(
    "head",
    [
        "Old rule | New rule", "Old paragraph | New paragraph", "Legacy cite | Current cite",
        "Old citation | Clause now", "Until 2026-02-01 | Since 2026-02-02", "Former Part 820 | Present requirement",
        "Old number | Number now", "Old rule | Rule in force", "Former paragraph | ISO clause", "Old law | Today",
        "Superseded reference | Reference in force", "Old provision | Today's provision", "Section then | Section now",
        "Before | After", "Formerly | Now",
    ],
)  # fmt: skip
@pytest.mark.parametrize("row", ["820.72 | 7.6", "820.20 | 5; 6.1", "820.3(a)(16) | 801.3"])
def test_old_and_new_columns_are_known_by_their_heads(head: str, row: str) -> None:
    assert fixes(table(f"| Subject | {head} |", f"| Matter | {row} |")) == {}


@pytest.mark.parametrize(("text", "word"), WRONG_ROWS)
def test_a_wrong_row_excuses_nothing(text: str, word: str) -> None:
    assert word in [finding.text for finding in proof.live(found(text))]


RIGHT = [
    "The clause is 8.3.2; was 820.90(b)(1).",
    'Design and development (formerly "Design Controls", 820.30) is described here.',
    "Superseded editions (ISO 13485:2003, ISO 13485:1996) are archived.",
    "Earlier editions such as ISO 13485:2003 are not used.",
    "SOP-12: DHR replaced with batch record throughout.",
    "DMR = now MDF; DHF = now DDF; DHR = now batch record",
    "The DMR/DHF terms are gone \u2014 see 4.2.3 (medical device file), 7.3.10 (design and development file).",
    "The acronyms DMR, DHF and DHR are gone.",
    "The Device Master Record and Design History File definitions were removed from \u00a7 820.3.",
    "The plan: scrub DHF and DMR terms from old records.",
    "They cite \"the old QSR section numbers ('820.70(b)', '820.198')\".",
    "The former sections (820.22, 820.100) are not cited.",
    "ISO 13485 \u00a77.3\uc740 \uad6c \u00a7820.30\uacfc \ub3d9\ub4f1\ud558\ub2e4.",
    "The terms 'DMR' and 'DHR' have been retired.",
    "21 CFR part 820 (2024, formerly 21 CFR 820.25 QSR).",
    'Do not use "DHF", "DMR" or "DHR" in new documents; use the terms in Table 1.',
    "Records of design and development projects, the design and development file (no longer: DHF)",
    "Batch record: documents that show how a lot was made; replaces: DHR, now called batch record.",
    "ISO 13485 does not know the terms DMR, DHR and DHF.",
    "The content of the repealed 820.72 is found in clause 7.6.",
    "Sec. 820.186 [Removed]",
    "\u00a7\u00a7 820.50\u2013820.250 [Removed and reserved, 89 FR 7523]",
    'This procedure supersedes SOP-820.30 "Design Control and Design History File", Rev K.',
    "All references to 820.100 changed to ISO 13485 clauses 8.5.2 and 8.5.3.",
    "ex 820.72: ISO 13485 7.6",
    "Was 820.100, now 8.5.",
    "The QSR itself was succeeded by the QMSR.",
    'Top management, in earlier revisions of this manual "management with executive responsibility"',
    "QSIT is history.",
    "- **Was:** Records are kept per 820.180.\n- **Is:** Records are kept per ISO 13485 4.2.5.",
    "Old: Sign the DHR.\n\nNew: Sign the batch record.",
    "\u00c4nderungshistorie: Rev. 04 (2020-10) \u2013 Verweis auf 820.40 erg\u00e4nzt",
    "**Amendment record:** Issue 3: para 5.2 reworded (DMR); Issue 4: annex C deleted (DHF checklist).",
    '"Device Master Record (DMR)" is an outdated expression; see "Medical device file".',
    "DHF: obsolete abbreviation. Use DDF.",
    "DHR \u2013 see batch record (obsolete term)",
    "DMR, DHR and DHF are words of yesterday.",
    "Forbidden words in new documents: DHF, DHR, DMR, QSR.",
    "Synonyms (deprecated): QSR, QS regulation.",
    'There is no requirement in the QMSR for a "quality system record".',
    '"DHF" is a term of the repealed regulation.',
    'The checker underlines "DHR", because this expression has been retired.',
    "From now on the DMR will be called medical device file.",
    'Release notes: module "DHR" renamed "Batch records".',
    '"DHF Root" \u2192 "Design and Development File"',
    "Rename the DHF template to DDF template.",
    'This procedure supersedes SOP-022 "Device Master Records".',
    "Withdrawn documents: SOP-023 Device History Record Review, SOP-024 DMR Maintenance.",
    "Superseded forms: F-310 Device Master Record Index, F-311 DHR Cover Sheet.",
    "Any reference in an older contract to the QSR shall be construed as a reference to the QMSR.",
    "The 2024 final rule removed \u00a7 820.5 and reserved the number.",
    "820.40 is an empty (reserved) section.",
    "ISO 13485 7.3.10 (820.30(j) in the former regulation)",
    "Internal audit (quality audit in the old regulation)",
    "MDF: medical device file (the DMR of the past)",
    "Audits (820.22 \u2192 \u00a78.2.4) are planned.",
    "CAPA: 820.100 \u2192 \u00a78.5.2, \u00a78.5.3",
    "820.75 -> clause 7.5.6; 820.40 (documents) => 4.2",
    "820.40 is now ISO 13485:2016 clause 4.2.4.",
    "820.198 became 820.35(a) and Clause 8.2.2.",
    "820.198(e)(7) is now 820.35(a)(6).",
    "820.20 is now Clause 5 of ISO 13485:2016.",
    "Complaint files (820.35(a); was 820.198)",
    "ISO 13485:2016 7.6 (old: 820.72)",
    "Design and development file (previously: DHF)",
    "MDF (ex-DMR)",
    "820.198(e)(8) corresponds to today's 820.35(a)(7).",
    "The design and development file takes the place of the DHF.",
    "Top management (in the QSR: management with executive responsibility)",
    "DMR → MDF; DHF → DDF; DHR → medical device or batch record",
    "The QMSR eliminated the terms DHF, DMR and DHR.",
    "CP 7382.845 and CP 7383.001 were withdrawn.",
    "The terms DMR, DHF and DHR are no longer used.",
    "The acronyms DHF and DMR shall not be used in new procedures.",
    "Avoid the terms DMR and DHF in this manual.",
    "Old DHFs need not be renamed. Existing DMRs do not have to be re-created.",
    "Do not cite 820.30 or 820.40 in new procedures.",
    "Instead of citing 21 CFR 820.22, name the clause.",
    "There is no section 820.180 in part 820 today.",
    "820.184 is not part of the QMSR.",
    "FDA never put 820.15 into force.",
    "Section 820.15 stood only in the proposed rule.",
    "ISO 13485:2003 is obsolete.",
    "ISO 13485:2016 is incorporated by reference; ISO 13485:2003 is not.",
    "Where an older form still says DHR, read medical device or batch record.",
    'The term "DMR" in older records means the medical device file.',
    "QMSR (ex QSR)",
    "References to 820.198 are to be deleted.",
    "All QSR citations (820.50(a), 820.198) were exchanged for clauses of ISO 13485.",
    "QSR references have been updated.",
    "QSR terms replaced throughout.",
    "The QSR ended on 2 February 2026.",
    "In 2025 we prepared for the end of the QSR.",
    '"820.30 still applies." Wrong: see 820.10(c).',
    "Mistake: 820.30 still applies. Fact: 820.10(c) and Clause 7.3 do.",
    "False: 820.22 is still in force.",
    "Does 820.22 still apply? No.",
    "SOP-620 still cites 21 CFR 820.25; it was told to cite Clause 6.2.",
    "Replace 820.22 by Clause 8.2.4.",
    "Remove the reference to 820.22 from SOP-9.",
    'Search all SOPs for "820.22" and "QSR".',
    '"820.22" is wrong; the correct reference is Clause 8.2.4.',
    "That guidance still refers to 820.3(w).",
    "FDA's guidance on contact lenses cites 820.22.",
    "AAMI TIR102 maps 820.22 to clauses of the standard.",
    'Reports created with release 25.4 still print "QSR 21 CFR 820".',
    'The vendor\'s brochure says "QSR compliant".',
    'Write "batch record", not "DHR".',
    'Say "internal audit" instead of "quality audit".',
    'The forms were cleared of the terms "DMR", "DHF" and "DHR".',
    'The form F-2 uses the word "DHR".',
    '"DHF" is shown as "Design and development file" in the menu.',
    'The tool no longer offers the criterion "21 CFR 820.22".',
    "The DHF corresponds to the design and development file; the DMR corresponds to the medical device file.",
    'Top management, formerly "management with executive responsibility" (820.3(n)), approves it.',
    "Design history files opened under the former regulation keep their names.",
    'Colleagues may still say "DHF"; the right term is design and development file.',
    "We do not write a DHF any more; the design and development file took its place.",
    "- Replaced the Quality System Regulation (QSR) of 1996",
    "This agreement supersedes the agreement of 2015, which referred to 21 CFR 820.50.",
    "Legacy validation reports cite 21 CFR 820.70(i); they were not rewritten.",
    'ICH Q10, in which "management with executive responsibility" is not used but senior management.',
    "Guidance speaks of 820.30(i); its text is not changed by us.",
    "FDA's guidance still points to 820.30 and 820.181 in its text.",
    "It replaces WI-455, which was based on 21 CFR 820.120.",
    "This agreement replaces that of 2015, in which 820.75 and 820.50 were named.",
    "Rework: see 21 CFR 820.3(b), not any more 820.3(x).",
    "In older documents of the company: device history record (DHR).",
    'What you knew as the Device History Record (DHR) is now named "medical device or batch record".',
    'The Device History Record (DHR) is now named "medical device or batch record".',
    "What did happen to 820.30? It's reserved.",
    "Nobody has to rename old DHRs.",
    'Many people say "DHR" where the procedure says batch record.',
    "820.120(b) label inspection is now in 820.45(a); 820.120(d) is now 820.45(c).",
    "The exemption of 820.180(c) has gone.",
    'Archived procedures still carry headings such as "Device Master Record".',
    "The Device Master Record (DMR) becomes the Medical Device File, the Design History File (DHF) becomes the Design "
    "and Development File.",
    'The "Device History Record (DHR)" is now called "medical device or batch record".',
    "Part 820 has a new title (formerly 21 CFR Part 820, the QSR).",
    "The course sets the outgoing QS Regulation beside the QMSR.",
    "What was the original QSR like, and what does the QMSR add?",
    "# From QSIT to CP 7382.850",
    "Step 1: identify the procedures that still cite 820.30 and 820.40.",
    "DMR, DHF and DHR were with us for years, but in the QMSR these terms are gone.",
    "Retire the terms DHF and DMR.",
    "DHF, DMR, DHR: these terms are removed from the regulation.",
    "DHF and DMR - these terms were removed from all our site procedures last year.",
    "DHF and DMR: these terms are no longer used.",
    "DMR, DHR, DHF: those acronyms do not appear in the text of the QMSR.",
    "DMR and DHR, these terms are gone since February 2, 2026.",
    "Two notices were re-pointed from \u00a7820.180, \u00a7820.198 and \u00a7820.30 to \u00a7820.35 and 820.10(c).",
    "The QSR exempted internal audit reports from inspection.",
    "The QMSR does not contain the terms DMR, DHF and DHR.",
    "Unlike the QSR, the QMSR speaks of risk.",
    "Companies may continue using DHF and DMR terminology of their own.",
    # of a list, the successor of each member; of a record, the clause that asks for it
    "Under the QMSR, the DHF, DMR, and DHR have been replaced by the design and development file, the medical device"
    " file and the batch record.",
    "Design and development files (Clause 7.3.10) replace the DHF.",
    "Records of production (ISO 13485 clause 7.5.1) replace the DHR.",
    "The batch or lot record has replaced the DHR.",
    # the former requirement, exemption or exception
    "The former design-controls requirement (21 CFR 820.30), and ISO 13485 clause 7.3, ask for a planned process.",
    "The former CAPA requirement (21 CFR 820.100), mirrored in ISO 13485 clauses 8.5.2 and 8.5.3, asked for analysis.",
    "820.180(c) inspection exemption removed \u2014 audit reports are now inspectable.",
    "The removal of the 820.180(c) records exemption under the QMSR means that audit records are inspectable.",
    "The exceptions that existed in the QS regulation at section 820.180(c) are not maintained in the QMSR.",
    # references to be read in a new way, the law to be changed, what became of a term
    "Read this guidance's references to 21 CFR 820.30 (design validation) as ISO 13485 clause 7.3.",
    "Say goodbye to the DMR and the DHR.",
    "What happened to the DHF under the QMSR?",
    "Where did the DMR go?",
    # terms that the law has no more, alone or in a list, with their sections
    "The DMR (820.181), the DHR (820.184) and the DHF have been replaced by the medical device file, the batch record"
    " and the design and development file.",
    "The terms device master record, device history record and design history file no longer appear in the regulation.",
    "FDA has removed the DMR, the DHR and the DHF from the regulation.",
    "The QMSR does away with the DMR, DHR and DHF.",
    "Under the QMSR there is no DMR, DHR or DHF.",
    "There are no longer requirements for a DMR, DHR, or DHF.",
    "DMR, DHR and DHF were terms of the QSR.",
    "QMSR shift: MDF/DDF terminology replaces DHF/DMR/DHR in regulation.",
    'Search the document for each occurrence of "QSR" in the body text and replace it by "QMSR".',
    "QSIT \u5e9f\u6b62\uff0c\u6539\u7528 Compliance Program 7382.850.",
    "\u00a7820.180(c) \u4fdd\u5bc6\u8c41\u514d\u53d6\u6d88\uff1a FDA \u53ef\u67e5\u3002",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_mapping_is_kept(text: str) -> None:
    findings = [finding for finding in found(text) if not finding.rule.startswith(("term-quality-system", "claim-"))]
    assert findings
    assert [finding.text for finding in proof.live(findings)] == []


RIGHT_ROWS = [
    table("| QSR | QMSR |", "| 820.30 | 820.10(c) and Clause 7.3 |", "| 820.22 | 8.2.4 |"),
    table("| 21 CFR 820 (until Feb 1, 2026) | Today (QMSR) |", "| 820.198 | 820.35(a) |", "| 820.72 | Clause 7.6 |"),
    table("| Old term | New term |", "| DHR | Medical device or batch record |", "| DMR | MDF |"),
    table("| Current citation | Updated reference |", "| 820.22 | Clause 8.2.4 |", "| 820.72 | ISO 13485 7.6 |"),
    table("| Current text | Revised text |", "| Sign the DHR | Sign the batch record |", "| By 820.90 | 8.3.1 |"),
    table("| No | Current reference | New reference |", "| 1 | 820.75 | 7.5.6 |", "| 2 | 820.72 | 7.6 |"),
    table("| As-is | To-be |", "| DHF by 820.30(j) | Design and development file by clause 7.3.10 |"),
    table(
        "| Area | Old 820 Structure | New QMSR Structure |", "| CAPA | 820.100 | 8.5 |", "| All | 820.22 | taken in |"
    ),
    table("| Gone from Part 820 | Now in the standard |", "| Device master record (old 820.181) | Files, 4.2.3 |"),
    table("| Removed section | Successor |", "| 820.70(i) | ISO 13485 4.1.6, 7.5.6 |", "| 820.90 | ISO 13485 8.3 |"),
    table(
        "| Name before Feb 2026 | Name since Feb 2026 |",
        "| DHF index | Design and development file index |",
        "| DMR index | Medical device file index |",
    ),
    table("| Retired | Replacement |", "| DMR | index of the device |", "| 820.22 | SOP-22 |"),
    table("| Was | Is now |", "| DHF | DDF |", "| 820.22 | [Reserved] |"),
    table(
        "| Document | Legacy 820 Citation | Where |",
        "| SOP-1 | 820.40 Document Controls | References |",
        "| 2 | 820.22 | Scope |",
    ),
    table("| SOP | Outdated term found |", "| SOP-1 | DHF, DMR |"),
    table("| Begriff | Alt | Neu |", "| Herstellung | DHR (820.184) | Batch record (ISO 13485 7.5.1) |"),
    table("| Th\u00e8me | Ancien | Nouveau |", "| Audits | 820.22 | ISO 13485 8.2.4 |", "| 7.5.6 | 820.75 | 7.5.6 |"),
    table(
        "| Tema | T\u00e9rmino anterior | T\u00e9rmino actual |",
        "| Auditor\u00edas | 820.22 | ISO 13485 8.2.4 |",
        "| 7.5.6 | 820.75 | 7.5.6 |",
    ),
    table("| \ud56d\ubaa9 | \uae30\uc874 (21 CFR 820) | \uc2e0\uaddc (QMSR) |", "| DMR | 820.181 | ISO 13485 4.2.3 |"),
    table("| \u9879\u76ee | \u65e7\u672f\u8bed | \u65b0\u672f\u8bed |", "| DMR | 820.181 | ISO 13485 4.2.3 |"),
    table("| FDA person says | He means |", "| DHR | our batch record |", "| DMR | our medical device file |"),
    table("| Old form field | New form field |", "| DHR reviewed? | Batch record reviewed? |", "| DMR no. | MDF no. |"),
    table("| Series | Old series name |", "| Batch record | Device History Record |", "| MDF | DMR |"),
    table("| Term used here | Source | Former term |", "| Batch record | 7.5.1 | Device history record (DHR) |"),
    table("| Aspect | Old QSR | New QMSR |", "| Words | DHF and DMR terms | ISO 9000:2015 definitions |"),
    table(
        "| Area | Old 820 Structure | New QMSR Structure |",
        "| Core | Rules (\u00a7820.20\u2013\u00a7820.250) | 820.10(a) |",
    ),
    table(
        "| \ud56d\ubaa9 | \uc774\uc804 (QSR) | \ud604\ud589 (QMSR) |",
        "| x | 820.40 | ISO 13485 4.2.4 |",
        "| y | 820.22 | ISO 13485 8.2.4 |",
    ),
]


@pytest.mark.parametrize("text", RIGHT_ROWS)
def test_right_rows_are_kept(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule != "name-qsr"]
    assert len(findings) > 1
    assert proof.live(findings) == []


@pytest.mark.parametrize(
    "row", ['| References to "QSR" alone | Update to "QMSR" |', '| "QSR" definition | Update to QMSR |']
)
def test_a_row_that_says_what_words_are_changed_to_is_kept(row: str) -> None:
    findings = found(table("| Reference | Change |", row))
    assert findings
    assert proof.live(findings) == []


def glossary(*rows: str) -> str:
    return "# Abbreviations\n\n" + table("| Term | Definition |", *rows)


NOT_DEFINED = [
    glossary("| DHF/MDF | Medical device file |"),
    glossary("| DMR/MDF | The DMR/MDF of the medical device file shall be approved |"),
    glossary("| DMR/TF | Device Master Record / Technical File |"),
    glossary("| DMR/MDF | Folder of the device |"),
    glossary("| DMR | Also referred to as the design and development file |"),
    glossary("| DMR | Part of what makes a medical device file |"),
    table("| Item | Owner |", "| DMR/MDF of the pump | Medical device file team, QA |"),
    "The DMR/MDF of the device shall be approved with the medical device file.",
    "The DMR, also referred to as the medical device file, shall be approved.",
    "# Definitions\n\nThe DMR, also called the medical device file, must be approved.",
    "# Definitions\n\nTraveler: a sheet of the DHR, also called the router.",
    "# Definitions\n\nKit: parts of the DMR, also called the medical device file.",
    "# Terms and conditions\n\nThe supplier keeps the DMR, also known as the medical device file.",
    "# Definitions\n\nKit: parts. The DMR, also called the medical device file, lists them.",
    glossary("| Kit | Parts of the DMR, also called the medical device file |"),
]


@pytest.mark.parametrize("text", NOT_DEFINED)
def test_what_is_no_definition_by_the_current_term_excuses_nothing(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.rule.startswith("term-d")] != []


DEFINED = [
    glossary("| DMR/MDF | Device Master Record / Medical Device File |"),
    glossary("| DHF / DDF | Design History File / Design and Development File |"),
    glossary("| MDF/DMR | Medical Device File (MDF) / Device Master Record (DMR) |"),
    glossary("| Device Master Record (DMR) | Records with the drawings, also referred to as the medical device file |"),
    "# Definitions\n\n- DMR/MDF: medical device file, the records that describe a device.",
    "# Definitions\n\nDevice Master Record (DMR): records with the drawings, also known as the medical device file.",
    "# Definitions\n\nThe medical device file, also known as the DMR, holds the drawings.",
    table("| Abbreviation | Meaning |", "| DMR/MDF | Device Master Record/Medical Device File |"),
]


@pytest.mark.parametrize("text", DEFINED)
def test_a_definition_by_the_current_term_is_a_mapping(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule.startswith("term-d")]
    assert findings
    assert [finding.text for finding in proof.live(findings)] == []


NOT_TAKEN_OUT = [
    "DELETE: the DMR is approved by QA.",
    "FIND: 820.184",
    "ADD: the DMR is approved by QA.\n\nDELETE: the medical device file is approved by QA.",
    "DELETE: the DHR after ten years.\n\nADD: a line to the log.",
    "DELETE: the DMR is approved.\n\nNothing else changes.\n\nADD: the medical device file is approved.",
    "Delete: the DMR of the sold device.\n\nAdd: the medical device file of the new one.",
    "To delete: the DMR is approved. To add: the medical device file.",
    "DELETE: 820.184\n\nADD: 820.45",
    "FIND: the DHR of the lot.\n\nADD: the batch record.",
    "FIND:\n\nThe seal.\n\nThe DMR is approved.\n\nREPLACE WITH:\n\nThe medical device file.",
    "FIND:\n\nThe seal.\n\nREPLACE WITH:\n\nThe DMR is approved, a medical device file.",
    "DELETE:\n\nThe DHF is kept.\n\nADD:\n\nThe medical device file is kept.",
    "REMOVE: the DHR from the pouch.\n\nADD: the batch record.",
    "DELETE: the DHF is kept.\n\nADD: the medical device file is kept.",
    "REMOVE the seal and file it in the DHR. INSERT: the medical device file number.",
    "DELETE: a page. ADD: the DMR is approved with the medical device file.",
]


@pytest.mark.parametrize("text", NOT_TAKEN_OUT)
def test_what_no_change_order_takes_out_stays_a_finding(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.rule.startswith(("term-d", "cite-"))] != []


TAKEN_OUT = [
    "DELETE: the DMR is approved by QA.\n\nADD: the medical device file is approved by QA.",
    "FIND: 820.184\n\nREPLACE WITH: ISO 13485:2016, clause 7.5.1",
    '- **DELETE:** "reviewed as 820.22 requires"\n- **INSERT:** "reviewed as Clause 8.2.4 requires"',
    "INSERT: the medical device file is approved by QA.\n\nDELETE: the DMR is approved by QA.",
    "3. DELETE: The DHF shall be kept. ADD: The design and development file shall be kept.",
    "FIND:\nThe DMR is approved.\n\nREPLACE WITH (body text):\nThe medical device file is approved.",
    "FIND:\n\nThe DMR is approved.\n\nREPLACE WITH:\n\nThe index of the device is approved.",
    "DELETE: the DMR is signed by the approver.\n\nADD: the index is signed by the approver.",
]


@pytest.mark.parametrize("text", TAKEN_OUT)
def test_what_a_change_order_takes_out_is_kept(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule.startswith(("term-d", "cite-"))]
    assert findings
    assert [finding.text for finding in proof.live(findings)] == []


ORDINARY = [
    "820.90 (removed goods) are stored apart.",
    "Parts replaced with new ones are noted in the DHR.",
    "DHR replaced with a copy: sign both.",
    "Retention time: the DHR = now due.",
    'Do not use "old" DHRs without approval.',
    "Storage areas: segregation of rejected and obsolete product (820.150).",
    "Superseded drawings (820.40) are archived.",
    "Was 820.75 met? Is the DHR complete?",
    "Was the DHR reviewed, and is it now in the archive?",
    "Old: the DHR is kept in the archive.",
    "The DHR was: signed. It is: archived.",
    "References to 820.100 changed the procedure.",
    "QSR references are updated once a year.",
    "QSR terms are corrected by the clerk.",
    "Rejected parts were exchanged for the DHR of the lot.",
    "The history of the DHR is kept.",
    "In earlier revisions of the device the DHR is thin.",
    "Review the DMR for outdated terms.",
    "Forms with obsolete words in the DHR are corrected.",
    "DHR forms are archived; obsolete forms are destroyed.",
    "The DHR is a term of this procedure.",
    "The DMR is obsolete.",
    "This procedure supersedes all others on the DHR.",
    "This procedure supersedes SOP-022. The DHR is reviewed by QA.",
    "This procedure supersedes SOP-022; it governs the DHR.",
    "Superseded forms: remove them from the DHR.",
    "Withdrawn labels: record each LBL-12 in the DHR.",
    "Any reference in the DHR to a deviation shall be closed.",
    "The DHR will be called for by the auditor.",
    "Rename the DHR folder to the lot number.",
    "The term DHR is defined in the glossary.",
    "There is no requirement in this procedure for a DHR copy.",
    "In the old plant the DHR is on paper.",
    "Forbidden items: food, drinks, DHR copies.",
    "The final rule of the DHR review is signed.",
    "Staff locate procedures of 820.100 on the intranet and follow them.",
    "Complaint handling goes from 820.198 to clause 8.2.2 every quarter.",
    "Approved records are moved from DMR to the MDF by the clerk.",
    "820.198 moved to clause 8.2.2 of this manual.",
    "To locate the requirements refer to 21 CFR 820.30.",
    "Locate the form and refer to 21 CFR 820.184.",
    "Identify each input and cite 820.30(c).",
    "QA shall identify the requirement that references 21 CFR 820.70 in each work order.",
    "Locate the complaint procedure that references 820.198 and follow it.",
    "Auditors identify each finding by citing 820.22.",
    "The auditor shall flag each nonconformity citing the 21 CFR 820.50 requirement.",
    "Move all outputs from the DHF to the design and development file.",
    "Transfer the released drawings from the DMR to the MDF at design transfer.",
    "Data is copied from the DHR to the batch record.",
    "Reports flow from management with executive responsibility to top management.",
    "Unlike 820.198, section 820.100 requires trending.",
    "Unlike suppliers under 820.50, internal departments follow 820.70.",
    "Comply with the 1996 Quality System Regulation.",
    "The outgoing QSR inspection is done before shipment.",
    "The original FDA QSR text governs complaint handling.",
    "Search the eQMS for the term DHR and open the record.",
    "Remove the traveler from the pouch and file it under the term DHR.",
    "DHF, DMR, DHR - these terms are not to be changed without approval.",
    "The DHR contains those words not translated.",
    "Operators may keep the DHR name on the folder.",
    "The Device Master Record (DMR) is kept.",
    "Our program accepts an MDSAP report in lieu of QSIT inspections.",
    "Purchasing uses the DHR instead of the traveler.",
    "Copy the drawings from the DHF to the medical device file.",
    "Add the DMR to the medical device file of the device.",
    "Move the label from the DHR to the traveler.",
    "Sites may continue to use the DMR of the former owner.",
    "Sites may continue using the DHR until the lot is closed.",
    "Find the records that 820.180 asks for.",
    "Identify the DHF of each device.",
    "Identify the supplier and keep its DMR.",
    "Retire a DHF when its device is retired.",
    "The original 820.180 record stays with QA.",
    "Complaints of the 1990s under 820.198 are kept.",
    "# Scope\n\nWe comply with the current QSR and prepare the transition to the QMSR.",
    "The DMR is released; these terms are not negotiable.",
    "Review the DMR - these terms are removed from the label.",
    "Review the DMR and the DHR, because these terms are no longer used on the carton.",
    "Keep the DMR current because these terms do not appear on the form label.",
    "Review the DMR, for these words are removed by the printer.",
    "Unlike the DMR, the DHR is kept for each lot.",
    "The license does not contain the terms of delivery; the DHR does.",
    "The DMR need not be printed for each lot.",
    "The manual, which refers to 820.50, applies.",
    "The complaint procedure, in which 21 CFR 820.198 is implemented, applies to all sites.",
    "The site has a quality manual, in which the QSR is the basis of every procedure.",
    "The procedure, which was written to 820.100, is the way we run CAPA.",
    "The supplier agreement, which mentioned 21 CFR 820.50, binds the supplier.",
    "Complaints under 21 CFR 820.198 have gone up this year.",
    "820.198 complaints that have gone unanswered are escalated.",
    "820.22 is named as the governing requirement.",
    "21 CFR 820.100 is named in the contract.",
    "Closed complaint files list 820.198 as the acceptance criterion for closure.",
    "The guidance points to the QSR and we follow it.",
    "Each device type has 820.30 design controls.",
    "For each complaint type 820.198 applies.",
    "The prototype evaluation 820.30 requires is planned.",
    'The "DMR" must not be used in production until approved.',
    "Do not use the DHR any more than once.",
    "The operator does not use the DHR anymore after closing.",
    "Each lot's DHR file is the batch record.",
    "Rename the old DMRs before filing them.",
    'Operators may still use "DHR" to mark the traveler.',
    "What has become of the 820.100 list is reported monthly.",
    "In previous forms, note: DHR number goes in box 3.",
    "Guidance is given in 820.30.",
    "Rename the DHR of the lot when it is closed.",
    'Operators write "DHR" on each folder.',
    "The business model requires 820.22 audits.",
    "In older documents of the company the DHR is looked up.",
    "Do the records of 820.198 go to the batch record?",
    "The exemption of 820.180(c) applies.",
    "Test reports cite 21 CFR 820.70(i).",
    "Replace the seal of the unit, which is listed in the DMR.",
    'The label says "Made under the QSR".',
    "The Quality System Regulation (QSR) applies.",
    "Do not write in the DHF any notes.",
    "Is the DHR complete? No. Return it to production.",
    "Can operators edit the DHR? No. Only QA may correct it.",
    "Myth: the DHR may be signed later.",
    "> **Warning:** do not ship the device if the DHR is incomplete.",
    "> Note: the process is kept as 21 CFR 820.75 asks.",
    "A discrepant material report (DMR) is opened. Drawings in the device master record are checked.",
    "A quarterly status report is issued on compliance with the Quality System Regulation.",
    "SOP-620 still lists the DMR of the device.",
    "Update the DMR together with the medical device file list.",
    "Records (QSR 820.180) are kept for two years.",
    "Records (FDA QSR, 21 CFR 820.180) are kept.",
    "Design control (QS Regulation 820.30) applies.",
    "The design file (then DHF index) of the device is printed.",
    "Complaints (was the DHR reviewed?) are logged.",
    "Were DHRs reviewed for the lot? Was 820.75 met?",
    "Never use the DMR of another product.",
    "Do not use a DHR without a lot number.",
    "Do not use the DMR until it is approved.",
    "DMR documents are not to be used for training.",
    "If the form says DHR it means the traveler of the device is attached.",
    "The terms of the DHF agreement are not used.",
    "DMR, formerly kept on paper, is now kept in the eQMS.",
    "Existing DHFs need not be printed.",
    "ISO 13485:2016 4.2.4 and 820.181 are met.",
    "In the archive, old DHFs of the device are kept.",
    "The DHF is not used by the production department.",
    "Do not reference the DMR number on the label of the device.",
    "Records that were replaced by a copy are kept in the DHR.",
    "The QMSR incorporates ISO 13485:2003 by reference.",
    "Files that are not part of the DHF of the device are destroyed.",
    "A complaint that is not included in the log (820.198) is a nonconformity.",
    "Section 820.30 and 820.70 are not met.",
    "The DHF, the MDF and clause 7.3 of ISO 13485 are known.",
    "Find the DHR of the lot and review it.",
    "Replace worn pages of the DMR.",
    "Update the DMR when the drawing changes.",
    "Correct the DHR in ink.",
    "Remove the DHF from the archive only with approval.",
    "Update procedures in accordance with 820.40.",
    "Changes of 820.30 outputs are reviewed.",
    "Correct any error as required by 820.100.",
    "Find root causes as 820.100(a)(2) asks.",
    "Was the DHR reviewed? No action is needed then.",
    "Is 820.75 met? No answer means no.",
    "The DHR still contains the label.",
    "This procedure still cites 820.30.",
    "The DHF is listed as a record.",
    "Note: wrong DHRs are rejected.",
    "Wrong labels are recorded in the DHR.",
    "False alarms are recorded per 820.198.",
    "Is the DHR complete? Yes / No",
    "Errors in the DHR are corrected with a single line.",
    "Use the word processor for the DHR.",
    "The DHF is now in clause 4 of this SOP.",
    "The DHR is now in Clause 5.2 of our manual.",
    "The DHR is now in clause 3.",
    "The DHR is now included in ISO 13485 audits.",
    table("| Question | Answer |", "| Is the DHR complete? | No |"),
    table("| QSR | ISO 13485 | Procedure |", "| 820.30 | 7.3 | SOP-007 |"),
    table("| QSR clause | New SOP |", "| 820.22 | SOP-22 (Clause 8.2.4) |"),
    table("| Old SOP | New SOP |", "| SOP-2 DHF | SOP-22 DHF |"),
    "Replace the DHR binder when it is full and keep the design and development file.",
    "The operators (shift 2) replace the DHR binder.",
    "Damaged files replace the DHR label; see clause 7.3.10.",
    "Technicians (QA) replace the DMR pages and update the medical device file.",
    "Damaged files replace the DHR label, see the batch record.",
    "Technicians (QA) replace the DMR and update the medical device file.",
    "Under the QMSR, the DHF and DMR are replaced by a new revision and QA signs the batch record.",
    "The former pump requirement (DHR) is kept.",
    "The former supplier's requirement is met per 820.50.",
    "820.180 reports removed from the archive are logged.",
    "The removal of 820.86 tags by QA is logged.",
    "The removal of the 820.90 records needs the approval of QA.",
    "The documents that existed in the QS regulation binder at 820.40 are kept.",
    "Read the references to 820.30 before the review.",
    "FDA expects the need to update the DHR to be documented.",
    "QA documents the need to update the QSR procedure.",
    "Say goodbye to the operator and sign the DHR.",
    "What happened to the DHR of lot 5?",
    "Where did the DHR of the lot go?",
    "The DMR (820.181) and the DHR (820.184) are reviewed by QA, and the batch record is signed.",
    "The terms of delivery and the DHR no longer appear in the folder.",
    "FDA has removed the DMR from the inspection list.",
    "QA does away with the DHR of the prototype.",
    "The QMSR does away with the DMR, but QA shall keep the DMR.",
    "Under the pump there is no DHR.",
    "In the archive there is no DHR, DMR or DHF of the pump.",
    "There are no longer requirements for a signature in the DHR.",
    "The prototype is history, and the DHR is filed.",
    "The values were terms of the DHR calculation.",
    "This agent converts legacy Word .doc DHF/DMR files into text.",
    "The former supplier requirements (21 CFR 820.50) are applied to all vendors.",
    "Former process requirements (820.75) are followed for line 3.",
    "The removal of the 820.180(c) exemption from SOP-12 is checked under the QMSR.",
    "Read all references to 820.30 in the protocol as the QMSR trainer explains.",
    "What happened to the DHR in the QMSR folder?",
    "Say goodbye to the DHR binder: it is scanned.",
    "The quality manual (820.20) was replaced by a new revision.",
    "The DMR (820.181) and the DHR (820.184) are replaced when obsolete.",
    "The DHR (820.184) and the DMR (820.181) are no longer kept on paper.",
    "The DHR and the DMR are replaced by scans in the medical device file.",
    "820.22 \u5ba1\u6838\u5df2\u53d6\u6d88\u3002",
    table("| Area | Old 820 Structure | New QMSR Structure |", "| Core | Rules (\u00a7820.20) | 820.45 |"),
    table("| Form | Change |", "| F-1 for the QSR audit | Update to revision B |"),
]


@pytest.mark.parametrize("said", ["are replaced when obsolete", "are no longer kept on paper"])
def test_what_is_said_of_records_is_not_said_of_their_sections(said: str) -> None:
    assert [finding.text for finding in live(f"The DMR (820.181) and the DHR (820.184) {said}.")] == [
        "DMR",
        "820.181",
        "DHR",
        "820.184",
    ]


IN_FORCE = [
    "The outgoing QSR governs production and the QMSR governs design.",
    "We audit against the original QSR and the QMSR.",
    "Our site follows the outgoing QSR and the QMSR.",
    "Complaints are handled under the original QSR and the QMSR.",
    "Suppliers comply with the QMSR and the original QSR.",
    "The 1996 QSR applies to our site and the QMSR to others.",
    "The outgoing QSR, which governs production, is kept beside the QMSR.",
    "The outgoing Quality System Regulation (QSR) governs the plant and the revised QMSR the office.",
    "The legacy QSR still applies to complaint files.",
    "The former QSR is still in force and the QMSR is not.",
    "The QSR was not replaced by the QMSR.",
    "The QSR has never been superseded by the QMSR.",
    "The QSR wasn't replaced when the QMSR came.",
    "The QMSR has not replaced the QSR.",
    "The QMSR does not supersede the QSR.",
]


@pytest.mark.parametrize("text", IN_FORCE)
def test_an_old_name_of_what_is_said_to_be_in_force_excuses_nothing(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.rule == "name-qsr"] != []


def test_no_new_name_is_written_unasked_behind_a_word_for_the_old_one() -> None:
    for text in ("We comply with the original QSR and the QMSR.", "The original FDA QSR text governs complaints."):
        [finding] = found(text)
        assert finding.rule == "name-qsr"
        assert finding.fix is None or finding.fix.safety == "unsafe"
    [finding] = found("The FDA Quality System Regulation governs the original complaint.")
    assert finding.fix is not None
    assert finding.fix.safety == "safe"


NOT_IN_FORCE = [
    "The original QSR was issued in 1996.",
    "The outgoing QSR is replaced by the QMSR.",
    "The original QSR was published in October 1996 and was amended by the QMSR.",
    "We no longer audit against the former QSR.",
    "The QMSR applies and the outgoing QSR does not.",
    "The course shows how complaints are handled under the original QSR and the QMSR.",
    "The outgoing QSR gives way to the QMSR.",
    "Until February 1, 2026 the outgoing QSR governs production, and then the QMSR.",
    "The QMSR keeps most requirements of the original QSR.",
    "The QSR was not replaced but amended by the QMSR.",
    "The QMSR does not replace the QSR, it amends it.",
]


@pytest.mark.parametrize("text", NOT_IN_FORCE)
def test_an_old_name_of_what_went_is_kept(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule == "name-qsr"]
    assert findings
    assert proof.live(findings) == []


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_excuse_nothing(text: str) -> None:
    assert [finding for finding in proof.live(found(text)) if finding.severity != "note"] != []


@pytest.mark.parametrize(
    ("text", "current", "other"),
    [
        ("clauses 7.4.1, 4.1.5 and 7.4.3", "ISO 13485:2016, Clause 4.1.5", False),
        ("clause 7.4", "ISO 13485:2016, Clause 7.4.1", False),
        ("clause 7.4.1", "ISO 13485:2016, Clause 7.4", False),
        ("clause 7.41", "ISO 13485:2016, Clause 7.4", True),
        ("820.35", "21 CFR 820.35(a)(6)", False),
        ("820.3", "21 CFR 820.35", True),
        ("step 7.5 of the work", "ISO 13485:2016, Clause 7.4", False),
        ("iso 13485:2016 4.2.4", "4.2.4", False),
        ("clause 8.2.2", None, True),
    ],
)
def test_a_successor_agrees_by_its_branch(text: str, current: str | None, other: bool) -> None:
    assert mapping.disagrees(text, "820.50", "", current, "cite") is other


def test_no_clause_is_written_unasked_before_an_arrow_to_another() -> None:
    for text in ("820.22 \u2192 \u00a77.3.2", "Audits (820.22) -> clause 7.3.2"):
        [finding] = found(text)
        assert finding.fix is None or finding.fix.safety == "unsafe"
    [finding] = found("Audits (820.22) \u2192 4 reports a year")
    assert finding.fix is not None
    assert finding.fix.safety == "safe"


# --- names with their short forms, and glosses of sections

SHORT_FORMS_LIVE = [
    "Do not use Device Master Record (DMR) or Device History Record (DHR) forms that are expired.",
    "Never use a Device Master Record (DMR) or Device History Record (DHR) that is not approved.",
    "The audit removed findings on the Design History File (DHF) and the Device Master Record (DMR).",
    "Instead of the Device Master Record (DMR), the Design History File (DHF) is reviewed.",
    "What is no longer in the Design History File (DHF) or the Device Master Record (DMR) is archived.",
    "Sections 820.181/.184 (DMR/DHR) apply.",
    "The \u00a7 820.181 (DMR) index no longer exists on paper.",
    "The team moved from 820.75 validation to ISO 13485 training.",
    "We are a Complaint File Establishment and keep complaints per 21 CFR 820.198.",
]


@pytest.mark.parametrize("text", SHORT_FORMS_LIVE)
def test_short_forms_and_glosses_excuse_nothing_by_themselves(text: str) -> None:
    findings = [finding for finding in found(text) if finding.rule != "term-design-control"]
    terms = [finding for finding in findings if finding.rule.startswith("term-")] or findings
    assert proof.live(terms) == terms != []


SHORT_FORMS_GONE = [
    'The rule eliminated the terms "Device Master Record (DMR)", "Design History File (DHF)" and "Device History Record'
    ' (DHR)".',
    "The QMSR no longer uses the terms Device Master Record (DMR), Design History File (DHF), and Device History Record"
    " (DHR).",
    "The terms device master record (DMR) and design history file (DHF) are no longer used.",
    "Do not use Device Master Record (DMR) or Device History Record (DHR).",
    "Former 820.30, 820.75 (process validation), 820.181/.184 (DMR/DHR) and 820.198 no longer exist.",
    "Cite ISO 13485:2016 \u00a77.5.6, incorporated per 21 CFR 820.7/820.10, not former \u00a7 820.75.",
    'The citations were corrected from "21 CFR 820.75" to the ISO 13485 \u00a77.5.6 form.',
    "Type: Complaint File Establishment per 21 CFR 820.198; Manufacture Medical Device",
]


@pytest.mark.parametrize("text", SHORT_FORMS_GONE)
def test_what_is_said_of_a_list_holds_for_names_with_their_short_forms(text: str) -> None:
    assert found(text) != ()
    assert proof.live(found(text)) == []


# --- a company's own words

OWN = load(Settings(terms={"device master record": "product file", "design input": "user needs"}))


def live_of_ours(text: str) -> list[str]:
    return [each.text for each in proof.live(lint(formats.read(text.encode(), "a.md", DEFAULT), OWN))]


@pytest.mark.parametrize(
    "text",
    [
        "The product file and the device master record are kept.",
        "The device master record shall be kept beside the product file.",
        "The device history record is now the product file.",
        "Do not use the device master record without the user needs.",
        "Obsolete device master record pages are kept until the user needs are known.",
    ],
)
def test_a_companys_own_word_beside_a_legacy_one_excuses_nothing(text: str) -> None:
    assert len(live_of_ours(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The device master record is now the product file.",
        "The device master record was replaced by the product file.",
        "The product file (formerly device master record) is kept.",
        "We replaced the device master record with the product file.",
        "Device master record \u2192 product file",
        "The device master record is now called the medical device file.",
    ],
)
def test_a_companys_own_word_is_a_successor(text: str) -> None:
    assert live_of_ours(text) == []


def test_a_companys_own_word_is_known_as_it_is_typed() -> None:
    own = load(Settings(terms={"device master record": "maker\u2019s  file"}))
    text = "The device master record is now the maker's file."
    assert proof.live(lint(formats.read(text.encode(), "a.md", DEFAULT), own)) == []
