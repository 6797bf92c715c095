"""Films an athlete: a real H.264 film with the truth beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from plumbline.synthetic.body import Body
from plumbline.synthetic.camera import Camera
from plumbline.synthetic.render import Renderer, Shutter
from plumbline.synthetic.scene import Scene
from plumbline.synthetic.skeleton import Array, Movement, joint_positions
from plumbline.synthetic.truth import truth_document, write_truth
from plumbline.synthetic.wardrobe import Look
from plumbline.video import FilmWriter

TRUTH_SUFFIX = ".truth.json"


@dataclass(frozen=True)
class Shot:
    """How a movement is filmed.

    Parameters
    ----------
    camera : Camera
    scene : Scene
    look : Look
    shutter : Shutter
    fps : float
    phase : float
        Where the first frame lies, as a fraction of a frame interval.
    drop_share : float
        Share of frames left out at random: a variable frame rate.
    slow_motion : float
        Real seconds are stretched by this factor in the file.
    shake_px : float
        Standard deviation of a smooth random shift of the whole picture.
    seed : int
    crf : int
        x264 quality.
    """

    camera: Camera = field(default_factory=Camera)
    scene: Scene = field(default_factory=Scene)
    look: Look = field(default_factory=Look)
    shutter: Shutter = field(default_factory=Shutter)
    fps: float = 60.0
    phase: float = 0.37
    drop_share: float = 0.0
    slow_motion: float = 1.0
    shake_px: float = 0.0
    seed: int = 0
    crf: int = 25

    def frame_times(self, movement: Movement) -> Array:
        """Times (n,) in s of the movement at which frames are taken."""
        first, last = movement.time_s[[0, -1]]
        t = first + (np.arange(int((last - first) * self.fps) + 1) + self.phase) / self.fps
        t = t[t <= last]
        keep = np.random.default_rng(self.seed + 7).random(len(t)) >= self.drop_share
        keep[0] = True
        return np.asarray(t[keep])

    def shake_path(self, time_s: Array) -> Array:
        """Shift (n, 2) of the picture in px, right and up: a hand's, 0.6 to 3 Hz."""
        rng = np.random.default_rng(self.seed + 1)
        f, phase = rng.uniform(0.6, 3.0, (6, 2)), rng.uniform(0, 2 * np.pi, (6, 2))
        wave = np.sin(2 * np.pi * f * np.asarray(time_s)[:, None, None] + phase).sum(1)
        return np.asarray(self.shake_px * wave / np.sqrt(3.0))


def framed(movement: Movement, camera: Camera, fill: float = 0.80) -> Camera:
    """The camera stepped back, and moved along, until the whole movement is in its picture."""
    places = np.stack(list(joint_positions(movement.anatomy, movement.root_m, movement.rotation).values()))
    low, high = places.reshape(-1, 3).min(0), places.reshape(-1, 3).max(0)
    tall, wide = high[1] - min(low[1], 0.0), high[0] - low[0] + 0.25
    across = camera.width / camera.height
    view = 2 * np.tan(np.radians(camera.fov_deg) / 2)
    distance = max(tall / (fill * view), wide / (0.92 * view * across)) + 0.2
    middle = (float(low[0] + high[0]) / 2, float(0.5 * high[1] + 0.02))
    return replace(camera, distance_m=float(distance), aim_m=middle)


def truth_path(clip: Path) -> Path:
    """Where a clip's truth lies: beside it."""
    return clip.with_suffix(TRUTH_SUFFIX)


def write_film(
    movement: Movement,
    body: Body,
    shot: Shot,
    path: Path,
    *,
    planted: Mapping[int, tuple[str, ...]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Array:
    """Draw, encode and write the truth, planted faults by rep in it; return the movement's times (n,) of the frames.

    Raises
    ------
    NoDriverError
        When nothing on this machine draws.
    """
    t = shot.frame_times(movement)
    shift = shot.shake_path(t)
    camera = shot.camera
    with (
        Renderer(movement, body, shot.look, shot.scene, camera, shot.shutter) as renderer,
        FilmWriter(path, camera.width, camera.height, shot.fps / shot.slow_motion, crf=shot.crf, preset="slow") as film,
    ):
        for k, time_s in enumerate(t):
            image = renderer.frame(float(time_s), shot.seed + k, (-float(shift[k, 0]), -float(shift[k, 1])))
            film.write(image, float(time_s - t[0]) * shot.slow_motion)
            if progress is not None:
                progress(k + 1, len(t))
    document = truth_document(movement, movement.contacts, camera.near, float(t[0]), planted)
    write_truth(document, truth_path(path))
    return t
