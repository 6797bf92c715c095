"""A camera that shakes, pans or zooms: what is left of the errors when its movement is taken off.

    uv run python benchmarks/camera.py

The shipped films of hops on the spot and hops that travel, moved as a camera would and encoded anew. Prints
the root mean square errors of events, and of the travel where there is any, with the movement taken off
and left in.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from plumbline.analysis import Analysis
from plumbline.camera import CameraPath
from plumbline.estimation import see
from plumbline.pipeline import measure_footage
from plumbline.report import build_report
from plumbline.request import Request
from plumbline.validation import Comparison, compare, read_truth
from plumbline.video import FilmWriter, probe, read_frames
from rendering import SAMPLES, table

CASES: dict[str, dict[str, float]] = {
    "still": {},
    "shake, 2 px": {"shake_px": 2.0},
    "shake, 6 px": {"shake_px": 6.0},
    "pan, 25 px/s": {"pan_px_s": 25.0},
    "zoom, 3 %/s": {"zoom_per_s": 0.03},
    "pan and shake": {"pan_px_s": 25.0, "shake_px": 3.0},
}
TRAVEL_M = 0.35
FILMS = ("pogo", "travelling_hops")


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
    parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, change in CASES.items():
            for film in FILMS:
                rows.append(one_case(name, change, film, Path(folder)))
    head = ["camera", "hops", "moves, followed", "reps", "events: RMSE taken off / left in, ms", "travel off, %BH"]
    print(table(head, rows))


def moved(film: str, change: dict[str, float], path: Path) -> Path:
    """The shipped film as a camera that moves would have it; what is beyond its edge is mirrored."""
    clip, rng = probe(SAMPLES / f"{film}.mp4"), np.random.default_rng(1)
    f, phase = rng.uniform(0.6, 3.0, (6, 2)), rng.uniform(0, 2 * np.pi, (6, 2))
    middle = np.array([clip.width, clip.height]) / 2
    with FilmWriter(path, clip.width, clip.height, clip.capture_fps) as out:
        for frame in read_frames(clip):
            t = frame.time_s
            shake = change.get("shake_px", 0.0) * np.sin(2 * np.pi * f * t + phase).sum(0) / np.sqrt(3)
            zoom = 1 + change.get("zoom_per_s", 0.0) * t
            shift = shake - [change.get("pan_px_s", 0.0) * t, 0.0] + (1 - zoom) * middle
            way = np.column_stack([zoom * np.eye(2), shift])
            image = cv2.warpAffine(frame.image, way, (clip.width, clip.height), borderMode=cv2.BORDER_REFLECT_101)
            out.write(image, t)
    return path


def one_case(name: str, change: dict[str, float], film: str, folder: Path) -> list[str]:
    off, left = Comparison(), Comparison()
    path = moved(film, change, folder / "clip.mp4")
    clip, truth = probe(path), read_truth(SAMPLES / f"{film}.truth.json")
    footage = see(clip, cache=False)
    request = Request(drill=truth["drill"], height_m=truth["height_m"])
    still = CameraPath.fixed(len(footage.people.time_s), clip.width, clip.height)
    pair = [measure_footage(f, clip, request) for f in (footage, replace(footage, camera=still))]
    for found, into in zip(pair, (off, left), strict=True):
        compare(build_report(found), truth, into)
    steps = [step_error(found) for found in pair]
    seen = f"{'yes' if footage.camera.moves else 'no'} {footage.camera.followed:.0%}"
    both = []
    for c in (off, left):
        errors = c.errors.get("touchdown_s", []) + c.errors.get("toe_off_s", [])
        both.append(f"{1000 * np.sqrt(np.mean(np.square(errors))):.1f} ({c.matched_reps})" if errors else "none")
    steps_off = f"{steps[0]:.1f} / {steps[1]:.1f}" if film == "travelling_hops" else "-"
    return [name, film, seen, str(off.true_reps), " / ".join(both), steps_off]


if __name__ == "__main__":
    main()
