"""Units and values for property tests of figures."""

from __future__ import annotations

from hypothesis import strategies as st

from gztrack.domain.amounts import Number

UNITS = (
    "",
    "vehicles/year",
    "stations",
    "%",
    "% of GDP",
    "CNY",
    "CNY/year",
    "CNY (cumulative)",
    "USD per capita",
    "JPY",
    "m",
    "k",
    "K",
    "T",
    "t CO2",
    "m/s",
    "km2",
    "TEU",
    "千瓦",
    "辆/年",
    "e-bikes",
    "E10 stations",
    "percentage points",
    "CNY 2015 prices",
)


@st.composite
def values(draw: st.DrawFn, magnitude: int = 15, figures: int = 15) -> Number:
    """Values as they are kept: at most 15 figures and decimals."""
    coefficient = draw(st.integers(-(10**figures) + 1, 10**figures - 1))
    power = draw(st.integers(-15, magnitude - figures))
    if power < 0:
        made = float(f"{coefficient}e{power}")
        return int(made) if made.is_integer() else made
    return int(coefficient * 10**power)
