"""The comments that this tool leaves in a Word file: how their lines begin, and which blocks of a document they are.

They speak of the law where the document itself may not, so that they tell nothing of what the document says.
"""

from collections.abc import Iterator

from qmsr_lint.model import Document

BEGINNING = "[qmsr-lint "
"""What a comment begins with, followed by a rule's id and "]"."""
REPLACEMENT, REPLACEMENTS = "Replacement", "Possible replacements"
AUTHORITY = "Authority"
NOT_CHANGED = "Not changed"
SAME_CHANGE = "The same change is made in"
_FURTHER = (f"{REPLACEMENT}: ", f"{REPLACEMENTS}: ", f"{AUTHORITY}: ", f"{NOT_CHANGED}: ", SAME_CHANGE)
"""How the further lines begin; other programs save each of them as a paragraph of its own."""


def blocks(document: Document) -> Iterator[int]:
    """The numbers of the blocks that such comments are."""
    if BEGINNING not in document.text:
        return
    within = False
    for number, block in enumerate(document.blocks):
        begins = document.text.startswith(BEGINNING, block.start)
        within = block.place.part == "comment" and (
            begins or (within and document.text.startswith(_FURTHER, block.start))
        )
        if within:
            yield number
