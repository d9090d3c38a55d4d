"""The citation grammar: every form people write, each number as a finding of its own, and what is no citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsr_lint import rules
from qmsr_lint.citation import Citation, Tables, edit, find, find_subparts, replacement
from qmsr_lint.match import fold


@pytest.fixture(scope="module")
def tables() -> Tables:
    return rules.load().tables


def cited(text: str, tables: Tables) -> list[tuple[str, str]]:
    folded = fold(text)
    return [(text[slice(*folded.span(c.start, c.end))], c.designation) for c in find(folded.text, tables.known)]


@pytest.mark.parametrize(
    "text",
    [
        "The tank holds 820.30 mL.",
        "Peak at 820.30 nm",
        "cut to 820.30 mm",
        "a load of 820.30 g of resin",
        "costs $820.30 a month",
        "costs 820.30 EUR",
        "the price is € 820.30",
        "a total of 1,820.30",
        "99 Stat. 820",
        "52 Fed. Reg. 820.",
        "21 CFR 1020.30",
        "21 CFR 820",
        "21 CFR Part 820.",
        "21 CFR Part 820, which applies.",
        "host 10.820.30.1",
        "820.30.1.1",
        "Part number 820.30-A rev C",
        "drawing QSP-820.30",
        "see QP_820.30",
        "firmware version 820.30",
        "v820.30 of the driver",
        "Rev. 820.30",
        "torque = 820.30",
        "about ±820.30",
        "820.30%",
        "820.30 %",
        "open 820.30.pdf",
        "in docs/820.30.md",
        "figure 820.30",
        "820.9912",
        "820.31 widgets",
        "3.820.30",
        "the number 820",
        "",
    ],
)
def test_is_no_citation(text: str, tables: Tables) -> None:
    assert cited(text, tables) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21 CFR 820.30(j)", [("21 CFR 820.30(j)", "820.30(j)")]),
        ("21 CFR Part 820.30.", [("21 CFR Part 820.30", "820.30")]),
        ("§ 820.30 (j)", [("§ 820.30 (j)", "820.30(j)")]),
        ("§§ 820.30(a)–(j)", [("§§ 820.30(a)", "820.30(a)"), ("(j)", "820.30(j)")]),
        ("820.20, .22 and .25", [("820.20", "820.20"), (".22", "820.22"), (".25", "820.25")]),
        (
            "820.180,181,184,186",
            [("820.180", "820.180"), ("181", "820.181"), ("184", "820.184"), ("186", "820.186")],
        ),
        ("820.60-65", [("820.60", "820.60"), ("65", "820.65")]),
        ("820.20 through 820.25", [("820.20", "820.20"), ("820.25", "820.25")]),
        ("820.198(e)(1)-(8)", [("820.198(e)(1)", "820.198(e)(1)"), ("(8)", "820.198(e)(8)")]),
        ("820.30(c), (d) and (e)", [("820.30(c)", "820.30(c)"), ("(d)", "820.30(d)"), ("(e)", "820.30(e)")]),
        ("21.CFR.820.20.b.3.i", [("21.CFR.820.20.b.3.i", "820.20(b)(3)(i)")]),
        ("820.30c", [("820.30c", "820.30(c)")]),
        ("21CRF820.181", [("21CRF820.181", "820.181")]),
        ("FDA CFR 21 Part 820.30", [("CFR 21 Part 820.30", "820.30")]),
        ("Sec. 820.25", [("Sec. 820.25", "820.25")]),
        ("QSR 820.30 (j) Design", [("820.30 (j)", "820.30(j)")]),
        ("820.75", [("820.75", "820.75")]),
        ("820.30/820.40", [("820.30", "820.30"), ("820.40", "820.40")]),
        ("820.80, .184, 250", [("820.80", "820.80"), (".184", "820.184"), ("250", "820.250")]),
        ("820.30 and 100 units", [("820.30", "820.30")]),
        ("820.20 and 30 days later", [("820.20", "820.20")]),
        ("21 C.F.R. § 820.198", [("21 C.F.R. § 820.198", "820.198")]),
        ("21\u00a0CFR\u2009§\u2009820.30(c)", [("21\u00a0CFR\u2009§\u2009820.30(c)", "820.30(c)")]),
        ("８２０.３０(j)", [("８２０.３０(j)", "820.30(j)")]),
        ("820.3(z)(1)", [("820.3(z)(1)", "820.3(z)(1)")]),
        ("820.20(b)(3)(ii)", [("820.20(b)(3)(ii)", "820.20(b)(3)(ii)")]),
        ("(see 820.20).", [("820.20", "820.20")]),
        ("Title 21 of the Code of Federal Regulations, Part 820.30",
         [("Title 21 of the Code of Federal Regulations, Part 820.30", "820.30")]),
        ("21 CFR 820.31", [("21 CFR 820.31", "820.31")]),
    ],
)  # fmt: skip
def test_is_a_citation(text: str, expected: list[tuple[str, str]], tables: Tables) -> None:
    assert cited(text, tables) == expected
    assert cited(f"As {text}", tables) == expected  # and behind other words


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Part 820 Subpart C", ["c"]),
        ("Subpart C of 21 CFR Part 820", ["c"]),
        ("Subparts C through O of part 820", ["c", "o"]),
        ("21 CFR Part 820, Subpart C - Design Controls", ["c"]),
        ("21 CFR part 7, Subpart C", []),
        ("21 CFR Part 801 Subpart B and 21 CFR Part 820 Subpart J", ["j"]),
        ("Subpart C", []),
        ("subpart class", []),
    ],
)
def test_subparts_of_part_820(text: str, letters: list[str]) -> None:
    assert [s.letter for s in find_subparts(fold(text).text) if s.part == 820] == letters


def test_the_most_specific_row_wins(tables: Tables) -> None:
    shown = {d: replacement(s) for d in ("820.30(j)", "820.198(e)(7)") if (s := tables.verdict(d).section)}
    assert shown == {
        "820.30(j)": "ISO 13485:2016, Clause 7.3.10, and 21 CFR 820.10(c)",
        "820.198(e)(7)": "ISO 13485:2016, Clause 8.2.2, and 21 CFR 820.35(a)(6)",
    }


def test_an_edit_names_the_clause_without_the_section_that_only_applies_it(tables: Tables) -> None:
    assert edit(tables.legacy["820.30(j)"]) == "ISO 13485:2016, Clause 7.3.10"


def test_a_paragraph_that_never_existed_has_a_nearest_real_one(tables: Tables) -> None:
    assert [(tables.verdict(d).outcome, tables.verdict(d).nearest) for d in ("820.30(z)", "820.31", "820.70(2)")] == [
        ("unknown", "820.30"),
        ("unknown", "820.30"),
        ("unknown", "820.70"),
    ]


def test_live_designations_are_live(tables: Tables) -> None:
    assert len(tables.current) == 56
    assert {tables.verdict(d).outcome for d in tables.current} <= {"live", "collision"}


WORDS = "820.30 820.22 820.198 820. .22 .181 22 (j) 21.CFR CFR § §§ Subpart C (a) (1) , and or to - – ; / mm $ ( ) ."
PIECES = st.sampled_from(WORDS.split())
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\u00a0", "\u2029"])), max_size=14).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)
KNOWN = rules.load().tables.known


def written(text: str, found: Citation) -> str:
    return text[found.core : found.end]


@given(TEXTS)
def test_citations_follow_each_other_and_name_what_stands_there(text: str) -> None:
    folded = fold(text).text
    last = 0
    for found in find(folded, KNOWN):
        assert last <= found.start <= found.core < found.end <= len(folded)
        last = found.end
        section = found.designation.partition("(")[0].removeprefix("820.")
        if not written(folded, found).startswith("("):  # a further paragraph of the section before it
            assert section in written(folded, found)


@given(TEXTS)
def test_other_paragraphs_change_no_citation(text: str) -> None:
    alone = fold(text).text
    before = fold("Another paragraph.\u2029").text
    moved = [(each.start - len(before), each.designation) for each in find(before + alone + "\u2029Others.", KNOWN)]
    assert moved == [(each.start, each.designation) for each in find(alone, KNOWN)]
