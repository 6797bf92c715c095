"""Contacts of athletes that obey mechanics: truth that is not made of the fit's own equations."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from plumbline.contact import Contacts, detect_contacts
from plumbline.geometry import find_view
from plumbline.measuring import load_measuring
from plumbline.signals import clean
from plumbline.synthetic import Movement, Sense
from tests.athletes import landmarks, movement

MEASURING = load_measuring()
USUAL = Sense(offset_pct=0.6, white_pct=0.2, slow_pct=0.3, memory_s=0.06, droop_pct=0.5)


def found(made: Movement, how: Sense, fps: float, seed: int = 0) -> tuple[Contacts, float]:
    pose, start = landmarks(made, how, fps=fps, seed=seed)
    cleaned = clean(pose, cutoff_hz=12, max_gap_s=0.12)
    return detect_contacts(cleaned, find_view(cleaned.xy).near_side, MEASURING), start


def true_flights(made: Movement) -> list[tuple[float, float]]:
    rows = np.concatenate(list(made.contacts.values()))
    rows = rows[np.argsort(rows[:, 0])]
    out, last = [], -np.inf
    for a, b in rows:
        if a > last > 0:
            out.append((last, a))
        last = max(last, b)
    return out


@pytest.mark.parametrize(
    ("name", "fps"),
    [("pogo", 30.0), ("pogo", 120.0), ("tuck_jump", 30.0), ("squat_jump", 60.0), ("rope_skipping", 30.0)],
)
def test_every_flight_is_found_and_none_invented(name: str, fps: float) -> None:
    made = movement(name, 0)
    contacts, start = found(made, USUAL, fps)
    flights = [(a.toe_off_s + start, b.touchdown_s + start) for a, b in itertools.pairwise(contacts.items)]
    true = true_flights(made)
    assert len(flights) == len(true)
    for (a, b), (p, q) in zip(true, flights, strict=True):
        assert p == pytest.approx(a, abs=0.09)
        assert q == pytest.approx(b, abs=0.09)


@pytest.mark.parametrize("name", ["walking", "squat", "marching"])
def test_feet_that_never_leave_the_floor_together_make_no_flight(name: str) -> None:
    for seed in range(2):
        contacts, _ = found(movement(name, 0), USUAL, 30.0, seed)
        assert contacts.flights == 0


@pytest.mark.parametrize("fps", [60.0, 120.0])
def test_touchdowns_lie_within_their_stated_doubt(fps: float) -> None:
    """The athlete's foot is no pose model's: the model's own bias is taken out of the comparison."""
    z = []
    for name, seed in (("pogo", 0), ("rope_skipping", 0), ("long_contacts", 0), ("single_leg_hop", 2)):
        made = movement(name, seed)
        contacts, start = found(made, USUAL, fps, seed)
        downs = [(c.touchdown_s + start + MEASURING.touchdown_bias_s, c.touchdown_sd_s) for c in contacts.items[1:]]
        for _, b in true_flights(made):
            at, sd = min(downs, key=lambda d: abs(d[0] - b))
            z.append((at - b) / sd)
    assert np.mean(np.abs(z) < 1.96) >= 0.8
    assert np.mean(np.abs(z) < 0.5) <= 0.8, "stated far too vague"
