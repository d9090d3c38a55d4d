"""When an interrupt (Ctrl-C) gets through: not while something is being written that must stay whole."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def in_main_thread() -> bool:
    """Whether this is the thread that the system's signals come to."""
    return threading.current_thread() is threading.main_thread()


@contextmanager
def held_back() -> Iterator[None]:
    """Holds an interrupt back until the end, so that what is being written stays whole."""
    if not in_main_thread():
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
    if not in_main_thread():
        yield
        return
    holding = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, holding)
