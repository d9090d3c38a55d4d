"""The strategy "map": a legacy term that is mapped to the current one may stay; the law may not be stated wrongly."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qmsr_lint.cli import main

TERMS = "# Terminology\n\n| Former | Current |\n|---|---|\n| Device Master Record (DMR) | medical device file |\n"
DOCUMENT = """The DMR of the medical device is kept. The DHF too.

Design follows 21 CFR 820.30. FDA uses QSIT.

Internal audit reports are exempt from FDA inspection.
"""


def check(folder: Path, config: str, document: str = DOCUMENT) -> tuple[int, list[str], str]:
    (folder / "qmsr-lint.toml").write_text(config, encoding="utf-8")
    (folder / "a.md").write_text(document, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "-o", "concise", str(folder / "a.md")])
    found = [" ".join(line.split(": ", 1)[1].split()[:2]) for line in result.stdout.splitlines() if ".md:" in line]
    return result.exit_code, found, result.stderr


def test_a_term_that_the_document_maps_is_a_note(tmp_path: Path) -> None:
    mapped = f"{DOCUMENT}\nThe medical device file, formerly the device master record, is kept.\n"
    assert "note term-dmr" in check(tmp_path, 'strategy = "map"', mapped)[1]
    assert "warning term-dmr" in check(tmp_path, 'strategy = "retire"', mapped)[1]


def test_a_term_that_is_struck_through_maps_nothing(tmp_path: Path) -> None:
    struck = f"{DOCUMENT}\nThe ~~device master record~~ index of the medical device is kept.\n"
    assert "warning term-dmr" in check(tmp_path, 'strategy = "map"', struck)[1]


def test_a_definition_that_names_the_current_term_maps_it(tmp_path: Path) -> None:
    defined = f"Device Master Record (DMR): the medical device file required by ISO 13485:2016, 4.2.3.\n\n{DOCUMENT}"
    found = check(tmp_path, 'strategy = "map"', defined)[1]
    assert "note term-dmr" in found
    assert "warning term-dmr" not in found


def test_the_terminology_document_maps_for_the_folder(tmp_path: Path) -> None:
    (tmp_path / "terms.md").write_text(TERMS, encoding="utf-8")
    code, found, _ = check(tmp_path, 'strategy = "map"\nterminology = "terms.md"')
    assert code == 1
    assert found == [
        "note term-dmr",
        "warning term-dhf",
        "error cite-removed",
        "error program-qsit",
        "error claim-records-exempt",
    ]


@pytest.mark.parametrize(
    ("config", "terms", "said"),
    [
        ('strategy = "map"\nterminology = "terms.md"', None, "cannot be read"),
        ('strategy = "map"\nterminology = "terms.md"', "# Terminology\n\nNothing.\n", "maps no legacy term"),
        ('terminology = "terms.md"', TERMS, 'strategy = "map"'),
    ],
)
def test_a_terminology_that_cannot_serve_is_an_error(config: str, terms: str | None, said: str, tmp_path: Path) -> None:
    if terms is not None:
        (tmp_path / "terms.md").write_text(terms, encoding="utf-8")
    code, found, stderr = check(tmp_path, config)
    assert (code, found) == (2, [])
    assert said in stderr
    assert "qmsr-lint.toml" in stderr
