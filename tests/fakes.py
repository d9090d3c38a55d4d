"""A tiny engine for tests of what stands around the engine: every "DHF" of a document is a finding."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any, cast

from qmsr_lint.model import Document, Finding
from qmsr_lint.rules import RuleSet

RULES = cast(RuleSet, SimpleNamespace(version="0", sha256="0" * 64, rules={}))


class PanicError(BaseException):
    """As the panics of Rust libraries, which are no Exception."""


def lint(document: Document, ruleset: RuleSet, *, hashed: bool = True) -> tuple[Finding, ...]:
    """A warning for each "DHF"; words in capitals make the engine fail in all the ways there are."""
    if "RAISE" in document.text:
        raise RuntimeError("the engine fell over")
    if "STOP" in document.text:
        raise KeyboardInterrupt
    if "PANIC" in document.text:
        raise PanicError("index out of range")
    if "KILL" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "EXIT" in document.text:
        os._exit(3)
    if "EAT" in document.text:
        bytearray(1 << 40)
    if "STUCK" in document.text:  # as C code that does not come back
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    while "HANG" in document.text or "STUCK" in document.text:
        time.sleep(0.01)
    return tuple(
        _finding(document, block, block.start + at)
        for block in document.blocks
        for at in range(block.end - block.start)
        if document.text.startswith("DHF", block.start + at)
    )


def _finding(document: Document, block: Any, start: int) -> Finding:
    return Finding(
        rule="term-dhf",
        severity="warning",
        certainty="certain",
        message="The design history file has gone.",
        text="DHF",
        replacement="design and development file",
        alternatives=(),
        basis="ISO 13485:2016 7.3.10",
        start=start,
        end=start + 3,
        position=document.position(start, start + 3) if document.position else None,
        place=block.place,
        context="prose",
        excerpt=document.text[block.start : block.end],
        excerpt_start=start - block.start,
        excerpt_end=start + 3 - block.start,
        fix=None,
        fingerprint=f"{document.path}:{start}",
    )


@contextmanager
def engine() -> Iterator[None]:
    """Puts the tiny engine in the place of the real one."""
    fake = ModuleType("qmsr_lint.lint")
    fake.lint = lint  # type: ignore[attr-defined]
    real = sys.modules.get(fake.__name__)
    sys.modules[fake.__name__] = fake
    try:
        yield
    finally:
        if real is None:
            del sys.modules[fake.__name__]
        else:
            sys.modules[fake.__name__] = real
