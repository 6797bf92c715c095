"""A body on the clock of a movement, improved pass by pass."""

from __future__ import annotations

import numpy as np

from plumbline.synthetic.feet import ankle_path, leg_angles, turned
from plumbline.synthetic.mechanics import mass_centre, masses, rotations
from plumbline.synthetic.plan import SIDES, Plan
from plumbline.synthetic.skeleton import Array, joint_positions

STEP_S = 0.002


def smooth_step(s: Array) -> Array:
    """From 0 to 1 with no speed or acceleration at the ends."""
    s = np.clip(s, 0, 1)
    return s**3 * (10 + s * (6 * s - 15))


class MovingBody:
    """Angles, hips and feet on the clock of a movement, improved pass by pass."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.anatomy = plan, plan.anatomy
        self.t = np.arange(0, plan.duration_s, STEP_S)
        n = len(self.t)
        t = self.t
        trunk = -np.radians(plan.trunk(t))
        self.upper = {"trunk": trunk, "pelvis": 0.7 * trunk, "head": 0.5 * trunk - np.radians(plan.head(t))}
        for side, course in (("left", plan.shoulder_left), ("right", plan.shoulder_right)):
            arm = np.radians(course(t))
            self.upper[f"{side}_upper_arm"] = trunk + arm
            self.upper[f"{side}_forearm"] = self.upper[f"{side}_hand"] = trunk + arm + np.radians(plan.elbow(t))
        # Thigh and shank from straight down, knee ahead positive; pitch of foot and toes, heel up positive.
        self.leg = {side: np.zeros((n, 4)) for side in SIDES}
        self.extra = np.zeros(n)
        self.root = np.tile(self.anatomy.joints["pelvis"], (n, 1))
        self.yaw = np.radians(plan.turn(t))
        self.masses = masses(self.anatomy)
        # From the middle of the hips to each hip (n, 2).
        self.hip_at = {side: np.zeros((n, 2)) for side in SIDES}
        self.standing = {side: np.zeros(n, dtype=bool) for side in SIDES}
        for st in plan.stances:
            self.standing[st.side] |= (t >= st.start_s) & (t <= st.end_s)
        self.supported = np.zeros(n, dtype=bool)
        for s in plan.supports:
            self.supported |= (t >= s.start_s) & (t <= s.end_s)
        self.upper_share = self.relative = np.zeros((n, 2))
        self.refresh()

    def angles(self) -> dict[str, Array]:
        """Every segment's sagittal angle in rad."""
        out = {name: a + self.extra for name, a in self.upper.items()}
        for side in SIDES:
            thigh, shank, pitch, toes = self.leg[side].T
            # What stands does not turn with the body.
            free = np.where(self.standing[side], 0.0, self.extra)
            out |= {f"{side}_thigh": thigh + free, f"{side}_shank": shank + free}
            out |= {f"{side}_foot": free - pitch, f"{side}_toes": free - toes}
        return out

    def rotation(self) -> Array:
        """Every segment's rotation (n, segments, 3, 3)."""
        turn = rotations(self.angles())
        c, s = np.cos(self.yaw), np.sin(self.yaw)
        yaw = np.zeros((len(c), 3, 3))
        yaw[:, 0, 0], yaw[:, 0, 2], yaw[:, 1, 1], yaw[:, 2, 0], yaw[:, 2, 2] = c, s, 1.0, -s, c
        turn[:, 0] = yaw @ turn[:, 0]
        # The shoulders turn against the hips.
        turn[:, 1] = yaw.transpose(0, 2, 1) @ turn[:, 1]
        return turn

    def places(self) -> dict[str, Array]:
        """Every joint's place (n, 3), m."""
        return joint_positions(self.anatomy, self.root, self.rotation())

    def centre(self) -> Array:
        """Mass centre (n, 2): of what is above the hips as it was last worked out, of the legs as they are."""
        return self.root[:, :2] + self.upper_share + self.legs_share()

    def legs_share(self) -> Array:
        """What the legs (n, 2) add to the mass centre, against the middle of the hips."""
        out = np.zeros((len(self.t), 2))
        free = {side: np.where(self.standing[side], 0.0, self.extra) for side in SIDES}
        for side in SIDES:
            thigh, shank, pitch, toes = self.leg[side].T
            thigh, shank, pitch, toes = thigh + free[side], shank + free[side], pitch - free[side], toes - free[side]
            joints, points = self.anatomy.joints, self.anatomy.points
            knee_from = self.anatomy.length(f"{side}_thigh", f"{side}_shank")
            ankle_from = self.anatomy.length(f"{side}_shank", f"{side}_foot")
            hip = self.hip_at[side]
            knee = hip + knee_from * np.stack([np.sin(thigh), -np.cos(thigh)], -1)
            ankle = knee + ankle_from * np.stack([np.sin(shank), -np.cos(shank)], -1)
            at = joints[f"{side}_foot"][:2]
            heel = ankle + turned(points[f"{side}_heel"][:2] - at, pitch)
            hinge = joints[f"{side}_toes"][:2]
            toe = ankle + turned(hinge - at, pitch) + turned(points[f"{side}_toe"][:2] - hinge, toes)
            for name, a, b in (("thigh", hip, knee), ("shank", knee, ankle), ("foot", heel, toe)):
                m = self.masses[f"{side}_{name}"]
                out += m.share * (a + m.centre * (b - a))
        return out

    def refresh(self) -> None:
        """Work out what does not change while the legs are brought to the ground."""
        turn = self.rotation()
        for side in SIDES:
            offset = self.anatomy.joints[f"{side}_thigh"] - self.anatomy.joints["pelvis"]
            self.hip_at[side] = np.asarray((turn[:, 0] @ offset)[:, :2])
        places = joint_positions(self.anatomy, self.root, turn)
        self.upper_share = mass_centre(self.anatomy, places)[:, :2] - self.root[:, :2] - self.legs_share()

    def stand(self) -> None:
        """Bend the standing legs so that they reach the ground from where the hips are."""
        for st in self.plan.stances:
            k = (self.t >= st.start_s) & (self.t <= st.end_s)
            if not k.any():
                continue
            hip = self.root[k, :2] + self.hip_at[st.side][k]
            ankle, pitch, toes = ankle_path(self.anatomy, st, self.t[k], hip)
            thigh, shank = leg_angles(self.anatomy, st.side, hip, ankle)
            self.leg[st.side][k] = np.stack([thigh, shank, pitch, toes], -1)
