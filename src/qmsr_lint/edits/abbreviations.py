"""Abbreviations beside the names they stand for: both change, or neither does."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from qmsr_lint.edits.draft import BESIDE, CLOSES, OPENS, Draft, settle, text_between
from qmsr_lint.model import Change, Document

if TYPE_CHECKING:
    from qmsr_lint.rules import RuleSet

_OR_QUOTED = re.compile(r"[\"\u201d][\s\u00a0]*(?:/|,|or)[\s\u00a0]*[\"\u201c]")
_DEFINES = re.compile(
    r"(?:[\s\u00a0]*(?:[:=|\u2013\u2014]|\t)[\s\u00a0]*|[\s\u00a0]*-{1,2}[\s\u00a0]+|[\s\u00a0]+-{1,2}"
    r"|[\s\u00a0]*(?:means|stands for|is the)[\s\u00a0]+)(?:the |an? )?",
    re.IGNORECASE,
)
_BARELY_DEFINES = re.compile(r"[\s\u00a0]*,?[\s\u00a0]+")
"""The same in a list of abbreviations, where nothing else stands in the entry."""
_GOES_ON = re.compile(r"[\s\u00a0]*(?:$|[(\[.,;:\u2013\u2014]|-[\s\u00a0])")
"""Stands behind the words of an entry that are followed by more than they mean."""
_ENTRY_BEFORE = re.compile(r"[;,\n][\s\u00a0]*$")
_OWN_SHORT = re.compile(r"[\s\u00a0]*[(\[][\"\u201c]?([A-Z&]{2,6})s?[\"\u201d]?[)\]]")


def fit_abbreviations(document: Document, drafts: list[Draft], ruleset: "RuleSet") -> None:
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
            settle(first, second, Change(second.start, second.end, second.text))


def _own_short(text: str, draft: Draft) -> str:
    """The abbreviation that is defined behind a draft and is no finding itself, as in "quality audit (QA)"."""
    match = _OWN_SHORT.match(text, draft.end, draft.block.end)
    short = match[1].replace("&", "A") if match else ""
    return match[1] if match and short == _initials(draft.finding.text) != _initials(draft.text) else ""


def _initials(words: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", words)).upper()


def _is_configured(rule: str, legacy: Sequence[str], ruleset: "RuleSet") -> bool:
    names = {rule, *(phrase.lower() for phrase in legacy)}
    return any(name in names or name.lower() in names for name in ruleset.settings.terms)


def _pairs(document: Document, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft, bool]]:
    """Words and acronym of one rule that stand together as a definition; whether one stands in brackets."""
    text = document.text
    for first, second in pairwise(drafts):
        if first.acronym == second.acronym or first.finding.rule != second.finding.rule:
            continue
        words, acronym = (second, first) if first.acronym else (first, second)
        if first.block == second.block:
            between = text_between(text, first.end, second.start)
            if OPENS.fullmatch(between) and CLOSES.match(text, second.end):
                yield words, acronym, True
                continue
            if _is_entry(text, first, second, between) or _OR_QUOTED.fullmatch(between):
                yield words, acronym, False
        elif _is_row(text, first, second):
            yield words, acronym, False


def _is_entry(text: str, first: Draft, second: Draft, between: str) -> bool:
    """Whether two drafts are an entry of a list of abbreviations: "DMR – Device Master Record"."""
    begins = first.start == first.block.start
    if first.acronym and begins and _DEFINES.fullmatch(between):
        return True
    if first.finding.context != "definition" or second.finding.context not in ("definition", "prose"):
        return False
    if begins and not text[second.end : second.block.end].strip(" .;\u00a0"):
        return _DEFINES.fullmatch(between) is not None or _BARELY_DEFINES.fullmatch(between) is not None
    before = text[max(first.block.start, first.start - BESIDE) : first.start]
    return first.acronym and _ENTRY_BEFORE.search(before) is not None and _DEFINES.fullmatch(between) is not None


def _is_row(text: str, first: Draft, second: Draft) -> bool:
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


def _join_pair(text: str, words: Draft, acronym: Draft) -> None:
    """Write the words once where the acronym in or before the brackets has no successor."""
    first, second = sorted((words, acronym), key=lambda draft: draft.start)
    closing = CLOSES.match(text, second.end)
    first.text = words.text
    settle(first, second, Change(first.end, closing.end() if closing else second.end, ""))
