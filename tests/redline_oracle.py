"""What a redline is worth, told without the code that wrote it: accept and reject, and what a zip's entries hold."""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from lxml import etree

_STORY = re.compile(r"(?:^|/)(?:document\d*|header\d*|footer\d*|footnotes\d*|endnotes\d*|comments\d*)\.xml$")
_SPECIAL = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def entries(data: bytes) -> dict[str, bytes]:
    """The contents of a zip's entries by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def raw_entries(data: bytes) -> list[tuple[str, bytes, bytes]]:
    """Name, directory record without its offset, and compressed bytes of each entry, in the directory's order."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
            start = info.header_offset + 30
            local = data[info.header_offset : start + name + extra]
            fields = (info.date_time, info.compress_type, info.flag_bits, info.extra, info.comment, info.CRC)
            made = (info.external_attr, info.create_system, info.create_version, info.extract_version)
            record = repr((fields, made)).encode()
            packed = data[start + name + extra : start + name + extra + info.compress_size]
            found.append((info.filename, record + local, packed))
    return found


def is_story(name: str) -> bool:
    """Whether an entry holds text that can be tracked."""
    return bool(_STORY.search(name))


def settle(data: bytes, author: str, *, accept: bool) -> bytes:
    """The file with every tracked change by `author` accepted or rejected, and the author's comments gone."""
    parts = entries(data)
    mine = {
        el.get(_w(el, "id"))
        for name, root in _roots(parts)
        if "comments" in name
        for el in root
        if el.get(_w(el, "author")) == author
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            if is_story(name) and content.strip():
                root = etree.fromstring(content)
                _settle(root, author, accept=accept)
                _uncomment(root, mine)
                content = etree.tostring(root, encoding="UTF-8")
            archive.writestr(name, content)
    return out.getvalue()


def paragraphs(data: bytes) -> list[str]:
    """The text of each w:p of every story, the innermost one counting; what is deleted is left out."""
    texts = []
    for _, root in _roots(entries(data)):
        for el in root.iter():
            if _local(el) == "p" and "wordprocessingml" in el.tag:
                texts.append("".join(_text(el)))
    return texts


def ids(data: bytes) -> dict[str, list[str]]:
    """The numbers of tracked changes, and of comments, over all parts."""
    found: dict[str, list[str]] = {"changes": [], "comments": []}
    for name, root in _roots(entries(data)):
        for el in root.iter():
            kind = _local(el)
            if kind in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "bookmarkStart"):
                found["changes"].append(el.get(_w(el, "id")) or "")
            elif kind == "comment" and "comments" in name:
                found["comments"].append(el.get(_w(el, "id")) or "")
    return found


def _roots(parts: dict[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    for name, content in parts.items():
        if is_story(name) and content.strip():
            yield name, etree.fromstring(content)


def _local(el: etree._Element) -> str:
    return el.tag.rpartition("}")[2] if isinstance(el.tag, str) else ""


def _w(el: etree._Element, name: str) -> str:
    return el.tag.rpartition("}")[0] + "}" + name if isinstance(el.tag, str) and "}" in el.tag else name


def _settle(root: etree._Element, author: str, *, accept: bool) -> None:
    gone, kept = ("del", "ins") if accept else ("ins", "del")
    for el in list(root.iter()):
        if _local(el) in (gone, kept) and el.get(_w(el, "author")) == author:
            parent = el.getparent()
            assert parent is not None
            if _local(el) == kept:
                for text in el.iter():
                    if _local(text) == "delText":
                        text.tag = _w(text, "t")
                place = parent.index(el)
                parent[place:place] = list(el)
            parent.remove(el)


def _uncomment(root: etree._Element, numbers: set[str | None]) -> None:
    for el in list(root.iter()):
        if _local(el) in ("commentRangeStart", "commentRangeEnd", "comment") and el.get(_w(el, "id")) in numbers:
            el.getparent().remove(el)  # type: ignore[union-attr]
        elif _local(el) == "commentReference" and el.get(_w(el, "id")) in numbers:
            run = el.getparent()
            run.getparent().remove(run)  # type: ignore[union-attr, arg-type]


def _text(paragraph: etree._Element) -> Iterator[str]:
    for el in paragraph.iter():
        if (
            next((up for up in el.iterancestors() if _local(up) == "p" and "wordprocessingml" in up.tag), None)
            is not paragraph
        ):
            continue
        if _local(el) == "t" and "wordprocessingml" in el.tag:
            yield el.text or ""
        elif _local(el) in _SPECIAL and _local(el.getparent()) == "r":  # type: ignore[arg-type]
            yield _SPECIAL[_local(el)]
