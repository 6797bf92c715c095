"""Where the athlete comes into the picture and leaves it, nothing is invented."""

from __future__ import annotations

import numpy as np
import pytest

from plumbline.pipeline import measure_pose
from plumbline.pipeline._judge import flat_feet
from plumbline.pose import PoseSequence
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
