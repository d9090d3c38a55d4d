"""Files that appear whole or not at all: written under a name of their own, then put in place."""
# Plain calls of the system: os.open is what lets the user's umask set the permissions of a new file.

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRandom, FileIO
from typing import Any


class Raw(FileIO):
    """A file whose errors in writing name it, so that they are told from those of other files."""

    def write(self, data: Any) -> Any:
        """Write some bytes."""
        try:
            return super().write(data)
        except OSError as error:
            error.filename = self.name
            raise


@contextmanager
def replacing(path: str, mode: int = 0o666) -> Iterator[BufferedRandom]:
    """A file to write, and to read back, that takes the place of `path` when all has gone well. Raises OSError.

    On an error nothing is left behind. `mode` is the most that the permissions of a new file can be; those of a file
    that is there are kept.
    """
    kept = _permissions(path)
    name, handle = _new(os.path.dirname(path), mode if kept is None else mode & kept)
    try:
        with BufferedRandom(Raw(name, "w+b", opener=lambda *_: handle)) as file:
            if kept is not None and os.name == "posix":
                os.chmod(name, mode & kept)  # also where the user's mask has taken more away
            yield file
        os.replace(name, path)
    except BaseException:
        _remove(name)
        raise


def probe(folder: str) -> None:
    """Raise OSError where no file can be written to a folder."""
    name, handle = _new(folder, 0o600)
    os.close(handle)
    _remove(name)


def _new(folder: str, mode: int) -> tuple[str, int]:
    """A new file of our own in a folder, under a short name that nobody else has, open for writing."""
    number = 0
    while True:
        name = os.path.join(folder, f".qmsr-lint-{os.getpid()}-{number}.tmp")
        try:
            return name, os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        except FileExistsError:
            number += 1


def _permissions(path: str) -> int | None:
    """Who may do what with a file, None where there is none."""
    try:
        return os.stat(path).st_mode & 0o777
    except OSError:
        return None


def _remove(name: str) -> None:
    try:
        os.unlink(name)
    except OSError:
        return
