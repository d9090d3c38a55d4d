"""Results of earlier runs, from the files of `check -o jsonl=FILE`: to go on with a sweep (`--resume`) or to join its
parts (`merge`).
"""

from collections.abc import Iterator, Mapping
from heapq import merge
from typing import Any

from qmsr_lint.errors import UsageError
from qmsr_lint.jsonlines import WAY_OUT, Ending, ending, entries, result_at, result_of
from qmsr_lint.model import DocumentResult, Finding, Summary, family_of

_SHOWN = 5
"""So many missing parts are named."""


class Earlier:
    """The results of a finished sweep, by path. Raises UsageError where the file is not what it should be.

    Known are documents that were checked, whose bytes are the same, and whose judgement was not made for a day.
    """

    def __init__(self, file: str, rules_sha256: str, version: str, typed: str = "") -> None:
        self.file = file
        self._lines: dict[str, int] = {}
        end = ending(file, "--resume")
        if (end.version, end.rules_sha256) != (version, rules_sha256):
            raise UsageError(f"--resume {file}: made by another version or with other rules; check everything again")
        if end.typed != typed:
            raise UsageError(f"--resume {file}: made with other [document-types]; check everything again")
        for at, entry in entries(file, "--resume"):
            if entry["status"] == "checked" and not _is_dated(entry):
                self._lines[entry["path"]] = at

    def get(self, config: int, result: DocumentResult) -> DocumentResult | None:
        """The result of a document that has not changed."""
        at = self._lines.get(result.path)
        if at is None:
            return None
        known = result_at(self.file, at)
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
    ends = [ending(file, "merge") for file in files]
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
    for _, entry in entries(file, "merge"):
        result = result_of(entry)
        path = result.path.encode(errors="surrogatepass")
        if path < before:
            raise UsageError(f"merge {file}: {result.path} is out of order; {WAY_OUT}")
        yield path, number, result
        before = path


def _is_dated(entry: Mapping[str, Any]) -> bool:
    """Whether the judgement may be another one tomorrow: a suppression in the document may end on a day."""
    return any(
        family_of(found["rule"]) == "suppression" or (found["suppressed"] or {}).get("by") == "inline"
        for found in entry["findings"]
    )


def _as_judged(finding: Finding) -> Finding:
    """The finding without what the configuration and the baseline of that run added."""
    added = finding.suppressed is not None and finding.suppressed.by in ("config", "baseline")
    return finding._replace(suppressed=None) if added else finding
