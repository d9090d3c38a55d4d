"""What a sentence says of a regulation, a program, a role or a record itself: it would be untrue of its successor."""

import re
from collections.abc import Callable

from qmsr_lint.expression import Expression, needed
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety.shortforms import IN_QUOTES, is_regulation

_NEAR = 60
"""How far before words their own text is looked at, in characters."""
_COUNTRIES = (
    "taiwan korea japan canad brazil chin india australia mexic singapore malaysia thailand vietnam argentin colombia"
    " switzerland turkey russia israel saudi egypt indonesia philippines zealand europe uk u.k eu"
).split()
_COUNTRY = Expression(
    rf"(?<![a-z])(?:{'|'.join(map(re.escape, _COUNTRIES))})(?:ada|a|o|n|ese|an|ian|ean|adian)?(?:'s)?(?![a-z])"
    r"|(?<![a-z])(?:other|foreign|each|several|all) (?:countr|market|nation|jurisdiction)",
    needs=(*_COUNTRIES, "countr", "market", "nation", "jurisdiction"),
)
_OURS = Expression(r"(?<![a-z])(?:fda(?:'s)?|u\.?s\.?|21 cfr|federal|american)(?![a-z])|820(?!\d)|\((?:the )?\"?qsr")
_ANY = Expression(
    r"(?:(?<![a-z])(?:own|every|each|any|all|other|another|an?|applicable|national|local|foreign|relevant|respective"
    r"|their|its|his|these|those|such|similar|no|certain|which|what)|(?<!fda)'s) (?:[a-z]+ )?$"
)
"""Stands before a regulation of this kind, and before the name of none."""
_SITE_BEHIND = Expression(
    r"[\"')]{0,2} ?(?:/ ?medical device good|(?:(?:web ?)?(?:page|site)s?|homepage|portal|manual)(?![a-z]))"
)
"""Stands behind the name of the regulation in the title of a page or a book."""
_SAID_OF_IT = Expression(
    r"[\"')]{0,2}(?:'s)? ?(?:\([^()]{1,30}\) )?(?:,? which )?"
    r"(?:(?:does|do|did) not (?:require|contain|define|ask|call|demand|have|mention|address|cover|specif|prescribe"
    r"|mandate|include|speak|use|need|allow|permit)|(?:has|have|had) no(?![a-z])|consists?(?![a-z])|contains?(?![a-z])"
    r"|comprises?(?![a-z])|is divided|differs?(?![a-z])|is (?:more|less|older|silent)(?![a-z])|harmoni[sz]es?(?![a-z])"
    r"|(?:and|or|with|versus|vs\.?) iso 13485 differ|requires? (?:no|only|less|more)(?![a-z])"
    r"|(?:(?:sub)?section|subpart|paragraph|clause|number|citation|reference|numbering)s?(?![a-z]|:? ?[\d(]))",
    needs=needed(
        "not | no|consist|contain|compris|divided|differ|is more|is less|is older|is silent|harmoni|require"
        "|section|subpart|paragraph|clause|number|citation|reference"
    ),
    within=70,
)
"""Says what the old regulation held, or names its parts."""
_EXEMPT = Expression(r"(?<![a-z])exempt(?:ed|ions?)? (?:from|of|under) (?:the )?(?:fda )?$", needs=("exempt",))
_LEVEL = Expression(r"(?<![a-z])level (?:[123]|one|two|three|i{1,3})(?![a-z0-9])", needs=("level ",))
"""A kind of inspection by the technique that was abandoned."""
_YEAR = Expression(r"(?<![\d.-])(?:19\d\d|20[01]\d|202[0-5])(?![\d.])", needs=("19", "20"))
_DRAFT = Expression(r"(?<![a-z])(?:draft|proposed|withdrawn|superseded) (?:[a-z]+ ){0,3}[\"']?$")
_AS_A_WORD = Expression(
    r"(?<![a-z])(?:terms?|titles?|words?|phrases?|expressions?|wording|names?|called|so-called)[ :]{1,2}[\"']?$"
)
_IN_THE_WORDS_OF = Expression(
    r"[\"']?,? ?\(?as (?:the |fda|it |this |that |defined|used)[a-z ]{0,30}(?:call|name|term|say|defin|put|use|in 820)",
    needs=("as ",),
    within=50,
)
_COMPARED = Expression(
    r"(?<![a-z])(?:(?:not|never) (?:to )?(?:be )?(?:confused?|mistaken|mixed up|identical|equivalent|the same)"
    r"|differs? from|(?:is|are) different from|as opposed to|unlike|compared (?:with|to)|in contrast to)(?![a-z])",
    needs=needed("confuse|mistaken|mixed|identical|equivalent|the same|differ|opposed|unlike|compared|contrast"),
)
_OFFENDED = Expression(
    r"(?<![a-z])(?:contrary to|(?:in )?violations? (?:of|against)|violate[sd]?|violating|in breach of|breach(?:es|ed)?"
    r"|(?:did|was|were) not (?:in )?"
    r"(?:meet|complian(?:t|ce)|comply|conform|follow|satisfy)(?: (?:with|to))?"
    r"|non-?(?:compliance|compliant|conformity|conformance|conforming) (?:with|to))"
    r" (?:the )?(?:requirements? (?:of|in) )?[(\"']?$",
    needs=needed("contrary|violat|breach|not |noncompl|non-compl|nonconf|non-conf"),
)
_DEFINITION = 4
"""A cell with more words than these may be a definition."""
_ANOTHERS = " It may be the regulation of another country, or any: look whose it is."
_TITLED = " It is part of the title of a page or a book: look what that is called today."
_STATED = " What is said of the old regulation may be untrue of the one of today: rewrite the sentence."
_DATED = " The sentence is of a time when it was right: look whether it should change."
_LEVELLED = " The levels of inspection were those of the old technique: rewrite the sentence."
_AS_SUCH = " The sentence speaks of the words themselves: rewrite it."
_DEFINED = " It stands beside the old definition: change both together."
_NOT_THE_SAME = " The sentence tells it from something else: look whether both are meant still."
_WAS_IN_FORCE = " The sentence tells of an offence against it: what was in force then stays."
_LINKED = " The link on it leads to the old section: change its address as well."


def _as_of_another(reading: Reading, candidate: Candidate) -> str | None:
    """A regulation of another country, or any one of its kind."""
    if not is_regulation(candidate):
        return None
    start, end = candidate.folded
    sentence = reading.sentence(start, end)
    if _OURS.search(sentence):
        return None
    if _COUNTRY.search(sentence):
        return _ANOTHERS
    spelt = reading.document.text[candidate.start : candidate.end]
    return _ANOTHERS if spelt.islower() and _ANY.search(reading.text, max(0, start - _NEAR), start) else None


def _as_a_title(reading: Reading, candidate: Candidate) -> str | None:
    """The name of a page or a book with the name of the regulation in it."""
    if not is_regulation(candidate):
        return None
    end = candidate.folded[1]
    return _TITLED if _SITE_BEHIND.match(reading.text, end, end + _NEAR) else None


def _as_a_draft(reading: Reading, candidate: Candidate) -> str | None:
    """A guidance as a draft, which had the old title."""
    if candidate.rule.family != "name" or is_regulation(candidate):
        return None
    start = candidate.folded[0]
    return _DATED if _DRAFT.search(reading.text, max(0, start - _NEAR), start) else None


def _as_it_was(reading: Reading, candidate: Candidate) -> str | None:
    """What the old regulation said or held, or who was exempt from it."""
    if not is_regulation(candidate):
        return None
    text, (start, end) = reading.text, candidate.folded
    said = _SAID_OF_IT.match(text, end, end + _NEAR) or _EXEMPT.search(text, max(0, start - _NEAR), start)
    return _STATED if said else None


def _as_a_program_of_its_time(reading: Reading, candidate: Candidate) -> str | None:
    """A program of inspections in a sentence with a year, or with a level of the old technique."""
    if candidate.rule.family != "program":
        return None
    sentence = reading.sentence(*candidate.folded)
    if _LEVEL.search(sentence):
        return _LEVELLED
    return _DATED if _YEAR.search(sentence) else None


def _as_a_word(reading: Reading, candidate: Candidate) -> str | None:
    """The role of management as a title or a term, or with its definition beside it."""
    if candidate.rule.of != "management":
        return None
    text, (start, end) = reading.text, candidate.folded
    if _AS_A_WORD.search(text, max(0, start - _NEAR), start) or _IN_THE_WORDS_OF.match(text, end, end + IN_QUOTES):
        return _AS_SUCH
    return _DEFINED if _is_defined_in_row(reading, candidate) else None


def _is_defined_in_row(reading: Reading, candidate: Candidate) -> bool:
    """Whether a row of a list of definitions holds a term or the source of one, and a definition beside it."""
    number, block = reading.contexts.block(candidate.start)
    structure = reading.contexts.structure
    if block.place.table is None or not structure.in_glossary(number, block):
        return False
    return any(len(structure.words(cell).split()) > _DEFINITION for cell in structure.row(block) if cell is not block)


def _as_a_source(reading: Reading, candidate: Candidate) -> str | None:
    """One of the former definitions as the source of what stands beside it in a list of definitions."""
    if candidate.rule.of != "definition":
        return None
    return _DEFINED if _is_defined_in_row(reading, candidate) else None


def _as_another_thing(reading: Reading, candidate: Candidate) -> str | None:
    """A term that the sentence tells from another."""
    if candidate.rule.family != "term":
        return None
    return _NOT_THE_SAME if _COMPARED.search(reading.sentence(*candidate.folded)) else None


def _as_offended(reading: Reading, candidate: Candidate) -> str | None:
    """A section against which something was done."""
    if candidate.rule.kind != "citation":
        return None
    start = candidate.folded[0]
    return _WAS_IN_FORCE if _OFFENDED.search(reading.text, max(0, start - _NEAR), start) else None


def _as_a_link(reading: Reading, candidate: Candidate) -> str | None:
    """A section in the words of a link whose address names it."""
    if candidate.rule.kind != "citation":
        return None
    linked = any(
        mark.kind == "link" and mark.start <= candidate.start < mark.end and "820" in mark.value
        for mark in reading.document.marks
    )
    return _LINKED if linked else None


REASONS: tuple[Callable[[Reading, Candidate], str | None], ...] = (
    _as_of_another,
    _as_a_title,
    _as_a_draft,
    _as_it_was,
    _as_a_program_of_its_time,
    _as_a_word,
    _as_a_source,
    _as_another_thing,
    _as_offended,
    _as_a_link,
)
"""Each tells why a candidate is left to a person, in words for the end of its message; None if it is not."""
