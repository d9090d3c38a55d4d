"""What is no Word file, is damaged or goes too far: each ends as Unreadable, with the reason a user needs."""

import io
import struct
import zipfile
import zlib

import pytest
from docxmaker import MAIN_TYPES, Part, commented, docx, p, part, r, strict, tbl, tc, tr, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.package import Package
from qmsr_lint.formats.docx.read import load, read
from qmsr_lint.formats.docx.text import W_NS
from qmsr_lint.limits import DEFAULT
from qmsr_lint.model import BLOCK_SEPARATOR

GOOD = docx(p(r("The DHF is kept.")))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(*streams: str) -> bytes:
    return OLE + b"\0\0".join(name.encode("utf-16-le") for name in streams)


def reason(data: bytes, limits: object = DEFAULT) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, "sop.docx", limits)  # type: ignore[arg-type]
    return str(caught.value)


def with_main(content: str | bytes) -> bytes:
    return docx(p(), change=lambda entries: entries.update({"word/document.xml": content}))


def with_entry(name: str, content: str | bytes = b"x") -> bytes:
    return docx(p(), change=lambda entries: entries.update({name: content}))


def flagged(data: bytes) -> bytes:
    """The same zip with the encryption bit set for every entry."""
    out = bytearray(data)
    for sign, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = out.find(sign)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(sign, at + 4)
    return bytes(out)


def doubled(name: str) -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(name, b"<x/>")
    return buffer.getvalue()


def unread_twice() -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("customXml/item1.xml", b"<x/>")
        archive.writestr("customXml/item1.xml", b"<y/>")
    return buffer.getvalue()


def damaged_inside() -> bytes:
    data = bytearray(docx(p(r("x" * 40)), change=None))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("word/document.xml")
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    return bytes(data)


def lying_checksum() -> bytes:
    data = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        crc = struct.pack("<I", archive.getinfo("word/document.xml").CRC)
    at = data.rfind(crc)
    data[at] ^= 0xFF
    return bytes(data)


def lzma_compressed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return buffer.getvalue()


def office(kind: str) -> bytes:
    main = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    return docx(
        p(),
        change=lambda e: e.update(
            {"[Content_Types].xml": str(e["[Content_Types].xml"]).replace(MAIN_TYPES["docx"], main)}
        ),
    )


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="x">&b;</w:document>'
UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty file"),
    "zero bytes": (bytes(4096), "zero bytes"),
    "password": (ole("EncryptedPackage", "EncryptionInfo"), "password-protected"),
    "rights management": (ole("EncryptedPackage", "DRMEncryptedDataSpace"), "rights management"),
    "legacy .doc": (ole("WordDocument", "1Table"), "Word 97-2003"),
    "legacy .xls": (ole("Workbook"), "legacy Excel"),
    "other OLE": (OLE, "OLE compound file"),
    "Git LFS pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "git lfs pull"),
    "PDF": (b"%PDF-1.7 x", "a PDF"),
    "RTF": (rb"{\rtf1 DHF}", "RTF"),
    "HTML": (b"\xef\xbb\xbf<!DOCTYPE html><p>DHF", "an HTML page"),
    "XML": (b'<?xml version="1.0"?><pkg/>', "an XML file"),
    "text": (b"The DHF is kept.", "no zip package"),
    "text that begins like a zip": (b"PKs are kept in the DHF.", "no zip package"),
    "truncated": (GOOD[: len(GOOD) // 2], "truncated"),
    "only a zip's first bytes": (GOOD[:4], "truncated"),
    "plain zip": (zipped({"a.txt": "DHF"}), "a plain zip archive"),
    "empty zip": (zipped({}), "an empty zip archive"),
    "OpenDocument": (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument text document"),
    "Excel": (office("spreadsheetml.sheet"), "an Excel workbook"),
    "PowerPoint": (office("presentationml.presentation"), "a PowerPoint presentation"),
    "Excel without relationships": (zipped({"xl/workbook.xml": "<x/>"}), "an Excel workbook"),
    "no main part": (docx(p(), change=lambda e: e.pop("word/document.xml")), "word/document.xml is missing"),
    "encrypted entries": (flagged(GOOD), "encrypted: "),
    "name in a parent folder": (with_entry("../evil.xml"), "outside the package"),
    "absolute name": (with_entry("/etc/x.xml"), "outside the package"),
    "drive name": (with_entry("C:/x.xml"), "outside the package"),
    "backslash": (with_entry("word\\evil.xml"), "outside the package"),
    "twice the same name": (doubled("word/document.xml"), "2 times"),
    "twice but for case": (with_entry("word/DOCUMENT.xml"), "2 times"),
    "damaged bytes": (damaged_inside(), "word/document.xml"),
    "wrong checksum": (lying_checksum(), "checksum"),
    "LZMA": (lzma_compressed(), "method 14"),
    "entities": (with_main(LAUGHS), "DOCTYPE"),
    "DOCTYPE after a long comment": (with_main(f"<!--{'x' * 9000}-->{LAUGHS}"), "DOCTYPE"),
    "DOCTYPE in UTF-16": (with_main(LAUGHS.encode("utf-16")), "DOCTYPE"),
    "undeclared entity": (
        with_main('<w:document xmlns:w="x">&nbsp;</w:document>'),
        "word/document.xml is not well-formed",
    ),
    "broken XML": (with_main("<w:document"), "word/document.xml is not well-formed"),
    "empty main part": (with_main(""), "word/document.xml is not well-formed"),
    "unknown encoding": (
        with_main('<?xml version="1.0" encoding="x-none"?><a/>'),
        "word/document.xml is not well-formed",
    ),
    "wrong bytes": (
        with_main(b'<?xml version="1.0" encoding="UTF-8"?><a>\xff\xfe</a>'),
        "word/document.xml is not well-formed",
    ),
    "half a UTF-16 character": (with_main("<a/>".encode("utf-16") + b"\xd8"), "word/document.xml is not"),
    "something else inside": (with_main("<html/>"), "holds <html>"),
    "too deep": (with_main("<a>" * 3000 + "</a>" * 3000), "deeper than 256"),
    "broken part": (
        docx(p(), styles="x", change=lambda e: e.update({"word/styles.xml": "<w:styles"})),
        "word/styles.xml is not well-formed",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable_file_names_its_reason(case: str) -> None:
    data, words = UNREADABLE[case]
    assert words in reason(data)


NOTED = r(raw='<w:footnoteReference w:id="1"/>')
CHUNK = '<w:altChunk r:id="X"/>'
RELATIONSHIPS = "word/_rels/document.xml.rels"
READABLE: dict[str, bytes] = {
    "as made": GOOD,
    "no content types": docx(p(r("The DHF is kept.")), change=lambda e: e.pop("[Content_Types].xml")),
    "no package relationships": docx(p(r("The DHF is kept.")), change=lambda e: e.pop("_rels/.rels")),
    "missing styles": docx(p(r("The DHF is kept.")), styles=" ", change=lambda e: e.pop("word/styles.xml")),
    "missing header that no section names": docx(
        p(r("The DHF is kept.")),
        parts={"word/header9.xml": Part("", "header", "rIdH")},
        change=lambda e: e.pop("word/header9.xml"),
    ),
    "missing footnotes that nothing shown refers to": docx(
        p(r("The DHF is kept."), f"<w:del>{NOTED}</w:del>"),
        footnotes=[p()],
        change=lambda e: e.pop("word/footnotes.xml"),
    ),
    "missing comments that nothing refers to": docx(
        p(r("The DHF is kept.")), comments=[p()], change=lambda e: e.pop("word/comments.xml")
    ),
    "comments taken out": docx(p(r("The DHF is kept."), r(raw='<w:commentReference w:id="0"/>'))),
    "missing chart": docx(p(r("The DHF is kept."), r(raw='<c:chart r:id="rIdC"/>'))),
    "subdocument in a deletion": docx(p(r("The DHF is kept."), '<w:del><w:subDoc r:id="x"/></w:del>')),
    "missing numbering": docx(p(r("The DHF is kept.")), numbering=" ", change=lambda e: e.pop("word/numbering.xml")),
    "another case of letters": docx(
        p(r("The DHF is kept.")), change=lambda e: e.update({"Word/Document.XML": e.pop("word/document.xml")})
    ),
    "bytes before the zip": b"PK stub " + GOOD,
    "bytes after the zip": GOOD + b"\0" * 12,
    "escaped name": docx(
        p(r("The DHF is kept.")),
        main="word/doc 1.xml",
        change=lambda e: e.update({"_rels/.rels": str(e["_rels/.rels"]).replace("doc 1", "doc%201")}),
    ),
    "strict": strict(GOOD),
    "UTF-16": docx(
        p(r("The DHF is kept.")),
        change=lambda e: e.update(
            {"word/document.xml": str(e["word/document.xml"]).replace("UTF-8", "UTF-16").encode("utf-16")}
        ),
    ),
    "strict in UTF-16 without a mark": docx(
        p(r("The DHF is kept.")),
        change=lambda e: e.update(
            {
                "word/document.xml": str(e["word/document.xml"])
                .replace("UTF-8", "UTF-16")
                .replace(W_NS, "http://purl.oclc.org/ooxml/wordprocessingml/main")
                .encode("utf-16-be")
            }
        ),
    ),
    "Latin-1": docx(
        p(r("The DHF is kept.")),
        change=lambda e: e.update(
            {"word/document.xml": str(e["word/document.xml"]).replace("UTF-8", "ISO-8859-1").encode("latin-1")}
        ),
    ),
    "another prefix": docx(
        p(r("The DHF is kept.")),
        change=lambda e: e.update(
            {
                "word/document.xml": str(e["word/document.xml"])
                .replace("w:", "word_:")
                .replace("xmlns:w=", "xmlns:word_=")
            }
        ),
    ),
    "default namespace": docx(
        p(),
        change=lambda e: e.update(
            {
                "word/document.xml": '<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                "<body><p><r><t>The DHF is kept.</t></r></p></body></document>"
            }
        ),
    ),
    "comments and processing instructions": docx(
        p(r("The DHF is kept.")),
        change=lambda e: e.update(
            {"word/document.xml": str(e["word/document.xml"]).replace("DHF", "D<!-- x --><?y z?>HF")}
        ),
    ),
    "an unread entry twice": unread_twice(),
}


def test_what_a_text_says_of_an_encoding_is_no_declaration() -> None:
    words = "Write encoding='UTF-16' into the DHF."

    def widen(entries: dict[str, str | bytes]) -> None:
        main = str(entries["word/document.xml"])
        entries["word/document.xml"] = main[main.index("?>") + 2 :].encode("utf-16")

    assert read(docx(p(r(words)), change=widen), "sop.docx").text == words


@pytest.mark.parametrize(
    ("target", "entry"),
    [("füsse 1.xml", "f%C3%BCsse%201.xml"), ("f%c3%bcsse%201.xml", "füsse 1.xml"), ("F%C3%BCSSE 1.xml", "füsse 1.xml")],
)
def test_a_part_is_found_whatever_is_escaped_in_its_name(target: str, entry: str) -> None:
    def rename(entries: dict[str, str | bytes]) -> None:
        entries[f"word/{entry}"] = entries.pop("word/footer0.xml")
        entries[RELATIONSHIPS] = str(entries[RELATIONSHIPS]).replace("footer0.xml", target)

    assert read(docx(p(r("a")), footer=p(r("b")), change=rename), "sop.docx").text == f"a{BLOCK_SEPARATOR}b"


def nested(depth: int) -> str:
    """A web archive with a page in parts within parts."""
    opening = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(depth))
    return opening + "Content-Type: text/html\n\n<p>DHF</p>\n" + "".join(f"--{n}--\n" for n in reversed(range(depth)))


LACKING: dict[str, tuple[bytes, str]] = {
    "header": (
        docx(p(), header=p(), change=lambda e: e.pop("word/header0.xml")),
        "its header word/header0.xml is missing",
    ),
    "footer": (
        docx(p(), footer=p(), change=lambda e: e.pop("word/footer0.xml")),
        "its footer word/footer0.xml is missing",
    ),
    "header without a relationship": (
        docx(p(props='<w:sectPr><w:headerReference r:id="rIdH"/></w:sectPr>')),
        "its header rIdH is missing",
    ),
    "footnotes": (
        docx(p(NOTED), footnotes=[p()], change=lambda e: e.pop("word/footnotes.xml")),
        "its footnotes word/footnotes.xml is missing",
    ),
    "footnotes without a relationship": (docx(p(NOTED)), "its footnotes (not named) is missing"),
    "comments": (
        docx(p(commented(r("x"))), comments=[p()], change=lambda e: e.pop("word/comments.xml")),
        "its comments word/comments.xml is missing",
    ),
    "chunk": (
        docx(CHUNK, parts={"word/a.txt": Part("", "aFChunk", "X")}, change=lambda e: e.pop("word/a.txt")),
        "its embedded document word/a.txt is missing",
    ),
    "external chunk": (
        docx(CHUNK, links={"X": "file:///q.docx"}),
        "takes in file:///q.docx (embedded document), which lies outside of it: check that file, and open this one in",
    ),
    "chunk in an unknown encoding": (
        docx(CHUNK, parts={"word/a.txt": Part("The DHF\0 is kept.", "aFChunk", "X", "text/plain")}),
        "word/a.txt is embedded in an encoding that is not recognized",
    ),
    "page in an unknown encoding": (
        docx(CHUNK, parts={"word/a.html": Part("<p>DHF</p>".encode("utf-32-le"), "aFChunk", "X", "text/html")}),
        "word/a.html is embedded in an encoding that is not recognized",
    ),
    "web archive of parts in parts": (
        docx(CHUNK, parts={"word/a.mht": Part(nested(1000), "aFChunk", "X", "message/rfc822")}),
        "over the limit: word/a.mht nests its parts too deep",
    ),
    "subdocument": (
        docx(p('<w:subDoc r:id="X"/>'), links={"X": "SOP-2.docx"}),
        "takes in SOP-2.docx (subdocument), which lies outside of it: check that file, and unlink the subdocument in",
    ),
}


@pytest.mark.parametrize("case", LACKING)
def test_a_file_that_lacks_words_it_shows_is_never_clean(case: str) -> None:
    data, words = LACKING[case]
    assert words in reason(data)


def test_word_files_embedded_too_deep_in_one_another_are_refused() -> None:
    data = docx(p(r("DHF")))
    for _ in range(4):
        data = docx(CHUNK, parts={"word/a.docx": Part(data, "aFChunk", "X", "application/x-docx")})
    assert "word/a.docx is embedded more than 3 Word files deep" in reason(data)


@pytest.mark.parametrize("case", READABLE)
def test_odd_but_sound_file_is_read(case: str) -> None:
    assert read(READABLE[case], "sop.docx").text == "The DHF is kept."


def test_stored_entries_and_zip64_are_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            with target.open(name, "w", force_zip64=True) as entry:
                entry.write(source.read(name))
    assert read(buffer.getvalue(), "sop.docx").text == "The DHF is kept."


def test_strict_parts_are_told_apart() -> None:
    package = Package(strict(GOOD))
    package.parse(package.main)
    assert package.main in package.strict
    plain = Package(GOOD)
    plain.parse(plain.main)
    assert not plain.strict


BOMB = docx(p(r("a" * 5_000_000)))


@pytest.mark.parametrize(
    ("data", "limits", "words"),
    [
        (GOOD, DEFAULT._replace(file_bytes=10), "at most 10 are read"),
        (GOOD, DEFAULT._replace(entries=2), "at most 2 are read"),
        (GOOD, DEFAULT._replace(part_bytes=100), "inflates to more than 100 bytes"),
        (GOOD, DEFAULT._replace(package_bytes=1500), "the package inflates to more than 1500 bytes"),
        (BOMB, DEFAULT._replace(ratio_grace=1_000_000), "200 times its compressed size"),
        (GOOD, DEFAULT._replace(characters=5), "more than 5 characters"),
        (docx(p(r("four")) + p(r("five"))), DEFAULT._replace(characters=8), "more than 8 characters"),
        (GOOD, DEFAULT._replace(nodes=10), "more than 10 elements and attributes"),
        (docx(tbl(tr(tc(tbl(tr(tc(p()))))))), DEFAULT._replace(depth=8), "deeper than 8"),
    ],
)
def test_each_limit_is_named(data: bytes, limits: object, words: str) -> None:
    assert words in reason(data, limits)


def test_the_nodes_of_all_parts_count_together() -> None:
    package = load(GOOD, "sop.docx").package
    roots = [Package(GOOD).parse(name) for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml")]
    assert package.nodes >= sum(1 + len(element.attrib) for root in roots for element in root.iter())
    assert read(GOOD, "sop.docx", DEFAULT._replace(nodes=package.nodes)).text
    assert f"more than {package.nodes - 1} elements" in reason(GOOD, DEFAULT._replace(nodes=package.nodes - 1))


def test_the_bytes_of_an_embedded_package_count_as_well() -> None:
    inner = docx(p(r("DHF " * 1000)))
    data = docx(CHUNK, parts={"word/a.docx": Part(inner, "aFChunk", "X", "application/x-docx")})
    outside, inside = Package(data), Package(inner)
    for package in (outside, inside):
        for name in package.entries:
            package.read(name)
    both = outside.inflated + inside.inflated
    assert "DHF" in read(data, "sop.docx", DEFAULT._replace(package_bytes=both)).text
    assert "inflates to more than" in reason(data, DEFAULT._replace(package_bytes=inside.inflated + 500))


def test_the_nodes_of_an_embedded_package_count_as_well() -> None:
    chunk = '<w:altChunk r:id="rIdX"/>'
    alone, embedding = (
        load(docx(chunk, parts={"word/a": Part(data, "aFChunk", "rIdX", media)}), "sop.docx").package.nodes
        for data, media in (("DHF", "text/plain"), (GOOD, "application/octet-stream"))
    )
    assert embedding == alone + load(GOOD, "sop.docx").package.nodes


def test_limits_do_not_stop_what_lies_below_them() -> None:
    assert len(read(BOMB, "sop.docx").text) == 5_000_000
    deep = docx(p(r("x")).join(["<w:sdt><w:sdtContent>" * 300, "</w:sdtContent></w:sdt>" * 300]))
    assert read(deep, "sop.docx", DEFAULT._replace(depth=1000)).text == "x"


def test_understated_size_does_not_hide_the_rest() -> None:
    data = bytearray(BOMB)
    with zipfile.ZipFile(io.BytesIO(BOMB)) as archive:
        size = struct.pack("<I", archive.getinfo("word/document.xml").file_size)
    at = data.rfind(size)
    data[at : at + 4] = struct.pack("<I", 10)
    assert "inflates to more than" in reason(bytes(data), DEFAULT._replace(part_bytes=1_000_000))


@settings(max_examples=150)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4))
def test_flipped_bytes_never_raise_anything_else(at: int, junk: bytes) -> None:
    data = GOOD[:at] + junk + GOOD[at + len(junk) :]
    try:
        document = read(data, "sop.docx")
    except Unreadable:
        return
    assert document.format == "docx"


LEAVES = [
    *(
        "<w:t>x</w:t>",
        "<w:tab/>",
        "<w:fldChar/>",
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="end"/>',
    ),
    *("<w:instrText>HYPERLINK</w:instrText>", "<w:gridSpan/>", "<w:numPr><w:numId/></w:numPr>", "<w:commentRangeEnd/>"),
    *("<w:bookmarkStart/>", "<w:bookmarkEnd/>", "<w:sym/>", '<w:sym w:char="FFFFFFFF"/>', "<w:footnoteReference/>"),
    *("<w:altChunk/>", "<w:strike/>", "<w:vanish/>", "<w:cellDel/>", '<w:rStyle w:val="x"/>', "<w:tblHeader/>"),
    *(
        "<w:headerReference/>",
        '<w:outlineLvl w:val="x"/>',
        "<w:commentReference/>",
        "<wp:docPr/>",
        "<c:chart/>",
        "<a:p/>",
    ),
]
WRAPS = [
    *(
        "w:p",
        "w:r",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:del",
        "w:ins",
        "w:pPr",
        "w:rPr",
        "w:trPr",
        "w:tcPr",
        "w:hyperlink",
        "w:sdt",
    ),
    *("w:txbxContent", "w:ruby", "w:fldSimple", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:sectPr", "m:r"),
]


def wrapped(tag: str, inner: list[str]) -> str:
    return f"<{tag}>{''.join(inner)}</{tag}>"


TREES = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.builds(wrapped, st.sampled_from(WRAPS), st.lists(inner, max_size=5)),
    max_leaves=40,
)


@settings(max_examples=300)
@given(st.lists(TREES, max_size=5))
def test_elements_in_any_order_are_read_and_keep_the_shape_of_a_document(trees: list[str]) -> None:
    document = read(docx("".join(trees), footnotes=[p()]), "sop.docx")
    assert document.text.count(BLOCK_SEPARATOR) == max(0, len(document.blocks) - 1)
    assert all(0 <= mark.start <= mark.end <= len(document.text) for mark in document.marks)


def test_comment_text_outside_any_comment_is_kept() -> None:
    data = docx(p(), comments=[p()], change=lambda e: e.update({"word/comments.xml": part("comments", p(r("stray")))}))
    assert "stray" in read(data, "sop.docx").text


def test_checksum_is_that_of_the_inflated_bytes() -> None:
    package = Package(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        assert zlib.crc32(package.read("word/document.xml")) == archive.getinfo("word/document.xml").CRC
