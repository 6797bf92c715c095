"""Every movement by its name, with a body, a style and timing drawn at random."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from plumbline.synthetic.anatomy import random_anatomy
from plumbline.synthetic.build import ImpossibleMovementError, build
from plumbline.synthetic.gaits import bound_stride, high_knee_stride, running, striding, walking
from plumbline.synthetic.jumping import jump, jumping_lunges
from plumbline.synthetic.movements import hops
from plumbline.synthetic.skeleton import Anatomy, Movement
from plumbline.synthetic.slow import dips, marching

Maker = Callable[[Anatomy, np.random.Generator], Movement]
TRIES = 12

MOVEMENTS: dict[str, Maker] = {
    "pogo": lambda a, r: build(hops(a, r)),
    "long_contacts": lambda a, r: build(hops(a, r, contact_s=(0.3, 0.5), flight_s=(0.25, 0.45))),
    "travelling_hop": lambda a, r: build(hops(a, r, travel_m=float(r.uniform(0.25, 0.6)), name="travelling_hop")),
    "single_leg_hop": lambda a, r: build(
        hops(
            a,
            r,
            leg="left" if r.random() < 0.5 else "right",
            contact_s=(0.2, 0.32),
            flight_s=(0.15, 0.28),
            name="single_leg_hop",
        )
    ),
    "tuck_jump": lambda a, r: build(
        hops(
            a, r, 5, contact_s=(0.24, 0.4), flight_s=(0.42, 0.56), tuck_deg=float(r.uniform(60, 105)), name="tuck_jump"
        )
    ),
    "rope_skipping": lambda a, r: build(
        hops(a, r, 12, contact_s=(0.2, 0.3), flight_s=(0.16, 0.26), arms=float(r.uniform(0, 6)), name="rope_skipping")
    ),
    "squat_jump": lambda a, r: build(jump(a, r)),
    "drop_landing": lambda a, r: build(jump(a, r, down_m=float(r.uniform(0.2, 0.45)), name="drop_landing")),
    "depth_jump": lambda a, r: build(
        jump(a, r, down_m=float(r.uniform(0.2, 0.45)), contact_s=(0.2, 0.34), name="depth_jump")
    ),
    "box_jump": lambda a, r: build(
        jump(a, r, up_m=float(r.uniform(0.25, 0.5)), flight_s=(0.45, 0.58), name="box_jump")
    ),
    "running": lambda a, r: running(
        a, r, float(r.uniform(2.5, 6.0)), heel=r.random() < 0.6, treadmill=r.random() < 0.7
    ),
    "walking": lambda a, r: walking(a, r, float(r.uniform(1.0, 1.7)), treadmill=r.random() < 0.5),
    "marching": marching,
    "squat": dips,
    "lunge": lambda a, r: dips(a, r, lunge=True),
    # Seeds go by place: what is new comes last.
    "hurdle_hop": lambda a, r: build(
        hops(
            a,
            r,
            4,
            contact_s=(0.2, 0.32),
            flight_s=(0.44, 0.56),
            travel_m=float(r.uniform(0.6, 1.0)),
            tuck_deg=float(r.uniform(45, 80)),
            name="hurdle_hop",
        )
    ),
    "bounding": lambda a, r: striding(a, r, bound_stride(r)),
    "high_knee_run": lambda a, r: striding(a, r, high_knee_stride(r), steps=22),
    "jumping_lunge": lambda a, r: build(jumping_lunges(a, r)),
}


def cast(name: str, seed: int, anatomy: Anatomy | None = None) -> Movement:
    """One movement of the name; the same seed gives the same.

    Draws that no body could do (a leg too short, a ground that pulls) are drawn again.

    Parameters
    ----------
    name : str
        One of `MOVEMENTS`.
    seed : int
        0 or more.
    anatomy : Anatomy, optional
        The body; drawn by default.

    Returns
    -------
    Movement

    Raises
    ------
    ImpossibleMovementError
        When none of the draws is something that a body could do.
    """
    rng = np.random.default_rng([seed, list(MOVEMENTS).index(name)])
    for _ in range(TRIES):
        try:
            return MOVEMENTS[name](anatomy or random_anatomy(rng), rng)
        except ImpossibleMovementError:
            continue
    raise ImpossibleMovementError(f"{name}: nothing that a body could do in {TRIES} draws of seed {seed}")
