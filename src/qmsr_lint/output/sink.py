"""Where outputs go: standard output, or a file that appears whole or not at all."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter, TextIOWrapper
from typing import TextIO

from qmsr_lint import atomic
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
    is_file = os.path.isfile(target) or not os.path.exists(target)
    name = None
    try:
        with (
            atomic.replacing(target) if is_file else BufferedWriter(atomic.Raw(target, "wb")) as file,
            TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="\n") as sink,
        ):
            name = file.name
            yield sink
            name = None  # from here on it is this file alone that is written to
    except OSError as error:
        if name is not None and error.filename != name:
            raise  # that of another file, or of standard output
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from None


def check_writable(path: str, flag: str = "") -> None:
    """Raise UsageError where no file could be written to a path: better now than after a long run."""
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isdir(target):
        return
    try:
        atomic.probe(os.path.dirname(target))
    except OSError as error:
        raise UsageError(f"{flag}{path}: cannot be written: {error.strerror or error}") from None


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
