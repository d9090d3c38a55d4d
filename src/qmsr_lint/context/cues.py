"""The words and shapes that tell a context: what people write in revision histories, definitions, titles, of the past.

Every expression reads small letters with plain spaces unless its description says otherwise. Lists of words are kept
as lists, for a regulatory reader to check; `any_of` joins them.
"""

import re

from qmsr_lint.expression import SHORT_MONTHS, Expression, any_of, needed, whole_word

OLD_NAME = r"(?:qsrs?|qs reg(?:ulation)?s?|quality systems? reg(?:ulation)?s?)(?![a-z])"
"""The regulation as it was called until 2026, in full or in short."""

_SHORT_MONTH = any_of(*SHORT_MONTHS)
_MONTH = rf"{_SHORT_MONTH}[a-z]*"
_ORDINAL = "(?:st|nd|rd|th)"
_YEAR = r"(?:19|20)\d\d"
YEAR = Expression(_YEAR)
YEAR_CELL = Expression(rf"(?:in |c\. ?)?({_YEAR})[:.]?")
YEAR_HEAD = Expression("years?|dates?|year ?/ ?date|when", needs=needed("year|date|when"))
"""The first cell of a row of a timeline, and the head above it."""
RULE_HEAD = Expression(
    "requirement|rule|plan|polic|procedure|instruction|task|scope",
    needs=needed("requirement|rule|plan|polic|procedure|instruction|task|scope"),
)
"""The head of a column that holds no events."""
DATE = any_of(
    rf"{_YEAR}-\d\d?-\d\d?",
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}",
    rf"\d{{1,2}}{_SHORT_MONTH}{_YEAR}(?!\d)",
    rf"(?:\d{{1,2}}{_ORDINAL}?[. -]{{1,2}}(?:of )?)?{_MONTH}[.,]?[ -](?:\d{{1,2}}{_ORDINAL}?(?:, ?| ))?{_YEAR}",
    rf"(?<!\d:){_YEAR}(?![\d,.]*\d)",
)
"""A date, or a year by itself that is not the edition of a standard: "ISO 13485:2016"."""
LINE_DATE = Expression(rf"(?:in )?({DATE})(?: ?[:|] | [\u2013\u2014-] )")
"""Begins a line of a timeline: "2014: ...", "March 2018 - ..."."""
TIMELINE_EVENT = Expression(
    r"(?<![a-z])(?:founded|established|certifi[a-z]{2,7}|inspect(?:ion|ed)|audit(?:ed)?|publish(?:es|ed)|issue[sd]"
    r"|replace[sd]|takes? (?:effect|the place)|took|introduce[sd]|adopt(?:s|ed)|built|revise[sd]|amend(?:s|ed)|opened"
    r"|483|warning letter|recall|moved|clearance|iso 13485)(?![a-z])"
)
"""What happened at a date."""

# --- revision history: a heading, a caption or the heads of a table, each as a whole

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
    needs=needed("histor|revision|change|version|amendment|modification|edit|issue"),
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
    needs=needed("rev|ver|issue|edition|amendment|change|v|ausgabe|indice"),
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
        rf"(?:(?:effective|dated?|released?|issued|approved|on|of|:)[: ]*){{0,2}}{DATE}(?!\)? (?:of|version|edition) )",
        rf"{_YEAR}-\d\d-\d\d[ ,:;|\-\u2014]+(?:rev|ver|v\d|issue)",
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
    needs=needed("histor|supersed|replaces|change|amendment|cronologia"),
)
"""A line with what a document was, or took the place of, behind a label."""
VERSIONED = Expression(any_of(DATE, rf"(?<![a-z])(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v)[ .]{{0,2}}{_VERSION}"))
VERSION_LINE = Expression(rf"(?:{DATE}|(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v)?[ .]{{0,2}}{_VERSION} ?[|:,;)\u2014-])")
"""Begins a line of a history that is written as plain text: "A | 2010-01-01 | first issue", "v1.1: …"."""

# --- definitions

GLOSSARY = ("definitions?", "abbreviations?", "acronyms?", "glossary")
"""What people call a list of their words."""
DEFINITION_HEADING = Expression(
    any_of(
        *GLOSSARY,
        "terms and",
        "terminology",
        "nomenclature",
        "symbols and",
    ),
    needs=needed("definition|abbreviation|acronym|glossary|terms and|terminology|nomenclature|symbols and"),
)
GLOSSARY_HEAD = Expression(
    r"(?:terms?|abbreviations?|acronyms?)(?: ?(?:/|or|and) ?(?:terms?|abbreviations?|acronyms?))?"
)
MEANING_HEAD = Expression(
    r"(?:definitions?|meanings?|expansions?|descriptions?|explanations?|stands for|full (?:form|name|term)|means)"
    r"(?: ?(?:/|or|and) ?(?:definitions?|meanings?|descriptions?|explanations?))?"
)
"""The heads of a table of terms or abbreviations with what they mean."""
DEFINING = Expression(
    r" ?(?:\([a-z&]{2,8}s?\))? ?"
    + any_of(":", "=", "-{1,2} ", "\u2014", "means", "is defined as", "refers to", "stands for", "is the abbreviation"),
    needs=(":", "=", "-", "\u2014", "means", "is defined", "refers to", "stands for", "is the abbreviation"),
)

MISTAKES_HEADING = Expression(
    r"(?:[\d.]{1,12} )?(?:common |frequent |typical )?"
    r"(?:mistakes|errors|misconceptions|misunderstandings|myths)(?: .*)?",
    needs=needed("mistakes|errors|misconceptions|misunderstandings|myths"),
)

# --- sections and kinds of documents

SECTION_NAMES = any_of(
    "purpose", "objectives?", "scope", "introduction", "overview", "background", "(?:table of )?contents",
    "definitions?", "references?", r"responsibilit\w+", "(?:revision|change) history", "approvals?", "general",
)  # fmt: skip
"""What the sections of any procedure are called: no document has such a title."""

TRANSITION_TITLE = Expression(
    r"transition|gap (?:analysis|assessment)|crosswalk|cross[ -]reference|migration|comparison|what is new"
    r"|what has changed",
    needs=needed("transition|gap |crosswalk|cross|migration|comparison|what is new|what has changed"),
)
TRANSITION_HEADING = Expression(rf"(?<![a-z])(?:{OLD_NAME}|qsit|transition(?:ing)?|migrat(?:ion|ing))(?![a-z])")
"""The heading of a section about the change, where it names the QMSR as well."""
PAST_HEADING = Expression(
    r"(?:820\.\d+(?:\([a-z0-9]\))*|qsr|qsit|regulation) used to (?:require|protect|say|exempt|allow|mean|apply|ask)"
    r"|(?<![a-z])(?:legacy|former|old|previous|outgoing) (?:(?:fda|21|cfr|part|820|u\.?s\.?) ){0,4}" + OLD_NAME,
    needs=needed("used to|legacy|former|old |previous|outgoing"),
)
"""The heading of a section that tells what the law was."""
OLD_WORDS_HEADING = Expression(
    r"(?:[\d. ]{0,12}|(?:appendix|annex) \w{1,3}[ .:\u2013\u2014-]{0,4})(?:list of )?"
    r"(?:(?:obsolete|withdrawn|retired|former|superseded|outdated|discontinued) (?:definitions?|terms|words"
    r"|abbreviations?|acronyms?|terminology)|(?:terms|words|abbreviations|acronyms|definitions)"
    r" (?:that were |which were )?(?:withdrawn|retired|removed|eliminated|no longer used|not used any ?more)"
    r"(?: (?:with|in|since|on|as of) .{1,40})?)(?: ?\(.*\))?",
    needs=needed(
        "obsolete|withdrawn|retired|former|superseded|outdated|discontinued|removed|eliminated|no longer|not used"
    ),
)
"""The heading of a section about words that are used no more."""
OUT_OF_USE_LEAD = Expression(
    r"^(?:the following|these) (?:forms?|documents?|procedures?|sops|templates?|instructions?|terms?|words?"
    r"|abbreviations?|acronyms?)(?: [a-z-]+){0,3} (?:are|were|have been) (?:withdrawn|cancell?ed|retired"
    r"|discontinued|made obsolete|obsolete|no longer (?:used|in use|valid))(?: (?:on|since|as of|with effect from)"
    r" [\w ,.-]{4,24})?:$",
    needs=needed("the following|these "),
)
"""A line that leads in a list of documents or words that are in use no more."""
OWN_DATE = Expression(
    rf"(?<![a-z])(?:by|due|effect|deadline)(?: on| date)?:? (?:the )?(?:end of )?{DATE}"
    r"|(?<![a-z])(?:rev|revision|version|ver|issue|template|form)\.?(?: date|(?: no\.?)? [a-z0-9.]{1,4})?[:,]? \(?"
    rf"{DATE}|(?P<own>{DATE})"
)
"""A date at the beginning of a record; its own unless it is that of a revision, or lies ahead, as that of an action."""
RECORD_TITLE = Expression(
    whole_word(
        "minutes",
        "meeting record",
        "memo(?:randum)?",
        "(?:audit|inspection|trip|validation|verification|test|investigation|capa|qualification|deviation) report",
        "(?:installation|operational|performance) qualification",
        "complaint investigation",
    ),
    needs=needed("minutes|meeting record|memo|report|qualification|investigation"),
)
NO_RECORD_TITLE = Expression(
    whole_word(
        "templates?", "forms?", "procedures?", "sops?", "checklists?", "instructions?", "writing", "polic(?:y|ies)",
        "guid(?:e|ance|elines?)", "requirements?", "how to", "manual", "standards?", "authors?", "aid", "plans?",
        "handling", "control", "content", "blank", "training", "x{3,}",
        r"\[(?:insert |enter )?(?:title|name|number|date|project|product|device|document|company)[a-z /-]{0,24}\]",
    )
)  # fmt: skip
NO_RECORD = Expression(
    r"effective date|date effective|effective(?: from| as of| on)?:? ?(?:\d|" + _MONTH + r" )|use this (?:form|report)"
)
"""An effective date: the document is in use, and no record of one day."""
BLANK = "___"
BLANKS = 3
"""So many blanks to fill in make a form; a report may have one for a signature."""
_OUT_OF_USE = "(?:obsolete|superseded|withdrawn|archived|retired)"
OUT_OF_USE = Expression(
    rf"(?:document )?status ?:? ?{_OUT_OF_USE}(?![a-z]).*"
    rf"|\[{_OUT_OF_USE}(?: (?:on |since )?[\d./-]{{4,10}})?\].*|{_OUT_OF_USE} ?[\u2013\u2014-] ?[a-z]{{1,6}}[-_ ]?\d.*"
    rf"|[*\W]{{0,6}}(?:this (?:document|procedure|sop) is )?{_OUT_OF_USE}(?: (?:document|copy|version))?"
    r"(?:[ ,.;:\u2013\u2014-]+(?:(?:kept )?(?:for|as) |superseded |do not |not for |see |on |by |since "
    r"|\d{1,2}[ ./-]|(?:19|20)\d\d).*)?[.!]?|[*\W]{0,6}historical document ?(?:[.:!*].*)?"
    rf"|[^:]*\({_OUT_OF_USE}\)"
    rf"|.*[.;] (?:archived|superseded by (?:[a-z]+[ -]?){{1,3}}\d).*",
    needs=needed("obsolete|superseded|withdrawn|archived|retired|historical"),
)
"""A line at the beginning of a document, or its title, that says it is no longer in use."""
AFTER_TRANSITION = Expression(r"(?:after|since) (?:the )?(?:qmsr )?transition", needs=needed("transition"))

# --- the time before the QMSR

_USED_TO = "used to (?:require|be|have|mean|apply|say|exempt|allow|ask)"
PAST_AFTER = Expression(rf"[\"')]{{0,2}} (?:had|{_USED_TO}) ", needs=needed("had|used to"))
BEFORE_QMSR = Expression(
    r"(?<![a-z])(?:prior to|before|until|up to|through|preceding|pre-?dating|earlier than|in effect (?:until|before))"
    r" (?:and including )?(?:the )?"
    + any_of(
        r"february ?,? ?\d{0,2}(?:st|nd)?,? ?2026",
        r"\d{1,2} ?(?:feb|jan)[a-z]*,? 2026",
        "2026-0[12]",
        "0?2/0?[12]/2026",
        "(?:the end of |late |early )?january(?: 31)?,? 2026",
        r"feb\.? \d{1,2},? 2026",
        r"(?:effective date of the )?qmsr(?! (?:audit|inspection|training|review|meeting|assessment|team|visit|check))",
        r"(?<!through )(?<!up to )(?<!and including )2026(?![-/.]\d)",
    )
    + r"|(?<![a-z])pre-?(?:qmsr|2026)(?! (?:devices?|products?|lots?|designs?|files?)(?![a-z]))(?![a-z])",
    needs=needed("qmsr|2026"),
)
READ_THEN = Expression(
    r"(?<![a-z])(?:read|said|stated)(?: as follows| in part| in full)?: ?(?=[\"'a-z(])",
    needs=("read", "said", "stated"),
)
"""Stands before the words of a text as it was."""
PAST_DATE = Expression(
    rf"(?<![a-z])(?:in|on|dated|during|from|as of) ({DATE})"
    r"(?! (?:units?|pcs|pieces|parts|devices|mg|ml|hours))"
)
PAST_TENSE = Expression(
    r"(?<!who )(?<!which )(?<!that )"
    + whole_word("was", "were", "had been", "did", "complied", "conformed", "adhered"),
    needs=needed("was|were|had been|did|complied|conformed|adhered"),
)
"""What the sentence says, not what it says of somebody in passing: "operators who were trained in 2024 sign"."""
PRESENT = Expression(
    whole_word(
        "is", "are", "has", "have", "today", "currently", "now", "still", "can", "contains?", "applies",
        "(?<!used to )apply", "requires", "(?<!used to )require", "meets", "follows", "implements", "complies",
        "conforms", "satisfies", "fulfill?s", "describes", "addresses", "governs", "defines", "establishes",
        "ensures", "maintains", "refers", "gets", "goes", "keeps", "sends", "needs", "uses",
    )
)  # fmt: skip
MADE_THEN = Expression(
    r"(?<![a-z])(?:made|manufactured|produced|released|approved|placed on the market|sold|distributed|shipped|cleared"
    r"|built|installed|delivered) (?:(?:on|in) the [a-z]{1,10} )?$",
    needs=needed(
        "made|manufactured|produced|released|approved|market|sold|distributed|shipped|cleared|built|installed|delivered"
    ),
)
"""Stands before a date where things of that time are spoken of, and what is done with them today."""
KEPT = Expression(r"(?:,? and|,) (?:is|are) (?:kept|archived|retained|left)(?: as (?:it|they) (?:was|were)| unchanged)")
"""What became of a record of the past; it tells nothing of today."""
EVENT_DATE = Expression(
    r"(?<![a-z])(?:(?:on|of|dated|during|in|and|to|closed|completed|opened|signed)[ :,]{1,2}|[(,;] ?|^|\u2013 ?|- ?)"
    rf"(?P<date>(?!{_YEAR}(?![\d-])){DATE})"
)
"""A whole date, as an event has one."""
NO_EVENT = Expression(
    r"(?<![a-z])(?:rev(?:ision)?|version|issue[ds]?|edition|effective|approved|released|printed|since|until|from|as of"
    r"|before|after|due|valid|expir[a-z]*|each|every|all|any|if|when|whenever|who|where"
    r"|which|that|this|our|it|stores?|to [a-z]{3,12}e?)(?![a-z])|_{3}|\?"
)
"""Dates of documents, and what is said of no single event."""
EVENT_VERB = Expression(
    whole_word(
        "was", "were", "had", "did", "took", "differed", "found", "observed", "noted", "cited", "stated", "inspected",
        "audited", "sampled", "compared", "presented", "accepted", "attended", "corrected", "committed", "performed",
        "signed", "submitted", "answered", "investigated", "completed", "closed", "reviewed", "scanned", "renamed",
    )
)  # fmt: skip
PUBLISHED = Expression("publish|issu|promulgat|enact|codif|effective|final rule|amended")
"""What was published in the past is not past for that."""
PAST_EVENT = Expression(
    any_of(
        rf"(?<![a-z])(?:the|an?|our|its|their|last|fda's|this) (?P<date>{_YEAR}) (?:[a-z-]+ ){{0,2}}"
        r"(?:inspections?|audits?|observations?|483s?|(?:warning )?letters?|visits?|recalls?)"
        r"(?![a-z]| (?:plan|schedule|program|checklist|agenda))",
        rf"(?<![\w-])(?:483s?|warning letters?|inspections?|audits?)(?:(?: [a-z]+){{0,2}} (?:of|on|dated|in|from)"
        rf" | \()(?P<day>{DATE})",
        rf"(?<![\w-])(?:aud|ia|car|capa|ncr|obs)-(?P<record>{_YEAR})-\d",
    ),
    needs=needed("inspection|audit|observation|483|letter|visit|recall|aud-|ia-|car-|capa-|ncr-|obs-"),
)
"""An inspection, an audit or a letter with its date, which is said to have found or cited something."""
CITES = Expression(whole_word("cites?", "lists?", "notes?", "states?", "names?"))
PAST_LAW = Expression(
    r"(?<![a-z])"
    + any_of(
        rf"(?:former|old|previous|legacy|superseded|pre-2026) (?:fda |21 cfr |cgmp |device )?(?:{OLD_NAME}"
        r"|regulations?|rules?|part 820|820\.\d)",
        rf"under (?:the )?(?:21 cfr )?{OLD_NAME}",
        rf"{OLD_NAME} (?:exempted|allowed|permitted|asked|spoke)",
        r"did not (?:meet|comply|satisfy|conform|follow|fulfil)",
        r"historically,", r"(?:at|in) that time[,;:. (]", "back then", "in the past,?",
        r"(?:formerly|previously|originally|earlier) (?:required|called for|governed|covered|regulated|demanded)",
        _USED_TO,
        r"^(?:the |an? |our )?(?:earlier|previous|old|former) (?:protocols?|reports?|validations?|agreements?)"
        r"(?: [a-z0-9-]+)? (?:was|were) (?:written|made|done|performed|based) (?:against|under|per|on|to)",
        r"(?:earlier|previous|prior|older|former) (?:revisions|versions|editions) of",
        r"in (?:the )?(?:earlier |previous |prior |older |former )?(?:revisions?|versions?) [a-z0-9.]{1,4}"
        r"(?: (?:to|through|and|-) [a-z0-9.]{1,4})?(?: of|[.;,]|$)",
        rf"(?:from|between) {_YEAR} (?:to|until|through|till|and|-) (?:(?:february|january|early) )?{_YEAR}",
    ),
    needs=needed("exempted|allowed|permitted|asked|spoke|"
        "former|old|previous|legacy|superseded|pre-2026|under |did not|historically|that time|back then|"
        "the past|used to|originally|earlier|prior|older|revision|version|from |between "),
)  # fmt: skip
"""Says that the sentence speaks of the time of the former regulation."""
PAST_VERB = Expression(
    whole_word(
        "was",
        "were",
        "had",
        "did",
        "used to",
        "allowed",
        "referred to",
        "permitted",
        "exempted",
        "spoke",
        "followed",
        "cited",
        "inspected",
        "enforced",
        "noted",
        "observed",
        "used the",
        "called",
        "asked",
        "found",
        r"(?:qsr|regulation|rule|part 820|820\.\d+(?:\([a-z0-9]+\))*) (?:\([a-z]+\) )?required",
    )
)
FDA_PUBLISHED = Expression(
    r"(?<![a-z])(?:fda|the agency|hhs|congress|the united states) (?:first |then |originally |finally )?"
    r"(?:published|issued|promulgated|adopted|introduced|finali[sz]ed|revised|replaced)(?![a-z])",
    needs=needed("fda|agency|hhs|congress|united states"),
)
"""Tells what happened in a year; that a regulation "was issued in 1996" only identifies it."""
LAW_CHANGED = Expression(
    rf"^in {DATE},? (?:the )?(?:(?:fda|us|u\.s\.)(?:'s)? )?(?:{OLD_NAME}|part 820|21 cfr (?:part )?820)"
    r"(?: \([^()]{1,30}\))?"
    r" (?:replaced|superseded|succeeded|revised|amended|introduced|added|became|took|came|entered)(?![a-z])",
    needs=needed("replaced|superseded|succeeded|revised|amended|introduced|added|became|took|came|entered"),
)
"""Begins a sentence that tells what the regulation did in a year."""
STATED_THEN = Expression(
    rf"^as (?:the )?(?:fda|agency) (?:stated|said|explained|wrote|noted|announced) (?:in|on) ({DATE}),"
    r"(?!.*(?<![a-z])(?:we|our|this|these|still|company|site|sop)(?![a-z]))",
    needs=needed("stated|said|explained|wrote|noted|announced"),
)
"""Gives what FDA said then, in the present tense of that day, and nothing of the company's own."""
IN_YEAR = Expression(rf"(?<![a-z])(?:in|on|since) ({DATE})")
PREAMBLE = Expression(
    r"(?<![a-z])preamble (?:to|of) "
    r"(?:(?:the|fda|fda's|former|old|final|quality|systems?|device|cgmp|19\d\d|21|cfr) ){0,6}"
    r"(?:regulation|qsr|rule|part 820)",
    needs=needed("preamble"),
)
BUT_NOW = Expression(r"(?<![a-z])(?:but|while|whereas)(?![a-z])|(?<![a-z])after (?:it|that|this)(?![a-z])")
"""Sets what is done today against what was done before."""
UNTIL_THEN = Expression(
    r"(?<![a-z])(?:until|till) (?:then|that (?:date|day|time)),? [^.;]{0,40}(?:qsr|regulation|rule|part 820)"
    r"[^.;]{0,20} (?:appl|in force|in effect|effective)",
    needs=needed("until |till "),
)
_RECORDED = (
    r"(?:(?:internal|external|supplier|major|minor|fda|form|audit|inspection) ){0,3}"
    r"(?:findings?|observations?|non-?conformit(?:y|ies)|non-?conformances?|deficienc(?:y|ies)|deviations?)"
)
_NUMBERED_RECORD = r"(?:nc|ncr|car|capa|obs|dev|find|aud|ia|qn)[-_ ]?(?:\d{1,4}[-_/]){0,2}\d{1,6}"
_RECORD_OF = (
    r"(?:(?:internal|external|supplier|fda|quality|process|operator) ){0,2}(?:audit|inspection|training|calibration"
    r"|validation|qualification|non-?conformance|deviation|complaint|capa|ncr?|incident)"
    r" (?:report|record|log|findings?|results|notes|minutes|observations?)"
)
"""The record of one event; what is said of records in the plural holds for all of them."""
RECORD_WORDS = tuple(
    "internal external supplier major minor fda form audit inspection finding observation nonconform non-conform"
    " deficien deviation nc car capa obs dev find aud ia qn quality process operator training calibration validation"
    " qualification complaint incident result content topic".split()
)
RECORD_LABEL = Expression(
    rf"[^a-z0-9]{{0,6}}(?:{_RECORDED}|{_NUMBERED_RECORD}|{_RECORD_OF}|result|(?:training )?content|topic)"
    rf"(?: (?:no\.? ?)?{_NUMBERED_RECORD}| (?:no\.? |# ?)?[a-z]?\d{{1,4}}(?:\.\d{{1,3}})?)?"
    rf"(?P<dated> ?(?:[(\[,:\u2013\u2014-]|of|on|dated|from)[ :]{{0,2}}(?:dated |of |on )?{DATE}[)\]]?)? ?"
    r"(?:[:,.\u2013\u2014-]|$)",
    needs=needed(
        "finding|observation|onform|deficien|deviation|nc|car|capa|obs|dev|find|aud|ia|qn|report|record|log|result|notes"
        "|minutes|content|topic"
    ),
)
"""Begins a line that is a record of one event: "Audit finding NC-12 (2025-11-04): ...", "Finding: ..."."""
RECORD_DATE = Expression(
    r"[^a-z0-9]{0,6}(?:(?:internal |external |supplier )?(?:audit|inspection|training|event|finding|observation|visit"
    rf"|detection|occurrence) (?:date|held on|performed on|on)|(?P<bare>date|held on|performed on)) ?:? ({DATE})"
    r"(?= ?(?:[.;,]|$))",
    needs=needed("date| on"),
)
"""A line, or the beginning of one, that gives the date of an event; a bare date may be that of the document."""
RECORD_HEADING = Expression(
    rf"(?<![a-z])(?:{_RECORD_OF}|(?:findings|observations|results) of (?:the |an? )?(?:[a-z]+ ){{0,2}}"
    r"(?:audit|inspection|visit)|(?:audit|inspection) (?:of|on|dated))(?![a-z])"
)
NO_RECORD_HEADING = Expression(
    r"(?<![a-z])(?:templates?|forms?|procedures?|sops?|checklists?|instructions?|polic(?:y|ies)|guid(?:e|ance|elines?)"
    r"|requirements?|how to|manual|plans?|schedules?|programs?|handling|control|content of|writing|retention|review of)"
    r"(?![a-z])"
)
OWN_DATE_LABEL = Expression(
    r"(?<![a-z])(?:effective|revision|rev|version|issued?|approv(?:al|ed)|released?|reviewed|valid|due|next|template|form"
    r"|deadline|closed by|until)(?![a-z])"
)
"""Belongs to a date of the document, or one that lies ahead."""
EVENT_DATE_HEAD = Expression(
    r"(?:(?:audit|finding|observation|event|inspection|training|occurrence|nc|incident|detection) )?(?:date|when|year)"
    r"(?: (?:of|found|raised|opened|observed|recorded|detected|completed|trained|held)(?: .{1,30})?)?",
    needs=needed("date|when|year"),
)
EVENT_HEAD = Expression(
    r"(?<![a-z])(?:findings?|observations?|non-?conform[a-z]*|deficienc[a-z]*|defects?|deviations?|events?|incidents?"
    r"|trainees?|attendees?|ncs?|ncrs?)(?![a-z])"
)
"""The heads of a log: when, and what was found."""
LIST_HEAD = Expression(
    r"(?<![a-z])(?:documents?|references?|titles?|standards?|regulations?|sops?|procedures?|revisions?|rev"
    r"|versions?|types?|guidances?|editions?|policies|policy)(?![a-z])"
)
"""The head of a list of documents, whose dates are theirs."""
DOUBTFUL_WORDS = frozenset(
    "compliant was were had did cited published issued formerly former withdrawn preamble 483 observation never avoid"
    " avoids until supersede supersedes superseded old replaced renamed still wrong false mistake myth cite cites"
    " prints map maps decades diverged existed remove removes search criterion historical historically previous"
    " previously".split()
)
DOUBTFUL = Expression(
    whole_word(
        "no longer", r"comment \d+", "refers to", "audited against", "instead of",
        "(?:do|does|must|shall|should|may) not (?:cite|use|refer|reference|say|write)",
        rf"exempt(?:ed|ions?)? from (?:the )?(?:fda )?{OLD_NAME}",
        r"(?:outgoing|original|legacy|first) (?:(?:fda|fda's|us|u\.s\.|cgmp|21|cfr|part|820) ){0,4}[\"'(]{0,2}"
        + OLD_NAME,
    ),
    needs=needed("no longer|comment |refers to|audited against|instead of| not |exempt|outgoing|original|legacy|first"),
)  # fmt: skip
PAST_YEAR = Expression(r"(?<![\d:/-])(?:19\d\d|20[01]\d|202[0-5])(?![\d-])")
"""These three may make a sentence one about the past, or about words: a person looks before it is rewritten."""
_DUTY = ("shall", "must", "should", "may not", "need to")
OBLIGING = Expression(whole_word(*_DUTY, "will", "is required", "are required"))
REQUIRES = Expression(
    whole_word(
        *_DUTY, "requires?", "keeps", "who", "updates", "describes", "applies", "files the", "records the",
        "in line with", "as required",
    )
)  # fmt: skip
"""Says that something is to be done, which a title does not."""
PRESCRIBES = Expression(
    whole_word(
        *_DUTY, "will be", "is to", "are to", "keeps?", "kept", "maintain[a-z]*", "reviews?", "reviewed", "signs?",
        "signed", "approves?", "approved", "updates?", "updated", "files?(?= (?:the|it))", "records? the",
        "compl(?:y|ies)", "conforms?", "meets?", "follows?", "per", "accordance", "in line with", "required by",
        "mandatory", "works? to", "qa", "uses?", "used", "still", "works", "closed",
    )
)  # fmt: skip
"""Says that something is done, or is to be done: no word beside it excuses the old one."""

# --- numbers, titles, paths: those with capitals in them read the text as it is written

CITES_ANEW = Expression(
    r"(?<![a-z])(?:updat|chang|revis|correct|amend|align|rewr[io]t|modif|add|insert)[a-z]{0,4}(?: [a-z]{1,16}){0,4} ?"
    r"(?:(?:cit|referenc|refer|reflect|comply|includ|point|align|meet|conform)[a-z]{0,4}(?: of| to| with)?"
    r"|citations? (?:of|to)|references? to) (?:the |section |21 cfr |part )*[\"'(]{0,2}$",
    needs=needed("updat|chang|revis|correct|amend|align|rewr|modif|add|insert"),
)
"""Says in a history that a document was changed so that it cites what follows."""

CHANGE_ORDER = Expression(
    r"(?<!\w)(?:(?P<out>DELETE|FIND|STRIKE(?: OUT)?|REPLACE|WAS|Was|OLD|Old)|(?P<put>ADD|INSERT|REPLACE WITH"
    r"|REPLACE BY|WITH|CHANGE TO|SUBSTITUTE|IS|Is|NEW|New))(?: (?:TEXT|WORDS?|LINE|SENTENCE))?"
    r"(?: \([^()\n]{1,60}\))? ?:(?=[\s\"'\u201c*_]|$)",
    needs=needed("DELETE|FIND|STRIKE|REPLACE|ADD|INSERT|WITH|CHANGE TO|SUBSTITUTE|WAS|Was|IS|Is|OLD|Old|NEW|New"),
)
"""A label of a change order: before what is taken out of a document, or what is put in."""

_TITLE_WORD = r"(?:[A-Z&(][\w&()'\u2019/-]*|and|for|of|the|to|in|a|an|&|-|\u2013)"
NUMBERED_TITLE = Expression(
    # Each repetition begins with a separator: capitals or underscores in a row must not be divided in every way.
    r"(?<![\w-])(?!(?:CFR|ISO|IEC|EN|AAMI|FDA|USC|MDD|MDR)(?![A-Z]))"
    r"[A-Z]{1,12}(?:[-_. \u2010\u2011\u2013][A-Z]{1,12})*[-_ \u2010\u2011\u2013]?\d{2,}"
    r"(?:[-_.\u2010\u2011][\w.\u2010\u2011-]*\w)?[\"']?,?(?: ?[:\u2013\u2014|-])?[ \t\"'\u201c]+"
    rf"{_TITLE_WORD}(?: {_TITLE_WORD})*$"
)
ARTICLE = Expression(r"(?<![a-z])(?:the|an?|each|this|that|every|our|its|any)\s$", re.IGNORECASE)
EXTENSION = Expression(
    r"\.(?:docx?|dotx?|docm|xlsx?|xlsm|pptx?|pdf|md|txt|csv|html?|json|ya?ml|xml|zip|png|jpe?g|py|js|exe|vsdx?)(?![a-z])",
    re.IGNORECASE,
)
IDENTIFIER_COLUMN = Expression(
    r"(?:(?:controlled |related |reference )?(?:documents?|docs?\.?|forms?|files?|sops?|records?|drawings?|dmr|dhf|dhr"
    r"|mdf|part|artifact|artefact|deliverable|template)[ /-]{1,3})?"
    r"(?:ids?|identifiers?|nos?|nr|numbers?|#|file ?names?)(?: ?\(.{0,20}\))?[.:]?",
    needs=needed("id|no|nr|number|#|file"),
)
"""The head of a column that holds the numbers of documents: "Document ID", "Doc. No.", "File name"."""
DOCUMENT_PREFIXES = frozenset(
    "DOC DWG F FM FORM FRM LST MAN PL PLN POL PR PRC PRO PROC QAP QMP QP QSP RC REC REP RPT SOP SPEC T TMP TPL TMPL WI"
    " WP".split()
)
RECORD_ACRONYMS = frozenset("DHF DHFS DHFs DHR DHRS DHRs DMR DMRS DMRs MDF DDF QSR QMSR".split())
NO_NAMES = frozenset(
    "project product device design approved complete completed final master electronic new original current draft"
    " applicable company program software system lot batch released closed open update review create maintain close"
    " index template each every full medtech medical inc ltd llc corp corporation gmbh company technologies health"
    " healthcare biomedical diagnostics therapeutics surgical labs laboratories pharma sciences dental supplier sterile"
    " unit kit site plant an any some no both those these our its his her per without but if is see file store keep"
    " sign archive check audit approve".split()
)
"""Words that qualify a record and make no product's name of it, however often they stand before it."""
CALLOUT = Expression(
    r"\W{0,4}(?:warning|caution|note|important|attention|danger|tip|remark|hint|notice)(?:s?:| ?[-\u2013\u2014!]| \w)",
)
REPORTED = Expression(r"(?<![a-z])(?:said|wrote)[,:]? $")
"""Stands before words that somebody else used."""
REPORTED_WORDS = 2
"""A reported quotation longer than this is no term but what another document says."""
QUOTES = {"\u201c": "\u201d", '"': '"', "\u00ab": "\u00bb", "\u201e": "\u201c"}
QUOTED_WORDS = 8
"""A quotation longer than this is a passage that somebody else wrote; a shorter one is a name in quotation marks."""
