"""The shipped rule packs: where they lie, and how they are kept compiled.

Parsing YAML is slow, so the parsed packs are kept as JSON with the hash of their sources: beside them in a wheel, in
the user's cache folder otherwise. A copy whose hash is not that of the sources is never used.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, cast

from qmsr_lint import sentence
from qmsr_lint.lexicon import prepare
from qmsr_lint.pack import parse_yaml, rule_of

_HERE = os.path.dirname(os.path.abspath(__file__))
_COMPILED = "compiled.json"
_FORMAT = 8  # of the compiled packs; part of their hash


def folder() -> str:
    """The folder of the packs: inside the installed package, or the repository's in an editable install."""
    installed = os.path.join(_HERE, "rules")
    return installed if os.path.isdir(installed) else os.path.join(_HERE, os.pardir, os.pardir, "rules")


class Tables(Mapping[str, Any]):
    """The tables of facts by name; each is JSON until it is asked for, for a run needs only some of them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._parsed:
            self._parsed[name] = json.loads(self._texts[name])
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def entries(data: Mapping[str, Any], *, gap: bool) -> Iterator[dict[str, Any]]:
    """The entries of the rules in what `load` returns; those of gap rules, nearly half of them, only when asked for."""
    for entry in data["rules"]:
        if not isinstance(entry, str):
            yield entry
        elif gap:
            yield json.loads(entry)


def load() -> dict[str, Any]:
    """The packs as plain data: `digest`, `rules` for `entries`, `facts` for `Tables`, `prepared`.

    Raises PackError for anything malformed.
    """
    place = folder()
    names, sources = _sources(place)
    digest = _digest(names, sources)
    for path in (
        os.path.join(place, _COMPILED),
        cached := os.path.join(cache_folder(), f"rules-{_FORMAT}-{digest[:32]}.json"),
    ):
        try:
            with open(path, "rb") as file:
                data = json.loads(file.read())
        except (OSError, ValueError):
            continue
        if data.get("digest") == digest:
            return cast("dict[str, Any]", data)
    data = _compile(names, sources, digest)
    _keep(cached, json.dumps(data, separators=(",", ":")).encode())
    return data


def compile_folder(place: str) -> dict[str, Any]:
    """The packs and tables of a folder as plain data, with the hash of their sources. Raises PackError."""
    names, sources = _sources(place)
    return _compile(names, sources, _digest(names, sources))


def cache_folder() -> str:
    """The user's folder for what can be made again; QMSR_LINT_CACHE_DIR names another one."""
    if own := os.environ.get("QMSR_LINT_CACHE_DIR"):
        return own
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "qmsr-lint")


def _sources(place: str) -> tuple[list[str], list[bytes]]:
    """The names, with forward slashes, and the bytes of the packs and tables, sorted by name."""
    names = [name for name in os.listdir(place) if name.endswith(".yaml")]
    names += [f"facts/{name}" for name in os.listdir(os.path.join(place, "facts")) if name.endswith(".yaml")]
    names.sort()
    sources = []
    for name in names:
        with open(os.path.join(place, *name.split("/")), "rb") as file:
            sources.append(file.read())
    return names, sources


def _digest(names: Sequence[str], sources: Sequence[bytes]) -> str:
    digest = sha256(f"format {_FORMAT}".encode())
    for name, source in zip(names, sources, strict=True):
        digest.update(f"{name}\0{len(source)}\0".encode())
        digest.update(source)
    return digest.hexdigest()


def _compile(names: Sequence[str], sources: Sequence[bytes], digest: str) -> dict[str, Any]:
    rules: list[dict[str, Any] | str] = []
    facts: dict[str, Any] = {}
    prepared: dict[str, Any] = {}
    for name, source in zip(names, sources, strict=True):
        parsed = parse_yaml(source, name)
        if name.startswith("facts/"):
            facts[name.removeprefix("facts/").removesuffix(".yaml")] = parsed
            continue
        if "retained" in parsed:
            facts.setdefault("retained", []).extend(parsed["retained"])
        for entry in parsed.get("rules") or ():
            rule = rule_of(entry, name)
            if rule.kind in ("sentence", "term"):
                sentence.check(rule)
            rules.append(_json(entry) if rule.kind == "gap" else entry)
            prepared[rule.id] = prepare(rule)
    texts = {name: _json(table) for name, table in facts.items()}
    return {"digest": digest, "rules": rules, "facts": texts, "prepared": prepared}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _keep(path: str, data: bytes) -> None:
    # Only a shortcut for the next run: a read-only home must not stop this one.
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(f"{path}.{os.getpid()}", "wb") as file:
            file.write(data)
        os.replace(file.name, path)
    except OSError:
        return
