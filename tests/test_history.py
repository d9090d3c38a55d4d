"""Runs appended to a file, and the burn-down drawn from it."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qmsr_lint.cli import main
from qmsr_lint.history import points
from qmsr_lint.output.across import charts
from qmsr_lint.tally import Point

SITES = '[[site]]\nname = "Fargo"\npaths = ["fargo/"]\n[[site]]\nname = "Lyon"\npaths = ["lyon/"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for site in ("fargo", "lyon"):
        (tmp_path / site).mkdir()
        (tmp_path / site / "a.md").write_text("The DHF is kept.\n\nThe DMR is kept.\n", encoding="utf-8")
    (tmp_path / "qmsr-lint.toml").write_text(SITES, encoding="utf-8")
    return tmp_path


def run(day: str, *arguments: str) -> Result:
    seconds = {"2026-06-01": "1780272000", "2026-07-01": "1782864000"}[day]
    return CliRunner(env={"SOURCE_DATE_EPOCH": seconds}).invoke(main, [*arguments, "--history", "runs.sqlite"])


def test_each_run_is_appended_by_site_and_family(folder: Path) -> None:
    assert run("2026-06-01", "check", "-q").exit_code == 1
    (folder / "lyon" / "a.md").write_text("The DHF is kept.\n", encoding="utf-8")
    assert run("2026-07-01", "check", "-q").exit_code == 1
    found = points(folder / "runs.sqlite")
    [rules] = {point.rules for point in found}
    assert len(rules) == 64
    assert [point._replace(rules="") for point in found] == [
        Point(1, "2026-06-01", "Fargo", "term", 0, 2, 0, 2),
        Point(1, "2026-06-01", "Lyon", "term", 0, 2, 0, 2),
        Point(2, "2026-07-01", "Fargo", "term", 0, 2, 0, 2),
        Point(2, "2026-07-01", "Lyon", "term", 0, 1, 0, 2),
    ]


def test_a_run_without_findings_is_a_point_too(folder: Path) -> None:
    for site in ("fargo", "lyon"):
        (folder / site / "a.md").write_text("All is well.\n", encoding="utf-8")
    run("2026-06-01", "check", "-q")
    assert [(point.run, point.total) for point in points(folder / "runs.sqlite")] == [(1, 0)]


@pytest.mark.parametrize("command", ["check", "readiness"])
def test_the_page_draws_the_burn_down_from_the_second_run_on(folder: Path, command: str) -> None:
    run("2026-06-01", command, "-q", "-o", "html=first.html")
    assert "polyline" not in (folder / "first.html").read_text(encoding="utf-8").partition("<body>")[2]
    (folder / "lyon" / "a.md").write_text("All is well.\n", encoding="utf-8")
    run("2026-07-01", command, "-q", "-o", "html=second.html")
    page = (folder / "second.html").read_text(encoding="utf-8").partition("<body>")[2]
    assert "Live findings by site" in page
    assert "Live findings by family" in page
    assert "2026-06-01" in page and "2026-07-01" in page
    assert page.count("<polyline") == 2 * 3  # Fargo, Lyon, terms: each with its key


def test_the_same_runs_make_the_same_bytes(folder: Path) -> None:
    pages = []
    for _ in range(2):
        run("2026-06-01", "check", "-q", "-o", "html=first.html")
        run("2026-07-01", "check", "-q", "-o", "html=second.html")
        pages.append((folder / "second.html").read_bytes())
        (folder / "runs.sqlite").unlink()
    assert pages[0] == pages[1]


def test_no_other_file_is_written_to(folder: Path) -> None:
    (folder / "runs.sqlite").write_text("dear diary", encoding="utf-8")
    result = run("2026-06-01", "check", "-q")
    assert result.exit_code == 2
    assert "--history runs.sqlite: is not a history of this tool; name another file" in result.stderr
    assert (folder / "runs.sqlite").read_text(encoding="utf-8") == "dear diary"


def test_no_other_database_is_written_to(folder: Path) -> None:
    with sqlite3.connect(folder / "runs.sqlite") as file:
        file.execute("CREATE TABLE mine (a)")
    file.close()
    result = run("2026-06-01", "check", "-q")
    assert result.exit_code == 2
    assert "is not a history of this tool; name another file" in result.stderr


def test_a_history_of_a_newer_version_is_left_to_it(folder: Path) -> None:
    assert run("2026-06-01", "check", "-q").exit_code == 1
    with sqlite3.connect(folder / "runs.sqlite") as file:
        file.execute("PRAGMA user_version = 2")
    file.close()
    before = (folder / "runs.sqlite").read_bytes()
    result = run("2026-07-01", "check", "-q")
    assert result.exit_code == 2
    assert "--history runs.sqlite: was made by a newer version of this tool; use that one, or name" in result.stderr
    assert (folder / "runs.sqlite").read_bytes() == before


def test_a_history_that_cannot_be_written_is_told_before_anything_is_judged(folder: Path) -> None:
    assert run("2026-06-01", "check", "-q").exit_code == 1
    locked = sqlite3.connect(folder / "runs.sqlite", isolation_level=None)
    locked.execute("BEGIN EXCLUSIVE")
    done = run("2026-07-01", "check")
    locked.close()
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--history runs.sqlite: cannot be used: database is locked" in done.stderr


def test_a_chart_needs_two_runs_and_by_site_two_sites() -> None:
    one = Point(1, "2026-06-01", "", "term", 1, 2, 3, 9)
    assert charts([one]) == []
    [chart] = charts([one, one._replace(run=2, error=0)])
    assert (chart.by, [run.day for run in chart.runs], chart.most) == ("family", ["2026-06-01", "2026-06-01"], 6)
    [line] = chart.lines
    assert (line.numbers, line.pieces, chart.breaks) == ((6, 5), ("40.0,10.0 630.0,40.0",), ())


def test_a_line_breaks_where_runs_cannot_be_compared() -> None:
    one = Point(1, "2026-06-01", "", "term", 6, 0, 0, 9, "a")
    runs = [one, one._replace(run=2), one._replace(run=3, documents=1), one._replace(run=4, documents=1, rules="b")]
    [chart] = charts(runs)
    assert (chart.breaks, len(chart.marks)) == ((2, 3), 2)
    assert [chart.why(number) for number in range(4)] == [
        *("", ""),
        *("other documents", "other rules, settings or baseline"),
    ]
    [line] = chart.lines
    assert line.pieces == ("40.0,10.0 236.7,10.0", "433.3,10.0 433.3,10.0", "630.0,10.0 630.0,10.0")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("check", "-q", "--select", "term"), "other rules, settings or baseline"),
        (("readiness", "-q"), "other rules, settings or baseline"),
        (("check", "-q", "--baseline", "known.json"), "other rules, settings or baseline"),
        (("check", "-q", "lyon"), "other documents"),
        (("check", "-q"), ""),
    ],
)
def test_a_run_of_another_kind_is_set_apart(folder: Path, arguments: tuple[str, ...], why: str) -> None:
    CliRunner().invoke(main, ["check", "-q", "--write-baseline", "known.json"])
    run("2026-06-01", "check", "-q")
    run("2026-07-01", *arguments, "-o", "html=r.html")
    page = (folder / "r.html").read_text(encoding="utf-8").partition("<body>")[2]
    assert ('<line class="break"' in page) == bool(why)
    assert why in page
    assert ", 2 documents</text>" in page
