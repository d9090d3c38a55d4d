"""Bookmarks, comments, notes, and what is to be read outside paragraphs: headers, pictures, charts, other parts."""

from collections.abc import Iterable
from typing import Literal

from qmsr_lint.formats.docx.text.names import (
    CX,
    DGM,
    ID,
    NAME,
    PIC,
    PICTURE,
    PICTURES,
    VAL,
    WP,
    WPG,
    WPS,
    A,
    C,
    Element,
    P,
    R,
    V,
    W,
)
from qmsr_lint.formats.docx.text.story import Anchor, Paragraph, Thing
from qmsr_lint.formats.docx.text.walker import Handler, Handlers, Walker, ends_in_letter, enter, grandparent


def _bookmark(walker: Walker, el: Element) -> None:
    name = el.get(NAME, "")
    if not name.startswith("_"):  # _GoBack, _Toc…, _Ref…, _Hlk…: Word's own
        id_ = el.get(ID, "")
        walker.bookmarks.add(id_)
        _anchor(walker, el, "bookmark", "start", id_, name)


def _bookmark_end(walker: Walker, el: Element) -> None:
    id_ = el.get(ID, "")
    if id_ in walker.bookmarks:
        _anchor(walker, el, "bookmark", "end", id_, "")


def _comment_edge(edge: Literal["start", "end", "point"]) -> Handler:
    def handler(walker: Walker, el: Element) -> None:
        _anchor(walker, el, "comment", edge, el.get(ID, ""), "")

    return handler


def _anchor(
    walker: Walker,
    el: Element,
    kind: Literal["bookmark", "comment"],
    edge: Literal["start", "end", "point"],
    id_: str,
    name: str,
) -> None:
    scope = walker.scope(el.getparent())
    paragraph = scope.paragraph if scope is not None else walker.paragraph
    if paragraph is None and edge == "start":
        walker.loose.append((kind, id_, name))
        return
    if paragraph is None:
        paragraph = next((item for item in reversed(walker.items) if isinstance(item, Paragraph)), None)
    if paragraph is not None:
        paragraph.anchors = paragraph.anchors or []
        paragraph.anchors.append(Anchor(kind, edge, id_, name, len(paragraph.pieces)))


def _note(kind: Literal["footnote", "endnote"]) -> Handler:
    def handler(walker: Walker, el: Element) -> None:
        key = (kind, el.get(ID, ""))
        if walker.scope(el.getparent()) is not None:
            walker.notes[key] = len(walker.items) - 1
        else:
            walker.notes.setdefault(key, None)

    return handler


def _header(kind: Literal["header", "footer"]) -> Handler:
    def handler(walker: Walker, el: Element) -> None:
        if id_ := el.get(f"{R}id"):
            walker.headers.append((id_, kind))

    return handler


def _alt_text(walker: Walker, el: Element) -> None:
    for name in ("title", "descr"):
        value = (el.get(name) or "").strip()
        repeated = el.tag != f"{WP}docPr" and _repeats(walker, value)
        if value and not repeated and walker.scope(el.getparent()) is not None:
            walker.items.append(Thing("alt-text", value, el))


def _repeats(walker: Walker, value: str) -> bool:
    """Whether a picture repeats the words of the wp:docPr around it, as Word writes them."""
    for item in reversed(walker.items[-8:]):
        if not isinstance(item, Thing) or item.kind != "alt-text":
            return False
        if item.value == value:
            return True
    return False


def _picture(walker: Walker, el: Element) -> None:
    """Add a sign for a picture in the line that stands right behind a letter, so that no word goes on behind it."""
    picture = el if el.tag == f"{W}object" else el.getparent()
    if picture is None or picture.tag not in PICTURES or next(picture.iterancestors(P), None) is None:
        return
    run = picture.getparent()
    if run is not walker.run:
        enter(walker, run)
    if walker.target is not None and ends_in_letter(walker.target):
        walker.target.append((picture, PICTURE, walker.state))
        walker.pictured = True


def drop_last_pictures(items: Iterable[Paragraph | Thing]) -> None:
    """Take away the signs of pictures behind which nothing comes: they keep no words apart."""
    for item in items:
        if isinstance(item, Paragraph) and item.pieces and item.pieces[-1][0].tag in PICTURES:
            item.pieces.pop()
            last = len(item.pieces)
            item.anchors = [anchor._replace(piece=min(anchor.piece, last)) for anchor in item.anchors or ()]


def _shape(walker: Walker, el: Element) -> None:
    kinds: tuple[tuple[Literal["alt-text", "word-art"], str], ...] = (("alt-text", "alt"), ("word-art", "string"))
    for kind, name in kinds:
        value = (el.get(name) or "").strip()
        if value and walker.scope(el.getparent()) is not None:
            walker.items.append(Thing(kind, value, el))


def _table_text(walker: Walker, el: Element) -> None:
    value = (el.get(VAL) or "").strip()
    if value and walker.scope(el.getparent()) is not None:
        walker.items.append(Thing("alt-text", value, el))


def _reference(kind: Literal["chart", "chart-ex", "diagram", "chunk", "subdocument"], attribute: str) -> Handler:
    def handler(walker: Walker, el: Element) -> None:
        id_ = el.get(f"{R}{attribute}")
        if id_ and walker.scope(el.getparent()) is not None:
            walker.items.append(Thing(kind, id_, el))

    return handler


def _drawing_text(walker: Walker, el: Element) -> None:
    value = drawing_text(el)
    if value and walker.scope(el.getparent()) is not None:
        walker.items.append(Thing("drawing", value, el))


def drawing_text(paragraph: Element) -> str:
    """The words of a DrawingML paragraph (a:p)."""
    found = paragraph.iter(f"{A}t", f"{A}br", f"{A}tab")
    return "".join("\n" if el.tag == f"{A}br" else "\t" if el.tag == f"{A}tab" else el.text or "" for el in found)


def _data(walker: Walker, el: Element) -> None:
    """Take notice of a plain-text control that is bound to data, for Word shows these."""
    properties, control = el.getparent(), grandparent(el)
    if control is None or properties is None or properties.find(f"{W}text") is None:
        return
    if walker.scope(control) is not None:
        walker.items.append(Thing("data", el.get(f"{W}storeItemID", ""), control))


HANDLERS: Handlers = {
    f"{W}bookmarkStart": _bookmark,
    f"{W}bookmarkEnd": _bookmark_end,
    f"{W}commentRangeStart": _comment_edge("start"),
    f"{W}commentRangeEnd": _comment_edge("end"),
    f"{W}commentReference": _comment_edge("point"),
    f"{W}footnoteReference": _note("footnote"),
    f"{W}endnoteReference": _note("endnote"),
    f"{W}headerReference": _header("header"),
    f"{W}footerReference": _header("footer"),
    f"{W}altChunk": _reference("chunk", "id"),
    f"{W}dataBinding": _data,
    f"{W}subDoc": _reference("subdocument", "id"),
    f"{W}tblCaption": _table_text,
    f"{W}tblDescription": _table_text,
    f"{WP}inline": _picture,
    f"{W}object": _picture,
    f"{WP}docPr": _alt_text,
    f"{PIC}cNvPr": _alt_text,
    f"{WPS}cNvPr": _alt_text,
    f"{WPG}cNvPr": _alt_text,
    f"{V}shape": _shape,
    f"{V}rect": _shape,
    f"{V}roundrect": _shape,
    f"{V}oval": _shape,
    **{f"{V}{name}": _shape for name in ("group", "line", "polyline", "image", "arc", "curve")},
    f"{V}textpath": _shape,
    f"{C}chart": _reference("chart", "id"),
    f"{CX}chart": _reference("chart-ex", "id"),
    f"{DGM}relIds": _reference("diagram", "dm"),
    f"{A}p": _drawing_text,
}
