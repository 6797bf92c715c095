"""The real clips, where they are on this machine (PLUMBLINE_CLIPS)."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import plumbline
from plumbline.analysis import Analysis


@cache
def analysed(path: Path, drill: str = "auto") -> Analysis:
    return plumbline.analyze(path, plumbline.Request(drill=drill))


@pytest.fixture(scope="module")
def labels(real_clips: Path) -> dict:
    return json.loads((real_clips / "labels.json").read_text())


def test_eleven_lunges(real_clips: Path) -> None:
    found = analysed(real_clips / "lunge_nowva.mp4")
    assert found.drill is not None
    assert (found.drill.id, len(found.reps)) == ("lunge", 11)


def test_two_squats_and_the_standing_before_them(real_clips: Path, labels: dict) -> None:
    found = analysed(real_clips / "squat_side_rohan.mp4")
    assert found.drill is not None
    assert (found.drill.id, len(found.reps)) == ("squat", 2)
    bottoms = np.array(labels["squat_side_rohan.mp4"]["bottom_frames"]) / found.clip.container_fps
    assert [m.rep.key_s for m in found.reps] == pytest.approx(bottoms, abs=0.2)
    assert found.standing is not None
    assert found.standing.rep.end_s < found.reps[0].rep.start_s


def test_squat_jump_within_a_frame(real_clips: Path, labels: dict) -> None:
    found = analysed(real_clips / "squatjump1_arnautaga.mp4")
    assert found.drill is not None
    assert (found.drill.id, len(found.reps)) == ("squat_jump", 1)
    (label,) = labels["squatjump1_arnautaga.mp4"]["jumps"]
    frame = 1 / found.clip.container_fps
    rep = found.reps[0].rep
    # The event lies between the last frame before it and the first after it.
    assert abs(rep.toe_off_s - (label["t_ms"][0] / 1000 - frame / 2)) <= frame / 2 + 1.96 * rep.toe_off_sd_s
    assert abs(rep.landing_s - (label["t_ms"][1] / 1000 - frame / 2)) <= frame / 2 + 1.96 * rep.landing_sd_s
    assert max(rep.toe_off_sd_s, rep.landing_sd_s) < 0.025


def test_squat_jump_height_against_the_marker(real_clips: Path) -> None:
    """The belt marker's rise from where it was at toe-off, in metres, from its own track."""
    rep = analysed(real_clips / "squatjump1_arnautaga.mp4").reps[0]
    track = np.genfromtxt(real_clips / "squatjump1_arnautaga_tracker.csv", delimiter=",", skip_header=1)
    height_m = track[:, 2] / 359.17
    seconds = track[:, 0] / 30.03
    left = np.interp(rep.rep.toe_off_s, seconds, height_m)
    flight = (seconds > rep.rep.toe_off_s) & (seconds < rep.rep.landing_s)
    rise = left - height_m[flight].min()
    found = rep.metrics["jump_height_m"]
    assert abs(found.value - rise) <= 1.96 * found.sd
    assert found.sd < 0.035  # at 30 frames per second


def test_high_knees_counted(real_clips: Path, labels: dict) -> None:
    found = analysed(real_clips / "highknees_venkat.mp4")
    assert found.drill is not None
    assert found.drill.id == "high_knees"
    assert abs(len(found.reps) - labels["highknees_venkat.mp4"]["foot_contacts"]) <= 1


@pytest.mark.parametrize(
    "name",
    [
        "jump_front_omar3.mp4",
        "walk_side_sports2d.mp4",
        "walk_slouch_wat.mp4",
    ],
)
def test_nothing_is_claimed_without_saying_why(real_clips: Path, name: str) -> None:
    found = analysed(real_clips / name)
    assert not found.reps
    assert found.warnings
    assert len(found.warnings[0].message) > 30


def test_steps_of_a_treadmill_jog(real_clips: Path) -> None:
    """About 33 steps in 12 s at 30 frames per second; their flights last 50 to 100 ms."""
    found = analysed(real_clips / "zz_maleside.mp4")
    assert found.drill is not None
    assert found.drill.id == "run"
    assert abs(len(found.contacts.items) - 33) <= 1
    assert max(m.metrics["contact_time_s"].value for m in found.reps) <= 0.35
    assert found.summary["trunk_lean_deg"].sd <= 3.0
    sides = [m.rep.stance for m in found.reps]
    assert all(a != b for a, b in pairwise(sides))


@pytest.mark.parametrize("name", ["wi_walking.mp4", "walk_slouch_wat.mp4"])
def test_a_walk_has_no_flights_and_no_faults(real_clips: Path, name: str) -> None:
    found = analysed(real_clips / name)
    assert found.recognised is not None
    assert found.recognised.drill_id == "walking"
    assert len(found.contacts.items) == 0
    assert not found.called


def test_squats_from_the_front(real_clips: Path, labels: dict) -> None:
    found = analysed(real_clips / "squat_front_nowva.mp4")
    assert found.drill is not None
    assert (found.drill.id, len(found.reps)) == ("front_squat", labels["squat_front_nowva.mp4"]["reps"])
    # At the bottom the thighs point at the camera: read there, the angle would be beyond 100 degrees.
    assert all(abs(m.metrics["knee_valgus_left_deg"].value) < 60 for m in found.reps)
    assert all("knee_flexion_peak_deg" not in m.metrics for m in found.reps)


def test_a_jump_from_the_front(real_clips: Path, labels: dict) -> None:
    found = analysed(real_clips / "jump_front_anson.mp4")
    (m,) = found.reps
    assert found.drill is not None
    assert found.drill.id == "front_jump"
    label = labels["jump_front_anson.mp4"]
    (jump,) = label["jumps"]
    frames = jump["first_contact"] - jump["first_airborne"]
    flight = m.metrics["flight_time_s"]
    # A label to the frame is half a frame uncertain at each end.
    assert abs(flight.value - frames / label["fps"]) < 2 * np.hypot(flight.sd, 0.5 / label["fps"])


def codes(found: Analysis) -> set[str]:
    return {w.code for w in found.warnings}


def test_slow_motion_is_caught_although_filmed_from_the_front(real_clips: Path) -> None:
    found = analysed(real_clips / "jump_front_omar3.mp4")
    assert "slow_motion" in codes(found)
    assert found.tracks.camera.view == "front"
    assert found.rate.factor == pytest.approx(2.0)


def test_nothing_else_is_taken_for_slow_motion(real_clips: Path) -> None:
    for name in ("lunge_nowva.mp4", "squat_side_rohan.mp4", "highknees_venkat.mp4", "walk_side_adriel.mp4"):
        assert "slow_motion" not in codes(analysed(real_clips / name)), name


def test_a_panned_run_that_slows_down_is_said_to_be_one(real_clips: Path) -> None:
    """At normal speed for its first two seconds, four times slower from there on."""
    found = analysed(real_clips / "run_side_bf.mp4")
    assert {"speed_ramp", "camera_lost"} <= codes(found)
    assert "slow_motion_settled" not in codes(found)
    # On the clock of either stretch its steps are a run's: 180 to 220 a minute; each contact is in doubt by over 30 ms.
    periods = [m.metrics["step_period_s"].value for m in found.reps if "step_period_s" in m.metrics]
    assert 0.27 < float(np.median(periods)) < 0.34
    assert min(m.metrics["contact_time_s"].sd for m in found.reps) > 0.03


def test_two_people_are_followed_through_their_crossing(real_clips: Path) -> None:
    """One stands on the wall at the left until he jumps, the other walks below from right to left."""
    people = analysed(real_clips / "walk_side_sports2d.mp4").footage.people
    middle = people.xy[..., [11, 12, 23, 24], 0].mean(axis=2)
    walker = int(np.nanargmin(np.nanmedian(np.diff(middle, axis=1), axis=1)))
    seen = np.flatnonzero(np.isfinite(middle[walker]))
    assert middle[walker, seen[0]] > 1200
    assert middle[walker, seen[-1]] < 200
    # While the other hides him his joints are guessed: 30 px off, where the other is 150 and more away.
    way = np.polynomial.Polynomial.fit(seen, middle[walker, seen], 2)
    assert np.abs(middle[walker, seen] - way(seen)).max() < 75, "the walker keeps to his way"


def test_the_bystander_of_the_jump_does_not_take_over(real_clips: Path) -> None:
    found = analysed(real_clips / "squatjump1_arnautaga.mp4")
    x = found.pose.xy[:, [23, 24], 0].mean(axis=1)
    assert np.ptp(x[np.isfinite(x)]) < 150
