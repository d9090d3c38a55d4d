"""One walk through a story, in document order."""

from qmsr_lint.formats.docx.text import fields, marks, paragraphs, runs
from qmsr_lint.formats.docx.text.fields import ended_fields
from qmsr_lint.formats.docx.text.names import RUN_STYLE, Element, T
from qmsr_lint.formats.docx.text.scope import OUTSIDE
from qmsr_lint.formats.docx.text.story import Story, Styles
from qmsr_lint.formats.docx.text.walker import Handlers, Walker, enter


def walk(root: Element, styles: Styles) -> Story:
    """The blocks of one story and what it refers to. What encloses `root` does not count."""
    walker = _walked(root, styles, None)
    if walker.fields:  # one never ended and has hidden what follows
        walker = _walked(root, styles, ended_fields(root))
    if walker.pictured:
        marks.drop_last_pictures(walker.items)
    return Story(walker.items, walker.headers, walker.notes, (walker.tables[False], walker.tables[True]))


def _walked(root: Element, styles: Styles, field_characters: set[Element] | None) -> Walker:
    walker = Walker(styles, field_characters)
    walker.scopes[root] = OUTSIDE
    handlers = _HANDLERS
    styled = next(root.iter(RUN_STYLE), None) is not None and styles.remarkable
    for el in root.iter(*(_STYLED_TAGS if styled else _TAGS)):
        tag = el.tag
        if tag == T:  # leaf and enter, written out for speed
            run = el.getparent()
            if run is not walker.run:
                if run is not None and run.getparent() is walker.p and not walker.fields:
                    walker.run, walker.target, walker.state = run, walker.p_pieces, walker.p_state
                else:
                    enter(walker, run)
            if walker.target is not None and (text := el.text):
                walker.target.append((el, text, walker.state))
        else:
            handlers[tag](walker, el)
    return walker


_HANDLERS: Handlers = {**paragraphs.HANDLERS, **runs.HANDLERS, **fields.HANDLERS, **marks.HANDLERS}
_STYLED_TAGS = (T, *_HANDLERS)
_TAGS = tuple(tag for tag in _STYLED_TAGS if tag != RUN_STYLE)
