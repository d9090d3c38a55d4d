"""Whether a sentence speaks of the time before the QMSR: what was required, cited or inspected then stays as it is."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from qmsr_lint.context import cues
from qmsr_lint.expression import SHORT_MONTHS, Expression

EFFECTIVE = "2026-02-02"
"""The day on which the QMSR took effect."""

_ISO = Expression(r"(\d{4})-(\d\d?)-(\d\d?)")
_NUMERIC = Expression(r"(\d\d?)[/.](\d\d?)[/.](\d{4})")
_YEAR = Expression(r"(?:19|20)\d\d", needs=("19", "20"))
_DATE = Expression(cues.DATE)
_LABEL = 7  # characters in which the label of a record begins
_DAY = Expression(r"(?<!\d)\d\d?(?!\d)")
_MONTH = Expression("|".join(SHORT_MONTHS))


def before_qmsr(text: str, *, law: bool) -> bool:
    """Whether the folded sentence speaks of the time before 2026-02-02; `law` for a word that belongs to the law.

    What it quotes behind a colon is that time's own voice: "until 2026, 820.30(j) read: each manufacturer shall ..."
    """
    told = cues.BEFORE_QMSR.search(text)
    if told and cues.MADE_THEN.search(text, 0, told.start()) and cues.PRESENT.search(text):
        told = None  # "devices made before 2026 are serviced per 820.200"
    quoting = cues.READ_THEN.search(text, told.end()) if told else None
    own = text[: quoting.start()] if quoting else text
    if not told and not _tells_of_the_past(text, law=law):
        return False
    return not cues.OBLIGING.search(own) and not cues.BUT_NOW.search(text)


def _tells_of_the_past(text: str, *, law: bool) -> bool:
    if law and (cues.PREAMBLE.search(text) or cues.UNTIL_THEN.search(text)):
        return True
    if (stated := cues.STATED_THEN.search(text)) and is_before(stated[1]):
        return True
    if _is_dated_event(text, law=law):
        return True
    of_the_law = cues.PAST_LAW.search(text) and cues.PAST_VERB.search(text)
    return bool(of_the_law or _is_dated(text)) and not cues.PRESENT.search(cues.KEPT.sub("", text))


def is_dated_record(text: str) -> bool:
    """Whether a folded line begins as the record of an event, with its date before the QMSR, and demands nothing."""
    label = cues.RECORD_LABEL.match(text) if _begins_as_a_record(text) and _YEAR.may_match(text) else None
    return label is not None and label["dated"] is not None and _is_of_then(text, label["dated"])


def _begins_as_a_record(text: str) -> bool:
    """Whether a line begins with a word that may be the label of a record, before the expression is asked."""
    starts = (at for at, letter in enumerate(text[:_LABEL]) if letter.isascii() and letter.isalnum())
    return text.startswith(cues.RECORD_WORDS, next(starts, 0))


def tells_what_was_found(text: str) -> bool:
    """Whether a folded sentence begins as what was found at an event that is named elsewhere: "Finding 3: ..."."""
    if not _begins_as_a_record(text):
        return False
    return cues.RECORD_LABEL.match(text) is not None and not cues.OBLIGING.search(text) and has_no_later_date(text)


def dates_an_event(text: str, *, bare: bool) -> bool:
    """Whether a line gives the date of an event before the QMSR; a `bare` date only where that may be meant."""
    date = cues.RECORD_DATE.match(text)
    return date is not None and (bare or not date["bare"]) and has_no_later_date(text)


def heads_a_record(text: str) -> bool:
    """Whether a heading is that of the record of an event, with a date or without."""
    return cues.RECORD_HEADING.search(text) is not None and cues.NO_RECORD_HEADING.search(text) is None


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
    return not (cues.OBLIGING.search(text) or cues.OWN_DATE_LABEL.search(label)) and has_no_later_date(text)


def has_no_later_date(text: str) -> bool:
    """Whether a text, in small letters, names no day of the QMSR's time."""
    return all(map(is_before, _DATE.findall(text)))


def seems_of_an_event(text: str) -> bool:
    """Whether a folded sentence seems to tell of a single event before the QMSR, of which a record would speak."""
    if not _YEAR.search(text) or cues.NO_EVENT.search(text) or cues.OBLIGING.search(text):
        return False
    if any(cues.EVENT_VERB.search(part) is None for part in text.split(", and ")):
        return False
    dates = [found["date"] for found in cues.EVENT_DATE.finditer(text)]
    return bool(dates) and all(map(is_before, dates)) and not cues.PRESENT.search(cues.KEPT.sub("", text))


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
    published = cues.FDA_PUBLISHED.search(text) or cues.LAW_CHANGED.search(text)
    if not published and not cues.PAST_TENSE.search(text):
        return False
    dated = (cues.IN_YEAR if published else cues.PAST_DATE).search(text)
    if dated is None or not is_before(dated[1]):
        return False
    _, joint, goes_on = text[dated.end() :].partition(", and ")
    if joint and not cues.PAST_TENSE.search(goes_on):
        return False
    return published is not None or not cues.PUBLISHED.search(text)


def _is_dated_event(text: str, *, law: bool) -> bool:
    """Whether it tells what an inspection, an audit or a letter of the past followed or cited."""
    event = cues.PAST_EVENT.search(text)
    if event is None or not is_before(event["date"] or event["day"] or event["record"]):
        return False
    if law and cues.CITES.search(text):
        return True
    return cues.PAST_VERB.search(text) is not None and (law or not cues.PRESENT.search(text))
