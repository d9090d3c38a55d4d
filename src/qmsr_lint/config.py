"""Configuration: `qmsr-lint.toml`, or the table `[tool.qmsr-lint]` of a `pyproject.toml`.

The file nearest to a document holds for it; the search stops at the repository root (the folder with `.git`). Nothing
is merged between files. What the command line says wins: `--select` and `--fail-on` replace, `--ignore` and
`--exclude` add. Where outputs go is never configured, so a repository under review cannot write anywhere.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsr_lint.errors import ConfigError, UsageError, nearest
from qmsr_lint.expression import Expression
from qmsr_lint.limits import MOST, MOST_SECONDS, Limits
from qmsr_lint.model import FAIL_ON, MARKETS, SEVERITIES
from qmsr_lint.rules import Settings

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from qmsr_lint.documents.sites import Site

NAMES = ("qmsr-lint.toml", "pyproject.toml")
_STARS = 3  # in one part of a pattern
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # printable, and nothing is to be seen of them
_STEERING = Expression("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Suppress(NamedTuple):
    """An entry of `suppress`: findings of these rules in these paths are not live, for a reason, until a day.

    `paths` are patterns as in `.gitignore`, relative to the configuration's folder, and `rules` are ids, families or
    prefixes. Empty means all. `until` is its last day.
    """

    reason: str
    paths: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    until: "date | None" = None


class Flags(NamedTuple):
    """What the command line says about configuration; None and empty say nothing."""

    file: str | None = None
    isolated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    nlp: bool | None = None


class Config(NamedTuple):
    """What holds for the documents of a folder. `folder` is absolute: relative paths and patterns start there.

    `origin` is the file, `flags` what the command line said beside it.

    `terminology` is the path of the approved document that maps legacy terms to current ones (strategy "map"). `types`
    pairs a pattern of paths with the types of the documents it matches: the first that matches holds.
    """

    origin: str
    folder: str
    settings: Settings = Settings()
    fail_on: str = "warning"
    exclude: tuple[str, ...] = ()
    limits: Limits = Limits()
    suppress: tuple[Suppress, ...] = ()
    terminology: str | None = None
    types: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sites: "tuple[Site, ...]" = ()
    flags: Flags = Flags()

    @property
    def described(self) -> str:
        """Where the settings come from, for a person."""
        source = "none, the defaults" if self.origin == _NO_FILE else self.origin
        return f"{source} with --select or --ignore" if self.flags.select or self.flags.ignore else source


_NO_FILE = "the command line"
"""The origin of settings where there is no configuration file."""


class Configs:
    """Finds the configuration of each folder, reading each file once. Raises UsageError for flags that clash."""

    def __init__(self, flags: Flags) -> None:
        if flags.file is not None and flags.isolated:
            raise UsageError("--config and --isolated exclude each other")
        self.flags = flags
        self._by_folder: dict[str, Config] = {}
        self._default = _flagged(Config(_NO_FILE, os.getcwd()), flags)
        if flags.file is not None:
            self._default = self._read(flags.file)

    def of(self, folder: str) -> Config:
        """The configuration for the documents of an absolute folder. Raises ConfigError."""
        if self.flags.isolated or self.flags.file is not None:
            return self._default
        visited = []
        while folder not in self._by_folder:
            visited.append(folder)
            parent = os.path.dirname(folder)
            if config := self._in(folder):
                self._by_folder[folder] = config
            elif parent == folder or os.path.lexists(f"{folder}/.git"):
                self._by_folder[folder] = self._default
            else:
                folder = parent
        for each in visited:
            self._by_folder[each] = self._by_folder[folder]
        return self._by_folder[folder]

    def _in(self, folder: str) -> Config | None:
        own, shared = (os.path.join(folder, name) for name in NAMES)
        if os.path.isfile(own):
            return self._read(own)
        return self._read(shared) if os.path.isfile(shared) and _has_our_table(shared) else None

    def _read(self, path: str) -> Config:
        return _flagged(read(path), self.flags)


def _has_our_table(path: str) -> bool:
    try:
        if b"qmsr-lint" not in _bytes(path):  # most projects: not worth loading a TOML parser
            return False
    except OSError:
        return False
    tool = _toml(path).get("tool", {})
    return not isinstance(tool, dict) or "qmsr-lint" in tool  # `read` says what is wrong


def read(path: "str | Path") -> Config:
    """The configuration in a file. Raises ConfigError naming the file, the key and the nearest valid one."""
    path = os.path.abspath(path)
    data = _toml(path)
    where = _shown(path)
    if os.path.basename(path) == NAMES[1]:
        if not isinstance(tool := data.get("tool", {}), dict):
            raise ConfigError(f"{where}: tool must be a table, not {_found(tool)}")
        data = tool.get("qmsr-lint", {})
        where += ": [tool.qmsr-lint]"
    _check_table(data, _KEYS, where)
    folder = os.path.dirname(path)
    names: dict[str, Any] = {key: value for key, value in data.items() if key in Settings._fields}
    names |= {"nlp_model": data["nlp-model"]} if "nlp-model" in data else {}
    names |= {key: tuple(value) for key, value in names.items() if isinstance(value, list)}
    settings = Settings(**names | {"packs": _packs(folder, names.get("packs", ()))})
    return Config(
        _shown(path),
        folder,
        settings,
        data.get("fail-on", "warning"),
        tuple(data.get("exclude", ())),
        Limits()._replace(**{key.replace("-", "_"): value for key, value in data.get("limits", {}).items()}),
        tuple(_suppress(entry, f"{where}: suppress[{n}]") for n, entry in enumerate(data.get("suppress", ()))),
        _terminology(data, folder, where),
        tuple((pattern, tuple(_listed(types))) for pattern, types in data.get("document-types", {}).items()),
        _sites(data.get("site", ()), where),
    )


def _packs(folder: str, packs: Sequence[str]) -> "tuple[Path, ...]":
    if not packs:
        return ()
    from pathlib import Path

    return tuple(Path(folder, pack) for pack in packs)


def _terminology(data: Mapping[str, Any], folder: str, where: str) -> str | None:
    if "terminology" not in data:
        return None
    if data.get("strategy") != "map":
        raise ConfigError(f'{where}: terminology: is used with strategy = "map" only; set it, or take this out')
    return os.path.join(folder, data["terminology"])


def _flagged(config: Config, flags: Flags) -> Config:
    settings = config.settings._replace(
        select=flags.select or config.settings.select,
        ignore=(*config.settings.ignore, *flags.ignore),
        nlp=config.settings.nlp if flags.nlp is None else flags.nlp,
    )
    return config._replace(settings=settings, fail_on=flags.fail_on or config.fail_on, flags=flags)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _toml(path: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(_bytes(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits and deep lists are no TOML errors
        raise ConfigError(f"{_shown(path)}: not valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{_shown(path)}: the configuration cannot be read: {error.strerror or error}") from None


def _shown(path: str) -> str:
    path = os.path.abspath(path)
    here = os.path.join(os.getcwd(), "")
    return path.removeprefix(here).replace(os.sep, "/")


Check = Callable[[Any], str | None]
"""Says what a value should have been, or None when it is right."""


def _texts(value: object) -> str | None:
    right = isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    return None if right else "a list of texts"


def _text(value: object) -> str | None:
    return None if isinstance(value, str) and any(map(_is_seen, value)) else "a text"


def _is_seen(character: str) -> bool:
    return character.isprintable() and not character.isspace() and character not in _BLANK


def _words(value: object) -> str | None:
    """Words for a document: they stand in the midst of a line there, and a reader must see them."""
    if not isinstance(value, str):
        return "a text"
    right = not _STEERING.search(value) and any(_is_seen(each) and each.isalnum() for each in value)
    return None if right else "words on one line, with letters that can be seen"


def _path(value: object) -> str | None:
    return None if isinstance(value, str) and value and "\0" not in value else "a path"


def _paths(value: object) -> str | None:
    right = isinstance(value, list) and not any(map(_path, value))
    return None if right else "a list of paths"


def _text_or_texts(value: object) -> str | None:
    return "a text or a list of texts" if _text(value) and (_texts(value) or not value) else None


def _flag(value: object) -> str | None:
    return None if isinstance(value, bool) else "true or false"


def _day(value: object) -> str | None:
    from datetime import date, datetime

    return None if isinstance(value, date) and not isinstance(value, datetime) else "a date, as in 2026-12-31"


def _seconds(value: object) -> str | None:
    right = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MOST_SECONDS
    return None if right else f"a number above 0 and at most {MOST_SECONDS}"


def _count(value: object) -> str | None:
    right = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST
    return None if right else "a whole number from 1 to 10^15"


def _one_of(*choices: str) -> Check:
    return lambda value: None if value in choices else "one of " + ", ".join(choices)


def _table(value: object) -> str | None:
    return None if isinstance(value, dict) else "a table"


def _tables(name: str) -> Check:
    def checked(value: object) -> str | None:
        right = isinstance(value, list) and all(isinstance(each, dict) for each in value)
        return None if right else f"an array of tables ([[{name}]])"

    return checked


_KEYS: Mapping[str, Check] = {
    "select": _texts,
    "ignore": _texts,
    "fail-on": _one_of(*FAIL_ON),
    "exclude": _texts,
    "severity": _table,
    "terms": _table,
    "packs": _paths,
    "strategy": _one_of("retire", "map"),
    "terminology": _path,
    "market": _one_of(*MARKETS),
    "nlp": _flag,
    "nlp-model": _text,
    "limits": _table,
    "suppress": _tables("suppress"),
    "gap": _flag,
    "document-types": _table,
    "site": _tables("site"),
}
_TABLES: Mapping[str, Check] = {
    "severity": _one_of(*SEVERITIES),
    "terms": _words,
    "document-types": _text_or_texts,
}
"""What the values are in the tables whose keys are free."""

_LIMITS: Mapping[str, Check] = {
    name.replace("_", "-"): _seconds if name == "seconds" else _count for name in Limits._fields
}

_SUPPRESS_KEYS: Mapping[str, Check] = {"reason": _text, "paths": _texts, "rules": _texts, "until": _day}


def _check_table(table: Any, keys: Mapping[str, Check], where: str) -> None:
    if wrong := _table(table):
        raise ConfigError(f"{where}: must be {wrong}, not {_found(table)}")
    for key, value in table.items():
        if key not in keys:
            raise ConfigError(f"{where}: unknown key {key!r}{nearest(key, keys)}")
        if wrong := keys[key](value):
            raise ConfigError(f"{where}: {key} must be {wrong}, not {_found(value)}")
        for name, each in value.items() if key in _TABLES else ():
            if wrong := _TABLES[key](each):
                shown = name if re.fullmatch(r"[\w-]+", name) else repr(name)
                raise ConfigError(f"{where}: {key}.{shown} must be {wrong}, not {_found(each)}")
    for name, each in table.get("limits", {}).items() if keys is _KEYS else ():
        if (limit := name.replace("_", "-")) not in _LIMITS:
            raise ConfigError(f"{where}: limits has an unknown key {name!r}{nearest(name, _LIMITS)}")
        if wrong := _LIMITS[limit](each):
            raise ConfigError(f"{where}: limits.{name} must be {wrong}, not {_found(each)}")


def _found(value: object) -> str:
    """A wrong value for a message. TOML has numbers, and tables in one another, that Python does not write in full."""
    try:
        return repr(value)
    except ValueError:
        return "a number of thousands of digits"
    except RecursionError:
        return "a list or table of hundreds in one another"


def _suppress(entry: Mapping[str, Any], where: str) -> Suppress:
    _check_table(entry, _SUPPRESS_KEYS, where)
    if "reason" not in entry:
        raise ConfigError(f"{where}: the key 'reason' is missing; an auditor will ask why these findings are silent")
    return Suppress(entry["reason"], tuple(entry.get("paths", ())), tuple(entry.get("rules", ())), entry.get("until"))


_SITE_KEYS: Mapping[str, Check] = {
    "name": _text,
    "paths": _texts,
    "corporate": _flag,
    "exceptions": _tables("site.exceptions"),
}
_EXCEPTION_KEYS: Mapping[str, Check] = {"reason": _text, "rules": _texts, "documents": _texts}


def _sites(entries: Sequence[Mapping[str, Any]], where: str) -> "tuple[Site, ...]":
    """The sites of `[[site]]`. Raises ConfigError."""
    if not entries:
        return ()
    from qmsr_lint.documents.sites import Exemption, Site

    sites: list[Site] = []
    for number, entry in enumerate(entries):
        here = f"{where}: site[{number}]"
        _check_table(entry, _SITE_KEYS, here)
        for key in ("name", "paths"):
            if not entry.get(key):
                raise ConfigError(f"{here}: the key {key!r} is missing")
        exceptions = []
        for at, exception in enumerate(entry.get("exceptions", ())):
            _check_table(exception, _EXCEPTION_KEYS, f"{here}: exceptions[{at}]")
            if "reason" not in exception:
                raise ConfigError(f"{here}: exceptions[{at}]: the key 'reason' is missing")
            named = (tuple(exception.get(key, ())) for key in ("rules", "documents"))
            exceptions.append(Exemption(exception["reason"], *named))
        sites.append(Site(entry["name"], tuple(entry["paths"]), entry.get("corporate", False), tuple(exceptions)))
    if len({site.name for site in sites}) < len(sites):
        raise ConfigError(f"{where}: site: two sites have the same name")
    if sum(site.corporate for site in sites) > 1:
        raise ConfigError(f"{where}: site: only one site can be the corporate one")
    return tuple(sites)


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def decisions(lines: Sequence[str]) -> Callable[[str], bool | None]:
    """What the lines of a .gitignore say of a path relative to its folder: ignored, not ignored, or nothing (None)."""
    from pathspec import GitIgnoreSpec

    lines = [line for line in lines if not _is_costly(line)]
    try:
        spec = GitIgnoreSpec.from_lines(lines)
    except ValueError:  # Git passes over a line that is no pattern; this library does not
        spec = GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])
    return lambda path: spec.check_file(path).include


def _is_pattern(line: str) -> bool:
    try:
        patterns([line], "")
    except ConfigError:
        return False
    return True


def _is_costly(pattern: str) -> bool:
    """Whether a pattern has more stars than a path should be compared with: each one multiplies the time it takes."""
    return any(len(re.findall(r"\*+", step)) > _STARS for step in pattern.split("/")) or pattern.count("**") > _STARS


def patterns(lines: Sequence[str], origin: str) -> Callable[[str], bool]:
    """Whether a path, relative and with forward slashes, matches patterns written as in `.gitignore`."""
    if not lines:
        return lambda path: False
    for line in lines:
        if _is_costly(line):
            raise ConfigError(f"{origin}: {line!r} has more than {_STARS} stars between slashes, or '**' as often")
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines).match_file
    except ValueError as error:
        raise ConfigError(f"{origin}: not a pattern as in .gitignore: {error}") from None
