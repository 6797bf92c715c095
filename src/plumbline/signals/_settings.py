"""The numbers of cleaning; `data/settings/signals.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    spike_pct_bh: float
    spike_sure_s: float
    cutoff_share_of_rate: float
    nyquist_share: float
    pad_periods: float
    hole_steps: float
    switch_cost: float
    prior_cost: float
    habit_cost: float
    limb_cost: float
    farthest_habit_sd: float
    least_habit_spread_bh: float
    habit_rounds: int
    turn_cost: float
    undecided_share: float
    least_turns: float
    least_turn_frames: int
    turn_band_low: float
    turn_band_high: float
    turn_share: float
    least_swing_bh: float
    pass_by_share: float
    turn_agreement: float
    stands_lower_pct_bh: float
    contradiction_sd: float


SIGNALS = read_settings(Settings, "signals")
