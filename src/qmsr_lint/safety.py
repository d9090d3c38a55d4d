"""How far a fix can be trusted where it stands: words that are right by themselves may make a false statement there.

"The QS regulation, 820.198" is out of date; "the QMSR, 820.198" would be false, and so would be "the QMSR requires a
DHR", or "ISO 13485:2016, Clause 4.2.3, asks for a DMR". What belongs together changes together, or is left to a person.
"""

from collections.abc import Sequence

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
_REQUIRES = Expression("requir|mandat|demand|includ|prescrib|calls? for|ask(?:s|ed)? for|must|shall")
"""Says that the regulation wants what is named in the sentence."""
_IN_QUOTES = 60
"""A name in quotation marks has no more characters to each side of what was found."""
_SAYS = Expression(
    r"\)? ?(?:which |itself |also )?(?:says?|said|states?|reads?|provides?|writes?|means|is worded|is quoted)(?![a-z])",
    needs=("say", "said", "state", "read", "provide", "write", "means", "worded", "quoted"),
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
    staying = [each for each in found if each.edit is None or each.safety != "safe"]
    cited = {
        place
        for each in staying
        if each.rule.kind == "citation" and each.rule.of != "iso-2003"
        for place in _places(reading, each)
    }
    named = {_sentence(reading, each) for each in staying if each.rule.family == "term" and _is_live(each)}
    return [
        each._replace(safety="unsafe") if each.safety == "safe" and _is_torn(reading, each, cited, named) else each
        for each in found
    ]


def _is_live(candidate: Candidate) -> bool:
    """Whether a term is live where it stands, and not only a matter of style."""
    if candidate.silenced is not None or "note" in (candidate.severity, candidate.rule.severity):
        return False
    return candidate.judgement is None or candidate.judgement.effect == "finding"


def _is_torn(reading: Reading, candidate: Candidate, cited: set[object], named: set[object]) -> bool:
    """Whether a safe fix would be made beside something it belongs to that stays.

    `cited` are the sentences and the rows in which a citation stays, `named` the sentences in which a term does.
    """
    places = _places(reading, candidate)
    if candidate.rule.family == "term":
        return places[0] in cited
    if candidate.rule.kind == "citation":
        return places[0] in named
    if candidate.rule.family != "name":
        return False
    words = reading.sentence(*candidate.folded)
    return (
        not cited.isdisjoint(places)
        or (places[0] in named and _REQUIRES.search(words) is not None)
        or "subpart" in words
        or _goes_on_with(reading, candidate, cited)
        or _begins_a_title(reading, candidate)
    )


def _sentence(reading: Reading, candidate: Candidate) -> object:
    return reading.contexts.sentence_at(candidate.folded[0])


def _places(reading: Reading, candidate: Candidate) -> list[object]:
    """What a candidate stands in with others: its sentence, and its row in a table."""
    place = reading.block(candidate.start).place
    row = [] if place.table is None else [(place.part, place.table, place.row)]
    return [_sentence(reading, candidate), *row]


def _goes_on_with(reading: Reading, name: Candidate, staying: set[object]) -> bool:
    """Whether the next sentence says of the regulation that is named in one that it has a section that stays."""
    contexts, text = reading.contexts, reading.text
    _, last = contexts.segment(contexts.segment_at(name.folded[0]))
    start = contexts.sentence_at(name.folded[0])[1]
    while start < last and text[start] == " ":
        start += 1
    if start >= last or _REFERS_BACK.match(text, start, min(last, start + _NEXT_SENTENCE)) is None:
        return False
    following = contexts.sentence_at(start)
    return following in staying or "subpart" in text[slice(*following)]


def _begins_a_title(reading: Reading, name: Candidate) -> bool:
    """Whether a name written out is the beginning of a longer title: of a guide, a training, another document."""
    text = reading.document.text
    if " " not in text[name.start : name.end] or not text[name.start].isupper():
        return False
    behind = _TITLE_GOES_ON.match(text, name.end, reading.block(name.start).end)
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
        and not (candidate.rule.family in ("cite", "name") and _is_source(reading, candidate))
    )
    return Fix(candidate.edit, "safe" if safe else "unsafe")


def _touches_a_letter(text: str, start: int, end: int) -> bool:
    """Whether a letter stands at a range, as one of Chinese or Korean may: English is not put there unasked."""
    return text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()


def _is_source(reading: Reading, candidate: Candidate) -> bool:
    """Whether what a citation or a name stands for is quoted beside it, or is quoted itself."""
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
