"""Several pose models side by side: how much faster, and whether they find the same landmarks.

    uv run python benchmarks/threads.py [CLIP ...] [--threads 2 4]

Each clip (without any, a shipped sample) is seen by one pose model in one go, and by several in
stretches. Prints the ratio of the times, and how far the landmarks lie apart, in percent of the
body's height in the picture: within the first frames of a stretch, and after them.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from plumbline.pose import Footage, see
from plumbline.pose._eyes import STRETCH
from plumbline.resources import sample_clip
from plumbline.video import probe
from rendering import table

SEAM = 5


def timed(clip: Path, threads: int) -> tuple[Footage, float]:
    info, began = probe(clip), time.perf_counter()
    return see(info, cache=False, threads=threads), time.perf_counter() - began


def apart_pct(one: Footage, many: Footage) -> tuple[np.ndarray, np.ndarray]:
    """Distance of the landmarks of the largest person, %BH, at the seams and elsewhere."""
    a, b = (f.people.person(f.people.choose("largest")) for f in (one, many))
    height = float(np.nanmedian(np.nanmax(a.xy[..., 1], axis=1) - np.nanmin(a.xy[..., 1], axis=1)))
    off = np.linalg.norm(a.xy - b.xy, axis=2).max(axis=1) / height * 100
    seam = np.arange(len(off)) % STRETCH < SEAM
    return off[seam & np.isfinite(off)], off[~seam & np.isfinite(off)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", nargs="*", type=Path)
    parser.add_argument("--threads", type=int, nargs="+", default=[2])
    options = parser.parse_args()
    rows = []
    for clip in options.clips or [sample_clip("pogo_faults.mp4")]:
        one, alone_s = timed(clip, 1)
        for threads in options.threads:
            many, together_s = timed(clip, threads)
            seam, rest = apart_pct(one, many)
            cells = [f"{np.median(x):.3f}, {np.percentile(x, 99):.2f}, {x.max():.2f}" for x in (seam, rest)]
            rows.append([clip.name, len(one.people.time_s), threads, f"{together_s / alone_s:.2f}", *cells])
    head = ["clip", "frames", "pose models", "time over one", "apart at seams, %BH: median, 99 %, most", "elsewhere"]
    print(table(head, rows))


if __name__ == "__main__":
    main()
