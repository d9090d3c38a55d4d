"""A stand-in of GitHub's runner: what it obeys in a log, what it keeps, and how it runs the step of the action."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(STEP,) = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")

LEVELS = ("error", "warning", "notice")
PER_LEVEL = 10
LONGEST = 4096
LARGEST_SUMMARY = 1024 * 1024


class Command(NamedTuple):
    """A workflow command as the runner takes it, its properties and data unescaped."""

    name: str
    properties: dict[str, str]
    data: str


class Run(NamedTuple):
    """What a step leaves behind."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def commands(log: str) -> list[Command]:
    """Every command the runner would obey: `::name props::data` at a line's start, `##[name props]data` anywhere."""
    found = []
    for line in re.split("\r\n|\r|\n", log):
        stripped = line.lstrip()
        if stripped.startswith("::") and (end := stripped.find("::", 2)) >= 0:
            head, data = stripped[2:end], stripped[end + 2 :]
            name, _, properties = head.partition(" ")
            codes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
            found.append(Command(name, _properties(properties, ",", codes), _unescaped(data, codes)))
        elif (start := line.find("##[")) >= 0 and (end := line.find("]", start)) >= 0:
            name, _, properties = line[start + 3 : end].partition(" ")
            codes = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%25": "%"}
            found.append(Command(name, _properties(properties, ";", codes), _unescaped(line[end + 1 :], codes)))
    return found


def shown(log: str) -> dict[str, list[Command]]:
    """The annotations people see: the first ten of each level, their messages cut."""
    kept: dict[str, list[Command]] = {level: [] for level in LEVELS}
    for command in commands(log):
        if command.name in kept and len(kept[command.name]) < PER_LEVEL:
            kept[command.name].append(command._replace(data=command.data[:LONGEST]))
    return kept


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
        "QMSR_LINT_CACHE_DIR": os.environ["QMSR_LINT_CACHE_DIR"],
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
    assert "Traceback" not in done.stderr, done.stderr
    lines = (temp / "output").read_text().splitlines()
    summary = (temp / "summary").read_text(encoding="utf-8")
    assert len(summary.encode()) <= LARGEST_SUMMARY, "the runner refuses such a summary whole"
    return Run(done.returncode, done.stdout + done.stderr, dict(line.split("=", 1) for line in lines), summary)


def _properties(text: str, separator: str, codes: dict[str, str]) -> dict[str, str]:
    pairs = (each.partition("=") for each in text.split(separator) if each.strip())
    return {name.strip(): _unescaped(value, codes) for name, _, value in pairs}


def _unescaped(text: str, codes: dict[str, str]) -> str:
    for code, character in codes.items():
        text = text.replace(code, character)
    return text
