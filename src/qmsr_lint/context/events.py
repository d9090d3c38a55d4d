"""Lines and rows that tell of an event with its date: timelines, logs and records of the time before the QMSR."""

from qmsr_lint.context import cues, past
from qmsr_lint.context.sentences import Sentences
from qmsr_lint.context.structure import Structure
from qmsr_lint.expression import SHORT_MONTHS, Expression, needed
from qmsr_lint.model import Block

_BEGINS_A_DATE = ("in ", *SHORT_MONTHS)
_RECORDED = 600  # characters of a line that records one event
_LABELS_ABOVE = 3  # lines above one that may give its date
_TIMELINE = 3  # lines with dates in order, at least
_YEAR_CELL = Expression(rf"(?:in |c\. ?)?({cues.ANY_YEAR})[:.]?")
_YEAR_HEAD = Expression("years?|dates?|year ?/ ?date|when", needs=needed("year|date|when"))
"""The first cell of a row of a timeline, and the head above it."""
_RULE_HEAD = Expression(
    "requirement|rule|plan|polic|procedure|instruction|task|scope",
    needs=needed("requirement|rule|plan|polic|procedure|instruction|task|scope"),
)
"""The head of a column that holds no events."""
_LINE_DATE = Expression(rf"(?:in )?({cues.DATE})(?: ?[:|] | [\u2013\u2014-] )", needs=cues.IN_YEARS, within=50)
"""Begins a line of a timeline: "2014: ...", "March 2018 - ..."."""
_TIMELINE_EVENT = Expression(
    r"(?<![a-z])(?:founded|established|certifi[a-z]{2,7}|inspect(?:ion|ed)|audit(?:ed)?|publish(?:es|ed)|issue[sd]"
    r"|replace[sd]|takes? (?:effect|the place)|took|introduce[sd]|adopt(?:s|ed)|built|revise[sd]|amend(?:s|ed)|opened"
    r"|483|warning letter|recall|moved|clearance|iso 13485)(?![a-z])"
)
"""What happened at a date."""
_EVENT_DATE_HEAD = Expression(
    r"(?:(?:audit|finding|observation|event|inspection|training|occurrence|nc|incident|detection) )?(?:date|when|year)"
    r"(?: (?:of|found|raised|opened|observed|recorded|detected|completed|trained|held)(?: .{1,30})?)?",
    needs=needed("date|when|year"),
)
_EVENT_HEAD = Expression(
    r"(?<![a-z])(?:findings?|observations?|non-?conform[a-z]*|deficienc[a-z]*|defects?|deviations?|events?|incidents?"
    r"|trainees?|attendees?|ncs?|ncrs?)(?![a-z])"
)
"""The heads of a log: when, and what was found."""
_LIST_HEAD = Expression(
    r"(?<![a-z])(?:documents?|references?|titles?|standards?|regulations?|sops?|procedures?|revisions?|rev"
    r"|versions?|types?|guidances?|editions?|policies|policy)(?![a-z])"
)
"""The head of a list of documents, whose dates are theirs."""


class Events:
    """What stands in a line or a row of an event in one document."""

    def __init__(self, structure: Structure, sentences: Sentences) -> None:
        self.structure = structure
        self.blocks = structure.document.blocks
        self.sentences = sentences

    def in_timeline(self, block: Block) -> bool:
        """Whether a cell stands in a row that begins with a year before 2026, and nothing else: "1997", "In 1997"."""
        if block.place.table is None:
            return False
        first, *others = self.structure.rows(block)[block.place.row or 0]
        year = _YEAR_CELL.fullmatch(self.structure.words(first)) if others else None
        if year is None or not past.is_before(year[1]):
            return False
        words = self.structure.words(block)
        if any(_RULE_HEAD.search(self.structure.words(head)) for head in self.structure.head(block)):
            return False
        return not (cues.OBLIGING.search(words) or cues.PRESENT.search(words)) and any(
            _YEAR_HEAD.fullmatch(self.structure.words(head)) for head in self.structure.head(first)
        )

    def in_line_of_timeline(self, number: int, sentence: tuple[int, int]) -> bool:
        """Whether a line that tells of an event begins with a date, among others that do, all past and in order."""
        if self._date_of_line(number) is None or sentence[0] != self.sentences.segment(number)[0]:
            return False
        words = self.sentences.text[slice(*sentence)]
        if not _TIMELINE_EVENT.search(words) or cues.PRESCRIBES.search(words) or cues.PRESENT.search(words):
            return False
        for first in range(number - _TIMELINE + 1, number + 1):
            dates = [self._date_of_line(line) for line in range(first, first + _TIMELINE)]
            told = [date for date in dates if date and past.is_before(date)]
            if len(told) == _TIMELINE and past.are_in_order(told):
                return True
        return False

    def in_record_of_then(self, number: int, sentence: tuple[int, int], *, of_record: bool) -> bool:
        """Whether a line records what was found at an event before the QMSR, by its own date or one right above it.

        The date above it says nothing in a document that is itself the record of an event, `of_record`.
        """
        block = self.blocks[number]
        if block.place.part != "body" or block.level:
            return False
        if block.place.table is not None:
            return self._in_row_of_log(number, block)
        first = self.sentences.segment(number)[0]
        line = self.sentences.text[first : min(sentence[1], first + _RECORDED)]
        if past.is_dated_record(line):
            return past.has_no_later_date(self.structure.words(block))
        words = self.sentences.text[slice(*sentence)]
        heading = next(iter(self.structure.headings_above(number)), "")
        found = past.tells_what_was_found(words)
        if past.heads_a_dated_record(heading) and (found or past.tells_of_what_was(words)):
            return True
        if not found:
            return False
        if first < sentence[0] and past.dates_an_event(line, bare=False):
            return True
        above = self.blocks[max(0, number - _LABELS_ABOVE) : number]
        if of_record:
            return False
        bare = past.heads_a_record(heading)
        return any(
            not each.level and each.place.table is None and past.dates_an_event(self.structure.words(each), bare=bare)
            for each in above
        )

    def _in_row_of_log(self, number: int, block: Block) -> bool:
        """Whether a cell stands in a row of a log of findings whose dates all lie before the QMSR."""
        words = self.structure.words
        cells = [cell for cell in self.structure.row(block) if past.is_date(words(cell))]
        if not cells or not all(past.is_before(words(cell)) for cell in cells) or cues.OBLIGING.search(words(block)):
            return False
        dated = [words(head) for cell in cells for head in self.structure.head(cell)]
        if not dated or not all(map(_EVENT_DATE_HEAD.fullmatch, dated)):
            return False
        heads = [words(head) for cell in (block, *self.structure.row(block)) for head in self.structure.head(cell)]
        if any(map(_LIST_HEAD.search, heads)):
            return False
        above = next(iter(self.structure.headings_above(number)), "")
        return any(map(_EVENT_HEAD.search, heads)) or past.heads_a_record(above)

    def _date_of_line(self, number: int) -> str | None:
        """The date with which a line of the body begins, behind which its text stands apart."""
        if not 0 <= number < len(self.blocks):
            return None
        block = self.blocks[number]
        if block.kind not in ("paragraph", "item") or block.place.part != "body":
            return None
        words = self.structure.words(block)
        found = _LINE_DATE.match(words) if words[:1].isdigit() or words.startswith(_BEGINS_A_DATE) else None
        return found[1] if found else None
