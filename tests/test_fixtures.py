"""The bundled procedures: clean ones are clean, flagged ones are flagged where they differ, malformed ones say why."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from qmsr_lint import formats, inforce, rules, scope, sweep
from qmsr_lint.config import Configs, Flags
from qmsr_lint.judge import Judge
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import DocumentResult, Finding, Summary
from qmsr_lint.rules import RuleSet

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
sys.path.insert(0, str(FIXTURES))

import make  # noqa: E402

NAMES = sorted(path.name for path in (FIXTURES / "flagged").iterdir())


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load()


def findings(path: Path, ruleset: RuleSet) -> tuple[Finding, ...]:
    return lint(formats.read(path.read_bytes(), path.name, Limits()), ruleset)


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def same(one: bytes, other: bytes) -> bool:
    """Whether two files hold the same; the same XML may be compressed in another way elsewhere."""
    try:
        return one == other or unzipped(one) == unzipped(other)
    except zipfile.BadZipFile:
        return one[:64] == other[:64] and one[:4] == b"PK\3\4"  # cut off in the middle


@pytest.mark.parametrize(
    ("name", "data"), list(make.documents()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_documents_are_those_of_their_sources(name: str, data: bytes) -> None:
    assert same((FIXTURES / name).read_bytes(), data), f"{name} is stale: make docs"


def test_there_is_no_document_without_a_source() -> None:
    made = {name for name, _ in make.documents()}
    folders = {name.partition("/")[0] for name in made}
    there = {path.relative_to(FIXTURES).as_posix() for folder in folders for path in (FIXTURES / folder).iterdir()}
    assert there == made


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_procedure_has_no_live_finding(name: str, ruleset: RuleSet) -> None:
    live = [(f.rule, f.text, f.place.label) for f in findings(FIXTURES / "clean" / name, ruleset) if not f.suppressed]
    assert live == []


@pytest.mark.parametrize("name", NAMES)
def test_the_revision_history_keeps_the_old_words(name: str, ruleset: RuleSet) -> None:
    kept = [finding for finding in findings(FIXTURES / "clean" / name, ruleset) if finding.suppressed]
    assert kept
    assert {finding.context for finding in kept} <= {"history", "identifier"}


@pytest.mark.parametrize(
    ("name", "part", "text"),
    [
        ("QM-001-quality-manual.docx", "textbox", "DMR"),
        ("QM-001-quality-manual.docx", "footnote", "QSR"),
        ("QM-001-quality-manual.docx", "body", "21 CFR 820.198"),
        ("QM-001-quality-manual.docx", "body", "management reviews are not subject to FDA"),
        ("SOP-003-document-control.docx", "body", "21 CFR 820.180(b)"),
        ("SOP-007-design-and-development.docx", "body", "Design History File"),
        ("SOP-007-design-and-development.docx", "footnote", "21 CFR 820.40(b)"),
        ("SOP-007-design-and-development.docx", "body", "Subpart C"),
        ("SOP-014-complaint-handling.md", "body", "§ 820.198(e)(1)"),
        ("SOP-019-internal-audit.md", "body", "QSIT"),
    ],
)
def test_a_flagged_procedure_is_flagged_everywhere(name: str, part: str, text: str, ruleset: RuleSet) -> None:
    found = findings(FIXTURES / "flagged" / name, ruleset)
    assert (part, text) in {(finding.place.part, finding.text) for finding in found if not finding.suppressed}


def test_places_are_those_a_reader_would_name(ruleset: RuleSet) -> None:
    found = findings(FIXTURES / "flagged" / "SOP-007-design-and-development.docx", ruleset)
    labels = {finding.place.label for finding in found}
    assert "4.5 Transfer, paragraph 19" in labels
    assert "3 Responsibilities, table 1, row 2, cell 2" in labels


class Collected:
    """A writer that keeps the results."""

    def __init__(self) -> None:
        self.results: dict[str, DocumentResult] = {}

    def document(self, result: DocumentResult) -> None:
        self.results[Path(result.path).name] = result

    def finish(self, summary: Summary) -> None:
        self.summary = summary


def test_a_malformed_file_says_why_and_stops_nothing() -> None:
    collected = Collected()
    configs = Configs(Flags(isolated=True))
    plan = scope.plan([str(FIXTURES / "malformed")], configs)
    judge = Judge(plan.configs, tuple(inforce.load_rules(config) for config in plan.configs))
    outcome = sweep.run(plan, judge, [collected])
    reasons = {name: result.error or "" for name, result in collected.results.items()}
    assert outcome.exit_code == 2
    assert [finding.text for finding in collected.results["good.docx"].findings] == ["DHF"]
    assert "truncated" in reasons["truncated.docx"]
    assert "password" in reasons["encrypted.docx"]
    assert "Word 97-2003" in reasons["old-word.doc"]
    assert "empty" in reasons["empty.docx"]
    assert "owner file" in reasons["~$good.docx"]
    assert "UTF-8" in reasons["latin-1.md"]
    assert collected.results["~$good.docx"].status == "skipped"
    assert (collected.summary.checked, collected.summary.unreadable, collected.summary.skipped) == (1, 5, 1)
