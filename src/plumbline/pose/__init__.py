"""Landmarks of one person from frames, by a pose model behind a small protocol."""

from plumbline.pose._bundles import Bundle, bundle_path, fetch, list_bundles, verify
from plumbline.pose._estimator import PoseEstimator, estimate_pose
from plumbline.pose._mediapipe import MediaPipeEstimator
from plumbline.pose._sequence import FloatArray, PoseSequence, read_only
from plumbline.pose.landmarks import ARM, LEG, N_LANDMARKS, PLUMB_CHAIN, SIDES, Landmark, Side, other

__all__ = [
    "ARM",
    "LEG",
    "N_LANDMARKS",
    "PLUMB_CHAIN",
    "SIDES",
    "Bundle",
    "FloatArray",
    "Landmark",
    "MediaPipeEstimator",
    "PoseEstimator",
    "PoseSequence",
    "Side",
    "bundle_path",
    "estimate_pose",
    "fetch",
    "list_bundles",
    "other",
    "read_only",
    "verify",
]
