"""Trends, left against right, load: from numbers whose answer is known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from plumbline.log import (
    AthleteEntry,
    FaultCount,
    MetricEntry,
    SessionEntry,
    SetEntry,
    asymmetry,
    between,
    fault_shares,
    first_and_latest,
    headline_of,
    kind_of,
    latest_pairs,
    page_of,
    pooled,
    reassess_on,
    set_by_hand,
    trends,
    week_of,
    week_pdf,
    weekly_contacts,
)

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
    assert "5 % from day to day" in small.variation.origin
    (large,) = trends(days(0.200, 0.160))
    assert large.beyond_error


def test_three_repeats_of_their_own_replace_the_published_value() -> None:
    pairs = [(0.200, 0.203), (0.198, 0.194), (0.201, 0.199)]
    sessions = [session(30 * k + d, contact(v, 0.001)) for k, p in enumerate(pairs) for d, v in enumerate(p)]
    (own,) = trends(sessions)
    assert own.variation.repeats == 3
    assert own.variation.sd == pytest.approx(np.sqrt((0.003**2 + 0.004**2 + 0.002**2) / 3 / 2))
    assert own.variation.freedom == 3
    (published,) = trends(sessions[:-1])
    assert published.variation.repeats == 0


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
    assert asymmetry("contact_time_s", left, right).sd_pct == pytest.approx(expected, rel=0.03)


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


def test_asymmetry_has_the_uncertainty_of_its_parts() -> None:
    left, right = (MetricEntry(mean=m, sd=0.004, n=8, unit="s") for m in (0.24, 0.20))
    found = asymmetry("contact_time_s", left, right)
    assert found.pct == pytest.approx(100 * 0.04 / 0.22)
    rng = np.random.default_rng(2)
    a, b = rng.normal(0.24, 0.004, 20_000), rng.normal(0.20, 0.004, 20_000)
    assert found.sd_pct == pytest.approx(float(np.std(100 * (a - b) / ((a + b) / 2))), rel=0.05)
    assert found.clear
    assert found.weaker == "left"  # the longer contact
    vague = asymmetry("contact_time_s", left, MetricEntry(mean=0.20, sd=0.02, n=8, unit="s"))
    assert not vague.clear


def test_the_latest_pair_is_compared() -> None:
    sessions = [
        session(0, contact(0.25, side="left"), contact(0.2, side="right")),
        session(7, contact(0.22, side="left")),
    ]
    left, right = latest_pairs(sessions)["single_leg_hop"]
    assert (left.metrics["contact_time_s"].mean, right.metrics["contact_time_s"].mean) == (0.22, 0.2)
    assert latest_pairs(sessions[1:]) == {}


def test_weeks_without_contacts_are_there_too() -> None:
    found = weekly_contacts([session(0, contact(0.2), contact(0.2)), session(14, contact(0.2))])
    assert found == {date(2026, 3, 2): 20, date(2026, 3, 9): 0, date(2026, 3, 16): 10}


def test_faults_fade_as_shares_of_filmed_reps() -> None:
    by_hand = SetEntry(drill="pogo", reps=50, contacts=50)
    found = fault_shares([session(0, contact(0.2, faults=6), by_hand), session(7, contact(0.2, faults=2))])
    assert [share for _, share in found["Long contact"]] == [0.6, 0.2]


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
    assert [f[:3] for f in week.faults] == [("Long contact", pytest.approx(0.1), pytest.approx(0.8))]
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
