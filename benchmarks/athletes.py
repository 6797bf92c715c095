"""Renders films of athletes (extra `render`).

    python benchmarks/athletes.py FOLDER [NAME ...]           # the shipped ones, all or those named
    python benchmarks/athletes.py FOLDER --cast FIRST LAST    # others: each seed a movement, body, scene and camera
    python benchmarks/athletes.py FOLDER --front FIRST LAST   # the same from the front, knees, pelvis and trunk aside

Films that are cast are for judging alone: nothing in the measuring is set with them in view.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.synthetic.body import BODY_NAMES, Body, load_body
from plumbline.synthetic.build import ImpossibleMovementError, build
from plumbline.synthetic.casting import MOVEMENTS, cast
from plumbline.synthetic.film import Shot, framed, write_film
from plumbline.synthetic.frontal import Frontal, sideways
from plumbline.synthetic.gaits import cut
from plumbline.synthetic.movements import hops
from plumbline.synthetic.render import Shutter
from plumbline.synthetic.skeleton import Anatomy, Movement
from plumbline.synthetic.slow import dips
from plumbline.synthetic.strength import Stand, stands
from plumbline.synthetic.takes import SCENES, TAKES, UPRIGHT, WIDE, filmed, look_of

CAST = [name for name in MOVEMENTS if name not in ("marching", "squat", "lunge", "walking")]
TRAVELLING = ("travelling_hop", "hurdle_hop", "running", "bounding", "high_knee_run")
LONGEST_S = 4.6
FRONT = ("front_hop", "front_squat", "front_balance")


def cast_film(seed: int) -> tuple[str, Movement, Body, Shot]:
    """One film that is drawn at random by its seed, and its name."""
    rng = np.random.default_rng(seed)
    name, fps = CAST[seed % len(CAST)], float(rng.choice([30, 60, 60]))
    for chosen in rng.permutation(BODY_NAMES):
        body = load_body(str(chosen))
        try:
            whole = cast(name, seed, body.anatomy)
        except ImpossibleMovementError:
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


def front_film(seed: int) -> tuple[str, Movement, Body, Shot]:
    """One film from the front that is drawn at random by its seed, and its name."""
    rng = np.random.default_rng(seed)
    name = FRONT[seed % len(FRONT)]
    for chosen in rng.permutation(BODY_NAMES):
        body = load_body(str(chosen))
        try:
            movement = departing(name, body.anatomy, rng)
        except ImpossibleMovementError:
            continue  # nothing that this body could do
        camera = replace(UPRIGHT, yaw_deg=90 + float(rng.normal(0, 6)), height_m=float(rng.uniform(0.6, 1.4)))
        scene = SCENES[str(rng.choice(list(SCENES)))]
        shot = Shot(framed(movement, camera), scene, look_of(str(chosen)), Shutter(1 / 120, 4), 30.0)
        return f"{name}_{seed}_{chosen}", movement, body, replace(shot, seed=seed)
    raise SystemExit(f"seed {seed}: no body can do its {name}.")


def departing(name: str, anatomy: Anatomy, rng: np.random.Generator) -> Movement:
    """Hops, squats or a balance with knees that go in or out, a pelvis that hangs, a trunk that leans aside."""
    how = Frontal(*rng.uniform(-8, 28, 2), float(rng.uniform(-7, 7)), float(rng.uniform(-8, 8)))
    if name == "front_hop":
        whole = build(hops(anatomy, rng, 4, contact_s=(0.18, 0.26), flight_s=(0.26, 0.36)))
        return sideways(cut(whole, 0.6, float(whole.time_s[-1])), how, name)
    if name == "front_squat":
        whole = dips(anatomy, rng, 2, depth_m=float(rng.uniform(0.14, 0.3)))
        return sideways(cut(whole, 0.5, min(5.0, float(whole.time_s[-1]))), how, name)
    return sideways(stands(anatomy, [Stand(2.5)]), replace(how, knee_in_left=0.0), name)


def main() -> None:
    """Render what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--cast", type=int, nargs=2, metavar=("FIRST", "LAST"))
    parser.add_argument("--front", type=int, nargs=2, metavar=("FIRST", "LAST"))
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    films: Iterator[tuple[str, Movement, Body, Shot, Mapping[int, tuple[str, ...]]]]
    if args.cast or args.front:
        film = cast_film if args.cast else front_film
        films = ((*film(seed), {}) for seed in range(*(args.cast or args.front)))
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
