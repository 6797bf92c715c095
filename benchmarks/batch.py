"""How much faster two workers are than one, and what 100,000 clips would cost.

    uv run --extra batch python benchmarks/batch.py [--clips 8]

The shipped films of athletes. Whole processes of
`plumbline batch`, in turn: one worker on one core, one with both (its decoder then has the other),
two workers; the start-up with no clip to do is taken off. Efficiency is that of the second core.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from plumbline.video import probe
from processes import PLUMBLINE, timed
from rendering import SAMPLES, table

MANY = 100_000


def main() -> None:
    """Print the table and the estimate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=8, choices=range(1, len(list(SAMPLES.glob("*.mp4"))) + 1))
    count = parser.parse_args().clips
    rows, took = [], dict[tuple[int, int], float]()
    with tempfile.TemporaryDirectory() as name:
        films, out = Path(name) / "films", Path(name) / "out"
        films.mkdir()
        seconds = 0.0
        for k in range(count):
            film = sorted(SAMPLES.glob("*.mp4"))[k]
            shutil.copy(film, films)
            seconds += probe(film).duration_s
        for workers, cores in ((1, 1), (1, 2), (2, 2)):
            command = [PLUMBLINE, "batch", str(films), "--out", str(out), "--workers", str(workers)]
            run = timed(command, cores)
            size = sum(f.stat().st_size for f in out.rglob("*") if f.is_file()) / count
            idle = timed(command, cores)  # everything is known: what is left is the start
            shutil.rmtree(out)
            took[workers, cores] = run.wall_s - idle.wall_s
            each = took[workers, cores] / count
            rows.append([workers, cores, f"{run.wall_s:.1f}", f"{idle.wall_s:.1f}", f"{each:.2f}"])
            rows[-1] += [f"{(run.cpu_s - idle.cpu_s) / count:.1f}", f"{run.peak_mb:.0f}"]
    head = ["workers", "cores", "wall, s", "of it start, s", "a clip, s", "CPU a clip, s", "peak memory, MB"]
    print(table(head, rows))
    alone, lucky, both = took[1, 1], took[1, 2], took[2, 2]
    print(
        f"\nTwo workers on two cores over one on one: efficiency {alone / both / 2:.2f}; "
        f"over one that has both cores: {lucky / both / 2:.2f}."
    )
    each = both / count
    print(
        f"{MANY:,} clips of {seconds / count:.1f} s: {MANY * each / 3600:.0f} hours on this machine, "
        f"{MANY * each * 2 / 3600:.0f} hours of a core, {MANY * size / 1e9:.0f} GB of results."
    )


if __name__ == "__main__":
    main()
