"""Metres per pixel, and scales that contradict each other."""

from __future__ import annotations

import re

import numpy as np
import pytest

from plumbline.errors import SettingsError
from plumbline.metrics import MarkedDistance
from plumbline.pipeline import measure_pose
from plumbline.request import Request
from plumbline.synthetic import joint_positions
from tests.athletes import JITTER, WIDE, landmarks, movement
from tests.conftest import clip_info

MOVED = movement("travelling_hop")
HEIGHT_M = MOVED.anatomy.height_m
TRUE = WIDE.distance_m / WIDE.focal_px


def measured(**wishes):
    pose, _ = landmarks(MOVED, JITTER, phone=WIDE)
    return measure_pose(pose, clip_info(pose), Request(unbias=False, **wishes))


@pytest.mark.parametrize(
    ("wishes", "source"),
    [
        ({}, "gravity"),
        ({"height_m": HEIGHT_M}, "stature and gravity"),
        ({"marked": MarkedDistance(100, 600, 100 + 2 / TRUE, 600, 2.0)}, "marked distance and gravity"),
    ],
)
def test_every_source_gives_the_scale(wishes: dict, source: str) -> None:
    scale = measured(**wishes).scales.best
    assert scale is not None
    assert scale.source == source
    assert scale.value == pytest.approx(TRUE, rel=0.02)
    assert scale.sd < 0.05 * TRUE


def test_travel_is_reported_in_metres() -> None:
    found = measured(height_m=HEIGHT_M)
    toe = joint_positions(MOVED.anatomy, MOVED.root_m, MOVED.rotation)["right_toe"][:, 0]
    middles = [(a + b) / 2 for a, b in MOVED.contacts["right"] if np.isfinite(b)]
    true = np.diff(np.interp(middles, MOVED.time_s, toe))
    steps = [m.metrics["step_length_m"].value for m in found.reps[:-1]]
    assert steps == pytest.approx(true[: len(steps)], abs=0.02)
    total = found.summary["distance_m"]
    assert total.mean == pytest.approx(sum(m.metrics["step_length_m"].value for m in found.reps))


def test_a_wrong_stature_is_noticed_and_explained() -> None:
    codes = {w.code: w.message for w in measured(height_m=HEIGHT_M * 0.75).warnings}
    said = re.search(r"the flights fit (\d\.\d\d) m", codes["scale_contradicted"])
    assert said is not None
    assert float(said[1]) == pytest.approx(HEIGHT_M, rel=0.08)


def test_a_wrong_mark_is_noticed() -> None:
    marked = MarkedDistance(100, 600, 100 + 2 / TRUE, 600, 4.0)
    assert "scale_contradicted" in {w.code for w in measured(marked=marked).warnings}


@pytest.mark.parametrize(
    "words", ["", "1,2,3,4", "1,2,3,4,x", "0,0,3,4,2.0", "0,0,300,0,0", "0,0,300,0,nan", "inf,0,0,0,2"]
)
def test_a_mark_that_cannot_be_is_refused(words: str) -> None:
    with pytest.raises(SettingsError):
        MarkedDistance.read(words)
