"""The string of a Markdown document, built tile by tile, and the map from it back to the file.

A *tile* is a stretch of the string that came from one stretch of the source. Where both are equally long, they agree
character by character; otherwise the tile came from its source as a whole (an entity, a line break with its prefix).
Tiles cover the string without a gap, in the order of the source; what no tile came from is markup.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from qmsr_lint.expression import Expression
from qmsr_lint.formats.textfile import TextFile
from qmsr_lint.model import BLOCK_SEPARATOR, FEW_HEADINGS, Block, Document, Kind, Mark, MarkKind, Part, Place, Position

_LINE_BREAK = re.compile(r"\r\n?|\n")
_BLANK = " \t\r\n\f"
_TRACKED = (
    200  # columns with cells that cover later rows, marks inside one another: beyond, they are no table and no text
)


class SourceMap:
    """Maps ranges of a document's string to ranges of the decoded file; calling it gives lines and columns.

    `file` is the decoded file: every offset this class returns is one in `file.text`.
    """

    __slots__ = ("_ends", "_length", "_lines", "_sources", "_starts", "file")

    def __init__(self, file: TextFile, length: int, starts: list[int], sources: list[int], ends: list[int]) -> None:
        self.file = file
        self._length = length
        self._starts = starts
        self._sources = sources
        self._ends = ends
        self._lines: list[int] = []

    def __call__(self, start: int, end: int) -> Position:
        """Return where the range stands in the file. Of an empty range with a comment on it, where the comment does."""
        first, last = self.span(start, end)
        line, column = self._line_and_column(first)
        end_line, end_column = self._line_and_column(last)
        return Position(line, column, end_line, end_column)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the source from the range's first character to its last one, markup between included."""
        if not self._starts:
            return 0, 0
        start = min(max(start, 0), self._length)
        if end <= start:
            return self._point(start)
        first, last = self._tile(start), self._tile(min(end, self._length) - 1)
        source = self._sources[first] + (start - self._starts[first] if self._is_plain(first) else 0)
        if not self._is_plain(last):
            return source, max(source, self._ends[last])
        return source, self._sources[last] + min(end, self._length) - self._starts[last]

    def ranges(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the stretches of the source that the range's characters came from, adjoining ones joined.

        One stretch: the range stands in the file as it stands in the string, or came from it as a whole. Several: there
        is markup between them. A tile touched in part that did not come character by character is given whole.
        """
        start, end = max(start, 0), min(end, self._length)
        found: list[tuple[int, int]] = []
        tile = self._tile(start) if start < end else len(self._starts)
        while tile < len(self._starts) and (low := self._starts[tile]) < end:
            high, source, source_end = self._tile_end(tile), self._sources[tile], self._ends[tile]
            if self._is_plain(tile):
                source, source_end = source + max(start - low, 0), source_end - max(high - end, 0)
            if high > low and source_end > source:
                if found and found[-1][1] == source:
                    found[-1] = (found[-1][0], source_end)
                else:
                    found.append((source, source_end))
            tile += 1
        return found

    def _tile(self, offset: int) -> int:
        """Return the last tile that starts at or before `offset`: never an empty one, except at the string's end."""
        return bisect_right(self._starts, offset) - 1

    def _tile_end(self, tile: int) -> int:
        return self._starts[tile + 1] if tile + 1 < len(self._starts) else self._length

    def _is_plain(self, tile: int) -> bool:
        return self._tile_end(tile) - self._starts[tile] == self._ends[tile] - self._sources[tile]

    def _point(self, offset: int) -> tuple[int, int]:
        first = bisect_left(self._starts, offset)
        if first < len(self._starts) and self._starts[first] == offset == self._tile_end(first):
            return self._sources[first], self._ends[first]
        tile = self._tile(offset)
        if not self._is_plain(tile):
            source = self._ends[tile] if offset == self._length else self._sources[tile]
        else:
            source = self._sources[tile] + offset - self._starts[tile]
        return source, source

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        if not self._lines:
            self._lines = [0, *(found.end() for found in _LINE_BREAK.finditer(self.file.text))]
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def source_ranges(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of a Markdown file that a range of its document's string came from, as offsets in the text.

    Raises TypeError for a document of another format.
    """
    if not isinstance(document.position, SourceMap):
        raise TypeError(f"{document.path}: a {document.format} document has no source text")
    return document.position.ranges(start, end)


class OpenMark(NamedTuple):
    """A mark whose end has not been reached."""

    kind: MarkKind
    start: int
    value: str


class Comment(NamedTuple):
    """A comment between two blocks, with its range in the source; it will stand where the next block starts."""

    words: str
    start: int
    end: int


class Table:
    """Where the reader is in a table: row and column of the grid, from 1, columns covered by rows above left out."""

    __slots__ = ("_covered", "_headings", "_next", "cell_open", "column", "head", "header", "html", "number", "row")

    def __init__(self, number: int, *, html: bool) -> None:
        self.number = number
        self.html = html
        self.row = 0
        self.column = 0
        self.head = False
        self.header = False
        self.cell_open = False
        self._headings = True
        self._next = 1
        self._covered: dict[int, int] = {}  # column → the last row that a cell above covers

    def next_row(self) -> None:
        """Start a row."""
        self.row += 1
        self.column, self._next = 0, 1
        self.cell_open = False

    def next_cell(self, *, header: bool, columns: int = 1, rows: int = 1) -> None:
        """Start a cell that covers `columns` columns and `rows` rows; `header` where it is a heading cell itself.

        Heading cells make a heading row as long as no ordinary cell came before: after that they head their own row.
        """
        if self.row == 0:
            self.next_row()
        while self._covered.get(self._next, 0) >= self.row:
            self._next += 1
        self.column = self._next
        self._next += columns
        if rows > 1:
            self._covered.update(dict.fromkeys(range(self.column, min(self._next, _TRACKED)), self.row + rows - 1))
        self._headings = self._headings and header
        self.header = self.head or self._headings
        self.cell_open = True


class Draft:
    """A document's string while it is read: its tiles, blocks and marks, and what the next block would be.

    The reader sets the public fields to what it is inside of; `put` opens a block of that kind when text comes.
    """

    def __init__(self, file: TextFile) -> None:
        self.file = file
        self.source = file.text.replace(BLOCK_SEPARATOR, "\u2028")
        self.part: Part = "body"
        self.level = 0
        self.items = 0
        self.html_item = False
        self.quotes = 0
        self.html_quotes = 0
        self.verbatim: Kind | None = None
        self.tables: list[Table] = []
        self.skip = 0  # text that comes from before this offset of the source is not visible
        self.marks: list[Mark] = []
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._sources: list[int] = []
        self._ends: list[int] = []
        self._blocks: list[Block] = []
        self._open: Block | None = None
        self._open_marks: list[OpenMark] = []
        self._bold_from: list[int] = []
        self._bold: set[tuple[int, int]] = set()
        self._comments: list[Comment] = []
        self._length = 0
        self._section: str | None = None
        self.property_name: str | None = None
        self._paragraphs: dict[Part, int] = {}
        self._tables = 0
        self._last: dict[str, int] = {}

    def put(self, text: str, start: int, end: int) -> None:
        """Add `text`, which came from `start` to `end` of the source; opens a block, unless it is blank."""
        if start < self.skip:
            if self.skip >= end or len(text) != end - start:
                return
            text, start = text[self.skip - start :], self.skip
        if not text:
            return
        if self._open is None:
            if self.verbatim != "code":
                bare = text.lstrip(_BLANK)
                if len(text) == end - start:
                    start = end - len(bare)
                text = bare
            if not text.strip(_BLANK):
                return
            self._begin()
        self._tile(text, start, end)

    def line_break(self, start: int, end: int) -> None:
        """Add a line break inside a block; a second one in a row is left out."""
        if self._open is not None and start >= self.skip and not self._parts[-1].endswith("\n"):
            self._tile("\n", start, end)

    @property
    def at_line_start(self) -> bool:
        """Whether blank space that comes next would be indentation."""
        return self._open is None or self._parts[-1].endswith("\n")

    def comment(self, words: str, start: int, end: int) -> None:
        """Add a comment, which is no text: an empty mark where it stands, or where the next block will start."""
        if start < self.skip:
            return
        if self._open is None:
            self._comments.append(Comment(words, start, end))
        else:
            self._mark_comment(Comment(words, start, end))

    def open_mark(self, kind: MarkKind, value: str = "") -> None:
        """Start a mark here."""
        if len(self._open_marks) < _TRACKED:
            self._open_marks.append(OpenMark(kind, self._length, value))

    def close_mark(self, *kinds: MarkKind) -> None:
        """End the innermost open mark of one of these kinds, if there is one."""
        for index in range(len(self._open_marks) - 1, -1, -1):
            if self._open_marks[index].kind in kinds:
                self._add_mark(self._open_marks.pop(index))
                return

    def open_bold(self) -> None:
        """Start bold or italic text here."""
        self._bold_from.append(self._length)

    def close_bold(self) -> None:
        """End the innermost bold or italic text."""
        start = self._bold_from.pop()
        if self._open is not None:
            self._bold.add((max(start, self._open.start), self._length))

    def close_marks(self) -> None:
        """Forget every open mark: what has no end goes to the end of its block and no further."""
        self._open_marks.clear()

    def open_table(self, *, html: bool) -> None:
        """Enter a table."""
        self._tables += 1
        self.tables.append(Table(self._tables, html=html))

    def end(self) -> None:
        """End the open block, if one is open: trailing blanks go, marks end with it, a heading opens its section."""
        block = self._open
        if block is None:
            return
        if self._parts[-1] and self._parts[-1][-1] in _BLANK:
            self._trim()
            self._shorten_marks()
        if self._open_marks:
            for mark_open in self._open_marks:
                self._add_mark(mark_open)
            self._open_marks = [mark_open._replace(start=self._length) for mark_open in self._open_marks]
        self._open = None
        start, _, kind, place, level, header_row, quoted = block
        if kind == "heading" and place.part == "body" and not quoted:
            first = bisect_left(self._starts, start)
            self._section = " ".join("".join(self._parts[first:]).split())
            place = place._replace(section=self._section)
        self._blocks.append(Block(start, self._length, kind, place, level, header_row, quoted))

    def find(self, words: str, start: int) -> int:
        """Return where `words` next stand in the source from `start`, -1 if nowhere, which takes no search to know."""
        if words not in self._last:
            self._last[words] = self.source.rfind(words)
        return self.source.find(words, start) if self._last[words] >= start else -1

    def last_closing(self, name: str) -> int:
        """Return where the last closing tag of this name starts in the source, -1 if there is none."""
        tag = "</" + name
        if tag not in self._last:
            found = [match.start() for match in re.finditer(tag, self.source, re.IGNORECASE)]
            self._last[tag] = found[-1] if found else -1
        return self._last[tag]

    def document(self, path: str) -> Document:
        """Return the document that has been read."""
        self.end()
        for comment in self._comments:
            self._mark_comment(comment)
        text = "".join(self._parts)
        position = SourceMap(self.file, len(text), self._starts, self._sources, self._ends)
        blocks: Sequence[Block] = self._blocks
        if sum(block.kind == "heading" for block in blocks) < FEW_HEADINGS:
            from qmsr_lint.formats.markdown.headings import with_typed_sections

            blocks = with_typed_sections(blocks, text, self._bold)
        marks = sorted(self.marks + _bare_urls(text, self.marks), key=_range_of)
        return Document(path, "markdown", text, tuple(blocks), tuple(marks), position)

    def _begin(self) -> None:
        if self._blocks:
            end = self._ends[-1]
            self._tile(BLOCK_SEPARATOR, end, end)
        cell = self.tables[-1] if self.tables and self.tables[-1].cell_open else None
        kind, quoted = self._kind(cell), self.quotes + self.html_quotes > 0
        level, header_row = self.level if kind == "heading" else 0, cell is not None and cell.header
        self._open = Block(self._length, self._length, kind, self._place(cell), level, header_row, quoted)
        for comment in self._comments:
            self._mark_comment(comment)
        self._comments.clear()

    def _kind(self, cell: Table | None) -> Kind:
        if self.verbatim:
            return self.verbatim
        if self.level:
            return "heading"
        if self.part == "property":
            return "property"
        if cell:
            return "cell"
        return "item" if self.items or self.html_item else "paragraph"

    def _place(self, cell: Table | None) -> Place:
        if cell:
            return Place(self.part, self._section, None, cell.number, cell.row, cell.column)
        number = self._paragraphs[self.part] = self._paragraphs.get(self.part, 0) + 1
        return Place(self.part, self.property_name if self.part == "property" else self._section, number)

    def _tile(self, text: str, start: int, end: int) -> None:
        self._parts.append(text)
        self._starts.append(self._length)
        self._sources.append(start)
        self._ends.append(end)
        self._length += len(text)

    def _trim(self) -> None:
        """Take blanks off the end of the open block, which has something else at its start; stops at a comment."""
        while self._parts[-1]:
            text, bare = self._parts[-1], self._parts[-1].rstrip(_BLANK)
            lost = len(text) - len(bare)
            if not lost:
                return
            self._length -= lost
            if bare:
                if len(text) == self._ends[-1] - self._sources[-1]:
                    self._ends[-1] -= lost
                self._parts[-1] = bare
                return
            for tiles in (self._parts, self._starts, self._sources, self._ends):
                tiles.pop()

    def _shorten_marks(self) -> None:
        """Let no mark reach over the end of the string; marks are in the order of their ends."""
        index = len(self.marks)
        while index and self.marks[index - 1].end > self._length:
            index -= 1
        cut = [mark._replace(end=self._length) for mark in self.marks[index:] if mark.start < self._length]
        self.marks[index:] = cut

    def _add_mark(self, mark: OpenMark) -> None:
        start = max(mark.start, self._open.start) if self._open else self._length
        if self._length > start:
            self.marks.append(Mark(mark.kind, start, self._length, mark.value))

    def _mark_comment(self, comment: Comment) -> None:
        self.marks.append(Mark("comment", self._length, self._length, comment.words))
        self._tile("", comment.start, comment.end)


# What GitHub makes a link of: https://github.github.com/gfm/#autolinks-extension-; its end loses closing punctuation.
_BARE_URL = Expression(r"(?:https?://|ftp://|www\.)[^\s<>|]{1,4000}", re.IGNORECASE)
_CLOSING = "?!.,:;*_~'\"\u2019\u201d"


def _bare_urls(text: str, marks: list[Mark]) -> list[Mark]:
    """Return a mark for each address in the text that has none yet."""
    if "://" not in text and "www." not in text.lower():
        return []
    known = {mark.start for mark in marks if mark.kind == "url"}
    found: list[Mark] = []
    for match in _BARE_URL.finditer(text):
        address = match.group().rstrip(_CLOSING)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_CLOSING)
        if match.start() not in known:
            found.append(Mark("url", match.start(), match.start() + len(address)))
    return found


def _range_of(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end
