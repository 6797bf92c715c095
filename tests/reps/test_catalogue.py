"""Every drill of a runner's programme is in the catalogue, whole and consistent."""

from __future__ import annotations

import pytest

from plumbline.catalogue import find_drill, load_drills, load_movements, load_rules, measurable_drill
from plumbline.errors import SettingsError
from plumbline.metrics import METRICS
from plumbline.reps import SEGMENTERS
from plumbline.request import Request

PROGRAMME = {
    "mobility": ["sitting_pike", "lying_pike", "lying_pike_single_leg"],
    "balance": ["high_knee_twist", "arabesque_high_knee", "arabesque_twist"],
    "jump school": [
        *("jump_forward", "jump_backward", "jump_left", "jump_right", "stefan_holm_left", "stefan_holm_right"),
        *("zigzag_forward", "zigzag_backward", "small_lunges", "wide_narrow"),
        *("quarter_turn_left", "quarter_turn_right", "wide_heels_in_air"),
    ],
    "board": [f"board_{axis}_{feet}" for axis in ("lateral", "sagittal") for feet in ("both", "left", "right")],
    "strength": [
        *("donkey_kick", "heel_raise", "quarter_squat", "box_jump", "box_jump_single", "ankle_recovery"),
        "board_squat",
    ],
    "stability": ["single_leg_stance"],
    "plyometrics": [
        *("pogo", "skips", "ankle_hops", "single_leg_hop", "bounding", "hurdle_hops", "drop_to_bound", "strides"),
        *("depth_jump", "weighted_pogo"),
    ],
}
AFTER_THE_FOURTH = {"quarter_turn_left", "quarter_turn_right", "wide_heels_in_air"}


@pytest.mark.parametrize("group", PROGRAMME)
def test_the_whole_programme_is_there(group: str) -> None:
    drills = load_drills()
    assert [d for d in PROGRAMME[group] if d not in drills] == []
    assert all(drills[d].group == group for d in PROGRAMME[group])


def test_phases_follow_the_guide() -> None:
    drills = load_drills()
    for phase, names in {
        "early": ["pogo", "skips", "ankle_hops", "single_leg_hop"],
        "middle": ["bounding", "box_jump", "hurdle_hops", "drop_to_bound", "strides"],
        "late": ["depth_jump", "weighted_pogo"],
    }.items():
        assert {drills[d].phase for d in names} == {phase}
    assert {d.id for d in drills.values() if d.source == "session_after_4"} == AFTER_THE_FOURTH
    assert {drills[d].dose for d in AFTER_THE_FOURTH} == {"2 x 8 m"}


@pytest.mark.parametrize("drill_id", load_drills())
def test_a_drill_is_whole(drill_id: str) -> None:
    d = find_drill(drill_id)
    assert all([d.name, d.group, d.purpose, d.how, d.dose, d.cues, all(d.cues)])
    assert d.phase in {"early", "middle", "late", "any"}
    assert set(d.needs) <= set(load_drills()) - {d.id}
    # Either it is judged, and says how to film it, or it says why not.
    assert (d.movement is None) == bool(d.not_judged)
    if d.movement is not None:
        assert d.film
        assert d.segment in SEGMENTERS
        assert d.movement.view in {"side", "front"}
        # A movement that is named and measured need not be judged.
        judged = any(not d.names.isdisjoint(r.drills) for r in load_rules())
        assert judged or d.movement.metrics, "nothing is measured in it"


def test_prerequisites_never_go_round_in_circles() -> None:
    drills = load_drills()

    def depth(drill_id: str, seen: tuple[str, ...] = ()) -> int:
        assert drill_id not in seen, seen
        return 1 + max((depth(n, (*seen, drill_id)) for n in drills[drill_id].needs), default=0)

    assert max(depth(d) for d in drills) > 2


def test_movements_report_known_metrics() -> None:
    for movement in load_movements().values():
        assert set(movement.metrics) <= {*METRICS, "knee_speed_loss_pct"}, movement.id
        assert len(set(movement.metrics)) == len(movement.metrics), movement.id


def test_a_drill_that_cannot_be_judged_says_why() -> None:
    with pytest.raises(SettingsError, match=r"cannot be measured: .*by hand"):
        Request(drill="sitting_pike")
    with pytest.raises(SettingsError, match="did you mean single_leg_hop"):
        measurable_drill("single_leg_hops")
