"""Finds claims and wrong migrations: sentences that hold one phrase of each group of a rule.

A list is read with the line that leads it in: "Documents that FDA may not inspect:" and each of its items make a
sentence, whose finding stands in the item.
"""

from collections.abc import Iterator, Sequence

from qmsr_lint.reading import Candidate, Reading, authority
from qmsr_lint.sentence import Pattern

_LEAD = 300
"""A line that leads in a list is no longer than this, in characters."""

_ITEMS = 200
"""How far down a list its lead-in is read with items that do not hold a word of the rule."""


def find(reading: Reading) -> Iterator[Candidate]:
    """A candidate for each sentence that a rule recognises."""
    claimed: set[_Sentence] = set()
    leads: list[int] = []
    for pattern, sentences in sorted(_anchored(reading).items(), key=lambda item: item[0].rule.requires):
        blocks: dict[int, int] = {}
        for where, bits in sentences.items():
            number, start, end = where
            blocks[number] = blocks.get(number, 0) | bits
            if not pattern.is_complete(bits) or (pattern.rule.requires and where in claimed):
                continue  # what the core has found needs no second reading
            if span := _recognised(reading, pattern, reading.text, start, end, bits):
                claimed.add(where)
                yield _candidate(reading, pattern, *span)
        leads = leads or _leads(reading)
        for lead, item in sorted({pair for number in blocks for pair in _led_in(reading, leads, number)}):
            bits = blocks.get(lead, 0) | blocks.get(item, 0)
            if pattern.is_complete(bits):
                yield from _in_item(reading, pattern, lead, item, bits)


def _recognised(
    reading: Reading, pattern: Pattern, text: str, start: int, end: int, bits: int
) -> tuple[int, int] | None:
    """The range in a sentence that a rule is about; where the rule has token patterns, they have the last word."""
    span = pattern.find(text, start, end, bits)
    if span is None or not pattern.rule.patterns:
        return span
    return reading.ruleset.language.find(pattern.rule, text, start, end)


_Sentence = tuple[int, int, int]
"""The number of a block, and the folded range of a sentence in it."""


def _anchored(reading: Reading) -> dict[Pattern, dict[_Sentence, int]]:
    """The sentences that hold words of a pattern: for each, the phrases whose words it holds, as bits.

    Most patterns need words that a document has nowhere; these are not looked at sentence by sentence.
    """
    hits = [(start, entry) for start, _, entry, whole in reading.hits if entry.anchors and (entry.prefix or whole)]
    anywhere: dict[Pattern, int] = {}
    for entry in {id(entry): entry for _, entry in hits}.values():
        for pattern, bit in entry.anchors:
            anywhere[pattern] = anywhere.get(pattern, 0) | bit
    possible = {pattern for pattern, bits in anywhere.items() if pattern.is_complete(bits)}
    if not possible:
        return {}
    anchored: dict[Pattern, dict[_Sentence, int]] = {}
    kept: dict[int, list[tuple[Pattern, int]]] = {}
    where = (0, 0, 0)
    for start, entry in hits:
        own = kept.get(id(entry))
        if own is None:
            own = kept[id(entry)] = [anchor for anchor in entry.anchors if anchor[0] in possible]
        if not own:
            continue
        if not where[1] <= start < where[2]:
            where = (reading.contexts.segment_at(start), *reading.contexts.sentence_at(start))
        for pattern, bit in own:
            sentences = anchored.setdefault(pattern, {})
            sentences[where] = sentences.get(where, 0) | bit
    return anchored


def _in_item(reading: Reading, pattern: Pattern, lead: int, item: int, bits: int) -> Iterator[Candidate]:
    text = reading.text
    lead_start, lead_end = reading.contexts.segment(lead)
    item_start, item_end = reading.contexts.segment(item)
    before = text[lead_start:lead_end].rstrip(" :") + " "
    joined = before + text[item_start:item_end]
    span = _recognised(reading, pattern, joined, 0, len(joined), bits)
    if span is None or span[0] >= len(before) or span[1] <= len(before):
        return  # all of it stands in one of the two, which was looked at on its own
    end = item_start + span[1] - len(before)
    yield _candidate(reading, pattern, item_start, end)


def _leads(reading: Reading) -> list[int]:
    """For each block of a list the number of the line that leads it in, -1 where there is none.

    The nearest one counts: an item that ends with a colon leads in those below it.
    """
    leads: list[int] = []
    lead = -1
    for number, block in enumerate(reading.document.blocks):
        if block.kind != "item":
            lead = -1
        leads.append(lead)
        if _leads_in(reading, number):
            lead = number
    return leads


def _led_in(reading: Reading, leads: Sequence[int], number: int) -> Iterator[tuple[int, int]]:
    """The pairs of a lead-in and an item of its list that the block number `number` is part of."""
    blocks = reading.document.blocks
    if number < len(blocks) and leads[number] >= 0:
        yield leads[number], number
    if _leads_in(reading, number):
        for item in range(number + 1, min(len(blocks), number + 1 + _ITEMS)):
            if blocks[item].kind != "item":
                return
            yield number, item


def _leads_in(reading: Reading, number: int) -> bool:
    if number >= len(reading.document.blocks):
        return False
    block = reading.document.blocks[number]
    return block.end - block.start <= _LEAD and reading.document.text[block.start : block.end].rstrip().endswith(":")


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
        authority(rule),
        certainty=rule.certainty,
        safety=rule.fix,
    )
