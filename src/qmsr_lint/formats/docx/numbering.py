"""The numbers that Word computes and no file contains: "5.2" before "Design transfer".

ECMA-376 part 1, 17.9. Lists that share an abstract definition count on together; a level starts again after a higher
level unless told otherwise; a level that is skipped counts as used once (1, 1.1.1, 1.2), as in LibreOffice.
"""

import re
from typing import NamedTuple

from lxml import etree

from qmsr_lint.formats.docx.text import W, is_on, whole

_LEVELS = 9
_LABEL = 255
"""Characters of what is shown before a paragraph; more is no label."""

_WORD = re.compile(r"[^\W\d_]{3}")


class Level(NamedTuple):
    """One level of a list: how its number looks, where it starts, after which level it starts again (0: never)."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class Numbering:
    """The lists of one document and where each stands. Call `number` for each numbered paragraph in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._definitions: dict[str, etree._Element] = {}
        self._levels_of: dict[str, dict[int, Level]] = {}  # by abstract id, read when first used
        self._links: dict[str, str] = {}  # abstract id -> numbering style it borrows its levels from
        self._lenders: dict[str, str] = {}  # numbering style -> abstract id
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        for el in () if root is None else root.findall(f"{W}abstractNum"):
            self._add_abstract(el)
        for el in () if root is None else root.findall(f"{W}num"):
            self._add_list(el)

    def definition(self, number: str) -> str:
        """What list `number` shares its count with: the id of its abstract definition, "" for an unknown list."""
        return self._lists[number][0] if number in self._lists else ""

    def level_of_style(self, number: str, style: str) -> int:
        """The level of a list that is tied to a paragraph style (w:pStyle in w:lvl), else 0."""
        levels = self._levels(number)
        return next((index for index, level in levels.items() if level.style == style), 0)

    def number(self, number: str, index: int) -> str:
        """Count a paragraph of list `number` at level `index` (from 0); what Word shows before it ("" for a bullet)."""
        if number not in self._lists or not 0 <= index < _LEVELS:
            return ""
        abstract, _, starts = self._lists[number]
        levels = self._levels(number)
        counts = self._counts.setdefault(abstract, {})
        if index in starts and (number, index) not in self._started:
            counts[index] = starts[index]
        elif index in counts:
            counts[index] += 1
        else:
            counts[index] = levels.get(index, Level()).start
        for upper in range(index):  # a level that was skipped counts as used
            counts.setdefault(upper, levels.get(upper, Level()).start)
        self._started.add((number, index))
        for deeper in [level for level in counts if level > index]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or index < restart:
                del counts[deeper]
        return _shown(levels, counts, index)

    def label(self, number: str, index: int) -> str:
        """What Word shows before the first paragraph of a level of list `number`, "" where that holds no word."""
        levels = self._levels(number)
        if index not in levels or not _WORD.search(levels[index].text):
            return ""
        return _filled(levels, self._lists[number][2], index)

    def _levels(self, number: str) -> dict[int, Level]:
        if number not in self._lists:
            return {}
        abstract, overrides, _ = self._lists[number]
        lender = self._lenders.get(self._links.get(abstract, ""), abstract)
        levels = self._defined(abstract) or self._defined(lender)
        return levels | overrides if overrides else levels

    def _defined(self, abstract: str) -> dict[int, Level]:
        if abstract not in self._levels_of:
            el = self._definitions.get(abstract)
            self._levels_of[abstract] = {} if el is None else dict(map(_level, el.findall(f"{W}lvl")))
        return self._levels_of[abstract]

    def _add_abstract(self, el: etree._Element) -> None:
        name = el.get(f"{W}abstractNumId", "")
        self._definitions[name] = el
        link, lender = el.find(f"{W}numStyleLink"), el.find(f"{W}styleLink")
        if link is not None:
            self._links[name] = link.get(f"{W}val", "")
        if lender is not None:
            self._lenders[lender.get(f"{W}val", "")] = name

    def _add_list(self, el: etree._Element) -> None:
        abstract = el.find(f"{W}abstractNumId")
        overrides: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for override in el.findall(f"{W}lvlOverride"):
            index = whole(override.get(f"{W}ilvl"), 0)
            start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
            if start is not None:
                starts[index] = whole(start.get(f"{W}val"), 1)
            if level is not None:
                overrides[index] = _level(level)[1]
        name = "" if abstract is None else abstract.get(f"{W}val", "")
        self._lists[el.get(f"{W}numId", "")] = (name, overrides, starts)


def _level(el: etree._Element) -> tuple[int, Level]:
    values = {child.tag: child.get(f"{W}val", "1") for child in el}
    restart = values.get(f"{W}lvlRestart")
    return whole(el.get(f"{W}ilvl"), 0), Level(
        format=values.get(f"{W}numFmt", "decimal"),
        text=values.get(f"{W}lvlText", "")[:_LABEL],
        start=whole(values.get(f"{W}start"), 0),
        restart=None if restart is None else whole(restart, 0),
        legal=is_on(values.get(f"{W}isLgl"), False),
        style=values.get(f"{W}pStyle"),
    )


def _shown(levels: dict[int, Level], counts: dict[int, int], index: int) -> str:
    return "" if levels.get(index, Level()).format in ("bullet", "none") else _filled(levels, counts, index)


def _filled(levels: dict[int, Level], counts: dict[int, int], index: int) -> str:
    level = levels.get(index, Level())
    text = level.text
    for position in range(min(index, _LEVELS - 1) + 1):
        mark = f"%{position + 1}"
        if mark in text:
            part = levels.get(position, Level())
            form = "decimal" if level.legal else part.format
            text = text.replace(mark, in_format(counts.get(position, part.start), form))
    return text.strip()


def in_format(number: int, form: str) -> str:
    """A number in one of Word's number formats (w:numFmt); decimal for those that no heading uses."""
    if form in ("lowerLetter", "upperLetter"):
        letters = _letters(number)
        return letters if form == "upperLetter" else letters.lower()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("bullet", "none"):
        return ""
    if form == "ordinal":
        return f"{number}{_ordinal_end(number)}"
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _letters(number: int) -> str:
    """A … Z, then AA, BB …, as Word counts; nothing for 0."""
    if number < 1:
        return ""
    repeat, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * min(repeat + 1, 30)


def _roman(number: int) -> str:
    if not 0 < number < 32_768:
        return str(number)
    out = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        count, number = divmod(number, value)
        out += sign * count
    return out


def _ordinal_end(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
