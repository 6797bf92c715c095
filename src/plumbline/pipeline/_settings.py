"""The numbers of taking a film in; `data/settings/pipeline.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    min_frames: int
    floor_percentile: float
    level_pct_bh: float
    take_err_pct_bh: float
    take_full_size_px: float
    take_acceleration_m_s2: float
    take_chain_m: float
    take_over_usual: float
    back_frames: int
    back_share: float
    gap_steps: float
    back_s: float
    late_frames: int
    take_seen_share: float
    same_rep_s: float
    ramp_edge_frames: int
    even_step_share: float


PIPELINE = read_settings(Settings, "pipeline")
