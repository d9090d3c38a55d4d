"""What the words around a citation choose of what a section became."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from qmsr_lint import successor
from qmsr_lint.citation import Citation
from qmsr_lint.expression import Expression
from qmsr_lint.match import begins_a_word, contains, places
from qmsr_lint.reading import Reading
from qmsr_lint.successor import Section, Tables, lies_within, same_branch
from qmsr_lint.wording import singular

_REST = 6  # characters that may stand beside a citation which is the whole of its cell
_TITLE_IN_WORDS = Expression(
    r"software assurance (?:for |of )?production and quality (?:management )?system software|\"[^\"]{16,160}\"",
    needs=("software assurance", '"'),
)
"""The title of another document, whose words say nothing of what the sentence is about."""
_LISTED_PART = Expression(
    r"(820\.\d[0-9a-z.()]{0,24})(?:[ ,;/&]|and|or|21|cfr|of){1,12}parts? \d{3,4}(?!\.?\d)"
    r"|parts? \d{3,4}(?:[ ,;/&\u00a7]|and|or|21|cfr){1,12}(?=820\.)",
    needs=("part ", "parts "),
)
"""Another part of the CFR in a list with a citation, which says nothing of what that is about."""
_BEFORE = 24  # characters before a topic in which it is excluded
_EXCLUDED = Expression(r"(?<![a-z])(?:other than|except(?: for)?|excluding|apart from|(?:, |and |but )not)(?: the)? $")
"""Says before a topic that it is not what is spoken of."""
_EUROPEAN_MDR = Expression(
    r"(?<![a-z])(?:(?:eu|european|europe's) mdr|mdr \(?eu\)?(?![a-z])|mdr 2017|mdr,? (?:article|annex|art\.)"
    r"|(?:mdd|ivdr)(?:[ ,/&]|and|or)+mdr|mdr(?:[ ,/&]|and|or)+(?:mdd|ivdr))(?![a-z])",
    needs=("mdr",),
)
"""The European regulation, whose short form is that of a report to FDA."""


class Choice(NamedTuple):
    """The clause that words choose, what is to be cited, what else is offered, and how sure that is.

    `clauses` are several that they choose together. Words choose a clause where a section became several; the row of a
    table and the whole document choose less surely. A choice that is left `open` has to be made by a person. They may
    mean a `paragraph`, of which not all that the section became is true.
    """

    clause: str | None
    replacement: str | None
    offered: tuple[str, ...] = ()
    sure: bool = True
    clauses: tuple[str, ...] = ()
    open: bool = False
    paragraph: str = ""


def choose(reading: Reading, section: Section, found: Citation, words: str) -> Choice:
    """What the words of its sentence choose for a citation, else the heading of the section in the next cell.

    The whole of what the section became is offered beside what words choose of it, for they may speak of more.
    """
    words = _LISTED_PART.sub(r"\1", _TITLE_IN_WORDS.sub(_without_title, words))
    choice = _chosen_by_words(reading, section, found, words)
    tables = reading.ruleset.tables
    if others := _of_paragraphs(tables, section, words):
        return choice._replace(offered=(*choice.offered, *others), open=True)
    stems = tables.words_of_paragraphs(section.designation) if section.fix == "safe" else {}
    paragraph = next((name for stem, name in stems.items() if begins_a_word(words, stem)), "")
    return choice._replace(sure=False, paragraph=paragraph) if paragraph else choice


def _chosen_by_words(reading: Reading, section: Section, found: Citation, words: str) -> Choice:
    if not section.topics:
        alone = {*_clauses_named(section.narrow, words)}
        spoken_of = {
            clause for clause, named in section.others.items() if any(begins_a_word(words, each) for each in named)
        }
        if len(alone) == 1 and spoken_of <= alone:
            return _narrowed(section, *alone)
        return Choice(None, successor.replacement(section))
    choice = _chosen(section, words)
    if choice.clause in section.iso and any(beginning in words for beginning in section.unless):
        return _left(section, section.topics)
    if not choice.open or _clauses_named(section.topics, words):
        return choice
    if section.unless:
        near = f"{reading.nearby(found.start, found.end)} {reading.row(found.start)}"
        if not any(beginning in near for beginning in section.unless):
            return Choice(None, choice.replacement, sure=not any(map(reading.holds, section.unless)))
    return _chosen_by_heading(reading, section, found) or choice


def _chosen(section: Section, words: str) -> Choice:
    words = _EUROPEAN_MDR.sub(" ", _without_heading(section, words))
    chosen = _clauses_named(section.topics, words)
    if not chosen or any(beginning in words for beginning in section.own):
        return _left(section, chosen or section.topics)
    elsewhere = [
        clause for clause in chosen if not successor.is_part_of(successor.narrowed(section, (clause,)), section)
    ]
    if not elsewhere and len(chosen) == 1:
        return _narrowed(section, chosen[0])
    together = successor.replacement(successor.narrowed(section, chosen))
    whole = successor.replacement(section) or ""
    alone = chosen[0] if len(chosen) == 1 else None
    offered = (whole,) if elsewhere == chosen else _each_of(section, chosen)
    return Choice(alone, together, offered, clauses=() if alone else tuple(chosen), open=True)


def _narrowed(section: Section, clause: str) -> Choice:
    """One clause of those of a section, and the whole beside it."""
    whole, narrow = successor.replacement(section), successor.replacement(section, clause)
    return Choice(clause, narrow, () if whole in (narrow, None) else (whole,))


def _left(section: Section, clauses: Iterable[str]) -> Choice:
    """The whole of what a section became, with clauses that may be meant."""
    return Choice(None, successor.replacement(section), _each_of(section, clauses), open=True)


def _each_of(section: Section, clauses: Iterable[str]) -> tuple[str, ...]:
    return tuple(successor.replacement(section, clause) or "" for clause in clauses)


def _of_paragraphs(tables: Tables, section: Section, words: str) -> tuple[str, ...]:
    """What became of the paragraphs whose matter is named, where that is no part of what the section became."""
    rows = (
        tables.legacy[name]
        for topic, name in tables.topics
        if topic in words and lies_within(name, section.designation) and contains(words, topic)
    )
    told = (successor.replacement(row) for row in rows if not successor.is_part_of(row, section))
    return tuple(dict.fromkeys(filter(None, told)))


def _without_heading(section: Section, words: str) -> str:
    """The words without the heading of the section, where it holds the words of some of its matters and means all."""
    heading = section.heading.lower()
    named = _clauses_named(section.topics, heading)
    if not named or set(section.iso) <= set(named):
        return words
    for form in (heading, heading.removesuffix("s")):
        for at in reversed([*places(words, form)]):
            words = words[:at] + words[at + len(form) :]
    return words


def _clauses_named(topics: Mapping[str, Sequence[str]], words: str) -> list[str]:
    return [clause for clause, named in topics.items() if any(_is_named(topic, words) for topic in named)]


def _is_named(topic: str, words: str) -> bool:
    return any(not _EXCLUDED.search(words, max(0, at - _BEFORE), at) for at in places(words, topic))


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
    named = [clause for other in others for clause in _clauses_named(section.topics, other)]
    if section.fix != "safe" or any(clause not in section.iso for clause in named):
        return None
    return Choice(None, successor.replacement(section), sure=False)


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
