"""`check`: findings in documents, in any format."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

from qmsr_lint import __version__
from qmsr_lint.cli.files import check_files, protected, read_with
from qmsr_lint.cli.flags import fail_option, jobs_option, report_options, rule_options, scope_options
from qmsr_lint.cli.steps import (
    StandardError,
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
    with_history,
    writers_of,
)
from qmsr_lint.errors import UsageError
from qmsr_lint.output import IDENTIFYING, LOG_OUTPUTS, PROFILING, RunInfo, sink

if TYPE_CHECKING:
    from qmsr_lint.baseline import Baseline
    from qmsr_lint.history import History
    from qmsr_lint.judge import Memory
    from qmsr_lint.output import Writer
    from qmsr_lint.rules import RuleSet
    from qmsr_lint.scope import Plan

_SAID = 100  # lines about a baseline
_LONGEST_SHARD = 40
_WORTH_A_CACHE = 16
"""Documents from which on a run uses the cache without being told to: below, its own cost is felt."""


class _Given(NamedTuple):
    """What the command line says."""

    paths: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    config: str | None
    isolated: bool
    exclude: tuple[str, ...]
    force_exclude: bool
    nlp: bool | None
    outputs: tuple[str, ...]
    show_suppressed: bool
    quiet: bool
    verbose: bool
    fail_on: str | None
    baseline: str | None
    write_baseline: str | None
    stdin_filename: str | None
    jobs: int | None
    cache_dir: str | None
    no_cache: bool
    gitignore: bool
    shard: str | None
    resume: str | None
    history: str | None


@click.command(short_help="Report legacy terms and outdated citations in documents.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@rule_options
@scope_options
@report_options
@fail_option
@click.option("--baseline", metavar="FILE", help="Findings of this file are known: suppressed, and counted.")
@click.option("--write-baseline", metavar="FILE", help="Write the findings of this run to a baseline file.")
@click.option("--stdin-filename", metavar="NAME", help="The file name of the document given as '-'.")
@jobs_option
@click.option("--cache-dir", metavar="DIR", help="Keep results here (default: the user's cache, for larger runs).")
@click.option("--no-cache", is_flag=True, help="Neither keep nor use results of earlier runs.")
@click.option("--gitignore", is_flag=True, help="Leave out what .gitignore files name.")
@click.option("--shard", metavar="K/N", help="Check the K-th of N parts; a document is always in the same part.")
@click.option("--resume", metavar="FILE", help="Check what has changed since this result of `-o jsonl=FILE`.")
@click.option(
    "--history", metavar="FILE", help="Append the counts of this run to a file (SQLite); HTML draws the trend."
)
@reports_errors
def check(**flags: Any) -> None:
    """Report legacy terms and outdated citations in Word and Markdown documents.

    PATH is a file, a folder (default: the current one) or "-" for standard input.
    """
    from qmsr_lint import bypath, inforce, sweep
    from qmsr_lint.judge import Judge

    given = _Given(**flags)
    targets = targets_of(given.outputs)
    reports = {name for name, _ in targets}
    configs = configs_of(flags)
    whole = plan_of(given.paths, given.stdin_filename, configs, given.exclude, given.force_exclude, given.gitignore)
    if not whole.sources:
        raise nothing_to("check", given.paths, whole.excluded)
    plan, shard = _part(whole, given.shard)
    plan = protected(plan, [file for _, file in targets] + [given.write_baseline])
    root = configs.of(os.getcwd())
    summary_file = os.environ.get("GITHUB_STEP_SUMMARY") if "github" in reports else None
    read = [given.baseline, given.resume, *read_with([root, *plan.configs])]
    check_files(targets, read, baseline=given.write_baseline, history=given.history, summary=summary_file)
    rulesets = [inforce.load_rules(each) for each in plan.configs]
    baseline = _baseline(given.baseline, given.write_baseline)
    if given.verbose:
        say_plan(plan)
    identify = not reports.isdisjoint(IDENTIFYING)
    memory = _memory(given, plan, rulesets, identify)
    hashed = not reports <= LOG_OUTPUTS or any((memory, baseline is not None, given.history, summary_file))
    run = _run_info(given, plan, rulesets, shard, hashed)._replace(baseline=baseline is not None)
    profile = not reports.isdisjoint(PROFILING) and any(rule.kind == "gap" for rule in run.rules)
    if profile:
        run = run._replace(types=_type_names(rulesets))
    judge = Judge(
        plan.configs, tuple(rulesets), identify=identify, memory=tuple(memory), profile=profile, hashed=hashed
    )
    run, history = with_history(run, given.history)
    with ExitStack() as files:
        writers = [*writers_of(files, targets, run), StandardError(targets, given.quiet)]
        writers += [history] if history is not None else []
        writers += _beside(run, summary_file)
        outcome = sweep.run(
            plan,
            judge,
            writers,
            baseline=baseline,
            report=say if given.verbose else None,
            place=bypath.placer([root, *plan.configs]),
            jobs=given.jobs or sweep.useful_jobs(len(plan.sources)),
        )
        if not outcome.interrupted:
            _keep(run, history, baseline)
        sys.stdout.flush()
    if not given.quiet:
        say_passed_over(plan)
    if outcome.interrupted:
        say_interrupted(outcome, plan)
    elif whole.matches_nothing:
        raise nothing_to("check", given.paths, whole.excluded)
    sys.exit(outcome.exit_code)


def _part(plan: "Plan", shard: str | None) -> "tuple[Plan, str]":
    """The part of a plan that is asked for, and its name, as in "2/8"; all of it, without a name, where none is."""
    if shard is None:
        return plan, ""
    if len(shard) > _LONGEST_SHARD:
        raise UsageError(f"--shard {shard[:_LONGEST_SHARD]}...: write K/N with K from 1 to N, as in 2/5")
    number, slash, parts = shard.partition("/")
    if not (slash and number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
        raise UsageError(f"--shard {shard}: write K/N with K from 1 to N, as in 2/5")
    return plan.shard(int(number), int(parts)), f"{int(number)}/{int(parts)}"


def _run_info(given: _Given, plan: "Plan", rulesets: "Sequence[RuleSet]", shard: str, hashed: bool) -> RunInfo:
    """What the reports may know about the run; `hashed` tells whether one of them names the rules by their hash."""
    rules = in_force(rulesets)
    levels = {config.fail_on for config in plan.configs}
    return run_info(
        rulesets,
        hashed=hashed,
        show_suppressed=given.show_suppressed,
        quiet=given.quiet,
        rules=rules,
        shard=shard,
        planned=len(plan.sources),
        fail_on=levels.pop() if len(levels) == 1 else "",
        rule_ids=tuple(rule.id for rule in rules),
        typed=_typed(plan),
    )


def _beside(run: RunInfo, summary_file: str | None) -> Iterator["Writer"]:
    """What is written beside the reports: the summary of a job, and how far a long run is."""
    if summary_file:
        from qmsr_lint.output.jobsummary import JobSummary

        yield JobSummary(run, summary_file)
    if sys.stderr.isatty() and not sys.stdout.isatty() and not run.quiet:
        from qmsr_lint.progress import Progress

        yield Progress(run.planned, sys.stderr)


def _keep(run: RunInfo, history: "History | None", baseline: "Baseline | None") -> None:
    """Write what a run that came to its end leaves for later ones, and say what a baseline gains and loses."""
    if history is not None:
        history.append(run.day, run.version, run.judged_by)
    if baseline is None:
        return
    if baseline.recording:
        with sink.open_file(str(baseline.file)) as file:
            file.write(baseline.text())
    _say_baseline(baseline)


def _type_names(rulesets: Sequence["RuleSet"]) -> dict[str, str]:
    return {name: entry["name"] for name, entry in rulesets[0].facts["document_types"]["types"].items()}


def _typed(plan: "Plan") -> str:
    """A hash of the types that the configurations give documents; empty where they give none."""
    types = sorted({config.types for config in plan.configs if config.types})
    if not types:
        return ""
    from hashlib import sha256

    return sha256(repr(types).encode(errors="surrogatepass")).hexdigest()


def _memory(given: _Given, plan: "Plan", rulesets: "Sequence[RuleSet]", identify: bool) -> "list[Memory]":
    """Where results of earlier runs are looked up."""
    memory = [] if given.resume is None else [_earlier(given.resume, plan, rulesets, identify)]
    return memory if given.no_cache else memory + _cache(given.cache_dir, plan, rulesets, identify)


def _earlier(file: str, plan: "Plan", rulesets: "Sequence[RuleSet]", identify: bool) -> "Memory":
    from qmsr_lint.records import Earlier

    if identify:
        raise UsageError(
            f"--resume {file}: does not say which number and title the documents show, which "
            f"{', '.join(sorted(IDENTIFYING))} need; write -o jsonl=FILE, then `qmsr-lint merge FILE`, or use the cache"
        )
    if len({ruleset.sha256 for ruleset in rulesets}) > 1:
        raise UsageError(f"--resume {file}: the folders have different rules; use the cache, or resume each apart")
    return Earlier(file, rulesets[0].sha256, __version__, _typed(plan))


def _cache(folder: str | None, plan: "Plan", rulesets: "Sequence[RuleSet]", identify: bool) -> "list[Memory]":
    if folder is None and len(plan.sources) < _WORTH_A_CACHE:
        return []
    from qmsr_lint import cache
    from qmsr_lint.clock import today

    digests, limits = [ruleset.sha256 for ruleset in rulesets], [config.limits for config in plan.configs]
    by_name = [any(rule.kind == "gap" for rule in ruleset.rules.values()) for ruleset in rulesets]
    found = cache.open_cache(folder, digests, limits, by_name, identify, today())
    return [found] if found else []


def _baseline(baseline: str | None, write_baseline: str | None) -> "Baseline | None":
    if baseline is None and write_baseline is None:
        return None
    from pathlib import Path

    from qmsr_lint.baseline import Baseline, read

    if baseline is not None and write_baseline is not None:
        raise UsageError("--baseline and --write-baseline exclude each other: a new baseline holds every live finding")
    if write_baseline is None:
        file = Path(cast(str, baseline))
        return Baseline(file, read(file))
    file = Path(write_baseline)
    return Baseline(file, read(file, "--write-baseline") if file.exists() else {}, recording=True)


def _say_baseline(baseline: "Baseline") -> None:
    """Say what a baseline gains and loses, however quiet the run: it decides what nobody will be told again."""
    changes = list(baseline.changes())
    for line in changes[:_SAID]:
        say(" ".join(line.splitlines()))  # the name of a file may hold breaks
    if len(changes) > _SAID:
        say(f"baseline {baseline.file.name}: and {len(changes) - _SAID} more changes like these")
