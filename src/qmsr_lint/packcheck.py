"""What is wrong with an entry of a pack of the right shape: phrases that cannot be read, names that do not exist.

Looked for where packs are loaded, because at a document it would be too late; the shipped packs are looked at when they
are compiled.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from qmsr_lint import near, sentence
from qmsr_lint.errors import PackError, nearest
from qmsr_lint.match import fold
from qmsr_lint.pack import Rule

Facts = Mapping[str, Any]


def check(rules: Iterable[Rule], pack: str, facts: Facts) -> None:
    """Raise PackError for the first fault in the rules of a pack, naming the pack, the rule and the key."""
    for rule in rules:
        for what in faults(rule, facts):
            raise PackError(f"{pack}: rule {rule.id!r}: {what}")


def faults(rule: Rule, facts: Facts) -> Iterator[str]:
    """What is wrong with an entry, each with its key."""
    for key, words in (("legacy", rule.legacy), ("except", rule.exceptions)):
        for phrase in words:
            if not any(map(str.isalnum, fold(phrase).text)):
                yield f"{key!r}: {phrase!r} has no letter and no digit"
    for key, phrases in _phrases(rule):
        try:
            sentence.alternatives(phrases, repr(key))
        except PackError as error:
            yield str(error)
    try:
        if rule.kind == "sentence":
            sentence.anchors(rule)
        for phrase in rule.spelling:
            near.term(rule, phrase)
    except PackError as error:
        yield str(error)
    types = facts["document_types"]["types"] if rule.documents else ()
    for name in rule.documents:
        if name not in types:
            yield f"'documents': there is no document type {name!r}{nearest(name, types)}"


def _phrases(rule: Rule) -> Iterator[tuple[str, Sequence[str]]]:
    """The lists of phrases of a rule that become expressions, with their keys."""
    for group in rule.all:
        yield "all", group
    yield "none", rule.none
    if rule.kind == "gap":
        for part, phrases in rule.parts.items():
            yield f"parts: {part}", [each for phrase in phrases for each in phrase.split(" + ")]
        for key in ("unwanted", "subject", "section", "when"):
            yield key, getattr(rule, key)
