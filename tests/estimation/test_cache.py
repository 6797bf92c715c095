"""Footage kept between runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from plumbline.camera import Uprights
from plumbline.clip import ClipInfo
from plumbline.estimation._cache import load_footage, save_footage
from plumbline.pose import Footage
from tests.athletes import JITTER, landmarks, movement
from tests.conftest import clip_info


@pytest.fixture
def seen() -> tuple[Footage, ClipInfo]:
    pose, _ = landmarks(movement("squat_jump"), replace(JITTER, missing_share=0.05))
    return replace(Footage.of_one(pose), uprights=Uprights(1.5, 0.4, 9)), clip_info(pose)


def test_what_is_kept_comes_back_the_same(tmp_path: Path, seen) -> None:
    footage, clip = seen
    save_footage(tmp_path / "a" / "x.npz", footage, clip)
    back = load_footage(tmp_path / "a" / "x.npz", clip)
    assert back is not None
    assert np.array_equal(back.people.xy, footage.people.xy, equal_nan=True)
    assert back.uprights == footage.uprights
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["x.npz"]


def test_times_follow_the_declared_rate(tmp_path: Path, seen) -> None:
    footage, clip = seen
    save_footage(tmp_path / "x.npz", footage, clip)
    slow = load_footage(tmp_path / "x.npz", replace(clip, time_scale=0.25))
    assert slow is not None
    assert slow.people.time_s == pytest.approx(footage.people.time_s / 4)


def test_a_damaged_or_foreign_file_is_not_read(tmp_path: Path, seen) -> None:
    footage, clip = seen
    path = tmp_path / "x.npz"
    assert load_footage(path, clip) is None
    path.write_bytes(b"not a zip")
    assert load_footage(path, clip) is None
    save_footage(path, footage, clip)
    assert load_footage(path, replace(clip, width=clip.width + 2)) is None
    path.write_bytes(path.read_bytes()[:500])
    assert load_footage(path, clip) is None


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path, seen) -> None:
    (tmp_path / "file").write_text("")
    save_footage(tmp_path / "file" / "x.npz", *seen)
