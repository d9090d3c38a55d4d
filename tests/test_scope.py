from collections.abc import Sequence
from pathlib import Path

import pytest

from qmsr_lint import scope
from qmsr_lint.config import Configs, Flags

NO_FLAGS = Flags()


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def make(*paths: str, text: str = "The DHF is kept.\n") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")


def shown(*paths: str, flags: Flags = NO_FLAGS, exclude: Sequence[str] = (), force: bool = False) -> list[str]:
    return [source.shown for source in scope.plan(paths or (".",), Configs(flags), exclude, force).sources]


def test_folders_of_tools_and_other_files_are_out_of_scope() -> None:
    make(".hidden/a.md", "node_modules/a.md", "venv/a.md", "x/site-packages/a.md", "CVS/a.md", "__pycache__/a.md")
    make("env/pyvenv.cfg", "env/a.md", "notes.txt", "a.md.bak", "README", "picture.png")
    assert shown() == []


def test_a_hidden_folder_given_by_name_is_in_scope() -> None:
    make(".hidden/a.md")
    assert shown(".hidden") == [".hidden/a.md"]


def test_every_suffix_in_any_case_is_found_once_and_sorted_by_path() -> None:
    make("b/z.md", "a.MD", "b.markdown", "b/a.docx", "c.DOCM", "d.dotx", "e.dotm")
    expected = ["a.MD", "b.markdown", "b/a.docx", "b/z.md", "c.DOCM", "d.dotx", "e.dotm"]
    assert shown() == shown("e.dotm", "b", ".", "./b/../a.MD") == expected


def test_paths_outside_the_current_folder_keep_their_own_form(monkeypatch: pytest.MonkeyPatch) -> None:
    make("here/a.md", "there/b.md")
    monkeypatch.chdir("here")
    assert shown("../there", str(Path("../here/a.md").resolve())) == ["../there/b.md", "a.md"]


def test_links_to_folders_are_not_followed() -> None:
    make("real/a.md")
    Path("real/loop").symlink_to(Path("..").resolve(), target_is_directory=True)
    Path("linked").symlink_to("real", target_is_directory=True)
    Path("linked.md").symlink_to("real", target_is_directory=True)
    assert shown() == ["real/a.md"]
    assert shown("linked") == ["linked/a.md"]


def test_exclusions_hold_in_folders_and_for_names_only_on_demand() -> None:
    make("a.md", "old/b.md", "old/keep.md", "deep/old/c.md")
    assert shown(exclude=["old/*", "!keep.md"]) == ["a.md", "deep/old/c.md", "old/keep.md"]
    assert shown(exclude=["old"]) == ["a.md"]
    assert shown("old/b.md", exclude=["old"]) == ["old/b.md"]
    plan = scope.plan(["old/b.md", "a.md"], Configs(Flags()), ["old"], force_exclude=True)
    assert [(source.shown, source.status) for source in plan.sources] == [("a.md", None), ("old/b.md", "skipped")]


def test_patterns_of_a_configuration_start_at_its_folder() -> None:
    make("site/sops/a.md", "site/drafts/b.md", "drafts/c.md")
    Path("site/qmsr-lint.toml").write_text('exclude = ["/drafts"]')
    assert shown() == shown("site", "drafts") == ["drafts/c.md", "site/sops/a.md"]


def test_kinds_that_cannot_be_read_are_in_scope_or_counted() -> None:
    make("a.doc", "b.rtf", "c.odt", "d.pdf", "e.pdf", "f.txt")
    plan = scope.plan(["."], Configs(Flags()))
    assert [source.shown for source in plan.sources] == ["a.doc", "b.rtf", "c.odt"]
    assert plan.passed_over == {".pdf": 2}
