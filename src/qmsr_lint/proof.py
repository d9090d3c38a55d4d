"""The proof of a rule: its own examples, run as a document. The tests and `qmsr-lint rules test` share it."""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from typing import NamedTuple

from qmsr_lint import packcheck
from qmsr_lint.lint import lint
from qmsr_lint.model import BLOCK_SEPARATOR, MARKETS, Block, Document, Finding, Mark, Market, Place
from qmsr_lint.pack import Example, Rule
from qmsr_lint.rules import RuleSet

_SOURCE = re.compile(r"S\d+")
_COMMENT = re.compile(r"<!--(.*?)-->")


class Failure(NamedTuple):
    """An example that does not hold: whose, which one, and what happened instead."""

    rule: str
    text: str
    what: str


def check(rules: Iterable[Rule], ruleset: RuleSet) -> Iterator[Failure]:
    """Every example of `rules` that does not hold under `ruleset`; on `DAY` where that has no day of its own."""
    ruleset = _dated(ruleset)
    for rule in rules:
        for example in rule.flag:
            if what := flag_failure(rule, example, lint(document(set_for(rule, example.text)), ruleset)):
                yield Failure(rule.id, example.text, what)
        for text in rule.keep:
            if what := keep_failure(rule, lint(document(set_for(rule, text)), ruleset)):
                yield Failure(rule.id, text, what)


DAY = "2026-06-30"
"""The day on which examples are run: suppressions in them may have expired."""


def markets(rules: Iterable[Rule]) -> list[Market]:
    """The markets that the examples of `rules` are run in: "us", and another one where a rule needs it."""
    needed: list[Market] = ["us"]
    for rule in rules:
        if rule.markets and not set(rule.markets) & set(needed):
            needed.append(next(market for market in MARKETS if market in rule.markets))
    return needed


def set_for(rule: Rule, text: str) -> str:
    """The example of a rule as a document the rule looks at: a gap rule looks at one of its types."""
    return f"{text} <!-- qmsr-lint: type {rule.documents[0]} -->" if rule.documents else text


FEWEST = 3
"""Examples of each kind that a rule needs: one shows the rule, two more show where it begins and ends."""


def faults(rules: Iterable[Rule], ruleset: RuleSet) -> Iterator[Failure]:
    """What is wrong with the entries of `rules` besides their examples, in force together with those of `ruleset`."""
    rules = list(rules)
    for rule in rules:
        if [other.id for other in rules].count(rule.id) > 1:
            yield Failure(rule.id, "", "stands in the packs more than once")
        for kind, number in (("flag", len(rule.flag)), ("keep", len(rule.keep))):
            if number < FEWEST:
                yield Failure(rule.id, "", f"has {number} of {FEWEST} {kind} examples")
        for example in rule.flag:
            if rule.fix != "none" and example.becomes is None:
                yield Failure(rule.id, example.text, "the example does not say what it becomes, and the rule has a fix")
        for what in packcheck.faults(rule, ruleset.facts):
            yield Failure(rule.id, "", what)
        for what in _unreal(rule, ruleset):
            yield Failure(rule.id, "", f"names {what}, which does not exist")
        yield from _stale(rule, ruleset)
        yield from _unfound(rule, ruleset)
    yield from _contested({rule.id for rule in rules}, ruleset)


def _unreal(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    """The sources of the shipped table, sections of part 820 and clauses of ISO 13485 that a rule names and never were.

    A company's sources are its own matter, unless they look like those of the table.
    """
    known = {row["code"] for row in ruleset.facts["sources"]["sources"]}
    yield from (f"the source {code}" for code in rule.sources if _SOURCE.fullmatch(code) and code not in known)
    facts, tables = ruleset.facts["iso_clauses"], ruleset.tables
    clauses = {*facts["iso13485"], *facts["iso9000"], *(row["clause"] for row in tables.iso_2003)}
    for text in (rule.basis, rule.message, rule.current or "", *rule.alternatives, *rule.own_current.values()):
        for section in re.findall(r"820\.\d+(?:\([a-z]{1,2}\)(?:\(\d\)(?:\([ivx]+\))?)?)?", text):
            if section not in tables.legacy and section not in tables.current:
                yield section
        for clause in re.findall(r"(?:13485:2016,?|Clauses?) (\d+(?:\.\d+)+)", text):
            if clause not in clauses:
                yield f"Clause {clause}"


def _stale(rule: Rule, ruleset: RuleSet) -> Iterator[Failure]:
    """Replacements that are legacy words themselves, and fixed examples that the rule would fix again."""
    for text in (rule.current, rule.current_abbreviation, *rule.alternatives, *rule.own_current.values()):
        for finding in live(lint(document(text), ruleset)) if text else ():
            if finding.severity != "note" and not finding.rule.startswith("gap-"):
                yield Failure(rule.id, str(text), f"the replacement is itself flagged by {finding.rule}")
    for example in rule.flag:
        for finding in live(lint(document(example.becomes), ruleset)) if example.becomes else ():
            if finding.rule == rule.id and finding.fix:
                yield Failure(rule.id, str(example.becomes), "the fixed example is flagged and fixed again")


def _unfound(rule: Rule, ruleset: RuleSet) -> Iterator[Failure]:
    """Legacy phrases that are not found even where nothing stands in their way."""
    for phrase in rule.legacy:
        beside = f"({', '.join(rule.near[:1] + rule.sense[:4])})" if rule.near or rule.sense else ""
        texts = (f"The {phrase} {beside}", f"# {phrase} {beside}", f"{phrase}: this. {beside}")
        if not any(finding.rule == rule.id for text in texts for finding in lint(document(text), ruleset)):
            yield Failure(rule.id, phrase, "the legacy phrase is never found")


def _contested(ids: set[str], ruleset: RuleSet) -> Iterator[Failure]:
    """Words that two rules claim, one of them among `ids`, where the words around them do not decide whose they are."""
    for literal, entry in zip(ruleset.lexicon.scanner.literals, ruleset.lexicon.entries, strict=True):
        owners = sorted({use.rule.id for use in entry.uses})
        decided = all(ruleset.rules[name].sense for name in owners)
        if len(owners) > 1 and ids.intersection(owners) and not decided:
            yield Failure(owners[0], literal, f"the words are claimed by {' and '.join(owners)}")


def _dated(ruleset: RuleSet) -> RuleSet:
    if ruleset.settings.today:
        return ruleset
    dated = copy(ruleset)
    dated.settings = ruleset.settings._replace(today=DAY)
    return dated


def document(text: str) -> Document:
    """A document that holds the example; one that begins with "# " is a heading, "<!-- … -->" is a comment."""
    level = len(text) - len(text.lstrip("#")) if text.startswith("#") else 0
    plain = text[level:].strip() if level else text
    marks: list[Mark] = []
    while comment := _COMMENT.search(plain):
        marks.append(Mark("comment", comment.start(), comment.start(), comment[1]))
        plain = plain[: comment.start()] + plain[comment.end() :]
    end = len(plain)
    block = Block(0, end, "heading" if level else "paragraph", Place(paragraph=1), level)
    return Document("example", "text", plain + BLOCK_SEPARATOR, (block,), tuple(marks))


def flag_failure(rule: Rule, example: Example, findings: Iterable[Finding]) -> str | None:
    """What is wrong with the findings in a text that the rule must flag, or None."""
    own = [finding for finding in live(findings) if finding.rule == rule.id]
    if not own:
        return f"finds nothing{_instead(findings)}"
    if example.find is not None and example.find not in [finding.text for finding in own]:
        return f"finds {own[0].text!r} and not {example.find!r}"
    if example.becomes is None:
        return None
    became = applied(example.text, own)
    return None if became == example.becomes else f"becomes {became!r} and not {example.becomes!r}"


def keep_failure(rule: Rule, findings: Iterable[Finding]) -> str | None:
    """What is wrong with the findings in a text that the rule must leave alone, or None."""
    own = [finding for finding in live(findings) if finding.rule == rule.id]
    return f"flags {own[0].text!r}" if own else None


def live(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that nothing suppresses."""
    return [finding for finding in findings if finding.suppressed is None]


def applied(text: str, findings: Iterable[Finding]) -> str:
    """`text` with the fixes of `findings` in it, last one first."""
    shift = len(text) - len(document(text).text) + 1
    for finding in sorted(findings, key=lambda finding: finding.start, reverse=True):
        if finding.fix is not None:
            text = text[: finding.start + shift] + finding.fix.text + text[finding.end + shift :]
    return text


def _instead(findings: Iterable[Finding]) -> str:
    others = {
        f"{finding.rule} ({finding.suppressed.reason})" if finding.suppressed else finding.rule for finding in findings
    }
    return f"; found: {', '.join(sorted(others))}" if others else ""
