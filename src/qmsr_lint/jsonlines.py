"""The files of `check -o jsonl=FILE`, read back: their lines checked for shape, and made into results again.

Such a file has a document a line and, at its end, a line with the tool and the counts; see `output.jsonl`. Files are
read line by line, so their length does not matter.
"""

from collections.abc import Callable, Iterator, Mapping
from json import dumps, loads
from typing import Any, NamedTuple, get_args

from qmsr_lint.errors import UsageError
from qmsr_lint.expression import Expression
from qmsr_lint.model import (
    FAIL_ON,
    FAMILIES,
    Certainty,
    DocumentResult,
    Finding,
    Fix,
    Part,
    Place,
    Position,
    Severity,
    Status,
    Summary,
    Suppression,
    family_of,
)

_SHARD = Expression(r"([1-9]\d{0,5})/([1-9]\d{0,5})")
_LAST_LINE = 1 << 20
"""The most bytes of the last line, which names all rules."""

_LONGEST = 60
"""So much of a wrong value is shown."""

WAY_OUT = "it must be the whole of what `check -o jsonl=FILE` wrote"
"""What to say of a file of another shape."""


class Ending(NamedTuple):
    """The last line of a file: which tool and rules made it, what it counted, and at which level the run failed.

    The level is empty where folders had their own, and the level and the rules where the file does not tell.
    """

    version: str
    rules_version: str
    rules_sha256: str
    summary: Summary
    shard: str = ""
    interrupted: bool = False
    fail_on: str = ""
    rules: tuple[str, ...] = ()
    typed: str = ""

    @property
    def made_by(self) -> tuple[str, str, str]:
        """What must be the same in two files whose results stand for one sweep."""
        return self[:3]


def ending(file: str, command: str) -> Ending:
    """The last line of a file. Raises UsageError where it is of another shape."""
    try:
        return _ending(loads(_last_line(file)), f"{command} {file}")
    except OSError as error:
        raise UsageError(f"{command} {file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{command} {file}: has no last line with the counts; {WAY_OUT}") from None


def _last_line(file: str) -> bytes:
    last = b""
    with open(file, "rb") as lines:
        size = lines.seek(0, 2)
        lines.seek(max(0, size - _LAST_LINE))
        for line in lines:
            last = line
    return last


def _ending(end: Any, where: str) -> Ending:
    """What a last line says. Raises UsageError for an unknown schema or part, and what Python raises for the rest."""
    tool = end["tool"]
    made_by = tool["version"], tool["rules_version"], tool["rules_sha256"]
    if end["schema_version"] != "1":
        raise UsageError(f"{where}: has the schema version {end['schema_version']!r}, not '1'")
    summary = Summary(**end["summary"])
    shard = end.get("shard", "")
    part = _SHARD.fullmatch(shard)
    if shard and not (part and int(part[1]) <= int(part[2])):
        raise UsageError(f"{where}: is of a part {shard!r}, which is not one of parts K/N")
    interrupted, fail_on, rules = end.get("interrupted", False), end.get("fail_on", ""), end.get("rules", [])
    typed = end.get("document_types", "")
    sound = fail_on in ("", *FAIL_ON) and isinstance(interrupted, bool) and isinstance(rules, list)
    if not (sound and all(map(_is_count, summary)) and all(map(_is_text, (*made_by, *rules, typed)))):
        raise ValueError("interrupted, fail_on, rules, summary, tool, document_types")
    return Ending(*made_by, summary, shard, interrupted, fail_on, tuple(rules), typed)


def entries(file: str, command: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each document of a file, with the offset of its line. Raises UsageError for a line of another shape."""
    at = ended = number = 0
    try:
        with open(file, "rb") as lines:
            for number, line in enumerate(lines, 1):
                entry = loads(line)
                if ended:
                    raise UsageError(f"{command} {file}: line {ended} has the counts, and lines follow; {WAY_OUT}")
                if isinstance(entry, dict) and "summary" in entry:
                    ended = number
                    continue
                if wrong := _fault(entry):
                    raise UsageError(f"{command} {file}: line {number} is no result: {wrong}; {WAY_OUT}")
                yield at, entry
                at += len(line)
    except OSError as error:
        raise UsageError(f"{command} {file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{command} {file}: line {number} is not JSON; {WAY_OUT}") from None


def result_at(file: str, at: int) -> DocumentResult:
    """The result in the line at an offset of a file whose lines were read before."""
    with open(file, "rb") as lines:
        lines.seek(at)
        return result_of(loads(lines.readline()))


def result_of(entry: Mapping[str, Any]) -> DocumentResult:
    """The result that the line of a document tells."""
    return DocumentResult(
        entry["path"],
        entry["format"],
        entry["sha256"],
        entry["status"],
        entry["error"],
        tuple(_finding(found) for found in entry["findings"]),
    )


def _finding(entry: Mapping[str, Any]) -> Finding:
    values = {name: entry[name] for name in Finding._fields if name in entry}
    place = {name: value for name, value in entry["place"].items() if name != "label"}
    position = None
    if entry["line"] is not None:
        position = Position(entry["line"], entry["column"], entry["end_line"], entry["end_column"])
    return Finding(
        **values
        | {
            "alternatives": tuple(entry["alternatives"]),
            "position": position,
            "place": Place(**place),
            "fix": Fix(**entry["fix"]) if entry["fix"] else None,
            "suppressed": Suppression(**entry["suppressed"]) if entry["suppressed"] else None,
        }
    )


# --- The shape of a line ----------------------------------------------------------------------------------------------


class _Kind(NamedTuple):
    """What a value must be: in words, and whether one is that."""

    words: str
    holds: Callable[[Any], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _or_null(kind: _Kind) -> _Kind:
    return _Kind(f"{kind.words} or null", lambda value: value is None or kind.holds(value))


def _one_of(choices: object) -> _Kind:
    names = get_args(choices)
    return _Kind(f"one of {', '.join(names)}", lambda value: isinstance(value, str) and value in names)


_TEXT = _Kind("a text", _is_text)
_WHOLE = _Kind("a whole number", _is_count)
_OBJECT = _Kind("an object", lambda value: isinstance(value, dict))
_RULE = _Kind(
    "the id of a rule",
    lambda value: isinstance(value, str) and "-" in value and family_of(value) in FAMILIES,
)
_TEXTS = _Kind("a list of texts", lambda value: isinstance(value, list) and all(map(_is_text, value)))

_DOCUMENT = {
    "path": _Kind("a text", lambda value: isinstance(value, str) and value != ""),
    "format": _TEXT,
    "sha256": _or_null(_TEXT),
    "status": _one_of(Status),
    "error": _or_null(_TEXT),
    "findings": _Kind("a list of findings", lambda value: isinstance(value, list)),
}
_POSITION = ("line", "column", "end_line", "end_column")
_FINDING = {
    "rule": _RULE,
    "severity": _one_of(Severity),
    "certainty": _one_of(Certainty),
    "message": _TEXT,
    "text": _TEXT,
    "replacement": _or_null(_TEXT),
    "alternatives": _TEXTS,
    "basis": _TEXT,
    "start": _WHOLE,
    "end": _WHOLE,
    **dict.fromkeys(_POSITION, _or_null(_WHOLE)),
    "place": _OBJECT,
    "context": _TEXT,
    "excerpt": _TEXT,
    "excerpt_start": _WHOLE,
    "excerpt_end": _WHOLE,
    "fix": _or_null(_OBJECT),
    "fingerprint": _TEXT,
    "suppressed": _or_null(_OBJECT),
}
_INNER = {
    "place": {
        "part": _one_of(Part),
        "section": _or_null(_TEXT),
        **dict.fromkeys(("paragraph", "table", "row", "cell"), _or_null(_WHOLE)),
        "label": _TEXT,
    },
    "fix": {"text": _TEXT, "safety": _one_of(Fix.__annotations__["safety"])},
    "suppressed": {"by": _one_of(Suppression.__annotations__["by"]), "reason": _TEXT},
}
"""The objects in a finding; values are made of all that stands in them, so that nothing else may."""


def _fault(entry: object) -> str:
    """What is wrong with the shape of a document's line; empty where nothing is."""
    if not isinstance(entry, dict):
        return f"it must be an object, not {_shown(entry)}"
    if wrong := _wrong(entry, _DOCUMENT, ""):
        return wrong
    faults = (_fault_in_finding(found, f"findings[{number}]") for number, found in enumerate(entry["findings"]))
    return next(filter(None, faults), "")


def _fault_in_finding(found: object, where: str) -> str:
    if not isinstance(found, dict):
        return f"{where} must be an object, not {_shown(found)}"
    if wrong := _wrong(found, _FINDING, f"{where}."):
        return wrong
    if len({found[name] is None for name in _POSITION}) > 1:
        return f"{where}: {', '.join(_POSITION[:-1])} and {_POSITION[-1]} must go together"
    if found["start"] > found["end"]:
        return f"{where}: start and end must be a range"
    if not found["excerpt_start"] <= found["excerpt_end"] <= len(found["excerpt"]):
        return f"{where}: excerpt_start and excerpt_end must be a range of excerpt"
    for name, kinds in _INNER.items():
        inner = found[name]
        if inner is None:
            continue
        if wrong := _wrong(inner, kinds, f"{where}.{name}."):
            return wrong
        if unknown := next((key for key in inner if key not in kinds), None):
            return f"{where}.{name}.{unknown} is not known"
    return ""


def _wrong(entry: Mapping[str, Any], kinds: Mapping[str, _Kind], where: str) -> str:
    """What is wrong with the values of an object; empty where nothing is."""
    for name, kind in kinds.items():
        if name not in entry:
            return f"{where}{name} is missing"
        if not kind.holds(entry[name]):
            return f"{where}{name} must be {kind.words}, not {_shown(entry[name])}"
    return ""


def _shown(value: object) -> str:
    """A value as it stands in the file, cut short."""
    words = dumps(value)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}\u2026"
