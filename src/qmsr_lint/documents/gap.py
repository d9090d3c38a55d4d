"""Whether a procedure says what its type must say: the elements of the gap rules, looked for in a document.

An element counts as present where its words stand in a sentence of the procedure itself: not in a heading, a list of
references, a definition, a history, a quotation, a placeholder that is still to be filled in, or the block in which the
document tells its number, date and approval. A sentence that says "not" holds the words as well: what a procedure rules
out, it has addressed.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qmsr_lint import sentence
from qmsr_lint.documents import doctypes
from qmsr_lint.expression import MONTHS
from qmsr_lint.model import AS_TYPED, ElementVerdict, Recognition
from qmsr_lint.pack import Rule

if TYPE_CHECKING:
    from qmsr_lint.reading import Reading

_LONGEST = 240
"""Characters of a sentence that a verdict carries."""

_ROW = 40
"""Blocks to each side of a cell among which those of its row are looked for."""

_TODO = re.compile(r"(?<!\w)(?:todo|tbd|to be (?:determined|completed|written|added|defined))(?!\w)|<[a-z ]+>")
_OPENED = re.compile(r"\A[^\w\[]*\[")
_WORD = re.compile(r"\w")
_REFERENCE = re.compile(r"\W*(?:please )?(?:refer to|see|as (?:described|defined|given) in|described in|according to) ")
_NOT_APPLICABLE = re.compile(
    r"(?<!\w)(?:not applicable|n/a|(?:do|does|shall|will) not apply"
    r"|not (?:performed|carried out|used|required|provided)"
    r"|(?:do|does) not (?:manufacture|make|place|ship|sell|service|provide|supply)|exempt|exclu\w+|not subject to"
    r"|out ?side the scope|out of scope|none of (?:our|the))(?!\w)"
)


_MONTHS = "|".join(MONTHS)
_ISSUED = "(?:approval|release|issue|publication|signature)"
_IN_FORCE = re.compile(
    r"(?<!\w)(?:effective(?= (?:dates?|as of|immediately|upon)(?!\w)"
    rf"| (?:from|until|since|on) (?:the )?(?:\d|{_MONTHS}|(?:date of )?(?:its |the )?{_ISSUED})"
    rf"|:? (?:on )?(?:\d{{4}}-|\d{{1,2}}[./]\d|\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d))"
    r"|(?<=date )effective|(?:becomes?|comes|coming) effective)(?!\w)"
)
"""Words on the day from which a document is in force, which say nothing of how well something works."""

_ADMINISTRATIVE = re.compile(
    r"(?:document|procedure|sop|process) (?:number|no|id|title|type|owner|status)"
    r"|(?:prepared|written|drafted|authored|reviewed|checked|approved|released|issued|authori[sz]ed) (?:by|on|date)"
    r"|(?:effective|issue|release|approval|revision|next review|last review) date|date effective"
    r"|authors?|reviewers?|approvers?|approvals?|revision(?: (?:number|no|level))?|supersedes|replaces"
)
"""Labels in the block in which a document tells its number, date and approval, wherever that stands."""

_LABELLED = re.compile(r"([^:.]{2,40}): ?\S.{0,60}[^.]")
_LONGEST_CELL = 12
"""Words of a cell or a line that may be the value of a label; what is longer, or has a full stop, states something."""

_OF_RECORDS = frozenset(("batch-record", "medical-device-file"))
"""Types that are made of labels and cells, as forms are."""

Span = tuple[int, int]


class Part(NamedTuple):
    """A part of an element and the ways to say it: each a set of patterns that must stand together."""

    name: str
    ways: tuple[tuple[re.Pattern[str], ...], ...]


class Element(NamedTuple):
    """A gap rule made ready. What the rule does not have is None; a sentence with one of `none` is no evidence."""

    rule: Rule
    parts: tuple[Part, ...]
    none: re.Pattern[str] | None
    unwanted: re.Pattern[str] | None
    subject: re.Pattern[str] | None
    section: re.Pattern[str] | None
    when: re.Pattern[str] | None


def compile_rules(rules: Iterable[Rule]) -> Sequence[Element]:
    """The gap rules among `rules`, made ready. Their entries have been looked at: see `packcheck`."""
    elements = []
    for rule in rules:
        if rule.kind == "gap":
            parts = tuple(Part(name, tuple(_ways(phrases, rule.id))) for name, phrases in rule.parts.items())
            patterns = (sentence.alternatives(words, rule.id) if words else None for words in _words(rule))
            elements.append(Element(rule, parts, *patterns))
    return elements


def _words(rule: Rule) -> tuple[tuple[str, ...], ...]:
    return rule.none, rule.unwanted, rule.subject, rule.section, rule.when


def _ways(phrases: Sequence[str], rule: str) -> Iterator[tuple[re.Pattern[str], ...]]:
    """The phrases that stand alone as one pattern, then those that need others beside them."""
    if alone := [phrase for phrase in phrases if " + " not in phrase]:
        yield (sentence.alternatives(alone, rule),)
    for phrase in phrases:
        if " + " in phrase:
            yield tuple(sentence.alternatives([each], rule) for each in phrase.split(" + "))


def _is_in_brackets(words: str) -> bool:
    """Whether a text begins and ends with something in square brackets, as what is to be filled in does."""
    opened, closed = _OPENED.match(words), words.rfind("]")
    return opened is not None and opened.end() <= closed and _WORD.search(words, closed) is None


class Judged(NamedTuple):
    """A verdict with the range of the folded text that it is about."""

    rule: Rule
    verdict: ElementVerdict
    folded: tuple[int, int]


def judge(reading: "Reading") -> tuple[Recognition, list[Judged]]:
    """The types of the document, and a verdict on each element they must have, in the order of the rules."""
    ruleset = reading.ruleset
    recognition = ruleset.types.recognise(reading)
    wanted = [element for element in ruleset.elements if set(element.rule.documents) & set(recognition.types)]
    if not wanted or not reading.document.blocks:
        return recognition, []
    body = Body(reading, recognition)
    return recognition, [body.judge(element) for element in wanted if body.concerns(element)]


class Body:
    """The sentences of one document that can state something."""

    def __init__(self, reading: "Reading", recognition: Recognition) -> None:
        self.reading = reading
        self.recognition = recognition
        self.text = _IN_FORCE.sub(lambda match: "_" * len(match[0]), reading.text)
        self.blocks = reading.document.blocks
        types = reading.ruleset.types.types
        self.of_cells = any(name in _OF_RECORDS or types[name].form for name in recognition.types)

    def judge(self, element: Element) -> Judged:
        """The verdict on one element."""
        rule = element.rule
        if element.unwanted is not None:
            found = self._first(element, (element.unwanted,))
            return self._at(rule, "outdated", found) if found else self._belonging(element, "present")
        homes = self._homes(element)
        places = [(part.name, self._part(element, part, homes)) for part in element.parts]
        absent = tuple(name for name, place in places if place is None)
        at = next((place for _, place in places if place is not None), None)
        if not absent and at is not None:
            return self._at(rule, "present", at)
        if ruled_out := self._ruled_out(element):
            return self._at(rule, "not-applicable", ruled_out)
        if at is not None:
            return self._at(rule, "partly", at, absent)
        return self._belonging(element, "missing", absent)

    def concerns(self, element: Element) -> bool:
        """Whether the rule applies to the document at all."""
        return element.when is None or self._first(element, (element.when,)) is not None

    def _part(self, element: Element, part: Part, homes: Container[int]) -> Span | None:
        """Where a part is covered: in a section about it, or else wherever it comes first."""
        places = [place for way in part.ways for place in self._all(element, way)]
        at_home = (place for place in places if self.sections[self.reading.sentences.segment_at(place[0])] in homes)
        return min(at_home, default=min(places, default=None))

    def _ruled_out(self, element: Element) -> Span | None:
        return self._first(element, (element.subject, _NOT_APPLICABLE)) if element.subject is not None else None

    def _first(self, element: Element, way: Sequence[re.Pattern[str]]) -> Span | None:
        return next(self._all(element, way), None)

    def _all(self, element: Element, way: Sequence[re.Pattern[str]]) -> Iterator[Span]:
        """The places where patterns stand together in words that state something, one for each sentence."""
        first, *others = way
        for number, start, end, standing in self.sentences:
            if standing == "listing" and not element.rule.anywhere:
                continue
            match = first.search(self.text, start, end)
            if match is None or (element.none is not None and element.none.search(self.text, start, end)):
                continue
            if not others or self._together(number, (start, end), others):
                yield match.span()

    @cached_property
    def sentences(self) -> Sequence[tuple[int, int, int, str]]:
        """The sentences that can be evidence: the number of their block, their range, what they can be."""
        found = []
        for number, standing in enumerate(self.standing):
            if standing:
                for start, end in sentence.split(self.text, *self.reading.sentences.segment(number)):
                    words = self.text[start:end]
                    if standing == "listing" or not (_TODO.search(words) or _is_in_brackets(words)):
                        found.append((number, start, end, standing))
        return found

    def _together(self, number: int, around: tuple[int, int], others: Sequence[re.Pattern[str]]) -> bool:
        """Whether all patterns match in the sentence, the row of its cell, or the item and what leads it in."""
        ranges = [around, *self._beside(number)]
        return all(any(pattern.search(self.text, *where) for where in ranges) for pattern in others)

    def _beside(self, number: int) -> Iterator[tuple[int, int]]:
        segment = self.reading.sentences.segment
        block = self.blocks[number]
        if block.place.table is not None:
            row = (block.place.part, block.place.table, block.place.row)
            for other in range(max(0, number - _ROW), min(len(self.blocks), number + _ROW)):
                place = self.blocks[other].place
                if other != number and (place.part, place.table, place.row) == row:
                    yield segment(other)
        elif block.kind == "item":
            lead = self._leads[number]
            if lead >= 0:
                yield segment(lead)

    @cached_property
    def standing(self) -> list[str]:
        """For each block what its words can be: a "statement", a "listing" (only named), "" for nothing.

        A heading states something where a mere reference follows: "Outsourced processes. See SOP-2."
        """
        found: list[str] = []
        listing: dict[int, bool] = {}
        for block in self.blocks:
            words = " ".join(self.reading.document.text[block.start : block.end].lower().split())
            if block.kind == "heading" and block.level:
                listing = {level: each for level, each in listing.items() if level < block.level}
                listing[block.level] = doctypes.is_listing(words)
            # What is set off as a quotation is no evidence, whosever words they are: better asked for once too often.
            found.append(self._standing(block.kind, block.place.part, words, any(listing.values()), block.quoted))
        for number in self._document_block:
            found[number] = ""
        segment = self.reading.sentences.segment
        for number, block in enumerate(self.blocks):
            following = range(number + 1, min(number + 3, len(self.blocks)))
            stated = next((other for other in following if found[other] == "statement"), None)
            if block.kind == "heading" and stated is not None and self.sections[stated] == number:
                found[number] = "statement" if _REFERENCE.match(self.text, *segment(stated)) else ""
        return found

    def _standing(self, kind: str, part: str, words: str, listing: bool, quoted: bool) -> str:
        if kind in AS_TYPED or kind == "heading" or quoted or not words:
            return ""
        if part not in ("body", "textbox", "footnote", "endnote"):
            return ""
        if _TODO.fullmatch(words) or _is_in_brackets(words):
            return ""
        return "listing" if listing else "statement"

    @cached_property
    def _document_block(self) -> set[int]:
        """The blocks that tell the document's number, date and approval; none in forms, which are made of cells."""
        if self.of_cells:
            return set()
        text = self.reading.document.text
        words = [" ".join(text[block.start : block.end].lower().split()) for block in self.blocks]
        headings = [number for number, block in enumerate(self.blocks) if block.kind == "heading"]
        top = headings[1] if len(headings) > 1 else len(self.blocks)
        stated = (number for number, each in enumerate(words) if number not in headings and _states(each))
        top = top if len(headings) > 1 else next(stated, top)
        found = {number for number in range(top) if self._is_label(number, words, at_top=True)}
        return found | {number for number in range(top, len(words)) if self._is_label(number, words, at_top=False)}

    def _is_label(self, number: int, words: Sequence[str], *, at_top: bool) -> bool:
        """Whether a block is a label, its value, or both: at the top whatever the label, elsewhere a usual one."""
        place = self.blocks[number].place
        if place.table is None:
            lines = self.reading.document.text[self.blocks[number].start : self.blocks[number].end].lower().split("\n")
            labels = [_LABELLED.fullmatch(line.strip()) for line in lines if line.strip()]
            return bool(labels) and all(
                label is not None and (at_top or _is_administrative(label[1])) for label in labels
            )
        if _states(words[number]):
            return False
        first = number if place.cell == 1 or not number else number - 1
        return at_top or any(_is_administrative(words[each]) for each in {number, first})

    @cached_property
    def _leads(self) -> list[int]:
        """For each block the number of the last one up to it that is no list item, -1 where there is none."""
        last = -1
        found = []
        for number, block in enumerate(self.blocks):
            last = last if block.kind == "item" else number
            found.append(last)
        return found

    @cached_property
    def sections(self) -> list[int]:
        """For each block the number of the nearest heading above it, -1 where there is none."""
        nearest = -1
        found = []
        for number, block in enumerate(self.blocks):
            nearest = number if block.kind == "heading" else nearest
            found.append(nearest)
        return found

    # --- verdicts

    def _at(self, rule: Rule, state: str, place: tuple[int, int], absent: tuple[str, ...] = ()) -> Judged:
        """A verdict about words that were found: it stands at their sentence, its range is the words."""
        first, last = self.reading.sentences.around(*place)
        return self._verdict(rule, state, self.reading.folded.span(first, last), place, absent)

    def _belonging(self, element: Element, state: str, absent: tuple[str, ...] = ()) -> Judged:
        """A verdict about words that are not there: it stands where they belong."""
        number = self._home(element)
        segment = self.reading.sentences.segment(number)
        block = self.blocks[number]
        return self._verdict(element.rule, state, (block.start, block.end), segment, absent)

    def _verdict(
        self, rule: Rule, state: str, span: tuple[int, int], folded: tuple[int, int], absent: tuple[str, ...]
    ) -> Judged:
        document = self.reading.document
        words = " ".join(document.text[span[0] : span[1]].split())
        sentence = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        start, end = self.reading.folded.span(*folded) if folded[0] < folded[1] else span
        place = self.reading.block(start).place
        verdict = ElementVerdict(rule.id, state, sentence, start, end, place, absent)  # type: ignore[arg-type]
        return Judged(rule, verdict, folded)

    def _homes(self, element: Element) -> list[int]:
        """The headings under which an element belongs, by its own words first, then by those of the type."""
        types = [name for name in self.recognition.types if name in element.rule.documents]
        patterns = [element.section, *(self.reading.ruleset.types.types[name].headings for name in types)]
        segment = self.reading.sentences.segment
        return [
            number
            for pattern in patterns
            if pattern is not None
            for number in self._headings
            if pattern.search(self.text, *segment(number))
        ]

    def _home(self, element: Element) -> int:
        """The number of the block under which an element belongs: a heading by its words, or the title."""
        body = (number for number, block in enumerate(self.blocks) if block.place.part == "body")
        filled = [number for number in body if self.blocks[number].end > self.blocks[number].start]
        return next(iter((*self._homes(element), *self._titles, *filled)), 0)

    @cached_property
    def _headings(self) -> list[int]:
        """The headings of sections, without the title and without those that lead to lists."""
        headings = [number for number, block in enumerate(self.blocks) if block.kind == "heading"]
        text = self.reading.document.text
        return [
            number
            for number in headings[1:]
            if not doctypes.is_listing(text[self.blocks[number].start : self.blocks[number].end].lower())
        ]

    @cached_property
    def _titles(self) -> list[int]:
        return [number for number, block in enumerate(self.blocks) if block.kind == "heading"][:1]


def _states(words: str) -> bool:
    """Whether the words of a cell or a line are more than a value: a sentence, or as long as one."""
    return words.endswith((".", ";", "!", "?")) or len(words.split()) > _LONGEST_CELL


def _is_administrative(words: str) -> bool:
    """Whether words, in small letters, are a label of the block that tells a document's number, date and approval."""
    return _ADMINISTRATIVE.fullmatch(words.strip(" :.*#-")) is not None
