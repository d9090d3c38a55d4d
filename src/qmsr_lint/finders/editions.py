"""Finds clauses of ISO 13485 by the numbers they had in its 2003 edition."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from qmsr_lint.pack import Rule
from qmsr_lint.reading import Candidate, Reading, confidence


def find(reading: Reading) -> Iterator[Candidate]:
    """Clause numbers that stand beside the title they had in 2003, in a sentence that names ISO 13485."""
    rule = reading.rules_of("citation").get("iso-2003")
    if rule is not None:
        yield from _editions(reading, rule)


def _editions(reading: Reading, rule: Rule) -> Iterator[Candidate]:
    text = reading.text
    rows = [row for row in reading.ruleset.tables.iso_2003 if row["renumbered"] and reading.holds(row["clause"])]
    if not rows:
        return
    done = 0  # sentences that are too long overlap
    at = text.find("13485")
    while at >= 0:
        begin, finish = reading.contexts.sentence(at, at + 5)
        begin, done = max(begin, done), max(finish, done)
        if begin < finish:
            sentence = text[begin:finish]
            for row in rows:
                if row["clause"] in sentence and row["title"].lower() in sentence:
                    yield from _edition(reading, rule, row, begin, finish)
        at = text.find("13485", at + 5)


def _edition(reading: Reading, rule: Rule, row: Mapping[str, Any], begin: int, finish: int) -> Iterator[Candidate]:
    number, title = row["clause"], row["title"].lower()
    pattern = rf"(?<![\d.])({re.escape(number)})(?![\d.]*\d)[ ,:(\"'-]{{0,4}}{re.escape(title)}s?(?![a-z])"
    for match in re.finditer(pattern, reading.text[begin:finish]):
        start, end = begin + match.start(1), begin + match.end(1)
        first, last = reading.folded.span(start, end)
        current = ", ".join(row["current"])
        yield Candidate(
            rule,
            first,
            last,
            (start, end),
            reading.message(
                rule,
                first,
                last,
                current=current,
                designation=number,
                section=number,
                heading=row["title"],
                today=row["same_number_now"],
            ),
            current,
            current if len(row["current"]) == 1 else None,
            basis=f"ISO 13485:2016 {current}" + confidence(row["confidence"]),
            safety="unsafe",
        )
