"""Sentences, and the rules that judge a sentence as a whole by the phrases it holds.

A phrase is written in plain words: `word*` is a prefix, `...` up to five words, `(a|b)` one of several. It becomes a
regular expression whose every repetition is bounded or unambiguous, so that its cost grows only with the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from qmsr_lint.errors import PackError
from qmsr_lint.pack import Rule

_END = re.compile(  # all signs first: Python then skips to the next one, before it looks at what stands around it
    r"[.!?;](?:(?<=;)|(?<![ .(]no.)(?<![ .(]vs.)(?<![ .(]sec.)(?<![ .(]cf.)(?<![ .(][a-z].)(?<!^[a-z].)"
    r"(?<![ (]e\.g.)(?<![ (]i\.e.)(?<!c\.f\.r.)[\"')\]]*(?= |$))"
)
_TOKEN = re.compile(r"\.\.\.|\(([^()]*)\)|([^\s()]+)")
_GAP = r"(?:[^a-z0-9]+[a-z0-9]+){0,5}?"
_BETWEEN = r"[^a-z0-9\u2029]+"


_Anchor = tuple[str, bool]


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
        for words in self._needs:
            for word in words:
                if holds(word):
                    break
            else:
                return False
        return True

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Where it stands in a range. Raises PackError for a phrase that cannot be read."""
        return self._expression.finditer(text, start, end)

    @cached_property
    def _needs(self) -> list[list[str]]:
        needs: list[list[str]] = []
        for token in _TOKEN.finditer(self.words.lower()):
            choices = token[1].split("|") if token[1] is not None else [token[0]]
            if token[0] != "...":
                needs.append([_longest(choice) for choice in choices if choice.strip()])
        return needs

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return alternatives([self.words], self._rule)


def _longest(words: str) -> str:
    return max((word.removesuffix("*") for word in re.findall(r"[^\s\-]+", words)), key=len, default="")


Phrases = Sequence[Sequence[Phrase]]
"""Phrases, group by group."""


class Pattern:
    """A sentence rule made ready: its phrases, group by group, and those that must not stand beside them."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.groups: Phrases = [[Phrase(phrase, rule.id) for phrase in group] for group in rule.all]
        self._none = [Phrase(phrase, rule.id) for phrase in rule.none]

    def find(self, text: str, start: int, end: int, groups: Phrases) -> tuple[int, int] | None:
        """The range from the first to the last phrase in the sentence, or None when the rule is silent.

        `groups` are the phrases to look for, group by group. Phrases of different groups may not overlap: each group
        takes its first place that the others leave free. Raises PackError for a phrase that cannot be read.
        """
        sentence = text[start:end]
        possible = narrowed(groups, lambda phrase: phrase.is_possible(sentence.__contains__))
        taken: list[tuple[int, int]] = []
        for phrases in possible or ():
            spans = sorted(match.span() for phrase in phrases for match in phrase.finditer(text, start, end))
            free = (span for span in spans if all(span[1] <= other[0] or span[0] >= other[1] for other in taken))
            if (span := next(free, None)) is None:
                return None
            taken.append(span)
        if not taken or any(
            phrase.is_possible(sentence.__contains__) and any(phrase.finditer(text, start, end))
            for phrase in self._none
        ):
            return None
        return min(span[0] for span in taken), max(span[1] for span in taken)


def narrowed(groups: Phrases, is_possible: Callable[[Phrase], bool]) -> Phrases | None:
    """The phrases of each group that are possible; None where those of a group are all impossible."""
    narrow: list[list[Phrase]] = []
    for group in groups:
        possible = [phrase for phrase in group if is_possible(phrase)]
        if not possible:
            return None
        narrow.append(possible)
    return narrow


def check(rule: Rule) -> None:
    """Raise PackError for a sentence rule with a phrase that cannot be read or no word to search for."""
    anchors(rule)
    for phrases in (*rule.all, rule.none):
        if phrases:
            alternatives(phrases, rule.id)


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
        raise PackError(f"rule {rule.id!r}: no group of 'all' has a plain word in each of its phrases")
    rarest = min(groups, key=lambda group: (max(_commonness((word, prefix)) for word, prefix, _ in group), len(group)))
    return list(dict.fromkeys(rarest))


def ends(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of a range of the folded text, within a block, end, each with its last sign; ascending."""
    return [found.end() for found in _END.finditer(text, start, end)]


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of the folded range as ranges, without the spaces around them."""
    at = start
    for found in _END.finditer(text, start, end):
        if text[at : found.end()].strip():
            yield at, found.end()
        at = found.end()
        while at < end and text[at] == " ":
            at += 1
    if at < end and text[at:end].strip():
        yield at, end


def alternatives(phrases: Iterable[str], rule: str) -> re.Pattern[str]:
    """An expression for any of `phrases`. Raises PackError, naming the rule, for one that cannot be read."""
    return re.compile("(?<![a-z0-9])(?:" + "|".join(_expression(phrase, rule) for phrase in phrases) + ")(?![a-z0-9])")


def _expression(phrase: str, rule: str) -> str:
    if re.sub(r"\([^()]*\)", "", phrase).strip("() ") != re.sub(r"\([^()]*\)", "", phrase).strip():
        raise PackError(f"rule {rule!r}: the phrase {phrase!r} has brackets within brackets, or one too many")
    parts: list[str] = []
    for token in _TOKEN.finditer(phrase.lower()):
        if token[0] == "...":
            parts.append(_GAP)
        elif token[1] is not None:
            choices = [_words(choice) for choice in token[1].split("|") if choice.strip()]
            parts.append("(?:" + "|".join(choices) + ")")
        else:
            parts.append(_words(token[0]))
    if not parts or all(part == _GAP for part in parts):
        raise PackError(f"rule {rule!r}: the phrase {phrase!r} has no words")
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
    "a all an and any are as at audit audits be by can change complaint control design device do does file for from "
    "has have if in internal is it its management may medical must no not of on or part quality record records report "
    "requirement result review shall should such supplier system that the these this to was were when which will "
    "with".split()
)


_SUBJECTS = frozenset("fda qmsr qsr qsit 13485 14971 9001 820".split())
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
