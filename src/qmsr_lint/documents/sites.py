"""Several sites that should say the same: which documents are the same procedure, and where they differ.

A procedure is the same at two sites when it has the same number, or nearly the same title. Two documents under one
number whose titles have little in common are not compared: each site has numbers of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from qmsr_lint.model import DocumentResult
from qmsr_lint.pack import matches_selector
from qmsr_lint.tally import natural

SAME_WORD = 0.8
"""From this likeness on (0 to 1), two words of a title are one: "audit" and "audits", "labeling" and "labelling"."""

OTHER_TITLE = 0.5
"""Below this likeness, the same number names two procedures."""

MANY_TITLES = 200
"""A number that stands on documents of more titles than this is that of no procedure."""

_EMPTY = frozenset(
    "procedure procedures sop standard operating process policy instruction work document".split()
    + "the a an of for and at in to".split()
)


class Exemption(NamedTuple):
    """A local exception with its reason: the rules or citations, and the documents' numbers, it holds for.

    Empty means all.
    """

    reason: str
    rules: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class Site(NamedTuple):
    """A site and the patterns of its paths, as in `.gitignore`. Others are compared with the corporate one, if any."""

    name: str
    paths: tuple[str, ...]
    corporate: bool = False
    exceptions: tuple[Exemption, ...] = ()


DifferenceKind = Literal["term", "citation", "preferred"]


class Side(NamedTuple):
    """What one site has: the document, or none for a setting, and the words."""

    site: str
    path: str
    words: str


class Difference(NamedTuple):
    """An inconsistency between sites: the procedure, what differs, and what each side has.

    `reason` is that of a local exception, which makes the difference an accepted one.
    """

    kind: DifferenceKind
    procedure: str
    what: str
    sides: tuple[Side, ...]
    reason: str = ""


class Missing(NamedTuple):
    """A procedure that a site does not have, and the sites that have it; the reason of a local exception, if any."""

    site: str
    procedure: str
    at: tuple[str, ...]
    reason: str = ""


class Procedure(NamedTuple):
    """One procedure and its documents at the sites."""

    name: str
    documents: tuple[DocumentResult, ...]


def differences(
    results: Sequence[DocumentResult],
    sites: Sequence[Site],
    preferred: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Difference]:
    """Every inconsistency between sites. `preferred` has each site's preferred words by legacy term.

    Empty where the documents belong to fewer than two sites.
    """
    placed = [result for result in results if result.site and result.status == "checked"]
    if len({result.site for result in placed}) < 2:
        return []
    found: list[Difference] = []
    for procedure in procedures(placed):
        for documents in _compared(procedure, sites):
            found += _terms(procedure.name, documents)
            found += _citations(procedure.name, documents)
    found += _preferred(placed, preferred or {})
    numbers = {result.path: result.identity.number or "" for result in placed}
    return [_excepted(each, sites, numbers) for each in dict.fromkeys(found)]


def missing(results: Sequence[DocumentResult], sites: Sequence[Site]) -> list[Missing]:
    """The procedures that a site lacks and others have, site by site; where one is corporate, those that it has.

    Only documents with a number or a title count. Empty where the documents belong to fewer than two sites.
    """
    placed = [result for result in results if result.site and result.status == "checked"]
    present = list(dict.fromkeys(result.site for result in placed))
    if len(present) < 2:
        return []
    named = [result for result in placed if result.identity.number or result.identity.title]
    corporate = {site.name for site in sites if site.corporate} & set(present)
    found = []
    for group in _groups(named):
        at = tuple(dict.fromkeys(result.site for result in group))
        if not corporate or corporate & set(at):
            lacking = [name for name in present if name not in at]
            found += [Missing(name, _name(group), at, _without(name, group, sites)) for name in lacking]
    return sorted(found, key=lambda each: present.index(each.site))


def _without(name: str, group: Sequence[DocumentResult], sites: Sequence[Site]) -> str:
    """The reason why a site has no such procedure: that of an exception for its number, whatever the rules."""
    numbers = {result.identity.number for result in group}
    reasons = (
        exception.reason
        for site in sites
        for exception in site.exceptions
        if site.name == name and not exception.rules and numbers & set(exception.documents)
    )
    return next(reasons, "")


def procedures(results: Sequence[DocumentResult]) -> list[Procedure]:
    """The procedures that more than one site has, in the order of their first documents."""
    shared = (group for group in _groups(results) if len({result.site for result in group}) > 1)
    return [Procedure(_name(group), tuple(group)) for group in shared]


def _groups(results: Sequence[DocumentResult]) -> list[list[DocumentResult]]:
    """The documents of each procedure, in the order of their first ones."""
    titles = [_words(result) for result in results]
    leader = list(range(len(results)))

    def root(number: int) -> int:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    for one, other in _alike(results, titles, lambda one, other: root(one) == root(other)):
        first, second = sorted((root(one), root(other)))
        leader[second] = first
    groups: dict[int, list[DocumentResult]] = {}
    for number, result in enumerate(results):
        groups.setdefault(root(number), []).append(result)
    return list(groups.values())


def _alike(
    results: Sequence[DocumentResult], titles: Sequence[str], known: Callable[[int, int], bool]
) -> Iterator[tuple[int, int]]:
    """Pairs of documents that are the same procedure, without those of which this is `known` from other pairs."""
    by_number: dict[str, dict[str, list[int]]] = {}
    by_title: dict[str, list[int]] = {}
    for index, result in enumerate(results):
        if number := _number(result):
            by_number.setdefault(number, {}).setdefault(titles[index], []).append(index)
        if titles[index]:
            by_title.setdefault(titles[index], []).append(index)
    for titled in by_number.values():
        yield from _under_one_number(titled, known)
    sites = {title: {results[index].site for index in indexes} for title, indexes in by_title.items()}
    by_initials: dict[str, list[str]] = {}  # few are alike in these, and slips in a first letter are rare
    for title, [first, *rest] in by_title.items():
        yield from ((first, other) for other in rest)
        here = sites[title]
        alike = by_initials.setdefault("".join(word[0] for word in title.split()), [])
        for other_title in alike:
            # One site has one procedure of a title.
            if here.isdisjoint(sites[other_title]) and _is_same(title, other_title):
                yield first, by_title[other_title][0]
        alike.append(title)


def _under_one_number(
    titled: Mapping[str, Sequence[int]], known: Callable[[int, int], bool]
) -> Iterator[tuple[int, int]]:
    """The pairs among the documents with one number, by their titles: one without a title is as all the others."""
    first, *others = [indexes[0] for indexes in titled.values()]
    for indexes in titled.values():
        yield from ((indexes[0], other) for other in indexes[1:])
    if "" in titled:
        yield from ((first, other) for other in others)
    elif len(titled) <= MANY_TITLES:
        for one, other in combinations(titled, 2):
            pair = titled[one][0], titled[other][0]
            if not known(*pair) and _likeness(one, other, OTHER_TITLE) >= OTHER_TITLE:
                yield pair


def _is_same(one: str, other: str) -> bool:
    """Whether two titles, of as many words, differ by spelling only; numbers must be equal."""
    return all(
        first == second or (not first.isdigit() and _likeness(first, second, SAME_WORD) >= SAME_WORD)
        for first, second in zip(one.split(), other.split(), strict=True)
    )


def _likeness(one: str, other: str, least: float) -> float:
    """How alike two texts are, from 0 to 1; 0 where it is less than `least`."""
    from difflib import SequenceMatcher

    from rapidfuzz.distance import Indel  # never less than the other, which takes a hundred times as long

    if Indel.normalized_similarity(one, other, score_cutoff=least) < least:
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= least else 0.0


def _words(result: DocumentResult) -> str:
    """The title without the words every procedure has, nor the name of its site."""
    title = (result.identity.title or "").lower()
    site = set(re.findall(r"\w+", result.site.lower()))
    words = [word for word in re.findall(r"[^\W_]+", title) if word not in _EMPTY and word not in site]
    return " ".join(words)


def _number(result: DocumentResult) -> str:
    return re.sub(r"[^A-Z0-9]+", "-", (result.identity.number or "").upper()).strip("-")


def _name(group: Sequence[DocumentResult]) -> str:
    identity = group[0].identity
    return " ".join(filter(None, (identity.number, identity.title))) or group[0].path


def _compared(procedure: Procedure, sites: Sequence[Site]) -> Iterator[list[DocumentResult]]:
    """The sets of documents that should agree: all, or each local one with the corporate one where there is one."""
    corporate = {site.name for site in sites if site.corporate}
    base = [result for result in procedure.documents if result.site in corporate]
    if not base:
        yield list(procedure.documents)
        return
    for result in procedure.documents:
        if result.site not in corporate:
            yield [base[0], result]


def _terms(name: str, documents: Sequence[DocumentResult]) -> Iterator[Difference]:
    used = {result.path: set(result.profile.terms) for result in documents if result.profile is not None}
    for concept in dict.fromkeys(concept for terms in used.values() for concept, _ in sorted(terms)):
        sides = []
        for result in documents:
            terms = used.get(result.path, set())
            if (concept, "legacy") in terms:
                words = sorted({f.text for f in result.findings if f.rule == concept and f.suppressed is None})
                sides.append(("legacy", Side(result.site, result.path, ", ".join(words))))
            elif (concept, "current") in terms:
                sides.append(("current", Side(result.site, result.path, "the current term")))
        if len({state for state, _ in sides}) > 1 and len({side.site for _, side in sides}) > 1:
            yield Difference("term", name, concept, tuple(side for _, side in sides))


def _citations(name: str, documents: Sequence[DocumentResult]) -> Iterator[Difference]:
    cited = [(result, set(result.profile.citations)) for result in documents if result.profile is not None]
    if len({result.site for result, _ in cited}) < 2 or len({frozenset(each) for _, each in cited}) < 2:
        return
    common = set.intersection(*(each for _, each in cited))
    sides = tuple(
        Side(result.site, result.path, ", ".join(sorted(each - common, key=natural)) or "none of these")
        for result, each in cited
    )
    what = ", ".join(sorted(set.union(*(each for _, each in cited)) - common, key=natural))
    yield Difference("citation", name, what, sides)


def _preferred(results: Sequence[DocumentResult], preferred: Mapping[str, Mapping[str, str]]) -> Iterator[Difference]:
    """Words that one site prefers and another flags, and terms for which two sites prefer different words."""
    for site, terms in preferred.items():
        wanted = {word.lower(): word for word in terms.values()}
        flagged: dict[tuple[str, str], Side] = {}
        for result in results:
            if result.site == site:
                continue
            for finding in result.findings:
                word = wanted.get(" ".join(finding.text.lower().split()))
                if word is not None and finding.suppressed is None:
                    flagged.setdefault(
                        (word, result.site), Side(result.site, result.path, f"flagged by {finding.rule}")
                    )
        for (word, _), side in sorted(flagged.items()):
            yield Difference("preferred", "(settings)", word, (Side(site, "", "preferred"), side))
    names = sorted({term for terms in preferred.values() for term in terms}, key=str.lower)
    for name in names:
        chosen = {site: terms[name] for site, terms in preferred.items() if name in terms}
        if len({word.lower() for word in chosen.values()}) > 1:
            sides = tuple(Side(site, "", f"prefers {word!r}") for site, word in chosen.items())
            yield Difference("preferred", "(settings)", name, sides)


def _excepted(difference: Difference, sites: Sequence[Site], numbers: Mapping[str, str]) -> Difference:
    """The difference, with the reason of the exception that covers it; `numbers` are those of documents by path."""
    for site in sites:
        for exception in site.exceptions:
            for side in difference.sides:
                if side.site == site.name and _covers(exception, difference, side, numbers.get(side.path, "")):
                    return difference._replace(reason=f"{site.name}: {exception.reason}")
    return difference


_FAMILIES: Mapping[DifferenceKind, str] = {"term": "term", "citation": "cite", "preferred": "term"}


def _covers(exception: Exemption, difference: Difference, side: Side, number: str) -> bool:
    """Whether an exception of a side's site covers all that the side has of its own."""
    if exception.documents and number not in exception.documents:
        return False
    family = _FAMILIES[difference.kind]
    named = side.words.split(", ") if difference.kind == "citation" else [difference.what]
    return not exception.rules or all(
        any(rule == family or matches_selector(what, rule) or what.startswith(rule) for rule in exception.rules)
        for what in named
    )
