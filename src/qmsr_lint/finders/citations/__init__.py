"""Finds citations of what the former part 820 held."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from qmsr_lint import citation, successor
from qmsr_lint.beside import other_topic
from qmsr_lint.citation import Citation, Subpart
from qmsr_lint.expression import Expression
from qmsr_lint.finders.citations import othercfr
from qmsr_lint.finders.citations.choice import choose
from qmsr_lint.finders.citations.meant import in_a_name, is_legacy, is_meant, is_of_another_title, of_another_text
from qmsr_lint.finders.citations.writing import write
from qmsr_lint.model import Safety
from qmsr_lint.pack import Rule
from qmsr_lint.reading import Candidate, Reading, basis_of, least
from qmsr_lint.successor import Section, Verdict

_NOTHING = "nothing; rewrite the sentence or take it out"
_ONE_END = " It is one end of a range: name the clauses of what lies between as well."
_ONE_OF_TWO = " It is one end of a range: both ends must change together."
_OF_A_PARAGRAPH = (
    " The words beside it may mean {}, which was not carried over whole or became more: check which is meant."
)
_ONE_OF_A_LIST = " It stands in a list of sections that must change together."
_HEADING = 60  # characters before the letter of a subpart in which its old heading may stand
_CFR_PART = Expression(r"(?<![a-z])(?:cfr|parts?)(?: part)? ?(\d{1,4})(?!\d)|(?<![\d.])(\d{3,4})\.\d{1,3}(?!\d)")
_PART_REACH = 600
"""How far before a subpart, in characters, the part that it belongs to may be named."""
_LETTER = Expression("[a-z]")
_RECORDS = {"820.35"}
"""Where the records of complaints and service stand today, whatever section another part used to name for them."""


def find(reading: Reading) -> Iterator[Candidate]:
    """Sections and paragraphs, and subparts."""
    rules = reading.rules_of("citation")
    if rules and is_of_another_title(reading):
        return
    if rules and reading.holds("820"):
        tables = reading.ruleset.tables
        group: list[tuple[Citation, Candidate | None]] = []
        for found in citation.find(reading.text, tables.known):
            if not found.listed:
                yield from _together(reading, group)
                group = []
            verdict = tables.verdict(found.designation)
            candidate = None if verdict.outcome == "live" else _section(reading, rules, found, verdict)
            group.append((found, candidate))
        yield from _together(reading, group)
    if (rule := rules.get("subpart")) and _holds_subparts(reading):
        for subpart in citation.find_subparts(reading.text):
            if candidate := _subpart(reading, rule, subpart):
                yield candidate


def _together(reading: Reading, group: Sequence[tuple[Citation, Candidate | None]]) -> Iterator[Candidate]:
    """The candidates of a list or a range of citations.

    None is safe to change that leans on another which has to stay, nor at the end of a range: what lies between is not
    named.
    """
    joints = [reading.text[one.end : other.start].strip() for (one, _), (other, _) in pairwise(group)]
    ends: dict[int, str] = {}
    for number, joint in enumerate(joints):
        (one, _), (other, _) = group[number : number + 2]
        if other.ranged or citation.joins_a_range(joint):
            whole = reading.ruleset.tables.are_neighbours(one.designation, other.designation)
            ends |= dict.fromkeys((number, number + 1), _ONE_OF_TWO if whole else _ONE_END)
    stays = any(each is None or each.safety != "safe" or number in ends for number, (_, each) in enumerate(group))
    said = ["cfr" in reading.text[cited.start : cited.end] for cited, _ in group]
    leaning = stays and len(group) > 1 and citation.share_their_beginning(said, joints)
    for number, (_, each) in enumerate(group):
        doubt = ends.get(number) or (_ONE_OF_A_LIST if leaning else "")
        if each is None:
            continue
        if each.safety == "safe" and doubt:
            each = each._replace(safety="unsafe", message=each.message + doubt)
        elif number in ends:
            each = each._replace(message=each.message + doubt)
        yield each


def _holds_subparts(reading: Reading) -> bool:
    """Whether a subpart may be named: "Sub-part K" and "Subpt. J" only beside the number of the part."""
    if reading.holds("subpart"):
        return True
    return reading.holds("820") and (reading.holds("subpt") or "sub-p" in reading.text)


class _Offer(NamedTuple):
    """What is offered for a citation: what it became, what to cite, what to write, and what else may be meant.

    `sure` tells that the edit says there what the citation said, `clauses` are what words chose of several, `doubt` is
    what the message adds, `other` the row of another CFR section that used to point at the one cited. What is left
    `open` is for a person to choose.
    """

    outcome: str
    replacement: str | None = None
    edit: str | None = None
    alternatives: tuple[str, ...] = ()
    sure: bool = True
    clauses: tuple[str, ...] = ()
    doubt: str = ""
    other: Mapping[str, Any] | None = None
    open: bool = False


def _section(reading: Reading, rules: Mapping[str | None, Rule], found: Citation, verdict: Verdict) -> Candidate | None:
    if not is_meant(reading, found, verdict):
        return None
    offer = _offer(reading, rules, found, verdict)
    rule = rules.get(offer.outcome)
    if rule is None:
        return None
    first, last = reading.folded.span(found.start, found.end)
    shown = verdict.section or Section(found.designation, "unknown")
    message = reading.message(
        rule,
        first,
        last,
        current=offer.replacement or _NOTHING,
        designation=found.designation,
        section=found.designation,
        heading=_heading(shown),
        today=_today(reading, shown),
        nearest=verdict.nearest or "",
        other=offer.other["section"] if offer.other else "",
    )
    return Candidate(
        rule,
        first,
        last,
        (found.start, found.end),
        message + offer.doubt,
        offer.replacement,
        offer.edit,
        tuple(dict.fromkeys(word for word in offer.alternatives if word != offer.replacement)),
        _basis(rule, offer, verdict.section),
        certainty=least("certain" if found.prefixed else "likely", rule.certainty),
        safety=_safety(reading, first, offer, shown),
        silenced=in_a_name(reading, rule, found) or of_another_text(reading, found),
        cited=found.designation,
    )


def _heading(section: Section) -> str:
    """What a section was about: its heading; of a paragraph within paragraphs its own matter, before that of all."""
    own = section.designation.count("(") > 1 and section.gist
    return own or section.heading or section.gist


def _basis(rule: Rule, offer: _Offer, section: Section | None) -> str:
    """What the offer rests on: the row of the section, or that of the other section which cited it."""
    if offer.other is not None:
        row = Section(offer.other["section"], "", confidence=offer.other["confidence"])
        return successor.authority(row, (*offer.other.get("iso", ()), *offer.other.get("qmsr", ())))
    if section is None or section.status == "removed_1997":
        return basis_of(rule)
    return successor.authority(section, offer.clauses)


def _offer(reading: Reading, rules: Mapping[str | None, Rule], found: Citation, verdict: Verdict) -> _Offer:
    words, section = reading.sentence(found.core, found.end), verdict.section
    other = othercfr.row_of(reading, words, found) if verdict.outcome == "removed" else None
    if other is not None and "other-cfr" not in rules:
        other = None
    if section is None:
        return _Offer(verdict.outcome) if other is None else _Offer("other-cfr", other["current"], other=other)
    choice = choose(reading, section, found, words)
    clause, replacement, offered = choice.clause, choice.replacement, choice.offered
    clauses = (clause,) if clause is not None and (clause,) != section.iso else choice.clauses
    if other is not None:
        own = () if {*other["qmsr"]} == _RECORDS else tuple(filter(None, (replacement, *offered)))
        return _Offer("other-cfr", other["current"], None, own, other=other)
    edit, sure, doubt = None, True, ""
    if verdict.outcome != "unknown":
        if not found.loose:
            edit, sure, doubt, aside = write(reading, section, clause, found)
            sure = sure and choice.sure
            if choice.paragraph and not doubt:
                doubt = _OF_A_PARAGRAPH.format(choice.paragraph)
            doubt = doubt if offered else doubt + aside
        if (topic := other_topic(reading, found)) and (also := _replacement_of(reading, topic[1])):
            doubt = f" The words beside it ({topic[0]}) belong to {topic[1]}, now {also}: check which is meant."
            offered, edit, choice = (*offered, also), None, choice._replace(open=True)
    if section.partly:
        doubt = f" {section.notes}{doubt}"
    return _Offer(verdict.outcome, replacement, edit, offered, sure, clauses, doubt, open=choice.open)


def _replacement_of(reading: Reading, designation: str) -> str | None:
    """What is to be cited for a legacy section, None where there is nothing."""
    section = reading.ruleset.tables.legacy.get(designation)
    return None if section is None else successor.replacement(section)


def _safety(reading: Reading, first: int, offer: _Offer, section: Section) -> Safety:
    """How far the edit can be trusted."""
    if offer.open or section.fix == "keep":
        return "none"
    safety = "unsafe" if offer.clauses else section.fix
    # "parts 820.90" may be parts of a device.
    doubtful = not offer.sure or reading.document.text.startswith(("part", "Parts", "PART"), first)
    return "unsafe" if safety == "safe" and doubtful else safety


def _today(reading: Reading, section: Section) -> str:
    """What the designation of a section stands for today."""
    collision = reading.ruleset.tables.collisions.get(section.designation)
    return collision.current if collision else section.today


def _subpart(reading: Reading, rule: Rule, found: Subpart) -> Candidate | None:
    """A subpart letter counts with part 820 beside it or named last before it, or as the heading it used to have."""
    section = reading.ruleset.tables.legacy.get(f"Subpart {found.letter.upper()}")
    if section is None or section.fix == "keep" or found.part not in (820, None):
        return None
    heading = section.heading.lower()
    before = reading.text[max(0, found.start - _HEADING) : found.start]
    titled = found.follows.lstrip(" -:\u2014.,(\u2029").startswith(heading[:14]) or (
        before.endswith(f"{heading} (") and not _LETTER.search(before[: -len(heading) - 2].rpartition("\u2029")[2])
    )
    near = found.part is None and not titled
    if near and not _follows_part_820(reading.text, found.start):
        return None
    if section.designation in reading.ruleset.tables.collisions and not titled:
        nearby = reading.nearby(found.start, found.end)
        if not is_legacy(reading, section.designation, nearby, found.start, found.end):
            return None
    first, last = reading.folded.span(found.start, found.end)
    replacement = successor.replacement(section)
    return Candidate(
        rule,
        first,
        last,
        (found.start, found.end),
        reading.message(
            rule,
            first,
            last,
            current=replacement or "",
            designation=section.designation,
            section=section.designation,
            heading=section.heading,
            today=_today(reading, section),
        )
        + (_ONE_END if found.ranged else ""),
        replacement,
        basis=successor.authority(section),
        certainty="likely" if near else "certain",
    )


def _follows_part_820(text: str, start: int) -> bool:
    """Whether part 820 is the last part of the CFR that is named before an offset of the folded text."""
    *_, last = [None, *_CFR_PART.finditer(text, max(0, start - _PART_REACH), start)]
    return last is not None and (last[1] or last[2]) == "820"
