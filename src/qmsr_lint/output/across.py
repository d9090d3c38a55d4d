"""What reports show over sites and over time: the heat map of site and family, and the burn-down of findings."""

from collections import Counter
from collections.abc import Sequence
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
        run = self.run
        now = current(self.heat.cells, run.earlier, run.day, len(self._results)) if run.day else []
        return charts([*run.earlier, *now])


class Drawn(NamedTuple):
    """A line of a chart: its name, its points as SVG takes them, and its numbers."""

    name: str
    points: str
    numbers: tuple[int, ...]


class Chart(NamedTuple):
    """A burn-down by "site" or "family": the days of the runs, the largest number, the lines."""

    by: str
    days: tuple[str, ...]
    most: int
    lines: tuple[Drawn, ...]


def current(cells: Sequence[Cell], earlier: Sequence[Point], day: str, documents: int) -> list[Point]:
    """The points of the run that is being reported, behind those of earlier ones."""
    number = max((point.run for point in earlier), default=0) + 1
    return [
        Point(number, day, cell.site, cell.family, cell.error, cell.warning, cell.note, documents)
        for cell in cells or [Cell("", "", 0, 0, 0)]
    ]


def charts(points: Sequence[Point]) -> list[Chart]:
    """The burn-down by site and by family; none before there are two runs, none by site where there is one."""
    runs = list(dict.fromkeys((point.run, point.day) for point in points))
    if len(runs) < 2:
        return []
    found = [_chart(points, runs, by) for by in ("site", "family")]
    return [chart for chart in found if len(chart.lines) > 1 or (chart.by == "family" and chart.lines)]


def _chart(points: Sequence[Point], runs: Sequence[tuple[int, str]], by: str) -> Chart:
    totals: Counter[tuple[int, str]] = Counter()
    for point in points:
        totals[point.run, getattr(point, by)] += point.total
    names = sorted({getattr(point, by) for point in points if point.total})
    most = max(totals.values(), default=0)
    lines = []
    for name in names:
        numbers = tuple(totals[run, name] for run, _ in runs)
        shown = (FAMILIES.get(name, name) if by == "family" else name) or "no site"
        lines.append(Drawn(shown, _points(numbers, most), numbers))
    return Chart(by, tuple(day for _, day in runs), most, tuple(lines))


def _points(numbers: Sequence[int], most: int) -> str:
    step = (_RIGHT - _LEFT) / (len(numbers) - 1)
    height = (_BOTTOM - _TOP) / max(1, most)
    return " ".join(f"{_LEFT + at * step:.1f},{_BOTTOM - number * height:.1f}" for at, number in enumerate(numbers))
