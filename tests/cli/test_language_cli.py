"""The store and its commands in Chinese: whole sentences, columns in place, nothing left in English."""

from __future__ import annotations

import errno
import importlib
import io
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import translations
from gztrack import language
from gztrack.cli import batch, init, keep, progress, snapshot, transfer, undo
from gztrack.cli.parser import Found
from gztrack.cli.progress import watched
from gztrack.cli.session import Session
from gztrack.cli.words import Globals
from gztrack.domain.many import Periods
from gztrack.errors import GuardError, GztrackError, InputError
from gztrack.export.cells import cells
from gztrack.language import tr
from gztrack.services.entering.entries import LogEntry
from gztrack.storage import documents, lines, locations, scan, tables
from gztrack.storage.copies import backups, sources
from gztrack.storage.creation import create
from gztrack.storage.files import Files, as_store_error
from gztrack.storage.health import surroundings
from gztrack.storage.health.doctor import examine
from gztrack.storage.health.examination import told_of
from gztrack.storage.health.repairing import repair
from gztrack.storage.journal import Journal
from gztrack.storage.lock import Lock, Mark, gone, replaced
from gztrack.storage.tinydb_store import TinyDBStore
from storage.support import database, facts_file, transaction
from storage.test_damage import LOST, LOST_BY_THE_MARK, PROVEN, PROVEN_BY_THE_MARK, Change, ids

COMMANDS = (
    "keep", "merge", "transfer", "check", "config", "init", "undo", "snapshot", "batch", "progress", "log", "status",
    "session",
)  # fmt: skip

TYPED = re.compile(
    r"gztrack(?: --db \S+| --as \S+)*(?: (?:add|backup|config|correct|doctor|export|import|init|log|merge|redo|restore"
    r"|retract|show|status|undo)\b)?"
    r"|--?[a-z][-a-z]*(?:=[A-Z]+\b)?"
    r"|\b[A-Z]{2,}(?:=[A-Z]+)?\b|\b[Ff]acts?\.jsonl\b|\bconfig\.toml\b"
)
"""What stays as it is typed: commands, options, what they take, names of files."""

KEPT = {
    "backup", "backups", "chgrp", "chmod", "config", "csv", "ctrl", "d", "diff", "doc", "export", "id", "import", "log",
    "md", "moving",
    "away", "never", "no", "off", "over", "overdue", "reached", "snapshot", "stale", "track", "true", "false",
    "due", "verdict", "value", "Amount", "gs", "ignore", "merge", "init", "pack", "json", "JSON",
    "tinydb", "TinyDB", "PostgreSQL", "GZTRACK", "TZ", "DB",
}  # fmt: skip
"""Names of commands, formats, alarms, words that options take, keys, and programs."""


@pytest.fixture(autouse=True)
def _in_chinese(_own_surroundings: None) -> None:
    language.use("zh")


def foreign(text: str, *known: str) -> list[str]:
    """Latin words in a text that no person who reads Chinese could be meant to read."""
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, " ")
    text = re.sub(r"\{\w+[^{}]*\}|'[^']*'|\"[^\"]*\"", " ", text)
    return [word for word in re.findall(r"[A-Za-z]{2,}", TYPED.sub(" ", text)) if word not in KEPT]


def said(action: Callable[[], object]) -> str:
    """What an action is refused with."""
    with pytest.raises(GztrackError) as refused:
        action()
    return str(refused.value)


def told(place: Path, *, db: bool = False) -> Session:
    environ = {"GZTRACK_TODAY": "2026-11-24", "HOME": str(place), "GZTRACK_DB": str(place)}
    return Session(Globals(db=str(place) if db else None), environ)


# -- the catalogue ------------------------------------------------------------------------------


def own() -> list[tuple[str, str]]:
    """Every text of the store and these commands, and what is said instead."""
    catalogue = translations.catalogue("zh")
    found = []
    for path, _, text, _, context in extract_from_dir(
        str(translations.SOURCE),
        [("storage/**.py", "python"), *((f"cli/{name}.py", "python") for name in COMMANDS)],
        keywords=translations.KEYWORDS,
    ):
        key = text[0] if isinstance(text, tuple) else text
        message = catalogue.get(key, context)
        chinese = message.string if message else ""
        found.append((f"{path}: {key}", str(chinese[0] if isinstance(chinese, tuple | list) else chinese)))
    return found


def test_every_text_is_there_and_is_chinese() -> None:
    texts = own()
    assert len(texts) > 280
    assert [key for key, chinese in texts if not chinese] == []
    assert {key: words for key, chinese in texts if (words := foreign(chinese))} == {}


def test_chinese_sentences_have_chinese_punctuation() -> None:
    bad = [chinese for _, chinese in own() if re.search(r"[\u4e00-\u9fff}][,;:?!](?:\s|$)", chinese)]
    assert bad == []


def test_latin_letters_and_digits_stand_apart_from_characters() -> None:
    close = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
    assert [chinese for _, chinese in own() if close.search(chinese.replace("31万", ""))] == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("batch", "progress", "session")])
def test_the_help_of_a_command_says_what_it_does_in_chinese(name: str) -> None:
    for command, made in importlib.import_module(f"gztrack.cli.{name}").COMMANDS.items():
        parser = made.parser()
        assert foreign(parser.about, "README") == [], command
        assert re.search("[\u4e00-\u9fff]", parser.about), command


# -- commands in texts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("用gztrack undo可撤销", "用gztrack --db 'a b' --as '王' undo可撤销"),
        ("撤销：gztrack undo。", "撤销：gztrack --db 'a b' --as '王' undo。"),
        ("可用 gztrack doctor --repair 修复", "可用 gztrack --db 'a b' doctor --repair 修复"),
        (
            "gztrack show x，gztrack log x 1",
            "gztrack --db 'a b' show x，gztrack --db 'a b' --as '王' log x 1",
        ),
        ("see mygztrack undo", "see mygztrack undo"),
        ("gztrack undoing", "gztrack undoing"),
        ("gztrack 记录", "gztrack 记录"),
    ],
)
def test_a_command_among_chinese_characters_is_addressed(text: str, typed: str) -> None:
    assert Session(Globals(db="a b", author="王"), {}).addressed(text) == typed


def test_a_name_with_a_backslash_is_addressed_as_it_is() -> None:
    assert Session(Globals(db=r"a\1b"), {}).addressed("gztrack undo") == r"gztrack --db 'a\1b' undo"


# -- what the store refuses ---------------------------------------------------------------------


@pytest.mark.parametrize("writing", [True, False])
@pytest.mark.parametrize(
    "number",
    [
        errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP, errno.ENOTDIR,
        errno.EIO, errno.ENOENT, errno.EISDIR, errno.ENAMETOOLONG, errno.EMFILE, errno.ENFILE, errno.ESTALE,
        errno.EBUSY, errno.EXDEV, errno.EINVAL, errno.EEXIST, errno.ENOTEMPTY, errno.EBADF, errno.ENOMEM,
    ],
)  # fmt: skip
def test_the_systems_own_words_are_said_in_chinese(
    number: int, writing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gztrack.storage.files.login", lambda: "anna")
    message = str(as_store_error(OSError(number, os.strerror(number)), "/db", writing=writing))
    assert foreign(message, "/db", "anna") == [], message


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            lambda: as_store_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "/db", writing=True),
            "/db：磁盘已满；未保存任何内容；请腾出空间后重试",
        ),
        (
            lambda: gone("/db/facts.jsonl", Mark(1234, 0)),
            "/db/facts.jsonl：已不存在，原存有 1,234 字节；请找回该文件，或用 gztrack restore 恢复备份",
        ),
        (
            lambda: replaced("/db", Mark(1234, 0), 5),
            "/db：已被清空或换成较早的副本（现有 5 字节，原存有 1,234 字节）；请找回较新的文件，或运行 gztrack doctor",
        ),
        (
            lambda: scan.bad_line("/db", 3, scan.diagnosis(b"x")),
            "/db，第 3 行：不是 JSON：请运行 gztrack doctor",
        ),
    ],
)
def test_an_error_is_one_chinese_sentence(error: Callable[[], Exception], message: str) -> None:
    assert str(error()) == message


@pytest.mark.parametrize(
    "line",
    [b"", b"\xef\xbb\xbf{", b"{}\r", b"<<<<<<< x", b"a\0b", b"x", b"{}", b'{"a":1,"crc":"00000000"}'],
)
def test_what_is_wrong_with_a_line_is_said_in_chinese(line: bytes) -> None:
    assert foreign(scan.diagnosis(line), "JSON", "CRLF") == []


@pytest.mark.parametrize(
    ("table", "document"),
    [
        ("readings", {}),
        ("readings", {"indicator": 1}),
        ("readings", {"start": "x"}),
        ("readings", {"start": "2020-02-01", "end": "2020-01-01"}),
        ("readings", {"inferred": [1]}),
        ("indicators", {"archived": "x"}),
        ("indicators", {"measure": "x"}),
    ],
)
def test_a_document_is_refused_in_chinese(table: str, document: dict[str, object]) -> None:
    good: dict[str, object] = {
        "indicator": "steel", "name": "n", "unit": "t", "measure": "level", "direction": "up", "value": 1,
        "period": "2020", "start": "2020-01-01", "end": "2020-12-31", "group": "g",
    }  # fmt: skip
    message = said(lambda: documents.check(table, {**good, **document} if document else {}))
    parted = re.sub(
        rf"{table}|\b(?:indicator|start|end|inferred|archived|measure|period|value)\b", "", message
    )
    assert foreign(parted, "level", "flow", "rate") == [], message


def test_a_name_for_a_database_is_refused_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    def require(name: str) -> str:
        return said(lambda: locations.resolve(str(tmp_path / name), {}).require())

    here = str(tmp_path)
    assert require("file") == f"{here}/file：是文件，而数据库应为目录"
    assert require("none") == (
        f"{here}/none：此处没有数据库；请核对名称，或用 gztrack --db {here}/none init 建立"
    )
    assert foreign(require("folder"), f"{here}/folder", "init") == []
    for name in ("", "postgres://x", "mysql://x"):
        assert foreign(said(partial(locations.resolve, name, {})), "mysql") == []


def test_a_full_lock_names_its_holder(db_path: Path) -> None:
    lock = Lock(str(db_path), wait=0.01)
    with lock.held():
        message = said(lambda: Lock(str(db_path), wait=0.01).held().__enter__())
    assert re.fullmatch(r"\S+：占用已达 0\.01 秒，锁由 .+ 持有；未写入任何内容；请重试", message)


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    return database(tmp_path / "db", *(transaction(n, n) for n in (1, 2, 3, 4)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none", None),
        ("empty", b""),
        ("letter", b"Dear Anna\n"),
        ("cut", b'{"gztrack":"backup"'),
        ("newer", b'{"gztrack":"facts","schema":99}\n'),
        ("bad", b'{"gztrack":"facts","schema":2}\n'),
        ("folder", None),
    ],
)
def test_what_is_no_copy_is_refused_in_chinese(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    elif name == "folder":
        path.mkdir()

    def read() -> None:
        with sources.opened(str(path), io.BytesIO(), str(tmp_path)) as copy:
            copy.tally()

    assert foreign(said(read), str(path), "CSV", "JSON") == []


def test_a_name_for_a_backup_is_refused_in_chinese(db_path: Path) -> None:
    journal = Journal(str(db_path))
    there = db_path.parent / "there"
    there.touch()
    names = [str(db_path), str(db_path.parent / "x" / "y"), str(db_path / "y"), str(there)]
    for name in names:
        message = said(partial(backups.back_up, journal, name))
        assert foreign(message, *names, str(db_path.parent / "x")) == [], message
    assert said(lambda: backups.back_up(journal, str(there))) == f"{there}：已存在；加 --force 则替换"


def test_what_the_journal_cannot_keep_is_refused_in_chinese(tmp_path: Path) -> None:
    assert foreign(said(lambda: create(str(tmp_path / "db"), "x" * 2000, "UTC"))) == []
    for value in ("\ud800", 1 << 80):
        one = transaction(1, 1)
        table, record = one.facts[0]
        spoilt = one._replace(facts=((table, {**record, "note": value}),))
        assert foreign(said(partial(lines.encode, spoilt)), "note", r"\ud800", "UTF") == []
    with pytest.raises(ValueError, match="最后一个事务未完成"):
        list(lines.in_order([{"tx": "x", "part": 1}]))


def test_a_call_that_would_change_a_fact_says_in_chinese_what_to_do(db_path: Path) -> None:
    table = TinyDBStore(str(db_path)).table("things")
    assert said(table.truncate) == (
        "truncate：记录从不修改或删除；由新记录取代旧记录：gztrack correct 或 gztrack retract"
    )
    assert said(lambda: table._get_next_id()).startswith("按计数编号：")
    assert foreign(said(lambda: table.insert({"tx": "x"})), "tx") == []
    assert tables.FactsDB.table_class is type(table)


# -- the doctor ---------------------------------------------------------------------------------

CASES = [case[1:] for case in PROVEN + PROVEN_BY_THE_MARK + LOST + LOST_BY_THE_MARK]
NAMES = ids(PROVEN + PROVEN_BY_THE_MARK + LOST + LOST_BY_THE_MARK)


@pytest.mark.parametrize(("change", "message"), CASES, ids=NAMES)
def test_damage_is_told_and_put_right_in_chinese(db_path: Path, change: Change, message: str) -> None:
    before = facts_file(db_path).read_bytes().splitlines(keepends=True)
    facts_file(db_path).write_bytes(b"".join(change(before)))
    report = examine(str(db_path))
    kept = (str(db_path), "facts.jsonl", "JSON", "CRLF", "anna", "steel", "UTC", "db")
    for finding in report.findings:
        shown = re.sub(r"（原写 \w+，现为 \w+）|其内容为：.*", "", finding.what)
        assert foreign(shown, *kept) == foreign(finding.advice, *kept) == [], finding
    done = repair(str(db_path)).done
    lines_told = [re.sub(r"\S*/(?:quarantine|backups)/\S*|已将 .*", "", line) for line in done]
    assert [words for line in lines_told if (words := foreign(line, *kept))] == []


def test_the_doctor_says_it_line_by_line(db_path: Path) -> None:
    session = told(db_path)
    assert keep.doctor(Found(repair=False), session).data == "完好：4 条记录，4 个事务"
    before = facts_file(db_path).read_bytes().splitlines(keepends=True)
    facts_file(db_path).write_bytes(b"".join([*before[:2], before[1], *before[2:]]))
    (db_path / "lock").unlink()
    answer = keep.doctor(Found(repair=False), session)
    assert str(answer.data).splitlines() == [
        "损坏：facts.jsonl，第 3 行：重复出现：没有丢失：gztrack doctor --repair 可修复",
        "警告：lock，第 1 行：标记缺失，日志若被清空将无法察觉：下次写入时重新生成",
        f"已损坏：1 处；gztrack --db {db_path} doctor --repair 可修复能修复之处",
    ]


def test_what_lies_around_a_journal_is_told_in_chinese(db_path: Path) -> None:
    (db_path / "quarantine").mkdir()
    (db_path / "quarantine" / "x").touch()
    (db_path / "heads.json.new").touch()
    (db_path / "heads.json").write_text("{}")
    (db_path / "board.json").symlink_to("x")
    db_path.chmod(0o777)
    facts_file(db_path).chmod(0o666)
    found = surroundings.findings(str(db_path), Files())
    found += surroundings.derived_findings(str(db_path), None, Files())
    assert len(found) > 4
    for finding in found:
        assert foreign(finding.what) == foreign(finding.advice, str(db_path), "rwx") == [], finding
    for line in surroundings.tidy(str(db_path), Files()):
        assert foreign(line, "facts.jsonl", "heads.json.new", "heads.json") == []


def test_a_lost_line_is_told_so_that_it_can_be_entered_again() -> None:
    raw = (
        b'{"author":"anna","facts":[["readings",{"indicator":"steel","value":5,"period":"2020-06"}],'
        b'["targets",{"indicator":"steel","value":9,"due":"2025"}],["pins",{"of":"x"}],["pins",{"of":"y"}]]}'
    )
    assert told_of(raw) == (
        "读数 steel 5（2020-06），记录人 anna；目标 steel 9（2025 到期），记录人 anna；"
        "固定 x，记录人 anna；另有 1 条，记录人 anna"
    )


# -- the commands -------------------------------------------------------------------------------


class Screen(io.StringIO):
    """A terminal's stderr."""

    def isatty(self) -> bool:
        return True


def test_a_progress_line_is_cleared_as_wide_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "PAUSE", 0)
    screen = Screen()
    with watched(screen) as watch:
        assert watch is not None
        watch(1000, 2000, "writing", "indicators")
        watch(2000, 2000, "reading", "bytes")
    _, first, second, cleared, last = screen.getvalue().split("\r")
    assert first == "[###############...............] 1,000/2,000 指标，写入中"
    assert second.rstrip() == "[##############################] 2,000/2,000 字节"
    assert cells(first) == cells(second)
    assert (cleared, last) == (" " * cells(second.rstrip()), "")


def test_bad_lines_of_a_batch_are_named_in_chinese(cli_db: Path) -> None:
    usual = LogEntry("-")
    stdin = io.StringIO("tech-centres 5 2020-13\ntech-centres 500 2021\n")
    with pytest.raises(InputError) as refused:
        batch.log_lines(usual, stdin, told(cli_db))
    assert str(refused.value) == "log -：1 行有待核对，未作任何记录"
    assert refused.value.further[0].startswith("第 1 行：")
    slip = io.StringIO("tech-centres 50000000 2021\n" * 2)
    with pytest.raises(GuardError) as asked:
        batch.log_lines(usual, slip, told(cli_db))
    assert str(asked.value) == "log -：2 行有待核对，未作任何记录"
    assert asked.value.further[1].startswith("第 2 行：tech-centres：")
    assert asked.value.further[2:] == ("如无误，加 --yes 按原样记录",)


@pytest.fixture
def cli_db(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "db"))


def test_a_period_that_does_not_exist_is_one_in_every_language() -> None:
    periods = Periods(date(2026, 11, 24))
    assert periods.is_meant("2020-13")
    assert not periods.is_meant("约 3")


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: undo._times("x", "undo"), "undo：不是操作次数：“x”；应为 1 至 1,000 的整数"),
        (lambda: transfer._mapping(["a"]), "--map：不成对：“a”；写法如 --map value=Amount"),
        (
            lambda: snapshot.chosen_format("pdf", "", ("csv",), ""),
            "-f：没有这种格式：“pdf”；可用的有 csv",
        ),
        (
            lambda: snapshot.chosen_format("", "x.doc", ("md", "csv"), "md"),
            "无法由“x.doc”的扩展名判断格式；请用 -f 指定：可用的有 md、csv",
        ),
        (lambda: Session(Globals(author=" "), {}).author, "--as 为空；请给出名称，或省略以使用账户名"),
        (
            lambda: Session(Globals(), {"GZTRACK_TODAY": "x"}).today,
            "GZTRACK_TODAY 不是日期：“x”；写法如 GZTRACK_TODAY=2026-11-24",
        ),
    ],
)
def test_a_command_refuses_in_chinese(action: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError) as refused:
        action()
    assert str(refused.value) == message


def test_init_says_what_comes_next(tmp_path: Path) -> None:
    place = tmp_path / "new"
    answer = init.run(Found(empty=True, pack="", title="", tz="UTC"), told(place, db=True))
    assert str(answer.data).splitlines()[-1] == (
        f"下一步：gztrack --db {place} add ID --name T --unit U，或用 gztrack --db {place} 打开看板"
    )


def test_json_is_english_where_the_command_line_says_so(db_path: Path) -> None:
    (db_path / "lock").unlink()
    with language.speaking("en"):
        found = examine(str(db_path)).findings
    assert [finding.what for finding in found] == [
        "its mark is missing, so an emptied journal could not be told"
    ]
    assert [finding.weight for finding in examine(str(db_path)).findings] == ["warning"]
    assert tr("missing") == "缺失"
