"""The one step of the GitHub Action: installs qmsr-lint, runs it, hands its counts to the runner.

Only the standard library is used. Everything comes from the environment: the runner's own variables, and the inputs of
`action.yml` as QMSR_LINT_*.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

UNJUDGED = ("unreadable", "timeout", "crashed")
CHOICES = {"true": True, "false": False}


def main() -> int:
    """Run the step; the exit code is that of `qmsr-lint check`, 2 when it could not be run."""
    try:
        needed(sys.version_info[:2])
        temp = Path(os.environ["RUNNER_TEMP"])
        annotations, summary = flag("ANNOTATIONS"), flag("SUMMARY")
        python = installed(temp)
        report = temp / "qmsr-lint.json"
        report.unlink(missing_ok=True)
        command = [python, "-P", "-m", "qmsr_lint", "check", "-o", "text", "-o", f"json={report}"]
        command += ["-o", "github"] if annotations else []
        command += ["--fail-on", level] if (level := given("FAIL_ON")) else []
        code = subprocess.run([*command, *arguments(), "--", *paths()], check=False).returncode  # noqa: S603
    except (OSError, subprocess.SubprocessError, KeyError, ValueError) as error:
        print(f"::error title=qmsr-lint::{escaped(str(error))}")  # noqa: T201
        return 2
    counts = json.loads(report.read_bytes())["summary"] if report.exists() else None
    if counts is not None:
        append("GITHUB_OUTPUT", outputs(counts) + f"report={report}\n")
    append("GITHUB_OUTPUT", f"exit-code={code}\n")
    if summary and counts is not None:
        append("GITHUB_STEP_SUMMARY", table(counts))
    return code


def needed(version: tuple[int, int]) -> None:
    """Raises ValueError for a Python that is too old, such as that of older runners."""
    if version < (3, 11):
        found = ".".join(map(str, version))
        raise ValueError(f"Python 3.11 or later is needed, not {found}: put actions/setup-python before this step")


def given(name: str) -> str:
    """An input, without the blanks around it."""
    return os.environ.get(f"QMSR_LINT_{name}", "").strip()


def flag(name: str) -> bool:
    """An input that is true or false. Raises ValueError naming it."""
    value = given(name) or "true"
    if value not in CHOICES:
        raise ValueError(f"the input {name.lower()!r} must be true or false, not {value!r}")
    return CHOICES[value]


def paths() -> list[str]:
    """The input `paths`: one a line, so that names may hold blanks."""
    return [line.strip() for line in given("PATHS").splitlines() if line.strip()] or ["."]


def arguments() -> list[str]:
    """The input `args`, split as a shell does, with nothing expanded. Raises ValueError for an open quotation."""
    try:
        return shlex.split(given("ARGS"))
    except ValueError as error:
        raise ValueError(f"the input 'args' cannot be split: {error}") from None


def installed(temp: Path) -> str:
    """The Python that has qmsr-lint: this one, or that of a new virtual environment in the runner's own folder."""
    version = given("VERSION")
    if version == "installed":
        return sys.executable
    if version and not re.fullmatch(r"[0-9][0-9A-Za-z.+!]*", version):
        raise ValueError(f"the input 'version' must be a version such as 0.1.0, or 'installed', not {version!r}")
    wanted = f"qmsr-lint=={version}" if version else str(Path(__file__).resolve().parents[1])
    folder = temp / "qmsr-lint-venv"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([python, "-m", "pip", "install", *quiet, wanted], check=True)  # noqa: S603
    return python


def append(variable: str, text: str) -> None:
    """Add to a file the runner named; outside a runner there is none."""
    if name := os.environ.get(variable):
        with Path(name).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


def outputs(counts: dict[str, Any]) -> str:
    """The counts as outputs of the step."""
    values = {
        "documents": counts["documents"],
        "unjudged": sum(counts[name] for name in UNJUDGED),
        "errors": counts["error"],
        "warnings": counts["warning"],
        "notes": counts["note"],
        "suppressed": counts["suppressed"],
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())


def table(counts: dict[str, Any]) -> str:
    """The counts as Markdown."""
    names = [name for name, number in counts.items() if number or name in ("documents", "error", "warning", "note")]
    head, rule = "| " + " | ".join(names) + " |", "|" + " ---: |" * len(names)
    return f"### qmsr-lint\n\n{head}\n{rule}\n| {' | '.join(str(counts[name]) for name in names)} |\n"


def escaped(text: str) -> str:
    """The data of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    sys.exit(main())
