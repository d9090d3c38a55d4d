"""The seal of a redline: it tells whether somebody has worked in the file since it was made.

It stands in the comment of the zip, which belongs to no part and which programs drop when they save the file. It is
made of the names and the checksums of all entries, so that it fits no other contents either.
"""

import io
import re
import struct
import zipfile
from hashlib import sha256

_WORDS = b"qmsr-lint redline "
_SEAL = re.compile(re.escape(_WORDS) + rb"[0-9a-f]{64}")
_LENGTH = struct.Struct("<H")
_LONGEST = 0xFFFF


def sealed(data: bytes) -> bytes:
    """The package with its seal behind the comment that it has; unsealed where that leaves no room for it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        old = archive.comment
        new = _SEAL.sub(b"", old) + _seal(archive)
    if len(new) > _LONGEST:
        return data
    head = data[: len(data) - len(old) - _LENGTH.size]
    return head + _LENGTH.pack(len(new)) + new


def is_as_made(data: bytes) -> bool:
    """Whether a file is a redline of this tool that nobody has changed since."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.comment.endswith(_seal(archive))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _seal(archive: zipfile.ZipFile) -> bytes:
    entries = sorted((entry.filename, entry.CRC, entry.file_size) for entry in archive.infolist())
    return _WORDS + sha256(repr(entries).encode(errors="surrogatepass")).hexdigest().encode()
