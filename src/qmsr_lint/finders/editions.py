"""Finds clauses of ISO 13485 by the numbers they had in its 2003 edition.

A sentence is read as one line. In a table the head of a column names the standard, and the cells of a row name the
clause.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from qmsr_lint.edition import OLD, ClauseNames, Found, Line, Token, clause_names_of, means_today, tells
from qmsr_lint.expression import Expression
from qmsr_lint.model import Block
from qmsr_lint.pack import Rule
from qmsr_lint.reading import Candidate, Reading, confidence, least

_LONGEST = 1500  # characters of a sentence
_HEAD = 80  # characters of a table's head
_CELL = 160  # characters of a cell that names a clause
_NUMBERED = Expression(r"[4-8]\.\d")
_NEXT_NUMBER = Expression(r" ?(?:and )?[4-8]\.\d")
_ABBREVIATED = Expression(r"(?<![a-z])(?:cls?|sect|paras?|subcl|acc)\.$")
_ITS_NUMBER = r"(?: ?(?:no\.?|nr\.?|numbers?|#|ref\.?|reference))?"
_CLAUSE_HEAD = Expression(
    rf"(?:iso )?(?:sub-?)?(?:clauses?|sections?|paragraphs?|requirements?|elements?|§){_ITS_NUMBER}"
)
_CLAUSE_COLUMN = Expression(rf"(?:iso )?(?:sub-?)?clauses?{_ITS_NUMBER}")
"""The head of a column of clauses: in a table of its own, and in one that stands below the name of the standard."""
_OTHER_HEAD = Expression(
    r"(?<![a-z])(?:old|former|previous|superseded|obsolete|legacy|our|this|manual|procedures?|sops?|documents?)(?![a-z])"
)
"""Says of a column that its numbers are those of the past, or of the company's own documents."""
_LEAD_WORD = Expression("[a-z]+")
_LEAD_WORDS = frozenset(
    "iso en bs e compliance conformity conformance mapping cross reference references matrix clause clauses requirement"
    " requirements traceability coverage status table overview checklist of to with for the and our system quality"
    " management qms meets covers complies follows by following".split()
)
"""What a heading or a line over a table of clauses says, and nothing else."""
_OTHER_STANDARD = Expression(
    r"(?<![a-z])(?:iso|iec|en|aami|astm|mdr|ivdr|cfr) ?(?:/ ?\w+ ?)?(?!13485)\d",
    needs=("iso", "iec", "en", "aami", "astm", "mdr", "ivdr", "cfr"),
)


def find(reading: Reading) -> Iterator[Candidate]:
    """Numbers of 2003 in sentences and in tables that name ISO 13485."""
    rule = reading.rules_of("citation").get("iso-2003")
    if rule is None:
        return
    clause_names = clause_names_of(reading.ruleset.tables)
    clauses = [clause for clause in clause_names.rows if reading.holds(clause)]
    if not clauses:
        return
    seen: set[int] = set()
    for found in (*_in_sentences(reading, clause_names, clauses), *_in_tables(reading, clause_names)):
        if found.start not in seen:
            seen.add(found.start)
            yield _candidate(reading, rule, found)


def _candidate(reading: Reading, rule: Rule, found: Found) -> Candidate:
    first, last = reading.folded.span(found.start, found.end)
    row = found.row
    current = ", ".join(row["current"])
    return Candidate(
        rule,
        first,
        last,
        (found.start, found.end),
        reading.message(
            rule,
            first,
            last,
            current=current,
            designation=row["clause"],
            section=row["clause"],
            heading=row["title"],
            today=row["same_number_now"],
        )
        + _moved(row),
        current,
        current if len(row["current"]) == 1 else None,
        basis=f"ISO 13485:2016 {current}" + confidence(row["confidence"]),
        certainty=least(found.certainty, rule.certainty),
        safety="unsafe",
    )


def _moved(row: Mapping[str, Any]) -> str:
    """That the number is one of 2003, whatever edition stands beside it, and what it stands for in that of 2016."""
    _, named, title = row["same_number_now"].partition(f"{row['clause']} ")
    today = f"; in the 2016 edition it is {title!r}" if named else ""
    return f" {row['clause']} is the clause's number of 2003{today}."


def _in_sentences(reading: Reading, clause_names: ClauseNames, clauses: Sequence[str]) -> Iterator[Found]:
    text = reading.text
    done = 0  # sentences that are too long overlap
    at = text.find("13485")
    while at >= 0:
        begin, finish = reading.sentences.around(at, at + 5)
        begin, finish = max(begin, done), _whole(reading, begin, finish)
        done = max(finish, done)
        if any(text.find(clause, begin, finish) >= 0 for clause in clauses):
            line = Line(clause_names, text, begin, finish)
            yield from line.found()
            if (token := line.alone()) and (found := _by_row(reading, clause_names, token)):
                yield found
        at = text.find("13485", at + 5)


def _whole(reading: Reading, begin: int, finish: int) -> int:
    """The end of a sentence that goes on behind "cl." or with the next clause of a list."""
    text = reading.text
    while finish - begin < _LONGEST and (
        (_ABBREVIATED.search(text, max(begin, finish - 8), finish) and text.startswith(" ", finish))
        or (text.startswith(";", finish - 1) and _NEXT_NUMBER.match(text, finish))
    ):
        finish = reading.sentences.around(finish + 1, finish + 1)[1]
    return finish


# --- Tables


def _in_tables(reading: Reading, clause_names: ClauseNames) -> Iterator[Found]:
    """Numbers in the columns of tables that have ISO 13485 for a head."""
    structure = reading.contexts.structure
    tables: dict[tuple[str, int], tuple[Block, set[int]]] = {}
    at = reading.text.find("13485")
    while at >= 0:
        head = reading.block_around(at)
        if head.place.table is not None:
            columns = _headed(reading, clause_names, head)
        else:
            head, columns = _led_in(reading, clause_names, head)
        if columns:
            tables.setdefault((head.place.part, head.place.table or 0), (head, set()))[1].update(columns)
        at = reading.text.find("13485", at + 5)
    for head, columns in tables.values():
        rows = structure.rows(head)
        below = [rows[row] for row in sorted(rows) if row > (head.place.row or 0)]
        yield from _in_table(reading, clause_names, below, columns)


def _led_in(reading: Reading, clause_names: ClauseNames, lead: Block) -> tuple[Block, set[int]]:
    """What stands below a heading or a line about ISO 13485 alone: the first cell of a table, its columns of clauses.

    There are no columns where it is no such line, or leads to no table.
    """
    text = _text(reading, lead)
    if len(text) > _CELL or not (lead.level or text.endswith(":")):
        return lead, set()
    if not _LEAD_WORDS.issuperset(_LEAD_WORD.findall(text)):
        return lead, set()
    if not all(token.kind == "iso" and token.value not in OLD for token in clause_names.read(text, 0, len(text))):
        return lead, set()
    number = reading.contexts.block(lead.start)[0]
    block = next(islice(reading.document.blocks, number + 1, None), None)
    if block is None or block.place.table is None or block.place.part != lead.place.part:
        return lead, set()
    heads = next(iter(reading.contexts.structure.rows(block).values()))
    return block, {
        cell.place.cell or 0 for cell in heads if _CLAUSE_COLUMN.fullmatch(_text(reading, cell).rstrip(" .:"))
    }


def _headed(reading: Reading, clause_names: ClauseNames, head: Block) -> set[int]:
    """The columns that a cell is the head of, where it says that they hold clauses of ISO 13485."""
    rows = reading.contexts.structure.rows(head)
    first, *others = islice(rows, 2)
    text = _text(reading, head)
    if len(text) > _HEAD or _OTHER_HEAD.search(text):
        return set()
    if not all(token.kind == "iso" and token.value not in OLD for token in clause_names.read(text, 0, len(text))):
        return set()
    titled = others if len(rows[first]) == 1 else []
    if titled and head.place.row == first:
        return {
            cell.place.cell or 0
            for cell in rows[titled[0]]
            if _CLAUSE_HEAD.fullmatch(_text(reading, cell).rstrip(" .:"))
        }
    return {head.place.cell or 0} if head.header_row or head.place.row in (first, *titled) else set()


def _in_table(
    reading: Reading, clause_names: ClauseNames, rows: Iterable[Sequence[Block]], columns: set[int]
) -> Iterator[Found]:
    """The numbers in some columns of a table's rows, and in others where the clause is named in the same row."""
    alone: list[tuple[Token, _Row]] = []
    numbers: set[str] = set()
    for cells in rows:
        if any(_OTHER_STANDARD.search(_text(reading, cell)) for cell in cells if cell.place.cell not in columns):
            continue
        own = [cell for cell in cells if cell.place.cell in columns and _NUMBERED.search(_text(reading, cell))]
        row = _Row(reading, clause_names, [cell for cell in cells if cell.place.cell not in columns])
        for cell in own:
            begin, finish = _range(reading, cell)
            line = Line(clause_names, reading.text, begin, min(finish, begin + _LONGEST), cell=True)
            yield from line.found()
            numbers.update(token.value for token in line.tokens if token.kind == "number")
            if (token := line.alone()) and sum(other.place.cell == cell.place.cell for other in own) == 1:
                alone.append((token, row))
    today = {clause for token, row in alone for clause in row.clauses_with(token.value)}
    for token, row in alone:
        found = row.found(token)
        # The table may have the clause with its number of today as well, or only name what its procedures are about.
        if (
            found
            and found.row["clause"] not in today
            and (found.certainty == "certain" or clause_names.new.isdisjoint(numbers))
        ):
            yield found


class _Row:
    """The cells that stand in a row beside the number of a clause."""

    def __init__(self, reading: Reading, clause_names: ClauseNames, cells: Sequence[Block]) -> None:
        self._reading = reading
        self._clause_names = clause_names
        self._cells = cells

    @cached_property
    def _texts(self) -> Sequence[str]:
        return [_text(self._reading, cell) for cell in self._cells]

    @cached_property
    def _names(self) -> Sequence[re.Match[str]]:
        """The cells that hold the name of a clause and nothing else, or of a procedure that has its name."""
        return [
            match for text in self._texts if len(text) < _CELL and (match := self._clause_names.cell.fullmatch(text))
        ]

    def clauses_with(self, number: str) -> set[str]:
        """The clauses, by their numbers of 2003, that are named in the row and have this number today."""
        return {
            row["clause"]
            for match in self._names
            for row in self._clause_names.named(match["name"])
            if number in row["current"]
        }

    def found(self, token: Token) -> Found | None:
        """The number, where the row names the clause that it stood for in 2003."""
        row = self._clause_names.rows.get(token.value)
        if row is None or token.value in self._clause_names.gone or self.clauses_with(token.value):
            return None
        named = [match for match in self._names if tells(self._clause_names.named(match["name"]), row)]
        if not named or any(means_today(row, text) for text in self._texts):
            return None
        titled = any(match["name"] == row["title"].lower() and match[0].startswith(match["name"]) for match in named)
        return Found(token.start, token.end, row, "certain" if titled else "likely")


def _by_row(reading: Reading, clause_names: ClauseNames, token: Token) -> Found | None:
    """What a number that stands alone in its cell with ISO 13485 is by the other cells of its row."""
    block = reading.block_around(token.start)
    if block.place.table is None:
        return None
    return _Row(reading, clause_names, reading.contexts.structure.row(block)).found(token)


def _range(reading: Reading, block: Block) -> tuple[int, int]:
    """Where a block stands in the folded text."""
    return reading.sentences.segment(reading.contexts.block(block.start)[0])


def _text(reading: Reading, block: Block) -> str:
    """The folded beginning of a block."""
    start, end = _range(reading, block)
    return reading.text[start : min(end, start + 2 * _CELL)].strip()
