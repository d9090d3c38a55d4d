"""The GitHub Action: its file, and its step run as a runner would, with the runner's variables."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import TEXTS
from runner import ACTION, EXPRESSION, ROOT, STEP, commands, shown, step


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "work space"
    folder.mkdir()
    (folder / "found.md").write_text("The DHF is kept.\n")
    (folder / "clean.md").write_text("The design and development file is kept.\n")
    return folder


def annotations(log: str) -> list[str]:
    return [line for line in log.splitlines() if line.strip().startswith("::")]


def test_no_input_is_part_of_a_command() -> None:
    assert "${{" not in STEP["run"]
    assert set(EXPRESSION.findall(str(STEP["env"]))) == set(ACTION["inputs"])
    assert ACTION["runs"]["using"] == "composite"
    assert STEP["shell"] == "bash"


def test_a_clean_document_passes(workspace: Path) -> None:
    run = step(workspace, paths="clean.md")
    assert run.code == 0, run.log
    assert annotations(run.log) == []
    assert run.outputs["exit-code"] == "0"


def test_findings_fail_and_are_annotated_counted_and_summed_up(workspace: Path) -> None:
    run = step(workspace)
    assert run.code == 1, run.log
    (annotation,) = annotations(run.log)
    assert annotation.startswith("::warning file=found.md,line=1,endLine=1,col=5,endColumn=8,title=term-dhf")
    assert "term-dhf" in run.log.replace(annotation, "")
    report = Path(run.outputs.pop("report"))
    assert json.loads(report.read_text())["summary"]["documents"] == 2
    assert run.outputs == {
        "exit-code": "1",
        "documents": "2",
        "unjudged": "0",
        "errors": "0",
        "warnings": "1",
        "notes": "0",
        "suppressed": "0",
    }
    assert set(run.outputs) | {"report", "sarif"} == set(ACTION["outputs"])
    assert "1 of 2 documents ready" in run.summary
    assert run.summary.count("# QMSR readiness") == 1
    assert "| warning | `found.md` | `line 1` | `term-dhf` | `DHF` | `design and development file` |" in run.summary


def test_a_sarif_file_is_written_where_it_is_asked_for(workspace: Path) -> None:
    run = step(workspace, sarif="true", summary="false", annotations="false")
    assert json.loads(Path(run.outputs["sarif"]).read_text())["version"] == "2.1.0"
    assert run.summary == ""
    run = step(workspace, summary="true", annotations="false")
    assert "sarif" not in run.outputs
    assert "1 of 2 documents ready" in run.summary


def test_many_findings_stay_within_what_the_runner_keeps(workspace: Path) -> None:
    (workspace / "many.md").write_text("The design history file is kept.\n\n" * 300)
    (workspace / "worst.md").write_text("See 21 CFR 820.30(j).\n\n" * 4)
    run = step(workspace)
    errors, warnings, _ = shown(run.log).values()
    assert len(errors) == 4
    assert len(warnings) == 10
    assert len([each for each in commands(run.log) if each.name == "warning"]) == 10, "nothing is written to be dropped"
    assert "and 292 more" in warnings[-1].data


def test_hostile_text_and_names_give_the_runner_no_command(workspace: Path) -> None:
    lines = [text.replace("\x00", "") for text in TEXTS if len(text) < 1000]
    text = "\n\n".join(f"{line} The DHF is kept. {line}" for line in lines)
    (workspace / "hostile.md").write_text(text, encoding="utf-8", errors="surrogatepass")
    (workspace / "::error::owned,line=1##[error]x.md").write_text("The DHF is kept.\n")
    run = step(workspace, args="--show-suppressed", sarif="true")
    obeyed = commands(run.log)
    assert {command.name for command in obeyed} <= {"error", "warning", "notice"}
    for command in obeyed:
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert command.properties["title"].startswith(("term-", "qmsr-lint", "cite-", "name-", "claim-", "near-"))


def test_what_cannot_be_read_is_2_and_annotated(workspace: Path) -> None:
    (workspace / "old.doc").touch()
    run = step(workspace, fail_on="never")
    assert (run.code, run.outputs["unjudged"]) == (2, "1")
    assert any(line.startswith("::error file=old.doc,") for line in annotations(run.log))


def test_inputs_are_values_and_never_code(workspace: Path) -> None:
    (workspace / "$(touch owned); `touch owned` & 'a \".md").write_text("The DHF is kept.\n")
    paths = "$(touch owned); `touch owned` & 'a \".md\n\n  clean.md"
    run = step(workspace, paths=paths, args='--exclude "$(touch owned)" --select term', fail_on="error")
    assert run.code == 0, run.log
    assert run.outputs["documents"] == "2"
    assert not (workspace / "owned").exists()


def test_switches(workspace: Path) -> None:
    run = step(workspace, annotations="false", summary="false", fail_on="never")
    assert (run.code, annotations(run.log), run.summary) == (0, [], "")


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"annotations": "yes"}, "the input 'annotations' must be true or false, not 'yes'"),
        ({"args": '"open'}, "the input 'args' cannot be split: No closing quotation"),
        ({"version": "1.0; touch owned"}, "the input 'version' must be a version such as 0.1.0"),
        ({"version": "--index-url=x"}, "the input 'version' must be a version such as 0.1.0"),
    ],
)
def test_a_wrong_input_is_2_and_named(workspace: Path, inputs: dict[str, str], message: str) -> None:
    run = step(workspace, **inputs)
    assert run.code == 2
    assert any(line.startswith("::error title=qmsr-lint::") and message in line for line in annotations(run.log))


@pytest.mark.parametrize(("version", "fine"), [((3, 10), False), ((3, 11), True), ((4, 0), True)])
def test_an_old_python_is_named_with_the_way_out(version: tuple[int, int], fine: bool) -> None:
    needed = runpy.run_path(str(ROOT / "action/run.py"))["needed"]
    if fine:
        needed(version)
    else:
        with pytest.raises(ValueError, match=r"not 3\.10: put actions/setup-python before this step"):
            needed(version)


def test_usage_that_qmsr_lint_refuses_is_2(workspace: Path) -> None:
    run = step(workspace, args="--no-such-flag")
    assert (run.code, run.outputs) == (2, {"exit-code": "2"})
    run = step(workspace, paths="--help")
    assert run.code == 2, "a path is never a flag"


def test_the_checked_repository_cannot_replace_the_code(workspace: Path) -> None:
    (workspace / "qmsr_lint.py").write_text("raise SystemExit(0)\n")
    (workspace / "json.py").write_text("raise SystemExit(0)\n")
    assert step(workspace).code == 1


def test_the_action_installs_itself(workspace: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(workspace.parent), "hatchling"]
    probe = subprocess.run(command, capture_output=True, text=True, check=False)
    if probe.returncode:
        pytest.skip(f"pip cannot install here: {(probe.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    run = step(workspace, version="")
    assert run.code == 1, run.log
    assert (workspace.parent / "temp/qmsr-lint-venv").is_dir()
