"""Files for tests, made below the folder in which a test runs (see the fixture `repository`)."""

from pathlib import Path

LEGACY = "The DHF is kept.\n"


def make(path: str, text: str = LEGACY) -> None:
    """Write a file and the folders it needs."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def make_all(*paths: str, text: str = LEGACY) -> None:
    """Write several files of the same text."""
    for path in paths:
        make(path, text)
