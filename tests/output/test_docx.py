"""The Word report: what an impact assessment attached to a change order has to say."""

import io
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from builders import RUN, finding, result, unreadable, word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hostile import TEXTS
from hostile import results as hostile_results
from lxml import etree
from outputs import render

from qmsr_lint.model import DocumentResult, Identity, Suppression
from qmsr_lint.output.overview import COUNTED

OFFICE = shutil.which("soffice")


def texts(*results: DocumentResult) -> tuple[list[str], list[list[list[str]]]]:
    """The paragraphs and the tables of the report."""
    report = docx.Document(io.BytesIO(render("docx", *results)))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in report.tables]
    return [paragraph.text for paragraph in report.paragraphs], tables


def table(name: str, *results: DocumentResult) -> list[list[str]]:
    """The rows of the table whose first heading is `name`."""
    return next(rows[1:] for rows in texts(*results)[1] if rows[0][0] == name)


def test_the_sections_in_their_order() -> None:
    paragraphs, _ = texts(result(finding()))
    headings = [text for text in paragraphs if text[:1].isdigit() and "  " in text]
    assert headings == [
        "1  Summary",
        "2  Scope",
        "3  Method",
        "4  Tool and rules",
        "5  Findings by family and rule",
        "6  Documents",
        "7  Crosswalk of the citations found",
        "8  What was not read, and what was suppressed",
        "9  Authority of the mappings",
        "10  Assessment and approval",
    ]


def test_it_says_with_what_it_was_made_and_on_whose_authority() -> None:
    paragraphs, _ = texts(result(finding()))
    assert table("Item", result(finding())) == [
        ["Tool", "qmsr-lint 1.2.3"],
        ["Rules", "version 4.5.6"],
        ["SHA-256 of the rules", "ab" * 32],
    ]
    assert any("made by industry; FDA published none" in text for text in paragraphs)


def test_counts_documents_crosswalk_and_what_was_not_read() -> None:
    cited = finding(rule="cite-removed", severity="error", text="820.30(j)", replacement="Clause 7.3.10")
    silent = finding(suppressed=Suppression("inline", "kept"))
    identity = Identity("SOP-012", "Design control", "C")
    found = (result(cited, silent, identity=identity), word(finding(severity="note")), unreadable(error="damaged"))
    paragraphs, _ = texts(*found)
    assert any("3 documents in scope; 2 read. 1 of 3 ready" in text for text in paragraphs)
    assert any("1 error, 0 warnings, 1 note. Not open: 1 accepted by decision." in text for text in paragraphs)
    assert "1 document could not be judged; nothing is known about it." in paragraphs
    assert table("Family", *found) == [["Citations", "1", "0", "0"], ["Terms", "0", "0", "1"]]
    documents = next(rows for rows in texts(*found)[1] if rows[0][:2] == ["Document", "Rev."])
    assert documents[1] == ["sops/a.md\nSOP-012 Design control", "C", "1", "0", "0", "change", "cd" * 6]
    assert documents[3] == ["sops/c.doc", "", "–", "–", "–", "unreadable", ""]
    assert table("Legacy", *found) == [["21 CFR 820.30(j)", "Clause 7.3.10", "1", "sops/a.md"]]
    unread = next(rows for rows in texts(*found)[1] if rows[0] == ["Document", "Status", "Reason"])
    assert unread[1:] == [["sops/c.doc", "unreadable", "damaged"]]
    assert table("Standing", *found) == [["accepted in the document", "kept", "1", "1"]]


def test_documents_without_findings_are_counted_and_not_listed() -> None:
    silent = finding(suppressed=Suppression("context", "history"))
    clean = [result(path="sops/t.md"), result(silent, path="sops/u.md")]
    found = (*clean, result(finding()), word(finding(severity="note")), unreadable())
    documents = next(rows for rows in texts(*found)[1] if rows[0][:2] == ["Document", "Rev."])
    assert [row[0] for row in documents[1:]] == ["sops/a.md", "sops/b.docx", "sops/c.doc"]
    assert "2 more documents read, without an open finding." in texts(*found)[0]
    assert "2 documents read, without an open finding." in texts(*clean)[0]
    assert not any(rows[0][:2] == ["Document", "Rev."] for rows in texts(*clean)[1])


def test_what_the_number_of_ready_documents_counts_is_said() -> None:
    assert any(COUNTED in text for text in texts(result())[0])
    assert not any(COUNTED in text for text in texts(result(finding()))[0])


def test_rules_are_counted_by_severity() -> None:
    found = result(finding(rule="name-qsr", severity="error"), *[finding(rule="name-qsr")] * 49)
    assert table("Rule", found) == [["name-qsr", "", "1", "49", "0"]]


def test_numbers_stand_below_each_other() -> None:
    report = docx.Document(io.BytesIO(render("docx", result(finding(), identity=Identity("1", "", "2")), unreadable())))
    [rows] = [each for each in report.tables if [cell.text for cell in each.rows[0].cells][:2] == ["Document", "Rev."]]
    right = [
        [cell.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT for cell in row.cells]
        for row in (rows.rows[0], rows.rows[1])
    ]
    assert right == [[False, False, True, True, True, False, False]] * 2


def test_people_sign_it() -> None:
    rows = table("Role", result(finding()))
    assert [row[0] for row in rows][-1] == "Approved by (quality)"
    assert all(row[1:] == ["", "", ""] for row in rows)


def test_an_empty_run_has_a_report() -> None:
    paragraphs, _ = texts()
    assert any("0 documents in scope" in text for text in paragraphs)


def test_a_long_table_is_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsr_lint.output.docx.ROWS", 2)
    paragraphs, _ = texts(*[result(finding(), path=f"{number}.md") for number in range(5)])
    assert "and 3 more documents: see the Excel workbook of the same run." in paragraphs


def test_hostile_text_stays_text() -> None:
    results = [each for text in TEXTS for each in hostile_results(text)]
    with ZipFile(io.BytesIO(render("docx", *results))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert not any(b'TargetMode="External"' in part for part in parts.values())
    elements = {
        (name, etree.QName(element).localname)
        for name, part in parts.items()
        if name.endswith((".xml", ".rels"))
        for element in etree.fromstring(part).iter("*")  # raises for what is not well-formed
    }
    live = {"hyperlink", "fldSimple", "instrText", "object", "drawing", "altChunk"}
    assert [pair for pair in elements if pair[1] in live] == [("word/footer1.xml", "instrText")]  # the page number


def test_no_entry_and_no_property_knows_the_time() -> None:
    with ZipFile(io.BytesIO(render("docx", result(finding())))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-02-02T00:00:00Z" in package.read("docProps/core.xml")


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice (libreoffice-writer-nogui, libreoffice-calc-nogui)")
def test_libreoffice_opens_the_reports(tmp_path: Path) -> None:
    results = (
        result(finding(rule="cite-removed", text="820.30(j)"), *[finding()] * 30),
        *[each for text in TEXTS[:12] for each in hostile_results(text)],
        unreadable(),
    )
    for name in ("docx", "xlsx"):
        (tmp_path / f"report-{name}.{name}").write_bytes(render(name, *results, run=RUN))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(path) for path in sorted(tmp_path.glob("report-*"))]
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    made = sorted(path.name for path in tmp_path.glob("*.pdf"))
    if "report-xlsx.pdf" not in made and "no export filter" in done.stdout + done.stderr:
        pytest.skip("this LibreOffice has no Calc (libreoffice-calc-nogui)")
    assert made == ["report-docx.pdf", "report-xlsx.pdf"], done.stdout + done.stderr
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in made)
