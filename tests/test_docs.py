"""The guides say what is so: made pages are fresh, keys and fields complete, examples work, links lead somewhere."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from qmsr_lint import config, rules, sweep
from qmsr_lint.limits import Limits
from qmsr_lint.model import FAMILIES

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


def test_what_the_market_changes_is_told_where_its_key_is() -> None:
    [row] = [line for line in page("docs/configuration.md").splitlines() if line.startswith("| `market` |")]
    rules_of = {market: rules.load(rules.Settings(market=market, gap=True)).rules for market in rules.MARKETS}
    assert rules_of["us"].keys() != rules_of["eu"].keys() != rules_of["dual"].keys()
    assert "(markets.md)" in row
    assert all(f"`{market}`" in row for market in rules.MARKETS)


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
        ruleset = sweep.load_rules(config.read(file))
        if "[terms]" in block:
            assert ruleset.rules["term-dhf"].current_abbreviation == "DDF"
            assert "term-pump-book" in ruleset.rules
    done = subprocess.run([sys.executable, "-m", "qmsr_lint", "rules", "test", str(path)], capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")


# JSON


def keys(value: Any) -> dict[str, set[str]]:
    """The keys of each object of a report, by the place it stands in."""
    document = value["documents"][0]
    finding = document["findings"][0]
    objects = {"": value, "tool": value["tool"], "document": document, "finding": finding, "place": finding["place"]}
    return {name: set(each) for name, each in objects.items()} | {"fix": set(finding["fix"])}


def test_the_example_of_json_has_the_fields_of_a_report(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The DHF is kept.\n", encoding="utf-8")
    command = [sys.executable, "-m", "qmsr_lint", "check", "--isolated", "-o", "json", "a.md"]
    real = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True).stdout)
    text = page("docs/exit-codes-and-json.md")
    shown = json.loads(blocks(text, "json")[0])
    assert keys(shown) == keys(real)
    assert set(shown["summary"]) <= set(real["summary"])
    for value in ("checked", "unreadable", "timeout", "crashed", "skipped", "context", "inline", "baseline", "config"):
        assert f"`{value}`" in text


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
