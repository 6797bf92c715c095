"""Contacts from landmarks of athletes whose events are known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from plumbline.contact import Contacts, detect_contacts
from plumbline.geometry import find_view
from plumbline.measuring import load_measuring
from plumbline.pose import LEG, PoseSequence
from plumbline.signals import clean
from plumbline.synthetic import Phone, Sense
from tests.athletes import JITTER, WIDE, landmarks, movement, take, true_reps

ATHLETES = (0, 1, 2)

# The known joints have none of the pose model's own bias.
EXACT = replace(
    load_measuring(), touchdown_bias_s=0.0, toe_off_bias_s=0.0, slow_touchdown_bias_s=0.0, slow_toe_off_bias_s=0.0
)


def detect(pose: PoseSequence) -> Contacts:
    cleaned = clean(pose, cutoff_hz=12, max_gap_s=0.12)
    return detect_contacts(cleaned, find_view(cleaned.xy).near_side, EXACT)


def errors(true: list[dict[str, Any]], found: Contacts, start_s: float) -> tuple[np.ndarray, int]:
    """Errors (n, 2) of touchdown and toe-off of matched rebounds, and how many rebounds were found."""
    rebounds = [c for c in found.items if c.whole]
    out = []
    for rep in true:
        down, up = rep["touchdown_s"] - start_s, rep["toe_off_s"] - start_s
        near = min(rebounds, key=lambda c, down=down: abs(c.touchdown_s - down), default=None)
        if near is not None and abs(near.touchdown_s - down) < 0.15:
            out.append((near.touchdown_s - down, near.toe_off_s - up))
    return np.array(out).reshape(-1, 2), len(rebounds)


def run(name: str = "pogo", athletes: tuple[int, ...] = ATHLETES, sense: Sense = JITTER, **how: Any) -> np.ndarray:
    """All event errors over several athletes, after asserting that the reps are exact."""
    collected = []
    for athlete in athletes:
        made = movement(name, athlete)
        pose, start = landmarks(made, sense, seed=athlete, **how)
        true = true_reps(made)
        e, count = errors(true, detect(pose), start)
        assert count == len(true), f"athlete {athlete}: {count} contacts of {len(true)}"
        assert len(e) == len(true), f"athlete {athlete}: a contact is off by more than 150 ms"
        collected.append(e)
    return np.concatenate(collected)


@pytest.mark.parametrize(("fps", "median_ms"), [(30, 8), (60, 8), (120, 6), (240, 6)])
def test_events_lie_below_the_frame(fps: float, median_ms: float) -> None:
    e = 1000 * run(fps=fps)
    assert np.median(np.abs(e)) <= median_ms
    assert abs(np.mean(e[:, 1] - e[:, 0])) <= 7, "contact time is biased"


HARD: dict[str, dict[str, Any]] = {
    "12 % of the frames dropped": {"drop_share": 0.12},
    "5 degrees of tilt": {"phone": Phone(roll_deg=5.0)},
    "a shaking hand": {"shake_px": 1.5},
    "jitter of 1 % BH": {"sense": replace(JITTER, white_pct=1.0)},
    "person lost now and then": {"sense": replace(JITTER, missing_share=0.04)},
    "legs exchanged in a third of the frames": {"sense": replace(JITTER, swap_share=0.33)},
    "30 fps with jitter": {"fps": 30.0, "sense": replace(JITTER, white_pct=0.5)},
}


@pytest.mark.parametrize("name", HARD)
def test_reps_stay_exact_on_hard_clips(name: str) -> None:
    e = 1000 * run(**HARD[name])
    assert np.median(np.abs(e)) <= (20 if "jitter" in name else 8)


def test_travelling_hops_on_a_sloped_floor() -> None:
    e = 1000 * run("travelling_hop", (0,), phone=replace(WIDE, roll_deg=3.0))
    assert np.median(np.abs(e)) <= 8


def test_feet_out_of_the_picture_for_some_frames() -> None:
    made = movement("pogo")
    pose, start = landmarks(made, JITTER)
    true, xy = true_reps(made), pose.xy.copy()
    third = true[2]["touchdown_s"] - start
    gone = (pose.time_s > third - 0.02) & (pose.time_s < third + 0.05)
    assert gone.sum() >= 4
    for side in ("left", "right"):
        for index in LEG[side][3:]:
            xy[gone, index, 1] = pose.height + 40
    found = detect(PoseSequence(pose.time_s, xy, pose.visibility, pose.width, pose.height))
    e, count = errors(true, found, start)
    assert count == len(true)
    assert np.abs(e).max() < 0.06


def test_uncertainty_covers_the_error() -> None:
    inside = []
    for athlete in ATHLETES:
        made = movement("pogo", athlete)
        pose, start = landmarks(made, replace(JITTER, white_pct=0.4), seed=athlete)
        rebounds = [c for c in detect(pose).items if c.whole]
        for rep, c in zip(true_reps(made), rebounds, strict=True):
            inside.append(abs(c.touchdown_s + start - rep["touchdown_s"]) < 1.96 * c.touchdown_sd_s)
            inside.append(abs(c.toe_off_s + start - rep["toe_off_s"]) < 1.96 * c.toe_off_sd_s)
    assert np.mean(inside) >= 0.85


def test_standing_still_has_no_contacts() -> None:
    pose, _ = landmarks(take("standing"), replace(JITTER, white_pct=1.0))
    assert detect(pose).items == ()
