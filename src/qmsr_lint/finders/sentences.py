"""Finds claims and wrong migrations: sentences that hold one phrase of each group of a rule.

A list is read with the line that leads it in: "Documents that FDA may not inspect:" and each of its items make a
sentence, whose finding stands in the item. So do two sentences of which the second begins with "they", or answers the
first with no.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from qmsr_lint.context.refutation import is_refuted
from qmsr_lint.expression import Expression
from qmsr_lint.lexicon import Entry
from qmsr_lint.pack import STATEMENTS
from qmsr_lint.reading import Candidate, Reading, basis_of
from qmsr_lint.sentence import Pattern, Phrase, Phrases

_ITEMS = 200
"""How far down a list its lead-in is read with items that do not hold a word of the rule."""


_GOES_ON = Expression(
    r" ((?:they|it|th[eo]se|such|the|this)(?: (?:reports?|records?|documents?|files?|units?|devices?))?"
    r" (?:is|are|do|does|has|have|may|must|shall|will|can|cannot|should|need|needs|remain|remains)(?![a-z])"
    r"|(?<=\? )no(?![a-z]))",
    begins=tuple(f" {word}" for word in ("they ", "it ", "these ", "those ", "such ", "the ", "this ", "no")),
)
"""Begins a sentence that speaks of what the one before names, or that answers it."""


def find(reading: Reading) -> Iterator[Candidate]:
    """A candidate for each sentence that a rule recognises."""
    claimed: set[tuple[int, int]] = set()
    sentence_at = reading.sentences.at
    in_lists = cache(lambda number: [*_in_lists(reading, number)])
    for pattern, groups, starts in sorted(_possible(reading), key=lambda found: found[0].rule.requires):
        for where in dict.fromkeys(map(sentence_at, starts)):
            if pattern.rule.requires and where in claimed:
                continue  # what the core has found needs no second reading
            if span := _recognised(reading, pattern, groups, reading.text, *where):
                claimed.add(where)
                yield _candidate(reading, pattern, *span)
        if pattern.goes_on:
            yield from _in_two(reading, pattern, groups, starts)
        blocks = dict.fromkeys(map(reading.sentences.segment_at, starts))
        for lead, item in dict.fromkeys(pair for number in blocks for pair in in_lists(number)):
            yield from _in_item(reading, pattern, groups, lead, item)


def _recognised(
    reading: Reading, pattern: Pattern, groups: Phrases, text: str, start: int, end: int
) -> tuple[int, int] | None:
    """The range in a sentence that a rule is about; where the rule has token patterns, they have the last word."""
    span = pattern.find(text, start, end, groups)
    if span is None or _is_denied(pattern, text, start, end, span[1]):
        return None
    if not pattern.rule.patterns:
        return span
    return reading.ruleset.language.find(pattern.rule, text, start, end)


def _is_denied(pattern: Pattern, text: str, start: int, end: int, last: int) -> bool:
    return pattern.rule.family in STATEMENTS and is_refuted(text, start, end, last)


def _possible(reading: Reading) -> Iterator[tuple[Pattern, Phrases, Sequence[int]]]:
    """The patterns that the document may hold, with those of their phrases it may hold and where to look for them."""
    starts: dict[Entry, list[int]] = {}
    for start, _, entry, whole in reading.hits:
        if entry.anchors and (whole or entry.prefix):
            starts.setdefault(entry, []).append(start)
    patterns: dict[Pattern, None] = {}
    places: dict[Phrase, list[int]] = defaultdict(list)
    for entry, own in starts.items():
        for pattern, phrase in entry.anchors:
            patterns[pattern] = None
            places[phrase] += own
    holds = reading.held.__getitem__
    for pattern in patterns:
        if groups := pattern.possible(places, holds):
            # Phrases have words in common, and a phrase may stand in several groups.
            at = dict.fromkeys(at for group in groups for phrase in group for at in places.get(phrase, ()))
            yield pattern, groups, list(at)


def _in_two(reading: Reading, pattern: Pattern, groups: Phrases, starts: Sequence[int]) -> Iterator[Candidate]:
    """A candidate for each two sentences that a rule recognises together."""
    text, at = reading.text, reading.sentences.at
    pairs: dict[int, tuple[int, int]] = {}
    for start, end in dict.fromkeys(map(at, starts)):
        if goes_on := _GOES_ON.match(text, end):
            pairs[goes_on.start(1)] = start, at(goes_on.start(1))[1]
        if start > 1 and _GOES_ON.match(text, start - 1):
            pairs[start] = at(start - 2)[0], end
    for joint, (start, end) in pairs.items():
        span = pattern.find_on(text, start, joint, end, groups)
        if span and not _is_denied(pattern, text, start, end, span[1]):
            yield _candidate(reading, pattern, *span)


def _in_lists(reading: Reading, number: int) -> Iterator[tuple[int, int]]:
    """The pairs of a lead-in and an item of its list that the block number `number` is part of.

    An item that ends with a colon leads in those below it, beside the line that leads in the whole list.
    """
    structure, blocks = reading.contexts.structure, reading.document.blocks
    lead = structure.lead(number) if number < len(blocks) else -1
    while lead >= 0:
        yield lead, number
        lead = structure.lead(lead)
        if number - lead > _ITEMS:
            break
    if number < len(blocks) and structure.leads_in(number):
        for item in range(number + 1, min(len(blocks), number + 1 + _ITEMS)):
            if blocks[item].kind != "item":
                return
            yield number, item


def _in_item(reading: Reading, pattern: Pattern, groups: Phrases, lead: int, item: int) -> Iterator[Candidate]:
    text = reading.text
    lead_start, lead_end = reading.sentences.segment(lead)
    item_start, item_end = reading.sentences.segment(item)
    before = text[lead_start:lead_end].rstrip(" :") + " "
    joined = before + text[item_start:item_end]
    span = _recognised(reading, pattern, groups, joined, 0, len(joined))
    if span is None or span[0] >= len(before) or span[1] <= len(before):
        return  # all of it stands in one of the two, which was looked at on its own
    end = item_start + span[1] - len(before)
    yield _candidate(reading, pattern, item_start, end)


def _candidate(reading: Reading, pattern: Pattern, start: int, end: int) -> Candidate:
    rule = pattern.rule
    first, last = reading.folded.span(start, end)
    return Candidate(
        rule,
        first,
        last,
        (start, end),
        reading.message(rule, first, last),
        rule.current,
        rule.current,
        rule.alternatives,
        basis_of(rule),
        certainty=rule.certainty,
        safety=rule.fix,
    )
