"""The numbers of decoding; `data/settings/decoding.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    max_pixels: int
    max_frames: int
    max_streams: int
    longest_pixel: int
    first_frames: int
    fastest_fields_fps: float
    fastest_bare_fps: float
    clock_back_s: float
    made_up_fps: float
    comb_piece_px: int
    comb_most_share: float
    comb_least_pieces: int
    comb_moves_levels: float
    comb_fits_share: float
    comb_shorter_share: float
    comb_every_frames: int
    comb_enough: int
    comb_at_most: int
    comb_frames: int
    comb_least_judged: int
    combed_share: float
    coarse_tick_s: float
    min_stamps: int
    usual_step_ticks: float
    usual_step_share: float
    even_clock_ticks: float
    same_time_s: float
    other_shape_share: float
    compared_edge_px: int
    compared_square_px: int
    compared_most_share: float
    ahead_frames: int
    ahead_bytes: int
    facts_wait_s: float
    frame_wait_s: float
    spare_children: int
    child_bytes: int
    child_nice: int
    orphan_s: float
    sign_s: float


DECODING = read_settings(Settings, "decoding")
