"""Words that are typed in any language, and Chinese sentences put together from parts."""

from __future__ import annotations

import re
from datetime import date

import pytest

from books import empty
from gztrack import language
from gztrack.cli import clocks, tongue
from gztrack.domain import records
from gztrack.domain.amounts import exact, parse_amount
from gztrack.domain.grammar.currencies import called
from gztrack.domain.periods import Due, parse_due
from gztrack.domain.reckoning.classes import qualified, times
from gztrack.domain.text import choices, field_name, listed, meant
from gztrack.errors import FieldError, GuardError, InputError
from gztrack.export.wording import counted, marked
from gztrack.language import ways
from gztrack.services.board.alarms import KINDS, parse_patience
from gztrack.services.entering.entries import IndicatorEntry, LogEntry
from gztrack.services.entering.settings import SettingsEntry
from gztrack.services.importing.importer import import_text
from gztrack.services.naming import change_in, place_of, typed_unit, unit_of
from gztrack.services.views import STATUS_ORDER, counted_word
from gztrack.tui.headlines import count_spans
from gztrack.tui.wording import on_screen

TODAY = date(2026, 11, 24)
CHARGERS = {"unit": "stations", "unit_zh": "座"}
MONEY = {"unit": "CNY (cumulative)", "unit_zh": "元 (累计)"}
GROUPS = [("New energy", "新能源"), ("New energy", ""), ("Research", "研发"), ("", "")]


@pytest.fixture(params=["en", "zh"])
def spoken(request: pytest.FixtureRequest) -> str:
    """A word is understood whichever language people are answered in."""
    language.use(request.param)
    return str(request.param)


def refused(option: str, text: str, words: tuple[str, ...]) -> str:
    with pytest.raises(InputError) as error:
        clocks.one_of(option, text, words)
    return str(error.value)


@pytest.mark.usefixtures("spoken")
def test_a_text_is_known_in_every_language() -> None:
    assert ways("off track") == ("off track", "进度落后")
    assert ways("up", "better") == ("up", "越高越好")
    assert ways("linear") == ("linear",)


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize(
    ("text", "words", "word"),
    [
        ("Off-Track", STATUS_ORDER, "off track"),
        ("无目标", STATUS_ORDER, "no target"),
        ("进度落后", KINDS, "off-track"),
        ("流量", records.MEASURES, "flow"),
        ("不低于", records.COMPARATORS, "at least"),
        ("初步", records.STATUSES, "provisional"),
        ("无", ("none",), "none"),
        ("随便", STATUS_ORDER, ""),
        ("", STATUS_ORDER, ""),
    ],
)
def test_a_word_is_understood_in_any_language(text: str, words: tuple[str, ...], word: str) -> None:
    assert meant(text, words) == word


@pytest.mark.usefixtures("spoken")
def test_fields_take_words_of_any_language() -> None:
    assert records.word("越低越好", "direction", records.DIRECTIONS) == "down"
    assert records.word("rate", "measure", records.MEASURES) == "rate"
    assert parse_due("无", TODAY) == parse_due("none", TODAY) == Due("none", None, None)
    assert parse_patience("永不") is parse_patience("never") is None
    assert clocks.many_of("--only", "进度落后、met，无目标", STATUS_ORDER) == {
        "off track",
        "met",
        "no target",
    }
    tracker = empty("x")
    tracker.add_indicator(
        IndicatorEntry("cars", name="Cars", unit="cars", measure="流量", direction="越高越好")
    )
    fact = tracker.register.indicator("cars", tracker.moment())
    assert fact is not None
    assert (fact["measure"], fact["direction"]) == ("flow", "up")


def test_choices_are_told_in_chinese_with_what_is_typed_behind() -> None:
    language.use("zh")
    assert choices(("off track", "met")) == "进度落后（off track）、已达成（met）"
    assert choices(records.METHODS) == "linear、open-sdg、un-chart"
    assert refused("--only", "进度落后了", ("off track", "met")).startswith(
        "--only：没有“进度落后了”这个取值；是否指“进度落后”？"
    )
    with language.speaking("en"):
        assert choices(("off track", "met")) == "off track, met"
        assert refused("--only", "of track", ("off track",)) == (
            "--only: no such word: 'of track'; did you mean 'off track'? one of off track"
        )


@pytest.mark.parametrize(
    ("text", "group"), [("new energy", "New energy"), ("新能源", "New energy"), ("研", "Research")]
)
def test_a_group_is_found_by_either_name(spoken: str, text: str, group: str) -> None:
    assert clocks.group(text, GROUPS) == group


def test_a_group_that_is_not_there_names_those_that_are_shown() -> None:
    language.use("zh")
    with pytest.raises(InputError, match=r"现有 新能源、研发$"):
        clocks.group("环境", GROUPS)
    language.use("en")
    with pytest.raises(InputError, match="there are: New energy, Research"):
        clocks.group("x", GROUPS)


def refused_amount(text: str, indicator: dict[str, str]) -> str:
    with pytest.raises(InputError) as error:
        parse_amount(text, typed_unit(indicator))
    return str(error.value)


def test_a_unit_is_refused_in_the_words_that_it_is_shown_in() -> None:
    language.use("zh")
    assert refused_amount("5元", CHARGERS) == "“元”与单位不符：单位是“座”，请只输入数字"
    assert refused_amount("5个", CHARGERS) == "“个”与单位不符：单位是“座”"
    assert refused_amount("5美元", MONEY) == "“美元”与单位不符：单位是“元（累计）”，请先换算"
    assert called("CHF") == "CHF"
    language.use("en")
    assert (
        refused_amount("CNY 5", CHARGERS) == "CNY does not fit: the unit is stations, type the number alone"
    )


def test_brackets_of_a_unit_are_full_width_in_chinese_and_read_back() -> None:
    language.use("zh")
    assert unit_of(MONEY) == "元（累计）"
    shown = exact(5, unit_of(MONEY))
    assert shown == "5 元（累计）"
    assert parse_amount(shown, typed_unit(MONEY)).value == 5
    assert exact(5, "CNY (cumulative)") == "5 元 (cumulative)"
    language.use("en")
    assert exact(5, "CNY (累计)") == "CNY 5 (累计)"


@pytest.mark.parametrize(
    ("qualifier", "ratio", "share"),
    [
        ("exact", "1.13 倍", "2 %"),
        ("more than", "1.13 倍以上", "2 % 以上"),
        ("at least", "1.13 倍或以上", "2 % 或以上"),
        ("about", "1.13 倍左右", "2 % 左右"),
        ("less than", "1.13 倍以下", "2 % 以下"),
        ("at most", "1.13 倍或以下", "2 % 或以下"),
    ],
)
def test_a_bound_stands_behind_its_figure_in_chinese(qualifier: str, ratio: str, share: str) -> None:
    language.use("zh")
    assert (times("1.13", qualifier), qualified("2 %", qualifier)) == (ratio, share)
    language.use("en")
    said = "" if qualifier == "exact" else f"{qualifier} "
    assert (times("1.13", qualifier), qualified("2 %", qualifier)) == (f"{said}1.13", f"{said}2 %")


def test_a_change_of_percentages_is_one_of_points_in_chinese() -> None:
    language.use("zh")
    assert (change_in("%", "-1.68"), change_in("stations", "+5")) == ("-1.68 个百分点", "+5")
    language.use("en")
    assert change_in("%", "-1.68") == "-1.68"


def test_a_count_stands_behind_its_word_in_chinese() -> None:
    language.use("zh")
    assert count_spans(1200, "behind", "behind") == [("略有落后 ", "text"), ("1,200", "strong")]
    assert count_spans(3, "", "muted") == [("3", "strong")]
    assert counted_word("cannot tell") == "无法判定或评估"
    assert counted(4, "cannot tell at the due date (met later)") == "到期时无法判定（后来达成）4"
    assert counted(4, "met") == "已达成 4"
    assert (marked("x（到期）", 2), marked("x", 2), marked("x", 0)) == ("x（到期）[2]", "x [2]", "x")
    language.use("en")
    assert count_spans(3, "behind", "behind") == [("3", "strong"), (" behind", "text")]
    assert marked("x（到期）", 2) == "x（到期） [2]"


def test_words_of_one_status_differ_from_those_of_another() -> None:
    language.use("zh")
    said = [language.tr(word) for word in (*STATUS_ORDER, "reached", "no verdict")]
    assert len(set(said)) == len(said)


def test_fields_are_called_by_their_names_in_chinese() -> None:
    language.use("zh")
    with pytest.raises(FieldError) as error:
        records.word("x", "measure", records.MEASURES)
    assert str(error.value) == "类型：没有“x”这个词；可选 存量（level）、流量（flow）、比率（rate）"
    assert error.value.field == "measure"
    assert field_name("part_of") == "隶属"
    assert listed(["a", "b"]) == "a、b"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("target,cars,,5,at most of,2027", "比较词：没有“at most of”这个词"),
        ("target,cars,,5,,2027-13", "到期日：没有这个月"),
        ("reading,cars,2027-13,5,,", "时期：没有这个月"),
    ],
)
def test_a_cell_is_refused_under_the_name_of_its_column_once(row: str, said: str) -> None:
    language.use("zh")
    tracker = empty("x")
    tracker.add_indicator(IndicatorEntry("cars", name="Cars", unit="cars"))
    with pytest.raises(InputError) as error:
        import_text(tracker, f"kind,indicator,period,value,comparator,due\n{row}\n")
    (line,) = error.value.further
    assert re.fullmatch(rf"第 2 行第 \d 列：{re.escape(said)}.*", line)


def test_a_setting_and_an_archived_indicator_are_told_by_name() -> None:
    language.use("zh")
    tracker = empty("x")
    tracker.add_indicator(IndicatorEntry("cars", name="Cars", unit="cars"))
    changed = tracker.edit_database(SettingsEntry(title_zh="汽车"))
    assert changed.lines[0].startswith("已修改数据库：中文标题 汽车")
    assert tracker.undo().lines[0].startswith("已撤销：数据库的中文标题 汽车")
    tracker.archive("cars")
    assert tracker.undo().lines[0].startswith("已撤销：归档 cars；")
    assert tracker.redo().lines[0].startswith("已恢复：归档 cars")


def test_a_language_that_is_not_there_is_refused_in_the_one_of_the_locale() -> None:
    environ = {"LC_ALL": "zh_CN.UTF-8", "HOME": "/nowhere"}
    with pytest.raises(InputError, match="没有“fr”这种语言"):
        tongue.choose(["--lang", "fr", "status"], environ)


def test_names_are_sorted_by_sound_in_chinese_and_by_letters_in_english() -> None:
    names = ["重点", "产量", "补贴", "Zeta", "alpha"]
    language.use("zh")
    assert sorted(names, key=place_of) == ["alpha", "Zeta", "补贴", "产量", "重点"]
    language.use("en")
    assert sorted(names, key=place_of) == sorted(names, key=str.casefold)


@pytest.mark.parametrize(
    ("unit", "said"),
    [("家", "单位（由“座”改为“家”）"), ("ports", "单位（由“座”改为“ports”）")],
)
def test_a_changed_unit_is_told_by_the_name_it_was_shown_under(unit: str, said: str) -> None:
    language.use("zh")
    tracker = empty("x")
    tracker.add_indicator(IndicatorEntry("chargers", name="Chargers", unit="stations", unit_zh="座"))
    tracker.log(LogEntry("chargers", "5", "2025-12-31"))
    with pytest.raises(GuardError) as error:
        tracker.edit_indicator(IndicatorEntry("chargers", unit=unit))
    assert f"修改{said}会改变" in str(error.value)
    assert on_screen(str(error.value)) == f"chargers 已有读数；修改{said}会改变读数的含义。"


def test_an_import_says_that_it_was_done_and_a_dry_run_does_not() -> None:
    language.use("zh")
    tracker = empty("x")
    tracker.add_indicator(IndicatorEntry("cars", name="Cars", unit="cars"))
    rows = "indicator,period,value\ncars,2025-12-31,5\n"
    assert import_text(tracker, rows, dry_run=True).lines[0] == "文本：新增 1，修订 0，相同 0"
    assert import_text(tracker, rows).lines[0] == "已导入 文本：新增 1，修订 0，相同 0"
    assert import_text(tracker, rows).lines[0] == "文本：新增 0，修订 0，相同 1"
