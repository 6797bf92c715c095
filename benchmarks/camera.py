"""A camera that shakes, pans or zooms: what is left of the errors when its movement is taken off.

    uv run python benchmarks/camera.py [--clips 2]

Hops on the spot and hops that travel, at 60 frames per second, through H.264 and the real pose
model. Prints the root mean square errors of events, and of the travel where there is any, with
the movement taken off and left in.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.analysis import Analysis
from plumbline.camera import CameraPath
from plumbline.estimation import see
from plumbline.pipeline import measure_footage
from plumbline.report import build_report
from plumbline.synthetic import random_hop_clip, render_clip, truth_path
from plumbline.validation import Comparison, compare, read_truth
from plumbline.video import probe
from rendering import table

CASES: dict[str, dict[str, float]] = {
    "still": {},
    "shake, 2 px": {"shake_px": 2.0},
    "shake, 6 px": {"shake_px": 6.0},
    "pan, 25 px/s": {"pan_px_s": 25.0},
    "zoom, 3 %/s": {"zoom_per_s": 0.03},
    "pan and shake": {"pan_px_s": 25.0, "shake_px": 3.0},
}
TRAVEL_M = 0.35


def step_error(found: Analysis) -> float:
    """Mean error of the travel per hop, %BH."""
    true = 100 * TRAVEL_M / found_body_m(found)
    steps = [m.metrics["travel_pct_bh"].value for m in found.reps if "travel_pct_bh" in m.metrics]
    return float(np.mean(np.abs(np.array(steps[:-1]) - true))) if len(steps) > 1 else float("nan")


def found_body_m(found: Analysis) -> float:
    assert found.request.height_m is not None
    return 0.886 * found.request.height_m


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=2, help="clips a case")
    parser.add_argument("--seed", type=int, default=80_000)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, change in CASES.items():
            for travel in (0.0, TRAVEL_M):
                rows.append(one_case(name, change, travel, Path(folder), options))
    head = ["camera", "hops", "moves, followed", "reps", "events: RMSE taken off / left in, ms", "travel off, %BH"]
    print(table(head, rows))


def one_case(
    name: str, change: dict[str, float], travel: float, folder: Path, options: argparse.Namespace
) -> list[str]:
    from plumbline.request import Request

    off, left = Comparison(), Comparison()
    seen, steps = [], []
    for k in range(options.clips):
        motion, shot = random_hop_clip(options.seed + k, fps=60.0, n=6, travel_m=travel)
        shot = replace(shot, camera=replace(shot.camera, **change))
        path = render_clip(motion, shot, folder / "clip.mp4")
        clip, truth = probe(path), read_truth(truth_path(path))
        footage = see(clip, cache=False)
        request = Request(drill=motion.drill, height_m=motion.body.height_m)
        still = CameraPath.fixed(len(footage.people.time_s), clip.width, clip.height)
        pair = [measure_footage(f, clip, request) for f in (footage, replace(footage, camera=still))]
        for found, into in zip(pair, (off, left), strict=True):
            compare(build_report(found), truth, into)
        seen.append(f"{'yes' if footage.camera.moves else 'no'} {footage.camera.followed:.0%}")
        steps.append([step_error(found) for found in pair])
    both = []
    for c in (off, left):
        errors = c.errors.get("touchdown_s", []) + c.errors.get("toe_off_s", [])
        both.append(f"{1000 * np.sqrt(np.mean(np.square(errors))):.1f} ({c.matched_reps})" if errors else "none")
    mean = np.mean(steps, axis=0)
    moved = f"{mean[0]:.1f} / {mean[1]:.1f}" if travel else "-"
    return [
        name,
        "travelling" if travel else "on the spot",
        ", ".join(seen),
        str(off.true_reps),
        " / ".join(both),
        moved,
    ]


if __name__ == "__main__":
    main()
