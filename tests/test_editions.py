"""Clauses of ISO 13485 by their numbers of 2003: beside their titles and names, in sentences and in tables."""

from collections.abc import Sequence

import docxmaker as d
import pytest

from qmsr_lint import formats, proof, rules
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding
from qmsr_lint.rules import RuleSet


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load()


def numbers(data: bytes | str, ruleset: RuleSet, name: str = "a.md") -> list[Finding]:
    """The live findings that are numbers of 2003, without those that are the name of an edition."""
    document = formats.read(data.encode() if isinstance(data, str) else data, name, DEFAULT)
    found = proof.live(lint(document, ruleset))
    return [finding for finding in found if finding.rule == "cite-iso-2003" and finding.text[0].isdigit()]


def pairs(found: Sequence[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.text, finding.replacement) for finding in found]


def table(*rows: str) -> str:
    """A Markdown table: its head, and its rows."""
    dashes = "|---" * (rows[0].count("|") - 1) + "|"
    return "\n".join((rows[0], dashes, *rows[1:]))


def word(*rows: Sequence[str]) -> bytes:
    """A Word file with a table."""
    return d.docx(d.tbl(*(d.tr(*(d.tc(d.p(d.r(cell))) for cell in row)) for row in rows)))


SILENT = {
    "title of 2016": "ISO 13485:2016 4.2.3 Medical device file, 4.2.4 control of documents, 4.2.5 control of records",
    "names of 2016": "ISO 13485:2016 §4.2.3 (MDF), §4.2.4 (Document Control), §8.2.4 (internal audits)",
    "a number for one name only": "ISO 13485:2016: 8.2.4 (internal audit) and 8.2.2",
    "titles before numbers": "ISO 13485: control of documents 4.2.4, control of records 4.2.5",
    "titles before numbers, standard last": "Control of documents 4.2.4 and medical device file 4.2.3 (ISO 13485:2016)",
    "names before numbers": "Document control (4.2.4), record control (4.2.5), audits (8.2.4) of ISO 13485:2016",
    "design in order": "ISO 13485:2016 7.3.2 design planning, 7.3.3 design inputs, 7.3.4 design outputs",
    "design before numbers": "ISO 13485:2016: design planning 7.3.2, design input 7.3.3, design output 7.3.4",
    "names, then numbers": "Design planning, design input, design review per ISO 13485 7.3.2, 7.3.3, 7.3.5",
    "two names, then numbers": "Document control, record control: ISO 13485 4.2.4, 4.2.5",
    "a name of two topics": "Document and record control (ISO 13485 4.2.4, 4.2.5)",
    "both numbers": "Records control (ISO 13485:2016 4.2.4 and 4.2.5)",
    "a range": "Monitoring of processes: ISO 13485:2016 8.2.3 - 8.2.6",
    "complaints before audits": "Complaints are reviewed before each internal audit per ISO 13485:2016 8.2.2.",
    "complaints in audits": "Per ISO 13485:2016 8.2.2, internal audits of complaint files are held.",
    "validation of changes": "Validation of design changes (ISO 13485:2016 7.3.7)",
    "change validation": "ISO 13485:2016 7.3.7 design change validation",
    "outputs in a review": "Design outputs are checked in a design review (ISO 13485 7.3.4).",
    "outputs meet inputs": "ISO 13485:2016 7.3.3 requires that design outputs meet design inputs.",
    "verification and validation": "Verification and design validation (ISO 13485 7.3.6, 7.3.7)",
    "sterility": "Preservation of product sterility: ISO 13485 7.5.5",
    "cleaning": "Process validation for cleaning follows ISO 13485:2016 7.5.2.",
    "installation": "Traceability of the installation: ISO 13485:2016 7.5.3",
    "the title of today behind it": "Document control, ISO 13485:2016 4.2.3 (medical device file)",
    "an audit of complaints": "Internal audit (ISO 13485:2016 8.2.2, complaints)",
    "a department": "Document Control maintains the index required by ISO 13485:2016 4.2.3.",
    "no name": "See ISO 13485:2016 4.2.3, 7.5.2 and 8.2.2.",
    "ISO 9001": "ISO 9001 4.2.3 control of documents",
    "ISO 9001 beside it": "ISO 9001:2008 4.2.3 Document control; ISO 13485:2016 4.2.4 Document control",
    "ISO 9001 behind it": "Per ISO 13485:2016, 4.2.4, and ISO 9001:2008, 4.2.3 control of documents",
    "ISO 9001 with it": "ISO 13485:2016 and ISO 9001:2008 clause 4.2.3 (document control)",
    "another standard": "ISO 13485:2016 clause 7.5.1 and ISO 14971 7.5.1.3",
    "a section": "Documents are controlled as ISO 13485 requires, see section 4.2.3.",
    "a section of the document": "Servicing follows ISO 13485:2016, 7.5.4, and section 7.5.1.2.3 of this manual.",
    "another section": "ISO 13485:2016 and section 7.5.1.3 apply.",
    "another document": "Servicing (ISO 13485:2016) is described in SOP 7.5.1.2.3.",
    "a version": "Our software v7.5.1.3 and ISO 13485:2016",
    "a heading": "## 4.2.3 Document control\n\nISO 13485:2016 applies.",
    "a heading with the standard": "## 4.2.3 Document control (ISO 13485:2016)",
    "a heading with the clause": "## 4.2.3 Control of documents (ISO 13485:2016, 4.2.4)",
    "an old edition": "Internal audits were performed per ISO 13485:2003 clause 8.2.2.",
    "an old edition, only number": "In ISO 13485:2003 7.5.1.2.3 servicing is described.",
    "an old edition in words": "Servicing in the 2003 edition of ISO 13485, 7.5.1.2.3",
    "old and new": "Clause 4.2.3 (document control) of ISO 13485 became 4.2.4 in 2016.",
    "an arrow": "ISO 13485 7.5.1.2.3 → 7.5.4",
    "table of 2016": table(
        "| ISO 13485:2016 | Title | SOP |",
        "| 4.2.3 | Medical device file | SOP-01 Document control |",
        "| 4.2.4 | Control of documents | SOP-01 Document control |",
        "| 7.3.7 | Design and development validation | Design changes |",
        "| 7.5.2 | Cleanliness of product | Process validation |",
        "| 8.2.2 | Complaint handling | Internal audit |",
        "| 8.2.4 | Internal audit | SOP-19 |",
    ),
    "table of procedures": table(
        "| ISO 13485:2016 clause | Procedure |",
        "| 4.2.3 | SOP-01 Document Control |",
        "| 4.2.4 | SOP-01 Document Control |",
        "| 4.2.5 | SOP-02 Record Control |",
    ),
    "table of procedures with numbers of 2016": table(
        "| ISO 13485:2016 clause | Procedure |", "| 4.2.3 | Document Control |", "| 7.5.11 | Storage |"
    ),
    "table with ISO 9001": table(
        "| ISO 9001:2008 | ISO 13485:2016 | Title |",
        "| 4.2.3 | 4.2.4 | Control of documents |",
        "| 8.2.2 | 8.2.4 | Internal audit |",
    ),
    "one column for both": table("| ISO 9001:2008 / ISO 13485:2016 | Title |", "| 4.2.3 | Control of documents |"),
    "two editions": table("| ISO 13485:2003 | ISO 13485:2016 | Title |", "| 4.2.3 | 4.2.4 | Control of documents |"),
    "own sections": table("| Section of this manual (ISO 13485) | Title |", "| 4.2.3 | Control of documents |"),
    "another column": table("| ISO 13485 clause | Section | Title |", "| 4.2.4 | 4.2.3 | Control of documents |"),
    "several numbers for one name": table("| ISO 13485:2016 | Title |", "| 4.2.3, 4.2.4 | Document control |"),
    "evidence": table("| ISO 13485:2016 clause | Evidence |", "| 8.2.2 | Internal audit report 2025-03 |"),
    "no name in the row": table("| ISO 13485:2016 | FDA |", "| 8.2.2 | 820.35 |"),
}


@pytest.mark.parametrize("kind", SILENT)
def test_a_number_of_2016_or_of_something_else_is_left_alone(kind: str, ruleset: RuleSet) -> None:
    assert pairs(numbers(SILENT[kind], ruleset)) == []


FOUND = {
    "ISO 13485, 7.5.3 Identification and traceability": ["7.5.3"],
    "ISO 13485:2003, 4.2.3 Control of documents": ["4.2.3"],
    "ISO 13485:2016 clauses such as 4.2.3 Control of documents": ["4.2.3"],
    "ISO 13485:2016, 4.2.3 – Control of documents": ["4.2.3"],
    "ISO 13485 (4.2.3) Control of documents": ["4.2.3"],
    "ISO 13485 : 2016(E) § 4.2.3 Documentation control": ["4.2.3"],
    "EN ISO 13485:2016/A11:2021, 8.2.2 Internal auditing": ["8.2.2"],
    "ISO 13485:2016, Section 4.2.3, Document Control": ["4.2.3"],
    "ISO 13485:2016 clauses 4.2.3 (document control) and 4.2.4 (records control)": ["4.2.3", "4.2.4"],
    "ISO 13485:2016: 4.2.3 document control; 4.2.4 records control; 8.2.2 internal audits": ["4.2.3", "4.2.4", "8.2.2"],
    "ISO 13485 7.3.1 design planning, 7.3.2 design inputs and 7.3.4 design review": ["7.3.1", "7.3.2", "7.3.4"],
    "Clause 8.2.2 (Internal audit) of ISO 13485:2016": ["8.2.2"],
    "ISO 14971 and ISO 13485:2016 8.2.3 (process monitoring & measurement)": ["8.2.3"],
    "ISO 9001:2015 and clause 8.2.2, Internal audit, of ISO 13485:2016": ["8.2.2"],
    "ISO 13485:2016 clause 4.2.3 Control of Documents and ISO 9001:2015 clause 7.5.3": ["4.2.3"],
    "820.22 is now ISO 13485:2016 8.2.2 (internal audits).": ["8.2.2"],
    "Preservation of product (ISO 13485 7.5.5)": ["7.5.5"],
    "Control of documents (ISO 13485:2016, 4.2.3)": ["4.2.3"],
    "Document control (21 CFR 820.40, ISO 13485:2016 4.2.3) is in SOP-1.": ["4.2.3"],
    "Internal audits (ISO 13485, cl. 8.2.2)": ["8.2.2"],
    "Internal Audit Procedure – ISO 13485:2016 8.2.2": ["8.2.2"],
    "Design inputs (ISO 13485 7.3.2), design outputs (7.3.3), design review (7.3.4)": ["7.3.2", "7.3.3", "7.3.4"],
    "Records control (ISO 13485 4.2.4), document control (ISO 13485 4.2.3)": ["4.2.4", "4.2.3"],
    "Customer property (7.5.4) and preservation (7.5.5) of ISO 13485:2016": ["7.5.4", "7.5.5"],
    "To meet ISO 13485:2016 4.2.4, records are controlled.": ["4.2.4"],
    "Records shall be controlled as required by clause 4.2.4 of ISO 13485:2016.": ["4.2.4"],
    "Servicing is performed as per ISO 13485 clause 7.5.1.2.3.": ["7.5.1.2.3"],
    "ISO 13485 7.5.1.3, 7.5.3.2.1 and 7.5.3.3": ["7.5.1.3", "7.5.3.2.1", "7.5.3.3"],
    "Sterile devices: ISO 13485 clause 7.5.1.3; status: ISO 13485 7.5.3.3": ["7.5.1.3", "7.5.3.3"],
    "Our staff is trained (ISO 13485:2016, 6.2.2).": ["6.2.2"],
    "Covers internal audits in conformance with ISO 13485:2016 clause 8.2.2.": ["8.2.2"],
    "Internal audits in conformance with 21 CFR 820.22 and ISO 13485:2016 clause 8.2.2.": ["8.2.2"],
}
LIKELY = {
    "Internal audits are performed in accordance with ISO 13485:2016 clause 8.2.2.": ["8.2.2"],
    "Process validation is performed according to ISO 13485 clause 7.5.2.": ["7.5.2"],
    "The control of documents fulfils ISO 13485:2016 4.2.3.": ["4.2.3"],
    "ISO 13485:2016 4.2.3 requires a procedure for document control.": ["4.2.3"],
    "ISO 13485:2016 clause 8.2.2 covers internal audits.": ["8.2.2"],
}


@pytest.mark.parametrize(("text", "expected"), [*FOUND.items(), *LIKELY.items()])
def test_a_number_of_2003_is_found(text: str, expected: list[str], ruleset: RuleSet) -> None:
    found = numbers(text, ruleset)
    assert [finding.text for finding in found] == expected
    assert [text[finding.start : finding.end] for finding in found] == expected
    assert {finding.certainty for finding in found} == {"likely" if text in LIKELY else "certain"}


def test_it_says_what_the_number_is_today(ruleset: RuleSet) -> None:
    [finding] = numbers("ISO 13485:2016, 4.2.3 control of documents", ruleset)
    assert finding.message.endswith(
        "4.2.3 is the clause's number of 2003; in the 2016 edition it is 'Medical device file'."
    )
    [finding] = numbers("ISO 13485, 7.5.1.2.3 servicing", ruleset)
    assert finding.message.endswith("7.5.1.2.3 is the clause's number of 2003.")


LEFT = {"ISO 13485, 7.5.3 Identification and traceability"}
"""Of which the one clause has become two, so that a person chooses."""


@pytest.mark.parametrize("text", [*FOUND, *LIKELY])
def test_what_a_fix_writes_is_left_alone(text: str, ruleset: RuleSet) -> None:
    found = numbers(text, ruleset)
    assert [finding for finding in found if finding.fix is None] == (found if text in LEFT else [])
    assert pairs(numbers(proof.applied(text, found), ruleset)) == (pairs(found) if text in LEFT else [])


def test_the_current_number_stands_on_its_authority(ruleset: RuleSet) -> None:
    [audit] = numbers("Internal audit: ISO 13485:2016, 8.2.2", ruleset)
    assert (audit.replacement, audit.basis, audit.severity) == ("8.2.4", "ISO 13485:2016 8.2.4", "error")
    [people] = numbers("ISO 13485 6.2.1", ruleset)
    assert (people.replacement, people.basis) == ("6.2", "ISO 13485:2016 6.2; confidence medium")
    [both] = numbers("Traceability: ISO 13485 7.5.3", ruleset)
    assert (both.replacement, both.fix) == ("7.5.8, 7.5.9", None)


TABLES = [
    (
        ("ISO 13485:2016", "Title", "SOP"),
        [("4.2.3", "Control of documents", "SOP-01"), ("8.2.2", "Internal audit", "SOP-19")],
        [("4.2.3", "4.2.4"), ("8.2.2", "8.2.4")],
    ),
    (
        ("Requirement", "ISO 13485 clause", "Procedure"),
        [("Control of documents", "Clause 4.2.3", "SOP-01"), ("Complaint handling", "8.2.2", "SOP-02")],
        [("4.2.3", "4.2.4")],
    ),
    (("ISO 13485:2016 clause", "Procedure"), [("4.2.3 Control of documents", "SOP-01")], [("4.2.3", "4.2.4")]),
    (("ISO 13485:2016 clause", "Procedure"), [("8.2.2", "SOP-19: Internal Audit Procedure")], [("8.2.2", "8.2.4")]),
    (("Clause", "Title"), [("ISO 13485 4.2.3", "Control of documents")], [("4.2.3", "4.2.4")]),
    (
        ("ISO 9001:2008", "ISO 13485:2016", "Title"),
        [("4.2.4", "4.2.4", "Control of records")],
        [("4.2.4", "4.2.5")],
    ),
    (
        ("ISO 13485", "Topic"),
        [("7.5.3.3", "Status"), ("7.3.2 a)", "Design inputs"), ("7.3.4", "Design & development review")],
        [("7.5.3.3", "7.5.8"), ("7.3.2", "7.3.3"), ("7.3.4", "7.3.5")],
    ),
]


@pytest.mark.parametrize(("head", "rows", "expected"), TABLES)
def test_a_table_with_the_standard_in_its_head(
    head: Sequence[str], rows: Sequence[Sequence[str]], expected: list[tuple[str, str]], ruleset: RuleSet
) -> None:
    written = table(*(f"| {' | '.join(cells)} |" for cells in (head, *rows)))
    assert pairs(numbers(written, ruleset)) == expected
    assert pairs(numbers(word(head, *rows), ruleset, "a.docx")) == expected


@pytest.mark.parametrize(
    "rows",
    [
        [("ISO 13485:2016", "Title"), ("4.2.3", "Medical device file"), ("8.2.4", "Internal audit")],
        [("ISO 9001", "ISO 13485", "Title"), ("4.2.3", "4.2.4", "Control of documents")],
        [("ISO 13485:2003", "ISO 13485:2016", "Title"), ("4.2.3", "4.2.4", "Control of documents")],
        [("Section", "Title"), ("4.2.3", "Control of documents")],
    ],
)
def test_a_word_table_with_the_numbers_of_today_is_left_alone(rows: list[Sequence[str]], ruleset: RuleSet) -> None:
    assert pairs(numbers(word(*rows), ruleset, "a.docx")) == []


def test_a_table_under_one_title(ruleset: RuleSet) -> None:
    title = d.tr(d.tc(d.p(d.r("ISO 13485:2016 matrix")), props='<w:gridSpan w:val="2"/>'))
    rows = [("Title", "Clause no."), ("Internal audit", "8.2.2"), ("Complaints", "8.2.2")]
    body = d.tbl(title, *(d.tr(*(d.tc(d.p(d.r(cell))) for cell in row)) for row in rows))
    assert pairs(numbers(d.docx(body), ruleset, "a.docx")) == [("8.2.2", "8.2.4")]


def test_an_html_table(ruleset: RuleSet) -> None:
    text = (
        "<table><tr><th>ISO 13485:2016</th><th>Title</th></tr>"
        "<tr><td>7.5.5</td><td>Preservation of product</td></tr></table>"
    )
    assert pairs(numbers(text, ruleset)) == [("7.5.5", "7.5.11")]


def test_several_numbers_in_one_cell_need_names_of_their_own(ruleset: RuleSet) -> None:
    head = d.tr(d.tc(d.p(d.r("ISO 13485"))), d.tc(d.p(d.r("Title"))))
    row = d.tr(d.tc(d.p(d.r("4.2.3")), d.p(d.r("4.2.4"))), d.tc(d.p(d.r("Document control"))))
    assert pairs(numbers(d.docx(d.tbl(head, row)), ruleset, "a.docx")) == []


MATRIX = table("| Clause | Requirement |", "| 4.2.4 | Control of records |", "| 8.2.4 | Internal audit |")


@pytest.mark.parametrize(
    "lead",
    ["## ISO 13485:2016 compliance", "The system meets ISO 13485:2016:", "## 4 ISO 13485 clause matrix"],
)
def test_a_table_below_the_name_of_the_standard(lead: str, ruleset: RuleSet) -> None:
    assert pairs(numbers(f"# Quality\n\n{lead}\n\n{MATRIX}\n", ruleset)) == [("4.2.4", "4.2.5")]


@pytest.mark.parametrize(
    "lead",
    [
        "## ISO 9001:2008 compliance",
        "## ISO 13485 and ISO 9001",
        "## Former clauses of ISO 13485",
        "## ISO 13485:2003 compliance",
        "## ISO 13485\n\n## Structure of this manual",
        "We are certified to ISO 13485.",
        "## ISO 13485\n\nISO 9001:2015 clauses:",
        "## Supplier agreement under ISO 13485",
        "## Quality manual (ISO 13485)",
        "Not covered by ISO 13485:",
        "## ISO 13485 (second edition)",
        "Before ISO 13485:2016 we used:",
    ],
)
def test_a_table_below_another_name_is_left_alone(lead: str, ruleset: RuleSet) -> None:
    assert numbers(f"# Quality\n\n{lead}\n\n{MATRIX}\n", ruleset) == []


def test_sections_of_a_manual_below_the_name_of_the_standard_are_its_own(ruleset: RuleSet) -> None:
    own = MATRIX.replace("Clause", "Section")
    assert numbers(f"# Quality\n\n## ISO 13485:2016 compliance\n\n{own}\n", ruleset) == []


def test_a_row_that_names_another_standard_is_left_alone(ruleset: RuleSet) -> None:
    rows = table("| Standard | Clause |", "| ISO 9001:2015 | 7.5.3.1 |", "| IEC 62304 | 6.2.1 |")
    assert numbers(f"# Quality\n\n## ISO 13485\n\n{rows}\n", ruleset) == []
