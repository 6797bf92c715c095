"""Where the package's data files are, and how a TOML file is read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from plumbline.errors import SettingsError
from plumbline.files import read_document

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DATA = Path(__file__).parent / "data"
# The checkout's root when run from one; in an installed wheel the folder does not matter.
CHECKOUT = Path(__file__).resolve().parents[2]


def data_file(name: str, checkout_path: str | None = None) -> Path:
    """Path of a packaged data file, or of its original in a checkout."""
    packaged = DATA / name
    if checkout_path is not None and not packaged.exists():
        return CHECKOUT / checkout_path
    return packaged


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    SettingsError
        When it is missing or not TOML.
    """
    try:
        return tomllib.loads(read_document(path).decode("utf-8"))
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, or a number that is too long
        raise SettingsError("{path} is not valid TOML: {error}.", path=path, error=error) from error


def require(row: dict[str, Any], place: str, *keys: str) -> None:
    """Refuse a `row` of one of the package's tables, at `place`, that lacks a key.

    Raises
    ------
    SettingsError
        With the place and the key.
    """
    lacking = [key for key in keys if key not in row]
    if lacking:
        raise SettingsError("{place}: {key} is missing.", place=place, key=lacking[0])


def sample_clip(name: str) -> Path:
    """Path of a shipped sample clip.

    Raises
    ------
    SettingsError
        When it is not there.
    """
    path = data_file(f"sample_videos/{name}", f"sample_videos/{name}")
    if not path.is_file():
        raise SettingsError("the sample clip {name} is missing: reinstall Plumbline.", name=name)
    return path


def sample_height_m(name: str) -> float:
    """Stature of the athlete of a shipped sample clip, from its truth."""
    truth = json.loads(sample_clip(name).with_suffix(".truth.json").read_text(encoding="utf-8"))
    return float(truth["height_m"])


def sample_clips() -> list[Path]:
    """Every shipped sample clip that has its truth beside it."""
    folder = data_file("sample_videos", "sample_videos")
    return [clip for clip in sorted(folder.glob("*.mp4")) if clip.with_suffix(".truth.json").is_file()]
