"""What a reader of a Markdown file sees, and where in the file it stands."""

import re
from pathlib import Path
from textwrap import dedent

import lxml.html
import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared import SHARED

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.markdown import SourceMap, read, source_ranges
from qmsr_lint.limits import DEFAULT
from qmsr_lint.model import BLOCK_SEPARATOR, Block, Document, Mark


def document(text: str | bytes) -> Document:
    return read(text if isinstance(text, bytes) else text.encode(), "SOP.md", DEFAULT)


def texts(found: Document) -> list[str]:
    return [found.text[block.start : block.end] for block in found.blocks]


def block(found: Document, words: str) -> Block:
    (only,) = [block for block in found.blocks if words in found.text[block.start : block.end]]
    return only


def marks(found: Document, kind: str) -> list[tuple[str, str]]:
    return [(found.text[mark.start : mark.end], mark.value) for mark in found.marks if mark.kind == kind]


def place(found: Document, words: str) -> str:
    """Return the position of `words` as "line:column-line:column"."""
    assert found.position is not None
    start = found.text.index(words)
    line, column, end_line, end_column = found.position(start, start + len(words))
    return f"{line}:{column}-{end_line}:{end_column}"


def edited(found: Document, words: str, replacement: str) -> str:
    """Return the source with `words` replaced, the way a fix would: the first stretch is overwritten, the others go."""
    assert isinstance(found.position, SourceMap)
    source = found.position.file.text
    start = found.text.index(words)
    first, *others = source_ranges(found, start, start + len(words))
    for low, high in reversed(others):
        source = source[:low] + source[high:]
    return source[: first[0]] + replacement + source[first[1] :]


# What is not text stays out of the text.


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[the plan](DHF-plan.md 'DHF plan')", "the plan"),
        ("[the plan][p]\n\n[p]: DHF.md 'DHF'", "the plan"),
        ("![](DHF.png 'DHF')", ""),
        ("<!-- DHF -->", ""),
        ("<!-- DHF\n\nDMR -->", ""),
        ("<div><!-- DHF\n\nDMR --></div>\n\nkept", "kept"),
        ("<script>\nvar DHF = 1;\n\nDMR</script>\n\nkept", "kept"),
        ("<div><style>\n.DHF {}\n\n.DMR {}\n</style>kept</div>", "kept"),
        ('<p class="DHF" title="DMR">kept</p>', "kept"),
        ("<DHF>kept", "kept"),
        ("<?php DHF ?><!DOCTYPE DHF><![CDATA[DHF]]>kept", "kept"),
        ("[^1]: kept\n", "kept"),
        ("kept[^dhf]\n\n[^dhf]: note", "kept\u2029note"),
        ("# kept {#dhf .dmr}", "kept"),
        ("---\nDHF: kept\n---\n", "kept"),
        ("- [x] kept", "kept"),
        ("> [!NOTE]\n> kept", "kept"),
        ("", ""),
        (" \n\n\t\n", ""),
    ],
)
def test_markup_is_not_text(source: str, text: str) -> None:
    assert document(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The *Device* __Master__ ***Record***", "The Device Master Record"),
        ("De**vice** Mas*ter* Rec`ord`", "Device Master Record"),
        ("Quality&nbsp;System &lt;QSR&gt; &#68;HF &#x44;HR", "Quality\xa0System <QSR> DHF DHR"),
        (r"820\.30 \*DHF\* 5 \< 6 \\", r"820.30 *DHF* 5 < 6 " + "\\"),
        ("Device\nMaster  \nRecord\\\nDHF", "Device\nMaster\nRecord\nDHF"),
        ("> Device\n> Master\nRecord", "Device\nMaster\nRecord"),
        ("- Device\n  Master\n\n  Record", "Device\nMaster\u2029Record"),
        ("costs $820.30 and $5 of DHF", "costs $820.30 and $5 of DHF"),
        ("[[DHF]] [DHF] [DMR][] :DHF:", "[[DHF]] [DHF] [DMR][] :DHF:"),
        ("1986. was the year\n2) second", "was the year\u2029second"),
        ("![the *DHF* tree](tree.png)", "the DHF tree"),
        ('<img src="a.png" alt="the DHF &amp; DMR">', "the DHF & DMR"),
        ("Device<br>Master<br/>\nRecord", "Device\nMaster\nRecord"),
        ("a <b>Device</b> Master <x-y>Record</x-y>", "a Device Master Record"),
        ("<p>Device <i>Master</i>\n  Record</p>", "Device Master\nRecord"),
        ("<p>Temp < 5 & DHF > 4 <5 <a", "Temp < 5 & DHF > 4 <5 <a"),
        ("<p title='a>b'>DHF</p><p title=\"it's\">DMR", "DHF\u2029DMR"),
        ("<p title='open>DHF</p>", "DHF"),
        ("Term\n: DHF\n: DMR", "Term\u2029DHF\u2029DMR"),
        ("text\n\n---\nDHF: this\n---\n", "text\u2029DHF: this"),
        ("---\n\nDHF\n\n---\n", "DHF"),
        ("DHF\u2029DMR", "DHF\u2028DMR"),
    ],
)
def test_what_is_seen_is_text(source: str, text: str) -> None:
    assert document(source).text == text


# Blocks.


def test_each_kind_of_block() -> None:
    found = document(
        dedent("""\
        # 1 Purpose

        A paragraph.

        1. An item.

           Its second paragraph.

        > A quotation.

        > [!WARNING]
        > An alert.

        ```
        a = 1

        b = 2
        ```

        | Legacy | Current |
        | --- | --- |
        | Old | New |

        [^1]: A note.

        Setext
        ------
        """)
    )
    seen = {found.text[b.start : b.end]: (b.kind, b.level, b.header_row, b.quoted, b.place.label) for b in found.blocks}
    section = "1 Purpose"
    assert seen == {
        "1 Purpose": ("heading", 1, False, False, f"{section}, paragraph 1"),
        "A paragraph.": ("paragraph", 0, False, False, f"{section}, paragraph 2"),
        "An item.": ("item", 0, False, False, f"{section}, paragraph 3"),
        "Its second paragraph.": ("item", 0, False, False, f"{section}, paragraph 4"),
        "A quotation.": ("paragraph", 0, False, True, f"{section}, paragraph 5"),
        "An alert.": ("paragraph", 0, False, False, f"{section}, paragraph 6"),
        "a = 1\n\nb = 2": ("code", 0, False, False, f"{section}, paragraph 7"),
        "Legacy": ("cell", 0, True, False, f"{section}, table 1, row 1, cell 1"),
        "Current": ("cell", 0, True, False, f"{section}, table 1, row 1, cell 2"),
        "Old": ("cell", 0, False, False, f"{section}, table 1, row 2, cell 1"),
        "New": ("cell", 0, False, False, f"{section}, table 1, row 2, cell 2"),
        "A note.": ("paragraph", 0, False, False, f"footnote, {section}, paragraph 1"),
        "Setext": ("heading", 2, False, False, "Setext, paragraph 8"),
    }


def test_a_section_is_the_nearest_heading_of_the_document_itself() -> None:
    found = document("4.2 *Design*\ntransfer\n====\n\n> # Quoted\n\none\n\n<h3>5.1 Reviews</h3>\n\ntwo")
    assert block(found, "one").place.section == "4.2 Design transfer"
    assert block(found, "Quoted").quoted
    assert block(found, "5.1").level == 3
    assert block(found, "two").place.section == "5.1 Reviews"


def test_front_matter_values_are_properties() -> None:
    found = document(
        dedent("""\
        ---
        title: "Control: the DMR"  # a note
        owner: 'QA'
        doc-id: SOP-012
        number: 12
        # DHF
        tags: [DHF, DMR]
        empty:
        refs:
          - 21 CFR 820.30
          - name: Design history file
            of the pump
        scope: >-
          Note: covers the
          device history record

        last: end
        ---
        # Heading
        """)
    )
    properties = [b for b in found.blocks if b.kind == "property"]
    assert [found.text[b.start : b.end] for b in properties] == [
        "Control: the DMR",
        "QA",
        "SOP-012",
        "12",
        "DHF, DMR",
        "21 CFR 820.30",
        "Design history file\nof the pump",
        "Note: covers the\ndevice history record",
        "end",
    ]
    assert {b.place.part for b in properties} == {"property"}
    assert place(found, "DMR") == "2:22-2:25"
    assert place(found, "Design history file\nof the") == "11:11-12:11"
    assert place(found, "history record") == "15:10-15:24"
    assert block(found, "Heading").place.label == "Heading, paragraph 1"


def test_toml_front_matter() -> None:
    found = document("+++\ntitle = \"The DMR\"\n[extra]\nkind = 'SOP'\n+++\nBody")
    assert texts(found) == ["The DMR", "SOP", "Body"]
    assert place(found, "DMR") == "2:14-2:17"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    found = document("---\nThe DHF shall be kept.\n\n---\n\nMore.")
    assert texts(found) == ["The DHF shall be kept.", "More."]
    assert {b.place.part for b in found.blocks} == {"body"}


HTML_TABLE = """\
<table>
<thead>
<tr class="odd"><th rowspan="2">Requirement</th><th colspan=2>QSR</th></tr>
<tr><td>Part</td><td>Section</td></tr>
</thead>
<tbody>
<tr>
<td><p>Design</p>
<p>history</p></td>

<td>

The *DHF*

</td>
    <td>820.30</td>
</tr>

    <tr>
    <td>Audit<td>Part 820
<td>820.22
</tbody>
</table>
after
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_of_html_goes_on_over_blank_lines_and_indentation(end: str) -> None:
    found = document(HTML_TABLE.replace("\n", end) + end + "end")
    cells = [
        (found.text[b.start : b.end], b.place.table, b.place.row, b.place.cell, b.header_row)
        for b in found.blocks
        if b.kind == "cell"
    ]
    assert cells == [
        ("Requirement", 1, 1, 1, True),
        ("QSR", 1, 1, 2, True),
        ("Part", 1, 2, 2, True),
        ("Section", 1, 2, 3, True),
        ("Design", 1, 3, 1, False),
        ("history", 1, 3, 1, False),
        ("The DHF", 1, 3, 2, False),
        ("820.30", 1, 3, 3, False),
        ("Audit", 1, 4, 1, False),
        ("Part 820", 1, 4, 2, False),
        ("820.22", 1, 4, 3, False),
    ]
    assert [b.kind for b in found.blocks[-2:]] == ["paragraph", "paragraph"]
    assert place(found, "DHF") == "13:6-13:9"
    assert place(found, "820.22") == "21:5-21:11"


def test_heading_cells_of_html_make_a_heading_row_only_at_the_top() -> None:
    found = document("<table><tr><th>A</th><th>B</th></tr><tr><th>C</th><td>D</td></tr><tr><th>E</th></tr></table>")
    assert [(b.place.row, b.place.cell, b.header_row) for b in found.blocks] == [
        (1, 1, True),
        (1, 2, True),
        (2, 1, True),
        (2, 2, False),
        (3, 1, False),
    ]


def test_tables_inside_tables_are_counted_through() -> None:
    found = document("<table><tr><td>a<table><tr><td>b</td></tr></table>c</td></tr></table>\n\n|d|\n|-|\n|e|\n")
    assert [(found.text[b.start : b.end], b.place.table, b.place.row) for b in found.blocks] == [
        ("a", 1, 1),
        ("b", 2, 1),
        ("c", 1, 1),
        ("d", 3, 1),
        ("e", 3, 2),
    ]


@pytest.mark.parametrize(
    "left_open", ["<table><tr><td>a", "<blockquote>a", "<pre>a</p>", "<h2>a", "<ul><li>a", "<code>a"]
)
def test_an_element_that_nobody_closes_does_not_swallow_the_rest(left_open: str) -> None:
    found = document(f"<div>{left_open}\n\nThe DHF shall be kept.")
    kept = block(found, "DHF")
    assert (kept.kind, kept.quoted, kept.place.table) == ("paragraph", False, None)
    assert not [mark for mark in found.marks if mark.end > kept.start]


def test_html_blocks_say_what_their_text_is() -> None:
    found = document(
        "<ul><li>item <code>DHF</code></li></ul><p>paragraph</p><pre>\n  two\n lines</pre>"
        "<blockquote>quoted</blockquote>last"
    )
    assert [(found.text[b.start : b.end], b.kind, b.quoted) for b in found.blocks] == [
        ("item DHF", "item", False),
        ("paragraph", "paragraph", False),
        ("  two\n lines", "code", False),
        ("quoted", "paragraph", True),
        ("last", "paragraph", False),
    ]


def test_code_is_one_block_whatever_it_says() -> None:
    found = document("text\n\n    x = DHF\n\n      shall  be\n\n~~~ c\nkept <b>\n\n~~~\n\n- item\n\n\t\ta = code\n")
    assert [(found.text[b.start : b.end], b.kind) for b in found.blocks] == [
        ("text", "paragraph"),
        ("x = DHF\n\n  shall  be", "code"),
        ("kept <b>", "code"),
        ("item", "item"),
        ("a = code", "code"),
    ]
    assert place(found, "DHF\n\n  shall") == "3:9-5:12"


def test_only_headings_have_a_level() -> None:
    found = document("<h2>one<pre>two</pre>\n</h2>\n\nthree\n")
    assert [(b.kind, b.level) for b in found.blocks] == [("heading", 2), ("code", 0), ("paragraph", 0)]


# Marks.


def test_marks() -> None:
    found = document(
        "`DHF` [the *plan*](plan.md) ~~gone~~ <https://a.b/DHF> see https://c.d/(DMR), www.e.f. "
        '<code>DMR</code> <del>DHR</del> x<sup>1</sup> <a href="x&amp;y">there</a> <a name="z">here</a> <me@a.b>'
    )
    assert marks(found, "code") == [("DHF", ""), ("DMR", "")]
    assert marks(found, "link") == [("the plan", "plan.md"), ("there", "x&y")]
    assert marks(found, "struck") == [("gone", ""), ("DHR", "")]
    assert marks(found, "raised") == [("1", "")]
    assert [words for words, _ in marks(found, "url")] == ["https://a.b/DHF", "https://c.d/(DMR)", "www.e.f", "me@a.b"]
    assert list(found.marks) == sorted(found.marks, key=lambda mark: (mark.start, mark.end))


def test_a_mark_never_leaves_its_block() -> None:
    found = document("<div><code>one<p>two\n\nthree</code>\n\n[`x`](y)\n")
    inside = [(b.start, b.end) for b in found.blocks]
    for mark in found.marks:
        assert any(start <= mark.start < mark.end <= end for start, end in inside)
    assert marks(found, "code") == [("one", ""), ("two", ""), ("x", "")]


def test_marks_end_with_the_words_of_their_block() -> None:
    found = document("see <code>[the DHF ](x)</code>")
    assert marks(found, "link") == marks(document("see [the DHF](x)"), "link") == [("the DHF", "x")]
    assert marks(found, "code") == [("the DHF", "")]


def test_comments_are_marks_where_they_stand() -> None:
    source = "<!-- before -->\n\none <!-- in\nside --> two\n<!-- between -->\nthree\n\n<!-- at the end -->\n"
    found = document(source)
    assert found.text == "one  two\u2029three"
    comments = [mark for mark in found.marks if mark.kind == "comment"]
    assert [(mark.start, mark.end, mark.value) for mark in comments] == [
        (0, 0, "before"),
        (4, 4, "in\nside"),
        (9, 9, "between"),
        (14, 14, "at the end"),
    ]
    assert found.position is not None
    assert [found.position(mark.start, mark.end)[:3:2] for mark in comments] == [(1, 1), (3, 4), (5, 5), (8, 8)]
    assert place(found, "one") == "3:1-3:4"
    assert place(found, "three") == "6:1-6:6"


# Positions.


@pytest.mark.parametrize(
    ("source", "words", "where"),
    [
        ("The Device **Master** Record.", "Device Master Record", "1:5-1:29"),
        ("The **DMR**.", "DMR", "1:7-1:10"),
        ("A Device\nMaster Record", "Device\nMaster Record", "1:3-2:14"),
        ("> A Device\n> Master Record", "Device\nMaster Record", "1:5-2:16"),
        ("- > A Device  \n  > *Master* Record", "Device\nMaster", "1:7-2:12"),
        ("the Quality&nbsp;System", "Quality\xa0System", "1:5-1:24"),
        ("x&nbsp;y", "\xa0", "1:2-1:8"),
        (r"at 820\.30", "820.30", "1:4-1:11"),
        ("one\r\ntwo\r\nDHF", "DHF", "3:1-3:4"),
        ("Device\r\nMaster", "Device\nMaster", "1:1-2:7"),
        ("one\rtwo\rDHF", "DHF", "3:1-3:4"),
        ("😀 é DHF", "DHF", "1:5-1:8"),
        ("\ufeffDHF", "DHF", "1:1-1:4"),
        ("|a|b|\n|-|-|\n|x| DHF \\| DMR |", "DHF | DMR", "3:5-3:15"),
        ("`a DHF`", "DHF", "1:4-1:7"),
        ("> `a\n> DHF`", "DHF", "2:3-2:6"),
        ("|a|\n|-|\n|`b\\|DHF`|", "DHF", "3:6-3:9"),
        ("`a\r\nDHF`", "DHF", "2:1-2:4"),
        ("> `a\r\n> DHF`", "DHF", "2:3-2:6"),
        ("`` ` DHF ``", "DHF", "1:6-1:9"),
        ("<p>\n  the <b>DHF</b>", "DHF", "2:10-2:13"),
        ("> <p>a\n> DHF &amp; DMR", "DHF & DMR", "2:3-2:16"),
        ("<p>a &amp;\r\n  DHF", "DHF", "2:3-2:6"),
        ("\tx\n\n- a\n\n\t- DHF", "DHF", "5:4-5:7"),
        ("```\r\na\r\nDHF\r\n```", "DHF", "3:1-3:4"),
        ("# 1 The DHF #", "DHF", "1:9-1:12"),
        ("[the DHF](x)", "DHF", "1:6-1:9"),
    ],
)
def test_positions_are_those_of_the_file(source: str, words: str, where: str) -> None:
    assert place(document(source), words) == where


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_positions_count_characters_in_any_encoding(encoding: str) -> None:
    assert place(document("é😀\r\n> é 😀 **DHF**\r\n".encode(encoding)), "DHF") == "2:9-2:12"


def test_any_range_has_a_position() -> None:
    found = document("a &amp; b\n\n<!-- c -->\n\nd")
    assert found.position is not None
    for start in range(-1, len(found.text) + 3):
        for end in range(-1, len(found.text) + 3):
            line, column, end_line, end_column = found.position(start, end)
            assert (1, 1) <= (line, column) <= (end_line, end_column) <= (5, 2)
    empty = document("")
    assert empty.position is not None
    assert empty.position(0, 0) == (1, 1, 1, 1)


# Edits.


@pytest.mark.parametrize(
    ("source", "words", "result"),
    [
        ("The **DMR** (x).", "DMR", "The **NEW** (x)."),
        ("The Device **Master** Record.", "Device Master Record", "The NEW****."),
        ("> A Device\n> Master Record.", "Device\nMaster Record", "> A NEW> ."),
        ("a Quality&nbsp;System b", "Quality\xa0System", "a NEW b"),
        (r"| 820\.30 |", "820.30", r"| NEW\ |"),
        ("[DHF](DHF.md)", "DHF", "[NEW](DHF.md)"),
    ],
)
def test_an_edit_replaces_visible_characters_only(source: str, words: str, result: str) -> None:
    assert edited(document(source), words, "NEW") == result


def test_the_source_of_a_word_document_is_not_asked_for() -> None:
    with pytest.raises(TypeError, match="SOP-1"):
        source_ranges(Document("SOP-1.docx", "docx", "DHF", ()), 0, 3)


# Limits and hostile files.


def test_too_many_characters_are_unreadable() -> None:
    with pytest.raises(Unreadable, match=r"11 characters.*limit of 10.*split"):
        read(b"DHF DMR DHR", "SOP.md", DEFAULT._replace(characters=10))
    assert read(b"DHF DMR DH", "SOP.md", DEFAULT._replace(characters=10)).text == "DHF DMR DH"


HOSTILE = {
    "quotes": ">" * 20_000 + "x",
    "lists": "- " * 20_000 + "x",
    "brackets": "[" * 20_000 + "](x)" * 20_000 + "x",
    "emphasis": "*x **b " * 20_000,
    "open tags": "<div>" + "<a " * 20_000 + ">x",
    "open quotes": "<div>" + '<a ">' * 20_000 + "'x",
    "open comments": "<div><!-- a\n\nx" * 5_000,
    "open scripts": "<div><script>\n\nx" * 5_000,
    "open tables": "<table><tr><td>x" * 20_000,
    "wide cells": "<table>" + "<tr><td colspan=1000 rowspan=65534>x" * 3_000,
    "open marks": "<div>" + "<s>" * 20_000 + "<p>x" * 2_000,
    "attributes": "<table><tr><td " + 'a="' * 50_000 + ">x",
    "address": "http://" + ")" * 200_000 + " x",
    "front matter": "---\na: b\n" * 5_000 + "x",
    "escapes in code": "x `" + "\\\n" * 20_000 + "`",
    "code without its characters": "x `" + "\t\r\n" * 5_000 + "`",
    "one line": "x " * 500_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_read(source: str) -> None:
    """None of these may take more than a moment; with quadratic work each would take minutes."""
    assert "x" in document(source).text


# Real documents.


def real_documents(folder: str) -> list[Path]:
    if not (SHARED / folder).is_dir():
        pytest.skip(f"no {folder}: real documents are kept beside the repository")
    files = sorted(path for path in (SHARED / folder).rglob("*") if path.is_file())
    assert files
    return files


def _without_markup(source: str) -> str:
    """Blank out what is not shown, by rules that have nothing to do with the parser."""
    for pattern in (
        r"(?s)\A---\n.*?\n---\n",
        r"(?s)<!--.*?-->",
        r"(?s)```.*?```",
        r"</?[A-Za-z][^>]*>",
        r"\]\([^()\s]*(?:\s+\"[^\"]*\")?\)",
        r"(?m)^\[[^]]+\]:.*$",
        r"(?m)^[ >]*(?:\d+[.)]|[-*+])\s",
    ):
        source = re.sub(pattern, lambda match: re.sub(r"\S", " ", match.group()), source)
    return source


def test_every_word_of_a_real_document_is_read_at_its_place() -> None:
    for path in real_documents("gold/docs"):
        found = document(path.read_bytes())
        assert isinstance(found.position, SourceMap)
        source = found.position.file.text
        seen = bytearray(len(source))
        for start, end in found.position.ranges(0, len(found.text)):
            seen[start:end] = b"\1" * (end - start)
        words = re.finditer(r"[A-Za-z0-9.]{2,}", _without_markup(source))
        assert [word.group() for word in words if not all(seen[word.start() : word.end()])] == []


def test_the_words_of_a_real_document_are_those_a_browser_shows() -> None:
    for path in real_documents("gold/docs"):
        source = path.read_text(encoding="utf-8")
        rendered = pyromark.html(re.sub(r"(?s)\A---\n.*?\n---\n", "", source), options=pyromark.Options.ENABLE_TABLES)
        rendered = re.sub(r'<img[^>]*?alt="([^"]*)"[^>]*>', r"\1", rendered)
        rendered = re.sub(r"<br ?/?>|(?=</(?:p|td|th|li|h\d|pre|div)>)", " ", rendered)
        found = document(source)
        prose = " ".join(found.text[b.start : b.end] for b in found.blocks if b.kind != "property")
        shown = str(lxml.html.fromstring(f"<div>{rendered}</div>").xpath("string()"))
        assert prose.split() == shown.split(), path.name


@pytest.mark.parametrize("folder", ["gold/docs", "corpus/markdown"])
def test_blocks_of_real_documents_are_the_string(folder: str) -> None:
    for path in real_documents(folder):
        check(document(path.read_bytes()))


def check(found: Document) -> None:
    """Whatever the file: blocks joined are the text, positions are in order, plain characters are at their place."""
    assert BLOCK_SEPARATOR.join(texts(found)) == found.text
    assert all(b.start < b.end for b in found.blocks)
    assert all(0 <= mark.start <= mark.end <= len(found.text) for mark in found.marks if isinstance(mark, Mark))
    assert isinstance(found.position, SourceMap)
    source = found.position.file.text
    before = (0, 0)
    for offset, character in enumerate(found.text):
        start, end = found.position.span(offset, offset + 1)
        assert before <= (start, end)
        before = (start, end)
        piece = source[start:end]
        if character == BLOCK_SEPARATOR:
            assert piece == ""
        elif character == "\n":
            assert not piece.strip(" \t\\\r\n\u2029") or piece.lower().startswith("<br") or piece.startswith("&")
        elif not piece.startswith(character):
            assert piece[:1] in "&\t\r\n \0\u2029", (character, piece)


SNIPPETS = [
    "Device ", "Master", "DHF", " ", "  ", "\n", "\n", "\n\n", "\r\n", "\r", "\t", "    ", "é", "😀", "\u2029", "\\",
    "*", "**", "_", "~~", "`", "``", "```\n", "# ", "===", "---\n", "+++\n", "> ", "- ", "1. ", "| ", "|-|-|\n", "[",
    "]", "](u)", "![", "<", ">", "[^1]", "[^1]: ", "[a]: /b 'c'\n", "- [ ] ", ": ", "> [!NOTE]\n", "&amp;", "&nbsp;",
    "&#0;", "&bogus;", "&NotEqualTilde;", "<https://a.b>", "http://a.b/c", "www.a.b.", "<!--", "-->", "<!-- c -->",
    "<b>", "</b>", "<br>", "<p>", "</p>", "<div>\n", "</div>\n", "<table>", "</table>", "<thead>", "</thead>",
    "<tr>", "</tr>", "<td>", "<td rowspan='2' colspan=2>", "<th>", "</td>", "<pre>", "</pre>", "<code>", "</code>",
    "<script>", "</script>", "<h2>", "</h2>", "<li>", "<blockquote>", "</blockquote>", "<img alt='x &lt; y'>",
    "<a href='u'>", "</a>", "<a '", "<![CDATA[", "]]>", "<?", "?>", "key: ", "title: |\n", "- k: 'v' # c\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_a_document_whose_string_maps_to_the_file(source: str) -> None:
    try:
        data = source.encode()
    except UnicodeEncodeError:
        return
    try:
        found = document(data)
    except Unreadable:
        assert b"\0" in data
        return
    check(found)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_document_or_unreadable(data: bytes) -> None:
    try:
        found = document(data)
    except Unreadable:
        return
    check(found)
