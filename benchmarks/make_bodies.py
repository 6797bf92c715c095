"""Make the athlete's bodies anew, in a throwaway environment.

    pip install torch==2.13.0 anny==0.6.0 scipy
    PYTHONPATH=src/plumbline/synthetic python benchmarks/make_bodies.py FOLDER

Plumbline itself needs neither. Writes `mesh.npz`, what all bodies share, and one small file a body. The
rig's joints are taken as they are: hips, knees, ankles, shoulders, elbows and wrists are centres of
rotation of the rig, a convention near the anatomical centres; nose, eyes and ears lie on the skin. Rest
is upright with hanging arms: arms and legs are turned there about the rig's own joints.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import anny
import numpy as np
import torch
from anny.keypoints import KeypointsRegressor
from PIL import Image
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from skeleton import INDEX, PARENT, SEGMENTS

DENSITY_KG_M3 = 1000.0
# Thickness in m of the sole under the foot: the shod athlete stands that much higher.
SOLE_M = 0.022
ABDUCTION_DEG = 7.0
# Name, sex, stature in m, and the body model's own shape values (0 to 1).
BODIES: tuple[tuple[str, str, float, dict[str, float]], ...] = (
    ("f162", "female", 1.62, {"age": 0.62, "muscle": 0.60, "weight": 0.36, "proportions": 0.65}),
    ("m180", "male", 1.80, {"age": 0.65, "muscle": 0.72, "weight": 0.45, "proportions": 0.70}),
    ("f171", "female", 1.71, {"age": 0.65, "muscle": 0.75, "weight": 0.48, "proportions": 0.60}),
    ("m174", "male", 1.74, {"age": 0.78, "muscle": 0.60, "weight": 1.00, "proportions": 0.40}),
    ("f155", "female", 1.55, {"age": 0.68, "muscle": 0.60, "weight": 0.58, "proportions": 0.50}),
    ("m195", "male", 1.95, {"age": 0.63, "muscle": 0.55, "weight": 0.35, "proportions": 0.65}),
    ("f179", "female", 1.79, {"age": 0.66, "muscle": 0.62, "weight": 0.45, "proportions": 0.75}),
    ("m167", "male", 1.67, {"age": 0.62, "muscle": 0.70, "weight": 0.38, "proportions": 0.60}),
    ("f166", "female", 1.66, {"age": 0.75, "muscle": 0.55, "weight": 1.00, "proportions": 0.45}),
    ("m186", "male", 1.86, {"age": 0.80, "muscle": 0.80, "weight": 0.60, "proportions": 0.55}),
)
# The rig's bones by the segment that carries them; a share is carried by the parent.
BLENDED = {"spine04": ("pelvis", "trunk", 0.5), "neck01": ("trunk", "head", 0.35), "neck02": ("trunk", "head", 0.7)}
CARRIED = {
    "pelvis": ("root", "pelvis.", "spine05"),
    "trunk": ("spine0", "clavicle", "shoulder01"),
    "head": ("neck", "head", "eye"),
    "upper_arm": ("upperarm",),
    "forearm": ("lowerarm",),
    "hand": ("wrist", "finger", "metacarpal"),
    "thigh": ("upperleg",),
    "shank": ("lowerleg",),
    "foot": ("foot",),
    "toes": ("toe",),
}
MASK = Path(anny.__file__).parent / "data" / "mpfb2" / "textures" / "mpfb_lips.jpg"


def _segment(bone: str) -> dict[str, float]:
    if bone in BLENDED:
        parent, child, share = BLENDED[bone]
        return {parent: 1 - share, child: share}
    part = next(p for p, starts in CARRIED.items() if bone.startswith(starts))
    if part in INDEX:
        return {part: 1.0}
    return {("left_" if bone.endswith(".L") else "right_") + part: 1.0}


def _world(xyz: np.ndarray) -> np.ndarray:
    """The model's left, back and up to forward, up and right."""
    return np.stack([-xyz[..., 1], xyz[..., 2], -xyz[..., 0]], -1)


def _weights(model: Any) -> np.ndarray:
    """Weight (vertices, segments) of every segment on every vertex."""
    bones = np.zeros((model.bone_count, len(SEGMENTS)))
    for k, label in enumerate(model.bone_labels):
        for segment, share in _segment(label).items():
            bones[k, INDEX[segment]] = share
    index, weight = model.vertex_bone_indices.numpy(), model.vertex_bone_weights.numpy()
    return np.einsum("vk,vks->vs", weight, bones[index])


def _turn(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Shortest rotation of direction a to direction b."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    v, c = np.cross(a, b), float(a @ b)
    k = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.eye(3) + k + k @ k / (1 + c)


def _to_rest(
    xyz: np.ndarray, heads: dict[str, np.ndarray], tips: dict[str, np.ndarray], weight: np.ndarray
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Arms hanging, legs straight down, feet forward."""
    turn = {s: np.eye(3) for s in SEGMENTS}
    for side, sign in (("left", -1.0), ("right", 1.0)):
        a = np.radians(ABDUCTION_DEG)
        down, hang = np.array([0.0, -1.0, 0.0]), np.array([0.0, -np.cos(a), sign * np.sin(a)])
        for upper, lower, to in (
            ("upper_arm", "forearm", hang + np.array([-0.03, 0, 0])),
            ("forearm", "hand", down + np.array([0.16, 0, sign * 0.05])),
            ("thigh", "shank", down),
            ("shank", "foot", down),
        ):
            turn[f"{side}_{upper}"] = _turn(heads[f"{side}_{lower}"] - heads[f"{side}_{upper}"], to)
        turn[f"{side}_hand"] = _turn(tips[f"{side}_fingertip"] - heads[f"{side}_hand"], down + np.array([0.1, 0, 0]))
        foot = heads[f"{side}_toes"] - heads[f"{side}_foot"]
        turn[f"{side}_foot"] = turn[f"{side}_toes"] = _turn(foot * [1, 0, 1], np.array([1.0, 0.0, 0.0]))
    moved = {"pelvis": heads["pelvis"]}
    for name, parent in PARENT.items():
        if parent is not None:
            moved[name] = moved[parent] + turn[parent] @ (heads[name] - heads[parent])
    out = np.zeros_like(xyz)
    for name in SEGMENTS:
        out += weight[:, INDEX[name], None] * ((xyz - heads[name]) @ turn[name].T + moved[name])
    return out, moved


def _lips(model: Any) -> np.ndarray:
    """How much (vertices,) 0 to 1 of every vertex is lip."""
    picture = np.asarray(Image.open(MASK).convert("L"), float) / 255
    uv, out = model.texture_coordinates.numpy(), np.zeros(len(model.template_vertices))
    rows = np.clip(((1 - uv[:, 1]) * len(picture)).astype(int), 0, len(picture) - 1)
    columns = np.clip((uv[:, 0] * picture.shape[1]).astype(int), 0, picture.shape[1] - 1)
    value = picture[rows, columns]
    out[model.faces.numpy().ravel()] = value[model.face_texture_coordinate_indices.numpy().ravel()]
    return out


def _components(faces: np.ndarray, count: int) -> np.ndarray:
    a, b = faces[:, [0, 1, 2]].ravel(), faces[:, [1, 2, 0]].ravel()
    return connected_components(coo_matrix((np.ones(len(a)), (a, b)), (count, count)))[1]


def _shape(model: Any, sex: str, height_m: float, values: dict[str, float]) -> dict[str, float]:
    """The body's shape values with the height found that gives the stature."""
    low, high = 0.0, 1.0
    shape = {"gender": 0.0 if sex == "male" else 1.0, **values}
    for _ in range(18):
        shape["height"] = (low + high) / 2
        z = model(pose_parameters=None, phenotype_kwargs=shape)["rest_vertices"][0, :, 2]
        low, high = (shape["height"], high) if float(z.max() - z.min()) < height_m else (low, shape["height"])
    return shape


def _volume(xyz: np.ndarray, faces: np.ndarray) -> float:
    a, b, c = (xyz[faces[:, k]] for k in range(3))
    return float(abs((np.cross(a, b) * c).sum()) / 6)


def _body(model: Any, coco: Any, row: tuple[str, str, float, dict[str, float]], weight: np.ndarray) -> dict[str, Any]:
    name, sex, height_m, values = row
    got = model(pose_parameters=None, phenotype_kwargs=_shape(model, sex, height_m, values))
    xyz = _world(got["rest_vertices"][0].numpy())
    bone = dict(zip(model.bone_labels, _world(got["rest_bone_heads"][0].numpy()), strict=True))
    point = dict(zip(coco.labels, _world(coco({"vertices": got["rest_vertices"]})[0].numpy()), strict=True))
    heads = {
        "pelvis": (bone["upperleg01.L"] + bone["upperleg01.R"]) / 2,
        "trunk": (bone["spine04"] + bone["spine03"]) / 2,
        "head": bone["neck01"],
    }
    rig = {"upper_arm": "upperarm01", "forearm": "lowerarm01", "hand": "wrist", "thigh": "upperleg01"}
    rig |= {"shank": "lowerleg01", "foot": "foot", "toes": "toe2-1"}
    tips = {}
    for side in ("left", "right"):
        letter = side[0].upper()
        heads |= {f"{side}_{part}": bone[f"{label}.{letter}"] for part, label in rig.items()}
        k = weight[:, INDEX[f"{side}_hand"]] > 0.9
        hand = xyz[k] - heads[f"{side}_hand"]
        tips[f"{side}_fingertip"] = xyz[k][np.argmax(np.linalg.norm(hand, axis=1))]
    volume = _volume(xyz, model.faces.numpy())
    rest, joints = _to_rest(xyz, heads, tips, weight)
    # On the skin of the head: they move with it, unturned.
    face = {k: point[k] for k in ("nose", "left_eye", "right_eye", "left_ear", "right_ear")}
    shift = SOLE_M - rest[:, 1].min()
    middle = joints["pelvis"] * [1, 0, 1]
    place = np.array([0.0, shift, 0.0]) - middle
    finger = {}
    for side in ("left", "right"):
        k = np.flatnonzero(weight[:, INDEX[f"{side}_hand"]] > 0.9)
        finger[f"{side}_fingertip"] = rest[k[np.argmin(rest[k, 1])]] + place
    return {
        "name": name,
        "sex": sex,
        "height_m": height_m,
        "mass_kg": volume * DENSITY_KG_M3,
        "vertices": rest + place,
        "joints": np.array([joints[s] + place for s in SEGMENTS]),
        "points": {k: v + place for k, v in face.items()} | finger | {"eyes": None},
        "eyeballs": np.array([bone["eye.L"], bone["eye.R"]]) + place,
    }


def main(folder: Path) -> None:
    """Write every body."""
    model = anny.Anny(local_changes="default").to(dtype=torch.float32)
    coco, weight = KeypointsRegressor.coco(model), _weights(model)
    faces, lips = model.faces.numpy(), _lips(model)
    bodies = [_body(model, coco, row, weight) for row in BODIES]
    part = _components(faces, len(weight))
    sizes = np.bincount(part[faces[:, 0]])
    main_part = int(np.argmax(sizes))
    # What is left out of the mesh: teeth and tongue, and the feet that the shoes hide.
    eye = np.zeros(len(weight), bool)
    first = bodies[0]
    for centre in first["eyeballs"]:
        eye |= np.linalg.norm(first["vertices"] - centre, axis=1) < 0.017
    eye &= part != main_part
    shod = sum(weight[:, INDEX[f"{s}_{p}"]] for s in ("left", "right") for p in ("foot", "toes")) > 0.995
    keep = ((part == main_part) | eye) & ~(shod & (first["vertices"][:, 1] < 0.06))
    kept = faces[keep[faces].all(1)]
    used = np.unique(kept)
    number = np.zeros(len(weight), int)
    number[used] = np.arange(len(used))
    order = np.argsort(-weight[used], axis=1)[:, :4]
    share = np.take_along_axis(weight[used], order, 1)
    share = np.round(255 * share / share.sum(1, keepdims=True))
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "mesh.npz",
        faces=number[kept].astype(np.uint16),
        segment=order.astype(np.uint8),
        weight=share.astype(np.uint8),
        lips=(255 * lips[used]).astype(np.uint8),
        eye=eye[used],
    )
    foot = [
        np.flatnonzero(weight[:, INDEX[f"{s}_foot"]] + weight[:, INDEX[f"{s}_toes"]] > 0.9) for s in ("left", "right")
    ]
    for b in bodies:
        names = [n for n in b["points"] if n != "eyes"]
        np.savez_compressed(
            folder / f"{b['name']}.npz",
            # Tenths of a millimetre: finer than the body is true.
            vertices=np.round(b["vertices"][used] * 1e4).astype(np.int16),
            foot_left=np.round(b["vertices"][foot[0]] * 1e4).astype(np.int16),
            foot_right=np.round(b["vertices"][foot[1]] * 1e4).astype(np.int16),
            joints=np.round(b["joints"], 4).astype(np.float32),
            points=np.round(np.array([b["points"][n] for n in names]), 4).astype(np.float32),
            point_names=np.array(names),
            eyeballs=np.round(b["eyeballs"], 4).astype(np.float32),
            sex=b["sex"],
            height_m=np.float32(b["height_m"]),
            mass_kg=np.float32(b["mass_kg"]),
        )
        print(b["name"], b["sex"], b["height_m"], f"{b['mass_kg']:.1f} kg")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
