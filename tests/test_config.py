import re
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import places, replaced
from docx import Document
from files import make

from qmsr_lint import config as configuring
from qmsr_lint import inforce, scope, sweep
from qmsr_lint.config import Config, Configs, Flags, Suppress, decisions, patterns, read
from qmsr_lint.errors import ConfigError, PackError, UsageError, closest
from qmsr_lint.judge import Judge
from qmsr_lint.limits import Limits
from qmsr_lint.rules import Settings

NO_FLAGS = Flags()


@pytest.fixture(autouse=True)
def _in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "qmsr-lint.toml").write_text('fail-on = "never"')
    monkeypatch.chdir(tmp_path / "repo")


def judge(plan: scope.Plan) -> Judge:
    return Judge(plan.configs, tuple(inforce.load_rules(each) for each in plan.configs))


def of(folder: str, flags: Flags = NO_FLAGS) -> Config:
    return Configs(flags).of(str(Path(folder).absolute()))


def test_tables_in_tables_without_end_are_named_in_short() -> None:
    Path("qmsr-lint.toml").write_text("select" + ".a" * 4000 + " = 1\n")
    with pytest.raises(ConfigError, match=r"select must be a list of texts, not a list or table of hundreds in one"):
        read("qmsr-lint.toml")


def test_a_word_that_is_too_long_to_be_a_slip_is_compared_with_nothing() -> None:
    tracemalloc.start()
    assert closest("x" * 20_000, ["select", "x" * 19_999], 0.5) is None
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()
    assert closest("selekt", ["select"], 0.5) == "select"


def test_without_a_file_the_defaults_hold() -> None:
    config = of("a/b")
    assert config == Config("the command line", str(Path.cwd()))
    assert (config.fail_on, config.settings, config.limits) == ("warning", Settings(), Limits())


def test_the_search_stops_at_the_repository_root() -> None:
    assert of(".").fail_on == "warning"
    assert of("..").fail_on == "never"


def test_the_nearest_file_holds_and_nothing_is_merged() -> None:
    make("qmsr-lint.toml", 'fail-on = "note"\nignore = ["near"]')
    make("a/b/qmsr-lint.toml", 'ignore = ["claim"]')
    assert (of("a").fail_on, of("a").settings.ignore) == ("note", ("near",))
    assert (of("a/b/c").fail_on, of("a/b/c").settings.ignore) == ("warning", ("claim",))


def test_a_project_file_counts_only_with_our_table_and_comes_second() -> None:
    make("qmsr-lint.toml", 'fail-on = "note"')
    make("a/pyproject.toml", "[tool.ruff]\n")
    make("c/pyproject.toml", '[project]\nname = "qmsr-lint"\n')
    make("d/pyproject.toml", "of somebody else, and broken [")
    assert of("a").fail_on == of("c").fail_on == of("d").fail_on == "note"
    make("b/pyproject.toml", '[tool.qmsr-lint]\nfail-on = "error"\n')
    assert (of("b").fail_on, of("b").origin) == ("error", "b/pyproject.toml")
    make("b/qmsr-lint.toml", 'fail-on = "never"')
    assert of("b").fail_on == "never"


def test_every_key_is_read(tmp_path: Path) -> None:
    make(
        "site/qmsr-lint.toml",
        "\ufeff"
        """select = ["term"]
        ignore = ["near"]
        fail-on = "error"
        exclude = ["old/"]
        packs = ["packs/own.yaml"]
        strategy = "map"
        market = "eu"
        nlp = false
        severity = {term-dhf = "note"}
        terms = {DHF = "design file (DF)"}
        limits = {file-bytes = 10, part_bytes = 20}
        [[suppress]]
        paths = ["archive/"]
        rules = ["term"]
        reason = "kept as they were"
        until = 2027-01-01
        """,
    )
    config = of("site")
    assert config == Config(
        "site/qmsr-lint.toml",
        str(Path("site").absolute()),
        Settings(
            select=("term",),
            ignore=("near",),
            severity={"term-dhf": "note"},
            terms={"DHF": "design file (DF)"},
            packs=(Path("site/packs/own.yaml").absolute(),),
            strategy="map",
            market="eu",
        ),
        "error",
        ("old/",),
        Limits(file_bytes=10, part_bytes=20),
        (Suppress("kept as they were", ("archive/",), ("term",), date(2027, 1, 1)),),
    )


def test_flags_replace_or_add() -> None:
    make("qmsr-lint.toml", 'select = ["term"]\nignore = ["near"]\nfail-on = "note"')
    config = of(".", Flags(select=("cite",), ignore=("claim",), fail_on="error"))
    assert (config.settings.select, config.settings.ignore, config.fail_on) == (("cite",), ("near", "claim"), "error")
    assert (config.origin, config.described) == ("qmsr-lint.toml", "qmsr-lint.toml with --select or --ignore")
    assert of(".").described == "qmsr-lint.toml"


def test_one_named_file_or_none_holds_for_all() -> None:
    make("a/qmsr-lint.toml", 'fail-on = "note"')
    make("b.toml", 'fail-on = "error"')
    assert of("a", Flags(file="b.toml")).fail_on == "error"
    assert of("a", Flags(isolated=True)).fail_on == "warning"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignored = []", "qmsr-lint.toml: unknown key 'ignored'; did you mean 'ignore'?"),
        ("colour = 1", "qmsr-lint.toml: unknown key 'colour'; choose from select, ignore,"),
        ('select = "term"', "qmsr-lint.toml: select must be a list of texts, not 'term'"),
        ("select = [1]", "qmsr-lint.toml: select must be a list of texts, not [1]"),
        ('fail-on = "high"', "qmsr-lint.toml: fail-on must be one of error, warning, note, never, not 'high'"),
        ("severity = []", "qmsr-lint.toml: severity must be a table, not []"),
        ('severity = {term-dhf = "fatal"}', "severity.term-dhf must be one of error, warning, note, not 'fatal'"),
        ("terms = {DHF = 1}", "terms.DHF must be a text, not 1"),
        ('terms = {"design file" = 1}', "terms.'design file' must be a text, not 1"),
        ("terms = 1", "terms must be a table, not 1"),
        ('terms = {DHF = " "}', "terms.DHF must be words on one line, with letters that can be seen, not ' '"),
        (
            'terms = {DHF = "\\u200b"}',
            "terms.DHF must be words on one line, with letters that can be seen, not '\\u200b'",
        ),
        (
            'terms = {DHF = "\\u3164\\u2800"}',
            "terms.DHF must be words on one line, with letters that can be seen, not ",
        ),
        ('terms = {DHF = "..."}', "terms.DHF must be words on one line, with letters that can be seen, not '...'"),
        ('terms = {DHF = "design\\nfile"}', "terms.DHF must be words on one line, with letters that can be seen, not "),
        ('terms = {DHF = "design\\u2028file"}', "terms.DHF must be words on one line, with letters that can be seen, "),
        ('terms = {DHF = "design\\tfile"}', "terms.DHF must be words on one line, with letters that can be seen, not "),
        ('terms = {DHF = "\\u202eelif"}', "terms.DHF must be words on one line, with letters that can be seen, not "),
        ('packs = ["\\u0000"]', "packs must be a list of paths, not ['\\x00']"),
        ('packs = [""]', "packs must be a list of paths, not ['']"),
        ('strategy = "map"\nterminology = "a\\u0000.md"', "terminology must be a path, not 'a\\x00.md'"),
        ('[[suppress]]\nreason = "\\u200b"', "suppress[0]: reason must be a text, not '\\u200b'"),
        ("nlp = 1", "nlp must be true or false, not 1"),
        ("limits = {seconds = 0}", "limits.seconds must be a number above 0 and at most 1000000, not 0"),
        ("limits = {seconds = inf}", "limits.seconds must be a number above 0 and at most 1000000, not inf"),
        ("limits = {seconds = nan}", "limits.seconds must be a number above 0 and at most 1000000, not nan"),
        ("limits = {seconds = 1e18}", "limits.seconds must be a number above 0 and at most 1000000, not 1e+18"),
        ("limits = {seconds = 1e400}", "limits.seconds must be a number above 0 and at most 1000000, not inf"),
        ("limits = {seconds = true}", "limits.seconds must be a number above 0 and at most 1000000, not True"),
        ("limits = {seconds = 0x" + "f" * 9999 + "}", "at most 1000000, not a number of thousands of digits"),
        ("limits = {memory-bytes = 1.5}", "limits.memory-bytes must be a whole number from 1 to 10^15, not 1.5"),
        (
            "limits = {memory_bytes = 1e9}",
            "limits.memory_bytes must be a whole number from 1 to 10^15, not 1000000000.0",
        ),
        (
            "limits = {file-bytes = 9223372036854775807}",
            "limits.file-bytes must be a whole number from 1 to 10^15, not 92",
        ),
        ("limits = {depth = -1}", "limits.depth must be a whole number from 1 to 10^15, not -1"),
        ("limits = {ratio = inf}", "limits.ratio must be a whole number from 1 to 10^15, not inf"),
        ("limits = {second = 5}", "limits has an unknown key 'second'; did you mean 'seconds'?"),
        ('suppress = ["a"]', "suppress must be an array of tables ([[suppress]]), not ['a']"),
        ('site = ["a"]', "site must be an array of tables ([[site]]), not ['a']"),
        ("[[suppress]]\npath = []", "suppress[0]: unknown key 'path'; did you mean 'paths'?"),
        ("[[suppress]]\nrules = []", "suppress[0]: the key 'reason' is missing"),
        ('[[suppress]]\nreason = "x"\nuntil = "soon"', "suppress[0]: until must be a date, as in 2026-12-31"),
        ("select = [", "qmsr-lint.toml: not valid TOML: "),
    ],
)
def test_mistakes_name_file_and_key(text: str, message: str) -> None:
    make("qmsr-lint.toml", text)
    with pytest.raises(ConfigError, match=re.escape(message)):
        of(".")


@pytest.mark.parametrize(
    "text",
    [
        "seconds = 0.5",
        "seconds = 1e-300",
        "seconds = 1_000_000",
        "file-bytes = 1",
        "memory_bytes = 1_000_000_000_000_000",
    ],
)
def test_a_limit_that_is_allowed_can_be_kept(text: str) -> None:
    make("qmsr-lint.toml", f"[limits]\n{text}\n")
    make("a.md", "Clean.\n")
    limits = of(".").limits
    plan = scope.plan(("a.md",), Configs(NO_FLAGS))
    assert sweep.run(plan, judge(plan), []).summary.crashed == 0
    assert limits != Limits()


@pytest.mark.parametrize(
    "words", ["d\u00e9sign file", "\u8bbe\u8ba1\u6587\u4ef6", "design\u00a0file", "design-\u00adfile (DF)"]
)
def test_words_of_any_language_are_words(words: str) -> None:
    make("qmsr-lint.toml", f'[terms]\nDHF = "{words}"\n')
    assert of(".").settings.terms == {"DHF": words}


@pytest.mark.parametrize("name", Limits._fields)
def test_the_largest_limit_crashes_no_document(name: str) -> None:
    largest = 1_000_000 if name == "seconds" else 10**15
    make("qmsr-lint.toml", f"[limits]\n{name} = {largest}\n")
    make("a.md", "Clean.\n")
    document = Document()
    document.add_paragraph("Clean.")
    document.save("b.docx")
    plan = scope.plan((".",), Configs(NO_FLAGS))
    for jobs in (1, 2):
        summary = sweep.run(plan, judge(plan), [], jobs=jobs).summary
        assert (summary.documents, summary.checked) == (2, 2)


def test_mistakes_in_a_project_file_name_the_table() -> None:
    make("pyproject.toml", "[tool.qmsr-lint]\nselekt = []")
    with pytest.raises(ConfigError, match=re.escape("pyproject.toml: [tool.qmsr-lint]: unknown key 'selekt'; did you")):
        of(".")


@pytest.mark.parametrize("text", ['tool = "qmsr-lint"', "tool = ['qmsr-lint']", "tool.qmsr-lint = 3"])
def test_a_project_file_whose_table_is_none_is_named(text: str) -> None:
    make("pyproject.toml", text)
    for flags in (Flags(), Flags(file="pyproject.toml")):
        with pytest.raises(ConfigError, match=r"^pyproject\.toml: .*must be a table, not "):
            of(".", flags)
    make("pyproject.toml", 'tool = "another"')
    assert of(".") == Config("the command line", str(Path.cwd()))


GOOD: dict[str, Any] = {
    "select": ["term"], "ignore": ["cite"], "fail-on": "note", "exclude": ["old/"], "severity": {"term-dmr": "note"},
    "terms": {"DHF": "design file"}, "packs": ["own.yaml"], "strategy": "map", "terminology": "a.md", "market": "us",
    "nlp": False, "nlp-model": "m", "limits": {"seconds": 5}, "gap": True, "document-types": {"a": ["capa"]},
    "suppress": [{"reason": "r", "paths": ["a"], "rules": ["term-dmr"], "until": date(2027, 1, 1)}],
    "site": [{"name": "a", "paths": ["a"], "corporate": True,
              "exceptions": [{"reason": "r", "rules": ["term-dmr", "820.40"], "documents": ["SOP-1"]}]}],
}  # fmt: skip


@pytest.mark.parametrize("wrong", [3, True, "", "x", [], {}, [3], [[]], {"a": 3}, {"a": {}}], ids=repr)
def test_a_wrong_value_is_an_error_of_the_configuration_or_does_no_harm(
    wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("own.yaml", "rules: []")
    make("a.md", "DMR: now the medical device file. The DHF is kept.")
    for path in places(GOOD):
        monkeypatch.setattr(configuring, "_toml", lambda file, path=path: replaced(GOOD, path, wrong))
        try:
            config = read("qmsr-lint.toml")
            inforce.load_rules(config._replace(settings=config.settings._replace(nlp=False)))
            sweep.run(scope.Plan((), (config,)), Judge((config,), ()), [])
        except (ConfigError, PackError) as error:
            assert str(error), path


@pytest.mark.parametrize(
    ("text", "flags", "message"),
    [
        ("", Flags(select=("term-dmx",)), "--select term-dmx: there is no rule 'term-dmx'; did you mean 'term-dmr'?"),
        ("", Flags(ignore=("claim", "trem")), "--ignore trem: there is no rule 'trem'; did you mean 'term'?"),
        ('select = ["term-dhx"]', Flags(), "qmsr-lint.toml: select: there is no rule 'term-dhx'"),
        ('ignore = ["term-dhx"]', Flags(ignore=("term",)), "qmsr-lint.toml: ignore: there is no rule 'term-dhx'"),
        ('ignore = ["term-dhx"]', Flags(ignore=("term-dmx",)), "--ignore term-dmx: there is no rule 'term-dmx'"),
        ('[severity]\nterm-dhx = "note"', Flags(select=("term",)), "qmsr-lint.toml: severity: there is no rule 'term-"),
        (
            '[[suppress]]\nreason = "r"\n[[suppress]]\nreason = "r"\nrules = ["gap", "term-dmx"]',
            Flags(),
            "qmsr-lint.toml: suppress[1]: rules: there is no rule 'term-dmx'; did you mean 'term-dmr'?",
        ),
        (
            '[[site]]\nname = "a"\npaths = ["a"]\nexceptions = [{reason = "r", rules = ["820.4", "term-dmx"]}]',
            Flags(),
            "qmsr-lint.toml: site[0]: exceptions[0]: rules: there is no rule 'term-dmx'",
        ),
    ],
)
def test_a_rule_that_does_not_exist_is_blamed_on_who_named_it(text: str, flags: Flags, message: str) -> None:
    make("qmsr-lint.toml", text)
    with pytest.raises((ConfigError, UsageError), match="^" + re.escape(message)):
        inforce.load_rules(of(".", flags))


@pytest.mark.parametrize("rule", ["gap-complaint-date-received", "near", "claim-*", "term-own", "suppression-unused"])
def test_every_rule_can_be_suppressed_whether_in_force_or_not(rule: str) -> None:
    own = "{id: term-own, severity: note, legacy: [own word], message: m, basis: b}"
    make("own.yaml", f"rules: [{own}]")
    make("qmsr-lint.toml", f'select = ["cite"]\npacks = ["own.yaml"]\n[[suppress]]\nreason = "r"\nrules = ["{rule}"]')
    assert inforce.load_rules(of(".")).rules


def test_a_file_that_is_not_text_or_not_there_is_named() -> None:
    Path("bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"bad\.toml: not valid TOML"):
        read(Path("bad.toml"))
    with pytest.raises(ConfigError, match=r"gone\.toml: the configuration cannot be read: No such file"):
        read(Path("gone.toml"))


def test_patterns_are_those_of_gitignore() -> None:
    matches = patterns(["old/", "*.docm", "!keep.docm", "/top.md"], "here")
    assert [matches(path) for path in ("old/a.md", "x/a.docm", "x/keep.docm", "top.md", "x/top.md")] == [
        True,
        True,
        False,
        True,
        False,
    ]
    with pytest.raises(ConfigError, match="here: not a pattern"):
        patterns(["!"], "here")


@pytest.mark.parametrize("pattern", ["*a*a*a*a*b", "x/*-*-*-*.md", "**/a/**/b/**/c/**/d"])
def test_a_pattern_that_takes_long_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigError, match="more than 3 stars"):
        patterns([pattern], "x.toml: exclude")
    assert decisions([pattern, "*.md"])("a.md") is True  # of a .gitignore, only that line is passed over
