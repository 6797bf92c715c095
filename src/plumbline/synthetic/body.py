"""The athletes' bodies: a rest mesh, what carries each of its vertices, and its joints.

Made once by `benchmarks/make_bodies.py` from a parametric body model and kept in `bodies/`. Joints
are the model's own centres of rotation: hips, knees, ankles, shoulders, elbows and wrists lie near the
anatomical centres by the rig's convention; nose, eyes, ears, heel and toe are points on the surface.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from plumbline.synthetic.shoe import Shoe, loft
from plumbline.synthetic.skeleton import INDEX, PARENT, POINT_ON, SEGMENTS, Anatomy, Array, Sex

BODY_NAMES = ("f155", "f162", "f166", "f171", "f179", "m167", "m174", "m180", "m186", "m195")
BONES = 2 * len(SEGMENTS)
FACTOR_M = 1e-4


@dataclass(frozen=True)
class Body:
    """One body at rest, shod.

    Attributes
    ----------
    name : str
        Sex and stature in cm.
    anatomy : Anatomy
    vertices : (n, 3) float
        Skin and eyes, in m.
    faces : (m, 3) int
    segment_weight : (n, 17) float
        How much each segment carries a vertex.
    lips : (n,) float
        How much of a vertex is lip, 0 to 1.
    eye : (n,) bool
        Vertices of the eyeballs.
    eyeballs : (2, 3) float
        Their middles, left and right, in m.
    shoes : dict of str to Shoe
        "left" and "right".
    """

    name: str
    anatomy: Anatomy
    vertices: Array = field(repr=False)
    faces: NDArray[np.int64] = field(repr=False)
    segment_weight: Array = field(repr=False)
    lips: Array = field(repr=False)
    eye: NDArray[np.bool_] = field(repr=False)
    eyeballs: Array = field(repr=False)
    shoes: dict[str, Shoe] = field(repr=False)


def _load(name: str) -> dict[str, Any]:
    with as_file(files("plumbline.synthetic") / "bodies" / f"{name}.npz") as path, np.load(path) as stored:
        return dict(stored)


@lru_cache(maxsize=1)
def _mesh() -> dict[str, Any]:
    got = _load("mesh")
    weight = np.zeros((len(got["weight"]), len(SEGMENTS)))
    share = got["weight"] / got["weight"].sum(1, keepdims=True, dtype=float)
    np.put_along_axis(weight, got["segment"].astype(int), share, 1)
    return got | {"faces": got["faces"].astype(np.int64), "weight": weight}


def _anatomy(got: dict[str, Any], vertices: Array, shoes: dict[str, Shoe]) -> Anatomy:
    points = dict(zip(got["point_names"].tolist(), got["points"].astype(float), strict=True))
    points["vertex"] = vertices[np.argmax(vertices[:, 1])].astype(float)
    for side, shoe in shoes.items():
        points |= {f"{side}_heel": shoe.heel_m, f"{side}_ball": shoe.ball_m, f"{side}_toe": shoe.toe_m}
    joints = dict(zip(SEGMENTS, got["joints"].astype(float), strict=True))
    joints |= {f"{side}_toes": shoe.hinge_m for side, shoe in shoes.items()}
    return Anatomy(
        height_m=float(got["height_m"]),
        mass_kg=float(got["mass_kg"]),
        sex=cast(Sex, str(got["sex"])),
        joints=joints,
        points={name: points[name] for name in POINT_ON},
    )


@lru_cache(maxsize=len(BODY_NAMES))
def load_body(name: str) -> Body:
    """Read one of `BODY_NAMES`.

    Raises
    ------
    KeyError
        When there is no such body.
    """
    if name not in BODY_NAMES:
        raise KeyError(f"There is no body {name!r}; there are {', '.join(BODY_NAMES)}.")
    mesh, got = _mesh(), _load(name)
    vertices = got["vertices"] * FACTOR_M
    joints = dict(zip(SEGMENTS, got["joints"].astype(float), strict=True))
    shoes = {
        side: loft(got[f"foot_{side}"] * FACTOR_M, joints[f"{side}_foot"], joints[f"{side}_toes"])
        for side in ("left", "right")
    }
    return Body(
        name=name,
        anatomy=_anatomy(got, vertices, shoes),
        vertices=vertices,
        faces=mesh["faces"],
        segment_weight=mesh["weight"],
        lips=mesh["lips"] / 255.0,
        eye=mesh["eye"],
        eyeballs=got["eyeballs"].astype(float),
        shoes=shoes,
    )


def with_half_joints(weight: Array) -> Array:
    """Weights (n, 34) on the segments and, after them, on what turns half as far at each one's joint.

    Between two segments a plain blend of both collapses at a deeply bent knee or hip; by way of a
    bone that turns half as far each blend spans half the angle.
    """
    out = np.zeros((len(weight), BONES))
    out[:, : len(SEGMENTS)] = weight
    for name, parent in PARENT.items():
        if parent is None:
            continue
        a, b = INDEX[parent], INDEX[name]
        shared = np.minimum(out[:, a], out[:, b])
        out[:, a] -= shared
        out[:, b] -= shared
        out[:, len(SEGMENTS) + b] += 2 * shared
    return out


def strongest(weight: Array, count: int = 4) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Indices and shares (n, count) of the bones that carry a vertex most."""
    index = np.argsort(-weight, axis=1)[:, :count]
    share = np.take_along_axis(weight, index, 1)
    return index.astype(np.uint8), (share / share.sum(1, keepdims=True)).astype(np.float32)
