"""Find and migrate the language of the old Quality System Regulation in a company's procedures."""

__version__ = "0.1.0"
