import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from files import make_all

from qmsr_lint import scope
from qmsr_lint.config import Configs, Flags

NO_FLAGS = Flags()


pytestmark = pytest.mark.usefixtures("repository")


def shown(*paths: str, flags: Flags = NO_FLAGS, exclude: Sequence[str] = (), force: bool = False) -> list[str]:
    return [source.shown for source in scope.plan(paths or (".",), Configs(flags), exclude, force).sources]


def test_folders_of_tools_and_other_files_are_out_of_scope() -> None:
    make_all(".hidden/a.md", "node_modules/a.md", "venv/a.md", "x/site-packages/a.md", "CVS/a.md", "__pycache__/a.md")
    make_all("env/pyvenv.cfg", "env/a.md", "notes.txt", "a.md.bak", "README", "picture.png")
    assert shown() == []


def test_a_virtual_environment_given_by_name_is_in_scope() -> None:
    make_all("env/pyvenv.cfg", "env/a.md", "env/inner/pyvenv.cfg", "env/inner/b.md")
    assert shown("env") == ["env/a.md"]


def test_a_hidden_folder_given_by_name_is_in_scope() -> None:
    make_all(".hidden/a.md")
    assert shown(".hidden") == [".hidden/a.md"]


def test_every_suffix_in_any_case_is_found_once_and_sorted_by_path() -> None:
    make_all("b/z.md", "a.MD", "b.markdown", "b/a.docx", "c.DOCM", "d.dotx", "e.dotm")
    expected = ["a.MD", "b.markdown", "b/a.docx", "b/z.md", "c.DOCM", "d.dotx", "e.dotm"]
    assert shown() == shown("e.dotm", "b", ".", "./b/../a.MD") == expected


@pytest.mark.skipif(os.sep != "/", reason="names cannot hold a backslash")
def test_names_that_differ_only_in_bytes_that_are_no_text_are_documents_of_their_own() -> None:
    names = [b"a\xff.md", rb"a\xff.md", b"a\\\xff.md", rb"a\\xff.md", rb"a\\\xff.md", rb"a\b.md", rb"\\b.md"]
    try:
        make_all(*map(os.fsdecode, names))
    except OSError:
        pytest.skip("this file system holds Unicode names only")
    sources = scope.plan(["."], Configs(NO_FLAGS)).sources
    assert {os.fsencode(os.path.basename(source.path)) for source in sources} == {*names}
    found = {source.shown for source in sources}
    assert len(found) == len(names)
    assert found >= {r"a\xff.md", r"a\\xff.md", r"a\b.md", r"\\b.md"}


def test_a_file_that_is_given_in_two_ways_is_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    make_all("here/a.md", "there/b.md")
    monkeypatch.chdir("here")
    assert len(shown("../there/b.md", str(Path("../there/b.md").resolve()))) == 1


def test_paths_outside_the_current_folder_keep_their_own_form(monkeypatch: pytest.MonkeyPatch) -> None:
    make_all("here/a.md", "there/b.md")
    monkeypatch.chdir("here")
    assert shown("../there", str(Path("../here/a.md").resolve())) == ["../there/b.md", "a.md"]


def test_links_to_folders_are_not_followed() -> None:
    make_all("real/a.md")
    Path("real/loop").symlink_to(Path("..").resolve(), target_is_directory=True)
    Path("linked").symlink_to("real", target_is_directory=True)
    Path("linked.md").symlink_to("real", target_is_directory=True)
    assert shown() == ["real/a.md"]
    assert shown("linked") == ["linked/a.md"]


def test_exclusions_hold_in_folders_and_for_names_only_on_demand() -> None:
    make_all("a.md", "old/b.md", "old/keep.md", "deep/old/c.md")
    assert shown(exclude=["old/*", "!keep.md"]) == ["a.md", "deep/old/c.md", "old/keep.md"]
    assert shown(exclude=["old"]) == ["a.md"]
    assert shown("old/b.md", exclude=["old"]) == ["old/b.md"]
    plan = scope.plan(["old/b.md", "a.md"], Configs(Flags()), ["old"], force_exclude=True)
    assert [(source.shown, source.status) for source in plan.sources] == [("a.md", None), ("old/b.md", "skipped")]


def test_patterns_of_a_configuration_start_at_its_folder() -> None:
    make_all("site/sops/a.md", "site/drafts/b.md", "drafts/c.md")
    Path("site/qmsr-lint.toml").write_text('exclude = ["/drafts"]')
    assert shown() == shown("site", "drafts") == ["drafts/c.md", "site/sops/a.md"]


def test_kinds_that_cannot_be_read_are_in_scope_or_counted() -> None:
    make_all("a.doc", "b.rtf", "c.odt", "d.pdf", "e.PDF", "f.txt", "g.xlsx", "h.html", "i.wpd", "j.py", "k.jpg")
    plan = scope.plan(["."], Configs(Flags()))
    assert [source.shown for source in plan.sources] == ["a.doc", "b.rtf", "c.odt", "i.wpd"]
    assert plan.passed_over == {".html": 1, ".pdf": 2, ".txt": 1, ".xlsx": 1}


# What Git ignores


def ignoring(*paths: str) -> list[str]:
    return [source.shown for source in scope.plan(paths or (".",), Configs(Flags()), gitignore=True).sources]


def test_what_git_ignores_is_left_out_on_request_only() -> None:
    make_all("a.md", "drafts/b.md", "site/drafts/c.md", "site/d.md")
    Path(".gitignore").write_text("drafts/\n")
    assert shown() == ["a.md", "drafts/b.md", "site/d.md", "site/drafts/c.md"]
    assert ignoring() == ["a.md", "site/d.md"]


def test_the_nearest_gitignore_that_says_something_decides() -> None:
    make_all("old.md", "site/old.md", "site/new.md", "site/deep/new.md", "site/deep/old.md")
    Path(".gitignore").write_text("old.md\n")
    Path("site/.gitignore").write_text("!old.md\n/new.md\n")
    assert ignoring() == ["site/deep/new.md", "site/deep/old.md", "site/old.md"]


def test_gitignore_files_above_the_path_count_up_to_the_repository() -> None:
    make_all("site/sops/a.md", "site/sops/b.md", "site/sops/c.md")
    Path(".gitignore").write_text("/site/sops/a.md\n")
    Path(".git/info").mkdir(parents=True)
    Path(".git/info/exclude").write_text("b.md\n")
    Path("..", ".gitignore").write_text("c.md\n")
    assert ignoring("site/sops") == ["site/sops/c.md"]


def test_what_lies_in_an_ignored_folder_is_not_taken_back() -> None:
    make_all("a.md", "old/c.md")
    Path(".gitignore").write_text("old/\n!c.md\n")
    assert ignoring() == ["a.md"]


def test_a_folder_that_cannot_be_listed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    make_all("a.md", "locked/b.md")
    scan = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = scope.plan((".",), Configs(NO_FLAGS)).sources
    assert [(source.shown, source.status, source.reason) for source in found] == [
        ("a.md", None, None),
        ("locked", "unreadable", "the folder cannot be listed: Permission denied"),
    ]


def test_of_the_gitignore_files_above_the_path_the_nearest_decides() -> None:
    make_all("site/sops/now/a.md", "site/sops/now/b.md", "site/sops/now/old/c.md", "site/sops/now/kept/old.md")
    Path(".gitignore").write_text("a.md\nb.md\n")
    Path("site/.gitignore").write_text("!a.md\n")
    Path("site/sops/.gitignore").write_text("old/\n")
    assert ignoring("site/sops/now") == ["site/sops/now/a.md", "site/sops/now/kept/old.md"]


def test_the_redline_of_a_document_that_is_excluded_stands_for_itself() -> None:
    make_all("a.docx", "a.redline.docx")
    both = scope.plan((".", "a.docx"), Configs(NO_FLAGS))
    assert [source.original for source in both.sources] == ["", "a.docx"]
    alone = scope.plan((".", "a.docx"), Configs(NO_FLAGS), ["/a.docx"], force_exclude=True)
    assert [(source.status, source.original) for source in alone.sources] == [("skipped", ""), (None, "")]


def test_a_file_given_by_name_is_never_ignored_and_odd_lines_do_no_harm() -> None:
    make_all("a.md", "b.md")
    Path(".gitignore").write_bytes(b"!\n\xff\na.md\n/\n")
    assert ignoring() == ["b.md"]
    assert ignoring("a.md") == ["a.md"]


# Parts of a sweep


def test_shards_hold_each_document_once_and_always_the_same() -> None:
    make_all(*(f"{folder}/{number}.md" for folder in "ab" for number in range(40)))
    plan = scope.plan(["."], Configs(Flags()))
    parts = [[source.shown for source in plan.shard(part, 3).sources] for part in (1, 2, 3)]
    assert sorted(path for part in parts for path in part) == shown()
    assert all(10 < len(part) < 45 for part in parts)
    fewer = scope.plan(["b"], Configs(Flags())).shard(2, 3)
    assert [source.shown for source in fewer.sources] == [path for path in parts[1] if path.startswith("b/")]


# Large and strange trees


def test_a_folder_of_many_entries_and_a_deep_one() -> None:
    make_all(*(f"flat/{number}.md" for number in range(3000)))
    deep = Path("deep", *("d" * 20 for _ in range(100)))
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("The DHF is kept.\n")
    assert len(shown()) == 3001


def test_a_link_to_itself_and_a_ring_of_links_end() -> None:
    Path("self.md").symlink_to("self.md")
    Path("one").mkdir()
    Path("one/two").symlink_to(Path("one").resolve(), target_is_directory=True)
    make_all("one/a.md")
    assert shown() == ["one/a.md", "self.md"]
