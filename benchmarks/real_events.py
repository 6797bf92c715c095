"""Flights of the real clips against events read by eye.

    PLUMBLINE_CLIPS=FOLDER uv run python benchmarks/real_events.py [--details]

A found flight counts when it covers half of a labelled one, and is covered by half. Where only a
stretch of a clip was read, only that stretch is scored. Prints found, missed, invented, and the errors
of touchdown and toe-off with the share inside 1.96 stated standard uncertainties (a reader's own doubt
added).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from plumbline.analysis import Analysis
from plumbline.pipeline import analyze

# By origin, chosen before anything was measured with them: clips that no choice was made on.
HELD_OUT = ("ap_broad", "at_jump", "il_j15", "zz_maleside", "jump_front_anson", "ft_jumpsquats", "wi_walking")
BORDER_S = 0.05


@dataclass
class Score:
    """Errors (s), in units of the stated doubt too, and counts."""

    found: int = 0
    missed: int = 0
    invented: int = 0
    touchdown: list[tuple[float, float]] = field(default_factory=list)
    toe_off: list[tuple[float, float]] = field(default_factory=list)


def labelled(folder: Path) -> dict[str, dict]:
    """Flights of both sets by the clip's name: seconds, a reader's doubt, whether all was read."""
    out = {}
    for name, row in json.loads((folder / "labels2.json").read_text()).items():
        if isinstance(row, dict) and "drill_ok" in row and (row.get("flights") or row["all_events_labelled"]):
            out[name] = {
                "flights": row.get("flights", []),
                "doubt": row["label_pm_s"],
                "all": row["all_events_labelled"],
            }
    first = json.loads((folder / "labels.json").read_text())
    for name, row in first.items():
        if isinstance(row, dict) and "jumps" in row:
            jumps = [
                [(j["first_airborne"] - 0.5) / row["fps"], (j["first_contact"] - 0.5) / row["fps"]]
                for j in row["jumps"]
            ]
            out[name.removesuffix(".mp4")] = {"flights": jumps, "doubt": 0.7 / row["fps"], "all": True}
    return out


def flights_of(analysis: Analysis) -> list[tuple[float, float, float, float]]:
    """Toe-off, touchdown and their standard uncertainties of every flight."""
    return [
        (a.toe_off_s, b.touchdown_s, a.toe_off_sd_s, b.touchdown_sd_s)
        for a, b in itertools.pairwise(analysis.contacts.items)
        if np.isfinite(a.toe_off_s) and np.isfinite(b.touchdown_s)
    ]


def score(found: list[tuple[float, float, float, float]], row: dict, into: Score) -> list[str]:
    """Match, and say what was missed or invented."""
    words = []
    true = [tuple(f) for f in row["flights"]]
    if not row["all"] and true:
        start, end = min(a for a, _ in true) - BORDER_S, max(b for _, b in true) + BORDER_S
        found = [f for f in found if f[1] > start and f[0] < end]
    used = set()
    for a, b in true:
        best, share = None, 0.5
        for i, f in enumerate(found):
            both = min(b, f[1]) - max(a, f[0])
            of_both = min(both / (b - a), both / max(f[1] - f[0], 1e-6))
            if i not in used and of_both >= share:
                best, share = i, of_both
        if best is None:
            into.missed += 1
            words.append(f"missed {a:.2f}-{b:.2f}")
            continue
        used.add(best)
        f = found[best]
        into.found += 1
        into.toe_off.append((f[0] - a, float(np.hypot(f[2], row["doubt"] / 2))))
        into.touchdown.append((f[1] - b, float(np.hypot(f[3], row["doubt"] / 2))))
        words.append(f"{a:.2f}: {1000 * (f[0] - a):+.0f}±{1000 * f[2]:.0f} {1000 * (f[1] - b):+.0f}±{1000 * f[3]:.0f}")
    for i, f in enumerate(found):
        if i not in used:
            into.invented += 1
            words.append(f"invented {f[0]:.2f}-{f[1]:.2f}")
    return words


def summary(name: str, s: Score) -> str:
    """One line of a group's errors in ms."""
    parts = [f"{name}: found {s.found} of {s.found + s.missed}, invented {s.invented}"]
    for title, rows in (("touchdown", s.touchdown), ("toe-off", s.toe_off)):
        if rows:
            e, sd = np.array(rows).T
            inside = np.mean(np.abs(e) <= 1.96 * sd)
            median = np.median(np.abs(e))
            parts.append(f"{title} bias {1000 * e.mean():+.0f}, median |e| {1000 * median:.0f}, in 95 % {inside:.0%}")
    return "; ".join(parts)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    folder = Path(os.environ["PLUMBLINE_CLIPS"])
    groups = {"tried on": Score(), "held out": Score()}
    for name, row in labelled(folder).items():
        group = groups["held out" if name in HELD_OUT else "tried on"]
        words = score(flights_of(analyze(folder / f"{name}.mp4")), row, group)
        if args.details:
            print(f"{name}: {'; '.join(words) or 'nothing to find, nothing found'}")
    for name, s in groups.items():
        print(summary(name, s))


if __name__ == "__main__":
    main()
