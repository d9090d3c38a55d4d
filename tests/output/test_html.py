"""The HTML report: one file, text stays text, usable at ten thousand findings, and read in a real browser."""

import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from builders import finding, result, unreadable, word
from hostile import TEXTS
from hostile import results as hostile_results
from outputs import render

from qmsr_lint.model import DocumentResult, Place, Suppression

FOLDER = Path(__file__).parent / "browser"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NODE = shutil.which("node")
PDFTOPPM = shutil.which("pdftoppm")
ARTIFACTS = Path(__file__).parents[2] / "artifacts"


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text of those that are asked for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.inside, []).append(data)

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]


def page(*results: DocumentResult) -> str:
    return render("html", *results).decode()


def data_of(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def harmless() -> list[str]:
    return Page(page(*hostile_results("harmless"))).tags


@pytest.mark.parametrize("text", [text for text in TEXTS if text])
def test_hostile_text_makes_no_element(text: str, harmless: list[str]) -> None:
    hostile = Page(page(*hostile_results(text)))
    assert hostile.tags == harmless
    assert not any(name.startswith("on") for _, attributes in hostile.elements for name in attributes)


def test_text_arrives_as_it_is() -> None:
    text = "</script><b>&amp; </SCRIPT> <!-- ##[error]"
    html = page(result(finding(text=text, excerpt=text, excerpt_start=0, excerpt_end=len(text), message=text)))
    data = data_of(html)
    assert text in data["words"]
    assert data["rows"][0][8] == text


def test_the_policy_admits_this_style_and_this_script_and_nothing_else() -> None:
    html = page(result(finding()))
    [policy] = [
        str(attributes["content"])
        for tag, attributes in Page(html).elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(style) == len(script) == 1
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (*style, *script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_nothing_comes_from_elsewhere() -> None:
    html = Page(page(result(finding()), unreadable()))
    assert not {"link", "img", "iframe", "object", "embed", "form", "base"} & set(html.tags)
    for _, attributes in html.elements:
        assert "src" not in attributes
        assert "style" not in attributes
        assert (attributes.get("href") or "#").startswith("#")


def test_the_page_without_its_script_has_the_counts_the_crosswalk_and_the_reasons() -> None:
    cited = finding(rule="cite-removed", severity="error", text="820.30(j)", replacement="Clause 7.3.10")
    silent = finding(suppressed=Suppression("inline", "kept for the archive"))
    html = page(result(cited, silent), unreadable(error="password-protected"))
    text = " ".join(data for tag, all_of in Page(html).texts.items() if tag != "script" for data in all_of)
    for words in (
        "0 of 2 documents ready",
        "21 CFR 820.30(j)",
        "Clause 7.3.10",
        "password-protected",
        "kept for the archive",
        "made by industry",
        "ab" * 32,
    ):
        assert words in text


def test_a_document_with_notes_alone_is_ready() -> None:
    assert "All 1 document ready" in page(result(finding(severity="note")))
    assert "0 of 1 document ready" in page(result(finding(severity="warning")))
    assert "0 of 1 document ready" in page(unreadable())
    assert "No documents were in scope" in page()


def test_what_the_number_of_ready_documents_counts_is_said() -> None:
    assert "names neither the regulation nor a term of it" in page(result())
    assert "names neither the regulation nor a term of it" not in page(result(finding()))


def test_documents_without_findings_are_counted_and_not_listed() -> None:
    html = page(*[result(path=f"sops/t{number}.md") for number in range(3)], result(finding()), unreadable())
    listed = html[html.index('id="documents"') : html.index('id="crosswalk"')]
    assert "sops/a.md" in listed
    assert "sops/c.doc" in listed
    assert "sops/t1.md" not in listed
    assert "3 more documents read, without an open finding." in listed
    assert "1 document read, without an open finding." in page(result())


def test_the_worst_documents_show_what_they_are_sorted_by() -> None:
    errors = result(*[finding(severity="error")] * 3)
    html = page(word(*[finding()] * 8, finding(severity="error"), finding(severity="note")), errors)
    bars = re.findall(r'data-document="\d+" title="([^"]*)">.*?<span class="number">(.*?)</span>', html)
    assert bars == [("sops/a.md", "3 errors"), ("sops/b.docx", "1 error, 8 warnings, 1 note")]


def test_a_sweep_too_long_for_a_page_keeps_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qmsr_lint.output.html.FINDINGS", 2)
    html = page(result(*[finding(severity="note")] * 3, finding(severity="error"), finding(severity="warning")))
    assert [row[0] for row in data_of(html)["rows"]] == [0, 1]
    assert "3 more findings" in html


def many(number: int) -> list[DocumentResult]:
    """Documents of fifty findings, with sentences as long as people write them."""
    sentence = (
        "The design history file and the device master record of each device are kept by the department that " * 3
    )
    severities = ("error", "warning", "note")
    return [
        DocumentResult(
            f"sops/area-{document % 7}/SOP-{document:04} Control of records.docx",
            "docx",
            "cd" * 32,
            "checked",
            None,
            tuple(
                finding(
                    severity=severities[index % 3],
                    rule=("term-dhf", "cite-removed", "claim-qsit")[index % 3],
                    excerpt=f"{index} {sentence}{document}",
                    excerpt_start=6,
                    excerpt_end=9,
                    place=Place(("body", "header")[index % 2], f"{index % 9} Records", index),
                    position=None,
                    fingerprint=f"{document}-{index}",
                )
                for index in range(50)
            ),
        )
        for document in range(number // 50)
    ]


def test_ten_thousand_findings_are_a_file_of_moderate_size() -> None:
    assert len(render("html", *many(10_000))) < 10_000_000


# --- In a browser -----------------------------------------------------------------------------------------------------

needs_browser = pytest.mark.skipif(
    not (CHROMIUM and NODE and (FOLDER / "node_modules").is_dir()),
    reason="needs Chromium, Node and: npm install --prefix tests/output/browser --ignore-scripts --no-package-lock",
)


def browse(results: list[DocumentResult], folder: Path, *only: str) -> Any:
    """What a reader of the report saw."""
    report = folder / "report.html"
    report.write_bytes(render("html", *results))
    # Kept for people to look at where the folder for it exists; not part of the repository.
    shots = ARTIFACTS if ARTIFACTS.is_dir() and not only else folder
    command = [str(NODE), str(FOLDER / "report.cjs"), str(CHROMIUM), str(report), str(shots), *only]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A report of 80 findings, hostile ones and one with a rare word among them."""
    hostile = [each for text in TEXTS[:20] if text for each in hostile_results(text)[:2]]
    unique = {each.path: each for each in hostile}
    plain = many(50)[0]
    rare = result(finding(excerpt="A sentinel DHF.", excerpt_start=11, excerpt_end=14), path="sops/rare.md")
    silent = result(finding(suppressed=Suppression("inline", "kept")), path="sops/silent.md")
    results = [*unique.values(), plain, rare, silent, unreadable("sops/a<b>.doc", "<script>alert(1)</script>")]
    return browse(results, tmp_path_factory.mktemp("report"))


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_browser_has_nothing_to_complain_of(seen: Any, scheme: str) -> None:
    view = seen[scheme]
    assert view["console"] == []
    assert view["dialogs"] == 0
    assert [url for url in view["requests"] if not url.startswith("file:")] == []
    assert len(view["requests"]) == 1
    assert view["elements"] == {"scripts": 2, "images": 0, "handlers": 0}
    assert view["violations"] == []


def edges(page: str, folder: Path, paper: str) -> list[tuple[int, int]]:
    """A report on paper: how many dots wide what stands leftmost and rightmost is, of most lines of its pages."""
    # The policy of the page admits no other style, and no flag of Chromium names a paper.
    page = re.sub("<meta http-equiv=.*?>", "", page)
    page = page.replace("</head>", f"<style>@page {{ size: {paper} }}</style></head>")
    (folder / "report.html").write_text(page, encoding="utf-8")
    pdf = str(folder / "report.pdf")
    quiet = ["--headless", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-pdf-header-footer"]
    to = ["--virtual-time-budget=4000", f"--print-to-pdf={pdf}", str(folder / "report.html")]
    subprocess.run([str(CHROMIUM), *quiet, *to], capture_output=True, check=True, timeout=120)
    dots = [str(PDFTOPPM), "-r", "300", "-gray", pdf, str(folder / "page")]
    subprocess.run(dots, check=True, timeout=120)
    return [_edges(file.read_bytes()) for file in sorted(folder.glob("page*.pgm"))]


def _edges(picture: bytes) -> tuple[int, int]:
    _, size, _, dots = picture.split(b"\n", 3)
    width = int(size.split()[0])
    rows = (dots[start : start + width] for start in range(0, len(dots), 7 * width))
    found = [ink for row in rows if (ink := re.findall(rb"[^\xff]+", row))]
    return tuple(Counter(len(ink[at]) for ink in found).most_common(1)[0][0] for at in (0, -1))  # type: ignore[return-value]


@pytest.mark.skipif(not (CHROMIUM and PDFTOPPM), reason="needs Chromium and Poppler")
@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_nothing_is_cut_at_the_edge_of_the_paper(paper: str, tmp_path: Path) -> None:
    path = "duluth/03 Quality Assurance Department/SOP-0112_Corrective_and_Preventive_Action_(CAPA)_RevA.docx"
    long = finding(rule="term-management-with-executive-responsibility", replacement="W" * 60, severity="error")
    pages = edges(page(word(*[long] * 8, path=path)), tmp_path, paper)
    assert len(pages) > 2
    for left, right in pages[1:3]:  # on which tables go from edge to edge, in borders
        assert left == right > 1


@needs_browser
def test_both_themes_are_there(seen: Any) -> None:
    assert seen["light"]["background"] != seen["dark"]["background"]


@needs_browser
def test_search_narrows_the_table(seen: Any) -> None:
    view = seen["light"]
    total = view["reset"].split(" of ")[1]
    assert view["start"] == {"rows": 50, "status": f"Findings 1 to 50 of {total}"}
    assert view["searched"]["rows"] == 1
    assert view["searched"]["texts"][0].startswith("A sentinel DHF.")
    assert view["nothing"] == {"rows": 0, "status": "No finding matches", "empty": True}


@needs_browser
def test_filters_narrow_the_table(seen: Any) -> None:
    view = seen["light"]
    total = int(view["reset"].split(" of ")[1])
    assert view["withoutErrors"]["severities"] == ["warning"]
    assert int(view["withoutErrors"]["status"].split(" of ")[1]) < total
    assert int(view["suppressedToo"].split(" of ")[1]) > total
    assert int(view["onePart"].split(" of ")[1]) < total
    assert {name.split("-")[0] for name in view["oneFamily"]["rules"]} == {"cite"}
    assert len(view["oneDocument"]["documents"]) == 1
    assert view["second"].startswith("Findings 51 to ")


@needs_browser
def test_headings_sort_by_keyboard(seen: Any) -> None:
    view = seen["light"]
    assert view["sorted"]["aria"] == "ascending"
    assert view["sorted"]["rules"] == sorted(view["sorted"]["rules"])
    assert view["reversed"]["aria"] == "descending"
    assert view["reversed"]["rules"] == sorted(view["reversed"]["rules"], reverse=True)
    assert view["reversed"]["rules"][0] > view["sorted"]["rules"][0]


@needs_browser
def test_paper_gets_all_rows(seen: Any) -> None:
    assert str(seen["light"]["printed"]) == seen["light"]["reset"].split(" of ")[1]
    assert "only" not in seen["light"]["printedAll"]
    assert seen["light"]["printedOnly"].endswith("; only severity warning, note")


@needs_browser
def test_ten_thousand_findings_lay_out_a_page_of_rows(tmp_path: Path) -> None:
    rare = result(finding(excerpt="A sentinel DHF.", excerpt_start=11, excerpt_end=14), path="sops/rare.md")
    view = browse([*many(10_000), rare], tmp_path, "light")["light"]
    assert view["console"] == []
    assert view["start"] == {"rows": 50, "status": "Findings 1 to 50 of 10,001"}
    assert view["searched"]["rows"] == 1


def test_places_of_word_documents_are_shown() -> None:
    html = page(word(finding(place=Place("header", "2 Scope", 3))))
    assert "header, 2 Scope; paragraph 3 of the headers" in data_of(html)["words"]
