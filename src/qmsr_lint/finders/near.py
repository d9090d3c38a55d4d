"""Finds misspelt legacy terms: the slips of the rules of kind "near"."""

from collections.abc import Iterator

from qmsr_lint.finders.terms import replacement_for
from qmsr_lint.lexicon import Use
from qmsr_lint.match import contains
from qmsr_lint.reading import Candidate, Reading, basis_of


def find(reading: Reading) -> Iterator[Candidate]:
    """A candidate for each slip."""
    for slip in reading.ruleset.spellings.find(reading.spaced, reading.words):
        rule = slip.rule
        start, end = reading.folded.span(slip.start, slip.end)
        nearby = reading.nearby(slip.start, slip.end)
        other = next((words for words in rule.homographs if contains(nearby, words.lower())), None)
        current = rule.own_current.get(slip.phrase, rule.current)
        use = Use(rule, slip.phrase, slip.form, acronym=False)
        replacement = replacement_for(reading, use, current, start, end, reading.block(start))
        yield Candidate(
            rule,
            start,
            end,
            (slip.start, slip.end),
            reading.message(rule, start, end, current=current or "", meant=slip.phrase),
            replacement,
            replacement,
            rule.alternatives,
            basis_of(rule),
            certainty=rule.certainty,
            safety=rule.fix,
            silenced=f"is {other!r} here" if other else None,
        )
