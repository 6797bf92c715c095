"""What a single wrong line would change and nothing else would show: corrections, caches, sides, thresholds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.catalogue import find_drill
from plumbline.geometry import build_tracks
from plumbline.metrics import METRICS, Context, measure, withheld
from plumbline.pose import PLUMB_CHAIN, SIDES
from tests.hand import KNEE, clock, context, pose_by_hand, rep, side_camera, tracks_by_hand, with_knee
from tests.metrics.test_by_hand import from_the_front
from tests.metrics.test_readings import HOP, T
from tests.metrics.test_uncertainty import EXACT

# A second-order low-pass run both ways passes this share of a wave of 8 Hz at a cut-off of 12 Hz (0.802 for two runs):
# 1 / (1 + (8 / (12 / 0.802))^4) = 0.92446.
PASSED = 1 / (1 + (8 / (12 / 0.802)) ** 4)
WAVE = np.cos(2 * np.pi * 8 * (clock(0.5, 1.5) - 1))


def low_passed(seen: dict, raw: dict) -> Context:
    """What the filter leaves beside what was filmed, both legs alike."""
    t = clock(0.5, 1.5)
    pose = replace(pose_by_hand(t, seen, seen), raw=pose_by_hand(t, raw, raw).raw)
    return Context(build_tracks(pose, side_camera(), KNEE), EXACT)


def test_what_the_low_pass_takes_off_is_given_back() -> None:
    """A knee of 40 + 20 at its top is 58.5 after the filter: read as 59.6, not 57.4. A shoulder of 2: 1.96, not 1.7."""
    ctx = low_passed(with_knee(40 + 20 * PASSED * WAVE), with_knee(40 + 20 * WAVE))
    at, top = rep("both", touchdown_s=1.0, toe_off_s=1.2), rep("both", touchdown_s=0.97, toe_off_s=1.03)
    assert METRICS["knee_flexion_touchdown_deg"](ctx, at).value == pytest.approx(59.6, abs=0.4)
    assert METRICS["knee_flexion_peak_deg"](ctx, top).value == pytest.approx(59.6, abs=0.4)
    ctx = low_passed({"shoulder": (2 * PASSED * WAVE, 80)}, {"shoulder": (2 * WAVE, 80)})
    assert METRICS["plumb_shoulder_pct_bh"](ctx, at).value == pytest.approx(1.96, abs=0.05)


def test_one_clip_s_two_legs_do_not_share_a_sign() -> None:
    ctx = from_the_front()
    left, right = (rep(side, touchdown_s=1.0, toe_off_s=1.2) for side in ("left", "right"))
    assert METRICS["trunk_side_lean_deg"](ctx, left).value == pytest.approx(5.711, abs=0.005)
    assert METRICS["trunk_side_lean_deg"](ctx, right).value == pytest.approx(-5.711, abs=0.005)


def test_one_clip_s_two_legs_do_not_share_a_knee() -> None:
    ctx = context(tracks_by_hand(T, with_knee(20.0), with_knee(35.0)))
    near, far = (rep(side, touchdown_s=1.0, toe_off_s=1.2) for side in ("right", "left"))
    for name in ("knee_flexion_touchdown_deg", "knee_flexion_peak_deg", "knee_flexion_toe_off_deg"):
        assert METRICS[name](ctx, near).value == pytest.approx(20.0, abs=0.05), name
        assert METRICS[name](ctx, far).value == pytest.approx(35.0, abs=0.05), name


def test_a_drop_of_the_hips_is_from_where_they_rested() -> None:
    """12 down from rest, though the rep begins an eighth of the way in."""
    t = clock(0, 4)
    bend = 0.5 - 0.5 * np.cos(np.pi * np.interp(t, [1, 2.5, 3.1], [0, 1, 2]))
    hip = {"hip": (0, 50 - 12 * bend)}
    squat = rep(start_s=1 + 1.5 * 0.2252, key_s=2.5, end_s=3.0)
    assert METRICS["hip_drop_pct_bh"](context(tracks_by_hand(t, hip, hip)), squat).value == pytest.approx(12, abs=0.1)


def test_a_flight_shorter_than_a_frame_is_none() -> None:
    """At 100 frames per second 8 ms are not seen, 12 are."""
    ctx = context(tracks_by_hand(T, {}, {}))
    flights = [rep(touchdown_s=1.0, toe_off_s=1.2, landing_s=s) for s in (1.208, 1.212)]
    assert [METRICS["flight_time_s"](ctx, f).known for f in flights] == [False, True]


def test_a_drill_of_hard_events_has_a_larger_uncertainty() -> None:
    """Toe-off of jumping lunges is 45 ms doubtful for all reps, and their height by 3 cm."""
    drill = find_drill("jumping_lunge")
    jump = replace(HOP, touchdown_s=np.nan, touchdown_sd_s=np.nan)
    ctx = context(tracks_by_hand(T, {}, {}))
    (row,) = measure(ctx, drill, (jump,))
    for name, more in drill.measured.model_sd.items():
        bare = METRICS[name](ctx, jump)
        assert row[name].sd == pytest.approx(np.hypot(bare.sd, more)), name
    assert drill.measured.model_sd["flight_time_s"] == 0.045


def test_the_near_ear_decides_whether_the_head_is_in_the_picture() -> None:
    tracks = tracks_by_hand(T, {}, {})
    near = tracks.camera.near_side
    far = next(side for side in SIDES if side != near)
    pogo = find_drill("pogo")
    for side, gone in ((near, True), (far, False)):
        inside = np.ones((len(T), 33), bool)
        inside[:, PLUMB_CHAIN[side][0]] = False
        ctx = context(replace(tracks, pose=replace(tracks.pose, inside=inside)))
        assert ("head_forward_pct_bh" in withheld(ctx, pogo, (HOP,))) is gone


def test_legs_that_are_mixed_up_are_withheld_where_any_rep_is_on_one() -> None:
    tracks = tracks_by_hand(T, {}, {})
    swapped = np.arange(len(T)) < 0.42 * len(T)
    ctx = context(replace(tracks, pose=replace(tracks.pose, swapped=swapped)))
    pogo = find_drill("pogo")
    assert withheld(ctx, pogo, (HOP, replace(HOP, stance="left"))).keys() > withheld(ctx, pogo, (HOP,)).keys()


def test_a_small_figure_is_as_much_less_sure() -> None:
    """Half the size that is seen in full: what is common to a body is twice as large."""
    tracks = tracks_by_hand(T, {}, {})
    small = replace(tracks, pose=replace(tracks.pose, body_height_px=EXACT.full_size_px / 2))
    whole = replace(tracks, pose=replace(tracks.pose, body_height_px=EXACT.full_size_px))
    measuring = replace(EXACT, posture_body_sd_pct_bh=1.0, lean_body_sd_deg=2.0)
    for name, sd in (("plumb_shoulder_pct_bh", 1.0), ("trunk_lean_deg", 2.0), ("head_forward_pct_bh", 1.0)):
        found = [METRICS[name](Context(t, measuring), HOP).common_sd for t in (whole, small)]
        assert found == [pytest.approx(sd, abs=0.01), pytest.approx(2 * sd, abs=0.02)], name
