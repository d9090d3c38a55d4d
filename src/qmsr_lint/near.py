"""Misspelt legacy terms: "Desgin History File", "management with executive responsiblity".

A term of several words is misspelt where the others stand exactly and in order, and what stands in the place of the
missing one is at most an edit or two away from it: a letter more, less, wrong or swapped with the next one, the first
included. Acronyms are never compared. A word that is no slip stays alone:

- a word of any of the terms, an inflection of the right word, or a word of the guard vocabulary
  (`rules/facts/near_words.yaml`);
- a word that the document uses elsewhere as well, three times or more.

The words that stand exactly are the anchors, looked for around each word that is nearly one of a term; rapidfuzz is
imported only for a document in which such a word stands beside an anchor.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from qmsr_lint.errors import PackError
from qmsr_lint.expression import Expression
from qmsr_lint.lexicon import Form, plural
from qmsr_lint.match import Scanner, fold, is_word_character
from qmsr_lint.pack import Rule

_INFLECTIONS = frozenset(["s", "al", "ed", "er", "es", "ly", "or"])
_INFLECTIONS_OF_E = frozenset(["s", "d", "r", "rs"])
_ELSEWHERE = 3
_REACH = 32  # characters looked back for a word: more than any word of a term with two letters too many
_REMEMBERED = 100_000  # words met in a sweep
_STRANGERS = 16  # different words in a document that are nearly one of a term: beyond, all of it is looked through
_ROOM = 4  # what a misspelt word may have more than the right one, with the space behind it
_WORD = re.compile("[a-z]+")
_BEFORE = Expression(r"(?<![^\W])([a-z]+) $")
_AFTER = Expression(r" ([a-z]+)(?![\w])")
_NOTHING = frozenset[str]()


class Slip(NamedTuple):
    """A misspelt term: the rule, the term as it should be spelt, its form, and its range in the folded text."""

    rule: Rule
    phrase: str
    form: Form
    start: int
    end: int
    wrong: tuple[str, ...]


class _Term(NamedTuple):
    rule: Rule
    phrase: str
    words: tuple[str, ...]
    slips: int  # how many of its words may be misspelt at once
    reach: tuple[int, ...]  # how many edits each word may be away


class _Anchor(NamedTuple):
    """Words `first` to `last` (exclusive) of a term, which stand exactly."""

    term: _Term
    first: int
    last: int


class Spellings:
    """The terms of all rules of the kind "near", ready to be looked for. Raises PackError for an acronym."""

    def __init__(self, rules: Iterable[Rule], guard: Mapping[str, Iterable[str]]) -> None:
        anchors: dict[str, list[_Anchor]] = {}
        for rule in rules:
            for phrase in rule.spelling:
                for anchor in _anchors(term(rule, phrase)):
                    literal = " ".join(anchor.term.words[anchor.first : anchor.last])
                    anchors.setdefault(literal, []).append(anchor)
        words = {word for own in anchors.values() for anchor in own for word in anchor.term.words}
        self._words = words | {plural(word) for word in words}
        self._anchors = tuple(anchors.values())
        self._scanner = Scanner(anchors)
        self._guard = {right: frozenset(words) for right, words in guard.items()}
        rights: dict[str, int] = {}
        beside: dict[str, set[str]] = {}
        for literal, own in anchors.items():
            for anchor in own:
                for number, (right, reach) in enumerate(zip(anchor.term.words, anchor.term.reach, strict=True)):
                    rights[right] = max(reach, rights.get(right, 0))
                    if not anchor.first <= number < anchor.last:
                        beside.setdefault(right, set()).add(literal)
        self._beside = beside  # what stands exactly where a word is misspelt
        # By the length of a word that may be meant for them, with their letters and how many of these may differ.
        self._rights: dict[int, list[tuple[str, int, frozenset[str], int]]] = {}
        for right, reach in rights.items():
            letters = frozenset(right)
            for length in range(len(right) - reach, len(right) + reach + 2):
                self._rights.setdefault(length, []).append((right, reach, letters, _changed(reach)))
        terms = (anchor.term for own in anchors.values() for anchor in own)
        self._longest = max((sum(len(word) + _ROOM for word in term.words) for term in terms), default=0)
        self._known: dict[str, frozenset[str]] = {}  # of each word met so far, what it is strange beside
        self._settled: set[str] = set()  # what stood between two spaces and has been judged
        self._strange: dict[str, frozenset[str]] = {}  # those of them that hold a stranger, with what it is beside

    def anchors(self, text: str) -> Iterator[tuple[_Anchor, int, int]]:
        """The words of terms that stand exactly, each with its range in the folded text (hyphens as spaces)."""
        for literal, start, end in self._scanner.scan(text):
            for anchor in self._anchors[literal]:
                yield anchor, start, end

    def find(self, text: str, words: Set[str]) -> list[Slip]:
        """The misspelt terms of a folded text in its order; of overlapping ones the longest.

        `text` has spaces for hyphens; `words` is what stands between two spaces anywhere in it.
        """
        if not self._anchors:
            return []
        found = {}
        for begin, finish in self._around_strangers(text, words):
            for literal, start, end in self._scanner.scan(text[begin:finish]):
                start, end = begin + start, begin + end
                before = _BEFORE.search(text, max(0, start - _REACH), start)
                after = _AFTER.match(text, end)
                beside = before[1] if before else "", after[1] if after else ""
                for anchor in self._anchors[literal]:
                    if self._may_slip(anchor, *beside) and (slip := self._slip(text, anchor, start, end)):
                        found[slip.start, slip.end] = slip
        slips: list[Slip] = []
        for slip in sorted(found.values(), key=lambda slip: (slip.start, -slip.end)):
            if slips and slip.start < slips[-1].end:
                continue
            if not _is_excepted(text, slip):
                slips.append(slip)
        own = _own_words(text, slips)
        return [slip for slip in slips if not any(word in own for word in slip.wrong)]

    def _around_strangers(self, text: str, words: Set[str]) -> Sequence[tuple[int, int]]:
        """The ranges of the text that may hold a slip: those around words that are nearly a word of a term beside them.

        What stands between two spaces is judged once and remembered, for a sweep meets the same words all the time.
        """
        if len(self._settled) > _REMEMBERED:
            self._settled.clear()
            self._strange.clear()
            self._known.clear()
        strange = {token: self._strange[token] for token in words & self._strange.keys()}
        for token in words - self._settled:
            beside = _NOTHING.union(*map(self._strange_beside, _WORD.findall(token)))
            if beside:
                strange[token] = beside
            if len(token) <= _REACH:
                self._settled.add(token)
                if beside:
                    self._strange[token] = beside
        if len(strange) > _STRANGERS:
            return [(0, len(text))]
        ranges = (
            (max(0, start - self._longest), end + self._longest, beside)
            for token, beside in strange.items()
            for start, end in _places(text, token)
        )
        return _merged(
            sorted(
                (start, end)
                for start, end, beside in ranges
                if any(text.find(literal, start, end) >= 0 for literal in beside)
            )
        )

    def _strange_beside(self, word: str) -> frozenset[str]:
        """The exact words of terms beside which a word is nearly another word of the term; none for words of terms."""
        if word not in self._known:
            rights = () if word in self._words else self._rights.get(len(word), ())
            letters = frozenset(word)
            alike = [(right, reach) for right, reach, own, most in rights if len(letters ^ own) <= most]
            meant = [right for right, reach in alike if self._may_mean(word, right, reach)]
            self._known[word] = _NOTHING.union(*(self._beside.get(right, ()) for right in meant)) if meant else _NOTHING
        return self._known[word]

    def _may_slip(self, anchor: _Anchor, before: str, after: str) -> bool:
        """Whether the words beside an anchor are those of its term, or strangers nearly like some word of a term."""
        words = anchor.term.words
        if anchor.first and before != words[anchor.first - 1] and not self._known.get(before):
            return False
        if anchor.last == len(words):
            return True
        return after.startswith(words[anchor.last]) or bool(self._known.get(after))

    def _slip(self, text: str, anchor: _Anchor, start: int, end: int) -> Slip | None:
        term = anchor.term
        wrong: list[str] = []
        last_word = len(term.words) - 1
        form: Form = "singular"
        if anchor.last > last_word:
            if text.startswith("s", end):
                form, end = "plural", end + 1
            if end < len(text) and is_word_character(text[end]):
                return None
        for number in range(anchor.first - 1, -1, -1):
            before = _BEFORE.search(text, max(0, start - _REACH), start)
            if before is None:
                return None
            start = before.start(1)
            if before[1] != term.words[number]:
                if not self._is_near(before[1], term, number, wrong):
                    return None
                wrong.append(before[1])
        for number in range(anchor.last, len(term.words)):
            after = _AFTER.match(text, end)
            if after is None:
                return None
            end = after.end(1)
            word = after[1]
            if word == term.words[number]:
                continue
            if number == last_word and word == plural(term.words[number]):
                form = "plural"
                continue
            if not self._is_near(word, term, number, wrong):
                return None
            if number == last_word and word.endswith("s") and not term.words[number].endswith("s"):
                form = "plural"
            wrong.append(word)
        return Slip(term.rule, term.phrase, form, start, end, tuple(wrong)) if wrong else None

    def _is_near(self, word: str, term: _Term, number: int, wrong: list[str]) -> bool:
        right, reach = term.words[number], term.reach[number]
        if len(wrong) == term.slips or word in self._words or not self._known.get(word):
            return False
        if not self._may_mean(word, right, reach):
            return False
        from rapidfuzz.distance import OSA

        rights = [right, plural(right)] if number == len(term.words) - 1 else [right]
        return any(OSA.distance(word, each, score_cutoff=reach) <= reach for each in rights)

    def _may_mean(self, word: str, right: str, reach: int) -> bool:
        """Whether `word` has nearly the letters of `right`, and is neither another word nor a form of it."""
        if not _is_alike(word, right, reach) or word in self._guard.get(right, ()):
            return False
        if word.startswith(right) and word[len(right) :] in _endings(right):
            return False
        return any(not _shortened(word, reach).isdisjoint(_shortened(each, reach)) for each in (right, plural(right)))


def term(rule: Rule, phrase: str) -> _Term:
    """A phrase of `spelling` as a term to be compared with. Raises PackError for one that is none."""
    words = tuple(fold(phrase).text.replace("-", " ").split())
    if phrase == phrase.upper() or len(words) < 2 or not all(word.isalpha() for word in words):
        raise PackError(f"'spelling' holds terms of several words in small letters, not {phrase!r}")
    # With one word left to hold on to, a second edit would reach too many words of the language.
    reach = tuple(0 if len(word) < 4 else 1 if len(word) < 7 or len(words) == 2 else 2 for word in words)
    return _Term(rule, phrase, words, 1 if len(words) < 4 else 2, reach)


def _anchors(term: _Term) -> Iterator[_Anchor]:
    """For every choice of misspelt words, the longest run of the others."""
    runs = set()
    for missing in combinations(range(len(term.words)), term.slips):
        bounds = [-1, *missing, len(term.words)]
        free = [(left + 1, right) for left, right in pairwise(bounds) if right - left > 1]
        runs.add(max(free, key=lambda run: (run[1] - run[0], len("".join(term.words[run[0] : run[1]])), run[0])))
    for first, last in sorted(runs):
        yield _Anchor(term, first, last)


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    at = text.find(word)
    while at >= 0:
        yield at, (end := at + len(word))
        at = text.find(word, end)


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges, which ascend, with those as one that touch."""
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _endings(right: str) -> frozenset[str]:
    """What may follow a word without misspelling it."""
    if right.endswith("s"):
        return frozenset()
    return _INFLECTIONS_OF_E if right.endswith("e") else _INFLECTIONS


def _is_alike(word: str, right: str, reach: int) -> bool:
    """A cheap necessary condition for a distance of at most `reach`, or of `reach` from the plural."""
    if not -reach <= len(word) - len(right) <= reach + 1:
        return False
    return sum(abs(word.count(letter) - right.count(letter)) for letter in set(word + right)) <= _changed(reach)


def _changed(reach: int) -> int:
    """How many letters `reach` edits change at most, and the s of a plural: an edit takes one away and adds one."""
    return 2 * reach + 1


@lru_cache(1000)
def _shortened(word: str, most: int) -> frozenset[str]:
    """What is left of a word without up to `most` of its letters: words so many edits apart have one of them in common.

    (Wolf Garbe's symmetric deletes: https://github.com/wolfgarbe/SymSpell.)
    """
    return frozenset("".join(left) for out in range(most + 1) for left in combinations(word, len(word) - out))


def _is_excepted(text: str, slip: Slip) -> bool:
    """Whether the term, once spelt right, is part of a longer wording that its rule leaves alone."""
    before, after = text[max(0, slip.start - 40) : slip.start], text[slip.end : slip.end + 40]
    spelt = f"{before}{slip.phrase}{after}"
    start, end = len(before), len(before) + len(slip.phrase)
    for phrase in slip.rule.exceptions:
        phrase = fold(phrase).text.replace("-", " ")
        at = spelt.find(phrase)
        while at >= 0:
            if at <= start and end <= at + len(phrase):
                return True
            at = spelt.find(phrase, at + 1)
    return False


def _own_words(text: str, slips: Iterable[Slip]) -> frozenset[str]:
    """The words of slips that the document uses elsewhere as well."""
    wrong = Counter(word for slip in slips for word in slip.wrong)
    if not wrong:
        return frozenset()
    used = Counter(found[0] for found in re.finditer(r"(?<!\w)[a-z]+(?!\w)", text) if found[0] in wrong)
    return frozenset(word for word, here in wrong.items() if used[word] - here >= _ELSEWHERE)
