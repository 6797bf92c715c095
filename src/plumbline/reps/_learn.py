"""Teaches a clip's common error on a few events that were set by hand.

A pose model sets a shoe's toe and heel elsewhere on every shoe and in every light, so that much of an
event's error is the same in all reps of a clip. What a person moved, or said was right, tells how large
it is here: the rest is moved by it, and is surer for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.quantity import together
from plumbline.reps._settings import REPS


@dataclass(frozen=True)
class HandSet:
    """An event set by hand: how far it was moved, and the two parts of its uncertainty before, s."""

    shift_s: float
    own_s: float
    common_s: float


@dataclass(frozen=True)
class Lesson:
    """What the events set by hand teach of all events of their kind.

    Attributes
    ----------
    events : int
        How many were set.
    shift_s : float
        How far the others are moved, later positive.
    before_s : float
        The common standard uncertainty before.
    common_s : float
        The same with what was learnt.
    """

    events: int
    shift_s: float
    before_s: float
    common_s: float


def learn(found: list[HandSet], reader_s: float) -> Lesson | None:
    """The common error of one kind of event, with the stated common uncertainty as what was known before.

    Parameters
    ----------
    found : list of HandSet
        Events of one kind.
    reader_s : float
        Standard uncertainty of the reader's own instant.

    Returns
    -------
    Lesson or None
        None where nothing is common or nothing was set.

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, 2.5: normal mean with known variances.
    """
    taught = _credible([e for e in found if e.common_s > 0], reader_s)
    if not taught:
        return None
    before = float(np.median([e.common_s for e in taught]))
    weight = np.array([1 / (e.own_s**2 + reader_s**2) for e in taught])
    precision = float(weight.sum()) + 1 / before**2
    shift = float(weight @ [e.shift_s for e in taught]) / precision
    return Lesson(len(taught), shift, before, float(1 / np.sqrt(precision)))


def _credible(found: list[HandSet], reader_s: float) -> list[HandSet]:
    """Those that tell of the common error: as far off as is stated, or, where more do, as far off as each other.

    One that is further off by itself mends a misfit of its own rep.
    """
    if not found:
        return []
    most, middle = REPS.farthest_lesson_sd, float(np.median([e.shift_s for e in found]))
    near = [e for e in found if abs(e.shift_s) <= most * together(e.common_s, e.own_s, reader_s)]
    alike = [e for e in found if abs(e.shift_s - middle) <= most * together(e.own_s, reader_s)]
    return alike if len(alike) > max(len(near), 1) else near
