"""What became of a topic, and on what authority: what is known about it, as text and as data."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from qmsr_lint.errors import UsageError
from qmsr_lint.rules import RuleSet
from qmsr_lint.topics import UNREAD, Meaning, Shelf, Status

INDUSTRY_NOTE = "FDA published no clause-by-clause crosswalk: every clause-level mapping is industry-made."
"""What every explanation ends with."""

_EXAMPLES = 3  # of each kind, in the text


class Explanation(NamedTuple):
    """What is known about a topic. `nearest` is the known topic that was taken for a misspelt one."""

    topic: str
    entries: tuple[Meaning, ...]
    nearest: str | None = None


def explain(topic: str, ruleset: RuleSet) -> Explanation:
    """What `topic` was and is. Raises UsageError where nothing known comes near it."""
    shelf = Shelf(ruleset)
    if entries := shelf.entries(topic):
        return Explanation(topic, entries)
    if near := shelf.nearest(topic):
        return Explanation(topic, shelf.entries(near), near)
    raise UsageError(
        f"explain: nothing is known about {topic!r}; give a rule id (term-dhf), a term (DHF), a citation "
        "(820.198(e)(6), Subpart C) or a clause (ISO 13485 4.2.3); `qmsr-lint rules` lists the rules"
    )


def text(explanation: Explanation, width: int = 100) -> Iterator[str]:
    """The explanation for a person, in lines of at most `width` columns where the words allow it."""
    from textwrap import wrap

    if explanation.nearest is not None:
        unknown = f"Nothing is known about {explanation.topic!r}; the nearest known topic is {explanation.nearest!r}."
        yield from wrap(unknown, width)
        yield ""
    for entry in explanation.entries:
        yield from wrap(f"{entry.topic}: {_HEADLINES[entry.status]}", width)
        for name, words in _lines(entry):
            yield from wrap(words, width, initial_indent=f"  {name:<11} ", subsequent_indent=" " * 14)
        yield ""
    yield from wrap(INDUSTRY_NOTE, width)


_HEADLINES: Mapping[Status, str] = {
    "legacy": "legacy wording",
    "retained": "not legacy; it stays",
    "current": "current wording",
    "removed": "not in force since 2026-02-02",
    "superseded": "not in force since 1 June 1997",
    "definition": "a lettered definition, not in force since 2026-02-02",
    "collision": "in force again with another meaning; this is the former one",
    "subpart": "not in force since 2026-02-02",
    "in force": "in force",
    "never existed": "does not exist",
    "renumbered": "the numbering of an earlier edition",
    "amended": "in force, amended with the QMSR",
    "false": "a statement or a migration that does not hold today",
    "rule": "a rule",
}


def _lines(entry: Meaning) -> Iterator[tuple[str, str]]:
    facts = (
        ("words" if entry.status == "retained" else "was", entry.was),
        ("now", entry.now or ("nothing took its place" if entry.status in ("removed", "superseded") else "")),
    )
    yield from (fact for fact in facts if fact[1])
    for other in entry.alternatives:
        yield "or", other
    yield "why", entry.why
    if entry.notes:
        yield "note", entry.notes
    if entry.rule:
        yield "rule", f"{entry.rule} ({entry.severity})" if entry.severity else entry.rule
    yield "basis", entry.basis
    if entry.confidence:
        yield "confidence", entry.confidence
    read = [source for source in entry.sources if source.code != UNREAD]
    for source in read:
        yield "source", f"{source.code}, {source.kind}" + (f": {source.title}" if source.title else "")
    if len(read) < len(entry.sources):
        yield "source", "no source was read for the rest" if read else "no source was read"
    for example in entry.flag[:_EXAMPLES]:
        yield "flagged", example.text + (f" → {example.becomes}" if example.becomes else "")
    for kept in entry.keep[:_EXAMPLES]:
        yield "kept", kept


def data(explanation: Explanation) -> dict[str, Any]:
    """The explanation for a program."""
    return {
        "schema_version": "1",
        "topic": explanation.topic,
        "nearest": explanation.nearest,
        "entries": [_entry(entry) for entry in explanation.entries],
        "note": INDUSTRY_NOTE,
    }


def _entry(entry: Meaning) -> dict[str, Any]:
    values = entry._asdict()
    values["sources"] = [source._asdict() for source in entry.sources]
    values["examples"] = {"flag": [example._asdict() for example in values.pop("flag")], "keep": values.pop("keep")}
    return values
