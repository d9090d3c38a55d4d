"""Words of what a Word file may embed in other formats (w:altChunk): HTML, MHTML, plain text, rich text."""

import codecs
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from qmsr_lint.errors import Unreadable
from qmsr_lint.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from email.message import Message

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav"),
        *("ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
        *("button", "center", "details", "dialog", "dir", "fieldset", "hgroup", "legend", "menu", "optgroup", "option"),
        *("search", "summary", "textarea"),
    )
)
_BREAK = "\u2028"  # a line break; white space to everything else
_UNSEEN = frozenset(("script", "style", "head", "template", "noscript"))
_DEEPEST = 2_000
"""How many elements of a page may lie inside one another. At 2,048 the parser cuts it off, not always with a word."""
_LAST = "qmsr-lint-end"
"""An element set behind a page: where the parser does not come to it, something that is never closed took it in."""
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>\s]*+(?:\s++[^<>\s]*+){10000}")
"""A tag with so many attributes, or words in them, that the parser would take time by their square."""


def chunk_paragraphs(data: bytes, content_type: str, name: str, limits: Limits = DEFAULT) -> list[str]:
    """The paragraphs of an embedded chunk. Raises `Unreadable` for a format that is not read."""
    kind, _, parameters = content_type.partition(";")
    kind, charset = kind.strip().lower(), _CHARSET.search(parameters)
    ending = name.rpartition(".")[2].lower()
    head = _head(data)
    if head.startswith(b"{\\rtf"):
        return _rich_text(data, name)
    if kind == "message/rfc822" or ending in ("mht", "mhtml"):
        return _web_archive(data, name, limits)
    if (
        kind in ("text/html", "application/xhtml+xml")
        or ending in ("html", "htm", "xhtml")
        or head.startswith((b"<html", b"<!doctype html"))
    ):
        return html_paragraphs(data, name, charset[1] if charset else "", limits)
    if kind == "text/plain" or ending == "txt":
        return _lines(data, name, charset[1] if charset else "")
    raise Unreadable(f"{name} is embedded in a format that is not read ({content_type or ending or 'unknown'})")


def _head(data: bytes) -> bytes:
    """The beginning of a text, by which its format is told: in small letters, with nothing blank before it."""
    return data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def html_paragraphs(data: bytes, name: str, charset: str = "", limits: Limits = DEFAULT) -> list[str]:
    """The text of an HTML page by block element, white space folded; a picture's words are a paragraph of their own.

    Where neither its bytes nor `charset` tell the encoding, the page itself does. Raises `Unreadable` for a page that
    cannot be read to its end.
    """
    root = _page(data, name, charset, limits)
    if root is None:
        return []
    paragraphs: list[str] = []
    words: list[str] = []
    unseen = depth = 0
    whole = False
    for event, el in _events(root):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise _too_deep(name)
        if el.tag in _BLOCKS:
            paragraphs.append(_folded(words))
            words.clear()
        unseen += (el.tag in _UNSEEN) * (1 if event == "start" else -1)
        if event == "start" and not unseen:
            whole = whole or el.tag == _LAST
            if el.tag == "br":
                words.append(_BREAK)
            elif el.tag == "img":
                paragraphs.append(" ".join(el.get("alt", "").split()))
        text = el.text if event == "start" else el.tail
        if text and not unseen:
            words.append(text)
    if not whole:
        raise Unreadable(f"damaged: {name} holds a tag, a comment, a title or a script that is never closed")
    paragraphs.append(_folded(words))
    return [text for text in paragraphs if text]


def _page(data: bytes, name: str, charset: str, limits: Limits) -> etree._Element | None:
    """The root of an HTML page; None where there is nothing in it."""
    if data.count(b"<") + data.count(b"=") > limits.nodes:
        raise Unreadable(f"over the limit: {name} has more than {limits.nodes} tags and attributes")
    if _LONG_TAG.search(data):
        raise Unreadable(f"over the limit: {name} has a tag with more than 10000 attributes")
    page = _decoded(data, name, charset)
    if page is None and (said := _SAID.search(data, 0, _HEAD)):
        wide = said[1].lower().startswith((b"utf-16", b"utf-32"))  # which could not have been found by its letters
        page = _decoded(data, name, "cp1252" if wide else said[1].decode())
    data = data if page is None else page.encode()
    if not data.strip():
        return None
    data += f"<{_LAST}></{_LAST}>".encode()
    encoding = None if page is None else "utf-8"
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding=encoding, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError, AssertionError) as error:
        raise Unreadable(f"damaged: {name} is not readable as HTML ({error})") from error
    for entry in parser.error_log:
        if entry.level == etree.ErrorLevels.FATAL and entry.type != etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING:
            if entry.type == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError
            if "xcessive depth" in entry.message:
                raise _too_deep(name)
            fault = "over the limit" if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT else "damaged"
            raise Unreadable(f"{fault}: {name} cannot be read to its end as HTML ({entry.message.strip()})")
    return root


def _too_deep(name: str) -> Unreadable:
    return Unreadable(f"over the limit: {name} nests HTML deeper than {_DEEPEST} elements")


def _events(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The starts and ends of a page's elements, and those of what stands behind its end, which is beside the root."""
    for each in chain((root,), root.itersiblings()):
        yield from etree.iterwalk(each, events=("start", "end"))


def _folded(words: list[str]) -> str:
    return "\n".join(" ".join(line.split()) for line in "".join(words).split(_BREAK)).strip()


def _web_archive(data: bytes, name: str, limits: Limits) -> list[str]:
    """The text of all pages of a web archive, or of its plain text where it has none. Raises `Unreadable` without."""
    import email  # seldom needed, and slow to import

    def read(part: "Message", payload: bytes) -> list[str]:
        if _head(payload).startswith(b"{\\rtf"):
            return _rich_text(payload, name)
        charset = _charset_of(part)
        plain = part.get_content_type() in (*_PLAIN, *_RICH)
        return _lines(payload, name, charset) if plain else html_paragraphs(payload, name, charset, limits)

    try:
        if _told_by_bytes(data):
            data = (_decoded(data, name, "") or "").encode()
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        found: list[str] | None = None
        for kinds in (_PAGES, _PLAIN, _RICH, _XML):
            if not found and (texts := _texts(message, kinds, read)) is not None:
                found = texts
    except RecursionError as error:
        raise Unreadable(f"over the limit: {name} nests its parts too deep") from error
    if found is None:
        raise Unreadable(f"damaged: in {name}, a web archive, no page was found")
    return found


_PAGES = ("text/html", "application/xhtml+xml")
_PLAIN = ("text/plain",)
_RICH = ("text/rtf", "application/rtf", "text/richtext")
_MIXED = _PAGES + _PLAIN + _RICH
"""What stands one behind the other in an archive of mixed parts; beside a page of another, plain text is its file."""
_XML = ("text/xml", "application/xml")
"""What may be a page as well, where an archive holds no other; Word's own hold lists of their files so."""


def _texts(part: "Message", kinds: tuple[str, ...], read: Callable[["Message", bytes], list[str]]) -> list[str] | None:
    """The text of the parts of these kinds; None where there are none.

    Of alternatives, which say the same, only the last one with words counts.
    """
    if part.is_multipart():
        if part.get_content_type() == "multipart/mixed" and kinds is _PAGES:
            kinds = _MIXED
        each = (_texts(inner, kinds, read) for inner in part.get_payload() if not isinstance(inner, str))
        found = [texts for texts in each if texts is not None]
        if part.get_content_type() == "multipart/alternative":
            found = [next(filter(None, reversed(found)), [])] if found else []
        return [*chain.from_iterable(found)] if found else None
    payload = part.get_payload(decode=True) if part.get_content_type() in kinds else None
    if not isinstance(payload, bytes):
        return None
    return None if kinds is _XML and b"<html" not in payload[:_SAMPLE].lower() else read(part, payload)


def _charset_of(part: "Message") -> str:
    """The encoding that a part names; "" where it names none, or none that could be one."""
    try:
        return part.get_content_charset("")
    except ValueError:  # a name with a NUL
        return ""


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
_OF_WINDOWS = ("us-ascii", "iso-8859-1")
"""Encodings that programs name for text in that of Windows, which has more letters."""
_MARKS = (
    *((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")),
    *((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),
)
"""How text in UTF-32 and UTF-16 may begin; a mark of UTF-32 begins like one of UTF-16."""
_SAMPLE = 4096
_SAID = re.compile(rb"<meta\s[^<>]{0,200}?\bcharset\s{0,9}=\s{0,9}[\"']?([\w.-]{1,40})", re.IGNORECASE)
"""How a page tells its own encoding."""
_HEAD = 2**16


def _decoded(data: bytes, name: str, charset: str) -> str | None:
    """Text whose bytes tell how they are encoded, or that is in `charset`; None where neither is known.

    Raises Unreadable for what is no text in any encoding that is known.
    """
    encoding = _told_by_bytes(data)
    if not encoding and _is_utf_8(data):  # which Word assumes too
        encoding = "utf-8-sig"
    if not encoding and _CHARSETS.fullmatch(charset):
        encoding = "cp1252" if charset.lower() in _OF_WINDOWS else charset
    try:
        text = data.decode(encoding, "replace") if encoding else None
    except LookupError:
        text = None
    text = None if text is None else text.rstrip("\0")  # some programs end a text with one
    if "\0" in text if text is not None else b"\0" in data:
        raise Unreadable(f"{name} is embedded in an encoding that is not recognized")
    return text


def _told_by_bytes(data: bytes) -> str:
    """The encoding of text in UTF-16 or UTF-32, by its mark or by the NUL on one side of most letters; else ""."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
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
_RTF_APART = frozenset((b"shptxt", b"dptxbxtext", b"annotation"))
"""Words of shapes, of older drawings and of comments; they stand in groups that older readers pass over."""
_RTF_SIGNS = {b"par": "\n", b"line": _BREAK, b"row": "\n", b"cell": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–"}
_RTF_SIGNS |= dict.fromkeys((b"sect", b"page", b"column", b"nestcell", b"nestrow"), "\n")
_RTF_SIGNS |= dict.fromkeys((b"mnum", b"mden", b"me", b"msub", b"msup", b"mdeg", b"mlim", b"mfName"), " ")
_RTF_SIGNS |= {b"rquote": "’", b"lquote": "‘", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•"}
_RTF_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}


class _Group(NamedTuple):
    """What holds in a group of rich text: where its words go, whether they are shown, how many stand-ins a \\u has.

    What is `repeated` stands elsewhere as well, all that is in it.
    """

    out: list[str]
    unseen: bool = False
    hidden: bool = False
    deleted: bool = False
    repeated: bool = False
    stand_ins: int = 1


def _rich_text(data: bytes, name: str) -> list[str]:
    """The paragraphs of rich text, those of its shapes and comments at the end. Hidden and deleted text is left out.

    Raises `Unreadable` where it ends in the middle of what is not shown: what should follow is lost.
    """
    out: list[str] = []
    shapes: list[str] = []
    group = _Group(out)
    around: list[_Group] = []
    ended_unseen = False  # what was shown last stands before a group that is not shown
    skip = 0  # characters still to come that stand in for the last \u
    for code, word, number, sign, brace, text in _rtf_tokens(data, name):
        if brace:
            skip = 0
            if brace == b"{":
                around.append(group)
            elif around:
                ended_unseen = ended_unseen or group.unseen
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
            ended_unseen = ended_unseen and shown.isspace()
    if around and (group.unseen or ended_unseen):
        raise Unreadable(f"damaged: {name} is rich text that ends in a group that was never closed")
    shown = "".join([*out, "\n", *shapes]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # joins pairs
    return [line.replace(_BREAK, "\n") for line in shown.split("\n") if line.strip()]


def _rtf_tokens(data: bytes, name: str) -> Iterator[tuple[bytes, ...]]:
    """The signs of rich text, without the bytes that stand in it as they are (\\bin), braces and all.

    Raises Unreadable where there are fewer of those than it says.
    """
    at = 0
    while at < len(data):
        for token in _RTF_TOKEN.finditer(data, at):
            yield token.groups(b"")
            if token[2] == b"bin":
                at = token.end() + max(0, int(token[3] or 0))
                if at > len(data):
                    raise Unreadable(f"damaged: {name} is rich text that ends in the middle of a picture")
                break
        else:
            return


def _changed(group: _Group, word: bytes, number: bytes, shapes: list[str]) -> _Group:
    """A group behind a control word."""
    if word in _RTF_UNSEEN or (word.startswith(b"m") and word.endswith(b"Pr")):  # or properties of a formula
        return group._replace(unseen=True, repeated=group.repeated or word == b"shprslt")
    if word in _RTF_APART and not group.repeated:
        shapes.append("\n")
        return group._replace(unseen=False, out=shapes)
    if word == b"moMath" and not group.repeated:
        return group._replace(unseen=False)
    if word == b"v":
        return group._replace(hidden=number != b"0")
    if word == b"deleted":
        return group._replace(deleted=number != b"0")
    if word == b"plain":
        return group._replace(hidden=False, deleted=False)
    return group._replace(stand_ins=max(0, int(number or 1))) if word == b"uc" else group
