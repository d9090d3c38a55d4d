"""Finds what a procedure of a known type does not say, or says only in part."""

from collections.abc import Iterator

from qmsr_lint.context.judge import Judgement
from qmsr_lint.documents import gap
from qmsr_lint.reading import Candidate, Reading, basis_of, fill, least


def find(reading: Reading) -> Iterator[Candidate]:
    """A candidate for each element that is missing, covered in part or outdated."""
    recognition, judged = gap.judge(reading)
    if recognition.problem:
        yield from _unknown(reading, recognition.problem)
    for rule, verdict, folded in judged:
        if verdict.state in ("present", "not-applicable"):
            continue
        context = Judgement(reading.contexts.plain(verdict.start, folded[1]))
        yield Candidate(
            rule,
            verdict.start,
            verdict.end,
            folded,
            f"{_told(verdict.state, verdict.absent)}{reading.message(rule, verdict.start, verdict.end)}",
            basis=basis_of(rule),
            certainty=least(rule.certainty, "likely"),
            judgement=context,
        )


def _told(state: str, absent: tuple[str, ...]) -> str:
    if state == "outdated":
        return ""
    parts = ", ".join(absent)
    return f"In part only, without {parts}. " if state == "partly" else "Not found here. "


def _unknown(reading: Reading, problem: str) -> Iterator[Candidate]:
    rule = reading.rules_of("suppression").get("incomplete")
    if rule is None or not reading.document.blocks:
        return
    block = reading.document.blocks[0]
    message = fill(rule.message, {"problem": problem, "text": ""})
    yield Candidate(rule, block.start, block.end, (0, 0), message, basis=rule.basis, judgement=Judgement("suppression"))
