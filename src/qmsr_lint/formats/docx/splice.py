"""Changes an XML part by its bytes: what is not replaced stays as it was written, down to quotes and entities."""

import re
from bisect import bisect_left, insort
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.package import in_utf_8

_START_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_IN_TEXT = str.maketrans(_WRITTEN)
_IN_ATTRIBUTE = str.maketrans(_WRITTEN | {"\t": "&#9;", "\n": "&#10;"})  # or they are read as blanks
NUMBER = b"\0"
"""Stands in new markup for a number that `finish` fills in."""


class Span(NamedTuple):
    """Where an element stands in its part's bytes: its start tag is start:inner, its end tag inner_end:end."""

    start: int
    inner: int
    inner_end: int
    end: int


class Splice(NamedTuple):
    """Bytes that take the place of a range; an empty range inserts."""

    start: int
    end: int
    new: bytes


class Source:
    """An XML part as bytes, with the span of each element of `root`, which was parsed from the same bytes."""

    def __init__(self, data: bytes, root: etree._Element) -> None:
        self.data = data = in_bytes(data)
        declared = _DECLARED.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
        self.utf8 = declared is None or declared[1].lower() in (b"utf-8", b"utf8")
        self._numbers = {el: number for number, el in enumerate(root.iter("*"))}
        self._starts, self._ends = _scan(data)
        self._splices: list[Splice] = []

    def span(self, el: etree._Element) -> Span:
        """Where the element stands."""
        number = self._numbers[el]
        start, end = self._starts[number], self._ends[number]
        match = _START_TAG.match(self.data, start)
        inner = match.end() if match else end
        if self.data[inner - 2 : inner] == b"/>":
            return Span(start, inner, inner, inner)
        return Span(start, inner, end, self.data.index(b">", end) + 1)

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Put `new` in the place of start:end; replacements made inside this range before are taken to be in `new`."""
        low, high = self._between(start, end)
        inside = [s for s in self._splices[low:high] if s.end <= end and start < s.end]
        if inside:
            self._splices[low:high] = [s for s in self._splices[low:high] if s not in inside]
        insort(self._splices, Splice(start, end, new), key=_place)

    def slice(self, start: int, end: int) -> bytes:
        """The bytes of a range, with what has been replaced in it."""
        low, high = self._between(start, end + (end == len(self.data)))
        out, at = [], start
        for splice in self._splices[low:high]:
            if splice.end <= end:
                out += [self.data[at : splice.start], splice.new]
                at = splice.end
        return b"".join([*out, self.data[at:end]])

    def _between(self, start: int, end: int) -> tuple[int, int]:
        """Which splices, kept in order, begin in start:end."""
        return bisect_left(self._splices, (start, 0), key=_place), bisect_left(self._splices, (end, 0), key=_place)

    def finish(self, first: int) -> tuple[bytes, int]:
        """The part's new bytes, its new markup numbered in order from `first`; the number after the last one."""
        pieces = self.slice(0, len(self.data)).split(NUMBER)
        out = [pieces[0]]
        for number, piece in enumerate(pieces[1:], first):
            out += [b"%d" % number, piece]
        return b"".join(out), first + len(pieces) - 1

    def text(self, words: str) -> bytes:
        """Words as character data."""
        words = as_text(words)
        return words.encode() if self.utf8 else words.encode("ascii", "xmlcharrefreplace")

    def attribute(self, words: str) -> bytes:
        """Words as an attribute's value in double quotes."""
        words = as_attribute(words)
        return words.encode() if self.utf8 else words.encode("ascii", "xmlcharrefreplace")


def in_bytes(data: bytes) -> bytes:
    """An XML part with a byte for each ASCII character. Raises Unreadable where that cannot be had."""
    try:
        data = in_utf_8(data)
    except UnicodeError as error:
        raise Unreadable(f"cannot be redlined: one of its parts is not in the encoding it says ({error})") from error
    if NUMBER in data:
        raise Unreadable("cannot be redlined: the encoding of one of its parts was not recognized")
    return data


def as_text(words: str) -> str:
    """Words as they are written between tags. A raw carriage return would be read as a line feed."""
    return _UNWRITABLE.sub("\ufffd", words).translate(_IN_TEXT)


def as_attribute(words: str) -> str:
    """Words as they are written as an attribute's value in double quotes."""
    return _UNWRITABLE.sub("\ufffd", words).translate(_IN_ATTRIBUTE)


def _place(splice: Splice) -> tuple[int, int]:
    return splice.start, splice.end


def _scan(data: bytes) -> tuple[list[int], list[int]]:
    """For each element in document order, the offsets of its start tag and of its end tag (or of what follows it)."""
    parser = expat.ParserCreate()
    starts: list[int] = []
    ends: list[int] = []
    open_: list[int] = []

    def start(name: str, attributes: object) -> None:
        open_.append(len(starts))
        starts.append(parser.CurrentByteIndex)
        ends.append(0)

    def end(name: str) -> None:
        ends[open_.pop()] = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # also an encoding that expat does not know
        raise Unreadable(f"cannot be redlined: one of its parts cannot be taken apart as XML ({error})") from error
    return starts, ends
