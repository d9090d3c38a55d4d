"""Worker processes: results come in order, and nobody runs too far ahead of the one that is awaited."""

import sys
import time
from multiprocessing import get_context

import pytest

from qmsr_lint import workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is judged here goes to a forked process only")

SOURCES = range(200)


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
