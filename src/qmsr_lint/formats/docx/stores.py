"""The data behind content controls: what Word shows in a bound one, whatever the document says it showed last.

A control names a store (`w:storeItemID`) and a path in it (`w:xpath`); the store is a part of its own (customXml). Of
XPath, the absolute paths of names are followed that Word writes. What cannot be had is left.
"""

import re
from functools import cached_property

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.package import Package
from qmsr_lint.formats.docx.text import Element, W

_ITEM = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_PREFIX = re.compile(r"xmlns:([\w.-]{1,100})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")
_STEP = re.compile(r"/(@?)(?:([\w.-]{1,100}):)?([\w.-]{1,200})(?:\[(\d{1,9})\])?")
_TEXT = "/text()"
_LARGEST = 1_000_000
"""Bytes of all stores together; what controls are bound to are a few words each."""


class Stores:
    """The stores of a package, read when asked for; one that is damaged or too large is taken for none."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.left = _LARGEST
        self.roots: dict[str, Element | None] = {}
        self.children: dict[Element, dict[str, list[Element]]] = {}
        self.words: dict[tuple[Element, str], str | None] = {}

    @cached_property
    def names(self) -> dict[str, str]:
        """The parts that are stores, by the id that controls know them by, in small letters."""
        found: dict[str, str] = {}
        for name in self.package.related(self.package.main, "customXml"):
            for properties in self._related(name):
                root = self._root(properties)
                if root is not None:
                    found.setdefault(root.get(_ITEM, "").lower(), name)
        return found

    def value(self, control: Element) -> tuple[str, str] | None:
        """The part with what a control is bound to, and its words there; None where they are not known."""
        binding = control.find(f"{W}sdtPr/{W}dataBinding")
        name = None if binding is None else self.names.get(binding.get(f"{W}storeItemID", "").lower())
        if binding is None or name is None or (root := self._root(name)) is None:
            return None
        prefixes = {key: one or other for key, one, other in _PREFIX.findall(binding.get(f"{W}prefixMappings", ""))}
        found = self._followed(root, binding.get(f"{W}xpath", ""), prefixes)
        return None if found is None else (name, found)

    def _related(self, name: str) -> list[str]:
        try:
            return self.package.related(name, "customXmlProps")
        except Unreadable:
            return []

    def _root(self, name: str) -> Element | None:
        if name not in self.roots:
            self.roots[name] = self._read(name)
        return self.roots[name]

    def _read(self, name: str) -> Element | None:
        try:
            size = self.package.entry(name).file_size
            if size > self.left:
                return None
            self.left -= size
            return self.package.parse(name)
        except Unreadable:
            return None

    def _followed(self, root: Element, path: str, prefixes: dict[str, str]) -> str | None:
        """The words at the end of a path; None where it leads nowhere, or to more than words, or is no such path."""
        path = path.strip().removesuffix(_TEXT)
        at, here = 0, None
        while at < len(path):
            step = _STEP.match(path, at)
            if step is None or (step[2] and step[2] not in prefixes):
                return None
            space, at = prefixes.get(step[2] or "", ""), step.end()
            tag = f"{{{space}}}{step[3]}" if space else step[3]
            if step[1]:
                return None if here is None or at < len(path) else self._words(here, tag)
            same = self._children(here).get(tag, []) if here is not None else [root] if root.tag == tag else []
            nth = max(1, int(step[4] or 1))
            if nth > len(same):
                return None
            here = same[nth - 1]
        return None if here is None or len(here) else self._words(here, "")

    def _children(self, element: Element) -> dict[str, list[Element]]:
        """The children of an element by tag; kept, for thousands of controls may be bound to one store."""
        if element not in self.children:
            found = self.children[element] = {}
            for child in element.iterchildren("*"):
                found.setdefault(child.tag, []).append(child)
        return self.children[element]

    def _words(self, element: Element, attribute: str) -> str | None:
        """The words of an attribute, or of the element where that is ""."""
        key = element, attribute
        if key not in self.words:
            words = element.get(attribute) if attribute else element.text or ""
            self.words[key] = None if words is None else words.strip()
        return self.words[key]
