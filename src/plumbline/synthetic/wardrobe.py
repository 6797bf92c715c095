"""What an athlete looks like: skin, hair, clothes as shells of the body's own faces, shoes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from plumbline.synthetic.body import Body
from plumbline.synthetic.skeleton import INDEX, SEGMENTS, Array

Colour = tuple[float, float, float]
SKIN, EYE, CLOTH, SHOE, HAIR, SOLE = range(6)
SIDES = ("left", "right")
# How far apart a whole weight of a segment is on the skin, about.
PER_WEIGHT_M = 0.08


@dataclass(frozen=True)
class Look:
    """How an athlete looks; colours are sRGB from 0 to 1.

    Parameters
    ----------
    skin, hair_colour, top_colour, bottom_colour, shoe_colour, sole_colour, sock_colour : tuple of float
    hair : "short", "cropped", "ponytail", "bun" or "none"
    top : "tee", "singlet", "long_sleeve", "crop" or "none"
    bottom : "shorts", "tights" or "short_tights"
    sock_m : float
        How far the socks reach above the ankle.
    """

    skin: Colour = (0.80, 0.60, 0.49)
    hair_colour: Colour = (0.16, 0.10, 0.07)
    hair: Literal["short", "cropped", "ponytail", "bun", "none"] = "short"
    top: Literal["tee", "singlet", "long_sleeve", "crop", "none"] = "tee"
    top_colour: Colour = (0.20, 0.35, 0.62)
    bottom: Literal["shorts", "tights", "short_tights"] = "shorts"
    bottom_colour: Colour = (0.10, 0.10, 0.12)
    shoe_colour: Colour = (0.85, 0.85, 0.86)
    sole_colour: Colour = (0.92, 0.92, 0.90)
    sock_colour: Colour = (0.90, 0.90, 0.90)
    sock_m: float = 0.07


@dataclass(frozen=True)
class Part:
    """A piece to draw: vertices (n, 3) in m, faces (m, 3), weights (n, 17), colours (n, 3), what it is made of.

    Where `inside_m` (n,) is negative nothing is drawn: the hem.
    """

    vertices: Array = field(repr=False)
    faces: NDArray[np.int64] = field(repr=False)
    weight: Array = field(repr=False)
    colour: Array = field(repr=False)
    material: int = CLOTH
    inside_m: Array | None = field(default=None, repr=False)


def normals_of(vertices: Array, faces: NDArray[np.int64]) -> Array:
    """Unit normals (n, 3) of a mesh's vertices."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    out = np.zeros_like(vertices)
    for k in range(3):
        np.add.at(out, faces[:, k], across)
    return np.asarray(out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12))


def _neighbours(faces: NDArray[np.int64], count: int) -> csr_matrix:
    a, b = faces[:, [0, 1, 2]].ravel(), faces[:, [1, 2, 0]].ravel()
    near = csr_matrix((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), (count, count))
    near.data[:] = 1.0
    return near


class Regions:
    """Where every vertex of a body lies along its limbs."""

    def __init__(self, body: Body) -> None:
        self.body, self.at = body, body.anatomy.joints
        self.xyz, self.weight = body.vertices, body.segment_weight
        self.size = body.anatomy.height_m / 1.75
        self.near = _neighbours(body.faces, len(self.xyz))
        self.normal = normals_of(self.xyz, body.faces)

    def of(self, *names: str) -> Array:
        """Weight (n,) of segments together, both sides."""
        full = [n for n in SEGMENTS if n in names or n.split("_", 1)[-1] in names]
        return np.asarray(self.weight[:, [INDEX[n] for n in full]].sum(1))

    def along(self, upper: str, lower: str) -> Array:
        """Share (n,) of the way down each one's own limb, from one joint to the other; in the middle the right's."""
        out = np.full(len(self.xyz), np.nan)
        for side, sign in zip(SIDES, (-1, 1), strict=True):
            a, b = self.at[f"{side}_{upper}"], self.at[f"{side}_{lower}"]
            mine = (self.xyz[:, 2] >= 0) == (sign > 0)
            out[mine] = (self.xyz[mine] - a) @ (b - a) / ((b - a) @ (b - a))
        return out

    def shell(
        self, inside_m: Array, offset_m: Array, smooth: int
    ) -> tuple[Array, NDArray[np.int64], Array, NDArray[np.int64]]:
        """Vertices, faces, weights and body vertices of a layer over part of the body, its folds smoothed over.

        It reaches a little beyond the part: what lies outside is cut off where it is drawn.
        """
        mask = inside_m > 0
        faces = self.body.faces[mask[self.body.faces].any(1)]
        used = np.unique(faces)
        number = np.zeros(len(mask), int)
        number[used] = np.arange(len(used))
        faces = number[faces]
        near = _neighbours(faces, len(used))
        mean = diags(1 / np.maximum(np.asarray(near.sum(1)).ravel(), 1)) @ near
        rest, normal = self.xyz[used], self.normal[used]
        smoothed, weight = rest.copy(), self.weight[used]
        for _ in range(smooth):
            smoothed = 0.4 * smoothed + 0.6 * (mean @ smoothed)
            weight = 0.6 * weight + 0.4 * (mean @ weight)
            normal = 0.5 * normal + 0.5 * (mean @ normal)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
        # Never inside the body: hollows are spanned, bumps are covered.
        out = ((smoothed - rest) * normal).sum(1)
        placed = rest + normal * (np.maximum(out, 0) + offset_m[used])[:, None]
        for _ in range(min(smooth, 3)):
            placed = 0.5 * placed + 0.5 * (mean @ placed)
        return placed, faces, weight, used

    def deep(self, mask: NDArray[np.bool_], rings: int = 2) -> NDArray[np.bool_]:
        """Vertices of a region at least some rings from its edge: hidden under a shell."""
        for _ in range(rings):
            mask = mask & (self.near @ (~mask).astype(float) == 0)
        return mask


def _top_region(r: Regions, look: Look) -> tuple[Array, Array]:
    sleeve = {"tee": 0.62, "long_sleeve": 9.0}.get(look.top, -0.02)
    trunk = r.of("trunk", "pelvis") + r.of("upper_arm") + r.of("forearm") * (look.top == "long_sleeve")
    y, hip, lumbar = r.xyz[:, 1], r.at["pelvis"][1], r.at["trunk"][1]
    z = np.abs(r.xyz[:, 2])
    hem = lumbar + 0.10 * r.size if look.top == "crop" else hip + 0.015 * r.size
    arm, on_arm = r.along("upper_arm", "forearm"), r.of("upper_arm", "forearm")
    inside = [
        (trunk - 0.5) * PER_WEIGHT_M,
        y - hem,
        ((0.25 if look.top != "singlet" else 0.1) - r.of("head")) * PER_WEIGHT_M,
        np.maximum((sleeve - arm) * 0.28, (0.45 - on_arm) * PER_WEIGHT_M),
    ]
    if look.top in ("singlet", "crop"):
        inside.append(np.maximum(r.at["head"][1] - 0.075 * r.size - y, z - 0.055 * r.size))
        inside.append(np.abs(r.at["left_upper_arm"][2]) * 0.98 - z)
    if look.top == "long_sleeve":
        inside.append((0.93 - r.along("forearm", "hand")) * 0.25 + (on_arm < 0.5))
    loose = np.clip((lumbar + 0.25 * r.size - y) / (0.30 * r.size), 0, 1)
    offset = 0.006 + (0.0 if look.top == "crop" else 0.011) * loose
    offset = np.where(on_arm > 0.45, 0.005 + 0.010 * np.clip(arm, 0, 1), offset)
    return np.min(inside, axis=0), offset if look.top in ("tee", "singlet") else 0.6 * offset


def _bottom_region(r: Regions, look: Look) -> tuple[Array, Array]:
    y, waist = r.xyz[:, 1], r.at["pelvis"][1] + 0.085 * r.size
    leg = r.along("thigh", "shank")
    reach = {"shorts": 0.66, "short_tights": 0.52, "tights": 9.0}[look.bottom]
    inside = [
        (r.of("pelvis", "thigh", "shank", "trunk") - 0.6) * PER_WEIGHT_M,
        (0.1 - r.of("upper_arm", "forearm", "hand")) * PER_WEIGHT_M,
        waist - y,
        np.maximum((reach - leg) * 0.4, (r.of("pelvis") - 0.5) * PER_WEIGHT_M),
    ]
    if look.bottom == "tights":
        inside.append((0.86 - r.along("shank", "foot")) * 0.4)
        return np.min(inside, axis=0), np.full(len(y), 0.003)
    if look.bottom == "short_tights":
        return np.min(inside, axis=0), np.full(len(y), 0.0035)
    return np.min(inside, axis=0), 0.006 + 0.022 * np.clip(leg / reach, 0, 1) ** 1.2


def _sock_region(r: Regions, look: Look) -> tuple[Array, Array]:
    """Socks, seen between the shoe and their upper edge; the foot in the shoe has none to see."""
    ankle = r.at["left_foot"]
    inside = [
        (r.of("shank", "foot") - 0.5) * PER_WEIGHT_M,
        ankle[1] + look.sock_m - r.xyz[:, 1],
        r.xyz[:, 1] - (ankle[1] - 0.035),
        ankle[0] + 0.075 - r.xyz[:, 0],
    ]
    return np.min(inside, axis=0), np.full(len(r.xyz), 0.0025)


def _scalp(r: Regions, look: Look) -> tuple[Array, Array]:
    p = r.body.anatomy.points
    ear, eye = (p["left_ear"] + p["right_ear"]) / 2, (p["left_eye"] + p["right_eye"]) / 2
    s = float(p["vertex"][1] - eye[1]) / 0.115
    x, y, z = r.xyz[:, 0] - ear[0], r.xyz[:, 1], np.abs(r.xyz[:, 2])
    front = eye[0] - ear[0]
    line = np.interp(x / s, [-0.03, 0.005, 0.03, front / s - 0.03, front / s], [-0.055, -0.03, 0.025, 0.045, 0.062])
    gap = np.linalg.norm(np.stack([x - 0.005, y - ear[1], z - p["right_ear"][2]], -1), axis=1)
    inside = [(r.of("head") - 0.8) * PER_WEIGHT_M, y - (eye[1] - 0.012 * s) - line * s, gap - 0.034 * s]
    thick = {"cropped": 0.009, "ponytail": 0.010, "bun": 0.009}.get(look.hair, 0.015)
    up = np.clip((y - ear[1]) / (0.1 * s), 0, 1)
    return np.min(inside, axis=0), thick * s * (0.35 + 0.65 * up)


def _tube(points: Array, radius: Array, ring: int = 14) -> tuple[Array, NDArray[np.int64]]:
    rows = []
    for k, (p, r) in enumerate(zip(points, radius, strict=True)):
        along = points[min(k + 1, len(points) - 1)] - points[max(k - 1, 0)]
        along = along / np.linalg.norm(along)
        side = np.array([0.0, 0.0, 1.0])
        over = np.cross(along, side)
        a = np.linspace(0, 2 * np.pi, ring, endpoint=False)
        rows.append(p + r * (np.cos(a)[:, None] * side + np.sin(a)[:, None] * over / np.linalg.norm(over)))
    faces = [
        f
        for i in range(len(rows) - 1)
        for j in range(ring)
        for f in (
            (i * ring + j, i * ring + (j + 1) % ring, (i + 1) * ring + j),
            (i * ring + (j + 1) % ring, (i + 1) * ring + (j + 1) % ring, (i + 1) * ring + j),
        )
    ]
    return np.concatenate(rows), np.array(faces)


def _tail(r: Regions, hair: str) -> tuple[Array, NDArray[np.int64]] | None:
    """A bun or a ponytail behind the head; None for hair that ends on it."""
    p = r.body.anatomy.points
    ear = (p["left_ear"] + p["right_ear"]) / 2
    skull = r.xyz[(r.of("head") > 0.9) & (np.abs(r.xyz[:, 2]) < 0.03)]
    back = float(skull[:, 0].min())
    if hair == "bun":
        u = np.linspace(-1, 1, 9)
        middle = np.array([back - 0.012, ear[1] + 0.055, 0.0])
        return _tube(middle + u[:, None] * [-0.030, 0.012, 0.0], 0.036 * np.sqrt(1 - 0.97 * u**2))
    if hair == "ponytail":
        u = np.linspace(0, 1, 12)[:, None]
        path = np.array([back + 0.010, ear[1] + 0.055, 0]) + u * [-0.085, -0.03, 0] + u**2 * [0.02, -0.20, 0]
        return _tube(path, 0.008 + 0.028 * np.sin(np.pi * u[:, 0] ** 0.6) ** 0.8)
    return None


def _plain(colour: Colour, count: int) -> Array:
    return np.tile(np.array(colour) ** 2.2, (count, 1))


def _shoe_parts(body: Body, look: Look) -> list[Part]:
    out = []
    for side in SIDES:
        shoe = body.shoes[side]
        for (vertices, faces), colour, material in (
            (shoe.upper, look.shoe_colour, SHOE),
            (shoe.sole, look.sole_colour, SOLE),
        ):
            weight = np.zeros((len(vertices), len(SEGMENTS)))
            toes = shoe.toes_share(vertices)
            weight[:, INDEX[f"{side}_foot"]], weight[:, INDEX[f"{side}_toes"]] = 1 - toes, toes
            out.append(Part(vertices, faces, weight, _plain(colour, len(vertices)), material))
    return out


def _skin_colour(r: Regions, look: Look) -> Array:
    skin = _plain(look.skin, len(r.xyz))
    lips = skin * [0.82, 0.52, 0.50] + [0.03, 0.0, 0.0]
    colour = skin + (lips - skin) * 0.75 * r.body.lips[:, None]
    if look.hair in ("cropped", "short"):
        mask = _scalp(r, look)[0] > 0
        colour[mask] = 0.35 * colour[mask] + 0.65 * _plain(look.hair_colour, int(mask.sum()))
    colour[r.body.eye] = np.array([0.72, 0.70, 0.67])
    return np.asarray(colour)


def _hidden(r: Regions, layers: list[Array]) -> NDArray[np.bool_]:
    """Vertices of the body that clothes or shoes cover."""
    ankle = r.at["left_foot"]
    out = (r.of("foot", "toes") > 0.6) & (r.xyz[:, 1] < ankle[1] - 0.02)
    for inside in layers:
        out |= r.deep(inside > 0)
    return np.asarray(out)


def dress(body: Body, look: Look) -> list[Part]:
    """Everything there is to draw of an athlete."""
    r = Regions(body)
    layers = [(*_bottom_region(r, look), look.bottom_colour, CLOTH, 5 if look.bottom == "shorts" else 1)]
    if look.top != "none":
        layers.append((*_top_region(r, look), look.top_colour, CLOTH, 5))
    layers.append((*_sock_region(r, look), look.sock_colour, CLOTH, 1))
    hidden = _hidden(r, [inside for inside, *_ in layers])
    if look.hair != "none":
        layers.append((*_scalp(r, look), look.hair_colour, HAIR, 2))
    out = []
    for inside, offset, colour, material, smooth in layers:
        vertices, faces, weight, used = r.shell(inside, offset, smooth)
        out.append(Part(vertices, faces, weight, _plain(colour, len(vertices)), material, inside[used]))
    tail = _tail(r, look.hair)
    if tail is not None:
        weight = np.zeros((len(tail[0]), len(SEGMENTS)))
        weight[:, INDEX["head"]] = 1.0
        out.append(Part(*tail, weight, _plain(look.hair_colour, len(tail[0])), HAIR))
    shown, eyes = body.faces[~hidden[body.faces].all(1)], body.eye[body.faces].all(1)
    skin = _skin_colour(r, look)
    out.append(Part(body.vertices, shown[~body.eye[shown].all(1)], body.segment_weight, skin, SKIN))
    out.append(Part(body.vertices, body.faces[eyes], body.segment_weight, skin, EYE))
    return out + _shoe_parts(body, look)
