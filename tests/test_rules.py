"""Every rule is proven by its own examples, in every place a sentence can stand in.

What else an entry must be, `proof.faults` tells: see `test_catalogue`.
"""

import re
from itertools import combinations
from pathlib import Path

import pytest
import wrappers

from qmsr_lint import formats, proof, rules, shipped, successor
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding
from qmsr_lint.rules import RuleSet


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(rules.Settings(today="2026-06-30"))


_LIST = r"{0}(?:, {0})*(?: and {0})?"
_CLAUSES = _LIST.format(r"\d(?:\.\d{1,2}){0,4}")
_SECTIONS = _LIST.format(r"(?:Subparts? [AB]|(?:803|820|801)\.[0-9a-z()-]+(?: \(\"[^\"]+\"\))?)")
CITED = re.compile(
    rf"(?:ISO 13485:2016, Clauses? {_CLAUSES}|ISO 9000:2015, Clauses? {_CLAUSES}|21 CFR {_SECTIONS}|, and (?=[I2]))+"
)
"""How what is in force is cited: clauses as clauses, and sections as sections."""


def found(wrapper: str, text: str, ruleset: RuleSet) -> tuple[Finding, ...]:
    name, data = wrappers.ALL[wrapper](text)
    return lint(formats.read(data, name, Limits()), ruleset)


def test_the_examples_hold(ruleset: RuleSet) -> None:
    assert list(proof.check(ruleset.rules.values(), ruleset)) == []


@pytest.mark.parametrize("wrapper", wrappers.ALL)
def test_the_examples_hold_in(wrapper: str, ruleset: RuleSet) -> None:
    failures = []
    for rule in ruleset.rules.values():
        for example in rule.flag:
            if wrapper in wrappers.ELSEWHERE and (rule.where or example.text.startswith("#") or "<!--" in example.text):
                continue
            what = proof.flag_failure(rule, example._replace(becomes=None), found(wrapper, example.text, ruleset))
            failures += [(rule.id, example.text, what)] if what else []
        for text in rule.keep:
            what = proof.keep_failure(rule, found(wrapper, text, ruleset))
            failures += [(rule.id, text, what)] if what else []
    assert failures == []


@pytest.mark.parametrize("end", [";", ":", ",", "(", '"', " "])
def test_a_document_may_end_anywhere(end: str, ruleset: RuleSet) -> None:
    for rule in ruleset.rules.values():
        for example in rule.flag:
            lint(formats.read(f"{example.text.rstrip('. ')}{end}".encode(), "a.md", Limits()), ruleset)
    text = f"Design follows 820.30{end}"
    assert lint(formats.read(text.encode(), "a.md", Limits()), ruleset)


_NEGATION = re.compile(r"\b(do|does|is|are|was|were|has|have|did|can|must|should|would|could) ?not\b")


def test_the_examples_hold_with_contractions(ruleset: RuleSet) -> None:
    failures: list[tuple[str, str, str]] = []
    tried = 0
    for rule in ruleset.rules.values():
        for text in rule.keep:
            contracted = _NEGATION.sub(lambda verb: f"{verb[1].removesuffix('n')}n\u2019t", text)
            tried += contracted != text
            what = proof.keep_failure(rule, found("Markdown", contracted, ruleset))
            failures += [(rule.id, contracted, what)] if what else []
        for example in rule.flag:
            contracted = _NEGATION.sub(lambda verb: f"{verb[1].removesuffix('n')}n\u2019t", example.text)
            if contracted != example.text:
                tried += 1
                live = [each.rule for each in proof.live(found("Markdown", contracted, ruleset))]
                failures += [(rule.id, contracted, "not found")] if rule.id not in live else []
    assert tried > 50
    assert failures == []


def test_each_rule_names_its_sources_and_the_version_it_came_in(ruleset: RuleSet) -> None:
    known = {row["code"] for row in ruleset.facts["sources"]["sources"]}
    for rule in ruleset.rules.values():
        assert rule.sources, rule.id
        assert set(rule.sources) <= known, rule.id
        assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since), rule.id


def test_ids_are_sorted_in_each_pack_and_unique_over_all() -> None:
    ids: list[str] = []
    for path in sorted(Path(shipped.folder()).glob("*.yaml")):
        own = re.findall(r"^  - id: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert own == sorted(own), path.name
        ids += own
    assert len(ids) == len(set(ids))


def test_whatever_words_choose_of_a_section_is_cited_as_what_it_is(ruleset: RuleSet) -> None:
    wrong = [
        (section.designation, text)
        for section in ruleset.tables.legacy.values()
        if section.iso or section.qmsr or section.iso9000
        for number in range(4)
        for chosen in combinations(section.topics, number)
        if (text := successor.replacement(successor.narrowed(section, chosen) if chosen else section))
        and not CITED.fullmatch(text)
    ]
    assert wrong == []


def test_no_replacement_of_a_section_speaks_the_old_language(ruleset: RuleSet) -> None:
    stale = [
        (section.designation, text, finding.rule)
        for section in ruleset.tables.legacy.values()
        if section.status not in ("retained", "retained_changed") and (text := successor.replacement(section))
        for finding in proof.live(lint(proof.document(text), ruleset))
    ]
    assert stale == []
