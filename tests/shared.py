"""What is kept beside the repository and not in it: tests that need it skip where it is not there."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""The folder with the regulatory fact base, the labelled documents and the corpora of real ones."""
