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
    kind_of,
    latest_pairs,
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


def test_a_change_counts_beyond_both_errors() -> None:
    small = trends([session(0, contact(0.200)), session(7, contact(0.191))])[0]
    assert small.change == pytest.approx(-0.009)
    assert small.smallest_change == pytest.approx(1.96 * 0.004 * np.sqrt(2))
    assert not small.beyond_error
    large = trends([session(7, contact(0.180)), session(0, contact(0.200)), session(3, contact(0.170))])[0]
    assert [p.mean for p in large.points] == [0.200, 0.170, 0.180]
    assert large.beyond_error
    assert large.best is not None
    assert large.best.mean == 0.170


def test_noise_alone_seldom_counts_as_a_change() -> None:
    rng = np.random.default_rng(1)
    called = [
        trends([session(0, contact(0.2 + rng.normal(0, 0.004))), session(7, contact(0.2 + rng.normal(0, 0.004)))])[0]
        for _ in range(2000)
    ]
    assert 0.035 < np.mean([t.beyond_error for t in called]) < 0.065


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
        session(-7, contact(0.220, faults=8)),
        session(0, contact(0.190, faults=3), contact(0.25, side="left"), contact(0.20, side="right")),
        session(4, set_by_hand("pogo", 120)),
        session(5, contact(0.300, faults=10)),  # the Monday after
    ]
    week = week_of(sessions, DAY, cap=100)
    assert week.monday == date(2026, 3, 2)
    assert (len(week.sessions), week.contacts, week.cap) == (2, 150, 100)
    assert [(t.drill, t.change) for t in week.changes] == [("pogo", pytest.approx(-0.030))]
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
