"""The sentence around a fix: capitals, plural, words said twice, the article before it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qmsr_lint import wording
from qmsr_lint.edits.draft import BESIDE, CLOSES, OPENS, Draft, reach_of, settle, text_between
from qmsr_lint.model import Change

if TYPE_CHECKING:
    from qmsr_lint.rules import RuleSet

_VERB_BEHIND = re.compile(r",[\s\u00a0]+(?:is|are|was|were|shall|must|should|may|can|will|has|have)\b")
"""Stands behind an apposition, which ends with a comma."""
_JOINS = re.compile(
    r"[ \u00a0]*(?:/|,|,?(?:[ \u00a0]|[ \u00a0]?\n)(?:or|and)(?:[ \u00a0]|\n[ \u00a0]?))\n?[ \u00a0]*", re.IGNORECASE
)
"""Joins two words for one thing; a break or a tab by itself begins another line or column, which says its own."""
_JOINS_WITH_ARTICLE = re.compile(
    r"[\s\u00a0]*(?:,|,?[\s\u00a0](?:or|and|and/or)[\s\u00a0])[\s\u00a0]*(?:the|an?)[\s\u00a0]", re.IGNORECASE
)
_OPENS_AT_END = re.compile(OPENS.pattern + "$", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"{OPENS.pattern}(?P<words>[\w \u00a0-]{{1,70}}){CLOSES.pattern}", re.IGNORECASE)
_JOINS_AT_END = re.compile(_JOINS.pattern + "$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<![\w/(-])(an?|An?|AN)(?=[\s\u00a0]+[\"\u201c\u2018'(]?$)")
_PREPOSITION = re.compile(r"\b(?:in|into|to|from|of|within|with)[\s\u00a0]$")
_THE = re.compile(r"(?<![\w/(-])(the|The|THE)(?=[\s\u00a0]+$)")
_SAID_OF_ONE = re.compile(
    r"(?:^|[:(|\t\n\u2013\u2014-][\s\u00a0]*"
    r"|\b(?:to|with|in|under|by|per|from|against|for|on|see|covers?|follows?|meets?)[\s\u00a0]+(?:the|fda['\u2019]s)[\s\u00a0]+)"
    r"(?:(?:fda|us|u\.s\.|current|applicable|federal)[\s\u00a0]+){0,3}$",
    re.IGNORECASE,
)
"""Stands before the plural of a regulation's name where the one can take its place: behind a preposition."""
_ENDS_THERE = re.compile(r"[\s\u00a0]*(?:\([^()]{1,60}\)[\s\u00a0]*)?(?:$|[.;:)\]\n])")
"""Stands behind it where nothing more is said of several."""
_BEGINS_A_STATEMENT = re.compile(
    r"(?:(?:^|[.:;!?(\n][\s\u00a0]*)(?:as[\s\u00a0])?|\b(?:that|because|as|what|where|since|while|when|whenever|if|whether"
    r"|how|although|which|and|but)[\s\u00a0])$",
    re.IGNORECASE,
)
"""Stands before the subject of a sentence."""
_VERB = re.compile(r"[\s\u00a0](is|has|does|was|applies|[a-z]{3,11}s)(?![\w'\u2019-])")
_OF_SEVERAL = {"is": "are", "has": "have", "does": "do", "was": "were", "applies": "apply", "specifies": "specify"}
_OF_SEVERAL |= {"addresses": "address"}
_OF_SEVERAL |= {
    f"{verb}s": verb
    for verb in (
        "allow ask call concern contain cover deal define demand describe establish expect govern include"
        " list mandate mean name permit prescribe provide refer regulate remain require say set speak state tell"
    ).split()
}
"""A verb behind one section, and what it is behind several clauses."""
_SEVERAL_SECTIONS = re.compile(r"\u00a7\u00a7|s[\s\u00a0]|[/,;&\u2013-]|\b(?:and|or|to|through)\b", re.IGNORECASE)
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:;\u2022\u2013\u2014\t\n(\[\"\u201c])[\s\u00a0]*$")
_WORD = re.compile(r"[\w'\u2019&-]+")


def keep_full_stop(text: str, draft: Draft) -> None:
    """An acronym with points ("D.M.R.") may end its sentence with the last of them."""
    if not draft.finding.text.endswith(".") or draft.text.endswith("."):
        return
    rest = text[draft.end : draft.block.end].lstrip(' \u00a0\t\n)"\u201d')
    if not rest or (rest[0].isupper() and text[draft.end] != ")"):
        draft.text += "."


def capitalise(text: str, draft: Draft) -> None:
    """An acronym says nothing of its sentence's case: where all the other words are capitals, so is the new one."""
    if draft.acronym and draft.rule.family != "cite" and not draft.text.isupper():
        others = text[max(draft.block.start, draft.start - BESIDE) : draft.start] + text[draft.end : reach_of(draft)]
        if others.isupper() and re.search(r"[^\W\d_]{5,}", others) and draft.text == draft.spoken:
            draft.text = draft.text.upper()


def drop_doublings(text: str, drafts: list[Draft]) -> None:
    """Where a replacement would stand beside the same words, write them once."""
    before: Draft | None = None
    every = list(drafts)
    for number, draft in enumerate(every, 1):
        if draft.reason:
            before = None
            continue
        if before is not None and before.block != draft.block:
            before = None
        if before is not None and not before.more and _same(before.text, draft.text):
            between, closing = text_between(text, before.end, draft.start), CLOSES.match(text, draft.end)
            if OPENS.fullmatch(between) and closing:
                settle(before, draft, Change(before.end, closing.end(), ""))
                continue
            if _same(before.finding.text, draft.finding.text) and draft.rule.family != "cite":
                pass  # said twice before, and now as well: "QSR, QSR audits"
            elif _JOINS.fullmatch(between):
                apposed = between.startswith(",") and (
                    _VERB_BEHIND.match(text, draft.end)
                    or (between[1:].strip("\u00a0 ").startswith("or") and text[draft.end : draft.end + 1] == ",")
                )
                settle(before, draft, Change(before.end, draft.end + bool(apposed), ""))
                continue
            if before.finding.rule != draft.finding.rule and _JOINS_WITH_ARTICLE.fullmatch(between):
                before.reason = draft.reason = "both would be called the same: rewrite the sentence"
                before = None
                continue
        after = every[number] if number < len(every) and every[number].block == draft.block else None
        _drop_beside(text, draft, before.end if before else draft.block.start, after)
        before = draft


def _drop_beside(text: str, draft: Draft, first: int, after: Draft | None) -> None:
    """The same beside words that stay."""
    first = max(first, draft.start - BESIDE)
    right = text[draft.end : min(after.start if after else draft.block.end, draft.end + BESIDE)]
    if len(draft.text.split()) > 1 and _is_beside(text, draft, first, right):
        return
    _drop_said_before(text[first : draft.start], draft)
    if draft.acronym and draft.text != draft.spoken:
        _drop_noun_behind(draft, right)
    else:
        _drop_said_behind(draft, right)


def _is_beside(text: str, draft: Draft, first: int, right: str) -> bool:
    """Whether all the new words stand beside it as well: then they go, with what joins them, or a person decides."""
    left = text[first : draft.start]

    def is_said(before: str) -> bool:
        return _same(" ".join(_words_before(before, len(draft.text.split()))), draft.text)

    before = re.sub(_JOINS_WITH_ARTICLE.pattern + "$", "", left, flags=re.IGNORECASE)
    if before != left and is_said(before):
        draft.reason = "both would be called the same: rewrite the sentence"
        return True
    before, closing = _OPENS_AT_END.sub("", left), CLOSES.match(text, draft.end)
    if closing and is_said(before):
        draft.start, draft.end, draft.text = first + len(before), closing.end(), ""
        return True
    before = _JOINS_AT_END.sub("", left)
    if is_said(before):
        draft.start, draft.text = first + len(before), ""
        return True
    bracket = None if draft.more else _IN_BRACKETS.match(right)
    if bracket and _same(bracket["words"], draft.text):
        draft.end += bracket.end()
        return True
    return False


def _drop_said_before(left: str, draft: Draft) -> None:
    """The first of the new words go where they stand before it: "medical DMR" becomes "medical device file"."""
    words = draft.text.split()
    said = _words_before(left, len(words)) if re.search(r"\w[ \u00a0]$", left) else []
    for count in range(len(words) - 1, 0, -1):
        if _equal(said[-count:], words[:count]):
            draft.text = " ".join(words[count:])
            return


def _drop_noun_behind(draft: Draft, right: str) -> None:
    """The noun behind an abbreviation goes where the abbreviation says it: "DMR files" becomes "MDFs"."""
    match = re.match(r"[ \u00a0]([\w-]+)(?![\w-])", right)
    if match and not draft.more and _same(draft.spoken.split()[-1], match[1]):
        many = draft.text.isupper() and match[1].lower() != wording.singular(match[1].lower())
        draft.text += "s" if many else ""
        draft.end += match.end()


def _drop_said_behind(draft: Draft, right: str) -> None:
    """The last of the new words go where they stand behind it, which tell the number: "DMR files" becomes "medical
    device files". Where another word stands between, as in "DMR index file", a person decides.
    """
    words = draft.text.split()
    compound = re.match(r"[\s\u00a0]{1,24}[\w-]+[ \u00a0]([\w-]+)(?![\w-])", right) if draft.acronym else None
    if compound and _same(words[-1], compound[1]) and not wording.stands_alone(right):
        draft.reason = f"the words behind it would say {words[-1]!r} again: rewrite them"
        return
    for count in range(0 if draft.more else len(words) - 1, 0, -1):
        match = re.match(r"[ \u00a0]" + r"[ \u00a0]".join([r"([\w-]+)"] * count) + r"(?![\w-])", right)
        pairs = list(zip(words[-count:], match.groups(), strict=True)) if match else []
        if match and all(_same(mine, theirs) for mine, theirs in pairs):
            tail = [theirs[:1].upper() + theirs[1:] if mine[:1].isupper() else theirs for mine, theirs in pairs]
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


def keep_compounds(text: str, draft: Draft) -> None:
    """A hyphen joins to one word only: "pre-DHF" cannot become "pre-design and development file", nor "DHF-related"."""
    if " " not in draft.text:
        return
    if re.search(r"\w[-\u2010\u2011]$", text[max(draft.block.start, draft.start - 2) : draft.start]):
        draft.reason = "a prefix hangs on it: rewrite the words"
    elif re.match(r"[-\u2010\u2011]\w", text[draft.end : min(draft.block.end, draft.end + 2)]):
        draft.reason = "a word hangs on it: rewrite the words"


def mind_number(text: str, draft: Draft) -> None:
    """Where several became one ("Quality System Regulations"), what is said of several is left to a person."""
    if draft.acronym or draft.reason or draft.rule.family != "name":
        return
    if not draft.finding.text.endswith("s") or draft.text.endswith("s"):
        return
    before = text[max(draft.block.start, draft.start - BESIDE) : draft.start]
    after = text[draft.end : reach_of(draft)]
    if not (_SAID_OF_ONE.search(before) and _ENDS_THERE.match(after)):
        draft.reason = "the sentence speaks of several: rewrite it for one"


def fit_article(text: str, draft: Draft, ruleset: "RuleSet") -> None:
    """Write "a" or "an" before the new words as they need it."""
    if draft.reason or not draft.text or wording.is_foreign(text[draft.block.start : draft.block.end]):
        return
    first = max(draft.block.start, draft.start - BESIDE)
    before = text[first : draft.start]
    rule = ruleset.rules.get(draft.finding.rule)
    mass = rule is not None and rule.current is not None and rule.plural == rule.current
    alone = mass and wording.stands_alone(text[draft.end : reach_of(draft)])
    if mass and alone and re.search(r"\b(?:each|every|another|either)[\s\u00a0]$", before, re.IGNORECASE):
        draft.reason = "the new words are not counted: rewrite the sentence"
        return
    if _needs_the(text, draft, before):
        draft.more.append(Change(draft.start, draft.start, "the "))
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


def _needs_the(text: str, draft: Draft, before: str) -> bool:
    """Whether an acronym that went without an article became words that do not: "filed in DHF"."""
    if not draft.acronym or draft.text != draft.spoken or draft.rule.family != "term" or draft.text.endswith("s"):
        return False
    in_text = draft.block.kind in ("paragraph", "item") and draft.block.place.table is None
    return (
        in_text and _PREPOSITION.search(before) is not None and wording.stands_alone(text[draft.end : reach_of(draft)])
    )


def _is_article(before: str, at: int, following: str) -> bool:
    """Whether a capital A is an article, not a letter that names something ("Appendix A DHF")."""
    return bool(_SENTENCE_BEFORE.search(before[:at])) or (following.isupper() and before[:at].isupper())


def agree(text: str, draft: Draft) -> None:
    """Where a section that a sentence speaks of became several clauses, its verb goes with them."""
    if draft.rule.family != "cite" or draft.others or " and " not in draft.text:
        return
    before = text[max(draft.block.start, draft.start - BESIDE) : draft.start]
    verb = _VERB.match(text[draft.end : reach_of(draft)])
    if verb is None or (several := _OF_SEVERAL.get(verb[1])) is None:
        return
    if not _SEVERAL_SECTIONS.search(text[draft.start : draft.end]) and _BEGINS_A_STATEMENT.search(before):
        draft.more.append(Change(draft.end + verb.start(1), draft.end + verb.end(1), several))
