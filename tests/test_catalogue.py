"""What a configuration makes of the rules, and that reports tell it by their hash."""

from pathlib import Path

import pytest

from qmsr_lint import catalogue, proof, rules
from qmsr_lint.errors import PackError, UsageError
from qmsr_lint.lint import lint
from qmsr_lint.pack import load_pack
from qmsr_lint.rules import Settings

PACK = """pack: ours
rules:
  - id: term-pump-book
    severity: warning
    legacy: [pump book]
    current: product file
    message: "{text} is the {current} now."
    basis: SOP-003
    fix: unsafe
    examples:
      flag:
        - {text: The pump book is approved., becomes: The product file is approved.}
        - {text: Pump books are kept., becomes: Product files are kept.}
        - {text: Enter it in the pump book., becomes: Enter it in the product file.}
      keep:
        - The book on pumps is in the library.
        - The product file, formerly the pump book, is approved.
        - The pump booklet is packed with the device.
"""


def pack(folder: Path, text: str = PACK) -> Path:
    path = folder / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    own = load_pack(path)[0]
    ruleset = rules.load(Settings(packs=(path,)))
    return [failure.what for failure in (*proof.check(own, ruleset), *proof.faults(own, ruleset))]


def found(text: str, settings: Settings) -> list[tuple[str, str | None]]:
    findings = proof.live(lint(proof.document(text), rules.load(settings)))
    return [(finding.severity, finding.replacement) for finding in findings]


def test_the_shipped_packs_have_no_faults() -> None:
    ruleset = rules.load(Settings(gap=True))
    assert list(proof.faults(ruleset.rules.values(), ruleset)) == []


def test_a_good_pack_of_a_company_has_no_faults_and_is_used(tmp_path: Path) -> None:
    path = pack(tmp_path)
    assert faults(path) == []
    assert found("Pump books are kept.", Settings(packs=(path,))) == [("warning", "Product files")]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "becomes: The product file is approved.",
            "becomes: The file is approved.",
            "becomes 'The product file is appr",
        ),
        ("Enter it in the pump book.", "Enter it in the log book.", "finds nothing"),
        ("The book on pumps is in the library.", "The pump book is in the library.", "flags 'pump book'"),
        (", becomes: Product files are kept.", "", "does not say what it becomes"),
        ("        - The pump booklet is packed with the device.\n", "", "has 2 of 3 keep examples"),
        ("basis: SOP-003", "basis: 21 CFR 820.31", "names 820.31, which does not exist"),
        ("basis: SOP-003", "basis: 'ISO 13485:2016 9.1'", "names Clause 9.1, which does not exist"),
        ("current: product file", "current: device master record", "the replacement is itself flagged by term-dmr"),
        ("legacy: [pump book]", "legacy: [pump book, design history file]", "claimed by term-dhf and term-pump-book"),
        (
            "legacy: [pump book]",
            "legacy: [pump book, QSR]",
            "claimed by name-qsr and term-pump-book and term-qsr-record",
        ),
        ("legacy: [pump book]", "legacy: [pump book, '']", "'legacy' must be a list of texts"),
        ("severity: warning", "severty: warning", "unknown key 'severty'; did you mean 'severity'?"),
    ],
)
def test_each_fault_is_told_in_words(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert PACK.count(old) >= 1
    path = pack(tmp_path, PACK.replace(old, new, 1))
    try:
        told = faults(path)
    except PackError as error:
        told = [str(error)]
        assert str(path) in told[0]
    assert any(what in each for each in told), told


# Settings


def test_a_companys_words_take_the_place_of_the_shipped_ones() -> None:
    for name in ("DHF", "design history file", "Design History File", "term-dhf"):
        settings = Settings(terms={name: "Product Design File (PDF)"})
        assert found("Design history files are kept.", settings) == [("warning", "Product Design Files")], name


def test_words_for_one_phrase_of_a_rule_leave_its_others_alone() -> None:
    settings = Settings(terms={"quality auditor": "system auditor"})
    assert found("The quality auditor reports.", settings) == [("warning", "system auditor")]
    assert found("The quality audit is done.", settings) == [("warning", "internal audit")]


def test_words_for_a_term_that_no_rule_has_are_an_error_with_the_nearest() -> None:
    with pytest.raises(
        UsageError, match="terms: there is no legacy term 'desing history file'; did you mean 'design hist"
    ):
        rules.load(Settings(terms={"desing history file": "x"}))


def test_the_hash_tells_every_setting_that_decides_what_is_found(tmp_path: Path) -> None:
    path = pack(tmp_path)
    settings = [
        Settings(),
        Settings(select=("term",)),
        Settings(ignore=("term",)),
        Settings(severity={"term": "note"}),
        Settings(severity={"term": "error"}),
        Settings(terms={"DHF": "product file"}),
        Settings(terms={"DHF": "design file"}),
        Settings(packs=(path,)),
        Settings(strategy="map"),
        Settings(market="eu"),
    ]
    hashes = [rules.load(each).sha256 for each in settings]
    assert len(set(hashes)) == len(settings)
    path.write_text(PACK.replace("SOP-003", "SOP-004"), encoding="utf-8")
    assert rules.load(Settings(packs=(path,))).sha256 not in hashes


def test_the_hash_does_not_tell_what_decides_nothing(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one = Settings(
        ignore=("claim", "term-dmr"), severity={"term": "note", "name": "note"}, terms={"DHF": "a", "DMR": "b"},
        packs=(pack(tmp_path),), today="2026-03-01",
    )  # fmt: skip
    other = Settings(
        ignore=("term-dmr", "claim", "claim"), severity={"name": "note", "term": "note"},
        terms={"DMR": "b", "DHF": "a"},
        packs=(pack(tmp_path / "other"),), today="2027-03-01",
    )  # fmt: skip
    assert rules.load(one).sha256 == rules.load(other).sha256


def test_everything_effective_is_shown(tmp_path: Path) -> None:
    settings = Settings(
        ignore=("program",),
        severity={"term-dmr": "error"},
        terms={"DHF": "Product Design File (PDF)", "quality auditor": "system auditor"},
        packs=(pack(tmp_path),),
        strategy="map",
    )
    lines = list(catalogue.effective(rules.load(settings), "qmsr-lint.toml"))
    assert lines[0] == "configuration  qmsr-lint.toml"
    assert "pack           ours.yaml" in lines
    assert "strategy       map" in lines
    assert f"rules_sha256   {rules.load(settings).sha256}" in lines
    assert "program-qsit: switched off: off (ignore program), shipped as on" in lines
    assert "term-dmr: severity: error, shipped as warning" in lines
    shipped = "design and development file (DDF)"
    assert f"term-dhf: preferred words: Product Design File (PDF), shipped as {shipped}" in lines
    assert (
        "term-quality-audit: preferred words of 'quality auditor': system auditor, shipped as internal auditor" in lines
    )
    assert "term-pump-book: pack: from a pack of the configuration" in lines
    changed = {change.rule for change in catalogue.changes(settings)}
    assert {"term-dhf", "term-dmr", "term-quality-audit", "term-pump-book"} <= changed
    assert not {name for name in changed if name.startswith(("cite", "claim"))}


def test_a_rule_that_a_pack_replaces_is_shown_as_replaced(tmp_path: Path) -> None:
    path = pack(tmp_path, PACK.replace("term-pump-book", "term-dhf"))
    [change] = [each for each in catalogue.changes(Settings(packs=(path,))) if each.what == "pack"]
    assert (change.rule, change.here) == ("term-dhf", "replaced by a pack of the configuration")


def test_without_settings_nothing_differs() -> None:
    assert catalogue.changes(Settings()) == ()
    assert "The rules are as shipped." in catalogue.effective(rules.load(), "nothing")


def test_an_export_holds_every_field_of_every_rule_in_order() -> None:
    ruleset = rules.load()
    data = catalogue.export(ruleset)
    assert data["rules_sha256"] == ruleset.sha256
    assert [rule["id"] for rule in data["rules"]] == sorted(ruleset.rules)
    assert all(rule["examples"]["flag"] and rule["examples"]["keep"] for rule in data["rules"])
