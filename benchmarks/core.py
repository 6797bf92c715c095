"""What measuring costs, beside the pose model: everything after the landmarks, by number of frames.

    OPENBLAS_NUM_THREADS=1 uv run python benchmarks/core.py [--frames 1000 240 10000 100000]

Landmarks of a hopping athlete at 60 frames per second, without a picture. The first row has the
loading of libraries in it; the second, four seconds, is what live measures after each rep. The pose
model's time is that of `see` on a shipped film enlarged to 1440 x 1920 px on this machine, in the same run.
The command line keeps linear algebra to one thread, and so does the variable.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from plumbline.clip import ClipInfo
from plumbline.estimation import see
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.synthetic import Phone, Sense, cast, sense
from plumbline.video import probe
from rendering import table
from speed import long_clip

FPS, SIZE = 60.0, (1080, 1440)


def landmarks(frames: int) -> PoseSequence:
    """An athlete who hops, stands and hops again for so many frames, seen with noise."""
    rng = np.random.default_rng(1)
    made, phone = cast("pogo", 0), Phone(width=SIZE[0], height=SIZE[1])
    seen: list[np.ndarray] = []
    while sum(map(len, seen)) < frames:
        seen.append(sense(made, phone, Sense(0.0, 0.2, 0.0, droop_pct=0.0), FPS, rng).xy)
    xy = np.concatenate(seen)[:frames]
    return PoseSequence(np.arange(frames) / FPS, xy, np.full(xy.shape[:2], 0.98), *SIZE, model="truth")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, nargs="+", default=[1000, 240, 10_000, 100_000])
    wanted = parser.parse_args().frames
    with tempfile.TemporaryDirectory() as folder:
        clip = probe(long_clip(Path(folder) / "clip.mp4"))
        see(clip, cache=False)  # libraries and weights are loaded
        begun = time.perf_counter()
        see(clip, cache=False)
        pose_ms = 1000 * (time.perf_counter() - begun) / clip.frames
    rows = []
    for frames in wanted:
        pose = landmarks(frames)
        begun = time.perf_counter()
        found = measure_pose(pose, ClipInfo.without_film(pose.time_s, *SIZE))
        took = time.perf_counter() - begun
        each = 1000 * took / len(pose)
        rows.append([len(pose), len(found.reps), f"{took:.2f}", f"{each:.2f}", f"{100 * each / pose_ms:.1f} %"])
    print(f"Pose model, decoding and background: {pose_ms:.2f} ms a frame.\n")
    print(table(["frames", "reps", "measuring, s", "ms a frame", "of the pose model's time"], rows))


if __name__ == "__main__":
    main()
