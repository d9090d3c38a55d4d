"""Worker processes: results come in order, and nobody runs too far ahead of the one that is awaited."""

import os
import sys
import time
from multiprocessing import get_context

import pytest

from qmsr_lint import workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is judged here goes to a forked process only")

SOURCES = range(200)


def lost(source: int, end: str | None) -> str:
    return f"lost by {end or 'time'}"


def test_few_are_given_out_before_the_one_that_is_awaited_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "AHEAD", 20)
    others = get_context("fork").RawValue("i", 0)

    def judge(source: int) -> int:
        if source:
            others.value += 1
            return 0
        time.sleep(1)
        return int(others.value)

    found = list(workers.in_order(SOURCES, judge, lambda source, end: -1, lambda source: 60.0, 2))
    assert len(found) == len(SOURCES)
    assert 0 < found[0] <= 2 * 20


def test_a_finished_result_does_not_wait_for_its_batch() -> None:
    seen = get_context("fork").Event()

    def judge(source: int) -> bool:
        if source:
            return seen.wait(2)
        time.sleep(2 * workers.PATIENCE)
        return True

    found = []
    for result in workers.in_order(range(8), judge, lambda source, end: False, lambda source: 60.0, 1):
        found.append(result)
        seen.set()
    assert found == [True] * 8


def test_the_time_of_a_document_runs_from_its_own_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 60.0)
    monkeypatch.setattr(workers, "GRACE", 0.6)

    def judge(source: int) -> str:
        time.sleep(0.3 if source < 5 else 0)
        return "judged"

    assert list(workers.in_order(range(20), judge, lost, lambda source: 0.3, 1)) == ["judged"] * 20


def test_waiting_for_the_parent_is_no_fault_of_the_next_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.0)
    monkeypatch.setattr(workers, "GRACE", 0.5)
    parent, now = os.getpid(), time.monotonic

    def slowly() -> float:
        if os.getpid() != parent:
            time.sleep(0.05)  # a worker that goes on behind its answer is not at once where it says so
        return now()

    def judge(source: int) -> str:
        time.sleep(0.1 if source < 4 else 0)
        return "x" * 1_000_000 if source < 4 else "x"  # more than a pipe holds

    monkeypatch.setattr(workers, "monotonic", slowly)
    found = []
    for result in workers.in_order(range(20), judge, lost, lambda source: 0.2, 1):
        found.append(result[:1])
        time.sleep(1.0 if len(found) == 1 else 0)
    assert found == ["x"] * 20
