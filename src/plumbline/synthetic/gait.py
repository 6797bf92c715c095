"""Running steps: ballistic in flight, each foot in turn pinned to the floor in contact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicHermiteSpline

from plumbline.pose.landmarks import SIDES, Side, other
from plumbline.synthetic.body import Array, Body, Leg, ankle_from_toe, assemble, leg_length
from plumbline.synthetic.motion import Motion, TrueRep, clock, hermite5, smooth_ramp

G = 9.81
# The foot against the floor at touchdown, and how far it has turned by toe-off.
PITCH_DOWN_DEG, PITCH_TURN_DEG = 2.0, 46.0


@dataclass(frozen=True)
class Stride:
    """One style of running, the same at every step.

    `ahead_m` is the ankle ahead of the hip at touchdown.
    """

    contact_s: float = 0.2
    flight_s: float = 0.13
    speed_m_s: float = 2.5
    ahead_m: float = 0.12
    knee_touchdown_deg: float = 14.0
    lean_deg: float = 5.0
    fold_deg: float = 95.0


def _hip_height(body: Body, t: Array, s: Stride) -> Array:
    """Height (n,) of the hips over steps that begin with a touchdown at t = 0."""
    ankle_m = float(ankle_from_toe(body, np.zeros(2), np.asarray(np.radians(PITCH_DOWN_DEG)))[1])
    low_m = ankle_m + float(np.sqrt(leg_length(body, s.knee_touchdown_deg) ** 2 - s.ahead_m**2))
    period = s.contact_s + s.flight_s
    phase = np.mod(t, period)
    up = G * s.flight_s / 2
    one = clock(0.0, s.contact_s)
    bent = hermite5(one, (low_m, -up, -G), (low_m, up, -G))
    u = phase - s.contact_s
    return np.where(phase <= s.contact_s, np.interp(phase, one, bent), low_m + up * u - G * u * u / 2)


def _angles(hip: Array, ankle: Array, body: Body) -> tuple[Array, Array]:
    """Thigh (forward of down) and knee flexion, degrees, of a leg between hip and ankle (n, 2)."""
    a, b = body.thigh_m, body.shank_m
    d = ankle - hip
    r = np.clip(np.hypot(d[:, 0], d[:, 1]), 1e-6, (a + b) * (1 - 1e-9))
    knee = 180 - np.degrees(np.arccos((a * a + b * b - r * r) / (2 * a * b)))
    inner = np.degrees(np.arccos(np.clip((a * a + r * r - b * b) / (2 * a * r), -1, 1)))
    return np.degrees(np.arctan2(d[:, 0], -d[:, 1])) + inner, knee


def running(body: Body, steps: int, stride: Stride | None = None) -> Motion:
    """A run past the camera: `steps` contacts, near leg first."""
    s = stride or Stride()
    period = s.contact_s + s.flight_s
    t = clock(0.0, steps * period + s.contact_s)
    hip = np.stack([s.speed_m_s * t, _hip_height(body, t, s)], -1)
    sides = [body.near_side if k % 2 == 0 else other(body.near_side) for k in range(-1, steps + 2)]
    legs = {side: _leg(body, t, hip, s, side, sides) for side in SIDES}
    n = len(t)
    swing = 30 * np.sin(np.pi * t / period)
    xyz = assemble(
        body,
        hip,
        legs,
        trunk_lean_deg=np.full(n, s.lean_deg),
        ear_forward_m=np.full(n, 0.012),
        arm_swing_deg=swing,
        elbow_deg=85,
    )
    reps = [
        TrueRep(
            k * period, (k + 1) * period, k * period, k * period + s.contact_s, (k + 1) * period, stance=sides[k + 1]
        )
        for k in range(1, steps)
    ]
    return Motion("run", body, t, xyz, tuple(reps))


def _leg(body: Body, t: Array, hip: Array, s: Stride, side: Side, sides: list[Side]) -> Leg:
    """One leg's ankle and pitch: pinned by its toe in its own contacts, swung between them."""
    period = s.contact_s + s.flight_s
    ankle, pitch = np.zeros((len(t), 2)), np.zeros(len(t))
    contacts = [k - 1 for k, who in enumerate(sides) if who == side]
    for k in contacts:
        start = k * period
        inside = (t >= start) & (t <= start + s.contact_s)
        ankle[inside], pitch[inside] = _pinned(body, t[inside], start, s)
    for a, b in zip([contacts[0] - 2, *contacts], [*contacts, contacts[-1] + 2], strict=True):
        start, end = a * period + s.contact_s, b * period
        inside = (t > start) & (t < end)
        if inside.any():
            ankle[inside], pitch[inside] = _swung(body, t[inside], hip[inside], (start, end), s)
    return Leg(ankle, pitch)


def _pinned(body: Body, t: Array, start: float, s: Stride) -> tuple[Array, Array]:
    """Ankle and pitch in a contact: the heel rises once the hips have passed."""
    share = np.clip((t - start) / s.contact_s, 0, 1)
    pitch = np.radians(PITCH_DOWN_DEG + PITCH_TURN_DEG * smooth_ramp((share - 0.3) / 1.05))
    flat = ankle_from_toe(body, np.zeros(2), np.asarray(np.radians(PITCH_DOWN_DEG)))
    toe_x = s.speed_m_s * start + s.ahead_m - flat[0]
    toe = np.stack([np.full(len(t), toe_x), np.zeros(len(t))], -1)
    return ankle_from_toe(body, toe, pitch), pitch


def _swung(body: Body, t: Array, hip: Array, span: tuple[float, float], s: Stride) -> tuple[Array, Array]:
    """Ankle and pitch in a swing: thigh and knee run smoothly from toe-off to touchdown."""
    start, end = span
    h = 1e-3

    def pose(when: float, contact_start: float) -> tuple[float, float, float]:
        at = np.array([when])
        ankle, pitch = _pinned(body, at, contact_start, s)
        here = np.stack([s.speed_m_s * at, _hip_height(body, at - contact_start, s)], -1)
        thigh, knee = _angles(here, ankle, body)
        return float(thigh[0]), float(knee[0]), float(np.degrees(pitch[0]))

    off = np.array([pose(start - d, start - s.contact_s) for d in (0.0, h)])
    on = np.array([pose(end + d, end) for d in (0.0, h)])
    values = np.stack([off[0], [18.0, s.fold_deg, 40.0], [36.0, 40.0, 5.0], on[0]])
    slopes = np.stack([(off[0] - off[1]) / h, [220.0, 0.0, -200.0], [-40.0, -330.0, 0.0], (on[1] - on[0]) / h])
    knots = start + (end - start) * np.array([0.0, 0.45, 0.75, 1.0])
    thigh, knee, pitch = CubicHermiteSpline(knots, values, slopes)(t).T
    thigh_r, shank_r = np.radians(thigh), np.radians(thigh - np.clip(knee, 2, 150))
    at_knee = hip + body.thigh_m * np.stack([np.sin(thigh_r), -np.cos(thigh_r)], -1)
    ankle = at_knee + body.shank_m * np.stack([np.sin(shank_r), -np.cos(shank_r)], -1)
    return ankle, np.radians(pitch)
