"""Folding: every way to write a space, a hyphen or a letter is one; every offset still finds its way back."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsr_lint.match import Scanner, begins_a_word, contains, fold, is_word_character

TERM = "device history record"
WRITTEN = [
    "Device\u00a0History\u2009Record",
    "Device\tHistory\nRecord",
    "Device \u202f History  Record",
    "De\u00advice Hist\u00adory Record",
    "Device\u2011History\u2011Record",
    "DEVICE-HISTORY-RECORD",
    "Device\u200b History\ufeff Record",
    "Device\u2060 \u200bHistory \u2003 Record",
    "Ｄｅｖｉｃｅ History Record",
    "De\u061cvice\u180e Hist\u034fory\ufe0f Re\u2063cord",
    "Device\u0085History Record",
    "Device\u00b9 History\u00b2 Record",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_term_is_found_however_it_is_spaced_and_joined(written: str) -> None:
    text = f"İ  The  {written}, ﬁled."
    folded = fold(text)
    [(_, start, end)] = Scanner([TERM]).scan(folded.text.replace("-", " "))
    first, last = folded.span(start, end)
    assert text[first:last] == written


@pytest.mark.parametrize("figure", "\u00b9\u2070\u2079")
def test_the_figure_of_a_note_is_no_part_of_the_word_before_it(figure: str) -> None:
    [(_, start, end)] = Scanner([TERM]).scan(fold(f"the {TERM}{figure} is kept").text)
    assert (start, end) == (4, 4 + len(TERM))
    assert fold(f"DMR{figure}").text == "dmr "


def test_a_ligature_is_its_letters() -> None:
    text = "the design history ﬁle."
    folded = fold(text)
    [(_, start, end)] = Scanner(["design history file"]).scan(folded.text)
    assert text[slice(*folded.span(start, end))] == "design history ﬁle"


def test_a_part_of_a_longer_word_is_no_hit_at_its_beginning() -> None:
    assert Scanner(["dmr"]).scan("admr _dmr 1dmr") == []


def test_a_scanner_goes_to_another_process_after_it_was_used() -> None:
    used = Scanner([TERM])
    found = used.scan(TERM)
    assert pickle.loads(pickle.dumps(used)).scan(TERM) == found


def test_blocks_stay_apart() -> None:
    assert Scanner([TERM]).scan(fold("device history\u2029record").text) == []


ODD = st.text(alphabet=st.sampled_from("aB \t\n\u00a0\u00ad\u200bﬁİß-\u2011\u2029.8\u2003'\u2019"), max_size=60)


@given(ODD)
def test_every_folded_character_comes_from_where_it_says(text: str) -> None:
    folded = fold(text)
    last = 0
    for at, character in enumerate(folded.text):
        origin = folded.origin(at)
        assert last <= origin < len(text)
        last = origin
        run = text[origin:].split(text[origin:].lstrip(" \t\n\u00a0\u2003\u00ad\u200b")[:1] or "x")[0]
        assert character in fold(text[origin]).text or (character == " " and any(map(str.isspace, run)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("It doesn't apply", "it does not apply"),
        ("It doesn\u2019t  apply", "it does not apply"),
        ("CAN'T, won't, SHAN'T.", "cannot, will not, shall not."),
        ("DOES\u00adN'T", "does not"),
        ("n't", "n't"),
        ("in'the", "in'the"),
    ],
)
def test_a_contracted_not_is_spelt_out(text: str, folded: str) -> None:
    assert fold(text).text == folded


CONTRACTED = st.lists(
    st.sampled_from(["can't", "won't", "isn\u2019t", "DHF", "  ", " ", "\u00ad", "ﬁ", "\u2029", "n't", "x"]),
    max_size=12,
)


@given(CONTRACTED)
def test_what_stands_around_a_contraction_comes_from_where_it_says(parts: list[str]) -> None:
    text = "".join(parts)
    folded = fold(text)
    origins = [folded.origin(at) for at in range(len(folded.text))]
    assert origins == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)
    here = [text[folded.origin(at)] for at, letter in enumerate(folded.text) if letter in "dhf\u2029x"]
    assert [letter.lower() for letter in here if letter != "ﬁ"] == [
        letter.lower() for letter in text if letter.lower() in "dhf\u2029x"
    ]


@given(ODD)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(max_size=80))
def test_any_text_can_be_folded(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) <= 3 * len(text)
    assert "  " not in folded.text


@pytest.mark.parametrize(
    ("text", "begins"), [("slot", False), ("a slot, a lot", True), ("lots", True), ("slot slot", False), ("5lot", True)]
)
def test_letters_begin_a_word_where_no_letter_stands_before_them(text: str, begins: bool) -> None:
    assert begins_a_word(text, "lot") is begins


@pytest.mark.parametrize("letter", ["\u6587", "\u306e", "\u30ab", "\ub294", "\u0e01", "\u3005"])
def test_a_letter_of_a_script_without_spaces_ends_a_word(letter: str) -> None:
    assert not is_word_character(letter)
    assert Scanner(["dhf"]).scan(f"{letter}dhf{letter}") == [(0, 1, 4)]
    assert contains(f"{letter}dhf{letter}", "dhf")


@pytest.mark.parametrize("letter", ["a", "\u00e9", "\u00df", "\u0434", "\u03b1", "5", "_", "\u01b0"])
def test_a_letter_of_any_other_script_goes_on_with_it(letter: str) -> None:
    assert is_word_character(letter)
    assert Scanner(["dhf"]).scan(f"{letter}dhf") == []
