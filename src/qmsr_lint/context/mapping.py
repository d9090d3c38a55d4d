"""What a sentence says became of a legacy word: that it is named as what was used before, and what took its place.

A wrong successor excuses nothing: "820.40 is now ISO 13485:2016 clause 4.2.3" leaves the finding, which names the
right one.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from qmsr_lint.context import became, cues, gone, succession
from qmsr_lint.expression import Expression
from qmsr_lint.match import places
from qmsr_lint.pack import LAW

_BEFORE = 64
_BESIDE = 60
_STATED = 400
"""How far to each side a successor is looked for, in characters."""

_LIVE = Expression(rf"(?<![\d.]){became.LIVE}(?: ?\([a-z0-9]+\))*", needs=("820.",))
_CLAUSES = Expression(
    r"(?:(?<![a-z])clauses?|13485(?::2016)?(?:\(e\))?,?(?: sub-?clauses?| sections?)?) ?(?:§{1,2} ?)?"
    r"([4-8](?:\.\d{1,2}){0,4}(?:(?:,? and |,? or |, ?| & |/)(?:clauses? )?[4-8](?:\.\d{1,2}){1,4}){0,8})(?![\d.]*\d)",
    needs=("clause", "13485"),
)
_BARE_CLAUSE = Expression(r"(?<![\d.])[4-8](?:\.\d{1,2}){1,4}(?![\d.]*\d)")
_ARROW_CLAUSES = Expression(
    r" ?(?:(?:sub-?)?clauses? |sections? )?(?:§{1,2} ?)?[4-8](?:\.\d{1,2}){1,4}"
    r"(?:(?:, ?| and | or | ?/ ?| & )(?:§ ?)?[4-8](?:\.\d{1,2}){1,4}){0,8}(?!\.?\d)"
    r"(?! (?:of|in) (?:our|this|the)(?! (?:standard|iso))| tab(?![a-z]))"
)
"""Clauses by their numbers alone, as they stand behind an arrow."""
_CLAUSE = Expression(r"\d[\d.]*\d|\d")
_PROGRAM = Expression(r"(?:replaced|superseded|succeeded) by|became|is now|has become|\u2192|->|=>")
_PROGRAM_NUMBER = Expression(r"73\d\d\.\d{3}|qsit")
_SPELT_OUT = {"4.2.3": "medical device file", "7.3.10": "design and development file", "7.5.1": "batch record"}
"""The records of today by their clauses."""

# Words that stand in a list with the legacy one: what is said before or after the list is said of each of them.
_SHORT = r" ?\([\"']?(?:dmr|dhr|dhf|qsr|mwer)s?[\"']?\)"
_LONG = (
    r" ?\((?:the )?(?:device (?:master|history) (?:records?|files?)|design history (?:files?|records?)"
    r"|quality systems? regulation)\)"
)
_CITED = r" ?\((?:21 cfr )?(?:§{1,2} ?)?820\.\d{1,3}(?: ?\([a-z0-9]{1,4}\)){0,3}\)"
_NAME = (
    r"(?:the )?[\"']{0,2}"
    r"(?:dmrs?|dhrs?|dhfs?|device (?:master|history) (?:records?|files?)|design history (?:files?|records?)"
    r"|qsrs?|qsit|quality systems? inspection techniques?"
    r"|qs regulations?|quality systems? regulations?|management with executive responsibility"
    r"|(?:21 cfr (?:part )?)?(?:§{1,2} ?|sections? )?820\.\d{1,3}(?: ?\((?!dmr|dhr|dhf|qsr|mwer)[a-z0-9]{1,4}\)){0,3}"
    r"|(?:fda )?(?:cp |compliance programs? )?73\d\d\.\d{3})"
)
_OTHER = rf"{_NAME}(?:{_SHORT}|{_LONG})?[\"']{{0,2}}"
_OTHERS = {"law": _OTHER, "term": rf"{_NAME}(?:{_SHORT}|{_LONG}|{_CITED})?[\"']{{0,2}}"}
"""What is said of a list of terms says nothing of the sections that stand behind them in brackets."""
_AND = r"(?:,? (?:and|or|and/or|&) |, ?| ?/ ?| & )"
_LIST_BEFORE = {
    kind: Expression(rf"(?<![a-z0-9.])(?:{other}{_AND}){{0,8}}(?:{other} ?[(\[])?$") for kind, other in _OTHERS.items()
}
"""The last is the name that a short form in brackets stands for. It may be empty."""
_JOINT = Expression(r"[,/&]| (?:and|or) ")
_JOINTS = 24
"""More than such a list has, where each of its names holds one as well: what stands farther back cannot begin it."""
_LIST_AFTER = {kind: Expression(rf"(?:{_AND}{other}(?![a-z0-9])){{1,8}}") for kind, other in _OTHERS.items()}
_SHORT_BEHIND = {
    kind: Expression(
        rf"(?:{behind})[\"']{{0,2}}"
        rf"(?= (?:(?:is|are|was|were|has|have) (?!the |our |an? )|becomes? |became )|{_AND}{_OTHERS[kind]}"
        rf"| ?(?:[.;\u2192]|->|=>|$))|[\"']?\)[\"']{{0,2}}(?={_AND}{_OTHERS[kind]}(?![a-z0-9]))",
        needs=(")",),
        within=50,
    )
    for kind, behind in (("law", _SHORT), ("term", f"{_SHORT}|{_CITED}"))
}
"""The short form of a name behind it; in a list, what closes the brackets around a short form as well."""
_GLOSSED_SECTION = Expression(
    rf"(?<![a-z0-9.])(?P<section>§{{0,2}} ?820\.\d{{1,3}}(?: ?[/-] ?\.\d{{1,3}})?) ?\((?:{_OTHER}{_AND}){{0,4}}$",
    needs=("820.",),
)
"""A section, and the bracket behind it in which a term says what it is about."""
_NAMING = frozenset(
    "the any a an old former legacy obsolete term terms word words name names acronym abbreviation citation citations"
    " reference references requirement requirements provision provisions section sections of to 21 cfr c.f.r. part 820"
    " \u00a7 \u00a7\u00a7 fda fda's qsr's numbers number and or".split()
)
"""Words that stand before a section or the name of the regulation where it is spoken of as such."""
_NO_SIGNS = str.maketrans('"(:', "   ")
_RANGE = Expression(r"820\.\d{1,3} ?(?:[-\u2013\u2014]|to|through) ?\u00a7{0,2} ?820\.\d", needs=("820.",))
"""Stands in a cell for all that lies between two sections: what became of it has no one name."""
_RELATIVE = ("that ", "which ", "that 21 cfr ", "which 21 cfr ")
"""Before these a section references something; before others stand references to it."""
_RATHER = ("instead of", "in place of", "in lieu of", "rather than")
"""What may be said of anything: only with the words of today beside it does it tell what took a word's place."""
_TAKEN_AWAY = Expression(r"(?:removed|withdrawn|deleted|eliminated|retired|discontinued)$")
_GOVERNED = Expression(
    r"(?<!exemption )(?<!exemptions )(?<!exception )(?<!requirement )(?<!requirements )(?<!provisions )"
    r"(?<![a-z])(?:per|under|by|with|following|against) (?:the )?$",
    needs=("per ", "under ", "by ", "with ", "following ", "against "),
)
_INSIDE = frozenset({"in", "on", "from", "within", "at"})
_LIST_REACH = 300
_LIST_NEAR = 48
_CONDITIONS = ("if ", "when ", "once ", "unless ", "under ")
"""How a sentence begins that tells what is done when a word goes, or of terms of another kind."""
_LISTED = ("dmr", "dhr", "dhf", "mwer", "device ", "design ", "qs", "quality system", "management with", "820.", "73")
_RECORDS = (
    "dmr", "dhr", "dhf", "dmrs", "dhrs", "dhfs", " record", " records", " file", " files", " manual", " procedure",
    " procedures", " form", " forms", " report", " reports", " log", " register", " plan", " plans", " instruction",
    " instructions", " checklist", " template", " document", " documents", " label", " labels", " tag", " tags",
)  # fmt: skip
"""Last words of what is written down, of which something else is said than of the section behind it in brackets."""
_LISTED_ENDS = (
    "regulation", "regulations", "record", "records", "file", "files", "responsibility", "technique",
    "qsit", "dmr", "dhr", "dhf",
    "dmrs", "dhrs", "dhfs", "qsr",
)  # fmt: skip
"""How what stands in such a list begins, near the joint, and how the names end that a short form stands for."""


def in_known_words(text: str, own: str) -> str:
    """The text with a company's `own` words for a current term as one that the expressions know."""
    for words in (own + "s", own):
        for at in reversed([*places(text, words)]):
            text = text[:at] + _SPELT_OUT["4.2.3"] + text[at + len(words) :]
    return text


def reason(
    before: str, words: str, after: str, around: tuple[str, str], current: str | None, family: str
) -> str | None:
    """Why the sentence names `words` as what was used before, or None.

    `before` and `after` are the folded rest of the sentence, `around` the same by `without_list`; `current` is what
    takes the place of the words by our tables, and `family` that of the rule.
    """
    bare, behind = around
    of_record = family == "cite" and _stands_behind_a_record(before, after)
    said = _Said(
        bare,
        words,
        behind,
        before + words + after,
        current,
        "term" if of_record else family,
        law=family in LAW and not of_record,
        near=max(0, len(bare) - _BEFORE),
        quoted=bare.endswith(('"', "'")),
    )
    found = next(filter(None, (tells(said) for tells in _TELLING)), None)
    if family in LAW and is_denied(before, after):
        return None
    if family == "name" and _is_applied(said.before, said.after):
        found = None
    of_several = family == "term" and around != (before, after) and len(succession.records(said.text)) > 1
    if found and (of_several or not disagrees(before, words, after, current, family)):
        return found
    if family != "cite":
        return (
            "says what a section was about that is no longer in force" if _glosses_what_is_gone(before, after) else None
        )
    if gone.is_gone(before, after):
        other = disagrees(before, words, after, current, family) and not gone.is_listed(before, after)
        return None if other else "is said to be no longer in force"
    if gone.is_moved(before, after) and not disagrees(before, words, after, current, family):
        return "is said to have moved"
    return None


def _stands_behind_a_record(before: str, after: str) -> bool:
    """Whether a citation stands in brackets behind the name of a document, of which the sentence then speaks."""
    if not after.startswith(")") or not before.endswith("("):
        return False
    return before[:-1].rstrip("\"' ").endswith(_RECORDS)


class _Said(NamedTuple):
    """What a sentence says before and after legacy words, lists of their like left out; `text` is all of it.

    `law` tells that one can say of the words that they are no longer in force, `near` where what stands right before
    them begins, `quoted` that they stand in quotation marks.
    """

    before: str
    words: str
    after: str
    text: str
    current: str | None
    family: str
    law: bool
    near: int
    quoted: bool


def _as_former(said: _Said) -> str | None:
    before, after, near = said.before, said.after, said.near
    formerly = became.FORMERLY.search(before, near)
    if (
        (formerly and not _is_closed(formerly[0]))
        or became.FORMER.search(before, near)
        or (
            _is_former_elsewhere(said)
            and not cues.PRESCRIBES.search(said.text)
            and became.IS_APPLIED.match(said.after) is None
        )
        or became.NAMED_NOW.match(after)
        or (became.OF_THE_FORMER.match(after) and not cues.PRESCRIBES.search(said.text))
        or (
            said.law and became.WAS.search(before) and (after.strip(".")[:1] in ("", ")") or became.IS_NOW.match(after))
        )
        or ("13485" in said.words and became.OLD_EDITIONS_BEFORE.search(before) and not became.APPLIES.match(after))
        or (said.law and said.words.startswith("q") and _is_outgoing(before, after, said.text, near))
    ):
        return "is named as what was used before"
    return None


def _is_former_elsewhere(said: _Said) -> bool:
    """Whether a list of old sections is led in, or a citation of the past stands before a name of the regulation."""
    if said.family == "cite":
        return became.OLD_SECTIONS_BEFORE.search(said.before, said.near) is not None
    bare = became.CITED_BEFORE.sub("", said.before[said.near :]) if said.family == "name" else ""
    return became.FORMER.search(bare) is not None


def _as_unused(said: _Said) -> str | None:
    before, after, near = said.before, said.after, said.near
    not_used = became.NOT_TO_USE.search(before, near)
    if (
        not_used
        and (said.law or not became.ONLY_UNTIL.match(after))
        and (
            (said.law and _NAMING.issuperset(_words(not_used[1])))
            or became.TERM.search(not_used[1])
            or _is_word(not_used[1], after)
            or became.CURRENT_RECORD.search(said.text)
            or became.NO_MORE.match(after)
        )
    ):
        return "is said to be used no more"
    if said.law and became.NOT_TO_CITE.search(before, near):
        return "is said to be cited no more"
    return None


def _as_looked_for(said: _Said) -> str | None:
    if not said.law:
        return None
    if became.READ_REFERENCES.search(said.before, said.near) and became.READ_INSTEAD.match(said.after):
        return "is to be read as what took its place"
    if became.LOOKED_FOR.search(said.before, max(0, len(said.before) - 2 * _BEFORE)):
        return "is named as what is to be changed"
    if became.REFERENCES_BEHIND.match(said.after) and _are_edited(said):
        return "is named as what is to be changed"
    if became.REFERENCES_CHANGED.match(said.after):
        return "is named as what was changed"
    if said.quoted and became.LISTED_BEHIND.match(said.after) and became.EDITED_WHERE.search(said.before):
        return "is named as what is to be changed"
    if said.after.endswith("?") and became.ASKED_FOR.search(said.before, said.near):
        return "is asked about"
    if _is_asked_about(said):
        return "is asked about: whether it is still cited"
    if became.CITED_ELSEWHERE.search(said.before, max(0, len(said.before) - _STATED)) and not became.APPLIES.match(
        said.after
    ):
        return "is said to be cited by another document"
    return None


def _is_asked_about(said: _Said) -> bool:
    """Whether a sentence asks or tells whether anything still cites a section: that is no citation of it."""
    before, after = said.before[-2 * _BEFORE :], said.after
    if became.NONE_CITES.search(before):
        return became.EXCEPTED.match(after) is None
    if not after.rstrip("\"')").endswith("?"):
        return False
    if became.STILL_CITES.search(before):
        return True
    return became.STILL_CITED.match(after) is not None and became.STILL_CITED_BEFORE.search(before) is not None


def _are_edited(said: _Said) -> bool:
    """Whether references to a section or a name are to be changed; of what is done under it, that says nothing."""
    if said.before.endswith(_RELATIVE) or became.FOLLOWED_BEFORE.search(said.before):
        return False
    if became.EDITING.search(said.before):
        return True
    return became.IF_ANY.search(said.before) is not None and became.EDITING.search(said.after) is not None


def _as_term(said: _Said) -> str | None:
    before, after = said.before, said.after
    if said.law:
        return None
    if became.AS_A_TERM.search(before) or became.TERMS_GONE.match(after):
        return "is named as a word"
    gone = became.NOT_DEFINED.match(after) or (became.DROPS.search(before, said.near) and became.AS_TERMS.match(after))
    if (gone or became.DONE_AWAY_WITH.search(before, said.near)) and not cues.PRESCRIBES.search(said.text):
        return "is said to be defined no more"
    if _is_farewell(said):
        return "is spoken of as a term that is gone"
    if became.TERMS_LIKE.search(before, said.near) and became.NOT_THERE.match(after):
        return "is named as a word"
    if became.MAY_KEEP.search(before, said.near) and became.TERMINOLOGY.match(after):
        return "is named as a word"
    return None


def _is_farewell(said: _Said) -> bool:
    """Whether a sentence asks what became of a term, or takes leave of it."""
    before, after, near = said.before, said.after, said.near
    if became.ASKED_FOR.search(before, near):
        return became.BECAME_OF_IT.match(after) is not None
    if became.WHERE_IT_WENT.search(before, near):
        return became.IT_WENT.match(after) is not None
    if became.FAREWELL.search(before, near) is None or became.SAID_OF_ITSELF.match(after.lstrip("\"'")) is None:
        return False
    return cues.PRESCRIBES.search(said.text) is None


def _as_changed(said: _Said) -> str | None:
    before, after, near, law = said.before, said.after, said.near, said.law
    gives_way = (became.FROM if law else became.TO_RENAME_FROM).search(before, near) and became.TO.match(after)
    if gives_way and (became.CURRENT if law else became.CURRENT_RECORD).match(after, gives_way.end()):
        return "is named together with the current term"
    renamed = became.TO_GIVE_NAME.search(before, near) and became.NEW_NAME_BEHIND.match(after)
    new_name = became.CURRENT_RECORD.match(after, renamed.end()) if renamed else None
    if new_name and became.NAME_ENDS.match(after, new_name.end()):
        return "is named together with the current term"
    edited = became.TO_EDIT.search(before, near)
    if edited and (
        said.quoted or (law and (became.REFERENCE.search(edited[0]) or became.CURRENT.search(after, 0, _BESIDE)))
    ):
        return "is named as what is to be changed"
    if law and became.TO_BE_EDITED.match(after) and became.REFERENCE_BEFORE.search(before, near):
        return "is named as what is to be changed"
    return None


def _as_word_of_the_past(said: _Said) -> str | None:
    before, after, near = said.before, said.after, said.near
    if became.CALLED_OLD.match(after) or became.OLD_WORDS_BEFORE.search(before, max(0, len(before) - _STATED)):
        return "is called a word of the past"
    have_gone = became.WORDS_HAVE_GONE.match(after) or (
        became.WORDS_BEFORE.search(before, near) and became.HAVE_GONE.match(after)
    )
    if became.WORD_HAS_GONE.search(said.text) or (have_gone and not before.startswith(_CONDITIONS)):
        return "is said to be used no more"
    if not said.law and became.TO_TAKE_OUT.search(before, near) and became.TERMS_BEHIND.match(after):
        return "is named as a word to be taken out"
    return None


def _as_word(said: _Said) -> str | None:
    before, after, near = said.before, said.after, said.near
    if (of_the_past := _as_word_of_the_past(said)) and not cues.PRESCRIBES.search(said.text):
        return of_the_past
    if became.WORD_OF_THE_LAW.search(before, max(0, len(before) - 2 * _BEFORE)) and not cues.PRESCRIBES.search(after):
        return "is named as a word of the former law"
    if said.law and became.WHERE_IT.search(before, near) and became.USED_WORDS.match(after):
        return "is told of as what used other words"
    if became.NOT_REQUIRED_BY.search(before) and after.lstrip("\"'")[:1] in ("", ".", ",", ")"):
        return "is said to be used no more"
    if said.quoted and became.QUOTED_WORD.search(before, near):
        return "is named as a word"
    if became.NOT_A_TERM.match(after) and (said.law or became.TERM.search(before, near)):
        return "is said to be used no more"
    if said.quoted and became.NOT_USED_BUT.match(after):
        return "is named as a word"
    if not said.law and (
        became.NEED_NOT.match(after) or became.KEEPS_NAME.match(after) or became.TO_RENAME.search(before, near)
    ):
        return "is said to need no new name"
    return None


def _as_replaced(said: _Said) -> str | None:
    text = said.text
    replaced_document = became.TAKES_PLACE_OF.search(said.before) or became.OUT_OF_USE_LIST.search(said.before)
    if replaced_document and not cues.REQUIRES.search(text):
        return "stands in the title of a document that is in use no more"
    replaced = became.REPLACED.search(said.before, said.near)
    if replaced is None:
        return None
    if replaced[0].startswith(_RATHER) and not became.CURRENT.search(text):
        return None  # "accepted in lieu of QSIT inspections" replaces nothing
    if _is_closed(replaced[0]) or became.CURRENT_RECORD.search(replaced[0]):
        return None  # "the QMSR (formerly QSR), 820.22" and "in lieu of a batch record the DHR"
    if replaced[0].startswith("replace ") and not (
        became.CURRENT.search(said.before) and became.SAID_OF_ITSELF.match(said.after)
    ):
        return None  # "technicians (QA) replace the DMR pages"
    if said.family == "cite" and became.FOLLOWED_BEFORE.search(said.before):
        return None  # "superseded documents per 820.40"
    between = _words(replaced[1] or "")
    if _names_its_successor(said) or (said.law and _NAMING.issuperset(between)):
        return f"is named as what was replaced ({replaced[0].split()[0]!r})"
    if not _INSIDE.isdisjoint(between):
        return None  # "obsolete words in the DHR"
    if became.TERM.search(replaced[0]) or (said.quoted and became.CURRENT.search(text)):
        return f"is named as a word that was replaced ({replaced[0].split()[0]!r})"
    return None


def _names_its_successor(said: _Said) -> bool:
    """Whether a sentence names a record of today, or the clause that asks for the one in the place of a term."""
    if became.CURRENT_RECORD.search(said.text):
        return True
    return not said.law and not _designations(said.text).isdisjoint(_named(said.current))


def _as_now(said: _Said) -> str | None:
    now = became.NOW.match(said.after)
    if (
        now
        and not (said.law and _is_done_by_it(said.before, now[0]))
        and (said.law or "2026" in said.after or became.CURRENT_RECORD.search(said.text))
    ):
        return f"is named as what was replaced ({now[0].strip(' (,')!r})"
    is_now = became.NOW_CURRENT.match(said.after) if became.CURRENT.may_match(said.after) else None
    if is_now and became.CURRENT.match(said.after, is_now.end()):
        return "is named together with the current term"
    return None


def _as_mapped(said: _Said) -> str | None:
    before, after, text = said.before, said.after, said.text
    if became.ARROW.search(text) and (
        _beside_arrow(before, after)
        or (said.family == "cite" and _points_to_clause(said.words, after, said.current))
        or (said.family == "program" and _points_to_program(after))
    ):
        return "stands in a mapping from the old to the new term"
    if said.law and became.MAPPED_BEFORE.search(before, said.near) and became.MAPPED_AFTER.match(after):
        return "stands in a mapping from the old to the new term"
    if said.law and became.USED_TO.match(after) and not became.FOLLOWED_BEFORE.search(before):
        return "is said to be no longer in force"
    if became.LIKENED.search(before, said.near) and became.CURRENT.search(before):
        return "the current term is likened to it"
    if became.LIKENED_TO_TODAY.match(after):
        return "is likened to what is in force today"
    if became.SIDE_BY_SIDE.search(text) and not (said.law and became.COMPLIES_BEFORE.search(before)):
        return "is named beside the QMSR"
    if said.law and after.startswith(":") and became.ORIGIN.search(before) and became.CURRENT.search(before):
        return "says where the old term beside the current one comes from"
    if became.READ_AS.search(before + "\0" + after) and became.CURRENT_RECORD.search(text):
        return "is to be read as the current term"
    return None


def _as_gone(said: _Said) -> str | None:
    if not said.law:
        return None
    untrue = became.NOT_TRUE_THAT.search(said.before) and became.APPLIES_AFTER.match(said.after)
    return "is said to be no longer in force" if untrue or _is_gone(said.before, said.after) else None


def _in_transition(said: _Said) -> str | None:
    text = said.text
    if not became.QMSR.search(text) or not _is_transition(text, said.words) or cues.OBLIGING.search(text):
        return None
    if became.PUT_IN.search(said.before):
        return None
    if said.before.endswith("current ") or (said.family == "cite" and became.FOLLOWED_BEFORE.search(said.before)):
        return None
    # A procedure of today that names the QMSR may still speak the old language of records.
    if not said.law and not became.CURRENT_NAME.search(text):
        return None
    return "is named in a sentence about the transition to the QMSR"


_TELLING: Sequence[Callable[[_Said], str | None]] = (
    _as_former,
    _as_unused,
    _as_looked_for,
    _as_term,
    _as_changed,
    _as_word,
    _as_replaced,
    _as_now,
    _as_mapped,
    _as_gone,
    _in_transition,
)
"""What a sentence may say became of legacy words, in the order in which it is asked; each gives a reason or None."""


def _words(text: str) -> list[str]:
    return text.translate(_NO_SIGNS).split()


def _is_closed(said: str) -> bool:
    """Whether the brackets around "formerly" end before the words: "the QMSR (formerly QSR), 820.22"."""
    return said.count(")") > said.count("(")


def _glosses_what_is_gone(before: str, after: str) -> bool:
    """Whether a term says in brackets what a section is about that is said to be gone, or to be another now."""
    section = _GLOSSED_SECTION.search(before, max(0, len(before) - _STATED))
    if section is None:
        return False
    closing = after.find(")", 0, _LIST_NEAR)
    if closing < 0:
        return False
    before, after = before[: section.start()], after[closing + 1 :]
    return gone.is_gone(before, after) or succession.is_told(before, after)


def _is_outgoing(before: str, after: str, text: str, near: int) -> bool:
    """Whether the name of the old regulation stands beside the QMSR as that of the one which went."""
    if became.FORMERLY_PART_820.search(before, near):
        return True
    if not became.OUTGOING.search(before, near) or cues.OBLIGING.search(text):
        return False
    return bool(became.QMSR.search(text) or (became.FIRST_ISSUED.match(after) and not cues.PRESENT.search(text)))


def _is_applied(before: str, after: str) -> bool:
    """Whether the name of the old regulation stands there as that of one in force, though it is called the old one."""
    if became.OLD_BEFORE.search(before, max(0, len(before) - _BEFORE)) is None:
        return False
    if became.IN_FORCE_AFTER.match(after):
        return not became.NOT_APPLIED.search(before)
    applied = became.APPLIED_BEFORE.search(before, max(0, len(before) - 2 * _BEFORE))
    return applied is not None and not became.NOT_APPLIED.search(before)


def is_denied(before: str, after: str) -> bool:
    """Whether a sentence denies that the words have gone."""
    if became.DENIED_AFTER.match(after):
        return True
    if became.NOT_TRUE_THAT.search(before) and became.GONE_AFTER.match(after):
        return True
    return became.DENIED_BEFORE.search(before) is not None and after.strip("\"')")[:1] in ("", ".", "!")


def _is_word(between: str, after: str) -> bool:
    """Whether what must not be used is a word as such: a record has an article, or something is said of it."""
    return between.strip(" \"'(") == "" and became.WORD_ENDS.match(after) is not None


def disagrees(before: str, words: str, after: str, current: str | None, family: str) -> bool:
    """Whether the words around a legacy one name a successor, and none that `current` is or contains."""
    before, after = before[-_STATED:], after[:_STATED]
    if family == "cite" and current is not None and "13485:20" in current[:12] and "clause" not in current.lower():
        return False  # an edition of the standard, which has no number to compare
    if family == "cite":
        return succession.is_another(_designations(before + "\0" + after), _known(current), words)
    if family == "program":
        told = _PROGRAM.search(after)
        stated = _PROGRAM_NUMBER.findall(after[told.end() :]) if told else []
        return bool(stated) and not any(number in (current or "") for number in stated)
    return _is_another_record(before + "\0" + after, current)


def disagrees_in_row(cells: list[str], words: str, current: str | None, family: str) -> bool:
    """The same for the other cells of a row, in which a clause may stand without the word."""
    text = "\0".join(cells)
    if family != "cite":
        return _is_another_record(text, current)
    stated = _designations(text) | {match[0] for cell in cells for match in _BARE_CLAUSE.finditer(cell[:60])}
    return succession.is_another(stated, _known(current), words)


def is_range(cell: str) -> bool:
    """Whether a cell names sections from one to another."""
    return _RANGE.search(cell) is not None


def is_to_be_edited(cell: str, others: Sequence[str]) -> bool:
    """Whether a cell names words as such, and another cell of its row says what of today they are to be changed to."""
    if not any(
        became.EDIT_CELL.fullmatch(other) and (became.QMSR.search(other) or became.CURRENT.search(other))
        for other in others
    ):
        return False
    return became.NAMED_IN_CELL.search(cell) is not None and cues.PRESCRIBES.search(cell) is None


def is_successor(cell: str, current: str | None) -> bool:
    """Whether a cell names the record of today that takes the place of a legacy one, and nothing else."""
    bare = cell.removeprefix("our ").removeprefix("the ").removeprefix("a ")
    return any(
        (match := succession.RECORDS[name].search(bare)) is not None and match[0] == bare for name in _named(current)
    )


def is_defined_as(before: str, after: str, entry: str, current: str | None) -> bool:
    """Whether an entry of a list of definitions gives a legacy word and the record of today as names of one thing.

    "DMR/MDF" does, where the entry spells the record of today out, and so does "also referred to as the …".
    """
    own = [name for name in _named(current) if _SPELT_OUT[name] in entry]
    if not own or cues.OBLIGING.search(entry) or became.HEADS_ENTRY.fullmatch(before) is None:
        return False
    return any(_are_names_of_one(before, after, succession.RECORDS[name]) for name in own)


def _named(current: str | None) -> list[str]:
    """The records of today that the words of today name."""
    return [name for name, words in succession.RECORDS.items() if current and words.search(current.lower())]


def _are_names_of_one(before: str, after: str, record: Expression) -> bool:
    joint = became.SLASH_AFTER.match(after)
    if joint and record.match(after, joint.end()):
        return True
    joint = became.SLASH_BEFORE.search(before, max(0, len(before) - _BEFORE))
    if joint and any(name.end() == joint.start() for name in record.finditer(before)):
        return True
    if any(record.match(after, joint.end()) for joint in became.ALSO_CALLED.finditer(after)):
        return True
    *_, last = [None, *became.ALSO_CALLED.finditer(before)]
    return last is not None and last.end() == len(before) and record.search(before, 0, last.start()) is not None


def _known(current: str | None) -> set[str]:
    text = (current or "").lower()
    return _designations(text) | {match[0] for match in _BARE_CLAUSE.finditer(text)}


def _designations(text: str) -> set[str]:
    """The sections of today and the clauses of ISO 13485 that a text names."""
    found = {match[0].replace(" ", "") for match in _LIVE.finditer(text)} if _LIVE.may_match(text) else set[str]()
    if _CLAUSES.may_match(text):
        found |= {number for match in _CLAUSES.finditer(text) for number in _CLAUSE.findall(match[1])}
    return found


def _is_another_record(text: str, current: str | None) -> bool:
    own = _named(current)
    stated = [name for name, words in succession.RECORDS.items() if own and words.search(text)]
    return bool(stated) and not any(name in own for name in stated)


def without_list(before: str, after: str, family: str) -> tuple[str, str]:
    """What stands before and behind a legacy word of a family, or the list of its like in which it stands."""
    kind = "law" if family in LAW and not _stands_behind_a_record(before, after) else "term"
    return _without_list_before(before, kind), _without_list_after(after, kind)


def _without_list_before(before: str, kind: str) -> str:
    bare = before.rstrip("\"'")
    return _without_list_at_end(bare, kind) + before[len(bare) :]


def _without_list_at_end(before: str, kind: str) -> str:
    listed = before.removesuffix("the ")
    if not listed.endswith((" and ", " or ", ", ", "/", "/ ", "& ")) and not (
        before.endswith(("(", "[")) and before[:-1].rstrip().endswith(_LISTED_ENDS)
    ):
        return before
    start = max(0, len(listed) - _LIST_REACH)
    joints = [joint.start() for joint in _JOINT.finditer(listed, start)]
    found = _LIST_BEFORE[kind].search(listed, start if len(joints) <= _JOINTS else joints[-_JOINTS])
    return before[: found.start()] if found and found[0] else before


def _without_list_after(after: str, kind: str) -> str:
    bare = after.lstrip("\"'")  # the list goes on behind a word in quotation marks
    return after[: len(after) - len(bare)] + _without_list_at_start(bare, kind)


def _without_list_at_start(after: str, kind: str) -> str:
    near = after[:_LIST_NEAR]
    if not any(name in near for name in _LISTED):
        return after
    if near[:2].strip("\"' ")[:1] in ("(", ")") and (short := _SHORT_BEHIND[kind].match(after)):
        after = after[short.end() :]
    if not after.startswith((" and ", " or ", ",", "/", " /", " &")):
        return after
    found = _LIST_AFTER[kind].match(after, 0, _LIST_REACH)
    return after[found.end() :] if found else after


def _is_transition(text: str, words: str) -> bool:
    """Whether a sentence speaks of a change.

    That the QMSR incorporates an edition of a standard is none, nor is what stands in brackets behind its name.
    """
    text = became.ASIDE_OF_QMSR.sub("", text)
    return any(not (match[0] == "incorporat" and "13485" in words) for match in became.TRANSITION.finditer(text))


def _beside_arrow(before: str, after: str) -> bool:
    """Whether a current term stands at the other side of the arrow next to the words; a flow of steps has others."""
    arrow = became.ARROW.search(after, 0, 28)
    if arrow and (became.CURRENT.match(after.lstrip(), 0) or became.CURRENT.match(after[arrow.end() :].lstrip(" \"'"))):
        return True
    *_, last = [None, *became.ARROW.finditer(before)]
    return (
        last is not None
        and len(before) - last.end() < 12
        and bool(became.CURRENT_RECORD.search(before[max(0, last.start() - 44) : last.start()]))
    )


def _points_to_clause(words: str, after: str, current: str | None) -> bool:
    """Whether an arrow behind a citation points to the number of a clause that took its place by our tables."""
    arrow = became.ARROW.search(after, 0, 28)
    stated = _ARROW_CLAUSES.match(after, arrow.end()) if arrow else None
    return stated is not None and not succession.is_another(set(_CLAUSE.findall(stated[0])), _known(current), words)


def _points_to_program(after: str) -> bool:
    """Whether an arrow behind a program points to the number of one, with a word between that need not be English."""
    arrow = became.ARROW.search(after, 0, 28)
    return arrow is not None and _PROGRAM_NUMBER.search(after, arrow.end(), arrow.end() + 28) is not None


def _is_gone(before: str, after: str) -> bool:
    """Whether the words around a section, a program or a name say that it is not in force."""
    after_it = became.GONE_AFTER.match(after)
    if after_it and (_is_done_by_it(before, after_it[0]) or gone.is_said_of_things(after)):
        after_it = None
    removed = became.REMOVED_BY_FDA.search(before) and became.SAID_OF_ITSELF.match(after)
    if removed and not became.DENIED_OR_ASSUMED.search(before):
        return True
    if after_it or (became.GONE_BEFORE.search(before) and not gone.is_said_of_things(after)):
        return True
    return bool(became.NOT_USED.search(before)) and bool(became.ANY_MORE.match(after))


def _is_done_by_it(before: str, said: str) -> bool:
    """Whether what is said to be removed is not the section but a thing that it governs: "goods under 820.90 are"."""
    return _TAKEN_AWAY.search(said) is not None and _GOVERNED.search(before) is not None
