"""A summary in Markdown for a pull request, a wiki or GitHub's job summary, within the size GitHub takes.

What comes from documents stands in code spans, where nothing is markup, a mention or an image.
"""

from collections.abc import Iterable, Iterator
from typing import TextIO

from qmsr_lint.model import FAMILIES, SEVERITIES, DocumentResult, Finding, Summary
from qmsr_lint.output import MAPPING_NOTE, RunInfo, partial, plural, reserve, safe, status_line
from qmsr_lint.output.overview import COUNTED, READY, Overview, Worst
from qmsr_lint.output.own import MARKDOWN_TITLE
from qmsr_lint.output.text import replacements

LARGEST = 900 * 1024
"""Bytes of a summary: GitHub refuses a job summary of more than 1 MiB whole."""

FINDINGS = 200
ROWS = 500
"""Rows of a table; what a table leaves out is counted in the line below it."""

_KNOWN = "What is known from a baseline is open as well; no decision about it is recorded."
_ROOM = 400  # bytes kept for the lines that say what was left out
_LONGEST = 300  # characters of a cell


class MarkdownWriter:
    """Gathers the run; a summary shows the worst of it."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.overview = Overview()
        self.worst = Worst(FINDINGS)

    def document(self, result: DocumentResult) -> None:
        """Count a document and keep its worst findings."""
        self.overview.add(result)
        live = tuple(finding for finding in result.findings if not finding.suppressed)
        self.worst.add(result._replace(findings=live))

    def finish(self, summary: Summary) -> None:
        """Write the summary, whole tables and rows only, within `LARGEST` bytes."""
        room = LARGEST - _ROOM
        cut = False
        for heading, head, rows, more in self._tables(summary):
            lines = [f"## {heading}", "", f"| {' | '.join(head)} |", "|" + " --- |" * len(head)] if head else [heading]
            for line in (*lines, *(f"| {' | '.join(row)} |" for row in rows), *(["", more] if more else []), ""):
                room -= len(line.encode("utf-8", "backslashreplace")) + 1
                if room < 0:
                    cut = True
                    break
                self.sink.write(line + "\n")
            if cut:
                self.sink.write(
                    "\nThe summary is cut here, at the size GitHub takes; other outputs have everything.\n\n"
                )
                break
        self.sink.write(self._origin())

    def _tables(self, summary: Summary) -> Iterator[tuple[str, tuple[str, ...], Iterable[tuple[str, ...]], str]]:
        """Heading, column names, rows, and a line on what is left out; a text alone has no columns."""
        overview = self.overview
        rows: Iterable[tuple[str, ...]]
        columns: tuple[str, ...]
        yield MARKDOWN_TITLE, (), (), ""
        if told := partial(self.run, summary):
            yield f"**{told}**", (), (), ""
        counted = f" {COUNTED}" if overview.ready else ""
        ready = f"{overview.ready} of {plural(overview.judged, 'document')} ready: {READY}.{counted}"
        silent = f" Not open: {overview.silent}." if overview.silent else ""
        known = f" {_KNOWN}" if overview.known else ""
        yield f"{status_line(summary)}\n\n{ready}{known}{silent}", (), (), ""
        levels: tuple[str, ...] = (*SEVERITIES, "known") if overview.known else SEVERITIES
        titles = ("Errors", "Warnings", "Notes", "Known")[: len(levels)]
        if overview.families:
            rows = (
                (
                    FAMILIES.get(name, safe.markdown(name)),
                    *(str(counts[level]) for level in levels),
                )
                for name, counts in overview.by_family
            )
            yield "Findings by family", ("Family", *titles), rows, ""
        if worst := overview.worst_documents:
            rows = (
                (_cell(each.path), *(str(getattr(each, level)) for level in (*levels, "suppressed")))
                for each in worst[:ROWS]
            )
            columns = ("Document", *titles, "Suppressed")
            left = " ".join(filter(None, (_more(len(worst), "document"), overview.unlisted)))
            yield "Documents, worst first", columns, rows, left
        if found := self.worst.findings():
            rows = (_row(result, finding) for result, finding in found)
            columns = ("Severity", "Document", "Place", "Rule", "Found", "Instead")
            left = f"and {plural(self.worst.left_out, 'more finding')}" if self.worst.left_out else ""
            yield "Findings, worst first", columns, rows, left
        if crosswalk := overview.crosswalk:
            rows = (
                (_cell(row.legacy), _cell(row.current), str(len(row.documents)), str(row.findings))
                for row in crosswalk[:ROWS]
            )
            columns = ("Legacy", "Current", "Documents", "Findings")
            left = " ".join(filter(None, (_more(len(crosswalk), "citation"), overview.silent_citations)))
            yield "Crosswalk of the citations found", columns, rows, left
        if unread := overview.unread:
            rows = ((each.status, _cell(each.path), _cell(each.reason)) for each in unread[:ROWS])
            yield "Not read", ("Status", "Document", "Reason"), rows, _more(len(unread), "document")

    def _origin(self) -> str:
        run = self.run
        return f"{MAPPING_NOTE}\n\nqmsr-lint {run.version}, rules {run.rules_version}, sha256 `{run.rules_sha256}`\n"


def open_writer(run: RunInfo, sink: TextIO) -> MarkdownWriter:
    """A writer of a Markdown summary over `sink`."""
    return MarkdownWriter(run, sink)


def _row(result: DocumentResult, finding: Finding) -> tuple[str, ...]:
    line = f"line {finding.position.line}" if finding.position else finding.place.shown
    instead = replacements(finding)
    return (
        finding.severity,
        _cell(result.path),
        _cell(line),
        _cell(finding.rule),
        _cell(finding.text),
        _cell(instead + reserve(finding)) if instead else "",
    )


def _cell(text: str) -> str:
    return safe.markdown(text if len(text) <= _LONGEST else text[:_LONGEST] + " …")


def _more(number: int, noun: str) -> str:
    return f"and {plural(number - ROWS, f'more {noun}')}" if number > ROWS else ""
