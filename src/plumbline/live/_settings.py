"""The numbers of a live session; `data/settings/live.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    countdown_s: float
    look_s: float
    full_look_share: float
    fewest_frames: int
    still_pct_bh: float
    looser_times: float
    floor_s: float
    after_landing_s: float
    now_and_then_s: float
    shortest_rest_s: float
    gone_s: float
    no_rep_s: float
    dark_below: float
    min_fps: float
    busy_share: float
    longest_gap_s: float
    min_seen_share: float
    min_height_share: float
    feet_cut_share: float
    head_cut_share: float
    bears_pct_bh: float
    floor_percentile: int
    window_s: float
    least_frames: int
    behind_s: float
    longest_window_s: float
    settled_s: float
    apart_s: float
    rep_seen_share: float
    shown_s: float
    unknown_fps: float
    longest_memory_s: float
    remind_s: float
    steady_s: float
    company_height_share: float
    company_every_s: float
    company_room_share: float
    bystander_s: float
    moving_pct_bh: float
    sure_looks: int
    clock_slack_s: float
    clock_drift_s: float
    clock_frames: int
    clock_least_step_s: float


LIVE = read_settings(Settings, "live")
