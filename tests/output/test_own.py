"""The reports of the run before may be replaced; a document never is."""

import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipExtFile, ZipFile

import pytest
from builders import RUN, finding, result, unreadable, word
from click.testing import CliRunner
from outputs import render

from qmsr_lint.cli import main
from qmsr_lint.model import Suppression
from qmsr_lint.output import OUTPUTS, RunInfo
from qmsr_lint.output.own import is_report

RESULTS = (
    result(finding(), finding(severity="error", replacement=None), finding(severity="note", certainty="possible")),
    word(finding(), finding(suppressed=Suppression("inline", "kept"))),
    unreadable(),
)
LINES = ("text", "concise", "github", "azure", "gitlab")


@pytest.mark.parametrize("run", [RUN, RUN._replace(quiet=True), RUN._replace(show_suppressed=True, planned=9)])
@pytest.mark.parametrize("name", OUTPUTS)
def test_reports_are_known_again(tmp_path: Path, name: str, run: RunInfo) -> None:
    file = tmp_path / "report"
    for results in (RESULTS, RESULTS[:1], RESULTS[2:], ()):
        file.write_bytes(render(name, *results, run=run))
        assert is_report(str(file)) or not file.stat().st_size


@pytest.mark.parametrize("name", LINES)
def test_what_somebody_has_written_to_the_lines_of_a_report_is_theirs(tmp_path: Path, name: str) -> None:
    report = render(name, *RESULTS)
    for data in (b"Our procedure.\n" + report, report + b"Our procedure.\n", b"    " + report[:50]):
        (tmp_path / "a.md").write_bytes(data)
        assert not is_report(str(tmp_path / "a.md"))


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_report_of_any_format_is_replaced_whatever_it_is_called(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("The DHF is kept. See 21 CFR 820.30(j) and the QSR.\n")
    runs = []
    for _ in range(2):
        done = CliRunner().invoke(main, ["check", ".", "-o", f"{name}=x.md"])
        assert done.exit_code == 1, done.output
        runs.append(Path("x.md").read_bytes())
    assert runs[0] == runs[1]


@pytest.mark.parametrize("command", [["fix", "--diff"], ["readiness"]])
@pytest.mark.parametrize("name", ["text", "json"])
def test_so_are_those_of_other_commands(
    name: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("The DHF is kept. See 21 CFR 820.30(j) and the QSR.\n")
    for _ in range(2):
        done = CliRunner().invoke(main, [*command, ".", "-o", f"{name}=x.md"])
        assert done.exit_code == 1, done.output


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"",
            b"PK",
            b"PK\x03\x04 broken",
            b"# Design control\n",
            b"# QMSR readiness of our site\n",
            b"QMSR readiness",
        ),
        b"note: keep the DHF\n",
        b"3 documents: the DHF, the DMR and the DHR\n",
        b"Deviations: note in-process records\n",
        b"    an example\n\n  of two lines\n",
        b'{"schema_version": "1"}\n',
        b"# QMSR readiness\n\nOur procedure. The DHF is kept.\n",
        b"# QMSR readiness\n\nWe run qmsr-lint 0.1.0, rules 0.1.0, sha256 `" + b"0" * 64 + b"` each week.\n",
    ],
)
def test_anything_else_is_not(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert not is_report(str(tmp_path / "a"))
    assert not is_report(str(tmp_path / "missing"))
    with ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("docProps/core.xml", "<dc:creator>A person</dc:creator>")
    assert not is_report(str(tmp_path / "a.docx"))


def test_the_properties_of_a_file_are_not_inflated_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ZipFile(tmp_path / "a.docx", "w", ZIP_DEFLATED) as package:
        package.writestr("docProps/core.xml", bytes(50 << 20))
    taken = []
    read = ZipExtFile.read

    def counted(self: ZipExtFile, n: int | None = -1) -> bytes:
        data = read(self, n)
        taken.append(len(data))
        return data

    monkeypatch.setattr(ZipExtFile, "read", counted)
    assert not is_report(str(tmp_path / "a.docx"))
    assert 0 < sum(taken) < 1 << 20


def test_a_run_in_the_same_folder_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("The DHF is kept. See 21 CFR 820.30(j).\n")
    names = {"docx": "r.docx", "markdown": "r.md", "html": "r.html", "xlsx": "r.xlsx", "json": "r.json"}
    command = ["check", ".", *(word for item in names.items() for word in ("-o", "=".join(item)))]
    runs = []
    for _ in range(2):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 1, done.output
        runs.append({name: (tmp_path / name).read_bytes() for name in names.values()})
    assert runs[0] == runs[1]
    (tmp_path / "r.md").write_text("# Ours\n")
    assert CliRunner().invoke(main, command).exit_code == 2
    assert (tmp_path / "r.md").read_text() == "# Ours\n"


@pytest.mark.parametrize("name", ["there.md", "there.docx", "there.doc"])
@pytest.mark.parametrize("command", ["check", "fix", "readiness"])
def test_a_document_that_a_run_does_not_read_is_not_overwritten(
    name: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sops").mkdir()
    Path("sops/a.md").write_text("The DHF is kept.\n")
    Path(name).write_text("The words of a procedure.\n")
    done = CliRunner().invoke(main, [command, "sops", "-o", f"json={name}"])
    assert done.exit_code == 2
    assert f"error: --output {name}: is a document and would be overwritten" in done.stderr
    assert Path(name).read_text() == "The words of a procedure.\n"


def test_a_document_that_a_link_leads_to_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sops").mkdir()
    Path("sops/a.md").write_text("The DHF is kept.\n")
    Path("P.md").write_text("The words of a procedure.\n")
    try:
        os.symlink("P.md", "list.txt")
    except OSError:
        pytest.skip("this system makes no links")
    assert CliRunner().invoke(main, ["check", "sops", "-o", "text=list.txt"]).exit_code == 2
    assert Path("P.md").read_text() == "The words of a procedure.\n"


@pytest.mark.parametrize(("output", "name"), [("markdown", "report.md"), ("docx", "report.docx")])
def test_a_report_of_the_run_before_is_replaced_though_it_is_not_read(
    output: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sops").mkdir()
    Path("sops/a.md").write_text("The DHF is kept.\n")
    Path(name).write_bytes(b"")
    for _ in range(2):
        assert CliRunner().invoke(main, ["check", "sops", "-o", f"{output}={name}"]).exit_code == 1
        assert is_report(name)
