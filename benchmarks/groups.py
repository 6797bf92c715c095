"""Errors of every group of drills against known truth, as one table.

    uv run python benchmarks/groups.py [--known-joints] [--clips N]

Figures of each group, random in stature, size and timing, are filmed through the real pose
model (or, with --known-joints, given as noisy joints) and measured. A row is one metric of
one drill: reps, mean error, its spread, the stated standard uncertainty, and the share of
errors within twice that. `benchmarks/films.py` does the same for rendered athletes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from plumbline.catalogue import metric_label
from plumbline.pipeline import analyze, measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Request
from plumbline.synthetic import (
    Body,
    Camera,
    Dip,
    Frontal,
    Hop,
    Look,
    Motion,
    Repeat,
    Shot,
    Stand,
    Stride,
    ankle_recoveries,
    arabesques,
    balance,
    donkey_kicks,
    frame_camera,
    front_camera,
    heel_raises,
    hop_series,
    in_the_frontal_plane,
    project_motion,
    quarter_squats,
    render_clip,
    running,
    squats,
    true_metrics,
)
from plumbline.video import ClipInfo

PORTRAIT, LANDSCAPE, WIDE = (540, 720), (960, 720), (1280, 720)
Make = Callable[[np.random.Generator, Body], Motion]


def _moves(rng: np.random.Generator, n: int, out: float, back: float) -> list[Repeat]:
    return [
        Repeat(
            out * rng.uniform(0.8, 1.2), rng.uniform(0.1, 0.4), back * rng.uniform(0.8, 1.2), size=rng.uniform(0.8, 1.1)
        )
        for _ in range(n)
    ]


def _departure(rng: np.random.Generator) -> Frontal:
    left, right = rng.uniform(-4, 16, 2)
    return Frontal(left, right, rng.uniform(-7, 7), rng.uniform(-8, 8))


def _stands(rng: np.random.Generator, body: Body) -> Motion:
    low = Stand(4.0, rng.uniform(40, 55), 80)
    return balance(body, [low, replace(low, hold_s=5.0, touches=(2.5,))])


def _high_knee(rng: np.random.Generator, body: Body) -> Motion:
    return balance(body, [Stand(4.0, rng.uniform(65, 95)) for _ in range(2)])


def _arabesques(rng: np.random.Generator, body: Body) -> Motion:
    return arabesques(body, _moves(rng, 3, 1.2, 1.2), bend_deg=rng.uniform(0, 25))


def _front_squats(rng: np.random.Generator, body: Body) -> Motion:
    return in_the_frontal_plane(squats(body, [Dip(down_s=rng.uniform(0.8, 1.2)) for _ in range(2)]), _departure(rng))


def _front_hops(rng: np.random.Generator, body: Body) -> Motion:
    hop = Hop(contact_s=rng.uniform(0.16, 0.24), flight_s=rng.uniform(0.28, 0.42))
    return in_the_frontal_plane(hop_series(body, [hop] * 6), _departure(rng))


def _late_left(rng: np.random.Generator, body: Body) -> Motion:
    hop = Hop(contact_s=rng.uniform(0.18, 0.24), flight_s=rng.uniform(0.28, 0.42))
    return in_the_frontal_plane(hop_series(body, [hop] * 6), Frontal(left_late_s=rng.uniform(0.0, 0.06)))


def _stride(rng: np.random.Generator) -> Stride:
    return Stride(
        contact_s=rng.uniform(0.18, 0.24),
        flight_s=rng.uniform(0.12, 0.18),
        speed_m_s=rng.uniform(2.2, 2.7),
        lean_deg=rng.uniform(2, 9),
        ahead_m=rng.uniform(0.08, 0.16),
    )


@dataclass(frozen=True)
class Group:
    """A drill, how its figure moves, and the picture."""

    drill: str
    make: Make
    size: tuple[int, int] = PORTRAIT
    front: bool = False
    fps: float = 60.0


GROUPS = [
    Group("single_leg_stance", _stands),
    Group("high_knee_twist", _high_knee),
    Group("arabesque_high_knee", _arabesques, LANDSCAPE),
    Group("quarter_squat", lambda r, b: quarter_squats(b, _moves(r, 4, 0.8, 0.8), lean_deg=r.uniform(5, 25))),
    Group("heel_raise", lambda r, b: heel_raises(b, _moves(r, 4, 0.8, 0.9))),
    Group("ankle_recovery", lambda r, b: ankle_recoveries(b, _moves(r, 4, 0.35, 0.3), thigh_deg=r.uniform(40, 60))),
    Group("donkey_kick", lambda r, b: donkey_kicks(b, _moves(r, 3, 0.8, 0.8)), LANDSCAPE),
    Group("run", lambda r, b: running(b, 6, _stride(r)), WIDE, fps=120.0),
    Group("front_hop", _front_hops, front=True),
    Group("front_hop", _late_left, front=True),
    Group("front_squat", _front_squats, front=True),
]


def _shot(group: Group, motion: Motion, seed: int, phase: float) -> Shot:
    camera: Camera = frame_camera(motion, *group.size)
    look = Look()
    if group.front:
        camera, look = front_camera(camera, motion.body.facing), Look(far_dim=1.0)
    return Shot(camera, fps=group.fps, phase=phase, seed=seed, look=look)


def _joints(motion: Motion, shot: Shot, rng: np.random.Generator) -> tuple[PoseSequence, ClipInfo, float]:
    """The figure's joints with noise, as if a pose model had found them."""
    t = (np.arange(int(motion.duration_s * shot.fps)) + shot.phase) / shot.fps
    xy = project_motion(motion, shot.camera, t, shot.seed)
    xy = xy + rng.normal(0, 0.002 * motion.body.chain_m * shot.camera.px_per_m, xy.shape)
    size = (shot.camera.width, shot.camera.height)
    pose = PoseSequence(t - t[0], xy, np.full(xy.shape[:2], 0.98), *size, model="truth")
    info = ClipInfo(
        Path("figure.mp4"), *size, 0, shot.fps, shot.fps, 1.0, len(t), float(t[-1] - t[0]), False, "container"
    )
    return pose, info, float(t[0])


def _errors(group: Group, seed: int, known: bool, folder: Path) -> tuple[list[tuple[str, float, float]], int, int]:
    """(metric, error, stated sd) of the reps of one clip, reps found, reps there."""
    rng = np.random.default_rng(seed)
    body = Body(height_m=rng.uniform(1.6, 1.85), facing=1 if rng.random() < 0.5 else -1)
    motion = group.make(rng, body)
    shot = _shot(group, motion, seed, float(rng.random()))
    request = Request(drill=group.drill, unbias=not known)
    if known:
        pose, info, first = _joints(motion, shot, rng)
        found = measure_pose(pose, info, request)
    else:
        clip = render_clip(motion, shot, folder / f"{group.drill}_{seed}.mp4")
        first = shot.phase / shot.fps
        found = analyze(clip, request, cache=False)
        clip.unlink()
    out = []
    for m in found.reps:
        middle = (m.rep.start_s + m.rep.end_s) / 2 + first
        true = next((r for r in motion.reps if r.start_s <= middle <= r.end_s), None)
        if true is None:
            continue
        truth = true_metrics(motion, true)
        if group.make is _late_left:
            truth["landing_lag_s"] = lag_of(motion)
        out += [(n, q.value - truth[n], q.sd) for n, q in m.metrics.items() if n in truth]
    return out, len(found.reps), len(motion.reps)


def lag_of(motion: Motion) -> float:
    """By how much the left foot of a figure is late, from its own heel and toe."""
    toes = motion.xyz[:, [31, 32], 1]
    shifts = np.arange(0, 80)
    misfit = [np.abs(toes[k:, 0] - toes[: len(toes) - k, 1]).mean() for k in shifts]
    return float(shifts[int(np.argmin(misfit))]) * float(np.diff(motion.time_s[:2])[0])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=2, help="films of each group")
    parser.add_argument("--known-joints", action="store_true", help="noisy joints instead of films")
    parser.add_argument("--seed", type=int, default=400)
    parser.add_argument("--only", default="", help="drills, with commas")
    args = parser.parse_args()
    print("| drill | reps found | metric | n | mean error | spread | stated sd | within 2 sd |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for g, group in enumerate(GROUPS):
            if args.only and group.drill not in args.only.split(","):
                continue
            rows: dict[str, list[tuple[float, float]]] = {}
            found = there = 0
            for k in range(args.clips):
                errors, seen, true = _errors(group, args.seed + 100 * g + k, args.known_joints, Path(folder))
                found, there = found + seen, there + true
                for name, error, sd in errors:
                    rows.setdefault(name, []).append((error, sd))
            head = f"| {group.drill} | {found} of {there} |"
            if not rows:
                print(f"{head} - | | | | | |", flush=True)
            for name, values in rows.items():
                e, sd = np.array(values).T
                label = metric_label(name)
                numbers = [f"{label.factor * x:.{label.digits + 1}f}" for x in (e.mean(), e.std(), np.median(sd))]
                inside = f"{100 * np.mean(np.abs(e) <= 2 * sd):.0f}%"
                print(
                    f"{head} {label.label}, {label.unit or '-'} | {len(e)} | {' | '.join(numbers)} | {inside} |",
                    flush=True,
                )
                head = "| | |"


if __name__ == "__main__":
    main()
