"""Documents of scanned pages: pictures as large as pages, and next to no text that could be read."""

import re
from collections.abc import Iterable, Iterator

from qmsr_lint.formats.docx.text import Element

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_PAGE_NUMBER = 8
"""Letters that a scanned page may have beside it, as in "Page 1 of 12"."""
_LARGE = 160
"""Square centimetres, not half of what a page has room for (16 by 25 cm). A scan that lies across one has 180 or more.
A document with a smaller figure alone on it holds nothing that a procedure says."""
_EMU = 360_000  # English Metric Units in a centimetre
_SIZE = re.compile(r"(?<![-\w])(width|height)\s*:\s*([\d.]{1,12})\s*(pt|in|cm|mm|px|pc)?")
_CENTIMETRES = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "pc": 2.54 / 6, "": 2.54 / 96}


def holds_scans_alone(root: Element, texts: Iterable[str]) -> bool:
    """Whether the main part `root` shows pictures of pages, and `texts`, all that can be read, a number at most."""
    letters = 0
    for text in texts:
        letters += sum(map(str.isalpha, text))
        if letters > _PAGE_NUMBER:
            return False
    return any(area is None or area >= _LARGE for area in _areas(root))


def _areas(root: Element) -> Iterator[float | None]:
    """How much of a page each picture takes, in square centimetres; None where the document does not say."""
    for picture in root.iter(*_PICTURES):
        yield _drawn(picture) or _styled(picture)


def _drawn(picture: Element) -> float | None:
    for around in picture.iterancestors(f"{_WP}inline", f"{_WP}anchor"):
        extent = around.find(f"{_WP}extent")
        sides = [] if extent is None else [extent.get(side, "") for side in ("cx", "cy")]
        if sides and all(side.isdecimal() and len(side) < 12 for side in sides):
            width, height = map(int, sides)
            return max(width * height / _EMU**2, 1 / _EMU)
    return None


def _styled(picture: Element) -> float | None:
    for around in picture.iterancestors():
        sizes = {side: float(number) * _CENTIMETRES[unit] for side, number, unit in _sizes(around.get("style", ""))}
        if len(sizes) == 2:
            return sizes["width"] * sizes["height"]
    return None


def _sizes(style: str) -> Iterator[tuple[str, str, str]]:
    for side, number, unit in _SIZE.findall(style):
        if number.count(".") < 2 and number.strip("."):
            yield side, number, unit
