"""What is said of a pack that is not as it should be: the file, the rule and the key, before any document is read."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from builders import places, replaced
from click.testing import CliRunner

from qmsr_lint import packcheck, proof, rules
from qmsr_lint.cli import main
from qmsr_lint.context import judge
from qmsr_lint.errors import PackError
from qmsr_lint.lint import lint
from qmsr_lint.model import CONTEXTS, Part
from qmsr_lint.pack import load_pack, rule_of
from qmsr_lint.rules import RuleSet, Settings

EXAMPLES = {"flag": [{"text": "The pump book.", "becomes": "The product file.", "find": "pump book"}], "keep": ["No."]}
COMMON = {
    "severity": "note", "certainty": "likely", "message": "m {text}", "basis": "b", "sources": ["S1"], "since": "1.0.0",
    "confidence": "low", "notes": "n", "examples": EXAMPLES,
}  # fmt: skip
TERM = {
    "id": "term-pump-book", "kind": "term", "legacy": ["pump book", {"pump log": "product log"}],
    "current": "product file", "plural": "product files", "current_abbreviation": "PF", "alternatives": ["file"],
    "except": ["pump book club"], "homographs": ["novel"], "near": ["pump"], "sense": ["device"],
    "where": ["prose", "cell"], "none": ["pump book ... (novel|play)"], "fix": "unsafe", "markets": ["us"],
}  # fmt: skip
SENTENCE = {
    "id": "claim-pump", "kind": "sentence", "words": {"animal": ["zebra", "lion"]},
    "all": [["pump*", "a {animal}"], ["is obsolete"]], "none": ["{animal} ... never"],
    "requires": "nlp", "patterns": [[{"LOWER": "pump"}]], "unless": [[{"LOWER": {"IN": ["no"]}}]],
}  # fmt: skip
GAP = {
    "id": "gap-pump", "kind": "gap", "documents": ["servicing"], "element": "the pump",
    "parts": {"date": ["date", "day + pump"]}, "subject": ["pumps"], "section": ["record*"], "when": ["servic*"],
    "none": ["never"], "anywhere": True,
}  # fmt: skip
UNWANTED = {"id": "gap-gone", "kind": "gap", "documents": ["servicing"], "element": "it", "unwanted": ["old pump"]}
NEAR = {"id": "near-pump", "kind": "near", "spelling": ["pump history file"], "current": "product file"}
CITATION = {"id": "cite-own", "kind": "citation", "of": "removed"}
ENTRIES = [{**COMMON, **kind} for kind in (TERM, SENTENCE, GAP, UNWANTED, NEAR, CITATION)]
TEXT = "# Servicing\n\nThe pump book and the pump hystory file. A zebra is obsolete, 820.40. The day, a pump."


@pytest.fixture(scope="module")
def shipped() -> RuleSet:
    return rules.load(Settings(gap=True))


pytestmark = pytest.mark.usefixtures("repository")


def loaded(pack: object) -> str:
    """What is said of a pack; nothing where it can be used."""
    Path("own.yaml").write_text(yaml.safe_dump(pack), encoding="utf-8")
    try:
        rules.load(Settings(packs=(Path("own.yaml"),)))
    except PackError as error:
        return str(error)
    return ""


def tried(entry: object, shipped: RuleSet) -> str:
    """What is said of an entry; nothing where its rule can be used for a document and for its own examples."""
    try:
        rule = rule_of(entry, "own.yaml")
        packcheck.check([rule], "own.yaml", shipped.facts)
    except PackError as error:
        return str(error)
    rule = rule._replace(patterns=(), requires="")  # they need a library
    ruleset = RuleSet([rule], shipped.facts, "0", "0", shipped.settings)
    lint(proof.document(TEXT), ruleset)
    lint(proof.document(f"{TEXT} <!-- qmsr-lint: type servicing -->"), ruleset)
    assert all(failure.what for failure in (*proof.check([rule], ruleset), *proof.faults([rule], ruleset)))
    return ""


def test_the_entries_are_good(shipped: RuleSet) -> None:
    assert loaded({"pack": "ours", "rules": ENTRIES}) == ""
    assert [tried(entry, shipped) for entry in ENTRIES] == [""] * len(ENTRIES)
    Path("a.md").write_text("The pump book is approved.\n", encoding="utf-8")
    Path("qmsr-lint.toml").write_text('packs = ["own.yaml"]\n', encoding="utf-8")
    assert "term-pump-book" in CliRunner().invoke(main, ["check", "-o", "concise"]).stdout


@pytest.mark.parametrize("wrong", [3, True, None, [], {}, "", [3], {"a": 3}, {3: "a"}, "()", "\u00ad"], ids=repr)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_a_wrong_value_is_an_error_of_the_pack_or_does_no_harm(
    entry: dict[str, Any], wrong: object, shipped: RuleSet
) -> None:
    for path in places(entry):
        said = tried(replaced(entry, path, wrong), shipped)
        if path == ("id",):
            assert said.startswith("own.yaml: rule ")
        elif said:
            assert said.startswith(f"own.yaml: rule '{entry['id']}': "), (path, said)


WRONG_PACKS: list[object] = [3, "", [], "rules", [3], {"rules": 3}, {"rules": "a"}, {"rules": {"a": 1}}, {"rules": [3]}]
WRONG_PACKS += [{3: 1, "a": 2}, {"rules": [{3: 1}]}, {"rules": [[]]}]


@pytest.mark.parametrize("wrong", WRONG_PACKS, ids=repr)
def test_what_is_no_pack_is_told_with_its_file(wrong: object) -> None:
    assert loaded(wrong).startswith("own.yaml: ")


@pytest.mark.parametrize(
    "source",
    [
        "rules: " + "[" * 10**6,
        "rules: " + "- " * 10**5 + "a",
        "rules: [{since: 2026-13-45}]",
        "rules: [0x_]",
        "\x00",
        "a: b: c",
    ],
)
def test_what_is_no_yaml_is_told_with_its_file(source: str) -> None:
    Path("own.yaml").write_text(source, encoding="utf-8")
    with pytest.raises(PackError, match=r"^own\.yaml.*(not valid YAML|a pack|each rule is)"):
        load_pack(Path("own.yaml"))


@pytest.mark.parametrize(
    ("entry", "change", "said"),
    [
        (SENTENCE, {"all": 3}, "'all' must be a list of lists of phrases, not 3"),
        (SENTENCE, {"all": [["a (zebra"]]}, "'all': the phrase 'a (zebra' has brackets within brackets, or one"),
        (SENTENCE, {"none": ["..."]}, "'none': the phrase '...' has no words"),
        (SENTENCE, {"all": [["..."]]}, "'all': "),
        (SENTENCE, {"words": {"animal": []}}, "'words: animal' lists nothing"),
        (TERM, {"examples": {"flag": [{"text": 3}]}}, "'examples': 'text' must be text, not 3"),
        (TERM, {"examples": {"flag": "The pump book."}}, "'examples': 'flag' must be a list"),
        (TERM, {"none": ["a (b"]}, "'none': the phrase 'a (b' has brackets"),
        (TERM, {"where": ["prse"]}, "'where' has 'prse'; did you mean 'prose'?"),
        (TERM, {"markets": ["uk"]}, "'markets' has 'uk'; "),
        (TERM, {"legacy": ["--"]}, "'legacy': '--' has no letter and no digit"),
        (TERM, {"of": "removed"}, "'of' is 'removed'; it must be one of regulation, management"),
        (CITATION, {"of": "regulation"}, "'of' is 'regulation'; it must be one of removed"),
        (CITATION, {"id": "term-own"}, "the id of a rule of kind citation, and no other, begins with 'cite-'"),
        (TERM, {"id": "cite-own"}, "the id of a rule of kind citation, and no other, begins with 'cite-'"),
        (TERM, {"id": "term"}, "an id begins with one of "),
        (TERM, {"id": "term-a b"}, "an id begins with one of "),
        (GAP, {"parts": {"date": ["date", "day + (pump"]}}, "'parts: date': the phrase '(pump' has brackets"),
        (GAP, {"parts": {"date": []}}, "'parts: date' lists nothing"),
        (GAP, {"section": ["a) b"]}, "'section': the phrase 'a) b' has brackets"),
        (GAP, {"documents": ["servicin"]}, "'documents': there is no document type 'servicin'; did you mean"),
        (UNWANTED, {"unwanted": ["()"]}, "'unwanted': the phrase '()' has no words"),
        (TERM, {"severity": False}, "'severity' is False; it must be one of error, warning, note"),
        (TERM, {"severity": 0}, "'severity' is 0; it must be one of error, warning, note"),
        (TERM, {"message": []}, "'message' must be text, not []"),
        (TERM, {"message": False}, "'message' must be text, not False"),
        (TERM, {"severity": None}, "the key 'severity' is missing"),
        (TERM, {"basis": ""}, "the key 'basis' is missing"),
        (TERM, {"message": "{foo} is gone."}, "'message' has the field '{foo}'; choose from text, current"),
        (TERM, {"message": "{txt} is gone."}, "'message' has the field '{txt}'; did you mean 'text'?"),
        (TERM, {"message": "{ text } is gone."}, "'message' has the field '{ text }'; did you mean 'text'?"),
        (TERM, {"message": "{text!r} is gone."}, "'message' has the field '{text!r}'; did you mean 'text'?"),
        (TERM, {"message": "{meant} is gone."}, "'message' has the field '{meant}'; "),
        (TERM, {"message": "{} is gone."}, "'message' has the field '{}'; choose from text, current"),
        (SENTENCE, {"message": "a {animal}"}, "'message' has the field '{animal}'; "),
        (GAP, {"message": "{problem}"}, "'message' has the field '{problem}'; "),
        (NEAR, {"spelling": ["DHF"]}, "'spelling' holds terms of several words in small letters, not 'DHF'"),
        (NEAR, {"spelling": ["dossier"]}, "'spelling' holds terms of several words in small letters, not 'dossier'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_load_with_file_rule_and_key(
    entry: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    wrong = {**COMMON, **entry, **change}
    assert loaded({"rules": [wrong]}).startswith(f"own.yaml: rule '{wrong['id']}': {said}")
    Path("a.md").write_text("Clean.\n", encoding="utf-8")
    Path("qmsr-lint.toml").write_text('packs = ["own.yaml"]\n', encoding="utf-8")
    for arguments in (["check", "a.md"], ["rules"], ["rules", "test", "own.yaml"]):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 2, arguments
        assert f"own.yaml: rule '{wrong['id']}': {said}" in done.stderr


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (TERM, "text current"),
        (SENTENCE, "text current"),
        (GAP, "text current"),
        (NEAR, "text current meant"),
        (CITATION, "text current designation section heading today nearest other"),
        ({"id": "suppression-own", "kind": "suppression", "of": "expired"}, "text problem"),
    ],
)
def test_the_fields_of_a_message_and_a_brace_alone_are_no_fault(entry: dict[str, Any], fields: str) -> None:
    message = " ".join(f"{{{field}}}" for field in fields.split()) + " } and {"
    assert loaded({"rules": [{**COMMON, **entry, "message": message}]}) == ""


PUMP = """rules:
- id: term-pump-book
  severity: note
  legacy: [pump book]
  message: m
  basis: b
"""


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (PUMP + "  severity: error\n", "rule 'term-pump-book': the key 'severity' stands twice (line 7)"),
        (PUMP + "  'message': n\n", "rule 'term-pump-book': the key 'message' stands twice (line 7)"),
        (PUMP + "  id: term-other\n", "rule 'term-pump-book': the key 'id' stands twice (line 7)"),
        (
            PUMP + "  examples: {flag: [{text: a, text: b}]}\n",
            "rule 'term-pump-book': the key 'text' stands twice (line 7)",
        ),
        (PUMP + "rules: []\n", "the key 'rules' stands twice (line 7)"),
        ("rules: [{severity: note, severity: error, id: term-a}]", "rule 'term-a': the key 'severity' stands twice (l"),
    ],
)
def test_a_key_that_stands_twice_is_refused(source: str, said: str) -> None:
    Path("own.yaml").write_text(source, encoding="utf-8")
    with pytest.raises(PackError, match="^" + re.escape(f"own.yaml: {said}")):
        load_pack(Path("own.yaml"))


@pytest.mark.parametrize(
    "more",
    [
        "- {id: term-b, severity: note, legacy: [b b], message: m, basis: b}\n",
        "  examples: {flag: [{text: pump book}, {text: pump book}], keep: [text, text]}\n",
        "  legacy_: {}\n".replace("legacy_", "words"),
        "  parts: {a: [severity], b: [severity]}\n",
    ],
)
def test_a_key_may_stand_once_in_each_table(more: str) -> None:
    Path("own.yaml").write_text(PUMP + more, encoding="utf-8")
    assert load_pack(Path("own.yaml"))[0]


def test_a_pack_of_a_company_cannot_keep_words_which_only_the_shipped_ones_do() -> None:
    retained = {"pack": "own", "retained": [{"term": "pump book", "phrases": ["pump book"]}], "rules": []}
    assert loaded(retained).startswith("own.yaml: the key 'retained' is for the shipped packs")


def test_a_pack_whose_name_is_none_is_told() -> None:
    with pytest.raises(PackError, match="the rule pack cannot be read"):
        load_pack(Path("\0"))


def test_an_id_that_stands_twice_in_a_pack_is_refused_and_in_two_packs_the_last_holds() -> None:
    said = loaded({"rules": [{**COMMON, **TERM}, {**COMMON, **NEAR}, {**COMMON, **TERM, "severity": "error"}]})
    assert said == "own.yaml: rule 'term-pump-book' stands in the pack more than once"
    for name, severity in (("a.yaml", "note"), ("b.yaml", "error")):
        Path(name).write_text(yaml.safe_dump({"rules": [{**COMMON, **TERM, "severity": severity}]}), encoding="utf-8")
    ruleset = rules.load(Settings(packs=(Path("a.yaml"), Path("b.yaml"))))
    assert ruleset.rules["term-pump-book"].severity == "error"
    done = CliRunner().invoke(main, ["rules", "test", "a.yaml", "b.yaml"])
    assert "term-pump-book: stands in the packs more than once" in done.stdout


def test_a_source_that_does_not_exist_is_a_fault_and_one_of_the_companys_own_is_none() -> None:
    Path("own.yaml").write_text(yaml.safe_dump({"rules": [{**COMMON, **TERM, "sources": ["S99", "SOP-3", "S1"]}]}))
    done = CliRunner().invoke(main, ["rules", "test", "own.yaml"])
    assert "term-pump-book: names the source S99, which does not exist" in done.stdout
    assert "SOP-3" not in done.stdout


def test_the_contexts_are_those_that_are_described() -> None:
    described = {step.context for step in judge.STEPS} | {name for name, _ in judge.PLAIN if "…" not in name}
    parts = set(get_args(Part)) - {"body", "textbox"}
    assert described | parts == set(CONTEXTS)
