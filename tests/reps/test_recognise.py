"""Every drill is recognised, counted and cut at the right times, from known joints."""

from __future__ import annotations

import numpy as np
import pytest

from plumbline.analysis import Analysis
from plumbline.pipeline import measure_pose
from plumbline.request import Request
from plumbline.synthetic import (
    Body,
    Dip,
    End,
    Hop,
    Motion,
    Start,
    Step,
    high_knees,
    hop_series,
    lunges,
    random_hop_clip,
    squats,
    standing,
)
from tests.conftest import Filming, as_landmarks, clip_info

LANDING = Hop(knee_touchdown_deg=34.0)
MOTIONS: dict[str, Motion] = {
    "stand": standing(Body(), 3.0),
    "pogo": random_hop_clip(3)[0],
    "travelling_hop": random_hop_clip(4, travel_m=0.4)[0],
    "single_leg_hop": hop_series(Body(), [Hop(contact_s=0.22)] * 5, drill="single_leg_hop", free_leg="front"),
    "squat_jump": hop_series(Body(), [], start=Start(push_s=0.8, flight_s=0.47), drill="squat_jump"),
    "drop_landing": hop_series(
        Body(), [], start=Start(push_s=0.5, flight_s=0.40, floor_m=0.4), end=End(landing=LANDING), drill="drop_landing"
    ),
    "squat": squats(Body(facing=-1), [Dip(), Dip(down_s=1.3), Dip()]),
    "lunge": lunges(Body(), [Dip(depth_m=0.28)] * 4),
    "high_knees": high_knees(Body(), [Step()] * 9),
}


def analysed(motion: Motion, how: Filming, drill: str = "auto") -> tuple[Analysis, float]:
    pose, offset = as_landmarks(motion, how)
    return measure_pose(pose, clip_info(pose), Request(drill=drill)), offset


@pytest.mark.parametrize("fps", [30, 60])
@pytest.mark.parametrize("drill", MOTIONS)
def test_recognised_and_counted(drill: str, fps: float) -> None:
    size = (1280, 720) if drill == "travelling_hop" else (540, 720)
    found, _ = analysed(MOTIONS[drill], Filming(fps=fps, noise_pct=0.3, size=size))
    assert found.drill is not None
    assert (found.drill.id, len(found.reps)) == (drill, len(MOTIONS[drill].reps))
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("drill", ["squat", "lunge"])
def test_bends_lie_within_the_true_reps(drill: str) -> None:
    found, offset = analysed(MOTIONS[drill], Filming())
    for m, true in zip(found.reps, MOTIONS[drill].reps, strict=True):
        assert true.start_s - 0.3 < m.rep.start_s + offset < m.rep.key_s + offset < m.rep.end_s + offset
        assert m.rep.end_s + offset < true.end_s + 0.3


def test_a_jump_from_standing_has_no_touchdown() -> None:
    found, offset = analysed(MOTIONS["squat_jump"], Filming(fps=120))
    (m,) = found.reps
    true = MOTIONS["squat_jump"].reps[0]
    assert np.isnan(m.rep.touchdown_s)
    assert m.rep.toe_off_s + offset == pytest.approx(true.toe_off_s, abs=0.02)
    assert m.rep.landing_s + offset == pytest.approx(true.landing_s, abs=0.015)
    assert "contact_time_s" not in m.metrics


def test_chosen_drill_wins_over_recognition() -> None:
    found, _ = analysed(MOTIONS["pogo"], Filming(), drill="stand")
    assert found.drill is not None
    assert (found.drill.id, found.confidence) == ("stand", 1.0)


def test_standing_before_the_squats_is_measured_too() -> None:
    found, _ = analysed(MOTIONS["squat"], Filming())
    assert found.standing is not None
    assert "plumb_spread_pct_bh" in found.standing.metrics


def test_low_frame_rate_withholds_reactive_strength() -> None:
    slow, _ = analysed(MOTIONS["pogo"], Filming(fps=30))
    assert "rsi_ratio" not in slow.reps[0].metrics
    assert "contact_time_s" in slow.reps[0].metrics
    assert "rsi_ratio" in slow.withheld
    assert "low_frame_rate" in [w.code for w in slow.warnings]
    fast, _ = analysed(MOTIONS["pogo"], Filming(fps=60))
    assert "rsi_ratio" in fast.reps[0].metrics
