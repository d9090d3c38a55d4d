"""Decoding of text files: which encodings are read, and what is said of the others."""

from typing import NamedTuple

from qmsr_lint.errors import Unreadable

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF32_BOMS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
# The Git LFS specification (docs/spec.md): the version line comes first; a pointer is shorter than 1,024 bytes.
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_WAY_OUT = "save it as UTF-8"


class TextFile(NamedTuple):
    """A decoded text file: its characters, line endings kept, without its byte order mark; and how to encode them."""

    text: str
    encoding: str
    bom: bytes

    def encode(self, text: str) -> bytes:
        """Return `text` as the bytes of a file in the same encoding, with the byte order mark this one has."""
        return self.bom + text.encode(self.encoding)


def decode(data: bytes) -> TextFile:
    """Return the text of a file in UTF-8 (with or without a byte order mark) or in UTF-16 with one.

    An empty file is an empty text. Raises Unreadable for any other encoding, for a binary file and for a Git LFS
    pointer, saying at which byte and line it stopped and what to do.
    """
    if data.startswith(_LFS_POINTER) and len(data) < 1024:
        raise Unreadable("this is a Git LFS pointer, not the document: fetch the document with `git lfs pull`")
    bom, encoding = _encoding(data)
    if encoding == "utf-8" and (nul := data.find(b"\0")) >= 0:
        raise Unreadable(
            f"a NUL at byte {nul} (line {_line(data, nul)}): a binary file, or text in an encoding that is not read; "
            f"if it is text, {_WAY_OUT}"
        )
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = len(bom) + error.start
        shown = data[at] if encoding == "utf-8" else int.from_bytes(data[at : at + 2], "big")
        raise Unreadable(
            f"byte {at} (0x{shown:02x}, line {_line(data[:at], at, encoding)}) is not {_name(encoding)}: {_WAY_OUT}"
        ) from None
    if "\0" in text:
        raise Unreadable(f"a NUL on line {text.count(chr(10), 0, text.index(chr(0))) + 1}: a binary file")
    return TextFile(text, encoding, bom)


def _encoding(data: bytes) -> tuple[bytes, str]:
    if data.startswith(_UTF8_BOM):
        return _UTF8_BOM, "utf-8"
    if data.startswith(_UTF32_BOMS):
        raise Unreadable(f"UTF-32 is not read: {_WAY_OUT}")
    encoding = _UTF16_BOMS.get(data[:2])
    return (data[:2], encoding) if encoding else (b"", "utf-8")


def _name(encoding: str) -> str:
    return "UTF-8" if encoding == "utf-8" else "UTF-16"


def _line(data: bytes, end: int, encoding: str = "utf-8") -> int:
    """Return the line, from 1, on which byte `end` of `data` stands; a carriage return alone also ends a line."""
    head = data[:end].decode(encoding, "ignore")
    return 1 + head.count("\n") + head.count("\r") - head.count("\r\n")
