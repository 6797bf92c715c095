"""Where the pose model sets its landmarks, and how much of the knee's movement it shows.

    uv run python benchmarks/landmarks.py [--clips 4]

Rendered hops at 60 frames per second, H.264, measured without any correction. The first table is what
`data/landmark_bias.toml` holds: landmark less joint, in ground contact. The second shows why
the model is handed every athlete facing left: the slope of measured over true knee flexion in
ground contact, for films as they are and mirrored.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from plumbline.geometry import flexion
from plumbline.pose import LEG, PLUMB_CHAIN, Eye, MediaPipeEstimator, bundle_path
from plumbline.synthetic import Motion, Shot, project_motion, random_hop_clip, write_film
from plumbline.video import probe, read_frames
from rendering import table

JOINTS = ("ear", "shoulder", "hip", "knee", "ankle", "heel", "toe")


def detected(path: Path, mirrored: bool) -> np.ndarray:
    """Landmarks (n, 33, 2) in px of a film of one person, seen mirrored or not."""
    clip, rows = probe(path), []
    with MediaPipeEstimator(bundle_path()) as model:
        eye = Eye(model, mirrored=mirrored)
        for frame in read_frames(clip, long_edge=960):
            found = eye.detect(frame.image)
            rows.append(found[0, :, :2] if len(found) else np.full((33, 2), np.nan))
    return np.array(rows) * [clip.width, clip.height] - 0.5


def in_contact(motion: Motion, times: np.ndarray) -> np.ndarray:
    out = np.zeros(len(times), bool)
    for rep in motion.reps:
        out |= (times >= rep.touchdown_s) & (times <= rep.toe_off_s)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=4)
    parser.add_argument("--seed", type=int, default=60_000)
    options = parser.parse_args()
    offsets, knees = [], []
    with tempfile.TemporaryDirectory() as folder:
        for k in range(options.clips):
            motion, shot = random_hop_clip(options.seed + k, fps=60.0, n=8)
            path = Path(folder) / "clip.mp4"
            times = write_film(motion, shot, path)
            true = project_motion(motion, shot.camera, times, shot.seed)
            offsets_k, knees_k = one_clip(motion, shot, path, true, in_contact(motion, times))
            offsets.append(offsets_k)
            knees += knees_k
    o = np.array(offsets)
    rows = [
        [
            name,
            f"{o[:, i, 0].mean():+.2f} ± {o[:, i, 0].std():.2f}",
            f"{o[:, i, 1].mean():+.2f} ± {o[:, i, 1].std():.2f}",
        ]
        for i, name in enumerate(JOINTS)
    ]
    print(table(["landmark, seen facing left", "forward, %BH", "up, %BH"], rows), "\n")
    rows = []
    for seen in ("right", "left"):
        chosen = np.array([(a, b, c) for facing, a, b, c in knees if facing == seen])
        if len(chosen):
            mean, sd = chosen.mean(axis=0), chosen.std(axis=0)
            rows.append([seen, len(chosen), *(f"{m:.2f} ± {s:.2f}" for m, s in zip(mean, sd, strict=True))])
    print(table(["the model sees the athlete facing", "films", "slope", "error at 20°, °", "scatter, °"], rows))


def one_clip(motion: Motion, shot: Shot, path: Path, true: np.ndarray, contact: np.ndarray) -> tuple[np.ndarray, list]:
    side = motion.body.near_side
    hip, knee, ankle = LEG[side][:3]
    points = [*PLUMB_CHAIN[side], *LEG[side][3:]]
    body_px = motion.body.chain_m * shot.camera.px_per_m
    angle = flexion(true[:, hip], true[:, knee], true[:, ankle])[contact]
    offset, knees = np.zeros((len(points), 2)), []
    for mirrored in (False, True):
        xy = detected(path, mirrored)
        seen_left = (motion.body.facing > 0) == mirrored
        found = flexion(xy[:, hip], xy[:, knee], xy[:, ankle])[contact]
        ok = np.isfinite(found)
        slope, at0 = np.polyfit(angle[ok], found[ok], 1)
        scatter = float(np.std(found[ok] - slope * angle[ok] - at0))
        knees.append(("left" if seen_left else "right", slope, slope * 20 + at0 - 20, scatter))
        if seen_left:
            off = (xy - true)[contact][:, points] / body_px * 100
            offset = np.nanmean(off, axis=0) * [motion.body.facing, -1]
    return offset, knees


if __name__ == "__main__":
    main()
