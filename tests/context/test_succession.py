"""What is said to have taken the place of a section: true, it is a mapping; wrong, the error stays unhidden."""

import pytest
from linted import found, table

from qmsr_lint import proof
from qmsr_lint.model import Finding


def old(text: str) -> list[Finding]:
    """The findings in a text, suppressed ones as well, but for those that judge a sentence as a whole."""
    return [finding for finding in found(text) if not finding.rule.startswith("migration")]


LIVE = [
    "The audit covers everything from 820.20 to 820.25.",
    "The binders went from shelf 3 to the vault, as 820.180 asks.",
    "Audits are now done under 820.22.",
    "820.22 is now applied at all sites.",
    "The 820.22 audit is now in week 40.",
    "820.22 is now section 5.3 of this manual.",
    "820.25(b) is not in our training plan.",
    "820.50 applies to what 7.4 covers.",
    "820.25(b) and ISO 13485 Clause 6.2 apply to training.",
    "Audits per 820.22 are now covered by Clause 8.2.4.",
    "Records of 820.180 are moved to the archive.",
    "Verify that procedures cite 21 CFR 820.30.",
    "Verify that no lot is shipped before the check of 820.80(d).",
    "Does the procedure reference 21 CFR 820.30?",
    "Is 820.72 still met by the laboratory?",
    "No procedure may be released unless it cites 820.40.",
    "No procedure cites 820.30 without naming the phase.",
    "The DHF is now kept in the PLM.",
    "The DHR is now a paper record.",
    "The DMR has become large and was moved to the vault.",
    "The DHF is now part of the technical documentation.",
    "Change the DMR as described in Clause 7.3.9.",
]


@pytest.mark.parametrize("text", LIVE)
def test_what_is_done_today_is_no_succession(text: str) -> None:
    findings = [finding for finding in proof.live(found(text)) if finding.severity != "note"]
    assert findings
    assert not any("put the sentence right" in finding.message for finding in findings)


TRUE = [
    'The term "complaint" has moved from 820.3(b) to ISO 13485:2016, 3.4; "component" from 820.3(c) to 820.3(a).',
    "820.30(j) went to 7.3.10; 'UDI' from 820.3(cc) to 21 CFR 801.3.",
    "The exception of 820.180(c) was not carried over.",
    "820.180(c) was not retained in the QMSR.",
    "820.180(c) and 820.1(e) have not been taken over into ISO 13485.",
    "820.22 was not carried over into part 820.",
    "There is no equivalent of 820.100 in Part 820.",
    "820.250 has no counterpart in Part 820.",
    "820.180(c) has no counterpart in the QMSR.",
    "820.180(c) has no equivalent in ISO 13485 or the QMSR.",
    "There is no counterpart to 820.180(c) in the QMSR.",
    "There is no counterpart of the exceptions in 820.180(c) in the QMSR.",
    "The QMSR contains no equivalent of 820.180(c).",
    "ISO 13485 has no equivalent of 820.1(e).",
    "820.3(t) is now ISO 9000:2015 3.13.1 and Clause 8.2.4.",
    "820.30(j) maps to 7.3.10.",
    "21 CFR 820.180(a) is now 21 CFR 820.35(d).",
    "21 CFR 820.180(a) has been renumbered 21 CFR 820.35(d).",
    "21 CFR 820.180(a) was redesignated as 820.35(d).",
    "820.1(e) => 820.1(d)",
    "820.1(e) [today 820.1(d)]",
    "820.1(e), today 820.1(d)",
    "820.1(e) was renumbered 820.1(d).",
    "The definition of component lost its letter: 820.3(c) is now in 820.3(a).",
    "820.3(l) and 820.3(w) have become unlettered definitions in 820.3(a).",
    "The provision moved from 820.180(a) to 820.35(d).",
    "From 820.1(e) to 820.1(d).",
    "The list moved from 820.30(a)(2)(ii) to 820.10(c)(2).",
    "820.198(e)(8) is now 820.35(a)(7).",
    "Clause 7.4 covers what 820.50 covered.",
    "What 820.86 required is today in Clause 7.5.8.",
    "820.25(b) gave way to Clause 6.2.",
    "Clause 6.2 is the successor of 820.25(b).",
    "Citations of 820.72 must be replaced by Clause 7.6.",
    "820.22 was less detailed than Clause 8.2.4.",
    "The saving clause (now 820.1(d)) was 820.1(e).",
    "The new home of 820.22 is Clause 8.2.4 of ISO 13485:2016.",
    "820.22 (quality audit) lives on in Clause 8.2.4.",
    "820.25(b) is not in today's part 820.",
    "820.50 has no counterpart in today's part 820.",
    "820.25(b) cannot be cited any longer.",
    "Verify that no procedure cites 21 CFR 820.30.",
    "Is 820.72 still cited in any procedure?",
    "Does any form still refer to 820.184?",
    "820.1(c) is now 820.10(e).",
    "Clause 8.2.4 (formerly 820.22)",
    "In place of 820.22, Clause 8.2.4 applies.",
    "The quality manual maps 820.22 to Clause 8.2.4.",
    "CP 7382.845 and CP 7383.001 were merged into CP 7382.850.",
]


@pytest.mark.parametrize("text", TRUE)
def test_what_truly_took_its_place_is_a_mapping(text: str) -> None:
    assert [finding.text for finding in old(text) if finding.suppressed is None] == []


WRONG = [
    "820.22 was not carried over into the QMSR.",
    "820.70(i) was not retained in the QMSR.",
    "The requirement of 820.90 was not carried over.",
    "There is no counterpart to 820.22 in the regulation.",
    "There is no counterpart to 820.22 in the QMSR.",
    "820.3(t) is now ISO 9000:2015 3.13.9.",
    "21 CFR 820.22 is now Clause 8.2.2 of ISO 13485:2016.",
    "21 CFR 820.30(g) is now Clause 7.3.6.",
    "21 CFR 820.75 became Clause 7.5.7.",
    "Clause 7.4.3 took the place of 21 CFR 820.50(b).",
    "The content of 21 CFR 820.200 has moved to 21 CFR 820.45.",
    "21 CFR 820.180(a) has been renumbered 21 CFR 820.35(c).",
    "21 CFR 820.1(e) is now 820.1(c).",
    "21 CFR 820.3(l) is now 820.3(b).",
    "21 CFR 820.181 is carried over in Clause 7.3.10.",
    "21 CFR 820.181 continues as Clause 7.3.10.",
    "820.181 became the design and development file.",
    "21 CFR 820.25(b) is covered by Clause 6.4.1.",
    "21 CFR 820.25(b) is addressed in Clause 6.4.1.",
    "21 CFR 820.25(b), today in Clause 6.4.1, asks for training.",
    "The new home of 21 CFR 820.22 is Clause 8.2.2.",
    "Clause 7.5.6 replaces 21 CFR 820.72.",
    "References to 820.22 become 8.2.2.",
    "Replace Clause 7.6 by 21 CFR 820.72 in all procedures.",
    "21 CFR 820.22 turned into Clause 8.2.2.",
    "21 CFR 820.22 went to Clause 8.2.2.",
    "21 CFR 820.22 lives on in Clause 8.2.2.",
    "Clause 8.2.2 is the new 21 CFR 820.22.",
    "820.180(a) -> 820.35(c)",
    "820.1(e) => 820.1(c)",
    'Change "820.22" to "8.2.2".',
    'Change "DMR" to "technical file".',
    "21 CFR 820.25(b) was renamed Clause 6.3.",
    "The DMR is now the design and development file.",
    "DHF -> medical device file",
    'Replace "medical device file" by "DMR" in all procedures.',
    "820.180(a) has no counterpart in today's part 820.",
    "820.1(c) is now 820.10(d).",
    "Clause 8.2.2 (formerly 820.22)",
    "820.35(a)(7) (was 820.198(e)(7))",
    "In place of 820.22, Clause 8.2.2 applies.",
    "Clause 8.2.2 applies instead of 820.22.",
    "The quality manual maps 820.22 to Clause 8.2.2.",
    "Formerly 820.22, now 8.2.2.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_successor_stays_an_error_that_no_fix_hides(text: str) -> None:
    [finding] = proof.live(old(text))
    assert (finding.context, finding.fix) == ("mapping", None)
    assert finding.severity in ("error", "warning")
    assert finding.message.endswith(" by hand.")


WRONG_ROWS = [
    ("| Old | New |", "| 820.180(a) | 820.35(c) |"),
    ("| Old | New |", "| 820.198(e)(7) | 820.35(a)(7) |"),
    ("| Old | New |", "| 820.86 | 8.2.6 |"),
    ("| Old | New |", "| 820.3(o) | 820.3(a) |"),
    ("| Old | New |", "| 820.30(a)(2)(i) | 820.10(c)(2) |"),
    ("| Old | New |", "| 820.3(cc) UDI | 830.3 |"),
    ("| Old | New |", "| 820.1(c) | 820.10(d) |"),
    ("| Old | New |", "| 820.181 | Design and development file |"),
    ("| Old | New |", "| DHF | Medical device file |"),
    ("| From | To |", "| 820.86 | 8.2.6 |"),
    ("| QSR | QMSR |", "| 820.86 | 8.2.6 |"),
    ("| Old section | ISO 13485:2016 | Topic |", "| 820.22 | 8.2.2 | Audits |"),
]


@pytest.mark.parametrize(("head", "row"), WRONG_ROWS)
def test_a_wrong_row_stays_an_error_that_no_fix_hides(head: str, row: str) -> None:
    [finding] = proof.live(found(table(head, row)))
    assert (finding.context, finding.fix) == ("mapping", None)


TRUE_ROWS = [
    "| 820.180(a) | 820.35(d) |",
    "| 820.1(c) | 820.10(e) |",
    "| 820.1(d) | 820.1(c) |",
    "| 820.181 | Medical device file |",
    "| 820.30(j) | Design and development file |",
    "| 820.3(cc) | 801.3 |",
    "| 820.22 | 8.2.4 Internal audit |",
]


@pytest.mark.parametrize("row", TRUE_ROWS)
def test_a_right_row_is_a_mapping(row: str) -> None:
    assert proof.live(found(table("| Old | New |", row))) == []


def test_of_two_lists_each_member_may_have_one_of_its_own() -> None:
    told = found("Clauses 7.3.9 / 4.1.4, formerly 820.30(i) / 820.40")
    assert not any("put the sentence right" in finding.message for finding in told)
    [one, other] = proof.live(found("820.140 and 820.150 became Clause 7.4.3."))
    assert (one.fix, other.fix) == (None, None)


def test_what_may_take_its_place_as_well_is_not_called_wrong() -> None:
    [finding] = proof.live(found("820.50 is now Clause 4.1.5."))
    assert finding.fix is None
    assert "put the sentence right" not in finding.message


def test_a_word_of_the_former_law_is_named_as_one() -> None:
    text = 'We use "top management" where the QSR used "management with executive responsibility".'
    assert proof.live(found(text)) == []
    assert proof.live(found("Management with executive responsibility is used to reviews where the QSR applies.")) != []


def test_the_short_form_behind_a_name_shares_what_is_said_of_it() -> None:
    text = "FDA stopped using the Quality System Inspection Technique (QSIT) and moved to Compliance Program 7382.850."
    assert proof.live(found(text)) == []
    assert proof.live(found("Inspections follow the Quality System Inspection Technique (QSIT).")) != []


def test_a_text_that_is_said_to_lack_a_successor_and_has_one() -> None:
    [cited] = [finding for finding in old("The QMSR has no equivalent of 820.22.") if finding.rule == "cite-removed"]
    assert cited.suppressed is None
    assert 'It is said to have "no equivalent", and has one' in cited.message


@pytest.mark.parametrize(
    "text",
    [
        "ISO 13485 has no direct counterpart to 820.70(a)(5).",
        "ISO 13485 has no counterpart of 820.198(g).",
        "The QMSR has no direct counterpart to 820.198(f).",
        "There is no direct equivalent of 820.25(b)(1) in the standard.",
    ],
)
def test_what_was_carried_over_in_part_is_not_said_to_have_a_counterpart(text: str) -> None:
    [cited] = [finding for finding in found(text) if finding.rule == "cite-removed"]
    assert cited.fix is None
    assert "put the sentence right" not in cited.message
    assert "has only what is nearest to it" in cited.message
