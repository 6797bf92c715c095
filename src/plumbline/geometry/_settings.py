"""The numbers of angles, floor and view; `data/settings/geometry.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    side_below: float
    front_above: float
    side_ratio: float
    front_ratio: float
    bent_over_deg: float
    facing_sure_share: float
    floor_apart_share: float
    floor_least_spread_px: float
    min_thigh_seen_share: float
    straight_leg_percentile: float


GEOMETRY = read_settings(Settings, "geometry")
