"""Where time and memory of one clip go: each stage of `plumbline analyze`.

    uv run python benchmarks/stages.py [CLIP]

Without a clip the one of `benchmarks/speed.py` is made. CPU time is without the decoder's; above wall
time it means that several cores worked. Memory is the stage's highest, with the decoder's behind the plus.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from processes import Memory

T = TypeVar("T")


class Stages:
    """Times stages and prints them as rows of a table."""

    def __init__(self) -> None:
        print("| stage | wall, s | CPU, s | memory, MB |")
        print("|---|---|---|---|")

    def run(self, name: str, work: Callable[[], T]) -> T:
        """Time one stage."""
        with Memory(psutil.Process()) as memory:
            wall, cpu = time.perf_counter(), time.process_time()
            result = work()
            took = f"{time.perf_counter() - wall:.2f} | {time.process_time() - cpu:.2f}"
        own, others = max(zip(memory.own, memory.others, strict=True), key=sum)
        print(f"| {name} | {took} | {own:.0f} + {others:.0f} |", flush=True)
        return result


def _prepare() -> None:
    from plumbline.machine import settle

    settle()
    from plumbline.decoding import prepare

    prepare()


def _load() -> None:
    import plumbline.cli._analyze
    import plumbline.draw
    import plumbline.results  # noqa: F401


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(sys.argv[1]) if len(sys.argv) > 1 else None
        if clip is None:
            import subprocess

            clip = Path(folder) / "clip.mp4"
            # In a process of its own, so that loading is timed from nothing.
            code = f"from pathlib import Path; from speed import long_clip; long_clip(Path({str(clip)!r}))"
            subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent)
        stages = Stages()
        stages.run("starting the decoder", _prepare)
        stages.run("loading Python modules", _load)
        from plumbline.draw import write_film
        from plumbline.estimation import see
        from plumbline.pipeline import measure_footage
        from plumbline.report import build_report
        from plumbline.results import documents, key_stills
        from plumbline.video import probe

        info = stages.run("looking into the file", lambda: probe(clip))
        footage = stages.run("decoding, pose model, background", lambda: see(info, cache=False))
        analysis = stages.run("measuring", lambda: measure_footage(footage, info))
        report = stages.run("report as values", lambda: build_report(analysis))
        pictures = stages.run("stills", lambda: key_stills(analysis))
        stages.run(
            "report as files", lambda: [sum(map(len, parts)) for _, parts in documents(analysis, report, pictures)]
        )
        stages.run("annotated film", lambda: write_film(analysis, Path(folder) / "film.mp4"))


if __name__ == "__main__":
    main()
