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
