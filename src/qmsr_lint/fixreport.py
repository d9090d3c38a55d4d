"""The report of a fix: what was edited, commented, refused and left, and why, as text or as JSON."""

from collections import Counter
from typing import Any, TextIO

from qmsr_lint.fix import Fixed, Item, Report
from qmsr_lint.model import STATUSES, UNJUDGED, Summary
from qmsr_lint.output import RunInfo, partial, plural, safe

ACTIONS = ("edited", "commented", "refused", "left")
_WORDS = {"edited": "edited", "commented": "left to a person, with a comment", "refused": "refused", "left": "left"}


class TextReport:
    """For a person at a terminal, document by document."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.counts: Counter[str] = Counter()
        self.failed = 0

    def document(self, fixed: Fixed) -> None:
        """Print one document; one with nothing to do is not mentioned."""
        path = safe.terminal(fixed.path)
        if fixed.status in UNJUDGED:
            self.failed += 1
            self._line(f"{path}: {safe.terminal(fixed.failure)}")
            return
        suppressed = fixed.suppressed if self.run.show_suppressed else ()
        if not fixed.items and not suppressed:
            return
        counts: Counter[str] = Counter(item.action for item in fixed.items)
        self.counts.update(counts)
        output = f" → {safe.terminal(fixed.output)}" if fixed.output else ""
        told = [f"{counts[name]} {name}" for name in ACTIONS if counts[name]]
        told += [f"{len(suppressed)} suppressed"] if suppressed else []
        self._line(f"{path}{output}: " + ", ".join(told))
        for name in ACTIONS:
            items = [item for item in fixed.items if item.action == name]
            if items and not (self.run.quiet and name == "edited"):
                self._line(f"  {_WORDS[name]}")
                for item in items:
                    self._line("    " + self._item(path, item))
        if suppressed:
            self._line("  suppressed")
            for found in suppressed:
                reason = found.suppressed.reason if found.suppressed else ""
                self._line("    " + self._item(path, Item("left", found, None, reason)))

    def finish(self, summary: Summary) -> None:
        """Print the counts."""
        if told := partial(self.run, summary):
            self._line(told)
        if self.run.quiet:
            return
        counts = ", ".join(f"{self.counts[name]} {name}" for name in ACTIONS)
        failed = f"; {plural(self.failed, 'document')} could not be processed" if self.failed else ""
        self._line(f"{plural(summary.documents, 'document')}: {counts}{failed}")

    def _item(self, path: str, item: Item) -> str:
        found = item.finding
        place = f"{path}:{found.position.line}:{found.position.column}" if found.position else found.place.shown
        text = safe.terminal(found.text)
        if item.action == "edited":
            written = "(with the one before)" if item.written is None else safe.terminal(item.written)
            return f"{found.rule}  {safe.terminal(place)}  {text} → {written}"
        return f"{found.rule}  {safe.terminal(place)}  {text}: {safe.terminal(item.reason)}"

    def _line(self, line: str) -> None:
        self.sink.write(safe.log(line) + "\n")


class JsonReport:
    """One object for the run, of the shape that `check -o json` has, with changes in the place of findings."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        from qmsr_lint.output.json import Envelope

        self.envelope = Envelope(run, sink)
        self.counts = dict.fromkeys(("documents", *STATUSES, *ACTIONS), 0)

    def document(self, fixed: Fixed) -> None:
        """Add the entry of a document."""
        for name in ("documents", fixed.status, *(item.action for item in fixed.items)):
            self.counts[name] += 1
        entry = {**fixed._asdict(), "changes": [_entry(item) for item in fixed.items]}
        del entry["items"], entry["diff"], entry["suppressed"]
        self.envelope.add(entry)

    def finish(self, summary: Summary) -> None:
        """Write the object."""
        self.envelope.close(summary, self.counts | {"suppressed": summary.suppressed})


def _entry(item: Item) -> dict[str, Any]:
    from qmsr_lint.output.json import place

    found = item.finding
    return {
        "action": item.action,
        "rule": found.rule,
        "severity": found.severity,
        "text": found.text,
        "written": item.written,
        "replacement": found.replacement,
        "alternatives": found.alternatives,
        "reason": item.reason or None,
        "basis": found.basis,
        "start": found.start,
        "end": found.end,
        "line": found.position.line if found.position else None,
        "column": found.position.column if found.position else None,
        "place": place(found.place),
        "fingerprint": found.fingerprint,
    }


class DiffReport:
    """The diffs, and nothing else."""

    def __init__(self, sink: TextIO) -> None:
        self.sink = sink

    def document(self, fixed: Fixed) -> None:
        """Print a document's diff."""
        self.sink.write(fixed.diff)

    def finish(self, summary: Summary) -> None:
        """Nothing remains."""


def open_report(name: str, run: RunInfo, sink: TextIO) -> Report:
    """The report of this name ("text", "json") over `sink`."""
    return JsonReport(run, sink) if name == "json" else TextReport(run, sink)
