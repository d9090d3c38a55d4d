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


def _of(words: str) -> tuple[str, ...]:
    """What an expression needs, written with bars between."""
    return tuple(words.split("|"))


_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = r"(?:19|20)\d\d"
YEAR = Expression(_YEAR)
YEAR_CELL = Expression(rf"(?:in |c\. ?)?({_YEAR})[:.]?")
YEAR_HEAD = Expression("years?|dates?|year ?/ ?date|when|milestones?", needs=_of("year|date|when|milestone"))
"""The first cell of a row of a timeline, and the head above it."""
DATE = _any(
    rf"{_YEAR}-\d\d?-\d\d?",
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}",
    rf"(?:\d{{1,2}}[. -]{{1,2}})?{_MONTH}[.,]?[ -](?:\d{{1,2}}(?:st|nd|rd|th)?, ?)?{_YEAR}",
    rf"{_YEAR}(?![\d,.]*\d)",
)

# --- revision history: a heading, a caption or the heads of a table, each as a whole

_CHANGE = r"(?:revisions?|changes?|versions?|amendments?|modifications?|edit|edition|issue)"
REVISION_HEADING = Expression(
    r"[\d. ]*(?:(?:appendix|annex|attachment) \w{1,3}[.:]? ?[-\u2014\u2013:]? ?)?"
    + _any(
        rf"(?:document |sop |procedure |file )?{_CHANGE}(?: ?(?:and|&|/) ?{_CHANGE}| control)?"
        r" ?(?:history|log|table|records?|sheet|summary|status|block)"
        r"(?: (?:of|for) (?:this|the) (?:document|procedure|sop))?",
        r"document history(?: log| record)?",
        r"history of (?:changes|revisions?|amendments|(?:the|this) document)",
        r"record of (?:changes|revisions?|amendments?)",
        r"(?:summary|list|description) of (?:changes|revisions|amendments)",
        r"change ?log",
        r"approval history",
        r"revisions?",
        r"history",
    )
    + r"[ .:]*",
    needs=_of("histor|revision|change|version|amendment|modification|edit|issue"),
)
REVISION_HEADING_ELSEWHERE = Expression(
    r"[\d. ]*(?:[^/|]{3,40} ?[/|] ?)?"
    + _any(
        "(?:\u00e4nderungs|revisions|versions|dokumenten)(?:historie|verlauf|verzeichnis|\u00fcbersicht|index|nachweis)",
        "historique(?: des (?:modifications|r\u00e9visions|versions|changements))?",
        "historial(?: de (?:cambios|revisiones|versiones|modificaciones))?|control de cambios",
        "(?:storia|cronologia|registro) delle (?:revisioni|modifiche)",
        "(?:revisie|wijzigings|versie)(?:historie|geschiedenis|overzicht)",
    )
    + r"(?: ?[/|] ?[^/|]{3,40})?[ .:]*",
    needs=_of("historie|verlauf|verzeichnis|\u00fcbersicht|index|nachweis|historique|historial|cambios|delle|geschiedenis"
        "|overzicht"),
)  # fmt: skip
"""The same in German, French, Spanish, Italian and Dutch."""
REVISION_NUMBER = Expression(
    r"(?:document |doc |current )?(?:rev(?:ision)?|ver(?:sion)?|issue|edition|(?:amendment|change)(?= ?(?:no|#)))"
    r"(?: ?(?:no|nr|num|number|level|#|letter|id|status|index))?[.:]?|v|ausgabe|indice|versi\u00f3n|versione",
    needs=_of("rev|ver|issue|edition|amendment|change|v|ausgabe|indice"),
)
REVISION_DATE = Expression(
    _any(
        r"date(?: (?:of|effective|approved|released|issued|changed?|revised|\(.*\)).*)?",
        r".*(?:effective|effectivity|release|revision|change|approval|issue|version|modification) date.*",
        r"effectiv(?:e|ity)|when|datum|fecha",
    )
    + r"[.:]?",
    needs=_of("date|effectiv|when|datum|fecha"),
)
REVISION_TEXT = Expression(
    _any(
        r"descriptions?(?: of (?:the )?(?:changes?|revisions?|modifications?|amendments?).*)?"
        r"(?:[/ ].*(?:changes?|reason).*)?",
        r"(?:nature|reason|summary|details?|justification|rationale|brief description|history)(?: (?:of|for) .*)?",
        r".*changes?(?: made| history| description| summary| details?| and .*)?",
        r"what changed.*|comments?|remarks?|notes?|modifications?|amendments?|revisions?",
        "\u00e4nderung(?:en)?|beschreibung(?: der \u00e4nderung(?:en)?)?|cambios?|modifiche?|wijziging(?:en)?",
    )
)
REVISION_REASON = Expression("chang|revis|modif|amend|histor")
"""Says in a head of a table without revision numbers that its rows are changes of the document."""
REVISION_OTHER = Expression(
    _any(
        r"(?:dco|dcr|dcn|eco|ecn|ecr|cr|cn|ccr|co|dcp|change (?:order|request|control|notice|no))s?"
        r"(?: ?[#/.].*| (?:no|number|ref).*)?",
        r"author.*|by|initials?|name|sign(?:ature|ed).*|originator|editor|reviewer|approver|who",
        r"(?:approved|approval|prepared|reviewed|revised|modified|changed|written|issued|initiated|originated|edited"
        r"|made)(?: by.*)?",
        r"(?:sections?|pages?|paragraphs?|chapters?)(?: .*)?|affected .*|status|type|training.*",
    )
)
_VERSION = r"(?:no\.? ?|# ?)?(?:\d{1,3}(?:\.\d{1,3}){0,2}|[a-z]{1,2}|[a-z]\d{1,2})(?![a-z0-9])"
REVISION_LINE = Expression(
    _any(
        rf"(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v\.?|issue)[ .:]{{0,2}}{_VERSION}[^a-z\u2029]{{0,6}}"
        rf"(?:(?:effective|dated?|released?|issued|approved|on|of|:)[: ]*){{0,2}}{DATE}(?!\)? (?:of|version|edition) )",
        rf"{_YEAR}-\d\d-\d\d[ ,:;|\-\u2014]+(?:rev|ver|v\d|issue)",
    )
)
"""A line that begins with a revision and its date; "verify ISO 13485:2016 …" is none."""
REPLACED_LABEL = Expression(
    r"(?:replaces|supersedes|(?:replaced|superseded|previous|former) (?:document|procedure|sop))"
    r"(?: (?:no|number))?\.? ?:?",
    needs=_of("repla|supersed|previous|former"),
)
"""The first cell of a row that names the document whose place this one took."""
DOCUMENT_NUMBER = Expression(r"[a-z]{1,6}(?:-[a-z]{1,6}){0,2}[- ]?\d")
HISTORY_LINE = Expression(
    r"(?:(?:document|form|template|revision|change) history|(?:supersed(?:es|ed)|replaces)(?: documents?| procedures?)?"
    r"|changes? (?:from|since) (?:the )?(?:previous|prior|last) (?:revision|version|issue)) ?:",
    needs=_of("history|supersed|replaces|change"),
)
"""A line with what a document was, or took the place of, behind a label."""
VERSIONED = Expression(_any(DATE, rf"(?<![a-z])(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v)[ .]{{0,2}}{_VERSION}"))
VERSION_LINE = Expression(rf"(?:{DATE}|(?:rev(?:ision|\.)?|ver(?:sion|\.)?|v)?[ .]{{0,2}}{_VERSION} ?[|:,;)\u2014-])")
"""Begins a line of a history that is written as plain text: "A | 2010-01-01 | first issue", "v1.1: …"."""

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
    ),
    needs=_of("definition|abbreviation|acronym|glossary|terms and|terminology|nomenclature|symbols and"),
)
DEFINING = Expression(
    r" ?(?:\([a-z&]{2,8}s?\))? ?"
    + _any(":", "=", "-{1,2} ", "\u2014", "means", "is defined as", "refers to", "stands for", "is the abbreviation")
)

# --- mapping from old to new

FORMERLY = Expression(
    r"(?<![a-z])"
    + _any(
        r"(?:formerly|previously|historically|originally|traditionally) "
        r"(?:known|called|named|titled|termed|referred to|cited|designated|defined)(?: as| to as)?",
        r"(?:was|were|used to be|had been) (?:called|known as|named)",
        r"instead of saying",
        r"avoid(?:s|ing)?(?: using)? the (?:terms?|words?|names?|acronyms?|abbreviations?|expressions?)",
        r"no longer (?:uses?|says?) the (?:terms?|words?|names?|acronyms?)",
    )
    + r"(?: \S+){0,5} ?[\"'(]{0,2}$",
    needs=_of("known|called|named|titled|termed|referred|cited|designated|defined|uses|says|no longer |saying|avoid"),
)
"""Names what follows as the words of the past, whatever else the sentence says; matched before the term."""

NOT_TO_USE = Expression(
    r"(?<![a-z])(?:(?:do|does|must|shall|should|may) not (?:use|write|say)|never use)"
    r"((?: \S+){0,5}) ?[\"'(]{0,2}$",
    needs=_of(" use|write| say"),
)
"""Stands before a word that is not to be used, or before a record that is not."""
WORD_ENDS = Expression(r"[\"')\]]{0,2}(?:[.;]|$| any ?more| any longer| in (?:new|this|our|any|these) )")

FORMER = Expression(
    r"(?<![a-z])(?:formerly|previously|originally|the former)(?::| the| an?)? ?[\"'(]{0,2}$"
    r"|[(\[] ?(?:was|were|old|legacy|ex):? (?:21 cfr )?[\"'(]{0,2}$|[(\[;,] ?ex[ -]$"
    r"|\((?:in the |under the )?(?:old |former )?(?:fda )?(?:qsr|qs regulation): [\"'(]{0,2}$"
    r"|(?<![a-z])(?:formerly|previously|was) [\"'][^\"']{3,60}[\"'] \((?:21 cfr )?$"
    r"|(?<![a-z])in (?:older|earlier|previous|former|legacy) (?:documents?|procedures?|forms?)[^.;,]{0,30}:"
    r" [\"'(]{0,2}$|what you knew as (?:the )?[\"'(]{0,2}$",
    needs=_of("you knew|former|previous|originally|was|were|old|legacy|earlier|ex|qsr|qs reg"),
)
"""The same, directly before the term."""
OUTGOING = Expression(
    r"(?<![a-z])(?:(?:the|fda's) outgoing|(?:the|our) (?:original|19\d\d)|unlike (?:the|fda's)(?: old| former)?)"
    r"(?: (?:fda|fda's|19\d\d|cgmp))* [\"'(]{0,2}$",
    needs=_of("outgoing|original|19|unlike"),
)
"""Stands before a name of the regulation as it was, where the QMSR is named beside it."""
FORMERLY_PART_820 = Expression(
    r"\((?:formerly|previously) (?:the )?21 cfr (?:part )?820,? (?:the |or |known as (?:the )?)?[\"'(]{0,2}$",
    needs=_of("formerly|previously"),
)
WAS = Expression(r"^was (?:21 cfr )?$")
"""The same behind a semicolon, which ends a sentence: "(820.35(a); was 820.198)"."""

REPLACED = Expression(
    r"(?<![a-z])"
    + _any(
        r"(?:former|old|legacy|obsolete|superseded|retired|eliminated|discontinued|withdrawn|pre-qmsr|outdated"
        r"|deprecated|previous)",
        "formerly", "previously", "replaces", "replaced(?! by)", "replacing", "supersedes", "superseded(?! by)",
        "stopped using", "ceased to use", "withdrew", "instead of", "in place of", "in lieu of", "rather than",
        "no longer", "not any ?more", "equivalent to the old", "takes? the place of", "took the place of",
    )
    + r" ((?:\S+ ){0,4})[\"'(]{0,2}$",
    needs=_of("former|old |legacy|obsolete|supersed|retired|eliminated|discontinued|withdr|"
        "pre-qmsr|outdated|deprecated|previous|replac|stopped using|ceased|instead of|"
        "in place of|in lieu|rather than|no longer|any more|anymore|the place of"),
)  # fmt: skip
"""Stands before what is replaced. Ordinary document control speaks like this of records too ("obsolete DMRs are
archived"), so that a term needs the current one beside it."""

NOW = Expression(
    r"[\"')\]]{0,2},? ?"
    + _any(
        r"\((?:now|currently|renamed|see now|since)(?![a-z])",
        r"(?:is|are|was|were|has been|have been) (?:now |since |being )?(?!reserved (?:for (?!future)|as |to |at |on ))"
        r"(?:called|known as|renamed|replaced|superseded|eliminated|retired|withdrawn|discontinued|reserved"
        r"|no longer|removed)(?! (?:by|from|and) )",
        r"(?:is|are|was|were|has been|have been) (?:now )?(?:replaced|superseded) by",
        "(?:is|are) now named(?! (?:by|in|as) )",
        r"(?:(?:[-\u2014,]|to|through|and) ?§* ?820\.\d+ ?)?[\[(]reserved",
        r"\((?:former|old|legacy|obsolete|superseded|retired|withdrawn|qsr term|pre-qmsr)",
        r"became(?![a-z])",
        r"no longer",
        r"(?:[^.;]{0,40} )?(?:to be|shall be|is|are) (?:read|understood|interpreted) as",
    ),
    needs=_of(
        "now|currently|named|since|called|known as|replaced|superseded|eliminated|"
        "retired|withdrawn|discontinued|reserved|no longer|removed|former|old|legacy|"
        "obsolete|qsr term|pre-qmsr|became| as"
    ),
)
"""Stands behind what is replaced; a term needs the current one, or the year 2026, beside it."""

NOT_TO_CITE = Expression(
    r"(?<![a-z])(?:(?:do|does|must|shall|should) not|never|avoid|avoids|instead of|stop|not) "
    r"(?:cit(?:e|es|ing)|refer(?:s|ring)? to|referenc(?:e|es|ing)|quot(?:e|es|ing)|mention(?:s|ing)?)"
    r"(?: (?:the|any|old|former|legacy|obsolete|section|sections|21|cfr|part|fda|\u00a7+)){0,4} ?[\"'(]{0,2}$",
    needs=_of("cit|refer|quot|mention"),
)
"""Stands before a section or a name that is to be cited no more; of a record it may be said on its own account."""
TO_EDIT = Expression(
    r"(?<![a-z])(?:replac(?:e|es|ed|ing)|chang(?:e|ed|ing)|updat(?:e|es|ed|ing)|correct(?:s|ed|ing)?"
    r"|remov(?:e|es|ed|ing)|delet(?:e|es|ed|ing)|search(?:es|ed|ing)?|look(?:s|ing)? for|find(?:s|ing)?|swap(?:s|ped)?"
    r"|convert(?:s|ed|ing)?)"
    r"(?: (?:all|any|the|every|each|old|sops|documents|procedures|files|forms|manual|for|from|sections?"
    r"|(?:references?|citations?|mentions?|occurrences?|instances?|terms?|words?|acronyms?)(?: (?:to|of))?)){0,7}"
    r" (?:21 cfr )?[\"'(]{0,2}$",
    needs=_of("replac|chang|updat|correct|remov|delet|search|look|find|swap|convert"),
)
"""Stands before what is to be taken out of documents; of a record only where it is quoted as a word."""
TO_BE_EDITED = Expression(
    r"[\"')\]]{0,2} (?:is|are|was|were|shall|must|should|will|has|have)(?: been)?(?: to)?(?: be)? (?:deleted|removed"
    r"|replaced|updated|corrected|changed|taken out)",
    needs=_of("deleted|removed|replaced|updated|corrected|changed|taken out"),
)
REFERENCE_BEFORE = Expression(
    r"(?:references?|citations?|mentions?) (?:to|of) (?:(?:the|old|section|21 cfr) ?){0,3}$",
    needs=_of("refer|cit|mention"),
)
"""Together they say what becomes of the references to a section."""
REFERENCE = Expression("reference|citation|mention|occurrence|instance|term|word|acronym")
QUOTED_WORD = Expression(
    r"(?<![a-z])(?:clear(?:s|ed)? of|free(?:d)? of|without|use[sd]?|contains?|say(?:s|ing)?|still carr(?:y|ies)"
    r"|headings? such as|removed?|searche?[sd]? for)(?: (?:all|any|of|the|old|legacy|former|headings?|such|as)){0,4}"
    r"(?: (?:terms?|words?|acronyms?|abbreviations?|expressions?|headings?|criterion|criteria):?| such as) [\"']$"
    r"|,? (?:and |but )?(?:not|never) [\"']$"
    r"|(?<![a-z])(?:people|colleagues|auditors|investigators|some|they) (?:(?:still|often|may) ){0,2}"
    r"(?:say|speak of) [\"']$"
    r"|(?<![a-z])(?:may|might|will|can) still (?:say|hear|see|read|find|meet|encounter) [\"']$",
    needs=_of("\"|'"),
)
"""Stands before a word in quotation marks that is spoken of as a word."""
_PAPERS = (
    "(?:sops|documents|procedures|forms|files|templates|policies|manuals|work instructions|references|citations"
    "|mentions|occurrences|instances)"
)
LOOKED_FOR = Expression(
    r"(?<![a-z])(?:identif(?:y|ies|ied|ying)|find|locate|locating|search(?:ing)?|flag) (?:for )?"
    rf"(?:(?:all|any|every|the|our|existing|active|site|quality|controlled) ){{0,3}}{_PAPERS}"
    r" (?:(?:that|which) )?(?:still )?(?:referenc(?:e|ing)|cit(?:e|ing)|mention(?:ing)?|refer(?:ring)? to|to|of)"
    r"(?: (?:the|old|former|legacy|sections?|21|cfr|part|fda)){0,4} [\"'(]{0,2}$",
    needs=_of("identif|find|locat|search|flag"),
)
"""Stands before what documents are looked through for, in order to change it."""
_WORDS = "(?:terms?|words?|acronyms?|abbreviations?|expressions?)"
_OF_WORDS = rf"(?:(?:the|these|those|all|any|old|legacy|obsolete|use|of) ){{1,4}}{_WORDS}:? [\"']?$"
AS_A_TERM = Expression(
    r"(?<![a-z])(?:(?:retir|remov|eliminat|drop|delet|replac|abandon|avoid)(?:e|es|ed|ing|s|p|ped|ping)?"
    r"|not (?:contain|use|include|require|have)|no longer (?:contains?|uses?|includes?|requires?|has|have))"
    rf" {_OF_WORDS}"
    rf"|(?<![a-z])search(?:es|ed|ing)? (?:(?:all|any|the|our|every) ){{0,2}}{_PAPERS} for {_OF_WORDS}",
    needs=_of("term|word|acronym|abbreviation|expression"),
)
"""Stands before terms that are spoken of as words: to be retired, to be searched for, or in a text no more."""
TERMS_GONE = Expression(
    rf"[^.;]{{0,80}} (?:these|those) {_WORDS} (?:(?:do|does|did) not (?:appear|exist|occur|stand)"
    r"|no longer (?:appear|exist|stand)"
    r"|(?:are|were|have been) (?:now )?(?:gone|retired|removed|eliminated|dropped|no longer (?:used|defined)))",
    needs=_of("these |those "),
)
"""Stands behind terms that are said to be gone."""
MAY_KEEP = Expression(
    r"(?<![a-z])(?:may|can|could|might|free to|allowed to|permitted to) (?:still |also )?(?:continue|keep)"
    r"(?: to use| using| on using) (?:the |their |old |legacy |familiar ){0,3}[\"']?$",
    needs=_of("continue|keep"),
)
TERMINOLOGY = Expression(r"[\"']? (?:terminology|terms?|names?|acronyms?|wording)(?![a-z])")
"""Together they say that words of a company's own may stay."""
TO_RENAME_FROM = Expression(
    r"(?<![a-z])(?:re-?nam|chang|switch|migrat|transition|updat|move)[a-z]{0,5} (?:[a-z]+ ){0,3}from [\"']?$",
    needs=("from ",),
)
"""Says of a term that it gives way to the one behind "to"; things are moved from one record to another as well."""
FROM = Expression(r"(?<![a-z])from (?:the |an? )?[\"']?$", needs=("from ",))
TO = Expression(r"[\"']? to (?:the |an? )?(?:new )?[\"']?(?:21 cfr )?(?:\u00a7{1,2} ?)?")
CITED_ELSEWHERE = Expression(
    r"(?<!this procedure )(?<!this sop )(?<!this document )(?<!this manual )(?<![a-z])(?<!we )"
    r"(?:still|wrongly|incorrectly|mistakenly) (?:cites?|refers? to|references?|names?|mentions?|says?|prints?|shows?"
    r"|reads?|carr(?:y|ies)|lists?) [^.;]{0,40}$"
    r"|(?<![a-z])(?:(?:fda|fda's|that|ich|imdrf|draft|final|posted) (?:[a-z]+ ){0,3}guidance|tir ?\d+|brochure"
    r"|(?:journal )?article|vendor's [a-z]+)(?: [a-z,]+){0,9}"
    r" (?:cites?|refers? to|references?|mentions?|says?|names?|quotes?|maps?|speaks? of|(?:still )?points? to)"
    r" [^.;]{0,30}$"
    r"|(?:^|the )guidance (?:speaks of|still (?:cites|refers to|mentions|points to)) [^.;]{0,30}$"
    r"|(?<![a-z])(?:legacy|old|older|earlier|archived|historical) (?:[a-z]+ ){0,2}"
    r"(?:reports?|records?|protocols?|minutes|files?|dossiers?)"
    r" (?:cite|refer to|mention|name) [^.;]{0,30}$"
    r"|(?<![a-z])(?:replac|supersed|former|earlier|previous|old )[^;]{0,90}, (?:in which|which (?:referred to|cited"
    r"|referenced|named|mentioned|was based on|was written (?:to|against))) (?:the )?$",
    needs=_of(
        "still|wrongly|incorrectly|mistakenly|guidance|tir|brochure|article|vendor|legacy|old|earlier|archived|"
        "historical|, which |, in which "
    ),
)
"""Stands before a section or a name that another document, or an outdated one, is said to cite."""
_USED_TO = "used to (?:require|be|have|mean|apply|say|exempt|allow|ask)"
MISTAKES_HEADING = Expression(
    r"(?:[\d.]+ )?(?:common |frequent |typical )?(?:mistakes|errors|misconceptions|misunderstandings|myths)(?: .*)?",
    needs=_of("mistakes|errors|misconceptions|misunderstandings|myths"),
)
PAST_AFTER = Expression(rf"[\"')]{{0,2}} (?:had|{_USED_TO}) ", needs=_of("had|used to"))
KEEPS_NAME = Expression(
    r"[\"')]{0,2}(?: [a-z-]+){0,8} (?:keep|keeps|retain|retains) (?:their|its|the) "
    r"(?:old |original |existing |former )?(?:names?|titles?|designations?)",
    needs=_of("keep|retain"),
)
NOT_A_TERM = Expression(
    r"[\"')\]]{0,2} (?:is|are|was|were|will be|shall|must|should|may)"
    r" (?:(?:not|no longer) (?:to )?(?:be )?(?:used|written|said|cited)"
    r"|not (?:appear|exist|occur))(?: (?:any ?more|any longer|again|in|here|by|since|but)|[.;,]|$)",
    needs=_of("used|written|said|cited|appear|exist|occur"),
)
"""Stands behind a word that is not to be used; of a record only where it is called a word."""
NOT_USED_BUT = Expression(r"[\"')] (?:is|are) not (?:used|named|mentioned) but ", needs=("not ",))
"""Stands behind a word in quotation marks that somebody else has another one for."""
TERM = Expression(
    _word("terms?", "terminology", "words?", "acronyms?", "abbreviations?", "names?", "expressions?"),
    needs=_of("term|word|acronym|abbreviation|name|expression"),
)
TO_RENAME = Expression(
    r"(?<![a-z])(?:no|not|nobody|somebody|anybody|never)(?: [a-z]+){0,4}"
    r" (?:re-?nam|re-?titl|re-?label)(?:e|es|ing) (?:any |all |the |our |your )?"
    r"(?:old|older|existing|archived) $",
    needs=_of("nam|titl|label"),
)
"""Stands before records of the past that are, or are not, to be given a new name."""
ASKED_FOR = Expression(
    r"(?<![a-z])(?:what (?:has )?(?:happened|became|become)|what (?:did|does) happen) (?:to|of|with) "
    r"(?:the )?(?:old |former )?(?:section |21 cfr |part )*$",
    needs=_of("what "),
)
"""Asks what became of a section."""
NEED_NOT = Expression(
    r"[\"')\]]{0,2} (?:need not|(?:do|does) not (?:need|have) to|need no|are not required to)"
    r" (?:be )?(?:re-?nam|re-?label|re-?titl|re-?creat|chang|convert|rewrit|re-?issu|new (?:name|title))",
    needs=_of("need|have to|not required"),
)
"""Stands behind records that keep their old name, as FDA expects them to."""
ORIGIN = Expression(r"\((?:in |under )?(?:the )?(?:old |former |fda |fda's )?$", needs=_of("("))
"""Stands before the name of the regulation that a term in brackets comes from."""
LIKENED_TO_TODAY = Expression(
    r"[\"')\]]{0,2} (?:corresponds?|is equivalent|is comparable|compares|is similar|maps) to"
    r" (?:today's|the (?:present|current|new)|what is now|now )",
    needs=_of("correspond|equivalent|comparable|compares|similar|maps"),
)
READ_AS = Expression(
    r"(?<![a-z])(?:still |may |might |that )(?:say|use|read|mention|contain|show|refer to|speak of)s?"
    r"(?: the| an?)?(?: (?:terms?|words?|acronyms?|abbreviations?))? ?[\"'(]{0,2}\0"
    r"[\"')\]]{0,2},? (?:read|it means|this means|it is|it shall|this is|understand|they mean)"
    r"|\0[\"')\]]{0,2} (?:appears )?in (?:older|earlier|previous|existing|legacy|old|historical) (?:documents?|records?"
    r"|procedures?|versions?|revisions?)[^.;,]{0,40} (?:means?|is|are|stands?|refers?|shall be)(?![a-z])",
    needs=_of(
        "read|means|it is|it shall|this is|understand|they mean|older|earlier|previous|existing|legacy|old |hist"
    ),
)
"""Says how a word of older documents is to be read; the word stands at the NUL."""

NAMED_NOW = Expression(
    r"[\"')\]]{0,2},? ?\((?:now|renamed|former|old term|legacy term|qsr term|pre-qmsr)(?![a-z])",
    needs=_of("("),
)
"""The same in brackets, which says it of the words themselves."""

ARROW = Expression("\u2192|\u21d2|->|=>|\u21a6|\u27a1", needs=_of("\u2192|\u21d2|->|=>|\u21a6|\u27a1"))
_OLD = (
    r"(?:old|legacy|former|previous(?! (?:section|clause))|superseded|obsolete|retired|outdated|pre-qmsr|pre-2026"
    r"|withdrawn)"
)
_NAMES = (
    r"(?:terms?|terminology|names?|wording|words?|references?|citations?|sections?|clauses?|acronyms?|abbreviations?"
    r"|regulations?|requirements?|titles?|texts?|structure|language|part 820|21 cfr.*|qsr.*|fda.*|820.*)"
)
OLD_COLUMN = Expression(
    rf"(?:the )?{_OLD}(?: (?:\(.*\)|(?:.* )?{_NAMES}|(?:form|field|series).{{0,20}}))?(?: ?\(.*\))?"
    r"|was|from|before|until.*2026|gone from .*"
    r"|(?:formerly|previously)(?: .*)?|.*\((?:until|before|up to|former|old|legacy).*\)",
    needs=_of(
        "old|legacy|former|previous|superseded|obsolete|retired|outdated|pre-|withdrawn|was|from|before|until|up "
    ),
)
_WRITTEN = (
    r"(?: (?:[^ ].{0,30} )?(?:citations?|references?|texts?|wording|language|terms?|terminology|names?|statements?"
    r"|sections?|clauses?|structure))?(?: ?\(.*\))?"
)
CURRENT_COLUMN = Expression(
    rf"(?:the )?(?:current|as[- ]is){_WRITTEN}",
    needs=("current", "as-is", "as is"),
)
CHANGED_COLUMN = Expression(
    rf"(?:the )?(?:updated|new|revised|proposed|to[- ]be|replacement|suggested|amended|corrected){_WRITTEN}",
    needs=_of("updated|new|revised|proposed|to be|to-be|replacement|suggested|amended|corrected"),
)
"""Together they say what is written today and what is to be written: there, "current" is the old one."""
PLAIN_NEW_COLUMN = Expression(
    rf"(?:the )?(?:new|current|today'?s?|updated|preferred|replacement|qmsr|revised|now){_WRITTEN}"
    r"|(?:is )?now(?: (?:in|at|called|named|under|carried|covered|cited|governed)(?: .*)?)?|where .* now|is"
    r"|replaced by|use instead|iso 13485.*"
)
"""Those of the new columns that say by themselves what took the place of a word: "Current owner" does not."""
MOVED_COLUMN = Expression(
    "was|from|before|is|to|after"
    r"|gone(?! from (?:part|21 cfr|the (?:qsr|regulation|rule|law)))(?: .*)?"
    r"|(?:is )?now(?! in (?:the standard|iso|clause|the qmsr))(?: .*)?|where .* now"
)
"""Heads of such columns that head steps and places as well: something in the row must tell that it is a mapping."""
NOTHING = Expression(
    r"[^a-z0-9]*(?:(?:n/?a|none|tbd|tbc|x|yes|no|same(?: as (?:before|today))?|as is|unchanged|not applicable"
    r"|no changes?(?: (?:needed|required))?|not changed|to be (?:determined|defined|confirmed)|kept?"
    r"|see (?:above|below)|ok|open|pending|stays?|remains?|leave|retain(?:ed)?|owner|date"
    r"|(?:leave|stays?|remains?|keep|retain|unchanged|pending|open|n/?a|owner|same)(?![a-z]).{1,60}"
    rf"|{DATE})[^a-z0-9]*)?"
)
"""A cell that tells nothing of what took the place of another."""
QSR_COLUMN = Expression(
    r"(?:fda )?(?:the )?(?:qsr|qs reg(?:ulation)?|quality systems? regulation)(?: .*)?",
    needs=_of("qsr|qs reg|quality sys"),
)
QMSR_COLUMN = Expression(
    r"(?:fda |new )?(?:the )?(?:qmsr|quality management system regulation).*"
    r"|.*\((?:qmsr|new|current|since|from|as of).*\)",
    needs=_of("qmsr|quality management system reg|new|current|since|from|as of"),
)
"""Together with a column of the QSR it makes a mapping; beside ISO 13485 alone the QSR may be cited as the law."""
NEW_COLUMN = Expression(
    r"(?:the )?(?:new|current|today'?s?|updated|preferred|replacement|qmsr|revised)(?: .*)?|(?:is )?now(?: .*)?"
    r"|where .* now|is|to|after"
    r"|(?:terms?|names?)(?: used.*)?|terminology|replaced by|use instead"
    r"|iso 13485(?::2016)?(?: ?/ ?qmsr| clause| equivalent| term)?"
)
_RECORDS = (
    "medical device files?", "mdf", "design and development files?", "ddf", "qmsr",
    "(?:(?:medical )?device or )?batch records?",
    "quality management system regulation", "top management", r"820\.(?:10|35|45)",
    r"(?:(?:compliance program|cp) )?7382\.850",
    "(?:qms|quality management system) (?:record|documentation)s?",
)  # fmt: skip
CURRENT = Expression(_word(*_RECORDS, "iso 13485", r"clauses? \d", "internal audits?"))
"""The words of today, as they stand beside an old one."""
CURRENT_RECORD = Expression(_word(*_RECORDS))
"""Those of them that stand in no procedure by chance, as "internal audit" does."""
CURRENT_NAME = Expression(
    _word(
        "medical device files?", "mdf", "design and development files?", "ddf", "batch records?", "top management",
        "internal audits?",
    )
)  # fmt: skip
"""Those that take the place of a term and not of the regulation's name."""
IDENTIFIER_COLUMN = Expression(
    r"(?:(?:controlled |related |reference )?(?:documents?|docs?\.?|forms?|files?|sops?|records?|drawings?|dmr|dhf|dhr"
    r"|mdf|part|artifact|artefact|deliverable|template)[ /-]{1,3})?"
    r"(?:ids?|identifiers?|nos?|nr|numbers?|#|file ?names?)(?: ?\(.{0,20}\))?[.:]?",
    needs=_of("id|no|nr|number|#|file"),
)
"""The head of a column that holds the numbers of documents: "Document ID", "Doc. No.", "File name"."""
CLAUSE = Expression(r"(?:clauses? )?[4-8](?:\.\d{1,2})+.*")

LIKENED = Expression(
    r"(?:similar|equivalent|comparable|analogous|corresponds?|corresponding|akin) to (?:the |an? )?(?:old )?$",
    needs=_of("similar|equivalent|comparable|analogous|correspond|akin"),
)
"""Stands before a legacy term that the current one is likened to."""

NOW_CURRENT = Expression(
    r"(?:[\"')\]]{0,2} ?|(?: [a-z]+){1,2} (?=(?:is|are) now in ))"
    r"(?:(?:is|are) (?:shown|displayed|listed) as|(?:is|are) now in|(?:is|are) equivalent to|is|are"
    r"|becomes?|became|has become|corresponds? to|maps? to|equals?"
    r"|(?:was|were|has been|have been) (?:replaced|superseded) by)"
    r" (?:now )?(?:called )?(?:the |an? )?[\"']?(?:21 cfr (?:part )?820,? (?=qmsr|quality management))?"
)
"""Stands between a legacy term and the current one; matched at the legacy term's end."""

GONE_AFTER = Expression(
    r"(?:, which)?(?:(?:[^.;,]|820\.){0,40}?[^a-z])?"
    + _any(
        r"(?:is|are) (?:now |all |currently )?reserved(?! (?:for (?!future)|as |to |at |on ))",
        "no longer", "any ?more", "(?:does|do) not exist", "never existed", "(?:is|are|has|have) gone(?= ?(?:[.;,]|$))",
        r"(?:was|were|has been|have been) (?:now )?"
        r"(?:removed|withdrawn|revoked|deleted|eliminated|rescinded|replaced)",
        "ended (?:on|in|with)", "expired", "ceased to (?:apply|exist)", "came to an end", "existed only in",
        r"(?:exists?|appears?|stands?|stood|was|were|is|are) only in the (?:\d{4} )?proposed",
    )
    + r"(?![a-z])|[^a-z]{0,3}[\[(]reserved"
    r"|[\"')\]]{0,2} (?:is|are) (?:not (?:an? |in the )?(?:part|section|contained|found|included|incorporated|current"
    r"|present|named|mentioned|qmsr|in force|valid|recogni[sz]ed|correct)"
    r"|(?:now )?(?:obsolete|outdated|superseded|wrong|incorrect)"
    r"|not(?= ?(?:[.;,]|$)))(?![a-z])",
    needs=_of("reserved|no longer|any more|anymore|not exist|never existed|gone|removed|obsolete|outdated|"
        "withdrawn|revoked|deleted|eliminated|rescinded|replaced|superseded|is not|are not|existed only|propos|wrong|"
        "incorrect|ended|expired|ceased|came to an end"),
)  # fmt: skip
"""Says of a section, a program or a name that it is not in force; matched at its end."""

GONE_BEFORE = Expression(
    r"no longer (?:uses?|using|cites?|citing|refers? to|references?|requires?|applies|subject to|under|in"
    r"|exempt\w* under|conduct\w*|offers?|shows?|prints?|lists?|names?)[^.;,]{0,30}$|stopped using[^.;,]{0,30}$"
    r"|(?<![a-z])there (?:is|are|was|were) (?:no(?: more| such)?|no longer (?:an?|any)|not any)"
    r" (?:sections? |paragraphs? |regulation |\u00a7+ ?|21 cfr |such ){0,2}$"
    r"|(?<![a-z])never (?:put|brought|made)[^.;,]{0,20}$|(?<![a-z])end of (?:the )?(?:old |former )?$",
    needs=_of("no longer|stopped using|there |never |end of"),
)
NOT_USED = Expression(r"(?:does|do) not use $", needs=_of("not use"))
NO_MORE = Expression(r"[\"')\]]{0,2} any ?more(?= ?(?:[.;,]|$))", needs=("any more", "anymore"))
ANY_MORE = Expression("[^.;,]{0,30}any ?more")

TRANSITION = Expression(
    r"(?<![a-z])(?:replac|amend|harmoni[sz]|revis|transition|supersed|align|eliminat|renam|migrat|converg|incorporat"
    r"|crosswalk|moved? (?:from|away)|chang(?:es?|ed|ing) (?:from|to|of)|differ|compar|versus|vs\.?(?![a-z]))"
)
QMSR = Expression(
    _word("qmsr", "quality management system regulation"),
    needs=_of("qmsr|quality management system regulation"),
)
"""Named together, and without an obligation, they speak of the change from one regulation to the other."""

SIDE_BY_SIDE = Expression(r"qsr ?(?:to|vs\.?|versus|and|/|->|\u2192|-) ?(?:the )?(?:new )?qmsr", needs=_of("qmsr"))
TRANSITION_TITLE = Expression(
    r"transition|gap (?:analysis|assessment)|crosswalk|cross[ -]reference|migration|comparison|what is new"
    r"|what has changed",
    needs=_of("transition|gap |crosswalk|cross|migration|comparison|what is new|what has changed"),
)
OWN_DATE = Expression(
    rf"(?<![a-z])(?:by|due|effect|deadline)(?: on| date)?:? (?:the )?(?:end of )?{DATE}|(?P<own>{DATE})"
)
"""A date at the beginning of a record; its own unless it is said to lie ahead, as that of the QMSR or of an action."""
RECORD_TITLE = Expression(
    _word(
        "minutes",
        "meeting record",
        "memo(?:randum)?",
        "(?:audit|inspection|trip|validation|investigation|capa|qualification|deviation) report",
        "(?:installation|operational|performance) qualification",
        "complaint investigation",
    ),
    needs=_of("minutes|meeting record|memo|report|qualification|investigation"),
)
NO_RECORD_TITLE = Expression(
    _word("templates?", "forms?", "procedures?", "sops?", "checklists?", "instructions?", "writing", "polic(?:y|ies)",
          "guid(?:e|ance|elines?)")
)  # fmt: skip
NO_RECORD = Expression(r"effective date|date effective|effective(?: from| as of| on)?:? ?(?:\d|" + _MONTH + " )")
"""An effective date: the document is in use, and no record of one day."""
BLANK = "___"
BLANKS = 3
"""So many blanks to fill in make a form; a report may have one for a signature."""
_OUT_OF_USE = "(?:obsolete|superseded|withdrawn|archived|retired)"
OUT_OF_USE = Expression(
    rf"(?:document )?status ?:? ?{_OUT_OF_USE}(?![a-z]).*"
    rf"|(?:this (?:document|procedure|sop) is )?{_OUT_OF_USE}(?: (?:document|copy|version))?"
    r"(?:[ ,.;:\u2013\u2014-]+(?:(?:kept )?(?:for|as) |do not |not for |see |on |by |since |\d).*)?[.!]?"
    rf"|.*\({_OUT_OF_USE}\)"
    rf"|.*[.;] (?:archived|superseded by (?:[a-z]+[ -]?){{1,3}}\d).*",
    needs=_of("obsolete|superseded|withdrawn|archived|retired"),
)
"""A line at the beginning of a document, or its title, that says it is no longer in use."""
AFTER_TRANSITION = Expression(r"(?:after|since) (?:the )?(?:qmsr )?transition", needs=_of("transition"))

# --- the time before the QMSR

BEFORE_QMSR = Expression(
    r"(?<![a-z])(?:prior to|before|until|up to|through|preceding|pre-?dating|earlier than|in effect (?:until|before))"
    r" (?:and including )?(?:the )?"
    + _any(
        r"february ?,? ?\d{0,2}(?:st|nd)?,? ?2026",
        r"\d{1,2} ?(?:feb|jan)[a-z]*,? 2026",
        "2026-0[12]",
        "0?2/0?[12]/2026",
        "(?:the end of |late |early )?january(?: 31)?,? 2026",
        r"feb\.? \d{1,2},? 2026",
        "(?:effective date of the )?qmsr",
        "2026",
    )
    + r"|(?<![a-z])pre-?(?:qmsr|2026)(?![a-z])",
    needs=_of("qmsr|2026"),
)
PAST_DATE = Expression(
    rf"(?<![a-z])(?:in|on|dated|during|from) ({DATE})"
    r"(?! (?:units?|pcs|pieces|parts|devices|mg|ml|hours))"
)
PAST_TENSE = Expression(_word("was", "were", "had been", "did"), needs=_of("was|were|had been|did"))
PRESENT = Expression(
    _word(
        "is", "are", "has", "have", "today", "currently", "now", "still", "can", "contains?", "applies",
        "(?<!used to )apply", "requires", "(?<!used to )require", "meets", "follows", "implements", "complies",
        "conforms", "satisfies", "fulfill?s", "describes", "addresses", "governs", "defines", "establishes",
        "ensures", "maintains", "refers",
    )
)  # fmt: skip
KEPT = Expression(r"(?:,? and|,) (?:is|are) (?:kept|archived|retained|left)(?: as (?:it|they) (?:was|were)| unchanged)")
"""What became of a record of the past; it tells nothing of today."""
PUBLISHED = Expression("publish|issu|promulgat|enact|codif|effective|final rule|amended")
"""What was published in the past is not past for that."""
PAST_EVENT = Expression(
    _any(
        rf"(?<![a-z])(?:the|an?|our|its|their|last|fda's|this) (?P<date>{_YEAR}) (?:[a-z-]+ ){{0,2}}"
        r"(?:inspections?|audits?|observations?|483s?|(?:warning )?letters?|visits?|recalls?)"
        r"(?![a-z]| (?:plan|schedule|program|checklist|agenda))",
        rf"(?<![\w-])(?:483s?|warning letters?|inspections?|audits?)(?:(?: [a-z]+){{0,2}} (?:of|on|dated|in|from)"
        rf" | \()(?P<day>{DATE})",
        rf"(?<![\w-])(?:aud|ia|car|capa|ncr|obs)-(?P<record>{_YEAR})-\d",
    ),
    needs=_of("inspection|audit|observation|483|letter|visit|recall|aud-|ia-|car-|capa-|ncr-|obs-"),
)
"""An inspection, an audit or a letter with its date, which is said to have found or cited something."""
CITES = Expression(_word("cites?", "lists?", "notes?", "states?", "names?"))
PAST_LAW = Expression(
    r"(?<![a-z])"
    + _any(
        r"(?:former|old|previous|legacy|superseded|pre-2026) (?:fda |21 cfr |cgmp |device )?(?:qsr|qs reg(?:ulation)?"
        r"|quality systems? regulation|regulations?|rules?|part 820|820\.\d)",
        r"under (?:the )?(?:21 cfr )?(?:qsr|qs regulation|quality system regulation)",
        r"(?:qsr|qs regulation|quality system regulation) (?:exempted|allowed|permitted|asked|spoke)",
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
    needs=_of("qsr|qs reg|quality system reg|"
        "former|old|previous|legacy|superseded|pre-2026|under |did not|historically|that time|back then|"
        "the past|used to|originally|earlier|prior|older|revision|version|from |between "),
)  # fmt: skip
"""Says that the sentence speaks of the time of the former regulation."""
PAST_VERB = Expression(
    _word(
        "was",
        "were",
        "had",
        "did",
        "used to",
        "allowed",
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
    needs=_of("fda|agency|hhs|congress|united states"),
)
"""Tells what happened in a year; that a regulation "was issued in 1996" only identifies it."""
IN_YEAR = Expression(rf"(?<![a-z])(?:in|on|since) ({DATE})")
PREAMBLE = Expression(
    r"(?<![a-z])preamble (?:to|of) "
    r"(?:(?:the|fda|fda's|former|old|final|quality|systems?|device|cgmp|19\d\d|21|cfr) ){0,6}"
    r"(?:regulation|qsr|rule|part 820)",
    needs=_of("preamble"),
)
BUT_NOW = Expression(r"(?<![a-z])(?:but|while|whereas)(?![a-z])|(?<![a-z])after (?:it|that|this)(?![a-z])")
"""Sets what is done today against what was done before."""
UNTIL_THEN = Expression(
    r"(?<![a-z])(?:until|till) (?:then|that (?:date|day|time)),? [^.;]{0,40}(?:qsr|regulation|rule|part 820)"
    r"[^.;]{0,20} (?:appl|in force|in effect|effective)",
    needs=_of("until |till "),
)
DOUBTFUL_WORDS = frozenset(
    "compliant was were had did cited published issued formerly former withdrawn preamble 483 observation never avoid"
    " avoids until supersede supersedes superseded old replaced renamed still wrong false mistake myth cite cites"
    " prints map maps remove removes search criterion historical historically previous previously".split()
)
DOUBTFUL = Expression(
    _word(
        "no longer", r"comment \d+", "refers to", "audited against", "instead of",
        "(?:do|does|must|shall|should|may) not (?:cite|use|refer|reference|say|write)",
        r"exempt(?:ed|ions?)? from (?:the )?(?:fda )?(?:qsr|qs reg(?:ulation)?|quality systems? regulation)",
    ),
    needs=_of("no longer|comment |refers to|audited against|instead of| not |exempt"),
)  # fmt: skip
PAST_YEAR = Expression(r"(?<![\d:/-])(?:19\d\d|20[01]\d|202[0-5])(?![\d-])")
"""These three may make a sentence one about the past, or about words: a person looks before it is rewritten."""
OBLIGING = Expression(_word("shall", "must", "should", "will", "is required", "are required", "may not", "need to"))

# --- quotations that Markdown sets off: what introduces them, stands behind them, or shows that they are the regulation

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
_COLON = r" ?[:,] ?[-\u2013\u2014]?$"
INTRODUCTION = Expression(
    r"(?:^|[.;:,] |which |where )"
    + _any(
        rf"{_ARTICLES}{_SOURCE}{_BRACKETS}(?:,|(?:,? which|,? it)?(?: (?!{_NO_SUBJECT})[a-z'\u2019-]{{2,20}}){{0,4}}) "
        + _any(
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
        rf"(?:quote|quotation|verbatim|verbatim text|original text|in its words){_COLON}",
    ),
    needs=_of(":|,|states|reads|says"),
)
"""The end of a paragraph that says, of the regulation or of somebody else, what the next one quotes.

A company's own documents are no source: what they say is to be kept up to date.
"""
QUOTING_HEADING = Expression(
    r"(?:[\d.]{1,12} )?(?:(?:the )?(?:regulat[a-z]{1,9}|regulation['\u2019]s|original|legal|statutory|verbatim|cfr|qsr"
    rf"|{_CITED})[ :,\u2013\u2014-]{{1,3}}(?:text|wording|quotations?|quotes?|excerpts?|language)"
    rf"|(?:text|wording|quotations?|excerpts?) (?:of|from) (?:the )?{_SOURCE}.{{0,60}})",
    needs=_of("text|wording|quot|excerpt|language"),
)
"""A heading over the words of the regulation."""
ONLY_CITED = Expression(
    r"(?:fda )?(?:21 ?c\.?f\.?r\.?,? ?)?(?:\u00a7{1,2} ?|(?:part|section) )?820\.\d{1,3}"
    r"(?: ?\([a-z0-9]{1,4}\)){0,4}[.:]?",
    needs=("820.",),
)
"""A paragraph or a heading that has a section and no title; one with a title may be over the company's own words."""
_SOURCE_LINE = rf"{_ARTICLES}(?:fda,? )?{_SOURCE}[^.;:]{{0,60}}"
ATTRIBUTED = Expression(
    rf"(?:[.!?][\"'\u201d\u2019)\]]{{0,2}}|[\"\u201d]) ?[-\u2013\u2014]{{1,3}} ?(?:source: ?)?{_SOURCE_LINE}\.?$"
    rf"|^(?:[-\u2013\u2014]{{1,3}} ?{_SOURCE_LINE}|\({_SOURCE_LINE}\)|\[{_SOURCE_LINE}\]|source: {_SOURCE_LINE})\.?$",
    needs=_of("\u2014|\u2013|-|(|[|source"),
)
"""The end of a quotation that names its source, or a line that does nothing else."""
ATTRIBUTION = Expression(
    rf"(?:[-\u2013\u2014]{{1,3}} ?{_SOURCE_LINE}|\({_SOURCE_LINE}\)|source: {_SOURCE_LINE})\.?",
    needs=_of("\u2014|\u2013|-|(|source"),
)
"""The same below a quotation."""
IN_QUOTATION_MARKS = Expression(
    '["\u201c\u00ab\u201e][^"\u201c\u201d\u00ab\u00bb\u201e]+(?:$|["\u201c\u201d\u00bb]'
    r"(?: ?[\[(][^()\[\]]{1,40}(?:\([a-z0-9]{1,4}\)){0,3}[\])])?[.,;]?$)"
)
"""A paragraph in quotation marks, closed at its end or in a later one."""
REGULATION_WORDING = Expression(
    r"(?<![a-z])each manufacturer (?:shall|who|that|of any)(?![a-z])"
    r"|(?<![a-z])(?:required by|subject to) this part(?! of| number)(?![a-z])"
    r"|\u00a7 ?820\.\d{1,3} [a-z][a-z ,]{2,60}\.$"
    r"|^\([a-z]{1,2}\) [a-z][a-z ,()-]{2,60} means (?:an?|any|the|all|those)(?![a-z])"
    r"|^21 ?cfr[^:]{4,24}: ?[a-z][a-z ()]{2,60} means (?:an?|any|the|all)(?![a-z])",
    needs=_of("manufacturer|this part|\u00a7| means "),
)
"""Words that the regulation, and no procedure of a company, is written in."""
LISTING_HEADING = Expression(
    r"(?<![a-z])(?:references?"
    r"|(?:related|reference|referenced|applicable|associated) (?:documents?|standards?|procedures?)"
    r"|definitions?|abbreviations?|acronyms?|glossary)(?![a-z])",
    needs=_of("referenc|related|applicable|associated|definition|abbreviation|acronym|glossary"),
)
"""A heading over a list of the document's own."""
LABELLED = Expression(
    r"\W{0,4}(?![^:\u2013\u2014]{0,60}(?:fda|cfr|820|regulation|13485|section|qsr|\u00a7))"
    r"[a-z][\w ()/&,'\u2019.-]{1,60}?(?::| [-\u2013\u2014]{1,2}) "
)
"""Begins a paragraph with a label of the document's own: "Engineering: …", "Design history file (DHF) - …"."""
LETTERED = Expression(r"\((?:[a-z]|\d{1,2}|[ivx]{1,4})\) ")
"""How its paragraphs begin."""

# --- numbers, titles, paths: these read the text as it is written

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
DOCUMENT_PREFIXES = frozenset(
    "DOC DWG F FM FORM FRM LST MAN PL PLN POL PR PRC PRO PROC QAP QMP QP QSP RC REC REP RPT SOP SPEC T TMP TPL TMPL WI"
    " WP".split()
)
RECORD_ACRONYMS = frozenset("DHF DHFS DHFs DHR DHRS DHRs DMR DMRS DMRs MDF DDF QSR QMSR".split())
NO_NAMES = frozenset(
    "project product device design approved complete completed final master electronic new original current draft"
    " applicable company program software system lot batch released closed open update review create maintain close"
    " index template each every full medtech medical inc ltd llc corp corporation gmbh company technologies health"
    " healthcare biomedical diagnostics therapeutics surgical labs laboratories pharma sciences dental".split()
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
