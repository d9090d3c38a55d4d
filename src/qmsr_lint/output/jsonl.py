"""JSON lines: each document is an entry of `documents` on its own line; the last line has the tool and the counts.

There, `fail_on` and `rules` say at which level the run fails and which rules were in force, for those who join runs,
and `document_types` is a hash of what the configuration says of the types of documents. That of a part of a sweep also
says which part it is, as in `"shard": "2/8"`, and that of a run that did not come to its end, `"interrupted": true`.
"""

from typing import TextIO

from qmsr_lint.model import DocumentResult, Summary
from qmsr_lint.output import RunInfo, is_interrupted
from qmsr_lint.output.json import SCHEMA_VERSION, counts, document, line, tool


class JsonLinesWriter:
    """Writes each result as it comes and keeps nothing."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink

    def document(self, result: DocumentResult) -> None:
        """Write the line of a document."""
        self.sink.write(line(document(result)) + "\n")

    def finish(self, summary: Summary) -> None:
        """Write the last line."""
        last: dict[str, object] = {"schema_version": SCHEMA_VERSION, "tool": tool(self.run), "summary": counts(summary)}
        if self.run.fail_on:
            last["fail_on"] = self.run.fail_on
        if self.run.rule_ids:
            last["rules"] = self.run.rule_ids
        if self.run.typed:
            last["document_types"] = self.run.typed
        if self.run.shard:
            last["shard"] = self.run.shard
        if is_interrupted(self.run, summary):
            last["interrupted"] = True
        self.sink.write(line(last) + "\n")


def open_writer(run: RunInfo, sink: TextIO) -> JsonLinesWriter:
    """A writer of JSON lines over `sink`."""
    return JsonLinesWriter(run, sink)
