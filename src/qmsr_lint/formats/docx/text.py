"""What the text of a Word document is: the one definition that the reader and the redliner share.

`walk` goes through a story (the body, a header, the footnotes …) once, in document order, and fills a `Paragraph` for
each `w:p`. A paragraph's text is its pieces joined; a piece is one element with the characters it shows. `pieces`
gives the same pieces with their offsets. Everything is decided by what encloses an element:

========================================  ==============================================================================
w:t, m:t                                  its characters as typed; w:caps and w:vertAlign are marks of them
w:tab, w:ptab; w:br, w:cr                 "\\t"; "\\n"
w:noBreakHyphen; w:softHyphen             U+2011; U+00AD
w:sym                                     the character it names
w:ins, w:moveTo                           shown, with their author
w:del, w:moveFrom, deleted rows, cells    not shown; a paragraph whose mark is deleted runs on into the next
field codes, w:delText, w:instrText       not shown; a field's result is, and a MACROBUTTON's words. A field that never
                                          ends hides nothing
mc:AlternateContent                       the first choice that holds anything to read, else the fallback
w:ruby                                    its base text
hidden text (w:vanish)                    not shown, for neither print nor screen shows it, nor are its notes and boxes
w:ddList of a form field                  its chosen entry
placeholder of an empty content control   shown, for it is printed
white space at the edges of w:t           kept, also without xml:space="preserve": rather a blank too many than a miss
========================================  ==============================================================================
"""

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Literal, NamedTuple, Protocol

from lxml import etree

Element = etree._Element

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NS}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_V = "{urn:schemas-microsoft-com:vml}"
_SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"

_P, _RUN, _T = f"{W}p", f"{W}r", f"{W}t"
_RUN_STYLE = f"{W}rStyle"
_VAL, _ID, _NAME = f"{W}val", f"{W}id", f"{W}name"
_OFF = {"0", "false", "off"}
_MOST = 32_767
"""No number that Word takes for a place, a level or a count is greater."""


class State(NamedTuple):
    """What surrounds a piece, as far as an editor or a mark must know it.

    `inserted` is the author of the tracked insertion (or moved-to text) it stands in, `link` a relationship id, or
    an address after "=", `controls` the w:sdt elements around it from the outermost in.
    """

    inserted: str | None = None
    link: str | None = None
    field: Literal["", "simple", "complex"] = ""
    controls: tuple[Element, ...] = ()
    smart_tag: bool = False
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
    """One block: a `w:p`, or several that run together because the marks between them are tracked deletions.

    `elements` are the w:p in order (the last one's properties count), `box` the w:txbxContent around it or None.
    `style`, `numbering`, `level` and `outline` are the values of its own properties; `rich` tells that a piece has a
    state worth a mark, `calm` that some of it is not shown in capitals though its style says so.
    """

    anchors: list[Anchor] | None = None
    style: str | None = None
    numbering: str | None = None
    level: str | None = None
    outline: str | None = None
    rich = False
    calm = False

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
    """Something to read that is no w:p: words in an attribute, or a relationship to a part that holds them."""

    kind: Literal["alt-text", "word-art", "drawing", "chart", "chart-ex", "diagram", "chunk", "subdocument"]
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


def whole(value: str | None, default: int) -> int:
    """The whole number in an attribute, kept within what Word takes; `default` where there is none."""
    try:
        return max(-_MOST, min(int(value or ""), _MOST))
    except ValueError:  # also for thousands of digits, which Python refuses to read and to print
        return default


def pieces(paragraph: Paragraph) -> Iterator[Piece]:
    """A paragraph's pieces with their offsets in the paragraph's text."""
    start = 0
    for element, text, state in paragraph.pieces:
        end = start + len(text)
        yield Piece(element, start, end, "text" if element.tag in (_T, f"{_M}t") else "symbol", state)
        start = end


def locked(state: State) -> bool:
    """Whether a content control around a piece forbids editing its contents (w:lock)."""
    locks = (sdt.find(f"{W}sdtPr/{W}lock") for sdt in state.controls)
    return any(el is not None and el.get(_VAL) in ("contentLocked", "sdtContentLocked") for el in locks)


def bound(state: State) -> bool:
    """Whether a content control around a piece takes its contents from a data source (w:dataBinding)."""
    return any(sdt.find(f"{W}sdtPr/{W}dataBinding") is not None for sdt in state.controls)


def twin(box: Element) -> Element | None:
    """The other copy of a text box's contents (VML for DrawingML), which shows the same words to older readers."""
    for choice in box.iterancestors(f"{_MC}Choice"):
        alternate = choice.getparent()
        if alternate is None:
            continue
        shown = list(choice.iter(_TXBX))
        hidden = [el for fallback in alternate.findall(f"{_MC}Fallback") for el in fallback.iter(_TXBX)]
        return hidden[shown.index(box)] if len(shown) == len(hidden) else None
    return None


def walk(root: Element, styles: Styles) -> Story:
    """The blocks of one story and what it refers to."""
    walker = _walked(root, styles, None)
    if walker.fields:  # one never ended and has hidden what follows
        walker = _walked(root, styles, _ended_fields(root))
    return Story(walker.items, walker.headers, walker.notes, (walker.tables[False], walker.tables[True]))


def _walked(root: Element, styles: Styles, field_characters: set[Element] | None) -> "_Walker":
    walker = _Walker(styles, field_characters)
    handlers = _HANDLERS
    styled = next(root.iter(_RUN_STYLE), None) is not None and styles.remarkable
    for el in root.iter(*(_STYLED_TAGS if styled else _TAGS)):
        tag = el.tag
        if tag == _T:  # _leaf and _enter, written out for speed
            run = el.getparent()
            if run is not walker.run:
                if run is not None and run.getparent() is walker.p and not walker.fields:
                    walker.run, walker.target, walker.state = run, walker.p_pieces, walker.p_state
                else:
                    _enter(walker, run)
            if walker.target is not None and (text := el.text):
                walker.target.append((el, text, walker.state))
        else:
            handlers[tag](walker, el)
    return walker


# --- What a walk knows ------------------------------------------------------------------------------------------------


class _Table:
    __slots__ = ("number", "rows")

    def __init__(self, number: int) -> None:
        self.number = number
        self.rows = 0


class _Row:
    __slots__ = ("column", "header", "number", "table")

    def __init__(self, table: _Table, number: int) -> None:
        self.table = table
        self.number = number
        self.column = 1
        self.header = number == 1


class _Scope(NamedTuple):
    """What holds for everything inside an element; None in its place means that nothing inside is shown."""

    paragraph: Paragraph | None = None
    state: State = PLAIN
    cell: Cell | None = None
    box: Element | None = None
    table: _Table | None = None
    row: _Row | None = None


class _Field:
    __slots__ = ("code", "in_code", "link")

    def __init__(self) -> None:
        self.code: list[str] = []
        self.in_code = True
        self.link: str | None = None


_OUTSIDE = _Scope()


class _Walker:
    """The state of one walk: the paragraph, row, cell and run that came last, and where a run's text goes.

    Of the w:fldChar elements it takes notice of `field_characters` only, of all of them where that is None.
    """

    def __init__(self, styles: Styles, field_characters: set[Element] | None) -> None:
        self.styles = styles
        self.field_characters = field_characters
        self.looks: dict[str, StyleLook] = {}
        self.items: list[Paragraph | Thing] = []
        self.headers: list[tuple[str, str]] = []
        self.notes: dict[tuple[str, str], int | None] = {}
        self.scopes: dict[Element | None, _Scope | None] = {}
        self.owners: dict[Element, Paragraph] = {}
        self.tables: dict[bool, int] = {False: 0, True: 0}  # numbered apart inside and outside text boxes
        self.looks_of: dict[Element, tuple[StyleLook, bool | None]] = {}  # run -> its look, and its own w:vanish
        self.unseen: dict[Element, _Scope | None] = {}  # paragraph of a hidden style -> what would hold in it
        self.run_on: dict[Element | None, Paragraph] = {}  # container -> the paragraph that has lost its mark
        self.loose: list[tuple[Literal["bookmark", "comment"], str, str]] = []
        self.bookmarks: set[str] = set()
        self.paragraph: Paragraph | None = None
        self.p: Element | None = None
        self.p_pieces: list[RawPiece] | None = None
        self.p_state = PLAIN
        self.row: _Row | None = None
        self.row_element: Element | None = None
        self.cell_element: Element | None = None
        self.run: Element | None = None
        self.target: list[RawPiece] | None = None
        self.state = PLAIN
        self.fields: list[_Field] = []
        self.linked: list[_Field] = []  # those of them that are links, from the outermost in
        self.codes = 0  # how many of them are in their code
        self.in_code = False
        self.field_link: str | None = None
        self.field_state = PLAIN

    def scope(self, el: Element | None) -> _Scope | None:
        """What holds inside `el`, worked out from the outermost element whose scope is not known yet."""
        scopes = self.scopes
        if el in scopes:
            return scopes[el]
        chain = []
        while el is not None and el not in scopes:
            chain.append(el)
            el = el.getparent()
        scope = _OUTSIDE if el is None else scopes[el]
        for inner in reversed(chain):
            if scope is not None:
                if inner in self.owners:
                    scope = _Scope(self.owners[inner], scope.state, scope.cell, scope.box)
                else:
                    rule = _CONTAINERS.get(inner.tag)
                    if rule is not None:
                        scope = rule(inner, scope)
            scopes[inner] = scope
        return scope


# --- Containers: how an element changes what holds inside it ---------------------------------------------------------


def _hidden(el: Element, scope: _Scope) -> _Scope | None:
    return None


def _inserted(el: Element, scope: _Scope) -> _Scope | None:
    return scope._replace(state=scope.state._replace(inserted=el.get(f"{W}author", "")))


def _hyperlink(el: Element, scope: _Scope) -> _Scope | None:
    link = el.get(f"{R}id")
    anchor = el.get(f"{W}anchor")
    if link is None and anchor is not None:
        link = f"=#{anchor}"
    return scope._replace(state=scope.state._replace(link=link or "="))


def _simple_field(el: Element, scope: _Scope) -> _Scope | None:
    state = scope.state._replace(field="simple")
    link = _field_link(el.get(f"{W}instr", ""))
    return scope._replace(state=state._replace(link=link) if link else state)


def _control(el: Element, scope: _Scope) -> _Scope | None:
    return scope._replace(state=scope.state._replace(controls=(*scope.state.controls, el)))


def _smart_tag(el: Element, scope: _Scope) -> _Scope | None:
    return scope._replace(state=scope.state._replace(smart_tag=True))


def _text_box(el: Element, scope: _Scope) -> _Scope | None:
    return _Scope(state=scope.state, box=el)


def _choice(el: Element, scope: _Scope) -> _Scope | None:
    return scope if _chosen(el.getparent()) is el else None


def _chosen(alternate: Element | None) -> Element | None:
    if alternate is None:
        return None
    for el in alternate:
        if el.tag == f"{_MC}Fallback" or next(el.iter(*_READABLE), None) is not None:
            return el
    return None


_TXBX = f"{W}txbxContent"
_READABLE: tuple[str, ...] = (
    _T,
    _P,
    f"{W}drawing",
    f"{W}pict",
    f"{W}object",
    f"{W}sym",
    f"{_SE}symEx",
    f"{_WP}docPr",
    f"{_C}chart",
)
_READABLE += (f"{_M}t", f"{_A}t", f"{_DGM}relIds", f"{_CX}chart", f"{W}altChunk")
_HIDES = ("del", "moveFrom", "rt", "rPr", "pPr", "sdtPr", "ffData", "tblPrChange")
_CONTAINERS: dict[str, Callable[[Element, _Scope], _Scope | None]] = {
    **{f"{W}{name}": _hidden for name in _HIDES},
    f"{W}ins": _inserted,
    f"{W}moveTo": _inserted,
    f"{W}hyperlink": _hyperlink,
    f"{W}fldSimple": _simple_field,
    f"{W}sdt": _control,
    f"{W}smartTag": _smart_tag,
    _TXBX: _text_box,
    f"{_MC}Choice": _choice,
    f"{_MC}Fallback": _choice,
}


# --- Runs and what stands in them -------------------------------------------------------------------------------------


def _enter(walker: _Walker, run: Element | None) -> None:
    """Direct what stands in `run` to its paragraph, if any of it is shown."""
    walker.run = run
    parent = None if run is None else run.getparent()
    if parent is walker.p and not walker.fields:  # nothing but the paragraph around it
        walker.target, walker.state = walker.p_pieces, walker.p_state
        return
    container = parent if run is not None and run.tag == _RUN else run
    if walker.looks_of and run in walker.looks_of:  # entered again, behind a text box that stands in it
        _dress(walker, run)
    else:
        _direct(walker, container, walker.scope(container))


def _direct(walker: _Walker, container: Element | None, scope: _Scope | None) -> Paragraph | None:
    """Direct what stands in a run to the paragraph it belongs to, which comes back; None where nothing is shown."""
    if scope is None or container is None or walker.in_code:
        walker.target = None
        return None
    paragraph = scope.paragraph or _stray(walker, container, scope)
    state = scope.state
    if walker.fields:
        if state is PLAIN:
            state = walker.field_state
        else:
            state = state._replace(field="complex", link=walker.field_link or state.link)
    walker.target, walker.state = paragraph.pieces, state
    if state is not PLAIN:
        paragraph.rich = True
    return paragraph


def _stray(walker: _Walker, container: Element, scope: _Scope) -> Paragraph:
    """A block for text outside any paragraph, which no sound file has: better shown than lost."""
    paragraph = walker.owners[container] = Paragraph(container, scope.cell, scope.box)
    walker.items.append(paragraph)
    walker.scopes[container] = _Scope(paragraph, scope.state, scope.cell, scope.box)
    return paragraph


def _leaf(walker: _Walker, el: Element, text: str | None) -> None:
    run = el.getparent()
    if run is not walker.run:
        _enter(walker, run)
    if walker.target is not None and text:
        walker.target.append((el, text, walker.state))


def _symbol(text: str) -> Callable[[_Walker, Element], None]:
    def handler(walker: _Walker, el: Element) -> None:
        _leaf(walker, el, text)

    return handler


def _sym(walker: _Walker, el: Element) -> None:
    try:
        code = int(el.get(f"{W}char") or el.get(f"{_SE}char") or "", 16)
    except ValueError:
        return
    if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF:  # no control characters, no half of a pair
        _leaf(walker, el, chr(code))


def _text(walker: _Walker, el: Element) -> None:
    _leaf(walker, el, el.text)


def _run_property(look: StyleLook) -> Callable[[_Walker, Element], None]:
    def handler(walker: _Walker, el: Element) -> None:
        if el.get(_VAL, "1") not in _OFF:
            _apply(walker, el, look)
        elif look.caps:
            _clear(walker, el, caps=False)
            if walker.paragraph is not None:
                walker.paragraph.calm = True

    return handler


def _clear(walker: _Walker, el: Element, **cleared: bool) -> None:
    """Take back what a run's character style, which stands before its own properties, has given it."""
    run = _grandparent(el)
    if run in walker.looks_of:
        look, own = walker.looks_of[run]
        walker.looks_of[run] = look._replace(**cleared), own
        _dress(walker, run)


def _raise(walker: _Walker, el: Element) -> None:
    if el.get(_VAL) == "superscript":
        _apply(walker, el, StyleLook(raised=True))
    else:
        _clear(walker, el, raised=False)


def _vanish(walker: _Walker, el: Element) -> None:
    _apply(walker, el, UNREMARKABLE, el.get(_VAL, "1") not in _OFF)


def _run_style(walker: _Walker, el: Element) -> None:
    look = walker.styles.look(el.get(_VAL, ""))
    if look is not UNREMARKABLE:
        _apply(walker, el, look)


def _grandparent(el: Element) -> Element | None:
    parent = el.getparent()
    return None if parent is None else parent.getparent()


def _apply(walker: _Walker, el: Element, look: StyleLook, hidden: bool | None = None) -> None:
    """Give the run whose properties hold `el` a look; a paragraph mark's and a former look are nobody's."""
    run = _grandparent(el)
    if run is None or run.tag not in (_RUN, f"{_M}r"):
        return
    former, own = walker.looks_of.get(run, (UNREMARKABLE, None))
    look = StyleLook(*(one or other for one, other in zip(former, look, strict=True)))
    walker.looks_of[run] = look, own if hidden is None else hidden
    _dress(walker, run)


def _dress(walker: _Walker, run: Element) -> None:
    """Enter a run that has a look.

    Its own w:vanish decides whether it is hidden; without one, a character style that hides shows what stands in a
    paragraph of a hidden style (ECMA-376 part 1, 17.7.3).
    """
    look, own = walker.looks_of[run]
    p = next(run.iterancestors(_P), None) if walker.unseen else None
    in_hidden = p in walker.unseen
    hidden = look.hidden != in_hidden if own is None else own
    scope = None if hidden else _as_if_seen(walker, run, p) if in_hidden else walker.scope(run.getparent())
    walker.run, walker.scopes[run] = run, scope
    paragraph = _direct(walker, run.getparent() if run.tag == _RUN else run, scope)
    if paragraph is not None:
        paragraph.rich = True
        state = walker.state
        walker.state = state._replace(
            struck=state.struck or look.struck,
            code=state.code or look.code,
            caps=state.caps or look.caps,
            raised=state.raised or look.raised,
        )


def _as_if_seen(walker: _Walker, run: Element, p: Element | None) -> _Scope | None:
    """What would hold in a run if the style of its paragraph `p` did not hide it."""
    scope = None if p is None else walker.unseen[p]
    for el in reversed(list(takewhile(lambda el: el is not p, run.iterancestors()))):
        rule = _CONTAINERS.get(el.tag)
        if rule is not None and scope is not None:
            scope = rule(el, scope)
    return scope


# --- Paragraphs and tables --------------------------------------------------------------------------------------------


def _paragraph(walker: _Walker, el: Element) -> None:
    parent = el.getparent()
    scope = walker.scopes[parent] if parent in walker.scopes else walker.scope(parent)
    walker.run = walker.target = None
    if scope is None:
        walker.p = walker.p_pieces = walker.paragraph = walker.scopes[el] = None  # no run may take the short way
        return
    paragraph = walker.run_on.pop(parent, None) if walker.run_on else None
    if paragraph is None:
        paragraph = Paragraph(el, scope.cell, scope.box)
        walker.items.append(paragraph)
    else:
        paragraph.elements.append(el)
        paragraph.style = paragraph.numbering = paragraph.level = paragraph.outline = None
    walker.owners[el] = paragraph
    walker.p, walker.paragraph, walker.p_pieces, walker.p_state = el, paragraph, paragraph.pieces, scope.state
    if scope.state is not PLAIN:
        paragraph.rich = True
    if walker.loose:
        paragraph.anchors = [Anchor(kind, "start", id_, name, 0) for kind, id_, name in walker.loose]
        walker.loose.clear()


def _style(walker: _Walker, el: Element) -> None:
    properties = el.getparent()
    if walker.paragraph is not None and properties is not None and properties.getparent() is walker.p:
        style = walker.paragraph.style = el.get(_VAL, "")
        if style not in walker.looks:
            walker.looks[style] = walker.styles.look(style)
        if walker.looks[style].hidden and walker.p is not None:
            walker.unseen[walker.p] = walker.scope(walker.p)
            walker.p_pieces = walker.scopes[walker.p] = None


def _outline(walker: _Walker, el: Element) -> None:
    if walker.paragraph is not None and _grandparent(el) is walker.p:
        walker.paragraph.outline = el.get(_VAL)


def _list(walker: _Walker, el: Element) -> None:
    """w:numPr; the former one in w:pPrChange lies deeper."""
    if walker.paragraph is not None and _grandparent(el) is walker.p:
        for child in el:
            if child.tag == f"{W}numId":
                walker.paragraph.numbering = child.get(_VAL)
            elif child.tag == f"{W}ilvl":
                walker.paragraph.level = child.get(_VAL)


def _deletion(walker: _Walker, el: Element) -> None:
    """Take notice of a deleted paragraph mark or table row; a deletion of text is a container."""
    parent = el.getparent()
    if parent is None:
        return
    if parent.tag == f"{W}trPr":
        if parent.getparent() is walker.row_element and walker.row is not None:
            walker.scopes[walker.row_element] = None
            walker.row.table.rows -= 1
    elif parent.tag == f"{W}rPr" and walker.p is not None and walker.paragraph is not None:
        properties = parent.getparent()
        if properties is not None and properties.tag == f"{W}pPr" and properties.getparent() is walker.p:
            _run_into_next(walker, walker.p, walker.paragraph)


def _run_into_next(walker: _Walker, p: Element, paragraph: Paragraph) -> None:
    after = p.getnext()
    while after is not None and after.tag in _BETWEEN:
        contents = after.find(f"{W}sdtContent")
        after = after.getnext() if contents is None else next(iter(contents), None)
    if after is not None and after.tag == _P:
        walker.run_on[after.getparent()] = paragraph


_CHANGES = ("Ins", "Del", "MoveFrom", "MoveTo")
_BETWEEN = {
    f"{W}{name}{edge}"
    for name in ("bookmark", "commentRange", "moveFromRange", "moveToRange", "perm")
    for edge in ("Start", "End")
}
_BETWEEN |= {f"{W}customXml{name}Range{edge}" for name in _CHANGES for edge in ("Start", "End")}
_BETWEEN |= {f"{W}proofErr", f"{W}sdt"}


def _table(walker: _Walker, el: Element) -> None:
    scope = walker.scope(el.getparent())
    if scope is not None:
        boxed = scope.box is not None
        walker.tables[boxed] += 1
        scope = _Scope(None, scope.state, None, scope.box, _Table(walker.tables[boxed]))
    walker.scopes[el] = scope


def _row(walker: _Walker, el: Element) -> None:
    scope = walker.scope(el.getparent())
    walker.row_element, walker.row = el, None
    if scope is not None and scope.table is not None:
        scope.table.rows += 1
        walker.row = _Row(scope.table, scope.table.rows)
        scope = _Scope(None, scope.state, None, scope.box, scope.table, walker.row)
    walker.scopes[el] = scope


def _cell(walker: _Walker, el: Element) -> None:
    parent = el.getparent()
    scope = walker.scopes[parent] if parent in walker.scopes else walker.scope(parent)
    walker.cell_element = el
    if scope is not None and scope.row is not None:
        row = scope.row
        walker.row = row
        cell = Cell(row.table.number, row.number, row.column, row.header)
        row.column += 1
        scope = _Scope(None, scope.state, cell, scope.box, None, row)
    walker.scopes[el] = scope


def _columns_before(walker: _Walker, el: Element) -> None:
    if walker.row is not None and _grandparent(el) is walker.row_element:
        walker.row.column += max(0, whole(el.get(_VAL), 0))


def _heading_row(walker: _Walker, el: Element) -> None:
    if walker.row is not None and _grandparent(el) is walker.row_element and el.get(_VAL, "1") not in _OFF:
        walker.row.header = True


def _span(walker: _Walker, el: Element) -> None:
    if walker.row is not None and _grandparent(el) is walker.cell_element:
        walker.row.column += max(1, whole(el.get(_VAL), 1)) - 1


def _deleted_cell(walker: _Walker, el: Element) -> None:
    if _grandparent(el) is walker.cell_element:
        walker.scopes[walker.cell_element] = None


# --- Fields -----------------------------------------------------------------------------------------------------------


def _field_char(walker: _Walker, el: Element) -> None:
    if walker.field_characters is not None and el not in walker.field_characters:
        return
    kind = el.get(f"{W}fldCharType")
    if kind == "begin":
        walker.fields.append(_Field())
        walker.codes += 1
    elif walker.fields:
        field = walker.fields[-1]
        if kind == "separate" and field.in_code:
            field.link = _field_link("".join(field.code))
            if field.link:
                walker.linked.append(field)
        if kind != "separate" and field.in_code and walker.codes == 1:
            _button(walker, el, "".join(field.code))
        walker.codes -= field.in_code
        field.in_code = False
        if kind != "separate":
            walker.fields.pop()
            if walker.linked and walker.linked[-1] is field:
                walker.linked.pop()
    walker.in_code = walker.codes > 0
    walker.field_link = walker.linked[0].link if walker.linked else None
    walker.field_state = State(field="complex", link=walker.field_link)
    walker.run = None  # text may follow in the same run
    if walker.looks_of and (run := el.getparent()) in walker.looks_of and run is not None:
        _dress(walker, run)


def _button(walker: _Walker, el: Element, code: str) -> None:
    """Add the words of a field that shows them out of its own code: MACROBUTTON NoMacro Click here."""
    words = code.split(None, 2)
    scope = walker.scope(el.getparent())
    if len(words) == 3 and words[0].upper() in _BUTTONS and scope is not None and scope.paragraph is not None:
        scope.paragraph.pieces.append((el, words[2].rstrip(), scope.state._replace(field="complex")))
        scope.paragraph.rich = True


_BUTTONS = ("MACROBUTTON", "GOTOBUTTON")


def _ended_fields(root: Element) -> set[Element]:
    """The field characters that belong to a field with a beginning and an end; a stray one must not hide the rest."""
    matched: set[Element] = set()
    open_: list[list[Element]] = []
    for el in root.iter(f"{W}fldChar"):
        kind = el.get(f"{W}fldCharType")
        if kind == "begin":
            open_.append([el])
        elif open_:
            open_[-1].append(el)
            if kind == "end":
                matched.update(open_.pop())
    return matched


def _drop_down(walker: _Walker, el: Element) -> None:
    """Add the chosen entry of a legacy form's list (w:ddList), which no field result repeats."""
    choices = [entry.get(_VAL, "") for entry in el.findall(f"{W}listEntry")]
    result = el.find(f"{W}result")
    chosen = 0 if result is None else whole(result.get(_VAL), 0)
    run = next(el.iterancestors(_RUN), None)
    scope = None if run is None else walker.scope(run)
    hidden = any(field.in_code for field in walker.fields[:-1])  # the last one is the list's own field
    if scope is not None and scope.paragraph is not None and not hidden and 0 <= chosen < len(choices):
        scope.paragraph.pieces.append((el, choices[chosen], scope.state._replace(field="complex")))


def _instruction(walker: _Walker, el: Element) -> None:
    if walker.fields and walker.fields[-1].in_code and el.text:
        walker.fields[-1].code.append(el.text)


def _field_link(code: str) -> str | None:
    words = code.split()
    if len(words) < 2 or words[0].upper() != "HYPERLINK":
        return None
    local = words[1].lower() == "\\l"
    target = words[2 if local and len(words) > 2 else 1].strip('"')
    return f"=#{target}" if local else f"={target}"


# --- Marks, notes and things that lie outside the text ---------------------------------------------------------------


def _bookmark(walker: _Walker, el: Element) -> None:
    name = el.get(_NAME, "")
    if not name.startswith("_"):  # _GoBack, _Toc…, _Ref…, _Hlk…: Word's own
        id_ = el.get(_ID, "")
        walker.bookmarks.add(id_)
        _anchor(walker, el, "bookmark", "start", id_, name)


def _bookmark_end(walker: _Walker, el: Element) -> None:
    id_ = el.get(_ID, "")
    if id_ in walker.bookmarks:
        _anchor(walker, el, "bookmark", "end", id_, "")


def _comment_edge(edge: Literal["start", "end", "point"]) -> Callable[[_Walker, Element], None]:
    def handler(walker: _Walker, el: Element) -> None:
        _anchor(walker, el, "comment", edge, el.get(_ID, ""), "")

    return handler


def _anchor(
    walker: _Walker,
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


def _note(kind: Literal["footnote", "endnote"]) -> Callable[[_Walker, Element], None]:
    def handler(walker: _Walker, el: Element) -> None:
        key = (kind, el.get(_ID, ""))
        if walker.scope(el.getparent()) is not None:
            walker.notes[key] = len(walker.items) - 1
        else:
            walker.notes.setdefault(key, None)

    return handler


def _header(kind: Literal["header", "footer"]) -> Callable[[_Walker, Element], None]:
    def handler(walker: _Walker, el: Element) -> None:
        if id_ := el.get(f"{R}id"):
            walker.headers.append((id_, kind))

    return handler


def _alt_text(walker: _Walker, el: Element) -> None:
    for name in ("title", "descr"):
        value = (el.get(name) or "").strip()
        repeated = el.tag != f"{_WP}docPr" and _repeats(walker, value)
        if value and not repeated and walker.scope(el.getparent()) is not None:
            walker.items.append(Thing("alt-text", value, el))


def _repeats(walker: _Walker, value: str) -> bool:
    """Whether a picture repeats the words of the wp:docPr around it, as Word writes them."""
    for item in reversed(walker.items[-8:]):
        if not isinstance(item, Thing) or item.kind != "alt-text":
            return False
        if item.value == value:
            return True
    return False


def _shape(walker: _Walker, el: Element) -> None:
    kinds: tuple[tuple[Literal["alt-text", "word-art"], str], ...] = (("alt-text", "alt"), ("word-art", "string"))
    for kind, name in kinds:
        value = (el.get(name) or "").strip()
        if value and walker.scope(el.getparent()) is not None:
            walker.items.append(Thing(kind, value, el))


def _table_text(walker: _Walker, el: Element) -> None:
    value = (el.get(_VAL) or "").strip()
    if value and walker.scope(el.getparent()) is not None:
        walker.items.append(Thing("alt-text", value, el))


def _reference(
    kind: Literal["chart", "chart-ex", "diagram", "chunk", "subdocument"], attribute: str
) -> Callable[[_Walker, Element], None]:
    def handler(walker: _Walker, el: Element) -> None:
        id_ = el.get(f"{R}{attribute}")
        if id_ and walker.scope(el.getparent()) is not None:
            walker.items.append(Thing(kind, id_, el))

    return handler


def _drawing_text(walker: _Walker, el: Element) -> None:
    value = drawing_text(el)
    if value and walker.scope(el.getparent()) is not None:
        walker.items.append(Thing("drawing", value, el))


def drawing_text(paragraph: Element) -> str:
    """The words of a DrawingML paragraph (a:p)."""
    found = paragraph.iter(f"{_A}t", f"{_A}br", f"{_A}tab")
    return "".join("\n" if el.tag == f"{_A}br" else "\t" if el.tag == f"{_A}tab" else el.text or "" for el in found)


_HANDLERS: dict[str, Callable[[_Walker, Element], None]] = {
    _P: _paragraph,
    f"{W}tab": _symbol("\t"),
    f"{W}ptab": _symbol("\t"),
    f"{W}br": _symbol("\n"),
    f"{W}cr": _symbol("\n"),
    f"{W}noBreakHyphen": _symbol("\u2011"),
    f"{W}softHyphen": _symbol("\u00ad"),
    f"{W}sym": _sym,
    f"{_SE}symEx": _sym,
    f"{_M}t": _text,
    _RUN_STYLE: _run_style,
    f"{W}strike": _run_property(StyleLook(struck=True)),
    f"{W}dstrike": _run_property(StyleLook(struck=True)),
    f"{W}caps": _run_property(StyleLook(caps=True)),
    f"{W}smallCaps": _run_property(StyleLook(caps=True)),
    f"{W}vertAlign": _raise,
    f"{W}vanish": _vanish,
    f"{W}pStyle": _style,
    f"{W}outlineLvl": _outline,
    f"{W}numPr": _list,
    f"{W}del": _deletion,
    f"{W}moveFrom": _deletion,
    f"{W}tbl": _table,
    f"{W}tr": _row,
    f"{W}tc": _cell,
    f"{W}gridBefore": _columns_before,
    f"{W}tblHeader": _heading_row,
    f"{W}gridSpan": _span,
    f"{W}cellDel": _deleted_cell,
    f"{W}fldChar": _field_char,
    f"{W}instrText": _instruction,
    f"{W}ddList": _drop_down,
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
    f"{W}subDoc": _reference("subdocument", "id"),
    f"{W}tblCaption": _table_text,
    f"{W}tblDescription": _table_text,
    f"{_WP}docPr": _alt_text,
    f"{_PIC}cNvPr": _alt_text,
    f"{_WPS}cNvPr": _alt_text,
    f"{_WPG}cNvPr": _alt_text,
    f"{_V}shape": _shape,
    f"{_V}rect": _shape,
    f"{_V}roundrect": _shape,
    f"{_V}oval": _shape,
    **{f"{_V}{name}": _shape for name in ("group", "line", "polyline", "image", "arc", "curve")},
    f"{_V}textpath": _shape,
    f"{_C}chart": _reference("chart", "id"),
    f"{_CX}chart": _reference("chart-ex", "id"),
    f"{_DGM}relIds": _reference("diagram", "dm"),
    f"{_A}p": _drawing_text,
}
_STYLED_TAGS = (_T, *_HANDLERS)
_TAGS = tuple(tag for tag in _STYLED_TAGS if tag != _RUN_STYLE)
