"""The numbers of touchdown and toe-off; `data/settings/contact.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    min_frames: int
    chain_of_stature: float
    usual_stature_m: float
    gravity_least: float
    gravity_most: float
    gravity_slack: float
    gravity_most_sd: float
    gravity_sure_sd: float
    centre_least_sd_pct_bh: float
    series_flights: int
    series_most_sd: float
    series_farthest_sd: float
    held_sd: float
    held_low_share: float
    faint_lift_share: float
    off_beat_share: float
    most_gap_periods: int
    min_flight_s: float
    min_flight_frames: int
    max_flight_s: float
    flight_trim_share: float
    min_lift_pct_bh: float
    film_edge_s: float
    film_edge_frames: float
    own_level_s: float
    own_level_percentile: float
    own_level_pct_bh: float
    raised_pct_bh: float
    lift_over_noise: float
    least_of_rise: float
    comes_down_share: float
    deep_share: float
    beyond_fall_s: float
    beyond_fall_doubt: float
    floor_percentile: int
    side_window_s: float
    down_pct_bh: float
    down_share: float
    step_down_pct_bh: float
    hands_pct_bh: float
    fall_share: float
    fall_fills_share: float
    free_share: float
    borne_share: float
    centre_cutoff_hz: float
    foot_cutoff_hz: float
    standing_percentile: int
    flat_percentile: int
    toe_over_heel_pct_bh: float
    max_rebound_s: float
    hold_s: float
    level_feet_pct_bh: float
    sure_share: float
    sure_from_s: float
    sure_beyond_hold_s: float
    least_look_s: float
    overlap_contact_s: float
    unseen_end_s: float
    shortest_contact_s: float
    search_s: float
    guess_sd_s: float
    search_frames: float
    rough_search_s: float
    rough_search_frames: float
    flight_window_s: float
    flight_window_frames: float
    run_window_s: float
    run_window_frames: float
    curvature_penalty: float
    foot_noise_pct_bh: float
    foot_noise_unseen_pct_bh: float
    run_noise_unseen_pct_bh: float
    foot_noise_least_pct_bh: float
    noise_most_pct_bh: float
    noise_least_freedom: int
    still_point_stances: int
    centre_noise_pct_bh: float
    centre_noise_least_pct_bh: float
    shape_share: float
    toe_beyond_most: float
    toe_beyond_step: float
    min_foot_samples: int
    coarse_sd_s: float
    shortest_of_median: float
    swing_cutoff_hz: float
    min_swing_pct_bh: float
    min_behind_pct_bh: float
    min_foot_pct_bh: float
    min_steps: int
    step_least_s: float
    leap_flight_s: float
    leap_lift_pct_bh: float
    leaping_share: float
    step_most_s: float
    turns_apart_steps: float
    turn_share: float
    longest_step: float
    lands_after_s: float
    leaves_before_s: float
    min_bounce_pct_bh: float
    max_duty: float
    run_contact_least: float
    run_contact_most: float
    run_shorter_s: float
    run_guess_sd_s: float
    run_hold_share: float
    run_flight_most_s: float
    min_slow_factor: float
    settled_share: float
    slow_rise_pct_bh: float
    slow_disagreement: float
    slow_lone_flight_s: float
    slow_fall_least: float
    slow_fall_most: float
    slow_stature_slack: float
    run_step_least_s: float
    run_step_most_s: float
    ramp_flights: int
    ramp_alike_share: float
    ramp_usual_steps: int
    ramp_slow_steps: int
    ramp_slow_reaches: int
    ramp_roughly_frames: int
    ramp_reach_s: float
    ramp_degree: int
    ramp_least_unevenness: float
    floor_stances: int
    floor_travel_pct_bh: float
    floor_end_s: float
    steepest_tilt_deg: float


CONTACT = read_settings(Settings, "contact")
