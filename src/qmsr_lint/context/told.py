"""Whether a sentence tells how the law was made: when it was issued, what amended it, what FDA said of its words.

Of another regulation, or with other words, what is told would not be true: nothing is to be replaced there.
"""

from qmsr_lint.context import became, cues, past
from qmsr_lint.expression import Expression, needed
from qmsr_lint.pack import LAW

_OURS = (
    r"(?:we|our|ours|us|this (?:procedure|sop|document|manual|policy|form|plan|template|site|company|plant))(?![\w-])"
)
"""The words of one who speaks of his own doings."""
_IS_SUBJECT = Expression(
    r"(?:^|[.:;,(\u2022\u2014-] ?|(?<![a-z])(?:and|but|when|that|because|since|after|how|why|as) )"
    r"(?:(?:the|fda's|us|u\.s\.|cgmp|original|old|former) ){0,4}[\"'(]{0,2}$"
)
"""Stands before the subject of a sentence."""
_MAKING = (
    r"(?:(?:first|originally|finally|initially) )?(?:issued|published|promulgated|enacted|adopted|introduced"
    r"|established|created|written|finali[sz]ed|codified)"
)
_ISSUED = Expression(
    r"[\"')]{0,2}(?: \([a-z0-9 ]{2,20}\))?(?:, (?!which|that)[^,;.]{1,60},)?"
    rf" (?:(?:was|had been) {_MAKING}|(?:came|went) into (?:effect|force)|took effect|became effective)"
    rf" (?:in|on) (?P<date>{cues.DATE})(?= ?(?:[.(]|$)| and was | as | by | to )",
    needs=("was ", "had been ", "came ", "went ", "took ", "became "),
)
"""Stands behind the name of a regulation and tells when it was issued."""
_MADE = Expression(
    r"(?:\0|(?<![a-z])qsit)[\"')]{0,2}(?: \([a-z0-9 ]{2,40}\))? (?:was|had been)"
    r" (?:(?:first|originally|specifically|long) )?(?:created|built|constructed|developed|designed|structured"
    r"|introduced|implemented|published|issued|organi[sz]ed|divided|focused|based)(?![a-z])",
    needs=("was ", "had been "),
)
"""Tells of an inspection technique, which stands at the NUL or is named, how it was made."""
_MAKER = r"(?:final rule|new (?:text|rule|regulation)|rulemaking|fda|the agency)"
_ONE_FIRM = r"(?:we|our|ours|us|your|sites?|compan|firm|procedure|sops? |manual|asked|audit|inspect|investigator)"
_TEXT_OF_IT = (
    r"(?:the|its|some|all|most|many|(?:requirements?|provisions|parts?|text|terms)(?: (?:documented|contained))?"
    r" (?:of|in)|of|current|good|manufacturing|practices?|\(?c?gmps?\)?|device|medical|21|cfr|820|u\.?s\.?|existing|old"
    r"|former|legacy|long-?standing)"
)
_AMENDED = Expression(
    rf"(?<![a-z]){_MAKER}(?: \([^()]{{1,40}}\))?(?:,? (?!{_ONE_FIRM})[a-z0-9-]{{1,20}}){{0,14}}?"
    r",? (?:amend|modif|replac|revis|supersed|updat|harmoni[sz]|overhaul|rewr[io]t|retir|withdr[ae]w|sunset)[a-z]{0,4}"
    rf"(?: {_TEXT_OF_IT}){{0,16}} [\"'(]{{0,2}}$",
    needs=needed("rule|text|regulation|fda|agency"),
)
"""Says, before the name of a regulation, that FDA or a rule of hers changes it."""
_FOR_DECADES = Expression(
    r"(?<![a-z])for (?:(?:nearly|almost|over|about|around|roughly|some|more than|the past|the last) ){0,2}"
    r"(?:(?:twenty|twenty-five|thirty|[23]\d) years|(?:(?:two|three|several|many) )?decades)(?![a-z])",
    needs=("years", "decades"),
)
"""Tells how long the regulation of 1996 was in force."""
_GOES_ON = Expression(
    rf"(?<![a-z])(?:{_OURS}|(?:still|continues?|kept|keeps?|retained|retains?|records?|is|are|stays?|room|plant"
    r"|and (?:it )?[a-z]{3,}s (?:every|each|all|any|the|our|us)"
    r"|product line)(?![a-z]))"
)
"""Words of one who speaks of his own doings, or of what goes on."""
_REPORTED = Expression(
    r"(?:^|[.;] )(?:in [a-z ]{3,40}, )?(?:the )?(?:fda|agency)(?: has| had)? (?:also |then |further )?(?:explained"
    r"|clarified|concluded|decided|responded|agreed|disagreed|declined|stated|said|noted) (?:that|not to|against) "
    r"|(?<![a-z])(?:commenters|(?:industry|some|several|many) (?:[a-z]+ ){0,2}(?:members )?commented)(?![a-z])",
    needs=needed("fda|agency|comment"),
)
"""Reports what was said of the law when it was made."""
_OF_TODAY = Expression(r"(?<![a-z])(?:qmsr|13485|final rule|rulemaking|preamble)(?![a-z])")
_OF_ONE_FIRM = Expression(rf"(?<![a-z])(?:{_ONE_FIRM}|observation|483|must|shall|correct(?:s|ed)? |inspector)")
"""Words of an inspection: what FDA said of one firm is no law."""
_OF_CHANGE = Expression(
    r"(?<![\w-])(?:replac[a-z]*|retir(?:e|es|ed|ing)|remov(?:e|es|ed|al)|eliminat[a-z]*|withdr[ae]w[a-z]*|supersed[a-z]*"
    r"|amended|former(?:ly)?|legacy|previous(?:ly)?|historical(?:ly)?|stale|outdated|obsolete|no longer|any ?more"
    r"|instead of|used to|existed|renamed|terminology|vocabulary|acronyms?|unlike|dropped|gone|repeal[a-z]*|pre-qmsr"
    r"|disappear[a-z]*|sat|lived|survive[a-z]*|re-?map|re-?cit(?:e|es|ing)|sunset[a-z]*)(?![\w-])|\u2192|->"
    r"|\u5e9f\u6b62|\u53d6\u6d88|\u53d6\u4ee3|\u66ff\u4ee3|\u5e9f\u9664|\u5ec3\u6b62|\ud3d0\uc9c0|\ub300\uccb4|\uc0ad\uc81c"
)
"""Words of change, or of what was before; in Chinese, Japanese and Korean those for abolished and replaced."""
_IN_USE = Expression(
    r"(?<![a-z])(?:is|are|be) (?:[a-z]+ly |now )?(?!retired|removed|eliminated|replaced|superseded|dropped|renamed"
    r"|withdrawn|repealed)(?:[a-z]{3,}ed|kept|held|done|made|written|given|sent|shown|brought|filed)"
    r"(?! (?:from|by) (?:the )?(?:qmsr|regulation|rule|law|text|fda))"
    r"|(?<![a-z])(?:follows?|applies|apply|covers?|requires?|trains?|trained|training|fills?|signs?|keeps?|uses?|using"
    r"|under|holds?|contains?|lists?|enters?|maintain[a-z]*|ensures?|reviews?|approves?|travels|qualif[a-z]+|inspects?"
    r"|audits?|check|verif(?:y|ies)|now)(?![a-z])"
)
"""Says that something is done today, by the words or with them."""
_PRESCRIBING = Expression(
    rf"(?<![\w-])(?:{_OURS}|(?:shall|must|should|per|accordance|according to|as required by|comply|complies"
    r"|compliance with|compliant with|conform[a-z]*|meets?|replace with|current (?:fda )?(?:qsr|quality)|until)"
    r"(?![\w-]))"
)
"""Words by which something is done or prescribed today."""
_WORDS_OF_LAW = "qmsr|qsr|13485|fda|regulations?|rule|terms?|terminology|vocabulary|acronyms?|clauses?"
_OF_THE_LAW = {
    "term": Expression(rf"(?<![\w-])(?:{_WORDS_OF_LAW})(?![\w-])"),
    "cite": Expression(rf"(?<![\w-])(?:{_WORDS_OF_LAW}|cit(?:e|es|ations?)|sections?)(?![\w-])"),
}
"""Words of the law that a sentence of change has beside a legacy one; the name of the law is one itself."""
_OWN = Expression(rf"(?<![\w-]){_OURS}")
_IN_BRACKETS = Expression(
    r"(?:(?<!sections )(?<!citations )(?<!references )[\[(] ?|(?<![\w-])qmsr )(?:21 cfr )?(?:part )?\u00a7*$"
)
"""Stands before a citation that is given for what is said before it, or as one of the QMSR."""
_BESIDE = 100
"""How far from the words their successor is named, in characters."""
_SUCCEEDS = Expression(
    rf"{became.ARROW.expression}|(?<![a-z])(?:is now|are now|now in|now at|now under|became|becomes?"
    r"|(?:replaced|superseded) (?:by|with)|moved to|correspond[a-z]* to|equivalent to|maps? to|mapped to"
    r"|translates? to)(?![a-z])"
)
_SUCCEEDED = Expression(r"(?<![a-z])(?:replac(?:es?|ing)|supersed(?:es?|ing)|takes? the place of|instead of)(?![a-z])")
_NEAR = 300
"""How far from the words a word of change is looked for, in characters."""
_MENTIONS = Expression(
    r"(?<![a-z])(?:terms?|terminology|words?|acronyms?) (?:such as|like),? (?:the )?[\"'(]{0,2}$",
    needs=("such as", "like"),
)
"""Stands before a term that is spoken of as one."""
_USES = Expression(
    rf"(?<![a-z])(?:{_OURS}|(?:us(?:e|es|ed|ing)|employ(?:s|ing)?|writ(?:e|es|ing)|enter(?:s|ing)?|fill|mark|label)"
    r"(?![a-z]))"
)
"""Says that terms are in use, or to be used."""


def reason(before: str, after: str, family: str) -> str | None:
    """Why new words would make false what the sentence around legacy ones tells; None where they would not.

    `before` and `after` are the folded rest of the sentence.
    """
    if family not in LAW:
        named = _MENTIONS.search(before) and (_REPORTED.search(before) or not _prescribes(f"{before}\0{after}"))
        return "is named as a word" if named else None
    issued = _ISSUED.match(after)
    if issued is None or not past.is_before(issued["date"]) or not _IS_SUBJECT.search(before):
        return None
    text = f"{before}\0{after}"
    holds_today = cues.OBLIGING.search(text) or cues.PRESENT.search(text)
    return None if holds_today else "is said to have been issued in the past"


def presumed(before: str, after: str, family: str) -> str | None:
    """What the sentence around legacy words seems to tell of the law's past or its making, or None."""
    text = f"{before}\0{after}"
    if family not in LAW:
        of_the_law = _REPORTED.search(before) and _OF_TODAY.search(text) and not _OF_ONE_FIRM.search(text)
        return "stands in what FDA said when the law was made" if of_the_law else None
    said = None
    if _AMENDED.search(before):
        said = "is said to be amended"
    elif family == "program" and _MADE.search(text) and not cues.PRESENT.search(text) and not _GOES_ON.search(text):
        said = "is told of as what was in use"
    elif _FOR_DECADES.search(before) and not _GOES_ON.search(text):
        said = "is told of as what was in force for decades"
    return None if said is None or cues.OBLIGING.search(text) else said


def may_be_told(before: str, after: str, family: str, *, in_section: bool) -> bool:
    """Whether the sentence around legacy words may tell of the change, in a document that names the QMSR.

    It has a word of change beside the law or words as such, and none by which something is done or prescribed.
    `in_section` says that it stands in a section about the transition, where the law needs no word of change. It is a
    presumption: the finding stays a note.
    """
    text = f"{before[-_NEAR:]}\0{after[:_NEAR]}"
    if family not in (*LAW, "term") or _PRESCRIBING.search(text) or _IN_USE.search(text):
        return False
    if in_section and family != "cite":
        return True
    if _OF_CHANGE.search(text) is None or (family == "cite" and _IN_BRACKETS.search(before)):
        return False
    return family in ("name", "program") or _OF_THE_LAW[family].search(text) is not None


def is_of_our_own(before: str, after: str) -> bool:
    """Whether a sentence speaks of what the company itself does, or must do."""
    return _OWN.search(f"{before}\0{after}") is not None


def names_successor(before: str, after: str) -> bool:
    """Whether it is said near legacy words what took their place, rightly or not."""
    return bool(_SUCCEEDS.search(after[:_BESIDE]) or _SUCCEEDED.search(before[-_BESIDE:]))


def _prescribes(text: str) -> bool:
    return cues.OBLIGING.search(text) is not None or _USES.search(text) is not None
