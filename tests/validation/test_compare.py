"""Reps of a report against those of a truth file."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from plumbline.pipeline import measure_pose
from plumbline.report import Report, build_report
from plumbline.validation import Comparison, agreement, compare, labels_of
from tests.athletes import JITTER, landmarks, take
from tests.conftest import clip_info


@pytest.fixture(scope="module")
def report() -> Report:
    pose, _ = landmarks(take("pogo_faults"), JITTER)
    return build_report(measure_pose(pose, clip_info(pose)))


def compared(report: Report, reps: list[dict[str, Any]]) -> Comparison:
    into = Comparison()
    compare(report, {"drill": "pogo", "reps": reps}, into)
    return into


def shifted(rep: dict[str, Any], by_s: float) -> dict[str, Any]:
    return {k: v + by_s if k.endswith("_s") and v is not None else v for k, v in rep.items()}


def test_errors_are_measured_less_true_with_each_event_s_own_uncertainty(report: Report) -> None:
    truth = [shifted(rep, -0.02) for rep in labels_of(report)["reps"]]
    found = compared(report, truth)
    assert found.errors["touchdown_s"] == pytest.approx([0.02] * len(truth))
    assert found.sds["toe_off_s"] == [rep.toe_off_sd_s for rep in report.reps]
    assert found.sds["touchdown_s"] == [rep.touchdown_sd_s for rep in report.reps]
    assert (found.true_reps, found.found_reps, found.matched_reps) == (len(truth),) * 3


def test_a_rep_belongs_to_one_that_is_near_and_to_one_only(report: Report) -> None:
    truth = labels_of(report)["reps"]
    assert compared(report, [shifted(rep, 0.11) for rep in truth[:1]]).matched_reps == 1
    assert compared(report, [shifted(rep, 0.13) for rep in truth[:1]]).matched_reps == 0
    twice = compared(report, [truth[0], shifted(truth[0], 0.01)])
    assert (twice.true_reps, twice.found_reps, twice.matched_reps) == (2, len(report.reps), 1)


def test_as_many_reps_as_lie_near_are_paired_and_those_nearest(report: Report) -> None:
    """The first, 110 ms off, does not take the partner of the second."""
    truth = labels_of(report)["reps"][:2]
    gap = report.reps[1].touchdown_s - report.reps[0].touchdown_s
    near = compared(report, [shifted(truth[0], gap + 0.11), truth[1]])
    assert (near.matched_reps, near.errors["touchdown_s"]) == (1, [0.0])


def test_an_event_early_and_one_late_do_not_make_up_for_each_other(report: Report) -> None:
    rep = labels_of(report)["reps"][0]
    torn = rep | {"touchdown_s": rep["touchdown_s"] - 0.2, "toe_off_s": rep["toe_off_s"] + 0.2}
    assert compared(report, [torn]).matched_reps == 0


def test_reps_are_held_together_by_the_events_that_both_have(report: Report) -> None:
    """A landing that was not seen does not move a rep's middle."""
    truth = labels_of(report)["reps"]
    unseen = [rep.model_copy(update={"landing_s": None}) for rep in report.reps]
    assert compared(report.model_copy(update={"reps": unseen}), truth).matched_reps == len(truth)


def test_faults_are_missed_or_false_in_reps_that_are_found_and_in_others(report: Report) -> None:
    truth = [rep | {"planted": []} for rep in labels_of(report)["reps"]]
    leaning = next(r for r in report.reps if any(v.fault == "trunk_lean" and v.verdict == "fault" for v in r.verdicts))
    place = report.reps.index(leaning)
    raised = [v for v in leaning.verdicts if v.verdict == "fault"]

    def told(k: int, **change: Any) -> Comparison:
        return compared(report, [*truth[:k], truth[k] | change, *truth[k + 1 :]])

    name = report.clip.name
    clean = {v.metric: v.limit for v in raised}  # the true values lie at the limits, not beyond
    false = told(place, metrics=clean).false_faults
    assert f"{name} rep {leaning.index}: trunk_lean" in false
    beyond = {v.metric: v.value for v in raised}
    assert f"{name} rep {leaning.index}: trunk_lean" not in told(place, metrics=beyond).false_faults
    # A fault that was planted hides no other that is raised.
    assert f"{name} rep {leaning.index}: trunk_lean" in told(place, metrics=clean, planted=["sway"]).false_faults
    assert compared(report, []).false_faults == []  # labels of nothing say nothing of faults
    assert told(place, planted=["trunk_lean", "sway"]).missed_faults == [f"{name} rep {leaning.index}: sway"]
    # A true rep far off is not found, and the one found there is none.
    off = shifted(truth[place], 30.0) | {"planted": ["sway"]}
    gone = compared(report, [*truth[:place], off, *truth[place + 1 :]])
    assert gone.missed_faults == [f"{name} true rep {place + 1}, not found: sway"]
    assert f"{name} rep {leaning.index}, which is none: trunk_lean" in gone.false_faults


def test_without_a_stated_uncertainty_nothing_is_covered_or_not() -> None:
    assert np.isnan(agreement([0.1, 0.2], [np.nan, np.nan]).coverage)
    assert agreement([0.1, 5.0, 9.0], [1.0, 1.0, np.nan]).coverage == 0.5
