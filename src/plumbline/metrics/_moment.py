"""Instants at which a rep is read, as sure as its events are."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from plumbline.quantity import together, without
from plumbline.reps import Rep

Event = Literal["touchdown", "toe_off", "landing"]


class Moment(NamedTuple):
    """An instant with its standard uncertainty, and the part of it that all reps share, s."""

    at_s: float
    sd_s: float = 0.0
    common_s: float = 0.0

    @property
    def own_s(self) -> float:
        """The part that is this rep's own."""
        return without(self.sd_s, self.common_s)


def event_of(rep: Rep, event: Event) -> Moment:
    """One of a rep's events."""
    return Moment(*(getattr(rep, f"{event}{part}_s") for part in ("", "_sd", "_common")))


def moment_of(rep: Rep) -> Moment:
    """Instant at which a rep's posture is read."""
    if np.isfinite(rep.touchdown_s) and np.isfinite(rep.toe_off_s):
        return event_of(rep, "touchdown")
    if np.isfinite(rep.landing_s):
        return event_of(rep, "landing")
    return Moment(rep.key_s)


def mid_contact(rep: Rep) -> Moment:
    """The middle of the contact: of two ends whose errors have little to do with each other."""
    down, up = event_of(rep, "touchdown"), event_of(rep, "toe_off")
    common = together(down.common_s, up.common_s) / 2
    return Moment((down.at_s + up.at_s) / 2, together(down.own_s / 2, up.own_s / 2, common), common)
