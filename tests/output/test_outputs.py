"""What holds for every output."""

import io
import re
from typing import get_args

import pytest
from builders import RUN, finding, result, summary, unreadable, word
from hostile import TEXTS
from hostile import results as hostile_results
from outputs import render

from qmsr_lint.errors import UsageError
from qmsr_lint.model import DocumentResult, Part, Place, Suppression
from qmsr_lint.output import OUTPUTS, RunInfo, open_writer, status_line

PACKAGES = {"docx", "xlsx"}
"""Outputs that are zip packages: no log shows them, so only their bytes are compared here."""

ANNOTATIONS = {"text", "concise", "github", "gitlab", "azure"}
"""Outputs for those who have to act: without suppressed findings."""

COMMANDS = {
    "github": r"::(error|warning|notice) file=[^:,]*(,(line|endLine|col|endColumn)=\d+)*,title=[^:,]*::[^\r\n]*",
    "azure": r"##vso\[task\.\w+ [^\]\r\n]*\][^\r\n]*",
}
"""The workflow commands an output is there to write."""


def written(name: str, *results: DocumentResult, run: RunInfo = RUN) -> str:
    return render(name, *results, run=run).decode("latin-1" if name in PACKAGES else "utf-8")


def commands(output: str) -> list[str]:
    """The commands a GitHub or Azure runner would obey in a log: at a line's start, blanks aside, or anywhere."""
    lines = re.split(r"[\r\n\u2028\u2029\x85\v\f]", output)
    starting = [line for line in lines if line.strip().startswith("::")]
    return starting + re.findall(r"##(?:\[|vso\[).*", output, re.IGNORECASE)


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_empty_run_is_valid(name: str) -> None:
    assert "DHF" not in written(name)


@pytest.mark.parametrize("name", sorted(ANNOTATIONS & set(OUTPUTS)))
def test_suppressed_findings_are_not_live(name: str) -> None:
    silent = finding(suppressed=Suppression("inline", "kept"), text="QUIETWORD", excerpt="QUIETWORD")
    assert "QUIETWORD" not in written(name, result(silent))


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_same_results_give_the_same_bytes(name: str) -> None:
    results = (result(finding()), word(finding(severity="error")), unreadable())
    assert written(name, *results) == written(name, *results) != ""


@pytest.mark.parametrize("name", [name for name in OUTPUTS if name not in PACKAGES])
@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_steers_nothing(name: str, text: str) -> None:
    for run in (RUN, RUN._replace(show_suppressed=True)):
        output = written(name, *hostile_results(text), run=run).replace("\r\n", "\n")  # CSV ends its lines so
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", output)
        obeyed = commands(output)
        if name in COMMANDS:
            assert obeyed
            assert all(re.fullmatch(COMMANDS[name], command) for command in obeyed)
            assert len(obeyed) == output.count("\n")
        else:
            assert obeyed == []


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="no output format 'jason'; did you mean 'json'"):
        open_writer("jason", RUN, io.StringIO())


def test_the_counts_in_words() -> None:
    assert status_line(summary()) == "0 documents: none checked; no findings"
    mixed = summary(result(finding(), finding(suppressed=Suppression("inline", "x"))), unreadable())
    assert status_line(mixed) == "2 documents: 1 checked, 1 unreadable; 0 errors, 1 warning, 0 notes; 1 suppressed"


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(section="5 Procedure", paragraph=7), "5 Procedure; paragraph 7 of the document"),
        (Place(section="5 Procedure", table=2, row=3, cell=1), "5 Procedure; table 2 of the document, row 3, cell 1"),
        (Place("footnote", "1 Purpose", 4), "footnote, 1 Purpose; paragraph 4 of the footnotes"),
        (Place(paragraph=2), "paragraph 2"),
        (Place("header", paragraph=2), "header, paragraph 2"),
        (Place("property", "title"), "property, title"),
        (Place(), "body"),
    ],
)
def test_a_place_says_from_where_it_counts(place: Place, shown: str) -> None:
    assert place.shown == shown
    assert place.label == re.sub(r" of the \w+", "", shown).replace(";", ",")


@pytest.mark.parametrize("part", get_args(Part))
def test_every_part_is_counted_through_something(part: Part) -> None:
    assert Place(part, "1 Purpose", 3).shown.partition("paragraph 3 of ")[2]
