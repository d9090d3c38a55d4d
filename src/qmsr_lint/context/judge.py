"""Where a legacy word stands, and what that makes of it: `STEPS` are the contexts in the order they are asked."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from qmsr_lint import remarks
from qmsr_lint.context import (
    became,
    columns,
    cues,
    gone,
    mapping,
    past,
    quotation,
    refutation,
    succession,
    tokens,
    told,
)
from qmsr_lint.context.changeorder import ChangeOrders
from qmsr_lint.context.events import Events
from qmsr_lint.context.sentences import Sentences
from qmsr_lint.context.structure import Structure
from qmsr_lint.context.titles import TITLE_BLOCKS, Products, Titles
from qmsr_lint.expression import Expression
from qmsr_lint.match import Folded, fold
from qmsr_lint.model import Block, Document
from qmsr_lint.pack import LAW

Effect = Literal["finding", "unfixed", "note", "suppressed"]


class Judgement(NamedTuple):
    """The context of a place, what it does to a finding there, and the reason in words where it does anything."""

    context: str
    effect: Effect = "finding"
    reason: str = ""

    @property
    def told(self) -> str:
        """What a message says of the context, for the end of it: why the finding is a note, or has no fix."""
        if self.effect == "note":
            subject = "" if self.reason.startswith("the document ") else "it "
            return f" Only a note, because {subject}{self.reason}."
        return f" It {self.reason}." if self.effect == "unfixed" else ""


# What is looked at around a place is bounded, so that the cost of a document grows only with its length.
_DEFINING = 40  # characters behind a term in which its definition begins
_BRACKETED = 8  # characters that a term has beside it in a cell of its own, as in "Device history record (DHR)"
_LINE = 160  # characters of a line that says one thing
_WORD = Expression("[a-z0-9]+")
_LEGACY = Expression(rf"{became.REMOVED_SECTION.expression}|(?<![a-z0-9])(?:dmr|dhr|dhf|qsr)s?(?![a-z0-9])")
"""A section or a record that is itself one of the past: nothing is replaced by it."""
_MISTAKES = {
    "wrong": 'is said to have become "{}", which is not what took its place: put the sentence right by hand',
    "denied": 'is said to have "{}", and has one: put the sentence right by hand',
    "open": 'is said to have "{}", and has only what is nearest to it: rewrite the sentence by hand',
    "dropped": "is said not to have been {}, and something took its place: put the sentence right by hand",
    "reversed": 'is put in the place of "{}", which is in force: turn the sentence round by hand',
    "beside": 'stands beside "{}": rewrite what is said of both by hand',
}
"""What is said of a finding where the sentence is wrong about what became of it, or names that with it."""


class Spot(NamedTuple):
    """A place that is judged: its range in the document and, as `folded`, in the folded text; its block and its number.

    `sentence` is the range of the sentence around it in the folded text, `before` and `after` are what stands in that
    beside the `words`, and `around` the same beside the list of their like in which they stand. `current` is what
    replaces them, `also` what else may, and `family` that of the rule.
    Of what was carried over only `partly`, some things are neither true nor false.
    """

    start: int
    end: int
    folded: tuple[int, int]
    number: int
    block: Block
    sentence: tuple[int, int]
    before: str
    words: str
    after: str
    around: tuple[str, str]
    current: str | None
    also: tuple[str, ...]
    family: str
    partly: bool

    @property
    def law(self) -> bool:
        """Whether the words belong to the law, of which one can say that it is no longer in force."""
        return self.family in LAW


class Contexts:
    """The contexts of one document, worked out as they are asked for.

    `own_words` are what a company calls current terms, folded.
    """

    def __init__(self, document: Document, folded: Folded, own_words: Set[str] = frozenset()) -> None:
        self.document = document
        self.folded = folded
        self.sentences = Sentences(folded.text)
        self.own_words = own_words
        self.structure = Structure(document)
        self.quotations = quotation.Quotations(self.structure)
        self.change_orders = ChangeOrders(self.structure)
        self._passages = quotation.Passages(document)
        self._events = Events(self.structure, self.sentences)
        self._titles = Titles(self.structure)
        self._products = Products(document, folded)
        self._said: tuple[Spot, succession.Told | None] | None = None

    def block(self, start: int) -> tuple[int, Block]:
        """The block that holds the offset, and its number."""
        return self.structure.block(start)

    def judge(
        self,
        start: int,
        end: int,
        folded: tuple[int, int],
        current: str | None,
        *,
        also: tuple[str, ...] = (),
        family: str = "term",
        partly: bool = False,
    ) -> Judgement:
        """The judgement for a range of the document, `folded` in the folded text.

        `current` is what replaces it, some of it where it was carried over `partly`, and `also` what may replace it.
        `family` is the rule's: the digits and dots of a citation do not make it a document number, and what is said
        of the law ("no longer", "reserved") counts only for what belongs to the law.
        """
        spot = self._spot(start, end, folded, current, also, family, partly)
        for step in STEPS:
            if reason := step.asks(self, spot):
                return Judgement(step.context, step.effect, reason)
        return Judgement(self._plain(spot.number, spot.block, folded[1]))

    def _spot(
        self,
        start: int,
        end: int,
        folded: tuple[int, int],
        current: str | None,
        also: tuple[str, ...],
        family: str,
        partly: bool,
    ) -> Spot:
        number, block = self.block(start)
        first, last = self.sentences.around(*folded)
        text = self.folded.text
        before, words, after = text[first : folded[0]], text[slice(*folded)], text[folded[1] : last]
        if self.own_words and current and (own := fold(current).text) in self.own_words:
            before, after = mapping.in_known_words(before, own), mapping.in_known_words(after, own)
        around = mapping.without_list(before, after, family)
        return Spot(
            start,
            end,
            folded,
            number,
            block,
            (first, last),
            before,
            words,
            after,
            around,
            current,
            also,
            family,
            partly,
        )

    @cached_property
    def _remarks(self) -> frozenset[int]:
        """The blocks that are comments of this tool, by their numbers."""
        return frozenset(remarks.blocks(self.document))

    @cached_property
    def own_text(self) -> str:
        """The folded text with blanks for the comments of this tool, which are no words of the document."""
        text = self.folded.text
        for number in self._remarks:
            start, end = self.sentences.segment(number)
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    # --- the steps

    def _is_own_comment(self, spot: Spot) -> str | None:
        return "is a comment of this tool" if spot.number in self._remarks else None

    def _in_code(self, spot: Spot) -> str | None:
        in_code = spot.block.kind == "code" or self._marked("code", spot.start, spot.end)
        return "stands in code" if in_code else None

    def _in_identifier(self, spot: Spot) -> str | None:
        start, end, block, number = spot.start, spot.end, spot.block, spot.family == "cite"
        if self._marked("url", start, end) or tokens.is_identifier(
            self.document.text, start, end, block, number=number
        ):
            return "is part of a document number, file name, path or address"
        if not number and self._numbered_by_column(start, end, block):
            return "stands in a column of document numbers"
        return None

    def _is_struck(self, spot: Spot) -> str | None:
        return "is struck through" if self._marked("struck", spot.start, spot.end) else None

    def _in_name(self, spot: Spot) -> str | None:
        name = self._products.name(spot.start, spot.end)
        return f"is part of the name {name!r}" if name else None

    def _in_history(self, spot: Spot) -> str | None:
        return "stands in a revision history" if self.structure.in_history(spot.number, spot.block) else None

    def _is_cited_anew(self, spot: Spot) -> str | None:
        if not spot.law or spot.family != "cite" or cues.CITES_ANEW.search(spot.around[0]) is None:
            return None
        if not self.structure.in_history(spot.number, spot.block):
            return None
        cells = () if spot.block.place.table is None else self.structure.row(spot.block)
        line = " ".join(map(self.structure.words, (spot.block, *cells)))
        return (
            f"is said to be cited since a revision after {past.EFFECTIVE}: correct the text, not its history"
            if past.is_after(line)
            else None
        )

    def _is_mapped(self, spot: Spot) -> str | None:
        before, words, after, current, family = spot.before, spot.words, spot.after, spot.current, spot.family
        said = self._succession(spot)
        if said and said.kind == "right":
            return "is named together with what took its place"
        if said and said.kind == "none":
            return "is said to have nothing in its place"
        if (said and said.kind != "beside") or self._succession_in_row(spot):
            return None
        if reason := mapping.reason(before, words, after, spot.around, current, family):
            return reason
        if spot.block.place.table is not None and (reason := self._mapped_by_row(spot.block, words, current, family)):
            return reason
        begins = spot.sentence[0] == self.sentences.segment(spot.number)[0]
        if not spot.law and begins and self._is_defined(spot.number, spot.block, before, after, current):
            return "is defined as the current term"
        if self.change_orders.take_out(spot.start, words, current, family):
            return "is quoted as what is to be taken out"
        if spot.law and refutation.is_called_wrong(self.folded.text, *spot.sentence):
            return "stands in a statement that is called wrong"
        return None

    def _is_mapped_wrongly(self, spot: Spot) -> str | None:
        said = self._succession(spot) or self._succession_in_row(spot)
        return _MISTAKES[said.kind].format(said.other) if said and said.kind in _MISTAKES else None

    def _succession(self, spot: Spot) -> succession.Told | None:
        """What the sentence says right beside legacy words took their place; of the last spot it is kept."""
        if self._said is None or self._said[0] is not spot:
            denied = spot.family == "cite" and mapping.is_denied(spot.before, spot.after)
            listed = spot.around != (spot.before, spot.after)
            self._said = (
                spot,
                None
                if denied
                else succession.told(
                    spot.around, spot.words, spot.current, spot.also, spot.family, listed=listed, partly=spot.partly
                ),
            )
        return self._said[1]

    def _is_told_of_the_past(self, spot: Spot) -> str | None:
        if past.before_qmsr(self._sentence_around(spot), law=spot.law) or (
            spot.law and cues.PAST_AFTER.match(spot.after)
        ):
            return f"speaks of the time before {past.EFFECTIVE}"
        if reason := told.reason(*spot.around, spot.family):
            return reason
        if spot.law and self._events.in_timeline(spot.block):
            return f"stands in a row of a year before {past.EFFECTIVE[:4]}"
        if spot.law and self._events.in_line_of_timeline(spot.number, spot.sentence):
            return f"stands in a timeline, at a date before {past.EFFECTIVE}"
        return None

    def _in_quotation(self, spot: Spot) -> str | None:
        if self.quotations.holds(spot.number):
            return "stands in a quotation"
        if quotation.heads_the_law(self.structure, spot.number):
            return "stands above the words of the regulation as it was"
        in_copy = quotation.is_text_of_the_law(self._sentence_around(spot), self.structure.words(spot.block))
        if in_copy and not told.is_of_our_own(spot.before, spot.after):
            return "stands in the words of the regulation as it was"
        in_words_of_law = spot.family == "term" and quotation.speaks_as_the_law(
            self._sentence_around(spot), self.folded.text
        )
        if in_words_of_law and not told.is_of_our_own(spot.before, spot.after):
            return "stands in the words of the regulation as it was"
        quoted = self._passages.hold(spot.start, spot.end, spot.block, whole=spot.family == "name")
        return "stands in a quotation" if quoted and not became.PUT_IN.search(spot.before) else None

    def _in_obsolete(self, spot: Spot) -> str | None:
        return "the document says that it is no longer in use" if self._nature == "obsolete" else None

    def _in_transition(self, spot: Spot) -> str | None:
        return "the document is about the transition to the QMSR" if self._nature == "transition" else None

    def _in_record(self, spot: Spot) -> str | None:
        return f"the document is a record from before {past.EFFECTIVE}" if self._nature == "record" else None

    def _seems_of_the_past(self, spot: Spot) -> str | None:
        if reason := told.presumed(*spot.around, spot.family):
            return reason
        if self._events.in_record_of_then(spot.number, spot.sentence, of_record=self._nature == "record"):
            return f"seems to stand in a record of an event before {past.EFFECTIVE}"
        made_then = cues.RECORDS_OF_A_TIME.fullmatch(spot.words) and cues.OF_A_YEAR.match(spot.after)
        if made_then and not cues.IN_USE.search(self._sentence_around(spot)):
            return f"seems to be one of the time before {past.EFFECTIVE}"
        in_text = spot.block.place.part == "body" and spot.block.kind in ("paragraph", "item")
        if in_text and past.seems_of_an_event(self._sentence_around(spot)):
            return f"seems to tell of something before {past.EFFECTIVE}"
        if "past" in self._kinds(spot) and not told.is_of_our_own(spot.before, spot.after):
            return "stands in a section about the former law"
        return None

    def _among_old_words(self, spot: Spot) -> str | None:
        reason = None
        lead = self.structure.lead(spot.number)
        if "old words" in self.structure.section_kinds(spot.number):
            reason = "stands in a section about words that are used no more"
        elif lead >= 0 and cues.OUT_OF_USE_LEAD.search(self.structure.words(self.document.blocks[lead])):
            reason = "stands in a list of what is used no more"
        return None if reason is None or cues.OBLIGING.search(self._sentence_around(spot)) else reason

    def _among_mistakes(self, spot: Spot) -> str | None:
        if "mistakes" in self._kinds(spot):
            return "stands among mistakes"
        heads = self.structure.head(spot.block) if spot.block.place.table is not None else ()
        headed = any(cues.MISTAKES_HEAD.fullmatch(self.structure.words(head)) for head in heads)
        return "stands in a column of mistakes" if headed else None

    def _seems_of_the_transition(self, spot: Spot) -> str | None:
        before, words, after, family = spot.before, spot.words, spot.after, spot.family
        in_section = "transition" in self._kinds(spot)
        if (
            (in_section or self._names_qmsr)
            and told.may_be_told(before, after, family, in_section=in_section)
            and not (
                told.names_successor(before, after) and mapping.disagrees(before, words, after, spot.current, family)
            )
            and self._plain(spot.number, spot.block, spot.folded[1]) != "definition"
        ):
            return "may tell of the old law: the document speaks of the QMSR"
        return None

    def _in_title(self, spot: Spot) -> str | None:
        in_title = self._titles.holds(spot.start, spot.end, spot.number)
        return "is in the title of another document: retitle that document first" if in_title else None

    def _sentence_around(self, spot: Spot) -> str:
        return self.folded.text[slice(*spot.sentence)]

    def _kinds(self, spot: Spot) -> frozenset[str]:
        """The kinds of the sections around a place; what they say of the law holds for what belongs to it."""
        return self.structure.section_kinds(spot.number) if spot.law else frozenset()

    # --- sentences

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether the sentence around a range of the folded text may speak of the past, or of words as such."""
        first, last = self.sentences.around(start, end)
        text = self.folded.text[first:last]
        return (
            not cues.DOUBTFUL_WORDS.isdisjoint(_WORD.findall(text))
            or cues.DOUBTFUL.search(text) is not None
            or cues.PAST_YEAR.search(text) is not None
        )

    def plain(self, start: int, folded_end: int) -> str:
        """The context of a place by its structure alone."""
        index, block = self.block(start)
        return self._plain(index, block, folded_end)

    def _marked(self, kind: str, start: int, end: int) -> bool:
        starts, ends = self._inline.get(kind, ((), ()))
        at = bisect_right(starts, start)
        return at > 0 and end <= ends[at - 1]

    @cached_property
    def _inline(self) -> Mapping[str, tuple[Sequence[int], Sequence[int]]]:
        """Of each kind of inline mark the starts, and how far the marks up to there reach."""
        found: dict[str, tuple[Sequence[int], Sequence[int]]] = {}
        for kind in ("code", "url", "struck"):
            if marks := sorted((mark.start, mark.end) for mark in self.document.marks if mark.kind == kind):
                found[kind] = [start for start, _ in marks], list(accumulate((end for _, end in marks), max))
        return found

    def _numbered_by_column(self, start: int, end: int, block: Block) -> bool:
        """Whether a range is part of words with hyphens between them in a column whose head names it a number's."""
        if block.place.table is None or not tokens.is_chain(self.document.text, start, end, block):
            return False
        return any(cues.IDENTIFIER_COLUMN.fullmatch(self.structure.words(head)) for head in self.structure.head(block))

    # --- mapping and time

    def _mapped_by_row(self, block: Block, legacy: str, current: str | None, family: str) -> str | None:
        """Why the row around a cell maps the old term to the new one, or None."""
        if self.structure.is_new(block):
            return None
        others = [self.structure.words(other) for other in self.structure.row(block)]
        bare = (current or "").lower().partition(" (")[0]
        alone = block.end - block.start <= len(legacy) + _BRACKETED
        if bare and any(
            words.partition(" (")[0] == bare or (alone and mapping.is_successor(words, current)) for words in others
        ):
            return "stands in a table row beside the current term"
        if family == "cite" and gone.is_gone_by_row(self.structure.words(block), others):
            return "stands in a row that says it is no longer in force"
        if family in LAW and mapping.is_to_be_edited(self.structure.words(block), others):
            return "is named as what is to be changed"
        in_mapping = self.structure.table_kind(block) == "mapping"
        heads = map(self.structure.words, self.structure.head(block))
        if not in_mapping and any(map(columns.LEGACY_COLUMN.fullmatch, heads)):
            in_use = cues.PRESCRIBES.search(self.structure.words(block))
            return None if in_use else "stands in a column of what is outdated"
        if in_mapping and not self.structure.is_old(block) and cues.PRESCRIBES.search(self.structure.words(block)):
            return None  # "how we comply" beside the old and the new number
        maps = in_mapping and any(became.CURRENT.search(words) or became.CLAUSE.fullmatch(words) for words in others)
        if not maps and not any(self._tells(cell, legacy) for cell in self.structure.successors(block)):
            return None
        disagrees = mapping.disagrees_in_row(others, legacy, current, family)
        if disagrees and not mapping.is_range(self.structure.words(block)):
            return None
        return "stands in a table that maps old to new terms"

    def _succession_in_row(self, spot: Spot) -> succession.Told | None:
        """What the new cell of a row says took the place of the words that fill the old one, where that is wrong."""
        if spot.block.place.table is None or spot.current is None:
            return None
        cells = map(self.structure.words, self.structure.old_and_new(spot.block))
        said = (succession.told_in_row(cell, spot.words, spot.current, spot.also, spot.family) for cell in cells)
        wrong = next(filter(None, said), None)
        return None if wrong and mapping.is_range(self.structure.words(spot.block)) else wrong

    def _is_defined(self, index: int, block: Block, before: str, after: str, current: str | None) -> bool:
        """Whether a list of definitions gives the old term as a name of the current one, in an entry or a row."""
        if not self.structure.in_glossary(index, block):
            return False
        row = () if block.place.table is None else self.structure.row(block)
        others = [self.structure.words(cell) for cell in row]
        beside = "\0".join(["", *others])
        entry = " ".join(f"{before}\0{after}{beside}".split())
        if mapping.disagrees_in_row(others, "", current, "term"):
            return False
        return mapping.is_defined_as(before, after + beside, entry, current)

    def _tells(self, cell: Block, legacy: str) -> bool:
        """Whether a cell tells what took the place of an old word, and not that it stays."""
        words = self.structure.words(cell)
        return columns.NOTHING.fullmatch(words) is None and legacy not in words and _LEGACY.search(words) is None

    @cached_property
    def _names_qmsr(self) -> bool:
        """Whether the document knows the regulation of today: it names it more than once."""
        text = self.own_text
        letters = sum(map(text.count, became.QMSR.needs))  # which takes a tenth of the time
        return letters > 1 and len(became.QMSR.findall(text)) > 1

    @cached_property
    def _nature(self) -> str:
        """What kind of document this is, by its title, where that changes what its words mean."""
        blocks = self.document.blocks[:TITLE_BLOCKS]
        words = [self.structure.words(block) for block in blocks]
        headings = [
            each for block, each in zip(blocks, words, strict=True) if block.level == 1 or block.kind == "property"
        ]
        first = [] if blocks and blocks[0].kind == "item" else words[:2]  # a list is no title, nor what follows it
        title = " ".join(each for each in headings[:2] or first if len(each) < _LINE)
        if any(map(_is_out_of_use, blocks, words, ["", *words])):
            return "obsolete"
        if (
            cues.TRANSITION_TITLE.search(title)
            and became.QMSR.search(title)
            and not cues.AFTER_TRANSITION.search(title)
        ):
            return "transition"
        if not cues.RECORD_TITLE.search(title) or cues.NO_RECORD_TITLE.search(title):
            return ""
        if any(cues.NO_RECORD.search(each) for each in words) or self.document.text.count(cues.BLANK) >= cues.BLANKS:
            return ""
        dates = [found["own"] for each in words for found in cues.OWN_DATE.finditer(each) if found["own"]]
        return "record" if dates and all(past.is_before(date) for date in dates) else ""

    # --- quotations and titles

    def quotes(self, start: int) -> bool:
        """Whether the block of an offset quotes a passage or the law, or stands beside a block that does."""
        index, block = self.block(start)
        blocks = self.document.blocks
        beside = [number for number in (index - 1, index + 1) if 0 <= number < len(blocks)]
        return (
            bool(self._passages.of(block))
            or any(blocks[number].quoted and self.quotations.holds(number) for number in beside)
            or any(quotation.speaks_as_the_law(self.structure.words(blocks[number])) for number in (index, *beside))
        )

    def _plain(self, index: int, block: Block, folded_end: int) -> str:
        if block.kind == "heading":
            return "heading"
        if block.place.part not in ("body", "textbox"):
            return block.place.part
        if "definitions" in self.structure.section_kinds(index) or cues.DEFINING.match(
            self.folded.text, folded_end, folded_end + _DEFINING
        ):
            return "definition"
        return "cell" if block.place.table is not None else "prose"


def _is_out_of_use(block: Block, words: str, before: str) -> bool:
    """Whether a block at the beginning says that its document is not in use; a cell does behind one named "Status"."""
    if block.place.table is not None and before.rstrip(":") not in ("status", "document status"):
        return False
    return len(words) < _LINE and cues.OUT_OF_USE.fullmatch(words) is not None


class Step(NamedTuple):
    """A context, what it does to a finding, how it is recognised, and what gives the reason where it holds."""

    context: str
    effect: Effect
    sign: str
    asks: Callable[[Contexts, Spot], str | None]


STEPS = (
    Step("comment", "suppressed", "a comment that this tool left", Contexts._is_own_comment),
    Step(
        "code",
        "suppressed",
        "inline code, a code block that holds a program, data or names of files",
        Contexts._in_code,
    ),
    Step("identifier", "suppressed", "part of a document number, file name, path or address", Contexts._in_identifier),
    Step(
        "name",
        "suppressed",
        "part of a product's name: capitalised, repeated, never with an article",
        Contexts._in_name,
    ),
    Step(
        "history",
        "unfixed",
        f"a row or line of a revision history after {past.EFFECTIVE} that says it was put in",
        Contexts._is_cited_anew,
    ),
    Step("history", "suppressed", "a revision-history table, section or line", Contexts._in_history),
    Step("mapping", "note", "struck through by hand, without a tracked change", Contexts._is_struck),
    Step(
        "mapping",
        "suppressed",
        'the right current term beside it: "formerly", old \u2192 new, "DELETE: \u2026 ADD: \u2026"',
        Contexts._is_mapped,
    ),
    Step("quotation", "note", "a section or a column about mistakes, by its heading", Contexts._among_mistakes),
    Step(
        "mapping",
        "unfixed",
        "what the sentence, or the row, says took its place is not what did: a fix would hide it",
        Contexts._is_mapped_wrongly,
    ),
    Step(
        "historical",
        "suppressed",
        f"the sentence tells of the time before {past.EFFECTIVE}, or of the law's making",
        Contexts._is_told_of_the_past,
    ),
    Step(
        "quotation",
        "note",
        "a block quote said to be one, over eight words quoted, or reported ones",
        Contexts._in_quotation,
    ),
    Step(
        "obsolete", "note", "a document that says at its beginning that it is no longer in use", Contexts._in_obsolete
    ),
    Step("transition", "note", "a document about the transition to the QMSR, by its title", Contexts._in_transition),
    Step(
        "record",
        "note",
        f"minutes, memoranda and reports by their title, dated before {past.EFFECTIVE}",
        Contexts._in_record,
    ),
    Step(
        "historical",
        "note",
        "what seems to be told of the law's past, or of one event with its date; a section about that law",
        Contexts._seems_of_the_past,
    ),
    Step(
        "historical",
        "note",
        "a section about words, or a list of documents, that are used no more",
        Contexts._among_old_words,
    ),
    Step(
        "transition",
        "note",
        "words of change, none of use, in a document that names the QMSR twice or a section about the transition",
        Contexts._seems_of_the_transition,
    ),
    Step("title", "unfixed", "the title of another document, behind its number", Contexts._in_title),
)
"""The contexts that decide something, in the order in which they are asked: the first that holds is the one."""

PLAIN = (
    ("heading", "a heading"),
    ("header, \u2026", "the other parts by their names"),
    ("definition", "a definitions or abbreviations list, or a defining sentence"),
    ("cell", "a table cell"),
    ("prose", "anything else"),
)
"""What the structure alone tells of a place where no step holds, and how it is recognised."""
