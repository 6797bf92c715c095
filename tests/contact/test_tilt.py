"""The camera's turn, from gravity, the floor and upright lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact import Tilt, detect_contacts, find_tilt
from plumbline.geometry import find_view
from plumbline.measuring import load_measuring
from plumbline.signals import CleanPose, clean
from plumbline.synthetic import Motion, random_hop_clip, squats
from plumbline.synthetic.slow import Dip
from plumbline.video import Uprights
from tests.conftest import Filming, as_landmarks

MEASURING = load_measuring()


def cleaned(motion: Motion, tilt: float, seed: int = 0) -> CleanPose:
    pose, _ = as_landmarks(motion, Filming(tilt_deg=tilt, seed=seed, noise_pct=0.25))
    return clean(pose, cutoff_hz=12, max_gap_s=0.12)


def tilt_of(pose: CleanPose, uprights: Uprights | None = None) -> Tilt:
    near = find_view(pose.xy).near_side
    return find_tilt(pose, detect_contacts(pose, near, MEASURING), near, uprights, MEASURING)


@pytest.mark.parametrize("true", [-8.0, -5.0, -2.0, 0.0, 2.0, 5.0, 8.0])
def test_gravity_tells_the_tilt_of_eight_hops(true: float) -> None:
    motion, _ = random_hop_clip(int(20 + true), n=8)
    found = tilt_of(cleaned(motion, true))
    assert found.tilt_deg == pytest.approx(true, abs=1.5)
    assert found.source == "gravity"


def test_the_floor_helps_in_travelling_drills() -> None:
    motion, _ = random_hop_clip(4, n=6, travel_m=0.4)
    found = tilt_of(cleaned(motion, 4.0))
    assert found.source == "gravity and floor"
    assert found.tilt_deg == pytest.approx(4.0, abs=1.5)


def test_without_a_witness_level_is_assumed_with_its_doubt() -> None:
    found = tilt_of(cleaned(squats(random_hop_clip(1)[0].body, [Dip()]), 5.0))
    assert (found.tilt_deg, found.sd_deg, found.corrected) == (0.0, MEASURING.level_sd_deg, False)
    assert found.source == "assumed level"


def test_upright_lines_alone_are_believed() -> None:
    found = tilt_of(cleaned(squats(random_hop_clip(1)[0].body, [Dip()]), 5.0), Uprights(5.1, 0.5, 9))
    assert (found.tilt_deg, found.corrected) == (5.1, True)


def test_lines_that_contradict_gravity_are_doubted() -> None:
    found = tilt_of(cleaned(random_hop_clip(6, n=8)[0], 0.0), Uprights(6.0, 0.5, 9))
    assert [w.source for w in found.doubted] == ["upright lines"]
    assert abs(found.tilt_deg) < 1.5


def test_a_vague_witness_is_not_used() -> None:
    found = tilt_of(cleaned(squats(random_hop_clip(1)[0].body, [Dip()]), 5.0), Uprights(5.0, 3.0, 9))
    assert not found.corrected
    assert found.tilt_deg == 0.0


def test_a_vague_witness_does_not_outvote_a_sure_one() -> None:
    found = tilt_of(cleaned(random_hop_clip(6, n=8)[0], 0.0), Uprights(7.0, 0.4, 9))
    assert found.doubted
    shaken = replace(MEASURING, tilt_gravity_sd_deg=2.5)
    pose = cleaned(random_hop_clip(6, n=8)[0], 7.0)
    near = find_view(pose.xy).near_side
    found = find_tilt(pose, detect_contacts(pose, near, MEASURING), near, Uprights(7.0, 0.4, 9), shaken)
    assert (found.source, found.corrected) == ("upright lines", True)


def test_levelled_landmarks_lie_where_an_upright_camera_sees_them() -> None:
    motion, _ = random_hop_clip(7)
    level, tilted = cleaned(motion, 0.0), cleaned(motion, 6.0)
    upright = tilted.levelled(6.0)
    seen = np.isfinite(upright.raw).all(axis=(1, 2))
    # The same noise falls on both, turned in the one.
    assert np.abs(upright.raw - level.raw)[seen].max() < 0.03 * level.body_height_px
    back = np.stack([upright.in_picture(p, i) for i, p in enumerate(upright.raw)])
    assert back[seen] == pytest.approx(tilted.raw[seen])
