"""What is shown as it was typed: programs, data and names of files first, then the words that are read all the same."""

import pytest
from linted import fixes, found, live

from qmsr_lint import formats
from qmsr_lint.formats.verbatim import goes_on, words_in
from qmsr_lint.limits import DEFAULT

BRANCH = "\u251c\u2500\u2500"
CODE = {
    "a statement": "dhr = get_record()",
    "a call": "archive(dhr, device_master_record)",
    "a constant": "const NOTICE = 'issued under the Quality System Regulation';",
    "texts of a program": "'Is the Device History Record complete?',\n'Is the Design History File complete?',",
    "an import": "from records import DesignHistoryFile as DHF\nstore the DHF",
    "a command": 'git tag -a dmr-v2 -m "DMR of the device"',
    "a comment between commands": "# the DMR of the device\ngit tag dmr",
    "what a command prints": "$ dhf list\nthe DHF of the pump",
    "an option": "qms export --design history file",
    "settings": "title: Device Master Record\nowner: QA",
    "a section of settings": "[dhf]\nname = the Design History File",
    "JSON": '{\n  "record": "the Device History Record of the lot"\n}',
    "a query": "SELECT * FROM dhr WHERE lot = 4",
    "markup": "<p>the Design History File of the pump</p>",
    "a diagram that is written": "DHF[Design History File<br/>Documentation]\nDHF --> DMR",
    "a folder": "/DHF/",
    "a tree of files": f"{BRANCH} dhf/      # Design History File of the pump\n\u2502   {BRANCH} index.md",
    "a list of files": "docs/DHF\ndocs/DMR/index.docx - the index of the DMR",
    "a file of Windows": "C:\\QMS\\DHF\\index.docx",
    "a tree of short names": f"QMS\n{BRANCH} DHF\n{BRANCH} DMR\n{BRANCH} SOP",
    "a name": "DHF",
    "a pattern of document numbers": "DHF-ICD-[SECT]-[SEQ]-[REV]",
}
WORDS = {
    "a flow chart": "Design Input (820.30c)\n    \u2193\nDesign Output (820.30d)\n    \u2193\nDHF",
    "a tree of subparts": f"{BRANCH} C - Design Controls (820.30)\n{BRANCH} D - Document Controls (820.40)",
    "a checklist": "- [ ] DMR complete and approved\n- [ ] DMR/DHR accessible",
    "columns": "Design History File (DHF)        product life or 5 yr (US 820.180);\nDevice Master Record (DMR)   life",
    "a form": "Title: Device Master Record Index\nDocument No.: F-001\nPrepared by: ________  Date: ________",
    "a frame": "+----------------+\n| DESIGN HISTORY |\n| FILE (820.30)  |\n+----------------+",
    "brackets": "Store the record(s) in the DHF (see SOP-4, SOP-5).",
    "arrows": "DHF \u2192 DMR \u2192 DHR",
    "boxes with arrows": "[Receive the complaint] --> [Evaluate per 820.198] --> [Close]",
    "double arrows": "Receive the complaint => Evaluate per 820.198 => Close",
    "a numbered step": "1. Evaluate the complaint per 820.198(a);",
    "blanks to fill in": "Reviewed by <name> on {date} per 820.184",
    "brackets at a word": "Lot release(QA, RA) follows 820.80",
    "a class of devices": "class II: 820.30 applies",
    "words with a slash": "and/or the DHR of the lot",
    "numbered sections": "4. Records\n4.1 820.30 Design controls",
    "Chinese": "\u4e09\u7ea7\u6587\u4ef6\uff1a (Design History File, DHF) / \u62a5\u544a",
}


def fenced(text: str, language: str = "") -> str:
    return f"# 1 Purpose\n\n```{language}\n{text}\n```\n"


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_code_has_no_words(text: str) -> None:
    assert words_in(text.split("\n")) == [False] * (text.count("\n") + 1)


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_nothing_is_live_in_code(text: str) -> None:
    assert live(fenced(text)) == []


@pytest.mark.parametrize("language", ["python", "sh", "yaml", "json", "mermaid", "{.python}", "c++"])
def test_nothing_is_live_in_a_block_that_names_a_language(language: str) -> None:
    assert live(fenced("The DHF is kept.", language)) == []


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
def test_each_line_of_words_is_read(text: str) -> None:
    lines = text.split("\n")
    assert [line for line, words in zip(lines, words_in(lines), strict=True) if words] == [
        line for line in lines if any(map(str.isalnum, line))
    ]


@pytest.mark.parametrize("language", ["", "text", "txt", "Markdown", "md {#form}"])
def test_words_in_a_fence_are_live(language: str) -> None:
    assert [finding.text for finding in live(fenced("The DHF is kept.", language))] == ["DHF"]


def test_words_in_indented_code_are_live_at_their_place() -> None:
    (finding,) = live("Records:\n\n    Kept in the archive.\n    The DHF is kept.\n")
    assert finding.position is not None
    assert (finding.text, finding.position.line, finding.position.column) == ("DHF", 4, 9)


def test_lines_are_blocks_of_their_own_and_full_lines_go_on() -> None:
    full = "The record of a lot says how it was made, and the device\nhistory record is kept."
    text = f"{full}\n\n  a = f(x)\n\nMore of it.\nThe end of it."
    document = formats.read(fenced(text).encode(), "a.md", DEFAULT)
    assert [(document.text[each.start : each.end], each.kind) for each in document.blocks[1:]] == [
        (full, "verbatim"),
        ("  a = f(x)", "code"),
        ("More of it.", "verbatim"),
        ("The end of it.", "verbatim"),
    ]
    assert [finding.text for finding in live(fenced(text))] == ["device\nhistory record"]


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("The device", "history record"),
        ("A line that is long enough to have been broken for it", "Next"),
        ("A line that is long enough to have been broken for it", "  history record"),
    ],
)
def test_a_line_does_not_go_on(line: str, following: str) -> None:
    assert not goes_on(line, following)


def test_a_fix_in_what_was_set_by_hand_is_left_to_a_person() -> None:
    assert fixes("Audits follow 820.22.") == {"820.22": "safe"}
    assert fixes(fenced("Audits follow 820.22.")) == {"820.22": "unsafe"}


def test_a_suppression_before_a_fence_holds_for_all_of_it() -> None:
    comment = '<!-- qmsr-lint: ignore reason="as drawn" -->\n'
    text = fenced("Audits follow 820.22.\n\nx = 1\n\nThe DHF is kept.\nThe DMR is kept.\nThe DHR is kept.")
    assert len(live(text)) == 4
    assert live(text.replace("```", comment + "```", 1)) == []
    assert len(live(text.replace("```", comment + "```", 1) + "\nThe DHF is kept.\n")) == 1


def test_a_fence_in_a_list_and_in_a_quotation_is_read() -> None:
    assert [finding.text for finding in live("- Step:\n\n  ```\n  Open the DHR of the lot.\n  ```\n")] == ["DHR"]
    (finding,) = found("> ```\n> Open the DHR of the lot.\n> ```\n")
    assert finding.position is not None
    assert (finding.position.line, finding.position.column) == (2, 12)
