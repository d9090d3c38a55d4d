"""The name of the regulation and its short form: where one of them is given for the other, they change together."""

from collections.abc import Sequence
from itertools import pairwise

from qmsr_lint.expression import Expression
from qmsr_lint.reading import Candidate, Reading

IN_QUOTES = 60
"""A name in quotation marks has no more characters to each side of what was found."""
_MEANS = Expression(r"(?: \([^()]{1,30}\))?(?:,? (?:shall )?(?:means?|refers? to|stands? for|is)| ?[:=\u2014-]) ")
_OPENS_SHORT_FORM = Expression(
    r"[(\[] ?(?:(?:hereinafter|hereafter|herein|collectively|together|referred to as|also|known as|called|or|as|the)"
    r",? ){0,4}\"?(?:the )?$"
)
_HEREINAFTER = Expression(
    r"(?:, ?| )(?:hereinafter|hereafter|herein|henceforth|referred to as|called)(?: referred to as| called)?"
    r" (?:the )?\"?$",
    needs=("after", "herein", "henceforth", "referred to as", "called"),
)
_CLOSES_SHORT_FORM = Expression(r"\"? ?[)\]]")
_MEANS_THE_NAME = Expression(
    r"\"?(?:,? (?:shall )?(?:means?|refers? to|stands? for|is short for|is)| ?[:=\u2013\u2014-]) (?:the )?"
    r"(?:(?:fda|food and drug administration|u\.?s\.?|current|federal)(?:'s)? ){0,3}"
    r"(?:quality systems? regulations?|qs regulations?|(?:title )?21 cfr,? (?:part )?820(?![\d.]*\d))",
    needs=("regulation", "cfr"),
    within=150,
)
"""Stands behind a short form that is defined as the name in full."""
_FULL_NAME = Expression(r"quality systems? regulations?|qs regulations?", needs=("regulation",))
_AROUND_A_HEADWORD = ' \u00a0.:"\u201c\u201d'


def is_regulation(candidate: Candidate) -> bool:
    """Whether a candidate is a name of the regulation itself, and not of a guidance."""
    return candidate.rule.of == "regulation"


def is_live(candidate: Candidate) -> bool:
    """Whether a term is live where it stands, and not only a matter of style."""
    if candidate.silenced is not None or "note" in (candidate.severity, candidate.rule.severity):
        return False
    return candidate.judgement is None or candidate.judgement.effect == "finding"


def pairs_of(reading: Reading, candidates: Sequence[Candidate]) -> dict[int, int]:
    """The numbers of names in full and of their short forms beside them, each with that of the other."""
    names = sorted(
        (number for number, each in enumerate(candidates) if is_regulation(each)),
        key=lambda number: candidates[number].start,
    )
    pairs: dict[int, int] = {}
    for one, other in pairwise(names):
        if _are_a_pair(reading, candidates[one], candidates[other]):
            pairs |= {one: other, other: one}
    return pairs


def _are_a_pair(reading: Reading, one: Candidate, other: Candidate) -> bool:
    """Whether one of two names is the short form of the other, in brackets or as the term of a definition."""
    text, start, end = reading.text, one.folded[1], other.folded[0]
    first, second = reading.block(one.start), reading.block(other.start)
    if first.start != second.start:
        place, beside = first.place, second.place
        in_row = (place.part, place.table, place.row) == (beside.part, beside.table, beside.row)
        return place.table is not None and in_row
    if end - start > IN_QUOTES:
        return False
    if _OPENS_SHORT_FORM.search(text, start, end) and _CLOSES_SHORT_FORM.match(text, other.folded[1]):
        return True
    if _HEREINAFTER.search(text, start, end) is not None:
        return True
    if text[start:end] == " " and reading.sentences.segment_around(start)[0] == one.folded[0]:
        return True  # "QSR Quality System Regulation", in a list of abbreviations
    return _MEANS_THE_NAME.match(text, start, start + 2 * IN_QUOTES) is not None


def with_their_short_forms(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with less trust in a short form that is defined and does not change everywhere."""
    text = reading.document.text
    names = [each for each in candidates if is_regulation(each)]
    defined = {text[each.start : each.end] for each in names if _is_defined(reading, each)}
    if not defined:
        return [*candidates]
    staying = {text[each.start : each.end] for each in names if each.safety != "safe" and is_live(each)} & defined
    return [each.doubted() if text[each.start : each.end] in staying else each for each in candidates]


def _is_headword(reading: Reading, name: Candidate) -> bool:
    """Whether a short form is a cell of its own in a list of definitions."""
    block = reading.block(name.start)
    if block.place.table is None or " " in reading.text[slice(*name.folded)]:
        return False
    if (
        reading.document.text[block.start : block.end].strip(_AROUND_A_HEADWORD)
        != reading.document.text[name.start : name.end]
    ):
        return False
    return any(
        _FULL_NAME.search(reading.contexts.structure.words(cell)) for cell in reading.contexts.structure.row(block)
    )


def _is_defined(reading: Reading, name: Candidate) -> bool:
    """Whether a name is a term that is defined there: in quotation marks, or beside the name in full in its row."""
    text, (start, end) = reading.text, name.folded
    if _is_headword(reading, name):
        return True
    if text[max(0, start - 1) : start] != '"' or text[end : end + 1] != '"':
        return False
    return is_short_form(reading, name) or _MEANS.match(text, end + 1, end + IN_QUOTES) is not None


def is_short_form(reading: Reading, name: Candidate) -> bool:
    """Whether a name is what the regulation is to be called in the document: it changes with the name in full."""
    text, (start, end) = reading.text, name.folded
    if name.rule.family != "name":
        return False
    if _OPENS_SHORT_FORM.search(text, max(0, start - IN_QUOTES), start) and _CLOSES_SHORT_FORM.match(text, end):
        return True
    return _MEANS_THE_NAME.match(text, end, end + 2 * IN_QUOTES) is not None
