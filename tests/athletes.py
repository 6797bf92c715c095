"""Athletes that obey mechanics, as landmarks: for tests whose truth shares nothing with the measuring code."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from plumbline.pose import PoseSequence
from plumbline.synthetic import Movement, Phone, Sense, cast, sense
from plumbline.synthetic.film import Shot
from plumbline.synthetic.takes import TAKES, filmed
from plumbline.synthetic.truth import reps_of

NO_DOUBT = Sense(offset_pct=0.0, white_pct=0.02, slow_pct=0.0, droop_pct=0.0)
JITTER = Sense(offset_pct=0.0, white_pct=0.2, slow_pct=0.0, droop_pct=0.0)
# Sees all of some metres of travel.
WIDE = Phone(7.0, width=1280, height=720)


# Where all workers of a run keep what one has built; None where there is one.
KEPT: Path | None = None


@cache
def movement(name: str, seed: int = 0) -> Movement:
    """One of `MOVEMENTS`, built once."""
    return _once(f"{name}-{seed}", lambda: cast(name, seed))


@cache
def take(name: str) -> Movement:
    """What the athlete of a shipped film does."""
    return _once(f"take-{name}", lambda: filmed(TAKES[name])[0])


def _once(key: str, make: Callable[[], Movement]) -> Movement:
    if KEPT is None:
        return make()
    path = KEPT / f"{key}.pickle"
    if not path.exists():
        KEPT.mkdir(exist_ok=True)
        mine = path.with_suffix(f".{os.getpid()}")
        mine.write_bytes(pickle.dumps(make()))
        mine.replace(path)
    return pickle.loads(path.read_bytes())


def waiting(made: Movement, seconds: float) -> Movement:
    """The same after so much more of standing still."""
    n = round(seconds / float(made.time_s[1] - made.time_s[0]))
    return replace(
        made,
        time_s=np.concatenate([np.linspace(0, seconds, n, endpoint=False), made.time_s + seconds]),
        root_m=np.concatenate([np.repeat(made.root_m[:1], n, axis=0), made.root_m]),
        rotation=np.concatenate([np.repeat(made.rotation[:1], n, axis=0), made.rotation]),
        contacts={side: spans + seconds for side, spans in made.contacts.items()},
    )


def landmarks(
    made: Movement,
    how: Sense = NO_DOUBT,
    *,
    fps: float = 60.0,
    phone: Phone | None = None,
    seed: int = 0,
    facing: int = 1,
    drop_share: float = 0.0,
    shake_px: float = 0.0,
) -> tuple[PoseSequence, float]:
    """Landmarks of a filmed movement, and the movement's time of the first frame."""
    rng = np.random.default_rng(seed)
    seen = sense(made, phone or Phone(), how, fps, rng, facing)
    kept = rng.random(len(seen.time_s)) >= drop_share
    kept[0] = True
    t, xy = seen.time_s[kept], seen.xy[kept] + Shot(shake_px=shake_px, seed=seed).shake_path(seen.time_s[kept])[:, None]
    visibility = np.where(np.isfinite(xy[..., 0]), 0.98, 0.0)
    return PoseSequence(t - t[0], xy, visibility, seen.width, seen.height, "athlete"), float(t[0])


def true_reps(made: Movement, near: str = "right") -> list[dict[str, Any]]:
    """Reps of a movement on its own clock, with their events and metrics, from its joints."""
    return reps_of(made, made.contacts, near)
