import hashlib
import multiprocessing
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fakes import RULES
from files import make_all

from qmsr_lint import scope, sweep
from qmsr_lint.cache import open_cache
from qmsr_lint.clock import today
from qmsr_lint.config import Configs, Flags
from qmsr_lint.judge import Judge, Memory
from qmsr_lint.limits import Limits
from qmsr_lint.model import DocumentResult, Summary

RUNNING_AS_ROOT = getattr(os, "geteuid", lambda: 1)() == 0


class Listener:
    """A writer that keeps what it is told."""

    def __init__(self) -> None:
        self.results: list[DocumentResult] = []
        self.summaries: list[Summary] = []

    def document(self, result: DocumentResult) -> None:
        self.results.append(result)

    def finish(self, summary: Summary) -> None:
        self.summaries.append(summary)


pytestmark = pytest.mark.usefixtures("repository", "tiny_engine")


def judge(plan: scope.Plan, *memory: Memory) -> Judge:
    return Judge(plan.configs, (RULES,) * len(plan.configs), memory=memory)


def check(*paths: str, jobs: int = 1) -> tuple[dict[str, DocumentResult], sweep.Outcome]:
    plan = scope.plan(paths or (".",), Configs(Flags()))
    listener = Listener()
    outcome = sweep.run(plan, judge(plan), [listener], jobs=jobs)
    assert listener.summaries == [outcome.summary]
    summary = outcome.summary
    states = (summary.checked, summary.unreadable, summary.timeout, summary.crashed, summary.skipped)
    assert summary.documents == len(listener.results) == sum(states)
    assert outcome.interrupted or summary.documents == len(plan.sources)
    return {result.path: result for result in listener.results}, outcome


# Results


def test_a_clean_document_is_clean() -> None:
    make_all("a.md", text="The design and development file is kept.\n")
    results, outcome = check()
    assert results["a.md"].status == "checked"
    assert results["a.md"].findings == ()
    assert outcome.exit_code == 0


def test_findings_come_with_hash_and_place() -> None:
    make_all("a.md")
    results, outcome = check()
    (finding,) = results["a.md"].findings
    assert finding.position is not None
    assert (finding.position.line, finding.position.column) == (1, 5)
    assert results["a.md"].sha256 == hashlib.sha256(Path("a.md").read_bytes()).hexdigest()
    assert outcome.exit_code == 1


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)])
def test_each_document_is_judged_by_its_own_configuration(fail_on: str, code: int) -> None:
    make_all("site/a.md")
    make_all("b.md", text="Clean.\n")
    Path("site/qmsr-lint.toml").write_text(f'fail-on = "{fail_on}"')
    assert check()[1].exit_code == code


def test_what_cannot_be_opened_is_named_with_its_reason() -> None:
    make_all("good.md", "~$good.docx", "._good.md", "old.doc", "notes.txt")
    make_all("empty.docx", text="")
    Path("dangling.md").symlink_to("nowhere.md")
    make_all("folder.docx/inside.md")
    os.mkfifo("pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        results, outcome = check(".", "notes.txt", "god.md", "pipe.docx")
    found = {path: (result.status, result.error) for path, result in results.items()}
    assert found.pop("good.md") == found.pop("folder.docx/inside.md") == ("checked", None)
    assert found.pop("empty.docx")[0] == "unreadable"
    assert found == {
        "~$good.docx": ("skipped", "an owner file, left by Word while the document is open"),
        "._good.md": ("skipped", "a resource file of macOS, not a document"),
        "old.doc": ("unreadable", "a format this tool does not read (Word 97-2003: save it as .docx)"),
        "notes.txt": (
            "unreadable",
            "a format this tool does not read (plain text: save it as .md)",
        ),
        "dangling.md": ("unreadable", "a link to a file that does not exist"),
        "folder.docx": ("unreadable", "a folder with the name of a document"),
        "pipe.md": ("unreadable", "not a file but a named pipe"),
        "socket.md": ("unreadable", "not a file but a socket"),
        "god.md": ("unreadable", "no such file or folder; did you mean 'good.md'?"),
        "pipe.docx": ("unreadable", "no such file or folder"),
    }
    assert outcome.exit_code == 2


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user who may not read everything, which root is not."""
    if not RUNNING_AS_ROOT:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_permission_denied_is_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.chdir(folder)
        make_all("a.md", "b.md", "locked/c.md", ".git/x")
        check("b.md")  # imports what it needs while it may
        Path("a.md").chmod(0)
        Path("locked").chmod(0)
        with unprivileged():
            results, outcome = check()
        monkeypatch.chdir("/")
    assert {path: (result.status, result.error) for path, result in results.items()} == {
        "a.md": ("unreadable", "cannot be opened: Permission denied"),
        "b.md": ("checked", None),
        "locked": ("unreadable", "the folder cannot be listed: Permission denied"),
    }
    assert outcome.exit_code == 2


def test_an_error_of_the_system_is_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    make_all("a.md")

    def refuse(path: str, mode: str, **named: object) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("qmsr_lint.contents.open", refuse, raising=False)
    result = Judge((Configs(Flags()).of("/"),), (RULES,)).of(scope.Source("a.md", "a.md")).result
    assert (result.status, result.error) == ("unreadable", "cannot be opened: Permission denied")


def test_a_file_that_vanishes_after_the_listing_is_a_result() -> None:
    make_all("a.md", "b.md")
    plan = scope.plan(["."], Configs(Flags()))
    Path("a.md").unlink()
    listener = Listener()
    sweep.run(plan, judge(plan), [listener])
    assert [result.status for result in listener.results] == ["unreadable", "checked"]


def test_a_file_above_the_limit_is_not_read() -> None:
    make_all("a.md")
    Path("qmsr-lint.toml").write_text("limits = {file-bytes = 16}")
    results, _ = check()
    assert results["a.md"].error == "17 bytes, above the limit of 16 (limits: file-bytes)"


def test_a_crash_costs_one_document_and_is_reported_whole_on_request() -> None:
    make_all("a.md", "c.md")
    make_all("b.md", text="RAISE\n")
    plan = scope.plan(["."], Configs(Flags()))
    listener, reports = Listener(), list[str]()
    outcome = sweep.run(plan, judge(plan), [listener], report=reports.append)
    assert [result.status for result in listener.results] == ["checked", "crashed", "checked"]
    assert listener.results[1].error == "internal error: RuntimeError: the engine fell over"
    assert "Traceback" in reports[0]
    assert outcome.exit_code == 2


def test_an_interrupt_finishes_the_outputs() -> None:
    make_all("a.md", "c.md")
    make_all("b.md", text="STOP\n")
    results, outcome = check()
    assert list(results) == ["a.md"]
    assert outcome.interrupted
    assert outcome.exit_code == 130


def test_unreadable_beats_findings() -> None:
    make_all("a.md", "b.doc")
    assert check()[1].exit_code == 2


def test_a_document_that_cannot_be_read_is_known_by_its_hash() -> None:
    make_all("a.docx", text="no zip")
    make_all("b.md", text="RAISE")
    results, _ = check()
    assert [results[name].status for name in ("a.docx", "b.md")] == ["unreadable", "crashed"]
    for name in ("a.docx", "b.md"):
        assert results[name].sha256 == hashlib.sha256(Path(name).read_bytes()).hexdigest()


def test_names_that_are_not_unicode_are_shown_in_valid_text() -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        make_all(name)
    except OSError:
        pytest.skip("this file system holds Unicode names only")
    results, _ = check()
    assert results["caf\\xe9.md"].status == "checked"


# Limits and processes


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_with_a_document_costs_only_that_one(jobs: int) -> None:
    for name, word in {"raise": "RAISE", "panic": "PANIC", "hang": "HANG", "eat": "EAT"}.items():
        make_all(f"{name}.md", text=f"{word}\n")
    make_all("a.md", "z.md")
    Path("qmsr-lint.toml").write_text("limits = {seconds = 2}")
    results, outcome = check(jobs=jobs)
    found = {path: (result.status, result.error) for path, result in results.items()}
    memory = "needs more memory than is free or than 2147483648 bytes (limits: memory-bytes)"
    assert found == {
        "a.md": ("checked", None),
        "eat.md": ("unreadable", memory),
        "hang.md": ("timeout", "not finished within the limit of 2 seconds (limits: seconds)"),
        "panic.md": ("crashed", "internal error: PanicError: index out of range"),
        "raise.md": ("crashed", "internal error: RuntimeError: the engine fell over"),
        "z.md": ("checked", None),
    }
    assert outcome.exit_code == 2


def test_a_process_that_ends_or_hangs_costs_the_document_it_holds() -> None:
    for name, word in {"kill": "KILL", "exit": "EXIT", "stuck": "STUCK"}.items():
        make_all(f"{name}.md", text=f"{word}\n")
    make_all("a.md", "z.md", *[f"sops/{number}.md" for number in range(40)])
    Path("qmsr-lint.toml").write_text("limits = {seconds = 2}")
    results, _ = check(jobs=2)
    lost = {path: (result.status, result.error) for path, result in results.items() if result.status != "checked"}
    assert lost == {
        "exit.md": ("crashed", "the process reading it ended (exit code 3)"),
        "kill.md": ("crashed", "the process reading it ended (signal 9)"),
        "stuck.md": ("timeout", "not finished within the limit of 2 seconds (limits: seconds)"),
    }
    assert len(results) == 45
    assert multiprocessing.active_children() == []


def test_a_killed_worker_among_500_documents_costs_one_result() -> None:
    make_all(*(f"sops/{number}.md" for number in range(499)))
    make_all("sops/250x.md", text="KILL\n")
    results, outcome = check(jobs=2)
    lost = [path for path, result in results.items() if result.status != "checked"]
    assert lost == ["sops/250x.md"]
    assert (outcome.summary.checked, outcome.summary.crashed, outcome.exit_code) == (499, 1, 2)
    assert outcome.summary.warning == 499


@pytest.fixture
def interruptible() -> Iterator[None]:
    """An interrupt interrupts, also where the tests run in the background of a shell, which has them ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Impatient(Listener):
    """Interrupts the run a moment after the 40th result."""

    def document(self, result: DocumentResult) -> None:
        super().document(result)
        if len(self.results) == 40:
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_the_processes_and_finishes_the_outputs() -> None:
    make_all(*(f"{number}.md" for number in range(40)))
    make_all("99.md", text="HANG\n")
    Path("qmsr-lint.toml").write_text("limits = {seconds = 1000}")
    plan = scope.plan(["."], Configs(Flags()))
    listener = Impatient()
    outcome = sweep.run(plan, judge(plan), [listener], jobs=2)
    assert (outcome.interrupted, outcome.exit_code) == (True, 130)
    assert listener.summaries == [outcome.summary]
    assert len(listener.results) == outcome.summary.documents == 40
    assert multiprocessing.active_children() == []


def test_any_number_of_processes_gives_the_same_results_in_the_same_order() -> None:
    make_all(*[f"sops/{number}.md" for number in range(30)], "a.doc")
    alone, several = check(jobs=1), check(jobs=3)
    assert list(alone[0].items()) == list(several[0].items())
    assert alone[1] == several[1]


def test_processes_are_started_for_large_runs_only() -> None:
    assert [sweep.useful_jobs(documents) for documents in (0, 1, 63, 64, 127)] == [1] * 5
    assert sweep.useful_jobs(10**6) == sweep.processors() >= 1


# Earlier runs


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_second_run_reads_what_has_changed_only(jobs: int) -> None:
    for number in range(40):
        make_all(f"{number}.md", text=f"The DHF of device {number} is kept.\n")
    make_all("old.doc")
    make_all("bad.md", text="RAISE\n")
    plan = scope.plan(["."], Configs(Flags()))
    runs = []
    for _ in range(2):
        memory = open_cache("cache", [RULES.sha256], [Limits()], [False], False, today())
        assert memory is not None
        listener = Listener()
        runs.append((sweep.run(plan, judge(plan, memory), [listener], jobs=jobs), listener.results))
    (first, fresh), (second, known) = runs
    assert fresh == known
    assert (first.recalled, second.recalled) == (0, 40)
    assert second == first._replace(recalled=40)
    make_all("7.md", text="Clean.\n")
    memory = open_cache("cache", [RULES.sha256], [Limits()], [False], False, today())
    assert memory is not None
    changed = sweep.run(plan, judge(plan, memory), [], jobs=jobs)
    assert (changed.recalled, changed.summary.warning) == (39, 39)


# Suppression


def test_entries_of_suppress_silence_and_count() -> None:
    make_all("archive/a.md", "b.md")
    Path("qmsr-lint.toml").write_text(
        '[[suppress]]\npaths = ["archive/"]\nrules = ["term"]\nreason = "kept as they were"\n'
        '[[suppress]]\npaths = ["b.md"]\nrules = ["cite"]\nreason = "not ours"\n'
    )
    results, outcome = check()
    (silent,), (live,) = results["archive/a.md"].findings, results["b.md"].findings
    assert silent.suppressed == ("config", "kept as they were")
    assert live.suppressed is None
    assert (outcome.summary.warning, outcome.summary.suppressed) == (1, 1)


def test_an_entry_of_suppress_that_silences_nothing_is_told_on_request() -> None:
    make_all("a.md")
    entries = ['rules = ["cite"]', 'paths = ["b.md"]', 'rules = ["term"]', "", "until = 2026-02-02"]
    Path("qmsr-lint.toml").write_text("".join(f'[[suppress]]\nreason = "r"\n{entry}\n' for entry in entries))
    plan, said = scope.plan(["."], Configs(Flags())), list[str]()
    sweep.run(plan, judge(plan), [], report=said.append)
    assert said == [
        "qmsr-lint.toml: suppress[0] silenced nothing here",
        "qmsr-lint.toml: suppress[1] silenced nothing here",
        "qmsr-lint.toml: suppress[3] silenced nothing here",
        "qmsr-lint.toml: suppress[4] held until 2026-02-02",
    ]


@pytest.mark.parametrize(("until", "live"), [("2026-02-28", 1), ("2026-03-01", 0)])
def test_a_suppression_ends_on_its_day(until: str, live: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 2026-03-01 in UTC
    make_all("a.md")
    Path("qmsr-lint.toml").write_text(f'[[suppress]]\nreason = "until the new issue"\nuntil = {until}\n')
    assert check()[1].summary.warning == live
