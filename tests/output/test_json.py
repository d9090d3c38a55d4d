import io
import json
from typing import Any

from builders import HOSTILE, RUN, finding, result, summary, unreadable, word

from qmsr_lint.model import DocumentResult, Suppression
from qmsr_lint.output import json as json_output
from qmsr_lint.output import jsonl

FINDING: dict[str, Any] = {
    "rule": "term-dhf",
    "severity": "warning",
    "certainty": "certain",
    "message": "The design history file is now the design and development file.",
    "text": "DHF",
    "replacement": "design and development file",
    "alternatives": [],
    "basis": "ISO 13485:2016 7.3.10; 21 CFR 820.10(c)",
    "start": 12,
    "end": 15,
    "line": 3,
    "column": 5,
    "end_line": 3,
    "end_column": 8,
    "place": {
        "part": "body",
        "section": "5.2 Design transfer",
        "paragraph": 14,
        "table": None,
        "row": None,
        "cell": None,
        "label": "5.2 Design transfer, paragraph 14",
    },
    "context": "prose",
    "excerpt": "The DHF shall be kept.",
    "excerpt_start": 4,
    "excerpt_end": 7,
    "fix": {"text": "design and development file", "safety": "safe"},
    "fingerprint": "f1",
    "suppressed": None,
}
NO_LINES = {"line": None, "column": None, "end_line": None, "end_column": None}
TOOL = {"name": "qmsr-lint", "version": "1.2.3", "rules_version": "4.5.6", "rules_sha256": "ab" * 32}


def written(*results: DocumentResult, module: Any = json_output) -> str:
    sink = io.StringIO()
    writer = module.open_writer(RUN, sink)
    for each in results:
        writer.document(each)
    writer.finish(summary(*results))
    return sink.getvalue()


def test_the_contract_holds_key_by_key_in_order() -> None:
    silent = finding(fix=None, replacement=None, suppressed=Suppression("config", "kept"))
    data = json.loads(written(result(finding()), word(silent), unreadable()))
    assert list(data) == ["schema_version", "tool", "summary", "documents"]
    assert data["schema_version"] == "1"
    assert (data["tool"], list(data["tool"])) == (TOOL, list(TOOL))
    counts = {"documents": 3, "checked": 2, "unreadable": 1, "error": 0, "warning": 1, "note": 0, "suppressed": 1}
    assert list(data["summary"].items())[:7] == list(counts.items())
    first, second, third = data["documents"]
    keys = ["path", "format", "sha256", "status", "error", "findings"]
    assert [list(each) for each in data["documents"]] == [keys] * 3
    assert first["findings"] == [FINDING]
    assert list(first["findings"][0]) == list(FINDING)
    assert list(first["findings"][0]["place"]) == list(FINDING["place"])
    quiet = {"fix": None, "replacement": None, "suppressed": {"by": "config", "reason": "kept"}}
    assert second["findings"] == [FINDING | NO_LINES | quiet]
    assert third == {
        "path": "sops/c.doc",
        "format": "doc",
        "sha256": None,
        "status": "unreadable",
        "error": "no",
        "findings": [],
    }


def test_lines_are_the_entries_and_then_the_counts() -> None:
    results = (result(finding()), word(finding()), unreadable())
    whole = json.loads(written(*results))
    lines = [json.loads(line) for line in written(*results, module=jsonl).splitlines()]
    assert lines[:-1] == whole["documents"]
    assert lines[-1] == {name: whole[name] for name in ("schema_version", "tool", "summary")}


def test_texts_come_back_as_they_were() -> None:
    for text in HOSTILE:
        data = json.loads(written(result(finding(text=text, excerpt=text), path=text)))
        (document,) = data["documents"]
        assert (document["path"], document["findings"][0]["text"]) == (text, text)


def test_results_beyond_memory_wait_on_disk(monkeypatch: Any) -> None:
    results = [result(finding(), path=f"{number}.md") for number in range(50)]
    expected = written(*results)
    monkeypatch.setattr(json_output, "_IN_MEMORY", 100)
    assert written(*results) == expected
