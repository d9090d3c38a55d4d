"""Decoding: what is read, and what is said of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.textfile import decode

TEXT = "Überprüfung des DHF 😀\r\nzweite Zeile\rdritte\n"
ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with BOM": b"\xef\xbb\xbf" + TEXT.encode(),
    "utf-16 little": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16 big": b"\xfe\xff" + TEXT.encode("utf-16-be"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_what_is_read_comes_back_as_it_was(data: bytes) -> None:
    file = decode(data)
    assert file.text == TEXT
    assert file.encode(file.text) == data


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_an_empty_text(data: bytes) -> None:
    assert decode(data).text == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Prüfung\n".encode("cp1252"), ["byte 2 ", "line 1", "UTF-8", "save it as UTF-8"]),
        (b"one\r\ntwo\rthree\nDHF \x93", ["byte 19 ", "line 4", "save it as UTF-8"]),
        ("é\né\n".encode() + b"\xff", ["byte 6 ", "line 3"]),
        (b"PK\x03\x04\n\x00", ["NUL", "byte 5", "line 2", "binary"]),
        ("DHF".encode("utf-16-le"), ["NUL", "save it as UTF-8"]),
        ("DHF".encode("utf-32"), ["UTF-32", "save it as UTF-8"]),
        (b"\xff\xfea\x00\n\x00\x00\xd8a\x00", ["byte 6 ", "line 2", "UTF-16", "save it as UTF-8"]),
        (b"\xff\xfea\x00\n\x00\x00\x00", ["NUL", "line 2"]),
        (b"\xff\xfea", ["byte 2 ", "UTF-16"]),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n",
            ["Git LFS pointer", "git lfs pull"],
        ),
    ],
)
def test_what_is_not_read_is_named_with_its_place_and_the_way_out(data: bytes, words: list[str]) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    for word in words:
        assert word in str(caught.value)


def test_a_text_about_git_lfs_is_a_text() -> None:
    assert decode(b"A pointer starts: version https://git-lfs.github.com/spec/v1").text.startswith("A pointer")


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda data: b"\xff\xfe" + data))
def test_bytes_are_read_or_unreadable(data: bytes) -> None:
    try:
        file = decode(data)
    except Unreadable:
        return
    assert file.encode(file.text) == data
