"""What reports show over sites and over time: the heat map of site and family, and the burn-down of findings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from qmsr_lint.model import FAMILIES, DocumentResult
from qmsr_lint.output import RunInfo
from qmsr_lint.tally import Cell, Count, Heat, Point, TypeRow, counts, types

_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 630, 10, 190
"""The plane of a chart, in units of its view box."""

_LEVELS = 4


class Across:
    """The live findings by site and family, as a heat map shows them."""

    def __init__(self, cells: Sequence[Cell], sites: Sequence[str] = ()) -> None:
        self.cells = {(cell.site, cell.family): cell.total for cell in cells}
        self.sites = tuple(dict.fromkeys((*sites, *sorted({cell.site for cell in cells}))))
        found = {cell.family for cell in cells}
        self.families = tuple(name for name in FAMILIES if name in found) + tuple(sorted(found - set(FAMILIES)))
        self._most = max(self.cells.values(), default=0)

    def title(self, family: str) -> str:
        """The name of a family in reports."""
        return FAMILIES.get(family, family)

    def findings(self, site: str, family: str) -> int:
        """The findings of a family at a site."""
        return self.cells.get((site, family), 0)

    def total(self, site: str) -> int:
        """All findings at a site."""
        return sum(number for (each, _), number in self.cells.items() if each == site)

    def level(self, site: str, family: str) -> int:
        """How hot a cell is, from 0 (nothing) to 4 (a quarter of the most, or more, a step)."""
        return -(-_LEVELS * self.findings(site, family) // self._most) if self._most else 0


class Gathered:
    """Takes the results of a run, for what a report shows over sites, types of documents and time."""

    def __init__(self, run: RunInfo) -> None:
        self.run = run
        self.heat = Heat()
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._results: list[DocumentResult] = []

    def add(self, result: DocumentResult) -> None:
        """Take a document; its findings are counted and not kept."""
        self.heat.add(result)
        self._counts.update({(each.site, each.family, each.type): each.findings for each in counts([result])})
        self._results.append(result._replace(findings=()))

    @property
    def across(self) -> Across | None:
        """The heat map; None where there are not two sites."""
        sites = list(dict.fromkeys(result.site for result in self._results if result.site))
        return Across(self.heat.cells, sites) if len(sites) > 1 else None

    @property
    def counts(self) -> list[Count]:
        """The live findings by site, family and type of document, in this order."""
        return [Count(*key, number) for key, number in sorted(self._counts.items())]

    @property
    def types(self) -> list[TypeRow]:
        """The types that documents were recognised as; none where that was not asked."""
        checked = [result for result in self._results if result.status == "checked"]
        return [row for row in types(checked, self.run.types) if row.documents]

    @property
    def charts(self) -> "list[Chart]":
        """The burn-down up to this run; none without a history."""
        return charts([*self.run.earlier, *current(self.heat.cells, self.run, len(self._results))])


class Drawn(NamedTuple):
    """A line of a chart: its name, its points as SVG takes them, a piece for runs that compare, and its numbers."""

    name: str
    pieces: tuple[str, ...]
    numbers: tuple[int, ...]


class Run(NamedTuple):
    """A run of a history: what tells it from others, and what must be the same for two of them to be compared."""

    number: int
    day: str
    documents: int
    rules: str


class Chart(NamedTuple):
    """A burn-down by "site" or "family": the runs, the largest number, the lines.

    `breaks` are the runs that cannot be compared with the one before: other rules or settings, or another number of
    documents. `marks` says where the breaks are drawn.
    """

    by: str
    runs: tuple[Run, ...]
    most: int
    lines: tuple[Drawn, ...]
    breaks: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()

    def why(self, number: int) -> str:
        """Why a run cannot be compared with the one before; empty where it can."""
        if number not in self.breaks:
            return ""
        before, here = self.runs[number - 1 : number + 1]
        causes = ["other rules, settings or baseline"] if before.rules != here.rules else []
        return ", ".join([*causes, *(["other documents"] if before.documents != here.documents else [])])


def current(cells: Sequence[Cell], run: RunInfo, documents: int) -> list[Point]:
    """The points of the run that is being reported, behind those of earlier ones; none without a history."""
    if not run.day:
        return []
    number = max((point.run for point in run.earlier), default=0) + 1
    return [
        Point(number, run.day, cell.site, cell.family, cell.error, cell.warning, cell.note, documents, run.judged_by)
        for cell in cells or [Cell("", "", 0, 0, 0)]
    ]


def charts(points: Sequence[Point]) -> list[Chart]:
    """The burn-down by site and by family; none before there are two runs, none by site where there is one."""
    runs = list(dict.fromkeys(Run(point.run, point.day, point.documents, point.rules) for point in points))
    if len(runs) < 2:
        return []
    found = [_chart(points, runs, by) for by in ("site", "family")]
    return [chart for chart in found if len(chart.lines) > 1 or (chart.by == "family" and chart.lines)]


def _chart(points: Sequence[Point], runs: Sequence[Run], by: str) -> Chart:
    totals: Counter[tuple[int, str]] = Counter()
    for point in points:
        totals[point.run, getattr(point, by)] += point.total
    names = sorted({getattr(point, by) for point in points if point.total})
    most = max(totals.values(), default=0)
    breaks = tuple(number for number, pair in enumerate(pairwise(runs), 1) if not _compare(*pair))
    lines = []
    for name in names:
        numbers = tuple(totals[run.number, name] for run in runs)
        shown = (FAMILIES.get(name, name) if by == "family" else name) or "no site"
        lines.append(Drawn(shown, tuple(_pieces(numbers, most, breaks)), numbers))
    step = _step(len(runs))
    marks = tuple(f"{_LEFT + (number - 0.5) * step:.1f}" for number in breaks)
    return Chart(by, tuple(runs), most, tuple(lines), breaks, marks)


def _compare(one: Run, other: Run) -> bool:
    return (one.rules, one.documents) == (other.rules, other.documents)


def _step(runs: int) -> float:
    return (_RIGHT - _LEFT) / (runs - 1)


def _pieces(numbers: Sequence[int], most: int, breaks: Sequence[int]) -> Iterator[str]:
    """The points of a line, in pieces that end where a run cannot be compared with the one before."""
    step = _step(len(numbers))
    height = (_BOTTOM - _TOP) / max(1, most)
    points = [f"{_LEFT + at * step:.1f},{_BOTTOM - number * height:.1f}" for at, number in enumerate(numbers)]
    for first, last in pairwise((0, *breaks, len(points))):
        piece = points[first:last]
        yield " ".join(piece if len(piece) > 1 else piece * 2)  # a line to itself is a dot
