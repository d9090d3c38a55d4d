"""Measures what the rules with token patterns add to the core, on the labelled sentences of the tests.

python bench/nlp.py [--each]        needs the extra [nlp]; with --each, every pattern is left out in turn
"""

import json
import sys
from collections import Counter
from pathlib import Path

from qmsr_lint import proof, rules
from qmsr_lint.lint import lint
from qmsr_lint.rules import RuleSet, Settings

SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "data" / "nlp_sentences.jsonl"


def flagged(ruleset: RuleSet, text: str) -> bool:
    """Whether a claim is found in a sentence."""
    return any(finding.rule.startswith("claim-") for finding in proof.live(lint(proof.document(text), ruleset)))


def counts(ruleset: RuleSet, chosen: str | None = None) -> Counter[str]:
    """True and false positives and negatives over the sentences, or one set of them."""
    found: Counter[str] = Counter()
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if chosen in (None, row["set"]):
            hit = flagged(ruleset, row["text"])
            found[("t" if hit == bool(row["claim"]) else "f") + ("p" if hit else "n")] += 1
            if "--show" in sys.argv and ruleset.settings.nlp and hit != bool(row["claim"]) and chosen is not None:
                print("missed" if row["claim"] else "wrong ", row["set"], row["text"])
    return found


def main() -> None:
    """Print the counts for the core alone and with the language rules."""
    core, nlp = rules.load(), rules.load(Settings(nlp=True))
    for chosen in ("fitted", "held out", None):
        for name, ruleset in (("core", core), ("with nlp", nlp)):
            n = counts(ruleset, chosen)
            precision, recall = n["tp"] / max(1, n["tp"] + n["fp"]), n["tp"] / max(1, n["tp"] + n["fn"])
            counted = dict(sorted(n.items()))
            print(f"{chosen or 'all':8} {name:8} {counted} precision {precision:.3f} recall {recall:.3f}")
    for rule in nlp.rules.values() if "--each" in sys.argv else ():
        for key in ("patterns", "unless"):
            patterns = getattr(rule, key)
            for number in range(len(patterns)):
                less = rule._replace(**{key: patterns[:number] + patterns[number + 1 :]})
                rest = [less if other.id == rule.id else other for other in nlp.rules.values()]
                change = counts(RuleSet(rest, nlp.facts, "", "", nlp.settings))
                change.subtract(counts(nlp))
                print(rule.id, key, number + 1, {k: v for k, v in change.items() if v and k in ("tp", "fp")})


if __name__ == "__main__":
    main()
