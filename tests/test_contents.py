"""Whole files are read where they are files, and as far as a limit allows."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from qmsr_lint.cli import main
from qmsr_lint.contents import contents
from qmsr_lint.errors import Unreadable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes and devices in folders")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "a folder"),
    "pipe": (os.mkfifo, "a named pipe"),
    "socket": (_socket, "a socket"),
    "device": (_device, "a device"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_not_read(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has no more than a hundred characters
    make, called = ODD[kind]
    make(Path("odd"))
    with pytest.raises(Unreadable, match=f"not a file but {called}"):
        contents("odd", 100)


def test_no_more_than_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert contents(file, 5) == b"12345"
    with pytest.raises(Unreadable, match="5 bytes, above the limit of 4"):
        contents(file, 4)
    # it grows between the look at its size and the reading
    small = os.stat_result((0o100644, 0, 0, 1, 0, 0, 2, 0, 0, 0))
    monkeypatch.setattr("qmsr_lint.contents.os.fstat", lambda number: small)
    assert contents(file, 5) == b"12345"
    with pytest.raises(Unreadable, match="more than 4 bytes"):
        contents(file, 4)


def test_a_pipe_that_takes_the_place_of_a_file_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "a")
    monkeypatch.setattr("qmsr_lint.contents.regular", lambda path: None)  # looked at while it was still a file
    with pytest.raises(Unreadable, match="a named pipe"):
        contents(tmp_path / "a", 100)


@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize("key", ['packs = ["odd"]', 'strategy = "map"\nterminology = "odd.md"'])
def test_a_configuration_cannot_hang_a_run(
    key: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("odd", "odd.md"):
        ODD[kind][0](Path(name))
    Path("a.md").write_text("The procedure.\n", encoding="utf-8")
    Path("qmsr-lint.toml").write_text(key + "\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "a.md"])
    assert done.exit_code == 2
    assert "odd" in done.output
    assert "not a file but" in done.output


def test_a_list_of_ignored_files_that_is_a_pipe_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(".gitignore")
    Path(".git").mkdir()
    Path("a.md").write_text("The DHF is kept.\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["check", "--gitignore", "."]).exit_code == 1
