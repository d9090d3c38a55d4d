"""What the finders read: capitals as they are shown, and words without the figures of notes behind them."""

import pytest
from docxmaker import docx, p, r

from qmsr_lint import formats, proof
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding
from qmsr_lint.rules import load

RULES = load()
RAISED = '<w:vertAlign w:val="superscript"/>'
LOUD = (
    '<w:style w:type="paragraph" w:styleId="Loud"><w:name w:val="loud"/><w:rPr><w:caps/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Calm"><w:name w:val="calm"/><w:basedOn w:val="Loud"/>'
    '<w:rPr><w:caps w:val="0"/></w:rPr></w:style>'
)


def found(data: bytes | str) -> list[str]:
    """The words of what is found live in a Word file or in Markdown."""
    name, data = ("a.md", data.encode()) if isinstance(data, str) else ("a.docx", data)
    return [finding.text for finding in proof.live(lint(formats.read(data, name, DEFAULT), RULES))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The DMR<sup>1</sup> is kept.", ["DMR"]),
        ("The device history record<sup>2)</sup> is kept.", ["device history record"]),
        ("Design follows 820.30<sup>3</sup> here.", ["820.30"]),
        ("The DMR\u00b9 is kept.", ["DMR"]),
        ("Design follows 21 CFR 820.30\u00b2 here.", ["21 CFR 820.30"]),
        ("Design follows 820<sup>.30</sup>.", ["820.30"]),
        ("The area is 820.30 mm<sup>2</sup>.", []),
        ("Notes: <sup>1 The DMR is kept.</sup>", ["DMR"]),
        ("Notes: <sup>DMR</sup>", ["DMR"]),
        ("The DMR<sup>1,2,3</sup> and the DHR<sup>1, 12</sup> are kept.", ["DMR", "DHR"]),
        ("The DMR<sup>a</sup> is kept.", ["DMR"]),
        ("Design: 21 CFR 820.30<sup>(j)</sup>", ["21 CFR 820.30(j)"]),
        ("Design: 820.<sup>30</sup> and D<sup>M</sup>R", ["820.30", "DMR"]),
        ("Note<sup>the DMR is kept</sup>", ["DMR"]),
        ("<sup>1</sup>DMR of the device", ["DMR"]),
    ],
)
def test_the_figure_of_a_note_is_no_part_of_the_word_before_it(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_so_in_a_word_file() -> None:
    assert found(docx(p(r("The DMR"), r("1", RAISED), r(" is kept.")))) == ["DMR"]
    assert found(docx(p(r("The Device"), r("12", RAISED), r(" Master Record")))) == ["Device12 Master Record"]
    assert found(docx(p(r("The DMR"), r("1"), r(" is kept.")))) == []


def test_small_letters_that_are_shown_in_capitals_are_an_acronym() -> None:
    assert found(docx(p(r("The "), r("dmr", "<w:caps/>"), r(" is kept.")))) == ["dmr"]
    assert found(docx(p(r("The "), r("d", "<w:smallCaps/>"), r("mr", "<w:smallCaps/><w:b/>"), r(" is kept.")))) == [
        "dmr"
    ]
    assert found(docx(p(r("The dmr is kept.")))) == []
    assert found(docx(p(r("The "), r("dm", "<w:caps/>"), r("r is kept.")))) == []
    assert found(docx(p(r("The dmr is kept."), style="Loud"), styles=LOUD)) == ["dmr"]
    assert found(docx(p(r("The dmr is kept."), style="Calm"), styles=LOUD)) == []
    assert found(docx(p(r("The dhr molecule", '<w:caps w:val="0"/>'), style="Loud"), styles=LOUD)) == []
    assert found(docx(p(r("The "), r("lot", "<w:caps/>"), r(" and dmr"), style="Loud"), styles=LOUD)) == ["dmr"]


SAID = "Legacy devices remain subject to the Quality System Regulation; the DHF is kept."
OURS = "[qmsr-lint name-qsr] 21 CFR Part 820 has been the Quality Management System Regulation (QMSR) since 2026."
AUTHORITY = "Authority: 21 CFR Part 820, title; the QMSR; DHF"


def in_body(data: bytes) -> list[Finding]:
    document = formats.read(data, "a.docx", DEFAULT)
    return [each for each in lint(document, RULES) if each.place.part == "body"]


@pytest.mark.parametrize(
    "lines",
    [
        [p(r(f"{OURS} {AUTHORITY}"))],
        [p(r(OURS)), p(r(AUTHORITY))],
        [p(r(OURS), r("1", RAISED)), p(r("Replacement: QMSR; DHF"))],
    ],
)
def test_what_this_tool_said_in_a_comment_is_no_word_of_the_document(lines: list[str]) -> None:
    """A document that names the QMSR twice may tell of the old law: it must not be this tool that names it."""
    alone = in_body(docx(p(r(SAID))))
    assert [each.severity for each in alone] == ["error", "error", "warning"]
    told = docx(p(r(SAID)), comments=lines)
    assert in_body(told) == alone
    assert found(told) == [each.text for each in alone]
    by_a_person = in_body(docx(p(r(SAID)), comments=[p(r(f"{OURS} {AUTHORITY}".replace("[", "See [")))]))
    assert [each.severity for each in by_a_person] != [each.severity for each in alone]


def test_what_a_person_adds_to_such_a_comment_is_counted() -> None:
    document = formats.read(docx(p(r(SAID)), comments=[p(r(f"{OURS} No: see 820.30(j)."))]), "a.docx", DEFAULT)
    [added] = [each for each in lint(document, RULES) if each.text == "820.30(j)"]
    assert added.suppressed is not None
    assert added.suppressed.reason == "is a comment of this tool"


def test_another_paragraph_behind_such_a_comment_is_read() -> None:
    said = docx(p(r("The file is kept.")), comments=[p(r(OURS)), p(r("Is the DHF meant?"))])
    assert found(said) == ["DHF"]


def test_the_comment_of_a_person_is_read() -> None:
    said = docx(p(r("The file is kept.")), comments=[p(r("Is it the DHF? [qmsr-lint term-dhf]"))])
    assert found(said) == ["DHF"]
