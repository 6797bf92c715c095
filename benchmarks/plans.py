"""Make plans of random wishes, count the rules that they break, and draw their weekly contacts.

python -m benchmarks.plans --count 1000 --out docs/images/plans.png
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date, timedelta
from pathlib import Path

from tests.plan.rules import broken_block, broken_progressive

from plumbline.errors import SettingsError
from plumbline.plan import LEVELS, PlanRequest, block, progressive


def wish(rng: random.Random) -> PlanRequest:
    start = date(2026, 1, 1) + timedelta(days=rng.randrange(730))
    race = start + timedelta(days=rng.randint(1, 120)) if rng.random() < 0.5 else None
    some = [frozenset(d for d in range(7) if rng.random() < p) for p in (0.6, 0.15, 0.3, 0.2)]
    days = some[0] or frozenset({rng.randrange(7)})
    return PlanRequest(start, rng.choice(LEVELS), race, days, some[1], rng.randint(6, 10), some[2], some[3])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=Path("docs/images/plans.png"))
    args = parser.parse_args()
    rng, curves, breaches, refused, blocks, took = random.Random(1), [], 0, 0, 0, []
    while len(curves) < args.count:
        request = wish(rng)
        try:
            began = time.perf_counter()
            plan = progressive(request)
        except SettingsError as error:
            assert "no room" in str(error), f"{request}: {error}"
            refused += 1
            continue
        took.append(time.perf_counter() - began)
        curves.append((request.level, plan.weekly_contacts()))
        found = broken_progressive(plan, request)
        try:
            found += broken_block(block(request), request)
            blocks += 1
        except SettingsError as error:
            assert "no room" in str(error), f"{request}: {error}"
        if found:
            print(request, found)
        breaches += bool(found)
    took.sort()
    print(
        f"{len(curves)} progressive plans and {blocks} blocks, {breaches} with a broken rule; "
        f"{refused} wishes without room; median {took[len(took) // 2]:.2f} s a plan, slowest {took[-1]:.2f} s"
    )
    draw(curves, args.out)


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
