"""Writes docs/accuracy.md: every accuracy benchmark, run anew.

    uv run python benchmarks/write_accuracy.py [--quick]

Takes about fifteen minutes on two cores; --quick measures one case each.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "accuracy.md"

HEAD = """# Accuracy

Written by `uv run python benchmarks/write_accuracy.py`. Three judges, none of which shares code or
assumptions with what is measured:

1. **Films of rendered athletes**: ten bodies, dressed and shod, in gyms, on tracks and fields, through
   real H.264 and the real pose model. Truth is the movement's plan; a test holds the rendered soles to it
   within 4 ms.
2. **An athlete without pictures** that obeys mechanics, sensed with noise like the pose model's: bodies,
   styles and timings at random, as many as wanted.
3. **People**: events read by eye, frame by frame, and what the clip shows, in clips that are not shipped
   (`PLUMBLINE_CLIPS`).

![Eight of the rendered athletes, hopping, running, lunging and landing](images/athletes.jpg)

In-sample are the constants of `measuring.toml` (two biases and two spreads of events, from films and
people), `landmark_bias.toml` (from the films) and `recognition.toml` (bounds set with the clips and films
in view).
"""


@dataclass(frozen=True)
class Chapter:
    """A heading, the benchmark below it, and its options at full and quick length."""

    title: str
    script: str
    full: tuple[str, ...]
    quick: tuple[str, ...]


CHAPTERS = (
    Chapter("Films of rendered athletes", "films.py", (), ("--only", "pogo")),
    Chapter("Events of people", "real_events.py", (), ()),
    Chapter(
        "An athlete that obeys mechanics",
        "athlete_events.py",
        ("--seeds", "0", "3", "--fps", "30", "60", "120"),
        ("--seeds", "0", "1", "--fps", "60", "--movements", "pogo"),
    ),
    Chapter("What it sees", "recognition.py", (), ()),
    Chapter("How often each rule fires on people", "firing.py", (), ()),
    Chapter("Where the pose model sets its landmarks", "offsets.py", ("sample_videos",), ("sample_videos",)),
)


OF_PEOPLE = ("real_events.py", "recognition.py", "firing.py")


def without_names(text: str) -> list[str]:
    """The totals of what was measured on people: their clips are not named."""
    lines = [line.split("  [")[0] for line in text.splitlines()]
    return [line for line in lines if " judged " in line or ": found " in line or line.startswith("{")]


def chapter_text(chapter: Chapter, quick: bool) -> str:
    """Run a benchmark and put its figures under its heading."""
    options = chapter.quick if quick else chapter.full
    print(f"{chapter.title}: {chapter.script} {' '.join(options)}", file=sys.stderr, flush=True)
    if chapter.script in OF_PEOPLE and not os.environ.get("PLUMBLINE_CLIPS"):
        return f"\n## {chapter.title}\n\nNot run: there were no clips of people (`PLUMBLINE_CLIPS`).\n"
    job = [sys.executable, str(HERE / chapter.script), *options]
    done = subprocess.run(job, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{chapter.script} failed:\n{done.stderr}")
    told = done.stdout.strip()
    if chapter.script in OF_PEOPLE:
        told = "```\n" + "\n".join(without_names(told)) + "\n```"
    command = " ".join(["benchmarks/" + chapter.script, *options])
    return f"\n## {chapter.title}\n\n`{command}`\n\n{told}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path, default=PAGE)
    parser.add_argument("--at-once", type=int, default=2, help="benchmarks run at the same time")
    options = parser.parse_args()
    with ThreadPoolExecutor(options.at_once) as pool:
        texts = pool.map(lambda chapter: chapter_text(chapter, options.quick), CHAPTERS)
        text = HEAD + "".join(texts)
    part = options.out.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(options.out)


if __name__ == "__main__":
    main()
