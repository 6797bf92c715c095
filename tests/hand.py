"""A figure set down by hand, joint by joint: its truth is what is written, in no need of a formula.

Places are (forward, up) in percent of body height; a picture has 4 px to the percent. `near` is the side that the
camera sees, `far` the other one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plumbline.geometry import CameraView, KneeReading, Tracks, build_tracks
from plumbline.measuring import load_measuring
from plumbline.metrics import Context
from plumbline.pose import LEG, PLUMB_CHAIN, Side, other, read_only
from plumbline.reps import Rep
from plumbline.signals import CleanPose

PX_PER_PCT = 4.0
WIDTH, HEIGHT, MIDDLE, FLOOR = 960, 720, 480.0, 700.0
NAN = float("nan")
# The knee as the landmarks show it.
KNEE = KneeReading(velocity_cutoff_hz=14.0)

# Joint to (forward, up), each a number or one number a frame.
Joints = Mapping[str, tuple[Any, Any]]

# Stands straight over its ankles, facing along +forward.
UPRIGHT: Joints = {
    "ear": (0, 93),
    "shoulder": (0, 80),
    "elbow": (0, 62),
    "wrist": (0, 48),
    "hip": (0, 50),
    "knee": (0, 27),
    "ankle": (0, 4),
    "heel": (-5, 1),
    "toe": (10, 1),
}


def clock(start_s: float, end_s: float, fps: float = 100.0) -> np.ndarray:
    """Evenly spaced instants that need not begin at 0."""
    return start_s + np.arange(round((end_s - start_s) * fps) + 1) / fps


def _rows(side: Side) -> dict[str, int]:
    return dict(
        zip(("ear", "shoulder", "hip", "knee", "ankle"), PLUMB_CHAIN[side], strict=True),
        heel=LEG[side][3],
        toe=LEG[side][4],
        elbow=PLUMB_CHAIN[side][1] + 2,
        wrist=PLUMB_CHAIN[side][1] + 4,
    )


def pose_by_hand(time_s: np.ndarray, near: Joints, far: Joints, facing: int = 1) -> CleanPose:
    """Landmarks of the figure; joints that are not given stand as in `UPRIGHT`."""
    n = len(time_s)
    xy = np.full((n, 33, 2), np.nan)
    side: Side = "right" if facing == 1 else "left"
    for name, joints in ((side, near), (other(side), far)):
        for joint, row in _rows(name).items():
            forward, up = {**UPRIGHT, **joints}[joint]
            xy[:, row, 0] = MIDDLE + facing * PX_PER_PCT * np.asarray(forward)
            xy[:, row, 1] = FLOOR - PX_PER_PCT * np.asarray(up)
    return pose_of(time_s, xy)


def pose_of(time_s: np.ndarray, xy: np.ndarray) -> CleanPose:
    """Landmarks (n, 33, 2) in px as they are, neither filtered nor levelled."""
    n = len(time_s)
    return CleanPose(
        time_s=read_only(time_s),
        raw=read_only(xy),
        xy=read_only(xy),
        body_height_px=100 * PX_PER_PCT,
        cutoff_hz=12.0,
        swapped=np.zeros(n, bool),
        found=np.ones(n, bool),
        inside=np.ones((n, 33), bool),
        to_picture=np.tile(np.eye(2, 3), (n, 1, 1)),
        width=WIDTH,
        height=HEIGHT,
    )


def side_camera(facing: int = 1, near_side: Side | None = None) -> CameraView:
    """A camera square to the side of the figure."""
    towards: Side = "right" if facing == 1 else "left"
    return CameraView("side", 0.1, towards, near_side or towards, True)


def tracks_by_hand(time_s: np.ndarray, near: Joints, far: Joints, facing: int = 1) -> Tracks:
    """The figure's tracks, the knee read as it stands."""
    return build_tracks(pose_by_hand(time_s, near, far, facing), side_camera(facing), KNEE)


def context(tracks: Tracks, **more: Any) -> Context:
    """The tracks ready for metrics."""
    return Context(tracks, load_measuring(), **more)


def rep(stance: str = "both", **events: float) -> Rep:
    """A repetition with the given instants; start, end and key follow from them where not given."""
    known = [v for v in (events.get(e, NAN) for e in ("touchdown_s", "toe_off_s", "landing_s")) if np.isfinite(v)]
    start = events.pop("start_s", known[0] if known else NAN)
    end = events.pop("end_s", known[-1] if known else NAN)
    key = events.pop("key_s", start)
    for event in ("touchdown_s", "toe_off_s", "landing_s"):
        if event in events:
            events.setdefault(f"{event[:-2]}_sd_s", 0.0)
    held = bool(events.pop("held", False))
    return Rep(1, stance, start, end, key, held=held, **events)


@dataclass(frozen=True)
class Legs:
    """What a metric gives with the near and with the far leg at work."""

    near: float
    far: float

    def of(self, stance: str, facing: int) -> float:
        near: Side = "right" if facing == 1 else "left"
        return self.far if stance == other(near) else self.near


def with_knee(flexion_deg: Any, hip: tuple[float, float] = (0, 50)) -> dict[str, tuple[Any, Any]]:
    """A thigh of 23 that hangs straight down, and a shank of 23 folded back from it by an angle."""
    bend = np.radians(flexion_deg)
    x, y = hip
    return {"hip": hip, "knee": (x, y - 23), "ankle": (x - 23 * np.sin(bend), y - 23 - 23 * np.cos(bend))}
