"""Sentences, and the rules that judge a sentence as a whole by the phrases it holds.

A phrase is written in plain words: `word*` is a prefix, `...` up to five words, `(a|b)` one of several. It becomes a
regular expression whose every repetition is bounded or unambiguous, so that its cost grows only with the text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qmsr_lint.errors import PackError
from qmsr_lint.pack import Rule

_END = re.compile(
    r"(?<![ .(]no)(?<![ .(]vs)(?<![ .(]sec)(?<![ .(]cf)(?<![ .(][a-z])(?<!^[a-z])(?<![ (]e\.g)(?<![ (]i\.e)(?<!c\.f\.r)"
    r"[.!?][\"')\]]*(?= |$)|;|\u2029"
)
_TOKEN = re.compile(r"\.\.\.|\(([^()]*)\)|([^\s()]+)")
_GAP = r"(?:[^a-z0-9]+[a-z0-9]+){0,5}?"
_BETWEEN = r"[^a-z0-9\u2029]+"


class Pattern(NamedTuple):
    """A sentence rule made ready: one expression for each group that must be there, one for what must not."""

    rule: Rule
    groups: tuple[re.Pattern[str], ...]
    none: re.Pattern[str] | None
    anchors: tuple[tuple[str, bool], ...]


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


def compile_rule(rule: Rule) -> Pattern:
    """The pattern of a sentence rule. Raises PackError for a phrase without a word to search for."""
    groups = tuple(_alternatives(group, rule) for group in rule.all)
    none = _alternatives(rule.none, rule) if rule.none else None
    anchors = max((_anchors(group) for group in rule.all), key=lambda words: min((len(w) for w, _ in words), default=0))
    if not anchors:
        raise PackError(f"rule {rule.id!r}: no group of 'all' has a plain word in each of its phrases")
    return Pattern(rule, groups, none, anchors)


def find(pattern: Pattern, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range from the first to the last phrase of `pattern` in the sentence, or None when the rule is silent.

    Phrases of different groups may not overlap: each group takes its first place that the others leave free.
    """
    if pattern.none is not None and pattern.none.search(text, start, end):
        return None
    taken: list[tuple[int, int]] = []
    for group in pattern.groups:
        for match in group.finditer(text, start, end):
            if all(match.end() <= other[0] or match.start() >= other[1] for other in taken):
                taken.append(match.span())
                break
        else:
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


def _anchors(group: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """The longest plain word of each phrase, and whether it is only the beginning of one; () if a phrase has none."""
    anchors: list[tuple[str, bool]] = []
    for phrase in group:
        words = [m[2] for m in _TOKEN.finditer(phrase.lower()) if m[2]]
        pieces = [piece for word in words for piece in re.findall(r"[a-z0-9.,'&/]+\*?", word)]
        if pieces:
            anchors.append(_anchor(max(pieces, key=len)))
            continue
        choices = [m[1] for m in _TOKEN.finditer(phrase.lower()) if m[1]]
        if not choices:
            return ()
        for choice in choices[0].split("|"):
            pieces = re.findall(r"[a-z0-9.,'&/]+\*?", choice)
            if not pieces:
                return ()
            anchors.append(_anchor(max(pieces, key=len)))
    return tuple(dict.fromkeys(anchors))


def _anchor(word: str) -> tuple[str, bool]:
    return (word[:-1], True) if word.endswith("*") else (word, False)
