"""What the market of a company makes of citations: in the EU alone, one of part 820 is a question and nothing else.

A section that is no longer in force and one that is are asked about alike; the finders of citations say what became of
the former.
"""

from collections.abc import Iterable, Iterator

from qmsr_lint import citation
from qmsr_lint.expression import Expression
from qmsr_lint.reading import Candidate, Reading, basis_of

_PART = Expression(r"(?<![\w.])(?:(?:21 ?)?c\.?f\.?r\.?,? ?)?part 820(?![\w.]?\d)|(?<![\w.])21 ?cfr ?820(?![.\d])")
_QUESTION = "The market is the EU: is this procedure in scope of part 820?"
_OURS = frozenset({"removed", "definition", "collision", "subpart", "unknown"})


def find(reading: Reading) -> Iterator[Candidate]:
    """A candidate for each citation of part 820 as it stands, and of the part as a whole."""
    rule = reading.rules_of("citation").get("in-scope")
    if rule is None:
        return
    tables = reading.ruleset.tables
    live = (found for found in citation.find(reading.text, tables.known) if _is_live(reading, found.designation))
    spans = [(found.start, found.end) for found in live]
    spans += [match.span() for match in _PART.finditer(reading.text)]
    for start, end in sorted(spans):
        first, last = reading.folded.span(start, end)
        message = reading.message(rule, first, last)
        yield Candidate(rule, first, last, (start, end), message, basis=basis_of(rule))


def _is_live(reading: Reading, designation: str) -> bool:
    return reading.ruleset.tables.verdict(designation).outcome == "live"


def asked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates with citations of part 820 as notes that ask, without a fix."""
    return [
        candidate._replace(severity="note", safety="none", message=f"{candidate.message} {_QUESTION}")
        if candidate.rule.kind == "citation" and candidate.rule.of in _OURS
        else candidate
        for candidate in candidates
    ]
