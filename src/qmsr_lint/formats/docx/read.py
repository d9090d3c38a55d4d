"""Reads a Word file into a `Document`: body, headers, footers, notes, comments, properties, in this order.

Every header and footer that a section names is read, also where first-page or even-page ones are switched off. Notes
that only deleted text refers to are left out. Headings inside tables and text boxes are no sections of the document.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate, groupby, starmap
from operator import itemgetter
from typing import Literal, NamedTuple

from lxml import etree

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.chunks import chunk_paragraphs
from qmsr_lint.formats.docx.headings import heading_level, heading_numbers, list_level, list_of, typed_headings
from qmsr_lint.formats.docx.numbering import Numbering
from qmsr_lint.formats.docx.package import Package, Relationship, parse_xml
from qmsr_lint.formats.docx.scans import holds_scans_alone
from qmsr_lint.formats.docx.stores import Stores
from qmsr_lint.formats.docx.styles import StyleSheet
from qmsr_lint.formats.docx.text import Paragraph, State, Story, Thing, W, drawing_text, walk
from qmsr_lint.formats.docx.text.names import CX, PICTURE, A, C
from qmsr_lint.limits import DEFAULT, Limits
from qmsr_lint.model import BLOCK_SEPARATOR, Block, Document, Kind, Mark, MarkKind, Part, Place

_CHUNK_DEPTH = 3
"""How many Word files may lie embedded in one another."""

_WORDED_LABEL = re.compile(rb"lvlText\s[^<>]{0,80}val\s*=\s*[\"'][^\"'<]*[A-Za-z]{3}")
"""A list with words in what it shows before its paragraphs. Seldom is one there, and then only are labels looked at."""

_C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_AROUND = ("header", "footer", "comment", "alt-text")
"""What stands around the text of a document or beside its pictures."""
_PROPERTIES = ("title", "subject", "category", "keywords", "description", "contentStatus")
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class Source(NamedTuple):
    """Where a block comes from: the part's name in the package, and its paragraph where it is one or more w:p."""

    part: str
    paragraph: Paragraph | None


class Reading(NamedTuple):
    """A document with what an editor needs: the package, its parsed parts by name, a source for each block."""

    document: Document
    package: Package
    roots: dict[str, etree._Element]
    sources: list[Source]


def read(data: bytes, path: str, limits: Limits = DEFAULT) -> Document:
    """The document in the bytes of a docx, docm, dotx or dotm file. Raises `Unreadable` with the reason."""
    return load(data, path, limits).document


def load(data: bytes, path: str, limits: Limits = DEFAULT) -> Reading:
    """Like `read`, with the elements behind the text. Raises `Unreadable`."""
    return _load(Package(data, limits), path, 0)


class _Reader:
    """Collects blocks while the parts of one package are read."""

    def __init__(self, package: Package, depth: int) -> None:
        self.package = package
        self.depth = depth
        self.roots: dict[str, etree._Element] = {}
        self.shown: set[str] = set()  # charts and diagrams, in small letters; like a header, each is read once
        self.stores = Stores(package)
        self.bound: set[tuple[str, str]] = set()  # what data say that was read, each once as well
        self.texts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.sources: list[tuple[str, Paragraph | None]] = []
        self.marks: list[Mark] = []
        self.styles = _styles(package)
        self.numbering_part = next(iter(package.related(package.main, "numbering")), "")
        self._numbering = package.xml(self.numbering_part) if self.numbering_part else b""
        self.labels: set[str] | None = set() if _WORDED_LABEL.search(self._numbering) else None
        self.paragraphs: dict[Part, int] = {}
        self.tables: dict[Part, int] = {}
        self.section: str | None = None
        self.places: dict[tuple[str, str], str | None] = {}  # (note or comment, id) -> the section it stands in
        self.starts: dict[tuple[str, str], tuple[int, str]] = {}  # (bookmark or comment, id) -> where, bookmark's name
        self.comments: dict[str, tuple[int, int]] = {}  # comment id -> the range it is anchored on

    @cached_property
    def numbering(self) -> Numbering:
        """The lists of the document."""
        data = self._numbering
        return Numbering(parse_xml(data, self.numbering_part, self.package.limits) if data else None)

    def root(self, name: str) -> etree._Element:
        """A part's root element; the same one at every call."""
        if name not in self.roots:
            self.roots[name] = self.package.parse(name)
        return self.roots[name]

    def add(
        self,
        text: str,
        kind: Kind,
        place: Place,
        source: tuple[str, Paragraph | None],
        level: int = 0,
        header: bool = False,
        quoted: bool = False,
    ) -> None:
        """Add one block."""
        if BLOCK_SEPARATOR in text:
            text = text.replace(BLOCK_SEPARATOR, "\n")
        start = self.length
        end = start + len(text)
        if end > self.package.limits.characters:
            raise Unreadable(f"over the limit: more than {self.package.limits.characters} characters of text")
        self.texts.append(text)
        self.blocks.append(Block(start, end, kind, place, level, header, quoted))
        self.sources.append(source)
        self.length = end + 1

    def counted(self, part: Part) -> int:
        """The next number of a block outside tables in this part."""
        number = self.paragraphs[part] = self.paragraphs.get(part, 0) + 1
        return number


def _styles(package: Package) -> StyleSheet:
    found = package.related(package.main, "styles")
    return StyleSheet(package.xml(found[0]), found[0], package.limits) if found else StyleSheet(None)


def _load(package: Package, path: str, depth: int) -> Reading:
    reader = _Reader(package, depth)
    main = package.main
    root = reader.root(main)
    if root.tag != f"{W}document":
        raise Unreadable(f"damaged Word file: {main} holds <{etree.QName(root).localname}>, not a Word document")
    story = walk(root, reader.styles)
    sections = _add_story(reader, story, main, "body", None)
    reader.section = None
    for kind in ("header", "footer"):
        targets = [_target_part(package, main, id_, kind) for id_, named in story.headers if named == kind]
        for target in dict.fromkeys(targets):
            _add_story(reader, walk(reader.root(target), reader.styles), target, kind, None)
    _add_notes(reader, story, sections, "footnote")
    _add_notes(reader, story, sections, "endnote")
    _add_comments(reader)
    in_body = (text for block, text in zip(reader.blocks, reader.texts, strict=True) if block.place.part not in _AROUND)
    if not depth and holds_scans_alone(root, in_body):
        raise Unreadable(
            "holds pictures of pages and no text: what was scanned cannot be read; have its words recognised (OCR), or "
            "check the document they were made from"
        )
    _add_properties(reader)
    marks = tuple(sorted(reader.marks, key=lambda mark: (mark.start, mark.end)))
    document = Document(path, "docx", BLOCK_SEPARATOR.join(reader.texts), tuple(reader.blocks), marks)
    return Reading(document, package, reader.roots, list(starmap(Source, reader.sources)))


def _target_part(package: Package, name: str, id_: str, what: str) -> str:
    """The part that `name` takes words from by a relationship. Raises Unreadable where the package does not hold it."""
    relationship = package.relationships(name).get(id_)
    if relationship is None or (not relationship.external and not package.has(relationship.target)):
        raise _missing(what, id_ if relationship is None else relationship.target)
    if relationship.external:
        raise Unreadable(
            f"takes in {relationship.target} ({what}), which lies outside of it: check that file, and "
            f"{_UNLINK if what == 'subdocument' else 'open this one in Word and save it'} to have both checked as one"
        )
    return relationship.target


_UNLINK = "unlink the subdocument in Word (View, Outline, Show Document)"


def _missing(what: str, name: str) -> Unreadable:
    return Unreadable(f"damaged Word file: its {what} {name or '(not named)'} is missing: open and repair it in Word")


# --- Stories ----------------------------------------------------------------------------------------------------------


def _add_story(
    reader: _Reader, story: Story, name: str, part: Part, keep: Callable[[etree._Element], bool] | None
) -> list[str | None]:
    """Add a story's items that `keep` lets through; the section that each item stands in."""
    sections: list[str | None] = []
    typed, numbers = _outline(reader, story) if part == "body" else (frozenset(), {})
    labelled = reader.labels is not None
    for item in story.items:
        if keep is not None and not keep(item.elements[0] if isinstance(item, Paragraph) else item.element):
            continue
        if isinstance(item, Paragraph):
            _add_paragraph(reader, item, name, part, typed, numbers)
            if labelled:
                _add_label(reader, item)
        else:
            _add_thing(reader, item, name)
        sections.append(reader.section)
    outside, inside = story.tables
    reader.tables[part] = reader.tables.get(part, 0) + outside
    reader.tables["textbox"] = reader.tables.get("textbox", 0) + inside
    return sections


def _outline(reader: _Reader, story: Story) -> tuple[frozenset[int], Mapping[int, str]]:
    """The identities of the paragraphs that are typed headings, and by those the numbers of all headings."""
    typed = typed_headings(story, reader.styles)
    return typed, heading_numbers(story, reader.styles, typed, lambda: reader.numbering)


def _add_paragraph(
    reader: _Reader,
    paragraph: Paragraph,
    name: str,
    part: Part,
    typed: frozenset[int],
    numbers: Mapping[int, str],
) -> None:
    style = reader.styles.of(paragraph.style)
    if paragraph.box is not None:
        part = "textbox"
    start, cell, level = reader.length, paragraph.cell, 0
    kind: Kind = "cell"
    if cell is not None:
        place = Place(part, reader.section, None, cell.table + reader.tables.get(part, 0), cell.row, cell.column)
    else:
        level = heading_level(paragraph, style)
        if part == "body":
            for lead in paragraph.leads or ():
                if heading_level(lead, reader.styles.of(lead.style)):
                    reader.section = _section(lead, numbers)
            if level or id(paragraph) in typed:
                reader.section = _section(paragraph, numbers)
        if level:
            kind = "heading"
        else:
            kind = "code" if style.look.code else "paragraph" if list_of(paragraph, style) is None else "item"
        place = Place(part, reader.section, reader.counted(part))
    header = cell is not None and cell.header
    reader.add(paragraph.text, kind, place, (name, paragraph), level, header, style.quote)
    if style.look.caps and not paragraph.calm:
        reader.marks.append(Mark("caps", start, reader.length - 1))
    if paragraph.rich:
        reader.marks += _marks(paragraph, start, reader.package.relationships(name))
    if paragraph.anchors:
        _place_anchors(reader, paragraph, start)


def _section(heading: Paragraph, numbers: Mapping[int, str]) -> str:
    """The name of the section that a heading opens."""
    number, words = numbers.get(id(heading), ""), " ".join(heading.text.replace(PICTURE, " ").split())
    return f"{number} {words}" if number else words


def _add_label(reader: _Reader, paragraph: Paragraph) -> None:
    """Add the words that a list shows before its paragraphs, at the first of them: "21 CFR 820.30" is read there."""
    style = reader.styles.of(paragraph.style)
    number = list_of(paragraph, style)
    if number is None or style.look.hidden or reader.labels is None:
        return
    label = reader.numbering.label(number, list_level(reader.numbering, paragraph, number, reader.styles))
    if label and label not in reader.labels:
        reader.labels.add(label)
        block = reader.blocks[-1]
        kind: Kind = "cell" if block.kind == "cell" else "item"
        reader.add(label, kind, block.place, (reader.numbering_part, None), header=block.header_row)


# --- Marks ------------------------------------------------------------------------------------------------------------


def _marks(paragraph: Paragraph, start: int, relationships: dict[str, Relationship]) -> Iterator[Mark]:
    """The marks of a paragraph's pieces: neighbours with the same value are one range."""
    for kind, value_of in _MARKED:
        at = start
        valued = [(value_of(state), text) for _, text, state in paragraph.pieces]
        for value, group in groupby(valued, itemgetter(0)):
            words = "".join([text for _, text in group])
            if value is not None and words:
                if kind == "link":
                    value = _target(value, relationships)
                yield Mark(kind, at, at + len(words), value)
                if kind == "link" and words.lstrip().lower().startswith(("http://", "https://", "www.", "ftp://")):
                    yield Mark("url", at, at + len(words))
            at += len(words)


_MARKED: tuple[tuple[MarkKind, Callable[[State], str | None]], ...] = (
    ("inserted", lambda state: state.inserted),
    ("link", lambda state: state.link),
    ("struck", lambda state: "" if state.struck else None),
    ("code", lambda state: "" if state.code else None),
    ("caps", lambda state: "" if state.caps else None),
    ("raised", lambda state: "" if state.raised else None),
)


def _target(link: str, relationships: dict[str, Relationship]) -> str:
    if link.startswith("="):
        return link[1:]
    return relationships[link].target if link in relationships else ""


def _place_anchors(reader: _Reader, paragraph: Paragraph, start: int) -> None:
    """Turn a paragraph's anchors into bookmark marks and into ranges that wait for their comment's words."""
    offsets = list(accumulate((len(piece[1]) for piece in paragraph.pieces), initial=start))
    for anchor in paragraph.anchors or ():
        at = offsets[anchor.piece]
        key = (anchor.kind, anchor.id)
        if anchor.edge == "start":
            reader.starts[key] = (at, anchor.name)
        elif anchor.kind == "comment":
            reader.places.setdefault(key, reader.section)
            first = reader.starts[key][0] if key in reader.starts else at
            if anchor.edge == "end" or anchor.id not in reader.comments:
                reader.comments[anchor.id] = (first, at)
        elif key in reader.starts:
            first, name = reader.starts.pop(key)
            reader.marks.append(Mark("bookmark", first, at, name))


# --- Notes, comments, properties --------------------------------------------------------------------------------------


def _add_notes(reader: _Reader, body: Story, sections: list[str | None], kind: Literal["footnote", "endnote"]) -> None:
    names = reader.package.related(reader.package.main, f"{kind}s")
    if not names and any(of == kind and item is not None for (of, _), item in body.notes.items()):
        raise _missing(f"{kind}s", _promised(reader.package, f"{kind}s"))
    for name in names:
        root = reader.root(name)
        story = walk(root, reader.styles)

        def enter(el: etree._Element, root: etree._Element = root) -> bool:
            note = _child_of(root, el)
            key = (kind, note.get(f"{W}id", ""))
            item = body.notes.get(key, -1)
            reader.section = sections[item] if item is not None and 0 <= item < len(sections) else None
            return item is not None and (note.get(f"{W}type") not in _SEPARATORS or _is_worded(note))

        _add_story(reader, story, name, kind, enter)
        reader.section = None


def _is_worded(separator: etree._Element) -> bool:
    """Whether somebody has put words in the place of the line between text and notes: "continued on the next page"."""
    return any((el.text or "").strip() for el in separator.iter(f"{W}t"))


def _add_comments(reader: _Reader) -> None:
    names = reader.package.related(reader.package.main, "comments")
    promised = _promised(reader.package, "comments")
    if promised and not names and any(kind == "comment" for kind, _ in reader.places):
        raise _missing("comments", promised)
    for name in names:
        root = reader.root(name)
        words: dict[str, list[str]] = {}

        def enter(el: etree._Element, root: etree._Element = root) -> bool:
            comment = _child_of(root, el).get(f"{W}id", "")
            reader.section = reader.places.get(("comment", comment))
            return True

        story = walk(root, reader.styles)
        for item in story.items:
            if isinstance(item, Paragraph):
                words.setdefault(_child_of(root, item.elements[0]).get(f"{W}id", ""), []).append(item.text)
        _add_story(reader, story, name, "comment", enter)
        reader.section = None
        for id_, (start, end) in reader.comments.items():
            if id_ in words:
                reader.marks.append(Mark("comment", start, end, "\n".join(words[id_])))


def _promised(package: Package, kind: str) -> str:
    """The name of the part that the main part says it has of a kind, "" where it names none."""
    return next((found.target for found in package.relationships(package.main).values() if found.type == kind), "")


def _child_of(root: etree._Element, el: etree._Element) -> etree._Element:
    """The child of `root` that holds `el`: one note, one comment."""
    parent = el.getparent()
    while parent is not None and parent is not root:
        el, parent = parent, parent.getparent()
    return el


def _add_properties(reader: _Reader) -> None:
    package = reader.package
    for name in package.related("", "core-properties"):
        values = {etree.QName(el).localname: _value(el) for el in reader.root(name)}
        for key in _PROPERTIES:
            _add_property(reader, name, key, values.get(key, ""))
    for name in package.related("", "custom-properties"):
        for el in reader.root(name):
            for value in el:
                if etree.QName(value).localname in ("lpwstr", "lpstr", "bstr"):
                    _add_property(reader, name, el.get("name", ""), value.text or "")


def _value(el: etree._Element) -> str:
    """A property's words; keywords may stand in elements of their own, one a language (cp:value)."""
    return ", ".join(filter(None, map(str.strip, map(str, el.itertext())))) if len(el) else el.text or ""


def _add_property(reader: _Reader, part: str, key: str, value: str) -> None:
    if value.strip():
        reader.add(value, "property", Place("property", key or None), (part, None))


# --- What is no paragraph of Word's own -------------------------------------------------------------------------------


def _add_thing(reader: _Reader, thing: Thing, name: str) -> None:
    if thing.kind == "alt-text":
        _add_words(reader, [thing.value], "alt-text", name)
    elif thing.kind in ("word-art", "drawing"):
        _add_words(reader, [thing.value], "textbox", name)
    elif thing.kind == "data":
        _add_data(reader, thing.element)
    else:
        if thing.kind in ("chunk", "subdocument"):
            what = "embedded document" if thing.kind == "chunk" else "subdocument"
            _add_chunk(reader, _target_part(reader.package, name, thing.value, what))
            return
        relationship = reader.package.relationships(name).get(thing.value)
        if relationship is None or relationship.external or not reader.package.has(relationship.target):
            return  # what is missing is a picture here: nobody sees words in its empty frame
        target = relationship.target
        if target.lower() in reader.shown:
            return
        reader.shown.add(target.lower())
        if thing.kind == "diagram":
            _add_words(reader, _drawing_words(reader.root(target)), "diagram", target)
        else:
            _add_words(reader, _chart_words(reader, target), "chart", target)


def _add_words(reader: _Reader, words: Iterable[str], part: Part, name: str) -> None:
    for text in words:
        if text.strip():
            reader.add(text, "paragraph", Place(part, reader.section, reader.counted(part)), (name, None))


def _add_data(reader: _Reader, control: etree._Element) -> None:
    """Add the words that Word takes from the data behind a control, where others stand in it; each once."""
    found = reader.stores.value(control)
    if found is None or found in reader.bound:
        return
    name, words = found
    shown = "".join(el.text or "" for el in control.iter(f"{W}t"))
    if "".join(words.split()) != "".join(shown.split()):
        reader.bound.add(found)
        _add_words(reader, [words], "other", name)


def _drawing_words(root: etree._Element) -> list[str]:
    return [drawing_text(el) for el in root.iter(f"{A}p")]


def _chart_words(reader: _Reader, name: str) -> list[str]:
    """Titles, series, categories and the shapes drawn on a chart; categories that each series repeats count once."""
    root = reader.root(name)
    words = _drawing_words(root)
    for cache in root.iter(*_CACHES):
        words += [el.text or "" for el in cache.iter(f"{C}v", f"{CX}pt")]
    words += [el.text or "" for tx in root.iter(f"{C}tx") for el in tx.findall(f"{C}v")]
    words += [el.text or "" for line in root.iter(f"{C}trendline") for el in line.findall(f"{C}name")]
    words += [el.text or "" for tx in root.iter(f"{CX}txData") for el in tx.findall(f"{CX}v")]
    for drawing in reader.package.related(name, "chartUserShapes"):
        words += _drawing_words(reader.root(drawing))
    return list(dict.fromkeys(words))


_CACHES = (f"{C}strCache", f"{C}multiLvlStrCache", f"{C}strLit", f"{_C15}dlblRangeCache", f"{CX}strDim")


def _add_chunk(reader: _Reader, name: str) -> None:
    """Read an embedded chunk (w:altChunk): a page, plain text, or a Word file, whose own blocks become ours."""
    kind = reader.package.content_type(name)
    data = reader.package.read(name)
    if not data.startswith(b"PK"):
        _add_words(reader, chunk_paragraphs(data, kind, name, reader.package.limits), "other", name)
        return
    if reader.depth >= _CHUNK_DEPTH:
        raise Unreadable(f"over the limit: {name} is embedded more than {_CHUNK_DEPTH} Word files deep")
    package = reader.package
    left = package.limits._replace(
        package_bytes=package.limits.package_bytes - package.inflated, nodes=package.limits.nodes - package.nodes
    )
    inner = Package(data, left)
    document = _load(inner, name, reader.depth + 1).document
    package.charge(inner)
    paragraphs: dict[tuple[Part, int], int] = {}
    tables: dict[tuple[Part, int], int] = {}
    before = reader.tables.get("other", 0)
    for block in document.blocks:
        place = block.place
        if place.part != "property":
            section = place.section or reader.section
            if place.table is not None:
                table = tables.setdefault((place.part, place.table), before + len(tables) + 1)
                place = place._replace(part="other", section=section, table=table)
            elif place.paragraph is not None:
                key = (place.part, place.paragraph)
                paragraphs[key] = paragraphs.get(key) or reader.counted("other")
                place = place._replace(part="other", section=section, paragraph=paragraphs[key])
            text = document.text[block.start : block.end]
            reader.add(text, block.kind, place, (name, None), block.level, block.header_row, block.quoted)
    reader.tables["other"] = before + len(tables)
