"""`fix`: documents migrated, as redlines and edits."""

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from qmsr_lint.cli.files import check_files, protected, read_with
from qmsr_lint.cli.flags import report_options, rule_options, scope_options
from qmsr_lint.cli.steps import (
    configs_of,
    in_force,
    nothing_to,
    plan_of,
    reports_errors,
    run_info,
    say,
    say_interrupted,
    say_passed_over,
    say_plan,
    targets_of,
    writers_of,
)
from qmsr_lint.errors import UsageError
from qmsr_lint.output import IDENTIFYING, sink

if TYPE_CHECKING:
    from qmsr_lint.fix import Options


@click.command(short_help="Write redlines of Word files, and edit Markdown files.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@rule_options
@scope_options
@click.option("--unsafe", is_flag=True, help="Make the fixes that need a reader's judgement as well.")
@click.option("--comments", "comments_only", is_flag=True, help="Add comments to Word files and change nothing.")
@click.option("--diff", is_flag=True, help="Print what would change as a unified diff and write nothing.")
@click.option("--output-dir", metavar="DIR", help="Write the new files here, not beside the originals.")
@click.option("--in-place", is_flag=True, help="Write the tracked changes into the Word files themselves.")
@click.option("--author", metavar="NAME", default="qmsr-lint", help="Whose the tracked changes are.")
@click.option("--date", metavar="DATE", help="When they were made (default: SOURCE_DATE_EPOCH, else now).")
@click.option("--gitignore", is_flag=True, help="Leave out what .gitignore files name.")
@report_options
@reports_errors
def fix(paths: tuple[str, ...], outputs: tuple[str, ...], quiet: bool, verbose: bool, **flags: Any) -> None:
    """Migrate documents: Word files get a redline with tracked changes and comments, Markdown files are edited.

    Without --unsafe only safe fixes are made. Text and json report the changes, every other format the findings as they
    were. Exit codes: 0 nothing is left to a person, 1 something is, 2 a document could not be processed.
    """
    from qmsr_lint import fix as fixing
    from qmsr_lint import inforce, sweep
    from qmsr_lint.fixreport import DiffReport, open_report
    from qmsr_lint.judge import Judge

    options = fixing.Options(
        fixing.moment(flags["date"]),
        flags["unsafe"],
        flags["comments_only"],
        flags["diff"],
        flags["in_place"],
        flags["output_dir"],
        flags["author"],
    )
    options.check()
    if "-" in paths:
        raise UsageError("'-': fix writes files and cannot fix standard input")
    targets = targets_of(outputs)
    if options.diff and (wrong := next((name for name, file in targets if name != "text" and not file), "")):
        raise UsageError(f"--output {wrong}: would mix with the diff on standard output; write -o {wrong}=FILE")
    plan = plan_of(paths, None, configs_of(flags), flags["exclude"], flags["force_exclude"], flags["gitignore"])
    if not plan.sources:
        raise nothing_to("fix", paths, plan.excluded)
    plan = fixing.without_redlines(plan, paths, options.folder)
    plan = protected(plan, [file for _, file in targets])
    check_files(targets, read_with(plan.configs))
    rulesets = [inforce.load_rules(each) for each in plan.configs]
    if verbose:
        say_plan(plan)
    run = run_info(
        rulesets,
        show_suppressed=flags["show_suppressed"],
        quiet=quiet,
        rules=in_force(rulesets),
        planned=len(plan.sources),
        written=_written(options),
    )
    reports: list[Any] = []
    fixer = fixing.Fixer(plan, rulesets, paths or (".",), options, reports)
    fixer.check_reports([file for _, file in targets if file])
    judge = Judge(plan.configs, tuple(rulesets), identify=any(name in IDENTIFYING for name, _ in targets))
    with ExitStack() as files:
        stdout = sink.standard_output()
        findings = writers_of(files, [target for target in targets if target[0] not in ("text", "json")], run)
        reports += [
            open_report(name, run, files.enter_context(sink.open_file(file)) if file else stdout)
            for name, file in targets
            if name in ("text", "json") and (file or not options.diff)
        ]
        if options.diff:
            reports += [DiffReport(stdout), open_report("text", run, sys.stderr)]
        elif not any(name == "text" and file is None for name, file in targets):
            reports.append(open_report("text", run._replace(quiet=True), sys.stderr))
        outcome = sweep.run(plan, judge, [fixer, *findings], report=say if verbose else None)
        sys.stdout.flush()
    if not quiet:
        say_passed_over(plan)
    if outcome.interrupted:
        say_interrupted(outcome, plan)
        sys.exit(outcome.exit_code)
    if plan.matches_nothing:
        raise nothing_to("fix", paths, plan.excluded)
    sys.exit(fixer.exit_code)


def _written(options: "Options") -> str:
    """What a run with these options does to documents, for the reports on their findings."""
    marks = "comments" if options.comments_only else "tracked changes and comments"
    if options.diff:
        return ""
    if options.folder is not None:
        word = f"For documents in which something was to do, new versions with {marks} were written to another folder; "
        return f"{word}the documents themselves were not changed. The findings are those before it."
    markdown = "" if options.comments_only else " Markdown files were edited where they are."
    if options.in_place:
        word = f"Word files in which something was to do were changed in place, with {marks}."
    else:
        word = f"Word files were not changed: copies with {marks} were written beside them."
    return f"{word}{markdown} The findings are those before it."
