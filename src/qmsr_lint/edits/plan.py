"""What is to happen to the findings of a document: the fixes that are made, how they are fitted, and the comments."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from qmsr_lint import remarks, wording
from qmsr_lint.edits.abbreviations import fit_abbreviations
from qmsr_lint.edits.citations import fit_lists, write_citations
from qmsr_lint.edits.draft import CLOSES, OPENS, Action, Draft, Planned, changed, findings_of, text_between
from qmsr_lint.edits.sentence import (
    agree,
    capitalise,
    drop_doublings,
    fit_article,
    keep_compounds,
    keep_full_stop,
    mind_number,
)
from qmsr_lint.model import Block, Change, Document, Edit, Finding, Mark, family_of

if TYPE_CHECKING:
    from qmsr_lint.rules import RuleSet


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
    drafts: list[Draft] = []
    planned: list[Planned] = []
    for finding in live:
        reason = _why_not(finding, unsafe=unsafe, comments_only=comments_only)
        if reason or finding.fix is None:
            planned.append(_unedited(finding, reason))
        else:
            rule = ruleset.rules[finding.rule]
            drafts.append(Draft(finding, rule, finding.fix.text, blocks.at(finding.start)))
    _leave_halves(document.text, live, drafts)
    drafts, covered = _without_overlaps(drafts)
    planned += covered
    for write in (fit_abbreviations, fit_lists, write_citations):
        write(document, drafts, ruleset)
        drafts = [draft for draft in drafts if not draft.taken]
    for draft in drafts:
        keep_full_stop(document.text, draft)
        capitalise(document.text, draft)
        keep_compounds(document.text, draft)
        mind_number(document.text, draft)
    drop_doublings(document.text, drafts)
    drafts = [draft for draft in drafts if not draft.taken]
    for draft in drafts:
        fit_article(document.text, draft, ruleset)
        agree(document.text, draft)
    _keep_sources(drafts)
    _keep_apart(drafts)
    planned += _finished(document.text, [draft for draft in drafts if not draft.reason])
    planned += [_given_up(found, draft.reason) for draft in drafts if draft.reason for found in findings_of(draft)]
    planned.sort(key=lambda each: (each.edit.start, each.edit.end))
    said = [mark for mark in document.marks if mark.kind == "comment" and mark.value.startswith(remarks.BEGINNING)]
    return [_without_repeated_comment(said, blocks, each) for each in planned] if said else planned


class _Blocks:
    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.starts = [block.start for block in document.blocks]

    def at(self, offset: int) -> Block:
        return self.blocks[max(0, bisect_right(self.starts, offset) - 1)]


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
        return "no words can simply take its place: see its message"
    if finding.fix.safety != "safe" and not unsafe:
        return "the replacement needs a reader's judgement (--unsafe makes it)"
    return ""


def _leave_halves(text: str, findings: Sequence[Finding], drafts: Sequence[Draft]) -> None:
    """Give up a name, or its short form in brackets, where the other one is not edited."""
    drafted = {(draft.start, draft.end): draft for draft in drafts}
    for first, second in pairwise(sorted(findings, key=lambda finding: (finding.start, finding.end))):
        one, other = drafted.get((first.start, first.end)), drafted.get((second.start, second.end))
        if (one is None) == (other is None) or first.rule != second.rule:
            continue
        if OPENS.fullmatch(text_between(text, first.end, second.start)) and CLOSES.match(text, second.end):
            for half in filter(None, (one, other)):
                half.reason = "the words beside it, which mean the same, stay"


def _without_overlaps(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Planned]]:
    kept: list[Draft] = []
    covered: list[Planned] = []
    for draft in sorted(drafts, key=lambda draft: (draft.start, -draft.end)):
        if kept and draft.start < kept[-1].end:
            finding = draft.finding
            edit = Edit(finding.start, finding.end)
            covered.append(Planned(edit, (finding,), "leave", "another edit covers the same words"))
        else:
            kept.append(draft)
    return kept, covered


def _keep_sources(drafts: Sequence[Draft]) -> None:
    """Give up the source of an old definition where the term that it defines stays."""
    staying = {draft.block for draft in drafts if draft.reason and draft.rule.family == "term"}
    for draft in drafts:
        if draft.rule.of == "definition" and draft.block in staying:
            draft.reason = draft.reason or "the term that it defines stays: rewrite both, or take both out"


def _keep_apart(drafts: Iterable[Draft]) -> None:
    """Give up a draft whose changes have come to overlap those of the draft before."""
    last = -1
    for draft in drafts:
        ranges = [(draft.start, draft.end), *(change[:2] for change in draft.more)]
        if min(ranges)[0] < last:
            draft.reason = draft.reason or "another edit covers the words beside it"
        if not draft.reason:
            last = max(end for _, end in ranges)


def _finished(text: str, drafts: Sequence[Draft]) -> Iterator[Planned]:
    """The drafts as edits."""
    for draft in drafts:
        own = [Change(draft.start, draft.end, draft.text)] if draft.end > draft.start else []
        changes = tuple(sorted([*own, *draft.more]))
        end = max(draft.finding.end, changes[-1].end)
        closing = CLOSES.match(text, end)
        end = closing.end() if closing and re.search(r"[(\[][^)\]]*$", text[draft.finding.start : end]) else end
        edit = Edit(draft.finding.start, end, changes, _reasons(draft), words(draft.finding), _kind(draft))
        start = min(draft.finding.start, changes[0].start)
        moved = [Change(change.start - start, change.end - start, change.text) for change in changes]
        yield Planned(edit, findings_of(draft), "edit", "", changed(text[start:end], moved))


def _kind(draft: Draft) -> str:
    """What makes two edits equal: the rule and its authority, and the words that come or the citations that go."""
    finding = draft.finding
    if draft.rule.family == "cite":
        return "\0".join((finding.rule, *(found.text for found in findings_of(draft))))
    return "\0".join((finding.rule, finding.basis, wording.singular((finding.replacement or "").lower())))


def _reasons(draft: Draft) -> str:
    """The words of an edit's comment: the changes themselves show what is written."""
    told = [draft.finding, *(found for found in draft.others if family_of(found.rule) == "cite")]
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
    return planned._replace(
        edit=planned.edit._replace(comment=f"{planned.edit.comment}\n{remarks.NOT_CHANGED}: {reason}.")
    )


def words(finding: Finding, lead: str = "", offered: Sequence[str] | None = None) -> str:
    """What a comment says about a finding: the rule, the reason, what can be written instead, the authority."""
    lines = [f"{remarks.BEGINNING}{finding.rule}] {finding.message}"]
    if offered is None:
        offered = [word for word in (finding.replacement, *finding.alternatives) if word]
    if offered:
        lead = lead or (remarks.REPLACEMENTS if len(offered) > 1 else remarks.REPLACEMENT)
        lines.append(f"{lead}: {'; '.join(offered)}")
    if finding.basis:
        lines.append(f"{remarks.AUTHORITY}: {finding.basis}")
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
