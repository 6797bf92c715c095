"""Slow motion that the file does not declare: is it caught, and is it put right with the stature.

    uv run python benchmarks/slow_motion.py [--clips 2]

Hops filmed at 60, 120 and 240 frames per second and stored so that they play 1, 2, 4 or 8 times
slower, without a word in the file; squats, standing, lunges and high knees beside them, in
which nothing falls. Each is measured without and with the stature. Prints the factor found and
what becomes of the clip.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from plumbline.pipeline import analyze
from plumbline.request import Request
from plumbline.synthetic.takes import TAKES, Take, random_take
from plumbline.validation import read_truth
from rendering import render, table

STORED_FPS = 30.0
GROUNDED = ("squats", "lunges", "high_knees", "standing")


def hops(clips: int, seed: int) -> list[tuple[str, float, Take]]:
    out = []
    for captured in (60.0, 120.0, 240.0):
        for k in range(clips):
            take = random_take(seed + int(captured) + k, captured, 5)
            for stored in (STORED_FPS, captured):
                out.append((f"hops, {captured:.0f} fps stored as {stored:.0f}", captured / stored, take))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=2, help="clips a rate")
    parser.add_argument("--seed", type=int, default=40_000)
    options = parser.parse_args()
    rows = []
    takes = [*hops(options.clips, options.seed), *((name, 1.0, TAKES[name]) for name in GROUNDED)]
    for name, slowed, take in takes:
        with tempfile.TemporaryDirectory() as folder:
            path = render(take, Path(folder) / "clip.mp4", slow_motion=slowed)
            truth = read_truth(path.with_suffix(".truth.json"))
            blind = analyze(path, cache=False)
            told = analyze(path, Request(height_m=truth["height_m"]), cache=False)
        warned = "slow_motion" in {w.code for w in blind.warnings}
        contact = [m.metrics["contact_time_s"].value for m in told.reps if "contact_time_s" in m.metrics]
        true = [r["metrics"]["contact_time_s"] for r in truth["reps"] if "contact_time_s" in r["metrics"]]
        off = f"{1000 * (np.mean(contact) - np.mean(true)):+.1f}" if contact and true else "-"
        said = f"×{blind.rate.factor:.3g}" + (", warned" if warned else "") + f", {len(blind.reps)} reps"
        rows.append([name, f"×{slowed:.3g}", said, f"×{told.rate.factor:.3g}, {len(told.reps)} reps", off])
    print(table(["clip", "true", "without stature", "with stature", "mean contact time with stature, ms off"], rows))


if __name__ == "__main__":
    main()
