"""Contexts by rules: where each kind of legacy word is a finding, a note, or kept, and why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsr_lint import formats, proof, rules
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding

RULES = rules.load()
KINDS = {
    "term": ("Device Master Record", "DHF", "quality audit"),
    "name": ("Quality System Regulation",),
    "cite": ("21 CFR 820.30(j)", "21 CFR 820.198"),
    "program": ("QSIT",),
}

# context: the sentence (or lines of Markdown) with {} where the word stands; what becomes of it in each family
FINDING, NOTE, KEPT = "finding", "note", "kept"
TABLE = {
    "prose": ("The {} is used in this medical device procedure.", FINDING),
    "heading": ("# The {} of the medical device", FINDING),
    "cell": ("| Item | Owner |\n|---|---|\n| The {} of the medical device | QA |", FINDING),
    "list": ("- the {} of the medical device", FINDING),
    "definition": ("# Definitions\n\n{}: see the medical device procedure.", FINDING),
    "short quotation marks": ('The "{}" is used for the medical device.', FINDING),
    "slash in prose": ("The {}/Technical File of the medical device is kept.", FINDING),
    "supersedes another document": ("This medical device procedure supersedes SOP-12. Use the {} as before.", FINDING),
    "process arrow": ("Plan the medical device -> review -> update the {}.", FINDING),
    "dated requirement": ("Since 2012-05-01 each site shall keep the {} of the medical device.", FINDING),
    "quotation": ("> The {} of the medical device.", NOTE),
    "long quoted passage": (
        'The letter said "each manufacturer of a medical device shall keep {} at all of its sites at all times".',
        NOTE,
    ),
    "transition document": ("# QSR to QMSR gap analysis\n\nThe {} of the medical device.", NOTE),
    "old record": ("# Minutes of the quality meeting\n\nDate: 2019-03-04\n\nThe {} of the medical device.", NOTE),
    "formerly": ("The new wording (formerly {}) is used for the medical device.", KEPT),
    "previously known as": ("The medical device file, previously known as the {}, is kept.", KEPT),
    "now": ("The {} (now the medical device file) is kept.", KEPT),
    "was replaced": ("The {} was replaced on 2 February 2026 for every medical device.", KEPT),
    "arrow to current": ("{} → medical device file, ISO 13485:2016 Clause 4.2.3", KEPT),
    "former and current column": ("| Former | Current |\n|---|---|\n| {} | see ISO 13485:2016 |", KEPT),
    "old and new column": ("| Old term | New term |\n|---|---|\n| the {} | see ISO 13485:2016 |", KEPT),
    "revision table": (
        "| Rev | Date | Description of change |\n|---|---|---|\n| B | 2019-03-04 | Added the {} |",
        KEPT,
    ),
    "revision section": ("# Revision history\n\n- Rev B, 2019-03-04: added the {}", KEPT),
    "revision line": ("Rev. C, 2019-04-01: the {} was added for the medical device.", KEPT),
    "before the QMSR": ("Prior to February 2, 2026, the {} applied to the medical device.", KEPT),
    "until": ("Until 2026-02-01 the {} applied to the medical device.", KEPT),
    "dated statement": ("In March 2019 the {} was audited for the medical device.", KEPT),
    "inline code": ("The field `{}` of the medical device.", KEPT),
    "code block": ("```\nThe {} of the medical device\n```", KEPT),
}
FAMILIES = [(family, word) for family, words in KINDS.items() for word in words]


def found(text: str, path: str = "a.md") -> tuple[Finding, ...]:
    return lint(formats.read(text.encode(), path, Limits()), RULES)


def outcome(findings: list[Finding]) -> str:
    live = proof.live(findings)
    if not live:
        return KEPT if findings else "nothing"
    return NOTE if all(finding.severity == "note" for finding in live) else FINDING


@pytest.mark.parametrize("context", TABLE)
@pytest.mark.parametrize(("family", "word"), FAMILIES)
def test_context(context: str, family: str, word: str) -> None:
    template, expected = TABLE[context]
    own = [f for f in found(template.format(word)) if f.rule.startswith(family) and f.text.endswith(word[-3:])]
    assert outcome(own) == expected, [(f.text, f.context, f.suppressed) for f in own]
    for finding in own:
        assert finding.suppressed is None or finding.suppressed.reason


IDENTIFIERS = [
    "DHF-0012", "DHF-1.0", "FRM-DMR-003", "SOP-DHF", "DHF_v2.docx", "DHF.docx", "docs/DHF/index.md", "./DHF/plan",
    "https://qms.example.com/DHF/1", r"\\server\DHF\plan", "DMR-A-12", "dhf@example.com", "QSR-2024-07",
]  # fmt: skip


@pytest.mark.parametrize("token", IDENTIFIERS)
def test_identifier(token: str) -> None:
    assert proof.live(found(f"See {token} for the medical device.")) == []


WORDS = [
    "DHF/Technical File",
    "DMR/DHR/DHF",
    "DHF-related",
    "QSR-compliant",
    "(DHF)",
    "DHF.",
    "DHF,",
    "DHF\u2019s",
    "pre-DHF",
]


@pytest.mark.parametrize("token", WORDS)
def test_no_identifier(token: str) -> None:
    assert proof.live(found(f"The medical device has a {token} today"))


def test_the_title_of_another_document_is_found_and_never_edited() -> None:
    [finding] = proof.live(found("See QP-0015 Quality Audit Process for details."))
    assert (finding.context, finding.fix) == ("title", None)
    assert "retitle" in finding.message


@pytest.mark.parametrize("text", ["# SOP-019 Quality Audit", "SOP-019 Quality Audit\n\nThe purpose is stated."])
def test_its_own_title_is_the_document_s_to_edit(text: str) -> None:
    [finding] = proof.live(found(text))
    assert finding.context != "title"
    assert finding.fix is not None


def test_a_product_name_is_kept_and_a_qualified_term_is_not() -> None:
    name = "# Pocket DHF\n\nPocket DHF stores medical device files.\n\nInstall Pocket DHF first.\n"
    assert proof.live(found(name)) == []
    term = "# Project DHF\n\nThe Project DHF of the medical device.\n\nOpen the Project DHF.\n\nA Project DHF.\n"
    assert len(proof.live(found(term))) == 4


def test_a_document_that_only_has_a_revision_table_above_is_still_read() -> None:
    table = "| Rev | Date |\n|---|---|\n| A | 2020-01-01 |"
    text = f"# Revision history\n\n{table}\n\nThe DHF of the medical device is kept.\n"
    assert len(proof.live(found(text))) == 1


def test_a_claim_is_not_excused_by_a_word_about_the_past_elsewhere_in_it() -> None:
    text = "Until the QMSR takes effect, internal audit reports are exempt from FDA inspection.\n"
    assert "claim-qmsr-future" in [f.rule for f in proof.live(found(text))]


def test_a_claim_is_read_over_a_list() -> None:
    text = (
        "Records that FDA may not inspect:\n\n- internal audit reports\n- management review minutes\n- the org chart\n"
    )
    assert [f.text for f in proof.live(found(text)) if f.rule == "claim-records-exempt"] == [
        "internal audit",
        "management review",
    ]


BASE = """# 5 Design control

The DHF of the medical device is kept per 21 CFR 820.30(j).

| Item | Basis |
|---|---|
| DMR | 820.181 |
| DMR | 820.181 |

## 5.1 Records

Internal audit reports are exempt from FDA inspection. The quality audit is yearly.

The DHF is approved.
"""
ADDED = [
    "The weather is fine.",
    "# A new heading",
    "The QSR is named.",
    "- an item",
    "See 21 CFR 820.22.",
    "The DHF again.",
]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 6), st.sampled_from(ADDED))
def test_a_paragraph_added_anywhere_leaves_other_fingerprints_unchanged(gap: int, added: str) -> None:
    before = {f.fingerprint for f in found(BASE)}
    gaps = [at + 2 for at in range(len(BASE)) if BASE.startswith("\n\n", at)]
    at = [0, *gaps, len(BASE)][gap]
    after = {f.fingerprint for f in found(BASE[:at] + added + "\n\n" + BASE[at:])}
    assert before <= after


def test_fingerprints_are_unique_in_a_document() -> None:
    prints = [f.fingerprint for f in found(BASE)]
    assert len(prints) == len(set(prints)) > 8
