"""Whether a sentence says how much a section demands: what the clause in its place demands is more, less or other.

"820.25(b) is silent on effectiveness" and "beyond what 820.25(b) requires, effectiveness is evaluated" are true of the
section and false of Clause 6.2, which requires that evaluation.
"""

from qmsr_lint.expression import Expression, any_of, needed
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.safety.torn import OBJECT_OF

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
        "unlike|in contrast to|compared (?:with|to)",
        "there (?:is|are) no [a-z -]{3,40}",
        "voluntar(?:y|ily)|optional|minimum|silent",
        "not (?:explicitly )?(?:required|demanded|asked for|called for|prescribed|mandated|mentioned)",
        "not an? (?:explicit )?(?:requirement|duty|provision)",
    )
    + rf"{_THE}{{0,5}} ?\(?$",
    needs=needed(
        "beyond|above|than|exceed|surpass|addition|unlike|contrast|compared|there "
        "|voluntar|optional|minimum|silent|not "
    ),
)
_NOTHING = Expression(
    r"(?<![a-z])(?:neither|nothing|nowhere|no (?:sentence|word|part|paragraph|provision|requirements?|dut(?:y|ies)|rule"
    rf"|obligation)){_THE}{{0,5}} ?\(?$",
    needs=("neither", "nothing", "nowhere", "no "),
)
_STEM = (
    r"(?:require|ask|demand|cover|contain|give|name|mention|prescribe|call|provide|know|include|set|make|specif"
    r"|address|say|state|impose|need|want|concern|speak|deal|oblige|forbid|define|mandate|expect|regulate|describe)"
)
_VERB = rf"(?:{_STEM}(?:s|es|y|ies)?|has|have)(?: for| of| with)?"
_SAYS = Expression(rf"[)\]]?(?: nor [^.;,\u2029]{{3,40}}?)? {_VERB}(?![a-z])")
_BEHIND = Expression(
    r"[)\]]?,? ?(?:which |itself |alone |as such |also |still |as (?:written|it stood),? ){0,2}"
    rf"(?:(?:only|merely|just|simply|solely|nowhere|never) {_VERB}(?![a-z])"
    r"|(?:is|are|was|were) (?:silent|limited|restricted|confined|vague|less|more|narrower|wider|stricter)(?![a-z])"
    rf"|{_VERB} (?:no|nothing|none|neither|nobody|little|less|more|only|merely|hardly)(?![a-z])"
    r"|(?:lacks?|omits?|leaves? (?:open|it|out|unclear|us|the|this|that))(?![a-z])"
    r"|goes (?:further|beyond|less|not)(?![a-z])"
    rf"|(?:does|do|did|would) not (?:{_STEM}y?|have)(?![a-z]))",
    needs=needed(
        "only|merely|just|simply|solely|never|nowhere|silent|limited|restricted|confined|vague|less|more|wider|stricter"
        "|narrower| no|neither|little|hardly|lack|omit|leave|goes "
    ),
    within=60,
)
_ENOUGH = Expression(
    r"(?<![a-z])(?:(?:is|are) enough|suffic[a-z]{1,8}|hardly|alone|(?:not|nor) (?:part of|found in)"
    r"|(?:own|an) addition to|it (?:does|did) not|differs?|cannot be|not evaluated)(?![a-z])",
    needs=needed("enough|suffic|hardly|alone|part of|found in|addition|it d|differ|cannot|not evaluated"),
)
"""Words of a sentence in which a section may be said to ask for so much and no more."""


def is_doubtful(reading: Reading, cited: Candidate) -> bool:
    """Whether the sentence around a citation may say how much the section demands."""
    return _ENOUGH.search(reading.sentence(*cited.folded)) is not None


def is_measured(reading: Reading, cited: Candidate) -> bool:
    """Whether what stands beside a citation says how much the section demands."""
    text, (start, end) = reading.text, cited.folded
    first = max(0, start - _REACH)
    if OBJECT_OF.search(text, first, start) is None and _BEHIND.match(text, end, end + _REACH):
        return True
    if _NOTHING.search(text, first, start) and _SAYS.match(text, end, end + _REACH):
        return True
    return _BEFORE.search(text, first, start) is not None
