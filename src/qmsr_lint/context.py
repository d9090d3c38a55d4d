"""Where a legacy word stands, and what that makes of it.

============== ============================================================================ ===========
context        how it is recognised                                                         effect
============== ============================================================================ ===========
code           inline code, a code block                                                    suppressed
identifier     part of a document number, file name, path or address                        suppressed
name           part of a product's name: capitalised, repeated, never with an article               suppressed
history        a revision-history table, section or line                                    suppressed
mapping        the current term stands beside it: "formerly", "(now …)", a row old → new    suppressed
historical     the sentence speaks of the time before 2026-02-02                            suppressed
transition     a document about the transition from the QSR to the QMSR, by its title               note
record         minutes, memoranda and reports by their title, dated before 2026-02-02               note
quotation      a block quotation, or a quoted passage of more than eight words              note
title          the title of another document, behind its number                             finding, no fix
definition     a definitions or abbreviations list, or a defining sentence                  finding
heading        a heading                                                                    finding
cell           a table cell                                                                 finding
header, …      the other parts by their names                                               finding
prose          anything else                                                                finding
============== ============================================================================ ===========
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from qmsr_lint import cues, sentence
from qmsr_lint.match import Folded
from qmsr_lint.model import BLOCK_SEPARATOR, OWN_COMMENT, Block, Document

Effect = Literal["finding", "retitle", "note", "suppressed"]


class Judgement(NamedTuple):
    """The context of a place, what it does to a finding there, and the reason in words where it does anything."""

    context: str
    effect: Effect = "finding"
    reason: str = ""


_JOINING = "-_./\\#@~"
_BRACKETS = "()[]<>\"',;\u201c\u201d"


# What is looked at around a place is bounded, so that the cost of a document grows only with its length.
_BEGINNING = 400
_REACH = 1500
_TOKEN = 200  # characters to each side: more than any path, address or document number
_NAMES = 200  # different names that a document gives an acronym: beyond, they are no names of products
_COLUMNS = 64
_OWN_TITLE = 3  # the blocks that a document's own number and title stand in
_TITLE_BLOCKS = 12  # a title page holds no more before the date and the number
_NATURES = {
    "transition": "the document is about the transition to the QMSR",
    "record": "the document is a record from before 2026-02-02",
}


class Contexts:
    """The contexts of one document, worked out as they are asked for."""

    def __init__(self, document: Document, folded: Folded) -> None:
        self.document = document
        self.folded = folded
        self._starts = [block.start for block in document.blocks]
        self._captions: dict[tuple[str, int], frozenset[str]] = {}
        self._tables: dict[tuple[str, int], str] = {}
        self._sentences: dict[int, tuple[list[int], list[int]]] = {}
        self._quotations: dict[int, list[tuple[list[int], list[int]]]] = {}
        self._names: dict[str, bool] = {}

    def block(self, start: int) -> tuple[int, Block]:
        """The block that holds the offset, and its index."""
        index = bisect_right(self._starts, start) - 1
        return index, self.document.blocks[index]

    def words(self, block: Block) -> str:
        """The beginning of the block's text, in small letters with plain spaces: enough to tell what it is."""
        return " ".join(self.document.text[block.start : min(block.end, block.start + _BEGINNING)].lower().split())

    def words_at(self, number: int) -> str:
        """The same of the block with this number."""
        return self.words(self.document.blocks[number])

    def judge(
        self, start: int, end: int, folded: tuple[int, int], current: str | None, *, family: str = "term"
    ) -> Judgement:
        """The judgement for a range of the document, `folded` in the folded text; `current` is what replaces it.

        `family` is the rule's: the digits and dots of a citation do not make it a document number, and what is said
        of the law ("no longer", "reserved") counts only for what belongs to the law.
        """
        folded_start, folded_end = folded
        index, block = self.block(start)
        if block.place.part == "comment" and self.document.text.startswith(OWN_COMMENT, block.start):
            return Judgement("comment", "suppressed", "is a comment of this tool")
        if block.kind == "code" or self._marked("code", start, end):
            return Judgement("code", "suppressed", "stands in code")
        if self._marked("url", start, end) or self._is_identifier(start, end, block, number=family == "cite"):
            return Judgement("identifier", "suppressed", "is part of a document number, file name, path or address")
        if name := self._name(start, end):
            return Judgement("name", "suppressed", f"is part of the name {name!r}")
        if self._in_history(index, block):
            return Judgement("history", "suppressed", "stands in a revision history")
        first, last = self.sentence(folded_start, folded_end)
        text = self.folded.text
        if reason := self._mapped(text[first:last], folded_start - first, folded_end - first, index, block, current):
            return Judgement("mapping", "suppressed", reason)
        if family in ("cite", "name", "program") and cues.GONE.search(text, first, last):
            return Judgement("mapping", "suppressed", "is said to be no longer in force")
        if self._before_qmsr(text[first:last]):
            return Judgement("historical", "suppressed", "speaks of the time before 2026-02-02")
        if block.quoted or self._quoted(start, end, block):
            return Judgement("quotation", "note", "stands in a quotation")
        if self._nature:
            return Judgement(self._nature, "note", _NATURES[self._nature])
        if self._titled(start, end, index, block):
            return Judgement("title", "retitle", "is in the title of another document: retitle that document first")
        return Judgement(self._plain(index, block, folded_end))

    def plain(self, start: int, folded_end: int) -> str:
        """The context of a place by its structure alone."""
        index, block = self.block(start)
        return self._plain(index, block, folded_end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a range of the folded text, within its block and no longer than a person would read."""
        number = self.segment_at(start)
        first, last = self.segment(number)
        if number not in self._sentences:
            ranges = list(sentence.split(self.folded.text, first, last))
            self._sentences[number] = [begin for begin, _ in ranges], [finish for _, finish in ranges]
        begins, finishes = self._sentences[number]
        at = bisect_right(begins, start) - 1
        if at >= 0 and start < finishes[at]:
            first, last = begins[at], finishes[at]
        return max(first, start - _REACH), min(last, end + _REACH)

    @cached_property
    def _separators(self) -> list[int]:
        return [match.start() for match in re.finditer(BLOCK_SEPARATOR, self.folded.text)]

    def segment(self, index: int) -> tuple[int, int]:
        """The range of the block number `index` in the folded text."""
        ends = self._separators
        start = ends[index - 1] + 1 if index else 0
        return start, ends[index] if index < len(ends) else len(self.folded.text)

    def segment_at(self, folded: int) -> int:
        """The number of the block that holds an offset of the folded text."""
        return bisect_right(self._separators, folded - 1)

    def _marked(self, kind: str, start: int, end: int) -> bool:
        starts, ends = self._inline.get(kind, ((), ()))
        at = bisect_right(starts, start)
        return at > 0 and end <= ends[at - 1]

    @cached_property
    def _inline(self) -> Mapping[str, tuple[Sequence[int], Sequence[int]]]:
        """Of each kind of inline mark the starts, and how far the marks up to there reach."""
        found: dict[str, tuple[Sequence[int], Sequence[int]]] = {}
        for kind in ("code", "url"):
            if marks := sorted((mark.start, mark.end) for mark in self.document.marks if mark.kind == kind):
                found[kind] = [start for start, _ in marks], list(accumulate((end for _, end in marks), max))
        return found

    # --- identifiers

    def _is_identifier(self, start: int, end: int, block: Block, *, number: bool) -> bool:
        """Whether the range is part of a longer token: a document number (not if `number`), a path, an address."""
        text = self.document.text
        if cues.EXTENSION.match(text, end, block.end):
            return True
        first, last = start, end
        least, most = max(block.start, start - _TOKEN), min(block.end, end + _TOKEN)
        while first > least and not text[first - 1].isspace() and text[first - 1] not in _BRACKETS:
            first -= 1
        while last < most and not text[last].isspace() and text[last] not in _BRACKETS:
            last += 1
        left, right = text[first:start], text[end:last].rstrip(".:!?*")
        if not _joins(left[-1:], left[-2:-1]) and not _joins(right[:1], right[1:2]):
            return False
        token = left + text[start:end] + right
        return _is_path(token, start - first, end - first) or (not number and _is_number(token))

    def _name(self, start: int, end: int) -> str | None:
        """The product's name an acronym is part of, as in "Pocket DHF".

        A proper name is always capitalised and takes no article; three places without exception make one.
        """
        text = self.document.text
        acronym = text[start:end]
        before = re.search(r"([A-Z][a-z]+) $", text[max(0, start - 24) : start])
        if before is None or acronym != acronym.upper():
            return None
        name = f"{before[1]} {acronym}"
        if name not in self._names:
            if len(self._names) >= _NAMES:
                return None
            places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
            articled = any(cues.ARTICLE.search(text[max(0, place - 8) : place]) for place in places)
            common = before[1].lower() in self.folded.text and re.search(rf"(?<!\w){before[1].lower()}(?!\w)", text)
            self._names[name] = len(places) > 2 and not articled and not common
        return name if self._names[name] else None

    # --- history

    def _in_history(self, index: int, block: Block) -> bool:
        words = self.words(block)
        if cues.REVISION_LINE.match(words):
            return True
        place = block.place
        if place.table is not None and self._table_kind(block) == "history":
            return True
        if "history" not in self._section_kinds(index):
            return False
        if place.table is not None:
            return True
        return block.kind == "item" or bool(cues.VERSIONED.search(words))

    def _section_kinds(self, index: int) -> frozenset[str]:
        """What the headings above a block say it stands in: "history", "definitions"."""
        above = bisect_left(self._headings, index) - 1
        kinds, complete = self._kinds_below[above] if above >= 0 else (frozenset(), False)
        block = self.document.blocks[index]
        if not complete and not kinds and block.place.section is None and block.place.table is not None:
            return self._caption_kinds(block)
        return kinds

    @cached_property
    def _headings(self) -> Sequence[int]:
        """The numbers of the blocks that are headings."""
        return [number for number, block in enumerate(self.document.blocks) if block.level]

    @cached_property
    def _kinds_below(self) -> Sequence[tuple[frozenset[str], bool]]:
        """What stands below each heading, by its words and those above it, and whether these go up to level 1."""
        found: list[tuple[frozenset[str], bool]] = []
        around: list[tuple[int, frozenset[str], bool]] = []
        for number in self._headings:
            block = self.document.blocks[number]
            while around and around[-1][0] >= block.level:
                around.pop()
            kinds, complete = around[-1][1:] if around else (frozenset(), False)
            words = self.words(block)
            if cues.REVISION_HEADING.search(words):
                kinds |= {"history"}
            if cues.DEFINITION_HEADING.search(words):
                kinds |= {"definitions"}
            complete = complete or block.level == 1
            around.append((block.level, kinds, complete))
            found.append((kinds, complete))
        return found

    def _caption_kinds(self, block: Block) -> frozenset[str]:
        """The same for a table in a document without heading styles: the short line above it is its heading."""
        key = _table_key(block)
        if key not in self._captions:
            first, _ = self.block(next(iter(self._rows[key].values()))[0].start)
            words = next((words for number in range(first - 1, -1, -1) if (words := self.words_at(number))), "")
            is_history = len(words) < 60 and cues.REVISION_HEADING.search(words)
            self._captions[key] = frozenset({"history"}) if is_history else frozenset()
        return self._captions[key]

    def _table_kind(self, block: Block) -> str:
        key = _table_key(block)
        if key not in self._tables:
            self._tables[key] = self._classify(self._rows[key])
        return self._tables[key]

    @cached_property
    def _rows(self) -> Mapping[tuple[str, int], Mapping[int, Sequence[Block]]]:
        """The cells of each table by row; of a row, no more than a person would look at."""
        tables: dict[tuple[str, int], dict[int, list[Block]]] = {}
        for block in self.document.blocks:
            if block.place.table is not None:
                row = tables.setdefault(_table_key(block), {}).setdefault(block.place.row or 0, [])
                if len(row) < _COLUMNS:
                    row.append(block)
        return tables

    def _classify(self, table: Mapping[int, Sequence[Block]]) -> str:
        rows = {row: [self.words(cell) for cell in cells] for row, cells in table.items() if row <= 2}
        for row in sorted(rows):
            heads = [head for head in rows[row] if head]
            if any(cues.REVISION_HEADING.search(head) for head in heads if len(head) < 60):
                return "history"
            if any(cues.REVISION_COLUMN.fullmatch(head) for head in heads) and any(
                len(head) < 60 and cues.REVISION_TEXT.fullmatch(head) for head in heads
            ):
                return "history"
            if len(heads) > 1 and all(len(head) < 60 for head in heads):
                old = [head for head in heads if cues.OLD_COLUMN.search(head)]
                new = [head for head in heads if cues.NEW_COLUMN.search(head) and head not in old]
                if old and new:
                    return "mapping"
        return ""

    # --- mapping and time

    def _mapped(self, text: str, start: int, end: int, index: int, block: Block, current: str | None) -> str | None:
        before, after = text[:start], text[end:]
        for found in cues.FORMER.finditer(before, max(0, len(before) - 48)):
            between = before[found.end() :]
            if len(between.split()) <= 4 and not re.search(r"[.;]", between):
                return f"is named as what was used before ({found[0].strip()!r})"
        if now := cues.NOW.match(after):
            return f"is named as what was used before ({now[0].strip(' (,')!r})"
        is_now = cues.NOW_CURRENT.match(after)
        if is_now and cues.CURRENT.match(after, is_now.end()):
            return "is named together with the current term"
        if cues.ARROW.search(text) and cues.CURRENT.search(text):
            return "stands in a mapping from the old to the new term"
        if cues.LIKENED.search(before, max(0, len(before) - 48)) and cues.CURRENT.search(before):
            return "the current term is likened to it"
        if cues.SIDE_BY_SIDE.search(text):
            return "is named beside the QMSR"
        if cues.QMSR.search(text) and cues.TRANSITION.search(text) and not cues.OBLIGING.search(text):
            return "is named in a sentence about the transition to the QMSR"
        if block.place.table is not None:
            if self._table_kind(block) == "mapping":
                return "stands in a table that maps old to new terms"
            if current and self._row_names(block, current.lower()):
                return "stands in a table row beside the current term"
        return None

    def _row_names(self, block: Block, current: str) -> bool:
        place = block.place
        bare = current.partition(" (")[0]
        return any(
            other.place.cell != place.cell and self.words(other).startswith(bare)
            for other in self._rows[_table_key(block)][place.row or 0]
        )

    @staticmethod
    def _before_qmsr(text: str) -> bool:
        if cues.BEFORE_QMSR.search(text):
            return True
        dated = cues.PAST_DATE.search(text)
        return bool(dated and _is_before(dated[1]) and cues.PAST_TENSE.search(text) and not cues.OBLIGING.search(text))

    @cached_property
    def _nature(self) -> str:
        """What kind of document this is, by its title, where that changes what its words mean."""
        blocks = self.document.blocks[:_TITLE_BLOCKS]
        headings = [self.words(block) for block in blocks if block.level == 1 or block.kind == "property"]
        titles = headings[:2] or [self.words(block) for block in blocks[:2]]
        title = " ".join(words for words in titles if len(words) < 160)
        if cues.TRANSITION_TITLE.search(title) and (cues.QMSR.search(title) or "13485" in title):
            return "transition"
        if cues.RECORD_TITLE.search(title):
            dates = [date for block in blocks for date in re.findall(cues.DATE, self.words(block))]
            if dates and all(_is_before(date) for date in dates):
                return "record"
        return ""

    # --- quotations and titles

    def _quoted(self, start: int, end: int, block: Block) -> bool:
        if block.start not in self._quotations:
            text = self.document.text
            self._quotations[block.start] = [
                passages
                for marks in cues.QUOTES.items()
                if (passages := _passages(text, block.start, block.end, *marks))[0]
            ]
        for starts, ends in self._quotations[block.start]:
            at = bisect_left(starts, start) - 1
            if at >= 0 and end <= ends[at]:
                return True
        return False

    def _titled(self, start: int, end: int, index: int, block: Block) -> bool:
        """Whether the range stands in a title behind a document number, and not in the document's own title."""
        if block.level or block.place.part in ("header", "footer", "property"):
            return False
        text = self.document.text
        match = cues.NUMBERED_TITLE.search(text, max(block.start, start - 120), end)
        if match is None or (index < _OWN_TITLE and match.start() == block.start):
            return False
        return text[start : start + 1].isupper() and not text[start:end].isupper()

    def _plain(self, index: int, block: Block, folded_end: int) -> str:
        if block.kind == "heading":
            return "heading"
        if block.place.part not in ("body", "textbox"):
            return block.place.part
        if "definitions" in self._section_kinds(index) or cues.DEFINING.match(self.folded.text, folded_end):
            return "definition"
        return "cell" if block.place.table is not None else "prose"


def _table_key(block: Block) -> tuple[str, int]:
    return block.place.part, block.place.table or 0


def _passages(text: str, start: int, end: int, opening: str, closing: str) -> tuple[list[int], list[int]]:
    """Where the long quoted passages of a block begin and end."""
    starts: list[int] = []
    ends: list[int] = []
    while (first := text.find(opening, start, end)) >= 0 and (last := text.find(closing, first + 1, end)) >= 0:
        if len(text[first:last].split()) > cues.QUOTED_WORDS:
            starts.append(first)
            ends.append(last)
        start = last + 1
    return starts, ends


def _joins(joint: str, beyond: str) -> bool:
    """Whether a character, with the one beyond it, ties words into a token: a hyphen does, a full stop does not."""
    return joint != "" and joint in _JOINING and (beyond.isalnum() or beyond in tuple(_JOINING))


def _is_number(token: str) -> bool:
    """Whether a token is a document number: capitals and digits with hyphens, as in FRM-DMR-003."""
    parts = re.split(r"[-_#]", token)
    if len(parts) < 2 or any(part != part.upper() for part in parts):
        return False
    digits = any(character.isdigit() for character in token)
    return digits or parts[0] in cues.DOCUMENT_PREFIXES


def _is_path(token: str, start: int, end: int) -> bool:
    """Whether a token is a path or an address, not two words with a slash between them."""
    if "/" not in token and "\\" not in token:
        return "@" in token
    if token.startswith(("/", "./", "../", "~/", "\\\\")) or re.match(r"[A-Za-z]:\\", token) or "://" in token:
        return True
    parts = re.split(r"[/\\]", token[:start] + token[end:])
    if cues.EXTENSION.search(token) or any("_" in part or part in (".", "..") for part in parts):
        return True
    return len(parts) > 2 and sum(part.islower() for part in parts) >= 2


def _is_before(date: str) -> bool:
    year = max(map(int, re.findall(r"(?:19|20)\d\d", date)))
    return year < 2026 or (year == 2026 and re.search(r"2026-01|2026-02-01|jan", date) is not None)
