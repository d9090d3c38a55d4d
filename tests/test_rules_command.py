"""`qmsr-lint rules` and `explain` as a person runs them in a folder with a configuration."""

import json
import subprocess
import sys
from importlib.util import find_spec
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


def outcome(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "qmsr_lint", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    done = outcome(folder, *arguments)
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


def test_a_report_names_the_hash_that_is_shown_where_a_terminology_maps_terms(folder: Path) -> None:
    (folder / "qmsr-lint.toml").write_text('strategy = "map"\nterminology = "terms.md"\n', encoding="utf-8")
    terms = "| Legacy | Current |\n|---|---|\n| design history file | design and development file |\n"
    (folder / "terms.md").write_text(terms, encoding="utf-8")
    test_a_report_names_the_hash_that_is_shown(folder)


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


NLP = """rules:
  - id: claim-pump
    kind: sentence
    requires: nlp
    severity: note
    all: [[pump*]]
    patterns: [[{LOWER: pump}]]
    message: m
    basis: b
"""
PROVED = """    examples:
      flag: [{text: The pump.}, {text: A pump.}, {text: Pumps.}]
      keep: [No., Never., Not.]
"""


def test_a_rule_that_was_not_tried_is_named_with_the_reason(folder: Path) -> None:
    (folder / "ours.yaml").write_text(NLP + PROVED, encoding="utf-8")
    assert run(folder, "rules", "test", "ours.yaml").splitlines() == [
        "claim-pump: not tried: it requires nlp, which `qmsr-lint rules --nlp test` switches on"
    ]
    told = outcome(folder, "rules", "test", "ours.yaml")
    assert told.stderr == "1 rule (1 not tried), 0 examples, 0 failed\n"


def test_the_entry_of_a_rule_that_was_not_tried_is_checked_all_the_same(folder: Path) -> None:
    (folder / "ours.yaml").write_text(NLP, encoding="utf-8")
    assert run(folder, "rules", "test", "ours.yaml", code=1).splitlines() == [
        "claim-pump: has 0 of 3 flag examples",
        "claim-pump: has 0 of 3 keep examples",
        "claim-pump: not tried: it requires nlp, which `qmsr-lint rules --nlp test` switches on",
    ]


def test_only_what_was_tried_is_counted(folder: Path) -> None:
    both = NLP + PROVED + PACK.partition("rules:\n")[2]
    (folder / "ours.yaml").write_text(both, encoding="utf-8")
    assert outcome(folder, "rules", "test", "ours.yaml").stderr == "2 rules (1 not tried), 0 examples, 2 failed\n"


@pytest.mark.skipif(find_spec("spacy") is not None, reason="spaCy, the extra [nlp], is installed")
def test_a_rule_that_is_to_be_tried_and_cannot_be_is_2(folder: Path) -> None:
    (folder / "ours.yaml").write_text(NLP + PROVED, encoding="utf-8")
    assert "nlp: spaCy is not installed" in run(folder, "rules", "--nlp", "test", "ours.yaml", code=2)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ('DHR = "DMR"', "terms.DHR: 'DMR' is flagged by term-dmr; name what is said today"),
        ('DHR = "the DMR binder"', "terms.DHR: 'the DMR binder' is flagged by term-dmr; "),
        ('DHR = "device master records"', "terms.DHR: 'device master records' is flagged by term-dmr; "),
        ('DHR = "DHR"', "terms.DHR: 'DHR' is a term of term-dhr itself; "),
        ('DHR = "dhr"', "terms.DHR: 'dhr' is a term of term-dhr itself; "),
        ('term-dhr = "Device History Record"', "terms.term-dhr: 'Device History Record' is "),
        ('"design control" = "Design Control"', "terms.'design control': 'Design Control' is a term of "),
        (
            'DHR = "batch record"\n"device history record" = "build record"',
            "terms: 'DHR' and 'device history record' give term-dhr different words; give them once, as in ",
        ),
        (
            'term-dhr = "batch record"\nDHR = "build record"',
            "terms: 'term-dhr' and 'DHR' give term-dhr different words",
        ),
        ('DHR = "batch record"\ndhr = "build record"', "terms: 'DHR' and 'dhr' give term-dhr different words"),
        (
            '"quality auditor" = "system auditor"\n"Quality Auditor" = "reviewer"',
            "terms: 'quality auditor' and 'Quality Auditor' give term-quality-audit different words",
        ),
    ],
)
def test_preferred_words_that_cannot_be_meant_are_refused_with_file_and_key(
    folder: Path, terms: str, said: str
) -> None:
    (folder / "qmsr-lint.toml").write_text(f"[terms]\n{terms}\n", encoding="utf-8")
    (folder / "a.md").write_text("Clean.\n", encoding="utf-8")
    for command in (["check", "a.md"], ["rules"]):
        assert f"error: qmsr-lint.toml: {said}" in run(folder, *command, code=2)


@pytest.mark.parametrize(
    "terms",
    [
        'DHR = "batch record (BR)"',
        'DHR = "batch record"\n"device history record" = "batch record"',
        'DHR = "batch record"\nDMR = "product file"',
        '"quality audit" = "internal audit"\n"quality auditor" = "system auditor"',
        'term-dhf = "Design and Development File (DDF)"',
        'DHF = "history of the design"',
        'DHF = "design control binder"',
        'DMR = "medical device file"',
        'DHR = "production record"\nterm-dhr = "production record"',
    ],
)
@pytest.mark.parametrize("before", ["", 'select = ["cite"]\n', 'strategy = "map"\n', 'ignore = ["term-dmr"]\n'])
def test_preferred_words_that_are_current_are_taken(folder: Path, terms: str, before: str) -> None:
    (folder / "qmsr-lint.toml").write_text(f"{before}[terms]\n{terms}\n", encoding="utf-8")
    run(folder, "rules")


@pytest.mark.parametrize("before", ['select = ["cite"]', 'ignore = ["term-dmr"]', 'severity = {term-dmr = "note"}'])
def test_legacy_words_are_refused_whatever_else_is_configured(folder: Path, before: str) -> None:
    (folder / "qmsr-lint.toml").write_text(f'{before}\n[terms]\nDHR = "DMR"\n', encoding="utf-8")
    assert "terms.DHR: 'DMR' is flagged by term-dmr" in run(folder, "rules", code=2)


def test_words_that_a_pack_of_the_company_flags_are_refused(folder: Path) -> None:
    pack = PACK.replace("severity: note", "severity: warning")
    (folder / "ours.yaml").write_text(pack, encoding="utf-8")
    (folder / "qmsr-lint.toml").write_text('packs = ["ours.yaml"]\n[terms]\nDHR = "pump book"\n', encoding="utf-8")
    assert "terms.DHR: 'pump book' is flagged by term-pump-book" in run(folder, "rules", code=2)
