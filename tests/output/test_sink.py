import os
from pathlib import Path

import pytest

from qmsr_lint.errors import UsageError
from qmsr_lint.output import sink


def test_a_report_keeps_the_permissions_of_the_one_before(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("old")
    report.chmod(0o600)
    with sink.open_file(str(report)) as file:
        file.write("new")
    assert (report.read_text(), report.stat().st_mode & 0o777) == ("new", 0o600)


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    with pytest.raises(RuntimeError), sink.open_file(str(target)) as file:
        file.write("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_text() == "old"
    with sink.open_file(str(target)) as file:
        file.write("→\n")
        assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == "→\n".encode()


def test_a_new_file_has_the_permissions_of_the_user(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        with sink.open_file(str(tmp_path / "a")):
            pass
    finally:
        os.umask(umask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    with sink.open_file(str(tmp_path / "link")) as file:
        file.write("x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "x"
    with sink.open_file(os.devnull) as file:
        file.write("x")
    assert Path(os.devnull).is_char_device()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no/folder/a\.json: cannot be written: No such file"):
        sink.open_file(str(tmp_path / "no/folder/a.json")).__enter__()
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="folder: cannot be written: Is a directory"):
        sink.open_file(str(tmp_path / "folder")).__enter__()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_error() -> None:
    message = "/dev/full: cannot be written: No space left"
    with pytest.raises(UsageError, match=message), sink.open_file("/dev/full") as file:
        file.write("x" * 100_000)


@pytest.mark.parametrize(
    ("variables", "terminal", "wanted"),
    [
        ({}, False, False),
        ({}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_color(variables: dict[str, str], terminal: bool, wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    class Stream:
        def isatty(self) -> bool:
            return terminal

    assert sink.color_wanted(Stream()) is wanted  # type: ignore[arg-type]


def test_a_reader_of_standard_output_that_has_gone_is_no_fault_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), sink.open_file(str(tmp_path / "a.html")):
        raise BrokenPipeError
    assert list(tmp_path.iterdir()) == []
