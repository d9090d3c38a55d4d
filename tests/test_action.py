"""The GitHub Action: its file, and its step run as a runner would, with the runner's variables."""

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(STEP,) = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")


class Run(NamedTuple):
    """What a step leaves behind."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "work space"
    folder.mkdir()
    (folder / "found.md").write_text("The DHF is kept.\n")
    (folder / "clean.md").write_text("The design and development file is kept.\n")
    return folder


def step(workspace: Path, **inputs: str) -> Run:
    """Run the step with the inputs: bash as the runner calls it, variables as the runner sets them."""
    temp = workspace.parent / "temp"
    temp.mkdir(exist_ok=True)
    given = {name: entry["default"] for name, entry in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in ({"version": "installed"} | inputs).items()}
    assert set(given) == set(ACTION["inputs"])
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(temp),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
        "RUNNER_TEMP": str(temp),
        "RUNNER_OS": "Linux",
    }
    environment |= {name: EXPRESSION.sub(lambda match: given[match[1]], text) for name, text in STEP["env"].items()}
    script = temp / "step.sh"
    script.write_text(STEP["run"])
    for name in ("output", "summary"):
        (temp / name).write_text("")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=workspace,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    lines = (temp / "output").read_text().splitlines()
    return Run(
        done.returncode,
        done.stdout + done.stderr,
        dict(line.split("=", 1) for line in lines),
        (temp / "summary").read_text(),
    )


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
    assert set(run.outputs) | {"report"} == set(ACTION["outputs"])
    assert "| documents | checked | error | warning | note |" in run.summary
    assert "| 2 | 2 | 0 | 1 | 0 |" in run.summary


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
