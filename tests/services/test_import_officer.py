"""Tables as a statistics office has them: units, names, columns and figures that a program must not guess about."""

from __future__ import annotations

import pytest

from books import followed, seeded, stations
from gztrack.errors import GuardError, InputError
from gztrack.services.entering.entries import GoalEntry
from gztrack.services.importing.importer import import_text


def test_a_figure_far_from_the_target_is_asked_about_where_there_is_no_reading() -> None:
    tracker = seeded()

    with pytest.raises(GuardError) as asked:
        import_text(tracker, "indicator,period,value\nuhd-output,2021,1800\n", name="x.csv")

    assert "of the target" in asked.value.further[0]
    assert tracker.history("uhd-output") == ()
    assert import_text(tracker, "indicator,period,value\nuhd-output,2021,180bn\n").lines[0].endswith("0 same")
    wide = "indicator,2021,2022\nuhd-output,1800,1900\n"
    with pytest.raises(GuardError):
        import_text(seeded(), wide, wide=True)
    assert "2 new" in import_text(seeded(), wide, wide=True, yes=True).lines[0]


def test_a_target_over_a_span_is_nothing_that_a_figure_is_held_against() -> None:
    tracker = stations()
    import_text(tracker, "kind,indicator,name,unit,measure\nindicator,sales,Sales,cars,flow\n")
    tracker.set_target(GoalEntry("sales", "1000", over="2020..2030"))

    assert "1 new" in import_text(tracker, "indicator,period,value\nsales,2020,5\n").lines[0]


@pytest.mark.parametrize(
    "name", ["企业技术中心", "Enterprise technology centres", "enterprise TECHNOLOGY centres"]
)
def test_an_indicator_is_known_by_its_name_in_either_language(name: str) -> None:
    tracker = followed()

    import_text(tracker, f"indicator,period,value\n{name},2022,560\ntech-centres,2023,600\n")

    assert [view.value for view in tracker.history("tech-centres")][-2:] == [560, 600]


def test_a_name_that_two_have_is_none() -> None:
    tracker = stations()
    import_text(tracker, "kind,indicator,name,unit,measure\nindicator,other,Stations,stations,level\n")

    with pytest.raises(InputError) as refused:
        import_text(tracker, "indicator,period,value\nStations,2020,5\n")

    assert "no such indicator: 'Stations'" in refused.value.further[0]


def test_what_a_row_defines_amiss_takes_its_figures_with_it() -> None:
    tracker = seeded()
    table = "indicator,unit,2019,2020\nuhd-output,亿元,1800,1900\ntech-centres,centres,490,500\n"

    done = import_text(tracker, table, wide=True, partial=True, yes=True)

    assert tracker.history("uhd-output") == ()
    assert [view.value for view in tracker.history("tech-centres")][-2:] == [490, 500]
    assert done.imported is not None
    assert len(done.imported.refused) == 2, "the definition, and its row once for all periods"


def test_a_wide_row_of_nobody_is_told_once() -> None:
    with pytest.raises(InputError) as refused:
        import_text(stations(), "indicator,2019,2020,2021\nnobody,1,2,3\nstations,1,2,x\n", wide=True)

    assert [line.split(":")[0] for line in refused.value.further] == [
        "line 2, column 1",
        "line 3, column 4 '2021'",
    ]


def test_a_column_is_left_out_by_name_or_number() -> None:
    text = "indicator,period,单位,value,remark,remark\nstations,2020,个,5,a,b\n"
    with pytest.raises(InputError, match="leave it out with --ignore '单位'"):
        import_text(stations(), text)

    done = import_text(stations(), text, ignored=("#3", "remark"))

    assert "1 new" in done.lines[0]
    with pytest.raises(InputError, match="--ignore: no column 'x'; the first row names indicator, period"):
        import_text(stations(), text, ignored=("x",))


@pytest.mark.parametrize(
    ("cells", "value"),
    [("1.234;1.301", None), ("1.234;1.301,5", 1301.5), ("1.234;12.5", 12.5), ("1234;1301", 1301)],
)
def test_thousands_or_decimals_between_semicolons_are_asked_about(cells: str, value: float | None) -> None:
    first, second = cells.split(";")
    text = f"indicator;period;value\nstations;2020;{first}\nstations;2021;{second}\n"
    tracker = stations()
    if value is None:
        with pytest.raises(InputError, match=r"line 2, column 3: 1\.234 has a decimal point or one between"):
            import_text(tracker, text)
        import_text(tracker, text, decimal=",")
        assert [view.value for view in tracker.history("stations")] == [1234, 1301]
    else:
        import_text(tracker, text, yes=True)
        assert tracker.history("stations")[1].value == value
