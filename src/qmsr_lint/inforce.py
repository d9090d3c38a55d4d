"""The rules of a configuration: loaded, with its terminology read, and all that it names looked up.

What a configuration says wrongly of rules, terms or types stops a run here, and not at each document.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qmsr_lint import formats
from qmsr_lint.bypath import configured_types
from qmsr_lint.clock import today
from qmsr_lint.config import Config
from qmsr_lint.contents import contents
from qmsr_lint.errors import ConfigError, Unreadable, UsageError
from qmsr_lint.model import FAMILIES, family_of
from qmsr_lint.pack import LAW

if TYPE_CHECKING:
    from qmsr_lint.pack import Rule
    from qmsr_lint.rules import RuleSet

_CURRENT = "name what is said today"


def load_rules(config: Config) -> "RuleSet":
    """The rules of a configuration. Raises ConfigError, UsageError or PackError, naming where the setting came from."""
    from qmsr_lint.rules import load

    settings = config.settings._replace(today=today())
    try:
        if config.terminology is not None:
            settings = settings._replace(mapped=_mapped(config.terminology, load(settings), config))
        ruleset = load(settings)
        for _, types in configured_types(config.types, f"{config.origin}: document-types"):
            ruleset.types.check([name for name in types if name != "none"], "document-types")
        if any(rule.kind == "gap" for rule in ruleset.rules.values()):
            _ = ruleset.elements  # made once for all processes of the run
        _check_named(config)
        if config.settings.terms:
            _check_preferred(config)
        return ruleset
    except UsageError as error:
        _check_flags(config)
        raise ConfigError(f"{config.origin}: {error}") from None


def _check_flags(config: Config) -> None:
    """Raise UsageError where it is the command line that names a rule that does not exist, or asks for spaCy."""
    from qmsr_lint import language
    from qmsr_lint.rules import check_selectors, ids

    known = ids(config.settings)
    for flag, selectors in (("select", config.flags.select), ("ignore", config.flags.ignore)):
        for selector in selectors:
            check_selectors([selector], known, f"--{flag} {selector}")
    if config.flags.nlp:
        try:
            language.check()
        except UsageError as error:
            raise UsageError(f"--{error}") from None


def _check_named(config: Config) -> None:
    """Raise UsageError for a rule that `suppress` or an exception of a site names and that does not exist."""
    from qmsr_lint.rules import check_selectors, ids

    named = [(f"suppress[{number}]", entry.rules) for number, entry in enumerate(config.suppress)]
    for number, site in enumerate(config.sites):
        for at, exception in enumerate(site.exceptions):  # they name sections and a site's words as well
            rules = tuple(rule for rule in exception.rules if family_of(rule) in FAMILIES)
            named.append((f"site[{number}]: exceptions[{at}]", rules))
    if any(rules for _, rules in named):
        known = ids(config.settings)
        for where, rules in named:
            check_selectors(rules, known, f"{where}: rules")


def _check_preferred(config: Config) -> None:
    """Raise UsageError for preferred words that are legacy words themselves, and for two that are given to one rule.

    A fix would write the first into documents, to be flagged the next time; of the second, one would be lost.
    """
    from qmsr_lint.lint import lint
    from qmsr_lint.match import fold
    from qmsr_lint.proof import document
    from qmsr_lint.rules import Settings, load, split_abbreviation

    terms = config.settings.terms
    # As far as words go, all rules count, whichever are switched off for the documents.
    ruleset = load(Settings(packs=config.settings.packs, market=config.settings.market))
    for rule in ruleset.rules.values():
        for given in _given(terms, rule):
            if other := next((name for name in given if terms[name] != terms[given[0]]), None):
                raise UsageError(
                    f"terms: {given[0]!r} and {other!r} give {rule.id} different words; give them once, as in "
                    f'{_key(given[0])} = "words (abbreviation)"'
                )
            for name in given:
                if fold(split_abbreviation(terms[name])[0]).text in {fold(phrase).text for phrase in rule.legacy}:
                    raise UsageError(f"terms.{_key(name)}: {terms[name]!r} is a term of {rule.id} itself; {_CURRENT}")
    for name, words in terms.items():
        for text in (words, f"The {words} is kept."):
            for finding in lint(document(text), ruleset):
                if finding.suppressed is None and finding.severity != "note" and _is_of_words(finding.rule):
                    raise UsageError(f"terms.{_key(name)}: {words!r} is flagged by {finding.rule}; {_CURRENT}")


def _given(terms: Iterable[str], rule: "Rule") -> list[list[str]]:
    """The names in `terms` that give words to a rule, those together that give the same ones: a phrase may have a
    replacement of its own."""
    own = {phrase.lower() for phrase in rule.own_current}
    named = {rule.id, *(phrase.lower() for phrase in rule.legacy)}
    together: dict[str, list[str]] = {}
    for name in terms:
        if name.lower() in named:
            together.setdefault(name.lower() if name.lower() in own else "", []).append(name)
    return list(together.values())


def _is_of_words(rule: str) -> bool:
    return family_of(rule) in ("term", *LAW)


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() else repr(name)


def _mapped(path: str, ruleset: "RuleSet", config: Config) -> tuple[str, ...]:
    """The rules whose terms the terminology document maps. Raises ConfigError when it cannot be read or maps none."""
    from qmsr_lint.lint import mapped

    try:
        document = formats.read(contents(path, config.limits.file_bytes), path, config.limits)
    except (OSError, Unreadable) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(f"{config.origin}: terminology: {path}: cannot be read: {reason}") from None
    rules = mapped(document, ruleset)
    if not rules:
        raise ConfigError(f"{config.origin}: terminology: {path}: maps no legacy term to its current one")
    return rules
