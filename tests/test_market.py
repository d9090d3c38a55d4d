"""What the market changes, over one set of documents, exactly as docs/markets.md says."""

import pytest

from qmsr_lint import formats, proof, rules
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding
from qmsr_lint.rules import Settings

DOCUMENTS = {
    "SOP-301.md": """# Complaint Handling

A complaint is any written, electronic or oral communication that alleges a deficiency. Trends feed post-market
surveillance. Records hold what 21 CFR 820.198(e) lists. An MDR is due within two days.
""",
    "SOP-302.md": """# Control of Records

The system complies with 21 CFR Part 820. Records hold what 820.35(a) lists, are legible, indexed and retrievable, hold
no patient data, and are kept for the lifetime of the device and two years at least. The DHF is kept by the engineer.
""",
    "SOP-303.md": """# Technical Documentation and Labelling

The labelling and the technical documentation follow Annexes I and II of the MDR, Regulation (EU) 2017/745. The medical
device file stands beside the technical documentation. Serious incidents are reported under vigilance to the competent
authority. Safety and performance are shown in the PSUR. The notified body audits the ISO 13485 certificate each year.
""",
}
BOTH = {"cite-removed", "term-dhf"}
DUAL = {"gap-market-mdr", "gap-market-vigilance"}


def found(market: str) -> list[Finding]:
    settings = Settings(market=market, gap=True)  # type: ignore[arg-type]
    ruleset = rules.load(settings)
    return [
        finding
        for name, text in DOCUMENTS.items()
        for finding in lint(formats.read(text.encode(), name, Limits()), ruleset)
    ]


def ids(market: str) -> set[str]:
    return {finding.rule for finding in found(market)}


def fda_only(ruleset: rules.RuleSet) -> set[str]:
    return {rule.id for rule in ruleset.rules.values() if rule.kind == "gap" and "eu" not in (rule.markets or ("eu",))}


def test_dual_differs_from_us_by_what_two_markets_confuse() -> None:
    assert ids("dual") == ids("us") | DUAL
    assert ids("us") >= BOTH


def test_eu_asks_for_no_addition_of_fda() -> None:
    additions = fda_only(rules.load(Settings(gap=True)))
    assert additions & ids("us")
    assert ids("eu") == (ids("us") - additions) | {"cite-part-820-scope"}


def test_in_the_eu_each_citation_of_part_820_is_a_note_that_asks() -> None:
    cited = [finding for finding in found("eu") if finding.rule.startswith("cite-")]
    assert sorted(finding.text for finding in cited) == ["21 CFR 820.198(e)", "21 CFR Part 820", "820.35(a)"]
    assert {finding.severity for finding in cited} == {"note"}
    assert all("in scope of part 820?" in finding.message and finding.fix is None for finding in cited)


def test_elsewhere_a_dead_citation_is_an_error_and_a_live_one_is_silent() -> None:
    for market in ("us", "dual"):
        cited = [finding for finding in found(market) if finding.rule.startswith("cite-")]
        assert [(finding.text, finding.severity) for finding in cited] == [("21 CFR 820.198(e)", "error")]


@pytest.mark.parametrize("market", ["us", "eu", "dual"])
def test_the_words_of_the_eu_are_never_legacy(market: str) -> None:
    ruleset = rules.load(Settings(market=market))  # type: ignore[arg-type]
    document = formats.read(DOCUMENTS["SOP-303.md"].encode(), "SOP-303.md", Limits())
    assert lint(document, ruleset) == ()


@pytest.mark.parametrize("market", ["us", "eu", "dual"])
def test_certification_is_never_demanded(market: str) -> None:
    ruleset = rules.load(Settings(market=market, gap=True))  # type: ignore[arg-type]
    own = [rule for rule in ruleset.rules.values() if rule.kind == "gap"]
    assert [rule.id for rule in own if "certif" in rule.message.lower()] == []


@pytest.mark.parametrize("market", ["eu", "dual"])
def test_the_examples_of_market_rules_hold(market: str) -> None:
    ruleset = rules.load(Settings(market=market, gap=True))  # type: ignore[arg-type]
    own = [rule for rule in ruleset.rules.values() if rule.id in (*DUAL, "cite-part-820-scope")]
    assert own
    assert list(proof.check(own, ruleset)) == []
    assert list(proof.faults(own, ruleset)) == []
