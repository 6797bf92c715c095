"""Metres per pixel: from the stature, a marked distance, and gravity in flight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.contact import CONTACT, Contacts
from plumbline.errors import SettingsError
from plumbline.geometry import G_M_S2
from plumbline.metrics._settings import METRIC
from plumbline.signals import CleanPose, contradict, weighted_mean


@dataclass(frozen=True)
class MarkedDistance:
    """Two points of the first frame, and their distance.

    Attributes
    ----------
    x0, y0, x1, y1 : float
        px of the full-size picture, y down.
    metres : float
        m.

    Raises
    ------
    SettingsError
        When the distance is not possible, or the points lie too close together.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    metres: float

    def __post_init__(self) -> None:
        low, high, least = METRIC.min_mark_m, METRIC.max_mark_m, METRIC.min_mark_px
        if not (np.isfinite(self.metres) and low <= self.metres <= high):
            raise SettingsError(
                "a marked distance of {metres:g} m is not possible: give metres, {low:g} to {high:g}.",
                metres=self.metres,
                low=low,
                high=high,
            )
        if not np.isfinite([self.x0, self.y0, self.x1, self.y1]).all():
            raise SettingsError("the marked points are not in the picture: give X0,Y0,X1,Y1,METRES, points in px.")
        if not self.length_px >= least:
            raise SettingsError(
                "the marked points lie less than {least:g} px apart: mark a longer distance.", least=least
            )

    @property
    def length_px(self) -> float:
        """Distance of the points in px."""
        return float(np.hypot(self.x1 - self.x0, self.y1 - self.y0))

    def check_in(self, width: float, height: float) -> None:
        """Refuse points that do not lie in a picture.

        Parameters
        ----------
        width, height : float
            Its size in px.

        Raises
        ------
        SettingsError
        """
        across, down = (self.x0, self.x1), (self.y0, self.y1)
        if not (all(0 <= x <= width for x in across) and all(0 <= y <= height for y in down)):
            raise SettingsError(
                "the marked points lie outside the picture, which is {width:.0f} × {height:.0f} px.",
                width=width,
                height=height,
            )

    @staticmethod
    def read(words: str) -> MarkedDistance:
        """Read `words` as "x0,y0,x1,y1,metres": px and m.

        Raises
        ------
        SettingsError
            When it is not five numbers, or they are not possible.
        """
        try:
            x0, y0, x1, y1, metres = (float(part) for part in words.split(","))
        except ValueError:
            raise SettingsError(
                "marked distance '{words}' is not understood: give X0,Y0,X1,Y1,METRES, points in px.", words=words
            ) from None
        return MarkedDistance(x0, y0, x1, y1, metres)


@dataclass(frozen=True)
class Scale:
    """Metres per pixel with its standard uncertainty and where it comes from.

    Attributes
    ----------
    value, sd : float
        m/px.
    source : str
        "stature", "marked distance", "gravity", or several joined by "and".
    """

    value: float
    sd: float
    source: str

    def contradicts(self, other: Scale) -> bool:
        """Whether this and the `other` scale cannot both be right."""
        return contradict(self.value, self.sd, other.value, other.sd)


@dataclass(frozen=True)
class Scales:
    """Every scale the clip offers.

    Attributes
    ----------
    found : tuple of Scale
        Independent of each other; empty where nothing gives a scale.
    """

    found: tuple[Scale, ...] = ()

    @property
    def best(self) -> Scale | None:
        """The surest one; those that agree with it count with their weight."""
        if not self.found:
            return None
        first = min(self.found, key=lambda s: s.sd / s.value)
        agree = [s for s in self.found if not s.contradicts(first)]
        value, sd = weighted_mean([s.value for s in agree], [s.sd for s in agree])
        return Scale(value, sd, " and ".join(s.source for s in agree))

    @property
    def contradictions(self) -> list[tuple[Scale, Scale]]:
        """Pairs that cannot both be right."""
        pairs = [(a, b) for i, a in enumerate(self.found) for b in self.found[i + 1 :]]
        return [(a, b) for a, b in pairs if a.contradicts(b)]


def find_scales(
    pose: CleanPose, height_m: float | None, contacts: Contacts, marked: MarkedDistance | None = None
) -> Scales:
    """Every scale there is: from the stature, from a marked distance, from gravity.

    Parameters
    ----------
    pose : CleanPose
    height_m : float or None
        Stature.
    contacts : Contacts
        For the fall in flight.
    marked : MarkedDistance, optional

    Returns
    -------
    Scales
        Empty without a body in the picture.

    References
    ----------
    Winter (2009), fig. 4.1 (the chain's share of the stature).
    """
    body_px = pose.body_height_px
    if not np.isfinite(body_px) or body_px <= 0:
        return Scales()
    found = []
    if height_m is not None:
        value = CONTACT.chain_of_stature * height_m / body_px
        found.append(Scale(value, METRIC.chain_sd_share * value, "stature"))
    if marked is not None:
        value = marked.metres / marked.length_px
        share = np.hypot(METRIC.mark_sd_share, np.sqrt(2) * METRIC.mark_sd_px / marked.length_px)
        found.append(Scale(value, float(share) * value, "marked distance"))
    fall_px = contacts.gravity_pct_bh_s2 / 100 * body_px
    if np.isfinite(fall_px) and fall_px > 0:
        value = G_M_S2 / fall_px
        share = np.hypot(METRIC.gravity_sd_share, METRIC.flight_sd_share / np.sqrt(max(contacts.flights, 1)))
        found.append(Scale(value, float(share) * value, "gravity"))
    return Scales(tuple(found))
