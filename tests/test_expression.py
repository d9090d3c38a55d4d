"""Expressions that look for a word first must find what they would find without it."""

import sys
from random import Random

import pytest
from expressions import expressions
from samples import parse, sample

from qmsr_lint.expression import Expression

EXPRESSIONS = {name: value for name, value in expressions().items() if isinstance(value, Expression)}
NEAR = [name for name, expression in EXPRESSIONS.items() if expression.within < sys.maxsize]
GATED = [name for name, expression in EXPRESSIONS.items() if expression.needs]
BEGUN = [name for name, expression in EXPRESSIONS.items() if expression.begins != ("",)]
PLAIN = [(name, text) for name, expression in EXPRESSIONS.items() for text in sorted(expression.plain)]


def samples(expression: Expression) -> list[str]:
    """Texts that an expression matches, of every branch with near certainty."""
    random = Random(7)
    tree = parse(expression.expression, expression.flags)
    return [sample(tree, random) for _ in range(2_000)]


def without(expression: Expression) -> list[str]:
    """Texts that an expression matches and that hold none of the words it is said to need."""
    return [text for text in samples(expression) if not any(word in text for word in expression.needs)]


@pytest.mark.parametrize("name", GATED)
def test_every_text_an_expression_matches_holds_a_word_it_needs(name: str) -> None:
    assert without(EXPRESSIONS[name]) == []


def begun_otherwise(expression: Expression) -> list[str]:
    """Texts that an expression matches and that begin with none of what it is said to begin with."""
    return [text for text in samples(expression) if not text.startswith(expression.begins)]


@pytest.mark.parametrize("name", BEGUN)
def test_every_text_an_expression_matches_begins_as_it_is_said(name: str) -> None:
    assert begun_otherwise(EXPRESSIONS[name]) == []


def test_a_forgotten_beginning_shows() -> None:
    assert "removed" in begun_otherwise(Expression("reserved|removed", begins=("res",)))
    assert begun_otherwise(Expression("[0-9]{3}", begins=tuple("01234569")))


def test_a_text_that_begins_otherwise_is_not_matched_there() -> None:
    expression = Expression(r" \((?:reserved|removed)\)", begins=(" (",))
    assert not expression.match("820.20 is reserved", 6) and not expression.fullmatch("820.20 (reserved)")
    assert "_compiled" not in vars(expression)
    assert expression.match("820.20 (reserved)", 6) and expression.fullmatch(" (removed)")
    assert expression.search("820.20 (reserved)")


def longest(expression: Expression) -> int:
    """How many characters a match of an expression has at most."""
    return int(parse(expression.expression, expression.flags).getwidth()[1])


@pytest.mark.parametrize("name", NEAR)
def test_the_words_stand_as_near_as_it_is_said(name: str) -> None:
    expression = EXPRESSIONS[name]
    assert longest(expression) <= expression.within
    assert [text for text in samples(expression) if not expression.may_match(text, 0, expression.within)] == []


def test_words_that_may_stand_farther_away_show() -> None:
    assert longest(Expression("a{3,9}b", needs=("b",), within=5)) > 5
    assert longest(Expression("a+b", needs=("b",), within=500)) > 500


def test_a_text_with_the_words_far_away_is_not_matched_at_a_place() -> None:
    expression = Expression("(?:is |was )?removed", needs=("removed",), within=11)
    assert not expression.match("here it is removed")
    assert "_compiled" not in vars(expression)
    assert expression.match("here is removed", 5) and expression.search("here it is removed")


@pytest.mark.parametrize(("name", "text"), PLAIN)
def test_an_expression_matches_as_a_whole_what_it_is_said_to_cover(name: str, text: str) -> None:
    assert EXPRESSIONS[name].fullmatch(text)


def test_what_an_expression_covers_it_matches_as_a_whole() -> None:
    expression = Expression("revisions?|changes", plain=("changes",))
    assert expression.covers("changes")
    assert "_compiled" not in vars(expression)
    assert expression.covers("revision") and not expression.covers("revision history")


def test_a_forgotten_word_shows() -> None:
    assert "removed" in without(Expression("reserved|removed", needs=("reserved",)))


def test_a_text_without_the_words_is_not_matched_and_with_one_it_is() -> None:
    expression = Expression("(?:is )?(?:reserved|removed)", needs=("reserved", "removed"))
    assert expression.search("it is removed") and expression.match("removed") and expression.fullmatch("is reserved")
    assert not expression.search("it is here")
    assert "_compiled" not in vars(Expression("reserved", needs=("reserved",)))
