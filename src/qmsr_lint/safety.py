"""How far a fix can be trusted where it stands: words that are right by themselves may make a false statement there.

"The QS regulation, 820.198" is out of date; "the QMSR, 820.198" would be false, and so would be "the QMSR requires a
DHR", or "ISO 13485:2016, Clause 4.2.3, asks for a DMR". What belongs together changes together, or is left to a person.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from qmsr_lint import cues
from qmsr_lint.context import Judgement
from qmsr_lint.expression import Expression
from qmsr_lint.model import Fix
from qmsr_lint.pack import STATEMENTS
from qmsr_lint.reading import Candidate, Reading

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
_PASSES = 4
"""How often the candidates are looked through for those beside others that have come to stay."""
_IN_QUOTES = 60
"""A name in quotation marks has no more characters to each side of what was found."""
_OBJECT_OF = Expression(
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
)
"""Say of a section that it has not become something else."""
_SUBPART_BEFORE = Expression(
    r"(?<![a-z])sub-?parts? [a-o](?: ?[(\[][^()\[\]]{0,40}[)\]])? ?[,:/|\u2013\u2014-]{0,2} ?$", needs=("part",)
)
_SUBPART_BEHIND = Expression(
    r" ?[,(/|-]? ?(?:of |in |under |see )?(?:the )?sub-?parts? [a-o](?![a-z])", needs=("part",)
)
_UNIT = (
    r" ?(?:%|\u00b0|(?:[munk]?m|cm|[munk]?g|[mu]?l|[mk]?v|m?a|k?w|hz|bar|k?pa|h|s|c|f|min|days?|weeks?"
    r"|months?|years?|hours?|minutes?|samples?|units?|pieces)(?![a-z]))"
)
_NUMBERED = r"(?:(?:sub-?)?clauses? |sections? |\u00a7{1,2} ?)?[4-8](?:\.\d{1,2}){1,4}"
_CLAUSE_BEFORE = Expression(rf"(?<![\d.:a-z]){_NUMBERED}{_JOINED}$")
_LEADS = Expression(r"(?:[(\[]|[,;:|/\u2014-] |(?<![a-z])(?:see|per|under|by|with|both|either|to|and|or) )$")
_CLAUSE_BEHIND = Expression(rf"{_JOINED}{_NUMBERED}(?!\.?\d|[a-z]|{_UNIT})")
"""The number of a clause beside a citation: the clause that would be written may be it."""
_PART = r"(?!820(?!\d))(?:8\d\d|1[0-2]\d\d|11|50|56)(?:\.\d{1,4})?(?:\([a-z0-9]\)){0,2}"
_PART_BEFORE = Expression(
    rf"(?<![a-z])(?:cfr|parts?|c\.f\.r\.)(?: parts?)? [^.;:\u2029]{{0,30}}?(?<![\d.]){_PART}{_JOINED}$",
    needs=("cfr", "part", "c.f.r"),
)
_PART_BEHIND = Expression(rf"{_JOINED}(?:parts? |\u00a7{{1,2}} ?)?{_PART}(?!\.?\d|[a-z]|{_UNIT})")
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
    r"|mandate))(?![a-z])"
)
"""Say of a section that it is there, or what it lacks, which is not said of a clause."""
_MEANS = Expression(r"(?: \([^()]{1,30}\))?(?:,? (?:shall )?(?:means?|refers? to|stands? for|is)| ?[:=\u2014-]) ")
_SAYS = Expression(
    r"\)? ?(?:which |itself |also )?(?:says?|said|states?|reads?|provides?|writes?|means|is worded|is quoted"
    r"|(?:is|was) (?:titled|entitled|headed|called|named))(?![a-z])",
    needs=(
        "say",
        "said",
        "state",
        "read",
        "provide",
        "write",
        "means",
        "worded",
        "quoted",
        "titled",
        "head",
        "called",
        "named",
    ),
)
_WORDING_OF = Expression(
    r"(?<![a-z])(?:text|texts|wording|language|words|excerpts?|quotes?|quotations?|quot(?:es|ed|ing)|verbatim)"
    r" (?:(?:of|from|in|the|section|fda's|old|former) ?){0,4}$",
    needs=("text", "wording", "language", "words", "excerpt", "quot", "verbatim"),
)
"""Say of a section or the regulation what its words are."""
_OPENS_SHORT_FORM = Expression(
    r"[(\[] ?(?:(?:hereinafter|hereafter|herein|collectively|together|referred to as|also|known as|called|or|as|the)"
    r",? ){0,4}\"?(?:the )?$"
)
_CLOSES_SHORT_FORM = Expression(r"\"? ?[)\]]")
_MEANS_THE_NAME = Expression(
    r"\"?(?:,? (?:shall )?(?:means?|refers? to|stands? for|is short for|is)| ?[:=\u2013\u2014-]) (?:the )?"
    r"(?:(?:fda|food and drug administration|u\.?s\.?|current|federal)(?:'s)? ){0,3}"
    r"(?:quality systems? regulations?|qs regulations?|(?:title )?21 cfr,? (?:part )?820(?![\d.]*\d))",
    needs=("regulation", "cfr"),
)
"""Stands behind a short form that is defined as the name in full."""
_FULL_NAME = Expression(r"quality systems? regulations?|qs regulations?", needs=("regulation",))
_AROUND_A_HEADWORD = ' \u00a0.:"\u201c\u201d'
_OPENED_BY = " \t\n([{/-\u2013\u2014"
_TITLE_GOES_ON = Expression(
    r"(?P<apart> ?[:\u2013\u2014] ?| - )?(?(apart)| )(?!(?:Part|Sections?|Title|Subpart|CFR|And|Or|The|Is|In)(?![a-z]))"
    r"(?P<words>[A-Z][\w-]*(?:(?: (?:and|of|for|the|to|in|&|with|on))* [A-Z][\w-]*)*)"
)
"""Stands behind a name that a title begins with, as in "Quality System Regulation Overview"."""
_TITLE = 120
"""How much of the title behind a name is looked at, in characters."""
_TITLE_NOUNS = frozenset("Checklist Compliance Guidance Guide Handbook Manual Overview Training".split())
_OF_THE_PAST = Expression(
    r"[\"')]{0,2},? ?\(?(?:of |effective |dated |issued |from |in )?(?:[a-z]{3,9}\.? \d{1,2},? )?"
    r"(?:19\d\d|20[01]\d|202[0-5])(?!\d)|[\"')]{0,2},? ?\((?:the )?(?:fda )?quality management system",
    needs=("19", "20", "quality management system"),
)
"""Stands behind a name of the old regulation: its year, or today's name beside it."""
_OLD_DEFINITIONS = frozenset({"term-complaint-definition", "term-old-definitions", "term-product-definition"})
"""Rules that find the words of a definition of the former 820.3."""
_DEFINITIONS = "820.3"
_HEADING = Expression(r"[ .:;()]*(?:\([a-z ]{2,20}\)[ .:;]*)?(?:requirements?[ .:;]*)?")
"""What a cell or a line holds besides the heading of a section."""
_HEADED = Expression(r"[ :,(\u2014-]{1,4}$")
_WORDS_OF_A_HEADING = 6
_KEEPS_ITS_SECTION = " It is the heading of the section beside it, which stays."
_KEEPS_ITS_SOURCE = " The words beside it are the old definition, which is not that of today: change both or none."


def lowered(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with less trust in the fixes of those that belong together with something that stays."""
    found = [_undated(reading, each) for each in _untouched_in_claims(reading, candidates)]
    found = _with_their_headings(reading, _with_their_source(reading, found))
    if not any(each.safety == "safe" for each in found):
        return found
    found = [
        each._replace(safety="unsafe") if each.safety == "safe" and _says_otherwise(reading, each) else each
        for each in found
    ]
    pairs = _pairs(reading, found)
    for _ in range(_PASSES):
        found, before = _with_their_short_forms(reading, _untorn(reading, found, pairs)), found
        if found == before:
            break
    return found


def _untorn(reading: Reading, found: Sequence[Candidate], pairs: Mapping[int, int]) -> list[Candidate]:
    """The candidates, with less trust in the fixes of those that belong together with one that stays."""
    staying = _staying(reading, found)
    return [
        each._replace(safety="unsafe")
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
    live = [each for each in staying if _is_live(each)]
    terms = [each for each in live if each.rule.family == "term"]
    return _Staying(
        {
            place
            for each in staying
            if each.rule.kind == "citation" and each.rule.of != "iso-2003"
            for place in _places(reading, each)
        },
        {_sentence(reading, each) for each in terms},
        {place for each in live if _is_regulation(each) for place in _places(reading, each)},
        {place for each in live if each.rule.family == "program" for place in _places(reading, each)},
        {place for each in terms if _heads_its_cell(reading, each) for place in _places(reading, each)[1:]},
    )


def _is_regulation(candidate: Candidate) -> bool:
    """Whether a candidate is a name of the regulation itself, and not of a guidance."""
    return candidate.rule.family == "name" and (candidate.rule.current or "").endswith(("Regulation", "QMSR"))


def _heads_its_cell(reading: Reading, term: Candidate) -> bool:
    """Whether a term is what its cell begins with, as the heading of a section does."""
    start = term.folded[0]
    first, _ = reading.contexts.segment(reading.contexts.segment_at(start))
    return _begins(reading.text, first, start)


def _is_live(candidate: Candidate) -> bool:
    """Whether a term is live where it stands, and not only a matter of style."""
    if candidate.silenced is not None or "note" in (candidate.severity, candidate.rule.severity):
        return False
    return candidate.judgement is None or candidate.judgement.effect == "finding"


def _is_torn(reading: Reading, candidate: Candidate, staying: _Staying) -> bool:
    """Whether a safe fix would be made beside something it belongs to that stays."""
    sentence, *row = places = _places(reading, candidate)
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
        not staying.cited.isdisjoint(places)
        or not staying.headed.isdisjoint(row)
        or (sentence in staying.named and _REQUIRES.search(words) is not None)
        or _goes_on_with(reading, candidate, staying)
    )


def _sentence(reading: Reading, candidate: Candidate) -> object:
    return reading.contexts.sentence_at(candidate.folded[0])


def _places(reading: Reading, candidate: Candidate) -> list[object]:
    """What a candidate stands in with others: its sentence, and its row in a table."""
    place = reading.block(candidate.start).place
    row = [] if place.table is None else [(place.part, place.table, place.row)]
    return [_sentence(reading, candidate), *row]


def _goes_on_with(reading: Reading, name: Candidate, staying: _Staying) -> bool:
    """Whether the next sentence says of the regulation that is named in one what is not said of the one of today."""
    contexts, text = reading.contexts, reading.text
    _, last = contexts.segment(contexts.segment_at(name.folded[0]))
    start = contexts.sentence_at(name.folded[0])[1]
    while start < last and text[start] == " ":
        start += 1
    if start >= last or _REFERS_BACK.match(text, start, min(last, start + _NEXT_SENTENCE)) is None:
        return False
    following = contexts.sentence_at(start)
    if following in staying.cited or "subpart" in text[slice(*following)]:
        return True
    return following in staying.named and _REQUIRES.search(text, *following) is not None


def _says_otherwise(reading: Reading, candidate: Candidate) -> bool:
    """Whether what is said of a name or a citation right beside it would not be true of the new words."""
    if candidate.rule.kind == "citation":
        return _is_source(reading, candidate) or _is_tied(reading, candidate)
    if not _is_regulation(candidate):
        return False
    text, (start, end) = reading.text, candidate.folded
    first, last = reading.contexts.segment(reading.contexts.segment_at(start))
    return (
        _is_source(reading, candidate)
        or (
            _OBJECT_OF.search(text, max(first, start - _IN_QUOTES), start) is None
            and _SUBJECT_OF.match(text, end, min(last, end + _TITLE)) is not None
        )
        or _NOT_GONE_BEFORE.search(text, max(first, start - _IN_QUOTES), start) is not None
        or _TERMS_OF.search(text, max(first, start - 2 * _IN_QUOTES), start) is not None
        or _is_compared(reading, candidate)
        or _FEDERAL_REGISTER.search(text, max(first, start - _IN_QUOTES), min(last, end + _IN_QUOTES)) is not None
        or _OLD_PARTS.search(reading.sentence(start, end)) is not None
        or _OLD_PARTS.search(reading.row(start)) is not None
        or _TIED_SECTION.match(text, end, min(last, end + _IN_QUOTES)) is not None
        or _begins_a_title(reading, candidate)
    )


def _is_compared(reading: Reading, name: Candidate) -> bool:
    """Whether a sentence holds the regulation against the standard: the one of today refers to it."""
    words = reading.sentence(*name.folded)
    return ("13485" in words or "9001" in words) and _COMPARES.search(words) is not None


def _is_tied(reading: Reading, cited: Candidate) -> bool:
    """Whether a citation hangs on what stands beside it, or is said not to have gone."""
    text, (start, end) = reading.text, cited.folded
    first, last = reading.contexts.segment(reading.contexts.segment_at(start))
    first, last = max(first, start - _IN_QUOTES), min(last, end + _IN_QUOTES)
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
        or (_OBJECT_OF.search(text, first, start) is None and _KEPT_BEHIND.match(text, end, last) is not None)
    )


def _stands_behind_a_clause(text: str, first: int, start: int) -> bool:
    """Whether the number of a clause stands right before a citation, and is not one of another document."""
    clause = _CLAUSE_BEFORE.search(text, first, start)
    if clause is None:
        return False
    return clause.start() == first or _LEADS.search(text, first, clause.start()) is not None


def _pairs(reading: Reading, candidates: Sequence[Candidate]) -> dict[int, int]:
    """The numbers of names in full and of their short forms beside them, each with that of the other."""
    names = sorted(
        (number for number, each in enumerate(candidates) if _is_regulation(each)),
        key=lambda number: candidates[number].start,
    )
    pairs: dict[int, int] = {}
    for one, other in pairwise(names):
        if _are_a_pair(reading, candidates[one], candidates[other]):
            pairs |= {one: other, other: one}
    return pairs


def _are_a_pair(reading: Reading, one: Candidate, other: Candidate) -> bool:
    """Whether one of two names is the short form of the other, in brackets or as the term of a definition."""
    text, start, end = reading.text, one.folded[1], other.folded[0]
    first, second = reading.block(one.start), reading.block(other.start)
    if first.start != second.start:
        place, beside = first.place, second.place
        in_row = (place.part, place.table, place.row) == (beside.part, beside.table, beside.row)
        return place.table is not None and in_row
    if end - start > _IN_QUOTES:
        return False
    if _OPENS_SHORT_FORM.search(text, start, end) and _CLOSES_SHORT_FORM.match(text, other.folded[1]):
        return True
    return _MEANS_THE_NAME.match(text, start, start + 2 * _IN_QUOTES) is not None


def _with_their_short_forms(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with less trust in a short form that is defined and does not change everywhere."""
    text = reading.document.text
    names = [each for each in candidates if _is_regulation(each)]
    defined = {text[each.start : each.end] for each in names if _is_defined(reading, each)}
    if not defined:
        return [*candidates]
    staying = {text[each.start : each.end] for each in names if each.safety != "safe" and _is_live(each)} & defined
    return [
        each._replace(safety="unsafe") if each.safety == "safe" and text[each.start : each.end] in staying else each
        for each in candidates
    ]


def _is_headword(reading: Reading, name: Candidate) -> bool:
    """Whether a short form is a cell of its own in a list of definitions."""
    block = reading.block(name.start)
    if block.place.table is None or " " in reading.text[slice(*name.folded)]:
        return False
    if (
        reading.document.text[block.start : block.end].strip(_AROUND_A_HEADWORD)
        != reading.document.text[name.start : name.end]
    ):
        return False
    return any(
        _FULL_NAME.search(reading.contexts.structure.words(cell)) for cell in reading.contexts.structure.row(block)
    )


def _is_defined(reading: Reading, name: Candidate) -> bool:
    """Whether a name is a term that is defined there: in quotation marks, or beside the name in full in its row."""
    text, (start, end) = reading.text, name.folded
    if _is_headword(reading, name):
        return True
    if text[max(0, start - 1) : start] != '"' or text[end : end + 1] != '"':
        return False
    return _is_short_form(reading, name) or _MEANS.match(text, end + 1, end + _IN_QUOTES) is not None


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


def _undated(reading: Reading, candidate: Candidate) -> Candidate:
    """A name of the old regulation without a fix, where its year or today's name stands behind it."""
    if candidate.rule.family != "name" or candidate.edit is None:
        return candidate
    end = candidate.folded[1]
    if _OF_THE_PAST.match(reading.text, end, end + _IN_QUOTES) is None:
        return candidate
    return candidate._replace(edit=None, safety="none")


def _untouched_in_claims(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for those in a false statement: new words would make it one of today."""
    claims = [each for each in candidates if each.rule.family in STATEMENTS and each.rule.severity != "note"]
    sentences = {reading.contexts.sentence_at(each.folded[1] - 1) for each in claims}
    if not sentences:
        return [*candidates]
    return [
        each._replace(edit=None, safety="none", message=f"{each.message} The statement around it is to be rewritten.")
        if each.edit is not None and each.rule.family not in STATEMENTS and _sentence(reading, each) in sentences
        else each
        for each in candidates
    ]


def _with_their_source(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for the citations that are the source of an old definition.

    A citation in its sentence is taken for one, and one of the definitions anywhere in its block or its row as well.
    """
    defining = [each for each in candidates if each.rule.id in _OLD_DEFINITIONS and each.silenced is None]
    if not defining:
        return [*candidates]
    sentences = {_sentence(reading, each) for each in defining}
    around = {place for each in defining for place in (*_places(reading, each), _block(reading, each))}

    def is_source(cited: Candidate) -> bool:
        if cited.rule.kind != "citation" or cited.edit is None:
            return False
        if _sentence(reading, cited) in sentences:
            return True
        places = (*_places(reading, cited), _block(reading, cited))
        return _names_definitions(reading, cited) and not around.isdisjoint(places)

    return [
        each._replace(edit=None, safety="none", message=each.message + _KEEPS_ITS_SOURCE) if is_source(each) else each
        for each in candidates
    ]


def _with_their_headings(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with no fix for a term that is the heading of a section beside it which has none."""
    staying = [each for each in candidates if each.rule.kind == "citation" and each.edit is None and _is_live(each)]
    if not staying:
        return [*candidates]
    cells = {_cell(reading, each) for each in staying} - {None}
    ends = {each.folded[1] for each in staying}

    def is_heading(term: Candidate) -> bool:
        if term.rule.family != "term" or term.edit is None:
            return False
        text, (start, end) = reading.text, term.folded
        first, last = reading.contexts.segment(reading.contexts.segment_at(start))
        if _HEADING.fullmatch(text, end, last) is None and not (
            text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        ):
            return False
        joint = _HEADED.search(text, max(first, start - 4), start)
        if joint is not None and joint.start() in ends:
            return True
        cell = _cell(reading, term)
        if cell is None or not _begins(text, first, start):
            return False
        *row, number = cell
        return bool({(*row, number - 1), (*row, number + 1)} & cells)

    return [
        each._replace(edit=None, safety="none", message=each.message + _KEEPS_ITS_SECTION) if is_heading(each) else each
        for each in candidates
    ]


def _begins(text: str, first: int, start: int) -> bool:
    """Whether nothing but spaces and an opening bracket, or a term in full, stands before a place of its cell."""
    before = text[first:start].strip(" (")
    return not before or (text[start - 1] == "(" and before.count(" ") < _WORDS_OF_A_HEADING)


def _cell(reading: Reading, candidate: Candidate) -> tuple[str, int, int, int] | None:
    place = reading.block(candidate.start).place
    if place.table is None:
        return None
    return place.part, place.table, place.row or 0, place.cell or 0


def _names_definitions(reading: Reading, cited: Candidate) -> bool:
    """Whether a citation is one of the former definitions."""
    words = reading.text[slice(*cited.folded)]
    return cited.rule.of == "definition" or f"{_DEFINITIONS}(" in words


def _block(reading: Reading, candidate: Candidate) -> tuple[str, int]:
    return "block", reading.block(candidate.start).start


def fix(reading: Reading, candidate: Candidate, judgement: Judgement) -> Fix | None:
    """What a fix would write for a candidate in its context, and how far that can be trusted; None for nothing."""
    if candidate.edit is None or judgement.effect != "finding" or candidate.safety not in ("safe", "unsafe"):
        return None
    safe = (
        candidate.safety == "safe"
        and not reading.contexts.is_doubtful(*candidate.folded)
        and not _touches_a_letter(reading.text, *candidate.folded)
        and not reading.block(candidate.start).quoted  # it may be a quotation after all
    )
    return Fix(candidate.edit, "safe" if safe else "unsafe")


def _is_short_form(reading: Reading, name: Candidate) -> bool:
    """Whether a name is what the regulation is to be called in the document: it changes with the name in full."""
    text, (start, end) = reading.text, name.folded
    if name.rule.family != "name":
        return False
    if _OPENS_SHORT_FORM.search(text, max(0, start - _IN_QUOTES), start) and _CLOSES_SHORT_FORM.match(text, end):
        return True
    return _MEANS_THE_NAME.match(text, end, end + 2 * _IN_QUOTES) is not None


def _touches_a_letter(text: str, start: int, end: int) -> bool:
    """Whether a letter stands at a range, as one of Chinese or Korean may: English is not put there unasked."""
    return text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()


def _is_source(reading: Reading, candidate: Candidate) -> bool:
    """Whether what a citation or a name stands for is quoted beside it, or is quoted itself."""
    if _is_short_form(reading, candidate):
        return reading.contexts.quotes(candidate.start)
    text, (start, end) = reading.text, candidate.folded
    return (
        _stands_in_quotes(reading, candidate)
        or reading.contexts.quotes(candidate.start)
        or _SAYS.match(text, end, end + _IN_QUOTES) is not None
        or _WORDING_OF.search(text, max(0, start - _IN_QUOTES), start) is not None
    )


def _stands_in_quotes(reading: Reading, candidate: Candidate) -> bool:
    """Whether a citation or a name stands in quotation marks: what another text says, or what it is called."""
    text, block = reading.document.text, reading.block(candidate.start)
    before = text[max(block.start, candidate.start - _IN_QUOTES) : candidate.start]
    behind = text[candidate.end : min(block.end, candidate.end + _IN_QUOTES)]
    for opening, closing in cues.QUOTES.items():
        at = before.rfind(opening)
        if at < 0 or closing not in behind:
            continue
        # A straight mark opens a quotation where nothing stands right before it: not in 3" or behind a word.
        if before.rfind(closing) < at if opening != closing else at == 0 or before[at - 1] in _OPENED_BY:
            return True
    return False
