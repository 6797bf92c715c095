"""Balances, strength drills, running and films from the front, from known joints with noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from plumbline.analysis import Analysis
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Request
from plumbline.synthetic import Movement, Phone, anatomy_of, build, dips, hops, running
from plumbline.synthetic.frontal import Frontal, sideways
from plumbline.synthetic.strength import (
    Move,
    Stand,
    ankle_recoveries,
    arabesques,
    donkey_kicks,
    heel_raises,
    quarter_squats,
    stands,
)
from tests.athletes import JITTER, landmarks, true_reps
from tests.conftest import clip_info

TALL, SMALL = anatomy_of(1.72, "male"), anatomy_of(1.66)
QUICK = Move(0.35, 0.05, 0.3, 1.2)
# What is filmed from the left faces left.
FROM_LEFT = ("high_knee_twist", "quarter_squat", "donkey_kick")
SIDE: dict[str, Callable[[], Movement]] = {
    "single_leg_stance": lambda: stands(TALL, [Stand(4.0), Stand(5.0, touches=(2.5,))]),
    "high_knee_twist": lambda: stands(SMALL, [Stand(4.0, 88), Stand(4.0, 60)], "left"),
    "arabesque_high_knee": lambda: arabesques(TALL, [Move(1.2, 0.5, 1.2)] * 3, bend_deg=28.0),
    "quarter_squat": lambda: quarter_squats(SMALL, [Move(), Move(size=0.8), Move(out_s=1.1)], "left"),
    "heel_raise": lambda: heel_raises(TALL, [Move(back_s=1.2), Move(back_s=0.4), Move(size=0.3)]),
    "ankle_recovery": lambda: ankle_recoveries(
        TALL, [QUICK, QUICK, replace(QUICK, size=0.6)], thigh_deg=60, knee_deg=145
    ),
    "donkey_kick": lambda: donkey_kicks(SMALL, [Move(), Move(size=0.5), Move()], "left"),
    "run": lambda: running(TALL, np.random.default_rng(2), 2.6, heel=False),
}
FRONT: dict[str, Callable[[], Movement]] = {
    "front_hop": lambda: sideways(hopping(), Frontal(22, -3, 4, 9), "front_hop"),
    "front_squat": lambda: sideways(shallow(), Frontal(0, 15, -3, 0), "front_squat"),
    "front_balance": lambda: sideways(stands(TALL, [Stand(4.0)]), Frontal(0, 0, 13, 0), "front_balance"),
}
# What a metric may be off by, by its unit: what 0.2 % of noise and a lens some metres away leave.
MAY_BE_OFF = {"deg": 4.0, "%BH": 2.0, "s": 0.03, "1": 0.2}


def hopping(lag_s: float = 0.0) -> Movement:
    """Hops of even length; the left foot lands and leaves so much later."""
    steady = {"contact_s": (0.2, 0.22), "flight_s": (0.34, 0.36)}
    return build(hops(TALL, np.random.default_rng(6), 5, **steady, arms=6, late=("left", lag_s)))


def shallow() -> Movement:
    """Squats in which the thighs are seen from the front."""
    return dips(TALL, np.random.default_rng(2), 2, depth_m=0.17)


@cache
def made(name: str) -> Movement:
    return (SIDE.get(name) or FRONT[name])()


def near_of(name: str) -> str:
    return "left" if name in FROM_LEFT else "right"


def measured(name: str, drill: str, seed: int = 0) -> Analysis:
    if name in FRONT:
        pose = from_front(made(name), seed)
    else:
        facing, phone = (-1 if name in FROM_LEFT else 1), Phone(follows=name == "run")
        pose, _ = landmarks(made(name), JITTER, seed=seed, facing=facing, phone=phone)
    # The pose model's own errors are taken off, which known joints do not have.
    return measure_pose(pose, clip_info(pose), Request(drill=drill, unbias=False))


def from_front(what: Movement, seed: int) -> PoseSequence:
    return landmarks(what, JITTER, seed=seed, phone=Phone(yaw_deg=-90.0))[0]


def beyond(found: Analysis) -> list[set[str]]:
    """What is beyond its limit, for sure or not."""
    return [{v.fault for v in m.verdicts if v.verdict != "ok"} for m in found.reps]


def faults(found: Analysis) -> list[set[str]]:
    return [{v.fault for v in m.with_outcome("fault")} for m in found.reps]


@pytest.mark.parametrize("drill", [*SIDE, *FRONT])
def test_counted_and_near_the_truth(drill: str) -> None:
    found, true = measured(drill, drill), true_reps(made(drill), near_of(drill))
    # The first and the last step of a run are known once the other foot has swung past, which a film need not show.
    assert len(true) - 2 * (drill == "run") <= len(found.reps) <= len(true)
    off: dict[str, list[float]] = {}
    for m in (m for m in found.reps if drill != "run" or m.rep.stance == near_of(drill)):
        rep = min(true, key=lambda rep, m=m: abs(rep["end_s"] - m.rep.end_s))
        truth = rep["metrics"]
        for name in set(m.metrics) & set(truth):
            off.setdefault(name, []).append(abs(m.metrics[name].value - truth[name]) / MAY_BE_OFF[m.metrics[name].unit])
    # Of a run, whose single steps are told less well: the middle one of the near leg, by twice as much.
    assert {name: e for name, e in off.items() if (np.median(e) / 2 if drill == "run" else np.max(e)) > 1} == {}
    assert off or drill in ("single_leg_stance", "front_balance")


# One foot flicked up again and again is still taken for a slow run: an ankle recovery has to be named.
@pytest.mark.parametrize("drill", sorted({*SIDE, *FRONT} - {"ankle_recovery"}))
def test_recognised_without_being_told(drill: str) -> None:
    found = measured(drill, "auto", seed=1)
    assert found.drill is not None
    # A twist cannot be seen from the side: it is a stand on one leg.
    assert found.drill.id == {"high_knee_twist": "single_leg_stance"}.get(drill, drill)


def test_planted_faults_are_raised_and_only_those() -> None:
    assert faults(measured("single_leg_stance", "single_leg_stance")) == [{"short_hold"}, {"short_hold", "foot_down"}]
    assert ["knee_low" in f for f in faults(measured("high_knee_twist", "high_knee_twist"))] == [False, True]
    # The bend of the line is beyond its limit by less than the pose model leaves open of a body's angles.
    bent = measured("arabesque_high_knee", "arabesque_high_knee")
    assert all(f == {"arabesque_line"} for f in beyond(bent))
    assert beyond(measured("heel_raise", "heel_raise")) == [set(), {"heel_drop_fast"}, {"heel_raise_low"}]
    recovered = faults(measured("ankle_recovery", "ankle_recovery"))
    assert recovered[:2] == [set(), set()]
    assert "heel_short_of_buttock" in recovered[2]
    assert faults(measured("donkey_kick", "donkey_kick")) == [set(), {"kick_short"}, set()]
    # The lean of 9 degrees is beyond its limit of 7 by less than a camera held by eye leaves open.
    assert all("side_lean" in f for f in beyond(measured("front_hop", "front_hop")))
    # So is the knee: who may stand 5 degrees off the camera shows a bent knee that much and more to the side.
    assert all("knee_valgus" in f for f in beyond(measured("front_squat", "front_squat")))
    assert faults(measured("front_balance", "front_balance")) == [{"short_hold"}]


def test_a_foot_that_lands_late_is_seen() -> None:
    late = hopping(0.05)
    true = np.median([a - b for (a, _), (b, _) in zip(late.contacts["left"], late.contacts["right"], strict=True)][1:])
    pose = from_front(late, 2)
    found = measure_pose(pose, clip_info(pose), Request(drill="front_hop", unbias=False))
    lags = [m.metrics["landing_lag_s"].value for m in found.reps]
    assert np.median(lags) == pytest.approx(true, abs=0.015)
    assert "uneven_landing" in set.union(*beyond(found))


def test_the_view_must_suit_the_drill() -> None:
    codes = {w.code for w in measured("front_hop", "pogo").warnings}
    assert "front_view" in codes
    found = measured("heel_raise", "front_squat")
    assert "side_view" in {w.code for w in found.warnings}
    assert found.reps == ()


def test_the_far_leg_is_warned_of() -> None:
    pose, _ = landmarks(quarter_squats(TALL, [Move()] * 3), JITTER)
    found = measure_pose(pose, clip_info(pose), Request(drill="quarter_squat", near_side="left"))
    assert "working_leg_far" in {w.code for w in found.warnings}


def test_a_hold_cut_off_by_the_film_is_not_called_short() -> None:
    pose, _ = landmarks(made("single_leg_stance"), JITTER)
    part = PoseSequence(pose.time_s[:200], pose.xy[:200], pose.visibility[:200], pose.width, pose.height, "truth")
    found = measure_pose(part, clip_info(part), Request(drill="single_leg_stance"))
    assert len(found.reps) == 1
    assert "hold_to_touch_s" not in found.reps[0].metrics
    assert faults(found) == [set()]
