"""Writes the pages that are made from the packs and the code: python docs/generate.py

`pages` returns them by path; a test compares them with the files, so that none can go stale.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from qmsr_lint import catalogue, explain, limits, rules, topics  # noqa: E402
from qmsr_lint.context import judge  # noqa: E402
from qmsr_lint.model import FAMILIES  # noqa: E402
from qmsr_lint.pack import Rule  # noqa: E402

ORDER = ("term", "name", "cite", "program", "claim", "migration", "near", "gap", "suppression")
"""The families of rules as the page of rules has them."""

EXCERPT = (
    ("QM-001-quality-manual.docx", "error claim-records-exempt"),
    ("SOP-007-design-and-development.docx", "warning term-dmr"),
)
"""The findings of the demonstration that the README shows: the document, and how the finding begins."""

_MARKUP = re.compile(r"(`[^`|]+`)|([\\`*_\[\]<>|#~])")
"""A piece of code, and a character that has a meaning in Markdown outside of one."""


def pages() -> dict[str, str]:
    """Every generated page by its path below the repository."""
    demo = _demo()
    return {
        "README.md": _readme(demo),
        "docs/rules.md": "\n".join(_rules()) + "\n",
        "docs/contexts.md": _contexts(),
        "docs/limits.md": _limits(),
        "docs/demo.txt": demo,
    }


# --- rules ------------------------------------------------------------------------------------------------------------


def _rules() -> Iterator[str]:
    ruleset = rules.load(rules.Settings(gap=True))
    sources = {row["code"]: row for row in ruleset.facts["sources"]["sources"]}
    ordered = sorted(ruleset.rules.values(), key=lambda rule: (ORDER.index(rule.family), rule.id))
    yield from (
        "# Rules",
        "",
        "<!-- Made by docs/generate.py from rules/*.yaml: change the packs and run `make docs`. -->",
        "",
        f"{len(ordered)} rules. {explain.INDUSTRY_NOTE} Each rule names its basis, its sources and how sure it is.",
        "",
        "Severity: **error** is a false statement of current law, **warning** an eliminated term used as live, or a",
        "statement that is false by weaker sources, **note** a matter of style or a legacy word that may stay. A",
        "**safe** fix can be made without a look at the sentence, an **unsafe** one is a proposal. Rules of the family",
        "`gap` are asked for, with `gap = true` in the configuration or `--select gap`; the others need no asking.",
        "",
        "| Rule | Severity | Fix | What it says |",
        "| --- | --- | --- | --- |",
    )
    for rule in ordered:
        yield f"| [{rule.id}](#{rule.id}) | {rule.severity} | {_fix(rule)} | {_escaped(catalogue.title(rule))} |"
    for family, members in groupby(ordered, lambda rule: rule.family):
        yield from ("", f"## {FAMILIES[family]}")
        for rule in members:
            yield ""
            yield from _rule(rule)
    yield from ("", "## Words that stay", "", "No rule takes these for legacy; a test fails if one ever does.", "")
    yield from ("| Words | Why | Basis |", "| --- | --- | --- |")
    for row in ruleset.facts["retained"]:
        yield f"| {_escaped(', '.join(row['phrases']))} | {_escaped(row['why'])} | {_escaped(row['basis'])} |"
    yield from ("", "## Sources", "", "| Code | What it is | Read how |", "| --- | --- | --- |")
    for code, source in sources.items():
        kind = "; ".join(topics.SOURCE_KINDS.get(each, each) for each in source["kind"].split("/"))
        if code != topics.UNREAD:
            yield f"| {code} | {_escaped(source['title'])} | {kind} |"


def _fix(rule: Rule) -> str:
    return "by citation" if rule.kind == "citation" else rule.fix


def _rule(rule: Rule) -> Iterator[str]:
    yield from (f"### {rule.id}", "", _escaped(catalogue.fields(rule.message)), "")
    facts: Iterable[tuple[str, str]] = (
        ("Legacy", ", ".join(rule.legacy)),
        ("Spelt rightly", ", ".join(rule.spelling)),
        ("Asked of", ", ".join(rule.documents)),
        ("Element", rule.element),
        ("Current", catalogue.preferred(rule)),
        ("Or", "; ".join(rule.alternatives)),
        ("Own replacements", "; ".join(f"{old} → {new}" for old, new in rule.own_current.items())),
        ("Left alone", ", ".join(rule.exceptions)),
        ("Another thing beside", ", ".join(rule.homographs)),
        ("Only beside", ", ".join(rule.near)),
        ("Only in", ", ".join(rule.where)),
        ("Severity", f"{rule.severity}, {rule.certainty}"),
        ("Fix", _fix(rule)),
        ("Basis", f"{rule.basis}; confidence {rule.confidence}; {_sources(rule)}"),
        ("Since", rule.since),
        ("Note", rule.notes),
    )
    yield from (f"- {name}: {_escaped(words)}" for name, words in facts if words)
    if rule.flag:
        yield from ("", "Flagged:", "")
        for example in rule.flag:
            yield f"- {_escaped(example.text)}" + (f" → {_escaped(example.becomes)}" if example.becomes else "")
    if rule.keep:
        yield from ("", "Left alone:", "")
        yield from (f"- {_escaped(text)}" for text in rule.keep)


def _sources(rule: Rule) -> str:
    read = [code for code in rule.sources if code != topics.UNREAD]
    unread = "no source read" if not read else "no source read for the rest" if len(read) < len(rule.sources) else ""
    return "; ".join(filter(None, (f"sources {', '.join(read)}" if read else "", unread)))


def _escaped(words: str) -> str:
    """Words that Markdown shows as they are; what stands between backticks is code."""
    return _MARKUP.sub(lambda found: found[1] or "\\" + found[0], " ".join(words.split()))


# --- tables of the code -----------------------------------------------------------------------------------------------


_EFFECTS = {"unfixed": "finding, no fix"}


def _contexts() -> str:
    rows = [(step.context, step.sign, _EFFECTS.get(step.effect, step.effect)) for step in judge.STEPS]
    rows += [(name, sign, "finding") for name, sign in judge.PLAIN]
    table = "\n".join(f"| {' | '.join(map(_escaped, cells))} |" for cells in rows)
    return f"""# Contexts

<!-- Made by docs/generate.py from src/qmsr_lint/context/judge.py: run `make docs`. -->

Where a legacy word stands decides what becomes of it. Every finding says its `context`. What a context suppresses is
listed with `--show-suppressed`, counted in every summary, and carries its reason; it is never dropped.

| Context | How it is recognised | Effect |
| --- | --- | --- |
{table}

The first context that fits, from the top, is the one. "finding, no fix" and "note" are reported and never fixed.
How to silence a finding that a context does not: [configuration](configuration.md#suppressions).

## Block quotes

A Markdown block quote (`>`) may be a quotation, what its author sets off, or what a converter made of an indented
paragraph: whole procedures are written so. It is the document's own, unless something tells of a quotation:

- the paragraph or heading before it that introduces it: "21 CFR 820.30(j) states:", "According to the regulation:",
  "the inspector wrote:"; "This procedure states:" does not;
- quotation marks around it;
- its source behind it: "— 21 CFR 820.30(j)", or "(21 CFR 820.30(j))" on a line of its own;
- the regulation's wording: "Each manufacturer shall …".

In Word the styles Quote and Intense Quote say it.
"""


def _limits() -> str:
    values = limits.DEFAULT._asdict()
    described = re.sub("`(.+?)`", lambda found: found[0].replace("_", "-"), limits.Limits.__doc__ or "")
    rows = [row for row in _cells(described) if row[0] in values]
    table = "\n".join(
        f"| `{name.replace('_', '-')}` | {_escaped(what)} | {values[name]:,} {'' if unit == '1' else unit} |".replace(
            "  ", " "
        )
        for name, what, unit in rows
    )
    return f"""# Limits

<!-- Made by docs/generate.py from src/qmsr_lint/limits.py: run `make docs`. -->

What one document may cost. A document over a limit is `unreadable`, with the limit in its reason, and the exit code is
2: it is never "clean". Documents are data from elsewhere, and a file made to exhaust a machine must not get that far.

| Limit | What it bounds | Default |
| --- | --- | --- |
{table}

Change one in the configuration:

```toml
[limits]
file-bytes = 500_000_000
```
"""


def _cells(docstring: str) -> Iterator[tuple[str, ...]]:
    """The rows of the first simple reStructuredText table of a docstring, without its head."""
    lines = [line.strip() for line in docstring.splitlines()]
    rules_ = [number for number, line in enumerate(lines) if line.startswith("====")]
    for line in lines[rules_[1] + 1 : rules_[2]]:
        yield tuple(cell.strip() for cell in re.split(r"\s{2,}", line))


# --- the demonstration ------------------------------------------------------------------------------------------------


def _demo() -> str:
    command = [sys.executable, "-m", "qmsr_lint", "check", "--isolated", "fixtures/flagged"]
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    environment: Mapping[str, Any] = os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)  # noqa: S603
    if done.returncode != 1:
        raise RuntimeError(f"the demonstration ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def _readme(demo: str) -> str:
    """The README with its excerpt of the demonstration."""
    lines = []
    for document, finding in EXCERPT:
        path = f"fixtures/flagged/{document}"
        at = demo.index(f"  {finding}", demo.index(f"{path}  "))
        lines += [path, "", demo[at : demo.index("\n\n", at)], ""]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    head, _, tail = readme.partition("```text\n")
    end = "```\n"
    return f"{head}{end[:3]}text\n" + "\n".join(lines) + end + tail.partition(end)[2]


def main() -> None:
    """Write every page."""
    for path, text in pages().items():
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
