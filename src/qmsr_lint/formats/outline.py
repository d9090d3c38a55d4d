"""Headings that are only typed: which short lines of a document without heading styles head its sections.

In many procedures "1.0 PURPOSE" is no heading to Word: it is a bold line, a numbered one or one in capitals. What all
procedures call their sections (purpose, scope, definitions ...) shows how a document sets its headings, and so do short
numbered lines that count from 1 with text between them. What is set the same way, and whose number goes on from the
heading before, is a heading too, and so is what is set apart in another way below these. Everything else is text.

All this is a guess. It names the place of a finding for a person; what a block is, and what that makes of its words, is
not taken from it.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from qmsr_lint.expression import MONTHS, Expression, any_of, needed

LONGEST = 100
"""Characters; a longer line is text."""

_FEWEST = 4
"""Lines; fewer make no two sections."""

_USUAL = 2
"""Usual names that are set alike show how a document sets its headings; one more where nothing sets them apart."""

_CHAIN = 4
"""Numbered lines that are set apart and count from 1 show it as well; one more where nothing sets them apart."""

_WORDS = 10
_PLAIN_WORDS = 6  # of a numbered line that nothing but its number sets apart
_CONTENTS = 4  # headings without a word between them are a table of contents, where they come again
_GAP = 3  # a section may be missing, or have a heading that is not seen as one
_LONGEST_NAME = 60  # of the usual ones, of which some end with a full stop
_NUMBER_LENGTH = 30
_NO_LIMIT = 1000
_LEVELS = 9


class Line(NamedTuple):
    """A line of the body outside tables. `text` is what is typed, without an automatic number.

    `look` tells how the whole of it looks (bold, larger ...), "" where it looks like the text of the document. `listed`
    is the automatic list that numbers it, with the level in it from 0, None where there is none.
    """

    text: str
    look: str = ""
    listed: tuple[str, int] | None = None


_NAMES = (
    r"(?:purpose|scope|applicab(?:le|ility)|objectives?|aim|introduction|overview|background|general|policy|distribution"
    r"|(?:(?:normative|external|internal) )?references?"
    r"|(?:referenced?|related|applicable|associated|supporting) (?:documents?|documentation|procedures?|forms)"
    r"|definitions?|terms|terminology|abbreviations?|acronyms?|glossary|training|equipment|materials?|tools|safety"
    r"|responsibilit(?:y|ies)|authorit(?:y|ies)|roles|accountabilit(?:y|ies)|frequency|metrics|approvals?"
    r"|(?:detailed |general )?(?:procedures?|process|method|instructions?|requirements)"
    r"|(?:quality )?records?|(?:record )?retention|documentation|forms?|attachments?|appendi(?:x|ces)|annex(?:es)?"
    r"|exhibits?|(?:document )?(?:revision|change|document|version) (?:history|log|record)|revisions"
    r"|history(?: of (?:changes|revisions))?)"
)
_NAMES_NEED = needed(
    "purpose|scope|applicab|objective|aim|introduction|overview|background|general|policy|distribution|referenc|related"
    "|associated|supporting|definition|term|abbreviation|acronym|glossary|training|equipment|material|tools|safety"
    "|responsibilit|authorit|roles|accountabilit|frequency|metrics|approval|procedure|process|method|instruction"
    "|requirement|record|retention|documentation|form|attachment|appendi|annex|exhibit|history|log|revisions"
)
_NAME = Expression(rf"{_NAMES}(?:(?:,| &|,? and|,? or| and/or|/) ?{_NAMES}){{0,3}}", needs=_NAMES_NEED)
_NUMBERED = Expression(
    r"(?:(?P<word>(?i:section|part|chapter|article|phase)|§) ?)?(?P<annex>(?i:appendix|annex|attachment|exhibit) )?"
    r"(?:(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,5})(?P<point>[.):]?)"
    r"|(?P<letters>[IVX]{1,5}|[A-Z])(?:(?P<below>(?:\.\d{1,2}){1,3})|[.):]|(?(word)|(?(annex)|(?!)))))"
    r"(?: ?[-:\u2013\u2014] ?| |$)(?=\S|$)"
)
_LABEL = Expression(
    r"(?:notes?|warning|caution|important|danger|attention|notice|tip|hint|example|table|figure|fig|photo"
    r"|(?:prepared|approved|reviewed|authored|written|issued|checked|performed|verified)(?: by)?|authors?|owner|dated?"
    r"|signed|signature|name|page|rev|revision|effective|version|document|doc|part|lot|title|confidential|proprietary"
    r"|end|continued|yes|no|pass|fail|step|to|from|cc|re|subject|dear|sincerely|regards|uncontrolled)\b",
    re.IGNORECASE,
)
_DATE = Expression(rf"{any_of(*MONTHS)}\b", re.IGNORECASE)
_OPENS = Expression(r"purpose|scope|objective|aim|introduction|overview|background|applicab", re.IGNORECASE)
"""The first sections of a procedure; "Approval:" and "Equipment:" are labels of forms as well."""
_TERMS = Expression(r"\b(?:definitions?|terms|terminology|abbreviations?|acronyms?|glossary)\b", re.IGNORECASE)
_SENTENCE = Expression(
    r"^(?!(?:what|who|when|where|why|how)\b).*"
    r"\b(?:must|shall|will|should|do not|never|is|are|was|were|has|have|may|can)\b",
    re.IGNORECASE,
)
_DOCUMENT_NUMBER = Expression(r"[A-Z]{1,5}[- ]?\d")
_ENDS = ".;,!\u3002\uff0c\uff1b"


class _Candidate(NamedTuple):
    """A line that may be a heading: its index, its name without the number, and how it is set.

    `series` tells apart what is numbered in different ways, or looks different; `number` is the typed one, () without
    one; `depth` counts from 1; `point` is what stands behind the number.
    """

    at: int
    name: str
    series: str
    number: tuple[int, ...]
    depth: int
    point: str
    capitals: bool
    look: str
    colon: bool
    usual: bool

    @property
    def apart(self) -> bool:
        """Whether it does not look like the text around it."""
        return self.capitals or bool(self.look)


def typed_headings(lines: Sequence[Line | None], made: Iterable[str] = ()) -> frozenset[int]:
    """The indices of the lines that are headings.

    None stands for what is no line: a table, a picture, one of the few headings that are `made` as such. Where these
    name sections, no others are looked for.
    """
    if sum(line is not None for line in lines) < _FEWEST or names_sections(made):
        return frozenset()
    candidates = _without_contents(_candidates(lines))
    groups: dict[str, list[_Candidate]] = {}
    for each in candidates:
        groups.setdefault(each.series, []).append(each)
    series = [_series(members, lines) for members in groups.values()]
    found: set[int] = set()
    below: list[_Series] = []
    by_names = any(group.shown for group in series)
    for group in series:
        heads = _top(group) if group.shown or not by_names else ()
        found.update(heads)
        if not heads:
            below.append(group)
    if not found:
        return frozenset()
    first = min(found)
    # "REVISION HISTORY" has no number where all others have.
    found.update(each.at for each in candidates if each.usual and each.apart and not each.number and each.at > first)
    terms = {each.at for each in candidates if each.at in found and _TERMS.search(each.name)}
    above = sorted(found)
    for group in below:
        found.update(_below(group, above, terms))
    return frozenset(found)


def may_be_typed(lines: Iterable[Line]) -> bool:
    """Whether there can be headings among lines whose looks are not known yet; any look stands for them."""
    candidates = [each for line in lines if (each := _candidate(0, line)) is not None]
    return (
        sum(each.usual for each in candidates) >= _USUAL
        or sum(bool(each.number) or each.series.startswith("list") for each in candidates) >= _CHAIN
    )


def names_sections(texts: Iterable[str]) -> bool:
    """Whether two of the texts, with a number before them or not, are what all procedures call their sections."""
    usual = (each for each in _candidates([Line(text) for text in texts]) if each.usual)
    return sum(1 for _ in islice(usual, _USUAL)) == _USUAL


def _candidates(lines: Sequence[Line | None]) -> Sequence[_Candidate]:
    found: list[_Candidate] = []
    letter = 0  # the last one: behind "H." stands the letter "I.", else the number
    for at, line in enumerate(lines):
        each = None if line is None else _candidate(at, line)
        if line is None or each is None:
            continue
        if each.series == "roman" and letter and line.text.lstrip()[:2] == f"{chr(ord('A') + letter)}.":
            each = each._replace(series="letter", number=(letter + 1,))
        if each.series == "letter":
            letter = each.number[0]
        found.append(each)
    return found


def _candidate(at: int, line: Line) -> _Candidate | None:
    if len(line.text) > LONGEST or "\n" in line.text.strip() or _leads_to_a_page(line.text):
        return None
    text = " ".join(line.text.split())
    if len(text) > _LONGEST_NAME and text[-1] in _ENDS:
        return None  # a sentence, as most lines are
    series, number, point, end = ("", (), "", 0) if line.listed else _number(text)
    name = text[end:].rstrip(":").rstrip()
    capitals = name.upper() == name != name.lower()
    if line.listed:
        series, depth = f"list {line.listed[0]}", min(max(line.listed[1], 0), _LEVELS) + 1
    else:
        series, depth = series or f"plain {line.look or capitals}", max(1, len(number))
    usual = _NAME.fullmatch(name.rstrip(".").lower()) is not None
    colon = text.endswith(":")
    if not usual and not _may_head(name, line, colon, bool(number) or line.listed is not None):
        return None
    return _Candidate(at, name, series, number, depth, point, capitals, line.look, colon, usual)


def _may_head(name: str, line: Line, colon: bool, numbered: bool) -> bool:
    """Whether a line that has no usual name may be a heading."""
    if not any(map(str.isalpha, name)) or len(name.split()) > _WORDS or _SENTENCE.search(name) or _DATE.match(name):
        return False
    if name[-1] in _ENDS or (not line.look and (colon or name[-1] == "?")):
        return False
    return numbered or not (_LABEL.match(name) or _DOCUMENT_NUMBER.match(name) or _is_laid_out(line.text))


def _leads_to_a_page(text: str) -> bool:
    """Whether a line ends as one of a table of contents does."""
    line = text.rstrip()
    name = line.rstrip("0123456789")
    return name != line and (name.endswith(("\t", "  ")) or name.rstrip().endswith(("..", "\u2026", "__", "\u00b7")))


def _is_laid_out(text: str) -> bool:
    """Whether blanks place a line, or its parts: an item of a list, the head of a page."""
    return text[:1] in " \t\xa0" or "   " in text.strip() or "\t" in text.strip()


def _number(text: str) -> tuple[str, tuple[int, ...], str, int]:
    """The series of a line's typed number, the number, what closes it, and where the name begins; "" without one."""
    match = _NUMBERED.match(text[:_NUMBER_LENGTH])
    if match is None:
        return "", (), "", 0
    word = (match["word"] or "").lower()
    below = tuple(map(int, match["below"][1:].split("."))) if match["below"] else ()
    if match["decimal"]:
        series, number = "decimal", tuple(map(int, match["decimal"].split(".")))
        point = ".0" if len(number) > 1 and not number[-1] else match["point"].strip(":")
        number = number[:-1] if point == ".0" else number
    elif set(match["letters"]) <= {"I", "V", "X"} and not below:
        series, number, point = "roman", (_roman(match["letters"]),), ""
    else:
        series, number, point = "letter", (ord(match["letters"][0]) - ord("A") + 1, *below), ""
    if match["annex"] or below:
        return "annex", number, "", 0 if match["annex"] else match.end()
    return f"{word} {series}" if word else series, number, point, match.end()


def _roman(letters: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _without_contents(candidates: Sequence[_Candidate]) -> Sequence[_Candidate]:
    """Leaves out the lines of a typed table of contents: headings without a word between them, which come again."""
    runs: list[list[_Candidate]] = []
    seen: set[object] = set()
    for each in candidates:
        if runs and runs[-1][-1].at == each.at - 1 and _key(each) not in seen:
            runs[-1].append(each)
        else:
            runs.append([each])
            seen.clear()
        seen.add(_key(each))
    last = {_key(each): place for place, run in enumerate(runs) for each in run}
    kept: list[_Candidate] = []
    for place, run in enumerate(runs):
        again = sum(last[_key(each)] > place for each in run)
        if len(run) < _CONTENTS or again < max(_USUAL, len(run) // 2):
            kept += run
    return kept


def _key(each: _Candidate) -> object:
    return (each.series, each.number) if each.number else each.name.lower()


class _Series(NamedTuple):
    """The lines of one series and all lines around them. It is `shown` by usual names that it heads sections.

    Then `capitals`, `looks` and `colon` tell what all of these have in common, and `point` closes their numbers.
    """

    members: Sequence[_Candidate]
    lines: Sequence[Line | None]
    unusual: frozenset[int]  # indices
    shown: bool = False
    capitals: bool = False
    looks: bool = False
    colon: bool = False
    point: str = ""

    @property
    def plain(self) -> bool:
        return self.members[0].series.startswith("plain")

    @property
    def listed(self) -> bool:
        return self.members[0].series.startswith("list")

    @property
    def apart(self) -> bool:
        return self.capitals or self.looks

    def alike(self, each: _Candidate) -> bool:
        """Whether a line is set as the usual headings are."""
        ends = each.point == self.point if each.number else each.colon == self.colon
        return ends and (each.capitals or not self.capitals) and (bool(each.look) or not self.looks)

    def leads(self, each: _Candidate) -> bool:
        """Whether there is something below a line, and not the next line of its series."""
        if each.at + 1 >= len(self.lines):
            return False
        here, below = self.lines[each.at], self.lines[each.at + 1]
        if here is None or below is None:
            return True
        if here.listed:
            return here.listed != below.listed
        if each.number:
            return _typed_number(below) != (each.series, (*each.number[:-1], each.number[-1] + 1))
        return each.at + 1 not in self.unusual

    def tells(self, each: _Candidate) -> bool:
        """Whether a sentence stands below a line."""
        below = self.lines[each.at + 1] if each.at + 1 < len(self.lines) else None
        return below is not None and below.text.rstrip().endswith(".")


def _series(members: Sequence[_Candidate], lines: Sequence[Line | None]) -> _Series:
    series = _Series(members, lines, frozenset(each.at for each in members if not each.usual))
    usual = [each for each in members if each.usual and (each.apart or not series.listed or series.leads(each))]
    capitals, looks = bool(usual) and all(each.capitals for each in usual), all(each.look for each in usual)
    needed = _USUAL + (series.plain and not capitals and not looks)
    is_form = series.plain and all(each.colon for each in usual) and not any(_OPENS.match(each.name) for each in usual)
    if len({each.name.lower() for each in usual}) < needed or is_form:
        return series._replace(looks=any(each.look for each in members), point=members[0].point)
    colon, top = all(each.colon for each in usual), min(usual, key=_depth)
    return series._replace(shown=True, capitals=capitals, looks=looks, colon=colon, point=top.point)


def _depth(each: _Candidate) -> int:
    return each.depth


def _top(series: _Series) -> Collection[int]:
    """The headings of a series that shows by itself that it heads sections."""
    if series.plain:
        return _without_numbers(series) if series.shown else ()
    found = _in_a_list(series) if series.listed else _with_numbers(series)
    top = min((each.depth for each in found), default=0)
    if not series.shown and sum(each.depth == top for each in found) < _CHAIN + (not series.apart):
        return ()
    return [each.at for each in found]


def _without_numbers(series: _Series) -> Collection[int]:
    """Usual names, and what is set like them; of lines set like it in a row, the last has the text.

    Before the first usual name stands the title, and what is said of the document: there, a sentence has to follow.
    """
    first = next(each.at for each in series.members if each.usual)
    return [
        each.at
        for each in series.members
        if each.usual
        or (series.apart and series.alike(each) and series.leads(each) and (each.at > first or series.tells(each)))
    ]


def _in_a_list(series: _Series) -> Sequence[_Candidate]:
    """The items of an automatic list that are set like its usual names, or have other text than items below them."""
    top = min(each.depth for each in series.members if each.usual or not series.shown)
    found: list[_Candidate] = []
    for each in series.members:
        leads = series.leads(each)
        if each.depth > top:
            fits = bool(found) and each.apart and leads
        elif series.shown:
            fits = each.apart or leads if each.usual else series.alike(each) and (series.apart or leads)
        else:
            fits = bool(each.look) and leads
        if fits:
            found.append(each)
    return found


def _with_numbers(series: _Series) -> Sequence[_Candidate]:
    """The lines whose typed number goes on from that of the heading before, and does not pass the next usual one."""
    found: list[_Candidate] = []
    path: tuple[int, ...] = ()
    steps: tuple[int, ...] = ()  # the number of the last line that counts something else
    for each, usual in zip(series.members, _next_usual(series), strict=True):
        depth = each.depth
        before = path[depth - 1] if len(path) >= depth else 0
        goes_on = each.number[:-1] == path[: depth - 1] and each.number[-1] > before - (not path)
        if not goes_on or not (each.usual and series.shown):
            listing = steps == (*each.number[:-1], each.number[-1] - 1) or _goes_on_a_list(each, series, found)
            passes = depth == 1 and before < usual <= each.number[0]
            if not goes_on or listing or passes or not _fits(each, before, series):
                steps = each.number
                continue
        path = each.number
        found.append(each)
    return found


def _fits(each: _Candidate, before: int, series: _Series) -> bool:
    """Whether a numbered line without a usual name looks like a heading."""
    short = len(each.name.split()) <= _PLAIN_WORDS and series.leads(each)
    if each.depth > 1:
        return each.apart or short
    step = each.number[-1] - before
    if step > 1 and not series.shown:
        return False
    return series.alike(each) and (series.apart or (short and step <= 1 + _GAP))


def _next_usual(series: _Series) -> Sequence[int]:
    """For each line of a series, the number of the next usual heading of the first level; a large one without any."""
    numbers: list[int] = []
    number = _NO_LIMIT
    for each in reversed(series.members):
        numbers.append(number)
        if each.usual and each.depth == 1:
            number = each.number[0]
    return numbers[::-1]


def _below(series: _Series, heads: Sequence[int], terms: Collection[int]) -> Sequence[int]:
    """The lines of a series that head what stands below other headings: set apart, with text, and more than one.

    An annex may be the only one. Below a heading of `terms`, such lines are these.
    """
    found: list[int] = []
    path: tuple[int, ...] = ()
    annex = series.members[0].series == "annex"
    for each in series.members:
        apart = each.apart if annex else bool(each.look)
        if each.at < heads[0] or not apart or not series.leads(each):
            continue
        if heads[bisect_left(heads, each.at) - 1] in terms and not annex:
            continue
        if each.number and not annex:
            before = path[each.depth - 1] if len(path) >= each.depth else 0
            if each.number[-1] not in (1, before + 1):
                continue
            path = each.number
        found.append(each.at)
    return found if len(found) >= _USUAL or annex else ()


def _typed_number(line: Line | None) -> tuple[str, tuple[int, ...]] | None:
    return None if line is None or line.listed else _number(" ".join(line.text[: 2 * _NUMBER_LENGTH].split()))[:2]


def _goes_on_a_list(each: _Candidate, series: _Series, found: Sequence[_Candidate]) -> bool:
    """Whether the line before has the number before, and is no heading."""
    if not each.at or each.number[-1] == 1 or (found and found[-1].at == each.at - 1):
        return False
    return _typed_number(series.lines[each.at - 1]) == (each.series, (*each.number[:-1], each.number[-1] - 1))
