"""Whether a sentence or a row says of sections, a list or a range of them, that they are gone, reserved or moved.

What is said of a list holds for each of its members, and of a range for both ends. That a thing is removed, moved or
reserved is said in procedures of products and records as well: the sections must be what is spoken of.
"""

from qmsr_lint.context import became
from qmsr_lint.expression import Expression, any_of

_REACH = 600
"""How far the rest of a list is looked at, in characters."""

_NEAR_BEHIND = 80
"""How far behind a section the law is named from which it was deleted, in characters."""

_LEVEL = r"(?:[a-z]{1,2}|\d{1,2}|[ivx]{3,4})\)"
_NUMBER = rf"820\.\d{{1,3}}(?: ?\({_LEVEL}){{0,3}}"
_FURTHER = r"(?: ?[-\u2010-\u2014,] ?| (?:to|through|and) )[a-o](?![a-z0-9])"
_SUBPARTS = rf"sub-?parts? [a-o](?:{_FURTHER})*(?!{_FURTHER})"
_SECTION = (
    r"(?:(?:the|all|both|former|old|legacy|qsr|fda|21|cfr|part|sections?|secs?\.?|paragraphs?) ){0,5}"
    rf"(?:§{{1,2}} ?)?(?:{_NUMBER}|{_SUBPARTS})(?![a-z0-9])"
)
_NEXT = rf"(?:{_SECTION}|(?<=[/-])\.\d{{1,3}}(?![a-z0-9])|[b-o](?![a-z0-9'.]))"
"""A further section of a list or a range, as in "820.181/.184", or a further subpart by its letter."""
_JOINT = r"(?:,? ?(?:and|or|&|to|through|thru) |, ?(?!and |or )| ?[-/\u2010-\u2014] ?)"
_BRACKET = rf"(?: ?\((?!{_LEVEL})[^()\u2029]{{2,60}}\))?"
_VERB = (
    r"(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|shall|must|may|can|no|not|never|and|or|to|through"
    r"|thru|in|by|per|under|with|from|for|that|which|as|now|on|at|requires?|appl(?:y|ies)|exists?|moved|reserved"
    r"|removed|gone)"
)
_MORE_LETTERS = r"(?:[a-z']|&(?=[a-z])|[/-](?=[a-z]{2}))"
"""No stroke or hyphen that joins a section or a subpart: a text must be divided in one way alone."""
_GLOSS = rf"(?: ?\((?!{_LEVEL})[^()\u2029]{{2,60}}\)|(?: (?!{_VERB}(?![a-z]))[a-z]{_MORE_LETTERS}{{1,20}}){{1,5}})?"
"""What a section is about, in brackets or as words behind it."""
_REST = r"(?:,? (?:and|or) (?:so on|others|more|the (?:rest|others|like|remaining [a-z]+)))?"
_MEMBERS = rf"{_BRACKET}(?:{_JOINT}{_NEXT}{_BRACKET}){{0,40}}{_REST}"
_GLOSSED = rf"{_GLOSS}(?:{_JOINT}{_NEXT}{_GLOSS}){{0,40}}{_REST}"
_MEMBERS_BEFORE = Expression(
    rf"(?<![a-z0-9.]){_SECTION}{_GLOSS}{_JOINT}(?:{_NEXT}{_GLOSS}{_JOINT}){{0,39}}$",
    needs=("820.", "subpart", "sub-part"),
)
_GOES_ON = Expression(rf"{_GLOSS}{_JOINT}{_NEXT}")
_LIST = Expression(rf"{_SECTION}(?:{_JOINT}{_NEXT}){{0,40}}")
_TITLED = Expression(rf"{_SECTION}(?: ?[-\u2010-\u2014:])?{_GLOSS}\.?")

_OF_PART = r"(?:qsr|fda|21|cfr|part|820) "
_LAW = (
    r"(?:the |today's |its )?"
    r"(?:(?:us|u\.s\.|current|new|amended|revised|present|updated|2026|final|text of the|21) ){0,3}"
    r"(?:cfr|ecfr|rule|regulations?|text|code|qmsr|law|part(?: 820)?)(?![a-z])"
)
_BE = (
    r"\)? ?[-\u2014,]? ?(?:(?:which|that) )?(?:is|are|was|were|has been|have been)"
    r"(?: (?:now|all|both|each|currently|also|therefore|thus|since|formally)){0,2}"
)
_RESERVED = r"reserved(?![a-z])(?! (?:as|to|by|at|on|until|from|per|under)(?![a-z]))(?! for (?!future|later))"
_REMOVED = (
    r"(?:removed|deleted|repealed|withdrawn|eliminated|rescinded|revoked)"
    rf"(?= ?(?:[.,;:)\]\u2029\u2014]|$)| - | from {_LAW}"
    r"| (?:by|in|with|under) (?:the )?(?:fda|qmsr|final|rule|amend|20[0-9])"
    r"| (?:as of|since|on|effective) (?:[a-z]+ )?\d"
    r"| as part of| and (?:replaced|reserved|not))"
)
_LAW_NOUN = r"(?:exemptions?|requirements?|provisions?|sections?|paragraphs?|text|rules?|exceptions?|language|shield)"
_IN_BRACKETS = Expression(
    rf"(?:{_MEMBERS}(?:{_BE})? ?[\[(]|{_GLOSSED}(?:{_BE})? ?\[)(?:now )?"
    rf"(?:{_RESERVED}(?=[\])])|(?:removed|repealed|deleted)(?: and reserved)?(?=[\])]|, \d))",
    needs=("reserved", "removed", "repealed", "deleted"),
)
_RESERVED_OR_GONE = Expression(
    rf"{_MEMBERS}(?: {_LAW_NOUN})?(?:{_BE} [\[(]?{_RESERVED}"
    rf"|(?:{_BE}| (?:has|have)(?: all| both)?) gone(?= ?(?:[.,;:)\u2029]|$)| (?:now|today|entirely)| from {_LAW}))",
    needs=("reserved", "gone"),
)
_ENDS_THERE = r"(?= ?(?:[.,;:)\u2029]|$)| in )"
_NO_LONGER = Expression(
    rf"{_GLOSSED}(?: ?[-\u2014,]? ?(?:which )?(?:(?:is|are) )?no longer"
    rf" (?:exists?{_ENDS_THERE}|in force|in effect|current law|law|(?:(?:in|part of) {_LAW}))(?![a-z])"
    rf"| ?[-\u2014,]? ?(?:which )?(?:do|does) not exist(?:{_ENDS_THERE}| (?:any ?more|any longer|under|since|as of"
    r"|now)))",
    needs=("no longer", "not exist"),
)
_NOT_IN = Expression(
    rf"{_GLOSSED} ?[-\u2014,]? ?(?:which )?(?:is|are) not (?:an? )?"
    r"(?:(?:sections?|part|paragraph|found|contained|included|named|listed|to be found) )?"
    r"(?:in|of|among those of) (?:the |today's |its )?"
    r"(?:(?:us|u\.s\.|current|new|amended|revised|present|updated|2026|21) ){0,3}"
    r"(?:e?cfr|regulations?|qmsr|part 820)(?![a-z])",
    needs=("is not ", "are not "),
)
_TAKEN_OUT = Expression(
    rf"{_MEMBERS}(?: {_LAW_NOUN}(?: (?:for|of|on|from|in) [^.;()\u2029]{{1,90}}?)?)?{_BE} {_REMOVED}"
    rf"|{_MEMBERS} (?:[a-z]{{2,16}} ){{0,2}}(?:exemptions?|exceptions?|provisions?|shield)(?:{_BE})? {_REMOVED}",
    needs=("removed", "deleted", "repealed", "withdrawn", "eliminated", "rescinded", "revoked"),
)
_ABOLISHED = (
    "\ud3d0\uc9c0",
    "\uc0ad\uc81c",
    "\u5e9f\u6b62",
    "\u5e9f\u9664",
    "\u5ec3\u6b62",
    "\u5220\u9664",
    "\u524a\u9664",
)
"""Says in Korean, Chinese or Japanese that something is repealed or deleted."""
_CUES = (
    "reserved", "gone", "no longer", "not exist", "is not ", "are not ", "remov", "delet",
    "repeal", "withdr", "eliminat", "resci", "revoked", "stale", "outdated", "out of date",
    "out-of-date", "obsolete", "superseded", "any more", "anymore", "expired", *_ABOLISHED,
)  # fmt: skip
_GONE_WITH_WORDS = Expression(
    rf"(?P<words>{_GLOSSED})(?:,? (?:that|which))? ?,?(?: ?- ?| ?\u2014 ?| )?(?:(?:is|are|was|were|do|does|did|has|have"
    r"|been|all|now|currently) ){0,3}(?:no longer|not exist|removed|withdrawn|deleted|eliminated|rescinded|revoked|gone"
    r"|expired|obsolete|outdated|any ?more)(?![a-z])"
    r"(?P<goes_on>(?: (?!(?:is|are|was|were|shall|must|should|may|can|will|and|or|but|that|which|where|when|as|because"
    r"|since|so)(?![a-z]))[a-z0-9-]{1,20}){0,6}"
    r" (?:is|are|was|were|shall|must|should|may|can|will|need|go|stay)(?![a-z]))?",
    needs=_CUES,
)
_THINGS = Expression(
    r"(?<![a-z])(?<!complaint )(?<!system )(?<!history )(?<!master )(?:documents|records|files|gau?ges|instruments"
    r"|equipment|tools|devices|products|goods|lots|batches|labels|tags|suppliers|vendors|contractors|forms|procedures"
    r"|sops|instructions|copies|drawings|specifications|components|materials|samples|meetings|reports|complaints|racks"
    r"|stock|areas|rooms|versions|reviews|checks|tests|machines|reagents|fixtures)$"
)
"""What is done, kept or used by a section; "complaint files" and "device history record" are titles of sections."""
_PLURAL = Expression(
    rf"(?<![a-z])(?!{_LAW_NOUN}$)(?!citations?$|references?$|numbers?$|titles?$|words$|terms$)[a-z]{{3,20}}s$"
)
"""Things of any kind, of which something else is said: "820.40 binders no longer in use are destroyed"."""
_LAW_BEHIND = Expression(
    r"(?<![a-z])(?:qmsr|regulations?|rule|law|e?cfr|part 820|sections?|fda|final|iso|standard)(?![a-z])"
    r"|(?<!\d)2026(?!\d)"
)
_MOVED = Expression(
    rf"{_MEMBERS}(?:{_BE})?(?: now)? (?:moved|relocated|transferred|carried over|folded|absorbed|recodified) (?:in)?to "
    r"(?:the )?(?:(?:fda|qmsr|21|cfr|part|sections?),? ){0,4}(?:§{1,2} ?)?"
    rf"(?:{became.LIVE}"
    r"|clauses? [4-8](?:\.\d{1,2}){0,4}(?![\d.]*\d)(?! of (?:this|our|the (?!standard|iso)))"
    r"|iso 13485(?::2016)?,? (?:clauses? |sections? |§{1,2} ?)?[4-8])",
    needs=("moved", "relocated", "transferred", "carried over", "folded", "absorbed", "recodified"),
)
_SUBJECT = Expression(
    r"(?:^|[,:;(\u2022\u00b7*\u2014-] ?|(?<![a-z])(?:e\.g\.,?|i\.e\.,?|for example,?|confirm(?:s|ed)?|verified|shows?"
    r"|that|because|since|and|but|so|when|where|while|note|then|today|now) )"
    r"(?:(?:the|all|both|former|old|legacy|existing|contents?|texts?|sections?|paragraphs?|requirements?|provisions?"
    r"|exemptions?|exceptions?|requirement|of|in|at|fda|fda's|qsr|qs regulation|quality system regulation|cfr|21|part"
    r"|(?:that|which) (?:once |formerly )?(?:existed|stood)) ){0,10}[\"']?$"
)
"""Stands before sections that are the subject of the sentence; before others stands what is done by them."""
_OF_THE_LAW = Expression(r"(?<![a-z])(?:qmsr|ecfr|final rule|federal register|89 fr)(?![a-z])")
"""Tells that a deletion is one from the law: people delete files, and take things from plans."""
_DELETION = Expression(
    r"(?<![a-z])(?:(?:deletion|removal|(?P<legal>repeal|rescission)|withdrawal|elimination) of|reserved:?) (?:the )?"
    r"(?:(?:former|old|legacy|text of|content of|requirements of|exemptions? (?:of|in)|sections?) ){0,3}$",
    needs=("deletion", "removal", "repeal", "withdrawal", "elimination", "rescission", "reserved"),
)
_ENDS = Expression(
    rf"{_MEMBERS}(?P<noun> (?:[a-z]{{2,16}} ){{0,2}}(?:exemptions?|exceptions?|shield))?"
    r"(?= ?(?:[.,;:)\]\u2029]|$)| (?:is|was|are|were|by|in|from|and|or|with|as|on|has|have|leaves?|means?"
    r"|effective|hold|holds|since|under)(?![a-z]))"
)
"""The list ends, and goes on with no thing that has the number of a section: "the removal of 820.86 tags"."""
_ARE_THOSE = Expression(
    r"(?<![a-z])(?:(?:removed|deleted|repealed|rescinded|reserved|withdrawn|eliminated) "
    rf"(?:{_OF_PART}){{0,4}}(?:sections?|subparts?)"
    rf"(?: (?:of|in|from) (?:{_LAW}|21 cfr(?: part)? 820))?"
    r"|(?:sections?|subparts?) that (?:is|are|was|were|have been) (?:now )?(?:removed|deleted|repealed|reserved|gone))"
    r"(?: (?:is|are|was|were|include)|:) ?$"
    r"|(?<![a-z])(?:qmsr|rule|fda|regulation|amendment|law|has|have) (?:has |have )?"
    r"(?:remov|delet|repeal|eliminat|withdr[ae]w|rescind)[a-z]* (?:the )?(?:(?:majority|most|many|all|some"
    r"|several|both) )?(?:of )?(?:the )?(?:(?:current|old|former|existing|earlier) )?"
    r"(?:requirements|sections|provisions) (?:in|of|from) (?:the )?(?:(?:old|former|21 cfr) )?"
    r"(?:part 820|qsr|regulation),? "
    r"(?:including|such as|like|e\.g\.,?|for example,?|namely|among them) $",
    needs=_CUES,
)
"""Says before sections that they are those which are not in force."""
_ELSEWHERE = Expression(
    rf"{_MEMBERS} ?[(\[\uff08]\u5df2?{any_of(*_ABOLISHED)}"
    r"(?:\ub428|\ub41c \uc870\ud56d|\u6e08\u307f|\u3055\u308c\u305f)?[)\]\uff09]",
    needs=_ABOLISHED,
)
"""Says so of sections in brackets behind them."""
_CITING = Expression(r"(?<![a-z])(?:cit(?:e|es|ing)|referenc(?:es|ing)|referring to) $", needs=("cit", "refer"))
_STALE = Expression(
    rf"{_MEMBERS}(?: as (?:current|live|valid|applicable|present)[^.;,\u2029]{{0,40}}?)? (?:is|are) (?:now )?"
    r"(?:stale|outdated|out of date|out-of-date|obsolete|superseded)(?![a-z])",
    needs=("stale", "outdated", "out of date", "out-of-date", "obsolete", "superseded"),
)
_CELL = Expression(
    r"[\[(](?:now )?reserved[\])][.,;]?(?: (?:by|in|with|under|since) .{1,40}"
    r"| ?[-\u2013\u2014:] (?=see|moved|now|iso|qmsr|820|[^\x00-\x7f]).{1,120})?"
    r"|(?:repealed|no longer (?:exists?|in force|in effect))[.,;]?(?: (?:by|in|with|under|since) .{1,40})?"
    r"|removed (?:by|in|with|under) (?:the )?(?:qmsr|fda|(?:final|amended|new|2024|2026) rule)(?:[.,;].{0,80})?",
    needs=("reserved", "repealed", "no longer", "removed"),
)


def is_gone(before: str, after: str) -> bool:
    """Whether the rest of a sentence around a section says that it, or the list it stands in, is not in force."""
    if not any(cue in after or cue in before for cue in _CUES):
        return False
    before, after = before[-_REACH:], after[:_REACH]
    if _IN_BRACKETS.match(after) or _ELSEWHERE.match(after):
        return True
    bare = _without_members(before)
    if (deletion := _DELETION.search(bare)) and (ends := _ENDS.match(after)):
        if deletion["legal"] or _OF_THE_LAW.search(bare):
            return True
        outside = after.startswith(" from ", ends.end())  # from a procedure, unless the law stands right there
        if ends["noun"] and not outside and _OF_THE_LAW.search(after, 0, _NEAR_BEHIND):
            return True
    if _ARE_THOSE.search(bare) and _ENDS.match(after) and not is_said_of_things(after):
        return True
    if _CITING.search(bare) and _STALE.match(after):
        return True
    if is_said_of_things(after):
        return False
    return _SUBJECT.search(bare) is not None and any(
        each.match(after) is not None for each in (_RESERVED_OR_GONE, _NO_LONGER, _NOT_IN, _TAKEN_OUT)
    )


def is_subject(before: str) -> bool:
    """Whether what stands before a section, or the list it stands in, makes it the subject of the sentence."""
    return _SUBJECT.search(_without_members(before[-_REACH:])) is not None


def is_said_of_things(after: str) -> bool:
    """Whether what is said to be gone behind a section is a thing that has its number: "820.72 gauges do not exist"."""
    said = _GONE_WITH_WORDS.match(after, 0, _REACH)
    if said is None:
        return False
    if said["goes_on"] is not None and _PLURAL.search(said["words"]):
        return True
    if _THINGS.search(said["words"]) is None:
        return False
    return said["goes_on"] is not None or _LAW_BEHIND.search(after, said.end()) is None


def is_moved(before: str, after: str) -> bool:
    """Whether it says that it, or the list it stands in, moved to a section of today or to a clause."""
    if not _MOVED.may_match(after):
        return False
    before, after = before[-_REACH:], after[:_REACH]
    return bool(_SUBJECT.search(_without_members(before)) and _MOVED.match(after))


def _without_members(before: str) -> str:
    """What stands before a list, up to its first member."""
    first = _MEMBERS_BEFORE.search(before)
    return before[: first.start()] if first else before


def is_listed(before: str, after: str) -> bool:
    """Whether a section stands in a list or a range, so that a successor may be named for others of it alone."""
    return _GOES_ON.match(after, 0, _REACH) is not None or _MEMBERS_BEFORE.search(before[-_REACH:]) is not None


def is_gone_by_row(cell: str, others: list[str]) -> bool:
    """Whether another cell of the row says so of the sections that a cell is filled by, with their titles or alone."""
    if not any(_CELL.fullmatch(other) for other in others):
        return False
    return (_LIST.fullmatch(cell) or _TITLED.fullmatch(cell)) is not None
