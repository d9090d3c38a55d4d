"""The bytes of a file that anybody may have put there: of regular files only, and no more than a limit."""

import os
import stat

from qmsr_lint.errors import Unreadable

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def regular(path: str | os.PathLike[str]) -> os.stat_result:
    """What the system knows of a regular file. Raises Unreadable for anything else, for a pipe may never end."""
    return _regular(os.stat(path))


def _regular(status: os.stat_result) -> os.stat_result:
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(f"not a file but {_KINDS.get(stat.S_IFMT(status.st_mode), 'something else')}")
    return status


def contents(path: str | os.PathLike[str], limit: int, set_by: str = "limits: file-bytes") -> bytes:
    """All bytes of a regular file. Raises Unreadable for more than `limit` bytes, and OSError as `open` does.

    `set_by` says for people what the limit is.
    """
    regular(path)
    with open(path, "rb", opener=_opened) as file:
        size = _regular(os.fstat(file.fileno())).st_size  # of what was opened, whatever has its name by now
        if size > limit:
            raise Unreadable(f"{size} bytes, above the limit of {limit} ({set_by})")
        # So much memory is taken before anything is read: not what the limit allows, but what the file has.
        data = file.read(size + 1)
        if len(data) > size:  # it has grown meanwhile
            data += file.read(limit - size)
    if len(data) > limit:
        raise Unreadable(f"more than {limit} bytes, above the limit ({set_by})")
    return data


def _opened(path: str, flags: int) -> int:
    """Opens without waiting: a pipe that has taken the file's place would not let go."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
