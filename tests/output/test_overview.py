"""What reports share: counts, the crosswalk of citations, the worst findings."""

from typing import Literal

import pytest
from builders import finding, result, unreadable, word

from qmsr_lint.model import Finding, Suppression
from qmsr_lint.output.overview import Overview, Worst, mapping, sentence

BASELINE = Suppression("baseline", "in the baseline known.json")
DECISION = "1 accepted by decision"


def cited(text: str, message: str = "m", **changes: object) -> Finding:
    return finding(rule="cite-removed", text=text, message=message, replacement="Clause 7.3")._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "legacy"),
    [
        (cited("820.30(j)"), "21 CFR 820.30(j)"),
        (cited("21 CFR 820.30(j)"), "21 CFR 820.30(j)"),
        (cited("§ 820.30 (j)"), "21 CFR 820.30(j)"),
        (cited("(j)", "820.30(j) (Design history file) has not been in force."), "21 CFR 820.30(j)"),
        (cited(".22", "820.22 (Quality audit) has gone; see 820.10."), "21 CFR 820.22"),
        (cited("(z)", "The message names another, 820.30(j)."), "(z)"),
        (cited("820.30", "820.30 (Design controls) has gone; its 820.30(j) too."), "21 CFR 820.30"),
        (cited("820.70(a)", "820.70(a) has gone; 820.70(a)(1) as well."), "21 CFR 820.70(a)"),
        (cited("820.198", "In its place: 21 CFR 820.35(a)."), "21 CFR 820.198"),
        (cited("(a)", "820.198(a) has gone. In its place: 21 CFR 820.35(c)(1)(a)."), "21 CFR 820.198(a)"),
        (cited("21 CFR 820.30", "820.30 has gone; see 820.21."), "21 CFR 820.30"),
        (cited("5", "820.75 (Process validation) has gone."), "5"),
        (cited("75", "820.75 (Process validation) has gone."), "21 CFR 820.75"),
        (cited("21.CFR.820.70.g", "820.70(g) (Equipment) has gone; see 820.70(g)(1)."), "21 CFR 820.70(g)"),
        (cited("21.CFR.820.20.b.3.ii", "820.20(b)(3)(ii) (Reporting) has gone."), "21 CFR 820.20(b)(3)(ii)"),
        (cited("820.30c", "820.30(c) (Design input) has gone."), "21 CFR 820.30(c)"),
        (cited("820.198, paragraph (a)", "820.198(a) has gone."), "21 CFR 820.198(a)"),
        (cited("paragraph (a) of 820.198", "820.198(a) has gone."), "21 CFR 820.198(a)"),
        (cited("820.30(J)", "820.30(j) (Design history file) has gone."), "21 CFR 820.30(j)"),
        (
            cited("21.CFR.820.70.2", "There is no 820.70(2). The nearest is 820.70.", rule="cite-unknown"),
            "21 CFR 820.70(2)",
        ),
        (cited("Subpart  C"), "21 CFR Part 820 Subpart C"),
        (cited("7.3.2", rule="cite-iso-2003"), "ISO 13485:2003, Clause 7.3.2"),
        (cited("EN ISO 13485:2012", rule="cite-iso-2003"), "EN ISO 13485:2012"),
    ],
)
def test_a_citation_is_named_in_full(found: Finding, legacy: str) -> None:
    assert mapping(found)[0] == legacy


def test_what_a_citation_is_now() -> None:
    assert mapping(cited("820.30"))[1] == "Clause 7.3"
    assert mapping(cited("820.70(i)", replacement=None, alternatives=("a", "b")))[1] == "a or b"
    assert mapping(cited("820.1", replacement=None))[1].startswith("no counterpart")
    assert mapping(cited("7.3.2", rule="cite-iso-2003", replacement="7.3.3"))[1] == "ISO 13485:2016, Clause 7.3.3"


def test_the_crosswalk_joins_spellings_and_sorts_by_number() -> None:
    overview = Overview()
    overview.add(result(cited("820.181"), cited("820.30(j)"), finding()))
    overview.add(word(cited("§820.30 (j)"), cited("820.9", suppressed=Suppression("context", "history"))))
    rows = overview.crosswalk
    assert [(row.legacy, row.findings, row.documents) for row in rows] == [
        ("21 CFR 820.30(j)", 2, ("sops/a.md", "sops/b.docx")),
        ("21 CFR 820.181", 1, ("sops/a.md",)),
    ]


def test_a_designation_has_one_row_whatever_the_words_beside_it_chose() -> None:
    overview = Overview()
    chosen = cited("820.70(i)", replacement="Clause 4.1.6")
    whole = cited("820.70(i)", replacement="Clauses 4.1.6, 7.5.6 and 7.6")
    other = cited("820.70(i)", rule="cite-other-cfr", replacement="Clause 4.1")
    overview.add(result(whole, chosen))
    overview.add(word(chosen, other))
    [row] = overview.crosswalk
    assert (row.legacy, row.findings, row.documents) == ("21 CFR 820.70(i)", 4, ("sops/a.md", "sops/b.docx"))
    assert row.current == (
        "by the words beside each citation: Clause 4.1.6 (2 findings), or Clauses 4.1.6, 7.5.6 and 7.6 (1 finding); "
        "in the text of another regulation: Clause 4.1 (1 finding)"
    )


def test_one_choice_is_shown_without_its_number() -> None:
    overview = Overview()
    overview.add(result(cited("820.40"), cited("820.40"), cited("820.50", rule="cite-other-cfr")))
    assert [row.current for row in overview.crosswalk] == [
        "Clause 7.3",
        "in the text of another regulation: Clause 7.3",
    ]
    overview.add(word(cited("820.50")))
    assert overview.crosswalk[1].current == (
        "Clause 7.3 (1 finding); in the text of another regulation: Clause 7.3 (1 finding)"
    )


def test_the_same_row_whatever_comes_first() -> None:
    rows = []
    results = [word(cited("820.40", replacement=f"Clause {number}")) for number in (4, 5, 6)]
    for order in (results, results[::-1]):
        overview = Overview()
        for each in order:
            overview.add(each)
        rows.append([row.current for row in overview.crosswalk])
    assert rows[0] == rows[1]


def test_documents_are_ready_without_errors_and_warnings() -> None:
    overview = Overview()
    overview.add(result(finding(severity="note"), finding(suppressed=Suppression("inline", "kept"))))
    overview.add(word(finding()))
    overview.add(unreadable())
    assert (overview.ready, overview.judged) == (1, 3)
    overview.add(unreadable("~$a.docx")._replace(status="skipped"))
    assert (overview.ready, overview.judged) == (1, 3), "what is skipped on purpose counts neither way"
    assert [document.path for document in overview.worst_documents] == ["sops/b.docx", "sops/a.md"]
    assert [document.path for document in overview.listed] == ["sops/b.docx", "sops/a.md", "sops/c.doc", "~$a.docx"]
    assert overview.unlisted == ""
    assert [document.path for document in overview.unread] == ["sops/c.doc", "~$a.docx"]
    assert [(row.by, row.reason, row.findings) for row in overview.silences] == [("inline", "kept", 1)]


def test_what_a_baseline_knows_is_open_and_counted_apart() -> None:
    overview = Overview()
    overview.add(result(cited("820.30(j)", suppressed=BASELINE), finding(suppressed=BASELINE)))
    overview.add(word(finding(severity="note", suppressed=BASELINE)))
    assert (overview.known, overview.suppressed, overview.ready) == (3, 0, 1), "a known note is a note"
    assert [(each.path, each.known, each.open) for each in overview.worst_documents] == [
        ("sops/a.md", 2, 2),
        ("sops/b.docx", 1, 1),
    ]
    assert [row.legacy for row in overview.crosswalk] == ["21 CFR 820.30(j)"]
    assert overview.by_family == [("term", {"known": 2}), ("cite", {"known": 1})]


@pytest.mark.parametrize(
    ("by", "silent"),
    [("context", "1 with no change needed in its context"), ("inline", DECISION), ("config", DECISION)],
)
def test_a_decision_is_no_absence(by: Literal["context", "inline", "config"], silent: str) -> None:
    overview = Overview()
    overview.add(result(cited("820.30(j)", suppressed=Suppression(by, "kept"))))
    assert overview.ready == 1
    assert overview.silent == silent
    assert overview.no_citation == f"No outdated citation is open: {silent}."
    overview.add(result(cited("820.181")))
    assert overview.silent_citations == f"Citations that are not open: {silent}."


def test_where_nothing_was_found_it_is_said() -> None:
    overview = Overview()
    overview.add(result(finding(suppressed=Suppression("config", "kept"))))
    assert (overview.no_citation, overview.silent_citations) == ("No outdated citation was found.", "")


def test_what_a_severity_means_depends_on_the_families() -> None:
    overview = Overview()
    assert overview.meaning("warning") == "an eliminated term or citation used as if it were live"
    overview.add(result(finding(rule="gap-complaint-date-received")))
    assert overview.meaning("warning").startswith("an element that the regulation requires")
    assert overview.meaning("note") == "a matter of style, or a former term that may stay"
    overview.add(result(finding(), finding(rule="suppression-expired")))
    eliminated, missing, comment = overview.meaning("warning").split(", or ")
    assert eliminated.startswith("an eliminated term")
    assert missing.startswith("an element")
    assert comment.startswith("a suppression")


def test_the_worst_findings_are_kept_in_their_order() -> None:
    worst = Worst(3)
    order = [
        finding(severity="note", text="a"),
        finding(severity="warning", text="b", certainty="possible"),
        finding(severity="error", text="c", suppressed=Suppression("inline", "kept")),
        finding(severity="warning", text="d"),
        finding(severity="warning", text="e"),
    ]
    worst.add(result(*order))
    assert [found.text for _, found in worst.findings()] == ["d", "e", "b"]
    assert worst.left_out == 2


def test_a_long_sentence_is_cut_at_words_around_the_finding() -> None:
    words = "word " * 200
    text = f"{words}DHF {words}"
    long = finding(excerpt=text, excerpt_start=1000, excerpt_end=1003)
    before, found, after = sentence(long, 60)
    assert (before[:6], found, after[-6:]) == ("… word", "DHF", "word …")
    assert len(before + found + after) < 80
    assert sentence(finding()) == ("The ", "DHF", " shall be kept.")
