"""The readiness of a set of documents: judge them with the gap rules, and draw up the checklist."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from qmsr_lint import bypath, sweep
from qmsr_lint.config import Config
from qmsr_lint.documents import readiness, sites
from qmsr_lint.judge import Judge
from qmsr_lint.output import Writer
from qmsr_lint.pack import Rule
from qmsr_lint.rules import RuleSet
from qmsr_lint.scope import Plan


class Assessment(NamedTuple):
    """A readiness report and the outcome of the run it is drawn from."""

    report: readiness.Report
    outcome: sweep.Outcome


def prepared(plan: Plan, market: str | None = None) -> Plan:
    """The plan with the gap rules in force, whatever its configurations say, and for a market if one is given."""
    changed: dict[str, Any] = {"gap": True} | ({"market": market} if market is not None else {})
    return plan._replace(
        configs=tuple(config._replace(settings=config.settings._replace(**changed)) for config in plan.configs)
    )


def assess(
    plan: Plan,
    root: Config,
    rulesets: Sequence[RuleSet],
    writers: Sequence[Writer] = (),
    report: Callable[[str], None] | None = None,
    jobs: int = 1,
) -> Assessment:
    """Judge the documents of a plan and draw up the checklist. `root` is the configuration of the working folder.

    `writers` see every result as well; `report` takes tracebacks of crashes.
    """
    kept = readiness.Collector()
    place = bypath.placer([root, *plan.configs])
    judge = Judge(plan.configs, tuple(rulesets), identify=True, profile=True)
    outcome = sweep.run(plan, judge, [kept, *writers], report=report, place=place, jobs=jobs)
    known = [site for config in (root, *plan.configs) for site in config.sites]
    differences = sites.differences(kept.results, known, _preferred(plan, place))
    rules: Mapping[str, Rule] = {rule.id: rule for ruleset in rulesets for rule in ruleset.rules.values()}
    market = "/".join(sorted({config.settings.market for config in plan.configs}))
    missing = sites.missing(kept.results, known)
    names = [site.name for site in known]
    facts = rulesets[0].facts
    return Assessment(
        readiness.report(kept.results, kept.summary, rules, facts, market, differences, missing, names), outcome
    )


def _preferred(plan: Plan, place: Callable[[str], str] | None) -> Mapping[str, Mapping[str, str]]:
    """The preferred words of each site, by legacy term: those of the configurations of its documents."""
    found: dict[str, dict[str, str]] = {}
    for source in plan.sources if place is not None else ():
        if place is not None and (site := place(os.path.abspath(source.path))):
            found.setdefault(site, {}).update(plan.configs[source.config].settings.terms)
    return found
