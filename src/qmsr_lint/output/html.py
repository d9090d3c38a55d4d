"""One HTML page that carries everything: no network, a strict content security policy, light and dark, fit for paper.

The charts and lists are in the page as it is. The findings stand in it once, as JSON, and its script lays out the rows
that are looked at: ten thousand findings are as quick to filter as ten.
"""

from base64 import b64encode
from collections import Counter
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any, TextIO

from qmsr_lint.model import FAMILIES, SEVERITIES, UNJUDGED, DocumentResult, Finding, Summary
from qmsr_lint.output import MAPPING_NOTE, SILENCES, RunInfo, all_read, partial, plural, safe, silence
from qmsr_lint.output.across import Gathered
from qmsr_lint.output.overview import COUNTED, DocumentCounts, Overview, Worst, rank, sentence

FINDINGS = 20_000
"""Findings in the page, worst first; the others are counted."""

ROWS = 2000
"""Rows of the other tables."""

BARS = 12
"""Documents in the chart."""

_FEW = 6  # documents named in a row
_TEMPLATES = Path(__file__).parent / "templates"


class HtmlWriter:
    """Keeps the worst findings and the counts; the page is made at the end."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.overview = Overview()
        self.worst = Worst(FINDINGS)
        self.gathered = Gathered(run)

    def document(self, result: DocumentResult) -> None:
        """Count a document and keep its findings."""
        self.overview.add(result)
        self.worst.add(result)
        self.gathered.add(result)

    def finish(self, summary: Summary) -> None:
        """Write the page."""
        from markupsafe import Markup

        script = _file("report.js")
        data = _Data(self.overview)
        found = self.worst.findings()
        page = render(
            "report.html.j2",
            _tables(self.overview, data),
            across=self.gathered.across,
            counts=self.gathered.counts,
            types=self.gathered.types,
            charts=self.gathered.charts,
            run=self.run,
            summary=summary,
            overview=self.overview,
            partial=partial(self.run, summary),
            all_read=all_read(self.run, summary),
            note=MAPPING_NOTE,
            levels=SEVERITIES,
            findings=len(found),
            left_out=self.worst.left_out,
            script=Markup(script),  # noqa: S704 (a file of this package)
            script_hash=_hash(script),
            data=Markup(safe.script_data(data.json(found))),  # noqa: S704 (made safe for its place)
        )
        self.sink.write(page)


def render(template: str, tables: dict[str, Any], **values: Any) -> str:
    """A page from a template of this package, with its styles; every text that goes into it passes `safe.page`."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=lambda value: safe.page(value) if type(value) is str else value,
        trim_blocks=True,
    )
    templates.filters |= {"count": "{:,}".format, "plural": lambda number, noun: _plural(number, noun)}
    style = _file("report.css") + _file("across.css")
    values |= {"style": Markup(style), "style_hash": _hash(style)}  # noqa: S704 (a file of this package)
    return safe.html(templates.get_template(template).render(tables, **values)) + "\n"


def open_writer(run: RunInfo, sink: TextIO) -> HtmlWriter:
    """A writer of an HTML page over `sink`."""
    return HtmlWriter(run, sink)


class _Data:
    """The findings as the page's script takes them: rows of numbers and texts, each repeated text once."""

    def __init__(self, overview: Overview) -> None:
        self.documents: dict[str, int] = {}
        for document in overview.documents:
            self.documents.setdefault(document.path, len(self.documents))
        self.rules: dict[str, int] = {}
        self.parts: dict[str, int] = {}
        self.words: dict[str, int] = {}

    def json(self, found: list[tuple[DocumentResult, Finding]]) -> str:
        """The data as a JSON text."""
        rows = [self._row(result, finding) for result, finding in found]
        tables = {
            "documents": self.documents,
            "rules": self.rules,
            "parts": self.parts,
            "words": self.words,
        }
        data = {name: [safe.page(text) for text in table] for name, table in tables.items()}
        return dumps(data | {"families": FAMILIES, "rows": rows}, ensure_ascii=False, separators=(",", ":"))

    def _row(self, result: DocumentResult, finding: Finding) -> list[Any]:
        before, text, after = sentence(finding)
        _, severity, doubt = rank(finding)
        return [
            severity,
            doubt,
            self.rules.setdefault(finding.rule, len(self.rules)),
            self.documents[result.path],
            self.parts.setdefault(finding.place.part, len(self.parts)),
            self._word(finding.place.shown),
            finding.position.line if finding.position else 0,
            safe.page(before),
            safe.page(text),
            safe.page(after),
            self._word(finding.replacement),
            self._word("; ".join(finding.alternatives)),
            self._word(finding.message),
            self._word(finding.basis),
            self._word(silence(finding)),
            int(finding.standing == "known"),
        ]

    def _word(self, text: str | None) -> int:
        return self.words.setdefault(text, len(self.words)) if text else -1


def _tables(overview: Overview, data: _Data) -> dict[str, Any]:
    """What the charts and tables of the page show."""
    worst = overview.worst_documents
    ordered = overview.listed
    families = [(name, FAMILIES.get(name, name), counts) for name, counts in overview.by_family]
    judged = overview.judged
    unjudged = sum(document.status in UNJUDGED for document in overview.documents)
    change = judged - overview.ready - unjudged
    return {
        "families": families,
        "families_most": max((counts.total() for _, _, counts in families), default=1),
        "worst": [(data.documents[each.path], each, _counts(each)) for each in worst[:BARS]],
        "worst_most": max((each.open for each in worst[:BARS]), default=1),
        "documents": [(data.documents[each.path], each) for each in ordered[:ROWS]],
        "listed": len(ordered),
        "crosswalk": overview.crosswalk[:ROWS],
        "unread": overview.unread[:ROWS],
        "silences": overview.silences[:ROWS],
        "meanings": {level: _capital(overview.meaning(level)) for level in SEVERITIES},
        "standing": SILENCES,
        "counted": (*SEVERITIES, "known") if overview.known else SEVERITIES,
        "most_rows": ROWS,
        "few": _FEW,
        "judged": judged,
        "to_change": change,
        "not_judged": unjudged,
        "counted_ready": COUNTED,
        "percent": 100 * overview.ready // judged if judged else 0,
        "arcs": _arcs({"ready": overview.ready, "change": change, "unread": unjudged}),
    }


def _arcs(parts: dict[str, int]) -> list[tuple[str, int, int]]:
    """Name, length and start of the arcs of a ring, in documents."""
    arcs = []
    start = 0
    for name, length in parts.items():
        if length:
            arcs.append((name, length, start))
        start += length
    return arcs


def _counts(document: DocumentCounts) -> Counter[str]:
    return Counter({level: getattr(document, level) for level in (*SEVERITIES, "known")})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plural(number: int, noun: str) -> str:
    return plural(number, noun).replace(str(number), f"{number:,}", 1)


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The source expression of a content security policy that admits exactly this text."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
