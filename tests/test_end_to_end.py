"""Real H.264 through the real pose model, against rendered figures with known joints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import plumbline
from plumbline.edits import read_edits
from plumbline.report import build_report
from plumbline.synthetic import (
    Body,
    Hop,
    Look,
    frames,
    hop_series,
    planted_faults,
    random_hop_clip,
    random_hops,
    render_clip,
    sample_motions,
    standing,
    truth_path,
)
from plumbline.synthetic.samples import PORTRAIT, Shot, frame_camera
from plumbline.validation import Comparison, compare, read_truth
from plumbline.video import FilmWriter

WITHIN = {
    "knee_flexion_touchdown_deg": 2.5,
    "knee_flexion_peak_deg": 2.0,
    "trunk_lean_deg": 1.0,
    "plumb_ear_pct_bh": 1.0,
    "plumb_shoulder_pct_bh": 1.0,
    "plumb_hip_pct_bh": 1.0,
    "plumb_knee_pct_bh": 1.0,
}


def measured(folder: Path, clips: list) -> Comparison:
    out = Comparison()
    for k, (motion, shot) in enumerate(clips):
        path = render_clip(motion, shot, folder / f"{k}.mp4")
        compare(build_report(plumbline.analyze(path)), read_truth(truth_path(path)), out)
    return out


def events_ms(c: Comparison) -> np.ndarray:
    return 1000 * np.array(c.errors["touchdown_s"] + c.errors["toe_off_s"])


@pytest.mark.parametrize("name", sample_motions())
def test_sample_clips_are_recognised_and_counted(samples: Path, name: str) -> None:
    truth = read_truth(truth_path(samples / name))
    found = plumbline.analyze(samples / name)
    assert found.drill is not None
    assert (found.drill.id, len(found.reps)) == (truth["drill"], len(truth["reps"]))
    assert found.rate.factor == 1


def test_hops_at_60_fps(tmp_path: Path) -> None:
    c = measured(tmp_path, [random_hop_clip(seed, fps=60) for seed in (101, 102, 103)])
    assert c.true_reps == c.found_reps == c.matched_reps == 21
    # What is taken off for people (`touchdown_bias_s`, `toe_off_bias_s`: 20 ms between them) is none of this figure's.
    assert np.median(np.abs(events_ms(c))) <= 14
    assert 0.0 <= np.mean(c.errors["contact_time_s"]) <= 0.03
    assert -0.03 <= np.mean(c.errors["flight_time_s"]) <= 0.0
    speed = np.array(c.errors["knee_flexion_velocity_peak_deg_s"])
    assert abs(np.median(speed / np.array(c.truths["knee_flexion_velocity_peak_deg_s"]))) <= 0.05
    for name, limit in WITHIN.items():
        assert np.median(np.abs(c.errors[name])) <= limit, name
    assert c.false_faults == []


def test_hops_at_30_fps(tmp_path: Path) -> None:
    c = measured(tmp_path, [random_hop_clip(seed, fps=30) for seed in (104, 105)])
    assert c.true_reps == c.found_reps == c.matched_reps == 14
    assert np.median(np.abs(events_ms(c))) <= 16


def test_hops_filmed_badly(tmp_path: Path) -> None:
    clips = []
    for seed, change in ((106, {"drop_share": 0.12}), (107, {"tilt": 5.0}), (108, {"shake": 1.5})):
        motion, shot = random_hop_clip(seed, fps=60, n=5)
        camera = replace(shot.camera, tilt_deg=change.pop("tilt", 0.0), shake_px=change.pop("shake", 0.0))
        clips.append((motion, replace(shot, camera=camera, **change)))
    c = measured(tmp_path, clips)
    assert c.true_reps == c.found_reps == c.matched_reps == 15
    assert np.median(np.abs(events_ms(c))) <= 14


@pytest.mark.parametrize("tilt", [-7.0, 4.0])
def test_a_tilted_camera_is_set_upright(tmp_path: Path, tilt: float) -> None:
    motion, shot = random_hop_clip(110, fps=60, n=6)
    shot = replace(shot, camera=replace(shot.camera, tilt_deg=tilt))
    path = render_clip(motion, shot, tmp_path / "tilted.mp4")
    found, c = plumbline.analyze(path), Comparison()
    assert found.tilt.tilt_deg == pytest.approx(tilt, abs=1.0)
    compare(build_report(found), read_truth(truth_path(path)), c)
    assert np.median(np.abs(c.errors["trunk_lean_deg"])) <= 1.2
    assert np.median(np.abs(c.errors["plumb_ear_pct_bh"])) <= 1.2
    assert c.false_faults == []


def test_a_panned_and_shaken_camera_is_stood_still(tmp_path: Path) -> None:
    motion, shot = random_hop_clip(111, fps=60, n=5, travel_m=0.35)
    shot = replace(shot, camera=replace(shot.camera, pan_px_s=30.0, shake_px=3.0))
    path = render_clip(motion, shot, tmp_path / "moving.mp4")
    found, c = plumbline.analyze(path, plumbline.Request(height_m=motion.body.height_m)), Comparison()
    assert "camera_moves" in {w.code for w in found.warnings}
    compare(build_report(found), read_truth(truth_path(path)), c)
    assert c.matched_reps == c.true_reps == 5
    assert np.median(np.abs(events_ms(c))) <= 14
    steps = [m.metrics["step_length_m"].value for m in found.reps[:-1]]
    assert steps == pytest.approx([0.35] * len(steps), abs=0.04)


def test_slow_motion_is_said_and_with_the_stature_put_right(tmp_path: Path) -> None:
    motion, shot = random_hop_clip(112, fps=120, n=3)
    path = render_clip(motion, replace(shot, slow_motion=4.0), tmp_path / "slow.mp4")
    blind = plumbline.analyze(path)
    assert not blind.reps
    assert "--capture-fps 120" in next(w.message for w in blind.warnings if w.code == "slow_motion")
    told = plumbline.analyze(path, plumbline.Request(height_m=motion.body.height_m))
    true = [r.toe_off_s - r.touchdown_s for r in motion.reps]
    assert [m.metrics["contact_time_s"].value for m in told.reps] == pytest.approx(true, abs=0.02)
    assert told.clip.capture_fps_source == "gravity"
    declared = plumbline.analyze(path, capture_fps=60)
    assert "slow_motion" in {w.code for w in declared.warnings}


def test_a_larger_bystander_does_not_take_over(tmp_path: Path) -> None:
    """A hopper at the left, somebody taller who stands at the right."""
    motion, shot = random_hop_clip(113, fps=30, n=4)
    other = standing(Body(height_m=1.95, facing=-1), motion.duration_s)
    times = shot.frame_times(motion.duration_s)
    camera = replace(frame_camera(other, *PORTRAIT), px_per_m=shot.camera.px_per_m * 1.05)
    pair = zip(frames(motion, shot.camera, times), frames(other, camera, times), strict=True)
    with FilmWriter(tmp_path / "two.mp4", 1080, 720, shot.fps) as film:
        for t, (left, right) in zip(times, pair, strict=True):
            film.write(np.hstack([left, right]), float(t - times[0]))
    found = plumbline.analyze(tmp_path / "two.mp4")
    assert len(found.footage.people) == 2
    assert len(found.reps) == 4
    assert "bystanders" in {w.code for w in found.warnings}
    asked = plumbline.analyze(tmp_path / "two.mp4", plumbline.Request(who="0.75,0.5"))
    assert asked.drill is not None
    assert asked.drill.id == "stand"


def test_single_leg_hops_keep_their_leg(tmp_path: Path) -> None:
    rng = np.random.default_rng(31)
    motion = hop_series(Body(height_m=1.7), random_hops(rng, 4), drill="single_leg_hop", free_leg="front")
    shot = Shot(frame_camera(motion, *PORTRAIT), fps=60, phase=0.2, seed=5, look=Look(far_dim=0.8))
    found = plumbline.analyze(render_clip(motion, shot, tmp_path / "single.mp4"))
    assert found.drill is not None
    assert (found.drill.id, len(found.reps)) == ("single_leg_hop", 4)
    assert {m.rep.stance for m in found.reps} == {"right"}


def test_edits_are_measured_from_kept_landmarks(tmp_path: Path) -> None:
    clip = Path(__file__).parents[1] / "sample_videos" / "squat_jump.mp4"
    plumbline.analyze(clip)
    edits = tmp_path / "edits.json"
    edits.write_text('{"schema": "plumbline/edits/1", "reps": [{"rep": 1, "landing": {"frames": 2}}]}')
    looked: list[int] = []
    again = plumbline.analyze(clip, plumbline.Request(edits=read_edits(edits)), on_frame=looked.append)
    assert looked == []
    rep = again.reps[0]
    assert rep.automatic is not None
    assert rep.rep.landing_s == pytest.approx(rep.automatic.landing_s + 2 / 60, abs=1e-3)


@pytest.mark.parametrize("facing", [1, -1])
def test_planted_faults_on_exactly_their_reps(tmp_path: Path, facing: int) -> None:
    rng = np.random.default_rng(20 + facing)
    base = Hop(contact_s=float(rng.uniform(0.17, 0.2)), flight_s=float(rng.uniform(0.33, 0.38)))
    motion = hop_series(Body(height_m=1.78, facing=facing), planted_faults(base))
    shot = Shot(frame_camera(motion, *PORTRAIT), fps=60, phase=float(rng.random()), seed=3)
    c = measured(tmp_path, [(motion, shot)])
    assert c.matched_reps == 8
    assert c.missed_faults == []
    assert c.false_faults == []
