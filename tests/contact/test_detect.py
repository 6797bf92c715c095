"""Contacts from landmarks of figures whose events are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact import Contacts, detect_contacts
from plumbline.geometry import find_view
from plumbline.measuring import load_measuring
from plumbline.pose import LEG, PoseSequence
from plumbline.signals import clean
from plumbline.synthetic import Motion, random_hop_clip
from tests.conftest import Filming, as_landmarks

# The known joints have none of the pose model's own bias.
EXACT = replace(
    load_measuring(), touchdown_bias_s=0.0, toe_off_bias_s=0.0, slow_touchdown_bias_s=0.0, slow_toe_off_bias_s=0.0
)


def detect(pose: PoseSequence) -> Contacts:
    cleaned = clean(pose, cutoff_hz=12, max_gap_s=0.12)
    return detect_contacts(cleaned, find_view(cleaned.xy).near_side, EXACT)


def errors(motion: Motion, found: Contacts, offset_s: float) -> tuple[np.ndarray, int]:
    """Errors (n, 2) of touchdown and toe-off of matched rebounds, and how many rebounds were found."""
    rebounds = [c for c in found.items if c.rebound]
    out = []
    for rep in motion.reps:
        near = min(rebounds, key=lambda c: abs(c.touchdown_s + offset_s - rep.touchdown_s), default=None)
        if near is not None and abs(near.touchdown_s + offset_s - rep.touchdown_s) < 0.15:
            out.append((near.touchdown_s + offset_s - rep.touchdown_s, near.toe_off_s + offset_s - rep.toe_off_s))
    return np.array(out).reshape(-1, 2), len(rebounds)


def run(how: Filming, seeds: range, travel_m: float = 0.0) -> np.ndarray:
    """All event errors over several random clips, after asserting that the reps are exact."""
    collected = []
    for seed in seeds:
        motion, _ = random_hop_clip(seed, travel_m=travel_m)
        phase = float(np.random.default_rng(seed).random())
        size = (1280, 720) if travel_m else (540, 720)
        pose, offset = as_landmarks(motion, replace(how, seed=seed, phase=phase, size=size))
        e, count = errors(motion, detect(pose), offset)
        assert count == len(motion.reps), f"seed {seed}: {count} contacts of {len(motion.reps)}"
        assert len(e) == len(motion.reps), f"seed {seed}: a contact is off by more than 150 ms"
        collected.append(e)
    return np.concatenate(collected)


@pytest.mark.parametrize(("fps", "median_ms", "bias_ms"), [(30, 10, 5), (60, 4, 3), (120, 4, 3), (240, 4, 3)])
def test_events_lie_below_the_frame(fps: float, median_ms: float, bias_ms: float) -> None:
    e = 1000 * run(Filming(fps=fps), range(4))
    assert np.median(np.abs(e)) <= median_ms
    assert abs(np.mean(e[:, 1] - e[:, 0])) <= bias_ms, "contact time is biased"


HARD = {
    "12 % of the frames dropped": Filming(drop_share=0.12),
    "5 degrees of tilt": Filming(tilt_deg=5.0),
    "a shaking hand": Filming(shake_px=1.5),
    "jitter of 1 % BH": Filming(noise_pct=1.0),
    "person lost now and then": Filming(missing_share=0.04),
    "legs exchanged in a third of the frames": Filming(swap_share=0.33),
    "30 fps with jitter": Filming(fps=30, noise_pct=0.5),
}


@pytest.mark.parametrize("name", HARD)
def test_reps_stay_exact_on_hard_clips(name: str) -> None:
    e = 1000 * run(HARD[name], range(10, 13))
    assert np.median(np.abs(e)) <= (20 if HARD[name].fps < 50 else 10)


def test_travelling_hops_on_a_sloped_floor() -> None:
    e = 1000 * run(Filming(tilt_deg=3.0), range(20, 23), travel_m=0.35)
    assert np.median(np.abs(e)) <= 5


def test_feet_out_of_the_picture_for_some_frames() -> None:
    motion, _ = random_hop_clip(31)
    pose, offset = as_landmarks(motion, Filming(seed=31))
    xy = pose.xy.copy()
    third = motion.reps[2]
    t = pose.time_s + offset
    gone = (t > third.touchdown_s - 0.02) & (t < third.touchdown_s + 0.05)
    assert gone.sum() >= 4
    for side in ("left", "right"):
        for index in LEG[side][3:]:
            xy[gone, index, 1] = pose.height + 40
    found = detect(PoseSequence(pose.time_s, xy, pose.visibility, pose.width, pose.height))
    e, count = errors(motion, found, offset)
    assert count == len(motion.reps)
    assert np.abs(e).max() < 0.06


def test_uncertainty_covers_the_error() -> None:
    inside = []
    for seed in range(40, 46):
        motion, _ = random_hop_clip(seed)
        pose, offset = as_landmarks(motion, Filming(seed=seed, noise_pct=0.4))
        rebounds = [c for c in detect(pose).items if c.rebound]
        for rep, c in zip(motion.reps, rebounds, strict=True):
            inside.append(abs(c.touchdown_s + offset - rep.touchdown_s) < 1.96 * c.touchdown_sd_s)
            inside.append(abs(c.toe_off_s + offset - rep.toe_off_s) < 1.96 * c.toe_off_sd_s)
    assert np.mean(inside) >= 0.85


def test_standing_still_has_no_contacts() -> None:
    from plumbline.synthetic import Body, standing

    pose, _ = as_landmarks(standing(Body(), 3.0), Filming(noise_pct=1.0))
    assert detect(pose).items == ()
