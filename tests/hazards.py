"""Documents made to exhaust, mislead or break a reader, each built when asked for and never kept.

Every entry of `HAZARDS` gives a file's suffix, its bytes, and what must become of it: the status, and for one that is
not read a part of the reason. What is readable in spite of its looks is read, with its finding.
"""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

from docxmaker import XML, Part, docx, p, part, r

SENTENCE = "The DHF is kept."
SHOWN = p(r(SENTENCE))
MAIN = "word/document.xml"


class Hazard(NamedTuple):
    """A document, and what must become of it: `words` stand in the reason, `findings` are at least so many."""

    suffix: str
    build: Callable[[], bytes]
    status: str = "checked"
    words: str = ""
    findings: int = 0


def streamed(pieces: Iterator[bytes], name: str = MAIN, level: int = 6) -> bytes:
    """A Word file whose part `name` is made of pieces, so that its size never has to be in memory."""
    base = docx(SHOWN)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename != name:
                target.writestr(info.filename, source.read(info))
        made = zipfile.ZipInfo(name)
        made.compress_type = zipfile.ZIP_DEFLATED
        made._compresslevel = level  # type: ignore[attr-defined]
        with target.open(made, "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
    return out.getvalue()


def body(*pieces: str) -> str:
    """A main part."""
    return part("document", f"<w:body>{''.join(pieces)}</w:body>")


def repeated(inner: str, times: int, chunk: int = 4096) -> bytes:
    """A Word file with the same markup in its body so many times."""
    before, after = body(SHOWN, "\0").split("\0")

    def pieces() -> Iterator[bytes]:
        yield before.encode()
        for _ in range(times // chunk):
            yield (inner * chunk).encode()
        yield (inner * (times % chunk) + after).encode()

    return streamed(pieces())


def nested(opening: str, closing: str, depth: int, inner: str = SHOWN) -> bytes:
    """A Word file with markup inside itself."""
    return with_main(body(opening * depth + inner + closing * depth))


def with_main(content: str | bytes) -> bytes:
    """A Word file with another main part."""
    return docx(p(), change=lambda entries: entries.update({MAIN: content}))


def with_entry(name: str, content: str | bytes = b"x") -> bytes:
    """A Word file with one more entry in the zip."""
    return docx(SHOWN, change=lambda entries: entries.update({name: content}))


def many_paragraphs() -> bytes:
    """300 KB that inflate to 90 MB of paragraphs."""
    words = "The same paragraph of an ordinary length stands here again and again."
    return repeated(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>", 90_000_000 // 103)


def one_text_node() -> bytes:
    """200 MB in one w:t."""
    before, after = body("<w:p><w:r><w:t>\0</w:t></w:r></w:p>").split("\0")

    def pieces() -> Iterator[bytes]:
        yield before.encode()
        for _ in range(200):
            yield b"a" * 1_000_000
        yield after.encode()

    return streamed(pieces(), level=1)


def long_text_nodes() -> bytes:
    """60 MB of text that does not compress, below the limits of size and ratio and above that of text."""
    letters = random.Random(1).choices(b"abcdefghijklmnopqrstuvwxyz    ", k=1_000_000)
    before, after = body("<w:p><w:r><w:t>\0</w:t></w:r></w:p>").split("\0")

    def pieces() -> Iterator[bytes]:
        yield before.encode()
        for number in range(60):
            yield bytes(letters[number * 1000 :] + letters[: number * 1000])
        yield after.encode()

    return streamed(pieces(), level=1)


def letters_in_runs() -> bytes:
    """A million characters with a run for each."""
    before, after = body("<w:p>\0</w:p>", SHOWN).split("\0")
    text = "the design and development file is kept up to date "
    runs = "".join(f"<w:r><w:t>{letter}</w:t></w:r>" for letter in text).encode()

    def pieces() -> Iterator[bytes]:
        yield before.encode()
        for _ in range(1_000_000 // len(text)):
            yield runs
        yield after.encode()

    return streamed(pieces())


def tags_of_every_letter() -> bytes:
    """The largest part below the limits of size and ratio, all of it empty elements."""
    before, after = body("\0").split("\0")
    noise = random.Random(2)

    def pieces() -> Iterator[bytes]:
        yield before.encode()
        for _ in range(60):
            yield b"".join(b'<w:p w:x="%d"/>' % noise.randrange(10**6) for _ in range(50_000))
        yield after.encode()

    return streamed(pieces(), level=1)


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
    + body("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>").removeprefix(XML)
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file://{}">]>' + body(
    "<w:p><w:r><w:t>&secret; The DHF is kept.</w:t></w:r></w:p>"
).removeprefix(XML)
# Found out by no search for "<!DOCTYPE" in the bytes: UTF-16 without a byte order mark, and an unusual encoding.
LAUGHS_UTF_16 = LAUGHS.encode("utf-16-le")
LAUGHS_UTF_7 = b'<?xml version="1.0" encoding="UTF-7"?>' + LAUGHS.encode("utf-7")
LAUGHS_UTF_32 = LAUGHS.encode("utf-32")
ELSEWHERE = (
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/y.dtd"> %p;]>'
    + body(SHOWN).removeprefix(XML)
)


def lying_sizes(stated: int) -> bytes:
    """A Word file whose zip says that the main part has another size than it has."""
    data = bytearray(docx(p(r("a" * 3_000_000)), change=None))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = struct.pack("<I", archive.getinfo(MAIN).file_size)
    for _ in range(2):
        at = data.find(size)
        data[at : at + 4] = struct.pack("<I", stated)
    return bytes(data)


def lying_packed_size(stated: int) -> bytes:
    """A Word file whose zip says that the main part takes another number of bytes in the file than it does."""
    data = bytearray(docx(SHOWN))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = struct.pack("<I", archive.getinfo(MAIN).compress_size)
    at = data.rfind(size)
    data[at : at + 4] = struct.pack("<I", stated)
    return bytes(data)


def overlapping(count: int) -> bytes:
    """A zip whose entries all are the same bytes (the bomb of D. Fifield), 250 kB to 1 GB and more."""
    data = docx(p(r("x")), change=lambda entries: entries.update({"word/bulk.xml": b" " * 1_000_000}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start, info = archive.start_dir, archive.getinfo("word/bulk.xml")
        known = len(archive.namelist())
    end = data.rfind(b"PK\x05\x06")
    directory = data[start:end]
    more = b"".join(
        struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\x01\x02", 20, 20, 0, 8, 0, 0, info.CRC, info.compress_size, info.file_size),
            *(len(name := b"word/header%d.xml" % number), 0, 0, 0, 0, 0, info.header_offset),
        )
        + name
        for number in range(count)
    )
    total = known + count
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, len(directory) + len(more), start, 0)
    return data[:start] + directory + more + tail


def overlapping_headers() -> bytes:
    """The same with every entry a header of the document, so that all of them are read."""
    names = [f"word/header{number}.xml" for number in range(400)]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    rels = "".join(
        f'<Relationship Id="h{number}" Type="{kind}" Target="/{name}"/>' for number, name in enumerate(names)
    )
    sections = "".join(
        f'<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="h{number}"/></w:sectPr></w:pPr></w:p>'
        for number in range(len(names))
    )
    header = part("hdr", p(r("words of a header")) * 10_000)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    data = docx(
        sections,
        change=lambda e: e.update(
            {
                "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{rels}</Relationships>',
                "word/bulk.xml": header,
            }
        ),
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start, info, known = archive.start_dir, archive.getinfo("word/bulk.xml"), len(archive.namelist())
    # Every entry needs a local header of its own name's length; readers look at its length only.
    more = b"".join(
        struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\x01\x02", 20, 20, 0, 8, 0, 0, info.CRC, info.compress_size, info.file_size),
            *(len(name), 0, 0, 0, 0, 0, info.header_offset),
        )
        + name.encode()
        for name in names
    )
    directory = data[start : data.rfind(b"PK\x05\x06")]
    total = known + len(names)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, len(directory) + len(more), start, 0)
    return data[:start] + directory + more + tail


def doubled(name: str) -> bytes:
    """A Word file that holds a part twice."""
    data = docx(SHOWN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read(name)
    # Written under a name of the same length, then renamed in the bytes: the library warns of a duplicate.
    other = "w" + name[1:-1] + "_"
    made = docx(SHOWN, change=lambda entries: entries.update({other: content}))
    return made.replace(other.encode(), name.encode())


def damaged() -> bytes:
    """A Word file with one byte of its main part changed and the rest sound: only the checksum tells."""
    data = bytearray(docx(SHOWN))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        crc = struct.pack("<I", archive.getinfo(MAIN).CRC)
    at = data.rfind(crc)
    data[at] ^= 1
    return bytes(data)


def recoded(encoding: str) -> bytes:
    """The main part in another encoding, which it declares."""
    return with_main(body(SHOWN, p(r("Größe: 1 µm"))).replace("UTF-8", encoding).encode(encoding))


def prefixed(prefix: str) -> bytes:
    """The main part with another namespace prefix."""
    return with_main(body(SHOWN).replace("w:", f"{prefix}:").replace("xmlns:w=", f"xmlns:{prefix}="))


def embedded(depth: int) -> bytes:
    """Word files embedded in one another as alternative-format chunks."""
    data = docx(SHOWN)
    for _ in range(depth):
        data = docx(
            SHOWN + '<w:altChunk r:id="c"/>',
            parts={"word/chunk.docx": Part(data, "aFChunk", "c", "application/vnd.openxmlformats-package")},
        )
    return data


def embedded_often() -> bytes:
    """One embedded Word file that the document names ten thousand times."""
    inner = docx(p(r("Words of the chunk. " * 50)) * 200)
    return docx(
        SHOWN + '<w:altChunk r:id="c"/>' * 10_000,
        parts={"word/chunk.docx": Part(inner, "aFChunk", "c", "application/vnd.openxmlformats-package")},
    )


def charts_often() -> bytes:
    """One chart that the document names a hundred thousand times."""
    texts = "".join(f"<c:v>series {number}</c:v>" for number in range(1000))
    chart = (
        f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:tx>{texts}</c:tx>'
        "</c:chartSpace>"
    )
    return docx(
        SHOWN + '<w:p><w:r><c:chart r:id="c"/></w:r></w:p>' * 100_000,
        parts={"word/charts/chart1.xml": Part(chart, "chart", "c")},
    )


def deep_items() -> bytes:
    """Items of a list at a level that no list has, which looks for headings must not count."""
    properties = '<w:pPr><w:numPr><w:ilvl w:val="32767"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return docx(SHOWN + f"<w:p>{properties}<w:r><w:t>x</w:t></w:r></w:p>" * 9_000)


def entities() -> bytes:
    """A main part of nothing but character references."""
    noise = random.Random(3)
    many = "".join(f"&#{noise.randrange(65, 91)};" for _ in range(2_000_000))
    return with_main(body(SHOWN, f"<w:p><w:r><w:t>{many}</w:t></w:r></w:p>"))


def attributes() -> bytes:
    """An element with a hundred thousand attributes."""
    many = " ".join(f'w:a{number}="1"' for number in range(100_000))
    return with_main(body(SHOWN, f"<w:p {many}/>"))


def namespaces() -> bytes:
    """Elements each of which declares a namespace, inside one another and beside one another."""
    return with_main(body(SHOWN, "".join(f'<w:p xmlns:n{n}="urn:{n}"/>' for n in range(200_000))))


def fields() -> bytes:
    """Fields inside one another that never end, and as many ends without a beginning."""
    opening = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return docx(SHOWN + p(opening * 50_000, r("x"), closing * 50_000) + p(closing * 50_000) + SHOWN)


def styles_in_a_circle() -> bytes:
    """Ten thousand styles, each based on the next and the last on the first."""
    many = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="n{n}"/><w:basedOn w:val="s{(n + 1) % 10_000}"/>'
        "</w:style>"
        for n in range(10_000)
    )
    return docx(SHOWN + "".join(p(r("x"), style=f"s{n}") for n in range(10_000)), styles=many)


def anchors() -> bytes:
    """Fifty thousand comments and bookmarks on one word."""
    many = "".join(f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' for n in range(50_000))
    ends = "".join(f'<w:bookmarkEnd w:id="{n}"/>' for n in range(50_000))
    return docx(p(many, r(SENTENCE), ends))


def deleted_marks() -> bytes:
    """A hundred thousand paragraphs that run on into one another."""
    mark = '<w:rPr><w:del w:id="1" w:author="A" w:date="2026-01-05T09:00:00Z"/></w:rPr>'
    return docx(SHOWN + "".join(p(r(f"words {n} "), props=mark) for n in range(100_000)) + p(r("end")))


def alternates() -> bytes:
    """Alternate contents inside one another, each with a choice that holds nothing."""
    depth = 60
    opening = "<mc:AlternateContent>" + '<mc:Choice Requires="x"/>' * 20 + "<mc:Fallback>"
    return docx(
        SHOWN + p(r(raw=opening * depth + "<w:t>x</w:t>" + "</mc:Fallback></mc:AlternateContent>" * depth)) * 50
    )


def many_choices() -> bytes:
    """A hundred thousand choices of one alternate content."""
    choices = '<mc:Choice Requires="x"><w:t>x</w:t></mc:Choice>' * 100_000
    return docx(SHOWN + p(r(raw=f"<mc:AlternateContent>{choices}</mc:AlternateContent>")))


def dense(times: int, words: str = "The DHF and the DMR are kept. ") -> str:
    """Text with legacy terms in every sentence."""
    return words * times


def markdown(text: str) -> Callable[[], bytes]:
    """The builder of a Markdown file."""
    return lambda: text.encode()


def word(text: str) -> Callable[[], bytes]:
    """The builder of a Word file of one paragraph."""
    return lambda: docx(p(r(text)))


TERM_EVERY_100 = "The device master record is kept in the archive by the person who is responsible for it at the site. "

HAZARDS: dict[str, Hazard] = {
    # Sizes
    "90 MB of paragraphs": Hazard(".docx", many_paragraphs, "unreadable", "over the limit"),
    "200 MB of text": Hazard(".docx", one_text_node, "unreadable", "over the limit"),
    "60 MB of text": Hazard(".docx", long_text_nodes, "unreadable", "over the limit"),
    "a million empty paragraphs": Hazard(".docx", lambda: repeated("<w:p/>", 1_000_000), ""),
    "three million elements": Hazard(".docx", tags_of_every_letter, "unreadable", "elements and attributes"),
    "a run for each letter": Hazard(".docx", letters_in_runs, findings=1),
    "two million character references": Hazard(".docx", entities, findings=1),
    "a hundred thousand attributes": Hazard(".docx", attributes, ""),
    "two hundred thousand namespaces": Hazard(".docx", namespaces, ""),
    # Depth
    "nested content controls": Hazard(
        ".docx",
        lambda: nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 5000),
        "unreadable",
        "deeper than 256",
    ),
    "nested tables": Hazard(
        ".docx", lambda: nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 600), "unreadable", "deeper than 256"
    ),
    "tables nested as deep as allowed": Hazard(
        ".docx", lambda: nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 80), findings=1
    ),
    # Entities
    "billion laughs": Hazard(".docx", lambda: with_main(LAUGHS), "unreadable", "DOCTYPE"),
    "a file as an entity": Hazard(".docx", lambda: with_main(OUTSIDE), "unreadable", "DOCTYPE"),
    "an address as an entity": Hazard(".docx", lambda: with_main(ELSEWHERE), "unreadable", "DOCTYPE"),
    "billion laughs in UTF-16": Hazard(".docx", lambda: with_main(LAUGHS_UTF_16), "unreadable"),
    "billion laughs in UTF-7": Hazard(".docx", lambda: with_main(LAUGHS_UTF_7), "unreadable"),
    "billion laughs in UTF-32": Hazard(".docx", lambda: with_main(LAUGHS_UTF_32), "unreadable"),
    # The zip
    "a size too small": Hazard(".docx", lambda: lying_sizes(10), ""),
    "a size too large": Hazard(".docx", lambda: lying_sizes(0xFFFF_FFF0), ""),
    "a packed size too large": Hazard(".docx", lambda: lying_packed_size(0x7FFF_FFFF), "unreadable", "truncated"),
    "a packed size too small": Hazard(".docx", lambda: lying_packed_size(3), "unreadable", "truncated"),
    "overlapping entries": Hazard(".docx", lambda: overlapping(15_000)),
    "overlapping entries that are read": Hazard(".docx", overlapping_headers, "unreadable", "limit"),
    "more entries than allowed": Hazard(".docx", lambda: overlapping(30_000), "unreadable", "20000"),
    "a part twice": Hazard(".docx", lambda: doubled(MAIN), "unreadable", "2 times"),
    "a wrong checksum": Hazard(".docx", damaged, "unreadable", "checksum"),
    "a name with backslashes": Hazard(".docx", lambda: with_entry("word\\x.xml"), "unreadable", "outside the package"),
    "an absolute name": Hazard(".docx", lambda: with_entry("/etc/passwd"), "unreadable", "outside the package"),
    "a name in the folder above": Hazard(".docx", lambda: with_entry("../../x"), "unreadable", "outside the package"),
    "a very long name": Hazard(".docx", lambda: with_entry("x" * 65_000), findings=1),
    # Encodings and names
    "UTF-16": Hazard(".docx", lambda: recoded("utf-16"), findings=1),
    "Latin-1": Hazard(".docx", lambda: recoded("iso-8859-1"), findings=1),
    "a strange prefix": Hazard(".docx", lambda: prefixed("_.-w"), findings=1),
    # What Word files hold
    "documents in documents": Hazard(".docx", lambda: embedded(3), findings=4),
    "documents too deep in documents": Hazard(".docx", lambda: embedded(40), "unreadable", "embedded"),
    "one document embedded often": Hazard(".docx", embedded_often, "unreadable", "over the limit"),
    "one chart shown often": Hazard(".docx", charts_often, findings=1),
    "items deeper than any list": Hazard(".docx", deep_items, findings=1),
    "fields without an end": Hazard(".docx", fields, findings=2),
    "styles in a circle": Hazard(".docx", styles_in_a_circle, findings=1),
    "bookmarks on one word": Hazard(".docx", anchors, findings=1),
    "paragraphs run together": Hazard(".docx", deleted_marks, findings=1),
    "alternates in alternates": Hazard(".docx", alternates, findings=1),
    "many choices": Hazard(".docx", many_choices, findings=1),
    # Words: the engine's own cost
    "10,000 terms in a paragraph": Hazard(".docx", word(dense(5_000)), findings=10_000),
    "10,000 terms in a line": Hazard(".md", markdown(dense(5_000)), findings=10_000),
    "10,000 terms without a full stop": Hazard(".docx", word("DHF and DMR " * 5_000), findings=10_000),
    "10,000 terms in one token": Hazard(".docx", word("DHF-DMR/" * 5_000), ""),
    "10,000 quoted terms": Hazard(".docx", word('the "DHF" is kept, ' * 10_000), findings=10_000),
    "one quotation that never ends": Hazard(".docx", word('"' + "the DHF is kept, " * 10_000), findings=10_000),
    "10,000 citations": Hazard(".docx", word("21 CFR 820.30(j), 820.180(b) and 820.181; " * 3_400), findings=10_000),
    "one list of 10,000 citations": Hazard(".docx", word("21 CFR 820.30(j)" + ", 820.181" * 10_000), findings=9_000),
    "a term every hundred characters in 5 MB": Hazard(
        ".docx", word(TERM_EVERY_100 * (5_000_000 // len(TERM_EVERY_100))), findings=40_000
    ),
    "10,000 cells with a term": Hazard(
        ".md", markdown("| Term | Meaning |\n| --- | --- |\n" + "| DHF | it is kept |\n" * 10_000), findings=10_000
    ),
    "10,000 items with a term": Hazard(
        ".md", markdown("Keep:\n\n" + "- the DHF of FDA may not inspect\n" * 10_000), findings=10_000
    ),
    "10,000 code spans with a term": Hazard(".md", markdown("The `DHF` is kept. " * 10_000), findings=10_000),
    "10,000 directives": Hazard(
        ".md", markdown('The DHF. <!-- qmsr-lint: ignore term-dhf reason="x" -->\n\n' * 10_000), findings=10_000
    ),
    "10,000 definitions of an acronym": Hazard(
        ".md", markdown("Digital History Folder (DHF)\n\n" * 10_000), findings=10_000
    ),
    "10,000 acronyms, each of another kind": Hazard(
        ".md", markdown("\n\n".join(f"Pocket{chr(97 + n % 26)}{n} DHF" for n in range(10_000))), ""
    ),
    "10,000 misspelt terms": Hazard(".md", markdown("The desgin history file is kept.\n\n" * 10_000), ""),
    "10,000 misspelt terms, each in its own way": Hazard(
        ".md",
        markdown(
            "".join(
                f"The design histor{chr(97 + n % 26)}{chr(97 + n // 26 % 26)} file is kept.\n\n" for n in range(10_000)
            )
        ),
        "",
    ),
    "words in capitals without a digit": Hazard(
        ".docx", word(("ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 4 + " Design History File. ") * 50), ""
    ),
    # Markdown
    "a line of 50 MB": Hazard(".md", lambda: b"The DHF is kept. " * 3_000_000, "unreadable", "20,000,000"),
    "a line of 9 MB": Hazard(".md", lambda: b"The file is kept. " * 500_000),
    "100,000 quotes in one another": Hazard(".md", markdown("> " * 100_000 + SENTENCE), ""),
    "100,000 brackets": Hazard(".md", markdown("[" * 100_000 + SENTENCE), ""),
    "100,000 links in one another": Hazard(".md", markdown("[a](" * 100_000 + SENTENCE), ""),
    "100,000 stars": Hazard(".md", markdown("*a **b " * 50_000 + SENTENCE), ""),
    "100,000 backticks": Hazard(
        ".md", markdown("".join("`" * (n % 300 + 1) + " a " for n in range(3000)) + SENTENCE), ""
    ),
    "a list 50,000 deep": Hazard(
        ".md", markdown("".join(" " * (2 * n) + "- a\n" for n in range(3_000)) + SENTENCE), ""
    ),
    "100,000 comments that do not end": Hazard(".md", markdown("<!-- a " * 100_000 + SENTENCE), ""),
    "100,000 tags that do not end": Hazard(".md", markdown("<td a='" * 100_000 + SENTENCE), ""),
    "100,000 tables in one another": Hazard(".md", markdown("<table><tr><td>" * 100_000 + SENTENCE), ""),
    "100,000 footnotes": Hazard(".md", markdown("".join(f"[^{n}]\n\n[^{n}]: the DHF\n\n" for n in range(20_000))), ""),
    "100,000 entities": Hazard(".md", markdown("&amp;" * 200_000 + SENTENCE), findings=1),
    "100,000 addresses": Hazard(".md", markdown("https://example.org/((((((" * 20_000 + " " + SENTENCE), ""),
    "an address of a million closing brackets": Hazard(
        ".md", markdown("https://e.org/" + ")" * 1_000_000 + " " + SENTENCE), ""
    ),
    "front matter of a million lines": Hazard(".md", markdown("---\n" + "a: b\n" * 500_000 + "---\n" + SENTENCE), ""),
}
