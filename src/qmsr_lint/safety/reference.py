"""Whether a citation only refers to where something is required: "(820.22)", "per 820.22", a cell of its own.

There a clause can stand in its place, and the sentence says what it said. What is said of a section itself, of what it
demands, its words, its title or its place in the law, need not be true of the clause: "820.22 is a federal regulation".
"""

from qmsr_lint.context import cues
from qmsr_lint.expression import Expression, any_of, needed
from qmsr_lint.reading import Candidate, Reading
from qmsr_lint.successor import Section, beginnings

_BEFORE = 200
"""How far before a citation the words that refer to it are looked for, in characters: a list may stand between."""
_UNIT = any_of(
    r"(?:title )?21 ?c\.?f\.?r\.?(?:,? parts?)?",
    r"(?:fda )?(?:cfr )?\u00a7{1,2}",
    r"(?:sub-?)?(?:sections?|parts?|paragraphs?|clauses?|secs?\.)",
    r"\d{2,4}(?:\.\d[\d.()a-z]{0,20}(?:\([a-z0-9]{1,4}\)){0,4})?",
    r"(?:ansi/|aami/|bs |din |en ){0,3}(?:iso|iec|astm|aami)(?:/[a-z]{2,5})?[ -]?[a-z]?\d{3,5}(?:-\d{1,2})?(?::\d{4})?",
    r"\d(?:\.\d{1,2}){1,4}",
    r"\([a-z0-9]{1,4}\)|[,;/&+|]",
    "and(?:/or)?|or|both|also|of",
)
_LISTED = rf"(?>(?:{_UNIT} ?){{0,24}})"
"""Other citations of the list that a citation is part of."""
_DEMANDED = (
    "required|specified|mandated|prescribed|demanded|imposed|set (?:out|forth)|given|stated|called for|laid down"
    "|addressed|contained"
)
_DONE = (
    "defined|described|listed|outlined|planned|performed|carried out|done|kept|maintained|held|established|controlled"
    "|documented|recorded|conducted|managed|identified|validated|verified|trained|reviewed"
)
_ACCORDING = any_of(
    "per|under|see(?: also)?|pursuant to|according to|subject to|against|(?:by|with) reference to|applicability of",
    "(?:in )?(?:accordance|compliance|conformance|conformity|line|agreement) (?:with|to)",
    "(?:compl(?:y|ies|ied|iant|ying)|consistent|conform(?:s|ed|ing|ant)?|align(?:s|ed|ing)?) (?:with|to)",
    "meet(?:s|ing)?|met|satisf(?:y|ies|ied|ying)|fulfil{1,2}(?:s|ed|ing)?|follow(?:s|ed|ing)?|implement(?:s|ed|ing)?",
    "refer(?:s|red|ring)? to|work(?:s|ed|ing)? to",
    rf"(?:{_DEMANDED}|{_DONE}) (?:by|in|under|at|per)",
    "(?:requirements?|provisions?|obligations?|expectations?|tests|checks|plans?|records) (?:of|in|from|under|set by)",
)
_THE = (
    r"(?: (?:the|all|both|applicable|(?:the )?(?:requirements?|provisions?|controls?|tests|checks)(?: of| in| under)?))"
    r"{0,3} ?"
)
_LEADS = Expression(
    rf"(?<![a-z])(?:{_ACCORDING}{_THE}"
    rf"|(?:references?|ref\.?|requirements?|applies|applicable|standards?|sources?):(?: [^:\u2029]{{1,80}}[,;/])? ?)"
    rf"{_LISTED}$"
)
_BRACKETED = Expression(
    r"[(\[] ?(?:(?:see|per|ref\.?|cf\.?|under|e\.g\.,?|i\.e\.,?)(?: also)? |[^()\[\]\u2029]{1,80}[,;/] ?)?"
    rf"{_LISTED}$",
    needs=("(", "["),
)
_AS = Expression(rf"(?<![a-z])(?:as|how|what) {_LISTED}$", needs=("as ", "how ", "what "))
_ASKS = Expression(
    r" (?:(?:asks?|calls?)(?: for)?|requires?|demands?|prescribes?|specif(?:y|ies)|lays? down|sets? out"
    r"|(?:is|are) (?:to be )?(?:met|followed|fulfilled|satisfied|observed|implemented))(?![a-z])"
)
"""Around a citation, "as 820.22 asks" and "how 820.22 is met"."""
_BEGINS = Expression(rf"[^a-z]{{0,12}}(?:[a-z][.)] )?{_LISTED}")
_SAID_BEHIND = Expression(r"[)\]]?,? ?\(?(?:which|whose|that (?:has|is)|fda(?![a-z]))|, an? ")
"""Behind a citation, what is said of it."""
_ENDS = Expression(
    rf"(?>(?: ?{_UNIT}){{0,24}}) ?(?:[.:;,()\[\]|/\u2013\u2014-]|$|\u2029)| applies[.;]"
    r"| (?:is|are) (?:met|followed)(?![a-z])"
)
"""Stand around a citation that begins its line or its cell, and of which no verb says anything but that it applies."""
_NEGATED = Expression(
    rf"(?<![a-z])(?:no|not|nor|never|neither|nothing|none|only|solely|beyond)(?![a-z])[^.;\u2029]{{0,80}}?"
    rf"(?:{_DEMANDED}|requirements?|provisions?|obligations?) (?:of|by|in|under|at|per){_THE}{_LISTED}$",
    needs=needed("no|neither|never|only|solely|beyond"),
)
"""Leads to a citation of what is not demanded."""
_FRAME = Expression(
    r"(?<![a-z])(?:federal|code of|e-?cfr|of the cfr|statut(?:e|es|ory)|laws?|legal|legislation|congress|enacted"
    r"|regulations?|rules?|certif[a-z]{2,9}|mdsap|registrars?|notified bod(?:y|ies)|definitions?|entitled|titled"
    r"|headings?|wording|verbatim|rather than|instead of|predates?|older|silent|sub-?paragraphs?|replac(?:e|es|ed|ing)"
    r"|became|becomes?|former(?:ly)?|renumber(?:ed)?|moved|successor|counterpart|equivalent|gap|differ[a-z]{0,6}"
    r"|sub-?parts?|sentences?|as amended|available|websites?|go(?:es)? (?:further|beyond)"
    r"|(?:beyond|in addition to|as well as|unlike|over and above|from) (?:the )?(?:iso|standard|13485)"
    r"|of (?:this|the) (?:chapter|subchapter|title)|(?<![:\w-])(?:19\d\d|20[01]\d|202[0-5])"
    r"|cfr (?:references?|citations?|sections?|requirements?)|\d fr \d|found (?:a|an|no|that)|finding|observations?"
    r"|violat[a-z]{2,5}|cited|inspect(?:s|ed|ions?|ors?) (?:against|found|by fda)|warning letters?)(?![a-z])",
    needs=needed(
        "federal|code of|ecfr|e-cfr|cfr|statut|law|legal|legislation|congress|enact|regulation|rule|certif|mdsap"
        "|registrar|notified|definition|titled|heading|wording|verbatim|rather|instead|predate|older|silent|paragraph"
        "|subpart|sub-part|sentence|amended|available|website|go further|goes|go beyond|iso|standard|13485|chapter"
        "|title|19|20|counterpart|replac|becam|become|former|renumber|moved|successor|equivalent|gap|differ| fr "
        "|found|finding|observation|violat|cited|inspect|warning"
    ),
)
"""Words of a sentence that may speak of the section as a text of the law, or of what was found against it."""
_FDA_BEFORE = Expression(
    r"(?<![a-z])(?:fda|u\.?s\.?|federal)(?:'s)?[ :,-]{1,2}$|(?<![a-z])cfr [(\[]$",
    needs=("fda", "us", "u.s", "federal", "cfr"),
)
"""Says whose the section is, which is not true of the clause."""
_NAME = Expression(cues.OLD_NAME)
_CITATIONS = Expression(_UNIT)
_EMPTY = frozenset(
    "accor adh again addit agree align also appen apply clau code comp compa compl confo consi defin desc descr detai"
    " docu docum exter feder given guida herei inclu inter legal line list meets note parag part pursu purpo refer"
    " regul relat scope secti see sop speci stand state title under using".split()
)
"""Beginnings of words that lead to a citation and say nothing of what it is about."""


def only_refers(reading: Reading, cited: Candidate) -> bool:
    """Whether a citation stands where it refers to the source of what is said, and the sentence says nothing of it."""
    text, (start, end) = reading.text, cited.folded
    first, last = reading.sentences.segment_around(start)
    begin, finish = reading.sentences.around(start, end)
    before = max(begin, start - _BEFORE)
    if _FDA_BEFORE.search(text, before, start):
        return False
    stands_alone = _BEGINS.fullmatch(text, first, start) is not None and (
        _ENDS.match(text, end, last) is not None or _has_its_heading(reading, cited)
    )
    if not (
        stands_alone
        or _BRACKETED.search(text, before, start)
        or _LEADS.search(text, before, start)
        or (_AS.search(text, before, start) and _ASKS.match(text, end, last))
    ):
        return False
    around = _NAME.sub(" ", f"{text[begin:start]}\0{text[end:finish]}")
    return (
        _FRAME.search(around) is None
        and _SAID_BEHIND.match(text, end, last) is None
        and _NEGATED.search(text, before, start) is None
        and _agrees(reading, cited, around)
    )


def _has_its_heading(reading: Reading, cited: Candidate) -> bool:
    """Whether the heading that the section had stands behind its number."""
    section = reading.ruleset.tables.legacy.get(cited.cited)
    end = cited.folded[1]
    return section is not None and section.heading != "" and reading.text.startswith(f" {section.heading.lower()}", end)


def _agrees(reading: Reading, cited: Candidate, around: str) -> bool:
    """Whether what is said by a citation that becomes a paragraph of part 820 is what it was about, or nothing is said.

    "Record retention follows 820.180(a)" has a slip in it, which would then be one in the law of today.
    """
    section = reading.ruleset.tables.legacy.get(cited.cited)
    if section is None or not _becomes_a_paragraph(section):
        return True
    said = beginnings(_CITATIONS.sub(" ", f"{around} {reading.row(cited.folded[0])}"))
    subject = reading.ruleset.tables.subject(cited.cited)
    return not said - _EMPTY or not subject or not subject.isdisjoint(said)


def _becomes_a_paragraph(section: Section) -> bool:
    return any("(" in name for name in section.qmsr) and section.qmsr != ("820.10(c)",)
