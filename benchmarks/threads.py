"""What more threads for one frame are worth to the pose model, with nothing else running.

    uv run python benchmarks/threads.py [--frames 300]

One film's frames, decoded before, and the model of the default bundle with 1, 2, 4 and 8 threads, as far
as the machine has cores; in turn, median of three rounds. Landmarks are compared with one thread's.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import islice
from pathlib import Path

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.estimation import ESTIMATION, MediaPipeEstimator, bundle_path
from plumbline.machine import cores
from plumbline.video import Frame, probe, read_frames
from rendering import table
from speed import long_clip

THREADS, ROUNDS, FIRST = (1, 2, 4, 8), 3, 10


def look(frames: list[Frame], threads: int) -> tuple[float, float, list[FloatArray]]:
    """Wall and CPU time a frame, ms, once the model is warm; what was found in each."""
    with MediaPipeEstimator(bundle_path(), threads=threads) as model:
        found = [model.detect(f.image) for f in frames[:FIRST]]
        wall, cpu = time.perf_counter(), time.process_time()
        found += [model.detect(f.image) for f in frames[FIRST:]]
        count = (len(frames) - FIRST) / 1000
        return (time.perf_counter() - wall) / count, (time.process_time() - cpu) / count, found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=300)
    wanted = parser.parse_args().frames
    with tempfile.TemporaryDirectory() as folder:
        clip = probe(long_clip(Path(folder) / "clip.mp4"))
        frames = list(islice(read_frames(clip, long_edge=ESTIMATION.picture_edge_px), wanted))
    tried = [n for n in THREADS if n <= cores()]
    runs = {n: [] for n in tried}
    for _ in range(ROUNDS):
        for n in tried:
            runs[n].append(look(frames, n))
    alone = runs[1][0][2]
    rows = []
    for n in tried:
        wall, cpu = np.median([run[:2] for run in runs[n]], axis=0)
        same = all(np.array_equal(a, b) for run in runs[n] for a, b in zip(alone, run[2], strict=True))
        ratio = np.median([run[0] / first[0] for run, first in zip(runs[n], runs[1], strict=True)])
        rows.append([n, f"{wall:.1f}", f"{cpu:.1f}", f"{ratio:.2f}", "identical" if same else "not the same"])
    print(table(["threads", "ms a frame", "CPU ms", "of one thread's time", "landmarks"], rows))


if __name__ == "__main__":
    main()
