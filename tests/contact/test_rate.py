"""Slow motion, from how fast the body falls."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from plumbline.camera import CameraPath
from plumbline.clip import ClipInfo
from plumbline.contact import find_rate, foot_heights
from plumbline.pipeline import measure_pose
from plumbline.pose import Footage, PoseSequence
from plumbline.request import Request
from plumbline.signals import clean
from plumbline.synthetic import Movement, Phone
from tests.athletes import JITTER, landmarks, movement, take, true_reps
from tests.conftest import clip_info


def heights(made: Movement, fps: float, slowed: float = 1.0, seed: int = 0):
    pose, _ = landmarks(made, replace(JITTER, missing_share=0.01), fps=fps, seed=seed)
    return foot_heights(clean(replace(pose, time_s=pose.time_s * slowed), cutoff_hz=12, max_gap_s=0.12 * slowed))


FOLLOWS = Phone(6.0, follows=True)


def _filmed(name: str, fps: float) -> tuple[PoseSequence, ClipInfo]:
    pose, _ = landmarks(movement(name, 4), JITTER, fps=fps, phone=FOLLOWS)
    return pose, clip_info(pose)


@pytest.mark.parametrize("slowed", [1.0, 2.0, 4.0, 8.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_factor_of_slow_motion(slowed: float, seed: int) -> None:
    made = movement("pogo", seed)
    rate = find_rate(heights(made, 30.0 * slowed, slowed, seed), made.anatomy.height_m)
    assert rate.factor == pytest.approx(slowed)
    assert rate.settled
    assert rate.gravity_share == pytest.approx(1 / slowed**2, rel=0.2)


def test_without_the_stature_the_factor_is_offered_not_settled() -> None:
    made = movement("pogo")
    rate = find_rate(heights(made, 240.0, 8.0))
    assert rate.factor == pytest.approx(8.0)
    assert not rate.settled


def test_a_stature_that_does_not_fit_settles_nothing() -> None:
    made = movement("pogo")
    assert not find_rate(heights(made, 240.0, 8.0), made.anatomy.height_m * 0.72).settled


@pytest.mark.parametrize("fps", [30.0, 60.0])
@pytest.mark.parametrize("name", ["squats", "lunges", "high_knees", "standing"])
def test_where_nothing_falls_nothing_is_slow(name: str, fps: float) -> None:
    assert find_rate(heights(take(name), fps)).factor == 1.0


@pytest.mark.parametrize("fps", [30.0, 120.0])
def test_bounding_steps_more_slowly_than_anybody_runs_and_is_not_slowed(fps: float) -> None:
    found = measure_pose(*_filmed("bounding", fps), Request())
    assert found.rate.factor == 1.0
    assert found.drill is not None
    assert found.drill.id == "bounding"
    truth = [rep for rep in true_reps(movement("bounding", 4), near="right") if rep["touchdown_s"] is not None]
    assert abs(len(found.reps) - len(truth)) <= 1
    assert all(a.rep.stance != b.rep.stance for a, b in pairwise(found.reps))
    flight = np.mean([rep["metrics"]["flight_time_s"] for rep in truth])
    assert found.summary["flight_time_s"].mean == pytest.approx(flight, abs=0.045)


@pytest.mark.parametrize("slowed", [2.0, 4.0])
def test_slowed_bounding_is_slowed(slowed: float) -> None:
    made = movement("bounding", 4)
    pose, _ = landmarks(made, replace(JITTER, missing_share=0.01), fps=30.0 * slowed, phone=FOLLOWS)
    slow = replace(pose, time_s=pose.time_s * slowed)
    assert measure_pose(slow, clip_info(slow), Request()).rate.factor == pytest.approx(slowed)


def test_a_camera_that_follows_the_hips_is_no_slow_motion() -> None:
    made = movement("pogo")
    pose, _ = landmarks(made, JITTER)
    hips = pose.xy[:, 23:25, 1].mean(axis=1)
    to_first = np.tile(np.eye(2, 3), (len(pose), 1, 1))
    to_first[:, 1, 2] = 0.65 * (hips - hips[0])
    seen = replace(pose, xy=pose.xy - np.stack([0 * hips, to_first[:, 1, 2]], -1)[:, None])
    camera = CameraPath(to_first, np.ones(len(pose), bool), (pose.width, pose.height))
    footage = replace(Footage.of_one(seen), camera=camera)
    found = measure_pose(seen, clip_info(seen), Request(height_m=made.anatomy.height_m), footage=footage)
    assert (found.rate.factor, len(found.reps)) == (1.0, len(true_reps(made)))


def test_a_handful_of_frames_says_nothing() -> None:
    made = movement("pogo")
    h = heights(made, 60.0)
    few = replace(h, time_s=h.time_s[:5])
    assert np.isnan(find_rate(few).gravity_share)
