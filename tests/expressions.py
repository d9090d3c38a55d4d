"""Every expression that stands in a module of the package, by itself or in a table, for the tests of all of them."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import qmsr_lint
from qmsr_lint.expression import Expression


def expressions() -> dict[str, Expression | re.Pattern[Any]]:
    """The expressions by the names of their modules and their own; those in tables with their keys or numbers."""
    found: dict[str, Expression | re.Pattern[Any]] = {}
    for info in walk_packages(qmsr_lint.__path__, "qmsr_lint."):
        if info.name.endswith("__main__"):
            continue
        try:
            module = import_module(info.name)
        except ImportError:  # what an extra would be needed for
            continue
        for name, value in vars(module).items():
            for key, expression in _within(value):
                found.setdefault(f"{info.name.removeprefix('qmsr_lint.')}.{name}{key}", expression)
    return found


def _within(value: object, depth: int = 3) -> Iterator[tuple[str, Expression | re.Pattern[Any]]]:
    if isinstance(value, Expression | re.Pattern):
        yield "", value
    elif depth and isinstance(value, dict):
        for key, each in value.items():
            yield from ((f"[{key}]{rest}", expression) for rest, expression in _within(each, depth - 1))
    elif depth and isinstance(value, tuple | list):
        for number, each in enumerate(value):
            yield from ((f"[{number}]{rest}", expression) for rest, expression in _within(each, depth - 1))
