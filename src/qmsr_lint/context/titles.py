"""Titles of other documents, behind their numbers, and names of products."""

import re

from qmsr_lint.context.changeorder import LONG_WORD
from qmsr_lint.context.structure import Structure
from qmsr_lint.expression import Expression
from qmsr_lint.match import Folded
from qmsr_lint.model import Block, Document
from qmsr_lint.wording import FUNCTION_WORDS

_NAMES = 200  # different names that a document gives an acronym: beyond, they are no names of products
_OWN_TITLE = 3  # the blocks that a document's own number and title stand in
TITLE_BLOCKS = 12  # a title page holds no more before the date and the number
_QUOTED_TITLE = Expression('\\d["\']?,? ?["\u201c](?:[A-Z][\\w-]* ){0,4}$', needs=('"', "\u201c"))
"""Stands before an acronym in a title in quotation marks, behind the number of its document."""
_GOES_ON_AS_TITLE = Expression(
    r"(?: (?:and|of|for|&|[A-Z][a-z]+))* [A-Z][a-z]{2,}| \([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){1,6}\)",
    begins=(" ",),
)
"""Stands behind an acronym that a title begins with."""
_OPENS_SHORT_FORM = Expression(r" ?[(\[][\"'\u201c]?$", needs=("(", "["))
"""Stands between a title and its short form in brackets: "SOP-4 Device Master Record (DMR)"."""
_NUMBER_CELL = Expression(
    r"(?!(?:CFR|ISO|IEC|EN|AAMI|FDA|USC|MDD|MDR)(?![A-Z]))"
    r"[A-Z]{2,8}(?:[-_. ]?[A-Z]{1,8}){0,2}[-_. ]?\d{2,6}(?:[-_.]\w{1,8}){0,2}"
)
"""The number of a document, alone in its cell."""
_TITLE_WORD = r"(?:[A-Z&(][\w&()'\u2019/-]*|and|for|of|the|to|in|a|an|-|\u2013)"
_NUMBERED_TITLE = Expression(
    # Each repetition begins with a separator: capitals or underscores in a row must not be divided in every way.
    r"(?<![\w-])(?!(?:CFR|ISO|IEC|EN|AAMI|FDA|USC|MDD|MDR)(?![A-Z]))"
    r"[A-Z]{1,12}(?:[-_. \u2010\u2011\u2013][A-Z]{1,12})*[-_ \u2010\u2011\u2013]?\d{2,}"
    r"(?:[-_.\u2010\u2011][\w.\u2010\u2011-]*\w)?[\"']?,?(?: ?[:\u2013\u2014|-])?[ \t\"'\u201c]+"
    rf"{_TITLE_WORD}(?: {_TITLE_WORD})*$",
    needs=tuple("0123456789"),
)
_ARTICLE = Expression(r"(?<![a-z])(?:the|an?|each|this|that|every|our|its|any)\s$", re.IGNORECASE)
_NO_NAMES = frozenset(
    "project product device design approved complete completed final master electronic new original current draft"
    " applicable company program software system lot batch released closed open update review create maintain close"
    " index template each every full medtech medical inc ltd llc corp corporation gmbh company technologies health"
    " healthcare biomedical diagnostics therapeutics surgical labs laboratories pharma sciences dental supplier sterile"
    " unit kit site plant an any some no both those these our its his her per without but if is see file store keep"
    " sign archive check audit approve".split()
)
"""Words that qualify a record and make no product's name of it, however often they stand before it."""


class Titles:
    """The titles of other documents in one document."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.document = structure.document

    def holds(self, start: int, end: int, number: int) -> bool:
        """Whether a range of the document stands in a title behind a document number, and not in its own title."""
        block = self.document.blocks[number]
        if block.level or block.place.part in ("header", "footer", "property"):
            return False
        text = self.document.text
        if not text[start : start + 1].isupper():
            return False
        if number >= TITLE_BLOCKS and self._is_cell(block):
            return True
        first = max(block.start, start - 120)
        acronym = text[start:end].rstrip("s").isupper()
        opened = _OPENS_SHORT_FORM.search(text, first, start) if acronym else None
        closed = text[end : end + 2].lstrip("\"'\u201d")[:1] in (")", "]")
        if opened and closed and self._ends(first, opened.start(), number):
            return True  # a part of the title before the brackets
        if (
            acronym
            and not _QUOTED_TITLE.search(text, first, start)
            and not _GOES_ON_AS_TITLE.match(text, end, block.end)
        ):
            return False  # an acronym begins a sentence as well
        return self._ends(first, end, number)

    def _ends(self, first: int, end: int, number: int) -> bool:
        """Whether a title behind a document number ends at an offset, and is not the document's own."""
        text = self.document.text
        if not any(map(str.isdigit, text[first:end])):
            return False
        match = _NUMBERED_TITLE.search(text, first, end)
        return match is not None and not (number < _OWN_TITLE and match.start() == self.document.blocks[number].start)

    def _is_cell(self, block: Block) -> bool:
        """Whether a cell stands behind the number of a document in its row: "SOP-029", "DHR Review and Approval"."""
        if block.place.table is None:
            return False
        text = self.document.text
        if not all(word[0].isupper() for word in LONG_WORD.findall(text[block.start : block.end])):
            return False
        before = [cell for cell in self.structure.row(block) if (cell.place.cell or 0) == (block.place.cell or 0) - 1]
        return any(_NUMBER_CELL.fullmatch(text[cell.start : cell.end].strip()) for cell in before)


class Products:
    """The names of products that an acronym is part of in one document."""

    def __init__(self, document: Document, folded: Folded) -> None:
        self.document = document
        self.folded = folded
        self._names: dict[str, bool] = {}

    def name(self, start: int, end: int) -> str | None:
        """The product's name an acronym is part of, as in "Pocket DHF".

        A proper name is always capitalised and takes no article; three places without exception make one.
        """
        text = self.document.text
        acronym = text[start:end]
        before = re.search(r"([A-Z][a-z]+) $", text[max(0, start - 24) : start])
        if before is None or not acronym.isalpha() or not acronym.isupper():
            return None
        word = before[1].lower()
        if word in _NO_NAMES or word in FUNCTION_WORDS:
            return None
        name = f"{before[1]} {acronym}"
        if name not in self._names:
            if len(self._names) >= _NAMES:
                return None
            letters = re.escape(name)
            places = [match.start() for match in re.finditer(rf"{letters}(?<!\w{letters})(?!\w)", text)]
            articled = any(_ARTICLE.search(text[max(0, place - 8) : place]) for place in places)
            common = word in self.folded.text and re.search(rf"{word}(?<!\w{word})(?!\w)", text)
            self._names[name] = len(places) > 2 and not articled and not common
        return name if self._names[name] else None
