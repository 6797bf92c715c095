"""Landmarks of people from a film's frames, by a pose model behind a small protocol."""

from plumbline.estimation._bundles import Bundle, bundle_path, cache_root, fetch, list_bundles, sha256_of, verify
from plumbline.estimation._cache import forget_footage
from plumbline.estimation._eye import Eye, PoseEstimator
from plumbline.estimation._mediapipe import MediaPipeEstimator, load_mediapipe
from plumbline.estimation._see import see
from plumbline.estimation._settings import ESTIMATION
from plumbline.estimation._watch import watch

__all__ = [
    "ESTIMATION",
    "Bundle",
    "Eye",
    "MediaPipeEstimator",
    "PoseEstimator",
    "bundle_path",
    "cache_root",
    "fetch",
    "forget_footage",
    "list_bundles",
    "load_mediapipe",
    "see",
    "sha256_of",
    "verify",
    "watch",
]
