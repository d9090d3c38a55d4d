"""Redlines of files that are written otherwise than Word writes them: encodings, names, prefixes, white space."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
import redline_oracle as oracle
from docxmaker import NAMESPACES, Part, commented, docx, p, part, r, strict, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from qmsr_lint.edits import changed
from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.read import load
from qmsr_lint.formats.docx.readback import verify
from qmsr_lint.formats.docx.redline import Redline, Stamp, redline
from qmsr_lint.limits import DEFAULT
from qmsr_lint.model import Change, Edit

STAMP = Stamp("Quality", "Q", "2026-02-02T09:00:00Z")
TERM, NEW = "design history file", "design and development file"
W = NAMESPACES["w"]
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TYPES = "[Content_Types].xml"
Entries = dict[str, str | bytes]


def made(data: bytes, comment: str = "words", stamp: Stamp = STAMP) -> Redline:
    """The redline of a file with the term replaced wherever it stands, proved."""
    reading = load(data, "a.docx")
    found = re.finditer(TERM, reading.document.text)
    edits = [Edit(*m.span(), (Change(*m.span(), NEW),), comment, "refused") for m in found]
    after = redline(reading, edits, stamp)
    changes = [c for edit, outcome in zip(edits, after.outcomes, strict=True) if outcome.made for c in edit.changes]
    assert verify(reading, changes, after) == ""
    return after


def root_of(after: Redline | bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(oracle.entries(after if isinstance(after, bytes) else after.data)[name])


def numbers(root: etree._Element, *kinds: str) -> list[str | None]:
    return [el.get(f"{{{W}}}id") for el in root.iter(*(f"{{{W}}}{kind}" for kind in kinds))]


def accepted(after: Redline) -> str:
    return load(oracle.settle(after.data, "Quality", accept=True), "a.docx").document.text.split("\u2029")[0]


# --- Numbers ----------------------------------------------------------------------------------------------------------

REVIEWED = p(commented(r(f"The {TERM}.")))
ASKED = p(r("a reviewer asks something else"))


def reviewed(change: Callable[[Entries], None] | None = None) -> bytes:
    """A file with a reviewer's comment on the term."""
    return docx(REVIEWED, comments=[ASKED], change=change)


def wide(encoding: str, mark: bytes, *names: str) -> Callable[[Entries], None]:
    """Write these parts in UTF-16 or UTF-32."""

    def change(entries: Entries) -> None:
        for name in names:
            xml = str(entries[name]).replace("UTF-8", encoding[:6].upper())
            entries[name] = mark + xml.encode(encoding)

    return change


def renamed(entries: Entries) -> None:
    """Give the main part and the comments names that do not end in .xml."""
    for name in ("document", "comments"):
        entries[f"word/{name}.part"] = entries.pop(f"word/{name}.xml")
    entries["word/_rels/document.part.rels"] = entries.pop("word/_rels/document.xml.rels")
    for key in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.part.rels"):
        entries[key] = re.sub(r"(document|comments)\.xml", r"\1.part", str(entries[key]))


def capitals(entries: Entries) -> None:
    """Let the relationship write the comments part in other letters than the zip."""
    rels = "word/_rels/document.xml.rels"
    entries[rels] = str(entries[rels]).replace("comments.xml", "Comments.XML")


STORIES = ("word/document.xml", "word/comments.xml")
ODDLY_WRITTEN: dict[str, Callable[[Entries], None]] = {
    "UTF-16": wide("utf-16-le", b"\xff\xfe", *STORIES),
    "UTF-16 the other way round": wide("utf-16-be", b"\xfe\xff", *STORIES),
    "UTF-16 without a mark": wide("utf-16-le", b"", *STORIES),
    "UTF-16 the other way round without a mark": wide("utf-16-be", b"", *STORIES),
    "UTF-32": wide("utf-32-le", b"\xff\xfe\0\0", *STORIES),
    "UTF-32 the other way round without a mark": wide("utf-32-be", b"", *STORIES),
    "UTF-16 comments": wide("utf-16-be", b"", "word/comments.xml"),
    "renamed": renamed,
    "capitals": capitals,
}


@pytest.mark.parametrize("how", ODDLY_WRITTEN)
def test_a_reviewers_comment_keeps_its_number_to_itself(how: str) -> None:
    data = reviewed(ODDLY_WRITTEN[how])
    after = made(data)
    end = "part" if how == "renamed" else "xml"
    comments = root_of(after, f"word/comments.{end}")
    assert numbers(comments, "comment") == ["0", "1"]
    assert len(comments[0]) == 1
    assert "".join(str(each) for each in comments[0].itertext()) == "a reviewer asks something else"
    body = root_of(after, f"word/document.{end}")
    assert numbers(body, "commentReference") == ["1", "0"]
    assert sorted(map(str, numbers(body, "ins", "del", "commentReference"))) == ["0", "1", "2", "3"]


def test_numbers_in_parts_that_are_not_read_count() -> None:
    header = part("hdr", p(r("never shown"), f'<w:ins w:id="{70}" w:author="A">{r("x")}</w:ins>'))
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    wide_header = header.replace("UTF-8", "UTF-16").encode("utf-16")
    data = docx(p(r(f"The {TERM}.")), parts={"word/old.part": Part(wide_header, "header", "h9", media)})
    after = made(data)
    assert numbers(root_of(after), "ins", "del") == ["72", "73"]


@pytest.mark.parametrize(
    ("used", "first"),
    [("2147483647", "2"), ("4294967296", "2"), ("-5", "2"), ("0008", "10"), (" +8 ", "10"), ("x", "2")],
)
def test_an_odd_number_is_kept_clear_of(used: str, first: str) -> None:
    body = p(f'<w:ins w:id="{used}" w:author="A">{r("x")}</w:ins>', r(f"The {TERM}."))
    after = made(docx(body))
    assert numbers(root_of(after), "del", "ins") == [used, first, str(int(first) + 1)]


def test_a_number_near_the_last_one_leaves_room_below() -> None:
    marks = "".join(f'<w:ins w:id="{n}" w:author="A">{r("x")}</w:ins>' for n in (2**31 - 2**20 - 1, 2**31 - 9, 40))
    after = made(docx(p(marks, r(f"The {TERM}."))))
    assert numbers(root_of(after), "del") == ["42"]


def test_without_room_for_numbers_nothing_is_written() -> None:
    marks = "".join(f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' for n in range(0, 2**31, 2**20))
    data = docx(p(marks, r(f"The {TERM}.")))
    with pytest.raises(Unreadable, match="leave no room"):
        made(data)


# --- What the proof sees ----------------------------------------------------------------------------------------------


def proved(data: bytes, old: str, new: str, name: str = "word/comments.xml") -> str:
    """What the proof says of a redline in which the first match of some markup is exchanged."""
    reading = load(data, "a.docx")
    start = reading.document.text.index(TERM)
    change = Change(start, start + len(TERM), NEW)
    after = redline(reading, [Edit(*change[:2], (change,), "words")], STAMP)
    assert verify(reading, [change], after) == ""
    parts = oracle.entries(after.data)
    xml = parts[name].decode()
    assert re.search(old, xml)
    broken = zipped({**parts, name: re.sub(old, new, xml, count=1)})
    return verify(reading, [change], after._replace(data=broken))


def test_a_comment_number_given_twice_is_seen() -> None:
    assert "not as it was" in proved(reviewed(), 'w:id="1"', 'w:id="0"')


def test_a_change_number_given_twice_is_seen() -> None:
    assert "two things" in proved(reviewed(), 'w:ins w:id="3"', 'w:ins w:id="2"', "word/document.xml")


def test_a_changed_comment_of_a_reviewer_is_seen() -> None:
    assert "not as it was" in proved(reviewed(), "asks", "says")
    assert "not as it was" in proved(reviewed(), "Ann Author", "Somebody")


def test_a_moved_comment_of_a_reviewer_is_seen() -> None:
    mark = '<w:commentRangeStart w:id="0"/>'
    assert "not as it was" in proved(reviewed(), mark, "", "word/document.xml")


def test_a_lost_comment_is_seen() -> None:
    assert "for none" in proved(reviewed(), '<w:comment w:id="1".*?</w:comment>', "")
    assert "for none" in proved(reviewed(), '<w:commentReference w:id="1"/>', "", "word/document.xml")


def test_a_redline_over_a_limit_is_refused_in_words() -> None:
    data = reviewed()
    limits = DEFAULT._replace(nodes=load(data, "a.docx").package.nodes + 20, package_bytes=5000)
    reading = load(data, "a.docx", limits)
    start = reading.document.text.index(TERM)
    change = Change(start, start + len(TERM), NEW)
    after = redline(load(data, "a.docx"), [Edit(*change[:2], (change,), "words")], STAMP)
    with pytest.raises(Unreadable, match="cannot be redlined: with the changes in it, it would be over the limit"):
        verify(reading, [change], after)


# --- White space ------------------------------------------------------------------------------------------------------

BLANK = " \t\r\n"


def shown(data: bytes, how: str) -> str:
    """The text of a document part as "own" shows it, who goes by xml:space of the w:t, as "inherited", who goes by that
    of what is around it as well, or as "nobody", who trims nothing.
    """
    words = []
    for el in etree.fromstring(oracle.entries(data)["word/document.xml"]).iter(f"{{{W}}}t"):
        spaces = [each.get(SPACE) for each in (el, *el.iterancestors())]
        said = spaces[0] if how == "own" else next((space for space in spaces if space), None)
        text = el.text or ""
        words.append(text if how == "nobody" or said == "preserve" else text.strip(BLANK))
    return "".join(words)


def raw(text: str, space: str = "") -> str:
    return f"<w:r><w:t{space}>{text}</w:t></w:r>"


PRESERVE, AS_USUAL = ' xml:space="preserve"', ' xml:space="default"'
SPACED = {
    "indented": raw(f"\n      Alpha keeps the {TERM} here.\n   "),
    "tabs": raw(f"\t{TERM}\t"),
    "blanks at the cut only": raw(f"the {TERM} is"),
    "blanks at both": raw(f" the {TERM} is "),
    "over runs": raw(" the design ") + raw(" history ", PRESERVE) + raw(" file "),
    "over runs that are glued": raw("the design") + raw(" history ") + raw("file is"),
    "said to be as usual": raw(f"  the {TERM}  ", AS_USUAL),
    "references": raw(f"&#32;&#160; the {TERM} &#xA0;&#x20;"),
    "a blank alone": raw("the") + raw(" ") + raw(TERM) + raw("  ") + raw("is"),
    "no-break spaces": raw(f"\u00a0the {TERM}\u3000"),
}


@pytest.mark.parametrize("how", ["own", "inherited", "nobody"])
@pytest.mark.parametrize("around", ["", PRESERVE])
@pytest.mark.parametrize("name", SPACED)
def test_reject_shows_what_was_shown(name: str, around: str, how: str) -> None:
    def change(entries: Entries) -> None:
        entries["word/document.xml"] = str(entries["word/document.xml"]).replace("<w:body", f"<w:body{around}")

    data = docx(p(SPACED[name]), change=change)
    reading = load(data, "a.docx")
    found = re.search(r"design\s+history\s+file", reading.document.text)
    assert found is not None
    edit = Edit(*found.span(), (Change(*found.span(), NEW),), "words")
    after = redline(reading, [edit], STAMP)
    assert verify(reading, edit.changes, after) == ""
    before = shown(data, how)
    assert shown(oracle.settle(after.data, "Quality", accept=False), how) == before
    term = "designhistoryfile"
    now = shown(oracle.settle(after.data, "Quality", accept=True), how)
    assert NEW in now
    squeezed = "".join(before.split()).replace(term, "".join(NEW.split()))
    assert "".join(now.split()) == squeezed


def test_white_space_that_is_trimmed_stays_apart() -> None:
    after = made(docx(p(raw(f"\n  Alpha keeps the {TERM} here.\n"))), comment="")
    xml = oracle.entries(after.data)["word/document.xml"].decode()
    assert f"<w:r><w:t>\n  </w:t><w:t{PRESERVE}>Alpha keeps the </w:t></w:r>" in xml
    assert f"<w:r><w:t{PRESERVE}> here.</w:t><w:t>\n</w:t></w:r>" in xml


@settings(max_examples=80)
@given(
    st.lists(st.tuples(st.text("ab \t\u00a0", min_size=1, max_size=8), st.booleans()), min_size=1, max_size=4),
    st.data(),
)
def test_any_change_shows_what_it_should(runs: list[tuple[str, bool]], data: st.DataObject) -> None:
    """Characters that are trimmed and not deleted stay trimmed, those that are shown stay shown."""
    file = docx(p(*(raw(words, PRESERVE if kept else "") for words, kept in runs)))
    text = "".join(words for words, _ in runs)
    at = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    changes = [Change(a, b, f" N{n} ") for n, (a, b) in enumerate(pairwise(at)) if not n % 2]
    reading = load(file, "a.docx")
    after = redline(reading, [Edit(each.start, each.end, (each,)) for each in changes], STAMP)
    assert verify(reading, changes, after) == ""
    visible = "".join(masked(words, kept) for words, kept in runs)
    rejected, settled = (oracle.settle(after.data, "Quality", accept=accept) for accept in (False, True))
    assert shown(rejected, "own") == visible.replace("\0", "")
    assert shown(settled, "own") == changed(visible, changes).replace("\0", "")


def masked(words: str, kept: bool) -> str:
    core = words if kept else words.strip(BLANK)
    before = 0 if kept else len(words) - len(words.lstrip(BLANK))
    return "\0" * before + core + "\0" * (len(words) - before - len(core))


# --- Character references ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", ["&#13;&#10;", "&#13;", "&#xD;", "&#10;", "&#9;", "\n", "\t", "&#133;", "&#x2028;"])
@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1"])
def test_a_character_that_a_parser_would_change_is_written_as_a_reference(between: str, encoding: str) -> None:
    def change(entries: Entries) -> None:
        xml = str(entries["word/document.xml"]).replace("UTF-8", encoding)
        entries["word/document.xml"] = xml.encode(encoding)

    data = docx(p(raw(f"Note one.{between}The {TERM}{between}is kept.")), change=change)
    after = made(data, comment=f"One{between}two\rthree")
    rejected = oracle.settle(after.data, "Quality", accept=False)
    assert shown(rejected, "own") == shown(data, "own")
    assert accepted(after) == load(data, "a.docx").document.text.replace(TERM, NEW)
    assert "two\rthree" in load(after.data, "a.docx").document.text


def test_an_authors_name_is_read_as_it_was_given() -> None:
    name = 'A\tB\nC\rD "E" <F> & G'
    after = made(docx(p(r(f"The {TERM}."))), stamp=Stamp(name, "A\tB", STAMP.date))
    assert [el.get(f"{{{W}}}author") for el in root_of(after).iter(f"{{{W}}}ins", f"{{{W}}}del")] == [name] * 2
    [comment] = root_of(after, "word/comments.xml")
    assert (comment.get(f"{{{W}}}author"), comment.get(f"{{{W}}}initials")) == (name, "A\tB")


# --- Prefixes ---------------------------------------------------------------------------------------------------------


def document(inner: str, declared: str = f'xmlns:w="{W}"', root: str = "w:") -> bytes:
    xml = f"<{root}document {declared}><{root}body>{inner}</{root}body></{root}document>"
    return docx("", change=lambda entries: entries.update({"word/document.xml": xml}))


PREFIXES: dict[str, tuple[str, str, str]] = {
    "default and another": (f'xmlns="{W}" xmlns:q="{W}"', "", f"<q:p><q:r><t>The {TERM}.</t></q:r></q:p>"),
    "another and default": (f'xmlns="{W}" xmlns:q="{W}"', "", f"<p><r><q:t>The {TERM}.</q:t></r></p>"),
    "start and end of different runs": (
        f'xmlns="{W}" xmlns:q="{W}" xmlns:v="{W}"',
        "",
        "<p><q:r><t>The design</t></q:r><r><v:t> history </v:t></r><v:r><q:t>file.</q:t></v:r></p>",
    ),
    "declared at the text": (f'xmlns:w="{W}"', "w:", f'<w:p><w:r><y:t xmlns:y="{W}">The {TERM}.</y:t></w:r></w:p>'),
    "declared at the run": (
        f'xmlns:w="{W}"',
        "w:",
        f'<w:p><y:r xmlns:y="{W}"><y:rPr><y:b/></y:rPr><y:t>The {TERM}.</y:t></y:r></w:p>',
    ),
    "declared at the paragraph": (f'xmlns:w="{W}"', "w:", f'<y:p xmlns:y="{W}"><y:r><y:t>The {TERM}.'
                                  "</y:t></y:r></y:p>"),
    "default declared at the run": (f'xmlns:w="{W}"', "w:", f'<w:p><r xmlns="{W}"><t>The {TERM}.</t></r></w:p>'),
    "the usual prefix means something else": (
        f'xmlns="{W}" xmlns:w="urn:x"',
        "",
        f"<p><r w:mark='1'><t>The {TERM}.</t></r></p>",
    ),
    "properties need a declaration of the run": (
        f'xmlns:w="{W}"',
        "w:",
        f"<w:p><w:r xmlns:n='urn:n'><w:rPr><n:glow/></w:rPr><w:t>The {TERM}.</w:t></w:r></w:p>",
    ),
    "an unknown element around the run": (
        f'xmlns:w="{W}" xmlns:n="urn:n"',
        "w:",
        f"<w:p><n:mark><w:r><w:t>The {TERM}.</w:t></w:r></n:mark></w:p>",
    ),
    "an unknown element where no prefix holds": (
        f'xmlns="{W}" xmlns:n="urn:n"',
        "",
        f'<p><n:mark xmlns=""><q:r xmlns:q="{W}"><q:t>The {TERM}.</q:t></q:r></n:mark></p>',
    ),
    "letters of another alphabet": (f'xmlns:\u0436="{W}"', "\u0436:", f"<\u0436:p><\u0436:r><\u0436:t>The {TERM}."
                                    "</\u0436:t></\u0436:r></\u0436:p>"),
}  # fmt: skip


@pytest.mark.parametrize("strictly", [False, True])
@pytest.mark.parametrize("how", PREFIXES)
def test_prefixes_hold_where_they_are_written(how: str, strictly: bool) -> None:
    declared, root, inner = PREFIXES[how]
    data = document(inner, declared, root)
    after = made(strict(data) if strictly else data)
    assert [outcome[:2] for outcome in after.outcomes] == [(True, True)]
    assert accepted(after) == f"The {NEW}."
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main" if strictly else W
    tree = root_of(after)
    for kind in ("del", "ins", "delText", "commentRangeStart", "commentRangeEnd", "commentReference"):
        assert next(tree.iter(f"{{{space}}}{kind}"), None) is not None, kind
    assert [el.get(f"{{{space}}}author") for el in tree.iter(f"{{{space}}}ins")] == ["Quality"]


# --- Packages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b"")]
)
def test_types_and_relationships_in_utf16(encoding: str, mark: bytes) -> None:
    every = ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml")
    after = made(
        docx(p(r(f"The {TERM}.")), parts={"word/x.xml": Part("<x/>", "x")}, change=wide(encoding, mark, *every))
    )
    assert after.outcomes[0][:2] == (True, True)
    assert [el.value for el in load(after.data, "a.docx").document.marks if el.kind == "comment"] == ["words"]


def test_types_that_are_written_in_other_letters() -> None:
    def change(entries: Entries) -> None:
        entries["[content_types].XML"] = entries.pop("[Content_Types].xml")

    after = made(docx(p(r(f"The {TERM}.")), change=change))
    assert b"/word/comments.xml" in oracle.entries(after.data)["[content_types].XML"]


def test_an_encoding_in_the_text_is_left_alone() -> None:
    words = p(raw('encoding="x"')) + p(r(f"The {TERM}."))
    xml = f"<?xml version='1.0'?><w:document xmlns:w='{W}'><w:body>{words}</w:body></w:document>"
    data = docx("", change=lambda entries: entries.update({"word/document.xml": xml.encode("utf-16-le")}))
    assert b'encoding="x"' in oracle.entries(made(data).data)["word/document.xml"]


WRONG_ROOTS = {
    "word/_rels/document.xml.rels": "<a/>",
    "[Content_Types].xml": "<Types/>",
    "word/comments.xml": part("footnotes", ""),
}


@pytest.mark.parametrize("name", WRONG_ROOTS)
def test_where_no_comment_can_be_added_the_reason_is_said(name: str) -> None:
    def change(entries: Entries) -> None:
        entries[name] = WRONG_ROOTS[name]

    comments: Sequence[str] | None = [p(r("x"))] if "comments" in name else None
    data = docx(p(r(f"The {TERM}.")), parts={"word/x.xml": Part("<x/>", "x")}, change=change, comments=comments or ())
    with pytest.raises(Unreadable, match="no comment can be added"):
        made(data)


def declaring(name: str) -> Callable[[Entries], None]:
    """Declare the type of a comments part that is not there."""

    def change(entries: Entries) -> None:
        line = f'<Override PartName="/{name}" ContentType="application/x"/></Types>'
        entries[TYPES] = str(entries[TYPES]).replace("</Types>", line)

    return change


@pytest.mark.parametrize("name", ["word/comments.xml", "word/Comments.XML"])
def test_a_name_whose_type_is_declared_is_not_given_to_the_comments(name: str) -> None:
    after = made(docx(p(r(f"The {TERM}.")), change=declaring(name)))
    types = [el.get("PartName") for el in root_of(after, TYPES)]
    assert types.count("/word/comments2.xml") == types.count(f"/{name}") == 1
    assert "word/comments2.xml" in oracle.entries(after.data)


def test_a_type_that_is_declared_twice_is_seen() -> None:
    line = '<Override PartName="/word/comments.xml"'
    assert "is declared twice" in proved(docx(p(r(f"The {TERM}."))), line, line + ' ContentType="x"/>' + line, TYPES)
    assert proved(docx(p(r(f"The {TERM}."))), line, line, TYPES) == ""


@pytest.mark.parametrize("pointer", ["", ' TargetMode="External"'])
def test_comments_that_are_named_and_missing_are_not_named_twice(pointer: str) -> None:
    def change(entries: Entries) -> None:
        del entries["word/comments.xml"]
        rels = "word/_rels/document.xml.rels"
        entries[rels] = str(entries[rels]).replace('comments.xml"', f'comments.xml"{pointer}')

    data = docx(p(r(f"The {TERM}.")), comments=[p(r("x"))], change=change)
    with pytest.raises(Unreadable, match=r"its comments /?word/comments.xml are missing"):
        made(data)
    assert made(data, comment="").outcomes[0].made


def test_a_zip_directory_with_lying_lengths_is_refused() -> None:
    data = docx(p(r(f"The {TERM}.")))
    last = data.rfind(b"PK\x01\x02")
    data = data[: last + 32] + b"\x00\xff" + data[last + 34 :]  # the length of the last entry's comment
    with pytest.raises(Unreadable, match="reach beyond its end"):
        made(data)


MISPLACED = {
    "it stands outside any paragraph": r(f"The {TERM}."),
    "its run lies inside another run": p(f"<w:r><w:t>x</w:t>{r(f'The {TERM}.')}</w:r>"),
    "there is other markup within its letters": p(f"<w:r><w:t>The {TERM}.<w:tab/></w:t></w:r>"),
}


@pytest.mark.parametrize("reason", MISPLACED)
def test_what_stands_where_it_may_not_is_refused(reason: str) -> None:
    after = made(docx(p(r("First")) + MISPLACED[reason]))
    [outcome] = after.outcomes
    assert (outcome.made, outcome.commented) == (False, True)
    assert reason in outcome.reason


def test_a_comment_on_more_than_a_paragraph_ends_with_the_first() -> None:
    data = docx(p(r("One "), r("two")) + p(r("three")))
    after = redline(load(data, "a.docx"), [Edit(4, 10, (), "words"), Edit(4, 8, (), "more")], STAMP)
    assert verify(load(data, "a.docx"), (), after) == ""
    marks = [mark for mark in load(after.data, "a.docx").document.marks if mark.kind == "comment"]
    assert [(mark.start, mark.end, mark.value) for mark in marks] == [(4, 7, "words"), (4, 7, "more")]


def test_comments_that_are_another_story_as_well_are_refused() -> None:
    def change(entries: Entries) -> None:
        rels = "word/_rels/document.xml.rels"
        entries[rels] = str(entries[rels]).replace("/word/footnotes.xml", "/word/comments.xml")

    data = docx(p(r(f"The {TERM}.")), footnotes=[p(r("x"))], comments=[p(r("y"))], change=change)
    with pytest.raises(Unreadable, match="named as comments and as footnotes"):
        made(data)
