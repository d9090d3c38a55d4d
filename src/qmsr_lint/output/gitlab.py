"""GitLab's code quality report: a JSON array of live findings and of documents that were not judged.

The severities are GitLab's own words and mean nothing more; its fingerprints must differ throughout the report.
"""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, TextIO

from qmsr_lint.model import UNJUDGED, DocumentResult, Finding, Summary
from qmsr_lint.output import RunInfo, is_interrupted, partial, safe
from qmsr_lint.output.json import line
from qmsr_lint.output.text import replacements

_LEVELS = {"error": "major", "warning": "minor", "note": "info"}
_LEVEL_OF_UNJUDGED = "critical"


class GitlabWriter:
    """Writes each entry as it comes; keeps the fingerprints it has given out."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.separator = "[\n"
        self.given: set[bytes] = set()

    def document(self, result: DocumentResult) -> None:
        """Write the entries of a document."""
        for entry in self._entries(result):
            self._write(entry)

    def finish(self, summary: Summary) -> None:
        """Close the array. GitLab takes what a report does not list for resolved: one that was cut short says so."""
        if is_interrupted(self.run, summary):
            told = partial(self.run, summary)
            self._write(self._entry(".", "run-interrupted", _LEVEL_OF_UNJUDGED, told, "run-interrupted", 1))
        self.sink.write("[]\n" if self.separator == "[\n" else "\n]\n")

    def _write(self, entry: dict[str, Any]) -> None:
        self.sink.write(self.separator + line(entry))
        self.separator = ",\n"

    def _entries(self, result: DocumentResult) -> Iterator[dict[str, Any]]:
        if result.status in UNJUDGED:
            reason = safe.terminal(result.error or "no reason was given")
            rule = f"document-{result.status}"
            said = f"Not judged ({result.status}): {reason}"
            yield self._entry(result.path, rule, _LEVEL_OF_UNJUDGED, said, rule, 1)
        for finding in result.findings:
            if not finding.suppressed:
                first = finding.position.line if finding.position else 1
                severity = _LEVELS[finding.severity]
                yield self._entry(
                    result.path, finding.rule, severity, _description(finding), finding.fingerprint, first
                )

    def _entry(
        self, document: str, rule: str, severity: str, description: str, fingerprint: str, first: int
    ) -> dict[str, Any]:
        path = safe.terminal(document)
        return {
            "description": description,
            "check_name": rule,
            "fingerprint": self._unique(f"{document}\0{fingerprint}"),
            "severity": severity,
            "location": {"path": path.removeprefix("./"), "lines": {"begin": first}},
        }

    def _unique(self, key: str) -> str:
        """A fingerprint that depends on the document and the finding's own; equals are numbered in their order."""
        number = 0
        while (digest := _digest(f"{key}\0{number}")) in self.given:
            number += 1
        self.given.add(digest)
        return digest.hex()


def open_writer(run: RunInfo, sink: TextIO) -> GitlabWriter:
    """A writer of GitLab's code quality report over `sink`."""
    return GitlabWriter(run, sink)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


def _description(finding: Finding) -> str:
    """One line: the place of a Word finding, what was found, what to write instead, why."""
    place = "" if finding.position else f"{finding.place.shown}: "
    instead = f" → {replacements(finding)}" if replacements(finding) else ""
    return safe.terminal(f"{place}“{finding.text}”{instead}. {finding.message}")
