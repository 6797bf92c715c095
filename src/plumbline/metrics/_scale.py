"""Metres per pixel, from stature or from gravity in flight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.contact import Contacts
from plumbline.metrics._formulas import G_M_S2

# Tragion height 0.925 H less lateral malleolus height 0.039 H, standing; the chain runs
# along the body, so it changes little with posture. Winter (2009), fig. 4.1 for the
# malleolus; the tragion from head height in the same figure. Both to about 2 % between
# adults.
CHAIN_OF_STATURE = 0.886
CHAIN_SD_SHARE = 0.03
GRAVITY_SD_SHARE = 0.06


@dataclass(frozen=True)
class Scale:
    """Metres per pixel with its standard uncertainty and where it comes from."""

    value: float
    sd: float
    source: str


def find_scale(body_height_px: float, height_m: float | None, contacts: Contacts) -> Scale | None:
    """Scale from the stature when given, else from gravity in flight, else None."""
    if not np.isfinite(body_height_px) or body_height_px <= 0:
        return None
    if height_m is not None:
        value = CHAIN_OF_STATURE * height_m / body_height_px
        return Scale(value, CHAIN_SD_SHARE * value, "stature")
    gravity_px = contacts.gravity_pct_bh_s2 / 100 * body_height_px
    if np.isfinite(gravity_px) and gravity_px > 0:
        value = G_M_S2 / gravity_px
        flights = max(contacts.flights, 1)
        return Scale(value, GRAVITY_SD_SHARE * value / np.sqrt(min(flights, 8)), "gravity")
    return None
