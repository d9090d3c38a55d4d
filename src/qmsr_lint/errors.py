"""Every error this package raises on purpose.

QmsrLintError
├── UsageError        a flag, a path or a value on the command line
├── ConfigError       a configuration file
├── PackError         a rule pack
└── Unreadable        one document; becomes a result, never ends a run
"""

from collections.abc import Iterable


class QmsrLintError(Exception):
    """What went wrong, where, and the way out, as one message for a person."""


class UsageError(QmsrLintError):
    """A value on the command line cannot be used."""


class ConfigError(QmsrLintError):
    """A configuration file cannot be used."""


class PackError(QmsrLintError):
    """A rule pack cannot be used."""


class Unreadable(QmsrLintError):  # noqa: N818 (the word the status and the reports use)
    """A document could not be read; the message is the reason shown to the user."""


_FEW = 20
_LONGEST = 100  # letters; what is longer is no misspelt word, and comparing it takes memory by the square of its length


def nearest(word: str, valid: Iterable[str], likeness: float = 0.5) -> str:
    """What to append to a message about an unknown word: the nearest valid one; all of them where none is near and
    they are few."""
    words = list(valid)
    if near := closest(word, words, likeness):
        return f"; did you mean {near!r}?"
    return f"; choose from {', '.join(words)}" if len(words) <= _FEW else ""


def closest(word: str, valid: Iterable[str], likeness: float) -> str | None:
    """The valid word that a misspelt one is likeliest to be: with two letters swapped, else the nearest; or None."""
    if len(word) > _LONGEST:
        return None
    from difflib import get_close_matches  # costs more than a small document; needed only on the way out

    words = list(valid)
    swaps = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    swapped = [one for one in words if one in swaps]
    return next(iter(swapped or get_close_matches(word, words, 1, likeness)), None)
