"""The readiness checklist: what each line counts, and its four forms."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from qmsr_lint.cli import main

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
COMPLETE = FIXTURES / "gaps"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["readiness", *arguments])


def checklist(*arguments: str) -> dict[str, Any]:
    result = run("-q", "-o", "json", *arguments)
    assert result.exit_code in (0, 1), result.output
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def lines(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in data["lines"]}


def test_complete_procedures_are_ready_in_every_line() -> None:
    data = checklist("--exclude", "unrelated/", "--isolated", str(COMPLETE))
    assert {line["id"]: line["state"] for line in data["lines"] if line["state"] != "ready"} == {}
    assert all(line["done"] == line["total"] > 0 for line in data["lines"])
    assert all(line["open"] == [] for line in data["lines"])
    assert data["unrecognised"] == []
    assert all(len(row["documents"]) >= 1 for row in data["types"])


def test_each_piece_of_evidence_is_a_sentence_of_its_document() -> None:
    data = checklist("--exclude", "unrelated/", "--isolated", str(COMPLETE))
    assert sum(len(line["evidence"]) for line in data["lines"]) > len(data["lines"])
    for line in data["lines"]:
        for each in line["evidence"]:
            text = " ".join(re.sub(r"[|*]|<!--.*?-->", " ", Path(each["path"]).read_text(encoding="utf-8")).split())
            assert each["sentence"] in text, each


def test_the_lines_of_the_transition_are_all_there() -> None:
    data = checklist("--isolated", str(COMPLETE / "unrelated"))
    assert list(lines(data)) == [
        "terminology",
        "citations",
        "records",
        "complaints-and-servicing",
        "labeling-and-packaging",
        "risk-management",
        "requirements",
        "inspection",
        "premarket",
        "training",
    ]


def test_without_a_procedure_of_its_type_a_line_says_so() -> None:
    data = checklist("--isolated", str(COMPLETE / "unrelated"))
    states = {line["id"]: line["state"] for line in data["lines"]}
    assert states["terminology"] == states["citations"] == "ready"
    assert {states[name] for name in ("records", "labeling-and-packaging", "training")} == {"no document"}


def test_findings_and_missing_elements_keep_a_line_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (COMPLETE / "complaint-handling.md").read_text(encoding="utf-8")
    text = text.replace("the date the complaint was received", "the words of the caller")
    text += "\nThe DHF is kept as 21 CFR 820.30(j) requires.\n"
    text += "\nFDA may not inspect management review records under 21 CFR 820.180(c).\n"
    (tmp_path / "SOP-1.md").write_text(text, encoding="utf-8")
    found = lines(checklist())
    assert [each["rule"] for each in found["terminology"]["open"]] == ["term-dhf"]
    assert {each["rule"] for each in found["citations"]["open"]} == {"cite-removed"}
    assert found["records"]["open"][0]["rule"].startswith("claim-")
    line = found["complaints-and-servicing"]
    assert (line["state"], line["done"], line["total"]) == ("open", 13, 14)
    assert [(each["rule"], each["place"]) for each in line["open"]] == [
        ("gap-complaint-date-received", "3 Receipt of complaints; paragraph 7 of the document")
    ]
    [missing] = [each for each in line["evidence"] if each["state"] == "missing"]
    assert (missing["rule"], missing["sentence"]) == ("gap-complaint-date-received", "3 Receipt of complaints")


def test_a_decision_leaves_a_line_ready_and_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Design\n\nThe DHF is kept.\n", encoding="utf-8")
    (tmp_path / "qmsr-lint.toml").write_text(
        '[[suppress]]\nrules = ["term-dhf"]\nreason = "the archive keeps it"\n', encoding="utf-8"
    )
    line = lines(checklist())["terminology"]
    assert (line["state"], line["open"]) == ("ready", [])
    assert [(each["rule"], each["text"], each["reason"]) for each in line["accepted"]] == [
        ("term-dhf", "DHF", "the archive keeps it")
    ]
    text = run("-o", "text", "-o", "html=r.html", "-o", "docx=r.docx").stdout
    assert "Terminology aligned or mapped: 1 of 1 documents; 1 finding accepted by decision" in text
    assert "the archive keeps it" in text
    assert "the archive keeps it" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "the archive keeps it" in str([[c.text for c in t._cells] for t in Document("r.docx").tables])


def test_an_open_note_is_listed_and_leaves_the_line_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Design Changes of the Pump\n\nWords.\n", encoding="utf-8")
    line = lines(checklist())["terminology"]
    assert [each["severity"] for each in line["open"]] == ["note"]
    assert (line["state"], line["done"], line["total"]) == ("ready", 1, 1)


def test_premarket_information_looks_at_sentences_about_submissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("The 510(k) refers to the DHF.\n\nThe DMR is kept.\n", encoding="utf-8")
    assert [each["rule"] for each in lines(checklist())["premarket"]["open"]] == ["term-dhf"]


def test_premarket_information_counts_the_documents_that_speak_of_submissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Calibration\n\nGauges are calibrated. The DHF is kept.\n", encoding="utf-8")
    line = lines(checklist())["premarket"]
    assert (line["state"], line["done"], line["total"]) == ("no document", 0, 0)
    (tmp_path / "b.md").write_text("# Submissions\n\nA 510(k) is submitted.\n", encoding="utf-8")
    line = lines(checklist())["premarket"]
    assert (line["state"], line["done"], line["total"]) == ("ready", 1, 1)
    (tmp_path / "c.md").write_text("# Submissions\n\nThe PMA holds the DMR.\n", encoding="utf-8")
    line = lines(checklist())["premarket"]
    assert (line["state"], line["done"], line["total"]) == ("open", 1, 2)


def test_an_unreadable_document_is_listed_and_never_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("All is well.\n", encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"no zip file")
    result = run("-o", "json")
    assert result.exit_code == 2
    data = json.loads(result.stdout)
    assert [each["path"] for each in data["unjudged"]] == ["b.docx"]
    assert lines(data)["terminology"]["total"] == 1


def test_the_market_is_the_configurations_or_the_command_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "SOP-1.md").write_text("# Servicing Procedure\n\nWords.\n", encoding="utf-8")
    (tmp_path / "qmsr-lint.toml").write_text('market = "eu"\n', encoding="utf-8")
    data = checklist()
    assert (data["market"], lines(data)["complaints-and-servicing"]["total"]) == ("eu", 1)
    data = checklist("--market", "us")
    assert (data["market"], lines(data)["complaints-and-servicing"]["total"]) == ("us", 7)


def test_only_forms_of_the_checklist_are_written() -> None:
    result = run("-o", "sarif", str(COMPLETE))
    assert result.exit_code == 2
    assert "--output sarif: there is no format 'sarif'; choose from text, json, html, docx" in result.stderr
    result = CliRunner().invoke(main, ["readiness", "-o", "xml"])
    assert "--output xml: there is no format 'xml'; " in result.stderr and "xlsx" not in result.stderr


HOSTILE = "<script>alert(1)</script> ::error:: ##[command]rm \x1b[31m =1+1 \u202e"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = f"# Complaint Handling {HOSTILE}\n\nAny corrective action {HOSTILE} is recorded. The DHF is kept.\n"
    (tmp_path / "SOP-1.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_page_has_no_script_and_no_network(hostile: Path) -> None:
    assert run("-q", "-o", "html=page.html").exit_code == 1
    page = (hostile / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)
    assert "\x1b" not in page and "\u202e" not in page
    assert " style=" not in page


def test_text_steers_neither_a_terminal_nor_a_log(hostile: Path) -> None:
    output = run("-q").stdout
    assert "\x1b" not in output and "\u202e" not in output
    assert "##[" not in output
    assert not re.search(r"^\s*::", output, re.MULTILINE)


def test_the_word_report_opens_and_holds_every_line(hostile: Path) -> None:
    from docx import Document

    assert run("-q", "-o", "docx=page.docx").exit_code == 1
    data = (hostile / "page.docx").read_bytes()
    opened = Document(BytesIO(data))
    headings = [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == "Heading 1"]  # type: ignore[union-attr]
    assert "2  Terminology aligned or mapped" in headings
    assert opened.core_properties.title == "QMSR readiness checklist"


@pytest.mark.parametrize("form", ["text", "json", "html", "docx"])
def test_two_runs_give_the_same_bytes(form: str, hostile: Path) -> None:
    pages = []
    for number in range(2):
        run("-q", "-o", f"{form}={number}.out")
        pages.append((hostile / f"{number}.out").read_bytes())
    assert pages[0] == pages[1]
    assert str(hostile).encode() not in pages[0]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("FDA may not inspect management review records under 21 CFR 820.180(c).", "records"),
        ("Investigators follow QSIT.", "inspection"),
    ],
)
def test_a_line_with_an_open_finding_is_open_without_a_document_of_its_type(
    words: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(f"# Gowning\n\n{words}\n", encoding="utf-8")
    found = lines(checklist())[line]
    assert found["open"] != []
    assert found["state"] == "open"
