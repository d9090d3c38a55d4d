"""What a document's styles say about structure: headings, lists, quotations, code, hidden text."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from qmsr_lint.formats.docx.package import parse_xml
from qmsr_lint.formats.docx.text import UNREMARKABLE, W_NS, StyleLook, W, is_on, whole
from qmsr_lint.limits import DEFAULT, Limits

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|rubrik|kop|overskrift|otsikko|nagłówek|nadpis|заголовок|見出し|标题|標題)"
    r" ?([1-9])",
    re.IGNORECASE,
)
_QUOTE = {"quote", "intense quote", "intensequote"}
# Not "Plain Text", "HTML Preformatted" and "Macro Text": whole procedures stand in them that were pasted from mails and
# web pages, and code in them costs a false alarm where a procedure taken for code would cost every finding.
_CODE = {"html code", "code", "inline code", "source code", "verbatim char"}
_REMARKABLE = (
    b"<w:vanish", b"<w:strike", b"<w:dstrike", b"<w:caps", b"<w:smallCaps", b'"superscript"', b"HTML Code",
    b"Verbatim Char", b'"Code"', b'e Code"',
)  # fmt: skip
_SINGLE_QUOTED = re.compile(rb"=\s*'")
_DECLARATION = re.compile(rb"!(?<=<!)")  # a comment, CDATA or DOCTYPE; "!" is rare, "<" is not


class Font(NamedTuple):
    """What sets words apart: `size` in half points, 0 for the default; `colour` and `face`, None where not known."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    size: int = 0
    colour: str | None = None
    face: str | None = None

    def with_properties(self, properties: etree._Element) -> "Font":
        """The font with what the properties of a run or a style change in it."""
        line, size = properties.find(f"{W}u"), properties.find(f"{W}sz")
        colour, faces = properties.find(f"{W}color"), properties.find(f"{W}rFonts")
        return Font(
            switched(properties, "b", self.bold),
            switched(properties, "i", self.italic),
            self.underlined if line is None else line.get(f"{W}val", "single") != "none",
            self.size if size is None else max(0, whole(size.get(f"{W}val"), 0)),
            self.colour if colour is None else _colour(colour.get(f"{W}val", "")),
            self.face if faces is None else faces.get(f"{W}ascii", self.face),
        )

    def under(self, style: "Font") -> "Font":
        """The font of a paragraph with a character style on it; what both switch on is off (ECMA-376 1, 17.7.3)."""
        return Font(
            self.bold != style.bold,
            self.italic != style.italic,
            self.underlined or style.underlined,
            style.size or self.size,
            style.colour or self.colour,
            style.face or self.face,
        )

    def beside(self, body: "Font") -> str:
        """How words in this font look beside text in another one; "" for alike, smaller, and what is not known."""
        if self.size and body.size and self.size < body.size:
            return ""
        signs = (
            ("bold", self.bold and not body.bold),
            ("italic", self.italic and not body.italic),
            ("underlined", self.underlined and not body.underlined),
            (f"{self.size}", self.size and body.size and self.size > body.size),
            (f"{self.colour}", self.colour and self.colour != body.colour),
            (f"{self.face}", self.face and body.face and self.face != body.face),
        )
        return " ".join(sign for sign, shown in signs if shown)


def _colour(value: str) -> str | None:
    return None if value.lower() in ("", "auto", "000000") else value


class Style(NamedTuple):
    """A style with everything it inherits. `heading` is 1 to 9 or 0; `numbering` a list's id with its level."""

    heading: int = 0
    numbering: str | None = None
    level: str | None = None
    quote: bool = False
    font: Font = Font()
    look: StyleLook = UNREMARKABLE


class StyleSheet:
    """The styles of one document, resolved when asked for; empty where the document has none.

    `name` is the part's name for error messages. Templates carry hundreds of styles of which a document uses ten: of
    a large part, only the styles asked for are parsed.
    """

    def __init__(self, data: bytes | None, name: str = "", limits: Limits = DEFAULT, large: int = 30_000) -> None:
        self._data = data or b""
        self._find: Callable[[str], etree._Element | None]
        self._styles: dict[str, Style] = {}
        self.default = ""
        if data is not None and len(data) >= large and _is_plain(data):
            self._find, self.default = _finder(data, name, limits), _default(data)
            return
        found = [] if data is None else parse_xml(data, name, limits).findall(f"{W}style")
        elements = {
            el.get(f"{W}styleId", ""): el for el in reversed(found)
        }  # of two styles with one id the first counts
        self._find = lambda style: elements.get(style)
        paragraphs = (el for el in found if el.get(f"{W}type") == "paragraph" and is_on(el.get(f"{W}default"), False))
        self.default = next((el.get(f"{W}styleId", "") for el in paragraphs), "")

    @property
    def remarkable(self) -> bool:
        """Whether a character style may hide, strike, raise or capitalise text, or show code: then runs are asked."""
        return b"<w:style" not in self._data or any(sign in self._data for sign in _REMARKABLE)

    @cached_property
    def size(self) -> int:
        """The size of text that nothing gives one, in half points; 10 points where the document has no default."""
        start = self._data.find(b"<w:docDefaults")
        end = self._data.find(b"</w:docDefaults", start) if start >= 0 else -1
        found = re.search(rb"<w:sz\s+w:val=[\"'](\d{1,4})", self._data[start:end]) if end >= 0 else None
        return int(found[1]) if found else 20

    def of(self, style: str | None) -> Style:
        """A paragraph's style, the default one where it names none."""
        return self.style(self.default if style is None else style)

    def look(self, style: str) -> StyleLook:
        """What a style does to characters."""
        return self.style(style).look

    def style(self, style: str) -> Style:
        """The style with this id; one that the document does not define is known by its id alone."""
        if style not in self._styles:
            self._resolve(style)
        return self._styles[style]

    def _resolve(self, style: str) -> None:
        """Work out a style and those it is based on; a circle of styles ends where it closes."""
        chain: dict[str, etree._Element | None] = {}
        below = style
        while below not in self._styles and below not in chain:
            el = chain[below] = self._find(below)
            based = None if el is None else el.find(f"{W}basedOn")
            if based is None:
                break
            below = based.get(f"{W}val", "")
        made = self._styles.get(below, Style())
        for id_, el in reversed(chain.items()):
            made = self._styles[id_] = _named(Style(), id_) if el is None else _derived(made, el)


def _derived(parent: Style, el: etree._Element) -> Style:
    name = el.find(f"{W}name")
    own = _named(_outlined(_numbered(parent, el), el), "" if name is None else name.get(f"{W}val", ""))
    properties = el.find(f"{W}rPr")
    if properties is None:
        return own
    return own._replace(look=_look(parent.look, properties, own.look), font=parent.font.with_properties(properties))


def _is_plain(data: bytes) -> bool:
    """Whether a part is written as Word writes it, so that a style can be found without parsing the whole."""
    start = max(0, data.find(b"<w:styles"))
    head = data[: data.find(b">", start)]
    declared = b"<w:styles" in head and b'xmlns:w="%s"' % W_NS.encode() in head
    if not declared or (b"encoding=" in head and b"UTF-8" not in head.upper()) or _DECLARATION.search(data):
        return False
    return data.find(b"'", start) < 0 or _SINGLE_QUOTED.search(data, start) is None


def _finder(data: bytes, name: str, limits: Limits) -> Callable[[str], etree._Element | None]:
    head = data[data.index(b"<w:styles") : data.index(b">", data.index(b"<w:styles")) + 1]

    places: dict[bytes, int] = {}
    for found in re.finditer(rb'w:styleId="([^"]*)"', data):
        places.setdefault(found[1], found.start())

    def find(style: str) -> etree._Element | None:
        at = places.get(_escaped(style).encode(), -1)
        start, tag_end, end = data.rfind(b"<", 0, max(at, 0)), data.find(b">", at), data.find(b"</w:style", at)
        if at < 0 or end < 0 or data[start : start + 9].split() != [b"<w:style"] or data[tag_end - 1 : tag_end] == b"/":
            return None
        return parse_xml(head + data[start:end] + b"</w:style></w:styles>", name, limits)[0]

    return find


def _default(data: bytes) -> str:
    at = data.find(b'w:default="')
    while at >= 0:
        start = data.rfind(b"<", 0, at)
        tag = data[start : data.find(b">", at)]
        found = re.search(rb'w:styleId="([^"]*)"', tag)
        if found and b'w:type="paragraph"' in tag and re.search(rb'w:default="(1|true|on)"', tag):
            return _unescaped(found[1].decode(errors="replace"))
        at = data.find(b'w:default="', at + 1)
    return ""


# xml.sax.saxutils has these too, and imports the whole of urllib.request, with its sockets and certificates.
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))


def _escaped(text: str) -> str:
    for character, written in _ESCAPES:
        text = text.replace(character, written)
    return text


def _unescaped(text: str) -> str:
    for character, written in reversed(_ESCAPES):
        text = text.replace(written, character)
    return text


def _named(style: Style, name: str) -> Style:
    folded = name.lower()
    heading = _HEADING.fullmatch(folded)
    if heading:
        style = style._replace(heading=style.heading or int(heading[1]))
    if folded == "title":
        style = style._replace(heading=style.heading or 1)
    if folded in _QUOTE:
        style = style._replace(quote=True)
    if folded in _CODE:
        style = style._replace(look=style.look._replace(code=True))
    return style


def _numbered(style: Style, el: etree._Element) -> Style:
    number, level = el.find(f"{W}pPr/{W}numPr/{W}numId"), el.find(f"{W}pPr/{W}numPr/{W}ilvl")
    if number is not None:
        style = style._replace(numbering=number.get(f"{W}val"))
    return style if level is None else style._replace(level=level.get(f"{W}val"))


def _outlined(style: Style, el: etree._Element) -> Style:
    outline = el.find(f"{W}pPr/{W}outlineLvl")
    return style if outline is None else style._replace(heading=outline_level(outline.get(f"{W}val")))


def outline_level(value: str | None) -> int:
    """A heading's level, 1 to 9, of a w:outlineLvl (counted from 0; 9 is body text); 0 for no heading."""
    level = whole(value, 9)
    return level + 1 if 0 <= level < 9 else 0


def switched(properties: etree._Element, name: str, inherited: bool) -> bool:
    """Whether the properties of a run switch something on or off, like w:b; inherited where they do not say."""
    found = properties.find(f"{W}{name}")
    return inherited if found is None else is_on(found.get(f"{W}val"))


def _look(parent: StyleLook, properties: etree._Element, own: StyleLook) -> StyleLook:
    def switch(names: Sequence[str], inherited: bool) -> bool:
        found = [el for name in names if (el := properties.find(f"{W}{name}")) is not None]
        return any(is_on(el.get(f"{W}val")) for el in found) if found else inherited

    position = properties.find(f"{W}vertAlign")
    look = StyleLook(
        hidden=switch(["vanish"], parent.hidden),
        struck=switch(["strike"], parent.struck),
        code=own.code,
        caps=switch(["caps", "smallCaps"], parent.caps),
        raised=parent.raised if position is None else position.get(f"{W}val") == "superscript",
    )
    return UNREMARKABLE if look == UNREMARKABLE else look
