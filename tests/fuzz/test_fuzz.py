"""Mutated documents: 3,000 seeds in every run, and each document on which something once failed."""

from pathlib import Path

import pytest
from fuzz.examine import FOUND, examine, run

CASES = 3000
CHUNK = 250


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_mutated_documents_are_read_or_refused(first: int) -> None:
    outcomes = [run(seed, keep=False) for seed in range(first, first + CHUNK)]
    assert [words for outcome, words in outcomes if outcome == "failed"] == []
    assert {"read", "refused"} <= {outcome for outcome, _ in outcomes}


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()), ids=lambda path: path.name)
def test_what_failed_once_is_read_or_refused(path: Path) -> None:
    assert examine(path.name, path.read_bytes()) in ("read", "refused", "not written")
