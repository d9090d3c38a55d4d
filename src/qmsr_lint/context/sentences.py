"""Where the sentences and the blocks of a document stand in its folded text."""

import re
from bisect import bisect_right
from functools import cached_property

from qmsr_lint import sentence
from qmsr_lint.model import BLOCK_SEPARATOR

_REACH = 600
"""What is looked at around a place is bounded, in characters, so that the cost of a document grows with its length."""
_BETWEEN = " " + BLOCK_SEPARATOR
"""What stands between two sentences."""


class Sentences:
    """The ranges of the sentences and blocks of one folded text, worked out as they are asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends: dict[int, list[int]] = {}  # by the number of the block
        self._at: dict[int, tuple[int, int]] = {}  # by the offset; each is asked for a dozen times

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a range, within its block and no longer than a person would read."""
        first, last = self.at(start)
        return max(first, start - _REACH), min(last, end + _REACH)

    def at(self, start: int) -> tuple[int, int]:
        """The sentence around an offset; the block, between two sentences and behind the last."""
        if (found := self._at.get(start)) is None:
            found = self._at[start] = self._found(start)
        return found

    def _found(self, start: int) -> tuple[int, int]:
        text, number = self.text, self.segment_at(start)
        first, last = self.segment(number)
        if (ends := self._ends.get(number)) is None:
            ends = self._ends[number] = sentence.ends(text, first, last)
        at = bisect_right(ends, start)
        begin = ends[at - 1] if at else first
        while begin < min(start, len(text)) and text[begin] in _BETWEEN:
            begin += 1
        if text[begin : start + 1] in _BETWEEN:
            return first, last
        return begin, ends[at] if at < len(ends) else last

    @cached_property
    def _separators(self) -> list[int]:
        return [match.start() for match in re.finditer(BLOCK_SEPARATOR, self.text)]

    def segment(self, number: int) -> tuple[int, int]:
        """The range of a block by its number."""
        ends = self._separators
        start = ends[number - 1] + 1 if number else 0
        return start, ends[number] if number < len(ends) else len(self.text)

    def segment_at(self, offset: int) -> int:
        """The number of the block that holds an offset."""
        return bisect_right(self._separators, offset - 1)

    def segment_around(self, offset: int) -> tuple[int, int]:
        """The range of the block that holds an offset."""
        return self.segment(self.segment_at(offset))
