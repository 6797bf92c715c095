"""Slow motion, from how fast the body falls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact import find_rate, foot_heights
from plumbline.pipeline import measure_pose
from plumbline.pose import Footage
from plumbline.request import Request
from plumbline.signals import clean
from plumbline.synthetic import Body, Motion, high_knees, lunges, random_hop_clip, squats, standing
from plumbline.synthetic.slow import Dip, Step
from plumbline.video import CameraPath
from tests.conftest import Filming, as_landmarks, clip_info


def heights(motion: Motion, fps: float, slowed: float = 1.0, seed: int = 0):
    pose, _ = as_landmarks(motion, Filming(fps=fps, seed=seed, missing_share=0.01))
    return foot_heights(clean(replace(pose, time_s=pose.time_s * slowed), cutoff_hz=12, max_gap_s=0.12 * slowed))


@pytest.mark.parametrize("slowed", [1.0, 2.0, 4.0, 8.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_factor_of_slow_motion(slowed: float, seed: int) -> None:
    motion, _ = random_hop_clip(seed)
    rate = find_rate(heights(motion, 30.0 * slowed, slowed, seed), motion.body.height_m)
    assert rate.factor == pytest.approx(slowed)
    assert rate.settled
    assert rate.gravity_share == pytest.approx(1 / slowed**2, rel=0.2)


def test_without_the_stature_the_factor_is_offered_not_settled() -> None:
    motion, _ = random_hop_clip(5)
    rate = find_rate(heights(motion, 240.0, 8.0))
    assert rate.factor == pytest.approx(8.0)
    assert not rate.settled


def test_a_stature_that_does_not_fit_settles_nothing() -> None:
    motion, _ = random_hop_clip(5)
    assert not find_rate(heights(motion, 240.0, 8.0), motion.body.height_m * 0.72).settled


@pytest.mark.parametrize("fps", [30.0, 60.0])
@pytest.mark.parametrize(
    "motion",
    [
        squats(Body(), [Dip(), Dip()]),
        lunges(Body(), [Dip(depth_m=0.26)] * 3),
        high_knees(Body(), [Step()] * 8),
        standing(Body(), 3.0),
        standing(Body(), 3.0, free_leg="behind"),
    ],
    ids=["squats", "lunges", "high knees", "standing", "on one leg"],
)
def test_where_nothing_falls_nothing_is_slow(motion: Motion, fps: float) -> None:
    assert find_rate(heights(motion, fps)).factor == 1.0


def test_a_camera_that_follows_the_hips_is_no_slow_motion() -> None:
    motion, _ = random_hop_clip(5)
    pose, _ = as_landmarks(motion, Filming())
    hips = pose.xy[:, 23:25, 1].mean(axis=1)
    to_first = np.tile(np.eye(2, 3), (len(pose), 1, 1))
    to_first[:, 1, 2] = 0.65 * (hips - hips[0])
    seen = replace(pose, xy=pose.xy - np.stack([0 * hips, to_first[:, 1, 2]], -1)[:, None])
    camera = CameraPath(to_first, np.ones(len(pose), bool), (pose.width, pose.height))
    footage = replace(Footage.of_one(seen), camera=camera)
    found = measure_pose(seen, clip_info(seen), Request(height_m=motion.body.height_m), footage=footage)
    assert (found.rate.factor, len(found.reps)) == (1.0, len(motion.reps))


def test_a_handful_of_frames_says_nothing() -> None:
    motion, _ = random_hop_clip(5)
    h = heights(motion, 60.0)
    few = replace(h, time_s=h.time_s[:5])
    assert np.isnan(find_rate(few).gravity_share)
