"""The nouns everything else speaks in: a document, its blocks, a finding, a result.

A document is one string. Blocks, marks, findings and fixes are ranges of it, given as offsets in characters.
Named tuples, because a sweep makes hundreds of thousands of them and they cost a quarter of a frozen dataclass.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

BLOCK_SEPARATOR = "\u2029"
"""Stands between two blocks of a document's string (U+2029, paragraph separator): no term or sentence crosses it."""

TOOL = r"qmsr[-\u2010\u2011]lint"
"""The tool's name as an expression: word processors put other hyphens there, and begin it with a capital."""

Part = Literal[
    "body", "header", "footer", "footnote", "endnote", "comment", "textbox", "property", "alt-text", "chart", "diagram",
    "other",
]  # fmt: skip
Kind = Literal["paragraph", "heading", "item", "cell", "code", "verbatim", "property"]
AS_TYPED: frozenset[Kind] = frozenset({"code", "verbatim"})
"""Blocks that are shown as they were typed: programs and data, and words."""
MarkKind = Literal["code", "url", "link", "comment", "bookmark", "inserted", "struck", "caps", "raised"]
FEW_HEADINGS = 3
"""In a document that has so many made as such, headings that are only typed are not looked for."""

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The worst one first."""

FAIL_ON = (*SEVERITIES, "never")
"""The levels at which a run can fail."""

Market = Literal["us", "eu", "dual"]
MARKETS: tuple[Market, ...] = ("us", "eu", "dual")
FAMILIES = {
    "claim": "Claims about the law",
    "migration": "Wrong migrations",
    "cite": "Citations",
    "program": "FDA programs",
    "name": "Names of the regulation",
    "term": "Terms",
    "near": "Misspelt terms",
    "gap": "Gaps",
    "suppression": "Suppression comments",
}
"""The families of rules, the first part of their ids, with their names in reports and in the order of reports."""


def family_of(rule: str) -> str:
    """The family of a rule, by its id: the part before the first hyphen."""
    return rule.partition("-")[0]


CONTEXTS = (
    "code", "identifier", "name", "history", "mapping", "historical", "obsolete", "transition", "record", "quotation",
    "title", "definition", "heading", "cell", "header", "footer", "footnote", "endnote", "comment", "property",
    "alt-text", "chart", "diagram", "other", "prose",
)  # fmt: skip
"""What the place of a finding can be: see `context.judge`."""

Certainty = Literal["certain", "likely", "possible"]
CERTAINTIES: tuple[Certainty, ...] = ("certain", "likely", "possible")
"""The greatest one first."""

Standing = Literal["live", "known", "accepted", "no change"]

Status = Literal["checked", "unreadable", "timeout", "crashed", "skipped"]
STATUSES: tuple[Status, ...] = ("checked", "unreadable", "timeout", "crashed", "skipped")
"""What can become of a document, in the order of reports."""

UNJUDGED: tuple[Status, ...] = ("unreadable", "timeout", "crashed")
"""What becomes of documents that could not be judged, so that nothing is known about them; not that they were skipped,
which is on purpose."""


_WHOLE: dict[Part, str] = {
    "body": "the document",
    "header": "the headers",
    "footer": "the footers",
    "footnote": "the footnotes",
    "endnote": "the endnotes",
    "comment": "the comments",
    "textbox": "the text boxes",
    "property": "the properties",
    "alt-text": "the alternative texts",
    "chart": "the charts",
    "diagram": "the diagrams",
    "other": "what is embedded",
}
"""What the numbers of a place are counted through, by its part."""


class Place(NamedTuple):
    """Where a person would look for a block. Numbers count from 1 and are None where they do not apply.

    `paragraph` counts the blocks of a part outside tables; `table` counts tables through the whole part, nested ones
    included; `cell` is the column of the table's grid, so that a merged cell has the number of its first column.
    """

    part: Part = "body"
    section: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None

    @property
    def label(self) -> str:
        """The place in words for programs, as in "5.2 Design transfer, table 2, row 3, cell 1"."""
        return ", ".join((*self._around, *self._numbers)) or self.part

    @property
    def shown(self) -> str:
        """The place in words for people, who would count from the section's heading where nothing else is said: as in
        "5.2 Design transfer; paragraph 14 of the document".
        """
        if not self.section or not self._numbers:
            return self.label
        first, *others = self._numbers
        return f"{', '.join(self._around)}; {', '.join((f'{first} of {_WHOLE[self.part]}', *others))}"

    @property
    def _around(self) -> list[str]:
        part = [] if self.part == "body" else [str(self.part)]
        return [*part, self.section] if self.section else part

    @property
    def _numbers(self) -> list[str]:
        names = ("table", "row", "cell") if self.table is not None else ("paragraph",)
        return [f"{name} {number}" for name in names if (number := getattr(self, name)) is not None]


class Block(NamedTuple):
    """A range of the document's string that a reader sees as one: a paragraph, a heading, a list item, a cell's text.

    Of what is shown as it was typed, "verbatim" is words, line by line, and "code" is what is none.
    `level` is a heading's depth (1 to 9) and 0 for anything else. `header_row` tells a cell of a table's heading row.
    `quoted` tells a block that is shown as a quotation (a Markdown block quote, a Word quotation style); whether it is
    one, `quotation` tells.
    """

    start: int
    end: int
    kind: Kind
    place: Place
    level: int = 0
    header_row: bool = False
    quoted: bool = False


class Mark(NamedTuple):
    """Something a format knows about a range of the string that the characters do not show.

    ========  ===========================================================  ====================
    kind      what the range is                                            value
    ========  ===========================================================  ====================
    code      inline code                                                  ""
    url       an address shown as text                                     ""
    link      the words of a link                                          its target
    comment   text a comment is anchored on; empty range where it stands   the comment's words
    bookmark  a Word bookmark                                              its name
    inserted  a tracked insertion or moved-to text                         its author
    struck    text shown struck through                                    ""
    caps      text shown in capitals, whatever letters were typed          ""
    raised    text shown above the line, as the figure of a note is        ""
    ========  ===========================================================  ====================
    """

    kind: MarkKind
    start: int
    end: int
    value: str = ""


class Position(NamedTuple):
    """A range in a text file: lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Document(NamedTuple):
    """A document as its reader sees it. `position` maps a range of `text` to the file, where the file has lines.

    `types` are the types of procedure that the configuration says it is of; empty where it says nothing.
    """

    path: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    position: Callable[[int, int], Position] | None = None
    types: tuple[str, ...] = ()


Safety = Literal["safe", "unsafe", "none"]
"""How far a fix can be trusted: it is made unasked, on request, or not at all."""


class Fix(NamedTuple):
    """The text that would replace a finding's range. `safe` fixes are applied by default, `unsafe` ones on request."""

    text: str
    safety: Literal["safe", "unsafe"]


class Suppression(NamedTuple):
    """Why a finding is not live: what silenced it, and the reason in words."""

    by: Literal["context", "inline", "baseline", "config"]
    reason: str


class Finding(NamedTuple):
    """One place where a document speaks the old language, with what to write instead and on what authority."""

    rule: str
    severity: Severity
    certainty: Certainty
    message: str
    text: str
    replacement: str | None
    alternatives: tuple[str, ...]
    basis: str
    start: int
    end: int
    position: Position | None
    place: Place
    context: str
    excerpt: str
    excerpt_start: int
    excerpt_end: int
    fix: Fix | None
    fingerprint: str
    suppressed: Suppression | None = None

    @property
    def standing(self) -> Standing:
        """What the finding asks of people: one in a baseline is "known" and as open as a "live" one; "accepted" is a
        decision in the document or the configuration; "no change" is needed where the context explains the words.
        """
        return _STANDINGS[self.suppressed.by] if self.suppressed else "live"


_STANDINGS: dict[str, Standing] = {
    "context": "no change", "inline": "accepted", "config": "accepted", "baseline": "known",
}  # fmt: skip


class Identity(NamedTuple):
    """What a document says of itself, each None where it does not show it: as a change order names it."""

    number: str | None = None
    title: str | None = None
    revision: str | None = None


class Change(NamedTuple):
    """One replacement in a document's string: what stands in the range goes, `text` comes; the range is not empty."""

    start: int
    end: int
    text: str


class Edit(NamedTuple):
    """What to do at one place of a document: changes that are made together or not at all, and words for a person.

    `start` and `end` are the range that the words are about. `comment` goes with the changes, `refusal` stands where
    they cannot be made, followed by the reason; empty means no comment. Without changes an edit is only its comment.
    All changes of an edit lie in one block, in order, and do not overlap. Edits of the same `kind` need one comment,
    which the first of them that is made carries, with their number.
    """

    start: int
    end: int
    changes: tuple[Change, ...] = ()
    comment: str = ""
    refusal: str = ""
    kind: str = ""


class EditOutcome(NamedTuple):
    """What became of an edit: whether its changes were made, whether a comment was left, and why they were not."""

    made: bool
    commented: bool
    reason: str = ""


class Recognition(NamedTuple):
    """The types a document was recognised as, best first, and the evidence as pairs of type and words.

    `problem` says what is wrong with a type that the document or the configuration names.
    """

    types: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    problem: str = ""


class ElementVerdict(NamedTuple):
    """Whether a document says what its type must say: one element, and the words that decide.

    `sentence` is where the element, or a part of it, was found; for a missing one it is the heading it belongs under.
    `absent` names the parts that were not found. "outdated" means that words stand there which should be gone.
    """

    rule: str
    state: Literal["present", "not-applicable", "partly", "missing", "outdated"]
    sentence: str
    start: int
    end: int
    place: Place
    absent: tuple[str, ...] = ()


class Profile(NamedTuple):
    """What a document is and says, beyond its findings: for reports over many documents.

    `terms` pairs the id of a term rule with "legacy" or "current" for each of the two that the document uses;
    `citations` are the sections of part 820 it cites, in the order of its text; `topics` the lines of the readiness
    checklist that name words of their own and of which it holds one.
    """

    recognition: Recognition = Recognition()
    verdicts: tuple[ElementVerdict, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    citations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class DocumentResult(NamedTuple):
    """What became of one document: its findings, or the reason why there are none to trust.

    `profile` is there where a report asked for it; `site` is empty where no sites are configured.
    """

    path: str
    format: str
    sha256: str | None
    status: Status
    error: str | None
    findings: tuple[Finding, ...]
    identity: Identity = Identity()
    profile: Profile | None = None
    site: str = ""


class Summary(NamedTuple):
    """Counts over a run. `error`, `warning` and `note` count live findings, `suppressed` the others, and `known`
    those of them that a baseline holds.

    `documents` is the sum of `checked`, `unreadable`, `timeout`, `crashed` and `skipped`: no file in scope is lost.
    """

    documents: int = 0
    checked: int = 0
    unreadable: int = 0
    error: int = 0
    warning: int = 0
    note: int = 0
    suppressed: int = 0
    timeout: int = 0
    crashed: int = 0
    skipped: int = 0
    known: int = 0
