"""Whether new words would say something else where old ones stand: in an exclusion, beside another topic, in old text.

"820.70(f) is excluded" leaves out a paragraph on buildings; with the clause that took its place, all infrastructure
would be left out. "Internal audits per 820.25" has a slip in its number, which a clause of the standard would hide.
"""

from collections.abc import Iterator

from qmsr_lint import wording
from qmsr_lint.beside import KEPT_THERE, topics_in
from qmsr_lint.context import became, cues
from qmsr_lint.expression import Expression, needed, whole_word
from qmsr_lint.match import contains, holds_unspaced
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety.demands import is_doubtful
from qmsr_lint.safety.shortforms import is_regulation
from qmsr_lint.successor import same_branch

_NEAR = 60
"""How far before and behind words their own text is looked at, in characters."""
_EXCLUDED = Expression(
    r"(?<![a-z])(?:exclu(?:de|des|ded|ding|sion|sions)|exempt(?:s|ed|ion|ions)?|except(?:s|ed|ing|ion|ions)?|inapplicable"
    r"|non-?applicab[a-z]*|not (?:applicable|relevant|required|expected|subject to)|other than"
    r"|(?:does|do|shall|will|need)(?: not|n't) (?:appl|pertain|follow)[a-z]*|need not|waived?|waivers?|variances?"
    r"|tailored out|omit(?:s|ted)?|left out|carved out|skipped|dispensed with"
    r"|(?:out of|outside|not (?:with)?in) (?:of )?(?:the |our |its )?scope)(?![a-z])",
    needs=needed(
        "exclu|exempt|except|applicab|not relevant|not required|not expected|not subject|need not|not appl|not pertain"
        "|not follow|n't appl|n't pertain|n't follow|waive|variance|tailored|omit|left out|carved|skipped|dispensed"
        "|scope|other than"
    ),
)
_NOT_APPLICABLE = Expression(r"(?<![a-z])n/?a(?![a-z])", needs=("n/a", "na"))
"""Says that something is left out: as much of the standard is another thing than as much of the old regulation."""
_ASKS_WHETHER = Expression(
    r"applicab|applies|in scope|required|included", needs=needed("applicab|applies|in scope|required|included")
)
_NO = frozenset({"no", "n", "none", "na", "n/a", "not applicable", "-", "\u2013", "\u2014", "x"})
"""The head of a column that asks whether something applies, and the answers that leave it out."""
_OTHER_PART = Expression(
    r"(?<!\d)(?!21 ?c)\d{1,2} ?c\.? ?f\.? ?r\.?(?![a-z])|(?<![a-z])sub-?parts? [a-o](?![a-z])",
    needs=("cf", "c.f", "c f", "c. f", "part"),
)
"""Another title of the CFR, or a subpart, which the citation is part of."""
_OF_ITS_TEXT = Expression(
    r"(?<![a-z])(?:(?:first|second|third|last) (?:sentence|paragraph)|(?:has|have) \d+ (?:sub)?(?:paragraph|section)s?"
    r"|words? [\"']|(?:from|in) (?:the )?ecfr|turboeir|qsit|(?:is|are) (?:like|similar to))(?![a-z])",
    needs=needed("sentence|paragraph|section|word|ecfr|turboeir|qsit|like|similar"),
)
"""What is said of the wording of a section, or of its number."""
_DECLARED = Expression(
    r"(?<![a-z])(?:declar(?:e|es|ed|ing|ation)|certificates?|510\(k\)|introduction to|author of|course|added"
    r"|definitions?|gaps?|separate)(?![a-z])",
    needs=needed("declar|certificate|510(k)|introduction to|author of|course|added|definition|gap|separate"),
    within=20,
)
"""What another document says, is called, or tells of the time of the old regulation or of what was in it."""
_PARAGRAPHS = Expression(r"[^.;\u2029]{0,40}[.:]? \(a\) [a-z]", needs=(" (a) ",), within=50)
"""Stands behind a section whose paragraphs follow, as in its own text."""
_NAME_BEHIND = Expression(
    rf"[\"')]{{0,2}} ?[(\[,:\u2013\u2014-]{{1,2}} ?(?:the |fda(?:'s)? )*{cues.OLD_NAME}",
    needs=needed("qsr|qs reg|quality sys"),
)
"""The name of the old regulation behind a section of it, which would be said of the standard."""
_PART_TITLE = Expression(r"part 820 ?[\u2010-\u2015-] ?", needs=("820",))
_ITSELF = Expression(r"(?<![a-z])this $", needs=("this ",))
"""Stand before the name of the regulation in its own text: its title, or "this quality system regulation"."""
_SOURCE = Expression(r"[.;] ?\[[^\[\]]{0,20}$")
_SOURCE_ENDS = Expression(r"[^\[\]]{0,30}\]")
"""Stand around the source of a definition, in square brackets behind it."""
_OF_OTHERS = Expression(
    whole_word(
        "draft",
        "proposed",
        "obsolete",
        "part [ivx]{1,3}",
        "attachments?",
        "appendix",
        "appendices",
        "being revised",
        "biological",
        "biologics?",
        "drugs?",
        "licensed",
        "handbook",
    ),
    needs=needed("draft|proposed|obsolete|part |attachment|appendi|being revised|biologic|drug|licensed|handbook"),
)
"""What is said of a compliance program that is not the one of today, or of its time."""
_PROGRAM = "7382.850"
_JOINT = Expression(r"[;:()]|820\.[\d().a-z]*")
"""Stands between what is said by one citation and by another."""
_CELL = 60
_FIRST_WORDS = 4
"""A cell is about what it begins with, in words, if it has no more characters."""
_NO_TOPIC = Expression(rf"{KEPT_THERE.expression}|next|step|sop|procedure|remark|note|input|record")
"""Heads a column of what there is for a section, and not of what it is about."""


def is_misplaced(reading: Reading, candidate: Candidate) -> bool:
    """Whether what a safe fix would write is another thing there than what it takes the place of."""
    if _in_another_script(reading, candidate) or _is_taken_out(reading, candidate):
        return True
    if candidate.rule.kind == "citation":
        return (
            _is_excluded(reading, candidate)
            or is_doubtful(reading, candidate)
            or _is_about_another(reading, candidate)
            or _is_part_of_a_text(reading, candidate)
        )
    if candidate.rule.family == "term":
        if _stands_there(reading, candidate):
            return True
        return any(contains(reading.text, words.lower()) for words in candidate.rule.homographs)
    if candidate.rule.family == "program":
        text = _around(reading, candidate)
        return _PROGRAM in text or _OF_OTHERS.search(text) is not None
    return is_regulation(candidate) and _is_its_own_text(reading, candidate)


def _stands_there(reading: Reading, candidate: Candidate) -> bool:
    """Whether the new words stand beside a term already: "top management is, for FDA, management with ..."."""
    new = (candidate.edit or "").lower()
    return " " in new and new.removesuffix("s") in _around(reading, candidate)


def _around(reading: Reading, candidate: Candidate) -> str:
    """The sentence and the row that a candidate stands in."""
    return f"{reading.sentence(*candidate.folded)} {reading.row(candidate.folded[0])}"


def _in_another_script(reading: Reading, candidate: Candidate) -> bool:
    """Whether the words around are not English: their script tells, or the small words of the sentence."""
    first, last = candidate.start, candidate.end
    block = reading.block(first)
    text = reading.document.text
    if holds_unspaced(text[max(block.start, first - _NEAR) : min(block.end, last + _NEAR)]):
        return True
    return wording.is_foreign(reading.sentence(*candidate.folded))


def _is_taken_out(reading: Reading, candidate: Candidate) -> bool:
    """Whether a change order says "DELETE:" of the text that a candidate stands in."""
    label = reading.contexts.change_orders.label_of(candidate.start)
    return label is not None and label["out"] is not None


def _is_excluded(reading: Reading, cited: Candidate) -> bool:
    """Whether the sentence, what leads it in, a heading above, the row or its heads speak of what is left out."""
    structure = reading.contexts.structure
    number, block = structure.block(cited.start)
    if _leaves_out(_around(reading, cited)):
        return True
    lead = structure.lead(number)
    led_in = structure.words(reading.document.blocks[lead]) if lead >= 0 else ""
    if any(_leaves_out(words) for words in (led_in, *structure.headings_above(number))):
        return True
    if block.place.table is None:
        return False
    return any(
        _leaves_out(words := structure.words(head))
        or (_ASKS_WHETHER.search(words) and structure.words(cell).strip(" .") in _NO)
        for cell in (block, *structure.row(block))
        for head in structure.head(cell)
    )


def _leaves_out(words: str) -> bool:
    return (_EXCLUDED.search(words) or _NOT_APPLICABLE.search(words)) is not None


def _is_about_another(reading: Reading, cited: Candidate) -> bool:
    """Whether what is done by a section, or a cell of its row, is a topic of other sections and none of its own."""
    tables = reading.ruleset.tables
    own = [name for name in tables.general if name not in tables.titled]
    if any(same_branch(cited.cited, name) for name in own):
        return False
    return any(
        (named := [name for _, name in topics_in(tables, words)])
        and not any(same_branch(cited.cited, name) for name in named)
        for words in (_clause(reading, cited), *_topics_of_row(reading, cited))
    )


def _clause(reading: Reading, cited: Candidate) -> str:
    """What a sentence says by a section, without what it says by others: "internal audits are planned per 820.22"."""
    start, end = cited.folded
    first, last = reading.sentences.around(start, end)
    *_, before = _JOINT.split(reading.text[max(first, start - 2 * _NEAR) : start].rstrip(" ("))
    behind = reading.text[end : min(last, end + 2 * _NEAR)]
    behind = behind.removeprefix(")").removeprefix(",")  # "Per 820.22, audits are planned"
    clause, *others = _JOINT.split(behind)
    clause, comma, _ = clause.partition(",")
    if others and not comma:
        clause = ""  # it leads to the next citation
    return f"{before}\0{clause}"


def _topics_of_row(reading: Reading, cited: Candidate) -> Iterator[str]:
    """The short cells of a row that begin with what it is about."""
    block = reading.block(cited.start)
    if block.place.table is None:
        return
    structure = reading.contexts.structure
    for cell in structure.row(block):
        words = structure.words(cell)
        if len(words) <= _CELL and not any(_NO_TOPIC.search(structure.words(head)) for head in structure.head(cell)):
            yield " ".join(words.split()[:_FIRST_WORDS])


def _is_part_of_a_text(reading: Reading, cited: Candidate) -> bool:
    """Whether a citation belongs to a subpart, to a list of the CFR, or heads the text of its section."""
    text, (start, end) = reading.text, cited.folded
    last = reading.sentences.segment_around(start)[1]
    return (
        _OTHER_PART.search(_around(reading, cited)) is not None
        or _OF_ITS_TEXT.search(reading.sentence(start, end)) is not None
        or _PARAGRAPHS.match(text, end, min(last, end + 2 * _NEAR)) is not None
        or _NAME_BEHIND.match(text, end, min(last, end + _NEAR)) is not None
    )


def _is_its_own_text(reading: Reading, name: Candidate) -> bool:
    """Whether a name stands in the old regulation's own text, as the source of a definition, or heads its sections."""
    text, (start, end) = reading.text, name.folded
    first, last = reading.sentences.segment_around(start)
    before = max(first, start - _NEAR)
    return (
        _PART_TITLE.fullmatch(text, first, start) is not None
        or _DECLARED.search(reading.sentence(start, end)) is not None
        or _ITSELF.search(text, before, start) is not None
        or (
            _SOURCE.search(text, before, start) is not None
            and _SOURCE_ENDS.match(text, end, min(last, end + _NEAR)) is not None
        )
        or _heads_sections(reading, name)
    )


def _heads_sections(reading: Reading, name: Candidate) -> bool:
    """Whether a name heads a column in which sections of the old regulation are cited."""
    block = reading.block(name.start)
    if block.place.table is None:
        return False
    structure = reading.contexts.structure
    if structure.head(block):
        return False
    below = (cell for cells in structure.rows(block).values() for cell in cells if cell.place.cell == block.place.cell)
    return any(became.REMOVED_SECTION.search(structure.words(cell)) for cell in below if cell is not block)
