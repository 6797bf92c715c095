"""Every metric on a figure set down by hand: value, sign, unit and scale."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.catalogue import find_drill, load_protocols
from plumbline.geometry import CameraView, build_tracks
from plumbline.metrics import METRICS, Context, measure, summarise_clip
from plumbline.pose import LEG
from plumbline.quantity import Quantity
from plumbline.resources import DATA, read_toml
from tests.hand import FLOOR, KNEE, MIDDLE, PX_PER_PCT, Legs, clock, context, pose_of, rep, tracks_by_hand, with_knee
from tests.metrics.scenes import SCENES

ON_ONE_SIDE = {(name, metric) for name, scene in SCENES.items() for metric in scene.expected}
FROM_THE_FRONT = {"knee_valgus_left_deg", "knee_valgus_right_deg", "trunk_side_lean_deg"}
OF_ALL_REPS = {"knee_speed_loss_pct", "rhythm_cv_pct", "distance_m"} | {
    p.id for p in load_protocols().values() if p.metric
}


def test_every_metric_of_the_table_is_worked_out_by_hand() -> None:
    here = {metric for _, metric in ON_ONE_SIDE} | FROM_THE_FRONT | OF_ALL_REPS | {"landing_lag_s"}
    assert here == set(read_toml(DATA / "metrics.toml"))
    assert set(METRICS) == here - OF_ALL_REPS


@pytest.mark.parametrize("facing", [1, -1], ids=["facing right", "facing left"])
@pytest.mark.parametrize("stance", ["both", "left", "right"])
@pytest.mark.parametrize(("name", "metric"), sorted(ON_ONE_SIDE))
def test_side_view(name: str, metric: str, stance: str, facing: int) -> None:
    scene = SCENES[name]
    value, unit, tolerance = scene.expected[metric]
    legs = Legs(*value) if isinstance(value, tuple) else Legs(value, value)
    ctx = context(tracks_by_hand(scene.time_s, scene.near, scene.far, facing), **scene.context)
    q = METRICS[metric](ctx, rep(stance, **scene.rep))
    assert q.value == pytest.approx(legs.of(stance, facing), abs=tolerance)
    assert q.unit == unit
    assert np.isfinite(q.sd)
    assert q.sd >= 0


def test_a_step_travels_from_one_foot_to_the_other() -> None:
    """At 1.0 the near foot stands at 10, the far one is up; at 1.6 the far one stands at 90: 80 further on."""
    time_s = clock(0.5, 2.0)
    moved = np.interp(time_s, [1.25, 1.5], [0.0, 1.0])
    near = {"ankle": (10 + 40 * moved, 4 + 20 * moved)}
    far = {"ankle": (30 + 60 * moved, 24 - 20 * moved)}
    for facing, side in ((1, "right"), (-1, "left")):
        ctx = context(tracks_by_hand(time_s, near, far, facing))
        q = METRICS["travel_pct_bh"](ctx, rep(side, touchdown_s=1.0, toe_off_s=1.2, landing_s=1.6))
        assert q.value == pytest.approx(80.0, abs=0.01)


# A figure that faces the camera, %BH from its middle and the floor, image right (its own left) positive:
#   hips 20 apart, the left one 1 lower:       atan(1 / 20) = 2.862
#   shoulders' middle 3 to its left, 30 up:    atan(3 / 30) = 5.711
#   right knee 2 towards the middle of the straight leg's, half way down 45: 2 atan(2 / 22.5) = 10.160 inwards
#   left leg straight below, its knee 1 outwards: 2 atan(1 / 22) = 5.205 outwards (half way down 44)
FRONT = {
    # shoulder, hip, knee, ankle, heel, toe
    "left": ((18, 79.5), (10, 49), (11, 27), (10, 5), (10, 2), (10, 1)),
    "right": ((-12, 79.5), (-10, 50), (-8, 27.5), (-10, 5), (-10, 2), (-10, 1)),
}
ROWS = {"left": (11, *LEG["left"]), "right": (12, *LEG["right"])}


def from_the_front(mirrored: bool = False) -> Context:
    """The figure as it stands; mirrored, with left and right exchanged in the picture and in the body."""
    time_s = clock(0.5, 2.0)
    xy = np.full((len(time_s), 33, 2), np.nan)
    for side, joints in FRONT.items():
        own = {"left": "right", "right": "left"}[side] if mirrored else side
        for row, (across, up) in zip(ROWS[own], joints, strict=True):
            xy[:, row] = [MIDDLE + (-1 if mirrored else 1) * PX_PER_PCT * across, FLOOR - PX_PER_PCT * up]
    return context(build_tracks(pose_of(time_s, xy), CameraView("front", 0.6, "right", "right", True), KNEE))


STANDS = [
    # stance, left knee, right knee, pelvis (free side lower; on both feet the left), trunk (standing side; both: left)
    ("both", -5.205, 10.160, 5.711),
    ("left", -5.205, np.nan, 5.711),
    ("right", np.nan, 10.160, -5.711),
]


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize(("stance", "left", "right", "trunk"), STANDS)
def test_front_view(stance: str, left: float, right: float, trunk: float, held: bool) -> None:
    stand = rep(stance, start_s=0.8, end_s=1.6, held=held)
    if not held:
        stand = rep(stance, touchdown_s=1.0, toe_off_s=1.2)
    ctx = from_the_front()
    for metric, value in {
        "knee_valgus_left_deg": left,
        "knee_valgus_right_deg": right,
        "trunk_side_lean_deg": trunk,
    }.items():
        q = METRICS[metric](ctx, stand)
        assert q.value == pytest.approx(value, abs=0.005, nan_ok=True), metric
        assert q.unit == "deg"


def test_front_view_mirrored() -> None:
    """The other half of the body does what this one did: knees change places, the trunk its sign."""
    ctx = from_the_front(mirrored=True)
    stand = rep("both", start_s=0.8, end_s=1.6, held=True)
    got = {name: METRICS[name](ctx, stand).value for name in FROM_THE_FRONT}
    assert got == pytest.approx(
        {
            "knee_valgus_left_deg": 10.160,
            "knee_valgus_right_deg": -5.205,
            "trunk_side_lean_deg": -5.711,
        },
        abs=0.005,
    )


@pytest.mark.parametrize("late_s", [0.040, -0.040, 0.0])
@pytest.mark.parametrize("event", ["touchdown_s", "landing_s"])
def test_the_foot_that_lands_later(late_s: float, event: str) -> None:
    """Feet come down at 150 %BH/s and stop: the right one at 1.0, the left one `late_s` after it."""
    time_s = clock(0.5, 1.5, fps=120)
    xy = from_the_front().tracks.pose.xy
    xy = np.repeat(xy[:1], len(time_s), axis=0)
    trunk = 0.5 * 545 * np.clip(1.0 - time_s, 0, None) * (0.4 - np.clip(1.0 - time_s, 0, 0.4))
    for side, down_s in (("left", 1.0 + late_s), ("right", 1.0)):
        falling = 150 * np.clip(down_s - time_s, 0, None)
        xy[:, LEG[side][2:], 1] -= PX_PER_PCT * falling[:, None]
    for row in (7, 8):
        xy[:, row] = xy[:, row + 4]
    xy[:, [7, 8, 11, 12, 23, 24], 1] -= PX_PER_PCT * trunk[:, None]
    ctx = context(build_tracks(pose_of(time_s, xy), CameraView("front", 0.6, "right", "right", True), KNEE))
    q = METRICS["landing_lag_s"](ctx, rep("both", **{event: 1.0 + late_s / 2}))
    assert q.value == pytest.approx(late_s, abs=0.004)
    assert q.unit == "s"
    # Either foot's touchdown is known to 8 ms on any body: 8 * sqrt(2).
    assert ctx.measuring.touchdown_model_sd_s == 0.008
    assert q.common_sd == pytest.approx(0.011314, abs=1e-5)
    assert np.isnan(METRICS["landing_lag_s"](ctx, rep("left", **{event: 1.0})).value)


def test_speed_below_the_best() -> None:
    """Three bends of 20, 16 and 10 degrees in a second each: peak speeds go as 20 : 16 : 10: 0, 20 and 50 % less."""
    time_s = clock(-0.5, 3.5)
    size = np.select([time_s < 1, time_s < 2], [20.0, 16.0], 10.0)
    near = with_knee(20 + size * (1 - np.cos(2 * np.pi * time_s)))
    ctx = context(tracks_by_hand(time_s, near, {}))
    reps = tuple(
        replace(rep("both", touchdown_s=k + 0.02, toe_off_s=k + 0.9, landing_s=k + 1.02), index=k + 1) for k in range(3)
    )
    found = [row["knee_speed_loss_pct"] for row in measure(ctx, find_drill("pogo"), reps)]
    assert [q.value for q in found] == pytest.approx([0, 20, 50], abs=0.5)
    assert {q.unit for q in found} == {"%"}
    speeds = [METRICS["knee_flexion_velocity_peak_deg_s"](ctx, r).rep_sd for r in reps]
    # A bend of 20 has its peak at 20 * 2 pi = 125.7, one of 10 at 62.8.
    assert found[2].sd == pytest.approx(50 * np.hypot(speeds[2] / 62.83, speeds[0] / 125.66), rel=0.02)
    assert "knee_speed_loss_pct" not in measure(ctx, find_drill("pogo"), reps[:2])[0]


def test_unevenness_of_a_rhythm() -> None:
    """0.4, 0.5, 0.6, 0.5: mean 0.5, variance (0.01 + 0.01) / 3, deviation 0.08165, which is 16.33 %.

    With 0.05 of timing noise the variance is 0.0025 less: 0.06455, 12.91 %.
    """
    periods = (0.4, 0.5, 0.6, 0.5)
    for noise, expected in ((0.0, 16.33), (0.05, 12.91), (0.1, 0.0)):
        rows = [{"step_period_s": Quantity(p, noise, "s")} for p in periods]
        q = summarise_clip(rows)["rhythm_cv_pct"]
        assert q.value == pytest.approx(expected, abs=0.005)
        assert q.unit == "%"
    assert "rhythm_cv_pct" not in summarise_clip(rows[:3])


def test_distance_is_the_sum_of_the_steps() -> None:
    rows = [{"step_length_m": Quantity(v, 0.05, "m", 0.04)} for v in (0.5, 0.6, 0.7)]
    q = summarise_clip(rows)["distance_m"]
    # The scale's share is common to all steps: 3 * 0.04; their own 0.03 adds in squares: sqrt(0.12^2 + 3 * 0.03^2).
    assert (q.value, q.sd, q.unit) == (pytest.approx(1.8), pytest.approx(0.13077, abs=1e-5), "m")
    assert q.common_sd == pytest.approx(0.12)
    assert "distance_m" not in summarise_clip([*rows, {}])
    assert summarise_clip([]) == {}


@pytest.mark.parametrize("name", ["vertical_oscillation_pct_bh", "swing_heel_height_pct_bh"])
def test_an_extreme_needs_most_of_the_movement(name: str) -> None:
    scene = next(s for s in SCENES.values() if name in s.expected)
    tracks = tracks_by_hand(scene.time_s, scene.near, scene.far)
    span = scene.rep["landing_s" if name.startswith("vertical") else "toe_off_s"] - scene.rep["touchdown_s"]
    for share, seen in ((0.2, True), (0.4, False)):
        xy = tracks.pose.xy.copy()
        away = scene.time_s - scene.rep["touchdown_s"]
        xy[(away > 0) & (away < share * span)] = np.nan
        part = replace(tracks, pose=replace(tracks.pose, xy=xy))
        assert np.isfinite(METRICS[name](context(part), rep("both", **scene.rep)).value) == seen
