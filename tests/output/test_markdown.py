"""The summary in Markdown: nothing of a document is markup, and it stays within the size GitHub takes."""

import re

import pyromark
import pytest
from builders import finding, result, unreadable, word
from hostile import TEXTS
from hostile import results as hostile_results
from outputs import render

from qmsr_lint.model import DocumentResult, Place
from qmsr_lint.output import safe
from qmsr_lint.output.overview import COUNTED


def summary(*results: DocumentResult) -> str:
    return render("markdown", *results).decode()


def html(markdown: str) -> str:
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES
    return pyromark.html(markdown, options=options)


def tags(page: str) -> list[str]:
    return re.findall(r"<(/?\w+)", re.sub(r"<code>.*?</code>", "<code>", page))


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_no_markup(text: str) -> None:
    harmless = tags(html(summary(*hostile_results("harmless"))))
    hostile = tags(html(summary(*hostile_results(text or "empty"))))
    assert hostile == harmless
    assert not {"a", "img", "script"} & set(hostile)


@pytest.mark.parametrize("text", ["a|b", "a\\|b", "a`b", "``", "`a`", "a``b`c", "*a* _b_ [c](d)", "  a  ", "<b>&amp;"])
def test_a_code_span_in_a_table_reads_as_its_text(text: str) -> None:
    page = html(f"| a |\n| --- |\n| {safe.markdown(text)} |\n")
    [words] = re.findall(r"<code>(.*?)</code>", page)
    expected = text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert words == expected


def test_counts_documents_findings_crosswalk_and_reasons() -> None:
    cited = finding(rule="cite-removed", severity="error", text="820.30(j)", replacement="Clause 7.3.10")
    page = summary(
        result(cited), word(finding(severity="note", place=Place("header", None, 2))), unreadable(error="old")
    )
    for line in (
        "# QMSR readiness",
        f"1 of 3 documents ready: read, no error or warning open. {COUNTED}",
        "| Citations | 1 | 0 | 0 |",
        "| `sops/a.md` | 1 | 0 | 0 | 0 |",
        "| error | `sops/a.md` | `line 3` | `cite-removed` | `820.30(j)` | `Clause 7.3.10` |",
        "| note | `sops/b.docx` | `header, paragraph 2` | `term-dhf` | `DHF` | `design and development file` |",
        "| `21 CFR 820.30(j)` | `Clause 7.3.10` | 1 | 1 |",
        "| unreadable | `sops/c.doc` | `old` |",
    ):
        assert line in page.splitlines()
    assert "made by industry" in page


def test_the_worst_come_first_and_the_rest_is_counted() -> None:
    page = summary(result(*[finding(severity="note")] * 300, finding(severity="error")))
    rows = [line for line in page.splitlines() if line.startswith(("| error |", "| note |"))]
    assert rows[0].startswith("| error |")
    assert len(rows) == 200
    assert "and 101 more findings" in page


def test_it_is_never_larger_than_a_job_summary_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    results = [
        result(finding(rule="cite-removed", text=f"820.{number}", replacement="ü" * 290), path="ü" * 290 + str(number))
        for number in range(2000)
    ]
    assert len(render("markdown", *results)) <= 900 * 1024
    monkeypatch.setattr("qmsr_lint.output.markdown.LARGEST", 20_000)
    cut = render("markdown", *results)
    assert len(cut) <= 20_000
    assert "The summary is cut here" in cut.decode()
    assert "made by industry" in cut.decode()


def test_a_basis_that_is_not_certain_is_said_beside_the_replacement() -> None:
    found = finding(replacement="Clause 7.5.11", basis="ISO 13485:2016 7.5.11; confidence medium")
    assert "`Clause 7.5.11 (confidence medium)`" in summary(result(found))
    assert "(confidence" not in summary(result(finding(replacement="Clause 7.3", basis="ISO 13485:2016 7.3")))
