"""Sentence rules that need a language library: token patterns, matched with spaCy (the extra `[nlp]`).

The core decides which sentences are candidates, by the phrases in `all` and `none` of the rule. The `patterns` of the
rule then say whether a candidate makes the claim, and `unless` tells what only looks like it: a sentence that reports
what happened, denies the claim, or speaks of somebody else. Both are lists of spaCy's token patterns, as data. An empty
English pipeline is enough for them; a trained one is used when its name is given, for packs with patterns of their own
that ask for parts of speech or lemmas.
"""

import warnings
from collections.abc import Iterable
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from qmsr_lint.errors import PackError, UsageError
from qmsr_lint.pack import Rule

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.matcher import Matcher


def check(model: str = "") -> None:
    """Raise UsageError where spaCy or the trained model is not installed; imports neither.

    A name may come from a repository under review. Loading a model imports a package of that name, so only packages
    that were installed as models will do: these say so in an entry point of the group `spacy_models`.
    """
    if find_spec("spacy") is None:
        raise UsageError("nlp: spaCy is not installed; install it with: python -m pip install 'qmsr-lint[nlp]'")
    if model and model not in entry_points(group="spacy_models").names:
        raise UsageError(
            f"nlp-model: there is no installed model {model!r}; install it, or leave nlp-model out to do without one"
        )


class Language:
    """The rules with token patterns, ready for sentences. Raises PackError for a pattern that spaCy refuses."""

    def __init__(self, rules: Iterable[Rule], model: str = "") -> None:
        self._pipeline = _pipeline(model)
        self._trained = bool(model)
        self._matchers = {
            rule.id: (self._matcher(rule, "patterns", rule.patterns), self._matcher(rule, "unless", rule.unless))
            for rule in rules
        }

    def find(self, rule: Rule, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The range of the words in a sentence that make the rule's claim, or None when it makes none."""
        words = text[start:end]
        tokens = self._pipeline(words) if self._trained else self._pipeline.make_doc(words)
        claims, others = self._matchers[rule.id]
        if not (found := claims(tokens)) or (rule.unless and others(tokens)):
            return None
        span = tokens[min(first for _, first, _ in found) : max(last for _, _, last in found)]
        return start + span.start_char, start + span.end_char

    def _matcher(self, rule: Rule, key: str, patterns: Iterable[list[dict[str, Any]]]) -> "Matcher":
        from spacy.matcher import Matcher

        matcher = Matcher(self._pipeline.vocab, validate=True)
        for number, pattern in enumerate(patterns, 1):
            try:
                matcher.add(rule.id, [pattern])
            except (ValueError, TypeError) as error:
                raise PackError(f"rule {rule.id!r}: {key}, number {number}: {error}") from None
        return matcher


def _pipeline(model: str) -> "Pipeline":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own dependencies; nothing a user could act on
        import spacy

        return spacy.load(model) if model else spacy.blank("en")
