"""Whether a text says of a statement that it is false: what denies a false statement about the law makes none."""

from qmsr_lint import sentence
from qmsr_lint.expression import Expression, needed

_SAY = "say|says|state|states|claim|claims|think|thinks|believe|believes|assume|assumes|conclude|suppose|suggest|imply"
_REFUTING = tuple(
    sentence.Phrase(words, "refutation")
    for words in (
        "(misconception*|misbelief*|myth|myths|fallacy|urban legend)",
        "(a|common|frequent|widespread) misunderstanding",
        "not (true|the case)",
        "no longer (true|the case)",
        "not (correct|right) (that|to)",
        "(untrue|false|wrong|incorrect|mistaken|erroneous) that",
        f"(untrue|false|wrong|incorrect|mistaken|erroneous) to ({_SAY}|tell|write|teach)",
        f"(mistake|error) ... (to|is) ({_SAY}|to believe|to think|to assume|to claim)",
        "(wrongly|mistakenly|falsely|erroneously|incorrectly) (say*|stat*|claim*|think*|believ*|assum*|conclud*|suppos*"
        "|suggest*|assert*|told|tell*|taught|hold|held)",
        "(is|are|was|were) (false|untrue|mistaken|a mistake|wrong|incorrect|a myth)",
        f"(not|never|nobody|no one) (tell|tells|write|writes|mean|means|argue|assert|pretend|{_SAY}) ... that",
        f"(nobody|no one|no employee|nor) ... (tell|write|argue|assert|pretend|{_SAY}) ... that",
        f"(not|never) ({_SAY}|mean)",
        "contrary to ... (belief*|opinion*|assumption*|view|views|rumor*|rumour*|believe|believed|think|thought)",
        "opposite is (true|the case)",
        "true or false",
        "true false",
    )
)
"""Say of what stands beside them that it is not so, or must not be said."""
_VERDICT = (
    r"(?:(?:this|that|it|which|fact|answer|verdict|a)(?: is|:|\.)? ?)?"
    r"(?:false|untrue|wrong|incorrect|not (?:true|so|correct|the case)|no longer true|(?:a )?(?:myth|misconception))"
    r"(?=[ )\"']{0,3}(?:[.!;,:)\u2029]|$))"
)
_VERDICTS = needed("false|true|wrong|correct|not so|the case|myth|misconception")
_JUDGED = Expression(r"[-\u2014:(,.!?;\"')\u2029] ?" + _VERDICT, needs=_VERDICTS)
"""Says at the end of a sentence that it is not true: "…" - False."""
_NOT_SO = r"(?:they|it|this|that) (?:are|is|do|does|must|may) not(?=[.!;\u2029]|$)"
_JUDGED_NEXT = Expression(
    rf"[ \"')\u2029]{{0,4}}(?:[-\u2014:(] ?)?(?:{_VERDICT}|{_NOT_SO})", needs=(*_VERDICTS, "not"), within=40
)
"""Says so at the beginning of the next sentence."""
_DENIED = Expression(r"\?[ \"')\u2029]{0,4}\(?(?:a(?:nswer)?[.:)]? ?)?no(?![a-z])", needs=("?",))
"""Answers a question with no."""
_NEXT = 60
_LABEL = 60  # characters that a label takes at most

_WRONG = "myths?|mistakes?|misconceptions?|misunderstandings?|false|wrong|incorrect|untrue|not true"
_LABELLED = Expression(
    rf"[\"'(]?(?:common |frequent )?(?:{_WRONG})(?: (?:no\. ?)?\d{{1,2}})?(?::|[.]| -| \u2014) ?",
    needs=needed("myth|mistake|misconception|misunderstanding|false|wrong|incorrect|untrue|not true"),
    within=40,
)
"""A label at the beginning of a statement that is not so."""
_STATED_OR_ASKED = Expression(r"\?[\"')]{0,3}$|[.!][\"')]{1,3}$", needs=("?", '"', "'", ")"))
_ANSWERED = Expression(rf"[ \"')]{{0,4}}(?:[-\u2014:(] ?)?(?:a(?:nswer)?[.:)] ?)?(?:no|{_WRONG})(?= ?[.,:;!])")
"""Stands behind a question or a quoted statement; in a form, an answer to tick stands in a cell of its own."""


def is_refuted(text: str, start: int, end: int, last: int) -> bool:
    """Whether a sentence with a false statement that ends at `last` says that it is false, or the next one does."""
    after = text[end : end + _NEXT]
    return (
        sentence.holds_any(_REFUTING, text, start, end)
        or _JUDGED.search(text[last:end]) is not None
        or _JUDGED_NEXT.match(after) is not None
        or _DENIED.search(text[max(start, end - 3) : end] + after[:20]) is not None
    )


def is_called_wrong(text: str, start: int, end: int) -> bool:
    """Whether a sentence stands behind a label such as "Myth:", or has an answer such as "Wrong." behind it."""
    if _LABELLED.match(text, start, start + _LABEL):
        return True
    return bool(_STATED_OR_ASKED.search(text, max(start, end - 4), end) and _ANSWERED.match(text, end))
