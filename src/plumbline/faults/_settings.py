"""The numbers of ranking faults; `data/settings/faults.toml` explains each."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.settings import read_settings


@dataclass(frozen=True)
class Settings:
    """Rows of the table."""

    far_beyond_sd: float


FAULTS = read_settings(Settings, "faults")
