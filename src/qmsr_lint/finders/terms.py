"""Finds legacy terms, names and programs: the phrases and acronyms of the term rules."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qmsr_lint import wording
from qmsr_lint.expression import Expression, needed
from qmsr_lint.lexicon import Entry, Use, is_acronym
from qmsr_lint.match import contains
from qmsr_lint.model import Block, Certainty, Safety, Severity
from qmsr_lint.pack import Rule
from qmsr_lint.reading import Candidate, Reading, basis_of, least
from qmsr_lint.sentence import over, phrases_of

_PLACED = Expression(r"(?<![a-z])(?:on|off)-$", needs=("on-", "off-"))
_DEFINITION = 100  # characters that are looked at behind a term for its definition
_NAMED = r"\"?(?: ?\([^().\u2029]{2,60}\))?\"?"
_DEFINED = Expression(
    rf"{_NAMED}(?: ?[:=\u2014] ?| -{{1,2}} ?| is |(?P<worded> means,? | refers to | is our name for ))"
    r"(?:the |our |an? )?"
)
_ENDS = Expression(r"s?[.;]? ?(?:\u2029|$)|s?[.;] ")
_BY_THE_STANDARD = Expression(
    r"s?(?:,? (?:as )?(?:required|asked for|called for|specified|described|defined|according|per|under|in accordance"
    r"|of (?:iso|clause)|in (?:iso|clause)|in the sense)(?![a-z])| ?\((?:iso|clause|see|per|21 cfr))"
)
_LISTED = 400
"""Characters of a line or a cell whose items are looked at for their capitals."""
_REMARK = re.compile(r"\([a-z][^()]{0,80}\)")
_BEGINS = frozenset({"", "the", "a", "an", '"', 'the "', "-", "term:"})
"""What a definition has before its term."""
_OTHER_NUMBERS = " Many clauses have other numbers in the edition of 2016: look up that of the clause beside it too."
_MANY = Expression(
    r"'s(?=[)\].\u2029]|$| (?:are|were|have|shall|must|will|may|can|should|do) )", needs=("'s",), within=10
)
"""The plural of an acronym as many write it: "the DHR's are filed"; "the DHR's index" is another thing."""
_EUROPEAN = "EN ISO 13485:2016+A11:2021"
_FOR_EUROPE = Expression(
    r"(?<![a-z])(?:ce|mdd|mdr|ivdd|ivdr|europe(?:an)?|eu|ec|eec|ukca|notified bod(?:y|ies)|directives?|harmoni[sz]ed)"
    r"(?![a-z])|(?<!\d)(?:93/42|98/79|2017/74[56])(?!\d)",
    needs=needed("ce|mdd|mdr|ivd|europe|eu|ec|ukca|notified|directive|harmoni|93/42|98/79|2017/74"),
)
_HOUSE_NAME = " This document defines it as the {current}, so it may stay as a name of your own."


def find(reading: Reading) -> Iterator[Candidate]:
    """A candidate for each phrase and acronym; one whose term the document defines as the current one is told once."""
    candidates = list(_found(reading))
    told: dict[str, int] = {}
    for candidate in candidates:
        if candidate.rule.id not in told and _is_house_name(reading, candidate):
            told[candidate.rule.id] = candidate.start
    for candidate in candidates:
        at = told.get(candidate.rule.id)
        suppressed = candidate.judgement is not None and candidate.judgement.effect == "suppressed"
        if at is None or suppressed or candidate.silenced is not None:
            yield candidate
            continue
        current = candidate.rule.current or ""
        if candidate.start == at:
            message = candidate.message + _HOUSE_NAME.format(current=current)
            yield candidate._replace(severity="note", safety="none", message=message)
        else:
            yield candidate._replace(silenced=f"is defined as the {current} in this document")


def _is_house_name(reading: Reading, candidate: Candidate) -> bool:
    """Whether a candidate is the term of a definition by the right current term, and nothing else."""
    rule, (start, end) = candidate.rule, candidate.folded
    if rule.family != "term" or not rule.current or candidate.silenced is not None:
        return False
    text, current = reading.text, rule.current.lower()
    if current not in text[end : end + _DEFINITION + len(current)]:
        return False
    lead = _DEFINED.match(text, end, end + _DEFINITION)
    if lead is None:
        return False
    if not text.startswith(current, lead.end()):
        return False
    at = lead.end() + len(current)
    if not (_BY_THE_STANDARD.match(text, at) or (lead["worded"] and _ENDS.match(text, at))):
        return False  # an entry of a list of abbreviations, whose other half is not yet migrated
    return text[reading.sentences.around(start, end)[0] : start].strip() in _BEGINS


def _found(reading: Reading) -> Iterator[Candidate]:
    """A candidate for each phrase and acronym; the longest of those that overlap."""
    exempt: list[tuple[int, int, set[str]]] = []
    taken_until = -1
    for start, end, entry in sorted(_hits(reading), key=lambda hit: (hit[0], -hit[1])):
        exempt = [span for span in exempt if span[1] > start]
        if entry.exempts:
            exempt.append((start, end, entry.exempts))
        if start < taken_until:
            continue
        uses = [use for use in entry.uses if not any(end <= last and use.rule.id in ids for _, last, ids in exempt)]
        if uses and (found := _candidate(reading, start, end, uses)):
            taken_until = end
            yield found


def _hits(reading: Reading) -> Iterator[tuple[int, int, Entry]]:
    text = reading.text
    for start, end, entry, whole in reading.hits:
        if not whole or not (entry.uses or entry.exempts):
            continue
        if " -" in text[start:end] or "- " in text[start:end]:
            continue  # a dash between two phrases, not a hyphen in one
        if " " in text[start:end] and _PLACED.search(text, max(0, start - 8), start):
            continue  # "on-device history file" is the history of what is on the device
        if entry.exempts or _is_written_so(reading, start, end, entry):
            yield start, end, entry


def _is_written_so(reading: Reading, start: int, end: int, entry: Entry) -> bool:
    """Whether the original has the capitals an acronym needs; a phrase may be written in any case."""
    if not all(use.acronym for use in entry.uses):
        return True
    first, last = reading.folded.span(start, end)
    original = reading.document.text[first:last]
    stem = original[:-1] if original.endswith("s") else original
    return stem == stem.upper() or reading.shown_in_capitals(first, last)


class _Meaning(NamedTuple):
    """Which use of some words is meant, how sure that is, what else they may be, and why they mean nothing of ours."""

    use: Use
    certainty: Certainty = "certain"
    others: tuple[Use, ...] = ()
    silenced: str | None = None


def _candidate(reading: Reading, start: int, end: int, uses: Sequence[Use]) -> Candidate | None:
    first, last = reading.folded.span(start, end)
    block = reading.block(first)
    if reading.is_directive(block):
        return None
    meaning = _meaning(reading, start, end, uses, block)
    use, others = meaning.use, meaning.others
    if use.acronym and (many := _MANY.match(reading.text, end)):
        use, end = use._replace(form="plural"), many.end()
        first, last = reading.folded.span(start, end)
    rule = use.rule
    if rule.near and not any(contains(reading.nearby(start, end), word.lower()) for word in rule.near):
        return None
    current = rule.own_current.get(use.phrase, rule.current)
    judgement = reading.contexts.judge(first, last, (start, end), current, family=rule.family)
    if rule.where and judgement.context not in rule.where and judgement.effect != "suppressed":
        return None
    replacement = replacement_for(reading, use, current, first, last, block)
    message = reading.message(rule, first, last, current=current or "") + "".join(map(_or_else, others))
    edit, alternatives = replacement, rule.alternatives
    if rule.of == "iso-2003":
        if "EN ISO" in use.phrase:
            alternatives = (*alternatives, _EUROPEAN)
            edit = None if _FOR_EUROPE.search(reading.sentence(start, end)) else edit
        if _names_a_clause(reading, start, end):
            message, edit = message + _OTHER_NUMBERS, None
        elif "certif" in reading.sentence(start, end):
            edit = None  # a certificate names the edition it was issued for
    return Candidate(
        rule,
        first,
        last,
        (start, end),
        message,
        replacement,
        edit,
        (*(other.rule.current for other in others if other.rule.current), *alternatives),
        basis_of(rule),
        severity=_severity(reading, use, meaning.certainty),
        certainty=least(meaning.certainty, rule.certainty),
        safety="none" if others else _safety(reading, use, meaning.certainty, first, last),
        judgement=judgement,
        silenced=meaning.silenced,
    )


def _meaning(reading: Reading, start: int, end: int, uses: Sequence[Use], block: Block) -> _Meaning:
    use = uses[0]
    nearby = reading.nearby(start, end)
    if use.acronym:
        at, sentence = reading.folded.origin(start), reading.sentence(start, end)
        sense = reading.senses.resolve(uses, at, nearby, sentence, lambda: _head(reading, block))
        return _Meaning(sense.use or use, sense.certainty, sense.others, None if sense.use else sense.reason)
    of_phrases = not any(map(is_acronym, use.rule.legacy))  # else they are what the acronym may be short for
    homographs = use.rule.homographs if of_phrases else ()
    other = next((words for words in homographs if contains(nearby, words.lower())), None)
    heading = (block.place.section or "").lower()
    other = other or next((words for words in use.rule.homographs if contains(heading, words.lower())), None)
    other = other or _in_other_words(reading, use.rule, start, end)
    return _Meaning(use, silenced=f"is {other!r} here" if other else None)


def _severity(reading: Reading, use: Use, certainty: Certainty) -> Severity | None:
    """The severity of a use where it is not that of its rule."""
    if certainty == "possible" and reading.senses.is_foreign:
        return "note"
    return use.rule.acronym_severity if use.acronym else None


def _safety(reading: Reading, use: Use, certainty: Certainty, start: int, end: int) -> Safety:
    """How far the fix can be trusted.

    "Quality system regulations" in small letters may be those of other countries, and "QS Reg." leaves its full stop.
    """
    rule, text = use.rule, reading.document.text
    if use.acronym and rule.acronym_fix is not None and certainty != "certain" and not _is_spelt_out(reading, rule):
        return rule.acronym_fix
    if rule.family == "name" and rule.fix == "safe":
        shortened = text.startswith(".", end) and text[start:end].lower().endswith("reg")
        return "unsafe" if shortened or text.endswith(" regulations", start, end) else "safe"
    return rule.fix


def _is_spelt_out(reading: Reading, rule: Rule) -> bool:
    """Whether the document holds words that the acronyms of a rule are short for."""
    return any(phrase.lower() in reading.text for phrase in rule.legacy if not is_acronym(phrase))


def _names_a_clause(reading: Reading, start: int, end: int) -> bool:
    """Whether a clause is cited with an edition of ISO 13485: it may have another number in the one of today."""
    from qmsr_lint.edition import CLAUSE_NAMED

    return CLAUSE_NAMED.match(reading.text, start, end + _DEFINITION) is not None


def _head(reading: Reading, block: Block) -> str:
    """The head of the column of a cell, which tells what the cell is.

    The other cells of its row do not: a requirement on records may have the regulation for its source.
    """
    if block.place.table is None:
        return ""
    structure = reading.contexts.structure
    return " ".join(structure.words(head) for head in structure.head(block))


def _in_other_words(reading: Reading, rule: Rule, start: int, end: int) -> str | None:
    """The words of the sentence around a term in which it is not what the rule means: quality audits of suppliers."""
    if not rule.none:
        return None
    first, last = reading.sentences.around(start, end)
    return over(phrases_of(rule.none, rule.id), reading.text, first, last, (start, end))


def replacement_for(reading: Reading, use: Use, current: str | None, start: int, end: int, block: Block) -> str | None:
    """The current words in the case and number of those found."""
    if current is None:
        return None
    plural = None
    if use.form == "plural":
        plural = _plural(use.rule, current)
    text = reading.document.text
    before = text[max(block.start, start - 8) : start].rstrip()
    # "eDHR" is no acronym of a pack, but "EDHR" says no more of the case around it than one.
    acronym = use.acronym or (" " not in use.phrase and use.phrase != use.phrase.lower() and text[start:end].isupper())
    return wording.fit(
        current,
        text[start:end],
        many=plural,
        acronym=acronym,
        title=acronym and block.end - block.start < 160 and _is_title(text[block.start : block.end]),
        begins=not before
        or before[-1] in ".!?:\u2022"
        or (
            before[-1] == ";" and block.end - block.start < _LISTED and _are_capitalised(text[block.start : block.end])
        ),
    )


def _plural(rule: Rule, current: str) -> str:
    """The plural of one of the current words of a rule; what the rule itself keeps in the singular has none."""
    if rule.plural and current == rule.current:
        return rule.plural
    return current if rule.plural and rule.plural == rule.current else wording.pluralised(current)


def _are_capitalised(text: str) -> bool:
    """Whether the items of a list with semicolons begin with capitals; the first may begin a sentence anyway."""
    initials = [item.strip()[:2] for item in text.split(";")[1:]]
    return any(map(str.istitle, initials)) and not any(initial[:1].islower() for initial in initials)


def _is_title(text: str) -> bool:
    """Whether the words of a text are capitalised, but for small ones and a remark in brackets.

    The first begins a sentence as well and tells nothing: "Reviews the DHF".
    """
    first, *others = re.findall(r"[^\W\d_]+", _REMARK.sub("", text)) or [""]
    words = [word for word in others if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in (first, *words))


def _or_else(use: Use) -> str:
    phrase = next((phrase for phrase in use.rule.legacy if phrase != use.phrase), use.phrase)
    return f" If it is short for {phrase} here, the current words are {use.rule.current}."
