import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from files import make

from qmsr_lint import inforce, sweep
from qmsr_lint.cli import COMMANDS, main
from qmsr_lint.output import OUTPUTS

SRC = Path(__file__).parents[1] / "src"


pytestmark = pytest.mark.usefixtures("repository", "tiny_engine")


@pytest.fixture(autouse=True)
def _no_word_on_colors(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="qmsr-lint")


def check(*arguments: str, code: int, stdin: bytes = b"") -> Result:
    result = run("check", *arguments, stdin=stdin)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output or "-v" in arguments
    return result


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "qmsr_lint", *arguments],
        env={**os.environ, "PYTHONPATH": str(SRC), **options.pop("env", {})},
        capture_output=True,
        check=False,
        **options,
    )


# Exit codes and streams


def test_clean_is_0_findings_are_1_unreadable_is_2() -> None:
    make("clean.md", "The design and development file is kept.\n")
    make("found.md")
    make("old.doc")
    check("clean.md", code=0)
    check("clean.md", "found.md", code=1)
    check("clean.md", "found.md", "old.doc", code=2)
    check("found.md", "--fail-on", "error", code=0)
    check("old.doc", "--fail-on", "never", code=2)


def test_findings_go_to_standard_output_and_counts_of_data_to_standard_error() -> None:
    make("a.md")
    make("b.doc")
    text = check("-o", "text", code=2)
    assert "term-dhf  a.md:1:5" in text.stdout
    assert "unreadable  b.doc: " in text.stdout
    assert text.stderr == ""
    data = check("-o", "json", code=2)
    assert json.loads(data.stdout)["summary"]["documents"] == 2
    assert data.stderr.splitlines() == [
        "b.doc: unreadable: a format this tool does not read (Word 97-2003: save it as .docx)",
        "2 documents: 1 checked, 1 unreadable; 0 errors, 1 warning, 0 notes",
    ]
    quiet = check("-o", "json", "-q", code=2)
    assert quiet.stderr.splitlines() == data.stderr.splitlines()[:1]


def test_several_outputs_in_one_run() -> None:
    make("a.md")
    result = check("-o", "text", "-o", "github", "-o", "json=out.json", "-o", "jsonl=out.jsonl", code=1)
    assert "term-dhf  a.md:1:5" in result.stdout
    assert "::warning file=a.md,line=1" in result.stdout
    whole = json.loads(Path("out.json").read_text())
    lines = Path("out.jsonl").read_text().splitlines()
    assert whole["documents"] == [json.loads(lines[0])]


def test_two_runs_give_the_same_bytes_wherever_the_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = []
    for place in ("one", "two/three"):
        make(f"{place}/sops/b.md")
        make(f"{place}/sops/a.md")
        (tmp_path / place / ".git").mkdir()
        monkeypatch.chdir(tmp_path / place)
        outputs.append([check("-o", name, code=1).stdout for name in ("text", "concise", "json", "jsonl", "github")])
        outputs.append([check("sops/b.md", str(Path("sops").absolute()), "-o", "json", code=1).stdout])
        monkeypatch.chdir(tmp_path)
    assert outputs[0] == outputs[2]
    assert outputs[1] == outputs[3] == [outputs[0][2]]
    assert str(tmp_path) not in str(outputs)


def test_a_document_on_standard_input() -> None:
    make("sops/qmsr-lint.toml", 'fail-on = "error"')
    result = check("-", "--stdin-filename", "sops/new.md", "-o", "json", stdin=b"The DHF is kept.\n", code=0)
    (document,) = json.loads(result.stdout)["documents"]
    assert (document["path"], document["format"], len(document["findings"])) == ("sops/new.md", "markdown", 1)


def test_bad_files_are_named_and_cost_the_good_one_nothing() -> None:
    document = Document()
    document.add_paragraph("The DHF is kept.")
    document.save("good.docx")
    whole = Path("good.docx").read_bytes()
    Path("truncated.docx").write_bytes(whole[: len(whole) // 2])
    Path("encrypted.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    )
    Path("old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    Path("empty.docx").touch()
    Path("~$good.docx").write_bytes(b"\x04User")
    Path("latin.md").write_bytes(b"The DHF is kept in caf\xe9s.\n")
    result = check("-o", "text", "-o", "json=out.json", code=2)
    documents = {entry["path"]: entry for entry in json.loads(Path("out.json").read_text())["documents"]}
    states = {path: entry["status"] for path, entry in documents.items()}
    bad = ["truncated.docx", "encrypted.docx", "old.doc", "empty.docx", "latin.md"]
    assert states == dict.fromkeys(bad, "unreadable") | {"good.docx": "checked", "~$good.docx": "skipped"}
    assert len(documents["good.docx"]["findings"]) == 1
    reasons = [documents[path]["error"] for path in bad]
    assert len(set(reasons)) == 5
    assert all(reason in result.stdout for reason in reasons)
    assert "term-dhf" in result.stdout
    assert "Traceback" not in result.output


# Usage


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone"], "gone: no such file or folder"),
        (["empty"], "error: no document to check under empty; looked for .md, "),
        (
            ["--exclude", "*.md", "."],
            "error: no document to check under .: patterns of --exclude or of the configuration left out 1 file; ",
        ),
        (["-o", "jsno"], "error: --output jsno: there is no format 'jsno'; did you mean 'json'?"),
        (["-o", "json="], "error: --output json=: a file name is missing after '='"),
        (["-o", "json", "-o", "text"], "error: --output: json and text would mix on standard output; write -o json=F"),
        (["-o", "json=a", "-o", "text=./a"], "error: --output: two outputs would write to"),
        (["-o", "json=a.md", "a.md"], "error: a.md: is a document to be checked and would be overwritten"),
        (["--write-baseline", "a.md"], "error: a.md: is a document to be checked and would be overwritten"),
        (["-o", "json=no/a.json"], "error: --output no/a.json: cannot be written: No such file or directory"),
        (["-"], "error: '-' needs --stdin-filename NAME"),
        (["-", "a.md"], "error: '-' (standard input) cannot be checked together with other paths"),
        (["--stdin-filename", "a.md"], "error: --stdin-filename is for a document on standard input"),
        (["--config", "x.toml", "--isolated"], "error: --config and --isolated exclude each other"),
        (["--config", "x.toml"], "error: x.toml: the configuration cannot be read"),
        (["--select", "term-dfh"], "error: --select term-dfh: there is no rule 'term-dfh'; did you mean"),
        (
            ["--baseline", "a.md"],
            "error: --baseline a.md: not a baseline; name a file that --write-baseline FILE wrote",
        ),
        (
            ["--write-baseline", "no/b.json"],
            "error: --write-baseline no/b.json: cannot be written: No such file or dir",
        ),
        (["--write-baseline", "empty"], "error: --write-baseline empty: is a folder; name a file"),
        (["--history", "no/h.sqlite"], "error: --history no/h.sqlite: cannot be written: No such file or directory"),
        (["--history", "empty"], "error: --history empty: is a folder; name a file"),
        (["-o", "json=empty"], "error: --output empty: is a folder; name a file"),
        (["--history", "a.md"], "error: --history a.md: is not a history of this tool; name another file"),
        (["--baseline", "x", "--write-baseline", "y"], "error: --baseline and --write-baseline exclude each other"),
        (["--fail-on", "major"], "'major' is not one of 'error', 'warning', 'note', 'never'"),
        (["--fial-on", "error"], "No such option"),
        (["--jobs", "0"], "Invalid value for '--jobs'"),
    ],
)
def test_bad_usage_is_2_and_names_the_value(arguments: list[str], message: str) -> None:
    make("a.md")
    Path("empty").mkdir()
    Path("empty/~$a.docx").touch()
    before = Path("a.md").read_bytes()
    assert message in check(*arguments, code=2).output
    assert Path("a.md").read_bytes() == before
    assert sorted(map(str, Path().iterdir())) == [".git", "a.md", "empty"]


CLASHES = [
    (["--write-baseline", "h.db", "--history", "h.db"], "--write-baseline h.db and --history h.db"),
    (["-o", "json=h.db", "--write-baseline", "h.db"], "--output h.db and --write-baseline h.db"),
    (["-o", "json=h.db", "--history", "./h.db"], "--output h.db and --history ./h.db"),
    (["-o", "json=link.db", "--history", "h.db"], "--output link.db and --history h.db"),
    (["-o", "json=hard.db", "--history", "h.db"], "--output hard.db and --history h.db"),
    (["-o", "json=h.db-journal", "--history", "h.db"], "--output h.db-journal and the journal of --history h.db"),
]


@pytest.mark.parametrize(("arguments", "said"), CLASHES)
def test_no_file_that_a_run_writes_takes_the_place_of_another(arguments: list[str], said: str) -> None:
    make("a.md")
    check("a.md", "--history", "h.db", code=1)
    os.symlink("h.db", "link.db")
    os.link("h.db", "hard.db")
    before = Path("h.db").read_bytes()
    done = check("a.md", *arguments, code=2)
    assert f"error: {said} are one file, of which only one would be left; name another file\n" == done.stderr
    assert done.stdout == ""
    assert Path("h.db").read_bytes() == before


def test_the_job_summary_is_a_file_that_a_run_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    make("a.md")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    said = check("a.md", "-o", "github", "-o", "markdown=summary.md", code=2).stderr
    assert "--output summary.md and GITHUB_STEP_SUMMARY summary.md are one file" in said
    check("a.md", "-o", "markdown=summary.md", code=1)


def test_files_that_a_run_reads_are_not_written_over() -> None:
    make("a.md")
    make("own.yaml", "rules: []")
    make("terms.md", "DMR: now the medical device file.\n")
    make("qmsr-lint.toml", 'packs = ["own.yaml"]')
    make("other.toml", "")
    check("a.md", "-o", "jsonl=r.jsonl", "--no-cache", code=1)
    check("a.md", "--write-baseline", "b.json", code=0)
    make("qmsr-lint.toml", 'packs = ["own.yaml"]\nstrategy = "map"\nterminology = "terms.md"')
    for arguments, file in (
        (["--baseline", "b.json"], "b.json"),
        (["--resume", "r.jsonl"], "r.jsonl"),
        (["--config", "other.toml"], "other.toml"),
        ([], "qmsr-lint.toml"),
        ([], "own.yaml"),
        ([], "terms.md"),
    ):
        before = Path(file).read_bytes()
        for writing in ([*arguments, "-o", f"jsonl=./{file}"], [*arguments, "--history", f"./{file}"]):
            said = check("a.md", *writing, code=2).stderr
            assert f"./{file}: is read by this run and would be overwritten; name another file\n" in said
        assert Path(file).read_bytes() == before
    for command in ("fix", "readiness"):
        said = run(command, "a.md", "-o", "json=qmsr-lint.toml").stderr
        assert "error: --output qmsr-lint.toml: is read by this run and would be overwritten" in said


def test_what_a_run_writes_may_be_there_already_and_be_its_own() -> None:
    make("a.md")
    for _ in range(2):
        check("a.md", "-o", "json=a.json", "--write-baseline", "b.json", "--history", "h.db", code=0)
    check("a.md", "--baseline", "b.json", "-o", "json=a.json", "-o", "jsonl=/dev/null", "--history", "h.db", code=0)


@pytest.mark.parametrize("command", ["check", "fix", "readiness"])
@pytest.mark.parametrize("file", ["nope/x.html", "folder", "/proc/x.html"])
def test_an_output_that_cannot_be_written_is_told_before_a_document_is_read(
    command: str, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **flags: object) -> None:
        raise AssertionError("a document was read")

    make("a.md")
    make("folder/b.md")
    monkeypatch.setattr(sweep, "run", fail)
    done = run(command, "a.md", "-o", f"html={file}")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"error: --output {file}: ")


def test_excluded_files_given_by_a_hook_are_no_mistake() -> None:
    make("old/a.md")
    assert "skipped  old/a.md" in check("old/a.md", "--force-exclude", "--exclude", "old", code=0).stdout


def test_a_mistake_in_a_configuration_is_found_before_anything_is_printed() -> None:
    make("a.md")
    make("b/c.md")
    make("b/qmsr-lint.toml", "slect = []")
    result = check(code=2)
    assert result.stdout == ""
    assert result.stderr == "error: b/qmsr-lint.toml: unknown key 'slect'; did you mean 'select'?\n"


def test_a_rule_that_does_not_exist_is_reported_with_the_file_it_is_in() -> None:
    make("a.md")
    make("qmsr-lint.toml", 'ignore = ["term-dhx"]')
    assert "error: qmsr-lint.toml: ignore: there is no rule 'term-dhx'" in check(code=2).stderr


def test_verbose_says_what_holds_and_prints_crashes_whole() -> None:
    make("a.md", "RAISE\n")
    make("b.pdf")
    make("old/c.md")
    result = check("-v", "--exclude", "old", code=2)
    assert "configuration: none, the defaults (1 file)" in result.stderr
    assert "excluded by patterns: 1 file\n" in result.stderr
    assert "RuntimeError: the engine fell over" in result.stderr
    assert "note: passed over, because they cannot be read: 1 .pdf" in result.stderr


@pytest.mark.parametrize("command", ["check", "fix", "readiness"])
def test_what_cannot_be_read_is_passed_over_with_a_note(command: str) -> None:
    make("a.md", "Clean.\n")
    make("b.pdf")
    make("c.txt")
    note = "note: passed over, because they cannot be read: 1 .pdf, 1 .txt; name a file to see the reason\n"
    assert note in run(command).stderr
    assert "passed over" not in run(command, "-q").stderr


def test_an_internal_error_is_one_line_and_whole_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **flags: object) -> None:
        raise RuntimeError("the sweep fell over")

    make("a.md")
    monkeypatch.setattr(inforce, "load_rules", fail)
    for command in ("check", "fix", "readiness"):
        brief, whole = run(command, "a.md"), run(command, "a.md", "-v")
        assert brief.stderr == "internal error: RuntimeError: the sweep fell over (-v prints it whole)\n"
        assert "Traceback (most recent call last)" in whole.stderr
        assert (brief.exit_code, whole.exit_code) == (2, 2)
    assert "Traceback" in run("rules").stderr


NAMES = [
    "a\nb.md",
    "a\r::error::x.md",
    "::error::x.md",
    "##[error]x.md",
    "\x1b[2Jx.md",
    "\u202ex.md",
    "100%0A.md",
    "a,line=1.md",
    "'\"`$(x) &.md",
    "-o.md",
    " .md",
    "x" * 252 + ".md",
    os.fsdecode(b"caf\xe9.md"),
    "日本語.md",
]


def test_strange_names_are_one_document_each_and_steer_nothing() -> None:
    for name in NAMES:
        try:
            make(name)
        except OSError as error:
            pytest.skip(f"this file system does not take {name!r}: {error}")
    for output in ("text", "concise", "json", "jsonl"):
        result = check("-o", output, code=1)
        printed = result.stdout + result.stderr
        assert not any(line.strip().startswith("::") for line in printed.splitlines())
        assert not re.search("##\\[|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", printed)
        printed.encode("utf-8")
    documents = [json.loads(line) for line in check("-o", "jsonl", code=1).stdout.splitlines()][:-1]
    shown = {entry["path"] for entry in documents}
    assert len(shown) == len(documents) == len(NAMES)
    assert shown - set(NAMES) == {"caf\\xe9.md"}
    result = check("--", *NAMES, code=1)
    assert "14 documents: 14 checked" in result.stdout


def test_standard_error_is_safe_as_well() -> None:
    result = check("::error::x\x1b[2J", "##[group]x", "-o", "json", code=2)
    assert "\x1b" not in result.stderr
    assert not any(line.startswith("::") for line in result.stderr.splitlines())
    assert "##[" not in result.stderr


# Baselines


def test_a_baseline_keeps_known_findings_silent_and_new_ones_live() -> None:
    make("sops/a.md")
    check("sops", "--write-baseline", "known.json", code=0)
    result = check("sops", "--baseline", "known.json", code=0)
    assert "no new findings; 1 known (baseline)" in result.stdout
    make("sops/a.md", "The DHF is kept.\n\nThe DHF is new.\n")
    data = json.loads(check("sops", "--baseline", "known.json", "-o", "json", code=1).stdout)
    assert (data["summary"]["suppressed"], data["summary"]["known"]) == (1, 1)
    first, second = data["documents"][0]["findings"]
    assert first["suppressed"] == {"by": "baseline", "reason": "in the baseline known.json"}
    assert second["suppressed"] is None


def test_a_baseline_says_what_it_adds_drops_and_keeps() -> None:
    make("sops/a.md")
    make("other/b.md")
    first = check("sops", "other", "-q", "--write-baseline", "known.json", code=0)
    assert first.stderr.splitlines() == [
        "baseline known.json adds term-dhf 'DHF' in other/b.md",
        "baseline known.json adds term-dhf 'DHF' in sops/a.md",
    ]
    make("sops/a.md", "All is well with the other DHF.\n")
    again = check("sops", "-q", "--write-baseline", "known.json", code=0)
    assert again.stderr.splitlines() == [
        "baseline known.json adds term-dhf 'DHF' in sops/a.md",
        "baseline known.json drops term-dhf 'DHF' in sops/a.md",
        "baseline known.json keeps 1 of other/b.md, which was not checked",
    ]
    assert list(json.loads(Path("known.json").read_text())["documents"]) == ["other/b.md", "sops/a.md"]


def test_a_file_name_forges_no_line_of_what_a_baseline_gains() -> None:
    try:
        Path("a\nerror: b.md").write_text("The DHF is kept.\n")
    except OSError:
        pytest.skip("this file system holds no such names")
    done = CliRunner().invoke(main, ["check", "--isolated", "--write-baseline", "b.json", "."])
    assert "baseline b.json adds" in done.stderr
    assert [line for line in done.stderr.splitlines() if line.startswith("error: b.md")] == []


def test_a_baseline_names_what_it_holds_in_vain() -> None:
    make("sops/a.md")
    check("sops", "--write-baseline", "known.json", code=0)
    make("sops/a.md", "All is well.\n")
    stale = check("sops", "--baseline", "known.json", code=0)
    assert "baseline known.json is stale: term-dhf 'DHF' in sops/a.md" in stale.stderr.splitlines()


def test_a_baseline_file_that_is_none_is_not_overwritten() -> None:
    make("a.md")
    make("known.json", "my notes")
    assert "not a baseline" in check("--write-baseline", "known.json", code=2).stderr
    assert Path("known.json").read_text() == "my notes"


def test_what_cannot_be_written_in_the_end_is_told_before_anything_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    make("a.md", "RAISE\n")
    for flag in ("--write-baseline", "--history"):
        done = check("a.md", flag, "no/such/file", code=2)
        assert (done.stdout, len(done.stderr.splitlines())) == ("", 1)


def test_a_baseline_says_what_it_adds_only_when_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    make("a.md")
    monkeypatch.setattr(os, "replace", full)
    done = check("--no-cache", "--write-baseline", "known.json", code=2)
    assert "known.json: cannot be written: No space left on device" in done.stderr
    assert "adds" not in done.stderr
    assert sorted(os.listdir()) == [".git", "a.md"]


def test_an_interrupted_run_leaves_the_baseline_as_it_was() -> None:
    make("a.md")
    check("--write-baseline", "known.json", code=0)
    before = Path("known.json").read_bytes()
    make("b.md", "STOP\n")
    check("--write-baseline", "known.json", code=130)
    assert Path("known.json").read_bytes() == before


def test_a_folder_without_documents_prints_its_error_alone() -> None:
    Path("empty").mkdir()
    for outputs in ((), ("-o", "json"), ("-o", "json=out.json")):
        done = check("empty", *outputs, code=2)
        assert done.stdout == ""
        assert done.stderr.startswith("error: no document to check under empty; looked for .md, ")
    assert not Path("out.json").exists()


def test_a_baseline_holds_from_any_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    make("sops/a.md")
    check("sops", "--write-baseline", "known.json", code=0)
    monkeypatch.chdir("sops")
    written = json.loads(Path("../known.json").read_text())
    assert list(written["documents"]) == ["sops/a.md"]
    assert [entry["rule"] for entry in written["documents"]["sops/a.md"]] == ["term-dhf"]


def test_a_baseline_on_another_drive_holds_whole_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    def another_drive(path: str, start: str) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    make("a.md")
    monkeypatch.setattr(os.path, "relpath", another_drive)
    check("--write-baseline", "known.json", code=0)
    assert [*json.loads(Path("known.json").read_text())["documents"]] == [Path("a.md").resolve().as_posix()]
    check("--baseline", "known.json", code=0)


def test_a_run_that_cannot_judge_everything_is_2_with_a_baseline_too() -> None:
    make("a.md")
    make("b.doc")
    check("--write-baseline", "known.json", code=2)


# The other commands


def test_rules_are_listed_and_exported() -> None:
    result = run("rules")
    assert result.exit_code == 0
    assert re.search(r"^term-dhf +warning ", result.stdout, re.MULTILINE)
    exported = json.loads(run("rules", "--select", "term-dhf", "export").stdout)
    assert [rule["id"] for rule in exported["rules"]] == ["term-dhf"]


def test_the_examples_of_a_pack_are_its_tests() -> None:
    rule = "id: term-blue-book, severity: note, message: Write red book., basis: our style guide"
    words = "legacy: [blue book], current: red book"
    examples = (
        "examples: {flag: [The blue book., A blue book., Blue books.], keep: [The book., Blue., Read the red book.]}"
    )
    make("good.yaml", f"rules:\n- {{{rule}, {words}, {examples}}}\n")
    make("wrong.yaml", f"rules:\n- {{{rule}, {words}, examples: {{flag: [The book.], keep: [The blue book.]}}}}\n")
    good, wrong = process("rules", "test", "good.yaml"), process("rules", "test", "wrong.yaml")
    assert (good.returncode, good.stdout, good.stderr) == (0, b"", b"1 rule, 6 examples, 0 failed\n")
    assert (wrong.returncode, wrong.stderr) == (1, b"1 rule, 2 examples, 4 failed\n")
    assert wrong.stdout.splitlines() == [
        b"term-blue-book: finds nothing: The book.",
        b"term-blue-book: flags 'blue book': The blue book.",
        b"term-blue-book: has 1 of 3 flag examples",
        b"term-blue-book: has 1 of 3 keep examples",
    ]
    assert process("rules", "test", "gone.yaml").returncode == 2


def test_a_topic_is_explained_for_people_and_for_programs() -> None:
    plain = process("explain", "DHF", env={"PYTHONIOENCODING": "ascii"})
    assert plain.returncode == 0
    assert "design and development file" in plain.stdout.decode("utf-8")
    data = json.loads(process("explain", "820.198(e)(6)", "-o", "json").stdout)
    assert data["topic"] == "820.198(e)(6)"
    unknown = process("explain", "nonsense", "xyz")
    assert (unknown.returncode, unknown.stdout) == (2, b"")
    assert b"nothing is known about 'nonsense xyz'" in unknown.stderr


def test_a_suppression_in_a_document_ends_with_its_day() -> None:
    make("a.md", 'The DHF is kept. <!-- qmsr-lint: ignore term-dhf reason="its title" until=2026-03-01 -->\n')
    valid = process("check", "-o", "concise", "a.md", env={"SOURCE_DATE_EPOCH": "1772366400"})  # 2026-03-01
    expired = process("check", "-o", "concise", "a.md", env={"SOURCE_DATE_EPOCH": "1772452800"})  # 2026-03-02
    assert (valid.returncode, valid.stdout) == (0, b"")
    assert (expired.returncode, b"term-dhf" in expired.stdout, b"suppression-expired" in expired.stdout) == (
        1,
        True,
        True,
    )


def test_a_suppression_ends_with_its_day_though_the_result_of_the_day_before_is_kept() -> None:
    make("a.md", 'The DHF is kept. <!-- qmsr-lint: ignore term-dhf reason="its title" until=2026-03-01 -->\n')
    check = ["check", "--cache-dir", "cache", "-o", "concise", "a.md"]
    for seconds, said in (("1772366400", False), ("1772366400", False), ("1772452800", True)):
        done = process(*check, env={"SOURCE_DATE_EPOCH": seconds})
        assert (done.returncode, b"suppression-expired" in done.stdout) == (int(said), said)


RULES = "--select --ignore --config --isolated --nlp --no-nlp"
SCOPE = "--exclude --force-exclude"
REPORTS = "-o --output --show-suppressed -q --quiet -v --verbose"
CONTRACT = {
    "check": f"[PATH]... {RULES} {SCOPE} {REPORTS} --fail-on --baseline --write-baseline --jobs --cache-dir --no-cache "
    "--stdin-filename",
    "fix": f"[PATH]... {RULES} {SCOPE} {REPORTS} --diff --unsafe --output-dir --in-place --author --date --comments",
    "explain": "TOPIC",
    "rules": f"{RULES} test export",
    "merge": f"RESULTS... {REPORTS} --fail-on",
    "readiness": f"[PATH]... {RULES} {SCOPE} --fail-on --jobs",
}
"""What each command takes, as it was promised."""


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_names_its_flags(command: str) -> None:
    assert re.search(rf"^  {command} ", run("--help").stdout, re.MULTILINE)
    words = set(re.split(r"[\s,/]+", run(command, "--help").stdout))
    assert set(CONTRACT[command].split()) - words == set()
    flags = {flag for option in main.commands[command].params for flag in (*option.opts, *option.secondary_opts)}
    assert {flag for flag in flags if flag.startswith("-")} - words == set()


# The real process


def test_a_small_run_imports_nothing_it_does_not_need() -> None:
    make("a.md", "Clean.\n")
    assert process("check", "a.md").returncode == 0  # the packs are compiled on first use
    done = process("check", "a.md", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == 0
    imported = {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}
    assert "qmsr_lint.sweep" in imported
    heavy = {"lxml", "docx", "spacy", "rapidfuzz", "yaml", "pathspec", "tomllib", "difflib", "subprocess", "zipfile"}
    assert (heavy | {"hashlib"}) & imported == set()


@pytest.mark.parametrize("form", sorted(OUTPUTS))
def test_a_report_is_the_same_beside_one_that_names_everything_by_its_hash(form: str) -> None:
    make("a.md")
    assert process("check", "a.md", "-o", f"{form}=beside", "-o", "json=all.json").returncode == 1
    assert process("check", "a.md", "-o", f"{form}=alone").returncode == 1
    assert Path("alone").read_bytes() == Path("beside").read_bytes()
    [document] = json.loads(Path("all.json").read_text())["documents"]
    assert len(document["sha256"]) == 64
    assert {len(finding["fingerprint"]) for finding in document["findings"]} == {20}


def test_a_large_document_goes_to_a_process_that_is_not_forked() -> None:
    Path("a.md").write_text("The DHF is kept.\n")
    Path("b.md").write_text("The DHF is kept.\n\n" + "A line.\n\n" * 120_000)
    script = (
        "from multiprocessing import get_context\n"
        "from qmsr_lint import workers\n"
        "from qmsr_lint.cli import main\n"
        "if __name__ == '__main__':\n"
        "    workers._CONTEXT = get_context('spawn')\n"
        "    main(['check', '--no-cache', '-o', 'concise', 'a.md', 'b.md'])\n"
    )
    Path("spawned.py").write_text(script)
    done = subprocess.run(
        [sys.executable, "spawned.py"],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout.count("term-dhf")) == (1, 2), done.stderr


def test_output_is_utf_8_under_any_locale() -> None:
    make("a.md")
    done = process("check", "a.md", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"})
    assert "→ " in done.stdout.decode("utf-8")


def test_an_interrupt_keeps_what_was_written_valid() -> None:
    Path("qmsr-lint.toml").write_text("limits = {seconds = 1000}")
    for number in range(20):
        make(f"{number:02}.md", "The DHF is kept.\n")
    make("99.md", "INTERRUPT\n")
    code = (
        "import os, signal, sys; from qmsr_lint import lint; from qmsr_lint.cli import main; real = lint.lint\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored\n"
        "def fake(document, rules, **options):\n"
        "    if 'INTERRUPT' in document.text: os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(document, rules, **options)\n"
        "lint.lint = fake; main()"
    )
    arguments = ["check", "-o", "jsonl", "-o", "json=out.json", "-o", "markdown=out.md.txt"]
    arguments += ["--write-baseline", "known.json"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 130
    assert not Path("known.json").exists()
    assert done.stderr.splitlines()[-1] == b"interrupted after 20 of 21 documents"
    written = json.loads(Path("out.json").read_text())
    assert (written["summary"]["documents"], written["interrupted"]) == (20, True)
    assert "interrupted after 20 of 21 documents" in Path("out.md.txt").read_text()
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 21
    assert lines[-1]["interrupted"] is True
    Path("part.jsonl").write_bytes(done.stdout)
    refused = process("merge", "part.jsonl")
    assert refused.returncode == 2
    assert b"merge part.jsonl: the run was interrupted; finish it with `check --resume part.jsonl`" in refused.stderr
    make("99.md", "Clean.\n")
    assert process("check", "--resume", "part.jsonl", "-o", "jsonl=whole.jsonl").returncode == 1
    assert process("merge", "whole.jsonl").returncode == 1


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    make("a.md", "The DHF is kept.\n\n" * 300)
    command = f"{sys.executable} -m qmsr_lint check -o jsonl a.md | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        check=True,
    )
    assert done.stdout == b'{"path": "2\n'
    assert done.stderr == b""


def test_a_reader_that_goes_away_leaves_the_other_reports_whole() -> None:
    for number in range(40):
        make(f"{number:02}.md", "The DHF is kept as 21 CFR 820.30 asks.\n\n" * 100)
    command = f"{sys.executable} -m qmsr_lint check -o text -o jsonl=all.jsonl . | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], env={**os.environ, "PYTHONPATH": str(SRC)}, capture_output=True, check=True
    )
    assert done.stdout.endswith(b"1\n")
    assert done.stderr == b""
    *documents, end = map(json.loads, Path("all.jsonl").read_text(encoding="utf-8").splitlines())
    assert len(documents) == end["summary"]["documents"] == 40


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_is_2() -> None:
    make("a.md")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "qmsr_lint", "check", "a.md"],
            env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONUNBUFFERED": ""},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"error: standard output: No space left on device" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["check", "--help"],
        ["check", "-o", "text", "-o", "json=ok.json", "a.md"],
        ["fix", "--diff", "--unsafe", "-o", "json=ok.json", "a.md"],
    ],
)
def test_what_standard_output_cannot_take_is_said_of_no_other_file(arguments: list[str]) -> None:
    make("a.md")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "qmsr_lint", *arguments],
            env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONUNBUFFERED": ""},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert done.returncode == 2
    assert done.stderr.endswith("error: standard output: No space left on device\n")
    assert "Traceback" not in done.stderr


def test_what_a_full_disk_does_not_take_is_said_of_its_file() -> None:
    make("a.md")
    assert "error: /dev/full: cannot be written: No space left" in check("-o", "json=/dev/full", "a.md", code=2).stderr


def test_the_process_ends_with_all_that_was_printed() -> None:
    for arguments, code in ((["rules", "export"], 0), (["check", "--no-such-flag"], 2)):
        alone = CliRunner().invoke(main, arguments, prog_name="qmsr-lint")
        done = process(*arguments)
        assert (done.returncode, alone.exit_code) == (code, code)
        assert done.stdout.decode() == alone.stdout
        assert done.stderr.decode() == alone.stderr


def test_the_list_of_commands_cuts_no_sentence() -> None:
    assert "..." not in run("--help").stdout.split("Commands:")[1]
