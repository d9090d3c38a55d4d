"""Sentences, and the rules that judge a sentence as a whole by the phrases it holds.

A phrase is written in plain words: `word*` is a prefix, `...` up to five words, `(a|b)` one of several. It becomes a
regular expression whose every repetition is bounded or unambiguous, so that its cost grows only with the text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from qmsr_lint.errors import PackError
from qmsr_lint.pack import Rule

_END = re.compile(
    r"(?<![ .(]no)(?<![ .(]vs)(?<![ .(]sec)(?<![ .(]cf)(?<![ .(][a-z])(?<!^[a-z])(?<![ (]e\.g)(?<![ (]i\.e)(?<!c\.f\.r)"
    r"[.!?][\"')\]]*(?= |$)|;|\u2029"
)
_TOKEN = re.compile(r"\.\.\.|\(([^()]*)\)|([^\s()]+)")
_GAP = r"(?:[^a-z0-9]+[a-z0-9]+){0,5}?"
_BETWEEN = r"[^a-z0-9\u2029]+"


_Anchor = tuple[str, bool]


class Pattern:
    """A sentence rule made ready: an expression for each group that must be there, and one for what must not.

    `complete` is what the groups of the rule's anchors come to as bits: a sentence with fewer need not be looked at.
    The expressions are compiled when that happens for the first time.
    """

    def __init__(self, rule: Rule, anchored: Iterable[tuple[str, bool, int]] = ()) -> None:
        self.rule = rule
        self.complete = sum({1 << group for _, _, group in anchored})

    @cached_property
    def groups(self) -> tuple[re.Pattern[str], ...]:
        """An expression for each group. Raises PackError for a phrase that cannot be read."""
        return tuple(_alternatives(group, self.rule) for group in self.rule.all)

    @cached_property
    def none(self) -> re.Pattern[str] | None:
        """What makes the rule silent. Raises PackError for a phrase that cannot be read."""
        return _alternatives(self.rule.none, self.rule) if self.rule.none else None


def check(rule: Rule) -> None:
    """Raise PackError for a sentence rule with a phrase that cannot be read or no word to search for."""
    anchors(rule)
    pattern = Pattern(rule)
    _ = pattern.groups, pattern.none


def anchors(rule: Rule) -> tuple[tuple[_Anchor, ...], ...]:
    """For each group of a rule, words of which one must stand in the sentence, and whether they only begin one there.

    A group with a phrase that has no plain word has none. Raises PackError when no group has any.
    """
    found = tuple(_anchors(group) for group in rule.all)
    if not any(found):
        raise PackError(f"rule {rule.id!r}: no group of 'all' has a plain word in each of its phrases")
    return found


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


def around(text: str, start: int, end: int, position: int) -> tuple[int, int]:
    """The sentence of the folded range that holds `position`."""
    for sentence in split(text, start, end):
        if sentence[0] <= position < sentence[1]:
            return sentence
    return start, end


def find(pattern: Pattern, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range from the first to the last phrase of `pattern` in the sentence, or None when the rule is silent.

    Phrases of different groups may not overlap: each group takes its first place that the others leave free.
    """
    taken: list[tuple[int, int]] = []
    for group in pattern.groups:
        for match in group.finditer(text, start, end):
            if all(match.end() <= other[0] or match.start() >= other[1] for other in taken):
                taken.append(match.span())
                break
        else:
            return None
    if pattern.none is not None and pattern.none.search(text, start, end):
        return None
    return min(span[0] for span in taken), max(span[1] for span in taken)


def _alternatives(phrases: Iterable[str], rule: Rule) -> re.Pattern[str]:
    return re.compile("(?<![a-z0-9])(?:" + "|".join(_expression(phrase, rule) for phrase in phrases) + ")(?![a-z0-9])")


def _expression(phrase: str, rule: Rule) -> str:
    if re.sub(r"\([^()]*\)", "", phrase).strip("() ") != re.sub(r"\([^()]*\)", "", phrase).strip():
        raise PackError(f"rule {rule.id!r}: the phrase {phrase!r} has brackets within brackets, or one too many")
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
        raise PackError(f"rule {rule.id!r}: the phrase {phrase!r} has no words")
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
    "a all an and any are as at audit audits be by can complaint design device do does fda for from has "
    "have if in internal is it its management may medical must no not of on or part quality records "
    "review shall should such supplier system that the these this to was were when which will with".split()
)


def _anchors(group: Iterable[str]) -> tuple[_Anchor, ...]:
    """A word of each phrase, and whether it is only the beginning of one; () if a phrase has no plain word.

    Where the rarest thing about a phrase is a choice "(a|b)", each of its alternatives has a word.
    """
    anchors: list[_Anchor] = []
    for phrase in group:
        choices: list[list[_Anchor]] = [
            [best for part in (token[1].split("|") if token[1] else [token[2]]) if (best := _rarest(part or ""))]
            for token in _TOKEN.finditer(phrase.lower())
            if token[0] != "..." and all(_rarest(part) for part in (token[1] or token[2] or "").split("|"))
        ]
        if not choices:
            return ()
        anchors += min(choices, key=lambda words: (max(map(_commonness, words)), len(words)))
    return tuple(dict.fromkeys(anchors))


def _rarest(words: str) -> _Anchor | None:
    found = [(word.removesuffix("*"), word.endswith("*")) for word in re.findall(r"[a-z0-9][a-z0-9.,'&/]*\*?", words)]
    return min(found, key=_commonness, default=None)


def _commonness(anchor: _Anchor) -> tuple[bool, int]:
    return anchor[0] in _COMMON, -len(anchor[0])
