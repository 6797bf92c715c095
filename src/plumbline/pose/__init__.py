"""Landmarks of people, frame by frame."""

from plumbline.pose._footage import Footage, Glimpse
from plumbline.pose._mirror import facing_votes, mirror_back
from plumbline.pose._people import CHOICES, People, boxes_of, follow, gather, read_choice
from plumbline.pose._sequence import PoseSequence, middle_of, read_only
from plumbline.pose._settings import POSE
from plumbline.pose.landmarks import ARM, LEG, N_LANDMARKS, PLUMB_CHAIN, SIDES, Landmark, Side, other

__all__ = [
    "ARM",
    "CHOICES",
    "LEG",
    "N_LANDMARKS",
    "PLUMB_CHAIN",
    "POSE",
    "SIDES",
    "Footage",
    "Glimpse",
    "Landmark",
    "People",
    "PoseSequence",
    "Side",
    "boxes_of",
    "facing_votes",
    "follow",
    "gather",
    "middle_of",
    "mirror_back",
    "other",
    "read_choice",
    "read_only",
]
