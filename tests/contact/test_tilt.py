"""The camera's turn, from upright lines and the floor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.camera import Uprights
from plumbline.contact import Contact, Contacts, Tilt, detect_contacts, find_tilt
from plumbline.contact._tilt import from_floor
from plumbline.geometry import find_view
from plumbline.measuring import load_measuring
from plumbline.signals import CleanPose, clean
from plumbline.synthetic import Movement, Phone
from tests.athletes import JITTER, WIDE, landmarks, movement, take
from tests.hand import clock, pose_by_hand

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


# By hand -----------------------------------------------------------------------------------------


def stepping(slope: float, stands: int, apart: float, facing: int = 1) -> tuple[CleanPose, Contacts]:
    """Feet that stand at -40, -40 + `apart`, ... %BH of a floor that rises forwards; in the air between.

    The near foot's toe lies 10, the far one's 30 ahead of where the body is, and 2 further up the picture.
    """
    t = clock(0.0, 0.5 * stands)
    number = np.minimum((t / 0.5).astype(int), stands - 1)
    x = -40.0 + apart * number
    flies = np.where((t % 0.5) > 0.3, 20.0, 0.0)
    feet = [{"toe": (x + ahead, 1 + slope * (x + ahead) + up + flies)} for ahead, up in ((10.0, 0.0), (30.0, 2.0))]
    pose = pose_by_hand(t, feet[0], feet[1], facing)
    items = [Contact(0.5 * k + 0.02, 0.5 * k + 0.28, 0.004, 0.004, 0.0, "both") for k in range(stands)]
    return pose, Contacts(tuple(items), 600.0, ())


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("slope", [0.05, -0.08, 0.0])
def test_the_slope_of_a_floor(facing: int, slope: float) -> None:
    """A rise to the right of the picture is a turn counter-clockwise: atan 0.05 = 2.862, atan 0.08 = 4.574 degrees.

    Stances in a line are 0.25 px uncertain: 1.25 * 0.25 / (sqrt 5 * their spread of 80 px times sqrt 2), 0.0708
    degrees, and a floor may slope by 1.
    """
    pose, contacts = stepping(slope, 5, 20.0, facing)
    near = "right" if facing == 1 else "left"
    found = from_floor(pose, contacts, near, 1.0)
    assert found is not None
    assert found.source == "floor"
    assert found.tilt_deg == pytest.approx(facing * np.degrees(np.arctan(slope)), abs=1e-6)
    assert found.sd_deg == pytest.approx(np.hypot(1.0, np.degrees(1.25 * 0.25 / (np.sqrt(5) * 80 * np.sqrt(2)))))


def test_a_floor_takes_four_stances_and_sixty_of_way() -> None:
    for stands, apart, seen in ((4, 20.5, True), (3, 40.0, False), (4, 19.5, False), (5, 15.5, True)):
        pose, contacts = stepping(0.05, stands, apart)
        assert (from_floor(pose, contacts, "right", 1.0) is not None) == seen, (stands, apart)


def test_each_stance_is_read_at_the_foot_that_bears() -> None:
    """The far foot stands 20 further on and 2 + 0.05 * 20 higher: read in every other stance it bends the line."""
    pose, contacts = stepping(0.05, 6, 20.0)
    own = [replace(c, stance=("right", "left")[k % 2]) for k, c in enumerate(contacts.items)]
    mixed = from_floor(pose, replace(contacts, items=tuple(own)), "right", 0.0)
    far = from_floor(pose, replace(contacts, items=tuple(replace(c, stance="left") for c in own)), "right", 0.0)
    near = from_floor(pose, replace(contacts, items=tuple(replace(c, stance="right") for c in own)), "left", 0.0)
    assert far is not None
    assert near is not None
    assert mixed is not None
    assert far.tilt_deg == pytest.approx(2.862, abs=0.001)
    assert near.tilt_deg == pytest.approx(2.862, abs=0.001)
    assert mixed.sd_deg > 5 * near.sd_deg


def test_an_end_that_is_not_seen_is_read_over_a_tenth_of_a_second() -> None:
    """Without touchdowns, or toe-offs, the foot is read beside the other end, where it stands as well."""
    pose, contacts = stepping(0.05, 5, 20.0)
    for change in ({"touchdown_s": np.nan}, {"toe_off_s": np.nan}):
        one = replace(contacts, items=tuple(replace(c, **change) for c in contacts.items))
        found = from_floor(pose, one, "right", 1.0)
        assert found is not None
        assert found.tilt_deg == pytest.approx(2.862, abs=0.001)
    # A toe that is never seen in a stance leaves it out: three of four are too few.
    raw = pose.raw.copy()
    raw[pose.time_s < 1.0, 32] = np.nan
    assert from_floor(replace(pose, raw=raw), contacts, "right", 1.0) is None


def weighed(lines: Uprights | None, slope: float) -> Tilt:
    pose, contacts = stepping(slope, 5, 20.0)
    return find_tilt(pose, contacts, "right", lines, MEASURING)


def test_witnesses_are_weighed_by_their_doubt() -> None:
    """Lines 3.5 known to 0.5, the floor 2.862 known to 1.0025: (3.5 * 4 + 2.862 * 0.995) / 4.995; sd 1 / sqrt 4.995."""
    found = weighed(Uprights(3.5, 0.5, 9), 0.05)
    assert found.tilt_deg == pytest.approx(3.373, abs=0.001)
    assert found.sd_deg == pytest.approx(0.4474, abs=0.0005)
    assert [w.source for w in found.witnesses] == ["upright lines", "floor"]
    assert (found.doubted, found.corrected, found.source) == ((), True, "upright lines and floor")


def test_what_contradicts_the_lines_is_left_out() -> None:
    """2.5 times sqrt(0.5^2 + 1.0025^2) = 1.12 are 2.80 degrees: 2.862 against 0.1 agrees, against -0.1 does not."""
    agrees, against = weighed(Uprights(0.1, 0.5, 9), 0.05), weighed(Uprights(-0.1, 0.5, 9), 0.05)
    assert [len(agrees.witnesses), len(agrees.doubted)] == [2, 0]
    assert [len(against.witnesses), len(against.doubted)] == [1, 1]
    assert (against.tilt_deg, against.sd_deg) == (pytest.approx(-0.1), pytest.approx(0.5099, abs=1e-4))
    assert against.doubted[0].tilt_deg == pytest.approx(2.862, abs=0.001)
    assert not against.corrected  # a tenth of a degree, known to half a degree: it stays, and counts


@pytest.mark.parametrize(
    ("lines", "tilt_deg", "corrected"),
    [
        (Uprights(5.0, 1.99, 9), 5.0, True),
        (Uprights(5.0, 2.01, 9), 0.0, False),  # no surer than a camera held by eye
        (Uprights(19.9, 1.0, 9), 19.9, True),
        (Uprights(-20.1, 1.0, 9), 0.0, False),  # nobody films like that
        (Uprights(-1.1, 1.0, 9), -1.1, True),
        (Uprights(0.9, 1.0, 9), 0.9, False),
        (None, 0.0, False),
    ],
)
def test_lines_alone(lines: Uprights | None, tilt_deg: float, corrected: bool) -> None:
    pose, contacts = stepping(0.05, 2, 20.0)
    found = find_tilt(pose, contacts, "right", lines, MEASURING)
    assert (found.tilt_deg, found.corrected) == (pytest.approx(tilt_deg), corrected)
    # What is too small to be taken off is left in every lean: sqrt(0.9^2 + 1^2).
    known = 2.0 if lines is None or tilt_deg == 0 else lines.sd_deg if corrected else 1.3454
    assert found.sd_deg == pytest.approx(known, abs=1e-4)
    assert found.source == ("assumed level" if tilt_deg == 0 else "upright lines")
