"""No expression matches a text in so many ways that its time doubles with each repetition.

Texts that could do so are worked out from the expression, and tried. `test_growth` measures how the time grows
otherwise.
"""

import re
import signal
from typing import Any

import pytest
from ambiguity import suspects
from expressions import LONGEST, compiled, pack_expressions

TIMES = 24
"""How often a text is repeated: 2^24 ways take many seconds, 24 times one way no thousandth of one."""

ENDLESS = 0.5
"""Seconds of the processor's time."""

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer of the processor's time")


def driven(pattern: re.Pattern[Any], longest: int = 2_000) -> str | None:
    """A text, of so many characters at most, on which an expression does not come to an end; None for no such."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        for first, again in suspects(pattern):
            text = first + again * max(1, min(TIMES, (longest - len(first)) // len(again)))
            if any(_is_endless(pattern, text + end) for end in ("\0a", "")):
                return text
    finally:
        signal.signal(signal.SIGVTALRM, before)
    return None


def _stop(*_: object) -> None:
    raise TimeoutError


def _is_endless(pattern: re.Pattern[Any], text: str) -> bool:
    subject: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        pattern.search(subject)
        pattern.fullmatch(subject)
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


@pytest.mark.parametrize("name", compiled())
def test_an_expression_does_not_drive_itself(name: str) -> None:
    assert driven(compiled()[name], LONGEST.get(name, 80 if name.startswith("edits.") else 2_000)) is None


@pytest.mark.parametrize("name", pack_expressions())
def test_the_phrases_of_packs_do_not_drive_themselves(name: str) -> None:
    assert driven(pack_expressions()[name]) is None


@pytest.mark.parametrize(
    "expression",
    [
        r"(?:a+)+$",
        r"(?:a|a)*b",
        r"(?:a*)*b",
        r"(?:a?b?c?)*d",
        r"(?:\d(?:\.\d{1,2})?|[ ,])*",
        r"x(?:[a-z]+(?: ?, ?| ?-? ?)?)*\.",
        r"(?i)(?:A|a-?)*b",
        r"(?:(?:,? )? ?and)*;",
        r"(?:§+ ?|section )*820",
        r"(?:\s|<(?:[\w.-]+:)?b\b[^>]*/>)*$",
        r"(?:(?:ab|a)(?:c|bc))*d",
        rb"(?:\w|_x?)*-",
    ],
)
def test_what_drives_itself_is_found(expression: str | bytes) -> None:
    assert driven(re.compile(expression)) is not None


@pytest.mark.parametrize(
    "expression",
    [r"(?:a+b)+$", r"(?:\d+(?!\d)|[ ,])*$", r"(?:a|b)*c", r"(?<!a)a(?: [a-z]+(?![a-z]))*\.", r"(?:§ ?|section )*820"],
)
def test_what_is_matched_in_one_way_alone_is_left_alone(expression: str) -> None:
    assert driven(re.compile(expression)) is None
