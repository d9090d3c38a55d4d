"""Regular expressions that cost nothing until they are used: compiling them all would take longer than a document."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property

MONTHS = tuple("january february march april may june july august september october november december".split())
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
"""The months as dates name them, in small letters; "sept" begins with the short one."""


class Expression:
    """A regular expression that is compiled when it is first used, for a document mostly needs only a few of them.

    It matches only texts that hold one of the words it `needs`, where it names any; they are looked for first. Where it
    is matched at a place, they stand `within` so many characters. The `plain` texts are some of those that it matches
    as a whole: the commonest, for which `covers` need not compile it. Each match `begins` with one of some letters or
    words, where it names any.
    """

    def __init__(
        self,
        expression: str,
        flags: int = 0,
        *,
        needs: tuple[str, ...] = (),
        within: int = sys.maxsize,
        plain: tuple[str, ...] = (),
        begins: tuple[str, ...] = (),
    ) -> None:
        self.expression = expression
        self.flags = flags
        self.needs = needs
        self.within = within
        self.plain = frozenset(plain)
        self.begins = begins or ("",)  # with which every text begins

    def covers(self, text: str) -> bool:
        """Whether it matches a text as a whole."""
        return text in self.plain or self.fullmatch(text) is not None

    def may_match(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Whether a text, or a range of it, holds one of the words that each match holds."""
        if not self.needs:
            return True
        if start or end < len(text):
            text = text[start:end]  # a long text is not to be looked through for each of its ranges
        for word in self.needs:  # noqa: SIM110 - half the time of any()
            if word in text:
                return True
        return False

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.expression, self.flags)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self._compiled.search(text, start, end) if self.may_match(text, start, end) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        if not text.startswith(self.begins, start):
            return None
        near = min(end, start + self.within)
        return self._compiled.match(text, start, end) if self.may_match(text, start, near) else None

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        if not text.startswith(self.begins, start):
            return None
        return self._compiled.fullmatch(text, start, end) if self.may_match(text, start, end) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._compiled.finditer(text, start, end) if self.may_match(text, start, end) else iter(())

    def findall(self, text: str) -> list[str]:
        """As `re.Pattern.findall`, for an expression with one group or none."""
        return self._compiled.findall(text) if self.may_match(text) else []

    def split(self, text: str) -> list[str]:
        """As `re.Pattern.split`, for an expression without groups."""
        return self._compiled.split(text) if self.may_match(text) else [text]

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As `re.Pattern.sub`."""
        return self._compiled.sub(replacement, text) if self.may_match(text) else text


def any_of(*words: str) -> str:
    """The source of an expression for one of several."""
    return "(?:" + "|".join(words) + ")"


def whole_word(*words: str) -> str:
    """The source of an expression for one of several that is no part of a longer word."""
    return rf"(?<![a-z0-9]){any_of(*words)}(?![a-z0-9])"


def needed(words: str) -> tuple[str, ...]:
    """What an expression needs, written with bars between."""
    return tuple(words.split("|"))
