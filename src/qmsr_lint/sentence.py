"""Sentences, and the rules that judge a sentence as a whole by the phrases it holds.

A phrase is written in plain words: `word*` is a prefix, `...` up to five words, `(a|b)` one of several. It becomes a
regular expression whose every repetition is bounded or unambiguous, so that its cost grows only with the text.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache, cached_property

from qmsr_lint.errors import PackError
from qmsr_lint.expression import Expression
from qmsr_lint.pack import Rule

_END = re.compile(  # all signs first: Python then skips to the next one, before it looks at what stands around it
    r"[.!?;](?:(?<=;)|(?<![ .(\u2029](?:no|vs|cf).)(?<![ .(\u2029]sec.)(?<!^sec.)(?<![ .(\u2029][a-z].)(?<!^[a-z].)"
    r"(?<![ (](?:e\.g|i\.e).)(?<!c\.f\.r.)[\"')\]]*(?= |$))"
)
_BRACKETED = 80
"""How far from a semicolon the brackets around it are looked for, in characters."""
_TOKEN = Expression(r"\.\.\.|\(([^()]*)\)|([^\s()]+)")
_GAP = r"(?:[^a-z0-9]+[a-z0-9]+){0,5}?"
_BETWEEN = r"[^a-z0-9\u2029]+"


_Anchor = tuple[str, bool]
_BACK = "(they|"
_NO = " no"
_Place = tuple[int, int, "Phrase"]


Holds = Callable[[str], bool]
"""Whether a text holds some letters anywhere."""


class Phrase:
    """A phrase of a sentence rule. Its expression is compiled for the first text that holds each of its words.

    `anchored` tells that a text which holds the phrase holds one of its anchors.
    """

    def __init__(self, words: str, rule: str) -> None:
        self.words = words
        self.anchored = False
        self._rule = rule

    def is_possible(self, holds: Holds) -> bool:
        """Whether a text holds letters of each word of the phrase: it costs less to see that than what it saves."""
        for choices in self._letters:
            for word in choices:
                if holds(word):
                    break
            else:
                return False
        return True

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Where it stands in a range. Raises PackError for a phrase that cannot be read."""
        return self._expression.finditer(text, start, end)

    @cached_property
    def _letters(self) -> Sequence[Sequence[str]]:
        """Letters of each word, those with the fewest choices and the longest first: most texts fail at the first."""
        found = (token[0] if token[1] is None else token[1] for token in _TOKEN.finditer(self.words.lower()))
        words = sorted((word for word in found if word != "..."), key=lambda word: (word.count("|"), -len(word)))
        return [*map(_letters, words)]

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return alternatives([self.words], self._rule)


@cache
def _letters(choices: str) -> tuple[str, ...]:
    """Letters of each of some choices, one of which a text must hold."""
    return tuple(_telling(choice) for choice in choices.split("|") if choice.strip())


def _telling(words: str) -> str:
    """The longest of some words, of those that are rare where there are any."""
    if (word := words.removesuffix("*")).isalpha():
        return word
    found = [word.removesuffix("*") for word in words.replace("-", " ").split()]
    return found[0] if len(found) == 1 else max(found, key=lambda word: (word not in _COMMON, len(word)), default="")


Phrases = Sequence[Sequence[Phrase]]
"""Phrases, group by group."""


class Pattern:
    """A sentence rule made ready: its phrases, group by group, and those that must not stand beside them.

    A phrase that stands in several groups says what each of them asks for, and fulfils them together. One that begins
    with "(they|" speaks of what the sentence before names, and one that ends with "no" holds a question and its answer:
    the rule `goes_on` in the next sentence.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        made = {words: Phrase(words, rule.id) for group in rule.all for words in group}
        self.groups: Phrases = [[made[words] for words in group] for group in rule.all]
        self._none = [Phrase(phrase, rule.id) for phrase in rule.none]
        self._groups_of = Counter(made[words] for group in rule.all for words in dict.fromkeys(group))
        self._fewest_first = sorted(range(len(self.groups)), key=lambda number: len(self.groups[number]))
        self.goes_on = any(words.startswith(_BACK) or words.endswith(_NO) for words in made)

    def possible(self, anchored: Container[Phrase], holds: Holds) -> Phrases | None:
        """The phrases of each group that a text may hold; None where it can hold none of a group.

        Of the phrases that have anchors, a text may hold those that are `anchored` there.
        """
        narrow = [*self.groups]
        for number in self._fewest_first:  # they fail the soonest
            narrow[number] = [
                phrase
                for phrase in self.groups[number]
                if (phrase in anchored or not phrase.anchored) and phrase.is_possible(holds)
            ]
            if not narrow[number]:
                return None
        return narrow

    def find(self, text: str, start: int, end: int, groups: Phrases) -> tuple[int, int] | None:
        """The range from the first to the last phrase in the sentence, or None when the rule is silent.

        `groups` are the phrases to look for, group by group. Different phrases may not overlap: each group takes its
        first place that the others leave free, of the phrase that fulfils the most groups. Raises PackError for a
        phrase that cannot be read.
        """
        return self._span(self._taken(text, start, start, end, groups), text, start, end)

    def find_on(self, text: str, start: int, joint: int, end: int, groups: Phrases) -> tuple[int, int] | None:
        """The same for two sentences, the second from `joint`: what it says of "them", or the no to a question."""
        taken = self._taken(text, start, joint, end, groups)
        answer = joint + len(_NO.strip())
        if not any(place[0] == joint or place[0] < joint < place[1] == answer for place in taken):
            return None
        span = self._span(taken, text, start, end)
        return span if span and span[0] < joint else None

    def _taken(self, text: str, start: int, joint: int, end: int, groups: Phrases) -> list[_Place]:
        """A place of each group in a range, which ends a sentence at `joint`; none where a group has no place."""
        holds = text[start:end].__contains__
        possible = [[phrase for phrase in group if phrase.is_possible(holds)] for group in groups]
        taken: list[_Place] = []
        for phrases in possible if all(possible) else ():
            if (place := self._first_free(phrases, taken, text, start, joint, end)) is None:
                return []
            taken.append(place)
        return taken

    def _span(self, taken: Sequence[_Place], text: str, start: int, end: int) -> tuple[int, int] | None:
        if not taken or holds_any(self._none, text, start, end):
            return None
        return min(place[0] for place in taken), max(place[1] for place in taken)

    def _first_free(
        self, phrases: Sequence[Phrase], taken: Sequence[_Place], text: str, start: int, joint: int, end: int
    ) -> _Place | None:
        places: list[_Place] = []
        for phrase in phrases:
            whole = joint == start or phrase.words.endswith(_NO)
            for first, last in ((start, end),) if whole else ((start, joint), (joint, end)):
                places += [(*match.span(), phrase) for match in phrase.finditer(text, first, last)]
        places.sort(key=lambda place: (-self._groups_of[place[2]], place[:2]))
        for place in places:
            if all(place == other or place[1] <= other[0] or place[0] >= other[1] for other in taken):
                return place
        return None


def holds_any(phrases: Iterable[Phrase], text: str, start: int, end: int) -> bool:
    """Whether one of `phrases` stands in a range."""
    sentence = text[start:end]
    return any(
        phrase.is_possible(sentence.__contains__) and any(phrase.finditer(text, start, end)) for phrase in phrases
    )


@cache
def phrases_of(words: tuple[str, ...], rule: str) -> tuple[Phrase, ...]:
    """`words` of the pack entry of a rule as phrases, compiled where they may stand."""
    return tuple(Phrase(phrase, rule) for phrase in words)


def over(phrases: Iterable[Phrase], text: str, start: int, end: int, span: tuple[int, int]) -> str | None:
    """The words of the first of `phrases` that stands in a range of a text and touches `span`, or None."""
    sentence = text[start:end]
    for phrase in phrases:
        if phrase.is_possible(sentence.__contains__):
            for match in phrase.finditer(text, start, end):
                if match.start() < span[1] and match.end() > span[0]:
                    return match[0]
    return None


def anchors(rule: Rule) -> list[tuple[str, bool, int]]:
    """Words of a group of the rule's phrases, whether they only begin a word there, and the number of their phrase.

    A text that holds one of these phrases holds one of its words. The group is the one whose words are the least
    common. Raises PackError when no group has a plain word in each of its phrases.
    """
    groups: list[list[tuple[str, bool, int]]] = []
    last = 0
    for group in rule.all:
        own = [_anchors(phrase) for phrase in group]
        if all(own):
            groups.append([(*anchor, last + number) for number, words in enumerate(own) for anchor in words])
        last += len(group)
    if not groups:
        raise PackError("'all': no group has a plain word in each of its phrases")
    rarest = min(groups, key=lambda group: (max(_commonness((word, prefix)) for word, prefix, _ in group), len(group)))
    return list(dict.fromkeys(rarest))


def ends(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of a range of the folded text, within a block, end, each with its last sign; ascending."""
    found: list[int] = []
    at = start
    for match in _END.finditer(text, start, end):
        if text[match.start()] == ";" and _in_brackets(text, at, match.start(), end):
            continue
        at = match.end()
        found.append(at)
    return found


def _in_brackets(text: str, start: int, at: int, end: int) -> bool:
    """Whether a semicolon stands within brackets of a sentence: "the regulation (QSR; 21 CFR 820) is"."""
    opened = text.rfind("(", max(start, at - _BRACKETED), at)
    closed = text.find(")", at, min(end, at + _BRACKETED))
    return opened >= 0 and closed >= 0 and ")" not in text[opened:at] and "(" not in text[at:closed]


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of the folded range as ranges, without the spaces around them."""
    at = start
    for last in ends(text, start, end):
        if text[at:last].strip():
            yield at, last
        at = last
        while at < end and text[at] == " ":
            at += 1
    if at < end and text[at:end].strip():
        yield at, end


def alternatives(phrases: Iterable[str], where: str) -> re.Pattern[str]:
    """An expression for any of `phrases`. Raises PackError, saying `where`, for one that cannot be read."""
    return re.compile("(?<![a-z0-9])(?:" + "|".join(_expression(phrase, where) for phrase in phrases) + ")(?![a-z0-9])")


def _expression(phrase: str, where: str) -> str:
    if not set("()").isdisjoint(re.sub(r"\([^()]*\)", "", phrase)):
        raise PackError(f"{where}: the phrase {phrase!r} has brackets within brackets, or one too many")
    parts: list[str] = []
    for token in _TOKEN.finditer(phrase.lower()):
        if token[0] == "...":
            parts.append(_GAP)
        elif token[1] is not None:
            choices = [_words(choice) for choice in token[1].split("|") if choice.strip()]
            parts.append("(?:" + "|".join(choices) + ")" if choices else "")
        else:
            parts.append(_words(token[0]))
    if not all(parts) or all(part == _GAP for part in parts):
        raise PackError(f"{where}: the phrase {phrase!r} has no words")
    expression = parts[0]
    for part in parts[1:]:
        expression += part if part == _GAP else _BETWEEN + part
    return expression


def _words(text: str) -> str:
    return _BETWEEN.join(
        re.escape(word[:-1]) + "[a-z0-9]*" if word.endswith("*") else re.escape(word)
        for word in re.findall(r"[^\s\-]+", text)
    )


# Words that stand in nearly every procedure: a phrase is looked for by another of its words where it has one.
_COMMON = frozenset(
    "a action actions all an and any approved are as at audit audits be by can change changed changes "
    "clause complaint conditions content control corrective defined design development device devices do does "
    "documented effective file files for from has have if in information instructions internal is it its "
    "labeling management manufacturer manufacturers may medical must necessary needed no not of on or organization "
    "packaging part performance preventive process product products quality record records release released replaced "
    "report required requirement requirements responsibility result review risk section shall should software standard "
    "such supplier system systems terms that the these this to was were when which will with".split()
)


_SUBJECTS = frozenset(
    "fda qmsr qsr qsit 13485 14971 9001 820 820.1 820.3 820.7 820.10 820.35 820.45 7.5.9.2 8.5.2 8.5.3".split()
)
"""What the claims are about: a procedure that names none of them makes none."""


def _anchors(phrase: str) -> list[_Anchor]:
    """A word of a phrase, and whether it is only the beginning of one; none if the phrase has no plain word.

    Where the rarest thing about a phrase is a choice "(a|b)", each of its alternatives has a word.
    """
    choices: list[list[_Anchor]] = []
    for token in _TOKEN.finditer(phrase.lower()):
        parts = token[1].split("|") if token[1] else [token[2] or ""]
        words = [anchor for part in parts if (anchor := _rarest(part))]
        if len(words) == len(parts) and token[0] != "...":
            choices.append(words)
    return min(choices, key=lambda words: (max(map(_commonness, words)), len(words)), default=[])


def _rarest(words: str) -> _Anchor | None:
    found = [(word.removesuffix("*"), word.endswith("*")) for word in re.findall(r"[a-z0-9][a-z0-9.,'&/]*\*?", words)]
    return min(found, key=_commonness, default=None)


def _commonness(anchor: _Anchor) -> tuple[bool, bool, int]:
    return anchor[0] in _COMMON, anchor[0] not in _SUBJECTS, -len(anchor[0])
