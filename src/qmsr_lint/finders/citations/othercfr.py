"""Another section of the CFR that used to point at the one cited: 820.198 beside 803.18, an exemption in 862 to 892."""

from collections.abc import Iterator, Mapping
from typing import Any

from qmsr_lint.citation import Citation
from qmsr_lint.expression import Expression
from qmsr_lint.match import places
from qmsr_lint.reading import Reading

_OTHER_SECTION = Expression(r"(?<![\d.])(?!820\.)(\d{1,3}\.\d{1,4}(?:\([a-z0-9]\))*)")
_EXEMPTED = Expression(
    r"(?<!not )(?<![a-z])exempt(?:ed|ions?)?(?![a-z])[^.;\u2029]{0,120}?"
    r" (?:except(?:ing|ions?)?|other than|excluding|apart from)(?: for| of| to)?(?: the)?"
    r"(?: (?:requirements?|sections?|records?|provisions?)(?: of| in)?)?[^a-z]{0,4}"
    r"(?:(?:21 cfr |\u00a7 ?|sections? )*820\.\d+(?:\([a-z]\))*,? (?:and|or|&) )?$",
    needs=("exempt",),
)
"""Words of an exemption from CGMP that leaves the sections behind it in force."""
_EXEMPT = Expression(
    r"(?<![a-z])exempt (?:medical )?devices?(?![a-z])|(?<![a-z])devices? (?:(?:that|which) )?(?:is|are) "
    r"(?:(?:c?gmp|also)[ -])?exempt(?:ed)?(?![a-z])|c?gmp[ -]exempt|exempt(?:ed)? from (?:the )?(?:c?gmp"
    r"|good manufacturing|quality (?:management )?system|part 820|21 cfr (?:part )?820|qm?sr)",
    needs=("exempt",),
)
"""What is said of devices to which the rules of good manufacturing do not apply."""
_NOT_EXEMPT = Expression(
    r"(?<![a-z])(?:not|no|never|none|without)(?![a-z])|510 ?\(?k", needs=("no", "never", "without", "510")
)
"""What is said of devices to which some sections apply all the same."""


def _outermost_last(number: str) -> Iterator[str]:
    """A designation, the paragraph around it, and so on up to the section."""
    yield number
    while "(" in number:
        yield (number := number[: number.rindex("(")])


def _cites_whole(section: str, words: str) -> bool:
    """Whether words cite a section, and not only a paragraph of it."""
    return any(not words.startswith("(", at + len(section)) for at in places(words, section))


def row_of(reading: Reading, words: str, found: Citation) -> Mapping[str, Any] | None:
    """The row of another CFR section that used to point at the one found: it is named in the sentence, or speaks."""
    sections, designation = reading.ruleset.tables.other_cfr, found.designation
    for number in _OTHER_SECTION.findall(words):
        for outer in _outermost_last(number):
            if (row := sections.get(outer)) is not None and designation in row["legacy"]:
                return row
    exemption = reading.ruleset.tables.exemption
    if exemption is not None and designation in exemption["legacy"]:
        first, _ = reading.sentences.around(found.core, found.end)
        both = all(_cites_whole(name, words) for name in exemption["legacy"]) and _EXEMPT.search(words)
        if (both and not _NOT_EXEMPT.search(words)) or _EXEMPTED.search(reading.text, first, found.start):
            return exemption
    return None
