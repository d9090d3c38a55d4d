"""Pages, web archives and rich text that a Word file embeds: all of their words, or the reason why not."""

import pytest

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.chunks import chunk_paragraphs
from qmsr_lint.limits import DEFAULT


def page(html: str | bytes) -> list[str]:
    return chunk_paragraphs(html if isinstance(html, bytes) else html.encode(), "text/html", "a.html")


def archive(text: str) -> list[str]:
    return chunk_paragraphs(text.encode(), "message/rfc822", "a.mht")


def mime(*parts: tuple[str, str], kind: str = "related", head: str = "") -> str:
    """A web archive with parts of these types."""
    each = "".join(f"--{kind}\nContent-Type: {media}\n\n{text}\n" for media, text in parts)
    return f'{head}Content-Type: multipart/{kind}; boundary="{kind}"\n\n{each}--{kind}--\n'


def rich(text: str | bytes) -> list[str]:
    return chunk_paragraphs(
        b"{\\rtf1 " + (text if isinstance(text, bytes) else text.encode()) + b"\\par}", "application/rtf", "a.rtf"
    )


# --- Pages ------------------------------------------------------------------------------------------------------------

LARGE = "A" * 10_500_000
WHOLE = {
    "picture": f'<img src="data:image/png;base64,{LARGE}">',
    "style": f"<style>{LARGE}</style>",
    "comment": f"<!--{LARGE}-->",
    "nest": "<div>" * 1_500 + "</div>" * 1_500,
    "nest that is never closed": "<ul><li>" * 900,
    "span that is never closed": "<span>" * 400,
}


@pytest.mark.parametrize("what", WHOLE)
def test_a_page_is_read_behind_a_large(what: str) -> None:
    assert page(f"<html><body><p>One</p>{WHOLE[what]}<p>Two</p></body></html>") == ["One", "Two"]


def test_a_page_of_one_large_text_is_read() -> None:
    assert [len(text) for text in page(f"<p>{LARGE}</p><p>Two</p>")] == [len(LARGE), 3]


@pytest.mark.parametrize("before", ["", "</i>" * 200], ids=["sound", "with more faults than the parser tells"])
def test_a_page_that_nests_too_deep_is_refused(before: str) -> None:
    with pytest.raises(Unreadable, match=r"over the limit: a\.html nests HTML deeper than 2000 elements"):
        page(f"<html><body>{before}{'<span>' * 3_000}<p>Two</p></body></html>")


def test_a_page_deeper_than_read_is_refused_though_the_parser_takes_it() -> None:
    with pytest.raises(Unreadable, match="nests HTML deeper than 2000 elements"):
        page("<div>" * 2_010 + "x")


@pytest.mark.parametrize("text", ["<b>" * 60, "<p a=1 b=2>" * 20], ids=["tags", "attributes"])
def test_a_page_of_too_many_elements_is_refused(text: str) -> None:
    limits = DEFAULT._replace(nodes=50)
    with pytest.raises(Unreadable, match=r"over the limit: a\.html has more than 50 tags and attributes"):
        chunk_paragraphs(text.encode(), "text/html", "a.html", limits)
    assert chunk_paragraphs(b"<p>One</p>", "text/html", "a.html", limits) == ["One"]


@pytest.mark.parametrize(
    "behind", ["<p>Two</p>", "Two", "<html><head><title>x</title></head><body><p>Two</p></body></html>", "<i>Two</i>"]
)
def test_what_stands_behind_the_end_of_a_page_is_read(behind: str) -> None:
    assert page(f"<html><body><p>One</p></body></html>{behind}") == ["One", "Two"]
    assert archive(mime(("text/html", f"<html><body>One</body></html>\n{behind}"))) == ["One", "Two"]


def test_of_two_pages_in_one_what_is_not_shown_is_not_read() -> None:
    assert page("<html>One</html><html><head><style>x</style></head></html><script>x</script>Two") == ["One", "Two"]


@pytest.mark.parametrize(
    "name",
    [
        *("center", "option", "optgroup", "legend", "fieldset", "summary", "details", "menu", "dir", "button"),
        *("textarea", "dialog", "search", "hgroup"),
    ],
)
def test_a_block_of_a_page_stands_apart(name: str) -> None:
    assert page(f"<div>One<{name}>two</{name}>three</div>") == ["One", "two", "three"]


@pytest.mark.parametrize("name", ["b", "span", "font", "label", "kbd"])
def test_what_is_no_block_of_a_page_does_not(name: str) -> None:
    assert page(f"<div>One<{name}>two</{name}>three</div>") == ["Onetwothree"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("windows-1252", "It\u2019s \ufffd"),
        ("us-ascii", "It\u2019s \ufffd"),
        ("iso-8859-1", "It\u2019s \ufffd"),
        ("utf-16", "It\u2019s \ufffd"),
        ("gb2312", "It\ufffds \ufffd"),
        ("utf-8", "It\ufffds \ufffd"),
        ("windows-1251", "It\u2019s \u0403"),
    ],
)
def test_a_byte_that_an_encoding_does_not_have_is_not_the_end(said: str, read: str) -> None:
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={said}"></head>'
    assert page(html.encode() + b"<p>It\x92s \x81</p><p>Two</p>") == [read, "Two"]


def test_a_page_that_its_parser_does_not_read_to_the_end_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"damaged: a\.html cannot be read to its end as HTML"):
        page(b'<meta charset="utf-7"><p>One \x81</p><p>Two</p>')


@pytest.mark.parametrize(
    "text",
    [
        "<html><head><title>One<body><p>Two</p></body></html>",
        "<p>One</p><script>x<p>Two</p>",
        "<p>One</p><style>x<p>Two</p>",
        "<p>One</p><!-- x <p>Two</p>",
        "<p>One</p><noscript>x<p>Two</p>",
        "<p>One<p a='x>Two</p><p>Three</p>",
        "<p>One <p",
    ],
)
def test_a_page_that_does_not_close_what_hides_its_words_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"damaged: a\.html holds a tag, a comment, a title or a script that is never"):
        page(text)


@pytest.mark.parametrize(
    "text",
    [
        "<html><head><title>x</title><script src='a'/></head><body>One",
        "<p>One<!-- x --><style>x</style></p>",
        "<html><body>One</body></html><!-- x -->",
        "One<!-->",
        "<title/>One",
    ],
)
def test_a_page_that_leaves_out_other_ends_is_read(text: str) -> None:
    assert page(text) == ["One"]


# --- Web archives -----------------------------------------------------------------------------------------------------

FRAMES = "<html><frameset><frame src='a.htm'></frameset></html>"
FILES = ("text/xml", "<xml><o:File HRef='a.gif'>list</o:File></xml>")
PAGE = "<html><body><p>One</p></body></html>"
ARCHIVES: dict[str, tuple[str, list[str]]] = {
    "frames": (
        mime(("text/html", FRAMES), ("text/html", "<p>One</p>"), FILES, ("text/html", "Two")),
        ["One", "Two"],
    ),
    "XHTML": (mime(("application/xhtml+xml", PAGE)), ["One"]),
    "XHTML beside HTML": (mime(("application/xhtml+xml", PAGE), ("text/html", "Two")), ["One", "Two"]),
    "page and its files": (mime(("text/html", PAGE), FILES, ("text/plain", "x")), ["One"]),
    "page and its plain stub": (mime(("text/plain", "x"), ("text/html", PAGE), kind="alternative"), ["One"]),
    "page and other markup": (
        mime(("text/html", "x"), ("application/xhtml+xml", PAGE), ("image/png", ""), kind="alternative"),
        ["One"],
    ),
    "alternatives beside a page": (
        mime(
            (mime(("text/html", "x"), ("text/html", PAGE), kind="alternative").removeprefix("Content-Type: "), ""),
            ("text/html", "Two"),
        ),
        ["One", "Two"],
    ),
    "plain text alone": (mime(("text/plain", "One\nTwo"), FILES), ["One", "Two"]),
    "plain alternatives": (mime(("text/plain", "x"), ("text/plain", "One"), kind="alternative"), ["One"]),
    "page told as XML": (mime(("text/xml", PAGE), FILES), ["One"]),
    "page told as XML of a program": (mime(("application/xml", PAGE)), ["One"]),
    "blank lines before it": (mime(("text/html", PAGE), head="\r\n\n"), ["One"]),
    "a page without words": (mime(("text/html", "<html></html>")), []),
    "an alternative without words": (
        mime(("text/html", PAGE), ("text/html", "<html><style>x</style></html>"), kind="alternative"),
        ["One"],
    ),
    "plain words beside an empty page": (
        mime(("text/plain", "One"), ("text/html", "<html></html>"), kind="alternative"),
        ["One"],
    ),
    "an encoding that is no name": (mime(("text/html; charset*=a\0b''utf-8", PAGE)), ["One"]),
}


@pytest.mark.parametrize("case", ARCHIVES)
def test_all_pages_of_a_web_archive_are_read(case: str) -> None:
    text, expected = ARCHIVES[case]
    assert archive(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        mime(("text/html", PAGE)).replace('; boundary="related"', ""),
        mime(("text/html", PAGE)).replace('boundary="related"', 'boundary="other"'),
        mime(FILES, ("image/png", "x")),
    ],
    ids=["no boundary", "wrong boundary", "no page"],
)
def test_a_web_archive_in_which_no_page_is_found_is_damaged(text: str) -> None:
    with pytest.raises(Unreadable, match=r"damaged: in a\.mht, a web archive, no page was found"):
        archive(text)


def test_plain_text_and_rich_text_beside_a_page_of_mixed_parts_are_read() -> None:
    parts = (("text/html", PAGE), ("text/plain", "Two"), ("application/rtf", r"{\rtf1 Three\par}"))
    assert archive(mime(*parts, kind="mixed")) == ["One", "Two", "Three"]


def test_a_web_archive_in_utf_16_is_read() -> None:
    data = mime(("text/html", PAGE), FILES).encode("utf-16")
    assert chunk_paragraphs(data, "message/rfc822", "a.mht") == ["One"]


# --- Rich text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["sect", "page", "column", "nestcell", "nestrow"])
def test_a_paragraph_of_rich_text_ends_with(sign: str) -> None:
    assert rich(rf"One\{sign} Two") == ["One", "Two"]


@pytest.mark.parametrize("sign", ["sectd", "pagebb", "softline", "b"])
def test_a_paragraph_of_rich_text_goes_on_behind(sign: str) -> None:
    assert rich(rf"One\{sign} Two") == ["OneTwo"]


def test_bytes_that_stand_raw_in_rich_text_are_no_signs() -> None:
    assert rich(rb"One{\pict\wmetafile8\bin9 {a{\bin5}}\par Two") == ["One", "Two"]
    assert rich(rb"One\bin0 two\bin three\bin-4 four\\bin5 five") == ["Onetwothreefour\\bin5 five"]


def test_rich_text_that_ends_within_a_picture_is_refused() -> None:
    with pytest.raises(Unreadable, match="ends in the middle of a picture"):
        rich(rb"One\par{\pict x}\bin99999 0123 Two\par 820.30")


@pytest.mark.parametrize(
    "text",
    [r"{\rtf1{\fonttbl{\f0 Arial;} One\par Two\par}", r"{\rtf1 One\par{\pict 00 \par Two\par}", r"{\rtf1{\info One}"],
)
def test_rich_text_that_lacks_a_brace_before_its_words_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"ends in a group that was never closed"):
        chunk_paragraphs(text.encode(), "application/rtf", "a.rtf")


def test_rich_text_that_lacks_its_last_brace_is_read() -> None:
    text = rb"{\rtf1{\fonttbl{\f0 Arial;}}One\par{\b Two}"
    assert chunk_paragraphs(text, "application/rtf", "a.rtf") == ["One", "Two"]


def test_a_page_with_a_tag_of_too_many_attributes_is_refused() -> None:
    def tag(count: int) -> str:
        return "<p " + " ".join(f"a{number}" for number in range(count)) + ">One</p>"

    assert page(tag(500)) == ["One"]
    with pytest.raises(Unreadable, match=r"over the limit: a\.html has a tag with more than 10000 attributes"):
        page(tag(10_100))


@pytest.mark.parametrize("text", [rb"{\rtf1 One\par{\pict 0a{0b Two\par}", rb"{\rtf1 One\par{\pict Two"])
def test_rich_text_that_ends_in_what_is_not_shown_is_damaged(text: bytes) -> None:
    with pytest.raises(Unreadable, match=r"damaged: a\.rtf is rich text that ends in a group that was never closed"):
        chunk_paragraphs(text, "application/rtf", "a.rtf")


def test_rich_text_that_is_not_closed_otherwise_is_read() -> None:
    assert chunk_paragraphs(rb"{\rtf1 One\par{\b Two", "application/rtf", "a.rtf") == ["One", "Two"]


def test_words_of_older_drawings_and_of_comments_stand_apart_in_rich_text() -> None:
    drawn = r"{\*\do\dobxpage{\dptxbx{\dptxbxtext Box}}}"
    comment = r"{\*\atnid AA}{\*\atnauthor Ann}{\*\annotation{\*\atndate 1}Why?}"
    assert rich(f"One {drawn}and {comment}two") == ["One and two", "Box", "Why?"]


def test_a_drawing_that_repeats_a_shape_is_not_read_twice() -> None:
    shape = r"{\shp{\*\shpinst{\shptxt Box\par}}{\shprslt{\*\do{\dptxbxtext Box}}{\mmath{\*\moMath Box}}}}"
    assert rich(f"One{shape}") == ["One", "Box"]


def test_a_formula_of_rich_text_is_read_and_its_parts_stand_apart() -> None:
    fraction = r"{\mf{\mfPr{\mtype bar}{\mctrlPr x}}{\mnum{\mr open}}{\mden{\mr all}}}"
    formula = rf"{{\mmath{{\*\moMathPara{{\moMathParaPr{{\mjc centerGroup}}}}{{\*\moMath {fraction}}}}}}}"
    assert [" ".join(text.split()) for text in rich(f"Rate{formula}")] == ["Rate open all"]
