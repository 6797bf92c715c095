"""Render the shipped films of athletes: `python benchmarks/athletes.py FOLDER [NAME ...]` (extra `render`)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from plumbline.synthetic.film import write_film
from plumbline.synthetic.takes import TAKES, filmed


def main(folder: Path, names: list[str]) -> None:
    """Render takes, all or those named."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or list(TAKES):
        began = time.process_time()
        movement, body, shot = filmed(TAKES[name])
        t = write_film(movement, body, shot, folder / f"{name}.mp4", planted=TAKES[name].planted)
        size = (folder / f"{name}.mp4").stat().st_size
        each = (time.process_time() - began) / len(t)
        print(f"{name}: {len(t)} frames, {each:.2f} s of processor a frame, {size / 1e3:.0f} kB", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
