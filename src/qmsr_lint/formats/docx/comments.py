"""The comments part of a Word file: adding to it, and making it where there is none."""

import posixpath
import re
from collections.abc import Callable

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.package import Package
from qmsr_lint.formats.docx.splice import Source
from qmsr_lint.formats.docx.text import W_NS

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATIONSHIP = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
STRICT_NS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""Word's namespace in the strict form of the standard."""
_END = re.compile(rb"</((?:[\w.-]+:)?)[\w.-]+\s*>\s*")
_EMPTY_ROOT = re.compile(rb"<((?:[\w.-]+:)?)([\w.-]+)((?:\s[^<>]*)?)/>\s*\Z")
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


class Comments:
    """Collects new comments; `contents` gives the parts they change and the parts they add."""

    def __init__(self, package: Package, author: str, initials: str, date: str) -> None:
        self.package = package
        self.author = author
        self.initials = initials
        self.date = date
        self.new: list[tuple[int, str]] = []

    def add(self, number: int, words: str) -> int:
        """Add a comment with this number, one paragraph with a line for each line of `words`; the number."""
        self.new.append((number, words))
        return number

    def contents(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The changed parts and the new parts, by name."""
        if not self.new:
            return {}, {}
        main = self.package.main
        found = self.package.related(main, "comments")
        if found:
            return {found[0]: self._appended(found[0])}, {}
        strict = main in self.package.strict
        folder, base = posixpath.split(main)
        name = _free(self.package, posixpath.join(folder, "comments"))
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        changed = {"[Content_Types].xml": self._declared(name)}
        kind = _STRICT_RELATIONSHIP if strict else _RELATIONSHIP
        added = {}
        if self.package.has(rels):
            rels = next(entry for entry in self.package.entries if entry.lower() == rels.lower())
            changed[rels] = self._pointed(rels, name, kind)
        else:
            inner = f'<Relationship Id="rId1" Type="{kind}" Target="/{_escaped(name).decode()}"/>'
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            added[rels] = _XML + f'<Relationships xmlns="{space}">{inner}</Relationships>'.encode()
        root = (STRICT_NS if strict else W_NS).encode()
        body = b"".join(self._comment(b"w:", b"w:", number, words) for number, words in self.new)
        added[name] = _XML + b'<w:comments xmlns:w="%b">%b</w:comments>' % (root, body)
        return changed, added

    def _appended(self, name: str) -> bytes:
        data = self.package.read(name)
        root = self.package.parse(name)
        data = Source(data, root).data  # UTF-16 becomes UTF-8
        prefix = next((key for key, uri in root.nsmap.items() if key and uri == W_NS), None)
        mark = (prefix or "w").encode() + b":"
        body = b"".join(self._comment(mark, mark, number, words) for number, words in self.new)
        if prefix is None:  # the part has it as its default, which attributes do not take
            space = STRICT_NS if name in self.package.strict else W_NS
            body = body.replace(b"<w:comment ", b'<w:comment xmlns:w="%b" ' % space.encode())
        return _inserted(data, lambda _: body, name)

    def _comment(self, element: bytes, attribute: bytes, number: int, words: str) -> bytes:
        lines = [b'<w:t xml:space="preserve">%b</w:t>' % _escaped(line) for line in words.split("\n")]
        out = b'<w:comment w:id="%d" w:author="%b" w:date="%b" w:initials="%b"><w:p><w:r>%b</w:r></w:p></w:comment>' % (
            number,
            _escaped(self.author),
            _escaped(self.date),
            _escaped(self.initials),
            b"<w:br/>".join(lines),
        )
        return out if element == b"w:" else re.sub(rb"(</?|\s)w:(?=[\w]+[\s>/=])", rb"\1" + element, out)

    def _declared(self, name: str) -> bytes:
        types = next((entry for entry in self.package.entries if entry.lower() == "[content_types].xml"), None)
        if types is None:
            raise Unreadable("cannot be redlined: the package does not declare the types of its parts")
        data = self.package.read(types)
        line = f'Override PartName="/{_escaped(name).decode()}" ContentType="{_TYPE}"/>'.encode()
        return _inserted(data, lambda prefix: b"<" + prefix + line, types)

    def _pointed(self, rels: str, name: str, kind: str) -> bytes:
        data = self.package.read(rels)
        taken = {id_.lower() for id_ in self.package.relationships(self.package.main)}
        number = next(n for n in range(1, len(taken) + 2) if f"rid{n}" not in taken)
        target = posixpath.relpath(name, posixpath.dirname(self.package.main) or ".")
        line = f'Relationship Id="rId{number}" Type="{kind}" Target="{_escaped(target).decode()}"/>'.encode()
        return _inserted(data, lambda prefix: b"<" + prefix + line, rels)


def _inserted(data: bytes, made: Callable[[bytes], bytes], name: str) -> bytes:
    """The part with new elements as the last ones of its root."""
    if match := _END.match(data, _last_end(data)):
        return data[: match.start()] + made(match[1]) + data[match.start() :]
    if match := _EMPTY_ROOT.search(data):
        prefix, root, attributes = match.groups()
        opened = b"<" + prefix + root + attributes + b">"
        return data[: match.start()] + opened + made(prefix) + b"</" + prefix + root + b">"
    raise Unreadable(f"cannot be redlined: the end of {name} was not found")


def _last_end(data: bytes) -> int:
    """Where the last end tag begins; comments may follow it. The length of the part where there is none."""
    end = len(data)
    while (last := data.rfind(b"<", 0, end)) >= 0 and (comment := data.rfind(b"<!--", 0, end)) >= 0:
        if data.find(b"-->", comment, end) <= last:
            break
        end = comment
    at = data.rfind(b"</", 0, end)
    return at if at >= 0 else len(data)


def _free(package: Package, stem: str) -> str:
    name, number = f"{stem}.xml", 2
    while package.has(name):
        name, number = f"{stem}{number}.xml", number + 1
    return name


def _escaped(words: str) -> bytes:
    words = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", words)
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return words.encode("ascii", "xmlcharrefreplace")
