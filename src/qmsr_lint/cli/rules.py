"""`rules`: the rules in force, as a list or as data, and their examples run."""

import sys
from typing import Any

import click

from qmsr_lint.cli.flags import rule_options
from qmsr_lint.cli.steps import config_here, print_line, reports_errors, rules_here, say
from qmsr_lint.output import plural


@click.group(invoke_without_command=True)
@rule_options
@click.option("--effective", is_flag=True, help="Show the settings as well, and what they change about each rule.")
@click.pass_context
@reports_errors
def rules(context: click.Context, /, effective: bool, **flags: Any) -> None:
    """List the rules in force here: id, severity, what it says."""
    from qmsr_lint import catalogue, inforce

    context.obj = flags
    if context.invoked_subcommand is not None:
        return
    config = config_here(flags)
    ruleset = inforce.load_rules(config)
    for line in catalogue.effective(ruleset, config.described) if effective else catalogue.listing(ruleset):
        print_line(line)
    if not effective:
        say(f"{len(ruleset.rules)} rules, version {ruleset.version}, sha256 {ruleset.sha256}")


@rules.command("export")
@click.pass_context
@reports_errors
def rules_export(context: click.Context) -> None:
    """Print the rules in force here as JSON."""
    import json

    from qmsr_lint.catalogue import export

    click.echo(json.dumps(export(rules_here(context.obj)), indent=1))


@rules.command("test")
@click.argument("packs", metavar="[PACK]...", nargs=-1)
@click.pass_context
@reports_errors
def rules_test(context: click.Context, packs: tuple[str, ...]) -> None:
    """Run the examples of rule packs, or of the rules in force here, and check their entries.

    The exit code is 0 when everything holds, 1 when something does not, 2 when a pack cannot be used.
    """
    from pathlib import Path

    from qmsr_lint import proof
    from qmsr_lint.pack import load_pack
    from qmsr_lint.rules import Settings, load

    if packs:
        tried = [rule for pack in packs for rule in load_pack(Path(pack))[0]]
        settings = Settings(
            packs=tuple(Path(pack) for pack in packs),
            gap=any(rule.kind == "gap" for rule in tried),
            nlp=bool(context.obj["nlp"]),
        )
        rulesets = [load(settings._replace(market=market)) for market in proof.markets(tried)]
    else:
        rulesets = [rules_here(context.obj)]
        tried = list(rulesets[0].rules.values())
    left = [rule for rule in tried if rule.requires and not any(rule.id in ruleset.rules for ruleset in rulesets)]
    failed = []
    for ruleset in rulesets:
        own = [rule for rule in tried if rule.id in ruleset.rules]
        failed += [*proof.check(own, ruleset), *proof.faults(own, ruleset)]
    failed = list(dict.fromkeys([*failed, *proof.faults(left, rulesets[0])]))
    for failure in failed:
        print_line(f"{failure.rule}: {failure.what}" + (f": {failure.text}" if failure.text else ""))
    for rule in left:
        switch = f"`qmsr-lint rules --{rule.requires} test`"
        print_line(f"{rule.id}: not tried: it requires {rule.requires}, which {switch} switches on")
    examples = sum(len(rule.flag) + len(rule.keep) for rule in tried if rule not in left)
    rules_tried = plural(len(tried), "rule") + (f" ({len(left)} not tried)" if left else "")
    say(f"{rules_tried}, {plural(examples, 'example')}, {len(failed)} failed")
    sys.exit(1 if failed else 0)
