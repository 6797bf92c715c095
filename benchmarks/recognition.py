"""What recognition says of real clips (PLUMBLINE_CLIPS) and of synthetic motions.

uv run python benchmarks/recognition.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from plumbline import Request, analyze
from plumbline.reps import is_sure

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
    "ft_inclinetreadmillrun": ["run"],
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


def main() -> None:
    """Print one line a clip: right, refused (unsure or unknown) or wrong, and the totals."""
    folder = Path(os.environ["PLUMBLINE_CLIPS"])
    labels = json.loads((folder / "labels2.json").read_text())
    totals = {"right": 0, "refused": 0, "wrong": 0}
    for path in sorted(folder.glob("*.mp4")):
        right = NAMED.get(path.stem) or labels.get(path.stem, {}).get("drill_ok", [])
        a = analyze(path, Request())
        seen = a.recognised
        name, sure = (seen.drill_id, seen.confidence) if seen else ("", 0.0)
        outcome = "refused" if not is_sure(sure) else "right" if name in right else "wrong"
        totals[outcome] += 1
        faults = sum(len(m.with_outcome("fault")) for m in a.reps)
        likely = " ".join(f"{d}:{p:.2f}" for d, p in (seen.likely if seen else ()))
        print(
            f"{path.stem:24s} {outcome:8s} {name or '-':15s} {sure:.2f} reps {len(a.reps):3d} faults {faults:3d}"
            f"  {likely}  {' '.join(w.code for w in a.warnings)}",
            flush=True,
        )
    print(totals)


if __name__ == "__main__":
    main()
