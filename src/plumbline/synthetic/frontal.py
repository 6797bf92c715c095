"""What is seen from the front: knees that fall in, a pelvis that hangs, a trunk that leans."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plumbline.synthetic.skeleton import INDEX, SEGMENTS, Array, Movement, joint_positions

UPPER = [i for i, name in enumerate(SEGMENTS) if not name.endswith(("thigh", "shank", "foot", "toes", "pelvis"))]


@dataclass(frozen=True)
class Frontal:
    """Departures in degrees: legs turned in about the line from hip to ankle, pelvis lower and trunk to the left."""

    knee_in_left: float = 0.0
    knee_in_right: float = 0.0
    pelvis_drop: float = 0.0
    side_lean: float = 0.0


def rolled(deg: float) -> Array:
    """Rotation (3, 3) about the forward axis, towards the left positive."""
    c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    return np.array([[1.0, 0, 0], [0, c, s], [0, -s, c]])


def sideways(movement: Movement, how: Frontal, name: str) -> Movement:
    """The same with knees, pelvis and trunk out of the sagittal plane; feet stay where they are.

    A leg's knee can leave the plane only as far as it is bent, as with people. Knees that move sideways carry the
    mass centre some millimetres off its fall: not for judging flights to better than that.
    """
    before = joint_positions(movement.anatomy, movement.root_m, movement.rotation)
    rotation = movement.rotation.copy()
    rotation[:, INDEX["pelvis"]] = rolled(how.pelvis_drop) @ rotation[:, INDEX["pelvis"]]
    rotation[:, UPPER] = rolled(how.side_lean) @ rotation[:, UPPER]
    hips = joint_positions(movement.anatomy, movement.root_m, rotation)
    for side, inwards, deg in (("left", 1.0, how.knee_in_left), ("right", -1.0, how.knee_in_right)):
        thigh, shank = _leg(movement, side, hips[f"{side}_thigh"], before[f"{side}_foot"], inwards * np.radians(deg))
        rotation[:, INDEX[f"{side}_thigh"]], rotation[:, INDEX[f"{side}_shank"]] = thigh, shank
    return replace(movement, rotation=rotation, name=name)


def _unit(v: Array) -> Array:
    return np.asarray(v / np.linalg.norm(v, axis=-1, keepdims=True))


def _leg(movement: Movement, side: str, hip: Array, ankle: Array, turn: float) -> tuple[Array, Array]:
    """Rotations (n, 3, 3) of thigh and shank from hip to ankle (n, 3), their plane turned to the right by so much."""
    a = movement.anatomy.length(f"{side}_thigh", f"{side}_shank")
    b = movement.anatomy.length(f"{side}_shank", f"{side}_foot")
    r = np.minimum(np.linalg.norm(ankle - hip, axis=1, keepdims=True), (a + b) * (1 - 1e-7))
    down = _unit(ankle - hip)
    ahead = _unit(np.array([1.0, 0, 0]) - down[:, :1] * down)
    forward = np.cos(turn) * ahead + np.sin(turn) * np.cross(down, ahead)
    along = (a * a - b * b + r * r) / (2 * r)
    knee = hip + along * down + np.sqrt(np.maximum(a * a - along**2, 0)) * forward
    right = _unit(np.cross(down, forward))
    out = []
    for upper, lower in ((hip, knee), (knee, ankle)):
        axis = _unit(upper - lower)
        out.append(np.stack([np.cross(axis, right), axis, right], -1))
    return out[0], out[1]
