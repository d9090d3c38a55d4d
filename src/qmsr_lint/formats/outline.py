"""Headings that are only typed: which short lines of a document without heading styles head its sections.

In many procedures "1.0 PURPOSE" is no heading to Word: it is a bold line, a numbered one or one in capitals. What all
procedures call their sections (purpose, scope, definitions ...) shows how a document sets its headings, and so do short
numbered lines that count from 1 with text between them. What is set the same way, and whose number goes on from the
heading before, is a heading too, and so is what is set apart in another way below these. Everything else is text.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from qmsr_lint.expression import Expression

LONGEST = 100
"""Characters; a longer line is text."""

_USUAL = 2
"""Usual names that are set alike show how a document sets its headings; one more where nothing sets them apart."""

_CHAIN = 4
"""Numbered lines that are set apart and count from 1 show it as well; one more where nothing sets them apart."""

_WORDS = 10
_SUBHEADING = 6  # words of a numbered line that nothing but its number sets apart
_CONTENTS = 4  # headings without a word between them are a table of contents, where they come again
_GAP = 3  # a section may be missing, or have a heading that is not seen as one
_NUMBER_LENGTH = 30
_DEEPEST = 9


class Line(NamedTuple):
    """A line of the body outside tables. `text` is what is typed, without an automatic number.

    `look` tells how the whole of it looks (bold, larger ...), "" where it looks like the text of the document. `listed`
    is the automatic list that numbers it, with the level in it from 0, None where there is none.
    """

    text: str
    look: str = ""
    listed: tuple[str, int] | None = None


_NAME = Expression(
    r"(?:purpose|scope|applicab\w+|objectives?|aim|introduction|overview|background|general|policy|distribution"
    r"|(?:(?:normative|external|internal) )?references?"
    r"|(?:referenced?|related|applicable|associated|supporting) (?:documents?|documentation|procedures?|forms)"
    r"|definitions?|terms|terminology|abbreviations?|acronyms?|glossary|training|equipment|materials?|tools|safety"
    r"|responsibilit(?:y|ies)|authorit(?:y|ies)|roles|accountabilit(?:y|ies)|frequency|metrics|approvals?"
    r"|(?:standard operating |detailed |general )?(?:procedures?|process|method|instructions?|requirements)"
    r"|(?:quality )?records?|(?:record )?retention|documentation|forms?|attachments?|appendi(?:x|ces)|annex(?:es)?"
    r"|exhibits?|(?:document )?(?:revision|change|document|version) (?:history|log|record)|revisions"
    r"|history(?: of (?:changes|revisions))?|,|and|&|or|/| )+",
    re.IGNORECASE,
)
_NUMBERED = Expression(
    r"(?:(?P<word>(?i:section|part|chapter|article|phase)|§) ?)?(?P<annex>(?i:appendix|annex|attachment|exhibit) )?"
    r"(?:(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,5})[.):]?"
    r"|(?P<letters>[IVX]{1,5}|[A-Z])(?:(?P<below>(?:\.\d{1,2}){1,3})|[.):]|(?(word)|(?(annex)|(?!)))))"
    r"(?: ?[-:\u2013\u2014] ?| |$)(?=\S|$)"
)
_LABEL = Expression(
    r"(?:notes?|warning|caution|important|danger|attention|notice|tip|hint|example|table|figure|fig|photo"
    r"|(?:prepared|approved|reviewed|authored|written|issued|checked|performed|verified)(?: by)?|authors?|owner|dated?"
    r"|signed|signature|name|page|rev|revision|effective|version|document|doc|part|lot|title|confidential|proprietary"
    r"|end|continued|yes|no|pass|fail|step|to|from|cc|re|subject|dear|sincerely|regards)\b",
    re.IGNORECASE,
)
_TERMS = Expression(r"definition|term|abbreviation|acronym|glossary", re.IGNORECASE)
_SENTENCE = Expression(
    r"^(?!(?:what|who|when|where|why|how)\b).*"
    r"\b(?:must|shall|will|should|do not|never|is|are|was|were|has|have|may|can)\b",
    re.IGNORECASE,
)
_DOCUMENT_NUMBER = Expression(r"[A-Z]{1,5}[- ]?\d")


class _Candidate(NamedTuple):
    """A line that may be a heading: its index, its name without the number, and how it is set.

    `series` tells apart what is numbered in different ways, or looks different; `number` is the typed one, or as long
    as the level in a list is deep.
    """

    at: int
    name: str
    series: str
    number: tuple[int, ...]
    capitals: bool
    look: str
    colon: bool
    usual: bool

    @property
    def apart(self) -> bool:
        """Whether it does not look like the text around it."""
        return self.capitals or bool(self.look)


def typed_headings(lines: Sequence[Line | None]) -> Mapping[int, int]:
    """Which of the lines are headings: index → level, from 2, because the title of the document stands above them.

    None stands for what is no line: a table, a picture.
    """
    parsed = [_candidate(at, line) for at, line in enumerate(lines) if line is not None]
    candidates = _without_contents([each for each in parsed if each is not None])
    series: dict[str, list[_Candidate]] = {}
    for each in candidates:
        series.setdefault(each.series, []).append(each)
    groups = [_series(name, members, lines) for name, members in series.items()]
    tops = [group for group in groups if group.shown] or groups
    found = {group.name: _top(group) for group in tops}
    levels = {at: level for headings in found.values() for at, level in headings.items()}
    if not levels:
        return {}
    below = [group for group in groups if not found.get(group.name)]
    first, level = min(levels), 2
    for group in below:  # "REVISION HISTORY" has no number where all others have
        alone = (each for each in group.members if each.usual and each.apart and not each.number and each.at > first)
        levels.update((each.at, 2) for each in alone)
    terms = {each.at for each in candidates if each.at in levels and _TERMS.search(each.name)}
    heads = sorted(levels)

    def listing(at: int) -> bool:
        return heads[bisect_left(heads, at) - 1] in terms

    for group in below:
        more = _below(group, levels, listing)
        level += bool(more)
        levels.update((at, level) for at in more if at not in levels)
    return levels


def names_sections(texts: Iterable[str]) -> bool:
    """Whether two of the texts, with a number before them or not, are what all procedures call their sections."""
    found = (at for at, text in enumerate(texts) if (line := _candidate(at, Line(text))) is not None and line.usual)
    return sum(1 for _ in islice(found, _USUAL)) == _USUAL


def _candidate(at: int, line: Line) -> _Candidate | None:
    if len(line.text) > LONGEST or "\n" in line.text.strip() or _leads_to_a_page(line.text):
        return None
    text = " ".join(line.text.split())
    if line.listed:
        series, number, end = "list " + line.listed[0], (0,) * (line.listed[1] + 1), 0
    else:
        series, number, end = _number(text)
        series = series or f"plain {line.look}"
    name = text[end:].rstrip(":").rstrip()
    if not any(map(str.isalpha, name or text)):
        return None
    usual = _NAME.fullmatch(name.rstrip(".")) is not None and any(map(str.isalpha, name))
    if not usual:
        if not name or name[-1] in ".;,!?" or len(name.split()) > _WORDS or _SENTENCE.search(name):
            return None
        if text.endswith(":") and not line.look:
            return None
        if not number and (_LABEL.match(name) or _DOCUMENT_NUMBER.match(name) or _is_laid_out(line.text)):
            return None
    return _Candidate(at, name, series, number, name.upper() == name, line.look, text.endswith(":"), usual)


def _leads_to_a_page(text: str) -> bool:
    """Whether a line ends as one of a table of contents does."""
    line = text.rstrip()
    name = line.rstrip("0123456789")
    return name != line and (name.endswith(("\t", "  ")) or name.rstrip().endswith(("..", "\u2026", "__", "\u00b7")))


def _is_laid_out(text: str) -> bool:
    """Whether blanks place a line, or its parts: an item of a list, the head of a page."""
    return text[:1] in " \t\xa0" or "   " in text.strip() or "\t" in text.strip()


def _number(text: str) -> tuple[str, tuple[int, ...], int]:
    """The series of a line's typed number, the number, and where the name begins; "" and () without a number."""
    match = _NUMBERED.match(text[:_NUMBER_LENGTH])
    if match is None:
        return "", (), 0
    below = tuple(map(int, match["below"][1:].split("."))) if match["below"] else ()
    if match["decimal"]:
        series, number = "decimal", tuple(map(int, match["decimal"].split(".")))
        number = number[:-1] if len(number) > 1 and not number[-1] else number
    elif set(match["letters"]) <= {"I", "V", "X"} and not below:
        series, number = "roman", (_roman(match["letters"]),)
    else:
        series, number = "letter", (ord(match["letters"][0]) - ord("A") + 1, *below)
    return "annex" if match["annex"] or below else series, number, 0 if match["annex"] else match.end()


def _roman(letters: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _without_contents(candidates: Sequence[_Candidate]) -> Sequence[_Candidate]:
    """Leaves out the lines of a typed table of contents: headings without a word between them, which come again."""
    runs: list[list[_Candidate]] = []
    seen: set[str] = set()
    for each in candidates:
        if runs and runs[-1][-1].at == each.at - 1 and each.name.lower() not in seen:
            runs[-1].append(each)
        else:
            runs.append([each])
            seen.clear()
        seen.add(each.name.lower())
    last = {each.name.lower(): place for place, run in enumerate(runs) for each in run}
    kept: list[_Candidate] = []
    for place, run in enumerate(runs):
        names = {each.name.lower() for each in run}
        again = sum(last[name] > place for name in names)
        if len(run) < _CONTENTS or again < max(_USUAL, len(names) // 2):
            kept += run
    return kept


class _Series(NamedTuple):
    """The lines of one series, all lines around them, and what sets all usual headings of the series apart."""

    name: str
    members: Sequence[_Candidate]
    unusual: frozenset[int]  # the indices of those that have no usual name
    lines: Sequence[Line | None]
    capitals: bool
    looks: bool
    colon: bool
    shown: bool  # by usual names

    @property
    def apart(self) -> bool:
        return self.capitals or self.looks

    def alike(self, each: _Candidate) -> bool:
        """Whether a line is set as the usual headings are."""
        ends = each.number or each.colon == self.colon
        return bool(ends) and (each.capitals or not self.capitals) and (bool(each.look) or not self.looks)

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
        below = self.lines[each.at + 1]
        return below is not None and below.text.rstrip().endswith(".")


def _series(name: str, members: Sequence[_Candidate], lines: Sequence[Line | None]) -> _Series:
    unusual = frozenset(each.at for each in members if not each.usual)
    series = _Series(
        name,
        members,
        unusual,
        lines,
        capitals=False,
        looks=any(each.look for each in members),
        colon=False,
        shown=False,
    )
    usual = [
        each for each in members if each.usual and (each.apart or not name.startswith("list") or series.leads(each))
    ]
    capitals, looks = all(each.capitals for each in usual), all(each.look for each in usual)
    plain = name.startswith("plain") and not capitals and not looks
    if len({each.name.lower() for each in usual}) < _USUAL + plain:
        return series
    return series._replace(capitals=capitals, looks=looks, colon=all(each.colon for each in usual), shown=True)


def _top(series: _Series) -> Mapping[int, int]:
    """The headings of a series that shows by itself that it heads sections: index → level."""
    if series.name.startswith("plain"):
        return _without_numbers(series) if series.shown else {}
    levels = _in_a_list(series) if series.name.startswith("list") else _with_numbers(series)
    chain = sum(level == min(levels.values()) for level in levels.values()) if levels else 0
    return levels if series.shown or chain >= _CHAIN + (not series.apart) else {}


def _without_numbers(series: _Series) -> Mapping[int, int]:
    """Usual names, and what is set like them; of lines set like it in a row, the last has the text.

    Before the first usual name stands the title, and what is said of the document: there, a sentence has to follow.
    """
    first = next(each.at for each in series.members if each.usual)
    return {
        each.at: 2
        for each in series.members
        if each.usual
        or (series.apart and series.alike(each) and series.leads(each) and (each.at > first or series.tells(each)))
    }


def _in_a_list(series: _Series) -> Mapping[int, int]:
    """The items of an automatic list that are set like its usual names, or have other text than items below them."""
    top = min(len(each.number) for each in series.members if each.usual or not series.shown)
    levels: dict[int, int] = {}
    for each in series.members:
        leads = series.leads(each)
        if len(each.number) > top:
            fits = bool(levels) and (each.apart or each.usual) and leads
        elif series.shown:
            fits = each.apart or leads if each.usual else series.alike(each) and (series.apart or leads)
        else:
            fits = bool(each.look) and leads
        if fits:
            levels[each.at] = min(1 + len(each.number), _DEEPEST)
    return levels


def _with_numbers(series: _Series) -> Mapping[int, int]:
    """The lines whose typed number goes on from that of the heading before."""
    levels: dict[int, int] = {}
    path: tuple[int, ...] = ()
    for each in series.members:
        depth = len(each.number)
        before = path[depth - 1] if len(path) >= depth else 0
        if each.number[:-1] != path[: depth - 1] or each.number[-1] <= before - (not path):
            continue
        if not (each.usual and series.shown):
            gap = _GAP if series.shown or depth > 1 else 0
            if each.number[-1] > before + 1 + gap or _goes_on_a_list(each, series, levels):
                continue
            short = len(each.name.split()) <= _SUBHEADING and series.leads(each)
            if not (each.apart or short if depth > 1 else series.alike(each) and (series.apart or short)):
                continue
        path = each.number
        levels[each.at] = min(1 + depth, _DEEPEST)
    return levels


def _below(series: _Series, levels: Mapping[int, int], listing: Callable[[int], bool]) -> Sequence[int]:
    """The lines of a series that head what stands below other headings: set apart, with text, and more than one.

    Below a heading that is `listing` terms, such lines are these.
    """
    first = min(levels)
    found: list[int] = []
    path: tuple[int, ...] = ()
    for each in series.members:
        if each.at < first or not each.look or not series.leads(each) or listing(each.at):
            continue
        if each.number and not series.name.startswith("list"):
            depth = len(each.number)
            before = path[depth - 1] if len(path) >= depth else 0
            if each.number[-1] not in (1, before + 1) or _goes_on_a_list(each, series, levels):
                continue
            path = (*path[: depth - 1], *each.number[len(path[: depth - 1]) :])
        found.append(each.at)
    return found if len(found) >= _USUAL else ()


def _typed_number(line: Line | None) -> tuple[str, tuple[int, ...]] | None:
    return None if line is None or line.listed else _number(" ".join(line.text[: 2 * _NUMBER_LENGTH].split()))[:2]


def _goes_on_a_list(each: _Candidate, series: _Series, levels: Mapping[int, int]) -> bool:
    """Whether the line before has the number before, and is no heading."""
    if not each.at or each.at - 1 in levels or each.number[-1] == 1:
        return False
    return _typed_number(series.lines[each.at - 1]) == (each.series, (*each.number[:-1], each.number[-1] - 1))
