"""Words of what a Word file may embed in other formats (w:altChunk): HTML, MHTML, plain text, rich text."""

import re

from lxml import etree

from qmsr_lint.errors import Unreadable

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav"),
        *("ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    )
)
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript"))


def chunk_paragraphs(data: bytes, content_type: str, name: str) -> list[str]:
    """The paragraphs of an embedded chunk. Raises `Unreadable` for a format that is not read."""
    kind = content_type.partition(";")[0].strip().lower()
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
        return html_paragraphs(data, name)
    if kind == "text/plain" or ending == "txt":
        return _decoded(data).splitlines()
    raise Unreadable(f"{name} is embedded in a format that is not read ({content_type or ending or 'unknown'})")


def html_paragraphs(data: bytes, name: str) -> list[str]:
    """The text of an HTML page by block element, white space folded."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding=_encoding(data))
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
            paragraphs.append(" ".join("".join(words).split()))
            words.clear()
        unseen += (el.tag in _UNSEEN) * (1 if event == "start" else -1)
        text = el.text if event == "start" else el.tail
        if text and not unseen:
            words.append(text)
    paragraphs.append(" ".join("".join(words).split()))
    return [text for text in paragraphs if text]


def _web_archive(data: bytes, name: str) -> list[str]:
    import email  # seldom needed, and slow to import

    message = email.message_from_bytes(data)
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes):
            return html_paragraphs(payload, name)
        if part.get_content_type() == "text/plain" and isinstance(payload, bytes):
            return _decoded(payload).splitlines()
    return []


def _encoding(data: bytes) -> str | None:
    """UTF-8 where the bytes are UTF-8, which Word assumes too; else what the page itself declares."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


_RTF_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\u(-?\d+) ?(?:\\'[0-9a-fA-F]{2}|[^\\{}])?"  # with its stand-in for old readers
    rb"|\\([a-zA-Z]+)(-?\d+)? ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)"
)
_RTF_UNSEEN = frozenset(
    (
        b"fonttbl",
        b"colortbl",
        b"stylesheet",
        b"info",
        b"pict",
        b"header",
        b"footer",
        b"fldinst",
        b"listtable",
        b"listoverridetable",
        b"generator",
    )
)
_RTF_SIGNS = {b"par": "\n", b"line": "\n", b"row": "\n", b"cell": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–"}
_RTF_SIGNS |= {b"rquote": "’", b"lquote": "‘", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•"}


def _rich_text(data: bytes) -> list[str]:
    out: list[str] = []
    unseen: list[bool] = [False]
    for code, unicode, word, _, sign, brace, text in _RTF_TOKEN.findall(data):
        if brace == b"{":
            unseen.append(unseen[-1])
        elif brace == b"}":
            unseen = unseen[:-1] or [False]
        elif word in _RTF_UNSEEN or sign == b"*":
            unseen[-1] = True
        elif not unseen[-1]:
            if code:
                out.append(bytes.fromhex(code.decode()).decode("cp1252", "replace"))
            elif unicode:
                out.append(chr(int(unicode) % 65_536))
            else:
                out.append(
                    _RTF_SIGNS.get(word, "")
                    or {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad"}.get(sign, "")
                    or text.decode("cp1252", "replace")
                )
    text = "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # pairs come in halves
    return [line for line in text.splitlines() if line.strip()]
