"""The topic that is named right beside a citation, where it belongs to another section than the one that is cited.

Beside a citation stand the words before its brackets, the words in brackets, behind a dash or a colon at it, the other
cells of a short row, and the record that it is said to require. Words that name its own topic as well, or none, say
nothing.
"""

import re
from collections.abc import Iterator

from qmsr_lint.citation import Citation
from qmsr_lint.expression import Expression
from qmsr_lint.match import contains
from qmsr_lint.reading import Reading
from qmsr_lint.successor import Tables, lies_within, same_branch

_BEFORE = 80
_BEHIND = 120
_AROUND = 80
"""How far the words beside a citation are looked at, in characters; what agrees with it may stand a little further."""
_CELL = 60
"""Characters of a cell that names a topic; a longer one tells something."""
_REST = 6
"""Characters that may stand beside a citation which is the whole of its cell, as in "FDA 820.22"."""
_COLUMNS = 3
"""A row of more cells tells many things of a section."""

_WORD = r"[a-z][a-z/'&-]*"
_WORDS = rf"{_WORD}(?:,? {_WORD}){{0,5}}"
_SHORT = r"(?: \([a-z/ -]{2,20}\))?"
_OTHERS = (
    r"(?!(?:the|an?|each|every|all|any|this|that|these|those|our|its|and|or|see|also|including|such|if|when|where|with"
    r"|unlike|not|e|i|cf|for|in|as|by|from|formerly|now|is|are|was|shall|must|which|who)(?![a-z]))"
)
"""What a topic does not begin with."""
_IN_WORDS_BEFORE = Expression(r"(?<![a-z])((?:[a-z]+[ -]){1,5}) ?[(\[]$")
_LABEL_BEFORE = Expression(rf"^[^a-z]{{0,8}}{_OTHERS}({_WORDS}{_SHORT}) ?(?:[:=|]|-{{1,2}}|\u2014) ?$")
_REQUIRED = Expression(
    rf"(?<![a-z])({_WORDS}){_SHORT},? (?:(?:that|which) (?:is|are) )?"
    r"(?:required|specified|mandated|prescribed|demanded|called for|defined) (?:by|in|under) (?:the )?$",
    needs=("required", "specified", "mandated", "prescribed", "demanded", "called for", "defined"),
)
_LISTED = r"(?: ?[,/&;] ?| and | or |, and | to )"
_NO_UNIT = r"(?! ?(?:[munk]?m|inch|inches|in|cm|ml|kg|g|%)(?![a-z]))"
_RECORDS = frozenset(("record", "records", "file", "files", "procedure", "procedures", "process"))
"""What may stand between a topic and the words that it is required."""
_IN_BRACKETS = Expression(rf" ?[(\[] ?{_OTHERS}([a-z][^()\[\]\u2029]{{1,60}})[)\]]")
_LABEL_BEHIND = Expression(rf" ?(?:[:=|]|-{{1,2}}|\u2014) ?{_OTHERS}({_WORDS}{_SHORT})(?=[ ]?(?:[.;:,()\u2029]|$))")
_TITLE_BEHIND = Expression(rf" {_OTHERS}({_WORDS}{_SHORT})(?=[ ]?(?:[.;:,()\u2029]|$))")
_OPENING = "(["
_LABELLING = ":=|-\u2014"
_LABELLED = f" {_LABELLING}"
"""How brackets, and a label or what is labelled, begin: most citations have neither beside them."""
_NO_WORDS = Expression(r"[^a-z]*")
_DEFINITIONS = "820.3"
_HEADWORD = Expression(
    r"^[^a-z0-9]{0,8}(?:the |an? )?([a-z][a-z /'&-]{1,60}?)s?(?: ?[(\[]\"?([a-z]{2,5})s?\"?[)\]])?"
    r"(?: ?[:=|\u2014]| -{1,2} | (?:(?:is|are) (?:the|an?|any|defined)|means?|refers? to|stands? for) )"
)
"""The term, and its abbreviation, that an entry of a list of definitions begins with."""
_OF_A = Expression(r" (?:of|for) (?:(?:the|an?|each|every|any|that|this|its|our) )?$")
"""Makes the words behind it a part of what is named: "the history of a finished device"."""
_TOPIC_HEAD = Expression(
    r"(?:(?:procedure|process|document|sop|section|requirement|record) )?"
    r"(?:topic|title|t\u00edtulo|titulo|subject|heading|process|proceso|area|element|requirement)s?(?: (?:name|title))?"
)
"""Heads the column that says what the rows of a table are about."""
_SECTION = Expression(r"(?<![\d.])820\.\d+")
_CITATIONS_ONLY = Expression(r"(?:(?:fda|21|cfr|part|sections?|and|\u00a7)|820\.[\d().a-z]++|[ ,;&])*+")
KEPT_THERE = Expression(
    r"evidence|locat|stor(?:ed|age)|kept|where|status|owner|deliverable|artifact|artefact|implement"
)
"""Heads a column of what there is for a section, and not of what it is about."""


def other_topic(reading: Reading, found: Citation) -> tuple[str, str] | None:
    """A topic named right beside a citation that belongs to another section: its words and that section."""
    named = _named_beside(reading, found)
    return (_in_capitals(named[0]), named[1]) if named else None


def _in_capitals(topic: str) -> str:
    """A topic as it is written: those of one short word are short forms."""
    bare = topic.removesuffix("s")
    return topic if " " in topic or len(bare) > len("CAPA") else bare.upper() + topic[len(bare) :]


def _named_beside(reading: Reading, found: Citation) -> tuple[str, str] | None:
    tables = reading.ruleset.tables
    if found.designation.startswith(f"{_DEFINITIONS}("):
        return _other_term(reading, found)
    records, titled = (
        any(found.designation == name or lies_within(found.designation, name) for name in names)
        for names in (tables.general, tables.titled)
    )
    if records and not titled:
        return None
    first, last = reading.sentences.segment_around(found.start)
    beside = [*_titles(reading, found, first, last)]
    if not records:
        beside += _words_before(reading, found, first)
    if not any(topics_in(reading.ruleset.tables, words) for words in beside):
        return None
    around = reading.text[max(first, found.start - _AROUND) : min(last, found.end + _AROUND)]
    around += " " + reading.row(found.start)
    if any(same_branch(found.designation, name) for _, name in topics_in(reading.ruleset.tables, around)):
        return None
    said = around.replace(" (", "(")
    named = [
        (topic, name)
        for words in beside
        for topic, name in topics_in(reading.ruleset.tables, words)
        if not _is_cited(name, said) and not _is_its_own(reading, found, topic, name)
    ]
    return max(named, key=lambda pair: len(pair[0])) if named else None


def _other_term(reading: Reading, found: Citation) -> tuple[str, str] | None:
    """A defined term right beside the citation of another definition, and the paragraph that defined it.

    The term that an entry is about stands above all; else what is named right beside the citation, unless the term of
    the cited paragraph is named near it as well.
    """
    defined = reading.ruleset.tables.defined
    first, last = reading.sentences.segment_around(found.start)
    beside = [*_titles(reading, found, first, last), *_words_before(reading, found, first)]
    near = [term for words in beside if (term := _last_term(reading, words))]
    if any(same_branch(found.designation, defined[term]) for term in near):
        return None
    own = [term for term, name in defined.items() if same_branch(found.designation, name)]
    since = reading.text.rfind(_DEFINITIONS, first, found.core)  # a citation before it has words of its own
    if since >= 0 and any(contains(reading.text[since : found.start], term) for term in own):
        return None
    heads = [term for words in _headwords(reading, found, first) if (term := words if words in defined else None)]
    if heads:
        if any(term in own for term in heads):
            return None
        return heads[0], defined[heads[0]]
    around = reading.text[max(first, found.start - _AROUND) : min(last, found.end + _AROUND)]
    around = f"{around} {reading.row(found.start)}"
    if not near or any(contains(around, term) or contains(around, f"{term}s") for term in own):
        return None
    return near[0], defined[near[0]]


def _headwords(reading: Reading, found: Citation, first: int) -> Iterator[str]:
    """What the entry around a citation is about: its first words, the line above that leads it in, other cells."""
    number, block = reading.contexts.block(reading.folded.origin(found.start))
    structure = reading.contexts.structure
    begins = reading.text[first : found.start]
    if block.place.table is not None:
        for cell in structure.row(block):
            if cell.end - cell.start <= _CELL:
                yield from _named(structure.words(cell) + ":")
    elif number and begins:
        above = reading.document.blocks[number - 1]
        if above.end - above.start <= _CELL and (words := structure.words(above)).endswith(":"):
            yield from _named(words)
    yield from _named(begins[:_BEFORE])


def _named(words: str) -> Iterator[str]:
    if match := _HEADWORD.match(words):
        yield from (word for word in (match[1].strip(), match[2]) if word)


def _last_term(reading: Reading, words: str) -> str | None:
    """The defined term that some words end with, where it is what they name; of two, the longer."""
    words = words.strip(" .:;)")
    ending = [
        term
        for term in reading.ruleset.tables.defined
        if (" " in term or len(term) == len("DHF"))
        for form in (term, f"{term}s")
        if f" {words}".endswith(f" {form}") and _OF_A.search(f" {words}"[: -len(form)]) is None
    ]
    return max(ending, key=len) if ending else None


def topics_in(tables: Tables, words: str) -> list[tuple[str, str]]:
    """The topics that stand in some words, each with its section; of one within another, the longer."""
    topics = tables.topics
    named = [(topic, name) for topic, name in topics if topic in words and contains(words, topic)]
    return [
        (topic, name)
        for topic, name in named
        if not any(
            topic != other and contains(other, topic) and _is_only_within(words, topic, other) for other, _ in named
        )
    ]


def _is_only_within(words: str, topic: str, other: str) -> bool:
    return not contains(words.replace(other, "\0"), topic)


def _is_cited(name: str, words: str) -> bool:
    """Whether a section is cited in some words, in full or by its number in a list: "820.60, .65"."""
    number = name.partition("(")[0].removeprefix("820")
    return contains(words, name) or re.search(rf"[\d)]{_LISTED}{re.escape(number)}(?!\d){_NO_UNIT}", words) is not None


def _is_its_own(reading: Reading, found: Citation, topic: str, other: str) -> bool:
    """Whether the cited section, or the one around it, was about a topic too, or its text named that other section."""
    tables = reading.ruleset.tables
    name = found.designation
    while name:
        row = tables.legacy.get(name)
        if tables.names(name, other, topic) or (row and contains(f"{row.heading} {row.gist}".lower(), topic)):
            return True
        name = name[: name.rindex("(")] if "(" in name else ""
    return False


def _words_before(reading: Reading, found: Citation, first: int) -> Iterator[str]:
    """The words before the brackets around a citation, and the record that it is said to require."""
    if found.listed:
        return
    before = reading.text[max(first, found.start - _BEFORE) : found.start]
    if words := _IN_WORDS_BEFORE.search(before):
        yield words[1]
    if words := _REQUIRED.search(before):
        *_, last = named = words[1].split()
        whole = named[:-1] if last in _RECORDS and len(named) > 1 else named
        for topic, _ in topics_in(reading.ruleset.tables, words[1]):
            if f" {words[1]}".endswith(f" {topic}") or f" {' '.join(whole)}".endswith(f" {topic}"):
                yield topic


def _titles(reading: Reading, found: Citation, first: int, last: int) -> Iterator[str]:
    """What stands at a citation as its title: in brackets, at a dash or a colon, or in the row of a table."""
    text, end = reading.text, min(last, found.end + _BEHIND)
    behind = text[found.end : found.end + 2].lstrip()[:1]
    words = None
    if behind and behind in _OPENING:
        words = _IN_BRACKETS.match(text, found.end, end)
    elif behind and behind in _LABELLING and text[found.end : end].lstrip(_LABELLED)[:1].isalpha():
        words = _LABEL_BEHIND.match(text, found.end, end)
    if words:
        yield words[1]
    begins = behind.isalpha() and _NO_WORDS.fullmatch(text, first, found.start) is not None
    words = _TITLE_BEHIND.match(text, found.end, end) if begins else None
    if words and reading.document.text[reading.folded.origin(words.start(1))].isupper():
        yield words[1]
    yield from _titles_of_row(reading, found)
    if found.listed:
        return
    begin = reading.sentences.around(found.core, found.end)[0]
    before = text[begin : found.start] if found.start - begin <= _BEFORE else ""
    if before.rstrip()[-1:] in tuple(_LABELLING) and (words := _LABEL_BEFORE.search(before)):
        yield words[1]
    yield from _cells(reading, found)


def _titles_of_row(reading: Reading, found: Citation) -> Iterator[str]:
    """The cell of a longer row that has the title of it, where a cell holds nothing but citations of one section."""
    block = reading.block_around(found.start)
    if block.place.table is None or block.end - block.start > _CELL:
        return
    structure = reading.contexts.structure
    others = structure.row(block)
    if len(others) < _COLUMNS or {*_SECTION.findall(structure.words(block))} != {
        _SECTION.findall(found.designation)[0]
    }:
        return
    if _CITATIONS_ONLY.fullmatch(structure.words(block)) is None:
        return
    for cell in others:
        heads = [structure.words(head) for head in structure.head(cell)]
        if cell.end - cell.start <= _CELL and any(map(_TOPIC_HEAD.fullmatch, heads)):
            yield structure.words(cell)


def _cells(reading: Reading, found: Citation) -> Iterator[str]:
    """The other cells of a short row in which a citation is the whole of its cell."""
    block = reading.block_around(found.start)
    start, end = reading.folded.span(found.start, found.end)
    if block.place.table is None or block.end - block.start - (end - start) > _REST:
        return
    structure = reading.contexts.structure
    others = structure.row(block)
    if len(others) >= _COLUMNS:
        return
    for cell in others:
        heads = [structure.words(head) for head in structure.head(cell)]
        if cell.end - cell.start <= _CELL and not any(map(KEPT_THERE.search, heads)):
            yield structure.words(cell)
