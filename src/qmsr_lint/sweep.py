"""The sweep: what becomes of each file in scope.

Every file in scope ends as one result: nothing is dropped, and nothing that goes wrong with one document stops the
others. Results are pushed to the writers in the order of their paths, so the same files give the same output.
"""
# A sweep handles hundreds of thousands of paths: strings, not Path objects.

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from qmsr_lint import formats
from qmsr_lint.config import Config, Suppress, patterns
from qmsr_lint.contents import contents, regular
from qmsr_lint.errors import Unreadable, UsageError, nearest
from qmsr_lint.limits import Limits
from qmsr_lint.model import (
    FAIL_ON,
    SEVERITIES,
    UNJUDGED,
    Document,
    DocumentResult,
    Finding,
    Status,
    Summary,
    Suppression,
)
from qmsr_lint.output import Writer
from qmsr_lint.scope import Plan, Source, below, suffix

if TYPE_CHECKING:
    from qmsr_lint.baseline import Baseline
    from qmsr_lint.rules import RuleSet

_SECONDS = 11  # digits; with more, a date has no year of four
_LARGE = 1 << 20  # bytes; to read so much takes longer than to start a process
_RESERVE = 32 << 20  # bytes
_REDLINE = "the redline that fix made of the document beside it, in which nobody has worked: see that document"
_WORTH_A_PROCESS = 64  # documents; starting a process costs about as much as judging thirty


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
            return 130
        unjudged = any(getattr(self.summary, status) for status in UNJUDGED)
        return 2 if unjudged else int(self.failing)


def run(
    plan: Plan,
    rulesets: Sequence["RuleSet"],
    writers: Sequence[Writer],
    baseline: "Baseline | None" = None,
    report: Callable[[str], None] | None = None,
    identify: bool = False,
    jobs: int = 1,
    memory: Sequence["Memory"] = (),
    profile: bool = False,
    place: Callable[[str], str] | None = None,
    hashed: bool = True,
) -> Outcome:
    """Judge every source of the plan and push the results to the writers.

    `report` takes tracebacks of crashes, and which entries of `suppress` silence nothing; with `identify`, results say
    which number, title and revision a document shows. More than one of `jobs` means as many processes. `memory` is
    where results of earlier runs are looked up. With `profile`, results say what a document is and says; `place` tells
    the site of a path. Without `hashed`, results have neither hashes nor fingerprints; memory and baselines need them.
    """
    silencers = [_Silencer(config) for config in plan.configs]
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

    judge = Judge(plan.configs, tuple(rulesets), identify, tuple(memory), profile, hashed)
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
            with _interrupts_held():
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
        with _interrupts_held():
            for writer in writers:
                writer.finish(summary)
    except KeyboardInterrupt:
        interrupted = True
    return Outcome(summary, failing, interrupted)


def placer(configs: Sequence[Config]) -> Callable[[str], str] | None:
    """Tells the site of an absolute path, "" where it has none; None where no configuration has sites."""
    matchers = [
        (config.folder, site.name, patterns(site.paths, f"{config.origin}: site {site.name!r}"))
        for number, config in enumerate(configs)
        if config not in configs[:number]
        for site in config.sites
    ]
    if not matchers:
        return None
    return lambda path: next((name for folder, name, matches in matchers if matches(below(path, folder))), "")


def useful_jobs(documents: int) -> int:
    """How many processes are worth having: this one alone for a small run, no more than there are processors."""
    return max(1, min(processors(), documents // _WORTH_A_PROCESS))


def processors() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _one_by_one(sources: Sequence[Source], judge: "Judge") -> "Iterator[Judged]":
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


def _in_processes(sources: Sequence[Source], judge: "Judge", jobs: int) -> "Iterator[Judged]":
    from qmsr_lint import workers

    for ruleset in judge.rulesets:
        _ = getattr(ruleset, "lexicon", None)  # built once here, so that forked workers share it

    def lost(source: Source, end: str | None) -> Judged:
        if end is None:
            return Judged(_result(source)._replace(status="timeout", error=_late(judge.limits(source).seconds)))
        return Judged(_result(source)._replace(status="crashed", error=f"the process reading it ended ({end})"))

    def seconds(source: Source) -> float:
        return judge.limits(source).seconds

    return workers.in_order(sources, judge.of, lost, seconds, min(jobs, len(sources)))


def fails(severities: Iterable[str], fail_on: str) -> bool:
    """Whether one of the severities is at or above the level at which a run fails."""
    return fail_on != "never" and not {*SEVERITIES[: FAIL_ON.index(fail_on) + 1]}.isdisjoint(severities)


class Judged(NamedTuple):
    """What became of a document; where we failed, the traceback; and whether an earlier run knew it."""

    result: DocumentResult
    trace: str | None = None
    recalled: bool = False


class Memory(Protocol):
    """Where results of earlier runs are: `cache.Cache`, `records.Earlier`."""

    def get(self, config: int, result: DocumentResult) -> DocumentResult | None:
        """The result of a document whose path, format and hash are those of `result`, None where it is not known."""

    def put(self, config: int, result: DocumentResult, dated: bool) -> None:
        """Keep a result; a `dated` one holds today only."""


class Judge(NamedTuple):
    """Judges a source by the configuration and the rules that hold for it; goes to worker processes whole."""

    configs: tuple[Config, ...]
    rulesets: tuple["RuleSet", ...]
    identify: bool = False
    memory: tuple[Memory, ...] = ()
    profile: bool = False
    hashed: bool = True

    def limits(self, source: Source) -> Limits:
        """The limits that hold for a source."""
        return self.configs[source.config].limits

    def of(self, source: Source) -> Judged:
        """What becomes of one document. Raises nothing but KeyboardInterrupt and SystemExit."""
        result = _result(source)
        if source.status is not None:
            return Judged(result)
        limits = self.limits(source)
        try:
            with within(limits) as lift:
                try:
                    data = source.data if source.data is not None else _bytes(source.path, limits)
                    if data is not None and source.original and _is_its_redline(data, source.original, limits):
                        return Judged(result._replace(status="skipped", error=_REDLINE))
                    if data is not None and self.hashed:
                        result = result._replace(sha256=_sha256(data))
                        for memory in self._memory(source):
                            if known := memory.get(source.config, result):
                                return Judged(known, recalled=True)
                    return Judged(self._checked(result, formats.read(data or b"", source.shown, limits), source))
                finally:
                    lift()
        except Unreadable as error:
            return Judged(result._replace(status="unreadable", error=str(error)))
        except (OutOfTimeError, MemoryError) as error:
            status, reason = exceeded(error, limits)
            return Judged(result._replace(status=status, error=reason))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # ours, or a panic of a Rust library; it must not cost the others their results
            from traceback import format_exc

            reason = f"internal error: {type(error).__name__}: {error}"
            return Judged(result._replace(status="crashed", error=reason), format_exc())

    def _checked(self, result: DocumentResult, document: Document, source: Source) -> DocumentResult:
        from qmsr_lint.lint import lint

        if self.identify:
            from qmsr_lint.documents.identity import identify

            result = result._replace(identity=identify(document))
        document = self._typed(document, source)
        result = result._replace(findings=lint(document, self.rulesets[source.config], hashed=self.hashed))
        if self.profile:
            from qmsr_lint.documents.profile import profile

            return result._replace(profile=profile(document, self.rulesets[source.config], result.findings))
        for memory in self._memory(source):
            memory.put(source.config, result, is_dated(document))
        return result

    def _memory(self, source: Source) -> tuple[Memory, ...]:
        """Where earlier results are: they know no profiles, no language model and no types that are configured."""
        config = self.configs[source.config]
        return () if self.profile or config.types or config.settings.nlp else self.memory

    def _typed(self, document: Document, source: Source) -> Document:
        """The document with the types that the configuration gives it."""
        config = self.configs[source.config]
        path = below(os.path.abspath(source.path), config.folder) if config.types else ""
        for matches, types in configured_types(config.types, f"{config.origin}: document-types"):
            if matches(path):
                return document._replace(types=types)
        return document


@cache
def configured_types(
    types: tuple[tuple[str, tuple[str, ...]], ...], origin: str
) -> Sequence[tuple[Callable[[str], bool], tuple[str, ...]]]:
    """The entries of `document-types`, their patterns ready for paths."""
    return [(patterns([pattern], origin), names) for pattern, names in types]


def is_dated(document: Document) -> bool:
    """Whether a suppression in the document may end on a day, so that its judgement holds today only."""
    from qmsr_lint.suppress import is_to_us

    return any("until" in mark.value.lower() and is_to_us(mark) for mark in document.marks)


def _result(source: Source) -> DocumentResult:
    kind = formats.format_of(source.path) or os.path.splitext(source.path)[1][1:].lower() or "unknown"
    return DocumentResult(source.shown, kind, None, source.status or "checked", source.reason, ())


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Holds an interrupt back until the end, so that what is being written stays whole."""
    if not _in_main_thread():
        yield
        return
    held: list[int] = []
    previous = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
    if held:
        raise KeyboardInterrupt


@contextmanager
def interruptible() -> Iterator[None]:
    """Lets an interrupt through at once, for what a writer does that takes long and leaves nothing half written."""
    if not _in_main_thread():
        yield
        return
    holding = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, holding)


class OutOfTimeError(BaseException):
    """The time for a document is over. Not an Exception, so that no reader takes it for damage in the document."""


@contextmanager
def within(limits: Limits) -> Iterator[Callable[[], None]]:
    """Keeps what is done for a document within its time and memory. Raises OutOfTimeError and MemoryError.

    Gives what lifts the limit of memory, to be called before all else at the end: without any memory left, CPython may
    never leave what follows.
    """
    with _memory_limit(limits.memory_bytes) as lift, _time_limit(limits.seconds):
        yield lift


def exceeded(error: OutOfTimeError | MemoryError, limits: Limits) -> tuple[Status, str]:
    """What becomes of a document that was not finished within its limits, and the reason."""
    if isinstance(error, OutOfTimeError):
        return "timeout", _late(limits.seconds)
    return "unreadable", f"needs more memory than is free or than {limits.memory_bytes} bytes (limits: memory-bytes)"


def _late(seconds: float) -> str:
    return f"not finished within the limit of {seconds:g} seconds (limits: seconds)"


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raises OutOfTimeError here after so many seconds, where the system has timers and this is the main thread."""
    if not hasattr(signal, "setitimer") or not _in_main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise OutOfTimeError

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@contextmanager
def _memory_limit(limit: int) -> Iterator[Callable[[], None]]:
    """Lets this process take so many bytes of address space more than it has, where the system can keep it to that.

    Gives what lifts the limit before the end. Where the process has a limit of its own, the document gets less than is
    left, so that there is memory afterwards.
    """
    taken = _address_space()
    if taken is None or sys.platform == "win32":
        yield lambda: None
        return
    import resource

    previous = resource.getrlimit(resource.RLIMIT_AS)

    def lift() -> None:
        resource.setrlimit(resource.RLIMIT_AS, previous)

    outer = min((bound for bound in previous if bound != resource.RLIM_INFINITY), default=None)
    most = taken + limit
    if outer is not None:
        most = min(most, outer - min(_RESERVE, max(0, outer - taken) // 4))
    resource.setrlimit(resource.RLIMIT_AS, (most, previous[1]))
    try:
        yield lift
    finally:
        lift()


def _address_space() -> int | None:
    """The address space of this process in bytes, None where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None


def _bytes(path: str, limits: Limits) -> bytes | None:
    """The bytes of a file, None where its kind is not read at all. Raises Unreadable."""
    try:
        if formats.format_of(path) is None:
            regular(path)
            return None
        return contents(path, limits.file_bytes)
    except FileNotFoundError:
        raise Unreadable(_missing(path)) from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be opened: {getattr(error, 'strerror', None) or error}") from None


def _missing(path: str) -> str:
    if os.path.islink(path):
        return "a link to a file that does not exist"
    folder, name = os.path.split(path)
    try:
        names = sorted(os.listdir(folder or "."))
    except OSError:
        names = []
    hint = nearest(name, [other for other in names if suffix(other) == suffix(name)], 0.8)
    return "no such file or folder" + (hint if "did you mean" in hint else "")


def _is_its_redline(data: bytes, original: str, limits: Limits) -> bool:
    """Whether the bytes are the redline of a document, as this tool has made it of what the document is today."""
    from qmsr_lint.formats.docx.seal import is_as_made

    try:
        document = _bytes(original, limits)
    except Unreadable:
        return False
    return document is not None and is_as_made(data, _sha256(document))


def _sha256(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


class _Silencer:
    """Applies the entries of `suppress` to results, and knows which of them silenced something."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.used: set[int] = set()
        self.entries = [
            (number, entry, patterns(entry.paths, f"{config.origin}: suppress") if entry.paths else None)
            for number, entry in enumerate(config.suppress)
            if not _is_over(entry)
        ]

    def silence(self, source: Source, result: DocumentResult) -> DocumentResult:
        """The result with the findings suppressed that an entry holds for."""
        path = below(os.path.abspath(source.path), self.config.folder) if self.entries else ""
        here = [(number, entry) for number, entry, matches in self.entries if matches is None or matches(path)]
        if not here or not result.findings:
            return result
        return result._replace(findings=tuple(self._silenced(finding, here) for finding in result.findings))

    def _silenced(self, finding: Finding, entries: Sequence[tuple[int, Suppress]]) -> Finding:
        from qmsr_lint.pack import matches_selector

        for number, entry in entries:
            chosen = not entry.rules or any(matches_selector(finding.rule, selector) for selector in entry.rules)
            if chosen and finding.suppressed is None:
                self.used.add(number)
                return finding._replace(suppressed=Suppression("config", entry.reason))
        return finding

    def idle(self) -> Iterator[str]:
        """What is to be said of the entries that silenced nothing."""
        for number, entry in enumerate(self.config.suppress):
            if number not in self.used:
                what = f"held until {entry.until}" if _is_over(entry) else "silenced nothing here"
                yield f"{self.config.origin}: suppress[{number}] {what}"


def _is_over(entry: Suppress) -> bool:
    return entry.until is not None and today() > entry.until.isoformat()


def today() -> str:
    """Today in ISO form, or the day of SOURCE_DATE_EPOCH, with which a run can be repeated later. Raises UsageError."""
    seconds = epoch()
    return time.strftime("%Y-%m-%d", time.localtime() if seconds is None else time.gmtime(seconds))


def epoch() -> int | None:
    """The second in SOURCE_DATE_EPOCH, None where it is not set. Raises UsageError."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= _SECONDS):
        raise UsageError(f"SOURCE_DATE_EPOCH={value[:20]}: not a number of seconds since 1970")
    return int(value)
