"""What an acronym means in a document: ours, or one of its other meanings.

The document's own definitions decide, in either order ("Digital Mobile Radio (DMR)", "DMR: discrepant material
report", an abbreviations table). Then the words nearby. An acronym that nothing explains, in a text that has none of
the vocabulary of device quality, is at most possible.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from qmsr_lint.expression import Expression
from qmsr_lint.lexicon import Use, plural
from qmsr_lint.match import Folded, begins_a_word, contains, fold, places
from qmsr_lint.model import Certainty, Document
from qmsr_lint.sentence import over, phrases_of
from qmsr_lint.wording import SMALL

_WORD = Expression(r"[^\W_]+(?:['\u2019][a-z]+)?")
_JOINED_WORD = Expression(r"[^\W_]+(?:['\u2019-][a-z]+)*")
"""A word, or words that hyphens make one of: "hot-water"."""
_KIND = Expression(r" [a-z]{3,20}$")
"""Stands between a name and its short form: "dorsal hand flexion angle (DHF)"."""
_OR_SHORT = Expression(
    r",? ?[(\[]?(?:\bor|\bhere(?:in)?after|\balso|\breferred to as|\bcalled)(?: referred to as| called)?(?: the)?$",
    needs=("or", "after", "also", "referred to ", "called"),
)
"""Stands between a name and its short form, as in "Device Master Record" or "DMR"."""
_CALLED = ("after the ", "referred to as the ", "called the ")
_OPENING = ' (["\u201d\u201c'
_ITS_PART = Expression(r",? ?\(?(?:(?:title )?21 ?cfr,? ?)?(?:part )?820\)?,? ?\(?$", re.IGNORECASE, needs=("820",))
"""Stands between the name of the regulation and its short form as well: its place in the law."""
_LEADING = Expression(
    r"[\"\u201d]?\s*(?:\(|\[|[:=\u2013\u2014]|-{1,2}\s|\bmeans\b|\bstands for\b|\bis short for\b|\bis defined as\b"
    r"|\bis (?:here )?(?:an?|the|our|their)\b)?\s*[\"\u201c]?"
)
_CITED_BEHIND = Expression(
    r"\s?\((?:(?:the|FDA|US|Title)\s)*(?:21\s?C\.?F\.?R\.?,?\s?)?(?:Part\s|\u00a7\s?)?820"
    r"(?:(?P<record>\.186(?!\d))|(?![\d.]*\d))",
    re.IGNORECASE,
)
"""What is cited in brackets behind an acronym: "the QSR (21 CFR Part 820)", "the QSR (820.186)"."""
_VOCABULARY = tuple(
    "medical device|fda|21 cfr|21cfr|part 820|820.|13485|quality system|quality management system|qms|design control"
    "|nonconform|non-conform|device master|device history|design history|510(k)|corrective action|design input"
    "|design output|design transfer".split("|")
)
"""What a text about devices and their quality holds at the beginning of a word."""
_COMMON_VOCABULARY = tuple(
    "regulatory|validation|complaint|complaints|risk management|labeling|document control|design review|lot|lots|sop"
    "|sops|capa|capas|pma|udi|820".split("|")
)
"""Words that stand in other texts as well; two different ones tell."""
_TELLING = 1500
_AROUND = 160
"""How far around an acronym, in characters of its block, phrases may tell what it is."""
_NO_RECORDS = frozenset(["review", "statu", "status", "service", "restaurant", "role"])
"""Last words of what is neither a record nor a regulation: quality service review, quarterly status report."""
_OURS = frozenset({"dmr", "dhr", "dhf"})
_OWN_WORDS = {
    "DHF": tuple(
        "820.30|820.3(e)|design control|design review|design input|design output|design transfer"
        "|design verification|design validation|design history|design and development".split("|")
    ),
    "DMR": tuple(
        "820.181|820.3(j)|device master|device specification|production process specification|for each device"
        "|each type of device".split("|")
    ),
    "DHR": tuple(
        "820.184|820.3(i)|device history|lot release|batch release|release of the lot|release of the batch"
        "|released lot|primary identification label|acceptance record".split("|")
    ),
}
"""What stands in a sentence about one of our records, whatever else its acronym means in the document."""
_OF_TODAY = ("mdf", "ddf", "medical device file", "design and development file", "batch record")
"""What takes the place of our records: a sentence with one of them speaks of records."""
_DOCUMENTS = frozenset(
    "report reports record records file files form forms log logs request requests notice notices sheet sheets review"
    " reviews reject rejects rejection manual manuals note notes tag tags list lists".split()
)
"""Last words of what is written down as well: discrepant material report."""
_KEEPERS = frozenset("repository database system platform server radio radios software archive folder tool".split())
"""Last words of what records are kept in, or what is kept up like one: data management repository."""
_ENDS = (
    r"(?![a-z])(?! (?!(?:and|or|is|are|in|at|by|for|on|of|to|per|before|after|when|as|with|was|were|of)(?![a-z]))[a-z])"
)
"""Behind a short form that no noun follows, whose the sentence would speak of: "a DHF patient", "the DMR manual"."""
_KEPT = {
    short: Expression(
        r"(?<![a-z])(?:files?|filed|maintains?|reviews?|reviewed|signs?|signed|updates?|updated|compiles?|archives?|audits?"
        r"|(?:review|release|audit|content|index|copy|approval)s? of) (?:the|all|each|an?|these|our) "
        rf"{short}s?{_ENDS}"
        r"|(?<![a-z])(?:reviews?|index(?:es)?|contents?|copy|copies|release|approval) of "
        rf"{short}s?{_ENDS}"
        r"|(?<![a-z])(?:goes?|added|filed|stored|kept|placed|recorded|documented|entered|included|archived|put) "
        rf"(?:to|in|into) (?:the |our |its ){short}s?{_ENDS}"
        rf"|(?<![a-z]){short}s? (?:index|audits?|release|binders?|folders?|(?:is|are) (?:filed|archived|compiled))"
        r"(?![a-z])",
        needs=(short,),
    )
    for short in sorted(_OURS)
}
"""What is done with a record of a short form, and with no disease or authority."""
_OF_DEVICES = (
    "serial number", "drawing", "lot", "operator", "label", "trace matrix", "traceability", "assembly", "approved by",
    "sign the", "signs the",
)  # fmt: skip
"""What is said of the records of devices: "the DHR of the pump lists the serial number"."""
_FIELDS = {
    "DHF": tuple(
        "dengue|haemorrhagic|hemorrhagic|serotype|aedes|viremia|thrombocytopenia|rainfall|ejection fraction|ventricular"
        "|diastolic|cardiac output|dihydrofolate|folate|methotrexate".split("|")
    ),
    "DMR": tuple(
        "docker|egress|kubernetes|subnet|vlan|firewall|repeater|talkgroup|talk group|two-way radio|walkie-talkie"
        "|codeplug|methylation|methylated|epigenetic|genome|effluent|npdes|wastewater|outfall|fishery|fisheries|lobster"
        "|upnp|dlna|media renderer".split("|")
    ),
    "QSR": tuple("restaurant|quick service|quick-service|drive-thru|fast food|fast-food|nvivo".split("|")),
    "DHR": tuple(
        "superselection|haag|quantum|caseworker|foster care|child welfare|social services|court reporting"
        "|human resources|locomotive|railway|rolling stock|darjeeling|himalayan|hot-water|recirculation".split("|")
    ),
}
"""Words of other fields at the beginning of a word, which tell in a document that has none of quality systems."""
_OFTEN = 2
"""So often such words stand anywhere in a document that is about the other field."""
_LONG_WORD = 10
"""Letters that a word has at least of which an acronym is short for: dihydrorhodamine (DHR)."""


class Sense(NamedTuple):
    """The rule an acronym belongs to at a place (None: to none), how sure that is, and why.

    `others` are the rules it may belong to as well.
    """

    use: Use | None
    certainty: Certainty
    reason: str = ""
    others: tuple[Use, ...] = ()


class Senses:
    """The acronyms of one document."""

    def __init__(self, document: Document, folded: Folded) -> None:
        self.document = document
        self.folded = folded
        self._expansions: dict[str, dict[int, str]] = {}
        self._defined: dict[str, frozenset[str]] = {}
        self._ours: dict[tuple[str, str], bool] = {}
        self._spoken_of: dict[str, bool] = {}
        self._told: dict[tuple[str, str], str | None] = {}
        self._fields: dict[str, str | None] = {}

    def resolve(
        self, uses: Sequence[Use], start: int, nearby: str, sentence: str, head: Callable[[], str] = str
    ) -> Sense:
        """The sense of the acronym at an offset of the document's string, among the `uses` rules have for it.

        `nearby` and `sentence` are the folded text around it; `head` gives the head of its column.
        """
        acronym = uses[0].phrase
        expansions = self.expansions(acronym)
        if local := expansions.get(start):
            chosen = self._by_expansion(uses, (local,))
            return Sense(chosen, "certain", "" if chosen else f"{acronym} is short for {local!r} here")
        if len(uses) > 1 and (cited := _CITED_BEHIND.match(self.document.text, start + len(acronym))):
            of_record = cited["record"] is not None
            for use in uses:
                if (use.rule.family == "name") is not of_record:
                    return Sense(use, "certain")
        defined = self._defined[acronym]
        ours = [use for use in uses if not defined.isdisjoint(_phrases(use.rule.legacy))]
        ours = ours or [use for use in uses if self._is_defined(use)]  # by a name with a word wrong
        if not ours and any(map(sentence.__contains__, _OWN_WORDS.get(acronym, ()))):
            return Sense(uses[0], "certain")
        spelt_out = not ours and _first(_spelt_out(uses), sentence) is not None
        if defined and not (ours or spelt_out) and not any(map(self._is_subject, uses)):
            if acronym.lower() in _OURS and self._is_record(acronym, defined, sentence):
                return Sense(uses[0], "likely")
            return Sense(None, "certain", f"this document defines {acronym} as {min(defined)!r}")
        others = [] if ours or spelt_out else [words for use in uses for words in use.rule.homographs]
        if other := _first(others, nearby):
            return Sense(None, "likely", f"{acronym} is short for {other!r} here")
        if not (ours or spelt_out) and (word := self._of_another_field(acronym, nearby)):
            return Sense(None, "likely", f"{acronym} belongs to another field: the text speaks of {word!r}")
        if len(ours or uses) > 1:
            return self._by_words(ours or uses, sentence, nearby, head)
        return Sense(ours[0], "certain") if ours else self._undefined(uses[0])

    def _is_record(self, acronym: str, defined: Iterable[str], sentence: str) -> bool:
        """Whether a sentence speaks of our record, in a document that says elsewhere that the acronym is another thing.

        It names another of our records, or one of today; or it tells of what is done with records alone, where the
        other thing is none.
        """
        others = [
            other
            for other in sorted(_OURS - {acronym.lower()})
            if contains(sentence, other) or contains(sentence, f"{other}s")
        ]
        if len(others) < len(_OURS) - 1 and any(words.split()[-1] in _DOCUMENTS for words in defined):
            return False  # a report on rejected parts is kept beside a record of ours
        if any(contains(sentence, words) for words in _OF_TODAY):
            return True
        if others:
            return not any(self.expansions(other.upper()) for other in others)
        if any(words.split()[-1] in _KEEPERS for words in defined):
            return False
        return _KEPT[acronym.lower()].search(sentence) is not None

    def _of_another_field(self, acronym: str, nearby: str) -> str | None:
        """A word of another field near an acronym, or in all of a text, that has none of quality systems."""
        if acronym not in _FIELDS or self._has_vocabulary:
            return None
        word = next((word for word in _FIELDS[acronym] if begins_a_word(nearby, word)), None)
        text = nearby
        if word is None:
            word, text = self._field(acronym), self.folded.text
        if word is None or acronym.lower() not in _OURS:
            return word
        of_a_thing = any(f"{acronym.lower()} {joint} " in text for joint in ("of", "for"))
        return None if of_a_thing or any(begins_a_word(text, said) for said in _OF_DEVICES) else word

    def _field(self, acronym: str) -> str | None:
        """A word of another field of an acronym, where the document is about that field."""
        if acronym not in self._fields:
            text = self.folded.text
            words = [word for word in _FIELDS[acronym] if begins_a_word(text, word)]
            self._fields[acronym] = words[0] if sum(map(text.count, words)) >= _OFTEN else None
        return self._fields[acronym]

    def _undefined(self, use: Use) -> Sense:
        """The sense of an acronym that the document never defines and that one rule alone has."""
        if words := self._told_otherwise(use):
            return Sense(None, "likely", f"{use.phrase} is something else in {words!r}")
        if self._has_vocabulary:
            return Sense(use, "certain")
        for other in use.rule.homographs:
            if self._speaks_of(other):
                return Sense(None, "likely", f"this document speaks of {other!r}")
        return Sense(use, "possible")

    def _is_subject(self, use: Use) -> bool:
        """Whether a heading spells out what the rule means: such a document is about it, whatever else it mentions."""
        return any(begins_a_word(self._headings, phrase.lower()) for phrase in _spelt_out((use,)))

    @cached_property
    def _headings(self) -> str:
        text = self.document.text
        return "\u2029".join(text[block.start : block.end].lower() for block in self.document.blocks if block.level)

    def _is_defined(self, use: Use) -> bool:
        """Whether the document defines the acronym as the rule means it."""
        key = use.phrase, use.rule.id
        if key not in self._ours:
            self._ours[key] = self._by_expansion((use,), tuple(self._defined[use.phrase])) is not None
        return self._ours[key]

    def _told_otherwise(self, use: Use) -> str | None:
        """Words of the document in which the acronym cannot be what the rule means, in a text that never spells it out.

        A record that is raised for rejected parts in one step is no device master record in the next one.
        """
        phrases = phrases_of(use.rule.none, use.rule.id)
        if not phrases:
            return None
        key = use.phrase, use.rule.id
        if key not in self._told:
            text, acronym = self.folded.text, use.phrase.lower()
            spelt_out = any(begins_a_word(text, phrase.lower()) for phrase in use.rule.legacy if phrase != use.phrase)
            self._told[key] = None
            for at in () if spelt_out else (*places(text, acronym), *places(text, acronym + "s")):
                if self._is_in_code(at):
                    continue
                start = max(text.rfind("\u2029", max(0, at - _AROUND), at) + 1, at - _AROUND, 0)
                end = at + len(text[at : at + _AROUND].partition("\u2029")[0])
                if words := over(phrases, text, start, end, (at, at + len(acronym))):
                    self._told[key] = words
                    break
        return self._told[key]

    def _is_in_code(self, folded: int) -> bool:
        """Whether an offset of the folded text stands in a block of code, where words are names of other things."""
        offset = self.folded.origin(folded)
        at = bisect_right(self._code, (offset, len(self.document.text)))
        return at > 0 and offset < self._code[at - 1][1]

    @cached_property
    def _code(self) -> Sequence[tuple[int, int]]:
        return [(block.start, block.end) for block in self.document.blocks if block.kind == "code"]

    def _speaks_of(self, phrase: str) -> bool:
        if phrase not in self._spoken_of:
            self._spoken_of[phrase] = contains(self.folded.text, phrase.lower())
        return self._spoken_of[phrase]

    @staticmethod
    def _by_words(uses: Sequence[Use], sentence: str, nearby: str, head: Callable[[], str]) -> Sense:
        acronym = uses[0].phrase.lower()
        for words in (sentence, nearby, head):
            text = words if isinstance(words, str) else words()
            for with_it in (True, False):  # "the QSR says" tells more than the records it speaks of
                scores = [
                    sum(contains(text, word) for word in map(str.lower, use.rule.sense) if (acronym in word) is with_it)
                    for use in uses
                ]
                best = max(scores)
                if best and scores.count(best) == 1:
                    return Sense(uses[scores.index(best)], "likely")
        return Sense(uses[0], "possible", "", tuple(uses[1:]))

    @staticmethod
    def _by_expansion(uses: Sequence[Use], expansions: Sequence[str]) -> Use | None:
        for use in uses:
            if not _phrases(use.rule.legacy).isdisjoint(expansions):
                return use
        return next((use for use in uses if any(_misnames(words, use.rule.legacy) for words in expansions)), None)

    @property
    def is_foreign(self) -> bool:
        """Whether the document is long enough to tell that it is not about devices and their quality."""
        return len(self.folded.text) > _TELLING and not self._has_vocabulary

    @cached_property
    def _has_vocabulary(self) -> bool:
        text = self.folded.text
        return (
            any(begins_a_word(text, word) for word in _VOCABULARY)
            or sum(contains(text, word) for word in _COMMON_VOCABULARY) > 1
            or sum(contains(text, word) for word in _OURS) > 1
        )

    def expansions(self, acronym: str) -> dict[int, str]:
        """What the document says `acronym` is short for: where each definition stands, and its words."""
        if acronym not in self._expansions:
            self._expansions[acronym] = dict(self._find_expansions(acronym))
            self._defined[acronym] = frozenset(self._expansions[acronym].values())
        return self._expansions[acronym]

    def _find_expansions(self, acronym: str) -> Sequence[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        text = self.document.text
        letters = re.escape(acronym)  # first, for Python skips to them
        for match in re.finditer(rf"{letters}(?<![^\W_]{letters})s?(?![^\W_])", text):
            start, end = match.span()
            # A definition does not run on: 90 characters hold any expansion with its small words.
            before = text[max(0, start - 90) : start]
            before = before[before.rfind("\u2029") + 1 :]
            if before.rstrip()[-1:] in ("(", "[", "\u201c", '"') or before.endswith(_CALLED) or not before.strip():
                before = _ITS_PART.sub("", _OR_SHORT.sub("", before.rstrip(_OPENING)).rstrip(_OPENING)).rstrip(_OPENING)
                words = (
                    _backwards(acronym, before)
                    or _titled(_KIND.sub("", before), acronym)
                    or (_long_word(before, acronym) if text[start - 1 : start] in ("(", "[") else None)
                )
                if words and before.strip():
                    found.append((start, words))
                    continue
            after = (
                text[end : end + 90].lstrip("\u2029")
                if _fills_cell(text, start, end)
                else text[end : end + 90].partition("\u2029")[0]
            )
            lead = _LEADING.match(after)
            behind = after[lead.end() if lead else 0 :]
            words = _forwards(acronym, behind)
            if words and lead and " is " in lead[0] and not _is_capitalised(behind, words):
                words = None  # "the DHR is a documented history report" says what it is, not what it is short for
            if words:
                found.append((start, words))
                continue
            if _fills_cell(text, start, end):
                previous = text[max(0, start - 90) : start].rstrip("\u2029").rpartition("\u2029")[2]
                words = _backwards(acronym, previous)
                if words and len(_WORD.findall(previous)) <= len(words.split()) + 1:
                    found.append((start, words))
        return found


@cache
def _phrases(legacy: tuple[str, ...]) -> frozenset[str]:
    """What an acronym with these legacy phrases may be short for, as it stands in folded text."""
    phrases = {fold(phrase).text.replace("-", " ") for phrase in legacy}
    return frozenset(phrases | {plural(phrase) for phrase in phrases})


def _misnames(words: str, phrases: Sequence[str]) -> bool:
    """Whether an expansion is one of our phrases with a word wrong: "device history file", "device mater record"."""
    found = {word.rstrip("s") for word in words.split()}
    if words.split()[-1].rstrip("s") in _NO_RECORDS:
        return False
    terms = ([word.rstrip("s") for word in phrase.lower().split()] for phrase in phrases)
    return any(len(term) == 3 and sum(word in found for word in term) == 2 for term in terms)


def _fills_cell(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in ("", "\u2029") and text[end : end + 1] in ("", "\u2029")


def _spelt_out(uses: Iterable[Use]) -> Sequence[str]:
    """The names that the acronym is short for by our rules."""
    return [phrase for use in uses for phrase in use.rule.legacy if phrase != use.phrase and " " in phrase]


def _first(phrases: Sequence[str], text: str) -> str | None:
    return next((phrase for phrase in phrases if contains(text, phrase.lower())), None)


def _backwards(acronym: str, text: str) -> str | None:
    return _spelling(acronym, text, reverse=True)


def _forwards(acronym: str, text: str) -> str | None:
    head = re.split(r"[.;:)\]\u2029]", text, maxsplit=1)[0]
    return _spelling(acronym, head, reverse=False)


def _titled(text: str, acronym: str) -> str | None:
    """The capitalised words at the end of a text that an acronym is short for."""
    words = _backwards(acronym, text)
    return words if words and _is_capitalised(text[-len(words) :], words) else None


def _long_word(text: str, acronym: str) -> str | None:
    """The long word at the end of a text that begins with an acronym's first letter and has the others in order."""
    word = text.rpartition(" ")[2].lower()
    if len(word) < _LONG_WORD or not word.isalpha() or not word.startswith(acronym[0].lower()):
        return None
    rest = iter(word)
    return word if all(letter in rest for letter in acronym.lower()) else None


def _is_capitalised(text: str, words: str) -> bool:
    """Whether the words that a text begins with have capitals, but for small ones between them."""
    own = text.split()[: len(words.split())]
    return all(word[:1].isupper() or word.lower() in SMALL for word in own)


def _spelling(acronym: str, text: str, *, reverse: bool) -> str | None:
    """The words at the end of a text, or at its beginning, that an acronym is short for."""
    for word in (_WORD, _JOINED_WORD) if "-" in text else (_WORD,):
        words = word.findall(text)
        if found := _initials(acronym, words[::-1] if reverse else words, reverse=reverse):
            return found
    return None


def _initials(acronym: str, words: Sequence[str], *, reverse: bool) -> str | None:
    """The words whose initials spell the acronym, small words between them allowed; None where they do not."""
    letters = [letter.lower() for letter in acronym if letter.isalnum()]
    if reverse:
        letters.reverse()
    taken: list[str] = []
    at = 0
    for word in words:
        if at == len(letters):
            break
        if word[0].lower() == letters[at] and word.lower() != acronym.lower():
            taken.append(word)
            at += 1
        elif word.lower() in SMALL and taken:
            taken.append(word)
        else:
            return None
    if at < len(letters):
        return None
    return " ".join(reversed(taken) if reverse else taken).lower()
