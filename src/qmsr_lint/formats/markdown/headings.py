"""Where the sections of a Markdown document begin whose headings are only typed: bold lines, capitals, numbers."""

from collections.abc import Collection, Sequence

from qmsr_lint.formats.outline import LONGEST, Line, typed_headings
from qmsr_lint.model import Block


def with_typed_sections(blocks: Sequence[Block], text: str, bold: Collection[tuple[int, int]]) -> Sequence[Block]:
    """The blocks of a document with few headings, in the sections that typed headings begin.

    `bold` are the ranges of bold and of italic text.
    """
    made: list[str] = []
    lines: list[tuple[int, Block] | None] = []
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            made.append(text[block.start : block.end])
        if block.kind in ("paragraph", "item") and block.place.part == "body" and not block.quoted:
            lines.append((number, block))
        elif lines and lines[-1] is not None:
            lines.append(None)
    found = typed_headings([None if line is None else _line(line[1], text, bold) for line in lines], made)
    heads = {line[0] for at in found if (line := lines[at]) is not None}
    return _in_sections(blocks, text, heads) if heads else blocks


def _line(block: Block, text: str, bold: Collection[tuple[int, int]]) -> Line:
    listed = ("", 0) if block.kind == "item" else None
    words = text[block.start : min(block.end, block.start + LONGEST + 1)]
    return Line(words, "bold" if (block.start, block.end) in bold else "", listed)


def _in_sections(blocks: Sequence[Block], text: str, heads: Collection[int]) -> Sequence[Block]:
    section: str | None = None
    found: list[Block] = []
    for number, block in enumerate(blocks):
        if number in heads:
            section = " ".join(text[block.start : block.end].split())
        elif block.kind == "heading" and block.place.part == "body":
            section = block.place.section
        if section is not None and block.place.part != "property":
            block = block._replace(place=block.place._replace(section=section))
        found.append(block)
    return found
