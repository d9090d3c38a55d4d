"""Texts linted with the shipped rules, for the tests of what is found in them."""

from qmsr_lint import formats, proof
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding
from qmsr_lint.rules import RuleSet, load

RULES = load()


def found(text: str, path: str = "a.md", rules: RuleSet = RULES) -> tuple[Finding, ...]:
    """All findings in a text, suppressed ones as well."""
    return lint(formats.read(text.encode(), path, DEFAULT), rules)


def live(text: str) -> list[Finding]:
    """What is found live in a text, notes left out."""
    return [finding for finding in proof.live(found(text)) if finding.severity != "note"]


def fixes(text: str, rules: RuleSet = RULES) -> dict[str, str | None]:
    """What is found live in a text, and how far its fix can be trusted; None without one."""
    return {finding.text: finding.fix and finding.fix.safety for finding in proof.live(found(text, rules=rules))}


def table(*rows: str) -> str:
    """A table of such rows, the first of them its head."""
    head, *others = rows
    return "\n".join([head, "|---" * (head.count("|") - 1) + "|", *others])
