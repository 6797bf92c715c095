"""Mass centre and angular momentum of a skeleton, from segment masses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.synthetic.skeleton import (
    CENTRE_PCT,
    GYRATION_PCT,
    INDEX,
    MASS_PCT,
    SEGMENTS,
    Anatomy,
    Array,
    table_row,
)

GRAVITY_M_S2 = 9.81

# From where to where a segment's mass lies, by the names of joints and points. Toes move with the foot.
ENDS: dict[str, tuple[str, str]] = {
    "pelvis": ("pelvis", "trunk"),
    "trunk": ("trunk", "head"),
    "head": ("head", "vertex"),
}
for _side in ("left", "right"):
    ENDS |= {
        f"{_side}_upper_arm": (f"{_side}_upper_arm", f"{_side}_forearm"),
        f"{_side}_forearm": (f"{_side}_forearm", f"{_side}_hand"),
        f"{_side}_hand": (f"{_side}_hand", f"{_side}_fingertip"),
        f"{_side}_thigh": (f"{_side}_thigh", f"{_side}_shank"),
        f"{_side}_shank": (f"{_side}_shank", f"{_side}_foot"),
        f"{_side}_foot": (f"{_side}_heel", f"{_side}_toe"),
    }


@dataclass(frozen=True)
class Mass:
    """Share of the body's mass, where it lies on a segment, and its radius of gyration in m (transverse axis)."""

    share: float
    centre: float
    gyration_m: float


def masses(anatomy: Anatomy) -> dict[str, Mass]:
    """Every segment's mass (de Leva 1996); the shares sum to 1."""
    column = 0 if anatomy.sex == "female" else 1
    places = anatomy.joints | anatomy.points
    total = sum(MASS_PCT[table_row(name)][column] for name in ENDS)
    out = {}
    for name, (a, b) in ENDS.items():
        part = table_row(name)
        length = float(np.linalg.norm(places[b] - places[a]))
        centre = CENTRE_PCT.get(part, (50.0, 50.0))[column] / 100
        out[name] = Mass(MASS_PCT[part][column] / total, centre, GYRATION_PCT[part][column] / 100 * length)
    return out


def mass_centre(anatomy: Anatomy, places: dict[str, Array]) -> Array:
    """The body's mass centre (n, 3) in m."""
    out = np.zeros_like(places["pelvis"])
    for name, m in masses(anatomy).items():
        a, b = (places[k] for k in ENDS[name])
        out += m.share * (a + m.centre * (b - a))
    return out


def sagittal_momentum(
    anatomy: Anatomy, places: dict[str, Array], rotation: Array, time_s: Array
) -> tuple[Array, Array]:
    """Angular momentum about the mass centre and moment of inertia, per body mass, about the z axis.

    Returns
    -------
    momentum : (n,) float
        In m²/s; forward over up (nose to the sky) positive.
    inertia : (n,) float
        In m².
    """
    centre = mass_centre(anatomy, places)
    momentum, inertia = np.zeros(len(time_s)), np.zeros(len(time_s))
    for name, m in masses(anatomy).items():
        a, b = (places[k] for k in ENDS[name])
        r = (a + m.centre * (b - a) - centre)[:, :2]
        v = np.gradient(r, time_s, axis=0)
        turn = rotation[:, INDEX[name]]
        angle = np.unwrap(np.arctan2(turn[:, 1, 0], turn[:, 0, 0]))
        momentum += m.share * (r[:, 0] * v[:, 1] - r[:, 1] * v[:, 0] + m.gyration_m**2 * np.gradient(angle, time_s))
        inertia += m.share * ((r**2).sum(axis=1) + m.gyration_m**2)
    return momentum, inertia


def sagittal(angle_rad: Array) -> Array:
    """Rotations (n, 3, 3) about the z axis, forward to up positive."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    out = np.zeros((len(angle_rad), 3, 3))
    out[:, 0, 0], out[:, 0, 1], out[:, 1, 0], out[:, 1, 1], out[:, 2, 2] = c, -s, s, c, 1.0
    return out


def rotations(angles: dict[str, Array]) -> Array:
    """Rotations (n, segments, 3, 3) from every segment's sagittal angle in rad."""
    return np.stack([sagittal(angles[name]) for name in SEGMENTS], axis=1)
