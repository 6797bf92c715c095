"""The numbers of what pictures say of the camera; `data/settings/camera.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    same_share: float
    full_share: float
    around_frames: int
    moves_levels: float
    least_again_share: float
    least_again: int
    missed_times: float
    few_missed_share: float
    missed_periods: float
    even_steps: float
    longest_rhythm: int
    rhythm_again_share: float
    rhythm_new_share: float
    fixed_shift_share: float
    fixed_zoom: float
    fixed_roll_deg: float
    doubt_times: float
    steepest_line_deg: float
    min_line: float
    max_line: float
    bundle_deg: float
    min_lines: int
    min_lines_total: float
    min_lines_share: float
    min_lines_across: float
    lines_least_sd_deg: float


CAMERA = read_settings(Settings, "camera")
