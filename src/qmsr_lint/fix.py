"""Fixing: what becomes of each document of a sweep when its fixes are written. Originals of Word files stay.

A Word file gets a copy NAME.redline.docx with tracked changes and comments, beside it or in another folder; a Markdown
file is edited where it is, or written to another folder. Everything is read back before it counts.
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from qmsr_lint import atomic, bounds
from qmsr_lint.clock import epoch
from qmsr_lint.contents import contents
from qmsr_lint.edits import Planned, changed, plan
from qmsr_lint.errors import Unreadable, UsageError
from qmsr_lint.interrupts import interruptible
from qmsr_lint.model import UNJUDGED, Document, DocumentResult, EditOutcome, Finding, Status, Summary
from qmsr_lint.scope import REDLINE

if TYPE_CHECKING:
    from qmsr_lint.config import Config
    from qmsr_lint.formats.docx.redline import Stamp
    from qmsr_lint.rules import RuleSet
    from qmsr_lint.scope import Plan, Source

Action = Literal["edited", "commented", "refused", "left"]

_ALREADY_MADE = "made by an earlier fix; name it to fix it as well"
_LINK = "a link to another file, which is left as it is: name that file, or write elsewhere with --output-dir"
_NOT_WRITTEN = "not written: "


class Options(NamedTuple):
    """What a run may do, and the date of its changes. `folder` takes the new files, `in_place` replaces Word files,
    `diff` writes nothing.
    """

    date: str
    unsafe: bool = False
    comments_only: bool = False
    diff: bool = False
    in_place: bool = False
    folder: str | None = None
    author: str = "qmsr-lint"

    def check(self) -> None:
        """Raise UsageError for options that contradict each other."""
        if self.in_place and self.folder is not None:
            raise UsageError("--in-place and --output-dir exclude each other")
        if self.diff and (self.in_place or self.folder is not None):
            other = "--in-place" if self.in_place else "--output-dir"
            raise UsageError(f"--diff writes nothing, so that {other} has no meaning with it")
        if self.folder is not None and (file := _file_above(self.folder)):
            raise UsageError(f"--output-dir {self.folder}: {file} is a file; name a folder")
        if self.folder is not None:
            _check_folder(self.folder)
        if not self.author.strip():
            raise UsageError("--author: a tracked change needs the name of an author")


class Item(NamedTuple):
    """What became of a finding; `written` is the text in its place, `reason` why it is not edited."""

    action: Action
    finding: Finding
    written: str | None
    reason: str


class Fixed(NamedTuple):
    """What became of a document: `output` is the file that was written, None where none was."""

    path: str
    format: str
    sha256: str | None
    status: Status
    error: str | None
    output: str | None
    items: tuple[Item, ...]
    diff: str = ""
    suppressed: tuple[Finding, ...] = ()

    @property
    def failure(self) -> str:
        """What is said of a document that was not fixed: of one that could be read, that it was not written."""
        error = self.error or ""
        return error if error.startswith(_NOT_WRITTEN) else f"{self.status}: {error}"


class Report(Protocol):
    """Takes the documents of a run in order, then the counts of the sweep."""

    def document(self, fixed: Fixed) -> None:
        """Write one document."""

    def finish(self, summary: Summary) -> None:
        """Write what remains."""


class Fixer:
    """Takes the results of a sweep, writes each document's fixes, and passes on what became of it."""

    def __init__(
        self,
        scope: "Plan",
        rulesets: "Sequence[RuleSet]",
        paths: Sequence[str],
        options: Options,
        reports: Sequence[Report],
    ) -> None:
        self.sources = {source.shown: source for source in scope.sources}
        self.configs = scope.configs
        self.rulesets = rulesets
        self.options = options
        self.reports = reports
        self.outputs = _outputs(scope.sources, paths, options)
        self.to_do = False
        self.failed = False

    def check_reports(self, files: Sequence[str]) -> None:
        """Raise UsageError where a report would take the place of a new document."""
        outputs = {os.path.realpath(name) for name in self.outputs.values()}
        if wrong := next((file for file in files if os.path.realpath(file) in outputs), None):
            raise UsageError(f"{wrong}: is where a document's new version goes; name another file")

    @property
    def exit_code(self) -> int:
        """0 nothing is left to a person, 1 something is, 2 a document could not be processed."""
        return 2 if self.failed else int(self.to_do)

    def document(self, result: DocumentResult) -> None:
        """Fix one document."""
        fixed = self._fixed(result)
        self.failed = self.failed or fixed.status in UNJUDGED
        self.to_do = self.to_do or any(_needs_a_person(item) for item in fixed.items)
        for report in self.reports:
            report.document(fixed)

    def finish(self, summary: Summary) -> None:
        """Finish the reports."""
        for report in self.reports:
            report.finish(summary)

    def _fixed(self, result: DocumentResult) -> Fixed:
        silent = tuple(finding for finding in result.findings if finding.suppressed)
        fixed = Fixed(result.path, result.format, result.sha256, result.status, result.error, None, (), "", silent)
        if result.status != "checked" or all(finding.suppressed for finding in result.findings):
            return fixed
        source = self.sources[result.path]
        try:
            return self._write(source, result, fixed)
        except Unreadable as error:
            return fixed._replace(status="unreadable", error=f"{_NOT_WRITTEN}{error}")
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            return fixed._replace(status="unreadable", error=f"{_NOT_WRITTEN}{where}{error.strerror or error}")
        except (bounds.OutOfTimeError, MemoryError) as error:
            status, reason = bounds.exceeded(error, self.configs[source.config].limits)
            return fixed._replace(status=status, error=f"{_NOT_WRITTEN}{reason}")
        except Exception as error:  # a fault of ours in one document must not leave the others as they are
            return fixed._replace(status="crashed", error=f"internal error: {type(error).__name__}: {error}")

    def _write(self, source: "Source", result: DocumentResult, fixed: Fixed) -> Fixed:
        target = self.outputs[source.shown]
        config, ruleset = self.configs[source.config], self.rulesets[source.config]
        with interruptible(), bounds.within(config.limits) as lift:
            try:
                data = _bytes(source.path, config, result)
                made = _EDITORS[result.format](data, result, ruleset, config, self.options)
            finally:
                lift()
            fixed = fixed._replace(items=tuple(_items(made.planned, made.outcomes)))
            if made.data == data:
                return fixed
            if target == source.path and os.path.islink(target):
                return fixed._replace(status="skipped", error=_LINK, items=tuple(_left(fixed.items)))
            if self.options.diff:
                return fixed._replace(diff=_diff(result, made, target))
        from qmsr_lint.scope import shown_path

        _refuse_link(target)
        if target != source.path and os.path.exists(target):
            there = Path(target).read_bytes()
            if there == made.data:
                return fixed._replace(output=shown_path(target))
            _refuse_edited_redline(there, target, result, made)
        write(target, made.data, like=source.path, check=made.check)
        return fixed._replace(output=shown_path(target))


# --- Formats ----------------------------------------------------------------------------------------------------------


class _Made(NamedTuple):
    """A document's new bytes, and how they came about; `check` says what is wrong with bytes that were read back."""

    data: bytes
    document: Document
    planned: list[Planned]
    outcomes: list[EditOutcome]
    check: Callable[[bytes], str]
    parts: frozenset[str] = frozenset()


def _edit_markdown(
    data: bytes, result: DocumentResult, ruleset: "RuleSet", config: "Config", options: Options
) -> _Made:
    from qmsr_lint.formats.markdown import read
    from qmsr_lint.formats.markdown.edit import edit

    document = read(data, result.path, config.limits)
    planned = plan(document, result.findings, ruleset, unsafe=options.unsafe, comments_only=options.comments_only)
    new, outcomes = edit(document, [each.edit for each in planned], config.limits)
    return _Made(new, document, planned, outcomes, lambda back: "" if back == new else "it was written otherwise")


def _redline_docx(data: bytes, result: DocumentResult, ruleset: "RuleSet", config: "Config", options: Options) -> _Made:
    from qmsr_lint.formats.docx.read import load
    from qmsr_lint.formats.docx.readback import verify
    from qmsr_lint.formats.docx.redline import redline
    from qmsr_lint.formats.docx.seal import sealed

    reading = load(data, result.path, config.limits)
    planned = plan(
        reading.document, result.findings, ruleset, unsafe=options.unsafe, comments_only=options.comments_only
    )
    edits = [each.edit for each in planned]
    after = redline(reading, edits, stamp(options))
    made = [
        change for each, outcome in zip(edits, after.outcomes, strict=True) if outcome.made for change in each.changes
    ]

    # What takes the place of the original is no redline that another run may make anew.
    new = after.data if options.in_place or after.data == data else sealed(after.data, result.sha256 or "")

    def check(back: bytes) -> str:
        return "it was written otherwise" if back != new else ""

    if wrong := verify(reading, made, after):
        raise Unreadable(f"internal error: {wrong}")
    return _Made(new, reading.document, planned, after.outcomes, check, after.parts)


_EDITORS: "dict[str, Callable[[bytes, DocumentResult, RuleSet, Config, Options], _Made]]" = {
    "markdown": _edit_markdown,
    "docx": _redline_docx,
}


def stamp(options: Options) -> "Stamp":
    """Who makes the tracked changes, and when."""
    from qmsr_lint.formats.docx.redline import Stamp

    words = options.author.replace("-", " ").split()
    return Stamp(options.author, "".join(word[0] for word in words).upper()[:9] or "Q", options.date)


# --- What became of findings ------------------------------------------------------------------------------------------


def _items(planned: Sequence[Planned], outcomes: Sequence[EditOutcome]) -> "list[Item]":
    items = []
    for each, outcome in zip(planned, outcomes, strict=True):
        reason = outcome.reason or each.reason
        action: Action
        if outcome.made:
            action = "edited"
        elif each.action == "edit":
            action = "refused"
        else:
            action = "commented" if outcome.commented else "left"
        for n, finding in enumerate(each.findings):
            written = each.written if outcome.made and not n else None
            items.append(Item(action, finding, written, reason))
    return sorted(items, key=lambda item: (item.finding.start, item.finding.end))


def _left(items: Sequence[Item]) -> Iterator[Item]:
    """The items of a document that is not written."""
    for item in items:
        yield item if item.action == "left" else Item("left", item.finding, None, item.reason or f"it is {_LINK}")


def _needs_a_person(item: Item) -> bool:
    """Whether something is left to do: not for words that are edited, and not for quotations, which stay."""
    return item.action != "edited" and item.finding.context != "quotation"


def _diff(result: DocumentResult, made: _Made, target: str) -> str:
    """A unified diff: of a Markdown file's lines, of the text of a Word file's paragraphs."""
    if result.format == "markdown":
        from qmsr_lint.formats.textfile import decode

        position = made.document.position
        before = position.file.text if position is not None and hasattr(position, "file") else ""
        after = decode(made.data).text
        return _unified(
            before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{result.path}", f"b/{result.path}"
        )
    changes = sorted(
        change
        for each, outcome in zip(made.planned, made.outcomes, strict=True)
        if outcome.made
        for change in each.edit.changes
    )
    before_lines = _paragraphs(made.document.text)
    after_lines = _paragraphs(changed(made.document.text, changes))
    return _unified(before_lines, after_lines, result.path, target)


def _paragraphs(text: str) -> list[str]:
    return [block.replace("\n", " ") + "\n" for block in text.split("\u2029")]


def _unified(before: list[str], after: list[str], old: str, new: str) -> str:
    lines = []
    for line in unified_diff(before, after, old, new):
        lines.append(line if line.endswith(("\n", "\r")) else line + "\n\\ No newline at end of file\n")
    return "".join(lines)


# --- Files ------------------------------------------------------------------------------------------------------------


def without_redlines(scope: "Plan", paths: Sequence[str], folder: str | None = None) -> "Plan":
    """The plan with the results of earlier runs left alone, here and in the output folder, unless they were named."""
    results = os.path.join(os.path.abspath(folder), "") if folder is not None else None
    named = {os.path.abspath(path) for path in paths}
    sources = []
    for source in scope.sources:
        stem, suffix = os.path.splitext(source.path)
        made = stem.endswith(REDLINE) and os.path.exists(stem.removesuffix(REDLINE) + suffix)
        absolute = os.path.abspath(source.path)
        made = made or (results is not None and absolute.startswith(results))
        if made and absolute not in named and source.status is None:
            source = source._replace(status="skipped", reason=_ALREADY_MADE)
        sources.append(source)
    return scope._replace(sources=tuple(sources))


def _outputs(sources: "Sequence[Source]", paths: Sequence[str], options: Options) -> dict[str, str]:
    """Where each document's new version goes. Raises UsageError where two would go to one place."""
    from qmsr_lint.formats import format_of

    outputs: dict[str, str] = {}
    taken: dict[str, str] = {}
    for source in sources:
        stem, suffix = os.path.splitext(source.path)
        word = format_of(source.path) == "docx"
        name = source.path if options.in_place or not word else f"{stem}{REDLINE}{suffix}"
        if options.folder is not None:
            name = os.path.join(options.folder, _below(name, paths))
        place = os.path.realpath(name)
        if place in taken and options.folder is not None:
            raise UsageError(
                f"--output-dir {options.folder}: {taken[place]} and {source.shown} would both be written to {name}"
            )
        taken[place] = source.shown
        outputs[source.shown] = name
    return outputs


def _bytes(path: str, config: "Config", result: DocumentResult) -> bytes:
    """The bytes of a document. Raises Unreadable where they are not those that were judged."""
    from hashlib import sha256

    data = contents(path, config.limits.file_bytes)
    if sha256(data).hexdigest() != result.sha256:
        raise Unreadable("it was changed by somebody while it was being fixed: run again")
    return data


def _file_above(folder: str) -> str | None:
    """The file that stands where a folder, or one that it would lie in, is to be; None where none does."""
    while folder and not os.path.lexists(folder):
        folder = os.path.dirname(folder)
    return folder if folder and not os.path.isdir(folder) else None


def _check_folder(folder: str) -> None:
    """Raise UsageError where no file could be written to a folder, or the folder not be made."""
    there = os.path.abspath(folder)
    while not os.path.isdir(there) and there != os.path.dirname(there):
        there = os.path.dirname(there)
    try:
        atomic.probe(there)
    except OSError as error:
        raise UsageError(f"--output-dir {folder}: cannot be written to: {error.strerror or error}") from None


def _below(name: str, paths: Sequence[str]) -> str:
    """A file's path below the folder that was given, so that a tree keeps its shape; else its name."""
    for path in paths:
        if os.path.isdir(path):
            try:
                below = os.path.relpath(name, path)
            except ValueError:  # on another drive
                continue
            if not below.startswith(os.pardir):
                return below
    return os.path.basename(name)


def _refuse_link(target: str) -> None:
    """Raise Unreadable where a new file would be written through a link into another one."""
    if os.path.islink(target):
        raise Unreadable(
            f"{target} is a link to another file: take it away, or write to another folder with --output-dir"
        )


def _refuse_edited_redline(there: bytes, target: str, result: DocumentResult, made: _Made) -> None:
    """Raise Unreadable where a file of that name exists that this tool did not make of the document and leave so."""
    way_out = "move it away, or write to another folder with --output-dir"
    if not made.parts:
        raise Unreadable(f"{target} exists: {way_out}")
    from qmsr_lint.formats.docx.seal import is_as_made

    if not is_as_made(there, result.sha256 or ""):
        raise Unreadable(f"{target} exists, and it or the document was changed since it was made: {way_out}")


def write(target: str, data: bytes, *, like: str, check: Callable[[bytes], str]) -> None:
    """Write a file whole or not at all; it is read back before it takes its place.

    A new one has the permissions of `like`, so that nobody may read it who may not read that, and can be written to by
    its owner; one that is there keeps its own. Raises Unreadable where it cannot be written or does not read back.
    """
    path = Path(os.path.realpath(target))
    try:
        _put(path, data, target, Path(like), check)
    except OSError as error:
        raise Unreadable(f"{target}: {error.strerror or error}") from error


def _put(path: Path, data: bytes, target: str, like: Path, check: Callable[[bytes], str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    mode = like.stat().st_mode & 0o777 | stat.S_IWUSR if new else 0o777
    with atomic.replacing(str(path), mode) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        if new:
            os.chmod(file.name, mode)
        file.seek(0)
        if wrong := check(file.read()):
            raise Unreadable(f"{target}: {wrong}")


def moment(value: str | None) -> str:
    """The date of tracked changes, in UTC: `value` in ISO form, else SOURCE_DATE_EPOCH, else now. Raises UsageError."""
    from datetime import UTC, datetime

    if value is not None:
        try:
            when = datetime.fromisoformat(value)
            when = when.astimezone(UTC) if when.tzinfo else when
        except (ValueError, OverflowError):  # in UTC it may lie before the first year, or after the last
            raise UsageError(f"--date {value}: not a date, as in 2026-02-02 or 2026-02-02T09:00:00Z") from None
    else:
        seconds = epoch()
        when = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return when.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
