"""Block quotes: which are quotations, and which only came of an indented paragraph."""

import pytest
from docxmaker import docx, heading_styles, p, r
from linted import live

from qmsr_lint import formats, proof, rules
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding

RULES = rules.load()
QUOTED = "> The DHF of each device is kept."
INDENTED = "\n\nWords.\n\n> The lot is released." * 4
"""Block quotes that nothing calls quotations."""


def of_dhf(text: str) -> list[Finding]:
    document = formats.read(f"# Files of the medical device\n\n{text}\n".encode(), "a.md", Limits())
    return [finding for finding in lint(document, RULES) if finding.text.lower() in ("dhf", "dhfs")]


def is_quoted(text: str) -> bool:
    """Whether each DHF of a text stands in a quotation."""
    contexts = {(finding.context == "quotation", finding.severity == "note") for finding in of_dhf(text)}
    assert contexts in ({(True, True)}, {(False, False)})
    return contexts == {(True, True)}


@pytest.mark.parametrize(
    "text",
    [
        QUOTED,
        "> **Design history file (DHF)** – what is kept of the design of a device.",
        "> **Engineering** - keeps the DHF of each device.",
        "## 4.2 Records\n\n" + QUOTED,
        "4. **Records**\n\n" + QUOTED + "\n>\n> The lot is released.",
        "We do the following:\n\n" + QUOTED,
        "This procedure states:\n\n" + QUOTED,
        "Our quality policy, written to 21 CFR 820, reads:\n\n" + QUOTED,
        "To comply with the regulation, our procedure requires:\n\n" + QUOTED,
        "As required by 21 CFR 820.30, the team does as follows:\n\n" + QUOTED,
        "The requirements of 21 CFR 820.30 are met as follows:\n\n" + QUOTED,
        "The records shall state:\n\n" + QUOTED,
        "Regulations:\n\n> **DHF** rules of the FDA",
        "Regulations required:\n\n" + QUOTED,
        "**21 CFR 820.30(j)**\n\n> DHF",
        "### 820.30(j) DHF\n\n" + QUOTED,
        "> The DHF of each device is kept (21 CFR 820.30(j)).",
        "> The DHF – 21 CFR 820.30(j)",
        '> The "DHF" of each device is kept in the "archive".',
        '> "DHF" stands for the files of each device.',
        "> [!NOTE]\n> The DHF of each device is kept.",
        "21 CFR 820.30 states:\n\n> **Note:** the DHF is ours.",
        "> The DHF is kept.\n>\n> Each manufacturer shall keep records.\n>\n> The DHF is archived.",
        "> All manufacturers shall keep a DHF with this part number.",
        "> FDA: the DHF of each device is kept.",
        "### Current requirements\n\n" + QUOTED,
        "New text:\n\n" + QUOTED,
        "Before:\n\n" + QUOTED,
        "Observation:\n\n" + QUOTED,
        "Customer complaint:\n\n" + QUOTED,
        "## Current version\n\n" + QUOTED,
        "> In this procedure DHF means a compilation of the records of the design of the device.",
        "Observations are kept as follows:\n\n" + QUOTED,
        "The team asked for this:\n\n" + QUOTED,
        "> Follows the design controls of the FDA, and IEC 62304: the DHF is kept.",
        "> Todo documento nuevo del DHF debe a\u00f1adirse a esta matriz.",
        "We do the following:\n\n" + QUOTED,
        "21 CFR 820.30 states:\n\nThe words below are ours.\n\n" + QUOTED,
    ],
)
def test_a_block_quote_that_nothing_calls_a_quotation_is_the_document_s_own_words(text: str) -> None:
    assert not is_quoted(text)
    assert not is_quoted(text + INDENTED)


@pytest.mark.parametrize(
    "text",
    [
        "> **Note:** the DHF of each device is kept.",
        "> **Engineering standard**: the DHF of each device is kept.",
        "## 8. References\n\n> DHF of the device, 21 CFR 820.30(j).",
        "## Related documents\n\n> FRM: index of the DHF",
        "> **Purpose.** This procedure applies to the DHF of each device.",
        "> **Design history file (DHF)** – what is kept of the design of a device.",
    ],
)
def test_a_block_quote_with_a_label_of_its_own_is_none(text: str) -> None:
    assert not is_quoted(text)


@pytest.mark.parametrize(
    "text",
    [
        "The regulation states:\n\n" + QUOTED,
        "FDA's guidance says\n\n" + QUOTED,
        "21 CFR 820.30(j) (Design control) requires:\n\n" + QUOTED,
        "The regulation, 21 CFR 820.30(j), provides that:\n\n" + QUOTED,
        "The text of 21 CFR 820.30(j) is as follows:\n\n" + QUOTED,
        "According to 21 CFR 820.30(j):\n\n" + QUOTED,
        "As stated in the QSR:\n\n" + QUOTED,
        "21 CFR 820.30(j):\n\n> The DHF of each type of device shall be kept.",
        "### 21 CFR 820.30(j)\n\n> The DHF of each type of device shall be kept.",
        "## 3.1 Regulatory text\n\n" + QUOTED,
        "On Monday the inspector wrote:\n\n" + QUOTED,
        "The auditor asked:\n\n> Where is the DHF of the device?",
        "FDA observation 1:\n\n" + QUOTED,
        "The FDA observed:\n\n" + QUOTED,
        "The auditor asked us:\n\n" + QUOTED,
        "Customer comment:\n\n> Where is the DHF of the device?",
        "The old regulation used to say:\n\n" + QUOTED,
        "Old text:\n\n" + QUOTED + "\n\nNew text:\n\n> The design and development file of the device is kept.",
        "### Original wording of section 5\n\n" + QUOTED,
        "21 CFR 820.30 states:\n\n> The design is controlled.\n>\n" + QUOTED,
        "> 21 CFR 820.30 states:\n>\n" + QUOTED,
        QUOTED + "\n> — 21 CFR 820.30(j)",
        QUOTED + "\n>\n> The design is controlled.\n>\n> — FDA, 21 CFR 820.30",
        QUOTED + "\n>\n> (21 CFR 820.30(j))",
        QUOTED + "\n\n— 21 CFR 820.30(j)",
        QUOTED + "\n\nSource: 21 CFR 820.30(j)",
        '> "The DHF of each device is kept."',
        "> \u201cThe DHF is kept\u201d (21 CFR 820.30(j)).",
        "> \u201cThe DHF is kept.\n>\n> \u201cThe DHF is archived.\u201d",
        "> (j) Design history file. Each manufacturer shall establish and maintain a DHF for each type of device.",
        "> (a) General. Each manufacturer shall control the design.\n>\n> (b) The DHF shall show it.",
        "> (e) Design history file (DHF) means a compilation of records which describes the design.",
        "> Design history file (DHF) means a compilation of records which describes the design history.",
        "> **21 CFR 820.3(e)**: Design history file (DHF) means a compilation of records of the design.",
        "<blockquote>Each manufacturer shall establish a DHF.</blockquote>",
        "The regulation states:\n\n> - the DHF of each device\n> - further DHFs",
    ],
)
def test_a_block_quote_is_a_quotation_where_something_says_so(text: str) -> None:
    assert is_quoted(text)
    assert is_quoted(text + INDENTED)


def test_what_introduces_a_quotation_or_names_its_source_is_the_document_s_own() -> None:
    document = formats.read(b"> 21 CFR 820.30 states:\n>\n> The DHF of the device is kept.\n", "a.md", Limits())
    assert [(f.text, f.severity) for f in lint(document, RULES)] == [("21 CFR 820.30", "error"), ("DHF", "note")]


def test_an_introduction_reaches_no_whole_procedure() -> None:
    own = "\n>\n> We work.".join(["> The design is controlled.", *[""] * 15])
    assert not is_quoted(f"21 CFR 820.30 states:\n\n{own}\n>\n{QUOTED}{INDENTED}")


def test_a_copy_of_the_regulation_is_one_quotation() -> None:
    copied = (
        "> Each manufacturer shall plan.\n>\n> Each manufacturer shall review.\n>\n> Each manufacturer shall verify."
    )
    assert is_quoted(f"{copied}\n>\n{QUOTED}")


def test_a_procedure_of_indented_paragraphs_is_read_and_edited() -> None:
    steps = "> **Quality** – keeps the DHF.\n>\n> **Design** – writes the DHF as 21 CFR 820.30(j) asks.\n"
    found = of_dhf(f"1.  **Responsibilities**\n\n{steps}")
    assert len(proof.live(found)) == 2
    assert all(finding.fix for finding in found)


def test_what_is_set_off_may_be_somebody_elses_and_gets_no_safe_fix() -> None:
    text = "# Response\n\nWords.\n\n" + "> Audits are not done as 21 CFR 820.22 asks.\n\nDone.\n\n" * 4
    found = lint(formats.read(text.encode(), "a.md", Limits()), RULES)
    assert [(each.severity, each.fix and each.fix.safety) for each in found] == [("error", "unsafe")] * 4
    plain = lint(formats.read(text.replace("> ", "").encode(), "a.md", Limits()), RULES)
    assert [each.fix and each.fix.safety for each in plain] == ["safe"] * 4


@pytest.mark.parametrize("style", ["Quote", "IntenseQuote"])
def test_a_style_of_word_says_itself_that_it_is_a_quotation(style: str) -> None:
    body = p(r("The DHF of the device."), style=style) + p(r("Note: the DHF of the device."), style=style)
    document = formats.read(docx(body, styles=heading_styles("Quote", "Intense Quote")), "a.docx", Limits())
    assert [finding.context for finding in lint(document, RULES)] == ["quotation", "prose"]


_SECTION = "Sec. 820.30 Design controls."
_OLD_LAW = "(a) General. Each manufacturer shall establish and maintain procedures to control the design of the device."


@pytest.mark.parametrize(
    "text",
    [
        f"{_SECTION}\n\n{_OLD_LAW}",
        f"# \u00a7 820.30 Design controls.\n\n{_OLD_LAW}",
        f"[CITE: 21CFR820.30]\n\nTITLE 21--FOOD AND DRUGS\n\n{_SECTION}\n\n{_OLD_LAW}",
        f"PART 820 -- QUALITY SYSTEM REGULATION\nSubpart C - Controls\n\n{_SECTION}\n\n{_OLD_LAW}",
        f"Subpart C\u2014Design Controls\n\n\u00a7 820.30 Design controls.\n\n{_OLD_LAW}",
        "Sec. 820.184 Device history record.\n\nEach manufacturer shall maintain device history records. The DHR"
        " shall include, or refer to the location of, the dates of manufacture.",
        "Each manufacturer shall maintain a quality system record (QSR). The QSR shall include, or refer to the"
        " location of, records of \u00a7 820.20. Each manufacturer shall ensure that the QSR is approved in accordance"
        " with \u00a7 820.40.",
    ],
)
def test_the_headings_of_a_copy_of_the_regulation_belong_to_it(text: str) -> None:
    assert [finding.text for finding in live(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        f"{_SECTION}\n\nThe design team keeps the plan of each device.",
        f"820.30 Design controls\n\nWe plan each design.\n\n{_OLD_LAW}",
        f"Design is controlled by {_SECTION}\n\n{_OLD_LAW}",
        f"{_SECTION}\n\nOur plan is kept.\n\nIt is signed.\n\nIt is filed.\n\nIt is read.\n\n{_OLD_LAW}",
        "Each manufacturer shall maintain device history records (DHR's). We file the DHR, which shall be signed.",
        "Each manufacturer shall maintain device history records. The DHR is filed per \u00a7 820.40.",
        "Each manufacturer shall maintain a device master record. QA shall review the DMR per \u00a7 820.40.",
        f"We follow the Quality System Regulation.\n\n{_SECTION}\n\n{_OLD_LAW}",
    ],
)
def test_other_headings_and_words_do_not(text: str) -> None:
    assert [finding.text for finding in live(text)] != []
