"""How far the camera is turned, so that "upright" means upright.

Two witnesses, each with its uncertainty: upright lines in the background, and the places where
the feet of a travelling athlete stood, which lie on a level floor. The body's fall in flight is none:
arms and legs that swing, and landmarks that err together, turn it by more than a camera held by eye.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.camera import Uprights
from plumbline.contact._contact import Contacts
from plumbline.contact._settings import CONTACT
from plumbline.geometry import fit_floor
from plumbline.measuring import Measuring
from plumbline.pose import LEG, Side
from plumbline.signals import CleanPose, contradict, weighted_mean


@dataclass(frozen=True)
class Witness:
    """One estimate of the tilt: "upright lines" or "floor"."""

    source: str
    tilt_deg: float
    sd_deg: float


@dataclass(frozen=True)
class Tilt:
    """The picture's turn, counter-clockwise positive.

    Attributes
    ----------
    tilt_deg : float
        0 when there is no witness.
    sd_deg : float
        Its standard uncertainty; that of a camera held by eye when there is no witness.
    witnesses : tuple of Witness
        Those that were believed.
    doubted : tuple of Witness
        Those that contradict the first of upright lines and floor.
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


def from_floor(pose: CleanPose, contacts: Contacts, near: Side, model_sd_deg: float) -> Witness | None:
    """Slope of the line through the toes' places in successive stances."""
    places = []
    for c in contacts.items:
        start = c.touchdown_s if np.isfinite(c.touchdown_s) else c.toe_off_s - CONTACT.floor_end_s
        end = c.toe_off_s if np.isfinite(c.toe_off_s) else c.touchdown_s + CONTACT.floor_end_s
        side: Side = "left" if c.stance == "left" else "right" if c.stance == "right" else near
        k = (pose.time_s >= start) & (pose.time_s <= end)
        toe = pose.raw[k, LEG[side][4]]
        if np.isfinite(toe).any():
            places.append(np.nanmedian(toe, axis=0))
    if len(places) < CONTACT.floor_stances:
        return None
    points = np.array(places)
    floor = fit_floor(points)
    if floor is None or np.ptp(points[:, 0]) < CONTACT.floor_travel_pct_bh / 100 * pose.body_height_px:
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
    eye. Upright lines come first: what contradicts them is left out. The
    result corrects only when it is larger than its own uncertainty.

    Parameters
    ----------
    pose : CleanPose
        Not levelled yet.
    contacts : Contacts
    near : "left" or "right"
        The side nearer the camera, whose toes show the floor.
    uprights : Uprights or None
        Straight edges of the background, where enough were seen.
    measuring : Measuring
        Uncertainties of a floor and of a camera held level by eye.

    Returns
    -------
    Tilt
        Counter-clockwise positive, degrees; 0 with the uncertainty of a camera held by eye where nothing tells.
    """
    found = [
        Witness("upright lines", uprights.tilt_deg, uprights.sd_deg) if uprights else None,
        from_floor(pose, contacts, near, measuring.tilt_floor_sd_deg),
    ]
    surer = [w for w in found if w is not None and w.sd_deg < measuring.level_sd_deg]
    seen = [w for w in surer if abs(w.tilt_deg) <= CONTACT.steepest_tilt_deg]
    if not seen:
        return Tilt(0.0, measuring.level_sd_deg)
    kept, doubted = _agreeing(seen)
    value, sd = weighted_mean([w.tilt_deg for w in kept], [w.sd_deg for w in kept])
    corrected = abs(value) > sd
    left = sd if corrected else float(np.hypot(sd, value))  # what is not taken off stays in every lean
    return Tilt(value, left, tuple(kept), tuple(doubted), corrected)
