import io
import unicodedata

import pytest
from builders import RUN, finding, result, summary, unreadable, word

from qmsr_lint.model import DocumentResult, Suppression
from qmsr_lint.output import MAPPING_NOTE, RunInfo, concise, safe, text


def written(*results: DocumentResult, run: RunInfo = RUN) -> str:
    sink = io.StringIO()
    writer = text.open_writer(run, sink)
    for each in results:
        writer.document(each)
    writer.finish(summary(*results))
    return sink.getvalue()


def test_a_clean_run_is_one_line() -> None:
    assert written(result()) == "1 document: 1 checked; no findings\n"
    assert written(result(), run=RUN._replace(quiet=True)) == ""


def test_a_whole_report() -> None:
    found = finding(certainty="likely", alternatives=("DDF",))
    silent = finding(suppressed=Suppression("inline", "the old name is quoted"))
    assert written(result(found), word(silent), word(found), unreadable(error="save it as .docx")) == (
        """\
sops/a.md  1 warning

  warning term-dhf (likely)  sops/a.md:3:5
    │ The DHF shall be kept.
    │     ^^^
    → design and development file (or: DDF)
    The design history file is now the design and development file.
    basis: ISO 13485:2016 7.3.10; 21 CFR 820.10(c)

sops/b.docx  1 warning

  warning term-dhf (likely)  5.2 Design transfer; paragraph 14 of the document
    │ The DHF shall be kept.
    │     ^^^
    → design and development file (or: DDF)
    The design history file is now the design and development file.
    basis: ISO 13485:2016 7.3.10; 21 CFR 820.10(c)

Not checked
  unreadable  sops/c.doc: save it as .docx

4 documents: 3 checked, 1 unreadable; 0 errors, 2 warnings, 0 notes; 1 suppressed
"""
        + MAPPING_NOTE
        + "\n"
    )


def test_suppressed_findings_are_shown_on_request() -> None:
    silent = finding(suppressed=Suppression("inline", "the old name is quoted"))
    shown = written(result(silent), run=RUN._replace(show_suppressed=True))
    assert "sops/a.md  1 suppressed\n" in shown
    assert "    suppressed (inline): the old name is quoted\n" in shown


def test_color_only_where_it_is_asked_for() -> None:
    assert "\x1b" not in written(result(finding()), unreadable())
    colored = written(result(finding()), unreadable(), run=RUN._replace(color=True))
    assert "\x1b[33;1mwarning\x1b[0m" in colored
    assert "\x1b[31;1munreadable\x1b[0m" in colored


@pytest.mark.parametrize(
    ("before", "found", "after"),
    [
        ("The ", "DHF", " is kept."),
        ("設計の", "DHF", "を保管"),
        ("cafe\u0301 ", "DHF", " x"),
        ("\tA\u00ad\u2011B ", "DHF", "\n"),
        ("é ", "D\u200bHF", ""),
        ("\x07", "\x1bDHF", "x"),
        ("word " * 100, "DHF", " word" * 100),
        ("w" * 500, "DHF", "w" * 500),
        ("", "long " * 100, ""),
        ("", "", ""),
    ],
)
def test_the_marks_stand_under_the_words(before: str, found: str, after: str) -> None:
    excerpt = f"{before}{found}{after}"
    changes = {"excerpt": excerpt, "excerpt_start": len(before), "excerpt_end": len(before) + len(found)}
    lines = written(result(finding(**changes))).splitlines()
    words, marks = (line.partition("│ ")[2] for line in lines if "│ " in line)
    shown = text.window(finding(**changes), 150)
    assert words == "".join(shown)
    assert marks.strip() == "^" * max(1, columns(shown[1]))
    assert len(marks) - len(marks.lstrip()) == columns(shown[0])
    assert len(words) <= max(150, len(found) * 4) + 4


def columns(words: str) -> int:
    """Columns by the book, for the characters of the cases above."""
    wide = sum(unicodedata.east_asian_width(each) == "W" for each in words)
    return len(words) + wide - sum(each in "\u0301\u200b" for each in words)


def test_what_needs_no_table_of_characters_takes_the_columns_it_gives() -> None:
    for character in [*map(chr, range(0x20, 0x400)), *safe._NARROW]:
        wide = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        expected = 0 if unicodedata.category(character) in {"Mn", "Me", "Cf"} else wide
        assert safe.columns(character) == expected, repr(character)


def test_a_cut_is_between_words_and_shown() -> None:
    excerpt = "word " * 100 + "DHF" + " more" * 100
    before, found, after = text.window(finding(excerpt=excerpt, excerpt_start=500, excerpt_end=503), 100)
    assert found == "DHF"
    assert set(before.split()) == {"…", "word"}
    assert set(after.split()) == {"…", "more"}


def test_concise_is_a_line_a_finding() -> None:
    sink = io.StringIO()
    writer = concise.open_writer(RUN, sink)
    claim = finding(rule="claim-qsr-in-force", severity="error", text="the QSR applies", replacement=None)
    writer.document(result(finding(), claim))
    writer.document(word(finding()))
    writer.document(unreadable(error="save it as .docx"))
    assert sink.getvalue().splitlines() == [
        'sops/a.md:3:5: warning term-dhf "DHF" → "design and development file"',
        'sops/a.md:3:5: error claim-qsr-in-force "the QSR applies": '
        "The design history file is now the design and development file.",
        "sops/b.docx: 5.2 Design transfer; paragraph 14 of the document: "
        'warning term-dhf "DHF" → "design and development file"',
        "sops/c.doc: unreadable: save it as .docx",
    ]


def test_concise_says_how_sure_a_basis_is() -> None:
    sink = io.StringIO()
    found = finding(replacement="Clause 7.5.11", basis="ISO 13485:2016 7.5.11; confidence low")
    concise.open_writer(RUN, sink).document(result(found))
    assert sink.getvalue().endswith('→ "Clause 7.5.11" (confidence low)\n')


def test_concise_quotes_no_empty_words() -> None:
    sink = io.StringIO()
    found = finding(rule="suppression-unused", text="", replacement=None, message="Take it out.")
    concise.open_writer(RUN, sink).document(result(found))
    assert sink.getvalue() == "sops/a.md:3:5: warning suppression-unused: Take it out.\n"


def test_a_reason_is_given_once_in_each_document() -> None:
    text = written(result(finding(), finding(), finding(rule="term-dmr")), word(finding()))
    assert text.count("The design history file is now") == 3
    assert text.count("→ design and development file") == 4


def test_what_is_said_of_one_place_alone_is_given() -> None:
    once = finding(message="The DHF is gone. Only a note, because it is struck through.")
    text = written(result(finding(message="The DHF is gone."), once, once))
    assert text.count("The DHF is gone.") == 2
    assert text.count("it is struck through.") == 1
