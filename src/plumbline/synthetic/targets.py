"""Where an athlete's joints and landmarks are at any time, in space and in the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from plumbline.synthetic.camera import Camera
from plumbline.synthetic.posture import posture_at
from plumbline.synthetic.sensing import landmark_places
from plumbline.synthetic.skeleton import Array, Movement


def at_times(movement: Movement, time_s: Array) -> Movement:
    """The movement as it is at given times (n,)."""
    root, rotation = posture_at(movement, time_s)
    return replace(movement, time_s=np.asarray(time_s, float), root_m=root, rotation=rotation)


def landmarks_px(movement: Movement, camera: Camera, time_s: Array) -> Array:
    """The 33 landmarks (n, 33, 2) in px where they are, unseen ones too."""
    return camera.project(landmark_places(at_times(movement, time_s)))
