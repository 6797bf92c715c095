"""Uncertainties, means, scales and what is withheld, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from plumbline.camera import CameraPath
from plumbline.catalogue import find_drill
from plumbline.contact import Contacts, Tilt
from plumbline.errors import SettingsError
from plumbline.geometry import CameraView, build_tracks
from plumbline.measuring import load_measuring
from plumbline.metrics import (
    METRICS,
    Context,
    FlatFoot,
    MarkedDistance,
    Scale,
    Scales,
    Summary,
    find_scales,
    jump_height_m,
    measure,
    peak_force_per_kg,
    rhythm_cv,
    summarise,
    vertical_displacement_m,
    withheld,
)
from plumbline.metrics._settings import METRIC
from plumbline.pose import LEG, PLUMB_CHAIN, SIDES
from plumbline.quantity import Quantity, propagate
from plumbline.reps import Rep
from tests.hand import KNEE, NAN, clock, context, pose_by_hand, rep, side_camera, tracks_by_hand, with_knee
from tests.metrics.scenes import SCENES

STILL = tracks_by_hand(clock(0.5, 2.0), {}, {})
# Every share of a posture's uncertainty but the one that is asked for.
EXACT = replace(
    load_measuring(),
    angle_model_sd_deg=0.0,
    angle_body_sd_deg=0.0,
    angle_range_sd_share=0.0,
    posture_model_sd_pct_bh=0.0,
    posture_body_sd_pct_bh=0.0,
    lean_model_sd_deg=0.0,
    lean_body_sd_deg=0.0,
    frontal_knee_sd_deg=0.0,
    frontal_turn_sd_deg=0.0,
)
HOP = replace(
    rep("both", touchdown_s=1.0, toe_off_s=1.2, landing_s=1.6),
    touchdown_sd_s=0.003,
    toe_off_sd_s=0.004,
    landing_sd_s=0.012,
)


# Times -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "covariance", "sd"),
    [
        # sqrt(0.003^2 + 0.004^2); less twice the covariance: sqrt(25e-6 - 2 * 8e-6)
        ("contact_time_s", 0.0, 0.005),
        ("contact_time_s", 8e-6, 0.003),
        # sqrt(0.004^2 + 0.012^2) and sqrt(0.003^2 + 0.012^2); touchdown and toe-off are not both in them
        ("flight_time_s", 8e-6, 0.012649),
        ("step_period_s", 8e-6, 0.012369),
        # 60 / 0.6^2 = 166.67 a minute and second
        ("cadence_per_min", 0.0, 2.0616),
        # g tf / 4 = 0.981 m/s
        ("jump_height_m", 0.0, 0.012409),
        # tf / tc = 2: by touchdown 0.4 / 0.04 = 10, by toe-off -5 - 10 = -15, by landing 5
        # sqrt((10 * 0.003)^2 + (15 * 0.004)^2 + (5 * 0.012)^2) = sqrt(0.0009 + 0.0036 + 0.0036)
        ("rsi_ratio", 0.0, 0.09),
    ],
)
def test_the_events_uncertainty_is_carried_over(metric: str, covariance: float, sd: float) -> None:
    q = METRICS[metric](context(STILL), replace(HOP, covariance_s2=covariance))
    assert q.sd == pytest.approx(sd, rel=1e-3)


@pytest.mark.parametrize(
    ("missing", "unknown"),
    [
        (
            "touchdown_s",
            {"contact_time_s", "step_period_s", "cadence_per_min", "rsi_ratio", "rsi_height_m_s"},
        ),
        ("toe_off_s", {"contact_time_s", "flight_time_s", "jump_height_m", "rsi_height_m_s", "rsi_ratio"}),
        ("landing_s", {"flight_time_s", "step_period_s", "cadence_per_min", "jump_height_m", "rsi_height_m_s"}),
    ],
)
def test_a_missing_event_withholds_what_needs_it_and_nothing_else(missing: str, unknown: set[str]) -> None:
    lame = replace(HOP, **{missing: NAN, f"{missing[:-2]}_sd_s": NAN})
    ctx = context(STILL)
    for metric in unknown:
        assert not METRICS[metric](ctx, lame).known, metric
    for metric in {"contact_time_s", "flight_time_s", "step_period_s", "cadence_per_min", "jump_height_m"} - unknown:
        assert METRICS[metric](ctx, lame).known, metric


def test_stiffness_needs_the_mass() -> None:
    assert not METRICS["vertical_stiffness_kn_m"](context(STILL), HOP).known
    per_kg = METRICS["vertical_stiffness_per_kg"](context(STILL), HOP)
    heavy = METRICS["vertical_stiffness_kn_m"](context(STILL, mass_kg=80.0), HOP)
    assert heavy.sd == pytest.approx(per_kg.sd * 0.08)


def test_slow_movements_are_timed_to_eight_hundredths_at_either_end() -> None:
    bend = rep("both", start_s=0.8, key_s=1.2, end_s=1.6)
    for metric in ("down_time_s", "up_time_s", "rise_time_s", "return_time_s", "rep_time_s", "hold_time_s"):
        # sqrt(2 * (0.08^2 + 0.01^2 / 12)), at 100 frames per second
        assert METRICS[metric](context(STILL), bend).sd == pytest.approx(0.113211, abs=1e-6), metric


def test_forces_and_displacements_of_a_spring_mass() -> None:
    """Morin et al. 2005: tc 0.2, tf 0.4: 9.81 pi / 2 * 3 = 46.228 N/kg; 46.228 * 0.04 / pi^2 - 9.81 * 0.04 / 8."""
    assert peak_force_per_kg(0.2, 0.4) == pytest.approx(46.2286, abs=1e-3)
    assert vertical_displacement_m(0.2, 0.4) == pytest.approx(0.138308, abs=1e-5)
    assert jump_height_m(0.5) == pytest.approx(0.306563, abs=1e-6)


def test_propagation_with_covariance() -> None:
    """f = x y at (3, 2), variances 0.01 and 0.04, covariance -0.01: 4 * 0.01 + 9 * 0.04 - 2 * 6 * 0.01 = 0.28."""
    value, sd = propagate(lambda v: v[0] * v[1], np.array([3.0, 2.0]), np.array([[0.01, -0.01], [-0.01, 0.04]]))
    assert (value, sd) == (pytest.approx(6.0), pytest.approx(np.sqrt(0.28), rel=1e-6))
    assert propagate(lambda v: 5 * v[0], np.zeros(1), np.array([[0.04]])) == (0.0, pytest.approx(1.0))


def test_quantities() -> None:
    assert Quantity(5.0, 3.0, "deg").wider(4.0) == Quantity(5.0, 5.0, "deg")
    assert Quantity(5.0, 3.0, "deg").known
    assert not Quantity(NAN, 3.0, "deg").known
    assert not Quantity(5.0, NAN, "deg").known
    assert not Quantity(5.0, float("inf"), "deg").known


# Postures ----------------------------------------------------------------------------------------


def exact(**more: Any) -> Context:
    return Context(STILL, EXACT, **more)


def test_an_error_of_upright_tilts_what_is_tall() -> None:
    """1 degree moves an ear 89 %BH above the ankle by 89 pi / 180 = 1.5533, a shoulder 30 above the hip by 1 degree."""
    tilted = exact(tilt=Tilt(0.0, 1.0))
    assert METRICS["plumb_ear_pct_bh"](tilted, HOP).sd == pytest.approx(1.5533, abs=1e-3)
    assert METRICS["plumb_knee_pct_bh"](tilted, HOP).sd == pytest.approx(23 * np.pi / 180, abs=1e-3)
    assert METRICS["head_forward_pct_bh"](tilted, HOP).sd == pytest.approx(0.0, abs=1e-6)  # read against the trunk
    assert METRICS["trunk_lean_deg"](tilted, HOP).sd == pytest.approx(1.0, abs=1e-3)
    assert METRICS["plumb_ear_pct_bh"](exact(), HOP).sd == pytest.approx(0.0, abs=1e-6)
    assert METRICS["trunk_lean_deg"](exact(), HOP).sd == pytest.approx(0.0, abs=1e-6)


def test_an_event_s_uncertainty_counts_by_how_fast_the_angle_turns() -> None:
    """A trunk that drifts by 20 %BH a second over 30: at 0, 20 / 30 = 38.2 degrees a second; 0.01 s are 0.382."""
    t = clock(0.5, 1.5)
    drifts = {"shoulder": (20 * (t - 1.0), 80)}
    tracks = tracks_by_hand(t, drifts, drifts)
    hop = replace(rep("both", touchdown_s=1.0, toe_off_s=1.2), touchdown_sd_s=0.01)
    assert METRICS["trunk_lean_deg"](Context(tracks, EXACT), hop).sd == pytest.approx(0.382, abs=0.01)
    assert METRICS["plumb_shoulder_pct_bh"](Context(tracks, EXACT), hop).sd == pytest.approx(0.2, abs=0.005)


def test_a_leg_that_straightens_fast_before_landing_is_seen_late() -> None:
    """300 degrees a second until 1.0 s and still from then on: 0.03 s of it are 9 degrees; a still leg has none."""
    t = clock(0.5, 1.5)
    bend = 20 + 300 * np.clip(1.0 - t, 0, 0.2)
    hop = rep("both", touchdown_s=1.01, toe_off_s=1.2)

    def sd(flexion_deg: np.ndarray, metric: str) -> float:
        legs = with_knee(flexion_deg)
        return METRICS[metric](Context(tracks_by_hand(t, legs, legs), EXACT), hop).common_sd

    assert sd(bend, "knee_flexion_touchdown_deg") == pytest.approx(9.0, abs=1.0)
    assert sd(np.full(len(t), 20.0), "knee_flexion_touchdown_deg") == pytest.approx(0.0, abs=1e-6)
    # The knee's height over the ankle's line turns with the shank: 23 sin of 300 degrees a second at about 21.
    assert sd(bend, "plumb_knee_pct_bh") == pytest.approx(0.03 * 23 * np.radians(300) * np.cos(np.radians(21)), abs=0.5)


def test_a_leg_that_works_alone_behind_the_other_is_less_sure() -> None:
    """The far leg of a view from the right is the left one: 6 degrees, and half of the knee's speed."""
    t = clock(0.5, 1.5)
    legs = with_knee(20 + 30 * np.sin(np.clip((t - 1.0) / 0.2, 0, 1) * np.pi))
    exact = replace(EXACT, knee_velocity_sd_share=0.0, knee_velocity_sd_deg_s=0.0)
    ctx = Context(tracks_by_hand(t, legs, legs), exact)
    for stance, knee, share in (("right", 0.0, 0.0), ("both", 0.0, 0.0), ("left", 6.0, 0.5)):
        hop = rep(stance, touchdown_s=1.0, toe_off_s=1.2)
        assert METRICS["knee_flexion_toe_off_deg"](ctx, hop).common_sd == pytest.approx(knee, abs=0.05), stance
        speed = METRICS["knee_flexion_velocity_peak_deg_s"](ctx, hop)
        assert speed.common_sd == pytest.approx(share * speed.value), stance


def test_an_oblique_view_leaves_breadth_and_foreshortening() -> None:
    """Off by 30 degrees: an offset of 2 loses 2 (1 - cos 30) = 0.268, and 5 %BH of breadth show by sin 30: 2.5."""
    view = CameraView("oblique", 0.32311, "right", "right", True)
    tracks = build_tracks(pose_by_hand(clock(0.5, 2.0), {"ear": (2, 93)}, {}), view, KNEE)
    ctx = Context(tracks, EXACT)
    assert METRICS["plumb_ear_pct_bh"](ctx, HOP).sd == pytest.approx(np.hypot(0.26795, 2.5), abs=1e-3)
    assert ctx.oblique_deg(-60.0) == pytest.approx(60 * 0.133975, abs=1e-3)
    assert exact().oblique_deg(60.0) == exact().oblique_pct(60.0) == 0


def test_the_model_s_share_of_an_uncertainty() -> None:
    own = Context(STILL, replace(EXACT, angle_model_sd_deg=2.0, posture_model_sd_pct_bh=0.5, lean_model_sd_deg=0.7))
    for metric, sd in {
        "knee_flexion_touchdown_deg": 2.0,
        "knee_flexion_peak_deg": 2.0,
        "hip_extension_toe_off_deg": 2.0,
        "ankle_plantarflexion_toe_off_deg": 4.0,
        "plumb_hip_pct_bh": 0.5,
        "trunk_lean_deg": 0.7,
        "knee_flexion_range_deg": 2.8284,
        "thigh_angle_peak_deg": 3.0,
        "arabesque_line_deg": 4.0,
        "arabesque_lean_deg": 1.4,
        "hip_extension_peak_deg": 3.0,
        "hip_extension_range_deg": 4.2426,
    }.items():
        assert METRICS[metric](own, HOP).sd == pytest.approx(sd, abs=1e-3), metric


def test_what_a_body_leaves_open_is_common_to_its_reps() -> None:
    body = replace(
        EXACT, angle_body_sd_deg=5.0, angle_range_sd_share=0.1, posture_body_sd_pct_bh=1.0, lean_body_sd_deg=1.5
    )
    bends = {"knee": (np.where(clock(0.5, 2.0) < 1.1, 0.0, 5.0), 27)}
    ctx = Context(tracks_by_hand(clock(0.5, 2.0), bends, {}), replace(body, posture_model_sd_pct_bh=0.5))
    for metric, sd, common in (
        ("plumb_hip_pct_bh", 1.118, 1.0),  # sqrt(0.5^2 + 1^2)
        ("trunk_lean_deg", 1.5, 1.5),
        ("ankle_plantarflexion_toe_off_deg", 10.0, 10.0),
    ):
        q = METRICS[metric](ctx, HOP)
        assert (q.sd, q.common_sd) == (pytest.approx(sd, abs=1e-3), pytest.approx(common, abs=1e-3)), metric
    # Where the model sets the knee is the same at both ends of a bend, and cancels: 10 % of the bend are left.
    q = METRICS["knee_flexion_range_deg"](ctx, HOP)
    assert q.value > 5
    assert q.common_sd == pytest.approx(0.1 * q.value, abs=0.01)


def test_what_all_touchdowns_share_cancels_in_a_period() -> None:
    """Of 13, 12 and 13 ms 12, 0 and 12 are shared: the period keeps 5 and 5 ms, contact 5 and 12 and 12 ms."""
    hop = replace(
        HOP, touchdown_sd_s=0.013, toe_off_sd_s=0.012, landing_sd_s=0.013, touchdown_common_s=0.012,
        landing_common_s=0.012,
    )  # fmt: skip
    period, contact = (METRICS[n](exact(), hop) for n in ("step_period_s", "contact_time_s"))
    assert (period.sd, period.common_sd) == (pytest.approx(0.0070711, abs=1e-6), pytest.approx(0.0, abs=1e-9))
    assert (contact.sd, contact.common_sd) == (pytest.approx(np.sqrt(313) / 1000), pytest.approx(0.012))


def test_a_deep_knee_is_less_sure() -> None:
    """Beyond 60 degrees 3.5 % of what is beyond: 100 gives 1.4."""
    fold = np.radians(100)
    deep = {"knee": (0, 27), "ankle": (-23 * np.sin(fold), 27 - 23 * np.cos(fold))}
    ctx = Context(tracks_by_hand(clock(0.5, 2.0), deep, {}), EXACT)
    q = METRICS["knee_flexion_peak_deg"](ctx, HOP)
    assert (q.value, q.sd) == (pytest.approx(100), pytest.approx(1.4, abs=1e-3))


def test_steps_carry_the_scale_s_uncertainty() -> None:
    """35 %BH of 400 px at 0.005 m/px: 1 %BH is 0.02 m; 2 % of 0.70 m are 0.014: sqrt(0.02^2 + 0.014^2)."""
    t = clock(0.5, 2.0)
    foot = {"ankle": (np.where(t < 1.4, 0.0, 35.0), 4)}
    ctx = context(tracks_by_hand(t, foot, foot), scale=Scale(0.005, 0.0001, "stature"))
    q = METRICS["step_length_m"](ctx, HOP)
    assert (q.value, q.sd) == (pytest.approx(0.70), pytest.approx(0.024413, abs=1e-5))
    assert not METRICS["step_length_m"](context(STILL), HOP).known


# What is withheld --------------------------------------------------------------------------------


def fast(fps: float = 100.0, *, swapped: float = 0.0) -> Context:
    pose = pose_by_hand(clock(0.5, 2.0, fps), {}, {})
    exchanged = np.arange(len(pose.time_s)) < swapped * len(pose.time_s)
    return context(
        build_tracks(replace(pose, swapped=exchanged), side_camera(), KNEE),
        flat=dict.fromkeys(SIDES, FlatFoot(0.0, 700.0)),
    )


def test_a_low_frame_rate_withholds_what_it_cannot_carry() -> None:
    names = {
        *("rsi_height_m_s", "rsi_ratio", "vertical_stiffness_per_kg"),
        *("knee_flexion_velocity_peak_deg_s", "knee_extension_velocity_peak_deg_s"),
    }
    pogo = find_drill("pogo")
    slow = withheld(fast(30.0), pogo, ())
    assert names & set(pogo.metrics) <= set(slow)
    assert slow["rsi_ratio"].message == "the film has 30 frames per second, 50 are needed"
    assert not names & set(withheld(fast(60.0), pogo, ()))
    assert "contact_time_s" not in slow
    ctx = replace(fast(30.0), mass_kg=70.0)
    row = measure(ctx, pogo, (HOP,))[0]
    assert "contact_time_s" in row
    assert not names & set(row)


@pytest.mark.parametrize(("share", "unclear"), [(0.39, False), (0.42, True)])
def test_legs_that_are_exchanged_too_often_are_not_told_apart(share: float, unclear: bool) -> None:
    hop, single = find_drill("single_leg_hop"), replace(HOP, stance="left")
    out = withheld(fast(swapped=share), hop, (single,))
    assert ("knee_flexion_touchdown_deg" in out) == ("foot_strike_angle_deg" in out) == unclear
    assert "contact_time_s" not in out
    if unclear:
        assert out["knee_flexion_touchdown_deg"].code == "legs_not_apart"
    assert "knee_flexion_touchdown_deg" not in withheld(fast(swapped=share), hop, (HOP,))


@pytest.mark.parametrize(("moves", "followed", "lost"), [(True, 0.85, True), (True, 0.95, False), (False, 0.1, False)])
def test_a_camera_that_is_lost_withholds_what_needs_a_still_one(moves: bool, followed: float, lost: bool) -> None:
    n = 100
    to_first = np.tile(np.eye(2, 3), (n, 1, 1))
    to_first[:, 0, 2] = 200 * moves * np.arange(n) / n  # it pans by 200 px
    path = CameraPath(to_first, np.arange(n) < followed * n, (960, 720))
    assert path.moves == moves
    out = withheld(replace(fast(), camera=path), find_drill("squat"), ())
    assert ("hip_drop_pct_bh" in out) == lost
    if lost:
        assert out["hip_drop_pct_bh"].code == "no_still_camera"


@pytest.mark.parametrize(("rows", "code"), [(LEG["right"][3:], "feet_out"), (PLUMB_CHAIN["right"][:1], "head_out")])
def test_what_is_out_of_the_picture_is_named(rows: tuple[int, ...], code: str) -> None:
    ctx = fast()
    assert ctx.tracks.camera.near_side == "right"
    inside = ctx.tracks.pose.inside.copy()
    inside[:, list(rows)] = False
    cut = replace(ctx, tracks=replace(ctx.tracks, pose=replace(ctx.tracks.pose, inside=inside)))
    hop = find_drill("pogo")
    assert code in {m.code for m in withheld(cut, hop, (HOP,)).values()}
    assert code not in {m.code for m in withheld(ctx, hop, (HOP,)).values()}


def test_a_sway_is_as_sure_as_its_readings_are_many() -> None:
    """Four a second of them are apart: 12 in 3 s, 1.414 / sqrt(24) = 0.289, with 0.1 of noise 0.305."""
    scene = SCENES["a sway"]
    ctx = context(tracks_by_hand(scene.time_s, scene.near, scene.far))
    q = METRICS["sway_rms_pct_bh"](ctx, rep("right", **scene.rep))
    assert q.sd == pytest.approx(0.305, abs=0.003)
    short = METRICS["sway_rms_pct_bh"](
        ctx, rep("right", start_s=scene.rep["start_s"], end_s=scene.rep["start_s"] + 0.3)
    )
    assert short.sd == pytest.approx(np.hypot(0.1, short.value / 2))  # two readings at least


def test_what_has_not_been_given_is_asked_for() -> None:
    ctx = context(STILL)
    hop = withheld(ctx, find_drill("pogo"), ())
    assert hop["vertical_stiffness_kn_m"].message == "the athlete's body weight was not entered"
    assert hop["heel_clearance_pct_bh"].message == "the clip shows no quiet standing on flat feet to compare with"
    travelling = find_drill("hurdle_hops")
    assert withheld(ctx, travelling, ())["step_length_m"].code == "no_scale"
    given = replace(fast(), mass_kg=70.0, scale=Scale(0.005, 0.0001, "stature"))
    for drill in ("pogo", "hurdle_hops"):
        assert withheld(given, find_drill(drill), ()) == {}


def test_a_row_has_only_what_is_known() -> None:
    """A jump from standing has no touchdown, so no contact time; every value has a finite uncertainty."""
    jump = rep("both", start_s=0.7, toe_off_s=1.2, landing_s=1.6)
    (row,) = measure(fast(), find_drill("squat_jump"), (jump,))
    assert "contact_time_s" not in row
    assert row["flight_time_s"].value == pytest.approx(0.4)
    assert all(q.known for q in row.values())


# Means -------------------------------------------------------------------------------------------


def test_means_are_student_s() -> None:
    """1, 2, 3, 6: mean 3, deviation sqrt(14 / 3) = 2.1602; t(3) at 97.5 % = 3.1824: 3.1824 * 2.1602 / 2 = 3.4374."""
    rows: list[dict[str, Quantity]] = [{"x": Quantity(v, 0.1, "s")} for v in (1.0, 2.0, 3.0, 6.0)]
    rows[1]["y"] = Quantity(7.0, 0.5, "deg")
    found = summarise(rows)
    assert list(found) == ["x", "y"]
    x = found["x"]
    assert (x.mean, x.sd, x.n, x.unit) == (3.0, pytest.approx(2.1602, abs=1e-4), 4, "s")
    assert x.ci95 == (pytest.approx(-0.4374, abs=1e-3), pytest.approx(6.4374, abs=1e-3))
    # A rep's own 0.1 is less than the scatter: 2.1602 / 2 = 1.0801.
    assert x.mean_sd == pytest.approx(1.0801, abs=1e-4)
    # One rep alone: its own uncertainty, 1.96 * 0.5 to either side.
    assert found["y"] == Summary(7.0, 0.5, (pytest.approx(6.02), pytest.approx(7.98)), 1, "deg", 0.5)
    assert Summary.of(Quantity(7.0, 0.5, "deg"), 3) == replace(found["y"], n=3)


def test_a_mean_keeps_what_its_reps_share() -> None:
    """Scatter of 2.1602 over 4 reps, 3 shared: sqrt(1.0801^2 + 3^2) = 3.1885; sqrt(3.4374^2 + 5.88^2) = 6.811."""
    rows = [{"x": Quantity(v, 3.0, "s", 3.0)} for v in (1.0, 2.0, 3.0, 6.0)]
    x = summarise(rows)["x"]
    assert x.mean_sd == pytest.approx(3.1885, abs=1e-3)
    assert x.ci95 == (pytest.approx(3 - 6.811, abs=2e-3), pytest.approx(3 + 6.811, abs=2e-3))


def test_reps_that_agree_by_chance_are_no_surer_than_they_are_each() -> None:
    """Four equal values of 2 each: 2 / sqrt(4) = 1, not 0; and 1.96 of it to either side."""
    x = summarise([{"x": Quantity(5.0, 2.0, "s")}] * 4)["x"]
    assert (x.sd, x.mean_sd) == (0.0, pytest.approx(1.0))
    assert x.ci95 == (pytest.approx(3.04), pytest.approx(6.96))


def test_a_rhythm_s_uncertainty_is_how_much_larger_it_might_be() -> None:
    """Four periods of 0.5 s with a variance of 0.006667 s², known to as much (sqrt(3 / 3) of it).

    Without noise 200 (sqrt(2 0.006667) - sqrt 0.006667) = 6.764; with 0.05 s, 0.004167 are the rhythm's own.
    """
    rows = [{"step_period_s": Quantity(p, 0.0, "s")} for p in (0.4, 0.5, 0.6, 0.5)]
    q = rhythm_cv(rows)
    assert q is not None
    assert q.sd == pytest.approx(6.764, abs=1e-3)
    noisy = rhythm_cv([{"step_period_s": Quantity(p, 0.05, "s")} for p in (0.4, 0.5, 0.6, 0.5)])
    assert noisy is not None
    assert noisy.sd == pytest.approx(200 * (np.sqrt(0.010833) - np.sqrt(0.004167)), abs=2e-3)


# Scales ------------------------------------------------------------------------------------------


def found_scales(height_m: float | None = None, fall: float = NAN, items: int = 0, **more: Any) -> tuple[Scale, ...]:
    pose = pose_by_hand(clock(0, 0.1), {}, {})
    contacts = Contacts((None,) * items, fall, ())  # type: ignore[arg-type]
    return find_scales(pose, height_m, contacts, **more).found


def test_a_marked_distance_in_metres_per_pixel() -> None:
    """3-4-5: 500 px are 2.5 m: 0.005 m/px; error sqrt(0.03^2 + (2 sqrt 2 / 500)^2) = 3.0529 % of it."""
    mark = MarkedDistance(100, 200, 400, 600, 2.5)
    assert mark.length_px == 500
    (scale,) = found_scales(marked=mark)
    assert (scale.value, scale.source) == (pytest.approx(0.005), "marked distance")
    assert scale.sd == pytest.approx(0.005 * 0.030529, rel=1e-4)
    assert MarkedDistance.read("100,200,400,600,2.5") == mark


def test_gravity_in_metres_per_pixel() -> None:
    """490.5 %BH/s^2 of 400 px are 1962 px/s^2: 9.81 / 1962 = 0.005; with four flights sqrt(0.03^2 + 0.03^2)."""
    (scale,) = found_scales(fall=490.5, items=5)
    assert (scale.value, scale.source) == (pytest.approx(0.005), "gravity")
    assert scale.sd == pytest.approx(0.005 * 0.0424264, rel=1e-4)
    assert found_scales(fall=-1.0, items=5) == found_scales() == ()


def test_stature_in_metres_per_pixel() -> None:
    """A chain of 400 px that is about 0.886 of 1.80 m: near 0.004 m/px, to 3 %."""
    (scale,) = found_scales(1.80)
    assert scale.value == pytest.approx(0.004, rel=0.02)
    assert scale.sd == pytest.approx(0.03 * scale.value)
    assert scale.source == "stature"
    assert found_scales(0.9)[0].value == pytest.approx(scale.value / 2)


def test_the_surest_scale_and_those_that_agree() -> None:
    """Weights 1 / sd^2: 4 and 1 of 0.0050 and 0.0051: 0.00502; sd 1 / sqrt(5) of 1e-4. 0.0060 contradicts both."""
    a, b, c = Scale(0.0050, 0.5e-4, "a"), Scale(0.0051, 1e-4, "b"), Scale(0.0060, 2e-4, "c")
    scales = Scales((b, c, a))
    best = scales.best
    assert best is not None
    assert (best.value, best.sd) == (pytest.approx(0.00502), pytest.approx(1e-4 / np.sqrt(5)))
    assert best.source == "b and a"
    assert scales.contradictions == [(b, c), (c, a)]
    assert Scales().best is None
    # 2.5 standard uncertainties of the difference: sqrt(3^2 + 4^2) * 2.5 = 12.5
    assert not Scale(100.0, 3.0, "").contradicts(Scale(112.4, 4.0, ""))
    assert Scale(100.0, 3.0, "").contradicts(Scale(112.6, 4.0, ""))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "1,2,3,4",
            "marked distance '1,2,3,4' is not understood: give X0,Y0,X1,Y1,METRES, points in px.",
        ),
        ("0,0,300,0,0.04", "a marked distance of 0.04 m is not possible: give metres, 0.05 to 200."),
        ("0,0,300,0,201", "a marked distance of 201 m is not possible: give metres, 0.05 to 200."),
        ("0,0,9,0,2", "the marked points lie less than 10 px apart: mark a longer distance."),
    ],
)
def test_marks_that_cannot_be(words: str, said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        MarkedDistance.read(words)
    assert str(raised.value) == said


def test_marks_at_the_very_limits() -> None:
    assert MarkedDistance.read("0,0,10,0,0.05").metres == 0.05
    assert MarkedDistance.read("0,0,0,10,200").length_px == 10


def test_a_rep_is_read_between_frames_and_not_beyond_the_film() -> None:
    ctx = context(STILL)
    ramp = 10 * STILL.time_s
    assert ctx.at(ramp, 1.2345) == pytest.approx(12.345)
    assert ctx.at(ramp, 0.5) == pytest.approx(5.0)
    assert np.isnan(ctx.at(ramp, 0.49))
    assert np.isnan(ctx.at(ramp, 2.01))
    assert np.isnan(ctx.at(ramp, NAN))
    holed = np.where(np.abs(STILL.time_s - 1.0) < 0.055, NAN, ramp)
    assert np.isnan(ctx.at(holed, 1.0))
    assert ctx.at(holed, 1.2) == pytest.approx(12.0)


def test_no_landmarks_give_no_values() -> None:
    empty = {joint: (NAN, NAN) for joint in ("ear", "shoulder", "hip", "knee", "ankle", "heel", "toe")}
    ctx = context(tracks_by_hand(clock(0.5, 2.0), empty, empty), flat=dict.fromkeys(SIDES, FlatFoot(0.0, 700.0)))
    whole: Rep = replace(HOP, start_s=0.8, end_s=1.8, key_s=1.2)
    timed = {"contact_time_s", "flight_time_s", "jump_height_m", "rsi_height_m_s", "rsi_ratio", "step_period_s"}
    timed |= {"vertical_stiffness_per_kg", "cadence_per_min", "down_time_s", "up_time_s", "rise_time_s", "rep_time_s"}
    timed |= {"return_time_s", "hold_time_s", "duty_factor"}
    for metric, compute in METRICS.items():
        if metric not in {*timed, "foot_touches"}:
            assert not compute(ctx, whole).known, metric


def test_a_runner_s_speed_is_as_sure_as_the_hips_path_is_straight() -> None:
    """Hips that jitter by 1 %BH; a straight line's slope by NumPy, beside 8 % of 2 body heights a second."""
    scene = SCENES["a runner's step"]
    tracks = tracks_by_hand(scene.time_s, scene.near, scene.far)
    xy = tracks.pose.xy.copy()
    jitter = np.where(np.arange(len(scene.time_s)) % 2, 0.01, -0.01)
    xy[:, [LEG[s][0] for s in SIDES], 0] += (jitter * tracks.pose.body_height_px)[:, None]
    shaken = replace(tracks, pose=replace(tracks.pose, xy=xy))
    found = METRICS["running_speed_bh_s"](context(shaken), rep("both", **scene.rep))
    flat = (scene.time_s >= 1.05) & (scene.time_s <= 1.18)  # from 25 to 90 % of the contact from 1.0 to 1.2
    (slope, _), covariance = np.polyfit(scene.time_s[flat], 2.0 * scene.time_s[flat] + jitter[flat], 1, cov=True)
    assert found.value == pytest.approx(slope, abs=0.002)
    assert found.rep_sd == pytest.approx(np.sqrt(covariance[0, 0] + (0.08 * slope) ** 2), rel=1e-3)


def test_a_runner_s_step_carries_the_speed_s_and_the_period_s_uncertainty() -> None:
    """2 body heights a second for 0.6 s: 120 %BH; 1 ms of period is 0.2 %BH."""
    scene = SCENES["a runner's step"]
    ctx = context(tracks_by_hand(scene.time_s, scene.near, scene.far))
    sure = rep("both", **scene.rep)
    speed = METRICS["running_speed_bh_s"](ctx, sure)
    assert speed.common_sd == pytest.approx(METRIC.speed_sd_share * 2.0, rel=1e-3)
    vague = replace(sure, touchdown_sd_s=0.010, landing_sd_s=0.010)
    period_sd = np.hypot(0.010, 0.010)
    step = METRICS["running_step_pct_bh"](ctx, vague)
    assert step.rep_sd == pytest.approx(np.hypot(60 * speed.rep_sd, 200 * period_sd), rel=1e-3)
    assert step.common_sd == pytest.approx(60 * speed.common_sd, rel=1e-3)


def test_where_a_model_sets_a_landmark_is_common_but_for_a_height_s_own() -> None:
    q = fast().placed(3.0, 2.0)
    own = fast().height(3.0).rep_sd
    assert 0 < own < 2
    assert (q.value, q.sd, q.rep_sd) == (3.0, pytest.approx(2.0), pytest.approx(own))


@pytest.mark.parametrize("metric", ["flight_time_s", "jump_height_m"])
def test_a_flight_shorter_than_a_frame_is_none(metric: str) -> None:
    """At 100 fps one of 9 ms, and one of 11."""
    for flight_s, known in ((0.009, False), (0.011, True)):
        hop = rep("both", touchdown_s=0.8, toe_off_s=1.0, landing_s=1.0 + flight_s)
        assert METRICS[metric](fast(), hop).known == known


def test_a_mark_on_the_picture_s_edge_lies_in_it() -> None:
    MarkedDistance(0, 0, 640, 480, 2.0).check_in(640, 480)
    for out in ((-1, 0, 640, 480), (0, -1, 640, 480), (0, 0, 641, 480), (0, 0, 640, 481)):
        with pytest.raises(SettingsError, match="640 × 480 px"):
            MarkedDistance(*out, 2.0).check_in(640, 480)
