"""The numbers of showing a film to the pose model; `data/settings/estimation.toml` explains each."""

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
    window_most_heights: float
    facing_finds: int
    facing_frames: int
    max_people: int
    look_every_s: float
    others_seen: int
    line_frames: int
    camera_fps: float
    model_waiting: int
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
    most_glimpses: int
    glimpse_height_px: int
    glimpse_least_px: int
    glimpse_beside_share: float
    glimpse_above_share: float
    glimpse_quality: int


ESTIMATION = read_settings(Settings, "estimation")
