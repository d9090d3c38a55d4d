"""The history of runs: each run's counts in an SQLite file, and the burn-down that a report draws from it."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from qmsr_lint.errors import UsageError
from qmsr_lint.model import DocumentResult, family_of
from qmsr_lint.tally import Point

_SCHEMA = """
CREATE TABLE IF NOT EXISTS run (
  number INTEGER PRIMARY KEY, day TEXT NOT NULL, version TEXT NOT NULL, rules TEXT NOT NULL, documents INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS count (
  run INTEGER NOT NULL REFERENCES run(number), site TEXT NOT NULL, family TEXT NOT NULL, severity TEXT NOT NULL,
  findings INTEGER NOT NULL, PRIMARY KEY (run, site, family, severity)
);
"""
_APPLICATION = 0x514D5352
"""Marks the file as ours (SQLite's application_id): no other database is written to."""

_VERSION = 1
_NOT_OURS = "is not a history of this tool; name another file"
_NEWER = "was made by a newer version of this tool; use that one, or name another file"


class History:
    """A writer that keeps the counts of a run, to be appended to a file at its end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.documents = 0
        self.counts: Counter[tuple[str, str, str]] = Counter()

    def document(self, result: DocumentResult) -> None:
        """Count one document."""
        self.documents += 1
        self.counts.update(
            (result.site, family_of(finding.rule), finding.severity)
            for finding in result.findings
            if finding.suppressed is None
        )

    def finish(self, summary: object) -> None:
        """Nothing is written before the run is known to be whole: `append` does."""

    def append(self, day: str, version: str, rules: str) -> None:
        """Append the run to the file. Raises UsageError when it cannot be written or is no history."""
        with closing(_open(self.path)) as file, _told(self.path), file:
            row = (day, version, rules, self.documents)
            run = file.execute("INSERT INTO run (day, version, rules, documents) VALUES (?, ?, ?, ?)", row).lastrowid
            rows = [(run, *key, number) for key, number in sorted(self.counts.items())]
            file.executemany("INSERT INTO count VALUES (?, ?, ?, ?, ?)", rows)


def points(path: Path) -> Sequence[Point]:
    """The points of all runs in a file, oldest first; a run without findings has one of its own with zeros.

    Raises UsageError when the file is no history, or cannot be written. A file that does not exist has none.
    """
    if not path.exists():
        return ()
    with closing(_open(path)) as file, _told(path):
        file.execute("BEGIN IMMEDIATE")  # fails now where the run could not be appended in the end
        file.rollback()
        runs = file.execute("SELECT number, day, documents, rules FROM run ORDER BY number").fetchall()
        rows = file.execute("SELECT run, site, family, severity, findings FROM count").fetchall()
    counts: dict[int, dict[tuple[str, str], Counter[str]]] = {}
    for run, site, family, severity, findings in rows:
        counts.setdefault(run, {}).setdefault((site, family), Counter())[severity] += findings
    found: list[Point] = []
    for number, day, documents, rules in runs:
        for (site, family), each in sorted(counts.get(number, {}).items()) or [(("", ""), Counter[str]())]:
            levels = each["error"], each["warning"], each["note"]
            found.append(Point(number, day, site, family, *levels, documents, rules))
    return found


def _open(path: Path) -> sqlite3.Connection:
    with _told(path):
        file = sqlite3.connect(path)
        try:
            [application] = file.execute("PRAGMA application_id").fetchone()
            [version] = file.execute("PRAGMA user_version").fetchone()
            empty = not file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if not empty and application != _APPLICATION:
                raise UsageError(f"--history {path}: {_NOT_OURS}")
            if not empty and version > _VERSION:
                raise UsageError(f"--history {path}: {_NEWER}")
            if empty:
                file.executescript(
                    f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_VERSION};" + _SCHEMA
                )
        except BaseException:
            file.close()
            raise
        return file


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Says of an error of SQLite which file it is about."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise UsageError(f"--history {path}: {_NOT_OURS}") from None
        raise UsageError(f"--history {path}: cannot be used: {error}; name another file") from None
