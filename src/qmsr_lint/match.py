"""One pass over a document's string: fold it, find every literal of every rule, keep those that stand as words.

The string is folded before it is searched: small letters, one kind of space, hyphen, apostrophe and digit, no soft
hyphens or zero-width characters, runs of spaces as one, "does not" for "doesn't". The literals of all rules are then
found together by an Aho-Corasick automaton, whose cost does not grow with the number of rules.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qmsr_lint.expression import Expression

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_SPACES = (
    "\t\n\r\v\f\u0085\u00a0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u202f\u205f\u3000"
)
HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u2032\uff07\u00b4`"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02"
_IGNORED = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}

_OBJECT = "\ufffc"  # what stands in a line in place of a picture
RAISED = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
"""The figures of notes, which are no part of the word before them."""

_FOLDS: dict[str, str] = {
    **dict.fromkeys(_SPACES + RAISED + _OBJECT, " "),
    **dict.fromkeys(HYPHENS, "-"),
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_IGNORED, ""),
    **{chr(0xFF01 + n): chr(0x21 + n) for n in range(94) if chr(0xFF01 + n) not in "\uff02\uff07\uff0d"},
    **_LIGATURES,
    "\u0130": "i",  # the only letter whose small form is longer than itself
}
_FIRST_UNSPACED = "\u0e00"
_UNSPACED = Expression(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3021-\u3029\u3040-\u318f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Hangul, Kana, Bopomofo and Han."""
_ASCII = bytes(range(128))
_ASCII_FOLDS = tuple(character for character in _FOLDS if character.isascii())
_RESIZED = Expression(f"[ {_IGNORED}]{{2,}}|[{_IGNORED}]|[{''.join(_LIGATURES)}]")
"""What is not folded character by character: runs of spaces and ignored characters, and ligatures."""
_RESIZING = frozenset([*_IGNORED, *_LIGATURES])
_CONTRACTION = Expression(r"(?<![a-z])(?:ca|sha|wo)n't(?![a-z])|(?<=[a-z])n't(?![a-z])")
_SPELT_OUT = {"can't": "cannot", "shan't": "shall not", "won't": "will not", "n't": " not"}


class Folded(NamedTuple):
    """A folded string, and where each of its characters stood in the original.

    `cuts` are offsets in `text` from which on the original is `shifts` characters further; both ascend, equally long.
    """

    text: str
    cuts: Sequence[int] = ()
    shifts: Sequence[int] = ()

    def origin(self, offset: int) -> int:
        """The original offset of the character at `offset` of the folded text."""
        if not self.cuts:
            return offset
        n = bisect_right(self.cuts, offset)
        return offset + self.shifts[n - 1] if n else offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original range of the folded range; ends behind its last character, not before the next one."""
        return self.origin(start), self.origin(end - 1) + 1


def fold(text: str) -> Folded:
    """`text` made uniform for searching. Block separators stay as they are."""
    folded = _uniform(text)
    return _without_contractions(folded) if "n't" in folded.text else folded


def _uniform(text: str) -> Folded:
    raw = text.encode(errors="surrogatepass")
    beyond = raw.translate(None, _ASCII).decode(errors="surrogatepass")  # most texts have little beyond ASCII
    in_bytes = beyond == beyond.lower()  # where no other capitals stand, which takes half the time
    if in_bytes:
        text = raw.lower().decode(errors="surrogatepass")
    specials = {character for character in beyond if character in _FOLDS}.union(c for c in _ASCII_FOLDS if c in text)
    for special in specials:
        if special not in _LIGATURES and (new := _FOLDS[special]):
            text = text.replace(special, new)
    if not in_bytes:
        text = text.lower()
    resized = _runs_of_spaces(text) if _RESIZING.isdisjoint(specials) else map(re.Match.span, _RESIZED.finditer(text))
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    at = length = shift = 0
    for start, end in resized:
        found = text[start:end]
        new = _LIGATURES.get(found) or (" " if " " in found else "")
        pieces += text[at:start], new
        length += start - at
        for extra in range(1, len(new)):  # each further letter of a ligature comes from the same character
            cuts.append(length + extra)
            shifts.append(shift - extra)
        length += len(new)
        shift += end - start - len(new)
        if len(new) < 2:
            cuts.append(length)
            shifts.append(shift)
        at = end
    if not pieces:
        return Folded(text)
    pieces.append(text[at:])
    return Folded("".join(pieces), cuts, shifts)


def _without_contractions(folded: Folded) -> Folded:
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    at = length = 0
    for match in (*_CONTRACTION.finditer(folded.text), None):
        start, end = match.span() if match else (len(folded.text), len(folded.text))
        number = bisect_right(folded.cuts, at)
        cuts.append(length)
        shifts.append(folded.origin(at) - length)
        while number < len(folded.cuts) and folded.cuts[number] < start:
            cuts.append(folded.cuts[number] - at + length)
            shifts.append(folded.shifts[number] + at - length)
            number += 1
        new = _SPELT_OUT[match[0]] if match else ""
        pieces += folded.text[at:start], new
        length += start - at
        for letter in range(len(new)):  # what it is longer than it was comes from the first character
            cuts.append(length)
            shifts.append(folded.origin(max(start, end - len(new) + letter)) - length)
            length += 1
        at = end
    return Folded("".join(pieces), cuts, shifts)


def _runs_of_spaces(text: str) -> Iterator[tuple[int, int]]:
    """The ranges where two spaces or more stand in a row; an expression takes twenty times as long to find them."""
    start = text.find("  ")
    while start >= 0:
        end = start + 2
        while text.startswith(" ", end):
            end += 1
        yield start, end
        start = text.find("  ", end)


Hit = tuple[int, int, int]
"""A literal found at the beginning of a word: which one, and its range in the folded text."""


def holds_unspaced(text: str) -> bool:
    """Whether a text holds letters of a script that puts no spaces between words."""
    if text.isascii():
        return False
    # Dashes and quotation marks stand in most texts, and to compile the expression takes as long as a short document.
    foreign = [character for character in text if character >= _FIRST_UNSPACED and not "\u2000" <= character < "\u3000"]
    return bool(foreign) and _UNSPACED.search("".join(foreign)) is not None


def is_word_character(character: str) -> bool:
    """Whether a term that touches `character` is only a part of a longer word or identifier.

    Of scripts that put no spaces between words, or particles behind them, the letters end a Latin word.
    """
    return character == "_" or _is_letter(character)


def contains(text: str, word: str) -> bool:
    """Whether `word` stands in `text` as a word or phrase of its own."""
    return next(places(text, word), None) is not None


def places(text: str, word: str) -> Iterator[int]:
    """Where `word` stands in `text` as a word or phrase of its own."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and _is_letter(text[at - 1])) and not (end < len(text) and _is_letter(text[end])):
            yield at
        at = text.find(word, at + 1)


def _is_letter(character: str) -> bool:
    return character.isalnum() and (character < _FIRST_UNSPACED or _UNSPACED.fullmatch(character) is None)


def begins_a_word(text: str, letters: str) -> bool:
    """Whether `letters` stand in a folded text behind anything but a plain letter."""
    at = text.find(letters)
    while at > 0 and "a" <= text[at - 1] <= "z":
        at = text.find(letters, at + 1)
    return at >= 0


class Scanner:
    """Finds all of a fixed set of folded literals at once."""

    def __init__(self, literals: Iterable[str]) -> None:
        self.literals = tuple(literals)
        self._automaton: AhoCorasick | None = None

    def __getstate__(self) -> dict[str, object]:
        """What another process needs, which builds an automaton of its own: that of the library stays where it is."""
        return {**vars(self), "_automaton": None}

    def scan(self, text: str) -> list[Hit]:
        """Every hit in a folded text with spaces for hyphens, in the order of their ends; overlapping ones too."""
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self.literals, store_patterns=False)
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        text = f" {text}"  # so that each hit has a character before it, at the offset of its start
        return [hit for hit in hits if not is_word_character(text[hit[1]])]
