"""Heads of the columns of tables that tell what became of old words."""

from collections.abc import Sequence
from typing import NamedTuple

from qmsr_lint.context import cues
from qmsr_lint.expression import Expression, needed

_OLD = (
    r"(?:old|legacy|former|previous(?! (?:section|clause))|prior(?! (?:section|clause))|superseded|obsolete|retired"
    r"|outdated|pre-qmsr|pre-2026|withdrawn)"
)
_NAMES = (
    r"(?:terms?|terminology|names?|wording|words?|references?|citations?|sections?|clauses?|acronyms?|abbreviations?"
    r"|regulations?|requirements?|titles?|texts?|structure|language|rules?|laws?|provisions?|paragraphs?|cites?|refs?"
    r"|numbers?|numbering|subparts?|part 820|21 cfr.*|qsr.*|fda.*|820.*)"
)
_ITEM = r"(?:part|item|lot|serial|batch|catalogu?e?|drawing|document|order|phone|model|reorder|sop|form|procedure)"
"""What has a number of its own that is no section's: "Old part number"."""
_NOUNS_ELSEWHERE = (
    r"(?:begriffe?|bezeichnung(?:en)?|wortlaut|abschnitt|verweise?|termes?|t[e\u00e9]rmin[oi]s?|citations?|citas?|cita\u00e7\u00e3o"
    r"|r[e\u00e9]f[e\u00e9]rences?|referencias?|secci[o\u00f3]n|article|art[i\u00ed]culos?|sezione|citazione|term(?:en)?|\uc6a9\uc5b4|\uc870\ud56d|\uba85\uce6d"
    r"|\u672f\u8bed|\u8853\u8a9e|\u7528\u8a9e|\u6761\u6b3e|\u689d\u6b3e|\u6761\u9805|\u7ae0\u8282)"
)
_OLD_ELSEWHERE = (
    r"(?:(?:alte[rsn]?|bisherige[rsn]?|anciens?|ancienne|antigu[oa]s?|antig[oa]s?|vecchi[oa]|oude"
    r"|\uad6c|\uae30\uc874|[\u65e7\u820a])"
    rf" ?{_NOUNS_ELSEWHERE}|{_NOUNS_ELSEWHERE} (?:anciens?|ancienne|anterior(?:es)?|antigu[oa]s?|antig[oa]s?|vecchi[oa]"
    r"|precedente)"
    r"|alt|bisher|ancien|antiguo|antigo|vecchio|oud"
    r"|(?:\uad6c|\uae30\uc874|\uc774\uc804|\uc885\uc804)(?: ?\(.{1,30}\))?|[\u65e7\u820a])"
)
_NEW_ELSEWHERE = (
    r"(?:(?:neue[rsn]?|nouve(?:au|lle)s?|nuev[oa]s?|nov[oa]s?|nuov[oa]|nieuwe"
    r"|\uc2e0\uaddc|\uc2e0|[\u65b0\u73b0\u73fe])"
    rf" ?{_NOUNS_ELSEWHERE}|{_NOUNS_ELSEWHERE} "
    r"(?:nouve(?:au|lle)s?|actual(?:es)?|nuev[oa]s?|nov[oa]s?|nuov[oa]|attuale)"
    r"|neu|nouveau|nuevo|novo|nuovo|nieuw|(?:\uc2e0\uaddc|\uc2e0|\ud604\ud589|\ud604\uc7ac)(?: ?\(.{1,30}\))?|\u65b0)"
)
"""The same in German, French, Spanish, Portuguese, Italian, Dutch, Korean, Chinese and Japanese."""
OLD_COLUMN = Expression(
    rf"(?:the )?{_OLD}"
    rf"(?: (?!{_ITEM} (?:numbers?|refs?|cites?))(?:\(.*\)|(?:.* )?{_NAMES}|(?:form|field|series).{{0,20}}))?"
    rf"(?: ?\(.*\))?|{_NAMES} then(?: ?\(.*\))?|then ?\((?:the )?(?:qsr|old|until|before).*\)"
    r"|was|from|before(?: (?:the )?(?:qmsr|2026).*)?|until.*2026.*|gone from .*|(?:removed|repealed) sections?(?: .*)?"
    r"|(?:names?|terms?|words?|wording|titles?) (?:before|until|up to) .*"
    r"|(?:formerly|previously)(?: .*)?|.*\((?:until|before|up to|former|old|legacy).*\)"
    rf"|{_OLD_ELSEWHERE}",
    needs=needed(
        "old|legacy|former|previous|prior|superseded|obsolete|retired|outdated|pre-|withdrawn|was|from|before|until|up "
        "|then"
        "|removed|repealed|alt|bisher|ancien|anterior|antig|vecchi|precedente|oud"
        "|\uae30\uc874|\uad6c|\uc774\uc804|\uc885\uc804|\u65e7|\u820a"
    ),
)
LEGACY_COLUMN = Expression(
    rf"(?:the )?(?:removed|deprecated|stale|discontinued|{_OLD}) "
    r"(?:(?:terms?|acronyms?|abbreviations?|terminology|wording)"
    r"|(?:(?:fda|u\.?s\.?|21|cfr|part|820(?:\.xx?)?|qsr) ){1,5}(?:citations?|references?|sections?|terms?|terminology))"
    r"(?: (?:found|used|cited))?(?: ?\((?:21 cfr|qsr|fda|until|before)[^()]*\))?",
    needs=needed(
        "removed|deprecated|stale|discontinued|old|legacy|former|previous|prior|superseded|obsolete|retired|outdated"
        "|pre-|withdrawn"
    ),
)
"""Heads a column of what is outdated, whatever stands beside it: an inventory of what is to be replaced."""
_WRITTEN = (
    r"(?: (?:[^ ].{0,30} )?(?:citations?|references?|texts?|wording|language|terms?|terminology|names?|statements?"
    r"|sections?|clauses?|structure))?(?: ?\(.*\))?"
)
CURRENT_COLUMN = Expression(
    rf"(?:the )?(?:current|as[- ]is){_WRITTEN}",
    needs=("current", "as-is", "as is"),
)
CHANGED_COLUMN = Expression(
    rf"(?:the )?(?:updated|new|revised|proposed|to[- ]be|replacement|suggested|amended|corrected){_WRITTEN}",
    needs=needed("updated|new|revised|proposed|to be|to-be|replacement|suggested|amended|corrected"),
)
"""Together they say what is written today and what is to be written: there, "current" is the old one."""
PLAIN_NEW_COLUMN = Expression(
    rf"(?:the )?(?:new|current|present|today'?s?|updated|preferred|replacement|(?:new |current )?qmsr|revised|now)"
    rf"{_WRITTEN}"
    rf"|(?:the )?(?:new|current|present|today's) {_NAMES}|since .*2026.*|{_NAMES} (?:now|today|in force)(?: ?\(.*\))?"
    r"|(?:is )?now(?: (?:in|at|called|named|under|carried|covered|cited|governed)(?: .*)?)?|where .* now|is"
    r"|replaced by|use instead|iso 13485.*"
)
"""Those of the new columns that say by themselves what took the place of a word: "Current owner" does not."""
MOVED_COLUMN = Expression(
    "was|from|before|is|to|after|then"
    r"|gone(?! from (?:part|21 cfr|the (?:qsr|regulation|rule|law)))(?: .*)?"
    r"|(?:is )?now(?! in (?:the standard|iso|clause|the qmsr))(?: .*)?|where .* now"
)
"""Heads of such columns that head steps and places as well: something in the row must tell that it is a mapping."""
NOTHING = Expression(
    r"[^a-z0-9]*(?:(?:n/?a|none|tbd|tbc|x|yes|no|same(?: as (?:before|today))?|as is|unchanged|not applicable"
    r"|no changes?(?: (?:needed|required))?|not changed|to be (?:determined|defined|confirmed)|kept?"
    r"|see (?:above|below)|in use|ok|open|pending|stays?|remains?|leave|retain(?:ed)?|owner|date"
    r"|(?:leave|stays?|remains?|keep|retain|unchanged|pending|open|n/?a|owner|same|still|do not|to be kept|stored)"
    r"(?![a-z]).{1,60}"
    rf"|{cues.DATE})[^a-z0-9]*)?"
)
"""A cell that tells nothing of what took the place of another."""
QSR_COLUMN = Expression(
    rf"(?:fda )?(?:the )?{cues.OLD_NAME}(?: .*)?",
    needs=needed("qsr|qs reg|quality sys"),
)
QMSR_COLUMN = Expression(
    r"(?:fda |new )?(?:the )?(?:qmsr|quality management system regulation).*"
    r"|.*\((?:qmsr|new|current|since|from|as of).*\)",
    needs=needed("qmsr|quality management system reg|new|current|since|from|as of"),
)
"""Together with a column of the QSR it makes a mapping; beside ISO 13485 alone the QSR may be cited as the law."""
NEW_COLUMN = Expression(
    r"(?:the )?(?:new|current|present|today'?s?|updated|preferred|replacement|qmsr|revised)(?: .*)?|(?:is )?now(?: .*)?"
    rf"|since .*2026.*|{_NAMES} (?:now|today|in force)(?: ?\(.*\))?"
    r"|where .* now|is|to|after(?: (?:the )?(?:qmsr|2026).*)?|(?:post-?|under (?:the )?)(?:qmsr|2026)(?:[ (/].*)?"
    r"|(?:terms?|names?)(?: used.*)?|terminology|replaced by|use instead|successors?(?: .*)?"
    r"|(?:names?|terms?|words?|wording|titles?) (?:since|after|from) .*"
    r"|iso 13485(?::2016)?(?: ?/ ?qmsr| clause| equivalent| term)?|iso clauses?"
    rf"|{_NEW_ELSEWHERE}",
    needs=needed(
        "new|current|present|since|force|today|updated|preferred|replace|qmsr|revised|now|is|to|after|post|under|term|name|use|success|word"
        "|title|neu|nouve|actual|nuev|nov|nuov|attuale|nieuw|\uc2e0|\ud604\ud589|\ud604\uc7ac|\u65b0|\u73b0|\u73fe"
    ),
)


class Columns(NamedTuple):
    """The columns of a table that maps old to new, by their numbers.

    `plain` tells that the heads alone say so: "From" and "To" head other things as well.
    """

    old: frozenset[int | None]
    new: frozenset[int | None]
    plain: bool


def columns(heads: Sequence[tuple[int | None, str]]) -> Columns | None:
    """Which columns are the old and the new ones, where the heads say so."""
    old = {at: words for at, words in heads if OLD_COLUMN.fullmatch(words)}
    new = {at: words for at, words in heads if old and at not in old and NEW_COLUMN.fullmatch(words)}
    if new:
        moved = any(map(MOVED_COLUMN.fullmatch, [*old.values(), *new.values()]))
        named = frozenset(at for at, words in new.items() if PLAIN_NEW_COLUMN.fullmatch(words))
        return Columns(frozenset(old), named, plain=not moved)
    qsr = {at for at, words in heads if at in old or QSR_COLUMN.fullmatch(words)}
    qmsr = {at for at, words in heads if at not in qsr and QMSR_COLUMN.fullmatch(words)}
    if qsr and qmsr:
        return Columns(frozenset(qsr), frozenset(qmsr), plain=False)
    current = {at for at, words in heads if CURRENT_COLUMN.fullmatch(words)}
    changed = {at for at, words in heads if CHANGED_COLUMN.fullmatch(words)}
    return Columns(frozenset(current), frozenset(changed), plain=False) if current and changed else None
