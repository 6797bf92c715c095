"""The picture's turn, read from upright lines in the background: door frames, poles, walls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.camera._settings import CAMERA


@dataclass(frozen=True)
class Uprights:
    """What upright lines say.

    Attributes
    ----------
    tilt_deg : float
        How far the picture is turned, counter-clockwise positive.
    sd_deg : float
        Its standard uncertainty.
    lines : int
        How many agree.
    """

    tilt_deg: float
    sd_deg: float
    lines: int


def pooled(seen: list[Uprights]) -> Uprights | None:
    """The median of what several frames say (`seen`), None where none does; their spread is in its uncertainty."""
    if not seen:
        return None
    tilt = np.array([u.tilt_deg for u in seen])
    spread = float(tilt.std(ddof=1)) if len(tilt) > 1 else 0.0
    sd = float(np.median([u.sd_deg for u in seen]))
    return Uprights(float(np.median(tilt)), float(np.hypot(sd, spread)), int(np.median([u.lines for u in seen])))


def find_uprights(lines: FloatArray, width_share: float) -> Uprights | None:
    """The turn on which upright lines agree, None when they do not or are too few.

    Of all lines within 15° of upright the densest bundle counts, weighted by length. It must
    hold several lines, far apart, that make up most of what is near upright. Lines that
    lean to a vanishing point are allowed for by a slope across the picture; the turn is
    read at its middle.

    Parameters
    ----------
    lines : (k, 4)
        Straight edges outside the people: ends x0, y0, x1, y1 as shares of the picture's height.
    width_share : float
        Width of the picture over its height.

    Returns
    -------
    Uprights or None
    """
    d = lines[:, 2:] - lines[:, :2]
    d = np.where(d[:, 1:] > 0, -d, d)  # pointing up
    length = np.hypot(d[:, 0], d[:, 1])
    angle = np.degrees(np.arctan2(-d[:, 0], -d[:, 1]))
    near = (np.abs(angle) <= CAMERA.steepest_line_deg) & (length >= CAMERA.min_line) & (length <= CAMERA.max_line)
    if near.sum() < CAMERA.min_lines:
        return None
    angle, length = angle[near], length[near]
    x = ((lines[:, 0] + lines[:, 2]) / 2)[near] - width_share / 2
    weight_near = [(np.abs(angle - a) <= CAMERA.bundle_deg) @ length for a in angle]
    centre = angle[int(np.argmax(weight_near))]
    k = np.abs(angle - centre) <= CAMERA.bundle_deg
    total, share = length[k].sum(), length[k].sum() / length.sum()
    if k.sum() < CAMERA.min_lines or total < CAMERA.min_lines_total or share < CAMERA.min_lines_share:
        return None
    if np.ptp(x[k]) < CAMERA.min_lines_across * width_share:
        return None
    a = np.stack([np.ones(k.sum()), x[k]], axis=1)
    normal = a.T @ (length[k, None] * a)
    turn, slope = np.linalg.solve(normal, a.T @ (length[k] * angle[k]))
    spread = float(np.sqrt(np.average((angle[k] - turn - slope * x[k]) ** 2, weights=length[k])))
    return Uprights(
        float(turn), float(np.hypot(CAMERA.lines_least_sd_deg, spread / np.sqrt(k.sum() / 3))), int(k.sum())
    )
