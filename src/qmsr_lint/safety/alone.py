"""Why the fix of a finding cannot be trusted by itself: what stands around it would be false with other words in it."""

import re
from collections.abc import Callable

from qmsr_lint.context import cues
from qmsr_lint.expression import Expression, needed
from qmsr_lint.match import fold, holds_unspaced
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety import stated
from qmsr_lint.safety.demands import is_measured
from qmsr_lint.safety.shortforms import IN_QUOTES

_OF_THE_PAST = Expression(
    r"[\"')]{0,2},? ?\(?(?:of |effective |dated |issued |from |in )?(?:[a-z]{3,9}\.? \d{1,2},? )?"
    r"(?:19\d\d|20[01]\d|202[0-5])(?!\d)|[\"')]{0,2},? ?\((?:the )?(?:fda )?quality management system",
    needs=("19", "20", "quality management system"),
    within=40,
)
"""Stands behind a name of the old regulation: its year, or today's name beside it."""
_PUBLISHED = Expression(r"(?<!\d)\d{2} fr \d{4,6}(?!\d)", needs=(" fr ",))
"""The page of the Federal Register on which a rule was published, whose title stays what it was."""
_RENAMED = Expression(
    r"s?[\"')]{0,2} (?:(?:is|are|was|were|has|have|had|will|be|been|being|must|shall|should|now|also) ){1,3}"
    r"(?:called(?! (?:up|on|for|off|in|by))|renamed|known as|become|turned into)(?![a-z])",
    needs=("called", "renamed", "known", "become", "turned"),
    within=40,
)
"""Says of a term what it is called now."""
_FORMER = Expression(
    r"(?<![a-z])(?:former(?:ly)?|previously|once|aka|a\.k\.a\.)(?: (?:called|named|known as|the))? [\"']?$",
    needs=("former", "previously", "once", "aka", "a.k"),
)
"""Says that a term was the name before."""
_SUBSYSTEMS = Expression(
    r"(?<![a-z])sub-?systems?(?![a-z])|(?<![a-z])(?:management|design) controls?,|p ?& ?pc(?![a-z])",
    needs=("system", "controls", "control,", "pc"),
)
"""What the old inspection technique was divided into."""
_OF_A_KIND = Expression(
    r"(?<![a-z])(?:corporate|quality|site|plant|plant-level|site-level|company|local|division(?:al)?|facility|regional"
    r"|group|project|line|middle|department(?:al)?|production|lower|global|general|business unit|unit|subsidiary|area"
    r"|functional|operations?|operational|manufacturing|engineering|country|parent|headquarters?|hq) $"
)
"""Stands before the role of management and would stay: "corporate top management"."""
_ARTICLED = r"(?: (?:a|an|the|both|our))? ?[\"']?"
_OR = r"(?: ?/ ?| ?= ?| ?: ?| -{1,2} | ?\u2014 ?|,? (?:and/or|and|or|as well as|also called|also known as)(?![a-z])|,)"
_THAT_IS = r"(?:,? (?:i\.e\.|e\.g\.|that is),?)"
_BRACKET = r"[\"']? ?[(\[]"
_NEAR = 80  # characters beside a term in which what takes its place may stand already
_OF_ONE_KIND = " The word before it would stay, and says of which management: rewrite both together."
_NAMED_ALREADY = " What takes its place stands beside it already: look whether both are needed."
_DATED = " What stands behind it belongs to the old name: rewrite both together."
_HOLDS_A_FIGURE = " The figure of a note stands between its words: change them by hand."
_QS = ("qs reg", "qs-reg")
_OF_DEVICES = Expression(r"(?<![a-z])(?:devices?|fda|cfr|13485|q?m?qsr|qmsr)(?![a-z])|820")
"""Tells that a text is about devices, or the law on them."""
_SHORT_BEHIND = Expression(r"[\"')]{0,2} ?[(\[][\"']?([a-z]{2,6})s?[\"']?[)\]]")
_DEFINES = Expression(r"[\"')\u2019]{0,2} (?:means?|is defined as|are defined as|shall mean)(?![a-z])")
_PAST = Expression(
    r"(?<![a-z])(?:completed|received|passed|verified|attended|conducted|performed|audited|confirmed|issued|found|noted"
    r"|observed|took|held|gave|trained|was|were|had|met|achieved|obtained|underwent|presented)(?![a-z])"
)
_AMENDED = Expression(
    r"[\"')]{0,2} (?:has been|had been|was|is being|is to be|will be) (?:amended|revised|updated|harmoni[sz]ed|aligned"
    r"|replaced|superseded|modernized)(?![a-z])",
    needs=needed("amended|revised|updated|harmoni|aligned|replaced|superseded|modernized"),
    within=40,
)
_TOLD_TO_CITE = Expression(
    r"(?<![a-z])(?:agreements?|contracts?|certificates?|reports?|labels?|letters?|guidances?|suppliers?|documents?) "
    r"(?:also )?(?:references?|cites?|mentions?|names?|quotes?|refers? to|states?|lists?) (?:the |fda's )?$",
    needs=needed("reference|cite|mention|name|quote|refer|state|list"),
)
_TELLING = 800  # characters of a text that would say so where it is about devices
_NOTHING_ELSE = " Nothing else here speaks of devices or of the law on them: look what is meant."
_SHORTENED = " The short form behind it is one of the old words: change both together."
_DEFINED = " What stands behind it defines the old words: rewrite both together."
_MAY_BE_PAST = " The sentence may tell of what was done under the old name: look whether it was right then."
_IN_ANOTHER_LANGUAGE = " The words around it are in another language: write what is said there."
_IN_A_KEY = " It is tied to what stands beside it by a full stop, as in a key or a number: look what it is."
_TO_AN_ANCHOR = " A link within the document leads to these words: change its address as well."
_DIVIDED = " The technique was divided into subsystems, which the compliance program is not: rewrite the sentence."
_DESCRIBED = Expression(
    r"[\"')]{0,2} (?:(?:also|still|itself) )?(?:has|have|had|holds?|lists?|describes?|covers?|consists?|contains?"
    r"|includes?|comprises?|divides?|asks?|tells?|explains?|gives?|samples?|begins?|starts?"
    r"|(?:is|was) (?:divided|made up|based))(?![a-z])"
)
"""Says what the old technique held, which the program that took its place may not."""
_HELD = " What is said of it may be untrue of the compliance program, whose structure differs: rewrite the sentence."
_TELLS_OF_ITS_NAME = " The sentence tells what became of it: look whether that is so, and rewrite it."
_FURTHER = (
    " What the sentence says of how much it demands was said of the section, and may be untrue of what takes its place."
)


def reason(reading: Reading, candidate: Candidate) -> str | None:
    """Why a candidate is left to a person, in words for the end of its message; None if it is not."""
    return next((why for asks in _REASONS if (why := asks(reading, candidate))), None)


def _by_figure(reading: Reading, candidate: Candidate) -> str | None:
    """The figure of a note stands between its words."""
    return _HOLDS_A_FIGURE if reading.holds_figure(candidate.start, candidate.end) else None


def _by_date(reading: Reading, candidate: Candidate) -> str | None:
    """The year of an old regulation or today's name stands behind its name."""
    if candidate.rule.family != "name":
        return None
    end = candidate.folded[1]
    published = _PUBLISHED.search(reading.nearby(*candidate.folded))
    return _DATED if published or _OF_THE_PAST.match(reading.text, end, end + IN_QUOTES) else None


def _by_new_name(reading: Reading, candidate: Candidate) -> str | None:
    """The sentence tells what became of a term: "the DHR is now called the ..."."""
    if candidate.rule.family != "term":
        return None
    text, (start, end) = reading.text, candidate.folded
    told = _RENAMED.match(text, end, end + IN_QUOTES) or _FORMER.search(text, max(0, start - IN_QUOTES), start)
    return _TELLS_OF_ITS_NAME if told else None


def _by_field(reading: Reading, candidate: Candidate) -> str | None:
    """Nothing tells that a text with a name or a role that others have as well is about devices."""
    words = reading.text[slice(*candidate.folded)]
    if not words.startswith(_QS) and candidate.rule.of != "management":
        return None
    if len(reading.own_text) < _TELLING:
        return None
    return None if _OF_DEVICES.search(reading.own_text.replace(words, "")) else _NOTHING_ELSE


def _by_short_form(reading: Reading, candidate: Candidate) -> str | None:
    """An abbreviation of the old role in brackets behind it, or in the cell beside it, or its definition."""
    if candidate.rule.of != "management":
        return None
    text, (start, end) = reading.text, candidate.folded
    if _DEFINES.match(text, end):
        return _DEFINED
    initials = "".join(word[0] for word in text[start:end].split())
    behind = _SHORT_BEHIND.match(text, end)
    shorts = [behind[1]] if behind else []
    block = reading.block(candidate.start)
    if block.place.table is not None:
        shorts += [
            reading.contexts.structure.words(cell).strip(" .:") for cell in reading.contexts.structure.row(block)
        ]
    return _SHORTENED if any(_is_short_for(short, initials) for short in shorts) else None


def _is_short_for(short: str, initials: str) -> bool:
    """Whether the letters of a short form are some of the initials, in their order."""
    rest = iter(initials)
    return 1 < len(short) <= len(initials) and all(letter in rest for letter in short)


def _by_past(reading: Reading, candidate: Candidate) -> str | None:
    """The sentence tells of something that was done, and of nothing that is to be done."""
    if candidate.rule.family != "name":
        return None
    text, (start, end) = reading.text, candidate.folded
    first, last = reading.sentences.around(start, end)
    if _AMENDED.match(text, end, last) or _TOLD_TO_CITE.search(text, first, start):
        return _MAY_BE_PAST
    words = f"{text[first:start]} {text[end:last]}"
    told = _PAST.search(words) and not cues.OBLIGING.search(words) and not cues.PRESENT.search(words)
    return _MAY_BE_PAST if told else None


def _by_language(reading: Reading, candidate: Candidate) -> str | None:
    """The sentence is written without spaces between words, as in Chinese, or in Hangul."""
    if candidate.rule.family != "term":
        return None
    first, last = reading.sentences.around(*candidate.folded)
    return _IN_ANOTHER_LANGUAGE if holds_unspaced(reading.text[first:last]) else None


def _by_key(reading: Reading, candidate: Candidate) -> str | None:
    """A full stop ties a short form to figures: "DHR.820.184"."""
    end = candidate.folded[1]
    tied = candidate.rule.family == "term" and reading.text[end : end + 1] == "."
    return _IN_A_KEY if tied and reading.text[end + 1 : end + 2].isdigit() else None


def _by_anchor(reading: Reading, candidate: Candidate) -> str | None:
    """It stands in a heading whose words are the address of a link within the document, or in such a link."""
    text = reading.document.text
    links = [mark for mark in reading.document.marks if mark.kind == "link" and mark.value.startswith("#")]
    if not links:
        return None
    block = reading.block(candidate.start)
    heading = _letters(text[block.start : block.end]) if block.kind == "heading" else ""
    for link in links:
        within = link.start <= candidate.start < link.end and _letters(text[link.start : link.end])
        if _letters(link.value) in (heading, within):
            return _TO_AN_ANCHOR
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _by_kind(reading: Reading, candidate: Candidate) -> str | None:
    """The word before the role of management says of which one."""
    start = candidate.folded[0]
    if candidate.rule.of != "management":
        return None
    return _OF_ONE_KIND if _OF_A_KIND.search(reading.text, max(0, start - _NEAR), start) else None


def _by_successor(reading: Reading, candidate: Candidate) -> str | None:
    """What may take the place of a term stands right beside it: "the DHF or design and development file".

    Where it stands before it, or in brackets, the edit itself writes it once.
    """
    if candidate.rule.family != "term" or candidate.replacement is None:
        return None
    start, end = candidate.folded
    first, last = reading.sentences.around(start, end)
    before, after = reading.text[max(first, start - _NEAR) : start], reading.text[end : min(last, end + _NEAR)]
    joints = {candidate.replacement: (_THAT_IS, f"{_OR}|{_THAT_IS}")}
    if short := candidate.rule.current_abbreviation:
        joints[short] = (f"{_OR}|{_THAT_IS}",) * 2
    joints |= dict.fromkeys(candidate.alternatives, (f"{_OR}|{_THAT_IS}|{_BRACKET}",) * 2)
    for name, (joint_before, joint_behind) in joints.items():
        words = fold(name).text
        if words in before and re.search(
            rf"(?<![a-z]){re.escape(words)}s?[\"']?(?:{joint_before}){_ARTICLED}$", before
        ):
            return _NAMED_ALREADY
        if words in after and re.match(rf"s?[\"']?(?:{joint_behind}){_ARTICLED}{re.escape(words)}s?(?![a-z])", after):
            return _NAMED_ALREADY
    return None


def _by_division(reading: Reading, candidate: Candidate) -> str | None:
    """The sentence names the subsystems of the old inspection technique, or says what it holds."""
    if candidate.rule.of != "inspection-program":
        return None
    first, last = reading.sentences.around(*candidate.folded)
    if _SUBSYSTEMS.search(reading.text, first, last):
        return _DIVIDED
    return _HELD if _DESCRIBED.match(reading.text, candidate.folded[1]) else None


def _by_measure(reading: Reading, candidate: Candidate) -> str | None:
    """The sentence says how much a section demands."""
    return _FURTHER if candidate.rule.kind == "citation" and is_measured(reading, candidate) else None


_REASONS: tuple[Callable[[Reading, Candidate], str | None], ...] = (
    _by_date,
    _by_figure,
    _by_new_name,
    _by_field,
    _by_kind,
    _by_short_form,
    _by_past,
    _by_language,
    _by_key,
    _by_anchor,
    _by_successor,
    _by_division,
    _by_measure,
    *stated.REASONS,
)
