"""What type of procedure a document is: by its title, its file name, its purpose and its headings.

Each kind of evidence is worth so many points (`rules/facts/document_types.yaml`); a title alone is enough, anything
else needs company. The words of a document about itself, or those of the configuration, decide without points. What
calls itself a report, a plan or a form of another kind is no procedure, whatever its subject.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsr_lint.context import cues
from qmsr_lint.errors import UsageError, nearest
from qmsr_lint.expression import Expression
from qmsr_lint.match import fold
from qmsr_lint.model import AS_TYPED, TOOL, Block, Document, Recognition
from qmsr_lint.sentence import alternatives

if TYPE_CHECKING:
    from qmsr_lint.reading import Reading

DIRECTIVE = Expression(rf"\s*{TOOL}:\s*type\s+(?!=)([\w-]+(?:[\s,]+[\w-]+)*+)\s*", re.IGNORECASE)
"""A document's own word about its type, in a comment or a property."""

_PROPERTY = "qmsr-lint-type"
_NONE = "none"
_OPENING = 24
"""Blocks at the beginning of the body among which a title is looked for."""

_TITLE = 120
"""A line longer than this, in characters, is no title and no heading to go by."""

_CASE = Expression(r"(?<![\w.])(?:\w+[-_ ])?(?:19|20)\d\d[-/_]\d{1,5}(?!\d)")
"""The number of a single case: a record of it is no procedure."""

_NUMBER = Expression(r"^[\W\d]*(?:section |chapter |appendix )?[\d.]*[\s:.)-]*")
_PURPOSE = Expression(
    r"(?:purpose|scope|objectives?|aims?|introduction|general|overview)(?: (?:and|&) (?:scope|purpose))?"
)
_SECTION = Expression(rf"(?:{cues.SECTION_NAMES}|training record)\b.{{0,24}}")
_LISTS = (
    "references reference terms term acronyms acronym definitions definition abbreviations glossary terminology "
    "bibliography contents history approvals approval signatures signature"
).split()
_BESIDE = (
    "and or of the for table related applicable associated regulatory regulation regulations standards standard "
    "normative internal external other company document documents revision change version list qms training "
    "record records company's our key used procedures procedure"
).split()


def expression(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for phrases in plain words, as rules of kind sentence write them."""
    return alternatives(phrases, "document_types.yaml")


class Type(NamedTuple):
    """A type of document and the words that show it. `gives_way` where another type in the title says more."""

    id: str
    name: str
    title: re.Pattern[str]
    subject: re.Pattern[str]
    headings: re.Pattern[str]
    gives_way: bool
    beats: tuple[str, ...]
    form: bool


class Types:
    """The types of `rules/facts/document_types.yaml`, ready to recognise documents. Raises PackError."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.points: Mapping[str, int] = facts["points"]
        self.procedures = expression(facts["procedures"])
        self.others = expression(facts["others"])
        self.forms = expression(facts["forms"])
        self.types = {name: _type(name, entry) for name, entry in facts["types"].items()}

    def check(self, names: Iterable[str], origin: str) -> None:
        """Raise UsageError for a name that is no type. `origin` says where it was written."""
        for name in names:
            if name not in self.types:
                raise UsageError(f"{origin}: there is no document type {name!r}{nearest(name, self.types)}")

    def recognise(self, reading: "Reading") -> Recognition:
        """The types of a document with the evidence, best first; none where nothing is enough."""
        return TypeEvidence(self, reading).recognition


def _type(name: str, entry: Mapping[str, Any]) -> Type:
    subject = entry.get("subject", entry["title"])
    return Type(
        name,
        entry["name"],
        expression(entry["title"]),
        expression(subject),
        expression(entry.get("headings", subject)),
        bool(entry.get("gives_way")),
        tuple(entry.get("beats", ())),
        bool(entry.get("form")),
    )


class TypeEvidence:
    """What one document shows of its type."""

    def __init__(self, types: Types, reading: "Reading") -> None:
        self.types = types
        self.document = reading.document
        self.reading = reading

    @cached_property
    def recognition(self) -> Recognition:
        """The types with their evidence; `problem` names a type that does not exist."""
        for names, told in _told(self.document):
            known = tuple(name for name in names if name in self.types.types)
            unknown = [name for name in names if name not in self.types.types and name != _NONE]
            problem = (
                f"there is no document type {unknown[0]!r}{nearest(unknown[0], self.types.types)}" if unknown else ""
            )
            return Recognition(known, tuple((name, told) for name in known), problem)
        return self._recognised()

    def _recognised(self) -> Recognition:
        titles = list(dict.fromkeys(title for title in self._titles() if len(title) <= _TITLE))
        folded = [(title, fold(title).text) for title in titles]
        if self._is_no_procedure([text for _, text in folded]):
            return Recognition()
        form = any(self.types.forms.search(text) for _, text in folded)
        points = self.types.points
        scores: dict[str, int] = {}
        evidence: list[tuple[str, str]] = []
        for each in self.types.types.values():
            shown = [(points["title"], f"title {title!r}") for title, text in folded if each.title.search(text)][:1]
            if each.form != form:
                continue
            if not each.form:
                shown += self._beside(each)
            scores[each.id] = sum(worth for worth, _ in shown)
            evidence += [(each.id, words) for _, words in shown]
        found = [name for name, score in scores.items() if score >= points["enough"]]
        found = self._settled(found, scores)
        return Recognition(tuple(found), tuple(pair for pair in evidence if pair[0] in found))

    def _settled(self, found: list[str], scores: Mapping[str, int]) -> list[str]:
        """Without the types that another one is the more exact word for; best first."""
        beaten = {name for each in found for name in self.types.types[each].beats}
        kept = [name for name in found if name not in beaten]
        certain = [name for name in kept if not self.types.types[name].gives_way]
        return sorted(certain or kept, key=lambda name: (-scores[name], name))

    def _beside(self, each: Type) -> list[tuple[int, str]]:
        """What the file name, the purpose and the headings add."""
        points = self.types.points
        shown = []
        if each.title.search(self._file_name):
            shown.append((points["file"], f"file name {self._file_name!r}"))
        if purpose := next((text for text in self._purposes if each.subject.search(text)), None):
            shown.append((points["purpose"], f"purpose {purpose[:_TITLE]!r}"))
        headings = [text for text in self._headings if each.headings.search(text)]
        shown += [(points["heading"], f"heading {text!r}") for text in headings[: points["headings_counted"]]]
        return shown

    def _is_no_procedure(self, titles: Sequence[str]) -> bool:
        if any(self.types.procedures.search(title) for title in titles):
            return False
        return any(self.types.others.search(title) or _CASE.search(title) for title in titles)

    @cached_property
    def _file_name(self) -> str:
        name = re.split(r"[/\\]", self.document.path)[-1].rpartition(".")[0] or self.document.path
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
        return fold(re.sub(r"[-_.+ ]+", " ", name)).text.strip()

    def _titles(self) -> Iterator[str]:
        from qmsr_lint.documents.identity import identify

        if title := identify(self.document).title:
            yield " ".join(title.split())
        for block in self.document.blocks:
            if (block.place.part == "property" and block.place.section == "title") or (
                block.place.part == "header" and block.kind not in AS_TYPED
            ):
                yield self._words(block)
        yield from self._opening()

    def _opening(self) -> Iterator[str]:
        """The headings before the first section, or the short lines at the top where there are no headings."""
        body = [block for block in self.document.blocks if block.place.part == "body"][:_OPENING]
        headed = any(block.kind == "heading" for block in body)
        for block in body:
            words = self._words(block)
            plain = _NUMBER.sub("", words.lower())
            if _SECTION.fullmatch(plain) or (block.kind == "heading" and re.match(r"\d", words)):
                return
            if block.kind == "heading" or (not headed and block.kind == "paragraph" and words):
                yield words
                if not headed:
                    headed = bool(self.types.procedures.search(words.lower()))

    def _words(self, block: Block) -> str:
        return " ".join(self.document.text[block.start : min(block.end, block.start + 2 * _TITLE)].split())

    @cached_property
    def _headings(self) -> list[str]:
        words = (self._words(block) for block in self.document.blocks if block.kind == "heading")
        return [text.lower() for text in words if len(text) <= _TITLE]

    @cached_property
    def _purposes(self) -> list[str]:
        """The sentences in which the document says what it is for."""
        found: list[str] = []
        inside = False
        for number, block in enumerate(self.document.blocks):
            if block.kind == "heading":
                inside = bool(_PURPOSE.fullmatch(_NUMBER.sub("", self._words(block).lower()).rstrip(" .:")))
            elif inside and block.kind == "paragraph":
                first, last = self.reading.sentences.segment(number)
                found += [text for text in _sentences(self.reading.text, first, last) if _SELF.search(text)]
        return found


_SELF = Expression(
    r"(?<!\w)(?:this|the purpose of this|the present) (?:standard operating |quality )?"
    r"(?:sop|procedure|process|document|policy|manual|instruction)\b|^the purpose is\b"
    r"|^to (?:define|describe|establish)\b"
)


def _sentences(text: str, first: int, last: int) -> Iterator[str]:
    from qmsr_lint.sentence import split

    for start, end in split(text, first, last):
        yield text[start:end]


def _told(document: Document) -> Iterator[tuple[tuple[str, ...], str]]:
    """The types that the configuration or the document itself names, in this order."""
    if document.types:
        yield document.types, "the configuration"
    for mark in document.marks:
        if mark.kind == "comment" and (found := DIRECTIVE.fullmatch(mark.value)):
            yield _names(found[1]), "a comment in the document"
    for block in document.blocks:
        if block.place.part == "property":
            words = document.text[block.start : block.end]
            if found := DIRECTIVE.fullmatch(words):
                yield _names(found[1]), "a property of the document"
            elif block.place.section == _PROPERTY:
                yield _names(words), "a property of the document"


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.lower().replace(",", " ").split())


def is_listing(heading: str) -> bool:
    """Whether a heading, in small letters, leads to references, definitions, a history, an example."""
    words = re.findall(r"[a-z']+", heading)
    if "example" in words or "examples" in words:
        return True
    if words == ["contents"]:
        return not re.match(r"\d", heading)  # a numbered section on contents says what belongs into a file
    if not any(word in _LISTS for word in words):
        return False
    rest = [word for word in words if word not in _LISTS and word not in _BESIDE]
    return not rest or (words[-1] in _LISTS and len(words) <= 3)
