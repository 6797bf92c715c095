"""Touchdown and toe-off below frame resolution, from feet and ballistic trunk together."""

from plumbline.contact._contact import Contact, Contacts
from plumbline.contact._detect import detect_contacts, foot_touchdown
from plumbline.contact._flight import GRAVITY_PCT_BH, Flight
from plumbline.contact._flights import find_flights
from plumbline.contact._gait import Gait, find_gait
from plumbline.contact._heights import Heights, foot_heights
from plumbline.contact._ramp import find_ramp
from plumbline.contact._rate import Rate, find_rate
from plumbline.contact._settings import CONTACT
from plumbline.contact._tilt import Tilt, find_tilt

__all__ = [
    "CONTACT",
    "GRAVITY_PCT_BH",
    "Contact",
    "Contacts",
    "Flight",
    "Gait",
    "Heights",
    "Rate",
    "Tilt",
    "detect_contacts",
    "find_flights",
    "find_gait",
    "find_ramp",
    "find_rate",
    "find_tilt",
    "foot_heights",
    "foot_touchdown",
]
