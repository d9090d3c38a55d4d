"""What a document says of itself: its number, title and revision, where a reader would look for them.

That is the front matter of a text file, the header and footer of a Word file, the first lines and tables of the body,
and the document's properties.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from qmsr_lint.context import cues
from qmsr_lint.model import AS_TYPED, Block, Document, Identity

_FIRST = 40
"""Blocks at the beginning of the body in which a label or a title is looked for."""

_LONGEST = 200
"""Characters of a block that can be a label with its value, or a title; a longer one is prose."""

_KIND = r"(?<![\w-])(?:document|doc|procedure|sop|policy|form|wi|work instruction)"
_NUMBER = _KIND + r"[ .]*(?:(?:number|no|num|nr|id)\b|#)[.:# \t]*"
_REVISION = r"(?<![\w-])(?:revision|rev|version|ver|issue)\b(?:[ .]*(?:number|no|level|letter)\b)?[.:# \t]*"
_NUMBER_VALUE = re.compile(r"(?=[\w./-]{0,30}\d)[A-Z0-9][\w./-]{1,30}")
_REVISION_VALUE = re.compile(r"(?:[A-Z]{1,2}|[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}|[A-Z]-?[0-9]{1,3})(?![\w.-])")
_TITLE_VALUE = re.compile(r"\S.{2,}")
_LABELS = {
    "number": (re.compile(_NUMBER, re.IGNORECASE), _NUMBER_VALUE),
    "revision": (re.compile(_REVISION, re.IGNORECASE), _REVISION_VALUE),
    "title": (
        re.compile(r"^(?:(?:document|procedure) )?title\b(?: ?[.:\t][.: \t]*|$)", re.IGNORECASE),
        _TITLE_VALUE,
    ),
}
_KEYS = {
    "number": ("doc_id", "document_id", "doc_number", "document_number", "number"),
    "revision": ("revision", "rev", "version"),
    "title": ("title",),
}
"""The names in the front matter."""
_HEAD = re.compile(
    _KIND
    + r"s?|(?:(?:document|doc|procedure|sop|policy|form|effective|issue|review|approval|process|part|supersedes) )?"
    r"(?:title|name|number|no|id|identifier|revision|rev|version|ver|issue|date|owner|author|approver|status|type|class"
    r"|level|location|description|department|site|section|clause|edition|publisher|source|reference|link|purpose|scope"
    r"|remarks?|comments?|pages?|(?:applies|applicable) to|(?:approved|kept|prepared|reviewed|issued) by)"
    r"(?: (?:number|no|id|date|level|history|of change))?",
    re.IGNORECASE,
)
"""What a cell says that is itself a label, or the head of a column."""
_CITED = (
    r"(?:(?:title )?21,? (?:cfr|c\.f\.r\.|code of federal regulations)[, ]{0,3}|parts? |sections? |§{1,2} ?){0,4}"
    r"820(?:\.\d{1,4})?(?: ?\(\w{1,5}\)){0,6}"
    r"|(?:title )?21,? (?:cfr|c\.f\.r\.)[, ]{0,3}(?:part )?[\d.]{0,12}"
    r"|(?:(?:an|bs|din|en|ansi|aami|iso|iec|astm|tir|tr|ts)[ /-]{1,3}){1,5}[a-z]?\d{1,8}(?:[-:.+/]a?\d{1,8}){0,6}"
)
_NO_TITLE = re.compile(rf"(?:{_CITED})(?:(?:,|;| and| &) ?(?:{_CITED})){{0,3}}[.:]?", re.IGNORECASE)
"""A citation or a standard, and nothing else: what it names is another text."""
_SECTION = re.compile(rf"(?:\d.*|{cues.SECTION_NAMES})[.:]?", re.IGNORECASE)
_ALONE = re.compile(r"(?:SOP|WI|QP|QSP|QM|POL|FRM|FORM|PROC|DOC)[-_ ]?[A-Z0-9]*[-_.]?\d{2,}[\w.-]*")


def identify(document: Document) -> Identity:
    """The number, title and revision that `document` shows; what it does not show stays None."""
    blocks = list(_blocks(document))
    texts = [_text(document, block) for block in blocks]
    title = next(filter(None, _titles(document, blocks, texts)), None)
    number = _front_matter(document, "number") or _labelled("number", document, blocks)
    number = number or _first(_ALONE, [text for text in texts if len(text) < _LONGEST])
    if number and title and title.startswith(number):
        title = (
            title[len(number) :].strip(" \t-:.\u2013\u2014") or title
        )  # "SOP-012 Design control" is named Design control
    return Identity(number, title, _front_matter(document, "revision") or _labelled("revision", document, blocks))


def _titles(document: Document, blocks: list[Block], texts: list[str]) -> Iterator[str | None]:
    """What may be the title, the place that is meant to hold it first."""
    found = (
        _front_matter(document, "title"),
        _labelled("title", document, blocks),
        _title(blocks, texts),
        _property(document, "title"),
    )
    return (None if title and _NO_TITLE.fullmatch(title[: _LONGEST + 1]) else title for title in found)


def _blocks(document: Document) -> Iterator[Block]:
    """Headers and footers, then the beginning of the body."""
    around = [block for block in document.blocks if block.place.part in ("header", "footer")]
    body = (block for block in document.blocks if block.place.part in ("body", "textbox"))
    return (
        block
        for blocks in (around[:_FIRST], (block for block, _ in zip(body, range(_FIRST), strict=False)))
        for block in blocks
        if block.kind not in AS_TYPED
    )


def _front_matter(document: Document, name: str) -> str | None:
    """The value that the lines in front of a text file give; a Word file's properties are often those of a template."""
    if document.position is None:
        return None
    value = _LABELS[name][1]
    for key in _KEYS[name]:
        if (found := _property(document, key)) and (match := value.fullmatch(found)):
            return match[0]
    return None


def _labelled(name: str, document: Document, blocks: list[Block]) -> str | None:
    """The value after a label: in the same block, or in the next one where the label fills its own (a table's cell)."""
    label, value = _LABELS[name]
    for block, following in pairwise([*blocks, None]):
        text = _text(document, block) if block else ""
        if block is None or len(text) > _LONGEST:
            continue
        for found in label.finditer(text):
            alone = not found.start() and not text[found.end() :].strip()
            shown = _beside(document, block, following) if alone else text
            if match := value.match(shown, 0 if alone else found.end()):
                return match[0].strip()
    return None


def _beside(document: Document, label: Block, following: Block | None) -> str:
    """What stands beside a label that fills its block; empty where the label is the head of a column of others."""
    place = label.place
    if place.table is None:
        # Alone in a line, "Document Title" is what a template has in the title's place.
        told = (
            following is not None and following.place.table is None and _text(document, label).lower()[-6:] != " title"
        )
        return _text(document, following) if following and told else ""
    row, below = _rows(document, label)
    at = row.index(label)
    right = row[at + 1 : at + 2]
    if not (at % 2 or not right or _is_label(document, right[0]) or _is_listing(document, row, below, at)):
        return _text(document, right[0])
    own = place.part in ("header", "footer") or place.section is None
    # One row below, before the first section, is about this document; elsewhere, or with more of them, about others.
    if place.row == 1 and own and len(below) == 1 and len(below[0]) == len(row):
        return _text(document, below[0][at])
    return ""


def _rows(document: Document, label: Block) -> tuple[list[Block], list[list[Block]]]:
    """The cells of a label's row, and of the rows below it; a cell of several paragraphs is the first of them."""
    rows: dict[int, dict[int, Block]] = {}
    for block in document.blocks:
        place = block.place
        if (place.part, place.table) == (label.place.part, label.place.table) and place.row and place.cell:
            rows.setdefault(place.row, {}).setdefault(place.cell, block)
    at = label.place.row or 0
    own = [*takewhile(lambda block: block != label, rows[at].values()), label]
    own += [block for block in rows[at].values() if (block.place.cell or 0) > (label.place.cell or 0)]
    return own, [list(cells.values()) for row, cells in rows.items() if row > at]


def _is_label(document: Document, block: Block) -> bool:
    return _HEAD.fullmatch(_text(document, block).rstrip(" .:#")) is not None


def _is_listing(document: Document, row: list[Block], below: list[list[Block]], at: int) -> bool:
    """Whether rows of an odd number of columns are each about one thing, and no label stands below a label."""
    full = [cells for cells in below if len(cells) == len(row)]
    return len(row) % 2 == 1 and len(full) > 1 and not any(_is_label(document, cells[at]) for cells in full)


def _text(document: Document, block: Block) -> str:
    return document.text[block.start : block.end].strip()


def _title(blocks: list[Block], texts: list[str]) -> str | None:
    """The first heading of the highest level, unless it is the numbered or usual heading of a section."""
    for block, text in zip(blocks, texts, strict=True):
        if block.kind == "heading" and block.level == 1 and text:
            usual = _SECTION.fullmatch(text) or re.match(r"\d", block.place.section or "")
            return None if usual else text[:_LONGEST]
    return None


def _property(document: Document, name: str) -> str | None:
    return next(
        (
            _text(document, block)
            for block in document.blocks
            if block.place.part == "property" and block.place.section == name
        ),
        None,
    )


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    return next((found[0] for text in texts if (found := pattern.search(text))), None)
