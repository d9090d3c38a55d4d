"""What a document says of itself: its number, title and revision, where a reader would look for them.

That is the header and footer of a Word file, the first lines and tables of the body, and the document's properties.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

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
    "title": (re.compile(r"^(?:document |procedure )?title\b[.: \t]+|^title$", re.IGNORECASE), _TITLE_VALUE),
}
_SECTION = re.compile(rf"(?:\d.*|{cues.SECTION_NAMES})[.:]?", re.IGNORECASE)
_ALONE = re.compile(r"(?:SOP|WI|QP|QSP|QM|POL|FRM|FORM|PROC|DOC)[-_ ]?[A-Z0-9]*[-_.]?\d{2,}[\w.-]*")


def identify(document: Document) -> Identity:
    """The number, title and revision that `document` shows; what it does not show stays None."""
    blocks = list(_blocks(document))
    texts = [document.text[block.start : block.end].strip() for block in blocks]
    title = _labelled("title", texts) or _title(blocks, texts) or _property(document, "title")
    number = _labelled("number", texts) or _first(_ALONE, [text for text in texts if len(text) < _LONGEST])
    if number and title and title.startswith(number):
        title = (
            title[len(number) :].strip(" \t-:.\u2013\u2014") or title
        )  # "SOP-012 Design control" is named Design control
    return Identity(number, title, _labelled("revision", texts))


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


def _labelled(name: str, texts: list[str]) -> str | None:
    """The value after a label: in the same block, or in the next one where the label fills its own (a table's cell)."""
    label, value = _LABELS[name]
    for text, following in pairwise([*texts, ""]):
        if len(text) > _LONGEST:
            continue
        for found in label.finditer(text):
            alone = not found.start() and not text[found.end() :].strip()
            if match := value.match(following if alone else text, 0 if alone else found.end()):
                return match[0].strip()
    return None


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
            document.text[block.start : block.end].strip()
            for block in document.blocks
            if block.place.part == "property" and block.place.section == name
        ),
        None,
    )


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    return next((found[0] for text in texts if (found := pattern.search(text))), None)
