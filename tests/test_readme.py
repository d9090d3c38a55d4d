"""The README, CONTRIBUTING and the page on validation: commands run, the excerpt is real, CI runs the test command."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SETUP = re.findall(r"^```sh\n(.+)\n```$", README, re.MULTILINE)
VALIDATION = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^ *\$ (qmsr-lint .+)$", README + CONTRIBUTING, re.MULTILINE)
CHECKS = re.findall(r"^ *\$ (qmsr-lint .+)$", VALIDATION, re.MULTILINE)
CODES = {"flagged": 1, "malformed": 2}
"""The exit codes of commands on fixtures that are not clean."""


def copy(folder: Path) -> Path:
    """What a fresh clone has, without its history."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "build", "dist", "artifacts", "*.egg-info")
    target = folder / "clone"
    shutil.copytree(ROOT, target, ignore=ignored)
    return target


def test_two_commands_do_all_the_set_up() -> None:
    demo, tests = SETUP
    assert demo.endswith("qmsr-lint check fixtures/flagged")
    assert tests.endswith("-m pytest -q")


def test_ci_runs_the_command_of_the_readme() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == SETUP[1]


@pytest.mark.skipif(sys.platform == "win32", reason="the README writes the command for Windows in words")
def test_the_first_command_shows_findings_on_a_fresh_machine(tmp_path: Path) -> None:
    setup, _, check = SETUP[0].rpartition(" && ")
    clone = copy(tmp_path)
    made = subprocess.run(["sh", "-c", setup], cwd=clone, capture_output=True, text=True)
    if made.returncode and re.search(
        r"Could not find a version|No matching distribution|ensurepip|[Cc]onnection", made.stderr + made.stdout
    ):
        pytest.skip(f"pip cannot install here: {made.stderr.strip().splitlines()[-1]}")
    assert made.returncode == 0, made.stderr
    done = subprocess.run(["sh", "-c", check], cwd=clone, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (ROOT / "docs" / "demo.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command: str, clone: Path) -> None:
    arguments = shlex.split(command)[1:]
    done = subprocess.run([sys.executable, "-m", "qmsr_lint", *arguments], cwd=clone, capture_output=True)
    assert done.returncode == (1 if "fixtures/flagged" in command else 0), done.stderr
    assert done.stdout or arguments[:2] == ["rules", "test"]
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", CHECKS)
def test_a_check_of_an_installation_has_the_result_it_names(command: str, clone: Path) -> None:
    arguments = shlex.split(command)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "qmsr_lint", *arguments], cwd=clone, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == next((code for name, code in CODES.items() if f"fixtures/{name}" in command), 0)
    told = done.stdout + done.stderr
    expected = {
        "fixtures/clean": "5 documents: 5 checked; no findings",
        "fixtures/malformed": "7 documents: 1 checked, 5 unreadable, 1 skipped",
        "fixtures/gaps": "10 of 10 lines ready",
        "rules test": ", 0 failed",
    }
    assert all(words in told for name, words in expected.items() if name in command), told
    if "flagged.txt" in command:
        demo = (ROOT / "docs" / "demo.txt").read_text(encoding="utf-8")
        assert (clone / "flagged.txt").read_text(encoding="utf-8") == demo


def test_the_tests_that_the_page_on_validation_names_are_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", VALIDATION)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
