"""Citations in the place they are written to: lists, the name of the regulation before them, clauses named already."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qmsr_lint import wording
from qmsr_lint.citation import RANGE_WORDS, share_their_beginning
from qmsr_lint.edits.draft import BESIDE, CLOSES, Draft, reach_of, settle, text_between
from qmsr_lint.model import Change, Document

if TYPE_CHECKING:
    from qmsr_lint.citation import Citation
    from qmsr_lint.rules import RuleSet

_PREFIX = re.compile(
    r"(?<![\w\u2019'])(?:(?:(?:the|an?)\s(?=(?:(?:us|u\.s\.?|fda(?:['\u2019]s)?|federal)\s)*regulations?\s\S*$))?"
    r"(?:(?:the\s)?(?:(?:us|u\.s\.?)\s)?(?:fda(?:['\u2019]s)?\s)?"
    r"(?:qmsr|c?gmp|(?:quality\smanagement\ssystem|qms|qs)\sreg(?:ulation|\.)?)\s(?:at\s)?)?"
    r"(?:(?:us|u\.s\.?)\s)?(?:fda(?:['\u2019]s)?\s)?(?:(?:federal\s)?regulations?\s|clauses?\s)?"
    r"(?:title\s21,?\s(?:of\s)?(?:the\s)?(?:(?:us|u\.s\.)\s)?(?=code\s))?"
    r"(?:code of federal regulations,?\s(?:\(cfr\),?\s)?)?(?:title\s21,?\s)?(?:title\s)?(?:21\s?c\.?f\.?r\.?,?\s?)?"
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
_NAME_IN_BRACKETS = re.compile(r"\s*\((?:the\s+)?(?:(?:us|u\.s\.?)\s+)?(?:fda(?:['\u2019]s)?\s+)?", re.IGNORECASE)
_CURRENT_NAME = r"(?:QMSR\b|(?:Quality Management System|QMS) Regulation\b)"
_CURRENT_NAME_BEHIND = re.compile(
    rf"(?:{_NAME_BEHIND.pattern}){_CURRENT_NAME}(?P<short>\s*\()?|{_NAME_IN_BRACKETS.pattern}{_CURRENT_NAME}\)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['\u2019]s?[\s\u00a0]")
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
_ALSO = re.compile(
    r"(?P<open>\s*[(\[]\s*(?:now\s|see\s|i\.e\.,?\s)?)|\s*(?:[/,;=]|and/or)\s*|(?P<word>,?\s+(?:and|or|&)\s+)",
    re.IGNORECASE,
)
_STANDARD = r"ISO\s13485(?::2016)?(?:\(E\))?,?\s*(?:(?:sub-?)?clauses?|sections?|\u00a7)?"
_BESIDE_STANDARD = (
    r"[\s\u00a0]*(?:,[\s\u00a0]*(?:and|or)|,|;|/|&|\+|\(|and/or|and|or|plus|as[\s\u00a0]well[\s\u00a0]as"
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
_RANGE_WORDS = RANGE_WORDS.replace(" ", r"[\s\u00a0]+")
_RANGE = re.compile(rf"[\s\u00a0]*(?:[-\u2010-\u2014]|{_RANGE_WORDS})[\s\u00a0]*", re.IGNORECASE)
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


def fit_lists(document: Document, drafts: list[Draft], ruleset: "RuleSet") -> None:
    """Write lists of citations so that each element still says which regulation or standard it is in."""
    by_range = {(draft.start, draft.end): draft for draft in drafts if draft.rule.family == "cite"}
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
        more_behind = citation.has_more_behind(folded.text, members[-1][0].end)
        why_not = _why_not(document.text, members, ruleset, more_behind=more_behind)
        if not why_not:
            _fit_list(document.text, members)
            continue
        for *_, draft in members:
            if draft is not None:
                draft.reason = why_not


def _why_not(
    text: str,
    members: "Sequence[tuple[Citation, int, int, Draft | None]]",
    ruleset: "RuleSet",
    *,
    more_behind: bool,
) -> str:
    """Why the citations of a list are left to a person; empty where they are not."""
    if more_behind:
        return "what follows the section is cited with it"
    if any(found.loose or (found.tied and draft is None) for found, *_, draft in members):
        return "what is cited with it would be left without its section: rewrite both"
    joints = [text[one[2] : other[1]] for one, other in pairwise(members)]
    if any(found.ranged for found, *_ in members) or any(_RANGE.fullmatch(joint) for joint in joints):
        return "it is one end of a range: name the clauses of what lies between as well"
    if _is_half(text, members, joints, ruleset):
        return "it stands in a list of sections of which not all are edited: rewrite the list"
    return ""


def _is_half(
    text: str,
    members: "Sequence[tuple[Citation, int, int, Draft | None]]",
    joints: Sequence[str],
    ruleset: "RuleSet",
) -> bool:
    """Whether only some would be edited of citations that share what they begin with: "21 CFR" stands there once."""
    if members[0][3] is None and _SEVERAL.search(text, max(0, members[0][1] - 16), members[0][2]):
        return True
    said = [_says_cfr(text, start, end) for _, start, end, _ in members]
    return share_their_beginning(said, joints) and any(
        draft is None and ruleset.tables.verdict(found.designation).outcome != "live" for found, _, _, draft in members
    )


def _fit_list(text: str, members: "Sequence[tuple[Citation, int, int, Draft | None]]") -> None:
    last: Draft | None = None  # the draft that the element before was written by
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
            last.text = merged.text(_conjunction(joint))
            last.others.append(draft.finding)
            draft.taken = True
            if lead is not None and re.search(r"\b(?:and|or)\b|&", joint):
                last.more.append(Change(*lead, f" {_conjunction(joint)} "))
                lead = None
            continue
        last, merged = draft, cited
        lead = (members[n - 1][2], start) if n and joint.strip() == "," else None


def _conjunction(joint: str) -> str:
    """What joins the last element of a list."""
    if re.search(r"\band\s?/\s?or\b", joint):
        return "and/or"
    return "or" if re.search(r"\bor\b", joint) else "and"


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


def write_citations(document: Document, drafts: list[Draft], ruleset: "RuleSet") -> None:
    """Take along what names the regulation around a citation that becomes one of the standard."""
    text = document.text
    every = [None, *drafts, None]
    for before, draft, after in zip(every, drafts[:], every[2:], strict=False):
        if draft.reason or not (draft.rule.family == "cite" and draft.text.startswith("ISO ")):
            continue
        _take_name_along(text, draft, before, after)
        if draft.reason:
            continue
        if match := _PREFIX.search(text, max(draft.block.start, draft.start - BESIDE), draft.start):
            if _says_more(text, match, draft):
                draft.reason = "the name of the regulation stands before it: rewrite both"
                continue
            draft.start = match.start()
        if _PART_BEFORE.search(text[max(draft.block.start, draft.start - BESIDE) : draft.start]):
            draft.reason = "the part of the regulation stands before it: rewrite both"
            continue
        if _NAME_BEFORE.search(text, max(draft.block.start, draft.start - BESIDE), draft.start):
            draft.reason = "the name of the regulation stands before it: rewrite both"
            continue
        if _STANDARD_BEFORE.search(text, max(draft.block.start, draft.start - BESIDE), draft.start) or (
            _STANDARD_BEHIND.match(text, draft.end, reach_of(draft))
        ):
            draft.reason = "the standard is named beside it: rewrite both"
            continue
        if not draft.more and (match := _REGULATION_BEHIND.match(text, draft.end, reach_of(draft))):
            draft.end = match.end()
        _write_clause_once(text, draft)
        if not draft.reason and _is_cited_in_sentence(text, draft):
            draft.reason = _TWICE
        if draft.reason:
            continue
        _retitle(text, draft, after, ruleset)


def _says_more(text: str, prefix: re.Match[str], draft: Draft) -> bool:
    """Whether the name of a regulation before a citation belongs to more words: "The GMP 820.22 audit", "EU GMP"."""
    name = _NAMED_BEFORE.search(prefix[0])
    if name is None:
        return False
    before = text[max(draft.block.start, prefix.start() - 8) : prefix.start()]
    behind = re.match(r"[\s\u00a0]+[^\W\d_]", text[draft.end : reach_of(draft)])
    of_more = prefix[0].lower().startswith("the") and behind is not None
    return name["gmp"] is not None or _ANOTHER_LAW.search(before) is not None or of_more


def _take_name_along(text: str, draft: Draft, before: Draft | None, after: Draft | None) -> None:
    """The name of the regulation beside a citation goes with it: "Section 820.22 of the QSR", "QSR 820.22"."""
    if (
        before is not None
        and _names_regulation(before, draft)
        and _POSSESSIVE.fullmatch(text_between(text, before.end, draft.start))
    ):
        draft.reason = before.reason = "the name of the regulation stands before it: rewrite both"
        return
    if (
        before is not None
        and _names_regulation(before, draft)
        and text_between(text, before.end, draft.start).strip(" \u00a0,") == ""
    ):
        if before.more or draft.start == before.end:
            draft.reason = "the name of the regulation stands before it: rewrite both"
            return
        lead = re.search(
            r"(?:\bthe\s)?(?:\bfda(?:['\u2019]s)?\s)?\Z",
            text[max(draft.block.start, before.start - BESIDE) : before.start],
            re.IGNORECASE,
        )
        draft.start = before.start - (len(lead[0]) if lead else 0)
        settle(draft, before, None)
    if after is not None and _names_regulation(after, draft) and not draft.more:
        between = text_between(text, draft.end, after.start)
        bracketed = _NAME_IN_BRACKETS.fullmatch(between) is not None and text[after.end : after.end + 1] == ")"
        if bracketed or _NAME_BEHIND.fullmatch(between):
            if after.more:
                draft.reason = "the name of the regulation stands behind it: rewrite both"
                return
            draft.end = after.end + bracketed
            settle(draft, after, None)
    elif match := _CURRENT_NAME_BEHIND.match(text, draft.end, reach_of(draft)):
        if match["short"] or draft.more:
            draft.reason = "the name of the regulation stands behind it: rewrite both"
        else:
            draft.end = match.end()


def _names_regulation(name: Draft, beside: Draft) -> bool:
    return name.block == beside.block and name.rule.of == "regulation" and not (name.reason or name.taken)


def _write_clause_once(text: str, draft: Draft) -> None:
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
    if joint := _ALSO.match(text, draft.end, reach_of(draft)):
        other = re.compile(same, re.IGNORECASE).match(text, joint.end(), draft.block.end)
        if other and not _MORE_CLAUSES.match(text, other.end()):
            closing = CLOSES.match(text, other.end()) if joint["open"] else None
            if joint["open"] and closing is None:
                return
            draft.end = closing.end() if closing else other.end()
            _mind_verb(text, draft, joint)
            return
    first = max(draft.block.start, draft.start - BESIDE)
    before = re.search(rf"(?<!\w){same}(?P<joint>{_ALSO.pattern})$", text[first : draft.start], re.IGNORECASE)
    if before:
        closing = CLOSES.match(text, draft.end) if before["open"] else None
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


def _is_cited_beside(text: str, draft: Draft, clause: str) -> bool:
    """Whether a clause is cited right before or behind a draft, alone or in a list, also as "8.2.4 of ISO 13485"."""
    first = max(draft.block.start, draft.start - BESIDE)
    last = min(draft.block.end, draft.end + BESIDE)
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


def _is_cited_in_sentence(text: str, draft: Draft) -> bool:
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


def _mind_verb(text: str, draft: Draft, joint: re.Match[str]) -> None:
    """Two that are one need another verb ("and ... apply"): leave that to a person."""
    if joint["word"] and re.match(r"[ \u00a0][a-z]", text[draft.end : draft.block.end]):
        draft.reason = _TWICE


def _retitle(text: str, draft: Draft, after: Draft | None, ruleset: "RuleSet") -> None:
    """The heading of a section behind its number becomes that of the clause: "21 CFR 820.30 Design Controls"."""
    section = ruleset.tables.legacy.get(_designation(draft.finding.text))
    cited = _cited(draft.text)
    if section is None or not section.heading or draft.more or len(cited.clauses) != 1 or cited.sections:
        return
    title = ruleset.facts["iso_clauses"]["iso13485"].get(cited.clauses[0], "(")
    match = re.compile(
        rf"(?:[\s\u00a0]*[:,(\u2013\u2014-][\s\u00a0]*|[\s\u00a0]+)[\"\u201c]?({re.escape(section.heading)})(?=[\"\u201d]?[\s\u00a0]*(?:[).,;\]/]|$))",
        re.IGNORECASE,
    ).match(text[draft.end : min(draft.block.end, draft.end + 2 * BESIDE)])
    if match is None or title.startswith("(") or not match[1][0].isupper():
        return
    start, end = draft.end + match.start(1), draft.end + match.end(1)
    if after is not None and after.start < end:
        return  # it is a term of its own
    draft.more.append(Change(start, end, wording.cased(title, match[1])))


def _designation(text: str) -> str:
    match = re.search(r"820\.\d+(?:\(\w+\))*", text)
    return match[0] if match else ""
