"""Every rule is proven by its own examples, in every place a sentence can stand in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import wrappers

from qmsr_lint import formats, proof, rules, shipped
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding
from qmsr_lint.pack import Rule
from qmsr_lint.rules import RuleSet

SHARED = Path(__file__).resolve().parents[2] / "shared" / "regulatory"


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(rules.Settings(today="2026-06-30"))


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


def test_each_rule_has_three_examples_of_each_kind(ruleset: RuleSet) -> None:
    few = [rule.id for rule in ruleset.rules.values() if len(rule.flag) < 3 or len(rule.keep) < 3]
    assert few == []


def test_a_rule_that_fixes_says_what_its_examples_become(ruleset: RuleSet) -> None:
    silent = [rule.id for rule in ruleset.rules.values() if rule.fix != "none" for e in rule.flag if e.becomes is None]
    assert silent == []


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


def named(rule: Rule) -> Iterator[str]:
    yield from (rule.basis, rule.message, rule.current or "", *rule.alternatives, *rule.own_current.values())


def test_every_clause_and_section_named_exists(ruleset: RuleSet) -> None:
    clauses = set(ruleset.facts["iso_clauses"]["iso13485"]) | set(ruleset.facts["iso_clauses"]["iso9000"])
    clauses |= {row["clause"] for row in ruleset.tables.iso_2003}
    sections = set(ruleset.tables.legacy) | set(ruleset.tables.current) | {"820.20-820.30"}
    for rule in ruleset.rules.values():
        for text in named(rule):
            for section in re.findall(r"820\.\d+(?:\([a-z]{1,2}\)(?:\(\d\)(?:\([ivx]+\))?)?)?", text):
                assert section in sections, (rule.id, section)
            for clause in re.findall(r"(?:13485:2016,?|Clauses?) (\d+(?:\.\d+)+)", text):
                assert clause in clauses, (rule.id, clause)


def test_no_replacement_speaks_the_old_language(ruleset: RuleSet) -> None:
    stale = []
    for rule in ruleset.rules.values():
        for text in (rule.current, rule.current_abbreviation, *rule.alternatives, *rule.own_current.values()):
            live = proof.live(lint(proof.document(text), ruleset)) if text else []
            stale += [(rule.id, text, finding.rule) for finding in live if finding.severity != "note"]
    for section in ruleset.tables.legacy.values():
        from qmsr_lint import citation

        text = citation.replacement(section)
        if section.status not in ("retained", "retained_changed") and text:
            stale += [(section.designation, text, f.rule) for f in proof.live(lint(proof.document(text), ruleset))]
    assert stale == []


def test_no_two_rules_claim_the_same_words(ruleset: RuleSet) -> None:
    shared = [
        (literal, sorted({use.rule.id for use in entry.uses}))
        for literal, entry in zip(ruleset.lexicon.scanner.literals, ruleset.lexicon.entries, strict=True)
        if len({use.rule.id for use in entry.uses}) > 1
    ]
    # QSR was short for the regulation and for the quality system record: its sense is resolved by the words around it.
    assert [item for item in shared if not item[0].startswith(("qsr", "q.s.r."))] == []


def test_a_fixed_text_is_clean(ruleset: RuleSet) -> None:
    fighting = []
    for rule in ruleset.rules.values():
        for example in rule.flag:
            if example.becomes is None:
                continue
            again = [
                f for f in proof.live(lint(proof.document(example.becomes), ruleset)) if f.rule == rule.id and f.fix
            ]
            fighting += [(rule.id, example.becomes, finding.text) for finding in again]
    assert fighting == []


def test_every_variant_of_every_term_is_found(ruleset: RuleSet) -> None:
    missed = []
    for rule in ruleset.rules.values():
        for phrase in rule.legacy:
            beside = f"({', '.join(rule.near[:1] + rule.sense[:4])})" if rule.near or rule.sense else ""
            texts = [f"The {phrase} {beside}", f"# {phrase} {beside}", f"{phrase}: this. {beside}"]
            seen = [f for t in texts for f in lint(proof.document(t), ruleset) if f.rule == rule.id]
            missed += [] if seen else [(rule.id, phrase)]
    assert missed == []
