"""The numbers of cutting and recognising movements; `data/settings/reps.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    max_push_s: float
    unseen_push_s: float
    push_high_share: float
    max_absorb_s: float
    still_cutoff_hz: float
    still_pct_bh_s: float
    quiet_knee_deg: float
    quiet_lean_deg: float
    quiet_split_pct_bh: float
    min_quiet_s: float
    max_stir_s: float
    lift_flicker_pct_bh: float
    lift_cutoff_hz: float
    max_touch_s: float
    min_lift_pct_bh: float
    lift_apart_s: float
    lift_cut_off_share: float
    foot_down_share: float
    lift_touchdown_sd_s: float
    lift_touchdown_sd_frames: float
    slow_cutoff_hz: float
    quick_cutoff_hz: float
    edge_share: float
    min_return_share: float
    apart_s: float
    recovery_apart_s: float
    min_dip_pct_bh: float
    min_dip_knee_deg: float
    min_shallow_pct_bh: float
    min_raise_pct_bh: float
    min_recovery_pct_bh: float
    min_kick_deg: float
    min_arabesque_deg: float
    split_pct_bh: float
    seen_cutoff_hz: float
    seen_lift_pct_bh: float
    seen_dip_pct_bh: float
    floor_reach_s: float
    most_chance: float
    sure_chance: float
    named_chance: float
    unproven_chance: float
    least_recognition_fps: float
    added_contact_s: float
    added_flight_s: float
    slow_chance: float
    slow_rep_chance: float
    min_slow: int
    min_frames: int
    cut_off_share: float
    gait_slide_pct_bh: float
    level_pct_bh: float
    min_thigh_deg: float
    held_share: float
    min_raised: int
    min_behind_pct_bh: float
    min_folded_deg: float
    max_recovery_s: float
    min_tiptoe_pct_bh: float
    farthest_lesson_sd: float


REPS = read_settings(Settings, "reps")
