"""What a document is and says beyond its findings: its type, the verdicts on it, the terms and citations it uses."""

import re
from collections.abc import Iterable

from qmsr_lint.documents import gap
from qmsr_lint.match import contains
from qmsr_lint.model import Document, Finding, Profile
from qmsr_lint.reading import Reading
from qmsr_lint.rules import RuleSet

_CITATION = re.compile(
    r"(?<![\w.])(?:820\.\d{1,3}(?:\([a-z]{1,2}\)(?:\(\d{1,2}\)(?:\([ivx]+\))?)?)?|13485:\d{4})(?![\w(]|\.\d)"
)


def profile(document: Document, ruleset: RuleSet, findings: Iterable[Finding]) -> Profile:
    """The profile of a document whose findings are known."""
    reading = Reading(document, ruleset)
    recognition, judged = gap.judge(reading)
    silent = [(finding.start, finding.end) for finding in findings if finding.suppressed]
    live = {finding.rule for finding in findings if not finding.suppressed}
    return Profile(
        recognition,
        tuple(each.verdict for each in judged),
        tuple(_terms(reading, live)),
        tuple(_citations(reading, silent)),
        tuple(_topics(reading)),
    )


def _terms(reading: Reading, live: set[str]) -> Iterable[tuple[str, str]]:
    """The concepts of the document: "legacy" where a finding is live, "current" where the current words stand."""
    for name, rule in reading.ruleset.rules.items():
        if rule.family != "term" or not rule.current:
            continue
        if name in live:
            yield name, "legacy"
        if contains(reading.own_text, rule.current.lower()):
            yield name, "current"


def _citations(reading: Reading, silent: list[tuple[int, int]]) -> Iterable[str]:
    """The sections and editions cited, each once; not those in a history or another place that is silent."""
    found: dict[str, None] = {}
    for match in _CITATION.finditer(reading.own_text):
        start, end = reading.folded.span(*match.span())
        if not any(first < end and start < last for first, last in silent):
            found["ISO " + match[0] if match[0].startswith("13485") else match[0]] = None
    return found


def _topics(reading: Reading) -> Iterable[str]:
    """The lines of the readiness checklist that are about words which stand in the document."""
    for line in reading.ruleset.facts["readiness"]["lines"]:
        if any(contains(reading.own_text, word.lower()) for word in line.get("words", ())):
            yield line["id"]
