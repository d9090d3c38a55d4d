"""Worker processes: each says which document it holds, so that whatever ends it has a name.

Documents go out in batches and results come back in batches, because a round trip costs as much as a small document.
A worker that dies or hangs costs the one document it holds, which becomes a result; the others of its batch are given
to the next worker. Results come in the order of the sources, whatever order they are finished in. The parent reads no
document, so its memory stays small.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Generic, TypeVar

Source = TypeVar("Source")
Result = TypeVar("Result")

AHEAD = 128
"""Documents per worker that may be given out before the next one in order is finished: bounds what is in memory."""

BATCH = 16
"""Documents given to a worker at once, at most; fewer towards the end, so that all workers end together."""

PATIENCE = 0.1
"""Seconds after which a worker hands in what it has, though its batch is not finished."""

GRACE = 2.0
"""Seconds past its time limit after which a worker is killed; it should have stopped by itself."""

NOTHING = -1

# Forked workers share the rules and the imports of the parent; elsewhere forking is not safe or does not exist.
_CONTEXT: Any = get_context("fork" if sys.platform == "linux" else "spawn")


class _Worker(Generic[Source, Result]):
    """A process, the pipe to it, and the numbers of the sources it was given and has not handed in.

    `state` is memory shared with it: the number of the source it holds, and since when.
    """

    def __init__(self, judge: Callable[[Source], Result]) -> None:
        self.connection: Connection[Any, Any]
        self.connection, theirs = _CONTEXT.Pipe()
        self.state = _CONTEXT.RawArray("d", [NOTHING, 0.0])
        self.process: BaseProcess = _CONTEXT.Process(target=_work, args=(theirs, self.state, judge), daemon=True)
        self.process.start()
        theirs.close()
        self.given: deque[int] = deque()

    def give(self, numbers: Sequence[int], sources: Sequence[Source]) -> bool:
        """Give it these sources; False where it died while it held nothing."""
        self.state[1] = monotonic()
        self.state[0] = numbers[0]  # blamed from now on, also while the worker is still waking up
        try:
            self.connection.send([(number, sources[number]) for number in numbers])
        except OSError:
            return False
        self.given.extend(numbers)
        return True

    @property
    def held(self) -> int:
        """The number of the source it holds."""
        held = int(self.state[0])
        return held if held in self.given else self.given[0]

    def deadline(self, seconds: Callable[[int], float]) -> float:
        """When the source it holds should have been finished for long."""
        return float(self.state[1]) + seconds(self.held) + GRACE

    def end(self) -> str:
        """Make sure that the process is gone; say how it ended."""
        self.connection.close()
        self.process.join(GRACE)
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
    workers: list[_Worker[Source, Result]] = [_Worker(judge) for _ in range(jobs)]
    finished: dict[int, Result] = {}
    again: list[int] = []  # given to a worker that was lost with another source
    given = taken = 0

    def late(number: int) -> float:
        return seconds(sources[number])

    def lose(worker: _Worker[Source, Result], end: str | None) -> None:
        held = worker.held
        finished[held] = lost(sources[held], end)
        again.extend(number for number in worker.given if number != held)
        workers[workers.index(worker)] = _Worker(judge)

    try:
        while taken < len(sources):
            for place, worker in enumerate(workers):
                if worker.given:
                    continue
                if again:
                    batch: Sequence[int] = again[:BATCH]
                else:
                    left = len(sources) - given
                    size = min(BATCH, max(1, left // (4 * jobs)), left, taken + AHEAD * jobs - given)
                    batch = range(given, given + size)
                if not batch:
                    continue
                if not worker.give(batch, sources):
                    worker.end()
                    workers[place] = _Worker(judge)
                elif again:
                    del again[:BATCH]
                else:
                    given += len(batch)
            busy = [worker for worker in workers if worker.given]
            now = monotonic()
            patience = min((worker.deadline(late) - now for worker in busy), default=0.0)
            ready = wait([worker.connection for worker in busy], max(0.0, patience))
            for worker in busy:
                if worker.connection in ready:
                    try:
                        results = worker.connection.recv()
                    except Exception:  # it died, perhaps in the middle of its answer
                        lose(worker, worker.end())
                        continue
                    for result in results:
                        finished[worker.given.popleft()] = result
                elif monotonic() > worker.deadline(late):
                    worker.process.kill()
                    worker.end()
                    lose(worker, None)
            while taken in finished:
                yield finished.pop(taken)
                taken += 1
    finally:
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.end()


def _work(connection: "Connection[Any, Any]", state: Any, judge: Callable[[Any], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):  # what a library prints must not get into the results or fill a log
        os.dup2(nowhere, output)
    parent = parent_process()
    watched: list[Any] = [connection, parent.sentinel] if parent else [connection]
    while connection in wait(watched):
        try:
            results: list[object] = []
            begun = handed_in = monotonic()
            for number, source in connection.recv():
                state[1] = begun
                state[0] = number
                results.append(judge(source))
                begun = monotonic()
                if begun - handed_in > PATIENCE:
                    connection.send(results)  # may wait for the parent, which is not the next document's fault
                    results = []
                    begun = handed_in = monotonic()
            if results:
                connection.send(results)
        except (EOFError, OSError):
            break
