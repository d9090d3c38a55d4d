import re
from datetime import date
from pathlib import Path

import pytest

from qmsr_lint.config import Config, Configs, Flags, Suppress, decisions, patterns, read
from qmsr_lint.errors import ConfigError
from qmsr_lint.limits import Limits
from qmsr_lint.rules import Settings

NO_FLAGS = Flags()


@pytest.fixture(autouse=True)
def _in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "qmsr-lint.toml").write_text('fail-on = "never"')
    monkeypatch.chdir(tmp_path / "repo")


def of(folder: str, flags: Flags = NO_FLAGS) -> Config:
    return Configs(flags).of(str(Path(folder).absolute()))


def put(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def test_without_a_file_the_defaults_hold() -> None:
    config = of("a/b")
    assert config == Config("the command line", str(Path.cwd()))
    assert (config.fail_on, config.settings, config.limits) == ("warning", Settings(), Limits())


def test_the_search_stops_at_the_repository_root() -> None:
    assert of(".").fail_on == "warning"
    assert of("..").fail_on == "never"


def test_the_nearest_file_holds_and_nothing_is_merged() -> None:
    put("qmsr-lint.toml", 'fail-on = "note"\nignore = ["near"]')
    put("a/b/qmsr-lint.toml", 'ignore = ["claim"]')
    assert (of("a").fail_on, of("a").settings.ignore) == ("note", ("near",))
    assert (of("a/b/c").fail_on, of("a/b/c").settings.ignore) == ("warning", ("claim",))


def test_a_project_file_counts_only_with_our_table_and_comes_second() -> None:
    put("qmsr-lint.toml", 'fail-on = "note"')
    put("a/pyproject.toml", "[tool.ruff]\n")
    put("c/pyproject.toml", '[project]\nname = "qmsr-lint"\n')
    put("d/pyproject.toml", "of somebody else, and broken [")
    assert of("a").fail_on == of("c").fail_on == of("d").fail_on == "note"
    put("b/pyproject.toml", '[tool.qmsr-lint]\nfail-on = "error"\n')
    assert (of("b").fail_on, of("b").origin) == ("error", "b/pyproject.toml")
    put("b/qmsr-lint.toml", 'fail-on = "never"')
    assert of("b").fail_on == "never"


def test_every_key_is_read(tmp_path: Path) -> None:
    put(
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
    put("qmsr-lint.toml", 'select = ["term"]\nignore = ["near"]\nfail-on = "note"')
    config = of(".", Flags(select=("cite",), ignore=("claim",), fail_on="error"))
    assert (config.settings.select, config.settings.ignore, config.fail_on) == (("cite",), ("near", "claim"), "error")
    assert config.origin == "qmsr-lint.toml with --select or --ignore"


def test_one_named_file_or_none_holds_for_all() -> None:
    put("a/qmsr-lint.toml", 'fail-on = "note"')
    put("b.toml", 'fail-on = "error"')
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
        ('severity = {term-dhf = "major"}', "severity must be a table in which 'term-dhf' is one of error, warning, n"),
        ("terms = {DHF = 1}", "terms must be a table in which 'DHF' is a text"),
        ("nlp = 1", "nlp must be true or false, not 1"),
        ("limits = {seconds = 0}", "limits must be a table in which 'seconds' is a number above 0"),
        ("limits = {second = 5}", "limits has an unknown key 'second'; did you mean 'seconds'?"),
        ('suppress = ["a"]', "suppress must be an array of tables ([[suppress]]), not ['a']"),
        ("[[suppress]]\npath = []", "suppress[0]: unknown key 'path'; did you mean 'paths'?"),
        ("[[suppress]]\nrules = []", "suppress[0]: the key 'reason' is missing"),
        ('[[suppress]]\nreason = "x"\nuntil = "soon"', "suppress[0]: until must be a date, as in 2026-12-31"),
        ("select = [", "qmsr-lint.toml: not valid TOML: "),
    ],
)
def test_mistakes_name_file_and_key(text: str, message: str) -> None:
    put("qmsr-lint.toml", text)
    with pytest.raises(ConfigError, match=re.escape(message)):
        of(".")


def test_mistakes_in_a_project_file_name_the_table() -> None:
    put("pyproject.toml", "[tool.qmsr-lint]\nselekt = []")
    with pytest.raises(ConfigError, match=re.escape("pyproject.toml: [tool.qmsr-lint]: unknown key 'selekt'; did you")):
        of(".")


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
