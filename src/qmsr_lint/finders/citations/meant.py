"""Whether a number that looks like a citation is one of what the former part 820 held."""

from qmsr_lint.citation import Citation
from qmsr_lint.context import succession
from qmsr_lint.expression import Expression
from qmsr_lint.match import contains
from qmsr_lint.pack import Rule
from qmsr_lint.reading import Reading
from qmsr_lint.successor import Verdict

_BEHIND = 120  # characters that are looked at behind a citation
_OTHER_PART_820 = Expression(
    r"(?<![\d.])(?!21(?!\d))\d{1,2} ?c\.?f\.?r\.?,? (?:part )?820(?![\d.]*\d)"
    r"(?:(?! (?:and|or|but|while) |[;.] )[^\u2029]){0,60}$",
    needs=("cfr", "c.f", "cf."),
)
"""Part 820 of another title: title 10 has one on nuclear activities."""
_OTHER_TITLE = Expression(
    r"(?:^|[\u2029:,;(] ?)title (?!21(?!\d))\d{1,2}(?![\d.])[^\u00a7]{0,120}part 820(?![\d.]*\d)"
    r"|(?:^|\u2029 ?)(?!21(?!\d))\d{1,2} ?c\.?f\.?r\.?,? part 820(?![\d.]*\d)",
    needs=("part 820",),
)
"""Tells in a document that names no other law which title its part 820 belongs to."""
_OTHER_CODE = Expression(
    r"(?<![a-z])(?:stat(?:utes)?|adm(?:in(?:istrative)?)?\.? code|rev\.? stat)\.?"
    r"(?: (?:tit(?:le)?\.?|ch(?:apter)?\.?|\d+),?){0,3},? ?$",
    needs=("stat", "code"),
)
"""The laws of a state, whose sections may have such numbers."""
_CODE_REACH = 80
_OF_ANOTHER_TEXT = Expression(
    r" of (?:the|this|our|your|that) (?:(?!qsr|qs |fda|regulat|cfr|gmp|21)[a-z-]+ ){0,3}(?:specifications?|contract"
    r"|lease|agreement|tender|building code|manual|handbook|drawings?)(?![a-z])",
    needs=(" of ",),
)
_DRAWN = Expression(r"-[A-Z](?![A-Za-z])")
"""Stands behind the number of a part of a device: "Part 820.30-A"."""
_OUR_TITLE = Expression(r"(?<!\d)21 ?c\.?f\.?r|qm?sr(?![a-z])|fda(?![a-z])|medical device")
_OUR_LAW = ("medical device", "fda", "21 cfr", "21cfr", "21 c.f.r", "qsr", "qmsr")
"""Letters of what a document on devices holds somewhere."""


def in_a_name(reading: Reading, rule: Rule, found: Citation) -> str | None:
    """Why a citation is left alone as part of one of the names that its rule excepts, or None."""
    for name in map(str.lower, rule.exceptions):
        if reading.text.find(name, max(0, found.end - len(name)), found.start + len(name)) >= 0:
            return f"is part of the name {name!r}"
    return None


def is_of_another_title(reading: Reading) -> bool:
    """Whether a document is about the part 820 of another title of the CFR: it names that, and nothing of devices."""
    text = reading.own_text
    if any(words in text for words in _OUR_LAW):
        return False
    return _OTHER_TITLE.search(text) is not None


def is_meant(reading: Reading, found: Citation, verdict: Verdict) -> bool:
    """Whether a number is a citation of what is gone, and neither a measurement nor a section of today."""
    if not found.prefixed and _is_measurement(reading, found):
        return False
    if _is_of_another_title(reading, found):
        return False
    if verdict.outcome == "collision":
        words = reading.sentence(found.core, found.end)
        return is_legacy(reading, found.designation, words, found.start, found.end)
    never_was = verdict.outcome == "unknown" and verdict.section is None
    return not never_was or found.prefixed or "(" in reading.text[found.core : found.end]


def _is_measurement(reading: Reading, found: Citation) -> bool:
    """Whether a bare number is one of many: a text that names no regulation, and has other numbers of the same size."""
    return "(" not in found.designation and not reading.names_regulation and reading.holds_measures


def _is_of_another_title(reading: Reading, found: Citation) -> bool:
    """Whether the sentence names a part 820 of another title of the CFR, and that of title 21 nowhere near."""
    words = reading.sentence(found.start, found.end)
    first, _ = reading.sentences.segment_around(found.start)
    before = reading.text[max(first, found.start - _CODE_REACH) : found.start]
    if not _OTHER_PART_820.search(before) and not _OTHER_CODE.search(before):
        return False
    return "21" not in reading.text[found.start : found.core] and _OUR_TITLE.search(words) is None


def of_another_text(reading: Reading, found: Citation) -> str | None:
    """Why a citation is left alone as a section of some other text, or as a part of a device; or None."""
    unit = reading.text[found.start : found.core]
    if "cfr" in unit:
        return None
    if unit.startswith("part") and _DRAWN.match(reading.document.text, reading.folded.origin(found.end)):
        return "is a part of a device here"
    if "sec" in unit and _OF_ANOTHER_TEXT.match(reading.text, found.end, found.end + _BEHIND):
        return "is a section of another text here"
    return None


def _is_named_as_old(reading: Reading, start: int, end: int) -> bool:
    """Whether a number stands in the old column of a table, or beside the words that say what took its place."""
    structure = reading.contexts.structure
    block = reading.block_around(start)
    if block.place.table is not None and any(
        successor in structure.words(cell) for cell in structure.old_and_new(block) for successor in ("820.", "13485")
    ):
        return True
    first, last = reading.sentences.around(start, end)
    return succession.is_told(reading.text[first:start], reading.text[end:last])


def is_legacy(reading: Reading, designation: str, words: str, start: int, end: int) -> bool:
    """Whether a number that is live again has its old meaning here, by the words of its sentence, block, then row."""
    collision = reading.ruleset.tables.collisions[designation]
    if _is_named_as_old(reading, start, end):
        return True
    for text in (words, reading.nearby(start, end), reading.row(start)):
        legacy = sum(contains(text, word) for word in collision.legacy_words)
        current = sum(contains(text, word) for word in collision.current_words)
        if legacy != current:
            return legacy > current
    return False
