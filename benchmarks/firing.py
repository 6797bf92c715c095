"""How often each rule fires on people: PLUMBLINE_CLIPS=FOLDER uv run python benchmarks/firing.py.

The clips show ordinary people, not planted faults: a rule that fires on most of them cries wolf, one
that never comes near its limit cannot fire. Each clip is measured under the drill that its label names
where recognition leaves it open.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

from plumbline import Request, analyze
from plumbline.analysis import Analysis
from plumbline.catalogue import find_drill, load_drills
from plumbline.errors import PlumblineError
from recognition import NAMED


def measured(path: Path, allowed: list[str]) -> Analysis:
    """A clip as it is recognised, or under its label's drill where that is open."""
    found = analyze(path, Request())
    known = [d for d in allowed if find_drill(d).movement is not None]
    if found.reps or not known:
        return found
    try:
        return analyze(path, Request(drill=known[0]))
    except PlumblineError:
        return found


def main() -> None:
    """One line a rule: in how many clips it was judged, called, near; then the clips that each called."""
    folder = Path(os.environ["PLUMBLINE_CLIPS"])
    labels = json.loads((folder / "labels2.json").read_text())
    judged: dict[str, list[str]] = defaultdict(list)
    called: dict[str, list[str]] = defaultdict(list)
    near: dict[str, int] = defaultdict(int)
    for path in sorted(folder.glob("*.mp4")):
        allowed = NAMED.get(path.stem) or labels.get(path.stem, {}).get("drill_ok", [])
        a = measured(path, [d for d in allowed if d in load_drills()])
        faults = {v.fault: f"{v.value:.1f}~{v.sd:.1f}" for m in a.reps for v in m.verdicts if v.verdict != "ok"}
        for fault in {v.fault for m in a.reps for v in m.verdicts}:
            judged[fault].append(path.stem)
            near[fault] += fault in faults
            if fault in a.called:
                called[fault].append(f"{path.stem} {faults.get(fault, 'mean')}")
        print(path.stem, a.drill.id if a.drill else "-", len(a.reps), sorted(a.called), flush=True)
    for fault, clips in sorted(judged.items()):
        print(
            f"{fault:24s} judged {len(clips):2d} called {len(called[fault]):2d} near {near[fault]:2d}  {called[fault]}"
        )


if __name__ == "__main__":
    main()
