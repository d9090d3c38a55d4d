"""Imports run one way, the core knows no disk, every third party has one address: the tables of ARCHITECTURE.md."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from docxmaker import docx, p, r

from qmsr_lint import rules

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "qmsr_lint"

ROOMS = {
    "nouns": {"", "model", "remarks", "errors", "limits", "tally", "expression"},
    "files": {"atomic", "contents"},
    "core": {
        *("match", "lexicon", "reading", "citation", "successor", "edition", "sentence", "sense", "near", "language"),
        *("context", "suppress", "beside", "finders", "wording", "safety", "lint"),
        *("documents", "proof", "catalogue", "explain", "topics", "edits"),
    },
    "packs": {"pack", "packcheck", "rules", "shipped"},
    "history": {"history"},
    "formats": {"formats"},
    "output": {"output"},
    "config": {"config", "baseline"},
    "sweep": {
        *("scope", "bypath", "inforce", "sweep", "workers", "judge", "bounds", "interrupts", "clock"),
        *("assess", "cache", "records", "jsonlines", "progress"),
    },
    "fix": {"fix", "fixreport"},
    "cli": {"cli", "__main__"},
}
"""The modules of each room, by the first part of their names."""

ALLOWED = {
    "nouns": set[str](),
    "core": {"nouns", "packs"},
    "packs": {"nouns", "core", "files"},
    "files": {"nouns"},
    "history": {"nouns"},
    "formats": {"nouns"},
    "output": {"nouns", "files"},
    "config": {"nouns", "core", "packs", "files"},
    "sweep": {"nouns", "core", "packs", "files", "formats", "output", "config"},
    "fix": {"nouns", "core", "packs", "files", "formats", "output", "config", "sweep"},
    "cli": {"nouns", "core", "packs", "files", "history", "formats", "output", "config", "sweep", "fix"},
}

PURE = {"nouns", "core", "formats"}
"""The rooms that do not touch the disk: a document comes in as bytes, and values go out."""

ADDRESSES = {
    "ahocorasick_rs": {"match"},
    "click": {"cli"},
    "docx": {"output.docx"},
    "jinja2": {"output.html"},
    "lxml": {"formats.docx"},
    "markupsafe": {"output.html"},
    "pathspec": {"config"},
    "pyromark": {"formats.markdown"},
    "rapidfuzz": {"near", "documents.sites"},
    "spacy": {"language"},
    "xlsxwriter": {"output.xlsx"},
    "yaml": {"pack"},
}
"""Where each third party may be imported: these modules and those below them."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").removesuffix(".")


def test_the_core_knows_no_rule_by_its_id() -> None:
    """What a rule is, its own entry says: a pack is the only place to touch."""
    ids = {rule.id for rule in rules.load().rules.values()}
    for path in MODULES:
        if room(name(path)) in ("core", "packs"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)} & ids
            assert not named, (path, named)


def room(module: str) -> str:
    [room] = [room for room, modules in ROOMS.items() if module.partition(".")[0] in modules]
    return room


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that `path` imports when it runs, functions included, and the line; names for types are left out."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: an import is written with the package's name"
            if node.module == "qmsr_lint":
                yield from ((f"qmsr_lint.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield str(node.module), node.lineno


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_run_one_way(path: Path) -> None:
    here = room(name(path))
    for module, line in imports(path):
        if module.startswith("qmsr_lint.") and not module.startswith("qmsr_lint.__"):
            there = room(module.removeprefix("qmsr_lint."))
            assert there == here or there in ALLOWED[here], f"{path}:{line}: {here} imports {module}, which is {there}"


def test_every_module_has_a_room_and_every_room_is_in_the_table() -> None:
    there = {name(path).partition(".")[0] for path in MODULES}
    assert there == set().union(*ROOMS.values())
    assert ROOMS.keys() == ALLOWED.keys()
    architecture = (PACKAGE.parents[1] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    drawing = architecture.partition("src/qmsr_lint/\n")[2].partition("```")[0]
    drawn = {module for line in drawing.splitlines() for module in re.findall(r"\w+", line[:40])}
    assert drawn == there - {"", "__main__"}
    rooms = ("context.", "safety.", "finders.citations.", "edits.", "documents.")
    judging = {name(path) for path in MODULES if name(path).startswith(rooms)}
    assert judging == set(re.findall(r"^\| `([\w.]+)` \|", architecture, re.MULTILINE))


DISK = {"os", "pathlib", "sqlite3", "tempfile", "shutil", "glob", "subprocess", "socket"}
"""What the modules of a pure room do not import; `io` holds bytes in memory too, and the formats need it for that."""


@pytest.mark.parametrize("path", [path for path in MODULES if room(name(path)) in PURE], ids=name)
def test_a_pure_room_does_not_touch_the_disk(path: Path) -> None:
    barred = DISK if room(name(path)) == "formats" else DISK | {"io"}
    assert [at for at in imports(path) if at[0].partition(".")[0] in barred] == []
    assert [ast.unparse(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if opens(node)] == []


def opens(node: ast.AST) -> bool:
    """Whether a piece of code opens, reads or writes a file."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    plain = called == "open" and isinstance(node.func, ast.Name)
    return plain or called in ("read_bytes", "read_text", "write_bytes", "write_text", "mkdir", "unlink")


@pytest.mark.parametrize("code", ["open(x)", "with open(x) as f: pass", "Path(x).read_bytes()", "x.write_text(y)"])
def test_what_opens_a_file_is_seen(code: str) -> None:
    assert any(map(opens, ast.walk(ast.parse(code))))


@pytest.mark.parametrize("code", ["opened(x)", "line.open", "archive.open(x)", "open_report(x)"])
def test_what_opens_none_is_not(code: str) -> None:
    assert not any(map(opens, ast.walk(ast.parse(code))))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_each_third_party_has_one_address(path: Path) -> None:
    for module, line in imports(path):
        party = module.partition(".")[0]
        if party == "qmsr_lint" or party in sys.stdlib_module_names:
            continue
        assert party in ADDRESSES, f"{path}:{line}: {party} has no address yet"
        at = any(name(path) == address or name(path).startswith(f"{address}.") for address in ADDRESSES[party])
        assert at, f"{path}:{line}: {party} is imported in {', '.join(sorted(ADDRESSES[party]))} only"


def test_the_formats_do_not_know_one_another() -> None:
    for path in (PACKAGE / "formats").glob("*/*.py"):
        others = {f"qmsr_lint.formats.{each}" for each in ("docx", "markdown")} - {
            f"qmsr_lint.formats.{path.parent.name}"
        }
        assert not [module for module, _ in imports(path) if module.startswith(tuple(others))], path


def loaded(folder: Path, name: str, code: int) -> set[str]:
    """The modules that a check of one file loads, beyond those that `import click, re` loads already."""
    program = (
        "import sys, click, re\n"
        "before = set(sys.modules)\n"
        "from qmsr_lint.cli import main\n"
        f"try: main(['check', '--isolated', '--no-cache', {name!r}])\n"
        f"except SystemExit as end: assert end.code == {code}, end.code\n"
        "print(*sys.modules.keys() - before, file=sys.stderr)\n"
    )
    run = [sys.executable, "-c", program]
    subprocess.run(run, cwd=folder, check=True, capture_output=True)  # the packs are compiled on first use
    done = subprocess.run(run, cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8")
    return set(done.stderr.split())


HEAVY = {
    *("yaml", "docx", "spacy", "rapidfuzz", "jinja2", "xlsxwriter", "pathspec"),
    *(
        "hashlib",
        "heapq",
        "asyncio",
        "multiprocessing",
        "subprocess",
        "tempfile",
        "random",
        "tomllib",
        "difflib",
        "traceback",
        "http",
    ),
    *("email", "socket", "ssl", "urllib.request", "xml.sax", "sqlite3", "ctypes", "importlib.metadata"),
}
"""What costs a hook more than the document it looks at."""


def test_a_small_markdown_check_loads_nothing_it_does_not_use(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Scope\n\nThe DHF is kept as 21 CFR 820.30(j) requires.\n", encoding="utf-8")
    modules = loaded(tmp_path, "a.md", 1)
    assert "qmsr_lint.formats.markdown.reader" in modules
    assert modules & (HEAVY | {"lxml", "zipfile", "shutil", "pathlib", "fnmatch", "urllib", "bz2", "lzma"}) == set()
    commands = {module for module in modules if module.startswith("qmsr_lint.cli.")}
    assert commands == {f"qmsr_lint.cli.{name}" for name in ("check", "files", "flags", "steps")}
    ours = {
        "qmsr_lint.suppress",
        "qmsr_lint.baseline",
        "qmsr_lint.cache",
        "qmsr_lint.records",
        "qmsr_lint.jsonlines",
        "qmsr_lint.workers",
        "qmsr_lint.progress",
    }
    assert modules & ours == set()


def test_a_small_word_check_loads_nothing_it_does_not_use(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(p(r("The DHF is kept as 21 CFR 820.30(j) requires."))))
    modules = loaded(tmp_path, "a.docx", 1)
    assert "qmsr_lint.formats.docx.read" in modules
    assert modules & HEAVY == set()
