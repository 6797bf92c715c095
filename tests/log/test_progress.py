"""Trends, left against right, load: from numbers whose answer is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
import scipy

from plumbline.catalogue import find_drill, metric_label
from plumbline.log import (
    REPEAT,
    AthleteEntry,
    FaultCount,
    MetricEntry,
    Repeats,
    SessionEntry,
    SetEntry,
    Spread,
    Variation,
    asymmetry,
    between,
    fault_days,
    first_and_latest,
    headline_of,
    kind_of,
    leg_pairs,
    page_of,
    pooled,
    reassess_on,
    set_by_hand,
    target_said,
    trends,
    typical_error,
    week_of,
    week_pdf,
    weekly_contacts,
)
from plumbline.resources import DATA, read_toml

DAY = date(2026, 3, 4)  # a Wednesday


def session(after_days: int, *sets: SetEntry) -> SessionEntry:
    return SessionEntry(day=DAY + timedelta(days=after_days), sets=sets)


def contact(mean: float, sd: float = 0.004, side: str = "both", faults: int = 0) -> SetEntry:
    return SetEntry(
        drill="single_leg_hop" if side != "both" else "pogo",
        side=side,  # type: ignore[arg-type]
        reps=10,
        contacts=10,
        source="film",
        metrics={"contact_time_s": MetricEntry(mean=mean, sd=sd, n=10, unit="s")},
        faults={"long_contact": FaultCount(label="Long contact", count=faults)},
    )


def days(*values: float, step: int = 7, sd: float = 0.004) -> list[SessionEntry]:
    return [session(step * k, contact(v, sd)) for k, v in enumerate(values)]


def test_two_days_count_beyond_measurement_and_daily_variation() -> None:
    (small,) = trends(days(0.200, 0.180))
    # 5 % of the mean, 0.190 s, from day to day; 4 ms of measurement; two values.
    expected = 1.96 * np.sqrt(2) * np.hypot(0.05 * 0.190, 0.004)
    assert small.change == pytest.approx(-0.020)
    assert small.smallest_change == pytest.approx(expected, rel=1e-3)
    assert not small.beyond_error
    assert "5 % from day to day" in small.variation.said(metric_label("contact_time_s"))
    (large,) = trends(days(0.200, 0.160))
    assert large.beyond_error


def test_three_close_days_of_their_own_replace_the_published_value() -> None:
    pairs = [(0.200, 0.203), (0.198, 0.194), (0.201, 0.199)]
    sessions = [session(30 * k + d, contact(v, 0.001)) for k, p in enumerate(pairs) for d, v in enumerate(p)]
    (own,) = trends(sessions)
    assert own.variation.days is not None
    assert own.variation.days.freedom == 3
    expected = np.sqrt((0.003**2 + 0.004**2 + 0.002**2) / 3 / 2)
    assert own.variation.days.sd == pytest.approx(expected)
    assert own.variation.between_days(0.001) == pytest.approx(expected)
    assert own.variation.between_days(0.009) == 0.009  # never less than the films' own
    assert "3 repeats of their own" in own.variation.said(metric_label("contact_time_s"))
    (published,) = trends(sessions[:-1])
    assert published.variation.between_days(0.0) == pytest.approx(0.05 * 0.1995, rel=0.01)


def repeated(after_days: int, *values: float, sd: float = 0.004) -> SessionEntry:
    """Sets filmed one after the other, as the guided protocol marks them."""
    return session(after_days, *(contact(v, sd).model_copy(update={"protocol": REPEAT}) for v in values))


def test_the_typical_error_of_repeats_is_that_of_the_paper() -> None:
    # Two pairs and a three: (4 + 16) / 2 = 10; 3 values 10, 12, 14 scatter by 8 about 12; 18 over 1 + 1 + 2.
    spread = typical_error([(10, 12), (20, 24), (10, 12, 14)])
    assert spread is not None
    assert (spread.sd, spread.freedom) == (pytest.approx(np.sqrt(18 / 4)), 4)
    assert typical_error([(10.0,), (12.0,)]) is None


def test_sets_filmed_twice_give_the_athletes_own_error_to_every_comparison() -> None:
    label = metric_label("contact_time_s")
    twice = [repeated(7 * k, 0.200 - d, 0.200 + d) for k, d in enumerate((0.001, 0.0015, 0.002))]
    error = np.sqrt((0.002**2 + 0.003**2 + 0.004**2) / 2 / 3)
    found = Repeats.of(twice).typical_errors("pogo")["contact_time_s"]
    assert (found.sd, found.freedom, found.enough) == (pytest.approx(error), 3, True)
    assert not Repeats.of(twice[:2]).typical_errors("pogo")["contact_time_s"].enough
    assert Repeats.of([session(0, contact(0.2), contact(0.21))]).sets == {}  # training is no repeat
    # Two later days: the published 5 % from day to day stays, the films' 4 ms give way to their own error.
    (first, latest) = ((DAY + timedelta(days=d), contact(v)) for d, v in ((40, 0.2), (80, 0.2)))
    (alone,), (own,) = between(first, latest), between(first, latest, twice)
    assert alone.smallest_change == pytest.approx(1.96 * np.sqrt(2) * np.hypot(0.010, 0.004), rel=1e-3)
    total = np.hypot(0.010, error)
    freedom = 3 * (total / error) ** 4  # Welch and Satterthwaite
    quantile = scipy.stats.t.ppf(0.975, freedom)
    assert own.smallest_change == pytest.approx(quantile * np.sqrt(2) * total, rel=1e-3)
    assert f"set to set {1000 * error:.0f} ms, their own typical error from 3 repeats" in own.variation.said(label)
    # On one day nothing but the own error counts: t of 3 degrees of freedom is 3.182.
    (day,) = between(first, (first[0], contact(0.21)), twice)
    assert day.smallest_change == pytest.approx(3.1824 * np.sqrt(2) * error, rel=1e-3)


def test_an_own_error_is_never_less_than_the_reps_leave() -> None:
    entry = MetricEntry(mean=0.2, sd=0.005, n=4, unit="s", common_sd=0.003, rep_sd=0.008)
    assert (entry.shared_sd, entry.reps_sd) == (0.003, pytest.approx(0.004))
    own = Variation(0.01, sets=Spread(0.001, 3))
    assert own.of_day([entry]) == (0.2, pytest.approx(0.004))
    assert Variation(0.01, sets=Spread(0.006, 3)).of_day([entry]) == (0.2, pytest.approx(0.006))


def test_more_sets_of_a_day_average_the_reps_and_not_what_is_common() -> None:
    sets = [MetricEntry(mean=m, sd=0.005, n=4, unit="s", common_sd=0.003, rep_sd=0.008) for m in (0.20, 0.21)]
    # Each mean: common 3 ms, of the reps 4 ms; of two sets 3 and 4 over the root of 2.
    assert Variation(0.0).of_day(sets) == (pytest.approx(0.205), pytest.approx(np.hypot(0.003, 0.004 / np.sqrt(2))))
    unknown = [MetricEntry(mean=0.2, sd=0.005, n=4, unit="s")] * 2
    assert Variation(0.0).of_day(unknown)[1] == pytest.approx(0.005)  # all of it may be common


def test_a_trend_is_a_line_through_all_days() -> None:
    (t,) = trends(days(0.200, 0.196, 0.199, 0.190, 0.188))
    # Least squares by hand: days 0, 7, 14, 21, 28; slope = sum((x - 14)(y - 0.1946)) / 490.
    slope = (-14 * 0.0054 - 7 * 0.0014 + 7 * -0.0046 + 14 * -0.0066) / 490
    assert t.line is not None
    assert t.change == pytest.approx(28 * slope)
    rest = np.array([0.200, 0.196, 0.199, 0.190, 0.188]) - (0.1946 + slope * np.array([-14, -7, 0, 7, 14]))
    stderr = np.sqrt(np.sum(rest**2) / 3 / 490)
    assert t.smallest_change == pytest.approx(3.182446 * stderr * 28, rel=1e-5)  # t of 3 degrees of freedom
    assert t.best is not None
    assert t.best.mean == 0.188


def test_a_vague_day_counts_for_less() -> None:
    sure = (0.200, 0.190, 0.180, 0.170)
    films = [session(7 * k, contact(v, 0.001)) for k, v in enumerate(sure)] + [session(28, contact(0.200, 0.030))]
    (t,) = trends(films)
    # Weights 1 / (5 % of the mean 0.188, squared, and the film's own error squared), and the line by hand.
    x, y = np.arange(5) * 7.0, np.array([*sure, 0.200])
    w = 1 / ((0.05 * 0.188) ** 2 + np.array([0.001] * 4 + [0.030]) ** 2)
    x0, y0 = (w @ x) / w.sum(), (w @ y) / w.sum()
    slope = (w * (x - x0)) @ (y - y0) / ((w * (x - x0)) @ (x - x0))
    assert t.change == pytest.approx(28 * slope)
    assert t.change < -0.02  # unweighted the vague day would leave -8 ms


def test_days_on_a_line_by_chance_are_no_surer_than_their_films() -> None:
    (t,) = trends(days(0.200, 0.199, 0.198, 0.197, sd=0.004))
    # No scatter at all; 4 ms a film, days 0, 7, 14, 21 from their middle: sum of squares 245.
    assert t.smallest_change == pytest.approx(1.96 * 0.004 / np.sqrt(245) * 21)
    assert not t.beyond_error


def test_a_page_of_many_numbers_seldom_shows_a_false_change() -> None:
    rng = np.random.default_rng(1)
    names = ("rsi_ratio", "contact_time_s", "flight_time_s", *(f"m{k}" for k in range(8)))
    pages = 100
    single = called = 0
    for _ in range(pages):
        sets = []
        for k in range(8):
            numbers = {n: MetricEntry(mean=1 + rng.normal(0, 0.05), sd=0.01, n=10, unit="") for n in names}
            sets.append(session(7 * k, SetEntry(drill="pogo", reps=10, source="film", metrics=numbers)))
        alone = trends(sets)
        single += any(t.beyond_error for t in alone)
        called += any(t.beyond_error for t in page_of(alone))
    assert 0.28 < single / pages < 0.58  # 1 - 0.95^11 = 43 %, three standard errors
    assert called / pages < 0.115  # 5 %, and three standard errors of 100 pages


def test_the_coach_chooses_the_headline_number() -> None:
    present = {"contact_time_s", "rsi_ratio"}
    assert headline_of("pogo", present) == "rsi_ratio"
    assert headline_of("pogo", present, {"pogo": "contact_time_s"}) == "contact_time_s"
    assert headline_of("pogo", present, {"pogo": "jump_height_m"}) == "rsi_ratio"
    assert headline_of("pogo", set()) == ""


def test_asymmetry_takes_each_sides_own_uncertainty() -> None:
    left, right = MetricEntry(mean=0.30, sd=0.010, n=8, unit="s"), MetricEntry(mean=0.20, sd=0.002, n=8, unit="s")
    rng = np.random.default_rng(3)
    a, b = rng.normal(0.30, 0.010, 40_000), rng.normal(0.20, 0.002, 40_000)
    expected = float(np.std(100 * (a - b) / ((a + b) / 2)))
    assert asymmetry("contact_time_s", [left], [right]).sd_pct == pytest.approx(expected, rel=0.03)


def test_days_together_show_an_asymmetry_that_one_does_not() -> None:
    legs = [session(7 * k, contact(0.22, side="left"), contact(0.18, side="right")) for k in range(6)]
    (one,), (six,) = pooled(legs[:1], "single_leg_hop"), pooled(legs, "single_leg_hop")
    assert (one.pct, six.pct) == (pytest.approx(20), pytest.approx(20))
    assert six.sd_pct == pytest.approx(one.sd_pct / np.sqrt(6))
    assert not one.clear
    assert six.clear
    assert six.days == 6
    uneven = [session(7 * k, contact(v, side="left"), contact(0.18, side="right")) for k, v in enumerate((0.14, 0.30))]
    assert pooled(uneven, "single_leg_hop")[0].sd_pct > 1.5 * one.sd_pct / np.sqrt(2)


def test_an_own_typical_error_tells_a_smaller_asymmetry() -> None:
    legs = [session(0, contact(0.22, side="left"), contact(0.18, side="right"))]
    twice = [repeated(7 * k, 0.2, 0.2 + d) for k, d in enumerate((0.002, 0.003, 0.002, 0.003))]
    twice = [
        s.model_copy(update={"sets": [x.model_copy(update={"drill": "single_leg_hop"}) for x in s.sets]}) for s in twice
    ]
    (published,), (own,) = pooled(legs, "single_leg_hop"), pooled(legs + twice, "single_leg_hop")
    assert (published.clear, own.clear) == (False, True)
    error = np.sqrt((2 * 0.002**2 + 2 * 0.003**2) / 2 / 4)
    # To first order: the root of (R TE)^2 + (L TE)^2 over the mean squared, 0.2^2.
    assert own.sd_pct == pytest.approx(100 * error * np.hypot(0.22, 0.18) / 0.04)
    assert own.freedom == 4
    assert own.half_width == pytest.approx(2.7764 * own.sd_pct, rel=1e-4)  # t of 4 degrees of freedom


def test_asymmetry_has_the_uncertainty_of_its_parts() -> None:
    left, right = (MetricEntry(mean=m, sd=0.004, n=8, unit="s") for m in (0.24, 0.20))
    found = asymmetry("contact_time_s", [left], [right])
    assert found.pct == pytest.approx(100 * 0.04 / 0.22)
    rng = np.random.default_rng(2)
    a, b = rng.normal(0.24, 0.004, 20_000), rng.normal(0.20, 0.004, 20_000)
    assert found.sd_pct == pytest.approx(float(np.std(100 * (a - b) / ((a + b) / 2))), rel=0.05)
    assert found.clear
    assert found.weaker == "left"  # the longer contact
    vague = asymmetry("contact_time_s", [left], [MetricEntry(mean=0.20, sd=0.02, n=8, unit="s")])
    assert not vague.clear


def test_legs_are_compared_on_days_that_have_both() -> None:
    sessions = [
        session(0, contact(0.25, side="left"), contact(0.2, side="right")),
        session(7, contact(0.22, side="left")),
    ]
    ((left, right),) = leg_pairs(sessions)["single_leg_hop"]
    assert [s.metrics["contact_time_s"].mean for s in (*left, *right)] == [0.25, 0.2]
    assert leg_pairs(sessions[1:]) == {}


def test_weeks_without_contacts_are_there_too() -> None:
    found = weekly_contacts([session(0, contact(0.2), contact(0.2)), session(14, contact(0.2))])
    assert found == {date(2026, 3, 2): 20, date(2026, 3, 9): 0, date(2026, 3, 16): 10}


def test_faults_fade_as_shares_of_filmed_reps() -> None:
    by_hand = SetEntry(drill="pogo", reps=50, contacts=50)
    found = fault_days([session(0, contact(0.2, faults=6), by_hand), session(7, contact(0.2, faults=2))])
    assert [day.share for day in found["Long contact"]] == [0.6, 0.2]


def test_film_again_after_four_weeks() -> None:
    assert reassess_on([session(0, contact(0.2)), session(9, SetEntry(drill="pogo", reps=5))]) == DAY + timedelta(
        days=28
    )
    assert reassess_on([]) is None


def test_contacts_by_hand_follow_the_catalogue() -> None:
    assert set_by_hand("skips", 12).contacts == 24
    assert set_by_hand("sitting_pike", 3).contacts == 0
    assert [kind_of(d) for d in ("pogo", "strides", "board_sagittal_left", "heel_raise")] == [
        "jumps",
        "running",
        "balance",
        "strength",
    ]


def test_a_week_holds_what_was_done_and_what_changed_until_its_sunday() -> None:
    sessions = [
        session(-7, contact(0.240, faults=8)),
        session(0, contact(0.190, faults=3), contact(0.28, side="left"), contact(0.20, side="right")),
        session(4, set_by_hand("pogo", 120)),
        session(5, contact(0.300, faults=10)),  # the Monday after
    ]
    week = week_of(sessions, DAY, cap=100)
    assert week.monday == date(2026, 3, 2)
    assert (len(week.sessions), week.contacts, week.cap) == (2, 150, 100)
    assert [(t.drill, t.change) for t in week.changes] == [("pogo", pytest.approx(-0.050))]
    ((label, now, before, _cue),) = week.faults
    assert (label, now[1:], before and before[1:]) == ("Long contact", (3, 30), (8, 10))
    assert [a.weaker for a in week.sides["single_leg_hop"]] == ["left"]
    assert week.film_again == DAY + timedelta(days=28)
    assert week_pdf(AthleteEntry(name="Runner \u00c4 <b>"), week).startswith(b"%PDF")
    empty = week_of([], DAY, cap=100)
    assert (empty.sessions, empty.faults, empty.film_again) == ((), (), None)
    assert week_pdf(AthleteEntry(name="Runner B"), empty).startswith(b"%PDF")


def test_first_and_latest_need_two_measured_sets() -> None:
    sessions = [session(7, contact(0.18)), session(0, contact(0.20)), session(9, set_by_hand("pogo", 10))]
    first, latest = first_and_latest(sessions, "pogo", "both")
    assert (first[0], latest[0]) == (DAY, DAY + timedelta(days=7))
    (change,) = between(first, latest)
    assert change.change == pytest.approx(-0.02)
    assert first_and_latest(sessions[:1], "pogo", "both") == ()


@pytest.mark.parametrize(
    ("contact_s", "level", "verdict"),
    [
        # Pogo hops: 250, 220, 190 ms. Chance is 1.645 times the root of (5 %)² and 4 ms²: 14 ms at 160, 18 at 200.
        (0.160, "advanced", "reached"),
        (0.185, "advanced", "too close to call"),
        (0.245, "intermediate", "not yet"),
        (0.200, "beginner", "reached"),
    ],
)
def test_a_level_has_its_target(contact_s: float, level: str, verdict: str) -> None:
    (t,) = trends(days(contact_s))
    said = target_said(t, level)
    assert said.startswith(f"Target, {level}: at most ")
    assert f": {verdict} (" in said
    assert "Flanagan" in said  # where it comes from
    assert target_said(replace(t, drill="squat"), level) == ""


def test_every_target_rises_with_the_level_and_says_where_it_comes_from() -> None:
    for name, row in read_toml(DATA / "targets.toml").items():
        levels = [row[level] for level in ("beginner", "intermediate", "advanced")]
        better = metric_label(row["metric"]).better
        assert levels == sorted(levels, reverse=better == "less"), name
        assert better, name
        assert row["origin"].startswith(("Plumbline", "published")), name
        assert all(find_drill(d).movement is not None for d in row["drills"]), name


def test_days_together_weigh_the_legs_as_their_difference_and_leave_out_what_has_no_share() -> None:
    """Legs that both read 0 differ by no share of it; the other days stand."""

    def held(day: int, left: float, right: float) -> SessionEntry:
        return session(day, *(contact(v, side=side) for v, side in ((left, "left"), (right, "right"))))

    days = [held(0, 0.30, 0.24), held(7, 0.22, 0.16), held(14, 0.0, 0.0)]
    (found,) = pooled(days, "single_leg_hop")
    assert found.days == 2
    first, second = (pooled([d], "single_leg_hop")[0] for d in days[:2])
    weights = np.array([1 / first.sd_pct**2, 1 / second.sd_pct**2])
    assert found.pct == pytest.approx(np.average([first.pct, second.pct], weights=weights))
    assert (found.left, found.right) == (
        pytest.approx(np.average([0.30, 0.22], weights=weights)),
        pytest.approx(np.average([0.24, 0.16], weights=weights)),
    )
