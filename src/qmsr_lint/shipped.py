"""The shipped rule packs: where they lie, and how they are kept compiled.

Parsing YAML and checking its entries is slow, so the rules and tables are kept as lines of JSON: beside their sources
in a wheel, in the user's cache folder otherwise. They begin and end with the seal of the sources they were made of; a
copy with another seal, or with half of its lines, is never used.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from qmsr_lint import atomic
from qmsr_lint.lexicon import Prepared, prepare
from qmsr_lint.pack import Rule, entries, parse_yaml, plain, restored, rule_of

_HERE = os.path.dirname(os.path.abspath(__file__))
COMPILED = "compiled.jsonl"
_FORMAT = 10  # of the compiled packs; part of their seal


def folder() -> str:
    """The folder of the packs: inside the installed package, or the repository's in an editable install."""
    installed = os.path.join(_HERE, "rules")
    return installed if os.path.isdir(installed) else os.path.join(_HERE, os.pardir, os.pardir, "rules")


class FactTables(Mapping[str, Any]):
    """The tables of facts by name; each is JSON until it is asked for, for a run needs only some of them."""

    def __init__(self, lines: Mapping[str, bytes]) -> None:
        self._lines = lines
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._parsed:
            self._parsed[name] = json.loads(self._lines[name])
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class Packs:
    """The shipped packs, made of their compiled lines: seal, hash of the sources, rules, gap rules, names of the
    tables, tables, seal."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self.digest: str = json.loads(lines[1])
        self._rules, self._gaps = lines[2:4]
        self.facts = FactTables(dict(zip(json.loads(lines[4]), lines[5:-1], strict=True)))

    def rules(self, *, gap: bool) -> Iterator[tuple[Rule, Prepared]]:
        """The rules with their literals; the gap rules, nearly half of them, only when asked for."""
        for line in (self._rules, self._gaps) if gap else (self._rules,):
            for values, prepared in json.loads(line):
                yield restored(values), Prepared(*prepared)


def load() -> Packs:
    """The shipped packs. Raises PackError for anything malformed."""
    place = folder()
    names, sources = _sources(place)
    seal = _seal(names, sources)
    for path in (
        os.path.join(place, COMPILED),
        cached := os.path.join(cache_folder(), f"rules-{seal}.jsonl"),
    ):
        try:
            with open(path, "rb") as file:
                lines = file.read().splitlines()
        except OSError:
            continue
        if len(lines) > 1 and lines[0] == lines[-1] == _json(seal):
            return Packs(lines)
    lines = _compile(names, sources)
    _keep(cached, _joined(lines))
    return Packs(lines)


def compiled(place: str) -> bytes:
    """The packs and tables of a folder as `load` looks for them in the file `COMPILED`. Raises PackError."""
    return _joined(_compile(*_sources(place)))


def cache_folder() -> str:
    """The user's folder for what can be made again; QMSR_LINT_CACHE_DIR names another one."""
    if own := os.environ.get("QMSR_LINT_CACHE_DIR"):
        return own
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "qmsr-lint")


def _sources(place: str) -> tuple[list[str], list[bytes]]:
    """The names, with forward slashes, and the bytes of the packs and tables, sorted by name."""
    names = [name for name in os.listdir(place) if name.endswith(".yaml")]
    names += [f"facts/{name}" for name in os.listdir(os.path.join(place, "facts")) if name.endswith(".yaml")]
    names.sort()
    sources = []
    for name in names:
        with open(os.path.join(place, *name.split("/")), "rb") as file:
            sources.append(file.read())
    return names, sources


def _seal(names: Sequence[str], sources: Sequence[bytes]) -> str:
    """What names the sources among all that they ever were. Guards against a stale copy, and against nothing else, so
    that a sum will do: it is there in half the time that a hash takes to be imported."""
    sums = 0
    for name, source in zip(names, sources, strict=True):
        sums = crc32(source, crc32(f"{name}\0{len(source)}\0".encode(), sums))
    return f"{_FORMAT}-{sum(map(len, sources))}-{sums:08x}"


def _digest(names: Sequence[str], sources: Sequence[bytes]) -> str:
    from hashlib import sha256

    digest = sha256()
    for name, source in zip(names, sources, strict=True):
        digest.update(f"{name}\0{len(source)}\0".encode())
        digest.update(source)
    return digest.hexdigest()


def _compile(names: Sequence[str], sources: Sequence[bytes]) -> list[bytes]:
    """The lines of `Packs`."""
    from qmsr_lint import packcheck

    rules: list[Any] = []
    gaps: list[Any] = []
    facts: dict[str, Any] = {}
    packs: dict[str, list[Rule]] = {}
    for name, source in zip(names, sources, strict=True):
        parsed = parse_yaml(source, name)
        if name.startswith("facts/"):
            facts[name.removeprefix("facts/").removesuffix(".yaml")] = parsed
            continue
        if "retained" in parsed:
            facts.setdefault("retained", []).extend(parsed["retained"])
        packs[name] = [rule_of(entry, name) for entry in entries(parsed, name)]
    for name, own in packs.items():
        packcheck.check(own, name, facts)
        for rule in own:
            (gaps if rule.kind == "gap" else rules).append((plain(rule), prepare(rule)))
    seal, digest = _seal(names, sources), _digest(names, sources)
    return [_json(each) for each in (seal, digest, rules, gaps, [*facts], *facts.values(), seal)]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _joined(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _keep(path: str, data: bytes) -> None:
    # Only a shortcut for the next run: a read-only home must not stop this one.
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with atomic.replacing(path) as file:
            file.write(data)
    except OSError:
        return
