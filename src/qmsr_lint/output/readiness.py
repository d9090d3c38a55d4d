"""The readiness checklist as text, JSON, HTML and Word: `RENDERERS`, each taking the report and the run."""

from collections.abc import Callable, Iterator
from json import dumps
from typing import TYPE_CHECKING, Any

from qmsr_lint.output import MAPPING_NOTE, RunInfo, plural, safe, status_line
from qmsr_lint.output.across import Across, charts, current

if TYPE_CHECKING:
    from qmsr_lint.documents.readiness import Line, Report  # reports are data here

SHOWN = 5
"""Open findings, and pieces of evidence, of a line that the text shows."""

NO_DOCUMENT = "no document in scope lies under its paths"
"""What is said of a site to which nothing belongs."""

MOST = 500
"""Those that a line has in HTML and Word."""


def text(report: "Report", run: RunInfo) -> bytes:
    """The checklist for a terminal."""
    return "".join(safe.log(safe.terminal(line)) + "\n" for line in _text(report, run)).encode()


def _text(report: "Report", run: RunInfo) -> Iterator[str]:
    ready = sum(line.state == "ready" for line in report.lines)
    yield f"QMSR readiness: {ready} of {len(report.lines)} lines ready (market: {report.market})"
    yield status_line(report.summary)
    for line in report.lines:
        yield ""
        yield f"[{line.state}] {line.title}: {line.figure}" + (
            f"; {plural(len(line.open), 'open finding')}" if line.open else ""
        )
        for each in line.open[:SHOWN]:
            yield f"    {each.path}: {each.place}: {each.severity} {each.rule}: {each.message}"
        if len(line.open) > SHOWN:
            yield f"    and {len(line.open) - SHOWN} more"
        for agreed in line.accepted[:SHOWN]:
            where = f"{agreed.path}: {agreed.place}: {agreed.rule} {agreed.text!r}"
            yield f"    accepted: {where}: {agreed.reason}"
        if len(line.accepted) > SHOWN:
            yield f"    and {len(line.accepted) - SHOWN} more accepted"
        found = [each for each in line.evidence if each.state in ("present", "not-applicable")]
        for proof in found[:SHOWN]:
            yield f"    evidence: {proof.path}: {proof.place}: {proof.element}: {proof.sentence}"
        if len(found) > SHOWN:
            yield f"    and {len(found) - SHOWN} more pieces of evidence"
    yield ""
    for row in report.types:
        for path, evidence in row.documents:
            yield f"{path}: {row.name} ({evidence})"
    for path in report.unrecognised:
        yield f"{path}: of no type; not looked at for gaps"
    for path, reason in report.unjudged:
        yield f"{path}: {reason}"
    for name in report.empty_sites:
        yield f"site {name}: {NO_DOCUMENT}"
    if report.sites:
        yield ""
        yield from _sites(report)
    yield ""
    yield MAPPING_NOTE


def _sites(report: "Report") -> Iterator[str]:
    across = Across(report.heat, report.sites)
    yield "Sites (live findings):"
    for site in across.sites:
        cells = ", ".join(f"{across.title(name)} {across.findings(site, name)}" for name in across.families)
        yield f"    {site or 'no site'}: {across.total(site)}" + (f" ({cells})" if cells else "")
    if not report.differences:
        yield "The same procedures say the same at every site."
    for each in report.differences:
        sides = "; ".join(
            f"{side.site}: {side.words}" + (f" ({side.path})" if side.path else "") for side in each.sides
        )
        accepted = f" [local exception: {each.reason}]" if each.reason else ""
        yield f"{each.procedure}: {each.kind} {each.what}: {sides}{accepted}"
    for site in dict.fromkeys(each.site for each in report.missing):
        lacks = [each for each in report.missing if each.site == site]
        yield f"{site} lacks {plural(len(lacks), 'procedure')} that another site has:"
        for lack in lacks[:MOST]:
            accepted = f" [local exception: {lack.reason}]" if lack.reason else ""
            yield f"    {lack.procedure} (at {', '.join(lack.at)}){accepted}"
        if len(lacks) > MOST:
            yield f"    and {len(lacks) - MOST} more"


def json(report: "Report", run: RunInfo) -> bytes:
    """The checklist as data."""
    from qmsr_lint.output.json import tool

    data: dict[str, Any] = {
        "schema_version": "1",
        "tool": tool(run),
        "market": report.market,
        "summary": report.summary._asdict(),
        "lines": [_line(line) for line in report.lines],
        "types": [
            {
                "id": row.id,
                "name": row.name,
                "documents": [{"path": path, "evidence": evidence} for path, evidence in row.documents],
                "elements": dict(row.states),
            }
            for row in report.types
        ],
        "unrecognised": list(report.unrecognised),
        "unjudged": [{"path": path, "reason": reason} for path, reason in report.unjudged],
    }
    if report.sites:
        data["sites"] = {
            "names": list(report.sites),
            "findings": [cell._asdict() for cell in report.heat],
            "counts": [count._asdict() for count in report.counts],
            "differences": [
                each._asdict() | {"sides": [side._asdict() for side in each.sides]} for each in report.differences
            ],
        }
        data["sites"]["missing"] = [each._asdict() for each in report.missing]
    if report.empty_sites:
        data["empty_sites"] = list(report.empty_sites)
    if run.day:
        data["history"] = [point._asdict() for point in _points(report, run)]
    return (safe.json(dumps(data, ensure_ascii=False, indent=1)) + "\n").encode(errors="backslashreplace")


def _line(line: "Line") -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "asks": line.asks,
        "basis": line.basis,
        "state": line.state,
        "done": line.done,
        "total": line.total,
        "unit": line.unit,
        "open": [each._asdict() for each in line.open],
        "accepted": [each._asdict() for each in line.accepted],
        "evidence": [each._asdict() | {"absent": list(each.absent)} for each in line.evidence],
    }


def html(report: "Report", run: RunInfo) -> bytes:
    """The checklist as one page without a script and without a network."""
    from qmsr_lint.output.html import render

    page = render(
        "readiness.html.j2",
        {"report": report, "run": run, "note": MAPPING_NOTE, "most": MOST, "no_document": NO_DOCUMENT},
        ready=sum(line.state == "ready" for line in report.lines),
        names={row.id: row.name for row in report.types},
        across=Across(report.heat, report.sites),
        charts=charts(_points(report, run)),
    )
    return page.encode(errors="backslashreplace")


def _points(report: "Report", run: RunInfo) -> list[Any]:
    return [*run.earlier, *current(report.heat, run, report.summary.documents)]


def docx(report: "Report", run: RunInfo) -> bytes:
    """The checklist as a Word document."""
    from qmsr_lint.output.docx import document

    made = document(run, "QMSR readiness checklist", "What the documents themselves say about the transition.")
    ready = sum(line.state == "ready" for line in report.lines)
    made.heading("Summary")
    made.text(f"{ready} of {len(report.lines)} lines ready; market: {report.market}. {status_line(report.summary)}.")
    rows = ((line.title, line.state, line.figure, str(len(line.open))) for line in report.lines)
    made.table(("Line", "State", "Figure", "Open findings"), rows, (7.0, 2.6, 4.8, 2.6))
    for line in report.lines:
        made.heading(line.title)
        made.text(f"{line.asks} ({line.basis})")
        made.text(f"{line.state}: {line.figure}.", strong=True)
        if line.open:
            opened = ((each.severity, f"{each.path}\n{each.place}", f"{each.message}") for each in line.open[:MOST])
            made.table(("Open", "Document and place", "Finding"), opened, (1.9, 6.0, 9.1))
        if line.accepted:
            agreed = (
                (f"{each.path}\n{each.place}", f"{each.rule}: {each.text}", each.reason) for each in line.accepted
            )
            made.table(("Accepted", "Finding", "Reason"), list(agreed)[:MOST], (5.6, 4.6, 6.8))
        if line.evidence:
            evidence = (
                (each.state, each.element, f"{each.path}\n{each.place}", each.sentence) for each in line.evidence[:MOST]
            )
            made.table(("State", "Element", "Document and place", "Sentence"), evidence, (2.2, 3.8, 4.6, 6.4))
        left = sum(max(0, len(rows) - MOST) for rows in (line.open, line.evidence, line.accepted))
        if left:
            made.text(f"and {left} more: see the JSON report of the same run.")
    made.heading("Documents by type")
    named = [(row.name, path, evidence) for row in report.types for path, evidence in row.documents]
    named += [("no type", path, "not looked at for gaps") for path in report.unrecognised]
    made.table(("Type", "Document", "Shown by"), named, (3.6, 5.4, 8.0))
    if report.sites:
        made.heading("Sites")
        _sites_docx(made, report)
    for name in report.empty_sites:
        made.text(f"Site {name}: {NO_DOCUMENT}.", strong=True)
    made.heading("What was not read")
    if report.unjudged:
        made.table(("Document", "Reason"), report.unjudged, (6.0, 11.0))
    else:
        made.text("Every document in scope was read.")
    made.heading("Authority")
    made.text(MAPPING_NOTE)
    made.heading("Review and approval")
    made.table(("Role", "Name", "Signature", "Date"), (("Quality", "", "", ""),), (5.0, 4.5, 4.5, 3.0), 28)
    return made.data()


def _sites_docx(made: Any, report: "Report") -> None:
    across = Across(report.heat, report.sites)
    families = across.families
    head = ("Site", *(across.title(name) for name in families), "All")
    rows = (
        (site or "no site", *(str(across.findings(site, name)) for name in families), str(across.total(site)))
        for site in across.sites
    )
    made.table(head, rows, (3.0, *(14.0 / (len(families) + 1) for _ in head[1:])))
    if not report.differences:
        made.text("The same procedures say the same at every site.")
    found = (
        (
            each.procedure,
            f"{each.kind}: {each.what}",
            "\n".join(f"{side.site}: {side.words}" for side in each.sides),
            each.reason,
        )
        for each in report.differences
    )
    if report.differences:
        made.table(("Procedure", "What differs", "At each site", "Local exception"), found, (4.6, 4.2, 5.4, 2.8))
    if report.missing:
        made.text(f"Procedures that a site lacks and another has: {len(report.missing)}.")
        lacks = ((each.site, each.procedure, ", ".join(each.at), each.reason) for each in report.missing[:MOST])
        made.table(("Site", "Lacks", "There at", "Local exception"), lacks, (3.0, 7.0, 4.0, 3.0))


RENDERERS: dict[str, Callable[["Report", RunInfo], bytes]] = {"text": text, "json": json, "html": html, "docx": docx}
"""The forms of the checklist."""
