"""The numbers of finding people; `data/settings/pose.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    picture_edge_px: int
    hardly_found_share: float
    search_looks: int
    search_edge_px: int
    search_least_edge_px: int
    tile_share: float
    window_found_share: float
    window_margin_share: float
    facing_finds: int
    facing_frames: int
    max_people: int
    look_every_s: float
    others_seen: int
    line_frames: int
    camera_fps: float
    model_waiting: int
    same_person_share: float
    reach_share: float
    reach_per_s: float
    far_reach_share: float
    size_factor: float
    forget_s: float
    speed_share: float
    size_share: float
    min_seen_share: float
    min_seen_frames: int
    still_weight: float
    still_weight_moving: float
    retraced_pct_bh: float
    retraced_moved_pct_bh: float
    turn_least_s: float
    turn_most_s: float
    turn_most_frames: int
    turn_seen_share: float
    mirrored_share: float
    mirrored_pairs: int
    mirrored_edge_px: int
    mirrored_percentile: float
    fetch_timeout_s: int
    max_kept_films: int


POSE = read_settings(Settings, "pose")
