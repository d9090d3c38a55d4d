"""How far a fix can be trusted does not depend on what a company calls the current terms."""

import pytest
from linted import RULES, fixes

from qmsr_lint.rules import Settings, load

OWN = load(
    Settings(
        terms={
            "name-qsr": "US device regulation",
            "name-qs-regulation": "US device regulation",
            "term-management-with-executive-responsibility": "executive board",
            "program-qsit": "CP 7382.850",
        }
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "The Quality System Regulation has 15 subparts.",
        "The Quality System Regulation defines the design history file.",
        "The Quality System Regulation does not mention risk.",
        "Corporate management with executive responsibility signs.",
        "Management with executive responsibility (MER) signs.",
        "QSIT has four subsystems.",
        "Audits follow Section 820.22 of the QSR.",
    ],
)
def test_own_words_change_no_trust(text: str) -> None:
    assert fixes(text, OWN) == fixes(text, RULES) != {}
    assert "safe" not in {
        trust for words, trust in fixes(text, OWN).items() if not words.startswith(("820", "Section"))
    }
