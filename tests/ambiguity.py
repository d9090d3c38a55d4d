"""Texts that an expression may match in so many ways that each repetition of them doubles the ways.

An expression is read as an automaton whose states are the places of its characters (Glushkov's). Two paths from a
state back to it for one text are what makes the time exponential (Weber and Seidl, "On the degree of ambiguity of
finite automata", 1991); they are looked for among the pairs of states that one text leads to.

The automaton allows more than the expression: of what is looked for around a place, only single characters are known
to it, and a repetition of more than three is one without an end. So what is found here is a suspicion, to be tried.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple, TypeVar

from samples import parse

State = int
Pair = tuple[State, State]
Node = TypeVar("Node")

ANYTHING = -1
"""A set of characters, by bits, in which all are."""

COPIES = 3
"""The most that a body is repeated for which it is written out."""

MOST = 40
"""Texts that are told of one part of an expression; states that are told apart in nothing need not all be tried."""


class Ends(NamedTuple):
    """Where a part of an expression begins and ends, and how it is empty, with what may stand next to it.

    Each has the characters allowed behind it and before it.
    """

    first: list[tuple[State, int, int]]
    last: list[tuple[State, int, int]]
    empty: list[tuple[int, int]]


EMPTY = Ends([], [], [(ANYTHING, ANYTHING)])


class Automaton:
    """An expression's states with the characters of each, and the ways from state to state."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        is_bytes = isinstance(pattern.pattern, bytes)
        self._flags = pattern.flags & ~re.UNICODE if is_bytes else pattern.flags
        tree = parse(pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern, pattern.flags & ~re.UNICODE)
        codes = {code for code in _codes(tree) if code < (0x100 if is_bytes else 0xD800)}
        self.alphabet = [chr(code) for code in sorted(codes | {ord(letter) for letter in "azm059 -_.(\n%A"})]
        self.characters: list[int] = []
        self.ways: dict[Pair, list[tuple[int, int]]] = {}
        self.begin = self._sequence(tree).first

    def _sequence(self, tree: Any) -> Ends:
        ends = EMPTY
        for name, value in tree:
            ends = self._join(ends, self._part(str(name), value))
        return ends

    def _part(self, name: str, value: Any) -> Ends:
        if name in _SINGLE:
            self.characters.append(self._set(name, value))
            state = [(len(self.characters) - 1, ANYTHING, ANYTHING)]
            return Ends(state, state, [])
        if name == "BRANCH":
            branches = [self._sequence(branch) for branch in value[1]]
            return Ends(
                _flat(each.first for each in branches),
                _flat(each.last for each in branches),
                _few(_flat(each.empty for each in branches)),
            )
        if name in ("SUBPATTERN", "ATOMIC_GROUP"):
            return self._sequence(value[3] if name == "SUBPATTERN" else value)
        if name.endswith("_REPEAT"):
            return self._repetition(int(value[0]), int(value[1]), value[2])
        if name in ("ASSERT", "ASSERT_NOT") and (beside := self._one(value[1])) is not None:
            beside = beside if name == "ASSERT" else ~beside
            return Ends([], [], [(beside, ANYTHING) if value[0] > 0 else (ANYTHING, beside)])
        return EMPTY  # an anchor, a group that was matched before, or something longer that is looked for

    def _repetition(self, least: int, most: int, body: Any) -> Ends:
        ends = EMPTY
        if most <= COPIES:
            for number in reversed(range(most)):
                ends = self._join(self._sequence(body), ends)
                if number >= least:
                    ends = ends._replace(empty=EMPTY.empty)
            return ends
        if least > 1:
            ends = self._sequence(body)
        again = self._sequence(body)
        self._link(again.last, again.first)
        return self._join(ends, again if least else again._replace(empty=EMPTY.empty))

    def _join(self, one: Ends, other: Ends) -> Ends:
        self._link(one.last, other.first)
        return Ends(
            one.first + [(at, a & c, b & d) for a, b in one.empty for at, c, d in other.first],
            other.last + [(at, a & c, b & d) for a, b in other.empty for at, c, d in one.last],
            _few((a & c, b & d) for a, b in one.empty for c, d in other.empty),
        )

    def _link(self, last: list[tuple[State, int, int]], first: list[tuple[State, int, int]]) -> None:
        for one, a, b in last:
            for other, c, d in first:
                if self.characters[other] & a & c and self.characters[one] & b & d:
                    ways = self.ways.setdefault((one, other), [])
                    if len(ways) < COPIES:
                        ways.append((a & c, b & d))

    def _one(self, body: Any) -> int | None:
        """The characters that a body matches which is one character long; None for any other."""
        (name, value), *more = list(body) or [("", None)]
        if more or str(name) == "":
            return None
        if str(name) in _SINGLE:
            return self._set(str(name), value)
        if str(name) == "SUBPATTERN":
            return self._one(value[3])
        if str(name) == "BRANCH":
            branches = [self._one(branch) for branch in value[1]]
            known = [each for each in branches if each is not None]
            return _union(known) if len(known) == len(branches) else None
        return None

    def _set(self, name: str, value: Any) -> int:
        ignores = bool(self._flags & re.IGNORECASE)
        found = 0
        for place, letter in enumerate(self.alphabet):
            if _is_in(name, value, letter) or (ignores and _is_in(name, value, letter.swapcase()[0])):
                found |= 1 << place
        return found


_SINGLE = ("LITERAL", "NOT_LITERAL", "ANY", "IN")


def _few(empty: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [*empty][:COPIES]


def _flat(lists: Iterable[list[Any]]) -> list[Any]:
    return [each for one in lists for each in one]


def _union(sets: Iterable[int]) -> int:
    found = 0
    for each in sets:
        found |= each
    return found


def _is_in(name: str, value: Any, letter: str) -> bool:
    if name == "IN":
        negated = str(value[0][0]) == "NEGATE"
        return negated != any(_is_in(str(kind), each, letter) for kind, each in value[negated:])
    if name == "RANGE":
        return bool(value[0] <= ord(letter) <= value[1])
    if name == "CATEGORY":
        kind = str(value).removeprefix("CATEGORY_")
        tests = {"DIGIT": letter.isdigit(), "SPACE": letter.isspace(), "WORD": letter.isalnum() or letter == "_"}
        return tests[kind.removeprefix("NOT_")] != kind.startswith("NOT_")
    if name == "ANY":
        return letter != "\n"
    return bool((ord(letter) == value) == (name == "LITERAL"))


def _codes(tree: Any) -> Iterator[int]:
    """The characters an expression names; of a range the ends, the middle and what stands beside it."""
    for name, value in tree:
        kind = str(name)
        if kind in ("LITERAL", "NOT_LITERAL"):
            yield value
        elif kind == "RANGE":
            low, high = value
            yield from (max(0, low - 1), low, (low + high) // 2, high, min(0x10FFFF, high + 1))
        elif kind == "IN":
            yield from _codes(value)
        elif kind == "BRANCH":
            for branch in value[1]:
                yield from _codes(branch)
        elif kind in ("SUBPATTERN", "ATOMIC_GROUP") or kind.endswith("_REPEAT") or kind.startswith("ASSERT"):
            yield from _codes(value if kind == "ATOMIC_GROUP" else value[-1])


def components(nodes: Iterable[Node], after: Callable[[Node], Iterable[Node]]) -> Iterator[set[Node]]:
    """The strongly connected components of what can be reached from some nodes (Tarjan's)."""
    number: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    open_: dict[Node, None] = {}
    for root in nodes:
        if root in number:
            continue
        number[root] = lowest[root] = len(number)
        open_[root] = None
        path = [(root, iter(after(root)))]
        while path:
            node, left = path[-1]
            for each in left:
                if each not in number:
                    number[each] = lowest[each] = len(number)
                    open_[each] = None
                    path.append((each, iter(after(each))))
                    break
                if each in open_:
                    lowest[node] = min(lowest[node], number[each])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    found: set[Node] = set()
                    while node not in found:
                        found.add(open_.popitem()[0])
                    yield found


def suspects(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Texts that may drive an expression: what stands first, and what is repeated behind it."""
    automaton = Automaton(pattern)
    letters = _distinct(automaton)
    after: list[dict[str, list[State]]] = [{} for _ in automaton.characters]
    twice: list[Pair] = []
    for (one, other), ways in automaton.ways.items():
        allowed = [automaton.characters[other] & behind for behind, _ in ways]
        for place, letter in letters:
            if _union(allowed) >> place & 1:
                after[one].setdefault(letter, []).append(other)
        if any(a & b for a, b in combinations(allowed, 2)):
            twice.append((one, other))

    before = _reached(automaton, letters, after)
    loops: dict[State, int] = {}
    for loop, states in enumerate(components(range(len(after)), lambda state: _flat(after[state].values()))):
        if len(states) > 1 or any(each in others for each in states for others in after[each].values()):
            loops |= dict.fromkeys(states, loop)

    @cache
    def together(pair: Pair) -> dict[Pair, str]:
        """The pairs of states that a letter leads to, all in the loops of the pair."""
        found: dict[Pair, str] = {}
        one, other = pair
        for letter in after[one]:
            for each in after[one][letter]:
                for partner in after[other].get(letter, ()):
                    if loops.get(each) == loops[one] and loops.get(partner) == loops[other]:
                        found.setdefault((min(each, partner), max(each, partner)), letter)
        return found

    for one, other in twice:
        if one in before and one in loops and loops.get(other) == loops[one]:
            yield before[one], _way((other, other), (one, one), together) + _letter(after[one], other)
    for found in components([(state, state) for state in loops], together):
        same = [one for one, other in found if one == other and one in before]
        if same and any(one != other for one, other in found):
            for one in sorted(same, key=lambda state: len(before[state]))[:MOST]:
                yield before[one], _divided((one, one), found, together)


def _distinct(automaton: Automaton) -> list[tuple[int, str]]:
    """One letter for all that the expression does not tell apart, with their places in the alphabet."""
    sets = {*automaton.characters, *(behind for ways in automaton.ways.values() for behind, _ in ways)}
    found: dict[tuple[bool, ...], tuple[int, str]] = {}
    for place, letter in enumerate(automaton.alphabet):
        found.setdefault(tuple(bool(each >> place & 1) for each in sets), (place, letter))
    return list(found.values())


def _reached(
    automaton: Automaton, letters: list[tuple[int, str]], after: list[dict[str, list[State]]]
) -> dict[State, str]:
    """A short text that leads to each state."""
    found: dict[State, str] = {}
    for state, behind, _ in automaton.begin:
        for place, letter in letters:
            if automaton.characters[state] & behind & 1 << place:
                found.setdefault(state, letter)
    left = deque(found)
    while left:
        state = left.popleft()
        for letter, others in after[state].items():
            for other in others:
                if other not in found:
                    found[other] = found[state] + letter
                    left.append(other)
    return found


def _letter(after: dict[str, list[State]], state: State) -> str:
    return next(letter for letter, states in after.items() if state in states)


def _way(start: Pair, end: Pair, together: Callable[[Pair], dict[Pair, str]]) -> str:
    """The shortest text from a pair to another in the same loop."""
    found = {start: ""}
    left = deque(found)
    while end not in found:
        pair = left.popleft()
        for other, letter in together(pair).items():
            if other not in found:
                found[other] = found[pair] + letter
                left.append(other)
    return found[end]


def _divided(start: Pair, among: set[Pair], together: Callable[[Pair], dict[Pair, str]]) -> str:
    """The shortest text from a state back to it that can be matched in two ways."""
    found = {(start, False): ""}
    left = deque(found)
    while True:
        pair, divided = left.popleft()
        for other, letter in together(pair).items():
            here = (other, divided or other[0] != other[1])
            if here == (start, True):
                return found[pair, divided] + letter
            if other in among and here not in found:
                found[here] = found[pair, divided] + letter
                left.append(here)
