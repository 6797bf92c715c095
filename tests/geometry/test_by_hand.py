"""Geometry on points set down by hand, with values worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from plumbline.geometry import (
    PLUMB_JOINTS,
    CameraView,
    KneeReading,
    build_tracks,
    feet_outside,
    find_view,
    fit_floor,
    flexion,
    foot_slide_pct,
    interior_angle,
    knee_ahead,
    knee_inwards_deg,
    knee_projection_deg,
    lean,
    mass_centre,
    middle_hip,
    plumb_offsets,
    side_lean_deg,
    slope,
    thigh_seen,
    trunk_to_the_left_deg,
    unbiased,
)
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES, other
from plumbline.resources import DATA, read_toml
from tests.hand import (
    FLOOR,
    KNEE,
    PX_PER_PCT,
    UPRIGHT,
    clock,
    pose_by_hand,
    pose_of,
    side_camera,
    tracks_by_hand,
    with_knee,
)

NAN = float("nan")


def p(*xy: float) -> np.ndarray:
    return np.array(xy, float)


# Angles ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "c", "interior"),
    [
        (p(0, -3), p(4, 0), 90.0),
        (p(-4, -3), p(4, 3), 180.0),
        (p(1, 0), p(1, 1), 45.0),
        (p(1, 0), p(-1, 1), 135.0),
        (p(2, 0), p(5, 0), 0.0),
        # 3-4-5: the angle beside the side of 4 has the tangent 3 / 4.
        (p(4, 0), p(4, 3), 36.8699),
    ],
)
def test_interior_angle_and_flexion(a: np.ndarray, c: np.ndarray, interior: float) -> None:
    b = p(100, 200)
    assert interior_angle(a + b, b, c + b) == pytest.approx(interior, abs=1e-4)
    assert flexion(a + b, b, c + b) == pytest.approx(180 - interior, abs=1e-4)


def test_angles_of_many_frames_at_once_and_of_missing_ones() -> None:
    a = np.array([[0, -1], [NAN, 0], [0, 0], [1, 0], [0, -5]], float)
    b = np.zeros((5, 2))
    c = np.array([[1, 0], [1, 0], [1, 0], [0, 0], [0, 7]], float)
    np.testing.assert_allclose(interior_angle(a, b, c), [90, NAN, NAN, NAN, 180])


@pytest.mark.parametrize(
    ("dx", "up", "forward", "leaning", "rising"),
    [
        # atan(1 / 2) = 26.565 from the vertical is 63.435 from the level
        (10, 20, 1, 26.565, 63.435),
        (10, 20, -1, -26.565, 116.565),
        (-10, 20, -1, 26.565, 63.435),
        (20, -20, 1, 135.0, -45.0),
        (0, 20, 1, 0.0, 90.0),
    ],
)
def test_lean_and_slope(dx: float, up: float, forward: int, leaning: float, rising: float) -> None:
    low = p(300, 400)
    high = low + p(dx, -up)  # y is down
    assert lean(low, high, forward) == pytest.approx(leaning, abs=1e-3)
    assert slope(low, high, forward) == pytest.approx(rising, abs=1e-3)


# Plumb line --------------------------------------------------------------------------------------

CHAIN = np.array([[112, 0], [104, 60], [92, 200], [108, 300], [100, 390]], float)


def test_plumb_offsets_are_percent_of_the_body_height_forward_of_the_ankle() -> None:
    # 12, 4, -8, 8 and 0 px ahead of the ankle, of 400
    np.testing.assert_allclose(plumb_offsets(CHAIN, 1, 400.0), [3, 1, -2, 2, 0])
    np.testing.assert_allclose(plumb_offsets(CHAIN, -1, 400.0), [-3, -1, 2, -2, 0])
    np.testing.assert_allclose(plumb_offsets(np.stack([CHAIN, CHAIN * 2]), 1, 400.0)[1], [6, 2, -4, 4, 0])


# Floor -------------------------------------------------------------------------------------------


def test_a_floor_through_four_places_on_a_line() -> None:
    """y = 100 + 0.1 x. No spread but the quarter of a px that is always left: 1.25 * 0.25 / (sqrt 4 * 111.803)."""
    floor = fit_floor(np.array([[0, 100], [100, 110], [200, 120], [300, 130], [NAN, 5], [7, NAN]], float))
    assert floor is not None
    assert (floor.slope, floor.level) == (pytest.approx(0.1), pytest.approx(100))
    assert floor.slope_sd == pytest.approx(0.0013975, abs=1e-6)


def test_places_beside_each_other_say_nothing_of_a_floor_s_slope() -> None:
    """Four stances in 3 px, 30 px high and low, and one 300 px on: the ten pairs' median would be steep."""
    places = np.array([[0, 100], [1, 130], [2, 100], [3, 130], [300, 130]], float)
    floor = fit_floor(places)
    assert floor is not None
    # Slopes to the place at 300: 30 / 300, 0 / 299, 30 / 298, 0 / 297; their median (0 + 0.1) / 2.
    assert floor.slope == pytest.approx(0.05, abs=1e-3)


def test_half_a_pixel_apart_is_apart() -> None:
    floor = fit_floor(np.array([[0, 10], [0.25, 10.1], [0.5, 10.2]], float))
    assert floor is not None
    assert floor.slope == pytest.approx(0.4)


def test_a_floor_with_spread() -> None:
    """Slopes of the ten pairs are symmetric about 0, residuals 2 in the middle.

    Spread 1.4826 * 2 + 0.25 = 3.2152; error 1.25 * 3.2152 / (sqrt 5 * 141.421) = 0.012709.
    """
    floor = fit_floor(np.array([[0, 98], [100, 102], [200, 100], [300, 102], [400, 98]], float))
    assert floor is not None
    assert (floor.slope, floor.level) == (pytest.approx(0), pytest.approx(100))
    assert floor.slope_sd == pytest.approx(0.012709, abs=1e-6)


def test_steps_beside_each_other_say_nothing_of_the_slope() -> None:
    """Two feet side by side, one 30 px nearer the camera, thrice: within a pair the slope is 3 or -3."""
    points = [(0, 100), (10, 130), (200, 100), (210, 130), (400, 100), (410, 130)]
    floor = fit_floor(np.array(points, float))
    assert floor is not None
    assert floor.slope == pytest.approx(0, abs=0.01)


def test_three_places_apart_make_a_floor_and_fewer_do_not() -> None:
    three = np.array([[0, 100], [50, 100], [100, 100]], float)
    assert fit_floor(three) is not None
    assert fit_floor(three[:2]) is None
    assert fit_floor(np.array([[5, 1], [5, 2], [5, 3]], float)) is None


# From the front ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "knee_x", "expected"),
    [
        # The hips' middle is at 0, hips at 40, ankles under them: a knee 8 px towards the middle, 90 from
        # either end, is 2 atan(8 / 90) = 10.159 inwards.
        (1, 32, 10.159),
        (1, 48, -10.159),
        (-1, -32, 10.159),
        (-1, -48, -10.159),
        (1, 40, 0.0),
    ],
)
def test_knee_projection(side: int, knee_x: float, expected: float) -> None:
    got = knee_projection_deg(p(40 * side, 0), p(knee_x, 90), p(40 * side, 180), p(0, 0))
    assert got == pytest.approx(expected, abs=1e-3)


def test_knee_projection_of_a_leg_that_is_spread() -> None:
    """The leg goes outwards; its knee lies towards the middle from the line hip to ankle."""
    # Hip (10, 0), ankle (40, 90): half way (25, 45). A knee at (16, 48): 9.4868 off the line, 47.434 from either end:
    # 2 atan(0.2) = 22.620.
    assert knee_projection_deg(p(10, 0), p(16, 48), p(40, 90), p(0, 0)) == pytest.approx(22.620, abs=1e-3)


@pytest.mark.parametrize("turned_deg", [-50, -10, 25, 70])
@pytest.mark.parametrize("moved", [(0, 0), (310, 140), (-90, 25)])
def test_knee_projection_does_not_hang_on_where_and_how_the_camera_is_held(
    turned_deg: float, moved: tuple[float, float]
) -> None:
    c, s = np.cos(np.radians(turned_deg)), np.sin(np.radians(turned_deg))

    def seen(x: float, y: float) -> np.ndarray:
        return np.array([c * x - s * y, s * x + c * y]) + moved

    # The leg of the first case above: 2 atan(8 / 90) = 10.159, its knee towards the middle.
    got = knee_projection_deg(seen(40, 0), seen(32, 90), seen(40, 180), seen(0, 0))
    assert got == pytest.approx(10.159, abs=1e-3)
    assert knee_projection_deg(seen(-40, 0), seen(-48, 90), seen(-40, 180), seen(0, 0)) == pytest.approx(-got)


def test_side_lean_is_towards_the_body_s_left() -> None:
    # 12 px aside over 100 up: atan 0.12 = 6.843
    assert side_lean_deg(p(0, 100), p(12, 0), p(40, 100)) == pytest.approx(6.843, abs=1e-3)
    assert side_lean_deg(p(0, 100), p(12, 0), p(-40, 100)) == pytest.approx(-6.843, abs=1e-3)
    assert side_lean_deg(p(0, 0), p(12, -100), p(40, 0)) == pytest.approx(6.843, abs=1e-3)
    assert side_lean_deg(p(300, 0), p(312, -100), p(260, 0)) == pytest.approx(-6.843, abs=1e-3)


def facing_camera(n: int = 4) -> np.ndarray:
    """Landmarks (n, 33, 2): own left at image right, hips 80 apart, legs of 90 and 90 straight down."""
    xy = np.full((n, 33, 2), np.nan)
    for side, sign in (("left", 1), ("right", -1)):
        hip, knee, ankle, heel, toe = LEG[side]
        xy[:, 11 if side == "left" else 12] = [300 + 60 * sign, 100]
        for row, y in ((hip, 300), (knee, 390), (ankle, 480), (heel, 490), (toe, 500)):
            xy[:, row] = [300 + 40 * sign, y]
    return xy


def test_a_knee_bent_towards_the_camera_shortens_its_leg() -> None:
    xy = facing_camera(20)
    xy[19, [25, 27], 1] -= [18, 36]  # hip to ankle 144 for 180: cos 0.8, tan 0.75
    np.testing.assert_allclose(knee_ahead(xy, "left"), [0] * 19 + [0.75], atol=1e-9)
    np.testing.assert_allclose(knee_ahead(xy, "right"), 0, atol=1e-9)
    assert np.isnan(knee_ahead(np.full((3, 33, 2), np.nan), "left")).all()


def test_frontal_angles_of_landmarks() -> None:
    xy = facing_camera()
    xy[:, 25, 0] -= 8  # left knee inwards
    xy[:, [11, 12], 0] -= 20  # shoulders to the body's right
    np.testing.assert_allclose(middle_hip(xy), [[300, 300]] * 4)
    np.testing.assert_allclose(knee_inwards_deg(xy, "left"), 10.159, atol=1e-3)
    np.testing.assert_allclose(knee_inwards_deg(xy, "right"), 0, atol=1e-9)
    # atan(20 / 200) = 5.711
    np.testing.assert_allclose(trunk_to_the_left_deg(xy), -5.711, atol=1e-3)


def test_a_thigh_that_points_at_the_camera_is_not_seen() -> None:
    """Seen while it hangs down by more than half of its length, 90."""
    xy = facing_camera(6)
    xy[3:, 25, 1] = [300 + 46, 300 + 44, NAN]
    np.testing.assert_array_equal(thigh_seen(xy, "left"), [True, True, True, True, False, False])
    np.testing.assert_array_equal(thigh_seen(xy, "right"), [True] * 6)
    xy[:, 25] = NAN
    np.testing.assert_array_equal(thigh_seen(xy, "left"), [False] * 6)


# Camera ------------------------------------------------------------------------------------------


def beside(shoulders: float, hips: float, facing: int = 1, n: int = 10) -> np.ndarray:
    """An upright figure, trunk 100 px, whose shoulders and hips are so many px broad."""
    xy = np.full((n, 33, 2), np.nan)
    for left, right, breadth, y in ((11, 12, shoulders, 200), (23, 24, hips, 300)):
        xy[:, left], xy[:, right] = [500 + breadth / 2, y], [500 - breadth / 2, y]
    xy[:, 0] = [500 + 15 * facing, 150]
    for side in SIDES:
        _, _, ankle, heel, toe = LEG[side]
        for row, ahead, y in ((ankle, 0, 480), (heel, -8, 490), (toe, 22, 495)):
            xy[:, row] = [500 + ahead * facing, y]
    for ear in (7, 8):
        xy[:, ear] = [500, 150]
    return xy


@pytest.mark.parametrize(
    ("shoulders", "hips", "ratio", "view"),
    [
        (24, 16, 0.20, "side"),
        (34, 24, 0.29, "side"),
        (36, 26, 0.31, "oblique"),
        (50, 38, 0.44, "oblique"),
        (54, 38, 0.46, "front"),
        (80, 55, 0.675, "front"),
    ],
)
def test_view_by_breadth(shoulders: float, hips: float, ratio: float, view: str) -> None:
    found = find_view(beside(shoulders, hips))
    assert found.breadth_ratio == pytest.approx(ratio)
    assert found.view == view


def test_nothing_seen_is_an_unknown_view() -> None:
    found = find_view(np.full((5, 33, 2), np.nan))
    assert (found.view, found.facing_sure) == ("unknown", False)


@pytest.mark.parametrize(("facing", "towards"), [(1, "right"), (-1, "left")])
def test_facing_by_toes_and_nose(facing: int, towards: str) -> None:
    found = find_view(beside(20, 16, facing))
    assert (found.facing, found.near_side, found.facing_sure, found.forward) == (towards, towards, True, facing)
    told = find_view(beside(20, 16, facing), near_side=other(found.near_side))
    assert (told.facing, told.near_side) == (towards, other(found.near_side))


@pytest.mark.parametrize(("turned", "facing", "sure"), [(2, "right", True), (3, "right", False), (8, "left", True)])
def test_facing_is_sure_where_four_frames_of_five_agree(turned: int, facing: str, sure: bool) -> None:
    xy = beside(20, 16)
    xy[:turned] = beside(20, 16, -1)[:turned]
    found = find_view(xy)
    assert (found.facing, found.facing_sure) == (facing, sure)


@pytest.mark.parametrize("towards", [1, -1])
def test_on_all_fours_the_head_shows_the_facing(towards: int) -> None:
    """The trunk lies level; toes and nose point the other way."""
    xy = beside(20, 16, -towards)
    xy[:, [11, 12]] = xy[:, [23, 24]] + [100 * towards, -50]
    assert find_view(xy).forward == towards
    # Bent by atan(100 / 120) = 40 degrees it still stands: toes and nose count.
    xy[:, [11, 12]] = xy[:, [23, 24]] + [100 * towards, -120]
    assert find_view(xy).forward == -towards


@pytest.mark.parametrize(
    # sqrt(ratio^2 - 0.12^2) / 0.60 is the sine: 0.32311^2 = 0.0144 + 0.3^2 for 30 degrees.
    ("ratio", "expected"),
    [(0.05, 0.0), (0.12, 0.0), (0.32311, 30.0), (0.9, 90.0), (NAN, 0.0)],
)
def test_how_far_off_the_side(ratio: float, expected: float) -> None:
    assert CameraView("side", ratio, "right", "right", True).off_side_deg == pytest.approx(expected, abs=0.01)


# The pose model's offsets -----------------------------------------------------------------------


@pytest.mark.parametrize("facing", [1, -1])
def test_the_model_s_offsets_are_taken_off(facing: int) -> None:
    """Every landmark of the table goes back by `forward` and down by `up` percent of 400 px."""
    pose = pose_by_hand(clock(0, 0.1), {}, {}, facing)
    moved = unbiased(pose, side_camera(facing))
    rows = {
        name: [PLUMB_CHAIN[s][k] for s in SIDES] for k, name in enumerate(("ear", "shoulder", "hip", "knee", "ankle"))
    }
    rows |= {"heel": [29, 30], "toe": [31, 32]}
    table = read_toml(DATA / "landmark_bias.toml")
    assert set(table) == set(rows)
    for name, row in table.items():
        step = np.array([-facing * 4 * row["forward"], 4 * row["up"]])
        for got, was in ((moved.raw, pose.raw), (moved.xy, pose.xy)):
            np.testing.assert_allclose(got[:, rows[name]], was[:, rows[name]] + step, atol=1e-9, err_msg=name)
    joints = [np.subtract(UPRIGHT[j], (table[j]["forward"], table[j]["up"])) for j in PLUMB_JOINTS]
    chain = 4 * sum(float(np.hypot(*(a - b))) for a, b in pairwise(joints))
    assert moved.body_height_px == pytest.approx(chain)


# Tracks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facing", [1, -1])
def test_tracks_of_a_figure(facing: int) -> None:
    near = {
        "ear": (5, 93),
        "shoulder": (3, 80),  # atan(3 / 30) = 5.711 ahead of the hip
        "knee": (23 * 0.5, 50 - 23 * 0.8660254),  # thigh 30 ahead of hanging
        "ankle": (23 * 0.5, 27 - 23 * 0.8660254),  # shank straight down: the knee bends by 30
        "toe": (23 * 0.5 + 10, 27 - 23 * 0.8660254),  # level foot: square
    }
    far = {"shoulder": (3, 80), "knee": (-23 * 0.5, 50 - 23 * 0.8660254)}  # thigh 30 behind
    tracks = tracks_by_hand(clock(0, 0.2), near, far, facing)
    side = tracks.near
    assert side is tracks.sides["right" if facing == 1 else "left"]
    for got, value in (
        (side.knee_flexion_deg, 30.0),
        (side.knee_flexion_raw_deg, 30.0),
        (side.thigh_deg, 30.0),
        (side.ankle_deg, 90.0),
        (side.hip_extension_deg, 180 - 30 - 5.7106),
        (tracks.trunk_lean_deg, 5.7106),
        (tracks.sides["left" if facing == 1 else "right"].thigh_deg, -30.0),
        (tracks.offsets_pct_bh[:, 0], 5 - 11.5),
        (tracks.offsets_pct_bh[:, 3], 0.0),
    ):
        np.testing.assert_allclose(got, value, atol=1e-3)
    np.testing.assert_array_equal(tracks.time_s, clock(0, 0.2))


def test_a_thigh_beyond_level_goes_on_past_90() -> None:
    up = np.radians(110)
    tracks = tracks_by_hand(clock(0, 0.1), {"knee": (23 * np.sin(up), 50 - 23 * np.cos(up))}, {})
    np.testing.assert_allclose(tracks.near.thigh_deg, 110, atol=1e-6)


def test_the_knee_s_gain_is_added_about_its_centre() -> None:
    reading = KneeReading(KNEE.velocity_cutoff_hz, gain=0.1, centre_deg=25.0)
    np.testing.assert_allclose(reading.widened(p(5, 25, 45, 65)), [3, 25, 47, 69])
    np.testing.assert_allclose(KNEE.widened(p(5, 45)), [5, 45])
    pose = pose_by_hand(clock(0, 0.2), with_knee(45.0), with_knee(5.0))
    tracks = build_tracks(pose, side_camera(), reading)
    np.testing.assert_allclose(tracks.near.knee_flexion_deg, 47, atol=1e-6)
    np.testing.assert_allclose(tracks.near.knee_flexion_raw_deg, 47, atol=1e-6)
    np.testing.assert_allclose(tracks.sides["left"].knee_flexion_deg, 3, atol=1e-6)


def test_the_knee_s_velocity_is_in_degrees_a_second() -> None:
    time_s = clock(2.0, 3.0)
    np.testing.assert_allclose(KNEE.velocity(time_s, 10 + 80 * time_s), 80, atol=0.5)
    turning = 30 * np.sin(2 * np.pi * time_s)
    # 30 * 2 pi = 188.5 at full seconds
    assert KNEE.velocity(time_s, turning)[50] == pytest.approx(-188.5, abs=0.6)
    # A low-pass of 1 Hz takes 3 dB off a movement of 1 Hz: it keeps 1 / sqrt 2, 133.3.
    long_s = clock(0.0, 6.0)
    slow = KneeReading(velocity_cutoff_hz=1.0).velocity(long_s, 30 * np.sin(2 * np.pi * long_s))
    assert slow[300] == pytest.approx(133.3, abs=1.0)
    assert np.isnan(KNEE.velocity(time_s[:2], turning[:2])).all()
    assert len(KNEE.velocity(time_s[:2], turning[:2])) == 2


def test_the_velocity_s_low_pass_follows_the_frame_rate() -> None:
    # 0.33 of 30 frames a second are 9.9 Hz; 14 at 100.
    assert KNEE.cutoff_at(clock(0, 1, fps=30)) == pytest.approx(9.9)
    assert KNEE.cutoff_at(clock(0, 1)) == pytest.approx(14.0)
    assert KneeReading(velocity_cutoff_hz=11.0).cutoff_at(p(0.5)) == 11.0
    assert tracks_by_hand(clock(0, 1, fps=30), {}, {}).velocity_cutoff_hz == pytest.approx(9.9)


def test_how_far_a_foot_slides_under_its_hip() -> None:
    """The far foot goes evenly from 20 behind to 20 ahead, 5 and 95 % of the frames apart: 0.9 * 40 = 36."""
    time_s = clock(0, 1)
    far = {"ankle": (np.linspace(-20, 20, len(time_s)), 4)}
    assert foot_slide_pct(tracks_by_hand(time_s, {"ankle": (5, 4)}, far)) == pytest.approx(36.0)
    assert foot_slide_pct(tracks_by_hand(time_s, {}, {})) == pytest.approx(0.0)
    # Body and foot together do not slide against each other.
    along = np.linspace(0, 60, len(time_s))
    whole = {joint: (x + along, up) for joint, (x, up) in UPRIGHT.items()}
    assert foot_slide_pct(tracks_by_hand(time_s, whole, whole)) == pytest.approx(0.0)
    unseen = pose_of(time_s, np.full((len(time_s), 33, 2), np.nan))
    assert foot_slide_pct(build_tracks(replace(unseen), side_camera(), KNEE)) == 0.0


def test_a_foot_slides_by_its_ankle_under_the_hip() -> None:
    """The near ankle swings 40 %BH from back to front, its knee 10; from the 5th to the 95th percentile 36."""
    t = clock(0.0, 1.0)
    swing = np.linspace(-20, 20, len(t))
    tracks = tracks_by_hand(t, {"ankle": (swing, 4), "knee": (swing / 4, 27)}, {})
    assert foot_slide_pct(tracks) == pytest.approx(36.0, abs=0.1)


def test_the_knee_of_either_side_has_its_speed() -> None:
    """A knee that bends from 10 to 60 in half a second: 100 degrees a second in between."""
    t = clock(0.0, 1.5)
    bends = with_knee(10 + 50 * np.clip((t - 0.5) / 0.5, 0, 1))
    tracks = tracks_by_hand(t, bends, {})
    fast, still = tracks.sides["right"].knee_velocity_deg_s, tracks.sides["left"].knee_velocity_deg_s
    assert fast[75] == pytest.approx(100, abs=1)
    assert still[75] == pytest.approx(0, abs=1e-6)


def test_a_foot_is_lost_when_heel_and_toe_are() -> None:
    tracks = tracks_by_hand(clock(0, 1), {}, {})
    inside = np.ones((101, 33), bool)
    inside[:, 32] = False  # the near toe alone
    cut = replace(tracks, pose=replace(tracks.pose, inside=inside))
    assert feet_outside(cut) == 0
    inside = inside.copy()
    inside[:25, 30] = False  # and its heel for a quarter of the time
    assert feet_outside(replace(tracks, pose=replace(tracks.pose, inside=inside))) == pytest.approx(25 / 101)


def test_the_mass_centre_of_somebody_upright() -> None:
    """Winter's shares: the standing figure's is 55.85 % of its height up."""
    xy = pose_by_hand(clock(0, 0.1), {}, {}).raw
    assert (FLOOR - mass_centre(xy)[0, 1]) / PX_PER_PCT == pytest.approx(55.852, abs=0.001)
