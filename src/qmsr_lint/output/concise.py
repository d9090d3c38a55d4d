"""One line a finding, as compilers and editors expect: path, place, severity, rule, replacement."""

from typing import TextIO

from qmsr_lint.model import DocumentResult, Finding, Summary
from qmsr_lint.output import RunInfo, partial, reserve, safe


class ConciseWriter:
    """Prints each result as it comes and keeps nothing."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink

    def document(self, result: DocumentResult) -> None:
        """Print a line for each finding, or one for a document that was not judged."""
        path = safe.terminal(result.path)
        if result.status != "checked":
            self._line(f"{path}: {result.status}: {safe.terminal(result.error or '')}")
        for finding in result.findings:
            if self.run.show_suppressed or not finding.suppressed:
                self._line(_finding(path, finding))

    def finish(self, summary: Summary) -> None:
        """Say what is missing, if anything is; the counts of the run go to standard error."""
        if told := partial(self.run, summary):
            self._line(told)

    def _line(self, line: str) -> None:
        self.sink.write(safe.log(line) + "\n")


def open_writer(run: RunInfo, sink: TextIO) -> ConciseWriter:
    """A writer of one line a finding over `sink`."""
    return ConciseWriter(run, sink)


def _finding(path: str, finding: Finding) -> str:
    position = finding.position
    place = f"{path}:{position.line}:{position.column}" if position else f"{path}: {safe.terminal(finding.place.shown)}"
    instead = f' → "{safe.terminal(finding.replacement)}"{reserve(finding)}' if finding.replacement else ""
    silent = f" (suppressed: {finding.suppressed.by})" if finding.suppressed else ""
    quoted = f' "{safe.terminal(finding.text)}"' if finding.text else ""  # a comment has none
    words = f"{finding.severity} {finding.rule}{quoted}{instead}{silent}"
    return f"{place}: {words}" if finding.replacement else f"{place}: {words}: {safe.terminal(finding.message)}"
