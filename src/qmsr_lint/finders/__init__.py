"""The finders: each looks for one kind of rule and yields candidates; `FINDERS` is their order."""

from collections.abc import Callable, Iterator

from qmsr_lint.finders import citations, near, sentences, terms
from qmsr_lint.reading import Candidate, Reading

FINDERS: tuple[Callable[[Reading], Iterator[Candidate]], ...] = (
    terms.find,
    near.find,
    citations.find,
    sentences.find,
)
