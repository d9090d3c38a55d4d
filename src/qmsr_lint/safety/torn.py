"""Whether a fix would be torn from what it belongs to: words that stay, or what is true of the old law alone."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qmsr_lint.context import became, cues
from qmsr_lint.expression import Expression, needed
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety.shortforms import IN_QUOTES, is_live, is_regulation, is_short_form

_NEXT_SENTENCE = 400
"""How much of the next sentence is looked at, in characters."""
_REFERS_BACK = Expression(
    r"(?:it|its|they|their|this|that|these|those|therein|there|in it|under it|according to it"
    r"|(?:(?:in|under|of|by|see) )?(?:the|this|that|said|these|those) (?:[a-z]+ ){0,3}(?:regulations?|rules?|law|part"
    r"|text|requirements?|provisions?|sections?))(?![a-z])"
)
"""Begins a sentence that goes on about the regulation named in the one before."""
_REQUIRES = Expression(
    r"requir|mandat|demand|includ|prescrib|calls?(?![a-z])|ask(?:s|ed)? for|must|shall|contain"
    r"|(?<![a-z])(?:has|names|uses)(?![a-z])"
)
"""Says that the regulation wants what is named in the sentence."""
OBJECT_OF = Expression(
    r"(?<![a-z])(?:with|by|of|in|under|to|from|per|for|against|within|beyond)(?: (?:the|this|that|us|u\.s\.|fda(?:'s)?"
    r"|current|federal|applicable)){0,4} $"
)
"""Stands before a name of which the verb behind it says nothing: "compliance with the QSR does not"."""
_SUBJECT_OF = Expression(
    r"[\")]{0,2}(?: ?\([^().;]{1,40}\))?(?:, [^.,:;()\u2029]{1,40},)?(?:,? (?:\(?21 cfr )?(?:part )?820\)?,?)?,?"
    r"(?: (?:itself|also|only|still|alone|further|however|today|[a-z]{2,12}ly),?){0,2} (?:"
    r"(?:does|do|did|has|have|is|are|will|would|could|should|may) not|cannot|never|no longer|nowhere|neither"
    r"|(?:requires?|asks? for|demands?|mandates?|prescribes?|includes?|sets?|knows?)"
    r" (?:no|nothing|only|neither|less|fewer|more)"
    r"|exempts?|excepts?|excludes?|defin(?:es?|ed)|calls?(?! for)|names?|uses?|used|employs?"
    r"|introduc(?:es|ed)"
    r"|coin(?:s|ed)|(?:has|have|contains?|gives?|makes?) no|lists?"
    r"|lacks?|omits?|mentions?|refers?|distinguish(?:es)?|differs?|predates?|speaks?|knows?"
    r"|(?:has|have|contains?|comprises?|consists? of|includes?|covers?|describes?)"
    r" (?:[a-z0-9-]{1,12} ){0,3}(?:sub-?(?:parts?|systems?)|sections?|parts?|chapters?|definitions?|elements?)"
    r"|is (?:[a-z]{2,12}ly )?(?:based|modell?ed|derived|built|harmoni[sz]ed|aligned|divided|organi[sz]ed|structured"
    r"|broken|older|newer|shorter|longer|similar|different|close|silent|less|more|compatible|consistent|split"
    r"|made up|composed|equivalent|identical)"
    r"|was|were)(?![a-z])"
)
"""Says of the regulation that is named before what need not be true of the one of today."""
_TERMS_OF = Expression(
    r"(?<![a-z])(?:terms?|terminology|phrases?|definitions?|preamble|comments?(?: \d{1,3})?)(?: of [a-z ]{2,30})?"
    r"(?: (?:used|found|defined|given|set|as|is|are|stated)){0,3} (?:in|of|to|by|from|under) (?:the )?"
    r"(?:(?:fda(?:'s)?|us|u\.s\.|old|former|current) ){0,3}$",
    needs=("term", "phrase", "definition", "preamble", "comment"),
)
"""Say of the regulation what its words are."""
_COMPARES = Expression(
    r"(?<![a-z])(?:unlike|differ(?:s|ed|ent|ence|ences|ing)?|whereas|while|in contrast|contrary"
    r"|harmoni[sz]\w{1,6}|compar\w{1,6}|than|versus|vs|similar\w{0,8})(?![a-z])"
)
"""Holds the regulation against the standard, where it is named beside it."""
_FEDERAL_REGISTER = Expression(
    r"(?<!\d)\d{2} (?:f\.? ?r\.?|fed(?:eral|\.)? ?reg(?:ister|\.)?),? ?\d",
    needs=("fr", "f.", "f r", "fed"),
)
_OLD_PARTS = Expression(r"sub-?part|sub-?systems?(?![a-z])", needs=("sub",))
"""Belongs to what the regulation was divided into, or how it was inspected."""
_JOINED = r"(?: ?[,;/&+=(|\u2013\u2014-] ?(?:and |or )?| and | or )"
_TIED_SECTION = Expression(
    r"(?:'s |'s?-| ?[/-] ?)(?:(?:\u00a7{1,2}|sections?|sec\.?|clauses?|paragraphs?|parts?|21 cfr) ?){0,2}820\.\d",
    needs=("820.",),
    within=30,
)
"""Behind the name of the regulation, a section that cannot go with it: "QSR/820.30", "the QSR's 820.30"."""
_GONE = (
    r"(?:remov|delet|eliminat|mov|replac|withdr[ae]w|supersed|renumber|chang|retain|ke(?:pt|ep)|amend|abolish|rescind"
    r"|repeal|incorporat|preserv|revis|transfer|relocat|drop|affect|carr(?:y|ied)|becom|becam|map)[a-z]{0,4}"
)
_NOT_GONE_BEFORE = Expression(
    rf"(?<![a-z])(?:not|never|nor|neither)(?: (?:been|yet|ever|also|only|simply)){{0,2}} {_GONE} "
    r"(?:(?:the|all|any|of|in|from|sections?|requirements?|former|old|text|fda's|part|820|21|cfr|and|or) ){0,8}$",
    needs=("not", "never", "nor", "neither"),
)
_NOT_GONE_BEHIND = Expression(
    r"[^.;:,\u2029]{0,30}(?<![a-z])(?:not|never|nor|neither)(?: (?:been|yet|ever|also|only|simply|be)){0,2} "
    rf"{_GONE}(?![a-z])",
    needs=("not", "never", "nor", "neither"),
    within=70,
)
"""Say of a section that it has not become something else."""
_SUBPART_BEFORE = Expression(
    r"(?<![a-z])sub-?parts? [a-o](?: ?[(\[][^()\[\]]{0,40}[)\]])? ?[,:/|\u2013\u2014-]{0,2} ?$", needs=("part",)
)
_SUBPART_BEHIND = Expression(
    r" ?[,(/|-]? ?(?:of |in |under |see )?(?:the )?sub-?parts? [a-o](?![a-z])", needs=("part",), within=30
)
_UNIT = (
    r" ?(?:%|\u00b0|(?:[munk]?m|cm|[munk]?g|[mu]?l|[mk]?v|m?a|k?w|hz|bar|k?pa|h|s|c|f|min|days?|weeks?"
    r"|months?|years?|hours?|minutes?|samples?|units?|pieces)(?![a-z]))"
)
_NUMBERED = r"(?:(?:sub-?)?clauses? |sections? |\u00a7{1,2} ?)?[4-8](?:\.\d{1,2}){1,4}"
_NUMBERED_NEEDS = ("4.", "5.", "6.", "7.", "8.")
_CLAUSE_BEFORE = Expression(rf"(?<![\d.:a-z]){_NUMBERED}{_JOINED}$", needs=_NUMBERED_NEEDS)
_LEADS = Expression(r"(?:[(\[]|[,;:|/\u2014-] |(?<![a-z])(?:see|per|under|by|with|both|either|to|and|or) )$")
_CLAUSE_BEHIND = Expression(rf"{_JOINED}{_NUMBERED}(?!\.?\d|[a-z]|{_UNIT})", needs=_NUMBERED_NEEDS, within=40)
"""The number of a clause beside a citation: the clause that would be written may be it."""
_PART = r"(?!820(?!\d))(?:8\d\d|1[0-2]\d\d|11|50|56)(?:\.\d{1,4})?(?:\([a-z0-9]\)){0,2}"
_PART_BEFORE = Expression(
    rf"(?<![a-z])(?:cfr|parts?|c\.f\.r\.)(?: parts?)? [^.;:\u2029]{{0,30}}?(?<![\d.]){_PART}{_JOINED}$",
    needs=("cfr", "part", "c.f.r"),
)
_PART_BEHIND = Expression(
    rf"{_JOINED}(?:parts? |\u00a7{{1,2}} ?)?{_PART}(?!\.?\d|[a-z]|{_UNIT})",
    needs=("8", "10", "11", "12", "50", "56"),
    within=30,
)
"""Another part of the CFR, in a list that says once what its numbers are of."""
_KEPT_BEFORE = Expression(
    r"(?<![a-z])(?:keeps?|kept|retains?|retained|preserves?|preserved) (?:(?:the|all of|sections?|21 cfr|part) ){0,3}$",
    needs=("keep", "kept", "retain", "preserve"),
)
_KEPT_BEHIND = Expression(
    r"[^.;\u2029a-z]{0,6}(?:(?:is |are |was )?reserved|remains?|stays?|(?:is|are) (?:still |now )?"
    r"(?:unchanged|the same|in (?:force|effect)|(?:a |an |one of |the )?(?:sub-?)?(?:part|section|paragraph)s?"
    r" (?:in|of)|in (?:sub-?)?part|in 21)"
    r"|(?:has|have|contains?|consists? of) (?:[a-z0-9-]{1,12} ){0,2}(?:(?:sub-?)?parts|sections|paragraphs)"
    r"|(?:does|do) not (?:mention|require|address|ask|say|contain|include|define|cover|specify|use|refer|demand"
    r"|mandate))(?![a-z])",
    needs=needed("reserved|remain|stay|is|are|has|have|contain|consist|does|do"),
    within=60,
)
"""Say of a section that it is there, or what it lacks, which is not said of a clause."""
_SAYS = Expression(
    r"\)? ?(?:which |itself |also )?(?:says?|said|states?|reads?|provides?|writes?|means|is worded|is quoted"
    r"|(?:is|was) (?:titled|entitled|headed|called|named))(?![a-z])",
    needs=needed("say|said|state|read|provide|write|means|worded|quoted|titled|head|called|named"),
    within=30,
)
_WORDING_OF = Expression(
    r"(?<![a-z])(?:text|texts|wording|language|words|excerpts?|quotes?|quotations?|quot(?:es|ed|ing)|verbatim)"
    r" (?:(?:of|from|in|the|section|fda's|old|former) ?){0,4}$",
    needs=("text", "wording", "language", "words", "excerpt", "quot", "verbatim"),
)
"""Say of a section or the regulation what its words are."""
_OPENED_BY = " \t\n([{/-\u2013\u2014"
_TITLE_GOES_ON = Expression(
    r"(?P<apart> ?[:\u2013\u2014] ?| - )?(?(apart)| )(?!(?:Part|Sections?|Title|Subpart|CFR|And|Or|The|Is|In)(?![a-z]))"
    r"(?P<words>[A-Z][\w-]*(?:(?: (?:and|of|for|the|to|in|&|with|on))* [A-Z][\w-]*)*)"
)
"""Stands behind a name that a title begins with, as in "Quality System Regulation Overview"."""
_TITLE = 120
"""How much of the title behind a name is looked at, in characters."""
_TITLE_NOUNS = frozenset("Checklist Compliance Guidance Guide Handbook Manual Overview Training".split())
_WORDS_OF_A_HEADING = 6


def untorn(reading: Reading, found: Sequence[Candidate], pairs: Mapping[int, int]) -> list[Candidate]:
    """The candidates, with less trust in the fixes of those that belong together with one that stays."""
    staying = _staying(reading, found)
    return [
        each.doubted()
        if each.safety == "safe"
        and (
            _is_torn(reading, each, staying)
            or ((half := pairs.get(number)) is not None and found[half].safety != "safe")
        )
        else each
        for number, each in enumerate(found)
    ]


class _Staying(NamedTuple):
    """The sentences and rows in which something stays: of terms the sentences, and the rows they head a cell of."""

    cited: set[object]
    named: set[object]
    names: set[object]
    programs: set[object]
    headed: set[object]


def _staying(reading: Reading, found: Sequence[Candidate]) -> _Staying:
    staying = [each for each in found if each.edit is None or each.safety != "safe"]
    live = [each for each in staying if is_live(each)]
    terms = [each for each in live if each.rule.family == "term"]
    return _Staying(
        {
            place
            for each in staying
            if each.rule.kind == "citation" and each.rule.of != "iso-2003"
            for place in places_of(reading, each)
        },
        {sentence_of(reading, each) for each in terms},
        {place for each in live if is_regulation(each) for place in places_of(reading, each)},
        {place for each in live if each.rule.family == "program" for place in places_of(reading, each)},
        {place for each in terms if _heads_its_cell(reading, each) for place in places_of(reading, each)[1:]},
    )


def _heads_its_cell(reading: Reading, term: Candidate) -> bool:
    """Whether a term is what its cell begins with, as the heading of a section does."""
    start = term.folded[0]
    first, _ = reading.sentences.segment_around(start)
    return begins(reading.text, first, start)


def _is_torn(reading: Reading, candidate: Candidate, staying: _Staying) -> bool:
    """Whether a safe fix would be made beside something it belongs to that stays."""
    sentence, *row = places = places_of(reading, candidate)
    if candidate.rule.family == "term":
        return sentence in staying.cited or sentence in staying.names
    if candidate.rule.family == "program":
        return not staying.programs.isdisjoint(places)
    if candidate.rule.kind == "citation":
        return sentence in staying.named or not staying.names.isdisjoint(places)
    if candidate.rule.family != "name":
        return False
    words = reading.sentence(*candidate.folded)
    return (
        became.QMSR.search(reading.nearby(*candidate.folded)) is not None  # the old and the new one would be the same
        or not staying.cited.isdisjoint(places)
        or not staying.headed.isdisjoint(row)
        or (sentence in staying.named and _REQUIRES.search(words) is not None)
        or _goes_on_with(reading, candidate, staying)
    )


def sentence_of(reading: Reading, candidate: Candidate) -> object:
    """What stands for the sentence of a candidate."""
    return reading.sentences.at(candidate.folded[0])


def places_of(reading: Reading, candidate: Candidate) -> list[object]:
    """What a candidate stands in with others: its sentence, and its row in a table."""
    place = reading.block(candidate.start).place
    row = [] if place.table is None else [(place.part, place.table, place.row)]
    return [sentence_of(reading, candidate), *row]


def _goes_on_with(reading: Reading, name: Candidate, staying: _Staying) -> bool:
    """Whether the next sentence says of the regulation that is named in one what is not said of the one of today."""
    sentences, text = reading.sentences, reading.text
    _, last = sentences.segment_around(name.folded[0])
    start = sentences.at(name.folded[0])[1]
    while start < last and text[start] == " ":
        start += 1
    if start >= last or _REFERS_BACK.match(text, start, min(last, start + _NEXT_SENTENCE)) is None:
        return False
    following = sentences.at(start)
    if following in staying.cited or "subpart" in text[slice(*following)]:
        return True
    return following in staying.named and _REQUIRES.search(text, *following) is not None


def says_otherwise(reading: Reading, candidate: Candidate) -> bool:
    """Whether what is said of a name or a citation right beside it would not be true of the new words."""
    if candidate.rule.kind == "citation":
        return _is_source(reading, candidate) or _is_tied(reading, candidate)
    if not is_regulation(candidate):
        return False
    text, (start, end) = reading.text, candidate.folded
    first, last = reading.sentences.segment_around(start)
    return (
        _is_source(reading, candidate)
        or (
            OBJECT_OF.search(text, max(first, start - IN_QUOTES), start) is None
            and _SUBJECT_OF.match(text, end, min(last, end + _TITLE)) is not None
        )
        or _NOT_GONE_BEFORE.search(text, max(first, start - IN_QUOTES), start) is not None
        or _TERMS_OF.search(text, max(first, start - 2 * IN_QUOTES), start) is not None
        or _is_compared(reading, candidate)
        or _FEDERAL_REGISTER.search(text, max(first, start - IN_QUOTES), min(last, end + IN_QUOTES)) is not None
        or _OLD_PARTS.search(reading.sentence(start, end)) is not None
        or _OLD_PARTS.search(reading.row(start)) is not None
        or _TIED_SECTION.match(text, end, min(last, end + IN_QUOTES)) is not None
        or _begins_a_title(reading, candidate)
    )


def _is_compared(reading: Reading, name: Candidate) -> bool:
    """Whether a sentence holds the regulation against the standard: the one of today refers to it."""
    words = reading.sentence(*name.folded)
    return ("13485" in words or "9001" in words) and _COMPARES.search(words) is not None


def _is_tied(reading: Reading, cited: Candidate) -> bool:
    """Whether a citation hangs on what stands beside it, or is said not to have gone."""
    text, (start, end) = reading.text, cited.folded
    first, last = reading.sentences.segment_around(start)
    first, last = max(first, start - IN_QUOTES), min(last, end + IN_QUOTES)
    return (
        _NOT_GONE_BEFORE.search(text, first, start) is not None
        or _NOT_GONE_BEHIND.match(text, end, last) is not None
        or _SUBPART_BEFORE.search(text, first, start) is not None
        or _SUBPART_BEHIND.match(text, end, last) is not None
        or _stands_behind_a_clause(text, first, start)
        or _CLAUSE_BEHIND.match(text, end, last) is not None
        or ("cfr" not in text[start:end] and _PART_BEFORE.search(text, first, start) is not None)
        or _PART_BEHIND.match(text, end, last) is not None
        or _KEPT_BEFORE.search(text, first, start) is not None
        or (OBJECT_OF.search(text, first, start) is None and _KEPT_BEHIND.match(text, end, last) is not None)
    )


def _stands_behind_a_clause(text: str, first: int, start: int) -> bool:
    """Whether the number of a clause stands right before a citation, and is not one of another document."""
    clause = _CLAUSE_BEFORE.search(text, first, start)
    if clause is None:
        return False
    return clause.start() == first or _LEADS.search(text, first, clause.start()) is not None


def _begins_a_title(reading: Reading, name: Candidate) -> bool:
    """Whether a name written out is the beginning of a longer title: of a guide, a training, another document."""
    text = reading.document.text
    if " " not in text[name.start : name.end] or not text[name.start].isupper():
        return False
    behind = _TITLE_GOES_ON.match(text, name.end, min(reading.block(name.start).end, name.end + _TITLE))
    if behind is None:
        return False
    words = behind["words"].split()
    return behind["apart"] is not None or len(words) > 1 or words[0] in _TITLE_NOUNS


def begins(text: str, first: int, start: int) -> bool:
    """Whether nothing but spaces and an opening bracket, or a term in full, stands before a place of its cell."""
    before = text[first:start].strip(" (")
    return not before or (text[start - 1] == "(" and before.count(" ") < _WORDS_OF_A_HEADING)


def _is_source(reading: Reading, candidate: Candidate) -> bool:
    """Whether what a citation or a name stands for is quoted beside it, or is quoted itself."""
    if is_short_form(reading, candidate):
        return reading.contexts.quotes(candidate.start)
    text, (start, end) = reading.text, candidate.folded
    return (
        _stands_in_quotes(reading, candidate)
        or reading.contexts.quotes(candidate.start)
        or _SAYS.match(text, end, end + IN_QUOTES) is not None
        or _WORDING_OF.search(text, max(0, start - IN_QUOTES), start) is not None
    )


def _stands_in_quotes(reading: Reading, candidate: Candidate) -> bool:
    """Whether a citation or a name stands in quotation marks: what another text says, or what it is called."""
    text, block = reading.document.text, reading.block(candidate.start)
    before = text[max(block.start, candidate.start - IN_QUOTES) : candidate.start]
    behind = text[candidate.end : min(block.end, candidate.end + IN_QUOTES)]
    for opening, closing in cues.QUOTES.items():
        at = before.rfind(opening)
        if at < 0 or closing not in behind:
            continue
        # A straight mark opens a quotation where nothing stands right before it: not in 3" or behind a word.
        if before.rfind(closing) < at if opening != closing else at == 0 or before[at - 1] in _OPENED_BY:
            return True
    return False
