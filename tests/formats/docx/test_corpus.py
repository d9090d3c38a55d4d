"""Every file of a corpus of odd Word files: read or refused with a reason, and no visible word lost or doubled."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from shared import SHARED

from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.read import Reading, load
from qmsr_lint.formats.docx.styles import StyleSheet
from qmsr_lint.formats.docx.text import W

CORPUS = SHARED / "corpus" / "docx"
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file())
pytestmark = pytest.mark.skipif(not FILES, reason=f"no corpus of Word files at {CORPUS}")

STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOT_SHOWN = {"del", "moveFrom", "Fallback", "rt"}


@pytest.fixture(scope="module")
def readings() -> dict[Path, Reading | Unreadable]:
    found: dict[Path, Reading | Unreadable] = {}
    for path in FILES:
        try:
            found[path] = load(path.read_bytes(), path.name)
        except Unreadable as error:
            found[path] = error
    return found


def local(el: etree._Element) -> str:
    return el.tag.rpartition("}")[2] if isinstance(el.tag, str) else ""


def hides_by_style(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(b":vanish" in archive.read(name) for name in archive.namelist() if name.endswith("styles.xml"))


def expected(data: bytes) -> Counter[str]:
    """The w:t of a part that are shown, found with nothing but the names of what is around them."""
    texts: Counter[str] = Counter()
    for el in etree.fromstring(data).iter():
        if local(el) == "t" and "wordprocessingml" in el.tag and el.text:
            run = el.getparent()
            hidden = run is not None and any(
                local(prop) == "vanish" for props in run if local(props) == "rPr" for prop in props
            )
            if not hidden and not any(local(around) in NOT_SHOWN for around in el.iterancestors()):
                texts[el.text] += 1
    return texts


def test_each_file_is_read_or_refused(readings: dict[Path, Reading | Unreadable]) -> None:
    refused = [result for result in readings.values() if isinstance(result, Unreadable)]
    assert len(readings) == len(FILES)
    assert all(str(error) for error in refused)
    assert len(refused) < 0.05 * len(FILES)


def test_no_visible_text_is_lost_or_read_twice(readings: dict[Path, Reading | Unreadable]) -> None:
    compared = 0
    for path, reading in readings.items():
        if isinstance(reading, Unreadable):
            continue
        data = path.read_bytes()
        for part in {source.part for source in reading.sources if source.paragraph is not None}:
            ours = Counter(
                piece[1]
                for source in reading.sources
                if source.part == part and source.paragraph is not None
                for piece in source.paragraph.pieces
                if piece[0].tag.endswith("/main}t")
            )
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                name = next(name for name in archive.namelist() if name.lower() == part.lower())
                theirs = expected(archive.read(name))
            assert not ours - theirs, (path.name, part)
            assert not theirs - ours or hides_by_style(data), (path.name, part)
            compared += theirs.total()
    assert compared > 40_000


def test_blocks_are_the_text_and_marks_lie_in_it(readings: dict[Path, Reading | Unreadable]) -> None:
    for path, reading in readings.items():
        if not isinstance(reading, Unreadable):
            document = reading.document
            end = -1
            for block, source in zip(document.blocks, reading.sources, strict=True):
                assert block.start == end + 1, path.name
                end = block.end
                if source.paragraph is not None:
                    assert document.text[block.start : block.end] == source.paragraph.text.replace("\u2029", "\n")
            assert end == len(document.text) or not document.blocks
            assert all(0 <= mark.start <= mark.end <= len(document.text) for mark in document.marks)


def test_styles_found_in_a_large_part_are_those_of_the_parsed_one() -> None:
    compared = 0
    for path in FILES:
        if not zipfile.is_zipfile(path):
            continue
        with zipfile.ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if name == "word/styles.xml"]
            data = archive.read(parts[0]).replace(STRICT, TRANSITIONAL) if parts else b""
        if data:
            fast, full = StyleSheet(data, large=0), StyleSheet(data, large=10**9)
            ids = [el.get(f"{W}styleId", "") for el in etree.fromstring(data).iter(f"{W}style")]
            assert fast.default == full.default, path.name
            assert [fast.style(id_) for id_ in ids] == [full.style(id_) for id_ in ids], path.name
            compared += len(ids)
    assert compared > 5_000
