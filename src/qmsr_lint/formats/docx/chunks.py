"""Words of what a Word file may embed in other formats (w:altChunk): HTML, MHTML, plain text, rich text."""

import codecs
import re
from typing import NamedTuple

from lxml import etree

from qmsr_lint.errors import Unreadable

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav"),
        *("ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    )
)
_BREAK = "\u2028"  # a line break; white space to everything else
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript"))


def chunk_paragraphs(data: bytes, content_type: str, name: str) -> list[str]:
    """The paragraphs of an embedded chunk. Raises `Unreadable` for a format that is not read."""
    kind, _, parameters = content_type.partition(";")
    kind, charset = kind.strip().lower(), _CHARSET.search(parameters)
    ending = name.rpartition(".")[2].lower()
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return _rich_text(data)
    if kind == "message/rfc822" or ending in ("mht", "mhtml"):
        return _web_archive(data, name)
    if (
        kind in ("text/html", "application/xhtml+xml")
        or ending in ("html", "htm", "xhtml")
        or head.startswith((b"<html", b"<!doctype html"))
    ):
        return html_paragraphs(data, name, charset[1] if charset else "")
    if kind == "text/plain" or ending == "txt":
        return _lines(data, name, charset[1] if charset else "")
    raise Unreadable(f"{name} is embedded in a format that is not read ({content_type or ending or 'unknown'})")


def html_paragraphs(data: bytes, name: str, charset: str = "") -> list[str]:
    """The text of an HTML page by block element, white space folded; a picture's words are a paragraph of their own.

    Where neither its bytes nor `charset` tell the encoding, the page itself does.
    """
    page = _decoded(data, name, charset)
    data = data if page is None else page.encode()
    encoding = None if page is None else "utf-8"
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding=encoding)
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except (etree.LxmlError, ValueError, LookupError, AssertionError) as error:
        raise Unreadable(f"damaged: {name} is not readable as HTML ({error})") from error
    if root is None:
        return []
    paragraphs: list[str] = []
    words: list[str] = []
    unseen = 0
    for event, el in etree.iterwalk(root, events=("start", "end")):
        if el.tag in _BLOCKS:
            paragraphs.append(_folded(words))
            words.clear()
        unseen += (el.tag in _UNSEEN) * (1 if event == "start" else -1)
        if event == "start" and not unseen:
            if el.tag == "br":
                words.append(_BREAK)
            elif el.tag == "img":
                paragraphs.append(" ".join(el.get("alt", "").split()))
        text = el.text if event == "start" else el.tail
        if text and not unseen:
            words.append(text)
    paragraphs.append(_folded(words))
    return [text for text in paragraphs if text]


def _folded(words: list[str]) -> str:
    return "\n".join(" ".join(line.split()) for line in "".join(words).split(_BREAK)).strip()


def _web_archive(data: bytes, name: str) -> list[str]:
    import email  # seldom needed, and slow to import

    try:
        message = email.message_from_bytes(data)
        for part in message.walk():
            kind, payload = part.get_content_type(), part.get_payload(decode=True)
            if kind in ("text/html", "text/plain") and isinstance(payload, bytes):
                read = html_paragraphs if kind == "text/html" else _lines
                return read(payload, name, part.get_content_charset(""))
    except RecursionError as error:
        raise Unreadable(f"over the limit: {name} nests its parts too deep") from error
    return []


def _lines(data: bytes, name: str, charset: str) -> list[str]:
    text = _decoded(data, name, charset)
    return (data.decode("cp1252", "replace") if text is None else text).splitlines()


_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.-]{1,40})", re.IGNORECASE)
_CHARSETS = re.compile(
    r"utf-?(?:8|(?:16|32)-?(?:[bl]e)?)|iso-8859-\d{1,2}|(?:windows|cp)-?\d{3,5}|us-ascii|koi8-[ru]|gb\w{1,6}|big5|"
    r"euc-(?:jp|kr)|shift_jis|macintosh",
    re.IGNORECASE,
)
"""Names of encodings of text; Python knows others by which it would do more than read letters."""
_MARKS = (
    *((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")),
    *((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),
)
"""How text in UTF-32 and UTF-16 may begin; a mark of UTF-32 begins like one of UTF-16."""
_SAMPLE = 4096


def _decoded(data: bytes, name: str, charset: str) -> str | None:
    """Text whose bytes tell how they are encoded, or that is in `charset`; None where neither is known.

    Raises Unreadable for what is no text in any encoding that is known.
    """
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "") or _wide(data)
    if not encoding and _is_utf_8(data):  # which Word assumes too
        encoding = "utf-8-sig"
    if not encoding and _CHARSETS.fullmatch(charset):
        encoding = charset
    try:
        text = data.decode(encoding, "replace") if encoding else None
    except LookupError:
        text = None
    text = None if text is None else text.rstrip("\0")  # some programs end a text with one
    if "\0" in text if text is not None else b"\0" in data:
        raise Unreadable(f"{name} is embedded in an encoding that is not recognized")
    return text


def _wide(data: bytes) -> str:
    """The encoding of text without a mark in which most letters have a NUL beside them, on the same side; else ""."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if abs(even - odd) * 4 <= len(sample):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_RTF_TOKEN = re.compile(rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]+)(-?\d{1,9})?\d* ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)")
_RTF_UNSEEN = frozenset(
    (
        *(b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"header", b"footer", b"fldinst", b"listtable"),
        *(b"listoverridetable", b"generator", b"shprslt"),  # a shape once more, for old readers
        *(b"headerl", b"headerr", b"headerf", b"footerl", b"footerr", b"footerf", b"nonesttables"),
    )
)
_RTF_SIGNS = {b"par": "\n", b"line": _BREAK, b"row": "\n", b"cell": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–"}
_RTF_SIGNS |= {b"rquote": "’", b"lquote": "‘", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•"}
_RTF_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}


class _Group(NamedTuple):
    """What holds in a group of rich text: where its words go, whether they are shown, how many stand-ins a \\u has."""

    out: list[str]
    unseen: bool = False
    hidden: bool = False
    deleted: bool = False
    stand_ins: int = 1


def _rich_text(data: bytes) -> list[str]:
    """The paragraphs of rich text, those of its shapes at the end. Hidden and deleted text is left out."""
    out: list[str] = []
    shapes: list[str] = []
    group = _Group(out)
    around: list[_Group] = []
    skip = 0  # characters still to come that stand in for the last \u
    for code, word, number, sign, brace, text in _RTF_TOKEN.findall(data):
        if brace:
            skip = 0
            if brace == b"{":
                around.append(group)
            elif around:
                group = around.pop()
            continue
        if word:
            skip = 0
        elif skip:
            skipped = min(skip, len(text) or 1)
            skip, text = skip - skipped, text[skipped:]
            if not text:
                continue
        shown = ""
        if code:
            shown = bytes.fromhex(code.decode()).decode("cp1252", "replace")
        elif word == b"u":
            shown, skip = chr(int(number or 0) % 65_536), group.stand_ins
        elif word:
            group, shown = _changed(group, word, number, shapes), _RTF_SIGNS.get(word, "")
        elif sign == b"*":
            group = group._replace(unseen=True)
        else:
            shown = _RTF_SYMBOLS.get(sign, "") or text.decode("cp1252", "replace")
        if shown and not (group.unseen or group.hidden or group.deleted):
            group.out.append(shown)
    shown = "".join([*out, "\n", *shapes]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # joins pairs
    return [line.replace(_BREAK, "\n") for line in shown.split("\n") if line.strip()]


def _changed(group: _Group, word: bytes, number: bytes, shapes: list[str]) -> _Group:
    """A group behind a control word."""
    if word in _RTF_UNSEEN:
        return group._replace(unseen=True)
    if word == b"shptxt":  # stands in a group that older readers pass over
        return group._replace(unseen=False, out=shapes)
    if word == b"v":
        return group._replace(hidden=number != b"0")
    if word == b"deleted":
        return group._replace(deleted=number != b"0")
    if word == b"plain":
        return group._replace(hidden=False, deleted=False)
    return group._replace(stand_ins=max(0, int(number or 1))) if word == b"uc" else group
