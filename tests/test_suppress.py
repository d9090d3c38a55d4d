"""Suppressions in a document: how far they reach, what they need, and what is said of those that do not hold."""

import docxmaker as d
import pytest
from builders import finding

from qmsr_lint import formats, rules
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Block, Document, Finding, Mark, Place
from qmsr_lint.suppress import apply

RULES = rules.load(rules.Settings(today="2026-06-30"))
WHY = 'reason="the record\'s own title"'


def found(data: str | bytes, path: str = "a.md") -> list[Finding]:
    return list(lint(formats.read(data.encode() if isinstance(data, str) else data, path, Limits()), RULES))


def live(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in findings if f.suppressed is None]


BODY = """# One

The DHF is here.
The QSIT is here. {inline}

{before}

The DMR is here.

## One point one

The DHR of the device is here.

# Two

The DHF stays.
"""


def markdown(*, inline: str = "", before: str = "") -> list[tuple[str, str]]:
    return live(found(BODY.format(inline=inline, before=before)))


ALL = markdown()


def test_a_rule_that_does_not_exist_is_said_to_with_the_nearest() -> None:
    findings = found('The DHF is here. <!-- qmsr-lint: ignore term-dfh reason="x" -->')
    assert [f.rule for f in findings if f.suppressed is None] == ["term-dhf", "suppression-unused"]
    assert "no rule 'term-dfh' is in force; did you mean 'term-dhf'" in findings[-1].message
    findings = found('Nothing is here. <!-- qmsr-lint: ignore term-dhf, cite reason="x" -->')
    assert [f.message for f in findings] == ["A suppression covers no finding: nothing here needs it. Take it out."]


def test_what_begins_where_the_words_of_a_comment_end_is_live() -> None:
    text = "The DHF-DMR is kept."
    block = Block(0, len(text), "paragraph", Place("body"))
    mark = Mark("comment", 0, 8, f"qmsr-lint: ignore {WHY}")
    document = Document("a.docx", "docx", text, (block,), (mark,))
    findings = [finding(text="DHF", start=4, end=7), finding(text="DMR", start=8, end=11)]
    after, faulty = apply(document, findings, "2026-06-30")
    assert ([each.suppressed is None for each in after], faulty) == ([False, True], [])


def test_without_one_all_are_live() -> None:
    assert [text for _, text in ALL] == ["DHF", "QSIT", "DMR", "DHR", "DHF"]


@pytest.mark.parametrize(
    ("where", "scope", "gone"),
    [
        ("inline", "ignore", ["DHF", "QSIT"]),
        ("inline", "ignore-block", ["DHF", "QSIT"]),
        ("inline", "ignore-line", ["QSIT"]),
        ("before", "ignore", ["DMR"]),
        ("before", "ignore-block", ["DMR"]),
        ("before", "ignore-section", ["DMR", "DHR"]),
        ("before", "ignore-file", ["DHF", "QSIT", "DMR", "DHR", "DHF"]),
    ],
)
def test_how_far_it_reaches_in_markdown(where: str, scope: str, gone: list[str]) -> None:
    left = [text for _, text in markdown(**{where: f"<!-- qmsr-lint: {scope} {WHY} -->"})]
    expected = [text for _, text in ALL]
    for text in gone:
        expected.remove(text)
    assert left == expected


def test_it_names_rules_or_families() -> None:
    assert [text for _, text in markdown(inline=f"<!-- qmsr-lint: ignore program-qsit {WHY} -->")][:2] == ["DHF", "DMR"]
    assert [text for _, text in markdown(inline=f"<!-- qmsr-lint: ignore term {WHY} -->")][:2] == ["QSIT", "DMR"]


def test_what_is_suppressed_is_kept_with_who_and_why() -> None:
    text = f'The DHF is here. <!-- qmsr-lint: ignore term-dhf {WHY} until=2027-06-30 by="A. Jones" -->\n'
    [finding] = found(text)
    assert finding.suppressed is not None
    assert (finding.suppressed.by, finding.suppressed.reason) == ("inline", "the record's own title (by A. Jones)")


@pytest.mark.parametrize(
    ("comment", "rule"),
    [
        ("qmsr-lint: ignore term-dhf", "suppression-incomplete"),
        ('qmsr-lint: ignore term-dhf reason=""', "suppression-incomplete"),
        (f"qmsr-lint: ignore term-dhf {WHY} until=2026-13", "suppression-incomplete"),
        (f"qmsr-lint: ignore term-dhf {WHY} due=2027-01-01", "suppression-incomplete"),
        (f"qmsr-lint: ignored term-dhf {WHY}", "suppression-incomplete"),
        (f"qmsr-lint: ignore term-dhf {WHY} until=2026-06-29", "suppression-expired"),
    ],
)
def test_one_that_does_not_hold_silences_nothing_and_is_reported(comment: str, rule: str) -> None:
    assert {f[0] for f in live(found(f"The DHF is here. <!-- {comment} -->\n"))} == {"term-dhf", rule}


def test_it_holds_on_its_last_day() -> None:
    assert live(found(f"The DHF is here. <!-- qmsr-lint: ignore term-dhf {WHY} until=2026-06-30 -->\n")) == []


def test_one_that_nothing_needs_is_reported_where_it_stands() -> None:
    text = f"All is well.\n\nStill well. <!-- qmsr-lint: ignore term-dhf {WHY} -->\n"
    [finding] = found(text)
    assert (finding.rule, finding.severity) == ("suppression-unused", "note")
    assert finding.position is not None
    assert finding.position.line == 3


def test_a_word_comment_covers_the_text_it_is_anchored_on() -> None:
    words = f"qmsr-lint: ignore term-dhf {WHY}"
    body = d.p(d.r("The "), d.commented(d.r("DHF")), d.r(" and the DHF of the device."))
    assert live(found(d.docx(body, comments=[d.p(d.r(words))]), "a.docx")) == [("term-dhf", "DHF")]


def test_a_word_comment_can_cover_its_section() -> None:
    words = f"qmsr-lint: ignore-section term-dhf {WHY}"
    body = d.p(d.commented(d.r("One")), style="Heading1") + d.p(d.r("The DHF.")) + d.p(d.r("Two"), style="Heading1")
    data = d.docx(body + d.p(d.r("A DHF.")), comments=[d.p(d.r(words))], styles=d.heading_styles())
    assert live(found(data, "a.docx")) == [("term-dhf", "DHF")]


def test_the_words_of_a_word_comment_are_no_findings_themselves() -> None:
    words = 'qmsr-lint: ignore term-dhf reason="the DHF and the QSIT keep their names here"'
    body = d.p(d.commented(d.r("The DHF of the device.")))
    assert live(found(d.docx(body, comments=[d.p(d.r(words))]), "a.docx")) == []


def test_a_bookmark_covers_its_range() -> None:
    body = d.p(d.bookmarked(d.r("The DHF"), "qmsr_ignore_title"), d.r(" and the DMR of the device."))
    findings = found(d.docx(body), "a.docx")
    assert live(findings) == [("term-dmr", "DMR")]
    assert [f.suppressed.reason for f in findings if f.suppressed] == ["bookmark qmsr_ignore_title"]


def test_another_bookmark_covers_nothing() -> None:
    body = d.p(d.bookmarked(d.r("The DHF"), "title"))
    assert live(found(d.docx(body), "a.docx")) == [("term-dhf", "DHF")]


@pytest.mark.parametrize(
    "comment",
    [
        'Qmsr-lint: ignore term-dhf reason="x"',
        'QMSR-LINT: Ignore TERM-DHF Reason="x"',
        'qmsr\u2011lint: ignore term\u2011dhf reason="x"',
        'qmsr-lint: ignore\u2011block term-dhf reason="x"',
    ],
)
def test_it_holds_as_a_word_processor_changes_it(comment: str) -> None:
    assert live(found(f"<!-- {comment} -->\nThe DHF is kept.\n")) == []


def test_one_without_its_colon_is_reported() -> None:
    reported = live(found(f"<!-- qmsr-lint ignore term-dhf {WHY} -->\nThe DHF is kept.\n"))
    assert {rule for rule, _ in reported} == {"term-dhf", "suppression-incomplete"}


@pytest.mark.parametrize("comment", ["qmsr-lint ignores this", "we use qmsr-lint here", "[qmsr-lint term-dhf] is gone"])
def test_other_words_about_the_tool_are_none(comment: str) -> None:
    assert {rule for rule, _ in live(found(f"<!-- {comment} -->\nThe DHF is kept.\n"))} == {"term-dhf"}
