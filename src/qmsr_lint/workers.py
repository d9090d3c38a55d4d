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
    crew = _Crew(sources, judge, lost, seconds, jobs)
    try:
        for number in range(len(sources)):
            while number not in crew.finished:
                crew.hand_out(number)
                crew.collect()
            yield crew.finished.pop(number)
    finally:
        crew.dismiss()


class _Crew(Generic[Source, Result]):
    """The workers of a run. `finished` are the results by the numbers of their sources."""

    def __init__(
        self,
        sources: Sequence[Source],
        judge: Callable[[Source], Result],
        lost: Callable[[Source, str | None], Result],
        seconds: Callable[[Source], float],
        jobs: int,
    ) -> None:
        self.finished: dict[int, Result] = {}
        self._sources = sources
        self._judge = judge
        self._lost = lost
        self._seconds = seconds
        self._workers: list[_Worker[Source, Result]] = [_Worker(judge) for _ in range(jobs)]
        self._given = 0  # sources that were given out, from the first on
        self._again: list[int] = []  # given to a worker that was lost with another source

    def hand_out(self, awaited: int) -> None:
        """Give a batch to each worker that holds nothing; `awaited` is the next source in order."""
        for place, worker in enumerate(self._workers):
            if worker.given or not (batch := self._again[:BATCH] or self._next(awaited)):
                continue
            if not worker.give(batch, self._sources):
                worker.end()
                self._workers[place] = _Worker(self._judge)
            elif self._again:
                del self._again[:BATCH]
            else:
                self._given += len(batch)

    def _next(self, awaited: int) -> Sequence[int]:
        """The next sources to give out; none where they are too far ahead of the one that is awaited."""
        left = len(self._sources) - self._given
        fair = max(1, left // (4 * len(self._workers)))
        ahead = awaited + AHEAD * len(self._workers) - self._given
        return range(self._given, self._given + min(BATCH, fair, left, ahead))

    def collect(self) -> None:
        """Wait for a result, or for the first worker to be late, and take what there is."""
        busy = [worker for worker in self._workers if worker.given]
        now = monotonic()
        patience = min((worker.deadline(self._allowed) - now for worker in busy), default=0.0)
        ready = wait([worker.connection for worker in busy], max(0.0, patience))
        for worker in busy:
            if worker.connection in ready:
                try:
                    results = worker.connection.recv()
                except Exception:  # it died, perhaps in the middle of its answer
                    self._replace(worker, worker.end())
                    continue
                for result in results:
                    self.finished[worker.given.popleft()] = result
                if int(worker.state[0]) not in worker.given:  # it waited for this, and goes on to the next only now
                    worker.state[1] = monotonic()
            elif monotonic() > worker.deadline(self._allowed):
                worker.process.kill()
                worker.end()
                self._replace(worker, None)

    def _allowed(self, number: int) -> float:
        return self._seconds(self._sources[number])

    def _replace(self, worker: _Worker[Source, Result], end: str | None) -> None:
        """Put another worker in the place of one that is gone, with a result for the source it held."""
        held = worker.held
        self.finished[held] = self._lost(self._sources[held], end)
        self._again.extend(number for number in worker.given if number != held)
        self._workers[self._workers.index(worker)] = _Worker(self._judge)

    def dismiss(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
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
