"""Hypothesis: the same examples in every run, without deadlines.

The cache of the user is left alone: results of a test's engine must never be taken for real ones.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import engine
from hypothesis import settings

settings.register_profile("default", deadline=None, derandomize=True)
settings.load_profile("default")


@pytest.fixture(scope="session", autouse=True)
def _a_cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("QMSR_LINT_CACHE_DIR")
    os.environ["QMSR_LINT_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["QMSR_LINT_CACHE_DIR"]
    else:
        os.environ["QMSR_LINT_CACHE_DIR"] = before


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the test runs: empty, and the root of a repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def tiny_engine() -> Iterator[None]:
    """The engine of `fakes` in the place of the real one."""
    with engine():
        yield
