"""Sites, types of documents and the trend, in the page and in the workbook."""

import re
from io import BytesIO, TextIOWrapper
from zipfile import ZipFile

import pytest

from qmsr_lint.model import DocumentResult, ElementVerdict, Finding, Place, Profile, Recognition, Summary
from qmsr_lint.output import RunInfo, open_writer
from qmsr_lint.output.across import Across
from qmsr_lint.tally import Cell, Point

HOSTILE = "<b>=1+1</b>"
TYPES = {"servicing": "servicing", "capa": "corrective and preventive action"}


def finding(rule: str) -> Finding:
    here = Place(paragraph=1)
    return Finding(
        rule, "warning", "certain", "m", "DHF", None, (), "b", 0, 3, None, here, "prose", "DHF", 0, 3, None, rule
    )


def result(site: str, *rules: str) -> DocumentResult:
    verdict = ElementVerdict("gap-servicing-date", "missing", "Servicing", 0, 9, Place(paragraph=1), ("the date",))
    recognition = Recognition(("servicing",), (("servicing", f"title '{HOSTILE}'"),))
    findings = tuple(finding(rule) for rule in rules)
    profile = Profile(recognition, (verdict, verdict._replace(state="present")))
    return DocumentResult(f"{site}/a.md", "markdown", "0", "checked", None, findings, profile=profile, site=site)


def written(form: str, run: RunInfo, *results: DocumentResult) -> bytes:
    raw = BytesIO()
    sink = TextIOWrapper(raw, encoding="utf-8", newline="\n")
    writer = open_writer(form, run, sink)
    for each in results:
        writer.document(each)
    writer.finish(Summary(documents=len(results), checked=len(results)))
    sink.flush()
    return raw.getvalue()


def sheets(data: bytes) -> dict[str, list[str]]:
    """The texts of each sheet of a workbook."""
    with ZipFile(BytesIO(data)) as file:
        names = re.findall(r'<sheet name="([^"]+)"', file.read("xl/workbook.xml").decode())
        found = {}
        for number, name in enumerate(names, 1):
            sheet = file.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert "<f>" not in sheet
            found[name] = re.findall(r"<t[^>]*>([^<]*)</t>|<v>([^<]*)</v>", sheet)
        return {name: [one or other for one, other in cells] for name, cells in found.items()}


RUN = RunInfo(
    "1", "1", "0", types=TYPES, day="2026-07-01", earlier=(Point(1, "2026-06-01", "Lyon", "term", 0, 5, 0, 2),)
)
RESULTS = (result(HOSTILE, "term-dhf", "cite-removed"), result("Lyon", "term-dhf", "term-dmr"))


def test_the_page_shows_sites_types_and_trend() -> None:
    page = written("html", RUN, *RESULTS).decode()
    for name in ("sites", "types", "trend"):
        assert f'<section id="{name}"' in page
    assert HOSTILE not in page
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
    assert "2 of 4" in page  # elements covered
    assert "2026-06-01" in page


def test_the_page_shows_none_of_them_where_there_is_nothing_to_compare() -> None:
    page = written("html", RunInfo("1", "1", "0"), result("Lyon", "term-dhf")).decode()
    for name in ("sites", "types", "trend"):
        assert f'<section id="{name}"' not in page


def test_the_workbook_has_a_sheet_for_each() -> None:
    found = sheets(written("xlsx", RUN, *RESULTS))
    assert found["Sites"] == [
        *("Site", "Citations", "Terms", "All"),
        *("&lt;b&gt;=1+1&lt;/b&gt;", "1", "1", "2"),
        *("Lyon", "0", "2", "2"),
    ]
    assert found["Sites by type"][:8] == [
        *("Site", "Family", "Type of document", "Findings"),
        *("&lt;b&gt;=1+1&lt;/b&gt;", "Citations", "servicing", "1"),
    ]
    assert found["Types"][-7:] == ["servicing", "&lt;b&gt;=1+1&lt;/b&gt;/a.md; Lyon/a.md", "2", "4", "0", "2", "0"]
    assert found["Trend"][:7] == ["By", "Name", "2026-06-01", "2026-07-01", "Documents", "2", "2"]
    assert "other rules, settings or baseline" in found["Trend"]


def test_the_workbook_has_none_of_them_where_there_is_nothing_to_compare() -> None:
    found = sheets(written("xlsx", RunInfo("1", "1", "0"), result("Lyon", "term-dhf")))
    assert not {"Sites", "Sites by type", "Types", "Trend"} & set(found)


@pytest.mark.parametrize(("findings", "level"), [(0, 0), (1, 1), (2, 1), (3, 2), (5, 3), (8, 4)])
def test_a_cell_is_as_hot_as_its_share_of_the_most(findings: int, level: int) -> None:
    cells = [Cell("Fargo", "term", 0, 8, 0), Cell("Lyon", "term", 0, findings, 0)]
    assert Across(cells).level("Lyon", "term") == level
