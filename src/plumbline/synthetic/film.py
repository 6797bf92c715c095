"""Turns a motion into a real H.264 film with the frame times of a real camera."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from plumbline.synthetic.body import Array
from plumbline.synthetic.camera import Camera
from plumbline.synthetic.motion import Motion
from plumbline.synthetic.render import Look, frames
from plumbline.video import FilmWriter


@dataclass(frozen=True)
class Shot:
    """How a motion is filmed.

    Parameters
    ----------
    camera : Camera
    fps : float
    phase : float
        Where the first frame lies, as a fraction of a frame interval.
    drop_share : float
        Share of frames left out at random: a variable frame rate.
    slow_motion : float
        Real seconds are stretched by this factor in the file.
    look : Look
    seed : int
    boxes : tuple of (x0, x1, top) in m
        Boxes standing on the floor.
    crf : int
        x264 quality.
    """

    camera: Camera
    fps: float = 60.0
    phase: float = 0.0
    drop_share: float = 0.0
    slow_motion: float = 1.0
    look: Look = field(default_factory=Look)
    seed: int = 0
    boxes: tuple[tuple[float, float, float], ...] = ()
    crf: int = 21

    def frame_times(self, duration_s: float) -> Array:
        """Times (n,) in s of the motion at which frames are taken."""
        t = (np.arange(int(duration_s * self.fps)) + self.phase) / self.fps
        t = t[t <= duration_s]
        keep = np.random.default_rng(self.seed + 7).random(len(t)) >= self.drop_share
        keep[0] = True
        return np.asarray(t[keep])


def write_film(motion: Motion, shot: Shot, path: Path) -> Array:
    """Render and encode; return the motion's times (n,) of the frames, the first being film time 0."""
    t = shot.frame_times(motion.duration_s)
    cam = shot.camera
    with FilmWriter(path, cam.width, cam.height, shot.fps / shot.slow_motion, crf=shot.crf) as film:
        pictures = frames(motion, cam, t, look=shot.look, seed=shot.seed, boxes=shot.boxes)
        for time_s, image in zip(t, pictures, strict=True):
            film.write(image, float(time_s - t[0]) * shot.slow_motion)
    return t
