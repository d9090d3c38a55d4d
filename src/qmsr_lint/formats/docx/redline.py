"""Writes edits into a Word file as tracked changes and comments; everything else keeps its bytes.

An edit is made where the reader found its text: the runs it touches are cut at its ends, what goes is wrapped in w:del
and what comes stands behind it in w:ins, with the formatting that most of the old words have. Fields, content controls,
hyperlinks and smart tags keep their runs inside. Where an edit cannot be made, it is refused with a reason, whole.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple, cast

from qmsr_lint import remarks
from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.comments import STRICT_NS, Comments
from qmsr_lint.formats.docx.package import Package
from qmsr_lint.formats.docx.read import Reading
from qmsr_lint.formats.docx.read import Source as BlockSource
from qmsr_lint.formats.docx.rezip import rewrite
from qmsr_lint.formats.docx.splice import NUMBER, Source, in_bytes
from qmsr_lint.formats.docx.styles import StyleSheet
from qmsr_lint.formats.docx.text import W_NS, Element, Paragraph, Piece, State, W, bound, locked, pieces, twins, walk
from qmsr_lint.formats.docx.text.names import DROP_CAPS, PICTURES, is_on
from qmsr_lint.model import Block, Change, Edit, EditOutcome

_RUN, _P, _T, _RPR = f"{W}r", f"{W}p", f"{W}t", f"{W}rPr"
_WITH_DELETION = {f"{W}lastRenderedPageBreak"}
_FIXED_CHOICE = {f"{W}{name}": words for name, words in (
    ("dropDownList", "a drop-down list"), ("comboBox", "a drop-down list"), ("date", "a date picker"),
)}  # fmt: skip
_QUIET_GAP = re.compile(rb"(?:\s|<(?:[\w.-]+:)?proofErr(?=[\s/])[^>]*/>)*")
_PREFIX = re.compile(rb"<([^\s/>:]+:)?")
_DECLARATION = re.compile(rb"""\sxmlns(?::[^\s=]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_LAST, _ROOM = 2**31, 2**20
"""Numbers of changes and comments lie below the first; the second is how many are kept free for new ones."""
_USED_ID = re.compile(rb':id\s*=\s*["\']\s*\+?(\d{1,10})\s*["\']')
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PRESERVE = b' xml:space="preserve"'
TRIMMED = " \t\r\n"
_NO_TRACKING = {
    "body": "a list's label cannot carry tracked changes: change it in the list's definition",
    "property": "a document property cannot carry tracked changes: change it under File, Info",
    "alt-text": "alternative text cannot carry tracked changes: change it in the picture's own dialog",
    "chart": "a chart cannot carry tracked changes: change it in the chart",
    "diagram": "a diagram cannot carry tracked changes: change it in the diagram",
    "other": "an embedded document cannot carry tracked changes: change it where it was made",
    "textbox": "a drawing's own text cannot carry tracked changes: change it in the drawing",
    "comment": "is in a reviewer's comment: answer it there",
}


class Stamp(NamedTuple):
    """Who makes the changes and when: `date` in the form of w:date, as in 2026-02-02T09:00:00Z."""

    author: str
    initials: str
    date: str


class Redline(NamedTuple):
    """The new file, what became of each edit, the parts that are not as they were, and the numbers given."""

    data: bytes
    outcomes: list[EditOutcome]
    parts: frozenset[str]
    ids: range = range(0)


def redline(reading: Reading, edits: Sequence[Edit], stamp: Stamp) -> Redline:
    """The file of `reading` with `edits` as tracked changes and comments by `stamp`.

    Edits are in the order of the text and their changes do not overlap. With nothing to do, the file's own bytes come
    back. Raises Unreadable with the reason for a file that must not be changed at all.
    """
    _refuse_guarded(reading.package)
    if not edits:
        return Redline(reading.package.data, [], frozenset())
    return _Redliner(reading, stamp).run(edits)


def _refuse_guarded(package: Package) -> None:
    """Raise Unreadable for a signed file, and for one whose owner has forbidden changes."""
    signed = any(name.lower().startswith("_xmlsignatures/") for name in package.entries)
    if signed or package.related("", "origin"):
        raise Unreadable("digitally signed: a change would break the signature; work on an unsigned copy")
    for name in package.related(package.main, "settings"):
        settings = package.parse(name)
        protection = settings.find(f"{W}documentProtection")
        kind = protection.get(f"{W}edit", "none") if protection is not None else "none"
        enforced = protection is not None and protection.get(f"{W}enforcement", "0") in ("1", "true", "on")
        if enforced and kind not in _OPEN_TO_REDLINES:
            raise Unreadable(
                f"editing is restricted ({_RESTRICTIONS.get(kind, kind)}): stop the protection under Review, "
                "Restrict Editing, or work on an unprotected copy"
            )
        written = settings.find(f"{W}writeProtection")
        if written is not None and (set(written.attrib) - {f"{W}recommended"}):
            raise Unreadable("a password is needed to change it: work on a copy saved without one")


_HOLDERS = {f"{W}hyperlink": "the text of a link", f"{W}sdt": "the text of a content control"}
_OF_WORD = ("_GoBack", "_Hlk", "OLE_LINK")
"""Bookmarks that Word leaves behind for itself, and nothing refers to."""
_GONE = (f"{W}del", f"{W}moveFrom")
_BOOKMARK, _BOOKMARK_END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_OPEN_TO_REDLINES = ("none", "trackedChanges")
"""Restrictions of editing that let tracked changes and comments be made."""
_RESTRICTIONS = {
    "readOnly": "read only",
    "comments": "comments only",
    "forms": "filling in forms only",
}


class _Job(NamedTuple):
    """What is to be done in one paragraph: changes and comments as ranges of its text."""

    pieces: list[Piece]
    changes: list[Change]
    comments: list[tuple[int, int, int]]  # start, end, comment's id


class _Redliner:
    def __init__(self, reading: Reading, stamp: Stamp) -> None:
        self.reading = reading
        self.package = reading.package
        self.stamp = stamp
        self.starts = [block.start for block in reading.document.blocks]
        self.parts: dict[str, Source] = {}
        self.jobs: dict[str, dict[Element, _Job]] = {}
        self.known: dict[int, list[Piece]] = {}
        self.twins: dict[Element, Element | None] = {}
        self.boxes: dict[Element, _Contents] = {}
        self.places: Counter[str] = Counter()  # how many edits of each kind are made, until one has their comment
        self.used = _free_number(self._used_ids())
        self.first = self.used + 1
        self.comments = Comments(self.package, stamp.author, stamp.initials, stamp.date)

    def run(self, edits: Sequence[Edit]) -> Redline:
        placed = [(edit, *self._place(edit)) for edit in edits]
        reasons = [
            self._obstacle(edit.changes, block, source) if edit.changes else "" for edit, block, source in placed
        ]
        made = [edit.kind for edit, reason in zip(edits, reasons, strict=True) if edit.changes and not reason]
        self.places = Counter(made)
        outcomes = [self._plan(*each, reason) for each, reason in zip(placed, reasons, strict=True)]
        for name, jobs in self.jobs.items():
            part = self._part(name)
            starts = {el: part.span(el).start for el in jobs}
            for _, job in sorted(jobs.items(), key=lambda item: -starts[item[0]]):  # inner before outer
                _Writer(part, self.stamp, job).write()
        changed, added, last = self._contents()
        data = rewrite(self.package.data, changed, added)
        return Redline(data, outcomes, frozenset(changed) | frozenset(added), range(self.first, last))

    # --- what is to be done where

    def _place(self, edit: Edit) -> tuple[Block, BlockSource]:
        index = bisect_right(self.starts, edit.start) - 1
        return self.reading.document.blocks[index], self.reading.sources[index]

    def _plan(self, edit: Edit, block: Block, source: BlockSource, reason: str) -> EditOutcome:
        if not edit.changes:
            return EditOutcome(False, self._comment(edit, edit.comment, block, source))
        paragraph = source.paragraph
        if reason or paragraph is None:
            words = f"{edit.refusal}\nNot edited: {reason}." if edit.refusal else ""
            return EditOutcome(False, self._comment(edit, words, block, source), reason)
        own = self._pieces(paragraph)
        changes = [_within(change, block.start) for change in edit.changes]
        self._job(source.part, own).changes.extend(changes)
        for other in self._twin(paragraph):
            self._job(source.part, other).changes.extend(changes)
        return EditOutcome(True, self._comment(edit, self._explanation(edit), block, source))

    def _explanation(self, edit: Edit) -> str:
        """The comment on an edit that is made, where none of its kind has it yet."""
        places = self.places.pop(edit.kind, 0) if edit.kind else 1
        if not places or not edit.comment:
            return ""
        return edit.comment + (f"\n{remarks.SAME_CHANGE} {places} places." if places > 1 else "")

    def _obstacle(self, changes: Sequence[Change], block: Block, source: BlockSource) -> str:
        paragraph = source.paragraph
        if paragraph is None and source.part in self.package.related(self.package.main, "customXml"):
            return "it is in the data that a content control is bound to: change the data"
        if paragraph is None or block.place.part == "comment":
            return _NO_TRACKING.get(block.place.part, _NO_TRACKING["other"])
        if paragraph.elements[0].tag != _P:
            return "it stands outside any paragraph, where nothing can be tracked"
        touched: list[Piece] = []
        for change in changes:
            start, end = change.start - block.start, change.end - block.start
            touched += _touched(self._pieces(paragraph), start, end)
        for piece in touched:
            if reason := _obstacle(piece):
                return reason
        crossed = list(dict.fromkeys(_paragraph_of(piece.element) for piece in touched))
        if len(crossed) > 1:
            return _seam(crossed[0])
        own = self._pieces(paragraph)
        emptied = (_emptied(own, _within(change, block.start)) for change in changes)
        return next(filter(None, emptied), "")

    def _twin(self, paragraph: Paragraph) -> Iterator[list[Piece]]:
        """The same paragraph in the other copy of its text box, where that one says the same."""
        box = paragraph.box
        if box is not None and box not in self.twins:
            self.twins |= {box: None, **twins(box)}
        if box is None or (other := self.twins[box]) is None:
            return
        mine, theirs = self._contents_of(box), self._contents_of(other)
        same = theirs.paragraphs.get(paragraph.text, [])
        place = mine.places.get(paragraph.pieces[0][0])
        if place is not None and len(mine.paragraphs.get(paragraph.text, [])) == len(same):
            yield same[place]

    def _contents_of(self, box: Element) -> "_Contents":
        if box not in self.boxes:
            self.boxes[box] = _contents(box)
        return self.boxes[box]

    def _pieces(self, paragraph: Paragraph) -> list[Piece]:
        if id(paragraph) not in self.known:
            self.known[id(paragraph)] = list(pieces(paragraph))
        return self.known[id(paragraph)]

    def _job(self, part: str, found: list[Piece]) -> _Job:
        """The one job of a paragraph, which its first piece names."""
        return self.jobs.setdefault(part, {}).setdefault(found[0].element, _Job(found, [], []))

    def _part(self, name: str) -> Source:
        if name not in self.parts:
            self.parts[name] = Source(self.package.read(name), self.reading.roots[name])
        return self.parts[name]

    # --- comments

    def _comment(self, edit: Edit, words: str, block: Block, source: BlockSource) -> bool:
        """Leave a comment: on the words themselves, or on the paragraph of the body that is nearest to them."""
        if not words or block.place.part == "comment":
            return False
        main = self.package.main
        in_body = source.part == main and source.paragraph is not None and source.paragraph.box is None
        if in_body and source.paragraph is not None and source.paragraph.elements[0].tag == _P:
            start, end = edit.start - block.start, edit.end - block.start
            own = self._pieces(source.paragraph)
            touched = _touched(own, start, end)
            if touched and not any(_obstacle(piece) for piece in touched):
                end = min(end, touched[-1].end)  # what is commented may go on in the next paragraph
                self._job(main, own).comments.append((start, end, self._new_comment(words)))
                return True
        host = self._host(source)
        if host is None:
            return False
        place = "" if in_body else f"(In: {block.place.shown}.)\n"
        span = self._part(main).span(host)
        if span.inner == span.end:
            return False
        properties = host.find(f"{W}pPr")
        start = self._part(main).span(properties).end if properties is not None else span.inner
        opening, closing = _markers(_Names(self._part(main), host), self._new_comment(_placed(words, place)))
        self._part(main).replace(start, start, opening)
        self._part(main).replace(span.inner_end, span.inner_end, closing)
        return True

    def _new_comment(self, words: str) -> int:
        self.used += 1
        return self.comments.add(self.used, words)

    def _host(self, source: BlockSource) -> Element | None:
        """The body's paragraph that a place belongs to: its own, its text box's, its note's, else the first one."""
        paragraph = source.paragraph
        if paragraph is not None and source.part == self.package.main and len(paragraph.elements[0]):
            own = _outermost(_shown_first(paragraph))
            if own is not None:
                return own
        elif paragraph is not None:
            for kind in ("footnote", "endnote"):
                note = next(paragraph.elements[0].iterancestors(f"{W}{kind}"), None)
                if note is not None and (number := note.get(f"{W}id")) is not None:
                    reference = self.references.get((f"{W}{kind}Reference", number))
                    if reference is not None:
                        return _outermost(reference)
        return self.first_host

    @cached_property
    def references(self) -> dict[tuple[str, str], Element]:
        """The first sign in the body of each note, by its tag and the note's number."""
        signs = self.reading.roots[self.package.main].iter(f"{W}footnoteReference", f"{W}endnoteReference")
        found: dict[tuple[str, str], Element] = {}
        for el in signs:
            found.setdefault((el.tag, el.get(f"{W}id", "")), el)
        return found

    @cached_property
    def first_host(self) -> Element | None:
        """The first paragraph of the body that has words."""
        for block_source in self.reading.sources:
            if block_source.part == self.package.main and block_source.paragraph and block_source.paragraph.pieces:
                found = _outermost(_shown_first(block_source.paragraph))
                if found is not None:
                    return found
        return None

    # --- parts

    def _used_ids(self) -> set[int]:
        """The numbers that the parts of the document have given away, read by the reader or not."""
        found = {number for root in self.reading.roots.values() for number in _ids(root)}
        read = {name.lower() for name in self.reading.roots}
        for name in self.package.entries:
            if name.lower() in read or name.lower().startswith(("docprops/", "customxml/")):
                continue
            if name.lower().endswith(".xml") or self.package.content_type(name).lower().endswith("xml"):
                try:
                    found.update(int(number) for number in _USED_ID.findall(in_bytes(self.package.read(name))))
                except Unreadable:  # damaged, and no part of what is read
                    continue
        return found

    def _contents(self) -> tuple[dict[str, bytes], dict[str, bytes], int]:
        changed: dict[str, bytes] = {}
        number = self.used + 1
        names = {name.lower(): name for name in self.package.entries}  # a relationship may write a name in another case
        for name in sorted(self.parts):
            changed[names[name.lower()]], number = self.parts[name].finish(number)
        more, added = self.comments.contents()
        return changed | more, added, number


def _ids(root: Element) -> Iterator[int]:
    """The numbers in the w:id attributes of a part."""
    for value in cast("list[str]", root.xpath("//@w:id", namespaces={"w": W_NS}, smart_strings=False)):
        try:
            yield int(value)
        except ValueError:
            continue


def _free_number(used: set[int]) -> int:
    """The number behind which there is room for the new ones: the highest one used, if that leaves any."""
    above = _LAST
    for number in sorted((number for number in used if 0 < number < _LAST), reverse=True):
        if above - number > _ROOM:
            return number
        above = number
    if above > _ROOM:
        return 0
    raise Unreadable("cannot be redlined: the numbers of its tracked changes and comments leave no room for new ones")


def _start(each: Piece | Change) -> int:
    return each.start


def _end(each: Piece | Change) -> int:
    return each.end


def _touched(found: list[Piece], start: int, end: int) -> list[Piece]:
    """The pieces, which stand in order, that share characters with a range."""
    first = bisect_right(found, start, key=_end)
    return [piece for piece in found[first : bisect_left(found, end, key=_start)] if piece.start < piece.end]


def _within(change: Change, offset: int) -> Change:
    return Change(change.start - offset, change.end - offset, change.text)


def _placed(words: str, place: str) -> str:
    """Words with their place behind the first line."""
    first, _, rest = words.partition("\n")
    return "\n".join(line for line in (first, place.strip(), rest) if line)


def _obstacle(piece: Piece) -> str:
    """Why a piece must not be changed, or nothing."""
    state: State = piece.state
    parent = piece.element.getparent()
    if state.inserted is not None:
        return f"it is in a tracked insertion by {state.inserted or 'somebody'}: accept or reject that first"
    if state.field:
        return "it is the result of a field, which Word writes anew: change what the field takes it from"
    if locked(state):
        return "it is in a locked content control"
    if bound(state):
        return "it is in a content control bound to data, which Word fills in: change the data"
    for control in state.controls:
        properties = control.find(f"{W}sdtPr")
        for el in properties if properties is not None else ():
            if el.tag in _FIXED_CHOICE:
                return f"it is in {_FIXED_CHOICE[el.tag]}: change its entries"
            if el.tag == f"{W}showingPlcHdr" and is_on(el.get(f"{W}val")):
                return "it is the prompt of an empty content control"
    if piece.element.tag in PICTURES:
        return "there is a picture inside it"
    if parent is None or parent.tag != _RUN:
        return "it is in an equation or an alternative text that cannot be tracked"
    if any(el.tag == f"{W}rubyBase" for el in parent.iterancestors(f"{W}rubyBase", _P)):
        return "it carries a pronunciation guide"
    if any(el.tag == _RUN for el in takewhile(lambda el: el.tag != _P, parent.iterancestors())):
        return "its run lies inside another run"
    if piece.kind == "text" and len(piece.element):
        return "there is other markup within its letters"
    if piece.element.tag == f"{W}br" and piece.element.get(f"{W}type", "textWrapping") != "textWrapping":
        return "there is a page break inside it"
    return ""


def _seam(paragraph: Element | None) -> str:
    """Why a change must not go on behind the end of a w:p."""
    properties = None if paragraph is None else paragraph.find(f"{W}pPr")
    frame = None if properties is None else properties.find(f"{W}framePr")
    if frame is not None and frame.get(f"{W}dropCap") in DROP_CAPS:
        return "it begins with a drop cap, which is a paragraph of its own: take that away first (Insert, Drop Cap)"
    tracked = () if properties is None else properties.iterfind(f"{W}rPr/*")
    if any(el.tag in _GONE for el in tracked):
        return "it crosses a paragraph mark whose deletion is tracked: accept or reject that first"
    return "it crosses a hidden paragraph mark: change what stands before and behind it by hand"


def _emptied(found: list[Piece], change: Change) -> str:
    """Why a change must not be made because it would leave a link, a content control or a bookmark without a word.

    The new words stand where the first of the old ones stood. What holds none of the words beside the change, and not
    that place, is left empty.
    """
    first = bisect_right(found, change.start, key=_end)
    last = bisect_left(found, change.end, key=_start)
    touched = [piece for piece in found[first:last] if piece.start < piece.end]
    if not touched:
        return ""
    staying = [*found[first - 1 : first], *found[last : last + 1]] if first else found[last : last + 1]
    staying += [piece for piece in touched if piece.start < change.start or change.end < piece.end]
    kept = {el for piece in staying for el in piece.element.iterancestors()}
    place = set(touched[0].element.iterancestors()) if change.text else set()
    for piece in touched:
        for holder in piece.element.iterancestors(*_HOLDERS):
            if holder not in kept and holder not in place and next(holder.iter(*PICTURES), None) is None:
                return f"part of it is {_HOLDERS[str(holder.tag)]}, which would be left empty: rewrite both"
    begin = touched[0] if change.text else found[first - 1] if first else None
    paragraph = _paragraph_of(touched[0].element)
    if paragraph is None:
        return ""
    going = {piece.element for piece in touched} - {piece.element for piece in staying}
    following = found[last].element if last < len(found) else None
    marked: dict[str, bool] = {}  # the bookmarks that have begun, and whether they mark what goes
    for el in _behind(paragraph if begin is None else begin.element, paragraph):
        if el is following:
            break
        if el.tag == _BOOKMARK and not el.get(f"{W}name", "").startswith(_OF_WORD):
            marked[el.get(f"{W}id", "")] = False
        elif el.tag == _BOOKMARK_END and marked.pop(el.get(f"{W}id", ""), False):
            return "a bookmark marks part of it, which would be left empty: rewrite what refers to it as well"
        elif el in going:
            marked = dict.fromkeys(marked, True)
        elif marked and any(el is piece.element for piece in staying):
            marked.clear()
    return ""


def _behind(el: Element, paragraph: Element) -> Iterator[Element]:
    """What stands behind an element of a paragraph, or in all of the paragraph; and what ends right behind it."""
    if el is paragraph:
        yield from paragraph.iter()
    for outer in (el, *el.iterancestors()):
        if outer is paragraph:
            break
        for sibling in outer.itersiblings():
            yield from sibling.iter()
    yield from takewhile(lambda sibling: sibling.tag == _BOOKMARK_END, paragraph.itersiblings())


def edges(words: str) -> tuple[int, int]:
    """The range of words without the white space at their edges."""
    first = len(words) - len(words.lstrip(TRIMMED))
    return first, max(first, len(words.rstrip(TRIMMED)))


def _paragraph_of(el: Element) -> Element | None:
    return next(el.iterancestors(_P), None)


def _shown_first(paragraph: Paragraph) -> Element:
    """The element that a paragraph begins with to a reader; one that runs on into it may be hidden."""
    return paragraph.pieces[0][0] if paragraph.pieces else paragraph.elements[0]


def _outermost(el: Element) -> Element | None:
    """The w:p of the story itself that holds an element: text boxes lie inside one."""
    found = el if el.tag == _P else None
    for ancestor in el.iterancestors(_P):
        found = ancestor
    return found


class _Contents(NamedTuple):
    """The paragraphs of a text box as their pieces, by their text; the place of each there, by its first element."""

    paragraphs: dict[str, list[list[Piece]]]
    places: dict[Element, int]


def _contents(box: Element) -> _Contents:
    """What a text box holds, shown or not."""
    found = _Contents({}, {})
    for item in walk(box, StyleSheet(None)).items:
        if isinstance(item, Paragraph) and item.pieces:
            own = list(pieces(item))
            same = found.paragraphs.setdefault(item.text, [])
            found.places[own[0].element] = len(same)
            same.append(own)
    return found


# --- Markup -----------------------------------------------------------------------------------------------------------


class _Names:
    """How new markup inside an element writes names of the Word namespace: with prefixes that hold there."""

    def __init__(self, part: Source, el: Element) -> None:
        bound_ = el.nsmap
        known = [key for key, space in bound_.items() if space == W_NS and (key or "").isascii()]
        prefixes = [f"{key}:".encode() for key in known if key]
        if el.tag.startswith(W):
            prefixes.insert(0, _prefix(part, el))
        elif None in known:
            prefixes.append(b"")
        fresh = next(key for key in ("w", *(f"w{n}" for n in range(len(bound_) + 1))) if key not in bound_)
        self.element = prefixes[0] if prefixes else f"{fresh}:".encode()
        self.attribute = next((prefix for prefix in prefixes if prefix), f"{fresh}:".encode())
        self.unknown = not prefixes
        self.declared = b""
        if not any(prefixes):
            space = STRICT_NS if STRICT_NS.encode() in part.data else W_NS
            self.declared = f' xmlns:{fresh}="{space}"'.encode()

    def tag(self, name: bytes, *attributes: tuple[bytes, bytes], empty: bool = False) -> bytes:
        """A start tag, or an empty element."""
        written = b"".join(b' %b%b="%b"' % (self.attribute, key, value) for key, value in attributes)
        declared = self.declared if attributes or self.unknown else b""
        return b"<%b%b%b%b%b>" % (self.element, name, declared, written, b"/" if empty else b"")

    def end(self, name: bytes) -> bytes:
        """An end tag."""
        return b"</%b%b>" % (self.element, name)


def _prefix(part: Source, el: Element) -> bytes:
    """The prefix that an element's own tag has, with its colon."""
    match = _PREFIX.match(part.data, part.span(el).start)
    return (match[1] if match else None) or b""


def _markers(names: _Names, number: int) -> tuple[bytes, bytes]:
    """Where a comment's range starts, and where it ends with the comment's sign."""
    id_ = (b"id", b"%d" % number)
    sign = names.tag(b"r") + names.tag(b"commentReference", id_, empty=True) + names.end(b"r")
    return names.tag(b"commentRangeStart", id_, empty=True), names.tag(b"commentRangeEnd", id_, empty=True) + sign


class _Fragment(NamedTuple):
    """A stretch of a run: its range in the paragraph's text, its new markup, and the change it falls to (-1: none)."""

    start: int
    end: int
    markup: bytes
    change: int


class _Writer:
    """Writes one paragraph's runs anew."""

    def __init__(self, part: Source, stamp: Stamp, job: _Job) -> None:
        self.part = part
        self.stamp = stamp
        self.pieces = job.pieces
        self.changes = sorted(job.changes)
        comments = sorted(self._clear_of_changes(comment) for comment in job.comments)
        self.cuts = sorted({at for range_ in (*self.changes, *comments) for at in range_[:2]})
        self.comments_at: dict[int, list[int]] = {}  # by where they start
        self.comments_to: dict[int, list[int]] = {}  # by where they end
        for start, end, number in comments:
            self.comments_at.setdefault(start, []).append(number)
            self.comments_to.setdefault(end, []).append(number)
        self.first, self.last = sorted(self.comments_at), sorted(self.comments_to)
        self.open = -1
        self.opened = job.pieces[0].element  # the run in which the open deletion begins
        self.written: set[int] = set()
        self.names: dict[Element | None, _Names] = {}

    def write(self) -> None:
        """Put the new runs into the part."""
        at = {piece.element: piece for piece in self.pieces}
        runs = [
            run for run, _ in groupby(self.pieces, lambda piece: piece.element.getparent()) if self._is_touched(run, at)
        ]
        out: list[tuple[Element, list[bytes]]] = []
        for run in dict.fromkeys(runs):
            if run is None:
                continue
            if out and self.open >= 0 and not self._joined(out[-1][0], run):
                out[-1][1].append(self._close())
            out.append((run, self._run(run, at)))
        if out and self.open >= 0:
            out[-1][1].append(self._close())
        for run, markup in out:
            span = self.part.span(run)
            self.part.replace(span.start, span.end, b"".join(markup))

    def _clear_of_changes(self, comment: tuple[int, int, int]) -> tuple[int, int, int]:
        start, end, number = comment
        around = self._around_point(start), self._around_point(end)
        return around[0].start if around[0] else start, around[1].end if around[1] else end, number

    def _around_point(self, at: int) -> Change | None:
        """The change that begins before a point and ends behind it."""
        number = bisect_right(self.changes, at, key=_end)
        return self.changes[number] if number < len(self.changes) and self.changes[number].start < at else None

    def _is_touched(self, run: Element | None, at: dict[Element, Piece]) -> bool:
        own = [at[el] for el in run if el in at] if run is not None else []
        if not own:
            return False
        start, end = own[0].start, own[-1].end
        number = bisect_right(self.changes, start, key=_end)
        if number < len(self.changes) and self.changes[number].start < end:
            return True
        return bisect_left(self.first, start) < bisect_left(self.first, end) or bisect_right(
            self.last, start
        ) < bisect_right(self.last, end)  # a comment starts or ends in it

    def _joined(self, before: Element, after: Element) -> bool:
        """Whether nothing but proofing marks stands between two runs, so that one w:del may hold both."""
        first, second = self.part.span(before), self.part.span(after)
        if before.getparent() is not after.getparent():
            return False
        return _QUIET_GAP.fullmatch(self.part.data, first.end, second.start) is not None

    # --- one run

    def _run(self, run: Element, at: dict[Element, Piece]) -> list[bytes]:
        span = self.part.span(run)
        tag = self.part.data[span.start : span.inner]
        opening = tag + self._properties(run)
        closing = self.part.data[span.inner_end : span.end]
        names = self._around(run)
        out: list[bytes] = []
        inside = False
        end = -1
        for fragment in self._fragments(run, at):
            markers = self._ended(names, end) if end >= 0 else []
            begun = self._begun(names, fragment)
            if fragment.change != self.open or markers or begun:
                if inside:
                    out.append(closing)
                    inside = False
                if self.open >= 0 and (fragment.change != self.open):
                    out.append(self._close())
                out += markers + begun
                if fragment.change >= 0 and self.open < 0:
                    self.open = fragment.change
                    self.opened = run
                    out.append(self._tracked(names, b"del"))
            if not inside:
                out.append(opening)
                opening = tag + self._properties(run, again=True)
                inside = True
            out.append(fragment.markup)
            end = max(end, fragment.end)
        if inside:
            out.append(closing)
        if markers := self._ended(names, end):
            if self.open >= 0:
                out.append(self._close())
            out += markers
        return out

    def _fragments(self, run: Element, at: dict[Element, Piece]) -> Iterator[_Fragment]:
        own = [at[el] for el in run if el in at]
        offset = own[0].start
        for el in run:
            if el.tag == _RPR:
                continue
            span = self.part.span(el)
            raw = self.part.slice(span.start, span.end)
            piece = at.get(el)
            if piece is None:
                change = (
                    self._change_at(offset, offset + 1) if el.tag in _WITH_DELETION and offset > own[0].start else -1
                )
                yield _Fragment(offset, offset, raw, change if change == self._change_at(offset - 1, offset) else -1)
                continue
            offset = piece.end
            if piece.kind == "symbol":
                yield _Fragment(piece.start, piece.end, raw, self._change_at(piece.start, piece.end))
                continue
            inside = slice(bisect_right(self.cuts, piece.start), bisect_left(self.cuts, piece.end))
            bounds = [piece.start, *self.cuts[inside], piece.end]
            whole = len(bounds) == 2
            for start, end in pairwise(bounds):
                change = self._change_at(start, end)
                name = b"t" if change < 0 else b"delText"
                kept = whole and change < 0
                cut = raw if kept else self._cut(run, name, el, start - piece.start, end - piece.start)
                yield _Fragment(start, end, cut, change)

    def _change_at(self, start: int, end: int) -> int:
        number = bisect_right(self.changes, start, key=_start) - 1
        return number if number >= 0 and end <= self.changes[number].end else -1

    def _cut(self, run: Element, name: bytes, el: Element, start: int, end: int) -> bytes:
        """The characters start:end of a w:t as text of their own.

        White space that stood at an edge where the w:t does not preserve it stays apart in text that does not either,
        so that who trims it there still does, and who shows it still does.
        """
        words, space = el.text or "", el.get(_SPACE)
        first, last = (0, len(words)) if space == "preserve" else edges(words)
        own = b"" if space is None else b' xml:space="%b"' % self.part.attribute(space)
        out = b""
        for low, high, how in ((0, first, own), (first, last, _PRESERVE), (last, len(words), own)):
            if shown := words[max(low, start) : min(high, end)]:
                out += self._text(run, name, shown, how)
        return out

    def _text(self, run: Element, name: bytes, words: str, how: bytes = _PRESERVE) -> bytes:
        prefix = _prefix(self.part, run)
        return b"<%b%b%b>%b</%b%b>" % (prefix, name, how, self.part.text(words), prefix, name)

    # --- what surrounds runs

    def _around(self, run: Element) -> _Names:
        """How names are written where a run stands."""
        parent = run.getparent()
        if parent not in self.names:
            self.names[parent] = _Names(self.part, run if parent is None else parent)
        return self.names[parent]

    def _begun(self, names: _Names, fragment: _Fragment) -> list[bytes]:
        if fragment.start == fragment.end:
            return []
        return [_markers(names, number)[0] for number in self.comments_at.get(fragment.start, ())]

    def _ended(self, names: _Names, end: int) -> list[bytes]:
        """The ends of the comments that reach to where a fragment ended; each is written once."""
        ending = [number for number in self.comments_to.get(end, ()) if number not in self.written]
        self.written.update(ending)
        return [_markers(names, number)[1] for number in ending]

    def _tracked(self, names: _Names, name: bytes) -> bytes:
        author, date = self.part.attribute(self.stamp.author), self.part.attribute(self.stamp.date)
        return names.tag(name, (b"id", NUMBER), (b"author", author), (b"date", date))

    def _close(self) -> bytes:
        """The end of the open deletion, with the insertion that belongs to it behind its first stretch."""
        number, self.open = self.open, -1
        run = self.opened
        names = self._around(run)
        out = names.end(b"del")
        change = self.changes[number]
        if change.text and -1 - number not in self.written:
            self.written.add(-1 - number)
            like = self._most_of(change, run)
            properties = self._properties(like, former=False)
            words = " ".join(change.text.split("\n"))
            out += self._tracked(names, b"ins") + self._bare(like) + properties + self._text(like, b"t", words)
            out += b"</%br>" % _prefix(self.part, like) + names.end(b"ins")
        return out

    def _most_of(self, change: Change, first: Element) -> Element:
        """A run with the formatting that most of the old words have, of those beside the first."""
        letters: Counter[bytes] = Counter()
        runs: dict[bytes, Element] = {}
        for piece in _touched(self.pieces, change.start, change.end):
            run = piece.element.getparent()
            if run is not None and run.tag == _RUN and run.getparent() is first.getparent():
                looks = self._properties(run, former=False)
                letters[looks] += min(piece.end, change.end) - max(piece.start, change.start)
                runs.setdefault(looks, run)
        return runs[max(letters, key=letters.__getitem__)] if letters else first

    def _bare(self, run: Element) -> bytes:
        """A run's start tag with the namespaces that it declares and no more."""
        span = self.part.span(run)
        declared = b"".join(_DECLARATION.findall(self.part.data, span.start, span.inner))
        return b"<%br%b>" % (_prefix(self.part, run), declared)

    def _properties(self, run: Element, *, again: bool = False, former: bool = True) -> bytes:
        """A run's properties. `again` gives the record of how they were changed a number of its own, without `former`
        it is left out, and with it the width that the old words fill.
        """
        properties = run.find(_RPR)
        if properties is None:
            return b""
        span = self.part.span(properties)
        raw = self.part.data[span.start : span.end]
        for el in reversed(properties) if again or not former else ():
            if el.tag == f"{W}rPrChange" or (el.tag == f"{W}fitText" and not former):
                inner = self.part.span(el)
                record = raw[inner.start - span.start : inner.end - span.start] if former else b""
                record = re.sub(rb"(:id\s*=\s*[\"'])[^\"']*", rb"\g<1>" + NUMBER, record, count=1)
                raw = raw[: inner.start - span.start] + record + raw[inner.end - span.start :]
        return raw
