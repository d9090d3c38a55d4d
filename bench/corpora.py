"""Makes the corpora of the benchmark from a seed: the same seed gives the same bytes.

    python -m bench.corpora FOLDER [--markdown N] [--word N] [--seed N]

FOLDER gets `markdown/`, `word/` (with legacy terms) and `word-clean/` (the same documents without any), and beside
each `NAME.truth.json`: by document, the words that were planted, and those that stand in deleted text only and must
not be found. The procedures are invented; no sentence of them comes from anywhere else.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import docxmaker as w

SEED = 820
MARKDOWN_HITS = 5

TERMS = (
    ("design history file", "design and development file"),
    ("Design History File", "design and development file"),
    ("device master record", "medical device file"),
    ("device history record", "medical device or batch record"),
    ("DHF", "design and development file"),
    ("DHFs", "design and development files"),
    ("DMR", "medical device file"),
    ("DHR", "medical device or batch record"),
    ("Quality System Regulation", "QMSR"),
)
CITATIONS = (
    ("21 CFR 820.30(j)", "ISO 13485:2016, Clause 7.3.10"),
    ("21 CFR 820.181", "ISO 13485:2016, Clause 4.2.3"),
    ("§ 820.184", "ISO 13485:2016, Clause 7.5.1"),
    ("21 CFR Part 820.100", "ISO 13485:2016, Clause 8.5.2"),
    ("820.75", "ISO 13485:2016, Clause 7.5.6"),
)
DELETED = "QSIT"
"""Stands in tracked deletions only."""

ROLES = (
    "the quality manager", "the project lead", "the production supervisor", "the design engineer", "the label room",
    "the receiving inspector", "the regulatory specialist", "the sterilization engineer", "the document controller",
)  # fmt: skip
THINGS = (
    "the drawing", "the incoming lot", "the test protocol", "the calibration label", "the work instruction",
    "the sterilization load", "the risk management file", "the supplier file", "the packaging specification",
    "the training matrix", "the traveler", "the sampling plan", "the change request", "the validation report",
)  # fmt: skip
VERBS = ("reviews", "approves", "signs", "files", "verifies", "returns", "labels", "measures", "compares", "releases")
WHEN = (
    "before the lot leaves the site", "within five working days", "at the end of each shift", "once a quarter",
    "as the quality management system requires", "after each change of the process", "when the supplier changes",
    "as ISO 13485:2016 asks", "unless the customer agrees otherwise", "in the electronic system",
    "in accordance with 21 CFR Part 820", "and the result is recorded", "with the date and the initials",
)  # fmt: skip
TOPICS = (
    "Purpose", "Scope", "Responsibilities", "Incoming inspection", "Design and development", "Purchasing",
    "Identification and traceability", "Process validation", "Control of records", "Calibration", "Labeling",
    "Complaint handling", "Corrective action", "Internal audit", "Training", "Management review", "Servicing",
)  # fmt: skip
LEGACY_TERM = (
    "The {} is kept by {}.", "{1} updates the {0} after each change.", "Copies of the {} are given to {}.",
    "Each {} is numbered and signed by {}.",
)  # fmt: skip
LEGACY_CITATION = ("{1} keeps these records to meet {0}.", "This step fulfills {} and is done by {}.")


class Hit(NamedTuple):
    """A planted phrase, what a current text says in its place, and a sentence around it."""

    legacy: str
    current: str
    sentence: str

    def text(self, clean: bool) -> str:
        """The sentence with one of the two."""
        return self.sentence.replace("\0", self.current if clean else self.legacy)


def sentence(rng: random.Random) -> str:
    """A sentence of a procedure without anything legacy."""
    role, verb, thing, when = rng.choice(ROLES), rng.choice(VERBS), rng.choice(THINGS), rng.choice(WHEN)
    return f"{role[0].upper()}{role[1:]} {verb} {thing} {when}."


def paragraph(rng: random.Random, sentences: int) -> str:
    """Some sentences."""
    return " ".join(sentence(rng) for _ in range(sentences))


def hit(rng: random.Random) -> Hit:
    """Something to plant."""
    term = rng.random() < 0.7
    legacy, current = rng.choice(TERMS if term else CITATIONS)
    words = rng.choice(LEGACY_TERM if term else LEGACY_CITATION).format("\0", rng.choice(ROLES))
    return Hit(legacy, current, words[0].upper() + words[1:])


# --- Markdown ---------------------------------------------------------------------------------------------------------


def markdown(rng: random.Random, number: int, size: int = 8_500, hits: int = MARKDOWN_HITS) -> tuple[str, list[str]]:
    """A procedure in Markdown of about `size` characters, and what was planted in it."""
    title = rng.choice(TOPICS)
    pieces = [f"---\ntitle: {title}\nnumber: SOP-{number:05}\n---\n", f"# SOP-{number:05} {title}\n"]
    planted = [hit(rng) for _ in range(hits)]
    waiting = list(planted)
    length, section = 0, 0
    while length < size:
        section += 1
        block = [f"## {section} {rng.choice(TOPICS)}\n", paragraph(rng, 4) + "\n"]
        if rng.random() < 0.6:
            block.append("\n".join(f"- {sentence(rng)}" for _ in range(rng.randint(2, 5))) + "\n")
        if rng.random() < 0.3:
            rows = "\n".join(f"| {n} | {sentence(rng)} | {rng.choice(ROLES)} |" for n in range(1, rng.randint(3, 6)))
            block.append(f"| Step | What | Who |\n| --- | --- | --- |\n{rows}\n")
        if rng.random() < 0.2:
            block.append(f"> Note: **{sentence(rng)}** See [the form](forms/F-{rng.randint(1, 400):03}.pdf).\n")
        if waiting and length > size * (len(planted) - len(waiting)) / (len(planted) + 1):
            found = waiting.pop()
            block.append(f"{sentence(rng)} {found.text(False)} {sentence(rng)}\n")
        pieces += block
        length += sum(len(piece) + 1 for piece in block)
    pieces += [found.text(False) + "\n" for found in waiting]
    return "\n".join(pieces), [found.legacy for found in planted]


def write_markdown(folder: Path, documents: int, seed: int = SEED) -> None:
    """Write so many Markdown procedures, a hundred to a folder, and their truth."""
    truth = {}
    for number in range(documents):
        text, planted = markdown(random.Random(f"{seed} markdown {number}"), number)
        name = f"site-{number // 100:03}/SOP-{number:05}.md"
        _write(folder / name, text.encode())
        truth[name] = {"planted": planted, "deleted": []}
    _write(folder.with_name(folder.name + ".truth.json"), json.dumps(truth, indent=0).encode())


# --- Word -------------------------------------------------------------------------------------------------------------

_LOOK = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="20"/><w:szCs w:val="20"/>'


def run(text: str, look: str = _LOOK, rsid: str = "00A77B3E") -> str:
    """A run as Word saves it: with the properties of its font and the mark of its editing session."""
    return f'<w:r w:rsidRPr="{rsid}"><w:rPr>{look}</w:rPr>{w.t(text)}</w:r>'


def words(rng: random.Random, text: str) -> str:
    """A text in runs as Word saves them after years of editing: broken at changes of spelling and session."""
    runs, at = [], 0
    while at < len(text):
        end = min(len(text), at + rng.randint(25, 140))
        runs.append(run(text[at:end], rsid=f"00{rng.randrange(16**6):06X}"))
        if rng.random() < 0.15:
            runs.append('<w:proofErr w:type="gramStart"/>')
        at = end
    return "".join(runs)


def block(content: str, style: str = "BodyText") -> str:
    """A paragraph with the properties that Word writes."""
    return (
        '<w:p w:rsidR="00C3554A" w:rsidRPr="00A77B3E" w:rsidRDefault="00C3554A" w:rsidP="005A6A90">'
        f'<w:pPr><w:pStyle w:val="{style}"/><w:spacing w:before="60" w:after="60"/><w:jc w:val="both"/>'
        f"<w:rPr>{_LOOK}</w:rPr></w:pPr>{content}</w:p>"
    )


def split(text: str, planted: str) -> str:
    """A text whose planted words are broken over runs, with marks between them."""
    before, _, after = text.partition(planted)
    middle = len(planted) // 2
    mark = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="77" w:name="_Hlk77"/><w:bookmarkEnd w:id="77"/>'
    return run(before) + run(planted[:middle]) + mark + run(planted[middle:]) + run(after)


def boxed(content: str) -> str:
    """A text box as Word saves it: in DrawingML, and again in VML for older versions."""
    drawing = (
        '<w:drawing><wp:anchor><wp:docPr id="5" name="Text Box 5"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing>"
    )
    vml = f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent></w:r>"
    )


class Draft:
    """A Word procedure in the making: the same twice, with the legacy words and with the current ones."""

    def __init__(self, rng: random.Random, clean: bool) -> None:
        self.rng = rng
        self.clean = clean
        self.planted: list[str] = []
        self.body: list[str] = []

    def plant(self, write: Callable[[str, str], str]) -> str:
        """One planted sentence as `write(text, planted words)` puts it."""
        found = hit(self.rng)
        self.planted.append(found.legacy)
        return write(found.text(self.clean), found.current if self.clean else found.legacy)

    def heading(self, number: int) -> None:
        """A numbered heading."""
        mark = f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:08}"/><w:bookmarkEnd w:id="{number}"/>'
        self.body.append(block(mark + run(self.rng.choice(TOPICS), "<w:b/>"), "Heading1"))

    def prose(self, paragraphs: int) -> None:
        """Paragraphs without anything legacy."""
        for _ in range(paragraphs):
            self.body.append(block(words(self.rng, paragraph(self.rng, self.rng.randint(3, 6)))))

    def table(self, rows: int, planted: int) -> None:
        """A table with planted sentences in its first rows."""
        cells = [w.tr(*(w.tc(block(run(name))) for name in ("Step", "What", "Who")), props="<w:tblHeader/>")]
        for number in range(rows):
            what = self.plant(lambda text, _: run(text)) if number < planted else words(self.rng, sentence(self.rng))
            cells.append(
                w.tr(*(w.tc(block(each)) for each in (run(str(number + 1)), what, run(self.rng.choice(ROLES)))))
            )
        self.body.append(w.tbl(*cells, props='<w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'))

    def changed(self) -> None:
        """A paragraph with a tracked deletion and a tracked insertion."""
        gone = "" if self.clean else w.deleted(f"The {DELETED} inspection manual is used. ")
        if self.clean:
            gone = w.deleted("The former form is used. ")
        self.body.append(block(run(sentence(self.rng) + " ") + gone + self.plant(lambda text, _: w.ins(run(text)))))


def word(seed: str, number: int, clean: bool, pages: int | None = None) -> tuple[bytes, list[str]]:
    """A Word procedure of 10 to 15 pages, and what was planted in it."""
    rng = random.Random(seed)
    draft = Draft(rng, clean)
    draft.body.append(w.p(w.field(' TOC \\o "1-3" \\h ', run("Contents"))))
    # 10 in the body, 4 split over runs, 2 inserted, 6 in tables, 1 in a text box, 1 in the header, 1 in the footer.
    for section in range(pages or rng.randint(10, 15)):
        draft.heading(section + 1)
        draft.prose(8)
        if section < 10:
            draft.body.append(block(draft.plant(lambda text, _: words(rng, text))))
        if section in (1, 3, 5, 7):
            draft.body.append(block(draft.plant(split)))
        if section in (2, 6):
            draft.changed()
        if section in (0, 4, 8):
            draft.table(8, 2)
        if section == 5:
            draft.body.append(block(draft.plant(lambda text, _: boxed(block(run(text)))) + run(sentence(rng))))
    header = block(run(f"SOP-{number:05}  Rev. C  ") + draft.plant(lambda text, _: run(text)))
    footer = block(draft.plant(lambda text, _: run(text)) + run("  Page ") + w.field(" PAGE ", run("1")))
    data = w.docx(
        "".join(draft.body),
        header=header,
        footer=footer,
        styles=_styles(),
        numbering=w.lists(("decimal", "%1"), ("decimal", "%1.%2")),
        core={"title": f"SOP-{number:05}", "subject": "Procedure"},
        parts=_furniture(),
    )
    return data, draft.planted


def _styles() -> str:
    """A style sheet of the size that Word writes: a hundred styles of which a document uses four."""
    latent = "".join(f'<w:lsdException w:name="Style {n}" w:uiPriority="99" w:qFormat="1"/>' for n in range(376))
    more = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="Custom{n}"><w:name w:val="Custom {n}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="120"/></w:pPr><w:rPr>{_LOOK}</w:rPr></w:style>'
        for n in range(60)
    )
    return f"<w:latentStyles>{latent}</w:latentStyles>" + w.heading_styles("Body Text", numbered=True) + more


def _furniture() -> dict[str, w.Part]:
    """The parts that Word adds to every document and that hold nothing to read."""
    office = "application/vnd.openxmlformats-officedocument"
    fonts = "".join(f'<w:font w:name="Font {n}"><w:panose1 w:val="020B0604020202020204"/></w:font>' for n in range(12))
    settings = "".join(f'<w:rsid w:val="00{n:06X}"/>' for n in range(300))
    theme = "".join(f'<a:srgbClr val="{n:06X}"/>' for n in range(250))
    return {
        "word/fontTable.xml": w.Part(
            w.part("fonts", fonts), "fontTable", "", f"{office}.wordprocessingml.fontTable+xml"
        ),
        "word/settings.xml": w.Part(
            w.part("settings", f"<w:rsids>{settings}</w:rsids>"),
            "settings",
            "",
            f"{office}.wordprocessingml.settings+xml",
        ),
        "word/theme/theme1.xml": w.Part(w.part("theme", theme), "theme", "", f"{office}.theme+xml"),
    }


def write_word(folder: Path, documents: int, clean: bool, seed: int = SEED) -> None:
    """Write so many Word procedures and their truth; the clean ones differ in the planted words only."""
    truth = {}
    for number in range(documents):
        data, planted = word(f"{seed} word {number}", number, clean)
        name = f"site-{number // 100:03}/SOP-{number:05}.docx"
        _write(folder / name, data)
        truth[name] = {"planted": [] if clean else planted, "deleted": [] if clean else [DELETED]}
    _write(folder.with_name(folder.name + ".truth.json"), json.dumps(truth, indent=0).encode())


def make(folder: Path, markdown_documents: int, word_documents: int, seed: int = SEED) -> Path:
    """The corpora under `folder`, made where they are not there yet."""
    folder = folder / f"seed-{seed}-{markdown_documents}-{word_documents}"
    done = folder / "complete"
    if not done.exists():
        write_markdown(folder / "markdown", markdown_documents, seed)
        write_word(folder / "word", word_documents, False, seed)
        write_word(folder / "word-clean", word_documents, True, seed)
        _write(done, b"")
    return folder


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def read_truth(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """For each document of a corpus: its name, the planted words, the words of deleted text."""
    truth = json.loads(folder.with_name(folder.name + ".truth.json").read_bytes())
    for name, entry in truth.items():
        yield name, entry["planted"], entry["deleted"]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--markdown", type=int, default=2000)
    parser.add_argument("--word", type=int, default=300)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    print(make(options.folder, options.markdown, options.word, options.seed))


if __name__ == "__main__":
    main()
