"""What reports for people have in common: counts by document, family and rule, the crosswalk found, the worst findings.

An overview grows with documents and rules, not with findings, except for those kept by `Worst`.
"""

import re
from collections import Counter
from heapq import heappush, heappushpop
from typing import NamedTuple

from qmsr_lint.model import (
    CERTAINTIES,
    SEVERITIES,
    DocumentResult,
    Finding,
    Identity,
    Severity,
    Standing,
    Status,
    family_of,
)
from qmsr_lint.output import plural
from qmsr_lint.tally import natural

READY = "read, no error or warning open"
"""When a document is called ready."""

COUNTED = (
    "This counts every document without an open error or warning, whatever it is about: a template, or a text that "
    "names neither the regulation nor a term of it, counts as well."
)
"""What the number of ready documents does not tell."""

_MEANINGS: dict[str, dict[Severity, str]] = {
    "": {
        "error": "a statement that is false under the law in force",
        "warning": "an eliminated term or citation used as if it were live",
        "note": "a matter of style, or a former term that may stay",
    },
    "gap": {
        "error": "a required element of a procedure that was not found, is incomplete or outdated",
        "warning": "an element that the regulation requires of a procedure and that was not found, is incomplete or "
        "outdated",
        "note": "an element that ISO 13485 or a recommendation asks of a procedure and that was not found, is "
        "incomplete or outdated",
    },
    "suppression": dict.fromkeys(SEVERITIES, "a suppression in a document that is not in force or covers nothing"),
}
"""What a finding is, by its family and severity; "" stands for the families that are not named."""

_OPEN: tuple[Standing, ...] = ("live", "known")
_THEIR = ("its", "their")
_DESIGNATION = re.compile(r"820\.\d+(?:\([a-z0-9]+\))*", re.IGNORECASE)
_CLAUSE = re.compile(r"[4-8](?:\.\d+)*")
_NO_TARGET = "no counterpart: see the finding's message"
_ELSEWHERE = "cite-other-cfr"
"""The rule of citations in the text of another regulation, which says itself what it cites now."""
_TOKEN = re.compile(r"[a-z]+|\d+")


class DocumentCounts(NamedTuple):
    """One document of the run: what became of it, and its live findings, those that a baseline knows, and the others.

    `unready` tells whether one that is live or known is an error or a warning.
    """

    path: str
    format: str
    sha256: str | None
    status: Status
    reason: str
    identity: Identity
    unready: bool
    error: int
    warning: int
    note: int
    known: int
    suppressed: int

    @property
    def live(self) -> int:
        """Findings that are not suppressed."""
        return self.error + self.warning + self.note

    @property
    def open(self) -> int:
        """Findings that somebody has to look at: live ones, and those that a baseline knows."""
        return self.live + self.known

    @property
    def ready(self) -> bool:
        """Whether the document was read and no error and no warning in it is open, known ones included."""
        return self.status == "checked" and not self.unready


class Mapping(NamedTuple):
    """A row of the crosswalk: a citation as documents have it, what it is now, and where it was found.

    `current` tells all that it is now, where the words beside a citation decide: a designation has one row.
    """

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
    """Gathers the results of a run. Findings that a baseline knows are open: they are counted beside the live ones."""

    def __init__(self) -> None:
        self.documents: list[DocumentCounts] = []
        self.families: dict[str, Counter[str]] = {}
        self.rules: dict[str, Counter[str]] = {}
        self.standings: Counter[Standing] = Counter()
        self.citations: Counter[Standing] = Counter()
        self._kinds: dict[Severity, set[str]] = {}
        self._mappings: dict[str, dict[tuple[bool, str], Counter[str]]] = {}
        self._silences: dict[tuple[str, str], Counter[str]] = {}

    def add(self, result: DocumentResult) -> None:
        """Count a document and its findings."""
        counts: Counter[str] = Counter()
        unready = False
        for finding in result.findings:
            counts[self._add(result.path, finding)] += 1
            unready = unready or (finding.severity != "note" and finding.standing in _OPEN)
        reason = result.error or ("" if result.status == "checked" else "no reason was given")
        numbers = (counts[name] for name in (*SEVERITIES, "known", "suppressed"))
        identity = result.identity
        path, kind, digest, status = result.path, result.format, result.sha256, result.status
        self.documents.append(DocumentCounts(path, kind, digest, status, reason, identity, unready, *numbers))

    def _add(self, path: str, finding: Finding) -> str:
        """Count a finding; what it counts as in its document."""
        standing, silent = finding.standing, finding.suppressed
        self.standings[standing] += 1
        kind = family_of(finding.rule)
        if kind == "cite":
            self.citations[standing] += 1
        if silent:
            self._silences.setdefault((silent.by, silent.reason), Counter())[path] += 1
        if standing not in _OPEN:
            return "suppressed"
        self._kinds.setdefault(finding.severity, set()).add(kind)
        counted = "known" if standing == "known" else finding.severity
        self.families.setdefault(kind, Counter())[counted] += 1
        self.rules.setdefault(finding.rule, Counter())[counted] += 1
        if kind == "cite":
            legacy, current = mapping(finding)
            now = (finding.rule == _ELSEWHERE, current)
            self._mappings.setdefault(legacy, {}).setdefault(now, Counter())[path] += 1
        return counted

    @property
    def known(self) -> int:
        """Findings that a baseline knows."""
        return self.standings["known"]

    @property
    def accepted(self) -> int:
        """Findings that were accepted by a decision in a document or the configuration."""
        return self.standings["accepted"]

    @property
    def suppressed(self) -> int:
        """Findings that are not open: accepted by decision, or explained by their context."""
        return self.accepted + self.standings["no change"]

    @property
    def silent(self) -> str:
        """What is not open in words: "2 accepted by decision, 5 with no change needed in their context"; or ""."""
        return ", ".join(_silent(self.standings))

    @property
    def silent_citations(self) -> str:
        """What is to be said of the citations that are not open; empty where there are none."""
        silent = _silent(self.citations)
        return f"Citations that are not open: {', '.join(silent)}." if silent else ""

    @property
    def no_citation(self) -> str:
        """What is to be said where no citation is open."""
        silent = _silent(self.citations)
        return f"No outdated citation is open: {', '.join(silent)}." if silent else "No outdated citation was found."

    def meaning(self, severity: Severity) -> str:
        """What a finding of a severity is, by the families of those that were found."""
        kinds = {name if name in _MEANINGS else "" for name in self._kinds.get(severity, ())}
        return ", or ".join(words[severity] for name, words in _MEANINGS.items() if name in (kinds or {""}))

    @property
    def ready(self) -> int:
        """Documents that were read and in which no error and no warning is open, known ones included."""
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
        """Documents with open findings: most errors first, then warnings, notes, and those that a baseline knows."""
        found = [document for document in self.documents if document.open]
        return sorted(found, key=lambda each: (-each.error, -each.warning, -each.note, -each.known, each.path))

    @property
    def listed(self) -> list[DocumentCounts]:
        """Documents that a report for people names: those with open findings, worst first, and those not checked."""
        return [*self.worst_documents, *(document for document in self.unread if not document.open)]

    @property
    def unlisted(self) -> str:
        """What is said of the other documents; empty where there are none."""
        listed = len(self.listed)
        number = len(self.documents) - listed
        noun = "more document" if listed else "document"
        return f"{plural(number, noun)} read, without an open finding." if number else ""

    @property
    def by_family(self) -> list[tuple[str, Counter[str]]]:
        """Open findings of each family that has any, by severity and "known": the one with most first."""
        return sorted(self.families.items(), key=lambda item: (-item[1].total(), item[0]))

    @property
    def by_rule(self) -> list[tuple[str, Counter[str]]]:
        """Open findings of each rule that has any, by severity and "known": the worst first, then the most."""
        return sorted(
            self.rules.items(),
            key=lambda item: (*(-item[1][name] for name in (*SEVERITIES, "known")), item[0]),
        )

    @property
    def crosswalk(self) -> list[Mapping]:
        """The citations found, in their own order (820.30(j) before 820.181)."""
        rows = []
        for legacy, choices in self._mappings.items():
            paths = {path: None for counts in choices.values() for path in counts}
            numbers = {now: counts.total() for now, counts in choices.items()}
            rows.append(Mapping(legacy, _current(numbers), tuple(sorted(paths)), sum(numbers.values())))
        return sorted(rows, key=lambda row: natural(row.legacy))

    @property
    def silences(self) -> list[Silence]:
        """Why findings are suppressed: the cause with most findings first."""
        rows = [Silence(*key, tuple(paths), paths.total()) for key, paths in self._silences.items()]
        return sorted(rows, key=lambda row: (-row.findings, row.by, row.reason))


class Worst:
    """Keeps the worst findings of a run, live ones before known ones before suppressed ones, and counts the others."""

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
    """What sorts findings worst first: live before known before suppressed, then severity, then certainty."""
    standing = _OPEN.index(finding.standing) if finding.standing in _OPEN else len(_OPEN)
    return standing, SEVERITIES.index(finding.severity), CERTAINTIES.index(finding.certainty)


def _silent(standings: Counter[Standing]) -> list[str]:
    accepted, explained = standings["accepted"], standings["no change"]
    found = [f"{accepted} accepted by decision"] if accepted else []
    return [*found, *([f"{explained} with no change needed in {_THEIR[explained > 1]} context"] if explained else [])]


def mapping(finding: Finding) -> tuple[str, str]:
    """A citation that was found, under its full designation, and what it is now."""
    current = finding.replacement or " or ".join(finding.alternatives) or _NO_TARGET
    text = "".join(finding.text.split())
    if finding.rule == "cite-iso-2003" and _CLAUSE.fullmatch(text):
        return f"ISO 13485:2003, Clause {text}", f"ISO 13485:2016, Clause {current}"
    # The message has the designation in full, where the text has it in part or with other signs: of "820.30(g), (h)"
    # a finding is "(h)" alone, "21.CFR.820.30.h" and "820.30h" are written in other ways.
    shown = _TOKEN.findall(finding.text.lower())
    full = [match[0] for match in _DESIGNATION.finditer(finding.message) if _is_of(match[0], shown)]
    if full:
        return f"21 CFR {max(full, key=len) if '820' in shown else full[0]}", current
    if found := _DESIGNATION.search(text):
        return f"21 CFR {found[0]}", current
    words = " ".join(finding.text.split())
    return (f"21 CFR Part 820 {words}" if words.lower().startswith("subpart") else words), current


def _is_of(designation: str, shown: list[str]) -> bool:
    """Whether a text of such letters and numbers is, or ends, what a message names in full."""
    tokens = _TOKEN.findall(designation.lower())
    if "820" not in shown:
        return bool(shown) and tokens[-len(shown) :] == shown
    section = shown[shown.index("820") + 1 :]
    return section[:1] == tokens[1:2] and not Counter(tokens) - Counter(shown)


def _current(numbers: dict[tuple[bool, str], int]) -> str:
    """What a citation is now, in words: each that was found with its number, where there are several."""
    told = []
    for elsewhere in (False, True):
        found = {current: number for (other, current), number in numbers.items() if other == elsewhere}
        ordered = sorted(found, key=lambda current: (-found[current], natural(current)))
        lone = len(numbers) == 1
        words = [current if lone else f"{current} ({plural(found[current], 'finding')})" for current in ordered]
        intro = "in the text of another regulation: " if elsewhere else ""
        intro += "by the words beside each citation: " if len(words) > 1 else ""
        told += [intro + ", or ".join(words)] if words else []
    return "; ".join(told)


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
