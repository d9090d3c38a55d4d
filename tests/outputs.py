"""Running an output over results, for tests."""

import io
from typing import TextIO

from builders import RUN, summary

from qmsr_lint.model import DocumentResult
from qmsr_lint.output import RunInfo, open_writer


def render(name: str, *results: DocumentResult, run: RunInfo = RUN) -> bytes:
    """The bytes that an output writes for results."""
    raw = io.BytesIO()
    sink: TextIO = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="\n")
    writer = open_writer(name, run, sink)
    for each in results:
        writer.document(each)
    writer.finish(summary(*results))
    sink.flush()
    return raw.getvalue()
