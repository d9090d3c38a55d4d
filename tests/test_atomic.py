"""Files that appear whole or not at all."""

import os
import threading
from pathlib import Path

import pytest

from qmsr_lint.atomic import probe, replacing


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_the_block_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with replacing(str(path)) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
        assert os.path.dirname(file.name) == str(tmp_path)
        file.seek(0)
        assert file.read() == b"new"
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["a"])


def test_an_error_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    for error in (ValueError(), KeyboardInterrupt()):
        with pytest.raises(type(error)), replacing(str(path)) as file:
            file.write(b"new")
            raise error
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["a"])


def test_a_file_that_cannot_take_its_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError), replacing(str(tmp_path / "a")) as file:
        file.write(b"new")
    assert names(tmp_path) == ["a"]
    with pytest.raises(FileNotFoundError), replacing(str(tmp_path / "b" / "c")):
        pass


def test_the_mode_is_cut_by_the_mask_of_the_user(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        for mode, wanted in ((0o666, 0o640), (0o600, 0o600)):
            with replacing(str(tmp_path / "a"), mode):
                pass
            assert (tmp_path / "a").stat().st_mode & 0o777 == wanted
    finally:
        os.umask(before)


def test_a_file_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    for mode in (0o600, 0o664, 0o440):
        (tmp_path / "a").chmod(mode)
        with replacing(str(tmp_path / "a")) as file:
            assert Path(file.name).stat().st_mode & 0o777 == mode
            file.write(b"new")
        assert (tmp_path / "a").stat().st_mode & 0o777 == mode


def test_what_a_killed_process_left_stops_nobody(tmp_path: Path) -> None:
    with replacing(str(tmp_path / "a")):
        (left,) = names(tmp_path)
    (tmp_path / left).write_bytes(b"half")
    with replacing(str(tmp_path / "a")) as file:
        file.write(b"whole")
    assert (tmp_path / "a").read_bytes() == b"whole"
    assert (tmp_path / left).read_bytes() == b"half"


def test_many_at_once_write_whole_files(tmp_path: Path) -> None:
    def work(letter: bytes) -> None:
        for _ in range(50):
            with replacing(str(tmp_path / "a")) as file:
                file.write(letter * 1000)

    threads = [threading.Thread(target=work, args=(letter,)) for letter in (b"a", b"b", b"c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set((tmp_path / "a").read_bytes())) == 1
    assert names(tmp_path) == ["a"]


def test_a_folder_is_tried_without_a_trace(tmp_path: Path) -> None:
    probe(str(tmp_path))
    assert names(tmp_path) == []
    for place in ("gone", "file"):
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(OSError):
            probe(str(tmp_path / place))
