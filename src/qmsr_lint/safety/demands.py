"""Whether a sentence says how much a section demands: what the clause in its place demands is more, less or other.

"820.25(b) is silent on effectiveness" and "beyond what 820.25(b) requires, effectiveness is evaluated" are true of the
section and false of Clause 6.2, which requires that evaluation.
"""

from qmsr_lint.expression import Expression, any_of, needed
from qmsr_lint.reading import Candidate, Reading

_REACH = 80
"""How far before and behind a citation what is said of it begins, in characters."""
_THE = (
    r"(?: ?\(| (?:the|what|all|any|each|of|in|under|per|by|to|that|is|was|(?:explicit |specific |minimum |legal )?"
    r"(?:requirements?|provisions?|dut(?:y|ies)|text|wording|letter|terms)))"
)
_BEFORE = Expression(
    r"(?<![a-z])"
    + any_of(
        "beyond",
        "over and above",
        "(?:stricter|wider|narrower|broader|further|more|less|longer|shorter|higher|lower) than",
        "exceed(?:s|ing)?|surpass(?:es)?",
        "in addition to(?= (?:what|the requirements?))",
        "unlike|in contrast to|contrary to|compared (?:with|to)",
        "neither|nothing|nowhere",
        "no (?:sentence|word|part|paragraph|provision|requirements?|dut(?:y|ies)|rule|obligation)",
        "voluntar(?:y|ily)|optional|minimum|silent",
        "not (?:explicitly )?(?:required|demanded|asked for|called for|prescribed|mandated|mentioned)",
        "not an? (?:explicit )?(?:requirement|duty|provision)",
    )
    + rf"{_THE}{{0,5}} ?\(?$",
    needs=needed(
        "beyond|above|than|exceed|surpass|addition|unlike|contrast|contrary|compared|neither|nothing|nowhere|no "
        "|voluntar|optional|minimum|silent|not "
    ),
)
_VERB = (
    r"(?:requires?|asks?(?: for)?|demands?|covers?|contains?|has|have|gives?|names?|mentions?|prescribes?|calls? for"
    r"|provides?|knows?|includes?|sets?|makes?|specif(?:y|ies)|address(?:es)?|says?|states?|imposes?|needs?|wants?"
    r"|concerns?|speaks? of|deals? with|obliges?|forbids?)"
)
_BEHIND = Expression(
    r"[)\]]?,? ?(?:which |itself |alone |as such |also |still |as (?:written|it stood),? ){0,2}"
    r"(?:(?:only|merely|just|simply|solely|nowhere|never) [a-z]"
    r"|(?:is|are|was|were) (?:silent|limited|restricted|confined|vague|less|more|narrower|wider|stricter|only|merely)"
    r"(?![a-z])"
    rf"|{_VERB} (?:no|nothing|none|neither|nobody|little|less|more|only|merely)(?![a-z])"
    r"|(?:lacks?|omits?|leaves? (?:open|it|out|unclear|us|the|this|that))(?![a-z])"
    r"|goes (?:further|beyond|less|not)(?![a-z])"
    r"|(?:does|do|did|would) not (?!apply|pertain|extend)[a-z])"
)
_FURTHER = (
    " What the sentence says of how much it demands was said of the section, and may be untrue of what takes its place."
)


def without_claims(reading: Reading, candidate: Candidate) -> Candidate:
    """A candidate, with no fix where it is a citation of which the sentence says how much it demands."""
    if candidate.rule.kind != "citation" or candidate.edit is None or not _is_measured(reading, candidate):
        return candidate
    return candidate._replace(edit=None, safety="none", message=candidate.message + _FURTHER)


def _is_measured(reading: Reading, cited: Candidate) -> bool:
    text, (start, end) = reading.text, cited.folded
    return (
        _BEHIND.match(text, end, end + _REACH) is not None
        or _BEFORE.search(text, max(0, start - _REACH), start) is not None
    )
