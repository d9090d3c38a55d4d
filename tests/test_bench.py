"""The benchmark: what it makes is the same every time, and what it measures can be read by everything."""

import random
from pathlib import Path

from docxmaker import docx, p, r

from bench import corpora
from bench.__main__ import readable


def test_the_same_seed_makes_the_same_documents() -> None:
    assert corpora.markdown(random.Random("1"), 1) == corpora.markdown(random.Random("1"), 1)
    data, planted = corpora.word("1", 1, clean=False)
    assert corpora.word("1", 1, clean=False) == (data, planted)
    assert len(planted) == 25


def test_documents_of_ones_own_are_those_that_can_be_read_and_hold_more_than_a_page(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "long.docx").write_bytes(docx(p(r("The drawing is kept. " * 200))))
    (own / "short.docx").write_bytes(docx(p(r("The drawing is kept."))))
    (own / "damaged.docx").write_bytes(b"PK")
    copies = readable(own, tmp_path / "copies")
    assert [path.read_bytes() for path in copies.iterdir()] == [(own / "long.docx").read_bytes()]
