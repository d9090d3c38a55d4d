"""Paragraphs, with their properties, and tables."""

from qmsr_lint.formats.docx.text.names import DROP_CAPS, VAL, Element, P, W, is_on, whole
from qmsr_lint.formats.docx.text.scope import Row, Scope, Table
from qmsr_lint.formats.docx.text.story import PLAIN, Anchor, Cell, Paragraph
from qmsr_lint.formats.docx.text.walker import Handlers, Walker, grandparent


def _paragraph(walker: Walker, el: Element) -> None:
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
        _go_on(walker, paragraph, el)
    walker.owners[el] = paragraph
    walker.p, walker.paragraph, walker.p_pieces, walker.p_state = el, paragraph, paragraph.pieces, scope.state
    if scope.state is not PLAIN:
        paragraph.rich = True
    if walker.loose:
        paragraph.anchors = [Anchor(kind, "start", id_, name, 0) for kind, id_, name in walker.loose]
        walker.loose.clear()


def _go_on(walker: Walker, paragraph: Paragraph, el: Element) -> None:
    """Let a paragraph run on into `el`; what stands before a hidden mark is still a heading, or counts in a list."""
    if paragraph.elements[-1] in walker.hidden_marks:
        paragraph.leads = paragraph.leads or []
        paragraph.leads.append(_lead(paragraph))
        paragraph.led = len(paragraph.pieces)
    paragraph.elements.append(el)
    paragraph.style = paragraph.numbering = paragraph.level = paragraph.outline = None


def _lead(paragraph: Paragraph) -> Paragraph:
    lead = Paragraph(paragraph.elements[-1], paragraph.cell, paragraph.box)
    lead.style, lead.outline = paragraph.style, paragraph.outline
    lead.numbering, lead.level = paragraph.numbering, paragraph.level
    lead.pieces = paragraph.pieces[paragraph.led :]
    return lead


def _style(walker: Walker, el: Element) -> None:
    properties = el.getparent()
    if walker.paragraph is not None and properties is not None and properties.getparent() is walker.p:
        style = walker.paragraph.style = el.get(VAL, "")
        if style not in walker.looks:
            walker.looks[style] = walker.styles.look(style)
        if walker.looks[style].hidden and walker.p is not None:
            walker.unseen[walker.p] = walker.scope(walker.p)
            walker.p_pieces = walker.scopes[walker.p] = None


def _outline(walker: Walker, el: Element) -> None:
    if walker.paragraph is not None and grandparent(el) is walker.p:
        walker.paragraph.outline = el.get(VAL)


def _list(walker: Walker, el: Element) -> None:
    """w:numPr; the former one in w:pPrChange lies deeper."""
    if walker.paragraph is not None and grandparent(el) is walker.p:
        for child in el:
            if child.tag == f"{W}numId":
                walker.paragraph.numbering = child.get(VAL)
            elif child.tag == f"{W}ilvl":
                walker.paragraph.level = child.get(VAL)


def _deletion(walker: Walker, el: Element) -> None:
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


def _run_into_next(walker: Walker, p: Element, paragraph: Paragraph) -> None:
    after = _behind(p)
    while after is not None and after.tag in _BETWEEN:
        contents = after if after.tag == _CUSTOM_XML else after.find(_CONTENTS)
        inner = None if contents is None else next(iter(contents), None)
        after = _behind(after) if inner is None else inner
    if after is not None and after.tag == P:
        walker.run_on[after.getparent()] = paragraph


def _behind(el: Element) -> Element | None:
    """What stands behind an element, also where that ends the content control or custom XML around it."""
    after, parent = el.getnext(), el.getparent()
    while after is None and parent is not None and parent.tag in (_CONTENTS, _CUSTOM_XML, f"{W}sdt"):
        after, parent = parent.getnext(), parent.getparent()
    return after


def hide_mark(walker: Walker, p: Element) -> None:
    """Take notice that a paragraph's mark is hidden, as a style separator is: the next one goes on in its line."""
    if p is walker.p and walker.paragraph is not None:
        walker.hidden_marks.add(p)
        _run_into_next(walker, p, walker.paragraph)


def _frame(walker: Walker, el: Element) -> None:
    """Take notice of a drop cap, which is a paragraph of its own: its word goes on in the next one."""
    p, paragraph = walker.p, walker.paragraph
    if el.get(f"{W}dropCap") in DROP_CAPS and p is not None and paragraph is not None and grandparent(el) is p:
        _run_into_next(walker, p, paragraph)


_CHANGES = ("Ins", "Del", "MoveFrom", "MoveTo")
_BETWEEN = {
    f"{W}{name}{edge}"
    for name in ("bookmark", "commentRange", "moveFromRange", "moveToRange", "perm")
    for edge in ("Start", "End")
}
_BETWEEN |= {f"{W}customXml{name}Range{edge}" for name in _CHANGES for edge in ("Start", "End")}
_CONTENTS, _CUSTOM_XML = f"{W}sdtContent", f"{W}customXml"
_BETWEEN |= {f"{W}proofErr", f"{W}sdt", _CUSTOM_XML, f"{_CUSTOM_XML}Pr", f"{W}sdtEndPr"}


def _table(walker: Walker, el: Element) -> None:
    scope = walker.scope(el.getparent())
    if scope is not None:
        boxed = scope.box is not None
        walker.tables[boxed] += 1
        scope = Scope(None, scope.state, None, scope.box, Table(walker.tables[boxed]))
    walker.scopes[el] = scope


def _row(walker: Walker, el: Element) -> None:
    scope = walker.scope(el.getparent())
    walker.row_element, walker.row = el, None
    if scope is not None and scope.table is not None:
        scope.table.rows += 1
        walker.row = Row(scope.table, scope.table.rows)
        scope = Scope(None, scope.state, None, scope.box, scope.table, walker.row)
    walker.scopes[el] = scope


def _cell(walker: Walker, el: Element) -> None:
    parent = el.getparent()
    scope = walker.scopes[parent] if parent in walker.scopes else walker.scope(parent)
    walker.cell_element = el
    if scope is not None and scope.row is not None:
        row = scope.row
        walker.row = row
        cell = Cell(row.table.number, row.number, row.column, row.header)
        row.column += 1
        scope = Scope(None, scope.state, cell, scope.box, None, row)
    walker.scopes[el] = scope


def _columns_before(walker: Walker, el: Element) -> None:
    if walker.row is not None and grandparent(el) is walker.row_element:
        walker.row.column += max(0, whole(el.get(VAL), 0))


def _heading_row(walker: Walker, el: Element) -> None:
    if walker.row is not None and grandparent(el) is walker.row_element and is_on(el.get(VAL)):
        walker.row.header = True


def _span(walker: Walker, el: Element) -> None:
    if walker.row is not None and grandparent(el) is walker.cell_element:
        walker.row.column += max(1, whole(el.get(VAL), 1)) - 1


def _deleted_cell(walker: Walker, el: Element) -> None:
    if grandparent(el) is walker.cell_element:
        walker.scopes[walker.cell_element] = None


HANDLERS: Handlers = {
    P: _paragraph,
    f"{W}pStyle": _style,
    f"{W}outlineLvl": _outline,
    f"{W}numPr": _list,
    f"{W}framePr": _frame,
    f"{W}del": _deletion,
    f"{W}moveFrom": _deletion,
    f"{W}tbl": _table,
    f"{W}tr": _row,
    f"{W}tc": _cell,
    f"{W}gridBefore": _columns_before,
    f"{W}tblHeader": _heading_row,
    f"{W}gridSpan": _span,
    f"{W}cellDel": _deleted_cell,
}
