"""The proof of a rule: its own examples, run as a document. The tests and `qmsr-lint rules test` share it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qmsr_lint.lint import lint
from qmsr_lint.model import BLOCK_SEPARATOR, Block, Document, Finding, Mark, Place
from qmsr_lint.pack import Example, Rule
from qmsr_lint.rules import RuleSet

_COMMENT = re.compile(r"<!--(.*?)-->")


class Failure(NamedTuple):
    """An example that does not hold: whose, which one, and what happened instead."""

    rule: str
    text: str
    what: str


def check(rules: Iterable[Rule], ruleset: RuleSet) -> Iterator[Failure]:
    """Every example of `rules` that does not hold under `ruleset`."""
    for rule in rules:
        for example in rule.flag:
            if what := flag_failure(rule, example, lint(document(example.text), ruleset)):
                yield Failure(rule.id, example.text, what)
        for text in rule.keep:
            if what := keep_failure(rule, lint(document(text), ruleset)):
                yield Failure(rule.id, text, what)


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
        return f"{rule.id} finds nothing{_instead(findings)}"
    if example.find is not None and example.find not in [finding.text for finding in own]:
        return f"{rule.id} finds {own[0].text!r} and not {example.find!r}"
    if example.becomes is None:
        return None
    became = applied(example.text, own)
    return None if became == example.becomes else f"it becomes {became!r} and not {example.becomes!r}"


def keep_failure(rule: Rule, findings: Iterable[Finding]) -> str | None:
    """What is wrong with the findings in a text that the rule must leave alone, or None."""
    own = [finding for finding in live(findings) if finding.rule == rule.id]
    return f"{rule.id} flags {own[0].text!r}" if own else None


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
