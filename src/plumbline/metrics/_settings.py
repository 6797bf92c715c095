"""The numbers of metrics; `data/settings/metrics.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    max_exchanged_share: float
    min_followed_share: float
    min_seen_share: float
    min_path_share: float
    rest_before_s: float
    rest_percentile: int
    breadth_difference_pct_bh: float
    absorb_s: float
    swift_before_s: float
    swift_lag_s: float
    deep_knee_deg: float
    deep_knee_share: float
    peak_width_periods: float
    peak_noise_share: float
    peak_sd_frames: float
    foot_angle_sd_deg: float
    toe_angle_times: float
    foot_angle_rep_sd_deg: float
    foot_angle_unreferenced_sd_deg: float
    heel_sd_pct_bh: float
    chain_sd_share: float
    flight_sd_share: float
    gravity_sd_share: float
    mark_sd_px: float
    mark_sd_share: float
    min_mark_m: float
    max_mark_m: float
    min_mark_px: float
    slow_event_s: float
    stood_before_s: float
    stood_within_s: float
    sway_sd_pct_bh: float
    sway_memory_s: float
    flat_from_share: float
    flat_to_share: float
    flat_frames: int
    speed_step_sd_share: float
    speed_sd_share: float
    well_down_s: float
    raised_pct_bh: float
    travel_sd_pct_bh: float
    thigh_sd_times: float
    tipped_sd_times: float
    tipped_around_s: float
    touch_sd: float
    film_end_s: float
    smoothness_cutoff_hz: float
    smoothness_floor: float
    smoothness_padding: int
    smoothness_trials: int
    smoothness_least_frames: int
    held_memory_s: float
    lowest_around_s: float
    toe_sd_pct_bh: float
    rise_sd_pct_bh: float
    folded_sd_pct_bh: float
    min_of_a_leg: int
    min_periods: int
    longest_period: float
    min_speeds: int


METRIC = read_settings(Settings, "metrics")
