"""Finds citations of what the former part 820 held."""

from collections.abc import Iterator, Mapping
from typing import Any

from qmsr_lint import citation
from qmsr_lint.citation import Citation, Section, Subpart, Verdict
from qmsr_lint.expression import Expression
from qmsr_lint.match import contains
from qmsr_lint.model import Certainty
from qmsr_lint.pack import Rule
from qmsr_lint.reading import Candidate, Reading, least

_OTHER_SECTION = Expression(r"(?<![\d.])(\d{1,3}\.\d{1,4}(?:\([a-z0-9]\))*)")
_NOTHING = "nothing; rewrite the sentence or take it out"
_OTHER_MEASURE = Expression(r"(?<![\d.,])(?!820)\d{3}\.\d{1,3}(?![\d.])")
_TOPIC_BEFORE = Expression(r"(?<![a-z])((?:[a-z]+[ -]){1,5}) ?[(\[]$")


def find(reading: Reading) -> Iterator[Candidate]:
    """Sections and paragraphs, and subparts."""
    rules = reading.rules_of("citation")
    if rules and reading.holds("820"):
        tables = reading.ruleset.tables
        for found in citation.find(reading.text, tables.known):
            verdict = tables.verdict(found.designation)
            if verdict.outcome != "live" and (candidate := _section(reading, rules, found, verdict)):
                yield candidate
    if (rule := rules.get("subpart")) and _holds_subparts(reading):
        for subpart in citation.find_subparts(reading.text):
            if candidate := _subpart(reading, rule, subpart):
                yield candidate


def _holds_subparts(reading: Reading) -> bool:
    """Whether a subpart may be named: "Sub-part K" and "Subpt. J" only beside the number of the part."""
    if reading.holds("subpart"):
        return True
    return reading.holds("820") and (reading.holds("subpt") or "sub-p" in reading.text)


def _section(reading: Reading, rules: Mapping[str | None, Rule], found: Citation, verdict: Verdict) -> Candidate | None:
    if not found.prefixed and _is_measurement(reading, found):
        return None
    first, last = reading.folded.span(found.start, found.end)
    words = reading.sentence(found.core, found.end)
    outcome: str = verdict.outcome
    section = verdict.section
    if outcome == "collision" and not _is_legacy(reading, found.designation, words, found.start, found.end):
        return None
    if (
        outcome == "unknown"
        and not found.prefixed
        and section is None
        and "(" not in reading.text[found.core : found.end]
    ):
        return None
    clause, offered = _topic(section, words) if section else (None, ())
    replacement = citation.replacement(section, clause) if section else None
    edit = citation.edit(section, clause) if section and outcome != "unknown" and not found.loose else None
    doubt = ""
    other = _other_cfr(reading, words, found.designation) if outcome == "removed" else None
    if other is not None and "other-cfr" in rules:
        outcome, replacement, edit = "other-cfr", other["current"], None
    elif outcome != "unknown" and (topic := _disagreement(reading, found)):
        named = reading.ruleset.tables.legacy.get(topic[1])
        if named is not None and (also := citation.replacement(named)):
            doubt = f" The words beside it ({topic[0]}) belong to {topic[1]}, now {also}: check which is meant."
            offered, edit = (*offered, also), None
    rule = rules.get(outcome)
    if rule is None:
        return None
    shown = section or Section(found.designation, "unknown")
    certainty: Certainty = "certain" if found.prefixed else "likely"
    safety = "unsafe" if clause is not None else "none" if offered else shown.fix
    return Candidate(
        rule,
        first,
        last,
        (found.start, found.end),
        reading.message(
            rule,
            first,
            last,
            current=replacement or _NOTHING,
            designation=found.designation,
            section=found.designation,
            heading=shown.heading or shown.gist,
            today=shown.today,
            nearest=verdict.nearest or "",
            other=other["section"] if other else "",
        )
        + doubt,
        replacement,
        edit,
        tuple(dict.fromkeys(word for word in offered if word != replacement)),
        citation.authority(shown) if section else rule.basis,
        certainty=least(certainty, rule.certainty),
        safety=safety,
    )


def _is_measurement(reading: Reading, found: Citation) -> bool:
    """Whether a bare number is one of many: a text that names no regulation, and has other numbers of the same size."""
    return (
        "(" not in found.designation
        and not reading.names_regulation
        and _OTHER_MEASURE.search(reading.text) is not None
    )


def _is_legacy(reading: Reading, designation: str, words: str, start: int, end: int) -> bool:
    """Whether a number that is live again has its old meaning here, by the words of its sentence, block, then row."""
    collision = reading.ruleset.tables.collisions[designation]
    for text in (words, reading.nearby(start, end), reading.row(start)):
        legacy = sum(contains(text, word) for word in collision.legacy_words)
        current = sum(contains(text, word) for word in collision.current_words)
        if legacy != current:
            return legacy > current
    return False


def _topic(section: Section, words: str) -> tuple[str | None, tuple[str, ...]]:
    """The clause that the words around choose, or None with all of them offered."""
    if not section.topics:
        return None, ()
    chosen = [clause for clause, topics in section.topics.items() if any(contains(words, topic) for topic in topics)]
    if len(chosen) == 1:
        return chosen[0], ()
    return None, tuple(citation.replacement(section, clause) or "" for clause in section.topics)


def _disagreement(reading: Reading, found: Citation) -> tuple[str, str] | None:
    """A topic named right before the citation that belongs to another section: its words and that section."""
    tables = reading.ruleset.tables
    if found.listed or any(_same_branch(found.designation, name) for name in tables.general):
        return None
    before = reading.text[max(0, found.start - 48) : found.start].rpartition("\u2029")[2]
    beside = _TOPIC_BEFORE.search(before)
    if beside is None:
        return None
    named = [
        (topic, name)
        for name, topics in tables.topics.items()
        for topic in topics
        if contains(beside[1], topic.lower())
    ]
    if not named or any(_same_branch(found.designation, name) for _, name in named):
        return None
    return max(named, key=lambda pair: len(pair[0]))


def _other_cfr(reading: Reading, words: str, designation: str) -> Mapping[str, Any] | None:
    """The row of another CFR section, named in the sentence, that used to point at `designation`."""
    sections = reading.ruleset.tables.other_cfr
    for number in _OTHER_SECTION.findall(words):
        row = sections.get(number) or sections.get(number.partition("(")[0])
        if row is not None and any(_same_branch(designation, name) for name in row["legacy"]):
            return row
    return None


def _subpart(reading: Reading, rule: Rule, found: Subpart) -> Candidate | None:
    """A subpart letter counts with part 820 beside it, or as the heading it used to have."""
    section = reading.ruleset.tables.legacy.get(f"Subpart {found.letter.upper()}")
    if section is None or section.fix == "keep" or found.part not in (820, None):
        return None
    titled = found.follows.lstrip(" -:\u2014.,(\u2029").startswith(section.heading.lower()[:14])
    if found.part is None and not titled:
        return None
    if section.designation in reading.ruleset.tables.collisions and not titled:
        nearby = reading.nearby(found.start, found.end)
        if not _is_legacy(reading, section.designation, nearby, found.start, found.end):
            return None
    first, last = reading.folded.span(found.start, found.end)
    replacement = citation.replacement(section)
    return Candidate(
        rule,
        first,
        last,
        (found.start, found.end),
        reading.message(
            rule,
            first,
            last,
            current=replacement or "",
            designation=section.designation,
            section=section.designation,
            heading=section.heading,
            today=section.today,
        ),
        replacement,
        basis=citation.authority(section),
    )


def _same_branch(one: str, other: str) -> bool:
    """Whether one designation is the other, contains it or lies within it."""
    return one == other or one.startswith(other + "(") or other.startswith(one + "(")
