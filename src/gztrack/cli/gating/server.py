"""Settings of the SSH server that undo a gate before it starts."""

from __future__ import annotations

import os
import re

from gztrack.language import tr

SSHD_CONFIG = "/etc/ssh/sshd_config"


def settings(config: str) -> tuple[list[str], list[str]]:
    """Settings of the server that undo a gate, and what could not be read."""
    from glob import glob

    found: list[str] = []
    notes: list[str] = []
    for place in [config, *sorted(glob(os.path.join(os.path.dirname(config), "sshd_config.d", "*.conf")))]:
        try:
            with open(place, encoding="utf-8", errors="replace") as opened:
                lines = opened.read().split("\n")
        except FileNotFoundError:
            continue
        except OSError:
            notes.append(tr("{path}: cannot be read from this account", path=place))
            continue
        for number, line in enumerate(lines, 1):
            if why := _undoes(line):
                line_there = tr("{file}, line {line}", file=place, line=number)
                found.append(tr("{place}: {what}", place=line_there, what=why))
    return found, notes


def _undoes(line: str) -> str:
    """Why a line of the server's configuration undoes a gate; empty where it does not."""
    name, *values = re.split(r"[\s=]+", line.split("#", 1)[0].strip())
    name, values = name.lower(), [value.strip('"') for value in values if value]
    if name == "permituserenvironment" and values and values[0].lower() != "no":
        return tr("PermitUserEnvironment lets ~/.ssh/environment set variables before the gate starts")
    if name == "permituserrc" and values and values[0].lower() == "yes":
        return tr("PermitUserRC lets ~/.ssh/rc run before the gate starts; set it to no")
    if name == "acceptenv":
        bad = [value for value in values if _loads_code(value)]
        if bad:
            return tr(
                "AcceptEnv {patterns} lets a client set variables that load code", patterns=" ".join(bad)
            )
    return ""


def _loads_code(pattern: str) -> bool:
    """Whether a pattern of ``AcceptEnv`` lets a variable in that loads code before a gate can drop it."""
    from fnmatch import fnmatchcase

    # The account's login shell starts the gate: what it goes by counts as well.
    dangerous = ("LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "GLIBC_TUNABLES", "DYLD_INSERT_LIBRARIES", "GCONV_PATH",
                 "LOCPATH", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "BASH_ENV", "ENV", "BASH_FUNC_exec%%",
                 "SHELLOPTS", "BASHOPTS", "PS4", "PATH", "HOME", "ZDOTDIR", "XDG_CONFIG_HOME")  # fmt: skip
    prefix = pattern.rstrip("*")
    return any(fnmatchcase(name, pattern) for name in dangerous) or prefix in (
        "LD_",
        "PYTHON",
        "DYLD_",
        "BASH_FUNC_",
        "TEXTUAL",
    )
