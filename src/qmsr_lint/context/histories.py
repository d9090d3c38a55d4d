"""What revision histories look like: their headings, the heads of their tables, their lines."""

from collections.abc import Sequence

from qmsr_lint.context import cues
from qmsr_lint.expression import Expression, any_of, needed

_NUMBERING = "0123456789. "
YEAR = Expression(cues.ANY_YEAR)
_CHANGE = r"(?:revisions?|changes?|versions?|amendments?|modifications?|edit|edition|issue)"
REVISION_HEADING = Expression(
    r"[\d. ]*(?:(?:appendix|annex|attachment) \w{1,3}[.:]? ?[-\u2014\u2013:]? ?)?"
    + any_of(
        rf"(?:document |sop |procedure |file )?{_CHANGE}(?: ?(?:and|&|/) ?{_CHANGE}| control)?"
        r" ?(?:history|log|table|records?|sheet|summary|status|block)"
        r"(?: (?:of|for) (?:this|the) (?:document|procedure|sop))?",
        r"document (?:evolution )?history(?: log| record)?",
        r"history of (?:changes|revisions?|amendments|(?:the|this) document)",
        r"record of (?:changes|revisions?|amendments?)",
        r"(?:summary|list|description) of (?:changes|revisions|amendments)",
        r"change ?log",
        r"approval history",
        r"revisions?",
        r"history",
    )
    + r"(?: ?\((?:(?:of )?(?:this )?(?:document|sop|procedure|index)|latest first|newest first|continued|cont\.?)\))?"
    r"[ .:]*",
    needs=needed("histor|log|table|record|sheet|summary|status|block|revision|of change|of amendment"),
    plain=("revision history", "document history", "change history", "version history", "revisions"),
)
REVISION_HEADING_ELSEWHERE = Expression(
    r"[\d. ]*(?:[^/|]{3,40} ?[/|] ?)?"
    + any_of(
        "(?:\u00e4nderungs|revisions|versions|dokumenten)(?:historie|verlauf|verzeichnis|\u00fcbersicht|index|nachweis)",
        "historique(?: des (?:modifications|r\u00e9visions|versions|changements))?",
        "historial(?: de (?:cambios|revisiones|versiones|modificaciones))?|control de cambios",
        "(?:storia|cronologia|registro) delle (?:revisioni|modifiche)",
        "(?:revisie|wijzigings|versie)(?:historie|geschiedenis|overzicht)",
        "(?:\uac1c\uc815|\ubcc0\uacbd|\uc218\uc815) ?(?:\uc774\ub825|\uc5f0\ud601)|\uac1c\uc815 ?\uae30\ub85d",
        "(?:\u4fee\u8ba2|\u4fee\u6539|\u53d8\u66f4|\u7248\u672c|\u4fee\u8a02|\u8b8a\u66f4)(?:\u5386\u53f2|\u5c65\u5386|\u6b77\u53f2|\u6b77\u7a0b)",
        "(?:\u4fee\u8ba2|\u7248\u672c|\u4fee\u8a02)(?:\u8bb0\u5f55|\u8a18\u9304)",
        "(?:\u6539\u8a02|\u5909\u66f4)\u5c65\u6b74|\u6539\u8a02\u8a18\u9332",
    )
    + r"(?: ?[/|] ?[^/|]{3,40})?[ .:]*",
    needs=needed("historie|verlauf|verzeichnis|\u00fcbersicht|index|nachweis|historique|historial|cambios|delle|geschiedenis"
        "|overzicht|\uac1c\uc815|\ubcc0\uacbd|\uc218\uc815|\u4fee\u8ba2|\u4fee\u6539|\u53d8\u66f4|\u7248\u672c|\u4fee\u8a02|\u8b8a\u66f4"
        "|\u6539\u8a02|\u5909\u66f4"),
)  # fmt: skip
"""The same in German, French, Spanish, Italian, Dutch, Korean, Chinese and Japanese."""
REVISION_NUMBER = Expression(
    r"(?:document |doc |current )?(?:rev(?:ision)?|ver(?:sion)?|issue|edition|(?:amendment|change)(?= ?(?:no|#)))"
    r"(?: ?(?:no|nr|num|number|level|#|letter|id|status|index))?[.:]?|v|ausgabe|indice|versi\u00f3n|versione",
    begins=needed("doc|current |rev|ver|issue|edition|amendment|change|v|ausgabe|indice"),
    plain=("revision", "rev", "rev.", "version"),
)
REVISION_DATE = Expression(
    any_of(
        r"date(?: (?:of|effective|approved|released|issued|changed?|revised|\(.*\)).*)?",
        r".*(?:effective|effectivity|release|revision|change|approval|issue|version|modification) date.*",
        r"effectiv(?:e|ity)|when|datum|fecha",
    )
    + r"[.:]?",
    needs=needed("date|effectiv|when|datum|fecha"),
    plain=("date", "effective date"),
)
REVISION_TEXT = Expression(
    any_of(
        r"descriptions?(?: of (?:the )?(?:changes?|revisions?|modifications?|amendments?).*)?"
        r"(?:[/ ].*(?:changes?|reason).*)?",
        r"(?:nature|reason|summary|details?|justification|rationale|brief description|history)(?: (?:of|for) .*)?",
        r".*changes?(?: made| history| description| summary| details?| and .*)?",
        r"what changed.*|comments?|remarks?|notes?|modifications?|amendments?|revisions?",
        "\u00e4nderung(?:en)?|beschreibung(?: der \u00e4nderung(?:en)?)?|cambios?|modifiche?|wijziging(?:en)?",
    ),
    needs=needed(
        "descri|nature|reason|summary|detail|justif|rationale|history|chang|comment|remark|note|modif|amend|revision"
        "|\u00e4nderung|beschreibung|cambio|wijziging"
    ),
    plain=("change", "changes", "description", "description of change", "description of changes"),
)
REVISION_REASON = Expression("chang|revis|modif|amend|histor")
"""Says in a head of a table without revision numbers that its rows are changes of the document."""
REVISION_OTHER = Expression(
    any_of(
        r"(?:dco|dcr|dcn|eco|ecn|ecr|cr|cn|ccr|co|dcp|change (?:order|request|control|notice|no))s?"
        r"(?: ?[#/.].*| (?:no|number|ref).*)?",
        r"author.*|by|initials?|name|sign(?:ature|ed).*|originator|editor|reviewer|approver|who",
        r"(?:approved|approval|prepared|reviewed|revised|modified|changed|written|issued|initiated|originated|edited"
        r"|made)(?: by.*)?",
        r"(?:sections?|pages?|paragraphs?|chapters?)(?: .*)?|affected .*|status|type|training.*",
    ),
    plain=("author", "approved by"),
)
_VERSION = r"(?:no\.? ?|# ?)?(?:\d{1,3}(?:\.\d{1,3}){0,2}|[a-z]{1,2}|[a-z]\d{1,2})(?![a-z0-9])"
REVISION_LINE = Expression(
    any_of(
        rf"(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v\.?|issue)[ .:]{{0,2}}{_VERSION}[^a-z\u2029]{{0,6}}"
        rf"(?:(?:effective|dated?|released?|issued|approved|on|of|:)[: ]*){{0,2}}{cues.DATE}"
        r"(?!\)? (?:of|version|edition) )",
        rf"{cues.ANY_YEAR}-\d\d-\d\d[ ,:;|\-\u2014]+(?:rev|ver|v\d|issue)",
    )
)
"""A line that begins with a revision and its date; "verify ISO 13485:2016 …" is none."""
REPLACED_LABEL = Expression(
    r"(?:replaces|supersedes|(?:replaced|superseded|previous|former) (?:document|procedure|sop))"
    r"(?: (?:no|number))?\.? ?:?",
    needs=needed("repla|supersed|previous|former"),
)
"""The first cell of a row that names the document whose place this one took."""
DOCUMENT_NUMBER = Expression(r"[a-z]{1,6}(?:-[a-z]{1,6}){0,2}[- ]?\d")
HISTORY_LINE = Expression(
    r"(?:(?:document|form|template|revision|change) history|(?:supersed(?:es|ed)|replaces)(?: documents?| procedures?)?"
    r"|changes? (?:from|since) (?:the )?(?:previous|prior|last) (?:revision|version|issue)|amendment record"
    "|\u00e4nderungshistorie|historique(?: des (?:modifications|r\u00e9visions))?|historial de (?:cambios|revisiones)"
    r"|cronologia (?:delle )?revisioni|wijzigingshistorie) ?:",
    needs=needed("histor|supersed|replaces|change from|change since|changes from|changes since|amendment|cronologia"),
    within=40,
)
"""A line with what a document was, or took the place of, behind a label."""
VERSIONED = Expression(any_of(cues.DATE, rf"(?<![a-z])(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v)[ .]{{0,2}}{_VERSION}"))
VERSION_LINE = Expression(
    rf"(?:{cues.DATE}|(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v)?[ .]{{0,2}}{_VERSION} ?[|:,;)\u2014-])"
)
"""Begins a line of a history that is written as plain text: "A | 2010-01-01 | first issue", "v1.1: …"."""


def heads_history(words: str) -> bool:
    """Whether a heading or a caption is that of a revision history."""
    return REVISION_HEADING.covers(words.lstrip(_NUMBERING)) or REVISION_HEADING_ELSEWHERE.covers(words)


def is_history(heads: Sequence[str]) -> bool:
    """Whether each head of a table belongs to a revision history. One that does not makes it something else.

    Lists of documents and logs have revisions, dates and descriptions as well; they also have titles, lots, clauses.
    """
    numbers = [head for head in heads if REVISION_NUMBER.covers(head)]
    dates = [head for head in heads if REVISION_DATE.covers(head)]
    if not numbers and not dates:
        return False
    texts = [head for head in heads if head not in numbers and REVISION_TEXT.covers(head)]
    known = {*numbers, *dates, *texts}
    if not texts or not all(head in known or REVISION_OTHER.covers(head) for head in heads):
        return False
    return bool(numbers) or any(REVISION_REASON.search(head) for head in texts)
