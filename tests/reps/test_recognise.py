"""Every drill is recognised, counted and cut at the right times, from known joints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.analysis import Analysis
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Request
from plumbline.synthetic import Sense
from tests.athletes import JITTER, WIDE, landmarks, movement, take, true_reps, waiting
from tests.conftest import clip_info

MADE = {
    "stand": lambda: take("standing"),
    "pogo": lambda: movement("pogo"),
    "travelling_hop": lambda: movement("travelling_hop"),
    "single_leg_hop": lambda: take("single_leg_hops"),
    "squat_jump": lambda: movement("squat_jump"),
    "drop_landing": lambda: movement("drop_landing"),
    "depth_jump": lambda: movement("depth_jump"),
    "squat": lambda: waiting(take("squats"), 1.0),
    "lunge": lambda: take("lunges"),
    "high_knees": lambda: take("high_knees"),
}


def analysed(name: str, how: Sense = JITTER, drill: str = "auto", fps: float = 60.0) -> tuple[Analysis, float]:
    facing = -1 if name == "squat" else 1
    phone = WIDE if name == "travelling_hop" else None
    pose, start = landmarks(MADE[name](), how, fps=fps, phone=phone, facing=facing)
    return measure_pose(pose, clip_info(pose), Request(drill=drill)), start


@pytest.mark.parametrize("fps", [30, 60])
@pytest.mark.parametrize("drill", MADE)
def test_recognised_and_counted(drill: str, fps: float) -> None:
    found, _ = analysed(drill, replace(JITTER, white_pct=0.3), fps=fps)
    assert found.drill is not None
    assert (found.drill.id, len(found.reps)) == (drill, len(true_reps(MADE[drill]())))
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("drill", ["squat", "lunge"])
def test_bends_lie_within_the_true_reps(drill: str) -> None:
    found, start = analysed(drill)
    for m, true in zip(found.reps, true_reps(MADE[drill]()), strict=True):
        assert true["start_s"] - 0.3 < m.rep.start_s + start < m.rep.key_s + start < m.rep.end_s + start
        assert m.rep.end_s + start < true["end_s"] + 0.3


def test_a_jump_from_standing_has_no_touchdown() -> None:
    found, start = analysed("squat_jump", fps=120)
    (m,) = found.reps
    (true,) = true_reps(movement("squat_jump"))
    assert np.isnan(m.rep.touchdown_s)
    assert m.rep.toe_off_s + start == pytest.approx(true["toe_off_s"], abs=0.02)
    assert m.rep.landing_s + start == pytest.approx(true["landing_s"], abs=0.015)
    assert "contact_time_s" not in m.metrics


def test_chosen_drill_wins_over_recognition() -> None:
    found, _ = analysed("pogo", drill="stand")
    assert found.drill is not None
    assert (found.drill.id, found.confidence) == ("stand", 1.0)


def test_standing_before_the_squats_is_measured_too() -> None:
    found, _ = analysed("squat")
    assert found.standing is not None
    assert "plumb_spread_pct_bh" in found.standing.metrics


def test_low_frame_rate_withholds_reactive_strength() -> None:
    slow, _ = analysed("pogo", fps=30)
    assert "rsi_ratio" not in slow.reps[0].metrics
    assert "contact_time_s" in slow.reps[0].metrics
    assert "rsi_ratio" in slow.withheld
    assert "low_frame_rate" in [w.code for w in slow.warnings]
    fast, _ = analysed("pogo", fps=60)
    assert "rsi_ratio" in fast.reps[0].metrics


@pytest.mark.parametrize(("frames", "said"), [(1, "only one frame"), (5, "only 5 frames")])
def test_a_film_of_a_few_frames_is_said_to_be_one(frames: int, said: str) -> None:
    pose, _ = landmarks(movement("pogo", 1), JITTER, fps=30, seed=1)
    few = PoseSequence(pose.time_s[:frames], pose.xy[:frames], pose.visibility[:frames], pose.width, pose.height, "x")
    found = measure_pose(few, clip_info(few), Request())
    (short,) = [w for w in found.warnings if w.code == "too_short"]
    assert said in short.said
