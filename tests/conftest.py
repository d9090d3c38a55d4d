"""Hypothesis: the same examples in every run, without deadlines; `make fuzz` looks for new ones, and for many more."""

from hypothesis import settings

settings.register_profile("default", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=5_000)
settings.load_profile("default")
