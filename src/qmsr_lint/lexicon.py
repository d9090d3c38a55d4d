"""The words of the rules as literals to search for: every form of every legacy phrase, and what each one means."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from qmsr_lint.match import Scanner, fold
from qmsr_lint.pack import Rule
from qmsr_lint.sentence import Pattern

Form = Literal["singular", "plural"]


class Use(NamedTuple):
    """One meaning of a literal: a form of a legacy phrase or acronym of a rule."""

    rule: Rule
    phrase: str
    form: Form
    acronym: bool


class Entry:
    """Everything one literal stands for: uses as a legacy term, rules it exempts, sentence rules it sets going.

    An anchor is a pattern and, as a bit, the number of the group whose word this is.
    """

    __slots__ = ("anchors", "exempts", "prefix", "uses")

    def __init__(self) -> None:
        self.uses: list[Use] = []
        self.exempts: set[str] = set()
        self.prefix = False
        self.anchors: list[tuple[Pattern, int]] = []


class Lexicon:
    """All literals of a set of rules, with a scanner over them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        entries: dict[str, Entry] = {}
        for rule in rules:
            if rule.kind == "sentence":
                pattern = Pattern(rule)
                for group, anchors in enumerate(pattern.anchors):
                    for word, prefix in anchors:
                        entry = entries.setdefault(word, Entry())
                        entry.anchors.append((pattern, 1 << group))
                        entry.prefix = entry.prefix or prefix
                continue
            for phrase in rule.legacy:
                for literal, form in forms(phrase):
                    entries.setdefault(literal, Entry()).uses.append(Use(rule, phrase, form, is_acronym(phrase)))
            for phrase in rule.exceptions:
                for literal, _ in forms(phrase):
                    entries.setdefault(literal, Entry()).exempts.add(rule.id)
        self.entries = tuple(entries.values())
        self.scanner = Scanner(entries)


def is_acronym(phrase: str) -> bool:
    """Whether a phrase of a pack is an acronym, matched in capitals only: two capitals or more and no small letter."""
    return sum(character.isupper() for character in phrase) > 1 and phrase == phrase.upper() and " " not in phrase


def forms(phrase: str) -> Iterator[tuple[str, Form]]:
    """The literals of a phrase as they stand in folded text with hyphens as spaces."""
    folded = fold(phrase).text.replace("-", " ")
    yield folded, "singular"
    if is_acronym(phrase):
        if phrase.isalpha():
            yield folded + "s", "plural"
            yield "".join(f"{letter}." for letter in folded), "singular"
    elif folded[-1].isalpha() and (many := plural(folded)) != folded:
        yield many, "plural"


def plural(phrase: str) -> str:
    """The plural of an English phrase, formed at its last word; a phrase that is one already stays as it is."""
    if phrase.endswith("s") and not phrase.endswith("ss"):
        return phrase
    if re.search(r"[^aeiou]y$", phrase):
        return phrase[:-1] + "ies"
    if phrase.endswith(("ss", "x", "ch", "sh")):
        return phrase + "es"
    return phrase + "s"
