"""Results in files of JSON lines, read back: to go on with a sweep (`--resume`) or to join its parts (`merge`).

Such a file has a document a line and, at its end, a line with the tool and the counts; see `output.jsonl`. Files are
read line by line, so their length does not matter.
"""
# Plain calls of the system: a sweep looks up each of many documents.

from collections.abc import Callable, Iterator, Mapping
from heapq import merge
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
_SHOWN = 5
"""So many missing parts are named."""
_LAST_LINE = 1 << 20
"""The most bytes of the last line, which names all rules."""

_LONGEST = 60
"""So much of a wrong value is shown."""

_WAY_OUT = "it must be the whole of what `check -o jsonl=FILE` wrote"


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


class Earlier:
    """The results of a finished sweep, by path. Raises UsageError where the file is not what it should be.

    Known are documents that were checked, whose bytes are the same, and whose judgement was not made for a day.
    """

    def __init__(self, file: str, rules_sha256: str, version: str, typed: str = "") -> None:
        self.file = file
        self._lines: dict[str, int] = {}
        ending = _ending(file, "--resume")
        if (ending.version, ending.rules_sha256) != (version, rules_sha256):
            raise UsageError(f"--resume {file}: made by another version or with other rules; check everything again")
        if ending.typed != typed:
            raise UsageError(f"--resume {file}: made with other [document-types]; check everything again")
        for at, entry in _entries(file, "--resume"):
            if entry["status"] == "checked" and not _is_dated(entry):
                self._lines[entry["path"]] = at

    def get(self, config: int, result: DocumentResult) -> DocumentResult | None:
        """The result of a document that has not changed."""
        at = self._lines.get(result.path)
        if at is None:
            return None
        with open(self.file, "rb") as file:
            file.seek(at)
            known = _result(loads(file.readline()))
        if (known.sha256, known.format) != (result.sha256, result.format):
            return None
        return known._replace(findings=tuple(_as_judged(finding) for finding in known.findings))

    def put(self, config: int, result: DocumentResult, dated: bool) -> None:
        """Nothing is kept: the outputs of the run are what the next one can resume from."""


def endings(files: list[str], fail_on: str | None = None) -> Ending:
    """What the files of one sweep have in common, with the sum of their counts, and with the level asked for, if any.

    Raises UsageError where they differ, where a run did not come to its end, and where they are parts of a sweep but
    not all of them.
    """
    ends = [_ending(file, "merge") for file in files]
    for file, end in zip(files, ends, strict=True):
        if end.made_by != ends[0].made_by:
            raise UsageError(f"merge: {files[0]} and {file} were made by different versions or with different rules")
        if end.interrupted:
            raise UsageError(f"merge {file}: the run was interrupted; finish it with `check --resume {file}`")
        if fail_on is None and end.fail_on != ends[0].fail_on:
            levels = [each.fail_on or "levels of folders" for each in (ends[0], end)]
            raise UsageError(
                f"merge: {files[0]} was made with --fail-on {levels[0]}, {file} with {levels[1]}; say --fail-on LEVEL"
            )
    if any(end.shard for end in ends):
        _check_parts(files, [end.shard for end in ends])
        if other := next((file for file, end in zip(files, ends, strict=True) if end.typed != ends[0].typed), None):
            raise UsageError(f"merge: {files[0]} and {other} are parts made with different [document-types]")
    first = ends[0]._replace(shard="", fail_on=fail_on or ends[0].fail_on)
    return first._replace(summary=Summary(*map(sum, zip(*(end.summary for end in ends), strict=True))))


def _check_parts(files: list[str], shards: list[str]) -> None:
    """Raise UsageError where a part of the sweep is missing: its documents would pass as read."""
    first, *_ = parts = [shard.partition("/") for shard in shards]
    for file, shard, part in zip(files, shards, parts, strict=True):
        if part[2] != first[2]:
            named = [f"part {each}" if each else "a whole sweep" for each in (shards[0], shard)]
            raise UsageError(f"merge: {files[0]} is {named[0]}, {file} is {named[1]}; give the parts of one sweep")
    missing = sorted(set(range(1, int(first[2]) + 1)) - {int(part[0]) for part in parts})
    if missing:
        names = ", ".join(f"{number}/{first[2]}" for number in missing[:_SHOWN]) + ", \u2026" * (len(missing) > _SHOWN)
        raise UsageError(f"merge: the results of {names} are missing; give those of all parts")


def merged(files: list[str]) -> Iterator[DocumentResult]:
    """The results of all files in the order of their paths. Raises UsageError for a document that is in two of them."""
    last: DocumentResult | None = None
    for _, number, result in merge(*(_ordered(file, number) for number, file in enumerate(files))):
        if last is not None and last.path == result.path:
            raise UsageError(f"merge: {result.path} is in {files[number]} and in another file; give each part once")
        yield (last := result)


def _ordered(file: str, number: int) -> Iterator[tuple[bytes, int, DocumentResult]]:
    before = b""
    for _, entry in _entries(file, "merge"):
        result = _result(entry)
        path = result.path.encode(errors="surrogatepass")
        if path < before:
            raise UsageError(f"merge {file}: {result.path} is out of order; {_WAY_OUT}")
        yield path, number, result
        before = path


def _entries(file: str, command: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each document of a file, with the offset of its line. Raises UsageError for a line of another shape."""
    at = ended = number = 0
    try:
        with open(file, "rb") as lines:
            for number, line in enumerate(lines, 1):
                entry = loads(line)
                if ended:
                    raise UsageError(f"{command} {file}: line {ended} has the counts, and lines follow; {_WAY_OUT}")
                if isinstance(entry, dict) and "summary" in entry:
                    ended = number
                    continue
                if wrong := _fault(entry):
                    raise UsageError(f"{command} {file}: line {number} is no result: {wrong}; {_WAY_OUT}")
                yield at, entry
                at += len(line)
    except OSError as error:
        raise UsageError(f"{command} {file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{command} {file}: line {number} is not JSON; {_WAY_OUT}") from None


def _ending(file: str, command: str) -> Ending:
    """The last line of a file."""
    last = b""
    try:
        with open(file, "rb") as lines:
            size = lines.seek(0, 2)
            lines.seek(max(0, size - _LAST_LINE))
            for line in lines:
                last = line
        end = loads(last)
        tool = end["tool"]
        made_by = tool["version"], tool["rules_version"], tool["rules_sha256"]
        if end["schema_version"] != "1":
            raise UsageError(f"{command} {file}: has the schema version {end['schema_version']!r}, not '1'")
        summary = Summary(**end["summary"])
        shard = end.get("shard", "")
        part = _SHARD.fullmatch(shard)
        if shard and not (part and int(part[1]) <= int(part[2])):
            raise UsageError(f"{command} {file}: is of a part {shard!r}, which is not one of parts K/N")
        interrupted, fail_on, rules = end.get("interrupted", False), end.get("fail_on", ""), end.get("rules", [])
        typed = end.get("document_types", "")
        sound = fail_on in ("", *FAIL_ON) and isinstance(interrupted, bool) and isinstance(rules, list)
        if not (sound and all(map(_is_count, summary)) and all(map(_is_text, (*made_by, *rules, typed)))):
            raise ValueError("interrupted, fail_on, rules, summary, tool, document_types")
        return Ending(*made_by, summary, shard, interrupted, fail_on, tuple(rules), typed)
    except OSError as error:
        raise UsageError(f"{command} {file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{command} {file}: has no last line with the counts; {_WAY_OUT}") from None


def _is_dated(entry: Mapping[str, Any]) -> bool:
    """Whether the judgement may be another one tomorrow: a suppression in the document may end on a day."""
    return any(
        found["rule"].startswith("suppression") or (found["suppressed"] or {}).get("by") == "inline"
        for found in entry["findings"]
    )


def _as_judged(finding: Finding) -> Finding:
    """The finding without what the configuration and the baseline of that run added."""
    added = finding.suppressed is not None and finding.suppressed.by in ("config", "baseline")
    return finding._replace(suppressed=None) if added else finding


def _result(entry: Mapping[str, Any]) -> DocumentResult:
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
    for number, found in enumerate(entry["findings"]):
        where = f"findings[{number}]"
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
