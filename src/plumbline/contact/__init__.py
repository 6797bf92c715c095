"""Touchdown and toe-off below frame resolution, from feet and ballistic trunk together."""

from plumbline.contact._detect import Contact, Contacts, detect_contacts
from plumbline.contact._flights import GRAVITY_PCT_BH, Flight, find_flights
from plumbline.contact._heights import Heights, foot_heights

__all__ = [
    "GRAVITY_PCT_BH",
    "Contact",
    "Contacts",
    "Flight",
    "Heights",
    "detect_contacts",
    "find_flights",
    "foot_heights",
]
