"""Which block quotes are quotations: a ">" of Markdown may also be what became of an indented paragraph of Word.

Pandoc writes indented paragraphs as block quotes, and whole procedures have come out so. In a document with several of
them such a block is a quotation only where something says so: who introduces it, the source behind it, quotation marks,
or the wording of the regulation; so is one that begins with a label of its own ("Scope:"). A Word document says it by
the style of the paragraph, which is believed.
"""

from collections.abc import Sequence
from functools import cached_property

from qmsr_lint import cues
from qmsr_lint.model import Block
from qmsr_lint.structure import Structure

# What is looked at around a place is bounded, so that the cost of a document grows only with its length.
_LEAD = 300  # characters of an introduction, from its end
_REACH = 12  # blocks that one introduction or one source is taken to speak of
_COPY = 4  # one block in so many has the regulation's wording where all of them are its text,
_COPIES = 3  # and there are so many of them
_SENTENCE = 6  # words of a block that is no mere title
_LAYOUT = 4  # so many block quotes that nothing calls quotations are indented paragraphs


class Quotations:
    """The block quotes of one document, and which of them are quotations."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.blocks: Sequence[Block] = structure.document.blocks

    def holds(self, number: int) -> bool:
        """Whether the block of a number is set off as a quotation, and is one."""
        if not self.blocks[number].quoted or cues.CALLOUT.match(self._words(number)):
            return False  # what begins with "Note:" is the document's own
        if self.structure.document.format != "markdown" or number in self._quoted:
            return True
        own = cues.LABELLED.match(self._words(number)) or cues.LISTING_HEADING.search(
            (self.blocks[number].place.section or "").lower()
        )
        return not (own or self._are_indented or (number + 1 < len(self.blocks) and self._introduces(number)))

    @cached_property
    def _are_indented(self) -> bool:
        """Whether the block quotes that nothing calls quotations are indented paragraphs: there are several."""
        bare = sum(block.quoted and number not in self._quoted for number, block in enumerate(self.blocks))
        return bare >= _LAYOUT

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """The numbers of the blocks that are quotations, not the document's own words."""
        found: set[int] = set()
        first = 0
        while first < len(self.blocks):
            last = first
            while last < len(self.blocks) and self.blocks[last].quoted:
                last += 1
            if last > first:
                found.update(self._quoted_of(range(first, last)))
            first = max(last, first + 1)
        return frozenset(found)

    def _quoted_of(self, run: range) -> set[int]:
        """Which blocks of a block quote are quotations."""
        copied = [number for number in run if cues.REGULATION_WORDING.search(self._words(number))]
        if len(copied) >= _COPIES and len(copied) * _COPY >= len(run):
            return set(run)
        found = {number for number in run if cues.IN_QUOTATION_MARKS.match(self._words(number))}
        found.update(copied)
        if run.start and self._introduces(run.start - 1):
            found.update(run[:_REACH])
        for number in run:
            if number + 1 < run.stop and self._introduces(number):
                found.add(number + 1)
            if cues.ATTRIBUTED.search(self._end(number)):
                found.update(range(max(run.start, number - _REACH + 1), number + 1))
        if run.stop < len(self.blocks) and cues.ATTRIBUTION.fullmatch(self._words(run.stop)):
            found.update(run[-_REACH:])
        for number in run[1:]:  # the paragraphs of the regulation follow one another
            if number - 1 in found and cues.LETTERED.match(self._words(number)):
                found.add(number)
        return found

    def _introduces(self, number: int) -> bool:
        """Whether the words of a block say that a quotation follows."""
        words = self._end(number)
        if cues.ONLY_CITED.fullmatch(words):
            quoted = self._words(number + 1)
            return quoted.endswith((".", ";", ":")) and len(quoted.split()) >= _SENTENCE
        if self.blocks[number].level:
            return cues.QUOTING_HEADING.fullmatch(words) is not None
        return cues.INTRODUCTION.search(words) is not None

    def _words(self, number: int) -> str:
        return self.structure.words(self.blocks[number])

    def _end(self, number: int) -> str:
        """The last words of a block, in small letters with plain spaces."""
        block = self.blocks[number]
        return " ".join(self.structure.document.text[max(block.start, block.end - _LEAD) : block.end].lower().split())
