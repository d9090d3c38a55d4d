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
from qmsr_lint.config import Config, Configs, decisions, patterns
from qmsr_lint.contents import contents
from qmsr_lint.errors import Unreadable
from qmsr_lint.expression import Expression
from qmsr_lint.model import Status

SKIPPED_FOLDERS = frozenset({"CVS", "_darcs", "__pycache__", "node_modules", "site-packages", "venv"})
"""Folders that hold no procedures; hidden ones (.git, .venv …) and those with a pyvenv.cfg are skipped as well."""

OUT_OF_REACH = frozenset({".doc", ".fodt", ".gdoc", ".odt", ".pages", ".rtf", ".wpd", ".wps"})
"""Kinds of document that are in scope but cannot be read: a procedure in one of them must not pass unnoticed."""

PASSED_OVER = formats.NOT_READ.keys() - OUT_OF_REACH
"""Kinds that hold other things as well, or stand beside what they were made from: out of scope, but mentioned."""

REDLINE = ".redline"
"""What stands before the suffix of a redline's name."""
_LARGEST_LIST = 16 << 20  # bytes of a .gitignore file
_AMBIGUOUS = Expression(r"(?<!\\)\\++(?=x[0-9a-f]{2}|[\ud800-\udfff])")
"""Backslashes of a name that could be taken for those with which bytes are shown that are no text."""
_OWNER = "an owner file, left by Word while the document is open"
_RESOURCE = "a resource file of macOS, not a document"
_EXCLUDED = "excluded by a pattern of --exclude or of the configuration"


class Source(NamedTuple):
    """A file in scope: where it is, the path that is shown, and which configuration of the plan holds for it.

    `status` and `reason` are set when it is not to be opened; `data` when its bytes are here already. `original` is the
    document in scope beside which it stands under the name of its redline.
    """

    path: str
    shown: str
    config: int = 0
    status: Status | None = None
    reason: str | None = None
    data: bytes | None = None
    original: str = ""


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

    def shard(self, part: int, parts: int) -> "Plan":
        """One of several parts, counted from 1, that hold each document once; its path alone tells which part it is."""
        from zlib import crc32

        chosen = (source for source in self.sources if crc32(source.shown.encode()) % parts == part - 1)
        return self._replace(sources=tuple(chosen))


class _Candidate(NamedTuple):
    """A file under the paths: the absolute folder it is in, its name there, and whether it was given by name."""

    source: Source
    folder: str
    name: str
    named: bool = False


def plan(
    paths: Sequence[str],
    configs: Configs,
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    gitignore: bool = False,
) -> Plan:
    """The files in scope under `paths`, in the order of the paths that are shown. Raises ConfigError.

    With `gitignore`, what Git would not track is out of scope unless it is given by name.
    """
    passed_over: Counter[str] = Counter()
    candidates = _candidates(paths, passed_over, gitignore)
    return _plan(candidates, configs, exclude, force_exclude)._replace(passed_over=passed_over)


def stdin_plan(
    data: bytes, name: str, configs: Configs, exclude: Sequence[str] = (), force_exclude: bool = False
) -> Plan:
    """The plan for a document whose bytes came by standard input under a file's name. Raises ConfigError."""
    source = Source(name, shown_path(name), data=data)
    return _plan([_Candidate(source, *os.path.split(os.path.abspath(name)), True)], configs, exclude, force_exclude)


def _plan(candidates: Iterable[_Candidate], configs: Configs, exclude: Sequence[str], force_exclude: bool) -> Plan:
    found: dict[tuple[str, str], Source] = {}  # by where they are: a file has one name, however it was given
    given: set[tuple[str, str]] = set()
    redlines: list[tuple[str, str]] = []
    excluded = 0
    cwd = os.getcwd()
    known: list[Config] = []
    numbers: dict[str, int] = {}  # of the configuration of a folder
    excluded_here = patterns(exclude, "--exclude")
    excluded_by: list[Callable[[str], bool]] = []
    for source, folder, name, named in candidates:
        if folder not in numbers:
            config = configs.of(folder)
            if config not in known:
                known.append(config)
                excluded_by.append(patterns(config.exclude, f"{config.origin}: exclude"))
            numbers[folder] = known.index(config)
        number = numbers[folder]
        if (exclude or known[number].exclude) and (force_exclude or not named):
            absolute = os.path.join(folder, name)
            if excluded_here(below(absolute, cwd)) or excluded_by[number](below(absolute, known[number].folder)):
                excluded += 1
                if not named:
                    continue
                source = source._replace(status="skipped", reason=_EXCLUDED)
        if (folder, name) not in found or named:
            found[folder, name] = source._replace(config=number) if number else source
        if named:
            given.add((folder, name))
        elif REDLINE in name:
            redlines.append((folder, name))
    for folder, name in redlines:
        stem, ending = os.path.splitext(name)
        beside = found.get((folder, stem.removesuffix(REDLINE) + ending)) if stem.endswith(REDLINE) else None
        if beside is not None and beside.status is None and (folder, name) not in given:
            found[folder, name] = found[folder, name]._replace(original=beside.path)
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
    return _valid(path)


def below(absolute: str, folder: str) -> str:
    """The path relative to a folder, with forward slashes; a path elsewhere keeps its own form."""
    prefix = os.path.join(folder, "")
    path = absolute[len(prefix) :] if absolute.startswith(prefix) else absolute.lstrip(os.sep)
    return path.replace(os.sep, "/")


def _candidates(paths: Sequence[str], passed_over: Counter[str], gitignore: bool) -> Iterator[_Candidate]:
    cwd = os.getcwd()
    for path in paths:
        if os.path.isdir(path):
            yield from _walk(path, cwd, passed_over, gitignore)
        else:
            folder, name = os.path.split(os.path.abspath(path))
            yield _Candidate(_file(path, name, _shown(path, cwd)), folder, name, True)


def _walk(top: str, cwd: str, passed_over: Counter[str], gitignore: bool) -> Iterator[_Candidate]:
    # A folder as it is opened, as it is shown, where it is, and what the .gitignore files above say of its contents.
    absolute = os.path.abspath(top)
    folders = [(top, _shown(top, cwd), absolute, _rules_above(absolute) if gitignore else ())]
    while folders:
        folder, shown, absolute, rules = folders.pop()
        if formats.format_of(folder):
            reason = "a folder with the name of a document"
            yield _Candidate(Source(folder, shown, status="unreadable", reason=reason), *os.path.split(absolute))
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            reason = f"the folder cannot be listed: {error.strerror or error}"
            yield _Candidate(Source(folder, shown, status="unreadable", reason=reason), *os.path.split(absolute))
            continue
        names = {entry.name for entry in listed}
        if "pyvenv.cfg" in names and folder != top:
            continue
        if gitignore and ".gitignore" in names:
            rules = (*rules, *_rules_in(absolute, ".gitignore"))
        prefix = "" if shown == "." else f"{shown}/" if shown != "/" else shown
        for entry in listed:
            name = entry.name
            if _is_folder(entry):
                inside = os.path.join(absolute, name)
                if name.startswith(".") or name in SKIPPED_FOLDERS or (rules and _ignored(inside + os.sep, rules)):
                    continue
                folders.append((entry.path, prefix + _valid(name), inside, rules))
            elif formats.format_of(name) or suffix(name) in OUT_OF_REACH:
                if not _links_to_folder(entry) and not (rules and _ignored(os.path.join(absolute, name), rules)):
                    yield _Candidate(_file(entry.path, name, prefix + _valid(name)), absolute, name)
            elif (kind := suffix(name)) in PASSED_OVER:
                passed_over[kind] += 1


_Ignoring = tuple[str, Callable[[str], bool | None]]
"""A folder and the patterns of Git that start there."""


def _rules_above(folder: str) -> tuple[_Ignoring, ...]:
    """What the .gitignore files above a folder say, the nearest last; nothing outside a repository."""
    above: list[str] = []
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ()
        above.append(folder := parent)
    rules = [*_rules_in(folder, os.path.join(".git", "info", "exclude"))]
    for each in reversed(above):
        rules += _rules_in(each, ".gitignore")
    return tuple(rules)


def _rules_in(folder: str, name: str) -> Iterator[_Ignoring]:
    try:
        data = contents(os.path.join(folder, name), _LARGEST_LIST, "the largest list")
    except (OSError, Unreadable):
        return
    yield folder, decisions(data.decode(errors="surrogateescape").splitlines())


def _ignored(path: str, rules: Sequence[_Ignoring]) -> bool:
    """What the nearest file says that says something; the path of a folder ends with a slash."""
    for folder, decide in reversed(rules):
        decided = decide(below(path, folder))
        if decided is not None:
            return decided
    return False


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


def _file(path: str, name: str, shown: str) -> Source:
    if name.startswith("~$"):
        return Source(path, shown, status="skipped", reason=_OWNER)
    if name.startswith("._"):
        return Source(path, shown, status="skipped", reason=_RESOURCE)
    return Source(shown if path == shown else path, shown)  # one string for both, where it is the same


def _valid(name: str) -> str:
    """A name in valid Unicode, no two alike: bytes that are no text are shown as in "caf\\xe9.md"."""
    if "\\" in name:
        name = _AMBIGUOUS.sub(lambda match: match[0] * 2, name)
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")
