"""What the words around a citation choose of what a section became."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qmsr_lint import successor
from qmsr_lint.citation import Citation
from qmsr_lint.expression import Expression
from qmsr_lint.match import contains
from qmsr_lint.reading import Reading
from qmsr_lint.successor import Section, same_branch
from qmsr_lint.wording import singular

_REST = 6  # characters that may stand beside a citation which is the whole of its cell
_TITLE_IN_WORDS = Expression(
    r"software assurance (?:for |of )?production and quality (?:management )?system software|\"[^\"]{16,160}\"",
    needs=("software assurance", '"'),
)
"""The title of another document, whose words say nothing of what the sentence is about."""
_LISTED_PART = Expression(
    r"(820\.\d[0-9a-z.()]*)(?:[ ,;/&]|and|or|21|cfr|of)+parts? \d{3,4}(?!\.?\d)"
    r"|parts? \d{3,4}(?:[ ,;/&\u00a7]|and|or|21|cfr)+(?=820\.)",
    needs=("part ", "parts "),
)
"""Another part of the CFR in a list with a citation, which says nothing of what that is about."""


class Choice(NamedTuple):
    """The clause that words choose, what is to be cited, what is offered where they choose none, and how sure that is.

    `clauses` are several that they choose together.
    Words choose a clause where a section became several; the row of a table and the whole document choose less surely.
    """

    clause: str | None
    replacement: str | None
    offered: tuple[str, ...] = ()
    sure: bool = True
    clauses: tuple[str, ...] = ()


def choose(reading: Reading, section: Section, found: Citation, words: str) -> Choice:
    """What the words of its sentence choose for a citation, else the heading of the section in the next cell."""
    if not section.topics:
        alone = _clauses_named(section.narrow, words)
        clause = alone[0] if len(alone) == 1 else None
        return Choice(clause, successor.replacement(section, clause))
    words = _LISTED_PART.sub(r"\1", _TITLE_IN_WORDS.sub(_without_title, words))
    choice = _chosen(section, words)
    if choice.clause in section.iso and any(beginning in words for beginning in section.unless):
        return Choice(None, successor.replacement(section), _each_clause(section))
    if not choice.offered or _clauses_named(section.topics, words):
        return choice
    if section.unless:
        near = f"{reading.nearby(found.start, found.end)} {reading.row(found.start)}"
        if not any(beginning in near for beginning in section.unless):
            return Choice(None, choice.replacement, sure=not any(map(reading.holds, section.unless)))
    return _chosen_by_heading(reading, section, found) or choice


def _chosen(section: Section, words: str) -> Choice:
    whole = successor.replacement(section)
    chosen = _clauses_named(section.topics, words)
    speaks_of_its_own = any(beginning in words for beginning in section.own)
    if len(chosen) == 1 and not speaks_of_its_own:
        return Choice(chosen[0], successor.replacement(section, chosen[0]))
    if chosen and not set(chosen) & set(section.iso) and not speaks_of_its_own:
        together = successor.replacement(successor.narrowed(section, chosen))
        return Choice(None, together, (whole or "",), clauses=tuple(chosen))
    if chosen:
        whole = successor.clauses_of(section, chosen) or whole
    offered = tuple(successor.replacement(section, clause) or "" for clause in chosen) or _each_clause(section)
    return Choice(None, whole, offered)


def _each_clause(section: Section) -> tuple[str, ...]:
    return tuple(successor.replacement(section, clause) or "" for clause in section.topics)


def _clauses_named(topics: Mapping[str, Sequence[str]], words: str) -> list[str]:
    return [clause for clause, named in topics.items() if any(contains(words, topic) for topic in named)]


def _chosen_by_heading(reading: Reading, section: Section, found: Citation) -> Choice | None:
    """What the heading of a section chooses in the cell beside it; nothing where the row names something else."""
    block = reading.block_around(found.start)
    if block.place.table is None or block.end - block.start - (found.end - found.start) > _REST:
        return None
    words, number = reading.contexts.structure.words, block.place.cell or 0
    cells = reading.contexts.structure.row(block)
    beside = [cell for cell in cells if abs((cell.place.cell or 0) - number) == 1 and _is_heading(words(cell), section)]
    others = [words(cell) for cell in cells if cell not in beside]
    if not beside or any(_names_another(reading, section, other) for other in others):
        return None
    choice = _chosen(section, words(beside[0]))
    if choice.clause is None and _clauses_named(section.topics, words(beside[0])):
        return None
    if choice.clause is None and section.fix != "safe":
        return None
    if any(clause != choice.clause for other in others for clause in _clauses_named(section.topics, other)):
        return None
    return choice._replace(offered=(), sure=False)


def _is_heading(words: str, section: Section) -> bool:
    """Whether the words of a cell are the heading of a section, one or several of the thing."""
    return singular(words.strip(" .:;")) == singular(section.heading.lower())


def _names_another(reading: Reading, section: Section, words: str) -> bool:
    """Whether the words of a cell are about another section."""
    topics = reading.ruleset.tables.topics
    return any(contains(words, topic) and not same_branch(section.designation, name) for topic, name in topics)


def _without_title(found: re.Match[str]) -> str:
    """Nothing in place of a title; a quoted passage with a citation in it is a sentence, which stays."""
    return found[0] if "820." in found[0] else " "
