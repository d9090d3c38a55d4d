"""Markdown: CommonMark with tables, footnotes, strikethrough, task lists, definition lists, front matter and HTML.

text    the document's string, tile by tile, and its map back to the file
html    a stretch of HTML, put into the string
reader  the parser's events, put into the string
"""

from qmsr_lint.formats.markdown.reader import read
from qmsr_lint.formats.markdown.text import SourceMap, source_ranges

__all__ = ["SourceMap", "read", "source_ranges"]
