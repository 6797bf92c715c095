"""An athlete's parts as one array for the graphics card, each material with its roughness."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from plumbline.synthetic.body import strongest, with_half_joints
from plumbline.synthetic.skeleton import Array
from plumbline.synthetic.wardrobe import CLOTH, HAIR, SHOE, SKIN, SOLE, Part, normals_of

STUFF = 48
# Per material: how often its roughness repeats a metre (x, y, z), how much it bends the surface, how much it
# changes the colour.
ROUGH: dict[int, tuple[tuple[float, float, float], float, float]] = {
    SKIN: ((3.0, 3.0, 3.0), 0.05, 0.045),
    CLOTH: ((1.5, 0.8, 1.5), 0.30, 0.03),
    SHOE: ((6.0, 6.0, 6.0), 0.06, 0.06),
    HAIR: ((6.0, 1.6, 6.0), 0.30, 0.45),
    SOLE: ((9.0, 9.0, 9.0), 0.02, 0.06),
}


@lru_cache(maxsize=1)
def _stuff() -> Array:
    """Rough stuff that fills space and repeats: its slope along three axes and its value, spread about 1."""
    white = np.random.default_rng(5).normal(size=(STUFF,) * 3)
    f = np.fft.fftfreq(STUFF) * STUFF
    r = np.sqrt(f[:, None, None] ** 2 + f[None, :, None] ** 2 + f[None, None, :] ** 2)
    value = np.fft.ifftn(np.fft.fftn(white) * np.exp(-((r / 7.0) ** 2))).real
    slope = [np.roll(value, -1, k) - np.roll(value, 1, k) for k in range(3)]
    return np.stack([v / v.std() for v in (*slope, value)])


def _rough(places: Array, material: int) -> Array:
    repeat, _, _ = ROUGH[material]
    at = (places * np.array(repeat) * STUFF).T
    return np.stack([map_coordinates(v, at, order=1, mode="grid-wrap") for v in _stuff()], -1)


# Position, normal, bones, shares, colour, material, and how far inside its hem it lies.
VERTEX = np.dtype(
    [
        ("place", "f4", 3),
        ("normal", "f4", 3),
        ("bones", "u1", 4),
        ("share", "f4", 4),
        ("colour", "f4", 3),
        ("material", "f4"),
        ("inside", "f4"),
    ]
)


def packed(parts: list[Part]) -> tuple[NDArray[np.void], NDArray[np.uint32]]:
    """All parts as one array of vertices and one of indices, for the graphics card."""
    rows, indices, start = [], [], 0
    for whole in parts:
        used, faces = np.unique(whole.faces, return_inverse=True)
        within = None if whole.inside_m is None else whole.inside_m[used]
        part = Part(
            whole.vertices[used], faces.reshape(-1, 3), whole.weight[used], whole.colour[used], whole.material, within
        )
        row = np.zeros(len(part.vertices), VERTEX)
        row["place"], row["normal"] = part.vertices, normals_of(part.vertices, part.faces)
        row["bones"], row["share"] = strongest(with_half_joints(part.weight))
        row["colour"], row["material"] = part.colour, part.material
        row["inside"] = 1.0 if part.inside_m is None else part.inside_m
        if part.material in ROUGH:
            _, bend, stain = ROUGH[part.material]
            rough = _rough(part.vertices, part.material)
            bent = row["normal"] - bend * rough[:, :3]
            row["normal"] = bent / np.linalg.norm(bent, axis=1, keepdims=True)
            row["colour"] *= np.clip(1 + stain * rough[:, 3:], 0.1, 2.5)
        rows.append(row)
        indices.append(part.faces + start)
        start += len(row)
    return np.concatenate(rows), np.concatenate(indices).astype(np.uint32).ravel()
