"""A reader that fails in every way there is: the document it was reading is named, and no other is lost."""

import ctypes
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fakes import RULES, engine

from qmsr_lint import formats, scope, sweep
from qmsr_lint.config import Configs, Flags
from qmsr_lint.errors import Unreadable
from qmsr_lint.judge import Judge
from qmsr_lint.limits import Limits
from qmsr_lint.model import Document, DocumentResult, Summary

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a reader can be put into a forked process only")

STATES = ("checked", "unreadable", "timeout", "crashed", "skipped")
LARGE = 1_100_000
FORK: Any = get_context("fork") if sys.platform == "linux" else None


def endless(number: int) -> int:
    """Recursion without an end."""
    return endless(number + 1) + 1


def fill() -> None:
    """Takes all memory in small pieces and keeps them, as a traceback does: none is left for a number."""
    HOARD.extend([None] * 2_000_000)
    places = iter(range(1, len(HOARD)))
    for size in range(480, 0, -16):
        try:
            for place in places:
                HOARD[place] = bytes(size)
        except MemoryError:
            continue
    try:
        for place in places:
            HOARD[place] = place / 2
    except MemoryError:
        pass
    raise MemoryError


HOARD: list[object] = []


def read(data: bytes, path: str, limits: Limits) -> Document:
    """A reader that does what the first word of a document tells it."""
    word = data[:16].split()[0].decode()
    if word == "hang":
        time.sleep(1000)
    if word == "stuck":  # as C code that does not come back
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        time.sleep(1000)
    if word == "exit":
        os._exit(0)
    if word == "leave":
        sys.exit(0)
    if word == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "segfault":
        ctypes.string_at(0)
    if word == "abort":
        os.abort()
    if word == "raise":
        raise ValueError("no such thing")
    if word == "recursion":
        endless(0)
    if word == "refuse":
        raise Unreadable("a reason")
    if word == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(1 << 26))
    if word == "fill":
        fill()
    if word == "flood":
        for _ in range(2000):
            os.write(1, b"flood " * 1000)
            os.write(2, b"flood " * 1000)
    return Document(path, "markdown", "The text.", ())


class Listener:
    """A writer that keeps what it is told."""

    def __init__(self) -> None:
        self.results: list[DocumentResult] = []

    def document(self, result: DocumentResult) -> None:
        self.results.append(result)

    def finish(self, summary: Summary) -> None:
        pass


@pytest.fixture(autouse=True)
def _reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = ModuleType("hostile_reader")
    module.read = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hostile_reader", module)
    monkeypatch.setitem(formats.FORMATS, ".md", ("markdown", "hostile_reader"))
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()
    with engine():
        yield
    HOARD.clear()


def check(documents: dict[str, str], jobs: int, size: int = 0) -> tuple[dict[str, tuple[str, str | None]], int]:
    """The status and error of each document, whose text is given, and the exit code."""
    for name, words in documents.items():
        Path(name).write_text(words + " " + "x" * size)
    # A busy machine must not make a late document of one that fails in another way.
    seconds = SOON if {"hang", "stuck"} & set(documents.values()) else 300
    Path("qmsr-lint.toml").write_text(f"limits = {{seconds = {seconds}, memory-bytes = 500_000_000}}")
    plan = scope.plan(["."], Configs(Flags()))
    listener = Listener()
    outcome = sweep.run(plan, Judge(plan.configs, (RULES,) * len(plan.configs)), [listener], jobs=jobs)
    found: dict[str, tuple[str, str | None]] = {each.path: (each.status, each.error) for each in listener.results}
    summary = outcome.summary._asdict()
    assert summary["documents"] == len(found) == len(listener.results) == len(documents)
    assert {state: summary[state] for state in STATES} == {
        state: sum(status == state for status, _ in found.values()) for state in STATES
    }
    assert sum(summary[state] for state in STATES) == len(documents)
    return found, outcome.exit_code


SOON = 2
"""Seconds, far more than a sound document takes."""
LATE = ("timeout", f"not finished within the limit of {SOON} seconds (limits: seconds)")
EATEN = ("unreadable", "needs more memory than is free or than 500000000 bytes (limits: memory-bytes)")
RAISED = ("crashed", "internal error: ValueError: no such thing")
SOUND = ("checked", None)

HERE = {"hang": LATE, "eat": EATEN, "fill": EATEN, "raise": RAISED, "refuse": ("unreadable", "a reason")}
"""What a reader can do without ending its process."""
ENDED = {
    "exit": ("crashed", "the process reading it ended (exit code 0)"),
    "kill": ("crashed", "the process reading it ended (signal 9)"),
    "segfault": ("crashed", "the process reading it ended (signal 11)"),
    "abort": ("crashed", "the process reading it ended (signal 6)"),
    "stuck": LATE,
}
"""What ends its process, or needs it to be ended."""


@pytest.mark.parametrize("word", [*HERE, *ENDED])
def test_workers_name_the_document_that_they_fail_on(word: str) -> None:
    documents = {f"{number:03}.md": "good" for number in range(40)} | {"020x.md": word}
    found, code = check(documents, jobs=2)
    assert found.pop("020x.md") == {**HERE, **ENDED}[word]
    assert set(found.values()) == {SOUND}
    assert code == 2


def test_workers_go_on_after_any_number_of_failures() -> None:
    documents = {f"{number:02}-{word}.md": word for number in range(3) for word in ("kill", "good", "exit", "raise")}
    found, code = check(documents, jobs=2)
    assert Counter(status for status, _ in found.values()) == {"crashed": 9, "checked": 3}
    assert {path for path, (status, _) in found.items() if status == "checked"} == {f"{n:02}-good.md" for n in range(3)}
    assert code == 2


@pytest.mark.parametrize("word", HERE)
def test_a_single_process_has_the_same_limits(word: str) -> None:
    found, code = check({"a.md": "good", "b.md": word, "c.md": "good"}, jobs=1)
    assert found == {"a.md": SOUND, "b.md": HERE[word], "c.md": SOUND}
    assert code == 2


@pytest.mark.parametrize("word", ENDED)
def test_a_large_document_is_read_in_a_process_of_its_own(word: str) -> None:
    found, code = check({"a.md": "good", "b.md": word, "c.md": "good"}, jobs=1, size=LARGE)
    assert found == {"a.md": SOUND, "b.md": ENDED[word], "c.md": SOUND}
    assert code == 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_recursion_without_an_end_costs_one_document(jobs: int) -> None:
    found, _ = check({"a.md": "good", "b.md": "recursion", "c.md": "good"}, jobs)
    status, error = found["b.md"]
    assert (status, error and error[:30]) == ("crashed", "internal error: RecursionError")
    assert found["a.md"] == found["c.md"] == SOUND


def test_what_a_reader_prints_does_not_reach_the_outputs(capfd: pytest.CaptureFixture[str]) -> None:
    found, code = check({"a.md": "good", "b.md": "flood", "c.md": "good"}, jobs=2)
    assert set(found.values()) == {SOUND}
    assert code == 0
    assert "flood" not in "".join(capfd.readouterr())


def test_the_process_keeps_the_memory_it_had_before() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS)
    check({"a.md": "eat", "b.md": "good"}, jobs=1)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_there_is_memory_left_where_the_system_gives_little(jobs: int) -> None:
    """In a process of its own: this one has a thread that must not be without memory."""
    pytest.importorskip("resource")
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=check_with_little_memory, args=(jobs, theirs))
    process.start()
    theirs.close()
    found = ours.recv()
    process.join()
    assert found == {"a.md": SOUND, "b.md": EATEN, "c.md": SOUND}


def check_with_little_memory(jobs: int, found: "Connection[Any, Any]") -> None:
    import resource

    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + 300_000_000, resource.getrlimit(resource.RLIMIT_AS)[1]))
    found.send(check({"a.md": "good", "b.md": "fill", "c.md": "good"}, jobs)[0])
