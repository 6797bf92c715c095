"""The numbers of finding people; `data/settings/pose.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

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


POSE = read_settings(Settings, "pose")
