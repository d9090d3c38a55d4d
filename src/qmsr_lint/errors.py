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


def nearest(word: str, valid: Iterable[str], likeness: float = 0.5) -> str:
    """What to append to a message about an unknown word: the nearest valid one; all of them where none is near and
    they are few."""
    from difflib import get_close_matches  # costs more than a small document; needed only on the way out

    words = list(valid)
    close = get_close_matches(word, words, 3, likeness)
    if close:
        letters = sorted(word)  # two that changed places are the likeliest slip
        return f"; did you mean {next((one for one in close if sorted(one) == letters), close[0])!r}?"
    return f"; choose from {', '.join(words)}" if len(words) <= _FEW else ""
