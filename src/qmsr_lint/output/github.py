"""GitHub workflow commands: annotations, worst first, within what the runner keeps.

The runner keeps 10 annotations of each level in a step and 4,096 characters of a message. A Markdown finding is
annotated at its line; a Word document, which has no lines, gets one annotation that names its places.
"""

from typing import Literal, NamedTuple, TextIO

from qmsr_lint.model import CERTAINTIES, UNJUDGED, DocumentResult, Finding, Summary
from qmsr_lint.output import RunInfo, is_interrupted, partial, plural, safe
from qmsr_lint.output.text import replacements

PER_LEVEL = 10
LONGEST = 4096

Level = Literal["error", "warning", "notice"]
_LEVELS: dict[str, Level] = {"error": "error", "warning": "warning", "note": "notice"}


class Annotation(NamedTuple):
    """An annotation to be; `rank` sorts within a level and `findings` is how many findings it speaks of."""

    rank: tuple[int, int]
    path: str | None
    place: str
    title: str
    message: str
    findings: int


class GithubWriter:
    """Keeps, of each level, the annotations that will be shown and the number of findings that will not."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.kept: dict[Level, list[Annotation]] = {"error": [], "warning": [], "notice": []}
        self.left: dict[Level, int] = {"error": 0, "warning": 0, "notice": 0}
        self.order = 0

    def document(self, result: DocumentResult) -> None:
        """Take the annotations of a document."""
        live = [finding for finding in result.findings if not finding.suppressed]
        if result.status in UNJUDGED:
            title = f"qmsr-lint: document {result.status}"
            self._add("error", -1, result.path, "", title, result.error or "no reason was given", 1)
        lines = [finding for finding in live if finding.position]
        for finding in lines:
            title = f"{finding.rule} ({finding.certainty})" if finding.certainty != "certain" else finding.rule
            doubt = CERTAINTIES.index(finding.certainty)
            self._add(_LEVELS[finding.severity], doubt, result.path, _place(finding), title, _message(finding), 1)
        places = [finding for finding in live if not finding.position]
        if places:
            places.sort(
                key=lambda finding: (list(_LEVELS).index(finding.severity), CERTAINTIES.index(finding.certainty))
            )
            message = "\n".join(f"{safe.terminal(finding.place.shown)}: {_brief(finding)}" for finding in places)
            title = f"qmsr-lint: {plural(len(places), 'finding')}"
            self._add(_LEVELS[places[0].severity], 0, result.path, "", title, message, len(places))

    def finish(self, summary: Summary) -> None:
        """Write the annotations, worst first; the last of a level says how many findings it leaves out."""
        told = partial(self.run, summary)
        if is_interrupted(self.run, summary):
            # Before all that is annotated: beside findings nobody would see that others are missing.
            self._add("error", -2, None, "", "qmsr-lint", told, 1)
        elif told:
            self.sink.write(safe.log(told) + "\n")
        for level, kept in self.kept.items():
            kept.sort(key=lambda annotation: annotation.rank)
            hidden = kept[PER_LEVEL - 1 :] if len(kept) > PER_LEVEL or self.left[level] else []
            for annotation in kept[: len(kept) - len(hidden)]:
                self._write(level, annotation)
            if hidden:
                more = self.left[level] + sum(annotation.findings for annotation in hidden)
                self.sink.write(f"::{level} title=qmsr-lint::and {more} more of this level; the log has them all\n")

    def _add(
        self, level: Level, rank: int, path: str | None, place: str, title: str, message: str, findings: int
    ) -> None:
        self.order += 1
        kept = self.kept[level]
        kept.append(Annotation((rank, self.order), path, place, title, message, findings))
        if len(kept) > 20 * PER_LEVEL:
            kept.sort(key=lambda annotation: annotation.rank)
            self.left[level] += sum(annotation.findings for annotation in kept[PER_LEVEL:])
            del kept[PER_LEVEL:]

    def _write(self, level: Level, annotation: Annotation) -> None:
        message = safe.github_message(_cut(annotation.message))
        title = safe.github_property(annotation.title)
        named = annotation.path is not None  # what is said of the whole run names no file
        file = f"file={safe.github_property(annotation.path or '')}{annotation.place}," if named else ""
        self.sink.write(f"::{level} {file}title={title}::{message}\n")


def open_writer(run: RunInfo, sink: TextIO) -> GithubWriter:
    """A writer of GitHub annotations over `sink`."""
    return GithubWriter(run, sink)


def _place(finding: Finding) -> str:
    at = finding.position
    if at is None:
        return ""
    # A column is dropped by GitHub where the annotation spans lines.
    columns = f",col={at.column},endColumn={at.end_column}" if at.line == at.end_line else ""
    return f",line={at.line},endLine={at.end_line}{columns}"


def _message(finding: Finding) -> str:
    why = f"\n{safe.terminal(finding.message)}" if replacements(finding) else ""  # else the brief ends with it
    return f"{_brief(finding)}{why}\nBasis: {safe.terminal(finding.basis)}"


def _brief(finding: Finding) -> str:
    instead = replacements(finding)
    if instead:
        return safe.terminal(f"“{finding.text}” → {instead}")
    return safe.terminal(f"“{finding.text}”: {finding.message}" if finding.text else finding.message)


def _cut(message: str) -> str:
    """The message within `LONGEST` characters, cut between lines where it has several, saying how many are missing."""
    if len(message) <= LONGEST:
        return message
    lines = message.split("\n")
    kept: list[str] = []
    room = LONGEST - 40
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    if not kept:
        return message[: LONGEST - 2] + " …"
    return "\n".join([*kept, f"and {len(lines) - len(kept)} more lines"])
