"""The files around the package agree with one another."""

import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_imports import ADDRESSES

from qmsr_lint import __version__

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_version_stands_in_one_form() -> None:
    assert PROJECT["version"] == __version__


def test_constraints_are_versions_and_nothing_else() -> None:
    lines = [line for line in CONSTRAINTS.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)] == []
    names = [line.partition("==")[0] for line in lines]
    assert names == sorted(names)


def test_constraints_meet_the_lower_bounds() -> None:
    fixed = dict(line.split("==") for line in CONSTRAINTS.splitlines() if "==" in line)
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        needed = Requirement(text)
        name = canonicalize_name(needed.name)
        assert name in fixed, f"{name} is missing from constraints.txt"
        assert needed.specifier.contains(fixed[name]), text


def test_what_the_package_imports_is_what_it_depends_on() -> None:
    distributions = packages_distributions()
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["nlp"]]
    named = {canonicalize_name(Requirement(text).name) for text in needed}
    imported = {
        canonicalize_name(distribution)
        for module in ADDRESSES
        for distribution in distributions.get(module, ["spacy"] if module == "spacy" else [])
    }
    assert imported == named


def test_every_release_tells_what_became_of_the_rules() -> None:
    releases = re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1:]
    assert releases
    assert all("\n### Rules\n" in release for release in releases)


def test_the_license_is_the_one_that_is_named() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_script_of_ci_is_valid_and_executable() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    subprocess.run(["bash", "-n", script], check=True)


@pytest.mark.parametrize("target", ["setup", "test", "lint", "types", "check", "bench", "docs", "fuzz"])
def test_the_makefile_has_every_target(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
