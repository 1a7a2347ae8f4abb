"""gztrack: a promise ledger in the terminal.

Figures and targets as they were stated, each with its source; everything else is derived.
"""

__version__ = "0.1.0"
