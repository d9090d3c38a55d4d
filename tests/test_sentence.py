"""Sentences and the patterns of sentence rules: where one ends, and which words lead to it."""

from typing import Any

import pytest

from qmsr_lint import proof, rules, sentence
from qmsr_lint.context.judge import Contexts
from qmsr_lint.errors import PackError
from qmsr_lint.lint import lint
from qmsr_lint.match import fold
from qmsr_lint.model import Block, Document, Kind, Place
from qmsr_lint.pack import Rule, rule_of
from qmsr_lint.rules import RuleSet


def rule(*groups: list[str]) -> Rule:
    entry = {"id": "claim-test", "kind": "sentence", "severity": "warning", "basis": "none", "message": "m"}
    examples = {"flag": ["a"], "keep": ["b"]}
    return rule_of({**entry, "all": list(groups), "examples": examples}, "test")


def found(text: str, *groups: list[str]) -> list[str]:
    shipped = rules.load()
    ruleset = RuleSet([rule(*groups)], shipped.facts, "0", "0", shipped.settings)
    return [finding.text for finding in lint(proof.document(text), ruleset)]


def items(words: list[str], are_items: list[int]) -> Document:
    """A document of one line after the other, some of them items of a list."""
    text = "\u2029".join(words)
    starts = [sum(map(len, words[:n])) + n for n in range(len(words))]
    kinds: list[Kind] = ["item" if is_item else "paragraph" for is_item in are_items]
    blocks = (
        Block(start, start + len(line), kind, Place()) for start, line, kind in zip(starts, words, kinds, strict=True)
    )
    return Document("a.md", "markdown", text, tuple(blocks))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four; five", ["One.", "Two!", "Three?", "Four;", "five"]),
        ('He said "no." Then (perhaps.) he went.', ['He said "no."', "Then (perhaps.)", "he went."]),
        (
            "See No. 5, sec. 3, cf. 21 c.f.r. 820 and e.g. this.",
            ["See No. 5, sec. 3, cf. 21 c.f.r. 820 and e.g. this."],
        ),
        ("One;two", ["One;", "two"]),
        ("820.30 and 1.5 mm", ["820.30 and 1.5 mm"]),
        ("The rule (QSR; 21 CFR 820) was. It is", ["The rule (QSR; 21 CFR 820) was.", "It is"]),
        ("See 1 (a; b (c)); d", ["See 1 (a;", "b (c));", "d"]),
        ("A list: a) one; b) two (see 3)", ["A list: a) one;", "b) two (see 3)"]),
        ("Not closed (one; two. Three)", ["Not closed (one; two.", "Three)"]),
    ],
)
def test_a_text_is_divided_where_a_reader_would(text: str, parts: list[str]) -> None:
    folded = fold(text).text
    found, begin = [], 0
    for end in [*sentence.ends(folded, 0, len(folded)), len(folded)]:
        if words := folded[begin:end].strip():
            found.append(words)
        begin = end
    assert found == [part.lower() for part in parts]


@pytest.mark.parametrize("gap", [" ", "  ", "\u2029", ". \u2029"])
def test_every_place_of_a_sentence_leads_to_it(gap: str) -> None:
    document = proof.document("The first one." + gap + "The second one")
    contexts = Contexts(document, fold(document.text))
    text = contexts.folded.text
    for words in ("the first one", "the second one"):
        start = text.index(words)
        for at in range(start, start + len(words)):
            first, last = contexts.sentences.at(at)
            assert text[first:last].rstrip(".") == words


def test_a_place_between_two_sentences_leads_to_its_block() -> None:
    document = proof.document("One. Two.\n\nThree.")
    contexts = Contexts(document, fold(document.text))
    assert contexts.sentences.at(contexts.folded.text.index(" two")) == contexts.sentences.segment(0)


def test_a_word_of_which_only_the_beginning_is_given_leads_to_its_sentence() -> None:
    assert found("The zebra is inspectional.", ["inspectio*"], ["the zebra"]) == ["The zebra is inspectional"]
    assert found("The zebra is inspected.", ["inspectio*"], ["the zebra"]) == []


def test_each_sentence_is_judged_for_itself() -> None:
    text = "A zebra sleeps. A lion and a zebra sleep. A lion sleeps. The zebra meets the lion."
    assert found(text, ["zebra", "okapi"], ["lion"]) == ["lion and a zebra", "zebra meets the lion"]


def test_a_phrase_without_a_plain_word_is_looked_for_beside_those_that_lead_to_it() -> None:
    assert found("A zebra, the old lion.", ["zebra"], ["the ... lion"]) == ["zebra, the old lion"]


def test_words_in_different_sentences_are_none_together() -> None:
    assert found("The zebra sleeps. The lion wakes.", ["zebra"], ["lion"]) == []


def test_an_item_is_read_with_the_line_that_leads_in_its_list() -> None:
    shipped = rules.load()
    ruleset = RuleSet([rule(["zebra"], ["lion"])], shipped.facts, "0", "0", shipped.settings)
    words = [
        "Okapis:",
        "The lion eats:",
        "A zebra",
        "an okapi",
        "no zebra",
        "After that:",
        "a zebra",
        "The zebra:",
        "a lion",
    ]
    document = items(words, [1, 1, 1, 1, 1, 0, 1, 1, 1])
    assert [finding.text for finding in lint(document, ruleset)] == ["A zebra", "no zebra", "a lion"]


def test_an_item_below_another_lead_in_is_read_with_that_of_the_whole_list() -> None:
    shipped = rules.load()
    ruleset = RuleSet([rule(["zebra"], ["lion"])], shipped.facts, "0", "0", shipped.settings)
    document = items(["The lion eats:", "by night:", "a zebra", "by day:", "no zebra"], [0, 1, 1, 1, 1])
    assert [finding.text for finding in lint(document, ruleset)] == ["a zebra", "no zebra"]


@pytest.mark.parametrize("joint", ["-", " - ", ", ", '" '])
def test_the_words_of_a_phrase_may_have_signs_between_them(joint: str) -> None:
    assert found(f"The striped{joint}zebra meets a lion.", ["striped zebra"], ["lion"]) != []


def test_a_rule_without_any_plain_word_is_refused() -> None:
    with pytest.raises(PackError, match="'all': no group has a plain word"):
        sentence.anchors(rule(["..."]))


BOTH = "never ... lion"


def test_a_phrase_of_several_groups_fulfils_them_together() -> None:
    groups = ["zebra", BOTH], ["sleeps", BOTH], ["lion"]
    assert found("The zebra sleeps beside a lion.", *groups) == ["zebra sleeps beside a lion"]
    assert found("Never meet a lion.", *groups) == []  # the third group has only its own word, which is taken
    assert found("Never meet a lion where one lion is.", *groups) == ["Never meet a lion where one lion"]


def test_the_phrase_that_fulfils_the_most_groups_comes_first() -> None:
    assert found("Never wake a lion.", ["never", BOTH], ["lion", BOTH]) == ["Never wake a lion"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The zebra sleeps. They are not lions.", ["zebra sleeps. They are not lions"]),
        ("The zebra sleeps. They are not lions. This is wrong.", []),
        ("The zebra sleeps; they are not lions.", ["zebra sleeps; they are not lions"]),
        ("The okapi sleeps. They are not lions.", []),
        ("The zebra sleeps. They are lions.", []),
        ("The zebra sleeps. An okapi wakes. They are not lions.", []),
        ("The zebra sleeps. Okapis say that they are not lions.", []),
        ("The zebra sleeps.\u2029They are not lions.", []),
        ("They sleep. They are not lions, and no zebra.", ["They are not lions, and no zebra"]),
    ],
)
def test_a_sentence_may_say_something_of_what_the_one_before_names(text: str, expected: list[str]) -> None:
    assert found(text, ["zebra"], ["(they|these) are not lions"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May a lion eat zebras? No.", ["May a lion eat zebras? No"]),
        ("May a lion eat zebras? No, never.", ["May a lion eat zebras? No"]),
        ("May a lion eat zebras?", []),
        ("May a lion eat zebras? Yes.", []),
        ("May a lion eat zebras? \u2610 No", []),
        ("May a lion eat zebras? Nobody knows.", []),
        ("May a lion eat zebras? It may. No lion does.", []),
        ("May a lion eat zebras.\u2029No.", []),
    ],
)
def test_a_question_may_be_answered_with_no(text: str, expected: list[str]) -> None:
    assert found(text, ["may a lion eat zebras no"], ["may a lion eat zebras no"]) == expected


def test_a_phrase_does_not_reach_into_the_sentence_that_goes_on() -> None:
    assert (
        found("The zebra is not here. They are lions.", ["zebra"], ["not ... lions", "(they|these) are okapis"]) == []
    )


CLAIM = "The zebra eats the lion"
REFUTED = [
    f"It is not true that {CLAIM.lower()}.",
    f"It is wrong to say that {CLAIM.lower()}.",
    f"A common mistake is to believe that {CLAIM.lower()}.",
    f"Many visitors wrongly believe that {CLAIM.lower()}.",
    f"Do not tell the visitors that {CLAIM.lower()}.",
    f"Nobody may claim that {CLAIM.lower()}.",
    f"Myth: {CLAIM.lower()}.",
    f"That {CLAIM.lower()} is false.",
    f"This does not mean that {CLAIM.lower()}.",
    f"Contrary to a common belief, {CLAIM.lower()}.",
    f'"{CLAIM}" - False.',
    f"{CLAIM} (not true).",
    f'"{CLAIM}." This is wrong.',
    f"{CLAIM}; it does not.",
    f'True or false? "{CLAIM}." Answer: false.',
    f"Is it so that {CLAIM.lower()}? No.",
    f"Is it so that {CLAIM.lower()}? (No.)",
    f"Is it so that {CLAIM.lower()}?\u2029A: No, it is not.",
]


@pytest.mark.parametrize("text", REFUTED)
def test_a_claim_that_is_called_false_is_none(text: str) -> None:
    assert found(text, ["zebra"], ["eats the lion"]) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{CLAIM}. False labels are removed.",
        f"{CLAIM}. No food is left.",
        f"{CLAIM}, and it is true.",
        f"It is known that {CLAIM.lower()}.",
        f"Is it so that {CLAIM.lower()}? Yes.",
        f"The mistake in the label is corrected while {CLAIM.lower()}.",
        f"Never enter: {CLAIM.lower()}.",
        f"To avoid misunderstandings, {CLAIM.lower()}.",
        f"Tell the visitors that {CLAIM.lower()}.",
        f"{CLAIM}. A wrong answer is repeated.",
    ],
)
def test_words_that_call_something_else_false_leave_a_claim(text: str) -> None:
    assert found(text, ["zebra"], ["eats the lion"]) == [CLAIM[4:] if CLAIM in text else "zebra eats the lion"]


def test_only_statements_can_be_called_false() -> None:
    entry = {"id": "term-test", "kind": "sentence", "severity": "warning", "basis": "none", "message": "m"}
    examples = {"flag": ["a"], "keep": ["b"]}
    own = rule_of({**entry, "all": [["zebra"]], "examples": examples}, "test")
    shipped = rules.load()
    ruleset = RuleSet([own], shipped.facts, "0", "0", shipped.settings)
    assert [finding.text for finding in lint(proof.document("It is not true that a zebra eats."), ruleset)] == ["zebra"]


NAMED = {"id": "claim-x", "kind": "sentence", "severity": "error", "message": "m", "basis": "b"}


def test_a_named_list_of_words_stands_for_its_words_in_phrases() -> None:
    lists = {"animal": ["zebra", "white tiger"]}
    named = {"words": lists, "all": [["a {animal} sleeps"], ["{animal}"]], "none": ["no {animal}*"]}
    spelt_out = {
        "all": [["a (zebra|white tiger) sleeps"], ["(zebra|white tiger)"]],
        "none": ["no (zebra|white tiger)*"],
    }
    assert rule_of({**NAMED, **named}, "test") == rule_of({**NAMED, **spelt_out}, "test")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"words": {"animal": ["zebra"]}, "all": [["{animals}"]]}, r"names \{animals\}.*did you mean 'animal'"),
        ({"all": [["{animal}"]]}, r"names \{animal\}, which 'words' does not list"),
        ({"words": ["zebra"], "all": [["zebra"]]}, "'words' must name lists of words"),
        ({"words": {"animal": "zebra"}, "all": [["zebra"]]}, "'words: animal' must be a list of texts"),
    ],
)
def test_a_wrong_list_of_words_is_named(entry: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError, match=message):
        rule_of({**NAMED, **entry}, "test.yaml")
