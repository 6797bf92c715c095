"""What one repetition is."""

from __future__ import annotations

from dataclasses import dataclass

NAN = float("nan")


@dataclass(frozen=True)
class Rep:
    """One repetition; times in s, NaN where the event does not exist.

    Attributes
    ----------
    index : int
        From 1.
    stance : {"both", "left", "right"}
        Foot or feet that bear; in recoveries and kicks the leg that works.
    start_s, end_s : float
    key_s : float
        The instant that shows the rep best: touchdown, landing, deepest or highest point.
    touchdown_s, toe_off_s, landing_s : float
        `landing_s` is the next touchdown after the rep's flight.
    touchdown_sd_s, toe_off_sd_s, landing_sd_s : float
        Standard uncertainties.
    touchdown_common_s, toe_off_common_s, landing_common_s : float
        The part of each uncertainty that all events of its kind in the clip share.
    covariance_s2 : float
        Between touchdown and toe-off, s².
    held : bool
        A position that is kept from start to end, without a moment of its own.
    """

    index: int
    stance: str
    start_s: float
    end_s: float
    key_s: float
    touchdown_s: float = NAN
    toe_off_s: float = NAN
    landing_s: float = NAN
    touchdown_sd_s: float = NAN
    toe_off_sd_s: float = NAN
    landing_sd_s: float = NAN
    touchdown_common_s: float = 0.0
    toe_off_common_s: float = 0.0
    landing_common_s: float = 0.0
    covariance_s2: float = 0.0
    held: bool = False
