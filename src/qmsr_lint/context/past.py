"""Whether a sentence speaks of the time before the QMSR: what was required, cited or inspected then stays as it is."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from qmsr_lint.context import cues
from qmsr_lint.expression import SHORT_MONTHS, Expression, any_of, needed, whole_word

EFFECTIVE = "2026-02-02"
"""The day on which the QMSR took effect."""

_ISO = Expression(r"(\d{4})-(\d\d?)-(\d\d?)")
_NUMERIC = Expression(r"(\d\d?)[/.](\d\d?)[/.](\d{4})")
_YEAR = Expression(r"(?:19|20)\d\d", needs=("19", "20"))
_DATE = Expression(cues.DATE, needs=cues.IN_YEARS)
_LABEL = 7  # characters in which the label of a record begins
_DAY = Expression(r"(?<!\d)\d\d?(?!\d)")
_MONTH = Expression("|".join(SHORT_MONTHS))
_BEFORE_QMSR = Expression(
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
_READ_THEN = Expression(
    r"(?<![a-z])(?:read|said|stated)(?: as follows| in part| in full|,? in [^:;]{1,40})?: ?(?=[\"'a-z(])",
    needs=("read", "said", "stated"),
)
"""Stands before the words of a text as it was."""
_PAST_DATE = Expression(
    rf"(?<![a-z])(?:in|on|dated|during|from|as of) ({cues.DATE})"
    r"(?! (?:units?|pcs|pieces|parts|devices|mg|ml|hours))"
)
_PAST_TENSE = Expression(
    r"(?<!who )(?<!which )(?<!that )"
    + whole_word(
        "was",
        "were",
        "had been",
        "did",
        "complied",
        "conformed",
        "adhered",
        "(?:inspected|audited|visited) (?:us|(?:our|the) (?:sites?|plants?|company|firm|facility))",
    ),
    needs=needed("was|were|had been|did|complied|conformed|adhered|inspected|audited|visited"),
)
"""What the sentence says, not what it says of somebody in passing: "operators who were trained in 2024 sign"."""
_MADE_THEN = Expression(
    r"(?<![a-z])(?:made|manufactured|produced|released|approved|placed on the market|sold|distributed|shipped|cleared"
    r"|built|installed|delivered) (?:(?:on|in) the [a-z]{1,10} )?$",
    needs=needed(
        "made|manufactured|produced|released|approved|market|sold|distributed|shipped|cleared|built|installed|delivered"
    ),
)
"""Stands before a date where things of that time are spoken of, and what is done with them today."""
_KEPT = Expression(
    r"(?:,? and|,) (?:is|are) (?:kept|archived|retained|left)(?: as (?:it|they) (?:was|were)| unchanged)"
)
"""What became of a record of the past; it tells nothing of today."""
_EVENT_DATE = Expression(
    r"(?<![a-z])(?:(?:on|of|dated|during|in|and|to|closed|completed|opened|signed)[ :,]{1,2}|[(,;] ?|^|\u2013 ?|- ?)"
    rf"(?P<date>(?!{cues.ANY_YEAR}(?![\d-])){cues.DATE})"
)
"""A whole date, as an event has one."""
_NO_EVENT = Expression(
    r"(?<![a-z])(?:rev(?:ision)?|version|issue[ds]?|edition|effective|approved|released|printed|since|until|from|as of"
    r"|before|after|due|valid|expir[a-z]*|each|every|all|any|if|when|whenever|who|where"
    r"|which|that|this|our|it|stores?|to [a-z]{3,12}e?)(?![a-z])|_{3}|\?"
)
"""Dates of documents, and what is said of no single event."""
_EVENT_VERB = Expression(
    whole_word(
        "was", "were", "had", "did", "took", "differed", "found", "observed", "noted", "cited", "stated", "inspected",
        "audited", "sampled", "compared", "presented", "accepted", "attended", "corrected", "committed", "performed",
        "signed", "submitted", "answered", "investigated", "completed", "closed", "reviewed", "scanned", "renamed",
    )
)  # fmt: skip
_PUBLISHED = Expression("publish|issu|promulgat|enact|codif|effective|final rule|amended")
"""What was published in the past is not past for that."""
_PAST_EVENT = Expression(
    any_of(
        rf"(?<![a-z])(?:the|an?|our|its|their|last|fda's|this) (?P<date>{cues.ANY_YEAR}) (?:[a-z-]+ ){{0,2}}"
        r"(?:inspections?|audits?|observations?|483s?|(?:warning )?letters?|visits?|recalls?)"
        r"(?![a-z]| (?:plan|schedule|program|checklist|agenda))",
        rf"(?<![\w-])(?:483s?|warning letters?|inspections?|audits?)(?:(?: [a-z]+){{0,2}} (?:of|on|dated|in|from)"
        rf" | \()(?P<day>{cues.DATE})",
        rf"(?<![\w-])(?:aud|ia|car|capa|ncr|obs)-(?P<record>{cues.ANY_YEAR})-\d",
    ),
    needs=needed("inspection|audit|observation|483|letter|visit|recall|aud-|ia-|car-|capa-|ncr-|obs-"),
)
"""An inspection, an audit or a letter with its date, which is said to have found or cited something."""
_CITES = Expression(whole_word("cites?", "lists?", "notes?", "states?", "names?"))
_PAST_LAW = Expression(
    r"(?<![a-z])"
    + any_of(
        rf"(?:former|old|previous|legacy|superseded|pre-2026) (?:fda |21 cfr |cgmp |device )?(?:{cues.OLD_NAME}"
        r"|regulations?|rules?|part 820|820\.\d)",
        rf"under (?:the )?(?:21 cfr )?{cues.OLD_NAME}",
        rf"{cues.OLD_NAME} (?:exempted|allowed|permitted|asked|spoke)",
        r"did not (?:meet|comply|satisfy|conform|follow|fulfil)",
        r"historically,", r"(?:at|in) that time[,;:. (]", "back then", "in the past,?",
        r"(?:formerly|previously|originally|earlier) (?:required|called for|governed|covered|regulated|demanded)",
        cues.USED_TO,
        r"^(?:the |an? |our )?(?:earlier|previous|old|former) (?:protocols?|reports?|validations?|agreements?)"
        r"(?: [a-z0-9-]+)? (?:was|were) (?:written|made|done|performed|based) (?:against|under|per|on|to)",
        r"(?:earlier|previous|prior|older|former) (?:revisions|versions|editions) of",
        r"in (?:the )?(?:earlier |previous |prior |older |former )?(?:revisions?|versions?) [a-z0-9.]{1,4}"
        r"(?: (?:to|through|and|-) [a-z0-9.]{1,4})?(?: of|[.;,]|$)",
        rf"(?:from|between) {cues.ANY_YEAR} (?:to|until|through|till|and|-) "
        rf"(?:(?:february|january|early) )?{cues.ANY_YEAR}",
    ),
    needs=needed("exempted|allowed|permitted|asked|spoke|"
        "former|old|previous|legacy|superseded|pre-2026|under |did not|historically|that time|back then|"
        "the past|used to|originally|earlier|prior|older|revision|version|from |between "),
)  # fmt: skip
"""Says that the sentence speaks of the time of the former regulation."""
_PAST_VERB = Expression(
    whole_word(
        "was",
        "were",
        "had",
        "did",
        "used to",
        "said",
        "read",
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
_FDA_PUBLISHED = Expression(
    r"(?<![a-z])(?:fda|the agency|hhs|congress|the united states) (?:first |then |originally |finally )?"
    r"(?:published|issued|promulgated|adopted|introduced|finali[sz]ed|revised|replaced)(?![a-z])",
    needs=needed("fda|agency|hhs|congress|united states"),
)
"""Tells what happened in a year; that a regulation "was issued in 1996" only identifies it."""
_LAW_CHANGED = Expression(
    rf"in {cues.DATE},? (?:the )?(?:(?:fda|us|u\.s\.)(?:'s)? )?(?:{cues.OLD_NAME}|part 820|21 cfr (?:part )?820)"
    r"(?: \([^()]{1,30}\))?"
    r" (?:replaced|superseded|succeeded|revised|amended|introduced|added|became|took|came|entered)(?![a-z])",
    begins=("in ",),
)
"""Begins a sentence that tells what the regulation did in a year."""
_STATED_THEN = Expression(
    rf"^as (?:the )?(?:fda|agency) (?:stated|said|explained|wrote|noted|announced) (?:in|on) ({cues.DATE}),"
    r"(?!.*(?<![a-z])(?:we|our|this|these|still|company|site|sop)(?![a-z]))",
    needs=needed("stated|said|explained|wrote|noted|announced"),
)
"""Gives what FDA said then, in the present tense of that day, and nothing of the company's own."""
_IN_YEAR = Expression(rf"(?<![a-z])(?:in|on|since) ({cues.DATE})")
_PREAMBLE = Expression(
    r"(?<![a-z])preamble (?:to|of) "
    r"(?:(?:the|fda|fda's|former|old|final|quality|systems?|device|cgmp|19\d\d|21|cfr) ){0,6}"
    r"(?:regulation|qsr|rule|part 820)",
    needs=needed("preamble"),
)
_BUT_NOW = Expression(r"(?<![a-z])(?:but|while|whereas)(?![a-z])|(?<![a-z])after (?:it|that|this)(?![a-z])")
"""Sets what is done today against what was done before."""
_UNTIL_THEN = Expression(
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
_RECORD_WORDS = tuple(
    "internal external supplier major minor fda form audit inspection finding observation nonconform non-conform"
    " deficien deviation nc car capa obs dev find aud ia qn quality process operator training calibration validation"
    " qualification complaint incident result content topic".split()
)
_RECORD_LABEL = Expression(
    rf"[^a-z0-9]{{0,6}}(?:{_RECORDED}|{_NUMBERED_RECORD}|{_RECORD_OF}|result|(?:training )?content|topic)"
    rf"(?: (?:no\.? ?)?{_NUMBERED_RECORD}| (?:no\.? |# ?)?[a-z]?\d{{1,4}}(?:\.\d{{1,3}})?)?"
    rf"(?P<dated> ?(?:[(\[,:\u2013\u2014-]|of|on|dated|from)[ :]{{0,2}}(?:dated |of |on )?{cues.DATE}[)\]]?)? ?"
    r"(?:[:,.\u2013\u2014-]|$)",
    needs=needed(
        "finding|observation|onform|deficien|deviation|nc|car|capa|obs|dev|find|aud|ia|qn|report|record|log|result|notes"
        "|minutes|content|topic"
    ),
)
"""Begins a line that is a record of one event: "Audit finding NC-12 (2025-11-04): ...", "Finding: ..."."""
_RECORD_DATE = Expression(
    r"[^a-z0-9]{0,6}(?:(?:internal |external |supplier )?(?:audit|inspection|training|event|finding|observation|visit"
    rf"|detection|occurrence) (?:date|held on|performed on|on)|(?P<bare>date|held on|performed on)) ?:? ({cues.DATE})"
    r"(?= ?(?:[.;,]|$))",
    needs=needed("date| on"),
)
"""A line, or the beginning of one, that gives the date of an event; a bare date may be that of the document."""
_RECORD_HEADING = Expression(
    rf"(?<![a-z])(?:{_RECORD_OF}|(?:findings|observations|results) of (?:the |an? )?(?:[a-z]+ ){{0,2}}"
    r"(?:audit|inspection|visit)|(?:audit|inspection) (?:of|on|dated))(?![a-z])"
)
_NO_RECORD_HEADING = Expression(
    r"(?<![a-z])(?:templates?|forms?|procedures?|sops?|checklists?|instructions?|polic(?:y|ies)|guid(?:e|ance|elines?)"
    r"|requirements?|how to|manual|plans?|schedules?|programs?|handling|control|content of|writing|retention|review of)"
    r"(?![a-z])"
)
_OWN_DATE_LABEL = Expression(
    r"(?<![a-z])(?:effective|revision|rev|version|issued?|approv(?:al|ed)|released?|reviewed|valid|due|next|template|form"
    r"|deadline|closed by|until)(?![a-z])"
)
"""Belongs to a date of the document, or one that lies ahead."""


def before_qmsr(text: str, *, law: bool) -> bool:
    """Whether the folded sentence speaks of the time before 2026-02-02; `law` for a word that belongs to the law.

    What it quotes behind a colon is that time's own voice: "until 2026, 820.30(j) read: each manufacturer shall ..."
    """
    told = _BEFORE_QMSR.search(text)
    if told and _MADE_THEN.search(text, 0, told.start()) and cues.PRESENT.search(text):
        told = None  # "devices made before 2026 are serviced per 820.200"
    former = told or (_PAST_LAW.search(text) if law else None)
    quoting = _READ_THEN.search(text, former.end()) if former else None
    if quoting and not told and not _is_quotation(text[quoting.end() :]):
        quoting = None
    own = text[: quoting.end()] if quoting else text
    if not told and not _tells_of_the_past(own, law=law):
        return False
    return not cues.OBLIGING.search(own) and not _BUT_NOW.search(text)


def _is_quotation(words: str) -> bool:
    """Whether the rest of a sentence is one quotation to its end."""
    bare = words.strip().rstrip(".;")
    return len(bare) > 1 and bare[0] in "\"'" and bare[-1] in "\"'" and bare[0] not in bare[1:-1]


def _tells_of_the_past(text: str, *, law: bool) -> bool:
    if law and (_PREAMBLE.search(text) or _UNTIL_THEN.search(text)):
        return True
    if (stated := _STATED_THEN.search(text)) and is_before(stated[1]):
        return True
    if _is_dated_event(text, law=law):
        return True
    of_the_law = _PAST_LAW.search(text) and _PAST_VERB.search(text)
    return bool(of_the_law or _is_dated(text)) and not cues.PRESENT.search(_KEPT.sub("", text))


def is_dated_record(text: str) -> bool:
    """Whether a folded line begins as the record of an event, with its date before the QMSR, and demands nothing."""
    label = _RECORD_LABEL.match(text) if _begins_as_a_record(text) and _YEAR.may_match(text) else None
    return label is not None and label["dated"] is not None and _is_of_then(text, label["dated"])


def _begins_as_a_record(text: str) -> bool:
    """Whether a line begins with a word that may be the label of a record, before the expression is asked."""
    starts = (at for at, letter in enumerate(text[:_LABEL]) if letter.isascii() and letter.isalnum())
    return text.startswith(_RECORD_WORDS, next(starts, 0))


def tells_what_was_found(text: str) -> bool:
    """Whether a folded sentence begins as what was found at an event that is named elsewhere: "Finding 3: ..."."""
    if not _begins_as_a_record(text):
        return False
    return _RECORD_LABEL.match(text) is not None and not cues.OBLIGING.search(text) and has_no_later_date(text)


def dates_an_event(text: str, *, bare: bool) -> bool:
    """Whether a line gives the date of an event before the QMSR; a `bare` date only where that may be meant."""
    date = _RECORD_DATE.match(text)
    return date is not None and (bare or not date["bare"]) and has_no_later_date(text)


def heads_a_record(text: str) -> bool:
    """Whether a heading is that of the record of an event, with a date or without."""
    return _RECORD_HEADING.search(text) is not None and _NO_RECORD_HEADING.search(text) is None


@lru_cache(maxsize=64)
def heads_a_dated_record(text: str) -> bool:
    """The same with a date before the QMSR, and none of the document."""
    return _YEAR.may_match(text) and heads_a_record(text) and _DATE.search(text) is not None and _is_of_then(text, text)


def tells_of_what_was(text: str) -> bool:
    """Whether a folded sentence may tell of an event that is named elsewhere: it demands and describes nothing."""
    return not (cues.OBLIGING.search(text) or cues.PRESENT.search(text)) and has_no_later_date(text)


def is_date(text: str) -> bool:
    """Whether a cell, in small letters, is filled by a date."""
    return _DATE.fullmatch(text) is not None


def is_after(text: str) -> bool:
    """Whether a text, in small letters, has dates, and the first of them is one of the QMSR's time."""
    date = _DATE.search(text)
    return date is not None and all(day >= EFFECTIVE for day in _days(date[0]))


def _is_of_then(text: str, label: str) -> bool:
    """Whether a text with a date has none of the QMSR's time, and the label with it none of the document's own."""
    return not (cues.OBLIGING.search(text) or _OWN_DATE_LABEL.search(label)) and has_no_later_date(text)


def has_no_later_date(text: str) -> bool:
    """Whether a text, in small letters, names no day of the QMSR's time."""
    return all(map(is_before, _DATE.findall(text)))


def seems_of_an_event(text: str) -> bool:
    """Whether a folded sentence seems to tell of a single event before the QMSR, of which a record would speak."""
    if not _YEAR.search(text) or _NO_EVENT.search(text) or cues.OBLIGING.search(text):
        return False
    if any(_EVENT_VERB.search(part) is None for part in text.split(", and ")):
        return False
    dates = [found["date"] for found in _EVENT_DATE.finditer(text)]
    return bool(dates) and all(map(is_before, dates)) and not cues.PRESENT.search(_KEPT.sub("", text))


def is_before(date: str) -> bool:
    """Whether a date, as people write it in small letters, lies before `EFFECTIVE` in whatever way it is read."""
    return all(day < EFFECTIVE for day in _days(date))


def are_in_order(dates: Sequence[str]) -> bool:
    """Whether dates, as people write them in small letters, go from the first to the last or back."""
    days = [max(_days(date)) for date in dates]
    return days[0] != days[-1] and days in (sorted(days), sorted(days, reverse=True))


def _days(date: str) -> Iterator[str]:
    """The last day that a date may mean, as YYYY-MM-DD; of "03/04/2025" that of either order."""
    if found := _ISO.search(date):
        yield _day(*found.groups())
    elif found := _NUMERIC.search(date):
        first, second, year = found.groups()
        orders = [(first, second), (second, first)]
        yield from [_day(year, month, day) for month, day in orders if int(month) <= len(SHORT_MONTHS)] or [_day(year)]
    else:
        year = max(_YEAR.findall(date))
        month, day = _MONTH.search(date), _DAY.search(date)
        yield _day(year, SHORT_MONTHS.index(month[0]) + 1 if month else 12, day[0] if month and day else 31)


def _day(year: str, month: int | str = 12, day: int | str = 31) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _is_dated(text: str) -> bool:
    """Whether it tells of something with its date in the past tense."""
    published = _FDA_PUBLISHED.search(text) or _LAW_CHANGED.match(text)
    if not published and not _PAST_TENSE.search(text):
        return False
    dated = (_IN_YEAR if published else _PAST_DATE).search(text)
    if dated is None or not is_before(dated[1]):
        return False
    _, joint, goes_on = text[dated.end() :].partition(", and ")
    if joint and not _PAST_TENSE.search(goes_on):
        return False
    return published is not None or not _PUBLISHED.search(text)


def _is_dated_event(text: str, *, law: bool) -> bool:
    """Whether it tells what an inspection, an audit or a letter of the past followed or cited."""
    event = _PAST_EVENT.search(text)
    if event is None or not is_before(event["date"] or event["day"] or event["record"]):
        return False
    if law and _CITES.search(text):
        return True
    return _PAST_VERB.search(text) is not None and (law or not cues.PRESENT.search(text))
