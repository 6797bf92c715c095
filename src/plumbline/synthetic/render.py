"""Draws a figure: z-buffered tapered capsules, orthographic, in front of a plain gym.

Enough of a person for a pose model to find in every frame, with joints that are
known exactly. Far limbs are dimmed as they are in a real side view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plumbline.errors import opencv_libraries
from plumbline.pose.landmarks import ARM, LEG, SIDES, Landmark
from plumbline.synthetic.body import Array, Body
from plumbline.synthetic.camera import Camera, picture_path, project_motion
from plumbline.synthetic.motion import Motion

with opencv_libraries():
    import cv2

Image = NDArray[np.uint8]
SUPERSAMPLE = 2
# Soft parts lie behind the joints (fractions of stature): with them the pose model puts
# ear, shoulder and hip where the figure has them.
SEAT_BACK = 0.014
CHEST_BACK = 0.014
HEAD_BACK = 0.020
THIGH_BACK = 0.010
# The nose ahead of the ears, and how much of the shoulders' breadth makes a view one from the front.
NOSE_AHEAD, BREADTH_SEEN = 0.068, 0.1
# Towards the light: from the upper left, in front of the figure (x right, y down, z to camera).
LIGHT = np.array([-0.35, -0.55, 0.76])


@dataclass(frozen=True)
class Look:
    """Colours (BGR 0-255), how dark the far limbs are, and sensor noise (grey levels)."""

    skin: tuple[int, int, int] = (134, 163, 208)
    shirt: tuple[int, int, int] = (150, 70, 40)
    shorts: tuple[int, int, int] = (48, 44, 44)
    shoe: tuple[int, int, int] = (60, 60, 225)
    hair: tuple[int, int, int] = (30, 38, 52)
    wall: tuple[int, int, int] = (196, 203, 205)
    floor: tuple[int, int, int] = (120, 158, 190)
    far_dim: float = 0.6
    noise: float = 2.5


@dataclass(frozen=True)
class _Capsule:
    a: Array  # (3,) px, px, depth px
    b: Array
    radius_a: float
    radius_b: float
    colour: Array  # (3,)


def background(camera: Camera, look: Look, seed: int = 0, boxes: tuple[tuple[float, float, float], ...] = ()) -> Image:
    """A wall with panels and bars, a floor with boards; `boxes` are (x0, x1, top) in m."""
    rng = np.random.default_rng(seed)
    h, w = camera.height, camera.width
    pad = int(0.25 * max(h, w))
    big = np.zeros((h + 2 * pad, w + 2 * pad, 3), np.float32)
    edge = int(camera.floor_px + pad - 0.10 * camera.px_per_m)
    big[:edge] = look.wall
    big[edge:] = look.floor
    big[:edge] *= np.linspace(0.86, 1.04, edge, dtype=np.float32)[:, None, None]
    big[edge:] *= np.linspace(0.80, 1.10, len(big) - edge, dtype=np.float32)[:, None, None]
    step = int(0.62 * camera.px_per_m)
    for x in range(int(rng.integers(0, step)), big.shape[1], step):
        cv2.line(big, (x, 0), (x, edge), (168, 174, 178), 2)
    for y in range(edge - step, 0, -step):
        cv2.line(big, (0, y), (big.shape[1], y), (180, 186, 190), 1)
    cv2.line(big, (0, edge), (big.shape[1], edge), (90, 100, 110), 3)
    for k in range(1, 7):
        y = edge + int((len(big) - edge) * (k / 7) ** 1.5)
        cv2.line(big, (0, y), (big.shape[1], y), (100, 136, 165), 1)
    for _ in range(4):
        x, y = rng.integers(0, big.shape[1]), rng.integers(0, max(edge - step, 1))
        size = rng.integers(step // 3, step, 2)
        colour = tuple(int(c) for c in rng.integers(90, 210, 3))
        cv2.rectangle(big, (int(x), int(y)), (int(x + size[0]), int(y + size[1])), colour, -1)
    for x0, x1, top in boxes:
        left, right = (int((x - camera.x0_m) * camera.px_per_m + w / 2 + pad) for x in (x0, x1))
        up = int(camera.floor_px - top * camera.px_per_m + pad)
        down = int(camera.floor_px + pad + 0.05 * camera.px_per_m)
        cv2.rectangle(big, (left, up), (right, down), (70, 110, 140), -1)
        cv2.rectangle(big, (left, up), (right, down), (50, 80, 100), 2)
    big = cv2.GaussianBlur(big, (0, 0), 1.2)
    if camera.tilt_deg:
        centre = (big.shape[1] / 2, big.shape[0] / 2)
        turn = cv2.getRotationMatrix2D(centre, camera.tilt_deg, 1.0)
        big = cv2.warpAffine(big, turn, big.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
    return np.clip(big[pad : pad + h, pad : pad + w], 0, 255).astype(np.uint8)


def _capsules(body: Body, look: Look, p: Array, px_per_m: float) -> list[_Capsule]:
    """The figure's parts for one frame; `p` (33, 3) holds px, px and depth in px."""
    unit = body.height_m * px_per_m
    out: list[_Capsule] = []

    def add(a: Array, b: Array, ra: float, rb: float, colour: tuple[int, int, int], dim: float) -> None:
        out.append(_Capsule(a, b, ra * unit, rb * unit, np.array(colour, np.float32) * dim))

    down = np.array([0, 0.01 * unit, 0])
    # How much of the figure's forward lies across the picture: 1 or -1 from the side, 0 from the front.
    across = float(p[Landmark.NOSE][0] - (p[7][0] + p[8][0]) / 2) / (NOSE_AHEAD * unit)
    for side in SIDES:
        dim = 1.0 if side == body.near_side else look.far_dim
        hip, knee, ankle, heel, toe = (p[i] for i in LEG[side])
        hip = hip + np.array([-across * THIGH_BACK * unit, 0.0, 0.0])
        mid = hip + 0.62 * (knee - hip)
        add(knee, mid, 0.036, 0.046, look.skin, dim)
        add(hip, mid, 0.058, 0.049, look.shorts, dim)
        calf = knee + 0.32 * (ankle - knee)
        add(knee, calf, 0.033, 0.036, look.skin, dim)
        add(calf, ankle, 0.036, 0.021, look.skin, dim)
        lift = (ankle - (heel + toe) / 2) * 0.35
        tip = toe - 0.10 * (toe - heel)
        add(heel + lift * 0.9 + 0.12 * (toe - heel), tip + lift * 0.45, 0.018, 0.013, look.shoe, dim)
        add(ankle - 0.2 * lift, (heel + toe) / 2 + lift * 0.6, 0.022, 0.017, look.shoe, dim)
        shoulder, elbow, wrist = (p[i] for i in ARM[side])
        sleeve = shoulder + 0.5 * (elbow - shoulder)
        add(shoulder, sleeve, 0.033, 0.030, look.shirt, dim)
        add(sleeve, elbow, 0.026, 0.022, look.skin, dim)
        add(elbow, wrist, 0.022, 0.016, look.skin, dim)
        add(wrist, p[19 if side == "left" else 20], 0.017, 0.013, look.skin, dim)
    back = np.array([-across * unit, 0.0, 0.0])
    hip, shoulder = (p[23] + p[24]) / 2 + SEAT_BACK * back, (p[11] + p[12]) / 2 + CHEST_BACK * back
    chest = hip + 0.72 * (shoulder - hip)
    waist = hip + 0.30 * (shoulder - hip)
    add(hip, waist, 0.064, 0.058, look.shorts, 1.0)
    add(waist, chest, 0.060, 0.066, look.shirt, 1.0)
    add(chest, shoulder + down, 0.066, 0.047, look.shirt, 1.0)
    broad = abs(p[11][0] - p[12][0]) > BREADTH_SEEN * unit
    for k in (0, 1) if broad else ():  # flanks: the trunk is broader than deep
        add(0.6 * p[23 + k] + 0.4 * hip, 0.7 * p[11 + k] + 0.3 * shoulder + 2 * down, 0.052, 0.046, look.shirt, 1.0)
    ear, nose = (p[7] + p[8]) / 2, p[Landmark.NOSE]
    forward = (nose - ear) / max(float(np.linalg.norm(nose - ear)), 1e-6)
    skull = ear + HEAD_BACK * back - 2.2 * down
    add(shoulder - 1.5 * down, ear + HEAD_BACK * back + 1.8 * down, 0.030, 0.030, look.skin, 1.0)
    add(skull, skull, 0.054, 0.054, look.skin, 1.0)
    crown = skull + 0.010 * back - 1.2 * down
    add(crown, crown, 0.056, 0.056, look.hair, 1.0)
    face = ear + HEAD_BACK * back + forward * 0.028 * unit
    add(face - down, face + 3.3 * down, 0.044, 0.030, look.skin, 1.0)
    nose = nose + HEAD_BACK * back
    add(nose - forward * 0.014 * unit - down, nose - forward * 0.006 * unit, 0.007, 0.009, look.skin, 1.0)
    for i in (2, 5):
        eye = p[i] - forward * 0.006 * unit + HEAD_BACK * back
        add(eye, eye, 0.006, 0.006, (40, 40, 40), 1.0)
    for i, side in ((7, "left"), (8, "right")):
        dim = 1.0 if side == body.near_side else look.far_dim
        add(p[i] - 0.8 * down, p[i] + 0.6 * down, 0.011, 0.009, look.skin, 0.9 * dim)
    return out


def _paint(part: _Capsule, origin: Array, depth: NDArray[np.float32], colour: NDArray[np.float32]) -> None:
    """Draw one capsule into the supersampled buffers, nearest surface wins."""
    s = SUPERSAMPLE
    a, b = (part.a[:2] - origin) * s, (part.b[:2] - origin) * s
    ra, rb = part.radius_a * s, part.radius_b * s
    pad = max(ra, rb) + 1
    x0, y0 = np.maximum(np.floor(np.minimum(a, b) - pad), 0).astype(int)
    x1, y1 = np.ceil(np.maximum(a, b) + pad).astype(int)
    x1, y1 = min(x1, depth.shape[1]), min(y1, depth.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    gx = np.arange(x0, x1, dtype=np.float32)[None, :] - np.float32(a[0])
    gy = np.arange(y0, y1, dtype=np.float32)[:, None] - np.float32(a[1])
    d = (b - a).astype(np.float32)
    t = np.clip((gx * d[0] + gy * d[1]) / max(float(d @ d), 1e-6), 0, 1)
    r = np.float32(ra) + t * np.float32(rb - ra)
    nx, ny = (gx - t * d[0]) / r, (gy - t * d[1]) / r
    inside = 1 - nx * nx - ny * ny
    nz = np.sqrt(np.maximum(inside, 0))
    z = (part.a[2] + t * np.float32(part.b[2] - part.a[2])) * s + r * nz
    old = depth[y0:y1, x0:x1]
    hit = (inside > 0) & (z > old)
    old[hit] = z[hit]
    light = np.maximum(nx * LIGHT[0] + ny * LIGHT[1] + nz * LIGHT[2], 0)
    shade = (0.42 + 0.66 * light).astype(np.float32)
    colour[y0:y1, x0:x1][hit] = shade[hit][:, None] * part.colour


def draw_figure(image: Image, body: Body, look: Look, p: Array, px_per_m: float) -> None:
    """Draw the figure into a BGR image in place; `p` (33, 3) in px, px, depth px."""
    parts = _capsules(body, look, p, px_per_m)
    ends = np.array([(*c.a[:2], c.radius_a) for c in parts] + [(*c.b[:2], c.radius_b) for c in parts])
    low = np.floor((ends[:, :2] - ends[:, 2:]).min(0)) - 2
    high = np.ceil((ends[:, :2] + ends[:, 2:]).max(0)) + 2
    x0, y0 = np.maximum(low, 0).astype(int)
    x1, y1 = np.minimum(high, [image.shape[1], image.shape[0]]).astype(int)
    if x1 <= x0 or y1 <= y0:
        return
    size = ((y1 - y0) * SUPERSAMPLE, (x1 - x0) * SUPERSAMPLE)
    depth = np.full(size, -np.inf, np.float32)
    colour = np.zeros((*size, 3), np.float32)
    # Pixel centres: a coordinate of 0.0 is the centre of the first pixel.
    origin = np.array([x0, y0]) - 0.5 + 0.5 / SUPERSAMPLE
    for part in parts:
        _paint(part, origin, depth, colour)
    cover = cv2.resize((depth > -np.inf).astype(np.float32), (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    colour = cv2.resize(colour, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    under = image[y0:y1, x0:x1]
    under[:] = np.clip(colour + under * (1 - cover[..., None]), 0, 255).astype(np.uint8)


def frames(
    motion: Motion,
    camera: Camera,
    time_s: Array,
    *,
    look: Look | None = None,
    seed: int = 0,
    boxes: tuple[tuple[float, float, float], ...] = (),
) -> Iterator[Image]:
    """Render the film frame by frame (BGR uint8)."""
    look = look or Look()
    rng = np.random.default_rng(seed)
    scene = background(camera, look, seed, boxes)
    path = picture_path(camera, time_s, seed)
    xyz = camera.turned(motion.at(time_s))
    px = project_motion(motion, camera, time_s, seed)
    grain = [rng.normal(0, look.noise, scene.shape).astype(np.float32) for _ in range(4)]
    for i in range(len(time_s)):
        image = scene
        scale = camera.px_per_m * float(path[i, 0, 0])
        if camera.moves:
            image = cv2.warpAffine(scene, path[i], scene.shape[1::-1], borderMode=cv2.BORDER_REFLECT)
        image = image.copy()
        p = np.concatenate([px[i], xyz[i, :, 2:] * scale], -1)
        draw_figure(image, motion.body, look, p, scale)
        image = np.clip(image + grain[int(rng.integers(4))], 0, 255).astype(np.uint8)
        yield image
