"""Courses of a value over time, and draws between two numbers."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import PchipInterpolator

from plumbline.synthetic.plan import Course


def through(*knots: tuple[float, float]) -> Course:
    """A course through (s, value) knots, level outside them."""
    at, values = np.array(knots).T
    keep = np.concatenate([[True], np.diff(at) > 1e-6])
    curve = PchipInterpolator(at[keep], values[keep])
    return lambda t: np.asarray(curve(np.clip(t, at[0], at[-1])))


def waving(mean: float, size: float, period_s: float, phase: float) -> Course:
    """A course that swings evenly."""
    return lambda t: mean + size * np.sin(2 * np.pi * (t / period_s + phase))


def flat(value: float) -> Course:
    """A course that stays."""
    return lambda t: np.full(len(t), value)


def uniform(rng: np.random.Generator, low: float, high: float) -> float:
    """One number between two."""
    return float(rng.uniform(low, high))
