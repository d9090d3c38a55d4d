"""The seal of a redline: it tells of which document it is, and whether somebody has worked in it since it was made.

It stands in the comment of the zip, which belongs to no part and which programs drop when they save the file. It is
made of the names and the checksums of all entries and of the hash of the original, so that it fits nothing else.
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


def sealed(data: bytes, original: str) -> bytes:
    """The redline of a document, known by its hash, with its seal behind the comment that the file has.

    Where that leaves no room, it has none and is not written anew.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        old = archive.comment
        new = _SEAL.sub(b"", old) + _seal(archive, original)
    if len(new) > _LONGEST:
        return data
    head = data[: len(data) - len(old) - _LENGTH.size]
    return head + _LENGTH.pack(len(new)) + new


def is_as_made(data: bytes, original: str) -> bool:
    """Whether a file is the redline, as this tool left it, of the document with this hash."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.comment.endswith(_seal(archive, original))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _seal(archive: zipfile.ZipFile, original: str) -> bytes:
    entries = sorted((entry.filename, entry.CRC, entry.file_size) for entry in archive.infolist())
    return _WORDS + sha256(repr((original, entries)).encode(errors="surrogatepass")).hexdigest().encode()
