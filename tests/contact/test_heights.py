"""Heights that contacts are read from: in percent of body height above the picture's bottom, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact import Contact, Contacts, Gait, foot_heights
from tests.contact.by_hand import NAN, heights
from tests.hand import UPRIGHT, clock, pose_by_hand

T = np.arange(6.0)


def test_heights_of_a_figure() -> None:
    """The floor lies 20 px above the picture's bottom, 4 px to the percent: 5 more than above the floor."""
    near = {"toe": (10, 3), "heel": (-5, 2), "ankle": (0, 6), "wrist": (0, 44)}
    far = {"toe": (10, 8), "heel": (-5, 7), "ankle": (0, 12), "wrist": (0, 40)}
    pose = pose_by_hand(clock(0, 0.09), near, far)
    inside = pose.inside.copy()
    inside[3, [32, 28]] = False  # the near toe and ankle leave the picture for a frame
    h = foot_heights(replace(pose, inside=inside))
    assert h.time_s is pose.time_s
    assert [h.toe["right"][0], h.heel["right"][0], h.ankle["right"][0]] == pytest.approx([8, 7, 11])
    assert [h.toe["left"][3], h.heel["left"][3], h.ankle["left"][3]] == pytest.approx([13, 12, 17])
    assert h.hand == pytest.approx(np.full(10, 45.0))
    assert (
        np.isnan(h.toe["right"]).tolist() == np.isnan(h.ankle["right"]).tolist() == [False] * 3 + [True] + [False] * 6
    )
    assert h.heel["right"][3] == pytest.approx(7)


def test_the_mass_centre_rises_with_the_body_and_lies_where_all_of_it_does() -> None:
    t = clock(0, 0.3)
    low = {joint: (x, 30) for joint, (x, _) in UPRIGHT.items()}
    high = {joint: (x, 30 + 100 * t) for joint, (x, _) in UPRIGHT.items()}
    assert foot_heights(pose_by_hand(t, low, low)).centre == pytest.approx(np.full(31, 35.0))
    assert foot_heights(pose_by_hand(t, high, high)).centre == pytest.approx(35 + 100 * t)


# A foot whose parts stand from 1 to 4: the toe about 1, 2, 2, 3, the heel about 3, 4, 4, 5. A quarter of the way up
# they are at 1.75 and 3.75.
TOE, HEEL = np.array([9.0, 2, 1, 3, 2, 9]), np.array([8.0, 4, 3, 5, 4, 12])


def test_a_foot_is_as_high_as_its_lowest_part_above_where_that_stands() -> None:
    h = heights(T, TOE, heel=HEEL, other_toe=50.0)
    # At 0 the heel is nearer to its stand (8 - 3.75), at 5 the toe (9 - 1.75).
    expected = [4.25, 0.25, -0.75, 1.25, 0.25, 7.25]
    assert h.above_stand(("left",), 0.0, 1.0, 4.0) == pytest.approx(expected)
    # Half of the foot beyond the toe: 1.5 toe - 0.5 heel = 9.5, 1, 0, 2, 1, 7.5, standing at 0.75.
    assert h.above_stand(("left",), 0.5, 1.0, 4.0) == pytest.approx([*expected[:5], 6.75])


def test_of_two_feet_the_lower_counts_wherever_it_stands() -> None:
    """The other foot stands 40 higher, as nearer to the camera, and leaves last."""
    h = heights(T, TOE, heel=HEEL, other_toe=np.array([49.0, 42, 41, 43, 42, 41.5]))
    both = h.above_stand(("left", "right"), 0.0, 1.0, 4.0)
    assert both == pytest.approx([4.25, 0.25, -0.75, 1.25, 0.25, 41.5 - 41.75])
    assert h.above_stand(("right",), 0.0, 1.0, 4.0)[0] == pytest.approx(49 - 41.75)


def test_what_is_not_seen_is_left_out() -> None:
    toe = np.array([9.0, NAN, NAN, NAN, NAN, 9])  # never seen while it stands
    h = heights(T, toe, heel=np.where(T == 5, NAN, HEEL), other_toe=NAN)
    assert h.above_stand(("left",), 0.0, 1.0, 4.0) == pytest.approx([4.25, 0.25, -0.75, 1.25, 0.25, NAN], nan_ok=True)
    assert np.isnan(h.above_stand(("right",), 0.0, 1.0, 4.0)).all()
    assert len(h.above_stand(("right",), 0.0, 1.0, 4.0)) == 6
    # Nothing is seen between these instants.
    assert np.isnan(heights(T, TOE).above_stand(("left",), 0.0, 7.0, 9.0)).all()


def test_the_lowest_point_is_that_of_either_foot() -> None:
    """A flat foot's toe lies 1 above its heel in three frames of ten, and is taken down by it; then the heel rises."""
    t = np.arange(10.0)
    heel, toe = np.array([1.0] * 3 + [5.0] * 7), np.array([2.0] * 3 + [1.5] * 7)
    h = heights(t, toe, heel=heel, other_toe=30.0)
    assert h.lowest == pytest.approx([1.0] * 3 + [0.5] * 7)
    other = heights(t, 30.0, other_toe=toe, other_heel=heel)
    assert other.lowest == pytest.approx([1.0] * 3 + [0.5] * 7)
    gone = np.where(t == 4, NAN, 1.0)
    assert heights(t, gone * toe, heel=gone * heel, other_toe=NAN).lowest == pytest.approx(
        [1.0] * 3 + [0.5, NAN] + [0.5] * 5, nan_ok=True
    )


@pytest.mark.parametrize(("over", "off"), [(2.0, 2.0), (4.0, 2.5), (-1.0, 0.0)])
def test_no_shoe_is_thicker_than_two_and_a_half(over: float, off: float) -> None:
    """Heel and toe are both up by 10 most of the time: only the flat frames tell how far apart they are."""
    t = np.arange(10.0)
    up = np.array([0.0] * 3 + [10.0] * 7)
    h = heights(t, 1 + over + up, heel=1 + 3 * up, other_toe=60.0)
    assert h.lowest[5] == pytest.approx(11 + over - off)


# Contacts ----------------------------------------------------------------------------------------


def test_a_common_doubt_is_added_in_squares() -> None:
    c = Contact(1.0, 1.2, 0.004, 0.012, 2e-6, "left", 0.0, 0.004)
    wider = c.vaguer(0.003)
    assert (wider.touchdown_sd_s, wider.touchdown_common_s) == (pytest.approx(0.005), pytest.approx(0.003))
    assert wider.toe_off_sd_s == pytest.approx(0.0123693, abs=1e-7)  # sqrt(144 + 9) = 12.369
    assert wider.toe_off_common_s == pytest.approx(0.005)
    assert (wider.touchdown_s, wider.toe_off_s, wider.covariance_s2, wider.stance) == (1.0, 1.2, 2e-6, "left")
    assert Contacts((c, c), 545.0, ()).vaguer(0.003).items == (wider, wider)


@pytest.mark.parametrize(("down_s", "up_s", "both"), [(1.0, 1.2, True), (NAN, 1.2, False), (1.0, NAN, False)])
def test_a_rebound_shows_both_ends(down_s: float, up_s: float, both: bool) -> None:
    assert Contact(down_s, up_s, 0.01, 0.01, 0.0, "both").whole is both


def test_a_contact_is_known_without_anything_common() -> None:
    c = Contact(1.0, 1.2, 0.004, 0.012, 0.0, "both")
    assert (c.touchdown_common_s, c.toe_off_common_s) == (0.0, 0.0)
    items = (c, c, c)
    assert [Contacts(items[:k], 545.0, ()).flights for k in range(4)] == [0, 0, 1, 2]
    gait = Gait((), 1.0)
    rescaled = Contacts(items, 600.0, (), gait).per_body_height(400.0, 300.0)
    # A body height that is a quarter less makes the same fall a third more of it.
    assert (rescaled.gravity_pct_bh_s2, rescaled.items, rescaled.gait) == (pytest.approx(800.0), items, gait)
