"""The pre-commit hooks: their manifest, and a real run as a user of the hook has it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from docx import Document

from qmsr_lint.cli import main
from qmsr_lint.formats import FORMATS

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}


def pre_commit(*arguments: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        env={**os.environ, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"},
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", *arguments],
        cwd=folder,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        check=True,
    )


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    done = pre_commit("validate-manifest", str(MANIFEST), folder=ROOT, home=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_hooks_are_those_promised() -> None:
    assert list(HOOKS) == ["qmsr-lint", "qmsr-lint-all", "qmsr-lint-fix"]
    assert all(hook["require_serial"] and hook["language"] == "python" for hook in HOOKS.values())
    assert not any("types" in hook or "types_or" in hook for hook in HOOKS.values())
    every = HOOKS["qmsr-lint-all"]
    assert (every["pass_filenames"], every["always_run"], every["stages"]) == (False, True, ["manual"])


@pytest.mark.parametrize("name", ["qmsr-lint", "qmsr-lint-fix"])
def test_a_file_named_like_an_option_is_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--exclude=*.md").write_text("The QS regulation applies.\n", encoding="utf-8")
    hook = HOOKS[name]
    done = CliRunner().invoke(main, [*hook["entry"].split()[1:], *hook["args"], "--exclude=*.md"])
    assert "--exclude=*.md" in done.stdout
    assert done.exit_code == (1 if name == "qmsr-lint" else 0), done.output


def test_the_files_of_the_hook_are_those_of_the_formats() -> None:
    files = re.compile(HOOKS["qmsr-lint"]["files"])
    assert set(re.findall(r"\w+", files.pattern.partition(r"\.(")[2])) == {suffix[1:] for suffix in FORMATS}
    for suffix in FORMATS:
        assert files.search(f"sops/SOP 1{suffix}")
        assert files.search(f"SOP{suffix.upper()}")
    for name in ("a.txt", "a.md.bak", "docx", "a.doc", "amd", "a.docxx"):
        assert not files.search(name)


def test_the_fixing_hook_is_for_markdown_only() -> None:
    files = re.compile(HOOKS["qmsr-lint-fix"]["files"])
    for suffix, (kind, _) in FORMATS.items():
        assert bool(files.search(f"sops/a{suffix}")) is (kind == "markdown")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    git(folder, "init", "-q")
    for name, text in {
        "flagged.docx": "The DHF shall be kept.",
        "clean.docx": "The design and development file shall be kept.",
        "excluded.docx": "The DHF shall be kept.",
    }.items():
        document = Document()
        document.add_heading("5 Records", level=1)
        document.add_paragraph(text)
        document.save(str(folder / name))
    (folder / "qmsr-lint.toml").write_text('exclude = ["excluded.docx"]\n')
    (folder / "notes.txt").write_text("DHF\n")
    git(folder, "add", ".")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of pre-commit; the tests that install into it are skipped where no package index can be reached."""
    folder = tmp_path_factory.mktemp("pre-commit")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder / "probe"), "hatchling"]
    probe = subprocess.run(command, capture_output=True, text=True, check=False)
    if probe.returncode:
        pytest.skip(f"pip cannot install here: {(probe.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as a repository of its own: what is in the working tree, committed."""
    folder = tmp_path_factory.mktemp("source")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("the tests do not run in a git checkout, of which the hook is installed")
    git(folder, "init", "-q")
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    git(folder, "add", "--force", ".")
    git(folder, "commit", "-q", "-m", "everything")
    return folder


def test_the_hook_flags_a_document_and_passes_a_clean_one(repository: Path, source: Path, home: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return pre_commit("try-repo", str(source), *arguments, "--verbose", folder=repository, home=home)

    flagged = run("qmsr-lint", "--files", "flagged.docx", "clean.docx", "notes.txt")
    assert flagged.returncode == 1, flagged.stdout + flagged.stderr
    assert "term-dhf" in flagged.stdout
    assert "design and development file" in flagged.stdout
    assert "2 documents: 2 checked" in flagged.stdout
    clean = run("qmsr-lint", "--files", "clean.docx", "excluded.docx")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "2 documents: 1 checked, 1 skipped; no findings" in clean.stdout
    every = run("qmsr-lint-all", "--hook-stage", "manual", "--all-files")
    assert every.returncode == 1, every.stdout + every.stderr
    assert "2 documents: 2 checked" in every.stdout
