"""The choices of measuring, from `data/settings/measuring.toml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from plumbline.errors import SettingsError
from plumbline.settings import read_settings


@dataclass(frozen=True)
class Measuring:
    """Values of the table; units stand in the names."""

    cutoff_hz: float
    max_gap_s: float
    min_contact_fps: float
    min_judged_fps: float
    min_detected_fraction: float
    touchdown_bias_s: float
    toe_off_bias_s: float
    one_leg_toe_off_bias_s: float
    slow_touchdown_bias_s: float
    slow_toe_off_bias_s: float
    touchdown_model_sd_s: float
    toe_off_model_sd_s: float
    toe_off_height_sd_pct_bh: float
    toe_off_height_one_leg_sd_pct_bh: float
    slow_model_sd_s: float
    toe_off_fit_sd_s: float
    standing_toe_off_sd_s: float
    step_off_sd_s: float
    front_event_sd_s: float
    stride_touchdown_bias_s: float
    stride_toe_off_bias_s: float
    stride_model_sd_s: float
    stride_slow_touchdown_sd_s: float
    stride_step_sd_s: float
    landmark_memory_s: float
    angle_model_sd_deg: float
    angle_body_sd_deg: float
    far_leg_sd_deg: float
    far_leg_velocity_sd_share: float
    angle_range_sd_share: float
    posture_model_sd_pct_bh: float
    posture_body_sd_pct_bh: float
    lean_model_sd_deg: float
    lean_body_sd_deg: float
    frontal_knee_sd_deg: float
    frontal_turn_sd_deg: float
    knee_gain: float
    knee_gain_centre_deg: float
    velocity_cutoff_hz: float
    knee_velocity_sd_share: float
    knee_velocity_sd_deg_s: float
    level_sd_deg: float
    tilt_floor_sd_deg: float
    edited_sd_frames: float
    fault_beyond_sd: float
    fault_reps: float
    fault_share_of_few: float
    slow_fps: float
    fast_fps: float
    full_size_px: float

    def slow_share(self, fps: float) -> float:
        """Share of what holds for slow films at a frame rate: all up to `slow_fps`, nothing from `fast_fps`."""
        return float(np.clip((self.fast_fps - fps) / (self.fast_fps - self.slow_fps), 0.0, 1.0))


def load_measuring(own: dict[str, Any] | None = None) -> Measuring:
    """Read the table, with single rows as a person has them.

    Raises
    ------
    SettingsError
        When a row is unknown, or its value no number or outside its range.
    """
    names = [f.name for f in fields(Measuring)]
    for name in own or {}:
        if name not in names:
            raise SettingsError(
                "there is no measuring row '{name}': choose one of {names}.", name=name, names=sorted(names)
            )
    return read_settings(Measuring, "measuring", own)
