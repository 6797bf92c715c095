"""What recognition says of athletes without pictures, and of real clips (PLUMBLINE_CLIPS).

    uv run python benchmarks/recognition.py [athletes] [people] [--seeds 0 6] [--fps 30 60]

Every movement is cast with a body, style and timing at random. Prints what each was seen as, where sure; how often
the drill that is thought likeliest is the right one, by how sure recognition is; and a line for each real clip.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from athlete_events import FLYING, GROUNDED, as_pose, clip_of, seen_of
from plumbline import Request, analyze
from plumbline.pipeline import measure_pose
from plumbline.reps import is_sure
from rendering import table

# What a movement may be called, where that is not its own name.
CALLED = {
    "long_contacts": ("pogo",),
    "rope_skipping": ("pogo",),
    "running": ("run",),
    "bounding": ("bounding",),
    "high_knee_run": ("high_knees",),
    "jumping_lunge": ("jumping_lunge",),
    "hurdle_hop": ("travelling_hop",),
    "depth_jump": ("depth_jump",),
    "marching": ("marching", "high_knees"),
}
BINS = (0.0, 0.5, 0.7, 0.9, 0.95, 0.98, 1.0)

# Names for films whose label file holds none of its own.
NAMED = {
    "squatjump1_arnautaga": ["squat_jump"],
    "jump_front_anson": ["front_jump"],
    "lunge_nowva": ["lunge"],
    "squat_side_rohan": ["squat"],
    "squat_front_nowva": ["front_squat"],
    "highknees_venkat": ["high_knees"],
    "walk_side_adriel": ["walking"],
    "walk_slouch_wat": ["walking"],
    "run_side_bf": ["run"],
    "run_pass_gentle": ["run"],
    "ft_marchinginplace": ["marching", "high_knees"],
    "ft_inclinetreadmillrun": ["walking"],  # its name says run, the film shows and says walking
    "ft_sprintinterval": ["run"],
    "walk_side_sports2d": [],
    "jump_front_omar3": ["front_jump"],
    "ft_tuckjumps": ["tuck_jump"],
    "ft_jumpinglunges": ["jumping_lunge"],
    "ft_skaterjumps": ["skater_bound"],
    "ft_burpeebroadjumps": ["burpee"],
    "ft_treadmillwalking": ["walking"],
    "wi_walking": ["walking"],
    "ap_hk": ["marching", "high_knees"],
}


Guess = tuple[str, float, str, float]


def guess(job: tuple[str, int, float]) -> Guess:
    """A movement, its rate, what it is thought to be, and how sure that is."""
    name, seed, fps = job
    _, seen = seen_of(name, seed, fps)
    pose = as_pose(seen)
    said = measure_pose(pose, clip_of(pose), Request()).recognised
    return (name, fps, said.drill_id, said.confidence) if said else (name, fps, "", 0.0)


def right(name: str, drill: str) -> bool:
    """Whether a movement may be called so."""
    return drill in CALLED.get(name, (name,))


def of_athletes(guesses: list[Guess]) -> None:
    """Print the confusion matrix of what is sure, and how right each degree of sureness is."""
    rows: list[list[object]] = []
    groups: dict[tuple[str, float], Counter[str]] = defaultdict(Counter)
    for name, fps, drill, sure in guesses:
        groups[name, fps][drill if is_sure(sure) else ""] += 1
    for (name, fps), counts in groups.items():
        n = counts.total()
        good = sum(k for drill, k in counts.items() if right(name, drill))
        wrong = ", ".join(f"{drill} {k}" for drill, k in counts.items() if drill and not right(name, drill))
        rows.append([name, f"{fps:g}", n, good, counts[""], wrong or "–"])
    print(table(["movement", "fps", "films", "right", "not sure", "surely wrong"], rows), "\n")
    sure, good_ = np.array([g[3] for g in guesses]), np.array([right(g[0], g[2]) for g in guesses])
    rows = []
    for low, high in itertools.pairwise(BINS):
        k = (sure >= low) & (sure < high if high < 1 else sure <= high)
        if k.any():
            rows.append([f"{low:g} to {high:g}", int(k.sum()), f"{sure[k].mean():.2f}", f"{good_[k].mean():.2f}"])
    print(table(["how sure", "films", "stated probability", "right"], rows), "\n")


def of_people(folder: Path) -> None:
    """Print one line a clip: right, refused (unsure or unknown) or wrong, and the totals."""
    labels = json.loads((folder / "labels2.json").read_text())
    totals = {"right": 0, "refused": 0, "wrong": 0}
    for path in sorted(folder.glob("*.mp4")):
        names = NAMED.get(path.stem) or labels.get(path.stem, {}).get("drill_ok", [])
        a = analyze(path, Request())
        seen = a.recognised
        name, sure = (seen.drill_id, seen.confidence) if seen else ("", 0.0)
        outcome = "refused" if not is_sure(sure) else "right" if name in names else "wrong"
        totals[outcome] += 1
        faults = sum(len(m.with_outcome("fault")) for m in a.reps)
        likely = " ".join(f"{d}:{p:.2f}" for d, p in (seen.likely if seen else ()))
        print(
            f"{path.stem:24s} {outcome:8s} {name or '-':15s} {sure:.2f} reps {len(a.reps):3d} faults {faults:3d}"
            f"  {likely}  {' '.join(w.code for w in a.warnings)}",
            flush=True,
        )
    print(totals)


def main() -> None:
    """Print the tables, and the real clips where there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("of", nargs="*", choices=["athletes", "people", []], default=["athletes", "people"])
    parser.add_argument("--seeds", type=int, nargs=2, default=(0, 6))
    parser.add_argument("--fps", type=float, nargs="+", default=(30.0, 60.0))
    args = parser.parse_args()
    if "people" in args.of and (folder := os.environ.get("PLUMBLINE_CLIPS")):
        of_people(Path(folder))
    if "athletes" not in args.of:
        return
    jobs = [
        (name, seed, fps)
        for name in (*FLYING, "hurdle_hop", *GROUNDED)
        for fps in args.fps
        for seed in range(*args.seeds)
    ]
    with ProcessPoolExecutor(2) as pool:
        of_athletes(list(pool.map(guess, jobs, chunksize=4)))


if __name__ == "__main__":
    main()
