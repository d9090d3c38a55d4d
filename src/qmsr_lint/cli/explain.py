"""`explain`: what became of a term, a section or a rule."""

import sys
from typing import Any

import click

from qmsr_lint.cli.flags import rule_options
from qmsr_lint.cli.steps import config_here, print_line, reports_errors
from qmsr_lint.output import sink


@click.command()
@click.argument("topic", nargs=-1, required=True)
@rule_options
@click.option("-o", "--output", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@reports_errors
def explain(topic: tuple[str, ...], output: str, **flags: Any) -> None:
    """Say what TOPIC became, why, and on what authority.

    TOPIC is a rule id (term-dhf), a legacy term ("DHF") or a citation ("820.198(e)(6)").
    """
    from qmsr_lint import explain as explaining
    from qmsr_lint import inforce

    config = config_here(flags)
    # What is switched off has a meaning all the same.
    everything = config._replace(settings=config.settings._replace(select=(), ignore=(), gap=True))
    explanation = explaining.explain(" ".join(topic), inforce.load_rules(everything))
    if output == "json":
        import json

        click.echo(json.dumps(explaining.data(explanation), indent=1))
        return
    for line in explaining.text(explanation, min(100, sink.width(sys.stdout))):
        print_line(line)
