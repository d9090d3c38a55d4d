"""What a fix writes in place of a citation, and whether it reads and is true where it would stand."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qmsr_lint import citation, successor
from qmsr_lint.citation import Citation
from qmsr_lint.context import became
from qmsr_lint.expression import Expression
from qmsr_lint.lexicon import plural
from qmsr_lint.match import contains
from qmsr_lint.model import Block
from qmsr_lint.reading import Reading
from qmsr_lint.successor import Section

_BESIDE = 120  # characters that are looked at before and behind a citation
_HEAD = 60  # characters of the head of a column
_NOT_CARRIED = (
    " What stands beside it is not in what takes its place, or not as it was: it may stay as a requirement of your own."
)
_NUMBERED = r"(?:§{1,2} ?)?820\.\d{1,3}[a-z]?(?:\.[a-z0-9]{1,3})?(?:\([a-z0-9]{1,4}\)){0,3}\.?"
_NAMING = (
    r"(?:the|all|any|other|fda(?:'s)?|u\.?s\.?|requirements?|provisions?|regulations?|controls?|design|development|and|or"
    r"|of|in|under|at|by|from|part|sections?|current|quality|management|system|21|cfr|qs|gmp|cgmp|existing"
    rf"|{_NUMBERED})"
)
_SCOPE_BEFORE = Expression(
    rf"(?<![a-z])(?:subject to|exempt(?:ed|ions?)?(?: only| also)? from|excluded from|waived from|covered by"
    rf"|(?:applicability|scope) of|falls? (?:under|within))(?:[ ,(]{{1,3}}{_NAMING}(?![a-z0-9])){{0,8}}[ ,(]{{1,3}}$",
    needs=("subject to", "exempt", "excluded", "waived", "covered", "applicability", "scope of", "fall"),
)
_SCOPE_BEHIND = Expression(
    r"(?:[ ,()]{1,3}(?:only|still|also|now|does|do|did|shall|will|may|the|design|controls?"
    rf"|requirements?|and|or|{_NUMBERED})(?![a-z0-9])){{0,8}}[ ,()]{{1,3}}"
    r"(?:(?:is |are |be )?(?:not|no longer|never) (?:apply|applicable)"
    r"|(?:appl(?:y|ies)|(?:is|are) applicable)(?: only| also)? to [^.;\u2029]{0,40}"
    r"(?:class|devices?|products?|software|accessor(?:y|ies)|kits?))(?![a-z])",
    needs=("appl",),
    within=380,
)
_CLASSIFIED = Expression(
    r"(?<![a-z])(?:class (?:i{1,3}|[123])(?![a-z0-9])|exempt(?:ed|ions?)?(?![a-z])|ide devices?(?![a-z])"
    r"|(?:investigational|study) devices?(?![a-z]))",
    needs=("class ", "exempt", "ide device", "investigational", "study dev"),
)
"""What is said of a section that applies to some devices: "exempt from 820.30", "820.30 does not apply to class I"."""
_OF_SCOPE = "820.30(a)"
"""The paragraph that said to which devices the section applied."""
_NO_SUBJECT = Expression(
    r"(?<![a-z])(?:to|from|of|by|per|under|in|with|see|against|and|or|follows?|meets?|satisf(?:y|ies)|fulfill?s?) $"
    r"|[(\[,:;] ?$"
)
_DESIGN = ("820.10(c)",)
_ALONE = " A fix writes the clause alone: keep 820.10(c) cited once, which says which devices must comply with it."
_TWO = ", and 21 CFR "
"""Tells in a replacement that a section of today stands beside the clause: "820.200 requires" needs another verb."""
_ITEMS = 12  # items of a list that are looked at before and behind one
_CLAUSE = Expression(r"(?<![\d.:])[4-8](?:\.\d{1,2}){0,4}(?!\.?\d)")
_NUMBERS = Expression(r"(?:\d+(?:\.\d{1,2}){0,4}(?!\d)|and|to|clauses?|sections?|[ ,;/&()§\u2013-])*")
"""A cell with the numbers of clauses alone."""
_HEADED = (
    " The head of its column, or the label of its row, says that the regulation is cited: both must change together."
)
_CITED = " What it became is cited beside it already: it may be enough to take this citation out."
_CITED_NEAR = " A clause that took its place is cited near it: look whether both are needed."
_BEHIND_A_NAME = (" ", ",", ":", ";", "/", "(", "-")
_GOES_ON = Expression(r" [a-z0-9&]")
_HEADING_JOINT = Expression(r" ?[:,(\u2014-] ?| ", begins=tuple(" :,(\u2014-"))
_LEAD = Expression(r"(?:[^a-z]|us|u\.s\.|fda(?:'s)?|title|clause|sections?|cfr|parts?|and|\([a-z]\))*")
"""What an item of a list of references has before its citation: others, maybe."""
_ARROW_BEHIND = Expression(
    rf"[^.;\u2029]{{0,24}}?(?:{became.ARROW.expression}) ?(?:(?:sub-?)?clauses? |sections? |§{{1,2}} ?)?[4-8]\.\d",
    needs=became.ARROW.needs,
    within=50,
)
"""An arrow to a clause by its number, which the new words would be said to become."""
_PARAGRAPH = Expression(
    r"(?:(?:sub-?)?(?:paragraph|section|para|item)s?\.? ?|§{1,2} ?)?\(?[a-z]\)|(?:§{1,2} ?|para(?:graph)? )[a-z]$"
)
_SECTIONS = Expression(r"820\.\d+(?:\([a-z0-9]\))*")
_PART = Expression(r"(?<!\d)820(?!\d)", needs=("820",))
_SHORT_CLAUSE = Expression(r"(?<![a-z])iso ?(?:clauses? |§{1,2} ?)?[4-8]\.\d", needs=("iso",))
"""A clause of the standard without its number: "ISO 7.4"."""
_HEAD_WORD = Expression(r"[a-z](?:\.?[a-z])*|\d+")
_CFR_HEAD = frozenset(
    "fda us u.s qsr qmsr qs gmp cgmp title 21 cfr c.f.r part parts 820 section sections s sec subpart reference"
    " references ref refs citation citations cite clause clauses paragraph paragraphs requirement requirements"
    " regulation regulations regulatory quality management system applicable related number numbers no and or"
    " of".split()
)
_NAMES_CFR = frozenset({"cfr", "c.f.r", "820", "qsr", "fda"})


class Written(NamedTuple):
    """What is written in place of a citation, None for nothing, and whether it surely says there what that said.

    `doubt` is what the message adds, and `aside` what it adds only if this is what a fix writes.
    """

    text: str | None
    sure: bool = True
    doubt: str = ""
    aside: str = ""


def write(reading: Reading, section: Section, clause: str | None, found: Citation) -> Written:
    """What is written in place of a citation of a section; `clause` is what the words around it chose."""
    scope = _is_of_scope(reading, section, found)
    text = successor.edit(section, clause, scope=scope)
    beside = (reading.sentence(found.core, found.end), reading.row(found.start)) if section.doubtful else ()
    if text is not None and any(contains(words, word) for words in beside for word in section.doubtful):
        return Written(text, sure=False, doubt=_NOT_CARRIED)
    if text is None or not text.startswith("ISO "):
        return Written(text)
    if _is_in_cfr_column(reading, found):
        return Written(None, doubt=_HEADED)
    listed = _is_listed_beside(reading, found, text)
    if listed and _is_reference(reading, found):
        return Written(None, doubt=_CITED if _is_cited_beside(reading, found, text) else _CITED_NEAR)
    doubtful = (
        listed
        or (_TWO in text and not _may_be_two(reading, found))
        or reading.text.startswith("21.", found.start)  # "21.CFR.820.30.i" is a tag for a program
        or reading.is_link_to(_PART, found.start)
        or _stands_beside_a_clause(reading, found)
        or _goes_on_in_next_cell(reading, found)
        or _stands_beside_its_heading(reading, section, found)
        or _ARROW_BEHIND.match(reading.text, found.end, found.end + _BESIDE) is not None
        or citation.has_more_behind(reading.text, found.end)
    )
    return Written(text, not doubtful, aside=_ALONE if section.qmsr == _DESIGN and not scope else "")


def _is_of_scope(reading: Reading, section: Section, found: Citation) -> bool:
    """Whether a sentence says to which devices the cited section applies."""
    if section.qmsr != _DESIGN:
        return False
    text = reading.text
    first, last = reading.sentences.around(found.core, found.end)
    if found.designation.startswith(_OF_SCOPE) or _SCOPE_BEFORE.search(
        text, max(first, found.start - _BESIDE), found.start
    ):
        return True
    if _SCOPE_BEHIND.match(text, found.end, min(last, found.end + _BESIDE)):
        return True
    if text[last - 1 : last] == ";":  # it goes on: "built under 820.30; the rest does not apply to IDE devices"
        last = reading.sentences.at(last + 1)[1]
    return found.designation == "820.30" and any(
        _CLASSIFIED.search(words) for words in (text[first:last], reading.row(found.start))
    )


def _may_be_two(reading: Reading, found: Citation) -> bool:
    """Whether two citations can stand where there was one: it is all that is said, or no subject."""
    first, last = reading.sentences.around(found.core, found.end)
    if _SCOPE_BEFORE.search(reading.text, max(first, found.start - _BESIDE), found.start):
        return True
    whole = found.start == first and found.end >= last
    return whole or _NO_SUBJECT.search(reading.text, first, found.start) is not None


def _stands_beside_a_clause(reading: Reading, found: Citation) -> bool:
    """Whether a clause is named beside it or in its row: 8.2.4 in place of 820.22 might name a clause twice."""
    first, last = reading.sentences.segment_around(found.start)
    beside = reading.text[max(first, found.start - _BESIDE) : min(last, found.end + _BESIDE)]
    if _SHORT_CLAUSE.search(beside):
        return True
    if not reading.holds("13485"):
        return False
    from qmsr_lint.edition import CLAUSE_NAMED

    return any(CLAUSE_NAMED.search(text) for text in (beside, reading.row(found.start)))


def _is_cited_beside(reading: Reading, found: Citation, edit: str) -> bool:
    """Whether its row, or the other items of its list, cite all of the clauses and sections that would be written."""
    from qmsr_lint.edition import is_within

    cited = _cited_beside(reading, found)
    words = [reading.contexts.structure.words(other) for other in _others(reading, found)]
    return all(is_within([clause], cited) for clause in _clauses_of(edit)) and all(
        any(section in other for other in words) for section in _SECTIONS.findall(edit)
    )


def _is_listed_beside(reading: Reading, found: Citation, edit: str) -> bool:
    """Whether its row, or another item of its list or column, cites one of the clauses that would be written."""
    if not reading.holds("13485"):
        return False
    from qmsr_lint.edition import clauses_cited, is_within

    clauses = _clauses_of(edit)
    if is_within(clauses, _cited_beside(reading, found)):
        return True
    block, words = reading.block_around(found.start), reading.contexts.structure.words
    return block.place.table is not None and any(
        is_within(clauses, clauses_cited(words(cell))) for cell in _column(reading, block)
    )


def _cited_beside(reading: Reading, found: Citation) -> list[str]:
    """The clauses that the rest of its row, or the other items of its list, cite."""
    from qmsr_lint.edition import clauses_cited

    block, structure = reading.block_around(found.start), reading.contexts.structure
    cited = [clause for other in _others(reading, found) for clause in clauses_cited(structure.words(other))]
    return cited if block.place.table is None else [*cited, *_clauses_in_columns(reading, block)]


def _others(reading: Reading, found: Citation) -> Iterable[Block]:
    """The rest of the row in which a citation stands, or the other items of its list."""
    number, block = reading.contexts.block(reading.folded.origin(found.start))
    return _items(reading, number, block) if block.place.table is None else reading.contexts.structure.row(block)


def _clauses_of(edit: str) -> list[str]:
    """The clauses that an edit cites."""
    return _CLAUSE.findall(edit.partition("Clause")[2].partition("21 CFR")[0])


def _is_reference(reading: Reading, found: Citation) -> bool:
    """Whether a citation stands in a table, or begins its item as in a list of references."""
    if reading.block_around(found.start).place.table is not None:
        return True
    first, _ = reading.sentences.segment_around(found.start)
    return _LEAD.fullmatch(reading.text, first, found.start) is not None


def _clauses_in_columns(reading: Reading, block: Block) -> Iterator[str]:
    """The bare numbers of clauses in the row of a cell, in columns that are headed for ISO 13485."""
    structure = reading.contexts.structure
    for cell in structure.row(block):
        if _NUMBERS.fullmatch(structure.words(cell)) and any(
            "13485" in structure.words(head) for head in structure.head(cell)
        ):
            yield from _CLAUSE.findall(structure.words(cell))


def _items(reading: Reading, number: int, block: Block) -> Iterator[Block]:
    """The items of a list around one of them, the block number `number`."""
    blocks = reading.document.blocks
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(blocks) and abs(at - number) <= _ITEMS and blocks[at].kind == block.kind == "item":
            yield blocks[at]
            at += step


def _column(reading: Reading, cell: Block) -> Iterator[Block]:
    """The cells above and below one of a table."""
    row = cell.place.row or 0
    for number, cells in reading.contexts.structure.rows(cell).items():
        if number != row and abs(number - row) <= _ITEMS:
            yield from (other for other in cells if other.place.cell == cell.place.cell)


def _goes_on_in_next_cell(reading: Reading, found: Citation) -> bool:
    """Whether the next cell of its row holds the paragraph of the section that is cited: "820.30 | (b)"."""
    block = reading.block_around(found.start)
    if block.place.table is None or "(" in found.designation:
        return False
    structure = reading.contexts.structure
    behind = next((cell for cell in structure.row(block) if cell.start > block.start), None)
    return behind is not None and _PARAGRAPH.match(structure.words(behind)) is not None


def _stands_beside_its_heading(reading: Reading, section: Section, found: Citation) -> bool:
    """Whether its old heading stands behind it, or is what a cell of its row begins with: "820.181 | DMR index"."""
    heading, block = section.heading.lower(), reading.block_around(found.start)
    if _has_its_heading_behind(reading, section, found):
        return True
    if block.place.table is None or heading not in reading.ruleset.lexicon.eliminated:
        return False
    structure = reading.contexts.structure
    short = "".join(word[0] for word in heading.split())
    names = (heading, plural(heading), short, f"{short}s")
    return any(_begins_with(structure.words(cell).strip(" .:;()"), names) for cell in structure.row(block))


def _begins_with(words: str, names: Sequence[str]) -> bool:
    return words in names or words.startswith(tuple(f"{name}{mark}" for name in names for mark in _BEHIND_A_NAME))


def _has_its_heading_behind(reading: Reading, section: Section, found: Citation) -> bool:
    """Whether the old heading stands in capitals behind a citation, and the words go on: "820.40 Document Controls"."""
    heading = section.heading.lower()
    joint = _HEADING_JOINT.match(reading.text, found.end)
    if not heading or joint is None or not reading.text.startswith(heading, joint.end()):
        return False
    end = joint.end() + len(heading)
    start, last = reading.folded.span(joint.end(), end)
    words = [word for word in reading.document.text[start:last].split() if len(word) > len("and")]
    return _GOES_ON.match(reading.text, end) is not None and all(word[0].isupper() for word in words)


def _is_in_cfr_column(reading: Reading, found: Citation) -> bool:
    """Whether a citation stands in a column of a table, or beside a label, that is for sections of the CFR."""
    block = reading.block_around(found.start)
    if block.place.table is None:
        return False
    structure = reading.contexts.structure
    return any(_is_cfr_head(structure.words(cell)) for cell in (*structure.head(block), *structure.row(block)))


def _is_cfr_head(words: str) -> bool:
    """Whether the words of a cell say that sections of the CFR stand below or beside it."""
    if len(words) > _HEAD:
        return False
    named = set(_HEAD_WORD.findall(words))
    return not named.isdisjoint(_NAMES_CFR) and named <= _CFR_HEAD
