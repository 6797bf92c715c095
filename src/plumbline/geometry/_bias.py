"""Takes off where the pose model is known to set its landmarks beside the joints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from plumbline.geometry._camera import CameraView
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES, read_only
from plumbline.resources import DATA, read_toml
from plumbline.signals import CleanPose, chain_length_px


@dataclass(frozen=True)
class LandmarkBias:
    """One landmark's offset, %BH: forward, up, and how far bodies differ."""

    name: str
    forward: float
    up: float
    sd: float
    origin: str


@lru_cache(maxsize=1)
def load_landmark_bias() -> tuple[LandmarkBias, ...]:
    """Rows of `data/landmark_bias.toml`."""
    return tuple(LandmarkBias(name, **row) for name, row in read_toml(DATA / "landmark_bias.toml").items())


def _indices(name: str) -> list[int]:
    joints = ("ear", "shoulder", "hip", "knee", "ankle")
    if name in joints:
        return [PLUMB_CHAIN[side][joints.index(name)] for side in SIDES]
    return [LEG[side][3 if name == "heel" else 4] for side in SIDES]


def unbiased(pose: CleanPose, camera: CameraView) -> CleanPose:
    """Landmarks moved onto the joints; the body height follows.

    Parameters
    ----------
    pose : CleanPose
    camera : CameraView
        Which way is forward.

    Returns
    -------
    CleanPose
        `raw`, `xy` and `body_height_px` are new, the rest is shared.
    """
    shift = np.zeros((pose.raw.shape[1], 2))
    for row in load_landmark_bias():
        shift[_indices(row.name)] = [camera.forward * row.forward, -row.up]
    shift *= pose.body_height_px / 100
    raw = read_only(pose.raw - shift)
    return replace(pose, raw=raw, xy=read_only(pose.xy - shift), body_height_px=chain_length_px(raw))
