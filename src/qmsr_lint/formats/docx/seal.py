"""The seal of a redline: it tells of which document it is, and whether somebody has worked in it since it was made.

It stands in the comment of the zip, which belongs to no part and which programs drop when they save the file. It is
made of the names and the checksums of all entries and of the original, so that it fits no other contents either.
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


def sealed(data: bytes, original: bytes) -> bytes:
    """The redline of a document with its seal behind the comment that it has; without where that leaves no room."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        old = archive.comment
        new = _SEAL.sub(b"", old) + _seal(archive, original)
    if len(new) > _LONGEST:
        return data
    head = data[: len(data) - len(old) - _LENGTH.size]
    return head + _LENGTH.pack(len(new)) + new


def is_as_made(data: bytes, original: bytes) -> bool:
    """Whether a file is the redline of a document as this tool left it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.comment.endswith(_seal(archive, original))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _seal(archive: zipfile.ZipFile, original: bytes) -> bytes:
    entries = sorted((entry.filename, entry.CRC, entry.file_size) for entry in archive.infolist())
    made_of = repr((sha256(original).hexdigest(), entries))
    return _WORDS + sha256(made_of.encode(errors="surrogatepass")).hexdigest().encode()
