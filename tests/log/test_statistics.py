"""Lines through days, left against right, and chance: worked out on paper."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from plumbline.catalogue import metric_label
from plumbline.log import (
    REPEAT,
    Asymmetry,
    FaultCount,
    MetricEntry,
    Repeats,
    SessionEntry,
    SetEntry,
    Spread,
    Variation,
    asymmetries,
    asymmetry,
    between,
    fault_days,
    first_and_latest,
    is_followed,
    leg_pairs,
    page_of,
    reassess_on,
    target_said,
    trends,
    typical_error,
    weekly_contacts,
)
from plumbline.log._asymmetry import _pooled
from plumbline.log._line import DayValue, _p_value, line_through
from plumbline.log._variation import _close

DAY = date(2026, 3, 4)  # a Wednesday
INF = float("inf")


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def entry(mean: float, sd: float = 0.004, unit: str = "s", n: int = 10, **parts: float) -> MetricEntry:
    return MetricEntry(mean=mean, sd=sd, n=n, unit=unit, **parts)


def film(
    drill: str = "pogo", side: str = "both", protocol: str = "", reps: int = 10, **metrics: MetricEntry
) -> SetEntry:
    return SetEntry.model_validate(
        {
            "drill": drill,
            "side": side,
            "reps": reps,
            "contacts": reps,
            "source": "film",
            "protocol": protocol,
            "metrics": {k: v.model_dump() for k, v in metrics.items()},
        }
    )


def session(days: int, *sets: SetEntry) -> SessionEntry:
    return SessionEntry(day=on(days), sets=sets)


# Lines -------------------------------------------------------------------------------------------


def values(*rows: tuple[int, float], sd: float = 1.0, measured: float = 0.0) -> list[DayValue]:
    return [DayValue(day, mean, sd, measured) for day, mean in rows]


def test_a_line_through_three_days() -> None:
    """1, 2, 4 on days 0, 7, 14: slope 1.5 a week through 7/3; misses of 1/6, -1/3, 1/6.

    Sum of squares 1/6, to spare 1: error of the slope sqrt(1/6 / 98) = 0.0412393 a day, of the change 0.57735.
    Student's t of one degree is 12.7062: half width 7.33594. The slope is 5.19615 errors:
    p = 1 - 2 / pi * atan(5.19615).
    """
    line = line_through(values((0, 1.0), (7, 2.0), (14, 4.0)))
    assert line is not None
    assert (line.start, line.change, line.days) == (pytest.approx(5 / 6), pytest.approx(3.0), 14)
    assert line.half_width == pytest.approx(7.33594, abs=1e-4)
    assert line.p_value == pytest.approx(0.121038, abs=1e-5)
    # What begins later is the same line.
    later = line_through(values((100, 1.0), (107, 2.0), (114, 4.0)))
    assert later is not None
    assert (later.start, later.change) == (pytest.approx(5 / 6), pytest.approx(3.0))
    assert line_through(values((0, 1.0), (7, 2.0))) is None


def test_a_line_is_no_surer_than_films() -> None:
    """On a line without a miss; films good to 0.7: 0.7 * sqrt(2) / 14 a day, 1.96 * 0.98995 over both weeks."""
    line = line_through(values((0, 1.0), (7, 2.5), (14, 4.0), measured=0.7))
    assert line is not None
    assert line.half_width == pytest.approx(1.96 * 0.989949, abs=1e-4)
    # 3 / 0.98995 = 3.03046 errors of a normal distribution.
    assert line.p_value == pytest.approx(0.002442, abs=1e-5)
    exact = line_through(values((0, 1.0), (7, 2.5), (14, 4.0)))
    assert exact is not None
    assert (exact.half_width, exact.p_value) == (pytest.approx(0.0, abs=1e-9), pytest.approx(0.0, abs=1e-6))


def test_days_count_by_the_inverse_of_their_variance() -> None:
    """Sure on days 0 and 10 (sd 1, values 0 and 1), vague on day 20 (sd 2, value 6): weights 1, 1 and 1/4.

    Middle at 15/2.25 = 6.6667 and 2.5/2.25 = 1.1111; slope (6.6667 * 1.1111 + 3.3333 * -0.1111 + 13.3333 * 4.8889 / 4)
    / (44.444 + 11.111 + 44.444) = 0.2333 a day.
    """
    line = line_through([DayValue(0, 0.0, 1.0, 0.1), DayValue(10, 1.0, 1.0, 0.1), DayValue(20, 6.0, 2.0, 0.1)])
    assert line is not None
    assert line.change == pytest.approx(20 * 0.233333, abs=1e-4)
    assert line.start == pytest.approx(1.111111 - 0.233333 * 6.666667, abs=1e-4)


@pytest.mark.parametrize(
    ("slope", "sd", "freedom", "p"),
    [
        (1.0, 0.0, 3.0, 0.0),
        (0.0, 0.0, 3.0, 1.0),
        (0.0, 1.0, 3.0, 1.0),
        (1.959964, 1.0, INF, 0.05),
        (-1.959964, 1.0, INF, 0.05),
        (3.182446, 1.0, 3.0, 0.05),
    ],
)
def test_the_probability_of_a_slope(slope: float, sd: float, freedom: float, p: float) -> None:
    assert _p_value(slope, sd, freedom) == pytest.approx(p, abs=1e-6)


# Chance ------------------------------------------------------------------------------------------


def test_typical_errors() -> None:
    """Of one pair the difference over the root of 2; of three that differ by 1 each, 1."""
    pair = typical_error([(0.20, 0.21)])
    assert pair is not None
    assert (pair.sd, pair.freedom, pair.enough) == (pytest.approx(0.0070711, abs=1e-6), 1, False)
    three = typical_error([(1.0, 2.0, 3.0)])
    assert three is not None
    assert (three.sd, three.freedom) == (pytest.approx(1.0), 2)
    assert [Spread(1.0, n).enough for n in (2, 3)] == [False, True]
    assert typical_error([]) is None


def test_a_day_s_sets_weighed() -> None:
    """0.20 known to 3 ms and 0.23 known to 6: weights 4 to 1; 0.206.

    Common 2.4 and 4.8 ms keep their mean, 2.88; own 1.8 and 3.6 add in squares, 1.61; in all 3.299.
    """
    sets = [entry(0.20, 0.003, common_sd=0.0024), entry(0.23, 0.006, common_sd=0.0048)]
    mean, sd = Variation(0.0).of_day(sets)
    assert mean == pytest.approx(0.206)
    assert sd == pytest.approx(np.hypot(0.8 * 2.4 + 0.2 * 4.8, np.hypot(0.8 * 1.8, 0.2 * 3.6)) / 1000)
    # An own error of 5 ms a set from three repeats: times sqrt(0.64 + 0.04); from two it does not count yet.
    own = Variation(0.0, sets=Spread(0.005, 3)).of_day(sets)
    assert own == (pytest.approx(0.206), pytest.approx(0.005 * np.sqrt(0.68)))
    assert Variation(0.0, sets=Spread(0.005, 2)).of_day(sets)[1] == pytest.approx(sd)
    assert Variation(0.0).of_day([entry(0.2, 0.0), entry(0.3, 0.0)])[0] == pytest.approx(0.25)


def test_from_day_to_day() -> None:
    """Published 3 ms and 4 ms of measuring: 5. An own 6 from days takes their place, where measuring is no worse."""
    published = Variation(0.003)
    assert published.between_days(0.004) == pytest.approx(0.005)
    own = Variation(0.003, days=Spread(0.006, 3))
    assert (own.between_days(0.004), own.between_days(0.007)) == (0.006, 0.007)
    assert Variation(0.003, days=Spread(0.006, 2)).between_days(0.004) == pytest.approx(0.005)


def test_degrees_of_freedom() -> None:
    """Of 4 repeats within a day; on other days 4 / (0.8^2)^2 where 4 of 5 are their own; 3 of days."""
    sets = Variation(0.003, sets=Spread(0.004, 4))
    assert sets.freedom(0.004, same_day=True) == pytest.approx(4.0)
    assert sets.freedom(0.004, same_day=False) == pytest.approx(4 / 0.64**2)
    days = Variation(0.003, sets=Spread(0.004, 4), days=Spread(0.006, 3))
    assert days.freedom(0.004, same_day=False) == 3.0
    assert days.freedom(0.004, same_day=True) == pytest.approx(4.0)
    assert Variation(0.003).freedom(0.004, same_day=True) == INF
    assert Variation(0.003).freedom(0.004, same_day=False) == INF


def test_where_chance_is_known_from_is_said() -> None:
    label = metric_label("contact_time_s")
    published = Repeats().variation("pogo", "both", "contact_time_s", 0.2)
    assert published.daily == pytest.approx(0.010)
    assert published.said(label).startswith("5 % from day to day")
    assert Repeats().variation("pogo", "both", "sway_rms_pct_bh", -2.0).daily == pytest.approx(0.16)  # 8 % of others
    days = Variation(0.01, days=Spread(0.006, 4))
    assert days.said(label) == "4 repeats of their own on close days"
    sets = Variation(0.01, sets=Spread(0.006, 4))
    assert sets.said(label) == "; from set to set 6 ms, their own typical error from 4 repeats"
    few = Variation(0.01, sets=Spread(0.006, 2))
    assert few.said(label) == "; their own typical error counts from 3 repeats, 2 so far"
    both = Variation(0.01, sets=Spread(0.006, 4), days=Spread(0.007, 3))
    assert both.said(label) == "3 repeats of their own on close days"


def test_days_are_paired_once() -> None:
    """Three days apart at most, each in one pair: 0-2, then 4-7; 8 is left over, 20 is alone."""
    rows = {on(d): float(v) for d, v in ((7, 5), (0, 1), (2, 2), (4, 3), (8, 6), (20, 9))}
    assert _close(rows) == [(1.0, 2.0), (3.0, 5.0)]
    assert _close({on(0): 1.0, on(4): 2.0}) == []
    assert _close({}) == []


def test_repeats_are_those_that_were_filmed_as_such() -> None:
    a, b = (entry(v) for v in (0.20, 0.21))
    twice = session(
        0,
        film(protocol=REPEAT, contact_time_s=a),
        film(protocol=REPEAT, contact_time_s=b),
        film(contact_time_s=entry(0.3)),
    )
    other = session(30, film(protocol=REPEAT, contact_time_s=a))  # one of its kind
    one_leg = session(
        60, *(film("single_leg_hop", s, REPEAT, contact_time_s=x) for s in ("left", "right") for x in (a, b))
    )
    found = Repeats.of([twice, other, one_leg])
    assert found.sets == {
        ("pogo", "contact_time_s"): [[0.20, 0.21]],
        ("single_leg_hop", "contact_time_s"): [[0.20, 0.21], [0.20, 0.21]],
    }
    assert found.typical_errors("single_leg_hop")["contact_time_s"] == Spread(pytest.approx(0.0070711, abs=1e-6), 2)  # type: ignore[arg-type]
    assert found.typical_errors("skips") == {}
    # Days three apart: their mean of all sets, marked or not, (0.20 + 0.21 + 0.30) / 3 and 0.25.
    near = session(3, film(contact_time_s=entry(0.25)))
    pairs = Repeats.of([near, twice]).days
    assert pairs[("pogo", "both", "contact_time_s")] == [(pytest.approx(0.71 / 3), 0.25)]


# Left against right ------------------------------------------------------------------------------


def compared(pct: float, sd: float, freedom: float = INF, metric: str = "contact_time_s") -> Asymmetry:
    return Asymmetry(metric, 0.22, 0.18, "s", pct, sd, freedom=freedom)


@pytest.mark.parametrize(
    ("pct", "sd", "freedom", "clear"),
    [
        (13.3, 2.0, INF, True),  # 1.645 of 2: 3.29 over 10
        (13.2, 2.0, INF, False),
        (-13.3, 2.0, INF, True),
        (14.3, 2.0, 4.0, True),  # 2.132 of 2: 4.26
        (14.2, 2.0, 4.0, False),
        (9.9, 0.0, INF, False),
        (float("nan"), float("nan"), INF, False),
    ],
)
def test_a_difference_is_clear_beyond_ten_percent(pct: float, sd: float, freedom: float, clear: bool) -> None:
    assert compared(pct, sd, freedom).clear == clear


def test_how_a_difference_is_said() -> None:
    assert compared(20, 5.0).half_width == pytest.approx(9.79982, abs=1e-4)
    assert compared(20, 5.0, 4.0).half_width == pytest.approx(13.8822, abs=1e-3)  # 2.77645
    # A longer contact is worse, a higher jump better; of a sway... the one that sways more does worse.
    assert [compared(x, 1.0).weaker for x in (20, -20)] == ["left", "right"]
    assert [compared(x, 1.0, metric="jump_height_m").weaker for x in (20, -20)] == ["right", "left"]
    assert compared(20, 1.0, metric="knee_flexion_peak_deg").weaker == ""
    assert (compared(20, 1.0).days, Asymmetry("x", 1, 1, "s", 0, 0).freedom) == (1, INF)


def test_two_legs_compared() -> None:
    """0.24 and 0.20 known to 4 ms each: 40 of 220 ms; sd sqrt((0.2 * 4)^2 + (0.24 * 4)^2) / 0.22^2 per mille."""
    found = asymmetry("contact_time_s", [entry(0.24)], [entry(0.20)])
    assert (found.left, found.right, found.unit, found.metric) == (0.24, 0.20, "s", "contact_time_s")
    assert found.pct == pytest.approx(18.1818, abs=1e-3)
    assert found.sd_pct == pytest.approx(100 * np.hypot(0.2 * 0.004, 0.24 * 0.004) / 0.0484)
    assert found.freedom == INF
    # 3 ms from day to day come on top of 4: 5 each.
    daily = asymmetry("contact_time_s", [entry(0.24)], [entry(0.20)], Variation(0.003))
    assert daily.sd_pct == pytest.approx(100 * np.hypot(0.2 * 0.005, 0.24 * 0.005) / 0.0484)
    # An own error of 6 ms takes the place of both.
    own = asymmetry("contact_time_s", [entry(0.24)], [entry(0.20)], Variation(0.003, sets=Spread(0.006, 5)))
    assert own.sd_pct == pytest.approx(100 * np.hypot(0.2 * 0.006, 0.24 * 0.006) / 0.0484)
    assert own.freedom == 5.0
    negative = asymmetry("trunk_lean_deg", [entry(-4.0, 0.1, "°")], [entry(-2.0, 0.1, "°")])
    assert negative.pct == pytest.approx(-66.667, abs=1e-2)
    nothing = asymmetry("trunk_lean_deg", [entry(1.0, 0.1, "°")], [entry(-1.0, 0.1, "°")])
    assert np.isnan([nothing.pct, nothing.sd_pct]).all()
    assert (nothing.metric, nothing.left, nothing.right, nothing.unit) == ("trunk_lean_deg", 1.0, -1.0, "°")


def test_what_both_legs_have_is_compared() -> None:
    left = [film("single_leg_hop", "left", contact_time_s=entry(0.24), jump_height_m=entry(0.2, 0.01, "m"))]
    right = [film("single_leg_hop", "right", contact_time_s=entry(0.20), trunk_lean_deg=entry(3.0, 1.0, "°"))]
    (found,) = asymmetries(left, right)
    assert found.metric == "contact_time_s"
    # 5 % of the mean of both, 0.22: 11 ms from day to day.
    a = np.hypot(0.011, 0.004)
    assert found.sd_pct == pytest.approx(100 * np.hypot(0.2 * a, 0.24 * a) / 0.0484)
    assert asymmetries(left, [film("single_leg_hop", "right")]) == []


def test_days_are_pooled_by_their_doubt_and_their_scatter() -> None:
    """20 and 40 % known to 5 each: 30; the scatter, 200 / 25 = 8 over 1, widens 3.54 by its root to 10."""
    days = [compared(20, 5.0, 6.0), compared(40, 5.0, 4.0)]
    found = _pooled(days)
    assert (found.pct, found.sd_pct, found.days, found.freedom) == (
        pytest.approx(30.0), pytest.approx(10.0), 2, 4.0,
    )  # fmt: skip
    assert (found.left, found.right, found.metric, found.unit) == (
        pytest.approx(0.22), pytest.approx(0.18), "contact_time_s", "s",
    )  # fmt: skip
    # 20 known to 5, 26 known to 10: 21.2; they differ by less than that allows: 1 / sqrt(1/25 + 1/100).
    close = _pooled([compared(20, 5.0), compared(26, 10.0)])
    assert (close.pct, close.sd_pct) == (pytest.approx(21.2), pytest.approx(4.472136))
    # Three days, 10, 20 and 30 known to 5: scatter 8 / 2 = 4, so 2 * 5 / sqrt 3.
    three = _pooled([compared(x, 5.0) for x in (10, 20, 30)])
    assert three.sd_pct == pytest.approx(10 / np.sqrt(3))
    assert _pooled([compared(20, 5.0)]).sd_pct == pytest.approx(5.0)


def test_legs_meet_by_day_and_drill() -> None:
    left, right = (film("single_leg_hop", s, contact_time_s=entry(0.2)) for s in ("left", "right"))
    heel = [film("heel_raise", s, heel_rise_pct_bh=entry(4.0, 0.2, "%BH")) for s in ("left", "right")]
    unmeasured = SetEntry(drill="single_leg_hop", side="left", reps=3)
    found = leg_pairs(
        [session(7, right, left, left), session(0, *heel, unmeasured, right), session(1, unmeasured, right)]
    )
    assert {k: [(len(a), len(b)) for a, b in v] for k, v in found.items()} == {
        "heel_raise": [(1, 1)],
        "single_leg_hop": [(2, 1)],
    }
    # Two sessions of one day count together.
    apart = leg_pairs([session(0, left), session(0, right)])
    assert len(apart["single_leg_hop"]) == 1


# Trends ------------------------------------------------------------------------------------------


def test_trends_are_of_a_drill_a_side_a_metric_and_a_unit() -> None:
    sets = [
        session(7, film(contact_time_s=entry(0.19))),
        session(0, film(contact_time_s=entry(0.20)), film("single_leg_hop", "left", contact_time_s=entry(0.3))),
        session(9, film(contact_time_s=entry(190.0, 4.0, "ms"))),
    ]
    found = trends(sets)
    assert [(t.drill, t.side, t.metric, t.unit, [p.mean for p in t.points]) for t in found] == [
        ("pogo", "both", "contact_time_s", "s", [0.20, 0.19]),
        ("single_leg_hop", "left", "contact_time_s", "s", [0.3]),
        ("pogo", "both", "contact_time_s", "ms", [190.0]),
    ]
    first = found[0].points[0]
    assert (first.day, first.sd, first.half_width) == (on(0), 0.004, pytest.approx(0.00784))
    assert first.set_id == sets[1].sets[0].id
    assert found[1].p_value == 1.0
    assert not found[1].beyond_error
    assert (found[0].line, found[0].passes, found[0].headline) == (None, None, False)
    # 4 ms and 5 % of 0.195, 9.75: 10.539 a day, 14.904 of a difference of 10.
    assert found[0].p_value == pytest.approx(0.5022, abs=1e-3)
    assert found[0].smallest_change == pytest.approx(1.959964 * 0.0149041, abs=1e-5)
    assert (found[0].best.mean if found[0].best else None) == 0.19  # less is better


def test_the_best_is_where_a_direction_is_better() -> None:
    def best(metric: str) -> float | None:
        (t,) = trends([session(k, film(**{metric: entry(v, 0.01, "m")})) for k, v in enumerate((0.2, 0.4, 0.3))])
        return t.best.mean if t.best else None

    assert [best(m) for m in ("jump_height_m", "contact_time_s", "knee_flexion_peak_deg")] == [0.4, 0.2, None]


def test_two_sets_of_a_day_differ_by_measuring_alone() -> None:
    """4 ms each: 5.657 of a difference of 12 ms, 2.1213 errors."""
    (t,) = between((on(0), film(contact_time_s=entry(0.200))), (on(0), film(contact_time_s=entry(0.212))))
    assert t.change == pytest.approx(0.012)
    assert t.p_value == pytest.approx(0.03389, abs=1e-4)
    assert t.beyond_error
    exact = between((on(0), film(contact_time_s=entry(0.2, 0.0))), (on(0), film(contact_time_s=entry(0.2, 0.0))))
    assert exact[0].p_value == 1.0
    moved = between((on(0), film(contact_time_s=entry(0.2, 0.0))), (on(0), film(contact_time_s=entry(0.3, 0.0))))
    assert moved[0].p_value == 0.0
    other = between((on(0), film(contact_time_s=entry(200.0, 4.0, "ms"))), (on(0), film(contact_time_s=entry(0.2))))
    assert other == []
    assert between((on(0), film()), (on(0), film(contact_time_s=entry(0.2)))) == []


def test_more_sets_of_a_day_are_one_day_of_the_line() -> None:
    """Days 0, 7 and 14 at 0.20, 0.19 (of 0.18 and 0.20) and 0.18: a line without a miss, 20 ms down."""
    sets = [(0, 0.20), (7, 0.18), (7, 0.20), (14, 0.18)]
    (t,) = trends([session(d, film(contact_time_s=entry(v))) for d, v in sets])
    assert t.line is not None
    assert t.line.start == pytest.approx(0.20)
    assert t.change == pytest.approx(-0.02)
    assert t.line.days == 14
    # All of 4 ms may be common to both sets of a day: 4 ms a day, sqrt(2) / 2 of it a change.
    assert t.smallest_change == pytest.approx(1.96 * 0.004 * np.sqrt(2), rel=0.02)


def test_two_days_are_compared_with_all_their_sets() -> None:
    """Both days 0.215 on average: no change, whatever the first and the last set say."""
    sets = [(0, 0.20), (0, 0.22), (0, 0.22), (0, 0.22), (7, 0.20), (7, 0.20), (7, 0.20), (7, 0.26)]
    (t,) = trends([session(d, film(contact_time_s=entry(v))) for d, v in sets])
    assert t.line is None
    assert t.ends == (pytest.approx(0.215), pytest.approx(0.215))
    assert t.change == pytest.approx(0.0)
    assert not t.beyond_error


def test_a_page_s_headline_numbers_share_half_of_its_error() -> None:
    """p of about 0.0027 passes at 0.0225; 0.035 does not, alone; a single value is never tested."""

    def two(first: float, second: float, metric: str, drill: str = "pogo") -> list[SessionEntry]:
        return [session(k * 40, film(drill, **{metric: entry(v, 0.0001, "")})) for k, v in enumerate((first, second))]

    # 7 % from day to day of 2: 0.14, 0.198 of a difference; 5 % of 0.2: 0.01, 0.01414.
    sets = two(2.0, 2.6, "rsi_ratio") + two(0.20, 0.23, "contact_time_s") + two(0.20, 0.21, "flight_time_s")
    sets += [session(5, film("skips", contact_time_s=entry(0.2)))]
    page = page_of(trends(sets))
    assert [(t.drill, t.metric, t.headline, t.passes) for t in page] == [
        ("pogo", "rsi_ratio", True, True),
        ("pogo", "contact_time_s", False, False),
        ("pogo", "flight_time_s", False, False),
        ("skips", "contact_time_s", True, False),
    ]
    assert [t.beyond_error for t in page] == [True, False, False, False]
    chosen = page_of(trends(sets), {"pogo": "flight_time_s"})
    assert [t.metric for t in chosen if t.headline] == ["flight_time_s", "contact_time_s"]
    assert page_of([]) == []


def test_a_number_that_was_measured_once_is_no_test() -> None:
    """A p of 0.0146 passes at 0.0225 alone; with a second test beside it it would have to be below 0.01125."""
    sets = [session(40 * k, film(rsi_ratio=entry(v, 0.0001, ""))) for k, v in enumerate((2.0, 2.5))]
    (alone,) = page_of(trends(sets))
    # 7 % of 2.25 from day to day, 0.1575: 0.22274 of a difference of 0.5, 2.2448 of it.
    assert alone.p_value == pytest.approx(0.02478, abs=1e-4)
    assert not alone.passes
    wider = [session(40 * k, film(rsi_ratio=entry(v, 0.0001, ""))) for k, v in enumerate((2.0, 2.55))]
    # 0.15925: 0.22521 of a difference of 0.55, 2.4421 of it.
    (passing,) = page_of(trends(wider))
    assert passing.p_value == pytest.approx(0.01460, abs=1e-4)
    once = session(3, film("skips", contact_time_s=entry(0.2)))
    assert [t.passes for t in page_of(trends([*wider, once]))] == [True, False]
    twice = [once, session(50, film("skips", contact_time_s=entry(0.2)))]
    assert [t.passes for t in page_of(trends([*wider, *twice]))] == [False, False]


def test_what_is_followed() -> None:
    """What the table of reps shows, and scores of guided tests, which it does not."""
    rows = ("contact_time_s", "rsi_ten_five", "jump_height_best_m", "step_period_s", "foot_strike_angle_deg")
    assert [is_followed(m) for m in rows] == [True, True, True, False, False]


def test_a_target_is_said_in_full() -> None:
    """Beginners' pogo hops, 250 ms at most. 200: 5 % are 10 ms and 4 of the film, 1.645 * 10.77 = 17.7 < 50."""
    (t,) = trends([session(0, film(contact_time_s=entry(0.200)))])
    origin = (
        "published for beginners: Flanagan & Comyns 2008, Strength Cond J 30(5), fast stretch-shortening cycle below "
        "250 ms; the others are Plumbline's choice"
    )
    assert target_said(t, "beginner") == f"Target, beginner: at most 250 ms: reached ({origin})."
    (near,) = trends([session(0, film(contact_time_s=entry(0.235)))])
    assert ": too close to call (" in target_said(near, "beginner")
    assert ": not yet (" in target_said(near, "advanced")  # 190
    (more,) = trends([session(0, film(rsi_ratio=entry(2.0, 0.05, "")))])
    assert target_said(more, "beginner").startswith("Target, beginner: at least 1.40: reached (")
    assert ": not yet (" in target_said(more, "advanced")  # 2.3, and 1.645 * 0.1487 = 0.245
    assert target_said(more, "intermediate").startswith("Target, intermediate: at least 1.80: too close to call (")
    (none,) = trends([session(0, film("skips", contact_time_s=entry(0.2)))])
    assert target_said(none, "beginner") == ""


def test_first_and_latest_are_of_one_drill_and_side() -> None:
    sets = [
        session(9, film(contact_time_s=entry(0.18))),
        session(3, film(contact_time_s=entry(0.19)), film("skips", contact_time_s=entry(0.3))),
        session(0, film(contact_time_s=entry(0.20)), film("single_leg_hop", "left", contact_time_s=entry(0.3))),
        session(20, SetEntry(drill="pogo", reps=9)),
    ]
    first, latest = first_and_latest(sets, "pogo", "both")
    assert [(d, s.metrics["contact_time_s"].mean) for d, s in (first, latest)] == [(on(0), 0.20), (on(9), 0.18)]
    assert first_and_latest(sets, "single_leg_hop", "left") == ()
    assert first_and_latest(sets, "single_leg_hop", "right") == ()


def test_weeks_begin_on_mondays() -> None:
    """Wednesday 4 March and its Sunday are in the week from the 2nd, the Monday after in the next."""
    sets = [session(d, SetEntry(drill="pogo", reps=5, contacts=c)) for d, c in ((4, 7), (0, 5), (5, 11), (19, 1))]
    assert weekly_contacts(sets) == {
        date(2026, 3, 2): 12,
        date(2026, 3, 9): 11,
        date(2026, 3, 16): 0,
        date(2026, 3, 23): 1,
    }
    assert weekly_contacts([]) == {}


def test_shares_of_faults_are_of_drills_that_had_them() -> None:
    def faulty(drill: str, reps: int, count: int | None, label: str = "Long contact", source: str = "film") -> SetEntry:
        faults = {} if count is None else {"x": FaultCount(label=label, count=count).model_dump()}
        return SetEntry.model_validate({"drill": drill, "reps": reps, "source": source, "faults": faults})

    sets = [
        session(7, faulty("pogo", 10, 2), faulty("pogo", 10, None), faulty("skips", 10, None)),
        session(0, faulty("pogo", 8, 4), faulty("pogo", 8, 4, source="hand")),
        session(9, faulty("skips", 10, 3, "Heel first")),
        session(11, faulty("pogo", 2, 5)),
    ]
    assert fault_days(sets) == {
        "Heel first": [(on(7), 0, 10), (on(9), 3, 10)],
        "Long contact": [(on(0), 4, 8), (on(7), 2, 20), (on(11), 2, 2)],
    }
    assert fault_days([]) == {}
    assert reassess_on(sets) == on(11 + 28)
    assert reassess_on([session(0, faulty("pogo", 8, 4, source="hand"))]) is None
