"""Azure Pipelines logging commands: issues of the build, worst first, within what the agent keeps.

The agent shows 10 errors and 10 warnings of a task. It knows no notes: they are plain lines of the log.
"""

from typing import Literal, NamedTuple, TextIO

from qmsr_lint.model import SEVERITIES, UNJUDGED, DocumentResult, Finding, Summary
from qmsr_lint.output import RunInfo, is_interrupted, partial, plural, safe
from qmsr_lint.output.overview import Worst, rank
from qmsr_lint.output.text import replacements

PER_TYPE = 10

Type = Literal["error", "warning"]


class Unjudged(NamedTuple):
    """A document that was not judged."""

    path: str
    message: str


class AzureWriter:
    """Keeps the worst findings of each severity, and counts the others."""

    def __init__(self, run: RunInfo, sink: TextIO) -> None:
        self.run = run
        self.sink = sink
        self.worst = {severity: Worst(PER_TYPE) for severity in SEVERITIES}
        self.unjudged: list[Unjudged] = []
        self.unjudged_left_out = 0

    def document(self, result: DocumentResult) -> None:
        """Take the findings of a document."""
        for severity, worst in self.worst.items():
            live = (each for each in result.findings if each.severity == severity and not each.suppressed)
            worst.add(result._replace(findings=tuple(live)))
        if result.status not in UNJUDGED:
            return
        if len(self.unjudged) < PER_TYPE:
            self.unjudged.append(
                Unjudged(result.path, f"document {result.status}: {result.error or 'no reason given'}")
            )
        else:
            self.unjudged_left_out += 1

    def finish(self, summary: Summary) -> None:
        """Write the commands; the last of a type says how many findings it leaves out."""
        told = partial(self.run, summary)
        errors = [_issue("error", path, "", "", message) for path, message in self.unjudged]
        if is_interrupted(self.run, summary):
            errors.insert(0, f"##vso[task.logissue type=error]{safe.azure_message(f'qmsr-lint: {told}')}")
        elif told:
            self._line(told)
        self._type("error", errors, self.unjudged_left_out)
        self._type("warning", [], 0)
        worst = self.worst["note"]
        for result, finding in worst.findings():
            self._line(f"note: {result.path}: {finding.place.shown}: {_message(finding)}")
        if worst.left_out:
            self._line(f"and {plural(worst.left_out, 'more note')}")

    def _type(self, kind: Type, lines: list[str], left_out: int) -> None:
        worst = self.worst[kind]
        found = sorted(worst.findings(), key=lambda pair: rank(pair[1]))
        lines += [
            _issue(kind, result.path, _place(finding), finding.rule, _message(finding)) for result, finding in found
        ]
        left_out += worst.left_out
        if len(lines) > PER_TYPE or left_out:
            left_out += len(lines) - (PER_TYPE - 1)
            lines[PER_TYPE - 1 :] = [
                f"##vso[task.logissue type={kind}]qmsr-lint: and {left_out} more; other outputs have them all"
            ]
        for line in lines:
            self.sink.write(line + "\n")

    def _line(self, line: str) -> None:
        self.sink.write(safe.log(safe.terminal(line)) + "\n")


def open_writer(run: RunInfo, sink: TextIO) -> AzureWriter:
    """A writer of Azure Pipelines logging commands over `sink`."""
    return AzureWriter(run, sink)


def _issue(kind: Type, path: str, place: str, rule: str, message: str) -> str:
    source = f"sourcepath={safe.azure_property(path)};{place}"
    code = f"code={safe.azure_property(rule)};" if rule else ""
    return f"##vso[task.logissue type={kind};{source}{code}]{safe.azure_message(message)}"


def _place(finding: Finding) -> str:
    at = finding.position
    return f"linenumber={at.line};columnnumber={at.column};" if at else ""


def _message(finding: Finding) -> str:
    place = "" if finding.position else f"{finding.place.shown}: "
    instead = f" → {replacements(finding)}" if replacements(finding) else ""
    return safe.terminal(f"{place}“{finding.text}”{instead} ({finding.rule}). {finding.message} Basis: {finding.basis}")
