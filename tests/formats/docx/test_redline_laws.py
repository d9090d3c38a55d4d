"""Laws of redlines, over every example of every rule in every place, over fixtures, and over planted odd files."""

import io
import random
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import redline_oracle as oracle
import wrappers
from docxmaker import docx, p, r
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from shared import SHARED

from qmsr_lint import rules
from qmsr_lint.edits import changed, plan
from qmsr_lint.errors import Unreadable
from qmsr_lint.formats.docx.read import load
from qmsr_lint.formats.docx.readback import verify
from qmsr_lint.formats.docx.redline import Redline, Stamp, redline
from qmsr_lint.lint import lint
from qmsr_lint.model import Change, Edit
from qmsr_lint.rules import RuleSet

ROOT = Path(__file__).resolve().parents[3]
CORPUS = SHARED / "corpus" / "docx"
AUTHOR = "A. Fixer"
STAMP = Stamp(AUTHOR, "AF", "2026-02-02T09:00:00Z")


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(rules.Settings(today="2026-06-30"))


def fix(data: bytes, ruleset: RuleSet) -> tuple[Redline, list[Change], int]:
    """The redline of everything that can be fixed in a file, the changes made, and how many edits were refused."""
    reading = load(data, "a.docx")
    planned = plan(reading.document, lint(reading.document, ruleset), ruleset, unsafe=True)
    after = redline(reading, [each.edit for each in planned], STAMP)
    pairs = list(zip(planned, after.outcomes, strict=True))
    made = [change for each, outcome in pairs if outcome.made for change in each.edit.changes]
    assert verify(reading, made, after) == ""
    return after, made, sum(bool(each.edit.changes) and not outcome.made for each, outcome in pairs)


def assert_lawful(data: bytes, ruleset: RuleSet) -> tuple[Redline, int]:
    after, made, refused = fix(data, ruleset)
    if not after.parts:
        assert after.data is data
        return after, refused
    accepted = oracle.settle(after.data, AUTHOR, accept=True)
    rejected = oracle.settle(after.data, AUTHOR, accept=False)
    assert oracle.paragraphs(rejected) == oracle.paragraphs(data)
    expected = changed(load(data, "a.docx").document.text, sorted(made))
    assert load(accepted, "a.docx").document.text == expected
    before = {name: (record, packed) for name, record, packed in oracle.raw_entries(data)}
    now = oracle.raw_entries(after.data)
    assert [name for name, _, _ in now][: len(before)] == list(before)
    assert {name for name, record, packed in now if before.get(name) != (record, packed)} == after.parts
    ids, old = oracle.ids(after.data), oracle.ids(data)
    for kind, numbers in ids.items():
        repeated = Counter(numbers) - Counter(set(numbers))
        assert not repeated - (Counter(old[kind]) - Counter(set(old[kind]))), (kind, repeated)
    return after, refused


@pytest.mark.parametrize("wrapper", [*wrappers.WORD, *wrappers.ELSEWHERE])
def test_every_example_of_every_rule(wrapper: str, ruleset: RuleSet) -> None:
    makers = {**wrappers.WORD, **wrappers.ELSEWHERE}
    done = 0
    for rule in ruleset.rules.values():
        for example in rule.flag:
            _, data = makers[wrapper](example.text)
            after, refused = assert_lawful(data, ruleset)
            if wrapper == "tracked insertion":
                assert after.data == data or "<w:ins" not in str(after.outcomes)
                continue
            assert refused == 0, (rule.id, example.text)
            done += bool(after.parts)
            again = oracle.settle(after.data, AUTHOR, accept=True)
            assert fix(again, ruleset)[1] == [], (rule.id, example.text)
            assert fix(after.data, ruleset)[0].data == after.data, (rule.id, example.text)
    assert done or wrapper == "tracked insertion"


FOLDERS = ("flagged", "clean", "redline")
FIXTURES = sorted(path for folder in FOLDERS for path in (ROOT / "fixtures" / folder).glob("*.doc[xm]"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixtures(path: Path, ruleset: RuleSet) -> None:
    data = path.read_bytes()
    after, _ = assert_lawful(data, ruleset)
    assert fix(after.data, ruleset)[0].data == after.data
    accepted = load(oracle.settle(after.data, AUTHOR, accept=True), "a.docx").document
    live = [finding for finding in lint(accepted, ruleset) if finding.suppressed is None]
    assert len(live) == sum(not outcome.made for outcome in after.outcomes)


READ_BY_A_PERSON = sorted((ROOT / "fixtures" / "redline").glob("*.accepted.txt"))


@pytest.mark.parametrize("path", READ_BY_A_PERSON, ids=lambda path: path.name)
def test_an_accepted_redline_reads_as_a_person_found_right(path: Path, ruleset: RuleSet) -> None:
    data = path.with_name(path.name.replace(".accepted.txt", ".docx")).read_bytes()
    after, _ = assert_lawful(data, ruleset)
    text = load(oracle.settle(after.data, AUTHOR, accept=True), "a.docx").document.text
    assert text.split("\u2029") == path.read_text(encoding="utf-8").splitlines()


@settings(max_examples=60)
@given(st.text("ab \t\u00e9<&\u2011", min_size=1, max_size=40), st.data())
def test_any_change_of_any_range(words: str, data: st.DataObject) -> None:
    """Whatever is replaced, over whatever runs, both readings are right and the first run's formatting is kept."""
    cuts = sorted({0, len(words), *data.draw(st.lists(st.integers(0, len(words)), max_size=5))})
    runs = [r(words[a:b], f'<w:sz w:val="{n + 1}"/>') for n, (a, b) in enumerate(pairwise(cuts))]
    file = docx(p(*runs))
    reading = load(file, "a.docx")
    at = sorted(data.draw(st.sets(st.integers(0, len(words)), min_size=2, max_size=6)))
    ranges = list(zip(at[::2], at[1::2], strict=False))
    edits = [Edit(a, b, (Change(a, b, f"new{n}"),), "c" if n % 2 else "") for n, (a, b) in enumerate(ranges)]
    after = redline(reading, edits, STAMP)
    assert all(outcome.made for outcome in after.outcomes)
    made = [edit.changes[0] for edit in edits]
    assert verify(reading, made, after) == ""
    assert oracle.paragraphs(oracle.settle(after.data, AUTHOR, accept=False)) == [words]
    assert oracle.paragraphs(oracle.settle(after.data, AUTHOR, accept=True)) == [changed(words, made)]
    xml = oracle.entries(after.data)["word/document.xml"].decode()
    for n, (a, _) in enumerate(ranges):
        first = next(number for number, cut in enumerate(cuts[1:], 1) if a < cut)
        assert f'<w:r><w:rPr><w:sz w:val="{first}"/></w:rPr><w:t xml:space="preserve">new{n}<' in xml


TERMS = [
    " The DHF is kept.", " a quality audit", " See 21 CFR 820.30(j).", " the QS reg applies",
    " management with executive responsibility decides", " the Quality System Regulation (QSR)",
]  # fmt: skip


def plant(data: bytes, number: int) -> bytes:
    """The file with legacy terms put behind some of its texts, always the same ones."""
    chance = random.Random(number)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if oracle.is_story(info.filename) and "comments" not in info.filename and content.strip():
                root = etree.fromstring(content)
                texts = [el for el in root.iter("{*}t") if "wordprocessingml" in str(el.tag) and el.text]
                for el in chance.sample(texts, min(len(texts), 8)):
                    el.text = str(el.text) + chance.choice(TERMS)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(info, content)
    return out.getvalue()


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus of Word files at {CORPUS}")
@pytest.mark.parametrize("share", range(8))
def test_odd_files_with_planted_terms(share: int, ruleset: RuleSet) -> None:
    made = refused = 0
    for number, path in enumerate(sorted(path for path in CORPUS.rglob("*") if path.is_file())):
        if number % 8 != share:
            continue
        try:
            data = path.read_bytes()
            load(data, path.name)
            planted = plant(data, number)
            after, _ = assert_lawful(planted, ruleset)
            made += len(after.outcomes)
        except Unreadable as reason:
            refused += 1
            assert str(reason), path.name
    assert made > 200
    assert refused < 5
