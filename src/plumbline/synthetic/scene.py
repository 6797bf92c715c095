"""Places to film in, their light, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.synthetic.body import BONES
from plumbline.synthetic.camera import Camera
from plumbline.synthetic.skeleton import Array, Movement
from plumbline.synthetic.surface import VERTEX

PLACES = ("gym", "track", "field", "corridor", "room")
WOOD, BELT, METAL = 6, 7, 5
# The deck of a treadmill above the room's floor, in m, and half its length and width.
DECK_M, DECK_LENGTH_M, DECK_WIDTH_M = 0.17, 0.95, 0.36


@dataclass(frozen=True)
class Scene:
    """Where the athlete is filmed, and in which light.

    Parameters
    ----------
    place : "gym", "track", "field", "corridor" or "room"
    light_from_deg : float
        Where the key light comes from: 0 is behind the camera, 90 from the picture's right.
    light_height_deg : float
        Its elevation.
    light, sky : float
        Strength of the key light and of the light from all around.
    warm : float
        Colour of the key light, from -1 (blue) to 1 (yellow).
    soft_m : float
        Width of the shadows' edge.
    grain : float
        Sensor noise as a share of full scale.
    seed : int
        Varies what hangs on the walls.
    """

    place: str = "gym"
    light_from_deg: float = 40.0
    light_height_deg: float = 55.0
    light: float = 1.3
    sky: float = 0.55
    warm: float = 0.1
    soft_m: float = 0.02
    grain: float = 0.012
    seed: int = 0

    def key_direction(self, camera: Camera) -> Array:
        """Unit vector (3,) towards the key light."""
        a, e = np.radians(self.light_from_deg), np.radians(self.light_height_deg)
        s = camera.side
        return np.array([s * np.sin(a) * np.cos(e), np.sin(e), s * np.cos(a) * np.cos(e)])

    @property
    def colours(self) -> tuple[Array, Array, Array]:
        """Key light, light from above and light from the floor (3,), linear."""
        key = self.light * np.array([1 + 0.10 * self.warm, 1.0, 1 - 0.16 * self.warm])
        sky = self.sky * np.array([0.95, 1.0, 1.07] if self.place in ("track", "field") else [1.02, 1.0, 0.97])
        floor = {
            "gym": (0.50, 0.40, 0.28),
            "track": (0.50, 0.30, 0.24),
            "field": (0.26, 0.33, 0.18),
            "corridor": (0.46, 0.46, 0.46),
            "room": (0.44, 0.39, 0.34),
        }[self.place]
        return key, sky, (self.sky + 0.35 * self.light) * np.array(floor)


def _box(low: Array, high: Array, colour: tuple[float, float, float], material: int) -> NDArray[np.void]:
    """Thirty-six vertices of a box, in the world's axes."""
    rows = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for end, sign in ((0, -1.0), (1, 1.0)):
            for a, b in ((0, 0), (1, 0), (0, 1), (1, 0), (1, 1), (0, 1)):
                place, normal = np.zeros(3), np.zeros(3)
                place[axis], place[u], place[v] = (low, high)[end][axis], (low, high)[a][u], (low, high)[b][v]
                normal[axis] = sign
                rows.append((place, normal))
    out = np.zeros(len(rows), VERTEX)
    out["place"], out["normal"] = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    # The last bone stands still.
    out["bones"][:, 0], out["share"][:, 0] = BONES, 1.0
    out["colour"], out["material"], out["inside"] = np.array(colour) ** 2.2, material, 1.0
    return out


def props(movement: Movement, camera: Camera) -> NDArray[np.void]:
    """Boxes and the treadmill, as vertices (three a face)."""
    out = []
    for x0, x1, top in movement.floors:
        out.append(_box(np.array([x0, 0.0, -0.38]), np.array([x1, top, 0.38]), (0.72, 0.55, 0.36), WOOD))
    if movement.ground_speed_m_s:
        x, w = DECK_LENGTH_M, DECK_WIDTH_M
        dark, grey = (0.14, 0.14, 0.15), (0.32, 0.33, 0.35)
        out += [
            _box(np.array([-x, -0.05, -w + 0.06]), np.array([x, 0.0, w - 0.06]), dark, BELT),
            _box(np.array([-x - 0.05, -DECK_M, -w]), np.array([x + 0.35, -0.06, w]), dark, METAL),
        ]
        far = -camera.side * (w + 0.03)
        for z in (-w, w):
            out.append(_box(np.array([-x, -0.09, z - 0.06]), np.array([x + 0.2, 0.015, z + 0.06]), grey, METAL))
            out.append(_box(np.array([x + 0.1, 0.0, z - 0.03]), np.array([x + 0.17, 1.05, z + 0.03]), grey, METAL))
        out.append(_box(np.array([x + 0.02, 1.02, -w]), np.array([x + 0.22, 1.22, w]), dark, METAL))
        out.append(_box(np.array([x - 0.40, 0.88, far - 0.02]), np.array([x + 0.10, 0.92, far + 0.02]), grey, METAL))
    return np.concatenate(out) if out else np.zeros(0, VERTEX)
