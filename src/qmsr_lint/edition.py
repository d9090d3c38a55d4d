"""The clauses of ISO 13485 by the numbers they had in its 2003 edition: the grammar of how a text names them.

Most numbers of 2003 stand for something else today, so that a number alone says nothing: it needs the title it had, or
a name that people give that, and both need ISO 13485. A text is read as a line of standards, numbers and names, and
each number has the name it stands nearest to. Numbers that the edition of 2016 does not have need no name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from qmsr_lint.expression import Expression
from qmsr_lint.match import contains
from qmsr_lint.model import Certainty
from qmsr_lint.successor import Tables

_AROUND = 200  # characters to each side in which words tell what a number means today
_APART = 80  # characters between a number and a name that is no neighbor of it
_GOES_ON = 40  # characters behind a name in which it may go on, as in "design change validation"
_ISO = (
    r"(?<![a-z0-9])(?:(?:bs|din|en|iso|iec|ansi|aami|uni|nf)[ /-]{0,2}){0,5}13485(?![0-9])"
    r"(?:[ :,(-]{1,3}(?:edition )?(?P<edition>(?:19|20)\d\d)\)?)?(?: ?\(e\))?"
    r"(?: ?[+/] ?(?:a\d{1,2}|ac)(?::\d{4})?){0,3}"
)
_OTHER = (
    r"(?<![a-z0-9])(?:iso|iec|en|din|bs|astm|aami|ansi|iatf|ieee)(?:[ /](?:iso|iec|tr|ts|en|aami|tir)){0,3}[ -]?"
    r"[a-z]{0,3}\d{3,5}(?:-\d{1,2})?(?::\d{4})?|(?<![\d.])(?:9001|9100|14971|62304|62366|19011)(?![\d.])"
)
_NUMBER = r"(?<![\w.])[4-8](?:\.\d{1,2}){1,4}(?![\d.]*\d|-\d{2,}|[a-z]{2}|[$%])"
OLD = frozenset({"1996", "2003", "2012"})
"""Editions with the numbers of 2003; EN ISO 13485:2012 has its text."""
_REFERENCE = r"(?:sub-?)?clauses?|cls?\.?|sections?|sect?\.?|§|paragraphs?|paras?\.?|chapters?|elements?|nos?\."
_TITLE = r"medical devices|quality management systems?|requirements for regulatory purposes"
_BETWEEN = rf"(?:[ ,:(\[\"'/|\u2014-]|{_REFERENCE}|of the|standard|{_TITLE})*"
CLAUSE_NAMED = Expression(rf"{_ISO}{_BETWEEN}(?:{_NUMBER}|[4-8](?![\w.]))", needs=("13485",))
"""ISO 13485 with the number of a clause behind it."""
_NEXT = rf"(?:[ ,;()\[\]\"'/&|+\u2010-\u2014-]|{_REFERENCE}|and|or|to|through|thru){{0,12}}"
_MORE = rf"(?:{_NEXT}{_NUMBER}){{0,12}}"
_CITED = Expression(
    rf"{_ISO}{_BETWEEN}(?P<behind>(?:{_NUMBER}|[4-8](?![\w.])){_MORE})"
    rf"|(?P<before>{_NUMBER}{_MORE}),? (?:of|in|from) (?:the )?{_ISO.replace('?P<edition>', '?:')}",
    needs=("13485",),
)
"""ISO 13485 with the numbers of clauses behind it, or before it as in "8.2.4 and 8.5.2 of ISO 13485"."""
_CLAUSE = Expression(rf"{_NUMBER}|(?<![\w.])[4-8](?![\w.])")
_OPENING = Expression(_BETWEEN)
"""What stands between ISO 13485 and its clause: "and section 4.2.3" is already one of the document's own."""
_LINK = Expression(rf"(?:[ ,;:()\[\]\"'/&|+\u2014-]|{_REFERENCE}|and|or|to|through|thru|as well as|(?<![a-z])[a-z]\))*")
"""What stands between two clauses of a list."""
_OF = Expression(r"[ ,)\]\"']{0,4}(?:of|from|in) (?:the )?(?:standard )?")
_JOINED = Expression(r"[ ,/&]{0,3}(?:and|or)?[ ,/&]{0,3}")
_RANGE = Expression(r" ?(?:-|\u2014|to|through|thru) ?")
_OLD_EDITION = Expression(
    r"(?<![a-z0-9])(?:1996|2003|2012|former|old|previous|first|second) (?:edition|version) of (?:the )?$"
)
_MOVED = Expression(
    r"(?<![a-z])(?:now|became|becomes|renumber|replaced|superseded|moved|formerly|previously|used to)"
    r"|->|=>|\u2192|\u21d2"
)
"""Says of a number that it has become another one."""
_CONFUSED = Expression("9001|16949|13488|14001")
"""Standards whose clauses have such numbers: of those that are named together with ISO 13485, one cannot tell whose."""
_OWN_BEFORE = Expression(
    r"(?<![a-z])(?:sop|wi|form|frm|doc|document|qm|qp|qsp|step|table|figure|fig"
    r"|appendix|annex|version|ver|rev|manual|procedure)[ .#:-]{0,2}$"
)
_OWN_BEHIND = Expression(
    r" ?(?:\(|, )?(?:(?:of|in|from) (?:this|our|sop|wi"
    r"|the (?:quality manual|manual|procedure|sop|document|present))|above|below|herein)"
)
_BESIDE = Expression(r"[ .:(\"'\[/\u2014-]{0,5}")
_BESIDE_LOOSE = Expression(r"[ .,:()\"'\[\]/\u2014-]{0,5}")
_ACCORDING = (
    r"(?:as )?(?:per|see|ref\.?|cf\.?|under|in|by|to|of|follow(?:s|ing)?|according to|acc\. to|pursuant to|based on"
    r"|in (?:accordance|conformance|conformity|compliance|agreement|line|keeping) with|in fulfill?ment of"
    r"|(?:required|requested|demanded|specified|set out|set forth|stated|defined|described|laid down) (?:by|in))"
)
_LAW = r"(?:§{0,2} ?(?:21 ?cfr )?(?:part )?820[.\d()a-z]{0,12}[ ,/&]{1,3}(?:and )?)"
_NOUN = r"(?: procedures?| process(?:es)?| activit(?:y|ies)| program(?:me)?s?| systems?| requirements?)?"
_BEFORE = Expression(
    rf"{_NOUN}[ .,:(\"'\[\])/|\u2014-]{{0,4}}(?:{_LAW}?(?:{_ACCORDING})?|{_ACCORDING} {_LAW})[ (:]{{0,2}}(?:the )?"
    rf"(?:(?:{_REFERENCE}) ?(?:of )?)?"
)
"""What stands between a name and the standard or the number behind it."""
_DONE = Expression(
    rf"{_NOUN}(?: (?:is|are|was|were|shall be|must be|will be|should be|has been|have been|is to be|are to be)"
    r"(?: [a-z]+ly)? (?:[a-z]+ed"
    r"|done|held|kept|made|carried out|in (?:line|accordance|compliance|conformity))"
    r"| (?:follows?|meets?|complies|comply|conforms?|fulfill?s?|satisf(?:y|ies)))(?: [a-z]+){0,6} ?(?:\(|§)?"
)
"""The same with a verb, as in "Internal audits are performed in accordance with"."""
_ABOUT = Expression(
    r"[ ,)]{1,3}(?:which |that )?(?:(?:also )?(?:requires?|demands?|asks for|calls for|covers?|governs?|addresses"
    r"|regulates?|describes?|specifies|defines?|deals with|is about|on|for|about|regarding|concerning)"
    r"|(?:requirements?|rules?) (?:for|on|of))"
    r"(?: (?:an?|the|documented|written|approved|planned|regular|periodic|procedures?|process(?:es)?|systems?"
    r"|requirements?|rules?|methods?|for|of|on|to|how|effective|control of)){0,6} "
)
"""What stands between a number and its topic later in the sentence; no "that", which begins another thought."""
_ALONE = Expression(rf"(?:[ ,;:.()\[\]\"'/|\u2014-]|{_REFERENCE}|[a-z]\))*+")


class Token(NamedTuple):
    """A standard ("iso" is ISO 13485, "other" another one), a clause's number or a clause's name in a text."""

    kind: str
    start: int
    end: int
    value: str


class ClauseNames:
    """The clauses that have other numbers today, and the words that stand for them."""

    def __init__(self, tables: Tables) -> None:
        rows = tables.iso_2003
        self.rows: dict[str, Mapping[str, Any]] = {row["clause"]: row for row in rows if row["renumbered"]}
        self.gone = {clause for clause, row in self.rows.items() if row["same_number_now"].startswith("(")}
        self.new = {number for row in rows for number in row["current"] if number.count(".") > 1} - {
            row["clause"] for row in rows
        }
        self.names: dict[str, list[Mapping[str, Any]]] = {}
        for row in self.rows.values():
            for name in (row["title"].lower(), *row.get("also", ())):
                self.names.setdefault(name, []).append(row)
        longest = sorted(self.names, key=len, reverse=True)
        names = "|".join(re.escape(name).replace(r"\ and\ ", r"(?:\ and\ |\ ?&\ ?)") for name in longest)
        name = rf"(?<![a-z0-9-])(?P<name>{names})s?(?![a-z0-9])"
        self.tokens = Expression(rf"(?P<iso>{_ISO})|(?P<other>{_OTHER})|(?P<number>{_NUMBER})|{name}")
        self.cell = Expression(
            rf"(?:[a-z]{{2,4}}[ -]?\d[\w.-]{{0,10}}[ :,.\u2014-]{{0,3}})?(?:the )?{name}"
            r"(?: procedures?| process(?:es)?| program(?:me)?s?)?(?: ?\([^()]{0,20}\))?[ .:]{0,2}"
        )

    def named(self, name: str) -> Sequence[Mapping[str, Any]]:
        """The clauses that a name stands for."""
        return self.names.get(re.sub(" ?& ?", " and ", name), [])

    def read(self, text: str, begin: int, finish: int) -> list[Token]:
        """The standards, numbers and names in a part of a text; numbers of the document's own sections are left out."""
        found: list[Token] = []
        for match in self.tokens.finditer(text, begin, finish):
            kind, (start, end) = str(match.lastgroup), match.span()
            if kind == "number" and _is_own(text, start, end):
                continue
            value = match["edition"] or "" if kind == "iso" else match[kind]
            found.append(Token(kind, start, end, value))
        return found


@lru_cache(maxsize=4)
def clause_names_of(tables: Tables) -> ClauseNames:
    """The names of the clauses in these tables; the same one at every call."""
    return ClauseNames(tables)


def _is_own(text: str, start: int, end: int) -> bool:
    """Whether a number is one of a section of the document, or of another document."""
    return bool(_OWN_BEFORE.search(text, max(0, start - 16), start) or _OWN_BEHIND.match(text, end))


class Found(NamedTuple):
    """A number of 2003: where it stands in the folded text, the clause it was, and how sure that is."""

    start: int
    end: int
    row: Mapping[str, Any]
    certainty: Certainty = "certain"


class Line:
    """A sentence or a cell as a line of standards, numbers and names."""

    def __init__(self, clause_names: ClauseNames, text: str, begin: int, finish: int, *, cell: bool = False) -> None:
        self.clause_names = clause_names
        self.text = text
        self.begin, self.finish = begin, finish
        self.tokens = clause_names.read(text, begin, finish)
        if cell:  # below a head that names ISO 13485
            self.tokens.insert(0, Token("iso", begin, begin, ""))
        self.tied: set[int] = set()
        """Which tokens belong to ISO 13485 without anything but clauses in between."""
        self._tie()
        self._run: dict[int, int] = {}
        for at, token in enumerate(self.tokens):
            follows = at - 1 in self._run and _LINK.fullmatch(text, self.tokens[at - 1].end, token.start)
            if token.kind == "number":
                self._run[at] = self._run[at - 1] if follows else at

    def _tie(self) -> None:
        for at, token in enumerate(self.tokens):
            if token.kind == "iso" and not self._is_old(token) and not self._is_joined(at):
                self._tie_behind(at)
                self._tie_before(at)

    def _is_old(self, token: Token) -> bool:
        """Whether ISO 13485 is named in an edition that had the numbers of 2003."""
        before = max(self.begin, token.start - 40)
        return token.value in OLD or _OLD_EDITION.search(self.text, before, token.start) is not None

    def _is_joined(self, at: int) -> bool:
        """Whether a standard with numbers like those of ISO 13485 is named together with it."""
        before, behind = self.tokens[max(0, at - 1) : at], self.tokens[at + 1 : at + 2]
        neighbors = [
            *zip(before, self.tokens[at : at + 1], strict=False),
            *zip(self.tokens[at : at + 1], behind, strict=False),
        ]
        return any(
            _CONFUSED.search(one.value + " " + other.value) is not None
            and _JOINED.fullmatch(self.text, one.end, other.start) is not None
            for one, other in neighbors
        )

    def _tie_behind(self, at: int) -> None:
        for number in range(at + 1, len(self.tokens)):
            before, token = self.tokens[number - 1 : number + 1]
            between = _OPENING if before.kind == "iso" else _LINK
            if token.kind not in ("number", "name") or not _fits(between, self.text, before.end, token.start):
                return
            self.tied.add(number)

    def _tie_before(self, at: int) -> None:
        """The numbers in "clauses 4.2.3 and 4.2.4 of ISO 13485"."""
        for number in range(at - 1, -1, -1):
            token, behind = self.tokens[number : number + 2]
            between = _OF if number == at - 1 else _LINK
            if token.kind not in ("number", "name") or not _fits(between, self.text, token.end, behind.start):
                return
            self.tied.add(number)

    def found(self) -> Iterator[Found]:
        """The numbers of 2003, without those that the sentence says have become others."""
        numbers = {token.value for token in self.tokens if token.kind == "number"}
        moved = _MOVED.search(self.text, self.begin, self.finish) is not None
        for found in self._found():
            if not moved or numbers.isdisjoint(found.row["current"]):
                yield found

    def _found(self) -> Iterator[Found]:
        taken: dict[int, int] = {}  # by the name, the list of numbers that it belongs to
        for at, token in enumerate(self.tokens):
            if token.kind != "number":
                continue
            row = self.clause_names.rows.get(token.value)
            if row is not None and token.value in self.clause_names.gone and at in self.tied:
                yield Found(token.start, token.end, row)
                row = None
            behind, before = self._behind(at), self._before(at, taken)
            if behind is not None and (before is None or behind < before[1]):
                taken[at + 1] = at
                if row is not None and (found := self._by_name_behind(at, row)):
                    yield found
            elif before is not None:
                if before[1] < 2:
                    taken[before[0]] = self._run[at]
                if (
                    row is not None
                    and at in self.tied
                    and self._is_named(before[0], row)
                    and self._may_be(at, before, row, taken)
                ):
                    yield Found(token.start, token.end, row, "likely" if before[1] > 1 else "certain")
            elif row is not None and at in self.tied and self._is_about(at, row):
                yield Found(token.start, token.end, row, "likely")

    def _behind(self, at: int) -> int | None:
        """How near the name behind a number stands, the nearest being 0; None where none is its neighbor."""
        if at + 1 == len(self.tokens) or self.tokens[at + 1].kind != "name":
            return None
        end, name = self.tokens[at].end, self.tokens[at + 1]
        if _BESIDE.fullmatch(self.text, end, name.start):
            return 0
        if not _BESIDE_LOOSE.fullmatch(self.text, end, name.start):
            return None
        following = self.tokens[at + 2] if at + 2 < len(self.tokens) else None
        if following and following.kind == "number" and _BESIDE.fullmatch(self.text, name.end, following.start):
            return None  # "…, control of records 4.2.5"
        return 1

    def _before(self, at: int, taken: Mapping[int, int]) -> tuple[int, int] | None:
        """The name before a list of numbers, and how near it stands; None where another number has it."""
        first = self._run[at]
        start = self.tokens[first].start
        name = first - 1
        if name >= 0 and self.tokens[name].kind == "iso":
            start = self.tokens[name].start
            name -= 1
        if name < 0 or self.tokens[name].kind != "name" or taken.get(name, first) != first:
            return None
        end = self.tokens[name].end
        if name == first - 1 and _BESIDE.fullmatch(self.text, end, start):
            return name, 0
        if _fits(_BEFORE, self.text, end, start):
            return name, 1
        done = _DONE.match(self.text, end, start) if start - end <= _APART else None
        return (name, 2) if done and _fits(_BEFORE, self.text, done.end(), start) else None

    def _is_named(self, name: int, row: Mapping[str, Any]) -> bool:
        """Whether a name stands for a clause, and not for the one that has its number today."""
        return tells(self.clause_names.named(self.tokens[name].value), row)

    def _by_name_behind(self, at: int, row: Mapping[str, Any]) -> Found | None:
        token, name = self.tokens[at : at + 2]
        if not self._is_named(at + 1, row):
            return None
        titled = name.value == row["title"].lower()
        if not (titled and "," not in self.text[token.end : name.start]) and self._goes_on_today(at + 1, row):
            return None
        if at not in self.tied and not (titled and self._is_governed(at, row)):
            return None
        return Found(token.start, token.end, row)

    def _is_governed(self, at: int, row: Mapping[str, Any]) -> bool:
        """Whether ISO 13485 is the standard named last, or else next, and has no other number for the clause."""
        standards = [number for number, token in enumerate(self.tokens) if token.kind in ("iso", "other")]
        before = [number for number in standards if number < at]
        nearest = before[-1] if before else standards[0] if standards else at
        if self.tokens[nearest].kind != "iso":
            return False
        return not any(self.tokens[number].value in row["current"] for number in self.tied)

    def _may_be(self, at: int, before: tuple[int, int], row: Mapping[str, Any], taken: Mapping[int, int]) -> bool:
        """Whether a number behind its name of 2003 can have no meaning of today."""
        name, distance = before
        run = [number for number, first in self._run.items() if first == self._run[at]]
        if any(self.tokens[number].value in row["current"] for number in run):
            return False
        if any(
            _RANGE.fullmatch(self.text, self.tokens[number].end, self.tokens[number + 1].start) for number in run[:-1]
        ):
            return False
        if distance < 2:
            other = name - 1
            while other >= 0 and self.tokens[other].kind == "name" and other not in taken:
                other -= 1
            start = self.tokens[other].end if other >= 0 else self.begin
            start = max(start, self.tokens[name].start - _AROUND)
            return not self._means_today(row, start, self.tokens[at].start) and not self._goes_on_today(at, row)
        return len(run) == 1 and not self._means_today_around(at, row)

    def _is_about(self, at: int, row: Mapping[str, Any]) -> bool:
        """Whether the sentence goes on to say what the number is about, as in "4.2.3 requires document control"."""
        if at + 1 == len(self.tokens) or self.tokens[at + 1].kind != "name" or not self._is_named(at + 1, row):
            return False
        end, start = self.tokens[at].end, self.tokens[at + 1].start
        return _fits(_ABOUT, self.text, end, start) and not self._means_today_around(at, row)

    def _goes_on_today(self, at: int, row: Mapping[str, Any]) -> bool:
        """Whether what follows a number or its name, up to the next, tells that the number has its meaning of today."""
        end = self.tokens[at].end
        following = self.tokens[at + 1].start if at + 1 < len(self.tokens) else self.finish
        return self._means_today(row, end, min(following, end + _GOES_ON))

    def _means_today_around(self, at: int, row: Mapping[str, Any]) -> bool:
        token = self.tokens[at]
        return self._means_today(row, max(self.begin, token.start - _AROUND), min(self.finish, token.end + _AROUND))

    def _means_today(self, row: Mapping[str, Any], start: int, end: int) -> bool:
        return means_today(row, self.text[start:end])

    def alone(self) -> Token | None:
        """The number that stands alone in a cell and belongs to ISO 13485."""
        numbers = [number for number in self.tied if self.tokens[number].kind == "number"]
        if len(numbers) != 1 or len(self.tokens) != 2:
            return None
        standard, number = self.tokens
        bare = _ALONE.fullmatch(self.text, self.begin, standard.start) and _ALONE.fullmatch(
            self.text, number.end, self.finish
        )
        return number if bare else None


def _fits(between: Expression, text: str, start: int, end: int) -> bool:
    """Whether what stands between two tokens is what may stand there."""
    return end - start <= _APART + 80 and between.fullmatch(text, start, end) is not None


def clauses_cited(text: str) -> set[str]:
    """The clauses of ISO 13485 that a folded text cites, the ends of ranges included."""
    if not _CITED.may_match(text):
        return set()
    return {clause for found in _CITED.finditer(text) for clause in _CLAUSE.findall(found["behind"] or found["before"])}


def is_within(clauses: Iterable[str], cited: Iterable[str]) -> bool:
    """Whether one of the clauses, or a part of one, is among those that are cited."""
    return any(other == clause or other.startswith(f"{clause}.") for clause in clauses for other in cited)


def tells(named: Iterable[Mapping[str, Any]], row: Mapping[str, Any]) -> bool:
    """Whether a name, by the clauses it stands for, tells that a number is the one of 2003."""
    named = list(named)
    return row in named and not any(row["clause"] in other["current"] for other in named)


def means_today(row: Mapping[str, Any], text: str) -> bool:
    """Whether words tell that a number has its meaning of today."""
    return any(contains(text, word) for word in row.get("today", ()))
