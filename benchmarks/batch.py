"""How much faster two workers are than one, and what 100,000 clips would cost.

    uv run --extra batch python benchmarks/batch.py [--clips 8]

Rendered hops, 540 x 720, 60 frames per second, each another film. Whole processes of
`plumbline batch`, one worker and two in turn; the start-up with no clip to do is taken off.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from plumbline.synthetic import random_hop_clip, render_clip
from processes import PLUMBLINE, timed
from rendering import table

MANY = 100_000


def main() -> None:
    """Print the table and the estimate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=8)
    count = parser.parse_args().clips
    rows, took = [], {}
    with tempfile.TemporaryDirectory() as name:
        films, out = Path(name) / "films", Path(name) / "out"
        films.mkdir()
        seconds = 0.0
        for k in range(count):
            motion, shot = random_hop_clip(60_000 + k, fps=60.0)
            render_clip(motion, shot, films / f"{k}.mp4")
            seconds += motion.duration_s
        for workers in (1, 2):
            command = [PLUMBLINE, "batch", str(films), "--out", str(out), "--workers", str(workers)]
            run = timed(command)
            size = sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) / count
            idle = timed(command)  # everything is known: what is left is the start
            shutil.rmtree(out)
            took[workers] = run.wall_s - idle.wall_s
            rows.append([workers, f"{run.wall_s:.1f}", f"{idle.wall_s:.1f}", f"{took[workers] / count:.2f}"])
            rows[-1] += [f"{(run.cpu_s - idle.cpu_s) / count:.1f}", f"{run.peak_mb:.0f}"]
    head = ["workers", "wall, s", "of it start, s", "a clip, s", "CPU a clip, s", "peak memory, MB"]
    print(table(head, rows))
    print(f"\nEfficiency from 1 to 2 workers: {took[1] / took[2] / 2:.2f} on {os.cpu_count()} cores.")
    each = took[2] / count
    print(
        f"{MANY:,} clips of {seconds / count:.1f} s: {MANY * each / 3600:.0f} hours on this machine, "
        f"{MANY * each * 2 / 3600:.0f} hours of a core, {MANY * size / 1e9:.0f} GB of results."
    )


if __name__ == "__main__":
    main()
