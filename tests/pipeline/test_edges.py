"""Where the athlete comes into the picture and leaves it, nothing is invented."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.pipeline import measure_pose
from plumbline.pipeline._judge import flat_feet
from plumbline.pose import LEG, PoseSequence
from plumbline.reps import quiet
from plumbline.request import Request
from tests.athletes import JITTER, landmarks, movement
from tests.conftest import clip_info
from tests.hand import UPRIGHT, clock, tracks_by_hand


def padded(pose: PoseSequence, seconds: float) -> PoseSequence:
    """The same with nobody in the picture before and after."""
    n = round(seconds * 60)
    empty = np.full((n, 33, 2), np.nan)
    xy = np.concatenate([empty, pose.xy, empty])
    seen = np.concatenate([np.zeros((n, 33)), pose.visibility, np.zeros((n, 33))])
    return PoseSequence(np.arange(len(xy)) / 60, xy, seen, pose.width, pose.height)


@pytest.mark.parametrize("seed", [1, 2, 5])
@pytest.mark.parametrize(("name", "drill"), [("running", "run"), ("marching", "high_knees"), ("squat", "squat")])
def test_a_second_of_nothing_adds_no_rep(name: str, drill: str, seed: int) -> None:
    pose, _ = landmarks(movement(name, seed), JITTER, fps=60, seed=seed)
    alone, more = (measure_pose(p, clip_info(p), Request(drill=drill)) for p in (pose, padded(pose, 1.0)))
    assert len(alone.reps) > 1
    assert len(more.reps) == len(alone.reps)
    starts = [[m.rep.start_s for m in a.reps] for a in (alone, more)]
    assert np.array(starts[1]) - 1.0 == pytest.approx(np.array(starts[0]), abs=0.05)


def test_a_foot_held_up_is_not_standing_flat() -> None:
    """Two thirds of the quiet time on one leg: the other foot points down, 20 % of body height up."""
    t = clock(0.0, 6.0, 60.0)
    up = np.interp(t, [1.9, 2.0], [0.0, 20.0])
    drop = np.interp(t, [1.9, 2.0], [0.0, 8.0])
    near = {"knee": (0, 27 + up), "ankle": (0, 4 + up), "heel": (-5, 1 + up), "toe": (10, 1 + up - drop)}
    found = flat_feet(tracks_by_hand(t, {**UPRIGHT, **near}, UPRIGHT))
    assert found["right"].angle_deg == pytest.approx(0.0, abs=0.5)
    assert found["right"].heel_px == pytest.approx(found["left"].heel_px, abs=1.0)


def test_the_floor_is_not_the_box_that_was_stood_on() -> None:
    """Two thirds of the quiet time 20 % of body height up, the rest on the floor, 1 below the heels."""
    t = clock(0.0, 6.0, 60.0)
    up = np.interp(t, [3.9, 4.1], [20.0, 0.0])
    on_box = {joint: (x, y + up) for joint, (x, y) in UPRIGHT.items()}
    stays = flat_feet(tracks_by_hand(clock(0.0, 2.0, 60.0), UPRIGHT, UPRIGHT))
    found = flat_feet(tracks_by_hand(t, on_box, on_box))
    assert found["right"].heel_px == pytest.approx(stays["right"].heel_px, abs=0.5)


@pytest.mark.parametrize(("apart", "up", "stands"), [(0, 0, True), (14, 0, True), (25, 0, False), (25, 12, True)])
def test_a_lunge_that_is_held_is_no_standing(apart: float, up: float, stands: bool) -> None:
    """Feet 25 % of body height apart, both down, are a lunge; a foot that is up may be anywhere."""
    front = {joint: (x + apart, y + up) for joint, (x, y) in UPRIGHT.items() if joint in ("ankle", "heel", "toe")}
    still = quiet(
        tracks_by_hand(clock(0.0, 2.0, 60.0), {**UPRIGHT, **front, "knee": (apart / 2, 27 + up / 2)}, UPRIGHT)
    )
    assert still.mean() == (1.0 if stands else 0.0)


def test_a_hole_in_a_film_is_said() -> None:
    pose, _ = landmarks(movement("pogo"), JITTER, fps=60)
    half = len(pose) // 2
    time_s = np.concatenate([pose.time_s[:half], pose.time_s[half:] + 60.0])
    torn = PoseSequence(time_s, pose.xy, pose.visibility, pose.width, pose.height)
    told = {w.code: w for w in measure_pose(torn, clip_info(torn), Request(drill="pogo")).warnings}
    before, after = time_s[half - 1], time_s[half]
    assert f"no pictures between {before:.1f} and {after:.1f} s" in told["hole"].message
    whole = measure_pose(pose, clip_info(pose), Request(drill="pogo"))
    assert "hole" not in {w.code for w in whole.warnings}


def test_feet_that_are_seen_in_flight_only_give_no_contact_times() -> None:
    """A picture that ends above the floor: the feet come into it in flight, in more than half of all frames."""
    pose, _ = landmarks(movement("pogo"), JITTER)
    highest = pose.xy[:, LEG["right"][3:], 1].min(axis=1)  # the heel or the toe, whichever is in the picture
    cut = replace(pose, height=int(np.percentile(highest, 55)))
    assert (highest < cut.height).mean() > 0.5
    found = measure_pose(cut, clip_info(cut), Request(drill="pogo"))
    assert found.reps
    for m in found.reps:
        assert not {"contact_time_s", "flight_time_s", "rsi_ratio"} & set(m.metrics)
    assert found.withheld["contact_time_s"].code == "feet_out"
    whole = measure_pose(pose, clip_info(pose), Request(drill="pogo"))
    assert all("contact_time_s" in m.metrics for m in whole.reps)
