import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from builders import finding, result
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qmsr_lint import cache
from qmsr_lint.cache import Cache, open_cache
from qmsr_lint.cli import main
from qmsr_lint.errors import UsageError
from qmsr_lint.limits import DEFAULT, Limits
from qmsr_lint.model import DocumentResult, Fix, Identity, Place, Position, Suppression

UNKNOWN = result()
KNOWN = result(
    finding(),
    finding(position=None, place=Place("header"), fix=None, alternatives=("a", "b"), replacement=None),
    finding(suppressed=Suppression("context", "a quotation"), text="\ud800 DHF \u2029"),
    identity=Identity("SOP-1", "Title", None),
)


def opened(
    folder: Path, rules: str = "r", limits: Limits = DEFAULT, identify: bool = False, by_name: bool = False
) -> Cache:
    found = open_cache(str(folder), [rules], [limits], [by_name], identify, "2026-03-01")
    assert found is not None
    return found


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_is_the_same(tmp_path: Path) -> None:
    opened(tmp_path).put(0, KNOWN, dated=False)
    assert opened(tmp_path).get(0, UNKNOWN) == KNOWN


@given(
    st.text(),
    st.one_of(st.none(), st.builds(Position, *[st.integers(1, 10**6)] * 4)),
    st.one_of(st.none(), st.builds(Fix, st.text(), st.sampled_from(["safe", "unsafe"]))),
    st.lists(st.text()).map(tuple),
)
def test_every_finding_comes_back_equal(text: str, position: Any, fix: Any, alternatives: Any) -> None:
    found = finding(text=text, excerpt=text, position=position, fix=fix, alternatives=alternatives)
    row = json.loads(json.dumps(found))
    assert cache._finding(row) == found


def test_the_path_is_that_of_now_and_the_content_decides(tmp_path: Path) -> None:
    opened(tmp_path).put(0, KNOWN, dated=False)
    again = opened(tmp_path)
    moved = again.get(0, UNKNOWN._replace(path="other/b.md"))
    assert moved == KNOWN._replace(path="other/b.md")
    assert again.get(0, UNKNOWN._replace(sha256="00" * 32)) is None
    assert again.get(0, UNKNOWN._replace(format="docx")) is None


def test_where_names_decide_another_name_is_another_document(tmp_path: Path) -> None:
    opened(tmp_path, by_name=True).put(0, KNOWN, dated=False)
    again = opened(tmp_path, by_name=True)
    folder, name = os.path.split(UNKNOWN.path)
    assert again.get(0, UNKNOWN) == KNOWN
    assert again.get(0, UNKNOWN._replace(path=f"elsewhere/{name}")) == KNOWN._replace(path=f"elsewhere/{name}")
    assert again.get(0, UNKNOWN._replace(path=os.path.join(folder, "b.md"))) is None
    assert again.get(0, UNKNOWN._replace(path="\udc80.md")) is None


def test_other_rules_limits_and_questions_know_nothing(tmp_path: Path) -> None:
    opened(tmp_path).put(0, KNOWN, dated=False)
    assert opened(tmp_path, rules="s").get(0, UNKNOWN) is None
    assert opened(tmp_path, limits=Limits(characters=10)).get(0, UNKNOWN) is None
    assert opened(tmp_path, identify=True).get(0, UNKNOWN) is None
    assert opened(tmp_path, limits=Limits(seconds=1, memory_bytes=1)).get(0, UNKNOWN) == KNOWN


def test_another_version_of_the_program_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(tmp_path).put(0, KNOWN, dated=False)
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    assert opened(tmp_path).get(0, UNKNOWN) is None


def test_a_dated_result_holds_for_its_day(tmp_path: Path) -> None:
    opened(tmp_path).put(0, KNOWN, dated=True)
    assert opened(tmp_path).get(0, UNKNOWN) == KNOWN
    tomorrow = open_cache(str(tmp_path), ["r"], [Limits()], [False], False, "2026-03-02")
    assert tomorrow is not None
    assert tomorrow.get(0, UNKNOWN) is None


@pytest.mark.parametrize("damage", [b"", b"x", b"x\x9c\x03", None])
def test_what_is_damaged_is_not_known_and_replaced(tmp_path: Path, damage: bytes | None) -> None:
    opened(tmp_path).put(0, KNOWN, dated=False)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert opened(tmp_path).get(0, UNKNOWN) is None
    opened(tmp_path).put(0, KNOWN, dated=False)
    assert opened(tmp_path).get(0, UNKNOWN) == KNOWN


def test_many_at_once_do_one_another_no_harm(tmp_path: Path) -> None:
    results = [KNOWN._replace(sha256=f"{number:064x}") for number in range(50)]
    wrong: list[DocumentResult] = []

    def work() -> None:
        own = opened(tmp_path)
        for each in results:
            own.put(0, each, dated=False)
            if own.get(0, each._replace(findings=())) not in (None, each):
                wrong.append(each)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert all(opened(tmp_path).get(0, each._replace(findings=())) == each for each in results)


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"--cache-dir .*file: cannot be written to"):
        opened(tmp_path / "file")
    monkeypatch.setenv("QMSR_LINT_CACHE_DIR", str(tmp_path / "file"))
    assert open_cache(None, ["r"], [Limits()], [False], False, "") is None


def test_a_folder_that_vanishes_costs_nothing_but_the_memory(tmp_path: Path) -> None:
    ours = opened(tmp_path / "cache")
    for path in sorted((tmp_path / "cache").rglob("*"), reverse=True):
        path.rmdir()
    (tmp_path / "cache").rmdir()
    (tmp_path / "cache").write_text("")
    ours.put(0, KNOWN, dated=False)
    ours.clean(due=True)
    assert ours.get(0, UNKNOWN) is None


def test_results_are_for_the_user_alone(tmp_path: Path) -> None:
    opened(tmp_path / "cache").put(0, KNOWN, dated=False)
    paths = list((tmp_path / "cache").rglob("*"))
    assert len(paths) == 3
    assert [path for path in paths if path.stat().st_mode & 0o077] == []


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = opened(tmp_path)
    for number in range(10):
        ours.put(0, KNOWN._replace(sha256=f"{number:064x}"), dated=False)
        path = ours._path(0, KNOWN._replace(sha256=f"{number:064x}"))
        os.utime(path, (2_000_000_000 + number, 2_000_000_000 + number))
    size = Path(path).stat().st_size
    ours.clean(due=True)
    assert len(kept(tmp_path)) == 11  # with the mark of the clean-up
    monkeypatch.setattr(cache, "LARGEST", size * 6)
    ours.clean(due=True)
    left = [number for number in range(10) if ours.get(0, KNOWN._replace(sha256=f"{number:064x}"))]
    assert left == [6, 7, 8, 9]


def test_what_was_not_used_for_long_goes_once_a_day(tmp_path: Path) -> None:
    ours = opened(tmp_path)
    ours.put(0, KNOWN, dated=False)
    os.utime(ours._path(0, KNOWN), (1, 1))
    ours.clean()
    assert ours.get(0, UNKNOWN) is None
    ours.put(0, KNOWN, dated=False)
    os.utime(ours._path(0, KNOWN), (1, 1))
    ours.clean()
    assert ours.get(0, UNKNOWN) == KNOWN  # and it counts as used from now on
    ours.clean(due=True)
    assert ours.get(0, UNKNOWN) == KNOWN


def test_a_report_that_draws_on_the_documents_reads_them_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sops").mkdir()
    for number in range(16):
        Path(f"sops/{number}.md").write_text("# CAPA\n\nThe DHF of the medical device is kept.\n", encoding="utf-8")
    Path("qmsr-lint.toml").write_text("gap = true\n", encoding="utf-8")
    runs = [
        ("--cache-dir=kept", "docx=a.docx"),
        ("--cache-dir=kept", "html=warm.html"),
        ("--no-cache", "html=cold.html"),
    ]
    for kept_in, output in runs:
        assert CliRunner().invoke(main, ["check", "-q", kept_in, "-o", output, "sops"]).exit_code == 1
    assert Path("warm.html").read_bytes() == Path("cold.html").read_bytes()
