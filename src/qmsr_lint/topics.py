"""What is known about a topic: a rule, a term, a citation of part 820 or a clause of ISO 13485, and on what authority.

`Shelf` looks it up in the rules and the fact tables alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from qmsr_lint import citation, successor
from qmsr_lint.catalogue import fields, preferred
from qmsr_lint.errors import closest
from qmsr_lint.lexicon import forms, is_acronym
from qmsr_lint.match import fold
from qmsr_lint.pack import STATEMENTS, Example, Rule
from qmsr_lint.rules import RuleSet
from qmsr_lint.successor import Collision, Section

Status = Literal[
    "legacy", "retained", "current", "removed", "superseded", "definition", "collision", "subpart", "in force",
    "never existed", "renumbered", "amended", "false", "rule",
]  # fmt: skip

SOURCE_KINDS = {
    "P": "primary text, read in full",
    "PQ": "primary text, quoted by another source",
    "SEC": "secondary",
    "MEM": "no source read",
    "HOUSE": "made by this project",
}
"""What the letters of a source's kind mean; two kinds are written with a slash between them."""

UNREAD = "MEM"
"""The code that stands in the place of a source for what is generally known; no reader can look it up."""

_NOT_REPORTED = "a citation of it is not reported, only what is wrongly said of it."
_LISTED = 8  # sections that a clause or a section took over from
_LIKENESS = 0.72  # of difflib: "desing histroy file" is near enough, "risk management" is not


class Source(NamedTuple):
    """A source as a reader can follow it up. `kind` is spelled out."""

    code: str
    kind: str
    title: str


class Meaning(NamedTuple):
    """One meaning of a topic: what it was, what it is now, why, and on what authority.

    `rule` is the id of the rule that reports it, None where none does; `now` is None where nothing took its place.
    """

    topic: str
    status: Status
    was: str
    now: str | None
    why: str
    basis: str
    confidence: str = ""
    sources: tuple[Source, ...] = ()
    alternatives: tuple[str, ...] = ()
    rule: str | None = None
    severity: str | None = None
    notes: str = ""
    flag: tuple[Example, ...] = ()
    keep: tuple[str, ...] = ()


class Shelf:
    """The rules and tables of a run, looked up by topic."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.rules = ruleset.rules
        self.tables = ruleset.tables
        self.retained: list[Mapping[str, Any]] = ruleset.facts.get("retained", [])
        self.clauses: Mapping[str, str] = ruleset.facts["iso_clauses"]["iso13485"]
        self.of = {rule.of: rule for rule in ruleset.rules.values() if rule.of}
        self._sources = {
            row["code"]: Source(row["code"], _kind(row["kind"]), row["title"])
            for row in ruleset.facts["sources"]["sources"]
        }

    def entries(self, topic: str) -> tuple[Meaning, ...]:
        """Everything known under exactly this topic: the first of these ways in which it means something."""
        plain = _plain(topic)
        if plain in self.rules:
            return (self._rule(self.rules[plain]),)
        for found in (self._terms, self._citations, self._other_cfr, self._edition, self._current):
            if entries := tuple(found(plain)):
                return entries
        return ()

    def nearest(self, topic: str) -> str | None:
        """The id or word that a misspelt topic is likeliest to mean."""
        words = self._words()
        near = closest(_plain(topic), words, _LIKENESS)
        return words[near] if near else None

    def _words(self) -> dict[str, str]:
        """The ids and words a misspelt topic may have meant, by their plain form."""
        words = [*self.rules, *(row["term"] for row in self.retained)]
        words += [phrase for rule in self.rules.values() for phrase in rule.legacy]
        words += [phrase for row in self.retained for phrase in row["phrases"]]
        return {_plain(word): word for word in words}

    # --- rules and terms

    def _rule(self, rule: Rule, phrase: str | None = None) -> Meaning:
        kinds: Mapping[str, Status] = {
            "term": "legacy",
            "sentence": "false" if rule.family in STATEMENTS else "legacy",
        }
        current = rule.own_current.get(phrase or "", rule.current)
        return Meaning(
            rule.id,
            kinds.get(rule.kind, "rule"),
            ", ".join(rule.legacy),
            _with_abbreviation(current, rule.current_abbreviation),
            _message(rule, phrase, current),
            rule.basis,
            rule.confidence,
            self._spelled(rule.sources),
            rule.alternatives,
            rule.id,
            _severity(rule, phrase),
            rule.notes,
            rule.flag,
            rule.keep,
        )

    def _terms(self, plain: str) -> Iterator[Meaning]:
        for rule in self.rules.values():
            phrase = next((each for each in rule.legacy if _is_form(plain, each)), None)
            if phrase is not None:
                yield self._rule(rule, phrase)._replace(topic=phrase)
        for row in self.retained:
            if plain == _plain(row["term"]) or any(_is_form(plain, phrase) for phrase in row["phrases"]):
                yield self._kept(row)

    def _kept(self, row: Mapping[str, Any]) -> Meaning:
        return Meaning(
            row["term"],
            "retained",
            ", ".join(row["phrases"]),
            row["term"],
            f"{row['why']} It stays, and no rule takes it for legacy.",
            row["basis"],
            row["confidence"],
            self._spelled(row.get("sources", ())),
            keep=tuple(row.get("keep", ())),
        )

    def _current(self, plain: str) -> Iterator[Meaning]:
        for rule in self.rules.values():
            words_now = [words for words in (rule.current, rule.current_abbreviation) if words]
            if not any(_is_form(plain, words) for words in words_now):
                continue
            words = " and ".join(rule.legacy[:2]) or "what the rule describes"
            yield Meaning(
                preferred(rule),
                "current",
                "",
                preferred(rule),
                f"These are the current words. They took the place of {words} (rule {rule.id}).",
                rule.basis,
                rule.confidence,
                self._spelled(rule.sources),
                rule=rule.id,
            )

    # --- citations

    def _citations(self, plain: str) -> Iterator[Meaning]:
        if match := _SUBPART.fullmatch(plain):
            yield from self._subpart(f"Subpart {match[1].upper()}")
        elif _PART.fullmatch(plain):
            yield Meaning(
                "21 CFR Part 820",
                "in force",
                "Quality System Regulation, until 2026-02-01",
                "21 CFR Part 820, Quality Management System Regulation (QMSR)",
                "The part kept its number. Its text is new: it incorporates ISO 13485:2016 by reference, so a citation "
                "of the part as a whole stays good, and one of a section of the old text does not.",
                "21 CFR 820.1 and 820.7",
                "high",
                self._spelled(("S1",)),
            )
        else:
            for designation in designations(plain.removesuffix(" (1978)"), self.tables):
                yield from self._designation(designation)
                if row := self.tables.legacy.get(f"{designation} (1978)"):
                    yield self._legacy(row, "removed", "removed")

    def _designation(self, designation: str) -> Iterator[Meaning]:
        verdict = self.tables.verdict(designation)
        if collision := self.tables.collisions.get(designation):
            yield from self._collision(collision)
        elif verdict.outcome == "live":
            yield self._live(designation)
        elif verdict.outcome == "unknown":
            yield self._unknown(designation, verdict.section, verdict.nearest)
        elif verdict.section is not None:
            kinds: Mapping[str, Status] = {"definition": "definition", "gmp-1978": "superseded"}
            status = kinds.get(verdict.outcome, "removed")
            yield self._legacy(verdict.section, status, verdict.outcome)

    def _legacy(self, section: Section, status: Status, of: str) -> Meaning:
        _, rule, severity = self._reported(of)
        return Meaning(
            _cited(section.designation),
            status,
            ": ".join(dict.fromkeys(words for words in (section.heading, section.gist) if words)),
            successor.replacement(section),
            f"Today: {section.today}.",
            successor.authority(section._replace(confidence="")),
            section.confidence,
            self._spelled(section.sources),
            tuple(_choice(section, clause, words) for clause, words in section.topics.items()),
            rule,
            severity,
            section.notes,
        )

    def _live(self, designation: str) -> Meaning:
        heading = self.tables.current[designation]
        was = self.tables.legacy.get(designation)
        changed = "It is a section of today's text" if was is None else "The number stayed, its text changed"
        leading = [
            row.designation
            for row in self.tables.legacy.values()
            if row != was and any(successor.same_branch(name, designation) for name in row.qmsr)
        ]
        outer = [name for name in leading if not any(successor.lies_within(name, other) for other in leading)]
        return Meaning(
            _cited(designation),
            "in force",
            was.heading if was else "",
            f"{_cited(designation)}, {heading}",
            f"{changed}; {_NOT_REPORTED}"
            + (f" What was in {_listed(outer)} is now wholly or partly here." if outer else ""),
            "21 CFR Part 820, effective 2026-02-02",
            "high",
            self._spelled(("S1",)),
            notes=was.notes if was else "",
        )

    def _collision(self, collision: Collision) -> Iterator[Meaning]:
        row = self.tables.legacy[collision.designation]
        yield self._legacy(row, "collision", "collision")._replace(
            was=collision.legacy,
            why="The number is in force again with another meaning, so the words around it decide which one is meant. "
            f"The former meaning is told by words like: {', '.join(collision.legacy_words[:6])}.",
        )
        yield Meaning(
            _cited(collision.designation),
            "in force",
            "",
            f"{_cited(collision.designation)}, {collision.current}",
            "This is what the number means today; a citation in this sense is not reported. It is told by words like: "
            f"{', '.join(collision.current_words[:6])}.",
            "21 CFR Part 820, effective 2026-02-02",
            "high",
            self._spelled(("S1",)),
        )

    def _unknown(self, designation: str, section: Section | None, nearest: str | None) -> Meaning:
        basis, rule, severity = self._reported("unknown", "21 CFR Part 820")
        proposed = section if section is not None and section.designation == designation else None
        why = "It stood in the proposed rule only and never came into force." if proposed else "It never existed."
        if nearest is not None:
            at = self.tables.verdict(nearest)
            became = successor.replacement(at.section) if at.section else None
            what = self.tables.current.get(nearest) or (f"now {became}" if became else "")
            why += f" The nearest real one is {nearest}" + (f" ({what})." if what else ".")
        found = Meaning(
            _cited(designation),
            "never existed",
            "",
            None,
            why,
            basis,
            "high",
            self._spelled(("S1",)),
            rule=rule,
            severity=severity,
        )
        if proposed is None:
            return found
        sources = self._spelled(proposed.sources)
        return found._replace(was=proposed.gist, confidence=proposed.confidence, sources=sources, notes=proposed.notes)

    def _subpart(self, name: str) -> Iterator[Meaning]:
        section = self.tables.legacy.get(name)
        if section is None:
            yield self._unknown(name, None, None)._replace(
                topic=f"21 CFR Part 820 {name}", why="Part 820 never had this subpart: they run from A to O."
            )
        elif section.fix == "keep":
            yield Meaning(
                f"21 CFR Part 820 {name}",
                "in force",
                section.heading,
                section.today,
                f"The subpart kept its letter and heading; {_NOT_REPORTED}",
                "21 CFR Part 820, effective 2026-02-02",
                section.confidence,
                self._spelled(section.sources),
            )
        elif collision := self.tables.collisions.get(name):
            for entry in self._collision(collision):
                yield entry._replace(
                    topic=f"21 CFR Part 820 {name}",
                    rule=entry.rule and self.of["subpart"].id if "subpart" in self.of else None,
                )
        else:
            yield self._legacy(section, "subpart", "subpart")._replace(topic=f"21 CFR Part 820 {name}")

    def _other_cfr(self, plain: str) -> Iterator[Meaning]:
        match = _OTHER.fullmatch(plain)
        row = self.tables.other_cfr.get(match[1].replace(" ", "")) if match else None
        if row is not None:
            basis, rule, severity = self._reported("other-cfr", f"21 CFR {row['section']}")
            yield Meaning(
                f"21 CFR {row['section']}",
                "amended",
                f"{row['heading']}: pointed to {', '.join(row['legacy'])}",
                row["current"],
                "It pointed there in the CFR of April 2025. Secondary sources report what it cites now; the amended"
                " wording was not read.",
                basis,
                row["confidence"],
                self._spelled(row["sources"]),
                rule=rule,
                severity=severity,
                notes=row.get("notes", ""),
            )

    # --- clauses of ISO 13485

    def _edition(self, plain: str) -> Iterator[Meaning]:
        match = _CLAUSE.fullmatch(plain)
        if match is None or not (match["iso"] or match["clause"] or match["number"] in self.clauses):
            return
        number, title, edition = match["number"], (match["title"] or "").strip(" \"'()"), match["edition"]
        today = self.clauses.get(number)
        row = next((row for row in self.tables.iso_2003 if row["clause"] == number), None)
        if (
            row is not None
            and row["renumbered"]
            and edition != "2016"
            and not (title and title == (today or "").lower())
        ):
            yield self._renumbered(row)
        if today is not None and edition != "2003" and not (title and row and title == row["title"].lower()):
            yield self._clause(number, today)

    def _renumbered(self, row: Mapping[str, Any]) -> Meaning:
        basis, rule, severity = self._reported("iso-2003", "21 CFR 820.7(b)")
        return Meaning(
            f"ISO 13485:2003 {row['clause']} {row['title']}",
            "renumbered",
            f"Clause {row['clause']}, {row['title']}, in the edition of 2003",
            f"ISO 13485:2016, Clause {', '.join(row['current'])}, {row['current_title']}",
            "The edition of 2016 has no such number."
            if row["same_number_now"].startswith("(")
            else f"The number means something else in the edition of 2016: {row['same_number_now']}. "
            "A citation is taken for the old edition only beside the old title, or a name that people give it.",
            basis,
            row["confidence"],
            self._spelled(row["sources"]),
            rule=rule,
            severity=severity,
        )

    def _clause(self, number: str, title: str) -> Meaning:
        took = [row.designation for row in self.tables.legacy.values() if number in row.iso]
        return Meaning(
            f"ISO 13485:2016 {number}",
            "in force",
            _listed(took),
            f"ISO 13485:2016, Clause {number}, {title}",
            f"Part of the QMSR by reference (21 CFR 820.7(b)); {_NOT_REPORTED}"
            + (" The former sections on the same matter stand above." if took else ""),
            "21 CFR 820.7(b)",
            "medium" if took else "high",
            self._spelled(("S13",)),
        )

    def _reported(self, of: str, basis: str = "") -> tuple[str, str | None, str | None]:
        """The rule on what a citation is: its basis, id and severity; where it is switched off, only a basis."""
        rule = self.of.get(of)
        return (rule.basis, rule.id, rule.severity) if rule is not None else (basis, None, None)

    def _spelled(self, codes: Iterable[str]) -> tuple[Source, ...]:
        return tuple(self._sources.get(code, Source(code, "of this pack", "")) for code in codes)


# --- topics -----------------------------------------------------------------------------------------------------------

_SUBPART = re.compile(r"(?:.*\b(?:cfr|part|820),? )?subpart ([a-z])(?: of .*)?")
_PART = re.compile(r"(?:title )?(?:21 ?cfr )?(?:part )?820|qmsr part 820")
_OTHER = re.compile(r"(?:21 ?cfr |§ ?)*((?!820)\d{1,4}\.\d{1,4}(?: ?\([a-z0-9]+\))*)")
_LEVEL = r"(?: ?\( ?{0} ?\)|[ .]+{0}(?![a-z0-9])|{0}(?![a-z0-9]))"
_LENIENT = re.compile(
    r"\D*?(?:21\D*?)?820 ?[. ] ?(\d{1,3})(?!\d)"
    + "".join(f"(?:{_LEVEL.format(f'({level})')})?" for level in (r"[a-z]|aa|bb|cc|dd", r"\d{1,2}", r"[ivx]{1,5}"))
)
"""One citation, however loosely written: "820.30 j", "820.20.b.3.ii", "21 CFR § 820.198 (e) (6)"."""
_CLAUSE = re.compile(
    r"(?P<iso>(?:en )?(?:iso(?:/iec)? ?)?13485(?: ?: ?(?P<edition>\d{4}))?,? ?)?(?P<clause>(?:sub)?clause |section )?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<title>[ ,:-]+[a-z \"'(),-]+)?"
)


def _severity(rule: Rule, phrase: str | None) -> str:
    """The severity of one of the phrases of a rule, or that of the rule."""
    of_acronym = rule.acronym_severity if phrase is not None and is_acronym(phrase) else None
    return of_acronym or rule.severity


def designations(plain: str, tables: successor.Tables) -> list[str]:
    """The designations of part 820 that a topic cites, such as "820.30(j)"; lists and ranges are taken apart."""
    if match := _LENIENT.fullmatch(plain):
        section, *levels = match.groups()
        given = [level for level in levels if level]
        return [f"820.{int(section)}" + "".join(f"({level})" for level in given)]
    return list(dict.fromkeys(found.designation for found in citation.find(f"21 cfr {plain}", tables.known)))


def _plain(words: str) -> str:
    return fold(words).text.strip(" \"'.,;:")


def _is_form(plain: str, phrase: str) -> bool:
    words = plain.replace("-", " ")
    return words == _plain(phrase).replace("-", " ") or words in {form for form, _ in forms(phrase)}


def _message(rule: Rule, phrase: str | None, current: str | None) -> str:
    words = phrase or (rule.legacy[0] if rule.legacy else "this")
    message = rule.message.replace("{text}", words).replace("{current}", current or "<current>")
    return fields(message)


def _with_abbreviation(current: str | None, short: str | None) -> str | None:
    return f"{current} ({short})" if current and short and short not in current else current


def _choice(section: Section, clause: str, words: Iterable[str]) -> str:
    return f"{successor.replacement(section, clause)} beside words like: {', '.join(list(words)[:6])}"


def _cited(designation: str) -> str:
    return f"21 CFR {designation}" if designation[:1].isdigit() else designation


def _listed(designations: list[str]) -> str:
    """Designations as they are cited, the subparts last: "21 CFR 820.3(g), 820.181; Part 820 Subpart M"."""
    sections = [name for name in designations if name[:1].isdigit()]
    shown, left = sections[:_LISTED], len(sections[_LISTED:])
    listed = [", ".join(shown) + (f" and {left} more" if left else "")] if sections else []
    return "21 CFR " + "; ".join(listed + [f"Part 820 {name}" for name in designations if name not in sections])


def _kind(letters: str) -> str:
    return "; ".join(SOURCE_KINDS.get(each, each) for each in letters.split("/"))
