"""What a sentence says took the place of a section or a record: the relation, its other side, and whether that is so.

"820.22 is now Clause 8.2.4" is true, and "820.22 is now Clause 8.2.2" is not: new words in place of the old ones would
hide it. The relation stands right beside the words, on either side of them; what else a sentence names says nothing.
"""

from collections.abc import Set
from functools import lru_cache
from re import Match
from typing import Literal, NamedTuple

from qmsr_lint.context import became, gone
from qmsr_lint.expression import Expression, needed
from qmsr_lint.successor import lies_within

Kind = Literal["right", "none", "wrong", "denied", "dropped", "open", "reversed", "beside"]


class Told(NamedTuple):
    """What is said, of which kind it is, and the `other` side as it stands in the folded text.

    "right" names the right successor and "wrong" another one; "none" says rightly that there is none; where there is
    one, "denied" says that there is none, "dropped" that the section was not carried over, and "open" the first of what
    has only something near; "reversed" has the old words take the place of the new ones, and "beside" puts one next to
    the other.
    """

    kind: Kind
    other: str


_REACH = 200
"""How far the other side is looked for, in characters."""
_NEAR = 48
"""How far before the words stands what is done by them, in characters."""
_SHOWN = 60
"""How much of a cell a message shows, in characters."""
_LEAD = (
    r"(?:(?:the|an?|in|under|as|at|by|of|today's|fda's|(?:un)?lettered|new|current|present|amended|revised|requirements?"
    r"|provisions?|definitions?|texts?|paragraphs?|part 820,?|qmsr,?|(?:iso )?13485(?::2016)?,?"
    r"|iso|(?:sub-?)?clauses?|sections?|21 cfr|\u00a7{1,2}) ?){0,8}"
)
_UNIT = (
    r"(?! ?(?:%|\u00b0|(?:hours?|minutes?|min|days?|weeks?|months?|years?|[munk]?m|cm|[munk]?g|[mu]?l|[mk]?v"
    r"|m?a|k?w|hz|bar|k?pa|h|s|c|f|samples?|units?|pieces)(?![a-z])))"
)
"""No measure."""
_NUMBER = (
    rf"(?:(?<![\d.])(?:{became.LIVE}|8(?:0[1367]|21|30)\.\d{{1,3}}(?!\d))(?: ?\([a-z0-9]{{1,4}}\)){{0,3}}"
    r"|iso 9000(?::2015)?,? (?:clauses? )?3(?:\.\d{1,2}){1,2}(?![\d.]*\d)"
    r"|13485:2016,? 3\.\d{1,2}(?![\d.]*\d)"
    rf"|(?<![\d.])[4-8](?:\.\d{{1,2}}){{1,4}}(?![\d.]*\d){_UNIT}|clauses? [03-8](?:\.\d{{1,2}}){{0,4}}(?![\d.]*\d))"
)
_RECORD = (
    r"(?:medical device files?|mdfs?|design (?:and|&) development files?|ddfs?"
    r"|(?:(?:(?:medical )?device or )?batch(?: or lot)?|lot or batch|device or batch production) records?)(?![a-z])"
)
_OWN = (
    r"(?! ?(?:of|in) (?:our|this|these|the (?!standard|iso|qmsr|regulation|21)))"
    r"(?! (?:[a-z]{1,20} )?(?:tab|tabs|folders?|racks?|binders?|shelf|shelves|cabinets?|drawers?|bins?|boxes|rooms?"
    r"|areas?|labels?|tags?|archives?|files)(?![a-z]))"
)
"""No clause of the standard: one of the manual, or a thing that has its number."""
_NOT_OWN = r"(?! (?:below|above|on page)(?![a-z])| (?:of|in) (?:the )?[a-z]{1,6}-\d)"
"""Behind a bare number: no section of the document itself or of another one."""
_JOINT = r"(?:,? (?:and|or|and/or) |, ?| ?/ ?| ?& ?| ?\+ ?)"
_SECTIONS = rf"(?P<other>[\"'(]{{0,2}}{_LEAD}{_NUMBER}(?:{_JOINT}{_LEAD}{_NUMBER}){{0,5}}){_OWN}"
_FOR_CITES = rf"(?P<other>[\"'(]{{0,2}}{_LEAD}(?:{_NUMBER}(?:{_JOINT}{_LEAD}{_NUMBER}){{0,5}}|{_RECORD})){_OWN}"
_ENDS = (
    r"(?=[\"')\]]{0,2} ?(?:[.,;:)\]]|$)|[\"']{0,2} (?:and|or|of|in|as|by|under|for|per|from|since|which|that|required"
    r"|with)(?![a-z]))"
)
_FOR_TERMS = rf"(?P<other>[\"'(]{{0,2}}(?:(?:the|an?|our|new|term|name|our|iso|qmsr) ){{0,4}}[\"']?{_RECORD}){_ENDS}"
_FOR_NEW_NAMES = (
    rf"(?P<other>[\"'(]{{0,2}}(?:(?:the|an?|our|new|term|name|iso|qmsr) ){{0,4}}[\"']?"
    rf"(?:(?!in |on |at |by |to |with )[a-z-]{{1,20}} ){{0,3}}"
    rf"(?:files?|records?|dossiers?|documentation|folders?)){_ENDS}"
)
"""A record by any name, where a sentence says what another is called."""

_AUX = (
    r"(?:(?:is|are|was|were|has|have|had|been|being|be|will|shall|must|should|now|today|since|then|also|all|both"
    r"|itself|simply|partly|largely|formally) ){0,5}"
)
_BY = r"(?: (?:as|to|into|in|by|with|under|among|between|across)){0,2}"
_CHANGED = (
    r"(?:re-?(?:numbered|designated|codified|named|titled|lettered|labell?ed|located|placed|written|stated)|moved"
    r"|transferred|carried (?:over|forward)|replaced|superseded|succeeded|absorbed|folded|turned|taken over|merged"
    r"|transposed|incorporated|subsumed|converted|split|divided|changed|updated|corrected|exchanged|swapped|switched"
    rf"|shifted){_BY}"
)
_BECAME = (
    r"(?:became|becomes?|turned into|(?:went|goes) (?:over )?(?:in)?to|g[ai]ves? way to|ma[dk]es? way for"
    r"|lives? on (?:in|as|under)|lives? (?:now |today )?in|continues? (?:to live )?(?:in|as|under)|survives? (?:in|as)"
    r"|passe[sd] (?:in)?to|moves? (?:in)?to|migrated to|evolved into)"
)
_FOUND = (
    r"(?:(?:found|covered|addressed|handled|contained|located|cited|included|reflected|listed|numbered|designated"
    r"|lettered|governed|treated|dealt with|called|named|known|part|stated|set out|regulated|held|placed|to be found"
    r"|to be cited)(?: |(?=\"))|(?=.))(?:in|at|under|by|as|with|of|through)?"
)
_IS_NOW = rf"(?:is|are) (?:now|today|currently|nowadays|henceforth) ?{_FOUND}"
_NOW = (
    r"(?:(?:now|today|currently|since (?:february )?2026|see now)[:,]? ?(?:in|at|under|as|is|found in|cited as)?(?= ))"
)
_COUNTERPART = (
    r"(?:has|have|had|finds?|found) (?:its|their|an?|the) (?:(?:new|own|present|current|closest|nearest|direct) )?"
    r"(?:successor|counterpart|equivalent|replacement|place|home|heir)s?(?: (?:now|today))?(?: (?:in|at|under))?"
)
_COMPARED = (
    r"(?:was|were|had been|had|asked|required|said|demanded|went|covered)(?: [a-z-]{1,16}){0,5} than(?: that of)?"
)
_MATCHES = (
    r"(?:(?:corresponds?|maps?|relates?|translates?|compares?) to|equals?|matches"
    r"|(?:is|are) (?:the same as|equivalent to|identical (?:to|with)|equal to))"
)
_COVERED = (
    r"(?:(?:is|are) (?:(?:also|fully|both|all) )?(?:covered|addressed|handled|found|contained|reflected|treated"
    r"|dealt with|governed|met|satisfied|fulfilled|implemented|included|mirrored)(?: (?:in|by|under|with|through|as))?"
    rf"|{_MATCHES})"
)
"""Says that something holds for the section, but not that it has changed."""
_SIGN = rf" ?(?:{became.ARROW.expression}|=) ?"
_GLOSS = r"(?:[\"')\]]{0,2}(?: ?\((?![a-z0-9]{1,2}\)|now |today )[^()]{1,60}\))?[\"')\]]{0,2}|, [^,;.()]{1,60}(?=,))"
_NAMES_RECORD = needed("device file|mdf|development file|ddf|batch")
_SAYS_IT = (
    *needed("820.|clause|2016, 3.|2016 3.|4.|5.|6.|7.|8.|9000|801.|803.|806.|807.|821.|830."),
    *_NAMES_RECORD,
)
_CHANGES = needed(
    "now|today|current|becom|became|turn|went|goes|way to|live|continu|surviv|pass|mov|migrat|evolv|number|designat"
    "|codif|nam|titl|letter|label|locat|plac|writ|stat|transfer|carried|replac|supersed|succe|absorb|fold|taken"
    "|merg|transpos|incorporat|subsum|convert|split|divid|chang|updat|correct|swap|switch|shift|counterpart"
    "|equivalent|home|heir|since|than|to |by |with |for | is | are | was |=|\u2192|\u21d2|->|\u21a6|\u27a1"
)
"""What a text that says such a thing holds: no expression is compiled for one that does not."""
_CHANGE = (
    rf"{_GLOSS}(?:{_SIGN}|,? ?(?:{_AUX}(?:{_CHANGED}|{_BECAME})|{_IS_NOW}|{_COUNTERPART}|{_COMPARED}) "
    rf"|(?:,? ?[(\[]? ?|,? (?:and )?){_NOW} )"
)
_BEHIND = Expression(_CHANGE + _FOR_CITES, needs=_SAYS_IT)
_COVERED_BEHIND = Expression(rf"{_GLOSS},? {_COVERED} {_FOR_CITES}", needs=_SAYS_IT)
_MATCHED_BEHIND = Expression(rf"{_GLOSS},? {_MATCHES} {_FOR_CITES}{_NOT_OWN}", needs=_SAYS_IT)
_TERM_BEHIND = Expression(
    rf"{_GLOSS}(?:{_SIGN}|,? (?:{_AUX}(?:re-?named|replaced|superseded|succeeded|turned|changed|converted)"
    rf"(?: (?:to|into|by|with|as))?|{_BECAME}|(?:is|are) (?:now|today)(?: (?:called|named|known as|part of))?) )"
    + _FOR_TERMS,
    needs=_NAMES_RECORD,
    within=200,
)
_OF_OLD = (
    r"(?: (?:the|an?|old|former|legacy|contents?|requirements?|of|sections?|citations?|references?)){0,4} ?[\"'(]{0,2}$"
)
_TAKES_THE_PLACE = (
    r"(?:(?:took|takes|has taken|have taken) (?:over )?the place of|(?:(?:now|has|have) )?(?:replace[sd]?"
    r"|supersede[sd]?|succeed(?:s|ed)?|(?:took|takes) over (?:from|for))"
    r"|(?:is|are|was|were|became|becomes?) (?:(?:now|today) )?the (?:(?:new|modern|direct|present|current) )?"
    r"(?:home|successor|replacement|heir|name|version|number|counterpart|equivalent|form|place)s? (?:of|for|to)"
    r"|(?:(?:applies|apply|counts|holds|stands|(?:is|are) (?:now )?(?:cited|used|followed|named)) )?"
    r"(?:in place of|instead of|in lieu of)|(?:is|are) (?:now )?the new|(?:was|were|used to be)(?:"
    r" (?:once|formerly|previously|originally))?)"
)
_BEFORE = Expression(
    rf"{_SECTIONS}[\"')\]]{{0,2}}(?:(?:, [^,;.]{{1,60}},)? {_TAKES_THE_PLACE}{_OF_OLD}"
    r"|,? ?[(\[,]? ?(?:formerly|previously|was|were|old|ex|in the qsr):? (?:in |under )?(?:the )?(?:21"
    r" cfr )?[\"'(]{0,2}$)",
    needs=_SAYS_IT,
)
_TERM_BEFORE = Expression(rf"(?P<other>{_RECORD})[\"')]{{0,2}} {_TAKES_THE_PLACE}{_OF_OLD}", needs=_NAMES_RECORD)
_WHAT_BEFORE = Expression(
    rf"{_SECTIONS} (?:(?:now|today) )?(?:covers?|holds?|contains?|says?|requires?|asks? for|takes? care of"
    rf"|carr(?:y|ies)"
    r"|includes?|does|regulates?|governs?|tells?) (?:(?:now|today) )?(?:what|that which|(?:much|most"
    r"|all) of what|all that"
    rf"|everything that){_OF_OLD}",
    needs=("what", "that"),
)
_WHAT_BEHIND = Expression(
    r"[\"')]{0,2} (?:once |formerly |previously )?(?:covered|held|contained|said|required|asked|demanded|regulated"
    r"|governed|did|was|used to|had|told|stated|carried)(?![a-z])"
)
"""Together they say that a clause holds what the section once held."""
_WHAT_IT = Expression(
    rf"(?:^|[.:;,] |(?<![a-z])(?:and|but|that) )(?:what|all that|everything that|(?:much|most|all) of what){_OF_OLD}",
    needs=("what", "that"),
)
_IS_NOW_BEHIND = Expression(
    rf"{_WHAT_BEHIND.expression}(?: (?!is |are |has )[a-z]{{1,16}}){{0,4}},? "
    rf"(?:(?:is|are) (?:(?:now|today) )?{_FOUND}|stands (?:now |today )?in|has moved to|moved to|went to"
    rf"|(?:is|are) (?:now|today)(?: in)?) {_FOR_CITES}",
    needs=_SAYS_IT,
)
_HOME_BEFORE = Expression(
    r"(?<![a-z])(?:home|successor|replacement|heir|counterpart|equivalent|name|number|place) (?:of|for|to)" + _OF_OLD,
    needs=(" of", " for", " to"),
)
_HOME_BEHIND = Expression(rf"{_GLOSS},? (?:is|are|was|became|becomes|will be)(?: (?:now|today))? {_FOR_CITES}")
_FROM_BEFORE = Expression(
    r"(?:^[^a-z]{0,8}|(?<![a-z])(?:mov|re-?number|re-?locat|transfer|shift|carried|chang|updat|switch|migrat|re-?point"
    r"|re-?map|map|correct|went|going|re-?designat|convert|re-?nam|repair|harmoni[sz])[a-z]{0,5} (?:[a-z]{1,16} ){0,4})"
    r"from (?:(?:the|old|former) ){0,2}[\"']?$",
    needs=("from ",),
)
_FROM = Expression(r"(?:^|[;,] ?| and )[\"'][^\"']{2,40}[\"'] from [\"']?$", needs=("from ",))
"""The same of a quoted term, without a word of change, as behind the first of several such pairs."""
_TO_BEHIND = Expression(rf"{_GLOSS},? (?:over )?(?:in)?to {_FOR_CITES}", needs=("to ",))
_NONE = (
    r"no (?:(?:direct|clear|real|own|exact|current|such) )?"
    r"(?:counterpart|successor|equivalent|replacement|correspondence)s?"
)
_TEXT = (
    r"(?:(?:the|today's|current|new|amended|present|fda's|us|2026|iso|21|cfr) ){0,4}"
    r"(?:(?P<part>part 820)|(?P<iso>iso 13485(?::2016)?|standard|13485)|qmsr|e?cfr|regulation|final rule)(?![a-z])"
)
_ANOTHER_TEXT = (
    r"(?: (?:or|and|nor) (?:(?:in|under|into|by) )?(?:(?:the|iso) )?(?:qmsr|13485(?::2016)?|standard|part 820|cfr"
    r"|regulation)(?![a-z]))?"
)
_NOTHING_MORE = (
    r"[\"')\]]{0,2}(?: ?\([^()]{1,60}\))?(?: (?:since|as of|after|on|from) (?:[a-z]{3,9} )?[0-9][a-z0-9 ,-]{0,16})?"
    r" ?(?:[.!;:]|$)"
)
"""Ends the statement: what goes on may make use of the section, and is no statement on what became of it."""
_NAMES_NONE = needed("counterpart|successor|equivalent|replacement|correspondence")
_NONE_BEHIND = Expression(
    rf"{_GLOSS},? (?:has|have|finds?) (?P<other>{_NONE}) (?:in|under|within) {_TEXT}{_ANOTHER_TEXT}{_NOTHING_MORE}",
    needs=_NAMES_NONE,
    within=290,
)
_NONE_BEFORE = Expression(
    rf"(?:(?:there is|there are) (?P<other>{_NONE})|{_TEXT} (?:(?:now|today) )?(?:has|holds|contains|offers|gives"
    rf"|provides|knows) (?P<none>{_NONE}))(?: (?:of|for|to))(?: (?:the )?(?:exceptions?|exemptions?|requirements?|text"
    rf"|provisions?) (?:of|in))?{_OF_OLD}",
    needs=_NAMES_NONE,
)
_IN_TEXT = Expression(rf"{_GLOSS},? (?:in|under|within) {_TEXT}{_ANOTHER_TEXT}{_NOTHING_MORE}")
_IN_CITED = Expression(r"(?:in|under|within|of) (?:21 cfr )?(?P<part>part 820)(?P<iso>$^)?$", needs=("part 820",))
"""The text as the citation itself names it: "820.100 in Part 820"."""
_AT_AN_END = Expression(_NOTHING_MORE)
_NOT_KEPT = Expression(
    rf"{_GLOSS}(?:,? which)? (?:(?:is|are|was|were) not|(?:has|have) not been) (?:now )?"
    rf"(?P<other>(?:carried|taken) (?:over|forward)|(?:retained|kept|continued|maintained|preserved|incorporated"
    rf"|repeated)(?= ))(?P<into> (?:in|into|to|by|under|within|from) {_TEXT}{_ANOTHER_TEXT})?{_NOTHING_MORE}",
    needs=(" not ",),
    within=290,
)
_CARRIED_OVER = ("carried", "taken")
"""Is said of the law alone; other verbs only with the text in which it was not kept."""
_INSTEAD_BEFORE = Expression(
    r"(?<![a-z])(?:in place of|instead of|in lieu of)" + _OF_OLD, needs=("in place of", "instead of", "in lieu of")
)
_INSTEAD_BEHIND = Expression(rf"{_GLOSS},? (?:(?:now|use|cite|see|name|we cite|we follow) )?{_FOR_CITES}")
_EDIT = (
    r"(?<![a-z])(?:replac(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|updat(?:e|es|ed|ing)|correct(?:s|ed|ing)?"
    r"|swap(?:s|ped)?|convert(?:s|ed|ing)?|substitut(?:e|es|ed|ing)|exchang(?:e|es|ed|ing)|re-?nam(?:e|es|ed|ing)"
    r"|re-?cit(?:e|es|ed)|map(?:s|ped)?)(?: (?:all|any|the|every|each|old|legacy|references?|citations?"
    r"|mentions?|to|of|sections?"
    r"|terms?|words?|acronyms?)){0,6} "
)
_EDIT_NEEDS = needed("replac|chang|updat|correct|swap|convert|substitut|exchang|nam|cit|map")
_EDIT_BEFORE = Expression(rf"{_EDIT}[\"'(]{{0,2}}$", needs=_EDIT_NEEDS)
_EDIT_BEHIND = Expression(
    rf"[\"')]{{0,2}}(?: (?:citations?|references?|throughout))? (?:to|by|with|for|into) {_FOR_CITES}", needs=_SAYS_IT
)
_NAME_BEHIND = Expression(
    rf"[\"')]{{0,2}} (?:to|by|with|for|into) {_FOR_NEW_NAMES}",
    needs=needed("file|record|dossier|documentation|folder"),
    within=110,
)
_WHOLE = Expression(
    rf"{_EDIT}[\"'(]{{0,2}}(?:the )?{_SECTIONS}[\"')]{{0,2}} (?:to|by|with|for|into) (?:the )?[\"'(]{{0,2}}$",
    needs=_SAYS_IT,
)
_WHOLE_TERM = Expression(
    rf"{_EDIT}[\"'(]{{0,2}}(?:the )?(?P<other>{_RECORD})[\"')]{{0,2}} (?:to|by|with|for|into) (?:the )?[\"'(]{{0,2}}$",
    needs=_NAMES_RECORD,
)
_TURNED_ROUND = Expression(
    rf"{_SECTIONS}[\"')\]]{{0,2}}(?:{_SIGN}|,? (?:(?:is|are) now|became|becomes?|{_AUX}(?:replaced|superseded|changed"
    r"|moved|re-?numbered) (?:by|with|to|into|as)) )(?:the )?[\"'(]{0,2}$",
    needs=_SAYS_IT,
)
_OTHER_SIDE = Expression(rf"{_NUMBER}|{_RECORD}", needs=_SAYS_IT)
"""What any of these names; it is looked for first, because most sentences name nothing of the kind."""
_DONE_BY_IT = Expression(
    r"(?<![a-z])(?:per|under|against|by|with|following|(?:as )?required by|according to|in accordance with) "
    r"(?:the |fda's )?(?:21 cfr (?:part )?)?[\"']?$",
    needs=needed("per |under |against |by |with |following |to "),
)
"""Says that something is done by the section: what became of that says nothing of the section."""
_SECTION = Expression(r"(?<![\d.])8\d\d\.\d{1,3}(?: ?\([a-z0-9]+\))*")
_CLAUSE = Expression(
    r"(?<![\d.:])[03-8](?:\.\d{1,2}){1,4}(?![\d.]*\d)|(?<=clause )[03-8](?![.\d])|(?<=clauses )[03-8](?![.\d])"
)
_NAMED_SO = Expression(r"clause|13485|iso(?![a-z])|8\d\d\.\d")
"""Stands in what surely names a clause or a section of the law, and none of the document itself."""
_CLAUSE_OF_SENTENCE = Expression(r"[.;:]| (?:and|but|while|so) (?!the |an? |our |its )[a-z]+ (?!files?|records?)[a-z]+")
"""Parts what is said of a list from what goes on."""
_OF_ITSELF = Expression(r"sections?|paragraphs?", needs=("section", "paragraph"))
RECORDS = {
    "4.2.3": Expression(r"(?<![a-z])(?:medical device files?|mdfs?)(?![a-z])", needs=("medical device file", "mdf")),
    "7.3.10": Expression(
        r"(?<![a-z])(?:design (?:and|&) development files?|ddfs?)(?![a-z])", needs=("development file", "ddf")
    ),
    "7.5.1": Expression(
        r"(?<![a-z])(?:batch (?:production |or lot )?|lot or batch )records?(?![a-z])", needs=("batch ",)
    ),
}
"""The records of today that people take for one another, by the clauses that ask for them."""


def told(
    around: tuple[str, str],
    words: str,
    current: str | None,
    also: tuple[str, ...],
    family: str,
    *,
    listed: bool,
    partly: bool = False,
) -> Told | None:
    """What a sentence says right beside legacy words took their place; None where it says nothing of it.

    `around` is the rest of the folded sentence before and behind the words, or the list in which they are `listed`.
    `current` is what takes their place by our tables, for some of it where it does so `partly`, and `also` what else
    may.
    """
    before, after = around[0][-_REACH:], around[1][:_REACH]
    if family == "term":
        return _told_of_record(before, after, current, listed=listed)
    if family != "cite":
        return None
    if none := _said_to_have_none(before, words, after, current, partly=partly):
        return none
    if current is None:
        return None
    if not _names_another(before, after):
        return None
    if reversed_ := _WHOLE.search(before) or _TURNED_ROUND.search(before):
        return Told("reversed", _bare(reversed_["other"])) if _NAMED_SO.search(reversed_["other"]) else None
    kind: Kind = "right"
    other = _behind(before, after) or _in_front(before, after)
    if other is None and _FROM.search(before) and (moved := _TO_BEHIND.match(after)):
        said = _judged(moved["other"], words, current, also, kind)
        return said if said and said.kind == "right" else None  # "from 820.20 to 820.25" is a range
    if other is None and (covered := _COVERED_BEHIND.match(after)):
        if _NAMED_SO.search(covered["other"]):
            other, kind = covered["other"], "beside"
        elif _MATCHED_BEHIND.match(after) and designations(covered["other"]) <= designations(current.lower()):
            other = covered["other"]
    if other is None:
        return None
    if _DONE_BY_IT.search(before, max(0, len(before) - _NEAR)):
        said = _judged(other, words, current, also, "beside")
        return said if said and said.kind == "beside" else None
    said = _judged(other, words, current, also, kind)
    if said and said.kind == "wrong" and listed and _names_one_of_a_list(other, after, designations(current.lower())):
        return None
    return said


def _names_one_of_a_list(other: str, after: str, known: Set[str]) -> bool:
    """Whether the other side of a list is a list: each member may have one of its own.

    "7.3.9 / 4.2.4, formerly 820.30(i) / 820.40" names them by their numbers; "820.181 and 820.184 are replaced by the
    medical device file and the batch record", behind the sections, by the records.
    """
    if len(designations(other)) > 1:
        return True
    at = after.find(other)
    return at >= 0 and not known.isdisjoint(records(_CLAUSE_OF_SENTENCE.split(after[at:])[0]))


def is_told(before: str, after: str) -> bool:
    """Whether a sentence says right beside a section what took its place, rightly or not."""
    before, after = before[-_REACH:], after[:_REACH]
    return _names_another(before, after) and (
        _behind(before, after) is not None or _in_front(before, after) is not None
    )


def _names_another(before: str, after: str) -> bool:
    """Whether a section or clause of today, or a record of it, is named anywhere around the words."""
    return _OTHER_SIDE.search(after) is not None or _OTHER_SIDE.search(before) is not None


def _said_to_have_none(before: str, words: str, after: str, current: str | None, *, partly: bool) -> Told | None:
    """What is said of a section that is said to have nothing in its place, or not to have been carried over.

    Of what was carried over only `partly`, neither is true or false.
    """
    kept = _NOT_KEPT.match(after)
    if kept and not ((kept["into"] or kept["other"].startswith(_CARRIED_OVER)) and gone.is_subject(before)):
        kept = None
    none = kept or _NONE_BEHIND.match(after)
    text: Match[str] | None = none
    if none is None and (none := _NONE_BEFORE.search(before)) is not None:
        if none["none"]:
            text = none if _AT_AN_END.match(after) else None
        else:
            text = _IN_TEXT.match(after) or (_IN_CITED.search(words) if _AT_AN_END.match(after) else None)
    if none is None or text is None:
        return None
    known = designations((current or "").lower())
    sections = {one for one in known if one.startswith("8") and "." in one and len(one.partition(".")[0]) == len("820")}
    if not (sections if text["part"] else known - sections if text["iso"] else known):
        return Told("none", none["other"] or "")
    if kept:
        return None if partly else Told("dropped", kept["other"])
    return Told("open" if partly else "denied", none["other"] or none["none"])


def _behind(before: str, after: str) -> str | None:
    """What the words behind a section say took its place."""
    if not _BEHIND.may_match(after):
        return None
    found = _BEHIND.match(after) if any(map(after.__contains__, _CHANGES)) else None
    if found is None and _FROM_BEFORE.search(before):
        found = _TO_BEHIND.match(after)
    if found is None and _EDIT_BEFORE.search(before):
        found = _EDIT_BEHIND.match(after)
    if found is None and _HOME_BEFORE.search(before):
        found = _HOME_BEHIND.match(after)
    if found is None and _INSTEAD_BEFORE.search(before):
        found = _INSTEAD_BEHIND.match(after)
    if found is None and _WHAT_IT.search(before):
        found = _IS_NOW_BEHIND.match(after)
    return found["other"] if found else None


def _in_front(before: str, after: str) -> str | None:
    """The same of the words before it."""
    if not _BEFORE.may_match(before):
        return None
    found = _BEFORE.search(before)
    if found is None and _WHAT_BEHIND.match(after):
        found = _WHAT_BEFORE.search(before)
    return found["other"] if found else None


def _told_of_record(before: str, after: str, current: str | None, *, listed: bool) -> Told | None:
    """Of a record only what is wrong: what else may be said of one, other contexts know."""
    own = records(current or "")
    if not own:
        return None
    if reversed_ := _WHOLE_TERM.search(before):
        return Told("reversed", reversed_["other"])
    found = _TERM_BEHIND.match(after) or _TERM_BEFORE.search(before)
    if found is None and _EDIT_BEFORE.search(before):
        found = _NAME_BEHIND.match(after)
    if found is None or not own.isdisjoint(records(found["other"])):
        return None
    if listed and not own.isdisjoint(records(_CLAUSE_OF_SENTENCE.split(found.string[found.start("other") :])[0])):
        return None  # "the DHF and the DMR are replaced by the DDF and the MDF": each by one of them
    return Told("wrong", _bare(found["other"]))


def _judged(other: str, words: str, current: str, also: tuple[str, ...], right: Kind) -> Told | None:
    """What is said of a section with its other side, by what our tables know."""
    known = designations(current.lower())
    stated: Set[str] = designations(other)
    if not stated:
        stated = records(other)
        if known.isdisjoint(RECORDS) and not any(lies_within(one, two) for one in stated for two in known):
            return None  # what a section demands may be kept in any record
    if not is_another(stated, known, words):
        return Told(right, _bare(other))
    if any(not is_another(stated, designations(each.lower()), words) for each in also):
        return Told("beside", _bare(other))
    of_itself = _OF_ITSELF.search(other) and not _NAMED_SO.search(other)
    return None if of_itself else Told("wrong", _bare(other))


def is_another(stated: Set[str], known: Set[str], words: str) -> bool:
    """Whether none of what is stated is known, contains it or, unless `words` cite a single item, lies within it."""
    item = words.count("(") > 1
    return bool(stated) and not any(
        one == other or lies_within(other, one) or (lies_within(one, other) and not (item and "(" in other))
        for one in stated
        for other in known
    )


def designations(text: str) -> set[str]:
    """The sections and clauses by their numbers in a text that names what took a place, in small letters."""
    return {match[0].replace(" ", "") for match in _SECTION.finditer(text)} | {
        match[0] for match in _CLAUSE.finditer(_SECTION.sub(" ", text))
    }


@lru_cache(maxsize=256)
def records(text: str) -> frozenset[str]:
    """The clauses that ask for the records of today which a text names."""
    text = text.lower()
    return frozenset(clause for clause, words in RECORDS.items() if words.search(text))


def told_in_row(cell: str, words: str, current: str, also: tuple[str, ...], family: str) -> Told | None:
    """What the new cell of a row, in small letters, says took the place of the old one, where that is not right."""
    if family == "term":
        own = records(current)
        wrong = bool(own and records(cell)) and own.isdisjoint(records(cell))
        return Told("wrong", cell[:_SHOWN]) if wrong else None
    if family != "cite":
        return None
    known = designations(current.lower())
    stated: Set[str] = designations(cell)
    if not stated and not known.isdisjoint(RECORDS):
        stated = records(cell)
    if not is_another(stated, known, words):
        return None
    as_well = any(not is_another(stated, designations(each.lower()), words) for each in also)
    return Told("beside" if as_well else "wrong", cell[:_SHOWN])


def _bare(other: str) -> str:
    return other.strip("\"'( ").removeprefix("in ").removeprefix("as ").removeprefix("the ")
