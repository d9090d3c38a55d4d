"""A Word file as a package: what the bytes are, which parts there are, and how they point at one another.

Follows ECMA-376 part 2 (Open Packaging Conventions). Sizes that a zip directory states are not believed: inflated bytes
are counted. Every part comes back in the transitional namespaces; the strict ones of ISO/IEC 29500 are translated.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from typing import NamedTuple

from lxml import etree

from qmsr_lint.errors import Unreadable
from qmsr_lint.limits import DEFAULT, Limits

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LFS = b"version https://git-lfs.github.com/spec/"
_STRICT = b"http://purl.oclc.org/ooxml/"
_WIDE = (  # a mark of UTF-32 begins like one of UTF-16
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
"""How a part begins that has two or four bytes for each character, with or without its mark."""
_WIDE_STARTS = frozenset(start[:2] for start, _ in _WIDE)
_DECLARED = re.compile(r"\A(\s*<\?xml[^>]*?\sencoding\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z/]+)")
_STRICT_ODDITIES = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_PARSER_DEPTH = 256  # libxml2 refuses deeper trees unless told otherwise
_WORD_MAIN = re.compile(r"wordprocessingml\.(document|template)\.main\+xml|ms-word\.(document|template)\.macroEnabled")
_OTHER_KINDS = (
    ("spreadsheetml", "an Excel workbook"),
    ("ms-excel", "an Excel workbook"),
    ("presentationml", "a PowerPoint presentation"),
    ("ms-powerpoint", "a PowerPoint presentation"),
    ("visio", "a Visio drawing"),
)
_OPEN_DOCUMENT = {b"text": "text document", b"spreadsheet": "spreadsheet", b"presentation": "presentation"}
_STARTS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"<?xml", "an XML file"),
    (b"<!doctype html", "an HTML page"),
    (b"<html", "an HTML page"),
)


class Relationship(NamedTuple):
    """One line of a part's relationships. `target` is a part's name, or an address where `external`."""

    type: str
    target: str
    external: bool


class Package:
    """The parts of one Word file, read when asked for. `main` names the main document part.

    `strict` holds the parts that were in the strict namespaces. Raises `Unreadable` where bytes are no Word file or
    pass a limit; so does every method.
    """

    def __init__(self, data: bytes, limits: Limits = DEFAULT) -> None:
        _refuse_other_files(data, limits)
        self.data = data
        self.limits = limits
        self.strict: set[str] = set()
        self.inflated = 0
        self._nodes = 0
        self._uncounted: list[bytes] = []  # XML parts whose nodes are not in it
        self.entries = _directory(data, limits)
        self._folded = {name.lower(): name for name in self.entries}
        self._unquoted: dict[str, str] | None = None
        self._types: tuple[dict[str, str], dict[str, str]] | None = None
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self.main = self._find_main()

    def has(self, name: str) -> bool:
        """Whether the package holds a part of this name; the case of letters does not matter (OPC 6.2.2.3)."""
        return name.lower() in self._folded

    def entry(self, name: str) -> zipfile.ZipInfo:
        """The zip entry of a part, which may spell the name in other letters."""
        entries = self.entries[self._folded[name.lower()]]
        if len(entries) > 1:
            raise Unreadable(f"damaged package: {name} is in the zip {len(entries)} times")
        return entries[0]

    def read(self, name: str) -> bytes:
        """The bytes of a part, as they are in the file."""
        data = _inflate(self.data, self.entry(name), self.limits, self.limits.package_bytes - self.inflated)
        self.inflated += len(data)
        return data

    def parse(self, name: str) -> etree._Element:
        """The root element of an XML part."""
        return parse_xml(self.xml(name), name, self.limits)

    def xml(self, name: str) -> bytes:
        """The bytes of an XML part in the transitional namespaces."""
        data = self.read(name)
        if data[:2] in _WIDE_STARTS:
            try:
                data = in_utf_8(data)
            except UnicodeError as error:
                raise Unreadable(f"damaged: {name} is not in the encoding it says ({error})") from error
        if _STRICT in data:
            data = _STRICT_NAME.sub(_transitional_name, data)
            self.strict.add(name)
        self._uncounted.append(data)
        # A node takes up to a hundred times the room in memory that it takes in the file: it must not come to that.
        # Fewer bytes than that hold fewer nodes, and need not be counted.
        if self.inflated > self.limits.nodes and self.nodes > self.limits.nodes:
            raise Unreadable(
                f"over the limit: up to {name} the package has more than {self.limits.nodes} elements and attributes"
            )
        return data

    @property
    def nodes(self) -> int:
        """The elements and attributes of the XML parts read so far."""
        for data in self._uncounted:
            self._nodes += data.count(b"<") - data.count(b"</") + data.count(b"=")
        self._uncounted.clear()
        return self._nodes

    def charge(self, inner: "Package") -> None:
        """Count what was read from a package within this one against the limits of this one."""
        self.inflated += inner.inflated
        self._nodes += inner.nodes

    def content_type(self, name: str) -> str:
        """The media type of a part, as [Content_Types].xml declares it, or "" where it does not."""
        if self._types is None:
            self._types = self._read_types()
        defaults, overrides = self._types
        return overrides.get(name.lower()) or defaults.get(name.rpartition(".")[2].lower(), "")

    def declares(self, name: str) -> bool:
        """Whether [Content_Types].xml has a line of its own for a part of this name, which need not be there."""
        self.content_type(name)
        return self._types is not None and name.lower() in self._types[1]

    def declared_twice(self) -> str:
        """The name of a part whose type is declared twice, for which Word refuses a file; "" where none is."""
        root = self.parse("[Content_Types].xml") if self.has("[Content_Types].xml") else ()
        names = [el.get("PartName", "").lstrip("/") for el in root if el.tag == f"{_TYPES}Override"]
        counts = Counter(map(str.lower, names))
        return next((name for name in names if counts[name.lower()] > 1), "")

    def relationships(self, name: str) -> dict[str, Relationship]:
        """The relationships of a part by id; of the package itself where `name` is empty."""
        if name not in self._relationships:
            folder, base = posixpath.split(name)
            rels = posixpath.join(folder, "_rels", f"{base}.rels")
            self._relationships[name] = self._read_relationships(rels, folder) if self.has(rels) else {}
        return self._relationships[name]

    def related(self, name: str, kind: str) -> list[str]:
        """The parts that `name` points at with relationships of this kind (the last word of the type)."""
        found = (r.target for r in self.relationships(name).values() if not r.external and r.type == kind)
        return [target for target in dict.fromkeys(found) if self.has(target)]

    def _read_types(self) -> tuple[dict[str, str], dict[str, str]]:
        if not self.has("[Content_Types].xml"):
            return {}, {}
        root = self.parse("[Content_Types].xml")
        defaults = {el.get("Extension", "").lower(): el.get("ContentType", "") for el in root.iter(f"{_TYPES}Default")}
        overrides = {
            el.get("PartName", "").lstrip("/").lower(): el.get("ContentType", "")
            for el in root.iter(f"{_TYPES}Override")
        }
        return defaults, overrides

    def _read_relationships(self, rels: str, folder: str) -> dict[str, Relationship]:
        found: dict[str, Relationship] = {}
        for el in self.parse(rels).iter(_RELATIONSHIP):
            target = el.get("Target", "")
            external = el.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target.partition("#")[0])).lstrip("/")
                if not self.has(target):
                    target = self._spelled(target)
            found[el.get("Id", "")] = Relationship(el.get("Type", "").rpartition("/")[2], target, external)
        return found

    def _spelled(self, target: str) -> str:
        """The name of the part that `target` means with other escapes: f%C3%BC.xml is fü.xml."""
        from urllib.parse import unquote

        if self._unquoted is None:
            self._unquoted = {unquote(name).lower(): name for name in self.entries}
        target = unquote(target)
        return self._unquoted.get(target.lower(), target)

    def _find_main(self) -> str:
        named = [r.target for r in self.relationships("").values() if r.type == "officeDocument" and not r.external]
        for name in named:
            if self.has(name):
                self._refuse_other_kind(name)
                return name
        self.content_type("")
        overrides = self._types[1] if self._types else {}
        main = [name for name, kind in overrides.items() if _WORD_MAIN.search(kind)]
        for name in main:
            if self.has(name):
                return self._folded[name]
        if named or main:
            raise Unreadable(f"damaged Word file: its main part {(named or main)[0]} is missing")
        raise Unreadable(f"not a Word file but {self._other_kind()}")

    def _refuse_other_kind(self, main: str) -> None:
        kind = self.content_type(main)
        for word, name in _OTHER_KINDS:
            if word in kind:
                raise Unreadable(f"not a Word file but {name}")

    def _other_kind(self) -> str:
        if "mimetype" in self.entries:
            kind = self.read("mimetype").rpartition(b".")[2].strip()
            return f"an OpenDocument {_OPEN_DOCUMENT.get(kind, 'file')}"
        folders = {name.partition("/")[0] for name in self.entries}
        for folder, name in (
            ("xl", "an Excel workbook"),
            ("ppt", "a PowerPoint presentation"),
            ("visio", "a Visio drawing"),
        ):
            if folder in folders:
                return name
        return "a plain zip archive" if self.entries else "an empty zip archive"


def parse_xml(data: bytes, name: str, limits: Limits = DEFAULT) -> etree._Element:
    """The root of an XML part named `name`. No entity is resolved, nothing is fetched, a DOCTYPE is refused."""
    if b"<!DOCTYPE" in data[:4096]:
        raise Unreadable(f"refused: {name} declares a DOCTYPE, which no Word part may have")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=limits.depth > _PARSER_DEPTH,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, LookupError, AssertionError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        reason = str(error)
        if "Text node too long" in reason or "xmlSAX2Characters" in reason:
            raise Unreadable(f"over the limit: {name} holds more than 10000000 bytes of text in one piece") from error
        if "xcessive depth" in reason:
            raise Unreadable(f"over the limit: {name} nests XML deeper than {_PARSER_DEPTH} elements") from error
        raise Unreadable(
            f"damaged: {name} is not well-formed XML ({reason.partition(', line')[0] or 'no content'})"
        ) from error
    if root is None:
        raise Unreadable(f"damaged: {name} is not well-formed XML (no content)")
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"refused: {name} declares a DOCTYPE, which no Word part may have")
    if limits.depth != _PARSER_DEPTH and _deeper_than(root, limits.depth):
        raise Unreadable(f"over the limit: {name} nests XML deeper than {limits.depth} elements")
    return root


def _deeper_than(root: etree._Element, limit: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _refuse_other_files(data: bytes, limits: Limits) -> None:
    if len(data) > limits.file_bytes:
        raise Unreadable(f"over the limit: the file has {len(data)} bytes, at most {limits.file_bytes} are read")
    if not data:
        raise Unreadable("empty file")
    if data.startswith(_OLE):
        raise Unreadable(_ole_reason(data))
    if data.startswith(_LFS):
        raise Unreadable("a Git LFS pointer, not the document: fetch it with `git lfs pull`")
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return
    if not data.strip(b"\0"):
        raise Unreadable("not a Word file: it holds nothing but zero bytes")
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for start, name in _STARTS:
        if head.startswith(start.lower()):
            raise Unreadable(f"not a Word file but {name}")
    if zipfile.is_zipfile(io.BytesIO(data)):
        return
    raise Unreadable("not a Word file: it is no zip package")


def _ole_reason(data: bytes) -> str:
    streams = {name: name.encode("utf-16-le") in data for name in ("EncryptedPackage", "WordDocument", "Workbook")}
    if streams["EncryptedPackage"]:
        if "DRMEncryptedDataSpace".encode("utf-16-le") in data:
            return "protected by rights management (IRM): save an unprotected copy"
        return "password-protected: save a copy without a password"
    if streams["WordDocument"]:
        return "a legacy Word 97-2003 file (.doc): save it as .docx"
    if streams["Workbook"] or "PowerPoint Document".encode("utf-16-le") in data:
        return "not a Word file but a legacy Excel or PowerPoint file"
    return "not a Word file but another OLE compound file"


def _directory(data: bytes, limits: Limits) -> dict[str, list[zipfile.ZipInfo]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        if b"PK\x05\x06" not in data[-65_557:]:
            raise Unreadable("truncated: the zip's directory is missing from its end") from error
        raise Unreadable(f"damaged zip ({error})") from error
    except Exception as error:  # struct.error, IndexError: zipfile on a crafted directory
        raise Unreadable(f"damaged zip ({error})") from error
    if len(infos) > limits.entries:
        raise Unreadable(f"over the limit: the zip has {len(infos)} entries, at most {limits.entries} are read")
    entries: dict[str, list[zipfile.ZipInfo]] = {}
    folded: dict[str, str] = {}
    for info in infos:
        name = info.filename
        if "\\" in name or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
            raise Unreadable(f"refused: the zip names an entry outside the package ({name!r})")
        name = folded.setdefault(name.lower(), name)  # names that differ only by case are one name
        entries.setdefault(name, []).append(info)
    return entries


def _inflate(data: bytes, info: zipfile.ZipInfo, limits: Limits, left: int) -> bytes:
    name = info.filename
    if info.flag_bits & 0x1:
        raise Unreadable(f"encrypted: {name} cannot be read without a password")
    header = data[info.header_offset : info.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise Unreadable(f"damaged zip: {name} is not where the directory says")
    start = info.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(data)[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise Unreadable(f"truncated: {name} ends before its last byte")
    allowed = min(limits.part_bytes, left)
    if info.compress_type == zipfile.ZIP_STORED:
        out = bytes(packed[: allowed + 1])
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        out = _decompress(packed, name, allowed)
    else:
        raise Unreadable(f"damaged: {name} is compressed in a way Word does not use (method {info.compress_type})")
    if len(out) > allowed:
        what, limit = (
            (name, limits.part_bytes) if allowed == limits.part_bytes else ("the package", limits.package_bytes)
        )
        raise Unreadable(f"over the limit: {what} inflates to more than {limit} bytes")
    if len(out) > limits.ratio_grace and len(out) > limits.ratio * max(len(packed), 1):
        raise Unreadable(f"over the limit: {name} inflates to more than {limits.ratio} times its compressed size")
    if zlib.crc32(out) != info.CRC:
        raise Unreadable(f"damaged: {name} fails its checksum (CRC-32)")
    return out


def _decompress(packed: memoryview, name: str, allowed: int) -> bytes:
    machine = zlib.decompressobj(-15)
    try:
        out = machine.decompress(packed, allowed + 1)
    except zlib.error as error:
        raise Unreadable(f"damaged: {name} cannot be inflated ({error})") from error
    if not machine.eof and len(out) <= allowed:
        raise Unreadable(f"truncated: {name} ends before its last byte")
    return out


def in_utf_8(data: bytes) -> bytes:
    """An XML part with a byte for each ASCII character: one in UTF-16 or UTF-32 is put into UTF-8.

    Raises UnicodeError where its bytes are not what they begin as.
    """
    encoding = next((name for start, name in _WIDE if data.startswith(start)), None)
    return data if encoding is None else _DECLARED.sub(r'\1"UTF-8"', data.decode(encoding), count=1).encode()


def _transitional_name(match: re.Match[bytes]) -> bytes:
    area, rest = match.groups()
    head, slash, last = rest.rpartition(b"/")
    return b"http://schemas.openxmlformats.org/%s/2006/%s%s%s" % (area, head, slash, _STRICT_ODDITIES.get(last, last))
