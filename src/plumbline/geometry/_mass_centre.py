"""The body's mass centre from landmarks: what falls at g in flight, whatever arms and legs do."""

from __future__ import annotations

import numpy as np

from plumbline.arrays import FloatArray

G_M_S2 = 9.81

# Segments by the landmarks at their ends (a pair stands for its middle), mass as a share of the body's and
# mass centre as a share of the way from the first end: Winter (2009), table 4.1. Head and neck lie at the ears.
SEGMENTS: tuple[tuple[tuple[int, ...], tuple[int, ...], float, float], ...] = (
    ((7, 8), (7, 8), 0.081, 0.0),
    ((11, 12), (23, 24), 0.497, 0.5),
    ((11,), (13,), 0.028, 0.436),
    ((12,), (14,), 0.028, 0.436),
    ((13,), (15,), 0.022, 0.682),
    ((14,), (16,), 0.022, 0.682),
    ((23,), (25,), 0.100, 0.433),
    ((24,), (26,), 0.100, 0.433),
    ((25,), (27,), 0.0465, 0.433),
    ((26,), (28,), 0.0465, 0.433),
    ((27,), (31,), 0.0145, 0.5),
    ((28,), (32,), 0.0145, 0.5),
)


def mass_centre(xy: FloatArray) -> FloatArray:
    """Mass centre of twelve segments, head and neck lying at the ears.

    Parameters
    ----------
    xy : (n, 33, 2)
        Landmarks in any one unit.

    Returns
    -------
    (n, 2)
        In the same unit; NaN where a landmark that it needs is missing.

    References
    ----------
    Winter (2009), *Biomechanics and Motor Control of Human Movement*, table 4.1.
    """
    out = np.zeros((len(xy), 2))
    for first, second, mass, share in SEGMENTS:
        a, b = xy[:, first].mean(axis=1), xy[:, second].mean(axis=1)
        out += mass * (a + share * (b - a))
    return out / sum(mass for *_, mass, _ in SEGMENTS)
