"""`check`: findings in documents, in any format."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, cast

import click

from qmsr_lint import __version__
from qmsr_lint.cli.flags import fail_option, jobs_option, report_options, rule_options, scope_options
from qmsr_lint.cli.steps import (
    StandardError,
    check_files,
    digest,
    in_force,
    nothing_to,
    plan_of,
    protected,
    read_with,
    reports_errors,
    say,
    say_plan,
    targets_of,
    with_history,
    writers_of,
)
from qmsr_lint.errors import UsageError
from qmsr_lint.output import IDENTIFYING, LOG_OUTPUTS, RunInfo, sink

if TYPE_CHECKING:
    from qmsr_lint.baseline import Baseline
    from qmsr_lint.judge import Memory
    from qmsr_lint.output import Writer
    from qmsr_lint.rules import RuleSet
    from qmsr_lint.scope import Plan

_SAID = 100  # lines about a baseline
_LONGEST_SHARD = 40
_WORTH_A_CACHE = 16
"""Documents from which on a run uses the cache without being told to: below, its own cost is felt."""
_PROFILING = ("html", "xlsx")
"""The reports that show how complete each document is."""


@click.command()
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
def check(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config: str | None,
    isolated: bool,
    exclude: tuple[str, ...],
    force_exclude: bool,
    nlp: bool | None,
    outputs: tuple[str, ...],
    show_suppressed: bool,
    quiet: bool,
    verbose: bool,
    fail_on: str | None,
    baseline: str | None,
    write_baseline: str | None,
    stdin_filename: str | None,
    jobs: int | None,
    cache_dir: str | None,
    no_cache: bool,
    gitignore: bool,
    shard: str | None,
    resume: str | None,
    history: str | None,
) -> None:
    """Report legacy terms and outdated citations in Word and Markdown documents.

    PATH is a file, a folder (default: the current one) or "-" for standard input.
    """
    from qmsr_lint import bypath, inforce, sweep
    from qmsr_lint.config import Configs, Flags

    targets = targets_of(outputs)
    reports = {name for name, _ in targets}
    configs = Configs(Flags(config, isolated, select, ignore, fail_on, nlp))
    plan = plan_of(paths, stdin_filename, configs, exclude, force_exclude, gitignore)
    if not plan.sources:
        raise nothing_to("check", paths, plan.excluded)
    matches_nothing = plan.matches_nothing
    if shard is not None:
        part, parts = _shard(shard)
        plan, shard = plan.shard(part, parts), f"{part}/{parts}"
    plan = protected(plan, [file for _, file in targets] + [write_baseline])
    summary_file = os.environ.get("GITHUB_STEP_SUMMARY") if "github" in reports else None
    read = [baseline, resume, *read_with([configs.of(os.getcwd()), *plan.configs])]
    check_files(targets, read, baseline=write_baseline, history=history, summary=summary_file)
    rulesets = [inforce.load_rules(each) for each in plan.configs]
    known = _baseline(baseline, write_baseline)
    if verbose:
        say_plan(plan)
    identify = not reports.isdisjoint(IDENTIFYING)
    memory = [] if resume is None else [_earlier(resume, plan, rulesets, identify)]
    if not no_cache:
        memory += _cache(cache_dir, plan, rulesets, identify)
    hashed = not reports <= LOG_OUTPUTS or any((memory, known is not None, history, summary_file))
    run = _run_info(plan, rulesets, show_suppressed=show_suppressed, quiet=quiet, shard=shard or "", hashed=hashed)
    profile = not reports.isdisjoint(_PROFILING) and any(rule.kind == "gap" for rule in run.rules)
    if profile:
        run = run._replace(types=_type_names(rulesets))
    run, counted = with_history(run._replace(baseline=known is not None), history)
    with ExitStack() as files:
        writers = [*writers_of(files, targets, run), StandardError(targets, quiet)]
        writers += [counted] if counted is not None else []
        writers += _beside(run, summary_file)
        place = bypath.placer([configs.of(os.getcwd()), *plan.configs])
        crashed = say if verbose else None
        jobs = jobs or sweep.useful_jobs(len(plan.sources))
        outcome = sweep.run(plan, rulesets, writers, known, crashed, identify, jobs, memory, profile, place, hashed)
        if not outcome.interrupted:
            if counted is not None:
                counted.append(run.day, run.version, run.judged_by)
            _keep(known)
        sys.stdout.flush()
    if not quiet and plan.passed_over:
        kinds = ", ".join(f"{number} {suffix}" for suffix, number in sorted(plan.passed_over.items()))
        say(f"note: passed over, because they cannot be read: {kinds}; name a file to see the reason")
    if outcome.interrupted:
        say(f"interrupted after {outcome.summary.documents} of {len(plan.sources)} documents")
    elif matches_nothing:
        raise nothing_to("check", paths, plan.excluded)
    sys.exit(outcome.exit_code)


def _run_info(
    plan: "Plan", rulesets: Sequence["RuleSet"], *, show_suppressed: bool, quiet: bool, shard: str, hashed: bool
) -> RunInfo:
    """What the reports may know about the run; `hashed` tells whether one of them names the rules by their hash."""
    rules = in_force(rulesets)
    levels = {config.fail_on for config in plan.configs}
    return RunInfo(
        __version__,
        rulesets[0].version,
        digest(rulesets) if hashed else "",
        show_suppressed,
        quiet=quiet,
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


def _keep(known: "Baseline | None") -> None:
    """Write a baseline that is recorded, and say what it gains and loses."""
    if known is None:
        return
    if known.recording:
        with sink.open_file(str(known.file)) as file:
            file.write(known.text())
    _say_baseline(known)


def _type_names(rulesets: Sequence["RuleSet"]) -> dict[str, str]:
    return {name: entry["name"] for name, entry in rulesets[0].facts["document_types"]["types"].items()}


def _shard(shard: str) -> tuple[int, int]:
    part, slash, parts = shard.partition("/")
    if len(shard) > _LONGEST_SHARD:
        raise UsageError(f"--shard {shard[:_LONGEST_SHARD]}...: write K/N with K from 1 to N, as in 2/5")
    if not (slash and part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise UsageError(f"--shard {shard}: write K/N with K from 1 to N, as in 2/5")
    return int(part), int(parts)


def _typed(plan: "Plan") -> str:
    """A hash of the types that the configurations give documents; empty where they give none."""
    types = sorted({config.types for config in plan.configs if config.types})
    if not types:
        return ""
    from hashlib import sha256

    return sha256(repr(types).encode(errors="surrogatepass")).hexdigest()


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
