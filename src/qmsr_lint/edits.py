"""From findings to edits: what is written, where, and what is left to a person. Pure; finds first, edits later.

A fix is a finding's own replacement. Beside it in the sentence it must still read right, so that neighbouring fixes are
looked at together: an article before it, an abbreviation defined behind it, a list of citations, words said twice.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from qmsr_lint import wording
from qmsr_lint.model import OWN_COMMENT, Block, Change, Document, Edit, Finding, Mark

if TYPE_CHECKING:
    from qmsr_lint.citation import Citation
    from qmsr_lint.rules import RuleSet

Action = Literal["edit", "comment", "leave"]

_ACRONYM = re.compile(r"(?:[A-Z&]\.?-?){2,}(?:'?s)?")
_BESIDE = 80
"""How far beside a finding the words are looked at that decide how it is written, in characters."""
_OPENS = re.compile(
    r"[\s\u00a0]*[(\[](?:(?:hereinafter|hereafter|herein|henceforth|abbreviated(?: as)?|referred to as|also|known as"
    r"|called|a\.?k\.?a\.?|i\.?e\.?,?|in short,?|or|the) )*[\"\u201c'\u2018]?(?:the )?",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"[\"\u201d'\u2019]?[)\]]")
_OR_QUOTED = re.compile(r"[\"\u201d][\s\u00a0]*(?:/|,|or)[\s\u00a0]*[\"\u201c]")
_PREFIX = re.compile(
    r"(?<![\w\u2019'])(?:(?:(?:the|an?)\s(?=(?:(?:us|u\.s\.?|fda(?:['\u2019]s)?|federal)\s)*regulations?\s\S*$))?"
    r"(?:(?:the\s)?(?:(?:us|u\.s\.?)\s)?(?:fda(?:['\u2019]s)?\s)?"
    r"(?:qmsr|c?gmp|(?:quality\smanagement\ssystem|qms|qs)\sreg(?:ulation|\.)?)\s(?:at\s)?)?"
    r"(?:(?:us|u\.s\.?)\s)?(?:fda(?:['\u2019]s)?\s)?(?:(?:federal\s)?regulations?\s|clauses?\s)?"
    r"(?:code of federal regulations,?\s)?(?:title\s21,?\s)?(?:title\s)?(?:21\s?c\.?f\.?r\.?\s?)?"
    r"(?:(?:parts?|\u00a7)\s?820[,:;]?\s+(?:at\s)?)?)\Z",  # not "$", which matches before a line break as well
    re.IGNORECASE,
)
_REGULATION_BEHIND = re.compile(
    r"(?:,?\s+(?:of|in|under|from)\s+(?:the\s+)?|,\s+)(?:fda(?:['\u2019]s)?\s+)?(?:title\s21,?\s+)?"
    r"(?:21\s?c\.?f\.?r\.?,?(?:\s+part)?|part)\s?820(?![\d.]*\d)",
    re.IGNORECASE,
)
_NAME_BEHIND = re.compile(
    r"(?:,?\s+(?:of|in|under|from)\s+(?:the\s+)?|,?\s+)(?:(?:us|u\.s\.?)\s+)?(?:fda(?:['\u2019]s)?\s+)?", re.I
)
_CURRENT_NAME_BEHIND = re.compile(
    _NAME_BEHIND.pattern + r"(?:QMSR\b|(?:Quality Management System|QMS) Regulation\b)(?P<short>\s*\()?", re.IGNORECASE
)
_NAMED_BEFORE = re.compile(r"(?P<gmp>\bgmp)|qmsr|cgmp", re.IGNORECASE)
_ANOTHER_LAW = re.compile(r"(?:\beu|\bwho|\d)[\s\u00a0]$", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"\b(?:qmsr|c?gmp|qs\sreg(?:ulation)?)(?:['\u2019]s\s|[)\]][\s\u00a0]|-|[\s\u00a0]?[:/\u2013\u2014-][\s\u00a0]?)$",
    re.IGNORECASE,
)
"""The name of the regulation before a citation, where it cannot go with it."""
_PART_BEFORE = re.compile(
    r"(?<![\d.])820[\s\u00a0]*(?:[(\[][^()\[\]]{0,60}[)\]])?[\s\u00a0]*,?[\s\u00a0]*$", re.IGNORECASE
)
_AND_MORE = re.compile(r"\s*,?\s*(?:et\.?\s+seq|ff?\b|and\s+following)", re.IGNORECASE)
_ALSO = re.compile(
    r"(?P<open>\s*[(\[]\s*(?:now\s|see\s|i\.e\.,?\s)?)|\s*(?:[/,;=]|and/or)\s*|(?P<word>,?\s+(?:and|or|&)\s+)",
    re.IGNORECASE,
)
_STANDARD = r"ISO\s13485(?::2016)?(?:\(E\))?,?\s*(?:(?:sub-?)?clauses?|sections?|\u00a7)?"
_BESIDE_STANDARD = (
    r"[\s\u00a0]*(?:,[\s\u00a0]*(?:and|or)|,|;|/|&|\+|\(|and|or|plus|as[\s\u00a0]well[\s\u00a0]as"
    r"|[\u2013\u2014-])[\s\u00a0]*"
)
_STANDARD_BEFORE = re.compile(
    rf"(?<!of )(?<!in )ISO[\s\u00a0-]?13485(?::[^\s,;()]{{1,16}})?(?:\(E\))?{_BESIDE_STANDARD}$", re.IGNORECASE
)
_STANDARD_BEHIND = re.compile(
    rf"{_BESIDE_STANDARD}(?:the\s)?(?:(?:BS|DIN|EN)\s){{0,2}}ISO[\s\u00a0-]?13485(?::2016)?(?:\(E\))?"
    r"(?![\d:])(?!,?[\s\u00a0]*(?:(?:sub-?)?clauses?|sections?|\u00a7|[4-8]\.))",
    re.IGNORECASE,
)
"""The standard as a whole beside a citation that is to become one of its clauses."""
_TWICE = "the same clause would be cited twice: rewrite the sentence"
_SENTENCE = 400
"""How far beside a citation its sentence is looked at, in characters."""
_ENDS = re.compile(r"[.!?][)\]\"\u201d]*\s+(?=[A-Z\"(\u201c])|\n")
"""Stands between two sentences; an abbreviation has a number or a small letter behind it."""
_MORE_CLAUSES = re.compile(r"\s*(?:,|;|/|-|\u2013|and|or|to)\s*\d")
_DEFINES = re.compile(
    r"(?:[\s\u00a0]*(?:[:=|\u2013\u2014]|\t)[\s\u00a0]*|[\s\u00a0]*-{1,2}[\s\u00a0]+|[\s\u00a0]+-{1,2}"
    r"|[\s\u00a0]*(?:means|stands for|is the)[\s\u00a0]+)(?:the |an? )?",
    re.IGNORECASE,
)
_BARELY_DEFINES = re.compile(r"[\s\u00a0]*,?[\s\u00a0]+")
"""The same in a list of abbreviations, where nothing else stands in the entry."""
_VERB_BEHIND = re.compile(r",[\s\u00a0]+(?:is|are|was|were|shall|must|should|may|can|will|has|have)\b")
"""Stands behind an apposition, which ends with a comma."""
_GOES_ON = re.compile(r"[\s\u00a0]*(?:$|[(\[.,;:\u2013\u2014]|-[\s\u00a0])")
"""Stands behind the words of an entry that are followed by more than they mean."""
_ENTRY_BEFORE = re.compile(r"[;,\n][\s\u00a0]*$")
_JOINS = re.compile(r"[\s\u00a0]*(?:/|,|,?[\s\u00a0](?:or|and)[\s\u00a0])?[\s\u00a0]*", re.IGNORECASE)
_JOINS_WITH_ARTICLE = re.compile(
    r"[\s\u00a0]*(?:,|,?[\s\u00a0](?:or|and|and/or)[\s\u00a0])[\s\u00a0]*(?:the|an?)[\s\u00a0]", re.IGNORECASE
)
_OPENS_AT_END = re.compile(_OPENS.pattern + "$", re.IGNORECASE)
_JOINS_AT_END = re.compile(_JOINS.pattern + "$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<![\w/(-])(an?|An?|AN)(?=[\s\u00a0]+[\"\u201c\u2018'(]?$)")
_THE = re.compile(r"(?<![\w/(-])(the|The|THE)(?=[\s\u00a0]+$)")
_NAMES = frozenset({"name-qsr", "name-qs-regulation"})
_NOT_ONE_OF_SEVERAL = re.compile(
    r"(?:^|[:(|\t\n\u2013\u2014-][\s\u00a0]*"
    r"|\b(?:to|with|in|under|by|per|from|against|for|on|see|covers?|follows?|meets?)[\s\u00a0]+(?:the|fda['\u2019]s)[\s\u00a0]+)"
    r"(?:(?:fda|us|u\.s\.|current|applicable|federal)[\s\u00a0]+){0,3}$",
    re.IGNORECASE,
)
_ENDS_THERE = re.compile(r"[\s\u00a0]*(?:\([^()]{1,60}\)[\s\u00a0]*)?(?:$|[.;:)\]\n])")
"""Where the one regulation can take the place of its plural: behind a preposition, and with nothing said of it."""
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:;\u2022\u2013\u2014\t\n(\[\"\u201c])[\s\u00a0]*$")
_WORD = re.compile(r"[\w'\u2019&-]+")
_RANGE = re.compile(r"[\s\u00a0]*(?:[-\u2010-\u2014]|to|through|thru)[\s\u00a0]*", re.IGNORECASE)
_OWN_SHORT = re.compile(r"[\s\u00a0]*[(\[][\"\u201c]?([A-Z&]{2,6})s?[\"\u201d]?[)\]]")
_PLAIN_JOINT = re.compile(r"[\s\u00a0]*[,;/+][\s\u00a0]*")
_PLAIN_JOINT = re.compile(r"[\s\u00a0]*[,;/+][\s\u00a0]*")
_SEVERAL = re.compile(
    r"(?:\u00a7\u00a7|\b(?:(?:sub-?)?(?:sections|parts|paragraphs|clauses)|(?:secs|paras|pts)\b\.?))[\s\u00a0]*"
    r"(?:of[\s\u00a0]+)?(?:21[\s\u00a0]?c\.?f\.?r\.?[\s\u00a0]*)?(?:\u00a7[\s\u00a0]*){0,2}820",
    re.IGNORECASE,
)
"""What is said of several citations at once: "\u00a7\u00a7 820.20, 820.22", "Sections 820.20 and 820.22"."""
_CLAUSES = re.compile(
    r"ISO 13485:2016, Clauses? ((?:[\d.]+\d|\d)(?:(?:, | and )[\d.]*\d)*)"
    r"(?:, and 21 CFR (820\.[\w()]+(?:(?:, | and )820\.[\w()]+)*))?"
)


class Planned(NamedTuple):
    """What is meant to happen to some findings: an edit with its words, or why there is none.

    `written` is what a reader will see in the place of the findings, None where nothing is written.
    """

    edit: Edit
    findings: tuple[Finding, ...]
    action: Action
    reason: str = ""
    written: str | None = None


def changed(text: str, changes: Sequence[Change]) -> str:
    """A text with changes made in it; they are in order and do not overlap."""
    pieces, at = [], 0
    for change in changes:
        pieces += [text[at : change.start], change.text]
        at = change.end
    return "".join([*pieces, text[at:]])


class _Draft:
    """A fix that may still change: its range, its text, further changes that go with it, and what it settles."""

    __slots__ = ("acronym", "block", "end", "finding", "more", "others", "reason", "spoken", "start", "taken", "text")

    def __init__(self, finding: Finding, text: str, block: Block) -> None:
        self.finding = finding
        self.start = finding.start
        self.end = finding.end
        self.text = text
        self.spoken = text  # the words that an abbreviation stands for
        self.block = block
        self.acronym = bool(_ACRONYM.fullmatch(finding.text))
        self.more: list[Change] = []
        self.others: list[Finding] = []
        self.reason = ""
        self.taken = False  # it became a part of another draft


def plan(
    document: Document,
    findings: Iterable[Finding],
    ruleset: "RuleSet",
    *,
    unsafe: bool = False,
    comments_only: bool = False,
) -> list[Planned]:
    """What to do about the live findings of a document, in the order of the text.

    `unsafe` also makes the fixes that need a reader's judgement, `comments_only` makes none.
    """
    live = [finding for finding in findings if finding.suppressed is None]
    blocks = _Blocks(document)
    drafts: list[_Draft] = []
    planned: list[Planned] = []
    for finding in live:
        reason = _why_not(finding, unsafe=unsafe, comments_only=comments_only)
        if reason or finding.fix is None:
            planned.append(_unedited(finding, reason))
        else:
            drafts.append(_Draft(finding, finding.fix.text, blocks.at(finding.start)))
    _leave_halves(document.text, live, drafts)
    drafts, covered = _without_overlaps(drafts)
    planned += covered
    for write in (_fit_abbreviations, _fit_lists, _write_citations):
        write(document, drafts, ruleset)
        drafts = [draft for draft in drafts if not draft.taken]
    for draft in drafts:
        _keep_full_stop(document.text, draft)
        _capitalise(document.text, draft)
        _keep_compounds(document.text, draft)
        _mind_number(document.text, draft)
    _drop_doublings(document.text, drafts)
    drafts = [draft for draft in drafts if not draft.taken]
    for draft in drafts:
        _fit_article(document.text, draft, ruleset)
    _keep_apart(drafts)
    planned += _finished(document.text, [draft for draft in drafts if not draft.reason])
    planned += [_given_up(found, draft.reason) for draft in drafts if draft.reason for found in _all(draft)]
    planned.sort(key=lambda each: (each.edit.start, each.edit.end))
    said = [mark for mark in document.marks if mark.kind == "comment" and mark.value.startswith(OWN_COMMENT)]
    return [_without_repeated_comment(said, blocks, each) for each in planned] if said else planned


class _Blocks:
    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.starts = [block.start for block in document.blocks]

    def at(self, offset: int) -> Block:
        return self.blocks[max(0, bisect_right(self.starts, offset) - 1)]


# --- What is edited ---------------------------------------------------------------------------------------------------


def _why_not(finding: Finding, *, unsafe: bool, comments_only: bool) -> str:
    if finding.context == "quotation":
        return "it stands in a quotation"
    if finding.context == "title":
        return "it stands in the title of another document, which must be retitled first"
    if comments_only:
        return "only comments were asked for"
    if finding.fix is None:
        if finding.alternatives:
            return "several replacements are possible"
        if finding.replacement:
            return "what stands around it decides whether it can change: see its message"
        return "what to write instead depends on what is meant"
    if finding.fix.safety != "safe" and not unsafe:
        return "the replacement needs a reader's judgement (--unsafe makes it)"
    return ""


def _leave_halves(text: str, findings: Sequence[Finding], drafts: Sequence[_Draft]) -> None:
    """Give up a name, or its short form in brackets, where the other one is not edited."""
    drafted = {(draft.start, draft.end): draft for draft in drafts}
    for first, second in pairwise(sorted(findings, key=lambda finding: (finding.start, finding.end))):
        one, other = drafted.get((first.start, first.end)), drafted.get((second.start, second.end))
        if (one is None) == (other is None) or first.rule != second.rule:
            continue
        if _OPENS.fullmatch(_between(text, first.end, second.start)) and _CLOSES.match(text, second.end):
            for half in filter(None, (one, other)):
                half.reason = "the words beside it, which mean the same, stay"


def _without_overlaps(drafts: Sequence[_Draft]) -> tuple[list[_Draft], list[Planned]]:
    kept: list[_Draft] = []
    covered: list[Planned] = []
    for draft in sorted(drafts, key=lambda draft: (draft.start, -draft.end)):
        if kept and draft.start < kept[-1].end:
            finding = draft.finding
            edit = Edit(finding.start, finding.end)
            covered.append(Planned(edit, (finding,), "leave", "another edit covers the same words"))
        else:
            kept.append(draft)
    return kept, covered


def _keep_apart(drafts: Iterable[_Draft]) -> None:
    """Give up a draft whose changes have come to overlap those of the draft before."""
    last = -1
    for draft in drafts:
        ranges = [(draft.start, draft.end), *(change[:2] for change in draft.more)]
        if min(ranges)[0] < last:
            draft.reason = draft.reason or "another edit covers the words beside it"
        if not draft.reason:
            last = max(end for _, end in ranges)


def _all(draft: _Draft) -> tuple[Finding, ...]:
    return (draft.finding, *draft.others)


# --- Abbreviations ----------------------------------------------------------------------------------------------------


def _fit_abbreviations(document: Document, drafts: list[_Draft], ruleset: "RuleSet") -> None:
    """Give an acronym its successor where the document defines one, and take away definitions of one without."""
    named: dict[str, str] = {}
    folded = document.text.lower()
    for name in {draft.finding.rule for draft in drafts}:
        rule = ruleset.rules.get(name)
        if rule is None or not rule.current_abbreviation:
            continue
        pair = f"{rule.current} ({rule.current_abbreviation})".lower()
        if _is_configured(rule.id, rule.legacy, ruleset) or pair in folded:
            named[rule.id] = rule.current_abbreviation
    pairs = list(_pairs(document, drafts))
    for words, acronym, bracketed in pairs:
        rule = ruleset.rules.get(words.finding.rule)
        short = rule.current_abbreviation if rule is not None else None
        if short:
            named[words.finding.rule] = short
        elif bracketed:
            _join_pair(document.text, words, acronym)
        else:
            words.reason = acronym.reason = f"the abbreviation {acronym.finding.text} has no successor"
            together = (words, acronym)
            if any(
                each.acronym and each.finding.rule == words.finding.rule and each not in together for each in drafts
            ):
                words.reason = acronym.reason = words.reason + " and is written out elsewhere: the entry can go"
    defined = {id(words) for words, _, _ in pairs}
    for draft in drafts:
        if not draft.acronym and id(draft) not in defined and (short := _own_short(document.text, draft)):
            draft.reason = f"it is abbreviated as {short}, which has no successor"
    for draft in drafts:
        if draft.acronym and (short := named.get(draft.finding.rule)) and not draft.reason:
            plural = re.search(r"[A-Z.]'?s$", draft.finding.text) and draft.spoken.endswith("s")
            draft.text = short + ("s" if plural else "")
    for words, acronym, bracketed in pairs:
        if bracketed and not (acronym.taken or words.taken):
            first, second = sorted((words, acronym), key=lambda draft: draft.start)
            _settle(first, second, Change(second.start, second.end, second.text))


def _settle(first: _Draft, second: _Draft, change: Change | None) -> None:
    """Make `second` a part of `first`: both are made or neither."""
    first.more += [*([change] if change else []), *second.more]
    first.others += [second.finding, *second.others]
    second.taken = True


def _own_short(text: str, draft: _Draft) -> str:
    """The abbreviation that is defined behind a draft and is no finding itself, as in "quality audit (QA)"."""
    match = _OWN_SHORT.match(text, draft.end, draft.block.end)
    short = match[1].replace("&", "A") if match else ""
    return match[1] if match and short == _initials(draft.finding.text) != _initials(draft.text) else ""


def _initials(words: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", words)).upper()


def _is_configured(rule: str, legacy: Sequence[str], ruleset: "RuleSet") -> bool:
    names = {rule, *(phrase.lower() for phrase in legacy)}
    return any(name in names or name.lower() in names for name in ruleset.settings.terms)


def _pairs(document: Document, drafts: Sequence[_Draft]) -> Iterator[tuple[_Draft, _Draft, bool]]:
    """Words and acronym of one rule that stand together as a definition; whether one stands in brackets."""
    text = document.text
    for first, second in pairwise(drafts):
        if first.acronym == second.acronym or first.finding.rule != second.finding.rule:
            continue
        words, acronym = (second, first) if first.acronym else (first, second)
        if first.block == second.block:
            between = _between(text, first.end, second.start)
            if _OPENS.fullmatch(between) and _CLOSES.match(text, second.end):
                yield words, acronym, True
                continue
            if _is_entry(text, first, second, between) or _OR_QUOTED.fullmatch(between):
                yield words, acronym, False
        elif _is_row(text, first, second):
            yield words, acronym, False


def _is_entry(text: str, first: _Draft, second: _Draft, between: str) -> bool:
    """Whether two drafts are an entry of a list of abbreviations: "DMR – Device Master Record"."""
    begins = first.start == first.block.start
    if first.acronym and begins and _DEFINES.fullmatch(between):
        return True
    if first.finding.context != "definition" or second.finding.context not in ("definition", "prose"):
        return False
    if begins and not text[second.end : second.block.end].strip(" .;\u00a0"):
        return _DEFINES.fullmatch(between) is not None or _BARELY_DEFINES.fullmatch(between) is not None
    before = text[max(first.block.start, first.start - _BESIDE) : first.start]
    return first.acronym and _ENTRY_BEFORE.search(before) is not None and _DEFINES.fullmatch(between) is not None


def _between(text: str, start: int, end: int) -> str:
    """The text between two drafts, "\\0" where it is too long to join them."""
    return text[start:end] if end - start <= _BESIDE else "\0"


def _is_row(text: str, first: _Draft, second: _Draft) -> bool:
    """Whether an acronym is the whole of a cell, and its words are another of the same row or what that begins with."""
    one, other = first.block, second.block
    if one.place.table is None or (one.place.part, one.place.table, one.place.row) != (
        other.place.part,
        other.place.table,
        other.place.row,
    ):
        return False
    words, acronym = (second, first) if first.acronym else (first, second)
    cell = text[acronym.block.start : acronym.block.end].strip(" .:")
    begins = not text[words.block.start : words.start].strip()
    return cell == acronym.finding.text and begins and _GOES_ON.match(text, words.end, words.block.end) is not None


def _join_pair(text: str, words: _Draft, acronym: _Draft) -> None:
    """Write the words once where the acronym in or before the brackets has no successor."""
    first, second = sorted((words, acronym), key=lambda draft: draft.start)
    closing = _CLOSES.match(text, second.end)
    first.text = words.text
    _settle(first, second, Change(first.end, closing.end() if closing else second.end, ""))


# --- Lists of citations -----------------------------------------------------------------------------------------------


def _fit_lists(document: Document, drafts: list[_Draft], ruleset: "RuleSet") -> None:
    """Write lists of citations so that each element still says which regulation or standard it is in."""
    by_range = {(draft.start, draft.end): draft for draft in drafts if draft.finding.rule.startswith("cite-")}
    if not by_range:
        return
    from qmsr_lint import citation
    from qmsr_lint.match import fold

    folded = fold(document.text)
    groups: list[list[tuple[Citation, int, int]]] = []
    for found in citation.find(folded.text, ruleset.tables.known):
        start, end = folded.span(found.start, found.end)
        if not found.listed or not groups:
            groups.append([])
        groups[-1].append((found, start, end))
    for group in groups:
        members = [(found, start, end, by_range.get((start, end))) for found, start, end in group]
        if not any(member[3] for member in members):
            continue
        if _AND_MORE.match(document.text, members[-1][2]):
            for *_, draft in members:
                if draft is not None:
                    draft.reason = "what follows the section is cited with it"
            continue
        if any(found.loose or (found.tied and draft is None) for found, *_, draft in members):
            for *_, draft in members:
                if draft is not None:
                    draft.reason = "what is cited with it would be left without its section: rewrite both"
            continue
        joints = [document.text[one[2] : other[1]] for one, other in pairwise(members)]
        if any(found.ranged for found, *_ in members) or any(_RANGE.fullmatch(joint) for joint in joints):
            for *_, draft in members:
                if draft is not None:
                    draft.reason = "it is one end of a range, and the clauses between do not follow one another"
        elif _is_half(document.text, members, joints, ruleset):
            for *_, draft in members:
                if draft is not None:
                    draft.reason = "it stands in a list of sections of which not all are edited: rewrite the list"
        else:
            _fit_list(document.text, members)


def _is_half(
    text: str,
    members: "Sequence[tuple[Citation, int, int, _Draft | None]]",
    joints: Sequence[str],
    ruleset: "RuleSet",
) -> bool:
    """Whether only some would be edited of citations that share what they begin with: "21 CFR" stands there once."""
    if members[0][3] is None and _SEVERAL.search(text, max(0, members[0][1] - 16), members[0][2]):
        return True
    said = [_says_cfr(text, start, end) for _, start, end, _ in members]
    if all(said) or any("(" in joint for joint in joints):
        return False  # each says by itself what it is or what it is about
    if any(said) and not all(map(_PLAIN_JOINT.fullmatch, joints)):
        return False
    return any(
        draft is None and ruleset.tables.verdict(found.designation).outcome != "live" for found, _, _, draft in members
    )


def _fit_list(text: str, members: "Sequence[tuple[Citation, int, int, _Draft | None]]") -> None:
    last: _Draft | None = None  # the draft that the element before was written by
    merged = _Cited([], [])
    lead: tuple[int, int] | None = None  # the comma before it, which must say "and" when it becomes the last element
    for n, (found, start, end, draft) in enumerate(members):
        joint = text[members[n - 1][2] : start] if n else ""
        if draft is None:
            if last is not None and not _says_cfr(text, start, end):
                if len(merged.clauses) > 1 and re.match(r"\s*(?:and|or)\b", joint):
                    last.text += ","
                last.more.append(Change(start, end, f"21 CFR {found.designation}"))
            last = None
            continue
        cited = _cited(draft.text)
        if last is not None and cited.clauses and merged.clauses and "(" not in joint:
            merged = _Cited(*(list(dict.fromkeys([*one, *other])) for one, other in zip(merged, cited, strict=True)))
            last.end = end
            last.text = merged.text("or" if re.search(r"\bor\b", joint) else "and")
            last.others.append(draft.finding)
            draft.taken = True
            if lead is not None and re.search(r"\b(?:and|or)\b|&", joint):
                last.more.append(Change(*lead, " or " if re.search(r"\bor\b", joint) else " and "))
                lead = None
            continue
        last, merged = draft, cited
        lead = (members[n - 1][2], start) if n and joint.strip() == "," else None


def _says_cfr(text: str, start: int, end: int) -> bool:
    """Whether a citation says itself that it is one of the CFR."""
    return re.search(r"c\.?\s*f\.?\s*r|code", text[start:end], re.IGNORECASE) is not None


class _Cited(NamedTuple):
    """What a replacement cites: clauses of the standard, and sections of part 820."""

    clauses: list[str]
    sections: list[str]

    def text(self, conjunction: str) -> str:
        """The citation, the standard and the part named once each."""
        number = "Clause" if len(self.clauses) == 1 else "Clauses"
        out = f"ISO 13485:2016, {number} {_joined(self.clauses, conjunction)}"
        return out + (f", {conjunction} 21 CFR {_joined(self.sections, conjunction)}" if self.sections else "")


def _cited(text: str) -> _Cited:
    match = _CLAUSES.fullmatch(text)
    if match is None:
        return _Cited([], [])
    return _Cited(re.split(r", | and ", match[1]), re.split(r", | and ", match[2]) if match[2] else [])


def _joined(words: Sequence[str], conjunction: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


# --- The sentence around ----------------------------------------------------------------------------------------------


def _write_citations(document: Document, drafts: list[_Draft], ruleset: "RuleSet") -> None:
    """Take along what names the regulation around a citation that becomes one of the standard."""
    text = document.text
    every = [None, *drafts, None]
    for before, draft, after in zip(every, drafts[:], every[2:], strict=False):
        if draft.reason or not (draft.finding.rule.startswith("cite-") and draft.text.startswith("ISO ")):
            continue
        _take_name_along(text, draft, before, after)
        if draft.reason:
            continue
        if match := _PREFIX.search(text, max(draft.block.start, draft.start - _BESIDE), draft.start):
            if _says_more(text, match, draft):
                draft.reason = "the name of the regulation stands before it: rewrite both"
                continue
            draft.start = match.start()
        if _PART_BEFORE.search(text[max(draft.block.start, draft.start - _BESIDE) : draft.start]):
            draft.reason = "the part of the regulation stands before it: rewrite both"
            continue
        if _NAME_BEFORE.search(text, max(draft.block.start, draft.start - _BESIDE), draft.start):
            draft.reason = "the name of the regulation stands before it: rewrite both"
            continue
        if _STANDARD_BEFORE.search(text, max(draft.block.start, draft.start - _BESIDE), draft.start) or (
            _STANDARD_BEHIND.match(text, draft.end, _far(draft))
        ):
            draft.reason = "the standard is named beside it: rewrite both"
            continue
        if not draft.more and (match := _REGULATION_BEHIND.match(text, draft.end, _far(draft))):
            draft.end = match.end()
        _write_clause_once(text, draft)
        if not draft.reason and _is_cited_in_sentence(text, draft):
            draft.reason = _TWICE
        if draft.reason:
            continue
        _retitle(text, draft, after, ruleset)


def _says_more(text: str, prefix: re.Match[str], draft: _Draft) -> bool:
    """Whether the name of a regulation before a citation belongs to more words: "The GMP 820.22 audit", "EU GMP"."""
    name = _NAMED_BEFORE.search(prefix[0])
    if name is None:
        return False
    before = text[max(draft.block.start, prefix.start() - 8) : prefix.start()]
    behind = re.match(r"[\s\u00a0]+[^\W\d_]", text[draft.end : _far(draft)])
    of_more = prefix[0].lower().startswith("the") and behind is not None
    return name["gmp"] is not None or _ANOTHER_LAW.search(before) is not None or of_more


def _take_name_along(text: str, draft: _Draft, before: _Draft | None, after: _Draft | None) -> None:
    """The name of the regulation beside a citation goes with it: "Section 820.22 of the QSR", "QSR 820.22"."""
    if (
        before is not None
        and _names_regulation(before, draft)
        and _between(text, before.end, draft.start).strip(" \u00a0,") == ""
    ):
        if before.more or draft.start == before.end:
            draft.reason = "the name of the regulation stands before it: rewrite both"
            return
        lead = re.search(
            r"(?:\bthe\s)?(?:\bfda(?:['\u2019]s)?\s)?\Z",
            text[max(draft.block.start, before.start - _BESIDE) : before.start],
            re.IGNORECASE,
        )
        draft.start = before.start - (len(lead[0]) if lead else 0)
        _settle(draft, before, None)
    if after is not None and _names_regulation(after, draft) and not draft.more:
        if _NAME_BEHIND.fullmatch(_between(text, draft.end, after.start)):
            if after.more:
                draft.reason = "the name of the regulation stands behind it: rewrite both"
                return
            draft.end = after.end
            _settle(draft, after, None)
    elif match := _CURRENT_NAME_BEHIND.match(text, draft.end, _far(draft)):
        if match["short"] or draft.more:
            draft.reason = "the name of the regulation stands behind it: rewrite both"
        else:
            draft.end = match.end()


def _names_regulation(name: _Draft, beside: _Draft) -> bool:
    return name.block == beside.block and name.finding.rule in _NAMES and not (name.reason or name.taken)


def _write_clause_once(text: str, draft: _Draft) -> None:
    """Where the same clause is cited beside a citation already, one of the two is enough."""
    cited = _cited(draft.text)
    if draft.more or len(cited.clauses) != 1:
        return
    clause = re.escape(cited.clauses[0])
    same = rf"{_STANDARD}\s*{clause}(?![\d.]*\d)"
    if cited.sections:
        if _is_cited_beside(text, draft, clause):
            draft.text = f"21 CFR {_joined(cited.sections, 'and')}"
        return
    if joint := _ALSO.match(text, draft.end, _far(draft)):
        other = re.compile(same, re.IGNORECASE).match(text, joint.end(), draft.block.end)
        if other and not _MORE_CLAUSES.match(text, other.end()):
            closing = _CLOSES.match(text, other.end()) if joint["open"] else None
            if joint["open"] and closing is None:
                return
            draft.end = closing.end() if closing else other.end()
            _mind_verb(text, draft, joint)
            return
    first = max(draft.block.start, draft.start - _BESIDE)
    before = re.search(rf"(?<!\w){same}(?P<joint>{_ALSO.pattern})$", text[first : draft.start], re.IGNORECASE)
    if before:
        closing = _CLOSES.match(text, draft.end) if before["open"] else None
        if before["open"] and closing is None:
            return
        if before["joint"].strip() == "/" and text[first : first + before.start()].endswith("/"):
            draft.reason = _TWICE  # one entry of a comparison would go
            return
        draft.start, draft.text = first + before.start("joint"), ""
        draft.end = closing.end() if closing else draft.end
        _mind_verb(text, draft, before)
    elif _is_cited_beside(text, draft, clause):
        draft.reason = _TWICE


def _is_cited_beside(text: str, draft: _Draft, clause: str) -> bool:
    """Whether a clause is cited right before or behind a draft, alone or in a list, also as "8.2.4 of ISO 13485"."""
    first = max(draft.block.start, draft.start - _BESIDE)
    last = min(draft.block.end, draft.end + _BESIDE)
    if "13485" not in text[first:last]:
        return False
    number = r"\d(?:\.\d{1,2}){1,4}"
    joint = r"(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s|\s?[/;&]\s?)"
    one = rf"(?:{number}{joint}){{0,8}}{clause}(?![\d.]*\d)(?:{joint}{number}){{0,8}}"
    cited = rf"(?:{_STANDARD}\s*{one}|(?:(?:sub-?)?clauses?\s)?{one},?\s(?:of|in)\s{_STANDARD})"
    behind = re.compile(rf"(?:{_ALSO.pattern}){cited}", re.IGNORECASE)
    if behind.match(text, draft.end, last):
        return True
    before = re.compile(rf"(?<![\w.]){cited}(?:{_ALSO.pattern})$", re.IGNORECASE)
    return before.search(text[first : draft.start]) is not None


def _is_cited_in_sentence(text: str, draft: _Draft) -> bool:
    """Whether the rest of its sentence cites one of the clauses that a draft would write, or a part of one."""
    clauses = _cited(draft.text).clauses
    first = max(draft.block.start, draft.start - _SENTENCE)
    last = min(draft.block.end, draft.end + _SENTENCE)
    if not clauses or "13485" not in text[first:last]:
        return False
    from qmsr_lint.edition import clauses_cited, is_within
    from qmsr_lint.match import fold

    *_, before = _ENDS.split(text[first : draft.start])
    behind, *_ = _ENDS.split(text[draft.end : last])
    return any(is_within(clauses, clauses_cited(fold(words).text)) for words in (before, behind))


def _mind_verb(text: str, draft: _Draft, joint: re.Match[str]) -> None:
    """Two that are one need another verb ("and ... apply"): leave that to a person."""
    if joint["word"] and re.match(r"[ \u00a0][a-z]", text[draft.end : draft.block.end]):
        draft.reason = _TWICE


def _retitle(text: str, draft: _Draft, after: _Draft | None, ruleset: "RuleSet") -> None:
    """The heading of a section behind its number becomes that of the clause: "21 CFR 820.30 Design Controls"."""
    section = ruleset.tables.legacy.get(_designation(draft.finding.text))
    cited = _cited(draft.text)
    if section is None or not section.heading or draft.more or len(cited.clauses) != 1 or cited.sections:
        return
    title = ruleset.facts["iso_clauses"]["iso13485"].get(cited.clauses[0], "(")
    match = re.compile(
        rf"(?:[\s\u00a0]*[:,(\u2013\u2014-][\s\u00a0]*|[\s\u00a0]+)[\"\u201c]?({re.escape(section.heading)})(?=[\"\u201d]?[\s\u00a0]*(?:[).,;\]]|$))",
        re.IGNORECASE,
    ).match(text[draft.end : min(draft.block.end, draft.end + 2 * _BESIDE)])
    if match is None or title.startswith("(") or not match[1][0].isupper():
        return
    start, end = draft.end + match.start(1), draft.end + match.end(1)
    if after is not None and after.start < end:
        return  # it is a term of its own
    draft.more.append(Change(start, end, wording.cased(title, match[1])))


def _far(draft: _Draft) -> int:
    """How far the words behind a draft are looked at."""
    return min(draft.block.end, draft.end + _BESIDE)


def _designation(text: str) -> str:
    match = re.search(r"820\.\d+(?:\(\w+\))*", text)
    return match[0] if match else ""


def _keep_full_stop(text: str, draft: _Draft) -> None:
    """An acronym with points ("D.M.R.") may end its sentence with the last of them."""
    if not draft.finding.text.endswith(".") or draft.text.endswith("."):
        return
    rest = text[draft.end : draft.block.end].lstrip(' \u00a0\t\n)"\u201d')
    if not rest or (rest[0].isupper() and text[draft.end] != ")"):
        draft.text += "."


def _capitalise(text: str, draft: _Draft) -> None:
    """An acronym says nothing of its sentence's case: where all the other words are capitals, so is the new one."""
    if draft.acronym and not draft.finding.rule.startswith("cite-") and not draft.text.isupper():
        others = text[max(draft.block.start, draft.start - _BESIDE) : draft.start] + text[draft.end : _far(draft)]
        if others.isupper() and re.search(r"[^\W\d_]{5,}", others) and draft.text == draft.spoken:
            draft.text = draft.text.upper()


def _drop_doublings(text: str, drafts: list[_Draft]) -> None:
    """Where a replacement would stand beside the same words, write them once."""
    before: _Draft | None = None
    every = list(drafts)
    for number, draft in enumerate(every, 1):
        if draft.reason:
            before = None
            continue
        if before is not None and before.block != draft.block:
            before = None
        if before is not None and not before.more and _same(before.text, draft.text):
            between, closing = _between(text, before.end, draft.start), _CLOSES.match(text, draft.end)
            if _OPENS.fullmatch(between) and closing:
                _settle(before, draft, Change(before.end, closing.end(), ""))
                continue
            if _JOINS.fullmatch(between):
                apposed = between.startswith(",") and (
                    _VERB_BEHIND.match(text, draft.end)
                    or (between[1:].strip("\u00a0 ").startswith("or") and text[draft.end : draft.end + 1] == ",")
                )
                _settle(before, draft, Change(before.end, draft.end + bool(apposed), ""))
                continue
            if before.finding.rule != draft.finding.rule and _JOINS_WITH_ARTICLE.fullmatch(between):
                before.reason = draft.reason = "both would be called the same: rewrite the sentence"
                before = None
                continue
        after = every[number] if number < len(every) and every[number].block == draft.block else None
        _drop_beside(text, draft, before.end if before else draft.block.start, after)
        before = draft


def _drop_beside(text: str, draft: _Draft, first: int, after: _Draft | None) -> None:
    """The same beside words that stay."""
    first = max(first, draft.start - _BESIDE)
    left = text[first : draft.start]
    right = text[draft.end : min(after.start if after else draft.block.end, draft.end + _BESIDE)]
    words = draft.text.split()
    articled = re.sub(_JOINS_WITH_ARTICLE.pattern + "$", "", left, flags=re.IGNORECASE)
    if len(words) > 1 and articled != left and _same(" ".join(_words_before(articled, len(words))), draft.text):
        draft.reason = "both would be called the same: rewrite the sentence"
        return
    for joint in (_OPENS_AT_END, _JOINS_AT_END) if len(words) > 1 else ():
        bare = joint.sub("", left)
        closing = _CLOSES.match(text, draft.end)
        if _same(" ".join(_words_before(bare, len(words))), draft.text) and (closing or joint is _JOINS_AT_END):
            draft.start, draft.text = first + len(bare), ""
            draft.end = closing.end() if closing and joint is _OPENS_AT_END else draft.end
            return
    said = _words_before(left, len(words))
    for count in range(len(words) - 1, 0, -1):
        if re.search(r"\w[ \u00a0]$", left) and _equal(said[-count:], words[:count]):
            draft.text = " ".join(words[count:])
            words = words[count:]
            break
    if draft.acronym and draft.text != draft.spoken:
        match = re.match(r"[ \u00a0]([\w-]+)(?![\w-])", right)
        if match and not draft.more and _same(draft.spoken.split()[-1], match[1]):
            many = draft.text.isupper() and match[1].lower() != wording.singular(match[1].lower())
            draft.text += "s" if many else ""
            draft.end += match.end()
        return
    compound = re.match(r"[\s\u00a0]{1,24}[\w-]+[ \u00a0]([\w-]+)(?![\w-])", right) if draft.acronym else None
    if compound and _same(words[-1], compound[1]) and not wording.stands_alone(right):
        draft.reason = f"the words behind it would say {words[-1]!r} again: rewrite them"
        return
    for count in range(0 if draft.more else len(words) - 1, 0, -1):
        match = re.match(r"[ \u00a0]" + r"[ \u00a0]".join([r"([\w-]+)"] * count) + r"(?![\w-])", right)
        if match and all(_same(mine, theirs) for mine, theirs in zip(words[-count:], match.groups(), strict=True)):
            tail = [
                theirs[:1].upper() + theirs[1:] if mine[:1].isupper() else theirs
                for mine, theirs in zip(words[-count:], match.groups(), strict=True)
            ]
            draft.text = " ".join(words[:-count] + tail)
            draft.end += match.end()
            return


def _words_before(text: str, count: int) -> list[str]:
    return _WORD.findall(text[-200:])[-count:]


def _equal(some: Sequence[str], others: Sequence[str]) -> bool:
    return [word.lower() for word in some] == [word.lower() for word in others]


def _same(one: str, other: str) -> bool:
    """Whether two phrases are the same but for capitals and number."""
    return bool(one) and wording.singular(one.lower()) == wording.singular(other.lower())


def _keep_compounds(text: str, draft: _Draft) -> None:
    """A hyphen joins to one word only: "pre-DHF" cannot become "pre-design and development file", nor "DHF-related"."""
    if " " not in draft.text:
        return
    if re.search(r"\w[-\u2010\u2011]$", text[max(draft.block.start, draft.start - 2) : draft.start]):
        draft.reason = "a prefix hangs on it: rewrite the words"
    elif re.match(r"[-\u2010\u2011]\w", text[draft.end : min(draft.block.end, draft.end + 2)]):
        draft.reason = "a word hangs on it: rewrite the words"


def _mind_number(text: str, draft: _Draft) -> None:
    """Where several became one ("Quality System Regulations"), what is said of several is left to a person."""
    if draft.acronym or draft.reason or not draft.finding.rule.startswith("name-"):
        return
    if not draft.finding.text.endswith("s") or draft.text.endswith("s"):
        return
    before = text[max(draft.block.start, draft.start - _BESIDE) : draft.start]
    after = text[draft.end : _far(draft)]
    if not (_NOT_ONE_OF_SEVERAL.search(before) and _ENDS_THERE.match(after)):
        draft.reason = "the sentence speaks of several: rewrite it for one"


def _fit_article(text: str, draft: _Draft, ruleset: "RuleSet") -> None:
    """Write "a" or "an" before the new words as they need it."""
    if draft.reason or not draft.text:
        return
    first = max(draft.block.start, draft.start - _BESIDE)
    before = text[first : draft.start]
    rule = ruleset.rules.get(draft.finding.rule)
    mass = rule is not None and rule.current is not None and rule.plural == rule.current
    alone = mass and wording.stands_alone(text[draft.end : _far(draft)])
    if mass and alone and re.search(r"\b(?:each|every|another|either)[\s\u00a0]$", before, re.IGNORECASE):
        draft.reason = "the new words are not counted: rewrite the sentence"
        return
    the = _THE.search(before) if alone and draft.text.lower() in wording.BARE else None
    match = the or _ARTICLE.search(before)
    if match is None or (match[1] == "A" and not _is_article(before, match.start(), draft.text)):
        return
    if alone:
        draft.text = draft.text[:1].upper() + draft.text[1:] if match[1][0].isupper() else draft.text
        draft.more.append(Change(first + match.start(), draft.start, ""))
        return
    needed = wording.article(draft.text)
    if match[1].lower() != needed:
        if match[1][0].isupper():
            needed = (
                needed.upper() if len(needed) > 1 and draft.text.isupper() and len(draft.text) > 6 else needed.title()
            )
        start = first + match.start()
        draft.more.append(Change(start, start + len(match[1]), needed))


def _is_article(before: str, at: int, following: str) -> bool:
    """Whether a capital A is an article, not a letter that names something ("Appendix A DHF")."""
    return bool(_SENTENCE_BEFORE.search(before[:at])) or (following.isupper() and before[:at].isupper())


# --- The outcome ------------------------------------------------------------------------------------------------------


def _finished(text: str, drafts: Sequence[_Draft]) -> Iterator[Planned]:
    """The drafts as edits; of equal ones the first carries the comment."""
    same = Counter(_kind(draft) for draft in drafts)
    seen: set[tuple[str, ...]] = set()
    for draft in drafts:
        kind = _kind(draft)
        comment = ""
        if kind not in seen:
            seen.add(kind)
            places = f"\nThe same change is made in {same[kind]} places." if same[kind] > 1 else ""
            comment = _reasons(draft) + places
        own = [Change(draft.start, draft.end, draft.text)] if draft.end > draft.start else []
        changes = tuple(sorted([*own, *draft.more]))
        end = max(draft.finding.end, changes[-1].end)
        closing = _CLOSES.match(text, end)
        end = closing.end() if closing and re.search(r"[(\[][^)\]]*$", text[draft.finding.start : end]) else end
        edit = Edit(draft.finding.start, end, changes, comment, words(draft.finding))
        start = min(draft.finding.start, changes[0].start)
        moved = [Change(change.start - start, change.end - start, change.text) for change in changes]
        yield Planned(edit, _all(draft), "edit", "", changed(text[start:end], moved))


def _kind(draft: _Draft) -> tuple[str, ...]:
    """What makes two edits equal: the rule and its authority, and the words that come or the citations that go."""
    finding = draft.finding
    if finding.rule.startswith("cite-"):
        return (finding.rule, *(found.text for found in _all(draft)))
    return (finding.rule, finding.basis, wording.singular((finding.replacement or "").lower()))


def _reasons(draft: _Draft) -> str:
    """The words of an edit's comment: the changes themselves show what is written."""
    told = [draft.finding, *(found for found in draft.others if found.rule.startswith("cite-"))]
    return "\n".join(words(found, "Also possible", found.alternatives) for found in told)


def _unedited(finding: Finding, reason: str) -> Planned:
    if finding.context == "quotation":
        return Planned(Edit(finding.start, finding.end), (finding,), "leave", reason)
    return Planned(Edit(finding.start, finding.end, (), words(finding)), (finding,), "comment", reason)


def _given_up(finding: Finding, reason: str) -> Planned:
    """A finding whose fix does not read right where it stands: its comment says why it is not made."""
    planned = _unedited(finding, reason)
    if not planned.edit.comment:
        return planned
    return planned._replace(edit=planned.edit._replace(comment=f"{planned.edit.comment}\nNot changed: {reason}."))


def words(finding: Finding, lead: str = "", offered: Sequence[str] | None = None) -> str:
    """What a comment says about a finding: the rule, the reason, what can be written instead, the authority."""
    lines = [f"{OWN_COMMENT}{finding.rule}] {finding.message}"]
    if offered is None:
        offered = [word for word in (finding.replacement, *finding.alternatives) if word]
    if offered:
        lead = lead or ("Possible replacements" if len(offered) > 1 else "Replacement")
        lines.append(f"{lead}: {'; '.join(offered)}")
    if finding.basis:
        lines.append(f"Authority: {finding.basis}")
    return "\n".join(lines)


def _without_repeated_comment(said: Sequence[Mark], blocks: _Blocks, planned: Planned) -> Planned:
    """Leave out words that a comment of an earlier run says already."""
    edit = planned.edit
    line = (edit.refusal or edit.comment).partition("\n")[0]
    block = blocks.at(edit.start)
    elsewhere = block.place.part != "body"
    for mark in said:
        if mark.value.partition("\n")[0] == line and (elsewhere or mark.start <= edit.start <= mark.end):
            edit = edit._replace(comment=edit.comment if edit.changes else "", refusal="")
            action: Action = "leave" if planned.action == "comment" else planned.action
            reason = planned.reason and planned.reason + " (its comment is there already)"
            return planned._replace(edit=edit, action=action, reason=reason)
    return planned
