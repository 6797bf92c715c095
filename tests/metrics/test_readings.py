"""How a value is read from a track, and how much of its noise it keeps: tracks by hand, values on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from plumbline.contact import Tilt
from plumbline.geometry import CameraView, Tracks, build_tracks
from plumbline.measuring import load_measuring
from plumbline.metrics import METRICS, Context, FlatFoot
from plumbline.metrics._balance import _over_rep
from plumbline.metrics._joints import _extreme
from plumbline.metrics._series import Series, read_at
from plumbline.metrics._slow import hip_rise
from plumbline.reps import Rep
from tests.hand import KNEE, NAN, clock, context, pose_by_hand, pose_of, rep, side_camera, tracks_by_hand, with_knee
from tests.metrics.test_uncertainty import EXACT

T = clock(0.5, 2.0)
STILL = Context(tracks_by_hand(T, {}, {}), EXACT)
HOP = rep("both", touchdown_s=1.0, toe_off_s=1.2, landing_s=1.6)
# Up and down from frame to frame: third differences of 8 times its size, 1.4826 * 8 / sqrt 20 = 2.652.
FLICKER = np.where(np.arange(len(T)) % 2, 1.0, -1.0)


# Tops --------------------------------------------------------------------------------------------


def top(series: np.ndarray, window: tuple[float, float] = (0.9, 1.3), sign: int = 1) -> tuple[float, float]:
    return _extreme(STILL, series, window, sign)


@pytest.mark.parametrize("at_s", [1.1, 1.1021, 1.1049, 1.0952])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_top_of_a_parabola_is_found_between_frames(at_s: float, sign: int) -> None:
    value, when = top(sign * (60 - 2000 * (T - at_s) ** 2), sign=sign)
    assert (value, when) == (pytest.approx(sign * 60.0, abs=1e-6), pytest.approx(at_s, abs=1e-6))


def test_the_top_is_sought_in_the_window_alone() -> None:
    two = 40 * np.exp(-(((T - 1.1) / 0.05) ** 2)) + 80 * np.exp(-(((T - 1.6) / 0.05) ** 2))
    assert top(two)[0] == pytest.approx(40, abs=0.1)
    assert top(two, (0.9, 1.9))[0] == pytest.approx(80, abs=0.1)


def test_a_slope_that_the_window_cuts_off_is_read_at_its_end() -> None:
    value, when = top(100 * T, (0.9, 1.3))
    assert (value, when) == (pytest.approx(130.0), pytest.approx(1.3))
    curved = 1000 * (T - 0.5) ** 2  # bent the other way
    assert top(curved, (0.9, 1.3)) == (pytest.approx(640.0), pytest.approx(1.3))
    steep = 50 - 1000 * (T - 1.33) ** 2  # its top lies three frames on
    assert top(steep, (0.9, 1.3))[1] == pytest.approx(1.3)


def test_tops_at_the_film_s_ends_are_read_there() -> None:
    assert top(-T, (0.4, 0.8)) == (pytest.approx(-0.5), pytest.approx(0.5))
    assert top(T, (1.8, 2.1)) == (pytest.approx(2.0), pytest.approx(2.0))


def test_a_top_needs_two_frames_and_no_gap_beside_it() -> None:
    series = 60 - 2000 * (T - 1.1) ** 2
    assert np.isnan(top(series, (1.095, 1.104))).all()
    assert top(series, (1.095, 1.114))[0] == pytest.approx(60.0)
    series[61] = NAN
    value, when = top(series)
    assert (value, when) == (pytest.approx(60.0), pytest.approx(1.1))


@pytest.mark.parametrize(("at_s", "value"), [
    (0.5, 0.5), (2.0, 2.0), (1.234, 1.234), (0.505, 0.505), (1.995, 1.995), (0.49, NAN), (2.01, NAN), (NAN, NAN),
])  # fmt: skip
def test_a_track_is_read_along_a_straight_line(at_s: float, value: float) -> None:
    assert read_at(T, T.copy(), at_s) == pytest.approx(value, nan_ok=True)


def test_a_track_with_a_gap_is_read_beside_it() -> None:
    """Only the frames on either side of an instant are asked, from the first to the last."""
    torn = T.copy()
    torn[[20, 60]] = NAN
    for at_s in (T[0], T[18] + 0.004, T[22] - 0.004, T[40] + 0.003, T[62] - 0.004, T[-1]):
        assert read_at(T, torn, at_s) == pytest.approx(at_s)
    assert np.isnan(read_at(T, torn, T[20] + 0.003))


def test_how_much_a_track_changes_about_an_instant_is_the_larger_side() -> None:
    """Up by 2 a second before 1.0, down by 5 after it: 10 ms are 20 and 50 thousandths."""
    bent = np.where(T < 1.0, 2 * (T - 1.0), -5 * (T - 1.0))
    assert of(bent, bent).change(1.0, 0.01) == pytest.approx(0.05)
    assert of(-bent[::-1], bent).change(T[0] + T[-1] - 1.0, 0.01) == pytest.approx(0.05)
    alone = np.where(np.abs(T - 1.0) < 0.025, 2 * T, NAN)  # nothing 0.1 s off: by the rate there
    assert of(alone, alone).change(1.0, 0.1) == pytest.approx(0.2)


def test_half_of_what_the_low_pass_took_is_left_open() -> None:
    bell = np.exp(-(((T - 1.0) / 0.03) ** 2))
    taken, sd = of(bell, bell).rounded_off(1.0)
    assert taken > 0.05
    assert sd == pytest.approx(taken / 2)


# Noise -------------------------------------------------------------------------------------------


def of(values: np.ndarray, raw: np.ndarray) -> Series:
    return Series(T, values, raw, 12.0, 100.0)


def test_a_low_pass_leaves_its_share_of_the_noise() -> None:
    """Of 0.2652 within 12 of 50 Hz: sqrt(2 * 1.35 * 12 / 100) = 0.5692 of it."""
    series = of(np.zeros(len(T)), 0.1 * FLICKER)
    assert series.raw_noise == pytest.approx(0.26521, abs=1e-4)
    assert series.noise == pytest.approx(0.26521 * 0.56921, abs=1e-4)
    assert Series(T, T, 0.1 * FLICKER, 60.0, 100.0).noise == pytest.approx(0.26521, abs=1e-4)


def noisy_legs(size: float, flexion: Callable[[np.ndarray], np.ndarray]) -> Context:
    """A knee that bends as given, whose unfiltered landmarks flicker by `size` degrees."""
    clean, flickering = (pose_by_hand(T, with_knee(a), {}) for a in (flexion(T), flexion(T) + size * FLICKER))
    return Context(build_tracks(replace(clean, raw=flickering.raw), side_camera(), KNEE), EXACT)


def test_noise_of_a_knee_s_speed() -> None:
    """0.2652 * 2 pi 14 * sqrt(2 * 0.54 * 14 / 100) = 9.07 degrees a second, of each rep."""

    def ramp(t: np.ndarray) -> np.ndarray:
        return np.asarray(20 + 100 * np.clip(t - 0.8, 0, 0.6))

    none = replace(EXACT, knee_velocity_sd_share=0.0, knee_velocity_sd_deg_s=0.0)
    exact = replace(noisy_legs(0.1, ramp), measuring=none)
    q = METRICS["knee_flexion_velocity_peak_deg_s"](exact, HOP)
    assert q.rep_sd == pytest.approx(9.07, rel=0.15)
    assert q.common_sd == 0
    followed = replace(exact, measuring=replace(none, knee_velocity_sd_share=0.4, knee_velocity_sd_deg_s=30.0))
    q = METRICS["knee_flexion_velocity_peak_deg_s"](followed, HOP)
    # A ramp of 100 degrees a second: sqrt(40² + 30²) = 50, of the whole clip.
    assert q.value == pytest.approx(100, rel=0.1)
    assert q.common_sd == pytest.approx(50, rel=0.1)


def test_noise_of_a_knee_at_an_instant_and_over_a_hold() -> None:
    """0.2652 * 0.5692 = 0.151; over a hold of 41 frames, read every 0.067 s, 6.7 frames: sqrt(41 / 6.7) better."""
    ctx = noisy_legs(0.1, lambda t: np.full(len(t), 20.0))
    assert METRICS["knee_flexion_toe_off_deg"](ctx, HOP).sd == pytest.approx(0.151, rel=0.02)
    swaying, still = (pose_by_hand(T, {"shoulder": (x, 80)}, {"shoulder": (x, 80)}) for x in (0.5 * FLICKER, 0.0))
    held = Context(build_tracks(replace(still, raw=swaying.raw), side_camera(), KNEE), EXACT)
    hold = rep("both", start_s=1.0, key_s=1.2, end_s=1.4, held=True)
    once = METRICS["plumb_shoulder_pct_bh"](held, HOP).sd
    assert once == pytest.approx(0.5 * 2.6521 * 0.56921, rel=0.02)
    assert METRICS["plumb_shoulder_pct_bh"](held, hold).sd == pytest.approx(once / np.sqrt(41 / 6.7), rel=0.02)


# Of whole stretches, and of several events -------------------------------------------------------


def test_how_an_angle_wanders_over_a_stand_counts() -> None:
    """101 values from 0 to 100: the middle 50, half of the way from the 16th to the 84th 34; hypot(34, 3)."""
    t = clock(0.0, 1.0)
    ctx = Context(tracks_by_hand(t, {}, {}), EXACT)
    q = _over_rep(ctx, Rep(1, "left", 0.0, 1.0, 0.5), np.linspace(0, 100, len(t)), 3.0)
    assert (q.value, q.unit) == (pytest.approx(50.0), "deg")
    assert q.sd == pytest.approx(np.hypot(34, 3), abs=1e-6)
    nothing = _over_rep(ctx, Rep(1, "left", 0.0, 1.0, 0.5), np.full(len(t), NAN), 3.0)
    assert (np.isnan(nothing.value), np.isnan(nothing.sd), nothing.unit) == (True, True, "deg")


def test_the_middle_of_a_contact_is_as_sure_as_both_ends() -> None:
    """Bending by 100 degrees a second. Of the ends 3 and 4 ms are their own: 2.5 ms; 6 and 2 shared: 3.16 ms."""
    legs = with_knee(20 + 100 * np.clip(T - 0.8, 0, 0.6))
    ctx = Context(tracks_by_hand(T, legs, legs), EXACT)
    hop = replace(
        HOP, touchdown_sd_s=float(np.hypot(0.003, 0.006)), touchdown_common_s=0.006,
        toe_off_sd_s=float(np.hypot(0.004, 0.002)), toe_off_common_s=0.002,
    )  # fmt: skip
    q = METRICS["knee_flexion_mid_contact_deg"](ctx, hop)
    assert q.value == pytest.approx(50.0, abs=0.1)
    assert (q.rep_sd, q.common_sd) == (pytest.approx(0.25, abs=0.02), pytest.approx(0.316, abs=0.01))


def test_time_to_the_deepest_bend() -> None:
    """Deepest at 1.08. A flat top of 0.35 / 12 s moves by a quarter, 7.29 ms; 0.3 frames are 3 ms; 2 of touchdown."""
    legs = with_knee(50 - 2000 * np.clip(np.abs(T - 1.08), 0, 0.12) ** 2)
    ctx = Context(tracks_by_hand(T, legs, legs), EXACT)
    for stance_s, event in ((HOP, "touchdown"), (rep("both", start_s=0.7, landing_s=1.0), "landing")):
        known = replace(stance_s, **{f"{event}_sd_s": float(np.hypot(0.002, 0.005)), f"{event}_common_s": 0.005})
        q = METRICS["time_to_peak_knee_flexion_s"](ctx, known)
        assert q.value == pytest.approx(0.08, abs=0.002)
        assert q.rep_sd == pytest.approx(np.sqrt(0.00729**2 + 0.003**2 + 0.002**2), abs=1e-4)
        assert q.common_sd == pytest.approx(0.005)


def test_a_foot_read_against_no_flat_one_is_less_sure_in_common() -> None:
    """8 degrees in all, 2.5 of them the rep's: sqrt(64 - 6.25) common, and 1 of upright: sqrt(58.75)."""
    ctx = replace(STILL, tilt=Tilt(0.0, 1.0))
    q = METRICS["foot_strike_angle_deg"](ctx, HOP)
    assert (q.rep_sd, q.common_sd, q.unit) == (pytest.approx(2.5), pytest.approx(np.sqrt(58.75)), "deg")
    read = replace(ctx, flat={"right": FlatFoot(4.0, 700.0), "left": FlatFoot(-3.0, 690.0)})
    q = METRICS["foot_strike_angle_deg"](read, HOP)
    assert (q.value, q.sd) == (pytest.approx(-4.0), pytest.approx(5.0))
    assert q.common_sd == pytest.approx(np.sqrt(25 - 6.25))
    # The far foot against itself: it stands at 3 degrees toe down in this picture, and 10 px higher than the near one.
    far = replace(HOP, stance="left")
    assert METRICS["foot_strike_angle_deg"](read, far).value == pytest.approx(3.0)
    near, other = (METRICS["heel_clearance_pct_bh"](read, r).value for r in (HOP, far))
    assert near - other == pytest.approx(10 / read.tracks.pose.body_height_px * 100)
    one = replace(ctx, flat={"right": FlatFoot(4.0, 700.0)})
    assert not METRICS["heel_clearance_pct_bh"](one, far).known


# Stands ------------------------------------------------------------------------------------------


def raised(*spans_s: tuple[float, float]) -> Context:
    """A film from 0 to 6 s at 50 frames a second in which the far foot is 20 %BH up between the given instants."""
    t = clock(0.0, 6.0, 50.0)
    up = np.zeros(len(t))
    for start_s, end_s in spans_s:
        up[(t > start_s) & (t < end_s)] = 20.0
    return Context(tracks_by_hand(t, {}, {"ankle": (0, 4 + up)}), EXACT)


STAND = rep("right", start_s=0.0, key_s=3.0, end_s=6.0, held=True)


def test_the_longest_stretch_without_a_touch() -> None:
    """Up from 1 to 2 and from 2.2 to 4.7 s: 2.5 s, to sqrt(2 (0.08^2 + 0.02^2 / 12)) s."""
    q = METRICS["hold_to_touch_s"](raised((1.0, 2.0), (2.2, 4.7)), STAND)
    assert (q.value, q.unit) == (pytest.approx(2.5, abs=0.09), "s")
    assert q.sd == pytest.approx(0.113431, abs=1e-5)
    assert METRICS["foot_touches"](raised((1.0, 2.0), (2.2, 4.7)), STAND).value == 1
    assert METRICS["hold_to_touch_s"](raised((1.0, 3.9), (4.2, 5.0)), STAND).value == pytest.approx(2.9, abs=0.09)


@pytest.mark.parametrize("span_s", [(-1.0, 4.0), (2.0, 7.0), (-1.0, 7.0)])
def test_a_stand_that_the_film_cuts_off_has_no_length(span_s: tuple[float, float]) -> None:
    q = METRICS["hold_to_touch_s"](raised(span_s), STAND)
    assert np.isnan(q.value)
    assert q.sd == pytest.approx(0.113431, abs=1e-5)
    assert q.unit == "s"


def test_a_foot_that_never_leaves_holds_nothing() -> None:
    q = METRICS["hold_to_touch_s"](raised(), STAND)
    assert (np.isnan(q.value), q.unit) == (True, "s")
    assert METRICS["foot_touches"](raised(), STAND).value == 0


def tipping(noise_deg: float, jerks: float = 0.0) -> Context:
    """A trunk that tips by 60 degrees in a second, smoothly or with jerks, its reading flickering."""
    t = clock(0.0, 2.0, 100.0)
    s = np.clip((t - 0.5) / 1.0, 0, 1)
    lean = np.radians(60 * (10 * s**3 - 15 * s**4 + 6 * s**5) + jerks * np.sin(2 * np.pi * 6 * t) * ((s > 0) & (s < 1)))
    lean += np.radians(noise_deg) * np.where(np.arange(len(t)) % 2, 1.0, -1.0)
    above = {"shoulder": (30 * np.sin(lean), 50 + 30 * np.cos(lean))}
    return Context(tracks_by_hand(t, above, above), EXACT)


def test_smoothness_of_a_trunk_on_its_way_down() -> None:
    """Balasubramanian et al. 2015: a move of least jerk has -1.41; stops and starts make it less."""
    down = rep("right", start_s=0.5, key_s=1.5, end_s=2.0)
    smooth, jerky = (METRICS["trunk_smoothness"](ctx, down) for ctx in (tipping(0.0), tipping(0.0, 3.0)))
    assert smooth.value == pytest.approx(-1.41, abs=0.03)
    assert jerky.value < smooth.value - 0.5
    assert smooth.sd == pytest.approx(0.0, abs=1e-6)
    assert smooth.unit == "1"
    little, more = (METRICS["trunk_smoothness"](tipping(noise), down) for noise in (0.02, 0.1))
    assert 0 < little.sd < more.sd
    assert METRICS["trunk_smoothness"](tipping(0.1), down) == more  # the same clip, the same number
    short = METRICS["trunk_smoothness"](tipping(0.0), rep("right", start_s=1.44, key_s=1.5, end_s=2.0))
    assert (np.isnan(short.value), np.isnan(short.sd), short.unit) == (True, True, "1")
    assert np.isfinite(METRICS["trunk_smoothness"](tipping(0.0), rep("right", start_s=1.425, key_s=1.5)).value)


# Travel ------------------------------------------------------------------------------------------


def way(tracks: Tracks, hop: Rep) -> float:
    return METRICS["travel_pct_bh"](Context(tracks, EXACT), hop).value


def test_a_foot_travels_from_where_it_stood_to_where_it_lands() -> None:
    """From 0 to 30 at 1.0 s; read 0.03 s after touchdown and landing. What the film does not show is not known."""
    t = clock(0, 2)
    tracks = tracks_by_hand(t, {"ankle": (np.where(t < 1, 0.0, 30.0), 6)}, {})
    assert way(tracks, rep(touchdown_s=0.5, landing_s=1.5)) == pytest.approx(30)
    assert way(tracks, rep(touchdown_s=0.98, landing_s=1.5)) == pytest.approx(0)
    assert np.isnan(way(tracks, rep(touchdown_s=0.5, landing_s=1.99)))


def test_a_step_leads_from_foot_to_foot() -> None:
    """The right foot stands at 10, the left one lands at 45 with the right 4 higher, or 2: then it is the same foot."""
    t = clock(0, 2)
    for up, expected in ((4.0, 35.0), (2.0, 8.0)):
        near = {"ankle": (np.where(t < 1, 10.0, 18.0), np.where(t < 1, 4.0, 4 + up))}
        far = {"ankle": (np.where(t < 1, 0.0, 45.0), 4)}
        for facing, stance in ((1, "right"), (-1, "left")):
            tracks = tracks_by_hand(t, near, far, facing)
            assert way(tracks, rep(stance, touchdown_s=0.5, landing_s=1.5)) == pytest.approx(expected)
            assert way(tracks, rep("both", touchdown_s=0.5, landing_s=1.5)) == pytest.approx(8.0)


# From the front ----------------------------------------------------------------------------------


def facing(raw_flicker_px: float) -> Context:
    """A figure that faces the camera, standing, whose unfiltered hips and shoulders flicker."""
    xy = np.full((len(T), 33, 2), np.nan)
    for sign, rows in ((1, (11, 23, 25, 27, 29, 31)), (-1, (12, 24, 26, 28, 30, 32))):
        for row, (aside, up) in zip(rows, ((60, 300), (40, 200), (40, 110), (40, 20), (40, 5), (40, 0)), strict=True):
            xy[:, row] = [480 + sign * aside, 700 - up]
    raw = xy.copy()
    raw[:, 11, 0] += 2 * raw_flicker_px * FLICKER  # the shoulders' middle moves by half of it
    raw[:, 23, 1] += raw_flicker_px * FLICKER
    raw[:, 25, 0] += raw_flicker_px * FLICKER
    pose = replace(pose_of(T, xy), raw=raw)
    view = CameraView("front", 0.6, "right", "right", True)
    return Context(build_tracks(pose, view, KNEE), EXACT, tilt=Tilt(0.0, 1.5))


@pytest.mark.parametrize(("metric", "share", "common"), [
    # Flicker of 1 px: of a trunk of 100 with hips' middle up by half: atan(1 / 100) = 0.573; of a knee between two
    # shanks of 90: 2 atan(1 / 90) = 1.273.
    ("trunk_side_lean_deg", 0.573, np.hypot(2.8, 1.5)),
    ("knee_valgus_left_deg", 1.273, 5.0),
    ("knee_valgus_right_deg", 0.0, 5.0),
])  # fmt: skip
def test_what_the_front_shows_has_its_own_and_a_common_part(metric: str, share: float, common: float) -> None:
    usual = load_measuring()
    ctx = replace(facing(1.0), measuring=usual)
    q = METRICS[metric](ctx, HOP)
    assert (q.value, q.unit) == (pytest.approx(0.0, abs=1e-6), "deg")
    assert q.rep_sd == pytest.approx(share * 2.6521 * 0.56921, rel=0.05, abs=1e-6)
    assert q.common_sd == pytest.approx(common)


def test_a_bent_knee_that_is_not_faced_squarely_seems_to_fall_in_or_out() -> None:
    """Shank and thigh of 90 each, both 36.87 degrees off the picture: 144 for 180, tan = 0.6 / 0.8 = 0.75.

    A turn of 5 degrees is seen as 2 * 0.75 * 5 = 7.5; with the model's own 5, sqrt(81.25) = 9.014.
    """
    ctx = facing(0.0)
    xy = ctx.tracks.pose.xy.copy()
    bent = (HOP.touchdown_s <= T) & (HOP.toe_off_s >= T)
    xy[bent, 23:27, 1] += 36.0
    xy[bent, 25:27, 1] -= 18.0
    pose = replace(ctx.tracks.pose, xy=xy, raw=xy)
    turned = replace(ctx, tracks=replace(ctx.tracks, pose=pose), measuring=load_measuring())
    q = METRICS["knee_valgus_left_deg"](turned, HOP)
    assert q.common_sd == pytest.approx(9.014, abs=0.01)


def test_a_leg_that_does_not_bear_has_no_knee_angle() -> None:
    for stance, side in (("left", "right"), ("right", "left")):
        q = METRICS[f"knee_valgus_{side}_deg"](facing(0.0), replace(HOP, stance=stance))
        assert (np.isnan(q.value), np.isnan(q.sd), q.unit) == (True, True, "deg")
        assert METRICS[f"knee_valgus_{stance}_deg"](facing(0.0), replace(HOP, stance=stance)).known


def test_past_a_turn_an_instant_s_doubt_is_not_its_rate() -> None:
    """A knee that turns at 1.0 s, 300 degrees a second before and after: flat there, but 6 degrees 0.02 s away."""
    t = np.arange(0, 2, 0.01)
    turning = Series(t, 40 - 300 * np.abs(t - 1.0), 40 - 300 * np.abs(t - 1.0), 12.0, 100.0)
    assert abs(turning.rate(1.0)) * 0.02 == pytest.approx(0.0, abs=0.1)
    assert turning.change(1.0, 0.02) == pytest.approx(6.0, abs=0.01)
    assert turning.change(0.5, 0.02) == pytest.approx(6.0, abs=0.01)
    assert turning.change(1.0, 0.0) == 0.0
    assert turning.change(0.0, 0.02) == pytest.approx(6.0, abs=0.01)  # the film begins: what is seen after it
    assert np.isnan(turning.change(5.0, 0.02))


def test_a_foot_that_turns_at_touchdown_is_as_sure_as_the_touchdown() -> None:
    """The toe passes the heel's height by 3 % in 10 ms, on a foot of 15 %: arctan 0.2, 11.31 degrees.

    A touchdown known to 10 ms, all of it the rep's own: sqrt(2.5^2 + 11.31^2); in common, sqrt(58.75) in both.
    """
    sinking = 1 - np.clip((T - 1.0) / 0.01, -1, 1) * 3
    turning = replace(STILL, tracks=tracks_by_hand(T, {"toe": (10, sinking)}, {}), tilt=Tilt(0.0, 1.0))
    sure, unsure = (
        METRICS["foot_strike_angle_deg"](turning, replace(HOP, touchdown_sd_s=sd, touchdown_common_s=common))
        for sd, common in ((0.01, 0.0), (0.01, 0.01))
    )
    assert (sure.rep_sd, sure.common_sd) == (pytest.approx(np.hypot(2.5, 11.31), abs=0.01), pytest.approx(58.75**0.5))
    assert unsure.rep_sd == pytest.approx(2.5, abs=0.01)
    assert unsure.common_sd == pytest.approx(np.hypot(58.75**0.5, 11.31), abs=0.01)


def test_hips_rise_from_standing_though_the_bend_was_held() -> None:
    """They stand at 50, hold a bend at 38 from 1.3 to 2.8 s, and rise to 62: 12, not 24. Of who never stood: none."""
    t = clock(0.0, 4.5)
    high = np.interp(t, [1.0, 1.3, 2.8, 3.0, 3.2, 3.4], [50, 38, 38, 52, 62, 50])
    bend = np.interp(t, [1.0, 1.3, 2.8, 3.0], [0, 95, 95, 0])
    shown = rep(start_s=2.8, toe_off_s=3.0, landing_s=3.4, end_s=3.6)

    def rise(knee: np.ndarray) -> float:
        legs = [{**with_knee(knee, (0, 50)), "hip": (0, high)} for _ in range(2)]
        return hip_rise(context(tracks_by_hand(t, *legs)), shown).value

    assert rise(bend) == pytest.approx(12.0, abs=0.3)
    assert np.isnan(rise(np.full(len(t), 95.0)))
