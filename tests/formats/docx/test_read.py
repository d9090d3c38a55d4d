"""What the reader knows about each block besides its words: kind, level, place, marks; and the pieces behind it."""

import pytest
from docxmaker import (
    Part,
    bookmarked,
    commented,
    control,
    deleted,
    docx,
    drawing,
    field,
    heading_styles,
    ins,
    letters,
    link,
    listed,
    lists,
    moved_to,
    p,
    r,
    simple_field,
    smart_tag,
    tbl,
    tc,
    text_box,
    tr,
)

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.read import load, read
from qmsr_lint.formats.docx.text import W, bound, locked, pieces, twin
from qmsr_lint.model import BLOCK_SEPARATOR, Block, Document, Mark, Place


def blocks(data: bytes) -> dict[str, Block]:
    """The blocks by their text."""
    document = read(data, "sop.docx")
    return {document.text[block.start : block.end]: block for block in document.blocks}


def labels(data: bytes) -> dict[str, str]:
    return {text: block.place.label for text, block in blocks(data).items()}


def marks(data: bytes) -> list[tuple[str, str, str]]:
    document: Document = read(data, "sop.docx")
    return [(mark.kind, document.text[mark.start : mark.end], mark.value) for mark in document.marks]


OUTLINE = lists(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))


def numbered(*content: tuple[str, int]) -> str:
    return "".join(p(r(text), style=f"Heading{level}") if level else p(r(text)) for text, level in content)


# --- Kinds ------------------------------------------------------------------------------------------------------------


def test_blocks_are_adjacent_ranges_in_document_order() -> None:
    document = read(docx(p(r("One")) + p() + p(r("Three")), header=p(r("Head"))), "sop.docx")
    assert [(block.start, block.end) for block in document.blocks] == [(0, 3), (4, 4), (5, 10), (11, 15)]
    assert document.format == "docx"
    assert document.path == "sop.docx"
    assert document.position is None


@pytest.mark.parametrize(
    ("style", "xml", "level"),
    [
        ("Heading1", "", 1),
        ("berschrift2", '<w:name w:val="heading 2"/>', 2),
        ("Own", '<w:name w:val="Own"/><w:basedOn w:val="Heading3"/>', 3),
        ("Own", '<w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="4"/></w:pPr>', 5),
        ("Titre1", '<w:name w:val="Titre 1"/>', 1),
        ("Title", '<w:name w:val="Title"/>', 1),
    ],
)
def test_heading_styles(style: str, xml: str, level: int) -> None:
    own = f'<w:style w:type="paragraph" w:styleId="{style}">{xml}</w:style>' if xml else ""
    block = blocks(docx(p(r("Scope"), style=style), styles=heading_styles() + own))["Scope"]
    assert (block.kind, block.level) == ("heading", level)


def test_outline_level_of_the_paragraph_itself_decides() -> None:
    found = blocks(
        docx(
            p(r("Direct"), props='<w:outlineLvl w:val="1"/>')
            + p(r("Body"), style="Heading1", props='<w:outlineLvl w:val="9"/>'),
            styles=heading_styles(),
        )
    )
    assert (found["Direct"].kind, found["Direct"].level) == ("heading", 2)
    assert (found["Body"].kind, found["Body"].level) == ("paragraph", 0)


def test_a_former_outline_level_makes_no_heading() -> None:
    former = '<w:pPrChange w:id="1" w:author="Ann"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>'
    assert blocks(docx(p(r("Text"), props=former)))["Text"].kind == "paragraph"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_styles_are_known_in_every_encoding(encoding: str) -> None:
    def recode(entries: dict[str, str | bytes]) -> None:
        styles = str(entries["word/styles.xml"]).partition("?>")[2]
        name = encoding.removesuffix("-sig")
        entries["word/styles.xml"] = f'<?xml version="1.0" encoding="{name}"?>{styles}'.encode(encoding)

    own = '<w:style w:type="paragraph" w:styleId="T\u00eate"><w:name w:val="heading 2"/></w:style>'
    data = docx(p(r("Scope"), style="T\u00eate"), styles=heading_styles() + own, change=recode)
    assert blocks(data)["Scope"].level == 2


def test_heading_style_is_known_without_a_styles_part() -> None:
    assert blocks(docx(p(r("Scope"), style="Heading2")))["Scope"].level == 2


def test_circular_styles_end() -> None:
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert blocks(docx(p(r("x"), style="A"), styles=styles))["x"].kind == "paragraph"


def test_list_items_quotations_and_code() -> None:
    list_ = '<w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
    styled = f'<w:style w:type="paragraph" w:styleId="LB">{list_}</w:style>'
    body = listed(r("a")) + p(r("b"), style="LB") + listed(r("c"), list_id=0, style="LB")
    body += p(r("d"), style="Quote") + p(r("e"), style="IntenseQuote") + p(r("f"), style="SourceCode")
    found = blocks(docx(body, styles=heading_styles("Quote", "Intense Quote", "Source Code") + styled))
    assert [found[text].kind for text in "abcdef"] == ["item", "item", "paragraph", "paragraph", "paragraph", "code"]
    assert [found[text].quoted for text in "abcdef"] == [False, False, False, True, True, False]


@pytest.mark.parametrize("name", ["Plain Text", "HTML Preformatted", "Macro Text"])
def test_styles_of_pasted_text_are_prose(name: str) -> None:
    body = p(r("a"), style=name.replace(" ", "")) + p(r("b"), style="Own")
    own = f'<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="{name.replace(" ", "")}"/></w:style>'
    assert {block.kind for block in blocks(docx(body, styles=heading_styles(name) + own)).values()} == {"paragraph"}


def test_cells_and_heading_rows() -> None:
    header = "<w:tblHeader/>"
    body = tbl(
        tr(tc(r("a"))), tr(tc(r("b")), props=header), tr(tc(r("c"))), tr(tc(r("d")), props='<w:tblHeader w:val="0"/>')
    )
    found = blocks(docx(body))
    assert [found[text].header_row for text in "abcd"] == [True, True, False, False]
    assert {block.kind for block in found.values()} == {"cell"}


# --- Places -----------------------------------------------------------------------------------------------------------


def test_section_has_its_computed_number_and_heading() -> None:
    body = numbered(
        ("Purpose", 1),
        ("x", 0),
        ("Design control", 1),
        ("Inputs", 2),
        ("Design  transfer", 2),
        ("y", 0),
        ("Ids", 3),
        ("z", 0),
    )
    found = labels(docx(body, styles=heading_styles(numbered=True), numbering=OUTLINE))
    assert found["x"] == "1. Purpose, paragraph 2"
    assert found["y"] == "2.2 Design transfer, paragraph 6"
    assert found["z"] == "a) Ids, paragraph 8"
    assert found["Design  transfer"] == "2.2 Design transfer, paragraph 5"


def test_typed_number_stays_as_typed() -> None:
    body = p(r("5.2\tDesign transfer"), style="Heading2") + p(r("x"))
    assert labels(docx(body, styles=heading_styles()))["x"] == "5.2 Design transfer, paragraph 2"


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((("upperRoman", "%1."), ("upperLetter", "%2.")), ["I.", "A.", "B.", "II.", "A."]),
        ((("decimalZero", "%1"), ("decimal", "%1.%2")), ["01", "01.1", "01.2", "02", "02.1"]),
        ((("none", "%1"), ("decimal", "Step %2:")), ["", "Step 1:", "Step 2:", "", "Step 1:"]),
        ((("bullet", "·"), ("lowerRoman", "(%2)")), ["", "(i)", "(ii)", "", "(i)"]),
    ],
)
def test_number_formats(levels: tuple[tuple[str, str], ...], expected: list[str]) -> None:
    body = numbered(("A", 1), ("B", 2), ("C", 2), ("D", 1), ("E", 2))
    found = blocks(docx(body, styles=heading_styles(numbered=True), numbering=lists(*levels)))
    assert [found[text].place.section for text in "ABCDE"] == [
        f"{n} {t}".strip() for n, t in zip(expected, "ABCDE", strict=True)
    ]


def test_legal_numbering_shows_digits() -> None:
    numbering = OUTLINE.replace(
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>', '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>'
    )
    numbering = numbering.replace('<w:lvlText w:val="%1.%2"/>', '<w:isLgl/><w:lvlText w:val="%1.%2"/>')
    found = blocks(docx(numbered(("A", 1), ("B", 2)), styles=heading_styles(numbered=True), numbering=numbering))
    assert (found["A"].place.section, found["B"].place.section) == ("I. A", "1.1 B")


def test_start_override_begins_again_and_lists_of_one_definition_count_on() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    body = "".join(
        listed(r(text), list_id=number, style="Heading1") for text, number in (("A", 1), ("B", 2), ("C", 2), ("D", 1))
    )
    found = blocks(docx(body, styles=heading_styles(), numbering=lists(("decimal", "%1."), override=override)))
    assert [found[text].place.section for text in "ABCD"] == ["1. A", "7. B", "8. C", "9. D"]


def test_level_that_never_restarts() -> None:
    numbering = OUTLINE.replace('<w:lvlText w:val="%1.%2"/>', '<w:lvlRestart w:val="0"/><w:lvlText w:val="%1.%2"/>')
    body = numbered(("A", 1), ("B", 2), ("C", 1), ("D", 2))
    found = blocks(docx(body, styles=heading_styles(numbered=True), numbering=numbering))
    assert found["D"].place.section == "2.2 D"


def test_level_that_restarts_after_a_level_of_its_choice() -> None:
    old = '<w:lvlText w:val="%3)"/>'
    numbering = OUTLINE.replace(old, f'<w:lvlRestart w:val="1"/>{old}')
    assert numbering != OUTLINE
    body = numbered(("A", 1), ("B", 2), ("C", 3), ("D", 2), ("E", 3), ("F", 1), ("G", 3))
    found = blocks(docx(body, styles=heading_styles(numbered=True), numbering=numbering))
    assert [found[text].place.section for text in "CEG"] == ["a) C", "b) E", "a) G"]


def test_skipped_level_counts_as_used() -> None:
    body = numbered(("A", 1), ("B", 3), ("C", 2))
    numbering = lists(("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    found = blocks(docx(body, styles=heading_styles(numbered=True), numbering=numbering))
    assert [found[text].place.section for text in "ABC"] == ["1 A", "1.1.1 B", "1.2 C"]


def test_long_clause_with_an_outline_level_is_no_heading() -> None:
    clause = "The procedure shall be followed. " * 10
    found = blocks(docx(numbered(("A", 1), (clause, 1), ("x", 0)), styles=heading_styles()))
    assert (found[clause].kind, found[clause].level, found["x"].place.section) == ("paragraph", 0, "A")


def test_list_borrowed_from_a_numbering_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Outline"/><w:lvl w:ilvl="0"><w:start w:val="4"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Outline"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="2"/></w:num>'
    )
    found = blocks(docx(numbered(("A", 1)), styles=heading_styles(numbered=True), numbering=numbering))
    assert found["A"].place.section == "4 A"


def test_numbers_count_items_between_headings_of_the_same_list() -> None:
    body = numbered(("A", 1)) + listed(r("clause"), level=1) + numbered(("B", 2))
    found = blocks(docx(body, styles=heading_styles(numbered=True), numbering=OUTLINE))
    assert found["B"].place.section == "1.2 B"


def test_deleted_heading_opens_no_section_and_takes_no_number() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    body = numbered(("A", 1)) + p(deleted("Gone"), style="Heading1", props=mark) + numbered(("B", 1), ("x", 0))
    found = labels(docx(body, styles=heading_styles(numbered=True), numbering=OUTLINE))
    assert found["x"] == "2. B, paragraph 3"


def test_joined_paragraph_has_the_last_ones_properties() -> None:
    body = p(r("Design "), style="Heading1", props="<w:rPr><w:del/></w:rPr>") + p(r("transfer"))
    assert blocks(docx(body, styles=heading_styles()))["Design transfer"].kind == "paragraph"


def test_a_heading_that_ends_with_a_hidden_mark_opens_its_section_and_takes_its_number() -> None:
    mark = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    body = p(r("Scope."), style="Heading1", props=mark) + p(r(" All sites.")) + numbered(("x", 0), ("B", 1), ("y", 0))
    found = blocks(docx(body, styles=heading_styles(numbered=True), numbering=OUTLINE))
    assert found["Scope. All sites."].kind == "paragraph"
    assert [found[text].place.label for text in ("Scope. All sites.", "x", "y")] == [
        "1. Scope., paragraph 1",
        "1. Scope., paragraph 2",
        "2. B, paragraph 4",
    ]


def test_the_line_before_the_notes_is_no_block() -> None:
    document = read(docx(p(r("x", raw='<w:footnoteReference w:id="1"/>')), footnotes=[p(r("a"))]), "sop.docx")
    assert document.text.split(BLOCK_SEPARATOR) == ["x", "a"]


def test_a_drop_cap_has_the_properties_of_its_paragraph() -> None:
    body = p(r("P"), props='<w:framePr w:dropCap="drop"/>') + p(r("urpose"), style="Heading1") + p(r("x"))
    found = blocks(docx(body, styles=heading_styles()))
    assert (found["Purpose"].kind, found["x"].place.section) == ("heading", "Purpose")


def test_paragraph_with_a_deleted_mark_before_a_table_stays_alone() -> None:
    body = p(r("a"), props="<w:rPr><w:del/></w:rPr>") + tbl(tr(tc(r("b")))) + p(r("c"))
    assert list(blocks(docx(body))) == ["a", "b", "c"]


def test_heading_in_a_table_is_a_cell_and_opens_no_section() -> None:
    body = numbered(("A", 1)) + tbl(tr(tc(p(r("B"), style="Heading1")))) + p(r("x"))
    found = blocks(docx(body, styles=heading_styles()))
    assert found["B"].kind == "cell"
    assert found["x"].place == Place("body", "A", 2)


def test_columns_of_merged_and_shifted_cells() -> None:
    body = tbl(
        tr(tc(r("a"), props='<w:gridSpan w:val="2"/>'), tc(r("b"))),
        tr(tc(r("c"), props='<w:vMerge w:val="restart"/>'), tc(r("d")), tc(r("e"))),
        tr(tc(props="<w:vMerge/>"), control(tc(r("f"))), tc(r("g"))),
        control(tr(tc(r("h")), props='<w:gridBefore w:val="1"/>')),
    )
    found = blocks(docx(body))
    assert {text: (block.place.row, block.place.cell) for text, block in found.items() if text} == {
        "a": (1, 1), "b": (1, 3), "c": (2, 1), "d": (2, 2), "e": (2, 3), "f": (3, 2), "g": (3, 3), "h": (4, 2),
    }  # fmt: skip


HUGE = "9" * 4300


def test_numbers_beyond_all_bounds_end_in_a_place_that_can_be_shown() -> None:
    """Python neither reads nor prints numbers of so many digits: a report on one would fail."""
    body = tbl(
        tr(tc(r("a")), props=f'<w:gridBefore w:val="{HUGE}"/>'),
        tr(tc(r("b"), props=f'<w:gridSpan w:val="{HUGE}"/>'), tc(r("c"))),
        tr(tc(r("d")), props='<w:gridBefore w:val="-9"/>'),
    )
    found = labels(docx(body))
    assert found["a"] == "table 1, row 1, cell 32768"
    assert found["c"] == "table 1, row 2, cell 32768"
    assert found["d"] == "table 1, row 3, cell 1"


@pytest.mark.parametrize("digits", [HUGE, "1" * 5000, "-5", "x", ""])
def test_levels_and_starts_beyond_all_bounds(digits: str) -> None:
    numbered = f'<w:numPr><w:ilvl w:val="{digits}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{digits}"/>'
    heading = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/>'
    body = p(r("a"), props=numbered) + p(r("b"), props=heading) + p(r("c"), props=heading)
    for form in ("decimal", "upperRoman", "upperLetter", "ordinal", "decimalZero"):
        numbering = lists((form, "%1.")).replace('<w:start w:val="1"/>', f'<w:start w:val="{digits}"/>')
        found = blocks(docx(body, numbering=numbering))
        assert found["a"].kind == "item"
        assert len(found["c"].place.label) < 60


def test_words_of_a_list_stand_at_its_first_paragraph() -> None:
    numbering = lists(("decimal", "21 CFR 820.%1"), ("decimal", "(%2)")).replace(
        '<w:start w:val="1"/>', '<w:start w:val="30"/>', 1
    )
    body = p(r("Design"), style="Heading1") + listed(r("a")) + listed(r("b"), level=1) + tbl(tr(tc(listed(r("c")))))
    document = read(docx(body, numbering=numbering, styles=heading_styles()), "sop.docx")
    assert document.text.split("\u2029") == ["Design", "a", "21 CFR 820.30", "b", "c"]
    assert document.blocks[2].place == document.blocks[1].place == Place("body", "Design", 2)
    assert document.blocks[2].kind == "item"


def test_label_of_a_cell_is_in_the_cell() -> None:
    document = read(docx(tbl(tr(tc(listed(r("a"))))), numbering=lists(("decimal", "Step %1:"))), "sop.docx")
    assert document.text == "a\u2029Step 1:"
    assert document.blocks[0][2:] == document.blocks[1][2:]


@pytest.mark.parametrize("text", ["%1.%2", "o", "\uf0b7", "(%1)", "§ %1", ""])
def test_label_without_words_is_no_block(text: str) -> None:
    numbering = lists(("decimal", text), ("decimal", "Article %2"))
    assert read(docx(listed(r("a")), numbering=numbering), "sop.docx").text == "a"


def test_embedded_word_files_are_numbered_on() -> None:
    inner = docx(p(r("a")) + tbl(tr(tc(r("b")))) + p(r("c")), header=p(r("d")) + tbl(tr(tc(r("e")))))
    parts = {f"word/{name}.docx": Part(inner, "aFChunk", name, "application/x-docx") for name in ("A", "B")}
    data = docx('<w:altChunk r:id="A"/>' + p(r("x")) + '<w:altChunk r:id="B"/>', parts=parts)
    document = read(data, "sop.docx")
    assert [block.place.label for block in document.blocks] == [
        "other, paragraph 1",
        "other, table 1, row 1, cell 1",
        "other, paragraph 2",
        "other, paragraph 3",
        "other, table 2, row 1, cell 1",
        "paragraph 1",
        "other, paragraph 4",
        "other, table 3, row 1, cell 1",
        "other, paragraph 5",
        "other, paragraph 6",
        "other, table 4, row 1, cell 1",
    ]


def test_nested_tables_have_numbers_of_their_own() -> None:
    body = tbl(tr(tc(p(r("a")), tbl(tr(tc(r("b")), tc(r("c")))), p(r("d"))))) + tbl(tr(tc(r("e"))))
    found = labels(docx(body))
    assert found == {
        "a": "table 1, row 1, cell 1",
        "b": "table 2, row 1, cell 1",
        "c": "table 2, row 1, cell 2",
        "d": "table 1, row 1, cell 1",
        "e": "table 3, row 1, cell 1",
    }


def test_deleted_row_takes_no_number() -> None:
    body = tbl(tr(tc(r("a"))), tr(tc(r("b")), props="<w:del/>"), tr(tc(r("c"))))
    assert labels(docx(body))["c"] == "table 1, row 2, cell 1"


def test_other_parts_are_named() -> None:
    note = p(
        r("Text"),
        r(raw='<w:footnoteReference w:id="1"/>'),
        commented(r("words")),
        text_box(p(r("box"))),
        drawing(descr="alt"),
    )
    data = docx(
        p(r("Scope"), style="Heading1") + note + p(r("Next"), style="Heading1"),
        header=[p(r("h1")), p(r("h2"))],
        footer=tbl(tr(tc(r("f")))),
        footnotes=[p(r("fn"))],
        comments=[p(r("remark"))],
        core={"title": "Design", "creator": "Nobody"},
        custom={"Owner": "QA"},
        styles=heading_styles(),
    )
    found = labels(data)
    assert found["box"] == "textbox, Scope, paragraph 1"
    assert found["alt"] == "alt-text, Scope, paragraph 1"
    assert (found["h1"], found["h2"]) == ("header, paragraph 1", "header, paragraph 2")
    assert found["f"] == "footer, table 1, row 1, cell 1"
    assert found["fn"] == "footnote, Scope, paragraph 1"
    assert found["remark"] == "comment, Scope, paragraph 1"
    assert (found["Design"], found["QA"]) == ("property, title", "property, Owner")
    assert "Nobody" not in found


def test_text_box_comes_after_its_paragraph() -> None:
    document = read(docx(p(r("a"), text_box(p(r("x")) + p(r("y"))), r("b")) + p(r("c"))), "sop.docx")
    assert document.text.split("\u2029") == ["ab", "x", "y", "c"]


# --- Marks ------------------------------------------------------------------------------------------------------------


def test_links_and_shown_addresses() -> None:
    data = docx(
        p(link(r("the ") + r("form"), "rIdL"), link(r("above"), anchor="x"), link(r("https://a.example"), "rIdL")),
        links={"rIdL": "https://example.org/DHF"},
    )
    assert marks(data) == [
        ("link", "the form", "https://example.org/DHF"),
        ("link", "above", "#x"),
        ("link", "https://a.example", "https://example.org/DHF"),
        ("url", "https://a.example", ""),
    ]


def test_field_links() -> None:
    data = docx(p(field('HYPERLINK "https://a.example/x"', r("one")), simple_field(r"HYPERLINK \l part", r("two"))))
    assert marks(data) == [("link", "one", "https://a.example/x"), ("link", "two", "#part")]


def test_a_field_in_a_link_leaves_the_link() -> None:
    data = docx(p(link(r("see ") + field("REF x", r("above")), "rIdL")), links={"rIdL": "https://a.example"})
    assert marks(data) == [("link", "see above", "https://a.example")]


def test_insertions_with_their_author() -> None:
    data = docx(p(r("a"), ins(r("b") + r("c"), "Ann"), ins(r("d"), "Bob"), moved_to(r("e"))))
    assert marks(data) == [("inserted", "bc", "Ann"), ("inserted", "d", "Bob"), ("inserted", "e", "Ann Author")]


def test_struck_and_code_runs() -> None:
    code = '<w:style w:type="character" w:styleId="Kode"><w:name w:val="HTML Code"/></w:style>'
    data = docx(
        p(
            r("a", "<w:strike/>"),
            r("b", '<w:strike w:val="false"/>'),
            r("c", "<w:dstrike/>"),
            r("d", '<w:rStyle w:val="Kode"/>'),
        ),
        styles=code,
    )
    assert marks(data) == [("struck", "a", ""), ("struck", "c", ""), ("code", "d", "")]


def test_raised_runs_and_capitals() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Note"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Low"><w:name w:val="low"/><w:basedOn w:val="Note"/>'
        '<w:rPr><w:vertAlign w:val="baseline"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loud"><w:name w:val="loud"/><w:rPr><w:caps/></w:rPr></w:style>'
    )
    data = docx(
        p(
            r("a", '<w:vertAlign w:val="superscript"/>'),
            r("b", '<w:vertAlign w:val="subscript"/>'),
            r("c", '<w:rStyle w:val="Note"/>'),
            r("d", '<w:rStyle w:val="Low"/>'),
            r("e", "<w:caps/>"),
            r("f", '<w:smallCaps w:val="0"/>'),
            r("g", "<w:smallCaps/>"),
            r("h", '<w:rStyle w:val="Note"/><w:vertAlign w:val="baseline"/>'),
        )
        + p(r("loud"), style="Loud"),
        styles=styles,
    )
    assert marks(data) == [
        ("raised", "a", ""), ("raised", "c", ""), ("caps", "e", ""), ("caps", "g", ""), ("caps", "loud", ""),
    ]  # fmt: skip


def test_a_run_keeps_its_look_behind_a_field_in_it() -> None:
    page = '<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/>'
    data = docx(p(r("a", "<w:strike/>", f"{page}<w:t>b</w:t>"), r("c")))
    assert marks(data) == [("struck", "ab", "")]


def test_a_button_shows_words_that_belong_to_a_field() -> None:
    button = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>MACROBUTTON No [Name] </w:instrText></w:r>'
    reading = load(docx(p(r("a "), button + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', r("b"))), "sop.docx")
    paragraph = reading.sources[0].paragraph
    assert paragraph is not None
    assert reading.document.text == "a [Name]b"
    assert [(piece.kind, piece.state.field) for piece in pieces(paragraph)] == [
        ("text", ""), ("symbol", "complex"), ("text", ""),
    ]  # fmt: skip


LARGE = "".join(
    f'<w:style w:type="paragraph" w:styleId="Pad{n}"><w:name w:val="Pad {n}"/></w:style>' for n in range(600)
)
GHOST = '<w:style w:type="paragraph" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>'


@pytest.mark.parametrize(
    "written",
    [
        LARGE + GHOST,
        LARGE + GHOST.replace('"', "'"),
        LARGE + GHOST.replace("w:style ", "w:style\n  "),
        (LARGE + GHOST).replace("w:style ", "w:style\t"),
        LARGE + GHOST.replace("w:name", "w:name  ").replace("</w:style>", "</w:style >"),
        LARGE.replace("Pad 7", "Pad ' 7", 1) + GHOST,
    ],
)
def test_a_large_styles_part_may_be_written_in_any_way(written: str) -> None:
    assert read(docx(p(r("x"), style="Ghost") + p(r("y"), style="Pad1")), "sop.docx").text == "x\u2029y"
    assert read(docx(p(r("x"), style="Ghost") + p(r("y"), style="Pad1"), styles=written), "sop.docx").text == "\u2029y"


def test_former_run_properties_and_those_of_the_mark_say_nothing() -> None:
    former = "<w:rPrChange><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange>"
    data = docx(p(r("a", former), props="<w:rPr><w:strike/><w:vanish/></w:rPr>"))
    assert (read(data, "sop.docx").text, marks(data)) == ("a", [])


def test_style_may_hide_or_strike() -> None:
    styles = "".join(
        f'<w:style w:type="character" w:styleId="{name}">{based}<w:rPr>{props}</w:rPr></w:style>'
        for name, based, props in (
            ("H", "", "<w:vanish/>"),
            ("S", "", "<w:strike/>"),
            ("N", '<w:basedOn w:val="H"/>', '<w:vanish w:val="0"/>'),
        )
    )
    data = docx(p(*(r(name, f'<w:rStyle w:val="{name}"/>') for name in "HSN")), styles=styles)
    assert (read(data, "sop.docx").text, marks(data)) == ("SN", [("struck", "S", "")])


def test_comments_on_a_range_over_paragraphs_and_at_a_point() -> None:
    body = p(r("a "), '<w:commentRangeStart w:id="0"/>', r("b")) + p(r("c"), '<w:commentRangeEnd w:id="0"/>', r(" d"))
    body += p(r("e"), r(raw='<w:commentReference w:id="1"/>'), r("f"))
    data = docx(body, comments=[p(r("One")) + p(r("two")), p(r("Three"))])
    assert marks(data) == [("comment", "b\u2029c", "One\ntwo"), ("comment", "", "Three")]
    assert read(data, "sop.docx").marks[1] == Mark("comment", 9, 9, "Three")


def test_bookmarks_but_not_words_own() -> None:
    body = p(bookmarked(r("a"), "qmsr_ignore_dhf", 1), bookmarked(r("b"), "_Toc123", 2), r("c"))
    body += '<w:bookmarkStart w:id="3" w:name="block"/>' + p(r("d")) + p(r("e")) + '<w:bookmarkEnd w:id="3"/>'
    assert marks(docx(body)) == [("bookmark", "a", "qmsr_ignore_dhf"), ("bookmark", "d\u2029e", "block")]


# --- Pieces: what an editor walks -------------------------------------------------------------------------------------


def test_pieces_are_the_text() -> None:
    body = p(letters("Device"), r("\u00a0"), ins(r("Ma")), "<w:r><w:tab/><w:noBreakHyphen/></w:r>", control(r("end")))
    reading = load(docx(body), "sop.docx")
    paragraph = reading.sources[0].paragraph
    assert paragraph is not None
    found = list(pieces(paragraph))
    text = reading.document.text
    assert "".join(text[piece.start : piece.end] for piece in found) == text
    assert [piece.element.text for piece in found if piece.kind == "text"] == [*"Device", "\u00a0", "Ma", "end"]
    assert [text[piece.start : piece.end] for piece in found if piece.kind == "symbol"] == ["\t", "\u2011"]


def test_pieces_know_what_surrounds_them() -> None:
    locking = '<w:lock w:val="sdtContentLocked"/>'
    binding = '<w:dataBinding w:xpath="/x" w:storeItemID="y"/>'
    body = p(
        r("0"), ins(r("1"), "Ann"), link(r("2"), "rIdL"), field("REF x", r("3")), simple_field("REF x", r("4")),
        control(r("5"), locking), control(r("6"), binding), smart_tag(r("7")), ins(link(r("8"), "rIdL"), "Bob"), r("9"),
    )  # fmt: skip
    paragraph = load(docx(body, links={"rIdL": "x"}), "sop.docx").sources[0].paragraph
    assert paragraph is not None
    states = [piece.state for piece in pieces(paragraph)]
    assert [state.inserted for state in states] == [None, "Ann", None, None, None, None, None, None, "Bob", None]
    assert [state.link for state in states] == [None, None, "rIdL", None, None, None, None, None, "rIdL", None]
    assert [state.field for state in states] == ["", "", "", "complex", "simple", "", "", "", "", ""]
    assert [locked(state) for state in states] == [index == 5 for index in range(10)]
    assert [bound(state) for state in states] == [index == 6 for index in range(10)]


def test_sources_name_part_and_elements() -> None:
    joined = p(r("a"), props="<w:rPr><w:del/></w:rPr>") + p(r("b"))
    reading = load(docx(joined, header=p(r("h")), core={"title": "t"}), "sop.docx")
    assert [source.part for source in reading.sources] == ["word/document.xml", "word/header0.xml", "docProps/core.xml"]
    body = reading.sources[0].paragraph
    assert body is not None
    assert body.elements == list(reading.roots["word/document.xml"].iter(f"{W}p"))
    assert reading.sources[2].paragraph is None


def test_text_box_knows_its_hidden_copy() -> None:
    reading = load(docx(p(text_box(p(r("shown")), fallback=p(r("copy"))))), "sop.docx")
    box = next(
        source.paragraph.box for source in reading.sources if source.paragraph and source.paragraph.box is not None
    )
    copy = twin(box)
    assert copy is not None
    assert [el.text for el in copy.iter(f"{W}t")] == ["copy"]
    assert [el.text for el in box.iter(f"{W}t")] == ["shown"]


def picture_of(width: float, height: float) -> str:
    """A picture of so many centimetres."""
    blip = '<pic:pic><pic:blipFill><a:blip r:embed="rIdP"/></pic:blipFill></pic:pic>'
    return drawing(blip, "Scan of page 1", size=(width, height))


def vml_picture(style: str) -> str:
    """A picture as older versions of Word wrote it."""
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="rIdP"/></v:shape></w:pict></w:r>'


def drawn_anew(picture: str) -> str:
    """A chart, for which older versions of Word have a picture."""
    chart = drawing('<c:chart r:id="rIdC"/>')
    choice = f'<mc:Choice Requires="wps">{chart}</mc:Choice>'
    return f"<mc:AlternateContent>{choice}<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>"


@pytest.mark.parametrize(
    "picture",
    [
        picture_of(16, 22.6),
        picture_of(16, 11.3),
        picture_of(1, 1) + picture_of(16, 22.6),
        vml_picture("position:absolute;width:441.6pt;height:640pt;z-index:2"),
        vml_picture("width:6.3in;height:9in"),
        vml_picture("width:160mm;height:22cm"),
        vml_picture("width:600;height:800"),
        vml_picture("width:600px;height:800px"),
        vml_picture(""),
        vml_picture("mso-width-percent:1000;width:0;height:0"),
        picture_of(0, 0),
        picture_of(17, 5) * 5,
        '<w:r><w:pict><v:group style="width:595pt;height:842pt"><v:shape style="width:10;height:10">'
        '<v:imagedata r:id="x"/></v:shape></v:group></w:pict></w:r>',
        vml_picture("width:1..2cm;height:1cm"),
        vml_picture("margin-width:1cm;height:1cm"),
    ],
)
def test_a_document_of_scanned_pages_is_not_taken_for_read(picture: str) -> None:
    for body in (p(picture), p(picture) + p(r(" \u2013 ")), tbl(tr(tc(p(picture))))):
        with pytest.raises(Unreadable, match="holds pictures of pages and no text"):
            read(docx(body), "sop.docx")
    with pytest.raises(Unreadable, match="OCR"):
        read(docx(p(picture), header=p(r("SOP-012"))), "sop.docx")
    assert "1 Scope" in read(docx(p(r("1 Scope: see the flow")) + p(picture)), "sop.docx").text
    with pytest.raises(Unreadable, match="scanned"):
        read(docx(p(picture) + p(r("Page 1 of 12"))), "sop.docx")
    assert "Figure 7" in read(docx(tbl(tr(tc(p(r("Figure 7: flow"))), tc(p(picture))))), "sop.docx").text


@pytest.mark.parametrize(
    "picture",
    [
        picture_of(15.2, 8.9),
        picture_of(16, 22.6) + r("Procedures"),
        picture_of(0.1, 0.1),
        picture_of(6, 8) * 9,
        vml_picture("width:441.6pt;height:264.6pt;visibility:visible"),
        drawn_anew(picture_of(16, 22.6)),
    ],
)
def test_a_document_with_a_figure_or_a_word_is_read(picture: str) -> None:
    assert read(docx(p(picture), header=p(r("SOP-012"))), "sop.docx").text


def test_a_scanned_page_may_have_as_many_letters_as_the_number_of_a_page() -> None:
    with pytest.raises(Unreadable, match="holds pictures of pages"):
        read(docx(p(picture_of(16, 22.6) + r("Page two"), r("2"))), "sop.docx")
    with pytest.raises(Unreadable, match="holds pictures of pages"):
        read(docx(p(picture_of(16, 22.6) + r("Appendix"))), "sop.docx")
    assert read(docx(p()), "sop.docx").text.strip() == ""


def test_what_is_embedded_stands_in_the_section_around_it_unless_it_has_its_own() -> None:
    own = p(r("Before")) + p(r("Scope"), style="Heading1") + p(r("Behind"))
    data = docx(
        p(r("Records"), style="Heading1") + '<w:altChunk r:id="X"/>',
        parts={"word/a.docx": Part(docx(own), "aFChunk", "X", "application/x-docx")},
    )
    document = read(data, "a.docx")
    found = {document.text[block.start : block.end]: block.place.section for block in document.blocks}
    assert found == {"Records": "Records", "Before": "Records", "Scope": "Scope", "Behind": "Scope"}
