"""The shipped sample clips, and random ones for validation; each with its truth beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from plumbline.synthetic.body import Body
from plumbline.synthetic.camera import frame_camera
from plumbline.synthetic.film import Shot, write_film
from plumbline.synthetic.hops import End, Hop, Start, hop_series
from plumbline.synthetic.motion import Motion
from plumbline.synthetic.render import Look
from plumbline.synthetic.slow import Dip, Step, high_knees, lunges, squats, standing
from plumbline.synthetic.truth import truth_document, write_truth

TRUTH_SUFFIX = ".truth.json"
PORTRAIT, LANDSCAPE = (540, 720), (1280, 720)


def truth_path(clip: Path) -> Path:
    """Where a clip's truth lies: beside it."""
    return clip.with_suffix(TRUTH_SUFFIX)


def render_clip(motion: Motion, shot: Shot, path: Path) -> Path:
    """Write a film and its truth."""
    t = write_film(motion, shot, path)
    write_truth(truth_document(motion, float(t[0])), truth_path(path))
    return path


def planted_faults(hop: Hop) -> list[Hop]:
    """Eight hops: clean ones, and one for each fault that is planted."""
    return [
        hop,
        replace(hop, ear_forward_pct=8.0, planted=("head_forward",)),
        hop,
        replace(hop, trunk_lean_deg=17.0, planted=("trunk_lean",)),
        hop,
        replace(hop, foot_ahead_pct=9.0, planted=("foot_ahead_of_hip",)),
        replace(hop, contact_s=0.30, planted=("long_contact",)),
        hop,
    ]


def random_hops(rng: np.random.Generator, n: int, travel_m: float = 0.0) -> list[Hop]:
    """Hops of one athlete: a common style, every rep a little different."""
    contact, flight = rng.uniform(0.15, 0.24), rng.uniform(0.28, 0.46)
    return [
        Hop(
            contact_s=contact + rng.uniform(-0.02, 0.02),
            flight_s=flight + rng.uniform(-0.03, 0.03),
            knee_touchdown_deg=rng.uniform(14, 24),
            knee_toe_off_deg=rng.uniform(7, 14),
            pitch_touchdown_deg=rng.uniform(18, 30),
            pitch_mid_deg=rng.uniform(3, 8),
            pitch_toe_off_deg=rng.uniform(30, 40),
            trunk_lean_deg=rng.uniform(1, 5),
            ear_forward_pct=rng.uniform(0, 2),
            foot_ahead_pct=rng.uniform(0, 4),
            travel_m=travel_m,
        )
        for _ in range(n)
    ]


def random_hop_clip(seed: int, fps: float = 60.0, n: int = 7, travel_m: float = 0.0) -> tuple[Motion, Shot]:
    """A hop clip with random body, style, timing, phase of the frames, and direction."""
    rng = np.random.default_rng(seed)
    body = Body(height_m=float(rng.uniform(1.6, 1.85)), facing=1 if rng.random() < 0.6 else -1)
    drill = "travelling_hop" if travel_m else "pogo"
    start = Start(stand_s=float(rng.uniform(0.5, 0.9)))
    motion = hop_series(body, random_hops(rng, n, travel_m), drill=drill, start=start)
    width, height = LANDSCAPE if travel_m else PORTRAIT
    shot = Shot(frame_camera(motion, width, height), fps=fps, phase=float(rng.random()), seed=seed)
    return motion, shot


def _shot(motion: Motion, size: tuple[int, int], fps: float, seed: int) -> Shot:
    return Shot(frame_camera(motion, *size), fps=fps, phase=0.37, seed=seed, crf=24)


def sample_motions() -> dict[str, tuple[Motion, Shot]]:
    """The shipped samples by file name."""
    body = Body(height_m=1.72)
    left = Body(height_m=1.66, facing=-1)
    faulty = hop_series(body, planted_faults(Hop(contact_s=0.184, flight_s=0.353)))
    travel = hop_series(left, [Hop(travel_m=0.42, contact_s=0.197, flight_s=0.331)] * 5, drill="travelling_hop")
    jump = hop_series(
        body,
        [],
        drill="squat_jump",
        start=Start(stand_s=0.8, push_s=0.75, flight_s=0.463),
        end=End(absorb_s=0.6, landing=Hop(knee_touchdown_deg=24.0, foot_ahead_pct=1.0)),
    )
    look = Look(shirt=(70, 130, 60), shoe=(220, 120, 40))
    out = {
        "pogo_faults.mp4": (faulty, _shot(faulty, PORTRAIT, 60, 11)),
        "travelling_hops.mp4": (travel, replace(_shot(travel, LANDSCAPE, 60, 12), look=look)),
        "squat_jump.mp4": (jump, _shot(jump, PORTRAIT, 60, 13)),
    }
    for name, motion in (
        ("squats.mp4", squats(body, [Dip(), Dip(down_s=1.2)])),
        ("lunges.mp4", lunges(left, [Dip(depth_m=0.28), Dip(depth_m=0.26)])),
        ("high_knees.mp4", high_knees(body, [Step()] * 8)),
        ("standing.mp4", standing(body, 3.0, ear_forward_pct=7.0)),
    ):
        out[name] = (motion, _shot(motion, PORTRAIT, 30, 14))
    return out
