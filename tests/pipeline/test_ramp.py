"""Films that change their speed: where they do, and every rep at the rate of its stretch."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from plumbline.camera import Ramp
from plumbline.clip import ClipInfo
from plumbline.edits import Edits
from plumbline.pipeline import measure_pose
from plumbline.pose import PoseSequence
from plumbline.request import Request
from plumbline.synthetic import anatomy_of, build, hops
from tests.athletes import JITTER, landmarks, true_reps
from tests.conftest import clip_info

COUNT = 12


@cache
def ramped(seed: int, stored: int, factor: int) -> tuple[PoseSequence, Ramp, list[dict]]:
    """Filmed so many times faster than stored, but at both ends only each so many-th picture kept; reps beside."""
    rng = np.random.default_rng(seed)
    made = build(hops(anatomy_of(1.75), rng, COUNT, contact_s=(0.17, 0.23), flight_s=(0.33, 0.42), arms=10))
    fast, start_s = landmarks(made, JITTER, fps=stored * factor, seed=seed)
    a, b = (round(share * len(fast)) for share in (rng.uniform(0.34, 0.45), rng.uniform(0.58, 0.7)))
    a -= a % factor
    kept = [*range(0, a, factor), *range(a, b), *range(b, len(fast), factor)]
    pose = PoseSequence(np.arange(len(kept)) / stored, fast.xy[kept], fast.visibility[kept], fast.width, fast.height)
    before = a // factor
    reps = [{k: rep[k] - start_s for k in ("touchdown_s", "toe_off_s", "landing_s")} for rep in true_reps(made)]
    return pose, Ramp(before / stored, (before + b - a) / stored, factor), reps


def length(rep: dict) -> float:
    return rep["toe_off_s"] - rep["touchdown_s"]


@pytest.mark.parametrize(("seed", "stored", "factor"), [(1, 30, 8), (3, 60, 4)])
def test_every_rep_of_a_ramped_film_has_its_times(seed: int, stored: int, factor: int) -> None:
    pose, true, reps = ramped(seed, stored, factor)
    found = measure_pose(pose, clip_info(pose))
    ramp = found.clip.ramp
    assert ramp is not None
    assert ramp.factor == factor
    # Within a few pictures; each one wrong shifts what follows by a picture's time.
    assert ramp.start_s == pytest.approx(true.start_s, abs=3.1 / stored)
    assert ramp.end_s == pytest.approx(true.end_s, abs=3.1 / stored)
    assert "speed_ramp" in {w.code for w in found.warnings}
    assert len(found.reps) == len(reps)
    for measured, rep in zip(found.reps, reps, strict=True):
        contact = measured.metrics["contact_time_s"]
        assert measured.rep.touchdown_s == pytest.approx(rep["touchdown_s"], abs=0.02 + 4 / stored)
        assert abs(contact.value - length(rep)) < 3 * contact.sd
    start_s, end_s = true.real_s(np.array([true.start_s, true.end_s]))
    slow = [m for m in found.reps if start_s < m.rep.start_s and m.rep.end_s < end_s]
    assert slow
    # At 240 pictures a second no event is a picture of the slow rate off.
    known = {m.rep.index: reps[m.rep.index - 1] for m in slow}
    assert all(abs(m.rep.toe_off_s - m.rep.touchdown_s - length(known[m.rep.index])) < 0.025 for m in slow)
    assert all(a.rep.landing_s == pytest.approx(b.rep.touchdown_s, abs=0.03) for a, b in pairwise(found.reps))


def test_a_rate_given_for_the_slowed_part_changes_nothing_and_reps_are_corrected_by_hand() -> None:
    pose, _, _ = ramped(1, 30, 8)
    told = replace(clip_info(pose).slowed(8), capture_fps_source="given")
    edits = Edits.model_validate({"schema": "plumbline/edits/1", "reps": [{"rep": 3, "delete": True}]})
    found = measure_pose(replace(pose, time_s=pose.time_s / 8), told, Request(edits=edits))
    assert found.clip.ramp is not None
    assert [m.rep.index for m in found.reps] == [1, 2, *range(4, COUNT + 1)]


def test_instants_go_from_the_film_to_real_time_and_back() -> None:
    # Slowed eight times from 2 to 10 s: 8 s of film are 1 s of time, so that second 11 of the film is second 4.
    clip = ClipInfo(Path("a.mp4"), 1, 1, 0, 30.0, 30.0, 1.0, 360, 12.0, False, "container").ramped(Ramp(2, 10, 8))
    assert clip.real_s(np.array([1.0, 2.0, 6.0, 10.0, 11.0])) == pytest.approx([1, 2, 2.5, 3, 4])
    assert clip.film_s(np.array([1.0, 2.0, 2.5, 3.0, 4.0])) == pytest.approx([1, 2, 6, 10, 11])
    assert (clip.capture_fps, clip.duration_s) == (240.0, 5.0)
