"""Outputs: each is a module with `open_writer(run, sink) -> Writer`, and a line in `OUTPUTS`.

Results are pushed one at a time, so an output keeps only what it shows and a sweep of any length can stream.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO, cast

from qmsr_lint.errors import UsageError, nearest
from qmsr_lint.model import SEVERITIES, STATUSES, DocumentResult, Finding, Summary

if TYPE_CHECKING:
    from qmsr_lint.pack import Rule  # rules are data here: outputs judge nothing
    from qmsr_lint.tally import Point

OUTPUTS = {
    "text": "qmsr_lint.output.text",
    "concise": "qmsr_lint.output.concise",
    "json": "qmsr_lint.output.json",
    "jsonl": "qmsr_lint.output.jsonl",
    "github": "qmsr_lint.output.github",
    "gitlab": "qmsr_lint.output.gitlab",
    "azure": "qmsr_lint.output.azure",
    "sarif": "qmsr_lint.output.sarif",
    "markdown": "qmsr_lint.output.markdown",
    "csv": "qmsr_lint.output.csv",
    "html": "qmsr_lint.output.html",
    "xlsx": "qmsr_lint.output.xlsx",
    "docx": "qmsr_lint.output.docx",
}
"""The module of each output format, imported when the format is asked for."""

LOG_OUTPUTS = frozenset({"text", "concise", "github", "azure"})
"""Outputs made of lines for a terminal or a log: several of them may share standard output. They show no hashes."""

PACKAGES = frozenset({"docx", "xlsx"})
"""Outputs of bytes, which no terminal shows."""

IDENTIFYING = frozenset({"csv", "docx", "html", "xlsx"})
"""Outputs that name a document as a change order does: by the number, title and revision it shows."""

PROFILING = frozenset({"html", "xlsx"})
"""Outputs that show how complete each document is."""

MAPPING_NOTE = "Clause-level mappings are made by industry; FDA published none. Each finding carries its basis."
"""What every report says about the authority of its replacements."""

SILENCES = {
    "context": "no change needed in this context",
    "inline": "accepted in the document",
    "config": "accepted in the configuration",
    "baseline": "known and open",
}
"""What a report for people says of a finding that is not live, by what silenced it."""


class RunInfo(NamedTuple):
    """What an output may know about the run. `width` is in columns; there is no clock and no path in it.

    `rules` are the rules in force, sorted by id; an output that explains rules uses them. `types` names the types of
    documents, where their readiness is to be shown. `shard` is the part of a sweep that is checked, as in "2/8", and
    `planned` how many documents are to be read (0: not known). `fail_on` is the level at which the run fails, empty
    where folders have their own, and `rule_ids` names the rules in force, for a later `merge`. `day` and the points
    of `earlier` runs are there with a history. `written` says what a run that fixes does to documents, `baseline`
    whether findings may be known. `typed` tells what types the configurations give documents, as a hash; empty where
    they give none.
    """

    version: str
    rules_version: str
    rules_sha256: str
    show_suppressed: bool = False
    color: bool = False
    width: int = 160
    quiet: bool = False
    rules: "tuple[Rule, ...]" = ()
    types: Mapping[str, str] = {}
    shard: str = ""
    planned: int = 0
    fail_on: str = ""
    rule_ids: tuple[str, ...] = ()
    day: str = ""
    earlier: "tuple[Point, ...]" = ()
    written: str = ""
    baseline: bool = False
    typed: str = ""

    @property
    def judged_by(self) -> str:
        """What has to be the same in two runs of a history for their counts to be compared."""
        return f"{self.rules_sha256} and a baseline" if self.baseline else self.rules_sha256


class Writer(Protocol):
    """Takes the results of a run in order, then its counts."""

    def document(self, result: DocumentResult) -> None:
        """Write, or keep what is shown later of, one document."""

    def finish(self, summary: Summary) -> None:
        """Write what remains; called once, also for a run that was interrupted."""


class _Output(Protocol):
    def open_writer(self, run: RunInfo, sink: TextIO) -> Writer: ...


def open_writer(name: str, run: RunInfo, sink: TextIO) -> Writer:
    """The writer of an output format over `sink`, UTF-8 text; outputs of bytes write to `sink.buffer`.

    Raises UsageError for a format that does not exist, naming the nearest one.
    """
    from importlib import import_module

    if name not in OUTPUTS:
        raise UsageError(f"there is no output format {name!r}{nearest(name, OUTPUTS)}")
    return cast(_Output, import_module(OUTPUTS[name])).open_writer(run, sink)


def status_line(summary: Summary) -> str:
    """The counts of a run in words, as in "3 documents: 2 checked, 1 unreadable; 4 errors, 9 warnings, 1 note"."""
    silent = summary.suppressed - summary.known
    states = (f"{n} {name}" for name in STATUSES if (n := getattr(summary, name)))
    levels = (plural(getattr(summary, name), name) for name in SEVERITIES)
    none = "no new findings" if summary.known else "no findings"
    found = ", ".join(levels) if summary.error or summary.warning or summary.note else none
    known = f"; {summary.known} known (baseline)" if summary.known else ""
    suppressed = f"; {silent} suppressed" if silent else ""
    return f"{plural(summary.documents, 'document')}: {', '.join(states) or 'none checked'}; {found}{known}{suppressed}"


def is_interrupted(run: RunInfo, summary: Summary) -> bool:
    """Whether a run was cut short: the documents it did not come to are in no count."""
    return summary.documents < run.planned


def partial(run: RunInfo, summary: Summary) -> str:
    """What a report has to say of itself where it is not that of a whole sweep; empty where it is."""
    told = []
    if is_interrupted(run, summary):
        told.append(
            f"The run was interrupted after {summary.documents} of {plural(run.planned, 'document')}: "
            "nothing is known about the others."
        )
    if run.shard:
        told.append(f"This is part {run.shard} of a sweep: the other parts have reports of their own.")
    return " ".join(told)


def all_read(run: RunInfo, summary: Summary) -> str:
    """What is to be said where no document of a run was left unread."""
    if is_interrupted(run, summary):
        return "Every document up to the interruption was read."
    return f"Every document of part {run.shard} was read." if run.shard else "Every document in scope was read."


def silence(finding: Finding) -> str:
    """Why a finding is not live, as in "accepted in the configuration: kept for the archive"; empty for a live one."""
    silent = finding.suppressed
    return f"{SILENCES[silent.by]}: {silent.reason}" if silent else ""


def reserve(finding: Finding) -> str:
    """What a short report adds to a replacement whose basis is not certain: " (confidence medium)"; else nothing."""
    _, found, level = finding.basis.rpartition("; confidence ")
    return f" (confidence {level})" if found else ""


def plural(number: int, noun: str) -> str:
    """A number with its noun: "1 error", "2 errors"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
