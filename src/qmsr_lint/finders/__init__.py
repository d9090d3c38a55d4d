"""The finders: each looks for one kind of rule. A finder is imported for a text that may hold what it looks for."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from qmsr_lint.reading import Candidate, Reading

Finder = Callable[[Reading], Iterator[Candidate]]

FINDERS: dict[str, Callable[[Reading], bool]] = {
    "terms": lambda reading: bool(reading.hits),
    "near": lambda reading: True,
    "citations": lambda reading: any(map(reading.holds, ("820", "subpart"))),
    "editions": lambda reading: reading.holds("13485"),
    "sentences": lambda reading: bool(reading.hits),
    "market": lambda reading: reading.ruleset.settings.market == "eu" and reading.holds("820"),
    "gaps": lambda reading: any(rule.kind == "gap" for rule in reading.ruleset.rules.values()),
}
"""The module of each finder, and whether a text may hold anything for it; in the order they are asked."""


def find(reading: Reading) -> Iterator[Candidate]:
    """What all finders find in a document."""
    for name, may_find in FINDERS.items():
        if may_find(reading):
            yield from cast(Finder, import_module(f"qmsr_lint.finders.{name}").find)(reading)
