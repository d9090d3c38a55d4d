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

REPORTS = {"json": "json", "markdown": "md", "sarif": "sarif"}
UNJUDGED = ("unreadable", "timeout", "crashed")
CHOICES = {"true": True, "false": False}


def main() -> int:
    """Run the step; the exit code is that of `qmsr-lint check`, 2 when it could not be run."""
    try:
        needed(sys.version_info[:2])
        temp = Path(os.environ["RUNNER_TEMP"])
        wanted = {"json": True, "markdown": flag("SUMMARY", True), "sarif": flag("SARIF", False)}
        annotations = flag("ANNOTATIONS", True)
        python = installed(temp)
        reports = {name: temp / f"qmsr-lint.{REPORTS[name]}" for name, asked in wanted.items() if asked}
        for name in REPORTS:
            (temp / f"qmsr-lint.{REPORTS[name]}").unlink(missing_ok=True)
        command = [python, "-P", "-m", "qmsr_lint", "check", "-o", "text"]
        command += [word for name, path in reports.items() for word in ("-o", f"{name}={path}")]
        command += ["-o", "github"] if annotations else []
        command += ["--fail-on", level] if (level := given("FAIL_ON")) else []
        # The summary is added here, also without annotations; the command must not add it a second time.
        environment = {name: value for name, value in os.environ.items() if name != "GITHUB_STEP_SUMMARY"}
        command += [*arguments(), "--", *paths()]
        code = subprocess.run(command, check=False, env=environment).returncode  # noqa: S603
    except (OSError, subprocess.SubprocessError, KeyError, ValueError) as error:
        print(f"::error title=qmsr-lint::{escaped(str(error))}")  # noqa: T201
        return 2
    made = {name: path for name, path in reports.items() if path.exists()}
    if "json" in made:
        append("GITHUB_OUTPUT", outputs(json.loads(made["json"].read_bytes())["summary"]) + f"report={made['json']}\n")
    if "sarif" in made:
        append("GITHUB_OUTPUT", f"sarif={made['sarif']}\n")
    append("GITHUB_OUTPUT", f"exit-code={code}\n")
    if "markdown" in made:
        append("GITHUB_STEP_SUMMARY", made["markdown"].read_text(encoding="utf-8"))
    return code


def needed(version: tuple[int, int]) -> None:
    """Raises ValueError for a Python that is too old, such as that of older runners."""
    if version < (3, 11):
        found = ".".join(map(str, version))
        raise ValueError(f"Python 3.11 or later is needed, not {found}: put actions/setup-python before this step")


def given(name: str) -> str:
    """An input, without the blanks around it."""
    return os.environ.get(f"QMSR_LINT_{name}", "").strip()


def flag(name: str, default: bool) -> bool:
    """An input that is true or false. Raises ValueError naming it."""
    value = given(name) or str(default).lower()
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


def escaped(text: str) -> str:
    """The data of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    sys.exit(main())
