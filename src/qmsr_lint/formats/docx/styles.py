"""What a document's styles say about structure: headings, lists, quotations, code, hidden text."""

import re
from typing import NamedTuple

from lxml import etree

from qmsr_lint.formats.docx.text import UNREMARKABLE, StyleLook, W

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|rubrik|kop|overskrift|otsikko|nagłówek|nadpis|заголовок|見出し|标题|標題)"
    r" ?([1-9])",
    re.IGNORECASE,
)
_QUOTE = {"quote", "intense quote", "block text", "zitat", "citation"}
_CODE = {
    "html code",
    "html preformatted",
    "code",
    "inline code",
    "source code",
    "verbatim char",
    "plain text",
    "macro text",
}
_OFF = {"0", "false", "off"}
_DEPTH = 32  # a chain of styles longer than this is a circle


class Style(NamedTuple):
    """A style with everything it inherits. `heading` is 1 to 9 or 0; `numbering` a list's id with its level."""

    heading: int = 0
    numbering: str | None = None
    level: str | None = None
    quote: bool = False
    look: StyleLook = UNREMARKABLE


class StyleSheet:
    """The styles of one document, resolved when asked for; empty where the document has none."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._elements = {el.get(f"{W}styleId", ""): el for el in found}
        self._styles: dict[str, Style] = {}
        default = next((el for el in found if el.get(f"{W}type") == "paragraph" and _on(el, f"{W}default")), None)
        self.default = "" if default is None else default.get(f"{W}styleId", "")
        self.remarkable = root is not None and _remarkable(root)

    def look(self, style: str) -> StyleLook:
        """What a style does to characters."""
        return self.style(style).look

    def style(self, style: str) -> Style:
        """The style with this id; one that the document does not define is known by its id alone."""
        if style not in self._styles:
            self._styles[style] = self._resolve(style, 0)
        return self._styles[style]

    def _resolve(self, style: str, depth: int) -> Style:
        el = self._elements.get(style)
        if el is None:
            return _named(Style(), style)
        based = el.find(f"{W}basedOn")
        parent = Style() if based is None or depth > _DEPTH else self._resolve(based.get(f"{W}val", ""), depth + 1)
        name = el.find(f"{W}name")
        own = _named(_outlined(_numbered(parent, el), el), "" if name is None else name.get(f"{W}val", ""))
        return own._replace(look=_look(parent.look, el, own.look))


def _remarkable(root: etree._Element) -> bool:
    if next(root.iter(f"{W}vanish", f"{W}strike", f"{W}dstrike"), None) is not None:
        return True
    return any(el.get(f"{W}val", "").lower() in _CODE for el in root.iter(f"{W}name"))


def _named(style: Style, name: str) -> Style:
    folded = name.lower()
    heading = _HEADING.fullmatch(folded)
    if heading:
        style = style._replace(heading=style.heading or int(heading[1]))
    if folded == "title":
        style = style._replace(heading=style.heading or 1)
    if folded in _QUOTE or folded == "intensequote":
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
    level = int(value) if value and value.isascii() and value.isdigit() else 9
    return level + 1 if level < 9 else 0


def _look(parent: StyleLook, el: etree._Element, own: StyleLook) -> StyleLook:
    properties = el.find(f"{W}rPr")
    if properties is None:
        return own
    hidden, struck = properties.find(f"{W}vanish"), properties.find(f"{W}strike")
    look = StyleLook(
        hidden=parent.hidden if hidden is None else _on(hidden, f"{W}val", "1"),
        struck=parent.struck if struck is None else _on(struck, f"{W}val", "1"),
        code=own.code,
    )
    return UNREMARKABLE if look == UNREMARKABLE else look


def _on(el: etree._Element, attribute: str, default: str = "0") -> bool:
    return el.get(attribute, default) not in _OFF
