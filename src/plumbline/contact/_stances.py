"""Stances between flights, as first guessed, and the foot or feet that bear in each."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.arrays import FloatArray
from plumbline.contact._flight import Flight
from plumbline.contact._heights import Heights
from plumbline.contact._settings import CONTACT
from plumbline.pose import SIDES, Side, other
from plumbline.signals import SIGNALS


@dataclass(frozen=True)
class Stance:
    """First guess of a stance.

    Attributes
    ----------
    down_s, up_s : float
        NaN where it has no flight at that end.
    side : {"left", "right"}
        The foot that is read.
    label : {"both", "left", "right"}
        What bears.
    steps_off : bool
        It ends with a step off a box.
    flight_s : float
        Length of the flight after it, NaN where that is not seen whole.
    borne_from_s, borne_to_s : float
        When the fall before it ends and the one after it begins; NaN without one.
    """

    down_s: float
    up_s: float
    side: Side
    label: str
    steps_off: bool = False
    flight_s: float = np.nan
    borne_from_s: float = np.nan
    borne_to_s: float = np.nan

    def doubt_s(self, down_s: float, up_s: float) -> tuple[float, float]:
        """How uncertain ends far outside the falls beside it are: what bears a body ends its fall."""
        outside = np.array([down_s - self.borne_from_s, self.borne_to_s - up_s])
        far = np.where(outside > CONTACT.beyond_fall_s, outside, 0.0)
        down, up = CONTACT.beyond_fall_doubt * far
        return float(down), float(up)

    @property
    def rebound(self) -> bool:
        return bool(self.up_s - self.down_s <= CONTACT.max_rebound_s)  # False with one end missing


def _far_over_near(h: Heights, start_s: float, end_s: float, near: Side) -> float:
    """How much higher the far foot is than the near one between two instants, %BH; NaN where one is not seen."""
    k = (h.time_s >= start_s) & (h.time_s <= end_s)
    if k.sum() < 2:
        k = np.abs(h.time_s - (start_s + end_s) / 2) <= max(end_s - start_s, CONTACT.least_look_s)
    level: dict[Side, float] = {}
    for side in SIDES:
        foot = np.fmin(h.toe[side][k], h.heel[side][k])
        level[side] = float(np.median(foot[np.isfinite(foot)])) if np.isfinite(foot).any() else np.inf
    gap = level[other(near)] - level[near]
    return gap if np.isfinite(gap) else np.nan


def _bearing(gap: float, usual: float, near: Side) -> tuple[Side, str]:
    """Which foot bears: the lower one; both where they are as level as this camera usually shows them."""
    if not abs(gap - usual) > SIGNALS.stands_lower_pct_bh:
        return near, "both"
    side = near if gap > usual else other(near)
    return side, side


def stances_between(h: Heights, flights: list[Flight], near: Side) -> list[Stance]:
    """Stances before, between and after the flights."""
    out: list[Stance] = []
    gaps = []
    nan = np.nan
    for a, b in zip([None, *flights], [*flights, None], strict=True):
        if (a is None and b is not None and np.isnan(b.start_s)) or (b is None and a is not None and np.isnan(a.end_s)):
            continue  # the film begins or ends in the air
        down = a.end_s if a else nan
        up = b.start_s if b else nan
        if a is not None and b is not None and up <= down:
            up = down + CONTACT.overlap_contact_s
        first = down if a else up - CONTACT.unseen_end_s
        last = up if b else down + CONTACT.unseen_end_s
        if not np.isfinite(first) or not np.isfinite(last):
            first = last = b.start_s if b else h.time_s[0]
        gaps.append(_far_over_near(h, first, last, near))
        stance = Stance(down, up, near, "both", borne_from_s=a.falls_to_s if a else nan)
        if b is not None:
            stance = replace(stance, steps_off=b.stepped_off, flight_s=b.end_s - b.start_s, borne_to_s=b.falls_from_s)
        out.append(stance)
    # A camera over the feet shows the far one higher, in every stance alike; none shows it lower.
    usual = float(np.nanmedian(gaps)) if np.isfinite(gaps).any() else 0.0
    usual = usual if 0 <= usual <= CONTACT.level_feet_pct_bh else 0.0
    bearing = [_bearing(gap, usual, near) for gap in gaps]
    return [replace(stance, side=side, label=label) for stance, (side, label) in zip(out, bearing, strict=True)]


def _standing(st: Stance) -> tuple[float, float]:
    """Between which instants the feet of a stance surely stand, s."""
    margin, longest = CONTACT.sure_share * (st.up_s - st.down_s), CONTACT.max_rebound_s
    if np.isfinite(margin):
        return max(st.down_s + margin, st.up_s - longest), min(st.up_s - margin, st.down_s + longest)
    if np.isfinite(st.down_s):
        return st.down_s + CONTACT.sure_from_s, st.down_s + CONTACT.hold_s + CONTACT.sure_beyond_hold_s
    return st.up_s - CONTACT.hold_s - CONTACT.sure_beyond_hold_s, st.up_s - CONTACT.sure_from_s


def bearing_height(h: Heights, st: Stance, beta: float) -> FloatArray:
    """Height (n,) of the lowest part of what bears in a stance."""
    sides = SIDES if st.label == "both" else (st.side,)
    return h.above_stand(sides, beta, *_standing(st))
