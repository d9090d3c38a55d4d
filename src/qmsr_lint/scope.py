"""The scope of a sweep: which files under the paths of a command are documents, and which configuration holds for each.

A folder is walked without following links to folders. Its hidden folders and those of `SKIPPED_FOLDERS` are out of
scope, and so are virtual environments. A path given by name is always in scope.
"""
# A sweep handles hundreds of thousands of paths: strings, not Path objects.

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from qmsr_lint import formats
from qmsr_lint.config import Config, Configs, patterns
from qmsr_lint.model import Status

SKIPPED_FOLDERS = frozenset({"CVS", "_darcs", "__pycache__", "node_modules", "site-packages", "venv"})
"""Folders that hold no procedures; hidden ones (.git, .venv …) and those with a pyvenv.cfg are skipped as well."""

OUT_OF_REACH = frozenset({".doc", ".odt", ".rtf"})
"""Kinds of document that are in scope but cannot be read: a procedure in one of them must not pass unnoticed."""

PASSED_OVER = frozenset({".dot", ".pdf"})
"""Kinds that mostly stand beside the document they were made from: out of scope in a folder, but mentioned."""

_OWNER = "an owner file, left by Word while the document is open"
_RESOURCE = "a resource file of macOS, not a document"
_EXCLUDED = "excluded by a pattern of --exclude or of the configuration"


class Source(NamedTuple):
    """A file in scope: where it is, the path that is shown, and which configuration of the plan holds for it.

    `status` and `reason` are set when it is not to be opened; `data` when its bytes are here already.
    """

    path: str
    shown: str
    config: int = 0
    status: Status | None = None
    reason: str | None = None
    data: bytes | None = None


class Plan(NamedTuple):
    """What a run will do. `excluded` counts files left out by patterns, `passed_over` those of other kinds."""

    sources: tuple[Source, ...]
    configs: tuple[Config, ...]
    excluded: int = 0
    passed_over: Mapping[str, int] = {}

    @property
    def matches_nothing(self) -> bool:
        """Whether there is no document in scope: what Word and the system leave beside documents is none."""
        return all(source.status == "skipped" and source.reason != _EXCLUDED for source in self.sources)


def plan(paths: Sequence[str], configs: Configs, exclude: Sequence[str] = (), force_exclude: bool = False) -> Plan:
    """The files in scope under `paths`, in the order of the paths that are shown. Raises ConfigError."""
    passed_over: Counter[str] = Counter()
    return _plan(_candidates(paths, passed_over), configs, exclude, force_exclude)._replace(passed_over=passed_over)


def stdin_plan(
    data: bytes, name: str, configs: Configs, exclude: Sequence[str] = (), force_exclude: bool = False
) -> Plan:
    """The plan for a document whose bytes came by standard input under a file's name. Raises ConfigError."""
    source = Source(name, shown_path(name), data=data)
    return _plan([(source, True)], configs, exclude, force_exclude)


def _plan(
    candidates: Iterable[tuple[Source, bool]], configs: Configs, exclude: Sequence[str], force_exclude: bool
) -> Plan:
    found: dict[str, Source] = {}
    excluded = 0
    cwd = os.getcwd()
    known: list[Config] = []
    numbers: dict[str, int] = {}  # of the configuration of a folder
    excluded_here = patterns(exclude, "--exclude")
    excluded_by: list[Callable[[str], bool]] = []
    for source, named in candidates:
        absolute = os.path.abspath(source.path)
        folder = os.path.dirname(absolute)
        if folder not in numbers:
            config = configs.of(folder)
            if config not in known:
                known.append(config)
                excluded_by.append(patterns(config.exclude, f"{config.origin}: exclude"))
            numbers[folder] = known.index(config)
        number = numbers[folder]
        if force_exclude or not named:
            folder = known[number].folder
            if excluded_here(below(absolute, cwd)) or excluded_by[number](below(absolute, folder)):
                excluded += 1
                if not named:
                    continue
                source = source._replace(status="skipped", reason=_EXCLUDED)
        if source.shown not in found or named:
            found[source.shown] = source._replace(config=number)
    ordered = sorted(found.values(), key=lambda source: source.shown.encode())
    return Plan(tuple(ordered), tuple(known) or (configs.of(cwd),), excluded)


def shown_path(path: str) -> str:
    """The path as outputs show it: below the current folder relative to it, with forward slashes, valid Unicode."""
    return _shown(path, os.getcwd())


def _shown(path: str, cwd: str) -> str:
    absolute = os.path.abspath(path)
    if absolute == cwd:
        return "."
    inside = absolute.startswith(os.path.join(cwd, ""))
    path = absolute[len(os.path.join(cwd, "")) :] if inside else os.path.normpath(path)
    path = path.replace(os.sep, "/")
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def below(absolute: str, folder: str) -> str:
    """The path relative to a folder, with forward slashes; a path elsewhere keeps its own form."""
    prefix = os.path.join(folder, "")
    path = absolute[len(prefix) :] if absolute.startswith(prefix) else absolute.lstrip(os.sep)
    return path.replace(os.sep, "/")


def _candidates(paths: Sequence[str], passed_over: Counter[str]) -> Iterator[tuple[Source, bool]]:
    """Each file under the paths, and whether it was given by name."""
    cwd = os.getcwd()
    for path in paths:
        if os.path.isdir(path):
            for source in _walk(path, cwd, passed_over):
                yield source, False
        else:
            yield _file(path, cwd), True


def _walk(top: str, cwd: str, passed_over: Counter[str]) -> Iterator[Source]:
    folders = [top]
    while folders:
        folder = folders.pop()
        if formats.format_of(folder):
            reason = "a folder with the name of a document"
            yield Source(folder, _shown(folder, cwd), status="unreadable", reason=reason)
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            reason = f"the folder cannot be listed: {error.strerror or error}"
            yield Source(folder, _shown(folder, cwd), status="unreadable", reason=reason)
            continue
        if any(entry.name == "pyvenv.cfg" for entry in listed) and folder != top:
            continue
        for entry in listed:
            if _is_folder(entry):
                if not entry.name.startswith(".") and entry.name not in SKIPPED_FOLDERS:
                    folders.append(entry.path)
            elif formats.format_of(entry.name) or suffix(entry.name) in OUT_OF_REACH:
                if not _links_to_folder(entry):
                    yield _file(entry.path, cwd)
            elif (kind := suffix(entry.name)) in PASSED_OVER:
                passed_over[kind] += 1


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _links_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return False


def suffix(path: str) -> str:
    """The suffix of a path in lower case, with its dot."""
    return os.path.splitext(path)[1].lower()


def _file(path: str, cwd: str) -> Source:
    name = os.path.basename(path)
    reason = _OWNER if name.startswith("~$") else _RESOURCE if name.startswith("._") else None
    return Source(path, _shown(path, cwd), status="skipped" if reason else None, reason=reason)
