"""How often the pose model exchanges the legs, before and after the repair.

    uv run python benchmarks/swaps.py

The shipped films in which the legs are apart: one leg, high knees, running, lunges, travel. Counted over frames in
which they are by 12 % of body height or more: exchanged are those that fit the known joints better the other way round.
"""

from __future__ import annotations

import numpy as np

from plumbline.pipeline import analyze
from plumbline.pose import LEG, SIDES, other
from plumbline.synthetic.takes import TAKES, filmed
from plumbline.synthetic.targets import landmarks_px
from rendering import SAMPLES, table

APART_SHARE = 0.12
NAMES = ("single_leg_hops", "high_knees", "treadmill_run", "lunges", "travelling_hops")


def exchanged(xy: np.ndarray, true: np.ndarray, body_px: float) -> tuple[int, int]:
    """Frames that fit better with the legs exchanged, and frames that count."""
    apart = sum(np.linalg.norm(true[:, LEG["left"][i]] - true[:, LEG["right"][i]], axis=-1) for i in (1, 2))

    def misfit(cross: bool) -> np.ndarray:
        pairs = [(s, other(s) if cross else s) for s in SIDES]
        return sum(np.linalg.norm(xy[:, LEG[a]] - true[:, LEG[b]], axis=-1).sum(axis=1) for a, b in pairs)

    own, crossed = misfit(cross=False), misfit(cross=True)
    counts = np.isfinite(own) & (apart > APART_SHARE * body_px)
    return int((crossed < own)[counts].sum()), int(counts.sum())


def main() -> None:
    """Print the table."""
    rows = []
    for name in NAMES:
        movement, _, shot = filmed(TAKES[name])
        found = analyze(SAMPLES / f"{name}.mp4", cache=False)
        true = landmarks_px(movement, shot.camera, shot.frame_times(movement))[: len(found.pose)]
        chain = true[:, [28, 26, 24, 12, 8]]
        body_px = float(np.median(np.linalg.norm(np.diff(chain, axis=1), axis=2).sum(axis=1)))
        before, n = exchanged(found.pose.xy, true, body_px)
        after, _ = exchanged(found.tracks.pose.raw, true, body_px)
        shares = [f"{before / n:.1%}", f"{after / n:.1%}", f"{float(found.tracks.pose.swapped.mean()):.1%}"]
        rows.append([name, shot.camera.near, n, *shares])
    print(table(["film", "filmed from the", "frames", "exchanged before", "after", "stated as repaired"], rows))


if __name__ == "__main__":
    main()
