"""Which file is read as what."""

import pytest

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats import FORMATS, NOT_READ, format_of, read
from qmsr_lint.limits import DEFAULT


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("sops/SOP-012.docx", "docx"),
        ("SOP.DOCM", "docx"),
        ("a.dotx", "docx"),
        ("README.md", "markdown"),
        ("dir.docx/notes.Markdown", "markdown"),
        ("report.Rmd", "markdown"),
        ("old.doc", None),
        ("scan.pdf", None),
        (".md", None),
        ("no-suffix", None),
        ("", None),
    ],
)
def test_the_suffix_decides(path: str, name: str | None) -> None:
    assert format_of(path) == name


@pytest.mark.parametrize("suffix", NOT_READ)
def test_a_format_that_is_not_read_is_named_with_the_way_out(suffix: str) -> None:
    with pytest.raises(Unreadable, match=r"a format this tool does not read.*: "):
        read(b"anything", "SOP" + suffix, DEFAULT)


def test_an_unknown_file_is_unreadable_not_empty() -> None:
    with pytest.raises(Unreadable, match="does not read"):
        read(b"anything", "SOP.xyz", DEFAULT)


def test_no_suffix_is_both_read_and_not_read() -> None:
    assert not FORMATS.keys() & NOT_READ.keys()
    assert all(suffix == suffix.lower() for suffix in [*FORMATS, *NOT_READ])


@pytest.mark.parametrize("suffix", [suffix for suffix, entry in FORMATS.items() if entry[0] == "markdown"])
def test_markdown_is_read(suffix: str) -> None:
    document = read(b"The *DHF*.", "SOP" + suffix.upper(), DEFAULT)
    assert (document.path, document.format, document.text) == ("SOP" + suffix.upper(), "markdown", "The DHF.")
