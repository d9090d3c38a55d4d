"""From a Markdown file to a document: the events of pulldown-cmark (pyromark), put into a draft one by one."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pyromark import Options, events_with_range

from qmsr_lint.errors import Unreadable
from qmsr_lint.expression import Expression
from qmsr_lint.formats.markdown.html import Fragment, end_html, fragment, put_lines, read_html
from qmsr_lint.formats.markdown.text import Draft
from qmsr_lint.formats.textfile import decode
from qmsr_lint.model import Document, Kind

if TYPE_CHECKING:
    from qmsr_lint.limits import Limits

# Front matter is found here and not by the parser, which takes any "---" in the middle of a document for its start.
_SENTENCE = 11
"""Spaces between the words of a sentence, at least, that stands in a code span."""
_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_GFM
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_DEFINITION_LIST
)
_LINE = re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)")
_FENCES = {
    "---": Expression(r"^(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.MULTILINE),
    "+++": Expression(r"^\+\+\+[ \t]*(?:\r\n?|\n|\Z)", re.MULTILINE),
}
_OPENING = Expression(
    r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?=(?:[ \t]*#[^\n]*\n)*[ \t]*(?:[\w\"'-][^:=\n]{0,80}[:=]|\[|- ))",
    needs=("---", "+++"),
)
_KEY = Expression(
    r"""[ \t]*(?:-[ ]+)*                                              # markers of a list
    (?:(?:[\w./-][\w ./-]{0,79}|"[^"\n]{0,80}"|'[^'\n]{0,80}')[ \t]*(?::(?=[ \t]|$)|=)[ \t]*)?""",
    re.VERBOSE,
)
_BLOCK_SCALAR = Expression(r"[|>][-+\d]*[ \t]*\Z", begins=("|", ">"))
_VALUE = Expression(
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\[(?P<list>[^\]]*)\]|(?P<plain>[^ \t#].*?))
    [ \t]*,?(?:[ \t]\#.*)?\Z""",
    re.VERBOSE,
)


def read(data: bytes, path: str, limits: "Limits") -> Document:
    """Return the Markdown document in these bytes; its `position` is a SourceMap.

    Raises Unreadable for an encoding that is not read and for a file of more characters than the limit.
    """
    file = decode(data)
    if len(file.text) > limits.characters:
        raise Unreadable(
            f"{len(file.text):,} characters, more than the limit of {limits.characters:,}: split the document"
        )
    draft = Draft(file)
    _read_events(draft, _read_front_matter(draft))
    return draft.document(path)


def _read_events(draft: Draft, base: int) -> None:
    """Put what the parser finds from offset `base` of the source on into the draft."""
    source = draft.source[base:]
    at = _offsets(source, base)
    lines: list[tuple[int, int]] | None = None  # of the block of HTML, or of what may be code, that is being read
    for event, span in events_with_range(source, options=_OPTIONS):
        if isinstance(event, str):
            if event == "Rule":
                draft.end()
            else:
                draft.line_break(at(span["start"]), at(span["end"]))
            continue
        kind: str
        value: Any
        ((kind, value),) = event.items()
        if kind == "Start":
            name, detail = next(iter(value.items())) if isinstance(value, dict) else (value, None)
            if name == "HtmlBlock" or (name == "CodeBlock" and _may_be_words(detail)):
                draft.end()
                lines = []
            elif name in _STARTS:
                _STARTS[name](draft, detail)
        elif kind == "End":
            name, detail = next(iter(value.items())) if isinstance(value, dict) else (value, None)
            if lines is not None:
                _read_lines(draft, lines, html=name == "HtmlBlock")
                lines = None
            elif name in _ENDS:
                _ENDS[name](draft, detail)
        elif lines is not None:
            start, end = max(at(span["start"]), draft.skip), at(span["end"])
            if end > start:
                lines.append((start, end))
        elif kind == "Text":
            draft.put(value, at(span["start"]), at(span["end"]))
        elif kind == "Code":
            _code(draft, value, at(span["start"]), at(span["end"]))
        elif kind == "InlineHtml" and (start := at(span["start"])) >= draft.skip:
            read_html(draft, fragment(draft.source, [(start, at(span["end"]))]))


def _offsets(source: str, base: int) -> Callable[[int], int]:
    """Return the function from the parser's offsets, in bytes of UTF-8, to offsets in the decoded file."""
    if source.isascii():
        return base.__add__
    data = source.encode()
    byte, character = 0, base

    def at(offset: int) -> int:
        nonlocal byte, character
        if offset >= byte:
            character += len(data[byte:offset].decode())
        else:
            character -= len(data[offset:byte].decode())
        byte = offset
        return character

    return at


def _read_lines(draft: Draft, lines: list[tuple[int, int]], *, html: bool) -> None:
    """Put in a block of HTML or of code; in a table of HTML, indented code is only HTML after a blank line."""
    if not lines:
        return
    piece = fragment(draft.source, lines)
    if html or (draft.tables and draft.tables[-1].html):
        read_html(draft, piece)
        end_html(draft, lines[-1][1])
    else:
        before = draft.verbatim
        _read_as_typed(draft, piece)
        draft.verbatim = before


def _may_be_words(detail: Any) -> bool:
    """Whether a block of code, "Indented" or fenced, names no language of programs or data."""
    from qmsr_lint.formats import verbatim

    language = "" if detail == "Indented" else detail["Fenced"].strip().partition(" ")[0]
    return language.strip("{}.,").lower() in verbatim.LANGUAGES


def _read_as_typed(draft: Draft, piece: Fragment) -> None:
    """Put in the lines of a block of code: each that is words as a block, those between as blocks of code."""
    from qmsr_lint.formats import verbatim

    found = [line for line in _LINE.finditer(piece.text) if line.group()]
    words = verbatim.words_in([line[1] for line in found])
    for number, line in enumerate(found):
        kind: Kind = "verbatim" if words[number] else "code"
        if kind != draft.verbatim or (kind == "verbatim" and not verbatim.goes_on(found[number - 1][1], line[1])):
            draft.end()
        draft.verbatim = kind
        if kind == "code":
            put_lines(draft, piece, *line.span())
            continue
        bare = line[1].strip()
        start = piece.at(line.start() + line[1].index(bare))
        draft.put(bare, start, start + len(bare))
        if line[2]:
            draft.line_break(piece.at(line.end(1)), piece.at(line.end() - 1) + 1)
    draft.end()


def _code(draft: Draft, value: str, start: int, end: int) -> None:
    """Put in a code span: in `value`, line breaks have become spaces, prefixes of lines and escapes have gone.

    A whole sentence in it is words that somebody quotes, and no code.
    """
    raw = draft.source[start:end].replace("\r", " ").replace("\n", " ")
    ticks = len(raw) - len(raw.lstrip("`"))
    is_code = not _is_sentence(value)
    if is_code:
        draft.open_mark("code")
    at = raw.find(value, ticks)
    if at >= 0:
        draft.put(value, start + at, start + at + len(value))
    else:
        at = ticks
        for character in value:
            at = max(at, raw.find(character, at))
            draft.put(character, start + at, min(start + at + 1, end))
            at += 1
    if is_code:
        draft.close_mark("code")


def _is_sentence(value: str) -> bool:
    """Whether the words of a code span are so many, and such, that they are no command and no name."""
    if value.count(" ") < _SENTENCE:
        return False
    from qmsr_lint.formats import verbatim

    return verbatim.words_in([value]) == [True]


def _end_block(draft: Draft, detail: Any = None) -> None:
    draft.end()
    draft.close_marks()


def _start_heading(draft: Draft, detail: Any) -> None:
    draft.end()
    draft.level = int(detail["level"][1])


def _end_heading(draft: Draft, detail: Any) -> None:
    _end_block(draft)
    draft.level = 0


def _start_item(draft: Draft, detail: Any) -> None:
    draft.end()
    draft.items += 1


def _end_item(draft: Draft, detail: Any) -> None:
    _end_block(draft)
    draft.items -= 1


def _start_quote(draft: Draft, detail: Any) -> None:
    draft.end()
    draft.quotes += detail is None  # an alert ("> [!NOTE]") is the document's own voice


def _end_quote(draft: Draft, detail: Any) -> None:
    _end_block(draft)
    draft.quotes -= detail is None


def _start_footnote(draft: Draft, detail: Any) -> None:
    draft.end()
    draft.part = "footnote"


def _end_footnote(draft: Draft, detail: Any) -> None:
    _end_block(draft)
    draft.part = "body"


def _start_code(draft: Draft, detail: Any) -> None:
    draft.end()
    draft.verbatim = "code"


def _end_code(draft: Draft, detail: Any) -> None:
    _end_block(draft)
    draft.verbatim = None


def _start_table(draft: Draft, detail: Any) -> None:
    draft.end()
    draft.open_table(html=False)


def _end_table(draft: Draft, detail: Any) -> None:
    _end_block(draft)
    while draft.tables.pop().html:
        pass


def _start_row(draft: Draft, detail: Any) -> None:
    draft.tables[-1].next_row()


def _start_head(draft: Draft, detail: Any) -> None:
    draft.tables[-1].head = True
    draft.tables[-1].next_row()


def _end_head(draft: Draft, detail: Any) -> None:
    draft.tables[-1].head = False


def _start_cell(draft: Draft, detail: Any) -> None:
    draft.tables[-1].next_cell(header=False)


def _end_cell(draft: Draft, detail: Any) -> None:
    _end_block(draft)
    while draft.tables[-1].html:  # HTML opened in a cell of Markdown ends with it
        draft.tables.pop()
    draft.tables[-1].cell_open = False


def _start_link(draft: Draft, detail: Any) -> None:
    if detail["link_type"] in ("Autolink", "Email"):
        draft.open_mark("url")
    else:
        draft.open_mark("link", detail["dest_url"])


_STARTS: dict[str, Callable[[Draft, Any], None]] = {
    "Paragraph": _end_block,
    "Heading": _start_heading,
    "List": _end_block,
    "Item": _start_item,
    "DefinitionListTitle": _start_item,
    "DefinitionListDefinition": _start_item,
    "BlockQuote": _start_quote,
    "FootnoteDefinition": _start_footnote,
    "CodeBlock": _start_code,
    "Table": _start_table,
    "TableHead": _start_head,
    "TableRow": _start_row,
    "TableCell": _start_cell,
    "Link": _start_link,
    "Strikethrough": lambda draft, detail: draft.open_mark("struck"),
    "Strong": lambda draft, detail: draft.open_bold(),
    "Emphasis": lambda draft, detail: draft.open_bold(),
}
_ENDS: dict[str, Callable[[Draft, Any], None]] = {
    "Paragraph": _end_block,
    "Heading": _end_heading,
    "List": _end_block,
    "Item": _end_item,
    "DefinitionListTitle": _end_item,
    "DefinitionListDefinition": _end_item,
    "BlockQuote": _end_quote,
    "FootnoteDefinition": _end_footnote,
    "CodeBlock": _end_code,
    "Table": _end_table,
    "TableHead": _end_head,
    "TableCell": _end_cell,
    "Link": lambda draft, detail: draft.close_mark("link", "url"),
    "Strikethrough": lambda draft, detail: draft.close_mark("struck"),
    "Strong": lambda draft, detail: draft.close_bold(),
    "Emphasis": lambda draft, detail: draft.close_bold(),
}


def _read_front_matter(draft: Draft) -> int:
    """Put the values of the front matter into the draft, their keys as sections; return where the rest starts."""
    source = draft.source
    opening = _OPENING.match(source)
    closing = _FENCES[opening[1]].search(source, opening.end()) if opening else None
    if opening is None or closing is None:
        return 0
    draft.part = "property"
    at, scalar = opening.end(), -1  # the indentation of the key whose block of lines is being read
    while at < closing.start() and (line := _LINE.match(source, at)):
        at = line.end()
        words = line[1]
        indentation = len(words) - len(words.lstrip(" \t"))
        if scalar < 0 or (words.strip() and indentation <= scalar):
            scalar = _read_property(draft, words, line.start())
        else:
            draft.put(words[indentation:], line.start() + indentation, line.end(1))
        draft.line_break(*line.span(2))
    draft.end()
    draft.part = "body"
    return closing.end()


def _read_property(draft: Draft, line: str, start: int) -> int:
    """Put in the value of a line; without a key or a list marker it goes on with the value above.

    Returns the line's indentation where its value is the block of lines below, -1 otherwise.
    """
    key = _KEY.match(line)
    at = key.end() if key and key.group().strip() else len(line) - len(line.lstrip(" \t"))
    if (key and key.group().strip()) or line.lstrip().startswith(("#", "[")):
        draft.end()
        draft.property_name = key.group().strip(" \t-:=\"'") or None if key else None
    words = line[at:]
    if _BLOCK_SCALAR.match(words):
        return len(line) - len(line.lstrip(" \t"))
    if (value := _VALUE.match(words)) and not (at == 0 and words.startswith("[")):
        name = value.lastgroup or "plain"
        low, high = value.span(name)
        draft.put(words[low:high], start + at + low, start + at + high)
    return -1
