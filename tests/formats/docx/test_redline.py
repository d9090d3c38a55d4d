"""Tracked changes and comments, markup by markup."""

import io
import re
import zipfile
from collections.abc import Sequence

import pytest
import redline_oracle as oracle
from docxmaker import (
    Part,
    bookmarked,
    bound,
    control,
    deleted,
    docx,
    drawing,
    field,
    fld_char,
    ins,
    instruction,
    letters,
    link,
    p,
    part,
    r,
    simple_field,
    smart_tag,
    stored,
    strict,
    t,
    tbl,
    tc,
    text_box,
    tr,
    zipped,
)
from lxml import etree

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.read import load, read
from qmsr_lint.formats.docx.readback import verify
from qmsr_lint.formats.docx.redline import Redline, Stamp, redline
from qmsr_lint.formats.docx.seal import is_as_made, sealed
from qmsr_lint.model import Change, Edit

STAMP = Stamp("Quality", "Q", "2026-02-02T09:00:00Z")
TERM, NEW = "design history file", "design and development file"


def made(data: bytes, pairs: Sequence[tuple[str, str]] = ((TERM, NEW),), comment: str = "") -> Redline:
    """The redline of a file with each first text replaced by the second, wherever it stands."""
    reading = load(data, "a.docx")
    edits = []
    for old, new in pairs:
        for match in re.finditer(re.escape(old).replace("\\ ", r"\s"), reading.document.text):
            start, end = match.span()
            edits.append(Edit(start, end, (Change(start, end, new),), comment, "refused" if comment else ""))
    edits.sort()
    after = redline(reading, edits, STAMP)
    changes = [c for edit, outcome in zip(edits, after.outcomes, strict=True) if outcome.made for c in edit.changes]
    assert verify(reading, changes, after) == ""
    assert oracle.paragraphs(oracle.settle(after.data, "Quality", accept=False)) == oracle.paragraphs(data)
    return after


def body(after: Redline, name: str = "word/document.xml") -> str:
    xml = oracle.entries(after.data)[name].decode()
    return xml[xml.index("<w:body>") + 8 : xml.index("</w:body>")] if "<w:body>" in xml else xml


def accepted(after: Redline) -> list[str]:
    return oracle.paragraphs(oracle.settle(after.data, "Quality", accept=True))


BY = 'w:author="Quality" w:date="2026-02-02T09:00:00Z"'


def test_a_term_in_one_run() -> None:
    after = made(docx(p(r("The design history file is kept.", "<w:i/>"))))
    run = '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">'
    assert body(after) == (
        f"<w:p>{run}The </w:t></w:r>"
        f'<w:del w:id="1" {BY}><w:r><w:rPr><w:i/></w:rPr>'
        f'<w:delText xml:space="preserve">{TERM}</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {BY}><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">{NEW}</w:t></w:r></w:ins>'
        f"{run} is kept.</w:t></w:r></w:p>"
    )


def test_a_term_over_runs_keeps_the_formatting_of_most_of_it() -> None:
    after = made(docx(p(r("The design", "<w:b/>"), r(" hist"), r("ory"), r(" file", "<w:i/>"), r(" stays"))))
    xml = body(after)
    assert xml.count("<w:del ") == xml.count("<w:ins ") == 1
    inserted = xml[xml.index("<w:ins ") : xml.index("</w:ins>")]
    assert "<w:b/>" not in inserted
    assert "<w:i/>" not in inserted
    assert accepted(after) == [f"The {NEW} stays"]


def test_a_run_for_each_letter_is_one_deletion() -> None:
    after = made(docx(p(letters(f"The {TERM} is kept."))))
    assert body(after).count("<w:del ") == 1
    assert accepted(after) == [f"The {NEW} is kept."]


WRAPPED = {
    "hyperlink": link(r(f"a {TERM} b"), anchor="x"),
    "content control": control(r(f"a {TERM} b")),
    "smart tag": smart_tag(r(f"a {TERM} b")),
    "bookmark": bookmarked(r(f"a {TERM} b"), "here"),
    "begins in a link": r("a design ") + link(r("history file b"), anchor="x"),
    "tab inside": r("a design", raw=f"<w:tab/>{t('history file b')}"),
    "line break inside": r("a design", raw=f"<w:br/>{t('history file b')}"),
    "bookmark begins inside": r("a design ") + bookmarked(r("history file b"), "here"),
    "bookmark ends inside": r("a ") + bookmarked(r("design history"), "here") + r(" file b"),
    "bookmark that Word left": r("a design ") + bookmarked(r("history"), "_Hlk5") + r(" file b"),
    "link with a picture": r("a design ") + link(r("history file", raw="<w:drawing/>"), anchor="x") + r(" b"),
    "place of the cursor": r("a design ") + bookmarked(r("history"), "_GoBack") + r(" file b"),
    "ends in a link": link(r("a design history"), anchor="x") + r(" file b"),
    "someone's deletion beside it": deleted("old ") + r(f"a {TERM} b"),
    "someone's deletion inside": r("a design ") + deleted("old ") + r("history file b"),
    "entities": r(f"a & <b> {TERM} b"),
}


@pytest.mark.parametrize("where", WRAPPED)
def test_it_is_edited_from_inside(where: str) -> None:
    after = made(docx(p(WRAPPED[where])))
    assert [outcome.made for outcome in after.outcomes] == [True]
    assert NEW in accepted(after)[0]
    assert "history" not in accepted(after)[0]
    for name in ("w:hyperlink", "w:sdt", "w:smartTag"):
        assert body(after).count(f"<{name}") == WRAPPED[where].count(f"<{name}")


PLACES = {
    "table": docx(tbl(tr(tc(r(f"The {TERM}."))))),
    "header": docx(p(r("x")), header=p(r(f"The {TERM}."))),
    "footer": docx(p(r("x")), footer=p(r(f"The {TERM}."))),
    "footnote": docx(p(r("x", raw='<w:footnoteReference w:id="1"/>')), footnotes=[p(r(f"The {TERM}."))]),
    "endnote": docx(p(r("x", raw='<w:endnoteReference w:id="1"/>')), endnotes=[p(r(f"The {TERM}."))]),
    "strict": strict(docx(p(r(f"The {TERM}.")))),
    "content control around paragraphs": docx(control(p(r(f"The {TERM}.")))),
    "template": docx(p(r(f"The {TERM}.")), kind="dotm"),
}


@pytest.mark.parametrize("place", PLACES)
def test_it_is_edited_in(place: str) -> None:
    after = made(PLACES[place], comment="words")
    assert [outcome[:2] for outcome in after.outcomes] == [(True, True)]
    assert f"The {NEW}." in accepted(after)


def test_both_copies_of_a_text_box_are_edited() -> None:
    after = made(
        docx(p(r("before "), text_box(p(r("The design history file in a box"))), r(" design history file after")))
    )
    assert body(after).count(NEW) == 3
    fallback = body(after)[body(after).index("<mc:Fallback>") : body(after).index("</mc:Fallback>")]
    assert (fallback.count("<w:del "), fallback.count("<w:ins ")) == (1, 1)


def test_both_copies_of_equal_paragraphs_are_edited_in_their_places() -> None:
    inner = p(r(f"The {TERM}")) + p(r("x")) + p(r(f"The {TERM}", "<w:b/>"))
    after = made(docx(p(text_box(inner), text_box(inner))), comment="words")
    fallbacks = re.findall("<mc:Fallback>.*?</mc:Fallback>", body(after))
    choices = re.findall("<mc:Choice.*?</mc:Choice>", body(after))
    assert [each.count(NEW) for each in fallbacks + choices] == [2, 2, 2, 2]
    assert [each.count("<w:rPr><w:b/></w:rPr><w:delText") for each in fallbacks + choices] == [1, 1, 1, 1]


@pytest.mark.parametrize("namespace", ["wps", "x"])
def test_words_that_end_in_alternative_contents_are_edited(namespace: str) -> None:
    first, _, last = TERM.partition(" ")
    run = r(last)
    choice = f'<mc:Choice xmlns:x="urn:x" Requires="{namespace}">{run}</mc:Choice><mc:Fallback>{run}</mc:Fallback>'
    data = docx(p(r(f"{first} "), f"<mc:AlternateContent>{choice}</mc:AlternateContent>"))
    after = made(data)
    assert NEW in load(after.data, "a.docx").document.text


def test_both_copies_of_alternatives_in_a_text_box_are_edited() -> None:
    run = r(f"The {TERM}")
    inner = f'<mc:AlternateContent><mc:Choice Requires="pic">{run}</mc:Choice><mc:Fallback>{run}</mc:Fallback>'
    after = made(docx(p(text_box(p(inner + "</mc:AlternateContent>")))))
    assert body(after).count(NEW) == 2


def test_a_fallback_that_says_something_else_is_left_alone() -> None:
    after = made(docx(p(text_box(p(r(f"The {TERM}")), p(r("Something else"))))))
    assert body(after).count(NEW) == 1


W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
BOUND_2012 = f'<w15:dataBinding {W15} w:xpath="/x" w:storeItemID="{{1}}"/>'
REFUSED = {
    "in a tracked insertion by Ann Author": ins(r(f"a {TERM} b")),
    "the result of a field": field("REF x", r(f"a {TERM} b")),
    "which Word writes anew": simple_field("REF x", r(f"a {TERM} b")),
    "locked": control(r(f"a {TERM} b"), '<w:lock w:val="sdtContentLocked"/>'),
    "bound to data": control(r(f"a {TERM} b"), '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/>'),
    "content control bound to": control(r(f"a {TERM} b"), BOUND_2012),
    "in a locked content control": control(control(r("x")) + r(f"a {TERM} b"), "<w:group/>"),
    "locked content": control(control(r(f"a {TERM} b"), "<w:group/>"), "<w:text/>"),
    "drop-down": control(r(f"a {TERM} b"), "<w:dropDownList/>"),
    "prompt": control(r(f"a {TERM} b"), "<w:showingPlcHdr/>"),
    "insertion by Ben": f'<w14:conflictIns {W14} w:id="3" w:author="Ben">{r(f"a {TERM} b")}</w14:conflictIns>',
    "in an equation": (
        "<m:oMath><m:f><m:num><m:r><m:t>the design history</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>file</m:t></m:r></m:den></m:f></m:oMath>"
    ),
    "pronunciation guide": f"<w:r><w:ruby><w:rubyPr/><w:rubyBase>{r(f'a {TERM} b')}</w:rubyBase></w:ruby></w:r>",
}


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_a_content_control_that_shows_no_prompt_is_edited(value: str) -> None:
    data = docx(p(r("x "), control(r(f"a {TERM} b"), f'<w:showingPlcHdr w:val="{value}"/>')))
    assert made(data).outcomes[0].made


@pytest.mark.parametrize("reason", REFUSED)
def test_it_is_refused_and_commented(reason: str) -> None:
    data = docx(p(r("x "), REFUSED[reason]))
    after = made(data, comment="words")
    [outcome] = after.outcomes
    assert (outcome.made, outcome.commented) == (False, True)
    assert reason in outcome.reason
    assert oracle.entries(after.data)["word/comments.xml"].decode().count(reason) == 1
    assert REFUSED[reason] in body(after)
    assert re.search(
        r'<w:p><w:commentRangeStart w:id="\d+"/>.*<w:commentReference w:id="\d+"/></w:r></w:p>', body(after)
    )


FREE = {
    "a control of a group": control(control(r(f"a {TERM} b")), "<w:group/>"),
    "an item of a section that is repeated": control(
        control(r(f"a {TERM} b")), f"{BOUND_2012}<w15:repeatingSection {W15}/>"
    ),
    "a control beside one that is bound": control(r("x"), BOUND_2012) + control(r(f"a {TERM} b")),
}


@pytest.mark.parametrize("where", FREE)
def test_it_is_edited_in_a_control_that_is_free(where: str) -> None:
    assert NEW in accepted(made(docx(p(FREE[where]))))[0]


SEAMS = {
    "deletion is tracked": "<w:rPr><w:del/></w:rPr>",
    "drop cap": '<w:framePr w:dropCap="drop"/>',
    "hidden paragraph mark": "<w:rPr><w:vanish/></w:rPr>",
}


@pytest.mark.parametrize("reason", SEAMS)
def test_an_edit_across_a_seam_is_refused_and_one_beside_it_is_made(reason: str) -> None:
    body = p(r("d"), props=SEAMS[reason]) + p(r(f"esign history file, the {TERM}."))
    after = made(docx(body), comment="words")
    assert [outcome.made for outcome in after.outcomes] == [False, True]
    assert reason in after.outcomes[0].reason
    assert accepted(after)[-1] == f"esign history file, the {NEW}."


def test_data_behind_a_control_are_refused_and_the_words_beside_it_edited() -> None:
    data = stored(p(r(f"The {TERM}")) + bound("/a/b"), f"<a><b>Our {TERM}</b></a>")
    after = made(data, comment="words")
    assert [outcome.made for outcome in after.outcomes] == [True, False]
    assert "data that a content control is bound to" in after.outcomes[1].reason
    assert oracle.entries(after.data)["customXml/item1.xml"] == oracle.entries(data)["customXml/item1.xml"]


def test_no_comment_stands_in_a_paragraph_that_is_hidden() -> None:
    hidden = p(r("x", "<w:vanish/>"), props="<w:rPr><w:vanish/></w:rPr>")
    for data in (docx(hidden + p(field("REF x", r(TERM)))), docx(hidden + p(r("x")), header=p(r(TERM)))):
        after = made(data, comment="words")
        assert after.outcomes[0].commented
        assert body(after).startswith(hidden)


def test_the_first_that_is_made_of_equal_edits_carries_their_comment() -> None:
    contents = field('TOC "1-3"', r(f"The {TERM}"))
    paragraphs = (p(contents), p(r(f"The {TERM}")), p(r(f"A {TERM}")), p(r(f"Other {TERM}")))
    reading = load(docx("".join(paragraphs)), "a.docx")
    starts = [match.start() for match in re.finditer(TERM, reading.document.text)]
    kinds = ["a", "a", "a", "b"]
    edits = [
        Edit(start, end := start + len(TERM), (Change(start, end, NEW),), f"words {kind}", "", kind)
        for start, kind in zip(starts, kinds, strict=True)
    ]
    after = redline(reading, edits, STAMP)
    assert [outcome[:2] for outcome in after.outcomes] == [(False, False), (True, True), (True, False), (True, True)]
    comments = oracle.entries(after.data)["word/comments.xml"].decode()
    assert comments.count("words a") == comments.count("words b") == 1
    assert comments.count("made in 2 places") == comments.count("places") == 1


def test_a_bookmark_that_ends_behind_its_paragraph_is_not_emptied() -> None:
    begun = r("a design ") + '<w:bookmarkStart w:id="7" w:name="_Ref7"/>' + r("history file")
    after = made(docx(p(begun) + '<w:bookmarkEnd w:id="7"/>' + p(r("b"))))
    assert [outcome.made for outcome in after.outcomes] == [False]


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (r("a ") + bookmarked(r(TERM), "_Ref1") + r(" b"), True),
        (r("a ") + link(r(TERM), anchor="x") + r(" b"), True),
        (r("a ") + link(r(f"{TERM} b"), anchor="x"), False),
        (bookmarked(r(f"a {TERM}"), "_Ref1") + r(" b"), False),
        (r(f"a {TERM} b"), False),
    ],
)
def test_nothing_is_emptied_by_words_that_only_go(content: str, refused: bool) -> None:
    [outcome] = made(docx(p(content)), [(TERM, "")]).outcomes
    assert outcome.made is not refused


def test_new_words_look_as_most_of_the_old_ones_did() -> None:
    bold = "<w:b/>"
    initials = r("d", props=bold) + r("esign ") + r("h", props=bold) + r("istory ") + r("f", props=bold) + r("ile")
    after = made(docx(p(initials)))
    [new] = re.findall(r"<w:ins [^>]*>(.*?)</w:ins>", body(after))
    assert bold not in new
    after = made(docx(p(r("design ") + r("history file", props=bold))))
    [new] = re.findall(r"<w:ins [^>]*>(.*?)</w:ins>", body(after))
    assert bold in new


LEFT_EMPTY = {
    "the text of a link, which would be left empty": r("a design ") + link(r("history file"), anchor="x") + r(" b"),
    "the text of a content control, which would be": r("a design ") + control(r("history file")) + r(" b"),
    "a bookmark marks part of it": r("a design ") + bookmarked(r("history"), "_Ref1") + r(" file b"),
    "a bookmark marks part": r("a design ") + bookmarked(r("history file"), "here") + r(" b"),
    "text of a link, which": r("a ") + bookmarked(r("design ") + link(r("history file"), anchor="x"), "b") + r(" b"),
}


@pytest.mark.parametrize("reason", LEFT_EMPTY)
def test_nothing_is_emptied_that_words_are_taken_from(reason: str) -> None:
    after = made(docx(p(r("x "), LEFT_EMPTY[reason])), comment="words")
    [outcome] = after.outcomes
    assert (outcome.made, outcome.commented) == (False, True)
    assert reason in outcome.reason
    assert "<w:del " not in body(after)
    assert accepted(after) == [f"x a {TERM} b"]


def test_an_edit_that_is_half_refused_is_not_made_at_all() -> None:
    data = docx(p(r("A "), ins(r("DHF"))))
    edit = Edit(2, 5, (Change(0, 1, "An"), Change(2, 5, "engineering file")))
    after = redline(load(data, "a.docx"), [edit], STAMP)
    assert after.data == data
    assert not after.outcomes[0].made


@pytest.mark.parametrize(("kind", "is_made"), [("page", False), ("column", False), ("textWrapping", True)])
def test_a_page_break_is_not_struck_with_the_words_around_it(kind: str, is_made: bool) -> None:
    data = docx(p(f'<w:r><w:t>a DHF</w:t><w:br w:type="{kind}"/><w:t>DHR b</w:t></w:r>'))
    reading = load(data, "a.docx")
    at = reading.document.text.index("DHF"), reading.document.text.index(" b")
    [outcome] = redline(reading, [Edit(*at, (Change(*at, "files"),))], STAMP).outcomes
    assert (outcome.made, "page break" in outcome.reason) == (is_made, not is_made)


def test_a_reviewers_comment_is_not_edited() -> None:
    data = docx(p(r("x")), comments=[p(r(f"Where is the {TERM}?"))])
    after = made(data, comment="words")
    assert (after.data, after.outcomes[0].made, after.outcomes[0].commented) == (data, False, False)


def test_a_document_property_is_refused_with_a_comment_in_the_body() -> None:
    after = made(docx(p(r("Body")), core={"title": f"The {TERM}"}), comment="words")
    assert after.outcomes[0][:2] == (False, True)
    assert "(In: property" in oracle.entries(after.data)["word/comments.xml"].decode()


READ_ONLY = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
GUARDED: dict[str, dict[str, str | bytes]] = {
    "digitally signed": {"_xmlsignatures/origin.sigs": b""},
    "editing is restricted": {"word/settings.xml": part("settings", READ_ONLY)},
    "password": {"word/settings.xml": part("settings", '<w:writeProtection w:hash="x" w:salt="y"/>')},
}


def guarded(change: dict[str, str | bytes]) -> bytes:
    parts = {"word/settings.xml": Part(part("settings", ""), "settings")}
    return docx(p(r(f"The {TERM}.")), parts=parts, change=lambda entries: entries.update(change))


@pytest.mark.parametrize("reason", GUARDED)
def test_a_guarded_package_is_refused_whole(reason: str) -> None:
    data = guarded(GUARDED[reason])
    with pytest.raises(Unreadable, match=reason):
        redline(load(data, "a.docx"), [], STAMP)


@pytest.mark.parametrize("enforced", ["1", "true", "on"])
def test_a_restriction_holds_however_it_is_switched_on(enforced: str) -> None:
    settings = part("settings", READ_ONLY.replace('"1"', f'"{enforced}"'))
    with pytest.raises(Unreadable, match="editing is restricted"):
        redline(load(guarded({"word/settings.xml": settings}), "a.docx"), [], STAMP)


def test_a_signature_is_known_by_what_points_at_it_wherever_it_lies() -> None:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"

    def sign(entries: dict[str, str | bytes]) -> None:
        line = f'<Relationship Id="rIdS" Type="{kind}" Target="signed/origin.sigs"/></Relationships>'
        entries["_rels/.rels"] = str(entries["_rels/.rels"]).replace("</Relationships>", line)
        entries["signed/origin.sigs"] = b""

    with pytest.raises(Unreadable, match="digitally signed"):
        redline(load(docx(p(r(f"The {TERM}.")), change=sign), "a.docx"), [], STAMP)


@pytest.mark.parametrize(
    "setting",
    [
        '<w:documentProtection w:edit="readOnly" w:enforcement="0"/>',
        '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>',
        '<w:writeProtection w:recommended="1"/>',
    ],
)
def test_what_lets_changes_be_tracked_is_no_restriction(setting: str) -> None:
    after = made(guarded({"word/settings.xml": part("settings", setting)}))
    assert after.outcomes[0].made


def test_without_edits_the_bytes_are_the_same() -> None:
    data = docx(p(r("x")))
    assert redline(load(data, "a.docx"), [], STAMP).data is data


def test_other_parts_keep_their_bytes_and_order() -> None:
    styles = Part("<x/>" * 100, "theme", media="application/xml")
    data = docx(p(r(f"The {TERM}.")), header=p(r("h")), parts={"word/theme/theme1.xml": styles}, comments=[p(r("c"))])
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stored, "w") as new:
        new.comment = b"kept"
        for number, info in enumerate(old.infolist()):
            entry = zipfile.ZipInfo(info.filename, (2020, 1, 2, 3, 4, 6))
            entry.compress_type = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            entry.external_attr, entry.extra = 0o600 << 16, b"\xfe\xca\x00\x00"
            new.writestr(entry, old.read(info))
    data = stored.getvalue()
    after = made(data, comment="words")
    assert after.parts == {"word/document.xml", "word/comments.xml"}
    before, now = oracle.raw_entries(data), oracle.raw_entries(after.data)
    assert [entry[0] for entry in now] == [entry[0] for entry in before]
    for old_entry, new_entry in zip(before, now, strict=True):
        assert (old_entry == new_entry) is (old_entry[0] not in after.parts)
    with zipfile.ZipFile(io.BytesIO(after.data)) as archive:
        assert archive.comment == b"kept"
        assert is_as_made(sealed(after.data, "of a"), "of a")


def test_streamed_entries_with_descriptors_are_copied() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in oracle.entries(docx(p(r(f"The {TERM}.")), header=p(r("h")))).items():
            archive.writestr(name, content)
    data = bytes(pipe.data)
    after = made(data, comment="words")
    assert f"The {NEW}." in read(after.data, "a.docx").text
    assert oracle.entries(after.data)["word/header0.xml"] == oracle.entries(data)["word/header0.xml"]
    with zipfile.ZipFile(io.BytesIO(after.data)) as archive:
        followed = {entry.filename: entry.flag_bits & 0x8 for entry in archive.infolist()}
    assert followed["word/header0.xml"]
    assert not followed["word/document.xml"]


def test_a_changed_part_keeps_what_is_not_edited_as_it_was_written() -> None:
    odd = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><!-- made by hand -->\n"
        '<x:document xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:w14='urn:w14' mc:Ignorable='w14'>"
        "<x:body><x:p  w14:id='1'  ><x:r><x:t>&#68;&quot;<![CDATA[x]]></x:t></x:r><?pi y?></x:p>"
        f"<x:p><x:r x:rsidR='1'><x:t>The {TERM}</x:t></x:r></x:p></x:body></x:document><!-- end -->"
    )
    data = docx("", change=lambda entries: entries.update({"word/document.xml": odd}))
    after = made(data, comment="words")
    xml = oracle.entries(after.data)["word/document.xml"].decode()
    before, _, _ = odd.partition("<x:p><x:r x:rsidR")
    assert xml.startswith(before)
    assert xml.endswith("</x:p></x:body></x:document><!-- end -->")
    assert "<x:del x:id=" in xml
    assert accepted(after)[-1] == f"The {NEW}"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_a_part_in_another_encoding(encoding: str) -> None:
    def change(entries: dict[str, str | bytes]) -> None:
        xml = str(entries["word/document.xml"]).replace("UTF-8", encoding.removesuffix("-sig"))
        entries["word/document.xml"] = xml.encode(encoding)

    after = made(docx(p(r(f"Pr\u00fcfung: the {TERM}")), change=change), [(TERM, "dossier \u2013 DD")])
    assert read(after.data, "a.docx").text == "Pr\u00fcfung: the dossier \u2013 DD"


def test_a_part_whose_name_is_written_in_another_case() -> None:
    def change(entries: dict[str, str | bytes]) -> None:
        entries["_rels/.rels"] = str(entries["_rels/.rels"]).replace("word/document.xml", "Word/Document.XML")

    after = made(docx(p(r(f"The {TERM}.")), change=change), comment="words")
    assert "word/document.xml" in after.parts


def test_the_default_namespace_needs_a_prefix_for_attributes() -> None:
    xml = (
        '<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<body><p><r><t>The {TERM}</t></r></p></body></document>"
    )
    after = made(docx("", change=lambda entries: entries.update({"word/document.xml": xml})))
    assert accepted(after) == [f"The {NEW}"]


def test_numbers_are_unique_over_all_parts_and_above_those_there() -> None:
    data = docx(
        p(ins(r("x"), id=40), r(f"The {TERM}. ")) + p(r(f"A {TERM}.", '<w:rPrChange w:id="7"><w:rPr/></w:rPrChange>')),
        header=p(deleted("old", id=77), r(f"The {TERM}.")),
        footnotes=[p(r(f"The {TERM}."))],
    )
    after = made(data, comment="words")
    ids = oracle.ids(after.data)
    every = ids["changes"] + ids["comments"]
    assert len(every) == len(set(every))
    assert {int(number) for number in every} - {40, 77, 7} == set(range(78, 78 + len(every) - 3))


def test_what_is_no_text_inside_a_term_stays() -> None:
    run = r("design ", raw=f'<w:footnoteReference w:id="1"/>{t("history file")}<w:lastRenderedPageBreak/>{t(" x")}')
    after = made(docx(p(run), footnotes=[p(r("n"))]))
    xml = body(after)
    assert '<w:r><w:footnoteReference w:id="1"/></w:r>' in xml
    assert xml.count("<w:del ") == 2
    assert f"{NEW} x" in accepted(after)


PICTURES = {
    "inline": drawing(),
    "object": '<w:r><w:object w:dxaOrig="1"/></w:r>',
    "in the run": drawing()[5:-6].join(("<w:r>", "</w:r>")),
}


@pytest.mark.parametrize("where", PICTURES)
def test_no_edit_goes_across_a_picture(where: str) -> None:
    data = docx(p(r("The DHF"), PICTURES[where], r("s are kept")))
    after = made(data, [("DHF\ufffcs are", "files are")], comment="words")
    [outcome] = after.outcomes
    assert (outcome.made, outcome.commented) == (False, True)
    assert "there is a picture inside it" in outcome.reason
    assert PICTURES[where] in body(after)


@pytest.mark.parametrize("where", PICTURES)
def test_words_beside_a_picture_are_edited_and_commented(where: str) -> None:
    after = made(docx(p(r("The DHF"), PICTURES[where], r("DMR"))), [("DHF", "file"), ("DMR", "record")], "words")
    assert [outcome[:2] for outcome in after.outcomes] == [(True, True), (True, True)]
    assert accepted(after)[0] == "The filerecord"
    assert body(after).count("<w:drawing>") + body(after).count("<w:object") == 1


def test_words_beside_a_check_box_are_edited() -> None:
    box = '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar>'
    after = made(docx(p(f"<w:r>{box}</w:r>", instruction("FORMCHECKBOX"), fld_char("end"), r(TERM))), comment="words")
    assert [outcome[:2] for outcome in after.outcomes] == [(True, True)]
    assert box in body(after)
    after = made(docx(p(f"<w:r>{box}</w:r>", fld_char("end"), r(TERM))), [(f"\u2610{TERM}", NEW)], "words")
    assert "the result of a field" in after.outcomes[0].reason


def test_words_beside_a_formula_are_edited() -> None:
    formula = (
        "<m:oMath><m:sSub><m:e><m:r><m:t>N</m:t></m:r></m:e><m:sub><m:r><m:t>x</m:t></m:r></m:sub></m:sSub></m:oMath>"
    )
    after = made(docx(p(r(TERM), formula, r(f" {TERM}"))), comment="words")
    assert [outcome.made for outcome in after.outcomes] == [True, True]
    assert formula in body(after)


def test_new_words_need_not_fit_the_width_of_the_old() -> None:
    fit = '<w:fitText w:val="600" w:id="123"/>'
    former = '<w:rPrChange w:id="9" w:author="A"><w:rPr><w:b/></w:rPr></w:rPrChange>'
    after = made(docx(p(r(f"The {TERM}.", f"<w:i/>{fit}<w:lang/>{former}"))))
    inserted = re.findall("<w:ins .*?</w:ins>", body(after))
    assert [each[each.index("<w:rPr>") : each.index("<w:t ")] for each in inserted] == [
        "<w:rPr><w:i/><w:lang/></w:rPr>"
    ]
    assert body(after).count(fit) == 3


def test_comments_are_added_to_those_there() -> None:
    data = docx(p(r(f"The {TERM}.")), comments=[p(r("Mine."))])
    after = made(data, comment='a < b & "c"\nsecond line')
    old, new = (oracle.entries(each)["word/comments.xml"].decode() for each in (data, after.data))
    assert new.startswith(old.removesuffix("</w:comments>"))
    assert 'w:initials="Q"' in new
    assert read(after.data, "a.docx").text.split("\u2029")[-1] == 'a < b & "c"\nsecond line'


def test_a_comment_part_is_made_and_declared() -> None:
    after = made(docx(p(r(f"The {TERM}."))), comment="words")
    parts = oracle.entries(after.data)
    assert (
        '/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"'
        in (parts["[Content_Types].xml"].decode())
    )
    assert 'relationships/comments" Target="comments.xml"' in parts["word/_rels/document.xml.rels"].decode()
    [mark] = [mark for mark in read(after.data, "a.docx").marks if mark.kind == "comment"]
    assert (mark.start, mark.end, mark.value) == (4, 4 + len(NEW), "words")


def test_a_comment_part_without_a_prefix() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    own = f'<comments xmlns="{space}"><comment xmlns:w="{space}" w:id="0" w:author="A"><p/></comment></comments>'

    def change(parts: dict[str, str | bytes]) -> None:
        parts["word/comments.xml"] = own

    after = made(docx(p(r(f"The {TERM}")), comments=[p(r("x"))], change=change), comment="words")
    root = etree.fromstring(oracle.entries(after.data)["word/comments.xml"])
    assert [el.tag for el in root] == [f"{{{space}}}comment"] * 2
    assert [el.get(f"{{{space}}}author") for el in root] == ["A", "Quality"]


def test_a_main_part_with_signs_in_its_name() -> None:
    after = made(docx(p(r(f"The {TERM}")), main="wo&amp;rd/document.xml", change=_ampersand), comment="words")
    parts = oracle.entries(after.data)
    assert "wo&rd/comments.xml" in parts
    assert b'PartName="/wo&amp;rd/comments.xml"' in parts["[Content_Types].xml"]
    etree.fromstring(parts["[Content_Types].xml"])


def _ampersand(parts: dict[str, str | bytes]) -> None:
    for name in [name for name in parts if "&amp;" in name]:
        parts[name.replace("&amp;", "&")] = parts.pop(name)


def test_the_default_namespace_of_the_strict_form() -> None:
    data = strict(docx(p(r(f"The {TERM}"))))

    def bare(parts: dict[str, bytes]) -> bytes:
        xml = (
            parts["word/document.xml"].decode().replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns=")
        )
        return zipped({**parts, "word/document.xml": re.sub(r" w:\w+=\"[^\"]*\"", "", xml)})

    after = made(bare(oracle.entries(data)), comment="words")
    root = etree.fromstring(oracle.entries(after.data)["word/document.xml"])
    [gone] = root.iter("{http://purl.oclc.org/ooxml/wordprocessingml/main}del")
    assert gone.get("{http://purl.oclc.org/ooxml/wordprocessingml/main}author") == "Quality"


def test_a_comment_alone_changes_no_text() -> None:
    data = docx(p(r("The DHF is kept.")))
    after = redline(load(data, "a.docx"), [Edit(4, 7, (), "words")], STAMP)
    assert oracle.paragraphs(after.data) == [*oracle.paragraphs(data), "words"]
    assert "<w:ins" not in body(after)


@pytest.mark.parametrize("body_", [p(r("Some words")), p(), p(props="<w:keepNext/>"), tbl(tr(tc(p())))])
def test_a_comment_on_no_words_stands_on_a_paragraph(body_: str) -> None:
    data = docx(body_ + p(r("The end")))
    after = redline(load(data, "a.docx"), [Edit(0, 0, (), "words")], STAMP)
    assert after.outcomes == [(False, True, "")]
    opening, closing = (body(after).index(f"<w:commentRange{edge}") for edge in ("Start", "End"))
    assert opening < closing < body(after).index("<w:commentReference")
    assert [mark.value for mark in read(after.data, "a.docx").marks] == ["words"]


def test_changes_side_by_side_and_a_deletion() -> None:
    data = docx(p(r("Design History File (DHF) kept")))
    edit = Edit(0, 25, (Change(0, 19, "Record"), Change(19, 25, "")), "words")
    after = redline(load(data, "a.docx"), [edit], STAMP)
    assert accepted(after) == ["Record kept"]
    assert (body(after).count("<w:del "), body(after).count("<w:ins ")) == (2, 1)


def test_two_runs_over_a_field_character_stay_apart() -> None:
    data = docx(p(r("The design "), fld_char("begin"), fld_char("end"), r("history file.")))
    after = made(data)
    assert body(after).count("<w:del ") == 2
    assert accepted(after) == [f"The {NEW}."]
