"""What the commands share: messages, outputs, the plan of a run, its rules."""

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from qmsr_lint import __version__
from qmsr_lint.errors import QmsrLintError, UsageError
from qmsr_lint.output import LOG_OUTPUTS, OUTPUTS, PACKAGES, RunInfo, open_writer, plural, safe, sink, status_line

if TYPE_CHECKING:
    from qmsr_lint.config import Config, Configs
    from qmsr_lint.history import History
    from qmsr_lint.model import DocumentResult, Summary
    from qmsr_lint.output import Writer
    from qmsr_lint.pack import Rule
    from qmsr_lint.rules import RuleSet
    from qmsr_lint.scope import Plan
    from qmsr_lint.sweep import Outcome

Command = TypeVar("Command", bound=Callable[..., Any])

Target = tuple[str, str | None]
"""An output format, and its file or None for standard output."""


def say(message: str) -> None:
    """Print to standard error, where document text and file names must not steer a terminal or a CI runner."""
    click.echo("\n".join(safe.log(safe.terminal(line)) for line in message.splitlines()), err=True)


def print_line(line: str) -> None:
    """Print a line to standard output, fit for a terminal and a log."""
    click.echo(safe.log(safe.terminal(line)), file=sink.standard_output())


def reports_errors(command: Command) -> Command:
    """Turn our errors into a message on standard error and exit code 2."""

    @wraps(command)
    def wrapped(*arguments: Any, **flags: Any) -> Any:
        try:
            return command(*arguments, **flags)
        except QmsrLintError as error:
            say(f"error: {error}")
        except KeyboardInterrupt:
            from qmsr_lint.sweep import INTERRUPTED

            say("interrupted")
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            print_to_nobody()  # the reader has gone (`| head`): not everything was delivered
        except OSError as error:
            if not error.filename:
                print_to_nobody()
            say(f"error: {f'{error.filename}: ' if error.filename else 'standard output: '}{error.strerror or error}")
        except MemoryError:
            say("error: there is not enough memory for the results of this run: check fewer documents at once")
        except Exception as error:  # ours; the exit code of a traceback would say that there are findings
            what = f"internal error: {type(error).__name__}: {error}"
            if flags.get("verbose", True):  # some commands have no -v to be asked for
                from traceback import format_exc

                what += f"\n{format_exc()}"
            else:
                what += " (-v prints it whole)"
            say(what)
        sys.exit(2)

    return cast(Command, wrapped)


def print_to_nobody() -> None:
    """Let go of a standard output that takes no more: flushing it at exit must not raise once more."""
    try:
        output = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), output)


def targets_of(outputs: Sequence[str], formats: Collection[str] = OUTPUTS) -> list[Target]:
    """The outputs asked for. Raises UsageError for one that is not offered, or two that would mix in one place."""
    from qmsr_lint.errors import nearest

    targets: list[Target] = []
    for output in outputs or ("text",):
        name, equals, file = output.partition("=")
        if name not in formats:
            raise UsageError(f"--output {output}: there is no format {name!r}{nearest(name, formats)}")
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


def plan_of(
    paths: Sequence[str],
    stdin_filename: str | None,
    configs: "Configs",
    exclude: Sequence[str],
    force_exclude: bool,
    gitignore: bool = False,
) -> "Plan":
    """What to read and how, from the paths of a command line. Raises UsageError where they make no sense together."""
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


def writers_of(files: ExitStack, targets: Sequence[Target], run: RunInfo) -> "list[Writer]":
    """The writers of formats, to files or to standard output."""
    to_file = any(file is not None for _, file in targets)
    return [_writer(files, name, file, run, lasts=to_file) for name, file in targets]


def _writer(files: ExitStack, name: str, file: str | None, run: RunInfo, *, lasts: bool) -> "Writer":
    if file is not None:
        return open_writer(name, run, files.enter_context(sink.open_file(file)))
    stdout = sink.standard_output()
    writer = open_writer(name, run._replace(color=sink.color_wanted(stdout), width=sink.width(stdout)), stdout)
    return _Unheard(writer) if lasts else writer


class _Unheard:
    """A writer to standard output beside files, which are to be whole though its reader goes (`| head`)."""

    def __init__(self, writer: "Writer") -> None:
        self._writer = writer
        self._heard = True

    def document(self, result: "DocumentResult") -> None:
        """Write one document, as long as there is a reader."""
        self._write(lambda: self._writer.document(result))

    def finish(self, summary: "Summary") -> None:
        """Write what remains, if there is a reader."""
        self._write(lambda: self._writer.finish(summary))
        self._write(sys.stdout.flush)

    def _write(self, write: Callable[[], None]) -> None:
        if not self._heard:
            return
        try:
            write()
        except BrokenPipeError:
            self._heard = False
            print_to_nobody()


class StandardError:
    """A writer of what standard output does not show: documents that were not judged, and the counts."""

    def __init__(self, targets: Sequence[Target], quiet: bool) -> None:
        printed = {name for name, file in targets if file is None}
        self.documents = not printed & LOG_OUTPUTS
        self.counts = "text" not in printed and not quiet

    def document(self, result: "DocumentResult") -> None:
        """Say what became of a document that was not judged."""
        if self.documents and result.status != "checked":
            say(f"{result.path}: {result.status}: {result.error}")

    def finish(self, summary: "Summary") -> None:
        """Say the counts."""
        if self.counts:
            say(status_line(summary))


def with_history(run: RunInfo, file: str | None) -> "tuple[RunInfo, History | None]":
    """The run with the points of earlier ones, and the writer that counts it; as it was without a history."""
    if file is None:
        return run, None
    from pathlib import Path

    from qmsr_lint.clock import today
    from qmsr_lint.history import History, points

    return run._replace(day=today(), earlier=tuple(points(Path(file)))), History(Path(file))


def say_plan(plan: "Plan") -> None:
    """Say which configurations are used and what is left out."""
    for number, config in enumerate(plan.configs):
        used = sum(source.config == number for source in plan.sources)
        say(f"configuration: {config.described} ({plural(used, 'file')})")
    if plan.excluded:
        say(f"excluded by patterns: {plural(plan.excluded, 'file')}")


def say_passed_over(plan: "Plan") -> None:
    """Say how many files of which kinds are under the paths and are none that can be read."""
    if plan.passed_over:
        kinds = ", ".join(f"{number} {suffix}" for suffix, number in sorted(plan.passed_over.items()))
        say(f"note: passed over, because they cannot be read: {kinds}; name a file to see the reason")


def say_interrupted(outcome: "Outcome", plan: "Plan") -> None:
    """Say how far a run came that was cut short."""
    say(f"interrupted after {outcome.summary.documents} of {len(plan.sources)} documents")


def run_info(rulesets: Sequence["RuleSet"], *, hashed: bool = True, **more: Any) -> RunInfo:
    """What the reports may know about a run under some rules, and `more`; without their hash where nobody asks."""
    return RunInfo(__version__, rulesets[0].version, digest(rulesets) if hashed else "", **more)


def digest(rulesets: Sequence["RuleSet"]) -> str:
    """The hash of the rules of a run; where configurations differ, the hash of all their hashes."""
    digests = sorted({ruleset.sha256 for ruleset in rulesets})
    if len(digests) == 1:
        return digests[0]
    from hashlib import sha256

    return sha256("\n".join(digests).encode()).hexdigest()


def in_force(rulesets: Sequence["RuleSet"]) -> "tuple[Rule, ...]":
    """The rules of a run, sorted by id."""
    by_id = {rule.id: rule for ruleset in rulesets for rule in ruleset.rules.values()}
    return tuple(by_id[name] for name in sorted(by_id))


def nothing_to(do: str, paths: Sequence[str], excluded: int = 0) -> UsageError:
    """What to raise where there is no document to check, or to fix, under some paths; patterns left out `excluded`."""
    from qmsr_lint.formats import FORMATS

    nothing = f"no document to {do} under {', '.join(paths or ('.',))}"
    if excluded:
        left_out = f"patterns of --exclude or of the configuration left out {plural(excluded, 'file')}"
        return UsageError(f"{nothing}: {left_out}; looked for {', '.join(FORMATS)}")
    return UsageError(f"{nothing}; looked for {', '.join(FORMATS)}")


def configs_of(flags: Mapping[str, Any]) -> "Configs":
    """The configurations that hold under the flags of a command."""
    from qmsr_lint.config import Configs, Flags

    return Configs(Flags(flags["config"], **{name: flags[name] for name in Flags._fields if name in flags}))


def config_here(flags: Mapping[str, Any]) -> "Config":
    """The configuration of the folder in which the command is run."""
    return configs_of(flags).of(os.getcwd())


def rules_here(flags: Mapping[str, Any]) -> "RuleSet":
    """The rules in force in the folder in which the command is run."""
    from qmsr_lint import inforce

    return inforce.load_rules(config_here(flags))
