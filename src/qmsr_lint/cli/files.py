"""The files that a run reads and writes: none of them may take the place of another, or of a document."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qmsr_lint.errors import UsageError
from qmsr_lint.output import sink

if TYPE_CHECKING:
    from qmsr_lint.cli.steps import Target
    from qmsr_lint.config import Config
    from qmsr_lint.scope import Plan


def check_files(
    targets: "Sequence[Target]",
    read: Sequence[str | None],
    *,
    baseline: str | None = None,
    history: str | None = None,
    summary: str | None = None,
) -> None:
    """Raise UsageError where a file that a run writes cannot be written, is another one that it writes, or is one of
    those that it reads.

    Written are the outputs, a new `baseline`, a `history`, and the `summary` of a CI job.
    """
    given = [("--output", file) for _, file in targets] + [("--write-baseline", baseline), ("--history", history)]
    written = [(flag, file) for flag, file in given if file]
    for flag, file in written:
        _check_writable(file, flag)
    inputs = [names for file in read if file and (names := _names_of(file))]
    for flag, file in written:
        if any(names & _names_of(file) for names in inputs):
            raise UsageError(f"{flag} {file}: is read by this run and would be overwritten; name another file")
        if flag == "--output":
            _check_no_document(file)
    named = [(f"{flag} {file}", file) for flag, file in written]
    named += [(f"the journal of --history {history}", f"{history}-journal")] if history else []
    named += [(f"GITHUB_STEP_SUMMARY {summary}", summary)] if summary else []
    for number, (other, file) in enumerate(named):
        if one := next((one for one, before in named[:number] if _names_of(before) & _names_of(file)), None):
            raise UsageError(f"{one} and {other} are one file, of which only one would be left; name another file")


def _check_writable(file: str, flag: str) -> None:
    if os.path.isdir(file):
        raise UsageError(f"{flag} {file}: is a folder; name a file")
    sink.check_writable(file, f"{flag} ")
    target = os.path.realpath(file)
    if os.path.isfile(target):  # a new file takes its place, for which the folder must be open
        sink.check_writable(f"{target}.new", f"{flag} ")


def _check_no_document(file: str) -> None:
    """Raise UsageError where a report would take the place of a document, which need not be one that this run reads."""
    if not os.path.isfile(file) or not os.path.getsize(file):
        return
    from qmsr_lint.formats import format_of
    from qmsr_lint.output.own import is_report
    from qmsr_lint.scope import OUT_OF_REACH, suffix

    names = (file, os.path.realpath(file))  # a link may be called otherwise than what it leads to
    if any(format_of(name) or suffix(name) in OUT_OF_REACH for name in names) and not is_report(file):
        raise UsageError(f"--output {file}: is a document and would be overwritten; name another file, or remove it")


def _names_of(file: str) -> set[object]:
    """What names of one file have in common; nothing for a device, in which nothing is kept."""
    if os.path.exists(file) and not os.path.isfile(file):
        return set()
    names: set[object] = {os.path.normcase(os.path.realpath(file)), file_id(file)}
    return names - {None}


def read_with(configs: "Sequence[Config]") -> list[str]:
    """The files that are read because of some configurations: these themselves, and what they name."""
    files: list[str] = []
    for config in configs:
        files += [os.path.join(os.getcwd(), config.origin), *map(str, config.settings.packs)]
        files += [config.terminology] if config.terminology else []
    return files


def protected(plan: "Plan", files: Sequence[str | None]) -> "Plan":
    """The plan without reports of an earlier run that this one replaces.

    Raises UsageError where an output would overwrite a document.
    """
    outputs = {file_id(file): file for file in files if file and os.path.exists(file)}
    replaced = set()
    for source in plan.sources if outputs else ():
        if file := outputs.get(file_id(source.path)):
            from qmsr_lint.output.own import is_report

            if not is_report(source.path):
                raise UsageError(f"{file}: is a document to be checked and would be overwritten; name another file")
            replaced.add(source.path)
    kept = tuple(source for source in plan.sources if source.path not in replaced)
    return plan._replace(sources=kept) if replaced else plan


def file_id(path: str) -> tuple[int, int] | None:
    """What two names of one file have in common; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
