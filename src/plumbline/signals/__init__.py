"""Landmarks cleaned: gaps, spikes, exchanged legs, zero-lag filtering, derivatives."""

from plumbline.signals._clean import CleanPose, chain_length_px, clean
from plumbline.signals._filters import cutoff_for, derivative, low_pass, noise_sd
from plumbline.signals._gaps import fill_gaps, reject_outliers
from plumbline.signals._settings import SIGNALS
from plumbline.signals._swaps import exchange, find_swaps
from plumbline.signals._tops import across_gaps, tops
from plumbline.signals._weighting import contradict, weighted_mean

__all__ = [
    "SIGNALS",
    "CleanPose",
    "across_gaps",
    "chain_length_px",
    "clean",
    "contradict",
    "cutoff_for",
    "derivative",
    "exchange",
    "fill_gaps",
    "find_swaps",
    "low_pass",
    "noise_sd",
    "reject_outliers",
    "tops",
    "weighted_mean",
]
