"""Finds citations of what the former part 820 held."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from qmsr_lint import citation, successor
from qmsr_lint.beside import other_topic
from qmsr_lint.citation import Citation, Subpart
from qmsr_lint.context import became
from qmsr_lint.expression import Expression
from qmsr_lint.lexicon import plural
from qmsr_lint.match import contains, places
from qmsr_lint.model import Block
from qmsr_lint.pack import Rule
from qmsr_lint.reading import Candidate, Reading, least
from qmsr_lint.successor import Section, Verdict, same_branch
from qmsr_lint.wording import singular

_OTHER_SECTION = Expression(r"(?<![\d.])(\d{1,3}\.\d{1,4}(?:\([a-z0-9]\))*)")
_NOTHING = "nothing; rewrite the sentence or take it out"
_NOT_CARRIED = (
    " What stands beside it is not in what takes its place, or not as it was: it may stay as a requirement of your own."
)
_NAMING = (
    r"(?:the|all|any|other|fda(?:'s)?|u\.?s\.?|requirements?|provisions?|regulations?|controls?|design|development|and|or"
    r"|of|in|under|at|by|from|part|sections?|current|quality|management|system|21|cfr|qs|gmp|cgmp|existing"
    r"|(?:§{1,2} ?)?820\.[0-9.()a-z]{1,14})"
)
_SCOPE_BEFORE = Expression(
    rf"(?<![a-z])(?:subject to|exempt(?:ed|ions?)?(?: only| also)? from|excluded from|waived from|covered by"
    rf"|(?:applicability|scope) of|falls? (?:under|within))(?:[ ,(]{{1,3}}{_NAMING}(?![a-z0-9])){{0,8}}[ ,(]{{1,3}}$",
    needs=("subject to", "exempt", "excluded", "waived", "covered", "applicability", "scope of", "fall"),
)
_SCOPE_BEHIND = Expression(
    r"(?:[ ,()]{1,3}(?:only|still|also|now|does|do|did|shall|will|may|the|design|controls?"
    r"|requirements?|and|or|(?:§{1,2} ?)?820\.[0-9.()a-z]{1,14})(?![a-z0-9])){0,8}[ ,()]{1,3}"
    r"(?:(?:is |are |be )?(?:not|no longer|never) (?:apply|applicable)"
    r"|(?:appl(?:y|ies)|(?:is|are) applicable)(?: only| also)? to [^.;\u2029]{0,40}"
    r"(?:class|devices?|products?|software|accessor(?:y|ies)|kits?))(?![a-z])",
    needs=("appl",),
)
_CLASSIFIED = Expression(
    r"(?<![a-z])(?:class (?:i{1,3}|[123])(?![a-z0-9])|exempt(?:ed|ions?)?(?![a-z])|ide devices?(?![a-z])"
    r"|(?:investigational|study) devices?(?![a-z]))",
    needs=("class ", "exempt", "ide device", "investigational", "study dev"),
)
"""What is said of a section that applies to some devices: "exempt from 820.30", "820.30 does not apply to class I"."""
_OF_SCOPE = "820.30(a)"
"""The paragraph that said to which devices the section applied."""
_NO_SUBJECT = Expression(
    r"(?<![a-z])(?:to|from|of|by|per|under|in|with|see|against|and|or|follows?|meets?|satisf(?:y|ies)|fulfill?s?) $"
    r"|[(\[,:;] ?$"
)
_DESIGN = ("820.10(c)",)
_ALONE = " A fix writes the clause alone: 820.10(c) only says which devices must follow it."
_TWO = ", and 21 CFR "
"""Tells in a replacement that a section of today stands beside the clause: "820.200 requires" needs another verb."""
_TITLE_IN_WORDS = Expression(
    r"software assurance (?:for |of )?production and quality (?:management )?system software|\"[^\"]{16,160}\"",
    needs=("software assurance", '"'),
)
"""The title of another document, whose words say nothing of what the sentence is about."""
_EXEMPTED = Expression(
    r"(?<!not )(?<![a-z])exempt(?:ed|ions?)?(?![a-z])[^.;\u2029]{0,120}?"
    r" (?:except(?:ing|ions?)?|other than|excluding|apart from)(?: for| of| to)?(?: the)?"
    r"(?: (?:requirements?|sections?|records?|provisions?)(?: of| in)?)?[^a-z]{0,4}"
    r"(?:(?:21 cfr |\u00a7+ ?|sections? )*820\.\d+(?:\([a-z]\))*,? (?:and|or|&) )?$",
    needs=("exempt",),
)
"""Words of an exemption from CGMP that leaves the sections behind it in force."""
_EXEMPT = Expression(
    r"(?<![a-z])exempt (?:medical )?devices?(?![a-z])|(?<![a-z])devices? (?:(?:that|which) )?(?:is|are) "
    r"(?:(?:c?gmp|also)[ -])?exempt(?:ed)?(?![a-z])|c?gmp[ -]exempt|exempt(?:ed)? from (?:the )?(?:c?gmp"
    r"|good manufacturing|quality (?:management )?system|part 820|21 cfr (?:part )?820|qm?sr)",
    needs=("exempt",),
)
_NOT_EXEMPT = Expression(
    r"(?<![a-z])(?:not|no|never|none|without)(?![a-z])|510 ?\(?k", needs=("no", "never", "without", "510")
)
"""What is said of devices to which some sections apply all the same."""
_BESIDE = 120  # characters that are looked at before and behind a citation
_ITEMS = 12  # items of a list that are looked at before and behind one
_CLAUSE = Expression(r"(?<![\d.:])[4-8](?:\.\d{1,2}){0,4}(?!\.?\d)")
_NUMBERS = Expression(r"(?:\d(?:\.\d{1,2}){0,4}|and|to|clauses?|sections?|[ ,;/&()§\u2013-])*")
"""A cell with the numbers of clauses alone."""
_ONE_END = " It is one end of a range: name the clauses of what lies between as well."
_ONE_OF_A_LIST = " It stands in a list of sections that must change together."
_HEADED = (
    " The head of its column, or the label of its row, says that the regulation is cited: both must change together."
)
_CITED = " What it became is cited beside it already: it may be enough to take this citation out."
_CITED_NEAR = " A clause that took its place is cited near it: look whether both are needed."
_BEHIND_A_NAME = (" ", ",", ":", ";", "/", "(", "-")
_GOES_ON = Expression(r" [a-z0-9&]")
_HEADING_JOINT = Expression(r" ?[:,(\u2014-] ?| ")
_LEAD = Expression(r"(?:[^a-z]|us|u\.s\.|fda(?:'s)?|title|clause|sections?|cfr|parts?|and|\([a-z]\))*")
"""What an item of a list of references has before its citation: others, maybe."""
_ARROW_BEHIND = Expression(
    rf"[^.;\u2029]{{0,24}}?(?:{became.ARROW.expression}) ?(?:(?:sub-?)?clauses? |sections? |§{{1,2}} ?)?[4-8]\.\d",
    needs=became.ARROW.needs,
)
"""An arrow to a clause by its number, which the new words would be said to become."""
_AND_MORE = Expression(r",? ?(?:et\.? ?seq|ff?(?![a-z])|and following)", needs=("seq", "f"))
"""Behind a section, what is cited with it."""
_PARAGRAPH = Expression(
    r"(?:(?:sub-?)?(?:paragraph|section|para|item)s?\.? ?|§{1,2} ?)?\(?[a-z]\)|(?:§{1,2} ?|para(?:graph)? )[a-z]$"
)
_STEM = 7  # letters of a word that its forms share: validation, validated
_REST = 6  # characters that may stand beside a citation which is the whole of its cell
_HEAD = 60  # characters of the head of a column
_WORDS = Expression("[a-z]")
_SECTIONS = Expression(r"820\.\d+(?:\([a-z0-9]\))*")
_PART = Expression(r"(?<!\d)820(?!\d)", needs=("820",))
_SHORT_CLAUSE = Expression(r"(?<![a-z])iso ?(?:clauses? |§{1,2} ?)?[4-8]\.\d", needs=("iso",))
"""A clause of the standard without its number: "ISO 7.4"."""
_HEAD_WORD = Expression(r"[a-z](?:\.?[a-z])*|\d+")
_CFR_HEAD = frozenset(
    "fda us u.s qsr qmsr qs gmp cgmp title 21 cfr c.f.r part parts 820 section sections s sec subpart reference"
    " references ref refs citation citations cite clause clauses paragraph paragraphs requirement requirements"
    " regulation regulations regulatory quality management system applicable related number numbers no and or"
    " of".split()
)
_NAMES_CFR = frozenset({"cfr", "c.f.r", "820", "qsr", "fda"})
_OTHER_PART_820 = Expression(
    r"(?<![\d.])(?!21(?!\d))\d{1,2} ?c\.?f\.?r\.?,? (?:part )?820(?![\d.]*\d)"
    r"(?:(?! (?:and|or|but|while) |[;.] )[^\u2029]){0,60}$",
    needs=("cfr", "c.f", "cf."),
)
"""Part 820 of another title: title 10 has one on nuclear activities."""
_OTHER_CODE = Expression(
    r"(?<![a-z])(?:stat(?:utes)?|adm(?:in(?:istrative)?)?\.? code|rev\.? stat)\.?"
    r"(?: (?:tit(?:le)?\.?|ch(?:apter)?\.?|\d+),?){0,3},? ?$",
    needs=("stat", "code"),
)
"""The laws of a state, whose sections may have such numbers."""
_CODE_REACH = 80
_OF_ANOTHER_TEXT = Expression(
    r" of (?:the|this|our|your|that) (?:(?!qsr|qs |fda|regulat|cfr|gmp|21)[a-z-]+ ){0,3}(?:specifications?|contract"
    r"|lease|agreement|tender|building code|manual|handbook|drawings?)(?![a-z])",
    needs=(" of ",),
)
_DRAWN = Expression(r"-[A-Z](?![A-Za-z])")
"""Stands behind the number of a part of a device: "Part 820.30-A"."""
_OUR_TITLE = Expression(r"(?<!\d)21 ?c\.?f\.?r|qm?sr(?![a-z])|fda(?![a-z])|medical device")


def find(reading: Reading) -> Iterator[Candidate]:
    """Sections and paragraphs, and subparts."""
    rules = reading.rules_of("citation")
    if rules and reading.holds("820"):
        tables = reading.ruleset.tables
        group: list[tuple[Citation, Candidate | None]] = []
        for found in citation.find(reading.text, tables.known):
            if not found.listed:
                yield from _together(reading, group)
                group = []
            verdict = tables.verdict(found.designation)
            candidate = None if verdict.outcome == "live" else _section(reading, rules, found, verdict)
            if candidate is not None or verdict.outcome == "live":
                group.append((found, candidate))
        yield from _together(reading, group)
    if (rule := rules.get("subpart")) and _holds_subparts(reading):
        for subpart in citation.find_subparts(reading.text):
            if candidate := _subpart(reading, rule, subpart):
                yield candidate


def _together(reading: Reading, group: Sequence[tuple[Citation, Candidate | None]]) -> Iterator[Candidate]:
    """The candidates of a list or a range of citations; none is safe to change where another has to stay."""
    found = [candidate for _, candidate in group if candidate is not None]
    doubt = ""
    if len(group) > 1 and any(each.safety == "safe" for each in found):
        joints = [reading.text[one.end : other.start].strip() for (one, _), (other, _) in pairwise(group)]
        if any(cited.ranged for cited, _ in group) or any(map(citation.joins_a_range, joints)):
            doubt = _ONE_END
        elif any(each.safety != "safe" for each in found):
            said = ["cfr" in reading.text[cited.start : cited.end] for cited, _ in group]
            doubt = _ONE_OF_A_LIST if citation.share_their_beginning(said, joints) else ""
    for each in found:
        if doubt and each.safety == "safe":
            each = each._replace(safety="unsafe", message=each.message + doubt)
        yield each


def _holds_subparts(reading: Reading) -> bool:
    """Whether a subpart may be named: "Sub-part K" and "Subpt. J" only beside the number of the part."""
    if reading.holds("subpart"):
        return True
    return reading.holds("820") and (reading.holds("subpt") or "sub-p" in reading.text)


class _Offer(NamedTuple):
    """What is offered for a citation: what it became, what to cite, what to write, and what else may be meant.

    `sure` tells that the edit says there what the citation said, `clauses` are what words chose of several, `doubt` is
    what the message adds, `other` the row of another CFR section that used to point at the one cited.
    """

    outcome: str
    replacement: str | None = None
    edit: str | None = None
    alternatives: tuple[str, ...] = ()
    sure: bool = True
    clauses: tuple[str, ...] = ()
    doubt: str = ""
    other: Mapping[str, Any] | None = None


def _section(reading: Reading, rules: Mapping[str | None, Rule], found: Citation, verdict: Verdict) -> Candidate | None:
    if not _is_meant(reading, found, verdict):
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
        heading=shown.heading or shown.gist,
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
        silenced=_in_a_name(reading, rule, found) or _of_another_text(reading, found),
        cited=found.designation,
    )


def _basis(rule: Rule, offer: _Offer, section: Section | None) -> str:
    """What the offer rests on: the row of the section, or that of the other section which cited it."""
    if offer.other is not None:
        row = Section(offer.other["section"], "", confidence=offer.other["confidence"])
        return successor.authority(row, (*offer.other.get("iso", ()), *offer.other.get("qmsr", ())))
    return successor.authority(section, offer.clauses) if section else rule.basis


def _in_a_name(reading: Reading, rule: Rule, found: Citation) -> str | None:
    """Why a citation is left alone as part of one of the names that its rule excepts, or None."""
    for name in map(str.lower, rule.exceptions):
        if reading.text.find(name, max(0, found.end - len(name)), found.start + len(name)) >= 0:
            return f"is part of the name {name!r}"
    return None


def _is_meant(reading: Reading, found: Citation, verdict: Verdict) -> bool:
    """Whether a number is a citation of what is gone, and neither a measurement nor a section of today."""
    if not found.prefixed and _is_measurement(reading, found):
        return False
    if _is_of_another_title(reading, found):
        return False
    if verdict.outcome == "collision":
        words = reading.sentence(found.core, found.end)
        return _is_legacy(reading, found.designation, words, found.start, found.end)
    never_was = verdict.outcome == "unknown" and verdict.section is None
    return not never_was or found.prefixed or "(" in reading.text[found.core : found.end]


def _offer(reading: Reading, rules: Mapping[str | None, Rule], found: Citation, verdict: Verdict) -> _Offer:
    words, section = reading.sentence(found.core, found.end), verdict.section
    other = _other_cfr(reading, words, found) if verdict.outcome == "removed" else None
    if other is not None and "other-cfr" not in rules:
        other = None
    if section is None:
        return _Offer(verdict.outcome) if other is None else _Offer("other-cfr", other["current"], other=other)
    clause, replacement, offered, chosen, clauses = _choice(reading, section, found, words)
    if clause is not None and (clause,) != section.iso:
        clauses = (clause,)
    if other is not None:
        own = () if other.get("exemption") or set(other["qmsr"]) == {"820.35"} else offered
        return _Offer("other-cfr", other["current"], None, own, other=other)
    edit, sure, doubt = None, True, ""
    if verdict.outcome != "unknown":
        if not found.loose:
            edit, sure, doubt = _edit(reading, section, clause, found)
            sure = sure and chosen
        if (topic := other_topic(reading, found)) and (also := _replacement_of(reading, topic[1])):
            doubt = f" The words beside it ({topic[0]}) belong to {topic[1]}, now {also}: check which is meant."
            offered, edit = (*offered, also), None
    if offered and doubt == _ALONE:
        doubt = ""  # nothing is written
    if section.partly:
        doubt = f" {section.notes}{doubt}"
    return _Offer(verdict.outcome, replacement, edit, offered, sure, clauses, doubt)


def _replacement_of(reading: Reading, designation: str) -> str | None:
    """What is to be cited for a legacy section, None where there is nothing."""
    section = reading.ruleset.tables.legacy.get(designation)
    return None if section is None else successor.replacement(section)


def _safety(reading: Reading, first: int, offer: _Offer, section: Section) -> str:
    """How far the edit can be trusted."""
    safety = "none" if offer.alternatives else "unsafe" if offer.clauses else section.fix
    # "parts 820.90" may be parts of a device.
    doubtful = not offer.sure or reading.document.text.startswith(("part", "Parts", "PART"), first)
    return "unsafe" if safety == "safe" and doubtful else safety


def _today(reading: Reading, section: Section) -> str:
    """What the designation of a section stands for today."""
    collision = reading.ruleset.tables.collisions.get(section.designation)
    return collision.current if collision else section.today


def _is_measurement(reading: Reading, found: Citation) -> bool:
    """Whether a bare number is one of many: a text that names no regulation, and has other numbers of the same size."""
    return "(" not in found.designation and not reading.names_regulation and reading.holds_measures


def _is_of_another_title(reading: Reading, found: Citation) -> bool:
    """Whether the sentence names a part 820 of another title of the CFR, and that of title 21 nowhere near."""
    words = reading.sentence(found.start, found.end)
    first, _ = reading.contexts.segment_around(found.start)
    before = reading.text[max(first, found.start - _CODE_REACH) : found.start]
    if not _OTHER_PART_820.search(before) and not _OTHER_CODE.search(before):
        return False
    return "21" not in reading.text[found.start : found.core] and _OUR_TITLE.search(words) is None


def _of_another_text(reading: Reading, found: Citation) -> str | None:
    """Why a citation is left alone as a section of some other text, or as a part of a device; or None."""
    unit = reading.text[found.start : found.core]
    if "cfr" in unit:
        return None
    if unit.startswith("part") and _DRAWN.match(reading.document.text, reading.folded.origin(found.end)):
        return "is a part of a device here"
    if "sec" in unit and _OF_ANOTHER_TEXT.match(reading.text, found.end, found.end + _BESIDE):
        return "is a section of another text here"
    return None


def _is_legacy(reading: Reading, designation: str, words: str, start: int, end: int) -> bool:
    """Whether a number that is live again has its old meaning here, by the words of its sentence, block, then row."""
    collision = reading.ruleset.tables.collisions[designation]
    for text in (words, reading.nearby(start, end), reading.row(start)):
        legacy = sum(contains(text, word) for word in collision.legacy_words)
        current = sum(contains(text, word) for word in collision.current_words)
        if legacy != current:
            return legacy > current
    return False


class _Choice(NamedTuple):
    """The clause that words choose, what is to be cited, what is offered where they choose none, and how sure that is.

    `clauses` are several that they choose together.
    Words choose a clause where a section became several; the row of a table and the whole document choose less surely.
    """

    clause: str | None
    replacement: str | None
    offered: tuple[str, ...] = ()
    sure: bool = True
    clauses: tuple[str, ...] = ()


def _choice(reading: Reading, section: Section, found: Citation, words: str) -> _Choice:
    """What the words of its sentence choose for a citation, else the heading of the section in the next cell."""
    if not section.topics:
        alone = _clauses_named(section.narrow, words)
        clause = alone[0] if len(alone) == 1 else None
        return _Choice(clause, successor.replacement(section, clause))
    words = _TITLE_IN_WORDS.sub(_without_title, words) if _TITLE_IN_WORDS.may_match(words) else words
    choice = _chosen(section, words)
    if choice.clause in section.iso and any(beginning in words for beginning in section.unless):
        return _Choice(None, successor.replacement(section), _each_clause(section))
    if not choice.offered or _clauses_named(section.topics, words):
        return choice
    if section.unless:
        near = f"{reading.nearby(found.start, found.end)} {reading.row(found.start)}"
        if not any(beginning in near for beginning in section.unless):
            return _Choice(None, choice.replacement, sure=not any(map(reading.holds, section.unless)))
    return _chosen_by_heading(reading, section, found) or choice


def _chosen(section: Section, words: str) -> _Choice:
    whole = successor.replacement(section)
    chosen = _clauses_named(section.topics, words)
    if len(chosen) == 1:
        return _Choice(chosen[0], successor.replacement(section, chosen[0]))
    if chosen and not set(chosen) & set(section.iso) and not _is_of_its_heading(words, section):
        return _Choice(None, successor.clauses(chosen), (whole or "",), clauses=tuple(chosen))
    if chosen:
        whole = successor.clauses_of(section, chosen) or whole
    offered = tuple(successor.replacement(section, clause) or "" for clause in chosen) or _each_clause(section)
    return _Choice(None, whole, offered)


def _each_clause(section: Section) -> tuple[str, ...]:
    return tuple(successor.replacement(section, clause) or "" for clause in section.topics)


def _is_of_its_heading(words: str, section: Section) -> bool:
    """Whether words speak of what a section was about: the last word of its heading, in any form of it."""
    return section.heading.lower().rpartition(" ")[2][:_STEM] in words


def _clauses_named(topics: Mapping[str, Sequence[str]], words: str) -> list[str]:
    return [clause for clause, named in topics.items() if any(contains(words, topic) for topic in named)]


def _chosen_by_heading(reading: Reading, section: Section, found: Citation) -> _Choice | None:
    """What the heading of a section chooses in the cell beside it; nothing where the row names something else."""
    block = reading.block_around(found.start)
    if block.place.table is None or block.end - block.start - (found.end - found.start) > _REST:
        return None
    words, number = reading.contexts.structure.words, block.place.cell or 0
    cells = reading.contexts.structure.row(block)
    beside = [cell for cell in cells if abs((cell.place.cell or 0) - number) == 1 and _is_heading(words(cell), section)]
    others = [words(cell) for cell in cells if cell not in beside]
    if not beside or any(_names_another(reading, section, other) for other in others):
        return None
    choice = _chosen(section, words(beside[0]))
    if choice.clause is None and _clauses_named(section.topics, words(beside[0])):
        return None
    if choice.clause is None and section.fix != "safe":
        return None
    if any(clause != choice.clause for other in others for clause in _clauses_named(section.topics, other)):
        return None
    return choice._replace(offered=(), sure=False)


def _is_heading(words: str, section: Section) -> bool:
    """Whether the words of a cell are the heading of a section, one or several of the thing."""
    return singular(words.strip(" .:;")) == singular(section.heading.lower())


def _names_another(reading: Reading, section: Section, words: str) -> bool:
    """Whether the words of a cell are about another section."""
    topics = reading.ruleset.tables.topics
    return any(contains(words, topic) and not same_branch(section.designation, name) for topic, name in topics)


def _without_title(found: re.Match[str]) -> str:
    """Nothing in place of a title; a quoted passage with a citation in it is a sentence, which stays."""
    return found[0] if "820." in found[0] else " "


def _edit(reading: Reading, section: Section, clause: str | None, found: Citation) -> tuple[str | None, bool, str]:
    """What is written in place of a citation, whether it surely says there what the citation said, and why not."""
    scope = _is_of_scope(reading, section, found)
    edit = successor.edit(section, clause, scope=scope)
    beside = (reading.sentence(found.core, found.end), reading.row(found.start)) if section.doubtful else ()
    if edit is not None and any(contains(text, word) for text in beside for word in section.doubtful):
        return edit, False, _NOT_CARRIED
    if edit is None or not edit.startswith("ISO "):
        return edit, True, ""
    reads = _TWO not in edit or _may_be_two(reading, found)
    alone = _ALONE if section.qmsr == _DESIGN and not scope else ""
    if _is_in_cfr_column(reading, found):
        return None, True, _HEADED
    listed = _is_listed_beside(reading, found, edit)
    if listed and _is_reference(reading, found):
        return None, True, _CITED if _is_cited_beside(reading, found, edit) else _CITED_NEAR
    doubtful = (
        listed
        or reading.text.startswith("21.", found.start)  # "21.CFR.820.30.i" is a tag for a program
        or reading.is_link_to(_PART, found.start)
        or _stands_beside_a_clause(reading, found)
        or _goes_on_in_next_cell(reading, found)
        or _stands_beside_its_heading(reading, section, found)
        or _ARROW_BEHIND.match(reading.text, found.end, found.end + _BESIDE) is not None
        or _AND_MORE.match(reading.text, found.end) is not None
    )
    return edit, reads and not doubtful, alone


def _is_of_scope(reading: Reading, section: Section, found: Citation) -> bool:
    """Whether a sentence says to which devices the cited section applies."""
    if section.qmsr != _DESIGN:
        return False
    text = reading.text
    first, last = reading.contexts.sentence(found.core, found.end)
    if found.designation.startswith(_OF_SCOPE) or _SCOPE_BEFORE.search(
        text, max(first, found.start - _BESIDE), found.start
    ):
        return True
    if _SCOPE_BEHIND.match(text, found.end, min(last, found.end + _BESIDE)):
        return True
    if text[last - 1 : last] == ";":  # it goes on: "built under 820.30; the rest does not apply to IDE devices"
        last = reading.contexts.sentence_at(last + 1)[1]
    return found.designation == "820.30" and any(
        _CLASSIFIED.search(words) for words in (text[first:last], reading.row(found.start))
    )


def _may_be_two(reading: Reading, found: Citation) -> bool:
    """Whether two citations can stand where there was one: it is all that is said, or no subject."""
    first, last = reading.contexts.sentence(found.core, found.end)
    if _SCOPE_BEFORE.search(reading.text, max(first, found.start - _BESIDE), found.start):
        return True
    whole = found.start == first and found.end >= last
    return whole or _NO_SUBJECT.search(reading.text, first, found.start) is not None


def _stands_beside_a_clause(reading: Reading, found: Citation) -> bool:
    """Whether a clause is named beside it or in its row: 8.2.4 in place of 820.22 might name a clause twice."""
    first, last = reading.contexts.segment_around(found.start)
    beside = reading.text[max(first, found.start - _BESIDE) : min(last, found.end + _BESIDE)]
    if _SHORT_CLAUSE.search(beside):
        return True
    if not reading.holds("13485"):
        return False
    from qmsr_lint.edition import CLAUSE_NAMED

    return any(CLAUSE_NAMED.search(text) for text in (beside, reading.row(found.start)))


def _is_cited_beside(reading: Reading, found: Citation, edit: str) -> bool:
    """Whether its row, or the other items of its list, cite all of the clauses and sections that would be written."""
    from qmsr_lint.edition import is_within

    cited = _cited_beside(reading, found)
    words = [reading.contexts.structure.words(other) for other in _others(reading, found)]
    return all(is_within([clause], cited) for clause in _clauses_of(edit)) and all(
        any(section in other for other in words) for section in _SECTIONS.findall(edit)
    )


def _is_listed_beside(reading: Reading, found: Citation, edit: str) -> bool:
    """Whether its row, or another item of its list or column, cites one of the clauses that would be written."""
    if not reading.holds("13485"):
        return False
    from qmsr_lint.edition import clauses_cited, is_within

    clauses = _clauses_of(edit)
    if is_within(clauses, _cited_beside(reading, found)):
        return True
    block, words = reading.block_around(found.start), reading.contexts.structure.words
    return block.place.table is not None and any(
        is_within(clauses, clauses_cited(words(cell))) for cell in _column(reading, block)
    )


def _cited_beside(reading: Reading, found: Citation) -> list[str]:
    """The clauses that the rest of its row, or the other items of its list, cite."""
    from qmsr_lint.edition import clauses_cited

    block, structure = reading.block_around(found.start), reading.contexts.structure
    cited = [clause for other in _others(reading, found) for clause in clauses_cited(structure.words(other))]
    return cited if block.place.table is None else [*cited, *_clauses_in_columns(reading, block)]


def _others(reading: Reading, found: Citation) -> Iterable[Block]:
    """The rest of the row in which a citation stands, or the other items of its list."""
    number, block = reading.contexts.block(reading.folded.origin(found.start))
    return _items(reading, number, block) if block.place.table is None else reading.contexts.structure.row(block)


def _clauses_of(edit: str) -> list[str]:
    """The clauses that an edit cites."""
    return _CLAUSE.findall(edit.partition("Clause")[2].partition("21 CFR")[0])


def _is_reference(reading: Reading, found: Citation) -> bool:
    """Whether a citation stands in a table, or begins its item as in a list of references."""
    if reading.block_around(found.start).place.table is not None:
        return True
    first, _ = reading.contexts.segment_around(found.start)
    return _LEAD.fullmatch(reading.text, first, found.start) is not None


def _clauses_in_columns(reading: Reading, block: Block) -> Iterator[str]:
    """The bare numbers of clauses in the row of a cell, in columns that are headed for ISO 13485."""
    structure = reading.contexts.structure
    for cell in structure.row(block):
        if _NUMBERS.fullmatch(structure.words(cell)) and any(
            "13485" in structure.words(head) for head in structure.head(cell)
        ):
            yield from _CLAUSE.findall(structure.words(cell))


def _items(reading: Reading, number: int, block: Block) -> Iterator[Block]:
    """The items of a list around one of them, the block number `number`."""
    blocks = reading.document.blocks
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(blocks) and abs(at - number) <= _ITEMS and blocks[at].kind == block.kind == "item":
            yield blocks[at]
            at += step


def _column(reading: Reading, cell: Block) -> Iterator[Block]:
    """The cells above and below one of a table."""
    row = cell.place.row or 0
    for number, cells in reading.contexts.structure.rows(cell).items():
        if number != row and abs(number - row) <= _ITEMS:
            yield from (other for other in cells if other.place.cell == cell.place.cell)


def _goes_on_in_next_cell(reading: Reading, found: Citation) -> bool:
    """Whether the next cell of its row holds the paragraph of the section that is cited: "820.30 | (b)"."""
    block = reading.block_around(found.start)
    if block.place.table is None or "(" in found.designation:
        return False
    structure = reading.contexts.structure
    behind = next((cell for cell in structure.row(block) if cell.start > block.start), None)
    return behind is not None and _PARAGRAPH.match(structure.words(behind)) is not None


def _stands_beside_its_heading(reading: Reading, section: Section, found: Citation) -> bool:
    """Whether its old heading stands behind it, or is what a cell of its row begins with: "820.181 | DMR index"."""
    heading, block = section.heading.lower(), reading.block_around(found.start)
    if _has_its_heading_behind(reading, section, found):
        return True
    if block.place.table is None or heading not in reading.ruleset.lexicon.eliminated:
        return False
    structure = reading.contexts.structure
    short = "".join(word[0] for word in heading.split())
    names = (heading, plural(heading), short, f"{short}s")
    return any(_begins_with(structure.words(cell).strip(" .:;()"), names) for cell in structure.row(block))


def _begins_with(words: str, names: Sequence[str]) -> bool:
    return words in names or words.startswith(tuple(f"{name}{mark}" for name in names for mark in _BEHIND_A_NAME))


def _has_its_heading_behind(reading: Reading, section: Section, found: Citation) -> bool:
    """Whether the old heading stands in capitals behind a citation, and the words go on: "820.40 Document Controls"."""
    heading = section.heading.lower()
    joint = _HEADING_JOINT.match(reading.text, found.end)
    if not heading or joint is None or not reading.text.startswith(heading, joint.end()):
        return False
    end = joint.end() + len(heading)
    start, last = reading.folded.span(joint.end(), end)
    words = [word for word in reading.document.text[start:last].split() if len(word) > len("and")]
    return _GOES_ON.match(reading.text, end) is not None and all(word[0].isupper() for word in words)


def _is_in_cfr_column(reading: Reading, found: Citation) -> bool:
    """Whether a citation stands in a column of a table, or beside a label, that is for sections of the CFR."""
    block = reading.block_around(found.start)
    if block.place.table is None:
        return False
    structure = reading.contexts.structure
    return any(_is_cfr_head(structure.words(cell)) for cell in (*structure.head(block), *structure.row(block)))


def _is_cfr_head(words: str) -> bool:
    """Whether the words of a cell say that sections of the CFR stand below or beside it."""
    if len(words) > _HEAD:
        return False
    named = set(_HEAD_WORD.findall(words))
    return not named.isdisjoint(_NAMES_CFR) and named <= _CFR_HEAD


def _whole(section: str, words: str) -> bool:
    """Whether words cite a section, and not only a paragraph of it."""
    return any(not words.startswith("(", at + len(section)) for at in places(words, section))


def _other_cfr(reading: Reading, words: str, found: Citation) -> Mapping[str, Any] | None:
    """The row of another CFR section that used to point at the one found: it is named in the sentence, or speaks."""
    sections, designation = reading.ruleset.tables.other_cfr, found.designation
    for number in _OTHER_SECTION.findall(words):
        row = sections.get(number) or sections.get(number.partition("(")[0])
        if row is not None and any(same_branch(designation, name) for name in row["legacy"]):
            return row
    exemption = reading.ruleset.tables.exemption
    if exemption is not None and designation in exemption["legacy"]:
        first, _ = reading.contexts.sentence(found.core, found.end)
        both = all(_whole(name, words) for name in exemption["legacy"]) and _EXEMPT.search(words)
        if (both and not _NOT_EXEMPT.search(words)) or _EXEMPTED.search(reading.text, first, found.start):
            return exemption
    return None


def _subpart(reading: Reading, rule: Rule, found: Subpart) -> Candidate | None:
    """A subpart letter counts with part 820 beside it, or as the heading it used to have."""
    section = reading.ruleset.tables.legacy.get(f"Subpart {found.letter.upper()}")
    if section is None or section.fix == "keep" or found.part not in (820, None):
        return None
    heading = section.heading.lower()
    before = reading.text[max(0, found.start - _HEAD) : found.start]
    titled = found.follows.lstrip(" -:\u2014.,(\u2029").startswith(heading[:14]) or (
        before.endswith(f"{heading} (") and not _WORDS.search(before[: -len(heading) - 2].rpartition("\u2029")[2])
    )
    if found.part is None and not titled:
        return None
    if section.designation in reading.ruleset.tables.collisions and not titled:
        nearby = reading.nearby(found.start, found.end)
        if not _is_legacy(reading, section.designation, nearby, found.start, found.end):
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
        ),
        replacement,
        basis=successor.authority(section),
    )
