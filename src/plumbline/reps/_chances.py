"""How likely each movement is, from bounds of what it must show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy

from plumbline.reps._seen import Seen
from plumbline.reps._settings import REPS
from plumbline.resources import DATA, read_toml


@dataclass(frozen=True)
class Profile:
    """What a movement must show: bounds by the name of a number in `Seen`."""

    view: str
    within: dict[str, tuple[float, float]]
    origin: str


@lru_cache(maxsize=1)
def load_profiles() -> tuple[dict[str, Profile], dict[str, float]]:
    """Profiles by movement, and the standard uncertainty of each number."""
    table = read_toml(DATA / "recognition.toml")
    profiles = {
        key: Profile(row["view"], {n: (float(a), float(b)) for n, (a, b) in row["within"].items()}, row["origin"])
        for key, row in table["movement"].items()
    }
    return profiles, {key: float(sd) for key, sd in table["uncertainty"].items()}


def _inside(value: float, low: float, high: float, sd: float) -> float:
    """Probability that a number known to `sd` lies within its bounds; 0 where it is not seen."""
    if np.isnan(value):
        return 0.0
    return (
        float(scipy.special.ndtr((high - value) / sd) - scipy.special.ndtr((low - value) / sd))
        if np.isfinite(value)
        else float(value <= high)
    )


def chances(seen: Seen, view: str) -> dict[str, float]:
    """Probability of each movement that is seen from this view, likeliest first.

    They sum to one at most; what is missing is the chance of a movement that is not known.
    """
    profiles, sds = load_profiles()
    values = seen.values()
    faces = "front" if view == "front" else "side"
    out = {
        key: REPS.most_chance * float(np.prod([_inside(values[n], *bounds, sds[n]) for n, bounds in p.within.items()]))
        for key, p in profiles.items()
        if p.view == faces
    }
    scale = max(1.0, sum(out.values()))
    return dict(sorted(((k, v / scale) for k, v in out.items()), key=lambda kv: -kv[1]))
