"""What changes whole or not at all: a column, the short name of the regulation, the citations of a sentence."""

import pytest
from linted import fixes, table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (table("| Section | SOP |", "| 820.22 | 1 |", "| 820.72 | 2 |"), {"820.22": "safe", "820.72": "safe"}),
        (table("| Section | SOP |", "| 820.22 | 1 |", "| 820.80 | 2 |"), {"820.22": "unsafe", "820.80": None}),
        (table("| 820.22 | SOP |", "| Planned | 1 |", "| Held | 2 |"), {"820.22": "unsafe"}),
        ("Audits follow 21 CFR 820.22 as well as 820.80.", {"21 CFR 820.22": "unsafe", "820.80": None}),
        ("Audits follow 21 CFR 820.22 as well as 21 CFR 820.80.", {"21 CFR 820.22": "safe", "21 CFR 820.80": None}),
        ("Audits follow 21 CFR 820.22; goods are checked per 820.80.", {"21 CFR 820.22": "unsafe", "820.80": None}),
        (
            "Use Compliance Program 7382.845 or Compliance Program 7383.001.",
            {"7382.845": "unsafe", "7383.001": "unsafe"},
        ),
        ("Use Compliance Program 7382.845.", {"7382.845": "safe"}),
    ],
)
def test_all_of_a_kind_are_trusted_or_none(text: str, expected: dict[str, str | None]) -> None:
    assert fixes(text) == expected


def test_the_short_name_is_changed_everywhere_or_nowhere() -> None:
    whole = "The Quality System Regulation (QSR) applies.\n\nWe follow the QSR."
    assert fixes(whole) == {"Quality System Regulation": "safe", "QSR": "safe"}
    part = f"{whole}\n\nSee QSR 820.80 as well."
    assert {name: safety for name, safety in fixes(part).items() if name != "820.80"} == {
        "Quality System Regulation": "unsafe",
        "QSR": None,
    }
