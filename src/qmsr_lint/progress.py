"""Progress of a long run, for somebody who watches: on standard error, on a terminal, and gone at the end."""

from time import monotonic
from typing import TextIO

from qmsr_lint.model import DocumentResult, Summary

PATIENCE = 1.0
"""Seconds before the first line and half of those between two, so that short runs show nothing."""


class Progress:
    """A writer that rewrites one line: documents done, how many a second, how long it will take."""

    def __init__(self, documents: int, terminal: TextIO) -> None:
        self.documents = documents
        self.terminal = terminal
        self.done = 0
        self.begun = monotonic()
        self.next = self.begun + PATIENCE

    def document(self, result: DocumentResult) -> None:
        """Count a document; now and then rewrite the line."""
        self.done += 1
        now = monotonic()
        if now >= self.next:
            self.next = now + PATIENCE / 2
            self.terminal.write(f"\r{line(self.done, self.documents, now - self.begun)}\x1b[K")
            self.terminal.flush()

    def finish(self, summary: Summary) -> None:
        """Wipe the line."""
        if self.next > self.begun + PATIENCE:
            self.terminal.write("\r\x1b[K")
            self.terminal.flush()


def line(done: int, documents: int, seconds: float) -> str:
    """The line after so many of the documents and seconds, as in "120 of 600 documents, 40 a second, 12 s left"."""
    rate = done / max(seconds, 1e-9)
    left = (documents - done) / rate
    time = f"{left:.0f} s" if left < 100 else f"{left / 60:.0f} min" if left < 6000 else f"{left / 3600:.1f} h"
    return f"{done} of {documents} documents, {rate:.0f} a second, {time} left"
