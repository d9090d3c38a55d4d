"""`python -m qmsr_lint`."""

from qmsr_lint.cli import main

main(prog_name="qmsr-lint")
