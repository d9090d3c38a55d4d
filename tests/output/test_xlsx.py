"""The Excel workbook: nothing in it is live, it has what a change order needs, and a large one needs little memory."""

import io
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from builders import finding, result, unreadable, word
from hostile import TEXTS
from hostile import results as hostile_results
from lxml import etree
from outputs import render

from qmsr_lint.model import DocumentResult, Identity, Place, Suppression
from qmsr_lint.output.overview import COUNTED

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = ["Summary", "Findings", "Documents", "Crosswalk", "Not read", "Suppressed"]


def parts(*results: DocumentResult) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(render("xlsx", *results))) as package:
        return {name: package.read(name) for name in package.namelist()}


def sheet(name: str, *results: DocumentResult) -> list[list[str]]:
    """The rows of a sheet as texts."""
    package = parts(*results)
    strings: list[str] = []
    if "xl/sharedStrings.xml" in package:
        strings = ["".join(map(str, item.itertext())) for item in etree.fromstring(package["xl/sharedStrings.xml"])]
    root = etree.fromstring(package[f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml"])

    def text(cell: etree._Element) -> str:
        words = "".join(map(str, cell.itertext()))
        return strings[int(words)] if cell.get("t") == "s" and words else words

    return [[text(cell) for cell in row] for row in root.iter(f"{MAIN}row")]


def records(name: str, *results: DocumentResult) -> list[dict[str, str]]:
    head, *rows = sheet(name, *results)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_nothing_is_live() -> None:
    package = parts(*(each for text in TEXTS for each in hostile_results(text)))
    for name, data in package.items():
        root = etree.fromstring(data)  # raises for what is not well-formed
        if name.startswith("xl/worksheets/"):
            live = {etree.QName(element).localname for element in root.iter("*")}
            assert not live & {"f", "hyperlink", "hyperlinks", "oleObject", "legacyDrawing"}
    assert not any("externalLink" in name or name.endswith(".vml") or "/_rels/sheet" in name for name in package)


def test_a_text_like_a_formula_stays_that_text() -> None:
    [row] = records("Findings", result(finding(text="=1+1", replacement="https://example.org/")))
    assert (row["Text found"], row["Proposed change"]) == ("=1+1", "https://example.org/")


def test_a_text_that_grows_by_codes_stays_within_a_cell() -> None:
    """Excel holds 32,767 characters in one; a longer text would leave it empty."""
    [row] = records("Findings", result(finding(text="\x01" * 40_000)))
    assert row["Text found"] == "\\x01" * 8_000


def test_the_columns_a_change_order_needs() -> None:
    identity = Identity("SOP-012", "Design control", "C")
    [row] = records("Findings", result(finding(alternatives=("file",)), identity=identity))
    expected = {
        "Document": "sops/a.md",
        "Number": "SOP-012",
        "Title": "Design control",
        "Revision": "C",
        "Place": "5.2 Design transfer; paragraph 14 of the document, line 3",
        "Severity": "warning",
        "Certainty": "certain",
        "Rule": "term-dhf",
        "Text found": "DHF",
        "Sentence": "The DHF shall be kept.",
        "Proposed change": "design and development file",
        "Alternatives": "file",
        "Reason": "The design history file is now the design and development file.",
        "Regulatory basis": "ISO 13485:2016 7.3.10; 21 CFR 820.10(c)",
        "State": "open",
        "Disposition": "",
        "Owner": "",
        "Comment": "",
        "Fingerprint": "f1",
    }
    assert row == expected


def test_suppressed_findings_are_there_and_say_why() -> None:
    silent = finding(suppressed=Suppression("config", "kept for the archive"))
    [row] = records("Findings", result(silent))
    assert row["State"] == "accepted in the configuration: kept for the archive"
    assert records("Suppressed", result(silent)) == [
        {
            "Standing": "accepted in the configuration",
            "Reason": "kept for the archive",
            "Findings": "1",
            "Documents": "1",
        }
    ]


def test_documents_and_what_was_not_read() -> None:
    found = (result(finding(severity="note")), word(finding(), finding(severity="error")), unreadable(error="damaged"))
    documents = records("Documents", *found)
    assert [(row["Document"], row["Ready"]) for row in documents] == [
        ("sops/a.md", "yes"),
        ("sops/b.docx", "no"),
        ("sops/c.doc", "no"),
    ]
    assert [documents[1][name] for name in ("Errors", "Warnings", "Notes", "SHA-256")] == ["1", "1", "0", "ef" * 32]
    assert records("Not read", *found) == [{"Document": "sops/c.doc", "Status": "unreadable", "Reason": "damaged"}]


def test_the_crosswalk_of_the_citations_found() -> None:
    cited = finding(rule="cite-removed", text="820.30 (j)", replacement="Clause 7.3.10")
    found = (result(cited, cited), word(cited._replace(text="21 CFR 820.30(j)"), finding()))
    assert records("Crosswalk", *found) == [
        {
            "Legacy": "21 CFR 820.30(j)",
            "Current": "Clause 7.3.10",
            "Documents": "2",
            "Findings": "3",
            "Found in": "sops/a.md; sops/b.docx",
        }
    ]


def test_every_document_has_a_row_and_the_summary_says_what_ready_counts() -> None:
    found = (result(path="sops/t.md"), result(finding()), unreadable())
    assert [row["Document"] for row in records("Documents", *found)] == ["sops/t.md", "sops/a.md", "sops/c.doc"]
    assert [COUNTED] in [[cell for cell in row if cell] for row in sheet("Summary", *found)]


def test_the_summary_names_the_rules_and_who_made_the_mappings() -> None:
    text = " ".join(" ".join(row) for row in sheet("Summary", result(finding()), unreadable()))
    for words in ("1.2.3", "4.5.6", "ab" * 32, "made by industry", "Terms"):
        assert words in text


def test_sheets_can_be_filtered_under_a_frozen_heading() -> None:
    package = parts(result(finding(place=Place("header"))))
    for number in range(2, len(SHEETS) + 1):
        root = etree.fromstring(package[f"xl/worksheets/sheet{number}.xml"])
        assert root.find(f"{MAIN}autoFilter") is not None
        pane = root.find(f".//{MAIN}pane")
        assert pane is not None
        assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")


def test_a_sweep_longer_than_a_sheet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsr_lint.output.xlsx.ROWS", 2)
    assert len(records("Findings", result(*[finding()] * 5))) == 2
    assert "ends at what Excel can hold" in str(sheet("Summary", result(*[finding()] * 5)))


MEASURED = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
from builders import finding, result
from outputs import render
sentence = "The DHF of each device is kept by the department that is responsible for it, number "
render("xlsx", *(
    result(*(finding(excerpt=f"{sentence} {d} {n}", text=f"DHF {d} {n}") for n in range(50)), path=f"sops/{d}.md")
    for d in range(200)
))
[peak] = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(peak)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured where it is counted in kibibytes")
def test_ten_thousand_findings_need_little_memory() -> None:
    tests = Path(__file__).parents[1]
    command = [sys.executable, "-c", MEASURED, str(tests), str(tests.parent / "src")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 150 * 1024


def test_no_entry_and_no_property_knows_the_time() -> None:
    with ZipFile(io.BytesIO(render("xlsx", result(finding())))) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        assert b"2026-02-02T00:00:00Z" in package.read("docProps/core.xml")


def test_a_printed_sheet_says_which_it_is_and_has_numbered_pages() -> None:
    for number in range(2, len(SHEETS) + 1):
        root = etree.fromstring(parts(result(finding()))[f"xl/worksheets/sheet{number}.xml"])
        assert root.findtext(f"{MAIN}headerFooter/{MAIN}oddFooter") == "&L&A&RPage &P of &N"
