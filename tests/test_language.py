"""The rules with token patterns: what they add to the core on labelled sentences, and what happens without spaCy."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qmsr_lint import language, proof, rules
from qmsr_lint.cli import main
from qmsr_lint.errors import PackError, UsageError
from qmsr_lint.lint import lint
from qmsr_lint.pack import Rule, rule_of
from qmsr_lint.rules import RuleSet, Settings

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "nlp_sentences.jsonl").read_text(encoding="utf-8").splitlines()
]
needs_spacy = pytest.mark.skipif(find_spec("spacy") is None, reason="spaCy, the extra [nlp], is not installed")


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(Settings(nlp=True))


def claims(text: str, ruleset: RuleSet) -> list[str]:
    findings = proof.live(lint(proof.document(text), ruleset))
    return [finding.rule for finding in findings if finding.rule.startswith("claim-")]


def rule(**keys: Any) -> dict[str, Any]:
    entry = {"id": "claim-x", "kind": "sentence", "severity": "note", "message": "m", "basis": "b", "all": [["fda"]]}
    return entry | {"requires": "nlp", "patterns": [[{"LOWER": "fda"}]]} | keys


def test_the_sentences_are_many_and_of_both_kinds() -> None:
    assert len({row["text"] for row in ROWS}) == len(ROWS) >= 150
    assert min(sum(bool(row["claim"]) for row in ROWS), sum(not row["claim"] for row in ROWS)) >= 75


def test_without_the_extra_no_rule_asks_for_it() -> None:
    assert [each.id for each in rules.load().rules.values() if each.requires] == []


def test_asked_for_and_not_installed_is_an_error_that_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'qmsr-lint\[nlp\]'"):
        rules.load(Settings(nlp=True))


def test_the_command_line_exits_with_2(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(language, "find_spec", lambda name: None)
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("The DHF is kept.\n", encoding="utf-8")
    asked = CliRunner().invoke(main, ["check", "--nlp", "a.md"])
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert "error: --nlp: spaCy is not installed; install it with: " in asked.stderr
    Path("qmsr-lint.toml").write_text("nlp = true\n", encoding="utf-8")
    assert "qmsr-lint.toml: nlp: spaCy is not installed" in CliRunner().invoke(main, ["check", "a.md"]).stderr
    assert CliRunner().invoke(main, ["check", "--no-nlp", "a.md"]).exit_code == 1


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"requires": "gpu"}, "'requires' is 'gpu'"),
        ({"patterns": []}, "'patterns' go with 'requires: nlp'"),
        ({"patterns": [{"LOWER": "fda"}]}, "each a list of tokens"),
        ({"patterns": [[{"LOWER": {"IN": ["yes", False]}}]]}, "False is no word; YAML needs quotation marks"),
        ({"unless": [[{"LOWER": {"REGEX": "(a+)+"}}]]}, "'unless' cannot hold a regular expression"),
        ({"patterns": [[{"_": {"x": {"REGEX": "(a+)+"}}}]]}, "'patterns' cannot hold a regular expression"),
        ({"patterns": [[{"TEXT": {"regex": "(a+)+"}}]]}, "'patterns' cannot hold a regular expression"),
        ({"patterns": [[{"OP": "{0,100000000}"}]]}, "OP must be one of"),
        ({"patterns": [[{"op": "{0,999}"}]]}, "OP must be one of"),
        ({"patterns": [[{"OP": "{,}"}]]}, "OP must be one of"),
        ({"kind": "term", "legacy": ["x"]}, "belong to a rule of kind sentence"),
    ],
)
def test_a_pack_with_a_wrong_pattern_is_refused(keys: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError, match="claim-x.*" + message):
        rule_of(rule(**keys), "pack.yaml")


@needs_spacy
def test_the_examples_hold(ruleset: RuleSet) -> None:
    own = [each for each in ruleset.rules.values() if each.requires]
    assert [len(each.flag) > 2 and len(each.keep) > 2 and bool(each.sources) for each in own] == [True] * 3
    assert list(proof.check(own, ruleset)) == []


@needs_spacy
def test_the_patterns_add_claims_and_no_false_ones(ruleset: RuleSet) -> None:
    core = rules.load()
    own = {each.id for each in ruleset.rules.values() if each.requires}
    added = [row for row in ROWS if own & set(claims(row["text"], ruleset))]
    assert [row["text"] for row in added if row["claim"] is None] == []
    assert [row["text"] for row in added if claims(row["text"], core)] == []
    found = sum(bool(claims(row["text"], ruleset)) for row in ROWS if row["claim"])
    assert found / sum(bool(row["claim"]) for row in ROWS) > 0.9


def found_by(each: Rule, ruleset: RuleSet, texts: list[str]) -> list[str]:
    alone = RuleSet([each], ruleset.facts, "", "", ruleset.settings)
    return [text for text in texts if claims(text, alone)]


@needs_spacy
@pytest.mark.parametrize("key", ["patterns", "unless"])
def test_no_pattern_is_idle(key: str, ruleset: RuleSet) -> None:
    core = rules.load()
    texts = [row["text"] for row in ROWS if not claims(row["text"], core)]
    idle = []
    for each in [each for each in ruleset.rules.values() if each.requires]:
        patterns = getattr(each, key)
        found = found_by(each, ruleset, texts)
        for number in range(len(patterns)):
            less = each._replace(**{key: patterns[:number] + patterns[number + 1 :]})
            idle += [(each.id, number + 1)] if found_by(less, ruleset, texts) == found else []
    assert idle == []


@needs_spacy
def test_what_is_required_is_told_from_what_is_reported(ruleset: RuleSet) -> None:
    assert claims("Requests of the FDA for management review minutes are to be declined.", ruleset)
    assert not claims("In 2023 a request of the FDA for management review minutes was declined.", ruleset)
    assert not claims("Requests of the FDA for management review minutes are to be answered.", ruleset)


@needs_spacy
def test_the_finding_is_the_words_of_the_claim(ruleset: RuleSet) -> None:
    text = "Note. FDA has no claim to the reports of our internal audits. Fine."
    (finding,) = lint(proof.document(text), ruleset)
    assert (finding.text, finding.certainty, finding.fix) == ("FDA has no claim", "likely", None)


@needs_spacy
def test_a_pattern_that_spacy_refuses_names_rule_and_number(ruleset: RuleSet) -> None:
    broken = rule_of(rule(patterns=[[{"LOWER": "fda"}], [{"NONSENSE": "fda"}]]), "pack.yaml")
    with pytest.raises(PackError, match=r"claim-x.*patterns, number 2"):
        language.Language([broken])


@needs_spacy
def test_a_pattern_that_spacy_refuses_in_a_companys_pack_stops_the_run_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(json.dumps({"rules": [rule(unless=[[{"NONSENSE": "fda"}]])]}), encoding="utf-8")
    with pytest.raises(PackError, match=r"own\.yaml: rule 'claim-x': unless, number 1"):
        rules.load(Settings(nlp=True, packs=(path,)))
    assert "claim-x" not in rules.load(Settings(packs=(path,))).rules


@needs_spacy
def test_a_model_that_is_not_installed_is_an_error() -> None:
    for model in ("en_no_such_model", "../model", "/tmp/model", "json", "spacy"):
        with pytest.raises(UsageError, match="nlp-model: there is no installed model"):
            rules.load(Settings(nlp=True, nlp_model=model))


def installed(folder: Path, name: str, points: str) -> None:
    """Put a package into a folder as an installer would, with its entry points."""
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text("import spacy\n\ndef load(**_):\n    return spacy.blank('en')\n")
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(points)


@needs_spacy
def test_only_a_package_that_is_a_model_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "en_model_of_test", "[spacy_models]\nen_model_of_test = en_model_of_test\n")
    installed(tmp_path, "en_no_model_of_test", "[console_scripts]\nx = en_no_model_of_test:load\n")
    monkeypatch.syspath_prepend(tmp_path)
    language.check("en_model_of_test")
    assert language.Language([], "en_model_of_test")
    with pytest.raises(UsageError, match="no installed model"):
        language.check("en_no_model_of_test")
    assert "en_no_model_of_test" not in sys.modules


@needs_spacy
@pytest.mark.parametrize(
    ("text", "imported"),
    [("The DHF is kept.", "False"), ("FDA has no claim to the reports of our internal audits.", "True")],
)
def test_spacy_is_imported_only_for_a_candidate_sentence(text: str, imported: str) -> None:
    program = (
        "import sys; from qmsr_lint import proof, rules; from qmsr_lint.lint import lint;"
        f"lint(proof.document({text!r}), rules.load(rules.Settings(nlp=True))); print('spacy' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == imported
