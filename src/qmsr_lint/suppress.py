"""Suppressions written into a document, and what is wrong with them.

In Markdown an HTML comment, in Word a comment anchored on the text:

    <!-- qmsr-lint: ignore term-dhf reason="the record's own title" until=2027-06-30 by="A. Jones" -->

`ignore` covers the text a Word comment is anchored on, or the block a Markdown comment stands in or before;
`ignore-line`, `ignore-block`, `ignore-section` (the rest of it) and `ignore-file` say how far it reaches. A Word bookmark
whose name begins with `qmsr_ignore_` covers its own range; its name is the reason.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from qmsr_lint.expression import Expression
from qmsr_lint.model import Block, Document, Finding, Mark, Suppression
from qmsr_lint.pack import matches_selector

BOOKMARK = "qmsr_ignore_"
_DIRECTIVE = Expression(r"\s*qmsr-lint:\s*(ignore(?:-(line|block|section|file))?)(?![\w-])([^\n]*(?:\n[^\n]*)*)$")
_ATTRIBUTE = Expression(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|\u201c([^\u201d]*)\u201d|'([^']*)'|(\S+))")
_TYPE = Expression(r"\s*qmsr-lint:\s*type\s")  # says what kind of procedure the document is: `doctypes` reads it
_DATE = Expression(r"\d{4}-\d\d-\d\d")

Fault = Literal["incomplete", "expired", "unused"]


class Directive(NamedTuple):
    """One suppression in a document: the rules it names, the range it covers, and where it stands.

    `fault` tells why it is not in force, in words; None when it is.
    """

    rules: tuple[str, ...]
    start: int
    end: int
    at: Mark
    reason: str
    fault: Fault | None = None
    problem: str = ""


def directives(document: Document, today: str) -> Iterator[Directive]:
    """The suppressions of a document in the order of its text. `today` is a date as YYYY-MM-DD."""
    for mark in document.marks:
        if mark.kind == "bookmark" and mark.value.startswith(BOOKMARK):
            yield Directive((), mark.start, mark.end, mark, f"bookmark {mark.value}")
        elif mark.kind == "comment" and "qmsr-lint:" in mark.value and not _TYPE.match(mark.value):
            yield _directive(document, mark, today)


def _directive(document: Document, mark: Mark, today: str) -> Directive:
    match = _DIRECTIVE.match(mark.value)
    if match is None:
        return Directive((), 0, 0, mark, "", "incomplete", "it is not written as 'qmsr-lint: ignore RULE reason=\"…\"'")
    attributes = {
        found[1].lower(): next(value for value in found.groups()[1:] if value is not None)
        for found in _ATTRIBUTE.finditer(match[3])
    }
    rules = tuple(_ATTRIBUTE.sub(" ", match[3]).replace(",", " ").split())
    start, end = _reach(document, mark, match[2] or "")
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


def _reach(document: Document, mark: Mark, scope: str) -> tuple[int, int]:
    """The range of the document's string that a directive covers."""
    if scope == "file":
        return 0, len(document.text)
    if mark.start < mark.end and not scope:
        return mark.start, mark.end
    blocks = document.blocks
    if not blocks:
        return 0, 0
    index = min(bisect_left([block.end for block in blocks], mark.start), len(blocks) - 1)
    if mark.start == blocks[index].end and mark.start == mark.end and index + 1 < len(blocks):
        # At the very end of a block a comment either closes it or stands alone before the next one; the line tells.
        index += not _same_line(document, mark.start)
    block = blocks[index]
    if scope == "line":
        return _line(document, mark.start, block.start, block.end)
    if scope != "section":
        return block.start, block.end
    level = next((other.level for other in reversed(blocks[: index + 1]) if other.level), 0)
    end = next((other.start for other in blocks[index + 1 :] if 0 < other.level <= level), len(document.text))
    return block.start, end


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
    for finding in findings:
        for number, directive in enumerate(active):
            if _covers(directive, finding):
                used.add(number)
                if finding.suppressed is None:
                    finding = finding._replace(suppressed=Suppression("inline", directive.reason))
                break
        result.append(finding)
    faulty += [
        directive._replace(fault="unused", problem="nothing here needs it")
        for number, directive in enumerate(active)
        if number not in used
    ]
    faulty.sort(key=lambda directive: directive.at.start)
    return result, faulty


def _covers(directive: Directive, finding: Finding) -> bool:
    if finding.start >= directive.end or finding.end <= directive.start:
        return False
    return not directive.rules or any(matches_selector(finding.rule, rule) for rule in directive.rules)


def is_own_comment(document: Document, block: Block) -> bool:
    """Whether a block is a directive in a Word comment, whose own words are not findings."""
    return block.place.part == "comment" and document.text.startswith("qmsr-lint:", block.start)
