"""`readiness`: the checklist of a transition, from the documents themselves."""

import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from qmsr_lint.cli.files import check_files, protected, read_with
from qmsr_lint.cli.flags import fail_option, jobs_option, rule_options, scope_options
from qmsr_lint.cli.steps import (
    StandardError,
    configs_of,
    nothing_to,
    plan_of,
    reports_errors,
    run_info,
    say,
    say_interrupted,
    say_passed_over,
    targets_of,
    with_history,
)
from qmsr_lint.model import MARKETS
from qmsr_lint.output import sink

if TYPE_CHECKING:
    from qmsr_lint.output import Writer


@click.command(short_help="Draw up the checklist of a QMSR transition.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@rule_options
@scope_options
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FORMAT[=FILE]",
    multiple=True,
    help="Write this format (text, json, html, docx), to a file if one is named. May be repeated.",
)
@fail_option
@click.option("--market", type=click.Choice(MARKETS), help="The market to judge for (default: us).")
@jobs_option
@click.option("--history", metavar="FILE", help="Append the counts of this run to a file (SQLite), and draw the trend.")
@click.option("-q", "--quiet", is_flag=True, help="No counts on standard error.")
@click.option("-v", "--verbose", is_flag=True, help="Print internal errors whole.")
@reports_errors
def readiness(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    market: str | None,
    jobs: int | None,
    history: str | None,
    quiet: bool,
    verbose: bool,
    **flags: Any,
) -> None:
    """Draw up the checklist of a QMSR transition from the documents themselves.

    PATH is a file or a folder (default: the current one). Each line has its evidence, its open findings and a figure.
    """
    from qmsr_lint import assess, inforce, sweep
    from qmsr_lint.output.readiness import RENDERERS

    targets = targets_of(outputs, RENDERERS)
    configs = configs_of(flags)
    plan = assess.prepared(plan_of(paths, None, configs, flags["exclude"], flags["force_exclude"]), market)
    plan = protected(plan, [file for _, file in targets])
    root = configs.of(os.getcwd())
    check_files(targets, read_with([root, *plan.configs]), history=history)
    if plan.matches_nothing:
        raise nothing_to("check", paths, plan.excluded)
    rulesets = [inforce.load_rules(each) for each in plan.configs]
    run, counted = with_history(run_info(rulesets, quiet=quiet), history)
    writers: list[Writer] = [StandardError(targets, quiet)]
    writers += [counted] if counted is not None else []
    jobs = jobs or sweep.useful_jobs(len(plan.sources))
    report, outcome = assess.assess(plan, root, rulesets, writers, say if verbose else None, jobs)
    if not quiet:
        say_passed_over(plan)
    if outcome.interrupted:
        say_interrupted(outcome, plan)
        sys.exit(outcome.exit_code)
    for name, file in targets:
        with ExitStack() as files:
            target = files.enter_context(sink.open_file(file)) if file is not None else sink.standard_output()
            target.buffer.write(RENDERERS[name](report, run))
            target.flush()
    if counted is not None:
        counted.append(run.day, run.version, run.judged_by)
    sys.exit(outcome.exit_code)
