"""The words and shapes that tell what became of a word: that it is the old one, and what took its place.

Every expression reads small letters with plain spaces, and is matched before or behind the old word.
"""

from qmsr_lint.context import cues
from qmsr_lint.expression import Expression, any_of, needed, whole_word

LIVE = r"820\.(?:10|35|45|[137])(?!\d)"
"""A section that part 820 has today."""

REMOVED_SECTION = Expression(rf"(?<![\d.])(?!{LIVE})820\.\d", needs=("820.",))
"""A section that part 820 no longer has."""

FORMERLY = Expression(
    r"(?<![a-z])"
    + any_of(
        r"(?:formerly|previously|historically|originally|traditionally) "
        r"(?:known|called|named|titled|termed|referred to|cited|designated|defined)(?: as| to as)?",
        r"(?:was|were|used to be|had been) (?:called|known as|named)",
        r"instead of saying",
        r"avoid(?:s|ing)?(?: using)? the (?:terms?|words?|names?|acronyms?|abbreviations?|expressions?)",
        r"no longer (?:uses?|says?) the (?:terms?|words?|names?|acronyms?)",
    )
    + r"(?: \S+){0,5} ?[\"'(]{0,2}$",
    needs=needed(
        "formerly|previously|historically|originally|traditionally|was called|was known|was named|were called"
        "|were known|were named|used to be|had been|instead of saying|avoid|no longer use|no longer say"
    ),
)
"""Names what follows as the words of the past, whatever else the sentence says; matched before the term."""

NOT_TO_USE = Expression(
    r"(?<![a-z])(?:(?:do|does|must|shall|should|may) not (?:use|write|say)|never use)"
    r"((?: \S+){0,5}) ?[\"'(]{0,2}$",
    needs=needed(" use|write| say"),
)
"""Stands before a word that is not to be used, or before a record that is not."""
ONLY_UNTIL = Expression(r"[\"')]{0,2} (?:until|unless|before|without|while|if|when|in the same|together with)(?![a-z])")
"""Stands behind a record that is not to be used under some condition."""
WORD_ENDS = Expression(r"[\"')\]]{0,2}(?:[.;]|$| any ?more| any longer| in (?:new|this|our|any|these) )")

FORMER = Expression(
    r"(?<![a-z])(?:formerly|previously|originally|the former)(?::| the| an?)? ?[\"'(]{0,2}$"
    r"|[(\[] ?(?:was|were|old|legacy|ex):? (?:21 cfr )?[\"'(]{0,2}$|[(\[;,] ?ex[ -]$|^ex $"
    rf"|\((?:in the |under the )?(?:old |former )?(?:fda )?{cues.OLD_NAME}: [\"'(]{{0,2}}$"
    r"|(?<![a-z])(?:formerly|previously|was) [\"'][^\"']{3,60}[\"'] \((?:21 cfr )?$"
    r"|[(\[](?:formerly|previously|originally):? [\"'][^\"']{3,60}[\"'], ?(?:21 cfr )?(?:part )?\u00a7{0,2} ?[\"']?$"
    r"|(?<![a-z])in (?:older|earlier|previous|former|legacy) (?:documents?|procedures?|forms?)[^.;,]{0,30}:"
    r" [\"'(]{0,2}$|(?<![a-z])in (?:older|earlier|previous|former) (?:revisions?|versions?) of this [a-z]{3,12} [\"']$"
    r"|what you knew as (?:the )?[\"'(]{0,2}$"
    r"|(?:(?<![\uac00-\ud7a3])\uad6c ?|(?<![\u4f9d\u4ecd\u65b0\u590d\u5fa9\u7167\u9648\u5b88])[\u65e7\u820a])"
    r"(?:fda |qsr |21 cfr )?\u00a7?$",
    needs=needed(
        "you knew|former|previous|originally|was|were|old|legacy|earlier|ex|qsr|qs reg|quality sys|\uad6c|\u65e7|\u820a"
    ),
)
"""The same, directly before the term."""
OLD_SECTIONS_BEFORE = Expression(
    r"(?<![a-z])(?:old|legacy|former|outdated|removed|obsolete) (?:(?:qsr|fda|21|cfr|part|820) ){0,4}"
    r"(?:section numbers?|sections?|citations?|references?) ?[(:] ?[\"'(]{0,2}$"
    r"|(?<![a-z])(?:former|pre-qmsr) (?:[a-z-]{2,20} ){1,4}(?:requirements?|rules?|provisions?|exemptions?) \($",
    needs=needed("section|citation|reference|requirement|rule|provision|exemption"),
)
"""Leads in numbers of sections as those of the past."""
OLD_EDITIONS_BEFORE = Expression(
    r"(?<![a-z])(?:old|former|outdated|obsolete|superseded|withdrawn|earlier|previous|prior|replaced)"
    r" (?:editions|versions|issues)(?: of (?:the standard|iso 13485))?(?: ?\( ?| (?:such as|like) )"
    r"(?:(?:[a-z/]{2,10} ){0,3}iso ?13485[:-]\d{4}(?:, ?|,? and |,? or | ?/ ?)){0,4}"
    r"(?:[a-z/]{2,10} ){0,2}$",
    needs=needed("edition|version|issue"),
)
"""Leads in editions of the standard as those of the past."""
APPLIES = Expression(
    r"[\"')]{0,2},? (?:(?:that|which|and|as) (?:we (?:still )?(?:follow|use|apply|meet|comply|work|conform)"
    r"|(?:still )?appl|remains?|is in force|governs?|must|shall)"
    r"|appl(?:y|ies) to (?:our|all|each|every|the|this|us)(?![a-z])|(?:govern|remain)s?(?![a-z]))"
)
"""Says behind a citation that it is followed today."""
CITED_BEFORE = Expression(r"(?:21 cfr )?(?:part )?820(?:\.\d{1,3}(?:\([a-z0-9]\)){0,3})? ?\(?$", needs=("820",))
"""A citation right before a name of the regulation: "formerly 21 CFR 820.25 QSR"."""
OUTGOING = Expression(
    r"(?<![a-z])(?:(?:the|fda's) outgoing|(?:the|our) (?:original|19\d\d)|unlike (?:the|fda's)(?: old| former)?)"
    r"(?: (?:fda|fda's|19\d\d|cgmp))* [\"'(]{0,2}$",
    needs=needed("outgoing|original|19|unlike"),
)
"""Stands before a name of the regulation as it was, where the QMSR is named beside it."""
OF_THE_FORMER = Expression(
    r"[\"')\]]{0,2},? (?:(?:in|of|from|under|by) (?:the |fda's )?(?:former|old|repealed|outgoing|pre-2026|withdrawn"
    rf"|superseded) (?:fda )?(?:regulations?|rule|law|{cues.OLD_NAME}|part 820|21 cfr(?: part)? 820"
    r"|text)|of the past|(?:of|from) the (?:qsr|pre-qmsr) (?:era|times?|days))"
    r"(?= ?(?:[.,;:)\]]|$)| (?:is|are|was|were|but|and|stays?|remains?)(?![a-z]))",
    needs=needed(
        "former|old |repealed|outgoing|pre-2026|withdrawn |superseded |the past|qsr era|qsr time|qsr day"
        "|qmsr era|qmsr time|qmsr day"
    ),
    within=60,
)
"""Stands behind what is said to be of the former law."""
FIRST_ISSUED = Expression(
    r"[\"')]{0,2}(?: \([a-z ]{2,12}\))? (?:was|had been) (?:(?:first|originally|finally) )?(?:issued|published"
    r"|promulgated|enacted|adopted|introduced|written|finali[sz]ed|codified) (?:in|on) (?:[a-z]+ )?(?:\d{1,2}, )?"
    r"(?:19\d\d|20[01]\d)(?= ?(?:\.|$)| and was | as | by | to )",
    needs=needed("was|had been"),
)
"""Stands behind it, and tells when it was issued."""
_APPLIED = (
    r"(?:(?:audit|inspect|assess|test|check|review|evaluate|measure|train)(?:e?s|ed)?(?: [a-z-]+){0,4} (?:against|to)"
    r"|compl(?:y|ies) with|conforms? (?:to|with)|adheres? to|follows?|implements?|meets?|satisf(?:y|ies)"
    r"|(?:is|are|remains?) (?:(?:still|also|both|now|currently|fully) ){0,2}(?:subject to|bound by|compliant with"
    r"|in compliance with|governed by|regulated by|(?:handled|managed|made|manufactured|done|performed|conducted"
    r"|carried out|maintained|reviewed|audited|inspected|controlled|released) (?:under|per|to|against|by"
    r"|in accordance with|according to)))"
)
_OLD_ONE = r"(?:outgoing|original|19\d\d|former|old|legacy|previous|superseded)"
APPLIED_BEFORE = Expression(
    rf"(?<![a-z]){_APPLIED} (?:both |either )?(?:(?:the )?qmsr,? (?:and|or|and/or) )?(?:the|fda's|our) "
    rf"(?:{_OLD_ONE},? ){{1,2}}(?:(?:fda|us|u\.s\.|cgmp|21|cfr|part|820) ){{0,4}}[\"'(]{{0,2}}$",
    needs=needed("outgoing|original|19|former|old|legacy|previous|superseded"),
)
"""Stands before a name of the regulation as it was, and says that it is what is followed today."""
NOT_APPLIED = Expression(
    r"(?<![a-z])(?:not|no longer|never|nobody|nothing|cannot|can't|don't|doesn't|isn't|aren't|stop(?:s|ped)?"
    r"|longer|how|what|which|that|who|whether|if|where|when|until|before|had|did|was|were|used to|compar[a-z]+"
    r"|differ[a-z]*|unlike|than|otherwise) ",
)
"""Tells of such words that they are denied, asked about, or said of others."""
OLD_BEFORE = Expression(
    rf"(?<![a-z]){_OLD_ONE} (?:(?:fda|fda's|19\d\d|us|u\.s\.|cgmp|21|cfr|part|820) ){{0,4}}[\"'(]{{0,2}}$",
    needs=needed("outgoing|original|19|former|old|legacy|previous|superseded"),
)
IN_FORCE_AFTER = Expression(
    r"[\"')]{0,2}(?: \([a-z ]{2,12}\))?(?:,? (?:which|that))? "
    r"(?:(?:still|now|today|currently|also|and the qmsr|continues to|remains) ){0,2}"
    r"(?:governs?|regulates?|controls?|binds|appl(?:y|ies) (?:to|in|at|here|for)"
    r"|is our (?:law|basis|standard|regulation|rule|framework)(?! (?:no longer|no more|until|of the past))"
    r"|(?:is |are )?(?:(?:still|now|also|both) )?(?:in force|in effect|binding|applicable))(?![a-z])",
    needs=needed("govern|regulat|control|binds|appl|in force|in effect|binding|is our"),
    within=80,
)
"""Together they say that the old regulation is in force."""
DENIED_AFTER = Expression(
    r"[\"')]{0,2}(?: \([a-z ]{2,12}\))? (?:(?:is|are|was|were|has|have|had) (?:not|never)|(?:is|are|was|were|has|have"
    r"|had)n't)(?: (?:been|being|yet|ever|actually|really)){0,2} (?:replaced|superseded|eliminated|withdrawn|removed"
    r"|revoked|repealed|rescinded|abolished|retired|reserved|deleted|gone)(?= ?(?:[.!?:]|$)"
    r"|,(?! (?:but|it (?:was|is)) )"
    r"| by (?:the )?(?:new )?(?:qmsr|quality management system regulation|iso 13485|final rule|2026)"
    r"| (?:when|with|and|so|because|after|from)(?![a-z]))",
    needs=needed(" not | never |n't "),
    within=60,
)
NOT_TRUE_THAT = Expression(
    r"(?<![a-z])(?:not|never) (?:true|correct|right|the case|so) that (?:the |fda's )?(?:(?:old|former|fda|original) )"
    r"{0,2}[\"'(]{0,2}$",
    needs=("that ",),
)
"""Denies what is said of the name behind it."""
APPLIES_AFTER = Expression(
    r"[\"')]{0,2} (?:still )?(?:applies|governs|is (?:still )?in force|is (?:still )?in effect)(?![a-z])"
)
DENIED_BEFORE = Expression(
    r"(?<![a-z])(?:qmsr|quality management system regulation|final rule)\)? (?:(?:has|have|had|does|do|did|will|would)"
    r" (?:not|never)|(?:has|does|did|would)n't|won't|never)(?: (?:yet|ever|actually|really)){0,2} (?:replaced?"
    r"|superseded?|eliminated?|withdr[ae]wn?|removed?|revoked?|repeal(?:ed)?|rescind(?:ed)?|abolish(?:ed)?|retired?)"
    r" (?:the |fda's )?(?:(?:old|former|fda|original) ){0,2}[\"'(]{0,2}$",
    needs=needed(" not | never |n't |won't"),
)
"""Denies that something has gone: before it or behind it."""
FORMERLY_PART_820 = Expression(
    r"\((?:formerly|previously) (?:the )?21 cfr (?:part )?820,? (?:the |or |known as (?:the )?)?[\"'(]{0,2}$",
    needs=needed("formerly|previously"),
)
WAS = Expression(r"^was (?:21 cfr )?$")
"""The same behind a semicolon, which ends a sentence: "(820.35(a); was 820.198)"."""
IS_NOW = Expression(
    r",? (?:and )?(?:is )?now (?:(?:iso|clauses?|21 cfr|\u00a7) ?|[4-8]\.\d(?:\.\d)*(?= ?(?:[.;,)]|$))|820\.)"
)
"""Goes on with it: "Was 820.100, now 8.5"."""

REPLACED = Expression(
    r"(?<![a-z])"
    + any_of(
        r"(?:former|prior|old|legacy|obsolete|superseded|retired|eliminated|discontinued|withdrawn|pre-qmsr|outdated"
        r"|deprecated|previous|repealed)",
        "formerly", "previously", "replaces", "(?:(?<=files )|(?<=records )|(?<=\\) ))replace",
        "replaced(?! by)", "replacing", "supersedes", "superseded(?! by)",
        "retires", "(?:is |are )?retiring", "discontinues", "discontinuing", "phas(?:es|ed|ing) out",
        "stopped using", "ceased to use", "withdrew", "instead of", "in place of", "in lieu of", "rather than",
        "no longer", "not any ?more", "equivalent to the old", "takes? the place of", "took the place of",
    )
    + r" ((?:\S+ ){0,4})[\"'(]{0,2}$|(?<![a-z])(?:no longer|replaces): ()[\"'(]{0,2}$",
    needs=needed("former|prior|old|repealed|legacy|obsolete|supersed|retire|retiring|eliminated|discontinu|phas|"
        "withdr|pre-qmsr|outdated|deprecated|previous|replac|stopped using|ceased|instead of|"
        "in place of|in lieu|rather than|no longer|any more|anymore|the place of"),
)  # fmt: skip
"""Stands before what is replaced. Ordinary document control speaks like this of records too ("obsolete DMRs are
archived"), so that a term needs the current one beside it."""

_RECORDS = (
    "medical device files?", "mdf", "design (?:and|&) development files?", "ddf", "qmsr",
    "(?:(?:medical )?device or )?batch(?: or lot)? records?",
    "lot or batch records?",
    "quality management system regulation", "top management", r"820\.(?:10|35|45)",
    r"(?:(?:compliance program|cp) )?7382\.850",
    "(?:qms|quality management system) (?:record|documentation)s?",
)  # fmt: skip
_RECORDS_NEED = needed(
    "medical device file|mdf|development file|ddf|qmsr|batch |quality management system|top management|820.10"
    "|820.35|820.45|7382.850|qms "
)
_TODAY = rf"(?=(?:the |an? |new |term ){{0,3}}[\"']?{any_of(*_RECORDS, 'internal audits?')})"
"""The words of today follow."""
NOW = Expression(
    r"[\"')\]]{0,2},? ?"
    + any_of(
        r"\((?:now|currently|renamed|see now|since)(?![a-z])",
        rf"(?:will|shall) (?:now |henceforth )?be (?:called|known as|named|renamed) {_TODAY}",
        rf"renamed (?:to |as |into )?{_TODAY}",
        rf"(?:(?:is|are|was|were) deleted and )?(?:replaced|superseded|exchanged) (?:by|with|for) {_TODAY}",
        r"(?:(?:is|are|was|were|has been|have been) )?(?:exchanged|swapped) (?:for|with|against)"
        r" (?=(?:the |today's |current ){0,2}(?:iso |qmsr|clauses? |21 cfr ))",
        rf"= ?now {_TODAY}",
        rf"(?:was|were|has been|have been) (?:now )?(?:merged|combined|consolidated|rolled|folded) into {_TODAY}",
        r"(?:is|are|was|were|has been|have been) (?:now |since |being )?(?!reserved (?:for (?!future)|as |to |at |on ))"
        r"(?:called|known as|renamed|replaced|superseded|eliminated|retired|withdrawn|discontinued|reserved"
        r"|no longer|removed)(?! (?:by|from|and) )",
        r"(?:itself )?(?:is|are|was|were|has been|have been) (?:now )?(?:replaced|superseded|succeeded) by",
        "(?:is|are) now named(?! (?:by|in|as) )",
        r"(?:(?:[-\u2014,]|to|through|and) ?§{0,2} ?820\.\d{1,3} ?)?[\[(]reserved",
        r"\((?:former|old|legacy|obsolete|superseded|retired|withdrawn|qsr term|pre-qmsr)",
        r"became(?![a-z])",
        r"no longer",
        r"(?:retired|discontinued|(?:retirement|discontinuation)(?: (?:paragraph|section|notice|date))?)"
        r"(?= ?(?:[.,;:)\]]|$))",
        r"(?:[^.;]{0,40} )?(?:to be|shall be|is|are) (?:read|understood|interpreted) as",
        r"(?:[^.;]{0,40} )?(?:to be|shall be|is|are) (?:construed|deemed) (?:as |to be )?(?:an? )?references?(?![a-z])",
    ),
    needs=needed(
        "now|currently|named|since|called|known as|replaced|superseded|succeeded|exchanged|swapped|construed|deemed|"
        "eliminated|retired|withdrawn|discontinued|reserved|no longer|removed|former|old|legacy|merged|combined|"
        "consolidated|rolled|folded|obsolete|qsr term|pre-qmsr|became|read as|understood as|interpreted as|retirement"
        "|discontinuation"
    ),
    within=90,
)
"""Stands behind what is replaced; a term needs the current one, or the year 2026, beside it."""

NOT_TO_CITE = Expression(
    r"(?<![a-z])(?:(?:do|does|must|shall|should) not|never|avoid|avoids|instead of|stop|not) "
    r"(?:cit(?:e|es|ing)|refer(?:s|ring)? to|referenc(?:e|es|ing)|quot(?:e|es|ing)|mention(?:s|ing)?)"
    r"(?: (?:the|any|old|former|legacy|obsolete|section|sections|21|cfr|part|fda|\u00a7+)){0,4} ?[\"'(]{0,2}$",
    needs=needed("cit|refer|quot|mention"),
)
"""Stands before a section or a name that is to be cited no more; of a record it may be said on its own account."""
TO_EDIT = Expression(
    r"(?<![a-z])(?:replac(?:e|es|ed|ing)(?! with)|chang(?:e|ed|ing)|updat(?:e|es|ed|ing)|correct(?:s|ed|ing)?"
    r"|remov(?:e|es|ed|ing)|delet(?:e|es|ed|ing)|search(?:es|ed|ing)?|look(?:s|ing)? for|find(?:s|ing)?|swap(?:s|ped)?"
    r"|convert(?:s|ed|ing)?)"
    r"(?: (?:all|any|the|every|each|old|sops?|documents?|procedures?|files?|forms?|manual|for|from|sections?"
    r"|(?:references?|citations?|mentions?|occurrences?|instances?|terms?|words?|acronyms?)(?: (?:to|of))?)){0,7}"
    r" (?:21 cfr )?[\"'(]{0,2}$",
    needs=needed("replac|chang|updat|correct|remov|delet|search|look|find|swap|convert"),
)
"""Stands before what is to be taken out of documents; of a record only where it is quoted as a word."""
EDIT_CELL = Expression(
    r"(?:update|change|replace|revise|rename|correct)[sd]? (?:it )?(?:to|with|by)(?![a-z]).*",
    needs=("update", "change", "replace", "revise", "rename", "correct"),
)
"""A cell that says what the words in the one beside it are to be changed to."""
NAMED_IN_CELL = Expression(
    r"(?:references?|citations?|mentions?|occurrences?|definitions?|abbreviations?|acronyms?|terms?|words?|titles?)"
)
"""Says of the words in a cell that they are spoken of as words."""
TO_BE_EDITED = Expression(
    r"[\"')\]]{0,2} (?:(?:is|are|was|were|shall|must|should|will|has|have)(?: been)?(?: to)?(?: be)? (?:deleted|removed"
    r"|replaced|updated|corrected|changed|taken out)|(?:replaced|updated|corrected|changed|migrated) (?:to|by|with) )",
    needs=needed("deleted|removed|replaced|updated|corrected|changed|migrated|taken out"),
    within=30,
)
REFERENCE_BEFORE = Expression(
    r"(?:references?|citations?|mentions?) (?:to|of) (?:(?:the|old|section|21 cfr) ?){0,3}$",
    needs=needed("refer|cit|mention"),
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
    needs=needed("\"|'"),
)
"""Stands before a word in quotation marks that is spoken of as a word."""
_PAPERS = (
    "(?:sops|documents|procedures|forms|files|templates|policies|manuals|work instructions|references|citations"
    "|mentions|occurrences|instances)"
)
LOOKED_FOR = Expression(
    r"(?<![a-z])(?:identif(?:y|ies|ied|ying)|find|locate|locating|search(?:ing)?|flag) (?:for )?"
    rf"(?:(?:all|any|every|the|our|existing|active|site|quality|controlled) ){{0,3}}{_PAPERS}"
    r" (?:(?:that|which) )?(?:still )?(?:referenc(?:e|ing)|cit(?:e|ing)|mention(?:ing)?|refer(?:ring)? to"
    r"|(?<=references )(?:to|of)|(?<=citations )(?:to|of)|(?<=mentions )of|(?<=occurrences )of|(?<=instances )of)"
    r"(?: (?:the|old|former|legacy|qsr|sections?|21|cfr|part|fda)){0,4} [\"'(]{0,2}$",
    needs=needed("identif|find|locat|search|flag"),
)
"""Stands before what documents are looked through for, in order to change it."""
REFERENCES_BEHIND = Expression(
    r"[\"']{0,2} (?:references?|citations?|mentions)(?![a-z])",
    needs=needed("reference|citation|mention"),
    within=20,
)
REFERENCES_CHANGED = Expression(
    r"[\"']{0,2} (?:references?|citations?|mentions|terms?|terminology|acronyms?|wording)"
    r"(?: \((?:[^()]|\([^()]{1,8}\)){1,120}\))?(?: (?:all|now))?"
    r" (?:(?:was|were|has been|have been) (?:all |now )?(?:replaced|exchanged|swapped|removed|deleted|updated|corrected"
    r"|taken out|eliminated)(?![a-z])"
    r"|(?:(?:is|are) )?(?:replaced|exchanged|swapped|removed|deleted|eliminated)"
    r"(?= (?:by|with|for|from) | throughout(?![a-z])|[.;]|$))",
    needs=needed("replaced|exchanged|swapped|removed|deleted|updated|corrected|taken out|eliminated"),
)
"""Stands behind the name of the old regulation, whose citations are said to have been changed."""
EDITING = Expression(
    r"(?<![a-z])(?:identif(?:y|ies)|find|locate|check|updat(?:e|es|ing)|replac(?:e|es|ing)|remov(?:e|es|ing)"
    r"|correct(?:s|ing)?|search(?:es|ing)?|flag|chang(?:e|es|ing)|revis(?:e|es|ing)|eliminat(?:e|es|ing)|delete)(?![a-z])"
)
"""Together they tell that documents are looked through for references to the law, in order to change them."""
IF_ANY = Expression(r"(?<![a-z])(?:if|where|wherever|when) (?:[a-z]+ )?(?:any|there) ", needs=("any ", "there "))
LISTED_BEHIND = Expression(
    r"[\"'] (?:is|are) (?:still )?(?:listed|present|found|used|mentioned|named|shown|there|included)(?![a-z])"
)
EDITED_WHERE = Expression(
    rf"{EDITING.expression}[^.;]{{1,80}} (?:if|where|wherever|when|whenever)(?: the(?: word| term| acronym)?)? [\"']$"
)
"""The same of a word in quotation marks, where a document has it."""
_WORDS = "(?:terms?|words?|acronyms?|abbreviations?|expressions?)"
_ENDED = (
    r"(?:obsolete|outdated|deprecated|retired|historical|former|abandoned|forbidden|banned|prohibited|eliminated"
    r"|discontinued|superseded|legacy)"
)
CALLED_OLD = Expression(
    r"[\"')\]]{0,2}(?: \([a-z ]{2,30}\))?[\"']?(?:(?: (?:is|are)(?: now)?| ?[:=(\u2014-]{1,2})(?: an?)?"
    rf" ?(?:{_ENDED} {_WORDS}|{_WORDS} of (?:yesterday|the (?:past|old|former|repealed)))"
    rf"| (?:was|were) (?:an? |the )?{_WORDS} (?:of|in|from|under) (?:the |fda's )?(?:(?:old|former) )?{cues.OLD_NAME}"
    rf"| ?[-\u2014:,]? see (?:also )?[a-z ]{{4,40}} ?\({_ENDED} {_WORDS}\))",
    needs=needed("term|word|acronym|abbreviation|expression"),
    within=120,
)
"""Stands behind a word that is called one of the past."""
OLD_WORDS_BEFORE = Expression(
    rf"(?<![a-z])(?:{_ENDED} {_WORDS}|(?:{_WORDS}|synonyms?) \({_ENDED}\))(?: [a-z]+){{0,4}}: [\"']?$",
    needs=needed("term|word|acronym|abbreviation|expression|synonym"),
)
"""Leads in a list of words of the past."""
_HAS_GONE = (
    r"(?:is|are|was|were|has been|have been)(?: now| all)? (?:dropped|discontinued|abandoned|retired|eliminated"
    r"|abolished|withdrawn|deprecated|obsolete|gone)(?![a-z]| (?:through|off|if|when|by the|unless|until))"
)
WORD_HAS_GONE = Expression(
    rf"(?<![a-z])(?:this|that) (?:term|word|expression|abbreviation|acronym) {_HAS_GONE}",
    needs=needed("term|word|expression|abbreviation|acronym"),
)
"""Says in its sentence that the word in question has gone."""
WORDS_HAVE_GONE = Expression(
    rf"[\"']? {_WORDS}(?: themselves)? {_HAS_GONE}"
    r"|[\"']? (?:definitions?|terms?) (?:is|are|was|were|has been|have been)(?: now| all)? (?:removed|deleted) from"
    r" (?:\u00a7|820|21 cfr|part 820|the (?:regulation|rule|qsr|law|text|qmsr))",
    needs=needed("term|word|acronym|abbrev|expression|definition"),
    within=60,
)
HAVE_GONE = Expression(rf"[\"']? {_HAS_GONE}")
"""The same right behind it, or behind the list of its like; the latter where `WORDS_BEFORE` stands before that."""
WORDS_BEFORE = Expression(
    rf"(?<![a-z])(?:the|these|old|legacy) {_WORDS},?:? [\"']?$", needs=needed("term|word|acronym|abbrev|expression")
)
TO_TAKE_OUT = Expression(
    r"(?<!not )(?<!never )(?<![a-z])(?:scrub|purge|eliminate|retire|weed out)(?:s|d|ing|bing|bed)?"
    r" (?:(?:all|any|the|old|legacy|remaining) ){0,3}[\"']?$",
    needs=needed("scrub|purg|eliminat|retir|weed"),
)
TERMS_BEHIND = Expression(
    rf"[\"']? (?:{_WORDS}|terminology|wording)(?![a-z]| and | master| sheet)",
    needs=needed("term|word|acronym|abbrev|expression"),
    within=20,
)
"""Together they say of a word, or a list of such, that it is to be taken out of texts."""
_SPOKE = r"(?:used|said|wrote|spoke of|called it|named)(?: the (?:terms?|words?|names?))?"
WORD_OF_THE_LAW = Expression(
    rf"(?<![a-z])(?:where|while|what|as|though|but) (?:the |fda's )?(?:(?:old|former|outgoing|1996) ){{0,2}}"
    rf"(?:{cues.OLD_NAME}|regulation|rule|part 820|21 cfr(?: part)? 820) {_SPOKE}:? [\"']$",
    needs=needed("used|said|wrote|spoke|called|named"),
)
"""Stands before a word in quotation marks that the former law used."""
WHERE_IT = Expression(
    r"(?<![a-z])(?:where|while|what|as|though|but) (?:the |fda's )?(?:(?:old|former) ){0,2}$",
    needs=("where ", "while ", "what ", "as ", "though ", "but "),
)
USED_WORDS = Expression(rf" {_SPOKE}:? [\"']", needs=needed("used|said|wrote|spoke|called|named"), within=30)
"""Together they say of the former law that it used the words behind."""
NOT_REQUIRED_BY = Expression(
    r"(?<![a-z])there is no (?:[a-z]+ )?(?:requirement|definition|term) (?:in|under|of) (?:the )?(?:qmsr|iso 13485"
    r"|standard|regulation)(?:,)? (?:for|of) (?:an? |the )?(?:separate )?[\"']?$"
    r"|(?<![a-z])there (?:is|are) no longer (?:(?:an?|any) )?(?:requirements?|need) (?:for|of|to keep) (?:an? |the )?"
    r"[\"']?$|(?<![a-z])(?:under|in) (?:the )?(?:qmsr|iso 13485(?::2016)?|new regulation),? there (?:is|are)"
    r" (?:no|no longer (?:an?|any)) (?:separate )?[\"']?$"
    r"|(?<![a-z])(?:qmsr|iso 13485(?::2016)?|standard|part 820) (?:(?:has|knows|contains|names|mentions|defines) no"
    r"|does not (?:have|know|contain|name|mention|define|speak of|refer to)(?: an?| the| any)?)"
    r" (?:separate )?[\"']?$",
    needs=needed("qmsr|13485|standard|regulation|part 820|there is no longer|there are no longer"),
)
"""Says before a term that the law of today does not ask for it."""
TO_GIVE_NAME = Expression(
    r"(?<![a-z])(?:re-?nam|re-?titl|re-?label)(?:e|es|ed|ing) (?:[a-z]+ ){0,2}[\"']?$", needs=needed("nam|titl|label")
)
NEW_NAME_BEHIND = Expression(r"[\"']?(?: [a-z]+)? (?:to|into|as) (?:the |an? )?[\"']?")
NAME_ENDS = Expression(r"[\"']?(?: (?:templates?|forms?|folders?|index|labels?|headings?))?[\"']?(?= ?(?:[.;,(]|$))")
"""Together they say what a thing with the old word in its name is called from now on."""
TAKES_PLACE_OF = Expression(
    r"^(?:this (?:procedure|sop|document|form|policy|instruction|version|revision|manual) )?"
    r"(?:supersedes|replaces|cancels)(?: and replaces)?:? "
    r"[a-z]{2,6}(?:[-_.][a-z]{1,6}){0,2}[-_. ]?\d{2,6}(?:\.\d{1,3}){0,2}"
    r"(?:[,:]? (?:rev(?:ision|\.)?|ver(?:sion|\.)?|v|issue) ?[a-z0-9.]{1,4})?[,:]? (?:[-\u2014] )?"
    r"(?:[\"'(][^.;\"']{0,60}|(?:[a-z0-9&-]+ ){0,3})$",
    needs=needed("supersedes|replaces|cancels"),
)
"""Stands before words of the title of a document whose place this one takes."""
OUT_OF_USE_LIST = Expression(
    r"^(?:withdrawn|cancell?ed|superseded|obsolete|retired|discontinued)"
    r" (?:documents?|forms?|procedures?|sops|templates?|policies|instructions?)(?: \([^()]*\))?:"
    r" [a-z]{1,6}(?:[-_.][a-z]{1,6}){0,2}[-_. ]?\d[^.;]{0,300}$",
    needs=needed("withdrawn|cancel|superseded|obsolete|retired|discontinued"),
)
"""Leads in a list of documents that are in use no more."""
_OF_WORDS = rf"(?:(?:the|these|those|all|any|old|legacy|obsolete|use|of) ){{1,4}}{_WORDS}:? [\"']?$"
AS_A_TERM = Expression(
    r"(?<![a-z])(?:(?:retir|remov|eliminat|drop|delet|replac|abandon|avoid)(?:e|es|ed|ing|s|p|ped|ping)?"
    r"|not (?:contain|use|include|require|have|know|define|mention)"
    r"|no longer (?:contains?|uses?|includes?|requires?|has|have))"
    rf" {_OF_WORDS}"
    r"|^(?:there (?:are|is) )?no more [\"']?$"
    r"|(?<![a-z])(?:not|never) (?:to )?(?:retain|carry over)(?:ed|s)? (?:the |separate |specific |any ){0,2}"
    r"(?:requirements?|definitions?|concepts?) (?:for|of|on) (?:the )?[\"']?$"
    rf"|(?<![a-z])search(?:es|ed|ing)? (?:(?:all|any|the|our|every) ){{0,2}}{_PAPERS} for {_OF_WORDS}",
    needs=needed("term|word|acronym|abbreviation|expression|no more|retain|carry over"),
)
"""Stands before terms that are spoken of as words: to be retired, to be searched for, or in a text no more."""
_OF_TEXTS = (
    r"(?:from|in|by|under|within) (?:(?:the|our|this|these|all|any|its|new|current|revised|amended|final|fda|fda's|us"
    r"|2026|site|company|controlled|quality|qms|text|wording|language|of) ){0,6}"
    r"(?:(?:quality )?(?:management )?system )?(?:qmsr|regulations?|rules?|law|cfr|21 cfr(?: part)?(?: 820)?|part 820"
    r"|820(?:\.3)?|standard|iso(?: 13485(?::2016)?)?|text|wording|fda|procedures?|sops?|documents?|documentation"
    r"|manuals?|policies|forms?|templates?|instructions?|vocabulary|terminology|glossary|language)"
    r"(?! ?(?:label|tag|sticker|box|carton|screen|sheet)s?(?![a-z]))(?![a-z])"
)
"""What words are removed from, of the law's texts and of documents."""
NOT_DEFINED = Expression(
    r"[\"')]{0,2} (?:is|are) (?:now |all )?no longer (?:separately )?defined(?= ?(?:[.;,:)]|$)"
    r"| (?:in|by|under) (?:the )?(?:new |current )?(?:qmsr|iso 13485|standard|part 820|21 cfr|820|regulations?)"
    r"(?![a-z]))",
    needs=("no longer",),
    within=40,
)
"""Says behind terms that the law defines them no more."""
DROPS = Expression(
    r"(?<![a-z])(?:qmsr|fda|rule|regulation|part 820)(?: has)? (?:(?:eliminat|retir|remov|drop|delet)(?:e|es|ed|s|ped)"
    r"|(?:does|did|done) away with) (?:the )?[\"']?$",
    needs=("eliminat", "retir", "remov", "drop", "delet", " away "),
)
AS_TERMS = Expression(
    r"[\"')]{0,2} (?:as (?:(?:defined|official|regulatory|separate|legal|distinct) ){0,2}terms"
    r"|from (?:the |its )?(?:(?:new|current|us|amended|revised|text of the) )?"
    r"(?:regulations?|law|rule|part 820|21 cfr|qmsr))(?![a-z])"
)
"""Together they say that the law has these terms no more."""
DONE_AWAY_WITH = Expression(
    r"(?<![a-z])(?:qmsr|rule|regulation) (?:has |have )?(?:does|did|done) away with (?:the )?[\"']?$", needs=(" away ",)
)
"""Says so by itself."""
TERMS_GONE = Expression(
    rf"[^.;]{{0,80}} (?:these|those) {_WORDS} (?:(?:do|does|did) not (?:appear|exist|occur|stand)"
    r"|no longer (?:appear|exist|stand)"
    r"|(?:are|were|have been) (?:now |all |both ){0,2}(?:gone|retired|removed|eliminated|dropped"
    r"|no longer (?:used|defined)))"
    rf"(?= ?(?:[.;:,)\]!]|- |\u2014|$)| (?:any ?more|any longer|now|today|altogether|entirely|and|but|since|because"
    r"|as of|with the qmsr|when|once|in favou?r of|there|effective)(?![a-z])| (?:on|since) (?:\d|february)"
    rf"| {_OF_TEXTS})",
    needs=needed("these |those "),
    within=140,
)
"""Stands behind terms that are said to be gone."""
MAY_KEEP = Expression(
    r"(?<![a-z])(?:may|can|could|might|free to|allowed to|permitted to) (?:still |also )?(?:continue|keep)"
    r"(?: to use| using| on using) (?:the |their |old |legacy |familiar ){0,3}[\"']?$",
    needs=needed("continue|keep"),
)
TERMINOLOGY = Expression(r"[\"']? (?:terminology|terms?|names?|acronyms?|wording)(?![a-z])")
"""Together they say that words of a company's own may stay."""
TO_RENAME_FROM = Expression(
    r"(?<![a-z])(?:re-?nam|chang|switch|migrat|transition|updat)[a-z]{0,5} (?:[a-z]+ ){0,3}from [\"']?$",
    needs=("from ",),
)
"""Says of a term that it gives way to the one behind "to"; things are moved from one record to another as well."""
FROM = Expression(
    r"(?:^[^a-z]*|(?<![a-z])(?:re-?point|re-?map|map|updat|chang|switch|migrat|transition|harmoni[sz]|repair|correct)[a-z]{0,5}"
    r" (?:[a-z]+ ){0,3})from (?:the |an? )?[\"']?$",
    needs=("from ",),
)
TO = Expression(r"[\"']? to (?:the |an? )?(?:new )?[\"']?(?:21 cfr )?(?:\u00a7{1,2} ?)?")
CITED_ELSEWHERE = Expression(
    r"(?<!this procedure )(?<!this sop )(?<!this document )(?<!this manual )(?<![a-z])(?<!we )"
    r"(?:still|wrongly|incorrectly|mistakenly) (?:cites?|refers? to|references?|names?|mentions?|says?|prints?|shows?"
    r"|reads?|carr(?:y|ies)|lists?) [^.;]{0,40}$"
    r"|(?<![a-z])(?:(?:fda|fda's|that|ich|imdrf|draft|final|posted) (?:[a-z]+ ){0,3}guidance|tir ?\d+|brochure"
    r"|(?:journal )?article|vendor's [a-z]+|(?:the|fda's) draft's)(?: [a-z,]+){0,9}"
    r" (?:cites?|refers? to|references?|mentions?|says?|names?|quotes?|maps?|speaks? of|(?:still )?points? to)"
    r" [^.;]{0,30}$"
    r"|(?:^|the )guidance (?:speaks of|still (?:cites|refers to|mentions|points to)) [^.;]{0,30}$"
    r"|(?<![a-z])(?:legacy|old|older|earlier|archived|historical) (?:[a-z]+ ){0,2}"
    r"(?:reports?|records?|protocols?|minutes|files?|dossiers?)"
    r" (?:cite|refer to|mention|name) [^.;]{0,30}$"
    r"|(?<![a-z])(?:ncrs?|ncs?|nonconformit(?:y|ies)|reports?|records?|minutes|capas?|logs?|protocols?|validations?)"
    r" of (?:(?:19|20)\d\d ?(?:-|\u2013|to|and) ?)?(?:19\d\d|20[01]\d|202[0-5])"
    r" (?:cite|refer to|mention|name) [^.;]{0,30}$"
    r"|(?<![a-z])(?:replac|supersed|former|earlier|previous|old )[^;]{0,90}, (?:in which|which (?:referred to|cited"
    r"|referenced|named|mentioned|was based on|was written (?:to|against))) (?:the )?$",
    needs=needed(
        "still|wrongly|incorrectly|mistakenly|draft|guidance|tir|brochure|article|vendor|legacy|old|earlier|archived|"
        "historical|, which |, in which |of 1|of 2"
    ),
)
"""Stands before a section or a name that another document, or an outdated one, is said to cite."""
KEEPS_NAME = Expression(
    r"[\"')]{0,2}(?: [a-z-]+){0,8} (?:keep|keeps|retain|retains) (?:their|its|the) "
    r"(?:old |original |existing |former )?(?:names?|titles?|designations?)",
    needs=needed("keep|retain"),
)
NOT_A_TERM = Expression(
    r"[\"')\]]{0,2} (?:(?:is|are|was|were|will be|shall|must|should|may|can) (?:not|no longer)|cannot)"
    r" (?:(?:to )?(?:be )?(?:used|written|said|cited|quoted|referenced)|(?<=not )(?:appear|exist|occur))"
    r"(?: (?:any ?more|any longer|again|in|here|by|since|but)|[.;,]|$)",
    needs=needed("used|written|said|cited|quoted|referenced|appear|exist|occur"),
    within=50,
)
"""Stands behind a word that is not to be used; of a record only where it is called a word."""
NOT_USED_BUT = Expression(r"[\"')] (?:is|are) not (?:used|named|mentioned) but ", needs=("not ",), within=30)
"""Stands behind a word in quotation marks that somebody else has another one for."""
TERM = Expression(
    whole_word(
        "terms?",
        "terminology",
        r"words?(?! ?\.?(?:docx?|files?|documents?|templates?|exports?)(?![a-z]))",
        "acronyms?",
        "abbreviations?",
        "names?",
        "expressions?",
    ),
    needs=needed("term|word|acronym|abbreviation|name|expression"),
)
TO_RENAME = Expression(
    r"(?<![a-z])(?:no|not|nobody|somebody|anybody|never)(?: [a-z]+){0,4}"
    r" (?:re-?nam|re-?titl|re-?label)(?:e|es|ing) (?:any |all |the |our |your )?"
    r"(?:old|older|existing|archived) $",
    needs=needed("nam|titl|label"),
)
"""Stands before records of the past that are, or are not, to be given a new name."""
ASKED_FOR = Expression(
    r"(?<![a-z])(?:what (?:has )?(?:happened|became|become)|what (?:did|does) happen) (?:to|of|with) "
    r"(?:the )?(?:old |former )?(?:section |21 cfr |part )*$",
    needs=needed("what "),
)
"""Asks what became of a section."""
_CITES = (
    r"(?:cit(?:es?|ing)|references?|referencing|refer(?:s|ring)? to|mentions?|mentioning|quotes?|quoting|names?|naming"
    r"|points? to)(?: (?:any|of|to|the|old|former|legacy|sections?|citations?)){0,4} [\"'(]{0,2}$"
)
IS_APPLIED = Expression(
    r"[\"')]{0,2},? (?:(?:which|that) )?(?:is|are) (?:(?:still|now|also|all) )?"
    r"(?:applied|followed|kept|met|used|implemented|observed|maintained|required|mandatory|binding)(?![a-z])"
)
"""Says behind a citation of a former requirement that it is done today."""
BECAME_OF_IT = Expression(
    r"[\"')]{0,2}(?: \([a-z ]{2,30}\))?"
    r"(?: (?:under|in|with|after|since) (?:the )?(?:qmsr|iso 13485(?::2016)?|new (?:rule|regulation)"
    r"|transition(?: to the qmsr)?))? ?\?$"
)
"""Ends the question that asks what became of a term."""
WHERE_IT_WENT = Expression(r"(?<![a-z])where (?:did|has|have) (?:the |our )?(?:old )?[\"']?$", needs=("where ",))
IT_WENT = Expression(
    r"[\"')]{0,2}(?: \([a-z ]{2,30}\))? (?:go|gone)(?: (?:under|in) (?:the )?qmsr)? ?\?$", needs=(" go",), within=60
)
"""Together they ask the same."""
FAREWELL = Expression(
    r"(?<![a-z])(?:say(?:s|ing)?|said|wave[ds]?) (?:good-?bye|farewell) to (?:the |our )?(?:old )?[\"']?$",
    needs=("bye", "farewell"),
)
"""Says that a term is gone."""
READ_REFERENCES = Expression(
    r"(?<![a-z])read (?:(?:any|all|the|its|those|these|this [a-z]{1,16}'s|that [a-z]{1,16}'s) ){0,3}"
    r"(?:references?|citations?) (?:to|of) (?:(?:the|old|former|section) ){0,3}[\"']?$",
    needs=("read ",),
)
READ_INSTEAD = Expression(
    r"[^.;]{0,160} as (?:(?:an?|the|today's|references?|citations?|to|of) ){0,4}"
    r"(?:iso|clauses?|820\.|qmsr(?= ?(?:[.,;)]|$)))",
    needs=(" as ",),
    within=220,
)
"""Together they say what the citation of a section is to be read as."""
NONE_CITES = Expression(
    r"(?:^|[.:;,(\u2022] |(?<![a-z])(?:that|whether|if|and) )(?:no(?: more)?|none of (?:the|our|these|its))"
    rf" (?:(?:current|live|active|controlled|effective|other) ){{0,2}}(?:[a-z-]{{1,20}} ){{1,5}}{_CITES}",
    needs=needed("no |no more |none of "),
)
"""Says, or asks to verify, that no document cites a section."""
EXCEPTED = Expression(r"[^.;]{0,60}(?<![a-z])(?:without|unless|except|but|other than|outside|more than)(?![a-z])")
STILL_CITES = Expression(
    r"(?<![a-z])(?:(?:does|do) (?:any|some) (?:[a-z-]{1,20} ){1,6}(?:still )?"
    r"|(?:does|do) (?:[a-z-]{1,20} ){1,6}still |(?:is|are) (?:there )?(?:still )?any (?:[a-z-]{1,20} ){1,5}"
    rf"(?:still |that (?:still )?)?){_CITES}",
    needs=("any ", "still ", "some "),
)
STILL_CITED_BEFORE = Expression(
    r"(?:^|[.:;,(\u2022-] |(?<![a-z])(?:whether|if|and) )(?:is|are)(?: (?:the|any|old|former|section|21 cfr)){0,3} "
    r"[\"'(]{0,2}$",
    needs=("is ", "are "),
)
STILL_CITED = Expression(
    r"[\"')]{0,2} (?:still|ever|anywhere) (?:being )?(?:cited|referenced|mentioned|quoted|named|referred to)(?![a-z])",
    needs=("still", "ever", "anywhere"),
    within=30,
)
"""Ask whether documents still cite a section."""
NEED_NOT = Expression(
    r"[\"')\]]{0,2} (?:need not|(?:do|does) not (?:need|have) to|need no|are not required to)"
    r" (?:be )?(?:re-?nam|re-?label|re-?titl|re-?creat|chang|convert|rewrit|re-?issu|new (?:name|title))",
    needs=needed("need|have to|not required"),
    within=40,
)
"""Stands behind records that keep their old name, as FDA expects them to."""
ALSO_CALLED = Expression(
    r"(?<![a-z])(?:also|otherwise|now|today) (?:referred to|known|called|named|termed|designated)(?: as)?"
    r"(?: the| an?| our)? [\"'(]{0,2}",
    needs=("also ", "otherwise ", "now ", "today "),
)
"""Stands between two names of one thing."""
HEADS_ENTRY = Expression(
    r"[^a-z]{0,10}(?:the |an? )?(?:(?:(?:medical )?device (?:master |history )?(?:records?|files?)"
    r"|design (?:history|and development) files?|(?:(?:medical )?device or )?batch records?|dmrs?|dhrs?|dhfs?|mdfs?"
    rf"|ddfs?)[^a-z0-9]{{1,4}}){{0,3}}(?:{ALSO_CALLED.expression})?",
)
"""What may stand before a term that an entry of a list of definitions is about."""
SLASH_AFTER = Expression(r"s?[\"')]{0,2}(?: \([a-z]{2,5}\))? ?/ ?[\"']?", needs=("/",), within=20)
SLASH_BEFORE = Expression(r"[\"')]{0,2} ?/ ?(?:[\"']?(?:[a-z]+ ){1,4}\()?[\"']?$", needs=("/",))
ORIGIN = Expression(r"\((?:in |under )?(?:the )?(?:old |former |fda |fda's )?$", needs=needed("("))
"""Stands before the name of the regulation that a term in brackets comes from."""
LIKENED_TO_TODAY = Expression(
    r"[\"')\]]{0,2} (?:corresponds?|is equivalent|is comparable|compares|is similar|maps) to"
    r" (?:today's|the (?:present|current|new)|what is now|now )",
    needs=needed("correspond|equivalent|comparable|compares|similar|maps"),
    within=40,
)
READ_AS = Expression(
    r"(?<![a-z])(?:still |may |might |that )(?:say|use|read|mention|contain|show|refer to|speak of)s?"
    r"(?: the| an?)?(?: (?:terms?|words?|acronyms?|abbreviations?))? ?[\"'(]{0,2}\0"
    r"[\"')\]]{0,2},? (?:read|it means|this means|it is|it shall|this is|understand|they mean)"
    r"|\0[\"')\]]{0,2} (?:appears )?in (?:older|earlier|previous|existing|legacy|old|historical) (?:documents?|records?"
    r"|procedures?|versions?|revisions?)[^.;,]{0,40} (?:means?|is|are|stands?|refers?|shall be)(?![a-z])",
    needs=needed(
        "read|means|it is|it shall|this is|understand|they mean|older|earlier|previous|existing|legacy|old |hist"
    ),
)
"""Says how a word of older documents is to be read; the word stands at the NUL."""

NAMED_NOW = Expression(
    r"[\"')\]]{0,2},? ?\((?:now|renamed|former|old term|legacy term|qsr term|pre-qmsr)(?![a-z])",
    needs=needed("("),
    within=20,
)
"""The same in brackets, which says it of the words themselves."""

ARROW = Expression("\u2192|\u21d2|->|=>|\u21a6|\u27a1", needs=needed("\u2192|\u21d2|->|=>|\u21a6|\u27a1"))
_VOCABULARY = (
    r"(?:new |current )?(?:iso|qmsr)(?: 13485)?(?::2016)? (?:terms|terminology|vocabulary|language|wording|equivalents)"
)
_ITS_CLAUSE = r"clauses? [4-8](?:\.\d{1,2})*(?![\d.]* of (?:this|our|the (?:sop|manual|procedure|document)))"
CURRENT = Expression(
    whole_word(*_RECORDS, "iso 13485", _ITS_CLAUSE, "internal audits?", _VOCABULARY, "(?:new )?cpg"),
    needs=(*_RECORDS_NEED, "iso", "clause", "internal audit", "cpg"),
)
"""The words of today, as they stand beside an old one."""
CURRENT_RECORD = Expression(whole_word(*_RECORDS), needs=_RECORDS_NEED, within=40)
"""Those of them that stand in no procedure by chance, as "internal audit" does."""
CURRENT_NAME = Expression(
    whole_word(
        "medical device files?", "mdf", "design and development files?", "ddf", "batch records?", "top management",
        "internal audits?",
    )
)  # fmt: skip
"""Those that take the place of a term and not of the regulation's name."""
CLAUSE = Expression(
    r"(?:clauses? )?[4-8](?:(?:\.\d{1,2})+.*|(?:[,;] ?[4-8](?:\.\d{1,2}){0,4}){1,8})"
    r"|8(?!20)\d\d\.\d{1,3}(?:\([a-z0-9]\))*"
)
"""A cell that begins with a clause, or that is a list of clauses or a section of another part."""

LIKENED = Expression(
    r"(?:similar|equivalent|comparable|analogous|corresponds?|corresponding|akin) to (?:the |an? )?(?:old )?$",
    needs=needed("similar|equivalent|comparable|analogous|correspond|akin"),
)
"""Stands before a legacy term that the current one is likened to."""

NOW_CURRENT = Expression(
    r"(?:[\"')\]]{0,2} ?|(?: [a-z]+){1,2} (?=(?:is|are) now in ))(?:(?:is|are) (?:shown|displayed|listed) as"
    r"|(?:is|are) now (?:(?:included|contained|found) (?=in (?:the )?iso 13485(?! audit)))?in"
    r"|(?:is|are) equivalent to|is|are"
    r"|becomes?|became|has become|corresponds? to|maps? to|equals?"
    r"|(?:was|were|has been|have been) (?:replaced|superseded) by)"
    r" (?:now )?(?:called )?(?:the |an? )?[\"']?(?:21 cfr (?:part )?820,? (?=qmsr|quality management))?"
)
"""Stands between a legacy term and the current one; matched at the legacy term's end."""

GONE_AFTER = Expression(
    r"(?:, which)?(?:(?:[^.;,]|820\.){0,40}?[^a-z])?"
    + any_of(
        r"(?:is|are) (?:now |all |currently )?reserved(?! (?:for (?!future)|as |to |at |on ))",
        r"(?:is|are) (?:now )?(?:an? )?(?:empty|vacant|\(?reserved\)?)(?: \(reserved\))? sections?",
        "no longer", "any ?more", "(?:does|do) not exist", "never existed",
        "is history(?= ?(?:[.;:,]|$))", "(?:is|are|has|have) gone(?= ?(?:[.;,]|$))",
        r"(?:was|were|has been|have been) (?:now )?"
        r"(?:removed|withdrawn|revoked|deleted|eliminated|rescinded|replaced)",
        "ended (?:on|in|with)", "expired", "ceased to (?:apply|exist)", "came to an end", "existed only in",
        r"(?:exists?|appears?|stands?|stood|was|were|is|are) only in the (?:\d{4} )?proposed",
        "\u5e9f\u6b62", "\u5e9f\u9664", "\u5ee2\u6b62", "\ud3d0\uc9c0", "\u8c41\u514d\u53d6\u6d88",
    )
    + r"(?![a-z])|[^a-z]{0,3}[\[(](?:reserved|(?:removed|repealed|deleted)(?=[\])]| and reserved))"
    r"|[\"')\]]{0,2} (?:is|are) (?:not (?:an? |in the )?(?:part|section|contained|found|included|incorporated|current"
    r"|present|named|mentioned|qmsr|in force|valid|recogni[sz]ed|correct)"
    r"|(?:now )?(?:obsolete|outdated|superseded|wrong|incorrect)"
    r"|not(?= ?(?:[.;,]|$)))(?![a-z])",
    needs=needed("reserved|repealed|empty|vacant|no longer|any more|anymore|not exist|never existed|gone|history|"
        "removed|obsolete|outdated|withdrawn|revoked|deleted|eliminated|rescinded|replaced|superseded|is not|are not|"
        "existed only|propos|wrong|incorrect|ended|expired|ceased|came to an end|\u5e9f\u6b62|\u5e9f\u9664|\u5ee2\u6b62"
        "|\ud3d0\uc9c0|\u8c41\u514d\u53d6\u6d88"), within=210,
)  # fmt: skip
"""Says of a section, a program or a name that it is not in force; matched at its end."""

GONE_BEFORE = Expression(
    r"no longer (?:uses?|using|cites?|citing|refers? to|references?|requires?|applies|subject to|under|in"
    r"|exempt\w* under|conduct\w*|offers?|shows?|prints?|lists?|names?)[^.;,]{0,30}$|stopped using[^.;,]{0,30}$"
    r"|(?<![a-z])there (?:is|are|was|were) (?:no(?: more| such)?|no longer (?:an?|any)|not any)"
    r" (?:sections? |paragraphs? |regulation |\u00a7+ ?|21 cfr |such ){0,2}$"
    r"|(?<![a-z])(?:(?:final|amended|new) rule|qmsr) (?:has )?(?:removed|deleted|eliminated|repealed"
    r"|withdrew|withdrawn|rescinded|revoked|struck)"
    r"(?: (?:the|all|of|old|sections?|paragraphs?|\u00a7+|21|cfr|part)){0,5} $"
    r"|(?<![a-z])(?:exceptions?|exemptions?|requirements?|provisions?|definitions?|sections?)"
    r" (?:(?:that|which) )?(?:once |formerly )?(?:existed|stood) (?:only )?(?:in|under) (?:the |fda's )?$"
    rf"|(?<![a-z])(?:was|were) (?:an? |the )?{_WORDS} (?:of|in|from|under) (?:the |fda's )?$"
    r"|(?<![a-z])never (?:put|brought|made)[^.;,]{0,20}$|(?<![a-z])end of (?:the )?(?:old |former )?$",
    needs=needed(
        "no longer|stopped using|there |never |end of|existed|stood|was |were |remov|delet|eliminat|repeal|withdr"
        "|rescind|revoked|struck"
    ),
)
REMOVED_BY_FDA = Expression(
    r"(?:^|[.;,] |(?<![a-z])(?:that|and|as|since|because) )(?:the )?(?:fda|agency) (?:has |have )?"
    r"(?:removed|deleted|eliminated|repealed|withdrew|rescinded|revoked)"
    r"(?: (?:the|all|of|old|former|sections?|paragraphs?|\u00a7+|21|cfr|part"
    r"|sub-?parts?(?: [a-o](?: (?:through|to|and))?)?)){0,6} $",
    needs=needed("remov|delet|eliminat|repeal|withdrew|rescind|revoked"),
)
DENIED_OR_ASSUMED = Expression(
    r"(?<![a-z])(?:if|until|till|unless|when|once|whether|not|untrue|false|wrong|myth|claims?)(?![a-z])"
)
SAID_OF_ITSELF = Expression(
    r" ?(?:[.;:,)]|$)| (?:and|or|but|through|thru|to|from|in|on|with|when|as|of|by|altogether|entirely)(?![a-z])"
)
"""Stands behind a section that is meant itself: "FDA removed 820.100", not "FDA removed 820.100 observations"."""
NOT_USED = Expression(r"(?:does|do) not use $", needs=needed("not use"))
NO_MORE = Expression(r"[\"')\]]{0,2} any ?more(?= ?(?:[.;,]|$))", needs=("any more", "anymore"), within=20)
ANY_MORE = Expression("[^.;,]{0,30}any ?more")

TRANSITION = Expression(
    r"(?<![a-z])(?:replac|amend|harmoni[sz]|revis|transition|supersed|align|eliminat|renam|migrat|converg|incorporat"
    r"|crosswalk|moved? (?:from|away)|chang(?:es?|ed|ing) (?:from|to|of)|differ|compar|versus|vs\.?(?![a-z]))"
)
ASIDE_OF_QMSR = Expression(
    r"(?<![a-z])(?:qmsr|quality management system regulation)\)? ?\([^()]{1,80}\)", needs=needed("qmsr|management")
)
"""What a sentence adds to the name of the QMSR in brackets, as "(amended in 2026)"."""
QMSR = Expression(
    whole_word("qmsr", "quality management system regulation"),
    needs=needed("qmsr|quality management system regulation"),
)
"""Named together, and without an obligation, they speak of the change from one regulation to the other."""

SIDE_BY_SIDE = Expression(r"qsr ?(?:to|vs\.?|versus|and|/|,|->|\u2192|-) ?(?:the )?(?:new )?qmsr", needs=needed("qmsr"))
COMPLIES_BEFORE = Expression(
    rf"(?<![a-z])(?:{_APPLIED}|requirements of|complian(?:ce|t) with|accordance with)"
    r" (?:(?:both|the|fda|fda's|us) ){0,3}$"
)
"""Says of the name behind it that it is complied with."""
FOLLOWED_BEFORE = Expression(
    r"(?<![a-z])(?:per|under|against|(?:as )?required by|according to|in accordance with|compl(?:y|ies) with|follows?"
    r"|meets?) (?:the |fda's )?(?:21 cfr (?:part )?)?(?:\u00a7{1,2} ?)?$",
    needs=needed("per |under |against |required by|according to|accordance with|with |follow|meet"),
)
"""Says that something is done by the section behind it."""
MAPPED_BEFORE = Expression(r"(?<![a-z])map(?:s|ping|ped)? (?:[a-z]+ ){0,4}$", needs=needed("map"))
MAPPED_AFTER = Expression(
    r"[\"')]{0,2}(?: [a-z0-9.-]+){0,6} (?:to|with|against|onto) (?:the )?(?:new )?(?:qmsr|iso)(?![a-z])"
)
"""Stand around the old regulation where it is mapped to the one of today."""
USED_TO = Expression(
    r"[\"')]{0,2} used to (?:protect|shield|exempt|require|say|state|hold|contain|cover|govern|apply|exist|allow|permit"
    r"|call for|be (?:the|in|called|known|part))(?![a-z])",
    needs=needed(" used to "),
    within=20,
)
"""Says of a section or a regulation what it once did."""
TERMS_LIKE = Expression(
    r"(?<![a-z])(?:terms?|words?|acronyms?|concepts?|names?) (?:such as|like),? [\"'(]{0,2}$"
    r"|(?:^|[.;:,] )(?:the|these|old|legacy) (?:terms?|words?|acronyms?|names?):? [\"'(]{0,2}$",
    needs=("such as", "like", "term", "word", "acronym", "name"),
)
NOT_THERE = Expression(
    r"[\"')]{0,2}(?: \([a-z ]{3,40}\))?(?:(?:,? (?:and|or) |, )[a-z() ]{2,40}?){0,3}"
    r" (?:(?:(?:do|does) not (?:appear|exist|occur)|no longer (?:appear|exist)s?) (?:in|under) (?:the )?(?:new )?"
    r"(?:qmsr|iso|regulation|standard|rule|21 cfr)"
    r"|(?:will be|are being|are) replaced (?:with|by) (?:their )?(?:iso|qmsr|current|new|today))(?![a-z])"
)
"""Stand around terms that are said to be replaced, or to stand in the law of today no more."""
PUT_IN = Expression(
    r"(?<![a-z])(?:replace with|change to|insert|add|new text):? [\"']?[^\"']{0,300}$",
    needs=needed("replace with|change to|insert|add|new text"),
)
"""Stands before what is to be written into a document."""
