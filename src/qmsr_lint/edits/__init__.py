"""From findings to edits: what is written, where, and what is left to a person. Pure; finds first, edits later.

A fix is a finding's own replacement. Beside it in the sentence it must still read right, so that neighbouring fixes are
looked at together: an article before it, an abbreviation defined behind it, a list of citations, words said twice.
"""

from qmsr_lint.edits.draft import Planned, changed
from qmsr_lint.edits.plan import plan

__all__ = ["Planned", "changed", "plan"]
