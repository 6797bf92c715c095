"""Do the stated 95 % intervals hold the truth? Simulated landmarks, and rendered films.

    uv run python benchmarks/coverage.py [--reps 1000] [--rendered 0] [--fps 30 60 120 240]

Simulated: known joints of random hops are projected, disturbed as the pose model disturbs
real clips (white noise of 0.1-0.5 % of body height, growing downwards, 1 % of frames without
a person, 2 % with exchanged legs, 1 % of frames dropped), and measured. There is no pose
model, so its own spread and corrections (the rows of measuring.toml that describe it) are
set to nought: what is tested is the propagation of noise, frame rate and event errors.

Rendered (--rendered N reps): the same hops as films, H.264, through the real pose model, with
everything as shipped.

Prints, per frame rate and metric, the share of reps whose error is within 1.96 of the stated
standard uncertainty.
"""

from __future__ import annotations

import argparse
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.measuring import Measuring
from plumbline.pipeline import analyze, measure_pose
from plumbline.pose import LEG, PoseSequence
from plumbline.report import build_report
from plumbline.request import Limits, Request
from plumbline.synthetic import (
    Motion,
    Shot,
    project_motion,
    random_hop_clip,
    render_clip,
    truth_document,
    truth_path,
)
from plumbline.validation import Comparison, compare, read_truth
from plumbline.video import ClipInfo

SPEED = "knee_flexion_velocity_peak_deg_s"
METRICS = (
    "contact_time_s",
    "flight_time_s",
    "jump_height_m",
    "rsi_ratio",
    "rsi_height_m_s",
    "knee_flexion_touchdown_deg",
    "knee_flexion_peak_deg",
    SPEED,
    "trunk_lean_deg",
    "plumb_ear_pct_bh",
    "plumb_spread_pct_bh",
)
HOPS = 8
# White noise of a landmark in % of body height by its row: head, shoulders and arms, hips,
# knees, ankles, feet. Third differences of the real clips' quiet stretches.
NOISE_PCT = np.array([0.14] * 11 + [0.2] * 12 + [0.18] * 2 + [0.22] * 2 + [0.25] * 2 + [0.33] * 4)
MISSING, EXCHANGED, DROPPED = 0.01, 0.02, 0.01
# The pose model's own spread and offsets, which simulated landmarks do not have.
OF_THE_MODEL = (
    "touchdown_bias_s",
    "toe_off_bias_s",
    "touchdown_model_sd_s",
    "toe_off_model_sd_s",
    "landmark_memory_s",
    "angle_model_sd_deg",
    "posture_model_sd_pct_bh",
    "lean_model_sd_deg",
    "knee_gain",
    "knee_velocity_sd_share",
    "tilt_gravity_sd_deg",
)


def without_model(values: Measuring) -> Measuring:
    return replace(values, **dict.fromkeys(OF_THE_MODEL, 0.0))


def disturbed(motion: Motion, shot: Shot, seed: int) -> tuple[PoseSequence, float]:
    """Landmarks of a film of known joints, as noisy as real ones; and its first frame's time."""
    rng = np.random.default_rng(seed)
    t = replace(shot, drop_share=DROPPED).frame_times(motion.duration_s)
    xy = project_motion(motion, shot.camera, t, seed)
    noise = NOISE_PCT * rng.uniform(0.6, 1.6) / 100 * motion.body.chain_m * shot.camera.px_per_m
    xy = xy + rng.normal(0, 1, xy.shape) * noise[:, None]
    rows = np.flatnonzero(rng.random(len(t)) < EXCHANGED)[:, None]
    left, right = xy[rows, LEG["left"]].copy(), xy[rows, LEG["right"]].copy()
    xy[rows, LEG["left"]], xy[rows, LEG["right"]] = right, left
    xy[rng.random(len(t)) < MISSING] = np.nan
    visibility = np.where(np.isfinite(xy[..., 0]), 0.98, 0.0)
    pose = PoseSequence(t - t[0], xy, visibility, shot.camera.width, shot.camera.height, "simulated")
    return pose, float(t[0])


def clip_of(pose: PoseSequence) -> ClipInfo:
    rate = pose.fps
    size = (pose.width, pose.height)
    return ClipInfo(Path("simulated.mp4"), *size, 0, rate, rate, 1.0, len(pose), float(pose.time_s[-1]), False, "given")


def simulated(job: tuple[int, int]) -> Comparison:
    fps, seed = job
    motion, shot = random_hop_clip(seed, fps=float(fps), n=HOPS)
    pose, start = disturbed(motion, shot, seed)
    usual = Limits.load()
    limits = Limits(usual.rules, without_model(usual.measuring))
    out = Comparison()
    report = build_report(measure_pose(pose, clip_of(pose), Request(drill="pogo", unbias=False), limits))
    compare(report, truth_document(motion, start), out)
    return out


def rendered(job: tuple[int, int]) -> Comparison:
    fps, seed = job
    out = Comparison()
    with tempfile.TemporaryDirectory() as folder:
        motion, shot = random_hop_clip(seed, fps=float(fps), n=HOPS)
        path = render_clip(motion, shot, Path(folder) / "hops.mp4")
        report = build_report(analyze(path, Request(drill="pogo"), cache=False))
        compare(report, read_truth(truth_path(path)), out)
    return out


def pooled(parts: list[Comparison]) -> Comparison:
    out = Comparison()
    for part in parts:
        out.true_reps += part.true_reps
        out.matched_reps += part.matched_reps
        for name, values in part.errors.items():
            out.errors.setdefault(name, []).extend(values)
            out.sds.setdefault(name, []).extend(part.sds[name])
            out.truths.setdefault(name, []).extend(part.truths[name])
    return out


def table(title: str, by_fps: dict[int, Comparison]) -> str:
    head = [f"{fps} fps, {c.matched_reps} of {c.true_reps} reps" for fps, c in by_fps.items()]
    lines = [f"### {title}", "", "| metric | " + " | ".join(head) + " |", "|---|" + "---|" * len(head)]
    for name in METRICS:
        cells = []
        for c in by_fps.values():
            e, s = np.array(c.errors.get(name, [])), np.array(c.sds.get(name, []))
            held = float(np.mean(np.abs(e) <= 1.96 * s)) if len(e) else float("nan")
            ratio = float(np.sqrt(np.mean(e**2)) / np.sqrt(np.mean(s**2))) if len(e) else float("nan")
            cells.append(f"{held:.1%} ({ratio:.2f})" if len(e) else "withheld")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += ["", "In brackets: root mean square error over stated uncertainty."]
    for fps, c in by_fps.items():
        if c.errors.get(SPEED):
            off = np.array(c.errors[SPEED]) / np.array(c.truths[SPEED])
            lines.append(f"Peak knee flexion velocity at {fps} fps: median error {np.median(off):+.1%}.")
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reps", type=int, default=1000, help="simulated reps a frame rate")
    parser.add_argument("--rendered", type=int, default=0, help="rendered reps a frame rate")
    parser.add_argument("--fps", type=int, nargs="+", default=[30, 60, 120, 240])
    parser.add_argument("--rendered-fps", type=int, nargs="+", default=[60])
    parser.add_argument("--seed", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with ProcessPoolExecutor(options.workers) as pool:
        for title, work, reps, rates in (
            ("Simulated landmarks", simulated, options.reps, options.fps),
            ("Rendered films", rendered, options.rendered, options.rendered_fps),
        ):
            if reps:
                clips = -(-reps // HOPS)
                jobs = {fps: [(fps, options.seed + 1000 * fps + k) for k in range(clips)] for fps in rates}
                print(table(title, {fps: pooled(list(pool.map(work, j, chunksize=4))) for fps, j in jobs.items()}))


if __name__ == "__main__":
    main()
