"""Where things are in a rendered film: an orthographic camera, its turn and its movement."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.synthetic.body import Array
from plumbline.synthetic.motion import Motion


@dataclass(frozen=True)
class Camera:
    """An orthographic side view.

    Parameters
    ----------
    width, height : int
        Image size in px.
    px_per_m : float
    x0_m : float
        World x at the image's centre column.
    floor_px : float
        Row of the floor (world y = 0) at the centre column.
    tilt_deg : float
        Roll of the camera; positive turns the picture counter-clockwise.
    shake_px : float
        Standard deviation of a smooth random shift of the whole picture.
    pan_px_s : float
        Steady turn of the camera: the picture moves left by so much a second.
    zoom_per_s : float
        Steady growth of the picture about its middle, a share a second.
    yaw_deg : float
        How far the view is off side-on.
    """

    width: int = 540
    height: int = 720
    px_per_m: float = 300.0
    x0_m: float = 0.0
    floor_px: float = 640.0
    tilt_deg: float = 0.0
    shake_px: float = 0.0
    pan_px_s: float = 0.0
    zoom_per_s: float = 0.0
    yaw_deg: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether the picture moves."""
        return bool(self.shake_px or self.pan_px_s or self.zoom_per_s)

    @property
    def centre(self) -> Array:
        """Middle of the picture (2,) in px."""
        return np.array([self.width / 2, self.height / 2])

    def project(self, xyz: Array) -> Array:
        """World (…, 3) in m to pixels (…, 2), tilt included, movement not."""
        across = self.turned(xyz)[..., 0]
        flat = np.stack(
            [across * self.px_per_m + self.width / 2, self.floor_px - xyz[..., 1] * self.px_per_m],
            -1,
        )
        a = np.radians(self.tilt_deg)
        turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
        return (flat - self.centre) @ turn.T + self.centre

    def turned(self, xyz: Array) -> Array:
        """Across the picture from its middle, up, and towards the camera (…, 3) in m."""
        a = np.radians(self.yaw_deg)
        x, z = xyz[..., 0] - self.x0_m, xyz[..., 2]
        return np.stack([x * np.cos(a) + z * np.sin(a), xyz[..., 1], z * np.cos(a) - x * np.sin(a)], -1)


def shake_path(camera: Camera, time_s: Array, seed: int) -> Array:
    """Smooth random shift (n, 2) in px of a hand-held camera, about 1-3 Hz."""
    if camera.shake_px == 0:
        return np.zeros((len(time_s), 2))
    rng = np.random.default_rng(seed + 1)
    f, phase = rng.uniform(0.6, 3.0, (6, 2)), rng.uniform(0, 2 * np.pi, (6, 2))
    wave = np.sin(2 * np.pi * f * np.asarray(time_s)[:, None, None] + phase).sum(1)
    return camera.shake_px * wave / np.sqrt(3.0)


def picture_path(camera: Camera, time_s: Array, seed: int) -> Array:
    """How the whole picture is moved in each frame: affine maps (n, 2, 3) in px."""
    t = np.asarray(time_s)
    zoom = 1 + camera.zoom_per_s * t
    shift = shake_path(camera, t, seed) - np.stack([camera.pan_px_s * t, 0 * t], -1)
    out = np.zeros((len(t), 2, 3))
    out[:, 0, 0] = out[:, 1, 1] = zoom
    out[:, :, 2] = shift + (1 - zoom)[:, None] * camera.centre
    return out


def project_motion(motion: Motion, camera: Camera, time_s: Array, seed: int = 0) -> Array:
    """Where every landmark (n, 33, 2) is in the film, in px, the camera's movement included."""
    path = picture_path(camera, time_s, seed)
    flat = camera.project(motion.at(time_s))
    return np.asarray(np.einsum("nij,nkj->nki", path[:, :, :2], flat) + path[:, None, :, 2])


def frame_camera(motion: Motion, width: int, height: int, fill: float = 0.72) -> Camera:
    """Place a camera so that the whole motion is in the picture with head room."""
    x = motion.xyz[:, :, 0]
    x0 = float((x.min() + x.max()) / 2)
    top = float(motion.xyz[:, :, 1].max()) + 0.08 * motion.body.height_m
    scale = min(fill * height / motion.body.height_m, 0.9 * height / top)
    scale = min(scale, 0.92 * width / float(np.ptp(x) + 0.3))
    return replace(Camera(width, height), px_per_m=scale, x0_m=x0, floor_px=0.93 * height)
