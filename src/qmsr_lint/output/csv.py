"""One row a finding and one a document that was not judged, for a spreadsheet or a database (RFC 4180, UTF-8 with BOM).

Every cell stands in quotation marks, so that no line begins with the words of a document.
"""

from typing import TextIO

from qmsr_lint.model import DocumentResult, Finding, Summary
from qmsr_lint.output import RunInfo, safe

COLUMNS = (
    *("document", "number", "title", "revision", "status", "line", "place", "severity", "certainty", "rule", "text"),
    *(
        "excerpt",
        "replacement",
        "alternatives",
        "message",
        "basis",
        "suppressed_by",
        "suppressed_reason",
        "fingerprint",
    ),
)
"""The columns, in this order in every version; new ones are added at the end."""


class CsvWriter:
    """Writes each result as it comes and keeps nothing."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.sink = sink
        sink.write("\ufeff")  # without it Excel reads the file in the code page of the machine
        self._row(COLUMNS)

    def document(self, result: DocumentResult) -> None:
        """Write the rows of a document; one without findings that was checked has none."""
        identity = result.identity
        head = (result.path, identity.number or "", identity.title or "", identity.revision or "", result.status)
        if result.status != "checked":
            cells = dict.fromkeys(COLUMNS[len(head) :], "") | {"message": result.error or "no reason was given"}
            self._row((*head, *cells.values()))
        for finding in result.findings:
            self._row((*head, *_cells(finding)))

    def finish(self, summary: Summary) -> None:
        """Nothing remains: a file of rows alone is read by programs; standard error says what is missing."""

    def _row(self, cells: tuple[str, ...]) -> None:
        quoted = (safe.csv(cell).replace('"', '""') for cell in cells)
        self.sink.write('"' + '","'.join(quoted) + '"\r\n')


def open_writer(run: RunInfo, sink: TextIO) -> CsvWriter:
    """A writer of CSV over `sink`."""
    return CsvWriter(run, sink)


def _cells(finding: Finding) -> tuple[str, ...]:
    silent = finding.suppressed
    return (
        str(finding.position.line) if finding.position else "",
        finding.place.shown,
        finding.severity,
        finding.certainty,
        finding.rule,
        finding.text,
        finding.excerpt,
        finding.replacement or "",
        "; ".join(finding.alternatives),
        finding.message,
        finding.basis,
        silent.by if silent else "",
        silent.reason if silent else "",
        finding.fingerprint,
    )
