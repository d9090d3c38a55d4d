"""Edits of Markdown files: what is edited reads right, and nothing else moves."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
import wrappers
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsr_lint import rules
from qmsr_lint.edits import changed, plan
from qmsr_lint.formats.docx.read import read as read_docx
from qmsr_lint.formats.markdown import read
from qmsr_lint.formats.markdown.edit import edit
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.model import Change, Edit
from qmsr_lint.rules import RuleSet

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load(rules.Settings(today="2026-06-30"))


def fixed(data: bytes, ruleset: RuleSet) -> tuple[bytes, str, list[str]]:
    """The edited file, the text it should have, and why edits were refused."""
    document = read(data, "a.md", DEFAULT)
    planned = plan(document, lint(document, ruleset), ruleset, unsafe=True)
    after, outcomes = edit(document, [each.edit for each in planned])
    pairs = list(zip(planned, outcomes, strict=True))
    changes = sorted(change for each, outcome in pairs if outcome.made for change in each.edit.changes)
    return after, changed(document.text, changes), [outcome.reason for _, outcome in pairs if outcome.reason]


def squeezed(text: str) -> list[str]:
    return [" ".join(block.split()) for block in text.split("\u2029")]


def test_every_example_of_every_rule(ruleset: RuleSet) -> None:
    for rule in ruleset.rules.values():
        for example in rule.flag:
            _, data = wrappers.markdown(example.text)
            after, expected, refused = fixed(data, ruleset)
            assert refused == [], (rule.id, example.text)
            assert squeezed(read(after, "a.md", DEFAULT).text) == squeezed(expected), (rule.id, example.text)
            assert fixed(after, ruleset)[0] == after, (rule.id, example.text)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "fixtures").glob("*/*.md")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_fixtures(path: Path, ruleset: RuleSet) -> None:
    if path.parent.name == "malformed":
        return
    data = path.read_bytes()
    after, expected, refused = fixed(data, ruleset)
    assert refused == []
    assert squeezed(read(after, "a.md", DEFAULT).text) == squeezed(expected)
    assert fixed(after, ruleset)[0] == after


BUSY = """\ufeff---
title: Records of *the* device
---
# Records of the **device**\r
\r
The *first* record, and `code` too, stands in\r
a [second **line**](x.md "title") &amp; ends.\\
Third.

- item one
  goes on
  > quoted here

| A **b** | c\\|d |
|---|---|
| e f | <b>g</b> h |

<p>HTML words <i>here</i></p>
"""


@settings(max_examples=150)
@given(st.data())
def test_any_change_reads_right_or_is_refused(data: st.DataObject) -> None:
    source = BUSY.encode()
    document = read(source, "a.md", DEFAULT)
    block = data.draw(st.sampled_from([block for block in document.blocks if block.end - block.start > 3]))
    at = sorted(data.draw(st.sets(st.integers(block.start, block.end), min_size=2, max_size=4)))
    words = data.draw(st.sampled_from(["new", "a_b *c*", "x|y", "<b>", "two words"]))
    edits = [Edit(a, b, (Change(a, b, words),)) for a, b in zip(at[::2], at[1::2], strict=False)]
    after, outcomes = edit(document, edits)
    made = [each.changes[0] for each, outcome in zip(edits, outcomes, strict=True) if outcome.made]
    assert squeezed(read(after, "a.md", DEFAULT).text) == squeezed(changed(document.text, made))
    if not made:
        assert after == source
    outside = position_of_first_change(source.decode(), after.decode())
    assert outside >= min((document.position(a, b).line for a, b, _ in made), default=1) - 1  # type: ignore[misc]


def position_of_first_change(before: str, after: str) -> int:
    """The line, from 0, in which two texts begin to differ."""
    match = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()[0]
    return before[: match.size if match.a == match.b == 0 else 0].count("\n")


def test_a_word_document_has_no_source() -> None:
    from docxmaker import docx, p, r

    with pytest.raises(TypeError):
        edit(read_docx(docx(p(r("x"))), "a.docx"), [])
