"""A film without light says so."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from plumbline.pipeline import analyze
from plumbline.resources import sample_clip
from plumbline.video import probe, read_frames
from tests.hostile import kinds


@pytest.mark.parametrize(("share", "dark"), [(1.0, False), (0.4, False), (0.18, True), (0.1, True)])
def test_a_dark_film_is_said_to_be_one(tmp_path: Path, share: float, dark: bool) -> None:
    """The wall behind this athlete is at about 200 of 256: at 0.4 of it 80 are left, at 0.18 36.

    At a tenth nobody is found any more.
    """
    clip = probe(sample_clip("standing.mp4"))
    pictures = (f.image for f in islice(read_frames(clip, long_edge=240), 12))
    film = kinds.write(tmp_path / "a.mp4", ((share * p).astype(np.uint8) for p in pictures), 30)
    found = analyze(film, cache=False)
    assert ("too_dark" in {w.code for w in found.warnings}) == dark
