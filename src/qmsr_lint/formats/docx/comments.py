"""The comments part of a Word file: adding to it, and making it where there is none."""

import posixpath
import re
from collections.abc import Callable

from lxml import etree

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.package import Package
from qmsr_lint.formats.docx.splice import as_attribute, as_text, in_bytes
from qmsr_lint.formats.docx.text import W_NS, W

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATIONSHIP = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
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
            self._refuse_shared(found[0])
            return {self.package.entry(found[0]).filename: self._appended(found[0])}, {}
        self._refuse_missing()
        strict = main in self.package.strict
        folder, base = posixpath.split(main)
        name = _free(self.package, posixpath.join(folder, "comments"))
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        changed = self._declared(name)
        kind = _STRICT_RELATIONSHIP if strict else _RELATIONSHIP
        added = {}
        if self.package.has(rels):
            rels = self.package.entry(rels).filename
            changed[rels] = self._pointed(rels, name, kind)
        else:
            inner = f'<Relationship Id="rId1" Type="{kind}" Target="/{as_attribute(name)}"/>'
            added[rels] = _XML + _ascii(f'<Relationships xmlns="{_RELATIONSHIPS_NS}">{inner}</Relationships>')
        root = (STRICT_NS if strict else W_NS).encode()
        body = b"".join(self._comment("w:", number, words) for number, words in self.new)
        added[name] = _XML + b'<w:comments xmlns:w="%b">%b</w:comments>' % (root, body)
        return changed, added

    def _refuse_shared(self, name: str) -> None:
        """Raise Unreadable where the comments part is another story as well, which new comments would get into."""
        pointers = self.package.relationships(self.package.main).values()
        kinds = {each.type for each in pointers if not each.external and each.target.lower() == name.lower()}
        if others := sorted(kinds - {"comments"}):
            raise Unreadable(f"cannot be redlined: {name} is named as comments and as {others[0]}")

    def _refuse_missing(self) -> None:
        """Raise Unreadable where the main part says it has comments already: it must not say so twice."""
        pointers = self.package.relationships(self.package.main).values()
        for target in (each.target for each in pointers if each.type == "comments"):
            raise Unreadable(
                f"cannot be redlined: no comment can be added, because its comments {target or '(not named)'} are "
                "missing: open and repair it in Word"
            )

    def _appended(self, name: str) -> bytes:
        data = in_bytes(self.package.read(name))
        root = self._root(name, f"{W}comments")
        prefix = next((key for key, uri in root.nsmap.items() if key and key.isascii() and uri == W_NS), None)
        declared = ""
        if prefix is None:  # the part has it as its default, which attributes do not take
            prefix = "w"
            declared = f' xmlns:w="{STRICT_NS if name in self.package.strict else W_NS}"'
        body = b"".join(self._comment(f"{prefix}:", number, words, declared) for number, words in self.new)
        return _inserted(data, lambda _: body, name)

    def _root(self, name: str, tag: str) -> etree._Element:
        """The root of a part that is to be added to. Raises Unreadable where it is another element."""
        root = self.package.parse(name)
        if root.tag != tag:
            held = etree.QName(root).localname
            words = " of another namespace" if held == etree.QName(tag).localname else ""
            raise Unreadable(f"cannot be redlined: no comment can be added, because {name} holds <{held}>{words}")
        return root

    def _comment(self, w: str, number: int, words: str, declared: str = "") -> bytes:
        author, initials, date = (as_attribute(each) for each in (self.author, self.initials, self.date))
        lines = [f'<{w}t xml:space="preserve">{as_text(line)}</{w}t>' for line in words.split("\n")]
        return _ascii(
            f'<{w}comment{declared} {w}id="{number}" {w}author="{author}" {w}date="{date}" {w}initials="{initials}">'
            f"<{w}p><{w}r>{f'<{w}br/>'.join(lines)}</{w}r></{w}p></{w}comment>"
        )

    def _declared(self, name: str) -> dict[str, bytes]:
        if not self.package.has("[Content_Types].xml"):
            raise Unreadable("cannot be redlined: the package does not declare the types of its parts")
        types = self.package.entry("[Content_Types].xml").filename
        self._root(types, f"{{{_TYPES_NS}}}Types")
        data = in_bytes(self.package.read(types))
        line = _ascii(f'Override PartName="/{as_attribute(name)}" ContentType="{_TYPE}"/>')
        return {types: _inserted(data, lambda prefix: b"<" + prefix + line, types)}

    def _pointed(self, rels: str, name: str, kind: str) -> bytes:
        self._root(rels, f"{{{_RELATIONSHIPS_NS}}}Relationships")
        data = in_bytes(self.package.read(rels))
        taken = {id_.lower() for id_ in self.package.relationships(self.package.main)}
        number = next(n for n in range(1, len(taken) + 2) if f"rid{n}" not in taken)
        target = posixpath.relpath(name, posixpath.dirname(self.package.main) or ".")
        line = _ascii(f'Relationship Id="rId{number}" Type="{kind}" Target="{as_attribute(target)}"/>')
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
    """The name of a new part. One whose type is declared is not free, even where no such part is there."""
    name, number = f"{stem}.xml", 2
    while package.has(name) or package.declares(name):
        name, number = f"{stem}{number}.xml", number + 1
    return name


def _ascii(markup: str) -> bytes:
    """Markup in bytes that every encoding of a part takes."""
    return markup.encode("ascii", "xmlcharrefreplace")
