"""Errors of every group of drills against known truth, as one table.

    uv run python benchmarks/groups.py [--clips N] [--only DRILL,DRILL]

Athletes of each group, random in body, size and timing, are sensed without a picture and measured. A row is one
metric of one drill: reps, mean error, its spread, the stated standard uncertainty, and the share of errors within
twice that. `benchmarks/films.py` does the same for rendered athletes.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np

from athlete_events import as_pose, clip_of
from plumbline.catalogue import metric_label
from plumbline.pipeline import measure_pose
from plumbline.request import Request
from plumbline.synthetic import Movement, Phone, Sense, build, dips, hops, random_anatomy, running, sense
from plumbline.synthetic.build import ImpossibleMovementError
from plumbline.synthetic.frontal import Frontal, sideways
from plumbline.synthetic.strength import (
    Move,
    Stand,
    ankle_recoveries,
    arabesques,
    donkey_kicks,
    heel_raises,
    quarter_squats,
    stands,
)
from plumbline.synthetic.truth import reps_of

Make = Callable[[np.random.Generator], Movement]
NOISE = Sense(offset_pct=0.3, white_pct=0.2, slow_pct=0.2, droop_pct=0.3)
TRIES = 12


def _moves(rng: np.random.Generator, n: int, out: float, back: float) -> list[Move]:
    def about(mean: float) -> float:
        return float(mean * rng.uniform(0.8, 1.2))

    return [Move(about(out), rng.uniform(0.1, 0.4), about(back), size=rng.uniform(0.8, 1.1)) for _ in range(n)]


def _departure(rng: np.random.Generator, knee_in: float) -> Frontal:
    left, right = rng.uniform(-0.3, 1.0, 2) * knee_in
    return Frontal(left, right, rng.uniform(-7, 7), rng.uniform(-8, 8))


def _front_hops(rng: np.random.Generator) -> Movement:
    steady = {"contact_s": (0.16, 0.24), "flight_s": (0.28, 0.42)}
    return sideways(build(hops(random_anatomy(rng), rng, 6, **steady)), _departure(rng, 25), "front_hop")


def _front_squats(rng: np.random.Generator) -> Movement:
    return sideways(dips(random_anatomy(rng), rng, 2, depth_m=0.16), _departure(rng, 15), "front_squat")


GROUPS: dict[str, Make] = {
    "single_leg_stance": lambda r: stands(random_anatomy(r), [Stand(4.0, r.uniform(40, 55), 80), Stand(5.0)]),
    "high_knee_twist": lambda r: stands(random_anatomy(r), [Stand(4.0, r.uniform(65, 95)) for _ in range(2)]),
    "arabesque_high_knee": lambda r: arabesques(random_anatomy(r), _moves(r, 3, 1.2, 1.2), bend_deg=r.uniform(0, 25)),
    "quarter_squat": lambda r: quarter_squats(random_anatomy(r), _moves(r, 4, 0.8, 0.8), lean_deg=r.uniform(5, 25)),
    "heel_raise": lambda r: heel_raises(random_anatomy(r), _moves(r, 4, 0.8, 0.9)),
    "ankle_recovery": lambda r: ankle_recoveries(random_anatomy(r), _moves(r, 4, 0.35, 0.3), thigh_deg=50),
    "donkey_kick": lambda r: donkey_kicks(random_anatomy(r), _moves(r, 3, 0.8, 0.8)),
    "run": lambda r: running(random_anatomy(r), r, float(r.uniform(2.5, 4.5)), heel=r.random() < 0.6),
    "front_hop": _front_hops,
    "front_squat": _front_squats,
}  # fmt: skip


def _made(make: Make, rng: np.random.Generator) -> Movement:
    for _ in range(TRIES):
        try:
            return make(rng)
        except ImpossibleMovementError:
            continue
    raise SystemExit(f"nothing that a body could do in {TRIES} draws")


def _errors(drill: str, seed: int) -> tuple[list[tuple[str, float, float]], int, int]:
    """(metric, error, stated sd) of the reps of one clip, reps found, reps there."""
    rng = np.random.default_rng(seed)
    made = _made(GROUPS[drill], rng)
    phone = Phone(yaw_deg=-90.0 if drill.startswith("front") else 0.0, follows=drill == "run")
    seen = sense(made, phone, NOISE, 60.0, rng)
    pose = as_pose(seen)
    found = measure_pose(pose, clip_of(pose), Request(drill=drill, unbias=False))
    true, out = reps_of(made, made.contacts, "right"), []
    for m in found.reps:
        middle = (m.rep.start_s + m.rep.end_s) / 2 + seen.time_s[0]
        truth = next((r["metrics"] for r in true if r["start_s"] <= middle <= r["end_s"]), {})
        out += [(n, q.value - truth[n], q.sd) for n, q in m.metrics.items() if n in truth]
    return out, len(found.reps), len(true)


def _print(drill: str, clips: int, seed: int) -> None:
    rows: dict[str, list[tuple[float, float]]] = {}
    found = there = 0
    for k in range(clips):
        errors, seen, true = _errors(drill, seed + k)
        found, there = found + seen, there + true
        for name, error, sd in errors:
            rows.setdefault(name, []).append((error, sd))
    head = f"| {drill} | {found} of {there} |"
    if not rows:
        print(f"{head} - | | | | | |", flush=True)
    for name, values in rows.items():
        e, sd = np.array(values).T
        label = metric_label(name)
        numbers = [f"{label.factor * x:.{label.digits + 1}f}" for x in (e.mean(), e.std(), np.median(sd))]
        inside = f"{100 * np.mean(np.abs(e) <= 2 * sd):.0f}%"
        print(f"{head} {label.label}, {label.unit or '-'} | {len(e)} | {' | '.join(numbers)} | {inside} |", flush=True)
        head = "| | |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=2, help="clips of each group")
    parser.add_argument("--seed", type=int, default=400)
    parser.add_argument("--only", default="", help="drills, with commas")
    args = parser.parse_args()
    print("| drill | reps found | metric | n | mean error | spread | stated sd | within 2 sd |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for k, drill in enumerate(GROUPS):
        if not args.only or drill in args.only.split(","):
            _print(drill, args.clips, args.seed + 100 * k)


if __name__ == "__main__":
    main()
