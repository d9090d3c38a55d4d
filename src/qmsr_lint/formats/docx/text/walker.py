"""The state of a walk through a story, and where the text of a run goes."""

from collections.abc import Callable
from itertools import takewhile
from typing import Literal

from qmsr_lint.formats.docx.text.names import RUN, Element, P
from qmsr_lint.formats.docx.text.scope import CONTAINERS, OUTSIDE, Row, Scope
from qmsr_lint.formats.docx.text.story import PLAIN, Paragraph, RawPiece, StyleLook, Styles, Thing


class Field:
    """A complex field that has begun: its code, whether the walk is still in that, and where it links to."""

    __slots__ = ("code", "in_code", "link")

    def __init__(self) -> None:
        self.code: list[str] = []
        self.in_code = True
        self.link: str | None = None


class Walker:
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
        self.scopes: dict[Element | None, Scope | None] = {}
        self.owners: dict[Element, Paragraph] = {}
        self.tables: dict[bool, int] = {False: 0, True: 0}  # numbered apart inside and outside text boxes
        self.looks_of: dict[Element, tuple[StyleLook, bool | None]] = {}  # run -> its look, and its own w:vanish
        self.unseen: dict[Element, Scope | None] = {}  # paragraph of a hidden style -> what would hold in it
        self.run_on: dict[Element | None, Paragraph] = {}  # container -> the paragraph that has lost its mark
        self.hidden_marks: set[Element] = set()
        self.loose: list[tuple[Literal["bookmark", "comment"], str, str]] = []
        self.bookmarks: set[str] = set()
        self.paragraph: Paragraph | None = None
        self.p: Element | None = None
        self.p_pieces: list[RawPiece] | None = None
        self.p_state = PLAIN
        self.row: Row | None = None
        self.row_element: Element | None = None
        self.cell_element: Element | None = None
        self.pictured = False  # whether a sign was added for a picture
        self.run: Element | None = None
        self.target: list[RawPiece] | None = None
        self.state = PLAIN
        self.fields: list[Field] = []
        self.linked: list[Field] = []  # those of them that are links, from the outermost in
        self.codes = 0  # how many of them are in their code
        self.in_code = False
        self.field_link: str | None = None
        self.field_state = PLAIN

    def scope(self, el: Element | None) -> Scope | None:
        """What holds inside `el`, worked out from the outermost element whose scope is not known yet."""
        scopes = self.scopes
        if el in scopes:
            return scopes[el]
        chain = []
        while el is not None and el not in scopes:
            chain.append(el)
            el = el.getparent()
        scope = OUTSIDE if el is None else scopes[el]
        for inner in reversed(chain):
            if scope is not None:
                if inner in self.owners:
                    scope = Scope(self.owners[inner], scope.state, scope.cell, scope.box)
                else:
                    rule = CONTAINERS.get(inner.tag)
                    if rule is not None:
                        scope = rule(inner, scope)
            scopes[inner] = scope
        return scope


def enter(walker: Walker, run: Element | None) -> None:
    """Direct what stands in `run` to its paragraph, if any of it is shown."""
    walker.run = run
    parent = None if run is None else run.getparent()
    if parent is walker.p and not walker.fields:  # nothing but the paragraph around it
        walker.target, walker.state = walker.p_pieces, walker.p_state
        return
    container = parent if run is not None and run.tag == RUN else run
    if walker.looks_of and run in walker.looks_of:  # entered again, behind a text box that stands in it
        dress(walker, run)
    else:
        direct(walker, container, walker.scope(container))


def direct(walker: Walker, container: Element | None, scope: Scope | None) -> Paragraph | None:
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


def _stray(walker: Walker, container: Element, scope: Scope) -> Paragraph:
    """A block for text outside any paragraph, which no sound file has: better shown than lost."""
    paragraph = walker.owners[container] = Paragraph(container, scope.cell, scope.box)
    walker.items.append(paragraph)
    walker.scopes[container] = Scope(paragraph, scope.state, scope.cell, scope.box)
    return paragraph


def leaf(walker: Walker, el: Element, text: str | None) -> None:
    """Add the characters that an element of a run shows to the paragraph of the run."""
    run = el.getparent()
    if run is not walker.run:
        enter(walker, run)
    if walker.target is not None and text:
        walker.target.append((el, text, walker.state))


def ends_in_letter(pieces: list[RawPiece]) -> bool:
    """Whether what comes next stands right behind a letter or a digit."""
    return bool(pieces) and pieces[-1][1][-1:].isalnum()


def dress(walker: Walker, run: Element) -> None:
    """Enter a run that has a look.

    Its own w:vanish decides whether it is hidden; without one, a character style that hides shows what stands in a
    paragraph of a hidden style (ECMA-376 part 1, 17.7.3).
    """
    look, own = walker.looks_of[run]
    p = next(run.iterancestors(P), None) if walker.unseen else None
    in_hidden = p in walker.unseen
    hidden = look.hidden != in_hidden if own is None else own
    scope = None if hidden else _as_if_seen(walker, run, p) if in_hidden else walker.scope(run.getparent())
    walker.run, walker.scopes[run] = run, scope
    paragraph = direct(walker, run.getparent() if run.tag == RUN else run, scope)
    if paragraph is not None:
        paragraph.rich = True
        state = walker.state
        walker.state = state._replace(
            struck=state.struck or look.struck,
            code=state.code or look.code,
            caps=state.caps or look.caps,
            raised=state.raised or look.raised,
        )


def _as_if_seen(walker: Walker, run: Element, p: Element | None) -> Scope | None:
    """What would hold in a run if the style of its paragraph `p` did not hide it."""
    scope = None if p is None else walker.unseen[p]
    for el in reversed(list(takewhile(lambda el: el is not p, run.iterancestors()))):
        rule = CONTAINERS.get(el.tag)
        if rule is not None and scope is not None:
            scope = rule(el, scope)
    return scope


def grandparent(el: Element) -> Element | None:
    """The element around the element around `el`: the run or paragraph that a property belongs to."""
    parent = el.getparent()
    return None if parent is None else parent.getparent()


Handler = Callable[[Walker, Element], None]
"""What a walk does where it comes to an element."""
Handlers = dict[str, Handler]
"""The same by the tag of the element."""
