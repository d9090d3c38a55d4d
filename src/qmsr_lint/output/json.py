"""One JSON object for the whole run, in the order of its published schema (`schema_version` 1).

The counts stand before the documents, so the entries wait in a temporary file and memory does not grow with the run.
"""

from collections.abc import Mapping
from json import dumps
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any, TextIO

from qmsr_lint.model import DocumentResult, Finding, Place, Summary
from qmsr_lint.output import RunInfo, is_interrupted, safe

SCHEMA_VERSION = "1"
_IN_MEMORY = 4 << 20  # bytes of entries kept before the temporary file is used


class Envelope:
    """The object of a run around the entries of its documents, which wait on disk until the counts are known."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.entries = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii", newline="\n")  # noqa: SIM115 (`close` does)
        self.separator = "\n  "

    def add(self, entry: Mapping[str, Any]) -> None:
        """Add the entry of a document: one line."""
        self.entries.write(self.separator + line(entry))
        self.separator = ",\n  "

    def close(self, summary: Summary, counts: Mapping[str, int]) -> None:
        """Write the object; `counts` is its entry `summary`."""
        self.sink.write(
            f'{{"schema_version": {line(SCHEMA_VERSION)},\n "tool": {line(tool(self.run))},\n'
            f' "summary": {line(counts)},\n{part(self.run, summary)} "documents": ['
        )
        with self.entries:
            self.entries.seek(0)
            copyfileobj(self.entries, self.sink)
        self.sink.write("]}\n")


class JsonWriter:
    """Puts the results of a run into its object."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.envelope = Envelope(run, sink)

    def document(self, result: DocumentResult) -> None:
        """Add the entry of a document."""
        self.envelope.add(document(result))

    def finish(self, summary: Summary) -> None:
        """Write the object."""
        self.envelope.close(summary, counts(summary))


def open_writer(run: RunInfo, sink: TextIO) -> JsonWriter:
    """A writer of one JSON object over `sink`."""
    return JsonWriter(run, sink)


def line(value: object) -> str:
    """A value as JSON on one line, in ASCII, with no live workflow command in its strings."""
    return safe.json(dumps(value))


def part(run: RunInfo, summary: Summary) -> str:
    """The entries `shard` and `interrupted`, a line each, where a run is not that of a whole sweep."""
    shard = f' "shard": {line(run.shard)},\n' if run.shard else ""
    return shard + (' "interrupted": true,\n' if is_interrupted(run, summary) else "")


def tool(run: RunInfo) -> dict[str, str]:
    """The entry `tool`."""
    return {
        "name": "qmsr-lint",
        "version": run.version,
        "rules_version": run.rules_version,
        "rules_sha256": run.rules_sha256,
    }


def counts(summary: Summary) -> dict[str, int]:
    """The entry `summary`."""
    return summary._asdict()


def document(result: DocumentResult) -> dict[str, Any]:
    """An entry of `documents`."""
    return {
        "path": result.path,
        "format": result.format,
        "sha256": result.sha256,
        "status": result.status,
        "error": result.error,
        "findings": [finding(each) for each in result.findings],
    }


def finding(found: Finding) -> dict[str, Any]:
    """An entry of `findings`."""
    at = found.position
    return {
        "rule": found.rule,
        "severity": found.severity,
        "certainty": found.certainty,
        "message": found.message,
        "text": found.text,
        "replacement": found.replacement,
        "alternatives": found.alternatives,
        "basis": found.basis,
        "start": found.start,
        "end": found.end,
        "line": at.line if at else None,
        "column": at.column if at else None,
        "end_line": at.end_line if at else None,
        "end_column": at.end_column if at else None,
        "place": place(found.place),
        "context": found.context,
        "excerpt": found.excerpt,
        "excerpt_start": found.excerpt_start,
        "excerpt_end": found.excerpt_end,
        "fix": found.fix._asdict() if found.fix else None,
        "fingerprint": found.fingerprint,
        "suppressed": found.suppressed._asdict() if found.suppressed else None,
    }


def place(where: Place) -> dict[str, Any]:
    """The entry `place`."""
    return {**where._asdict(), "label": where.label}
