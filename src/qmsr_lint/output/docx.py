"""A Word impact assessment for a change order: scope, method, counts, crosswalk, what was not read, signatures.

It names documents, not single findings: those are in the Excel workbook of the same run.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, TextIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qmsr_lint.model import FAMILIES, SEVERITIES, STATUSES, UNJUDGED, DocumentResult, Severity, Summary
from qmsr_lint.output import MAPPING_NOTE, SILENCES, RunInfo, all_read, partial, plural, safe
from qmsr_lint.output.overview import COUNTED, READY, Overview
from qmsr_lint.output.own import AUTHOR, EPOCH

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

ROWS = 1000
"""Rows of a table; what it leaves out is counted below it and stands in the Excel workbook."""

LONGEST = 600
"""Characters of a cell."""

READING = (
    "The text of each document was compared by program with rules on terms, citations, names, FDA programs and "
    "statements that 21 CFR Part 820 as amended (Quality Management System Regulation, in force since 2 February 2026) "
    "has overtaken. In Word files that is everything a reader sees: body, tables, headers, footers, notes, comments, "
    "text boxes and document properties; tracked deletions are left out."
)
UNCHANGED = "No document was changed."
SUPPRESSED = (
    "A suppressed finding is not open: the program judged that its context needs no change, or a decision to accept it "
    "is recorded in the document or the configuration, with its reason. It is counted, never dropped."
)
KNOWN = (
    "A known finding stands in a baseline, a list of findings that were there at an earlier time. That is no decision "
    "about it: it is as open as the others, and counted apart from them."
)
DECISION = (
    "A document is ready when it was read and neither an error nor a warning in it is open. The program proposes; "
    "whether and how a document is changed is decided by the people who sign below."
)
NOTE = (
    f"{MAPPING_NOTE} The mapping of former paragraphs of Part 820 to clauses of ISO 13485:2016 is therefore a proposal "
    "to be confirmed by regulatory affairs, not a statement of FDA."
)
ROLES = ("Prepared by", "Reviewed by (process owner)", "Reviewed by (regulatory affairs)", "Approved by (quality)")

_ARTICLES: Mapping[Severity, str] = {"error": "An", "warning": "A", "note": "A"}
# Widths of the columns that count errors, warnings, notes, known findings: for fonts wider than Calibri as well.
_COUNTS = (1.6, 2.2, 1.5, 1.7)
_COUNTED = frozenset({"Documents", "Findings", "Errors", "Warnings", "Notes", "Known"})
_COUNT = re.compile(r"\d+|–")  # a cell of a column of numbers, which is aligned right
_TOGETHER = 6  # rows of a table that is not broken over pages
_INK, _SHADE, _LINE = "1F3A4D", "EAF0F4", "C5CED6"


class DocxWriter:
    """Gathers the run; the report is made at the end."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.overview = Overview()

    def document(self, result: DocumentResult) -> None:
        """Count a document and its findings."""
        self.overview.add(result)

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        report = _Report(self.run)
        report.front()
        _summary(report, self.overview, summary)
        _scope(report, self.overview, summary)
        report.heading("Method")
        for text in _method(self.run, self.overview):
            report.text(text)
        _origin(report, self.run)
        _findings(report, self.overview)
        _documents(report, self.overview)
        _crosswalk(report, self.overview)
        _not_read(report, self.overview, summary)
        report.heading("Authority of the mappings")
        report.text(NOTE)
        report.heading("Assessment and approval")
        report.table(
            ("Role", "Name", "Signature", "Date"), ((role, "", "", "") for role in ROLES), (5.0, 4.5, 4.5, 3.0), 28
        )
        self.sink.buffer.write(report.data())


def open_writer(run: RunInfo, sink: TextIO) -> DocxWriter:
    """A writer of a Word report over the bytes of `sink`."""
    return DocxWriter(run, sink)


def _method(run: RunInfo, overview: Overview) -> Iterator[str]:
    """How the run judged, in paragraphs."""
    yield f"{READING} {run.written or UNCHANGED}"
    yield " ".join(f"{article} {level} is {overview.meaning(level)}." for level, article in _ARTICLES.items())
    yield SUPPRESSED
    if overview.known:
        yield KNOWN
    yield DECISION


def _summary(report: "_Report", overview: Overview, summary: Summary) -> None:
    report.heading("Summary")
    if told := partial(report.run, summary):
        report.text(told, strong=True)
    found = ", ".join(plural(getattr(summary, name), name) for name in SEVERITIES)
    report.text(
        f"{plural(summary.documents, 'document')} in scope; {summary.checked} read. "
        f"{overview.ready} of {overview.judged} ready: {READY}. {f'{COUNTED} ' if overview.ready else ''}"
        f"Findings: {found}{f'; {overview.known} known (baseline)' if overview.known else ''}."
        f"{f' Not open: {overview.silent}.' if overview.silent else ''}"
    )
    if overview.known:
        held = sum(bool(document.known) for document in overview.documents)
        report.text(
            f"{plural(overview.known, 'finding')} in {plural(held, 'document')}: known from a baseline, still open, "
            "and no decision is recorded.",
            strong=True,
        )
    if unjudged := sum(document.status in UNJUDGED for document in overview.documents):
        them = "it" if unjudged == 1 else "them"
        told = f"{plural(unjudged, 'document')} could not be judged; nothing is known about {them}."
        report.text(told, strong=True)


def _scope(report: "_Report", overview: Overview, summary: Summary) -> None:
    report.heading("Scope")
    formats: dict[str, int] = {}
    for document in overview.documents:
        formats[document.format] = formats.get(document.format, 0) + 1
    states = ((name, str(number)) for name in STATUSES if (number := getattr(summary, name)))
    kinds = ((f"of format {name}", str(number)) for name, number in sorted(formats.items()))
    rows = (("documents in scope", str(summary.documents)), *states, *kinds)
    report.table(("What", "Documents"), rows, (6.0, 3.0))


def _origin(report: "_Report", run: RunInfo) -> None:
    report.heading("Tool and rules")
    rows = (
        ("Tool", f"qmsr-lint {run.version}"),
        ("Rules", f"version {run.rules_version}" + (f", {plural(len(run.rules), 'rule')}" if run.rules else "")),
        ("SHA-256 of the rules", run.rules_sha256),
    )
    report.table(("Item", "Value"), rows, (4.0, 13.0))


def _findings(report: "_Report", overview: Overview) -> None:
    report.heading("Findings by family and rule")
    if not overview.families:
        report.text("None.")
        return
    levels, titled = _levels(overview)
    families = (
        (FAMILIES.get(name, name), *(str(counts[level]) for level in levels)) for name, counts in overview.by_family
    )
    report.table(("Family", *titled), families, (17.0 - 2.4 * len(levels), *(2.4 for _ in levels)))
    titles = {
        rule.id: f"{rule.legacy[0]} → {rule.current}" for rule in report.run.rules if rule.legacy and rule.current
    }
    rules = (
        (name, titles.get(name, ""), *(str(counts[level]) for level in levels)) for name, counts in overview.by_rule
    )
    report.table(
        ("Rule", "From → to", *titled), rules, (5.0, 12.0 - sum(_COUNTS[: len(levels)]), *_COUNTS[: len(levels)])
    )


def _levels(overview: Overview) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What findings are counted by, and the titles of the columns; a baseline's column is there where it is used."""
    levels, titles = tuple(SEVERITIES), ("Errors", "Warnings", "Notes")
    return ((*levels, "known"), (*titles, "Known")) if overview.known else (levels, titles)


def _documents(report: "_Report", overview: Overview) -> None:
    report.heading("Documents")
    ordered = overview.listed
    if not ordered:
        report.text(overview.unlisted or "None.")
        return
    report.text(
        "Those with open findings, most errors first, then most warnings, and those that were not read; the Excel "
        "workbook of the same run lists every document. The SHA-256 (its first 12 characters) names the exact version "
        "that was read."
    )
    levels, titles = _levels(overview)
    rows = []
    for each in ordered[:ROWS]:
        shown = " ".join(filter(None, (each.identity.number, each.identity.title)))
        revision = each.identity.revision or ""
        counts = [str(getattr(each, level)) if each.status == "checked" else "–" for level in levels]
        state = "ready" if each.ready else "change" if each.status == "checked" else each.status
        rows.append(
            (f"{each.path}\n{shown}" if shown else each.path, revision, *counts, state, (each.sha256 or "")[:12])
        )
    columns = ("Document", "Rev.", *titles, "State", "SHA-256")
    widths = _COUNTS[: len(levels)]
    report.table(columns, rows, (10.6 - sum(widths), 1.3, *widths, 2.2, 2.9))
    _more(report, len(ordered), "document")
    if overview.unlisted:
        report.text(overview.unlisted)


def _crosswalk(report: "_Report", overview: Overview) -> None:
    report.heading("Crosswalk of the citations found")
    crosswalk = overview.crosswalk
    if not crosswalk:
        report.text(overview.no_citation)
        return
    rows = ((row.legacy, row.current, str(row.findings), _some(row.documents)) for row in crosswalk[:ROWS])
    report.table(("Legacy", "Current", "Findings", "Documents"), rows, (3.6, 5.4, 2.1, 5.9))
    _more(report, len(crosswalk), "citation")
    if overview.silent_citations:
        report.text(overview.silent_citations)


def _not_read(report: "_Report", overview: Overview, summary: Summary) -> None:
    report.heading("What was not read, and what was suppressed")
    unread = overview.unread
    if unread:
        rows: Iterable[tuple[str, ...]] = ((each.path, each.status, each.reason) for each in unread[:ROWS])
        report.table(("Document", "Status", "Reason"), rows, (6.0, 2.4, 8.6))
        _more(report, len(unread), "document")
    else:
        report.text(all_read(report.run, summary))
    if silences := overview.silences:
        rows = (
            (SILENCES[each.by], each.reason, str(each.findings), str(len(each.documents))) for each in silences[:ROWS]
        )
        report.table(("Standing", "Reason", "Findings", "Documents"), rows, (3.6, 8.8, 2.2, 2.4))


def _more(report: "_Report", number: int, noun: str) -> None:
    if number > ROWS:
        report.text(f"and {plural(number - ROWS, f'more {noun}')}: see the Excel workbook of the same run.")


def _some(paths: Sequence[str]) -> str:
    """A few paths, and how many more there are."""
    more = f"\nand {len(paths) - 5} more" if len(paths) > 5 else ""
    return "\n".join(paths[:5]) + more


def document(run: RunInfo, title: str, about: str) -> "_Report":
    """An empty report of another kind in the same style, with its title and what it is about."""
    made = _Report(run, title)
    made.file.add_paragraph(title, style="Title")
    made.text(about)
    return made


class _Report:
    """A Word document with numbered headings; all text passes `safe.page`."""

    def __init__(self, run: RunInfo, title: str = "QMSR impact assessment") -> None:
        from docx import Document
        from docx.shared import Cm, Pt, RGBColor

        self.run = run
        self.number = 0
        self.file = Document()
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10)
        normal.paragraph_format.space_after = Pt(6)
        for name, size in (("Title", 24), ("Heading 1", 13)):
            style = self.file.styles[name]
            style.font.size, style.font.bold = Pt(size), True
            style.font.color.rgb = RGBColor.from_string(_INK)
            _font(style.element, "Calibri")
        section = self.file.sections[0]
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2.0)
        _footer(section.footer.paragraphs[0], f"qmsr-lint {run.version} · rules {run.rules_version} · page ")
        properties = self.file.core_properties
        properties.title, properties.author, properties.comments = title, AUTHOR, MAPPING_NOTE
        properties.created = properties.modified = EPOCH
        properties.last_modified_by, properties.revision = AUTHOR, 1

    def front(self) -> None:
        """The title, and what the change order fills in."""
        self.file.add_paragraph("QMSR impact assessment", style="Title")
        self.text("Effect of the Quality Management System Regulation (21 CFR Part 820) on controlled documents.")
        rows = (("Change order", ""), ("Site or quality system", ""), ("Date of the run", ""))
        self.table(("To be filled in", ""), rows, (5.0, 12.0))

    def heading(self, text: str) -> None:
        """A numbered heading."""
        self.number += 1
        self.file.add_heading(f"{self.number}  {text}", 1)

    def text(self, text: str, strong: bool = False) -> None:
        """A paragraph."""
        self.file.add_paragraph().add_run(safe.page(text)).bold = strong

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], height: float = 0
    ) -> None:
        """A table whose heading row is repeated on each page; widths in centimetres, height of a row in points."""
        from docx.shared import Cm, Pt

        body = [tuple(row) for row in rows]
        counted = [name in _COUNTED and all(_COUNT.fullmatch(row[at]) for row in body) for at, name in enumerate(head)]
        table = self.file.add_table(len(body) + 1, len(head))
        table.autofit = False
        _borders(table._tbl)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for row, texts in zip(table.rows, (head, *body), strict=True):
            first = texts is head
            if height and not first:
                row.height = Pt(height)
            _row(row._tr, repeated=first)
            # A short table, such as the one for signatures, stays on one page with its heading.
            together = len(body) <= _TOGETHER and texts is not [head, *body][-1]
            for cell, text, width, right in zip(row.cells, texts, widths, counted, strict=True):
                cell.width = Cm(width)
                _fill(cell, text, first, together, right)
        self.file.add_paragraph().paragraph_format.space_after = Pt(2)

    def data(self) -> bytes:
        """The file, with a fixed date on every entry."""
        raw, fixed = BytesIO(), BytesIO()
        self.file.save(raw)
        with ZipFile(raw) as made, ZipFile(fixed, "w", ZIP_DEFLATED) as kept:
            for name in made.namelist():
                entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
                kept.writestr(entry, made.read(name))
        return fixed.getvalue()


def _fill(cell: "_Cell", text: str, head: bool, together: bool, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for number, line in enumerate(text[:LONGEST].split("\n")):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.keep_with_next = together
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(safe.page(line))
        run.font.size = Pt(9)
        run.bold = head
    if head:
        _add(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=_SHADE)


def _row(row: Any, repeated: bool) -> None:
    properties = row.get_or_add_trPr()
    _add(properties, "w:cantSplit")
    if repeated:
        _add(properties, "w:tblHeader")


def _borders(table: Any) -> None:
    borders = _add(table.tblPr, "w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _add(borders, f"w:{edge}", val="single", sz="4", space="0", color=_LINE)


def _font(style: Any, name: str) -> None:
    """Name a font where the template's style names one of its theme."""
    from docx.oxml.ns import qn

    fonts = style.rPr.rFonts
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(key), name)


def _footer(paragraph: "Paragraph", text: str) -> None:
    from docx.shared import Pt

    # The size is that of the paragraph's style: LibreOffice does not take that of a field from its run.
    assert paragraph.style is not None  # noqa: S101 (a footer of the template has one)
    paragraph.style.font.size = Pt(8)
    paragraph.add_run(safe.page(text))
    field = paragraph.add_run()
    _add(field._r, "w:fldChar", fldCharType="begin")
    _add(field._r, "w:instrText").text = "PAGE"
    _add(field._r, "w:fldChar", fldCharType="end")


def _add(parent: Any, name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    child = OxmlElement(name)
    for key, value in attributes.items():
        child.set(qn(f"w:{key}"), value)
    parent.append(child)
    return child
