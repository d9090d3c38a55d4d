"""Running an output over results, for tests."""

import io
import re
from typing import TextIO
from zipfile import ZipFile

import docx
from builders import RUN, summary

from qmsr_lint.model import DocumentResult
from qmsr_lint.output import RunInfo, open_writer

PEOPLE = ("docx", "html", "markdown", "xlsx")
"""Reports that are read, and some of them signed, by people."""


def render(name: str, *results: DocumentResult, run: RunInfo = RUN) -> bytes:
    """The bytes that an output writes for results."""
    raw = io.BytesIO()
    sink: TextIO = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="\n")
    writer = open_writer(name, run, sink)
    for each in results:
        writer.document(each)
    writer.finish(summary(*results))
    sink.flush()
    return raw.getvalue()


def text(form: str, *results: DocumentResult, run: RunInfo = RUN) -> str:
    """What a person reads in a report."""
    data = render(form, *results, run=run)
    if form == "docx":
        report = docx.Document(io.BytesIO(data))
        cells = [" | ".join(cell.text for cell in row.cells) for table in report.tables for row in table.rows]
        return "\n".join([*(paragraph.text for paragraph in report.paragraphs), *cells])
    if form == "xlsx":
        with ZipFile(io.BytesIO(data)) as package:
            sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
        return "\n".join(re.sub("<[^>]+>", "\n", sheet) for sheet in sheets)
    page = data.decode()
    if form == "html":
        page = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub("<[^>]+>", " ", page)
