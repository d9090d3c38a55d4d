"""The words of the rules as literals to search for: every form of every legacy phrase, and what each one means."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from qmsr_lint.match import Scanner, fold
from qmsr_lint.pack import Rule
from qmsr_lint.sentence import Pattern, Phrase, anchors

Form = Literal["singular", "plural"]


class Use(NamedTuple):
    """One meaning of a literal: a form of a legacy phrase or acronym of a rule."""

    rule: Rule
    phrase: str
    form: Form
    acronym: bool


class Entry:
    """Everything one literal stands for: uses as a legacy term, rules it exempts, sentence rules it sets going.

    An anchor is a pattern and the phrase of it whose word this is.
    """

    __slots__ = ("anchors", "exempts", "prefix", "uses")

    def __init__(self) -> None:
        self.uses: list[Use] = []
        self.exempts: set[str] = set()
        self.prefix = False
        self.anchors: list[tuple[Pattern, Phrase]] = []


class Prepared(NamedTuple):
    """The literals of one rule, as plain data kept with the compiled packs, for they take long to work out.

    `phrases` are (literal, form, number of the phrase), `exceptions` literals, `anchors` (literal, whether it is only
    the beginning of a word, number of the phrase through all groups).
    """

    phrases: Sequence[tuple[str, Form, int]] = ()
    exceptions: Sequence[str] = ()
    anchors: Sequence[tuple[str, bool, int]] = ()


def prepare(rule: Rule) -> Prepared:
    """The literals of a rule. Raises PackError for a sentence rule with a phrase that has no plain word."""
    if rule.kind == "sentence":
        return Prepared(anchors=anchors(rule))
    return Prepared(
        [(literal, form, number) for number, phrase in enumerate(rule.legacy) for literal, form in forms(phrase)],
        [literal for phrase in rule.exceptions for literal, _ in forms(phrase)],
    )


class Lexicon:
    """All literals of a set of rules, with a scanner over them. `prepared` holds those of the shipped rules by id."""

    def __init__(self, rules: Iterable[Rule], prepared: Mapping[str, Prepared] = MappingProxyType({})) -> None:
        entries: dict[str, Entry] = defaultdict(Entry)
        for rule in rules:
            phrases, exceptions, own_anchors = prepared.get(rule.id) or prepare(rule)
            for literal, form, number in phrases:
                phrase = rule.legacy[number]
                entries[literal].uses.append(Use(rule, phrase, form, is_acronym(phrase)))
            for literal in exceptions:
                entries[literal].exempts.add(rule.id)
            if own_anchors:
                pattern = Pattern(rule)
                numbered = [phrase for group in pattern.groups for phrase in group]
                for literal, prefix, number in own_anchors:
                    entry = entries[literal]
                    numbered[number].anchored = True
                    entry.anchors.append((pattern, numbered[number]))
                    entry.prefix = entry.prefix or prefix
        self.entries = tuple(entries.values())
        self.scanner = Scanner(entries)

    @cached_property
    def eliminated(self) -> frozenset[str]:
        """The forms of the phrases that are more than a matter of style, folded, with spaces for hyphens."""
        return frozenset(
            literal
            for literal, entry in zip(self.scanner.literals, self.entries, strict=True)
            if any(use.rule.severity != "note" for use in entry.uses)
        )


def is_acronym(phrase: str) -> bool:
    """Whether a phrase of a pack is an acronym, matched in capitals only: two capitals or more and no small letter."""
    return phrase.isupper() and " " not in phrase and sum(map(str.isupper, phrase)) > 1


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
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    if phrase.endswith(("ss", "x", "ch", "sh")):
        return phrase + "es"
    return phrase + "s"
