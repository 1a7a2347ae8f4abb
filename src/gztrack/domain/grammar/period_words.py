"""Words for periods, put into the canonical spelling: ``last friday``, 昨天, 2019年前三季度, ``June 2020``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from gztrack.domain.grammar.calendar import MONTHS, ONE_DAY, WEEKDAYS, add_months, out_of_range
from gztrack.domain.grammar.folding import all_digits

_DAYS_BACK: dict[str, int] = {
    **dict.fromkeys(("today", "今天", "今日"), 0),
    **dict.fromkeys(("yesterday", "昨天", "昨日"), 1),
    "前天": 2,
}

_CHINESE: dict[str, str] = {
    **dict.fromkeys(("上月", "上个月"), "last month"),
    **dict.fromkeys(("本月", "这个月"), "this month"),
    **dict.fromkeys(("上季度", "上个季度"), "last quarter"),
    **dict.fromkeys(("本季度", "这个季度"), "this quarter"),
    **dict.fromkeys(("上周", "上星期"), "last week"),
    **dict.fromkeys(("本周", "这周"), "this week"),
    "去年": "last year",
    "今年": "this year",
}

_NUMERALS: dict[str, int] = {
    **{word: place for place, word in enumerate("一二三四五六七八九十", start=1)},
    "两": 2,
    "十一": 11,
    "十二": 12,
}
_N = r"([0-9]{1,2}|十[一二]?|[一二两三四五六七八九])"


def canonical(text: str, today: date) -> str:
    """Puts words into the canonical spelling of a period.

    Args:
        text: Folded and in lower case, single blanks.
        today: What relative words go by.

    Returns:
        The label, not checked for existence; empty if these are no words for a period.

    Raises:
        InputError: Too many days ago.
    """
    text = _CHINESE.get(text, text)
    if text in _DAYS_BACK:
        return (today - _DAYS_BACK[text] * ONE_DAY).isoformat()
    if "年" in text:
        return _chinese(text.replace(" ", ""))
    words = text.split()
    if len(words) == 2 and words[0] in ("last", "this"):
        return _last(words[1], today) if words[0] == "last" else _around(words[1], today)
    return _ago(text, today) or _month_name(words)


def _last(word: str, today: date) -> str:
    """The period before this one, or the latest such weekday before today."""
    for place, name in enumerate(WEEKDAYS):
        if word in (name.lower(), name[:3].lower()):
            return (today - ((today.weekday() - place - 1) % 7 + 1) * ONE_DAY).isoformat()
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(word, 0)
    if length:
        return _around(word, add_months(today.replace(day=1), -length))
    return _around(word, today - 7 * ONE_DAY) if word == "week" else ""


def _around(word: str, day: date) -> str:
    """The month, quarter, half, year or week that a day lies in."""
    if word == "month":
        return f"{day.year}-{day.month:02}"
    if word == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if word == "half":
        return f"{day.year}-H{(day.month + 5) // 6}"
    if word == "year":
        return f"{day.year}"
    if word == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return ""


def _ago(text: str, today: date) -> str:
    """``3 days ago``, ``2 weeks ago``, 3天前."""
    found = re.fullmatch(r"([0-9]+) ?(?:(days?|天|日)|weeks?|周) ?(?:ago|前)", text)
    if not found:
        return ""
    count = int(found[1][:7]) * (1 if found[2] else 7)
    try:
        return (today - timedelta(days=count)).isoformat()
    except OverflowError:
        raise out_of_range() from None


def _month_name(words: list[str]) -> str:
    """``June 2020`` or ``2020 jun``."""
    if len(words) != 2:
        return ""
    year, name = sorted(word.strip(".,") for word in words)
    for place, month in enumerate(MONTHS, start=1):
        if all_digits(year) and len(year) == 4 and name in (month.lower(), month[:3].lower()):
            return f"{year}-{place:02}"
    return ""


def _chinese(text: str) -> str:
    """A year with 年 and a part of it, or two years."""
    years = re.fullmatch(r"([0-9]{4})年?(?:\.\.|-|至|到)([0-9]{4})年", text)
    if years:
        return f"{years[1]}..{years[2]}"
    found = re.fullmatch(r"([0-9]{4})年(.*)", text)
    if not found:
        return ""
    year, part = found[1], found[2]
    fixed = {"": "", "全年": "", "上半年": "-H1", "下半年": "-H2", "底": "-12-31", "末": "-12-31"}
    if part in fixed:
        return year + fixed[part]
    for pattern, label in (
        (rf"第?{_N}季度", "{0}-Q{1}"),
        (rf"前{_N}个?季度", "{0}-Q1..Q{1}"),
        (rf"{_N}月份?", "{0}-{1:02}"),
        (rf"{_N}月{_N}[日号]", "{0}-{1:02}-{2:02}"),
        (rf"前{_N}个?月", "{0}-01..{0}-{1:02}"),
        (rf"{_N}月?(?:-|至|到){_N}月份?", "{0}-{1:02}..{0}-{2:02}"),
        (rf"第{_N}周", "{0}-W{1:02}"),
    ):
        match = re.fullmatch(pattern, part)
        if match:
            numbers = [_NUMERALS[n] if n in _NUMERALS else int(n) for n in match.groups()]
            return label.format(year, *numbers)
    return ""
