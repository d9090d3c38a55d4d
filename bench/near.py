"""Measures the rules for misspelt terms: recall on planted misspellings, precision on real text, and the cost.

    python bench/near.py FOLDER...      folders of real text (.md .txt .rst .html .docx .gz, or no suffix)

Planted: every term of `rules/near.yaml` with one word wrong by one edit: each letter left out, doubled, swapped with
the next or replaced by a neighbour on the keyboard, and each neighbour put in. Words that turn into words of their own
("quality audio") are counted apart. Real text: every finding is printed to be judged by a person; recall and precision
are counts over words that nobody planted.
"""

import gzip
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from qmsr_lint import formats, rules
from qmsr_lint.limits import Limits
from qmsr_lint.lint import lint
from qmsr_lint.match import fold
from qmsr_lint.model import Document
from qmsr_lint.proof import document

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def neighbours(letter: str) -> str:
    """The letters beside and above or below a letter on a QWERTY keyboard."""
    for y, row in enumerate(ROWS):
        if (x := row.find(letter)) >= 0:
            cells = [(y, x - 1), (y, x + 1), (y - 1, x), (y - 1, x + 1), (y + 1, x - 1), (y + 1, x)]
            return "".join(ROWS[v][u] for v, u in cells if 0 <= v < 3 and 0 <= u < len(ROWS[v]))
    return ""


def edits(word: str, letters: str | None = None) -> set[str]:
    """The word with one edit; with the neighbours of the letter typed, or with all `letters`."""
    made = {word[:n] + word[n + 1 :] for n in range(len(word))}
    made |= {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}
    for n, letter in enumerate(word):
        for other in letters or neighbours(letter):
            made |= {word[:n] + other + word[n + 1 :], word[:n] + other + word[n:]}
        made.add(word[:n] + letter + word[n:])
    return made - {word}


def planted(letters: str | None) -> Iterator[tuple[str, str, str, str]]:
    """Rule, right word, wrong word, and the misspelt term."""
    for rule in rules.load().rules.values():
        for phrase in rule.spelling:
            words = phrase.split()
            for n, word in enumerate(words):
                if len(word) > 3:
                    for wrong in sorted(edits(word, letters)):
                        yield rule.id, word, wrong, " ".join([*words[:n], wrong, *words[n + 1 :]])


def recall(letters: str | None, title: str) -> None:
    """Print how many planted misspellings are found, and which are not."""
    ruleset = rules.load()
    found = total = 0
    missed: Counter[str] = Counter()
    for rule, right, wrong, phrase in planted(letters):
        total += 1
        if any(
            finding.rule == rule for finding in lint(document(f"The {phrase} is kept by the device maker."), ruleset)
        ):
            found += 1
        else:
            guarded = wrong in ruleset.facts["near_words"].get(right, ())
            missed[f"{right}: {wrong}" + (" (a word of its own)" if guarded else "")] += 1
    own = sum(number for words, number in missed.items() if words.endswith(")"))
    print(f"{title}: {found} of {total} ({found / total:.4f}); {own} of the rest are words of their own")
    print("   ", "; ".join(words for words, _ in missed.most_common(60)))


def documents(folder: Path) -> Iterator[Document]:
    """The documents of a folder; what is no Word or Markdown file is read as plain text."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink() or path.stat().st_size > 20_000_000:
            continue
        try:
            data = path.read_bytes()
            if formats.format_of(str(path)):
                yield formats.read(data, str(path), Limits())
                continue
            if path.suffix == ".gz":
                data = gzip.decompress(data)
            if path.suffix in ("", ".gz", ".txt", ".rst", ".html", ".htm", ".copyright") and b"\0" not in data[:4096]:
                yield document(data.decode("utf-8", "replace"))._replace(path=str(path))
        except Exception as error:
            print(f"skipped {path}: {type(error).__name__}", file=sys.stderr)


def in_context(folders: list[Path]) -> None:
    """Print recall and precision for keyboard slips in one of five of the terms of real documents, 20 times over."""
    ruleset = rules.load()
    dice = random.Random(2026)
    terms = sorted({phrase for rule in ruleset.rules.values() for phrase in rule.spelling}, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(terms) + r")(?!\w)", re.IGNORECASE)
    slips = right = wrong = 0

    def spoil(found: re.Match[str]) -> str:
        nonlocal slips
        words = found[0].split()
        n = dice.choice([n for n, word in enumerate(words) if len(word) > 3])
        if dice.random() > 0.2:
            return found[0]
        slips += 1
        words[n] = dice.choice(sorted(edits(words[n].lower())))
        return " ".join(words)

    for each in (each for folder in folders for each in documents(folder)):
        for _ in range(20 if pattern.search(each.text) else 0):
            before = slips
            blocks = [each.text[block.start : block.end] for block in each.blocks]
            findings = [f for text in blocks for f in lint(document(pattern.sub(spoil, text)), ruleset)]
            near = sum(finding.rule.startswith("near-") for finding in findings)
            right += min(near, slips - before)
            wrong += max(0, near - (slips - before))
    if slips:
        print(f"in real documents: {right} of {slips} slips found, {wrong} findings where nobody slipped")


def real(folders: list[Path]) -> None:
    """Print what is found in real text, and what looking for it costs."""
    ruleset = rules.load()
    near = rules.load(rules.Settings(select=("near",)))
    count = characters = anchored = 0
    seconds = whole = 0.0
    for folder in folders:
        for each in documents(folder):
            folded = fold(each.text).text
            spaced = folded.replace("-", " ")
            count += 1
            characters += len(folded)
            began = time.process_time()
            slips = near.spellings.find(spaced, set(spaced.split()))
            seconds += time.process_time() - began
            anchored += sum(1 for _ in near.spellings.anchors(folded))
            for slip in slips:
                print(f"{each.path}: ...{folded[max(0, slip.start - 60) : slip.end + 30]}...".replace("\n", " "))
            if count % 10 == 0:
                began = time.process_time()
                lint(each, ruleset)
                whole += 10 * (time.process_time() - began)
    speed = characters / 1e6 / seconds
    print(f"{count} documents, {characters / 1e6:.1f} MB: {anchored} anchors, {seconds:.2f} s, {speed:.0f} MB/s")
    print(f"all rules together about {whole:.1f} s")


if __name__ == "__main__":
    recall(None, "keyboard slips")
    recall("abcdefghijklmnopqrstuvwxyz", "all single edits")
    if sys.argv[1:]:
        folders = [Path(argument) for argument in sys.argv[1:]]
        in_context(folders)
        real(folders)
