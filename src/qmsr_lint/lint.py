"""The core: a document and a set of rules in, findings out. Nothing here touches a disk."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from qmsr_lint import finders, safety
from qmsr_lint.context.judge import Judgement
from qmsr_lint.errors import nearest
from qmsr_lint.model import Block, Document, Finding, Suppression
from qmsr_lint.pack import matches_selector
from qmsr_lint.reading import Candidate, Reading, fill
from qmsr_lint.rules import RuleSet

if TYPE_CHECKING:
    from qmsr_lint.suppress import Directive

_EXCERPT = 4_000
"""A block longer than this, in characters, is shown in part: a finding must not carry a book along."""
_EXCERPT_SIDE = 400


def lint(document: Document, ruleset: RuleSet, *, hashed: bool = True) -> tuple[Finding, ...]:
    """Every finding in `document`, in the order of the text; suppressed ones carry the reason.

    The result depends on the document and the rules alone. Without `hashed` the findings have no fingerprints.
    """
    reading = Reading(document, ruleset)
    candidates, spoken_to = list(finders.find(reading)), _is_spoken_to(document)
    if not candidates and not spoken_to:
        return ()
    candidates = safety.lowered(reading, _without_parts(candidates))
    candidates.sort(key=lambda candidate: (candidate.start, candidate.end, candidate.rule.id))
    if ruleset.settings.strategy == "map":
        candidates = _mapped(reading, candidates)
    if ruleset.settings.market == "eu":
        from qmsr_lint.finders.market import asked

        candidates = asked(candidates)
    findings = list(_findings(reading, candidates, hashed))
    if spoken_to or any(mark.kind == "bookmark" for mark in document.marks):
        from qmsr_lint import suppress

        findings, faulty = suppress.apply(document, findings, ruleset.settings.today)
        findings += _findings(reading, _faults(reading, faulty), hashed)
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.rule)))


def _is_spoken_to(document: Document) -> bool:
    """Whether a comment in a document is written for this tool."""
    comments = [mark for mark in document.marks if mark.kind == "comment"]
    if not comments:
        return False
    from qmsr_lint import suppress

    return any(map(suppress.is_to_us, comments))


def _without_parts(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without the terms that are part of a longer misspelt one."""
    near = sorted((candidate.start, candidate.end) for candidate in candidates if candidate.rule.kind == "near")
    starts = [start for start, _ in near]
    reach = list(accumulate((end for _, end in near), max))

    def is_part(candidate: Candidate) -> bool:
        at = bisect_left(starts, candidate.end)
        return at > 0 and candidate.start < reach[at - 1]

    return [candidate for candidate in candidates if candidate.rule.kind != "term" or not is_part(candidate)]


def mapped(document: Document, ruleset: RuleSet) -> tuple[str, ...]:
    """The ids of the rules whose legacy term `document`, a company's terminology, maps to the current one."""
    reading = Reading(document, ruleset)
    return tuple(sorted(_mapped_rules(reading, finders.find(reading))))


def _mapped(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates under the strategy "map": a term that the document, or the company, maps is only a note."""
    rules = set(reading.ruleset.settings.mapped) | _mapped_rules(reading, candidates)
    return [
        candidate._replace(
            severity="note",
            safety="none",
            message=f"{candidate.message} It is mapped to the current term, so it may stay.",
        )
        if candidate.rule.id in rules
        else candidate
        for candidate in candidates
    ]


def _mapped_rules(reading: Reading, candidates: Iterable[Candidate]) -> set[str]:
    """The rules whose legacy term the document names together with the current one, as a mapping or a definition."""
    return {
        candidate.rule.id
        for candidate in candidates
        if candidate.rule.family == "term" and candidate.silenced is None and _is_mapping(reading, candidate)
    }


def _is_mapping(reading: Reading, candidate: Candidate) -> bool:
    if candidate.judgement is None or candidate.judgement.context not in ("mapping", "definition"):
        return False
    if candidate.judgement.effect == "unfixed":
        return False  # a wrong mapping maps nothing
    current = (candidate.rule.current or "").lower()
    return (candidate.judgement.context == "mapping" and candidate.judgement.effect == "suppressed") or (
        current != "" and current in reading.sentence(*candidate.folded)
    )


def _faults(reading: Reading, directives: "Iterable[Directive]") -> Iterator[Candidate]:
    """What is wrong with the suppressions in the document."""
    rules = reading.rules_of("suppression")
    for directive in directives:
        rule = rules.get(directive.fault)
        if rule is None or not reading.document.blocks:
            continue
        start = min(directive.at.start, reading.document.blocks[-1].end)
        end = max(start, directive.at.end)
        problem = _unknown_rule(reading, directive) or directive.problem
        message = fill(rule.message, {"problem": problem, "text": directive.at.value.strip()})
        context = Judgement("suppression")
        yield Candidate(rule, start, end, (0, 0), message, basis=rule.basis, judgement=context)


def _unknown_rule(reading: Reading, directive: "Directive") -> str | None:
    """What is wrong with a directive that covers nothing because it names no rule in force, or None."""
    known = reading.ruleset.rules
    for name in directive.rules if directive.fault == "unused" else ():
        if not any(matches_selector(rule, name) for rule in known):
            return f"no rule {name!r} is in force{nearest(name, sorted(known)).rstrip('?')}"
    return None


def _findings(reading: Reading, candidates: Iterable[Candidate], hashed: bool) -> Iterator[Finding]:
    """The candidates with their contexts, places and, where they are `hashed`, fingerprints."""
    document = reading.document
    ordinals: dict[str, int] = {}
    for candidate in candidates:
        rule, start, end = candidate.rule, candidate.start, candidate.end
        block = reading.block(start)
        judgement = candidate.judgement or _judged(reading, candidate)
        excerpt_start, excerpt_end = _excerpt(block, start, end)
        fingerprint = ""
        if hashed:
            key = _key(rule.id, document.text[start:end], reading.sentence(*candidate.folded))
            ordinals[key] = ordinals.get(key, 0) + 1
            fingerprint = _fingerprint(key, ordinals[key])
        suppressed = None
        if candidate.silenced is not None:
            suppressed = Suppression("context", candidate.silenced)
        elif judgement.effect == "suppressed":
            suppressed = Suppression("context", judgement.reason)
        yield Finding(
            rule.id,
            "note" if judgement.effect == "note" else candidate.severity or rule.severity,
            candidate.certainty,
            candidate.message + judgement.told,
            document.text[start:end],
            candidate.replacement,
            candidate.alternatives,
            candidate.basis,
            start,
            end,
            document.position(start, end) if document.position else None,
            block.place,
            judgement.context,
            document.text[excerpt_start:excerpt_end],
            start - excerpt_start,
            end - excerpt_start,
            None if suppressed else safety.fix(reading, candidate, judgement),
            fingerprint,
            suppressed,
        )


def _judged(reading: Reading, candidate: Candidate) -> Judgement:
    judgement = reading.contexts.judge(
        candidate.start,
        candidate.end,
        candidate.folded,
        candidate.replacement,
        also=candidate.alternatives,
        family=candidate.rule.family,
        partly=reading.ruleset.tables.is_partly(candidate.cited),
    )
    if candidate.rule.kind == "sentence" and judgement.context in ("mapping", "historical", "transition"):
        # A false statement about the law is not excused by the word "former" or "until" in it: its rule knows better.
        return Judgement(reading.contexts.plain(candidate.start, candidate.folded[1]))
    return judgement


def _excerpt(block: Block, start: int, end: int) -> tuple[int, int]:
    """The range to show: the block, or the part around the finding where the block is a very long one."""
    if block.end - block.start <= _EXCERPT:
        return block.start, max(block.end, end)
    return max(block.start, start - _EXCERPT_SIDE), min(block.end, end + _EXCERPT_SIDE)


def _key(rule: str, text: str, words: str) -> str:
    return "\0".join((rule, " ".join(text.lower().split()), " ".join(words.split())))


def _fingerprint(key: str, ordinal: int) -> str:
    """What names a finding across versions of a document: rule, words, sentence, and which of its equals it is."""
    from hashlib import blake2b

    return blake2b(f"{key}\0{ordinal}".encode(errors="surrogatepass"), digest_size=10).hexdigest()
