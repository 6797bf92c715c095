"""How often the pose model exchanges the legs, before and after the repair.

    uv run python benchmarks/swaps.py [--clips 3]

Single-leg hops and stance with the free leg behind or in front, high knees and running, rendered with
the far leg hardly darker than the near one (0.8), through H.264 and the real pose model.
Counted over frames in which the legs are apart by 12 % of body height or more: exchanged are
those that fit the known joints better the other way round.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np

from plumbline.pose import LEG, SIDES, other
from plumbline.synthetic import (
    Body,
    Look,
    Motion,
    Shot,
    Step,
    frame_camera,
    high_knees,
    hop_series,
    project_motion,
    random_hops,
    running,
    standing,
)
from rendering import filmed, table

SIZE, WIDE = (540, 720), (1280, 720)
APART_SHARE = 0.12


def cases(k: int, seed: int) -> list[tuple[str, Motion]]:
    rng = np.random.default_rng(seed + k)
    body = Body(height_m=float(rng.uniform(1.6, 1.85)), facing=1 if k % 2 else -1)
    out: list[tuple[str, Motion]] = []
    for free in ("behind", "front"):
        hops = random_hops(rng, 6)
        out.append((f"single-leg hops, free leg {free}", hop_series(body, hops, drill="single_leg_hop", free_leg=free)))
        out.append((f"single-leg stance, free leg {free}", standing(body, 4.0, free_leg=free)))
    steps = [Step(swing_s=float(s)) for s in rng.uniform(0.28, 0.4, 8)]
    return [*out, ("high knees", high_knees(body, steps)), ("running", running(body, 6))]


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=3, help="clips a case")
    parser.add_argument("--seed", type=int, default=50_000)
    options = parser.parse_args()
    rows = []
    for k in range(options.clips):
        for name, motion in cases(k, options.seed):
            size = WIDE if name == "running" else SIZE
            shot = Shot(frame_camera(motion, *size), fps=60, phase=0.4, seed=k, look=Look(far_dim=0.8))
            found, _ = filmed(motion, replace(shot, seed=options.seed + k))
            times = shot.frame_times(motion.duration_s)[: len(found.pose)]
            true = project_motion(motion, shot.camera, times, shot.seed)
            body_px = motion.body.chain_m * shot.camera.px_per_m
            before, n = exchanged(found.pose.xy, true, body_px)
            after, _ = exchanged(found.tracks.pose.raw, true, body_px)
            repaired = float(found.tracks.pose.swapped.mean())
            drill = found.drill.id if found.drill else "none"
            facing = "right" if motion.body.facing > 0 else "left"
            shares = [f"{before / n:.1%}", f"{after / n:.1%}", f"{repaired:.1%}"]
            rows.append([name, facing, n, *shares, f"{drill}, {len(found.reps)} of {len(motion.reps)} reps"])
    rows.sort(key=lambda row: str(row[0]))
    print(table(["case", "facing", "frames", "exchanged before", "after", "stated as repaired", "found"], rows))


if __name__ == "__main__":
    main()
