"""The rules in force for a run: the shipped packs and a company's own, selected and adjusted."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from qmsr_lint import shipped
from qmsr_lint.errors import PackError, UsageError, nearest
from qmsr_lint.lexicon import Lexicon, Prepared
from qmsr_lint.match import fold
from qmsr_lint.model import FAMILIES, Market, Severity
from qmsr_lint.near import Spellings
from qmsr_lint.pack import Rule, load_pack, matches_selector

if TYPE_CHECKING:
    from pathlib import Path

    from qmsr_lint.documents.doctypes import Types
    from qmsr_lint.documents.gap import Element
    from qmsr_lint.language import Language
    from qmsr_lint.successor import Tables

Facts = Mapping[str, Any]


class Settings(NamedTuple):
    """What a run changes about the packs: a company's selection, severities, preferred words and own packs.

    `mapped` names the rules whose term the company's terminology document maps to the current one (for the strategy
    "map"). `today` is the date, as YYYY-MM-DD, by which a suppression may have expired; without it none has. `gap` asks
    for what a procedure must now say; the rules are in force as well where `select` names them.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    terms: Mapping[str, str] = {}
    packs: "tuple[Path, ...]" = ()
    strategy: Literal["retire", "map"] = "retire"
    nlp: bool = False
    nlp_model: str = ""
    market: Market = "us"
    mapped: tuple[str, ...] = ()
    today: str = ""
    gap: bool = False


class RuleSet:
    """The rules in force for a run, and the tables they use.

    `effective` tells all that decides the judgement: the packs by their hashes, and the settings that change it.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        facts: Facts,
        version: str,
        effective: str,
        settings: Settings,
        prepared: Mapping[str, Prepared] = MappingProxyType({}),
    ) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.facts = facts
        self.version = version
        self._effective = effective
        self.settings = settings
        self._prepared = prepared

    @cached_property
    def sha256(self) -> str:
        """The hash of everything effective."""
        from hashlib import sha256

        return sha256(self._effective.encode()).hexdigest()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the rules, ready to be searched for."""
        return Lexicon(self.rules.values(), self._prepared)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """What a company calls current terms, folded: none of the words that all know."""
        from qmsr_lint.context.became import CURRENT

        packs = (rule.current for rule in self.rules.values() if rule.id not in self._prepared and rule.current)
        settings = (split_abbreviation(words)[0] for words in self.settings.terms.values())
        folded = (fold(words).text for words in (*settings, *packs))
        return frozenset(words for words in folded if not CURRENT.search(words))

    @cached_property
    def spellings(self) -> Spellings:
        """The terms whose misspellings are looked for, and the words that are none."""
        rules = [rule for rule in self.rules.values() if rule.kind == "near"]
        return Spellings(rules, self.facts.get("near_words", {}))

    @cached_property
    def language(self) -> "Language":
        """The rules with token patterns, ready for sentences; importing the library takes half a second."""
        from qmsr_lint.language import Language

        rules = [rule for rule in self.rules.values() if rule.patterns]
        return Language(rules, self.settings.nlp_model)

    @cached_property
    def types(self) -> "Types":
        """The types of documents, ready to be recognised."""
        from qmsr_lint.documents.doctypes import Types

        return Types(self.facts["document_types"])

    @cached_property
    def elements(self) -> "Sequence[Element]":
        """What documents must say: the gap rules in force, ready to be looked for."""
        from qmsr_lint.documents.gap import compile_rules

        return compile_rules(self.rules.values())

    @cached_property
    def tables(self) -> "Tables":
        """The fact tables, indexed for the citation rules."""
        from qmsr_lint.successor import Tables

        return Tables(self.facts)


DEFAULT = Settings()
"""What holds without any configuration."""


def load(settings: Settings = DEFAULT) -> RuleSet:
    """The shipped packs and those of `settings`, selected and adjusted.

    Raises PackError when a pack cannot be used, UsageError when a setting names a rule that does not exist.
    """
    packs = shipped.load()
    named = settings.select or settings.ignore or settings.severity  # may name any rule
    rules: list[Rule] = []
    prepared: dict[str, Prepared] = {}
    for rule, literals in packs.rules(gap=bool(settings.gap or named)):
        rules.append(rule)
        prepared[rule.id] = literals
    digests = [packs.digest]
    for pack in settings.packs:
        own, pack_digest = _own(pack, packs.facts, settings)
        for rule in own:
            prepared.pop(rule.id, None)
        rules = [rule for rule in rules if rule.id not in {other.id for other in own}] + own
        digests.append(pack_digest)
    _check_terms(settings.terms, rules)
    if settings.nlp:
        _check_language(settings)
    rules = [_adjusted(rule, settings) for rule in _selected(rules, settings)]
    rules = [rule for rule in rules if settings.nlp or not rule.requires]
    effective = repr((digests, _canonical(settings)))
    from qmsr_lint import __version__

    return RuleSet(rules, packs.facts, __version__, effective, settings, prepared)


def _own(pack: "Path", facts: Facts, settings: Settings) -> tuple[list[Rule], str]:
    """The rules of a company's pack and the hash of its bytes. Raises PackError for anything wrong with them."""
    from qmsr_lint import packcheck

    own, digest = load_pack(pack, own=True)
    packcheck.check(own, str(pack), facts)
    if settings.nlp and any(rule.patterns for rule in own):
        from qmsr_lint.language import Language

        _check_language(settings)
        try:
            Language([rule for rule in own if rule.patterns], settings.nlp_model)
        except PackError as error:
            raise PackError(f"{pack}: {error}") from None
    return own, digest


def _check_language(settings: Settings) -> None:
    """Raise UsageError where what the language rules need is not installed."""
    from qmsr_lint import language

    language.check(settings.nlp_model)


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


def check_selectors(selectors: Iterable[str], ids: Iterable[str], origin: str) -> None:
    """Raise UsageError for a selector that names no rule and no family. `origin` says where it was written."""
    known = set(ids)
    for selector in selectors:
        plain = selector.removesuffix("*").removesuffix("-")
        if plain not in FAMILIES and not any(matches_selector(rule, selector) for rule in known):
            hint = nearest(selector, sorted(known | set(FAMILIES)))
            raise UsageError(f"{origin}: there is no rule {selector!r}{hint}")


def ids(settings: Settings) -> list[str]:
    """The ids of all rules there are, in force or not. Raises PackError."""
    own = [rule.id for pack in settings.packs for rule in load_pack(pack)[0]]
    return [*(rule.id for rule, _ in shipped.load().rules(gap=True)), *own]


def _selected(rules: Sequence[Rule], settings: Settings) -> list[Rule]:
    known = [rule.id for rule in rules]
    check_selectors(settings.select, known, "select")
    check_selectors(settings.ignore, known, "ignore")
    check_selectors(settings.severity, known, "severity")
    chosen = []
    for rule in rules:
        wanted = any(matches_selector(rule.id, selector) for selector in settings.select)
        if not settings.select:
            wanted = rule.kind != "gap" or settings.gap
        if rule.markets and settings.market not in rule.markets:
            wanted = False
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
            raise UsageError(f"terms: there is no legacy term {name!r}{nearest(name, sorted(set(known.values())))}")


def _adjusted(rule: Rule, settings: Settings) -> Rule:
    for selector in sorted(settings.severity, key=len):
        if matches_selector(rule.id, selector):
            rule = rule._replace(severity=settings.severity[selector], acronym_severity=None)
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
