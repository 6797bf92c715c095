"""Make plans of random wishes, count the rules that they break, and draw their weekly contacts.

uv run python benchmarks/plans.py --count 1000 --jobs 2 --out docs/images/plans.png
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from plumbline.errors import SettingsError
from plumbline.plan import LEVELS, PlanRequest, block, progressive

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.plan.rules import broken_block, broken_progressive


def wish(rng: random.Random) -> PlanRequest:
    start = date(2026, 1, 1) + timedelta(days=rng.randrange(730))
    race = start + timedelta(days=rng.randint(1, 120)) if rng.random() < 0.5 else None
    some = [frozenset(d for d in range(7) if rng.random() < p) for p in (0.6, 0.15, 0.3, 0.2)]
    days = some[0] or frozenset({rng.randrange(7)})
    return PlanRequest(start, rng.choice(LEVELS), race, days, some[1], rng.randint(6, 10), some[2], some[3])


@dataclass(frozen=True)
class Made:
    """What came of a wish: the curve of weeks, empty where there was no room, and the rules that were broken."""

    level: str
    weeks: list[int]
    broken: list[str]
    with_block: bool
    seconds: float


def made(request: PlanRequest) -> Made:
    """Make both plans of a wish and look for broken rules."""
    began = time.perf_counter()
    try:
        plan = progressive(request)
    except SettingsError as error:
        assert "no room" in str(error), f"{request}: {error}"
        return Made(request.level, [], [], False, 0.0)
    seconds = time.perf_counter() - began
    broken, with_block = broken_progressive(plan, request), True
    try:
        broken += broken_block(block(request), request)
    except SettingsError as error:
        assert "no room" in str(error), f"{request}: {error}"
        with_block = False
    return Made(request.level, plan.weekly_contacts(), broken, with_block, seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("docs/images/plans.png"))
    args = parser.parse_args()
    rng = random.Random(1)
    # Fewer than one wish in two has no room.
    wishes = [wish(rng) for _ in range(2 * args.count + 10)]
    plans: list[Made] = []
    refused = 0
    with ProcessPoolExecutor(args.jobs) as pool:
        for start in range(0, len(wishes), 20):
            for request, one in zip(wishes[start:], pool.map(made, wishes[start : start + 20]), strict=False):
                refused += not one.weeks
                plans += [one] if one.weeks else []
                if one.broken:
                    print(request, one.broken)
            print(f"{len(plans)} plans", flush=True)
            if len(plans) >= args.count:
                break
    took = sorted(p.seconds for p in plans)
    print(
        f"{len(plans)} progressive plans and {sum(p.with_block for p in plans)} blocks, "
        f"{sum(bool(p.broken) for p in plans)} with a broken rule; "
        f"{refused} wishes without room; median {took[len(took) // 2]:.2f} s a plan, slowest {took[-1]:.2f} s"
    )
    draw([(p.level, p.weeks) for p in plans], args.out)


def draw(curves: list[tuple[str, list[int]]], out: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(12, 3.6), sharey=True)
    for axis, level in zip(axes, LEVELS, strict=True):
        mine = [c for name, c in curves if name == level]
        for curve in mine:
            axis.plot(range(1, len(curve) + 1), curve, color="#1f6fb2", alpha=0.08, linewidth=1)
        axis.set(title=f"{level}, {len(mine)} plans", xlabel="week", xticks=range(1, 11))
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set(ylabel="contacts per week", ylim=(0, None))
    figure.tight_layout()
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, dpi=130)


if __name__ == "__main__":
    main()
