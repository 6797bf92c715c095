"""Corrections by hand: read, applied, undone by leaving them out, kept beside what was found."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline.analysis import Analysis
from plumbline.edits import Edits, read_edits
from plumbline.errors import SettingsError
from plumbline.pipeline import measure_pose
from plumbline.report import build_report
from plumbline.request import Request
from plumbline.validation import Comparison, compare, labels_of
from tests.athletes import JITTER, landmarks, movement
from tests.conftest import clip_info

POSE, _ = landmarks(movement("pogo"), JITTER)
AUTOMATIC = measure_pose(POSE, clip_info(POSE))


def edited(**changes) -> Analysis:
    edits = Edits.model_validate({"schema": "plumbline/edits/1", **changes})
    return measure_pose(POSE, clip_info(POSE), Request(edits=edits))


def test_an_event_moves_by_frames_or_ms_and_the_neighbour_follows() -> None:
    found = edited(teach=False, reps=[{"rep": 2, "touchdown": {"frames": -1}, "toe_off": {"ms": 8}}])
    before, after = AUTOMATIC.reps, found.reps
    assert after[1].rep.touchdown_s == pytest.approx(before[1].rep.touchdown_s - 1 / 60)
    assert after[0].rep.landing_s == after[1].rep.touchdown_s
    contact = before[1].metrics["contact_time_s"].value + 1 / 60 + 0.008
    assert after[1].metrics["contact_time_s"].value == pytest.approx(contact)
    assert [c.touchdown_s for c in found.contacts.items].count(after[1].rep.touchdown_s) == 1
    assert after[3].metrics == before[3].metrics


def test_both_the_found_and_the_edited_value_are_kept() -> None:
    report = build_report(edited(reps=[{"rep": 2, "toe_off": {"ms": 8}}]))
    rep = report.reps[1]
    assert rep.source == "edited"
    assert rep.automatic is not None
    assert rep.automatic.toe_off_s == pytest.approx(AUTOMATIC.reps[1].rep.toe_off_s, abs=1e-5)
    assert report.reps[0].automatic is None


def test_a_rep_can_be_deleted_and_keeps_its_number_free() -> None:
    report = build_report(edited(reps=[{"rep": 3, "delete": True}]))
    assert [r.index for r in report.reps] == [1, 2, 4, 5, 6, 7]
    assert report.deleted_reps == [3]


def test_a_rep_can_be_added() -> None:
    rep = AUTOMATIC.reps[2].rep
    times = {"touchdown_s": rep.touchdown_s, "toe_off_s": rep.toe_off_s, "landing_s": rep.landing_s}
    found = edited(reps=[{"rep": 3, "delete": True}], added=[times])
    report = build_report(found)
    assert [r.index for r in report.reps] == [1, 2, 8, 4, 5, 6, 7]
    assert report.reps[2].source == "hand"
    assert found.reps[2].metrics["contact_time_s"].value == pytest.approx(rep.toe_off_s - rep.touchdown_s)


def test_an_added_rep_has_its_foot_on_the_floor() -> None:
    flight = AUTOMATIC.reps[2].rep
    middle = (flight.toe_off_s + flight.landing_s) / 2
    times = {"touchdown_s": middle - 0.06, "toe_off_s": middle + 0.06, "landing_s": flight.landing_s}
    found = edited(added=[times])
    inside = np.abs(found.tracks.time_s - middle) < 0.05
    assert not AUTOMATIC.in_contact[inside].any()
    assert found.in_contact[inside].all()


def test_an_instant_that_two_reps_share_moves_once() -> None:
    both = [{"rep": 2, "landing": {"ms": 10}}, {"rep": 3, "touchdown": {"ms": 10}}]
    assert edited(reps=both).reps[2].rep.touchdown_s == pytest.approx(AUTOMATIC.reps[2].rep.touchdown_s + 0.01)


def test_drill_and_near_side_can_be_forced() -> None:
    assert edited(drill="single_leg_hop").drill.id == "single_leg_hop"
    other = "left" if AUTOMATIC.tracks.camera.near_side == "right" else "right"
    assert edited(near_side=other).tracks.camera.near_side == other


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reps": [{"rep": 99, "delete": True}]}, "rep 99"),
        ({"reps": [{"rep": 2, "toe_off": {"ms": -400}}]}, "out of order"),
        ({"drill": "yoga"}, "yoga"),
        ({"added": [{"touchdown_s": 231.0, "toe_off_s": 231.2, "landing_s": 231.6}]}, "outside the film"),
        ({"reps": [{"rep": 2, "landing": {"ms": 10}}, {"rep": 3, "touchdown": {"ms": 20}}]}, "twice"),
        ({"athlete": "7"}, "athlete|person 7"),
    ],
)
def test_edits_that_do_not_fit_the_clip(changes: dict, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        edited(**changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "plumbline/edits/2"}',
        '{"schema": "plumbline/edits/1", "reps": [{"rep": 0}]}',
        '{"schema": "plumbline/edits/1", "reps": [{"rep": 1, "toe_off": {}}]}',
        '{"schema": "plumbline/edits/1", "reps": [{"rep": 1, "toe_off": {"ms": 1, "frames": 1}}]}',
        '{"schema": "plumbline/edits/1", "reps": [{"rep": 1, "toe_off": {"ms": NaN}}]}',
        '{"schema": "plumbline/edits/1", "unknown": 1}',
    ],
)
def test_a_file_that_is_no_edits_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "edits.json"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"edits\.json"):
        read_edits(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["rep", "ms", "touchdown", "delete"]), inner),
)
PARTS = st.dictionaries(st.sampled_from(["reps", "added", "drill", "near_side", "athlete"]), JSON)
DOCUMENTS = JSON | PARTS.map(lambda parts: {"schema": "plumbline/edits/1", **parts})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(DOCUMENTS)
def test_any_json_is_read_or_refused_in_one_line(tmp_path: Path, value: object) -> None:
    path = tmp_path / "edits.json"
    path.write_text(json.dumps(value))
    try:
        read_edits(path)
    except SettingsError as error:
        assert "\n" not in str(error).strip()


def test_edited_events_can_be_exported_as_labels() -> None:
    labels = labels_of(build_report(edited(reps=[{"rep": 2, "toe_off": {"ms": 8}}])))
    errors = Comparison()
    compare(build_report(AUTOMATIC), labels, errors)
    assert errors.matched_reps == 7
    assert errors.false_faults == []
    assert sorted(abs(e) for e in errors.errors["toe_off_s"])[-1] == pytest.approx(0.008, abs=1e-4)
