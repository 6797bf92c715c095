"""Hops, jumps and drops: ballistic in flight, with a smooth vertical force in contact.

The toe stands still on the floor from touchdown to toe-off; knee angle and velocity are
continuous through both.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np

from plumbline.geometry import flexion
from plumbline.synthetic.body import Array, Body, Leg, ankle_from_toe, assemble, knee_joint, leg_length
from plumbline.synthetic.motion import (
    STAND_KNEE_DEG,
    Motion,
    TrueRep,
    both_legs,
    clock,
    hermite3,
    hermite5,
    hip_over,
    smooth_ramp,
)

G = 9.81
FADE_S = 0.012
FLIGHT_BEND_DEG = 8.0


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


def _ends(body: Body, st: _Stance) -> tuple[Array, Array]:
    """Hip (2,) at the beginning and at the end of a stance."""
    toe = np.array([st.toe_x, st.floor_m])
    ahead = st.hop.foot_ahead_pct / 100 * body.chain_m
    stand = hip_over(body, toe, 0.0, STAND_KNEE_DEG, -0.01)
    down = hip_over(body, toe, st.hop.pitch_touchdown_deg, st.hop.knee_touchdown_deg, ahead)
    up = hip_over(body, toe, st.hop.pitch_toe_off_deg, st.hop.knee_toe_off_deg, ahead)
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


def _flight_knee(t: Array, before: tuple[Array, ...], after: tuple[Array, ...], body: Body) -> Array:
    """Knee flexion (n,) in flight, degrees: bent a little, joined smoothly to both stances.

    The stances' own velocities fade within some `FADE_S`, so that the knee never
    comes to its stop.
    """
    (k0, w0), (k1, w1) = _knee_end(body, before, 1), _knee_end(body, after, 0)
    u, left = t - t[0], t[-1] - t
    s = u / u[-1]
    ramp = smooth_ramp(s)
    start = w0 * FADE_S * (1 - np.exp(-u / FADE_S)) * (1 - ramp)
    end = -w1 * FADE_S * (1 - np.exp(-left / FADE_S)) * ramp
    return k0 + (k1 - k0) * ramp + FLIGHT_BEND_DEG * 16 * (s * (1 - s)) ** 2 + start + end


def _knee_end(body: Body, track: tuple[Array, ...], end: int) -> tuple[float, float]:
    """Knee flexion and its velocity (degrees, per s) at the beginning or end of a stance."""
    part = slice(0, 2) if end == 0 else slice(-2, None)
    hip, ankle = track[1][part], track[2][part]
    knee = flexion(hip, knee_joint(body, hip, ankle), ankle)
    velocity = float(np.diff(knee)[0] / np.diff(track[0][part])[0])
    return float(knee[0 if end == 0 else -1]), velocity


def _flight_track(body: Body, before: tuple[Array, ...], after: tuple[Array, ...]) -> tuple[Array, ...]:
    """Ballistic hip; knee, leg angle and foot pitch joined smoothly to both stances."""
    t = clock(float(before[0][-1]), float(after[0][0]))
    tf = t[-1] - t[0]
    h0, h1 = before[1][-1], after[1][0]
    s = t - t[0]
    hip_x = h0[0] + (h1[0] - h0[0]) * s / tf
    v_up = (h1[1] - h0[1] + G * tf**2 / 2) / tf
    hip = np.stack([hip_x, h0[1] + v_up * s - G * s**2 / 2], -1)

    def angle_of(track: tuple[Array, ...]) -> Array:
        d = track[2] - track[1]
        return np.arctan2(d[:, 0], -d[:, 1])

    a0, a1 = angle_of(before), angle_of(after)
    angle = hermite3(t, a0[-1], _slope(before[0], a0, 1), a1[0], _slope(after[0], a1, 0))
    length = leg_length(body, _flight_knee(t, before, after, body))
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
        joined.add(*_flight_track(body, a, b))
    joined.add(*tracks[-1])
    joined.add(*_hold(tracks[-1], end.stand_s, 1))
    t, hip, ankle, pitch = (np.concatenate(x) for x in (joined.time, joined.hip, joined.ankle, joined.pitch))
    lean = _posture(stances, t, "trunk_lean_deg")
    xyz = assemble(
        body,
        hip,
        both_legs(body, hip, Leg(ankle, pitch), free_leg),
        trunk_lean_deg=lean,
        ear_forward_m=_posture(stances, t, "ear_forward_pct") / 100 * body.chain_m,
        arm_swing_deg=-5 + 6 * np.sin(2 * np.pi * 1.7 * t),
    )
    return Motion(drill, body, t, xyz, tuple(_true_reps(stances, hops)))


def _true_reps(stances: list[_Stance], hops: list[Hop]) -> list[TrueRep]:
    """Contacts between two flights; without any, the jump itself."""
    if not hops:
        push, land = stances
        return [TrueRep(push.begin_s, land.end_s, None, push.end_s, land.begin_s, land.hop.planted)]
    out = []
    for s, after in itertools.pairwise(stances[1:]):
        out.append(TrueRep(s.begin_s, after.begin_s, s.begin_s, s.end_s, after.begin_s, s.hop.planted))
    return out
