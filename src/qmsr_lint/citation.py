"""Citations of 21 CFR part 820: the grammar of how people write them, and what became of each designation.

The grammar reads folded text (see `match.fold`), where every space is U+0020 and every letter is small. It yields one
citation for each section or paragraph named, also inside lists and ranges, each with its own range.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from qmsr_lint.expression import Expression

# --- grammar ----------------------------------------------------------------------------------------------------------

_TITLE = (
    r"(?:(?:title )?21 ?[.\-]? ?(?:c\.? ?f\.? ?r\.?|c\.?r\.?f\.?|code of federal regulations)[.,:\-]? ?"
    r"|c\.?f\.?r\.? (?:title )?21[.,:]? ?|(?<![a-z])c\.?f\.?r\.?[,:]? ?)"
)
_UNIT = r"(?:§{1,2} ?|(?<![a-z])(?:sections?|secs?\.?|parts?|pt\.?|paragraphs?|paras?\.?|subsections?) ?)"
_PREFIX = Expression(rf"(?:{_TITLE})?(?:{_UNIT},? ?){{0,3}}$")
_PREFIX_REACH = 64  # characters; the longest real prefix is "Title 21 of the Code of Federal Regulations, Section "
_TITLE_LONG = Expression(r"(?:title )?21,? of the code of federal regulations,? ?\(?(?:cfr\))?,? ?$")
_NAMED = Expression(r"(?<![a-z])(?:qsr|qmsr|qs reg(?:ulation|s)?|regulations?|fda|c?gmp)[:,]? ?\(?$")
_SECTION = Expression(r"820 ?\. ?(\d{1,3})(?!\d)")
_PARAGRAPHS = (
    Expression(r" ?\( ?([a-z])(?:\1)? ?\)"),  # (a) … (z), (aa) … (dd)
    Expression(r" ?\( ?(\d{1,2}) ?\)"),
    Expression(r" ?\( ?([ivx]{1,5}) ?\)"),
)
_OTHER_PARAGRAPH = Expression(r"\((\d{1,2}|[ivx]{1,4})\)")
_DOTTED = Expression(r"\.([a-z]{1,2}|\d{1,2}|[ivx]{1,5})(?![a-z0-9])")
_LETTER = Expression(r"([a-z])(?![a-z0-9])")
_ROMAN = Expression(r"[ivx]{1,5}")
_JOIN = Expression(r" ?(?:,? ?(?:and/or|and|or|through|thru|to)(?![a-z])|[,;/&+\-\u2014]) ?")
_RANGE = ("-", "\u2014", "to", "through", "thru")
_NEXT_SECTION = Expression(r"(?:§ ?)*\.(\d{1,3})(?!\d)")
_NEXT_NUMBER = Expression(r"(\d{2,3})(?![\d%°/]| ?%|\.\d| (?!and |or |to |through )[a-z$])")
_NEXT_PARAGRAPH = Expression(r"\(([a-z]{1,2}|\d{1,2}|[ivx]{1,5})\)")

_UNIT_AFTER = Expression(
    r" ?(?:mm|cm|nm|[µμu]m|km|m[lgsvahw]|[µμ][lg]|kg|lbs?|oz|psi|[kmh]?pa|m?bar|m[nj]|[kmg]?hz|k[vwb]|[mg]b"
    r"|%|°(?: ?[cf])?|usd|eur|rpm|dollars|euros?|units?|pcs|pieces|minutes?|hours?|hrs|seconds?|days?|ppm"
    r"|inch(?:es)?|cc|ohms?|[µμ]|$\$|€|£)"
    r"(?![a-z])| (?:[mglvwn](?![a-z./])|[glvwn]\.(?! ?[a-z])|x(?= ?\d))"
)
_NOT_BEFORE = Expression(
    r"(?<!section )(?<!sections )"
    r"(?:[=<>±~≈+*×#$€£]|(?<![a-z])(?:version|ver|v|rev|revision|p/n|pn|s/n|model|lot|approximately|approx"
    r"|usd|eur|stat|fed reg|number|no|order|item|serial|release|build|figure|fig|table|step)\.?:?) ?$"
)
_CLAUSE_BEFORE = Expression(r"(?<![\d.])[4-8](?:\.\d{1,2}){1,3}/$")
_TITLE_OR_CLAUSE = Expression(r"-[a-z]{4}|/[4-8]\.\d")  # "820.30-Design Controls", "820.30/7.3"
_FILE_AFTER = Expression(r"\.(?:docx?|dotx?|pdf|md|txt|xlsx?|html?|png|csv|zip)(?![a-z])")


class Citation(NamedTuple):
    """One section or paragraph of part 820 as cited.

    `start` and `end` are its range in the folded text, any "21 CFR §" before it included; `core` is where its own
    number begins. `prefixed` tells that the words before it say it is a citation; `listed` is its index in a list.
    """

    start: int
    end: int
    core: int
    designation: str
    prefixed: bool
    listed: int = 0
    ranged: bool = False


class Known(NamedTuple):
    """The section numbers of part 820, then and now, that a bare number may be taken for."""

    legacy: frozenset[int]
    current: frozenset[int]


def find(text: str, known: Known) -> Iterator[Citation]:
    """Every citation of a section of part 820 in the folded `text`, in order."""
    last: Citation | None = None
    at = text.find("820")
    while at >= 0:
        resume = at + 3
        match = _SECTION.match(text, at)
        if match and _may_begin(text, at):
            start, prefixed = _prefix(text, at)
            joined = last is not None and _JOIN.fullmatch(text, last.end, start) is not None
            prefixed = prefixed or (joined and last is not None and last.prefixed)
            end, levels = _paragraphs(text, match.end(), prefixed)
            number = int(match[1])
            if prefixed or _is_bare_citation(text, at, end, number, known, joined):
                listed = last.listed + 1 if joined and last is not None else 0
                last = Citation(start, end, at, _designation(number, levels), prefixed, listed)
                yield last
                for following in _continued(text, last, number, levels, known):
                    yield following
                    last = following
                resume = last.end
            else:
                resume = end
        at = text.find("820", resume)


def _may_begin(text: str, at: int) -> bool:
    """Whether a number can begin at `at`: not inside 1820, 1,820 or 3.820."""
    if not at:
        return True
    before = text[at - 1]
    if before.isdigit() or before == "_":
        return False
    return not (before in ".," and at > 1 and text[at - 2].isdigit() and text[max(0, at - 3) : at - 1] != "21")


def _prefix(text: str, at: int) -> tuple[int, bool]:
    begin = max(0, at - _PREFIX_REACH)
    before = text[begin:at]
    match = _PREFIX.search(before)
    start = begin + match.start() if match else at
    if match and start and text[start - 1].isalnum() and match[0][:1].isalnum():
        start = at if not match[0].startswith(("cfr", "§")) else start
    prefixed = start < at
    long = _TITLE_LONG.search(text[begin:start])
    if long:
        start, prefixed = begin + long.start(), True
    return start, prefixed or bool(_NAMED.search(before))


def _paragraphs(text: str, at: int, prefixed: bool) -> tuple[int, list[str]]:
    """The end of the designation whose section number ends at `at`, and its paragraph levels."""
    levels: list[str] = []
    while len(levels) < 3:
        match = _PARAGRAPHS[len(levels)].match(text, at)
        if match is None:
            break
        levels.append(match[0].strip(" ()"))
        at = match.end()
    if levels:
        return at, levels
    if prefixed and (match := _OTHER_PARAGRAPH.match(text, at)):
        return match.end(), [match[1]]  # a paragraph in the wrong order of levels: it never existed
    while len(levels) < 3 and (match := _DOTTED.match(text, at)):
        if not _fits(match[1], len(levels)) and not prefixed:
            break
        if _FILE_AFTER.match(text, at):
            break
        levels.append(match[1])
        at = match.end()
    if levels:
        return at, levels
    match = _LETTER.match(text, at)
    if match:
        levels, at = [match[1]], match.end()
        while len(levels) < 3 and (match := _PARAGRAPHS[len(levels)].match(text, at)):
            levels.append(match[0].strip(" ()"))
            at = match.end()
    return at, levels


def _fits(level: str, depth: int) -> bool:
    if depth == 0:
        return level.isalpha() and len(set(level)) == 1
    return level.isdigit() if depth == 1 else _ROMAN.fullmatch(level) is not None


def _designation(number: int, levels: list[str]) -> str:
    return f"820.{number}" + "".join(f"({level})" for level in levels)


def _is_bare_citation(text: str, at: int, end: int, number: int, known: Known, joined: bool) -> bool:
    """Whether 820.N without "21 CFR" or "§" before it is a citation, and not a quantity or a part number."""
    if number not in known.legacy and number not in known.current:
        return False
    before = text[at - 1] if at else " "
    if before.isalnum() or before == "_":
        return False
    tied = before in "-/." and at > 1 and text[at - 2].isalnum() and not joined
    if tied and not _CLAUSE_BEFORE.search(text[max(0, at - 12) : at]):
        return False
    if _NOT_BEFORE.search(text[max(0, at - 16) : at]):
        return False
    after = text[end : end + 2]
    if after.strip(" ,;)\u2029") and (_UNIT_AFTER.match(text, end) or _FILE_AFTER.match(text, end)):
        return False
    if len(after) == 2 and after[0] in "-_./" and after[1].isalnum() and not after[1:].isspace():
        if _TITLE_OR_CLAUSE.match(text, end):
            return True
        joint = _JOIN.match(text, end)
        if joint is None:
            return False
        following = _SECTION.match(text, joint.end()) or _next(text, joint, number, [], known, prefixed=False)
        return following is not None
    return True


def _continued(text: str, first: Citation, number: int, levels: list[str], known: Known) -> Iterator[Citation]:
    """The further sections and paragraphs of the list or range that `first` begins."""
    at, listed = first.end, first.listed
    while joint := _JOIN.match(text, at):
        following = _next(text, joint, number, levels, known, prefixed=first.prefixed)
        if following is None:
            return
        core, at, number, levels = following
        listed += 1
        ranged = joint[0].strip(" ,") in _RANGE
        yield Citation(core, at, core, _designation(number, levels), first.prefixed, listed, ranged)


def _next(
    text: str, joint: re.Match[str], number: int, levels: list[str], known: Known, *, prefixed: bool
) -> tuple[int, int, int, list[str]] | None:
    """Start, end, section number and paragraph levels of the list's next element behind `joint`, if there is one."""
    at = joint.end()
    ranged = joint[0].strip(" ,") in _RANGE
    if match := _NEXT_PARAGRAPH.match(text, at):
        if not levels:
            return None
        level = match[1]
        depth = next((d for d in range(len(levels) - 1, -1, -1) if _fits(level, d)), None)
        if depth is None:
            return None
        end, deeper = match.end(), [*levels[:depth], level]
        while len(deeper) < 3 and (more := _PARAGRAPHS[len(deeper)].match(text, end)):
            deeper.append(more[0].strip(" ()"))
            end = more.end()
        return at, end, number, deeper
    match = _NEXT_SECTION.match(text, at) or _NEXT_NUMBER.match(text, at)
    if match is None:
        return None
    following = int(match[1])
    dotted = text[match.start(1) - 1] == "."
    if following not in known.legacy and following not in known.current and not (dotted and prefixed):
        return None
    if match[1].startswith("0") or (ranged and following <= number):
        return None
    end, deeper = _paragraphs(text, match.end(), prefixed)
    if not dotted and (
        text[end : end + 1].isalnum() or (text[end : end + 1] in ("-", "_") and text[end + 1 : end + 2].isalpha())
    ):
        return None
    return at, end, following, deeper


_SUBPART = Expression(r"(?<![a-z])subparts? ([a-o])(?![a-z0-9])")
_SUBPART_NEXT = Expression(r"(?: ?(?:,|-|\u2014|&)| (?:and|or|to|through|thru))+ ?(?:subparts? )?([a-o])(?![a-z0-9'])")
_PART_BEFORE = Expression(r"(?:part|cfr|§) ?(\d{1,4})(?![\d.]*\d)[^\u2029]{0,24}$")
_PART_AFTER = Expression(r"[^\u2029.;]{0,48}?(?:part|cfr(?: part)?) ?(\d{1,4})(?!\d)")


class Subpart(NamedTuple):
    """A subpart letter as cited, its range in the folded text, and the part named beside it (None: none is)."""

    start: int
    end: int
    letter: str
    part: int | None
    follows: str


def find_subparts(text: str) -> Iterator[Subpart]:
    """Every subpart letter A to O in the folded `text`, whatever part it belongs to."""
    for first in _SUBPART.finditer(text):
        part = _part_of(text, first)
        start, match = first.start(), first
        while True:
            yield Subpart(start, match.end(1), match[1], part, text[match.end(1) : match.end(1) + 80])
            following = _SUBPART_NEXT.match(text, match.end(1))
            if following is None:
                break
            # A single letter behind a hyphen may be the title ("Subpart C - Design Controls"): _SUBPART_NEXT refuses
            # a letter that begins a word.
            match, start = following, following.start(1)


def _part_of(text: str, subpart: re.Match[str]) -> int | None:
    before = _PART_BEFORE.search(text[max(0, subpart.start() - 48) : subpart.start()])
    if before:
        return int(before[1])
    after = _PART_AFTER.match(text, subpart.end(), subpart.end() + 64)
    return int(after[1]) if after else None


# --- what became of a designation -------------------------------------------------------------------------------------

Outcome = Literal["live", "removed", "gmp-1978", "definition", "collision", "unknown"]


class Section(NamedTuple):
    """A row of the table of legacy designations: what it was, and what stands in its place.

    `fix` tells how far the replacement can be trusted in the sentence; `topics` maps a clause to the words that choose
    it where there are several.
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
    fix: Literal["safe", "unsafe", "none", "keep"] = "none"
    confidence: str = ""
    notes: str = ""
    sources: tuple[str, ...] = ()
    topics: Mapping[str, tuple[str, ...]] = {}


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
        self.topics: Mapping[str, list[str]] = facts["legacy_topics"]["legacy_topics"]
        self.general: list[str] = facts["legacy_topics"]["general"]
        self.other_cfr: Mapping[str, Mapping[str, Any]] = {
            row["section"]: row for row in facts["other_cfr"]["other_cfr"]
        }
        self.iso_2003: list[Mapping[str, Any]] = facts["iso_2003"]["iso_2003"]
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
        return Verdict("unknown", self.legacy.get(nearest), nearest)

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
        return f"21 CFR {clause}" if clause.startswith("820.") else _clauses((clause,))
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
    return tuple(
        clause for clause in clauses if not any(clause.startswith(other + ".") for other in clauses if other != clause)
    )


def _joined(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def edit(section: Section, clause: str | None = None) -> str | None:
    """The replacement as it is written into a sentence.

    820.10(c) only says to which devices Clause 7.3 applies, so that the clause alone takes the place of a citation.
    """
    if section.iso and section.qmsr == ("820.10(c)",):
        section = section._replace(qmsr=())
    return replacement(section, clause)


def _clauses(clauses: tuple[str, ...]) -> str:
    return f"ISO 13485:2016, Clause{'' if len(clauses) == 1 else 's'} {_joined(clauses)}"


def authority(section: Section) -> str:
    """The basis of a replacement in short: clauses, sections and, where it is not high, the confidence."""
    parts = [f"ISO 13485:2016 {', '.join(section.iso)}"] if section.iso else []
    if section.iso9000:
        parts.append(f"ISO 9000:2015 {', '.join(section.iso9000)}")
    if section.qmsr:
        parts.append(", ".join(name if name.startswith("21 CFR") else f"21 CFR {name}" for name in section.qmsr))
    if section.confidence not in ("high", ""):
        parts.append(f"confidence {section.confidence}")
    return "; ".join(parts) or f"21 CFR part 820 ({section.status.replace('_', ' ')})"
