"""A shoe lofted round a bare foot: an upper, a flat sole with slightly rounded edges, a toe hinge."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from plumbline.synthetic.skeleton import Array

STATIONS, RING = 28, 24
MARGIN_M, SOLE_MARGIN_M = 0.005, 0.007
SOLE_M, EDGE_M = 0.026, 0.004
# Where the toe hinge lies along the shoe, from the heel, and how far about it the shoe bends.
HINGE, BEND = 0.70, 0.05


@dataclass(frozen=True)
class Shoe:
    """One shoe at rest, its sole on y = 0.

    Attributes
    ----------
    upper, sole : tuple of (n, 3) float and (m, 3) int
        Vertices in m and faces.
    bottom_m : (k, 3) float
        The outline of the sole's flat bottom: what touches the ground.
    heel_m, ball_m, toe_m, hinge_m : (3,) float
        Rearmost, middle and foremost point of the bottom, and the toe hinge.
    """

    upper: tuple[Array, NDArray[np.int64]] = field(repr=False)
    sole: tuple[Array, NDArray[np.int64]] = field(repr=False)
    bottom_m: Array = field(repr=False)
    heel_m: Array = field(repr=False)
    ball_m: Array = field(repr=False)
    toe_m: Array = field(repr=False)
    hinge_m: Array = field(repr=False)

    def toes_share(self, xyz: Array) -> Array:
        """How much (n,) of each vertex goes with the toes."""
        length = self.toe_m[0] - self.heel_m[0]
        s = (xyz[:, 0] - self.hinge_m[0]) / (BEND * length)
        return np.asarray(np.clip((s + 1) / 2, 0, 1))


def _smooth(values: Array) -> Array:
    for _ in range(3):
        values = np.convolve(np.pad(values, 1, mode="edge"), [0.25, 0.5, 0.25], "valid")
    return values


def _profile(foot: Array, x: Array) -> tuple[Array, Array, Array]:
    """Middle, half width and height (k,) of the foot at stations along it."""
    near = 0.012
    middle, half, top = (np.zeros(len(x)) for _ in range(3))
    for k, at in enumerate(x):
        inside = foot[np.abs(foot[:, 0] - np.clip(at, foot[:, 0].min() + near, foot[:, 0].max() - near)) < near]
        low, high = inside[:, 2].min(), inside[:, 2].max()
        middle[k], half[k], top[k] = (low + high) / 2, (high - low) / 2, inside[:, 1].max()
    return _smooth(middle), _smooth(half), _smooth(top)


def _grid(rows: int, columns: int, closed: bool) -> NDArray[np.int64]:
    faces = []
    for i in range(rows - 1):
        for j in range(columns if closed else columns - 1):
            a, b = i * columns + j, i * columns + (j + 1) % columns
            faces += [(a, b, a + columns), (b, b + columns, a + columns)]
    return np.array(faces)


def _upper(x: Array, middle: Array, half: Array, top: Array) -> tuple[Array, NDArray[np.int64]]:
    """Rings across the shoe: round above, flat where the sole begins."""
    angle = np.linspace(0, 2 * np.pi, RING, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    rings = []
    for at, m, w, t in zip(x, middle, half, top, strict=True):
        across = np.sign(c) * np.abs(c) ** 0.75 * w
        base = SOLE_M * 0.7
        up = np.where(s > 0, np.abs(s) ** 0.85 * (t - base), -(np.abs(s) ** 0.4) * base * 0.4)
        rings.append(np.stack([np.full(RING, at), base + up, m + across], -1))
    ends = [np.tile(r.mean(0), (RING, 1)) for r in (rings[0], rings[-1])]
    return np.concatenate([ends[0], *rings, ends[1]]), _grid(len(rings) + 2, RING, True)


def _outline(x: Array, middle: Array, half: Array, shrink: float) -> Array:
    right = np.stack([x, middle + half - shrink], -1)
    left = np.stack([x, middle - half + shrink], -1)[::-1]
    out = np.concatenate([right, left])
    centre = out.mean(0)
    out[:, 0] -= np.sign(out[:, 0] - centre[0]) * shrink * (np.abs(out[:, 0] - centre[0]) > 0.1)
    return out


def _sole(x: Array, middle: Array, half: Array) -> tuple[Array, NDArray[np.int64], Array]:
    rows = []
    for height, shrink in ((0.0, EDGE_M), (EDGE_M, 0.0), (SOLE_M, 0.001), (SOLE_M + 0.002, 0.010)):
        flat = _outline(x, middle, half, shrink)
        rows.append(np.stack([flat[:, 0], np.full(len(flat), height), flat[:, 1]], -1))
    bottom = rows[0]
    n = len(bottom)
    # The flat bottom is closed strip by strip, so that it bends at the hinge.
    strip = []
    for k in range(n // 2 - 1):
        a, b, c, d = k, k + 1, n - 1 - k, n - 2 - k
        strip += [(a, c, b), (b, c, d)]
    vertices = np.concatenate(rows)
    top = 3 * n
    faces = np.concatenate([_grid(4, n, True), np.array(strip), np.array(strip) + top])
    return vertices, faces, bottom


def loft(foot: Array, ankle_m: Array, toes_m: Array) -> Shoe:
    """Build the shoe of a foot.

    Parameters
    ----------
    foot : (n, 3) float
        Vertices of the bare foot at rest, standing on its sole's upper side, in m.
    ankle_m, toes_m : (3,) float
        The ankle's joint and the middle toe's, in m.
    """
    back, front = foot[:, 0].min() - 0.008, foot[:, 0].max() + 0.012
    length = front - back
    # Stations close together at both ends, where the shoe is round.
    u = (1 - np.cos(np.linspace(0.0, np.pi, STATIONS))) / 2
    x = back + length * u
    middle, half, top = _profile(foot, x)
    rounding = np.sqrt(np.clip(1 - np.clip((np.abs(u - 0.5) - 0.36) / 0.14, 0, 1) ** 2.2, 0.10, 1))
    collar = float(ankle_m[1]) - 0.008
    # As high as the foot in it, but no higher than the collar; lower again at the very back.
    height = np.clip(top + 0.007, 0.058, collar) * (1 - 0.16 * np.clip(1 - u / 0.06, 0, 1))
    nose = np.clip((u - 0.80) / 0.20, 0, 1) ** 1.5
    height = height * (1 - nose) + (SOLE_M + 0.012) * nose
    half_up = (half + MARGIN_M) * rounding
    # Round the ankle the upper is as wide as the heel, not as the whole foot above it.
    upper = _upper(x, middle, half_up, _smooth(height))
    sole_vertices, sole_faces, bottom = _sole(x, middle, (half + SOLE_MARGIN_M) * rounding)
    hinge_x = back + HINGE * length
    line = float(np.interp(hinge_x, x, middle))
    heel, toe = bottom[:, 0].min(), bottom[:, 0].max()
    return Shoe(
        upper=upper,
        sole=(sole_vertices, sole_faces),
        bottom_m=bottom,
        heel_m=np.array([heel, 0.0, middle[0]]),
        ball_m=np.array([hinge_x, 0.0, line]),
        toe_m=np.array([toe, 0.0, middle[-1]]),
        hinge_m=np.array([hinge_x, SOLE_M * 0.6, float(toes_m[2] * 0.5 + line * 0.5)]),
    )
