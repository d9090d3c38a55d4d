"""`qmsr-lint rules` and `explain` as a person runs them in a folder with a configuration."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CONFIGURATION = """
ignore = ["program"]
packs = ["ours.yaml"]
[severity]
term-dmr = "error"
[terms]
DHF = "Product Design File (PDF)"
"""
PACK = """pack: ours
rules:
  - {id: term-pump-book, severity: note, legacy: [pump book], message: Write log., basis: SOP-003}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qmsr-lint.toml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "ours.yaml").write_text(PACK, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "qmsr_lint", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout or done.stderr


def test_what_is_effective_is_shown_with_what_it_was(folder: Path) -> None:
    shown = run(folder, "rules", "--effective")
    assert "configuration  qmsr-lint.toml" in shown
    assert "pack           ours.yaml" in shown
    assert "term-dmr: severity: error, shipped as warning" in shown
    assert "term-dhf: preferred words: Product Design File (PDF), shipped as" in shown
    assert "term-pump-book: pack: from a pack of the configuration" in shown
    assert "program-qsit: switched off: off (ignore program)" in shown
    assert f"rules_sha256   {json.loads(run(folder, 'rules', 'export'))['rules_sha256']}" in shown
    assert "The rules are as shipped." in run(folder, "rules", "--effective", "--isolated")


def test_a_report_names_the_hash_that_is_shown(folder: Path) -> None:
    (folder / "a.md").write_text("Clean.\n", encoding="utf-8")
    report = json.loads(run(folder, "check", "-o", "json", "a.md"))
    assert f"rules_sha256   {report['tool']['rules_sha256']}" in run(folder, "rules", "--effective")


def test_a_rule_that_is_switched_off_is_explained_all_the_same(folder: Path) -> None:
    assert "program-qsit" in run(folder, "explain", "QSIT")
    assert "Product Design File (PDF)" in run(folder, "explain", "DHF")
    data = json.loads(run(folder, "explain", "pump book", "-o", "json"))
    assert [entry["rule"] for entry in data["entries"]] == ["term-pump-book"]


def test_a_topic_that_nothing_comes_near_is_2(folder: Path) -> None:
    assert "nothing is known about 'banana split'" in run(folder, "explain", "banana", "split", code=2)


def test_the_faults_of_a_pack_are_listed_and_its_errors_are_2(folder: Path) -> None:
    assert run(folder, "rules", "test", "ours.yaml", code=1).splitlines() == [
        "term-pump-book: has 0 of 3 flag examples",
        "term-pump-book: has 0 of 3 keep examples",
    ]
    (folder / "ours.yaml").write_text(PACK.replace("basis", "basiss"), encoding="utf-8")
    assert "ours.yaml: rule 'term-pump-book': unknown key 'basiss'" in run(folder, "rules", "test", "ours.yaml", code=2)
    assert "ours.yaml: rule 'term-pump-book': unknown key 'basiss'" in run(folder, "rules", code=2)


def test_a_misspelt_term_in_the_configuration_is_2_and_names_the_nearest(folder: Path) -> None:
    (folder / "qmsr-lint.toml").write_text('[terms]\n"divice history record" = "batch record"\n', encoding="utf-8")
    told = run(folder, "rules", code=2)
    assert "qmsr-lint.toml" in told
    assert "no legacy term 'divice history record'; did you mean 'device history record'?" in told
