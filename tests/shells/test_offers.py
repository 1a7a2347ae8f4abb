"""What bash, zsh and fish offer: commands, options, fixed words, and what the database of the line holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from gztrack.cli.declared import commands
from gztrack.cli.slots import COMMAND, Slot, slots_of
from gztrack.domain.records import COMPARATORS, METHODS
from gztrack.services.board.alarms import KINDS

from .conftest import HOSTILE, Shells

IDS = {"nev-capacity", "nev-output-growth"}


def hyphened(words: tuple[str, ...]) -> set[str]:
    return {word.replace(" ", "-") for word in words}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("gztrack st", {"status"}),
        ("gztrack --json st", {"status"}),
        ("gztrack --db other --as ann st", {"status"}),
        ("gztrack -- st", {"status"}),
        ("gztrack help hist", {"history"}),
        ("gztrack help ho", {"hooks", "host"}),
        ("gztrack schema hist", {"history"}),
        ("gztrack gate --allow lo", {"log"}),
        ("gztrack --theme m", {"mono"}),
        ("gztrack completion ", {"bash", "zsh", "fish"}),
        ("gztrack status --only=of", {"off-track"}),
        ('gztrack status --only "of', {"off-track"}),
        ("gztrack status --method ", set(METHODS)),
        ("gztrack target x 1 --comparator ", hyphened(COMPARATORS)),
        ("gztrack targets --verdict me", {"met", "met-late"}),
        ("gztrack check --fail-on ", set(KINDS)),
        ("gztrack snapshot -f m", {"md"}),
        ("gztrack export --format=", {"pack", "csv", "json", "tinydb"}),
        ("gztrack log --lang z", {"zh"}),
        ("gztrack add x --measure ", {"level", "flow", "rate"}),
        ("gztrack add x --name y --direction u", {"up"}),
        ("gztrack log x --so", {"--source"}),
    ],
)  # fmt: skip
def test_commands_options_and_fixed_words_are_offered(
    shells: Shells, shell: str, line: str, wanted: set[str]
) -> None:
    _ = shells.calls
    assert shells.words(shell, line) == wanted
    assert shells.calls == []  # no Python was started for it


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("gztrack log nev", IDS),
        ("gztrack log -- nev", IDS),
        ("gztrack show --as-of 2020 nev", IDS),
        ("gztrack status nev-capacity --archived nev-o", {"nev-output-growth"}),
        ("gztrack target pi", {"pin"}),
        ("gztrack edit x --part-of non", {"none"}),
        ("gztrack edit x --part-of=nev", IDS),
        ("gztrack cite nev-capacity@l", {"nev-capacity@last"}),
        ("gztrack cite nev-capacity@", {"nev-capacity@last", "nev-capacity@2020-05", "nev-capacity@2020-12-31"}),
        ("gztrack pin nev-capacity@", {"nev-capacity@last", "nev-capacity@2020-05"}),
        ("gztrack target drop nev", {"nev-capacity@2020-12-31"}),
        ("gztrack target nev-capacity 1 --replaces u", {"uhd-output@2020-12-31"}),
        ("gztrack --db other show ", {"rail-km"}),
        ("gztrack show --db=other ", {"rail-km"}),
        ("gztrack --db 'my other' show ", {"tram-km"}),
        ('gztrack --db "my other" show ', {"tram-km"}),
        ("gztrack --db my\\ other show ", {"tram-km"}),
        ("gztrack --db ~/other show ", {"rail-km"}),
        ("gztrack --db $HOME/other show ", {"rail-km"}),
    ],
)  # fmt: skip
def test_what_the_database_of_the_line_holds_is_offered(
    shells: Shells, shell: str, line: str, wanted: set[str]
) -> None:
    if shell == "bash" and "@" in line:  # bash takes what stands from an @ on for a word of its own
        wanted = {word[word.index("@") :] for word in wanted}
    assert shells.words(shell, line) == wanted


def test_a_database_named_by_the_environment_is_asked(shells: Shells, shell: str) -> None:
    assert shells.words(shell, "gztrack show ", GZTRACK_DB="other") == {"rail-km"}


@pytest.mark.parametrize("line", ["GZTRACK_DB=other gztrack show ", "true; GZTRACK_DB=other gztrack show "])
@pytest.mark.parametrize("shell", ["zsh", "fish"], indirect=True)
def test_a_database_named_before_the_command_is_asked(shells: Shells, shell: str, line: str) -> None:
    """Bash shows a completion only what stands behind the command's name."""
    assert shells.words(shell, line) == {"rail-km"}


@pytest.mark.parametrize(
    "line",
    [
        "gztrack log -- --zz",
        "gztrack show -- nev-capacity --a",
        "gztrack log x --source ",
        "gztrack add n",
        "gztrack show nev-capacity n",
        "gztrack nonsense ",
        "gztrack nonsense --",
        "gztrack log -f -- zz",
        "gztrack log ( zzqx",
        "gztrack ! zz",
    ],
)
def test_where_nothing_is_known_nothing_is_offered(shells: Shells, shell: str, line: str) -> None:
    assert shells.words(shell, line) == set()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("gztrack check --fail-on stale,o", {"off-track", "overdue"}),
        ("gztrack check --fail-on=stale,o", {"off-track", "overdue"}),
        ("gztrack gate --allow log,undo,s", {"status", "show", "snapshot", "schema"}),
        ("gztrack gate --allow log,undo,status,s", {"show", "snapshot", "schema"}),
    ],
)
def test_words_parted_by_commas_are_offered_once_each(
    shells: Shells, shell: str, line: str, wanted: set[str]
) -> None:
    assert {word.rpartition(",")[2] for word in shells.words(shell, line)} == wanted


def places(kind: str) -> list[Slot]:
    """The places of all commands that have such a thing to offer, each command's own."""
    shared = ("--db", "--lang")
    every = [slot for command in commands() for slot in slots_of(command) if slot.place not in shared]
    return [slot for slot in every if getattr(slot, kind)]


def line_to(slot: Slot) -> str:
    """A line whose cursor stands at a place."""
    before = slot.place if slot.place.startswith("-") else slot.behind
    return f"gztrack {slot.command} {before} ".replace("  ", " ")


@pytest.mark.parametrize("slot", places("words"), ids=line_to)
def test_every_fixed_word_of_every_place_is_offered(shells: Shells, shell: str, slot: Slot) -> None:
    assert {word for word, _ in slot.words} <= shells.words(shell, line_to(slot))


@pytest.mark.parametrize("slot", places("lists"), ids=line_to)
def test_every_place_of_something_in_the_database_asks_for_it(shells: Shells, shell: str, slot: Slot) -> None:
    _ = shells.calls
    shells.words(shell, line_to(slot))
    assert {call[-1] for call in shells.calls} == set(slot.lists)


@pytest.mark.parametrize("slot", [slot for slot in places("known") if slot.known == COMMAND], ids=line_to)
def test_every_place_of_a_command_offers_them(shells: Shells, shell: str, slot: Slot) -> None:
    assert shells.words(shell, line_to(slot)) == {each.name for each in commands()}


@pytest.mark.parametrize("slot", [slot for slot in places("known") if slot.known != COMMAND], ids=line_to)
@pytest.mark.parametrize("shell", ["zsh", "fish"], indirect=True)
def test_every_place_of_a_file_offers_them(shells: Shells, shell: str, slot: Slot) -> None:
    assert "script.bash" in shells.words(shell, line_to(slot))


@pytest.mark.parametrize("line", ["gztrack gate --print-key-line ann ", "gztrack gate --print-key-line=ann "])
def test_where_a_public_key_is_wanted_only_those_and_folders_are_offered(
    shells: Shells, shell: str, line: str
) -> None:
    for name in ("ann.pub", "bob the builder.pub"):
        (shells.home / name).touch()
    found = {word.rstrip("/").replace("\\", "") for word in shells.words(shell, line)}
    assert {"ann.pub", "bob the builder.pub", "other"} <= found
    assert all(name.endswith(".pub") or (shells.home / name).is_dir() for name in found)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("gztrack restore scr", {"script.bash", "script.zsh", "script.fish"}),
        ("gztrack snapshot -o scr", {"script.bash", "script.zsh", "script.fish"}),
        ("gztrack snapshot --output=scr", {"script.bash", "script.zsh", "script.fish"}),
        ("gztrack --db oth", {"other"}),
        ("gztrack --db=oth", {"other"}),
        ("gztrack --db scr", set()),
    ],
)
@pytest.mark.parametrize("shell", ["zsh", "fish"], indirect=True)
def test_files_and_folders_are_offered(shells: Shells, shell: str, line: str, wanted: set[str]) -> None:
    """Bash finds its files itself, in a terminal: see test_typing.py."""
    assert {word.rstrip("/") for word in shells.words(shell, line)} == wanted


def test_every_option_of_every_command_is_offered(shells: Shells, shell: str) -> None:
    for name, _, parser in commands():
        assert shells.words(shell, f"gztrack {name} --") == {option.names[0] for option in parser.options}, (
            name
        )


def test_an_option_that_was_given_is_offered_again_only_if_it_may_be_repeated(
    shells: Shells, shell: str
) -> None:
    found = shells.words(shell, "gztrack import --map a=b --missing x --m")
    assert "--map" in found
    if shell != "fish":  # fish offers what a command has, given or not
        assert found == {"--map"}


@pytest.mark.parametrize(
    "env",
    [
        {"GZTRACK_DB": "nowhere"},
        {"GZTRACK_DB": "script.bash"},
        {"GZTRACK_DB": "postgres://x"},
        {"PATH": "/usr/bin:/bin"},
    ],
)
def test_without_a_database_or_a_program_it_is_quiet(shells: Shells, shell: str, env: dict[str, str]) -> None:
    assert shells.words(shell, "gztrack show ", **env) == set()
    assert shells.words(shell, "gztrack st", **env) == {"status"}
    assert not (shells.home / "nowhere").exists()


@pytest.mark.parametrize(
    "line",
    [
        "gztrack --db '$(touch harmed)' show ",
        'gztrack --db "$(touch harmed)" show ',
        "gztrack --db `touch harmed` show ",
        "gztrack --db $(touch harmed) show ",
        "gztrack --db ${x:-$(touch harmed)} show ",
        "gztrack --db 'a[$(touch harmed)]' show ",
        "gztrack --db=$HOME[$(touch harmed)] show ",
        "gztrack '$(touch harmed)' ",
        "gztrack log 'a[$(touch harmed)]' --so",
        "gztrack --db hostile show ",
        "gztrack --db hostile status --group ",
        "gztrack --db hostile status --group '",
    ],
)
def test_nothing_on_the_line_or_in_the_database_is_run(shells: Shells, shell: str, line: str) -> None:
    shells.offers(shell, line)
    assert not (shells.home / "harmed").exists()


def test_names_describe_ids_as_they_are(shells: Shells, shell: str) -> None:
    found = shells.offers(shell, "gztrack --db hostile show ")
    assert found == (dict.fromkeys(HOSTILE, "") if shell == "bash" else HOSTILE)


def test_names_are_in_the_language_of_the_user(shells: Shells, shell: str) -> None:
    (shells.home / "zh" / "gztrack").mkdir(parents=True, exist_ok=True)
    (shells.home / "zh" / "gztrack" / "config.toml").write_text('lang = "zh"\n')
    found = shells.offers(shell, "gztrack --db other show ", XDG_CONFIG_HOME=str(shells.home / "zh"))
    assert found == {"rail-km": "" if shell == "bash" else "Rail轨道"}


def test_the_language_of_the_line_is_asked_in(shells: Shells, shell: str) -> None:
    assert shells.words(shell, "gztrack --lang zh --db other status --group ") == {"Transport交通"}


def test_a_script_in_chinese_says_so_of_commands(shells: Shells, shell: str, tmp_path: Path) -> None:
    script = shells.run("--lang", "zh", "completion", shell)
    assert ("以文本显示看板" in script) == (shell != "bash")
    own = Shells(tmp_path)
    (tmp_path / f"script.{shell}").write_text(script)
    (tmp_path / "inner.zsh").write_text((shells.home / "inner.zsh").read_text())
    about = own.offers(shell, "gztrack st")["status"]
    assert about == ("" if shell == "bash" else "以文本显示看板")


@pytest.mark.parametrize("shell", ["bash"], indirect=True)
def test_settings_of_the_shell_do_not_matter(shells: Shells, shell: str) -> None:
    (shells.home / "settings").write_text(
        "set -u -f; IFS=a:; shopt -s failglob nullglob nocasematch extglob dotglob"
    )
    for line, wanted in (
        ("gztrack st", {"status"}),
        ("gztrack log nev", IDS),
        ("gztrack status --only of", {"off-track"}),
    ):
        assert shells.words(shell, line, BASH_ENV=str(shells.home / "settings")) == wanted
