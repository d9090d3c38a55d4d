"""Where the program starts: `qmsr-lint`, or `python -m qmsr_lint`."""

import atexit
import gc

# Python looks for unused objects after every 700 new ones, which at a start means through all modules many times, and
# once more at the end, through everything: a third of the time of a short run, and it would find nothing.
gc.set_threshold(50_000)
atexit.register(gc.freeze)

from qmsr_lint.cli import main  # noqa: E402

if __name__ == "__main__":
    main(prog_name="qmsr-lint")
