"""Plumbline against a bare MediaPipe loop: whole processes on one clip, in turn.

    uv run python benchmarks/speed.py [CLIP] [--runs 5] [--only measure,film,full]

Without a clip one is made: a shipped sample enlarged to 1440 x 1920, there, back and there again: 60 frames per
second, 19 s, H.264. Plumbline watches all of it, sees that it turns, and measures up to the turn. A ratio is
Plumbline's wall time over the bare loop's of the same round; below 1 Plumbline is faster. Landmarks are
not taken from an earlier run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

from plumbline.video import FilmWriter, probe, read_frames
from processes import PLUMBLINE, timed

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "sample_videos" / "pogo_faults.mp4"
KINDS = {
    "measure": ["--no-video"],
    "film": [],
    "full": ["--film-size", "0"],
}


def long_clip(path: Path) -> Path:
    """An athlete who hops for 19 s, at the size that phones film in."""
    clip = probe(SAMPLE)
    way = [f.image for f in read_frames(clip)]
    scale = 1920 / max(clip.width, clip.height)
    size = (round(clip.width * scale / 2) * 2, round(clip.height * scale / 2) * 2)
    with FilmWriter(path, *size, clip.capture_fps) as film:
        for k, image in enumerate([*way, *way[::-1], *way]):
            film.write(cv2.resize(image, size), k / clip.capture_fps)
    return path


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="measure,film,full")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip = args.clip or long_clip(Path(folder) / "clip.mp4")
        commands = {
            kind: [PLUMBLINE, "analyze", str(clip), "--no-cache", "--out", f"{folder}/{kind}", *KINDS[kind]]
            for kind in args.only.split(",")
        }
        bare = [sys.executable, str(HERE / "bare_loop.py"), str(clip)]
        timed(bare)  # the model's weights are on this machine, and the clip in memory, from here on
        rounds = [(timed(bare), {kind: timed(c) for kind, c in commands.items()}) for _ in range(args.runs)]
    print("| process | wall, s | CPU, s | peak memory, MB | wall / bare loop | from to |")
    print("|---|---|---|---|---|---|")
    alone = [b for b, _ in rounds]
    for kind in ("bare loop", *commands):
        runs = alone if kind == "bare loop" else [r[kind] for _, r in rounds]
        wall, cpu, peak = (np.median([getattr(r, n) for r in runs]) for n in ("wall_s", "cpu_s", "peak_mb"))
        ratio = [r.wall_s / b.wall_s for r, b in zip(runs, alone, strict=True)]
        print(
            f"| {kind} | {wall:.1f} | {cpu:.1f} | {peak:.0f} "
            f"| {np.median(ratio):.2f} | {min(ratio):.2f} to {max(ratio):.2f} |"
        )


if __name__ == "__main__":
    main()
