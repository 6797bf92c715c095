"""How well the camera's tilt is found, and what it leaves of the posture's errors.

    uv run python benchmarks/tilt.py [--clips 2]

Films of eight hops of random athletes, each turned by -8 to 8 degrees, through H.264 and the real pose model.
Each is measured as shipped, once more with the upright lines of the background kept from the measurement, so
that the floor alone has to do, and once without any correction. Prints the error of the tilt, and the root
mean square errors of the posture beside those of untilted films.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.analysis import Analysis
from plumbline.clip import ClipInfo
from plumbline.estimation import see
from plumbline.pipeline import measure_footage
from plumbline.pose import Footage
from plumbline.report import build_report
from plumbline.synthetic.film import truth_path
from plumbline.synthetic.takes import random_take
from plumbline.validation import Comparison, compare, read_truth
from plumbline.video import probe
from rendering import render, table

TILTS = (-8.0, -5.0, -2.0, 0.0, 2.0, 5.0, 8.0)
POSTURE = ("trunk_lean_deg", "plumb_ear_pct_bh", "plumb_hip_pct_bh", "plumb_spread_pct_bh", "head_forward_pct_bh")
WAYS = ("as shipped", "floor alone", "not corrected")


def ways(footage: Footage, clip: ClipInfo) -> dict[str, Analysis]:
    alone = replace(footage, uprights=None)
    return {
        "as shipped": measure_footage(footage, clip),
        "floor alone": measure_footage(alone, clip),
        "not corrected": uncorrected(alone, clip),
    }


def uncorrected(footage: Footage, clip: ClipInfo) -> Analysis:
    """Measured with a floor that is never believed."""
    from plumbline.request import Limits

    usual = Limits.load()
    doubtful = replace(usual.measuring, tilt_floor_sd_deg=90.0)
    return measure_footage(footage, clip, limits=Limits(usual.rules, doubtful))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=2, help="films a tilt")
    parser.add_argument("--seed", type=int, default=30_000)
    options = parser.parse_args()
    errors: dict[tuple[str, float], list[float]] = {}
    stated: dict[tuple[str, float], list[float]] = {}
    posture: dict[tuple[str, float], Comparison] = {}
    with tempfile.TemporaryDirectory() as folder:
        for tilt in TILTS:
            for n in range(options.clips):
                take = random_take(options.seed + n, 60.0, 8)
                take = replace(take, camera=replace(take.camera, roll_deg=tilt))
                path = render(take, Path(folder) / "clip.mp4")
                clip, truth = probe(path), read_truth(truth_path(path))
                for way, found in ways(see(clip, cache=False), clip).items():
                    errors.setdefault((way, tilt), []).append(found.tilt.tilt_deg - tilt)
                    stated.setdefault((way, tilt), []).append(found.tilt.sd_deg)
                    compare(build_report(found), truth, posture.setdefault((way, abs(tilt)), Comparison()))
    rows = [
        [f"{tilt:+.0f}"]
        + [f"{max(map(abs, errors[way, tilt])):.2f} (stated {np.mean(stated[way, tilt]):.2f})" for way in WAYS[:2]]
        for tilt in TILTS
    ]
    print(table(["tilt, °", *(f"{way}: largest error, °" for way in WAYS[:2])], rows), "\n")
    sizes = sorted({abs(t) for t in TILTS})
    rows = []
    for name in POSTURE:
        for way in WAYS:
            rms = [float(np.sqrt(np.mean(np.square(posture[way, size].errors[name])))) for size in sizes]
            rows.append([name, way, *(f"{x:.2f}" for x in rms), f"{max(rms[1:]) / rms[0]:.1f}"])
    print(table(["RMSE", "", *(f"±{s:.0f}°" for s in sizes), "worst over untilted"], rows))


if __name__ == "__main__":
    main()
