"""Counts over the documents of a run: by site and family, by type of document."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from qmsr_lint.model import DocumentResult, Profile, family_of

_DIGITS = 100  # of a number; Python does not read those of thousands
COVERED = ("present", "not-applicable")
"""The states of an element that leave nothing to do."""


class TypeRow(NamedTuple):
    """A type of procedure: the documents of that type with what shows it, and the verdicts on their elements."""

    id: str
    name: str
    documents: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, int], ...]

    @property
    def covered(self) -> int:
        """The elements that are present or not applicable."""
        return sum(number for state, number in self.states if state in COVERED)

    def number(self, state: str) -> int:
        """The elements in a state."""
        return dict(self.states).get(state, 0)

    @property
    def total(self) -> int:
        """All elements that were looked for."""
        return sum(number for _, number in self.states)


class Cell(NamedTuple):
    """Live findings of a family at a site."""

    site: str
    family: str
    error: int
    warning: int
    note: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.error + self.warning + self.note


def profile(result: DocumentResult) -> Profile:
    """The profile of a result, an empty one where it has none."""
    return result.profile or Profile()


class Heat:
    """Gathers the live findings by site and family."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], Counter[str]] = {}

    def add(self, result: DocumentResult) -> None:
        """Count the findings of a document."""
        for finding in result.findings:
            if finding.suppressed is None:
                key = (result.site, family_of(finding.rule))
                self._counts.setdefault(key, Counter())[finding.severity] += 1

    @property
    def cells(self) -> list[Cell]:
        """The counts by site and family, in this order."""
        return [Cell(*key, each["error"], each["warning"], each["note"]) for key, each in sorted(self._counts.items())]


def heat(results: Iterable[DocumentResult]) -> list[Cell]:
    """The live findings by site and family, in this order."""
    gathered = Heat()
    for result in results:
        gathered.add(result)
    return gathered.cells


def types(results: Sequence[DocumentResult], names: Mapping[str, str]) -> list[TypeRow]:
    """A row for each type of `names` (id and words). A document of several types counts its elements at the first."""
    return [_type(name, words, results) for name, words in names.items()]


def _type(name: str, words: str, results: Sequence[DocumentResult]) -> TypeRow:
    documents: list[tuple[str, str]] = []
    states: Counter[str] = Counter()
    for result in results:
        recognition = profile(result).recognition
        if name in recognition.types:
            shown = "; ".join(evidence for each, evidence in recognition.evidence if each == name)
            documents.append((result.path, shown))
            if recognition.types[0] == name:
                states.update(verdict.state for verdict in profile(result).verdicts)
    return TypeRow(name, words, tuple(documents), tuple(sorted(states.items())))


class Point(NamedTuple):
    """The live findings of a run at a site in a family. `day` is as YYYY-MM-DD; `documents` counts the whole run's, and
    `rules` is what the run was judged by: the hash of its rules, and whether it had a baseline.
    """

    run: int
    day: str
    site: str
    family: str
    error: int
    warning: int
    note: int
    documents: int
    rules: str = ""

    @property
    def total(self) -> int:
        """All findings of the point."""
        return self.error + self.warning + self.note


class Count(NamedTuple):
    """The live findings of a family in documents of a type ("" where they have none) at a site."""

    site: str
    family: str
    type: str
    findings: int


def counts(results: Iterable[DocumentResult]) -> list[Count]:
    """The live findings by site, family and type of document, in this order."""
    found: Counter[tuple[str, str, str]] = Counter()
    for result in results:
        first = next(iter(profile(result).recognition.types), "")
        found.update(
            (result.site, family_of(finding.rule), first) for finding in result.findings if finding.suppressed is None
        )
    return [Count(*key, number) for key, number in sorted(found.items())]


def natural(text: str) -> list[tuple[int, str]]:
    """What to sort a text by, so that the numbers in it stand by their value: 820.9 before 820.30."""
    return [(int(digits[:_DIGITS] or -1), words) for digits, words in re.findall(r"(\d*)(\D*)", text)]
