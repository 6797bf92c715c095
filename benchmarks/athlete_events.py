"""Do the stated uncertainties hold on an athlete that obeys mechanics? Landmarks without pictures.

    uv run python benchmarks/athlete_events.py [--seeds 0 6] [--fps 30 60 120 240] [--movements pogo tuck_jump ...]

Every movement is cast with a body, style and timing at random, sensed with offsets that stay, noise that
lasts 30 to 100 ms and feet that droop in flight, and measured as a film would be. Prints, by movement and
rate: flights found, invented; of touchdown, toe-off, contact and flight the bias, the RMSE and the share
inside 1.96 stated standard uncertainties. Nothing in the athlete shares code with what is measured.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from plumbline.analysis import Analysis
from plumbline.clip import ClipInfo
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Request
from plumbline.synthetic import Movement, Phone, Sense, SensedFilm, cast, sense
from plumbline.synthetic.build import ImpossibleMovementError
from rendering import table

FLYING = (
    "pogo", "long_contacts", "travelling_hop", "single_leg_hop", "tuck_jump", "rope_skipping",
    "squat_jump", "drop_landing", "depth_jump", "box_jump", "running", "bounding", "high_knee_run", "jumping_lunge",
)  # fmt: skip
GROUNDED = ("walking", "marching", "squat", "lunge")
# A flight is found where one is measured whose middle lies this near, or nearer than a quarter of its length.
NEAR_S = 0.05
QUANTITIES = ("touchdown", "toe_off", "contact", "flight")


def as_pose(seen: SensedFilm) -> PoseSequence:
    """Landmarks as the pose model would hand them over."""
    visibility = np.where(np.isfinite(seen.xy[..., 0]), 0.98, 0.0)
    return PoseSequence(seen.time_s - seen.time_s[0], seen.xy, visibility, seen.width, seen.height, "athlete")


def clip_of(pose: PoseSequence) -> ClipInfo:
    """A clip's properties for landmarks that never were a film."""
    return ClipInfo.without_film(pose.time_s, pose.width, pose.height)


def true_flights(movement: Movement, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Toe-off and touchdown of every time both soles are off, wholly between two instants."""
    rows = np.concatenate([v for v in movement.contacts.values() if len(v)])
    rows = rows[np.argsort(rows[:, 0])]
    out, last = [], -np.inf
    for a, b in rows:
        if a > last > start_s and a < end_s:
            out.append((float(last), float(a)))
        last = max(last, b)
    return out


def errors(found: Analysis, movement: Movement, seen: SensedFilm) -> dict[str, list[tuple[float, float]]]:
    """Errors with their stated uncertainties in s, and the counts of flights found, missed and invented."""
    out: dict[str, list[tuple[float, float]]] = defaultdict(list)
    shift = seen.time_s[0]
    true = true_flights(movement, shift, seen.time_s[-1])
    items = found.contacts.items
    used: dict[int, int] = {}
    flights = [(a.toe_off_s + shift, b.touchdown_s + shift) for a, b in itertools.pairwise(items)]
    for i, (a, b) in enumerate(true):
        for j, (p, q) in enumerate(flights):
            if abs((a + b) - (p + q)) / 2 < max(0.25 * (b - a), NEAR_S):
                used[j] = i
    out["counts"].append((len(set(used.values())), len(true)))
    out["invented"].append((len([f for j, f in enumerate(flights) if j not in used and np.isfinite(f).all()]), 0))
    for j, i in used.items():
        before, after = items[j], items[j + 1]
        e_up, e_down = flights[j][0] - true[i][0], flights[j][1] - true[i][1]
        out["toe_off"].append((e_up, before.toe_off_sd_s))
        out["touchdown"].append((e_down, after.touchdown_sd_s))
        out["flight"].append((e_down - e_up, float(np.hypot(before.toe_off_sd_s, after.touchdown_sd_s))))
        if used.get(j + 1) == i + 1:
            c = after
            sd = np.sqrt(max(c.touchdown_sd_s**2 + c.toe_off_sd_s**2 - 2 * c.covariance_s2, 0))
            out["contact"].append(((flights[j + 1][0] - true[i + 1][0]) - e_down, float(sd)))
    return out


def seen_of(name: str, seed: int, fps: float) -> tuple[Movement, SensedFilm]:
    """A movement cast, and sensed through a phone and with noise of its own."""
    movement = cast(name, seed)
    rng = np.random.default_rng([seed, int(fps)])
    how = Sense(
        offset_pct=float(rng.uniform(0.3, 1.0)),
        white_pct=float(rng.uniform(0.1, 0.3)),
        slow_pct=float(rng.uniform(0.15, 0.45)),
        memory_s=float(rng.uniform(0.03, 0.1)),
        droop_pct=float(rng.uniform(0, 1.2)),
        missing_share=0.005,
    )
    phone = Phone(
        float(rng.uniform(4, 8)), float(rng.uniform(0.7, 1.3)), float(rng.normal(0, 6)), float(rng.normal(0, 1)),
        follows=name in ("running", "walking", "bounding", "high_knee_run"),
    )  # fmt: skip
    return movement, sense(movement, phone, how, fps, rng, facing=1 if rng.random() < 0.5 else -1)


def one(job: tuple[str, int, float]) -> tuple[str, float, dict[str, list[tuple[float, float]]]]:
    """Cast, sense and measure one movement at a rate."""
    name, seed, fps = job
    try:
        movement, seen = seen_of(*job)
    except ImpossibleMovementError as error:  # a style and timing that no body could do
        print(f"{name} {seed} is left out: {error}.", file=sys.stderr)
        return name, fps, {}
    pose = as_pose(seen)
    return name, fps, errors(measure_pose(pose, clip_of(pose), Request()), movement, seen)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs=2, default=(0, 6))
    parser.add_argument("--fps", type=float, nargs="+", default=(30.0, 60.0, 120.0, 240.0))
    parser.add_argument("--movements", nargs="+", default=FLYING + GROUNDED)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    jobs = [(name, seed, fps) for name in args.movements for seed in range(*args.seeds) for fps in args.fps]
    groups: dict[tuple[str, float], dict[str, list]] = defaultdict(lambda: defaultdict(list))
    with ProcessPoolExecutor(args.workers) as pool:
        for name, fps, rows in pool.map(one, jobs):
            for key, values in rows.items():
                for group in ((name, fps), ("all", fps)):
                    groups[group][key] += values
    lines: list[list[object]] = []
    for (name, fps), rows in sorted(groups.items()):
        if not rows["counts"]:
            continue
        found, true = np.array(rows["counts"]).sum(axis=0)
        cells: list[object] = []
        for q in QUANTITIES:
            if not rows[q]:
                cells.append("–")
                continue
            e, sd = np.array(rows[q]).T
            cells.append(
                f"{1000 * e.mean():+.0f}, {1000 * np.sqrt((e**2).mean()):.0f}, {np.mean(np.abs(e) <= 1.96 * sd):.0%}"
            )
        invented = int(np.array(rows["invented"])[:, 0].sum())
        lines.append([name, f"{fps:g}", f"{found} of {true}, {invented}", *cells])
    print(
        table(
            ["movement", "fps", "flights found, invented", *(f"{q}, ms".replace("_", "-") for q in QUANTITIES)], lines
        )
    )
    print("\nBias, RMSE in ms, share within 1.96 of the stated standard uncertainty.")


if __name__ == "__main__":
    main()
