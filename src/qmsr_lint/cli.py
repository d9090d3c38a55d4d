"""The command line: flags in, an exit code out.

Exit codes: 0 clean, 1 findings at or above `--fail-on`, 2 not everything could be judged or the usage is wrong,
130 interrupted. Findings go to standard output, everything else to standard error.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import reduce, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from qmsr_lint import __version__
from qmsr_lint.errors import QmsrLintError, UsageError
from qmsr_lint.output import (
    IDENTIFYING,
    LOG_OUTPUTS,
    OUTPUTS,
    PACKAGES,
    RunInfo,
    open_writer,
    plural,
    safe,
    sink,
    status_line,
)

if TYPE_CHECKING:
    from qmsr_lint.baseline import Baseline
    from qmsr_lint.config import Config, Configs
    from qmsr_lint.history import History
    from qmsr_lint.model import DocumentResult, Summary
    from qmsr_lint.output import Writer
    from qmsr_lint.rules import RuleSet
    from qmsr_lint.scope import Plan
    from qmsr_lint.sweep import Memory

Command = TypeVar("Command", bound=Callable[..., Any])

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells give it."""

Target = tuple[str, str | None]
"""An output format, and its file or None for standard output."""
_SAID = 100  # lines about a baseline


_COLLECT_AFTER = 50_000
"""So many new objects make Python look for unused ones. At its own 700 a start looks through all modules many times."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qmsr-lint", message="%(prog)s %(version)s")
def main() -> None:
    """Find what procedures still say in the language of the old Quality System Regulation, and what the QMSR calls it.

    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 not everything could be judged.
    """
    gc.set_threshold(_COLLECT_AFTER)


def say(message: str) -> None:
    """Print to standard error, where document text and file names must not steer a terminal or a CI runner."""
    click.echo("\n".join(safe.log(safe.terminal(line)) for line in message.splitlines()), err=True)


def _reports_errors(command: Command) -> Command:
    """Turn our errors into a message on standard error and exit code 2."""

    @wraps(command)
    def wrapped(*arguments: Any, **flags: Any) -> Any:
        try:
            return command(*arguments, **flags)
        except QmsrLintError as error:
            say(f"error: {error}")
        except KeyboardInterrupt:
            say("interrupted")
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader has gone (`| head`): not everything was delivered. Flushing at exit must not raise once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        except OSError as error:
            say(f"error: {f'{error.filename}: ' if error.filename else 'standard output: '}{error.strerror or error}")
        except MemoryError:
            say("error: there is not enough memory for the results of this run: check fewer documents at once")
        except Exception as error:  # ours; the exit code of a traceback would say that there are findings
            from traceback import format_exc

            say(f"internal error: {type(error).__name__}: {error}\n{format_exc()}")
        sys.exit(2)

    return cast(Command, wrapped)


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
    click.option("--nlp/--no-nlp", default=None, help="Use a language model, where the extra [nlp] is installed."),
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


@main.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@rule_options
@scope_options
@report_options
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="The lowest severity that makes the exit code 1 (default: warning).",
)
@click.option("--baseline", metavar="FILE", help="Findings of this file are known: suppressed, and counted.")
@click.option("--write-baseline", metavar="FILE", help="Write the findings of this run to a baseline file.")
@click.option("--stdin-filename", metavar="NAME", help="The file name of the document given as '-'.")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Processes (default: as many as help).")
@click.option("--cache-dir", metavar="DIR", help="Keep results here (default: the user's cache, for larger runs).")
@click.option("--no-cache", is_flag=True, help="Neither keep nor use results of earlier runs.")
@click.option("--gitignore", is_flag=True, help="Leave out what .gitignore files name.")
@click.option("--shard", metavar="K/N", help="Check the K-th of N parts; a document is always in the same part.")
@click.option("--resume", metavar="FILE", help="Check what has changed since this result of `-o jsonl=FILE`.")
@click.option(
    "--history", metavar="FILE", help="Append the counts of this run to a file (SQLite); HTML draws the trend."
)
@_reports_errors
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
    from qmsr_lint import sweep
    from qmsr_lint.config import Configs, Flags

    targets = _targets(outputs)
    configs = Configs(Flags(config, isolated, select, ignore, fail_on, nlp))
    plan = _plan(paths, stdin_filename, configs, exclude, force_exclude, gitignore)
    matches_nothing = plan.matches_nothing
    if shard is not None:
        plan = _shard(plan, shard)
    plan = _protect(plan, [file for _, file in targets] + [write_baseline])
    rulesets = [sweep.load_rules(each) for each in plan.configs]
    known = _baseline(baseline, write_baseline)
    jobs = jobs or sweep.useful_jobs(len(plan.sources))
    if verbose:
        _say_plan(plan)
    by_id = {rule.id: rule for ruleset in rulesets for rule in ruleset.rules.values()}
    rules = tuple(by_id[name] for name in sorted(by_id))
    run = RunInfo(__version__, rulesets[0].version, _digest(rulesets), show_suppressed, quiet=quiet, rules=rules)
    run, counted = _history(run, history)
    profile = any(name in {"html", "xlsx"} for name, _ in targets) and any(rule.kind == "gap" for rule in rules)
    if profile:
        run = run._replace(types=_type_names(rulesets))
    identify = any(name in IDENTIFYING for name, _ in targets)
    memory: list[Memory] = []
    if resume is not None:
        memory.append(_earlier(resume, rulesets, identify))
    if not no_cache:
        memory += _cache(cache_dir, plan, rulesets, identify)
    with ExitStack() as files:
        writers = [_writer(files, name, file, run) for name, file in targets]
        writers.append(_StandardError(targets, quiet))
        writers += [counted] if counted is not None else []
        summary_file = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary_file and any(name == "github" for name, _ in targets):
            from qmsr_lint.output.jobsummary import JobSummary

            writers.append(JobSummary(run, summary_file))
        if sys.stderr.isatty() and not sys.stdout.isatty() and not quiet:
            from qmsr_lint.progress import Progress

            writers.append(Progress(len(plan.sources), sys.stderr))
        place = sweep.placer([configs.of(os.getcwd()), *plan.configs])
        crashed = say if verbose else None
        outcome = sweep.run(plan, rulesets, writers, known, crashed, identify, jobs, memory, profile, place)
        if counted is not None and not outcome.interrupted:
            counted.append(run.day, run.version, run.rules_sha256)
        if known is not None and not outcome.interrupted:
            _say_baseline(known)
            if known.recording:
                files.enter_context(sink.open_file(str(known.file))).write(known.text())
        sys.stdout.flush()
    if not quiet and plan.passed_over:
        kinds = ", ".join(f"{number} {suffix}" for suffix, number in sorted(plan.passed_over.items()))
        say(f"note: passed over, because they cannot be read: {kinds}; name a file to see the reason")
    if outcome.interrupted:
        say(f"interrupted after {outcome.summary.documents} of {len(plan.sources)} documents")
    elif matches_nothing:
        raise UsageError(f"no document to check under {', '.join(paths or ('.',))}; looked for {_suffixes()}")
    sys.exit(outcome.exit_code)


def _history(run: RunInfo, file: str | None) -> "tuple[RunInfo, History | None]":
    """The run with the points of earlier ones, and the writer that counts it; as it was without a history."""
    if file is None:
        return run, None
    from pathlib import Path

    from qmsr_lint.history import History, points
    from qmsr_lint.sweep import today

    return run._replace(day=today(), earlier=tuple(points(Path(file)))), History(Path(file))


def _type_names(rulesets: Sequence["RuleSet"]) -> dict[str, str]:
    return {name: entry["name"] for name, entry in rulesets[0].facts["document_types"]["types"].items()}


def _targets(outputs: Sequence[str]) -> list[Target]:
    """The outputs asked for. Raises UsageError for an unknown format or two that would mix in one place."""
    from qmsr_lint.errors import nearest

    targets: list[Target] = []
    for output in outputs or ("text",):
        name, equals, file = output.partition("=")
        if name not in OUTPUTS:
            raise UsageError(f"--output {output}: there is no format {name!r}{nearest(name, OUTPUTS)}")
        if equals and not file:
            raise UsageError(f"--output {output}: a file name is missing after '='")
        targets.append((name, file if file not in ("", "-") else None))
    package = next((name for name, file in targets if file is None and name in PACKAGES), None)
    if package and sys.stdout.isatty():
        raise UsageError(f"--output {package}: this is no text for a terminal; write -o {package}=FILE.{package}")
    files = [os.path.realpath(file) for _, file in targets if file]
    if twice := next((file for file in files if files.count(file) > 1), None):
        raise UsageError(f"--output: two outputs would write to {twice}")
    printed = [name for name, file in targets if file is None]
    if len(printed) > 1 and not LOG_OUTPUTS.issuperset(printed):
        data = next(name for name in printed if name not in LOG_OUTPUTS)
        raise UsageError(f"--output: {' and '.join(printed)} would mix on standard output; write -o {data}=FILE")
    return targets


def _plan(
    paths: Sequence[str],
    stdin_filename: str | None,
    configs: "Configs",
    exclude: Sequence[str],
    force_exclude: bool,
    gitignore: bool = False,
) -> "Plan":
    from qmsr_lint import scope

    if "-" not in paths:
        if stdin_filename is not None:
            raise UsageError("--stdin-filename is for a document on standard input: give '-' as the path")
        return scope.plan(paths or (".",), configs, exclude, force_exclude, gitignore)
    if len(paths) > 1:
        raise UsageError("'-' (standard input) cannot be checked together with other paths")
    if stdin_filename is None:
        raise UsageError("'-' needs --stdin-filename NAME: the suffix of NAME tells the format")
    return scope.stdin_plan(sys.stdin.buffer.read(), stdin_filename, configs, exclude, force_exclude)


def _shard(plan: "Plan", shard: str) -> "Plan":
    part, slash, parts = shard.partition("/")
    if not (slash and part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise UsageError(f"--shard {shard}: write K/N with K from 1 to N, as in 2/5")
    return plan.shard(int(part), int(parts))


def _earlier(file: str, rulesets: "Sequence[RuleSet]", identify: bool) -> "Memory":
    from qmsr_lint.records import Earlier

    if identify:
        raise UsageError(
            f"--resume {file}: does not say which number and title the documents show, which "
            f"{', '.join(sorted(IDENTIFYING))} need; write -o jsonl=FILE, then `qmsr-lint merge FILE`, or use the cache"
        )
    if len({ruleset.sha256 for ruleset in rulesets}) > 1:
        raise UsageError(f"--resume {file}: the folders have different rules; use the cache, or resume each apart")
    return Earlier(file, rulesets[0].sha256, __version__)


def _cache(folder: str | None, plan: "Plan", rulesets: "Sequence[RuleSet]", identify: bool) -> "list[Memory]":
    from qmsr_lint import cache, sweep

    if folder is None and len(plan.sources) < cache.WORTH_IT:
        return []
    digests, limits = [ruleset.sha256 for ruleset in rulesets], [config.limits for config in plan.configs]
    found = cache.open_cache(folder, digests, limits, identify, sweep.today())
    return [found] if found else []


def _protect(plan: "Plan", files: Sequence[str | None]) -> "Plan":
    """The plan without reports of an earlier run that this one replaces.

    Raises UsageError where an output would overwrite a document.
    """
    outputs = {_file_id(file): file for file in files if file and os.path.exists(file)}
    replaced = set()
    for source in plan.sources if outputs else ():
        if file := outputs.get(_file_id(source.path)):
            from qmsr_lint.output.own import is_report

            if not is_report(source.path):
                raise UsageError(f"{file}: is a document to be checked and would be overwritten; name another file")
            replaced.add(source.path)
    kept = tuple(source for source in plan.sources if source.path not in replaced)
    return plan._replace(sources=kept) if replaced else plan


def _file_id(path: str) -> tuple[int, int] | None:
    """What two names of one file have in common; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


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
        say(line)
    if len(changes) > _SAID:
        say(f"baseline {baseline.file.name}: and {len(changes) - _SAID} more changes like these")


def _writer(files: ExitStack, name: str, file: str | None, run: RunInfo) -> "Writer":
    if file is not None:
        return open_writer(name, run, files.enter_context(sink.open_file(file)))
    stdout = sink.standard_output()
    return open_writer(name, run._replace(color=sink.color_wanted(stdout), width=sink.width(stdout)), stdout)


class _StandardError:
    """A writer of what standard output does not show: documents that were not judged, and the counts."""

    def __init__(self, targets: Sequence[Target], quiet: bool) -> None:
        printed = {name for name, file in targets if file is None}
        self.documents = not printed & LOG_OUTPUTS
        self.counts = "text" not in printed and not quiet

    def document(self, result: "DocumentResult") -> None:
        if self.documents and result.status != "checked":
            say(f"{result.path}: {result.status}: {result.error}")

    def finish(self, summary: "Summary") -> None:
        if self.counts:
            say(status_line(summary))


def _say_plan(plan: "Plan") -> None:
    for number, config in enumerate(plan.configs):
        used = sum(source.config == number for source in plan.sources)
        say(f"configuration: {config.origin} ({used} files)")
    if plan.excluded:
        say(f"excluded by patterns: {plan.excluded} files")


def _digest(rulesets: Sequence["RuleSet"]) -> str:
    """The hash of the rules of a run; where configurations differ, the hash of all their hashes."""
    digests = sorted({ruleset.sha256 for ruleset in rulesets})
    if len(digests) == 1:
        return digests[0]
    from hashlib import sha256

    return sha256("\n".join(digests).encode()).hexdigest()


def _suffixes() -> str:
    from qmsr_lint.formats import FORMATS

    return ", ".join(FORMATS)


@main.command()
@click.argument("results", metavar="RESULTS...", nargs=-1, required=True)
@report_options
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="warning",
    help="The lowest severity that makes the exit code 1 (default: warning).",
)
@_reports_errors
def merge(
    results: tuple[str, ...], outputs: tuple[str, ...], show_suppressed: bool, quiet: bool, verbose: bool, fail_on: str
) -> None:
    """Join the parts of a sweep, and write them in any format.

    RESULTS are files that `check -o jsonl=FILE` wrote, one for each --shard. The exit code is that of `check`.
    """
    from qmsr_lint import records, rules, sweep

    targets = _targets(outputs)
    files = list(dict.fromkeys(results))
    if wrong := next((file for _, file in targets if file and _file_id(file) in map(_file_id, files)), None):
        raise UsageError(f"{wrong}: is one of the results and would be overwritten; name another file")
    end = records.endings(files)
    shipped = tuple(sorted(rules.load().rules.values(), key=lambda rule: rule.id))
    run = RunInfo(end.version, end.rules_version, end.rules_sha256, show_suppressed, quiet=quiet, rules=shipped)
    with ExitStack() as stack:
        writers = [_writer(stack, name, file, run) for name, file in targets]
        writers.append(_StandardError(targets, quiet))
        outcome = sweep.pushed(records.merged(files), writers, fail_on)
        if outcome.summary != end.summary and not outcome.interrupted:
            raise UsageError("merge: the counts at the end of the files are not those of their lines")
        sys.stdout.flush()
    sys.exit(outcome.exit_code)


@main.command()
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
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="The lowest severity that makes the exit code 1 (default: warning).",
)
@click.option("--market", type=click.Choice(["us", "eu", "dual"]), help="The market to judge for (default: us).")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Processes (default: as many as help).")
@click.option("--history", metavar="FILE", help="Append the counts of this run to a file (SQLite), and draw the trend.")
@click.option("-q", "--quiet", is_flag=True, help="No counts on standard error.")
@click.option("-v", "--verbose", is_flag=True, help="Print internal errors whole.")
@_reports_errors
def readiness(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config: str | None,
    isolated: bool,
    exclude: tuple[str, ...],
    force_exclude: bool,
    nlp: bool | None,
    outputs: tuple[str, ...],
    fail_on: str | None,
    market: str | None,
    jobs: int | None,
    history: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Draw up the checklist of a QMSR transition from the documents themselves.

    PATH is a file or a folder (default: the current one). Each line has its evidence, its open findings and a figure.
    """
    from qmsr_lint import assess, sweep
    from qmsr_lint.config import Configs, Flags
    from qmsr_lint.output.readiness import RENDERERS

    targets = _targets(outputs)
    if wrong := next((name for name, _ in targets if name not in RENDERERS), None):
        raise UsageError(f"--output {wrong}: the checklist is written as {', '.join(RENDERERS)}")
    configs = Configs(Flags(config, isolated, select, ignore, fail_on, nlp))
    plan = assess.prepared(_plan(paths, None, configs, exclude, force_exclude), market)
    plan = _protect(plan, [file for _, file in targets])
    if plan.matches_nothing:
        raise UsageError(f"no document to check under {', '.join(paths or ('.',))}; looked for {_suffixes()}")
    rulesets = [sweep.load_rules(each) for each in plan.configs]
    run, counted = _history(RunInfo(__version__, rulesets[0].version, _digest(rulesets), quiet=quiet), history)
    writers: list[Writer] = [_StandardError(targets, quiet)]
    writers += [counted] if counted is not None else []
    jobs = jobs or sweep.useful_jobs(len(plan.sources))
    root = configs.of(os.getcwd())
    report, outcome = assess.assess(plan, root, rulesets, writers, say if verbose else None, jobs)
    if outcome.interrupted:
        say(f"interrupted after {outcome.summary.documents} of {len(plan.sources)} documents")
        sys.exit(INTERRUPTED)
    for name, file in targets:
        with ExitStack() as files:
            target = files.enter_context(sink.open_file(file)) if file is not None else sink.standard_output()
            target.buffer.write(RENDERERS[name](report, run))
            target.flush()
    if counted is not None:
        counted.append(run.day, run.version, run.rules_sha256)
    sys.exit(outcome.exit_code)


@main.group("rules", invoke_without_command=True)
@rule_options
@click.option("--effective", is_flag=True, help="Show the settings as well, and what they change about each rule.")
@click.pass_context
@_reports_errors
def rules_command(context: click.Context, /, effective: bool, **flags: Any) -> None:
    """List the rules in force here: id, severity, what it says."""
    from qmsr_lint import catalogue

    context.obj = flags
    if context.invoked_subcommand is not None:
        return
    config = _config_here(flags)
    ruleset = _rules_here(flags)
    for line in catalogue.effective(config.settings, config.origin) if effective else catalogue.listing(ruleset):
        _print(line)
    if not effective:
        say(f"{len(ruleset.rules)} rules, version {ruleset.version}, sha256 {ruleset.sha256}")


@rules_command.command("export")
@click.pass_context
@_reports_errors
def rules_export(context: click.Context) -> None:
    """Print the rules in force here as JSON."""
    import json

    from qmsr_lint.catalogue import export

    click.echo(json.dumps(export(_rules_here(context.obj)), indent=1))


@rules_command.command("test")
@click.argument("packs", metavar="[PACK]...", nargs=-1)
@click.pass_context
@_reports_errors
def rules_test(context: click.Context, packs: tuple[str, ...]) -> None:
    """Run the examples of rule packs, or of the rules in force here, and check their entries.

    The exit code is 0 when everything holds, 1 when something does not, 2 when a pack cannot be used.
    """
    from pathlib import Path

    from qmsr_lint import proof
    from qmsr_lint.pack import load_pack
    from qmsr_lint.rules import Settings, load

    if packs:
        rules = [rule for pack in packs for rule in load_pack(Path(pack))[0]]
        settings = Settings(packs=tuple(Path(pack) for pack in packs), gap=any(rule.kind == "gap" for rule in rules))
        rulesets = [load(settings._replace(market=market)) for market in proof.markets(rules)]
    else:
        rulesets = [_rules_here(context.obj)]
        rules = list(rulesets[0].rules.values())
    failed = []
    for ruleset in rulesets:
        own = [rule for rule in rules if rule.id in ruleset.rules]
        failed += [*proof.check(own, ruleset), *proof.faults(own, ruleset)]
    failed = list(dict.fromkeys(failed))
    for failure in failed:
        _print(f"{failure.rule}: {failure.what}" + (f": {failure.text}" if failure.text else ""))
    examples = sum(len(rule.flag) + len(rule.keep) for rule in rules)
    say(f"{plural(len(rules), 'rule')}, {plural(examples, 'example')}, {len(failed)} failed")
    sys.exit(1 if failed else 0)


def _print(line: str) -> None:
    """Print a line to standard output, fit for a terminal and a log."""
    click.echo(safe.log(safe.terminal(line)), file=sink.standard_output())


def _config_here(flags: dict[str, Any]) -> "Config":
    from qmsr_lint.config import Configs, Flags

    names = {name: flags[name] for name in ("isolated", "select", "ignore", "nlp")}
    return Configs(Flags(flags["config"], **names)).of(os.getcwd())


def _rules_here(flags: dict[str, Any]) -> "RuleSet":
    from qmsr_lint import sweep

    return sweep.load_rules(_config_here(flags))


@main.command()
@click.argument("topic", nargs=-1, required=True)
@rule_options
@click.option("-o", "--output", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@_reports_errors
def explain(topic: tuple[str, ...], output: str, **flags: Any) -> None:
    """Say what TOPIC became, why, and on what authority.

    TOPIC is a rule id (term-dhf), a legacy term ("DHF") or a citation ("820.198(e)(6)").
    """
    from qmsr_lint import explain as explaining
    from qmsr_lint import sweep

    config = _config_here(flags)
    # What is switched off has a meaning all the same.
    everything = config._replace(settings=config.settings._replace(select=(), ignore=(), gap=True))
    explanation = explaining.explain(" ".join(topic), sweep.load_rules(everything))
    if output == "json":
        import json

        click.echo(json.dumps(explaining.data(explanation), indent=1))
        return
    for line in explaining.text(explanation, min(100, sink.width(sys.stdout))):
        _print(line)


@main.command()
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
@_reports_errors
def fix(paths: tuple[str, ...], outputs: tuple[str, ...], quiet: bool, verbose: bool, **flags: Any) -> None:
    """Migrate documents: Word files get a redline with tracked changes and comments, Markdown files are edited.

    Only safe fixes are made. Text and json report the changes, every other format the findings as they were.
    Exit codes: 0 nothing is left to a person, 1 something is, 2 a document could not be
    processed.
    """
    from qmsr_lint import fix as fixing
    from qmsr_lint import sweep
    from qmsr_lint.config import Configs, Flags
    from qmsr_lint.fixreport import DiffReport, open_report

    options = fixing.Options(
        flags["unsafe"],
        flags["comments_only"],
        flags["diff"],
        flags["in_place"],
        flags["output_dir"],
        flags["author"],
        fixing.moment(flags["date"]),
    )
    options.check()
    if "-" in paths:
        raise UsageError("'-': fix writes files and cannot fix standard input")
    targets = _targets(outputs)
    if options.diff and (
        wrong := next((name for name, file in targets if name not in ("text", "json") and not file), "")
    ):
        raise UsageError(f"--output {wrong}: would mix with the diff on standard output; write -o {wrong}=FILE")
    selection = {name: flags[name] for name in ("select", "ignore", "nlp")}
    configs = Configs(Flags(flags["config"], flags["isolated"], **selection))
    plan = _plan(paths, None, configs, flags["exclude"], flags["force_exclude"], flags["gitignore"])
    plan = fixing.without_redlines(plan, paths, options.folder)
    plan = _protect(plan, [file for _, file in targets])
    rulesets = [sweep.load_rules(each) for each in plan.configs]
    if verbose:
        _say_plan(plan)
    by_id = {rule.id: rule for ruleset in rulesets for rule in ruleset.rules.values()}
    rules = tuple(by_id[name] for name in sorted(by_id))
    run = RunInfo(
        __version__, rulesets[0].version, _digest(rulesets), flags["show_suppressed"], quiet=quiet, rules=rules
    )
    reports: list[Any] = []
    fixer = fixing.Fixer(plan, rulesets, paths or (".",), options, reports)
    fixer.check_reports([file for _, file in targets if file])
    identify = any(name in IDENTIFYING for name, _ in targets)
    with ExitStack() as files:
        stdout = sink.standard_output()
        findings = [_writer(files, name, file, run) for name, file in targets if name not in ("text", "json")]
        reports += [
            open_report(name, run, files.enter_context(sink.open_file(file)) if file else stdout)
            for name, file in targets
            if name in ("text", "json") and (file or not options.diff)
        ]
        if options.diff:
            reports += [DiffReport(stdout), open_report("text", run, sys.stderr)]
        elif not any(name == "text" and file is None for name, file in targets):
            reports.append(open_report("text", run._replace(quiet=True), sys.stderr))
        outcome = sweep.run(plan, rulesets, [fixer, *findings], None, say if verbose else None, identify)
        sys.stdout.flush()
    if outcome.interrupted:
        say(f"interrupted after {outcome.summary.documents} of {len(plan.sources)} documents")
        sys.exit(outcome.exit_code)
    if plan.matches_nothing:
        raise UsageError(f"no document to fix under {', '.join(paths or ('.',))}; looked for {_suffixes()}")
    sys.exit(fixer.exit_code)
