"""The figure obeys physics and its own truth, so that it can judge the measuring."""

from __future__ import annotations

import numpy as np
import pytest

from plumbline.geometry import flexion
from plumbline.pose import LEG
from plumbline.synthetic import (
    Body,
    Dip,
    frame_camera,
    frames,
    random_hop_clip,
    squats,
)


@pytest.fixture(scope="module", params=[1, 2, 3])
def hops(request: pytest.FixtureRequest):
    return random_hop_clip(request.param)[0]


def leg(motion, part: int) -> np.ndarray:
    return motion.xyz[:, LEG[motion.body.near_side][part], :2]


def test_toe_stands_still_on_the_floor_in_contact_and_is_off_it_in_flight(hops) -> None:
    toe = leg(hops, 4)
    for rep in hops.reps:
        down = (hops.time_s >= rep.touchdown_s) & (hops.time_s <= rep.toe_off_s)
        up = (hops.time_s > rep.toe_off_s + 0.01) & (hops.time_s < rep.landing_s - 0.01)
        assert np.abs(toe[down, 1]).max() < 1e-6
        assert np.ptp(toe[down, 0]) < 1e-6
        assert toe[up, 1].min() > 0.001


def test_hips_fall_at_g_in_flight(hops) -> None:
    t, hip = hops.time_s, leg(hops, 0)[:, 1]
    for rep in hops.reps:
        k = (t > rep.toe_off_s) & (t < rep.landing_s)
        assert -2 * np.polyfit(t[k] - t[k].mean(), hip[k], 2)[0] == pytest.approx(9.81, rel=1e-3)


def test_knee_angle_and_velocity_are_continuous(hops) -> None:
    knee = flexion(leg(hops, 0), leg(hops, 1), leg(hops, 2))
    velocity = np.gradient(knee, hops.time_s)
    assert np.abs(np.diff(knee)).max() < 1.5
    assert np.abs(np.diff(velocity)).max() < 60


def test_segments_keep_their_length(hops) -> None:
    thigh = np.linalg.norm(leg(hops, 1) - leg(hops, 0), axis=1)
    shank = np.linalg.norm(leg(hops, 2) - leg(hops, 1), axis=1)
    assert thigh == pytest.approx(hops.body.thigh_m, abs=1e-6)
    assert shank == pytest.approx(hops.body.shank_m, abs=1e-6)


def test_pictures_hold_a_figure() -> None:
    motion = squats(Body(), [Dip()])
    camera = frame_camera(motion, 180, 240)
    first, last = frames(motion, camera, np.array([0.5, 2.2]))
    assert first.shape == (240, 180, 3)
    assert (np.abs(first.astype(int) - last).max(axis=2) > 60).mean() > 0.01, "the figure moved"
