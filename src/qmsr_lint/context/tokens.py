"""Whether a word is part of a longer token: a document number, a file name, a path, an address."""

import re

from qmsr_lint.context import cues
from qmsr_lint.expression import Expression
from qmsr_lint.match import HYPHENS
from qmsr_lint.model import Block

_JOINING = "-_./\\#@~"
_BRACKETS = "()[]<>\"',;\u201c\u201d\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b"
_PLAIN_HYPHENS = {ord(hyphen): "-" for hyphen in HYPHENS}
_EN_DASH = "\u2013"
_YEAR_BEHIND = Expression(r"^[A-Z]+\u2013?-?(?:19|20)\d\d$")
_CHAIN = 4  # words that hyphens tie in an identifier without digits
_TOKEN = 200  # characters to each side: more than any path, address or document number
_SECTION_NUMBER = Expression(r"(?:\d{1,2}(?:\.\d{1,2})*|820\.\d{1,3})[-.]")
_REVISION = Expression(
    r"[-_.](?:rev(?:ision)?[-_.]?[a-z0-9]{1,3}|v(?:er)?[-_.]?\d{1,3}(?:\.\d{1,3}){0,2}|[a-z]\d{1,2})$", re.IGNORECASE
)
"""The revision at the end of a document number: "-RevA", "_Rev.B", "-v1.2", "_R2"."""
_PLACEHOLDER = Expression(r"X{2,}|#{2,}|N{3,}")
_SMALL_PLACEHOLDER = Expression("n{3,}|x{3,}|yyyy")
_QUOTED_NAME = Expression(r"[\"\u201c]([^\"\u201c\u201d\u2029]{3,80})[\"\u201d]")
_DOCUMENT_PREFIXES = frozenset(
    "DOC DWG F FM FORM FRM LST MAN PL PLN POL PR PRC PRO PROC QAP QMP QP QSP RC REC REP RPT SOP SPEC T TMP TPL TMPL WI"
    " WP".split()
)
_RECORD_ACRONYMS = frozenset("DHF DHFS DHFs DHR DHRS DHRs DMR DMRS DMRs MDF DDF QSR QMSR".split())


def is_identifier(text: str, start: int, end: int, block: Block, *, number: bool) -> bool:
    """Whether the range of `text`, in `block`, is part of a longer token.

    With `number` the range is a citation, which digits and hyphens do not make a document number.
    """
    if (text[end : end + 1] == "." and cues.EXTENSION.match(text, end, block.end)) or _in_file_name(
        text, start, end, block
    ):
        return True
    first, last = start, end
    least, most = max(block.start, start - _TOKEN), min(block.end, end + _TOKEN)
    while first > least and not text[first - 1].isspace() and text[first - 1] not in _BRACKETS:
        first -= 1
    while last < most and not text[last].isspace() and text[last] not in _BRACKETS:
        last += 1
    dashed = _EN_DASH in text[first:last]
    left, right = text[first:start], text[end:last].rstrip(".:!?*")
    if dashed and "-" in left + right:  # beside hyphens a dash separates two numbers, but for one before the digits
        left = left.rpartition(_EN_DASH)[2]
        right = right if right[1:2].isdigit() else right.partition(_EN_DASH)[0]
        dashed = False
    left, right = left.translate(_PLAIN_HYPHENS), right.translate(_PLAIN_HYPHENS)
    if not _joins(left[-1:], left[-2:-1]) and not _joins(right[:1], right[1:2]):
        return False
    token = left + text[start:end] + right
    if _is_path(token):
        return True
    if number:
        return False
    # A slash between two words separates them: only what it leaves around the word can make it a number.
    left, right = left.rpartition("/")[2], right.partition("/")[0]
    if _is_slug(left + text[start:end].translate(_PLAIN_HYPHENS) + right):
        return True
    if (not left and not right) or (not right and _SECTION_NUMBER.fullmatch(left)) or " " in text[start:end]:
        return False
    word = text[start:end].translate(_PLAIN_HYPHENS)
    if dashed and not _is_dashed_number(left + word + right):
        return False
    if _is_number(left + word + right):
        return True
    revision = _REVISION.search(right)
    return revision is not None and _is_number(left + word + right[: revision.start()])


def is_chain(text: str, start: int, end: int, block: Block) -> bool:
    """Whether the range of `text`, in `block`, is one of several words that hyphens tie, as those of an identifier are.

    That alone makes no document number of it: what stands in a column of them is one.
    """
    first, last = start, end
    least, most = max(block.start, start - _TOKEN), min(block.end, end + _TOKEN)
    while first > least and _is_of_chain(text[first - 1]):
        first -= 1
    while last < most and _is_of_chain(text[last]):
        last += 1
    parts = re.split(r"[-_]", text[first:last].translate(_PLAIN_HYPHENS))
    if not 1 < len(parts) <= _CHAIN or _EN_DASH in text[first:last] or " " in text[start:end]:
        return False
    others = [part for part in parts if part not in _RECORD_ACRONYMS]  # a row of them is a list
    return bool(others) and all(part and not part[0].islower() for part in parts)


def _is_of_chain(character: str) -> bool:
    return character.isalnum() or character in "-_" or character in HYPHENS


def _in_file_name(text: str, start: int, end: int, block: Block) -> bool:
    """Whether the range stands in a name in quotation marks that ends like a file's: "FRM-044 DMR Index.xlsx"."""
    if end >= block.end or text.find(".", end, end + 80) < 0:
        return False
    least = max(block.start, start - 80)
    if '"' not in text[least:start] and "\u201c" not in text[least:start]:
        return False
    return any(
        match.start(1) <= start and end <= match.end(1) and cues.EXTENSION.search(match[1][-6:])
        for match in _QUOTED_NAME.finditer(text, least, min(block.end, end + 80))
    )


def _joins(joint: str, beyond: str) -> bool:
    """Whether a character, with the one beyond it, ties words into a token: a hyphen does, a full stop does not."""
    return joint != "" and joint in _JOINING and (beyond.isalnum() or beyond in tuple(_JOINING))


def _is_number(token: str) -> bool:
    """Whether a token is a document number: capitals and digits with hyphens, as in FRM-DMR-003.

    Behind the prefix of one the words may be written out, as in SOP-DHF-Management.
    """
    parts = re.split(r"[-_#]", token)
    placeholders = [part for part in parts if _SMALL_PLACEHOLDER.fullmatch(part)]
    if len(parts) < 2:
        return False
    if parts[0] in _DOCUMENT_PREFIXES and all(part[:1].isupper() or part[:1].isdigit() for part in parts):
        return True
    if any(part != part.upper() and part not in placeholders for part in parts):
        return False
    digits = any(character.isdigit() for character in token) or _PLACEHOLDER.search(token) is not None
    return digits or bool(placeholders) or parts[0] in _DOCUMENT_PREFIXES


def _is_slug(token: str) -> bool:
    """Whether a token is a file's name or an anchor in small letters: "md-002-design-history-file-sop-2.0"."""
    parts = token.split("-")
    return len(parts) > _CHAIN and token == token.lower() and any(part.isdigit() for part in parts)


def _is_dashed_number(token: str) -> bool:
    """Whether a token with a dash can be a document number: letters before digits, for a dash also separates."""
    return token[:1].isalpha() and any(map(str.isdigit, token)) and _YEAR_BEHIND.search(token) is None


def _is_path(token: str) -> bool:
    """Whether a token is a path, a file name or an address, not words with slashes between them."""
    if "@" in token or "\\" in token or "://" in token or token.startswith(("/", "./", "../", "~/")):
        return True
    if (found := cues.EXTENSION.search(token)) and found.end() == len(token):
        return True
    return token.endswith("/") or (
        "/" in token and any("_" in part or part in (".", "..") for part in token.split("/"))
    )
