"""CSV: the cells come back as they were, and no spreadsheet runs them."""

import csv
import io

import pytest
from builders import finding, result, unreadable, word
from hostile import TEXTS
from hostile import results as hostile_results
from outputs import render

from qmsr_lint.model import DocumentResult, Identity, Suppression
from qmsr_lint.output.csv import COLUMNS


def rows(*results: DocumentResult) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render("csv", *results).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", TEXTS)
def test_no_cell_is_a_formula_and_no_cell_splits(text: str) -> None:
    read = rows(*hostile_results(text))
    assert len(read) == 5
    for row in read:
        assert set(row) == set(COLUMNS)
        assert not any(cell.strip()[:1] in {"=", "+", "-", "@", "＝"} for cell in row.values())


def test_every_line_begins_with_a_quotation_mark() -> None:
    lines = render("csv", *hostile_results("::error::owned")).decode("utf-8-sig").splitlines()
    assert all(line.startswith('"') for line in lines)


def test_ordinary_cells_come_back() -> None:
    identity = Identity("SOP-012", 'The "device" file', "C")
    [row] = rows(result(finding(excerpt='The DHF, "signed".', alternatives=("a", "b")), identity=identity))
    assert row["document"] == "sops/a.md"
    assert row["title"] == 'The "device" file'
    assert row["excerpt"] == 'The DHF, "signed".'
    assert (row["line"], row["severity"], row["text"], row["alternatives"]) == ("3", "warning", "DHF", "a; b")


def test_word_documents_unread_ones_and_suppressed_findings_have_rows() -> None:
    read = rows(word(finding(suppressed=Suppression("inline", "kept"))), unreadable(error="damaged"), result())
    assert [(row["status"], row["line"], row["suppressed_by"], row["message"][:7]) for row in read] == [
        ("checked", "", "inline", "The des"),
        ("unreadable", "", "", "damaged"),
    ]
