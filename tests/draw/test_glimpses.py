"""Stills of pictures that were kept on the pose model's pass are those that decoding again gives."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from plumbline.analysis import Analysis
from plumbline.draw import _film as film
from plumbline.draw import stills
from plumbline.estimation import ESTIMATION
from plumbline.estimation._glimpses import Glimpses
from plumbline.pipeline import analyze
from plumbline.resources import sample_clip
from plumbline.video import read_frames

FIRST = 120


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(sample_clip("pogo_faults.mp4"))


@pytest.fixture(scope="module")
def kept(analysis: Analysis) -> Analysis:
    """With what the first frames show of the athlete."""
    glimpses, pose, clip = Glimpses(), analysis.pose, analysis.clip
    for frame in read_frames(clip, long_edge=ESTIMATION.picture_edge_px):
        if frame.index < FIRST:
            points = pose.xy[frame.index] / [clip.width, clip.height]
            box = np.concatenate([points.min(axis=0), points.max(axis=0)])
            glimpses.look(frame.index, frame.image, box[None])
    return replace(analysis, footage=replace(analysis.footage, glimpses=glimpses.of(None)))


def pictures(found: list[bytes]) -> list[np.ndarray]:
    return [cv2.imdecode(np.frombuffer(x, np.uint8), cv2.IMREAD_COLOR).astype(float) for x in found]


def test_a_glimpse_makes_the_still_that_decoding_makes(
    analysis: Analysis, kept: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = [float(analysis.tracks.time_s[i]) for i in (20, 60, 100)]
    again = pictures(stills(analysis, times))
    monkeypatch.setattr(film, "read_frames", None)  # nothing is decoded
    for one, decoded in zip(pictures(stills(kept, times)), again, strict=True):
        assert abs(one.shape[1] - decoded.shape[1]) <= 2
        other = cv2.resize(decoded, (one.shape[1], one.shape[0]))
        # Levels of 256, but for edges, which lie up to a pixel apart; of other frames they are 7 to 28.
        assert np.abs(cv2.blur(one, (7, 7)) - cv2.blur(other, (7, 7))).mean() < 5
        assert one.mean(axis=(0, 2)).min() > 40  # no black edge: less was kept than a still needs


def test_frames_that_were_not_kept_are_decoded(analysis: Analysis, kept: Analysis) -> None:
    time_s = float(analysis.tracks.time_s[FIRST + 20])
    (one,), (other,) = stills(kept, [time_s]), stills(analysis, [time_s])
    assert one == other


def test_nothing_is_kept_of_two_people_nor_of_a_long_film(monkeypatch: pytest.MonkeyPatch) -> None:
    image, one = np.full((960, 540, 3), 90, np.uint8), np.array([[0.3, 0.1, 0.6, 0.9]])
    glimpses = Glimpses()
    glimpses.look(0, image, np.concatenate([one, one]))
    glimpses.look(1, image, np.array([[0.4, 0.4, 0.5, 0.6]]))  # 192 px tall: the film shows more than this picture
    assert not glimpses.of(None)
    glimpses.look(2, image, one)
    glimpses.look(5, image, one)
    assert set(glimpses.of(None)) == {2, 5}
    assert set(glimpses.of(np.array([0, 2, 3, 4, 5]))) == {1, 4}
    monkeypatch.setattr("plumbline.estimation._glimpses.ESTIMATION", replace(ESTIMATION, most_glimpses=2))
    glimpses.look(6, image, one)
    assert not glimpses.of(None)
    glimpses.look(7, image, one)
    assert not glimpses.of(None)
