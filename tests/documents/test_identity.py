"""What a document says of itself is found where it is shown, and nothing is made up."""

import pytest

from qmsr_lint import formats
from qmsr_lint.documents.identity import identify
from qmsr_lint.limits import Limits
from qmsr_lint.model import Block, Document, Identity, Kind, Part, Place


def read(text: str) -> Identity:
    return identify(formats.read(text.encode(), "a.md", Limits()))


def document(*blocks: tuple[Part, Kind, str]) -> Document:
    """A Word document of such blocks; a heading has level 1."""
    made: list[Block] = []
    texts: list[str] = []
    at = 0
    for part, kind, text in blocks:
        section = "title" if part == "property" else None
        made.append(Block(at, at + len(text), kind, Place(part, section), int(kind == "heading")))
        texts.append(text)
        at += len(text) + 1
    return Document("a.docx", "docx", "\u2029".join(texts), tuple(made))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The document number is assigned by document control.",
        "The revision of a document is approved as its first issue.",
        "Review the document. No number is given.",
        "Issue a form. Revision control applies to every version in use.",
        "Prose that is long is not a label. " * 9 + "Rev: C",
        "## Purpose\n\nEvery title has three words.",
        "# Purpose",
        "# 1. Scope",
        *("# Objectives", "# Definition", "# Change history", "# Responsibility"),
        "```\nDocument No: SOP-9\nRev: 4\n```",
    ],
)
def test_nothing_is_made_up(text: str) -> None:
    assert read(text) == Identity()


@pytest.mark.parametrize(
    ("line", "number", "revision"),
    [
        ("Document No: SOP-012 Rev: C", "SOP-012", "C"),
        ("Doc. No. QP-7.3-01, Revision 04", "QP-7.3-01", "04"),
        ("Document Number QSP_0042 Version 2.1", "QSP_0042", "2.1"),
        ("SOP-0815 Rev B Page 1 of 9", "SOP-0815", "B"),
        ("Procedure #: 100-2231", "100-2231", None),
    ],
)
def test_a_line_with_labels(line: str, number: str | None, revision: str | None) -> None:
    assert read(f"# Design control\n\n{line}\n") == Identity(number, "Design control", revision)


def test_a_table_of_labels_and_values() -> None:
    table = "| Title | Design Control |\n|---|---|\n| Document Number | SOP-012 |\n| Revision | C |\n"
    assert read(table) == Identity("SOP-012", "Design Control", "C")


def test_the_header_of_a_word_file_comes_first() -> None:
    found = identify(
        document(
            ("body", "heading", "Purpose"),
            ("body", "paragraph", "Document No: OTHER-1 Rev: A"),
            ("header", "paragraph", "SOP No. SOP-300\tRev. D"),
            ("property", "property", "Supplier Control"),
        )
    )
    assert found == Identity("SOP-300", "Supplier Control", "D")


def test_a_heading_is_a_title_before_a_property_is() -> None:
    found = identify(document(("body", "heading", "Supplier Control"), ("property", "property", "Template 7")))
    assert found.title == "Supplier Control"


@pytest.mark.parametrize(
    "heading", ["SOP-012 Design control", "SOP-012: Design control", "SOP-012 \u2013 Design control"]
)
def test_a_number_in_the_title_is_no_part_of_it(heading: str) -> None:
    assert read(f"# {heading}\n") == Identity("SOP-012", "Design control")
    assert read("# SOP-012\n") == Identity("SOP-012", "SOP-012")


@pytest.mark.parametrize(
    "text",
    [
        "Title 21, Code of Federal Regulations, Part 820.72 applies to gauges.",
        "Title 21 CFR 820.72 applies to gauges",
        "Title 42 U.S.C. 262",
        "Title VII of the Act",
        "Title: 21 CFR 820.30",
        "Title: ISO 13485:2016",
        "Title and number are shown in the header",
        "Title Page",
        "Document Title\n\nEnter your text here.",
        "# 21 CFR 820.30(j)",
        "# 21 CFR Part 820",
        "# EN ISO 13485:2016+A11:2021",
        "---\ntitle: ISO 13485:2016\n---\n",
    ],
)
def test_the_law_and_a_standard_are_no_title(text: str) -> None:
    assert read(text).title is None


@pytest.mark.parametrize("name", ["21 CFR Part 820 Compliance", "ISO 13485:2016 Gap Assessment", "Title 21 Compliance"])
def test_a_title_may_name_the_law_and_a_standard(name: str) -> None:
    assert read(f"Title: {name}").title == name
    assert read(f"# On {name}").title == f"On {name}"


@pytest.mark.parametrize(
    "table",
    [
        "| Reference | Title |\n|---|---|\n| 820.198 | Complaint files |\n| Handbook | Nonconforming Product |\n",
        "| Title | Number |\n|---|---|\n| Complaint files | 820 |\n| Nonconforming Product | 830 |\n",
        "| Title | Applies to | Kept by |\n|---|---|---|\n| Complaint files | All | QA |\n| Recalls | All | RA |\n",
        "| Title | Document |\n|---|---|\n| Complaint files | Nonconforming Product |\n",
        "| Reference | Title |\n|---|---|\n| Nonconforming Product | Control of it |\n",
        "| Title | |\n|---|---|\n| Document Number | to be assigned |\n",
    ],
)
def test_the_head_of_a_column_tells_nothing_of_this_document(table: str) -> None:
    assert read(f"# Complaint Handling\n\n## References\n\n{table}") == Identity(None, "Complaint Handling")


def test_the_head_of_a_column_above_the_one_row_that_names_this_document() -> None:
    table = "| Title | Document Number | Rev |\n|---|---|---|\n| Complaint Handling | SOP-0821 | C |\n"
    assert read(table) == Identity("SOP-0821", "Complaint Handling", "C")


def test_a_longer_label_fills_a_cell() -> None:
    assert read("| Document Title | Design Control |\n|---|---|\n| Rev | C |\n") == Identity(
        None, "Design Control", "C"
    )


def test_labels_and_values_in_four_columns() -> None:
    table = "| Document Number | SOP-0821 | Title | Complaint Handling |\n|---|---|---|---|\n| Rev | C | Owner | QA |\n"
    assert read(table) == Identity("SOP-0821", "Complaint Handling", "C")


@pytest.mark.parametrize("name", ["Issue Management", "Document Control", "Identification and Traceability"])
def test_a_value_that_begins_as_a_label_does(name: str) -> None:
    assert read(f"| Title | {name} |\n|---|---|\n| Rev | C |\n") == Identity(None, name, "C")


def test_labels_beside_their_values_and_a_third_column() -> None:
    table = (
        "| Title | Complaint Handling | Page 1 of 3 |\n|---|---|---|\n| Number | 7 | QA |\n| Owner | Head of QA | |\n"
    )
    assert read(table).title == "Complaint Handling"


@pytest.mark.parametrize("name", ["ISO " + "1" * 190 + "x", "21 CFR," * 28, "ISO " * 50, "21 CFR 820, " * 16])
def test_long_titles_take_no_time(name: str) -> None:
    assert read(f"Title: {name}") is not None


def test_front_matter_comes_first() -> None:
    text = (
        "---\ndoc_id: SOP-07\ntitle: Design and Development Control\nstandard: ISO 13485:2016\nrevision: '1.0'\n---\n\n"
    )
    text += "# Another heading\n\n| Title | ISO 13485:2016 |\n|---|---|\n| Document Number | ISO-13485 |\n| Rev | 9 |\n"
    assert read(text) == Identity("SOP-07", "Design and Development Control", "1.0")
    assert read("---\ndoc_id: tbd\ntitle:\n---\n\n# Design Control\n\nRev: C\n") == Identity(
        None, "Design Control", "C"
    )
