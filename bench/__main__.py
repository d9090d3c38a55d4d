"""Measures this tool beside the floors and its peers, in one run, on corpora with a known truth.

    python -m bench [--markdown N] [--word N] [--own FOLDER] [--repeat N] [--only TEXT] [--large N] [--write PAGE]

Every row is a process of its own. CPU is user and system time of the process and all it started, the median of
`--repeat` runs by turns (a run of more than ten seconds is not repeated); memory is the peak of its largest process;
found is how many of the planted phrases were reported. Peers are measured where they are installed: on the PATH, in the
folders of BENCH_PATH, in the Python of BENCH_PYTHON; textlint with prh is installed by npm in the folder of
BENCH_TEXTLINT. `--own` measures Word files of your own as well, of which nobody knows what is planted in them.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from bench import corpora

ROOT = Path(__file__).resolve().parents[1]
PYTHON = [sys.executable]
OTHER_PYTHON = [os.environ.get("BENCH_PYTHON", sys.executable)]
TEXT_PARTS = "('word/document', 'word/header', 'word/footer', 'docProps/core')"
TERMS = sorted({legacy for legacy, _ in corpora.TERMS} | {legacy for legacy, _ in corpora.CITATIONS})

START, READ, PARSE = "floor: import click, re", "floor: read", "floor: inflate and parse"
TYPOS = "typos, single words"
BEGIN, END = "<!-- measured: python -m bench --write docs/performance.md -->", "<!-- end of what was measured -->"

Found = Callable[[Path, Iterable[str]], int]
"""Counts the planted phrases that a run over a corpus, which printed these lines, has found."""


class Row(NamedTuple):
    """One thing to measure: a command, run in a folder, with the way to count what it found."""

    name: str
    command: Sequence[str]
    folder: Path
    found: Found | None = None
    before: Callable[[], None] | None = None
    warm_up: bool = False


class Measured(NamedTuple):
    """CPU and wall time in seconds, peak memory in MiB, planted phrases found."""

    cpu: float
    wall: float
    memory: float
    found: int | None


# --- Running ----------------------------------------------------------------------------------------------------------


def once(row: Row) -> Measured:
    """Run the command of a row."""
    if row.before:
        row.before()
    path = os.pathsep.join([*os.environ.get("BENCH_PATH", "").split(os.pathsep), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "0"}
    # Compiled modules are part of an installation; where they are switched off, start-up would be that of a compiler.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "qmsr-lint-bench-compiled")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        begun = monotonic()
        process = subprocess.Popen(
            row.command,
            cwd=row.folder,
            stdout=out,
            stderr=errors,
            env=environment,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = monotonic() - begun
        errors.seek(0)
        complaint = errors.read().decode(errors="replace")
        if "Traceback" in complaint or (row.command[0] in PYTHON and process.returncode not in (0, 1)):
            raise SystemExit(f"{row.name}: exit code {process.returncode}\n{complaint[-2000:]}")
        out.seek(0)
        # Line by line: the peak of a process is at least what this one had when it started it.
        printed = (line.decode(errors="replace").rstrip("\n") for line in out)
        found = row.found(row.folder, printed) if row.found else None
    # ru_maxrss is in kilobytes on Linux, in bytes on macOS
    memory = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return Measured(usage.ru_utime + usage.ru_stime, wall, memory, found)


def measured_by_turns(rows: Sequence[Row], repeat: int) -> list[Measured]:
    """The medians of several runs of each row, by turns: a machine that slows down slows all of them down."""
    for row in rows:
        if row.warm_up:
            once(row)
    runs = [[once(row)] for row in rows]
    for _ in range(1, repeat):
        for row, done in zip(rows, runs, strict=True):
            if done[0].cpu < 10:
                done.append(once(row))
    return [_median(done) for done in runs]


def _median(runs: Sequence[Measured]) -> Measured:
    median = statistics.median
    return Measured(
        median(run.cpu for run in runs),
        median(run.wall for run in runs),
        median(run.memory for run in runs),
        runs[0].found,
    )


# --- What was found ---------------------------------------------------------------------------------------------------


def found_by_us(file: Path) -> Found:
    """Counts the planted phrases in our JSON lines; a finding in deleted text ends the benchmark."""

    def count(folder: Path, printed: Iterable[str]) -> int:
        findings: dict[str, list[str]] = {}
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                entry = json.loads(line)
                if "findings" in entry:
                    findings[entry["path"]] = [each["text"] for each in entry["findings"] if not each["suppressed"]]
        total = 0
        for name, planted, deleted in corpora.read_truth(folder):
            texts = findings[name]
            if wrong := [text for text in texts if any(word in text for word in deleted)]:
                raise SystemExit(f"{folder / name}: {wrong} stands in deleted text")
            total += _matched(planted, texts)
        return total

    return count


def _matched(planted: Sequence[str], texts: Sequence[str]) -> int:
    left = list(texts)
    total = 0
    for phrase in sorted(planted, key=len, reverse=True):
        match = next((text for text in left if phrase in " ".join(text.split())), None)
        if match is not None:
            left.remove(match)
            total += 1
    return total


def found_in_lines(separator: str = ":") -> Found:
    """Counts planted phrases in lines of `file:…: text`, by what the line ends with."""

    def count(folder: Path, printed: Iterable[str]) -> int:
        by_file: dict[str, list[str]] = {}
        for line in printed:
            name, _, rest = line.partition(separator)
            by_file.setdefault(name.removeprefix("./"), []).append(rest)
        truth = corpora.read_truth(folder)
        return sum(_matched_loosely(planted, by_file.get(name, [])) for name, planted, _ in truth)

    return count


def _matched_loosely(planted: Sequence[str], lines: Sequence[str]) -> int:
    left = list(lines)
    total = 0
    for phrase in sorted(planted, key=len, reverse=True):
        match = next((line for line in left if phrase.lower() in line.lower()), None)
        if match is not None:
            left.remove(match)
            total += 1
    return total


def found_in_text(folder: Path, printed: Iterable[str]) -> int:
    """Counts planted phrases in texts that a converter printed, each after a line of U+0001 and its document's name."""
    truth = {name: planted for name, planted, _ in corpora.read_truth(folder)}
    total = 0
    name, lines = "", list[str]()
    for line in printed:
        if line.startswith("\x01"):
            total += _in_text(truth.get(name, ()), " ".join(lines))
            name, lines = line[1:], []
        else:
            lines.append(line)
    return total + _in_text(truth.get(name, ()), " ".join(lines))


def _in_text(planted: Sequence[str], text: str) -> int:
    text = " ".join(text.split())
    total = 0
    for phrase in sorted(planted, key=len, reverse=True):
        text, found = re.subn(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text, count=1)
        total += found
    return total


# --- Rows -------------------------------------------------------------------------------------------------------------

_PAGE = 2_000  # characters
_FILES = "import pathlib; files = sorted(p for p in pathlib.Path('.').rglob('*.*') if p.is_file())\n"
_INFLATE = (
    "import io, zipfile\n"
    "def parts(p):\n"
    "    with zipfile.ZipFile(p) as z:\n"
    f"        return [z.read(n) for n in z.namelist() if n.startswith({TEXT_PARTS})]\n"
)
_SHOW = "print('\\x01' + p.as_posix()); print({}, flush=False)\n"


def python(name: str, code: str, folder: Path, found: Found | None = None, executable: Sequence[str] = PYTHON) -> Row:
    """A row that is a few lines of Python."""
    return Row(name, [*executable, "-c", _FILES + code], folder, found)


def ours(name: str, folder: Path, *flags: str, before: Callable[[], None] | None = None, planted: bool = True) -> Row:
    """A row that is this tool over a corpus, whose truth is known where phrases were `planted`."""
    file = Path(tempfile.gettempdir()) / f"qmsr-lint-bench-{os.getpid()}.jsonl"
    flags = flags if any(flag.startswith("--cache-dir") for flag in flags) else (*flags, "--no-cache")
    command = [*PYTHON, "-m", "qmsr_lint", "check", "--isolated", "-q", "-o", f"jsonl={file}", *flags, "."]
    return Row(name, command, folder, found_by_us(file) if planted else None, before)


def _cached(folder: Path, kind: str) -> list[Row]:
    cache = Path(tempfile.gettempdir()) / f"qmsr-lint-bench-{os.getpid()}-{kind}"

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    flags = ("--jobs", "1", f"--cache-dir={cache}")
    return [ours("qmsr-lint, fills the cache", folder, *flags, before=forget), ours("qmsr-lint, warm", folder, *flags)]


def markdown_rows(folder: Path) -> list[Row]:
    """Everything that can look for words in Markdown."""
    rows = [
        python(READ, "for p in files: p.read_bytes()", folder),
        ours("qmsr-lint", folder, "--jobs", "1"),
        ours("qmsr-lint, 2 processes", folder, "--jobs", "2"),
        *_cached(folder, "markdown"),
    ]
    patterns = [part for term in TERMS for part in ("-e", term)]
    for grep, flags in {"rg": ["-j1", "--no-heading"], "ugrep": ["-J1", "-r"]}.items():
        if _installed(grep):
            search = [grep, *flags, "-F", "-o", "-i", "-w", *patterns, "."]
            rows.append(Row(f"{grep}, a list of phrases", search, folder, found_in_lines()))
    if _installed("typos"):
        config = folder.with_name("typos.toml")
        single = sorted({term for term in TERMS if term.isalpha()})
        config.write_text("[default.extend-words]\n" + "".join(f'{word.lower()} = "xxx"\n' for word in single))
        flags = ["--config", str(config), "--format", "brief", "--threads", "1", "."]
        rows.append(Row(TYPOS, ["typos", *flags], folder, found_in_lines()))
    if _installed("codespell"):
        words = folder.with_name("codespell.txt")
        words.write_text("".join(f"{term.lower()}->xxx\n" for term in TERMS if term.isalpha()))
        rows.append(Row("codespell, single words", ["codespell", "-D", str(words), "."], folder, found_in_lines()))
    if textlint := os.environ.get("BENCH_TEXTLINT"):
        home = Path(textlint)
        (home / "prh.yml").write_text(
            "version: 1\nrules:\n" + "".join(f'  - expected: xxx\n    pattern: "{term}"\n' for term in TERMS)
        )
        (home / ".textlintrc.json").write_text('{"rules": {"prh": {"rulePaths": ["./prh.yml"]}}}')
        command = ["node", "node_modules/.bin/textlint", "-f", "unix", f"{folder}/**/*.md"]
        rows.append(Row("textlint + prh", command, home, lambda _, printed: _textlint(folder, printed)))
    return rows


def _textlint(folder: Path, printed: Iterable[str]) -> int:
    return found_in_lines()(folder, (line.removeprefix(f"{folder}/") for line in printed))


_PARSED = _INFLATE + "from lxml import etree\nfor p in files:\n    for part in parts(p): etree.fromstring(part)"
_LOOP = (
    "from docx import Document\nfor p in files:\n    d = Document(str(p)); lines = [x.text for x in d.paragraphs]\n"
    "    lines += [x.text for t in d.tables for row in t.rows for cell in row.cells for x in cell.paragraphs]\n    "
) + _SHOW.format("'\\n'.join(lines)")
LOOP = "python-docx, the usual loop"


def _floors(folder: Path) -> list[Row]:
    return [
        python(READ, "for p in files: p.read_bytes()", folder),
        python("floor: inflate", _INFLATE + "for p in files: parts(p)", folder),
        python(PARSE, _PARSED, folder),
    ]


def own_rows(folder: Path) -> list[Row]:
    """The floors, this tool and the usual way over documents of one's own."""
    return [
        *_floors(folder),
        ours("qmsr-lint", folder, "--jobs", "1", planted=False),
        python(LOOP, _LOOP, folder),
    ]


def readable(own: Path, folder: Path) -> Path:
    """A folder with the Word files below `own` that every row can read, and that hold more than a page of text."""
    import docx

    from qmsr_lint import formats
    from qmsr_lint.limits import DEFAULT

    folder.mkdir(parents=True)
    for number, path in enumerate(sorted(own.rglob("*.docx"))):
        try:
            document = formats.read(path.read_bytes(), path.name, DEFAULT)
            loaded = docx.Document(str(path))
            _ = [cell.paragraphs for table in loaded.tables for row in table.rows for cell in row.cells]
        except Exception:  # whatever a library stumbles over is not for a comparison
            continue
        if len(document.text) > _PAGE:
            shutil.copyfile(path, folder / f"{number}.docx")
    return folder


def word_rows(folder: Path) -> list[Row]:
    """Everything that can look for words in Word files, or turn them into text to look in."""
    rows = [
        *_floors(folder),
        ours("qmsr-lint", folder, "--jobs", "1"),
        ours("qmsr-lint, 2 processes", folder, "--jobs", "2"),
        *_cached(folder, "word"),
        python(LOOP, _LOOP, folder, found_in_text),
    ]
    converters = {
        "docx2txt": "import docx2txt\nfor p in files:\n    text = docx2txt.process(str(p))\n    ",
        "docx2python": "import docx2python as d\nfor p in files:\n    text = d.docx2python(str(p)).text\n    ",
    }
    for name, code in converters.items():
        if _importable(name):
            rows.append(python(name, code + _SHOW.format("text"), folder, found_in_text, OTHER_PYTHON))
    if _installed("pandoc"):
        code = (
            "import subprocess\nfor p in files:\n"
            "    text = subprocess.run(['pandoc', '-t', 'plain', str(p)], capture_output=True, text=True).stdout\n    "
        )
        rows.append(python("pandoc", code + _SHOW.format("text"), folder, found_in_text))
    return rows


def _installed(name: str) -> bool:
    path = os.pathsep.join([*os.environ.get("BENCH_PATH", "").split(os.pathsep), os.environ["PATH"]])
    return shutil.which(name, path=path) is not None


def _importable(name: str) -> bool:
    return subprocess.run([*OTHER_PYTHON, "-c", f"import {name}"], capture_output=True, check=False).returncode == 0


def start_rows(corpus: Path) -> list[Row]:
    """What one small document costs, beside an interpreter that imports next to nothing."""
    one = {"Markdown": ROOT / "fixtures/flagged/SOP-014-complaint-handling.md"}
    one["Word"] = ROOT / "fixtures/flagged/SOP-003-document-control.docx"
    flags = ["check", "--isolated", "--no-cache"]
    floor = [*PYTHON, "-c", "import click, re"]
    rows = [Row(START, floor, corpus, warm_up=True)]
    for kind, file in one.items():
        command = [*PYTHON, "-m", "qmsr_lint", *flags, str(file)]
        rows.append(Row(f"one small {kind} file", command, corpus, warm_up=True))
    return rows


# --- Tables -----------------------------------------------------------------------------------------------------------


def table(title: str, rows: Sequence[Row], bases: Sequence[str], planted: int, options: argparse.Namespace) -> str:
    """Measure rows by turns and print them; the same as a table of ratios to the first of `bases` that was measured."""
    rows = [row for row in rows if not options.only or row.name in bases or options.only in row.name]
    documents = sum(1 for path in rows[0].folder.rglob("*") if path.is_file())
    print(f"\n## {title}\n\n| | CPU, s | each, ms | wall, s | peak, MiB | found |\n|---|--:|--:|--:|--:|--:|")
    measured: dict[str, Measured] = {}
    found: dict[str, str] = {}
    for row, done in zip(rows, measured_by_turns(rows, options.repeat), strict=True):
        measured[row.name] = done
        found[row.name] = "" if done.found is None else f"{done.found} of {planted}"
        cells = f"{done.cpu:.2f} | {1000 * done.cpu / documents:.2f} | {done.wall:.1f} | {done.memory:.0f}"
        print(f"| {row.name} | {cells} | {found[row.name]} |", flush=True)
    base = next(name for name in bases if name in measured)
    lines = [f"## {title}", "", f"| | CPU, to *{base}* | peak, MiB | found |", "|---|--:|--:|--:|"]
    for name, done in measured.items():
        lines.append(f"| {name} | {done.cpu / measured[base].cpu:.2f} | {done.memory:.0f} | {found[name]} |")
    ratios = "\n".join(lines)
    print("\n" + ratios.partition("\n")[2])
    return ratios


def planted(folder: Path) -> int:
    """How many phrases a corpus holds."""
    return sum(len(each) for _, each, _ in corpora.read_truth(folder))


def machine() -> str:
    """The kind of machine, without its name."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = re.search(r"model name\s*: (.*)", info.read_text(errors="replace"))
        model = named[1].strip() if named else model
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{model}, {processors} processors, {platform.system()}, Python {platform.python_version()}"


def large(options: argparse.Namespace, folder: Path) -> None:
    """Does memory or the time for each document grow with their number?"""
    print("\n## Many documents\n\n| documents | CPU each, ms | peak, MiB |\n|--:|--:|--:|")
    for number in (options.large // 10, options.large):
        corpus = folder / f"large-{number}" / "markdown"
        if not corpus.exists():
            corpora.write_markdown(corpus, number)
        done = once(ours("many", corpus, "--jobs", str(options.jobs)))
        print(f"| {number} | {1000 * done.cpu / number:.2f} | {done.memory:.0f} |", flush=True)


def write(file: Path, tables: Sequence[str], options: argparse.Namespace) -> None:
    """Put the tables between the marks of a page."""
    before, begin, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{file}: has no place for tables, {BEGIN} and {END}")
    note = f"Measured on {machine()}; medians of {options.repeat} runs."
    file.write_text("\n\n".join([before + begin, note, *tables, end + after]), encoding="utf-8")


def main() -> None:
    """Make the corpora, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--markdown", type=int, default=2000, metavar="N", help="Markdown documents")
    parser.add_argument("--word", type=int, default=300, metavar="N", help="Word documents, of each kind")
    parser.add_argument("--own", type=Path, metavar="FOLDER", help="Word documents of your own, measured as well")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="runs of each row")
    parser.add_argument("--only", default="", metavar="TEXT", help="rows with this in their name, and the floors")
    parser.add_argument("--large", type=int, default=0, metavar="N", help="measure the growth up to N documents")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes for --large")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the ratios into docs/performance.md")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "qmsr-lint-bench")
    options = parser.parse_args()
    print(machine())
    if options.large:
        large(options, options.folder)
        return
    folder = corpora.make(options.folder, options.markdown, options.word)
    tables = [table("Start-up", start_rows(folder / "word"), [START], 0, options)]
    corpus = folder / "markdown"
    title = f"Markdown: {options.markdown} files of 9 KB with 5 legacy phrases each"
    tables.append(table(title, markdown_rows(corpus), [TYPOS, READ], planted(corpus), options))
    for name, what in (("word", "25 legacy phrases each"), ("word-clean", "none")):
        corpus = folder / name
        title = f"Word: {options.word} files of 10 to 15 pages with {what}"
        tables.append(table(title, word_rows(corpus), [PARSE], planted(corpus), options))
    if options.own:
        with tempfile.TemporaryDirectory() as copies:
            corpus = readable(options.own, Path(copies) / "own")
            if not (number := len(list(corpus.iterdir()))):
                raise SystemExit(f"{options.own}: holds no Word file that can be compared")
            tables.append(table(f"Word: {number} files by other people", own_rows(corpus), [PARSE], 0, options))
    if options.write:
        write(options.write, tables, options)


if __name__ == "__main__":
    main()
