"""The tables of faults and metrics say what they said: a limit turned round or a unit changed is no small edit.

Whoever changes a row on purpose changes its line here, too.
"""

from __future__ import annotations

import pytest

from plumbline.catalogue import load_rules, metric_label

# Rule: (a fault lies above, a fault lies below), in the metric's own unit.
LIMITS = {
    "line_broken_hop": (10, None),
    "line_broken_stand": (7, None),
    "head_forward": (7, None),
    "trunk_lean_hop": (8, -3),
    "trunk_lean_stand": (8, -6),
    "trunk_lean_bend": (40, -10),
    "trunk_lean_squat": (50, None),
    "foot_ahead_of_hip": (6, None),
    "long_contact": (0.25, None),
    "knee_travel_long": (40, None),
    "slow_knee_time": (0.125, None),
    "stiff_landing_angle": (None, 30),
    "stiff_landing_range": (None, 45),
    "heel_first": (0, None),
    "incomplete_extension": (20, None),
    "uneven_rhythm": (8, None),
    "sway": (1.5, None),
    "knee_low": (None, 80),
    "knee_low_hold": (None, 80),
    "trunk_lean_run": (12, 0),
    "foot_ahead_run": (20, None),
    "foot_down": (0, None),
    "short_hold": (None, 10),
    "arabesque_line": (15, None),
    "heel_short_of_buttock": (26, None),
    "heel_behind_buttock": (10, None),
    "knee_over_foot": (3, None),
    "heel_raise_low": (None, 6),
    "heel_raise_fast": (None, 0.7),
    "kick_short": (None, 170),
    "knee_valgus_left": (10, None),
    "knee_valgus_right": (10, None),
    "side_lean": (7, -7),
    "uneven_landing": (0.03, -0.03),
}

# Metric: (own unit times this is the shown one, shown unit, words of its signs, which way is better).
SHOWN = {
    "contact_time_s": (1000, "ms", (), "less"),
    "flight_time_s": (1000, "ms", (), ""),
    "jump_height_m": (100, "cm", (), "more"),
    "rsi_ratio": (1, "", (), "more"),
    "rsi_height_m_s": (1, "m/s", (), "more"),
    "vertical_stiffness_per_kg": (1, "N/m/kg", (), ""),
    "vertical_stiffness_kn_m": (1, "kN/m", (), ""),
    "step_period_s": (1000, "ms", (), ""),
    "rsi_ten_five": (1, "", (), "more"),
    "jump_height_best_m": (100, "cm", (), "more"),
    "rhythm_cv_pct": (1, "%", (), "less"),
    "knee_flexion_touchdown_deg": (1, "°", (), ""),
    "knee_flexion_landing_deg": (1, "°", (), ""),
    "knee_flexion_landing_peak_deg": (1, "°", (), ""),
    "knee_flexion_landing_range_deg": (1, "°", (), ""),
    "knee_flexion_peak_deg": (1, "°", (), ""),
    "knee_flexion_range_deg": (1, "°", (), ""),
    "knee_flexion_deepest_deg": (1, "°", (), ""),
    "knee_flexion_velocity_peak_deg_s": (1, "°/s", (), ""),
    "knee_extension_velocity_peak_deg_s": (1, "°/s", (), ""),
    "time_to_peak_knee_flexion_s": (1000, "ms", (), ""),
    "knee_speed_loss_pct": (1, "%", (), ""),
    "knee_flexion_toe_off_deg": (1, "°", (), ""),
    "hip_extension_toe_off_deg": (1, "°", (), ""),
    "ankle_plantarflexion_toe_off_deg": (1, "°", (), ""),
    "plumb_spread_pct_bh": (1, "%BH", (), "less"),
    "plumb_ear_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "plumb_shoulder_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "plumb_hip_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "plumb_knee_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "plumb_spread_mid_contact_pct_bh": (1, "%BH", (), ""),
    "plumb_ear_mid_contact_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "plumb_shoulder_mid_contact_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "plumb_hip_mid_contact_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "plumb_knee_mid_contact_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "head_forward_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "trunk_lean_deg": (1, "°", ("back", "forward"), ""),
    "foot_ahead_of_hip_pct_bh": (1, "%BH", ("back", "forward"), ""),
    "foot_strike_angle_deg": (1, "°", ("forefoot first", "heel first"), ""),
    "heel_clearance_pct_bh": (1, "%BH", (), ""),
    "hip_rise_pct_bh": (1, "%BH", (), ""),
    "travel_pct_bh": (1, "%BH", (), ""),
    "step_length_m": (1, "m", (), ""),
    "running_speed_bh_s": (1, "BH/s", (), ""),
    "running_speed_m_s": (1, "m/s", (), ""),
    "running_step_pct_bh": (1, "%BH", (), ""),
    "running_step_m": (1, "m", (), ""),
    "distance_m": (1, "m", (), ""),
    "hold_time_s": (1, "s", (), ""),
    "sway_rms_pct_bh": (1, "%BH", (), "less"),
    "knee_valgus_left_deg": (1, "°", ("outwards", "inwards"), ""),
    "knee_valgus_right_deg": (1, "°", ("outwards", "inwards"), ""),
    "hip_drop_pct_bh": (1, "%BH", (), ""),
    "down_time_s": (1, "s", (), ""),
    "up_time_s": (1, "s", (), ""),
    "rep_time_s": (1, "s", (), ""),
    "thigh_angle_peak_deg": (1, "°", (), ""),
    "cadence_per_min": (1, "/min", (), ""),
    "duty_factor": (100, "%", (), ""),
    "vertical_oscillation_pct_bh": (1, "%BH", (), ""),
    "knee_flexion_mid_contact_deg": (1, "°", (), ""),
    "swing_heel_height_pct_bh": (1, "%BH", (), ""),
    "rise_time_s": (1, "s", (), ""),
    "return_time_s": (1, "s", (), ""),
    "hold_to_touch_s": (1, "s", (), "more"),
    "foot_touches": (1, "", (), ""),
    "knee_flexion_hold_deg": (1, "°", (), ""),
    "thigh_angle_hold_deg": (1, "°", (), ""),
    "arabesque_line_deg": (1, "°", (), ""),
    "arabesque_lean_deg": (1, "°", (), ""),
    "trunk_smoothness": (1, "", (), ""),
    "heel_rise_pct_bh": (1, "%BH", (), "more"),
    "heel_to_hip_pct_bh": (1, "%BH", (), ""),
    "heel_behind_hip_pct_bh": (1, "%BH", (), ""),
    "knee_ahead_of_toe_pct_bh": (1, "%BH", (), ""),
    "hip_extension_peak_deg": (1, "°", (), ""),
    "hip_extension_range_deg": (1, "°", (), ""),
    "trunk_side_lean_deg": (1, "°", ("to free/right side", "to standing/left side"), ""),
    "landing_lag_s": (1000, "ms", ("right later", "left later"), ""),
}


def test_every_limit_is_where_and_on_the_side_it_was() -> None:
    assert {r.id: (r.above, r.below) for r in load_rules()} == LIMITS


@pytest.mark.parametrize("name", SHOWN)
def test_a_metric_is_shown_in_its_unit_with_its_signs(name: str) -> None:
    label = metric_label(name)
    assert (label.factor, label.unit, label.signs, label.better) == SHOWN[name]
