"""Movements whose hips' path is given: squats, lunges, marching, standing."""

from __future__ import annotations

import numpy as np

from plumbline.synthetic.build import build
from plumbline.synthetic.curves import flat, through, uniform, waving
from plumbline.synthetic.feet import FootStance
from plumbline.synthetic.plan import Plan, Swing
from plumbline.synthetic.skeleton import Anatomy, Movement


def dips(
    anatomy: Anatomy, rng: np.random.Generator, n: int = 4, *, lunge: bool = False, depth_m: float | None = None
) -> Movement:
    """Squats, or lunges in a split stance: the hips go down and come up again.

    Parameters
    ----------
    anatomy : Anatomy
    rng : numpy.random.Generator
    n : int
        How many.
    lunge : bool
        One foot ahead of the other.
    depth_m : float, optional
        How far the hips go down; drawn by default.

    Returns
    -------
    Movement
    """
    depth = depth_m or uniform(rng, 0.25, 0.42) * (0.7 if lunge else 1.0)
    stand, hip = uniform(rng, 0.8, 1.5), float(anatomy.joints["pelvis"][1]) - (0.085 if lunge else 0.012)
    now, height, lean = stand, [(0.0, hip)], [(0.0, 2.0)]
    bend = uniform(rng, 5, 12) if lunge else uniform(rng, 25, 45)
    for _ in range(n):
        down, up, wait = uniform(rng, 0.8, 1.5), uniform(rng, 0.7, 1.3), uniform(rng, 0.3, 0.8)
        d = depth * uniform(rng, 0.9, 1.05)
        height += [(now, hip), (now + down, hip - d), (now + down + up, hip)]
        lean += [(now, 2.0), (now + down, bend), (now + down + up, 2.0)]
        now += down + up + wait
    split = uniform(rng, 0.6, 0.75) if lunge else 0.0
    fore = "right" if rng.random() < 0.5 else "left"
    rear = "left" if fore == "right" else "right"
    stances = (
        FootStance(fore, -np.inf, np.inf, split / 2),
        FootStance(
            rear, -np.inf, np.inf, -split / 2, 0.0, ((0.0, 42.0), (1.0, 42.0)) if lunge else ((0.0, 0.0), (1.0, 0.0))
        ),
    )
    course, trunk = through(*height), through(*lean)
    back = 0.0 if lunge else uniform(rng, 0.15, 0.3)
    plan = Plan(
        "lunge" if lunge else "squat",
        anatomy,
        now + 0.5,
        (),
        stances,
        trunk,
        flat(uniform(rng, 0, 60)),
        flat(uniform(rng, 0, 60)),
        flat(uniform(rng, 20, 90)),
        hips=lambda t: np.stack([-back * (hip - course(t)), course(t)], -1),
    )
    return build(plan)


def marching(
    anatomy: Anatomy,
    rng: np.random.Generator,
    n: int = 10,
    *,
    step_s: float | None = None,
    thigh_deg: float | None = None,
) -> Movement:
    """Lifts on the spot, one foot always down: marching, or high knees without a flight.

    Parameters
    ----------
    anatomy : Anatomy
    rng : numpy.random.Generator
    n : int
        Lifts.
    step_s : float, optional
        From one lift to the next; drawn by default.
    thigh_deg : float, optional
        How far the thigh comes up from hanging; drawn by default.

    Returns
    -------
    Movement
    """
    step = step_s or uniform(rng, 0.35, 0.8)
    lift = thigh_deg or uniform(rng, 60, 100)
    overlap = 0.12 * step
    stances = [
        FootStance("left", -np.inf, 1.0, 0.0, 0.0, ((0, 0), (0.6, 0), (1, 35)), 15),
        FootStance("right", -np.inf, 1.0 + step, 0.0, 0.0, ((0, 0), (0.6, 0), (1, 35)), 15),
    ]
    for k in range(n):
        side = "left" if k % 2 == 0 else "right"
        last = k >= n - 2
        a = 1.0 + (k + 1) * step - overlap
        stances.append(
            FootStance(
                side,
                a,
                np.inf if last else a + step + 2 * overlap,
                0.0,
                0.0,
                ((0, 14), (0.3, 0), (0.7, 0), (1, 0 if last else 35)),
                0 if last else 15,
            )
        )
    ends = [s for s in stances if np.isfinite(s.end_s)]
    swings = tuple(Swing(s.side, s.end_s, ((0.5, lift, uniform(rng, 80, 115), 5.0),)) for s in ends)
    hip = float(anatomy.joints["pelvis"][1]) - 0.012
    return build(
        Plan(
            "marching",
            anatomy,
            1.0 + (n + 1) * step + 0.8,
            (),
            tuple(sorted(stances, key=lambda s: s.start_s)),
            flat(uniform(rng, -4, 6)),
            waving(0, uniform(rng, 5, 40), 2 * step, 0),
            waving(0, uniform(rng, 5, 40), 2 * step, 0.5),
            flat(uniform(rng, 40, 100)),
            swings,
            hips=lambda t: np.stack([0 * t, hip + 0 * t], -1),
        )
    )
