"""The flags that several commands have, in groups."""

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

import click

from qmsr_lint.model import FAIL_ON
from qmsr_lint.output import OUTPUTS

Command = TypeVar("Command", bound=Callable[..., Any])


def _words(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Ids given one by one or with commas between them."""
    return tuple(word for value in values for word in (part.strip() for part in value.split(",")) if word)


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    return lambda command: reduce(lambda done, option: option(done), reversed(options), command)


rule_options = _options(
    click.option(
        "--select",
        metavar="IDS",
        multiple=True,
        callback=_words,
        help="Use these rules only: ids, families or prefixes (term-dhf, claim), with commas between them.",
    ),
    click.option("--ignore", metavar="IDS", multiple=True, callback=_words, help="Do not use these rules."),
    click.option("--config", metavar="FILE", help="Use this configuration file for every document."),
    click.option("--isolated", is_flag=True, help="Use no configuration file."),
    click.option("--nlp/--no-nlp", default=None, help="Use the language rules (they need the extra [nlp])."),
)
scope_options = _options(
    click.option("--exclude", metavar="GLOB", multiple=True, help="Leave out what matches, as in .gitignore."),
    click.option("--force-exclude", is_flag=True, help="Leave out excluded files even when they are given by name."),
)
report_options = _options(
    click.option(
        "-o",
        "--output",
        "outputs",
        metavar="FORMAT[=FILE]",
        multiple=True,
        help=f"Write this format ({', '.join(OUTPUTS)}), to a file if one is named. May be repeated.",
    ),
    click.option("--show-suppressed", is_flag=True, help="Show suppressed findings in text and concise as well."),
    click.option("-q", "--quiet", is_flag=True, help="Findings and errors only: no counts, no notes."),
    click.option("-v", "--verbose", is_flag=True, help="Say what is used and left out; print internal errors whole."),
)
jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1),
    help="Work in N processes (default: one, and for many documents up to one for each processor).",
)
fail_option = click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="The lowest severity that makes the exit code 1 (default: warning).",
)
