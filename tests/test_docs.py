"""The guides say what is so: made pages are fresh, keys and fields complete, examples work, links lead somewhere."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import yaml

from qmsr_lint import config, fixreport, formats, inforce, pack, rules, topics
from qmsr_lint.documents import readiness, sites
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import FAMILIES, MARKETS, ElementVerdict

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    made: dict[str, str] = generator().pages()
    return made


MADE = ["README.md", "docs/contexts.md", "docs/demo.txt", "docs/limits.md", "docs/rules.md"]


@pytest.mark.parametrize("name", MADE)
def test_a_made_page_is_fresh(name: str, pages: dict[str, str]) -> None:
    assert page(name) == pages[name], f"{name} is stale: make docs"


def test_every_made_page_is_tested(pages: dict[str, str]) -> None:
    assert sorted(pages) == MADE


def test_every_rule_has_a_section_and_every_family_a_heading() -> None:
    sections = re.findall(r"^### (\S+)$", page("docs/rules.md"), re.MULTILINE)
    assert sorted(sections) == sorted(rules.load(rules.Settings(gap=True)).rules)
    assert set(generator().ORDER) == set(FAMILIES)


def test_contexts_stand_in_the_order_in_which_they_are_tried() -> None:
    text = '# Minutes of the meeting\n\n2019-03-04\n\n> "The {} of the device is kept."\n\nThe {} is kept, 820.30(j).'
    order = [line.split(" | ")[0][2:] for line in page("docs/contexts.md").splitlines() if " | note |" in line]
    document = formats.read(text.replace("{}", "DHF").encode(), "a.md", Limits())
    contexts = list(dict.fromkeys(finding.context for finding in lint(document, rules.load())))
    assert contexts == ["quotation", "record"]
    assert order.index("quotation") < min(order.index(name) for name in ("obsolete", "transition", "record"))


# Links


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    prose = re.sub(r"^ *```.*?^ *```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", prose):
        if target.startswith(("https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


# Configuration


def test_every_key_is_documented_and_no_other() -> None:
    described = re.findall(r"^\| `([a-z-]+)` \|", page("docs/configuration.md"), re.MULTILINE)
    assert described == list(dict.fromkeys(described))
    assert set(described) == set(config._KEYS)
    for key in config._SUPPRESS_KEYS:
        assert re.search(rf"^{key} = ", page("docs/configuration.md"), re.MULTILINE)


def test_every_key_of_a_pack_is_documented() -> None:
    guides = "\n".join(
        path.read_text(encoding="utf-8") for path in PAGES if path.name not in ("rules.md", "CHANGELOG.md")
    )
    told = set(re.findall(r"`(\w+)`|(?<![^\s\[{])(\w+):", guides))
    assert [key for key in sorted(pack._KEYS) if not {(key, ""), ("", key)} & told] == []


def test_what_the_market_changes_is_told_where_its_key_is() -> None:
    [row] = [line for line in page("docs/configuration.md").splitlines() if line.startswith("| `market` |")]
    rules_of = {market: rules.load(rules.Settings(market=market, gap=True)).rules for market in MARKETS}
    assert rules_of["us"].keys() != rules_of["eu"].keys() != rules_of["dual"].keys()
    assert "(markets.md)" in row
    assert all(f"`{market}`" in row for market in MARKETS)


def test_every_limit_is_documented() -> None:
    described = re.findall(r"^\| `([a-z-]+)` \|", page("docs/limits.md"), re.MULTILINE)
    assert described == [name.replace("_", "-") for name in Limits._fields]


def test_a_limit_is_named_by_its_key_wherever_it_is_named() -> None:
    named = set(re.findall(r"`([\w-]+)`", page("docs/limits.md"))) - {"unreadable"}
    assert named <= {name.replace("_", "-") for name in Limits._fields}


def test_words_are_escaped_and_code_stays_code() -> None:
    escaped = generator()._escaped
    assert escaped("a_b|c <d>") == r"a\_b\|c \<d\>"
    assert escaped("above `ratio-grace` and  a_b") == r"above `ratio-grace` and a\_b"
    assert escaped("5 ` and 6") == r"5 \` and 6"


@pytest.mark.parametrize("name", [name for name in MADE if name.endswith(".md") and name != "README.md"])
def test_no_page_shows_marks_of_code_as_they_are_written(name: str) -> None:
    assert r"\`" not in page(name)


def test_the_examples_of_the_configuration_work(tmp_path: Path) -> None:
    text = page("docs/configuration.md")
    [pack] = blocks(text, "yaml")
    path = tmp_path / pack.splitlines()[0].removeprefix("# ")
    path.parent.mkdir()
    path.write_text(pack, encoding="utf-8")
    for number, block in enumerate([*blocks(text, "toml"), *blocks(page("docs/limits.md"), "toml")]):
        file = tmp_path / f"{number}.toml"
        file.write_text(block, encoding="utf-8")
        ruleset = inforce.load_rules(config.read(file))
        if "[terms]" in block:
            assert ruleset.rules["term-dhf"].current_abbreviation == "DDF"
            assert "term-pump-book" in ruleset.rules
    done = subprocess.run([sys.executable, "-m", "qmsr_lint", "rules", "test", str(path)], capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")


# JSON


JSON_PAGE = "docs/exit-codes-and-json.md"
MAPS = {".types[].elements", ".rules[].own_current", ".rules[].parts", ".rules[].patterns[][]", ".rules[].unless[][]"}
"""Objects whose keys are data."""
SITES = """
[[site]]
name = "Lyon"
paths = ["lyon/"]
[[site]]
name = "Cork"
paths = ["cork/"]
[[site]]
name = "Osaka"
paths = ["osaka/"]
"""


def shape(value: Any, at: str = "") -> dict[str, set[str]]:
    """The keys of the objects in a report, by the place they stand in."""
    found: dict[str, set[str]] = {}
    if isinstance(value, dict) and at not in MAPS:
        found[at] = set(value)
        parts = [shape(each, f"{at}.{key}") for key, each in value.items()]
    else:
        parts = [shape(each, f"{at}[]") for each in value] if isinstance(value, list) else []
    for part in parts:
        for place, keys in part.items():
            found[place] = found.get(place, set()) | keys
    return found


def shown(heading: str) -> dict[str, set[str]]:
    """The shape of the example under a heading of the page on JSON."""
    [example] = blocks(page(JSON_PAGE).partition(f"\n## {heading}\n")[2].partition("\n## ")[0], "json")
    return shape(json.loads(example))


KEPT = "The DHR is kept. <!-- qmsr-lint: ignore term-dhr reason='the archive keeps it' -->"


@pytest.fixture(scope="module")
def two_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("json")
    title = "# SOP-014 Complaint handling\n\n"
    complaint = "The file of a complaint holds the name of the device and the date the complaint was received."
    for name, words in {
        "lyon/SOP-014.md": f"{title}A complaint is entered in the DHF. {complaint}\n",
        "cork/SOP-014.md": f"{title}A complaint is entered in the design and development file. {complaint}\n",
        "cork/note.md": f"Lunch is at noon. {KEPT}\n",
        "cork/SOP-020.md": "# SOP-020 Recalls\n\nDevices are recalled.\n",
        "cork/scan.docx": "no package",
        "qmsr-lint.toml": SITES,
    }.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("heading", "arguments"),
    [
        ("check", "check -o json --no-cache lyon"),
        ("fix", "fix -o json --output-dir fixed lyon"),
        ("readiness", "readiness -o json --history runs.sqlite ."),
        ("explain", "explain -o json DHF"),
        ("rules export", "rules export"),
    ],
)
def test_the_examples_of_json_have_the_keys_of_the_reports(heading: str, arguments: str, two_sites: Path) -> None:
    command = [sys.executable, "-m", "qmsr_lint", *arguments.split()]
    real = json.loads(subprocess.run(command, cwd=two_sites, capture_output=True).stdout)
    assert shown(heading) == shape(real)
    assert real["schema_version"] == "1"
    assert set(real) - {"schema_version"} <= set(re.findall(r"`(\w+)`", row_of(heading)))


def row_of(heading: str) -> str:
    """The row of a command in the table of commands."""
    return next(line for line in page(JSON_PAGE).splitlines() if line.startswith(f"| [`{heading}"))


def test_the_words_that_json_uses_are_told() -> None:
    words = {"checked", "unreadable", "timeout", "crashed", "skipped", "context", "inline", "baseline", "config"}
    words |= set(get_args(topics.Status)) | set(fixreport.ACTIONS)
    words |= set(get_args(readiness.State)) | set(get_args(sites.DifferenceKind))
    words |= set(get_args(ElementVerdict.__annotations__["state"]))
    assert [word for word in sorted(words) if f"`{word}`" not in page(JSON_PAGE)] == []


# Continuous integration


def test_the_examples_for_ci_use_what_there_is() -> None:
    examples = [yaml.safe_load(block) for block in blocks(page("docs/ci.md"), "yaml")]
    hooks = {hook["id"] for hook in yaml.safe_load(page(".pre-commit-hooks.yaml"))}
    used = {hook["id"] for example in examples for repo in example.get("repos", ()) for hook in repo["hooks"]}
    assert used
    assert used <= hooks
    steps = [step for example in examples for job in example.get("jobs", {}).values() for step in job["steps"]]
    [action] = [step for step in steps if "qmsr-lint@" in step.get("uses", "")]
    assert set(action["with"]) <= set(yaml.safe_load(page("action.yml"))["inputs"])
