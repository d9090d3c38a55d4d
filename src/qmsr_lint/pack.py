"""One rule pack: the shape of its entries, and what is said when an entry does not have it."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from qmsr_lint.contents import contents
from qmsr_lint.errors import PackError, Unreadable, nearest
from qmsr_lint.expression import Expression
from qmsr_lint.model import (
    CERTAINTIES,
    CONTEXTS,
    FAMILIES,
    MARKETS,
    SEVERITIES,
    Certainty,
    Safety,
    Severity,
    family_of,
)

if TYPE_CHECKING:
    from pathlib import Path

Confidence = Literal["high", "medium", "low"]
Kind = Literal["term", "sentence", "citation", "suppression", "near", "gap"]
LAW = ("cite", "name", "program")
"""Families of rules on what belongs to the law: of it one can say that it is no longer in force."""
STATEMENTS = ("claim", "migration")
"""Families of rules on a false statement: not its words are at fault, and who denies it makes none."""
_DEEPEST = 30
_LARGEST = 16 << 20  # bytes of a pack; the shipped ones have a hundredth of that
_WORDS = Expression(r"\{(\w+)\}")


class Example(NamedTuple):
    """A text in which a rule must find something; `becomes` is the text after the rule's fixes, where it has any."""

    text: str
    becomes: str | None = None
    find: str | None = None


class Rule(NamedTuple):
    """One entry of a pack. `sources` are codes of `rules/facts/sources.yaml`; `since` is the version it came in.

    `acronym_severity` is that of its acronyms, `acronym_fix` that of those that a document does not spell out.

    A gap rule names the types of `documents` that must hold an `element`, and for each of its `parts` the phrases that
    show it (`+` joins phrases that must stand together); or the phrases that are `unwanted`. `subject` is what a
    sentence must name to call it not applicable, `section` the headings it belongs under, `markets` those it holds in
    (none means all), `when` the phrases without which it does not apply. With `anywhere` it may stand in a heading, a
    definition or a list of references as well.

    `of` tells citations and suppressions apart; of other rules it says what their words are, whatever a company calls
    it: the name of the regulation, the role of management, an inspection program, a definition that is no more.
    """

    id: str
    kind: Kind
    severity: Severity
    message: str
    basis: str
    sources: tuple[str, ...]
    confidence: Confidence
    since: str
    certainty: Certainty = "certain"
    fix: Safety = "none"
    notes: str = ""
    legacy: tuple[str, ...] = ()
    own_current: Mapping[str, str] = {}
    current: str | None = None
    plural: str | None = None
    current_abbreviation: str | None = None
    acronym_severity: Severity | None = None
    acronym_fix: Safety | None = None
    alternatives: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    homographs: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    sense: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    all: tuple[tuple[str, ...], ...] = ()
    none: tuple[str, ...] = ()
    of: str | None = None
    spelling: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    element: str = ""
    parts: Mapping[str, tuple[str, ...]] = {}
    unwanted: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    anywhere: bool = False
    requires: Literal["", "nlp"] = ""
    patterns: tuple[list[dict[str, Any]], ...] = ()
    unless: tuple[list[dict[str, Any]], ...] = ()
    flag: tuple[Example, ...] = ()
    keep: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The part of the id before the first hyphen."""
        return family_of(self.id)


def plain(rule: Rule) -> dict[str, Any]:
    """The values of a rule that are not the defaults, as data that JSON can hold."""
    defaults = Rule._field_defaults
    return {key: value for key, value in rule._asdict().items() if key not in defaults or value != defaults[key]}


def restored(values: Mapping[str, Any]) -> Rule:
    """The rule of such values as they come back from JSON, which knows no tuples."""
    return Rule(**{key: _RESTORED.get(key, _as_it_was)(value) for key, value in values.items()})


def _as_it_was(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_RESTORED: Mapping[str, Callable[[Any], Any]] = {
    "all": lambda groups: tuple(map(tuple, groups)),
    "parts": lambda parts: {part: tuple(phrases) for part, phrases in parts.items()},
    "flag": lambda examples: tuple(Example(*example) for example in examples),
}


def load_pack(path: "Path", *, own: bool = False) -> tuple[list[Rule], str]:
    """The rules of one pack file and the hash of its bytes. Raises PackError naming file, rule and key.

    A company's `own` pack lists no terms that are retained: nothing would come of them.
    """
    try:
        source = contents(path, _LARGEST, "the largest pack")
    except (OSError, ValueError, Unreadable) as error:  # ValueError: for a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise PackError(f"{path}: the rule pack cannot be read: {reason}") from None
    pack = parse_yaml(source, str(path))
    if unknown := sorted(set(map(str, pack)) - {"pack", "rules", "retained"}):
        raise PackError(f"{path}: unknown key {unknown[0]!r}; a pack has the keys 'pack' and 'rules'")
    if own and "retained" in pack:
        raise PackError(f"{path}: the key 'retained' is for the shipped packs; a pack has the keys 'pack' and 'rules'")
    rules = [rule_of(entry, str(path)) for entry in entries(pack, str(path))]
    ids = [rule.id for rule in rules]
    if twice := next((name for name in ids if ids.count(name) > 1), None):
        raise PackError(f"{path}: rule {twice!r} stands in the pack more than once")
    from hashlib import sha256

    return rules, sha256(source).hexdigest()


def entries(pack: Mapping[str, Any], name: str) -> list[Any]:
    """The entries of a pack called `name`. Raises PackError where they are no list."""
    found = pack.get("rules")
    if not isinstance(found, list | None):
        raise PackError(f"{name}: 'rules' must be a list, each rule beginning with '- id:', not {_shown(found)}")
    return found or []


def parse_yaml(source: bytes, name: str) -> dict[str, Any]:
    """The mapping in a YAML file called `name`. Raises PackError with line and column."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _check_shape(yaml.parse(source, Loader=loader), name)
        parsed = yaml.load(source, Loader=loader)  # noqa: S506 (both are safe)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: for dates and numbers that are none
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise PackError(f"{where}: not valid YAML: {getattr(error, 'problem', None) or error}") from None
    if not isinstance(parsed, dict):
        raise PackError(f"{name}: a pack is a mapping with the keys 'pack' and 'rules'")
    return parsed


class _Level:
    """A list or a table that is being read: the keys of a table so far, the last of them, and the rule it is of."""

    def __init__(self, is_table: bool) -> None:
        self.is_table = is_table
        self.keys: set[str] = set()
        self.key: str | None = None
        self.rule = ""


def _check_shape(events: Iterable[Any], name: str) -> None:
    """Raise PackError for lists too deep, which would overrun the stack of the library, and for a key that stands twice
    in a table, of which the library would drop the first."""
    import yaml

    levels: list[_Level] = []
    twice: tuple[str, int, list[_Level]] | None = None
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            levels.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        value = event.value if isinstance(event, yaml.ScalarEvent) else ""
        table = levels[-1] if levels and levels[-1].is_table else None
        if table is not None and table.key is None:
            if value in table.keys and twice is None:
                line = event.start_mark.line + 1 if event.start_mark else 0
                twice = value, line, list(levels)
            table.keys.update([value] if value else ())
            table.key = value
        elif table is not None:
            table.rule = table.rule or (value if table.key == "id" else "")
            table.key = None
        if isinstance(event, yaml.CollectionStartEvent):
            levels.append(_Level(isinstance(event, yaml.MappingStartEvent)))
            if len(levels) > _DEEPEST:
                raise PackError(f"{name}: not valid YAML: more than {_DEEPEST} lists within one another")
    if twice is not None:
        key, line, within = twice
        rule = next((f": rule {level.rule!r}" for level in within if level.rule), "")
        raise PackError(f"{name}{rule}: the key {key!r} stands twice (line {line})")


def _shown(value: Any) -> str:
    """A value for a message, cut short: with aliases, a few lines of YAML make one that fills the memory."""
    from reprlib import repr as cut

    return cut(value) if isinstance(value, list | dict) else repr(value)


_LISTS = {"sources", "legacy", "alternatives", "homographs", "near", "sense", "where", "none"}
_LISTS |= {"documents", "unwanted", "subject", "section", "markets", "when"}
_TEXTS = {"id", "message", "basis", "since", "notes", "current", "current_abbreviation", "plural", "of", "element"}
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "severity": SEVERITIES,
    "certainty": CERTAINTIES,
    "confidence": get_args(Confidence),
    "fix": get_args(Safety),
    "acronym_severity": SEVERITIES,
    "acronym_fix": get_args(Safety),
    "requires": ("nlp",),
}
_OF: dict[str, tuple[str, ...]] = {
    "citation": (
        "removed",
        "definition",
        "collision",
        "subpart",
        "unknown",
        "iso-2003",
        "other-cfr",
        "gmp-1978",
        "in-scope",
    ),
    "suppression": ("incomplete", "expired", "unused"),
}
"""What a rule can be `of`, by its kind; that of the other kinds is `_MATTERS`."""
_MATTERS = ("regulation", "management", "inspection-program", "old-definition")
"""What words can be of, where a fix has to mind what they are and not only what they become."""
_REQUIRED = ("id", "severity", "message", "basis")
_OTHERS = {"except", "all", "examples", "spelling", "parts", "anywhere", "patterns", "unless", "words"}
_KEYS = _LISTS | _TEXTS | set(_CHOICES) | _OTHERS
_NEEDED = {"term": "legacy", "sentence": "all", "citation": "of", "suppression": "of", "near": "spelling"}
_NEEDED["gap"] = "documents"
_FIELDS: dict[str, tuple[str, ...]] = {
    "near": ("text", "current", "meant"),
    "citation": ("text", "current", "designation", "section", "heading", "today", "nearest", "other"),
    "suppression": ("text", "problem"),
}
"""What a message can name in braces, by the kind of its rule; that of the other kinds is `_USUAL`."""
_USUAL = ("text", "current")
_FIELD = Expression(r"\{([^{}]*)\}")
_NAMES: dict[str, tuple[str, ...]] = {"markets": MARKETS, "where": CONTEXTS}
"""The names that some lists are made of."""
_OPERATOR = Expression(r"[1!?*+]|\{[0-9]{1,2}(?:,[0-9]{0,2})?\}|\{,[0-9]{1,2}\}")
"""How often a token may stand: spaCy makes as many of it as a range says."""
_ID = Expression(r"([a-z]+)-[\w.-]*\w")


def rule_of(entry: Any, pack: str) -> Rule:
    """The rule of one entry of a pack. Raises PackError naming the pack, the rule and the key."""
    if not isinstance(entry, dict):
        raise PackError(f"{pack}: each rule is a mapping, not {_shown(entry)}")
    where = f"{pack}: rule {_shown(entry.get('id', '(no id)'))}"
    for key in entry:
        if key not in _KEYS:
            raise PackError(f"{where}: unknown key {key!r}{nearest(str(key), sorted(_KEYS))}")
    for key in _REQUIRED:
        if entry.get(key) in (None, ""):
            raise PackError(f"{where}: the key {key!r} is missing")
    words = _words(entry.get("words", {}), where)
    values: dict[str, Any] = {"kind": "term", "sources": (), "confidence": "medium", "since": ""}
    for key, value in entry.items():
        values |= _value(key, value, words, where)
    _check_together(values, where)
    return Rule(**values)


def _value(key: str, value: Any, words: Mapping[str, str], where: str) -> dict[str, Any]:
    """The fields of a rule that a key of its entry fills."""
    if key in _CHOICES and value not in _CHOICES[key]:
        raise PackError(f"{where}: {key!r} is {_shown(value)}; it must be one of {', '.join(_CHOICES[key])}")
    if key in _TEXTS and not isinstance(value, str):
        raise PackError(f"{where}: {key!r} must be text, not {_shown(value)}")
    if key == "anywhere" and not isinstance(value, bool):
        raise PackError(f"{where}: 'anywhere' must be true or false, not {_shown(value)}")
    if key in ("legacy", "spelling"):
        phrases, own = _legacy(value, where, key)
        return {key: phrases, "own_current": own}
    if key == "all":
        if not isinstance(value, list):
            raise PackError(f"{where}: 'all' must be a list of lists of phrases, not {_shown(value)}")
        return {key: tuple(_spelt_out(_some(group, where, key), words, where) for group in value)}
    if key == "none":
        return {key: _spelt_out(_phrases(value, where, key), words, where)}
    if key == "parts":
        if not isinstance(value, dict) or not value:
            raise PackError(f"{where}: 'parts' must name each part and list the phrases that show it")
        return {key: {str(part): _some(phrases, where, f"{key}: {part}") for part, phrases in value.items()}}
    if key in ("patterns", "unless"):
        return {key: _token_patterns(value, where, key)}
    if key == "except":
        return {"exceptions": _phrases(value, where, key)}
    if key == "examples":
        return _examples(value, where)
    if key in _LISTS:
        return {key: _known(_phrases(value, where, key), where, key)}
    return {} if key == "words" else {key: value}


def _check_together(values: Mapping[str, Any], where: str) -> None:
    """Raise PackError for keys that do not go together, or one that is missing beside the others."""
    kind = values["kind"]
    if not values.get(_NEEDED[kind]):
        raise PackError(f"{where}: a {kind} rule needs the key {_NEEDED[kind]!r}")
    if (of := values.get("of")) not in (None, *_OF.get(kind, _MATTERS)):
        raise PackError(f"{where}: 'of' is {_shown(of)}; it must be one of {', '.join(_OF.get(kind, _MATTERS))}")
    fields = _FIELDS.get(kind, _USUAL)
    for field in _FIELD.finditer(values["message"]):
        if field[1] not in fields:
            hint = nearest(field[1].strip(), fields)
            raise PackError(f"{where}: 'message' has the field {field[0]!r}{hint}")
    if bool(values.get("patterns")) != bool(values.get("requires")):
        raise PackError(f"{where}: 'patterns' go with 'requires: nlp', and it with them")
    if values.get("patterns") and kind != "sentence":
        raise PackError(f"{where}: 'patterns' belong to a rule of kind sentence")
    if kind == "gap" and bool(values.get("parts")) == bool(values.get("unwanted")):
        raise PackError(f"{where}: a gap rule has either 'parts' or 'unwanted'")
    family = _ID.fullmatch(values["id"])
    if family is None or family[1] not in FAMILIES:
        raise PackError(
            f"{where}: an id begins with one of {', '.join(FAMILIES)} and a hyphen; letters, digits and hyphens follow"
        )
    if (kind == "citation") != (family[1] == "cite"):
        raise PackError(f"{where}: the id of a rule of kind citation, and no other, begins with 'cite-'")


def _legacy(value: Any, where: str, key: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The legacy phrases, and what replaces those that are written as a pair `{phrase: its own replacement}`."""
    own: dict[str, str] = {}
    phrases: list[Any] = []
    for item in value if isinstance(value, list) else [None]:
        if isinstance(item, dict) and len(item) == 1:
            [(phrase, current)] = item.items()
            own[phrase] = current
            item = phrase
        phrases.append(item)
    _phrases(list(own.values()), where, key)
    return _phrases(phrases, where, key), own


def _token_patterns(value: Any, where: str, key: str) -> tuple[list[dict[str, Any]], ...]:
    if not isinstance(value, list) or not all(
        isinstance(pattern, list) and pattern and all(isinstance(token, dict) for token in pattern) for pattern in value
    ):
        raise PackError(f"{where}: {key!r} must be a list of patterns, each a list of tokens such as {{LOWER: fda}}")
    for token in (token for pattern in value for token in pattern):
        if "REGEX" in _keys_within(token):
            raise PackError(f"{where}: {key!r} cannot hold a regular expression: list the words with IN")
        operators = [value for name, value in token.items() if str(name).upper() == "OP"]
        if not all(_OPERATOR.fullmatch(str(operator)) for operator in operators):
            raise PackError(f"{where}: {key!r}: OP must be one of 1 ! ? * + or a range such as {{0,8}}, up to 99")
    for wanted in (wanted for pattern in value for token in pattern for wanted in token.values()):
        for word in _listed(wanted):
            if not isinstance(word, str):
                raise PackError(f"{where}: {key!r}: {_shown(word)} is no word; YAML needs quotation marks around no")
    return tuple(value)


def _keys_within(value: Any) -> set[str]:
    """The keys of a mapping and of all mappings and lists in it."""
    if isinstance(value, list):
        return {key for item in value for key in _keys_within(item)}
    if not isinstance(value, dict):
        return set()
    return {str(key).upper() for key in value} | {key for item in value.values() for key in _keys_within(item)}


def _listed(wanted: Any) -> list[Any]:
    """The words that a token's attribute is compared with, where they are listed."""
    lists = wanted.values() if isinstance(wanted, dict) else ()
    return [word for words in lists if isinstance(words, list) for word in words]


def _phrases(value: Any, where: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise PackError(f"{where}: {key!r} must be a list of texts")
    return tuple(value)


def _some(value: Any, where: str, key: str) -> tuple[str, ...]:
    phrases = _phrases(value, where, key)
    if not phrases:
        raise PackError(f"{where}: {key!r} lists nothing")
    return phrases


def _known(names: tuple[str, ...], where: str, key: str) -> tuple[str, ...]:
    """The names, where all of them are known that a key can list."""
    for name in names if key in _NAMES else ():
        if name not in _NAMES[key]:
            raise PackError(f"{where}: {key!r} has {name!r}{nearest(name, _NAMES[key])}")
    return names


def _words(value: Any, where: str) -> dict[str, str]:
    """The lists of words that phrases of `all` and `none` name in braces, each as one of several."""
    if not isinstance(value, dict):
        raise PackError(f"{where}: 'words' must name lists of words")
    return {str(name): "(" + "|".join(_some(words, where, f"words: {name}")) + ")" for name, words in value.items()}


def _spelt_out(phrases: tuple[str, ...], words: Mapping[str, str], where: str) -> tuple[str, ...]:
    def listed(name: re.Match[str]) -> str:
        if name[1] not in words:
            raise PackError(f"{where}: a phrase names {name[0]}, which 'words' does not list{nearest(name[1], words)}")
        return words[name[1]]

    return tuple(_WORDS.sub(listed, phrase) for phrase in phrases)


def _examples(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) - {"flag", "keep"}:
        raise PackError(f"{where}: 'examples' has the keys 'flag' and 'keep'")
    flag = []
    for example in _example_list(value, "flag", where):
        if isinstance(example, str):
            example = {"text": example}
        if not isinstance(example, dict) or set(example) - {"text", "becomes", "find"} or "text" not in example:
            raise PackError(f"{where}: a flag example has the keys 'text', 'becomes' and 'find', not {_shown(example)}")
        for key, text in example.items():
            if not isinstance(text, str):
                raise PackError(f"{where}: 'examples': {key!r} must be text, not {_shown(text)}")
        flag.append(Example(**example))
    return {"flag": tuple(flag), "keep": _phrases(_example_list(value, "keep", where), where, "keep")}


def _example_list(examples: Mapping[str, Any], key: str, where: str) -> list[Any]:
    found = examples.get(key)
    if not isinstance(found, list | None):
        raise PackError(f"{where}: 'examples': {key!r} must be a list, not {_shown(found)}")
    return found or []


def matches_selector(rule: str, selector: str) -> bool:
    """Whether `selector` names `rule`: its id, its family, or whole first parts of the id, with or without "-*"."""
    selector = selector.removesuffix("*").removesuffix("-")
    return rule == selector or rule.startswith(selector + "-")
