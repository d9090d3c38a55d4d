"""What a run touches: no network, no input, outputs that are whole or not there; strange names in them all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from docxmaker import docx, p, r

from qmsr_lint.errors import PackError
from qmsr_lint.output import OUTPUTS
from qmsr_lint.pack import load_pack
from qmsr_lint.reading import fill

GUARD = """
import os, sys
inputs = {os.path.realpath(path) for path in sys.argv[1].split(os.pathsep)}
def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")):
        os.write(2, f"TOUCHED {event} {arguments}\\n".encode())
        os._exit(77)
    if event == "open" and isinstance(arguments[0], str) and os.path.realpath(arguments[0]) in inputs:
        if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_TRUNC | os.O_APPEND | os.O_CREAT):
            os.write(2, f"WRITTEN {arguments}\\n".encode())
            os._exit(78)
    if event in ("os.rename", "os.remove", "os.truncate", "os.chmod"):
        if any(os.path.realpath(path) in inputs for path in arguments[:2] if isinstance(path, str)):
            os.write(2, f"MOVED {event} {arguments}\\n".encode())
            os._exit(79)
sys.argv = ["qmsr-lint", *sys.argv[2:]]
from qmsr_lint.cli import main
sys.addaudithook(watch)
main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("The device master record is kept. See https://example.org/.\n")
    (tmp_path / "b.docx").write_bytes(
        docx(p(r("The device master record is kept.")), links={"x": "https://example.org/"})
    )
    return tmp_path


def guarded(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    inputs = os.pathsep.join(str(folder / name) for name in ("a.md", "b.docx"))
    command = [sys.executable, "-c", GUARD, inputs, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, errors="replace")


@pytest.mark.parametrize(
    "arguments",
    [
        *[("check", ".", "--no-cache", "-o", f"{name}=../out.{name}") for name in OUTPUTS],
        ("check", ".", "--no-cache", "--write-baseline", "../baseline.json"),
        ("check", "b.docx", "--cache-dir", "../cache"),
        ("fix", ".", "--diff"),
        ("fix", "b.docx"),
        ("fix", ".", "--output-dir", "../fixed"),
        ("explain", "DHF"),
        ("rules",),
        ("rules", "export"),
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_no_command_opens_a_connection_or_writes_to_a_document(arguments: tuple[str, ...], folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    inside = folder / "inside"
    inside.mkdir()
    run = guarded(folder, *(argument.replace("../", "inside/../") for argument in arguments))
    assert run.returncode in (0, 1), run.stderr
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_the_guard_sees_what_it_is_for(folder: Path) -> None:
    assert guarded(folder, "fix", "--unsafe", "a.md").returncode in (78, 79)


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from qmsr_lint.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
sys.argv = ["qmsr-lint", *sys.argv[1:]]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit of file sizes")
@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_a_full_disk_leaves_no_half_output(name: str, folder: Path) -> None:
    command = [sys.executable, "-c", LIMITED, "check", ".", "--no-cache", "-o", f"{name}=out.x"]
    (folder / "a.md").write_text("The device master record is kept.\n\n" * 50)
    before = sorted(path.name for path in folder.iterdir())
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit of file sizes")
@pytest.mark.parametrize("document", ["a.md", "b.docx"])
def test_a_full_disk_leaves_no_half_fix(document: str, folder: Path) -> None:
    (folder / "a.md").write_text("The device master record is kept.\n\n" * 50)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    command = [sys.executable, "-c", LIMITED, "fix", "--unsafe", document]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


NAMES = [
    "new\nline.md",
    "carriage\rreturn.md",
    "quote\"'`.md",
    "per%0Acent.md",
    "::error::x.md",
    "bidi\u202ecod.md",
    os.fsdecode(b"bytes\xff\xfe.md"),
    "x" * 252 + ".md",
    "CON.md",
    "aux.md",
    " leading and trailing .md",
    "<b>&amp;.md",
    "=1+1.md",
    "-o.md",
]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_strange_names_are_handled_in_every_output(name: str, folder: Path) -> None:
    for each in NAMES:
        (folder / each).write_text("The DHF is kept.\n")
    run = guarded(folder, "check", ".", "--no-cache", "-o", f"{name}=out.x")
    assert run.returncode == 1, run.stderr
    assert (folder / "out.x").stat().st_size > 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_strange_names_are_fixed(folder: Path) -> None:
    for each in NAMES[:-1]:
        (folder / each).write_text("The device master record of the medical device is kept.\n")
    run = guarded(folder, "fix", "--unsafe", ".", "--output-dir", "fixed")
    assert run.returncode in (0, 1), run.stderr
    assert set(NAMES[:-1]) <= {path.name for path in (folder / "fixed").iterdir()}


def test_a_message_of_a_pack_is_filled_and_not_run() -> None:
    fields = {"text": "DHF", "current": "{text}"}
    for message in (
        "{text:>999999999}",
        "{text.__class__}",
        "{text!r}",
        "{0}",
        "{text[0]}",
        "{unknown}",
        "{",
        "{{text",
    ):
        assert fill(message, fields) == message
    assert fill("{text} is {current}", fields) == "DHF is {text}"


ALIASES = "pack: a\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n" + "".join(
    f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "pack",
    [
        "rules: !!python/object/apply:os.system ['touch run']",
        "rules: [!!python/name:os.system ]",
        ALIASES,
        ALIASES + "rules: [{id: term-x, severity: *x11, message: m, basis: b}]",
        ALIASES + "rules: [*x11]",
    ],
    ids=["call", "name", "aliases", "an alias as a value", "an alias as a rule"],
)
def test_a_pack_is_data(pack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pack.yaml").write_text(pack)
    with pytest.raises(PackError, match=r"pack\.yaml"):
        load_pack(Path("pack.yaml"))
    assert not Path("run").exists()
