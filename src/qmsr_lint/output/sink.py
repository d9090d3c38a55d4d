"""Where outputs go: standard output, or a file that appears whole or not at all."""
# Plain calls of the system: os.open is what lets the user's umask set the permissions of a new file.

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO

from qmsr_lint.errors import UsageError


def standard_output() -> TextIO:
    """Standard output as UTF-8 with bare line feeds, so that the same run gives the same bytes everywhere."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return sys.stdout


@contextmanager
def open_file(path: str) -> Iterator[TextIO]:
    """A UTF-8 text file that replaces `path` when all is written; on an error nothing is left behind.

    A link is followed; a device or a pipe is written to as it is. Raises UsageError naming the path.
    """
    target = os.path.realpath(path)
    temporary = None
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as sink:
                yield sink
            return
        temporary = _free_name(os.path.dirname(target))
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as sink:
            yield sink
        os.replace(temporary, target)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def check_writable(path: str, flag: str = "") -> None:
    """Raise UsageError where no file could be written to a path: better now than after a long run."""
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isdir(target):
        return
    try:
        probe = _free_name(os.path.dirname(target))
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        os.unlink(probe)
    except OSError as error:
        raise UsageError(f"{flag}{path}: cannot be written: {error.strerror or error}") from None


def _free_name(folder: str) -> str:
    number = 0
    while os.path.lexists(name := os.path.join(folder, f".qmsr-lint-{os.getpid()}-{number}.tmp")):
        number += 1
    return name


def color_wanted(stream: TextIO) -> bool:
    """Whether to color: on a terminal, unless NO_COLOR is set; anywhere with FORCE_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int:
    """The columns to fill: those of the terminal from 60 to 160, 160 elsewhere."""
    try:
        return min(160, max(60, os.get_terminal_size(stream.fileno()).columns)) if stream.isatty() else 160
    except (OSError, ValueError):
        return 160
