"""Recognising the reports this package has written, so that a run may replace those of the run before.

A report that is data says who made it. One made of lines for a terminal or a log does not, so all its lines must be
such as this package writes: a procedure that quotes a few of them is none.
"""

import os
import re
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from qmsr_lint.model import FAMILIES

MARKDOWN_TITLE = "# QMSR readiness"
"""The first line of a summary in Markdown."""

_SIGNATURE = re.compile(rb"\nqmsr-lint [\w.+-]{1,40}, rules [\w.+-]{1,40}, sha256 `[0-9a-f]{64}`\s*\Z")
"""The last line of one; its title may be that of somebody's own procedure."""
_SIGNED = 400  # bytes at the end in which it stands

AUTHOR = "qmsr-lint"
"""The author in the properties of a report in Word or Excel."""
EPOCH = datetime(2026, 2, 2)
"""The date in them, that of the QMSR: the same run gives the same bytes."""
_PROPERTIES = 1 << 14  # bytes of the properties that are looked at: those of a report have less than one thousand

_START = 1 << 12
_TOOL = rb'"schema_version": "\d+",\s*"tool": \{\s*"name": "qmsr-lint"'
_RULE = rf"(?:{'|'.join(FAMILIES)})-[a-z0-9-]+".encode()
_DATA = re.compile(
    rb"\s*".join((rb"\{", _TOOL))  # JSON, and JSON lines without a document
    + rb'|\{\s*"\$schema": "[^"]*sarif[^"]*",[^{]*\{\s*"tool": \{\s*"driver": \{\s*"name": "qmsr-lint"'
    + rb'|\xef\xbb\xbf"document","number","title","revision","status","line","place","severity",'
    + rb'|<!doctype html>\n.*<meta name="generator" content="qmsr-lint '
    + rb"|QMSR readiness: \d+ of \d+ lines ready \(market: \w+\)\n\d+ documents?: ",
    re.DOTALL,
)
"""How a report begins that says who made it."""
_JSON_LINES = rb'{"path": '
_LAST = 1 << 16  # bytes at the end of JSON lines, in which the last one begins
_LAST_LINE = re.compile(rb"\n\{" + _TOOL + rb"[^\n]*\}\n\Z")

_STATUS = rb"(?:unreadable|timeout|crashed|skipped)"
_COUNTS = rb"\d+ documents?: (?:\d+ (?:checked|edited|unreadable|timeout|crashed|skipped)|none checked).*"
_WHOLE = _COUNTS + rb"|Clause-level mappings are made by industry; .*"
_WHOLE += rb"|The run was interrupted after .*|This is part \d+/\d+ of a sweep: .*"
_LINES = (
    # text: the findings stand indented below their document
    rb".*  (?:\d+ (?:errors?|warnings?|notes?|known|suppressed)(?:, |$))+|Not checked|(?:  .*)?|" + _WHOLE,
    # text of `fix`
    rb".+: (?:\d+ (?:edited|commented|refused|left|suppressed)(?:, |$))+|.+: not written.*|(?:  .*)?|" + _WHOLE,
    # concise
    rb".+: (?:error|warning|note) " + _RULE + rb"[ :].*|.+: " + _STATUS + rb": .*|" + _WHOLE,
    # GitHub
    rb"::(?:error|warning|notice) (?:file=.*,)?title=.*::.*|" + _WHOLE,
    # Azure
    rb"##vso\[task\.logissue type=\w+[;\]].*|note: .*\(" + _RULE + rb"\)\. .*|and \d+ more notes?|" + _WHOLE,
    # GitLab
    rb'\[|\]|\[\]|\{"description": .*"check_name": .*"fingerprint": .*\},?',
)
_FORMS = tuple(re.compile(lines) for lines in _LINES)
"""The lines a report in each of these formats can have."""


def is_report(path: str) -> bool:
    """Whether the file at `path` is a report of this package, whatever it is called."""
    try:
        with Path(path).open("rb") as file:
            start = file.read(_START)
            if start.startswith(b"PK"):
                with ZipFile(file) as package, package.open("docProps/core.xml") as properties:
                    return f"<dc:creator>{AUTHOR}</dc:creator>".encode() in properties.read(_PROPERTIES)
            if start.partition(b"\n")[0].rstrip(b"\r") == MARKDOWN_TITLE.encode():
                return _SIGNATURE.search(_end(file, _SIGNED)) is not None
            if start.startswith(_JSON_LINES):
                return _LAST_LINE.search(_end(file, _LAST)) is not None
            return _DATA.match(start) is not None or _is_of_lines(file)
    except (OSError, BadZipFile, KeyError, RuntimeError, NotImplementedError, ValueError):
        return False  # what cannot be read is no report of ours


def _end(file: BinaryIO, size: int) -> bytes:
    file.seek(max(0, os.fstat(file.fileno()).st_size - size))
    return file.read()


def _is_of_lines(file: BinaryIO) -> bool:
    """Whether a file is made of the lines of one format, and begins with one that is not indented."""
    file.seek(0)
    forms = _FORMS if file.read(1).strip() else ()
    file.seek(0)
    for line in file:
        words = line.rstrip(b"\n")
        forms = tuple(form for form in forms if form.fullmatch(words))
        if not forms:
            return False
    return bool(forms)
