"""Where the pose model sets its landmarks on person-shaped athletes, body by body.

    uv run python benchmarks/offsets.py FOLDER

Takes the films of `benchmarks/athletes.py` in FOLDER. For each landmark: forward and up, near side, in
% of the chain ankle, knee, hip, shoulder, ear as it lies in the picture; the mean over bodies, the
spread between bodies, and how far a body is from the mean of the others (leave one body out).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from plumbline.estimation import Eye, MediaPipeEstimator, bundle_path
from plumbline.synthetic.takes import TAKES, Take, filmed
from plumbline.synthetic.targets import landmarks_px
from plumbline.synthetic.truth_slow import FRONT
from plumbline.video import probe, read_frames
from rendering import table

JOINTS = {"ear": 7, "shoulder": 11, "hip": 23, "knee": 25, "ankle": 27, "heel": 29, "toe": 31}
CHAIN = ("ankle", "knee", "hip", "shoulder", "ear")


def detected(path: Path, mirrored: bool) -> np.ndarray:
    """Landmarks (n, 33, 2) in px of a film of one person, the model seeing them face left."""
    clip, rows = probe(path), []
    with MediaPipeEstimator(bundle_path()) as model:
        eye = Eye(model, mirrored=mirrored)
        for frame in read_frames(clip, long_edge=960):
            found = eye.detect(frame.image)
            rows.append(found[0, :, :2] if len(found) else np.full((33, 2), np.nan))
    return np.array(rows) * [clip.width, clip.height] - 0.5


def offsets_of(take: Take, path: Path) -> tuple[np.ndarray, float]:
    """Forward and up (joints, 2) in % of the chain, and the share of frames in which a person is found."""
    movement, _, shot = filmed(take)
    t = shot.frame_times(movement)
    true = landmarks_px(movement, shot.camera, t) + (shot.shake_path(t) * [1, -1])[:, None]
    facing = 1.0 if shot.camera.near == "right" else -1.0
    seen = detected(path, mirrored=facing > 0)[: len(t)]
    side = 1 if shot.camera.near == "right" else 0
    rows = {name: i + side for name, i in JOINTS.items()}
    places = true[:, [rows[name] for name in CHAIN]]
    chain = np.linalg.norm(np.diff(places, axis=1), axis=2).sum(1)
    gap = (seen - true[: len(seen)])[:, list(rows.values())] * [facing, -1.0]
    share = 100 * gap / chain[: len(seen), None, None]
    return np.nanmedian(share, axis=0), float(np.isfinite(seen[:, 0, 0]).mean())


def main(folder: Path) -> None:
    bodies: dict[str, list[np.ndarray]] = {}
    rows = []
    for name, take in TAKES.items():
        path = folder / f"{name}.mp4"
        if not path.is_file() or filmed(take)[0].name in FRONT:  # the front shows no forward
            continue
        offset, found = offsets_of(take, path)
        bodies.setdefault(take.body, []).append(offset)
        rows.append([name, take.body, f"{found:.0%}", *(f"{f:+.1f}/{u:+.1f}" for f, u in offset)])
    print(table(["film", "body", "found", *JOINTS], rows), "\n")
    each = np.array([np.mean(o, axis=0) for o in bodies.values()])
    mean, sd, n = each.mean(0), each.std(0, ddof=1), len(each)
    left_out = np.sqrt(np.mean((each - (each.sum(0) - each) / (n - 1)) ** 2, axis=0))
    rows = [
        [joint, *(f"{mean[k, a]:+.2f} ± {sd[k, a]:.2f}" for a in (0, 1)), *(f"{left_out[k, a]:.2f}" for a in (0, 1))]
        for k, joint in enumerate(JOINTS)
    ]
    heads = ["landmark", "forward, %", "up, %", "left out, forward", "left out, up"]
    print(f"{n} bodies; mean ± spread between bodies; error of the others' mean on the body left out (RMS)\n")
    print(table(heads, rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
