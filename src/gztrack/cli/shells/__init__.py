"""Completion scripts: what each shell needs to know of every command, put into what it does with that.

What a script does stands in a file of its own language (``gztrack.bash`` and so on), where `TABLES`
marks the place of what is known: that is made from what the commands declare.
"""

from __future__ import annotations

import os

from gztrack.cli.declared import commands

TABLES = "#@TABLES@\n"


def script(shell: str) -> str:
    """The completion script of a shell, its texts in the language of the process."""
    if shell == "bash":
        from gztrack.cli.shells.bash import tables
    elif shell == "zsh":
        from gztrack.cli.shells.zsh import tables
    else:
        from gztrack.cli.shells.fish import tables
    with open(os.path.join(os.path.dirname(__file__), f"gztrack.{shell}"), encoding="utf-8") as file:
        return file.read().replace(TABLES, tables(commands()))
