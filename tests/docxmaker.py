"""Builds Word files for tests out of OOXML itself, so that a test shows the very markup it is about.

    docx(p(r("The "), ins(r("DHF")), r(" is kept.")), header=p(r("DMR")), core={"title": "DHR"})

Every helper returns XML text; `docx` returns the bytes of a file. Text is escaped by `r` and `t`, nothing else is.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPES = {
    "docx": f"{_WML}.document.main+xml",
    "dotx": f"{_WML}.template.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "dotm": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CHANGE = 'w:id="{}" w:author={} w:date="2026-01-05T09:00:00Z"'


class Part(NamedTuple):
    """A further part: what it holds, how the main part points at it (last word of the type), its id and media type."""

    data: str | bytes
    kind: str = ""
    id: str = ""
    media: str = ""


# --- Inline -----------------------------------------------------------------------------------------------------------


def t(text: str) -> str:
    """A text element."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str = "", props: str = "", raw: str = "") -> str:
    """A run with text, run properties, and anything else after the text."""
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{t(text) if text else ''}{raw}</w:r>"


def letters(text: str, between: str = '<w:proofErr w:type="spellStart"/>') -> str:
    """A run for each letter."""
    return between.join(r(letter) for letter in text)


def ins(content: str, author: str = "Ann Author", id: int = 901) -> str:  # noqa: A002
    """A tracked insertion."""
    return f"<w:ins {_CHANGE.format(id, quoteattr(author))}>{content}</w:ins>"


def deleted(text: str, author: str = "Ann Author", id: int = 902) -> str:  # noqa: A002
    """A tracked deletion of text."""
    return (
        f"<w:del {_CHANGE.format(id, quoteattr(author))}>"
        f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


def moved_to(content: str) -> str:
    """Text where it was moved to."""
    return f"<w:moveTo {_CHANGE.format(903, quoteattr('Ann Author'))}>{content}</w:moveTo>"


def moved_from(content: str) -> str:
    """Text where it was moved from."""
    return f"<w:moveFrom {_CHANGE.format(904, quoteattr('Ann Author'))}>{content}</w:moveFrom>"


def link(content: str, id: str = "", anchor: str = "") -> str:  # noqa: A002
    """A hyperlink by relationship id or to a bookmark."""
    target = f'r:id="{id}"' if id else f'w:anchor="{anchor}"'
    return f"<w:hyperlink {target}>{content}</w:hyperlink>"


def simple_field(code: str, content: str) -> str:
    """A simple field with its result."""
    return f"<w:fldSimple w:instr={quoteattr(code)}>{content}</w:fldSimple>"


def fld_char(kind: str) -> str:
    """A run with a field character: begin, separate or end."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, content: str) -> str:
    """A complex field with its result; `code` may hold runs of its own (a nested field) where it begins with "<"."""
    inner = code if code.startswith("<") else instruction(code)
    return f"{fld_char('begin')}{inner}{fld_char('separate')}{content}{fld_char('end')}"


def instruction(code: str) -> str:
    """A run with a field code."""
    return f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'


def control(content: str, props: str = "") -> str:
    """A content control around blocks, runs, rows or cells."""
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def smart_tag(content: str) -> str:
    """A smart tag."""
    return f'<w:smartTag w:uri="urn:x" w:element="y">{content}</w:smartTag>'


def commented(content: str, id: int = 0) -> str:  # noqa: A002
    """Content that a comment is anchored on."""
    return (
        f'<w:commentRangeStart w:id="{id}"/>{content}<w:commentRangeEnd w:id="{id}"/>'
        f'<w:r><w:commentReference w:id="{id}"/></w:r>'
    )


def bookmarked(content: str, name: str, id: int = 0) -> str:  # noqa: A002
    """Content inside a bookmark."""
    return f'<w:bookmarkStart w:id="{id}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{id}"/>'


def drawing(graphic: str = "", descr: str = "", title: str = "", size: tuple[float, float] = (1, 1)) -> str:
    """A run with a DrawingML object, its alternative text, its graphic data and its size in centimetres."""
    cx, cy = (round(360_000 * side) for side in size)
    words = f"descr={quoteattr(descr)} title={quoteattr(title)}"
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="1" name="Object 1" {words}/>'
        f"<a:graphic><a:graphicData>{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def vml_box(content: str) -> str:
    """A VML text box (without a run around it)."""
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"


def text_box(content: str, fallback: str | None = None) -> str:
    """A run with a DrawingML text box and its VML fallback, which repeats the content unless another is given."""
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
    graphic = f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
    choice = f'<wp:anchor><wp:docPr id="2" name="Text Box 2"/>{graphic}</wp:anchor>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{choice}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{vml_box(content if fallback is None else fallback)}</mc:Fallback></mc:AlternateContent></w:r>"
    )


# --- Blocks -----------------------------------------------------------------------------------------------------------


def p(*content: str, style: str = "", props: str = "") -> str:
    """A paragraph with a style and further paragraph properties."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + props
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(content)}</w:p>"


def listed(*content: str, list_id: int = 1, level: int = 0, style: str = "") -> str:
    """A paragraph of a list."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(*content, style=style, props=numbering)


def tc(*content: str, props: str = "") -> str:
    """A table cell; content that is no block yet becomes a paragraph."""
    blocks = [item if item.startswith(("<w:p>", "<w:p ", "<w:tbl>", "<w:sdt>")) else p(item) for item in content]
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{''.join(blocks) or '<w:p/>'}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    """A table row."""
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str, props: str = "") -> str:
    """A table."""
    return f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def heading_styles(*names: str, numbered: bool = False) -> str:
    """The contents of a styles part with headings 1 to 3, and further paragraph styles with these names."""
    out = ['<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>']
    for level in (1, 2, 3):
        list_ = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>' if numbered else ""
        out.append(
            f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
            f'<w:basedOn w:val="Normal"/><w:pPr>{list_}<w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
        )
    for name in names:
        out.append(
            f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        )
    return "".join(out)


def lists(*levels: tuple[str, str], override: str = "") -> str:
    """The contents of a numbering part: lists 1 and 2 on one definition with (format, text) for each level."""
    body = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{body}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    )


# --- Files ------------------------------------------------------------------------------------------------------------


def part(name: str, inner: str) -> str:
    """A whole part with root element `name` and every namespace of this module."""
    return f"{XML}<w:{name} {_DECLARED}>{inner}</w:{name}>"


def zipped(entries: Mapping[str, str | bytes], stored: Sequence[str] = ()) -> bytes:
    """A zip with these entries, always the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def docx(
    body: str,
    *,
    header: str | Sequence[str] = (),
    footer: str | Sequence[str] = (),
    footnotes: Sequence[str] = (),
    endnotes: Sequence[str] = (),
    comments: Sequence[str] = (),
    styles: str = "",
    numbering: str = "",
    core: Mapping[str, str] | None = None,
    custom: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    parts: Mapping[str, Part] | None = None,
    main: str = "word/document.xml",
    kind: str = "docx",
    change: Callable[[dict[str, str | bytes]], object] | None = None,
) -> bytes:
    """The bytes of a Word file.

    `header` and `footer` are block content, one for each of default, first and even; `footnotes`, `endnotes` and
    `comments` are block content by id from 1 (comments from 0); `links` are external targets by relationship id;
    `parts` are further parts by name. `change` may alter the entries before they are zipped.
    """
    folder = main.rpartition("/")[0]
    entries: dict[str, str | bytes] = {}
    types = {main: MAIN_TYPES[kind]}
    rels: list[str] = []

    def add(name: str, made: Part) -> None:
        entries[name] = made.data
        id_ = made.id or f"rId{len(rels) + 1}"
        rels.append(f'<Relationship Id="{id_}" Type="{_RELS}/{made.kind}" Target="/{name}"/>')
        types[name] = made.media or "application/xml"

    sections = ""
    for which, contents in (("header", header), ("footer", footer)):
        for number, content in enumerate([contents] if isinstance(contents, str) else contents):
            id_ = f"{which}{number}"
            root = part("hdr" if which == "header" else "ftr", content)
            add(f"{folder}/{id_}.xml", Part(root, which, id_, f"{_WML}.{which}+xml"))
            sections += f'<w:{which}Reference w:type="{("default", "first", "even")[number]}" r:id="{id_}"/>'
    for which, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            separator = f'<w:{which} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{which}>'
            each = "".join(f'<w:{which} w:id="{number}">{note}</w:{which}>' for number, note in enumerate(notes, 1))
            add(
                f"{folder}/{which}s.xml",
                Part(part(f"{which}s", separator + each), f"{which}s", "", f"{_WML}.{which}s+xml"),
            )
    if comments:
        each = "".join(
            f'<w:comment w:id="{n}" w:author="Ann Author">{note}</w:comment>' for n, note in enumerate(comments)
        )
        add(f"{folder}/comments.xml", Part(part("comments", each), "comments", "", f"{_WML}.comments+xml"))
    if styles:
        add(f"{folder}/styles.xml", Part(part("styles", styles), "styles", "", f"{_WML}.styles+xml"))
    if numbering:
        add(f"{folder}/numbering.xml", Part(part("numbering", numbering), "numbering", "", f"{_WML}.numbering+xml"))
    for name, made in (parts or {}).items():
        add(name, made)
    for id_, target in (links or {}).items():
        rels.append(
            f'<Relationship Id="{id_}" Type="{_RELS}/hyperlink" Target={quoteattr(target)} TargetMode="External"/>'
        )
    package = [f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="{main}"/>']
    if core is not None:
        core_type = f"{_PACKAGE}/relationships/metadata/core-properties"
        package.append(f'<Relationship Id="rId2" Type="{core_type}" Target="docProps/core.xml"/>')
        entries["docProps/core.xml"] = _core(core)
    if custom is not None:
        package.append(f'<Relationship Id="rId3" Type="{_RELS}/custom-properties" Target="docProps/custom.xml"/>')
        entries["docProps/custom.xml"] = _custom(custom)
    section = f"<w:sectPr>{sections}</w:sectPr>" if sections else ""
    entries[main] = part("document", f"<w:body>{body}{section}</w:body>")
    entries[f"{folder}/_rels/{main.rpartition('/')[2]}.rels"] = _relationships(rels)
    entries["_rels/.rels"] = _relationships(package)
    entries = {"[Content_Types].xml": _content_types(types), **entries}
    if change is not None:
        change(entries)
    return zipped(entries)


STORE = "{11111111-2222-3333-4444-555555555555}"


def bound(path: str, shown: str = "x", props: str = "<w:text/>", store: str = STORE) -> str:
    """A content control that is bound to data."""
    mappings = "xmlns:q='urn:q' xmlns:x=&quot;urn:x&quot;"
    names = f'w:prefixMappings="{mappings}" w:xpath="{path}" w:storeItemID="{store.lower()}"'
    return p(control(r(shown), f"<w:dataBinding {names}/>{props}"))


def stored(body: str, xml: str, item: str = STORE) -> bytes:
    """A document with data for its content controls."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006"

    def change(entries: dict[str, str | bytes]) -> None:
        line = f'<Relationship Id="a" Type="{_RELS}/customXmlProps" Target="itemProps1.xml"/>'
        entries["customXml/_rels/item1.xml.rels"] = _relationships([line])
        entries["customXml/itemProps1.xml"] = f'<ds:datastoreItem ds:itemID="{item}" xmlns:ds="{space}/customXml"/>'

    return docx(body, parts={"customXml/item1.xml": Part(xml, "customXml")}, change=change)


def _relationships(lines: Sequence[str]) -> str:
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _content_types(types: Mapping[str, str]) -> str:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{media}"/>' for name, media in types.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="{rels}"/>{overrides}</Types>'
    )


def _core(values: Mapping[str, str]) -> str:
    dublin = {"title", "subject", "description"}
    inner = "".join(
        f"<{'dc' if key in dublin else 'cp'}:{key}>{escape(value)}</{'dc' if key in dublin else 'cp'}:{key}>"
        for key, value in values.items()
    )
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>'
    )


def _custom(values: Mapping[str, str]) -> str:
    inner = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values.items(), 2)
    )
    base = "http://schemas.openxmlformats.org/officeDocument/2006"
    return f'{XML}<Properties xmlns="{base}/custom-properties" xmlns:vt="{base}/docPropsVTypes">{inner}</Properties>'


def strict(data: bytes) -> bytes:
    """The same file in the strict namespaces."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    out: dict[str, str | bytes] = {}
    for name, content in entries.items():
        for area in (b"wordprocessingml", b"officeDocument", b"drawingml"):
            old = b"http://schemas.openxmlformats.org/%s/2006/" % area
            content = content.replace(old, b"http://purl.oclc.org/ooxml/%s/" % area)
        out[name] = content
    return zipped(out)
