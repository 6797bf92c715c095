"""Angles, plumb line, floor and view from cleaned landmarks."""

from plumbline.geometry._angles import flexion, interior_angle, lean, slope
from plumbline.geometry._bias import unbiased
from plumbline.geometry._camera import CameraView, View, find_view
from plumbline.geometry._floor import FloorLine, fit_floor
from plumbline.geometry._frontal import (
    knee_ahead,
    knee_inwards_deg,
    knee_projection_deg,
    middle_hip,
    middle_shoulder,
    side_lean_deg,
    thigh_seen,
    trunk_to_the_left_deg,
)
from plumbline.geometry._mass_centre import G_M_S2, mass_centre
from plumbline.geometry._plumb import PLUMB_JOINTS, plumb_offsets
from plumbline.geometry._settings import GEOMETRY
from plumbline.geometry._tracks import (
    KneeReading,
    SideTracks,
    Tracks,
    build_tracks,
    feet_outside,
    foot_slide_pct,
    trunk_lean,
)

__all__ = [
    "GEOMETRY",
    "G_M_S2",
    "PLUMB_JOINTS",
    "CameraView",
    "FloorLine",
    "KneeReading",
    "SideTracks",
    "Tracks",
    "View",
    "build_tracks",
    "feet_outside",
    "find_view",
    "fit_floor",
    "flexion",
    "foot_slide_pct",
    "interior_angle",
    "knee_ahead",
    "knee_inwards_deg",
    "knee_projection_deg",
    "lean",
    "mass_centre",
    "middle_hip",
    "middle_shoulder",
    "plumb_offsets",
    "side_lean_deg",
    "slope",
    "thigh_seen",
    "trunk_lean",
    "trunk_to_the_left_deg",
    "unbiased",
]
