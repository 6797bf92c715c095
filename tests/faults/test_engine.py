from __future__ import annotations

from pathlib import Path

import pytest

from plumbline.catalogue import find_drill, load_drills, load_movements, load_rules, metric_label, read_limits
from plumbline.errors import SettingsError
from plumbline.faults import Verdict, called, decide, judge, judged_in, judged_share, ranked
from plumbline.measuring import load_measuring
from plumbline.metrics import METRICS
from plumbline.quantity import Quantity

# From so many reps on, and of fewer this share, as they are shipped.
FEW = (round(load_measuring().fault_reps), load_measuring().fault_share_of_few)
CASES = [
    ("well within", 0.200, 0.010, "ok"),
    ("just within", 0.249, 0.010, "ok"),
    ("beyond by less than its uncertainty", 0.255, 0.010, "borderline"),
    ("beyond by more than its uncertainty", 0.265, 0.010, "fault"),
]


@pytest.mark.parametrize(("name", "value", "sd", "expected"), CASES, ids=[c[0] for c in CASES])
def test_verdict_by_uncertainty(name: str, value: float, sd: float, expected: str) -> None:
    assert decide(Quantity(value, sd, "s"), 0.250, None) == (expected, 0.250)


def test_two_sided_limit_names_the_one_that_is_missed() -> None:
    assert decide(Quantity(-6.0, 1.0, "deg"), 8.0, -3.0) == ("fault", -3.0)
    assert decide(Quantity(9.5, 1.0, "deg"), 8.0, -3.0) == ("fault", 8.0)


def test_missing_metric_is_not_judged() -> None:
    rules = load_rules()
    assert judge({}, find_drill("pogo"), rules) == ()
    assert judge({"contact_time_s": Quantity(float("nan"), 0.1, "s")}, find_drill("pogo"), rules) == ()


def test_table_names_only_what_exists() -> None:
    known = {*METRICS, "knee_speed_loss_pct", "rhythm_cv_pct"}
    for rule in load_rules():
        assert {rule.metric, rule.moves_with} <= {*known, ""}, rule.id
        assert set(rule.drills) <= {*load_drills(), *load_movements()}, rule.id
        assert rule.origin.startswith(("own", "published", "source")), rule.id
        assert metric_label(rule.metric).label != rule.metric, rule.metric
    for drill in load_drills().values():
        assert set(drill.metrics) <= known, drill.id


def test_coach_overrides_single_rows(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[faults.long_contact]\nabove = 0.2\n[measuring.cutoff_hz]\nvalue = 10\n")
    faults, measuring = read_limits(own)
    rules = {r.id: r for r in load_rules(faults)}
    assert (rules["long_contact"].above, rules["long_contact"].origin) == (0.2, "coach")
    assert rules["head_forward"].above == 7.0
    assert load_measuring(measuring).cutoff_hz == 10


BAD = {
    "not TOML": "faults = [",
    "a limit that is text": '[faults.long_contact]\nabove = "much"\n',
    "a limit that is not a number": "[faults.long_contact]\nabove = nan\n",
    "an unknown key": "[faults.long_contact]\nlimit = 3\n",
    "a new row without a metric": "[faults.mine]\nabove = 3\n",
    "an unknown section": "[thresholds]\nx = 1\n",
    "an unknown measuring row": "[measuring.speed]\nvalue = 1\n",
    "a measuring row without a value": "[measuring.cutoff_hz]\norigin = 'own'\n",
    "a measuring row beyond its range": "[measuring.cutoff_hz]\nvalue = 300\n",
    "a row that is no table": "[faults]\nlong_contact = 3\n",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_limits_say_what_is_wrong(name: str, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(BAD[name])
    with pytest.raises(SettingsError) as raised:
        faults, measuring = read_limits(own)
        load_rules(faults)
        load_measuring(measuring)
    assert "\n" not in str(raised.value).strip()


def test_a_fault_needs_to_be_beyond_its_limit_by_so_many_uncertainties() -> None:
    assert decide(Quantity(0.268, 0.010, "s"), 0.250, None, 1.64) == ("fault", 0.250)
    assert decide(Quantity(0.266, 0.010, "s"), 0.250, None, 1.64) == ("borderline", 0.250)


def verdict(outcome: str, fault: str = "long_contact") -> Verdict:
    return Verdict(fault, "", outcome, "contact_time_s", 0.0, 0.0, "s", 0.0, "", "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("faulty", "reps", "is_called"),
    [
        (1, 1, True),
        (1, 3, True),
        (1, 4, False),
        (2, 6, True),
        (2, 7, False),
        (3, 8, True),
        (2, 40, False),
        (3, 40, True),
    ],
)
def test_a_single_rep_is_no_fault_of_the_set(faulty: int, reps: int, is_called: bool) -> None:
    rows = [(verdict("fault" if k < faulty else "ok"),) for k in range(reps)]
    assert called(rows, (), *FEW) == ({"long_contact"} if is_called else set())


def test_a_mean_beyond_its_limit_calls_a_fault_that_no_rep_shows_for_sure() -> None:
    rows = [(verdict("borderline"),)] * 8
    assert called(
        rows,
        (verdict("fault"), verdict("borderline", "head_forward")),
        *FEW,
    ) == {"long_contact"}


def test_how_far_beyond_counts_for_a_rep_too() -> None:
    """0.262 ± 0.010 s against 0.25: beyond by 1.2 of its uncertainty."""
    rule = next(r for r in load_rules() if r.id == "long_contact")
    metrics = {"contact_time_s": Quantity(0.262, 0.010, "s")}
    said = [judge(metrics, find_drill("pogo"), (rule,), beyond_sd=b)[0].verdict for b in (1.0, 1.64)]
    assert said == ["fault", "borderline"]


def test_a_landing_off_a_box_is_not_judged_as_a_hop() -> None:
    found = {"plumb_spread_pct_bh": Quantity(20.0, 1.0, "%BH"), "contact_time_s": Quantity(0.4, 0.01, "s")}
    hop, drop = ({v.fault for v in judge(found, find_drill(d), load_rules())} for d in ("pogo", "depth_jump"))
    assert hop == {"line_broken", "long_contact"}
    assert drop == {"long_contact"}
    with pytest.raises(SettingsError, match="no drill 'nodrill'"):
        load_rules({"long_contact": {"not_drills": ["nodrill"]}})


def found(fault: str, value: float, verdict: str = "fault") -> Verdict:
    return Verdict(fault, fault, verdict, "m", value, 0.5, "s", 10.0, "", "")  # type: ignore[arg-type]


def test_what_is_furthest_beyond_over_the_reps_comes_first() -> None:
    """Long contact: 2 sd on two reps. Lean: 3 sd on one. Line: of the set, 1 sd on three reps. Far beyond is capped."""

    reps = [(found("lean", 11.5), found("long", 11.0)), (found("long", 11.0),), (found("long", 9.0, "ok"),)]
    of_set = (found("line", 10.5),)
    everything = {"lean", "long", "line", "unseen"}
    assert ranked(reps, of_set, everything) == ["long", "lean", "line"]  # 4, 3 and 3, the rep's first
    assert ranked(reps, of_set, {"lean"}) == ["lean"]
    # 40 sd on one rep weigh 5, less than 2 sd on three.
    assert ranked([(found("a", 30.0), found("b", 11.0)), *[(found("b", 9.0, "borderline"),)] * 2], (), "ab") == [
        "b",
        "a",
    ]


def test_a_rep_in_which_a_number_is_missing_is_judged_in_part() -> None:
    whole, part, bare = (found("lean", 9.0, "ok"), found("long", 9.0, "ok")), (found("long", 9.0, "ok"),), ()
    of_set = judged_in([whole, part, bare])
    assert of_set == {"lean", "long"}
    assert [judged_share(rep, of_set) for rep in (whole, part, bare)] == ["all", "part", "none"]
