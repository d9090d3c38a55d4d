"""Headings that are only typed: what is none first, then the ways in which procedures set them."""

from collections.abc import Sequence

import pytest
from docxmaker import docx, heading_styles, listed, lists, p, r, tbl, tc, tr

from qmsr_lint import formats
from qmsr_lint.formats.outline import Line, names_sections, typed_headings
from qmsr_lint.limits import DEFAULT
from qmsr_lint.model import Document

TEXT = "The supervisor keeps the traveler with the lot."


def lines(*written: str) -> list[Line | None]:
    """Lines as they are written here: "*bold", "_larger", "1#item of a list", "2#item one level down", "--" a table."""
    found: list[Line | None] = []
    for each in written:
        text, look, listed = each, "", None
        if text[1:2] == "#":
            text, listed = text[2:], ("7", int(text[0]) - 1)
        if text[:1] in "*_":
            text, look = text[1:], {"*": "bold", "_": "28"}[text[0]]
        found.append(None if each == "--" else Line(text, look, listed))
    return found


def headings(*written: str) -> list[str]:
    """The lines that are headings, as written."""
    return [written[at] for at in sorted(typed_headings(lines(*written)))]


NONE = {
    "one usual name alone": ["Scope", TEXT, "Other words", TEXT],
    "usual names that look like the text": ["Scope", TEXT, "Records", TEXT],
    "labels of a form": ["*Part number", "*Lot", "*Approved by:", "*Date", "*Signature", "*Remarks"],
    "a letter": ["*Re: Change of the seal", "Dear Sir", TEXT, TEXT, "*WARNING", TEXT, "Sincerely", "*Ann Smith"],
    "steps": ["1. Open the lot folder.", "2. Read the label.", "3. Close the folder.", "4. Sign it.", "5. File it."],
    "steps without a full stop": [
        "1. Open the folder",
        "2. Read the label",
        "3. Close the folder",
        "4. Sign",
        "5. File",
    ],
    "items that have usual names": [TEXT, "1#Purpose", "1#Scope", "1#Definitions", "1#Records", TEXT],
    "bullets of a cause diagram": [TEXT, "1#Method", "1#Material", "1#Equipment", TEXT],
    "captions": ["*Table 1", "--", "*Table 2", "--", "*Figure 1", TEXT],
    "contents alone": ["1.0 PURPOSE\t2", "2.0 SCOPE\t2", "3.0 RECORDS\t4"],
    "sentences in bold": ["*The lot is kept until release", TEXT, "*Nobody may open it", TEXT],
    "two names in three lines": ["*Purpose", TEXT, "*Scope"],
    "three bold numbers": ["*1 Kit", TEXT, "*2 Lot", TEXT, "*3 Seal", TEXT],
    "four plain numbers": ["1 Kit", TEXT, "2 Crate", TEXT, "3 Seal", TEXT, "4 Box", TEXT],
    "two numbers with some below them": ["*1 Kit", TEXT, "*1.1 Crate", TEXT, "*1.2 Seal", TEXT, "*2 Box", TEXT],
    "items of a plain list": ["1#kit", TEXT, "1#crate", TEXT, "1#box", TEXT, "1#seal", TEXT, "1#load", TEXT],
    "nothing": [],
}


@pytest.mark.parametrize("name", NONE)
def test_these_are_no_headings(name: str) -> None:
    assert headings(*NONE[name]) == []


SETTINGS = {
    "bold capitals with numbers": ["*1.0 PURPOSE", "*2.0 SCOPE", "*3.0 LINE CLEARANCE"],
    "capitals without numbers": ["PURPOSE", "SCOPE", "LINE CLEARANCE"],
    "bold without numbers": ["*Purpose", "*Scope", "*Line clearance"],
    "bold with a colon": ["*Purpose:", "*Scope:", "*Line clearance:"],
    "larger": ["_Purpose", "_Scope", "_Line clearance"],
    "nothing but a number": ["1. Purpose", "2. Scope", "3. Line clearance"],
    "a tab behind the number": ["1\tPurpose", "2\tScope", "3\tLine clearance"],
    "the word section": ["SECTION 1 - PURPOSE", "SECTION 2 - SCOPE", "SECTION 3: LINE CLEARANCE"],
    "Roman numbers": ["I. PURPOSE", "II. SCOPE", "III. LINE CLEARANCE", "IV. RECORDS"],
    "letters": ["A. Purpose", "B. Scope", "C. Line clearance"],
    "an automatic list": ["1#*Purpose", "1#*Scope", "1#*Line clearance"],
    "an automatic list that looks like the text": ["1#Purpose", "1#Scope", "1#Line clearance"],
    "two typed levels": ["*1 Purpose", "*2 Scope", "*3 Procedure", "*3.1 Line clearance", "*3.2 Release"],
    "a level in another look": ["*Purpose", "*Procedure", "_Line clearance", "_Release"],
    "letters below Roman numbers": [
        "*I. Purpose", "*II. Procedure", "*A. Receiving", "*B. Storage", "*III. Release", "*A. Papers", "*B. Seal",
    ],
    "letters beyond H": [
        *("*A. Purpose", "*B. Scope", "*C. Kit", "*D. Lot", "*E. Seal"),
        *("*F. Label", "*G. Box", "*H. Load", "*I. Papers"),
    ],
    "a question": ["*Purpose", "*Scope", "*Who keeps the traveler?"],
    "a gap in bold numbers": ["*1 Purpose", "*2 Scope", "*10 Line clearance", "*11 Release"],
    "an appendix in capitals": ["1. PURPOSE", "2. SCOPE", "APPENDIX A CAUSES"],
    "lists by bold items alone": ["1#*Why we do this", "1#*Receiving", "1#*Storing", "2#*In the cold", "1#*Release"],
    "numbers alone, in another language": ["1 Zweck", "2 Begriffe", "3 Zuständigkeit", "4 Ablauf", "5 Aufzeichnungen"],
    "an appendix": ["*1 Purpose", "*2 Scope", "*Appendix A Causes", "*A.1 Five times why", "*Appendix B Limits"],
    "a history without a number": ["1.0 PURPOSE", "2.0 SCOPE", "REVISION HISTORY"],
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_headings_are_known_by_how_they_are_set(name: str) -> None:
    written = SETTINGS[name]
    assert headings("Some Devices Ltd", *(line for heading in written for line in (heading, TEXT))) == written


BESIDE = {
    "title block": ["*Acme", "*LINE CLEARANCE", "*Document number QP-7", "*1.0 PURPOSE", TEXT, "*2.0 SCOPE", TEXT],
    "steps in a section": ["1. Purpose", TEXT, "2. Scope", TEXT, "1. Open it", "2. Read it", "3. Close it", TEXT],
    "list of papers": ["1. Purpose", TEXT, "2. Scope", TEXT, "1. Device master record", "2. Drawing", "3. Label"],
    "contents": ["1.0 PURPOSE", "2.0 SCOPE", "3.0 WORK", "4.0 FILES", "1.0 PURPOSE", TEXT, "2.0 SCOPE", TEXT],
    "terms": ["*Purpose", TEXT, "*Definitions", "_Lot", TEXT, "_Traveler", TEXT, "*Scope", TEXT],
    "terms with a colon": ["*Purpose:", TEXT, "*Definitions:", "*Lot", TEXT, "*Traveler", TEXT, "*Scope:", TEXT],
    "notes and warnings": ["*Purpose", TEXT, "*NOTE", TEXT, "*Scope", TEXT, "*WARNING", TEXT],
    "a call in capitals": ["PURPOSE", TEXT, "OPERATORS MUST WEAR GLOVES", TEXT, "SCOPE", TEXT],
    "standards": ["PURPOSE", TEXT, "REFERENCES", "DP 31 INDICATOR TESTING", TEXT, "SCOPE", TEXT],
    "indented items": ["PURPOSE", TEXT, "SCOPE", TEXT, "   PRESSURE", "   DWELL TIME", TEXT],
    "head of a page": ["PURPOSE", TEXT, "SCOPE", TEXT, "QP 7   REVISION C        PAGE 2 OF 3", TEXT],
    "sign-off": ["*Purpose", TEXT, "*Scope", TEXT, "*Prepared by", "Ann", "*Approved by", "Bob", "*Date"],
}  # fmt: skip


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_headings_is_none(name: str) -> None:
    usual = ("purpose", "scope", "definitions", "references")
    found = headings(*BESIDE[name])
    assert len(found) == len(set(found)) >= 2
    assert [words for words in found if words.strip("*:0123456789. ").lower() not in usual] == []


WITH_TEXT: dict[str, tuple[list[str], list[str]]] = {
    "a length of time is no section": (
        ["1 Purpose", TEXT, "2 Scope", TEXT, "3 Retention", "The DHF is kept for:", "5 years", "after release.",
         "4 Complaint files", TEXT, "5 Records", TEXT],
        ["1 Purpose", "2 Scope", "3 Retention", "4 Complaint files", "5 Records"],
    ),
    "a date is no section": (
        ["1 Purpose", TEXT, "2 Scope", "4 March 2025", TEXT, "3 Sites", TEXT, "4 Records", TEXT],
        ["1 Purpose", "2 Scope", "3 Sites", "4 Records"],
    ),
    "phases are no sections": (
        ["*1. Purpose", TEXT, "*2. Scope", TEXT, "*3. Design", TEXT, "Phase 4 Transfer", TEXT, "*4. Records", TEXT],
        ["*1. Purpose", "*2. Scope", "*3. Design", "*4. Records"],
    ),
    "steps with text between them": (
        ["1. Purpose", TEXT, "2. Scope", TEXT, "3. Procedure", "1. Open it", TEXT, "2. Read it", TEXT,
         "3. Tick it", TEXT, "4. Close it", TEXT, "5. Archive it", TEXT, "4. Records", TEXT, "5. Training", TEXT],
        ["1. Purpose", "2. Scope", "3. Procedure", "4. Records", "5. Training"],
    ),
    "another way of numbering": (
        ["1.0 Purpose", TEXT, "2.0 Scope", TEXT, "3) Sticky note", TEXT, "3.0 Records", TEXT],
        ["1.0 Purpose", "2.0 Scope", "3.0 Records"],
    ),
    "a usual word in the text": (
        ["Training", TEXT, "PURPOSE", TEXT, "SCOPE", TEXT, "LINE CLEARANCE", TEXT],
        ["PURPOSE", "SCOPE", "LINE CLEARANCE"],
    ),
    "a title in the look of the headings": (
        ["*Standard Operating Procedure", "*Line Clearance", "Acme", "*Purpose", TEXT, "*Scope", TEXT],
        ["*Purpose", "*Scope"],
    ),
    "a heading before the first usual one": (
        ["*Acme", "QP-7", "*Who we are", TEXT, "*Scope", TEXT, "*Records", TEXT],
        ["*Who we are", "*Scope", "*Records"],
    ),
    "contents in other words": (
        ["1 Why", "2 Where", "3 How", "4 Papers", "1 Purpose", TEXT, "2 Scope", TEXT, "3 Procedure", TEXT,
         "4 Records", TEXT],
        ["1 Purpose", "2 Scope", "3 Procedure", "4 Records"],
    ),
    "labels of a form that end in colons": (["*Equipment:", "x", "*Approval:", "y", "*Remarks:", "z"], []),
    "Chinese, which has no capitals": (["1. 打开批次文件夹。", "2. 阅读标签。", "3. 关闭。", "4. 签字。"], []),
    "a plain appendix": (["*Purpose", TEXT, "*Scope", TEXT, "Appendix A", TEXT], ["*Purpose", "*Scope"]),
    "one line in another look": (["*Purpose", TEXT, "*Scope", TEXT, "_Bring gloves", TEXT], ["*Purpose", "*Scope"]),
    "a line in another look with nothing below": (
        ["*Purpose", TEXT, "*Scope", TEXT, "_Receiving", TEXT, "_Storage"],
        ["*Purpose", "*Scope"],
    ),
    "items of a list with usual names in a section": (
        ["1#*Purpose", TEXT, "1#*Scope", TEXT, "2#Method", "2#Equipment", "2#Materials", TEXT],
        ["1#*Purpose", "1#*Scope"],
    ),
    "a subsection of another section": (
        ["*1 Purpose", TEXT, "*2 Scope", TEXT, "*5.1 Of another paper", TEXT, "*2.1 Sites", TEXT],
        ["*1 Purpose", "*2 Scope", "*2.1 Sites"],
    ),
    "numbers that go back": (
        ["*1 Purpose", TEXT, "*2 Scope", TEXT, "*3 Records", TEXT, "*2 Scope of the annex", TEXT],
        ["*1 Purpose", "*2 Scope", "*3 Records"],
    ),
    "many words": (
        ["*Purpose", TEXT, "*Scope", TEXT, "*Kits and labels and boxes and seals and crates of the old line", TEXT],
        ["*Purpose", "*Scope"],
    ),
    "long words": (
        ["*Purpose", TEXT, "*Scope", TEXT, "*" + "Kitkitkitkit " * 9, TEXT],
        ["*Purpose", "*Scope"],
    ),
    "two lines in one paragraph": (["*Purpose", TEXT, "*Scope", TEXT, "*Kit\ncrate", TEXT], ["*Purpose", "*Scope"]),
    "a line of the contents in bold": (
        ["*Purpose", TEXT, "*Scope", TEXT, "*Kits .... 4", TEXT, "*Crates\t5", TEXT],
        ["*Purpose", "*Scope"],
    ),
    "a month": (["*1 Purpose", TEXT, "*2 Scope", TEXT, "*3 March 2025", TEXT], ["*1 Purpose", "*2 Scope"]),
    "few and many words behind plain numbers": (
        ["1. Purpose", TEXT, "2. Scope", TEXT, "3. Kit and label control", TEXT,
         "4. Kits and labels and boxes of old lines", TEXT],
        ["1. Purpose", "2. Scope", "3. Kit and label control"],
    ),
    "plain numbers with a small gap and a large one": (
        ["1. Purpose", TEXT, "2. Scope", TEXT, "5. Kits", TEXT, "30. Crates", TEXT],
        ["1. Purpose", "2. Scope", "5. Kits"],
    ),
    "empty sections that come again": (
        ["*Purpose", "*Scope", TEXT, "*Records", TEXT, "*Purpose", "*Scope", TEXT, "*Records", TEXT],
        ["*Purpose", "*Scope", "*Records", "*Purpose", "*Scope", "*Records"],
    ),
    "contents without numbers": (
        ["*Purpose", "*Scope", "*Kits", "*Records", "*Purpose", TEXT, "*Scope", TEXT, "*Kits", TEXT, "*Records", TEXT],
        ["*Purpose", "*Scope", "*Kits", "*Records"],
    ),
    "contents in the usual words": (
        ["*1 Purpose", "*2 Scope", "*3 Records", "*4 History", "*1 Purpose of it", TEXT, "*2 Scope of it", TEXT,
         "*3 Records of it", TEXT, "*4 History of it", TEXT],
        ["*1 Purpose of it", "*2 Scope of it", "*3 Records of it", "*4 History of it"],
    ),
    "a usual word above the first number": (
        ["*Training", TEXT, "*1. Purpose", TEXT, "*2. Scope", TEXT],
        ["*1. Purpose", "*2. Scope"],
    ),
    "a number that begins again": (
        ["*1. Purpose", TEXT, "*2. Scope", TEXT, "*1. Training", TEXT],
        ["*1. Purpose", "*2. Scope"],
    ),
    "what leads in a list": (["1 Purpose", TEXT, "2 Scope", TEXT, "3 Keep these:", TEXT], ["1 Purpose", "2 Scope"]),
    "one phase": (["*1 Purpose", TEXT, "*2 Scope", TEXT, "*Phase 3 Transfer", TEXT], ["*1 Purpose", "*2 Scope"]),
    "a bracket behind a number": (
        ["1.0 Purpose", TEXT, "2.0 Scope", TEXT, "3) Sticky note", TEXT],
        ["1.0 Purpose", "2.0 Scope"],
    ),
    "small letters among capitals": (
        ["1.0 PURPOSE", TEXT, "2.0 SCOPE", TEXT, "3.0 Kits of the line", TEXT],
        ["1.0 PURPOSE", "2.0 SCOPE"],
    ),
    "plain among bold": (["*1 Purpose", TEXT, "*2 Scope", TEXT, "3 Kits", TEXT], ["*1 Purpose", "*2 Scope"]),
    "two bold lines in a row": (
        ["*Purpose", TEXT, "*Scope", TEXT, "*Kits", "*Crates", TEXT],
        ["*Purpose", "*Scope", "*Crates"],
    ),
    "a plain list that goes on from the sections": (
        ["1. Purpose", TEXT, "2. Scope", TEXT, "3. Kit", "4. Crate", "5. Seal", TEXT],
        ["1. Purpose", "2. Scope"],
    ),
    "steps behind the last usual name": (
        ["1. Purpose", TEXT, "2. Scope", TEXT, "3. Procedure", TEXT, "1. Open it", TEXT, "2. Read it", TEXT,
         "3. Tick it", TEXT, "4. Close it", TEXT, "5. Archive it", TEXT],
        ["1. Purpose", "2. Scope", "3. Procedure"],
    ),
    "the end of a list of sentences": (
        ["1. Purpose", TEXT, "2. Scope", TEXT, "1. Sign it.", "2. Date it.", "3. Kit and crate", TEXT],
        ["1. Purpose", "2. Scope"],
    ),
    "plain subsections": (
        ["*1 Purpose", TEXT, "*2 Scope", TEXT, "2.1 Sites", TEXT, "2.2 Kits and labels and boxes of old lines", TEXT],
        ["*1 Purpose", "*2 Scope", "2.1 Sites"],
    ),
    "a number far ahead": (
        ["*1 Kit", TEXT, "*2 Crate", TEXT, "*3 Seal", TEXT, "*7 Box", TEXT, "*4 Load", TEXT],
        ["*1 Kit", "*2 Crate", "*3 Seal", "*4 Load"],
    ),
    "a usual name with an old number": (
        ["*1 Purpose", TEXT, "*2 Scope", TEXT, "*3 Kits", TEXT, "*1 Scope", TEXT],
        ["*1 Purpose", "*2 Scope", "*3 Kits"],
    ),
    "levels of a list": (
        ["2#*Early", TEXT, "1#*Purpose", TEXT, "1#*Scope", TEXT, "1#kit", TEXT, "2#*Kit", "2#*Crate", TEXT],
        ["1#*Purpose", "1#*Scope", "2#*Crate"],
    ),
    "other looks above the first heading": (
        ["_Acme", TEXT, "_Boston", TEXT, "*Purpose", TEXT, "*Scope", TEXT],
        ["*Purpose", "*Scope"],
    ),
    "terms in another look": (
        ["*1 Purpose", TEXT, "*2 Definitions", "_Complaint", TEXT, "_Batch", TEXT, "*3 Scope", TEXT],
        ["*1 Purpose", "*2 Definitions", "*3 Scope"],
    ),
    "letters that do not go on": (
        ["*I. Purpose", TEXT, "*II. Procedure", TEXT, "_A. Receiving", TEXT, "_D. Seal", TEXT, "_E. Load", TEXT],
        ["*I. Purpose", "*II. Procedure"],
    ),
    "letters that begin again": (
        ["*I. Purpose", TEXT, "*II. Procedure", TEXT, "_A. Kit", TEXT, "_B. Crate", TEXT, "_C. Seal", TEXT,
         "_D. Load", TEXT, "*III. Release", TEXT, "_A. Papers", TEXT, "_B. Box", TEXT],
        ["*I. Purpose", "*II. Procedure", "_A. Kit", "_B. Crate", "_C. Seal", "_D. Load", "*III. Release",
         "_A. Papers", "_B. Box"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITH_TEXT)
def test_headings_among_other_lines(name: str) -> None:
    written, expected = WITH_TEXT[name]
    assert headings(*written) == expected


@pytest.mark.parametrize(
    ("line", "count"),
    [
        (Line("x", "", ("1", 32_767)), 5_000),
        (Line("applicabor" * 9 + "x!"), 5_000),
        (Line("purpose and " * 8), 5_000),
        (Line("1. " * 30), 5_000),
    ],
)
def test_hostile_lines_take_little_time_and_memory(line: Line, count: int) -> None:
    import tracemalloc

    tracemalloc.start()
    typed_headings([line, Line("Purpose", "bold")] * count)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_section_may_be_missing_in_the_numbers() -> None:
    written = ["1.0 PURPOSE", TEXT, "2.0 SCOPE", TEXT, "5.0 LINE CLEARANCE", TEXT]
    assert headings(*written) == written[::2]


def test_made_headings_that_name_sections_are_all_there_are() -> None:
    typed = lines("*Purpose", TEXT, "*Scope", TEXT)
    assert typed_headings(typed, ["SOP-7"])
    assert not typed_headings(typed, ["1 Purpose", "2 Scope"])


def test_usual_names_are_known_with_their_numbers() -> None:
    assert names_sections(["1.0 Purpose and Scope", TEXT, "IV. References & Definitions:"])
    assert not names_sections(["Purpose", TEXT])
    assert not names_sections(["& / ,", ", and"])


# In documents


def word(*paragraphs: str, **parts: object) -> Document:
    """A Word file of these paragraphs, read."""
    return formats.read(docx("".join(paragraphs), **parts), "a.docx", DEFAULT)  # type: ignore[arg-type]


def sections(document: Document, words: str = "DHF") -> Sequence[str | None]:
    """The sections of the blocks that hold these words."""
    return [block.place.section for block in document.blocks if words in document.text[block.start : block.end]]


def bold(words: str) -> str:
    """A paragraph in bold."""
    return p(r(words, "<w:b/>"))


KEPT = p(r("The DHF is kept."))


def test_a_paragraph_of_a_word_file_stands_in_the_section_that_is_typed_above_it() -> None:
    document = word(
        KEPT, bold("1.0 PURPOSE"), KEPT, bold("2.0 SCOPE"), KEPT, tbl(tr(tc(p(r("DHF"))))), bold("2.1 Sites"), KEPT
    )
    expected = [None, "1.0 PURPOSE", "2.0 SCOPE", "2.0 SCOPE", "2.1 Sites"]
    assert sections(document) == expected
    assert {(block.kind, block.level) for block in document.blocks} == {("paragraph", 0), ("cell", 0)}


def test_the_number_of_a_typed_heading_is_computed() -> None:
    item = listed(r("Purpose", "<w:b/>")), listed(r("Scope", "<w:b/>"))
    document = word(item[0], KEPT, item[1], KEPT, numbering=lists(("decimal", "%1.")))
    assert sections(document) == ["1. Purpose", "2. Scope"]


def with_looks(look: str, styles: str = "", style: str = "", text: str = KEPT) -> Sequence[str | None]:
    """The sections of three paragraphs below lines in a look."""
    names = ("Purpose", "Scope", "Line clearance")
    return sections(word(*(each for name in names for each in (p(r(name, look), style=style), text)), styles=styles))


FOUND = ["Purpose", "Scope", "Line clearance"]
DEFAULTS = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'


def style_of(name: str, properties: str, based_on: str = "", kind: str = "paragraph") -> str:
    """A style with run properties."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    named = f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
    return f"{named}{base}<w:rPr>{properties}</w:rPr></w:style>"


LOOKS = ("<w:u w:val='single'/>", "<w:i/>", "<w:b/>", "<w:sz w:val='32'/>", "<w:color w:val='1F4E79'/>", "<w:caps/>")


@pytest.mark.parametrize("look", LOOKS)
def test_looks_set_headings_apart(look: str) -> None:
    assert with_looks(look) == FOUND


@pytest.mark.parametrize("look", LOOKS)
def test_the_looks_of_a_style_set_headings_apart(look: str) -> None:
    assert with_looks("", style_of("Bar", look), "Bar") == FOUND
    assert with_looks("", style_of("Bar", look) + style_of("Beam", "", "Bar"), "Beam") == FOUND


@pytest.mark.parametrize("look", LOOKS[:5])
def test_the_looks_of_a_character_style_set_headings_apart(look: str) -> None:
    assert with_looks('<w:rStyle w:val="Loud"/>', style_of("Loud", look, kind="character")) == FOUND


def test_a_character_style_without_a_size_leaves_that_of_the_paragraph() -> None:
    styles = style_of("Bar", '<w:sz w:val="32"/>') + style_of("Quiet", "", kind="character")
    assert with_looks('<w:rStyle w:val="Quiet"/>', styles, "Bar") == FOUND


def test_another_typeface_sets_headings_apart() -> None:
    text = p(r("The DHF is kept.", '<w:rFonts w:ascii="Calibri"/>'))
    assert with_looks('<w:rFonts w:ascii="Arial"/>', text=text) == FOUND
    assert with_looks('<w:rFonts w:ascii="Calibri"/>', text=text) == [None] * 3
    assert with_looks('<w:rFonts w:ascii="Arial"/>') == [None] * 3  # what the text is set in is not known


@pytest.mark.parametrize(
    ("look", "styles"),
    [
        ("<w:b w:val='0'/>", ""),
        ("<w:u w:val='none'/>", ""),
        ("<w:color w:val='auto'/>", ""),
        ("<w:color w:val='000000'/>", ""),
        ("<w:sz w:val='20'/>", ""),
        ("<w:sz w:val='24'/>", DEFAULTS),
        ("<w:sz w:val='22'/><w:b/>", DEFAULTS),
        ('<w:rStyle w:val="Loud"/>', style_of("Normal", "<w:b/>") + style_of("Loud", "<w:b/>", kind="character")),
    ],
)
def test_a_look_that_nobody_sees_or_that_is_small_is_none(look: str, styles: str) -> None:
    style = "Normal" if "Normal" in styles else ""
    assert with_looks(look, styles, style) == [None] * 3


def test_the_default_size_is_that_of_the_document() -> None:
    assert with_looks("<w:sz w:val='26'/>", DEFAULTS) == FOUND


def test_bold_text_is_not_told_from_bold_beginnings() -> None:
    led_in = p(r("Keep", "<w:b/>") + r(" the DHF of each device that the site makes."))
    assert with_looks("<w:b/>", text=led_in) == FOUND
    assert with_looks("<w:b/>", text=p(r("The DHF is kept.", "<w:b/>"))) == [None] * 3


def test_a_table_below_a_bold_line_is_its_text() -> None:
    cell = tbl(tr(tc(p(r("DHF")))))
    document = word(bold("Purpose"), KEPT, bold("Scope"), KEPT, bold("Kits"), cell, bold("Crates"), KEPT)
    assert sections(document) == ["Purpose", "Scope", "Kits", "Crates"]


def test_words_in_tables_and_text_boxes_are_no_headings() -> None:
    document = word(KEPT, KEPT, *(tbl(tr(tc(bold(name), KEPT))) for name in ("Purpose", "Scope", "Kits")))
    assert set(sections(document)) == {None}


def test_a_bold_beginning_is_no_heading() -> None:
    def run_in(words: str) -> str:
        return p(r(words, "<w:b/>") + r(" of the DHF"))

    assert sections(word(run_in("Purpose"), run_in("Scope"), run_in("Records"))) == [None, None, None]


MADE = [p(r(words), style="Heading1") for words in ("Intake", "Triage", "Closing")]


def test_headings_that_are_made_as_such_are_enough() -> None:
    document = word(
        *(each for made in MADE for each in (made, bold("Purpose"), bold("Scope"), KEPT)), styles=heading_styles()
    )
    assert sections(document) == ["Intake", "Triage", "Closing"]


def test_a_title_that_is_made_as_a_heading_does_not_hide_the_typed_ones() -> None:
    document = word(MADE[0], bold("Purpose"), KEPT, bold("Scope"), KEPT, styles=heading_styles())
    assert sections(document) == ["Purpose", "Scope"]


MARKDOWN = {
    "**1.0 PURPOSE**\n\nThe DHF.\n\n**2.0 SCOPE**\n\n- The DHF.\n\n**2.1 Sites**\n\n| DHF |\n|---|\n": [
        "1.0 PURPOSE", "2.0 SCOPE", "2.1 Sites",
    ],
    "Title\n\nPURPOSE\n\nThe DHF.\n\nSCOPE\n\nThe DHF.[^1]\n\n[^1]: The DHF.\n": ["PURPOSE", "SCOPE", "SCOPE"],
    "# QP-7\n\nThe DHF.\n\n**Purpose**\n\nThe DHF.\n\n**Scope**\n\nThe DHF.\n": ["QP-7", "Purpose", "Scope"],
    "# A\n\n# B\n\n# C\n\n**Purpose**\n\nThe DHF.\n\n**Scope**\n\nThe DHF.\n": ["C", "C"],
    "**Purpose.** The DHF.\n\n**Scope.** The DHF.\n\n**Records.** The DHF.\n": [None, None, None],
    "> **Purpose**\n>\n> The DHF.\n>\n> **Scope**\n>\n> The DHF.\n": [None, None],
}  # fmt: skip


@pytest.mark.parametrize("source", MARKDOWN)
def test_a_block_of_a_markdown_file_stands_in_the_section_that_is_typed_above_it(source: str) -> None:
    document = formats.read(source.encode(), "a.md", DEFAULT)
    assert sections(document) == MARKDOWN[source]
    assert all(not block.level or "# " in source for block in document.blocks)
