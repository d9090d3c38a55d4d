"""Fields: codes that are not shown, results that are, and what was filled in in the lists and boxes of forms."""

from qmsr_lint.formats.docx.text.names import RUN, VAL, Element, W, is_on, whole
from qmsr_lint.formats.docx.text.scope import field_link
from qmsr_lint.formats.docx.text.story import State
from qmsr_lint.formats.docx.text.walker import Field, Handlers, Walker, dress


def _field_char(walker: Walker, el: Element) -> None:
    if walker.field_characters is not None and el not in walker.field_characters:
        return
    kind = el.get(f"{W}fldCharType")
    if kind == "begin":
        walker.fields.append(Field())
        walker.codes += 1
    elif walker.fields:
        field = walker.fields[-1]
        if kind == "separate" and field.in_code:
            field.link = field_link("".join(field.code))
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
        dress(walker, run)


def _button(walker: Walker, el: Element, code: str) -> None:
    """Add the words of a field that shows them out of its own code: MACROBUTTON NoMacro Click here."""
    words = code.split(None, 2)
    scope = walker.scope(el.getparent())
    if len(words) == 3 and words[0].upper() in _BUTTONS and scope is not None and scope.paragraph is not None:
        scope.paragraph.pieces.append((el, words[2].rstrip(), scope.state._replace(field="complex")))
        scope.paragraph.rich = True


_BUTTONS = ("MACROBUTTON", "GOTOBUTTON")


def ended_fields(root: Element) -> set[Element]:
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


def _drop_down(walker: Walker, el: Element) -> None:
    """Add the chosen entry of a legacy form's list (w:ddList), which no field result repeats."""
    choices = [entry.get(VAL, "") for entry in el.findall(f"{W}listEntry")]
    named = (el.find(f"{W}{name}") for name in ("result", "default"))
    numbers = [whole(found.get(VAL), -1) for found in named if found is not None]
    chosen = next((number for number in numbers if 0 <= number < len(choices)), 0)
    if choices:
        _filled_in(walker, el, choices[chosen])


def _check_box(walker: Walker, el: Element) -> None:
    """Add the sign of a legacy form's check box, which stands nowhere else either."""
    named = (el.find(f"{W}{name}") for name in ("checked", "default"))
    checked = next((is_on(found.get(VAL)) for found in named if found is not None), False)
    _filled_in(walker, el, "\u2612" if checked else "\u2610")


def _filled_in(walker: Walker, el: Element, text: str) -> None:
    """Add what a field of a legacy form shows."""
    run = next(el.iterancestors(RUN), None)
    scope = None if run is None else walker.scope(run)
    hidden = any(field.in_code for field in walker.fields[:-1])  # the last one is the form's own field
    if scope is not None and scope.paragraph is not None and not hidden:
        scope.paragraph.pieces.append((el, text, scope.state._replace(field="complex")))


def _instruction(walker: Walker, el: Element) -> None:
    if walker.fields and walker.fields[-1].in_code and el.text:
        walker.fields[-1].code.append(el.text)


HANDLERS: Handlers = {
    f"{W}fldChar": _field_char,
    f"{W}instrText": _instruction,
    f"{W}ddList": _drop_down,
    f"{W}checkBox": _check_box,
}
