import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from files import make

from qmsr_lint import rules
from qmsr_lint.cli import main
from qmsr_lint.model import Document, Finding
from qmsr_lint.rules import RuleSet

pytestmark = pytest.mark.usefixtures("repository", "tiny_engine")


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


def test_a_joined_report_has_the_rules_of_the_market_it_was_made_for() -> None:
    sops(4)
    make("qmsr-lint.toml", 'market = "eu"')
    run("check", "-o", "jsonl=a.jsonl", "-o", "sarif=a.sarif", code=1)
    run("merge", "a.jsonl", "-o", "sarif=joined.sarif", code=1)
    whole, joined = ([rule["id"] for rule in sarif_rules(name)] for name in ("a.sarif", "joined.sarif"))
    assert joined == whole and set(whole) - set(rules.load().rules)


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


def forge(change: Callable[[dict[str, Any]], object]) -> None:
    """Change the first line of a.jsonl and leave the last one sound."""
    text = Path("a.jsonl").read_text().splitlines()
    entry = json.loads(text[0])
    changed = change(entry)
    text[0] = json.dumps(entry if changed is None else changed)
    Path("a.jsonl").write_text("\n".join(text) + "\n")


def put(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(entry: Any) -> None:
        *inner, last = path
        for key in inner:
            entry = entry[key]
        entry[last] = value

    return change


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(entry: Any) -> None:
        *inner, last = path
        for key in inner:
            entry = entry[key]
        del entry[last]

    return change


FOUND = ("findings", 0)
FORGED = [
    (put("findings", value=None), "findings must be a list of findings, not null"),
    (put("findings", value=[{}]), "findings[0].rule is missing"),
    (put("findings", value=[3]), "findings[0] must be an object, not 3"),
    (put("findings", value={"a": 1}), 'findings must be a list of findings, not {"a": 1}'),
    (put("path", value=5), "path must be a text, not 5"),
    (put("path", value=""), 'path must be a text, not ""'),
    (put("format", value=None), "format must be a text, not null"),
    (put("status", value="fine"), "status must be one of checked, unreadable, timeout, crashed, skipped, not "),
    (put("sha256", value=5), "sha256 must be a text or null, not 5"),
    (put("error", value=[]), "error must be a text or null, not []"),
    (drop("error"), "error is missing"),
    (put(*FOUND, "severity", value="zzz"), 'findings[0].severity must be one of error, warning, note, not "zzz"'),
    (put(*FOUND, "severity", value=["note"]), "findings[0].severity must be one of error, warning, note, not ["),
    (put(*FOUND, "certainty", value=1), "findings[0].certainty must be one of certain, likely, possible, not 1"),
    (put(*FOUND, "rule", value="zzz-own"), "findings[0].rule must be the id of a rule, not "),
    (put(*FOUND, "rule", value="term"), "findings[0].rule must be the id of a rule, not "),
    (put(*FOUND, "message", value=None), "findings[0].message must be a text, not null"),
    (put(*FOUND, "text", value=3), "findings[0].text must be a text, not 3"),
    (put(*FOUND, "replacement", value=3), "findings[0].replacement must be a text or null, not 3"),
    (put(*FOUND, "alternatives", value="ab"), "findings[0].alternatives must be a list of texts, not "),
    (put(*FOUND, "alternatives", value=[3]), "findings[0].alternatives must be a list of texts, not "),
    (put(*FOUND, "start", value="0"), "findings[0].start must be a whole number, not "),
    (put(*FOUND, "start", value=-1), "findings[0].start must be a whole number, not -1"),
    (put(*FOUND, "start", value=True), "findings[0].start must be a whole number, not true"),
    (put(*FOUND, "end", value=1.5), "findings[0].end must be a whole number, not 1.5"),
    (put(*FOUND, "line", value="1"), "findings[0].line must be a whole number or null, not "),
    (put(*FOUND, "column", value=None), "findings[0]: line, column, end_line and end_column must go together"),
    (put(*FOUND, "line", value=None), "findings[0]: line, column, end_line and end_column must go together"),
    (put(*FOUND, "place", value=None), "findings[0].place must be an object, not null"),
    (put(*FOUND, "place", value=[]), "findings[0].place must be an object, not []"),
    (put(*FOUND, "place", "part", value="cellar"), "findings[0].place.part must be one of body, header, "),
    (put(*FOUND, "place", "row", value="a"), "findings[0].place.row must be a whole number or null, not "),
    (put(*FOUND, "place", "floor", value=1), "findings[0].place.floor is not known"),
    (drop(*FOUND, "place", "part"), "findings[0].place.part is missing"),
    (put(*FOUND, "excerpt", value=None), "findings[0].excerpt must be a text, not null"),
    (put(*FOUND, "excerpt_end", value=[]), "findings[0].excerpt_end must be a whole number, not []"),
    (put(*FOUND, "start", value=999), "findings[0]: start and end must be a range"),
    (put(*FOUND, "excerpt_end", value=999), "findings[0]: excerpt_start and excerpt_end must be a range of excerpt"),
    (put(*FOUND, "excerpt_start", value=999), "findings[0]: excerpt_start and excerpt_end must be a range of excerpt"),
    (put(*FOUND, "fix", value=5), "findings[0].fix must be an object or null, not 5"),
    (put(*FOUND, "fix", value={}), "findings[0].fix.text is missing"),
    (put(*FOUND, "fix", value={"text": "a", "safety": "sure"}), "findings[0].fix.safety must be one of safe, unsafe"),
    (put(*FOUND, "fingerprint", value=7), "findings[0].fingerprint must be a text, not 7"),
    (put(*FOUND, "suppressed", value="yes"), "findings[0].suppressed must be an object or null, not "),
    (put(*FOUND, "suppressed", value={"by": "me", "reason": "r"}), "findings[0].suppressed.by must be one of context,"),
    (put(*FOUND, "suppressed", value={"by": "config"}), "findings[0].suppressed.reason is missing"),
    (drop(*FOUND, "suppressed"), "findings[0].suppressed is missing"),
    (lambda entry: [entry], "must be an object, not "),
    (lambda entry: "summary", "must be an object, not "),
    (lambda entry: {"a": 1}, "path is missing"),
]


@pytest.mark.parametrize(("change", "message"), FORGED, ids=[message for _, message in FORGED])
def test_a_line_that_is_no_result_is_refused_with_its_number(
    change: Callable[[dict[str, Any]], object], message: str
) -> None:
    sops(1)
    run("check", "-o", "jsonl=a.jsonl", "--no-cache", code=1)
    forge(change)
    for command in (
        ["merge", "a.jsonl", "-o", "html=out"],
        ["check", "--no-cache", "--resume", "a.jsonl", "-o", "json=out"],
    ):
        said = run(*command, code=2).stderr
        name = "merge" if command[0] == "merge" else "--resume"
        assert said.startswith(f"error: {name} a.jsonl: line 1 is no result: ")
        assert message in said
        assert "it must be the whole of what `check -o jsonl=FILE` wrote\n" in said
        assert not Path("out").exists()


@pytest.mark.parametrize(
    "change",
    [
        put("summary", "checked", value="1"),
        put("summary", "checked", value=None),
        put("summary", "checked", value=-1),
        put("summary", "more", value=1),
        put("summary", value=[]),
        put("tool", value=[]),
        put("tool", "version", value=5),
        put("tool", "rules_sha256", value=None),
        put("shard", value=5),
        put("interrupted", value="no"),
    ],
)
def test_a_last_line_of_another_shape_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    sops(1)
    run("check", "-o", "jsonl=a.jsonl", code=1)
    text = Path("a.jsonl").read_text().splitlines()
    last = json.loads(text[-1])
    change(last)
    Path("a.jsonl").write_text("\n".join([*text[:-1], json.dumps(last)]) + "\n")
    for command in (["merge", "a.jsonl"], ["check", "--resume", "a.jsonl"]):
        assert "a.jsonl: has no last line with the counts" in run(*command, code=2).stderr


def test_counts_before_the_end_are_those_of_another_file() -> None:
    sops(4)
    run("check", "sops/0.md", "-o", "jsonl=a.jsonl", code=1)
    run("check", "sops/1.md", "-o", "jsonl=b.jsonl", code=0)
    Path("a.jsonl").write_text(Path("a.jsonl").read_text() + Path("b.jsonl").read_text())
    for command in (["merge", "a.jsonl"], ["check", "--resume", "a.jsonl"]):
        said = run(*command, code=2).stderr
        assert "a.jsonl: line 2 has the counts, and lines follow; it must be the whole of what " in said


def test_lists_within_lists_without_end_are_no_result() -> None:
    sops(1)
    run("check", "-o", "jsonl=a.jsonl", code=1)
    whole = Path("a.jsonl").read_text()
    Path("a.jsonl").write_text("[" * 10**5 + "\n" + whole)
    assert "merge a.jsonl: line 1 is not JSON" in run("merge", "a.jsonl", code=2).stderr
    Path("a.jsonl").write_text(whole + "[" * 10**5)
    assert "merge a.jsonl: has no last line with the counts" in run("merge", "a.jsonl", code=2).stderr
    Path("b.json").write_text("[" * 10**5)
    assert "--baseline b.json: not a baseline" in run("check", "--baseline", "b.json", code=2).stderr


def test_a_part_of_a_place_that_is_not_known_yet_does_no_harm_where_nothing_is_built_of_it() -> None:
    sops(1)
    run("check", "-o", "jsonl=a.jsonl", code=1)
    forge(put("of_a_later_version", value=1))
    forge(put(*FOUND, "of_a_later_version", value=1))
    run("merge", "a.jsonl", code=1)


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


def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the documents that are judged from now on."""
    read: list[str] = []
    module = sys.modules["qmsr_lint.lint"]
    real = module.lint

    def lint(document: Document, ruleset: RuleSet, *, hashed: bool = True) -> tuple[Finding, ...]:
        read.append(document.path)
        found: tuple[Finding, ...] = real(document, ruleset, hashed=hashed)
        return found

    monkeypatch.setattr(module, "lint", lint)
    return read


def test_what_has_not_changed_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sops()
    run("check", "-o", "jsonl=a.jsonl", code=1)
    make("sops/3.md", "Now it is clean.\n")
    make("sops/new.md")
    run("check", "-o", "jsonl=fresh.jsonl", code=1)
    read = judged(monkeypatch)
    run("check", "--no-cache", "--resume", "a.jsonl", "-o", "jsonl=b.jsonl", code=1)
    assert read == ["sops/3.md", "sops/new.md"]
    assert Path("b.jsonl").read_bytes() == Path("fresh.jsonl").read_bytes()


def test_a_document_with_a_suppression_whose_day_counts_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sops()
    run("check", "-o", "jsonl=a.jsonl", code=1)
    results = Path("a.jsonl").read_text()
    Path("a.jsonl").write_text(results.replace('"rule": "term-dhf"', '"rule": "suppression-unused"', 1))
    read = judged(monkeypatch)
    run("check", "--no-cache", "--resume", "a.jsonl", code=1)
    assert len(read) == 1


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


def test_a_baseline_that_is_not_given_again_keeps_nothing_silent() -> None:
    make("a.md")
    run("check", "--write-baseline", "known.json", code=0)
    run("check", "--baseline", "known.json", "-o", "jsonl=a.jsonl", code=0)
    assert lines("a.jsonl")[0]["findings"][0]["suppressed"]["by"] == "baseline"
    run("check", "--no-cache", "--resume", "a.jsonl", code=1)
    run("check", "--no-cache", "--resume", "a.jsonl", "--baseline", "known.json", code=0)


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


def test_a_part_in_thousands_of_digits_is_bad_usage() -> None:
    make("a.md")
    done = run("check", "--shard", "1/" + "9" * 5000, code=2)
    assert "...: write K/N with K from 1 to N" in done.stderr
    assert len(done.stderr) < 200


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0", "-1/3", "1/3/5", "²/3"])
def test_a_part_that_does_not_exist_is_bad_usage(shard: str) -> None:
    make("a.md")
    assert f"error: --shard {shard}: write K/N with K from 1 to N" in run("check", "--shard", shard, code=2).stderr


def test_parts_and_earlier_results_under_other_types_of_documents_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    for name in "abcdef":
        (tmp_path / f"{name}.md").write_text("# Words\n\nAll is well.\n", encoding="utf-8")
    run.invoke(main, ["check", "--shard", "1/2", "-o", "jsonl=1.jsonl"])
    run.invoke(main, ["check", "-o", "jsonl=whole.jsonl"])
    (tmp_path / "qmsr-lint.toml").write_text('[document-types]\n"*.md" = "capa"\n', encoding="utf-8")
    run.invoke(main, ["check", "--shard", "2/2", "-o", "jsonl=2.jsonl"])
    refused = run.invoke(main, ["merge", "1.jsonl", "2.jsonl"])
    assert refused.exit_code == 2
    assert "merge: 1.jsonl and 2.jsonl are parts made with different [document-types]" in refused.stderr
    refused = run.invoke(main, ["check", "--resume", "whole.jsonl"])
    assert refused.exit_code == 2
    assert "--resume whole.jsonl: made with other [document-types]; check everything again" in refused.stderr
    run.invoke(main, ["check", "--shard", "1/2", "-o", "jsonl=1.jsonl"])
    assert run.invoke(main, ["merge", "1.jsonl", "2.jsonl"]).exit_code == 0
