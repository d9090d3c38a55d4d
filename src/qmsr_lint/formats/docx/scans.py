"""Documents of scanned pages: pictures that fill a page, and next to no text that could be read."""

import re
from collections.abc import Iterable
from itertools import islice

from qmsr_lint.formats.docx.text.names import MC, WP, A, Element, V

_PICTURES = (f"{A}blip", f"{V}imagedata")
_DRAWINGS = (f"{WP}inline", f"{WP}anchor")
_LETTERS = 8
"""Letters that each scanned page may have beside it, as in "Page 1 of 12"."""
_LARGE = 160
"""Square centimetres, not half of what a page has room for (16 by 25 cm). A scan that lies across one has 180 or more.
A document with smaller figures alone on it holds nothing that a procedure says."""
_WIDE = 14
"""Centimetres: pictures as wide as the text of a page may be strips of one."""
_SEEN = 200
"""Pictures that are looked at, and characters of a style."""
_AROUND = 16
"""Elements around a picture in which its size is looked for."""
_EMU = 360_000  # English Metric Units in a centimetre
_SIZE = re.compile(
    r"(?<![-\w])(width|height)\s{0,9}:\s{0,9}(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})(pt|in|cm|mm|px|pc)?\s{0,9}(?:;|$)"
)
_CENTIMETRES = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "pc": 2.54 / 6, "": 2.54 / 96}
_PAGE = (16.0, 25.0)

Size = tuple[float, float]
"""Width and height in centimetres."""


def holds_scans_alone(root: Element, texts: Iterable[str]) -> bool:
    """Whether the main part `root` shows pictures of pages, and `texts`, all that can be read, numbers at most."""
    letters = 0
    for text in texts:
        letters += sum(map(str.isalpha, text))
        if letters > _LETTERS * _SEEN:  # nearly every document: its pictures need not be looked for
            return False
    seen = islice((picture for picture in root.iter(*_PICTURES) if not _is_fallback(picture)), _SEEN)
    sizes = [_drawn(picture) or _styled(picture) or _PAGE for picture in seen]
    pages = sum(width * height >= _LARGE for width, height in sizes)
    strips = sum(width * height for width, height in sizes if width >= _WIDE)
    return (pages > 0 or strips >= _LARGE) and letters <= _LETTERS * max(pages, 1)


def _is_fallback(picture: Element) -> bool:
    """Whether it stands for something that newer versions of Word draw, such as a chart."""
    return any(around.tag == f"{MC}Fallback" for around in islice(picture.iterancestors(), _AROUND))


def _drawn(picture: Element) -> Size | None:
    for around in islice(picture.iterancestors(), _AROUND):
        extent = around.find(f"{WP}extent") if around.tag in _DRAWINGS else None
        sides = [] if extent is None else [extent.get(side, "") for side in ("cx", "cy")]
        if sides and all(side.isdecimal() and len(side) < 12 for side in sides):
            width, height = (int(side) / _EMU for side in sides)
            return (width, height) if width and height else None
    return None


def _styled(picture: Element) -> Size | None:
    """The size in the styles of older versions of Word; in a group that of the whole, for its own units are others."""
    size = None
    for around in islice(picture.iterancestors(), _AROUND):
        found = _SIZE.findall(around.get("style", "")[:_SEEN]) if size is None or around.tag == f"{V}group" else []
        sides = {side: float(number) * _CENTIMETRES[unit] for side, number, unit in found}
        if len(sides) == 2 and all(sides.values()):
            size = sides["width"], sides["height"]
    return size
