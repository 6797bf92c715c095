"""What a motion is, and the curves motions are laid out on.

Every motion lives on a 1 kHz clock and is sampled at frame times afterwards, so the
phase of the frames against the events is free.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.pose.landmarks import Side, other
from plumbline.synthetic.body import Array, Body, Leg, ankle_from_toe, leg_length

DENSE_HZ = 1000


STAND_KNEE_DEG = 4.0


@dataclass(frozen=True)
class TrueRep:
    """One repetition as it was built; times in s, None where the event does not exist.

    `stance` is the leg that works, None for the near one or both.
    """

    start_s: float
    end_s: float
    touchdown_s: float | None = None
    toe_off_s: float | None = None
    landing_s: float | None = None
    planted: tuple[str, ...] = ()
    stance: Side | None = None


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


def hip_over(body: Body, toe: Array, pitch_deg: float, knee_deg: float, ahead_m: float) -> Array:
    """Hip (2,) above a foot on its toe, `ahead_m` behind the ankle."""
    ankle = ankle_from_toe(body, toe, np.asarray(np.radians(pitch_deg)))
    drop = np.sqrt(leg_length(body, knee_deg) ** 2 - ahead_m**2)
    return ankle + np.array([-ahead_m, drop])


def both_legs(body: Body, hip: Array, leg: Leg, free_leg: str | None) -> dict[Side, Leg]:
    """Both legs alike, or the far one held bent "behind" or in "front" of the hips."""
    near = body.near_side
    if free_leg is None:
        return {near: leg, other(near): leg}
    sign = -1.0 if free_leg == "behind" else 1.0
    offset = np.array([sign * 0.16, -0.36]) * body.height_m
    n = len(hip)
    held = Leg(hip + offset, np.full(n, np.radians(60.0 if sign < 0 else 10.0)))
    return {near: leg, other(near): held}


def swung_leg(body: Body, hip: Array, thigh_deg: Array, knee_deg: Array, pitch_deg: Array) -> Leg:
    """A leg that hangs from the hip (n, 2): thigh forward of straight down, knee flexion, foot pitch (n,), degrees."""
    thigh = np.radians(thigh_deg)
    shank = np.radians(np.asarray(thigh_deg) - knee_deg)
    knee = hip + body.thigh_m * np.stack([np.sin(thigh), -np.cos(thigh)], -1)
    ankle = knee + body.shank_m * np.stack([np.sin(shank), -np.cos(shank)], -1)
    return Leg(ankle, np.radians(pitch_deg))


def between(a: Leg, b: Leg, share: Array) -> Leg:
    """A leg on its way from one position to another, `share` (n,) of it done."""
    w = share[:, None]
    return Leg(a.ankle + w * (b.ankle - a.ankle), a.pitch + share * (b.pitch - a.pitch))


@dataclass(frozen=True)
class Repeat:
    """One slow move out and back, with its size in the motion's own unit."""

    out_s: float = 0.8
    hold_s: float = 0.2
    back_s: float = 0.8
    rest_s: float = 0.6
    size: float = 1.0
    planted: tuple[str, ...] = ()


def repeats(moves: list[Repeat], lead_s: float) -> tuple[Array, Array, list[TrueRep]]:
    """Times (n,), how far out (n,) the moves are, and the reps."""
    t = clock(0.0, lead_s + sum(m.out_s + m.hold_s + m.back_s + m.rest_s for m in moves))
    out, reps, now = np.zeros(len(t)), [], lead_s
    for m in moves:
        top = now + m.out_s + m.hold_s
        out += m.size * (smooth_ramp((t - now) / m.out_s) - smooth_ramp((t - top) / m.back_s))
        reps.append(TrueRep(now, top + m.back_s, planted=m.planted))
        now = top + m.back_s + m.rest_s
    return t, out, reps
