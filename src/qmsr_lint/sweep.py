"""The sweep: what becomes of each file in scope.

Every file in scope ends as one result: nothing is dropped, and nothing that goes wrong with one document stops the
others. Results are pushed to the writers in the order of their paths, so the same files give the same output.
"""
# A sweep handles hundreds of thousands of paths: strings, not Path objects.

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qmsr_lint import interrupts
from qmsr_lint.bounds import late
from qmsr_lint.bypath import Silencer
from qmsr_lint.judge import Judge, Judged, unopened
from qmsr_lint.model import FAIL_ON, SEVERITIES, UNJUDGED, DocumentResult, Summary
from qmsr_lint.output import Writer
from qmsr_lint.scope import Plan, Source

if TYPE_CHECKING:
    from qmsr_lint.baseline import Baseline

_LARGE = 1 << 20  # bytes; to read so much takes longer than to start a process
_WORTH_A_PROCESS = 64  # documents; starting a process costs about as much as judging thirty


INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells give it."""


class Outcome(NamedTuple):
    """The counts of a run, whether a finding reaches the level at which it fails, and whether it was cut short.

    `recalled` counts the documents whose results came from earlier runs.
    """

    summary: Summary
    failing: bool
    interrupted: bool = False
    recalled: int = 0

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 something could not be judged, 130 interrupted."""
        if self.interrupted:
            return INTERRUPTED
        unjudged = any(getattr(self.summary, status) for status in UNJUDGED)
        return 2 if unjudged else int(self.failing)


def run(
    plan: Plan,
    judge: Judge,
    writers: Sequence[Writer],
    *,
    baseline: "Baseline | None" = None,
    report: Callable[[str], None] | None = None,
    place: Callable[[str], str] | None = None,
    jobs: int = 1,
) -> Outcome:
    """Judge every source of the plan and push the results to the writers.

    A `baseline` needs a judge of hashed results. `report` takes tracebacks of crashes, and which entries of `suppress`
    silence nothing; `place` tells the site of a path. More than one of `jobs` means as many processes.
    """
    silencers = [Silencer(config) for config in plan.configs]
    recalled = 0

    def results() -> Iterator[tuple[DocumentResult, str]]:
        nonlocal recalled
        for source, (result, trace, known) in zip(plan.sources, judged, strict=True):
            recalled += known
            if trace is not None and report is not None:
                report(f"{result.path}: {trace}")
            result = silencers[source.config].silence(source, result)
            if place is not None:
                result = result._replace(site=place(os.path.abspath(source.path)))
            if baseline is not None:
                result = baseline.apply(source.path, result)
            yield result, plan.configs[source.config].fail_on

    judged = _in_processes(plan.sources, judge, jobs) if jobs > 1 else _one_by_one(plan.sources, judge)
    outcome = _push(results(), writers)._replace(recalled=recalled)
    if hasattr(judged, "close"):
        judged.close()  # ends the processes now, also after an interrupt
    if report is not None and not outcome.interrupted:
        for silencer in silencers:
            for line in silencer.idle():
                report(line)
    return outcome


def pushed(results: Iterable[DocumentResult], writers: Sequence[Writer], fail_on: str) -> Outcome:
    """Push results that are known already to the writers, as `run` does."""
    return _push(((result, fail_on) for result in results), writers)


def _push(results: Iterable[tuple[DocumentResult, str]], writers: Sequence[Writer]) -> Outcome:
    """Push each result to the writers and count it; beside it stands the level at which it fails."""
    counts: Counter[str] = Counter()
    failing = interrupted = False
    try:
        for result, fail_on in results:
            live = [finding.severity for finding in result.findings if finding.suppressed is None]
            with interrupts.held_back():
                for writer in writers:
                    writer.document(result)
                counts.update(live)
                counts.update([result.status], documents=1, suppressed=len(result.findings) - len(live))
                counts["known"] += sum(finding.standing == "known" for finding in result.findings)
                failing = failing or fails(live, fail_on)
    except KeyboardInterrupt:
        interrupted = True
    summary = Summary(**{name: counts[name] for name in Summary._fields})
    try:
        with interrupts.held_back():
            for writer in writers:
                writer.finish(summary)
    except KeyboardInterrupt:
        interrupted = True
    return Outcome(summary, failing, interrupted)


def useful_jobs(documents: int) -> int:
    """How many processes are worth having: this one alone for a small run, no more than there are processors."""
    return max(1, min(processors(), documents // _WORTH_A_PROCESS))


def processors() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _one_by_one(sources: Sequence[Source], judge: Judge) -> Iterator[Judged]:
    """Judges in this process, but for large documents: what ends the process that reads one must not end the run."""
    for source in sources:
        if source.status is None and _is_large(source):
            yield from _in_processes([source], judge, 1)
        else:
            yield judge.of(source)


def _is_large(source: Source) -> bool:
    try:
        size = os.stat(source.path).st_size if source.data is None else len(source.data)
    except (OSError, ValueError):
        return False
    return size > _LARGE


def _in_processes(sources: Sequence[Source], judge: Judge, jobs: int) -> Iterator[Judged]:
    from qmsr_lint import workers

    for ruleset in judge.rulesets:
        _ = getattr(ruleset, "lexicon", None)  # built once here, so that forked workers share it

    def lost(source: Source, end: str | None) -> Judged:
        if end is None:
            return Judged(unopened(source)._replace(status="timeout", error=late(judge.limits(source).seconds)))
        return Judged(unopened(source)._replace(status="crashed", error=f"the process reading it ended ({end})"))

    def seconds(source: Source) -> float:
        return judge.limits(source).seconds

    return workers.in_order(sources, judge.of, lost, seconds, min(jobs, len(sources)))


def fails(severities: Iterable[str], fail_on: str) -> bool:
    """Whether one of the severities is at or above the level at which a run fails."""
    return fail_on != "never" and not {*SEVERITIES[: FAIL_ON.index(fail_on) + 1]}.isdisjoint(severities)
