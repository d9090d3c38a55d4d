"""Findings and results for tests of the outputs."""

from collections.abc import Iterator
from typing import Any

from qmsr_lint.model import DocumentResult, Finding, Fix, Place, Position, Summary
from qmsr_lint.output import RunInfo

RUN = RunInfo("1.2.3", "4.5.6", "ab" * 32)

HOSTILE = [
    "::error::owned",
    "  ::set-output name=x::owned",
    "##[error]owned",
    "###[group]owned",
    "##vso[task.setvariable variable=x]owned",
    "a\n::error::owned",
    "a\r::error::owned",
    "a\u2028::error::owned",
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b2J",
    "\u202eowned\u2066",
    "100 %0A::error::owned",
    "a,line=1::owned",
    "\ud800",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
]
"""Texts that steer a terminal, a CI runner or a reader, if they get there as they are."""


def finding(**changes: Any) -> Finding:
    """A finding on the fourth word of a Markdown line."""
    default = Finding(
        rule="term-dhf",
        severity="warning",
        certainty="certain",
        message="The design history file is now the design and development file.",
        text="DHF",
        replacement="design and development file",
        alternatives=(),
        basis="ISO 13485:2016 7.3.10; 21 CFR 820.10(c)",
        start=12,
        end=15,
        position=Position(3, 5, 3, 8),
        place=Place(section="5.2 Design transfer", paragraph=14),
        context="prose",
        excerpt="The DHF shall be kept.",
        excerpt_start=4,
        excerpt_end=7,
        fix=Fix("design and development file", "safe"),
        fingerprint="f1",
    )
    return default._replace(**changes)


def result(*findings: Finding, **changes: Any) -> DocumentResult:
    """The result of a Markdown document that was checked."""
    return DocumentResult("sops/a.md", "markdown", "cd" * 32, "checked", None, findings)._replace(**changes)


def word(*findings: Finding, path: str = "sops/b.docx") -> DocumentResult:
    """The result of a Word document: its findings have no lines."""
    places = [each._replace(position=None) for each in findings]
    return DocumentResult(path, "docx", "ef" * 32, "checked", None, tuple(places))


def unreadable(path: str = "sops/c.doc", error: str = "no") -> DocumentResult:
    """The result of a document that was not read."""
    return DocumentResult(path, "doc", None, "unreadable", error, ())


def summary(*results: DocumentResult) -> Summary:
    """The counts of results."""
    live = [each.severity for one in results for each in one.findings if not each.suppressed]
    counts = {name: live.count(name) for name in ("error", "warning", "note")}
    states = [one.status for one in results]
    known = sum(each.standing == "known" for one in results for each in one.findings)
    return Summary(
        documents=len(results),
        checked=states.count("checked"),
        unreadable=states.count("unreadable"),
        suppressed=sum(len(one.findings) for one in results) - len(live),
        known=known,
        **counts,
    )


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to each value in a value of lists and tables, however deep."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*path, number))


def replaced(value: Any, path: tuple[Any, ...], wrong: object) -> Any:
    """A copy of a value with `wrong` at a path."""
    if not path:
        return wrong
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], wrong)
    return copy
