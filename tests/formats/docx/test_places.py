"""A term in every place of a Word document where a reader sees it, exactly once, and in none where nobody does."""

import base64
import io
from collections.abc import Callable

import docx as python_docx
import pytest
from docxmaker import (
    Part,
    bookmarked,
    bound,
    commented,
    control,
    deleted,
    docx,
    drawing,
    field,
    fld_char,
    heading_styles,
    ins,
    instruction,
    letters,
    link,
    listed,
    lists,
    moved_from,
    moved_to,
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
    vml_box,
)

from qmsr_lint.formats.docx.read import read
from qmsr_lint.lint import lint
from qmsr_lint.model import BLOCK_SEPARATOR, Document
from qmsr_lint.rules import load

TERM = "Device Master Record"
RUN = r(TERM)
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
LEVEL = f"<c:lvl><c:pt><c:v>{TERM}</c:v></c:pt></c:lvl><c:lvl><c:pt><c:v>Site</c:v></c:pt></c:lvl>"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def text_of(data: bytes) -> str:
    return read(data, "sop.docx").text


def seen(data: bytes) -> int:
    """How often the term is in the text, whatever blanks and hyphens stand inside it."""
    text = text_of(data)
    for blank in "\t\n\u00a0\u2009\u202f":
        text = text.replace(blank, " ")
    return text.replace("\u00ad", "").replace("\u2011", "-").count(TERM)


GHOSTS = "".join(
    f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/><w:rPr><w:vanish/></w:rPr></w:style>'
    for kind, name in (("paragraph", "Ghost"), ("character", "Hush"))
)
HUSH = '<w:rStyle w:val="Hush"/>'
SEEN_ALL_THE_SAME = '<w:vanish w:val="0"/>'
PAGE = '<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/>'


def spaced(blank: str) -> str:
    return p(r(f"Device{blank}Master{blank}Record"))


def special(element: str) -> str:
    return p(f"<w:r>{t('Device')}{element}{t('Master')}{element}{t('Record')}</w:r>")


def half_seen(*runs: str) -> bytes:
    """Runs in a paragraph of a hidden style, in a document whose style "Hush" hides characters."""
    return docx(p(*runs, style="Ghost"), styles=GHOSTS)


def button(code: str) -> str:
    return fld_char("begin") + instruction(code) + fld_char("end")


def shape(xml: str) -> bytes:
    return docx(p(f"<w:r><w:pict>{xml}</w:pict></w:r>"))


def worded(label: str, body: str = "", form: str = "decimal", **more: str) -> bytes:
    """A document with a list whose label has words."""
    return docx(body or listed(r("x")), numbering=lists((form, label)), **more)  # type: ignore[arg-type]


def form(filled_in: str, code: str = "FORMDROPDOWN") -> str:
    """A field of a legacy form."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{filled_in}</w:ffData></w:fldChar></w:r>'
    return begin + instruction(code) + fld_char("end")


def drop_down(chosen: int | str, default: int | str = "") -> str:
    named = (("result", chosen), ("default", default))
    entries = "".join(f'<w:{name} w:val="{number}"/>' for name, number in named if number != "")
    return form(f'<w:ddList>{entries}<w:listEntry w:val="None"/><w:listEntry w:val="{TERM}"/></w:ddList>')


def check_box(properties: str = "") -> str:
    return form(f"<w:checkBox><w:sizeAuto/>{properties}</w:checkBox>", "FORMCHECKBOX")


def formula(content: str) -> str:
    return f"<m:oMath>{content}</m:oMath>"


def mr(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def chart(words: str) -> dict[str, Part]:
    title = f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    data = f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}"><c:chart>{title}</c:chart></c:chartSpace>'
    return {"word/charts/chart1.xml": Part(data, "chart", "rIdC")}


def series(words: str) -> dict[str, Part]:
    cache = f'<c:strRef><c:strCache><c:pt idx="0"><c:v>{words}</c:v></c:pt></c:strCache></c:strRef>'
    each = f"<c:ser><c:tx><c:v>Series</c:v></c:tx><c:cat>{cache}</c:cat></c:ser>"
    plot = f"<c:plotArea><c:barChart>{each}{each}</c:barChart></c:plotArea>"
    data = f'<c:chartSpace xmlns:c="{C}"><c:chart>{plot}</c:chart></c:chartSpace>'
    return {"word/charts/chart1.xml": Part(data, "chart", "rIdC")}


def plotted(xml: str) -> dict[str, Part]:
    data = (
        f'<c:chartSpace xmlns:c="{C}"><c:chart><c:plotArea><c:ser>{xml}</c:ser></c:plotArea></c:chart></c:chartSpace>'
    )
    return {"word/charts/chart1.xml": Part(data, "chart", "rIdC")}


def separated(run: str, notes: str = "footnotes") -> Callable[[dict[str, str | bytes]], None]:
    """Put a run in the place of the line between the text and the notes."""

    def change(entries: dict[str, str | bytes]) -> None:
        name = f"word/{notes}.xml"
        entries[name] = str(entries[name]).replace("<w:r><w:separator/></w:r>", run)

    return change


DATA = (
    f"<doc xmlns='urn:q' xmlns:x='urn:x' x:a='{TERM}'><x:b>x</x:b><x:b a='{TERM}'>{TERM}</x:b><c>{TERM}<d/></c></doc>"
)


def diagram(words: str) -> dict[str, Part]:
    point = f"<dgm:pt><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    data = f'<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A}"><dgm:ptLst>{point}</dgm:ptLst></dgm:dataModel>'
    namespaces = f'xmlns:x="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:a="{A}"'
    drawn = f"<x:drawing {namespaces}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></x:drawing>"
    return {
        "word/diagrams/data1.xml": Part(data, "diagramData", "rIdD"),
        "word/diagrams/drawing1.xml": Part(drawn, "diagramDrawing", "rIdE"),
    }


def archive(text: str, kind: str, encoding: str) -> bytes:
    """A document with an embedded web archive that holds one part."""
    body = base64.b64encode(text.encode(encoding)).decode()
    return chunk(f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n{body}", "message/rfc822", "a.mht")


def rtf(text: str) -> bytes:
    return chunk(rf"{{\rtf1\ansi {text}\par}}", "application/rtf", "a.rtf")


def chunk(data: str | bytes, media: str, name: str) -> bytes:
    return docx(
        p(r("Before")) + '<w:altChunk r:id="rIdX"/>', parts={f"word/{name}": Part(data, "aFChunk", "rIdX", media)}
    )


CHAR_SEPARATE = '<w:fldChar w:fldCharType="separate"/>'
CHAR_END = '<w:fldChar w:fldCharType="end"/>'
EMPTY_CHOICE = '<mc:AlternateContent><mc:Choice Requires="v"/><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'


def drawn_on(words: str) -> Callable[[dict[str, str | bytes]], None]:
    """Gives the chart of a document a shape with words, which stands in a part of its own."""
    shape = f'<c:userShapes xmlns:c="{C}" xmlns:a="{A}"><a:p><a:r><a:t>{words}</a:t></a:r></a:p></c:userShapes>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"
    line = f'<Relationship Id="rId1" Type="{kind}" Target="../drawings/drawing1.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"

    def change(entries: dict[str, str | bytes]) -> None:
        entries["word/charts/_rels/chart1.xml.rels"] = f'<Relationships xmlns="{space}">{line}</Relationships>'
        entries["word/drawings/drawing1.xml"] = shape

    return change


def in_old_strings(entries: dict[str, str | bytes]) -> None:
    """Writes the custom properties as the strings of older programs."""
    entries["docProps/custom.xml"] = str(entries["docProps/custom.xml"]).replace("vt:lpwstr", "vt:bstr")


CHART = p(drawing('<c:chart r:id="rIdC"/>'))
DROP_CAP = '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>'
HIDDEN_MARK = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"


def alternatives(*choices: tuple[str, str], fallback: str = "") -> bytes:
    """A document with alternatives for the namespaces of these prefixes, of which zz is a strange one and yy none."""
    each = "".join(f'<mc:Choice Requires="{requires}">{content}</mc:Choice>' for requires, content in choices)
    declared = 'xmlns:zz="urn:vendor:ext" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    end = f"<mc:Fallback>{fallback}</mc:Fallback>" if fallback else ""
    return docx(p(f"<mc:AlternateContent {declared}>{each}{end}</mc:AlternateContent>"))


SYM_EX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><x:symEx xmlns:x="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    ' x:char="0044"/></mc:Choice><mc:Fallback><w:t>D</w:t></mc:Fallback></mc:AlternateContent></w:r>'
)
SHOWN: dict[str, Callable[[], bytes]] = {
    "one run": lambda: docx(p(RUN)),
    "a run per letter": lambda: docx(p(letters(TERM, ""))),
    "proof marks between letters": lambda: docx(p(letters(TERM))),
    "a bookmark inside": lambda: docx(p(r("Device "), bookmarked(r("Master"), "x"), r(" Record"))),
    "a comment inside": lambda: docx(p(r("Device "), commented(r("Master")), r(" Record")), comments=[p(r("Why?"))]),
    "a footnote mark inside": lambda: docx(
        p(r("Device Master"), r(raw='<w:footnoteReference w:id="1"/>'), r(" Record")), footnotes=[p(r("A note."))]
    ),
    "tabs": lambda: docx(special("<w:tab/>")),
    "position tabs": lambda: docx(special('<w:ptab w:alignment="left" w:relativeTo="margin" w:leader="none"/>')),
    "line breaks": lambda: docx(special("<w:br/>")),
    "carriage returns": lambda: docx(special("<w:cr/>")),
    "soft hyphen": lambda: docx(p(f"<w:r>{t('Device Mas')}<w:softHyphen/>{t('ter Record')}</w:r>")),
    "no-break space": lambda: docx(spaced("\u00a0")),
    "thin space": lambda: docx(spaced("\u2009")),
    "narrow no-break space": lambda: docx(spaced("\u202f")),
    "symbol": lambda: docx(p(r(raw='<w:sym w:font="Arial" w:char="0044"/>'), r("evice Master Record"))),
    "extended symbol": lambda: docx(p(SYM_EX, r("evice Master Record"))),
    "run shown in a paragraph of a hidden style": lambda: half_seen(r("x"), r(TERM, SEEN_ALL_THE_SAME)),
    "shown run of a hidden style": lambda: docx(p(r(TERM, HUSH + SEEN_ALL_THE_SAME)), styles=GHOSTS),
    "hidden style in a paragraph of a hidden style": lambda: half_seen(r(TERM, HUSH)),
    "insertion shown in a paragraph of a hidden style": lambda: half_seen(ins(r("x") + r(TERM, SEEN_ALL_THE_SAME))),
    "text box shown in a paragraph of a hidden style": lambda: half_seen(
        text_box(p(RUN)).replace("<w:r>", f"<w:r><w:rPr>{SEEN_ALL_THE_SAME}</w:rPr>", 1)
    ),
    "a button's words": lambda: docx(p(button(f" MACROBUTTON  NoMacro {TERM} "))),
    "caps": lambda: docx(p(r(TERM, "<w:caps/><w:b/>"))),
    "the raised figure of a note behind it": lambda: docx(p(RUN, r("1", '<w:vertAlign w:val="superscript"/>'))),
    "all of it raised": lambda: docx(p(r(TERM, '<w:vertAlign w:val="superscript"/>'))),
    "small caps": lambda: docx(p(r(TERM, "<w:smallCaps/>"))),
    "vanish off": lambda: docx(p(r(TERM, '<w:vanish w:val="0"/>'))),
    "hyperlink": lambda: docx(p(link(RUN, "rIdL")), links={"rIdL": "https://example.org/dhf"}),
    "half in a hyperlink": lambda: docx(p(r("Device "), link(r("Master Record"), anchor="x"))),
    "around a deleted paragraph mark before a control": lambda: docx(
        p(r("Device "), props="<w:rPr><w:del/></w:rPr>") + control(p(r("Master Record")))
    ),
    "around a deleted paragraph mark before the mark of a change": lambda: docx(
        p(r("Device "), props="<w:rPr><w:del/></w:rPr>")
        + '<w:customXmlInsRangeStart w:id="1"/>'
        + p(r("Master Record"))
    ),
    "simple field": lambda: docx(p(simple_field("REF x", RUN))),
    "complex field": lambda: docx(p(field("REF x", RUN))),
    "complex field over paragraphs": lambda: docx(
        p(fld_char("begin"), instruction("TOC"), fld_char("separate"), r("1 Scope")) + p(RUN, fld_char("end"))
    ),
    "field in a field's result": lambda: docx(
        p(field("HYPERLINK x", r("Device ") + field("REF y", r("Master Record"))))
    ),
    "field that never ends": lambda: docx(p(fld_char("begin"), instruction("PAGE")) + p(RUN)),
    "field that never began": lambda: docx(p(fld_char("separate"), fld_char("end"), RUN)),
    "text after a field's end in one run": lambda: docx(
        p(fld_char("begin"), instruction("REF"), r(raw=f"{CHAR_SEPARATE}{t('Device ')}{CHAR_END}{t('Master Record')}"))
    ),
    "content control around blocks": lambda: docx(control(p(RUN))),
    "content control inline": lambda: docx(p(control(RUN))),
    "content control in a content control": lambda: docx(
        control(p(r("Device "), control(control(r("Master")) + r(" Record"))))
    ),
    "content control around a cell": lambda: docx(tbl(tr(control(tc(RUN))))),
    "content control around a row": lambda: docx(tbl(control(tr(tc(RUN))))),
    "placeholder of a content control": lambda: docx(p(control(RUN, "<w:showingPlcHdr/>"))),
    "data behind a control": lambda: stored(bound("/q:doc[1]/x:b[2]"), DATA),
    "data behind a control, by their words": lambda: stored(bound("/q:doc/x:b[2]/text()"), DATA),
    "data behind a control, in an attribute": lambda: stored(bound("/q:doc[1]/@x:a"), DATA),
    "data behind a control, in an attribute of a child": lambda: stored(bound("/q:doc[1]/x:b[2]/@a"), DATA),
    "data behind a prompt": lambda: stored(bound("/q:doc[1]/x:b[2]", "Click", "<w:showingPlcHdr/><w:text/>"), DATA),
    "data behind a control of a strict file": lambda: strict(stored(bound("/q:doc[1]/x:b[2]"), DATA)),
    "data behind two controls": lambda: stored(bound("/q:doc/x:b[2]") + bound("/q:doc[1]/x:b[2]", "x"), DATA),
    "data behind a control that shows them": lambda: stored(bound("/q:doc/x:b[2]", TERM), DATA),
    "custom XML": lambda: docx(p(f'<w:customXml w:element="x">{RUN}</w:customXml>')),
    "smart tag": lambda: docx(p(smart_tag(smart_tag(r("Device Master")) + r(" Record")))),
    "tracked insertion": lambda: docx(p(ins(RUN))),
    "half inserted": lambda: docx(p(r("Device Mas"), ins(r("ter Rec")), r("ord"))),
    "moved-to text": lambda: docx(p(moved_to(RUN))),
    "around a deletion": lambda: docx(p(r("Device "), deleted("History "), r("Master Record"))),
    "around a deleted paragraph mark": lambda: docx(
        p(r("Device "), props="<w:rPr><w:del/></w:rPr>") + p(r("Master Record"))
    ),
    "around a deleted paragraph mark that ends a control": lambda: docx(
        control(p(r("Device "), props="<w:rPr><w:del/></w:rPr>")) + p(r("Master Record"))
    ),
    "around a hidden mark before custom XML": lambda: docx(
        p(r("Device "), props=HIDDEN_MARK)
        + f'<w:customXml w:element="x"><w:customXmlPr/>{p(r("Master Record"))}</w:customXml>'
    ),
    "around a hidden mark that ends custom XML": lambda: docx(
        f'<w:customXml w:element="x">{p(r("Device "), props=HIDDEN_MARK)}</w:customXml>'
        + control(p(r("Master Record")))
    ),
    "drop cap": lambda: docx(p(r("D"), props=DROP_CAP) + p(r("evice Master Record"))),
    "drop cap in the margin": lambda: docx(p(r("D"), props=DROP_CAP.replace('"drop"', '"margin"')) + p(r(TERM[1:]))),
    "style separator": lambda: docx(p(r("Device "), props=HIDDEN_MARK) + p(r("Master Record"))),
    "behind a paragraph that is hidden with its mark": lambda: docx(
        p(r("Device "), props=HIDDEN_MARK) + p(r("x", "<w:vanish/>"), props=HIDDEN_MARK) + p(r("Master Record"))
    ),
    "ruby base": lambda: docx(
        p(
            r(raw=f"<w:ruby><w:rubyPr/><w:rt>{r('x')}</w:rt><w:rubyBase>{r('Device Mas')}</w:rubyBase></w:ruby>"),
            r("ter Record"),
        )
    ),
    "right-to-left embedding": lambda: docx(p(f'<w:dir w:val="rtl">{RUN}</w:dir>')),
    "formula": lambda: docx(p(f"<m:oMath><m:r><m:t>{TERM}</m:t></m:r></m:oMath>")),
    "table cell": lambda: docx(tbl(tr(tc(RUN)))),
    "nested table": lambda: docx(tbl(tr(tc(tbl(tr(tc(RUN))), p())))),
    "cell over columns": lambda: docx(tbl(tr(tc(RUN, props='<w:gridSpan w:val="3"/>')), tr(tc(), tc(), tc()))),
    "cell over rows": lambda: docx(
        tbl(tr(tc(RUN, props='<w:vMerge w:val="restart"/>')), tr(tc(props="<w:vMerge/>")), tr(tc(props="<w:vMerge/>")))
    ),
    "inserted row": lambda: docx(tbl(tr(tc(ins(RUN)), props="<w:trPr><w:ins/></w:trPr>"))),
    "default header": lambda: docx(p(), header=p(RUN)),
    "first-page header": lambda: docx(p(), header=[p(), p(RUN)]),
    "even-page header": lambda: docx(p(), header=[p(), p(), p(RUN)]),
    "footer": lambda: docx(p(), footer=tbl(tr(tc(RUN)))),
    "footnote": lambda: docx(p(r(raw='<w:footnoteReference w:id="1"/>')), footnotes=[p(RUN)]),
    "line before the notes": lambda: docx(p(), footnotes=[p()], change=separated(r(TERM))),
    "line before the endnotes": lambda: docx(p(), endnotes=[p()], change=separated(r(TERM), "endnotes")),
    "endnote": lambda: docx(p(r(raw='<w:endnoteReference w:id="1"/>')), endnotes=[p(RUN)]),
    "comment": lambda: docx(p(commented(r("Text"))), comments=[p(RUN)]),
    "text box with fallback": lambda: docx(p(r("Before"), text_box(p(RUN)), r("after"))),
    "VML text box": lambda: docx(p(f"<w:r>{vml_box(p(RUN))}</w:r>")),
    "table in a text box": lambda: docx(p(text_box(tbl(tr(tc(RUN))) + p()))),
    "text box in a text box": lambda: docx(p(text_box(p(text_box(p(RUN)))))),
    "after a text box in the same run": lambda: docx(
        p(r("Device "), text_box(p(r("Box")))[: -len("</w:r>")] + t("Master Record") + "</w:r>")
    ),
    "text box in a header": lambda: docx(p(), header=p(text_box(p(RUN)))),
    "fallback of an empty choice": lambda: docx(p(r(raw=EMPTY_CHOICE.format(t(TERM))))),
    "fallback of a choice for strangers": lambda: alternatives(("zz", r("x")), fallback=RUN),
    "fallback of a choice for nobody": lambda: alternatives(("yy", r("x")), fallback=RUN),
    "fallback of a choice half for strangers": lambda: alternatives(("wps zz", r("x")), fallback=RUN),
    "choice behind one for strangers": lambda: alternatives(("zz", r("x")), ("w14", RUN), fallback=r("y")),
    "choice by two namespaces": lambda: alternatives(("wps w14", RUN), fallback=RUN),
    "choice for strangers without a fallback": lambda: alternatives(("zz", RUN), ("zz", RUN)),
    "choice for strangers with an empty fallback": lambda: alternatives(("zz", RUN), fallback="<w:r/>"),
    "alternative text": lambda: docx(p(drawing(descr=TERM))),
    "alternative text told twice": lambda: docx(
        p(
            drawing(
                f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x" descr="{TERM}"/></pic:nvPicPr></pic:pic>', descr=TERM
            )
        )
    ),
    "alternative title": lambda: docx(p(drawing(title=TERM))),
    "alternative text of a VML picture": lambda: docx(p(f'<w:r><w:pict><v:shape alt="{TERM}"/></w:pict></w:r>')),
    **{
        f"alternative text of a VML {name}": lambda name=name: shape(f'<v:{name} alt="{TERM}"/>')  # type: ignore[misc]
        for name in ("group", "line", "polyline", "image", "arc", "curve")
    },
    "alternative text of a table": lambda: docx(tbl(tr(tc()), props=f'<w:tblDescription w:val="{TERM}"/>')),
    "word art": lambda: docx(
        p(), header=p(f'<w:r><w:pict><v:shape><v:textpath string="{TERM}"/></v:shape></w:pict></w:r>')
    ),
    "drawing canvas": lambda: docx(
        p(drawing(f"<a:sp><a:txBody><a:p><a:r><a:t>{TERM}</a:t></a:r></a:p></a:txBody></a:sp>"))
    ),
    "title property": lambda: docx(p(), core={"title": TERM}),
    "keywords in several languages": lambda: docx(
        p(),
        core={"keywords": "x"},
        change=lambda e: e.update(
            {"docProps/core.xml": str(e["docProps/core.xml"]).replace(">x<", f">x<cp:value>{TERM}</cp:value><")}
        ),
    ),
    "status property": lambda: docx(p(), core={"contentStatus": TERM}),
    "keywords property": lambda: docx(p(), core={"keywords": TERM}),
    "custom property": lambda: docx(p(), custom={"Title": TERM}),
    "custom property of an old kind": lambda: docx(p(), custom={"Title": TERM}, change=in_old_strings),
    "chart title": lambda: docx(CHART, parts=chart(TERM)),
    "chart shown again": lambda: docx(CHART * 2, parts=chart(TERM)),
    "chart category": lambda: docx(CHART, parts=series(TERM)),
    "chart category of two levels": lambda: docx(
        CHART, parts=plotted(f"<c:multiLvlStrCache>{LEVEL}</c:multiLvlStrCache>")
    ),
    "labels of a chart's points": lambda: docx(
        CHART, parts=plotted(f'<x:dlblRangeCache xmlns:x="{C15}"><c:pt><c:v>{TERM}</c:v></c:pt></x:dlblRangeCache>')
    ),
    "name of a chart's trend line": lambda: docx(
        CHART, parts=plotted(f"<c:trendline><c:name>{TERM}</c:name></c:trendline>")
    ),
    "shape drawn on a chart": lambda: docx(CHART, parts=chart("Trend"), change=drawn_on(TERM)),
    "SmartArt": lambda: docx(p(drawing('<dgm:relIds r:dm="rIdD" r:lo="x" r:qs="x" r:cs="x"/>')), parts=diagram(TERM)),
    "embedded HTML": lambda: chunk(
        "<html><body><p>Device <b>Master</b> Record</p></body></html>", "text/html", "a.html"
    ),
    "embedded text": lambda: chunk(TERM, "text/plain", "a.txt"),
    "embedded web archive": lambda: chunk(f"Content-Type: text/html\n\n<p>{TERM}</p>", "message/rfc822", "a.mht"),
    "embedded rich text": lambda: chunk(
        r"{\rtf1{\fonttbl{\f0 Arial;}}Device {\b Mas}ter\~Record\par}", "application/rtf", "a.rtf"
    ),
    **{
        f"embedded {name} in {encoding}": lambda name=name, encoding=encoding: chunk(  # type: ignore[misc]
            f"<html><p>{TERM}</p></html>".encode(encoding), f"text/{name}", f"a.{name}"
        )
        for name in ("html", "plain")
        for encoding in ("utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "utf-32")
    },
    "embedded web archive in UTF-16": lambda: archive(f"<p>{TERM}</p>", "text/html; charset=utf-16le", "utf-16-le"),
    "embedded web archive with a page and an encoding that nobody knows": lambda: archive(
        f"<p>Zu\u00fcck {TERM}</p>", "text/html; charset=x-none", "latin-1"
    ),
    "line break in embedded HTML": lambda: chunk("<p>Device<br/>Master<br>Record</p>", "text/html", "a.html"),
    "picture in embedded HTML": lambda: chunk(f'<p>See <img src="x" alt="{TERM}"></p>', "text/html", "a.html"),
    "line break in embedded rich text": lambda: rtf(r"Device\line Master\line Record"),
    "rich text without stand-ins": lambda: rtf(r"\uc0 Device\u160 Master\u160 Record"),
    "rich text with two stand-ins": lambda: rtf(r"{\uc2 Device\u160\'a1\'a1Master} Record"),
    "rich text with a character for a stand-in": lambda: rtf(r"Device\u160 xMaster\u160?Record"),
    "rich text that is no longer hidden": lambda: rtf(rf"\v x\v0 {TERM}"),
    "rich text that is plain again": lambda: rtf(rf"\v x\plain Device \deleted x\plain{TERM[6:]}"),
    "rich text behind a hidden group": lambda: rtf(rf"{{\v x}}{{\deleted x}}{TERM}"),
    "text box in embedded rich text": lambda: rtf(
        rf"Device {{\shp{{\*\shpinst x{{\shptxt {TERM}\par}}}}{{\shprslt {TERM}}}}}"
    ),
    "around a text box in embedded rich text": lambda: rtf(
        r"Device {\shp{\*\shpinst x{\shptxt Box\par}}}Master Record"
    ),
    "embedded Word file": lambda: chunk(docx(p(RUN)), "application/x-docx", "a.docx"),
    "embedded Word file in an embedded one in another": lambda: chunk(
        chunk(chunk(docx(p(RUN)), "application/x-docx", "a.docx"), "application/x-docx", "a.docx"),
        "application/x-docx",
        "a.docx",
    ),
    "label of a list": lambda: worded(f"{TERM} %1:"),
    "label of a list that its override holds": lambda: docx(
        listed(r("x"), list_id=2),
        numbering=lists(
            ("decimal", "%1"),
            override=f'<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{TERM}"/></w:lvl></w:lvlOverride>',
        ),
    ),
    "label of a list once for all its items": lambda: worded(
        f"{TERM} %1:", listed(r("x")) * 3 + listed(r("x"), list_id=2)
    ),
    "label of an empty item": lambda: worded(f"{TERM} %1:", listed()),
    "bullet made of words": lambda: worded(TERM, form="bullet"),
    "label of a heading": lambda: worded(
        f"{TERM} %1:", p(r("x"), style="Heading1"), styles=heading_styles(numbered=True)
    ),
    "label of a list in a header": lambda: worded(f"{TERM} %1:", p(), header=listed(r("x"))),
    "list item": lambda: docx(listed(RUN), numbering=lists(("decimal", "%1."))),
    "heading": lambda: docx(p(RUN, style="Heading1"), styles=heading_styles()),
    "chosen entry of a form's list": lambda: docx(p(drop_down(1))),
    "entry of a form's list that is chosen unless another is": lambda: docx(p(drop_down("", 1))),
    **{
        f"entry in place of number {number} of a form's list": lambda number=number: docx(p(drop_down(number, 1)))  # type: ignore[misc]
        for number in ("2", "-1", "x", "9" * 5000)
    },
    "insertion that conflicts with another": lambda: docx(
        p(f'<w14:conflictIns {W14} w:author="B">{RUN}</w14:conflictIns>')
    ),
    "numerator of a fraction": lambda: docx(
        p(formula(f"<m:f><m:num>{mr(TERM)}</m:num><m:den>{mr('products')}</m:den></m:f>"))
    ),
    "runs of one place in a formula": lambda: docx(
        p(
            r("Device"),
            formula(f"<m:r><m:t> Mas</m:t></m:r>{mr('ter')}<m:box><m:e>{mr(' Rec')}{mr('ord')}</m:e></m:box>"),
        )
    ),
    "run outside any paragraph": lambda: docx(RUN),
    "text outside any run": lambda: docx(f"<w:p>{t(TERM)}</w:p>"),
    "element that no schema knows": lambda: docx(f"<w:p2>{RUN}</w:p2>"),
    "strict file": lambda: strict(docx(p(RUN))),
    "strict file with a text box": lambda: strict(docx(p(text_box(p(RUN))))),
    "docm": lambda: docx(p(RUN), kind="docm"),
    "dotx": lambda: docx(p(RUN), kind="dotx"),
    "dotm": lambda: docx(p(RUN), kind="dotm"),
    "renamed main part": lambda: docx(p(RUN), main="content/procedure.xml"),
    "header once for two sections": lambda: docx(
        p(props='<w:sectPr><w:headerReference w:type="default" r:id="header0"/></w:sectPr>') + p(), header=p(RUN)
    ),
}


@pytest.mark.parametrize("place", SHOWN)
def test_term_is_read_exactly_once(place: str) -> None:
    assert seen(SHOWN[place]()) == 1


HIDDEN: dict[str, Callable[[], bytes]] = {
    "deletion": lambda: docx(p(deleted(TERM))),
    "deletion holding w:t": lambda: docx(p(f'<w:del w:id="1" w:author="x">{RUN}</w:del>')),
    "deletion in an insertion": lambda: docx(p(ins(deleted(TERM)))),
    "moved-from text": lambda: docx(p(moved_from(RUN))),
    "field code": lambda: docx(p(field(f"REF {TERM}", r("x")))),
    "result of a field inside a field code": lambda: docx(p(field(instruction("IF ") + field("REF x", RUN), r("no")))),
    "code of a field without a result": lambda: docx(p(fld_char("begin"), instruction(TERM), RUN, fld_char("end"))),
    "code of a field beside one that never ends": lambda: docx(
        p(fld_char("begin"), instruction("PAGE")) + p(fld_char("begin"), RUN, fld_char("end"))
    ),
    "deleted field code": lambda: docx(p(f"<w:del><w:r><w:delInstrText>{TERM}</w:delInstrText></w:r></w:del>")),
    "deleted row": lambda: docx(tbl(tr(tc(RUN), props="<w:del/>"), tr(tc()))),
    "deleted row in a nested table": lambda: docx(tbl(tr(tc(tbl(tr(tc(RUN), props="<w:del/>")), p())))),
    "table in a deleted row": lambda: docx(tbl(tr(tc(tbl(tr(tc(RUN))), p()), props="<w:del/>"))),
    "deleted cell": lambda: docx(tbl(tr(tc(RUN, props="<w:cellDel/>"), tc()))),
    "paragraph of a hidden style": lambda: docx(
        p(RUN, ins(RUN), style="Ghost"),
        styles='<w:style w:type="paragraph" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>',
    ),
    "run of a hidden style": lambda: docx(p(r(TERM, HUSH)), styles=GHOSTS),
    "hidden run in a paragraph of a hidden style": lambda: half_seen(
        r(TERM), r("x", SEEN_ALL_THE_SAME), ins(r(TERM) + r("x", SEEN_ALL_THE_SAME) + r(TERM)), r(TERM, "<w:vanish/>")
    ),
    "deletion shown in a paragraph of a hidden style": lambda: half_seen(
        f"<w:del>{r(TERM, SEEN_ALL_THE_SAME)}</w:del>"
    ),
    "hidden text behind a field in the same run": lambda: docx(p(r("", "<w:vanish/>", PAGE + t(TERM)))),
    "hidden text behind a text box in the same run": lambda: docx(
        p(
            text_box(p(r("x"))).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)[: -len("</w:r>")]
            + t(TERM)
            + "</w:r>"
        )
    ),
    "footnote of a hidden mark": lambda: docx(
        p(r("", "<w:vanish/>", '<w:footnoteReference w:id="1"/>')), footnotes=[p(RUN)]
    ),
    "text box in a hidden run": lambda: docx(
        p(text_box(p(RUN)).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1))
    ),
    "macro of a button": lambda: docx(p(button(f"MACROBUTTON {TERM.replace(' ', '')}"), button(f"PRINT {TERM}"))),
    "button in a field code": lambda: docx(
        p(
            fld_char("begin"),
            instruction("IF "),
            button(f"MACROBUTTON No {TERM}"),
            fld_char("separate"),
            fld_char("end"),
        )
    ),
    "button in a deletion": lambda: docx(p(f"<w:del>{button(f'MACROBUTTON No {TERM}')}</w:del>")),
    "label of a list that nothing uses": lambda: worded(
        f"{TERM} %1:", listed(r("x"), level=1) + listed(r("x"), list_id=0)
    ),
    "label of a hidden paragraph": lambda: worded(f"{TERM} %1:", listed(r("x"), style="Ghost"), styles=GHOSTS),
    "hidden embedded rich text": lambda: rtf(rf"{{\v {TERM}}}\v {TERM}\v0 x{{\deleted {TERM}}}"),
    **{
        f"rich text in a group \\{word}": lambda word=word: rtf(rf"x{{\{word} {TERM}\par}}")  # type: ignore[misc]
        for word in ("headerl", "headerr", "headerf", "footerl", "footerr", "footerf", "nonesttables")
    },
    "picture in a hidden part of embedded HTML": lambda: chunk(
        f'<noscript><img alt="{TERM}"></noscript><p>x</p>', "text/html", "a.html"
    ),
    "entry of a form's list that is not chosen": lambda: docx(p(drop_down(0))),
    "entry of a form's list that nobody chose": lambda: docx(p(drop_down(""), drop_down(2, 2), form("<w:ddList/>"))),
    "deletion that conflicts with an insertion": lambda: docx(
        p(f'<w14:conflictDel {W14} w:author="B">{RUN}</w14:conflictDel>')
    ),
    "around a picture in the line": lambda: docx(p(r("Device Mas"), drawing(), r("ter Record"))),
    "form's list in a deletion": lambda: docx(p(f"<w:del>{drop_down(1)}</w:del>")),
    "hidden text": lambda: docx(p(r(TERM, "<w:vanish/>"))),
    "text box in a deletion": lambda: docx(p(f"<w:del>{text_box(p(RUN))}</w:del>")),
    "alternative text in a deletion": lambda: docx(p(f"<w:del>{drawing(descr=TERM)}</w:del>")),
    "footnote of a deleted mark": lambda: docx(
        p('<w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del>'), footnotes=[p(RUN)]
    ),
    "deletion in the line before the notes": lambda: docx(p(), footnotes=[p()], change=separated(deleted(TERM))),
    "header that no section names": lambda: docx(
        p(), parts={"word/header9.xml": Part(part("hdr", p(RUN)), "header", "rIdH")}
    ),
    "glossary": lambda: docx(
        p(), parts={"word/glossary/document.xml": Part(part("glossaryDocument", p(RUN)), "glossaryDocument", "rIdG")}
    ),
    "former paragraph properties": lambda: docx(
        p(props=f'<w:pPrChange><w:pPr><w:pStyle w:val="{TERM}"/></w:pPr></w:pPrChange>')
    ),
    "ruby annotation": lambda: docx(p(r(raw=f"<w:ruby><w:rt>{RUN}</w:rt><w:rubyBase>{r('x')}</w:rubyBase></w:ruby>"))),
    "fallback copy that differs": lambda: docx(p(text_box(p(r("New")), fallback=p(RUN)))),
    "choice for strangers": lambda: alternatives(("zz", RUN), fallback=r("x")),
    "second choice": lambda: alternatives(("w14", r("x")), ("wps", RUN), fallback=RUN),
    **{
        f"data at the path {path}": lambda path=path: stored(bound(path), DATA)  # type: ignore[misc]
        for path in (
            *("/q:doc[1]/x:b[1]", "/q:doc[2]/x:b[2]", "/x:doc[1]/x:b[2]", "/doc/x:b[2]", "/q:doc/x:b[3]", "//x:b[2]"),
            *(
                "/z:doc/x:b[2]",
                "/q:doc/q:c",
                "/q:doc",
                "",
                "/@x:a",
                "/q:doc/@x:a/x",
                "x:b[2]",
                "/q:doc/*[2]",
                "/q:doc/.",
            ),
        )
    },
    "data of another store": lambda: stored(bound("/q:doc/x:b[2]", store="{1}"), DATA),
    "data behind a control that is no plain text": lambda: stored(bound("/q:doc/x:b[2]", props="<w:date/>"), DATA),
    "data behind a control that is deleted": lambda: stored(
        f"<w:p><w:del>{bound('/q:doc/x:b[2]')[5:-6]}</w:del></w:p>", DATA
    ),
    "damaged data": lambda: stored(bound("/q:doc/x:b[2]"), DATA.replace("</doc>", "")),
    "data with a DOCTYPE": lambda: stored(bound("/q:doc/x:b[2]"), f"<!DOCTYPE doc>{DATA}"),
    "data beyond measure": lambda: stored(bound("/q:doc/x:b[2]"), DATA + "<!--" + "x" * 1_000_000 + "-->"),
    "bookmark name": lambda: docx(p(bookmarked(r("x"), TERM))),
    "link target": lambda: docx(p(link(r("x"), "rIdL")), links={"rIdL": TERM}),
    "script in embedded HTML": lambda: chunk(
        f"<script>{TERM}</script><style>{TERM}</style><!--{TERM}--><p>x</p>", "text/html", "a.html"
    ),
}


@pytest.mark.parametrize("place", HIDDEN)
def test_what_no_reader_sees_is_not_read(place: str) -> None:
    assert seen(HIDDEN[place]()) == 0


def test_python_docx_agrees_on_what_it_can_read() -> None:
    cells = tbl(tr(tc(r("a1")), tc(r("a2"))), tr(tc(r("b1"), p(r("b1 too"))), tc(r("b2"))))
    linked = p(
        r("One "), link(r("linked", "<w:b/>"), anchor="x"), r("\tword"), f"<w:r>{t('x')}<w:br/><w:tab/>{t('y')}</w:r>"
    )
    data = docx(linked + cells + p(r("Last")), header=p(r("Head")), footer=p(r("Foot")), comments=[p(r("Remark"))])
    oracle = python_docx.Document(io.BytesIO(data))
    texts = [oracle.paragraphs[0].text]
    texts += [q.text for row in oracle.tables[0].rows for cell in row.cells for q in cell.paragraphs]
    texts += [oracle.paragraphs[1].text, oracle.sections[0].header.paragraphs[0].text]
    texts += [oracle.sections[0].footer.paragraphs[0].text, *(comment.text for comment in oracle.comments)]
    assert text_of(data).split(BLOCK_SEPARATOR) == texts


def test_special_characters_keep_their_own() -> None:
    run = f"<w:r>{t('a')}<w:tab/><w:br/><w:cr/><w:noBreakHyphen/><w:softHyphen/>{t('z')}</w:r>"
    assert text_of(docx(p(run))) == "a\t\n\n\u2011\u00adz"


@pytest.mark.parametrize(
    ("properties", "sign"),
    [
        ("", "\u2610"),
        ('<w:default w:val="0"/>', "\u2610"),
        ('<w:default w:val="1"/>', "\u2612"),
        ("<w:default/>", "\u2612"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "\u2610"),
        ('<w:default w:val="0"/><w:checked/>', "\u2612"),
    ],
)
def test_a_check_box_shows_whether_it_is_checked(properties: str, sign: str) -> None:
    box = check_box(properties)
    assert text_of(docx(p(box, r("DHF"), box, r("DMR"), f"<w:del>{box}</w:del>"))) == f"{sign}DHF{sign}DMR"


N, DEN = mr("N"), mr("DHF")
FORMULAS = {
    f"<m:f><m:num>{N}</m:num><m:den>{DEN}</m:den></m:f>": "x N DHF",
    f"<m:sSub><m:e>{N}</m:e><m:sub>{DEN}</m:sub></m:sSub>": "x N DHF",
    f"<m:sSubSup><m:e>{N}</m:e><m:sub>{DEN}</m:sub><m:sup>{N}</m:sup></m:sSubSup>{N}": "x N DHF N N",
    f"<m:rad><m:deg>{N}</m:deg><m:e>{DEN}</m:e></m:rad>": "x N DHF",
    f"<m:func><m:fName>{N}</m:fName><m:e>{DEN}</m:e></m:func>": "x N DHF",
    f"<m:limLow><m:e>{N}</m:e><m:lim>{DEN}</m:lim></m:limLow>": "x N DHF",
    f"<m:m><m:mr><m:e>{N}</m:e><m:e>{N}</m:e></m:mr><m:mr><m:e>{DEN}</m:e></m:mr></m:m>": "x N N DHF",
    f"{N}{DEN}": "xNDHF",
    f"<m:f><m:num>{mr('N ')}</m:num><m:den>{DEN}</m:den></m:f>": "x N DHF",
    f"<m:f><m:num>{N}</m:num><m:den>{mr('(2)')}{mr('')}</m:den></m:f>{mr('+')}{N}": "x N(2)+N",
    f'<m:d><m:e>{N}</m:e></m:d><w:del w:id="1">{DEN}</w:del>': "x N",
}


@pytest.mark.parametrize("content", FORMULAS)
def test_parts_of_a_formula_do_not_touch(content: str) -> None:
    assert text_of(docx(p(r("x"), formula(content)))) == FORMULAS[content]


OBJECT = '<w:r><w:object w:dxaOrig="1"/></w:r>'


@pytest.mark.parametrize("picture", [drawing(), OBJECT], ids=["inline", "object"])
def test_a_picture_in_the_line_keeps_letters_apart(picture: str) -> None:
    assert text_of(docx(p(r("DHF"), picture, r("DMR")))) == "DHF\ufffcDMR"
    assert text_of(docx(p(r("DHF"), link(picture, anchor="x"), picture, r("DMR")))) == "DHF\ufffcDMR"
    assert text_of(docx(p(picture, r("DHF "), picture, r("DMR.", raw=picture[5:-6])))) == "DHF DMR."
    assert text_of(docx(p(r("DHF"), f"<w:del>{picture}</w:del>", r("s")))) == "DHFs"
    assert text_of(docx(p(r("DHF"), field(picture, r("s"))))) == "DHFs"
    assert text_of(docx(p(r("DHF")) + p(picture))) == f"DHF{BLOCK_SEPARATOR}"
    assert text_of(docx(p(r("DHF")) + picture)) == "DHF"


def test_a_term_is_found_across_a_picture_in_the_line() -> None:
    document = read(docx(p(r("The device master"), drawing(), r(" record is kept."))), "sop.docx")
    assert [finding.rule for finding in lint(document, load())] == ["term-dmr"]


def test_a_picture_beside_the_line_or_among_alternatives_does_not() -> None:
    box = text_box(p(r("Box", raw=drawing()[5:-6]), r("ed")))
    assert text_of(docx(p(r("DH"), box, r("F")))) == BLOCK_SEPARATOR.join(["DHF", "Box\ufffced"])
    one = drawing()[5:-6]
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{one}</mc:Choice><mc:Fallback>{one}</mc:Fallback>'
    assert text_of(docx(p(r("DHF", raw=both + "</mc:AlternateContent>"), r("s")))) == "DHF\ufffcs"


@pytest.mark.parametrize("picture", [drawing(), OBJECT], ids=["inline", "object"])
def test_a_picture_that_ends_a_paragraph_is_no_sign_of_it(picture: str) -> None:
    box = text_box(p(r("Box"), picture))
    data = docx(
        p(bookmarked(r("DHF") + picture, "whole"), box) + p(r("D"), picture, props=HIDDEN_MARK) + p() + p(r("\ufffc")),
        header=p(commented(r("DMR") + picture)),
        comments=[p(r("Why?"))],
    )
    document = read(data, "sop.docx")
    assert document.text == BLOCK_SEPARATOR.join(["DHF", "Box", "D", "\ufffc", "DMR", "Why?"])
    assert [document.text[mark.start : mark.end] for mark in document.marks] == ["DHF", "DMR"]


def test_a_picture_that_stands_where_it_may_not_is_passed_over() -> None:
    stray = "<wp:inline/>"
    assert text_of(docx(p(r("DHF"), stray, r("s")) + stray)) == "DHFs"


def test_a_heading_keeps_its_name_beside_a_picture() -> None:
    heading = p(r("Purpose"), drawing(), style="Heading1")
    document = read(docx(heading + p(r("x")), styles=heading_styles()), "sop.docx")
    assert document.blocks[-1].place.section == "Purpose"


@pytest.mark.parametrize("font", ["Wingdings", "Wingdings 2", "webdings", "Symbol", "Marlett"])
def test_a_sign_of_a_font_without_letters_is_no_letter(font: str) -> None:
    symbol = f'<w:sym w:font="{font}" w:char="006F"/>'
    assert text_of(docx(p(r(raw=symbol), r("DHF")))) == "\uf06fDHF"
    space = 'xmlns:x="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    assert text_of(docx(p(r(raw=f'<x:symEx {space} x:font="{font}" x:char="00FE"/>')))) == "\uf0fe"


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [("Wingdings", "F0FE", "\uf0fe"), ("Wingdings", "2610", "\u2610"), ("Arial", "006F", "o"), ("", "006F", "o")],
)
def test_other_signs_are_what_they_are(font: str, code: str, shown: str) -> None:
    assert text_of(docx(p(r(raw=f'<w:sym w:font="{font}" w:char="{code}"/>')))) == shown


def test_tab_stops_of_a_paragraph_are_no_tabs() -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
    body = p(text_box(p(r("box"), props=stops)), r("x")) + p(r("y"), props=stops)
    assert text_of(docx(body)) == BLOCK_SEPARATOR.join(["x", "box", "y"])


@pytest.mark.parametrize("code", ["D83D", "0000", "", "110000", "x", "-41"])
def test_symbol_that_is_no_character_is_left_out(code: str) -> None:
    assert text_of(docx(p(r("a"), r(raw=f'<w:sym w:char="{code}"/>'), r("b")))) == "ab"


def test_rich_text_pairs_and_accents() -> None:
    written = rb"{\rtf1 caf\'e9 \u-10179?\u-8704 ?{\*\hidden x}\emdash\par next}"
    text = text_of(chunk(written, "application/rtf", "a.rtf"))
    assert text == BLOCK_SEPARATOR.join(["Before", "café \U0001f600—", "next"])


@pytest.mark.parametrize(
    "props",
    [
        '<w:framePr w:w="3000" w:hSpace="180" w:wrap="around"/>',
        '<w:framePr w:dropCap="none" w:wrap="around"/>',
        "<w:pPrChange><w:pPr><w:framePr w:dropCap='drop'/></w:pPr></w:pPrChange>",
        '<w:rPr><w:vanish w:val="0"/></w:rPr>',
        "<w:rPr><w:webHidden/></w:rPr>",
    ],
)
def test_a_paragraph_with_a_mark_that_is_shown_stays_apart(props: str) -> None:
    assert text_of(docx(p(r("D"), props=props) + p(r("evice")))) == BLOCK_SEPARATOR.join(["D", "evice"])


@pytest.mark.parametrize(
    ("kind", "encoding", "read"),
    [
        ("text/html; charset=koi8-r", "koi8-r", "\u0441\u0440\u043e\u043a"),
        ("text/plain; charset='koi8-r'", "koi8-r", "\u0441\u0440\u043e\u043a"),
        ("text/plain; charset=unicode_escape", "koi8-r", "\u00d3\u00d2\u00cf\u00cb"),
        ("text/plain; charset=windows-99999", "koi8-r", "\u00d3\u00d2\u00cf\u00cb"),
        ("text/plain; charset=koi8-r", "utf-8", "\u0441\u0440\u043e\u043a"),
    ],
)
def test_embedded_text_is_read_in_its_encoding(kind: str, encoding: str, read: str) -> None:
    data = "\u0441\u0440\u043e\u043a".encode(encoding)
    assert text_of(chunk(data, kind, "a.bin")) == BLOCK_SEPARATOR.join(["Before", read])


def test_separator_typed_into_a_document_does_not_split_a_block() -> None:
    document: Document = read(docx(p(r("a\u2029b")) + p(r("c"))), "sop.docx")
    assert [document.text[b.start : b.end] for b in document.blocks] == ["a\nb", "c"]
