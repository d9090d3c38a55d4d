"""What a story of a Word document (its body, a header, its footnotes …) is: blocks of pieces in their state."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol

from qmsr_lint.formats.docx.text.names import MC, TXBX, VAL, W15, Element, M, T, W


class State(NamedTuple):
    """What surrounds a piece, as far as an editor or a mark must know it.

    `inserted` is the author of the tracked insertion (or moved-to text) it stands in, `link` a relationship id, or
    an address after "=", `controls` the w:sdt elements around it from the outermost in.
    """

    inserted: str | None = None
    link: str | None = None
    field: Literal["", "simple", "complex"] = ""
    controls: tuple[Element, ...] = ()
    struck: bool = False
    code: bool = False
    caps: bool = False
    raised: bool = False


PLAIN = State()


class Cell(NamedTuple):
    """A table cell's place, counted from 1; `column` is that of the table's grid."""

    table: int
    row: int
    column: int
    header: bool


class Anchor(NamedTuple):
    """A point in a paragraph before its piece number `piece`: where a bookmark or a comment starts, ends or stands."""

    kind: Literal["bookmark", "comment"]
    edge: Literal["start", "end", "point"]
    id: str
    name: str
    piece: int


RawPiece = tuple[Element, str, State]


class Paragraph:
    """One block: a `w:p`, or several that run together: marks between them are deleted or hidden, or one is a drop cap.

    `elements` are the w:p in order (the last one's properties count), `box` the w:txbxContent around it or None.
    `style`, `numbering`, `level` and `outline` are the values of its own properties; `rich` tells that a piece has a
    state worth a mark, `calm` that some of it is not shown in capitals though its style says so. `leads` are the
    paragraphs that end in it with a hidden mark, of its first `led` pieces: a heading may be one, in a line with text.
    """

    anchors: list[Anchor] | None = None
    style: str | None = None
    numbering: str | None = None
    level: str | None = None
    outline: str | None = None
    rich = False
    calm = False
    leads: list["Paragraph"] | None = None
    led = 0

    def __init__(self, element: Element, cell: Cell | None, box: Element | None) -> None:
        self.elements = [element]
        self.pieces: list[RawPiece] = []
        self.cell = cell
        self.box = box

    @property
    def text(self) -> str:
        """The characters a reader sees."""
        pieces = self.pieces
        return pieces[0][1] if len(pieces) == 1 else "".join([piece[1] for piece in pieces])


class Thing(NamedTuple):
    """Something to read that is no w:p: words in an attribute, or a relationship to a part that holds them.

    "data" is a content control that shows what data say; its value is the id of their store.
    """

    kind: Literal["alt-text", "word-art", "drawing", "chart", "chart-ex", "diagram", "chunk", "subdocument", "data"]
    value: str
    element: Element


class Piece(NamedTuple):
    """One element's share of a block: `start` and `end` count characters from the start of the block's text.

    `kind` is "text" for w:t (its characters are the element's own) and "symbol" for an element that stands for a
    character, or for the chosen entry of a list.
    """

    element: Element
    start: int
    end: int
    kind: Literal["text", "symbol"]
    state: State


class StyleLook(NamedTuple):
    """What a style does that matters to reading."""

    hidden: bool = False
    struck: bool = False
    code: bool = False
    caps: bool = False
    raised: bool = False


UNREMARKABLE = StyleLook()


class Styles(Protocol):
    """Tells a style's look by its id; `remarkable` is whether any character style has one."""

    @property
    def remarkable(self) -> bool:
        """Whether runs must be asked for their style at all."""

    def look(self, style: str) -> StyleLook:
        """What the style with this id does."""


class Story(NamedTuple):
    """What `walk` found: blocks in document order, the headers and footers named, and the notes that are shown.

    `headers` are relationship ids with "header" or "footer"; `notes` maps ("footnote" or "endnote", id) to the number
    of the item it stands in, counted from 0, or to None where only deleted text refers to it. `tables` counts the
    tables outside and inside text boxes.
    """

    items: list[Paragraph | Thing]
    headers: list[tuple[str, str]]
    notes: dict[tuple[str, str], int | None]
    tables: tuple[int, int]


def pieces(paragraph: Paragraph) -> Iterator[Piece]:
    """A paragraph's pieces with their offsets in the paragraph's text."""
    start = 0
    for element, text, state in paragraph.pieces:
        end = start + len(text)
        yield Piece(element, start, end, "text" if element.tag in (T, f"{M}t") else "symbol", state)
        start = end


def locked(state: State) -> bool:
    """Whether a content control around a piece forbids editing its contents: by a lock, or as a group.

    Of a group, only the controls in it can be filled in.
    """
    if state.controls and state.controls[-1].find(f"{W}sdtPr/{W}group") is not None:
        return True
    locks = (sdt.find(f"{W}sdtPr/{W}lock") for sdt in state.controls)
    return any(el is not None and el.get(VAL) in ("contentLocked", "sdtContentLocked") for el in locks)


def bound(state: State) -> bool:
    """Whether a content control around a piece takes its contents from a data source (w:dataBinding)."""
    return any(_is_bound(properties) for sdt in state.controls for properties in sdt.iterchildren(f"{W}sdtPr"))


def _is_bound(properties: Element) -> bool:
    if properties.find(f"{W}dataBinding") is not None:
        return True
    repeated = properties.find(f"{W15}repeatingSection") is not None  # its items are bound, if they are, themselves
    return properties.find(f"{W15}dataBinding") is not None and not repeated


def twin(box: Element) -> Element | None:
    """The other copy of a text box's contents (VML for DrawingML), which shows the same words to older readers."""
    return twins(box).get(box)


def twins(box: Element) -> dict[Element, Element]:
    """The text boxes of the drawing that a box is in, each with its other copy."""
    for choice in box.iterancestors(f"{MC}Choice"):
        alternate = choice.getparent()
        if alternate is None:
            continue
        shown = list(choice.iter(TXBX))
        hidden = [el for fallback in alternate.findall(f"{MC}Fallback") for el in fallback.iter(TXBX)]
        return dict(zip(shown, hidden, strict=True)) if len(shown) == len(hidden) else {}
    return {}
