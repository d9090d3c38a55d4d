"""Writing a replacement so that it reads right where it stands: case, number, and abbreviations."""

import re

from qmsr_lint.expression import Expression
from qmsr_lint.lexicon import plural

SMALL = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
"""Words that stay small in a title, and give no letter to an acronym."""


def fit(replacement: str, original: str, *, many: str | None = None, acronym: bool, title: bool, begins: bool) -> str:
    """`replacement` in the number and case of `original`.

    `many` is the plural to use instead, `title` says that the words around it are capitalised (a heading), `begins`
    that it begins a sentence. An acronym has no case of its own to copy.
    """
    words = many or replacement
    if acronym:
        if title:
            return _titled(words)
        return _capitalised(words) if begins else words
    letters = [character for character in original if character.isalpha()]
    if letters and all(character.isupper() for character in letters):
        return words.upper()
    initials = [word[0] for word in re.findall(r"[^\W\d_]+", original) if word.lower() not in SMALL]
    if len(initials) > 1 and all(initial.isupper() for initial in initials):
        return _titled(words)
    if initials and original[:1].isupper():
        return _capitalised(words)
    return words


def cased(words: str, original: str) -> str:
    """`words` in the case of `original`: capitals, words with capitals, or as they are."""
    return fit(words, original, acronym=False, title=False, begins=False)


BARE = frozenset({"top management"})
"""Words that go without an article, "the" included."""

_NOUNS_BEHIND = frozenset(
    "representatives members meetings reviews teams decisions responsibilities approvals signatures records reports "
    "commitments duties roles functions levels committees audits requirements inspections".split()
)
FUNCTION_WORDS = frozenset(
    "a about after all also always and are as at be been before but by can could did do during either for from had "
    "have in including into may might must need never nor not of on only or shall should so than that the their then "
    "they this to together under until upon via was were when where which while who whose will with within without "
    "would ensure establish decide".split()
)  # fmt: skip
"""Words that begin no noun and end none."""


def stands_alone(following: str) -> bool:
    """Whether a noun is a noun of its own, not the first word of another as in "top management review"."""
    match = re.match(r"[\s\u00a0]+([a-z]+)(?![\w-])", following, re.IGNORECASE)
    if match is None:
        return re.match(r"[\s\u00a0]*[\w-]", following) is None
    word = match[1].lower()
    return word in FUNCTION_WORDS or (word.endswith("s") and word not in _NOUNS_BEHIND)


def pluralised(words: str) -> str:
    """The plural of a replacement, its abbreviation in brackets included."""
    if words.endswith(")") and " (" in words:
        term, _, short = words[:-1].rpartition(" (")
        return f"{plural(term)} ({short}s)"
    return plural(words) if words[-1:].isalpha() else words


def _titled(words: str) -> str:
    pieces = re.split(r"(\s+|-)", words)
    return "".join(
        piece if piece.lower() in SMALL and number else _capitalised(piece) for number, piece in enumerate(pieces)
    )


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


_LETTERS_WITH_VOWEL = frozenset("AEFHILMNORSX")  # the letters whose names begin with a vowel
_LIKE_A_CONSONANT = Expression(r"eu|ewe|one(?!r)|once|u(?:ni(?!n|m)|[bcfhjkqrst][aeiou])", re.IGNORECASE)
_SILENT_H = Expression(r"h(?:our|onest|onou?r|eir)", re.IGNORECASE)
_SPOKEN_AS_WORD = frozenset({"CAPA", "PIN", "RAM", "ROM", "LAN", "NASA", "FAIR", "SAE", "MAUDE", "SOX", "FAQ"})


def article(words: str) -> str:
    """ "a" or "an", as it is spoken before `words`: an abbreviation by its letters, a number by its first word."""
    first = re.search(r"[^\W_]+", words)
    if first is None:
        return "a"
    word = first[0]
    if word[0].isdigit():
        return "an" if re.match(r"8|1[18](?!\d)|1[18]\d{3}(?!\d)", word) else "a"
    if _is_spelled(word, words) and word not in _SPOKEN_AS_WORD:
        return "an" if word[0] in _LETTERS_WITH_VOWEL else "a"
    if _SILENT_H.match(word):
        return "an"
    return "an" if word[0].lower() in "aeiou" and not _LIKE_A_CONSONANT.match(word) else "a"


def _is_spelled(word: str, words: str) -> bool:
    """Whether a word is an abbreviation: capitals in words that are not all capitals, or alone and short."""
    stem = word[:-1] if word.endswith("s") else word
    if len(stem) < 2 or not stem.isupper():
        return False
    others = [other for other in re.findall(r"[^\W\d_]+", words)[1:] if len(other) > 1]
    return len(stem) <= 5 and (not others or not all(other.isupper() for other in others))


def singular(phrase: str) -> str:
    """A phrase in small letters with its last word in the singular, for comparing only."""
    if phrase.endswith("ies") and len(phrase) > 4:
        return phrase[:-3] + "y"
    if phrase.endswith(("sses", "xes", "ches", "shes")):
        return phrase[:-2]
    return phrase[:-1] if phrase.endswith("s") and not phrase.endswith(("ss", "us", "is")) else phrase


_FOREIGN = frozenset(
    "el la los las del de que para por seg\u00fan una le les des du et est sont selon dans pour avec aux l d der die"
    " das den dem und ist sind nach gem\u00e4\u00df f\u00fcr mit von wird werden nicht il gli della delle sono secondo"
    " da dos conforme uma het een van zijn volgens son se".split()
)
_ENGLISH = frozenset(
    "the and of is are to for with shall by this that must our be or not it we has have an each".split()
)
_LETTERS = re.compile(r"[^\W\d_]+")


def is_foreign(text: str) -> bool:
    """Whether a sentence is in another language with Latin letters: its small words tell, and no English ones."""
    words = _LETTERS.findall(text.lower())
    foreign = sum(word in _FOREIGN or not word.isascii() for word in words)
    return foreign > 1 and foreign * 3 > len(words) and _ENGLISH.isdisjoint(words)
