"""How far the camera is turned, so that "upright" means upright.

Three witnesses, each with its uncertainty: the trunk, which in flight is drawn straight
down; the places where the feet of a travelling athlete stood, which lie on a level floor;
and upright lines in the background.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.contact._detect import Contact, Contacts
from plumbline.contact._heights import TRUNK
from plumbline.geometry import fit_floor
from plumbline.measuring import Measuring
from plumbline.pose import LEG, Side
from plumbline.signals import CleanPose, contradict, weighed_mean
from plumbline.video import Uprights

FloatArray = NDArray[np.float64]

MIN_FLIGHTS = 3
# The ends of a flight are left out: there the fit of its ends would bend the parabola.
TRIM = 0.08
MIN_STANCES, MIN_TRAVEL_PCT_BH = 4, 60.0
# Nobody films with a phone turned further; more is a misreading.
STEEPEST_DEG = 20.0


@dataclass(frozen=True)
class Witness:
    """One estimate of the tilt: "gravity", "floor" or "upright lines"."""

    source: str
    tilt_deg: float
    sd_deg: float


@dataclass(frozen=True)
class Tilt:
    """The picture's turn, counter-clockwise positive.

    Attributes
    ----------
    tilt_deg, sd_deg : float
        0 and the uncertainty of a camera held by eye when there is no witness.
    witnesses : tuple of Witness
        Those that were believed.
    doubted : tuple of Witness
        Those that contradict the first of gravity, floor and upright lines.
    corrected : bool
        Whether the landmarks are turned upright by it.
    """

    tilt_deg: float
    sd_deg: float
    witnesses: tuple[Witness, ...] = ()
    doubted: tuple[Witness, ...] = ()
    corrected: bool = False

    @property
    def source(self) -> str:
        """Where it comes from, in words."""
        return " and ".join(w.source for w in self.witnesses) or "assumed level"


def _fall(pose: CleanPose, before: Contact, after: Contact) -> FloatArray | None:
    """Acceleration (2,) of the trunk in px/s² between a toe-off and the next touchdown."""
    start, end = before.toe_off_s, after.touchdown_s
    length = end - start
    k = (pose.time_s > start + TRIM * length) & (pose.time_s < end - TRIM * length)
    trunk = pose.raw[k][:, TRUNK].mean(axis=1)
    k_seen = np.isfinite(trunk).all(axis=1)
    u = pose.time_s[k][k_seen] - (start + end) / 2
    if len(u) < 5:
        return None
    a = np.stack([np.ones_like(u), u, 0.5 * u * u], axis=1)
    return np.asarray(np.linalg.lstsq(a, trunk[k_seen], rcond=None)[0][2])


def from_gravity(pose: CleanPose, contacts: Contacts, model_sd_deg: float) -> Witness | None:
    """Direction of the trunk's acceleration, mean over the flights."""
    pairs = zip(contacts.items, contacts.items[1:], strict=False)
    falls = [f for f in (_fall(pose, a, b) for a, b in pairs) if f is not None]
    if len(falls) < MIN_FLIGHTS:
        return None
    each = np.array(falls)
    down = each.mean(axis=0)
    if down[1] <= 0:
        return None
    # Across the fall, each flight's share of the angle.
    across = each @ np.array([down[1], -down[0]]) / float(down @ down)
    spread = float(np.degrees(across.std(ddof=1))) / np.sqrt(len(each))
    return Witness("gravity", float(np.degrees(np.arctan2(down[0], down[1]))), float(np.hypot(spread, model_sd_deg)))


def from_floor(pose: CleanPose, contacts: Contacts, near: Side, model_sd_deg: float) -> Witness | None:
    """Slope of the line through the toes' places in successive stances."""
    places = []
    for c in contacts.items:
        start = c.touchdown_s if np.isfinite(c.touchdown_s) else c.toe_off_s - 0.1
        end = c.toe_off_s if np.isfinite(c.toe_off_s) else c.touchdown_s + 0.1
        side: Side = "left" if c.stance == "left" else "right" if c.stance == "right" else near
        k = (pose.time_s >= start) & (pose.time_s <= end)
        toe = pose.raw[k, LEG[side][4]]
        if np.isfinite(toe).any():
            places.append(np.nanmedian(toe, axis=0))
    if len(places) < MIN_STANCES:
        return None
    points = np.array(places)
    floor = fit_floor(points)
    if floor is None or np.ptp(points[:, 0]) < MIN_TRAVEL_PCT_BH / 100 * pose.body_height_px:
        return None
    return Witness(
        "floor",
        float(np.degrees(np.arctan(-floor.slope))),
        float(np.hypot(np.degrees(floor.slope_sd), model_sd_deg)),
    )


def _agreeing(witnesses: list[Witness]) -> tuple[list[Witness], list[Witness]]:
    """Witnesses that do not contradict the first, and those that do."""
    first, *others = witnesses
    kept, doubted = [first], list[Witness]()
    for w in others:
        against = contradict(w.tilt_deg, w.sd_deg, first.tilt_deg, first.sd_deg)
        (doubted if against else kept).append(w)
    return kept, doubted


def find_tilt(pose: CleanPose, contacts: Contacts, near: Side, uprights: Uprights | None, measuring: Measuring) -> Tilt:
    """Weigh the witnesses by their uncertainties.

    A witness counts when it is surer than the assumption that the camera was held level by
    eye. Gravity comes first, then the floor: what contradicts the first is left out. The
    result corrects only when it is larger than its own uncertainty.

    Parameters
    ----------
    pose : CleanPose
        Not levelled yet.
    contacts : Contacts
    near : {"left", "right"}
    uprights : Uprights or None
    measuring : Measuring
    """
    found = [
        from_gravity(pose, contacts, measuring.tilt_gravity_sd_deg),
        from_floor(pose, contacts, near, measuring.tilt_floor_sd_deg),
        Witness("upright lines", uprights.tilt_deg, uprights.sd_deg) if uprights else None,
    ]
    seen = [w for w in found if w is not None and w.sd_deg < measuring.level_sd_deg and abs(w.tilt_deg) <= STEEPEST_DEG]
    if not seen:
        return Tilt(0.0, measuring.level_sd_deg)
    kept, doubted = _agreeing(seen)
    value, sd = weighed_mean([w.tilt_deg for w in kept], [w.sd_deg for w in kept])
    return Tilt(value, sd, tuple(kept), tuple(doubted), abs(value) > sd)
