"""The labels of change orders: "DELETE: … ADD: …", "Was: … Is: …". What one takes out is no longer said."""

import re

from qmsr_lint.context import became, cues, mapping
from qmsr_lint.context.structure import Structure
from qmsr_lint.expression import Expression

_REACH = 1500
"""How much of a block is looked at, in characters."""
_LINE = 160
"""Characters of a line that says one thing."""
_PLAIN = frozenset({"WAS", "IS", "OLD", "NEW"})
"""Labels that stand elsewhere as well: the words of today must stand behind the second."""
LONG_WORD = Expression(r"[^\W\d_]{4,}")


class ChangeOrders:
    """The labels of change orders in one document, looked for where they are asked about."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.document = structure.document

    def take_out(self, start: int, words: str, current: str | None, family: str) -> bool:
        """Whether a word stands behind "DELETE:" in a change order, beside "ADD:" with what takes its place."""
        index, block = self.structure.block(start)
        blocks, text = self.document.blocks, self.document.text
        first = index
        label = self._last_label(block.start, start)
        if label is None and index and (above := self._label_of(index - 1)) and above.end() == blocks[index - 1].end:
            label, first = above, index - 1  # a line of its own
        if label is None or label["out"] is None:
            return False
        end = min(block.end, start + _REACH)
        behind = cues.CHANGE_ORDER.search(text, start, end)
        out = text[label.end() : behind.start() if behind else end]
        if behind is None and index + 1 < len(blocks):
            behind = self._label_of(index + 1)
        before = self._last_label(blocks[first].start, label.start()) or (self._label_of(first - 1) if first else None)
        for put in (behind, before):
            if put is None or put["put"] is None or (label["out"] == "FIND" and put["put"] in ("ADD", "INSERT")):
                continue
            if label["out"].upper() in _PLAIN and (put is before or put["put"].upper() not in _PLAIN):
                continue
            added = self._behind_label(put, label.start() if put is before else len(text))
            if _takes_the_place(out, put["put"], added) and not mapping.disagrees_in_row(
                [added], words, current, family
            ):
                return True
        return False

    def _behind_label(self, label: re.Match[str], end: int) -> str:
        """What stands behind a label of a change order, or below one on a line of its own, in small letters."""
        index, block = self.structure.block(label.start())
        start, last = label.end(), block.end
        if start == last and index + 1 < len(self.document.blocks):
            block = self.document.blocks[index + 1]
            start, last = block.start, block.end
        return " ".join(self.document.text[start : min(last, end, start + _REACH)].lower().split())

    def label_of(self, start: int) -> re.Match[str] | None:
        """The label of a change order that governs the text at an offset: in its block, or on a line above it."""
        index, block = self.structure.block(start)
        label = self._last_label(block.start, start)
        if label is None and index and (above := self._label_of(index - 1)):
            return above if above.end() == self.document.blocks[index - 1].end else None
        return label

    def _last_label(self, start: int, end: int) -> re.Match[str] | None:
        """The last label of a change order before an offset of the block that begins at `start`."""
        *_, last = [None, *cues.CHANGE_ORDER.finditer(self.document.text, max(start, end - _REACH), end)]
        return last

    def _label_of(self, number: int) -> re.Match[str] | None:
        """The label of a change order that a block begins with."""
        block = self.document.blocks[number]
        text = self.document.text
        label = cues.CHANGE_ORDER.search(text, block.start, min(block.end, block.start + _LINE))
        return label if label and len(text[block.start : label.start()].split()) < 2 else None


def _takes_the_place(out: str, label: str, added: str) -> bool:
    """Whether what a change order puts in takes the place of what it takes out, and is no other instruction."""
    if label.startswith("REPLACE") or became.CURRENT.search(added) or became.CLAUSE.fullmatch(added):
        return True
    if label.upper() in _PLAIN:
        return False
    return len({*LONG_WORD.findall(out.lower())} & {*LONG_WORD.findall(added)}) > 1
