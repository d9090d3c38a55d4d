"""The README and CONTRIBUTING: each command runs, the excerpt is real, and CI runs the README's test command."""

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
COMMANDS = re.findall(r"^ *\$ (qmsr-lint .+)$", README + CONTRIBUTING, re.MULTILINE)


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
