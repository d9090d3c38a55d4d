"""What an acronym means: the document's own definitions, then the words nearby."""

import pytest

from qmsr_lint import formats, proof, rules
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.model import BLOCK_SEPARATOR, Block, Document, Finding, Place
from qmsr_lint.rules import RuleSet


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load()


def document(*blocks: str, table: bool = False) -> Document:
    """A document of paragraphs; with `table`, of the cells of one row."""
    made, at = [], 0
    for number, text in enumerate(blocks, 1):
        place = Place(table=1, row=1, cell=number) if table else Place(paragraph=number)
        made.append(Block(at, at + len(text), "cell" if table else "paragraph", place))
        at += len(text) + 1
    return Document("a.md", "markdown", BLOCK_SEPARATOR.join(blocks), tuple(made))


def live(ruleset: RuleSet, *blocks: str, table: bool = False) -> list[Finding]:
    return proof.live(lint(document(*blocks, table=table), ruleset))


HOMOGRAPHS = [
    ("The DMR (discrepant material report) is closed by QA.", "The DMR is filed."),
    ("Each discrepant material report (DMR) is numbered.", "Open a DMR for the lot."),
    ("DMR: defective material report", "A DMR is raised for each lot of medical devices."),
    ("Staff carry a Digital Mobile Radio (DMR).", "The DMR is charged overnight."),
    ('"Daily Maintenance Round" or "DMR" is a walk.', "The DMR of the medical device team is late."),
    ("The Department of Marine Resources (DMR) grants the permit.", "Ask the DMR."),
    ("Patients with dengue hemorrhagic fever (DHF) are excluded.", "DHF was seen twice."),
    ("Diastolic heart failure (DHF) is a contraindication of the medical device.", "Ask for DHF."),
    ("The digital health record (DHR) is encrypted.", "The DHR is backed up."),
    ("The Department of Human Resources (DHR) keeps the training files.", "Call DHR."),
    ("The quarterly status report (QSR) is due in April.", "The QSR goes to the board."),
    ("QSR means quick service restaurant.", "The QSR on floor 2 is closed."),
    ("Our QSR customers (quick service restaurants) buy wipes.",),
    ('The supplier\'s "DMR" is a Daily Manufacturing Report.', "File the DMR of the medical device."),
    ("DHR = domestic hot-water return.", "The valve is closed before service of the DHR pump."),
    ("The Dorsal Hand Flexion angle (DHF) is read.", "DHF is noted for the medical device."),
    ("The dihydrorhodamine (DHR) 123 assay is read on the medical device.", "DHR is turned fluorescent."),
    ("Dihydrofolate (DHF) is a substrate.", "The DHF is reduced by the medical device."),
]


@pytest.mark.parametrize("blocks", HOMOGRAPHS)
def test_another_meaning_that_the_document_defines_is_kept(blocks: tuple[str, ...], ruleset: RuleSet) -> None:
    assert [(f.rule, f.excerpt) for f in live(ruleset, *blocks)] == []


OURS = [
    "The DMR is a device master record.",
    "The DMR index (device master record) is kept.",
    "The device master record folder (DMR) is kept.",
    'The "DHR" is the Device History Record of the lot.',
    "DHF = design-history file.",
    "DMR (here always: Device Master Record, not Discrepant Material Report) is controlled.",
    "Quiz: DMR stands for: (a) Device Master Record (b) Digital Mobile Radio.",
]


@pytest.mark.parametrize("text", OURS)
def test_our_own_meaning_is_none_other(text: str, ruleset: RuleSet) -> None:
    assert any(finding.text in ("DMR", "DHR", "DHF") for finding in live(ruleset, text))


@pytest.mark.parametrize(
    "expansion", ["Device History File", "Device Mater Record", "Design Historical File", "Device Histroy Record"]
)
def test_a_slip_in_the_abbreviations_does_not_silence_the_acronym(expansion: str, ruleset: RuleSet) -> None:
    acronym = "".join(word[0] for word in expansion.split())
    assert any(f.text == acronym for f in live(ruleset, f"{acronym}: {expansion}", f"The {acronym} of the device."))


def test_it_is_counted_with_its_reason(ruleset: RuleSet) -> None:
    found = lint(document(*HOMOGRAPHS[3]), ruleset)
    assert {f.suppressed.reason for f in found if f.suppressed} == {
        "DMR is short for 'digital mobile radio' here",
        "this document defines DMR as 'digital mobile radio'",
    }


@pytest.mark.parametrize(
    "blocks",
    [
        ("The Device Master Record (DMR) is approved.", "Open the DMR."),
        ("DMR: Device Master Record", "The DMR is approved."),
        ("\u201cDevice Master Record\u201d or \u201cDMR\u201d means the drawings of the device.", "Open the DMR."),
        ("DMR (Device Master Record) and DHR are kept.",),
        ("The DMR and the DHR are kept with the lot.",),
        ("The DHF of the medical device is complete.",),
    ],
)
def test_our_meaning_is_found(blocks: tuple[str, ...], ruleset: RuleSet) -> None:
    found = live(ruleset, *blocks)
    assert sum(f.text in ("DMR", "DHR", "DHF") for f in found) == sum(
        block.count(acronym) for block in blocks for acronym in ("DMR", "DHR", "DHF")
    )
    assert {f.certainty for f in found} == {"certain"}


def test_a_document_about_our_record_is_not_silenced_by_another_meaning_it_mentions() -> None:
    text = "# Design History File Index\n\nThe DHF of the device is indexed.\n\n- DHF (diastolic heart failure) trial\n"
    findings = proof.live(lint(formats.read(text.encode(), "a.md", DEFAULT), rules.load()))
    assert [finding.text for finding in findings] == ["Design History File", "DHF"]


def test_a_sentence_that_spells_it_out_outweighs_the_definition_of_another_meaning(ruleset: RuleSet) -> None:
    blocks = ("DMR: Defective Material Report", "The DMR lists the drawings (device master record).", "Open a DMR.")
    assert [(f.text, f.start) for f in live(ruleset, *blocks) if f.text == "DMR"] == [("DMR", 35)]


def test_an_abbreviations_table_decides(ruleset: RuleSet) -> None:
    assert live(ruleset, "DMR", "Discrepant material report", table=True) == []
    assert live(ruleset, "DMR", "Device master record", table=True) != []


def test_an_acronym_that_nothing_explains_is_only_possible(ruleset: RuleSet) -> None:
    [finding] = live(ruleset, "The DMR shall be charged overnight.")
    assert finding.certainty == "possible"


def test_a_citation_in_brackets_decides_what_it_is(ruleset: RuleSet) -> None:
    text = "Per the QSR (21 CFR Part 820), scrap is logged. The Quality System Record (QSR) is kept."
    assert [f.rule for f in live(ruleset, text) if f.text == "QSR"] == ["name-qsr", "term-qsr-record"]
    text = "We keep a QSR (820.186) and comply with the QSR (21 CFR Part 820)."
    assert [f.rule for f in live(ruleset, text) if f.text == "QSR"] == ["term-qsr-record", "name-qsr"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The QSR (21 CFR 820) applies to the manufacturer.", "name-qsr"),
        ("FDA inspects for QSR compliance.", "name-qsr"),
        ("The Quality System Record (QSR) is kept.", "term-qsr-record"),
        ("The QSR includes the location of the procedures and is retained as a record.", "term-qsr-record"),
    ],
)
def test_qsr_has_two_senses_of_its_own(text: str, rule: str, ruleset: RuleSet) -> None:
    assert [f.rule for f in live(ruleset, text) if f.text == "QSR"] == [rule]


def grid(*rows: str) -> Document:
    """A document of one table; the cells of a row are parted by bars."""
    made, cells = [], []
    at = 0
    for row, line in enumerate(rows, 1):
        for number, text in enumerate(line.split("|"), 1):
            made.append(Block(at, at + len(text), "cell", Place(table=1, row=row, cell=number)))
            cells.append(text)
            at += len(text) + 1
    return Document("a.md", "markdown", BLOCK_SEPARATOR.join(cells), tuple(made))


@pytest.mark.parametrize(
    ("rows", "rule", "certainty"),
    [
        (("Source|Owner", "QSR|Quality"), "name-qsr", "possible"),
        (("Topic|Source", "Keep records|QSR"), "name-qsr", "possible"),
        (("Record|Source", "Audit report|QSR"), "name-qsr", "possible"),
        (("Training|Record", "QSR|Certificate"), "name-qsr", "possible"),
        (("Applicable regulation|Records", "QSR|Audit report"), "name-qsr", "likely"),
        (("Topic|Requirement", "Records|QSR"), "name-qsr", "likely"),
        (("QSR|Records", "820|Audit report"), "name-qsr", "possible"),
        (("Record|Retention", "QSR|permanent"), "term-qsr-record", "likely"),
        (("Record|Owner|Years", "QSR (procedures not specific to a device)|Quality|10"), "term-qsr-record", "likely"),
        (("Owner|Records kept", "Quality|QSR"), "term-qsr-record", "likely"),
        (("Schedule", "Record|Years", "DHF|10", "QSR|10"), "term-qsr-record", "likely"),
        (("Records|Years", "FDA QSR|10"), "name-qsr", "likely"),
    ],
)
def test_the_head_of_its_column_tells_what_a_qsr_is(
    rows: tuple[str, ...], rule: str, certainty: str, ruleset: RuleSet
) -> None:
    [finding] = [f for f in proof.live(lint(grid(*rows), ruleset)) if f.text == "QSR"]
    assert (finding.rule, finding.certainty) == (rule, certainty)


def test_a_qsr_that_nothing_decides_is_offered_as_both(ruleset: RuleSet) -> None:
    [finding] = [f for f in live(ruleset, "See the QSR.") if f.text == "QSR"]
    assert finding.certainty == "possible"
    assert finding.fix is None
    assert len({finding.replacement, *finding.alternatives}) > 1


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("", "note"),
        ("The state's regulatory databases are read.", "note"),
        ("A lottery of capable slots.", "note"),
        ("Each lot has a complaint number.", "warning"),
        ("It is a medical device.", "warning"),
    ],
)
def test_an_acronym_in_a_long_text_about_something_else_is_only_a_note(
    words: str, severity: str, ruleset: RuleSet
) -> None:
    about = "Each region of the genome is compared between the two samples and the difference is plotted. " * 20
    [finding] = live(ruleset, about, words, "The heatmap shows each DMR of the pair.")
    assert finding.severity == severity
    assert (finding.certainty == "possible") == (severity == "note")


def test_small_letters_are_no_acronym(ruleset: RuleSet) -> None:
    assert live(ruleset, "The dmr of the medical device.") == []


@pytest.mark.parametrize(
    "text", ["The medical device DHFs are kept.", "Each FDA DMR\u2019s index", "The medical D.H.R. file"]
)
def test_plurals_possessives_and_points_are_found(text: str, ruleset: RuleSet) -> None:
    assert len(live(ruleset, text)) == 1


OTHER_RECORDS = [
    ("Initiate a DMR when incoming material fails inspection.", "QA closes the DMR within ten days."),
    ("Attach the red DMR tag to the parts.", "The DMRs are filed with the CAPA records."),
    ("DMRs are dispositioned by the material review board.", "Each DMR is entered in the DHR."),
    ("Rejected lots: raise a DMR in the quality system.", "Print the DMR."),
    ("The ambulance uses DMR Tier III repeaters.", "The DMR is charged by the FDA liaison."),
    ("The vocoder of the handset is that of DMR", "The DMR is charged by the FDA liaison."),
]


@pytest.mark.parametrize("blocks", OTHER_RECORDS)
def test_what_is_told_of_an_acronym_once_holds_for_the_document(blocks: tuple[str, ...], ruleset: RuleSet) -> None:
    assert [f.excerpt for f in live(ruleset, *blocks) if f.rule == "term-dmr"] == []
    assert [f.excerpt for f in live(ruleset, *blocks[::-1]) if f.rule == "term-dmr"] == []


@pytest.mark.parametrize(
    "blocks",
    [
        ("The device master record is approved.", "Initiate a DMR when material fails inspection. Read the DMR."),
        ("Nonconforming product is reworked as the DMR describes.", "The MRB compares it with the DMR."),
        ("If the lot fails to meet the DMR it is rejected.", "The DMR number stands on the router of the device."),
        ("Create a DMR for each medical device.", "Red tags are kept by QA, DMRs by R&D."),
    ],
)
def test_our_record_is_found_in_a_procedure_for_rejected_parts(blocks: tuple[str, ...], ruleset: RuleSet) -> None:
    found = [f for f in live(ruleset, *blocks) if f.text in ("DMR", "DMRs")]
    assert len(found) == sum(block.count("DMR") for block in blocks)


def test_names_in_code_tell_nothing(ruleset: RuleSet) -> None:
    text = b"Create a DMR for each medical device.\n\n```\ngit tag x  # from the DMR tag\n```\n"
    found = lint(formats.read(text, "a.md", DEFAULT), ruleset)
    assert [finding.suppressed is None for finding in found] == [True, False]


def test_it_says_which_words_told(ruleset: RuleSet) -> None:
    reasons = [f.suppressed.reason for f in lint(document(*OTHER_RECORDS[1]), ruleset) if f.suppressed]
    assert reasons == ["DMR is something else in 'dmr tag'"] * 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Buyer may conduct quality audits of Supplier's facilities.", "is 'quality audits of supplier' here"),
        ("The customer's quality audit takes place in May.", 'is "customer\'s quality audit" here'),
    ],
)
def test_a_term_of_another_party_is_counted_with_its_reason(text: str, reason: str, ruleset: RuleSet) -> None:
    assert [f.suppressed.reason for f in lint(document(text), ruleset) if f.suppressed] == [reason]


def test_only_the_words_around_the_term_tell(ruleset: RuleSet) -> None:
    text = "Quality audits of suppliers are planned by Purchasing. Quality audits of all departments are planned by QA."
    assert [f.start for f in live(ruleset, *[text])] == [text.rindex("Quality")]


def test_a_long_document_of_one_block_costs_no_more_for_each_acronym(ruleset: RuleSet) -> None:
    text = "The DMR of the medical device is read by QA. " * 400
    assert len(live(ruleset, text)) == 400


KEEP = "Keep the DMR and all device master records."


@pytest.mark.parametrize(
    "definition",
    [
        "Device Master Record (DMR): part of the medical device file.",
        "Device Master Record (DMR): the design and development file required by ISO 13485:2016, 7.3.10.",
        "Device Master Record (DMR): the medical device file and the batch records required by ISO 13485:2016.",
        "Approve the DMR: the medical device file required by ISO 13485:2016, 4.2.3.",
        "Design History File (DHF): the design and development file required by ISO 13485:2016, 7.3.10.",
        "DMR: medical device file.",
        "The DMR is the medical device file.",
    ],
)
def test_a_term_that_is_not_defined_as_the_current_one_is_found(definition: str, ruleset: RuleSet) -> None:
    found = [f for f in live(ruleset, definition, KEEP) if f.rule == "term-dmr" and f.text != "Device Master Record"]
    assert [f.severity for f in found][-2:] == ["warning", "warning"]


@pytest.mark.parametrize(
    "definition",
    [
        "Device Master Record (DMR): the medical device file required by ISO 13485:2016, 4.2.3.",
        "DMR (device master record): our medical device file as required by ISO 13485:2016, 4.2.3.",
        "The Device Master Record (DMR) is the medical device file in accordance with ISO 13485:2016, 4.2.3.",
        "The \u201cDMR\u201d means the medical device file.",
        "DMR \u2014 medical device file (ISO 13485:2016, 4.2.3).",
    ],
)
def test_a_name_that_the_document_defines_as_the_current_term_is_told_once(definition: str, ruleset: RuleSet) -> None:
    every = [f for f in lint(document(KEEP, definition, KEEP), ruleset) if f.rule == "term-dmr"]
    told = [f for f in every if f.suppressed is None]
    assert [(f.severity, f.fix) for f in told] == [("note", None)]
    assert "may stay" in told[0].message
    assert len(every) > 4
    [other] = live(ruleset, definition, "Keep the DHF.")[1:]
    assert other.rule == "term-dhf"


def test_a_record_is_no_misspelt_regulation(ruleset: RuleSet) -> None:
    found = live(ruleset, "QSR: quality system record", "The QSR holds what 21 CFR Part 820 asks for.")
    assert {finding.rule for finding in found if finding.text == "QSR"} == {"term-qsr-record"}
    found = live(ruleset, "QSR: quality systm regulation", "The QSR holds for finished devices.")
    assert {finding.rule for finding in found if finding.text == "QSR"} == {"name-qsr"}


OUR_RECORDS = [
    ("DHF (dengue hemorrhagic fever) is an exclusion.", "The DHF is required by 21 CFR 820.30(j).", "DHF"),
    ("DHF (dengue hemorrhagic fever) is an exclusion.", "Results of the design review are put in the DHF.", "DHF"),
    ("DMR: discrepant material report", "The DMR is kept under 820.181.", "DMR"),
    ("DHR means digital health record.", "The DHR (820.184) is complete before lot release.", "DHR"),
    ("DHR means digital health record.", "QA reviews the DHR before lot release.", "DHR"),
    ("The quality system covers the railway supplier.", "The DHR of the locomotive controller is kept.", "DHR"),
]


@pytest.mark.parametrize(("first", "text", "acronym"), OUR_RECORDS)
def test_beside_its_own_section_or_words_it_is_our_record(
    first: str, text: str, acronym: str, ruleset: RuleSet
) -> None:
    assert acronym in [finding.text for finding in live(ruleset, first, text)]


OTHER_FIELDS = [
    "DHR superselection is proved for nets of local observables.",
    "The network has a dedicated DMR egress segment for the model runner of Docker.",
    "Emails go to DHR caseworkers, courts and families.",
    "The official DHR documentation lists each locomotive.",
    "Number of DHF cases by month, temperature and rainfall.",
    "Many people know the biggest QSR players, and fewer what sets one apart from a restaurant with waiters.",
]


@pytest.mark.parametrize("text", OTHER_FIELDS)
def test_words_of_another_field_tell_what_it_is_where_none_is_of_quality(text: str, ruleset: RuleSet) -> None:
    assert live(ruleset, text) == []


@pytest.mark.parametrize(
    "blocks",
    [
        ("The latest update breaks DMR", "I built twenty repeaters and one repeater failed."),
        ("A quick service restaurant has no table service.", "Six traits make a QSR.", "A QSR competes on speed."),
        ("QSR challenges operators.", "The drive-thru of a QSR is busier than a restaurant."),
    ],
)
def test_they_tell_it_anywhere_in_such_a_document(blocks: tuple[str, ...], ruleset: RuleSet) -> None:
    assert live(ruleset, *blocks) == []


@pytest.mark.parametrize(
    "blocks",
    [
        ("File the DHR of the pump.", "The hot-water valve is closed."),
        ("The QSR asks for it.", "The medical devices are kept away from the restaurant."),
        ("The DMR lists the drawing.", "The repeater is a part of it."),
        ("The device master record (DMR) is filed.", "DMR and repeater are kept apart."),
        ("The documentation (DHR) is filed.", "The DHR is signed."),
        ("The dossier for history (DHF) is filed.", "The DHF is signed."),
    ],
)
def test_they_do_not_tell_it_of_what_may_be_ours(blocks: tuple[str, ...], ruleset: RuleSet) -> None:
    assert live(ruleset, *blocks) != []


OF_DRUGS = [
    "In drug CGMP, management with executive responsibility (ICH Q10) oversees the quality system.",
    "ICH Q10 assigns quality oversight to management with executive responsibility.",
    "Internal quality audit and supplier audit reports are now subject to FDA inspection.",
]


@pytest.mark.parametrize("text", OF_DRUGS)
def test_words_of_drug_law_and_of_the_change_are_kept(text: str, ruleset: RuleSet) -> None:
    assert [finding.text for finding in live(ruleset, text) if finding.severity != "note"] == []


@pytest.mark.parametrize(
    "text",
    [
        "The drug product group and management with executive responsibility meet monthly.",
        "Internal quality audit reports are available to management.",
    ],
)
def test_they_are_found_in_our_own_doings(text: str, ruleset: RuleSet) -> None:
    assert live(ruleset, text) != []


OTHERWISE = {
    "DHF": "Patients with dengue haemorrhagic fever (DHF) need fluids.",
    "DMR": "Parts come back with a Discrepant Material Report (DMR).",
    "DHR": "A DHR (Department of Human Resources) number is no lot number.",
}


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("The report goes to the DHF and to the MDF.", "DHF"),
        ("The report is filed in the DHF.", "DHF"),
        ("Document control files the DHR.", "DHR"),
        ("DHR/DMR audits are monthly.", "DHR"),
        ("Review of the DHR is done by QA.", "DHR"),
        ("Is a DMR kept for each device?", "DMR"),
        ("Keep the DMR, the DHR and the DHF.", "DMR"),
    ],
)
def test_a_sentence_about_records_speaks_of_ours_though_the_document_defines_another(
    text: str, acronym: str, ruleset: RuleSet
) -> None:
    assert acronym in [finding.text for finding in live(ruleset, "The device QMS.", OTHERWISE[acronym], text)]


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("DHF cases rose in May.", "DHF"),
        ("Review of DHF patients is monthly.", "DHF"),
        ("The supplier answers each DMR within ten days.", "DMR"),
        ("The DMR is filed with the lot.", "DMR"),
        ("The DHR hires the operators.", "DHR"),
        ("HR maintains DHR forms.", "DHR"),
        ("The forms are filed with DHR.", "DHR"),
        ("Nurses file the DHF report.", "DHF"),
        ("QA reviews the DHF protocol.", "DHF"),
    ],
)
def test_elsewhere_it_is_what_the_document_defines(text: str, acronym: str, ruleset: RuleSet) -> None:
    assert live(ruleset, "The device QMS.", OTHERWISE[acronym], text) == []


@pytest.mark.parametrize("words", ["Discrepant Material Report", "Defective Material Report"])
def test_a_report_on_parts_stays_one_beside_a_record_of_ours(words: str, ruleset: RuleSet) -> None:
    texts = ["File the DMR with the DHR.", "QA reviews the DMR and the batch record."]
    found = live(ruleset, "The device QMS.", f"Parts come back with a {words} (DMR).", *texts)
    assert [finding.text for finding in found if finding.text == "DMR"] == []


def test_what_records_are_kept_in_is_none(ruleset: RuleSet) -> None:
    texts = ("Drawings are filed in the DMR.", "IT updates the DMR.")
    assert live(ruleset, "The device QMS.", "The Data Management Repository (DMR) is new.", *texts) == []


@pytest.mark.parametrize("kind", ["Review", "Report", "Reject", "Request"])
def test_another_thing_that_is_written_down_is_reviewed_and_signed_as_well(kind: str, ruleset: RuleSet) -> None:
    other = f"Parts come back with a Discrepant Material {kind} (DMR)."
    assert live(ruleset, "The device QMS.", other, "QA reviews the DMR and signs the DMR.") == []


@pytest.mark.parametrize(
    "first",
    [
        'The system meets the Quality System Regulation, 21 CFR Part 820 (hereinafter the "QSR").',
        'The Quality System Regulation (21 CFR 820, "QSR") applies.',
        "The Quality System Regulation, 21 CFR 820 (QSR), applies.",
        "The Quality System Regulation (referred to as the QSR) applies.",
    ],
)
def test_the_name_of_the_regulation_is_spelt_out_beside_its_place_in_the_law(first: str, ruleset: RuleSet) -> None:
    other = "The quality system record (QSR) lists the procedures and is kept by QA."
    [short] = [
        finding for finding in live(ruleset, first, other) if finding.text == "QSR" and finding.start < len(first)
    ]
    assert short.rule == "name-qsr"
