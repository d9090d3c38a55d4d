"""The document formats, by file name suffix. A format is one module and one line here, and an entry in
`fix._EDITORS` where it can be fixed; it is imported when first used.

Each module has `read(data: bytes, path: str, limits: Limits) -> Document`, which raises nothing but Unreadable.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, cast

from qmsr_lint.errors import Unreadable
from qmsr_lint.model import Document

if TYPE_CHECKING:
    from qmsr_lint.limits import Limits

_MARKDOWN = ("markdown", "qmsr_lint.formats.markdown")
_DOCX = ("docx", "qmsr_lint.formats.docx.read")

FORMATS: dict[str, tuple[str, str]] = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".mdown": _MARKDOWN,
    ".mkd": _MARKDOWN,
    ".mkdn": _MARKDOWN,
    ".qmd": _MARKDOWN,  # Quarto and R Markdown: Markdown with code cells in fences, which are read as code
    ".rmd": _MARKDOWN,
    ".docx": _DOCX,
    ".docm": _DOCX,
    ".dotx": _DOCX,
    ".dotm": _DOCX,
}
"""Suffix in lower case → name of the format, module that reads it."""

NOT_READ: dict[str, str] = {
    ".doc": "Word 97-2003: save it as .docx",
    ".dot": "a Word 97-2003 template: save it as .dotx",
    ".wbk": "a Word backup copy: save it as .docx",
    ".rtf": "Rich Text Format: save it as .docx",
    ".odt": "OpenDocument text: save it as .docx",
    ".ott": "an OpenDocument text template: save it as .docx",
    ".fodt": "OpenDocument text in one file: save it as .docx",
    ".pages": "Apple Pages: export it to Word",
    ".wpd": "WordPerfect: save it as .docx",
    ".wps": "Works or WPS Writer: save it as .docx",
    ".gdoc": "a link to a Google document: download it as .docx",
    ".pdf": "PDF: check the document it was made from",
    ".xps": "XPS: check the document it was made from",
    ".txt": "plain text: save it as .md",
    ".rst": "reStructuredText: convert it to .md or .docx",
    ".adoc": "AsciiDoc: convert it to .md or .docx",
    ".htm": "a web page: save it as .docx",
    ".html": "a web page: save it as .docx",
    ".mht": "a web archive: save it as .docx",
    ".mhtml": "a web archive: save it as .docx",
    ".xls": "an Excel workbook: look through it by hand",
    ".xlsx": "an Excel workbook: look through it by hand",
    ".xlsm": "an Excel workbook: look through it by hand",
    ".ods": "an OpenDocument spreadsheet: look through it by hand",
    ".ppt": "a PowerPoint presentation: look through it by hand",
    ".pptx": "a PowerPoint presentation: look through it by hand",
    ".key": "an Apple Keynote presentation: look through it by hand",
    ".odp": "an OpenDocument presentation: look through it by hand",
    ".vsd": "a Visio drawing: look through it by hand",
    ".vsdx": "a Visio drawing: look through it by hand",
}
"""Suffix in lower case → what a document of a format this tool does not read is, and the way out."""

_UNKNOWN = "not a kind of document this tool knows; save it as .docx or .md"


def format_of(path: str) -> str | None:
    """Return the name of the format that `path`'s suffix stands for ("markdown", "docx"), None if it is not read."""
    entry = FORMATS.get(_suffix(path))
    return entry[0] if entry else None


def read(data: bytes, path: str, limits: "Limits") -> Document:
    """Return the document that `data`, the bytes of the file `path`, is. Raises Unreadable, with the reason."""
    suffix = _suffix(path)
    entry = FORMATS.get(suffix)
    if entry is None:
        reason = NOT_READ.get(suffix) or f"{suffix or 'a file without a suffix'}: {_UNKNOWN}"
        raise Unreadable(f"a format this tool does not read ({reason})")
    module = import_module(entry[1])
    with _collector_paused():
        return cast(Document, module.read(data, path, limits))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Spares a reader the search for garbage among millions of pieces that are all in use."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _suffix(path: str) -> str:
    """Return the path's suffix in lower case, "" if it has none; by hand, because pathlib costs 7 ms to import."""
    stem, _, suffix = path.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return "." + suffix.lower() if stem else ""
