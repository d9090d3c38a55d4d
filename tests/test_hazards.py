"""Documents made to do harm: each ends in bounded time and memory, with the result it should have; nothing leaks."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docxmaker import Part, docx, p, r, simple_field
from hazards import HAZARDS, OUTSIDE, SHOWN, body, with_main

from qmsr_lint import formats
from qmsr_lint.errors import Unreadable
from qmsr_lint.limits import DEFAULT

resource = pytest.importorskip("resource", reason="this system keeps no limits of memory")

SECONDS = 30
MEMORY = 1 << 30

RUN = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from qmsr_lint.cli import main
sys.argv = ["qmsr-lint", *sys.argv[1:]]
main()
"""
"""The command with no more memory than that for it and for each of its processes; the limits of time are its own."""

NAMES = {name: f"{number:03}{hazard.suffix}" for number, (name, hazard) in enumerate(HAZARDS.items())}


def checked(folder: Path, path: str, *codes: int) -> dict[str, Any]:
    """What `check` says of a file of a folder or of all of it, and that it ends with one of these exit codes."""
    flags = ["check", path, "--no-cache", "--jobs", "2", "-o", "json"]
    run = subprocess.run([sys.executable, "-c", RUN, *flags], cwd=folder, capture_output=True, check=False)
    assert run.returncode in codes, run.stderr.decode()
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `check` says of all hazards; of one that takes too long beside others, what it says of that one alone."""
    folder = tmp_path_factory.mktemp("hazards")
    for name, hazard in HAZARDS.items():
        (folder / NAMES[name]).write_bytes(hazard.build())
    (folder / "qmsr-lint.toml").write_text(f"limits = {{seconds = {SECONDS}}}")
    found = checked(folder, ".", 2)
    found["documents"] = [
        checked(folder, each["path"], 0, 1, 2)["documents"][0] if each["status"] == "timeout" else each
        for each in found["documents"]
    ]
    for name in NAMES.values():
        (folder / name).unlink()
    return found


@pytest.mark.parametrize("name", HAZARDS)
def test_a_hazard_ends_as_it_should(name: str, report: dict[str, Any]) -> None:
    hazard = HAZARDS[name]
    result = next(each for each in report["documents"] if each["path"] == NAMES[name])
    said = (result["status"], result["error"])
    assert said[0] == hazard.status if hazard.status else said[0] in ("checked", "unreadable"), said
    assert hazard.words in (said[1] or "")
    assert len(result["findings"]) >= hazard.findings


def test_every_hazard_is_accounted_for(report: dict[str, Any]) -> None:
    summary = report["summary"]
    assert summary["documents"] == len(report["documents"]) == len(HAZARDS)
    states = ("checked", "unreadable", "timeout", "crashed", "skipped")
    assert summary["documents"] == sum(summary.get(state, 0) for state in states)


# Nothing leaks, nothing is fetched


class FetchedError(AssertionError):
    """Something was fetched."""


@pytest.fixture
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*arguments: object, **named: object) -> None:
        raise FetchedError

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    yield


RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pointing(markup: str, kind: str, target: str) -> bytes:
    """A Word file with markup that points outside of it with the relationship "x"."""
    line = f'<Relationship Id="x" Type="{RELS}/{kind}" Target="{target}" TargetMode="External"/>'

    def change(entries: dict[str, str | bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        entries[name] = str(entries[name]).replace("</Relationships>", f"{line}</Relationships>")

    return docx(SHOWN + markup, change=change)


def outside(secret: Path) -> dict[str, tuple[str, bytes]]:
    """Documents that ask for a file, or for an address, by each way there is."""
    uri = secret.as_uri()
    picture = simple_field(f'INCLUDETEXT "{secret}"', r("x"))
    html = f'<!DOCTYPE html SYSTEM "{uri}"><p>&x;<iframe src="{uri}"></iframe><object data="{uri}"></object></p>'
    xinclude = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{uri}" parse="text"/>'
    sheet = f'<?xml-stylesheet type="text/xsl" href="{uri}"?>'
    return {
        "entity": (".docx", with_main(OUTSIDE.format(secret))),
        "entity in UTF-16": (".docx", with_main(OUTSIDE.format(secret).encode("utf-16-le"))),
        "XInclude": (".docx", with_main(body(SHOWN, xinclude))),
        "style sheet": (".docx", with_main(body(SHOWN).replace("<w:document", f"{sheet}<w:document"))),
        "chunk": (".docx", pointing('<w:altChunk r:id="x"/>', "aFChunk", uri)),
        "header": (
            ".docx",
            pointing('<w:sectPr><w:headerReference w:type="default" r:id="x"/></w:sectPr>', "header", uri),
        ),
        "template": (".docx", pointing("", "attachedTemplate", "http://127.0.0.1:9/x.dotx")),
        "styles": (".docx", pointing("", "styles", uri)),
        "field": (".docx", docx(SHOWN + p(picture))),
        "HTML": (
            ".docx",
            docx(
                SHOWN + '<w:altChunk r:id="c"/>',
                parts={"word/c.html": Part(html, "aFChunk", "c", "text/html")},
            ),
        ),
        "Markdown": (".md", f"![x]({uri}) <img src='{uri}'> [x]: {uri}\n\n[x] The DHF is kept.\n".encode()),
        "front matter": (".md", f"---\ntitle: !!python/object/apply:os.system ['cat {secret}']\n---\nDHF".encode()),
    }


@pytest.mark.parametrize("case", outside(Path("/secret")))
@pytest.mark.usefixtures("_no_sockets")
def test_a_document_reads_nothing_but_itself(case: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of another file")
    suffix, data = outside(secret)[case]
    opened: list[str] = []
    formats.read(b"warm", "x.md", DEFAULT)
    try:
        formats.read(docx(SHOWN), "x.docx", DEFAULT)
        _watched.append(opened)
        text = formats.read(data, f"x{suffix}", DEFAULT).text
    except Unreadable as error:
        text = str(error)
    finally:
        _watched.clear()
    assert "another file" not in text
    assert not [path for path in opened if "secret" in path]


_watched: list[list[str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watched and event in ("open", "os.system", "subprocess.Popen", "os.exec", "socket.connect"):
        _watched[0].append(f"{event} {arguments[0]!r} {os.fspath(str(arguments[0]))}")


sys.addaudithook(_watch)
