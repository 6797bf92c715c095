"""The numbers of films and their cameras; `data/settings/video.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    slowest_fps: float
    fastest_fps: float
    least_slowed: float
    uneven_step_share: float
    uneven_frames_share: float
    followed_edge_px: int
    max_points: int
    min_points: int
    keep_share: float
    point_quality: float
    points_apart_px: int
    flow_px: int
    flow_halvings: int
    point_block_px: int
    back_and_forth_px: float
    agree_px: float
    min_agreeing_share: float
    person_across_share: float
    person_up_share: float
    recent_looks: int
    lost_looks: int
    cut_levels: float
    cut_times: float
    lines_pad_share: float
    last_camera: int
    late_s: float
    no_frame_s: float
    encoder_waiting: int


VIDEO = read_settings(Settings, "video")
