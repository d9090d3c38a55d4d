"""The core: a document and a set of rules in, findings out. Nothing here touches a disk."""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from qmsr_lint import citation, sentence, suppress, wording
from qmsr_lint.citation import Citation, Section, Verdict
from qmsr_lint.context import Contexts, Judgement
from qmsr_lint.lexicon import Entry, Use
from qmsr_lint.match import Folded, fold, is_word_character
from qmsr_lint.model import Block, Certainty, Document, Finding, Fix, Severity, Suppression
from qmsr_lint.pack import Rule
from qmsr_lint.rules import RuleSet
from qmsr_lint.sense import Senses

INDUSTRY_NOTE = "FDA published no clause-by-clause crosswalk: every clause-level mapping is industry-made."


class _Candidate(NamedTuple):
    """A finding in the making, with its range in the document and in the folded text."""

    rule: Rule
    start: int
    end: int
    folded: tuple[int, int]
    message: str
    replacement: str | None = None
    edit: str | None = None
    alternatives: tuple[str, ...] = ()
    basis: str = ""
    severity: Severity | None = None
    certainty: Certainty = "certain"
    safety: str = "none"
    judgement: Judgement | None = None
    silenced: str | None = None


def lint(document: Document, ruleset: RuleSet) -> tuple[Finding, ...]:
    """Every finding in `document`, in the order of the text; suppressed ones carry the reason.

    The result depends on the document and the rules alone.
    """
    folded = fold(document.text)
    run = _Run(document, folded, ruleset)
    candidates = [*run.terms(), *run.citations(), *run.subparts(), *run.editions(), *run.sentences()]
    if not candidates and not any("qmsr-lint:" in mark.value for mark in document.marks):
        return ()
    candidates.sort(key=lambda candidate: (candidate.start, candidate.end, candidate.rule.id))
    if ruleset.settings.strategy == "map":
        candidates = run.mapped(candidates)
    findings = list(run.findings(candidates))
    findings, faulty = suppress.apply(document, findings, ruleset.settings.today)
    faults = list(run.findings(run.faults(faulty)))
    return tuple(sorted([*findings, *faults], key=lambda finding: (finding.start, finding.end, finding.rule)))


class _Run:
    """One document under one set of rules."""

    def __init__(self, document: Document, folded: Folded, ruleset: RuleSet) -> None:
        self.document = document
        self.folded = folded
        self.ruleset = ruleset
        self.contexts = Contexts(document, folded)
        self.senses = Senses(document, folded)
        self.of = {rule.of: rule for rule in ruleset.rules.values() if rule.kind == "citation"}
        self.anchored: dict[str, tuple[sentence.Pattern, set[tuple[int, int]]]] = {}

    # --- terms

    def terms(self) -> Iterator[_Candidate]:
        """Legacy phrases and acronyms. Notes on the way which sentences the sentence rules have to look at."""
        hits = list(self._hits())
        exempt = [(start, end, entry.exempts) for start, end, entry in hits if entry.exempts]
        taken_until = -1
        for start, end, entry in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if start < taken_until:
                continue
            uses = [
                use
                for use in entry.uses
                if not any(first <= start and end <= last and use.rule.id in rules for first, last, rules in exempt)
            ]
            if uses and (found := self._term(start, end, uses)):
                taken_until = end
                yield found

    def _hits(self) -> Iterator[tuple[int, int, Entry]]:
        text = self.folded.text
        lexicon = self.ruleset.lexicon
        for literal, start, end in lexicon.scanner.scan(text):
            entry = lexicon.entries[literal]
            part_of_word = end < len(text) and is_word_character(text[end]) and text[end - 1] != "."
            if entry.anchors and (entry.prefix or not part_of_word):
                self._note(entry, start)
            if part_of_word or not (entry.uses or entry.exempts):
                continue
            if " -" in text[start:end] or "- " in text[start:end]:
                continue  # a dash between two phrases, not a hyphen in one
            if entry.uses and not self._is_written_so(start, end, entry):
                continue
            yield start, end, entry

    def _note(self, entry: Entry, start: int) -> None:
        text = self.folded.text
        begin = text.rfind("\u2029", 0, start) + 1
        finish = text.find("\u2029", start)
        for pattern in entry.anchors:
            spans = self.anchored.setdefault(pattern.rule.id, (pattern, set()))[1]
            spans.add((begin, len(text) if finish < 0 else finish))

    def _is_written_so(self, start: int, end: int, entry: Entry) -> bool:
        """Whether the original has the capitals an acronym needs; a phrase may be written in any case."""
        if not all(use.acronym for use in entry.uses):
            return True
        first, last = self.folded.span(start, end)
        original = self.document.text[first:last]
        stem = original[:-1] if original.endswith("s") else original
        if stem == stem.upper():
            return True
        return any(mark.kind == "caps" and mark.start <= first and last <= mark.end for mark in self.document.marks)

    def _term(self, start: int, end: int, uses: Sequence[Use]) -> _Candidate | None:
        first, last = self.folded.span(start, end)
        _, block = self.contexts.block(first)
        words = self.contexts.words(block)
        silenced: str | None = None
        certainty: Certainty = "certain"
        others: tuple[Use, ...] = ()
        use = uses[0]
        if block.place.part == "comment" and suppress.is_own_comment(self.document.text[block.start : block.end]):
            return None
        if use.acronym:
            begin, finish = self.contexts.sentence(start, block)
            sense = self.senses.resolve(uses, first, last, words, self.folded.text[begin:finish])
            silenced = sense.reason if sense.use is None else None
            use, certainty, others = sense.use or use, sense.certainty, sense.others
        rule = use.rule
        if rule.near and not any(_contains(words, word) for word in rule.near):
            return None
        if not use.acronym and rule.homographs and (other := _longer(words, rule.homographs)):
            silenced = f"is {other!r} here"
        current = rule.own_current.get(use.phrase, rule.current)
        judgement = self.contexts.judge(first, last, (start, end), current)
        if rule.where and judgement.context not in rule.where and judgement.effect in ("finding", "retitle"):
            return None
        replacement = self._wording(use, current, first, last, block)
        return _Candidate(
            rule,
            first,
            last,
            (start, end),
            self._message(rule, first, last, current) + "".join(_or_else(other) for other in others),
            replacement,
            replacement,
            (*(other.rule.current for other in others if other.rule.current), *rule.alternatives),
            _with_confidence(rule),
            None,
            _least(certainty, rule.certainty),
            "none" if others else rule.fix,
            judgement,
            silenced,
        )

    def _wording(self, use: Use, current: str | None, start: int, end: int, block: Block) -> str | None:
        if current is None:
            return None
        rule = use.rule
        original = self.document.text[start:end]
        plural = None
        if use.form == "plural":
            plural = rule.plural if rule.plural and current == rule.current else wording.pluralised(current)
        text = self.document.text[block.start : block.end]
        before = text[: start - block.start].rstrip()
        return wording.fit(
            current,
            original,
            many=plural,
            acronym=use.acronym,
            title=use.acronym and _is_title(text),
            begins=not before or before[-1] in ".!?:\u2022",
        )

    # --- citations

    def citations(self) -> Iterator[_Candidate]:
        """Sections and paragraphs of the former part 820."""
        if "820" not in self.folded.text or not self.of:
            return
        tables = self.ruleset.tables
        for found in citation.find(self.folded.text, tables.known):
            verdict = tables.verdict(found.designation)
            if verdict.outcome != "live":
                yield from self._citation(found, verdict)

    def _citation(self, found: Citation, verdict: Verdict) -> Iterator[_Candidate]:
        first, last = self.folded.span(found.start, found.end)
        _, block = self.contexts.block(first)
        begin, finish = self.contexts.sentence(found.core, block)
        words = self.folded.text[begin:finish]
        outcome: str = verdict.outcome
        section = verdict.section
        severity: Severity | None = None
        if outcome == "collision":
            sense = self._collision(found.designation, words, self.contexts.words(block))
            if sense == "current":
                return
        if outcome == "unknown" and not found.prefixed and section is None:
            return
        certainty: Certainty = "certain" if found.prefixed else "likely"
        clause, offered = self._topic(section, found, words) if section else (None, ())
        replacement = citation.replacement(section, clause) if section else None
        edit = citation.edit(section, clause) if section else None
        other = self._other_cfr(words, found.designation)
        message_more = ""
        if other is not None and "other-cfr" in self.of and outcome == "removed":
            outcome, replacement, edit = "other-cfr", other["current"], None
        elif outcome == "unknown":
            edit = None
        elif topic := self._disagreement(found, words):
            named = self.ruleset.tables.legacy.get(topic[1])
            if named is not None and (also := citation.replacement(named)):
                message_more = (
                    f" The words beside it ({topic[0]}) belong to {topic[1]}, now {also}: check which is meant."
                )
                offered, edit = (*offered, also), None
        rule = self.of.get(outcome)
        if rule is None:
            return
        shown = section or Section(found.designation, "unknown")
        message = rule.message.format_map(
            _Fields(
                text=self.document.text[first:last],
                current=replacement or "",
                designation=found.designation,
                section=found.designation,
                heading=shown.heading or shown.gist,
                today=shown.today,
                nearest=verdict.nearest or "",
                other=other["section"] if other else "",
            )
        )
        safety = {"safe": "safe", "unsafe": "unsafe"}.get(shown.fix, "none") if edit and not offered else "none"
        if clause is not None:
            safety = "unsafe"
        yield _Candidate(
            rule,
            first,
            last,
            (found.start, found.end),
            message + message_more,
            replacement,
            edit,
            tuple(dict.fromkeys(word for word in offered if word != replacement)),
            citation.authority(shown) if section else _with_confidence(rule),
            severity,
            _least(certainty, rule.certainty),
            safety if outcome in ("removed", "definition", "collision") else "none",
        )

    def _collision(self, designation: str, words: str, block_words: str) -> str:
        """ "legacy" or "current": what a number that is live again with another meaning means here."""
        collision = self.ruleset.tables.collisions[designation]
        for text in (words, block_words):
            legacy = sum(_contains(text, word) for word in collision.legacy_words)
            current = sum(_contains(text, word) for word in collision.current_words)
            if legacy != current:
                return "legacy" if legacy > current else "current"
        return "current"

    def _topic(self, section: Section, found: Citation, words: str) -> tuple[str | None, tuple[str, ...]]:
        """The clause that the words around choose, or None with all of them offered."""
        if not section.topics:
            return None, ()
        chosen = [
            clause for clause, topics in section.topics.items() if any(_contains(words, topic) for topic in topics)
        ]
        if len(chosen) == 1:
            return chosen[0], ()
        return None, tuple(citation.replacement(section, clause) or "" for clause in section.topics)

    def _disagreement(self, found: Citation, words: str) -> tuple[str, str] | None:
        """A topic named right beside the citation that belongs to another section: its words and that section."""
        tables = self.ruleset.tables
        if found.listed or any(_same_branch(found.designation, name) for name in tables.general):
            return None
        text = self.folded.text
        before = text[max(0, found.start - 48) : found.start].rpartition("\u2029")[2]
        beside = re.search(r"(?<![a-z])((?:[a-z]+[ -]){1,5}) ?[(\[]$", before)
        if beside is None:
            return None
        named = [
            (topic, name)
            for name, topics in tables.topics.items()
            for topic in topics
            if _contains(beside[1], topic.lower())
        ]
        if not named or any(_same_branch(found.designation, name) for _, name in named):
            return None
        return max(named, key=lambda pair: len(pair[0]))

    def _other_cfr(self, words: str, designation: str) -> "dict[str, str] | None":
        """The row of another CFR section, named in the sentence, that used to point at `designation`."""
        for number in re.findall(r"(?<![\d.])(\d{1,3}\.\d{1,4}(?:\([a-z0-9]\))*)", words):
            if number.startswith("820."):
                continue
            row = self.ruleset.tables.other_cfr.get(number) or self.ruleset.tables.other_cfr.get(
                number.partition("(")[0]
            )
            if row and any(_same_branch(designation, name) for name in row["legacy"]):
                return dict(row)
        return None

    def subparts(self) -> Iterator[_Candidate]:
        """Subpart letters of the former part 820, and their headings."""
        rule = self.of.get("subpart")
        if rule is None or "subpart" not in self.folded.text:
            return
        for found in citation.find_subparts(self.folded.text):
            section = self.ruleset.tables.legacy.get(f"Subpart {found.letter.upper()}")
            if section is None or found.part not in (820, None):
                continue
            titled = found.follows.lstrip(" -:\u2014.,(").startswith(section.heading.lower()[:14])
            if found.part is None and not titled:
                continue
            first, last = self.folded.span(found.start, found.end)
            _, block = self.contexts.block(first)
            if section.fix == "keep":
                continue
            chosen = rule
            if section.designation in self.ruleset.tables.collisions:
                words = self.contexts.words(block)
                if not titled and self._collision(section.designation, words, words) == "current":
                    continue
            replacement = citation.replacement(section)
            yield _Candidate(
                chosen,
                first,
                last,
                (found.start, found.end),
                chosen.message.format_map(
                    _Fields(
                        text=self.document.text[first:last],
                        current=replacement or "",
                        designation=section.designation,
                        section=section.designation,
                        heading=section.heading,
                        today=section.today,
                    )
                ),
                replacement,
                None,
                (),
                citation.authority(section),
            )

    def editions(self) -> Iterator[_Candidate]:
        """Clauses of ISO 13485 cited by the numbers of the 2003 edition."""
        rule = self.of.get("iso-2003")
        text = self.folded.text
        if rule is None or "13485" not in text:
            return
        seen: set[tuple[int, int]] = set()
        at = text.find("13485")
        while at >= 0:
            original = self.folded.origin(at)
            _, block = self.contexts.block(original)
            begin, finish = self.contexts.sentence(at, block)
            if (begin, finish) not in seen:
                seen.add((begin, finish))
                yield from self._edition(rule, begin, finish)
            at = text.find("13485", at + 5)

    def _edition(self, rule: Rule, begin: int, finish: int) -> Iterator[_Candidate]:
        text = self.folded.text
        for row in self.ruleset.tables.iso_2003:
            if not row["renumbered"]:
                continue
            number, title = row["clause"], row["title"].lower()
            pattern = rf"(?<![\d.])({re.escape(number)})(?![\d.]*\d)[ ,:(\"'-]{{0,4}}{re.escape(title)}(?![a-z])"
            for match in re.finditer(pattern, text[begin:finish]):
                start, end = begin + match.start(1), begin + match.end(1)
                first, last = self.folded.span(start, end)
                current = ", ".join(row["current"])
                yield _Candidate(
                    rule,
                    first,
                    last,
                    (start, end),
                    rule.message.format_map(
                        _Fields(
                            text=self.document.text[first:last],
                            current=current,
                            designation=number,
                            section=number,
                            heading=row["title"],
                            today=row["same_number_now"],
                        )
                    ),
                    current,
                    current if len(row["current"]) == 1 else None,
                    (),
                    f"ISO 13485:2016 {current}" + _confidence(row["confidence"]),
                    None,
                    "certain",
                    "unsafe",
                )

    # --- sentences

    def sentences(self) -> Iterator[_Candidate]:
        """Claims and migrations: sentences that hold one phrase of each group of a rule."""
        text = self.folded.text
        for pattern, spans in self.anchored.values():
            for begin, finish in sorted(spans):
                for first, last in sentence.split(text, begin, finish):
                    span = sentence.find(pattern, text, first, last)
                    if span is None:
                        continue
                    start, end = self.folded.span(*span)
                    rule = pattern.rule
                    yield _Candidate(
                        rule,
                        start,
                        end,
                        span,
                        self._message(rule, start, end, rule.current),
                        rule.current,
                        rule.current,
                        rule.alternatives,
                        _with_confidence(rule),
                        None,
                        rule.certainty,
                        rule.fix,
                    )

    # --- strategy and suppressions

    def mapped(self, candidates: Sequence[_Candidate]) -> list[_Candidate]:
        """The candidates under the strategy "map": a term that the document, or the company, maps is only a note."""
        mapped = set(self.ruleset.settings.mapped)
        for candidate in candidates:
            if candidate.rule.family == "term" and self._is_mapping(candidate):
                mapped.add(candidate.rule.id)
        return [
            candidate._replace(
                severity="note",
                safety="none",
                message=f"{candidate.message} It is mapped to the current term, so it may stay.",
            )
            if candidate.rule.id in mapped and candidate.rule.family == "term"
            else candidate
            for candidate in candidates
        ]

    def _is_mapping(self, candidate: _Candidate) -> bool:
        """Whether a place names the legacy term and the current one together, as a mapping or as a definition."""
        judgement = candidate.judgement
        if judgement is None or candidate.silenced is not None:
            return False
        if judgement.context == "mapping":
            return True
        current = (candidate.rule.current or "").lower()
        begin, finish = self.contexts.sentence(candidate.folded[0], self.contexts.block(candidate.start)[1])
        return bool(current) and judgement.context == "definition" and current in self.folded.text[begin:finish]

    def faults(self, directives: Iterable[suppress.Directive]) -> Iterator[_Candidate]:
        """What is wrong with the suppressions in the document."""
        rules = {rule.of: rule for rule in self.ruleset.rules.values() if rule.kind == "suppression"}
        for directive in directives:
            rule = rules.get(directive.fault)
            if rule is None or not self.document.blocks:
                continue
            start = min(directive.at.start, self.document.blocks[-1].end)
            message = rule.message.format_map(_Fields(problem=directive.problem, text=directive.at.value.strip()))
            yield _Candidate(
                rule, start, max(start, directive.at.end), (0, 0), message, basis=rule.basis,
                judgement=Judgement("suppression"),
            )  # fmt: skip

    # --- findings

    def findings(self, candidates: Iterable[_Candidate]) -> Iterator[Finding]:
        """The candidates with their contexts, places and fingerprints."""
        ordinals: dict[str, int] = {}
        for candidate in candidates:
            rule, start, end = candidate.rule, candidate.start, candidate.end
            _, block = self.contexts.block(start)
            judgement = candidate.judgement or self.contexts.judge(
                start, end, candidate.folded, candidate.replacement, number=rule.kind == "citation"
            )
            if rule.kind == "sentence" and judgement.context == "mapping":
                judgement = Judgement(self.contexts.plain(start, candidate.folded[1]))
            text = self.document.text[start:end]
            excerpt = self.document.text[block.start : block.end]
            key = _key(rule.id, text, self._sentence(candidate, block))
            ordinals[key] = ordinals.get(key, 0) + 1
            severity = candidate.severity or rule.severity
            if judgement.effect == "note":
                severity = "note"
            suppressed = None
            if candidate.silenced is not None:
                suppressed = Suppression("context", candidate.silenced)
            elif judgement.effect == "suppressed":
                suppressed = Suppression("context", judgement.reason)
            fix = None
            editable = judgement.effect == "finding" and suppressed is None and candidate.safety != "none"
            if candidate.edit is not None and editable:
                fix = Fix(candidate.edit, "safe" if candidate.safety == "safe" else "unsafe")
            message = candidate.message
            if judgement.effect == "retitle":
                message += f" It {judgement.reason}."
            yield Finding(
                rule.id,
                severity,
                candidate.certainty,
                message,
                text,
                candidate.replacement,
                candidate.alternatives,
                candidate.basis,
                start,
                end,
                self.document.position(start, end) if self.document.position else None,
                block.place,
                judgement.context,
                excerpt,
                start - block.start,
                end - block.start,
                fix,
                _fingerprint(key, ordinals[key]),
                suppressed,
            )

    def _sentence(self, candidate: _Candidate, block: Block) -> str:
        begin, finish = self.contexts.sentence(candidate.folded[0], block)
        return self.folded.text[begin:finish]

    def _message(self, rule: Rule, start: int, end: int, current: str | None) -> str:
        return rule.message.format_map(
            _Fields(text=self.document.text[start:end], current=current or rule.current or "")
        )


class _Fields(dict[str, str]):
    """The fields of a message; one that a pack misspells stays visible instead of raising."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _or_else(use: Use) -> str:
    phrase = next((phrase for phrase in use.rule.legacy if phrase != use.phrase), use.phrase)
    return f" If it is short for {phrase} here, the current words are {use.rule.current}."


def _contains(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def _longer(text: str, phrases: Sequence[str]) -> str | None:
    return next((phrase for phrase in phrases if _contains(text, phrase.lower())), None)


def _same_branch(one: str, other: str) -> bool:
    """Whether one designation is the other, contains it or lies within it."""
    return one == other or one.startswith(other + "(") or other.startswith(one + "(")


def _is_title(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words)


def _least(one: Certainty, other: Certainty) -> Certainty:
    order = ("possible", "likely", "certain")
    return min(one, other, key=order.index)


def _confidence(level: str) -> str:
    return "" if level == "high" else f"; confidence {level}"


def _with_confidence(rule: Rule) -> str:
    return rule.basis + _confidence(rule.confidence)


def _key(rule: str, text: str, words: str) -> str:
    return "\0".join((rule, " ".join(text.lower().split()), " ".join(words.split())))


def _fingerprint(key: str, ordinal: int) -> str:
    """What names a finding across versions of a document: rule, words, sentence, and which of its equals it is."""
    return blake2b(f"{key}\0{ordinal}".encode(errors="surrogatepass"), digest_size=10).hexdigest()
