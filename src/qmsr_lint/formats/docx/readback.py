"""Reads a redline back: accepted it must read as planned, rejected as the original, and with all else as it was."""

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.read import Reading, load
from qmsr_lint.formats.docx.redline import TRIMMED, Redline, edges
from qmsr_lint.formats.docx.rezip import rewrite
from qmsr_lint.formats.docx.text import Element, W
from qmsr_lint.model import Change

_T, _ID = f"{W}t", f"{W}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPES = "[content_types].xml"
_DIGITS = 20
_COMMENT = f"{W}comment"
_COMMENT_MARKS = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
_NUMBERED = (_COMMENT, *(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")))


def verify(reading: Reading, made: Sequence[Change], after: Redline) -> str:
    """What is wrong with a redline when it is read back, or nothing.

    With every change accepted it must read as the document with the changes `made`, with every one rejected as the
    document did, whether the reader keeps white space that is not preserved or trims it as Word does. Others' comments
    must be as they were, and no number may be given twice. Raises Unreadable where it would be over a limit.
    """
    limits = reading.package.limits
    if not after.parts:
        return ""
    try:
        accepted = load(after.data, reading.document.path, limits)
        if _reads(accepted) != _reads(reading, made):
            return "with the changes accepted it does not read as it should"
        if wrong := _miscounted(reading, accepted, after.ids):
            return wrong
        if any(name.lower() == _TYPES for name in after.parts) and (twice := accepted.package.declared_twice()):
            return f"the type of {twice} is declared twice"
        undone = {}
        stories = {name.lower() for name in reading.roots}
        for name in sorted(name for name in after.parts if name.lower() in stories):
            root = accepted.package.parse(name)
            if _undo(root, after.ids):
                undone[name] = etree.tostring(root, encoding="UTF-8")
        rejected = load(rewrite(after.data, undone, {}, level=1), reading.document.path, limits)
        if _reads(rejected) != _reads(reading):
            return "with the changes rejected it does not read as the original"
    except Unreadable as error:
        if str(error).startswith("over the limit"):
            raise Unreadable(f"cannot be redlined: with the changes in it, it would be {error}") from error
        return f"it cannot be read back ({error})"
    return ""


def _reads(reading: Reading, made: Sequence[Change] = ()) -> tuple[list[str], list[str]]:
    """The text of each block but comments, with changes made in it: as the reader has it, and as Word shows it."""
    text, shown = reading.document.text, _shown(reading)
    read = _blocks(reading, text, made)
    return read, read if shown is text else [words.replace("\0", "") for words in _blocks(reading, shown, made)]


def _blocks(reading: Reading, text: str, made: Sequence[Change]) -> list[str]:
    out, rest = [], sorted(made, reverse=True)
    for block in reading.document.blocks:
        words, at = [], block.start
        while rest and rest[-1].start < block.end:
            change = rest.pop()
            words += [text[at : change.start], change.text]
            at = change.end
        if block.place.part != "comment":
            out.append("".join([*words, text[at : block.end]]))
    return out


def _shown(reading: Reading) -> str:
    """The document's text with a NUL for each white space that Word trims; the text itself where it trims none."""
    text, out, at = reading.document.text, [], 0
    for block, source in zip(reading.document.blocks, reading.sources, strict=True):
        start = block.start
        for el, words, _ in source.paragraph.pieces if source.paragraph is not None else ():
            end = start + len(words)
            if words != words.strip(TRIMMED) and el.tag == _T and el.get(_SPACE) != "preserve":
                first, last = edges(words)
                out += [text[at:start], "\0" * first, words[first:last], "\0" * (len(words) - last)]
                at = end
            start = end
    return "".join([*out, text[at:]]) if out else text


def _miscounted(before: Reading, after: Reading, ids: range) -> str:
    """What is wrong with the comments and the numbers of a redline: `ids` are those of the new ones."""
    if _others(before, ids) != _others(after, ids):
        return "a comment that was there is not as it was"
    given = Counter(number for _, number in _numbered(after, *_NUMBERED) if number in ids)
    marks = Counter(mark for mark in _numbered(after, *_COMMENT_MARKS) if mark[1] in ids)
    numbers = {str(number): number for number in ids}
    new = [numbers[el.get(_ID, "")] for el in _comments(after) if el.get(_ID) in numbers]
    if any(count > 1 for count in given.values()) or marks != Counter((tag, n) for tag in _COMMENT_MARKS for n in new):
        return "a number stands for two things, or for none"
    return ""


def _comments(reading: Reading) -> Iterator[Element]:
    """The comments of a document, in order."""
    for name in reading.package.related(reading.package.main, "comments"):
        yield from reading.roots[name].iter(_COMMENT)


def _numbered(reading: Reading, *tags: str) -> Iterator[tuple[str, int]]:
    """The elements of these kinds that have a number."""
    for root in reading.roots.values():
        for el in root.iter(*tags):
            number = el.get(_ID, "").strip()
            if number.lstrip("+").isdecimal() and len(number) <= _DIGITS:
                yield el.tag, int(number)


def _others(reading: Reading, ids: range) -> tuple[list[bytes], list[tuple[str, int]]]:
    """The comments that do not have one of these numbers as they are written, and the marks of where they stand."""
    numbers = {str(number) for number in ids}
    written = [etree.tostring(el, with_tail=False) for el in _comments(reading) if el.get(_ID) not in numbers]
    return written, [mark for mark in _numbered(reading, *_COMMENT_MARKS) if mark[1] not in ids]


def _undo(root: Element, ids: range) -> bool:
    """Reject, in a parsed part, the tracked changes with these numbers; whether there was one."""
    numbers = {str(number) for number in ids}
    tracked = [el for el in root.iter(f"{W}ins", f"{W}del") if el.get(f"{W}id") in numbers]
    for el in tracked:
        parent = el.getparent()
        if parent is None:
            continue
        if el.tag == f"{W}del":
            for gone in el.iter(f"{W}delText"):
                gone.tag = _T
            place = parent.index(el)
            parent[place:place] = list(el)
        parent.remove(el)
    return bool(tracked)
