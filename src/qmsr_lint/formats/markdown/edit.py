"""Makes changes in a Markdown file: by offset, with everything else kept, and read back before they are believed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.markdown.reader import read
from qmsr_lint.formats.markdown.text import SourceMap
from qmsr_lint.limits import DEFAULT, Limits
from qmsr_lint.model import Document, Edit, EditOutcome

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")
_REFUSED = "markup begins or ends inside the words: change them by hand"


class _Patch(NamedTuple):
    """A replacement in the file's text."""

    start: int
    end: int
    new: str


def edit(document: Document, edits: Sequence[Edit], limits: Limits = DEFAULT) -> tuple[bytes, list[EditOutcome]]:
    """The bytes of the file with the changes of `edits` made, and what became of each; comments are not written.

    A change that would read otherwise than it should, for the markup around it, is refused.
    """
    position = document.position
    if not isinstance(position, SourceMap):
        raise TypeError(f"{document.path}: a {document.format} document has no source text")
    wanted = [each for each in edits if each.changes]
    patches = _tried(document, position, wanted, limits)
    done = {id(wanted[number]) for number in patches}
    outcomes = [
        EditOutcome(id(each) in done, False, _REFUSED if each.changes and id(each) not in done else "")
        for each in edits
    ]
    return position.file.encode(_patched(position.file.text, patches.values())), outcomes


def _tried(document: Document, position: SourceMap, wanted: Sequence[Edit], limits: Limits) -> dict[int, list[_Patch]]:
    """The patches of the edits that can be made, by their numbers.

    Each edit is written in the first way that reads right behind those before it. Reading takes as long as the file
    is: edits are tried together in the plainest way, and by halves where that does not read right.
    """
    patches: dict[int, list[_Patch]] = {}
    waiting = [(0, len(wanted))]
    while waiting:
        start, end = waiting.pop()
        plainest = [next(_ways(position, each)) for each in wanted[start:end]]
        all_ways = ([way] for way in _ways(position, wanted[start])) if end - start == 1 else [plainest]
        for ways in all_ways:
            tried = patches | dict(enumerate(ways, start))
            if _reads_right(document, position, wanted, tried, limits):
                patches = tried
                break
        else:
            if end - start > 1:
                middle = (start + end) // 2
                waiting += [(middle, end), (start, middle)]
    return patches


def _ways(position: SourceMap, each: Edit) -> Iterator[list[_Patch]]:
    """The ways to write an edit into the file, the plainest first."""
    text = position.file.text
    for escape in (False, True):
        for way in ("first", "whole", "to the right", "to the left", "to both sides"):
            patches: list[_Patch] = []
            for change in each.changes:
                patches += _patches(text, position.ranges(change.start, change.end), change.text, way, escape)
            yield patches


def _patches(text: str, ranges: Sequence[tuple[int, int]], new: str, way: str, escape: bool) -> list[_Patch]:
    """The first way puts the new words where the first ones stood and keeps the markup between.

    The others take that markup along, and the markup that touches the words on a side.
    """
    new = _MARKUP.sub(r"\\\1", new) if escape else new
    ranges = _joined(text, ranges)
    if way == "first" and len(ranges) > 1:
        return [_Patch(start, end, "" if number else new) for number, (start, end) in enumerate(ranges)]
    start, end = ranges[0][0], ranges[-1][1]
    if way in ("to the left", "to both sides"):
        start = len(text[:start].rstrip("*_~"))
    if way in ("to the right", "to both sides"):
        end = len(text) - len(text[end:].lstrip("*_~"))
    return [_Patch(start, end, new)]


def _joined(text: str, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of a source with those made one that only the indentation of a further line parts."""
    joined = [ranges[0]]
    for start, end in ranges[1:]:
        if text[joined[-1][1] : start].strip(" \t>"):
            joined.append((start, end))
        else:
            joined[-1] = (joined[-1][0], end)
    return joined


def _patched(text: str, groups: Iterable[list[_Patch]]) -> str:
    patches = sorted(patch for group in groups for patch in group)
    pieces, at = [], 0
    for patch in patches:
        pieces += [text[at : patch.start], patch.new]
        at = patch.end
    return "".join([*pieces, text[at:]])


def _reads_right(
    document: Document, position: SourceMap, edits: Sequence[Edit], patches: dict[int, list[_Patch]], limits: Limits
) -> bool:
    """Whether the patched file reads as the document with these edits made in it, block by block."""
    source = _patched(position.file.text, patches.values())
    try:
        after = read(position.file.encode(source), document.path, limits)
    except Unreadable:
        return False
    changes = sorted(change for number in patches for change in edits[number].changes)
    pieces, at = [], 0
    for change in changes:
        pieces += [document.text[at : change.start], change.text]
        at = change.end
    expected = "".join([*pieces, document.text[at:]])
    kinds = [block.kind for block in document.blocks]
    return _squeezed(after.text) == _squeezed(expected) and [block.kind for block in after.blocks] == kinds


def _squeezed(text: str) -> list[str]:
    return [" ".join(block.split()) for block in text.split("\u2029")]
