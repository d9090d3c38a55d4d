"""SARIF 2.1.0, the form in which code scanning services take findings.

At most `LARGEST` results, worst first, because services refuse or cut longer lists; the rest is counted. A Word
document has no lines: its findings say where they are by logical locations, part › section › table › row › cell.
"""

from hashlib import blake2b
from json import dumps
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from qmsr_lint.model import FAMILIES, DocumentResult, Finding, Place, Summary, family_of
from qmsr_lint.output import MAPPING_NOTE, RunInfo, is_interrupted, partial, plural, safe
from qmsr_lint.output.overview import Worst
from qmsr_lint.output.text import replacements

if TYPE_CHECKING:
    from qmsr_lint.pack import Rule

LARGEST = 5000
NOTICES = 1000
"""Documents that were not judged and are named one by one; the others are counted."""

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_PRECISION = {"certain": "very-high", "likely": "high", "possible": "medium"}
_LEVELS = {"error": "error", "warning": "warning", "note": "note"}

Object = dict[str, Any]


class SarifWriter:
    """Keeps the worst findings until the end."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.worst = Worst(LARGEST)
        self.unjudged: list[DocumentResult] = []
        self.unjudged_left_out = 0

    def document(self, result: DocumentResult) -> None:
        """Take the findings of a document."""
        self.worst.add(result)
        if result.status == "checked":
            return
        if len(self.unjudged) < NOTICES:
            self.unjudged.append(result)
        else:
            self.unjudged_left_out += 1

    def finish(self, summary: Summary) -> None:
        """Write the log."""
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [self._run(summary)]}
        self.sink.write(safe.json(dumps(log, indent=1)) + "\n")

    def _run(self, summary: Summary) -> Object:
        found = self.worst.findings()
        rules = _rules(self.run, [finding.rule for _, finding in found])
        numbers = {rule["id"]: number for number, rule in enumerate(rules)}
        places = _Places()
        results = [_result(result, finding, numbers[finding.rule], places) for result, finding in found]
        self._compare(results, [finding for _, finding in found])
        interrupted = is_interrupted(self.run, summary)
        complete = not (summary.unreadable + summary.timeout + summary.crashed or interrupted)
        notices = self._notices()
        if told := partial(self.run, summary):
            notices.insert(0, {"level": "error" if interrupted else "note", "message": {"text": told}})
        properties: Object = {"summary": summary._asdict(), "resultsLeftOut": self.worst.left_out}
        properties |= {"interrupted": True} if interrupted else {}
        properties |= {"shard": self.run.shard} if self.run.shard else {}
        return {
            "tool": {
                "driver": {
                    "name": "qmsr-lint",
                    "version": self.run.version,
                    "semanticVersion": self.run.version,
                    "fullDescription": {"text": MAPPING_NOTE},
                    "rules": rules,
                    "properties": {"rulesVersion": self.run.rules_version, "rulesSha256": self.run.rules_sha256},
                }
            },
            # The slash ends the category: services compare a run with the earlier ones of its category.
            "automationDetails": {"id": "qmsr-lint/"},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": complete, "toolExecutionNotifications": notices}],
            "logicalLocations": places.list,
            "results": results,
            "properties": properties,
        }

    def _compare(self, results: list[Object], found: list[Finding]) -> None:
        """Say of each result whether it is suppressed and whether it is new: a run says either of all or of none."""
        if any("suppressions" in each for each in results):
            for each in results:
                each.setdefault("suppressions", [])
        if self.run.baseline or any(finding.standing == "known" for finding in found):
            for each, finding in zip(results, found, strict=True):
                # A baseline holds what was live; of what is suppressed nothing new is asked.
                each["baselineState"] = "new" if finding.standing == "live" else "unchanged"

    def _notices(self) -> list[Object]:
        notices = [
            {
                "level": "note" if result.status == "skipped" else "error",
                "message": {"text": f"{result.status}: {safe.terminal(result.error or 'no reason was given')}"},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(result.path)}}}],
            }
            for result in self.unjudged
        ]
        if self.unjudged_left_out:
            more = plural(self.unjudged_left_out, "more document")
            notices.append({"level": "error", "message": {"text": f"and {more} that were not judged"}})
        if self.worst.left_out:
            more = plural(self.worst.left_out, "more finding")
            notices.append({"level": "note", "message": {"text": f"and {more}, none worse than those listed"}})
        return notices


def open_writer(run: RunInfo, sink: TextIO) -> SarifWriter:
    """A writer of SARIF over `sink`."""
    return SarifWriter(run, sink)


class _Places:
    """The logical locations of a run, each once; a location names the one it lies in."""

    def __init__(self) -> None:
        self.list: list[Object] = []
        self.numbers: dict[tuple[str, ...], int] = {}

    def of(self, path: str, place: Place) -> Object:
        """A reference to the innermost location of a place."""
        names = [("document", path), ("part", place.part)]
        names += [("section", safe.terminal(place.section))] if place.section else []
        for kind in ("table", "row", "cell", "paragraph"):
            number = getattr(place, kind)
            if number is not None and not (kind == "paragraph" and place.table is not None):
                names.append((kind, f"{kind} {number}"))
        parent = None
        for depth in range(1, len(names) + 1):
            parent = self._number(names[:depth], parent)
        assert parent is not None  # noqa: S101 (a place has a document and a part)
        here = self.list[parent]
        return {"index": parent, "fullyQualifiedName": here["fullyQualifiedName"], "kind": here["kind"]}

    def _number(self, names: list[tuple[str, str]], parent: int | None) -> int:
        key = tuple(f"{kind}\0{name}" for kind, name in names)
        if key not in self.numbers:
            self.numbers[key] = len(self.list)
            kind, name = names[-1]
            whole = " › ".join(each for _, each in names)
            inside = {} if parent is None else {"parentIndex": parent}
            self.list.append({"name": name, "fullyQualifiedName": whole, "kind": kind, **inside})
        return self.numbers[key]


def _result(result: DocumentResult, finding: Finding, number: int, places: _Places) -> Object:
    entry = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(result, finding, places)],
        # The first name is the one GitHub compares alerts by. It makes one itself where there is none, from the lines
        # of the file: a Word file has no lines, and every save of it would close all alerts and open new ones.
        "partialFingerprints": {
            "primaryLocationLineHash": f"{_key(result, finding)}:1",
            "qmsrLint/v1": finding.fingerprint,
        },
        "properties": {
            "certainty": finding.certainty,
            "context": finding.context,
            "basis": safe.terminal(finding.basis),
            "replacement": safe.terminal(finding.replacement) if finding.replacement else None,
            "alternatives": [safe.terminal(each) for each in finding.alternatives],
        },
    }
    if finding.fix and finding.position:
        entry["fixes"] = [_fix(result, finding)]
    if finding.suppressed and finding.standing != "known":  # nobody has accepted what a baseline knows
        kind = "inSource" if finding.suppressed.by == "inline" else "external"
        reason = safe.terminal(f"{finding.suppressed.by}: {finding.suppressed.reason}")
        entry["suppressions"] = [{"kind": kind, "status": "accepted", "justification": reason}]
    return entry


def _location(result: DocumentResult, finding: Finding, places: _Places) -> Object:
    # A Word document has no lines, but GitHub drops results that name none.
    region = _region(finding) if finding.position else {"startLine": 1}
    region |= {"snippet": {"text": safe.terminal(finding.text)}}
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(result.path)}, "region": region},
        "logicalLocations": [places.of(safe.terminal(result.path), finding.place)],
        "message": {"text": safe.terminal(finding.place.shown)},
    }


def _region(finding: Finding) -> Object:
    at = finding.position
    if at is None:
        return {}
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }


def _fix(result: DocumentResult, finding: Finding) -> Object:
    fix = finding.fix
    text = fix.text if fix else ""
    safety = "safe" if fix and fix.safety == "safe" else "unsafe: read the sentence"
    replacement = {"deletedRegion": _region(finding), "insertedContent": {"text": text}}
    return {
        "description": {"text": safe.terminal(f"Write “{text}” ({safety})")},
        "artifactChanges": [{"artifactLocation": {"uri": _uri(result.path)}, "replacements": [replacement]}],
    }


def _message(finding: Finding) -> str:
    place = "" if finding.position else f" ({finding.place.shown})"
    instead = f" → {replacements(finding)}" if replacements(finding) else ""
    basis = f" Basis: {finding.basis}" if finding.basis else ""
    return safe.terminal(f"“{finding.text}”{place}{instead}. {finding.message}{basis}")


def _key(result: DocumentResult, finding: Finding) -> str:
    """The finding's own fingerprint within its document: the same sentence may stand in several."""
    key = f"{result.path}\0{finding.fingerprint}"
    return blake2b(key.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _uri(path: str) -> str:
    """A path as a relative URI reference."""
    return quote(path.encode("utf-8", "backslashreplace").removeprefix(b"./"), safe="/")


def _rules(run: RunInfo, found: list[str]) -> list[Object]:
    """The rules in force, and those of findings that are not among them (a document under another configuration)."""
    rules = {rule.id: _rule(rule) for rule in run.rules}
    for name in sorted(set(found) - set(rules)):
        rules[name] = {"id": name}
    return [rules[name] for name in sorted(rules)]


def _rule(rule: "Rule") -> Object:
    title = f"{rule.legacy[0]} → {rule.current}" if rule.legacy and rule.current else rule.id
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": safe.terminal(title)},
        "fullDescription": {"text": safe.terminal(rule.message)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "help": {"text": safe.terminal(f"{rule.message} Basis: {rule.basis}"), "markdown": _help(rule)},
        "properties": {
            "tags": [FAMILIES.get(family_of(rule.id), family_of(rule.id))],
            "precision": _PRECISION[rule.certainty],
            "confidence": rule.confidence,
        },
    }


def _help(rule: "Rule") -> str:
    """What a rule means, in Markdown: the words it is about, its authority, and examples from its pack."""
    blocks = [rule.message.replace("{", "*").replace("}", "*")]
    if rule.legacy:
        blocks.append("**Legacy:** " + ", ".join(safe.markdown(each) for each in rule.legacy))
    if rule.current:
        blocks.append("**Current:** " + " or ".join(safe.markdown(each) for each in (rule.current, *rule.alternatives)))
    blocks.append(f"**Basis:** {rule.basis} (confidence: {rule.confidence})")
    if rule.notes:
        blocks.append(rule.notes)
    if rule.flag:
        flagged = (safe.markdown(each.text) + _becomes(each.becomes) for each in rule.flag)
        blocks.append("**Found in**\n\n" + "\n".join(f"- {each}" for each in flagged))
    if rule.keep:
        blocks.append("**Left alone in**\n\n" + "\n".join(f"- {safe.markdown(each)}" for each in rule.keep))
    return "\n\n".join([*blocks, MAPPING_NOTE])


def _becomes(text: str | None) -> str:
    return f" → {safe.markdown(text)}" if text else ""
