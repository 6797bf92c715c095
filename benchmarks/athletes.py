"""Renders films of athletes (extra `render`).

    python benchmarks/athletes.py FOLDER [NAME ...]           # the shipped ones, all or those named
    python benchmarks/athletes.py FOLDER --cast FIRST LAST    # others: each seed a movement, body, scene and camera

Films that are cast are for judging alone: nothing in the measuring is set with them in view.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.synthetic.body import BODY_NAMES, Body, load_body
from plumbline.synthetic.casting import MOVEMENTS, cast
from plumbline.synthetic.film import Shot, framed, write_film
from plumbline.synthetic.gaits import cut
from plumbline.synthetic.render import Shutter
from plumbline.synthetic.skeleton import Movement
from plumbline.synthetic.takes import SCENES, TAKES, UPRIGHT, WIDE, filmed, look_of

CAST = [name for name in MOVEMENTS if name not in ("marching", "squat", "lunge", "walking")]
TRAVELLING = ("travelling_hop", "hurdle_hop", "running", "bounding", "high_knee_run")
LONGEST_S = 4.6


def cast_film(seed: int) -> tuple[str, Movement, Body, Shot]:
    """One film that is drawn at random by its seed, and its name."""
    rng = np.random.default_rng(seed)
    name, fps = CAST[seed % len(CAST)], float(rng.choice([30, 60, 60]))
    for chosen in rng.permutation(BODY_NAMES):
        body = load_body(str(chosen))
        try:
            whole = cast(name, seed, body.anatomy)
        except ValueError:
            continue  # nothing that this body could do
        movement = cut(whole, 0.0, min(LONGEST_S, float(whole.time_s[-1])))
        camera = replace(
            WIDE if name in TRAVELLING else UPRIGHT,
            near="right" if rng.random() < 0.5 else "left",
            height_m=float(rng.uniform(0.6, 1.4)),
            yaw_deg=float(rng.normal(0, 3)),
            roll_deg=float(rng.normal(0, 0.8)),
        )
        shutter = Shutter(open_s=min(1 / 120, 0.4 / fps), instants=4)
        scene = SCENES[str(rng.choice(list(SCENES)))]
        shot = Shot(framed(movement, camera), scene, look_of(str(chosen)), shutter, fps)
        return f"{name}_{seed}_{chosen}", movement, body, replace(shot, seed=seed)
    raise SystemExit(f"seed {seed}: no body can do its {name}.")


def main() -> None:
    """Render what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--cast", type=int, nargs=2, metavar=("FIRST", "LAST"))
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    if args.cast:
        films = ((*cast_film(seed), {}) for seed in range(*args.cast))
    else:
        films = ((name, *filmed(TAKES[name]), TAKES[name].planted) for name in args.names or list(TAKES))
    for name, movement, body, shot, planted in films:
        began, path = time.process_time(), args.folder / f"{name}.mp4"
        t = write_film(movement, body, shot, path, planted=planted)
        each = (time.process_time() - began) / len(t)
        print(
            f"{name}: {len(t)} frames, {each:.2f} s of processor a frame, {path.stat().st_size / 1e3:.0f} kB",
            flush=True,
        )


if __name__ == "__main__":
    main()
