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
        ("Audits follow 21 CFR 820.22 as well as 21 CFR 820.80.", {"21 CFR 820.22": "unsafe", "21 CFR 820.80": None}),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stock is packed (820.130), stored (820.150) and shipped (820.160).", {"820.150": "unsafe"}),
        ("Gauges are checked (820.72); goods are judged per 820.80.", {"820.72": "unsafe"}),
        ("Gauges are checked (820.72). Goods are judged per 820.80.", {"820.72": "safe"}),
        ("The report holds (820.200(d)):\n\n- the date (820.200(d)(3))", {"820.200(d)(3)": "unsafe"}),
        ("The DMR holds:\n\n- specifications (820.181(a))", {"820.181(a)": "unsafe"}),
        ("The binder holds:\n\n- plans of audits (820.22)", {"820.22": "safe"}),
        ("Is there a DHF for each device? (820.30(j))", {"820.30(j)": "unsafe"}),
        ("The DHF is kept. Audits are done per 820.22.", {"820.22": "safe"}),
        (
            "Management with executive responsibility acts.\n\nSite management with executive responsibility acts.",
            {"Management with executive responsibility": "unsafe"},
        ),
        (
            "The Quality System Regulation (QSR) applies. The QSR asks for a DHF.",
            {"Quality System Regulation": "unsafe"},
        ),
        ("The Quality System Regulation (QSR) applies. A QSR-compliant supplier is kept.", {"QSR": "unsafe"}),
        (
            "The Quality System Regulation, hereinafter the QSR, applies. A QSR-compliant supplier is kept.",
            {"Quality System Regulation": "unsafe"},
        ),
        ("- QSR Quality System Regulation\n\nA QSR-compliant supplier.", {"Quality System Regulation": "unsafe"}),
    ],
)
def test_what_hangs_together_is_trusted_as_a_whole(text: str, expected: dict[str, str]) -> None:
    assert fixes(text).items() >= expected.items()
