import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fakes import engine

from qmsr_lint.cli import main
from qmsr_lint.model import Document, Finding
from qmsr_lint.rules import RuleSet


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    with engine():
        yield


def make(path: str, text: str = "The DHF is kept.\n") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def run(*arguments: str, code: int) -> Result:
    result = CliRunner().invoke(main, arguments, prog_name="qmsr-lint")
    assert result.exit_code == code, result.output
    return result


def lines(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(file).read_text().splitlines()]


def sops(number: int = 12) -> None:
    for each in range(number):
        make(f"sops/{each}.md", "Clean.\n" if each % 3 else "The DHF is kept.\n\nAnd the DHF.\n")


# Merging


def test_the_parts_of_a_sweep_joined_are_the_sweep() -> None:
    sops()
    make("old.doc")
    run("check", "-o", "jsonl=whole.jsonl", code=2)
    codes = [
        CliRunner().invoke(main, ["check", "--shard", f"{part}/3", "-o", f"jsonl={part}.jsonl"]).exit_code
        for part in (1, 2, 3)
    ]
    assert max(codes) == 2
    result = run("merge", "3.jsonl", "1.jsonl", "2.jsonl", "-o", "jsonl=joined.jsonl", "-o", "text", code=2)
    assert Path("joined.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()
    assert "13 documents: 12 checked, 1 unreadable; 0 errors, 8 warnings" in result.stdout


@pytest.mark.parametrize("output", ["json", "sarif", "csv", "html", "xlsx", "docx", "markdown", "github", "gitlab"])
def test_joined_results_can_be_written_in_any_format(output: str) -> None:
    sops(4)
    run("check", "-o", "jsonl=a.jsonl", code=1)
    run("merge", "a.jsonl", "-o", f"{output}=out", code=1)
    assert Path("out").stat().st_size > 0


def test_a_part_without_documents_is_no_mistake() -> None:
    make("a.md", "Clean.\n")
    parts = [f"{part}.jsonl" for part in range(1, 10)]
    for part, file in enumerate(parts, 1):
        run("check", "--shard", f"{part}/9", "-o", f"jsonl={file}", code=0)
    run("merge", *parts, "-o", "jsonl=joined.jsonl", code=0)
    assert lines("joined.jsonl")[-1]["summary"]["documents"] == 1


def test_the_level_that_fails_is_chosen_when_joining() -> None:
    sops(1)
    run("check", "-o", "jsonl=a.jsonl", code=1)
    run("merge", "a.jsonl", "--fail-on", "error", code=0)
    run("merge", "a.jsonl", "--fail-on", "note", code=1)


@pytest.mark.parametrize("level", ["error", "warning", "note", "never"])
def test_the_exit_code_is_that_of_check(level: str) -> None:
    sops(4)
    code = 1 if level in ("warning", "note") else 0
    for part in (1, 2):
        flags = ["--fail-on", level, "--shard", f"{part}/2", "-o", f"jsonl={part}.jsonl"]
        found = CliRunner().invoke(main, ["check", *flags])
        assert found.exit_code <= code
    run("merge", "1.jsonl", "2.jsonl", "-o", "jsonl=joined.jsonl", code=code)
    assert lines("joined.jsonl")[-1]["fail_on"] == level
    run("merge", "joined.jsonl", code=code)
    run("merge", "joined.jsonl", "--fail-on", "warning", code=1)


def test_parts_that_fail_at_different_levels_ask_for_one() -> None:
    sops(4)
    run("check", "--fail-on", "never", "--shard", "1/2", "-o", "jsonl=1.jsonl", code=0)
    CliRunner().invoke(main, ["check", "--shard", "2/2", "-o", "jsonl=2.jsonl"])
    said = run("merge", "1.jsonl", "2.jsonl", code=2).stderr
    assert "error: merge: 1.jsonl was made with --fail-on never, 2.jsonl with warning; say --fail-on LEVEL" in said
    run("merge", "1.jsonl", "2.jsonl", "--fail-on", "never", code=0)


def test_folders_with_levels_of_their_own_name_none_for_all() -> None:
    make("a/a.md")
    make("b/b.md")
    make("a/qmsr-lint.toml", 'fail-on = "never"')
    run("check", "-o", "jsonl=a.jsonl", code=1)
    assert "fail_on" not in lines("a.jsonl")[-1]


def test_the_rules_of_a_joined_report_are_those_that_were_in_force() -> None:
    sops(4)
    own = "{id: term-own, severity: note, legacy: [own word], message: m, basis: b}"
    make("own.yaml", f"rules: [{own}]")
    make("qmsr-lint.toml", 'packs = ["own.yaml"]\nselect = ["term-own", "term-dhf", "gap"]')
    run("check", "-o", "jsonl=a.jsonl", "-o", "sarif=a.sarif", code=1)
    Path("qmsr-lint.toml").unlink()
    run("merge", "a.jsonl", "-o", "sarif=joined.sarif", "-o", "jsonl=joined.jsonl", code=1)
    assert Path("joined.jsonl").read_bytes() == Path("a.jsonl").read_bytes()
    whole, joined = ([rule["id"] for rule in sarif_rules(name)] for name in ("a.sarif", "joined.sarif"))
    assert set(whole) - set(joined) == {"term-own"}  # its words are in the pack, which is not at hand
    assert "term-dmr" not in joined and "gap-complaint-date-received" in joined


def test_files_of_earlier_versions_are_read_as_ever() -> None:
    sops(4)
    run("check", "--fail-on", "never", "-o", "jsonl=a.jsonl", code=0)
    last = lines("a.jsonl")[-1]
    assert list(last) == ["schema_version", "tool", "summary", "fail_on", "rules"]
    text = Path("a.jsonl").read_text().splitlines()[:-1]
    old = {name: last[name] for name in ("schema_version", "tool", "summary")}
    Path("a.jsonl").write_text("\n".join([*text, json.dumps(old)]) + "\n")
    run("merge", "a.jsonl", "-o", "sarif=joined.sarif", "-o", "jsonl=joined.jsonl", code=1)
    assert lines("joined.jsonl")[-1] == old
    assert "term-dmr" in [rule["id"] for rule in sarif_rules("joined.sarif")]


@pytest.mark.parametrize("key", ["fail_on", "rules"])
@pytest.mark.parametrize("value", [3, "often", ["a", 3], {"a": 1}, None])
def test_a_last_line_with_other_values_is_refused(key: str, value: object) -> None:
    sops(4)
    run("check", "-o", "jsonl=a.jsonl", code=1)
    text = Path("a.jsonl").read_text().splitlines()
    Path("a.jsonl").write_text("\n".join([*text[:-1], json.dumps({**json.loads(text[-1]), key: value})]) + "\n")
    assert "merge a.jsonl: has no last line with the counts" in run("merge", "a.jsonl", code=2).stderr


def sarif_rules(file: str) -> list[dict[str, Any]]:
    return list(json.loads(Path(file).read_text())["runs"][0]["tool"]["driver"]["rules"])


def damage(*, cut: int = 0, drop: int = 0, edit: tuple[str, str] = ("", "")) -> None:
    text = Path("a.jsonl").read_text().replace(*edit) if edit[0] else Path("a.jsonl").read_text()
    kept = text.splitlines(keepends=True)
    Path("a.jsonl").write_text("".join(kept[drop : len(kept) - cut]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cut": 1}, "merge a.jsonl: has no last line with the counts"),
        ({"drop": 1}, "merge: the counts at the end of the files are not those of their lines"),
        ({"edit": ('"path"', '"pfad"')}, "merge a.jsonl: line 1 is no result"),
        ({"edit": ('{"path"', "{path")}, "merge a.jsonl: line 1 is not JSON"),
        ({"edit": ('"schema_version": "1"', '"schema_version": "9"')}, "has the schema version '9', not '1'"),
        ({"edit": ("sops/0.md", "sops/9.md")}, "merge a.jsonl: sops/1.md is out of order"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_and_nothing_is_written(change: dict[str, Any], message: str) -> None:
    sops(3)
    run("check", "-o", "jsonl=a.jsonl", code=1)
    damage(**change)
    assert message in run("merge", "a.jsonl", "-o", "jsonl=out.jsonl", code=2).stderr
    assert not Path("out.jsonl").exists()


def test_parts_of_different_sweeps_are_refused() -> None:
    sops(3)
    run("check", "-o", "jsonl=a.jsonl", code=1)
    run("check", "sops/1.md", "--select", "term-dhf", "-o", "jsonl=b.jsonl", code=0)
    assert "a.jsonl and b.jsonl were made by different versions" in run("merge", "a.jsonl", "b.jsonl", code=2).stderr
    run("check", "sops/1.md", "-o", "jsonl=b.jsonl", code=0)
    assert "merge: sops/1.md is in " in run("merge", "a.jsonl", "b.jsonl", "-o", "jsonl=c.jsonl", code=2).stderr
    assert "gone.jsonl: cannot be read" in run("merge", "gone.jsonl", code=2).stderr
    assert "a.jsonl: is one of the results and would be" in run("merge", "a.jsonl", "-o", "csv=a.jsonl", code=2).stderr


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (["2.jsonl", "3.jsonl"], "merge: the results of 1/3 are missing; give those of all parts"),
        (["3.jsonl"], "merge: the results of 1/3, 2/3 are missing"),
        (["1.jsonl", "2.jsonl", "3.jsonl", "all.jsonl"], "1.jsonl is part 1/3, all.jsonl is a whole sweep"),
        (["all.jsonl", "1.jsonl"], "all.jsonl is a whole sweep, 1.jsonl is part 1/3; give the parts of one sweep"),
        (["gone.jsonl", "away.jsonl"], "merge gone.jsonl: cannot be read: No such file"),
        (["odd.jsonl"], "merge odd.jsonl: is of a part '9', which is not one of parts K/N"),
        (["over.jsonl"], "merge over.jsonl: is of a part '4/3', which is not one of parts K/N"),
    ],
)
def test_parts_that_do_not_make_a_whole_are_refused(files: list[str], problem: str) -> None:
    sops()
    run("check", "-o", "jsonl=all.jsonl", code=1)
    for part in ("1", "2", "3"):
        CliRunner().invoke(main, ["check", "--shard", f"{part}/3", "-o", f"jsonl={part}.jsonl"])
    Path("odd.jsonl").write_text(Path("1.jsonl").read_text().replace('"1/3"', '"9"'))
    Path("over.jsonl").write_text(Path("1.jsonl").read_text().replace('"1/3"', '"4/3"'))
    assert problem in run("merge", *files, "-o", "json=new.json", code=2).stderr


# Resuming


def test_what_has_not_changed_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sops()
    run("check", "-o", "jsonl=a.jsonl", code=1)
    make("sops/3.md", "Now it is clean.\n")
    make("sops/new.md")
    run("check", "-o", "jsonl=fresh.jsonl", code=1)
    read: list[str] = []
    fake = sys.modules["qmsr_lint.lint"]
    real = fake.lint

    def lint(document: Document, ruleset: RuleSet) -> tuple[Finding, ...]:
        read.append(document.path)
        found: tuple[Finding, ...] = real(document, ruleset)
        return found

    monkeypatch.setattr(fake, "lint", lint)
    run("check", "--no-cache", "--resume", "a.jsonl", "-o", "jsonl=b.jsonl", code=1)
    assert read == ["sops/3.md", "sops/new.md"]
    assert Path("b.jsonl").read_bytes() == Path("fresh.jsonl").read_bytes()


def test_unjudged_documents_are_tried_again() -> None:
    make("a.md", "RAISE\n")
    run("check", "-o", "jsonl=a.jsonl", code=2)
    make("a.md", "Clean.\n")
    run("check", "--resume", "a.jsonl", code=0)


def test_what_the_configuration_and_the_baseline_said_then_is_forgotten() -> None:
    make("a.md")
    Path("qmsr-lint.toml").write_text('[[suppress]]\nreason = "then"\n')
    run("check", "-o", "jsonl=a.jsonl", code=0)
    Path("qmsr-lint.toml").write_text('[[suppress]]\nreason = "now"\n')
    run("check", "--no-cache", "--resume", "a.jsonl", "-o", "jsonl=b.jsonl", code=0)
    assert lines("b.jsonl")[0]["findings"][0]["suppressed"] == {"by": "config", "reason": "now"}
    Path("qmsr-lint.toml").unlink()
    run("check", "--no-cache", "--resume", "b.jsonl", code=1)


def test_other_rules_and_other_files_are_refused() -> None:
    make("a.md")
    run("check", "-o", "jsonl=a.jsonl", code=1)
    refused = run("check", "--resume", "a.jsonl", "--select", "term-dhf", code=2).stderr
    assert "error: --resume a.jsonl: made by another version or with other rules" in refused
    assert "--resume a.md: has no last line with the counts" in run("check", "--resume", "a.md", code=2).stderr
    assert "--resume gone: cannot be read" in run("check", "--resume", "gone", code=2).stderr
    assert (
        "--resume a.jsonl: does not say which number"
        in run("check", "--resume", "a.jsonl", "-o", "html=a.html", code=2).stderr
    )


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0", "-1/3", "1/3/5", "²/3"])
def test_a_part_that_does_not_exist_is_bad_usage(shard: str) -> None:
    make("a.md")
    assert f"error: --shard {shard}: write K/N with K from 1 to N" in run("check", "--shard", shard, code=2).stderr
