"""Changes documents at random where their format has joints: the zip, the XML, the relationships, the Markdown bytes.

A case is made of a seed alone: `case(seed)` gives the same document on every machine.
"""
# ruff: noqa: E501 (tables of markup; chance that must be repeatable)

import io
import re
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import docxmaker as make
from lxml import etree

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


class Case(NamedTuple):
    """A document made of a seed, and what was done to it."""

    name: str
    data: bytes
    steps: tuple[str, ...]


Entries = dict[str, bytes]
Zip = Callable[[Random, bytes], bytes]
Parts = Callable[[Random, Entries], None]


# --- What is mutated --------------------------------------------------------------------------------------------------


@cache
def originals() -> tuple[tuple[int, str, bytes], ...]:
    """Documents of `fixtures`, and some that hold everything a document may hold; each with its weight."""
    found = []
    for folder, weight in (("clean", 3), ("flagged", 8), ("malformed", 1)):
        for path in sorted((FIXTURES / folder).iterdir()):
            if path.suffix in (".docx", ".md"):
                found.append((weight, path.name, path.read_bytes()))
    found += [(40, "rich.docx", rich()), (20, "revised.docx", revised()), (30, "rich.md", RICH_MARKDOWN.encode())]
    return tuple(found)


def rich() -> bytes:
    """A Word file with every kind of part and of container that is read."""
    chart = (
        f'<c:chartSpace xmlns:c="{make.NAMESPACES["c"]}" xmlns:a="{make.NAMESPACES["a"]}"><c:title><a:p><a:r><a:t>DHF'
        "</a:t></a:r></a:p></c:title><c:ser><c:cat><c:strRef><c:strCache><c:pt><c:v>DMR</c:v></c:pt></c:strCache>"
        "</c:strRef></c:cat></c:ser></c:chartSpace>"
    )
    diagram = f'<dgm:dataModel xmlns:dgm="{make.NAMESPACES["dgm"]}" xmlns:a="{make.NAMESPACES["a"]}"><a:p><a:t>DHR</a:t></a:p></dgm:dataModel>'
    inner = make.docx(make.p(make.r("The device master record.")))
    p, r = make.p, make.r
    body = "".join(
        [
            make.listed(r("Purpose"), style="Heading1"),
            p(make.letters("The design history file is kept."), make.bookmarked(r("DHF"), "qmsr_ignore_x")),
            p(make.field('HYPERLINK "https://example.org"', r("see the DMR")), make.link(r("DHR"), id="l1")),
            p(make.control(r("DHF"), '<w:lock w:val="contentLocked"/>'), make.smart_tag(r("QSR"))),
            p(make.commented(r("quality audit"), 0), r(raw='<w:footnoteReference w:id="1"/>')),
            p(make.text_box(p(r("DHF in a box"))), make.drawing(descr="the DMR", title="DHR")),
            p(make.drawing('<c:chart r:id="c1"/>'), make.drawing('<dgm:relIds r:dm="d1"/>')),
            p(r(raw='<w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:br/><w:noBreakHyphen/><w:softHyphen/>')),
            p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", r("820.30(j)", props="<w:caps/><w:strike/>")),
            make.tbl(
                make.tr(make.tc("Old"), make.tc("New"), props="<w:tblHeader/>"),
                make.tr(make.tc("DHF", props='<w:gridSpan w:val="2"/>'), make.tc(make.tbl(make.tr(make.tc("DMR"))))),
            ),
            '<w:altChunk r:id="a1"/><w:altChunk r:id="a2"/>',
        ]
    )
    return make.docx(
        body,
        header=p(r("Header DHF")),
        footer=[p(r("Footer")), p(r("First"))],
        footnotes=[p(r("A note on the DMR."))],
        endnotes=[p(r("An end."))],
        comments=[p(r('qmsr-lint: ignore term-dhf reason="x"'))],
        styles=make.heading_styles("Quote", "HTML Code", numbered=True),
        numbering=make.lists(("decimal", "%1"), ("decimal", "%1.%2"), override=""),
        core={"title": "DHF procedure"},
        custom={"Number": "SOP-001"},
        links={"l1": "https://example.org/"},
        parts={
            "word/charts/chart1.xml": make.Part(chart, "chart", "c1"),
            "word/diagrams/data1.xml": make.Part(diagram, "diagramData", "d1"),
            "word/a1.html": make.Part("<html><body><p>The <b>DHF</b>", "aFChunk", "a1", "text/html"),
            "word/a2.docx": make.Part(inner, "aFChunk", "a2", "application/octet-stream"),
        },
    )


def revised() -> bytes:
    """A Word file full of tracked changes."""
    p, r = make.p, make.r
    return make.docx(
        p(r("The "), make.deleted("DHF"), make.ins(r("design and development file")), r(" is kept."))
        + p(make.moved_from(r("DMR")), props='<w:rPr><w:del w:id="7" w:author="A"/></w:rPr>')
        + p(make.moved_to(r("DMR")), r("end"))
        + make.tbl(make.tr(make.tc("DHR"), props='<w:del w:id="8" w:author="A"/>'), make.tr(make.tc("QSIT"))),
        kind="docm",
    )


RICH_MARKDOWN = """---
title: "DHF procedure"
tags: [DMR, 'DHR']
text: |
  The QSR
---
# 1 Scope {#scope}

The **design** *history* ~~file~~ `DHF` [DMR](https://example.org "x") ![DHR](x.png) <https://example.org> 21 CFR 820.30(j).[^1]

> quoted DHF &amp; &#68;HF \\
> again

- [ ] a DHF
    1. b

| Old | New |
| --- | :-: |
| DHF | design and development file |

<!-- qmsr-lint: ignore term-dhf reason="x" until=2030-01-01 -->
<table><tr><td colspan=2 rowspan="3">DMR<td>x</table><pre>
a</pre><blockquote>b</blockquote><details><script>var DHF</script>

```text
DHF
```

    code

Term
: A definition\twith tabs

[^1]: The device history record.
"""


# --- The zip ----------------------------------------------------------------------------------------------------------


def flip(random: Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        if out:
            out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def cut(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.choice((1, 7, 200, 10**6)) :]


def repeat(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data) + 1)
    piece = data[start : start + random.choice((1, 4, 46, 500))]
    return data[:start] + piece * random.choice((1, 3, 50)) + data[start:]


def header_field(random: Random, data: bytes) -> bytes:
    """Write nonsense into one field of a local header, a directory entry or the end record."""
    sign, size = random.choice(((b"PK\3\4", 30), (b"PK\1\2", 46), (b"PK\5\6", 22)))
    places = [found.start() for found in re.finditer(re.escape(sign), data)]
    if not places:
        return data
    at = random.choice(places) + random.randrange(4, size - 1)
    value = random.choice((b"\0\0", b"\xff\xff", b"\1\0", b"\0\x80", struct.pack("<H", random.randrange(65_536))))
    return data[:at] + value + data[at + 2 :]


ZIP: tuple[Zip, ...] = (flip, cut, repeat, header_field, header_field)


# --- Parts ------------------------------------------------------------------------------------------------------------

_NAMES = (
    "word/document.xml",
    "WORD/Document.xml",
    "../x.xml",
    "/x",
    "a\\b",
    "C:x",
    "",
    "\u202ex",
    "x" * 300,
    "_rels/.rels",
)


def drop_part(random: Random, entries: Entries) -> None:
    del entries[random.choice(list(entries))]


def rename_part(random: Random, entries: Entries) -> None:
    name = random.choice(list(entries))
    entries[random.choice(_NAMES)] = entries.pop(name)


def swap_parts(random: Random, entries: Entries) -> None:
    one, other = random.choice(list(entries)), random.choice(list(entries))
    entries[one], entries[other] = entries[other], entries[one]


def empty_part(random: Random, entries: Entries) -> None:
    entries[random.choice(list(entries))] = random.choice(
        (b"", b" ", b"<a/>", b"\xff\xfe", b"\0" * 40, b"PK\3\4", b"{\\rtf1")
    )


def relate(random: Random, entries: Entries) -> None:
    """Point a relationship somewhere else: outside, at itself, at nothing, at another kind of part."""
    name = random.choice([name for name in entries if name.endswith(".rels")] or list(entries))
    data = entries[name]
    attribute = random.choice((b"Target", b"Target", b"Type", b"Id", b"TargetMode"))
    targets = [b"/" + other.encode() for other in entries]
    nonsense = [
        b"../../..",
        b"#x",
        b"http://127.0.0.1:9/",
        b"",
        b"External",
        b"%2e%2e/%00",
        b"document.xml",
        b"\xc3\xa9",
    ]
    kinds = [
        f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}".encode()
        for kind in ("header", "styles", "numbering", "aFChunk", "chart", "comments", "officeDocument", "footnotes")
    ]
    value = random.choice([*targets, *nonsense, *kinds])
    places = list(re.finditer(rb"%s=\"[^\"]*\"" % attribute, data))
    if places:
        place = random.choice(places)
        entries[name] = data[: place.start()] + b'%s="%s"' % (attribute, value) + data[place.end() :]


def recode(random: Random, entries: Entries) -> None:
    name = _xml(random, entries)
    encoding = random.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-8-sig", "cp037", "utf-7"))
    text = entries[name].decode("utf-8", "replace")
    if random.random() < 0.6:
        text = text.replace("UTF-8", random.choice((encoding, "UTF-16", "x-none", "US-ASCII")))
    entries[name] = text.encode(encoding, "xmlcharrefreplace" if encoding != "utf-32" else "replace")


def _xml(random: Random, entries: Entries) -> str:
    names = [name for name in entries if name.endswith((".xml", ".rels"))]
    weights = [5 if name == "word/document.xml" else 1 for name in names]
    return random.choices(names, weights)[0] if names else random.choice(list(entries))


# --- XML --------------------------------------------------------------------------------------------------------------

_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)([^<>]*?)(/?)>")
_ATTRIBUTE = re.compile(rb"([\w:]+)=\"([^\"]*)\"")
_TAGS = [
    *(b"w:p", b"w:r", b"w:t", b"w:tbl", b"w:tr", b"w:tc", b"w:sdt", b"w:sdtContent", b"w:ins", b"w:del", b"w:moveFrom"),
    *(b"w:pPr", b"w:rPr", b"w:txbxContent", b"mc:AlternateContent", b"mc:Choice", b"mc:Fallback", b"w:fldSimple"),
    *(b"w:hyperlink", b"w:ruby", b"w:rt", b"w:smartTag", b"w:body", b"w:document", b"w:style", b"w:num", b"w:lvl"),
    *(b"w:footnote", b"w:comment", b"w:sectPr", b"m:r", b"a:p", b"a:t", b"v:shape", b"wp:docPr", b"w:numPr", b"x:y"),
]
_LEAVES = [
    *(b"<w:tab/>", b'<w:fldChar w:fldCharType="begin"/>', b'<w:fldChar w:fldCharType="separate"/>', b"<w:instrText>"),
    *(
        b'<w:fldChar w:fldCharType="end"/>',
        b"<w:vanish/>",
        b"<w:cellDel/>",
        b'<w:sym w:char="FFFFFFFF"/>',
        b"<w:caps/>",
    ),
    *(b'<w:altChunk r:id="a1"/>', b'<w:altChunk r:id="a2"/>', b'<c:chart r:id="c1"/>', b'<w:gridSpan w:val="-9"/>'),
    *(b'<w:outlineLvl w:val="99999999999"/>', b'<w:commentRangeStart w:id="0"/>', b'<w:commentRangeEnd w:id="0"/>'),
    *(
        b'<w:bookmarkStart w:id="0" w:name="x"/>',
        b'<w:bookmarkEnd w:id="0"/>',
        b"<!-- x -->",
        b"<?x y?>",
        b"<![CDATA[x]]>",
    ),
    *(
        b"&#xD800;",
        b"&lt;",
        b"&x;",
        b"\0",
        b"\xff",
        b"]]>",
        b"<w:t>DHF</w:t>",
        b"<",
        b'"',
        "\u2029\u202e\U0001f600".encode(),
    ),
]
_VALUES = [
    b"",
    b"0",
    b"-1",
    b"1",
    b"99999999999999999999",
    b"nan",
    b"\xd9\xa3",
    b"true",
    b"off",
    b"x" * 500,
    b"../x",
    b"&#0;",
]


def element(random: Random, entries: Entries) -> None:
    """Change the elements of a part, mostly so that it stays well-formed: else hardly anything would be read."""
    before = dict(entries)
    for _ in range(4):
        _element_changed(random, entries)
        if random.random() < 0.1 or all(
            _is_well_formed(data) for name, data in entries.items() if data != before[name]
        ):
            return
        entries.update(before)


def _is_well_formed(data: bytes) -> bool:
    try:
        etree.fromstring(data)
    except (etree.LxmlError, ValueError):
        return False
    return True


def _element_changed(random: Random, entries: Entries) -> None:
    """Drop, double, move, rename or wrap an element's tags, so that the XML may stay well-formed or not."""
    name = _xml(random, entries)
    data = entries[name]
    tags = list(_TAG.finditer(data))
    if not tags:
        return
    tag = random.choice(tags)
    whole = _element(data, tag)
    choice = random.randrange(8)
    if choice == 0:
        data = data[: tag.start()] + data[tag.end() :]
    elif choice == 1:
        data = data[: whole[0]] + data[whole[1] :]
    elif choice == 2:
        times = random.choice((2, 3, 20))
        data = data[: whole[0]] + data[whole[0] : whole[1]] * times + data[whole[1] :]
    elif choice == 3:
        other = random.choice(tags)
        if not whole[0] < other.start() < whole[1]:
            piece = data[whole[0] : whole[1]]
            rest = data[: whole[0]] + b"\0" * len(piece) + data[whole[1] :]
            data = (rest[: other.start()] + piece + rest[other.start() :]).replace(b"\0" * len(piece), b"", 1)
    elif choice == 4:
        new = random.choice(_TAGS)
        data = data.replace(b"<" + tag[2], b"<" + new).replace(b"</" + tag[2], b"</" + new)
    elif choice == 5:
        around = random.choice(_TAGS)
        depth = random.choice((1, 1, 2, 40, 300))
        inner = data[whole[0] : whole[1]]
        data = data[: whole[0]] + b"<%s>" % around * depth + inner + b"</%s>" % around * depth + data[whole[1] :]
    else:
        at = random.choice((tag.start(), tag.end()))
        data = data[:at] + random.choice(_LEAVES) + data[at:]
    entries[name] = data


def _element(data: bytes, tag: re.Match[bytes]) -> tuple[int, int]:
    """From a tag to the next one that closes it: an element, as far as nesting does not matter."""
    if tag[1] or tag[4]:
        return tag.span()
    end = data.find(b"</%s>" % tag[2], tag.end())
    return (tag.start(), end + len(tag[2]) + 3) if end >= 0 else tag.span()


def attribute(random: Random, entries: Entries) -> None:
    name = _xml(random, entries)
    data = entries[name]
    places = list(_ATTRIBUTE.finditer(data))
    if places:
        place = random.choice(places)
        new = random.choice(
            (b'%s="%s"' % (place[1], random.choice(_VALUES)), b"", b"%s=" % place[1], place[0] + b" " + place[0])
        )
        entries[name] = data[: place.start()] + new + data[place.end() :]


def part_bytes(random: Random, entries: Entries) -> None:
    name = _xml(random, entries)
    entries[name] = random.choice((flip, cut, repeat))(random, entries[name])


PARTS: tuple[Parts, ...] = (
    *(element,) * 8,
    *(attribute,) * 4,
    *(relate,) * 3,
    *(drop_part, rename_part, swap_parts, empty_part, recode, part_bytes),
)


# --- Markdown ---------------------------------------------------------------------------------------------------------

_MARKDOWN = [
    *(
        b"> ",
        b"- ",
        b"1. ",
        b"# ",
        b"```\n",
        b"~~~",
        b"    ",
        b"\t",
        b"\n",
        b"\r",
        b"\r\n\r\n",
        b"|",
        b"\n|-|-|\n",
        b"`",
        b"``",
    ),
    *(
        b"*",
        b"**",
        b"_",
        b"~~",
        b"[",
        b"](",
        b")",
        b"![",
        b"[^1]",
        b"[^1]: ",
        b"<!--",
        b"-->",
        b"<td>",
        b"</td>",
        b"<table>",
    ),
    *(
        b"</table>",
        b"<pre>",
        b"</pre>",
        b"<script>",
        b"<![CDATA[",
        b"<?",
        b"<a href='",
        b"&amp;",
        b"&#0;",
        b"&#x110000;",
        b"\\",
    ),
    *(
        b"---\n",
        b"+++\n",
        b": ",
        b"DHF",
        b"21 CFR 820.",
        b"(j)",
        b"\xff",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        "\u2029".encode(),
    ),
    *(
        "\u202e\u200b\u00ad\ufb01\u0130".encode(),
        "\U0001f600".encode(),
        b"<!-- qmsr-lint: ignore",
        b'reason="',
        b"{#",
        b"}",
    ),
    *(
        b"[x]: http://x\n",
        b"https://www.",
        b"http://[",
        b"\\\n",
        b"  \n",
        b"<blockquote>",
        b"<details>",
        b"=\n",
        b"-\n",
    ),
]


def markdown(random: Random, data: bytes) -> bytes:
    for _ in range(random.choice((1, 2, 5, 20))):
        choice = random.randrange(6)
        if choice < 3:
            at = random.randrange(len(data) + 1)
            data = data[:at] + random.choice(_MARKDOWN) * random.choice((1, 1, 2, 30)) + data[at:]
        elif choice == 3:
            lines = data.split(b"\n")
            random.shuffle(lines)
            data = b"\n".join(lines)
        elif random.random() < 0.1:
            data = random.choice((flip, cut, repeat))(random, data)
        else:
            text = data.decode("utf-8", "replace")
            at = random.randrange(len(text) + 1)
            end = at + random.choice((1, 3, 20, 300))
            data = (text[:at] + text[at:end] * random.choice((0, 0, 2, 9)) + text[end:]).encode()
    if random.random() < 0.05:
        data = data.decode("utf-8", "replace").encode(
            random.choice(("utf-16", "utf-16-be", "utf-32", "latin-1")), "replace"
        )
    return data


# --- Cases ------------------------------------------------------------------------------------------------------------


def case(seed: int) -> Case:
    """The document that a seed stands for."""
    random = Random(seed)
    (_, name, data), *_ = random.choices(originals(), [weight for weight, *_ in originals()])
    if name.endswith(".md"):
        return Case(name, markdown(random, data), ("markdown",))
    steps: list[str] = []
    if random.random() < 0.8:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = {info.filename: archive.read(info) for info in archive.infolist()}
        except (zipfile.BadZipFile, RuntimeError):
            entries = {}
        for _ in range(random.choice((1, 1, 1, 2, 3, 8)) if entries else 0):
            change = random.choice(PARTS)
            steps.append(change.__name__)
            change(random, entries)
            if not entries:
                break
        data = _zipped(random, entries) if steps else data
    if random.random() < 0.3 or not steps:
        mutate = random.choice(ZIP)
        steps.append(mutate.__name__)
        data = mutate(random, data)
    return Case(name, data, tuple(steps))


def _zipped(random: Random, entries: Entries) -> bytes:
    out = io.BytesIO()
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo("x", (2026, 1, 5, 9, 0, 0))
            info.filename = name
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()
