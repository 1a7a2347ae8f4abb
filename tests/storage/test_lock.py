"""The lock: a bounded wait, who holds it and since when, and accounts that may not write."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gztrack.errors import StoreBusy
from gztrack.storage.files import login
from gztrack.storage.journal import Journal
from gztrack.storage.lock import WAIT, Lock
from needs import missing
from storage.support import database, facts_file, finish, numbers, script, transaction

HOLD = """
import sys
from gztrack.storage.journal import Journal
sys.argv[1:] = sys.argv[2:]
with Journal({db!r}).exclusive():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_waiting_in_vain_names_the_holder_and_since_when(db: Path) -> None:
    holder = script(HOLD.format(db=str(db)), "x", "import", "secret.csv")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    began = time.monotonic()
    with pytest.raises(StoreBusy) as told:
        Journal(str(db), wait=0.2).append(transaction(1, 1))
    waited = time.monotonic() - began
    finish([holder])
    assert 0.2 <= waited < 2
    message = str(told.value)
    assert message.startswith(f"{db}: busy for 0.2 s, locked by {login()} (pid {holder.pid}, ")
    assert "import) since " in message
    assert re.search(r"since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ;", message)
    assert "secret" not in message
    assert numbers(db) == []


def test_the_wait_is_five_seconds_unless_told() -> None:
    assert WAIT == 5


def test_an_append_waits_for_the_holder(db: Path) -> None:
    holder = script(HOLD.format(db=str(db)), "x")
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    waiting = script(
        "import sys; from storage.support import transaction; from gztrack.storage.journal import Journal;"
        "Journal(sys.argv[1]).append(transaction(1, 1)); print('done')",
        db,
    )
    time.sleep(0.3)
    assert waiting.poll() is None
    finish([holder])
    assert finish([waiting]) == ["done\n"]


def test_a_killed_holder_leaves_no_lock(db: Path) -> None:
    holder = script(HOLD.format(db=str(db)), "x")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.communicate()
    Journal(str(db), wait=0.5).append(transaction(1, 1))
    assert numbers(db) == [1]


def test_a_reader_does_not_wait_for_the_holder(db: Path) -> None:
    Journal(str(db)).append(transaction(1, 1))
    with Journal(str(db)).exclusive():
        assert numbers(db) == [1]


def test_a_lock_file_that_was_replaced_while_waiting_is_not_trusted(db: Path) -> None:
    lock = Lock(str(db), wait=0.2)
    with Lock(str(db)).held():
        (db / "lock").rename(db / "old")
        (db / "lock").write_bytes((db / "old").read_bytes())
        with lock.held() as fd:  # the new file's lock is free
            assert os.fstat(fd).st_ino == (db / "lock").stat().st_ino


def test_who_had_the_lock_before_is_not_named_for_who_has_it_now(db: Path) -> None:
    if not Path("/proc/locks").exists():
        missing("this system does not tell who holds a lock")
    Journal(str(db)).append(transaction(1, 1))
    holder = script(HOLD.format(db=str(db)), "x")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with (db / "lock").open("r+b") as file:  # as if it had stopped before it could write its name
        file.seek(42)
        file.write(b"bob (pid 1, gztrack) since 2020-01-01T00:00:00Z".ljust(159) + b"\n")
    with pytest.raises(StoreBusy, match="locked by another process; nothing was written"):
        Journal(str(db), wait=0.1).append(transaction(2, 2))
    finish([holder])


AS_NOBODY = """
import os, pwd, sys
from storage.support import transaction
from gztrack.errors import StoreError
from gztrack.storage.derived import Derived, write_derived
from gztrack.storage.tinydb_store import TinyDBStore
if os.getuid() == 0:  # everything is imported: nobody may not reach Python's own library
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    store = TinyDBStore(sys.argv[1])
    print([fact["value"] for _, fact in store.facts()[0]], flush=True)
    print(write_derived(sys.argv[1], Derived(0, 0, "x", {})))
    store.append(transaction(2, 2))
except StoreError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def public() -> Iterator[Path]:
    """A directory that every account may reach; pytest's own ones are closed."""
    folder = Path(tempfile.mkdtemp(prefix="gztrack-test-"))
    folder.chmod(0o755)
    yield folder
    (folder / "db").chmod(0o755)
    shutil.rmtree(folder)


def test_a_database_that_may_only_be_read_is_read_and_says_so_on_a_write(public: Path) -> None:
    db = database(public / "db", transaction(1, 1))
    db.chmod(0o555)
    facts_file(db).chmod(0o444)
    (db / "lock").chmod(0o444)
    (out,) = finish([script(AS_NOBODY, db)])
    read, heads, error = out.splitlines()
    assert read == "[1]"
    assert heads == "False"
    assert error.startswith(f"StoreReadOnly {db}: ")
    assert ": read-only for " in error
    assert error.endswith(" (permission denied): ask its owner for write permission")


def test_a_database_that_may_not_be_read_says_who_to_ask(public: Path) -> None:
    db = database(public / "db", transaction(1, 1))
    db.chmod(0o000)
    (out,) = finish([script(AS_NOBODY, db)])
    assert out.startswith(f"StoreError {db}")
    assert "may not read it (permission denied): ask its owner" in out
