"""Simulated athletes with known trends: how often a page shows a false change, and how often a true one is found.

    uv run python benchmarks/log_statistics.py --athletes 100

An athlete has one film a week with eleven numbers. A value is the true one, a daily deviation and a
measurement's error, both normal, the daily one 5 % of the value; a page looks at all eleven.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import numpy as np

from plumbline.log import MetricEntry, SessionEntry, SetEntry, page_of, pooled, trends

NAMES = ("rsi_ratio", "contact_time_s", "flight_time_s", *(f"number_{k}" for k in range(8)))
DAY = date(2026, 3, 2)
DAILY, MEASURED = 0.05, 0.02


def film(rng: np.random.Generator, k: int, slope: float, shared: float) -> SessionEntry:
    """One film; `slope` in daily sd a session on the first number, `shared` the correlation of its numbers."""
    common = rng.normal()
    metrics = {}
    for name in NAMES:
        z = np.sqrt(shared) * common + np.sqrt(1 - shared) * rng.normal()
        true = 1 + (slope * DAILY * k if name == NAMES[0] else 0.0)
        mean = true + DAILY * z + rng.normal(0, MEASURED)
        metrics[name] = MetricEntry(mean=mean, sd=MEASURED, n=10, unit="")
    return SessionEntry(
        day=DAY + timedelta(days=7 * k), sets=(SetEntry(drill="pogo", reps=10, source="film", metrics=metrics),)
    )


def shown(rng: np.random.Generator, athletes: int, sessions: int, slope: float, shared: float) -> tuple[float, ...]:
    """Shares of pages: with a false change when each number stands alone, when taken together; headline found."""
    alone = together = found = 0
    for _ in range(athletes):
        single = trends([film(rng, k, slope, shared) for k in range(sessions)])
        page = page_of(single)
        alone += any(t.beyond_error for t in single if slope == 0 or t.metric != NAMES[0])
        together += any(t.beyond_error for t in page if slope == 0 or t.metric != NAMES[0])
        found += next(t for t in page if t.metric == NAMES[0]).beyond_error
    return alone / athletes, together / athletes, found / athletes


def asymmetry_found(rng: np.random.Generator, athletes: int, days: int, pct: float) -> float:
    """Share of athletes whose asymmetry of contact time is called clear."""
    found = 0
    for _ in range(athletes):
        sessions = []
        for k in range(days):
            sets = []
            for side, true in (("left", 0.2 * (1 + pct / 200)), ("right", 0.2 * (1 - pct / 200))):
                value = true * (1 + rng.normal(0, DAILY) + rng.normal(0, MEASURED))
                metric = MetricEntry(mean=value, sd=MEASURED * 0.2, n=10, unit="s")
                sets.append(SetEntry(drill="single_leg_hop", side=side, reps=10, metrics={"contact_time_s": metric}))
            sessions.append(SessionEntry(day=DAY + timedelta(days=7 * k), sets=tuple(sets)))
        found += pooled(sessions, "single_leg_hop")[0].clear
    return found / athletes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--athletes", type=int, default=100)
    athletes = parser.parse_args().athletes
    rng = np.random.default_rng(1)
    print("| sessions | slope, daily sd a session | correlation | false, alone % | false, page % | found % |")
    print("|---|---|---|---|---|---|")
    for shared in (0.0, 0.5):
        for sessions in (2, 4, 8, 12):
            for slope in (0.0, 0.2, 0.4):
                alone, page, found = shown(rng, athletes, sessions, slope, shared)
                print(
                    f"| {sessions} | {slope:g} | {shared:g} | "
                    f"{100 * alone:.1f} | {100 * page:.1f} | {100 * found:.0f} |"
                )
    print("\n| days with both legs | asymmetry % | called clear % |")
    print("|---|---|---|")
    for days in (1, 3, 6, 10):
        for pct in (0.0, 10.0, 15.0, 20.0):
            print(f"| {days} | {pct:g} | {100 * asymmetry_found(rng, athletes, days, pct):.0f} |")


if __name__ == "__main__":
    main()
