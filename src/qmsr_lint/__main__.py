"""Where the program starts: `qmsr-lint`, or `python -m qmsr_lint`."""

import atexit
import gc
import os
import sys

# Python looks for unused objects after every 700 new ones, which at a start means through all modules many times, and
# once more at the end, through everything: a third of the time of a short run, and it would find nothing.
gc.set_threshold(50_000)
atexit.register(gc.freeze)

from qmsr_lint.cli import main as command_line  # noqa: E402


def main() -> None:
    """Run the command line, and end the process with its exit code."""
    try:
        command_line(prog_name="qmsr-lint")
    except SystemExit as end:
        if isinstance(end.code, int) and "multiprocessing" not in sys.modules:
            _leave(end.code)
        raise


def _leave(code: int) -> None:
    """End the process at once: all files are closed by now, and to take every object apart takes time for nothing."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return  # as when the reader of a pipe is gone: Python has its own way to end then
    os._exit(code)


if __name__ == "__main__":
    main()
