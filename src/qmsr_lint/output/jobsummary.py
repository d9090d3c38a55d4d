"""GitHub's job summary: the summary in Markdown, added to the file that the runner names.

The runner refuses a file of more than 1 MiB whole, so that what an earlier command of the step wrote counts as well.
"""

from io import StringIO
from pathlib import Path

from qmsr_lint.model import DocumentResult, Summary
from qmsr_lint.output import RunInfo, markdown

_CUT = "\n\nThe job summary ends here, at the size GitHub takes.\n"


class JobSummary:
    """Gathers the run and adds its summary at the end, within what is left of `markdown.LARGEST` bytes."""

    def __init__(self, run: RunInfo, path: str) -> None:
        self.path = Path(path)
        self.text = StringIO()
        self.writer = markdown.open_writer(run, self.text)

    def document(self, result: DocumentResult) -> None:
        """Count a document and keep its worst findings."""
        self.writer.document(result)

    def finish(self, summary: Summary) -> None:
        """Add the summary to the file. Raises OSError where it cannot be written."""
        self.writer.finish(summary)
        text = self.text.getvalue().encode("utf-8", "backslashreplace")
        written = self.path.stat().st_size if self.path.exists() else 0
        room = markdown.LARGEST - written
        if len(text) > room:
            text = text[: max(0, room - len(_CUT))].rpartition(b"\n")[0]
            text += _CUT.encode() if text else b""
        with self.path.open("ab") as file:
            file.write(text)
