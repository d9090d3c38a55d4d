"""Rule packs: read, checked, compiled once, and selected for a run.

A pack is a YAML file; `rules/*.yaml` ships with the package and `rules/facts/*.yaml` holds the tables the citation
rules use. Parsing YAML is slow, so the parsed packs are kept as JSON, keyed by the hash of the sources: beside them in
a wheel, in the user's cache folder otherwise. A stale copy is never used.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from qmsr_lint.citation import Tables
from qmsr_lint.errors import UsageError
from qmsr_lint.lexicon import Lexicon
from qmsr_lint.model import Severity
from qmsr_lint.near import Spellings
from qmsr_lint.pack import FAMILIES, Rule, load_pack, matches_selector, parse_yaml, rule_of, suggestion

Facts = Mapping[str, Any]

_COMPILED = "compiled.json"


class Settings(NamedTuple):
    """What a run changes about the packs: a company's selection, severities, preferred words and own packs.

    `mapped` names the rules whose term the company's terminology document maps to the current one (for the strategy
    "map"). `today` is the date, as YYYY-MM-DD, by which a suppression may have expired; without it none has.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    terms: Mapping[str, str] = {}
    packs: tuple[Path, ...] = ()
    strategy: Literal["retire", "map"] = "retire"
    nlp: bool = False
    market: Literal["us", "eu", "dual"] = "us"
    mapped: tuple[str, ...] = ()
    today: str = ""


class RuleSet:
    """The rules in force for a run, and the tables they use.

    `sha256` is the hash of everything effective: the packs' sources and the settings that change their judgement.
    """

    def __init__(self, rules: Iterable[Rule], facts: Facts, version: str, digest: str, settings: Settings) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.facts = facts
        self.version = version
        self.sha256 = digest
        self.settings = settings

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the rules, ready to be searched for."""
        return Lexicon(self.rules.values())

    @cached_property
    def spellings(self) -> Spellings:
        """The terms whose misspellings are looked for, and the words that are none."""
        rules = [rule for rule in self.rules.values() if rule.kind == "near"]
        return Spellings(rules, self.facts.get("near_words", {}))

    @cached_property
    def tables(self) -> Tables:
        """The fact tables, indexed for the citation rules."""
        return Tables(self.facts)


DEFAULT = Settings()
"""What holds without any configuration."""


def load(settings: Settings = DEFAULT) -> RuleSet:
    """The shipped packs and those of `settings`, selected and adjusted.

    Raises PackError when a pack cannot be used, UsageError when a setting names a rule that does not exist.
    """
    folder = rules_folder()
    names, sources = _sources(folder)
    digest = _digest(names, sources)
    data = _compiled(folder, digest)
    if data is None:
        data = _compile(names, sources, digest)
        _write_cache(_cache_path(digest), json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
    rules = [rule_of(entry, "rules") for entry in data["rules"]]
    digests = [digest]
    for pack in settings.packs:
        own, pack_digest = load_pack(pack)
        rules = [rule for rule in rules if rule.id not in {other.id for other in own}] + own
        digests.append(pack_digest)
    _check_terms(settings.terms, rules)
    rules = [_adjusted(rule, settings) for rule in _selected(rules, settings)]
    effective = repr((digests, _canonical(settings)))
    from qmsr_lint import __version__

    return RuleSet(rules, data["facts"], __version__, sha256(effective.encode()).hexdigest(), settings)


def _canonical(settings: Settings) -> Settings:
    """The settings without what changes no judgement of a rule: the order they are written in, paths, the day."""
    return settings._replace(
        select=tuple(sorted(set(settings.select))),
        ignore=tuple(sorted(set(settings.ignore))),
        severity=dict(sorted(settings.severity.items())),
        terms=dict(sorted(settings.terms.items())),
        packs=(),
        today="",
    )


def rules_folder() -> Path:
    """The folder of the shipped packs: inside the installed package, or the repository's in an editable install."""
    installed = Path(__file__).parent / "rules"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "rules"


def compile_folder(folder: Path) -> dict[str, Any]:
    """The packs and tables of a folder as plain data, with the hash of their sources. Raises PackError."""
    names, sources = _sources(folder)
    return _compile(names, sources, _digest(names, sources))


def _sources(folder: Path) -> tuple[list[str], list[bytes]]:
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("facts/*.yaml")])
    return [path.relative_to(folder).as_posix() for path in paths], [path.read_bytes() for path in paths]


def _digest(names: Sequence[str], sources: Sequence[bytes]) -> str:
    digest = sha256()
    for name, source in zip(names, sources, strict=True):
        digest.update(f"{name}\0{len(source)}\0".encode())
        digest.update(source)
    return digest.hexdigest()


def _compiled(folder: Path, digest: str) -> dict[str, Any] | None:
    for path in (folder / _COMPILED, _cache_path(digest)):
        try:
            data = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        if data.get("digest") == digest:
            return cast("dict[str, Any]", data)
    return None


def _cache_path(digest: str) -> Path:
    root = os.environ.get("QMSR_LINT_CACHE_DIR")
    if root is None:
        import platformdirs

        root = platformdirs.user_cache_dir("qmsr-lint", appauthor=False)
    return Path(root) / f"rules-{digest[:32]}.json"


def _compile(names: Sequence[str], sources: Sequence[bytes], digest: str) -> dict[str, Any]:
    rules: list[dict[str, Any]] = []
    facts: dict[str, Any] = {}
    for name, source in zip(names, sources, strict=True):
        parsed = parse_yaml(source, name)
        if name.startswith("facts/"):
            facts[Path(name).stem] = parsed
            continue
        if "retained" in parsed:
            facts.setdefault("retained", []).extend(parsed["retained"])
        for entry in parsed.get("rules") or ():
            rule_of(entry, name)
            rules.append(entry)
    return {"digest": digest, "rules": rules, "facts": facts}


def _write_cache(path: Path, data: bytes) -> None:
    # Only a shortcut for the next run: a read-only home must not stop this one.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        return


def check_selectors(selectors: Iterable[str], ids: Iterable[str], origin: str) -> None:
    """Raise UsageError for a selector that names no rule and no family. `origin` says where it was written."""
    known = set(ids)
    for selector in selectors:
        plain = selector.removesuffix("*").removesuffix("-")
        if plain not in FAMILIES and not any(matches_selector(rule, selector) for rule in known):
            hint = suggestion(selector, known | set(FAMILIES))
            raise UsageError(f"{origin}: there is no rule {selector!r}{hint}")


def _selected(rules: Sequence[Rule], settings: Settings) -> list[Rule]:
    ids = [rule.id for rule in rules]
    check_selectors(settings.select, ids, "select")
    check_selectors(settings.ignore, ids, "ignore")
    check_selectors(settings.severity, ids, "severity")
    chosen = []
    for rule in rules:
        wanted = not settings.select or any(matches_selector(rule.id, selector) for selector in settings.select)
        # An exact id in `select` beats a family in `ignore`.
        dropped = any(matches_selector(rule.id, selector) for selector in settings.ignore)
        if wanted and (not dropped or (rule.id in settings.select and rule.id not in settings.ignore)):
            chosen.append(rule)
    return chosen


def _check_terms(terms: Iterable[str], rules: Iterable[Rule]) -> None:
    """Raise UsageError for a preferred word of a term that no rule has."""
    known = {rule.id: rule.id for rule in rules if rule.kind == "term"}
    known |= {phrase.lower(): phrase for rule in rules for phrase in rule.legacy}
    for name in terms:
        if name.lower() not in known:
            raise UsageError(f"terms: there is no legacy term {name!r}{suggestion(name, known.values())}")


def _adjusted(rule: Rule, settings: Settings) -> Rule:
    for selector in sorted(settings.severity, key=len):
        if matches_selector(rule.id, selector):
            rule = rule._replace(severity=settings.severity[selector])
    for name, preferred in settings.terms.items():
        own = next((phrase for phrase in rule.own_current if phrase.lower() == name.lower()), None)
        if own is not None:
            rule = rule._replace(own_current={**rule.own_current, own: preferred})
        elif name.lower() in _names(rule):
            current, abbreviation = split_abbreviation(preferred)
            rule = rule._replace(
                current=current,
                current_abbreviation=abbreviation,
                plural=None,  # of the shipped words; that of the preferred ones is formed
                fix="unsafe" if rule.fix == "none" else rule.fix,
                alternatives=tuple(
                    dict.fromkeys(word for word in (rule.current, *rule.alternatives) if word and word != current)
                ),
            )
    return rule


def _names(rule: Rule) -> set[str]:
    """What a preferred word may be given for: the rule's id or one of its phrases; a slip follows its term."""
    ids = {rule.id, f"term-{rule.id.partition('-')[2]}"} if rule.kind == "near" else {rule.id}
    return ids | {phrase.lower() for phrase in (*rule.legacy, *rule.spelling)}


def split_abbreviation(words: str) -> tuple[str, str | None]:
    """A term and its abbreviation: "design file (DF)" is ("design file", "DF")."""
    if words.endswith(")") and " (" in words:
        term, _, short = words[:-1].rpartition(" (")
        if short.isalnum() and short != short.lower():
            return term, short
    return words, None
