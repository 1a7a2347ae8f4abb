"""Real shells with the real scripts: what each of them offers for a line, and what it then types."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from needs import tool
from terminal import Terminal, bare_environment

SOURCES = os.pathsep.join(os.path.abspath(path) for path in sys.path if path)
SHELLS = ("bash", "zsh", "fish")

HOSTILE = {
    "dollar": "$(touch harmed) `touch harmed` ${x:=y}",
    "quotes": 'it\'s "quoted" \\ and \\n',
    "colons": "a:b [c] {d,e} (f) %F{red} ~ # !! ; & | < >",
}
"""Names of indicators that a shell could take for commands, by id; each heads a group of that name too."""

# Bash says itself what it takes for the word in question; here it is what its word breaks make of these lines.
_BASH = r"""
source "$HOME/script.bash"
COMP_LINE=$LINE COMP_POINT=${#LINE}
typed=${LINE##*[ =\'\"]}
[[ $typed == *@* ]] && typed=@${typed##*@}
_gztrack gztrack "$typed" ''
printf '%s\n' "${COMPREPLY[@]}"
"""

_FISH = r"""
source $HOME/script.fish
complete -C "$LINE"
"""

# A zsh completes in a terminal only, so this one has another one inside.
_ZSH = r"""
zmodload zsh/zpty
zpty inner zsh -f
zpty -w inner "PROMPT= RPROMPT=; stty -echo columns 300 rows 300; source $HOME/inner.zsh"
zpty -r inner REPLY '*READY*'
zpty -n -w inner "$LINE"$'\t'
zpty -r inner REPLY '*'$'\002''*'$'\003'
REPLY=${REPLY#*$'\002'}
print -r -- "${${REPLY%$'\003'*}//$'\r'}"
zpty -d inner
"""

# What is offered is what matches of what compadd is given; calls that only ask (-O, -A, -D) pass.
_INNER = r"""
autoload -Uz compinit
compinit -u -D
source $HOME/script.zsh
zstyle ':completion:*' list-grouped false
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a __hits __said
  if (( $@[(I)-d] )); then __said=("${(@P)${@[$@[(i)-d]+1]}}"); fi
  builtin compadd -A __hits -D __said "$@"
  local -i at
  for (( at = 1; at <= $#__hits; at++ )); do
    print -r -- "$__hits[at]	${${__said[at]}#* -- }" >> $HOME/offers
  done
  builtin compadd "$@"
}
_told() { : > $HOME/offers; zle complete-word; print -n $'\002'; cat $HOME/offers; print -n $'\003' }
zle -C complete-word .complete-word _main_complete
zle -N _told
bindkey '^I' _told
print READY
"""

_ASKS = {
    "bash": ("bash", "--norc", "--noprofile", "-c", _BASH),
    "zsh": ("zsh", "-f", "-c", _ZSH),
    "fish": ("fish", "--no-config", "-c", _FISH),
}

_SITS = {
    "bash": (("bash", "--norc", "--noprofile", "-i"), "source ~/script.bash"),
    "zsh": (("zsh", "-f"), "autoload -Uz compinit; compinit -u -D; source ~/script.zsh"),
    "fish": (("fish", "--no-config"), "source ~/script.fish"),
}


class Shells:
    """A home with the program on its path, some databases, and the script of every shell."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = bare_environment() | {
            "HOME": str(home),
            "PYTHONPATH": SOURCES,
            "GZTRACK_DB": str(home / "db"),
            "GZTRACK_TODAY": "2026-11-24",
            "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
        }

    def run(self, *words: str) -> str:
        """Run the program; what it prints."""
        ran = subprocess.run(
            ["gztrack", *words], env=self.env, cwd=self.home, capture_output=True, text=True, check=True
        )
        return ran.stdout

    @property
    def calls(self) -> list[list[str]]:
        """The words that the program was started with, each time since they were asked for."""
        try:
            said = (self.home / "calls").read_text()
        except FileNotFoundError:
            return []
        (self.home / "calls").unlink()
        return [call.split("\0")[:-1] for call in said.split("\n\0")[:-1]]

    def offers(self, shell: str, line: str, **env: str) -> dict[str, str]:
        """What a shell offers at the end of a line, and what it says of each; in bash nothing."""
        ran = subprocess.run(
            _ASKS[shell],
            env=self.env | {"LINE": line} | env,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ran.stderr == ""
        pairs = (each.partition("\t") for each in ran.stdout.splitlines() if each)
        return {word: about.strip() for word, _, about in pairs}

    def words(self, shell: str, line: str, **env: str) -> set[str]:
        """The words alone; of ``--option=word`` the word, whichever way the shell says it."""
        stem = line.rpartition(" ")[2].partition("=")
        own = f"{stem[0]}=" if stem[1] else ""
        return {word.removeprefix(own) for word in self.offers(shell, line, **env)}

    def typed(self, shell: str, line: str) -> list[str]:
        """Type a line in a real terminal, then tab, then enter: what the program was started with at last."""
        command, source = _SITS[shell]
        with Terminal(command, columns=200, env=self.env, cwd=str(self.home)) as terminal:
            terminal.settle()
            terminal.press(f"{source}; echo R''EADY\r")
            terminal.until("READY")
            terminal.settle()
            _ = self.calls
            terminal.press(line, "tab")
            terminal.settle(0.7)
            terminal.press("\r")
            for _ in range(100):
                terminal.settle(0.2)
                if found := [call for call in self.calls if "completion" not in call]:
                    return found[-1]
            raise AssertionError(terminal.text)


@pytest.fixture(scope="session", params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    tool(name)
    return name


@pytest.fixture(scope="session")
def shells(tmp_path_factory: pytest.TempPathFactory) -> Shells:
    home = tmp_path_factory.mktemp("shells")
    (home / "bin").mkdir()
    program = home / "bin" / "gztrack"
    program.write_text(
        "#!/bin/sh\n"
        f"""{{ printf '%s\\0' "$@"; printf '\\n\\0'; }} >>'{home}/calls'\n"""
        f"""exec '{sys.executable}' -m gztrack "$@"\n"""
    )
    program.chmod(0o755)
    made = Shells(home)
    made.run("init", "--tz", "UTC")
    made.run("log", "nev-capacity", "310k", "--for", "2020-05")
    for path, slug, name, group in (
        ("other", "rail-km", "Rail", "Transport"),
        ("my other", "tram-km", "Tram", "Transport"),
        *(("hostile", slug, name, name) for slug, name in HOSTILE.items()),
    ):
        if not (home / path).exists():
            made.run("--db", path, "init", "--empty", "--tz", "UTC")
        made.run(
            *("--db", path, "add", slug, "--name", name, "--unit", "km", "--group", group),
            *("--name-zh", f"{name}轨道", "--group-zh", f"{group}交通"),
        )
    for name in SHELLS:
        (home / f"script.{name}").write_text(made.run("completion", name))
    (home / "inner.zsh").write_text(_INNER)
    return made
