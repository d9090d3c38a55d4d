"""Suppressions written into a document, and what is wrong with them.

In Markdown an HTML comment, in Word a comment anchored on the text:

    <!-- qmsr-lint: ignore term-dhf reason="the record's own title" until=2027-06-30 by="A. Jones" -->

`ignore` covers the text a Word comment is anchored on, or the block a Markdown comment stands in or before;
`ignore-line`, `ignore-block`, `ignore-section` (the rest of it) and `ignore-file` say how far it reaches. A Word
bookmark whose name begins with `qmsr_ignore_` covers its own range; its name is the reason.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from qmsr_lint.expression import Expression
from qmsr_lint.model import AS_TYPED, TOOL, Block, Document, Finding, Mark, Suppression
from qmsr_lint.pack import matches_selector

BOOKMARK = "qmsr_ignore_"
_DIRECTIVE = Expression(
    rf"{TOOL}:\s*(ignore(?:[-\u2010\u2011](line|block|section|file))?)(?![\w-])([^\n]*(?:\n[^\n]*)*)$",
    re.IGNORECASE,
)
_ADDRESS = Expression(rf"{TOOL}(?::|\s{{1,9}}ignore(?![a-z]))", re.IGNORECASE)
_ATTRIBUTE = Expression(r"(?<!\w)(\w+)\s*=\s*(?:\"([^\"]*)\"|\u201c([^\u201d]*)\u201d|'([^']*)'|(\S+))")
_TYPE = Expression(rf"{TOOL}:\s*type\s", re.IGNORECASE)
"""Says what type of procedure the document is: `documents.doctypes` reads it."""
_DATE = Expression(r"\d{4}-\d\d-\d\d")

Fault = Literal["incomplete", "expired", "unused"]


class Directive(NamedTuple):
    """One suppression in a document: the rules it names, the range it covers, and where it stands.

    `fault` tells why it is not in force, None when it is; `problem` says what is wrong in words.
    """

    rules: tuple[str, ...]
    start: int
    end: int
    at: Mark
    reason: str
    fault: Fault | None = None
    problem: str = ""


def is_to_us(mark: Mark) -> bool:
    """Whether a mark is a comment that is written for this tool, rightly or not."""
    return mark.kind == "comment" and _ADDRESS.search(mark.value) is not None


def is_written_to_us(text: str, start: int) -> bool:
    """Whether a comment for this tool begins at an offset of a text."""
    return _ADDRESS.match(text, start) is not None


def directives(document: Document, today: str) -> Iterator[Directive]:
    """The suppressions of a document in the order of its text. `today` is a date as YYYY-MM-DD."""
    outline: _Outline | None = None
    for mark in document.marks:
        if mark.kind == "bookmark" and mark.value.startswith(BOOKMARK):
            yield Directive((), mark.start, mark.end, mark, f"bookmark {mark.value}")
        elif is_to_us(mark) and not _TYPE.match(mark.value.lstrip()):
            outline = outline or _outline(document)
            yield _directive(document, outline, mark, today)


class _Outline(NamedTuple):
    """Where the blocks of a document end, and where the section of each block ends."""

    ends: list[int]
    sections: list[int]


def _outline(document: Document) -> _Outline:
    sections: list[int] = []
    following: list[Block] = []  # the headings further down, each of a higher level than the one after it
    last = len(document.blocks)
    for number in range(last - 1, -1, -1):
        block = document.blocks[number]
        if block.level:
            while following and following[-1].level > block.level:
                following.pop()
            end = following[-1].start if following else len(document.text)
            sections += [end] * (last - number)
            following.append(block)
            last = number
    sections += [len(document.text)] * last
    return _Outline([block.end for block in document.blocks], sections[::-1])


def _directive(document: Document, outline: _Outline, mark: Mark, today: str) -> Directive:
    match = _DIRECTIVE.match(mark.value.lstrip())
    if match is None:
        return Directive((), 0, 0, mark, "", "incomplete", "it is not written as 'qmsr-lint: ignore RULE reason=\"…\"'")
    attributes = {
        found[1].lower(): next(value for value in found.groups()[1:] if value is not None)
        for found in _ATTRIBUTE.finditer(match[3])
    }
    named = _ATTRIBUTE.sub(" ", match[3]).replace("\u2010", "-").replace("\u2011", "-")
    rules = tuple(named.lower().replace(",", " ").split())
    start, end = _reach(document, outline, mark, (match[2] or "").lower())
    reason = attributes.get("reason", "").strip()
    until = attributes.get("until", "")
    said = reason + (f" (by {attributes['by']})" if attributes.get("by") else "")
    found_directive = Directive(rules, start, end, mark, said)
    if unknown := sorted(set(attributes) - {"reason", "until", "by"}):
        return found_directive._replace(fault="incomplete", problem=f"it has an unknown word {unknown[0]!r}")
    if not reason:
        return found_directive._replace(fault="incomplete", problem='it gives no reason="…"')
    if until and not _DATE.fullmatch(until):
        return found_directive._replace(fault="incomplete", problem=f"until={until} is no date such as 2027-06-30")
    if until and until < today:
        return found_directive._replace(fault="expired", problem=f"it was valid until {until}")
    return found_directive


def _reach(document: Document, outline: _Outline, mark: Mark, scope: str) -> tuple[int, int]:
    """The range of the document's string that a directive covers."""
    if scope == "file":
        return 0, len(document.text)
    if mark.start < mark.end and not scope:
        return mark.start, mark.end
    blocks = document.blocks
    if not blocks:
        return 0, 0
    index = min(bisect_left(outline.ends, mark.start), len(blocks) - 1)
    if mark.start == blocks[index].end and mark.start == mark.end and index + 1 < len(blocks):
        # At the very end of a block a comment either closes it or stands alone before the next one; the line tells.
        index += not _same_line(document, mark.start)
    block = blocks[index]
    if scope == "line":
        return _line(document, mark.start, block.start, block.end)
    if scope != "section":
        last = index
        while block.kind in AS_TYPED and last + 1 < len(blocks) and blocks[last + 1].kind in AS_TYPED:
            last += 1  # what is shown as it was typed is one block to a reader, and no comment can stand in it
        return block.start, blocks[last].end
    return block.start, outline.sections[index]


def _same_line(document: Document, offset: int) -> bool:
    """Whether the character before a comment is on the comment's own line in a text file."""
    if document.position is None or not offset:
        return True
    here = document.position(offset, offset)
    return document.position(offset - 1, offset).end_line == here.line


def _line(document: Document, offset: int, start: int, end: int) -> tuple[int, int]:
    text = document.text
    first = max(start, text.rfind("\n", start, offset) + 1)
    last = text.find("\n", offset, end)
    return first, end if last < 0 else last


def apply(document: Document, findings: Sequence[Finding], today: str) -> tuple[list[Finding], list[Directive]]:
    """The findings with those suppressed that a directive covers, and the directives that have a fault.

    A directive that covers no finding is faulty too: it is left over from a text that has changed.
    """
    active: list[Directive] = []
    faulty: list[Directive] = []
    for directive in directives(document, today):
        (faulty if directive.fault else active).append(directive)
    if not active:
        return list(findings), faulty
    used: set[int] = set()
    result = []
    covering = {rule: _Covering(rule, active) for rule in {finding.rule for finding in findings}}
    for finding in findings:
        number = covering[finding.rule].first(finding)
        if number is not None:
            used.add(number)
            if finding.suppressed is None:
                finding = finding._replace(suppressed=Suppression("inline", active[number].reason))
        result.append(finding)
    faulty += [
        directive._replace(fault="unused", problem="nothing here needs it")
        for number, directive in enumerate(active)
        if number not in used
    ]
    faulty.sort(key=lambda directive: directive.at.start)
    return result, faulty


class _Covering:
    """The directives for one rule, asked about its findings in the order of their starts."""

    def __init__(self, rule: str, directives: Sequence[Directive]) -> None:
        mine = (
            (directive.start, directive.end, number)
            for number, directive in enumerate(directives)
            if not directive.rules or any(matches_selector(rule, selector) for selector in directive.rules)
        )
        self._coming = sorted(mine, reverse=True)
        self._begun: list[tuple[int, int]] = []  # numbers and ends, ascending, some of which have ended

    def first(self, finding: Finding) -> int | None:
        """The number of the first directive that covers the finding."""
        while self._coming and self._coming[-1][0] < finding.end:
            _, end, number = self._coming.pop()
            insort(self._begun, (number, end))
        while self._begun and self._begun[0][1] <= finding.start:
            del self._begun[0]
        return self._begun[0][0] if self._begun else None
