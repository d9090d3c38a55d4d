"""What the parts of a document are: revision histories, lists of definitions, tables that map old terms to new."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Literal

from qmsr_lint.context import became, cues, histories
from qmsr_lint.context.columns import Columns, columns
from qmsr_lint.model import Block, Document

# What is looked at around a place is bounded, so that the cost of a document grows only with its length.
_BEGINNING = 400
_COLUMNS = 64
_LEAD = 300  # characters of a line that leads in a list, at most
_HEAD = 60  # characters of a table's head or of a caption, at most

_LABELS = (
    "docum", "revis", "chang", "super", "repla", "form ", "templ", "amend", "\u00e4nder", "histo", "crono", "wijzi",
)  # fmt: skip
"""How the label of a line of history begins."""

_ASIDE = ("header", "footer", "footnote", "endnote", "comment", "property")
"""The parts that follow the body in the string: what they stand behind there says nothing of them."""

TableKind = Literal["history", "mapping", ""]


class Structure:
    """The blocks of one document, and what its headings, captions and heads of tables say of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [block.start for block in document.blocks]
        self._tables: dict[tuple[str, int], tuple[TableKind, Columns | None]] = {}
        self._leads: dict[int, int] = {}
        self._words: dict[int, str] = {}  # by the start of the block

    def block(self, start: int) -> tuple[int, Block]:
        """The block that holds the offset, and its number."""
        number = bisect_right(self._starts, start) - 1
        return number, self.document.blocks[number]

    def words(self, block: Block) -> str:
        """The beginning of the block's text, in small letters with plain spaces: enough to tell what it is."""
        if (words := self._words.get(block.start)) is None:
            beginning = self.document.text[block.start : min(block.end, block.start + _BEGINNING)]
            words = self._words[block.start] = " ".join(beginning.lower().split())
        return words

    def row(self, block: Block) -> Sequence[Block]:
        """The other cells of the row in which a cell stands; of a long row no more than a person would look at."""
        cells = self._rows[_key(block)][block.place.row or 0]
        return [other for other in cells if other.place.cell != block.place.cell]

    def rows(self, block: Block) -> Mapping[int, Sequence[Block]]:
        """The cells of the table in which a cell stands, by row; of long rows the beginnings."""
        return self._rows[_key(block)]

    def head(self, block: Block) -> Sequence[Block]:
        """The head of the column in which a cell stands; of a head itself, none.

        A first row of one cell is the title of the table, and the heads stand below it.
        """
        rows = self.rows(block)
        first, *others = islice(rows, 2)
        head = others[0] if others and len(rows[first]) == 1 else first
        cells = rows[head] if (block.place.row or 0) > head else ()
        return [cell for cell in cells if cell.place.cell == block.place.cell]

    def in_history(self, number: int, block: Block) -> bool:
        """Whether a block stands in a revision history: a table, a section or a line of it."""
        if self._is_line_of_history(block):
            return True
        if number in self._written_histories or self._is_replaced(block):
            return True
        if block.place.table is not None and self.table_kind(block) == "history":
            return True
        if "history" not in self.section_kinds(number):
            return False
        return (
            block.place.table is not None or block.kind == "item" or bool(histories.VERSIONED.search(self.words(block)))
        )

    def _is_replaced(self, block: Block) -> bool:
        """Whether a cell names, behind the label of its row, the document whose place this one took."""
        if block.place.table is None:
            return False
        label, *others = self.rows(block)[block.place.row or 0]
        if len(others) != 1 or histories.REPLACED_LABEL.fullmatch(self.words(label)) is None:
            return False
        return histories.DOCUMENT_NUMBER.match(self.words(others[0])) is not None

    def _is_line_of_history(self, block: Block) -> bool:
        beginning = self.document.text[block.start : min(block.end, block.start + _BEGINNING)].lstrip()[:5].lower()
        labelled = beginning.startswith(_LABELS) and block.end - block.start < _BEGINNING
        if labelled and histories.HISTORY_LINE.match(words := self.words(block)) and not cues.OBLIGING.search(words):
            return True
        if not beginning.startswith(("rev", "v", "issue")) and not beginning[:1].isdigit():
            return False
        words = self.words(block)
        return histories.YEAR.search(words) is not None and histories.REVISION_LINE.match(words) is not None

    def section_kinds(self, number: int) -> frozenset[str]:
        """What the headings above a block say it stands in: "history", "definitions", "mistakes", "past", "old words",
        "transition"."""
        place = self.document.blocks[number].place
        if place.part in _ASIDE:
            return self._kinds_of_sections.get(place.section, frozenset())
        above = bisect_left(self._headings, number) - 1
        return self._kinds_below[above] if above >= 0 else frozenset()

    def headings_above(self, number: int) -> Sequence[str]:
        """The words of the headings that a block stands under, from the nearest to the outermost."""
        found: list[str] = []
        level = 10
        for heading in reversed(self._headings[: bisect_left(self._headings, number)]):
            block = self.document.blocks[heading]
            if block.level < level:
                found.append(self.words(block))
                level = block.level
            if level == 1:
                break
        return found

    def lead(self, number: int) -> int:
        """The number of the nearest line that leads in the list an item stands in, -1 where there is none."""
        blocks = self.document.blocks
        passed: list[int] = []
        while number not in self._leads and blocks[number].kind == "item" and number:
            passed.append(number)
            number -= 1
            if self.leads_in(number):
                lead = number
                break
        else:
            lead = self._leads.get(number, -1)
        self._leads.update(dict.fromkeys(passed, lead))
        return lead

    def leads_in(self, number: int) -> bool:
        """Whether a block is a line with a colon at its end."""
        block = self.document.blocks[number]
        return block.end - block.start <= _LEAD and self.document.text[block.start : block.end].rstrip().endswith(":")

    def in_glossary(self, number: int, block: Block) -> bool:
        """Whether a block stands in a list of definitions or abbreviations, by a heading or its table's heads."""
        if "definitions" in self.section_kinds(number):
            return True
        if block.place.table is None:
            return False
        first = next(iter(self.rows(block).values()))
        heads = [self.words(cell) for cell in first]
        return any(map(cues.GLOSSARY_HEAD.fullmatch, heads)) and any(map(cues.MEANING_HEAD.fullmatch, heads))

    def table_kind(self, block: Block) -> TableKind:
        """What the heads of the table around a cell say it is."""
        return self._table(block)[0]

    def successors(self, block: Block) -> Sequence[Block]:
        """The cells behind one in the old column of a table that plainly maps old to new; else none."""
        columns = self._table(block)[1]
        if columns is None or not columns.plain or block.place.cell not in columns.old or not self.head(block):
            return ()
        return [cell for cell in self.row(block) if cell.place.cell in columns.new]

    def old_and_new(self, block: Block) -> Sequence[Block]:
        """The cells in the new columns beside a cell in an old one, whatever heads them; else none."""
        columns = self._table(block)[1]
        if columns is None or block.place.cell not in columns.old - columns.new or not self.head(block):
            return ()
        return [cell for cell in self.row(block) if cell.place.cell in columns.new or not columns.new]

    def is_new(self, block: Block) -> bool:
        """Whether a cell stands in the new column of a table that plainly maps old to new: it is what holds today."""
        columns = self._table(block)[1]
        return columns is not None and columns.plain and block.place.cell in columns.new - columns.old

    def is_old(self, block: Block) -> bool:
        """Whether a cell stands in an old column of a table that maps old to new, whatever heads it."""
        columns = self._table(block)[1]
        return columns is not None and block.place.cell in columns.old

    def _table(self, block: Block) -> tuple[TableKind, Columns | None]:
        key = _key(block)
        if key not in self._tables:
            self._tables[key] = self._classified(self._rows[key])
        return self._tables[key]

    @cached_property
    def _headings(self) -> Sequence[int]:
        """The numbers of the blocks that are headings."""
        return [number for number, block in enumerate(self.document.blocks) if block.level]

    @cached_property
    def _kinds_below(self) -> Sequence[frozenset[str]]:
        """What stands below each heading, by its words and those above it."""
        found: list[frozenset[str]] = []
        around: list[tuple[int, frozenset[str]]] = []
        for number in self._headings:
            block = self.document.blocks[number]
            while around and around[-1][0] >= block.level:
                around.pop()
            kinds = around[-1][1] if around else frozenset()
            kinds |= _kinds_named(self.words(block), title=block.level == 1)
            around.append((block.level, kinds))
            found.append(kinds)
        return found

    @cached_property
    def _kinds_of_sections(self) -> Mapping[str | None, frozenset[str]]:
        """What stands below each heading, by the section that begins with it."""
        named = [self.document.blocks[number].place.section for number in self._headings]
        return {name: kinds for name, kinds in zip(named, self._kinds_below, strict=True) if name is not None}

    @cached_property
    def _written_histories(self) -> frozenset[int]:
        """The blocks of histories that have a plain paragraph for a heading: tables, items and lines below it."""
        found: set[int] = set()
        inside = False
        for number, block in enumerate(self.document.blocks):
            if block.level or block.place.part in _ASIDE:
                inside = False
            elif block.place.table is not None or block.kind == "item":
                if inside:
                    found.add(number)
            elif inside and histories.VERSION_LINE.match(self.words(block)):
                found.add(number)
            elif block.end - block.start > _BEGINNING:
                inside = False
            elif (inside or self._may_head_a_history(block)) and (words := self.words(block)):
                inside = len(words) < _HEAD and histories.heads_history(words)
        return frozenset(found)

    def _may_head_a_history(self, block: Block) -> bool:
        if block.end - block.start > 2 * _HEAD:  # with spaces in a row
            return False
        words = self.document.text[block.start : block.end].lower()
        return histories.REVISION_HEADING.may_match(words) or histories.REVISION_HEADING_ELSEWHERE.may_match(words)

    @cached_property
    def _rows(self) -> Mapping[tuple[str, int], Mapping[int, Sequence[Block]]]:
        """The cells of each table by row."""
        tables: dict[tuple[str, int], dict[int, list[Block]]] = {}
        for block in self.document.blocks:
            if block.place.table is not None:
                row = tables.setdefault(_key(block), {}).setdefault(block.place.row or 0, [])
                if len(row) < _COLUMNS:
                    row.append(block)
        return tables

    def _classified(self, table: Mapping[int, Sequence[Block]]) -> tuple[TableKind, Columns | None]:
        first, *others = sorted(table)[:2]
        heads = self._heads(table[first])
        if len(heads) == 1 and others:
            if len(heads[0][1]) < _HEAD and histories.heads_history(heads[0][1]):
                return "history", None
            heads = self._heads(table[others[0]])
        if len(heads) < 2 or any(len(words) > _HEAD for _, words in heads):
            return "", None
        if histories.is_history([words for _, words in heads]):
            return "history", None
        found = columns(heads)
        return ("mapping" if found else ""), found

    def _heads(self, cells: Sequence[Block]) -> list[tuple[int | None, str]]:
        """The words of a row with the numbers of their columns."""
        return [(cell.place.cell, words) for cell in cells if (words := self.words(cell))]


@lru_cache(maxsize=1024)
def _kinds_named(heading: str, *, title: bool) -> frozenset[str]:
    """What a heading says stands below it; most procedures have the same ones."""
    kinds: set[str] = set()
    # A title "Design Change Record" is that of a form, which a section of this name is not.
    if histories.heads_history(heading) and not (title and "record" in heading):
        kinds.add("history")
    if cues.DEFINITION_HEADING.search(heading):
        kinds.add("definitions")
    if cues.MISTAKES_HEADING.fullmatch(heading):
        kinds.add("mistakes")
    if cues.PAST_HEADING.search(heading):
        kinds.add("past")
    if cues.OLD_WORDS_HEADING.fullmatch(heading):
        kinds.add("old words")
    if became.QMSR.search(heading) and cues.TRANSITION_HEADING.search(heading):
        kinds.add("transition")
    return frozenset(kinds)


def _key(block: Block) -> tuple[str, int]:
    return block.place.part, block.place.table or 0
