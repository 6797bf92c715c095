"""A phone on a tripod: a perspective camera with height, distance, turn and roll."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plumbline.synthetic.skeleton import Array


@dataclass(frozen=True)
class Camera:
    """Where the phone stands and what it sees.

    Parameters
    ----------
    width, height : int
        Size of the picture in px.
    fov_deg : float
        Upright angle of view.
    distance_m : float
        From the aim, over the ground.
    height_m : float
        Of the lens above the floor.
    aim_m : tuple of (x, y)
        Point in the athlete's plane that lies in the picture's middle.
    yaw_deg : float
        How far the view is off side-on; positive sees more of the athlete's front.
    roll_deg : float
        Positive turns the picture counter-clockwise.
    near : "right" or "left"
        The athlete's side that is filmed: an athlete filmed from the right faces right.
    """

    width: int = 540
    height: int = 720
    fov_deg: float = 42.0
    distance_m: float = 3.6
    height_m: float = 1.0
    aim_m: tuple[float, float] = (0.0, 0.85)
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    near: str = "right"

    @property
    def side(self) -> float:
        """+1 on the athlete's right, -1 on the left."""
        return 1.0 if self.near == "right" else -1.0

    @property
    def focal_px(self) -> float:
        """Focal length in px."""
        return float(self.height / 2 / np.tan(np.radians(self.fov_deg) / 2))

    @property
    def eye_m(self) -> Array:
        """The lens (3,) in m."""
        a = np.radians(self.yaw_deg)
        x, z = self.distance_m * np.sin(a), self.side * self.distance_m * np.cos(a)
        return np.array([self.aim_m[0] + x, self.height_m, z])

    @property
    def axes(self) -> Array:
        """Right, up and forward (3, 3), a row each."""
        forward = np.array([self.aim_m[0], self.aim_m[1], 0.0]) - self.eye_m
        forward /= np.linalg.norm(forward)
        right = np.cross(forward, [0.0, 1.0, 0.0])
        right /= np.linalg.norm(right)
        up = np.cross(right, forward)
        a = np.radians(self.roll_deg)
        return np.stack([np.cos(a) * right - np.sin(a) * up, np.cos(a) * up + np.sin(a) * right, forward])

    def project(self, xyz: Array) -> Array:
        """World (…, 3) in m to pixels (…, 2)."""
        seen = (xyz - self.eye_m) @ self.axes.T
        scale = self.focal_px / seen[..., 2:]
        return np.asarray(seen[..., :2] * scale * [1.0, -1.0] + [self.width / 2, self.height / 2])

    def clip_matrix(self, near_m: float = 0.3, far_m: float = 60.0) -> Array:
        """World to OpenGL's clip space (4, 4)."""
        view = np.eye(4)
        view[:3, :3] = self.axes * [[1.0], [1.0], [-1.0]]
        view[:3, 3] = -view[:3, :3] @ self.eye_m
        f = 2 * self.focal_px
        depth, span = near_m + far_m, near_m - far_m
        lens = np.array(
            [
                [f / self.width, 0, 0, 0],
                [0, f / self.height, 0, 0],
                [0, 0, depth / span, 2 * near_m * far_m / span],
                [0, 0, -1.0, 0],
            ]
        )
        return np.asarray(lens @ view)
