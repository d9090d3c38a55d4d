"""Which block quotes are quotations: a ">" of Markdown may also be what became of an indented paragraph of Word.

Pandoc writes indented paragraphs as block quotes, and whole procedures have come out so; authors set off with it what
matters. So such a block is a quotation only where something says so: who introduces it, the source behind it, quotation
marks, or the wording of the regulation. A Word document says it by the style of the paragraph, which is believed.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from qmsr_lint.context import cues
from qmsr_lint.context.structure import Structure
from qmsr_lint.expression import Expression, any_of, needed
from qmsr_lint.model import Block, Document

# What is looked at around a place is bounded, so that the cost of a document grows only with its length.
_LEAD = 300  # characters of an introduction, from its end
_REACH = 12  # blocks that one introduction or one source is taken to speak of
_COPY = 4  # one block in so many has the regulation's wording where all of them are its text,
_COPIES = 3  # and there are so many of them
_SENTENCE = 6  # words of a block that is no mere title
_NAME_WORDS = 2  # what a quotation may hold beside a title that it gives


_CITED = (
    r"(?:(?:title )?21 ?c\.?f\.?r\.?,? ?(?:\u00a7{1,2} ?|(?:parts?|sections?) )?820(?:\.\d{1,3})?"
    r"|\u00a7{1,2} ?820\.\d{1,3}|(?:sections?|part) 820(?:\.\d{1,3})?|820\.\d{1,3})(?: ?\([a-z0-9]{1,4}\)){0,4}"
)
_NAMED = (
    r"(?:qsr|qmsr|cgmp|(?:fda )?(?:qs|quality systems?|quality management system) regulation|regulations?|final rule"
    r"|preamble|iso 13485(?::\d{4})?|fda(?:['\u2019]s)?(?: (?:draft|final))?(?: guidance)?|guidance|standard"
    r"|cfr|warning letter|(?:form )?483|inspector|investigator|auditor|agency|notified body)"
)
_SOURCE = rf"(?:{_CITED}|{_NAMED}(?:,? {_CITED}|,? (?:clause|section) [\d.]{{1,8}})?)(?![a-z0-9])"
_BRACKETS = r"(?:,? ?\([^()]{1,60}\))?"
_NO_SUBJECT = (
    r"(?:our|this|these|we|us|company|team|procedures?|polic(?:y|ies)|sops?|manuals?|instructions?|forms?|records?|files?"
    r"|shall|must|should|will|may|to|and|or|is|are)(?![a-z])"
)
_ARTICLES = r"(?:(?:as|the|in|former|old|new|current|us|u\.s\.) ){0,4}"
_AS = (
    r"(?: (?:that|as follows|the following|in (?:relevant )?part|it as(?: follows)?"
    r"|(?:(?:an?|the) )?[a-z][a-z ()-]{2,48} (?:as(?: follows)?|to be)))?"
)
_AS_WRITTEN = r"(?:old|original|previous|former) (?:text|wording|language|version|sentence|statement)"
_COLON = r" ?[:,] ?[-\u2013\u2014]?$"
_INTRODUCTION = Expression(
    r"(?:^|[.;:,] |which |where )"
    + any_of(
        rf"{_ARTICLES}{_SOURCE}{_BRACKETS}(?:,|(?:,? which|,? it)?(?: (?!{_NO_SUBJECT})[a-z'\u2019-]{{2,20}}){{0,4}}) "
        + any_of(
            r"(?:states?|stated|reads?|says?|said|provides|requires?|(?<!s )required|defines?|specif(?:y|ies)|writes?"
            rf"|wrote|explains?){_AS}{_COLON}",
            "(?:states|reads|says)$",
        ),
        r"(?:as (?:stated|defined|written|quoted|set out) in|according to|per|from|quot(?:e|ed|ing)(?: from)?"
        r"|(?:the )?(?:text|wording|definition|excerpt|quote) (?:of|in|from)|in the words of) "
        rf"{_ARTICLES}{_SOURCE}{_BRACKETS}{_COLON}",
        r"(?:the )?(?:requirements?|text|wording|definitions?|language|provisions?) (?:of|in) "
        rf"{_ARTICLES}{_SOURCE}{_BRACKETS} (?:is|are|reads?)(?: as follows)?{_COLON}",
        rf"(?:(?!{_NO_SUBJECT})[a-z0-9]{{1,16}} ){{1,8}}(?:said|wrote)(?: [a-z]{{2,12}}){{0,4}}{_COLON}",
        rf"(?:quote|quotation|verbatim|verbatim text|in its words){_COLON}",
        rf"{_ARTICLES}(?:auditor|inspector|investigator|assessor|notified body|fda|agency) "
        rf"(?:asked|noted|observed|commented)(?: us)?{_COLON}",
        rf"{_ARTICLES}{_SOURCE} used to (?:say|read|state|require){_COLON}",
    )
    + "|^(?:"
    + any_of(
        r"(?:fda|483|auditor's|inspector's|inspection|audit) (?:observation|nonconformity|non-?conformance)"
        rf"(?: (?:no\.? ?)?\d{{1,3}})?{_COLON}",
        rf"(?:customer|auditor|inspector|fda)(?:'s)? (?:comment|question|remark){_COLON}",
        rf"{_AS_WRITTEN}(?: (?:of|in) [^.:]{{1,60}})?{_COLON}",
    )
    + ")",
    needs=needed(":|,|states|reads|says"),
)
"""The end of a paragraph that says, of the regulation or of somebody else, what the next one quotes.

A company's own documents are no source: what they say is to be kept up to date.
"""
_QUOTING_HEADING = Expression(
    rf"(?:[\d.]{{1,12}} )?{_AS_WRITTEN}(?: (?:of|in) .{{1,60}})?|"
    r"(?:[\d.]{1,12} )?(?:(?:the )?(?:regulat[a-z]{1,9}|regulation['\u2019]s|original|legal|statutory|verbatim|cfr|qsr"
    rf"|{_CITED})[ :,\u2013\u2014-]{{1,3}}(?:text|wording|quotations?|quotes?|excerpts?|language)"
    rf"|(?:text|wording|quotations?|excerpts?) (?:of|from) (?:the )?{_SOURCE}.{{0,60}})",
    needs=needed("text|wording|quot|excerpt|language|version|sentence|statement"),
)
"""A heading over the words of the regulation."""
_ONLY_CITED = Expression(
    r"(?:fda )?(?:21 ?c\.?f\.?r\.?,? ?)?(?:\u00a7{1,2} ?|(?:part|section) )?820\.\d{1,3}"
    r"(?: ?\([a-z0-9]{1,4}\)){0,4}[.:]?",
    needs=("820.",),
)
"""A paragraph or a heading that has a section and no title; one with a title may be over the company's own words."""
_SOURCE_LINE = rf"{_ARTICLES}(?:fda,? )?{_SOURCE}[^.;:]{{0,60}}"
_ATTRIBUTED = Expression(
    rf"(?:[.!?][\"'\u201d\u2019)\]]{{0,2}}|[\"\u201d]) ?[-\u2013\u2014]{{1,3}} ?(?:source: ?)?{_SOURCE_LINE}\.?$"
    rf"|^(?:[-\u2013\u2014]{{1,3}} ?{_SOURCE_LINE}|\({_SOURCE_LINE}\)|\[{_SOURCE_LINE}\]|source: {_SOURCE_LINE})\.?$",
    needs=needed("\u2014|\u2013|-|(|[|source"),
)
"""The end of a quotation that names its source, or a line that does nothing else."""
_ATTRIBUTION = Expression(
    rf"(?:[-\u2013\u2014]{{1,3}} ?{_SOURCE_LINE}|\({_SOURCE_LINE}\)|source: {_SOURCE_LINE})\.?",
    needs=needed("\u2014|\u2013|-|(|source"),
)
"""The same below a quotation."""
_IN_QUOTATION_MARKS = Expression(
    '["\u201c\u00ab\u201e][^"\u201c\u201d\u00ab\u00bb\u201e]+(?:$|["\u201c\u201d\u00bb]'
    r"(?: ?[\[(][^()\[\]]{1,40}(?:\([a-z0-9]{1,4}\)){0,3}[\])])?[.,;]?$)"
)
"""A paragraph in quotation marks, closed at its end or in a later one."""
_REGULATION_WORDING = Expression(
    r"(?<![a-z])each manufacturer (?:shall|who|that|of any)(?![a-z])"
    r"|(?<![a-z])(?:required by|subject to) this part(?! of| number)(?![a-z])"
    r"|\u00a7 ?820\.\d{1,3} [a-z][a-z ,]{2,60}\.$"
    r"|^\([a-z]{1,2}\) [a-z][a-z ,()-]{2,60} means (?:an?|any|the|all|those)(?![a-z])"
    r"|(?<![a-z])means (?:a compilation of (?:records (?:which describes?|containing)|the procedures)"
    r"|those senior employees)"
    r"|^21 ?cfr[^:]{4,24}: ?[a-z][a-z ()]{2,60} means (?:an?|any|the|all)(?![a-z])",
    needs=needed("manufacturer|this part|\u00a7|means "),
)
"""Words that the regulation, and no procedure of a company, is written in."""
_VOICE_OF_THE_LAW = Expression(
    r"(?:^|[.:;)\"*-] ?)each manufacturer shall (?:establish|maintain|prepare|ensure)(?![a-z])"
    r"|approved design plan and the requirements of this part",
    needs=needed("each manufacturer|of this part"),
)
"""The same in a text that nothing sets off, where more of the wording must be there."""
_SUBPART_LINE = r"sub-?part [a-o] ?[-\u2013\u2014]{1,2} ?[a-z ,&-]{4,60}"
_HEADS_THE_LAW = Expression(
    r"(?:#{1,6} )?(?:"
    r"\[(?:cite: )?21 ?cfr ?820\.\d{1,3}\]"
    rf"|(?:.{{0,160}} )?part 820 ?[-\u2013\u2014]{{1,2}} ?quality system regulation(?: {_SUBPART_LINE})?"
    rf"|{_SUBPART_LINE}"
    r"|(?:sec\.|\u00a7) ?820\.\d{1,3} [a-z][a-z ,-]{3,60}\."
    r")",
    needs=(
        "cite: ",
        "[21",
        "-quality system",
        "- quality system",
        "\u2013quality system",
        "\u2013 quality system",
        "\u2014quality system",
        "\u2014 quality system",
        "subpart",
        "sub-part",
        "sec. 820",
        "sec.820",
        "\u00a7 820",
        "\u00a7820",
    ),
)
"""A line of the Code of Federal Regulations, as it is printed above the text of a section."""
_BELOW = 4
"""How many blocks below such a line the text begins, at most, other such lines not counted."""
_BEGINS_AS_THE_LAW = Expression(
    r"(?:\([a-z]\) (?:[a-z ]{2,60}\. )?)?each manufacturer shall (?:establish|maintain|prepare|ensure)(?![a-z])",
    needs=("each manufacturer",),
    within=110,
)
_SENTENCE_OF_THE_LAW = Expression(
    r"each manufacturer shall|shall (?:include,? or refer to the location of|contain or reference)",
    needs=("each manufacturer", "refer"),
)
"""What further sentences of such a paragraph say: a company's own may stand among them."""
_COPIED = Expression(
    r"individual\(s\) performing the (?:review|verification|validation), shall be documented in the ",
    needs=("individual(s)",),
)
"""The same as procedures have it too, which took it over: theirs is to be kept up to date."""
_LETTERED = Expression(r"\((?:[a-z]|\d{1,2}|[ivx]{1,4})\) ")
"""How its paragraphs begin."""
_CALLOUT = Expression(
    r"\W{0,4}(?:warning|caution|note|important|attention|danger|tip|remark|hint|notice)(?:s?:| ?[-\u2013\u2014!]| \w)",
)
_REPORTED = Expression(r"(?<![a-z])(?:said|wrote)[,:]? $")
"""Stands before words that somebody else used."""
_REPORTED_WORDS = 2
"""A reported quotation longer than this is no term but what another document says."""
_QUOTED_WORDS = 8
"""A quotation longer than this is a passage that somebody else wrote; a shorter one is a name in quotation marks."""


def speaks_as_the_law(words: str, text: str = "") -> bool:
    """Whether folded words that nothing sets off are those of the regulation as it was, in a `text` of such words."""
    if _VOICE_OF_THE_LAW.search(words):
        return True
    return _COPIED.search(words) is not None and _VOICE_OF_THE_LAW.search(text) is not None


def is_text_of_the_law(sentence: str, words: str) -> bool:
    """Whether a sentence in small letters is one of a paragraph that begins as the regulation does, a copy of it."""
    return _BEGINS_AS_THE_LAW.match(words) is not None and _SENTENCE_OF_THE_LAW.search(sentence) is not None


def heads_the_law(structure: Structure, number: int) -> bool:
    """Whether a block is a line of the Code of Federal Regulations above the text of a section as it was."""
    blocks = structure.document.blocks
    if _HEADS_THE_LAW.fullmatch(structure.words(blocks[number])) is None:
        return False
    following = (structure.words(block) for block in blocks[number + 1 : number + 1 + _REACH])
    texts = [words for words in following if _HEADS_THE_LAW.fullmatch(words) is None]
    return any(map(_REGULATION_WORDING.search, texts[:_BELOW]))


class Quotations:
    """The block quotes of one document, and which of them are quotations."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.blocks: Sequence[Block] = structure.document.blocks

    def holds(self, number: int) -> bool:
        """Whether the block of a number is set off as a quotation, and is one."""
        if not self.blocks[number].quoted or _CALLOUT.match(self._words(number)):
            return False  # what begins with "Note:" is the document's own
        return self.structure.document.format != "markdown" or number in self._quoted

    @cached_property
    def _quoted(self) -> frozenset[int]:
        """The numbers of the blocks that are quotations, not the document's own words."""
        found: set[int] = set()
        first = 0
        while first < len(self.blocks):
            last = first
            while last < len(self.blocks) and self.blocks[last].quoted:
                last += 1
            if last > first:
                found.update(self._quoted_of(range(first, last)))
            first = max(last, first + 1)
        return frozenset(found)

    def _quoted_of(self, run: range) -> set[int]:
        """Which blocks of a block quote are quotations."""
        copied = [number for number in run if _REGULATION_WORDING.search(self._words(number))]
        if len(copied) >= _COPIES and len(copied) * _COPY >= len(run):
            return set(run)
        found = {number for number in run if _IN_QUOTATION_MARKS.match(self._words(number))}
        found.update(copied)
        if run.start and self._introduces(run.start - 1):
            found.update(run[:_REACH])
        for number in run:
            if number + 1 < run.stop and self._introduces(number):
                found.add(number + 1)
            if _ATTRIBUTED.search(self._end(number)):
                found.update(range(max(run.start, number - _REACH + 1), number + 1))
        if run.stop < len(self.blocks) and _ATTRIBUTION.fullmatch(self._words(run.stop)):
            found.update(run[-_REACH:])
        for number in run[1:]:  # the paragraphs of the regulation follow one another
            if number - 1 in found and _LETTERED.match(self._words(number)):
                found.add(number)
        return found

    def _introduces(self, number: int) -> bool:
        """Whether the words of a block say that a quotation follows."""
        words = self._end(number)
        if _ONLY_CITED.fullmatch(words):
            quoted = self._words(number + 1)
            return quoted.endswith((".", ";", ":")) and len(quoted.split()) >= _SENTENCE
        if self.blocks[number].level:
            return _QUOTING_HEADING.fullmatch(words) is not None
        return _INTRODUCTION.search(words) is not None

    def _words(self, number: int) -> str:
        return self.structure.words(self.blocks[number])

    def _end(self, number: int) -> str:
        """The last words of a block, in small letters with plain spaces."""
        block = self.blocks[number]
        return " ".join(self.structure.document.text[max(block.start, block.end - _LEAD) : block.end].lower().split())


class Passages:
    """The long passages in quotation marks of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._of: dict[int, list[tuple[list[int], list[int]]]] = {}  # by the start of the block

    def hold(self, start: int, end: int, block: Block, *, whole: bool) -> bool:
        """Whether a range stands in a long quoted passage; one that it fills is a name where it may be `whole`."""
        text = self.document.text
        for starts, ends in self.of(block):
            at = bisect_left(starts, start) - 1
            if at >= 0 and end <= ends[at]:
                around = len(text[starts[at] + 1 : start].split()) + len(text[end : ends[at]].split())
                return not (whole and around <= _NAME_WORDS)
        return False

    def of(self, block: Block) -> list[tuple[list[int], list[int]]]:
        """Where the long quoted passages of a block begin and end, for each kind of quotation marks in it."""
        if block.start not in self._of:
            self._of[block.start] = [
                passages
                for marks in cues.QUOTES.items()
                if (passages := _passages(self.document.text, block.start, block.end, *marks))[0]
            ]
        return self._of[block.start]


def _passages(text: str, start: int, end: int, opening: str, closing: str) -> tuple[list[int], list[int]]:
    """Where the long quoted passages of a block begin and end."""
    starts: list[int] = []
    ends: list[int] = []
    while (first := text.find(opening, start, end)) >= 0 and (last := text.find(closing, first + 1, end)) >= 0:
        if first > start and text[first - 1].isdigit():
            start = first + 1  # inches
            continue
        words = len(text[first:last].split())
        reported = words > _REPORTED_WORDS and _REPORTED.search(text[max(start, first - 24) : first].lower())
        if reported or words > _QUOTED_WORDS:
            starts.append(first)
            ends.append(last)
        start = last + 1
    return starts, ends
