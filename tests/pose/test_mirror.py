"""Mirrored frames and landmarks."""

from __future__ import annotations

import numpy as np

from plumbline.pose import Landmark, facing_votes
from plumbline.pose._mirror import COUNTERPART, mirror_back
from plumbline.synthetic.sensing import landmark_places
from tests.athletes import take


def test_left_and_right_are_counterparts() -> None:
    assert COUNTERPART[Landmark.LEFT_KNEE] == Landmark.RIGHT_KNEE
    assert COUNTERPART[Landmark.MOUTH_RIGHT] == Landmark.MOUTH_LEFT
    assert COUNTERPART[Landmark.NOSE] == Landmark.NOSE
    assert [COUNTERPART[i] for i in COUNTERPART] == list(range(33))


def test_mirroring_twice_changes_nothing() -> None:
    found = np.random.default_rng(0).random((2, 33, 3))
    assert np.allclose(mirror_back(mirror_back(found)), found)


def test_votes_follow_the_facing() -> None:
    places = landmark_places(take("standing"))
    for facing in (1, -1):
        assert (np.sign(facing_votes(places * [facing, 1, 1])) == facing).all()
