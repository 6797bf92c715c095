"""A foot on the ground: how it stands, rolls and leaves, and the leg above it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator

from plumbline.synthetic.skeleton import Anatomy, Array

STRAIGHTEST_DEG = 3.0
STEEPEST_RAD = 1.2
# What counts as the stance of a foot that stood before or stays for good.
STANDING_S = 0.5


@dataclass(frozen=True)
class FootStance:
    """One stay of one foot on the ground.

    Attributes
    ----------
    side : {"left", "right"}
    start_s, end_s : float
        First and last instant of the sole on the ground; infinite for a foot that was there already, or stays.
    x_m, floor_m : float
        Where the middle of the hips would stand above a flat foot, and the height of the ground there.
    pitch : tuple of (share, deg)
        The foot's pitch over the stance, heel up positive. Below 0 it stands on the heel, above 0 on the ball.
    toe_pitch_deg : float
        How far the toes have rolled up about their tip when they leave.
    roll_s : float
        How long that takes.
    push_deg_s, give_deg_s : float
        How fast the knee straightens as the foot leaves, and bends as it lands. With a value the knee goes
        there smoothly and the foot's pitch is what reaches the ground, as an ankle does; NaN leaves the
        pitch to `pitch` and the knee to what is left over.
    push_from, give_to : float
        Shares of the stance from which and up to which that holds.
    """

    side: str
    start_s: float
    end_s: float
    x_m: float
    floor_m: float = 0.0
    pitch: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 0.0))
    toe_pitch_deg: float = 0.0
    roll_s: float = 0.03
    push_deg_s: float = float("nan")
    give_deg_s: float = float("nan")
    push_from: float = 0.6
    give_to: float = 0.3

    def ends(self) -> tuple[float, float]:
        """Start and end in s that its shares count from, finite also for a foot that stood or stays."""
        first = self.start_s if np.isfinite(self.start_s) else self.end_s - STANDING_S
        last = self.end_s if np.isfinite(self.end_s) else self.start_s + STANDING_S
        return first, last

    def pitches(self, t: Array) -> tuple[Array, Array]:
        """Pitch of the foot and of the toes (n,) in rad."""
        if not np.isfinite(self.start_s) and not np.isfinite(self.end_s):
            return np.full(len(t), np.radians(self.pitch[0][1])), np.zeros(len(t))
        first, last = self.ends()
        shares, degrees = np.array(self.pitch).T
        s = np.clip((t - first) / (last - first), 0, 1)
        pitch = np.radians(PchipInterpolator(shares, degrees)(s))
        roll = np.clip((t - (last - self.roll_s)) / self.roll_s, 0, 1) if np.isfinite(self.end_s) else 0 * t
        return pitch, np.radians(self.toe_pitch_deg) * roll**2


def turned(offset: Array, pitch: Array) -> Array:
    """A foot's offset (2,) turned (n, 2), so that a positive pitch brings the toe down."""
    x, y = float(offset[0]), float(offset[1])
    c, s = np.cos(pitch), np.sin(pitch)
    return np.stack([x * c + y * s, -x * s + y * c], -1)


def ankle_over(anatomy: Anatomy, stance: FootStance, pitch: Array, toe_pitch: Array) -> Array:
    """Ankle (n, 2) in m of a foot that stands with the given pitch of foot and toes (n,) in rad."""
    side = stance.side
    ankle, hinge = anatomy.joints[f"{side}_foot"][:2], anatomy.joints[f"{side}_toes"][:2]
    heel, tip = (anatomy.points[f"{side}_{k}"][:2] for k in ("heel", "toe"))
    at = np.array([stance.x_m, stance.floor_m])
    on_heel = at + heel + turned(ankle - heel, pitch)
    # The toes turn about their tip; the foot about the hinge that they carry.
    carried = at + tip + turned(hinge - tip, toe_pitch)
    on_ball = carried + turned(ankle - hinge, np.maximum(pitch, 0))
    return np.where((pitch < 0)[:, None], on_heel, on_ball)


def ankle_path(anatomy: Anatomy, stance: FootStance, t: Array, hip: Array | None = None) -> tuple[Array, Array, Array]:
    """Ankle (n, 2) in m, pitch of the foot and of the toes (n,) in rad, while the foot stands.

    Where the hip (n, 2) is farther off than the leg is long, the heel comes up as far as it takes; where the
    stance says how the knee bends or straightens, the heel goes where that asks for it.
    """
    pitch, toe_pitch = stance.pitches(t)
    if hip is not None:
        longest = np.full(len(t), leg_length(anatomy, stance.side, STRAIGHTEST_DEG))
        short = np.hypot(*(ankle_over(anatomy, stance, pitch, toe_pitch) - hip).T) > longest
        pitch = np.where(short, np.maximum(_pitch_reaching(anatomy, stance, hip, toe_pitch, longest), pitch), pitch)
        pitch = _with_given_knee(anatomy, stance, t, hip, pitch, toe_pitch)
    return ankle_over(anatomy, stance, pitch, toe_pitch), pitch, np.where(pitch < 0, pitch, toe_pitch)


def _pitch_reaching(anatomy: Anatomy, stance: FootStance, hip: Array, toe_pitch: Array, length: Array) -> Array:
    """Pitch (n,) in rad at which the ankle is as far from the hip (n, 2) as the leg is long (n,), standing on the ball.

    The circle of the ankle about the hinge meets that of the leg about the hip.
    """
    side = stance.side
    ankle, hinge = anatomy.joints[f"{side}_foot"][:2], anatomy.joints[f"{side}_toes"][:2]
    tip = anatomy.points[f"{side}_toe"][:2]
    v = ankle - hinge
    r = float(np.hypot(*v))
    w = hip - (np.array([stance.x_m, stance.floor_m]) + tip + turned(hinge - tip, toe_pitch))
    d = np.maximum(np.hypot(*w.T), 1e-6)
    cosine = (d * d + r * r - length**2) / (2 * r * d)
    up = np.arctan2(v[1], v[0]) - np.arctan2(w[:, 1], w[:, 0]) - np.arccos(np.clip(cosine, -1, 1))
    return np.clip(up, 0.0, STEEPEST_RAD)


def _with_given_knee(
    anatomy: Anatomy, stance: FootStance, t: Array, hip: Array, pitch: Array, toe_pitch: Array
) -> Array:
    """Pitch (n,) in rad where the stance says how fast the knee goes as it lands and leaves."""
    if not np.isfinite(stance.push_deg_s) and not np.isfinite(stance.give_deg_s):
        return pitch
    first, last = stance.ends()
    share = (t - first) / (last - first)
    thigh, shank = leg_angles(anatomy, stance.side, hip, ankle_over(anatomy, stance, pitch, toe_pitch))
    knee = thigh - shank
    for speed, window, leaving in (
        (stance.push_deg_s, share >= stance.push_from, True),
        (stance.give_deg_s, share <= stance.give_to, False),
    ):
        k = np.flatnonzero(window)
        if not np.isfinite(speed) or len(k) < 4 or len(k) == len(t):
            continue
        inner = np.array([k[0] - 1, k[0]]) if leaving else np.array([k[-1], k[-1] + 1])
        within = float(np.diff(knee[inner])[0] / np.diff(t[inner])[0])
        ends = (within, -np.radians(speed)) if leaving else (np.radians(speed), within)
        course = CubicHermiteSpline(t[k[[0, -1]]], knee[k[[0, -1]]], ends)(t[k])
        length = leg_length(anatomy, stance.side, np.degrees(np.maximum(course, np.radians(STRAIGHTEST_DEG))))
        asked = _pitch_reaching(anatomy, stance, hip[k], toe_pitch[k], length)
        pitch = pitch.copy()
        # The heel does not go through the floor: a knee that would need that bends instead.
        pitch[k] = np.maximum(asked, np.minimum(pitch[k], 0.0))
    return pitch


def leg_angles(anatomy: Anatomy, side: str, hip: Array, ankle: Array) -> tuple[Array, Array]:
    """Thigh and shank angles (n,) in rad, knee ahead positive, that reach from hip to ankle (n, 2)."""
    a = anatomy.length(f"{side}_thigh", f"{side}_shank")
    b = anatomy.length(f"{side}_shank", f"{side}_foot")
    d = ankle - hip
    r = np.clip(np.hypot(d[:, 0], d[:, 1]), abs(a - b) + 1e-6, (a + b) * (1 - 1e-7))
    whole = np.arctan2(d[:, 0], -d[:, 1])
    at_hip = np.arccos(np.clip((a * a + r * r - b * b) / (2 * a * r), -1, 1))
    at_ankle = np.arccos(np.clip((b * b + r * r - a * a) / (2 * b * r), -1, 1))
    return whole + at_hip, whole - at_ankle


def leg_length(anatomy: Anatomy, side: str, knee_deg: Array | float) -> Array:
    """Hip to ankle in m at a knee flexion in degrees, of any shape."""
    a = anatomy.length(f"{side}_thigh", f"{side}_shank")
    b = anatomy.length(f"{side}_shank", f"{side}_foot")
    return np.asarray(np.sqrt(a * a + b * b + 2 * a * b * np.cos(np.radians(knee_deg))))
