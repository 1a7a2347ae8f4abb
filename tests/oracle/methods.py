"""The three methods over plain values: ratio, class, and why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from gztrack.domain.points import Goal
from oracle.statements import exact_meets, nearer

CUTS = {
    ("linear", True): (("0.95", "on track"), ("0.6", "behind"), ("0", "off track"), ("", "moving away")),
    ("open-sdg", True): (("0.95", "on track"), ("0.6", "behind"), ("0", "off track"), ("", "moving away")),
    ("un-chart", True): (("0.95", "on track"), ("0.1", "behind"), ("", "off track")),
    ("open-sdg", False): (
        ("0.015", "on track"),
        ("0.005", "behind"),
        ("0", "off track"),
        ("", "moving away"),
    ),
    ("un-chart", False): (("0.02", "on track"), ("0.005", "behind"), ("", "off track")),
}
"""By method and whether there is a target: the least ratio of every class, best first."""

CLASSES = ("on track", "behind", "off track", "moving away")
TOLERANCE = Fraction(1, 10**9)
LARGEST = Decimal(2000)
"""Growth beyond e^2000 is as good as without end, and beyond what a float holds."""


def powered(ratio: Fraction, exponent: Fraction) -> Fraction:
    """A positive ratio to a power, to forty digits."""
    with localcontext() as context:
        context.prec = 40
        log = (Decimal(ratio.numerator) / Decimal(ratio.denominator)).ln()
        log *= Decimal(exponent.numerator) / Decimal(exponent.denominator)
        return Fraction(max(-LARGEST, min(LARGEST, log)).exp())


def growth(a: Fraction, b: Fraction, time: Fraction) -> Fraction:
    """CAGR from a to b."""
    return powered(b / a, 1 / time) - 1


@dataclass(frozen=True)
class Exactly:
    """A case of plain values: what every method is about.

    Attributes:
        y0: Baseline value.
        y: Latest value.
        target: T, or None without one.
        d: +1 or -1.
        so_far: years(t0, t).
        in_all: years(t0, tT); None without a target.
        left: years(t, tT), which is not always the difference of the two.
    """

    y0: Fraction
    y: Fraction
    target: Fraction | None
    d: int
    so_far: Fraction
    in_all: Fraction | None
    left: Fraction | None

    def linear(self) -> Fraction:
        assert self.target is not None
        assert self.in_all is not None
        return ((self.y - self.y0) / self.so_far) / ((self.target - self.y0) / self.in_all)

    def open_sdg(self) -> Fraction:
        seen = (-1 if self.y0 < 0 else 1) * self.d * growth(self.y0, self.y, self.so_far)
        if self.target is None:
            return seen
        assert self.in_all is not None
        return seen / abs(growth(self.y0, self.target, self.in_all))

    def un_chart(self) -> Fraction:
        if self.target is None:
            return self.open_sdg()
        assert self.left is not None
        expected = self.y * powered(self.y / self.y0, self.left / self.so_far)
        return (expected - self.y0) / (self.target - self.y0)


RATIOS: dict[str, Callable[[Exactly], Fraction]] = {
    "linear": Exactly.linear,
    "open-sdg": Exactly.open_sdg,
    "un-chart": Exactly.un_chart,
}


def class_of(ratio: Fraction, method: str, with_target: bool) -> str:
    """The class, the better one at a cut."""
    for least, name in CUTS[method, with_target]:
        if not least or ratio >= Fraction(least) - TOLERANCE:
            return name
    raise AssertionError("the last class has no cut")


def refusal(case: Exactly, goal: Goal | None, method: str, measure: str, direction: str) -> str:
    """Why a method cannot take values; empty where it can."""
    if case.target is not None and goal is not None:
        base_meets = exact_meets(case.y0, goal, direction)
        crossed = goal.high is not None and nearer(goal, case.y0, direction)[1] != case.d
        if crossed and not base_meets and method != "open-sdg":
            return "the readings have crossed the whole range"
        if case.target == case.y0:
            return "target equals baseline"
        if base_meets and method != "open-sdg":
            return "the baseline already meets the target"
        if case.in_all is None or case.in_all <= 0:
            return "due on or before the baseline"
    if case.so_far <= 0:
        return "no time has passed"
    if method == "linear":
        return ""
    if measure == "rate":
        return "a growth rate of a growth rate"
    values = [case.y0, case.y] + ([] if case.target is None else [case.target])
    if 0 in values:
        return "a zero"
    if min(values) < 0 < max(values):
        return "a change of sign"
    return ""
