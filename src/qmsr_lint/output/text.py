"""Text for a person at a terminal: each finding in its sentence, what to write instead, on what authority."""

from typing import TextIO

from qmsr_lint.model import SEVERITIES, DocumentResult, Finding, Summary, family_of
from qmsr_lint.output import MAPPING_NOTE, RunInfo, partial, plural, safe, status_line

LINE = 100
"""Columns at most of a line of explanation; the words of the document may take the whole width."""

_MARGIN = 10  # columns beside the words of the document: indentation, the bar and signs of a cut

_COLORS = {"error": "31;1", "warning": "33;1", "note": "36;1", "replacement": "32", "path": "1", "quiet": "2"}


class TextWriter:
    """Prints documents as they come and keeps only the reasons of those that could not be judged."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.unjudged: list[DocumentResult] = []

    def document(self, result: DocumentResult) -> None:
        """Print the findings of a document; a clean one is not mentioned."""
        if result.status != "checked":
            self.unjudged.append(result)
            return
        shown = [finding for finding in result.findings if self.run.show_suppressed or not finding.suppressed]
        if not shown:
            return
        path = safe.terminal(result.path)
        self._line(self._paint("path", path) + self._paint("quiet", f"  {_counts(shown)}"))
        told: set[tuple[str, str, str]] = set()
        for finding in shown:
            self._line()
            reason = _reason(finding)
            known = reason in told
            told.add(reason)
            for line in self._finding(path, finding, known):
                self._line("  " + line if line else "")
        self._line()

    def finish(self, summary: Summary) -> None:
        """Print what was not judged, the counts, and what the mappings are worth."""
        if self.unjudged:
            self._line(self._paint("path", "Not checked"))
            for result in self.unjudged:
                color = "quiet" if result.status == "skipped" else "error"
                reason = safe.terminal(result.error or "no reason was given")
                self._line(f"  {self._paint(color, result.status)}  {safe.terminal(result.path)}: {reason}")
            self._line()
        if told := partial(self.run, summary):
            self._line(self._paint("error", told))
        if self.run.quiet:
            return
        self._line(self._paint("path", status_line(summary)))
        if summary.error or summary.warning or summary.note:
            self._line(self._paint("quiet", MAPPING_NOTE))

    def _finding(self, path: str, finding: Finding, known: bool) -> list[str]:
        position = finding.position
        place = f"{path}:{position.line}:{position.column}" if position else safe.terminal(finding.place.shown)
        doubt = "" if finding.certainty == "certain" else self._paint("quiet", f" ({finding.certainty})")
        severity = self._paint(finding.severity, finding.severity)
        before, found, after = window(finding, self.run.width - _MARGIN)
        marks = " " * safe.columns(before) + "^" * max(1, safe.columns(found))
        lines = [
            f"{severity} {self._paint('path', safe.terminal(finding.rule))}{doubt}  {place}",
            f"  │ {before}{found}{after}",
            f"  │ {self._paint(finding.severity, marks)}",
        ]
        if instead := safe.terminal(replacements(finding)):
            lines.append(f"  → {self._paint('replacement', instead)}")
        columns = min(LINE, self.run.width) - 4
        if not known:
            lines += [f"  {line}" for line in _wrap(safe.terminal(finding.message), columns)]
            lines += [f"  {self._paint('quiet', line)}" for line in _wrap(basis(finding), columns)]
        if finding.suppressed:
            what = "known" if finding.standing == "known" else "suppressed"
            why = f"{what} ({finding.suppressed.by}): {safe.terminal(finding.suppressed.reason)}"
            lines.append(f"  {self._paint('quiet', why)}")
        return lines

    def _paint(self, name: str, text: str) -> str:
        return f"\x1b[{_COLORS[name]}m{text}\x1b[0m" if self.run.color else text

    def _line(self, line: str = "") -> None:
        self.sink.write(safe.log(line) + "\n")


def _reason(finding: Finding) -> tuple[str, str, str]:
    """What is told of a finding once a document, whether it stands there as "DHF" or in full.

    What is said of one place alone differs, so that it is told there.
    """
    said = finding.message
    if family_of(finding.rule) != "cite":
        said = said.replace(" ".join(finding.text.split()), "")
    return finding.rule, said, finding.basis


def open_writer(run: RunInfo, sink: TextIO) -> TextWriter:
    """A writer of text for people over `sink`."""
    return TextWriter(run, sink)


def replacements(finding: Finding) -> str:
    """What to write instead of a finding, the alternatives after the replacement; empty where there is nothing."""
    others = "; ".join(finding.alternatives)
    if finding.replacement is None:
        return others
    return f"{finding.replacement} (or: {others})" if others else finding.replacement


def window(finding: Finding, size: int) -> tuple[str, str, str]:
    """The words before a finding, its own and those after it: `size` characters, cut at words, fit for a terminal."""
    excerpt, start, end = finding.excerpt, finding.excerpt_start, finding.excerpt_end
    room = max(0, size - (end - start))
    left = max(0, start - max(room // 2, room - (len(excerpt) - end)))
    right = min(len(excerpt), end + room - (start - left))
    if left and (blank := excerpt.find(" ", left, start)) >= 0:
        left = blank + 1
    if right < len(excerpt) and (blank := excerpt.rfind(" ", end, right)) >= 0:
        right = blank
    before = ("… " if left else "") + safe.terminal(excerpt[left:start])
    after = safe.terminal(excerpt[end:right]) + (" …" if right < len(excerpt) else "")
    return before if left else before.lstrip(), safe.terminal(excerpt[start:end]), after.rstrip()


def basis(finding: Finding) -> str:
    """The authority of a finding as a line for a terminal."""
    return f"basis: {safe.terminal(finding.basis)}" if finding.basis else ""


def _counts(findings: list[Finding]) -> str:
    live = [finding.severity for finding in findings if not finding.suppressed]
    names = [plural(number, name) for name in SEVERITIES if (number := live.count(name))]
    known = sum(finding.standing == "known" for finding in findings)
    silent = len(findings) - len(live) - known
    told = [f"{number} {what}" for number, what in ((known, "known"), (silent, "suppressed")) if number]
    return ", ".join([*names, *told])


def _wrap(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
