"""What a contact is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.contact._flight import Flight
from plumbline.contact._gait import Gait


@dataclass(frozen=True)
class Contact:
    """One stay on the floor.

    Touchdown is the first, toe-off the last instant at which a foot bears on the floor;
    NaN where the clip does not show it as an end of a flight.

    Attributes
    ----------
    touchdown_s, toe_off_s : float
    touchdown_sd_s, toe_off_sd_s : float
        Standard uncertainties.
    covariance_s2 : float
        Between the two, s²; contact time needs it.
    stance : {"both", "left", "right"}
        Which feet bear.
    touchdown_common_s, toe_off_common_s : float
        The part of each uncertainty that all contacts of the clip share: the shoe, the light, the view.
    """

    touchdown_s: float
    toe_off_s: float
    touchdown_sd_s: float
    toe_off_sd_s: float
    covariance_s2: float
    stance: str
    touchdown_common_s: float = 0.0
    toe_off_common_s: float = 0.0

    def vaguer(self, common_s: float, own_s: float = 0.0) -> Contact:
        """The same with standard uncertainties added to both events: one all contacts share, one each has alone.

        Parameters
        ----------
        common_s, own_s : float
            In s.

        Returns
        -------
        Contact
        """
        both_s = float(np.hypot(common_s, own_s))
        return replace(
            self,
            touchdown_sd_s=float(np.hypot(self.touchdown_sd_s, both_s)),
            toe_off_sd_s=float(np.hypot(self.toe_off_sd_s, both_s)),
            touchdown_common_s=float(np.hypot(self.touchdown_common_s, common_s)),
            toe_off_common_s=float(np.hypot(self.toe_off_common_s, common_s)),
        )

    @property
    def whole(self) -> bool:
        """Whether both ends are seen."""
        return bool(np.isfinite(self.touchdown_s) and np.isfinite(self.toe_off_s))


@dataclass(frozen=True)
class Contacts:
    """All contacts of a clip.

    Attributes
    ----------
    items : tuple of Contact
        In order.
    gravity_pct_bh_s2 : float
        Downward acceleration found in the flights, %BH/s²; NaN without one that shows it, as in a run.
    implausible : tuple of Flight
        Flights that are doubtful.
    gait : Gait or None
        How the legs take turns, where they do.
    """

    items: tuple[Contact, ...]
    gravity_pct_bh_s2: float
    implausible: tuple[Flight, ...]
    gait: Gait | None = None

    @property
    def flights(self) -> int:
        """Number of flights between the contacts."""
        return max(len(self.items) - 1, 0)

    def vaguer(self, common_s: float) -> Contacts:
        """The same with an uncertainty `common_s` added to every event that they share."""
        return replace(self, items=tuple(c.vaguer(common_s) for c in self.items))

    def per_body_height(self, before_px: float, after_px: float) -> Contacts:
        """The same with gravity in percent of another body height.

        Parameters
        ----------
        before_px : float
            The body height that gravity is a percentage of.
        after_px : float
            The one to express it in.

        Returns
        -------
        Contacts
        """
        return replace(self, gravity_pct_bh_s2=self.gravity_pct_bh_s2 * before_px / after_px)
