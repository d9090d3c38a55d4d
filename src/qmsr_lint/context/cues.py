"""The words and shapes that tell a context: what people write in definitions and titles, of duties, of the past.

Every expression reads small letters with plain spaces unless its description says otherwise. Lists of words are kept
as lists, for a regulatory reader to check; `any_of` joins them.
"""

import re

from qmsr_lint.expression import SHORT_MONTHS, Expression, any_of, needed, whole_word

OLD_NAME = r"(?:qsrs?|qs reg(?:ulation)?s?|quality systems? reg(?:ulation)?s?)(?![a-z])"
"""The regulation as it was called until 2026, in full or in short."""

_SHORT_MONTH = any_of(*SHORT_MONTHS)
_MONTH = rf"{_SHORT_MONTH}[a-z]{{0,8}}"
_ORDINAL = "(?:st|nd|rd|th)"
ANY_YEAR = r"(?:19|20)\d\d"
DATE = any_of(
    rf"{ANY_YEAR}-\d\d?-\d\d?",
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]{ANY_YEAR}",
    rf"\d{{1,2}}{_SHORT_MONTH}{ANY_YEAR}(?!\d)",
    rf"(?:\d{{1,2}}{_ORDINAL}?[. -]{{1,2}}(?:of )?)?{_MONTH}[.,]?[ -](?:\d{{1,2}}{_ORDINAL}?(?:, ?| ))?{ANY_YEAR}",
    rf"(?<!\d:){ANY_YEAR}(?![\d,.]*\d)",
)
"""A date, or a year by itself that is not the edition of a standard: "ISO 13485:2016"."""
IN_YEARS = ("19", "20")
"""What every date holds."""


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
    within=40,
)

MISTAKES_HEADING = Expression(
    r"(?:[\d.]{1,12} )?(?:common |frequent |typical )?"
    r"(?:mistakes|errors|misconceptions|misunderstandings|myths)(?: .*)?",
    needs=needed("mistakes|errors|misconceptions|misunderstandings|myths"),
)

MISTAKES_HEAD = Expression(
    r"(?:common |frequent |typical )?(?:myths?|misconceptions?|misunderstandings?|not like this"
    r"|(?:wrong|false|incorrect|mistaken) (?:statements?|wording|texts?|claims?|citations?|beliefs?)"
    r"|(?:do not|don't|never) (?:write|say|use|cite))(?: ?\(.*\))?[.:!]?",
    needs=needed("myth|misconception|misunderstanding|wrong|false|incorrect|not like|mistaken|do not|don't|never"),
)
"""Heads a column of what is not so, or is not to be written."""

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
    r" (?:(?:that|which) (?:were |are )?|we )?"
    r"(?:withdrawn|retired|removed|eliminated|no longer used?|not used any ?more)"
    r"(?: (?:with|in|since|on|as of) .{1,40})?"
    r"|do not use (?:(?:the|these|any of these|any of the) )?(?:(?:following|old|legacy|qsr) ){0,2}"
    r"(?:terms|words|abbreviations|acronyms)(?: any ?more)?)(?: ?\(.*\))?",
    needs=needed(
        "obsolete|withdrawn|retired|former|superseded|outdated|discontinued|removed|eliminated|no longer|not use"
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

USED_TO = "used to (?:require|be|have|mean|apply|say|exempt|allow|ask)"
PAST_AFTER = Expression(rf"[\"')]{{0,2}} (?:had|{USED_TO}) ", needs=needed("had|used to"), within=20)
RECORDS_OF_A_TIME = Expression(
    r"(?:dhrs?|device history records?|dhfs?|design history files?|quality audits?)", needs=("dh", "history", "audit")
)
"""Records of one lot, project or audit; a DMR of a year is a document in force."""
OF_A_YEAR = Expression(
    r"[\"')]{0,2} (?:(?:of|from|dated) (?:the years? )?|\()"
    r"(?:(?:19|20)\d\d ?(?:-|\u2013|\u2014|to|and|through|until) ?)?"
    r"(?:19\d\d|20[01]\d|202[0-5])(?![\d-])"
    r"(?! (?:models?|editions?|versions?|revisions?|series|format|units|devices|on(?:wards?)?|forward"
    r"|(?:and|or) (?:later|after|newer|since)"
    r"|(?:up )?(?:to|until|through) (?:the )?(?:today|date|now|present))(?![a-z]))"
    r"(?![^.;\u2029]{0,30}(?<!\d)(?:202[6-9]|20[3-9]\d)(?!\d))",
    needs=("19", "20"),
    within=40,
)
"""Stands behind records of a year before the QMSR, which keep their names."""
IN_USE = Expression(
    whole_word(
        "shall", "must", "should", "will", "is required", "are required", "reviews?", "reviewed", "approves?",
        "approved", "signs?", "signed", "uses?", "used", "updates?", "updated", "current", "master", "per", "today",
        "follows?", "according to", "builds?", "built", "against", "force", "defines?", "appl(?:y|ies)", "governs?",
        "basis", "contains?", "lists?", "compare[ds]?", "performed", "completes?",
    )
)  # fmt: skip
"""Says of records of a year that they are worked with."""
PRESENT = Expression(
    whole_word(
        "is", "are", "has", "have", "today", "currently", "now", "still", "can", "contains?", "applies",
        "(?<!used to )apply", "requires", "(?<!used to )require", "meets", "follows", "implements", "complies",
        "conforms", "satisfies", "fulfill?s", "describes", "addresses", "governs", "defines", "establishes",
        "ensures", "maintains", "refers", "gets", "goes", "keeps", "sends", "needs", "uses",
    )
)  # fmt: skip
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
PAST_YEAR = Expression(r"(?<![\d:/-])(?:19\d\d|20[01]\d|202[0-5])(?![\d-])", needs=("19", "20"))
"""These three may make a sentence one about the past, or about words: a person looks before it is rewritten."""
_DUTY = ("shall", "must", "should", "may not", "(?<!the )need to")
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
    needs=needed(
        "DELETE|FIND|STRIKE|REPLACE|WAS|Was|OLD|Old|ADD|INSERT|WITH|CHANGE TO|SUBSTITUTE|IS |IS:|Is |Is:|NEW|New"
    ),
)
"""A label of a change order: before what is taken out of a document, or what is put in."""

EXTENSION = Expression(
    r"\.(?:docx?|dotx?|docm|xlsx?|xlsm|pptx?|pdf|md|txt|csv|html?|json|ya?ml|xml|zip|png|jpe?g|py|js|exe|vsdx?)(?![a-z])",
    re.IGNORECASE,
    begins=tuple("." + letter for letter in "cdehjmptvxyzCDEHJMPTVXYZ"),
)
IDENTIFIER_COLUMN = Expression(
    r"(?:(?:controlled |related |reference )?(?:documents?|docs?\.?|forms?|files?|sops?|records?|drawings?|dmr|dhf|dhr"
    r"|mdf|part|artifact|artefact|deliverable|template)[ /-]{1,3})?"
    r"(?:ids?|identifiers?|nos?|nr|numbers?|#|file ?names?)(?: ?\(.{0,20}\))?[.:]?",
    needs=needed("id|no|nr|number|#|file"),
)
"""The head of a column that holds the numbers of documents: "Document ID", "Doc. No.", "File name"."""
QUOTES = {"\u201c": "\u201d", '"': '"', "\u00ab": "\u00bb", "\u201e": "\u201c"}
