"""A fix that may still change, and what is meant to happen to findings in the end."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from qmsr_lint.model import Block, Change, Edit, Finding
from qmsr_lint.pack import Rule

Action = Literal["edit", "comment", "leave"]
_ACRONYM = re.compile(r"(?:[A-Z&]\.?-?){2,}(?:'?s)?")
BESIDE = 80
"""How far beside a finding the words are looked at that decide how it is written, in characters."""
OPENS = re.compile(
    r"[\s\u00a0]*[(\[](?:(?:hereinafter|hereafter|herein|henceforth|abbreviated(?: as)?|referred to as|also|known as"
    r"|called|a\.?k\.?a\.?|i\.?e\.?,?|in short,?|or|the) )*[\"\u201c'\u2018]?(?:the )?",
    re.IGNORECASE,
)
CLOSES = re.compile(r"[\"\u201d'\u2019]?[)\]]")


class Planned(NamedTuple):
    """What is meant to happen to some findings: an edit with its words, or why there is none.

    `written` is what a reader will see in the place of the findings, None where nothing is written.
    """

    edit: Edit
    findings: tuple[Finding, ...]
    action: Action
    reason: str = ""
    written: str | None = None


def changed(text: str, changes: Sequence[Change]) -> str:
    """A text with changes made in it; they are in order and do not overlap."""
    pieces, at = [], 0
    for change in changes:
        pieces += [text[at : change.start], change.text]
        at = change.end
    return "".join([*pieces, text[at:]])


class Draft:
    """A fix that may still change: its range, its text, further changes that go with it, and what it settles."""

    __slots__ = (
        "acronym",
        "block",
        "end",
        "finding",
        "more",
        "others",
        "reason",
        "rule",
        "spoken",
        "start",
        "taken",
        "text",
    )

    def __init__(self, finding: Finding, rule: Rule, text: str, block: Block) -> None:
        self.finding = finding
        self.rule = rule
        self.start = finding.start
        self.end = finding.end
        self.text = text
        self.spoken = text  # the words that an abbreviation stands for
        self.block = block
        self.acronym = bool(_ACRONYM.fullmatch(finding.text))
        self.more: list[Change] = []
        self.others: list[Finding] = []
        self.reason = ""
        self.taken = False  # it became a part of another draft


def findings_of(draft: Draft) -> tuple[Finding, ...]:
    """The findings that a draft settles."""
    return (draft.finding, *draft.others)


def settle(first: Draft, second: Draft, change: Change | None) -> None:
    """Make `second` a part of `first`: both are made or neither."""
    first.more += [*([change] if change else []), *second.more]
    first.others += [second.finding, *second.others]
    second.taken = True


def text_between(text: str, start: int, end: int) -> str:
    """The text between two drafts, "\\0" where it is too long to join them."""
    return text[start:end] if end - start <= BESIDE else "\0"


def reach_of(draft: Draft) -> int:
    """How far the words behind a draft are looked at."""
    return min(draft.block.end, draft.end + BESIDE)
