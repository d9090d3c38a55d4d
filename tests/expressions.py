"""Every expression that stands in a module of the package or is made of a pack, for the tests of all of them."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import qmsr_lint
from qmsr_lint import sentence
from qmsr_lint.expression import Expression
from qmsr_lint.rules import RuleSet, Settings, load


def expressions() -> dict[str, Expression | re.Pattern[Any]]:
    """The expressions by the names of their modules and their own; those in tables with their keys or numbers."""
    found: dict[str, Expression | re.Pattern[Any]] = {}
    for info in walk_packages(qmsr_lint.__path__, "qmsr_lint."):
        if info.name.endswith("__main__"):
            continue
        try:
            module = import_module(info.name)
        except ImportError:  # what an extra would be needed for
            continue
        for name, value in vars(module).items():
            for key, expression in _within(value):
                found.setdefault(f"{info.name.removeprefix('qmsr_lint.')}.{name}{key}", expression)
    return found


def _within(value: object, depth: int = 3) -> Iterator[tuple[str, Expression | re.Pattern[Any]]]:
    if isinstance(value, Expression | re.Pattern):
        yield "", value
    elif depth and isinstance(value, dict):
        for key, each in value.items():
            yield from ((f"[{key}]{rest}", expression) for rest, expression in _within(each, depth - 1))
    elif depth and isinstance(value, tuple | list):
        for number, each in enumerate(value):
            yield from ((f"[{number}]{rest}", expression) for rest, expression in _within(each, depth - 1))


@cache
def rules_with_gaps() -> RuleSet:
    return load(Settings(gap=True))


@cache
def compiled() -> dict[str, re.Pattern[Any]]:
    """Every expression that stands in a module, compiled."""
    return {name: value._compiled if isinstance(value, Expression) else value for name, value in expressions().items()}


@cache
def pack_expressions() -> dict[str, re.Pattern[str]]:
    """Every expression that is made of the phrases of a pack."""
    found: dict[str, re.Pattern[str]] = {}
    for rule in rules_with_gaps().rules.values():
        for number, phrases in enumerate((*rule.all, rule.none, rule.unwanted, rule.subject, rule.section, rule.when)):
            if phrases:
                found[f"{rule.id} {number}"] = sentence.alternatives(phrases, rule.id)
    for element in rules_with_gaps().elements:
        for part in element.parts:
            patterns = (pattern for way in part.ways for pattern in way)
            found |= {f"{element.rule.id} {part.name} {number}": pattern for number, pattern in enumerate(patterns)}
    return found


LONGEST = {
    "pack._ID": 100,  # the id of a rule, matched as a whole
    "citation._PREFIX": 64,  # before a number
    "citation._TITLE_LONG": 64,
    "citation._NEXT_SECTION": 500,  # tried once, behind a citation
    "citation._SUBPART_NEXT": 500,
    "context.titles._NUMBERED_TITLE": 120,  # before a term
    "context.gone._MEMBERS_BEFORE": 600,  # before a section
    "context.cues.OUT_OF_USE": 160,  # a line at the beginning
    "context.histories.REVISION_DATE": 400,  # the beginning of a block
    "context.histories.REVISION_HEADING": 400,
    "context.histories.REVISION_HEADING_ELSEWHERE": 400,
    "topics._LENIENT": 200,  # what a user types
    "topics._SUBPART": 200,
    "documents.doctypes._NUMBER": 500,  # tried once, at the beginning of a block, and never asked for all of it
    "documents.identity._NO_TITLE": 200,  # a title, of which no more is compared
    "documents.gap._REFERENCE": 500,  # tried once, at the beginning of a block
    "sense._LEADING": 90,  # behind an acronym
}
"""How much of a text an expression is given, in characters, where that is not all of it; those of `edits`
are given what stands beside a finding."""
