"""Terms whose new words would stand beside what says the same, or beside a word that tells which one is meant."""

import pytest
from linted import found


@pytest.mark.parametrize(
    "text",
    [
        "The batch record (DHR) is reviewed.",
        "The DHF or design and development file is kept.",
        "Top management, i.e. management with executive responsibility, approves.",
        "Management with executive responsibility and top management approve.",
        "The DHF/design and development file is kept.",
        "The DMR and medical device files are kept.",
        "The DMR or MDF is kept.",
        "The DHF: design and development file.",
        "The DHF - design and development file - is kept.",
        "The DHF, also called design and development file, is kept.",
        "Global management with executive responsibility signs.",
        "Corporate management with executive responsibility signs.",
        "Quality Management with Executive Responsibility signs.",
    ],
)
def test_words_that_would_stand_twice_or_beside_what_stays_are_left_to_a_person(text: str) -> None:
    [term] = [finding for finding in found(text) if finding.rule.startswith("term-")]
    assert term.fix is None
    assert "both" in term.message


@pytest.mark.parametrize(
    "text",
    [
        "The DHF and the medical device file are kept.",
        "The DHR is kept with the batch record of the part.",
        "The DHF is kept. The design and development file is new.",
        "The quality of management with executive responsibility is praised.",
        "Senior management with executive responsibility signs.",
    ],
)
def test_other_words_beside_a_term_leave_its_fix(text: str) -> None:
    [term] = [finding for finding in found(text) if finding.rule.startswith("term-")]
    assert term.fix is not None


@pytest.mark.parametrize(
    "verb", ["has four parts", "lists the questions", "describes the steps", "is divided into parts"]
)
def test_what_the_old_technique_held_is_not_said_of_the_program(verb: str) -> None:
    [program] = [finding for finding in found(f"QSIT {verb}.") if finding.rule.startswith("program-")]
    assert program.fix is None
    assert "structure differs" in program.message


@pytest.mark.parametrize("rest", ["is used by FDA.", "audits are planned."])
def test_the_name_of_the_technique_alone_is_replaced(rest: str) -> None:
    [program] = [finding for finding in found(f"QSIT {rest}") if finding.rule.startswith("program-")]
    assert program.fix is not None
