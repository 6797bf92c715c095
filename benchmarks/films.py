"""The shipped films of athletes against their truth, at their own rate and with frames left out.

    uv run python benchmarks/films.py [--only NAME ...] [--folder FOLDER]

Ten bodies in fourteen films; the touchdown and toe-off biases, the landmarks' offsets and their spreads
were set with these films in view, so that what is printed is in-sample for them. Other films with their truth,
as `athletes.py FOLDER --cast FIRST LAST` renders them, are given by a folder.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.catalogue import metric_label
from plumbline.estimation import see
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.report import build_report
from plumbline.request import Request
from plumbline.resources import sample_clips
from plumbline.validation import Comparison, compare, read_truth
from plumbline.video import probe
from rendering import table

EVENTS = ("touchdown_s", "toe_off_s", "landing_s", "contact_time_s", "flight_time_s")
NAMES = {"touchdown_s": "Touchdown", "toe_off_s": "Toe-off", "landing_s": "Landing"}
# Every so many frames are kept.
KEPT = {1: "every frame", 2: "every second frame", 4: "every fourth frame"}


def thinned(pose: PoseSequence, every: int, first: int) -> PoseSequence:
    """Every so many frames of a film's landmarks."""
    k = slice(first, None, every)
    return replace(pose, time_s=pose.time_s[k], xy=pose.xy[k], visibility=pose.visibility[k])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    only, folder = args.only, args.folder
    rows: list[list[object]] = []
    pooled: dict[int, Comparison] = defaultdict(Comparison)
    for path in sorted(folder.glob("*.mp4")) if folder else sample_clips():
        if only and path.stem not in only:
            continue
        truth = read_truth(path.with_suffix(".truth.json"))
        clip = probe(path)
        athlete = see(clip).people.person(0)
        for every in KEPT:
            rate = clip.container_fps / every
            if rate < 25:
                continue
            each = Comparison()
            for first in range(every):
                slow = replace(clip, container_fps=rate, capture_fps=rate)
                found = measure_pose(thinned(athlete, every, first), slow, Request(drill=truth["drill"]))
                for errors in (each, pooled[every]):
                    compare(build_report(found), truth, errors)
            rows.append([path.stem, f"{rate:.0f}", f"{each.matched_reps} of {each.true_reps}", *_events(each)])
    heads = ["film", "fps", "reps", *(f"{NAMES.get(n, metric_label(n).label).lower()}, ms" for n in EVENTS)]
    print(table(heads, rows))
    print("\nBias, RMSE in ms, share within 1.96 of the stated standard uncertainty.\n")
    for every, errors in pooled.items():
        print(f"All films, {KEPT[every]}:\n")
        print(table(["metric", "n", "bias", "RMSE", "in 95 %"], _metrics(errors)))
        print()


def _events(c: Comparison) -> list[str]:
    out = []
    for name in EVENTS:
        e = 1000 * np.array(c.errors.get(name, []))
        inside = np.abs(e) <= 1960 * np.array(c.sds.get(name, []))
        out.append(f"{e.mean():+.0f}, {np.sqrt(np.mean(e**2)):.0f}, {inside.mean():.0%}" if len(e) else "–")
    return out


def _metrics(c: Comparison) -> list[list[str]]:
    out = []
    for name, values in c.errors.items():
        label, e = metric_label(name), np.array(values)
        inside = np.abs(e) <= 1.96 * np.array(c.sds[name])
        scale = 1000.0 if name in EVENTS else label.factor
        unit = "ms" if name in EVENTS else label.unit
        numbers = [f"{scale * x:.2f}" for x in (e.mean(), np.sqrt(np.mean(e**2)))]
        out.append(
            [f"{NAMES.get(name, label.label)}, {unit}".rstrip(", "), str(len(e)), *numbers, f"{inside.mean():.0%}"]
        )
    return out


if __name__ == "__main__":
    main()
