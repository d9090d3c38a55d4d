"""Results of earlier runs, kept by the hash of a document's bytes and of all that its judgement depends on.

Each result is a file of its own that appears whole or not at all: runs side by side, runs that are killed and network
folders can do it no harm, and what cannot be read is judged again. The folder is the user's alone, because excerpts of
documents stand in it. What has not been used for long goes first when it grows too large.
"""
# Plain calls of the system: this runs once for each of many documents.

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from time import time
from typing import Any

from qmsr_lint import __version__, atomic
from qmsr_lint.errors import UsageError
from qmsr_lint.limits import Limits
from qmsr_lint.model import DocumentResult, Finding, Fix, Identity, Place, Position, Suppression
from qmsr_lint.shipped import cache_folder

LARGEST = 512 * 2**20
"""Bytes of results that are kept; a clean-up leaves four fifths of them."""

UNUSED = 60 * 86_400
"""Seconds after which a result that was not used goes."""

_RESULTS = "results-1"
_CLEANED = "cleaned"
_DAY = 86_400
_WRITTEN = 64 * 2**20  # bytes that one process writes between two clean-ups
_LIBRARIES = ("lxml", "pyromark", "rapidfuzz", "ahocorasick_rs")


class Cache:
    """The results in a folder. `keys` name what holds for each configuration of a run, and `by_name` says whether the
    names of files decide there as well; `today` is a date, YYYY-MM-DD.

    Goes to worker processes whole; nothing in it changes but the count of bytes written.
    """

    def __init__(self, folder: str, keys: Sequence[str], by_name: Sequence[bool], today: str = "") -> None:
        self.folder = os.path.join(folder, _RESULTS)
        self.keys = tuple(keys)
        self.by_name = tuple(by_name)
        self.today = today
        self.written = 0

    def get(self, config: int, result: DocumentResult) -> DocumentResult | None:
        """What became of a document with the bytes of `result.sha256`, or None where that is not known."""
        from json import loads
        from zlib import decompress
        from zlib import error as damaged

        path = self._path(config, result)
        try:
            with open(path, "rb") as file:
                sha256, day, identity, findings = loads(decompress(file.read()))
                used = os.fstat(file.fileno()).st_mtime
            if sha256 != result.sha256 or day not in ("", self.today):
                return None
            if time() - used > _DAY:
                os.utime(path)
            return result._replace(identity=Identity(*identity), findings=tuple(_finding(row) for row in findings))
        except (OSError, ValueError, TypeError, IndexError, damaged):
            return None

    def put(self, config: int, result: DocumentResult, dated: bool) -> None:
        """Keep a result; a `dated` one holds today only. A full disk or a folder that is gone stops nothing."""
        from json import dumps
        from zlib import compress

        path = self._path(config, result)
        entry = (result.sha256, self.today if dated else "", result.identity, result.findings)
        data = compress(dumps(entry, separators=(",", ":")).encode(), 1)
        try:
            try:
                _write(path, data)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
                _write(path, data)
        except OSError:
            return
        self.written += len(data)
        if self.written > _WRITTEN:
            self.written = 0
            self.clean(due=True)

    def clean(self, due: bool = False) -> None:
        """Remove what has not been used for long, and the oldest results above the bound; once a day, or when `due`."""
        marker = os.path.join(self.folder, _CLEANED)
        try:
            if not due and time() - os.stat(marker).st_mtime < _DAY:
                return
        except OSError:
            pass
        try:
            with open(marker, "wb"):
                pass
        except OSError:
            return
        kept = sorted(_entries(self.folder), reverse=True)
        total, oldest = 0, time() - UNUSED
        bound = LARGEST if sum(size for _, size, _ in kept) <= LARGEST else LARGEST * 4 // 5
        for used, size, path in kept:
            total += size
            if total > bound or used < oldest:
                _remove(path)

    def _path(self, config: int, result: DocumentResult) -> str:
        known_by = f"{self.keys[config]}\0{result.format}\0{result.sha256}"
        if self.by_name[config]:
            known_by += f"\0{os.path.basename(result.path)}"
        name = blake2b(known_by.encode(errors="surrogatepass"), digest_size=20).hexdigest()
        return os.path.join(self.folder, name[:2], name[2:])


def open_cache(
    folder: str | None,
    rules: Sequence[str],
    limits: Sequence[Limits],
    by_name: Sequence[bool],
    identify: bool,
    today: str,
) -> Cache | None:
    """The cache in a folder, or in the user's own one, for the rules (hashes) and limits of each configuration.

    `by_name` says for each whether the name of a file decides what is found in it.
    Raises UsageError for a folder that was named and cannot be written to; without the user's own one there is none.
    """
    place = folder if folder is not None else cache_folder()
    try:
        os.makedirs(os.path.join(place, _RESULTS), 0o700, exist_ok=True)
        atomic.probe(os.path.join(place, _RESULTS))
    except OSError as error:
        if folder is None:
            return None
        raise UsageError(f"--cache-dir {folder}: cannot be written to: {error.strerror or error}") from None
    program = _program()
    keys = []
    for digest, limit in zip(rules, limits, strict=True):
        bounds = limit._replace(seconds=0, memory_bytes=0)  # these two decide whether there is a result, not what it is
        keys.append(blake2b(repr((program, digest, bounds, identify)).encode(), digest_size=20).hexdigest())
    return Cache(os.path.abspath(place), keys, by_name, today)


def _program() -> tuple[str, ...]:
    """What names the program: its version, and the sizes and times of its files and of the libraries that read for it.

    Two installations of one version may differ, above all where somebody works on the source.
    """
    from importlib.util import find_spec

    here = os.path.dirname(os.path.abspath(__file__))
    files = sorted(path for path in _sources(here))
    for library in _LIBRARIES:
        spec = find_spec(library)
        files += [spec.origin] if spec and spec.origin else []
    stats = [os.stat(file) for file in files]
    return (__version__, sys.version, *(f"{stat.st_size} {stat.st_mtime_ns}" for stat in stats))


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry.path
            elif entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                yield from _sources(entry.path)


def _entries(folder: str) -> Iterator[tuple[float, int, str]]:
    """When each result was used last, its size and its path."""
    for shard in _scanned(folder):
        for entry in _scanned(shard.path):
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            yield status.st_mtime, status.st_size, entry.path


def _scanned(folder: str) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return ()


def _write(path: str, data: bytes) -> None:
    with atomic.replacing(path, 0o600) as file:
        file.write(data)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def _finding(row: list[Any]) -> Finding:
    """The finding in a row of a kept result: the fields of Finding in their order."""
    finding = Finding(*row)
    return finding._replace(
        alternatives=tuple(finding.alternatives),
        position=Position(*finding.position) if finding.position else None,
        place=Place(*finding.place),
        fix=Fix(*finding.fix) if finding.fix else None,
        suppressed=Suppression(*finding.suppressed) if finding.suppressed else None,
    )
