"""Errors on rendered hops: Plumbline beside the usual way and beside a 6 Hz filter.

    uv run python benchmarks/accuracy.py [--clips 6] [--fps 30 60 120 240]

Each clip is rendered with random body, style, timing, phase and direction, encoded as
H.264, and measured three ways from the same film: Plumbline as shipped; the pose model as its
documentation has it (its own smoother on, frames as they are, no offsets taken off); and a 6 Hz
low-pass. Bias is measured less true; in 95 % is the share of errors within 1.96 of the stated
uncertainty. Knee velocity is held against the true one, without any low-pass.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.analysis import Analysis
from plumbline.measuring import load_measuring
from plumbline.pipeline import measure_footage, measure_pose
from plumbline.pose import POSE_LONG_EDGE, Footage, see
from plumbline.report import build_report
from plumbline.request import Limits, Request
from plumbline.synthetic import random_hop_clip, render_clip, truth_path
from plumbline.validation import Comparison, agreement_table, compare, read_truth
from plumbline.video import probe
from rendering import usual_way

ROWS = (
    ("touchdown_s", "touchdown, ms", 1000),
    ("toe_off_s", "toe-off, ms", 1000),
    ("contact_time_s", "contact time, ms", 1000),
    ("flight_time_s", "flight time, ms", 1000),
    ("jump_height_m", "jump height, cm", 100),
    ("rsi_ratio", "flight / contact", 1),
    ("knee_flexion_touchdown_deg", "knee flexion at touchdown, °", 1),
    ("knee_flexion_peak_deg", "largest knee flexion, °", 1),
    ("knee_flexion_velocity_peak_deg_s", "peak knee flexion velocity, °/s", 1),
    ("trunk_lean_deg", "trunk lean, °", 1),
    ("plumb_ear_pct_bh", "ear ahead of ankle, %BH", 1),
    ("plumb_shoulder_pct_bh", "shoulder ahead of ankle, %BH", 1),
    ("plumb_hip_pct_bh", "hip ahead of ankle, %BH", 1),
    ("plumb_knee_pct_bh", "knee ahead of ankle, %BH", 1),
    ("plumb_spread_pct_bh", "spread of the line, %BH", 1),
)
WAYS = ("Plumbline", "smoother on", "6 Hz filter")


def measured(path: Path) -> dict[str, Analysis]:
    """The three ways of measuring one film."""
    clip = probe(path)
    footage, smoothed = see(clip, cache=False), usual_way(clip, POSE_LONG_EDGE)
    alone = replace(Footage.of_one(smoothed), uprights=footage.uprights)
    usual = Limits.load()
    low = {"cutoff_hz": {"value": 6.0}, "velocity_cutoff_hz": {"value": 6.0}}
    return {
        "Plumbline": measure_footage(footage, clip),
        "smoother on": measure_pose(smoothed, clip, Request(unbias=False), footage=alone),
        "6 Hz filter": measure_footage(footage, clip, limits=Limits(usual.rules, load_measuring(override=low))),
    }


def run(fps: int, clips: int, seed: int) -> dict[str, Comparison]:
    out = {way: Comparison() for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        for k in range(clips):
            motion, shot = random_hop_clip(seed + k, fps=float(fps))
            path = render_clip(motion, shot, Path(folder) / f"{k}.mp4")
            truth = read_truth(truth_path(path))
            for way, found in measured(path).items():
                compare(build_report(found), truth, out[way])
    return out


def table(fps: int, found: dict[str, Comparison]) -> str:
    first = found["Plumbline"]
    lines = [f"### {fps} frames per second", ""]
    counts = ", ".join(f"{way} {c.matched_reps} of {c.true_reps} (found {c.found_reps})" for way, c in found.items())
    lines += [f"Reps matched: {counts}. Faults raised wrongly by Plumbline: {len(first.false_faults)}.", ""]
    lines += ["| metric | " + " | ".join(f"{w}: bias, RMSE" for w in WAYS) + " | Plumbline: median, in 95 % |"]
    lines += ["|---|" + "---|" * (len(WAYS) + 1)]
    tables = {way: agreement_table(c.errors, c.sds) for way, c in found.items()}
    for name, label, factor in ROWS:
        cells = []
        for way in WAYS:
            a = tables[way].get(name)
            cells.append("withheld" if a is None else f"{factor * a.bias:+.2f}, {factor * a.rmse:.2f}")
        a = tables["Plumbline"].get(name)
        cells.append("withheld" if a is None else f"{factor * a.median_abs:.2f}, {a.coverage:.0%}")
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    speed = "knee_flexion_velocity_peak_deg_s"
    if speed in first.errors:
        share = [f"{way} {np.median(relative(found[way], speed)):+.0%}" for way in WAYS if speed in found[way].errors]
        lines += ["", f"Peak knee flexion velocity, median error: {', '.join(share)}."]
    return "\n".join(lines)


def relative(c: Comparison, name: str) -> np.ndarray:
    return np.array(c.errors[name]) / np.array(c.truths[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=6, help="clips a frame rate")
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--fps", type=int, nargs="+", default=[30, 60, 120, 240])
    options = parser.parse_args()
    for fps in options.fps:
        print(table(fps, run(fps, options.clips, options.seed + fps)) + "\n", flush=True)


if __name__ == "__main__":
    main()
