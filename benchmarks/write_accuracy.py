"""Writes docs/accuracy.md: every accuracy benchmark, run anew.

    uv run python benchmarks/write_accuracy.py [--quick] [--fresh FOLDER]

Takes about fifteen minutes on two cores; --quick measures one case each. FOLDER holds films that
`athletes.py FOLDER --cast FIRST LAST` has rendered, and that nothing was set on.
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

In short, for who trusts a number only with its error:

- **Hops on two feet** hold best: at 60 frames per second contact and flight of a single rep are right to about 10
  to 15 ms on films, with a few ms of bias; at 30 to twice that. People's hand-read touchdowns and toe-offs lie within
  some 20 ms, toe-offs a little early.
- **Runs** are told step by step, but a touchdown is up to 30 ms early or late on rendered bodies, and 27
  late on the one person that was read by hand: contact is only as good as the 35 ms that are stated for it.
- **Single-leg hops, jumps from standing and jumping lunges** leave the floor over a foot that rolls off: toe-offs are
  up to 20 to 40 ms off, differently on each body, and so are the heights of jumps, by 2 to 4 cm.
- **High knees with flights** lose up to half of their flights at 30 frames per second; they are counted by the knees.
- **Posture and angles** hold on the bodies that the offsets come from; where a body's hip joint is said to lie decides
  3 to 5 degrees of trunk lean, and the stated error is made of that.
- **From the front** times are as good as from the side; a knee that falls in is known to 5 degrees and worse when bent.
- **The drill** is right, or rightly left open, in all clips of people at hand; nothing was called surely and wrongly.

![Eight of the rendered athletes, hopping, running, lunging and landing](images/athletes.jpg)

In-sample are the constants of `measuring.toml` (the biases and spreads of events, from films and
people), `landmark_bias.toml` (from the films), a run's first guess in `contact.toml` (from eight more rendered
runs, two of the films below, athletes of other seeds, and a jog read by eye) and `recognition.toml` (bounds
set with the clips and films in view).
"""


@dataclass(frozen=True)
class Chapter:
    """A heading, the benchmark below it, and its options at full and quick length."""

    title: str
    script: str
    full: tuple[str, ...]
    quick: tuple[str, ...]
    people: bool = False


CHAPTERS = (
    Chapter("Films of rendered athletes", "films.py", (), ("--only", "pogo")),
    Chapter("Events of people", "real_events.py", (), (), people=True),
    Chapter(
        "An athlete that obeys mechanics",
        "athlete_events.py",
        ("--seeds", "60", "63", "--fps", "30", "60", "120"),
        ("--seeds", "0", "1", "--fps", "60", "--movements", "pogo"),
    ),
    Chapter(
        "What it sees in athletes",
        "recognition.py",
        ("athletes", "--seeds", "60", "66"),
        ("athletes", "--seeds", "60", "61", "--fps", "60"),
    ),
    Chapter("What it sees in people", "recognition.py", ("people",), ("people",), people=True),
    Chapter("How often each rule fires on people", "firing.py", (), (), people=True),
    Chapter("Where the pose model sets its landmarks", "offsets.py", ("sample_videos",), ("sample_videos",)),
)


def without_names(text: str) -> list[str]:
    """The totals of what was measured on people: their clips are not named."""
    lines = [line.split("  [")[0] for line in text.splitlines()]
    return [line for line in lines if " judged " in line or ": found " in line or line.startswith("{")]


def chapter_text(chapter: Chapter, quick: bool) -> str:
    """Run a benchmark and put its figures under its heading."""
    options = chapter.quick if quick else chapter.full
    print(f"{chapter.title}: {chapter.script} {' '.join(options)}", file=sys.stderr, flush=True)
    if chapter.people and not os.environ.get("PLUMBLINE_CLIPS"):
        return f"\n## {chapter.title}\n\nNot run: there were no clips of people (`PLUMBLINE_CLIPS`).\n"
    job = [sys.executable, str(HERE / chapter.script), *options]
    done = subprocess.run(job, capture_output=True, text=True, check=False, cwd=HERE.parent)
    if done.returncode:
        raise SystemExit(f"{chapter.script} failed:\n{done.stderr}")
    told = done.stdout.strip()
    if chapter.people:
        told = "```\n" + "\n".join(without_names(told)) + "\n```"
    command = " ".join(["benchmarks/" + chapter.script, *(o if o[:1] != "/" else "FOLDER" for o in options)])
    return f"\n## {chapter.title}\n\n`{command}`\n\n{told}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path, default=PAGE)
    parser.add_argument("--at-once", type=int, default=2, help="benchmarks run at the same time")
    parser.add_argument("--fresh", type=Path, help="a folder of rendered films that nothing was set on")
    options = parser.parse_args()
    fresh = ("--folder", str(options.fresh and options.fresh.resolve()))
    more = [Chapter("Films that nothing was set on", "films.py", fresh, fresh)] if options.fresh else []
    chapters = [CHAPTERS[0], *more, *CHAPTERS[1:]]
    with ThreadPoolExecutor(options.at_once) as pool:
        texts = pool.map(lambda chapter: chapter_text(chapter, options.quick), chapters)
        text = HEAD + "".join(texts)
    part = options.out.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(options.out)


if __name__ == "__main__":
    main()
