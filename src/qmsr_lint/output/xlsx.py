"""An Excel workbook for a change order: what was found, what to write instead, and columns left to fill in.

Every cell of text is written as a string, so that nothing a document says becomes a formula or a link. Rows go to
temporary files as they come (xlsxwriter's constant memory), so that memory does not grow with the findings.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, TextIO

from qmsr_lint.model import FAMILIES, SEVERITIES, STATUSES, DocumentResult, Finding, Summary
from qmsr_lint.output import MAPPING_NOTE, SILENCES, RunInfo, partial, safe, silence
from qmsr_lint.output.across import Gathered
from qmsr_lint.output.overview import COUNTED, READY, Overview, sentence
from qmsr_lint.output.own import AUTHOR, EPOCH

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_000
"""Findings in the sheet; Excel has 1,048,576 rows."""

LONGEST = 32_000
"""Characters of a cell; Excel has 32,767."""

FINDINGS = (
    ("Document", 34),
    ("Number", 14),
    ("Title", 28),
    ("Revision", 9),
    ("Place", 30),
    ("Severity", 10),
    ("Certainty", 10),
    ("Rule", 24),
    ("Text found", 26),
    ("Sentence", 60),
    ("Proposed change", 36),
    ("Alternatives", 30),
    ("Reason", 50),
    ("Regulatory basis", 40),
    ("State", 24),
    ("Disposition", 16),
    ("Owner", 18),
    ("Comment", 30),
    ("Fingerprint", 23),
)
"""The columns of the sheet Findings with their widths in characters."""

DISPOSITIONS = ("Accept", "Accept with changes", "Reject", "Not applicable")
_LINE, _LINES = 13, 14  # the height of a line in points, and the lines of a row at most
_TABLOID = 3  # Excel's number of the paper, 11 by 17 inches
_DOCUMENTS = (
    *(("Document", 44), ("Number", 16), ("Title", 36), ("Revision", 10), ("Format", 10), ("Status", 12), ("Ready", 8)),
    *(("Errors", 9), ("Warnings", 10), ("Notes", 8), ("Known (baseline)", 16), ("Suppressed", 12), ("SHA-256", 68)),
    *(("Disposition", 20), ("Owner", 20)),
)
_CROSSWALK = (("Legacy", 30), ("Current", 60), ("Documents", 11), ("Findings", 10), ("Found in", 90))
_NOT_READ = (("Document", 60), ("Status", 14), ("Reason", 90))
_SUPPRESSED = (("Standing", 34), ("Reason", 80), ("Findings", 10), ("Documents", 11))

_TYPES = (
    *(("Type of document", 30), ("Documents", 70), ("Covered", 10), ("Elements", 10)),
    *(("In part", 10), ("Missing", 10), ("Outdated", 10)),
)

_COUNTS = (("Site", 24), ("Family", 28), ("Type of document", 32), ("Findings", 10))


class XlsxWriter:
    """Writes the rows of findings as they come; the other sheets wait for the end."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        from xlsxwriter import Workbook

        self.run = run
        self.sink = sink
        self.overview = Overview()
        self.gathered = Gathered(run)
        self.file = BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = Workbook(self.file, options)
        told = {"title": "QMSR impact", "author": AUTHOR, "created": EPOCH, "comments": MAPPING_NOTE}
        self.book.set_properties(told)
        self.formats = _formats(self.book)
        self.summary = self.book.add_worksheet("Summary")
        self.findings = self._table("Findings", FINDINGS)
        self.row = 0

    def document(self, result: DocumentResult) -> None:
        """Write the rows of a document."""
        self.overview.add(result)
        self.gathered.add(result)
        for finding in result.findings:
            if self.row < ROWS:
                self.row += 1
                self._finding(result, finding)

    def finish(self, summary: Summary) -> None:
        """Write the other sheets and the file."""
        self._close(self.findings, FINDINGS, self.row)
        column = [name for name, _ in FINDINGS].index("Disposition")
        if self.row:
            choice = {"validate": "list", "source": list(DISPOSITIONS), "ignore_blank": True}
            self.findings.data_validation(1, column, self.row, column, choice)
        self._documents()
        self._crosswalk()
        self._not_read()
        self._suppressed()
        self._sites()
        self._types()
        self._trend()
        self._summary(summary)
        self.book.close()
        self.sink.buffer.write(self.file.getvalue())

    def _finding(self, result: DocumentResult, finding: Finding) -> None:
        identity = result.identity
        silent = finding.standing in ("accepted", "no change")
        line = f"line {finding.position.line}" if finding.position else ""
        cells = (
            result.path,
            identity.number or "",
            identity.title or "",
            identity.revision or "",
            ", ".join(filter(None, (finding.place.shown, line))),
            finding.severity,
            finding.certainty,
            finding.rule,
            finding.text,
            "".join(sentence(finding, 1000)),
            finding.replacement or "",
            "; ".join(finding.alternatives),
            finding.message,
            finding.basis,
            silence(finding) or "open",
            "",
            "",
            "",
            finding.fingerprint,
        )
        self._height(self.findings, self.row, FINDINGS, cells)
        for column, cell in enumerate(cells):
            style = "quiet" if silent else finding.severity if FINDINGS[column][0] == "Severity" else "cell"
            self._write(self.findings, self.row, column, cell, style)

    def _documents(self) -> None:
        sheet = self._table("Documents", _DOCUMENTS)
        for row, each in enumerate(self.overview.documents, 1):
            identity = each.identity
            texts = (each.path, identity.number or "", identity.title or "", identity.revision or "", each.format)
            self._height(sheet, row, _DOCUMENTS, texts)
            for column, text in enumerate((*texts, each.status, "yes" if each.ready else "no")):
                self._write(sheet, row, column, text)
            for column, number in enumerate((each.error, each.warning, each.note, each.known, each.suppressed), 7):
                sheet.write_number(row, column, number, self.formats["number"])
            for column, text in enumerate((each.sha256 or "", "", ""), 12):
                self._write(sheet, row, column, text)
        self._close(sheet, _DOCUMENTS, len(self.overview.documents))

    def _crosswalk(self) -> None:
        sheet = self._table("Crosswalk", _CROSSWALK)
        rows = self.overview.crosswalk
        for row, each in enumerate(rows, 1):
            found_in = "; ".join(each.documents)
            self._height(sheet, row, _CROSSWALK, (each.legacy, each.current, "", "", found_in))
            self._write(sheet, row, 0, each.legacy)
            self._write(sheet, row, 1, each.current)
            sheet.write_number(row, 2, len(each.documents), self.formats["number"])
            sheet.write_number(row, 3, each.findings, self.formats["number"])
            self._write(sheet, row, 4, found_in)
        self._close(sheet, _CROSSWALK, len(rows))
        if note := self.overview.silent_citations if rows else self.overview.no_citation:
            self._write(sheet, len(rows) + 2, 0, note, "plain")

    def _not_read(self) -> None:
        sheet = self._table("Not read", _NOT_READ)
        for row, each in enumerate(self.overview.unread, 1):
            texts = (each.path, each.status, each.reason)
            self._height(sheet, row, _NOT_READ, texts)
            for column, text in enumerate(texts):
                self._write(sheet, row, column, text)
        self._close(sheet, _NOT_READ, len(self.overview.unread))

    def _suppressed(self) -> None:
        sheet = self._table("Suppressed", _SUPPRESSED)
        for row, each in enumerate(self.overview.silences, 1):
            self._height(sheet, row, _SUPPRESSED, (SILENCES[each.by], each.reason))
            self._write(sheet, row, 0, SILENCES[each.by])
            self._write(sheet, row, 1, each.reason)
            sheet.write_number(row, 2, each.findings, self.formats["number"])
            sheet.write_number(row, 3, len(each.documents), self.formats["number"])
        self._close(sheet, _SUPPRESSED, len(self.overview.silences))

    def _sites(self) -> None:
        """The heat map of site and family, where there are two sites."""
        across = self.gathered.across
        if across is None:
            return
        columns = (("Site", 24), *((across.title(name), 14) for name in across.families), ("All", 10))
        sheet = self._table("Sites", columns)
        for row, site in enumerate(across.sites, 1):
            self._write(sheet, row, 0, site or "no site")
            for column, name in enumerate(across.families, 1):
                sheet.write_number(row, column, across.findings(site, name), self.formats["number"])
            sheet.write_number(row, len(across.families) + 1, across.total(site), self.formats["number"])
        if across.families:
            scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#E2A39D"}
            sheet.conditional_format(1, 1, len(across.sites), len(across.families), scale)
        self._close(sheet, columns, len(across.sites))
        sheet = self._table("Sites by type", _COUNTS)
        rows = self.gathered.counts[:ROWS]
        for row, each in enumerate(rows, 1):
            named = self.run.types.get(each.type, "")
            for column, text in enumerate((each.site or "no site", across.title(each.family), named)):
                self._write(sheet, row, column, text)
            sheet.write_number(row, 3, each.findings, self.formats["number"])
        self._close(sheet, _COUNTS, len(rows))

    def _types(self) -> None:
        """Readiness by type of document, where it was asked for."""
        rows = self.gathered.types
        if not rows:
            return
        sheet = self._table("Types", _TYPES)
        for row, each in enumerate(rows, 1):
            paths = "; ".join(path for path, _ in each.documents)
            self._height(sheet, row, _TYPES, (each.name, paths))
            self._write(sheet, row, 0, each.name)
            self._write(sheet, row, 1, paths)
            counts = (each.covered, each.total, *(each.number(state) for state in ("partly", "missing", "outdated")))
            for column, number in enumerate(counts, 2):
                sheet.write_number(row, column, number, self.formats["number"])
        self._close(sheet, _TYPES, len(rows))

    def _trend(self) -> None:
        """The live findings of each run, where there is a history."""
        found = self.gathered.charts
        if not found:
            return
        chart = found[0]
        columns = (("By", 10), ("Name", 28), *((run.day, 16) for run in chart.runs))
        sheet = self._table("Trend", columns)
        self._write(sheet, 1, 1, "Documents")
        for column, run in enumerate(chart.runs, 2):
            sheet.write_number(1, column, run.documents, self.formats["number"])
        sheet.set_row(2, 3 * _LINE + 2)
        self._write(sheet, 2, 1, "Not to be compared with the run before")
        for number in range(len(chart.runs)):
            self._write(sheet, 2, number + 2, chart.why(number))
        lines = [(each.by, line) for each in found for line in each.lines]
        for row, (by, line) in enumerate(lines, 3):
            self._write(sheet, row, 0, by)
            self._write(sheet, row, 1, line.name)
            for column, number in enumerate(line.numbers, 2):
                sheet.write_number(row, column, number, self.formats["number"])
        self._close(sheet, columns, len(lines) + 2)

    def _summary(self, summary: Summary) -> None:
        sheet = self.summary
        sheet.hide_gridlines(2)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 4, 14)
        self._write(sheet, 0, 0, "QMSR impact", "title")
        if told := partial(self.run, summary):
            self._write(sheet, 1, 0, told, "alert")
        row = self._lines(2, "Documents", [("in scope", summary.documents), *_states(summary)])
        row = self._lines(row, "Readiness", [(f"ready: {READY}", self.overview.ready), ("of", self.overview.judged)])
        self._write(sheet, row - 1, 0, COUNTED, "plain")
        row += 1
        levels: list[tuple[str, int]] = [(name, getattr(summary, name)) for name in SEVERITIES]
        levels += [("known (baseline), still open", self.overview.known)] if self.overview.known else []
        levels += [
            ("accepted by decision", self.overview.accepted),
            ("no change needed in their context", self.overview.standings["no change"]),
        ]
        row = self._lines(row, "Findings", levels)
        row = self._families(row)
        self._write(sheet, row, 0, "Tool", "heading")
        origin = (("qmsr-lint", self.run.version), ("rules", self.run.rules_version), ("sha256", self.run.rules_sha256))
        for name, text in origin:
            row += 1
            self._write(sheet, row, 0, name, "plain")
            self._write(sheet, row, 1, text, "plain")
        self._write(sheet, row + 2, 0, MAPPING_NOTE, "plain")
        if self.row == ROWS:
            self._write(
                sheet, row + 3, 0, "The sheet Findings ends at what Excel can hold; CSV and JSON have all.", "plain"
            )

    def _lines(self, row: int, heading: str, lines: list[tuple[str, int]]) -> int:
        """A heading with names and numbers below it; the row after the next blank one."""
        self._write(self.summary, row, 0, heading, "heading")
        for name, number in lines:
            row += 1
            self._write(self.summary, row, 0, name, "plain")
            self.summary.write_number(row, 1, number, self.formats["total"])
        return row + 2

    def _families(self, row: int) -> int:
        if not self.overview.families:
            return row
        levels = (*SEVERITIES, "known") if self.overview.known else SEVERITIES
        for column, name in enumerate(("By family", "Errors", "Warnings", "Notes", "Known")[: len(levels) + 1]):
            self._write(self.summary, row, column, name, "right" if column else "heading")
        for name, counts in self.overview.by_family:
            row += 1
            self._write(self.summary, row, 0, FAMILIES.get(name, name), "plain")
            for column, level in enumerate(levels, 1):
                self.summary.write_number(row, column, counts[level], self.formats["total"])
        return row + 2

    def _table(self, name: str, columns: tuple[tuple[str, int], ...]) -> "Worksheet":
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(_TABLOID)
        sheet.fit_to_pages(2 if columns is FINDINGS else 1, 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.set_footer("&L&A&RPage &P of &N")
        for column, (title, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            self._write(sheet, 0, column, title, "head")
        return sheet

    def _close(self, sheet: "Worksheet", columns: tuple[tuple[str, int], ...], rows: int) -> None:
        sheet.autofilter(0, 0, rows, len(columns) - 1)

    def _height(self, sheet: "Worksheet", row: int, columns: tuple[tuple[str, int], ...], texts: Sequence[str]) -> None:
        """Make a row as high as its longest text needs, in lines; not every program does that by itself."""
        lines = max(-(-len(text) // width) for text, (_, width) in zip(texts, columns, strict=False))
        sheet.set_row(row, _LINE * min(max(lines, 1), _LINES) + 2)

    def _write(self, sheet: "Worksheet", row: int, column: int, text: str, style: str = "cell") -> None:
        sheet.write_string(row, column, safe.page(text[:LONGEST])[:LONGEST], self.formats[style])


def open_writer(run: RunInfo, sink: TextIO) -> XlsxWriter:
    """A writer of an Excel workbook over the bytes of `sink`."""
    return XlsxWriter(run, sink)


def _formats(book: Any) -> "dict[str, Format]":
    cell = {"text_wrap": True, "valign": "top", "font_size": 10, "border": 1, "border_color": "#D5DAE1"}
    styles: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 18, "font_color": "#1F3A4D"},
        "heading": {"bold": True, "font_size": 11, "font_color": "#1F3A4D", "bottom": 1, "bottom_color": "#9AA7B4"},
        "right": {"bold": True, "font_color": "#1F3A4D", "bottom": 1, "bottom_color": "#9AA7B4", "align": "right"},
        "plain": {"font_size": 10},
        "alert": {"font_size": 10, "bold": True, "font_color": "#9B1C1C"},
        "total": {"font_size": 10, "num_format": "#,##0"},
        "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A4D", "valign": "vcenter", "font_size": 10},
        "cell": cell,
        "number": cell | {"num_format": "#,##0"},
        "quiet": cell | {"font_color": "#6B7683", "italic": True},
        "error": cell | {"bold": True, "font_color": "#9B1C1C", "bg_color": "#FBE9E7"},
        "warning": cell | {"bold": True, "font_color": "#7A4B00", "bg_color": "#FFF4DC"},
        "note": cell | {"bold": True, "font_color": "#1B4F72", "bg_color": "#E8F1F8"},
    }
    return {name: book.add_format(style) for name, style in styles.items()}


def _states(summary: Summary) -> list[tuple[str, int]]:
    return [(name, number) for name in STATUSES if (number := getattr(summary, name))]
