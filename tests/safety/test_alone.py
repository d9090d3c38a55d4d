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


OTHER_FIELD = "Cells talk to each other by small molecules, and a film grows where many of them are. " * 12


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{OTHER_FIELD}\n\nCells with QS regulation show a film.", "look what is meant"),
        (f"{OTHER_FIELD}\n\nManagement with executive responsibility creates a culture.", "look what is meant"),
        ("Management with executive responsibility (MER) signs.", "short form"),
        ("| Short | Meaning |\n|---|---|\n| MER | Management with executive responsibility |", "short form"),
        ('"Management with executive responsibility" means those who decide.', "defines the old words"),
        ("The QA Manager completed Quality System Regulation training.", "done under the old name"),
        ("The Quality System Regulation has been amended to incorporate ISO 13485.", "done under the old name"),
        ("Supplier agreements reference the Quality System Regulation.", "done under the old name"),
        ("DHF\ub294 \uc120\ud0dd\ud55c\ub2e4. FDA 820", "another language"),
        ("The key is DHR.820.184 in FDA files.", "as in a key"),
        ("# Document Controls (820.40)\n\nSee [there](#document-controls-82040).", "change its address"),
    ],
)
def test_what_stands_around_it_leaves_it_to_a_person(text: str, why: str) -> None:
    findings = [each for each in found(text) if each.suppressed is None and why in each.message]
    assert findings
    assert all(each.fix is None for each in findings)


@pytest.mark.parametrize(
    "text",
    [
        f"{OTHER_FIELD}\n\nThe QS regulation of FDA applies to the device.",
        "The QA Manager completes Quality System Regulation training each year.",
        "This procedure meets the Quality System Regulation.",
        "# Document Controls\n\nSee 820.40 and [there](#records).",
    ],
)
def test_other_words_leave_it_safe(text: str) -> None:
    [finding] = [each for each in found(text) if each.fix]
    assert finding.fix is not None
    assert finding.fix.safety == "safe"


def test_a_link_to_another_place_leaves_the_fix_of_its_words() -> None:
    [finding] = [each for each in found("See [the DMR](#files) of FDA.") if each.text == "DMR"]
    assert finding.fix is not None
