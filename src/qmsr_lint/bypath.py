"""What a configuration says of a document by its path: its site, its types, and which of its findings are silenced."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from qmsr_lint.clock import today
from qmsr_lint.config import Config, Suppress, patterns
from qmsr_lint.model import DocumentResult, Finding, Suppression
from qmsr_lint.scope import Source, below


def placer(configs: Sequence[Config]) -> Callable[[str], str] | None:
    """Tells the site of an absolute path, "" where it has none; None where no configuration has sites."""
    matchers = [
        (config.folder, site.name, patterns(site.paths, f"{config.origin}: site {site.name!r}"))
        for number, config in enumerate(configs)
        if config not in configs[:number]
        for site in config.sites
    ]
    if not matchers:
        return None
    return lambda path: next((name for folder, name, matches in matchers if matches(below(path, folder))), "")


def types_of(path: str, config: Config) -> tuple[str, ...]:
    """The types that `document-types` gives a document, none where no entry holds for it."""
    if not config.types:
        return ()
    inside = below(os.path.abspath(path), config.folder)
    configured = configured_types(config.types, f"{config.origin}: document-types")
    return next((types for matches, types in configured if matches(inside)), ())


@cache
def configured_types(
    types: tuple[tuple[str, tuple[str, ...]], ...], origin: str
) -> Sequence[tuple[Callable[[str], bool], tuple[str, ...]]]:
    """The entries of `document-types`, their patterns ready for paths."""
    return [(patterns([pattern], origin), names) for pattern, names in types]


class Silencer:
    """Applies the entries of `suppress` to results, and knows which of them silenced something."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.used: set[int] = set()
        self.entries = [
            (number, entry, patterns(entry.paths, f"{config.origin}: suppress") if entry.paths else None)
            for number, entry in enumerate(config.suppress)
            if not _is_over(entry)
        ]

    def silence(self, source: Source, result: DocumentResult) -> DocumentResult:
        """The result with the findings suppressed that an entry holds for."""
        path = below(os.path.abspath(source.path), self.config.folder) if self.entries else ""
        here = [(number, entry) for number, entry, matches in self.entries if matches is None or matches(path)]
        if not here or not result.findings:
            return result
        return result._replace(findings=tuple(self._silenced(finding, here) for finding in result.findings))

    def _silenced(self, finding: Finding, entries: Sequence[tuple[int, Suppress]]) -> Finding:
        from qmsr_lint.pack import matches_selector

        for number, entry in entries:
            chosen = not entry.rules or any(matches_selector(finding.rule, selector) for selector in entry.rules)
            if chosen and finding.suppressed is None:
                self.used.add(number)
                return finding._replace(suppressed=Suppression("config", entry.reason))
        return finding

    def idle(self) -> Iterator[str]:
        """What is to be said of the entries that silenced nothing."""
        for number, entry in enumerate(self.config.suppress):
            if number not in self.used:
                what = f"held until {entry.until}" if _is_over(entry) else "silenced nothing here"
                yield f"{self.config.origin}: suppress[{number}] {what}"


def _is_over(entry: Suppress) -> bool:
    return entry.until is not None and today() > entry.until.isoformat()
