"""What stands in a run, and what its properties make of that."""

from qmsr_lint.formats.docx.text.names import PPR, RUN, RUN_STYLE, SE, VAL, Element, M, W, is_on
from qmsr_lint.formats.docx.text.paragraphs import hide_mark
from qmsr_lint.formats.docx.text.story import UNREMARKABLE, StyleLook
from qmsr_lint.formats.docx.text.walker import (
    Handler,
    Handlers,
    Walker,
    dress,
    ends_in_letter,
    enter,
    grandparent,
    leaf,
)


def _symbol(text: str) -> Handler:
    def handler(walker: Walker, el: Element) -> None:
        leaf(walker, el, text)

    return handler


def _sym(walker: Walker, el: Element) -> None:
    try:
        code = int(el.get(f"{W}char") or el.get(f"{SE}char") or "", 16)
    except ValueError:
        return
    if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF:  # no control characters, no half of a pair
        font = el.get(f"{W}font") or el.get(f"{SE}font") or ""
        pictures = code < 0x100 and font.lower().startswith(_SYMBOL_FONTS)
        leaf(walker, el, chr(_PRIVATE + code if pictures else code))


_SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "marlett")
_PRIVATE = 0xF000
"""Where Word itself puts the characters of fonts that hold no letters."""


def _formula(walker: Walker, el: Element) -> None:
    """Add text of a formula, set apart from letters in another place of it: the two halves of a fraction."""
    run = el.getparent()
    if run is not walker.run:
        enter(walker, run)
    target, text = walker.target, el.text
    if target is None or not text:
        return
    if text[0].isalnum() and ends_in_letter(target):
        before, place = (next(one.iterancestors(*_PLACES), None) for one in (target[-1][0], el))
        between = before if place is None else place
        if before is not place and between is not None:
            target.append((between, " ", walker.state))
    target.append((el, text, walker.state))


_PLACES = tuple(f"{M}{name}" for name in ("num", "den", "e", "sub", "sup", "deg", "lim", "fName"))
"""Parts of a formula that stand over, under or beside one another."""


def _run_property(look: StyleLook) -> Handler:
    def handler(walker: Walker, el: Element) -> None:
        if is_on(el.get(VAL)):
            _apply(walker, el, look)
        elif look.caps:
            _clear(walker, el, caps=False)
            if walker.paragraph is not None:
                walker.paragraph.calm = True

    return handler


def _clear(walker: Walker, el: Element, **cleared: bool) -> None:
    """Take back what a run's character style, which stands before its own properties, has given it."""
    run = grandparent(el)
    if run in walker.looks_of:
        look, own = walker.looks_of[run]
        walker.looks_of[run] = look._replace(**cleared), own
        dress(walker, run)


def _raise(walker: Walker, el: Element) -> None:
    if el.get(VAL) == "superscript":
        _apply(walker, el, StyleLook(raised=True))
    else:
        _clear(walker, el, raised=False)


def _vanish(walker: Walker, el: Element) -> None:
    hidden, holder = is_on(el.get(VAL)), grandparent(el)
    if holder is None or holder.tag != PPR:
        _apply(walker, el, UNREMARKABLE, hidden)
    elif hidden and (p := holder.getparent()) is not None:
        hide_mark(walker, p)


def _run_style(walker: Walker, el: Element) -> None:
    look = walker.styles.look(el.get(VAL, ""))
    if look is not UNREMARKABLE:
        _apply(walker, el, look)


def _apply(walker: Walker, el: Element, look: StyleLook, hidden: bool | None = None) -> None:
    """Give the run whose properties hold `el` a look; a paragraph mark's and a former look are nobody's."""
    run = grandparent(el)
    if run is None or run.tag not in (RUN, f"{M}r"):
        return
    former, own = walker.looks_of.get(run, (UNREMARKABLE, None))
    look = StyleLook(*(one or other for one, other in zip(former, look, strict=True)))
    walker.looks_of[run] = look, own if hidden is None else hidden
    dress(walker, run)


HANDLERS: Handlers = {
    f"{W}tab": _symbol("\t"),
    f"{W}ptab": _symbol("\t"),
    f"{W}br": _symbol("\n"),
    f"{W}cr": _symbol("\n"),
    f"{W}noBreakHyphen": _symbol("\u2011"),
    f"{W}softHyphen": _symbol("\u00ad"),
    f"{W}sym": _sym,
    f"{SE}symEx": _sym,
    f"{M}t": _formula,
    RUN_STYLE: _run_style,
    f"{W}strike": _run_property(StyleLook(struck=True)),
    f"{W}dstrike": _run_property(StyleLook(struck=True)),
    f"{W}caps": _run_property(StyleLook(caps=True)),
    f"{W}smallCaps": _run_property(StyleLook(caps=True)),
    f"{W}vertAlign": _raise,
    f"{W}vanish": _vanish,
}
