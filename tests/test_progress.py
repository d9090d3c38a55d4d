import io
from typing import Any

import pytest
from builders import result

from qmsr_lint import progress
from qmsr_lint.model import Summary


def shown(monkeypatch: pytest.MonkeyPatch, *moments: float) -> str:
    """What a run prints whose documents are done at these moments."""
    terminal = io.StringIO()
    clock = iter([0.0, *moments])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    bar: Any = progress.Progress(10, terminal)
    for _ in moments:
        bar.document(result())
    bar.finish(Summary())
    return terminal.getvalue()


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, 0.1, 0.5, 0.9) == ""


def test_a_long_run_rewrites_one_line_and_wipes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, 1.0, 1.2, 2.0) == (
        "\r1 of 10 documents, 1 a second, 9 s left\x1b[K\r3 of 10 documents, 2 a second, 5 s left\x1b[K\r\x1b[K"
    )


@pytest.mark.parametrize(
    ("seconds", "time"), [(1.0, "99 s left"), (10.0, "16 min left"), (1000.0, "27.5 h left"), (0.0, "0 s left")]
)
def test_the_time_that_is_left(seconds: float, time: str) -> None:
    assert progress.line(1, 100, seconds).endswith(time)
