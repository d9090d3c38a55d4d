"""HTML inside Markdown: its text goes into the document's string, its tags say what the text is.

A browser's parser is forgiving and so is this: a tag is what it says, its partner may be missing, and what is no tag
is text. Elements stay open over the blank lines at which Markdown ends a block of HTML.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from qmsr_lint.expression import Expression
from qmsr_lint.formats.markdown.text import Draft, Table
from qmsr_lint.model import MarkKind

ENTITY = r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});"
_ENTITY = Expression(ENTITY)
_TOKEN = Expression(rf"<!--|<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z\d:-]*)|<[!?]|{ENTITY}")
_LINE = Expression(r"[^\r\n]+|\r\n?|\n")
_ATTRIBUTE = Expression(r"""(?<![^\s"'/])([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
_QUOTE_OR_END = Expression("[\"'>]")
_BLANK = " \t\f"

# The elements that HTML's own style sheet shows as blocks, and what is inside of tables and forms.
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre",
    "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr",
    "ul",
})  # fmt: skip
_MARKS: dict[str, MarkKind] = {
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "del": "struck",
    "s": "struck",
    "strike": "struck",
    "sup": "raised",
    "a": "link",
}
_ITEMS = frozenset({"li", "dt", "dd"})
_LISTS = frozenset({"ul", "ol", "dl", "menu"})
_UNSEEN = frozenset({"script", "style"})


class Fragment(NamedTuple):
    """A stretch of HTML without the prefixes of its lines: its text, and where pieces of it start in the source."""

    text: str
    starts: list[int]
    sources: list[int]

    def at(self, offset: int) -> int:
        """Return the place in the source of a character of the text."""
        piece = bisect_right(self.starts, offset) - 1
        return self.sources[piece] + offset - self.starts[piece]


class _Tag(NamedTuple):
    name: str
    closing: bool
    start: int
    end: int
    attributes: dict[str, tuple[int, int]]  # name → range of its value in the fragment


def fragment(source: str, ranges: list[tuple[int, int]]) -> Fragment:
    """Return the HTML that stands in these ranges of the source."""
    starts: list[int] = []
    length = 0
    for start, end in ranges:
        starts.append(length)
        length += end - start
    return Fragment("".join([source[start:end] for start, end in ranges]), starts, [start for start, _ in ranges])


def read_html(draft: Draft, piece: Fragment) -> None:
    """Put a stretch of HTML into the draft."""
    text, at, quotes = piece.text, 0, True
    last = text.rfind(">")
    for_tags = _TOKEN.search
    while found := for_tags(text, at):
        put_lines(draft, piece, at, found.start())
        if found["name"]:
            end = _tag_end(text, found.end(), quotes) if found.end() <= last else -1
            if end < 0 and quotes and found.end() <= last:  # from here on a quotation mark is only a character
                quotes, end = False, text.index(">", found.end())
            at = found.end() if end < 0 else end + 1
            if end < 0:
                put_lines(draft, piece, found.start(), at)
            else:
                at = _element(draft, piece, _tag(text, found, end)) or at
        else:
            at = _declaration(draft, piece, found)
    put_lines(draft, piece, at, len(text))


def end_html(draft: Draft, at: int) -> None:
    """Leave a block of HTML that ends at `at`: only tables that are closed further on stay open."""
    draft.end()
    draft.close_marks()
    draft.level = 0
    draft.html_item = False
    while draft.tables and draft.tables[-1].html and not _closes_after(draft, "table", at):
        draft.tables.pop()


def put_lines(draft: Draft, piece: Fragment, start: int, end: int) -> None:
    """Put in a stretch of the fragment that holds no tags, line by line, with its blanks in `pre` and code only."""
    for line in _LINE.finditer(piece.text, start, end):
        low, words = line.start(), line.group()
        if words[0] in "\r\n":
            if draft.verbatim:
                draft.put("\n", piece.at(low), piece.at(line.end() - 1) + 1)
            else:
                draft.line_break(piece.at(low), piece.at(line.end() - 1) + 1)
            continue
        if not draft.verbatim:
            if draft.at_line_start:
                words = words.lstrip(_BLANK)
                low = line.end() - len(words)
            if line.end() < end:
                words = words.rstrip(_BLANK)
        if words:
            source = piece.at(low)
            draft.put(words, source, source + len(words))


def _put_words(draft: Draft, piece: Fragment, start: int, end: int) -> None:
    """Put in the text of an attribute, in which only entities mean something."""
    at = start
    for entity in _ENTITY.finditer(piece.text, start, end):
        put_lines(draft, piece, at, entity.start())
        _put_entity(draft, piece, entity)
        at = entity.end()
    put_lines(draft, piece, at, end)


def _put_entity(draft: Draft, piece: Fragment, entity: re.Match[str]) -> None:
    draft.put(_unescaped(entity.group()), piece.at(entity.start()), piece.at(entity.end() - 1) + 1)


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    import html  # its list of names takes as long to import as a small document to read

    return html.unescape(text)


def _declaration(draft: Draft, piece: Fragment, found: re.Match[str]) -> int:
    """Deal with an entity, a comment or a declaration; return where to go on in the fragment."""
    text, start = piece.text, found.start()
    if text[start] == "&":
        _put_entity(draft, piece, found)
        return found.end()
    if found.group() == "<!--":
        return _comment(draft, piece, start)
    closing = "]]>" if text.startswith("<![CDATA[", start) else ">"
    end = text.find(closing, found.end())
    if end < 0:
        put_lines(draft, piece, start, len(text))
        return len(text)
    return end + len(closing)


def _comment(draft: Draft, piece: Fragment, start: int) -> int:
    text = piece.text
    end = text.find("-->", start + 2)
    if end >= 0:
        draft.comment(text[start + 4 : end].strip(), piece.at(start), piece.at(end + 2) + 1)
        return end + 3
    # Markdown ended the block of HTML inside the comment, a browser goes on to the comment's end.
    last = piece.at(len(text) - 1) + 1
    close = draft.find("-->", last)
    source_end = close + 3 if close >= 0 else last
    draft.comment(draft.source[piece.at(start) + 4 : max(close, last)].strip(), piece.at(start), source_end)
    draft.skip = max(draft.skip, source_end)
    return len(text)


def _tag_end(text: str, at: int, quotes: bool) -> int:
    """Return where the `>` of a tag stands whose name ends at `at`, -1 if it has none."""
    if not quotes:
        return text.find(">", at)
    while mark := _QUOTE_OR_END.search(text, at):
        if mark.group() == ">":
            return mark.start()
        at = text.find(mark.group(), mark.end()) + 1
        if at == 0:
            return -1
    return -1


def _tag(text: str, found: re.Match[str], end: int) -> _Tag:
    name = found["name"].lower()
    attributes = {}
    if name in ("td", "th", "a", "img") and not found["closing"]:
        for attribute in _ATTRIBUTE.finditer(text, found.end(), end):
            start, stop = attribute.span(2)
            quoted = text[start] in "\"'"
            attributes[attribute[1].lower()] = (start + 1, stop - 1) if quoted else (start, stop)
    return _Tag(name, bool(found["closing"]), found.start(), end + 1, attributes)


def _element(draft: Draft, piece: Fragment, tag: _Tag) -> int | None:
    """Do what a tag asks for; return where to go on in the fragment where that is not its end."""
    if tag.name in _BLOCKS:
        draft.end()
        _structure(draft, piece, tag)
    elif tag.name in _UNSEEN and not tag.closing:
        return _skip_element(draft, piece, tag)
    elif tag.name == "br":
        draft.line_break(piece.at(tag.start), piece.at(tag.end - 1) + 1)
    elif tag.name == "img" and "alt" in tag.attributes:
        _put_words(draft, piece, *tag.attributes["alt"])
    elif tag.name in _MARKS:
        kind = _MARKS[tag.name]
        if tag.closing:
            draft.close_mark(kind)
        elif kind != "link":
            draft.open_mark(kind)
        elif "href" in tag.attributes:
            start, end = tag.attributes["href"]
            draft.open_mark(kind, _unescaped(piece.text[start:end]))
    return None


def _skip_element(draft: Draft, piece: Fragment, tag: _Tag) -> int:
    close = re.compile(f"</{tag.name}", re.IGNORECASE)
    if found := close.search(piece.text, tag.end):
        return found.start()
    last = piece.at(len(piece.text) - 1) + 1
    if _closes_after(draft, tag.name, last) and (beyond := close.search(draft.source, last)):
        draft.skip = max(draft.skip, beyond.start())
    return len(piece.text)


def _structure(draft: Draft, piece: Fragment, tag: _Tag) -> None:
    name = tag.name
    if name in _TABLE_TAGS:
        _TABLE_TAGS[name](draft, piece, tag)
    elif name in _ITEMS or name in _LISTS:
        draft.html_item = name in _ITEMS and not tag.closing
    elif name == "pre":
        is_open = not tag.closing and _closes_after(draft, "pre", piece.at(tag.start))
        draft.verbatim = "code" if is_open else None
    elif name == "blockquote":
        if tag.closing:
            draft.html_quotes = max(0, draft.html_quotes - 1)
        elif _closes_after(draft, "blockquote", piece.at(tag.start)):
            draft.html_quotes += 1
    elif name[0] == "h" and name[1:].isdigit():
        draft.level = 0 if tag.closing else int(name[1:])


def _table(draft: Draft, piece: Fragment, tag: _Tag) -> None:
    inside = _current(draft)
    if inside and (tag.closing or not inside.cell_open):  # a table in no cell of another one: that one had ended
        draft.tables.pop()
    if not tag.closing:
        draft.open_table(html=True)


def _table_part(draft: Draft, piece: Fragment, tag: _Tag) -> None:
    if table := _current(draft):
        table.cell_open = False
        table.head = tag.name == "thead" and not tag.closing


def _row(draft: Draft, piece: Fragment, tag: _Tag) -> None:
    if table := _current(draft):
        table.cell_open = False
        if not tag.closing:
            table.next_row()


def _cell(draft: Draft, piece: Fragment, tag: _Tag) -> None:
    table = _current(draft)
    if table is None:
        return
    if tag.closing:
        table.cell_open = False
        return
    table.next_cell(
        header=tag.name == "th", columns=_span(piece, tag, "colspan", 1000), rows=_span(piece, tag, "rowspan", 65534)
    )


def _current(draft: Draft) -> Table | None:
    return draft.tables[-1] if draft.tables and draft.tables[-1].html else None


def _span(piece: Fragment, tag: _Tag, name: str, most: int) -> int:
    """Return how many columns or rows a cell covers; the limits are those of the HTML standard."""
    start, end = tag.attributes.get(name, (0, 0))
    digits = piece.text[start:end].strip()[:6]
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdigit() else 1


def _closes_after(draft: Draft, name: str, at: int) -> bool:
    """Tell whether a closing tag of this name comes after `at`: what nobody closes must not swallow the rest."""
    return draft.last_closing(name) >= at


_TABLE_TAGS: dict[str, Callable[[Draft, Fragment, _Tag], None]] = {
    "table": _table,
    "thead": _table_part,
    "tbody": _table_part,
    "tfoot": _table_part,
    "caption": lambda draft, piece, tag: None,
    "tr": _row,
    "td": _cell,
    "th": _cell,
}
