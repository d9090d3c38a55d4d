"""What became of a designation of part 820: the row of the tables it has, and what is to be cited in its place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from qmsr_lint.citation import Known
from qmsr_lint.model import Safety

Outcome = Literal["live", "removed", "gmp-1978", "definition", "collision", "unknown"]


class Section(NamedTuple):
    """A row of the table of legacy designations: what it was, and what stands in its place.

    `fix` tells how far the replacement can be trusted in the sentence; `topics` maps a clause to the words that choose
    it where there are several, `narrow` to those that leave it where they name it alone and no word that begins
    like those of the `others` speaks of another one, `unless` the beginnings of
    words without which the section means its own clause, `own` of those beside which it means no other one. Beside
    `doubtful` words the replacement would say what it does not require. Of a section that was carried over only
    `partly`, the notes say what was not.
    """

    designation: str
    status: str
    suggested: str = ""
    heading: str = ""
    gist: str = ""
    today: str = ""
    iso: tuple[str, ...] = ()
    iso9000: tuple[str, ...] = ()
    qmsr: tuple[str, ...] = ()
    fix: Safety | Literal["keep"] = "none"
    confidence: str = ""
    notes: str = ""
    sources: tuple[str, ...] = ()
    topics: Mapping[str, tuple[str, ...]] = {}
    narrow: Mapping[str, tuple[str, ...]] = {}
    others: Mapping[str, tuple[str, ...]] = {}
    doubtful: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    partly: bool = False


class Collision(NamedTuple):
    """A designation that is live again with another meaning, and the words that tell which one a text means."""

    designation: str
    legacy: str
    current: str
    legacy_words: tuple[str, ...]
    current_words: tuple[str, ...]


class Verdict(NamedTuple):
    """What became of a cited designation; `section` is its row, or the nearest one's when it never existed."""

    outcome: Outcome
    section: Section | None = None
    nearest: str | None = None


_TERM = 40
"""A heading with more characters than this is a description, and no term people write."""

_BEGINNING = 5
"""Letters that the forms of a word share: "train" for training and trained."""
_WORD = re.compile(r"[a-z]{3,}")
_GENERAL = tuple(
    "activ all and any appli appropri are but can control device each effect ensur establ fda follow for from general"
    " had has have her his iec includ iso its maintain manufactur may method necess not one other our out perform"
    " procedure product qms qsr qualit record requir shall she specif system that the their these they this those two"
    " use was when where which who will with you".split()
)
"""Begin words that say nothing of what a section is about."""
_STEM = 6
"""Letters that the forms of a word share, where those of other words are to be kept apart: complaint, complete."""
_COMMON = ("class", "defin", "docum")
"""Begin words that are said of anything a section asks for."""


class Tables:
    """The fact tables of `rules/facts`, by designation."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.legacy: Mapping[str, Section] = _Sections(facts["legacy_sections"]["sections"])
        self.current: dict[str, str] = {
            row["designation"]: row["heading"]
            for row in facts["current_sections"]["sections"]
            if not row["unit"].endswith("reserved")
        }
        self.collisions = {row["designation"]: _row(Collision, row) for row in facts["collisions"]["collisions"]}
        topics: Mapping[str, list[str]] = facts["legacy_topics"]["legacy_topics"]
        self.topics = tuple((topic.lower(), name) for name, words in topics.items() for topic in words)
        self.general: list[str] = facts["legacy_topics"]["general"]
        self.titled: list[str] = facts["legacy_topics"]["titled"]
        self._named: Mapping[str, list[str | Mapping[str, list[str]]]] = facts["legacy_topics"]["named"]
        self.defined = {
            term: row["designation"]
            for row in facts["legacy_sections"]["sections"]
            if row.get("gist") == "definition"
            for term in _terms(row["heading"])
        }
        """The terms that the former 820.3 defined, and their abbreviations, with the paragraph of each."""
        self.other_cfr: Mapping[str, Mapping[str, Any]] = {
            row["section"]: row for row in facts["other_cfr"]["other_cfr"]
        }
        self.exemption = next((row for row in self.other_cfr.values() if row.get("exemption")), None)
        self.iso_2003: list[Mapping[str, Any]] = facts["iso_2003"]["iso_2003"]
        self._subjects: dict[str, frozenset[str]] = {}
        self._of_paragraphs: dict[str, Mapping[str, str]] = {}
        self.known = Known(
            frozenset(int(name.split(".")[1]) for name in self.legacy if re.fullmatch(r"820\.\d+", name)),
            frozenset(int(name.split(".")[1]) for name in self.current if re.fullmatch(r"820\.\d+", name)),
        )

    def verdict(self, designation: str) -> Verdict:
        """What became of `designation`, such as "820.30(j)", leaving the words around it aside."""
        if designation in self.collisions:
            return Verdict("collision", self.legacy[designation])
        if designation in self.current:
            return Verdict("live")
        row = self.legacy.get(designation)
        if row is not None and row.status == "removed_1997":
            return Verdict("gmp-1978", row)
        if row is not None and row.status != "never_in_force":
            return Verdict("definition" if designation.startswith("820.3(") else "removed", row)
        if row is not None:
            return Verdict("unknown", row, row.qmsr[0] if row.qmsr else None)
        nearest = self.nearest(designation)
        row = self.legacy.get(nearest)
        if row is not None and row.status == "never_in_force" and row.qmsr:
            nearest = row.qmsr[0]
        # Of a number that is live today under the same designation, nothing has to take the place.
        return Verdict("unknown", None if nearest in self.current else row, nearest)

    def subject(self, designation: str) -> frozenset[str]:
        """The beginnings of the words that tell what a section was about, and none of the paragraphs beside it."""
        if designation not in self._subjects:
            outer, _, _ = designation.rpartition("(")
            beside = set[str]()
            if outer:
                for name in self.legacy:
                    if name.startswith(f"{outer}(") and not same_branch(name, designation):
                        beside |= beginnings(self._said_of(name))
            own = (name for name in self.legacy if name == designation or lies_within(name, designation))
            words = beginnings(" ".join(map(self._said_of, own)))
            self._subjects[designation] = frozenset(words - beside or words)
        return self._subjects[designation]

    def is_partly(self, designation: str) -> bool:
        """Whether a designation is a legacy one that was carried over only partly."""
        return designation in self.legacy and self.legacy[designation].partly

    def are_neighbours(self, one: str, other: str) -> bool:
        """Whether two legacy designations follow each other, so that a range of them holds nothing else."""
        outer = _outer(one)
        if outer != _outer(other) or one not in self.legacy or other not in self.legacy:
            return False
        level = [name for name in self.legacy if _outer(name) == outer and name.startswith("820.")]
        return abs(level.index(one) - level.index(other)) == 1

    def names(self, designation: str, other: str, topic: str) -> bool:
        """Whether the text of a section or a paragraph named another one, or that topic of it."""
        return any(
            each == other if isinstance(each, str) else topic in each.get(other, ())
            for each in self._named.get(designation, ())
        )

    def words_of_paragraphs(self, designation: str) -> Mapping[str, str]:
        """How words begin that only a paragraph of a section is about which became more, or was carried over partly.

        Each is given with the paragraph.
        """
        if designation not in self._of_paragraphs:
            section = self.legacy[designation]
            around = [name for name in self.legacy if name == designation or lies_within(designation, name)]
            own = set[str]().union(*(beginnings(self._said_of(name, chosen=False)) for name in around))
            paragraphs = [name for name in self.legacy if lies_within(name, designation)]
            self._of_paragraphs[designation] = {
                word[:_STEM]: name
                for name in paragraphs
                if self.legacy[name].partly or not is_part_of(self.legacy[name], section)
                for word in _WORD.findall(self._said_of(name))
                if word[:_BEGINNING] in self.subject(name) - own and not word.startswith(_COMMON)
            }
        return self._of_paragraphs[designation]

    def _said_of(self, designation: str, *, chosen: bool = True) -> str:
        """What a section was about: its heading, the words people write beside it, and those that choose a clause."""
        row = self.legacy[designation]
        topics = [topic for topic, name in self.topics if name == designation]
        if chosen:
            topics += (words for clause in (row.topics, row.narrow) for named in clause.values() for words in named)
        return " ".join((row.heading, row.gist, *topics)).lower()

    def nearest(self, designation: str) -> str:
        """The real designation nearest to one that never existed: what contains it, else the nearest number."""
        parent = designation
        while "(" in parent:
            parent = parent[: parent.rindex("(")]
            if parent in self.legacy or parent in self.current:
                return parent
        number = int(parent.split(".")[1])
        near = min(self.known.legacy | self.known.current, key=lambda other: (abs(other - number), other))
        return f"820.{near}"


class _Sections(Mapping[str, Section]):
    """The legacy sections by designation, each made of its row when it is asked for: a document cites a few of them."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = {row["designation"]: row for row in rows}
        self._made: dict[str, Section] = {}

    def __getitem__(self, designation: str) -> Section:
        if designation not in self._made:
            self._made[designation] = _row(Section, self._rows[designation])
        return self._made[designation]

    def __contains__(self, designation: object) -> bool:
        return designation in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _outer(designation: str) -> str:
    """What a paragraph is a part of; nothing for a section."""
    return designation.rpartition("(")[0]


def beginnings(words: str) -> set[str]:
    """The beginnings of the words that say what a text is about, by which their forms are known: train, trained."""
    return {word[:_BEGINNING] for word in _WORD.findall(words) if not word.startswith(_GENERAL)}


def _terms(heading: str) -> list[str]:
    """The terms in the heading of a definition: "Device history record (DHR)" has two."""
    return [term.strip() for term in re.split(r"[()]", heading.lower()) if 2 < len(term.strip()) <= _TERM]


def _row(kind: Any, row: Mapping[str, Any]) -> Any:
    values = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key in kind._fields
    }
    return kind(**values)


def replacement(section: Section, clause: str | None = None) -> str | None:
    """What to cite in place of `section`, as in "ISO 13485:2016, Clause 7.3.10, and 21 CFR 820.10(c)".

    `clause` narrows it to one of the several clauses or sections that the section was split into.
    """
    if clause is not None:
        section = narrowed(section, (clause,))
    parts = [_clauses(_outermost(section.iso))] if section.iso else []
    if section.iso9000:
        parts.append(f"ISO 9000:2015, Clause {_joined(section.iso9000)}")
    if section.qmsr:
        parts.append(_sections(section.qmsr))
    return ", and ".join(parts) or section.suggested or None


def _sections(names: tuple[str, ...]) -> str:
    names = tuple(name.removeprefix("21 CFR ") for name in names)
    return "21 CFR " + _joined(names)


def _outermost(clauses: tuple[str, ...]) -> tuple[str, ...]:
    """The clauses without those that another of them contains: 5 stands for 5.1 to 5.6."""
    return tuple(clause for clause in clauses if not any(lies_within(clause, other) for other in clauses))


def lies_within(one: str, other: str) -> bool:
    """Whether one designation, of a section or a clause, is part of the other: 4.2.3 of 4.2, 820.30(j) of 820.30."""
    return one.startswith((other + ".", other + "("))


def is_part_of(row: Section, section: Section) -> bool:
    """Whether all that one section became is part of what another became."""
    became = (*section.iso, *section.qmsr)
    return all(any(name == other or lies_within(name, other) for other in became) for name in (*row.iso, *row.qmsr))


def same_branch(one: str, other: str) -> bool:
    """Whether one designation is the other, contains it or lies within it."""
    return one == other or lies_within(one, other) or lies_within(other, one)


def _joined(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def edit(section: Section, clause: str | None = None, *, scope: bool = False) -> str | None:
    """The replacement as it is written into a sentence.

    820.10(c) only says to which devices Clause 7.3 applies, so that the clause alone takes the place of a citation,
    unless the `scope` of the section is what the sentence is about.
    """
    if section.iso and section.qmsr == ("820.10(c)",) and not scope:
        section = section._replace(qmsr=())
    return replacement(section, clause)


def narrowed(section: Section, chosen: Iterable[str]) -> Section:
    """`section` as if some clauses of the standard, and sections of today's part 820, were all that it became."""
    names = tuple(chosen)
    sections = tuple(name for name in names if name.startswith("820."))
    return section._replace(iso=tuple(name for name in names if name not in sections), iso9000=(), qmsr=sections)


def _clauses(numbers: tuple[str, ...]) -> str:
    """Clauses of the standard as a citation."""
    return f"ISO 13485:2016, Clause{'' if len(numbers) == 1 else 's'} {_joined(numbers)}"


def authority(section: Section, chosen: Iterable[str] = ()) -> str:
    """The basis of a replacement in short: clauses, sections and, where it is not high, the confidence.

    `chosen` are those of its clauses and sections that words have chosen.
    """
    if names := tuple(chosen):
        section = narrowed(section, names)
    parts = [f"ISO 13485:2016 {', '.join(section.iso)}"] if section.iso else []
    if section.iso9000:
        parts.append(f"ISO 9000:2015 {', '.join(section.iso9000)}")
    if section.qmsr:
        parts.append(", ".join(name if name.startswith("21 CFR") else f"21 CFR {name}" for name in section.qmsr))
    if section.confidence not in ("high", ""):
        parts.append(f"confidence {section.confidence}")
    return "; ".join(parts) or f"21 CFR part 820 ({section.status.replace('_', ' ')})"
