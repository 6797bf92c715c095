"""Landmarks of people from frames, by a pose model behind a small protocol."""

from plumbline.pose._bundles import Bundle, bundle_path, cache_root, fetch, list_bundles, sha256_of, verify
from plumbline.pose._cache import forget_footage
from plumbline.pose._estimator import Footage, watch
from plumbline.pose._eye import Eye, PoseEstimator
from plumbline.pose._mediapipe import MediaPipeEstimator
from plumbline.pose._mirror import facing_votes
from plumbline.pose._people import CHOICES, People, read_choice
from plumbline.pose._see import see
from plumbline.pose._sequence import FloatArray, PoseSequence, read_only
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
    "Bundle",
    "Eye",
    "FloatArray",
    "Footage",
    "Landmark",
    "MediaPipeEstimator",
    "People",
    "PoseEstimator",
    "PoseSequence",
    "Side",
    "bundle_path",
    "cache_root",
    "facing_votes",
    "fetch",
    "forget_footage",
    "list_bundles",
    "other",
    "read_choice",
    "read_only",
    "see",
    "sha256_of",
    "verify",
    "watch",
]
