"""Worker processes: each holds one document, so that whatever ends it has a name.

A worker that dies or hangs costs the document it holds, which becomes a result, and is replaced. Results come in the
order of the sources, whatever order they are finished in. The parent reads no document, so its memory stays small.
"""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Generic, TypeVar

Source = TypeVar("Source")
Result = TypeVar("Result")

AHEAD = 64
"""Documents per worker that may be finished before the next one in order is: bounds the results kept in memory."""

GRACE = 2.0
"""Seconds past its time limit after which a worker is killed; it should have stopped by itself."""

# Forked workers share the rules and the imports of the parent; elsewhere forking is not safe or does not exist.
_CONTEXT: Any = get_context("fork" if sys.platform == "linux" else "spawn")


class _Worker(Generic[Source, Result]):
    """A process, the pipe to it, and the number of the source it holds."""

    def __init__(self, judge: Callable[[Source], Result]) -> None:
        self.connection: Connection[Any, Any]
        self.connection, theirs = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(target=_work, args=(theirs, judge), daemon=True)
        self.process.start()
        theirs.close()
        self.held: int | None = None
        self.deadline = 0.0

    def end(self) -> str:
        """Make sure that the process is gone; say how it ended."""
        self.connection.close()
        self.process.join(GRACE / 4)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        code = self.process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def in_order(
    sources: Sequence[Source],
    judge: Callable[[Source], Result],
    lost: Callable[[Source, str | None], Result],
    seconds: Callable[[Source], float],
    jobs: int,
) -> Iterator[Result]:
    """The results of `judge` for each source, in order, from `jobs` processes.

    `lost` makes the result of a source whose worker ended, told how, or was killed at its time limit, told None.
    """
    workers = [_Worker(judge) for _ in range(jobs)]
    finished: dict[int, Result] = {}
    given = taken = 0
    try:
        while taken < len(sources):
            for number, worker in enumerate(workers):
                if worker.held is None and given < min(len(sources), taken + AHEAD * jobs):
                    try:
                        worker.connection.send(sources[given])
                    except OSError:  # it died while it held nothing
                        worker.end()
                        workers[number] = _Worker(judge)
                        continue
                    worker.held, worker.deadline = given, monotonic() + seconds(sources[given]) + GRACE
                    given += 1
            busy = {worker.connection: worker for worker in workers if worker.held is not None}
            patience = min((worker.deadline for worker in busy.values()), default=0.0) - monotonic()
            ready = wait(list(busy), max(0.0, patience))
            for connection, worker in busy.items():
                held = worker.held
                assert held is not None  # noqa: S101 (what makes it busy)
                if connection in ready:
                    try:
                        finished[held] = connection.recv()
                        worker.held = None
                        continue
                    except Exception:  # it died, perhaps in the middle of its answer
                        finished[held] = lost(sources[held], worker.end())
                elif monotonic() > worker.deadline:
                    worker.process.kill()
                    worker.end()
                    finished[held] = lost(sources[held], None)
                else:
                    continue
                workers[workers.index(worker)] = _Worker(judge)
            while taken in finished:
                yield finished.pop(taken)
                taken += 1
    finally:
        for worker in workers:
            worker.process.kill()
            worker.end()


def _work(connection: "Connection[Any, Any]", judge: Callable[[Any], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    parent = parent_process()
    watched: list[Any] = [connection, parent.sentinel] if parent else [connection]
    while connection in wait(watched):
        try:
            connection.send(judge(connection.recv()))
        except (EOFError, OSError):
            break
