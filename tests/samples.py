"""Texts made from a regular expression."""

from random import Random
from re import _parser  # type: ignore[attr-defined]
from typing import Any


def parse(expression: str, flags: int = 0) -> Any:
    """An expression as a tree: what it consists of, and of which kind each part is."""
    return _parser.parse(expression, flags)


def sample(node: Any, random: Random) -> str:
    """A text that (a part of) an expression matches, as far as looking around does not matter."""
    return "".join(_sample(str(name), value, random) for name, value in node)


_CATEGORIES = {"DIGIT": "0123456789", "NOT_DIGIT": "x", "SPACE": " ", "NOT_SPACE": "x", "WORD": "x", "NOT_WORD": "-"}


def _sample(name: str, value: Any, random: Random) -> str:
    if name == "LITERAL":
        return chr(value)
    if name == "NOT_LITERAL":
        return "a" if value != ord("a") else "b"
    if name == "ANY":
        return "a"
    if name == "IN":
        return _member(value, random)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = value
        times = min(int(most), max(int(least), random.choice((0, 1, 2))))
        return "".join(sample(body, random) for _ in range(times))
    if name == "BRANCH":
        return sample(random.choice(value[1]), random)
    if name == "SUBPATTERN":
        return sample(value[3], random)
    if name == "ATOMIC_GROUP":
        return sample(value, random)
    return ""


def _member(members: Any, random: Random) -> str:
    name, value = random.choice(members)
    if str(members[0][0]) == "NEGATE":
        return next(letter for letter in "a -.7\u2029_" if not _holds(members[1:], letter))
    if str(name) == "RANGE":
        return chr(random.randint(*value))
    if str(name) == "CATEGORY":
        return random.choice(_CATEGORIES[str(value).removeprefix("CATEGORY_")])
    return chr(value)


def _holds(members: Any, letter: str) -> bool:
    for name, value in members:
        if str(name) == "LITERAL" and value == ord(letter):
            return True
        if str(name) == "RANGE" and value[0] <= ord(letter) <= value[1]:
            return True
        if str(name) == "CATEGORY":
            kind = str(value).removeprefix("CATEGORY_")
            tests = {"DIGIT": letter.isdigit(), "SPACE": letter.isspace(), "WORD": letter.isalnum() or letter == "_"}
            if tests.get(kind, not tests.get(kind.removeprefix("NOT_"), True)):
                return True
    return False
