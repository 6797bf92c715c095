"""The camera's turn, from upright lines and the floor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.camera import Uprights
from plumbline.contact import Tilt, detect_contacts, find_tilt
from plumbline.geometry import find_view
from plumbline.measuring import load_measuring
from plumbline.signals import CleanPose, clean
from plumbline.synthetic import Movement, Phone
from tests.athletes import JITTER, WIDE, landmarks, movement, take

MEASURING = load_measuring()


def cleaned(made: Movement, tilt: float, phone: Phone | None = None) -> CleanPose:
    pose, _ = landmarks(made, JITTER, phone=replace(phone or Phone(), roll_deg=tilt))
    return clean(pose, cutoff_hz=12, max_gap_s=0.12)


def travelling(tilt: float) -> CleanPose:
    return cleaned(movement("travelling_hop"), tilt, WIDE)


def tilt_of(pose: CleanPose, uprights: Uprights | None = None) -> Tilt:
    near = find_view(pose.xy).near_side
    return find_tilt(pose, detect_contacts(pose, near, MEASURING), near, uprights, MEASURING)


@pytest.mark.parametrize("true", [-4.0, 0.0, 4.0])
def test_the_floor_tells_the_tilt_of_travelling_hops(true: float) -> None:
    found = tilt_of(travelling(true))
    assert found.tilt_deg == pytest.approx(true, abs=1.5)
    assert found.source == "floor"


@pytest.mark.parametrize("true", [-5.0, 0.0, 5.0])
def test_the_fall_in_flight_is_no_witness(true: float) -> None:
    found = tilt_of(cleaned(movement("pogo"), true))
    assert (found.tilt_deg, found.source) == (0.0, "assumed level")


def test_without_a_witness_level_is_assumed_with_its_doubt() -> None:
    found = tilt_of(cleaned(take("squats"), 5.0))
    assert (found.tilt_deg, found.sd_deg, found.corrected) == (0.0, MEASURING.level_sd_deg, False)
    assert found.source == "assumed level"


def test_upright_lines_alone_are_believed() -> None:
    found = tilt_of(cleaned(take("squats"), 5.0), Uprights(5.1, 0.5, 9))
    assert (found.tilt_deg, found.corrected) == (5.1, True)


def test_a_floor_that_contradicts_the_lines_is_doubted() -> None:
    found = tilt_of(travelling(6.0), Uprights(0.5, 0.5, 9))
    assert [w.source for w in found.doubted] == ["floor"]
    assert found.tilt_deg == pytest.approx(0.5)


def test_a_vague_witness_is_not_used() -> None:
    found = tilt_of(cleaned(take("squats"), 5.0), Uprights(5.0, 3.0, 9))
    assert not found.corrected
    assert found.tilt_deg == 0.0


def test_lines_and_floor_that_agree_are_weighed_together() -> None:
    found = tilt_of(travelling(4.0), Uprights(4.2, 0.5, 9))
    assert found.source == "upright lines and floor"
    assert found.tilt_deg == pytest.approx(4.2, abs=0.4)
    assert found.sd_deg < 0.5


def test_levelled_landmarks_lie_where_an_upright_camera_sees_them() -> None:
    level, tilted = cleaned(movement("pogo"), 0.0), cleaned(movement("pogo"), 6.0)
    upright = tilted.levelled(6.0)
    seen = np.isfinite(upright.raw).all(axis=(1, 2))
    # The same noise falls on both, turned in the one.
    assert np.abs(upright.raw - level.raw)[seen].max() < 0.03 * level.body_height_px
    back = np.stack([upright.in_picture(p, i) for i, p in enumerate(upright.raw)])
    assert back[seen] == pytest.approx(tilted.raw[seen])
