"""GitHub's job summary: added to the runner's file when annotations are asked for, within its limit."""

from pathlib import Path

import pytest
from builders import RUN, finding, result, summary
from click.testing import CliRunner

from qmsr_lint.cli import main
from qmsr_lint.output import markdown
from qmsr_lint.output.jobsummary import JobSummary


def add(path: Path, number: int) -> bytes:
    """The file after a run with so many documents."""
    results = [result(finding(), path=f"sops/{index:05}.md") for index in range(number)]
    writer = JobSummary(RUN, str(path))
    for each in results:
        writer.document(each)
    writer.finish(summary(*results))
    return path.read_bytes()


def test_what_other_commands_wrote_stays(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    file.write_bytes(b"# Before\n")
    text = add(file, 1)
    assert text.startswith(b"# Before\n# QMSR readiness\n")
    assert add(file, 1) == text + text.removeprefix(b"# Before\n")


def test_all_summaries_of_a_step_stay_within_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "LARGEST", 6000)
    file = tmp_path / "summary"
    assert len(add(file, 40)) <= 6000
    assert b"ends here" in add(file, 40)
    full = add(file, 40)
    assert len(full) <= 6000
    assert add(file, 40) == full


@pytest.mark.parametrize(
    ("outputs", "summed_up"), [(["github"], True), (["text", "github"], True), (["text"], False), (["json"], False)]
)
def test_annotations_bring_the_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outputs: list[str], summed_up: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    (tmp_path / "a.md").write_text("The DHF is kept.\n")
    CliRunner().invoke(main, ["check", "a.md", *(word for name in outputs for word in ("-o", name))])
    assert (tmp_path / "summary").exists() is summed_up
    if summed_up:
        assert "0 of 1 document ready" in (tmp_path / "summary").read_text()


def test_without_a_runner_there_is_no_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "a.md").write_text("The DHF is kept.\n")
    done = CliRunner().invoke(main, ["check", "a.md", "-o", "github"])
    assert done.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
