"""Writing a replacement so that it reads right where it stands: case, number, and abbreviations."""

import re

from qmsr_lint.lexicon import plural

_SMALL = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


def fit(replacement: str, original: str, *, many: str | None = None, acronym: bool, title: bool, begins: bool) -> str:
    """`replacement` in the number and case of `original`.

    `many` is the plural to use instead, `title` says that the words around it are capitalised (a heading), `begins` that it begins
    a sentence. An acronym has no case of its own to copy.
    """
    words = many or replacement
    if acronym:
        if title:
            return _titled(words)
        return _capitalised(words) if begins else words
    letters = [character for character in original if character.isalpha()]
    if letters and all(character.isupper() for character in letters):
        return words.upper()
    initials = [word[0] for word in re.findall(r"[^\W\d_]+", original) if word.lower() not in _SMALL]
    if len(initials) > 1 and all(initial.isupper() for initial in initials):
        return _titled(words)
    if initials and original[:1].isupper():
        return _capitalised(words)
    return words


def pluralised(words: str) -> str:
    """The plural of a replacement, its abbreviation in brackets included."""
    if words.endswith(")") and " (" in words:
        term, _, short = words[:-1].rpartition(" (")
        return f"{plural(term)} ({short}s)"
    return plural(words) if words[-1:].isalpha() else words


def _titled(words: str) -> str:
    pieces = re.split(r"(\s+|-)", words)
    return "".join(
        piece if piece.lower() in _SMALL and number else _capitalised(piece) for number, piece in enumerate(pieces)
    )


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
