"""Misspelt legacy terms: what is no slip stays silent, every slip of one letter is found."""

import subprocess
import sys

import pytest

from qmsr_lint import packcheck, proof, rules
from qmsr_lint.lexicon import plural
from qmsr_lint.lint import lint
from qmsr_lint.model import Finding
from qmsr_lint.near import Spellings
from qmsr_lint.pack import rule_of
from qmsr_lint.rules import RuleSet


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return rules.load()


def found(text: str, ruleset: RuleSet) -> list[Finding]:
    findings = proof.live(lint(proof.document(text), ruleset))
    return [finding for finding in findings if finding.rule.startswith("near-")]


@pytest.mark.parametrize(
    "text",
    [
        "The device master file (MAF) and the drug master file are held by the supplier.",
        "Device historical data, device history data and the design history are kept.",
        "The design history file, the device master records and the quality audits are planned.",
        "The quality audio, the equality audit and the external quality audit differ.",
        "The device history records and recorders. A device history recorder. Design history filing.",
        "DMRR, DHFF and QSRR are no acronyms of ours; neither is DNR.",
        "Quality, audti. Design history\u2029flie",
        "The quality - audti",
        "The design history file1 and the quality audit2 are numbered.",
        "Systemd: the quality systemd regulation, systemd units, systemd timers, systemd sockets.",
        "quality system requirements; quality management sytem regulation",
    ],
)
def test_an_ordinary_phrase_stays_silent(text: str, ruleset: RuleSet) -> None:
    assert found(text, ruleset) == []


def test_a_slip_is_found_among_many_words_that_are_nearly_one_of_a_term(ruleset: RuleSet) -> None:
    strange = "histry recrd devcie mastr qualty audt systm regulaton flie desgin manual3 managment executve historys"
    many = [f"{word}{letter}" for word in strange.split() for letter in ("", "x")]
    text = ", ".join(many) + ". The desgin history file is kept. " + " ".join(f"a{word}." for word in many)
    assert [finding.text for finding in found(text, ruleset)] == ["desgin history file"]


def test_what_a_sweep_remembers_of_words_changes_nothing(ruleset: RuleSet) -> None:
    texts = [
        "The desgin history file.",
        "The design history file.",
        "A (desgin) history file, the desgin-history-file.",
    ]
    first = [[finding.text for finding in found(text, ruleset)] for text in texts]
    again = [[finding.text for finding in found(text, ruleset)] for text in reversed(texts)]
    assert first == again[::-1] == [["desgin history file"], [], ["desgin-history-file"]]


def test_no_right_form_of_a_term_is_a_slip(ruleset: RuleSet) -> None:
    for rule in ruleset.rules.values():
        for phrase in (*rule.spelling, *rule.legacy):
            text = f"The {phrase}, the {plural(phrase)}, the {phrase}'s and THE {phrase.upper()} are named."
            assert found(text, ruleset) == [], phrase


def test_no_word_of_the_guard_vocabulary_is_a_slip(ruleset: RuleSet) -> None:
    for rule in ruleset.rules.values():
        for phrase in rule.spelling:
            words = phrase.split()
            for n, word in enumerate(words):
                for other in ruleset.facts["near_words"].get(word, ()):
                    text = " ".join(["the", *words[:n], other, *words[n + 1 :]])
                    assert found(text, ruleset) == [], text


def test_a_guarded_word_is_within_reach_of_its_word(ruleset: RuleSet) -> None:
    from rapidfuzz.distance import OSA

    idle = [
        (right, word)
        for right, words in ruleset.facts["near_words"].items()
        for word in words
        if min(OSA.distance(word, right), OSA.distance(word, right + "s")) > 2
    ]
    assert idle == []


def slips(word: str) -> set[str]:
    swapped = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    less = {word[:n] + word[n + 1 :] for n in range(len(word))}
    more = {word[:n] + letter + word[n:] for n, letter in enumerate(word)}
    return (swapped | less | more | {"x" + word[1:]}) - {word}


def test_every_slip_of_a_letter_is_found(ruleset: RuleSet) -> None:
    guard = {word for words in ruleset.facts["near_words"].values() for word in words} | {"system", "inspection"}
    missed = []
    for rule in ruleset.rules.values():
        for phrase in rule.spelling:
            words = phrase.split()
            for n, word in enumerate(words):
                for wrong in sorted(slips(word) - guard) if len(word) > 3 else ():
                    text = "The " + " ".join([*words[:n], wrong, *words[n + 1 :]]) + " is kept."
                    missed += [] if [f.rule for f in found(text, ruleset)] == [rule.id] else [text]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("The DESGIN HISTORY FILE is kept.", "The DESIGN AND DEVELOPMENT FILE is kept."),
        ("The desgin-history\u00a0files are kept.", "The design and development files are kept."),
        ("Two quality auidts a year.", "Two internal audits a year."),
        ("The Quality System Regualtion applies.", "The Quality Management System Regulation applies."),
    ],
)
def test_the_replacement_has_case_and_number(text: str, becomes: str, ruleset: RuleSet) -> None:
    assert proof.applied(text, found(text, ruleset)) == becomes


def test_a_slip_is_likely_and_its_fix_unsafe(ruleset: RuleSet) -> None:
    (finding,) = lint(proof.document("The Quality Sytem Regulation applies."), ruleset)
    assert (finding.certainty, finding.fix and finding.fix.safety) == ("likely", "unsafe")


def test_the_terms_inside_a_slip_are_not_reported_as_well(ruleset: RuleSet) -> None:
    findings = lint(proof.document("The Quality System Regualtion applies."), ruleset)
    assert [finding.rule for finding in findings] == ["near-qsr"]


def test_a_word_that_the_document_uses_elsewhere_is_no_slip(ruleset: RuleSet) -> None:
    assert found("The devise master record.", ruleset)
    assert found("The devise master record. We devise. You devise.", ruleset)
    assert found("The devise master record. We devise. You devise. They devise.", ruleset) == []
    assert len(found("The devise master record. " * 5, ruleset)) == 5


def spellings(*phrases: str, exceptions: tuple[str, ...] = ()) -> Spellings:
    entry = {"id": "near-x", "kind": "near", "severity": "note", "message": "m", "basis": "b", "spelling": [*phrases]}
    return Spellings([rule_of(entry | {"except": [*exceptions]}, "pack.yaml")], {})


def slipped(text: str, known: Spellings) -> list[str]:
    return [text[slip.start : slip.end] for slip in known.find(text, frozenset(text.split(" ")))]


def test_of_two_slips_that_begin_together_the_longer_one_is_meant() -> None:
    for phrases in (("design history", "design history file"), ("design history file", "design history")):
        assert slipped("the desgin history file is kept", spellings(*phrases)) == ["desgin history file"]


def test_an_exception_must_hold_all_of_a_term() -> None:
    known = spellings("quality audit", exceptions=("supplier quality", "quality audit trail"))
    assert slipped("the quality audti trail, the supplier quality audti", known) == ["quality audti"]


def test_the_beginning_of_a_longer_word_is_no_word_of_a_term(ruleset: RuleSet) -> None:
    text = "The desgin history filename, the desgin history filer and the desgin history file's owner."
    assert [finding.text for finding in found(text, ruleset)] == ["desgin history file"]


def test_a_slip_in_a_term_that_is_a_plural_makes_no_plural_of_its_replacement() -> None:
    for phrase, text, form in (
        ("quality systems", "the quality sytems", "singular"),
        ("quality audit", "the quality audtis", "plural"),
        ("quality audit", "the qualty audits", "plural"),
    ):
        (slip,) = spellings(phrase).find(text, frozenset(text.split(" ")))
        assert slip.form == form, text


def test_a_slip_in_code_or_an_old_name_is_suppressed(ruleset: RuleSet) -> None:
    text = "The design and development file, formerly the desgin history file, is kept."
    (finding,) = [f for f in lint(proof.document(text), ruleset) if f.rule == "near-dhf"]
    assert finding.suppressed is not None


def test_a_preferred_word_holds_for_the_slips_of_its_term() -> None:
    ruleset = rules.load(rules.Settings(terms={"term-dhf": "design file"}))
    (finding,) = found("The desgin history file is kept.", ruleset)
    assert finding.replacement == "design file"


@pytest.mark.parametrize("spelling", ["DHF", "dossier", "21 CFR part"])
def test_an_acronym_or_a_single_word_is_refused(spelling: str) -> None:
    wrong = {"id": "near-x", "kind": "near", "severity": "note", "message": "m", "basis": "b", "spelling": [spelling]}
    (fault,) = packcheck.faults(rule_of(wrong, "pack.yaml"), {})
    assert fault == f"'spelling' holds terms of several words in small letters, not {spelling!r}"


@pytest.mark.parametrize(
    ("text", "imported"), [("The device history is long.", "False"), ("Device histroy file", "True")]
)
def test_the_comparison_is_imported_only_for_a_candidate(text: str, imported: str) -> None:
    program = (
        "import sys; from qmsr_lint import proof, rules; from qmsr_lint.lint import lint;"
        f"lint(proof.document({text!r}), rules.load()); print('rapidfuzz' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == imported
