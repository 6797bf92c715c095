"""Angles, plumb line, floor and view from cleaned landmarks."""

from plumbline.geometry._angles import flexion, interior_angle, lean, slope
from plumbline.geometry._bias import unbiased
from plumbline.geometry._camera import CameraView, View, find_view
from plumbline.geometry._floor import FloorLine, fit_floor
from plumbline.geometry._plumb import PLUMB_JOINTS, plumb_offsets, plumb_spread
from plumbline.geometry._tracks import KneeReading, SideTracks, Tracks, build_tracks, foot_slide_pct

__all__ = [
    "PLUMB_JOINTS",
    "CameraView",
    "FloorLine",
    "KneeReading",
    "SideTracks",
    "Tracks",
    "View",
    "build_tracks",
    "find_view",
    "fit_floor",
    "flexion",
    "foot_slide_pct",
    "interior_angle",
    "lean",
    "plumb_offsets",
    "plumb_spread",
    "slope",
    "unbiased",
]
