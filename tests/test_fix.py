"""The command `fix`: what is written where, what is reported, and how it ends."""

import json
import os
import signal
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import redline_oracle as oracle
from click.testing import CliRunner, Result
from docx import Document
from docxmaker import Part, docx, ins, p, part, r

from qmsr_lint import fix as fixing
from qmsr_lint.cli import main

DATE = "2026-02-02"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def fix(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fix", "--date", DATE, *arguments])


def report(*arguments: str) -> dict[str, Any]:
    done = fix("-o", "json", *arguments)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def word(text: str, name: str = "a.docx") -> bytes:
    data = docx(p(r(text)))
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)
    return data


SAFE = "The QS regulation applies."
FIXED = "The QMSR applies."


# --- Word


def test_a_redline_stands_beside_the_original() -> None:
    data = word(SAFE)
    done = fix("a.docx")
    assert (done.exit_code, sorted(os.listdir())) == (0, ["a.docx", "a.redline.docx"])
    assert Path("a.docx").read_bytes() == data
    after = Path("a.redline.docx").read_bytes()
    assert oracle.paragraphs(oracle.settle(after, "qmsr-lint", accept=True)) == [FIXED]
    assert 'w:date="2026-02-02T00:00:00Z"' in oracle.entries(after)["word/document.xml"].decode()
    assert "QS regulation → QMSR" in done.stdout
    assert "1 document: 1 edited, 0 commented, 0 refused, 0 left" in done.stdout


def test_each_of_two_documents_whose_names_are_shown_alike_is_fixed() -> None:
    names = [os.fsdecode(b"a\xff.md"), r"a\xff.md"]
    try:
        for name in names:
            Path(name).write_text(f"{SAFE}\n")
    except OSError:
        pytest.skip("this file system holds Unicode names only")
    assert fix(".").exit_code == 0
    assert [Path(name).read_text() for name in names] == [f"{FIXED}\n"] * 2


@pytest.mark.parametrize(("source", "redline"), [(0o600, 0o600), (0o640, 0o640), (0o444, 0o644)])
def test_who_may_read_a_redline_is_who_may_read_its_document(source: int, redline: int) -> None:
    word(SAFE)
    Path("a.docx").chmod(source)
    assert fix("a.docx").exit_code == 0
    assert Path("a.redline.docx").stat().st_mode & 0o777 == redline
    Path("a.redline.docx").chmod(0o660)
    assert fix("a.docx", "--author", "Q").exit_code == 0
    assert Path("a.redline.docx").stat().st_mode & 0o777 == 0o660


def test_a_folder_on_another_drive_gives_a_document_no_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkdir("sops")
    Path("a.md").write_text(SAFE)
    monkeypatch.setattr(os.path, "relpath", another_drive)
    assert fix("sops", "a.md", "--output-dir", "out").exit_code == 0
    assert os.listdir("out") == ["a.md"]


def another_drive(path: str, start: str) -> str:
    raise ValueError("path is on mount 'C:', start on mount 'D:'")


def test_a_clean_document_gets_nothing() -> None:
    word(FIXED)
    assert (fix("a.docx").exit_code, os.listdir()) == (0, ["a.docx"])


def test_an_output_folder_keeps_the_shape_of_a_tree() -> None:
    word(SAFE, "sops/one/a.docx")
    word(SAFE, "sops/two/a.docx")
    assert fix("sops", "--output-dir", "out").exit_code == 0
    assert sorted(str(path) for path in Path("out").rglob("*.docx")) == [
        "out/one/a.redline.docx",
        "out/two/a.redline.docx",
    ]
    assert fix("sops/one/a.docx", "--output-dir", "flat").exit_code == 0
    assert os.listdir("flat") == ["a.redline.docx"]


def test_what_is_in_an_output_folder_is_not_fixed_whatever_its_name() -> None:
    for name in ("out/made.md", "outside/b.md"):
        Path(name).parent.mkdir()
        Path(name).write_text(f"{SAFE}\n")
    fix("--output-dir", "out")
    assert sorted(str(path) for path in Path("out").rglob("*.md")) == ["out/made.md", "out/outside/b.md"]


def test_an_output_folder_inside_the_tree_is_not_fixed_again() -> None:
    word("The DHF is kept.", "one/a.docx")
    word(SAFE, "two/a.docx")
    assert fix("--output-dir", "out").exit_code == 1
    made = sorted(str(path) for path in Path("out").rglob("*.docx"))
    assert made == ["out/one/a.redline.docx", "out/two/a.redline.docx"]
    assert fix("--output-dir", "out", "--unsafe").exit_code == 0
    assert sorted(str(path) for path in Path("out").rglob("*.docx")) == made


def test_two_documents_must_not_go_to_one_place() -> None:
    word(SAFE, "one/a.docx")
    word(SAFE, "two/a.docx")
    done = fix("one/a.docx", "two/a.docx", "--output-dir", "out")
    assert (done.exit_code, Path("out").exists()) == (2, False)
    assert "one/a.docx and two/a.docx" in done.stderr


def test_in_place_replaces_the_original() -> None:
    word(SAFE)
    Path("a.docx").chmod(0o640)
    assert (fix("a.docx", "--in-place").exit_code, os.listdir()) == (0, ["a.docx"])
    assert Path("a.docx").stat().st_mode & 0o777 == 0o640
    after = Path("a.docx").read_bytes()
    assert oracle.paragraphs(oracle.settle(after, "qmsr-lint", accept=True)) == [FIXED]
    assert fix("a.docx", "--in-place").exit_code == 0
    assert Path("a.docx").read_bytes() == after


def test_nothing_is_written_that_does_not_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word(SAFE)
    monkeypatch.setattr("qmsr_lint.formats.docx.readback.verify", lambda *_: "it reads otherwise")
    done = fix("a.docx", "--in-place")
    assert (done.exit_code, os.listdir(), Path("a.docx").read_bytes()) == (2, ["a.docx"], data)
    assert "it reads otherwise" in done.stdout


def test_a_folder_that_cannot_be_written_is_said_with_the_name_of_the_new_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = word(SAFE)
    real = os.open

    def locked(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", locked)
    done = fix("a.docx")
    assert (done.exit_code, os.listdir(), Path("a.docx").read_bytes()) == (2, ["a.docx"], data)
    assert "a.docx: not written: " in done.stdout
    assert "unreadable" not in done.stdout
    assert "a.redline.docx: Permission denied" in done.stdout
    assert ".tmp" not in done.stdout


def test_a_torn_write_leaves_the_original(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word(SAFE)

    def torn(handle: int) -> None:
        os.ftruncate(handle, 100)

    monkeypatch.setattr(os, "fsync", torn)
    done = fix("a.docx", "--in-place")
    assert (done.exit_code, os.listdir(), Path("a.docx").read_bytes()) == (2, ["a.docx"], data)


@pytest.mark.parametrize("name", ["a.docx", "a.md"])
def test_a_document_that_changes_while_it_is_fixed_is_left_as_it_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = (
        docx(p(r(f"Somebody adds this. {SAFE}"))) if name == "a.docx" else f"Somebody adds this. {SAFE}\n".encode()
    )

    def read(path: str, limit: int) -> bytes:
        Path(path).write_bytes(changed)
        return changed

    word(SAFE)
    Path("a.md").write_text(f"{SAFE}\n", encoding="utf-8")
    monkeypatch.setattr(fixing, "contents", read)
    done = fix(name, "--in-place")
    assert (done.exit_code, Path(name).read_bytes(), sorted(os.listdir())) == (2, changed, ["a.docx", "a.md"])
    assert "it was changed by somebody while it was being fixed" in done.stdout


def test_comments_only() -> None:
    word(SAFE)
    done = fix("a.docx", "--comments", "--author", "Jo Doe")
    assert done.exit_code == 1
    parts = oracle.entries(Path("a.redline.docx").read_bytes())
    assert b"<w:ins " not in parts["word/document.xml"]
    assert b'w:author="Jo Doe"' in parts["word/comments.xml"]
    assert b'w:initials="JD"' in parts["word/comments.xml"]
    assert b"[qmsr-lint name-qs-regulation]" in parts["word/comments.xml"]


def test_what_needs_judgement_is_commented_and_edited_only_on_request() -> None:
    word("The DHF is kept.")
    assert fix("a.docx").exit_code == 1
    assert b"<w:ins " not in oracle.entries(Path("a.redline.docx").read_bytes())["word/document.xml"]
    assert fix("a.docx", "--unsafe").exit_code == 0
    assert b"<w:ins " in oracle.entries(Path("a.redline.docx").read_bytes())["word/document.xml"]


def test_a_second_fix_changes_nothing() -> None:
    word("The QS regulation names the DHF. Follow 21 CFR 820.40.")
    assert fix("a.docx").exit_code == 1
    first = Path("a.redline.docx").read_bytes()
    assert fix("a.docx").exit_code == 1
    assert Path("a.redline.docx").read_bytes() == first
    found = report("a.redline.docx")
    assert [each["output"] for each in found["documents"]] == [None]
    assert {change["action"] for change in found["documents"][0]["changes"]} == {"left"}
    assert sorted(os.listdir()) == ["a.docx", "a.redline.docx"]


def test_a_redline_in_a_folder_is_left_alone() -> None:
    word(SAFE)
    assert fix(".").exit_code == fix(".").exit_code == 0
    assert sorted(os.listdir()) == ["a.docx", "a.redline.docx"]


def checked(*arguments: str) -> dict[str, str]:
    flags = ["--isolated", "--no-cache", "-q", "-o", "json"]
    done = CliRunner().invoke(main, ["check", *flags, *arguments])
    return {each["path"]: each["status"] for each in json.loads(done.stdout)["documents"]}


def test_a_check_passes_over_a_redline_beside_its_document() -> None:
    word(SAFE)
    fix("a.docx")
    assert checked(".") == {"a.docx": "checked", "a.redline.docx": "skipped"}
    assert checked(".", "--jobs", "2") == checked(".")
    assert checked(".", "a.redline.docx") == {"a.docx": "checked", "a.redline.docx": "checked"}
    assert checked("a.redline.docx") == {"a.redline.docx": "checked"}
    assert checked(".", "--exclude", "a.docx") == {"a.redline.docx": "checked"}


def test_a_check_reads_a_redline_whose_document_has_changed() -> None:
    word(SAFE)
    fix("a.docx")
    word("Another one. The QS regulation applies.")
    assert checked(".")["a.redline.docx"] == "checked"
    os.remove("a.docx")
    assert checked(".") == {"a.redline.docx": "checked"}


def add_a_part(path: str) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("docProps/own.xml", "<Properties/>")


def save_with_a_library(path: str) -> None:
    document = Document(path)
    document.add_paragraph("A reviewer's own words.")
    document.save(path)


def change_the_main_part(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        entries, comment = {info: archive.read(info) for info in archive.infolist()}, archive.comment
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = comment
        for info, content in entries.items():
            archive.writestr(info, content.replace(b"applies.", b"holds."))


def put_another_file_there(path: str) -> None:
    Document().save(path)


@pytest.mark.parametrize("work", [add_a_part, save_with_a_library, change_the_main_part, put_another_file_there])
def test_a_redline_that_somebody_worked_on_is_not_overwritten(work: Callable[[str], None]) -> None:
    with_a_library = Document()
    with_a_library.add_paragraph(SAFE)
    with_a_library.save("a.docx")
    fix("a.docx")
    work("a.redline.docx")
    worked = Path("a.redline.docx").read_bytes()
    assert checked(".")["a.redline.docx"] == "checked"
    done = fix("a.docx", "--author", "Somebody else")
    assert (done.exit_code, Path("a.redline.docx").read_bytes()) == (2, worked)
    assert "changed since it was made" in done.stdout
    assert "--output-dir" in done.stdout


def test_work_in_a_redline_is_safe_once_it_was_fixed_in_its_place() -> None:
    word(SAFE)
    fix("a.docx")
    document = Document("a.redline.docx")
    document.add_paragraph("A reviewer asks: meet the QS regulation.")
    document.save("a.redline.docx")
    assert fix("--in-place", "a.redline.docx").exit_code == 0
    worked = Path("a.redline.docx").read_bytes()
    done = fix("a.docx")
    assert (done.exit_code, Path("a.redline.docx").read_bytes()) == (2, worked)


def test_the_redline_of_another_document_is_not_overwritten() -> None:
    word(SAFE, "one/a.docx")
    word("Another one. The QS regulation applies.", "two/a.docx")
    assert fix("one/a.docx", "--output-dir", "out").exit_code == 0
    first = Path("out/a.redline.docx").read_bytes()
    assert fix("two/a.docx", "--output-dir", "out").exit_code == 2
    assert Path("out/a.redline.docx").read_bytes() == first


def test_a_redline_that_nobody_touched_is_written_anew() -> None:
    word(SAFE)
    fix("a.docx")
    assert fix("a.docx", "--author", "Somebody else").exit_code == 0
    assert b'w:author="Somebody else"' in oracle.entries(Path("a.redline.docx").read_bytes())["word/document.xml"]


@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_written_through_a_link(there: bool) -> None:
    data = word(SAFE)
    if there:
        Path("other.docx").write_bytes(data)
    Path("a.redline.docx").symlink_to("other.docx")
    done = fix("a.docx")
    assert done.exit_code == 2
    assert "a.redline.docx is a link to another file" in done.stdout
    assert Path("other.docx").exists() == there
    assert not there or Path("other.docx").read_bytes() == data


@pytest.mark.parametrize("form", ["md", "docx"])
def test_a_document_is_not_rewritten_through_a_link(form: str) -> None:
    Path("real").mkdir()
    data = word(SAFE, "real/a.docx") if form == "docx" else SAFE.encode()
    Path(f"real/a.{form}").write_bytes(data)
    Path(f"b.{form}").symlink_to(f"real/a.{form}")
    done = fix(f"b.{form}", "--in-place")
    assert done.exit_code == 1
    assert f"b.{form}: 1 left" in done.stdout
    assert "a link to another file, which is left as it is: name that file, or write elsewhere" in done.stdout
    assert (Path(f"b.{form}").is_symlink(), Path(f"real/a.{form}").read_bytes()) == (True, data)
    [entry] = report(f"b.{form}", "--in-place")["documents"]
    assert (entry["status"], entry["output"], [each["action"] for each in entry["changes"]]) == (
        "skipped",
        None,
        ["left"],
    )
    assert fix(f"b.{form}", "--output-dir", "out").exit_code == 0
    assert len(os.listdir("out")) == 1


def test_a_name_as_long_as_the_file_system_takes() -> None:
    name = "a" * (255 - len(".redline.docx"))
    word(SAFE, f"{name}.docx")
    assert fix(".").exit_code == 0
    assert f"{name}.redline.docx" in os.listdir()


def test_the_temporary_file_of_another_run_is_left_alone() -> None:
    word(SAFE)
    theirs = Path(f".qmsr-lint-{os.getpid()}-0.tmp")
    theirs.write_text("theirs", encoding="utf-8")
    assert fix("a.docx").exit_code == 0
    assert theirs.read_text(encoding="utf-8") == "theirs"


def test_what_is_written_already_is_no_obstacle() -> None:
    Path("a.md").write_text(SAFE, encoding="utf-8")
    for _ in range(2):
        done = fix("a.md", "--output-dir", "out")
        assert (done.exit_code, "a.md → out/a.md" in done.stdout) == (0, True)
    Path("out/a.md").write_text("mine", encoding="utf-8")
    assert fix("a.md", "--output-dir", "out").exit_code == 2
    assert Path("out/a.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("kind", ["docx", "docm", "dotx", "dotm"])
def test_files_of_one_stem_have_redlines_of_their_own(kind: str) -> None:
    Path(f"a.{kind}").write_bytes(docx(p(r(SAFE)), kind=kind))
    word(SAFE, "a.docx")
    assert fix(".").exit_code == 0
    before = oracle.entries(Path(f"a.{kind}").read_bytes())
    after = oracle.entries(Path(f"a.redline.{kind}").read_bytes())
    main_type = before["[Content_Types].xml"].split(b"main+xml")[0].rpartition(b"=")[2]
    assert main_type in after["[Content_Types].xml"]


def test_a_refused_edit_is_reported_with_its_reason() -> None:
    Path("a.docx").write_bytes(docx(p(ins(r("The QS regulation")))))
    found = report("a.docx")
    [change] = found["documents"][0]["changes"]
    assert (change["action"], change["written"]) == ("refused", None)
    assert "tracked insertion by Ann Author" in change["reason"]
    assert found["summary"]["refused"] == 1


def test_a_restricted_document_is_an_error() -> None:
    xml = part("settings", '<w:documentProtection w:edit="forms" w:enforcement="1"/>')
    Path("a.docx").write_bytes(docx(p(r(SAFE)), parts={"word/settings.xml": Part(xml, "settings")}))
    done = fix("a.docx")
    assert (done.exit_code, os.listdir()) == (2, ["a.docx"])
    assert "editing is restricted" in done.stdout


def test_an_unreadable_document_does_not_stop_the_others() -> None:
    Path("a.docx").write_bytes(b"PK\x03\x04")
    word(SAFE, "b.docx")
    assert fix(".").exit_code == 2
    assert Path("b.redline.docx").exists()


def slowly(*_: object) -> None:
    while True:
        time.sleep(0.01)


def greedily(*_: object) -> None:
    bytearray(1 << 40)


@pytest.mark.parametrize(
    ("editor", "status", "reason"),
    [
        (slowly, "timeout", "not finished within the limit of 1 seconds (limits: seconds)"),
        (greedily, "unreadable", "needs more memory than is free or than 2147483648 bytes (limits: memory-bytes)"),
    ],
)
def test_fixing_a_document_costs_no_more_than_its_limits(
    editor: Any, status: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("qmsr-lint.toml").write_text("limits = {seconds = 1}")
    Path("a.md").write_text(SAFE)
    word(SAFE, "b.docx")
    monkeypatch.setitem(fixing._EDITORS, "markdown", editor)
    done = report(".")
    assert [(entry["status"], entry["error"]) for entry in done["documents"]] == [
        (status, f"not written: {reason}"),
        ("checked", None),
    ]
    assert Path("a.md").read_text() == SAFE
    told = fix("a.md")
    assert (told.exit_code, f"a.md: not written: {reason}" in told.stdout) == (2, True)


def test_an_interrupt_ends_the_fixing_of_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    Path("a.md").write_text(SAFE)
    monkeypatch.setitem(fixing._EDITORS, "markdown", slowly)
    threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start()
    begun = time.monotonic()
    try:
        done = fix("a.md")
    finally:
        signal.signal(signal.SIGINT, before)
    assert (done.exit_code, Path("a.md").read_text()) == (130, SAFE)
    assert "interrupted after 0 of 1 documents" in done.stderr
    assert time.monotonic() - begun < 10


def test_a_fault_in_one_document_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object) -> str:
        monkeypatch.undo()
        raise RuntimeError("fell over")

    word(SAFE)
    word(SAFE, "b.docx")
    here = os.getcwd()
    monkeypatch.setattr("qmsr_lint.formats.docx.readback.verify", faulty)
    monkeypatch.chdir(here)
    done = fix(os.path.join(here, "a.docx"), os.path.join(here, "b.docx"))
    assert done.exit_code == 2
    assert "RuntimeError: fell over" in done.stdout
    assert [Path(here, f"{name}.redline.docx").exists() for name in "ab"] == [False, True]


def test_the_same_run_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    word(SAFE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")
    runs = []
    for folder in ("one", "two"):
        assert CliRunner().invoke(main, ["fix", "a.docx", "--output-dir", folder]).exit_code == 0
        runs.append(Path(folder, "a.redline.docx").read_bytes())
    assert runs[0] == runs[1]
    assert b"2026-02-02T02:40:00Z" in oracle.entries(runs[0])["word/document.xml"]


@pytest.mark.parametrize("place", ["a.docx", "a.docx/new", "notes.txt", "notes.txt/a/b"])
def test_a_folder_for_new_files_that_cannot_be_one_is_bad_usage(place: str) -> None:
    before = word(SAFE)
    Path("notes.txt").write_text("mine", encoding="utf-8")
    done = fix("a.docx", "--output-dir", place)
    assert (done.exit_code, done.stdout) == (2, "")
    at = place.partition("/")[0]
    assert f"error: --output-dir {place}: {at} is a file; name a folder\n" == done.stderr
    assert (Path("a.docx").read_bytes(), Path("notes.txt").read_text(encoding="utf-8")) == (before, "mine")


@pytest.mark.parametrize("place", ["/proc/x", "/proc/x/y", "locked", "locked/new/folder"])
def test_a_folder_for_new_files_that_cannot_be_made_is_told_before_a_document_is_read(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    word(SAFE)
    Path("locked").mkdir()
    real = os.open

    def locked(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & os.O_CREAT and "locked" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", locked)
    monkeypatch.setattr("qmsr_lint.sweep.run", lambda *_, **__: pytest.fail("a document was read"))
    done = fix("a.docx", "--output-dir", place)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"error: --output-dir {place}: cannot be written to: " in done.stderr
    assert ".tmp" not in done.stderr


def test_a_folder_for_new_files_is_not_made_where_nothing_is_written() -> None:
    Path("a.md").write_text("All is well.\n", encoding="utf-8")
    assert fix("a.md", "--output-dir", "new/folder").exit_code == 0
    assert os.listdir() == ["a.md"]


@pytest.mark.parametrize("seconds", ["abc", "-1", "1.5", "\u00b2", "9" * 5000, "999999999999"])
@pytest.mark.parametrize("command", ["check", "fix", "readiness", "rules"])
def test_a_day_that_is_none_is_bad_usage_for_every_command(
    command: str, seconds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    word(SAFE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    done = CliRunner().invoke(main, [command] if command == "rules" else [command, "a.docx"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"error: SOURCE_DATE_EPOCH={seconds[:20]}: not a number of seconds since 1970\n"
    assert os.listdir() == ["a.docx"]


def test_a_change_is_never_signed_with_a_day_of_our_own() -> None:
    with pytest.raises(TypeError, match="date"):
        fixing.Options()  # type: ignore[call-arg]


def test_nothing_to_fix_writes_no_report() -> None:
    os.mkdir("empty")
    done = fix("empty", "-o", "json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("error: no document to fix under empty; looked for .md, ")


# --- Markdown


def test_markdown_is_edited_where_it_is() -> None:
    before = "\ufeff# QS reg\r\n\r\nThe **QS\r\nregulation** and `QS reg`  \r\n\tapply.\r\n"
    Path("a.md").write_bytes(before.encode())
    assert fix("a.md").exit_code == 0
    after = Path("a.md").read_bytes().decode()
    assert after == "\ufeff# QMSR\r\n\r\nThe **QMSR** and `QS reg`  \r\n\tapply.\r\n"


MARKUP = {
    "The QS *regulation* applies.": "The QMSR applies.",
    "The **QS** regulation applies.": "The **QMSR** applies.",
    "The *QS regulation* applies.": "The *QMSR* applies.",
    "The [QS regulation](x.md) applies.": "The [QMSR](x.md) applies.",
    "- The QS\n  regulation applies.": "- The QMSR applies.",
    "| A | B |\n|---|---|\n| QS regulation | b |": "| A | B |\n|---|---|\n| QMSR | b |",
    "The QS&nbsp;regulation applies.": "The QMSR applies.",
    "The *QS* **regulation** applies.": "The QMSR applies.",
    "The Q**S regulation** applies.": "The QMSR applies.",
    "<p>The QS regulation applies.</p>": "<p>The QMSR applies.</p>",
}


@pytest.mark.parametrize("text", MARKUP)
def test_markup_around_words_stays(text: str) -> None:
    Path("a.md").write_text(text)
    fix("a.md")
    assert Path("a.md").read_text() == MARKUP[text]


def test_markup_in_preferred_words_is_escaped() -> None:
    Path("qmsr-lint.toml").write_text('terms = { "name-qs-regulation" = "the_rule_ [QMSR] *now*" }\n')
    Path("a.md").write_text("| A |\n|---|\n| QS regulation |\n")
    assert fix("a.md").exit_code == 0
    assert Path("a.md").read_text() == "| A |\n|---|\n| The\\_rule\\_ \\[QMSR\\] \\*now\\* |\n"


def test_markdown_goes_to_an_output_folder() -> None:
    Path("a.md").write_text(SAFE)
    assert fix("a.md", "--output-dir", "out").exit_code == 0
    assert (Path("a.md").read_text(), Path("out/a.md").read_text()) == (SAFE, FIXED)


def test_a_quotation_stays_and_is_nobodys_task() -> None:
    Path("a.md").write_text("The inspector wrote:\n\n> The QS regulation applies to all of us here.\n")
    done = fix("a.md")
    assert (done.exit_code, "quotation" in done.stdout) == (0, True)


# --- The run


def test_a_diff_writes_nothing() -> None:
    Path("a.md").write_text(f"One.\n\n{SAFE}\n")
    data = word(SAFE)
    done = fix("a.md", "a.docx", "--diff")
    assert done.exit_code == 0
    assert (
        "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n One.\n \n-The QS regulation applies.\n+The QMSR applies.\n"
        in done.stdout
    )
    assert "-The QS regulation applies.\n+The QMSR applies.\n" in done.stdout.partition("a.redline.docx")[2]
    assert (sorted(os.listdir()), Path("a.docx").read_bytes()) == (["a.docx", "a.md"], data)


def test_the_report_as_json() -> None:
    Path("a.md").write_text("The QS regulation applies. 21 CFR 820.80 applies.\n")
    found = report("a.md")
    assert found["schema_version"] == "1"
    assert {key: found["summary"][key] for key in ("documents", "edited", "left", "refused")} == {
        "documents": 1, "edited": 1, "left": 1, "refused": 0,
    }  # fmt: skip
    [document] = found["documents"]
    assert (document["path"], document["output"], document["status"]) == ("a.md", "a.md", "checked")
    edited, left = document["changes"]
    assert (edited["action"], edited["text"], edited["written"], edited["line"]) == (
        "edited",
        "QS regulation",
        "QMSR",
        1,
    )
    assert (left["action"], left["reason"]) == ("left", "several replacements are possible")


def test_the_findings_can_be_written_as_check_writes_them() -> None:
    word(SAFE)
    assert fix("a.docx", "-o", "sarif=a.sarif", "-o", "json=a.json").exit_code == 0
    [run] = json.loads(Path("a.sarif").read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["name-qs-regulation"]
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["summary"]["edited"] == 1


def test_suppressed_findings_are_shown_on_request() -> None:
    Path("a.md").write_text(f"{SAFE}\n\n`QS regulation` stays.\n", encoding="utf-8")
    assert "suppressed" not in fix("--diff", "a.md").stderr
    assert "1 suppressed" in fix("--show-suppressed", "a.md").stdout


def test_ignored_files_are_left_out_on_request() -> None:
    Path(".git").mkdir()
    Path(".gitignore").write_text("b.docx", encoding="utf-8")
    word(SAFE)
    word(SAFE, "b.docx")
    assert fix("--gitignore").exit_code == 0
    assert not Path("b.redline.docx").exists()


def test_fix_takes_the_flags_of_check() -> None:
    """Of configuration, selection, exclusion and output."""
    theirs = {option.name for option in main.commands["check"].params}
    own = {option.name for option in main.commands["fix"].params}
    of_check = {"fail_on", "baseline", "write_baseline", "stdin_filename", "jobs", "cache_dir", "no_cache"}
    assert theirs - own == of_check | {"shard", "resume", "history"}


def test_suppressed_findings_are_not_fixed() -> None:
    Path("qmsr-lint.toml").write_text('[[suppress]]\nreason = "an old contract"\nrules = ["name-qs-regulation"]\n')
    word(SAFE)
    assert (fix("a.docx").exit_code, sorted(os.listdir())) == (0, ["a.docx", "qmsr-lint.toml"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--in-place", "--output-dir", "x"], "exclude each other"),
        (["--diff", "--in-place"], "--diff writes nothing"),
        (["--diff", "-o", "sarif"], "would mix with the diff"),
        (["--diff", "-o", "json"], "would mix with the diff"),
        (["-o", "json=a.redline.docx"], "is where a document's new version goes"),
        (["-o", "jsn"], "there is no format 'jsn'"),
        (["--author", " "], "--author"),
        (["nowhere.docx"], "no such file"),
        (["-"], "standard input"),
    ],
)
def test_usage_errors(arguments: list[str], message: str) -> None:
    word(SAFE)
    done = fix("a.docx", *arguments)
    assert done.exit_code == 2
    assert message in done.output


@pytest.mark.parametrize("date", ["tomorrow", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-02-30"])
def test_a_wrong_date_is_named(date: str) -> None:
    word(SAFE)
    done = CliRunner().invoke(main, ["fix", "a.docx", "--date", date])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: --date {date}: not a date, as in 2026-02-02 or ")


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2026-02-02", "2026-02-02T00:00:00Z"),
        ("2026-02-02T09:00:00+02:00", "2026-02-02T07:00:00Z"),
        ("2026-02-02T09:00:00.25Z", "2026-02-02T09:00:00Z"),
        ("0987-01-01", "0987-01-01T00:00:00Z"),
    ],
)
def test_a_date_is_written_in_full(date: str, written: str) -> None:
    assert fixing.moment(date) == written


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ((), "copies with tracked changes and comments were written beside them. Markdown files were edited"),
        (("--in-place",), "Word files in which something was to do were changed in place"),
        (("--output-dir", "new"), "new versions with tracked changes and comments were written to another folder"),
        (("--comments",), "copies with comments were written beside them. The findings"),
        (("--diff",), "No document was changed."),
    ],
)
def test_a_report_on_a_fix_says_what_was_written(flags: tuple[str, ...], told: str) -> None:
    word(SAFE)
    fix("a.docx", *flags, "-o", "docx=report.docx")
    words = "\n".join(each.text for each in Document("report.docx").paragraphs)
    assert told in words
    assert ("No document was changed." in words) == (flags == ("--diff",))
