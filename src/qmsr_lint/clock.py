"""The day of a run: today, or the one of SOURCE_DATE_EPOCH."""

import os
import time

from qmsr_lint.errors import UsageError

_SECONDS = 11  # digits; with more, a date has no year of four


def today() -> str:
    """Today in ISO form, or the day of SOURCE_DATE_EPOCH, with which a run can be repeated later. Raises UsageError."""
    seconds = epoch()
    return time.strftime("%Y-%m-%d", time.localtime() if seconds is None else time.gmtime(seconds))


def epoch() -> int | None:
    """The second in SOURCE_DATE_EPOCH, None where it is not set. Raises UsageError."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= _SECONDS):
        raise UsageError(f"SOURCE_DATE_EPOCH={value[:20]}: not a number of seconds since 1970")
    return int(value)
