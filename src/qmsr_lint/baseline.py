"""Baselines: the findings a company has taken note of, so that only new ones are live.

A baseline is a JSON file of fingerprints by document. Paths are relative to the file's folder, so it can be used from
anywhere (those on another drive are whole); a fingerprint survives edits elsewhere in its document. Nothing enters or
leaves it unsaid: `changes` names what a run adds and drops, and what it holds in vain.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsr_lint.errors import UsageError
from qmsr_lint.model import DocumentResult, Suppression

if TYPE_CHECKING:
    from qmsr_lint.model import Finding

SCHEMA_VERSION = "1"


class Entry(NamedTuple):
    """A known finding: its rule and words, for a person, and its fingerprint."""

    rule: str
    text: str
    fingerprint: str


Entries = Mapping[str, Sequence[Entry]]
"""Known findings by document."""


class Baseline:
    """The known findings of a baseline file. With `recording`, every live finding of the run becomes known.

    The findings of documents that a run does not check stay as they are.
    """

    def __init__(self, file: Path, known: Entries, recording: bool = False) -> None:
        self.file = file
        self.folder = str(file.absolute().parent)
        self.known = known
        self.recording = recording
        self.found: dict[str, list[Entry]] = {}

    def apply(self, path: str, result: DocumentResult) -> DocumentResult:
        """The result of the document at `path` with its known findings suppressed, each as often as it is known."""
        if result.status != "checked":
            return result
        document = _relative(path, self.folder)
        free = Counter(entry.fingerprint for entry in self.known.get(document, ()))
        own = self.found.setdefault(document, [])
        return result._replace(findings=tuple(self._known(finding, free, own) for finding in result.findings))

    def _known(self, finding: "Finding", free: Counter[str], own: list[Entry]) -> "Finding":
        if finding.suppressed is not None:
            return finding
        if not self.recording and not free[finding.fingerprint]:
            return finding
        free[finding.fingerprint] -= 1
        own.append(Entry(finding.rule, finding.text, finding.fingerprint))
        return finding._replace(suppressed=Suppression("baseline", f"in the baseline {self.file.name}"))

    def changes(self) -> Iterator[str]:
        """Lines for a person: what recording adds and drops, or which known findings are no longer there."""
        for document in sorted(self.found):
            found = Counter(self.found[document])
            known = Counter(self.known.get(document, ()))
            for word, entries in (("adds", found - known), ("drops" if self.recording else "is stale:", known - found)):
                for entry in sorted(entries.elements()):
                    yield f"baseline {self.file.name} {word} {entry.rule} {entry.text!r} in {document}"
        if not self.recording:
            return
        for document in sorted(set(self.known) - set(self.found)):
            yield f"baseline {self.file.name} keeps {len(self.known[document])} of {document}, which was not checked"

    def text(self) -> str:
        """The baseline file with what was recorded."""
        import json

        documents = {name: [entry._asdict() for entry in entries] for name, entries in self.known.items()}
        documents |= {name: [entry._asdict() for entry in entries] for name, entries in self.found.items()}
        data = {"schema_version": SCHEMA_VERSION, "documents": {name: own for name, own in documents.items() if own}}
        return json.dumps(data, indent=1, sort_keys=True) + "\n"


def _relative(path: str, folder: str) -> str:
    """A path relative to a folder, with forward slashes; the whole path where they are on two drives."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return Path(os.path.abspath(path)).as_posix()


def read(file: Path, flag: str = "--baseline") -> Entries:
    """The known findings in a baseline file. Raises UsageError naming it."""
    import json

    try:
        data: Any = json.loads(file.read_bytes())
        if data["schema_version"] != SCHEMA_VERSION:
            raise UsageError(f"{file}: the baseline has the schema version {data['schema_version']!r}, not '1'")
        return {
            str(name): [Entry(str(one["rule"]), str(one["text"]), str(one["fingerprint"])) for one in entries]
            for name, entries in data["documents"].items()
        }
    except OSError as error:
        raise UsageError(f"{flag} {file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{flag} {file}: not a baseline; name a file that --write-baseline FILE wrote") from None
