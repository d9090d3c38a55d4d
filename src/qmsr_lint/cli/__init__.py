"""The command line: flags in, an exit code out. Each command is a module, and a line in `COMMANDS`.

Exit codes: 0 clean, 1 findings at or above `--fail-on`, 2 not everything could be judged or the usage is wrong,
130 interrupted. Findings go to standard output, everything else to standard error.
"""

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, cast

import click

from qmsr_lint import __version__

COMMANDS = ("check", "explain", "fix", "merge", "readiness", "rules")
"""The commands: each is a function in the module of its name, which is imported when it is called."""


class _Commands(Mapping[str, click.Command]):
    """The commands by name; none is imported before it is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        if name not in COMMANDS:
            raise KeyError(name)
        return cast(click.Command, getattr(import_module(f"qmsr_lint.cli.{name}"), name))

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Program(click.Group):
    """The command line: where help or version cannot be printed, this is told as the errors of commands are."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run it."""
        try:
            return super().main(*arguments, **settings)
        except OSError as error:
            from qmsr_lint.cli.steps import print_to_nobody, say

            print_to_nobody()
            say(f"error: standard output: {error.strerror or error}")
            sys.exit(2)


@click.group(cls=_Program, commands=cast(Any, _Commands()), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qmsr-lint", message="%(prog)s %(version)s")
def main() -> None:
    """Find what procedures still say in the language of the old Quality System Regulation, and what the QMSR calls it.

    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 not everything could be judged.
    """
