"""The numbers of what is said of a clip; `data/settings/warnings.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    seen_zoom: float
    noted_tilt_deg: float
    min_stature_m: float
    max_stature_m: float
    misfit_chance: float
    tiny_px: float
    exchanged_share: float
    jump_pct_bh_s: float
    jump_err_pct_bh: float
    most_jumps: int
    dark_level: float
    unread_frames: int
    unread_share: float
    hole_s: float


WARNINGS = read_settings(Settings, "warnings")
