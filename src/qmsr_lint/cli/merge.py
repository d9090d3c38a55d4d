"""`merge`: the parts of a sweep as one."""

import sys
from contextlib import ExitStack

import click

from qmsr_lint.cli.files import check_files, file_id
from qmsr_lint.cli.flags import fail_option, report_options
from qmsr_lint.cli.steps import StandardError, reports_errors, targets_of, writers_of
from qmsr_lint.errors import UsageError
from qmsr_lint.output import RunInfo


@click.command()
@click.argument("results", metavar="RESULTS...", nargs=-1, required=True)
@report_options
@fail_option
@reports_errors
def merge(
    results: tuple[str, ...],
    outputs: tuple[str, ...],
    show_suppressed: bool,
    quiet: bool,
    verbose: bool,
    fail_on: str | None,
) -> None:
    """Join the parts of a sweep, and write them in any format.

    RESULTS are files that `check -o jsonl=FILE` wrote, one for each --shard. The exit code is that of `check`, at the
    level it was run with; where folders have levels of their own, it is that of `warning`.
    """
    from qmsr_lint import records, rules, shipped, sweep

    targets = targets_of(outputs)
    files = list(dict.fromkeys(results))
    taken = {file_id(file) for file in files} - {None}
    if wrong := next((file for _, file in targets if file and file_id(file) in taken), None):
        raise UsageError(f"{wrong}: is one of the results and would be overwritten; name another file")
    check_files(targets, files)
    end = records.endings(files, fail_on)
    # The parts may be of any market, and of a run with language rules.
    known = {rule.id: rule for rule, _ in shipped.load().rules(gap=True)} if end.rules else rules.load().rules
    run = RunInfo(
        end.version,
        end.rules_version,
        end.rules_sha256,
        show_suppressed,
        quiet=quiet,
        rules=tuple(known[name] for name in sorted(known) if not end.rules or name in end.rules),
        fail_on=end.fail_on,
        rule_ids=end.rules,
    )
    with ExitStack() as stack:
        writers = writers_of(stack, targets, run)
        writers.append(StandardError(targets, quiet))
        outcome = sweep.pushed(records.merged(files), writers, end.fail_on or "warning")
        if outcome.summary != end.summary and not outcome.interrupted:
            raise UsageError("merge: the counts at the end of the files are not those of their lines")
        sys.stdout.flush()
    sys.exit(outcome.exit_code)
