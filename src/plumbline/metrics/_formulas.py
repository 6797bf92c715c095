"""Formulas of jumping, from contact and flight time alone."""

from __future__ import annotations

import numpy as np

from plumbline.geometry import G_M_S2


def jump_height_m(flight_s: float) -> float:
    """Height in m of a ballistic flight of `flight_s` that lands as high as it left: g tf² / 8.

    References
    ----------
    Bosco 1983.
    """
    return G_M_S2 * flight_s**2 / 8


def peak_force_per_kg(contact_s: float, flight_s: float) -> float:
    """Peak vertical force of a half-sine contact, per body mass.

    Parameters
    ----------
    contact_s, flight_s : float

    Returns
    -------
    float
        N/kg.

    References
    ----------
    Morin et al. 2005, eq. 1.
    """
    return G_M_S2 * np.pi / 2 * (flight_s / contact_s + 1)


def vertical_displacement_m(contact_s: float, flight_s: float) -> float:
    """Downward travel of the centre of mass in contact, positive.

    |Δy| = Fmax tc² / (m π²) - g tc² / 8. The last term is subtracted: the mass starts
    its way down at touchdown speed.

    Parameters
    ----------
    contact_s, flight_s : float

    Returns
    -------
    float
        m.

    References
    ----------
    Morin et al. 2005, eq. 5, absolute value.
    """
    return peak_force_per_kg(contact_s, flight_s) * contact_s**2 / np.pi**2 - G_M_S2 * contact_s**2 / 8


def vertical_stiffness_per_kg(contact_s: float, flight_s: float) -> float:
    """Vertical stiffness per body mass: peak force over downward travel.

    Parameters
    ----------
    contact_s, flight_s : float

    Returns
    -------
    float
        N/m/kg.

    References
    ----------
    Morin, Dalleau, Kyröläinen, Jeannin & Belli (2005), J Appl Biomech 21, 167-180; identical to Dalleau et al.
    (2004), Int J Sports Med 25, 170-176.
    """
    return peak_force_per_kg(contact_s, flight_s) / vertical_displacement_m(contact_s, flight_s)
