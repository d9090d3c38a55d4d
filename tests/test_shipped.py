"""The compiled rules are the rules of the packs, and nothing but a whole copy of them is used."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qmsr_lint import shipped
from qmsr_lint.lexicon import prepare
from qmsr_lint.pack import Rule, load_pack, plain, restored

RULES = [rule for path in sorted(Path(shipped.folder()).glob("*.yaml")) for rule in load_pack(path)[0]]


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The compiled copy in a cache of its own."""
    monkeypatch.setenv("QMSR_LINT_CACHE_DIR", str(tmp_path))
    shipped.load()
    [path] = tmp_path.glob("rules-*.jsonl")
    return path


def test_a_copy_is_known_by_every_byte_of_its_sources(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    one, other = tmp_path / "facts/one.yaml", tmp_path / "facts/other.yaml"
    seals = set()
    for first, second in [("a: 1\n", "b: 2\n"), ("a: 3\n", "b: 2\n"), ("a: 1\n", "b: 3\n"), ("a: 1\nb: 2\n", "")]:
        one.write_text(first)
        other.write_text(second or "{}\n")
        lines = shipped.compiled(str(tmp_path)).splitlines()
        assert lines[0] == lines[-1]
        seals.add(lines[0])
    other.rename(tmp_path / "facts/third.yaml")
    seals.add(shipped.compiled(str(tmp_path)).splitlines()[0])
    assert len(seals) == 5


def rules(packs: shipped.Packs) -> list[Rule]:
    return [rule for rule, _ in packs.rules(gap=True)]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_comes_back_from_json_as_it_was(rule: Rule) -> None:
    back = restored(json.loads(json.dumps(plain(rule))))
    assert repr(back) == repr(rule)  # a tuple that came back as a list would show


def test_the_compiled_copy_holds_every_rule_with_its_literals(cached: Path) -> None:
    packs = shipped.load()
    assert sorted(rules(packs)) == sorted(RULES)
    for rule, prepared in packs.rules(gap=True):
        assert json.dumps(prepared) == json.dumps(prepare(rule))
    assert {rule.kind for rule, _ in packs.rules(gap=False)} == {rule.kind for rule in RULES} - {"gap"}


def test_the_tables_are_parsed_when_they_are_asked_for(cached: Path) -> None:
    facts = shipped.load().facts
    assert len(facts) == len([*facts]) > 10
    assert facts["sources"] is facts["sources"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.partition(b"\n")[2],
        lambda data: data.replace(data[1:9], b"00000000"),
    ],
    ids=["empty", "half", "headless", "of other sources"],
)
def test_a_copy_that_is_not_whole_or_of_other_sources_is_made_anew(
    cached: Path, damage: Callable[[bytes], bytes]
) -> None:
    whole = cached.read_bytes()
    cached.write_bytes(damage(whole))
    assert sorted(rules(shipped.load())) == sorted(RULES)
    assert cached.read_bytes() == whole
