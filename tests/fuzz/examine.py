"""What must hold for any bytes: a document whose parts fit together, or `Unreadable`; never anything else.

    make fuzz N=100000                             as many cases, from seed 0; or, with PYTHONPATH=tests:
    python -m fuzz.examine 5000 --from 7000        other seeds
    python -m fuzz.examine --seed 7123             one case, with its traceback

A case that fails is written to `tests/fuzz/found`, where the tests read it from then on.
"""
# ruff: noqa: T201

import argparse
import faulthandler
import os
import signal
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from fuzz.mutate import Case, case

from qmsr_lint import fix, formats
from qmsr_lint.config import Config
from qmsr_lint.errors import Unreadable
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import BLOCK_SEPARATOR, Document, DocumentResult, Finding
from qmsr_lint.rules import RuleSet, load

FOUND = Path(__file__).parent / "found"
LIMITS = Limits(part_bytes=1 << 22, package_bytes=1 << 24, ratio_grace=1 << 20, characters=200_000)
SECONDS = 20
OPTIONS = fix.Options("2026-03-01T00:00:00Z", unsafe=True)


class HangError(BaseException):
    """A case takes too long; not an Exception, so that nobody takes it for damage in the document."""


@cache
def rules() -> RuleSet:
    """The rules that are shipped."""
    return load()


def examine(name: str, data: bytes) -> str:
    """Read, lint and fix a document: "read", "refused", or "not written" where the redliner's own proof refuses it.

    Raises whatever is not declared, and AssertionError.
    """
    try:
        document = formats.read(data, name, LIMITS)
    except Unreadable as error:
        assert str(error).strip(), "a reason without words"
        return "refused"
    check_document(document)
    findings = lint(document, rules())
    check_findings(document, findings)
    if findings:
        result = DocumentResult(name, document.format, None, "checked", None, findings)
        editor = fix._EDITORS[document.format]
        try:
            editor(data, result, rules(), Config("", "/", limits=LIMITS), OPTIONS)
        except Unreadable as error:
            assert str(error).strip(), "a reason without words"
            return "not written" if "internal error" in str(error) else "read"
    return "read"


def check_document(document: Document) -> None:
    """What every reader promises about a document's string, blocks and marks."""
    text, blocks = document.text, document.blocks
    text.encode("utf-8")
    assert [block.start for block in blocks[1:]] == [block.end + 1 for block in blocks[:-1]], "blocks leave a gap"
    assert not blocks or (blocks[0].start, blocks[-1].end) == (0, len(text)), "blocks do not cover the text"
    assert text.count(BLOCK_SEPARATOR) == max(0, len(blocks) - 1), "a separator inside a block"
    assert all(0 <= mark.start <= mark.end <= len(text) for mark in document.marks), "a mark outside the text"
    for block in blocks:
        assert block.place.label.strip()
        assert 0 <= block.level <= 9


def check_findings(document: Document, findings: Iterable[Finding]) -> None:
    """What every finding promises."""
    last = 0
    for finding in findings:
        assert last <= finding.start <= finding.end <= len(document.text), "findings out of order"
        last = finding.start
        assert finding.text == document.text[finding.start : finding.end], "not the text it says it is"
        shown = finding.excerpt[finding.excerpt_start : finding.excerpt_end]
        assert shown == finding.text, "an excerpt that does not show it"
        if finding.position is not None:
            line, column, end_line, end_column = finding.position
            assert line >= 1 <= column
            assert (line, column) <= (end_line, end_column), "a position that ends before it starts"


def run(seed: int, keep: bool = True) -> tuple[str, str]:
    """The outcome of one case: that of `examine`, or "failed" with the traceback. `keep` keeps what fails as a file."""
    made: Case | None = None
    signal.signal(signal.SIGALRM, _stop)
    faulthandler.dump_traceback_later(3 * SECONDS, exit=True)
    signal.alarm(SECONDS)
    try:
        made = case(seed)
        return examine(made.name, made.data), ""
    except (Exception, HangError) as error:
        if made is None:
            raise
        if keep:
            FOUND.mkdir(exist_ok=True)
            (FOUND / f"{seed}{Path(made.name).suffix}").write_bytes(made.data)
        return "failed", f"seed {seed} ({made.name}: {', '.join(made.steps)}): {error!r}\n{traceback.format_exc()}"
    except BaseException as error:  # the panic of a Rust library
        if isinstance(error, KeyboardInterrupt):
            raise
        return "failed", f"seed {seed}: {error!r}"
    finally:
        signal.alarm(0)
        faulthandler.cancel_dump_traceback_later()


def _stop(number: int, frame: object) -> None:
    raise HangError


def outcomes(seeds: range, jobs: int) -> Iterator[tuple[str, str]]:
    """The outcomes of all seeds, in processes."""
    if jobs == 1:
        yield from map(run, seeds)
        return
    with get_context("fork").Pool(jobs, maxtasksperchild=5000) as pool:
        yield from pool.imap_unordered(run, seeds, 50)


def main(arguments: list[str] | None = None) -> int:
    """Run the cases; print the counts and what failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("cases", type=int, nargs="?", default=3000)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    given: Any = parser.parse_args(arguments)
    rules().lexicon  # noqa: B018 (built once, shared by the processes)
    seeds = range(given.first, given.first + given.cases) if given.seed is None else range(given.seed, given.seed + 1)
    counts: Counter[str] = Counter()
    for number, (outcome, words) in enumerate(outcomes(seeds, given.jobs if given.seed is None else 1), 1):
        counts[outcome] += 1
        if words:
            print(words, flush=True)
        if number % 10_000 == 0:
            print(f"{number} cases: {dict(counts)}", flush=True)
    print(f"{sum(counts.values())} cases from seed {seeds.start}: {dict(sorted(counts.items()))}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
