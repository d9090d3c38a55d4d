"""What reports for people have in common: counts by document, family and rule, the crosswalk found, the worst findings.

An overview grows with documents and rules, not with findings, except for those kept by `Worst`.
"""

import re
from collections import Counter
from heapq import heappush, heappushpop
from typing import NamedTuple

from qmsr_lint.model import SEVERITIES, DocumentResult, Finding, Identity, Status
from qmsr_lint.tally import natural

_DOUBT = {"certain": 0, "likely": 1, "possible": 2}
_DESIGNATION = re.compile(r"820\.\d+(?:\([a-z0-9]+\))*", re.IGNORECASE)
_CLAUSE = re.compile(r"[4-8](?:\.\d+)*")
_NO_TARGET = "no counterpart: see the finding's message"


class DocumentCounts(NamedTuple):
    """One document of the run: what became of it, and how many live and suppressed findings it has."""

    path: str
    format: str
    sha256: str | None
    status: Status
    reason: str
    identity: Identity
    error: int
    warning: int
    note: int
    suppressed: int

    @property
    def live(self) -> int:
        """Findings that are not suppressed."""
        return self.error + self.warning + self.note

    @property
    def ready(self) -> bool:
        """Whether the document was read and has no live error and no live warning."""
        return self.status == "checked" and not self.error and not self.warning


class Mapping(NamedTuple):
    """A row of the crosswalk: a citation as documents have it, what it is now, and where it was found."""

    legacy: str
    current: str
    documents: tuple[str, ...]
    findings: int


class Silence(NamedTuple):
    """Suppressed findings with the same cause: what silenced them, the reason, in which documents."""

    by: str
    reason: str
    documents: tuple[str, ...]
    findings: int


class Overview:
    """Gathers the results of a run."""

    def __init__(self) -> None:
        self.documents: list[DocumentCounts] = []
        self.families: dict[str, Counter[str]] = {}
        self.rules: dict[str, Counter[str]] = {}
        self._mappings: dict[tuple[str, str], Counter[str]] = {}
        self._silences: dict[tuple[str, str], Counter[str]] = {}

    def add(self, result: DocumentResult) -> None:
        """Count a document and its findings."""
        counts: Counter[str] = Counter()
        for finding in result.findings:
            if finding.suppressed:
                counts["suppressed"] += 1
                key = (finding.suppressed.by, finding.suppressed.reason)
                self._silences.setdefault(key, Counter())[result.path] += 1
                continue
            counts[finding.severity] += 1
            self.families.setdefault(family(finding.rule), Counter())[finding.severity] += 1
            self.rules.setdefault(finding.rule, Counter())[finding.severity] += 1
            if family(finding.rule) == "cite":
                self._mappings.setdefault(mapping(finding), Counter())[result.path] += 1
        reason = result.error or ("" if result.status == "checked" else "no reason was given")
        numbers = (counts[name] for name in (*SEVERITIES, "suppressed"))
        identity = result.identity
        path, kind, digest, status = result.path, result.format, result.sha256, result.status
        self.documents.append(DocumentCounts(path, kind, digest, status, reason, identity, *numbers))

    @property
    def ready(self) -> int:
        """Documents that were read and have no live error and no live warning."""
        return sum(document.ready for document in self.documents)

    @property
    def judged(self) -> int:
        """Documents that count for readiness: all but those that were skipped on purpose."""
        return sum(document.status != "skipped" for document in self.documents)

    @property
    def unread(self) -> list[DocumentCounts]:
        """Documents that were not checked, in the order of the run."""
        return [document for document in self.documents if document.status != "checked"]

    @property
    def worst_documents(self) -> list[DocumentCounts]:
        """Documents with live findings: most errors first, then warnings, then notes."""
        found = [document for document in self.documents if document.live]
        return sorted(found, key=lambda each: (-each.error, -each.warning, -each.note, each.path))

    @property
    def by_family(self) -> list[tuple[str, Counter[str]]]:
        """Live findings of each family that has any: the one with most first."""
        return sorted(self.families.items(), key=lambda item: (-item[1].total(), item[0]))

    @property
    def by_rule(self) -> list[tuple[str, Counter[str]]]:
        """Live findings of each rule that has any: worst severity first, then most findings."""
        return sorted(
            self.rules.items(), key=lambda item: (-item[1]["error"], -item[1]["warning"], -item[1]["note"], item[0])
        )

    @property
    def crosswalk(self) -> list[Mapping]:
        """The citations found, in their own order (820.30(j) before 820.181)."""
        rows = [Mapping(*key, tuple(paths), paths.total()) for key, paths in self._mappings.items()]
        return sorted(rows, key=lambda row: (natural(row.legacy), row.current))

    @property
    def silences(self) -> list[Silence]:
        """Why findings are suppressed: the cause with most findings first."""
        rows = [Silence(*key, tuple(paths), paths.total()) for key, paths in self._silences.items()]
        return sorted(rows, key=lambda row: (-row.findings, row.by, row.reason))


class Worst:
    """Keeps the worst findings of a run, live ones before suppressed ones, and counts the others."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left_out = 0
        self._heap: list[tuple[tuple[int, ...], DocumentResult, Finding]] = []
        self._order = 0

    def add(self, result: DocumentResult) -> None:
        """Take the findings of a document."""
        bare = result._replace(findings=())
        for finding in result.findings:
            self._order += 1
            item = (tuple(-number for number in (*rank(finding), self._order)), bare, finding)
            if len(self._heap) < self.limit:
                heappush(self._heap, item)
            else:
                heappushpop(self._heap, item)
                self.left_out += 1

    def findings(self) -> list[tuple[DocumentResult, Finding]]:
        """The findings kept, worst first, each with its document (without the document's other findings)."""
        return [(result, finding) for _, result, finding in sorted(self._heap, key=lambda item: item[0], reverse=True)]


def rank(finding: Finding) -> tuple[int, int, int]:
    """What sorts findings worst first: live before suppressed, then severity, then certainty."""
    return bool(finding.suppressed), SEVERITIES.index(finding.severity), _DOUBT[finding.certainty]


def family(rule: str) -> str:
    """The family of a rule id: the part before the first hyphen."""
    return rule.partition("-")[0]


def mapping(finding: Finding) -> tuple[str, str]:
    """A citation that was found, under its full designation, and what it is now."""
    current = finding.replacement or " or ".join(finding.alternatives) or _NO_TARGET
    text = "".join(finding.text.split())
    if finding.rule == "cite-iso-2003" and _CLAUSE.fullmatch(text):
        return f"ISO 13485:2003, Clause {text}", f"ISO 13485:2016, Clause {current}"
    if found := _DESIGNATION.search(text):
        return f"21 CFR {found[0]}", current
    # In a list ("820.30(g), (h)") the finding is "(h)" alone; its message has the section in full.
    full = (match[0] for match in _DESIGNATION.finditer(finding.message) if match[0].endswith(text))
    if designation := next(full, None):
        return f"21 CFR {designation}", current
    words = " ".join(finding.text.split())
    return (f"21 CFR Part 820 {words}" if words.lower().startswith("subpart") else words), current


def sentence(finding: Finding, room: int = 320) -> tuple[str, str, str]:
    """The words around a finding, within `room` characters and cut at words: before it, its own, after it."""
    excerpt, start, end = finding.excerpt, finding.excerpt_start, finding.excerpt_end
    left, right = max(0, start - room // 2), min(len(excerpt), end + room // 2)
    if left and (blank := excerpt.find(" ", left, start)) >= 0:
        left = blank + 1
    if right < len(excerpt) and (blank := excerpt.rfind(" ", end, right)) >= 0:
        right = blank
    before = ("… " if left else "") + excerpt[left:start]
    after = excerpt[end:right] + (" …" if right < len(excerpt) else "")
    return before, excerpt[start : min(end, start + 2 * room)], after
