"""The words and shapes that tell a context: what people write in revision histories, mappings, definitions, titles.

Every expression reads small letters with plain spaces unless its description says otherwise. Lists of words are kept
as lists, for a regulatory reader to check; `_any` joins them.
"""

import re

from qmsr_lint.expression import Expression


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


def _word(*words: str) -> str:
    return rf"(?<![a-z0-9]){_any(*words)}(?![a-z0-9])"


_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = r"(?:19|20)\d\d"
DATE = _any(
    rf"{_YEAR}-\d\d?-\d\d?",
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}",
    rf"(?:\d{{1,2}}[. -]{{1,2}})?{_MONTH}[.,]?[ -](?:\d{{1,2}}(?:st|nd|rd|th)?, ?)?{_YEAR}",
    _YEAR,
)

# --- revision history

REVISION_HEADING = Expression(
    _any(
        r"(?:revision|change|document|version|amendment|modification|edit)s?"
        r" (?:history|log|record|control table|table)",
        r"history of (?:changes|revisions?|the document)",
        r"record of (?:changes|revisions?|amendments?)",
        r"summary of (?:changes|revisions)",
        r"(?:reason|description|nature) (?:for|of) (?:the )?(?:change|revision)s?",
        r"change ?log",
    )
)
REVISION_COLUMN = Expression(
    _any(
        r"(?:document )?(?:rev(?:ision)?|ver(?:sion)?|issue|edition)(?: ?(?:no|nr|num|number|level|#|letter|id))?[.:]?",
        r"date(?: .*)?",
        r".*(?:effective|release|revision|change|approval) date",
    )
)
REVISION_TEXT = Expression(
    r".*"
    + _any(
        r"descriptions?(?: .*)?",
        r"(?:nature|reason|summary|details?) (?:of|for) .*",
        r"changes?(?: made| history| description)?",
        r"comments?|history|modifications?|amendments?|author",
        r"(?:dco|dcr|dcn|eco|ecn|ecr|cr)[ #]?.*",
    )
)
REVISION_LINE = Expression(
    _any(
        r"(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v\.?|issue) ?[a-z0-9][a-z0-9.]{0,5}(?: ?[,:;)(\-]| )[^\u2029]{0,20}?"
        + _YEAR,
        rf"{_YEAR}-\d\d-\d\d[ ,:;|\-]+(?:rev|ver|v\d|issue)",
    )
)
VERSIONED = Expression(_any(DATE, r"(?<![a-z])(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v) ?[a-z0-9.]+"))

# --- definitions

DEFINITION_HEADING = Expression(
    _any(
        "definitions?",
        "abbreviations?",
        "acronyms?",
        "glossary",
        "terms and",
        "terminology",
        "nomenclature",
        "symbols and",
    )
)
DEFINING = Expression(
    r" ?(?:\([a-z&]{2,8}s?\))? ?"
    + _any(":", "=", "-{1,2} ", "\u2014", "means", "is defined as", "refers to", "stands for", "is the abbreviation")
)

# --- mapping from old to new

FORMER = Expression(
    r"(?<![a-z])"
    + _any(
        r"(?:formerly|previously|historically|originally|traditionally)"
        r"(?: (?:known|called|named|titled|termed|referred to|cited|designated|defined))?(?: as| to as)?",
        r"(?:former|old|legacy|obsolete|superseded|retired|eliminated|discontinued|withdrawn|pre-qmsr|outdated"
        r"|deprecated) ",
        "replaces", "replaced", "replacing", "supersedes", "superseded", "stopped using", "ceased to use", "withdrew",
        "instead of", "in place of", "in lieu of", "rather than", "no longer", "was called", "were called",
        "used to be", "was known as", "equivalent to the old",
    )
)  # fmt: skip
"""Stands before a term that is named as what was used before."""

NOW = Expression(
    r"[\"')\]]{0,2},? ?"
    + _any(
        r"\((?:now|currently|renamed|see now|since)(?![a-z])",
        r"(?:is|are|was|were|has been|have been) (?:now |since |being )?"
        r"(?:called|known as|renamed|replaced|superseded|eliminated|retired|withdrawn|discontinued|reserved|no longer"
        r"|removed)(?! (?:by|from|and) )",
        r"(?:(?:[-\u2014,]|to|through|and) ?§* ?820\.\d+ ?)?[\[(]reserved",
        r"\((?:former|old|legacy|obsolete|superseded|retired|withdrawn|qsr term|pre-qmsr)",
        r"became(?![a-z])",
        r"no longer",
    )
)
"""Stands behind such a term; matched at its end."""

ARROW = Expression("\u2192|\u21d2|->|=>|\u21a6|\u27a1")
OLD_COLUMN = Expression(
    _word(
        "former(?:ly)?", "old", "legacy", "previous(?:ly)?", "retired", "superseded", "obsolete", "outdated",
        "pre-qmsr", "pre-2026", "until", "was", "before", "from", "withdrawn", "replaced",
    )
)  # fmt: skip
NEW_COLUMN = Expression(
    _word(
        "current(?:ly)?", "new", "now", "qmsr", "replacement", "replaced by", "today", "after", "to",
        "iso 13485(?::2016)?", "preferred", "use instead", "equivalent",
    )
)  # fmt: skip
CURRENT = Expression(
    _word(
        "medical device file", "mdf", "design and development files?", "ddf", "batch records?", "qmsr",
        "quality management system regulation", "top management", "iso 13485", r"clauses? \d", r"820\.(?:10|35|45)",
        "internal audits?", r"7382\.850", "(?:qms|quality management system) (?:record|documentation)s?",
    )
)  # fmt: skip
"""The words of today that show an arrow to be a mapping and not the flow of a process."""

LIKENED = Expression(
    r"(?:similar|equivalent|comparable|analogous|corresponds?|corresponding|akin) to (?:the |an? )?(?:old )?$"
)
"""Stands before a legacy term that the current one is likened to."""

NOW_CURRENT = Expression(r"[\"')\]]{0,2} ?(?:is|are|becomes?|became|has become) (?:now )?(?:called )?(?:the |an? )?")
"""Stands between a legacy term and the current one; matched at the legacy term's end."""

GONE = Expression(
    _word(
        "reserved", "no longer", "any more", "anymore", "does not exist", "do not exist", "never existed", "is gone",
        r"(?:was|were|has been|have been) (?:removed|withdrawn|revoked|deleted|eliminated|rescinded)",
    )
)  # fmt: skip
"""Says of a section, a program or a name that it is not in force."""

TRANSITION = Expression(
    r"(?<![a-z])(?:replac|amend|harmoni[sz]|revis|transition|supersed|align|eliminat|renam|migrat|converg|incorporat|crosswalk"
    r"|moved? (?:from|away)|chang(?:es?|ed|ing) (?:from|to|of)|differ|compar|versus|vs\.?(?![a-z])|compared)"
)
QMSR = Expression(_word("qmsr", "quality management system regulation"))
"""Named together, and without an obligation, they speak of the change from one regulation to the other."""

SIDE_BY_SIDE = Expression(r"qsr ?(?:to|vs\.?|versus|and|/|->|\u2192|-) ?(?:the )?(?:new )?qmsr")
TRANSITION_TITLE = Expression(
    r"(?:transition|gap (?:analysis|assessment)|crosswalk|cross-reference|migration|comparison|what is new"
    r"|what has changed)"
)
RECORD_TITLE = Expression(
    _word("minutes", "meeting record", "memo(?:randum)?", "audit report", "inspection report", "trip report", "letter")
)

# --- the time before the QMSR

BEFORE_QMSR = Expression(
    r"(?<![a-z])(?:prior to|before|until|up to|through|preceding|pre-?dating|earlier than|in effect (?:until|before))"
    r" (?:and including )?(?:the )?"
    + _any(
        r"february ?,? ?\d{0,2}(?:st|nd)?,? ?2026",
        r"\d{1,2} ?(?:feb|jan)[a-z]*,? 2026",
        "2026-0[12]",
        "0?2/0?[12]/2026",
        "january 31,? 2026",
        r"feb\.? \d{1,2},? 2026",
        "(?:effective date of the )?qmsr",
        "2026",
    )
    + r"|(?<![a-z])pre-?(?:qmsr|2026)(?![a-z])"
)
PAST_DATE = Expression(rf"(?<![a-z])(?:(?:in|on|dated|of|since|from|during|by) |\()({DATE})")
PAST_TENSE = Expression(
    _word(
        "was", "were", "had been", "has been", "have been", "did", "closed", "issued", "approved", "released",
        "conducted", "completed", "performed", "audited", "signed", "created", "introduced", "published", "cited",
    )
)  # fmt: skip
OBLIGING = Expression(_word("shall", "must", "should", "will", "is required", "are required", "may not", "need to"))

# --- numbers, titles, paths: these read the text as it is written

_TITLE_WORD = r"(?:[A-Z&(][\w&()'\u2019/-]*|and|for|of|the|to|in|a|an|&|-|\u2013)"
NUMBERED_TITLE = Expression(
    # Each repetition begins with a separator: capitals or underscores in a row must not be divided in every way.
    r"(?<![\w-])[A-Z]{1,12}(?:[-_ ][A-Z]{1,12})*[-_ ]?\d{2,}(?:[-_.][\w.-]*)?[\"']?,?(?: ?[:\u2013\u2014|-])?[ \t\"'\u201c]+"
    rf"{_TITLE_WORD}(?: {_TITLE_WORD})*$"
)
ARTICLE = Expression(r"(?<![a-z])(?:the|an?|each|this|that|every|our|its|any)\s$", re.IGNORECASE)
EXTENSION = Expression(
    r"\.(?:docx?|dotx?|docm|xlsx?|xlsm|pptx?|pdf|md|txt|csv|html?|json|ya?ml|xml|zip|png|jpe?g|py|js|exe|vsdx?)(?![a-z])",
    re.IGNORECASE,
)
DOCUMENT_PREFIXES = frozenset(
    [
        "DOC",
        "DWG",
        "F",
        "FM",
        "FORM",
        "FRM",
        "LST",
        "MAN",
        "PL",
        "PLN",
        "POL",
        "PR",
        "PRC",
        "QAP",
        "QMP",
        "QP",
        "QSP",
        "REC",
        "REP",
        "RPT",
        "SOP",
        "SPEC",
        "T",
        "TMP",
        "TPL",
        "WI",
        "WP",
    ]
)
QUOTES = {"\u201c": "\u201d", '"': '"', "\u00ab": "\u00bb", "\u201e": "\u201c"}
QUOTED_WORDS = 8
"""A quotation longer than this is a passage that somebody else wrote; a shorter one is a name in quotation marks."""
