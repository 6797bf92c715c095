"""From a plan of stances to a movement that obeys mechanics.

In flight the whole body's mass centre falls at g and its angular momentum is kept, so that arms
and legs move the trunk. On the ground the mass centre follows a ground force that starts and ends
at zero and carries it from one flight into the next; hips and legs are what brings it there.
"""

from __future__ import annotations

import numpy as np

from plumbline.synthetic.carrying import free_rotation, reach, target_of
from plumbline.synthetic.feet import ankle_path
from plumbline.synthetic.mechanics import GRAVITY_M_S2
from plumbline.synthetic.moving import MovingBody
from plumbline.synthetic.plan import SIDES, Plan
from plumbline.synthetic.skeleton import Array, Movement
from plumbline.synthetic.swinging import clear, swings

PASSES = 4
# From a knee's centre to its skin.
KNEE_RADIUS_M = 0.045


class ImpossibleMovementError(ValueError):
    """A style and timing that no body could do."""


def build(plan: Plan) -> Movement:
    """Work a plan out.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    Movement

    Raises
    ------
    ValueError
        When a leg would have to be longer than it is, or the ground would have to pull.
    """
    body = MovingBody(plan)
    for turn in range(PASSES):
        body.stand()
        swings(body)
        if plan.hips is not None:
            body.root[:, :2] = plan.hips(body.t)
            continue
        reach(body, target_of(body))
        swings(body)
        if turn:
            free_rotation(body)
        reach(body, target_of(body))
    if plan.hips is not None:
        body.stand()
        swings(body)
    clear(body)
    if plan.hips is None:
        free_rotation(body)
        target = target_of(body)
        reach(body, target, 2e-5)
        _check_force(body, target)
    _check_reach(body)
    contacts = {
        side: np.array(sorted([s.start_s, s.end_s] for s in plan.stances if s.side == side)).reshape(-1, 2)
        for side in SIDES
    }
    return Movement(
        plan.anatomy, body.t, body.root, body.rotation(), contacts, plan.name, plan.floors, plan.ground_speed_m_s
    )


def _check_force(body: MovingBody, target: Array) -> None:
    """The ground pushes, it does not pull."""
    up = np.gradient(np.gradient(target[:, 1], body.t), body.t)
    kept = body.plan.supports[body.plan.margin : len(body.plan.supports) - body.plan.margin]
    within = (body.t >= kept[0].start_s) & (body.t <= kept[-1].end_s) & body.supported
    least = float(up[within].min()) / GRAVITY_M_S2 + 1
    if least < -0.3:
        raise ImpossibleMovementError(f"{body.plan.name}: the ground would have to pull with {-least:.1f} g")


def _check_reach(body: MovingBody) -> None:
    places = body.places()
    mine = [[s for s in body.plan.stances if s.side == side] for side in SIDES]
    begin = max((min(s.start_s for s in m) for m in mine if m), default=0.0)
    end = min((max(s.end_s for s in m) for m in mine if m), default=np.inf)
    within = (body.t >= begin) & (body.t <= end)
    low = min(float(places[f"{side}_{p}"][within, 1].min()) for side in SIDES for p in ("heel", "ball", "toe"))
    if low < -0.012:
        raise ImpossibleMovementError(f"{body.plan.name}: a foot is {-100 * low:.1f} cm below the floor")
    knee = min(float(places[f"{side}_shank"][within, 1].min()) for side in SIDES)
    if knee < KNEE_RADIUS_M:
        raise ImpossibleMovementError(f"{body.plan.name}: a knee is {100 * (KNEE_RADIUS_M - knee):.1f} cm in the floor")
    for st in body.plan.stances:
        k = (body.t >= st.start_s) & (body.t <= st.end_s)
        if k.any():
            hip = body.root[k, :2] + body.hip_at[st.side][k]
            ankle = ankle_path(body.anatomy, st, body.t[k], hip)[0]
            off = float(np.abs(places[f"{st.side}_foot"][k, :2] - ankle).max())
            if off > 0.006:
                raise ImpossibleMovementError(
                    f"{body.plan.name}: the {st.side} leg is {100 * off:.1f} cm short at {st.start_s:.2f} s"
                )
