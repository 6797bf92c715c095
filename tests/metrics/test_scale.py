"""Metres per pixel, and scales that contradict each other."""

from __future__ import annotations

import re

import pytest

from plumbline.errors import SettingsError
from plumbline.metrics import MarkedDistance
from plumbline.pipeline import measure_pose
from plumbline.request import Request
from plumbline.synthetic import frame_camera, random_hop_clip
from plumbline.synthetic.athlete import Phone
from tests.athletes import landmarks, movement
from tests.conftest import Filming, as_landmarks, clip_info

MOTION, _ = random_hop_clip(8, n=6, travel_m=0.4)
HOW = Filming(size=(1280, 720))
TRUE = 1 / frame_camera(MOTION, *HOW.size).px_per_m


def measured(**wishes):
    pose, _ = as_landmarks(MOTION, HOW)
    return measure_pose(pose, clip_info(pose), Request(unbias=False, **wishes))


@pytest.mark.parametrize(
    ("wishes", "source"),
    [
        ({}, "gravity"),
        ({"height_m": MOTION.body.height_m}, "stature and gravity"),
        ({"marked": MarkedDistance(100, 600, 100 + 2 / TRUE, 600, 2.0)}, "marked distance and gravity"),
    ],
)
def test_every_source_gives_the_scale(wishes: dict, source: str) -> None:
    scale = measured(**wishes).scales.best
    assert scale is not None
    assert scale.source == source
    assert abs(scale.value - TRUE) <= 2 * scale.sd


def test_gravity_gives_the_scale_of_an_athlete_that_obeys_mechanics() -> None:
    pose, _ = landmarks(movement("squat_jump", 0), fps=120.0)
    scale = measure_pose(pose, clip_info(pose), Request(unbias=False)).scales.best
    assert scale is not None
    assert scale.source == "gravity"
    assert scale.value == pytest.approx(Phone().distance_m / Phone().focal_px, rel=0.06)


def test_travel_is_reported_in_metres() -> None:
    found = measured(height_m=MOTION.body.height_m)
    steps = [m.metrics["step_length_m"] for m in found.reps[:-1]]
    assert all(abs(q.value - 0.4) <= 2 * q.sd for q in steps)
    total = found.summary["distance_m"]
    assert total.mean == pytest.approx(sum(m.metrics["step_length_m"].value for m in found.reps))


def test_a_wrong_stature_is_noticed_and_explained() -> None:
    codes = {w.code: w.message for w in measured(height_m=MOTION.body.height_m * 0.75).warnings}
    said = re.search(r"it would be (\d\.\d\d) m", codes["scale_contradicted"])
    assert said is not None
    assert float(said[1]) == pytest.approx(MOTION.body.height_m, rel=0.08)


def test_a_wrong_mark_is_noticed() -> None:
    marked = MarkedDistance(100, 600, 100 + 2 / TRUE, 600, 4.0)
    assert "scale_contradicted" in {w.code for w in measured(marked=marked).warnings}


@pytest.mark.parametrize(
    "words", ["", "1,2,3,4", "1,2,3,4,x", "0,0,3,4,2.0", "0,0,300,0,0", "0,0,300,0,nan", "inf,0,0,0,2"]
)
def test_a_mark_that_cannot_be_is_refused(words: str) -> None:
    with pytest.raises(SettingsError):
        MarkedDistance.read(words)
