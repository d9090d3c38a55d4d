"""One document read with one set of rules: what the finders share, and what they hand on."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from qmsr_lint.context.judge import Contexts, Judgement
from qmsr_lint.expression import Expression
from qmsr_lint.lexicon import Entry
from qmsr_lint.match import RAISED, fold, is_word_character
from qmsr_lint.model import CERTAINTIES, Block, Certainty, Document, Safety, Severity
from qmsr_lint.pack import Rule
from qmsr_lint.rules import RuleSet
from qmsr_lint.sense import Senses

_REGULATION = Expression(
    r"fda|cfr|(?<![a-z])qm?sr?(?![a-z])|13485|part 820|regulat|quality system|subpart|medical device"
)
_MEASURE = Expression(r"(?<![\d.,])(?!820)\d{3}\.\d{1,3}(?![\d.])")
_FIGURE = Expression(r"[\d*\u2020\u2021\u00a7#,; \u2013-]{1,16}\)?")
"""What the figures of notes look like; other text that is shown above the line is text."""
_LETTER = Expression("[a-z]|tm|sm|st|nd|rd|th", re.IGNORECASE)
"""What may be raised behind a word as well."""
_NEARBY = 600
"""How far words around a finding may decide what it means, in characters to each side."""


_FIELD = re.compile(r"\{(\w+)\}")


class Candidate(NamedTuple):
    """A finding in the making, with its range in the document and, as `folded`, in the folded text.

    `edit` is what a fix would write, `safety` how far it can be trusted. `judgement` is the context where it is known
    already; `silenced` is the reason why the words mean something else here; `cited` is the designation that a citation
    names, such as "820.30(j)".
    """

    rule: Rule
    start: int
    end: int
    folded: tuple[int, int]
    message: str
    replacement: str | None = None
    edit: str | None = None
    alternatives: tuple[str, ...] = ()
    basis: str = ""
    severity: Severity | None = None
    certainty: Certainty = "certain"
    safety: Safety = "none"
    judgement: Judgement | None = None
    silenced: str | None = None
    cited: str = ""

    def doubted(self) -> "Candidate":
        """The candidate with a fix that is made only on request, where it was trusted."""
        return self._replace(safety="unsafe") if self.safety == "safe" else self

    def left(self, why: str) -> "Candidate":
        """The candidate left to a person: without a fix, and with the reason behind its message."""
        return self._replace(edit=None, safety="none", message=self.message + why)


class Reading:
    """A document, its folded text, and what is worked out of them once."""

    def __init__(self, document: Document, ruleset: RuleSet) -> None:
        self.document = document
        self.ruleset = ruleset
        self.folded = fold(_without_figures(document))
        self.contexts = Contexts(document, self.folded, ruleset.own_words)
        self.sentences = self.contexts.sentences
        self.senses = Senses(document, self.folded._replace(text=self.own_text))

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @property
    def own_text(self) -> str:
        """The same with blanks for the comments that this tool left: what the document itself says."""
        return self.contexts.own_text

    @cached_property
    def spaced(self) -> str:
        """The folded text with spaces for hyphens, as literals are looked for."""
        return self.text.replace("-", " ")

    @cached_property
    def words(self) -> frozenset[str]:
        """What stands between two spaces anywhere in the text, with the punctuation at it."""
        return frozenset(self.spaced.split())

    def holds(self, letters: str) -> bool:
        """Whether `letters`, which have no space or hyphen, stand anywhere in the text."""
        return self.held[letters]

    @cached_property
    def held(self) -> Mapping[str, bool]:
        """The same as a mapping, for those who ask often."""
        return _Held(self.words)

    @cached_property
    def hits(self) -> Sequence[tuple[int, int, Entry, bool]]:
        """Every literal of the lexicon at the beginning of a word: folded range, entry, and whether the word ends."""
        text = self.text
        last = len(text)
        entries = self.ruleset.lexicon.entries
        return [
            (start, end, entries[literal], end >= last or not is_word_character(text[end]) or text[end - 1] == ".")
            for literal, start, end in self.ruleset.lexicon.scanner.scan(self.spaced)
        ]

    def block(self, start: int) -> Block:
        """The block that holds an offset of the document."""
        return self.contexts.block(start)[1]

    def block_around(self, folded: int) -> Block:
        """The block that holds an offset of the folded text."""
        return self.block(self.folded.origin(folded))

    def sentence(self, start: int, end: int) -> str:
        """The folded sentence around a range of the folded text."""
        begin, finish = self.sentences.around(start, end)
        return self.text[begin:finish]

    def nearby(self, start: int, end: int) -> str:
        """The folded text around a range of the folded text, within its block."""
        first, last = self.sentences.segment_around(start)
        return self.text[max(first, start - _NEARBY) : min(last, end + _NEARBY)]

    def row(self, start: int) -> str:
        """The folded beginnings of the other cells in the row of an offset of the folded text; "" outside tables."""
        block = self.block_around(start)
        if block.place.table is None:
            return ""
        structure = self.contexts.structure
        return " ".join(structure.words(cell) for cell in structure.row(block))

    @cached_property
    def names_regulation(self) -> bool:
        """Whether the text names a regulation, a standard or an authority of devices anywhere."""
        return _REGULATION.search(self.own_text) is not None

    @cached_property
    def holds_measures(self) -> bool:
        """Whether the text holds numbers other than 820.x that have the shape of one."""
        return _MEASURE.search(self.text) is not None

    def shown_in_capitals(self, start: int, end: int) -> bool:
        """Whether a range of the document was typed in small letters and is formatted as capitals."""
        at = bisect_right(self._capitals, (start, len(self.document.text))) - 1
        return at >= 0 and end <= self._capitals[at][1]

    def holds_figure(self, start: int, end: int) -> bool:
        """Whether the raised figure of a note stands in a range of the document: new words would take it along."""
        at = bisect_right(self._figures, (start, end))
        if at < len(self._figures) and self._figures[at][0] < end:
            return True
        return not self.document.text[start:end].isascii() and any(map(self.document.text[start:end].count, RAISED))

    @cached_property
    def _figures(self) -> list[tuple[int, int]]:
        return sorted((mark.start, mark.end) for mark in self.document.marks if mark.kind == "raised")

    @cached_property
    def _capitals(self) -> list[tuple[int, int]]:
        """The ranges that are shown in capitals; those that overlap or touch are one."""
        ranges: list[tuple[int, int]] = []
        for mark in sorted(mark for mark in self.document.marks if mark.kind == "caps"):
            if ranges and mark.start <= ranges[-1][1]:
                ranges[-1] = ranges[-1][0], max(ranges[-1][1], mark.end)
            else:
                ranges.append((mark.start, mark.end))
        return ranges

    def is_directive(self, block: Block) -> bool:
        """Whether a block is a suppression in a Word comment, whose own words are not findings."""
        if block.place.part != "comment":
            return False
        from qmsr_lint.suppress import is_written_to_us

        return is_written_to_us(self.document.text, block.start)

    def is_link_to(self, address: Expression, start: int) -> bool:
        """Whether an offset of the folded text stands in the text of a link whose address an expression finds."""
        at = self.folded.origin(start)
        number = bisect_right(self._links, (at, len(self.document.text), "")) - 1
        return number >= 0 and at < self._links[number][1] and address.search(self._links[number][2]) is not None

    @cached_property
    def _links(self) -> Sequence[tuple[int, int, str]]:
        return sorted((mark.start, mark.end, mark.value) for mark in self.document.marks if mark.kind == "link")

    def message(self, rule: Rule, start: int, end: int, **fields: str) -> str:
        """The message of a rule for a range of the document; {current} defaults to the rule's own."""
        return fill(
            rule.message,
            {"current": rule.current or "", "text": " ".join(self.document.text[start:end].split()), **fields},
        )

    def rules_of(self, kind: str) -> dict[str | None, Rule]:
        """The rules of a kind by what they are `of`."""
        return {rule.of: rule for rule in self.ruleset.rules.values() if rule.kind == kind}


def _without_figures(document: Document) -> str:
    """The text with blanks for the raised figures of notes: "DMR" with a small 1 behind it is still one."""
    text = document.text
    pieces: list[str] = []
    at = 0
    for mark in document.marks:
        if mark.kind != "raised" or mark.start < at:
            continue
        before, behind = text[max(0, mark.start - 1) : mark.start], text[mark.end : mark.end + 1]
        if (_FIGURE.fullmatch(text, mark.start, mark.end) and before != ".") or (
            _LETTER.fullmatch(text, mark.start, mark.end) and before.isalpha() and not behind.isalpha()
        ):
            pieces += text[at : mark.start], " " * (mark.end - mark.start)
            at = mark.end
    return "".join([*pieces, text[at:]]) if pieces else text


class _Held(dict[str, bool]):
    """Whether some letters stand in any of a document's words: each is looked for once, and in each word once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = " ".join(words)

    def __missing__(self, letters: str) -> bool:
        self[letters] = found = letters in self._words
        return found


def fill(message: str, fields: Mapping[str, str]) -> str:
    """The message with its fields, such as {text}; one that a pack misspells stays visible.

    Not `str.format`, whose fields reach into objects and make texts of any width: a pack is not to be trusted so far.
    """
    return _FIELD.sub(lambda found: fields.get(found[1], found[0]), message)


def basis_of(rule: Rule) -> str:
    """The basis of a rule, with its confidence where that is not high."""
    return rule.basis + confidence(rule.confidence)


def confidence(level: str) -> str:
    """What a basis says of a confidence that is not high."""
    return "" if level == "high" else f"; confidence {level}"


def least(one: Certainty, other: Certainty) -> Certainty:
    """The smaller of two certainties."""
    return max(one, other, key=CERTAINTIES.index)
