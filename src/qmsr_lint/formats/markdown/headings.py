"""Where the sections of a Markdown document begin whose headings are only typed: bold lines, capitals, numbers."""

from collections.abc import Sequence

from qmsr_lint.formats.outline import LONGEST, Line, names_sections, typed_headings
from qmsr_lint.model import Block, Mark

_FEWEST = 4
"""Paragraphs and items; fewer make no two sections."""


def with_typed_headings(blocks: Sequence[Block], text: str, marks: Sequence[Mark]) -> Sequence[Block]:
    """The blocks of a document with few headings, with those that are only typed and the sections that they begin.

    `marks` tell what is bold.
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
    if sum(line is not None for line in lines) < _FEWEST or names_sections(made):
        return blocks
    bold = {(mark.start, mark.end) for mark in marks if mark.kind == "bold"}
    found = typed_headings([None if line is None else _line(line[1], text, bold) for line in lines])
    return _outlined(blocks, text, {line[0]: level for at, level in found.items() if (line := lines[at]) is not None})


def _line(block: Block, text: str, bold: set[tuple[int, int]]) -> Line:
    listed = ("", 0) if block.kind == "item" else None
    words = text[block.start : min(block.end, block.start + LONGEST + 1)]
    return Line(words, "bold" if (block.start, block.end) in bold else "", listed)


def _outlined(blocks: Sequence[Block], text: str, levels: dict[int, int]) -> Sequence[Block]:
    section: str | None = None
    outlined: list[Block] = []
    for number, block in enumerate(blocks):
        if number in levels:
            block = block._replace(kind="heading", level=levels[number])
            section = " ".join(text[block.start : block.end].split())
        elif block.kind == "heading":
            section = block.place.section
        if section is not None and block.place.part != "property":
            block = block._replace(place=block.place._replace(section=section))
        outlined.append(block)
    return outlined
