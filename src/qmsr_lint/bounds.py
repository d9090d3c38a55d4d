"""What keeps the work on one document within its time and its memory; `limits` says how much these are."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qmsr_lint.interrupts import in_main_thread
from qmsr_lint.limits import Limits
from qmsr_lint.model import Status

_RESERVE = 32 << 20  # bytes


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
        return "timeout", late(limits.seconds)
    return "unreadable", f"needs more memory than is free or than {limits.memory_bytes} bytes (limits: memory-bytes)"


def late(seconds: float) -> str:
    """Why a document was given up after so many seconds."""
    return f"not finished within the limit of {seconds:g} seconds (limits: seconds)"


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raises OutOfTimeError here after so many seconds, where the system has timers and this is the main thread."""
    if not hasattr(signal, "setitimer") or not in_main_thread():
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
