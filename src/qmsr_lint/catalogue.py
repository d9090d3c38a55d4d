"""The rules as a person or a program looks at them: the list, what a configuration makes of it, the export."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from qmsr_lint.pack import Rule, matches_selector
from qmsr_lint.rules import RuleSet, Settings, load

_TITLE = 90  # characters of a rule in a list


def listing(ruleset: RuleSet) -> Iterator[str]:
    """The rules in force, one a line: id, severity, what it says."""
    width = max(map(len, ruleset.rules), default=0)
    for rule in _sorted(ruleset):
        yield f"{rule.id:<{width}}  {rule.severity:<7}  {title(rule)}"


def title(rule: Rule) -> str:
    """What a rule says in a few words: legacy → current, or the first sentence of its message."""
    words = (
        f"{rule.legacy[0]} → {preferred(rule)}"
        if rule.legacy and rule.current
        else fields(rule.message).partition(". ")[0]
    )
    return words if len(words) <= _TITLE else words[:_TITLE].rpartition(" ")[0] + " …"


def fields(message: str) -> str:
    """A message with the fields that a finding fills in written as <field>."""
    return re.sub(r"\{(\w+)\}", r"<\1>", message)


def preferred(rule: Rule) -> str:
    """The current words of a rule with their abbreviation; empty where it has none."""
    short = rule.current_abbreviation
    return f"{rule.current} ({short})" if rule.current and short else rule.current or ""


class RuleChange(NamedTuple):
    """What the settings of a run change about one rule: which `what`, from which shipped value to which."""

    rule: str
    what: str
    shipped: str
    here: str


def changes(settings: Settings) -> tuple[RuleChange, ...]:
    """What `settings` change about the shipped rules, by rule. Raises what `rules.load` raises."""
    shipped = load(Settings(gap=True)).rules
    everything = load(settings._replace(select=(), ignore=(), gap=True)).rules
    default, here = load().rules, load(settings).rules
    own = everything.keys() - shipped.keys()
    return tuple(
        change
        for name in sorted(everything)
        for change in (
            *_changed(shipped.get(name), everything[name]),
            *_switched(name, settings, before=name in default or name in own, now=name in here),
        )
    )


def _changed(shipped: Rule | None, here: Rule) -> Iterator[RuleChange]:
    if shipped is None:
        yield RuleChange(here.id, "pack", "", "from a pack of the configuration")
    elif here._replace(**_adjustable(shipped)) != shipped:
        yield RuleChange(here.id, "pack", "shipped", "replaced by a pack of the configuration")
    if shipped is not None and shipped.severity != here.severity:
        yield RuleChange(here.id, "severity", shipped.severity, here.severity)
    if shipped is not None and preferred(shipped) != preferred(here):
        yield RuleChange(here.id, "preferred words", preferred(shipped), preferred(here))
    for phrase, words in here.own_current.items():
        if shipped is not None and (was := shipped.own_current.get(phrase, "")) != words:
            yield RuleChange(here.id, f"preferred words of {phrase!r}", was, words)


def _switched(rule: str, settings: Settings, *, before: bool, now: bool) -> Iterator[RuleChange]:
    if before and not now:
        yield RuleChange(rule, "switched off", "on", f"off ({_why_off(rule, settings)})")
    elif now and not before:
        yield RuleChange(rule, "switched on", "off", "on")


def _adjustable(rule: Rule) -> dict[str, Any]:
    """The fields of a rule that settings may change without a pack."""
    names = ("severity", "current", "current_abbreviation", "plural", "alternatives", "fix", "own_current")
    return {name: getattr(rule, name) for name in names}


def _why_off(rule: str, settings: Settings) -> str:
    by = next((selector for selector in settings.ignore if matches_selector(rule, selector)), None)
    return f"ignore {by}" if by else f"not in select {', '.join(settings.select)}"


def effective(ruleset: RuleSet, origin: str) -> Iterator[str]:
    """Everything that decides what is found: the settings, what they change, and every rule, one a line."""
    settings = ruleset.settings
    yield f"configuration  {origin}"
    for pack in settings.packs:
        yield f"pack           {pack.name}"
    yield f"strategy       {settings.strategy}"
    yield f"market         {settings.market}"
    yield f"nlp            {f'on {settings.nlp_model}'.strip() if settings.nlp else 'off'}"
    yield f"gap            {'on' if settings.gap else 'off'}"
    yield f"rules          {len(ruleset.rules)} in force, version {ruleset.version}"
    yield f"rules_sha256   {ruleset.sha256}"
    yield ""
    changed = changes(settings)
    for each in changed:
        yield f"{each.rule}: {each.what}: {each.here}" + (f", shipped as {each.shipped}" if each.shipped else "")
    if not changed:
        yield "The rules are as shipped."
    yield ""
    yield from listing(ruleset)


def export(ruleset: RuleSet) -> dict[str, Any]:
    """The rules in force as plain data for JSON."""
    return {
        "schema_version": "1",
        "rules_version": ruleset.version,
        "rules_sha256": ruleset.sha256,
        "rules": [_plain(rule) for rule in _sorted(ruleset)],
    }


def _plain(rule: Rule) -> Mapping[str, Any]:
    values = rule._asdict()
    values["examples"] = {"flag": [example._asdict() for example in values.pop("flag")], "keep": values.pop("keep")}
    return values


def _sorted(ruleset: RuleSet) -> list[Rule]:
    return sorted(ruleset.rules.values(), key=lambda rule: rule.id)
