"""Recognising the reports this package has written, so that a run may replace those of the run before."""

import os
import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

MARKDOWN_TITLE = "# QMSR readiness"
"""The first line of a summary in Markdown."""

_SIGNATURE = re.compile(rb"\nqmsr-lint [\w.+-]{1,40}, rules [\w.+-]{1,40}, sha256 `[0-9a-f]{64}`\s*\Z")
"""The last line of one; its title may be that of somebody's own procedure."""
_SIGNED = 400  # bytes at the end in which it stands

AUTHOR = "qmsr-lint"
"""The author in the properties of a report in Word."""
_PROPERTIES = 1 << 14  # bytes of the properties that are looked at: those of a report have less than one thousand


def is_report(path: str) -> bool:
    """Whether the file at `path` is a report in a format that is also checked: a Word report or a Markdown summary."""
    try:
        with Path(path).open("rb") as file:
            start = file.read(len(MARKDOWN_TITLE) + 1)
            if start.rstrip(b"\r\n") == MARKDOWN_TITLE.encode():
                file.seek(max(0, os.path.getsize(path) - _SIGNED))
                return _SIGNATURE.search(file.read()) is not None
            if not start.startswith(b"PK"):
                return False
            with ZipFile(file) as package, package.open("docProps/core.xml") as properties:
                return f"<dc:creator>{AUTHOR}</dc:creator>".encode() in properties.read(_PROPERTIES)
    except (OSError, BadZipFile, KeyError, RuntimeError, NotImplementedError, ValueError):
        return False  # what cannot be read is no report of ours
