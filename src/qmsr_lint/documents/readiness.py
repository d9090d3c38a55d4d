"""The readiness checklist of a transition to the QMSR, drawn from the documents themselves.

Each line of `rules/facts/readiness.yaml` becomes a line of the report: its open findings, the sentences that are its
evidence, and a figure. Nothing is judged here: findings and verdicts are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from qmsr_lint.model import DocumentResult, ElementVerdict, Finding, Summary
from qmsr_lint.pack import Rule, matches_selector
from qmsr_lint.tally import COVERED, Cell, Count, TypeRow, counts, heat, profile, types

if TYPE_CHECKING:
    from qmsr_lint.documents.sites import Difference, Missing

State = Literal["ready", "open", "no document"]


class Evidence(NamedTuple):
    """A sentence that shows, or the place that lacks, an element: in which document, and the verdict on it."""

    path: str
    place: str
    rule: str
    element: str
    state: str
    sentence: str
    absent: tuple[str, ...] = ()


class Open(NamedTuple):
    """A live finding that keeps a line open."""

    path: str
    place: str
    rule: str
    severity: str
    message: str
    text: str


class Accepted(NamedTuple):
    """A finding that would keep a line open, but for a decision in the document or the configuration; its reason."""

    path: str
    place: str
    rule: str
    severity: str
    text: str
    reason: str


class Line(NamedTuple):
    """A line of the checklist. `done` of `total` are elements where it has any, and documents otherwise.

    An open note does not keep a document from being done; an element that is not covered keeps the line open. `state`
    is "no document" where no document of its types was found, or none with its words, and nothing is open elsewhere.
    """

    id: str
    title: str
    asks: str
    basis: str
    state: State
    done: int
    total: int
    unit: Literal["elements", "documents"]
    evidence: tuple[Evidence, ...]
    open: tuple[Open, ...]
    accepted: tuple[Accepted, ...] = ()

    @property
    def figure(self) -> str:
        """The figure in words: "12 of 14 elements; 2 findings accepted by decision"."""
        figure = f"{self.done} of {self.total} {self.unit}" if self.total else "nothing to go by"
        number = len(self.accepted)
        return f"{figure}; {number} finding{'s' * (number > 1)} accepted by decision" if number else figure


class Report(NamedTuple):
    """What the readiness report shows. `unjudged` pairs a path with the reason; what is said of sites may be empty.

    `empty_sites` are those of the configuration to which no document in scope belongs.
    """

    market: str
    summary: Summary
    lines: tuple[Line, ...]
    types: tuple[TypeRow, ...]
    unrecognised: tuple[str, ...]
    unjudged: tuple[tuple[str, str], ...]
    sites: tuple[str, ...] = ()
    heat: tuple[Cell, ...] = ()
    counts: tuple[Count, ...] = ()
    differences: "tuple[Difference, ...]" = ()
    missing: "tuple[Missing, ...]" = ()
    empty_sites: tuple[str, ...] = ()


class Collector:
    """A writer that keeps the results of a run for the report."""

    def __init__(self) -> None:
        self.results: list[DocumentResult] = []
        self.summary = Summary()

    def document(self, result: DocumentResult) -> None:
        """Keep one document."""
        self.results.append(result)

    def finish(self, summary: Summary) -> None:
        """Keep the counts."""
        self.summary = summary


def report(
    results: Sequence[DocumentResult],
    summary: Summary,
    rules: Mapping[str, Rule],
    facts: Mapping[str, Any],
    market: str = "us",
    differences: "Sequence[Difference]" = (),
    missing: "Sequence[Missing]" = (),
    configured: Sequence[str] = (),
) -> Report:
    """The report on the results of a run, whose documents have profiles. `rules` and `facts` are those of its packs.

    `missing` are procedures that a site lacks, `configured` the sites of the configuration, with documents or without.
    """
    checked = [result for result in results if result.status == "checked"]
    lines = [_line(entry, checked, rules) for entry in facts["readiness"]["lines"]]
    names = {name: entry["name"] for name, entry in facts["document_types"]["types"].items()}
    sites = tuple(dict.fromkeys(result.site for result in results if result.site))
    return Report(
        market,
        summary,
        tuple(lines),
        tuple(types(checked, names)),
        tuple(result.path for result in checked if not profile(result).recognition.types),
        tuple((result.path, f"{result.status}: {result.error}") for result in results if result.status != "checked"),
        sites if len(sites) > 1 else (),
        tuple(heat(results)),
        tuple(counts(results)),
        tuple(differences) if len(sites) > 1 else (),
        tuple(missing) if len(sites) > 1 else (),
        tuple(name for name in dict.fromkeys(configured) if name not in sites),
    )


def _line(entry: Mapping[str, Any], results: Sequence[DocumentResult], rules: Mapping[str, Rule]) -> Line:
    selectors, elements = entry.get("rules", ()), entry.get("elements", ())
    words = [word.lower() for word in entry.get("words", ())]
    opened: list[Open] = []
    accepted: list[Accepted] = []
    evidence: list[Evidence] = []
    touched: set[str] = set()
    for result in results:
        for finding in result.findings:
            if finding.standing == "no change" or not _concerns(finding, selectors, words):
                continue
            if finding.standing == "accepted":
                accepted.append(_accepted(result, finding))
                continue
            opened.append(_open(result, finding))
            if finding.severity != "note":
                touched.add(result.path)
        verdicts = (each for each in profile(result).verdicts if _selected(each.rule, elements))
        evidence += [_evidence(result, verdict, rules) for verdict in verdicts]
    wanted = set(entry.get("documents", ()))
    known = any(wanted & set(profile(result).recognition.types) for result in results)
    if elements:
        done, total = sum(each.state in COVERED for each in evidence), len(evidence)
    else:
        about = [result.path for result in results if not words or entry["id"] in profile(result).topics]
        done, total = len(set(about) - touched), len(about)
    told = total and (known or not wanted)
    unit: Literal["elements", "documents"] = "elements" if elements else "documents"
    state: State = "ready" if told else "open" if opened else "no document"
    if touched or done < total:
        state = "open"
    named = (entry["id"], entry["title"], entry["asks"], entry["basis"])
    return Line(*named, state, done, total, unit, tuple(evidence), tuple(opened), tuple(accepted))


def _concerns(finding: Finding, selectors: Iterable[str], words: Sequence[str]) -> bool:
    if not _selected(finding.rule, selectors):
        return False
    excerpt = finding.excerpt.lower()
    return not words or any(word in excerpt for word in words)


def _selected(rule: str, selectors: Iterable[str]) -> bool:
    return any(matches_selector(rule, selector) for selector in selectors)


def _open(result: DocumentResult, finding: Finding) -> Open:
    return Open(result.path, finding.place.shown, finding.rule, finding.severity, finding.message, finding.text)


def _accepted(result: DocumentResult, finding: Finding) -> Accepted:
    reason = finding.suppressed.reason if finding.suppressed else ""
    return Accepted(result.path, finding.place.shown, finding.rule, finding.severity, finding.text, reason)


def _evidence(result: DocumentResult, verdict: ElementVerdict, rules: Mapping[str, Rule]) -> Evidence:
    rule = rules.get(verdict.rule)
    element = rule.element if rule is not None else verdict.rule
    place = verdict.place.shown
    return Evidence(result.path, place, verdict.rule, element, verdict.state, verdict.sentence, verdict.absent)
