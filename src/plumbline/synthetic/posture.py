"""Where every bone of a movement is at a time: the maps that carry vertices and points from rest."""

from __future__ import annotations

import numpy as np

from plumbline.synthetic.skeleton import INDEX, PARENT, SEGMENTS, Array, Movement, joint_positions


def _orthonormal(rotation: Array) -> Array:
    u, _, vt = np.linalg.svd(rotation)
    return np.asarray(u @ vt)


def posture_at(movement: Movement, time_s: Array) -> tuple[Array, Array]:
    """Root (k, 3) in m and rotations (k, 17, 3, 3) at any times (k,) within the movement."""
    t = movement.time_s
    k = np.clip(np.searchsorted(t, time_s, side="right") - 1, 0, len(t) - 2)
    share = np.clip((time_s - t[k]) / (t[k + 1] - t[k]), 0, 1)
    root = movement.root_m[k] * (1 - share)[:, None] + movement.root_m[k + 1] * share[:, None]
    w = share[:, None, None, None]
    return root, _orthonormal(movement.rotation[k] * (1 - w) + movement.rotation[k + 1] * w)


def bone_maps(movement: Movement, time_s: Array) -> Array:
    """Affine maps (k, 34, 3, 4) from rest to the posture, segments first, then half-turned joints."""
    root, rotation = posture_at(movement, time_s)
    where = joint_positions(movement.anatomy, root, rotation)
    n = len(SEGMENTS)
    out = np.zeros((len(root), 2 * n, 3, 4))
    turn = np.concatenate([rotation, rotation], 1)
    for name, parent in PARENT.items():
        if parent is not None:
            k = INDEX[name]
            turn[:, n + k] = _orthonormal(rotation[:, k] + rotation[:, INDEX[parent]])
    out[..., :3] = turn
    for name in SEGMENTS:
        rest = movement.anatomy.joints[name]
        for k in (INDEX[name], n + INDEX[name]):
            out[:, k, :, 3] = where[name] - turn[:, k] @ rest
    return out


def carry(maps: Array, weight: Array, points: Array) -> Array:
    """Points (n, 3) at rest with weights (n, bones), carried to every posture: (k, n, 3)."""
    blended = np.einsum("nb,kbij->knij", weight, maps)
    return np.asarray(np.einsum("knij,nj->kni", blended[..., :3], points) + blended[..., 3])
