"""Citations of 21 CFR part 820: the grammar of how people write them.

The grammar reads folded text (see `match.fold`), where every space is U+0020 and every letter is small. It yields one
citation for each section or paragraph named, also inside lists and ranges, each with its own range.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qmsr_lint.context.cues import EXTENSION, OLD_NAME
from qmsr_lint.expression import Expression
from qmsr_lint.match import is_word_character

_TITLE = (
    r"(?:(?:title )?21 ?[.\-]? ?(?:c\.? ?f\.? ?r\.?|c\.?r\.?f\.?|code of federal regulations)[.,:/\-]? ?"
    r"|c\.?f\.?r\.? ?(?:title )?21[.,:/\-]? ?|(?<![a-z])c\.?f\.?r\.?[,:/\-]? ?)"
)
_UNIT = r"(?:§{1,2} ?|(?<![a-z])(?:sections?|secs?\.?|parts?|pt\.?|paragraphs?|paras?\.?|subsections?) ?)"
_PREFIX = Expression(rf"(?:{_TITLE})?(?:{_UNIT},? ?){{0,3}}$")
_PREFIX_REACH = 64  # characters; the longest real prefix is "Title 21 of the Code of Federal Regulations, Section "
_TITLE_LONG = Expression(
    r"(?:title )?21,? of the code of federal regulations,? ?\(?(?:cfr\))?,? ?$", needs=("code of federal",)
)
_CFR_21 = Expression(r"c\.?f\.?r\.? ?(?:title )?21[.,]$", needs=("21.", "21,"))
_NAMED = Expression(r"(?<![a-z])(?:qsr|qmsr|qs reg(?:ulation|s)?|regulations?|fda|c?gmp)[:,]? ?\(?$")
_SECTION = Expression(r"820 ?\. ?(\d{1,3})(?!\d)")
_PARAGRAPHS = (
    Expression(r" ?\( ?([a-z])(?:\1)? ?\)"),  # (a) … (z), (aa) … (dd)
    Expression(r" ?\( ?(\d{1,2}) ?\)"),
    Expression(r" ?\( ?([ivx]{1,5}) ?\)"),
)
_OTHER_PARAGRAPH = Expression(r"\((\d{1,2}|[ivx]{1,4})\)", begins=("(",))
_DOTTED = Expression(r"\.([a-z]{1,2}|\d{1,2}|[ivx]{1,5})(?![a-z0-9])", begins=(".",))
_LETTER = Expression(r"([a-z])(?![a-z0-9])")
_ROMAN = Expression(r"[ivx]{1,5}")
RANGE_WORDS = r"(?:up )?(?:through|thru|to)(?: and including)?"
"""Stand between the ends of a range."""
_AND_MORE = Expression(r",? ?(?:et\.? ?seq|ff?(?![a-z])|and following)", needs=("seq", "f"), within=15)
_JOINT = rf"(?:(?:(?: ?, ?| ?)(?:and/or|and|or|plus|{RANGE_WORDS})(?![a-z])| ?[,;/&+\-\u2014]) ?)"
_JOIN = Expression(_JOINT, begins=tuple(" ,;/&+-\u2014aoptu"))
_RANGE = Expression(rf"[-\u2014]|{RANGE_WORDS}")
_NEXT_SECTION = Expression(r"(?:§ ?)*\.(\d{1,3})(?!\d)")
_NEXT_NUMBER = Expression(
    r"(\d{2,3})(?![\d%°/]| ?%|\.\d| (?!and |or |to |through |appl(?:y|ies)|requires?|shall |must |cover|specif|describe"
    r"|define|mandate|(?:are|do|should|will|may|can) |in (?:our|the|this) "
    r"|of (?:the )?(?:title|21|part|cfr|code|qsr))[a-z$])",
    begins=tuple("0123456789"),
)
_NEXT_PARAGRAPH = Expression(
    r"\(([a-z]{1,2}|\d{1,2}|[ivx]{1,5})\)(?! ?(?:(?:of|in|under) (?:the )?)?(?:sections? |secs?\.? |§|21 ?c|820))",
    begins=("(",),
)
_NEXT_LETTER = Expression(r"(?:([b-hj-p])(?:\)|(?![a-z0-9'.]|-[a-z]{2}|\.[a-z]))|([b-hj-p])(?=\.(?![a-z])))")

_UNITS_AFTER = frozenset(
    "mm cm nm um \u00b5m \u03bcm km ml mg ms ma mv mw mh \u00b5l \u00b5g \u03bcl \u03bcg kg lb lbs oz psi kpa hpa mpa"
    " pa bar mbar mn mj hz khz mhz ghz kv kw kb mb gb usd eur rpm dollar dollars euro euros unit units pcs pieces"
    " gbp chf jpy cny cad aud minute minutes hour hours hrs second seconds day days ppm inch inches cc ohm ohms"
    " \u00b5 \u03bc".split()
)
_LETTERS = Expression("[a-z\u00b5\u03bc]*")
_SIGNS_AFTER = ("%", "\u00b0", "\u20ac", "\u00a3")
_LETTER_AFTER = Expression(
    r" (?:[mglvwn](?![a-z./])|[glvwn]\.(?! ?[a-z])|s(?=[,;)\u2029]|$)|x(?= ?\d)"
    r"|rev\.? (?!of|is|by|at|in|on|to|no|as|if|a )[a-z0-9]{1,2}(?![a-z0-9]))"
)
"""What follows a quantity: a unit, a sign, or a single letter that is one."""
_LETTERS_THERE = "mglvwnsxr"
"""What the single letter may be: most words behind a citation begin otherwise."""
_NOT_BEFORE = Expression(
    r"(?<!section )(?<!sections )"
    r"(?:[=<>±~≈+*×#$€£]|(?<![a-z])(?:version|ver|v|rev|revision|p/n|pn|s/n|model|lot|approximately|approx"
    r"|usd|eur|gbp|stat|fed reg|number|(?:serial|part|lot|model|drawing|item|catalog) numbers|no(?=[.:])"
    r"|(?:part|serial|item|order|lot|model) no|order|item|serial|release|build|firmware|figure|fig|table|step"
    r"|(?:project|product|item|error|order|cost) code|adm(?:in)?\.? code(?: \d{1,3},)?)\.?:?)"
    r"(?:(?<=serial numbers) 820\.\d{1,3}(?: ?[,&-]| to| and| or| through))? ?$"
    r"|(?<![a-z])of type $"
)
_NOT_BEFORE_REACH = 40
_TIED_NAMES = r"(?:d[hm][rf]s?|mdf|capas?|csa|qms|qm?sr|c?gmp|fda|cfr|mdr|ivdr|mdsap|udi|iso|iec)"
_STANDARD = r"(?:iso ?)?13485(?::20\d\d)?"
_TIED_BEFORE = Expression(
    rf"(?:(?<![\d.])[4-8](?:\.\d{{1,2}}){{1,3}}|(?<![a-z0-9])(?:{_TIED_NAMES}|{_STANDARD})"
    r"|(?:cfr|parts?) ?\d{1,4}(?:\.\d{1,3})?)/$"
    rf"|(?<![a-z0-9])(?:(?:qm?sr|fda|c?gmp|{_STANDARD})-|regs?\.)$"
)
"""What a slash or a hyphen may tie a section to before its number: "ISO 13485/820.30", "CAPA/820.100"."""
_TIED_BEHIND = Expression(
    rf"-(?:[a-z]{{4}}|{_TIED_NAMES}(?![a-z]))"
    rf"|/(?:[4-8]\.\d|{_TIED_NAMES}(?![a-z])|(?:part|title) \d|21 ?cfr"
    r"|(?:design|docum|record|complain|purchas|process|production|train|label|packag|inspect|accept|nonconf|correct"
    r"|manage|quality|statist|install|servic|storage|handl|distrib|equip|calibr|valid|control|identif|trace|environ"
    r"|person|supplier|receiv|medical|risk|change)[a-z]*)(?!/)"
)
"""And behind it: "820.30-Design Controls", "820.30/7.3", "820.184/DHR"; a price has a unit there, a path goes on."""
_TIED_REACH = 16


_NUMBERED = Expression(
    r"(?<![a-z])(?:rooms?|rm|suites?|buildings?|bldg|bays?|zones?|cabinets?|lockers?|drawers?|bins?|shel(?:f|ves)|racks?"
    r"|freezers?|refrigerators?|ovens?|incubators?|autoclaves?|hoods?|workstations?|assets?|(?<!into )accounts?|acct"
    r"|(?:cost|work) cent(?:er|re)s?|extensions?|ext|phone|tel|fax|badge|ticket|invoice|p\.?o|job|project|procedures?"
    r"|sops?|wis?|work instructions?|forms?|frm|document|doc|drawings?|dwg|templates?)"
    r"(?: (?:nos?|nr|numbers?|id))?[.:]? ?#? ?$"
)
"""What has a number of its own, which may look like that of a section: "Room 820.22", "SOP 820.22"."""
_NUMBERED_REACH = 32

_STOPS = r"(?= ?(?:[.,;:)\]/&\u2029-]|$)| (?:and|or|to|through|thru)(?![a-z]))"
_GLOSS = Expression(r" ?\((?![ivx]{1,5}\))[a-z][a-z ,\"'/&-]{2,58}\)", begins=("(", " ("))
"""What a section is about, in brackets: "820.20 (management)"."""
_BRACKETED = Expression(rf" ?\( ?(?=[a-z0-9]{{1,4}}{_JOINT}[a-z0-9]{{1,4}}(?![a-z0-9]))", begins=("(", " ("))
_ELEMENT = Expression(r"([a-z]{1,2}|\d{1,2}|[ivx]{1,4})(?![a-z0-9])")
_HALF_OPEN = Expression(rf" ?([a-z])\){_STOPS}")
_LETTERED = Expression(
    r"(?:,? |,)([a-f])(?=(?: ?[,&/-] ?| (?:and|or|to|through|thru) )[b-p](?![a-z0-9')]|\.[a-z0-9]|-[a-z]{2}))",
    begins=(",", " a", " b", " c", " d", " e", " f"),
)
_WORDED = Expression(
    r",? (?:(?:sub-?)?(?:paragraphs?|sections?)|paras?\.?|pars?\.?|items?) ?(?=\([a-z]{1,2}\))"
    rf"|,? (?:(?:sub-?)?paragraphs?|paras?\.?) ([a-z])(?!\)|'){_STOPS}"
)
_PARAGRAPH_WORDS = ("para", "pars", "par.", "par ", "par(", "section", "item")
_COMMA = Expression(rf"[,:] ?(?=\([a-z]\){_STOPS})(?!\([a-z]\)[,;]? ?(?:and |or )?(?:§|21 ?c|820))")
_OF_ANOTHER = Expression(r" of (?:this|these|our|the|sop)(?![a-z])")

_UNITS = r"(?:(?:the )?(?:(?:sub-?)?(?:paragraph|section|clause|part|item)s?|paras?\.?|pars?\.?|points?))"
_ONE = r"\([a-z0-9]{1,5}\)(?: ?\([a-z0-9]{1,5}\)){0,2}"
_OF = r",? (?P<of>of|in|under|from) (?:the )?"
_OF_ENDS = tuple(f"{word} {the}" for word in ("of", "in", "under", "from") for the in ("", "the "))
_ABOVE = Expression(
    rf"(?<![a-z0-9])(?<!\d )(?P<unit>{_UNITS} )?(?:(?P<inner>{_ONE}),? of (?:{_UNITS} )?(?P<outer>{_ONE})"
    rf"|(?P<list>{_ONE}(?:{_JOINT}{_ONE}){{0,15}})|(?P<letter>(?<=[a-z.] )[a-z](?![a-z]))\)?){_OF}$"
)
"""Paragraphs that stand before their section: "paragraphs (a) and (b) of 820.198"."""
_LEVEL = Expression(r"[a-z0-9]{1,5}")
_BY_PARAGRAPH = Expression(rf"{_ONE}|[a-z]")
_BESIDE = 120  # characters that are looked at before and behind a citation
_UNREAD_ABOVE = Expression(
    r"(?<![a-z])(?:sub-?)?(?:paragraph|section|clause|item|para|point)s?\.? (?:\([a-z0-9]{1,4}\)|[a-z](?![a-z0-9']))"
    r"[^.;:()\u2029]{0,48} (?:of|in|under|from) [^.;:()\u2029]{0,48}\(?$",
    needs=("para", "section ", "sections ", "section. ", "sections. ", "clause", "item", "point"),
)
_UNREAD_BELOW = Expression(
    r"(?! ?[,;:]? ?(?:and |or )?\(?[a-z0-9]{1,4}\) ?(?:§|21 ?c|820))"
    r" ?[,:;]? ?(?:(?:and|or|to|through|thru) |[&/-] ?)?"
    r"(?:(?:(?:sub-?)?(?:paragraph|section|item|para|clause|point)s?\.? )?"
    r"(?:\( ?(?:[a-z]{1,2}|\d{1,2}|[ivx]{1,5}) ?(?:[),;/&-]|(?:and|or|to|through|thru) )|[a-z]\)"
    r"|[b-hj-p](?![a-z0-9']|\.[a-z])|[ai](?=\.?$|\.?\u2029|\. |[;:)]| ?[,&-] ?[b-z](?![a-z0-9'])))"
    r"|(?:sub-?)?para(?:graph)?s?\.? [a-z](?![a-z0-9']))"
    r"|,? (?:and|or) \d{2,3} (?:are|is|of|in|for|as|under|when|were|have|has|do|does)(?![a-z])"
    r"|(?: ?\([^()\u2029]{1,100}\))?(?:,|;|,? and|,? or) ?\.\d{2,3}(?!\d)"
)
"""What may be further paragraphs or sections and was not read as such."""
_JOINING = ("and", "or", "to", "through", "thru")
_UNIT_WORDS = ("sub", "para", "section", "item", "clause", "point")
_STOP = ("", ".", ")", "\u2029")
"""Nothing that belongs to a citation goes on behind these."""
_ENUMERATOR = Expression(r"\([a-z0-9]{1,4}\) ?$")

_CFR = r"(?:cfr|c\. ?f\. ?r\.?|code of federal regulations)"
_OTHER_TITLE = Expression(
    rf"(?:(?<![a-z])title (\d{{1,2}})(?:,| of)?(?: the)?(?: u\.?s\.?)? ?{_CFR}?|(?<![\d.,/-])(\d{{1,2}}) ?-?{_CFR}"
    rf"|{_CFR},? title (\d{{1,2}}))[,.:/-]? ?(?:\(cfr\),? ?)?"
    r"(?:(?:parts?|pt\.?|sections?|secs?\.?|§{1,2}|820)[,:]? ?\(?){0,4}$",
    needs=("cfr", "c.", "title", "code"),
)
"""The title of the CFR that is named before a number: "45 CFR part 820"."""
_TITLE_BEHIND = Expression(
    r"(?:,? (?:of|in|under|from) (?:the )?(?:fda(?:'s)? )?(?:u\.?s\.? )?|, (?=title ))"
    rf"(?:title (\d{{1,2}})(?:,| of)?(?: the)?(?: u\.?s\.?)?(?: {_CFR})?|(\d{{1,2}}) ?-?{_CFR}"
    rf"|{_CFR}(?: \(cfr\))?(?:,? title (\d{{1,2}}))?|(?=(?:part|pt\.?) 820))(?: \(cfr\))?"
    r"(?:,? ?(?:part |pt\.? )?820(?![\d.]*\d))?"
    r"(?![a-z0-9]|,? ?(?:parts? |pt\.? |sections? |§ ?)\.?\d| \d)"
)
"""The title of the CFR that a citation is of, behind it: "820.72 of 21 CFR"."""

_OF_TITLE = (", title", *(comma + word for comma in (" ", ", ") for word in ("of ", "in ", "under ", "from ")))
"""What `_TITLE_BEHIND` begins with."""
_TITLE_WORDS = ("cfr", "c.", "code of", "title", "part", "pt")

_PART_ENDS = tuple(
    word + end for word in ("cfr", "r.", "regulations", "part", "pt", "pt.") for end in ("", " ", ", ", ": ")
)
_PART_NAMED = Expression(r"cfr|c\. ?f\. ?r|regulations|part|pt")
_SECTION_BEHIND = Expression(
    r"820(?P<comma>[,:])? ?(?P<open>\()?(?P<unit>§{1,2} ?|sections? |secs?\.? )?(?P<dot>\.)?"
    r"(?P<number>\d{1,3})(?!\d|\.\d|[%/])"
)
"""The section behind its part: "820 section 100", "820 (20, 22, 25)"."""
_BY_SECTION = Expression(rf"\.?(\d{{1,3}})(?!\d|\.\d)(?P<levels> ?{_ONE})?")
_SECTIONS_ABOVE = Expression(
    rf"(?:§{{1,2}} ?|(?<![a-z])(?:sections? |secs?\.? ?))(?P<list>\.?\d{{1,3}}(?: ?{_ONE})?"
    rf"(?:{_JOINT}\.?\d{{1,3}}(?: ?{_ONE})?){{0,15}}){_OF}(?:fda(?:'s)? )?$"
)
"""Sections before their part: "sections 30, 50 and 100 of 21 CFR 820"."""


class Citation(NamedTuple):
    """One section or paragraph of part 820 as cited.

    `start` and `end` are its range in the folded text, any "21 CFR §" before it and "of 21 CFR" behind it included;
    `core` is where its own number or letter begins. `prefixed` tells that the words around it say it is a citation;
    `listed` is its index in a list. It is `tied` where the last of its list says what it is a paragraph of, and `loose`
    where something beside it belongs to it and is not in its range.
    """

    start: int
    end: int
    core: int
    designation: str
    prefixed: bool
    listed: int = 0
    ranged: bool = False
    tied: bool = False
    loose: bool = False


class Known(NamedTuple):
    """The section numbers of part 820, then and now, that a bare number may be taken for."""

    legacy: frozenset[int]
    current: frozenset[int]


def find(text: str, known: Known) -> Iterator[Citation]:
    """Every citation of a section of part 820 in the folded `text`, in order."""
    group: list[Citation] = []
    foreign = False  # whether the group is of another title of the CFR, or of rooms
    at = text.find("820")
    while at >= 0:
        found: list[Citation] = []
        if _may_begin(text, at):
            found, other = _at(text, at, group[-1] if group else None, known, foreign=foreign)
            if found:
                if not found[0].listed:
                    yield from () if foreign else group
                    group, foreign = [], False
                group += found
                foreign = foreign or other
        at = text.find("820", found[-1].end if found else at + 3)
    yield from () if foreign else group


def _at(text: str, at: int, last: Citation | None, known: Known, *, foreign: bool) -> tuple[list[Citation], bool]:
    """The citations that begin with the number at `at`, and whether they are of something else than part 820.

    `last` is the citation before, and `foreign` whether that was of something else.
    """
    floor = last.end if last else 0
    match = _SECTION.match(text, at)
    if match is None:
        return _of_part(text, at, floor, known), False
    start, prefixed = _prefix(text, at)
    start = at if start < floor else start  # "820.30 of 21 CFR, 820.22"
    title = 21 if text.startswith(("21", "title 21"), start, at) else _title(text, at)
    joined = last is not None and title in (21, None) and _is_joint(text, last.end, start)
    if joined and foreign and (prefixed or text.startswith("(", match.end())):
        joined = False
    other = title not in (21, None) or (joined and foreign)
    prefixed = prefixed or (joined and last is not None and last.prefixed)
    end, levels = _paragraphs(text, match.end(), prefixed)
    number = int(match[1])
    if not prefixed and not other:
        if not _is_bare_citation(text, at, end, number, levels, known, joined=joined):
            return [], False
        other = not levels and _NUMBERED.search(text[max(0, at - _NUMBERED_REACH) : at]) is not None
    listed = last.listed + 1 if joined and last is not None else 0
    found = _above(text, Citation(start, end, at, _designation(number, levels), prefixed, listed), levels, floor)
    if found[0].core == at:
        found = _bracketed(text, found[0], number, levels)
    else:
        levels = []  # a further paragraph behind the section would be of another one
    _continue(text, found, number, levels, known)
    return _ended(text, found, foreign=other)


def _title(text: str, at: int) -> int | None:
    """The title of the CFR that is named before the number at `at`."""
    match = _OTHER_TITLE.search(text[max(0, at - _BESIDE) : at])
    return int(match[1] or match[2] or match[3]) if match else None


def _is_joint(text: str, end: int, start: int) -> bool:
    """Whether only "and" or a comma, and what the first is about, stands between two citations."""
    gloss = _GLOSS.match(text, end, start)
    return _JOIN.fullmatch(text, gloss.end() if gloss else end, start) is not None


def _ended(text: str, found: list[Citation], *, foreign: bool) -> tuple[list[Citation], bool]:
    """The citations with the title behind them, and whether they are of another one."""
    last = found[-1]
    behind = text[last.end : last.end + _BESIDE]
    if (
        behind.startswith(_OF_TITLE)
        and any(word in behind for word in _TITLE_WORDS)
        and (match := _TITLE_BEHIND.match(text, last.end, last.end + _BESIDE))
    ):
        title = match[1] or match[2] or match[3]
        foreign = foreign or title not in ("21", None)
        found[-1] = last = last._replace(end=match.end(), prefixed=True)
    if behind[:1] not in _STOP and _may_go_on(behind) and _UNREAD_BELOW.match(text, last.end, last.end + _BESIDE):
        enumerated = _ENUMERATOR.search(text[max(0, found[0].start - 8) : found[0].start])  # "(a) 820.22, (b) our own"
        if not enumerated or text[last.end] == "(":
            found[-1] = last._replace(loose=True)
    if _UNREAD_ABOVE.search(text[max(0, found[0].start - _BESIDE) : found[0].start]):
        found[0] = found[0]._replace(loose=True)
    return found, foreign


def _may_go_on(behind: str) -> bool:
    """Whether `_UNREAD_BELOW` may match: words that are no letters, numbers, brackets or units cannot."""
    rest = behind.lstrip(" ,:;&/-")
    joining = next((word for word in _JOINING if rest.startswith(word) and not rest[len(word) :][:1].isalpha()), "")
    rest = rest[len(joining) :].lstrip()
    if rest.startswith("21 cfr "):
        return False
    return not (rest[:1].isalpha() and rest[1:2].isalpha()) or rest.startswith(_UNIT_WORDS)


# --- paragraphs beside a section, and sections beside a part ----------------------------------------------------------


def _above(text: str, cited: Citation, levels: list[str], floor: int) -> list[Citation]:
    """The paragraphs of a section that stand before it, or the section itself."""
    begin = max(floor, cited.start - _BESIDE)
    if not text.endswith(_OF_ENDS, begin, cited.start):
        return [cited]
    before = text[begin : cited.start]
    match = _ABOVE.search(before)
    if match is None or not (match["unit"] or match["of"] == "of"):
        return [cited]
    section = cited.designation.partition("(")[0]
    if match["outer"]:
        inner = [*levels, *_LEVEL.findall(match["outer"]), *_LEVEL.findall(match["inner"])]
        named = [(match.start("inner"), cited.end, inner, False)] if _is_possible(inner) else []
    else:
        named = _paragraphs_above(before, *match.span("letter" if match["letter"] else "list"), levels)
    found: list[Citation] = []
    for at, end, named_levels, ranged in named:
        designation = section + "".join(f"({level})" for level in named_levels)
        listed = cited.listed + len(found)
        start = begin + (at if found else match.start())
        found.append(
            Citation(start, begin + end, begin + at, designation, cited.prefixed, listed, ranged, tied=len(named) > 1)
        )
    if found:
        found[-1] = found[-1]._replace(end=cited.end)
    return found or [cited]


def _paragraphs_above(before: str, at: int, end: int, own: list[str]) -> list[tuple[int, int, list[str], bool]]:
    """Range, levels, and whether it ends a range, of each paragraph in a list; nothing where one cannot be.

    `own` are the levels that stand at the section itself.
    """
    named: list[tuple[int, int, list[str], bool]] = []
    levels, ranged = own, False
    while at < end and (match := _BY_PARAGRAPH.match(before, at)):
        parts = _LEVEL.findall(match[0])
        depth = _depth(parts[0], levels) if named else len(own)
        if depth is None or depth < len(own):
            return []
        levels = [*levels[:depth], *parts]
        if not _is_possible(levels):
            return []
        named.append((at, match.end(), levels, ranged))
        joint = _JOIN.match(before, match.end(), end)
        if joint is None:
            break
        at, ranged = joint.end(), joins_a_range(joint[0])
    return named


def _bracketed(text: str, cited: Citation, number: int, levels: list[str]) -> list[Citation]:
    """The citation with the paragraphs in one pair of brackets behind it, as in "820.30(a-j)"."""
    opening = _BRACKETED.match(text, cited.end) if "(" in text[cited.end : cited.end + 2] else None
    if opening is None:
        return [cited]
    found: list[Citation] = []
    at, ranged = opening.end(), cited.ranged
    while match := _ELEMENT.match(text, at):
        level = match[1]
        if not _fits(level, len(levels)):
            return [cited]
        designation = _designation(number, [*levels, level])
        start, core = (at, at) if found else (cited.start, cited.core)
        listed = cited.listed + len(found)
        found.append(Citation(start, match.end(), core, designation, cited.prefixed, listed, ranged, loose=True))
        joint = _JOIN.match(text, match.end())
        if joint is None:
            break
        at, ranged = joint.end(), joins_a_range(joint[0])
    closing = found[-1].end + text.startswith(" ", found[-1].end) if found else 0
    if len(found) < 2 or not text.startswith(")", closing):
        return [cited]
    found[-1] = found[-1]._replace(end=closing + 1)
    return found


def _of_part(text: str, at: int, floor: int, known: Known) -> list[Citation]:
    """The sections beside the part that is named at `at`: "part 820, section 100", "sections 30 and 50 of part 820"."""
    if not text.endswith(_PART_ENDS, max(0, at - len("regulations, ")), at):
        return []
    behind = _SECTION_BEHIND.match(text, at)
    if behind is None and "sec" not in (around := text[max(0, at - 2 * _BESIDE) : at]) and "§" not in around:
        return []
    start = max(_prefix(text, at)[0], floor)
    if not _PART_NAMED.search(text, start, at) or _title(text, at) not in (21, None):
        return []
    if behind:
        return _sections_behind(text, start, behind, known)
    begin = max(floor, start - _BESIDE)
    before = text[begin:start]
    above = _SECTIONS_ABOVE.search(before) if before.endswith((*_OF_ENDS, "fda ", "fda's ")) else None
    if above is None:
        return []
    found: list[Citation] = []
    place, end, ranged = above.start("list"), above.end("list"), False
    while one := _BY_SECTION.match(before, place, end):
        levels = _LEVEL.findall(one["levels"] or "")
        number = int(one[1])
        if not _is_known(number, known) or not _is_possible(levels):
            return []
        first = begin + (place if found else above.start())
        core = begin + one.start(1)
        found.append(Citation(first, begin + one.end(), core, _designation(number, levels), True, len(found), ranged))
        joint = _JOIN.match(before, one.end(), end)
        if joint is None:
            break
        place, ranged = joint.end(), joins_a_range(joint[0])
    if not found or begin + end != found[-1].end:
        return []
    found[-1] = found[-1]._replace(end=at + 3)
    return _ended(text, [each._replace(tied=len(found) > 1) for each in found], foreign=False)[0]


def _sections_behind(text: str, start: int, match: re.Match[str], known: Known) -> list[Citation]:
    """The sections behind the part that is named from `start` on."""
    number = int(match["number"])
    plain = match["unit"] and not (match["comma"] or match["open"])
    certain = plain and number >= 10 and "cfr" in text[start : match.start()]
    dotted = match["dot"] and "cfr" in text[start : match.start()] and not _is_unit(text, match.end())
    if not (certain or (_is_known(number, known) and (match["unit"] or match["open"] or dotted))):
        return []
    if number < 10 and not plain and "§" not in (match["unit"] or "§"):
        return []  # "21 CFR Part 820, Section 5" is as often a section of the document
    end, levels = _paragraphs(text, match.end(), prefixed=True)
    found = [Citation(start, end, match.start("number"), _designation(number, levels), True)]
    _continue(text, found, number, levels, known)
    end = found[-1].end
    if _OF_ANOTHER.match(text, end):
        return []
    if not match["open"]:
        return _ended(text, found, foreign=False)[0]
    listed = match["unit"] or match["dot"] or len(found) > 1
    return [each._replace(loose=True) for each in found] if listed and text.startswith(")", end) else []


def _is_known(number: int, known: Known) -> bool:
    return number in known.legacy or number in known.current


def _may_begin(text: str, at: int) -> bool:
    """Whether a number can begin at `at`: not inside 1820, 1,820 or 3.820, but behind "CFR 21."."""
    if not at:
        return True
    before = text[at - 1]
    if before.isdigit() or before == "_":
        return False
    if before not in ".," or at < 2 or not text[at - 2].isdigit():
        return True
    return _CFR_21.search(text, max(0, at - _PREFIX_REACH), at) is not None


def _prefix(text: str, at: int) -> tuple[int, bool]:
    begin = max(0, at - _PREFIX_REACH)
    before = text[begin:at]
    match = _PREFIX.search(before)
    start = begin + match.start() if match else at
    if match and start and is_word_character(text[start - 1]) and match[0][:1].isalnum():
        start = at if not match[0].startswith(("cfr", "§")) else start
    prefixed = start < at
    long = _TITLE_LONG.search(text[begin:start])
    if long:
        start, prefixed = begin + long.start(), True
    return start, prefixed or bool(_NAMED.search(before))


def _paragraphs(text: str, at: int, prefixed: bool) -> tuple[int, list[str]]:
    """The end of the designation whose section number ends at `at`, and its paragraph levels."""
    levels: list[str] = []
    while len(levels) < 3:
        match = _PARAGRAPHS[len(levels)].match(text, at)
        if match is None:
            break
        levels.append(match[0].strip(" ()"))
        at = match.end()
    if levels:
        return at, levels
    if prefixed and (match := _OTHER_PARAGRAPH.match(text, at)):
        return match.end(), [match[1]]  # a paragraph in the wrong order of levels: it never existed
    while len(levels) < 3 and (match := _DOTTED.match(text, at)):
        if not _fits(match[1], len(levels)) and not prefixed:
            break
        if text.startswith(".", at) and EXTENSION.match(text, at):
            break
        levels.append(match[1])
        at = match.end()
    if levels:
        return at, levels
    match = _LETTER.match(text, at)
    if match:
        end = match.end() + (text.startswith(")", match.end()) and not _is_in_brackets(text, at))
        return _deeper(text, end, [match[1]])
    return _apart(text, at)


def _deeper(text: str, at: int, levels: list[str]) -> tuple[int, list[str]]:
    """The end of a designation and its levels, those behind `at` added."""
    while len(levels) < 3 and (match := _PARAGRAPHS[len(levels)].match(text, at)):
        levels.append(match[0].strip(" ()"))
        at = match.end()
    return at, levels


def _apart(text: str, at: int) -> tuple[int, list[str]]:
    """The paragraph that stands apart from its section: "820.30, (g)", "820.30, paragraph (g)", "820.30 a-j"."""
    if text[at : at + 1] not in (" ", ",", ":"):
        return at, []
    if ")" in text[at : at + 3] and (match := _HALF_OPEN.match(text, at)) and not _is_in_brackets(text, at):
        return match.end(), [match[1]]
    if (text[at : at + 3].lstrip(" ,")[:1] or "-") in "abcdef" and (match := _LETTERED.match(text, at)):
        return match.end(), [match[1]]
    behind = text[at : at + 18]
    worded = _WORDED.match(text, at) if any(word in behind for word in _PARAGRAPH_WORDS) else None
    match = worded or (_COMMA.match(text, at) if "(" in behind[:3] and behind[0] in ",:" else None)
    if match is None:
        return at, []
    end, levels = _deeper(text, match.end(), [worded[1]] if worded and worded[1] else [])
    return (at, []) if _OF_ANOTHER.match(text, end) else (end, levels)


def _is_in_brackets(text: str, at: int) -> bool:
    return text.rfind("(", max(0, at - _BESIDE), at) > text.rfind(")", max(0, at - _BESIDE), at)


def _is_possible(levels: list[str]) -> bool:
    return len(levels) <= len(_PARAGRAPHS) and all(_fits(level, depth) for depth, level in enumerate(levels))


def _depth(level: str, levels: list[str]) -> int | None:
    """How deep a paragraph stands in a list whose element before it has `levels`."""
    return next((depth for depth in range(len(levels) - 1, -1, -1) if _fits(level, depth)), None)


def joins_a_range(joint: str) -> bool:
    """Whether the folded words between two citations make a range of them."""
    return _RANGE.fullmatch(joint.strip(" ,")) is not None


def has_more_behind(text: str, end: int) -> bool:
    """Whether the folded words behind a citation say that what follows the section is cited with it: "et seq."."""
    return _AND_MORE.match(text, end) is not None


def share_their_beginning(said: Sequence[bool], joints: Iterable[str]) -> bool:
    """Whether citations of a list lean on one of them for what they are, as in "21 CFR 820.20 and 820.22".

    `said` tells which of them say themselves that they are of the CFR, `joints` what stands between them: a list with
    something in brackets there says of each what it is about.
    """
    if any("(" in joint for joint in joints):
        return False
    return not any(said) or not all(said[said.index(True) :])


def _fits(level: str, depth: int) -> bool:
    if depth == 0:
        return level.isalpha() and len(set(level)) == 1
    return level.isdigit() if depth == 1 else _ROMAN.fullmatch(level) is not None


def _designation(number: int, levels: list[str]) -> str:
    return f"820.{number}" + "".join(f"({level})" for level in levels)


def _is_bare_citation(
    text: str, at: int, end: int, number: int, levels: list[str], known: Known, *, joined: bool
) -> bool:
    """Whether 820.N without "21 CFR" or "§" before it is a citation, and not a quantity or a part number."""
    if not _is_known(number, known):
        return False
    before = text[at - 1] if at else " "
    if is_word_character(before):
        return False
    tied = before in "-/." and at > 1 and is_word_character(text[at - 2]) and not joined
    if tied and (text.startswith("/", end) or not _TIED_BEFORE.search(text[max(0, at - _TIED_REACH) : at])):
        return False
    # "820.20 + 820.5" lists sections, unless it is a sum.
    added = joined and "+" in text[max(0, at - 2) : at] and not text.startswith(("=", " ="), end)
    if not added and _NOT_BEFORE.search(text[max(0, at - _NOT_BEFORE_REACH) : at]):
        return False
    after = text[end : end + 2]
    if after.strip(" ,;)\u2029") and (_is_unit(text, end) or (after[0] == "." and EXTENSION.match(text, end))):
        return False
    if len(after) == 2 and after[0] in "-_./" and is_word_character(after[1]):
        if _TIED_BEHIND.match(text, end):
            return True
        joint = _JOIN.match(text, end)
        if joint is None:
            return False
        following = _SECTION.match(text, joint.end()) or _next(
            text, joint, number, levels, known, prefixed=False, bare=len(levels) == 1
        )
        return following is not None
    return True


def _is_unit(text: str, at: int) -> bool:
    """Whether a unit stands at an offset, with or without a space before it."""
    start = at + text.startswith(" ", at)
    letters = _LETTERS.match(text, start)
    if letters and letters[0] in _UNITS_AFTER:
        return True
    return text.startswith(_SIGNS_AFTER, start) or (
        text[at + 1 : at + 2] in _LETTERS_THERE and _LETTER_AFTER.match(text, at) is not None
    )


def _continue(text: str, found: list[Citation], number: int, levels: list[str], known: Known) -> None:
    """Add the further sections and paragraphs of the list or range that `found` begins."""
    while True:
        last = found[-1]
        gloss = _GLOSS.match(text, last.end)
        joint = _JOIN.match(text, gloss.end() if gloss else last.end)
        if joint is None:
            return
        bare = "(" not in text[last.core : last.end] and len(levels) == 1
        following = _next(text, joint, number, levels, known, prefixed=last.prefixed, bare=bare, glossed=bool(gloss))
        if following is None:
            return
        core, end, number, levels = following
        designation = _designation(number, levels)
        cited = Citation(core, end, core, designation, last.prefixed, last.listed + 1, joins_a_range(joint[0]))
        found += _bracketed(text, cited, number, levels)


def _next(
    text: str,
    joint: re.Match[str],
    number: int,
    levels: list[str],
    known: Known,
    *,
    prefixed: bool,
    bare: bool = False,
    glossed: bool = False,
) -> tuple[int, int, int, list[str]] | None:
    """Start, end, section number and paragraph levels of the list's next element behind `joint`, if there is one.

    `bare` tells that the element before is a letter without brackets, `glossed` that words in brackets explain it.
    """
    at = joint.end()
    if match := _NEXT_PARAGRAPH.match(text, at):
        level = match[1]
        depth = _depth(level, levels)
        return None if depth is None else (at, *_deeper_in(text, match.end(), number, [*levels[:depth], level]))
    if bare and (match := _NEXT_LETTER.match(text, at)):
        level = match[1] or match[2]
        return (at, match.end(), number, [level]) if level > levels[0] else None
    match = _NEXT_SECTION.match(text, at) or _NEXT_NUMBER.match(text, at)
    if match is None:
        return None
    following = int(match[1])
    dotted = text[match.start(1) - 1] == "."
    if not _is_known(following, known) and not (dotted and prefixed):
        return None
    if match[1].startswith("0") or (joins_a_range(joint[0]) and following <= number):
        return None
    end, deeper = _paragraphs(text, match.end(), prefixed)
    if not dotted and (
        (end < len(text) and is_word_character(text[end]))
        or (text[end : end + 1] in ("-", "_") and text[end + 1 : end + 2].isalpha())
        or (glossed and _GLOSS.match(text, end) is None)
    ):
        return None
    return at, end, following, deeper


def _deeper_in(text: str, at: int, number: int, levels: list[str]) -> tuple[int, int, list[str]]:
    end, deeper = _deeper(text, at, levels)
    return end, number, deeper


_SUBPARTS = r"sub-?(?:parts?|pts?\.?)[ -] ?"
_SUBPART = Expression(rf"(?<![a-z]){_SUBPARTS}(?P<letter>[a-o])(?![a-z0-9])")
_SUBPART_NEXT = Expression(
    rf"(?P<joint>(?: ?(?:,|-|\u2014|&)| (?:and|or|to|through|thru))+ ?)(?:{_SUBPARTS})?(?P<letter>[a-o])(?![a-z0-9'])"
)
_PART_BEFORE = Expression(r"(?:part|cfr|§) ?(\d{1,4})(?![\d.]*\d)[^\u2029]{0,24}$")
_PART_AFTER = Expression(r"[^\u2029.;]{0,48}?(?:part|cfr(?: part)?) ?(\d{1,4})(?!\d)")
_THE_PART = (
    r"(?:(?<![\d.,])(?<!building )(?<!order )(?<!chapter )(?<!room )(?<!no\. )820(?![\d.,]*\d)"
    rf"|(?<![a-z])(?:qmsr(?![a-z])|{OLD_NAME}))"
)
_THE_PART_NEEDS = ("820", "qsr", "qmsr", "qs reg", "quality sys")
_THE_PART_BEFORE = Expression(rf"{_THE_PART}[\"')]{{0,2}}[,:;-]? ?\(?$", needs=_THE_PART_NEEDS)
_OTHER_LETTERS = r"(?: ?(?:,|-|&| and| or| to| through) (?:sub-?parts? )?[a-o](?![a-z0-9'])){0,4}"
"""The subparts that are cited behind the first of a list."""
_THE_PART_AFTER = Expression(
    rf"{_OTHER_LETTERS} (?:of|in|under) (?:the )?"
    rf"(?:fda(?:'s)? |u\.?s\.? )?{_THE_PART}",
    needs=_THE_PART_NEEDS,
    within=128,
)
"""The part by its number alone or by its name, right beside a subpart."""
_OTHER_TEXT = (
    r"(?:(?:manual|contract|agreement|procedure|sop|policy|handbook|guide|protocol|specification|plan|order|annex"
    r"|chapter|directive)s?|nfpa|iec|iso|astm|ansi|osha|nec|ide|glp|u\.?s\.?c\.?)"
)
_OTHER_TEXT_BEFORE = Expression(
    rf"(?<![a-z]){_OTHER_TEXT}(?![a-z])(?: (?:no\.? ?)?[a-z]{{0,3}}-?\d[\d.:-]{{0,12}})?"
    r"(?: (?:regulations?|rules?|standards?))?,? ?\(?$"
)
_OTHER_TEXT_BEHIND = Expression(
    rf"{_OTHER_LETTERS} (?:of|in|to) "
    rf"(?:(?!820|cfr|part|qm?sr|quality sys|regulation|of |in |and )[a-z'-]{{1,14}} ){{0,3}}{_OTHER_TEXT}(?![a-z])"
)
"""Another text that has subparts, right beside one."""
_OF_THE_REGULATION = Expression(
    rf"{_OTHER_LETTERS},? \(?(?:of|in|under) (?:the )?(?:fda(?:'s)? )?(?:title )?"
    rf"(?:\d{{1,2}} cfr|cfr|code of federal|part|820|regulation|qm?sr(?![a-z])|{OLD_NAME})"
)
"""The regulation, right behind a subpart."""


class Subpart(NamedTuple):
    """A subpart letter as cited, its range in the folded text, and the part named beside it (None: none is).

    The part of another text is 0. It is `ranged` where it is one end of a range: "Subparts C through O".
    """

    start: int
    end: int
    letter: str
    part: int | None
    follows: str
    ranged: bool = False


def find_subparts(text: str) -> Iterator[Subpart]:
    """Every subpart letter A to O in the folded `text`, whatever part it belongs to."""
    read = 0
    for first in _SUBPART.finditer(text):
        if first.start() < read:
            continue  # it belongs to the list before
        part = _part_of(text, first)
        start, match, ends_a_range = first.start(), first, False
        while True:
            read = match.end("letter")
            # A single letter behind a hyphen may be the title ("Subpart C - Design Controls"): _SUBPART_NEXT refuses
            # a letter that begins a word.
            following = _SUBPART_NEXT.match(text, read)
            begins_a_range = (
                following is not None and joins_a_range(following["joint"]) and following["letter"] > match["letter"]
            )
            yield Subpart(
                start, read, match["letter"], part, text[read : read + 80], ranged=begins_a_range or ends_a_range
            )
            if following is None:
                break
            match, start, ends_a_range = following, following.start("letter"), begins_a_range
            if own := _SUBPART.match(text, following.end("joint")):
                start, named = own.start(), _part_of(text, own)
                part = part if named is None else named


def _part_of(text: str, subpart: re.Match[str]) -> int | None:
    begin = max(0, subpart.start() - 48)
    if _OTHER_TEXT_BEHIND.match(text, subpart.end(), subpart.end() + 96) or (
        _OTHER_TEXT_BEFORE.search(text, begin, subpart.start())
        and not _OF_THE_REGULATION.match(text, subpart.end(), subpart.end() + 96)
    ):
        return 0
    if before := _PART_BEFORE.search(text[begin : subpart.start()]):
        return _part(text, begin + before.start(1), before[1])
    if after := _PART_AFTER.match(text, subpart.end(), subpart.end() + 64):
        return _part(text, after.start(1), after[1])
    beside = _THE_PART_BEFORE.search(text, begin, subpart.start()) or _THE_PART_AFTER.match(
        text, subpart.end(), subpart.end() + 96
    )
    return 820 if beside else None


def _part(text: str, at: int, number: str) -> int:
    """The number of the part at `at`, 0 where it is a part of another title."""
    return int(number) if _title(text, at) in (21, None) else 0
