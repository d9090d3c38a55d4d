"""Baselines: the findings a company has taken note of, so that only new ones are live.

A baseline is a JSON file of fingerprints by document. Paths are relative to the file's folder, so it can be used from
anywhere; a fingerprint survives edits elsewhere in its document.
"""

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qmsr_lint.errors import UsageError
from qmsr_lint.model import DocumentResult, Suppression

if TYPE_CHECKING:
    from qmsr_lint.model import Finding

SCHEMA_VERSION = "1"


class Baseline:
    """The known findings of a baseline file. With `recording`, every live finding becomes known."""

    def __init__(self, file: Path, known: Counter[tuple[str, str]] | None = None, recording: bool = False) -> None:
        self.file = file
        self.folder = str(file.absolute().parent)
        self.known = Counter() if known is None else known
        self.recording = recording
        self.recorded: dict[str, list[dict[str, str]]] = {}

    def apply(self, path: str, result: DocumentResult) -> DocumentResult:
        """The result of the document at `path` with its known findings suppressed, each as often as it is known."""
        document = Path(os.path.relpath(path, self.folder)).as_posix()
        return result._replace(findings=tuple(self._known(document, finding) for finding in result.findings))

    def _known(self, document: str, finding: "Finding") -> "Finding":
        if finding.suppressed is not None:
            return finding
        if self.recording:
            entry = {"rule": finding.rule, "text": finding.text, "fingerprint": finding.fingerprint}
            self.recorded.setdefault(document, []).append(entry)
        elif self.known[document, finding.fingerprint] > 0:
            self.known[document, finding.fingerprint] -= 1
        else:
            return finding
        return finding._replace(suppressed=Suppression("baseline", f"in the baseline {self.file.name}"))

    def text(self) -> str:
        """The baseline file of what was recorded."""
        import json

        data = {"schema_version": SCHEMA_VERSION, "documents": self.recorded}
        return json.dumps(data, indent=1, sort_keys=True) + "\n"


def read(file: Path) -> Baseline:
    """The baseline in a file. Raises UsageError naming it."""
    import json

    try:
        data: Any = json.loads(file.read_bytes())
        if data["schema_version"] != SCHEMA_VERSION:
            raise UsageError(f"{file}: the baseline has the schema version {data['schema_version']!r}, not '1'")
        documents = data["documents"].items()
        known = Counter((path, entry["fingerprint"]) for path, entries in documents for entry in entries)
    except OSError as error:
        raise UsageError(f"--baseline {file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"--baseline {file}: not a baseline; make one with --write-baseline {file}") from None
    return Baseline(file, known)
