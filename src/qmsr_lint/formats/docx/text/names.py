"""The names of the XML of Word files, and how an attribute says yes, no or a number."""

from lxml import etree

Element = etree._Element
"""What lxml makes of an XML element."""

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NS}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
V = "{urn:schemas-microsoft-com:vml}"
SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"

P, RUN, T = f"{W}p", f"{W}r", f"{W}t"
PPR = f"{W}pPr"
RUN_STYLE = f"{W}rStyle"
PICTURE = "\ufffc"
"""Stands for a picture in the line; no letter of a word."""
PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
TXBX = f"{W}txbxContent"
VAL, ID, NAME = f"{W}val", f"{W}id", f"{W}name"
_OFF = {"0", "false", "off"}
DROP_CAPS = ("drop", "margin")
"""Values of w:dropCap that make a paragraph a large first letter of the next one."""
_MOST = 32_767
"""No number that Word takes for a place, a level or a count is greater."""


def is_on(value: str | None, default: bool = True) -> bool:
    """Whether an attribute says yes; `default` where there is none: what properties name without a w:val is on."""
    return default if value is None else value not in _OFF


def whole(value: str | None, default: int) -> int:
    """The whole number in an attribute, kept within what Word takes; `default` where there is none."""
    try:
        return max(-_MOST, min(int(value or ""), _MOST))
    except ValueError:  # also for thousands of digits, which Python refuses to read and to print
        return default
