"""How an element changes what holds for everything inside it."""

from collections.abc import Callable
from typing import NamedTuple

from qmsr_lint.formats.docx.text.names import CX, DGM, MC, SE, TXBX, W14, WP, A, C, Element, M, P, R, T, W
from qmsr_lint.formats.docx.text.story import PLAIN, Cell, Paragraph, State


class Table:
    """A table that the walk is in, or was: its number, and how many of its rows are shown."""

    __slots__ = ("number", "rows")

    def __init__(self, number: int) -> None:
        self.number = number
        self.rows = 0


class Row:
    """A row of a table: the column of the grid that its next cell begins at, and whether it is a heading row."""

    __slots__ = ("column", "header", "number", "table")

    def __init__(self, table: Table, number: int) -> None:
        self.table = table
        self.number = number
        self.column = 1
        self.header = number == 1


class Scope(NamedTuple):
    """What holds for everything inside an element; None in its place means that nothing inside is shown.

    `chosen` is, in an mc:AlternateContent, the one of its alternatives that is read.
    """

    paragraph: Paragraph | None = None
    state: State = PLAIN
    cell: Cell | None = None
    box: Element | None = None
    table: Table | None = None
    row: Row | None = None
    chosen: Element | None = None


OUTSIDE = Scope()
"""What holds outside all that matters."""


def _hidden(el: Element, scope: Scope) -> Scope | None:
    return None


def _inserted(el: Element, scope: Scope) -> Scope | None:
    return scope._replace(state=scope.state._replace(inserted=el.get(f"{W}author", "")))


def _hyperlink(el: Element, scope: Scope) -> Scope | None:
    link = el.get(f"{R}id")
    anchor = el.get(f"{W}anchor")
    if link is None and anchor is not None:
        link = f"=#{anchor}"
    return scope._replace(state=scope.state._replace(link=link or "="))


def _simple_field(el: Element, scope: Scope) -> Scope | None:
    state = scope.state._replace(field="simple")
    link = field_link(el.get(f"{W}instr", ""))
    return scope._replace(state=state._replace(link=link) if link else state)


def _control(el: Element, scope: Scope) -> Scope | None:
    return scope._replace(state=scope.state._replace(controls=(*scope.state.controls, el)))


def _text_box(el: Element, scope: Scope) -> Scope | None:
    return Scope(state=scope.state, box=el)


def _alternatives(el: Element, scope: Scope) -> Scope | None:
    return scope._replace(chosen=_chosen(el))


def _alternative(el: Element, scope: Scope) -> Scope | None:
    return scope if scope.chosen is el else None


def _chosen(alternate: Element) -> Element | None:
    """The first choice that Word knows how to show, else the fallback, of those that hold anything to read.

    Where neither does, a choice that is strange to Word is read all the same: rather too much than a miss.
    """
    strange = None
    for el in alternate:
        if next(el.iter(*_READABLE), None) is not None:
            if el.tag == f"{MC}Fallback" or _is_known(el):
                return el
            strange = el if strange is None else strange
    return strange


def _is_known(choice: Element) -> bool:
    """Whether Word knows all namespaces that a choice requires: those of the standard and of Microsoft."""
    spaces = choice.nsmap
    return all((spaces.get(prefix) or "").startswith(_KNOWN) for prefix in choice.get("Requires", "").split())


_KNOWN = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/", "urn:schemas-microsoft-com:")


_READABLE: tuple[str, ...] = (
    T,
    f"{W}delText",  # what is chosen is so before and after its words are deleted
    P,
    f"{W}drawing",
    f"{W}pict",
    f"{W}object",
    f"{W}sym",
    f"{SE}symEx",
    f"{WP}docPr",
    f"{C}chart",
)
_READABLE += (f"{M}t", f"{A}t", f"{DGM}relIds", f"{CX}chart", f"{W}altChunk")
_HIDES = ("del", "moveFrom", "rt", "rPr", "pPr", "sdtPr", "ffData", "tblPrChange")
CONTAINERS: dict[str, Callable[[Element, Scope], Scope | None]] = {
    **{f"{W}{name}": _hidden for name in _HIDES},
    f"{W}ins": _inserted,
    f"{W}moveTo": _inserted,
    f"{W14}conflictIns": _inserted,  # of two who changed the same
    f"{W14}conflictDel": _hidden,
    f"{W}hyperlink": _hyperlink,
    f"{W}fldSimple": _simple_field,
    f"{W}sdt": _control,
    TXBX: _text_box,
    f"{MC}AlternateContent": _alternatives,
    f"{MC}Choice": _alternative,
    f"{MC}Fallback": _alternative,
}


def field_link(code: str) -> str | None:
    """The address that the code of a HYPERLINK field names, after "="; None for other fields."""
    words = code.split()
    if len(words) < 2 or words[0].upper() != "HYPERLINK":
        return None
    local = words[1].lower() == "\\l"
    target = words[2 if local and len(words) > 2 else 1].strip('"')
    return f"=#{target}" if local else f"={target}"
