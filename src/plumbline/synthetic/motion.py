"""Motions of a figure with known joints and known events.

Every motion is laid out on a 1 kHz clock and sampled at frame times afterwards, so
the phase of the frames against the events is free. Hops are ballistic in flight and
have a smooth vertical force in contact; the toe stands still on the floor from
touchdown to toe-off and knee angle and velocity are continuous through both.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np

from plumbline.pose.landmarks import SIDES, Side, other
from plumbline.synthetic.body import (
    Array,
    Body,
    Leg,
    ankle_from_toe,
    assemble,
    leg_length,
)

G = 9.81
DENSE_HZ = 1000


@dataclass(frozen=True)
class TrueRep:
    """One repetition as it was built; times in s, None where the event does not exist."""

    start_s: float
    end_s: float
    touchdown_s: float | None = None
    toe_off_s: float | None = None
    landing_s: float | None = None
    planted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Motion:
    """Joints over time, in metres.

    Attributes
    ----------
    time_s : (n,)
    xyz : (n, 33, 3)
        x towards image right, y up, z towards the camera.
    """

    drill: str
    body: Body
    time_s: Array
    xyz: Array
    reps: tuple[TrueRep, ...]

    @property
    def duration_s(self) -> float:
        """Length of the motion."""
        return float(self.time_s[-1])

    def at(self, time_s: Array) -> Array:
        """Joints (m, 33, 3) at the given times, linear on the 1 kHz clock."""
        t = np.clip(time_s, self.time_s[0], self.time_s[-1])
        i = np.clip(np.searchsorted(self.time_s, t, side="right") - 1, 0, len(self.time_s) - 2)
        w = ((t - self.time_s[i]) / (self.time_s[i + 1] - self.time_s[i]))[:, None, None]
        return self.xyz[i] * (1 - w) + self.xyz[i + 1] * w


@dataclass(frozen=True)
class Hop:
    """One contact and the flight after it.

    Offsets are in % of body height (the ankle-to-ear chain), angles in degrees.
    """

    contact_s: float = 0.18
    flight_s: float = 0.36
    knee_touchdown_deg: float = 18.0
    knee_toe_off_deg: float = 10.0
    pitch_touchdown_deg: float = 26.0
    pitch_mid_deg: float = 6.0
    pitch_toe_off_deg: float = 36.0
    trunk_lean_deg: float = 3.0
    ear_forward_pct: float = 1.0
    foot_ahead_pct: float = 2.0
    travel_m: float = 0.0
    planted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Start:
    """How a hop series begins: quiet standing, then a push-off."""

    stand_s: float = 0.7
    push_s: float = 0.5
    flight_s: float = 0.34
    floor_m: float = 0.0


@dataclass(frozen=True)
class End:
    """How it ends: an absorbing landing, then quiet standing."""

    absorb_s: float = 0.55
    stand_s: float = 0.6
    landing: Hop = field(default_factory=Hop)


def hermite5(t: Array, p0: tuple[float, float, float], p1: tuple[float, float, float]) -> Array:
    """Quintic over t[0]..t[-1] with given value, velocity and acceleration at both ends."""
    big_t = t[-1] - t[0]
    s = (t - t[0]) / big_t
    y0, v0, a0 = p0[0], p0[1] * big_t, p0[2] * big_t**2
    y1, v1, a1 = p1[0], p1[1] * big_t, p1[2] * big_t**2
    c3 = 10 * (y1 - y0) - 6 * v0 - 4 * v1 - 1.5 * a0 + 0.5 * a1
    c4 = -15 * (y1 - y0) + 8 * v0 + 7 * v1 + 1.5 * a0 - a1
    c5 = 6 * (y1 - y0) - 3 * (v0 + v1) - 0.5 * (a0 - a1)
    return y0 + v0 * s + a0 / 2 * s**2 + c3 * s**3 + c4 * s**4 + c5 * s**5


def hermite3(t: Array, y0: float, v0: float, y1: float, v1: float) -> Array:
    """Cubic over t[0]..t[-1] with given value and slope at both ends."""
    big_t = t[-1] - t[0]
    s = (t - t[0]) / big_t
    h = 2 * s**3 - 3 * s**2 + 1
    k = s**3 - 2 * s**2 + s
    m = s**3 - s**2
    return h * y0 + k * big_t * v0 + (1 - h) * y1 + m * big_t * v1


def smooth_ramp(x: Array) -> Array:
    """0 to 1 with zero slope and curvature at both ends."""
    s = np.clip(x, 0, 1)
    return s**3 * (10 - 15 * s + 6 * s * s)


def clock(start_s: float, end_s: float) -> Array:
    """1 kHz times with both ends exact."""
    n = max(round((end_s - start_s) * DENSE_HZ), 8)
    return np.linspace(start_s, end_s, n + 1)


@dataclass(frozen=True)
class _Stance:
    """A foot's stay on the floor, None ends meaning quiet standing there."""

    toe_x: float
    floor_m: float
    begin_s: float
    end_s: float
    hop: Hop
    lands: bool
    leaves: bool
    standing_s: float = 0.0  # quiet standing at the closed end


def _hip_over(body: Body, toe: Array, pitch_deg: float, knee_deg: float, ahead_m: float) -> Array:
    """Hip (2,) above a foot on its toe, `ahead_m` behind the ankle."""
    ankle = ankle_from_toe(body, toe, np.asarray(np.radians(pitch_deg)))
    drop = np.sqrt(leg_length(body, knee_deg) ** 2 - ahead_m**2)
    return ankle + np.array([-ahead_m, drop])


STAND_KNEE_DEG = 4.0


def _ends(body: Body, st: _Stance) -> tuple[Array, Array]:
    """Hip (2,) at the beginning and at the end of a stance."""
    toe = np.array([st.toe_x, st.floor_m])
    ahead = st.hop.foot_ahead_pct / 100 * body.chain_m
    stand = _hip_over(body, toe, 0.0, STAND_KNEE_DEG, -0.01)
    down = _hip_over(body, toe, st.hop.pitch_touchdown_deg, st.hop.knee_touchdown_deg, ahead)
    up = _hip_over(body, toe, st.hop.pitch_toe_off_deg, st.hop.knee_toe_off_deg, ahead)
    return (down if st.lands else stand), (up if st.leaves else stand)


def _pitch(body: Body, st: _Stance, t: Array, v_down: float, v_up: float) -> Array:
    """Foot pitch (rad) in a stance: down from touchdown, a plateau, up to toe-off.

    The ankle carries on with most of the hip's speed at both ends, so the knee sees
    no jump although the toe stops dead.
    """
    hop, share = st.hop, 0.92
    mid = np.radians(hop.pitch_mid_deg) if (st.lands and st.leaves) else 0.0
    pitch = np.full(len(t), mid)
    half = (st.end_s - st.begin_s) / 2
    if st.lands:
        p0 = np.radians(hop.pitch_touchdown_deg)
        rate = share * v_down / (body.toe_ahead_m * np.cos(p0) - body.ankle_height_m * np.sin(p0))
        ramp = min(half, 2.2 * (p0 - mid) / rate)
        k = t <= st.begin_s + ramp
        pitch[k] = hermite3(np.append(t[k], st.begin_s + ramp), p0, -rate, mid, 0.0)[:-1]
    if st.leaves:
        p1 = np.radians(hop.pitch_toe_off_deg)
        rate = share * v_up / (body.toe_ahead_m * np.cos(p1) - body.ankle_height_m * np.sin(p1))
        ramp = min(half, 2.2 * (p1 - mid) / rate)
        k = t >= st.end_s - ramp
        pitch[k] = hermite3(np.append(st.end_s - ramp, t[k]), mid, 0.0, p1, rate)[1:]
    return pitch


@dataclass
class _Track:
    """Hip, ankle and pitch along consecutive phases, joined without repeats."""

    time: list[Array] = field(default_factory=list)
    hip: list[Array] = field(default_factory=list)
    ankle: list[Array] = field(default_factory=list)
    pitch: list[Array] = field(default_factory=list)

    def add(self, t: Array, hip: Array, ankle: Array, pitch: Array) -> None:
        cut = 1 if self.time else 0
        for store, part in zip((self.time, self.hip, self.ankle, self.pitch), (t, hip, ankle, pitch), strict=True):
            store.append(part[cut:])


def _stance_track(body: Body, st: _Stance, v_in: Array, v_out: Array) -> tuple[Array, ...]:
    """Hip, ankle, pitch over a stance given hip velocity (2,) at both ends."""
    t = clock(st.begin_s, st.end_s)
    first, last = _ends(body, st)
    a_in, a_out = (-G if st.lands else 0.0), (-G if st.leaves else 0.0)
    hip_y = hermite5(t, (first[1], v_in[1], a_in), (last[1], v_out[1], a_out))
    hip_x = hermite3(t, first[0], v_in[0], last[0], v_out[0])
    pitch = _pitch(body, st, t, -v_in[1], v_out[1])
    toe = np.broadcast_to(np.array([st.toe_x, st.floor_m]), (len(t), 2))
    return t, np.stack([hip_x, hip_y], -1), ankle_from_toe(body, toe, pitch), pitch


def _slope(t: Array, y: Array, end: int) -> float:
    i = (0, 1) if end == 0 else (-2, -1)
    return float((y[i[1]] - y[i[0]]) / (t[i[1]] - t[i[0]]))


def _flight_track(before: tuple[Array, ...], after: tuple[Array, ...]) -> tuple[Array, ...]:
    """Ballistic hip; leg length, leg angle and pitch joined smoothly to both stances."""
    t = clock(float(before[0][-1]), float(after[0][0]))
    tf = t[-1] - t[0]
    h0, h1 = before[1][-1], after[1][0]
    s = t - t[0]
    hip_x = h0[0] + (h1[0] - h0[0]) * s / tf
    v_up = (h1[1] - h0[1] + G * tf**2 / 2) / tf
    hip = np.stack([hip_x, h0[1] + v_up * s - G * s**2 / 2], -1)

    def polar(track: tuple[Array, ...]) -> tuple[Array, Array]:
        d = track[2] - track[1]
        return np.hypot(d[:, 0], d[:, 1]), np.arctan2(d[:, 0], -d[:, 1])

    (r0, a0), (r1, a1) = polar(before), polar(after)
    length = hermite3(t, r0[-1], _slope(before[0], r0, 1), r1[0], _slope(after[0], r1, 0))
    angle = hermite3(t, a0[-1], _slope(before[0], a0, 1), a1[0], _slope(after[0], a1, 0))
    ankle = hip + length[:, None] * np.stack([np.sin(angle), -np.cos(angle)], -1)
    p0 = before[3]
    pitch = hermite3(t, p0[-1], 0.25 * _slope(before[0], p0, 1), after[3][0], 0.0)
    return t, hip, ankle, pitch


def _hold(track: tuple[Array, ...], seconds: float, end: int) -> tuple[Array, ...]:
    """Quiet standing before (end 0) or after (end 1) a stance."""
    i = 0 if end == 0 else -1
    edge = float(track[0][i])
    t = clock(edge - seconds, edge) if end == 0 else clock(edge, edge + seconds)
    n = len(t)
    return t, np.tile(track[1][i], (n, 1)), np.tile(track[2][i], (n, 1)), np.full(n, track[3][i])


def _layout(hops: list[Hop], start: Start, end: End) -> list[_Stance]:
    """Stances in time and along the floor: push-off, contacts, absorbing landing."""
    now = start.stand_s
    first = hops[0] if hops else end.landing
    out = [_Stance(0.0, start.floor_m, now, now + start.push_s, first, False, True)]
    now += start.push_s + start.flight_s
    x = first.travel_m
    for hop in hops:
        out.append(_Stance(x, 0.0, now, now + hop.contact_s, hop, True, True))
        now += hop.contact_s + hop.flight_s
        x += hop.travel_m
    out.append(_Stance(x, 0.0, now, now + end.absorb_s, end.landing, True, False))
    return out


def _velocities(body: Body, stances: list[_Stance]) -> list[tuple[Array, Array]]:
    """Hip velocity (2,) on entering and leaving each stance, from the flights between."""
    rest = np.zeros(2)
    v_in, v_out = [rest], []
    for a, b in itertools.pairwise(stances):
        p, q = _ends(body, a)[1], _ends(body, b)[0]
        tf = b.begin_s - a.end_s
        up = (q[1] - p[1] + G * tf**2 / 2) / tf
        forward = (q[0] - p[0]) / tf
        v_out.append(np.array([forward, up]))
        v_in.append(np.array([forward, up - G * tf]))
    return list(zip(v_in, [*v_out, rest], strict=True))


def _posture(stances: list[_Stance], t: Array, value: str) -> Array:
    """A posture value per stance, constant in it, changing smoothly in flight."""
    v = [getattr(s.hop, value) for s in stances]
    out = np.full(len(t), v[0])
    for a, b, va, vb in zip(stances, stances[1:], v, v[1:], strict=False):
        out = out + (vb - va) * smooth_ramp((t - a.end_s) / (b.begin_s - a.end_s))
    return out


def hop_series(
    body: Body,
    hops: list[Hop],
    *,
    drill: str = "pogo",
    start: Start | None = None,
    end: End | None = None,
    free_leg: str | None = None,
) -> Motion:
    """Push-off from standing, the given hops, an absorbing landing.

    Without hops this is a jump from standing (countermovement), or a drop when the
    start has a `floor_m` above the landing.

    Parameters
    ----------
    free_leg : {"behind", "front"}, optional
        Hop on the near leg with the other one held bent behind or in front.
    """
    start, end = start or Start(), end or End()
    stances = _layout(hops, start, end)
    tracks = [_stance_track(body, s, vi, vo) for s, (vi, vo) in zip(stances, _velocities(body, stances), strict=True)]
    joined = _Track()
    joined.add(*_hold(tracks[0], start.stand_s, 0))
    for a, b in itertools.pairwise(tracks):
        joined.add(*a)
        joined.add(*_flight_track(a, b))
    joined.add(*tracks[-1])
    joined.add(*_hold(tracks[-1], end.stand_s, 1))
    t, hip, ankle, pitch = (np.concatenate(x) for x in (joined.time, joined.hip, joined.ankle, joined.pitch))
    lean = _posture(stances, t, "trunk_lean_deg")
    xyz = assemble(
        body,
        hip,
        _legs(body, hip, Leg(ankle, pitch), free_leg),
        trunk_lean_deg=lean,
        ear_forward_m=_posture(stances, t, "ear_forward_pct") / 100 * body.chain_m,
        arm_swing_deg=-5 + 6 * np.sin(2 * np.pi * 1.7 * t),
    )
    return Motion(drill, body, t, xyz, tuple(_true_reps(stances, hops)))


def _legs(body: Body, hip: Array, leg: Leg, free_leg: str | None) -> dict[Side, Leg]:
    near = body.near_side
    if free_leg is None:
        return {near: leg, other(near): leg}
    sign = -1.0 if free_leg == "behind" else 1.0
    offset = np.array([sign * 0.16, -0.36]) * body.height_m
    n = len(hip)
    held = Leg(hip + offset, np.full(n, np.radians(60.0 if sign < 0 else 10.0)))
    return {near: leg, other(near): held}


def _true_reps(stances: list[_Stance], hops: list[Hop]) -> list[TrueRep]:
    """Contacts between two flights; without any, the jump itself."""
    if not hops:
        push, land = stances
        return [TrueRep(push.begin_s, land.end_s, None, push.end_s, land.begin_s, land.hop.planted)]
    out = []
    for s, after in itertools.pairwise(stances[1:]):
        out.append(TrueRep(s.begin_s, after.begin_s, s.begin_s, s.end_s, after.begin_s, s.hop.planted))
    return out


@dataclass(frozen=True)
class Dip:
    """One slow bend and return: a squat or a lunge."""

    down_s: float = 1.0
    hold_s: float = 0.25
    up_s: float = 0.9
    rest_s: float = 0.8
    depth_m: float = 0.32
    back_m: float = 0.12
    lean_deg: float = 25.0


def _dip_profile(dips: list[Dip], lead_s: float) -> tuple[Array, Array, list[TrueRep], Array]:
    """Depth fraction (n,) on the clock, which dip is under way (n,), and the reps."""
    total = lead_s + sum(d.down_s + d.hold_s + d.up_s + d.rest_s for d in dips)
    t = clock(0.0, total)
    depth, which = np.zeros(len(t)), np.zeros(len(t), int)
    reps, now = [], lead_s
    for i, d in enumerate(dips):
        high = now + d.down_s + d.hold_s
        end = high + d.up_s
        depth += smooth_ramp((t - now) / d.down_s) - smooth_ramp((t - high) / d.up_s)
        which[t >= now] = i
        reps.append(TrueRep(now, end))
        now = end + d.rest_s
    return t, depth, reps, which


def squats(body: Body, dips: list[Dip], *, lead_s: float = 1.2) -> Motion:
    """Quiet standing, then squats with both feet flat."""
    t, depth, reps, which = _dip_profile(dips, lead_s)
    per = {k: np.array([getattr(d, k) for d in dips])[which] for k in ("depth_m", "back_m", "lean_deg")}
    toe = np.zeros((len(t), 2))
    ankle = ankle_from_toe(body, toe, np.zeros(len(t)))
    hip0 = _hip_over(body, toe[0], 0.0, STAND_KNEE_DEG, -0.01)
    hip = hip0 + np.stack([-depth * per["back_m"], -depth * per["depth_m"]], -1)
    leg = Leg(ankle, np.zeros(len(t)))
    n = len(t)
    xyz = assemble(
        body,
        hip,
        {"left": leg, "right": leg},
        trunk_lean_deg=2 + depth * per["lean_deg"],
        ear_forward_m=np.full(n, 0.015),
        arm_swing_deg=5 + 75 * depth,
        elbow_deg=15,
    )
    return Motion("squat", body, t, xyz, tuple(reps))


def lunges(body: Body, dips: list[Dip], *, lead_s: float = 1.2, front: Side | None = None) -> Motion:
    """Stationary lunges: split stance, front foot flat, rear foot on its toe."""
    front = front or body.near_side
    t, depth, reps, which = _dip_profile(dips, lead_s)
    drop = np.array([d.depth_m for d in dips])[which]
    n = len(t)
    front_ankle = ankle_from_toe(body, np.tile([0.36, 0.0], (n, 1)), np.zeros(n))
    rear_pitch = np.radians(38 + 22 * depth)
    rear_ankle = ankle_from_toe(body, np.tile([-0.36, 0.0], (n, 1)), rear_pitch)
    mid = (front_ankle[:, 0] + rear_ankle[:, 0]) / 2
    top = 0.925 * body.height_m * 0.53
    hip = np.stack([mid, top - depth * drop], -1)
    legs = {front: Leg(front_ankle, np.zeros(n)), other(front): Leg(rear_ankle, rear_pitch)}
    xyz = assemble(
        body,
        hip,
        legs,
        trunk_lean_deg=np.full(n, 3.0),
        ear_forward_m=np.full(n, 0.015),
        arm_swing_deg=np.full(n, 0.0),
        elbow_deg=20,
    )
    return Motion("lunge", body, t, xyz, tuple(reps))


def standing(
    body: Body,
    seconds: float = 4.0,
    *,
    ear_forward_pct: float = 1.0,
    trunk_lean_deg: float = 1.0,
    free_leg: str | None = None,
) -> Motion:
    """Quiet standing with a slow sway of a few millimetres, on two legs or one."""
    t = clock(0.0, seconds)
    n = len(t)
    toe = np.zeros((n, 2))
    leg = Leg(ankle_from_toe(body, toe, np.zeros(n)), np.zeros(n))
    hip0 = _hip_over(body, toe[0], 0.0, STAND_KNEE_DEG, -0.01)
    sway = 0.004 * np.sin(2 * np.pi * 0.31 * t) + 0.002 * np.sin(2 * np.pi * 0.83 * t + 1)
    hip = hip0 + np.stack([sway, np.zeros(n)], -1)
    xyz = assemble(
        body,
        hip,
        _legs(body, hip, leg, free_leg),
        trunk_lean_deg=trunk_lean_deg + 20 * sway,
        ear_forward_m=np.full(n, ear_forward_pct / 100 * body.chain_m),
        arm_swing_deg=np.full(n, 2.0),
        elbow_deg=15,
    )
    return Motion("stand", body, t, xyz, (TrueRep(0.0, seconds),))


@dataclass(frozen=True)
class Step:
    """One raised knee: the leg's swing, then its stance before the other leg goes."""

    swing_s: float = 0.34
    overlap_s: float = 0.06
    thigh_deg: float = 85.0


def high_knees(body: Body, steps: list[Step], *, lead_s: float = 0.8, tail_s: float = 0.6) -> Motion:
    """High knees on the spot, near leg first, the legs in turn, one foot always down.

    A rep is one swing; its `touchdown_s` is the foot's return to the floor.
    """
    total = lead_s + sum(s.swing_s + s.overlap_s for s in steps) + tail_s
    t = clock(0.0, total)
    n = len(t)
    toe = np.zeros((n, 2))
    flat = ankle_from_toe(body, toe, np.zeros(n))
    hip0 = _hip_over(body, toe[0], 0.0, STAND_KNEE_DEG, -0.01)
    hip = np.tile(hip0, (n, 1))
    lift: dict[Side, Array] = {s: np.zeros(n) for s in SIDES}
    reps, now, side = [], lead_s, body.near_side
    for step in steps:
        s = np.clip((t - now) / step.swing_s, 0, 1)
        lift[side] = lift[side] + np.sin(np.pi * s) ** 2 * np.radians(step.thigh_deg)
        reps.append(TrueRep(now, now + step.swing_s, now + step.swing_s, None, None))
        now += step.swing_s + step.overlap_s
        side = other(side)
    legs = {}
    for s_, thigh in lift.items():
        up = smooth_ramp(thigh / np.radians(12))
        knee = hip + body.thigh_m * np.stack([np.sin(thigh), -np.cos(thigh)], -1)
        shank = np.radians(-8.0) * np.sin(np.clip(thigh, 0, np.pi / 2))
        raised = knee + body.shank_m * np.stack([np.sin(shank), -np.cos(shank)], -1)
        ankle = flat * (1 - up[:, None]) + raised * up[:, None]
        legs[s_] = Leg(ankle, np.radians(12) * up)
    xyz = assemble(
        body,
        hip,
        legs,
        trunk_lean_deg=np.full(n, 2.0),
        ear_forward_m=np.full(n, 0.015),
        arm_swing_deg=25 * np.sin(2 * np.pi * t / 0.8),
    )
    return Motion("high_knees", body, t, xyz, tuple(reps))
