"""From a plan of stances to a movement that obeys mechanics.

In flight the whole body's mass centre falls at g and its angular momentum is kept, so that arms
and legs move the trunk. On the ground the mass centre follows a ground force that starts and ends
at zero and carries it from one flight into the next; hips and legs are what brings it there.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.interpolate import CubicSpline

from plumbline.synthetic.athlete.feet import FootStance, ankle_path, leg_angles, leg_length, turned
from plumbline.synthetic.athlete.mechanics import GRAVITY_M_S2, mass_centre, masses, rotations, sagittal_momentum
from plumbline.synthetic.athlete.skeleton import Anatomy, Array, Movement, joint_positions

STEP_S = 0.002
PASSES = 4
SIDES = ("left", "right")
# How fast a joint's speed at the end of a stance dies down in the air.
FADE_S = 0.025
LEAVE_FADE_S = 0.012
PREPARED = 0.25
TOES_FADE_S = 0.08
Course = Callable[[Array], Array]


@dataclass(frozen=True)
class Posture:
    """How the leading leg is bent at an instant: knee flexion in degrees, ankle ahead of the hip in m.

    With a height of the hip above the floor, that counts instead of the knee, and the ankle is that of the
    foot as it stands flat.
    """

    knee_deg: float
    ankle_ahead_m: float = 0.0
    side: str = "left"
    hip_m: float = float("nan")


@dataclass(frozen=True)
class Support:
    """The body on the ground: from the first foot down to the last foot up.

    Attributes
    ----------
    start_s, end_s : float
    first, last : Posture
        At both ends.
    shape : tuple of float
        The ground force's own shape: skewness, sharpness and impact peak (share of its height).
    dip_m : float
        How far the mass centre goes down on the way, below the line between both ends; NaN leaves it
        to the force.
    dip_share : float
        When it is lowest.
    """

    start_s: float
    end_s: float
    first: Posture
    last: Posture
    shape: tuple[float, float, float] = (0.0, 1.0, 0.0)
    dip_m: float = float("nan")
    dip_share: float = 0.5


@dataclass(frozen=True)
class Swing:
    """A leg's way in the air, on top of the straight way between two stances.

    Attributes
    ----------
    side : {"left", "right"}
    start_s : float
        Of the stance it follows: its `end_s`.
    knots : tuple of (share, thigh deg, knee deg, ankle deg)
        Thigh ahead of the pelvis' line, knee flexion and the foot's pitch against the shank.
    """

    side: str
    start_s: float
    knots: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True)
class Plan:
    """A movement before it is worked out.

    Attributes
    ----------
    trunk, elbow, shoulder_left, shoulder_right, head : callable of (n,) s to (n,) deg
        Forward lean of the trunk; elbow flexion; upper arms ahead of the trunk; head nodding.
    turn : callable of (n,) s to (n,) deg
        Pelvis turned about the upright, right hip forward positive.
    hips : callable, optional
        The path (n, 2) of the middle of the hips in m, where nothing flies; supports are not needed then.
    margin : int
        Supports at each end that are there to be cut off.
    """

    name: str
    anatomy: Anatomy
    duration_s: float
    supports: tuple[Support, ...]
    stances: tuple[FootStance, ...]
    trunk: Course
    shoulder_left: Course
    shoulder_right: Course
    elbow: Course
    swings: tuple[Swing, ...] = ()
    head: Course = np.zeros_like
    turn: Course = np.zeros_like
    floors: tuple[tuple[float, float, float], ...] = ()
    ground_speed_m_s: float = 0.0
    hips: Course | None = field(default=None)
    margin: int = 0


def smooth_step(s: Array) -> Array:
    """From 0 to 1 with no speed or acceleration at the ends."""
    s = np.clip(s, 0, 1)
    return s**3 * (10 + s * (6 * s - 15))


class _Body:
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
        turn = rotations(self.angles())
        c, s = np.cos(self.yaw), np.sin(self.yaw)
        yaw = np.zeros((len(c), 3, 3))
        yaw[:, 0, 0], yaw[:, 0, 2], yaw[:, 1, 1], yaw[:, 2, 0], yaw[:, 2, 2] = c, s, 1.0, -s, c
        turn[:, 0] = yaw @ turn[:, 0]
        # The shoulders turn against the hips.
        turn[:, 1] = yaw.transpose(0, 2, 1) @ turn[:, 1]
        return turn

    def places(self) -> dict[str, Array]:
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


def _course(t: Array, y: Array, at: float) -> tuple[Array, Array]:
    """Values (m,) and slopes (m,) of columns `y` (n, m) at an instant."""
    k = int(np.clip(round((at - t[0]) / STEP_S), 1, len(t) - 2))
    return y[k], (y[k + 1] - y[k - 1]) / (2 * STEP_S)


def _ends_of(body: _Body, st: FootStance, end: bool) -> tuple[Array, Array]:
    """Thigh, knee, ankle and toes (4,) with their speeds at one end of a stance, against the pelvis."""
    t = body.t
    inside = np.flatnonzero((t >= st.start_s) & (t <= st.end_s))
    k = inside[-3:] if end else inside[:3]
    if len(k) < 3:
        k = np.resize(inside, 3)
    thigh, shank, pitch, toes = body.leg[st.side][k].T
    q = np.stack([thigh - body.upper["pelvis"][k], thigh - shank, pitch + shank, toes - pitch], -1)
    speed = (q[-1] - q[0]) / max(t[k[-1]] - t[k[0]], STEP_S)
    at = st.end_s if end else st.start_s
    anchor = -1 if end else 0
    return q[anchor] + speed * (at - t[k[anchor]]), speed


def _swing(
    body: _Body, before: FootStance, after: FootStance, knots: tuple[tuple[float, float, float, float], ...]
) -> None:
    """Carry a leg through the air from one stance to the next."""
    t = body.t
    k = (t > before.end_s) & (t < after.start_s)
    if not k.any():
        return
    (q0, v0), (q1, v1) = _ends_of(body, before, True), _ends_of(body, after, False)
    u, left = t[k] - before.end_s, after.start_s - t[k]
    whole = after.start_s - before.end_s
    shares = [0.0, *(share for share, *_ in knots), 1.0]
    rows = [q0[:3], *(np.radians(row[1:]) for row in knots), q1[:3]]
    q = CubicSpline(np.array(shares) * whole, np.array(rows), bc_type="clamped")(u)
    ramp = smooth_step(u / whole)[:, None]
    q += v0[:3] * LEAVE_FADE_S * (1 - np.exp(-u / LEAVE_FADE_S))[:, None] * (1 - ramp)
    fade = min(FADE_S, whole / 6)
    # A foot that lands is stopped by the floor: only a part of the leg's give begins before.
    q -= PREPARED * v1[:3] * fade * (1 - np.exp(-left / fade))[:, None] * ramp
    toes = q0[3] * np.exp(-u / (TOES_FADE_S / 3)) + q1[3] * np.exp(-left / (TOES_FADE_S / 3))
    thigh = q[:, 0] + body.upper["pelvis"][k]
    shank = thigh - np.maximum(q[:, 1], np.radians(1.0))
    pitch = q[:, 2] - shank
    body.leg[before.side][k] = np.stack([thigh, shank, pitch, pitch + toes], -1)


def _clear(body: _Body, margin_m: float = 0.004) -> None:
    """Lift feet in the air over the floor by bending knee and hip, where the swing would cut into it."""
    places = body.places()
    t = body.t
    for side in SIDES:
        soles = np.min([places[f"{side}_{p}"][:, 1] for p in ("heel", "ball", "toe")], axis=0)
        mine = sorted((s for s in body.plan.stances if s.side == side), key=lambda s: s.start_s)
        for a, b in itertools.pairwise(mine):
            k = np.flatnonzero((t > a.end_s) & (t < b.start_s))
            if not len(k):
                continue
            s = (t[k] - a.end_s) / (b.start_s - a.end_s)
            floor = np.where(s < 0.5, a.floor_m, b.floor_m)
            if a.floor_m != b.floor_m:
                floor = np.where(s < 0.5, a.floor_m, b.floor_m) if a.floor_m > b.floor_m else floor
            # Nothing is asked for at the events themselves.
            near = np.minimum(t[k] - a.end_s, b.start_s - t[k])
            short = np.maximum(floor + np.minimum(margin_m, 0.4 * near) - soles[k], 0)
            if not short.any():
                continue
            hip = (body.root + 0.0)[k, :2] + body.hip_at[side][k]
            ankle = places[f"{side}_foot"][k, :2] + np.stack([0 * short, short], -1)
            extra = body.extra[k]
            pitch = body.leg[side][k, 2]
            thigh, shank = leg_angles(body.anatomy, side, hip, ankle)
            body.leg[side][k, 0], body.leg[side][k, 1] = thigh - extra, shank - extra
            body.leg[side][k, 2] = pitch


def _swings(body: _Body) -> None:
    plan = body.plan
    by_start = {(s.side, s.start_s): s.knots for s in plan.swings}
    for side in SIDES:
        mine = sorted((s for s in plan.stances if s.side == side), key=lambda s: s.start_s)
        for a, b in itertools.pairwise(mine):
            _swing(body, a, b, by_start.get((side, a.end_s), ()))
        if not mine:
            _hang(body, side, by_start.get((side, 0.0), ()))


def _hang(body: _Body, side: str, knots: tuple[tuple[float, float, float, float], ...]) -> None:
    """A leg that never stands: held where its knots say."""
    shares, thigh, knee, ankle = np.array(knots).T
    s = body.t / body.t[-1]
    q = np.radians(np.stack([np.interp(s, shares, y) for y in (thigh, knee, ankle)], -1))
    up = q[:, 0] + body.upper["pelvis"]
    shank = up - q[:, 1]
    pitch = q[:, 2] - shank
    body.leg[side][:] = np.stack([up, shank, pitch, pitch], -1)


def _stance_at(plan: Plan, side: str, at: float) -> FootStance:
    return min((s for s in plan.stances if s.side == side), key=lambda s: max(s.start_s - at, at - s.end_s, 0.0))


def _centre_at(body: _Body, posture: Posture, at: float) -> Array:
    """Mass centre (2,) with the leading leg in a posture: the hips are put there, all else stays."""
    plan, side = body.plan, posture.side
    st = _stance_at(plan, side, at)
    if np.isfinite(posture.hip_m):
        hip = np.array([st.x_m - posture.ankle_ahead_m, st.floor_m + posture.hip_m])
    else:
        ankle = ankle_path(body.anatomy, st, np.array([at]))[0][0]
        length = leg_length(body.anatomy, side, posture.knee_deg)
        up = np.sqrt(max(length**2 - posture.ankle_ahead_m**2, 1e-6))
        hip = ankle + np.array([-posture.ankle_ahead_m, up])
    k = int(np.clip(round(at / STEP_S), 0, len(body.t) - 1))
    root = hip - body.hip_at[side][k]
    return np.asarray(body.relative[k] + root)


def _force_course(u: Array, length: float, shape: tuple[float, float, float], lands: bool, leaves: bool) -> Array:
    """Acceleration (n,) above -g that a support's own ground force has, before it is made to fit."""
    skew, sharpness, impact = shape
    s = np.clip(u / length, 0, 1)
    warped = s + skew * s * (1 - s)
    force = np.sin(np.pi * np.clip(warped, 0, 1)) ** sharpness
    if not lands:
        force = np.where(s < 0.5, 1.0, force)
    if not leaves:
        force = np.where(s > 0.5, 1.0, force)
    if lands:
        force = force + impact * np.exp(-0.5 * ((u - 0.022) / 0.009) ** 2) * (u > 0)
    return np.asarray(force)


def _vertical(
    support: Support, ends: tuple[float, float], speeds: tuple[float, float], rest: tuple[bool, bool], t: Array
) -> Array:
    """Height of the mass centre (n,) over a support: the force that leads from one end to the other.

    The force's own shape is changed as little, and as smoothly, as position, speed and (given) dip ask for.
    """
    length = support.end_s - support.start_s
    u = np.linspace(0, length, 201)
    h = u[1]
    lands, leaves = not rest[0], not rest[1]
    base = _force_course(u, length, support.shape, lands, leaves)
    want_v, want_y = speeds[1] - speeds[0], ends[1] - ends[0] - speeds[0] * length
    # Double integrals of a piecewise even acceleration.
    once = np.full(201, h)
    once[[0, -1]] = h / 2
    twice = once * (length - u)
    scale = (want_v + GRAVITY_M_S2 * length) / (once @ base) if lands or leaves else 0.0
    a0 = scale * base - GRAVITY_M_S2 if scale > 0 else np.zeros(201)
    rows, targets = [once, twice], [want_v - once @ a0, want_y - twice @ a0]
    e = np.eye(201)
    rows += [e[0], e[-1]]
    targets += [(-GRAVITY_M_S2 if lands else 0.0) - a0[0], (-GRAVITY_M_S2 if leaves else 0.0) - a0[-1]]
    if np.isfinite(support.dip_m):
        at = support.dip_share * length
        weight = np.where(u <= at, once * (at - u), 0.0)
        line = ends[0] + (ends[1] - ends[0]) * support.dip_share
        rows.append(weight)
        targets.append(line - support.dip_m - ends[0] - speeds[0] * at - weight @ a0)
    second = np.diff(np.eye(201), 2, axis=0) / h**2 * length**2
    q = second.T @ second + 1e-3 * np.eye(201)
    c = np.array(rows)
    kkt = np.block([[q, c.T], [c, np.zeros((len(c), len(c)))]])
    a = a0 + np.linalg.solve(kkt, np.concatenate([np.zeros(201), targets]))[:201]
    v = speeds[0] + np.concatenate([[0], np.cumsum((a[1:] + a[:-1]) / 2 * h)])
    y = ends[0] + np.concatenate([[0], np.cumsum((v[1:] + v[:-1]) / 2 * h)])
    # The trapezoids of the double integral are off by parts of a millimetre: the end is kept.
    y += (ends[1] - y[-1]) * smooth_step(u / length)
    return np.asarray(CubicSpline(u, y)(np.clip(t - support.start_s, 0, length)))


def _target(body: _Body) -> Array:
    """Where the mass centre (n, 2) has to be."""
    plan, t = body.plan, body.t
    body.refresh()
    body.relative = body.upper_share + body.legs_share()
    starts = [_centre_at(body, s.first, s.start_s) for s in plan.supports]
    ends = [_centre_at(body, s.last, s.end_s) for s in plan.supports]
    n = len(plan.supports)
    v_in, v_out = [np.zeros(2)] * n, [np.zeros(2)] * n
    out = np.zeros((len(t), 2))
    for i, (a, b) in enumerate(itertools.pairwise(plan.supports)):
        p, q, flight = ends[i], starts[i + 1], b.start_s - a.end_s
        v = (q - p) / flight + np.array([0, GRAVITY_M_S2 * flight / 2])
        v_out[i], v_in[i + 1] = v, v - np.array([0, GRAVITY_M_S2 * flight])
        k = (t > a.end_s) & (t < b.start_s)
        u = (t[k] - a.end_s)[:, None]
        out[k] = p + v * u - np.array([0, GRAVITY_M_S2 / 2]) * u * u
    for i, s in enumerate(plan.supports):
        k = (t >= s.start_s) & (t <= s.end_s)
        length = s.end_s - s.start_s
        rest = (i == 0, i == n - 1)
        y = _vertical(s, (starts[i][1], ends[i][1]), (v_in[i][1], v_out[i][1]), rest, t[k])
        x = CubicSpline([0, length], [starts[i][0], ends[i][0]], bc_type=((1, v_in[i][0]), (1, v_out[i][0])))(
            t[k] - s.start_s
        )
        out[k] = np.stack([x, y], -1)
    first, last = plan.supports[0], plan.supports[-1]
    out[t < first.start_s] = starts[0]
    out[t > last.end_s] = ends[-1]
    return out


def _reach(body: _Body, target: Array, within_m: float = 5e-4) -> None:
    """Put the hips where the mass centre reaches its target, legs standing."""
    for _ in range(14):
        body.stand()
        off = target - body.centre()
        body.root[:, :2] += off
        if float(np.abs(off).max()) < within_m:
            break
    body.stand()


def _free_rotation(body: _Body) -> None:
    """Turn the body in the air so that its angular momentum is kept; what is left fades on the ground."""
    plan, t = body.plan, body.t
    body.extra = np.zeros(len(t))
    rotation = body.rotation()
    momentum, inertia = sagittal_momentum(body.anatomy, joint_positions(body.anatomy, body.root, rotation), rotation, t)
    speeds: list[tuple[float, float]] = [(0.0, 0.0)] * (len(plan.supports) + 1)
    for i, (a, b) in enumerate(itertools.pairwise(plan.supports)):
        inner = (t > a.end_s + 2 * STEP_S) & (t < b.start_s - 2 * STEP_S)
        k = np.flatnonzero(inner)
        if len(k) < 4:
            continue
        kept = np.mean(momentum[k] / inertia[k]) / np.mean(1 / inertia[k])
        speed = (kept - momentum[k]) / inertia[k]
        turned = np.concatenate([[0], np.cumsum((speed[1:] + speed[:-1]) / 2 * STEP_S)])
        whole = (t > a.end_s) & (t < b.start_s)
        turned -= turned[-1] * np.linspace(0, 1, len(turned))
        body.extra[whole] = np.interp(t[whole], t[k], turned)
        speeds[i + 1] = (float(speed[0]), float(speed[-1]))
    for i, s in enumerate(plan.supports):
        on = (t >= s.start_s) & (t <= s.end_s)
        u, left, length = t[on] - s.start_s, s.end_s - t[on], s.end_s - s.start_s
        fade = min(0.05, length / 4)
        ramp = smooth_step(u / length)
        body.extra[on] = (
            speeds[i][1] * u * np.exp(-u / fade) * (1 - ramp) - speeds[i + 1][0] * left * np.exp(-left / fade) * ramp
        )


def build(plan: Plan) -> Movement:
    """Work a plan out.

    Raises
    ------
    ValueError
        When a leg would have to be longer than it is.
    """
    body = _Body(plan)
    for turn in range(PASSES):
        body.stand()
        _swings(body)
        if plan.hips is not None:
            body.root[:, :2] = plan.hips(body.t)
            continue
        _reach(body, _target(body))
        _swings(body)
        if turn:
            _free_rotation(body)
        _reach(body, _target(body))
    if plan.hips is not None:
        body.stand()
        _swings(body)
    _clear(body)
    if plan.hips is None:
        _free_rotation(body)
        target = _target(body)
        _reach(body, target, 2e-5)
        _check_force(body, target)
    _check_reach(body)
    contacts = {
        side: np.array(sorted([s.start_s, s.end_s] for s in plan.stances if s.side == side)).reshape(-1, 2)
        for side in SIDES
    }
    return Movement(
        plan.anatomy, body.t, body.root, body.rotation(), contacts, plan.name, plan.floors, plan.ground_speed_m_s
    )


def _check_force(body: _Body, target: Array) -> None:
    """The ground pushes, it does not pull."""
    up = np.gradient(np.gradient(target[:, 1], body.t), body.t)
    kept = body.plan.supports[body.plan.margin : len(body.plan.supports) - body.plan.margin]
    within = (body.t >= kept[0].start_s) & (body.t <= kept[-1].end_s) & body.supported
    least = float(up[within].min()) / GRAVITY_M_S2 + 1
    if least < -0.3:
        raise ValueError(f"{body.plan.name}: the ground would have to pull with {-least:.1f} g")


def _check_reach(body: _Body) -> None:
    places = body.places()
    mine = [[s for s in body.plan.stances if s.side == side] for side in SIDES]
    begin = max((min(s.start_s for s in m) for m in mine if m), default=0.0)
    end = min((max(s.end_s for s in m) for m in mine if m), default=np.inf)
    within = (body.t >= begin) & (body.t <= end)
    low = min(float(places[f"{side}_{p}"][within, 1].min()) for side in SIDES for p in ("heel", "ball", "toe"))
    if low < -0.012:
        raise ValueError(f"{body.plan.name}: a foot is {-100 * low:.1f} cm below the floor")
    for st in body.plan.stances:
        k = (body.t >= st.start_s) & (body.t <= st.end_s)
        if k.any():
            hip = body.root[k, :2] + body.hip_at[st.side][k]
            ankle = ankle_path(body.anatomy, st, body.t[k], hip)[0]
            off = float(np.abs(places[f"{st.side}_foot"][k, :2] - ankle).max())
            if off > 0.006:
                raise ValueError(
                    f"{body.plan.name}: the {st.side} leg is {100 * off:.1f} cm short at {st.start_s:.2f} s"
                )
