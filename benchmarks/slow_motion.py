"""Slow motion that the file does not declare: is it caught, and is it put right with the stature.

    uv run python benchmarks/slow_motion.py [--clips 2]

Hops filmed at 60, 120 and 240 frames per second and stored so that they play 1, 2, 4 or 8 times
slower, without a word in the file; squats, standing, lunges and high knees beside them, in
which nothing falls. Each is measured without and with the stature. Prints the factor found and
what becomes of the clip.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np

from plumbline.request import Request
from plumbline.synthetic import Motion, Shot, random_hop_clip, sample_motions
from rendering import filmed, table

STORED_FPS = 30.0


def hops(clips: int, seed: int) -> list[tuple[str, float, Motion, Shot]]:
    out = []
    for captured in (60.0, 120.0, 240.0):
        for k in range(clips):
            motion, shot = random_hop_clip(seed + int(captured) + k, fps=captured, n=5)
            for stored in (STORED_FPS, captured):
                slowed = captured / stored
                name = f"hops, {captured:.0f} fps stored as {stored:.0f}"
                out.append((name, slowed, motion, replace(shot, slow_motion=slowed)))
    return out


def still_drills() -> list[tuple[str, float, Motion, Shot]]:
    names = ("squats.mp4", "lunges.mp4", "high_knees.mp4", "standing.mp4")
    motions = sample_motions()
    return [(name.removesuffix(".mp4"), 1.0, *motions[name]) for name in names]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=2, help="clips a rate")
    parser.add_argument("--seed", type=int, default=40_000)
    options = parser.parse_args()
    rows = []
    for name, slowed, motion, shot in [*hops(options.clips, options.seed), *still_drills()]:
        blind, truth = filmed(motion, shot)
        told, _ = filmed(motion, shot, Request(height_m=motion.body.height_m))
        warned = "slow_motion" in {w.code for w in blind.warnings}
        contact = [m.metrics["contact_time_s"].value for m in told.reps if "contact_time_s" in m.metrics]
        true = [r["metrics"]["contact_time_s"] for r in truth["reps"] if "contact_time_s" in r["metrics"]]
        off = f"{1000 * (np.mean(contact) - np.mean(true)):+.1f}" if contact and true else "-"
        said = f"×{blind.rate.factor:.3g}" + (", warned" if warned else "") + f", {len(blind.reps)} reps"
        rows.append([name, f"×{slowed:.3g}", said, f"×{told.rate.factor:.3g}, {len(told.reps)} reps", off])
    print(table(["clip", "true", "without stature", "with stature", "mean contact time with stature, ms off"], rows))


if __name__ == "__main__":
    main()
