"""No text makes this tool take more than time in proportion to its length.

Each expression of the code and of the packs is given texts made to send it back and forth, made from the expression
itself; the finders are given documents that grow. What is measured is the processor's time, of texts that are doubled
twice: in proportion they take four times as long, with the square of the length sixteen times.
"""

import gc
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from docxmaker import bound, docx, p, r, stored, text_box
from expressions import LONGEST, compiled, pack_expressions, rules_with_gaps
from samples import parse, sample

from qmsr_lint import formats, sentence
from qmsr_lint.documents.sites import Site, differences
from qmsr_lint.edits import plan
from qmsr_lint.formats.docx.chunks import chunk_paragraphs
from qmsr_lint.formats.docx.read import load as load_docx
from qmsr_lint.formats.docx.redline import Stamp, redline
from qmsr_lint.formats.markdown.edit import edit
from qmsr_lint.history import History, points
from qmsr_lint.limits import DEFAULT
from qmsr_lint.lint import lint
from qmsr_lint.model import Change, DocumentResult, Edit, Identity, Profile
from qmsr_lint.rules import RuleSet, load

GROWTH = 10.0
"""How much more a text of four times the length may take."""

MEASURABLE = 0.02
"""Seconds below which a measurement says nothing."""

ENDLESS = 120
"""Seconds of the processor's time after which a test fails that does not come to an end by itself."""


@pytest.fixture(autouse=True)
def _comes_to_an_end() -> Iterator[None]:
    def fail(*_: object) -> None:
        pytest.fail(f"not finished after {ENDLESS} s")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, fail)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(work: Callable[[], object], tries: int = 1) -> float:
    """The least processor's time of so many tries."""
    taken: list[float] = []
    gc.disable()
    try:
        while len(taken) < tries and not (taken and taken[-1] > 1):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(taken)


def grows(work: Callable[[int], Callable[[], object]], start: int, longest: int) -> str | None:
    """What is wrong with the growth of some work, where something is: from `start` on doubled twice up to `longest`.

    What looks wrong is measured again, for others use the machine as well.
    """
    size, before = start, seconds(work(start))
    while size * 4 <= longest:
        after = seconds(work(size * 4))
        if _is_too_much(before, after):
            before, after = max(before, seconds(work(size), 3)), seconds(work(size * 4), 3)
            if _is_too_much(before, after):
                return f"{before:.3f} s for {size}, {after:.3f} s for {size * 4}"
        size, before = size * 4, after
    return None


def _is_too_much(before: float, after: float) -> bool:
    return after > 0.1 and after > GROWTH * max(before, MEASURABLE)


# --- Expressions ------------------------------------------------------------------------------------------------------


@cache
def rules() -> RuleSet:
    return load()


def pumps(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Pieces which, repeated, may send an expression back and forth."""
    random = Random(7)
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parse(text, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    yield from (sample(tree, random) for _ in range(4))
    yield from (pair for pair in ("[]", "()") if f"\\{pair[0]}" in text)
    for body in _repeated(tree):
        one = sample(body, random)
        yield one
        yield one + " "


def _repeated(tree: Any) -> Iterator[Any]:
    """The bodies of all repetitions in an expression."""
    for name, value in tree:
        if str(name) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield value[2]
            yield from _repeated(value[2])
        elif str(name) == "SUBPATTERN":
            yield from _repeated(value[3])
        elif str(name) == "ATOMIC_GROUP":
            yield from _repeated(value)
        elif str(name) in ("ASSERT", "ASSERT_NOT"):
            yield from _repeated(value[1])
        elif str(name) == "BRANCH":
            for branch in value[1]:
                yield from _repeated(branch)


def bounded(pattern: re.Pattern[Any], longest: int, whole: bool = False) -> str | None:
    """What is wrong with the growth of an expression on texts up to so many characters.

    `whole` tells that it is asked for all of a text alone, never searched for.
    """
    is_bytes = isinstance(pattern.pattern, bytes)
    for piece in dict.fromkeys(pumps(pattern)):
        if not piece:
            continue

        def work(size: int, piece: str = piece) -> Callable[[], object]:
            text = (piece * (size // len(piece) + 1))[:size] + "\0a"  # an end that is neither a word nor none
            subject: Any = text.encode("latin-1", "replace") if is_bytes else text
            return lambda: (whole or [None for _ in pattern.finditer(subject)], pattern.fullmatch(subject))

        if wrong := grows(work, min(500, longest), longest):
            return f"{piece[:60]!r}: {wrong}"
    return None


WHOLE = re.compile(
    r"context\.columns\.\w+_COLUMN|documents\.doctypes\.DIRECTIVE|documents\.identity\._NO_TITLE"
    r"|formats\.verbatim\._FILE|output\.own\._FORMS.*"
)
"""The expressions that are asked for all of a text, be it long, and never searched for."""


@pytest.mark.parametrize("name", compiled())
def test_an_expression_takes_time_in_proportion(name: str) -> None:
    longest = LONGEST.get(name, 80 if name.startswith("edits.") else 8_000)
    assert bounded(compiled()[name], longest, whole=WHOLE.fullmatch(name) is not None) is None


@pytest.mark.parametrize("name", pack_expressions())
def test_the_phrases_of_packs_take_time_in_proportion(name: str) -> None:
    assert bounded(pack_expressions()[name], 8_000) is None


@pytest.mark.parametrize(("expression", "longest"), [(r"\s+$", 32_000), (r"(\w+)=", 32_000), (r"a*a*b", 2_000)])
def test_the_measure_finds_what_it_is_for(expression: str, longest: int) -> None:
    assert bounded(re.compile(expression), longest) is not None


def test_a_sentence_rule_holds_no_expression_of_its_own() -> None:
    found = sentence.alternatives(["(a|b) c* ... d+", "x(.*)*y z"], "claim-x")
    assert found.search("a c d+")
    assert not found.search("xaaaay z")


# --- Documents --------------------------------------------------------------------------------------------------------

PARAGRAPHS = {
    "terms": "The DHF and the device master record are kept. ",
    "terms without an end": "DHF and DMR ",
    "terms in one token": "DHF-",
    "terms with slashes": "a/DHF/",
    "quotations": 'the "DHF of the device which is kept in the archive of the site" is kept, ',
    "an open quotation": '" the DHF',
    "definitions": "Digital History Folder (DHF) ",
    "names": "Pocket DHF. ",
    "sections": "21 CFR 820.30(j), ",
    "bare sections": "820.180 and ",
    "sentences with bare sections": "The step follows 820.30. ",
    "paragraphs of sections": "paragraphs (a), (b) and (c) of 820.30 (design), .40, ",
    "sections of a part": "sections 30, 50 and 100 of 21 CFR 820, ",
    "other titles": "45 CFR 820.30 and 820.40, ",
    "paragraph signs": "21 CFR §§ ",
    "subparts": "Subpart C - of part 820, ",
    "lists of subparts": "subparts a, b, c, d-e and f, ",
    "standards": "ISO 13485 8.2.2 Internal audit ",
    "standards and clauses": "ISO 13485, clause 4.2.3, 4.2.4 ",
    "clauses and names": "document control 4.2.3 of ISO 13485 and internal audits per ",
    "changes in a line": "DELETE: the DHF is kept. ADD: the DMR is kept. ",
    "sections and their terms": "820.181 (DMR), ",
    "terms and their short forms": "DMR (DMR), DHR (DHR), ",
    "things of sections": "820.72 gauges and 820.75 machines, ",
    "clauses of a standard": "4.2.3, 4.2.4 and 4.2.5 of ISO 13485 or 820.22, ",
    "letters of definitions": "DHR: history of a device (820.3(f)), ",
    "names in capitals": "Quality System Regulation ",
    "slips": "the desgin history file ",
    "claims": "FDA may not inspect internal audits and management reviews, ",
    "capitals": "THE DEVICE MASTER RECORD SHALL BE KEPT ",
    "spaces": "DHF" + " " * 60,
    "full stops": "DHF. . . . . . ",
    "dashes": "DHF - - - - - ",
    "brackets": "((DHF)) [DHF] ",
    "addresses": "https://example.org/DHF ",
    "soft hyphens": "D\u00adH\u00adF\u200b ",
    "ligatures": "\ufb01le DHF ",
}
BLOCKS = {
    "paragraphs": "The DHF is kept.\n\n",
    "items": "- The DHF of FDA may not inspect:\n",
    "cells": "| DHF | kept |\n",
    "cells with sections": "| 820.30 | a step |\n",
    "clauses": "| 4.2.3 | Control of documents |\n",
    "standards": "| ISO 13485 4.2.3 | Document control |\n",
    "headings": "# DHF\n\n## Revision history\n\nRev A, 2020-01-01: DHF\n\n",
    "directives": '<!-- qmsr-lint: ignore-section term-dhf reason="x" -->\n# DHF\n\n',
    "line directives": 'DHF <!-- qmsr-lint: ignore-line term-dmr reason="x" -->\n\n',
    "code": "`DHF` and `x` DHF\n\n",
    "abbreviations": "DHF: Device History Folder\n\n",
    "change orders": "DELETE: the DHF is kept.\n\nADD: the DMR is kept.\n\n",
    "HTML": "<table><tr><td>DHF</table>\n\n",
    "footnotes": "DHF[^1]\n\n[^1]: DMR\n\n",
}


DRAFTS = ["[ ", "[] ", "[ ](", "] [", "- [ ] [x] ", "[ the audit ] ", "[" * 9 + "]" * 9]


@pytest.mark.parametrize("piece", DRAFTS)
def test_a_procedure_that_is_still_to_be_written_takes_time_in_proportion(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        text = f"# SOP-1 Internal audit procedure\n\n## Audits\n\n\\{piece * (size // len(piece))} a\n"
        document = formats.read(text.encode(), "x.md", DEFAULT)
        return lambda: lint(document, rules_with_gaps())

    assert grows(work, 500, 8_000) is None


HEADS = {
    "cells": "| a | b |\n| --- | --- |\n",
    "cells with sections": "| a | b |\n| --- | --- |\n",
    "clauses": "| ISO 13485 | Title |\n| --- | --- |\n",
    "standards": "| ISO 13485 | Title |\n| --- | --- |\n",
}


def judged(text: str) -> Callable[[], object]:
    data = text.encode()
    return lambda: lint(formats.read(data, "x.md", DEFAULT), rules())


@pytest.mark.parametrize("kind", PARAGRAPHS)
def test_a_paragraph_takes_time_in_proportion(kind: str) -> None:
    piece = PARAGRAPHS[kind]
    assert grows(lambda size: judged(piece * (size // len(piece))), 5_000, 20_000) is None


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_document_takes_time_in_proportion(kind: str) -> None:
    piece = BLOCKS[kind]
    before = HEADS.get(kind, "")
    assert grows(lambda size: judged(before + piece * (size // len(piece))), 5_000, 20_000) is None


@pytest.mark.parametrize("last", ["The D**H**F is kept.\n", "| a |\n| --- |\n| The `D`HF is [D](x)HF |\n"])
def test_edits_are_made_in_time_in_proportion_where_one_must_be_made_otherwise(last: str) -> None:
    def work(size: int) -> Callable[[], object]:
        document = formats.read(("The DHF shall be kept.\n\n" * (size // 24) + last).encode(), "a.md", DEFAULT)
        edits = [each.edit for each in plan(document, lint(document, rules()), rules(), unsafe=True)]
        return lambda: edit(document, edits)

    assert grows(work, 3_000, 12_000) is None


# --- Runs -------------------------------------------------------------------------------------------------------------


def placed(size: int, title: Callable[[int], str]) -> list[DocumentResult]:
    """So many documents with one number at two sites."""
    return [
        DocumentResult(
            f"{n}.md", "markdown", None, "checked", None, (), Identity("SOP-1", title(n)), Profile(), "LF"[n % 2]
        )
        for n in range(size)
    ]


TITLES: dict[str, Callable[[int], str]] = {
    "one": lambda n: "Control of Documents",
    "many": lambda n: "".join(Random(n).choices("abcdefghijklmnopqrstuvwxyz ", k=30)),
    "none": lambda n: "",
}


@pytest.mark.parametrize("title", TITLES)
def test_documents_with_one_number_are_compared_in_time_in_proportion(title: str) -> None:
    def work(size: int) -> Callable[[], object]:
        results = placed(size, TITLES[title])
        return lambda: differences(results, [Site("L", ("L/",)), Site("F", ("F/",))])

    assert grows(work, 200, 3_200) is None


def test_a_history_is_read_in_time_in_proportion(tmp_path: Path) -> None:
    def work(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.sqlite"
        history = History(path)
        history.append("2026-06-01", "0", "")
        with closing(sqlite3.connect(path)) as file, file:
            runs = [(n, "2026-06-01", "0", "", 1) for n in range(2, size)]
            file.executemany("INSERT INTO run VALUES (?, ?, ?, ?, ?)", runs)
            file.executemany("INSERT INTO count VALUES (?, '', 'term', 'note', 1)", [run[:1] for run in runs])
        return lambda: points(path)

    assert grows(work, 250, 4_000) is None


CHOICE = '<mc:Choice Requires="x"><w:r><w:t>DHF</w:t></w:r></mc:Choice>'
REDLINED: dict[str, Callable[[int], bytes]] = {
    "paragraphs of a text box": lambda count: docx(p(text_box("".join(p(r(f"{n} DHF")) for n in range(count))))),
    "equal paragraphs of a text box": lambda count: docx(p(text_box(p(r("DHF")) * count))),
    "text boxes in a text box": lambda count: docx(p(text_box(p(text_box(p(r("DHF")))) * count))),
    "footnotes": lambda count: docx(
        "".join(p(r(raw=f'<w:footnoteReference w:id="{n}"/>')) for n in range(1, count + 1)),
        footnotes=[p(r("DHF"))] * count,
    ),
    "a header above nothing": lambda count: docx(p(), header=p(r("DHF")) * count),
    "paragraphs that run on": lambda count: docx(p(r("DHF "), props="<w:rPr><w:vanish/></w:rPr>") * count),
    "controls bound to one store": lambda count: stored(
        "".join(bound(f"/q:a/q:b[{n}]", "DHF") for n in range(1, count + 1)),
        f'<a xmlns="urn:q">{"<b>x</b>" * count}</a>',
    ),
    "terms of a paragraph": lambda count: docx(p(r("DHF ") * count)),
    "a run of many terms": lambda count: docx(p(r("DHF " * count))),
    "alternatives": lambda count: docx(
        p(f"<mc:AlternateContent>{CHOICE}</mc:AlternateContent>" * count)
        + p(f"<mc:AlternateContent>{CHOICE * count}</mc:AlternateContent>")
    ),
}


def redlined(data: bytes) -> Callable[[], object]:
    """Reads a file and edits every DHF in it, with a comment."""

    def work() -> object:
        reading = load_docx(data, "x.docx")
        found = [match.span() for match in re.finditer("DHF", reading.document.text)]
        edits = [Edit(*span, (Change(*span, "DDF"),), "words", "refused") for span in found]
        return redline(reading, edits, Stamp("Quality", "Q", "2026-02-02T09:00:00Z"))

    return work


@pytest.mark.parametrize("kind", REDLINED)
def test_a_redline_takes_time_in_proportion(kind: str) -> None:
    assert grows(lambda count: redlined(REDLINED[kind](count)), 250, 4_000) is None


@pytest.mark.parametrize("piece", [" ", "a ", 'a="" ', "<p "])
def test_a_page_that_a_file_embeds_takes_time_in_proportion(piece: str) -> None:
    def work(size: int) -> Callable[[], object]:
        data = ("<p" + piece * 100 + ">" + "a " * size).encode()  # few enough for a page that is read
        return lambda: chunk_paragraphs(data, "text/html", "a.html")

    assert grows(work, 500, 8_000) is None


HEAVY = ["fda, " * 14 + "QSR ", "the final rule, which, that, so, it, in, by, on, QSR "]


@pytest.mark.parametrize("words", HEAVY)
def test_no_words_cost_many_times_what_others_cost(words: str) -> None:
    """A bounded repetition that can be divided in many ways grows with the text, but from a height."""

    def work(text: str) -> Callable[[], object]:
        document = formats.read((text * 40).encode(), "a.md", DEFAULT)
        return lambda: lint(document, load())

    plain = "word, " * (len(words) // 6) + "QSR "
    assert seconds(work(words)) < 20 * max(seconds(work(plain)), MEASURABLE)
